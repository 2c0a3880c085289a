#include "inspect/dialogue.h"

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

struct inspect_dialogue *dialogue_new(struct arena *arena, int connection)
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

bool dialogue_failed(struct inspect_dialogue *dialogue, enum inspect_failure failure,
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

bool dialogue_hear(struct inspect_dialogue *dialogue, unsigned expected, size_t limit,
                   struct wire_message *message, enum inspect_failure *why)
{
    enum wire_result result =
        wire_receive(dialogue->connection, dialogue->arena, limit, dialogue->deadline, message);

    if (result != WIRE_OK)
        return dialogue_failed(dialogue, failure_of(dialogue, result), why);
    if (message->descriptor >= 0)
        close(message->descriptor);
    if (message->kind == WIRE_FAILURE && message->arguments[0] < INSPECT_FAILURE_COUNT)
        return dialogue_failed(dialogue, (enum inspect_failure)message->arguments[0], why);
    if (!(1U << message->kind & expected))
        return dialogue_failed(dialogue, INSPECT_FAILED_CRASHED, why);
    return true;
}

bool dialogue_tell(struct inspect_dialogue *dialogue, struct wire_message message,
                   struct bytes content, enum inspect_failure *why)
{
    enum wire_result result;

    message.descriptor = -1;
    if (dialogue->connection < 0)
        return dialogue_failed(dialogue, INSPECT_FAILED_CRASHED, why);
    if (content.length > INSPECT_FILE_MAX)
        return dialogue_failed(dialogue, INSPECT_FAILED_TOO_LARGE, why);
    if (content.length > 0) {
        message.descriptor = sealed(content);
        if (message.descriptor < 0)
            return dialogue_failed(dialogue, INSPECT_FAILED_MEMORY, why);
    }
    result = wire_send(dialogue->connection, &message, dialogue->deadline);
    if (message.descriptor >= 0)
        close(message.descriptor);
    if (result == WIRE_CLOSED) /* it may have said why before it left */
        return dialogue_hear(dialogue, 0, 0, &(struct wire_message){.descriptor = -1}, why);
    return result == WIRE_OK || dialogue_failed(dialogue, failure_of(dialogue, result), why);
}

void dialogue_turn(struct inspect_dialogue *dialogue, int64_t grace)
{
    dialogue->ready = true;
    dialogue->deadline = clock_monotonic_us() + INSPECT_SECONDS * SECOND + grace;
}

bool dialogue_ready(struct inspect_dialogue *dialogue, enum inspect_failure *why)
{
    struct wire_message ready;

    dialogue->deadline = clock_monotonic_us() + INSPECT_WAIT_SECONDS * SECOND;
    if (!dialogue_hear(dialogue, 1U << WIRE_READY, 0, &ready, why))
        return false;
    dialogue_turn(dialogue, GRACE);
    return true;
}

bool dialogue_begin(struct inspect_dialogue *dialogue, struct wire_message first, struct bytes file,
                    enum inspect_failure *why)
{
    if (file.length == 0)
        return dialogue_failed(dialogue, INSPECT_FAILED_EMPTY, why);
    return dialogue_tell(dialogue, first, file, why) && dialogue_ready(dialogue, why);
}

enum err dialogue_connect(const struct settings *settings, int *connection)
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
