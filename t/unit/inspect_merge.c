/* Several files become one PDF: what the client makes of an inspector that refuses a file or dies
 * on it. The inspector here is a stand-in that dies when it is told to. */
#include "inspect/client.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "t/unit/stand_in.h"
#include "t/unit/tap.h"

static struct settings settings;
static char directory[] = "/tmp/paraphe-merge-XXXXXX";

static void say(int connection, enum wire_kind kind, uint32_t one, uint32_t two, struct bytes text)
{
    wire_send(connection,
              &(struct wire_message){
                  .kind = kind, .arguments = {0, one, two}, .payload = text, .descriptor = -1},
              0);
}

/* Adds what a file says; false where it says that one dies of it. */
static bool take(struct arena *arena, int connection, int descriptor, char *made)
{
    char text[64] = "";

    if (pread(descriptor, text, sizeof text - 1, 0) < 0 || strcmp(text, "DEATH") == 0)
        return false;
    close(descriptor);
    if (strcmp(text, "BAD") == 0) {
        say(connection, WIRE_ADDED, 1, INSPECT_FAILED_ENCRYPTED, (struct bytes){0});
        return true;
    }
    strncat(made, arena_printf(arena, "%s.", text), 200);
    say(connection, WIRE_ADDED, 0, 0, (struct bytes){0});
    return true;
}

/* One conversation; "LATE" in the last file makes it die when all files are there. */
static void converse(struct arena *arena, int connection)
{
    struct wire_message message;
    char made[256] = "";
    uint32_t count = 1;

    say(connection, WIRE_READY, 0, 0, (struct bytes){0});
    for (uint32_t i = 0; i < count; i++) {
        if (wire_receive(connection, arena, 0, 0, &message) != WIRE_OK)
            return;
        if (i == 0)
            count = message.arguments[0];
        if (!take(arena, connection, message.descriptor, made))
            return;
    }
    if (made[0] == '\0')
        say(connection, WIRE_FAILURE, 0, 0, (struct bytes){0});
    else if (!strstr(made, "LATE"))
        say(connection, WIRE_MERGED, 0, 0, bytes_of(made));
}

static struct inspect_part part(const char *text)
{
    return (struct inspect_part){.file = bytes_of(text)};
}

static bool is(struct bytes got, const char *wanted)
{
    return got.length == strlen(wanted) && memcmp(got.data, wanted, got.length) == 0;
}

static bool failed(const struct inspect_part *one, const char *key)
{
    return one->failure && strcmp(one->failure, key) == 0;
}

static void test_parts(struct arena *arena)
{
    struct inspect_part good[] = {part("A"), part("B"), part("C")};
    struct inspect_part mixed[] = {part("A"), part("BAD"), part(""), part("C")};
    struct inspect_part deadly[] = {part("DEATH"), part("A"), part("DEATH"), part("B")};
    struct inspect_part none[] = {part("BAD"), part("DEATH")};
    struct bytes pdf;

    OK(inspect_merge(arena, &settings, good, 3, &pdf) == ERR_OK && is(pdf, "A.B.C.") &&
           !good[0].failure,
       "files that can be merged are");
    OK(inspect_merge(arena, &settings, mixed, 4, &pdf) == ERR_OK && is(pdf, "A.C.") &&
           failed(&mixed[1], "inspect-encrypted") && failed(&mixed[2], "inspect-empty"),
       "one that is refused is left out and named, and so is an empty one");
    OK(inspect_merge(arena, &settings, deadly, 4, &pdf) == ERR_OK && is(pdf, "A.B.") &&
           failed(&deadly[0], "inspect-crashed") && failed(&deadly[2], "inspect-crashed") &&
           !deadly[1].failure,
       "those that the inspector dies of are found one by one");
    OK(inspect_merge(arena, &settings, none, 2, &pdf) == ERR_OK && pdf.length == 0 &&
           none[0].failure && none[1].failure,
       "where none is left there is no PDF");
}

static void test_limits(struct arena *arena)
{
    struct inspect_part many[INSPECT_MERGE_FILES + 1], late[] = {part("A"), part("LATE")};
    struct inspect_part deaths[] = {part("DEATH"), part("DEATH"), part("DEATH"),
                                    part("DEATH"), part("DEATH"), part("A")};
    struct settings elsewhere = settings;
    struct bytes pdf;

    for (size_t i = 0; i < INSPECT_MERGE_FILES + 1; i++)
        many[i] = part("A");
    OK(inspect_merge(arena, &settings, many, INSPECT_MERGE_FILES + 1, &pdf) == ERR_TOO_LARGE,
       "more files than are taken at once are refused");
    OK(inspect_merge(arena, &settings, late, 2, &pdf) == ERR_UNAVAILABLE && !late[1].failure,
       "an inspector that dies of no file in particular is an error, and no file's fault");
    OK(inspect_merge(arena, &settings, deaths, 6, &pdf) == ERR_UNAVAILABLE,
       "too many that it dies of are given up");
    elsewhere.inspect_socket = arena_printf(arena, "%s/nobody", directory);
    OK(inspect_merge(arena, &elsewhere, late, 2, &pdf) == ERR_UNAVAILABLE &&
           strcmp(err_last()->key, "inspect-absent") == 0,
       "without an inspector nothing is merged");
}

int main(void)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    pid_t stand_in;

    if (!mkdtemp(directory))
        return 1;
    settings.inspect_socket = arena_printf(arena, "%s/socket", directory);
    stand_in = stand_in_start(settings.inspect_socket, converse);
    test_parts(arena);
    test_limits(arena);
    stand_in_end(stand_in, settings.inspect_socket);
    rmdir(directory);
    arena_free(arena);
    return tap_end();
}
