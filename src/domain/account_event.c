#include "domain/account_event.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/db.h"
#include "db/statements.h"
#include "domain/account_link.h"

static const struct {
    const char *kind; /* as the database has it */
    const char *mail; /* its view; NULL for none */
    const char *page; /* that the mail's button opens */
} events[] = {
    [ACCOUNT_PASSWORD_CHANGED] = {"password-changed", "account-password-changed",
                                  "/mot-de-passe-oublie"},
    [ACCOUNT_PASSWORD_CHOSEN] = {"password-chosen", "account-password-changed", "/connexion"},
    [ACCOUNT_PASSWORD_SET] = {"password-set", NULL, NULL},
    [ACCOUNT_EMAIL_CHANGED] = {"email-changed", NULL, NULL},
    [ACCOUNT_FACTOR_ON] = {"factor-on", "account-factor-on", "/options/profil/double"},
    [ACCOUNT_FACTOR_OFF] = {"factor-off", "account-factor-off", "/options/profil/double"},
    [ACCOUNT_FACTOR_RESET] = {"factor-reset", "account-factor-reset", "/connexion"},
    [ACCOUNT_RECOVERY_CODES] = {"recovery-codes", "account-recovery-codes",
                                "/options/profil/double"},
    [ACCOUNT_SESSIONS_ENDED] = {"sessions-ended", "account-sessions-ended", "/connexion"},
    [ACCOUNT_PLACED] = {"placed", "account-placed", "/connexion"},
    [ACCOUNT_DISABLED] = {"disabled", NULL, NULL},
    [ACCOUNT_ENABLED] = {"enabled", NULL, NULL},
};

static enum err tell(struct context *ctx, const struct account_addressee_row *row,
                     enum account_event event)
{
    const struct account_mail mail = {.establishment = row->establishment ? row->establishment : "",
                                      .is_admin = strcmp(row->role, "admin") == 0,
                                      .actor = account_actor(ctx),
                                      .at = clock_french_instant(ctx->arena, ctx->now),
                                      .address = ctx->address,
                                      .by_link = event == ACCOUNT_PASSWORD_CHOSEN,
                                      .email = row->email};

    return account_letter_send(
        ctx, &(struct account_letter){.name = events[event].mail,
                                      .mail = &mail,
                                      .to_address = row->email,
                                      .to_name = row->name,
                                      .page = events[event].page,
                                      .establishment =
                                          row->has_establishment_id ? row->establishment_id : 0});
}

enum err account_record(struct context *ctx, uint64_t account, enum account_event event)
{
    struct account_addressee_row *row;

    ERR_TRY(db_account_addressee(ctx->db, ctx->arena, &(struct account_addressee_in){.id = account},
                                 &row));
    if (!row)
        return err_raise(ERR_INTERNAL, NULL, "account %" PRIu64 " is not there", account);
    ERR_TRY(
        db_account_event_insert(ctx->db, ctx->arena,
                                &(struct account_event_insert_in){
                                    .account_id = account,
                                    .kind = events[event].kind,
                                    .role = row->role,
                                    .establishment = row->establishment ? row->establishment : "",
                                    .actor = account_actor(ctx),
                                    .address = ctx->address,
                                    .now = ctx->now},
                                NULL));
    return events[event].mail ? tell(ctx, row, event) : ERR_OK;
}

enum err account_events_purge(struct context *ctx, uint64_t *deleted)
{
    struct db_done done;

    ERR_TRY(db_account_event_delete_old(
        ctx->db, ctx->arena,
        &(struct account_event_delete_old_in){.before = ctx->now -
                                                        (int64_t)ACCOUNT_EVENT_DAYS * 24 * 60 * 60},
        &done));
    *deleted = done.affected;
    return ERR_OK;
}
