/* « Contacts »: one is added, changed, taken away. */
#include <inttypes.h>
#include <string.h>

#include "domain/contact.h"
#include "pages/contacts.h"
#include "pages/establishment_form.h"
#include "pages/establishments.h"
#include "pages/frame.h"
#include "pages/routes.h"

VIEW_TYPE(contact_form_view);
VIEW_TYPE(contact_removal_view);

#define CONTACT_FORM(FIELD)                        \
    FIELD(LINE, uai, FORM_OPTIONAL, 0, 20, NULL)   \
    FIELD(LINE, name, FORM_OPTIONAL, 0, 200, NULL) \
    PLACE_ROWS(FIELD)                              \
    FIELD(EMAIL, email, FORM_OPTIONAL, 0, 254, NULL)
FORM_DECLARE(contact_form, CONTACT_FORM)

/* Where the form leads: to a new contact, or to the one of the address. */
struct target {
    bool is_new;
    const char *action;
    const char *back;
};

static struct target new_contact(struct exchange *x)
{
    return (struct target){.is_new = true,
                           .action = page_url(x->arena, at_contact_create),
                           .back = page_url(x->arena, at_contacts)};
}

static struct target that_contact(struct exchange *x, uint64_t id, uint32_t version)
{
    return (struct target){.action =
                               arena_printf(x->arena, "%s?version=%" PRIu32,
                                            page_url(x->arena, at_contact_change, id), version),
                           .back = page_url(x->arena, at_contact, id)};
}

static enum err show(struct exchange *x, unsigned status, const struct target *target,
                     const struct contact_form *form, const char *sentence)
{
    struct arena *arena = x->arena;
    struct view_page page;
    struct contact_form_view view = {.page = &page,
                                     .is_new = target->is_new,
                                     .action = target->action,
                                     .back = target->back,
                                     .uai = page_form_field(arena, "uai", &form->uai),
                                     .name = page_form_field(arena, "name", &form->name),
                                     .address = page_form_field(arena, "address", &form->address),
                                     .postal_code =
                                         page_form_field(arena, "postal_code", &form->postal_code),
                                     .city = page_form_field(arena, "city", &form->city),
                                     .phone = page_form_field(arena, "phone", &form->phone),
                                     .email = page_form_field(arena, "email", &form->email)};

    page_frame(x, &page);
    FORM_FRAME(&page, arena, contact_form, form);
    if (sentence)
        page_add_error(&page, arena, sentence);
    return http_page(x, status, "contact-form.html", &view);
}

static void read_form(struct exchange *x, struct contact_form *form)
{
    FORM_READ(x, contact_form, form);
    page_uai_check(x, &form->uai);
    if (!form->uai.given && !form->uai.error && !form->name.error && !form->name.given)
        form_refuse(x, &form->name, "form-required");
}

static struct contact contact_of(const struct contact_form *form)
{
    return (struct contact){.uai = form->uai.text,
                            .name = form->name.text,
                            .address = form->address.text,
                            .postal_code = form->postal_code.text,
                            .city = form->city.text,
                            .phone = form->phone.text,
                            .email = form->email.text};
}

/* Shows the form again where the domain refused what stands in it; any other failure is handed
 * on. */
static enum err refuse(struct exchange *x, enum err code, const struct target *target,
                       struct contact_form *form)
{
    const char *key = arena_strdup(x->arena, err_last()->key);

    if (strcmp(key, "contact-nameless") == 0)
        form_refuse(x, &form->name, key);
    else if (strcmp(key, "contact-exists") == 0 || strcmp(key, "contact-itself") == 0)
        form_refuse(x, form->uai.given ? &form->uai : &form->name, key);
    else if (strcmp(key, "contact-out-of-date") == 0)
        return show(x, 409, target, form, http_sentence(x, key));
    else
        return code;
    return show(x, 422, target, form, NULL);
}

/* GET /contacts/nouveau — admins and members of an establishment */
enum err page_contact_new(struct exchange *x)
{
    struct target target = new_contact(x);
    struct contact_form form;

    FORM_EMPTY(&form);
    return show(x, 200, &target, &form, NULL);
}

/* POST /contacts/nouveau — admins and members of an establishment
 *
 *     uai    of an establishment; where it is of the platform, the rest comes from there
 *     name, address, postal_code, city, phone, email   only the name is needed */
enum err page_contact_create(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct target target = new_contact(x);
    struct contact_form form;
    struct contact contact;
    uint64_t id;
    enum err code;

    read_form(x, &form);
    if (!FORM_GOOD(&form))
        return show(x, 422, &target, &form, NULL);
    contact = contact_of(&form);
    code = contact_create(&ctx, &contact, &id);
    if (code != ERR_OK)
        return refuse(x, code, &target, &form);
    return page_done(x, page_url(x->arena, at_contact, id), "contact-added");
}

/* The contact of the address, if its data are the establishment's own. */
static enum err changeable(struct exchange *x, struct contact_by_id_row **row)
{
    ERR_TRY(page_contact_of(x, row));
    if ((*row)->has_partner_id)
        return err_raise(ERR_CONFLICT, "contact-of-platform", "contact %" PRIu64, (*row)->id);
    return ERR_OK;
}

/* GET /contacts/{id}/modifier — admins and members of the establishment whose contact it is */
enum err page_contact_edit(struct exchange *x)
{
    struct contact_by_id_row *row;
    struct contact_form form;
    struct target target;

    ERR_TRY(changeable(x, &row));
    FORM_EMPTY(&form);
    form.uai.typed = row->uai ? row->uai : "";
    form.name.typed = row->name;
    form.address.typed = row->address;
    form.postal_code.typed = row->postal_code;
    form.city.typed = row->city;
    form.phone.typed = row->phone;
    form.email.typed = row->email;
    target = that_contact(x, row->id, row->version);
    return show(x, 200, &target, &form, NULL);
}

/* POST /contacts/{id}/modifier — admins and members of the establishment whose contact it is
 *
 *     version   of the data that were seen, in the address
 *     uai, name, address, postal_code, city, phone, email   as above */
enum err page_contact_change(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct contact_by_id_row *row;
    struct contact_form form;
    struct contact contact;
    struct target target;
    enum err code;

    ERR_TRY(changeable(x, &row));
    target = that_contact(x, row->id, page_version(x));
    read_form(x, &form);
    if (!FORM_GOOD(&form))
        return show(x, 422, &target, &form, NULL);
    contact = contact_of(&form);
    code = contact_change(&ctx, row->id, page_version(x), &contact);
    if (code != ERR_OK)
        return refuse(x, code, &target, &form);
    return page_done(x, page_url(x->arena, at_contact, row->id), "contact-changed");
}

/* GET /contacts/{id}/supprimer — admins and members of the establishment whose contact it is */
enum err page_contact_removal(struct exchange *x)
{
    struct contact_by_id_row *row;
    struct view_page page;
    struct contact_removal_view view = {.page = &page, .of_contact = true};

    ERR_TRY(page_contact_of(x, &row));
    page_frame(x, &page);
    view.name = row->name;
    view.action = arena_printf(x->arena, "%s?version=%" PRIu32,
                               page_url(x->arena, at_contact_remove, row->id), row->version);
    view.back = page_url(x->arena, at_contact, row->id);
    return http_page(x, 200, "contact-removal.html", &view);
}

/* POST /contacts/{id}/supprimer — admins and members of the establishment whose contact it is
 *
 *     version   of the contact that was seen, in the address */
enum err page_contact_remove(struct exchange *x)
{
    struct context ctx = page_context(x);

    ERR_TRY(contact_remove(&ctx, http_id(x, 0), page_version(x)));
    return page_done(x, page_url(x->arena, at_contacts), "contact-removed");
}
