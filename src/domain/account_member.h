/* The members of an establishment, as its admins and the operators keep them. */
#ifndef PARAPHE_DOMAIN_ACCOUNT_MEMBER_H
#define PARAPHE_DOMAIN_ACCOUNT_MEMBER_H

#include "domain/context.h"

/* What others may change of an account. version: the one that was seen, 0 for whichever it is.
 * An admin may change accounts of the own establishment, an operator all; nobody the own one. Who
 * is given another role signs in anew, and is told by mail; an establishment's last active admin
 * is not. Errors: ERR_NOT_FOUND; ERR_FORBIDDEN "member-self", or where the actor is no admin any
 * more; ERR_CONFLICT "member-out-of-date" or "member-last-admin". */
enum err member_set_role(struct context *ctx, uint64_t id, uint32_t version, enum role role);

/* Another role, or another establishment (0 for operators), by operators; likewise. */
enum err member_place(struct context *ctx, uint64_t id, uint32_t version, enum role role,
                      uint64_t establishment);

/* A disabled account is signed out and cannot sign in; enabled again, it must sign in anew. An
 * operator may disable even the last admin, whose account somebody else may have. */
enum err member_set_disabled(struct context *ctx, uint64_t id, uint32_t version, bool disabled);

/* Takes the second factor away, for who has lost telephone and recovery codes: signing in takes the
 * password alone until a new one is set up. Ends the sessions, and tells the member by mail. Errors
 * as above, but for the version's. */
enum err member_reset_factor(struct context *ctx, uint64_t id);

#endif
