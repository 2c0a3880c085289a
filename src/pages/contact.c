/* « Contacts »: the sheet of one, with what is shared with it. */
#include "pages/contacts.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "domain/moves.h"
#include "pages/frame.h"
#include "pages/letter.h"
#include "pages/routes.h"
#include "view/markdown.h"

VIEW_TYPE(contact_person_row);
VIEW_TYPE(contact_note_row);
VIEW_TYPE(contact_count);
VIEW_TYPE(contact_shared);
VIEW_TYPE(contact_view);

enum err page_contact_of(struct exchange *x, struct contact_by_id_row **row)
{
    ERR_TRY(db_contact_by_id(
        x->db, x->arena,
        &(struct contact_by_id_in){.id = http_id(x, 0), .viewer = x->session->establishment_id},
        row));
    return *row ? ERR_OK : err_raise(ERR_NOT_FOUND, NULL, "contact %" PRIu64, http_id(x, 0));
}

uint32_t page_version(struct exchange *x)
{
    return (uint32_t)http_query_number(x, "version", 1, UINT32_MAX, UINT32_MAX);
}

static const struct contact_count *count_of(struct exchange *x, uint64_t total, const char *url)
{
    struct contact_count *count = ARENA_NEW(x->arena, struct contact_count);

    *count = (struct contact_count){.total = (int64_t)total, .url = url};
    return count;
}

/* Adds what one side hosted for the other to the totals by state; returns whether it is any. */
static enum err add_shared(struct exchange *x, uint64_t host, uint64_t origin,
                           uint64_t totals[CONVENTION_CANCELLED + 1], bool *any)
{
    struct contact_shared_row *rows;
    size_t count;

    ERR_TRY(db_contact_shared(x->db, x->arena,
                              &(struct contact_shared_in){.host_id = host, .origin_id = origin},
                              &rows, &count));
    for (size_t i = 0; i < count; i++)
        totals[state_parse(rows[i].state)] += rows[i].total;
    *any = count > 0;
    return ERR_OK;
}

static enum err share(struct exchange *x, const struct contact_by_id_row *row,
                      struct contact_shared *shared)
{
    const uint64_t viewer = x->session->establishment_id;
    const char *list = page_url(x->arena, at_contact_conventions, row->id);
    uint64_t totals[CONVENTION_CANCELLED + 1] = {0};
    struct contact_placement_count_row *placements;

    ERR_TRY(add_shared(x, row->partner_id, viewer, totals, &shared->is_host));
    ERR_TRY(add_shared(x, viewer, row->partner_id, totals, &shared->is_origin));
    ERR_TRY(db_contact_placement_count(
        x->db, x->arena,
        &(struct contact_placement_count_in){
            .viewer = viewer, .partner = row->partner_id, .pattern = "%"},
        &placements));
    shared->not_returned = count_of(x, totals[CONVENTION_NOT_RETURNED],
                                    arena_printf(x->arena, "%s?etat=non-retournees", list));
    shared->pending =
        count_of(x, totals[CONVENTION_PENDING], arena_printf(x->arena, "%s?etat=en-attente", list));
    shared->validated =
        count_of(x, totals[CONVENTION_VALIDATED], arena_printf(x->arena, "%s?etat=validees", list));
    shared->cancelled =
        count_of(x, totals[CONVENTION_CANCELLED], arena_printf(x->arena, "%s?etat=annulees", list));
    shared->conventions = count_of(x,
                                   totals[CONVENTION_NOT_RETURNED] + totals[CONVENTION_PENDING] +
                                       totals[CONVENTION_VALIDATED] + totals[CONVENTION_CANCELLED],
                                   list);
    shared->placements =
        count_of(x, placements->total, page_url(x->arena, at_contact_placements, row->id));
    return ERR_OK;
}

/* RFC 3966; NULL for no number. */
static const char *phone_url(struct arena *arena, const char *phone)
{
    char *url = arena_printf(arena, "tel:%s", phone), *to = url;

    for (const char *from = url; *from; from++)
        if (*from != ' ')
            *to++ = *from;
    *to = '\0';
    return phone[0] ? url : NULL;
}

static enum err list_people(struct exchange *x, uint64_t contact, struct contact_view *view)
{
    struct contact_people_row *rows;
    struct contact_person_row *shown;
    size_t count;

    ERR_TRY(db_contact_people(
        x->db, x->arena,
        &(struct contact_people_in){.contact_id = contact, .viewer = x->session->establishment_id},
        &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct contact_person_row);
    for (size_t i = 0; i < count; i++)
        shown[i] = (struct contact_person_row){
            .name = rows[i].name,
            .job = rows[i].job,
            .email = rows[i].email,
            .phone = rows[i].phone,
            .phone_url = phone_url(x->arena, rows[i].phone),
            .edit_url = page_url(x->arena, at_person_edit, contact, rows[i].id)};
    view->people = shown;
    view->people_count = count;
    return ERR_OK;
}

static enum err list_notes(struct exchange *x, uint64_t contact, struct contact_view *view)
{
    struct contact_notes_row *rows;
    struct contact_note_row *shown;
    size_t count;

    ERR_TRY(db_contact_notes(
        x->db, x->arena,
        &(struct contact_notes_in){.contact_id = contact, .viewer = x->session->establishment_id},
        &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct contact_note_row);
    for (size_t i = 0; i < count; i++) {
        shown[i] = (struct contact_note_row){
            .author = rows[i].author,
            .at = clock_french_instant(x->arena, rows[i].created_at),
            .remove_url = page_url(x->arena, at_note_removal, contact, rows[i].id)};
        ERR_TRY(view_markdown_html(x->arena, rows[i].text, VIEW_MARKDOWN_MOST, &shown[i].text));
    }
    view->notes = shown;
    view->notes_count = count;
    return ERR_OK;
}

/* What may be done with the contact itself: one that was added can be changed, and one that
 * shares nothing taken away. */
static void offer(struct exchange *x, const struct contact_by_id_row *row,
                  const struct contact_shared *shared, struct contact_view *view)
{
    if (!row->has_partner_id)
        view->edit_url = page_url(x->arena, at_contact_edit, row->id);
    if (!row->has_partner_id || shared->conventions->total == 0)
        view->remove_url = page_url(x->arena, at_contact_removal, row->id);
}

enum err page_contact_show(struct exchange *x, unsigned status, const struct form_value *note)
{
    struct contact_shared shared = {.is_host = false};
    struct contact_by_id_row *row;
    struct view_page page;
    struct contact_view view;

    ERR_TRY(page_contact_of(x, &row));
    page_frame(x, &page);
    page.title = row->name;
    view = (struct contact_view){
        .page = &page,
        .back = page_url(x->arena, at_contacts),
        .is_of_platform = row->has_partner_id,
        .uai = row->uai,
        .address = row->address,
        .postal_code = row->postal_code,
        .city = row->city,
        .phone = row->phone,
        .phone_url = phone_url(x->arena, row->phone),
        .email = row->email,
        .person_url = page_url(x->arena, at_person_new, row->id),
        .write_url = arena_printf(x->arena, "%s?contact=%" PRIu64,
                                  page_url(x->arena, at_letter_write), row->id),
        .card_url = arena_printf(x->arena, "%s?contact=%" PRIu64,
                                 page_url(x->arena, at_cards_export), row->id),
        .note_action = page_url(x->arena, at_note_add, row->id),
        .text = page_form_field(x->arena, "text", note)};
    if (row->has_partner_id) {
        ERR_TRY(share(x, row, &shared));
        view.shared = &shared;
    }
    offer(x, row, &shared, &view);
    ERR_TRY(list_people(x, row->id, &view));
    ERR_TRY(list_notes(x, row->id, &view));
    ERR_TRY(page_letters_to(x, row->id, &view.letters, &view.letters_count));
    if (note->sentence)
        page_add_field_error(&page, x->arena, "text", note->sentence);
    return http_page(x, status, "contact.html", &view);
}

/* GET /contacts/{id} — admins and members of the establishment whose contact it is */
enum err page_contact(struct exchange *x)
{
    return page_contact_show(x, 200, &(struct form_value){.typed = "", .text = ""});
}
