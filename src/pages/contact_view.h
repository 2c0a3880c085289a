/* What the views of « Contacts » show: views/contact*.html. */
#ifndef PARAPHE_PAGES_CONTACT_VIEW_H
#define PARAPHE_PAGES_CONTACT_VIEW_H

#include "pages/letter_view.h"
#include "pages/selection_view.h"
#include "view/page.h"

/* One contact of the list. id is the value of its check box, is_chosen whether it is ticked. */
#define contacts_row_FIELDS(X, S)  \
    X(S, TEXT, id)                 \
    X(S, FLAG, is_chosen)          \
    X(S, TEXT, url)                \
    X(S, TEXT, name)               \
    X(S, TEXT, uai)                \
    X(S, TEXT, city)               \
    X(S, TEXT, email)              \
    X(S, NUMBER, people)           \
    X(S, FLAG, people_are_several) \
    X(S, FLAG, is_host)            \
    X(S, FLAG, is_origin)          \
    X(S, NUMBER, conventions)      \
    X(S, TEXT, conventions_url)    \
    X(S, NUMBER, in_progress)
VIEW_STRUCT(contacts_row);

#define contacts_filter_FIELDS(X, S) \
    X(S, TEXT, url)                  \
    X(S, FLAG, is_open)
VIEW_STRUCT(contacts_filter);

/* views/contacts.html. The four filters are links; is_filtered tells that not all are asked for. */
#define contacts_view_FIELDS(X, S)           \
    X(S, OBJECT, page, view_page)            \
    X(S, TEXT, write_url)                    \
    X(S, TEXT, cards_url)                    \
    X(S, TEXT, all_cards_url)                \
    X(S, TEXT, import_url)                   \
    X(S, TEXT, write_all_url)                \
    X(S, TEXT, new_url)                      \
    X(S, OBJECT, everybody, contacts_filter) \
    X(S, OBJECT, hosts, contacts_filter)     \
    X(S, OBJECT, origins, contacts_filter)   \
    X(S, OBJECT, active, contacts_filter)    \
    X(S, FLAG, is_filtered)                  \
    VIEW_LIST_TOOLS(X, S)                    \
    X(S, OBJECT, by_name, view_sort)         \
    X(S, OBJECT, by_city, view_sort)         \
    X(S, OBJECT, by_conventions, view_sort)  \
    X(S, OBJECT, by_progress, view_sort)     \
    X(S, LIST, rows, contacts_row)           \
    X(S, OBJECT, selection, selection_view)  \
    X(S, OBJECT, pagination, view_pagination)
VIEW_STRUCT(contacts_view);

#define contact_person_row_FIELDS(X, S) \
    X(S, TEXT, name)                    \
    X(S, TEXT, job)                     \
    X(S, TEXT, email)                   \
    X(S, TEXT, phone)                   \
    X(S, TEXT, phone_url)               \
    X(S, TEXT, edit_url)
VIEW_STRUCT(contact_person_row);

#define contact_note_row_FIELDS(X, S) \
    X(S, HTML, text)                  \
    X(S, TEXT, author)                \
    X(S, TEXT, at)                    \
    X(S, TEXT, remove_url)
VIEW_STRUCT(contact_note_row);

/* How many conventions of a state are shared with a contact, and where they are listed. */
#define contact_count_FIELDS(X, S) \
    X(S, NUMBER, total)            \
    X(S, TEXT, url)
VIEW_STRUCT(contact_count);

/* views/contact.html. shared is NULL for who is not on the platform; edit_url and remove_url are
 * NULL where the account must not. */
#define contact_shared_FIELDS(X, S)           \
    X(S, FLAG, is_host)                       \
    X(S, FLAG, is_origin)                     \
    X(S, OBJECT, not_returned, contact_count) \
    X(S, OBJECT, pending, contact_count)      \
    X(S, OBJECT, validated, contact_count)    \
    X(S, OBJECT, cancelled, contact_count)    \
    X(S, OBJECT, placements, contact_count)   \
    X(S, OBJECT, conventions, contact_count)
VIEW_STRUCT(contact_shared);

#define contact_view_FIELDS(X, S)          \
    X(S, OBJECT, page, view_page)          \
    X(S, TEXT, back)                       \
    X(S, FLAG, is_of_platform)             \
    X(S, TEXT, uai)                        \
    X(S, TEXT, address)                    \
    X(S, TEXT, postal_code)                \
    X(S, TEXT, city)                       \
    X(S, TEXT, phone)                      \
    X(S, TEXT, phone_url)                  \
    X(S, TEXT, email)                      \
    X(S, TEXT, edit_url)                   \
    X(S, TEXT, remove_url)                 \
    X(S, OBJECT, shared, contact_shared)   \
    X(S, LIST, people, contact_person_row) \
    X(S, TEXT, person_url)                 \
    X(S, LIST, notes, contact_note_row)    \
    X(S, TEXT, write_url)                  \
    X(S, TEXT, card_url)                   \
    X(S, LIST, letters, letter_delivery)   \
    X(S, TEXT, note_action)                \
    X(S, OBJECT, text, view_form_field)
VIEW_STRUCT(contact_view);

/* views/contact-form.html, for a new contact (is_new) and for a change. */
#define contact_form_view_FIELDS(X, S)         \
    X(S, OBJECT, page, view_page)              \
    X(S, FLAG, is_new)                         \
    X(S, TEXT, action)                         \
    X(S, TEXT, back)                           \
    X(S, OBJECT, uai, view_form_field)         \
    X(S, OBJECT, name, view_form_field)        \
    X(S, OBJECT, address, view_form_field)     \
    X(S, OBJECT, postal_code, view_form_field) \
    X(S, OBJECT, city, view_form_field)        \
    X(S, OBJECT, phone, view_form_field)       \
    X(S, OBJECT, email, view_form_field)
VIEW_STRUCT(contact_form_view);

/* views/contact-person.html, likewise; remove_url is NULL for a new person. */
#define contact_person_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)        \
    X(S, FLAG, is_new)                   \
    X(S, TEXT, contact)                  \
    X(S, TEXT, action)                   \
    X(S, TEXT, back)                     \
    X(S, TEXT, remove_url)               \
    X(S, OBJECT, name, view_form_field)  \
    X(S, OBJECT, job, view_form_field)   \
    X(S, OBJECT, email, view_form_field) \
    X(S, OBJECT, phone, view_form_field)
VIEW_STRUCT(contact_person_view);

/* views/contact-removal.html: one of the three flags tells what would be taken away. name is the
 * contact's or the person's, note the note's text. */
#define contact_removal_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)         \
    X(S, FLAG, of_contact)                \
    X(S, FLAG, of_person)                 \
    X(S, FLAG, of_note)                   \
    X(S, TEXT, name)                      \
    X(S, HTML, note)                      \
    X(S, TEXT, action)                    \
    X(S, TEXT, back)
VIEW_STRUCT(contact_removal_view);

/* views/contact-conventions.html and contact-placements.html: what is shared with a contact. */
#define contact_convention_row_FIELDS(X, S) \
    X(S, TEXT, last_name)                   \
    X(S, TEXT, first_name)                  \
    X(S, TEXT, convention_url)              \
    X(S, TEXT, title)                       \
    X(S, TEXT, placement_url)               \
    X(S, TEXT, day)                         \
    X(S, FLAG, as_host)                     \
    X(S, FLAG, is_not_returned)             \
    X(S, FLAG, is_pending)                  \
    X(S, FLAG, is_incomplete)               \
    X(S, FLAG, is_validated)                \
    X(S, FLAG, is_cancelled)
VIEW_STRUCT(contact_convention_row);

/* state is "" for all, or the parameter "etat"; the tabs are its values. */
#define contact_conventions_view_FIELDS(X, S)   \
    X(S, OBJECT, page, view_page)               \
    X(S, TEXT, back)                            \
    X(S, TEXT, contact)                         \
    X(S, OBJECT, everybody, contacts_filter)    \
    X(S, OBJECT, not_returned, contacts_filter) \
    X(S, OBJECT, pending, contacts_filter)      \
    X(S, OBJECT, validated, contacts_filter)    \
    X(S, OBJECT, cancelled, contacts_filter)    \
    VIEW_LIST_TOOLS(X, S)                       \
    X(S, OBJECT, by_day, view_sort)             \
    X(S, OBJECT, by_name, view_sort)            \
    X(S, OBJECT, by_title, view_sort)           \
    X(S, LIST, rows, contact_convention_row)    \
    X(S, OBJECT, pagination, view_pagination)
VIEW_STRUCT(contact_conventions_view);

#define contact_placement_row_FIELDS(X, S) \
    X(S, TEXT, title)                      \
    X(S, TEXT, url)                        \
    X(S, TEXT, day)                        \
    X(S, FLAG, as_host)                    \
    X(S, NUMBER, conventions)
VIEW_STRUCT(contact_placement_row);

#define contact_placements_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)            \
    X(S, TEXT, back)                         \
    X(S, TEXT, contact)                      \
    VIEW_LIST_TOOLS(X, S)                    \
    X(S, OBJECT, by_day, view_sort)          \
    X(S, OBJECT, by_title, view_sort)        \
    X(S, LIST, rows, contact_placement_row)  \
    X(S, OBJECT, pagination, view_pagination)
VIEW_STRUCT(contact_placements_view);

#endif
