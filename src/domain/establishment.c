#include "domain/establishment.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "db/document.h"
#include "db/statements.h"
#include "domain/revision.h"
#include "domain/texts.h"
#include "inspect/client.h"

#define UAI_LENGTH 8
#define UAI_DIGITS 7

char uai_letter(const char *text)
{
    static const char letters[] = "ABCDEFGHJKLMNPRSTUVWXYZ";
    unsigned number = 0;

    for (size_t i = 0; i < UAI_DIGITS; i++) {
        if (text[i] < '0' || text[i] > '9')
            return 0;
        number = number * 10 + (unsigned)(text[i] - '0');
    }
    return letters[number % (sizeof letters - 1)];
}

const char *uai_tidy(struct arena *arena, const char *typed)
{
    char *tidy = arena_strdup(arena, text_upper(arena, text_squeeze(arena, typed))), *to = tidy;

    for (const char *from = tidy; *from; from++)
        if (*from != ' ')
            *to++ = *from;
    *to = '\0';
    return tidy;
}

bool uai_is_valid(const char *text)
{
    return strlen(text) == UAI_LENGTH && text[UAI_DIGITS] == uai_letter(text);
}

static enum err check(const struct establishment *establishment)
{
    const struct text_rule rules[] = {
        {"name", establishment->name, 200, true, false},
        {"address", establishment->address, 300, false, false},
        {"postal code", establishment->postal_code, 10, false, false},
        {"city", establishment->city, 100, false, false},
        {"phone", establishment->phone, 30, false, false},
        {"head's name", establishment->head_name, 150, false, false},
        {"head's title", establishment->head_title, 150, false, false},
    };

    if (!text_is_email(establishment->email))
        return err_raise(ERR_INVALID, "email-invalid", "email");
    return TEXTS_CHECK(rules);
}

struct changing {
    struct context *ctx;
    uint64_t id;      /* out, where it is created */
    uint32_t version; /* that was seen; 0 for whichever it is */
    bool with_uai;    /* the UAI is changed, too */
    const struct establishment *establishment;
};

enum err establishment_insert(struct context *ctx, const struct establishment *establishment,
                              uint64_t *id)
{
    struct db_done done;

    if (!uai_is_valid(establishment->uai))
        return err_raise(ERR_INVALID, "uai-invalid", "UAI %s", establishment->uai);
    ERR_TRY(check(establishment));
    ERR_TRY(db_establishment_insert(
        ctx->db, ctx->arena,
        &(struct establishment_insert_in){.uai = establishment->uai,
                                          .name = establishment->name,
                                          .folded_name = text_fold(ctx->arena, establishment->name),
                                          .address = establishment->address,
                                          .postal_code = establishment->postal_code,
                                          .city = establishment->city,
                                          .phone = establishment->phone,
                                          .email = establishment->email,
                                          .head_name = establishment->head_name,
                                          .head_title = establishment->head_title,
                                          .board_day = establishment->board_day,
                                          .now = ctx->now},
        &done));
    *id = done.insert_id;
    return db_revision_begin(ctx->db, ctx->arena,
                             &(struct revision_begin_in){.establishment_id = *id}, NULL);
}

static enum err create_once(void *what)
{
    struct changing *creating = what;

    return establishment_insert(creating->ctx, creating->establishment, &creating->id);
}

enum err establishment_create(struct context *ctx, const struct establishment *establishment,
                              uint64_t *id)
{
    struct changing creating = {.ctx = ctx, .establishment = establishment};
    struct establishment_by_uai_row *same;

    ERR_TRY(db_establishment_by_uai(
        ctx->db, ctx->arena, &(struct establishment_by_uai_in){.uai = establishment->uai}, &same));
    if (same)
        return err_raise(ERR_CONFLICT, "uai-taken", "UAI %s", establishment->uai);
    ERR_TRY(db_transaction(ctx->db, create_once, &creating));
    *id = creating.id;
    return ERR_OK;
}

enum err establishment_find(struct context *ctx, const char *uai, uint64_t *id)
{
    struct establishment_by_uai_row *row;

    ERR_TRY(db_establishment_by_uai(ctx->db, ctx->arena,
                                    &(struct establishment_by_uai_in){.uai = uai}, &row));
    if (!row)
        return err_raise(ERR_NOT_FOUND, "uai-unknown", "UAI %s", uai);
    *id = row->id;
    return ERR_OK;
}

static enum err change_uai(const struct changing *changing)
{
    const char *uai = changing->establishment->uai;
    struct context *ctx = changing->ctx;
    struct establishment_by_uai_row *same;

    ERR_TRY(db_establishment_by_uai(ctx->db, ctx->arena,
                                    &(struct establishment_by_uai_in){.uai = uai}, &same));
    if (same && same->id != changing->id)
        return err_raise(ERR_CONFLICT, "uai-taken", "UAI %s", uai);
    return db_establishment_set_uai(
        ctx->db, ctx->arena, &(struct establishment_set_uai_in){.id = changing->id, .uai = uai},
        NULL);
}

/* Lists of conventions show the origin's name as it is now, and find it by that. */
static enum err rename_in_searches(struct context *ctx, uint64_t id, const char *before,
                                   const char *after)
{
    if (strcmp(before, after) == 0)
        return ERR_OK;
    return db_convention_rename_origin(
        ctx->db, ctx->arena,
        &(struct convention_rename_origin_in){.origin_id = id, .before = before, .after = after},
        NULL);
}

enum err establishment_write(struct context *ctx, uint64_t id, uint32_t version,
                             const struct establishment *establishment)
{
    const char *folded_name = text_fold(ctx->arena, establishment->name);
    struct establishment_lock_row *row;

    ERR_TRY(check(establishment));
    ERR_TRY(db_establishment_lock(ctx->db, ctx->arena, &(struct establishment_lock_in){.id = id},
                                  &row));
    if (!row)
        return err_raise(ERR_NOT_FOUND, NULL, "establishment %" PRIu64, id);
    if (version != 0 && version != row->version)
        return err_raise(ERR_CONFLICT, "establishment-out-of-date", "establishment %" PRIu64, id);
    ERR_TRY(rename_in_searches(ctx, id, row->folded_name, folded_name));
    return db_establishment_update(
        ctx->db, ctx->arena,
        &(struct establishment_update_in){.id = id,
                                          .name = establishment->name,
                                          .folded_name = folded_name,
                                          .address = establishment->address,
                                          .postal_code = establishment->postal_code,
                                          .city = establishment->city,
                                          .phone = establishment->phone,
                                          .email = establishment->email,
                                          .head_name = establishment->head_name,
                                          .head_title = establishment->head_title,
                                          .board_day = establishment->board_day},
        NULL);
}

static enum err change_once(void *what)
{
    const struct changing *changing = what;

    ERR_TRY(establishment_write(changing->ctx, changing->id, changing->version,
                                changing->establishment));
    if (changing->with_uai)
        ERR_TRY(change_uai(changing));
    return revision_raise_all(changing->ctx);
}

enum err establishment_change(struct context *ctx, uint64_t id, uint32_t version,
                              const struct establishment *establishment)
{
    return db_transaction(
        ctx->db, change_once,
        &(struct changing){
            .ctx = ctx, .id = id, .version = version, .establishment = establishment});
}

enum err establishment_correct(struct context *ctx, uint64_t id, uint32_t version,
                               const struct establishment *establishment)
{
    if (!uai_is_valid(establishment->uai))
        return err_raise(ERR_INVALID, "uai-invalid", "UAI %s", establishment->uai);
    return db_transaction(ctx->db, change_once,
                          &(struct changing){.ctx = ctx,
                                             .id = id,
                                             .version = version,
                                             .with_uai = true,
                                             .establishment = establishment});
}

struct setting_image {
    struct context *ctx;
    uint64_t id;
    enum image_use use;
    struct bytes file;
    const struct inspect_image *image; /* NULL to have none */
};

static enum err store_image(const struct setting_image *setting, uint64_t *id)
{
    const struct inspect_image *image = setting->image;
    struct context *ctx = setting->ctx;
    struct bytes pixels = {image->rgb, (size_t)image->width * image->height * 3};
    uint64_t pixels_id;
    uint64_t source_id;
    struct db_done done;

    ERR_TRY(db_document_store(ctx->db, ctx->arena, pixels, "image/x-rgb", &pixels_id));
    ERR_TRY(db_document_store(ctx->db, ctx->arena, setting->file, "application/octet-stream",
                              &source_id));
    ERR_TRY(db_image_insert(ctx->db, ctx->arena,
                            &(struct image_insert_in){.width = image->width,
                                                      .height = image->height,
                                                      .pixels_id = pixels_id,
                                                      .source_id = source_id,
                                                      .now = ctx->now},
                            &done));
    *id = done.insert_id;
    return ERR_OK;
}

static enum err set_image(void *what)
{
    const struct setting_image *setting = what;
    struct context *ctx = setting->ctx;
    bool has = setting->image != NULL;
    uint64_t image = 0;

    if (has)
        ERR_TRY(store_image(setting, &image));
    if (setting->use == IMAGE_LOGO)
        ERR_TRY(db_establishment_set_logo(ctx->db, ctx->arena,
                                          &(struct establishment_set_logo_in){.id = setting->id,
                                                                              .has_image_id = has,
                                                                              .image_id = image},
                                          NULL));
    else
        ERR_TRY(db_establishment_set_signature(
            ctx->db, ctx->arena,
            &(struct establishment_set_signature_in){
                .id = setting->id, .has_image_id = has, .image_id = image},
            NULL));
    return revision_raise(ctx, setting->id, setting->id);
}

/* What the inspector says of a file that broke it speaks of PDFs. */
static enum err decode(struct context *ctx, struct bytes file, struct inspect_image **image)
{
    static const char *const of_pdfs[] = {"inspect-damaged", "inspect-too-much", "inspect-too-slow",
                                          "inspect-memory", "inspect-crashed"};
    enum err code = inspect_image(ctx->arena, ctx->settings, file, image);

    for (size_t i = 0; code != ERR_OK && i < sizeof of_pdfs / sizeof of_pdfs[0]; i++)
        if (strcmp(err_last()->key, of_pdfs[i]) == 0)
            return err_raise(ERR_INVALID, "image-damaged", "%s", of_pdfs[i]);
    return code;
}

enum err establishment_set_image(struct context *ctx, uint64_t id, enum image_use use,
                                 struct bytes file)
{
    struct inspect_image *image;
    struct setting_image setting = {.ctx = ctx, .id = id, .use = use, .file = file};

    if (file.length > IMAGE_FILE_MOST)
        return err_raise(ERR_TOO_LARGE, "image-file-too-large", "%zu bytes", file.length);
    ERR_TRY(decode(ctx, file, &image));
    setting.image = image;
    return db_transaction(ctx->db, set_image, &setting);
}

enum err establishment_remove_image(struct context *ctx, uint64_t id, enum image_use use)
{
    return db_transaction(ctx->db, set_image,
                          &(struct setting_image){.ctx = ctx, .id = id, .use = use});
}

struct licensing {
    struct context *ctx;
    uint64_t establishment;
    const char *starts_on;
    const char *ends_on;
    uint64_t overlaps; /* out */
};

/* Under the establishment's lock, so that a form sent twice adds one licence. */
static enum err look_for_others(struct licensing *licensing)
{
    struct context *ctx = licensing->ctx;
    struct establishment_lock_row *establishment;
    struct licence_overlaps_row *others;

    ERR_TRY(db_establishment_lock(ctx->db, ctx->arena,
                                  &(struct establishment_lock_in){.id = licensing->establishment},
                                  &establishment));
    if (!establishment)
        return err_raise(ERR_NOT_FOUND, NULL, "establishment %" PRIu64, licensing->establishment);
    ERR_TRY(db_licence_overlaps(
        ctx->db, ctx->arena,
        &(struct licence_overlaps_in){.establishment_id = licensing->establishment,
                                      .starts_on = licensing->starts_on,
                                      .ends_on = licensing->ends_on},
        &others));
    if (others->same > 0)
        return err_raise(ERR_CONFLICT, "licence-same", "establishment %" PRIu64,
                         licensing->establishment);
    licensing->overlaps = others->total;
    return ERR_OK;
}

static enum err license_once(void *what)
{
    struct licensing *licensing = what;
    struct context *ctx = licensing->ctx;

    ERR_TRY(look_for_others(licensing));
    ERR_TRY(
        db_licence_insert(ctx->db, ctx->arena,
                          &(struct licence_insert_in){.establishment_id = licensing->establishment,
                                                      .starts_on = licensing->starts_on,
                                                      .ends_on = licensing->ends_on,
                                                      .has_account_id = ctx->actor.account != 0,
                                                      .account_id = ctx->actor.account,
                                                      .now = ctx->now},
                          NULL));
    ERR_TRY(db_licence_take_effect(
        ctx->db, ctx->arena,
        &(struct licence_take_effect_in){.establishment_id = licensing->establishment}, NULL));
    return revision_raise(ctx, licensing->establishment, licensing->establishment);
}

enum err licence_add(struct context *ctx, uint64_t establishment, const char *starts_on,
                     const char *ends_on, uint64_t *overlaps)
{
    struct licensing licensing = {
        .ctx = ctx, .establishment = establishment, .starts_on = starts_on, .ends_on = ends_on};

    if (!clock_is_day(starts_on) || !clock_is_day(ends_on) || strcmp(starts_on, ends_on) > 0)
        return err_raise(ERR_INVALID, "licence-days", "%s to %s", starts_on, ends_on);
    if (clock_days_between(starts_on, ends_on) > LICENCE_YEARS_MOST * 366)
        return err_raise(ERR_INVALID, "licence-long", "%s to %s", starts_on, ends_on);
    ERR_TRY(db_transaction(ctx->db, license_once, &licensing));
    if (overlaps)
        *overlaps = licensing.overlaps;
    return ERR_OK;
}
