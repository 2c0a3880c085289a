#include "inspect/client.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"

#define SECOND ((int64_t)1000000)

/* The service ends the work at INSPECT_SECONDS and says so; only then is it given up. */
#define GRACE SECOND

/* Files that break the inspector are found one by one; after so many it is given up. */
#define MERGE_TRIES 4

struct inspect_dialogue {
    struct arena *arena;
    int connection; /* -1 once closed */
    bool ready;     /* its turn has come */
    int64_t deadline;
    struct inspect_claim claim;
};

void inspect_close(struct inspect_dialogue *dialogue)
{
    if (dialogue->connection >= 0)
        close(dialogue->connection);
    dialogue->connection = -1;
}

static void close_at_reset(void *dialogue)
{
    inspect_close(dialogue);
}

static struct inspect_dialogue *dialogue_new(struct arena *arena, int connection)
{
    struct inspect_dialogue *dialogue = ARENA_NEW(arena, struct inspect_dialogue);

    dialogue->arena = arena;
    dialogue->connection = connection;
    dialogue->deadline = clock_monotonic_us() + INSPECT_WAIT_SECONDS * SECOND;
    arena_on_reset(arena, close_at_reset, dialogue);
    return dialogue;
}

static bool write_whole(int descriptor, struct bytes content)
{
    while (content.length > 0) {
        ssize_t written = write(descriptor, content.data, content.length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        content.data += written;
        content.length -= (size_t)written;
    }
    return true;
}

/* A descriptor of the content that nobody can change any more; -1 where there is no memory. */
static int sealed(struct bytes content)
{
    int descriptor = memfd_create("inspect", MFD_CLOEXEC | MFD_ALLOW_SEALING);

    if (descriptor >= 0 && (!write_whole(descriptor, content) ||
                            fcntl(descriptor, F_ADD_SEALS,
                                  F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0)) {
        close(descriptor);
        descriptor = -1;
    }
    return descriptor;
}

static bool failed(struct inspect_dialogue *dialogue, enum inspect_failure failure,
                   enum inspect_failure *why)
{
    inspect_close(dialogue);
    *why = failure;
    return false;
}

/* What it means that a message did not come or go. */
static enum inspect_failure failure_of(const struct inspect_dialogue *dialogue,
                                       enum wire_result result)
{
    if (result == WIRE_LATE)
        return dialogue->ready ? INSPECT_FAILED_SLOW : INSPECT_FAILED_BUSY;
    return dialogue->ready ? INSPECT_FAILED_CRASHED : INSPECT_FAILED_ABSENT;
}

/* The next message of a kind that is expected. A failure that was told, or anything else, ends the
 * dialogue. */
static bool hear(struct inspect_dialogue *dialogue, unsigned expected, size_t limit,
                 struct wire_message *message, enum inspect_failure *why)
{
    enum wire_result result =
        wire_receive(dialogue->connection, dialogue->arena, limit, dialogue->deadline, message);

    if (result != WIRE_OK)
        return failed(dialogue, failure_of(dialogue, result), why);
    if (message->descriptor >= 0)
        close(message->descriptor);
    if (message->kind == WIRE_FAILURE && message->arguments[0] < INSPECT_FAILURE_COUNT)
        return failed(dialogue, (enum inspect_failure)message->arguments[0], why);
    if (!(1U << message->kind & expected))
        return failed(dialogue, INSPECT_FAILED_CRASHED, why);
    return true;
}

/* Sends a message with content beside it, or with nothing where its length is 0. */
static bool tell(struct inspect_dialogue *dialogue, struct wire_message message,
                 struct bytes content, enum inspect_failure *why)
{
    enum wire_result result;

    message.descriptor = -1;
    if (dialogue->connection < 0)
        return failed(dialogue, INSPECT_FAILED_CRASHED, why);
    if (content.length > INSPECT_FILE_MAX)
        return failed(dialogue, INSPECT_FAILED_TOO_LARGE, why);
    if (content.length > 0) {
        message.descriptor = sealed(content);
        if (message.descriptor < 0)
            return failed(dialogue, INSPECT_FAILED_MEMORY, why);
    }
    result = wire_send(dialogue->connection, &message, dialogue->deadline);
    if (message.descriptor >= 0)
        close(message.descriptor);
    if (result == WIRE_CLOSED) /* it may have said why before it left */
        return hear(dialogue, 0, 0, &(struct wire_message){.descriptor = -1}, why);
    return result == WIRE_OK || failed(dialogue, failure_of(dialogue, result), why);
}

/* From now on it is the inspector's time that counts. grace: where a service keeps it too. */
static void turn_has_come(struct inspect_dialogue *dialogue, int64_t grace)
{
    dialogue->ready = true;
    dialogue->deadline = clock_monotonic_us() + INSPECT_SECONDS * SECOND + grace;
}

/* The first message, up to the inspector's turn. */
static bool begin(struct inspect_dialogue *dialogue, struct wire_message first, struct bytes file,
                  enum inspect_failure *why)
{
    struct wire_message ready;

    if (file.length == 0)
        return failed(dialogue, INSPECT_FAILED_EMPTY, why);
    if (!tell(dialogue, first, file, why) || !hear(dialogue, 1U << WIRE_READY, 0, &ready, why))
        return false;
    turn_has_come(dialogue, GRACE);
    return true;
}

static bool hear_claim(struct inspect_dialogue *dialogue, enum inspect_failure *why)
{
    struct wire_message claim;

    if (!hear(dialogue, 1U << WIRE_CLAIM, sizeof dialogue->claim, &claim, why))
        return false;
    return wire_take_claim(claim.payload, &dialogue->claim) ||
           failed(dialogue, INSPECT_FAILED_CRASHED, why);
}

static bool hear_report(struct inspect_dialogue *dialogue, const struct inspect_report **report,
                        enum inspect_failure *why)
{
    struct inspect_report *own = ARENA_NEW(dialogue->arena, struct inspect_report);
    struct wire_message answer;

    if (!hear(dialogue, 1U << WIRE_REPORT, sizeof *own, &answer, why))
        return false;
    if (!wire_take_report(answer.payload, own))
        return failed(dialogue, INSPECT_FAILED_CRASHED, why);
    inspect_close(dialogue);
    *report = own;
    return true;
}

bool inspect_alone(struct arena *arena, int connection, struct bytes file, struct bytes original,
                   enum inspect_look look, const struct inspect_claim **claim,
                   const struct inspect_report **report, enum inspect_failure *why)
{
    struct inspect_dialogue *dialogue = dialogue_new(arena, connection);
    struct wire_message first = {.kind = WIRE_FILE, .arguments = {(uint32_t)look, 1}};

    turn_has_come(dialogue, 0);
    if (file.length == 0)
        return failed(dialogue, INSPECT_FAILED_EMPTY, why);
    if (!tell(dialogue, first, file, why) ||
        !tell(dialogue, (struct wire_message){.kind = WIRE_ORIGINAL}, original, why) ||
        !hear_claim(dialogue, why))
        return false;
    *claim = &dialogue->claim;
    return hear_report(dialogue, report, why);
}

static enum err connect_to(const struct settings *settings, int *connection)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct timeval wait = {.tv_sec = INSPECT_WAIT_SECONDS};
    int descriptor;

    if (strlen(settings->inspect_socket) >= sizeof address.sun_path)
        return err_raise(ERR_INTERNAL, "inspect-absent", "the socket's path is too long");
    memcpy(address.sun_path, settings->inspect_socket, strlen(settings->inspect_socket));
    descriptor = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return err_raise(ERR_UNAVAILABLE, "inspect-absent", "socket: %s", strerror(errno));
    /* connect waits where too many others wait already */
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    if (connect(descriptor, (struct sockaddr *)&address, sizeof address) != 0) {
        int why = errno;
        close(descriptor);
        return err_raise(ERR_UNAVAILABLE, why == EAGAIN ? "inspect-busy" : "inspect-absent",
                         "inspector at %s: %s", settings->inspect_socket, strerror(why));
    }
    *connection = descriptor;
    return ERR_OK;
}

/* The error of a verdict by which a file cannot be judged; ERR_OK for the others. reason: the key
 * that says it more exactly, or "". */
static enum err verdict_error(enum inspect_verdict verdict, const char *reason)
{
    static const enum inspect_failure failures[INSPECT_VERDICT_COUNT] = {
        [INSPECT_BROKEN] = INSPECT_FAILED_DAMAGED,
        [INSPECT_NOT_PDF] = INSPECT_FAILED_NOT_PDF,
        [INSPECT_ENCRYPTED] = INSPECT_FAILED_ENCRYPTED,
        [INSPECT_LIMIT] = INSPECT_FAILED_TOO_MUCH,
    };
    enum err err = inspect_failure_raise(failures[verdict]);

    return reason[0] ? err_raise(err, reason, "verdict %s", inspect_verdict_name(verdict)) : err;
}

/* The key of the first reason that is more than a note; "" where there is none. */
static const char *first_reason(const struct inspect_report *report)
{
    for (uint32_t i = 0; i < report->reason_count; i++)
        if (report->reasons[i].weight != INSPECT_NOTE)
            return report->reasons[i].key;
    return "";
}

/* The claim in the form callers read. */
static const struct inspect_found *found_of(struct inspect_dialogue *dialogue)
{
    const struct inspect_claim *claim = &dialogue->claim;
    struct inspect_report *report = ARENA_NEW(dialogue->arena, struct inspect_report);
    struct inspect_found *found = ARENA_NEW(dialogue->arena, struct inspect_found);

    report->verdict = claim->verdict;
    report->evidence = claim->evidence;
    report->pages = claim->pages;
    report->token_count = claim->token_count;
    memcpy(report->tokens, claim->tokens, sizeof report->tokens);
    memcpy(report->short_code, claim->short_code, sizeof report->short_code);
    *found = (struct inspect_found){report, claim->codes, claim->code_count};
    return found;
}

enum err inspect_open(struct arena *arena, const struct settings *settings, struct bytes file,
                      struct inspect_dialogue **dialogue, const struct inspect_found **found)
{
    struct inspect_dialogue *own;
    enum inspect_failure why;
    int connection;

    if (file.length == 0)
        return inspect_failure_raise(INSPECT_FAILED_EMPTY);
    if (file.length > INSPECT_FILE_MAX)
        return inspect_failure_raise(INSPECT_FAILED_TOO_LARGE);
    ERR_TRY(connect_to(settings, &connection));
    own = dialogue_new(arena, connection);
    if (!begin(own, (struct wire_message){.kind = WIRE_FILE, .arguments = {INSPECT_LOOK_ALWAYS}},
               file, &why) ||
        !hear_claim(own, &why))
        return inspect_failure_raise(why);
    if (own->claim.verdict != INSPECT_UNSIGNED) {
        inspect_close(own);
        return verdict_error(own->claim.verdict, own->claim.reason);
    }
    *dialogue = own;
    *found = found_of(own);
    return ERR_OK;
}

enum err inspect_finish(struct inspect_dialogue *dialogue, struct bytes original,
                        const struct inspect_report **report)
{
    enum inspect_failure why;

    if (!tell(dialogue, (struct wire_message){.kind = WIRE_ORIGINAL}, original, &why) ||
        !hear_report(dialogue, report, &why))
        return inspect_failure_raise(why);
    if ((*report)->verdict == INSPECT_NOT_PDF || (*report)->verdict == INSPECT_ENCRYPTED ||
        (*report)->verdict == INSPECT_LIMIT)
        return verdict_error((*report)->verdict, first_reason(*report));
    return ERR_OK;
}

static bool is_rgb(const struct wire_message *message)
{
    return message->kind == WIRE_PICTURE && message->arguments[0] > 0 &&
           message->arguments[0] <= INSPECT_IMAGE_SIDE && message->arguments[1] > 0 &&
           message->arguments[1] <= INSPECT_IMAGE_SIDE &&
           message->payload.length == (size_t)message->arguments[0] * message->arguments[1] * 3;
}

enum err inspect_image(struct arena *arena, const struct settings *settings, struct bytes file,
                       struct inspect_image **image)
{
    struct inspect_dialogue *dialogue;
    struct wire_message answer;
    enum inspect_failure why;
    int connection;

    if (file.length > INSPECT_FILE_MAX)
        return inspect_failure_raise(INSPECT_FAILED_IMAGE_TOO_LARGE);
    ERR_TRY(connect_to(settings, &connection));
    dialogue = dialogue_new(arena, connection);
    if (!begin(dialogue, (struct wire_message){.kind = WIRE_IMAGE}, file, &why) ||
        !hear(dialogue, 1U << WIRE_PICTURE, INSPECT_ANSWER_MAX, &answer, &why))
        return inspect_failure_raise(why);
    inspect_close(dialogue);
    if (!is_rgb(&answer))
        return inspect_failure_raise(INSPECT_FAILED_CRASHED);
    *image = ARENA_NEW(arena, struct inspect_image);
    **image = (struct inspect_image){answer.arguments[0], answer.arguments[1], answer.payload.data};
    return ERR_OK;
}

static bool take_pages(struct inspect_dialogue *dialogue, uint32_t first, uint32_t count,
                       struct inspect_page *pages, size_t *page_count, enum inspect_failure *why)
{
    size_t left = INSPECT_ANSWER_MAX;

    for (*page_count = 0;; ++*page_count) {
        struct wire_message message;
        if (!hear(dialogue, 1U << WIRE_PICTURE | 1U << WIRE_DONE, left, &message, why))
            return false;
        left -= message.payload.length;
        if (message.kind == WIRE_DONE)
            return true;
        if (*page_count == count || message.arguments[2] != first + *page_count ||
            !bytes_start_with(message.payload, bytes_of("\x89PNG\r\n\x1a\n")))
            return failed(dialogue, INSPECT_FAILED_CRASHED, why);
        pages[*page_count] = (struct inspect_page){
            .number = message.arguments[2],
            .width = message.arguments[0],
            .height = message.arguments[1],
            .png = message.payload,
        };
    }
}

enum err inspect_pages(struct arena *arena, const struct settings *settings, struct bytes file,
                       uint32_t first, uint32_t count, unsigned width, struct inspect_page **pages,
                       size_t *page_count)
{
    struct wire_message ask = {.kind = WIRE_PAGES, .arguments = {width, first, count}};
    struct inspect_dialogue *dialogue;
    enum inspect_failure why;
    int connection;

    if (count > INSPECT_PICTURES_MAX || width == 0 || width > INSPECT_PICTURE_WIDTH || first == 0 ||
        first > INSPECT_PAGES_MAX)
        return err_raise(ERR_INTERNAL, NULL, "pages %u, %u pixels wide: over a limit", count,
                         width);
    ERR_TRY(connect_to(settings, &connection));
    dialogue = dialogue_new(arena, connection);
    *pages = ARENA_NEW_ARRAY(arena, count, struct inspect_page);
    if (!begin(dialogue, ask, file, &why) ||
        !take_pages(dialogue, first, count, *pages, page_count, &why))
        return inspect_failure_raise(why);
    inspect_close(dialogue);
    return ERR_OK;
}

enum err inspect_page_picture(struct arena *arena, const struct settings *settings,
                              struct bytes file, uint32_t page, unsigned width, struct bytes *png)
{
    struct inspect_page *pages;
    size_t page_count = 0;

    if (page == 0 || page > INSPECT_PAGES_MAX)
        return err_raise(ERR_NOT_FOUND, NULL, "page %u", page);
    ERR_TRY(inspect_pages(arena, settings, file, page, 1, width, &pages, &page_count));
    if (page_count == 0)
        return err_raise(ERR_NOT_FOUND, NULL, "page %u", page);
    *png = pages[0].png;
    return ERR_OK;
}

/* Sends one part of a merge and hears of it. False, and why, where the inspector broke on it. */
static bool merge_part(struct inspect_dialogue *dialogue, struct inspect_part *part, bool first,
                       uint32_t count, enum inspect_failure *why)
{
    struct wire_message message = {.kind = first ? WIRE_MERGE : WIRE_PART,
                                   .arguments = {first ? count : 0}};
    struct wire_message answer;

    if (first ? !begin(dialogue, message, part->file, why)
              : !tell(dialogue, message, part->file, why))
        return false;
    if (!hear(dialogue, 1U << WIRE_ADDED, 0, &answer, why))
        return false;
    if (answer.arguments[1] == 1 && answer.arguments[2] < INSPECT_FAILURE_COUNT)
        part->failure = inspect_failure_key((enum inspect_failure)answer.arguments[2]);
    return true;
}

/* All parts that have no failure yet, in one conversation. *broken: the one on which the inspector
 * died; NULL where it did not, or on none of them. */
static bool merge_once(struct inspect_dialogue *dialogue, struct inspect_part *parts, size_t count,
                       uint32_t left, struct inspect_part **broken, struct bytes *pdf,
                       enum inspect_failure *why)
{
    struct wire_message answer;
    bool first = true;

    for (size_t i = 0; i < count; i++) {
        if (parts[i].failure)
            continue;
        if (!merge_part(dialogue, &parts[i], first, left, why)) {
            *broken = dialogue->ready ? &parts[i] : NULL;
            return false;
        }
        first = false;
    }
    *broken = NULL;
    if (!hear(dialogue, 1U << WIRE_MERGED, INSPECT_MERGED_MAX, &answer, why))
        return false;
    inspect_close(dialogue);
    *pdf = answer.payload;
    return true;
}

/* Refuses what is no file to begin with; how many parts are left, and their bytes. */
static uint32_t parts_left(struct inspect_part *parts, size_t count, size_t *length)
{
    uint32_t left = 0;

    *length = 0;
    for (size_t i = 0; i < count; i++) {
        if (!parts[i].failure && parts[i].file.length == 0)
            parts[i].failure = inspect_failure_key(INSPECT_FAILED_EMPTY);
        if (!parts[i].failure && parts[i].file.length > INSPECT_FILE_MAX)
            parts[i].failure = inspect_failure_key(INSPECT_FAILED_TOO_LARGE);
        if (parts[i].failure)
            continue;
        left++;
        *length += parts[i].file.length;
    }
    return left;
}

enum err inspect_merge(struct arena *arena, const struct settings *settings,
                       struct inspect_part *parts, size_t count, struct bytes *pdf)
{
    enum inspect_failure why = INSPECT_FAILED_CRASHED;

    *pdf = (struct bytes){NULL, 0};
    for (int tries = 0; tries < MERGE_TRIES; tries++) {
        struct inspect_part *broken;
        size_t length;
        uint32_t left = parts_left(parts, count, &length);
        int connection;

        if (left == 0)
            return ERR_OK;
        if (left > INSPECT_MERGE_FILES || length > INSPECT_MERGE_MAX)
            return inspect_failure_raise(INSPECT_FAILED_TOO_MUCH);
        ERR_TRY(connect_to(settings, &connection));
        if (merge_once(dialogue_new(arena, connection), parts, count, left, &broken, pdf, &why))
            return ERR_OK;
        if (!broken && parts_left(parts, count, &length) == left)
            break; /* it died of none of them */
        if (broken)
            broken->failure = inspect_failure_key(why);
    }
    return inspect_failure_raise(why);
}
