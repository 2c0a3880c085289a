#include "inspect/confined.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "inspect/algorithms.h"
#include "inspect/compare.h"
#include "inspect/draw.h"
#include "inspect/image.h"
#include "inspect/merge.h"
#include "inspect/mupdf.h"
#include "inspect/sandbox.h"
#include "inspect/scan.h"

#define ARENA_MAX ((size_t)96 * 1024 * 1024)
#define SEALS (F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW)

/* The status of a process that was asked something it does not understand. */
#define MISUSED 71

/* In which attempts on the pages of a survey are begun, of the ten an inspection has. */
#define SURVEY_SECONDS 7

static void say(const struct wire_message *message)
{
    if (wire_send(SANDBOX_CONNECTION, message, 0) != WIRE_OK)
        _exit(EXIT_SUCCESS); /* nobody listens any more */
}

static void say_payload(enum wire_kind kind, struct bytes payload)
{
    say(&(struct wire_message){.kind = kind, .payload = payload, .descriptor = -1});
}

static _Noreturn void fail(enum inspect_failure failure)
{
    say(&(struct wire_message){
        .kind = WIRE_FAILURE, .arguments = {(uint32_t)failure}, .descriptor = -1});
    _exit(EXIT_SUCCESS);
}

static void hear(struct arena *arena, struct wire_message *message)
{
    enum wire_result result = wire_receive(SANDBOX_CONNECTION, arena, 0, 0, message);

    if (result != WIRE_OK)
        _exit(result == WIRE_CLOSED ? EXIT_SUCCESS : MISUSED);
}

/* The bytes of a file that was handed over, and that its sender can no longer change. */
static struct bytes map(int descriptor)
{
    int seals = fcntl(descriptor, F_GET_SEALS);
    off_t length = lseek(descriptor, 0, SEEK_END);
    void *place;

    if (seals < 0 || (seals & SEALS) != SEALS || length < 0)
        _exit(MISUSED);
    if (length == 0)
        fail(INSPECT_FAILED_EMPTY);
    if ((size_t)length > INSPECT_FILE_MAX)
        fail(INSPECT_FAILED_TOO_LARGE);
    place = mmap(NULL, (size_t)length, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (place == MAP_FAILED)
        fail(INSPECT_FAILED_MEMORY);
    close(descriptor);
    return (struct bytes){place, (size_t)length};
}

static void check(enum err err)
{
    if (err != ERR_OK)
        fail(err == ERR_UNAVAILABLE ? INSPECT_FAILED_MEMORY : INSPECT_FAILED_CRASHED);
}

/* The first reason that is more than a note: it says why the file cannot be judged. */
static void claim_reason(const struct inspect_report *report, struct inspect_claim *claim)
{
    for (uint32_t i = 0; i < report->reason_count; i++)
        if (report->reasons[i].weight != INSPECT_NOTE) {
            memcpy(claim->reason, report->reasons[i].key, sizeof claim->reason);
            return;
        }
}

/* Whether pages are drawn to look for codes. */
static bool shall_look(struct bytes file, const struct inspect_report *report,
                       enum inspect_look look)
{
    if (report->token_count > 0 || report->verdict == INSPECT_NOT_PDF ||
        report->verdict == INSPECT_ENCRYPTED || report->verdict == INSPECT_LIMIT ||
        report->pages == 0)
        return false;
    return look == INSPECT_LOOK_ALWAYS || !memmem(file.data, file.length, "/ByteRange", 10);
}

/* What the file says of itself, from a report of either step. */
static struct inspect_claim *claim_of(struct arena *arena, struct bytes file,
                                      const struct inspect_report *report, enum inspect_look look)
{
    struct inspect_claim *claim = ARENA_NEW(arena, struct inspect_claim);

    claim->verdict = report->verdict;
    claim->evidence = report->evidence;
    claim->pages = report->pages;
    claim->token_count = report->token_count;
    memcpy(claim->tokens, report->tokens, sizeof claim->tokens);
    claim_reason(report, claim);
    if (shall_look(file, report, look))
        scan_codes(file, claim);
    return claim;
}

static void say_claim(const struct inspect_claim *claim)
{
    say_payload(WIRE_CLAIM, (struct bytes){(const unsigned char *)claim, sizeof *claim});
}

static void hear_original(struct arena *arena, struct inspect_input *input)
{
    struct wire_message next;

    hear(arena, &next);
    if (next.kind != WIRE_ORIGINAL)
        _exit(MISUSED);
    if (next.descriptor >= 0)
        input->original = map(next.descriptor);
}

/* What the pages say counts where nothing else does. */
static void say_report(struct arena *arena, struct inspect_report *report,
                       const struct inspect_claim *claim)
{
    if (report->evidence == INSPECT_EVIDENCE_NONE)
        report->evidence = claim->evidence;
    memcpy(report->short_code, claim->short_code, sizeof report->short_code);
    say_payload(WIRE_REPORT, wire_give_report(arena, report));
}

/* Asked for both steps at once, the report alone is made, as it says what the claim does. */
static void inspect(struct arena *arena, const struct wire_message *asked,
                    const struct inspect_trust *trust)
{
    struct inspect_input input = {.trust = trust, .now = clock_now()};
    struct inspect_report *report = ARENA_NEW(arena, struct inspect_report);
    enum inspect_look look = (enum inspect_look)asked->arguments[0];
    bool at_once = asked->arguments[1] == 1;
    const struct inspect_claim *claim = NULL;

    if (asked->arguments[0] >= INSPECT_LOOK_COUNT || asked->arguments[1] > 1)
        _exit(MISUSED);
    input.file = map(asked->descriptor);
    if (!at_once) {
        check(inspect_identify(arena, &input, report));
        claim = claim_of(arena, input.file, report, look);
        say_claim(claim);
    }
    hear_original(arena, &input);
    check(inspect_judge(arena, &input, report));
    if (at_once) {
        claim = claim_of(arena, input.file, report, look);
        say_claim(claim);
    }
    say_report(arena, report, claim);
}

static void say_picture(const struct image_picture *picture, uint32_t page)
{
    say(&(struct wire_message){.kind = WIRE_PICTURE,
                               .arguments = {picture->width, picture->height, page},
                               .payload = picture->data,
                               .descriptor = -1});
}

static void show_image(struct arena *arena, const struct wire_message *asked)
{
    struct image_picture picture;
    enum inspect_failure why;

    if (!image_decode(arena, map(asked->descriptor), &picture, &why))
        fail(why);
    say_picture(&picture, 0);
}

static void show_pages(struct arena *arena, const struct wire_message *asked)
{
    uint32_t width = asked->arguments[0], first = asked->arguments[1], count = asked->arguments[2];
    struct drawing drawing;
    enum inspect_failure why;
    size_t length = 0;

    if (width == 0 || width > INSPECT_PICTURE_WIDTH || first == 0 || first > INSPECT_PAGES_MAX ||
        count > INSPECT_PICTURES_MAX)
        _exit(MISUSED);
    if (!draw_open(map(asked->descriptor), &drawing, &why))
        fail(why);
    for (uint32_t i = 0; i < count && first + i <= (uint32_t)drawing.pages; i++) {
        struct image_picture picture;
        if (!image_of_page(arena, &drawing, (int)(first + i) - 1, width, &picture, &why))
            fail(why);
        length += picture.data.length;
        if (length > INSPECT_ANSWER_MAX)
            fail(INSPECT_FAILED_TOO_MUCH);
        say_picture(&picture, first + i);
    }
}

/* Adds one file, and says whether it could be. */
static void add_part(struct merging *merging, uint32_t number, struct bytes file)
{
    enum inspect_failure why = INSPECT_FAILED_DAMAGED;
    bool added = merge_add(merging, file, &why);

    say(&(struct wire_message){.kind = WIRE_ADDED,
                               .arguments = {number, added ? 0 : 1, added ? 0 : (uint32_t)why},
                               .descriptor = -1});
}

static void merge(struct arena *arena, const struct wire_message *asked)
{
    const uint32_t count = asked->arguments[0];
    struct wire_message part = *asked;
    struct merging merging;
    enum inspect_failure why;
    struct bytes pdf;
    size_t length = 0;

    if (count == 0 || count > INSPECT_MERGE_FILES)
        _exit(MISUSED);
    if (!merge_open(&merging, &why))
        fail(why);
    for (uint32_t i = 0; i < count; i++) {
        struct bytes file;

        if (i > 0)
            hear(arena, &part);
        if ((i > 0 && part.kind != WIRE_PART) || part.descriptor < 0)
            _exit(MISUSED);
        file = map(part.descriptor);
        length += file.length;
        if (length > INSPECT_MERGE_MAX)
            fail(INSPECT_FAILED_TOO_MUCH);
        add_part(&merging, i, file);
    }
    if (!merge_write(&merging, &pdf, &why))
        fail(why);
    say_payload(WIRE_MERGED, pdf);
}

static void compare(struct arena *arena, const struct wire_message *asked)
{
    struct inspect_comparison *comparison = ARENA_NEW(arena, struct inspect_comparison);
    struct bytes returned = map(asked->descriptor);
    struct inspect_input input = {.original = {NULL, 0}};
    enum inspect_failure why;

    hear_original(arena, &input);
    if (!compare_files(input.original, returned, asked->arguments[0] == 1, comparison, &why))
        fail(why);
    say_payload(WIRE_COMPARED,
                (struct bytes){(const unsigned char *)comparison, sizeof *comparison});
}

static uint32_t survey_bits(struct arena *arena, struct bytes file, struct inspect_sheet *first)
{
    struct inspect_input input = {.file = file, .now = clock_now()};
    struct inspect_report *report = ARENA_NEW(arena, struct inspect_report);
    uint32_t bits = memmem(file.data, file.length, "/ByteRange", 10) ? INSPECT_SURVEY_SIGNED : 0;

    check(inspect_identify(arena, &input, report));
    if (report->token_count == 0)
        return bits;
    if (first && first->code_count < INSPECT_SHEET_CODES) {
        memmove(first->codes[1], first->codes[0], first->code_count * sizeof first->codes[0]);
        memcpy(first->codes[0], report->tokens[0], sizeof report->tokens[0]);
        first->code_count++;
    }
    return bits | INSPECT_SURVEY_NAMED;
}

static void survey(struct arena *arena, const struct wire_message *asked)
{
    const uint32_t first = asked->arguments[0], count = asked->arguments[1];
    struct inspect_sheet *sheets = ARENA_NEW_ARRAY(arena, count, struct inspect_sheet);
    struct bytes file;
    struct drawing drawing;
    enum inspect_failure why;
    int64_t now = clock_monotonic_us(), end = now + (int64_t)SURVEY_SECONDS * 1000000;
    uint32_t done = 0;

    if (first == 0 || first > INSPECT_PAGES_MAX || count == 0 || count > INSPECT_SHEETS_MAX)
        _exit(MISUSED);
    file = map(asked->descriptor);
    if (!draw_open(file, &drawing, &why))
        fail(why);
    for (; done < count && first + done <= (uint32_t)drawing.pages; done++) {
        now = clock_monotonic_us();
        scan_sheet(&drawing, (int)(first + done) - 1, now + (end - now) / (count - done),
                   &sheets[done]);
    }
    say(&(struct wire_message){
        .kind = WIRE_SHEETS,
        .arguments = {(uint32_t)drawing.pages,
                      survey_bits(arena, file, first == 1 ? &sheets[0] : NULL)},
        .payload = {(const unsigned char *)sheets, done * sizeof *sheets},
        .descriptor = -1});
}

static void say_range(const struct drawing *drawing, uint32_t first, uint32_t count)
{
    struct merging merging;
    enum inspect_failure why;
    struct bytes pdf;

    if (first == 0 || count == 0 || count > (uint32_t)drawing->pages ||
        first > (uint32_t)drawing->pages - count + 1)
        _exit(MISUSED);
    if (!merge_open(&merging, &why) ||
        !merge_add_pages(&merging, drawing, (int)first - 1, (int)count, &why) ||
        !merge_write(&merging, &pdf, &why))
        fail(why);
    if (pdf.length > INSPECT_FILE_MAX)
        fail(INSPECT_FAILED_TOO_LARGE);
    say_payload(WIRE_MERGED, pdf);
}

static void split(struct arena *arena, const struct wire_message *asked)
{
    const uint32_t count = asked->arguments[0];
    struct drawing drawing;
    enum inspect_failure why;

    if (count == 0 || count > INSPECT_PAGES_MAX)
        _exit(MISUSED);
    if (!draw_open(map(asked->descriptor), &drawing, &why))
        fail(why);
    for (uint32_t i = 0; i < count; i++) {
        struct wire_message range;

        hear(arena, &range);
        if (range.kind != WIRE_RANGE)
            _exit(MISUSED);
        say_range(&drawing, range.arguments[0], range.arguments[1]);
    }
}

/* From here on bytes are not to be trusted. */
static void converse(struct arena *arena, const struct inspect_trust *trust)
{
    struct wire_message asked;

    hear(arena, &asked);
    if (asked.descriptor < 0)
        _exit(MISUSED);
    if (asked.kind == WIRE_FILE)
        inspect(arena, &asked, trust);
    else if (asked.kind == WIRE_IMAGE)
        show_image(arena, &asked);
    else if (asked.kind == WIRE_PAGES)
        show_pages(arena, &asked);
    else if (asked.kind == WIRE_MERGE)
        merge(arena, &asked);
    else if (asked.kind == WIRE_COMPARE)
        compare(arena, &asked);
    else if (asked.kind == WIRE_SURVEY)
        survey(arena, &asked);
    else if (asked.kind == WIRE_SPLIT)
        split(arena, &asked);
    else
        _exit(MISUSED);
    if (asked.kind != WIRE_FILE)
        say(&(struct wire_message){.kind = WIRE_DONE, .descriptor = -1});
}

static _Noreturn void be_confined(int connection, pid_t parent, bool prepared,
                                  const struct inspect_trust *trust)
{
    static jmp_buf out_of_memory;
    struct arena *arena;

    if (!prepared && confined_prepare() != ERR_OK)
        _exit(SANDBOX_FAILED);
    sandbox_enter(connection, parent, (struct sandbox_limits){INSPECT_MEMORY_MAX, INSPECT_SECONDS});
    if (setjmp(out_of_memory) != 0)
        fail(INSPECT_FAILED_MEMORY);
    arena = arena_new(ARENA_MAX);
    arena_catch(arena, &out_of_memory);
    converse(arena, trust);
    _exit(EXIT_SUCCESS);
}

enum err confined_prepare(void)
{
    ERR_TRY(sandbox_prepare());
    unsetenv("TZ");
    tzset(); /* the C library would read the zone's file at the first date, even one in UTC */
    ERR_TRY(inspect_algorithms_load());
    if (!inspect_mupdf())
        return err_raise(ERR_UNAVAILABLE, "inspect-memory", "no memory for MuPDF");
    return ERR_OK;
}

pid_t confined_start(int connection, bool prepared, const struct inspect_trust *trust)
{
    pid_t parent = getpid(), child = fork();

    if (child == 0)
        be_confined(connection, parent, prepared, trust);
    return child;
}

bool confined_failed(int status, bool killed, enum inspect_failure *failure)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS)
        return false;
    *failure = INSPECT_FAILED_CRASHED;
    if (killed || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU))
        *failure = INSPECT_FAILED_SLOW;
    else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        *failure = INSPECT_FAILED_MEMORY; /* the system's killer: nobody else kills it */
    return true;
}
