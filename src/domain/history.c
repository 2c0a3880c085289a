#include "domain/history.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/secret.h"
#include "db/statements.h"

/* Long enough for a row: its texts are bounded by their columns, 4 bytes a character at most. */
#define ROW_LIMIT 16384

struct sealed {
    uint64_t convention;
    uint32_t sequence;
    const char *event;
    uint64_t account;
    const char *actor_name;
    const char *actor_establishment;
    int64_t at;
    const char *address;
    uint64_t document;
    const char *detail;
};

/* Each field is preceded by its length, so that no two rows have the same bytes. */
static void put_text(struct buf *row, const char *text)
{
    buf_printf(row, "%zu:%s,", strlen(text), text);
}

static enum err seal(struct context *ctx, const unsigned char before[CRYPTO_SHA256_SIZE],
                     const struct sealed *row, unsigned char hash[CRYPTO_SHA256_SIZE])
{
    struct buf text = buf_new(ctx->arena, ROW_LIMIT);

    buf_put(&text, before, CRYPTO_SHA256_SIZE);
    buf_printf(&text, "%" PRIu64 ",%" PRIu32 ",%" PRIu64 ",%" PRId64 ",%" PRIu64 ",",
               row->convention, row->sequence, row->account, row->at, row->document);
    put_text(&text, row->event);
    put_text(&text, row->actor_name);
    put_text(&text, row->actor_establishment);
    put_text(&text, row->address);
    put_text(&text, row->detail);
    if (text.overflown)
        return err_raise(ERR_INTERNAL, NULL, "history row of convention %" PRIu64 " is too long",
                         row->convention);
    return secret_mac(ctx->settings, "paraphe-history-v1", buf_bytes(&text), hash);
}

enum err history_append(struct context *ctx, uint64_t convention, struct history_end *end,
                        enum convention_event event, uint64_t document, const char *detail)
{
    struct sealed row = {.convention = convention,
                         .sequence = end->length + 1,
                         .event = event_name(event),
                         .account = ctx->actor.account,
                         .actor_name = ctx->actor.name,
                         .actor_establishment = ctx->actor.establishment_name,
                         .at = ctx->now,
                         .address = ctx->address,
                         .document = document,
                         .detail = detail};
    unsigned char hash[CRYPTO_SHA256_SIZE];

    ERR_TRY(seal(ctx, end->head, &row, hash));
    ERR_TRY(db_history_insert(
        ctx->db, ctx->arena,
        &(struct history_insert_in){.convention_id = convention,
                                    .sequence = row.sequence,
                                    .event = row.event,
                                    .has_account_id = row.account != 0,
                                    .account_id = row.account,
                                    .actor_name = row.actor_name,
                                    .actor_establishment = row.actor_establishment,
                                    .now = row.at,
                                    .address = row.address,
                                    .has_document_id = document != 0,
                                    .document_id = document,
                                    .detail = detail,
                                    .hash = {hash, sizeof hash}},
        NULL));
    end->length = row.sequence;
    memcpy(end->head, hash, sizeof hash);
    return ERR_OK;
}

/* A convention, and the end of its chain as it keeps it. */
struct chain {
    struct context *ctx;
    uint64_t convention;
    uint32_t length;
    struct bytes head;
    struct history_finding found; /* out */
};

static struct sealed sealed_of(const struct chain *chain, const struct history_list_row *row)
{
    return (struct sealed){.convention = chain->convention,
                           .sequence = row->sequence,
                           .event = row->event,
                           .account = row->has_account_id ? row->account_id : 0,
                           .actor_name = row->actor_name,
                           .actor_establishment = row->actor_establishment,
                           .at = row->created_at,
                           .address = row->address,
                           .document = row->has_document_id ? row->document_id : 0,
                           .detail = row->detail};
}

/* What is wrong at the end of rows that hold one by one, as far as the convention keeps it. */
static enum history_fault fault_of_end(const struct chain *chain, uint32_t count,
                                       const unsigned char head[CRYPTO_SHA256_SIZE])
{
    if (count < chain->length)
        return HISTORY_MISSING;
    if (count > chain->length)
        return HISTORY_ADDED;
    return chain->head.length == CRYPTO_SHA256_SIZE &&
                   memcmp(chain->head.data, head, CRYPTO_SHA256_SIZE) == 0
               ? HISTORY_HOLDS
               : HISTORY_END;
}

/* Whether the chain of one convention holds, from its first row to the end the convention keeps. */
static enum err check_chain(struct chain *chain)
{
    struct context *ctx = chain->ctx;
    unsigned char head[CRYPTO_SHA256_SIZE] = {0};
    struct history_list_row *rows;
    size_t count;

    ERR_TRY(db_history_list(ctx->db, ctx->arena,
                            &(struct history_list_in){.convention_id = chain->convention}, &rows,
                            &count));
    chain->found = (struct history_finding){.events = (uint32_t)count};
    for (size_t i = 0; i < count; i++) {
        struct sealed sealed = sealed_of(chain, &rows[i]);

        chain->found.sequence = (uint32_t)i + 1;
        if (rows[i].sequence != chain->found.sequence) {
            chain->found.fault = HISTORY_MISSING;
            return ERR_OK;
        }
        ERR_TRY(seal(ctx, head, &sealed, head));
        if (rows[i].hash.length != sizeof head ||
            memcmp(rows[i].hash.data, head, sizeof head) != 0) {
            chain->found.fault = HISTORY_CHANGED;
            return ERR_OK;
        }
    }
    chain->found.fault = fault_of_end(chain, (uint32_t)count, head);
    if (chain->found.fault != HISTORY_END)
        chain->found.sequence =
            chain->found.fault == HISTORY_ADDED ? chain->length + 1 : (uint32_t)count + 1;
    return ERR_OK;
}

/* The same under the convention's lock. */
static enum err check_chain_locked(void *what)
{
    struct chain *chain = what;
    struct history_chain_lock_row *row;

    ERR_TRY(db_history_chain_lock(chain->ctx->db, chain->ctx->arena,
                                  &(struct history_chain_lock_in){.id = chain->convention}, &row));
    if (!row)
        return ERR_OK; /* gone: nothing is left to check */
    chain->length = row->history_length;
    chain->head = row->history_head;
    return check_chain(chain);
}

/* A chain that seems broken may only have grown while it was read: it is looked at again. */
enum err history_examine(struct context *ctx, const struct history_chains_row *row,
                         struct history_finding *found)
{
    struct chain chain = {.ctx = ctx,
                          .convention = row->id,
                          .length = row->history_length,
                          .head = row->history_head};

    ERR_TRY(check_chain(&chain));
    if (chain.found.fault != HISTORY_HOLDS)
        ERR_TRY(db_transaction(ctx->db, check_chain_locked, &chain));
    *found = chain.found;
    return ERR_OK;
}

enum err history_verify(struct context *ctx, uint64_t **broken, size_t *count)
{
    struct buf found = buf_new(ctx->arena, sizeof(uint64_t) * 100000);
    uint64_t after = 0;
    size_t chains;

    do {
        struct history_chains_row *rows;

        ERR_TRY(db_history_chains(ctx->db, ctx->arena, &(struct history_chains_in){.after = after},
                                  &rows, &chains));
        for (size_t i = 0; i < chains; i++) {
            struct history_finding finding;

            ERR_TRY(history_examine(ctx, &rows[i], &finding));
            if (finding.fault != HISTORY_HOLDS)
                buf_put(&found, &rows[i].id, sizeof rows[i].id);
            after = rows[i].id;
        }
    } while (chains > 0);
    *count = found.length / sizeof(uint64_t);
    *broken = ARENA_NEW_ARRAY(ctx->arena, *count, uint64_t);
    memcpy(*broken, found.data, *count * sizeof(uint64_t));
    return ERR_OK;
}

enum err history_conflict(struct context *ctx, uint64_t convention)
{
    struct history_last_row *last;

    ERR_TRY(db_history_last(ctx->db, ctx->arena,
                            &(struct history_last_in){.convention_id = convention}, &last));
    if (last)
        ctx->meanwhile = (struct meanwhile){.event = last->event,
                                            .actor_name = last->actor_name,
                                            .actor_establishment = last->actor_establishment,
                                            .at = last->created_at};
    return err_raise(ERR_CONFLICT, "convention-out-of-date", "convention %" PRIu64, convention);
}
