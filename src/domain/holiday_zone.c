#include "domain/holiday_zone.h"

#include <inttypes.h>
#include <string.h>

#include "calendar/zone.h"
#include "db/db.h"
#include "db/statements.h"
#include "domain/revision.h"

static enum err load(struct context *ctx, struct establishment_place_row **row)
{
    ERR_TRY(db_establishment_place(ctx->db, ctx->arena,
                                   &(struct establishment_place_in){.id = ctx->actor.establishment},
                                   row));
    return *row
               ? ERR_OK
               : err_raise(ERR_NOT_FOUND, NULL, "establishment %" PRIu64, ctx->actor.establishment);
}

enum err holiday_zone_of(struct context *ctx, char *zone, bool *alsace)
{
    struct establishment_place_row *row;

    ERR_TRY(load(ctx, &row));
    *alsace = calendar_is_alsace(row->uai, row->postal_code);
    if (!row->holiday_zone)
        *zone = calendar_zone(row->uai, row->postal_code);
    else
        *zone = strcmp(row->holiday_zone, "none") == 0 ? '\0' : row->holiday_zone[0];
    return ERR_OK;
}

enum err holiday_zone_choice(struct context *ctx, const char **choice, char *derived)
{
    struct establishment_place_row *row;

    ERR_TRY(load(ctx, &row));
    *choice = row->holiday_zone ? row->holiday_zone : "";
    *derived = calendar_zone(row->uai, row->postal_code);
    return ERR_OK;
}

struct choosing {
    struct context *ctx;
    const char *choice;
};

static enum err choose_once(void *what)
{
    const struct choosing *choosing = what;
    struct context *ctx = choosing->ctx;
    const char *choice = choosing->choice[0] ? choosing->choice : NULL;

    ERR_TRY(db_establishment_set_zone(
        ctx->db, ctx->arena,
        &(struct establishment_set_zone_in){.id = ctx->actor.establishment, .holiday_zone = choice},
        NULL));
    return revision_raise(ctx, ctx->actor.establishment, ctx->actor.establishment);
}

enum err holiday_zone_choose(struct context *ctx, const char *choice)
{
    static const char *const words[] = {"", "A", "B", "C", "none"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i], choice) == 0)
            return db_transaction(ctx->db, choose_once, &(struct choosing){ctx, choice});
    return err_raise(ERR_INVALID, "holiday-zone", "no such zone");
}
