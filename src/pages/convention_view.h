/* What views/convention.html shows: one convention, with all that is known of it. */
#ifndef PARAPHE_PAGES_CONVENTION_VIEW_H
#define PARAPHE_PAGES_CONVENTION_VIEW_H

#include "pages/boxes_view.h"

/* A signature in the returned file. validity is a sentence; its times are days and hours, or NULL.
 * One of the flags after holds is set, none where the deposit is from before it was validated. */
#define convention_signature_FIELDS(X, S) \
    X(S, TEXT, box)                       \
    X(S, TEXT, signer)                    \
    X(S, TEXT, issuer)                    \
    X(S, TEXT, signed_at)                 \
    X(S, TEXT, valid_until)               \
    X(S, TEXT, proven_at)                 \
    X(S, TEXT, validity)                  \
    X(S, TEXT, changes)                   \
    X(S, FLAG, holds)                     \
    X(S, FLAG, has_passed)                \
    X(S, FLAG, has_failed)                \
    X(S, FLAG, is_unclear)
VIEW_STRUCT(convention_signature);

/* The returned file. One of the first five flags is set. */
#define convention_return_FIELDS(X, S)           \
    X(S, FLAG, was_signed)                       \
    X(S, FLAG, was_on_screen)                    \
    X(S, FLAG, was_scan)                         \
    X(S, FLAG, was_altered)                      \
    X(S, FLAG, was_unknown)                      \
    X(S, FLAG, by_hand)                          \
    X(S, TEXT, url)                              \
    X(S, TEXT, comparison_url)                   \
    X(S, OBJECT, boxes, boxes_view)              \
    X(S, TEXT, file_name)                        \
    X(S, TEXT, depositor)                        \
    X(S, TEXT, at)                               \
    X(S, LIST, signatures, convention_signature) \
    X(S, LIST, warnings, view_text)              \
    X(S, LIST, remarks, view_text)
VIEW_STRUCT(convention_return);

/* A page's pictures; each is NULL where that file has no such page. */
#define convention_picture_FIELDS(X, S) \
    X(S, NUMBER, number)                \
    X(S, TEXT, original)                \
    X(S, TEXT, returned)
VIEW_STRUCT(convention_picture);

#define convention_mail_row_FIELDS(X, S) \
    X(S, TEXT, at)                       \
    X(S, TEXT, about)                    \
    X(S, TEXT, to)                       \
    X(S, FLAG, is_sent)                  \
    X(S, FLAG, is_waiting)               \
    X(S, FLAG, is_failed)                \
    X(S, TEXT, reason)
VIEW_STRUCT(convention_mail_row);

#define convention_step_FIELDS(X, S) \
    X(S, TEXT, at)                   \
    X(S, TEXT, event)                \
    X(S, TEXT, actor)                \
    X(S, TEXT, establishment)        \
    X(S, TEXT, address)              \
    X(S, TEXT, detail)               \
    X(S, TEXT, url)
VIEW_STRUCT(convention_step);

/* A file there was: an original, or a returned one; in force is what the convention has now. */
#define convention_version_FIELDS(X, S) \
    X(S, FLAG, is_original)             \
    X(S, FLAG, is_in_force)             \
    X(S, TEXT, at)                      \
    X(S, TEXT, actor)                   \
    X(S, TEXT, url)
VIEW_STRUCT(convention_version);

/* An action that the state or the account does not allow has no address. days_left: until the
 * placement begins, 0 where it is not to come. last_reminder: when it went out, NULL for never. */
#define convention_view_FIELDS(X, S)          \
    X(S, OBJECT, page, view_page)             \
    X(S, FLAG, is_not_returned)               \
    X(S, FLAG, is_pending)                    \
    X(S, FLAG, is_incomplete)                 \
    X(S, FLAG, is_validated)                  \
    X(S, FLAG, is_cancelled)                  \
    X(S, FLAG, is_host)                       \
    X(S, TEXT, reason)                        \
    X(S, NUMBER, days_left)                   \
    X(S, FLAG, days_are_plural)               \
    X(S, TEXT, last_reminder)                 \
    X(S, TEXT, list_url)                      \
    X(S, TEXT, class_name)                    \
    X(S, TEXT, guardian)                      \
    X(S, TEXT, trainee_url)                   \
    X(S, TEXT, host)                          \
    X(S, TEXT, origin)                        \
    X(S, TEXT, placement)                     \
    X(S, TEXT, placement_url)                 \
    X(S, TEXT, days)                          \
    X(S, TEXT, short_code)                    \
    X(S, TEXT, file_url)                      \
    X(S, TEXT, original_url)                  \
    X(S, TEXT, deposit_url)                   \
    X(S, TEXT, validate_action)               \
    X(S, TEXT, invalidate_url)                \
    X(S, TEXT, regenerate_action)             \
    X(S, TEXT, remind_action)                 \
    X(S, TEXT, cancel_url)                    \
    X(S, OBJECT, returned, convention_return) \
    X(S, LIST, pictures, convention_picture)  \
    X(S, LIST, mails, convention_mail_row)    \
    X(S, LIST, events, convention_step)       \
    X(S, LIST, versions, convention_version)
VIEW_STRUCT(convention_view);

/* views/convention-reason.html: « Invalider la conformité » and « Annuler l'inscription ». */
#define convention_reason_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)      \
    X(S, FLAG, marks_incomplete)       \
    X(S, FLAG, invalidates)            \
    X(S, FLAG, cancels)                \
    X(S, TEXT, trainee)                \
    X(S, TEXT, origin)                 \
    X(S, TEXT, action)                 \
    X(S, TEXT, back)                   \
    X(S, OBJECT, reason, view_form_field)
VIEW_STRUCT(convention_reason);

#endif
