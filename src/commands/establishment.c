#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "commands/command.h"
#include "db/statements.h"
#include "domain/establishment.h"
#include "domain/wording.h"

#define TEXT_MOST ((size_t)256 * 1024)

/* The options that describe an establishment, over what it says now. */
static bool read_options(int argc, char **argv, struct establishment *establishment, bool whole)
{
    const struct command_option options[] = {
        {"uai", "code UAI, 7 chiffres et une lettre", true, &establishment->uai},
        {"name", "nom de l’établissement", whole, &establishment->name},
        {"email", "adresse électronique du secrétariat", whole, &establishment->email},
        {"address", "adresse postale", false, &establishment->address},
        {"postal-code", "code postal", false, &establishment->postal_code},
        {"city", "commune", false, &establishment->city},
        {"phone", "téléphone", false, &establishment->phone},
        {"head-name", "nom du chef d’établissement", false, &establishment->head_name},
        {"head-title", "qualité, par exemple « proviseure »", false, &establishment->head_title},
        {"board-day", "date de l’accord du conseil d’administration, AAAA-MM-JJ", false,
         &establishment->board_day},
    };

    if (!COMMAND_OPTIONS(argc, argv, options, NULL))
        return false;
    if (establishment->board_day && !clock_is_day(establishment->board_day)) {
        fprintf(stderr, "paraphe : --board-day attend une date AAAA-MM-JJ\n");
        return false;
    }
    return true;
}

int command_establishment_add(struct context *ctx, int argc, char **argv)
{
    struct establishment establishment = {.address = "",
                                          .postal_code = "",
                                          .city = "",
                                          .phone = "",
                                          .head_name = "",
                                          .head_title = ""};
    uint64_t id;
    int status;

    if (!read_options(argc, argv, &establishment, true))
        return 2;
    status = command_outcome(ctx, establishment_create(ctx, &establishment, &id));
    if (status == 0)
        printf("Établissement %s créé (n° %" PRIu64 ").\n", establishment.uai, id);
    return status;
}

int command_establishment_set(struct context *ctx, int argc, char **argv)
{
    struct establishment establishment = {0};
    struct establishment_by_id_row *row;
    uint64_t id;

    if (!read_options(argc, argv, &establishment, false))
        return 2;
    if (!command_establishment(ctx, establishment.uai, &id))
        return 1;
    if (command_outcome(ctx, db_establishment_by_id(ctx->db, ctx->arena,
                                                    &(struct establishment_by_id_in){.id = id},
                                                    &row)) != 0)
        return 1;
    establishment = (struct establishment){.uai = row->uai,
                                           .name = row->name,
                                           .address = row->address,
                                           .postal_code = row->postal_code,
                                           .city = row->city,
                                           .phone = row->phone,
                                           .email = row->email,
                                           .head_name = row->head_name,
                                           .head_title = row->head_title,
                                           .board_day = row->board_day};
    if (!read_options(argc, argv, &establishment, false))
        return 2;
    return command_outcome(ctx, establishment_change(ctx, id, 0, &establishment));
}

int command_establishment_list(struct context *ctx, int argc, char **argv)
{
    struct establishment_list_row *rows;
    size_t count;
    int status;

    if (!command_no_arguments(argc, argv))
        return 2;
    status = command_outcome(ctx, db_establishment_list(ctx->db, ctx->arena, &rows, &count));
    for (size_t i = 0; status == 0 && i < count; i++)
        printf("%s\t%s\t%s\t%s\t%s\n", rows[i].uai, rows[i].name, rows[i].city, rows[i].email,
               rows[i].licence_end ? rows[i].licence_end : "sans licence");
    return status;
}

static int set_image(struct context *ctx, int argc, char **argv, enum image_use use)
{
    const char *uai = NULL;
    const struct command_option options[] = {{"uai", "code UAI", true, &uai}};
    struct bytes file;
    uint64_t id;
    int rest;

    if (!COMMAND_OPTIONS(argc, argv, options, &rest))
        return 2;
    if (rest != argc - 1) {
        fprintf(stderr, "paraphe : indiquez un fichier PNG ou JPEG\n");
        return 2;
    }
    if (!command_establishment(ctx, uai, &id) ||
        !command_read_file(ctx, argv[rest], IMAGE_FILE_MOST, &file))
        return 1;
    return command_outcome(ctx, establishment_set_image(ctx, id, use, file));
}

int command_establishment_logo(struct context *ctx, int argc, char **argv)
{
    return set_image(ctx, argc, argv, IMAGE_LOGO);
}

int command_establishment_signature(struct context *ctx, int argc, char **argv)
{
    return set_image(ctx, argc, argv, IMAGE_SIGNATURE);
}

int command_establishment_text(struct context *ctx, int argc, char **argv)
{
    const char *uai = NULL;
    const struct command_option options[] = {{"uai", "code UAI", true, &uai}};
    struct bytes file = {NULL, 0};
    struct wording_fault fault;
    uint64_t id;
    int rest;

    if (!COMMAND_OPTIONS(argc, argv, options, &rest))
        return 2;
    if (rest < argc - 1) {
        fprintf(stderr, "paraphe : indiquez un fichier Markdown, ou aucun pour le texte type\n");
        return 2;
    }
    if (!command_establishment(ctx, uai, &id))
        return 1;
    if (rest < argc && !command_read_file(ctx, argv[rest], TEXT_MOST, &file))
        return 1;
    return command_outcome(
        ctx, wording_change(
                 ctx, id, WORDING_ANY,
                 file.data ? arena_strndup(ctx->arena, (const char *)file.data, file.length) : NULL,
                 &fault));
}

int command_licence_add(struct context *ctx, int argc, char **argv)
{
    const char *uai = NULL, *from = NULL, *until = NULL;
    const struct command_option options[] = {
        {"uai", "code UAI", true, &uai},
        {"from", "premier jour, AAAA-MM-JJ", true, &from},
        {"until", "dernier jour, AAAA-MM-JJ", true, &until},
    };
    uint64_t id;

    if (!COMMAND_OPTIONS(argc, argv, options, NULL))
        return 2;
    if (!command_establishment(ctx, uai, &id))
        return 1;
    return command_outcome(ctx, licence_add(ctx, id, from, until, NULL));
}
