#include "db/document.h"

#include <inttypes.h>

#include "base/crypto.h"
#include "db/statements.h"

#define PART_SIZE ((size_t)1024 * 1024)

struct storing {
    struct db *db;
    struct arena *arena;
    struct bytes content;
    const char *media_type;
    uint64_t id;
};

static enum err store_parts(const struct storing *storing)
{
    struct document_part_insert_in part = {.document_id = storing->id};

    for (size_t done = 0; done < storing->content.length; done += part.bytes.length) {
        size_t left = storing->content.length - done;

        part.bytes.data = storing->content.data + done;
        part.bytes.length = left < PART_SIZE ? left : PART_SIZE;
        ERR_TRY(db_document_part_insert(storing->db, storing->arena, &part, NULL));
        part.number++;
    }
    return ERR_OK;
}

static enum err store(void *arg)
{
    struct storing *storing = arg;
    unsigned char digest[CRYPTO_SHA256_SIZE];
    struct document_insert_in in = {.sha256 = {digest, sizeof digest},
                                    .size = storing->content.length,
                                    .media_type = storing->media_type};
    struct db_done done;

    crypto_sha256(storing->content, digest);
    ERR_TRY(db_document_insert(storing->db, storing->arena, &in, &done));
    storing->id = done.insert_id;
    return store_parts(storing);
}

enum err db_document_store(struct db *db, struct arena *arena, struct bytes content,
                           const char *media_type, uint64_t *id)
{
    struct storing storing = {db, arena, content, media_type, 0};

    ERR_TRY(db_in_transaction(db) ? store(&storing) : db_transaction(db, store, &storing));
    *id = storing.id;
    return ERR_OK;
}

static enum err missing(uint64_t id)
{
    return err_raise(ERR_NOT_FOUND, "document-missing", "document %" PRIu64, id);
}

enum err db_document_info(struct db *db, struct arena *arena, uint64_t id,
                          struct document *document)
{
    struct document_by_id_row *row;

    ERR_TRY(db_document_by_id(db, arena, &(struct document_by_id_in){.id = id}, &row));
    if (!row)
        return missing(id);
    *document = (struct document){.id = id,
                                  .size = row->size,
                                  .sha256 = row->sha256,
                                  .media_type = row->media_type,
                                  .created_at = row->created_at};
    return ERR_OK;
}

static enum err damaged(const struct document *document, const char *how)
{
    return err_raise(ERR_INTERNAL, "document-damaged", "document %" PRIu64 ": %s", document->id,
                     how);
}

/* Reads the parts behind each other to place, which has room for the document's size. */
static enum err load_parts(struct db *db, struct arena *scratch, const struct document *document,
                           unsigned char *place)
{
    size_t done = 0;

    for (uint32_t number = 0; done < document->size; number++) {
        struct document_part_by_number_in in = {.document_id = document->id, .number = number};
        struct document_part_by_number_row *row;

        arena_reset(scratch);
        ERR_TRY(db_document_part_by_number(db, scratch, &in, &row));
        if (!row || row->bytes.length == 0)
            return damaged(document, "a part is missing");
        if (row->bytes.length > document->size - done)
            return damaged(document, "a part is too long");
        memcpy(place + done, row->bytes.data, row->bytes.length);
        done += row->bytes.length;
    }
    return ERR_OK;
}

enum err db_document_load(struct db *db, struct arena *arena, uint64_t id,
                          struct document *document)
{
    unsigned char digest[CRYPTO_SHA256_SIZE], *place;
    struct arena *scratch;
    enum err err;

    ERR_TRY(db_document_info(db, arena, id, document));
    /* The caller's arena may jump when it is full: it gives the space before the scratch is. */
    place = arena_alloc(arena, document->size);
    /* A MEDIUMBLOB, which is what the column holds at most, and some. */
    scratch = arena_new((size_t)18 * 1024 * 1024);
    err = load_parts(db, scratch, document, place);
    arena_free(scratch);
    if (err != ERR_OK)
        return err;
    document->content = (struct bytes){place, document->size};
    crypto_sha256(document->content, digest);
    if (!bytes_equal(document->sha256, (struct bytes){digest, sizeof digest}))
        return damaged(document, "its hash is another");
    return ERR_OK;
}

enum err db_document_remove(struct db *db, struct arena *arena, uint64_t id)
{
    struct db_done done;

    ERR_TRY(db_document_delete(db, arena, &(struct document_delete_in){.id = id}, &done));
    return done.affected == 1 ? ERR_OK : missing(id);
}
