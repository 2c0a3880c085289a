/* What the e-mails about a placement say: waiting-cancelled and placement-changed. */
#ifndef PARAPHE_MAIL_PLACEMENT_MAIL_H
#define PARAPHE_MAIL_PLACEMENT_MAIL_H

#include "view/type.h"

/* A trainee of the school that gets the mail: "Camille DUPONT". */
#define placement_mail_trainee_FIELDS(X, S) X(S, TEXT, name)
VIEW_STRUCT(placement_mail_trainee);

/* day_short  its first day, as it is now: "03-02-2027"
 * days       "mercredi 3 février 2027", or "du … au …"
 * hours      "8 h 30 – 16 h"
 * trainees   whom it concerns
 * reason     of a cancellation
 * …_changed  what is otherwise than before, and …_was what it was; "" where it was not said */
#define placement_mail_FIELDS(X, S)              \
    X(S, TEXT, title)                            \
    X(S, TEXT, day_short)                        \
    X(S, TEXT, days)                             \
    X(S, TEXT, hours)                            \
    X(S, TEXT, host)                             \
    X(S, TEXT, actor)                            \
    X(S, TEXT, reason)                           \
    X(S, LIST, trainees, placement_mail_trainee) \
    X(S, FLAG, title_changed)                    \
    X(S, TEXT, title_was)                        \
    X(S, FLAG, course_changed)                   \
    X(S, TEXT, course)                           \
    X(S, TEXT, course_was)                       \
    X(S, FLAG, days_changed)                     \
    X(S, TEXT, days_was)                         \
    X(S, FLAG, hours_changed)                    \
    X(S, TEXT, hours_was)                        \
    X(S, FLAG, place_changed)                    \
    X(S, TEXT, place)                            \
    X(S, TEXT, place_was)                        \
    X(S, FLAG, person_changed)                   \
    X(S, TEXT, person)                           \
    X(S, TEXT, person_was)                       \
    X(S, FLAG, meals_changed)                    \
    X(S, FLAG, transport_changed)
VIEW_STRUCT(placement_mail);

#endif
