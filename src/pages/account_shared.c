/* What the pages of accounts share: role and establishment, why an invitation did not arrive, and
 * what became of an account. */
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/account.h"
#include "domain/establishment.h"
#include "http/sentences.h"
#include "pages/accounts.h"
#include "pages/establishments.h"
#include "pages/frame.h"

VIEW_TYPE(account_event_row);
VIEW_TYPE(account_events);

#define EVENTS_MOST 20

static const enum role roles[] = {ROLE_ADMIN, ROLE_MEMBER, ROLE_OPERATOR}; /* as the choices */
#define ROLE_COUNT (sizeof roles / sizeof roles[0])

const struct view_form_field *page_account_role_field(struct exchange *x,
                                                      const struct form_value *value)
{
    struct view_form_field *field = ARENA_NEW(x->arena, struct view_form_field);
    struct view_option *options = ARENA_NEW_ARRAY(x->arena, ROLE_COUNT, struct view_option);

    for (size_t i = 0; i < ROLE_COUNT; i++) {
        const char *name = account_role(roles[i]);

        options[i] =
            (struct view_option){.value = name,
                                 .label = http_sentence(x, arena_printf(x->arena, "role-%s", name)),
                                 .selected = strcmp(name, value->typed) == 0};
    }
    *field = (struct view_form_field){
        .id = "role", .error = value->sentence, .options = options, .options_count = ROLE_COUNT};
    return field;
}

static enum err find_establishment(struct exchange *x, struct form_value *uai, uint64_t *id)
{
    struct context ctx = page_context(x);
    enum err code;

    page_uai_check(x, uai);
    if (uai->error)
        return ERR_OK;
    code = establishment_find(&ctx, uai->text, id);
    if (code == ERR_NOT_FOUND) {
        form_refuse(x, uai, "invite-no-school");
        return ERR_OK;
    }
    return code;
}

enum err page_account_place_read(struct exchange *x, const struct form_value *role,
                                 struct form_value *uai, struct account_place *place)
{
    *place = (struct account_place){.role = role->given ? roles[role->number] : ROLE_NONE};
    if (place->role == ROLE_OPERATOR) {
        if (uai->given)
            form_refuse(x, uai, "invite-operator-school");
        return ERR_OK;
    }
    if (uai->given)
        return find_establishment(x, uai, &place->establishment);
    if (!uai->error)
        form_refuse(x, uai, "form-required");
    return ERR_OK;
}

const char *page_invitation_reason(struct exchange *x, const char *error_key)
{
    const char *reason;

    if (!error_key[0])
        return NULL;
    reason =
        http_sentences_get(x->site->sentences, arena_printf(x->arena, "invitation-%s", error_key));
    return reason ? reason : http_sentence(x, error_key);
}

enum err page_account_events(struct exchange *x, uint64_t account,
                             const struct account_events **events)
{
    struct account_events *view = ARENA_NEW(x->arena, struct account_events);
    struct account_event_list_row *rows;
    struct account_event_row *shown;

    ERR_TRY(db_account_event_list(
        x->db, x->arena,
        &(struct account_event_list_in){.account_id = account, .limit = EVENTS_MOST}, &rows,
        &view->rows_count));
    shown = ARENA_NEW_ARRAY(x->arena, view->rows_count, struct account_event_row);
    for (size_t i = 0; i < view->rows_count; i++) {
        bool placed = strcmp(rows[i].kind, "placed") == 0;

        shown[i] = (struct account_event_row){
            .at = clock_french_instant(x->arena, rows[i].created_at),
            .what = http_sentence(x, arena_printf(x->arena, "account-event-%s", rows[i].kind)),
            .role =
                placed ? http_sentence(x, arena_printf(x->arena, "role-%s", rows[i].role)) : NULL,
            .establishment = placed ? rows[i].establishment : NULL,
            .actor = rows[i].actor,
            .address = rows[i].address};
    }
    view->rows = shown;
    *events = view;
    return ERR_OK;
}
