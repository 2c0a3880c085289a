/* Documents on a real MariaDB. */
#include "base/crypto.h"
#include "db/document.h"
#include "t/unit/probe.h"

static enum err store_and_fail(void *arg)
{
    struct stage *stage = arg;

    ERR_TRY(
        db_document_store(stage->db, stage->arena, bytes_of("content"), "text/plain", &stage->id));
    return err_raise(ERR_FORBIDDEN, "test-failure", "the body failed");
}

static void test_documents(struct stage *stage)
{
    size_t size = (size_t)5 * 1024 * 1024 + 1;
    unsigned char *content = arena_alloc(stage->arena, size);
    struct bytes whole = {content, size};
    struct probe_parts_row *parts;
    struct document document;
    uint64_t id, empty;
    int64_t now = clock_now();

    crypto_random(content, size);
    OK(done(db_document_store(stage->db, stage->arena, whole, "application/pdf", &id)),
       "a document of 5 MiB and a byte is stored");
    OK(done(db_probe_parts(stage->db, stage->arena, &(struct probe_parts_in){id}, &parts)) &&
           parts->parts == 6 && parts->largest == 1024 * 1024,
       "in parts of a MiB");
    OK(done(db_document_load(stage->db, stage->arena, id, &document)) &&
           bytes_equal(document.content, whole),
       "it is loaded byte for byte");
    OK(document.id == id && document.size == size &&
           strcmp(document.media_type, "application/pdf") == 0 && document.sha256.length == 32 &&
           document.created_at >= now - 5 && document.created_at <= now + 60,
       "with its size, type, hash and time");
    OK(done(db_document_info(stage->db, stage->arena, id, &document)) && document.size == size &&
           !document.content.data,
       "all but its content is to be had alone");
    OK(done(db_document_store(stage->db, stage->arena, whole, "application/pdf", &empty)) &&
           empty != id,
       "the same content again is another document");
    OK(done(db_probe_damage(stage->db, stage->arena, &(struct probe_damage_in){id}, NULL)) &&
           failed(db_document_load(stage->db, stage->arena, id, &document), ERR_INTERNAL,
                  "document-damaged"),
       "a changed byte is noticed");
    OK(done(db_probe_lose(stage->db, stage->arena, &(struct probe_lose_in){id}, NULL)) &&
           failed(db_document_load(stage->db, stage->arena, id, &document), ERR_INTERNAL,
                  "document-damaged"),
       "a lost part is noticed");
    OK(failed(db_document_load(stage->db, stage->arena, 999999, &document), ERR_NOT_FOUND,
              "document-missing"),
       "a document that never was is not found");
    OK(done(db_document_remove(stage->db, stage->arena, id)) &&
           done(db_probe_parts(stage->db, stage->arena, &(struct probe_parts_in){id}, &parts)) &&
           parts->parts == 0 &&
           failed(db_document_remove(stage->db, stage->arena, id), ERR_NOT_FOUND,
                  "document-missing"),
       "a document is removed with its parts, once");
    OK(done(db_document_store(stage->db, stage->arena, bytes_of(""), "text/plain", &empty)) &&
           done(db_document_load(stage->db, stage->arena, empty, &document)) &&
           document.content.length == 0,
       "an empty document is stored and loaded");
    OK(failed(db_transaction(stage->db, store_and_fail, stage), ERR_FORBIDDEN, "test-failure") &&
           failed(db_document_info(stage->db, stage->arena, stage->id, &document), ERR_NOT_FOUND,
                  "document-missing"),
       "a document stored in a transaction goes with it");
}

int main(void)
{
    struct settings settings;
    struct stage stage = stage_open(&settings);

    test_documents(&stage);
    return stage_end(&stage);
}
