/* The mailer: the one process that hands the outbox's messages to the SMTP server.
 *
 * Any number of mailers, on any machines, may run at once. A message is tried until the server
 * takes it, refuses it for good, or two days have passed; what is given up is shown on the
 * convention's page, listed for the operator, and told to settings->mail_operator. */
#ifndef PARAPHE_MAIL_MAILER_H
#define PARAPHE_MAIL_MAILER_H

#include "base/settings.h"

struct views;
struct http_sentences;

/* Seconds for which a claimed message is left to its mailer: longer than any attempt takes, so
 * that only a mailer that died lets it end. */
#define MAIL_LEASE 600

/* Works until SIGTERM or SIGINT, or until the parent process has ended; the message at hand is
 * finished first. SIGHUP changes nothing. To be called in a process of its own, which has no
 * database connection yet. sentences: views/errors.txt, for what the operator is told. Returns the
 * exit status: 0, or 1 where the settings forbid to begin. */
int mail_run(const struct settings *settings, const struct views *views,
             const struct http_sentences *sentences);

#endif
