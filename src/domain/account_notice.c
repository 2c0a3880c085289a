#include "domain/account_notice.h"

#include <inttypes.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/account_link.h"

static const struct {
    const char *view;
    const char *page; /* that its button opens */
} notices[] = {
    [ACCOUNT_PASSWORD_CHANGED] = {"account-password-changed", "/mot-de-passe-oublie"},
    [ACCOUNT_PASSWORD_CHOSEN] = {"account-password-changed", "/connexion"},
    [ACCOUNT_FACTOR_ON] = {"account-factor-on", "/options/profil/double"},
    [ACCOUNT_FACTOR_OFF] = {"account-factor-off", "/options/profil/double"},
    [ACCOUNT_FACTOR_RESET] = {"account-factor-reset", "/connexion"},
    [ACCOUNT_RECOVERY_CODES] = {"account-recovery-codes", "/options/profil/double"},
    [ACCOUNT_SESSIONS_ENDED] = {"account-sessions-ended", "/connexion"},
};

enum err account_tell(struct context *ctx, uint64_t account, enum account_notice notice)
{
    struct account_mail mail = {.actor = account_actor(ctx),
                                .at = clock_french_instant(ctx->arena, ctx->now),
                                .address = ctx->address,
                                .by_link = notice == ACCOUNT_PASSWORD_CHOSEN};
    struct account_addressee_row *row;

    ERR_TRY(db_account_addressee(ctx->db, ctx->arena, &(struct account_addressee_in){.id = account},
                                 &row));
    if (!row)
        return err_raise(ERR_INTERNAL, NULL, "account %" PRIu64 " is not there", account);
    mail.email = row->email;
    return account_letter_send(
        ctx, &(struct account_letter){.name = notices[notice].view,
                                      .mail = &mail,
                                      .to_address = row->email,
                                      .to_name = row->name,
                                      .page = notices[notice].page,
                                      .establishment =
                                          row->has_establishment_id ? row->establishment_id : 0});
}
