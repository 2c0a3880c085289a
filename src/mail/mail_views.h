/* The room's views of its own, beside those about conventions (mail/convention_mail.h). */
#ifndef PARAPHE_MAIL_MAIL_VIEWS_H
#define PARAPHE_MAIL_MAIL_VIEWS_H

#include "view/type.h"

/* views/mail/layout.html and layout.txt: what is around the message of every mail.
 * text, html  the message, for the one and the other
 * button      its label; url: where it leads
 * site        the platform's address */
#define mail_layout_FIELDS(X, S) \
    X(S, TEXT, subject)          \
    X(S, TEXT, text)             \
    X(S, HTML, html)             \
    X(S, TEXT, button)           \
    X(S, TEXT, url)              \
    X(S, TEXT, site)
VIEW_STRUCT(mail_layout);

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

#endif
