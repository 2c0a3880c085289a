#include "domain/paper_facts.h"

#include <inttypes.h>

#include "db/document.h"

enum err paper_load_image(struct context *ctx, bool has, uint64_t id, struct paper_image *image)
{
    struct image_by_id_row *row;
    struct document pixels;

    if (!has)
        return ERR_OK;
    ERR_TRY(db_image_by_id(ctx->db, ctx->arena, &(struct image_by_id_in){.id = id}, &row));
    if (!row)
        return err_raise(ERR_INTERNAL, NULL, "image %" PRIu64 " is not there", id);
    ERR_TRY(db_document_load(ctx->db, ctx->arena, row->pixels_id, &pixels));
    if (pixels.content.length != (size_t)row->width * row->height * 3)
        return err_raise(ERR_INTERNAL, NULL, "image %" PRIu64 " has the wrong size", id);
    *image = (struct paper_image){
        .rgb = pixels.content.data, .width = row->width, .height = row->height};
    return ERR_OK;
}

enum err paper_load_school(struct context *ctx, uint64_t id, struct paper_school *school,
                           struct establishment_by_id_row **row)
{
    ERR_TRY(db_establishment_by_id(ctx->db, ctx->arena, &(struct establishment_by_id_in){.id = id},
                                   row));
    if (!*row)
        return err_raise(ERR_INTERNAL, NULL, "establishment %" PRIu64 " is not there", id);
    *school = (struct paper_school){.name = (*row)->name,
                                    .uai = (*row)->uai,
                                    .address = (*row)->address,
                                    .postal_code = (*row)->postal_code,
                                    .city = (*row)->city,
                                    .phone = (*row)->phone,
                                    .email = (*row)->email,
                                    .head_name = (*row)->head_name,
                                    .head_title = (*row)->head_title};
    return paper_load_image(ctx, (*row)->has_signature_id, (*row)->signature_id,
                            &school->signature);
}
