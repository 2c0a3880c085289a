/* What the views of « Aide » show: views/help.html, views/help-subject.html, views/help/NAME.md. */
#ifndef PARAPHE_PAGES_HELP_VIEW_H
#define PARAPHE_PAGES_HELP_VIEW_H

#include "view/page.h"

/* Every subject: SUBJECT(the part of the help it belongs to, its name). Its text is
 * views/help/NAME.md and its address /aide/NAME. */
#define HELP_SUBJECTS(SUBJECT)                     \
    SUBJECT(HELP_HOST, "premier-stage")            \
    SUBJECT(HELP_HOST, "proposer-un-stage")        \
    SUBJECT(HELP_HOST, "suivre-les-inscriptions")  \
    SUBJECT(HELP_HOST, "valider-une-convention")   \
    SUBJECT(HELP_HOST, "relancer")                 \
    SUBJECT(HELP_HOST, "plusieurs-conventions")    \
    SUBJECT(HELP_HOST, "contacts")                 \
    SUBJECT(HELP_ORIGIN, "inscrire-un-stagiaire")  \
    SUBJECT(HELP_ORIGIN, "inscrire-un-groupe")     \
    SUBJECT(HELP_ORIGIN, "importer-une-classe")    \
    SUBJECT(HELP_ORIGIN, "faire-signer")           \
    SUBJECT(HELP_ORIGIN, "deposer-une-convention") \
    SUBJECT(HELP_ORIGIN, "corriger-un-stagiaire")  \
    SUBJECT(HELP_ORIGIN, "liste-d-attente")        \
    SUBJECT(HELP_DAILY, "etats-des-conventions")   \
    SUBJECT(HELP_DAILY, "calendrier")              \
    SUBJECT(HELP_DAILY, "mon-compte")              \
    SUBJECT(HELP_DAILY, "double-authentification") \
    SUBJECT(HELP_ADMIN, "regler-l-etablissement")  \
    SUBJECT(HELP_ADMIN, "texte-de-la-convention")  \
    SUBJECT(HELP_ADMIN, "membres")                 \
    SUBJECT(HELP_ADMIN, "courriels-et-rappels")    \
    SUBJECT(HELP_OPERATOR, "etablissements")       \
    SUBJECT(HELP_OPERATOR, "licences")             \
    SUBJECT(HELP_OPERATOR, "comptes")              \
    SUBJECT(HELP_OPERATOR, "courriels-en-echec")   \
    SUBJECT(HELP_OPERATOR, "historique")           \
    SUBJECT(HELP_OPERATOR, "surveiller")

/* What a subject's text may name: the address of the platform. The text begins with "# title" and
 * one paragraph that says what the page is for. */
#define help_text_FIELDS(X, S) X(S, TEXT, site)
VIEW_STRUCT(help_text);

/* A subject in a list of them; is_open where it is the one that is read. */
#define help_subject_FIELDS(X, S) \
    X(S, TEXT, url)               \
    X(S, TEXT, title)             \
    X(S, TEXT, lead)              \
    X(S, FLAG, is_open)
VIEW_STRUCT(help_subject);

/* views/help.html: the subjects by part; a part that is not for this account is empty. */
#define help_view_FIELDS(X, S)       \
    X(S, OBJECT, page, view_page)    \
    X(S, LIST, host, help_subject)   \
    X(S, LIST, origin, help_subject) \
    X(S, LIST, daily, help_subject)  \
    X(S, LIST, admin, help_subject)  \
    X(S, LIST, operation, help_subject)
VIEW_STRUCT(help_view);

/* views/help-subject.html: neighbours are the subjects of the same part. */
#define help_subject_view_FIELDS(X, S) \
    X(S, OBJECT, page, view_page)      \
    X(S, HTML, text)                   \
    X(S, TEXT, index_url)              \
    X(S, LIST, neighbours, help_subject)
VIEW_STRUCT(help_subject_view);

#endif
