/* The links of mails that open something to whoever has them: an invitation, a new password,
 * another address. Each carries a token of 256 random bits, of which the database has the SHA-256
 * alone: it is found by the index on that, and who reads the database cannot use it. */
#ifndef PARAPHE_DOMAIN_ACCOUNT_LINK_H
#define PARAPHE_DOMAIN_ACCOUNT_LINK_H

#include "base/bytes.h"
#include "base/crypto.h"
#include "domain/context.h"
#include "mail/account_mail.h"

struct account_link {
    const char *token; /* as the link has it, base64url */
    unsigned char hash[CRYPTO_SHA256_SIZE];
};

void account_link_make(struct arena *arena, struct account_link *link);

/* False where token is none of ours, NULL included. */
bool account_link_read(const char *token, unsigned char hash[CRYPTO_SHA256_SIZE]);

/* Queues the mail of that name with the link to that page ("/invitation"); in the caller's
 * transaction. */
struct account_letter {
    const char *name; /* of the view */
    const struct account_mail *mail;
    const char *to_address;
    const char *to_name;
    const char *page;  /* "" for the platform itself */
    const char *token; /* NULL where the link opens nothing */
    uint64_t establishment;
};
enum err account_letter_send(struct context *ctx, const struct account_letter *letter);

/* Who acts, for mails: "Mme Martin (lycée Jules-Ferry)"; "" for the platform. */
const char *account_actor(const struct context *ctx);

#endif
