/* « Contacts »: writing to one or to several of them. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/crypto.h"
#include "domain/letter.h"
#include "pages/contacts.h"
#include "pages/frame.h"
#include "pages/letter_view.h"
#include "pages/routes.h"
#include "view/markdown.h"

VIEW_TYPE(letter_choice);
VIEW_TYPE(letter_write_view);
VIEW_TYPE(letter_preview_view);

#define CONTACTS_LENGTH 4000 /* of the hidden field "contacts" */
#define TOKEN_LENGTH 22      /* LETTER_TOKEN_SIZE bytes in base64url */

#define LETTER_FORM(FIELD)                                            \
    FIELD(LINE, contacts, FORM_REQUIRED, 0, CONTACTS_LENGTH, NULL)    \
    FIELD(LINE, subject, FORM_REQUIRED, 1, LETTER_SUBJECT_MOST, NULL) \
    FIELD(TEXT, text, FORM_REQUIRED, 1, LETTER_TEXT_MOST, NULL)       \
    FIELD(CHOICE, etape, FORM_REQUIRED, 0, 0, "apercu|modifier|envoyer")
FORM_DECLARE(letter_form, LETTER_FORM)

enum step { STEP_PREVIEW, STEP_CHANGE, STEP_SEND };

/* A letter being written. */
struct writing {
    const char *contacts; /* ids with commas between them */
    const char *token;
    struct letter_address *addresses;
    bool *checked;
    size_t count;
    size_t checked_count;
    const char *error;
};

/* Reads the addresses of the contact, all unchecked. */
static enum err add_contact(struct exchange *x, struct writing *writing, uint64_t contact)
{
    struct context ctx = page_context(x);
    struct letter_address *found, *all;
    bool *checked;
    size_t count;

    ERR_TRY(letter_addresses(&ctx, contact, &found, &count));
    all = ARENA_NEW_ARRAY(x->arena, writing->count + count, struct letter_address);
    checked = ARENA_NEW_ARRAY(x->arena, writing->count + count, bool);
    if (writing->count > 0) {
        memcpy(all, writing->addresses, writing->count * sizeof *all);
        memcpy(checked, writing->checked, writing->count * sizeof *checked);
    }
    memcpy(all + writing->count, found, count * sizeof *all);
    writing->addresses = all;
    writing->checked = checked;
    writing->count += count;
    return ERR_OK;
}

static enum err too_many(uint64_t count)
{
    return err_raise(ERR_INVALID, "letter-too-many", "%" PRIu64 " contacts", count);
}

/* The contacts of "contacts"; what does not read as such is ERR_NOT_FOUND. */
static enum err add_contacts(struct exchange *x, struct writing *writing)
{
    const char *at = writing->contacts;
    size_t count = 0;

    while (*at) {
        size_t digits = strspn(at, "0123456789");

        if (digits == 0 || digits > 19 || (at[digits] != '\0' && at[digits] != ','))
            return err_raise(ERR_NOT_FOUND, NULL, "a list of contacts");
        if (++count > LETTER_RECIPIENTS_MOST)
            return too_many(count);
        ERR_TRY(add_contact(x, writing, strtoull(at, NULL, 10)));
        at += digits + (at[digits] == ',');
    }
    return ERR_OK;
}

static const char *value_of(struct arena *arena, const struct letter_address *address)
{
    return arena_printf(arena, "%" PRIu64 "-%" PRIu64, address->contact, address->person);
}

/* Checks what the form's fields "destinataire" name; ERR_CONFLICT "letter-recipient-gone" where
 * one is not among the addresses. */
static enum err check_recipients(struct exchange *x, struct writing *writing)
{
    const struct http_pairs *fields = &x->request->fields;

    for (size_t i = 0; i < fields->count; i++) {
        bool found = false;

        if (strcmp(fields->items[i].name, "destinataire") != 0)
            continue;
        for (size_t j = 0; j < writing->count; j++)
            if (writing->addresses[j].email[0] &&
                strcmp(value_of(x->arena, &writing->addresses[j]), fields->items[i].value) == 0) {
                writing->checked_count += !writing->checked[j];
                found = writing->checked[j] = true;
            }
        if (!found)
            return err_raise(ERR_CONFLICT, "letter-recipient-gone", "of a form");
    }
    return ERR_OK;
}

/* Each contact's own address is checked at first, or all of its people where it has none. */
static void check_usual(struct writing *writing)
{
    bool has_own = false;

    for (size_t i = 0; i < writing->count; i++) {
        const struct letter_address *address = &writing->addresses[i];

        if (address->person == 0)
            has_own = address->email[0] != '\0';
        writing->checked[i] = address->email[0] && (address->person == 0 || !has_own);
        writing->checked_count += writing->checked[i];
    }
}

/* The addresses as check boxes; only_checked for the preview. */
static const struct letter_choice *choices_of(struct exchange *x, const struct writing *writing,
                                              bool only_checked, size_t *count)
{
    struct letter_choice *choices = ARENA_NEW_ARRAY(x->arena, writing->count, struct letter_choice);

    *count = 0;
    for (size_t i = 0; i < writing->count; i++) {
        const struct letter_address *address = &writing->addresses[i];

        if (only_checked && !writing->checked[i])
            continue;
        choices[(*count)++] = (struct letter_choice){.value = value_of(x->arena, address),
                                                     .contact = address->contact_name,
                                                     .name = address->name,
                                                     .job = address->job,
                                                     .email = address->email,
                                                     .is_person = address->person != 0,
                                                     .is_checked = writing->checked[i]};
    }
    return choices;
}

static enum err show(struct exchange *x, unsigned status, const struct writing *writing,
                     const struct letter_form *form)
{
    struct context ctx = page_context(x);
    struct view_page page;
    struct letter_write_view view = {.page = &page,
                                     .action = page_url(x->arena, at_letter_post),
                                     .back = page_url(x->arena, at_contacts),
                                     .contacts = writing->contacts,
                                     .token = writing->token,
                                     .error = writing->error,
                                     .subject =
                                         page_form_field(x->arena, "subject", &form->subject),
                                     .text = page_form_field(x->arena, "text", &form->text)};
    unsigned left;

    ERR_TRY(letter_left(&ctx, &left));
    view.left = left;
    view.choices = choices_of(x, writing, false, &view.choices_count);
    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, letter_form, form);
    if (writing->error)
        page_add_field_error(&page, x->arena, "destinataires", writing->error);
    return http_page(x, status, "letter-write.html", &view);
}

/* The contacts of the list that the address asks for, by the names of its own parameters. */
static enum err add_listed(struct exchange *x, struct buf *contacts)
{
    enum contacts_filter_kind kind = page_contacts_filter(x);
    struct page_list list = page_contacts_list(x, kind);
    struct contact_list_row *rows;
    size_t count;

    ERR_TRY(db_contact_list(x->db, x->arena,
                            &(struct contact_list_in){.viewer = x->session->establishment_id,
                                                      .pattern = list.pattern,
                                                      .as_host = kind == CONTACTS_HOSTS,
                                                      .as_origin = kind == CONTACTS_ORIGINS,
                                                      .in_progress = kind == CONTACTS_ACTIVE,
                                                      .limit = LETTER_RECIPIENTS_MOST + 1},
                            &rows, &count));
    if (count > LETTER_RECIPIENTS_MOST)
        return too_many(count);
    for (size_t i = 0; i < count; i++)
        buf_printf(contacts, "%s%" PRIu64, contacts->length > 0 ? "," : "", rows[i].id);
    return ERR_OK;
}

static void add_named(const struct exchange *x, struct buf *contacts)
{
    const struct http_pairs *query = &x->request->query;

    for (size_t i = 0; i < query->count; i++)
        if ((strcmp(query->items[i].name, "contact") == 0 ||
             strcmp(query->items[i].name, "retenus") == 0) &&
            query->items[i].value[0])
            buf_printf(contacts, "%s%s", contacts->length > 0 ? "," : "", query->items[i].value);
}

/* GET /contacts/ecrire — admins and members of an establishment
 *
 *     contact   of their establishment, any number of times
 *     retenus   more of them, with commas (pages/selection.h)
 *     tous      instead: all of the list that avec and q ask for, as on its page */
enum err page_letter_write(struct exchange *x)
{
    struct buf contacts = buf_new(x->arena, CONTACTS_LENGTH);
    unsigned char token[LETTER_TOKEN_SIZE];
    struct writing writing = {.error = NULL};
    struct letter_form form;

    if (http_query(x, "tous"))
        ERR_TRY(add_listed(x, &contacts));
    else
        add_named(x, &contacts);
    if (contacts.overflown)
        return too_many(LETTER_RECIPIENTS_MOST + 1);
    if (contacts.length == 0)
        return page_refusal(x, 422, http_sentence(x, "letter-no-contact"));
    writing.contacts = contacts.data;
    ERR_TRY(add_contacts(x, &writing));
    check_usual(&writing);
    crypto_random(token, sizeof token);
    writing.token = crypto_base64url(x->arena, (struct bytes){token, sizeof token});
    FORM_EMPTY(&form);
    return show(x, 200, &writing, &form);
}

static enum err preview(struct exchange *x, const struct writing *writing,
                        const struct letter_form *form)
{
    struct context ctx = page_context(x);
    struct letter_preview seen;
    struct view_page page;
    struct letter_preview_view view = {.page = &page,
                                       .action = page_url(x->arena, at_letter_post),
                                       .contacts = writing->contacts,
                                       .token = writing->token,
                                       .are_several = writing->checked_count > 1,
                                       .author = x->session->name,
                                       .subject = form->subject.text,
                                       .text = form->text.text};

    ERR_TRY(letter_preview(&ctx, view.subject, view.text, &seen));
    view.sender = seen.sender;
    view.reply_address = seen.reply_address;
    view.as_text = seen.as_text;
    ERR_TRY(view_markdown_html(x->arena, view.text, VIEW_MARKDOWN_MOST, &view.html));
    view.recipients = choices_of(x, writing, true, &view.recipients_count);
    page_frame(x, &page);
    return http_page(x, 200, "letter-preview.html", &view);
}

static enum err send_letter(struct exchange *x, struct writing *writing,
                            const struct letter_form *form)
{
    struct context ctx = page_context(x);
    unsigned char token[LETTER_TOKEN_SIZE];
    struct letter letter = {
        .token = {token, sizeof token}, .subject = form->subject.text, .text = form->text.text};
    struct letter_address *to = ARENA_NEW_ARRAY(x->arena, writing->count, struct letter_address);
    uint64_t id;
    enum err code;

    if (!crypto_unbase64url(writing->token, token, sizeof token))
        return err_raise(ERR_INVALID, "http-malformed", "the token of a letter");
    for (size_t i = 0; i < writing->count; i++)
        if (writing->checked[i])
            to[letter.recipient_count++] = writing->addresses[i];
    letter.recipients = to;
    code = letter_send(&ctx, &letter, &id);
    if (code == ERR_THROTTLED || code == ERR_CONFLICT || code == ERR_INVALID) {
        writing->error = http_sentence(x, arena_strdup(x->arena, err_last()->key));
        return show(x,
                    code == ERR_THROTTLED  ? 429
                    : code == ERR_CONFLICT ? 409
                                           : 422,
                    writing, form);
    }
    ERR_TRY(code);
    return page_done(x, page_url(x->arena, at_letter, id), "letter-sent");
}

/* Reads who was chosen; what is wrong with it stands in writing->error. */
static enum err read_recipients(struct exchange *x, const struct letter_form *form,
                                struct writing *writing)
{
    const char *token = http_field(x->request, "token");
    enum err code;

    if (!form->contacts.given || !token || strlen(token) != TOKEN_LENGTH)
        return err_raise(ERR_INVALID, "http-malformed", "the form of a letter");
    writing->contacts = form->contacts.text;
    writing->token = token;
    ERR_TRY(add_contacts(x, writing));
    code = check_recipients(x, writing);
    if (code == ERR_CONFLICT)
        writing->error = http_sentence(x, "letter-recipient-gone");
    else if (writing->checked_count == 0)
        writing->error = http_sentence(x, "letter-nobody");
    else if (writing->checked_count > LETTER_RECIPIENTS_MOST)
        writing->error = http_sentence(x, "letter-too-many");
    return ERR_OK;
}

/* POST /contacts/ecrire — admins and members of an establishment
 *
 *     etape          apercu shows the letter, modifier its form again, envoyer sends it
 *     contacts       the ids of those chosen first, with commas
 *     destinataire   "contact-person" of those, any number of times; person 0 is the contact's own
 *                    address
 *     subject, text  the text is Markdown
 *     token          of the form: a letter with the same one is sent once */
enum err page_letter_post(struct exchange *x)
{
    struct writing writing = {.error = NULL};
    struct letter_form form;

    FORM_READ(x, letter_form, &form);
    ERR_TRY(read_recipients(x, &form, &writing));
    if (!FORM_GOOD(&form) || writing.error)
        return show(x, 422, &writing, &form);
    if (form.etape.number == STEP_SEND)
        return send_letter(x, &writing, &form);
    if (form.etape.number == STEP_CHANGE)
        return show(x, 200, &writing, &form);
    return preview(x, &writing, &form);
}
