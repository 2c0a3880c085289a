/* What the e-mails about a convention say: the one struct of these views of views/mail/:
 * convention-generated, -deposited, -validated, -incomplete, -invalidated, -regenerated,
 * -reissued, -reminder, registration-cancelled and waiting-promoted. */
#ifndef PARAPHE_MAIL_CONVENTION_MAIL_H
#define PARAPHE_MAIL_CONVENTION_MAIL_H

#include "view/type.h"

/* trainee    "Camille DUPONT"
 * title      of the placement
 * day_short  its first day: "03-02-2027"
 * day_long   "mercredi 3 février 2027"
 * host, origin  names of establishments
 * actor      who acted: "Mme Martin (lycée Jules-Ferry)", "" for the platform
 * reason     as typed, "" for none
 * placement_cancelled  the whole placement does not take place */
#define convention_mail_FIELDS(X, S) \
    X(S, TEXT, trainee)              \
    X(S, TEXT, title)                \
    X(S, TEXT, day_short)            \
    X(S, TEXT, day_long)             \
    X(S, TEXT, host)                 \
    X(S, TEXT, origin)               \
    X(S, TEXT, actor)                \
    X(S, TEXT, reason)               \
    X(S, FLAG, placement_cancelled)
VIEW_STRUCT(convention_mail);

#endif
