/* « Contacts »: a letter that was sent, and how its messages fare. */
#include "pages/letter.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "pages/frame.h"
#include "pages/routes.h"
#include "view/markdown.h"

VIEW_TYPE(letter_delivery);
VIEW_TYPE(letter_view);

/* state is NULL where the message is no more. */
static void fare(struct exchange *x, const char *state, const char *error_key,
                 struct letter_delivery *delivery)
{
    delivery->is_old = state == NULL;
    delivery->is_sent = state && strcmp(state, "sent") == 0;
    delivery->is_failed = state && strcmp(state, "failed") == 0;
    delivery->is_waiting = state && !delivery->is_sent && !delivery->is_failed;
    if (delivery->is_failed || (delivery->is_waiting && error_key[0]))
        delivery->reason = http_sentence(x, error_key);
}

enum err page_letters_to(struct exchange *x, uint64_t contact,
                         const struct letter_delivery **deliveries, size_t *count)
{
    struct letter_by_contact_row *rows;
    struct letter_delivery *shown;

    ERR_TRY(db_letter_by_contact(x->db, x->arena,
                                 &(struct letter_by_contact_in){
                                     .contact_id = contact, .viewer = x->session->establishment_id},
                                 &rows, count));
    *deliveries = shown = ARENA_NEW_ARRAY(x->arena, *count, struct letter_delivery);
    for (size_t i = 0; i < *count; i++) {
        shown[i] =
            (struct letter_delivery){.url = page_url(x->arena, at_letter, rows[i].id),
                                     .subject = rows[i].subject,
                                     .author = rows[i].author,
                                     .at = clock_french_instant(x->arena, rows[i].created_at),
                                     .name = rows[i].name,
                                     .address = rows[i].address};
        fare(x, rows[i].state, rows[i].error_key, &shown[i]);
    }
    return ERR_OK;
}

/* GET /contacts/messages/{id} — admins and members of the establishment that sent it */
enum err page_letter(struct exchange *x)
{
    const uint64_t viewer = x->session->establishment_id;
    struct letter_recipients_row *rows;
    struct letter_delivery *shown;
    struct letter_by_id_row *letter;
    struct view_page page;
    struct letter_view view = {.page = &page, .back = page_url(x->arena, at_contacts)};
    size_t count;

    ERR_TRY(db_letter_by_id(x->db, x->arena,
                            &(struct letter_by_id_in){.id = http_id(x, 0), .viewer = viewer},
                            &letter));
    if (!letter)
        return err_raise(ERR_NOT_FOUND, NULL, "letter %" PRIu64, http_id(x, 0));
    ERR_TRY(db_letter_recipients(
        x->db, x->arena, &(struct letter_recipients_in){.letter_id = letter->id, .viewer = viewer},
        &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct letter_delivery);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].has_contact_id)
            shown[i].url = page_url(x->arena, at_contact, rows[i].contact_id);
        shown[i].name = rows[i].name;
        shown[i].address = rows[i].address;
        if (rows[i].has_sent_at)
            shown[i].at = clock_french_instant(x->arena, rows[i].sent_at);
        fare(x, rows[i].state, rows[i].error_key, &shown[i]);
    }
    page_frame(x, &page);
    page.title = letter->subject;
    view.author = letter->author;
    view.at = clock_french_instant(x->arena, letter->created_at);
    ERR_TRY(view_markdown_html(x->arena, letter->text, VIEW_MARKDOWN_MOST, &view.html));
    view.deliveries = shown;
    view.deliveries_count = count;
    return http_page(x, 200, "letter.html", &view);
}
