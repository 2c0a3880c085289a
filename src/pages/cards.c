/* « Contacts »: vCards in and out. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "domain/card_import.h"
#include "pages/card_view.h"
#include "pages/contacts.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(cards_import_view);
VIEW_TYPE(cards_row);
VIEW_TYPE(cards_preview_view);

#define CARDS_LENGTH 250000 /* bytes of the hidden field "cards" */
#define EXPORT_MOST 5000    /* contacts */

#define IMPORT_FORM(FIELD) FIELD(FILE, fichier, FORM_REQUIRED, 0, 0, NULL)
FORM_DECLARE(import_form, IMPORT_FORM)

#define TAKE_FORM(FIELD)                                     \
    FIELD(TEXT, cards, FORM_REQUIRED, 1, CARDS_LENGTH, NULL) \
    FIELD(LINE, plan, FORM_REQUIRED, 1, 100, NULL)
FORM_DECLARE(take_form, TAKE_FORM)

static enum err show_form(struct exchange *x, unsigned status, const struct import_form *form)
{
    struct view_page page;
    struct cards_import_view view = {.page = &page,
                                     .action = page_url(x->arena, at_cards_preview),
                                     .back = page_url(x->arena, at_contacts),
                                     .file = page_form_field(x->arena, "fichier", &form->fichier)};

    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, import_form, form);
    return http_page(x, status, "cards-import.html", &view);
}

/* GET /contacts/import — admins and members of an establishment */
enum err page_cards(struct exchange *x)
{
    struct import_form form;

    FORM_EMPTY(&form);
    return show_form(x, 200, &form);
}

static struct cards_row show_row(struct exchange *x, const struct card_outcome *outcome)
{
    struct view_text *notes = ARENA_NEW_ARRAY(x->arena, outcome->note_count, struct view_text);

    for (size_t i = 0; i < outcome->note_count; i++)
        notes[i].text = http_sentence(x, outcome->notes[i]);
    return (struct cards_row){.number = outcome->card->number,
                              .establishment = outcome->establishment,
                              .person = outcome->person,
                              .notes = notes,
                              .notes_count = outcome->note_count,
                              .adds_establishment = outcome->establishment_is_created,
                              .is_created = outcome->fate == CARD_CREATED,
                              .is_changed = outcome->fate == CARD_CHANGED,
                              .is_same = outcome->fate == CARD_SAME,
                              .is_left_out = outcome->fate == CARD_LEFT_OUT};
}

/* The cards that are taken, as text: what is left out of a file need not be sent back. */
static enum err write_taken(struct exchange *x, const struct card_outcome *outcomes, size_t count,
                            const char **text)
{
    struct card *taken = ARENA_NEW_ARRAY(x->arena, count, struct card);
    struct bytes written;
    size_t taken_count = 0;

    for (size_t i = 0; i < count; i++)
        if (outcomes[i].fate != CARD_LEFT_OUT)
            taken[taken_count++] = *outcomes[i].card;
    written = cards_write(x->arena, CARD_4_0, taken, taken_count);
    if (written.length > CARDS_LENGTH)
        return err_raise(ERR_INVALID, "cards-too-many", "%zu bytes of cards", written.length);
    *text = (const char *)written.data;
    return ERR_OK;
}

static enum err show_preview(struct exchange *x, unsigned status,
                             const struct card_outcome *outcomes, size_t count,
                             const unsigned char plan[CARD_PLAN_SIZE], const char *sentence)
{
    struct cards_row *rows = ARENA_NEW_ARRAY(x->arena, count, struct cards_row);
    struct view_page page;
    struct cards_preview_view view = {
        .page = &page, .back = page_url(x->arena, at_cards), .rows = rows, .rows_count = count};

    for (size_t i = 0; i < count; i++) {
        rows[i] = show_row(x, &outcomes[i]);
        view.created += rows[i].is_created;
        view.changed += rows[i].is_changed;
        view.same += rows[i].is_same;
        view.left_out += rows[i].is_left_out;
    }
    if (view.created + view.changed > 0)
        view.action = page_url(x->arena, at_cards_take);
    ERR_TRY(write_taken(x, outcomes, count, &view.cards));
    view.plan = crypto_base64url(x->arena, (struct bytes){plan, CARD_PLAN_SIZE});
    page_frame(x, &page);
    if (sentence)
        page_add_error(&page, x->arena, sentence);
    return http_page(x, status, "cards-preview.html", &view);
}

/* POST /contacts/import — admins and members of an establishment
 *
 *     fichier   vCards
 *
 * Shows what would become of each card; nothing is written. */
enum err page_cards_preview(struct exchange *x)
{
    struct context ctx = page_context(x);
    unsigned char plan[CARD_PLAN_SIZE];
    struct card_outcome *outcomes;
    struct import_form form;
    struct cards cards;
    enum err code;

    FORM_READ(x, import_form, &form);
    if (!FORM_GOOD(&form))
        return show_form(x, 422, &form);
    code = cards_read(x->arena, form.fichier.file->content, &cards);
    if (code == ERR_OK) {
        outcomes = ARENA_NEW_ARRAY(x->arena, cards.count, struct card_outcome);
        ERR_TRY(cards_import(&ctx, &cards, NULL, outcomes, plan));
        code = show_preview(x, 200, outcomes, cards.count, plan, NULL);
    }
    if (code != ERR_INVALID && code != ERR_TOO_LARGE)
        return code;
    form_refuse(x, &form.fichier, arena_strdup(x->arena, err_last()->key));
    return show_form(x, 422, &form);
}

/* POST /contacts/import/confirmer — admins and members of an establishment
 *
 *     cards   as the preview had them
 *     plan    of the preview */
enum err page_cards_take(struct exchange *x)
{
    struct context ctx = page_context(x);
    unsigned char plan[CARD_PLAN_SIZE], found[CARD_PLAN_SIZE];
    struct card_outcome *outcomes;
    struct take_form form;
    struct cards cards;
    enum err code;

    FORM_READ(x, take_form, &form);
    if (!FORM_GOOD(&form) || !crypto_unbase64url(form.plan.text, plan, sizeof plan))
        return err_raise(ERR_INVALID, "http-malformed", "the form of an import");
    ERR_TRY(cards_read(x->arena, bytes_of(form.cards.text), &cards));
    outcomes = ARENA_NEW_ARRAY(x->arena, cards.count, struct card_outcome);
    code = cards_import(&ctx, &cards, plan, outcomes, found);
    if (code == ERR_CONFLICT && strcmp(err_last()->key, "cards-out-of-date") == 0)
        return show_preview(x, 409, outcomes, cards.count, found,
                            http_sentence(x, "cards-out-of-date"));
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_contacts), "cards-taken");
}

static int compare(const void *a, const void *b)
{
    const uint64_t *one = a, *other = b;

    return (*one > *other) - (*one < *other);
}

/* The ids of the address's "contact" and "retenus", sorted, each once. */
static enum err named(struct exchange *x, uint64_t *ids, size_t *count)
{
    const struct http_pairs *query = &x->request->query;
    size_t kept = 0;

    *count = 0;
    for (size_t i = 0; i < query->count; i++) {
        const char *at = query->items[i].value;

        if (strcmp(query->items[i].name, "contact") != 0 &&
            strcmp(query->items[i].name, "retenus") != 0)
            continue;
        while (*at) {
            size_t length = strspn(at, "0123456789");

            if (length == 0 || length > 19 || (at[length] != ',' && at[length] != '\0') ||
                *count == EXPORT_MOST)
                return err_raise(ERR_NOT_FOUND, NULL, "contacts to export");
            ids[(*count)++] = strtoull(at, NULL, 10);
            at += length + (at[length] == ',');
        }
    }
    qsort(ids, *count, sizeof *ids, compare);
    for (size_t i = 0; i < *count; i++)
        if (i == 0 || ids[i] != ids[kept - 1])
            ids[kept++] = ids[i];
    *count = kept;
    return ERR_OK;
}

/* Those of the list that the address asks for, sorted. */
static enum err listed(struct exchange *x, uint64_t *ids, size_t *count)
{
    enum contacts_filter_kind kind = page_contacts_filter(x);
    struct page_list list = page_contacts_list(x, kind);
    struct contact_list_row *rows;

    ERR_TRY(db_contact_list(x->db, x->arena,
                            &(struct contact_list_in){.viewer = x->session->establishment_id,
                                                      .pattern = list.pattern,
                                                      .as_host = kind == CONTACTS_HOSTS,
                                                      .as_origin = kind == CONTACTS_ORIGINS,
                                                      .in_progress = kind == CONTACTS_ACTIVE,
                                                      .limit = EXPORT_MOST},
                            &rows, count));
    for (size_t i = 0; i < *count; i++)
        ids[i] = rows[i].id;
    qsort(ids, *count, sizeof *ids, compare);
    return ERR_OK;
}

/* GET /contacts/vcard — admins and members of an establishment
 *
 *     contact   of their establishment, any number of times
 *     retenus   more of them, with commas (pages/selection.h)
 *     tous      instead: all of the list that avec and q ask for, as on its page
 *     version   3.0; else 4.0 */
enum err page_cards_export(struct exchange *x)
{
    const char *asked = http_query(x, "version");
    bool is_old = asked && strcmp(asked, "3.0") == 0;
    uint64_t *ids = ARENA_NEW_ARRAY(x->arena, EXPORT_MOST, uint64_t);
    struct context ctx = page_context(x);
    struct cards cards;
    size_t count;

    if (http_query(x, "tous"))
        ERR_TRY(listed(x, ids, &count));
    else
        ERR_TRY(named(x, ids, &count));
    if (count == 0)
        return page_refusal(x, 422, http_sentence(x, "letter-no-contact"));
    ERR_TRY(cards_export(&ctx, ids, count, &cards));
    return http_download(
        x, &(struct http_file_out){.name = "Contacts.vcf",
                                   .media_type = "text/vcard; charset=utf-8",
                                   .content = cards_write(x->arena, is_old ? CARD_3_0 : CARD_4_0,
                                                          cards.items, cards.count)});
}
