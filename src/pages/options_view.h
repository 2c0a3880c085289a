/* What the views of « Options » show: views/options*.html. */
#ifndef PARAPHE_PAGES_OPTIONS_VIEW_H
#define PARAPHE_PAGES_OPTIONS_VIEW_H

#include "pages/account_events.h"
#include "pages/establishment_fields.h"
#include "view/page.h"

/* The parts of « Options », for admins; the others have one part, and no tabs. */
#define options_tabs_FIELDS(X, S) \
    X(S, TEXT, establishment)     \
    X(S, TEXT, images)            \
    X(S, TEXT, wording)           \
    X(S, TEXT, members)           \
    X(S, TEXT, mails)             \
    X(S, TEXT, zone)              \
    X(S, TEXT, profile)           \
    X(S, FLAG, in_establishment)  \
    X(S, FLAG, in_images)         \
    X(S, FLAG, in_wording)        \
    X(S, FLAG, in_members)        \
    X(S, FLAG, in_mails)          \
    X(S, FLAG, in_zone)           \
    X(S, FLAG, in_profile)
VIEW_STRUCT(options_tabs);

/* views/options.html */
#define options_view_FIELDS(X, S)    \
    X(S, OBJECT, page, view_page)    \
    X(S, OBJECT, tabs, options_tabs) \
    X(S, TEXT, action)               \
    X(S, TEXT, uai)                  \
    X(S, OBJECT, fields, establishment_fields)
VIEW_STRUCT(options_view);

/* The form of one image; picture is the page of the example on which it stands. */
#define options_image_FIELDS(X, S) \
    X(S, TEXT, id)                 \
    X(S, TEXT, error)              \
    X(S, TEXT, action)             \
    X(S, TEXT, remove_action)      \
    X(S, TEXT, picture)
VIEW_STRUCT(options_image);

/* views/options-images.html; remove_action is NULL where there is no image. */
#define options_images_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)        \
    X(S, OBJECT, tabs, options_tabs)     \
    X(S, OBJECT, logo, options_image)    \
    X(S, OBJECT, signature, options_image)
VIEW_STRUCT(options_images_view);

#define options_version_FIELDS(X, S) \
    X(S, TEXT, url)                  \
    X(S, TEXT, at)                   \
    X(S, TEXT, author)               \
    X(S, FLAG, is_standard)          \
    X(S, FLAG, is_current)
VIEW_STRUCT(options_version);

#define options_picture_FIELDS(X, S) \
    X(S, NUMBER, number)             \
    X(S, TEXT, url)
VIEW_STRUCT(options_picture);

/* views/options-text.html. preview is what is typed, filled with the example's data; NULL where it
 * is refused. pictures are those of the text in force, none where another is shown (is_draft).
 * reset_action is NULL where the standard text is in force. */
#define options_wording_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)         \
    X(S, OBJECT, tabs, options_tabs)      \
    X(S, TEXT, action)                    \
    X(S, TEXT, preview_action)            \
    X(S, TEXT, print_action)              \
    X(S, TEXT, reset_action)              \
    X(S, NUMBER, version)                 \
    X(S, OBJECT, text, view_form_field)   \
    X(S, HTML, preview)                   \
    X(S, FLAG, is_draft)                  \
    X(S, TEXT, file_url)                  \
    X(S, LIST, pictures, options_picture) \
    X(S, LIST, versions, options_version)
VIEW_STRUCT(options_wording_view);

/* views/options-text-version.html. refusal is why an earlier text can no longer be used. */
#define options_version_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)         \
    X(S, OBJECT, tabs, options_tabs)      \
    X(S, TEXT, at)                        \
    X(S, TEXT, author)                    \
    X(S, FLAG, is_standard)               \
    X(S, FLAG, is_current)                \
    X(S, TEXT, refusal)                   \
    X(S, TEXT, text)                      \
    X(S, HTML, preview)                   \
    X(S, NUMBER, version)                 \
    X(S, TEXT, restore_action)            \
    X(S, TEXT, back)
VIEW_STRUCT(options_version_view);

/* views/options-email.html; coming is NULL where no other address is waited for. */
#define options_email_view_FIELDS(X, S)     \
    X(S, OBJECT, page, view_page)           \
    X(S, OBJECT, tabs, options_tabs)        \
    X(S, TEXT, present)                     \
    X(S, TEXT, coming)                      \
    X(S, TEXT, until)                       \
    X(S, FLAG, old_confirmed)               \
    X(S, FLAG, new_confirmed)               \
    X(S, TEXT, cancel_action)               \
    X(S, TEXT, action)                      \
    X(S, OBJECT, email, view_form_field)    \
    X(S, OBJECT, password, view_form_field) \
    X(S, TEXT, back)
VIEW_STRUCT(options_email_view);

/* views/options-factor.html: one of is_off, is_begun, is_on. qr is the path of its symbol, within
 * a square of side units. */
#define options_factor_view_FIELDS(X, S)    \
    X(S, OBJECT, page, view_page)           \
    X(S, OBJECT, tabs, options_tabs)        \
    X(S, FLAG, is_off)                      \
    X(S, FLAG, is_begun)                    \
    X(S, FLAG, is_on)                       \
    X(S, TEXT, since)                       \
    X(S, NUMBER, codes)                     \
    X(S, FLAG, has_few_codes)               \
    X(S, TEXT, qr)                          \
    X(S, NUMBER, side)                      \
    X(S, TEXT, key)                         \
    X(S, TEXT, key_address)                 \
    X(S, TEXT, begin_action)                \
    X(S, TEXT, confirm_action)              \
    X(S, TEXT, renew_action)                \
    X(S, TEXT, disable_action)              \
    X(S, OBJECT, password, view_form_field) \
    X(S, OBJECT, code, view_form_field)     \
    X(S, TEXT, back)
VIEW_STRUCT(options_factor_view);

/* views/options-recovery.html */
#define options_recovery_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)          \
    X(S, OBJECT, tabs, options_tabs)       \
    X(S, FLAG, is_new)                     \
    X(S, LIST, codes, view_text)           \
    X(S, TEXT, back)
VIEW_STRUCT(options_recovery_view);

/* views/options-sessions.html */
#define options_session_FIELDS(X, S) \
    X(S, TEXT, begun)                \
    X(S, TEXT, seen)                 \
    X(S, TEXT, browser)              \
    X(S, TEXT, system)               \
    X(S, TEXT, address)              \
    X(S, FLAG, is_this)              \
    X(S, TEXT, end_action)
VIEW_STRUCT(options_session);

#define options_sessions_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)          \
    X(S, OBJECT, tabs, options_tabs)       \
    X(S, LIST, rows, options_session)      \
    X(S, TEXT, end_all_action)             \
    X(S, TEXT, back)
VIEW_STRUCT(options_sessions_view);
/* views/options-mails.html. email is the establishment's own address, which is changed at
 * establishment_url. */
#define options_mails_view_FIELDS(X, S)       \
    X(S, OBJECT, page, view_page)             \
    X(S, OBJECT, tabs, options_tabs)          \
    X(S, TEXT, action)                        \
    X(S, TEXT, trial_action)                  \
    X(S, TEXT, email)                         \
    X(S, TEXT, establishment_url)             \
    X(S, OBJECT, reply_to, view_form_field)   \
    X(S, OBJECT, recipients, view_form_field) \
    X(S, OBJECT, closing, view_form_field)    \
    X(S, FLAG, remind)                        \
    X(S, OBJECT, steps, view_form_field)      \
    X(S, FLAG, remind_origin)                 \
    X(S, TEXT, remind_origin_error)           \
    X(S, FLAG, remind_host)
VIEW_STRUCT(options_mails_view);

/* views/options-zone.html */
#define options_zone_view_FIELDS(X, S)  \
    X(S, OBJECT, page, view_page)       \
    X(S, OBJECT, tabs, options_tabs)    \
    X(S, TEXT, action)                  \
    X(S, OBJECT, zone, view_form_field) \
    X(S, TEXT, calendar)
VIEW_STRUCT(options_zone_view);

/* views/options-profile.html */
#define options_profile_view_FIELDS(X, S)             \
    X(S, OBJECT, page, view_page)                     \
    X(S, OBJECT, tabs, options_tabs)                  \
    X(S, TEXT, email)                                 \
    X(S, TEXT, action)                                \
    X(S, OBJECT, name, view_form_field)               \
    X(S, TEXT, password_action)                       \
    X(S, TEXT, email_url)                             \
    X(S, TEXT, factor_url)                            \
    X(S, FLAG, has_factor)                            \
    X(S, TEXT, sessions_url)                          \
    X(S, OBJECT, old_password, view_form_field)       \
    X(S, OBJECT, new_password, view_form_field)       \
    X(S, OBJECT, new_password_again, view_form_field) \
    X(S, OBJECT, events, account_events)
VIEW_STRUCT(options_profile_view);

#endif
