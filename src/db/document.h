/* Files kept in the database, in parts of 1 MiB, each with the hash of its content. */
#ifndef PARAPHE_DB_DOCUMENT_H
#define PARAPHE_DB_DOCUMENT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "db/db.h"

struct document {
    uint64_t id;
    uint64_t size;       /* bytes */
    struct bytes sha256; /* 32 bytes */
    const char *media_type;
    int64_t created_at;   /* UTC */
    struct bytes content; /* {NULL, 0} from db_document_info */
};

/* Stores content, which is never changed afterwards, in the caller's transaction or, outside of
 * one, in its own. media_type is like "application/pdf", at most 100 ASCII characters. */
enum err db_document_store(struct db *db, struct arena *arena, struct bytes content,
                           const char *media_type, uint64_t *id);

/* Loads a document whole into the arena. ERR_NOT_FOUND "document-missing" if there is none;
 * ERR_INTERNAL "document-damaged" if what the database holds is not what was stored. */
enum err db_document_load(struct db *db, struct arena *arena, uint64_t id,
                          struct document *document);

/* All but the content. */
enum err db_document_info(struct db *db, struct arena *arena, uint64_t id,
                          struct document *document);

/* Removes a document that nothing refers to any more; ERR_CONFLICT "db-referenced" if something
 * does, ERR_NOT_FOUND "document-missing" if there is none. */
enum err db_document_remove(struct db *db, struct arena *arena, uint64_t id);

#endif
