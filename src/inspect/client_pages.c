/* Files whose pages belong to several conventions: what is on each page, and the file in parts. */
#include "inspect/dialogue.h"

/* Some pages of a file that are looked at in one inspection. */
struct look {
    struct inspect_survey *survey;
    uint32_t first, count;
    struct inspect_dialogue *dialogue; /* NULL: not begun */
    uint32_t pages, bits;              /* out, with what follows: no sheets where it failed */
    struct inspect_sheet sheets[INSPECT_SHEETS_MAX];
    size_t sheet_count;
    enum inspect_failure why;
};

static enum err begin_look(struct arena *arena, const struct settings *settings, struct look *look)
{
    struct wire_message message = {.kind = WIRE_SURVEY, .arguments = {look->first, look->count}};
    int connection;

    ERR_TRY(dialogue_connect(settings, &connection));
    look->dialogue = dialogue_new(arena, connection);
    dialogue_tell(look->dialogue, message, look->survey->file, &look->why);
    return ERR_OK;
}

static void end_look(struct look *look)
{
    const size_t most = look->count * sizeof look->sheets[0];
    struct wire_message answer;

    if (!look->dialogue || look->dialogue->connection < 0 ||
        !dialogue_ready(look->dialogue, &look->why) ||
        !dialogue_hear(look->dialogue, 1U << WIRE_SHEETS, most, &answer, &look->why))
        return;
    inspect_close(look->dialogue);
    look->why = INSPECT_FAILED_CRASHED;
    if (answer.arguments[0] == 0 || answer.arguments[0] > INSPECT_PAGES_MAX ||
        !wire_take_sheets(answer.payload, look->sheets, look->count, &look->sheet_count)) {
        look->sheet_count = 0;
        return;
    }
    look->pages = answer.arguments[0];
    look->bits = answer.arguments[1];
}

/* All of them, as many at once as the service takes. */
static enum err run(struct arena *arena, const struct settings *settings, struct look *looks,
                    size_t count)
{
    size_t begun = 0;

    for (size_t i = 0; i < count; i++) {
        while (begun < count && begun < i + settings->inspect_at_once)
            ERR_TRY(begin_look(arena, settings, &looks[begun++]));
        end_look(&looks[i]);
    }
    return ERR_OK;
}

/* The first pages of each file tell how many it has; who has too many together is left out. */
static enum err look_first(struct arena *arena, const struct settings *settings,
                           struct inspect_survey *files, size_t count, uint32_t most)
{
    struct look *looks = ARENA_NEW_ARRAY(arena, count, struct look);
    size_t asked = 0;

    for (size_t i = 0; i < count; i++) {
        if (!files[i].failure && files[i].file.length == 0)
            files[i].failure = inspect_failure_key(INSPECT_FAILED_EMPTY);
        if (!files[i].failure && files[i].file.length > INSPECT_FILE_MAX)
            files[i].failure = inspect_failure_key(INSPECT_FAILED_TOO_LARGE);
        if (!files[i].failure)
            looks[asked++] =
                (struct look){.survey = &files[i], .first = 1, .count = INSPECT_SHEETS_MAX};
    }
    ERR_TRY(run(arena, settings, looks, asked));
    for (size_t i = 0; i < asked; i++) {
        struct look *look = &looks[i];
        struct inspect_survey *survey = look->survey;

        if (look->sheet_count == 0)
            survey->failure = inspect_failure_key(look->why);
        else if (look->pages > most)
            survey->failure = "survey-too-many-pages";
        if (survey->failure)
            continue;
        most -= look->pages;
        survey->pages = look->pages;
        survey->bits = look->bits;
        survey->sheets = ARENA_NEW_ARRAY(arena, look->pages, struct inspect_sheet);
        for (size_t page = 0; page < look->sheet_count && page < look->pages; page++)
            survey->sheets[page] = look->sheets[page];
    }
    return ERR_OK;
}

static size_t looks_left(const struct inspect_survey *survey)
{
    if (survey->failure || survey->pages <= INSPECT_SHEETS_MAX)
        return 0;
    return (survey->pages - 1) / INSPECT_SHEETS_MAX;
}

/* The pages after the first few; one that cannot be looked at is left as it is. */
static enum err look_further(struct arena *arena, const struct settings *settings,
                             struct inspect_survey *files, size_t count)
{
    size_t total = 0, asked = 0;
    struct look *looks;

    for (size_t i = 0; i < count; i++)
        total += looks_left(&files[i]);
    looks = ARENA_NEW_ARRAY(arena, total, struct look);
    for (size_t i = 0; i < count; i++)
        for (size_t part = 1; part <= looks_left(&files[i]); part++)
            looks[asked++] = (struct look){.survey = &files[i],
                                           .first = (uint32_t)part * INSPECT_SHEETS_MAX + 1,
                                           .count = INSPECT_SHEETS_MAX};
    ERR_TRY(run(arena, settings, looks, asked));
    for (size_t i = 0; i < asked; i++)
        for (size_t page = 0; page < looks[i].sheet_count; page++)
            if (looks[i].first + page <= looks[i].survey->pages)
                looks[i].survey->sheets[looks[i].first - 1 + page] = looks[i].sheets[page];
    return ERR_OK;
}

enum err inspect_survey(struct arena *arena, const struct settings *settings,
                        struct inspect_survey *files, size_t count, uint32_t most)
{
    ERR_TRY(look_first(arena, settings, files, count, most));
    return look_further(arena, settings, files, count);
}

static bool cut(struct inspect_dialogue *dialogue, struct bytes file, struct inspect_range *ranges,
                size_t count, enum inspect_failure *why)
{
    struct wire_message split = {.kind = WIRE_SPLIT, .arguments = {(uint32_t)count}};
    size_t left = INSPECT_MERGED_MAX;

    if (!dialogue_begin(dialogue, split, file, why))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct wire_message range = {.kind = WIRE_RANGE,
                                     .arguments = {ranges[i].first, ranges[i].count}};
        struct wire_message answer;

        if (!dialogue_tell(dialogue, range, (struct bytes){0}, why) ||
            !dialogue_hear(dialogue, 1U << WIRE_MERGED,
                           left < INSPECT_FILE_MAX ? left : INSPECT_FILE_MAX, &answer, why))
            return false;
        left -= answer.payload.length;
        ranges[i].pdf = answer.payload;
    }
    inspect_close(dialogue);
    return true;
}

enum err inspect_split(struct arena *arena, const struct settings *settings, struct bytes file,
                       struct inspect_range *ranges, size_t count)
{
    enum inspect_failure why;
    int connection;

    if (count == 0 || count > INSPECT_PAGES_MAX)
        return err_raise(ERR_INTERNAL, NULL, "%zu parts of a file", count);
    ERR_TRY(dialogue_connect(settings, &connection));
    if (!cut(dialogue_new(arena, connection), file, ranges, count, &why))
        return inspect_failure_raise(why);
    return ERR_OK;
}
