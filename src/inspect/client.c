#include "inspect/client.h"

#include "inspect/dialogue.h"

/* Files that break the inspector are found one by one; after so many it is given up. */
#define MERGE_TRIES 4

static bool hear_claim(struct inspect_dialogue *dialogue, enum inspect_failure *why)
{
    struct wire_message claim;

    if (!dialogue_hear(dialogue, 1U << WIRE_CLAIM, sizeof dialogue->claim, &claim, why))
        return false;
    return wire_take_claim(claim.payload, &dialogue->claim) ||
           dialogue_failed(dialogue, INSPECT_FAILED_CRASHED, why);
}

static bool hear_report(struct inspect_dialogue *dialogue, const struct inspect_report **report,
                        enum inspect_failure *why)
{
    struct inspect_report *own = ARENA_NEW(dialogue->arena, struct inspect_report);
    struct wire_message answer;

    if (!dialogue_hear(dialogue, 1U << WIRE_REPORT, sizeof *own, &answer, why))
        return false;
    if (!wire_take_report(answer.payload, own))
        return dialogue_failed(dialogue, INSPECT_FAILED_CRASHED, why);
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

    dialogue_turn(dialogue, 0);
    if (file.length == 0)
        return dialogue_failed(dialogue, INSPECT_FAILED_EMPTY, why);
    if (!dialogue_tell(dialogue, first, file, why) ||
        !dialogue_tell(dialogue, (struct wire_message){.kind = WIRE_ORIGINAL}, original, why) ||
        !hear_claim(dialogue, why))
        return false;
    *claim = &dialogue->claim;
    return hear_report(dialogue, report, why);
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
    ERR_TRY(dialogue_connect(settings, &connection));
    own = dialogue_new(arena, connection);
    if (!dialogue_begin(
            own, (struct wire_message){.kind = WIRE_FILE, .arguments = {INSPECT_LOOK_ALWAYS}}, file,
            &why) ||
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

    if (!dialogue_tell(dialogue, (struct wire_message){.kind = WIRE_ORIGINAL}, original, &why) ||
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
    ERR_TRY(dialogue_connect(settings, &connection));
    dialogue = dialogue_new(arena, connection);
    if (!dialogue_begin(dialogue, (struct wire_message){.kind = WIRE_IMAGE}, file, &why) ||
        !dialogue_hear(dialogue, 1U << WIRE_PICTURE, INSPECT_ANSWER_MAX, &answer, &why))
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
        if (!dialogue_hear(dialogue, 1U << WIRE_PICTURE | 1U << WIRE_DONE, left, &message, why))
            return false;
        left -= message.payload.length;
        if (message.kind == WIRE_DONE)
            return true;
        if (*page_count == count || message.arguments[2] != first + *page_count ||
            !bytes_start_with(message.payload, bytes_of("\x89PNG\r\n\x1a\n")))
            return dialogue_failed(dialogue, INSPECT_FAILED_CRASHED, why);
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
    ERR_TRY(dialogue_connect(settings, &connection));
    dialogue = dialogue_new(arena, connection);
    *pages = ARENA_NEW_ARRAY(arena, count, struct inspect_page);
    if (!dialogue_begin(dialogue, ask, file, &why) ||
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

    if (first ? !dialogue_begin(dialogue, message, part->file, why)
              : !dialogue_tell(dialogue, message, part->file, why))
        return false;
    if (!dialogue_hear(dialogue, 1U << WIRE_ADDED, 0, &answer, why))
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
    if (!dialogue_hear(dialogue, 1U << WIRE_MERGED, INSPECT_MERGED_MAX, &answer, why))
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
        ERR_TRY(dialogue_connect(settings, &connection));
        if (merge_once(dialogue_new(arena, connection), parts, count, left, &broken, pdf, &why))
            return ERR_OK;
        if (!broken && parts_left(parts, count, &length) == left)
            break; /* it died of none of them */
        if (broken)
            broken->failure = inspect_failure_key(why);
    }
    return inspect_failure_raise(why);
}
