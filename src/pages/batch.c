/* « Dépôt de plusieurs conventions »: the parts of what came at once, and one button for all. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/document.h"
#include "db/statements.h"
#include "domain/batch.h"
#include "inspect/client.h"
#include "pages/batch_view.h"
#include "pages/conventions.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(batch_picture);
VIEW_TYPE(batch_part);
VIEW_TYPE(batch_deposited);
VIEW_TYPE(batch_unread);
VIEW_TYPE(batch_view);

#define SMALL_WIDTH 360 /* pixels */
#define LARGE_WIDTH 1200
#define PICTURES_MOST 6 /* of a part, on the page */
#define CHOICES_MOST 1000
#define DAY (24 * 60 * 60)

static const char *const actions[] = {
    [BATCH_DEPOSIT] = "deposer", [BATCH_JOIN] = "joindre", [BATCH_ASIDE] = "ecarter"};
#define ACTION_COUNT (sizeof actions / sizeof actions[0])

/* What the page is made of. */
struct batch_page_data {
    struct context ctx;
    struct batch_by_id_row *batch;
    struct batch_parts_row *rows;
    size_t count;
};

static enum err read_batch(struct exchange *x, uint64_t id, struct batch_page_data *data)
{
    data->ctx = page_context(x);
    ERR_TRY(
        db_batch_by_id(x->db, x->arena,
                       &(struct batch_by_id_in){.id = id,
                                                .account_id = x->session->account_id,
                                                .establishment_id = x->session->establishment_id},
                       &data->batch));
    if (!data->batch)
        return err_raise(ERR_NOT_FOUND, "batch-gone", "batch %" PRIu64, id);
    ERR_TRY(db_batch_parts(
        x->db, x->arena,
        &(struct batch_parts_in){.batch_id = id, .viewer = x->session->establishment_id},
        &data->rows, &data->count));
    return ERR_OK;
}

/* « page 3 », « pages 3 à 5 », or "" for a file that is a part as it came. */
static const char *pages_of(struct exchange *x, const struct batch_parts_row *row)
{
    if (row->whole)
        return "";
    if (row->pages == 1)
        return arena_printf(x->arena, "page %" PRIu32, row->first_page);
    return arena_printf(x->arena, "pages %" PRIu32 " à %" PRIu32, row->first_page,
                        row->first_page + row->pages - 1);
}

/* The key of what keeps the part from being ready, NULL where nothing does. */
static const char *hindrance(const struct batch_page_data *data, const struct batch_parts_row *row)
{
    if (row->problem)
        return row->problem;
    if (strcmp(row->code, batch_code_name(BATCH_CODE_FOREIGN)) == 0)
        return "batch-foreign";
    if (strcmp(row->code, batch_code_name(BATCH_CODE_REPLACED)) == 0)
        return "deposit-replaced";
    if (!row->has_convention_id || batch_is_open(&data->ctx, row))
        return NULL;
    if (strcmp(row->convention_state, "validated") == 0 ||
        strcmp(row->convention_state, "cancelled") == 0)
        return "convention-deposit-closed";
    return "convention-not-yours-to-move";
}

static void show_pictures(struct exchange *x, uint64_t batch, const struct batch_parts_row *row,
                          struct batch_part *part)
{
    uint32_t count = row->pages < PICTURES_MOST ? row->pages : PICTURES_MOST;
    struct batch_picture *pictures = ARENA_NEW_ARRAY(x->arena, count, struct batch_picture);

    for (uint32_t i = 0; i < count; i++) {
        const char *url = page_url(x->arena, at_batch_picture, batch, row->id, (uint64_t)i + 1);
        pictures[i] = (struct batch_picture){
            .number = (int64_t)row->first_page + i,
            .small = arena_printf(x->arena, "%s?largeur=%d", url, SMALL_WIDTH),
            .large = url};
    }
    part->pictures = pictures;
    part->pictures_count = count;
    part->more = (int64_t)row->pages - count;
}

static struct view_form_field *choose_action(struct exchange *x, const struct batch_parts_row *row,
                                             bool is_first)
{
    struct view_form_field *field = ARENA_NEW(x->arena, struct view_form_field);
    struct view_option *options = ARENA_NEW_ARRAY(x->arena, ACTION_COUNT, struct view_option);
    bool is_aside = strcmp(row->state, "aside") == 0;
    size_t count = 0;

    for (size_t i = 0; i < ACTION_COUNT; i++) {
        if (i == BATCH_JOIN && is_first)
            continue;
        options[count++] = (struct view_option){
            .value = actions[i],
            .label = http_sentence(x, arena_printf(x->arena, "batch-action-%s", actions[i])),
            .selected = is_aside ? i == BATCH_ASIDE : i == BATCH_DEPOSIT};
    }
    *field = (struct view_form_field){.id = arena_printf(x->arena, "action-%" PRIu64, row->id),
                                      .value = "",
                                      .options = options,
                                      .options_count = count};
    return field;
}

static const char *label_of(struct exchange *x, const struct batch_parts_row *row)
{
    return batch_label(x->arena, row->last_name, row->first_name, row->first_day, row->title);
}

/* Whether what is wrong with the part is what was typed. */
static bool is_typing(const char *problem)
{
    return problem && (strcmp(problem, "batch-trainee-unknown") == 0 ||
                       strcmp(problem, "batch-trainee-twice") == 0);
}

static struct view_form_field *choose_trainee(struct exchange *x, const struct batch_parts_row *row,
                                              bool proposed)
{
    struct view_form_field *field = ARENA_NEW(x->arena, struct view_form_field);

    *field = (struct view_form_field){.id = arena_printf(x->arena, "stagiaire-%" PRIu64, row->id),
                                      .value = row->typed ? row->typed
                                               : proposed ? label_of(x, row)
                                                          : ""};
    if (is_typing(row->problem))
        field->error = http_sentence(x, row->problem);
    return field;
}

static struct batch_part show_part(struct exchange *x, const struct batch_page_data *data,
                                   const struct batch_parts_row *row, bool is_first)
{
    const char *problem = hindrance(data, row);
    bool proposed = batch_is_open(&data->ctx, row);
    struct batch_part part = {.number = (int64_t)row->number,
                              .file_name = row->file_name,
                              .pages = pages_of(x, row),
                              .is_digital = row->digital,
                              .is_aside = strcmp(row->state, "aside") == 0};

    part.is_refused = !part.is_aside && problem;
    part.is_ready = !part.is_aside && !problem && proposed;
    part.is_unknown = !part.is_aside && !problem && !proposed;
    if (problem && !is_typing(problem))
        part.sentence = http_sentence(x, problem);
    if (row->has_original_pages && row->pages < row->original_pages) {
        part.has_pages = row->pages;
        part.lacking_of = row->original_pages;
    }
    part.file_url = page_url(x->arena, at_batch_file, data->batch->id, row->id);
    part.trainee = choose_trainee(x, row, proposed && !part.is_aside);
    part.action = choose_action(x, row, is_first);
    show_pictures(x, data->batch->id, row, &part);
    return part;
}

static struct batch_deposited show_deposited(struct exchange *x, const struct batch_parts_row *row)
{
    struct batch_deposited shown = {.file_name = row->file_name, .pages = pages_of(x, row)};

    if (row->has_convention_id) {
        shown.trainee = arena_printf(x->arena, "%s %s", row->last_name, row->first_name);
        shown.url = page_url(x->arena, at_convention, row->convention_id);
    }
    if (row->problem)
        shown.sentence = http_sentence(x, row->problem);
    return shown;
}

/* Each part where it belongs: deposited, not read, or waiting. */
static void show_parts(struct exchange *x, const struct batch_page_data *data,
                       struct batch_view *view)
{
    struct batch_part *parts = ARENA_NEW_ARRAY(x->arena, data->count, struct batch_part);
    struct batch_deposited *deposited =
        ARENA_NEW_ARRAY(x->arena, data->count, struct batch_deposited);
    struct batch_unread *unread = ARENA_NEW_ARRAY(x->arena, data->count, struct batch_unread);

    for (size_t i = 0; i < data->count; i++) {
        const struct batch_parts_row *row = &data->rows[i];

        if (strcmp(row->state, "deposited") == 0) {
            deposited[view->deposited_count++] = show_deposited(x, row);
        } else if (!row->has_document_id) {
            unread[view->unread_count++] = (struct batch_unread){
                row->file_name, http_sentence(x, row->problem ? row->problem : "several-failed")};
        } else {
            struct batch_part *part = &parts[view->parts_count];
            *part = show_part(x, data, row, view->parts_count == 0);
            view->parts_count++;
            view->ready += part->is_ready;
            view->aside += part->is_aside;
            view->to_complete += part->is_unknown || part->is_refused;
        }
    }
    view->parts = parts;
    view->deposited = deposited;
    view->unread = unread;
    view->done = (int64_t)view->deposited_count;
}

static enum err list_trainees(struct exchange *x, struct batch_page_data *data,
                              struct batch_view *view)
{
    struct convention_open_row *rows;
    struct view_text *trainees;
    size_t count;

    ERR_TRY(batch_choices(&data->ctx, CHOICES_MOST, &rows, &count));
    trainees = ARENA_NEW_ARRAY(x->arena, count, struct view_text);
    for (size_t i = 0; i < count; i++)
        trainees[i].text = batch_label(x->arena, rows[i].last_name, rows[i].first_name,
                                       rows[i].first_day, rows[i].title);
    view->trainees = trainees;
    view->trainees_count = count;
    return ERR_OK;
}

/* GET /conventions/lot/{id} — who deposited it
 *
 *     suite   there was no time for all: the form goes on by itself */
enum err page_batch(struct exchange *x)
{
    struct batch_page_data data;
    struct view_page page;
    struct batch_view view = {.page = &page, .action = page_url(x->arena, at_batch, http_id(x, 0))};

    ERR_TRY(read_batch(x, http_id(x, 0), &data));
    view.back = page_conventions_tab(x->arena, CONVENTION_PENDING);
    view.until = clock_french_instant(x->arena, data.batch->created_at + DAY);
    show_parts(x, &data, &view);
    ERR_TRY(list_trainees(x, &data, &view));
    view.ready_are = view.ready > 1;
    view.to_complete_are = view.to_complete > 1;
    view.aside_are = view.aside > 1;
    view.done_are = view.done > 1;
    view.goes_on = view.ready > 0 && http_query(x, "suite") != NULL;
    page_frame(x, &page);
    return http_page(x, 200, "batch.html", &view);
}

static enum batch_action action_of(const char *word)
{
    for (size_t i = 0; word && i < ACTION_COUNT; i++)
        if (strcmp(word, actions[i]) == 0)
            return (enum batch_action)i;
    return BATCH_DEPOSIT;
}

/* POST /conventions/lot/{id} — who deposited it
 *
 *     stagiaire-N   for each part: whose it is, as the list of choices writes it, or a short code
 *     action-N      deposer, joindre (with the part before) or ecarter
 *
 * Leads to the page, which tells what became of each. */
enum err page_batch_deposit(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct batch_page_data data;
    struct batch_answer *answers;
    size_t count = 0;
    bool late;

    ERR_TRY(read_batch(x, http_id(x, 0), &data));
    answers = ARENA_NEW_ARRAY(x->arena, data.count, struct batch_answer);
    for (size_t i = 0; i < data.count; i++) {
        uint64_t part = data.rows[i].id;
        const char *typed =
            http_field(x->request, arena_printf(x->arena, "stagiaire-%" PRIu64, part));
        const char *action =
            http_field(x->request, arena_printf(x->arena, "action-%" PRIu64, part));

        if (typed)
            answers[count++] = (struct batch_answer){part, action_of(action), typed};
    }
    ERR_TRY(batch_deposit(&ctx, data.batch->id, answers, count, &late));
    return http_redirect(x, arena_printf(x->arena, "%s%s",
                                         page_url(x->arena, at_batch, data.batch->id),
                                         late ? "?suite=1" : ""));
}

/* The part's PDF, of a batch of this account's. */
static enum err load_part(struct exchange *x, struct document *document)
{
    struct batch_by_id_row *batch;
    struct batch_part_by_id_row *part;

    ERR_TRY(
        db_batch_by_id(x->db, x->arena,
                       &(struct batch_by_id_in){.id = http_id(x, 0),
                                                .account_id = x->session->account_id,
                                                .establishment_id = x->session->establishment_id},
                       &batch));
    if (!batch)
        return err_raise(ERR_NOT_FOUND, "batch-gone", "batch %" PRIu64, http_id(x, 0));
    ERR_TRY(db_batch_part_by_id(
        x->db, x->arena, &(struct batch_part_by_id_in){.id = http_id(x, 1), .batch_id = batch->id},
        &part));
    if (!part || !part->has_document_id)
        return err_raise(ERR_NOT_FOUND, NULL, "part %" PRIu64, http_id(x, 1));
    return db_document_load(x->db, x->arena, part->document_id, document);
}

/* GET /conventions/lot/{id}/fichiers/{id} — who deposited it */
enum err page_batch_file(struct exchange *x)
{
    struct document document;

    ERR_TRY(load_part(x, &document));
    return http_download(x, &(struct http_file_out){.name = "Convention.pdf",
                                                    .media_type = "application/pdf",
                                                    .content = document.content});
}

/* GET /conventions/lot/{id}/images/{id}/{id} — who deposited it
 *
 *     largeur   in pixels
 *
 * A page of a part as a picture. */
enum err page_batch_picture(struct exchange *x)
{
    unsigned width = (unsigned)http_query_number(x, "largeur", 100, LARGE_WIDTH, LARGE_WIDTH);
    struct document document;
    struct bytes png;

    if (http_id(x, 2) > INSPECT_PAGES_MAX)
        return err_raise(ERR_NOT_FOUND, NULL, "page %" PRIu64, http_id(x, 2));
    ERR_TRY(load_part(x, &document));
    ERR_TRY(inspect_page_picture(x->arena, x->settings, document.content, (uint32_t)http_id(x, 2),
                                 width, &png));
    return http_download(
        x, &(struct http_file_out){
               .name = "page.png", .media_type = "image/png", .content = png, .in_line = true});
}
