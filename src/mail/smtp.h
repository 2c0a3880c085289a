/* The connection to the SMTP server of the settings (RFC 5321), through libcurl.
 *
 * Only this file's source includes curl. A connection is kept from one message to the next until
 * smtp_hang_up. */
#ifndef PARAPHE_MAIL_SMTP_H
#define PARAPHE_MAIL_SMTP_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/settings.h"

struct smtp;

/* How far a dialogue has come: the last command sent. */
enum smtp_stage {
    SMTP_STAGE_CONNECT,
    SMTP_STAGE_EHLO,
    SMTP_STAGE_STARTTLS,
    SMTP_STAGE_AUTH,
    SMTP_STAGE_MAIL,
    SMTP_STAGE_RCPT,
    SMTP_STAGE_DATA,
    SMTP_STAGES
};

enum smtp_outcome {
    SMTP_TAKEN,  /* acknowledged: the message is the server's */
    SMTP_LATER,  /* worth another attempt */
    SMTP_REFUSED /* for good */
};

struct smtp_answer {
    enum smtp_outcome outcome;
    bool server_ails; /* SMTP_LATER for a reason that any other message would meet now, too */
    unsigned code;    /* of the server's last reply, 0 if there was none */
    const char *key;  /* of the sentence that says why (views/errors.txt), "" if taken */
    char reason[500]; /* the stage and the server's words: may name the recipient, not for logs */
};

/* Reads how to reach the server. ERR_INVALID "settings" where the address is not an smtp:// or
 * smtps:// one, mail_from is no address, or a password would cross a network in clear. */
enum err smtp_open(struct arena *arena, const struct settings *settings, struct smtp **smtp);

/* Hands a written message (mail/mime.h) over, within settings->smtp_timeout seconds. */
void smtp_send(struct smtp *smtp, const char *from, const char *to, struct bytes message,
               struct smtp_answer *answer);

/* Says QUIT, if there is a connection. Closing the arena does it too. */
void smtp_hang_up(struct smtp *smtp);

/* What a failed dialogue means, of the stage it had reached and the reply there ("" if none):
 * fills outcome, server_ails, code and key. tls_failed, login_failed: what libcurl found itself. */
void smtp_judge(enum smtp_stage stage, const char *reply, bool tls_failed, bool login_failed,
                struct smtp_answer *answer);

#endif
