#include "domain/comparison.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/log.h"
#include "db/statements.h"
#include "inspect/client.h"

#define PARTS 10000 /* of a page's width and height */

/* The database's letters for the states. */
static const char letters[INSPECT_BOX_STATE_COUNT] = {
    [INSPECT_BOX_UNKNOWN] = 'u', [INSPECT_BOX_EMPTY] = 'e',   [INSPECT_BOX_UNCLEAR] = 'n',
    [INSPECT_BOX_WRITTEN] = 'w', [INSPECT_BOX_PRINTED] = 'p', [INSPECT_BOX_SIGNED] = 's',
};

static bool holds(const struct inspect_report *report, const char *field)
{
    for (uint32_t i = 0; i < report->signature_count; i++)
        if (strcmp(report->signatures[i].field, field) == 0)
            return report->signatures[i].integrity;
    return false;
}

struct comparison_boxes comparison_boxes_of(const struct inspect_comparison *comparison,
                                            const struct inspect_report *report)
{
    struct comparison_boxes boxes = {.known = comparison != NULL};

    for (int i = 0; comparison && i < INSPECT_BOX_COUNT; i++) {
        const struct inspect_compared_box *box = &comparison->boxes[i];

        boxes.states[i] = box->state == INSPECT_BOX_SIGNED && !holds(report, box->field)
                              ? INSPECT_BOX_UNCLEAR
                              : box->state;
    }
    return boxes;
}

bool comparison_is_signed(enum inspect_box_state state)
{
    return state == INSPECT_BOX_WRITTEN || state == INSPECT_BOX_PRINTED ||
           state == INSPECT_BOX_SIGNED;
}

bool comparison_is_missing(const struct comparison_boxes *boxes, enum inspect_box box)
{
    return boxes->known && box != INSPECT_BOX_HOST && boxes->states[box] == INSPECT_BOX_EMPTY;
}

bool comparison_misses_any(const struct comparison_boxes *boxes)
{
    for (int i = 0; i < INSPECT_BOX_COUNT; i++)
        if (comparison_is_missing(boxes, (enum inspect_box)i))
            return true;
    return false;
}

/* Whether the report proves that the original was signed digitally, and nothing else. */
static bool only_signed(const struct inspect_report *report)
{
    if (report->original != INSPECT_ORIGINAL_PREFIX || report->verdict != INSPECT_INTACT ||
        report->more_additions)
        return false;
    for (uint32_t i = 0; i < report->addition_count; i++)
        if (report->additions[i].kind != INSPECT_ADDED_SIGNATURE)
            return false;
    return true;
}

const struct inspect_comparison *comparison_make(struct context *ctx, struct bytes original,
                                                 struct bytes returned,
                                                 const struct inspect_report *report)
{
    const struct inspect_comparison *comparison = NULL;

    if (inspect_compare(ctx->arena, ctx->settings, original, returned, only_signed(report),
                        &comparison) == ERR_OK)
        return comparison;
    log_failure("comparing a returned file with its original");
    return NULL;
}

static uint32_t part_of(float share)
{
    return (uint32_t)lroundf(fminf(fmaxf(share, 0), 1) * PARTS);
}

static enum err store_difference(struct context *ctx, uint64_t deposit, uint32_t number,
                                 const struct inspect_region *region)
{
    uint32_t x = part_of(region->area[0]), y = part_of(region->area[1]);
    uint32_t corners[8];

    for (int i = 0; i < 8; i++)
        corners[i] = part_of(region->returned[i]);
    return db_comparison_difference_insert(
        ctx->db, ctx->arena,
        &(struct comparison_difference_insert_in){
            .deposit_id = deposit,
            .number = number,
            .kind = inspect_difference_name(region->kind),
            .place = inspect_place_name(region->place),
            .page = region->page,
            .x = x,
            .y = y,
            .width = part_of(region->area[2]) - x,
            .height = part_of(region->area[3]) - y,
            .outline = arena_printf(ctx->arena,
                                    "%" PRIu32 ",%" PRIu32 " %" PRIu32 ",%" PRIu32 " %" PRIu32
                                    ",%" PRIu32 " %" PRIu32 ",%" PRIu32,
                                    corners[0], corners[1], corners[2], corners[3], corners[4],
                                    corners[5], corners[6], corners[7]),
            .text = region->text},
        NULL);
}

enum err comparison_store(struct context *ctx, uint64_t deposit,
                          const struct inspect_comparison *comparison,
                          const struct inspect_report *report)
{
    struct comparison_boxes boxes = comparison_boxes_of(comparison, report);
    char text[INSPECT_BOX_COUNT + 1] = "";

    for (int i = 0; i < INSPECT_BOX_COUNT; i++)
        text[i] = letters[boxes.states[i]];
    ERR_TRY(db_comparison_set_boxes(
        ctx->db, ctx->arena,
        &(struct comparison_set_boxes_in){.deposit_id = deposit, .boxes = comparison ? text : NULL},
        NULL));
    if (!comparison)
        return ERR_OK;
    ERR_TRY(db_comparison_insert(
        ctx->db, ctx->arena,
        &(struct comparison_insert_in){
            .deposit_id = deposit, .boxes = text, .more_differences = comparison->more_regions},
        NULL));
    for (uint32_t i = 0; i < comparison->page_count; i++)
        ERR_TRY(db_comparison_page_insert(
            ctx->db, ctx->arena,
            &(struct comparison_page_insert_in){
                .deposit_id = deposit,
                .page = i + 1,
                .returned = comparison->pages[i].returned,
                .pairing = inspect_pairing_name(comparison->pages[i].pairing)},
            NULL));
    for (uint32_t i = 0; i < comparison->region_count; i++)
        ERR_TRY(store_difference(ctx, deposit, i + 1, &comparison->regions[i]));
    return ERR_OK;
}

struct comparison_boxes comparison_boxes_parse(const char *text)
{
    struct comparison_boxes boxes = {.known = text && strlen(text) == INSPECT_BOX_COUNT};

    for (int i = 0; boxes.known && i < INSPECT_BOX_COUNT; i++)
        for (int state = 0; state < INSPECT_BOX_STATE_COUNT; state++)
            if (letters[state] == text[i])
                boxes.states[i] = (enum inspect_box_state)state;
    return boxes;
}
