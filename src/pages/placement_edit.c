/* A host makes a placement, copies one, or changes one. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "domain/placement_change.h"
#include "http/form.h"
#include "pages/frame.h"
#include "pages/placement_form_view.h"
#include "pages/placements.h"
#include "pages/routes.h"
#include "view/markdown.h"

VIEW_TYPE(placement_form_view);

#define MEALS "canteen|packed|home"
#define TRANSPORT "family|school|foot"

#define PLACEMENT_FORM(FIELD)                                \
    FIELD(LINE, title, FORM_REQUIRED, 1, 200, NULL)          \
    FIELD(LINE, course, FORM_OPTIONAL, 0, 200, NULL)         \
    FIELD(TEXT, description, FORM_OPTIONAL, 0, 10000, NULL)  \
    FIELD(DAY, first_day, FORM_REQUIRED, 0, 0, NULL)         \
    FIELD(DAY, last_day, FORM_OPTIONAL, 0, 0, NULL)          \
    FIELD(TIME, starts_at, FORM_REQUIRED, 0, 0, NULL)        \
    FIELD(TIME, ends_at, FORM_REQUIRED, 0, 0, NULL)          \
    FIELD(LINE, place, FORM_OPTIONAL, 0, 200, NULL)          \
    FIELD(LINE, person_name, FORM_OPTIONAL, 0, 150, NULL)    \
    FIELD(PHONE, person_phone, FORM_OPTIONAL, 0, 30, NULL)   \
    FIELD(CHOICE, meals, FORM_REQUIRED, 0, 0, MEALS)         \
    FIELD(CHOICE, transport, FORM_REQUIRED, 0, 0, TRANSPORT) \
    FIELD(NUMBER, capacity, FORM_REQUIRED, 1, 1000, NULL)    \
    FIELD(DAY, closes_on, FORM_REQUIRED, 0, 0, NULL)         \
    FIELD(FLAG, reissue, FORM_OPTIONAL, 0, 0, NULL)          \
    FIELD(CHOICE, etat, FORM_OPTIONAL, 0, 0, "publie|brouillon")
FORM_DECLARE(placement_form, PLACEMENT_FORM)

enum choice { CHOICE_MEALS, CHOICE_TRANSPORT };

/* What people read for the word of a choice. */
static const char *label_of(struct exchange *x, enum choice choice, const char *word)
{
    return http_sentence(x, choice == CHOICE_MEALS ? arena_printf(x->arena, "meals-%s", word)
                                                   : arena_printf(x->arena, "transport-%s", word));
}

static const struct view_form_field *select_of(struct exchange *x, const char *name,
                                               enum choice choice, const char *words,
                                               const struct form_value *value)
{
    struct view_form_field *field = ARENA_NEW(x->arena, struct view_form_field);
    struct view_option *options = ARENA_NEW_ARRAY(x->arena, 3, struct view_option);

    *field = (struct view_form_field){.id = name, .error = value->sentence, .options = options};
    for (const char *word = words; *word; field->options_count++) {
        size_t length = strcspn(word, "|");
        const char *one = arena_strndup(x->arena, word, length);

        options[field->options_count] =
            (struct view_option){.value = one,
                                 .label = label_of(x, choice, one),
                                 .selected = strcmp(one, value->typed) == 0};
        word += length + (word[length] == '|');
    }
    return field;
}

static void fill_fields(struct exchange *x, const struct placement_form *form,
                        struct placement_form_view *view)
{
    struct arena *arena = x->arena;

    view->title = page_form_field(arena, "title", &form->title);
    view->course = page_form_field(arena, "course", &form->course);
    view->description = page_form_field(arena, "description", &form->description);
    view->first_day = page_form_field(arena, "first_day", &form->first_day);
    view->last_day = page_form_field(arena, "last_day", &form->last_day);
    view->starts_at = page_form_field(arena, "starts_at", &form->starts_at);
    view->ends_at = page_form_field(arena, "ends_at", &form->ends_at);
    view->place = page_form_field(arena, "place", &form->place);
    view->person_name = page_form_field(arena, "person_name", &form->person_name);
    view->person_phone = page_form_field(arena, "person_phone", &form->person_phone);
    view->meals = select_of(x, "meals", CHOICE_MEALS, MEALS, &form->meals);
    view->transport = select_of(x, "transport", CHOICE_TRANSPORT, TRANSPORT, &form->transport);
    view->capacity = page_form_field(arena, "capacity", &form->capacity);
    view->closes_on = page_form_field(arena, "closes_on", &form->closes_on);
}

/* What a page about one placement, or a new one, is given. */
struct shown {
    unsigned status;
    const struct placement_by_id_row *row; /* NULL: a new one */
    bool is_copy;
    bool previews;
    uint32_t version;
    const char *sentence; /* about the form as a whole, or NULL */
};

static enum err count_conventions(struct exchange *x, const struct shown *shown,
                                  struct placement_form_view *view)
{
    struct placement_not_returned_row *conventions;

    if (!shown->row)
        return ERR_OK;
    ERR_TRY(db_placement_not_returned(
        x->db, x->arena, &(struct placement_not_returned_in){.placement_id = shown->row->id},
        &conventions));
    view->registered = (int64_t)shown->row->taken;
    view->not_returned = (int64_t)conventions->total;
    view->are_several = conventions->total > 1;
    return ERR_OK;
}

static const char *action_of(struct exchange *x, enum page at, const struct shown *shown)
{
    return arena_printf(x->arena, "%s?version=%" PRIu32, page_url(x->arena, at, shown->row->id),
                        shown->version);
}

static enum err show(struct exchange *x, const struct shown *shown,
                     const struct placement_form *form)
{
    struct view_page page;
    struct placement_form_view view = {.page = &page,
                                       .is_new = !shown->row,
                                       .is_copy = shown->is_copy,
                                       .action = page_url(x->arena, at_placement_make),
                                       .preview_action =
                                           page_url(x->arena, at_placement_new_preview),
                                       .back = page_url(x->arena, at_placements),
                                       .reissue = form->reissue.flag};

    if (shown->row) {
        view.action = action_of(x, at_placement_change, shown);
        view.preview_action = action_of(x, at_placement_preview, shown);
        view.back = page_url(x->arena, at_placement, shown->row->id);
    }
    ERR_TRY(count_conventions(x, shown, &view));
    if (shown->previews && !form->description.error)
        ERR_TRY(view_markdown_html(x->arena, form->description.text, VIEW_MARKDOWN_MOST,
                                   &view.preview));
    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, placement_form, form);
    if (shown->sentence)
        page_add_error(&page, x->arena, shown->sentence);
    fill_fields(x, form, &view);
    return http_page(x, shown->status, "placement-form.html", &view);
}

static void begin_form(struct placement_form *form)
{
    FORM_EMPTY(form);
    form->meals.typed = "canteen";
    form->transport.typed = "family";
    form->reissue.flag = true;
}

static void fill_form(struct exchange *x, const struct placement_by_id_row *row,
                      struct placement_form *form)
{
    begin_form(form);
    form->title.typed = row->title;
    form->course.typed = row->course;
    form->description.typed = form->description.text = row->description;
    form->first_day.typed = clock_french_day(x->arena, row->first_day);
    if (strcmp(row->first_day, row->last_day) != 0)
        form->last_day.typed = clock_french_day(x->arena, row->last_day);
    form->starts_at.typed = row->starts_at;
    form->ends_at.typed = row->ends_at;
    form->place.typed = row->place;
    form->person_name.typed = row->person_name;
    form->person_phone.typed = row->person_phone;
    form->meals.typed = row->meals;
    form->transport.typed = row->transport;
    form->capacity.typed = arena_printf(x->arena, "%" PRIu32, row->capacity);
    form->closes_on.typed = clock_french_day(x->arena, row->closes_on);
}

/* GET /stages/nouveau — admins and members of an establishment */
enum err page_placement_new(struct exchange *x)
{
    struct placement_form form;

    begin_form(&form);
    return show(x, &(struct shown){.status = 200}, &form);
}

/* GET /stages/{id}/dupliquer — the host's accounts
 *
 * The form of a new placement with all that this one has but its days. */
enum err page_placement_copy(struct exchange *x)
{
    struct placement_by_id_row *row;
    struct placement_form form;

    ERR_TRY(page_placement_own(x, http_id(x, 0), &row));
    fill_form(x, row, &form);
    form.first_day.typed = form.last_day.typed = form.closes_on.typed = "";
    return show(x, &(struct shown){.status = 200, .is_copy = true}, &form);
}

/* GET /stages/{id}/modifier — the host's accounts */
enum err page_placement_edit(struct exchange *x)
{
    struct placement_by_id_row *row;
    struct placement_form form;

    ERR_TRY(page_placement_own(x, http_id(x, 0), &row));
    if (strcmp(row->state, "cancelled") == 0)
        return err_raise(ERR_CONFLICT, "placement-is-cancelled", "placement %" PRIu64, row->id);
    fill_form(x, row, &form);
    return show(x, &(struct shown){.status = 200, .row = row, .version = row->version}, &form);
}

/* A day that was not so before must be ahead. */
static void refuse_past(struct exchange *x, struct form_value *day, const char *before,
                        const char *key)
{
    const char *today = clock_day(x->arena, x->now);

    if (day->given && strcmp(day->text, today) < 0 && (!before || strcmp(day->text, before) != 0))
        form_refuse(x, day, key);
}

/* before: the placement that is changed, NULL for a new one. */
static void read_form(struct exchange *x, const struct placement_by_id_row *before,
                      struct placement_form *form)
{
    FORM_READ(x, placement_form, form);
    refuse_past(x, &form->first_day, before ? before->first_day : NULL, "placement-day-past");
    refuse_past(x, &form->closes_on, before ? before->closes_on : NULL, "placement-closing-past");
}

static struct placement placement_of(const struct exchange *x, const struct placement_form *form)
{
    const char *first = form->first_day.text;

    return (struct placement){.host = x->session->establishment_id,
                              .title = form->title.text,
                              .course = form->course.text,
                              .description = form->description.text,
                              .first_day = first,
                              .last_day = form->last_day.given ? form->last_day.text : first,
                              .starts_at = form->starts_at.text,
                              .ends_at = form->ends_at.text,
                              .place = form->place.text,
                              .person_name = form->person_name.text,
                              .person_phone = form->person_phone.text,
                              .meals = form->meals.text,
                              .transport = form->transport.text,
                              .capacity = (uint32_t)form->capacity.number,
                              .closes_on = form->closes_on.text,
                              .draft = strcmp(form->etat.text, "brouillon") == 0};
}

/* Puts what the domain refused at the field it is about; false where it is about none. */
static bool refuse_at_field(struct exchange *x, const struct placement_by_id_row *row,
                            struct placement_form *form)
{
    const char *key = arena_strdup(x->arena, err_last()->key);
    const struct {
        const char *key;
        struct form_value *value;
    } fields[] = {
        {"placement-days", &form->last_day},           {"placement-hours", &form->ends_at},
        {"placement-closing", &form->closes_on},       {"placement-capacity", &form->capacity},
        {"placement-capacity-taken", &form->capacity}, {"placement-same", &form->title}};

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (strcmp(fields[i].key, key) == 0) {
            form_refuse(x, fields[i].value, key);
            if (row && strcmp(key, "placement-capacity-taken") == 0)
                form->capacity.sentence =
                    arena_printf(x->arena, "%s %" PRIu64 ".", form->capacity.sentence, row->taken);
            return true;
        }
    return false;
}

/* Shows the form again with why it was refused. */
static enum err refuse(struct exchange *x, enum err code, const struct context *ctx,
                       struct shown *shown, struct placement_form *form)
{
    if (code != ERR_INVALID && code != ERR_CONFLICT)
        return code;
    shown->status = code == ERR_INVALID ? 422 : 409;
    if (strcmp(err_last()->key, "placement-out-of-date") == 0)
        shown->sentence = page_placement_meanwhile(x, &ctx->meanwhile);
    else if (!refuse_at_field(x, shown->row, form))
        shown->sentence = http_sentence(x, arena_strdup(x->arena, err_last()->key));
    return show(x, shown, form);
}

/* POST /stages/nouveau — admins and members of an establishment
 *
 *     title, course, description (Markdown), first_day, last_day (absent: the first), starts_at,
 *     ends_at, place, person_name, person_phone, meals, transport, capacity, closes_on
 *     etat   "brouillon" keeps it to the host until it is published */
enum err page_placement_make(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct shown shown = {.status = 422};
    struct placement_form form;
    struct placement placement;
    uint64_t id;
    enum err code;

    read_form(x, NULL, &form);
    if (!FORM_GOOD(&form))
        return show(x, &shown, &form);
    placement = placement_of(x, &form);
    code = placement_offer(&ctx, &placement, &id);
    if (code != ERR_OK)
        return refuse(x, code, &ctx, &shown, &form);
    return page_done(x, page_url(x->arena, at_placement, id),
                     placement.draft ? "placement-drafted" : "placement-published");
}

/* Shows what the description looks like, whatever is still missing elsewhere. */
static enum err preview(struct exchange *x, struct shown *shown)
{
    struct placement_form form;

    FORM_READ(x, placement_form, &form);
    for (size_t i = 0; i < FORM_COUNT(placement_form); i++)
        if (&form.values[i] != &form.description)
            form.values[i].error = form.values[i].sentence = NULL;
    shown->status = form.description.error ? 422 : 200;
    shown->previews = true;
    return show(x, shown, &form);
}

/* POST /stages/nouveau/apercu — admins and members of an establishment
 *
 *     the same fields; nothing is kept */
enum err page_placement_new_preview(struct exchange *x)
{
    return preview(x, &(struct shown){.row = NULL});
}

/* POST /stages/{id}/apercu — the host's accounts
 *
 *     as for /stages/{id}/modifier; nothing is kept */
enum err page_placement_preview(struct exchange *x)
{
    struct placement_by_id_row *row;

    ERR_TRY(page_placement_own(x, http_id(x, 0), &row));
    return preview(x, &(struct shown){.row = row, .version = page_placement_version(x)});
}

static const char *done_word(const struct placement_changed *changed)
{
    if (changed->reissued > 0)
        return "placement-changed-reissued";
    if (changed->told > 0)
        return "placement-changed-told";
    return changed->promoted > 0 ? "placement-changed-promoted" : "placement-changed";
}

/* POST /stages/{id}/modifier — the host's accounts
 *
 *     version   of the data that were seen, in the address
 *     the fields of a new placement
 *     reissue   whether conventions not yet returned are made anew */
enum err page_placement_change(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct shown shown = {.status = 422, .version = page_placement_version(x)};
    struct placement_by_id_row *row;
    struct placement_changed changed;
    struct placement_form form;
    struct placement placement;
    enum err code;

    ERR_TRY(page_placement_own(x, http_id(x, 0), &row));
    shown.row = row;
    read_form(x, row, &form);
    if (!FORM_GOOD(&form))
        return show(x, &shown, &form);
    placement = placement_of(x, &form);
    code = placement_change(&ctx, row->id, shown.version, form.reissue.flag, &placement, &changed);
    if (code != ERR_OK)
        return refuse(x, code, &ctx, &shown, &form);
    return page_done(x, page_url(x->arena, at_placement, row->id), done_word(&changed));
}
