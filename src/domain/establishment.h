/* Establishments and their licences, as the operator sets them up and their admins keep them. */
#ifndef PARAPHE_DOMAIN_ESTABLISHMENT_H
#define PARAPHE_DOMAIN_ESTABLISHMENT_H

#include "base/bytes.h"
#include "domain/context.h"

struct establishment {
    const char *uai;
    const char *name;
    const char *address;
    const char *postal_code;
    const char *city;
    const char *phone;
    const char *email;
    const char *head_name;
    const char *head_title;
    const char *board_day; /* YYYY-MM-DD or NULL */
};

/* Whether text is a UAI: 7 digits and the check letter of index (the digits mod 23) in
 * ABCDEFGHJKLMNPRSTUVWXYZ. */
bool uai_is_valid(const char *text);

/* A UAI as people write it, "069 1234s", as it is kept. */
const char *uai_tidy(struct arena *arena, const char *typed);

/* The check letter that the first seven characters ask for; 0 where they are not seven digits. */
char uai_letter(const char *text);

/* Errors: ERR_INVALID "uai-invalid", "email-invalid" or as texts_check; ERR_CONFLICT "uai-taken".
 */
enum err establishment_create(struct context *ctx, const struct establishment *establishment,
                              uint64_t *id);
enum err establishment_find(struct context *ctx, const char *uai, uint64_t *id);

/* Writes the data; the UAI stays. version: the one that was changed, 0 for whichever it is.
 * Conventions already drawn keep what they say. Errors: ERR_NOT_FOUND; ERR_CONFLICT
 * "establishment-out-of-date". */
enum err establishment_change(struct context *ctx, uint64_t id, uint32_t version,
                              const struct establishment *establishment);

/* The same by the operator, who may correct the UAI, too. Errors besides: ERR_INVALID
 * "uai-invalid", ERR_CONFLICT "uai-taken". */
enum err establishment_correct(struct context *ctx, uint64_t id, uint32_t version,
                               const struct establishment *establishment);

/* What creating and changing do, within the caller's transaction, which raises the revisions. A UAI
 * that another has is ERR_CONFLICT "db-duplicate" here. */
enum err establishment_insert(struct context *ctx, const struct establishment *establishment,
                              uint64_t *id);
enum err establishment_write(struct context *ctx, uint64_t id, uint32_t version,
                             const struct establishment *establishment);

enum image_use { IMAGE_LOGO, IMAGE_SIGNATURE };

#define IMAGE_FILE_MOST ((size_t)5 * 1024 * 1024) /* bytes of its file */

/* Sets the logo or the head's signature from a PNG or JPEG, decoded in the inspector. Conventions
 * already drawn keep theirs. Errors: ERR_TOO_LARGE "image-file-too-large", ERR_INVALID
 * "image-damaged", and the inspector's. */
enum err establishment_set_image(struct context *ctx, uint64_t id, enum image_use use,
                                 struct bytes file);

/* Takes it away; nothing where there is none. */
enum err establishment_remove_image(struct context *ctx, uint64_t id, enum image_use use);

#define LICENCE_YEARS_MOST 10

/* Adds a licence from one day to another, both included. *overlaps (or NULL): how many others hold
 * on one of these days, which is no fault. Errors: ERR_INVALID "licence-days" (no such days, or in
 * the wrong order), "licence-long" (more than LICENCE_YEARS_MOST years); ERR_CONFLICT
 * "licence-same" where it is there already; ERR_NOT_FOUND. */
enum err licence_add(struct context *ctx, uint64_t establishment, const char *starts_on,
                     const char *ends_on, uint64_t *overlaps);

#endif
