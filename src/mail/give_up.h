/* A message that nobody will get is made visible. */
#ifndef PARAPHE_MAIL_GIVE_UP_H
#define PARAPHE_MAIL_GIVE_UP_H

#include "db/statements.h"
#include "http/sentences.h"
#include "mail/mail.h"

/* In one transaction: gives up the message that the lease names (nothing happens where that has
 * ended: done->affected is 0), and tells settings->mail_operator. Not told is the loss of such a
 * notice itself, and what happens while an earlier notice is still on its way, since it asks the
 * operator to look at the whole list. */
enum err mail_give_up(const struct mail_context *context, const struct http_sentences *sentences,
                      const struct outbox_give_up_in *end, struct db_done *done);

#endif
