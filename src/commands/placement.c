#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "commands/command.h"
#include "db/statements.h"
#include "domain/placement.h"

#define LIST_MOST 10000

int command_placement_add(struct context *ctx, int argc, char **argv)
{
    const char *uai = NULL, *capacity = NULL;
    struct placement placement = {.course = "",
                                  .description = "",
                                  .place = "",
                                  .person_name = "",
                                  .person_phone = "",
                                  .meals = "canteen",
                                  .transport = "family"};
    const struct command_option options[] = {
        {"uai", "code UAI de l’établissement d’accueil", true, &uai},
        {"title", "intitulé du stage", true, &placement.title},
        {"day", "jour du stage (le premier), AAAA-MM-JJ", true, &placement.first_day},
        {"last-day", "dernier jour, si le stage en dure plusieurs", false, &placement.last_day},
        {"from", "heure d’arrivée, HH:MM", true, &placement.starts_at},
        {"until", "heure de fin, HH:MM", true, &placement.ends_at},
        {"capacity", "nombre de places", true, &capacity},
        {"closes", "dernier jour d’inscription, AAAA-MM-JJ", true, &placement.closes_on},
        {"course", "formation découverte", false, &placement.course},
        {"description", "présentation, en Markdown", false, &placement.description},
        {"place", "salle ou lieu de rendez-vous", false, &placement.place},
        {"person", "personne responsable sur place", false, &placement.person_name},
        {"person-phone", "son téléphone", false, &placement.person_phone},
        {"meals", "canteen, packed ou home", false, &placement.meals},
        {"transport", "family, school ou foot", false, &placement.transport},
    };
    uint64_t id, places;
    int status;

    if (!COMMAND_OPTIONS(argc, argv, options, NULL))
        return 2;
    if (!command_establishment(ctx, uai, &placement.host))
        return 1;
    if (!placement.last_day)
        placement.last_day = placement.first_day;
    placement.capacity = command_number(capacity, UINT32_MAX, &places) ? (uint32_t)places : 0;
    status = command_outcome(ctx, placement_create(ctx, &placement, &id));
    if (status == 0)
        printf("Stage créé (n° %" PRIu64 ").\n", id);
    return status;
}

int command_placement_list(struct context *ctx, int argc, char **argv)
{
    const char *uai = NULL;
    const struct command_option options[] = {{"uai", "code UAI", true, &uai}};
    struct placement_list_row *rows;
    uint64_t id;
    size_t count;
    int status;

    if (!COMMAND_OPTIONS(argc, argv, options, NULL))
        return 2;
    if (!command_establishment(ctx, uai, &id))
        return 1;
    status = command_outcome(
        ctx, db_placement_list(ctx->db, ctx->arena,
                               &(struct placement_list_in){.viewer = id,
                                                           .from_day = "1900-01-01",
                                                           .until_day = "2199-12-31",
                                                           .today = clock_day(ctx->arena, ctx->now),
                                                           .whose = "own",
                                                           .state = "",
                                                           .places = "",
                                                           .pattern = "%",
                                                           .limit = LIST_MOST,
                                                           .order = PLACEMENT_LIST_ORDER_DAY},
                               &rows, &count));
    for (size_t i = 0; status == 0 && i < count; i++)
        printf("%" PRIu64 "\t%s\t%s\t%" PRIu64 "/%" PRIu32 "\t%s\n", rows[i].id, rows[i].first_day,
               rows[i].title, rows[i].taken, rows[i].capacity, rows[i].state);
    return status;
}
