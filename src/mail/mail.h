/* Puts e-mail messages into the outbox; the mailer (mail/mailer.h) sends them.
 *
 * views/mail/NAME.md is written like this:
 *
 *     Objet : Convention de {{trainee}} à signer – stage du {{day_short}}
 *     Bouton : Voir la convention
 *
 *     Markdown, its first line what to do.
 *
 * Of it come the subject, the text part and, inside views/mail/layout.html, the HTML part; both
 * end in the message's address, the HTML with a button before it. */
#ifndef PARAPHE_MAIL_MAIL_H
#define PARAPHE_MAIL_MAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/settings.h"
#include "db/db.h"
#include "view/view.h"

/* The views of all mails, for views_load. */
extern const struct view_binding mail_bindings[];

struct mail_context {
    struct db *db;
    struct arena *arena;
    const struct views *views;
    const struct settings *settings;
    int64_t now;
};

struct mail_message {
    const char *name; /* of the view, "convention-generated": one of mail_bindings */
    const void *data; /* the view's struct: account_mail, convention_mail … */
    const char *to_address;
    const char *to_name;
    const char *url; /* where the button leads: whole, with https:// */

    uint64_t attachment_document; /* 0 for none */
    const char *attachment_name;  /* file name, UTF-8 */

    uint64_t convention;    /* what it is about, 0 for nothing */
    uint64_t establishment; /* whom it is for, 0 for none */
    uint64_t sender;        /* the establishment in whose name, 0 for the platform's own */
    bool is_secret;         /* its url opens something to whoever has it: not kept once sent */
};

/* Renders the message and inserts it, in the caller's transaction: it is sent if and only if that
 * commits. The sender's address for replies and its closing words are put in; what goes to the
 * establishment's own address goes to its further recipients too, each a message of its own. An
 * address that is none is taken all the same: the mailer gives the message up and shows it, so that
 * no bad address stands in the way of what a school does. Fails only as the database does, or
 * ERR_INTERNAL where the view is not written as said above. */
enum err mail_enqueue(const struct mail_context *context, const struct mail_message *message);

/* Deletes messages, sent or given up, that are older than a year: they name pupils, and the
 * conventions' histories tell all that matters. *count of them. Run by `paraphe purge`. */
enum err mail_purge(const struct mail_context *context, uint64_t *count);

#endif
