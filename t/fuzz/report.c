/* libFuzzer target: what a confined process may answer, once something hostile has taken it over:
 * packets, and in them claims and reports. What is taken must be safe to read and to print. The
 * first byte chooses. */
#include "inspect/protocol.h"

#include <sys/socket.h>
#include <unistd.h>

#include "inspect/json.h"
#include "t/fuzz/fuzz.h"

static void print(struct arena *arena, const struct inspect_claim *claim,
                  const struct inspect_report *report)
{
    struct buf line = buf_new(arena, (size_t)1024 * 1024);
    struct inspection inspection = {.file = "x", .claim = claim, .report = report};

    json_inspection(&line, &inspection);
    FUZZ_WANT(!line.overflown && line.data[line.length - 1] == '\n');
}

/* The bytes where a claim or a report has its own. */
static void fill(void *place, size_t size, struct bytes input)
{
    memcpy(place, input.data, input.length < size ? input.length : size);
}

/* A report whose length agrees with its counts, so that what lies behind is reached. */
static struct bytes whole_report(struct arena *arena, struct bytes input)
{
    struct inspect_report *report = ARENA_NEW(arena, struct inspect_report);

    fill(report, sizeof *report, input);
    report->signature_count %= INSPECT_SIGNATURES_MAX + 1;
    report->reason_count %= INSPECT_REASONS_MAX + 1;
    report->addition_count %= INSPECT_ADDITIONS_MAX + 1;
    return wire_give_report(arena, report);
}

static void take_report(struct arena *arena, struct bytes payload)
{
    struct inspect_report *report = ARENA_NEW(arena, struct inspect_report);

    if (wire_take_report(payload, report))
        print(arena, NULL, report);
}

static void take_claim(struct arena *arena, struct bytes input)
{
    struct inspect_claim *bytes = ARENA_NEW(arena, struct inspect_claim);
    struct inspect_claim *claim = ARENA_NEW(arena, struct inspect_claim);

    fill(bytes, sizeof *bytes, input);
    if (wire_take_claim((struct bytes){(unsigned char *)bytes, sizeof *bytes}, claim))
        print(arena, claim, NULL);
}

/* Packets of the lengths that bytes of the input say. */
static void receive(struct arena *arena, struct bytes input)
{
    struct wire_message message;
    int ends[2];

    FUZZ_WANT(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) == 0);
    while (input.length > 0) {
        size_t length = input.data[0] < input.length ? input.data[0] : input.length - 1;
        send(ends[0], input.data + 1, length, MSG_DONTWAIT);
        input.data += 1 + length;
        input.length -= 1 + length;
    }
    close(ends[0]);
    while (wire_receive(ends[1], arena, 4096, 0, &message) == WIRE_OK)
        FUZZ_WANT(message.payload.length <= 4096);
    close(ends[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct bytes input;

    if (size == 0)
        return 0;
    if (!arena)
        arena = arena_new((size_t)64 * 1024 * 1024);
    input = (struct bytes){data + 1, size - 1};
    switch (data[0] & 3) {
    case 0:
        receive(arena, input);
        break;
    case 1:
        take_claim(arena, input);
        break;
    case 2:
        take_report(arena, input);
        break;
    default:
        take_report(arena, whole_report(arena, input));
    }
    arena_reset(arena);
    return 0;
}
