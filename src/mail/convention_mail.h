/* What the e-mails about a convention say: the one struct of these views of views/mail/:
 * convention-generated, -deposited, -validated, -incomplete, -invalidated, -regenerated,
 * -reissued, and registration-cancelled. */
#ifndef PARAPHE_MAIL_CONVENTION_MAIL_H
#define PARAPHE_MAIL_CONVENTION_MAIL_H

struct convention_mail {
    const char *trainee;   /* "Camille DUPONT" */
    const char *title;     /* of the placement */
    const char *day_short; /* its first day: "03-02-2027" */
    const char *day_long;  /* "mercredi 3 février 2027" */
    const char *host;      /* names of establishments */
    const char *origin;
    const char *actor;  /* who acted: "Mme Martin (lycée Jules-Ferry)", "" for the platform */
    const char *reason; /* as typed, "" for none */
};

#endif
