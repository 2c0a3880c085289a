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
    bool holds; /* out */
};

/* Whether the chain of one convention holds, from its first row to the end the convention keeps. */
static enum err check_chain(struct chain *chain)
{
    struct context *ctx = chain->ctx;
    unsigned char head[CRYPTO_SHA256_SIZE] = {0};
    struct history_list_row *rows;
    size_t count;

    chain->holds = false;
    ERR_TRY(db_history_list(ctx->db, ctx->arena,
                            &(struct history_list_in){.convention_id = chain->convention}, &rows,
                            &count));
    if (count != chain->length || chain->head.length != sizeof head)
        return ERR_OK;
    for (size_t i = 0; i < count; i++) {
        const struct history_list_row *row = &rows[i];
        struct sealed sealed = {.convention = chain->convention,
                                .sequence = (uint32_t)i + 1,
                                .event = row->event,
                                .account = row->has_account_id ? row->account_id : 0,
                                .actor_name = row->actor_name,
                                .actor_establishment = row->actor_establishment,
                                .at = row->created_at,
                                .address = row->address,
                                .document = row->has_document_id ? row->document_id : 0,
                                .detail = row->detail};

        ERR_TRY(seal(ctx, head, &sealed, head));
        if (row->sequence != sealed.sequence || row->hash.length != sizeof head ||
            memcmp(row->hash.data, head, sizeof head) != 0)
            return ERR_OK;
    }
    chain->holds = memcmp(chain->head.data, head, sizeof head) == 0;
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
static enum err chain_holds(struct context *ctx, const struct history_chains_row *row, bool *holds)
{
    struct chain chain = {.ctx = ctx,
                          .convention = row->id,
                          .length = row->history_length,
                          .head = row->history_head};

    ERR_TRY(check_chain(&chain));
    if (!chain.holds)
        ERR_TRY(db_transaction(ctx->db, check_chain_locked, &chain));
    *holds = chain.holds;
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
            bool holds;

            ERR_TRY(chain_holds(ctx, &rows[i], &holds));
            if (!holds)
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
