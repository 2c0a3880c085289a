#include "domain/account_member.h"

#include <inttypes.h>
#include <string.h>

#include "db/db.h"
#include "db/statements.h"
#include "domain/account.h"
#include "domain/account_event.h"
#include "http/session.h"

/* A change of one account, of which the other part stays as it is. */
struct change {
    struct context *ctx;
    uint64_t id;
    uint32_t version; /* that was seen; 0 for whichever it is */
    enum role role;   /* ROLE_NONE: as it is */
    bool moves;       /* to that establishment, 0 for the operators */
    uint64_t establishment;
    bool sets_disabled;
    bool disabled;
    bool resets_factor;
};

static bool is_active_admin(const struct member_lock_row *row)
{
    return strcmp(row->role, "admin") == 0 && !row->is_disabled;
}

static const struct member_lock_row *find(const struct member_lock_row *rows, size_t count,
                                          uint64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == id)
            return &rows[i];
    return NULL;
}

/* Whether an active admin remains besides that account. */
static bool another_admin(const struct member_lock_row *rows, size_t count, uint64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].id != id && is_active_admin(&rows[i]))
            return true;
    return false;
}

static bool stays_admin(const struct change *change, const struct member_lock_row *row)
{
    return change->role == ROLE_ADMIN &&
           (!change->moves || change->establishment == row->establishment_id);
}

/* Whether the change of that row is allowed, by what the rows say now that they are locked. */
static enum err judge(const struct change *change, const struct member_lock_row *rows, size_t count,
                      const struct member_lock_row *row)
{
    const struct actor *actor = &change->ctx->actor;

    if (actor->account == change->id)
        return err_raise(ERR_FORBIDDEN, "member-self", "account %" PRIu64, change->id);
    if (actor->role == ROLE_ADMIN) {
        const struct member_lock_row *own = find(rows, count, actor->account);

        if (!own || !is_active_admin(own))
            return err_raise(ERR_FORBIDDEN, NULL, "no admin any more");
    }
    if (change->version != 0 && change->version != row->version)
        return err_raise(ERR_CONFLICT, "member-out-of-date", "account %" PRIu64, change->id);
    if (change->role != ROLE_NONE && is_active_admin(row) && !stays_admin(change, row) &&
        !another_admin(rows, count, change->id))
        return err_raise(ERR_CONFLICT, "member-last-admin", "account %" PRIu64, change->id);
    return ERR_OK;
}

/* The member learns of it, as somebody else may have asked for it in his name. */
static enum err reset_factor(struct context *ctx, uint64_t id)
{
    ERR_TRY(
        db_factor_delete(ctx->db, ctx->arena, &(struct factor_delete_in){.account_id = id}, NULL));
    ERR_TRY(http_sessions_end(ctx->db, ctx->arena, id));
    return account_record(ctx, id, ACCOUNT_FACTOR_RESET);
}

static enum err write(const struct change *change, const struct member_lock_row *row)
{
    struct context *ctx = change->ctx;
    const char *role = change->role == ROLE_NONE ? row->role : account_role(change->role);
    uint64_t establishment = change->moves ? change->establishment : row->establishment_id;
    bool disabled = change->sets_disabled ? change->disabled : row->is_disabled;

    if (strcmp(role, row->role) == 0 && establishment == row->establishment_id &&
        disabled == row->is_disabled)
        return ERR_OK;
    ERR_TRY(db_member_change(ctx->db, ctx->arena,
                             &(struct member_change_in){.id = row->id,
                                                        .role = role,
                                                        .has_establishment_id = establishment != 0,
                                                        .establishment_id = establishment,
                                                        .has_disabled_at = disabled,
                                                        .disabled_at = ctx->now},
                             NULL));
    ERR_TRY(http_sessions_end(ctx->db, ctx->arena, row->id));
    return account_record(ctx, row->id,
                          !change->sets_disabled ? ACCOUNT_PLACED
                          : disabled             ? ACCOUNT_DISABLED
                                                 : ACCOUNT_ENABLED);
}

static enum err change_once(void *what)
{
    const struct change *change = what;
    struct context *ctx = change->ctx;
    struct account_place_row *place;
    const struct member_lock_row *row;
    struct member_lock_row *rows;
    size_t count;

    ERR_TRY(db_account_place(ctx->db, ctx->arena, &(struct account_place_in){.id = change->id},
                             &place));
    if (!place ||
        (ctx->actor.role != ROLE_OPERATOR &&
         (!place->has_establishment_id || place->establishment_id != ctx->actor.establishment)))
        return err_raise(ERR_NOT_FOUND, NULL, "account %" PRIu64, change->id);
    ERR_TRY(
        db_member_lock(ctx->db, ctx->arena,
                       &(struct member_lock_in){.has_establishment_id = place->has_establishment_id,
                                                .establishment_id = place->establishment_id},
                       &rows, &count));
    row = find(rows, count, change->id);
    if (!row)
        return err_raise(ERR_NOT_FOUND, NULL, "account %" PRIu64, change->id);
    ERR_TRY(judge(change, rows, count, row));
    if (change->resets_factor)
        return reset_factor(ctx, row->id);
    return write(change, row);
}

enum err member_set_role(struct context *ctx, uint64_t id, uint32_t version, enum role role)
{
    if (role != ROLE_ADMIN && role != ROLE_MEMBER)
        return err_raise(ERR_FORBIDDEN, NULL, "a role that nobody gives");
    return db_transaction(ctx->db, change_once,
                          &(struct change){.ctx = ctx, .id = id, .version = version, .role = role});
}

enum err member_place(struct context *ctx, uint64_t id, uint32_t version, enum role role,
                      uint64_t establishment)
{
    if (ctx->actor.role != ROLE_OPERATOR)
        return err_raise(ERR_FORBIDDEN, NULL, "operators alone move accounts");
    if (role == ROLE_NONE || (role == ROLE_OPERATOR) != (establishment == 0))
        return err_raise(ERR_FORBIDDEN, NULL, "operators alone have no establishment");
    return db_transaction(ctx->db, change_once,
                          &(struct change){.ctx = ctx,
                                           .id = id,
                                           .version = version,
                                           .role = role,
                                           .moves = true,
                                           .establishment = establishment});
}

enum err member_set_disabled(struct context *ctx, uint64_t id, uint32_t version, bool disabled)
{
    return db_transaction(
        ctx->db, change_once,
        &(struct change){
            .ctx = ctx, .id = id, .version = version, .sets_disabled = true, .disabled = disabled});
}

enum err member_reset_factor(struct context *ctx, uint64_t id)
{
    return db_transaction(ctx->db, change_once,
                          &(struct change){.ctx = ctx, .id = id, .resets_factor = true});
}
