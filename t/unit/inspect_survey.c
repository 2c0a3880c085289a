/* Pages are looked at a few at a time: what the client makes of an inspector that dies on some of
 * them, refuses a file or answers nonsense. The inspector here is a stand-in: a file is the number
 * of its pages and a letter that says how it behaves. */
#include "inspect/client.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "t/unit/stand_in.h"
#include "t/unit/tap.h"

static struct settings settings = {.inspect_at_once = 3};
static char directory[] = "/tmp/paraphe-survey-XXXXXX";

static void answer(int connection, uint32_t first, uint32_t asked, const char *file)
{
    uint32_t pages = (uint32_t)strtoul(file, NULL, 10);
    uint32_t count = pages - first + 1 < asked ? pages - first + 1 : asked;
    struct inspect_sheet sheets[INSPECT_SHEETS_MAX + 1] = {0};
    struct wire_message message = {.kind = WIRE_SHEETS, .arguments = {pages}, .descriptor = -1};

    for (uint32_t i = 0; i < count; i++)
        sheets[i] = (struct inspect_sheet){.page = first + i, .code_count = 1, .codes = {"code"}};
    if (strchr(file, 'L')) /* lies */
        sheets[0].code_count = INSPECT_SHEET_CODES + 1;
    message.payload = (struct bytes){(unsigned char *)sheets, count * sizeof sheets[0]};
    if (strchr(file, 'R')) /* refuses */
        message = (struct wire_message){
            .kind = WIRE_FAILURE, .arguments = {INSPECT_FAILED_ENCRYPTED}, .descriptor = -1};
    wire_send(connection, &message, 0);
}

static void converse(struct arena *arena, int connection)
{
    struct wire_message asked;
    char file[16] = "";

    wire_send(connection, &(struct wire_message){.kind = WIRE_READY, .descriptor = -1}, 0);
    if (wire_receive(connection, arena, 0, 0, &asked) != WIRE_OK || asked.kind != WIRE_SURVEY ||
        pread(asked.descriptor, file, sizeof file - 1, 0) < 0)
        return;
    close(asked.descriptor);
    /* 'D' dies on the second few pages, 'X' at once */
    if (!strchr(file, 'X') && !(strchr(file, 'D') && asked.arguments[0] == 1 + INSPECT_SHEETS_MAX))
        answer(connection, asked.arguments[0], asked.arguments[1], file);
}

/* Whether these pages, and no others, were looked at. */
static bool has_read(const struct inspect_survey *file, uint32_t from, uint32_t to)
{
    for (uint32_t i = 0; i < file->pages; i++)
        if ((file->sheets[i].page == i + 1) != (i + 1 >= from && i + 1 <= to))
            return false;
    return true;
}

static bool failed(const struct inspect_survey *file, const char *key)
{
    return file->failure && strcmp(file->failure, key) == 0;
}

static void test_files(struct arena *arena)
{
    struct inspect_survey files[] = {{.file = bytes_of("11")}, {.file = bytes_of("1")},
                                     {.file = bytes_of("8D")}, {.file = bytes_of("3R")},
                                     {.file = bytes_of("5X")}, {.file = bytes_of("2L")},
                                     {.file = bytes_of("")},   {.file = bytes_of("9")}};

    OK(inspect_survey(arena, &settings, files, 8, 100) == ERR_OK, "files are looked at together");
    OK(files[0].pages == 11 && has_read(&files[0], 1, 11) && files[1].pages == 1 &&
           has_read(&files[1], 1, 1),
       "every page of each, however many there are");
    OK(!files[2].failure && files[2].pages == 8 && has_read(&files[2], 1, INSPECT_SHEETS_MAX),
       "pages on which the inspector dies are there, and were not looked at");
    OK(failed(&files[3], "inspect-encrypted"), "a file that is refused says why");
    OK(failed(&files[4], "inspect-crashed"), "so does one that it dies of at once");
    OK(failed(&files[5], "inspect-crashed"), "an answer that is not sound is none");
    OK(failed(&files[6], "inspect-empty"), "an empty file is not sent");
    OK(!files[7].failure && has_read(&files[7], 1, 9), "the file after all these is read");
}

static void test_limits(struct arena *arena)
{
    struct inspect_survey files[] = {
        {.file = bytes_of("6")}, {.file = bytes_of("6")}, {.file = bytes_of("4")}};
    struct settings elsewhere = settings;

    OK(inspect_survey(arena, &settings, files, 3, 10) == ERR_OK && !files[0].failure &&
           failed(&files[1], "survey-too-many-pages") && !files[2].failure,
       "a file with which there would be too many pages is left out");
    elsewhere.inspect_socket = arena_printf(arena, "%s/nobody", directory);
    OK(inspect_survey(arena, &elsewhere, files, 1, 10) == ERR_UNAVAILABLE &&
           strcmp(err_last()->key, "inspect-absent") == 0,
       "without an inspector nothing is looked at");
}

int main(void)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    pid_t pid;

    signal(SIGPIPE, SIG_IGN);
    if (!mkdtemp(directory))
        abort();
    settings.inspect_socket = arena_printf(arena, "%s/inspect", directory);
    pid = stand_in_start(settings.inspect_socket, converse);
    test_files(arena);
    test_limits(arena);
    stand_in_end(pid, settings.inspect_socket);
    rmdir(directory);
    arena_free(arena);
    return tap_end();
}
