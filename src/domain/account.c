#include "domain/account.h"

#include <string.h>

#include "base/text.h"
#include "db/db.h"
#include "db/statements.h"
#include "domain/account_event.h"
#include "domain/revision.h"
#include "domain/texts.h"
#include "http/password.h"
#include "http/session.h"

#define PASSWORD_LENGTH 12

static const char *const roles[] = {[ROLE_NONE] = "",
                                    [ROLE_OPERATOR] = "operator",
                                    [ROLE_ADMIN] = "admin",
                                    [ROLE_MEMBER] = "member"};

const char *account_role(enum role role)
{
    return roles[role];
}

enum role account_role_of(const char *word)
{
    for (enum role role = ROLE_OPERATOR; role <= ROLE_MEMBER; role++)
        if (strcmp(roles[role], word) == 0)
            return role;
    return ROLE_NONE;
}

enum err account_hash_password(struct context *ctx, const char *password, const char **hash)
{
    if (text_length(password) < PASSWORD_LENGTH)
        return err_raise(ERR_INVALID, "password-too-short", "fewer than %d characters",
                         PASSWORD_LENGTH);
    return http_password_hash(ctx->arena, password, hash);
}

enum err account_insert(struct context *ctx, const struct account *account, const char *hash,
                        uint64_t *id)
{
    const struct text_rule rules[] = {{"name", account->name, 150, true, false}};
    struct account_by_email_row *same;
    struct db_done done;
    enum err code;

    ERR_TRY(TEXTS_CHECK(rules));
    ERR_TRY(db_account_by_email(ctx->db, ctx->arena,
                                &(struct account_by_email_in){.email = account->email}, &same));
    if (same)
        return err_raise(ERR_CONFLICT, "email-taken", "account for a %s", roles[account->role]);
    code = db_account_insert(
        ctx->db, ctx->arena,
        &(struct account_insert_in){.email = account->email,
                                    .name = account->name,
                                    .password_hash = hash,
                                    .role = roles[account->role],
                                    .has_establishment_id = account->establishment != 0,
                                    .establishment_id = account->establishment,
                                    .now = ctx->now},
        &done);
    if (code == ERR_CONFLICT) /* by somebody else at this moment */
        return err_raise(ERR_CONFLICT, "email-taken", "account for a %s", roles[account->role]);
    ERR_TRY(code);
    *id = done.insert_id;
    return ERR_OK;
}

enum err account_create(struct context *ctx, const struct account *account, uint64_t *id)
{
    const char *hash;

    if (!text_is_email(account->email))
        return err_raise(ERR_INVALID, "email-invalid", "account for a %s", roles[account->role]);
    ERR_TRY(account_hash_password(ctx, account->password, &hash));
    return account_insert(ctx, account, hash, id);
}

enum err account_find(struct context *ctx, const char *email, uint64_t *id)
{
    struct account_by_email_row *row;

    ERR_TRY(db_account_by_email(ctx->db, ctx->arena, &(struct account_by_email_in){.email = email},
                                &row));
    if (!row)
        return err_raise(ERR_NOT_FOUND, "email-unknown", "no account of that address");
    *id = row->id;
    return ERR_OK;
}

struct entering {
    struct context *ctx;
    uint64_t account;
    const char *hash;
    enum account_event event;
};

static enum err set_password(void *what)
{
    const struct entering *entering = what;
    struct context *ctx = entering->ctx;

    ERR_TRY(db_account_set_password(
        ctx->db, ctx->arena,
        &(struct account_set_password_in){.id = entering->account, .password_hash = entering->hash},
        NULL));
    ERR_TRY(http_sessions_end(ctx->db, ctx->arena, entering->account));
    return account_record(ctx, entering->account, entering->event);
}

enum err account_set_password(struct context *ctx, const char *email, const char *password)
{
    const char *hash;
    uint64_t id;

    ERR_TRY(account_find(ctx, email, &id));
    ERR_TRY(account_hash_password(ctx, password, &hash));
    return db_transaction(
        ctx->db, set_password,
        &(struct entering){.ctx = ctx, .account = id, .hash = hash, .event = ACCOUNT_PASSWORD_SET});
}

struct renaming {
    struct context *ctx;
    const char *name;
};

static enum err rename_once(void *what)
{
    const struct renaming *renaming = what;
    struct context *ctx = renaming->ctx;

    ERR_TRY(db_account_rename(
        ctx->db, ctx->arena,
        &(struct account_rename_in){.id = ctx->actor.account, .name = renaming->name}, NULL));
    return revision_raise(ctx, ctx->actor.establishment, ctx->actor.establishment);
}

enum err account_rename(struct context *ctx, const char *name)
{
    return db_transaction(ctx->db, rename_once, &(struct renaming){.ctx = ctx, .name = name});
}

enum err account_change_password(struct context *ctx, const char *password)
{
    const char *hash;

    ERR_TRY(account_hash_password(ctx, password, &hash));
    return db_transaction(ctx->db, set_password,
                          &(struct entering){.ctx = ctx,
                                             .account = ctx->actor.account,
                                             .hash = hash,
                                             .event = ACCOUNT_PASSWORD_CHANGED});
}

static enum err end_sessions(void *what)
{
    const struct entering *entering = what;
    struct context *ctx = entering->ctx;

    ERR_TRY(http_sessions_end(ctx->db, ctx->arena, entering->account));
    return account_record(ctx, entering->account, ACCOUNT_SESSIONS_ENDED);
}

enum err account_end_sessions(struct context *ctx, uint64_t account)
{
    return db_transaction(ctx->db, end_sessions,
                          &(struct entering){.ctx = ctx, .account = account});
}
