/* Several conventions at once: those ticked on their page are validated, reminded of or downloaded,
 * each for itself; a page says what came of each. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "archive/zip_file.h"
#include "base/clock.h"
#include "base/log.h"
#include "db/document.h"
#include "domain/convention.h"
#include "domain/reminder.h"
#include "inspect/client.h"
#include "pages/conventions.h"
#include "pages/frame.h"
#include "pages/routes.h"
#include "pages/selection.h"

#define CHOSEN_MOST PAGE_SELECTION_MOST
#define FILES_MOST ((size_t)64 * 1024 * 1024)    /* bytes of all files together */
#define FILES_MEMORY ((size_t)160 * 1024 * 1024) /* for them, and what is made of them */

/* A convention that was ticked, as the page showed it. */
struct chosen {
    uint64_t id;
    uint32_t version;
    const struct convention_sheet_row *sheet; /* NULL: there is none for this account */
};

struct selection {
    struct chosen *items;
    size_t count;
};

/* "12-3": the convention's number and its version. */
static bool read_choice(const char *text, struct chosen *chosen)
{
    char *end;

    if (text[0] < '1' || text[0] > '9')
        return false;
    errno = 0;
    chosen->id = strtoull(text, &end, 10);
    if (errno != 0 || end[0] != '-' || end[1] < '1' || end[1] > '9')
        return false;
    chosen->version = (uint32_t)strtoul(end + 1, &end, 10);
    return errno == 0 && *end == '\0';
}

/* What is ticked, on this page of the list and others, each convention once; what is none is passed
 * over. */
static enum err read_selection(struct exchange *x, struct selection *selection)
{
    struct page_selection ticked = page_selection_read(x, &x->request->fields, "choix");

    selection->items = ARENA_NEW_ARRAY(x->arena, CHOSEN_MOST, struct chosen);
    selection->count = 0;
    for (size_t i = 0; i < ticked.count; i++) {
        struct chosen *next = &selection->items[selection->count];
        struct convention_sheet_row *sheet;

        if (!read_choice(ticked.values[i], next))
            continue;
        ERR_TRY(db_convention_sheet(
            x->db, x->arena,
            &(struct convention_sheet_in){.id = next->id, .viewer = x->session->establishment_id},
            &sheet));
        next->sheet = sheet;
        selection->count++;
    }
    return ERR_OK;
}

/* Back to the list as it was, and nowhere else. */
static const char *back_of(const struct exchange *x)
{
    const char *conventions = page_url(x->arena, at_conventions);
    const char *list = http_field(x->request, "liste");
    size_t length = strlen(conventions);

    if (list && strncmp(list, conventions, length) == 0 &&
        (list[length] == '?' || list[length] == '\0'))
        return list;
    return conventions;
}

static struct several_row show_row(struct exchange *x, const struct chosen *chosen)
{
    const struct convention_sheet_row *sheet = chosen->sheet;

    if (!sheet)
        return (struct several_row){.trainee = http_sentence(x, "several-unknown")};
    return (struct several_row){
        .trainee = arena_printf(x->arena, "%s %s", sheet->last_name, sheet->first_name),
        .url = page_url(x->arena, at_convention, sheet->id),
        .origin = sheet->origin_name,
        .day = clock_french_day(x->arena, sheet->first_day)};
}

/* Why it was not done, in words. */
static const char *sentence_of(struct exchange *x, const struct context *ctx, enum err code)
{
    const char *key = arena_strdup(x->arena, err_last()->key);

    if (code == ERR_NOT_FOUND)
        return http_sentence(x, "several-not-found");
    if (code == ERR_CONFLICT && ctx->meanwhile.event)
        return page_meanwhile(x, &ctx->meanwhile);
    if (code == ERR_INTERNAL || key[0] == '\0') {
        log_failure("one of several conventions");
        return http_sentence(x, "several-failed");
    }
    return http_sentence(x, key);
}

static enum err show(struct exchange *x, unsigned status, struct several_view *view,
                     const char *sentence)
{
    struct view_page *page = ARENA_NEW(x->arena, struct view_page);

    page_frame(x, page);
    view->page = page;
    view->back = back_of(x);
    view->done_is_plural = view->done > 1;
    view->refused_is_plural = view->refused > 1;
    if (sentence)
        page_add_error(page, x->arena, sentence);
    return http_page(x, status, "several.html", view);
}

/* Does one thing to each, in a transaction of its own. */
static enum err act(struct exchange *x, struct several_view *view,
                    enum err (*once)(struct context *ctx, const struct chosen *chosen))
{
    struct selection selection;
    struct several_row *rows;

    ERR_TRY(read_selection(x, &selection));
    if (selection.count == 0)
        return show(x, 422, view, http_sentence(x, "several-none"));
    rows = ARENA_NEW_ARRAY(x->arena, selection.count, struct several_row);
    for (size_t i = 0; i < selection.count; i++) {
        struct context ctx = page_context(x);
        enum err code = once(&ctx, &selection.items[i]);

        rows[i] = show_row(x, &selection.items[i]);
        rows[i].is_done = code == ERR_OK;
        if (code == ERR_OK)
            view->done++;
        else
            rows[i].sentence = sentence_of(x, &ctx, code);
    }
    view->refused = (int64_t)selection.count - view->done;
    view->rows = rows;
    view->rows_count = selection.count;
    return show(x, 200, view, NULL);
}

static enum err validate(struct context *ctx, const struct chosen *chosen)
{
    return convention_move(ctx, chosen->id, EVENT_VALIDATE, chosen->version, NULL);
}

static enum err remind(struct context *ctx, const struct chosen *chosen)
{
    return reminder_by_hand(ctx, chosen->id);
}

/* POST /conventions/ensemble/page — admins and members of an establishment
 *
 *     choix, retenus   what is ticked (pages/selection.h), as for the other ways
 *     vers             the page of the list to show, where it stays ticked */
enum err page_several_lead(struct exchange *x)
{
    return page_selection_lead(x, &x->request->fields, page_url(x->arena, at_conventions), "choix");
}

/* POST /conventions/ensemble/valider — admins and members of an establishment
 *
 *     choix     a convention's number and version as seen, "12-3"; as often as there are any
 *     retenus   more of them, with commas
 *     liste     the list's address, to come back to; all as for the other ways */
enum err page_several_validate(struct exchange *x)
{
    struct several_view view = {.validates = true};

    return act(x, &view, validate);
}

/* POST /conventions/ensemble/relancer — admins and members of an establishment */
enum err page_several_remind(struct exchange *x)
{
    struct several_view view = {.reminds = true};

    return act(x, &view, remind);
}

static void free_arena(void *arena)
{
    arena_free(arena);
}

/* Room for files that the request's own arena has not; it ends with that. */
static struct arena *large_arena(struct exchange *x)
{
    struct arena *large = arena_new(FILES_MEMORY);

    arena_on_reset(x->arena, free_arena, large);
    return large;
}

/* What is put together: the conventions there are among those ticked, each with its file « Conv. ».
 */
struct bundle {
    struct selection selection;
    struct zip_entry entries[CHOSEN_MOST]; /* named by the trainees */
};

/* Loads the files into the large arena; at most so many bytes. */
static enum err load_files(struct exchange *x, struct arena *large, size_t most,
                           struct bundle *bundle)
{
    struct selection *selection = &bundle->selection;
    struct context ctx = page_context(x);
    size_t length = 0, count = 0;

    for (size_t i = 0; i < selection->count; i++) {
        const struct convention_sheet_row *sheet = selection->items[i].sheet;
        struct document document;
        uint64_t id;

        if (!sheet)
            continue;
        ERR_TRY(convention_current_file(&ctx, sheet->id, &id));
        ERR_TRY(db_document_load(x->db, large, id, &document));
        length += document.content.length;
        if (length > most)
            return err_raise(ERR_TOO_LARGE, "several-too-large", "over %zu bytes", most);
        bundle->entries[count] = (struct zip_entry){
            .name = arena_printf(x->arena, "%s %s %s", sheet->last_name, sheet->first_name,
                                 clock_french_day(x->arena, sheet->first_day)),
            .extension = ".pdf",
            .content = document.content};
        selection->items[count++] = selection->items[i];
    }
    selection->count = count;
    return ERR_OK;
}

static const char *file_name(struct exchange *x, const char *extension)
{
    return arena_printf(x->arena, "Conventions %s%s",
                        clock_french_day(x->arena, clock_day(x->arena, x->now)), extension);
}

/* The files of what was ticked; where there are none, or too many, *told is set and the page that
 * says so answered. */
static enum err gather(struct exchange *x, struct several_view *view, struct arena *large,
                       size_t most, struct bundle *bundle, bool *told)
{
    enum err code;

    *told = false;
    ERR_TRY(read_selection(x, &bundle->selection));
    code = load_files(x, large, most, bundle);
    if (code != ERR_OK && code != ERR_TOO_LARGE)
        return code;
    if (code == ERR_OK && bundle->selection.count > 0)
        return ERR_OK;
    *told = true;
    if (code == ERR_TOO_LARGE)
        return show(x, 413, view,
                    arena_printf(x->arena, "%s (%zu Mo)", http_sentence(x, "several-too-large"),
                                 most / 1024 / 1024));
    return show(x, 422, view, http_sentence(x, "several-none"));
}

/* POST /conventions/ensemble/zip — admins and members of an establishment */
enum err page_several_zip(struct exchange *x)
{
    struct bundle *bundle = ARENA_NEW(x->arena, struct bundle);
    struct several_view view = {.zips = true};
    struct arena *large = large_arena(x);
    struct bytes zip;
    bool told;

    ERR_TRY(gather(x, &view, large, FILES_MOST, bundle, &told));
    if (told)
        return ERR_OK;
    ERR_TRY(zip_file_write(large, bundle->entries, bundle->selection.count, x->now, &zip));
    return http_download(x, &(struct http_file_out){.name = file_name(x, ".zip"),
                                                    .media_type = "application/zip",
                                                    .content = zip,
                                                    .in_line = false});
}

/* Names the files that could not be merged, and offers the others. */
static enum err tell_apart(struct exchange *x, struct several_view *view,
                           const struct bundle *bundle, const struct inspect_part *parts)
{
    const size_t count = bundle->selection.count;
    struct several_row *rows = ARENA_NEW_ARRAY(x->arena, count, struct several_row);
    struct view_hidden *choices = ARENA_NEW_ARRAY(x->arena, count, struct view_hidden);

    for (size_t i = 0; i < count; i++) {
        const struct chosen *chosen = &bundle->selection.items[i];

        rows[i] = show_row(x, chosen);
        rows[i].is_done = parts[i].failure == NULL;
        if (parts[i].failure)
            rows[i].sentence = http_sentence(x, parts[i].failure);
        else
            choices[view->done++] =
                (struct view_hidden){"choix", arena_printf(x->arena, "%" PRIu64 "-%" PRIu32,
                                                           chosen->id, chosen->version)};
    }
    view->refused = (int64_t)count - view->done;
    view->rows = rows;
    view->rows_count = count;
    view->choices = choices;
    view->choices_count = (size_t)view->done;
    if (view->done > 0)
        view->retry_action = page_url(x->arena, at_several_print);
    return show(x, 200, view, NULL);
}

/* POST /conventions/ensemble/pdf — admins and members of an establishment
 *
 * The files are untrusted: their pages are put together in the inspector. */
enum err page_several_print(struct exchange *x)
{
    struct bundle *bundle = ARENA_NEW(x->arena, struct bundle);
    struct inspect_part *parts = ARENA_NEW_ARRAY(x->arena, CHOSEN_MOST, struct inspect_part);
    struct several_view view = {.prints = true};
    struct arena *large = large_arena(x);
    struct bytes pdf;
    bool whole = true, told;

    ERR_TRY(gather(x, &view, large, INSPECT_MERGE_MAX, bundle, &told));
    if (told)
        return ERR_OK;
    for (size_t i = 0; i < bundle->selection.count; i++)
        parts[i].file = bundle->entries[i].content;
    ERR_TRY(inspect_merge(large, x->settings, parts, bundle->selection.count, &pdf));
    for (size_t i = 0; i < bundle->selection.count; i++)
        whole = whole && !parts[i].failure;
    if (!whole)
        return tell_apart(x, &view, bundle, parts);
    return http_download(x, &(struct http_file_out){.name = file_name(x, ".pdf"),
                                                    .media_type = "application/pdf",
                                                    .content = pdf,
                                                    .in_line = false});
}
