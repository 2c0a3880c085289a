/* « Contacts »: the people of one, and notes about it. */
#include <inttypes.h>
#include <string.h>

#include "domain/contact.h"
#include "pages/contacts.h"
#include "pages/frame.h"
#include "pages/routes.h"
#include "view/markdown.h"

VIEW_TYPE(contact_person_view);

#define PERSON_FORM(FIELD)                           \
    FIELD(LINE, name, FORM_REQUIRED, 1, 150, NULL)   \
    FIELD(LINE, job, FORM_OPTIONAL, 0, 150, NULL)    \
    FIELD(EMAIL, email, FORM_OPTIONAL, 0, 254, NULL) \
    FIELD(PHONE, phone, FORM_OPTIONAL, 0, 30, NULL)
FORM_DECLARE(person_form, PERSON_FORM)

#define NOTE_FORM(FIELD) FIELD(TEXT, text, FORM_REQUIRED, 1, CONTACT_NOTE_MOST, NULL)
FORM_DECLARE(note_form, NOTE_FORM)

/* The form of a person of that contact; id is 0 for a new one. */
struct target {
    const struct contact_by_id_row *contact;
    uint64_t id;
    uint32_t version;
};

static enum err show(struct exchange *x, unsigned status, const struct target *target,
                     const struct person_form *form, const char *sentence)
{
    uint64_t contact = target->contact->id;
    struct view_page page;
    struct contact_person_view view = {.page = &page,
                                       .is_new = target->id == 0,
                                       .contact = target->contact->name,
                                       .back = page_url(x->arena, at_contact, contact),
                                       .name = page_form_field(x->arena, "name", &form->name),
                                       .job = page_form_field(x->arena, "job", &form->job),
                                       .email = page_form_field(x->arena, "email", &form->email),
                                       .phone = page_form_field(x->arena, "phone", &form->phone)};

    view.action = page_url(x->arena, at_person_add, contact);
    if (target->id != 0) {
        view.action = arena_printf(x->arena, "%s?version=%" PRIu32,
                                   page_url(x->arena, at_person_change, contact, target->id),
                                   target->version);
        view.remove_url = page_url(x->arena, at_person_removal, contact, target->id);
    }
    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, person_form, form);
    if (sentence)
        page_add_error(&page, x->arena, sentence);
    return http_page(x, status, "contact-person.html", &view);
}

static struct contact_person person_of(const struct person_form *form)
{
    return (struct contact_person){.name = form->name.text,
                                   .job = form->job.text,
                                   .email = form->email.text,
                                   .phone = form->phone.text};
}

/* Shows the form again where the domain refused what stands in it; any other failure is handed
 * on. */
static enum err refuse(struct exchange *x, enum err code, const struct target *target,
                       struct person_form *form)
{
    const char *key = arena_strdup(x->arena, err_last()->key);

    if (strcmp(key, "person-out-of-date") == 0)
        return show(x, 409, target, form, http_sentence(x, key));
    if (strcmp(key, "person-exists") == 0)
        form_refuse(x, &form->name, key);
    else if (strcmp(key, "text-missing") == 0)
        form_refuse(x, &form->name, "form-required");
    else
        return code;
    return show(x, 422, target, form, NULL);
}

/* GET /contacts/{id}/personnes/nouvelle — admins and members of the contact's owner */
enum err page_person_new(struct exchange *x)
{
    struct contact_by_id_row *contact;
    struct person_form form;

    ERR_TRY(page_contact_of(x, &contact));
    FORM_EMPTY(&form);
    return show(x, 200, &(struct target){.contact = contact}, &form, NULL);
}

/* POST /contacts/{id}/personnes/nouvelle — admins and members of the contact's owner
 *
 *     name, job, email, phone   only the name is needed */
enum err page_person_add(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct contact_by_id_row *contact;
    struct contact_person person;
    struct person_form form;
    struct target target = {.id = 0};
    uint64_t id;
    enum err code;

    ERR_TRY(page_contact_of(x, &contact));
    target.contact = contact;
    FORM_READ(x, person_form, &form);
    if (!FORM_GOOD(&form))
        return show(x, 422, &target, &form, NULL);
    person = person_of(&form);
    code = contact_person_add(&ctx, contact->id, &person, &id);
    if (code != ERR_OK)
        return refuse(x, code, &target, &form);
    return page_done(x, page_url(x->arena, at_contact, contact->id), "person-added");
}

static enum err find(struct exchange *x, struct contact_by_id_row **contact,
                     struct contact_person_by_id_row **person)
{
    ERR_TRY(page_contact_of(x, contact));
    ERR_TRY(db_contact_person_by_id(
        x->db, x->arena,
        &(struct contact_person_by_id_in){.id = http_id(x, 1),
                                          .contact_id = (*contact)->id,
                                          .viewer = x->session->establishment_id},
        person));
    return *person ? ERR_OK : err_raise(ERR_NOT_FOUND, NULL, "person %" PRIu64, http_id(x, 1));
}

/* GET /contacts/{id}/personnes/{id} — admins and members of the contact's owner */
enum err page_person_edit(struct exchange *x)
{
    struct contact_person_by_id_row *person;
    struct contact_by_id_row *contact;
    struct person_form form;

    ERR_TRY(find(x, &contact, &person));
    FORM_EMPTY(&form);
    form.name.typed = person->name;
    form.job.typed = person->job;
    form.email.typed = person->email;
    form.phone.typed = person->phone;
    return show(x, 200,
                &(struct target){.contact = contact, .id = person->id, .version = person->version},
                &form, NULL);
}

/* POST /contacts/{id}/personnes/{id} — admins and members of the contact's owner
 *
 *     version   of the data that were seen, in the address
 *     name, job, email, phone   as above */
enum err page_person_change(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct contact_person_by_id_row *row;
    struct contact_by_id_row *contact;
    struct contact_person person;
    struct person_form form;
    struct target target = {.version = page_version(x)};
    enum err code;

    ERR_TRY(find(x, &contact, &row));
    target.contact = contact;
    target.id = row->id;
    FORM_READ(x, person_form, &form);
    if (!FORM_GOOD(&form))
        return show(x, 422, &target, &form, NULL);
    person = person_of(&form);
    code = contact_person_change(&ctx, contact->id, row->id, target.version, &person);
    if (code != ERR_OK)
        return refuse(x, code, &target, &form);
    return page_done(x, page_url(x->arena, at_contact, contact->id), "person-changed");
}

/* GET /contacts/{id}/personnes/{id}/supprimer — admins and members of the contact's owner */
enum err page_person_removal(struct exchange *x)
{
    struct contact_person_by_id_row *person;
    struct contact_by_id_row *contact;
    struct view_page page;
    struct contact_removal_view view = {.page = &page, .of_person = true};

    ERR_TRY(find(x, &contact, &person));
    page_frame(x, &page);
    view.name = person->name;
    view.action = arena_printf(x->arena, "%s?version=%" PRIu32,
                               page_url(x->arena, at_person_remove, contact->id, person->id),
                               person->version);
    view.back = page_url(x->arena, at_contact, contact->id);
    return http_page(x, 200, "contact-removal.html", &view);
}

/* POST /contacts/{id}/personnes/{id}/supprimer — admins and members of the contact's owner
 *
 *     version   of the person that was seen, in the address */
enum err page_person_remove(struct exchange *x)
{
    struct context ctx = page_context(x);

    ERR_TRY(contact_person_remove(&ctx, http_id(x, 0), http_id(x, 1), page_version(x)));
    return page_done(x, page_url(x->arena, at_contact, http_id(x, 0)), "person-removed");
}

/* POST /contacts/{id}/notes — admins and members of the contact's owner
 *
 *     text   Markdown */
enum err page_note_add(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct note_form form;

    FORM_READ(x, note_form, &form);
    if (!FORM_GOOD(&form))
        return page_contact_show(x, 422, &form.text);
    ERR_TRY(contact_note_add(&ctx, http_id(x, 0), form.text.text));
    return page_done(x, page_url(x->arena, at_contact, http_id(x, 0)), "note-added");
}

/* GET /contacts/{id}/notes/{id}/supprimer — admins and members of the contact's owner */
enum err page_note_removal(struct exchange *x)
{
    struct contact_note_by_id_row *note;
    struct view_page page;
    struct contact_removal_view view = {.page = &page, .of_note = true};

    ERR_TRY(db_contact_note_by_id(
        x->db, x->arena,
        &(struct contact_note_by_id_in){.id = http_id(x, 1),
                                        .contact_id = http_id(x, 0),
                                        .viewer = x->session->establishment_id},
        &note));
    if (!note)
        return err_raise(ERR_NOT_FOUND, NULL, "note %" PRIu64, http_id(x, 1));
    page_frame(x, &page);
    ERR_TRY(view_markdown_html(x->arena, note->text, VIEW_MARKDOWN_MOST, &view.note));
    view.action = page_url(x->arena, at_note_remove, http_id(x, 0), note->id);
    view.back = page_url(x->arena, at_contact, http_id(x, 0));
    return http_page(x, 200, "contact-removal.html", &view);
}

/* POST /contacts/{id}/notes/{id}/supprimer — admins and members of the contact's owner */
enum err page_note_remove(struct exchange *x)
{
    struct context ctx = page_context(x);

    ERR_TRY(contact_note_remove(&ctx, http_id(x, 0), http_id(x, 1)));
    return page_done(x, page_url(x->arena, at_contact, http_id(x, 0)), "note-removed");
}
