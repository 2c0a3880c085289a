/* The room's views of its own, beside those about conventions (mail/convention_mail.h). */
#ifndef PARAPHE_MAIL_MAIL_VIEWS_H
#define PARAPHE_MAIL_MAIL_VIEWS_H

#include "view/type.h"

/* views/mail/layout.html and layout.txt: what is around the message of every mail.
 * text, html  the message, for the one and the other
 * closing     the sender's last words, plain text of several lines, "" for none
 * button      its label; url: where it leads
 * site        the platform's address */
#define mail_layout_FIELDS(X, S) \
    X(S, TEXT, subject)          \
    X(S, TEXT, text)             \
    X(S, HTML, html)             \
    X(S, TEXT, closing)          \
    X(S, TEXT, button)           \
    X(S, TEXT, url)              \
    X(S, TEXT, site)
VIEW_STRUCT(mail_layout);

/* views/mail/letter.html and letter.txt: what is around a letter (mail/letter.h). */
#define mail_letter_layout_FIELDS(X, S) \
    X(S, TEXT, subject)                 \
    X(S, TEXT, text)                    \
    X(S, HTML, html)                    \
    X(S, TEXT, author)                  \
    X(S, TEXT, sender)                  \
    X(S, TEXT, reply_address)           \
    X(S, TEXT, site)
VIEW_STRUCT(mail_letter_layout);

/* views/mail/mail-given-up.md: what the operator is told of a message nobody will get.
 * about         what kind of message: "Convention à signer"
 * reason        a sentence of views/errors.txt
 * server_words  as they came, "" for none
 * since         "03-02-2027 à 09 h 15" */
#define mail_given_up_FIELDS(X, S) \
    X(S, NUMBER, number)           \
    X(S, TEXT, about)              \
    X(S, TEXT, recipient)          \
    X(S, NUMBER, attempts)         \
    X(S, TEXT, since)              \
    X(S, TEXT, reason)             \
    X(S, TEXT, server_words)
VIEW_STRUCT(mail_given_up);

/* views/mail/licence-ending.md: what an establishment's admins are told.
 * day_short  the last day: "03-02-2027"
 * day_long   "mercredi 3 février 2027"
 * days       until then; 0 is today */
#define licence_ending_FIELDS(X, S) \
    X(S, TEXT, establishment)       \
    X(S, TEXT, day_short)           \
    X(S, TEXT, day_long)            \
    X(S, NUMBER, days)              \
    X(S, FLAG, is_plural)
VIEW_STRUCT(licence_ending);

/* views/mail/mail-trial.md: by « Envoyer un courriel d'essai » in « Options ».
 * actor     who asked for it
 * reply_to  where an answer to mails in the establishment's name goes, "" for nowhere */
#define mail_trial_FIELDS(X, S) \
    X(S, TEXT, establishment)   \
    X(S, TEXT, actor)           \
    X(S, TEXT, reply_to)
VIEW_STRUCT(mail_trial);

/* views/mail/reminder-summary.md: what a host is told of the reminders sent for it.
 * day  "03-02-2027" */
#define reminder_line_FIELDS(X, S) \
    X(S, TEXT, trainee)            \
    X(S, TEXT, origin)             \
    X(S, TEXT, day)                \
    X(S, FLAG, is_incomplete)
VIEW_STRUCT(reminder_line);

#define reminder_summary_FIELDS(X, S) \
    X(S, NUMBER, total)               \
    X(S, FLAG, is_plural)             \
    X(S, LIST, lines, reminder_line)
VIEW_STRUCT(reminder_summary);

#endif
