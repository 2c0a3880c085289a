/* What the e-mails about an account say: the one struct of views/mail/account-*.md. */
#ifndef PARAPHE_MAIL_ACCOUNT_MAIL_H
#define PARAPHE_MAIL_ACCOUNT_MAIL_H

#include "view/type.h"

/* establishment  its name, "" for the operators
 * is_admin       whether the account is, or is to be, an establishment's admin
 * actor          who caused it: "Mme Martin (lycée Jules-Ferry)", "" for the platform
 * at             when: "03-02-2027 à 09 h 15"
 * until          until when the link works, written the same way
 * address        the IP address it was asked from, "" for none
 * by_link        whether it was done by the link of a mail
 * email          the address it is about */
#define account_mail_FIELDS(X, S) \
    X(S, TEXT, establishment)     \
    X(S, FLAG, is_admin)          \
    X(S, TEXT, actor)             \
    X(S, TEXT, at)                \
    X(S, TEXT, until)             \
    X(S, TEXT, address)           \
    X(S, FLAG, by_link)           \
    X(S, TEXT, email)
VIEW_STRUCT(account_mail);

#endif
