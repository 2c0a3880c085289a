#include "inspect/protocol.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"

#define MAGIC 0x50415231U /* "PAR1" */
#define PACKET_MAX ((size_t)64 * 1024)

/* What a message's first packet begins with. */
struct head {
    uint32_t magic;
    uint32_t kind;
    uint32_t arguments[3];
    uint32_t length; /* of the payload, over all packets */
};

/* Waits until the connection can be read (POLLIN) or written (POLLOUT). */
static enum wire_result wait_for(int connection, short event, int64_t deadline)
{
    struct pollfd what = {.fd = connection, .events = event};

    if (deadline == 0)
        return WIRE_OK;
    for (;;) {
        int64_t left = deadline - clock_monotonic_us();
        int ready = left > 0 ? poll(&what, 1, (int)(left / 1000) + 1) : 0;

        if (ready > 0)
            return WIRE_OK;
        if (ready == 0)
            return WIRE_LATE;
        if (errno != EINTR)
            return WIRE_CLOSED;
    }
}

static enum wire_result send_packet(int connection, struct msghdr *packet, int64_t deadline)
{
    int flags = MSG_NOSIGNAL | (deadline ? MSG_DONTWAIT : 0);

    while (sendmsg(connection, packet, flags) < 0) {
        enum wire_result result;
        if (errno == EINTR)
            continue;
        if (errno != EAGAIN)
            return WIRE_CLOSED;
        result = wait_for(connection, POLLOUT, deadline);
        if (result != WIRE_OK)
            return result;
    }
    return WIRE_OK;
}

static void attach(struct msghdr *packet, void *space, size_t size, int descriptor)
{
    struct cmsghdr *control;

    packet->msg_control = space;
    packet->msg_controllen = size;
    control = CMSG_FIRSTHDR(packet);
    control->cmsg_level = SOL_SOCKET;
    control->cmsg_type = SCM_RIGHTS;
    control->cmsg_len = CMSG_LEN(sizeof descriptor);
    memcpy(CMSG_DATA(control), &descriptor, sizeof descriptor);
}

/* An iovec wants no const, though sendmsg only reads. */
static struct iovec part_of(struct bytes payload, size_t from)
{
    size_t length = payload.length - from;
    union {
        const void *read;
        void *place;
    } data = {.read = payload.data + from};

    return (struct iovec){data.place, length < PACKET_MAX ? length : PACKET_MAX};
}

enum wire_result wire_send(int connection, const struct wire_message *message, int64_t deadline)
{
    struct head head = {.magic = MAGIC,
                        .kind = (uint32_t)message->kind,
                        .length = (uint32_t)message->payload.length};
    _Alignas(struct cmsghdr) char space[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec parts[2] = {{&head, sizeof head}, {NULL, 0}};
    struct msghdr packet = {.msg_iov = parts, .msg_iovlen = 1};
    enum wire_result result;
    size_t sent = 0;

    memcpy(head.arguments, message->arguments, sizeof head.arguments);
    if (message->payload.length > 0) {
        parts[1] = part_of(message->payload, 0);
        packet.msg_iovlen = 2;
    }
    if (message->descriptor >= 0)
        attach(&packet, space, sizeof space, message->descriptor);
    result = send_packet(connection, &packet, deadline);
    for (sent = parts[1].iov_len; result == WIRE_OK && sent < message->payload.length;
         sent += parts[1].iov_len) {
        parts[1] = part_of(message->payload, sent);
        result = send_packet(connection, &(struct msghdr){.msg_iov = &parts[1], .msg_iovlen = 1},
                             deadline);
    }
    return result;
}

/* The one descriptor of a packet, or -1; any more were asked for by nobody and are closed. */
static int detach(struct msghdr *packet)
{
    int kept = -1;

    for (struct cmsghdr *control = CMSG_FIRSTHDR(packet); control;
         control = CMSG_NXTHDR(packet, control)) {
        size_t count = (control->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS)
            continue;
        for (size_t i = 0; i < count; i++) {
            int descriptor;
            memcpy(&descriptor, CMSG_DATA(control) + i * sizeof descriptor, sizeof descriptor);
            if (kept < 0)
                kept = descriptor;
            else
                close(descriptor);
        }
    }
    return kept;
}

/* One packet, or as much of it as there is room for with MSG_PEEK; puts its length. */
static enum wire_result receive_packet(int connection, struct msghdr *packet, int flags,
                                       int64_t deadline, size_t *length)
{
    const int fault = flags & MSG_PEEK ? 0 : MSG_TRUNC | MSG_CTRUNC;

    flags |= MSG_CMSG_CLOEXEC | (deadline ? MSG_DONTWAIT : 0);
    for (;;) {
        enum wire_result result = wait_for(connection, POLLIN, deadline);
        ssize_t got;

        if (result != WIRE_OK)
            return result;
        got = recvmsg(connection, packet, flags);
        if (got > 0) {
            *length = (size_t)got;
            return packet->msg_flags & fault ? WIRE_BAD : WIRE_OK;
        }
        /* ECONNRESET says once that the other side has left without reading all; what it sent
         * before is still to come. */
        if (got == 0 || (errno != EINTR && errno != EAGAIN && errno != ECONNRESET))
            return WIRE_CLOSED;
    }
}

/* The packets after the first, until the payload is whole. */
static enum wire_result receive_rest(int connection, unsigned char *place, size_t length,
                                     size_t have, int64_t deadline)
{
    while (have < length) {
        struct iovec part = {place + have, length - have};
        struct msghdr packet = {.msg_iov = &part, .msg_iovlen = 1};
        enum wire_result result;
        size_t got;

        result = receive_packet(connection, &packet, 0, deadline, &got);
        if (result != WIRE_OK)
            return result;
        have += got;
    }
    return WIRE_OK;
}

/* The head of the packet that comes next, which stays there. */
static enum wire_result peek_head(int connection, size_t limit, int64_t deadline, struct head *head)
{
    struct iovec part = {head, sizeof *head};
    struct msghdr packet = {.msg_iov = &part, .msg_iovlen = 1};
    enum wire_result result;
    size_t got;

    result = receive_packet(connection, &packet, MSG_PEEK, deadline, &got);
    if (result == WIRE_OK && (got < sizeof *head || head->magic != MAGIC ||
                              head->kind >= WIRE_KIND_COUNT || head->length > limit))
        result = WIRE_BAD;
    return result;
}

/* The packets of a message of that head; the first may bring a descriptor. */
static enum wire_result receive_whole(int connection, struct head *head, unsigned char *place,
                                      int64_t deadline, int *descriptor)
{
    _Alignas(struct cmsghdr) char space[CMSG_SPACE(sizeof(int))];
    struct iovec parts[2] = {{head, sizeof *head}, {place, head->length}};
    struct msghdr packet = {
        .msg_iov = parts, .msg_iovlen = 2, .msg_control = space, .msg_controllen = sizeof space};
    enum wire_result result;
    size_t got;

    result = receive_packet(connection, &packet, 0, deadline, &got);
    if (result == WIRE_OK || result == WIRE_BAD)
        *descriptor = detach(&packet);
    if (result == WIRE_OK)
        result = receive_rest(connection, place, head->length, got - sizeof *head, deadline);
    return result;
}

enum wire_result wire_receive(int connection, struct arena *arena, size_t limit, int64_t deadline,
                              struct wire_message *message)
{
    struct head head = {0};
    enum wire_result result = peek_head(connection, limit, deadline, &head);
    unsigned char *place;

    *message = (struct wire_message){.descriptor = -1};
    if (result != WIRE_OK)
        return result;
    place = arena_alloc(arena, head.length);
    result = receive_whole(connection, &head, place, deadline, &message->descriptor);
    if (result != WIRE_OK) {
        if (message->descriptor >= 0)
            close(message->descriptor);
        message->descriptor = -1;
        return result;
    }
    message->kind = (enum wire_kind)head.kind;
    memcpy(message->arguments, head.arguments, sizeof head.arguments);
    message->payload = (struct bytes){place, head.length};
    return WIRE_OK;
}

static bool claim_sound(const struct inspect_claim *claim)
{
    if ((unsigned)claim->verdict >= INSPECT_VERDICT_COUNT ||
        (unsigned)claim->evidence >= INSPECT_EVIDENCE_COUNT ||
        claim->token_count > INSPECT_TOKENS_MAX || claim->code_count > INSPECT_CODES_MAX ||
        !inspect_text_sound(claim->short_code, sizeof claim->short_code) ||
        !inspect_text_sound(claim->reason, sizeof claim->reason))
        return false;
    for (uint32_t i = 0; i < claim->token_count; i++)
        if (!inspect_text_sound(claim->tokens[i], sizeof claim->tokens[i]))
            return false;
    for (uint32_t i = 0; i < claim->code_count; i++)
        if (!inspect_text_sound(claim->codes[i].text, sizeof claim->codes[i].text))
            return false;
    return true;
}

bool wire_take_claim(struct bytes payload, struct inspect_claim *claim)
{
    if (payload.length != sizeof *claim)
        return false;
    memcpy(claim, payload.data, sizeof *claim);
    return claim_sound(claim);
}

static bool sheet_sound(const struct inspect_sheet *sheet)
{
    if (sheet->page > INSPECT_PAGES_MAX || sheet->blank > 1 ||
        sheet->code_count > INSPECT_SHEET_CODES ||
        !inspect_text_sound(sheet->short_code, sizeof sheet->short_code))
        return false;
    for (uint32_t i = 0; i < sheet->code_count; i++)
        if (!inspect_text_sound(sheet->codes[i], sizeof sheet->codes[i]))
            return false;
    return true;
}

bool wire_take_sheets(struct bytes payload, struct inspect_sheet *sheets, size_t most,
                      size_t *count)
{
    *count = payload.length / sizeof *sheets;
    if (payload.length % sizeof *sheets != 0 || *count > most)
        return false;
    for (size_t i = 0; i < *count; i++) {
        memcpy(&sheets[i], payload.data + i * sizeof *sheets, sizeof *sheets);
        if (!sheet_sound(&sheets[i]))
            return false;
    }
    return true;
}

/* The report's lists, which stand one after the other at its end. */
#define FIXED_PART offsetof(struct inspect_report, signatures)
_Static_assert(offsetof(struct inspect_report, reasons) ==
                       FIXED_PART + sizeof((struct inspect_report *)0)->signatures &&
                   offsetof(struct inspect_report, additions) ==
                       offsetof(struct inspect_report, reasons) +
                           sizeof((struct inspect_report *)0)->reasons,
               "a member of the report would not be sent");

struct bytes wire_give_report(struct arena *arena, const struct inspect_report *report)
{
    struct buf buf = buf_new(arena, sizeof *report);

    buf_put(&buf, report, FIXED_PART);
    buf_put(&buf, report->signatures, report->signature_count * sizeof report->signatures[0]);
    buf_put(&buf, report->reasons, report->reason_count * sizeof report->reasons[0]);
    buf_put(&buf, report->additions, report->addition_count * sizeof report->additions[0]);
    return buf_bytes(&buf);
}

/* Copies what a list has from the payload and moves on. */
static void take_list(const unsigned char **at, void *list, size_t length)
{
    memcpy(list, *at, length);
    *at += length;
}

bool wire_take_report(struct bytes payload, struct inspect_report *report)
{
    const unsigned char *at = payload.data;
    size_t signatures, reasons, additions;

    if (payload.length < FIXED_PART)
        return false;
    take_list(&at, report, FIXED_PART);
    if (report->signature_count > INSPECT_SIGNATURES_MAX ||
        report->reason_count > INSPECT_REASONS_MAX ||
        report->addition_count > INSPECT_ADDITIONS_MAX)
        return false;
    signatures = report->signature_count * sizeof report->signatures[0];
    reasons = report->reason_count * sizeof report->reasons[0];
    additions = report->addition_count * sizeof report->additions[0];
    if (payload.length != FIXED_PART + signatures + reasons + additions)
        return false;
    take_list(&at, report->signatures, signatures);
    take_list(&at, report->reasons, reasons);
    take_list(&at, report->additions, additions);
    return inspect_report_sound(report);
}

static const struct {
    enum err code;
    const char *key;
} failures[INSPECT_FAILURE_COUNT] = {
    [INSPECT_FAILED_EMPTY] = {ERR_INVALID, "inspect-empty"},
    [INSPECT_FAILED_TOO_LARGE] = {ERR_TOO_LARGE, "inspect-too-large"},
    [INSPECT_FAILED_NOT_PDF] = {ERR_INVALID, "inspect-not-pdf"},
    [INSPECT_FAILED_ENCRYPTED] = {ERR_INVALID, "inspect-encrypted"},
    [INSPECT_FAILED_DAMAGED] = {ERR_INVALID, "inspect-damaged"},
    [INSPECT_FAILED_TOO_MANY_PAGES] = {ERR_TOO_LARGE, "inspect-too-many-pages"},
    [INSPECT_FAILED_TOO_MUCH] = {ERR_TOO_LARGE, "inspect-too-much"},
    [INSPECT_FAILED_NOT_IMAGE] = {ERR_INVALID, "inspect-not-image"},
    [INSPECT_FAILED_IMAGE_TOO_LARGE] = {ERR_TOO_LARGE, "inspect-image-too-large"},
    [INSPECT_FAILED_SLOW] = {ERR_TOO_LARGE, "inspect-too-slow"},
    [INSPECT_FAILED_MEMORY] = {ERR_TOO_LARGE, "inspect-memory"},
    [INSPECT_FAILED_CRASHED] = {ERR_UNAVAILABLE, "inspect-crashed"},
    [INSPECT_FAILED_BUSY] = {ERR_UNAVAILABLE, "inspect-busy"},
    [INSPECT_FAILED_ABSENT] = {ERR_UNAVAILABLE, "inspect-absent"},
};

const char *inspect_failure_key(enum inspect_failure failure)
{
    return failures[failure].key;
}

enum err inspect_failure_raise(enum inspect_failure failure)
{
    return err_raise(failures[failure].code, failures[failure].key, "the inspection failed");
}
