#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "commands/command.h"
#include "db/statements.h"
#include "http/sentences.h"

#define MOST_SHOWN 500

static const char *state_in_french(const char *state)
{
    static const struct {
        const char *state, *french;
    } words[] = {
        {"queued", "en attente"},
        {"sending", "en cours d’envoi"},
        {"sent", "envoyé"},
        {"failed", "non remis"},
    };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i].state, state) == 0)
            return words[i].french;
    return state;
}

static void print_message(struct context *ctx, const struct outbox_troubled_row *row,
                          const struct http_sentences *sentences)
{
    const char *reason = http_sentences_get(sentences, row->error_key);
    const char *about =
        http_sentences_get(sentences, arena_printf(ctx->arena, "mail-%s", row->name));

    printf("n° %" PRIu64 "  %s  %s  à %s, créé le %s, tentatives : %" PRIu32 "\n", row->id,
           state_in_french(row->state), about ? about : row->name, row->to_address,
           clock_french_instant(ctx->arena, row->created_at), row->attempts);
    if (row->has_next_attempt_at)
        printf("    prochaine tentative le %s\n",
               clock_french_instant(ctx->arena, row->next_attempt_at));
    printf("    %s\n", reason ? reason : row->error_key);
    if (*row->last_error)
        printf("    réponse : %s\n", row->last_error);
}

/* How many there are of each kind, then those that have met a difficulty, the lost ones first. */
static enum err list(struct context *ctx)
{
    const char *path = arena_printf(ctx->arena, "%s/errors.txt", ctx->settings->views);
    const struct http_sentences *sentences;
    struct outbox_counts_row *counts;
    struct outbox_troubled_row *rows;
    size_t count;

    ERR_TRY(http_sentences_read(ctx->arena, path, &sentences));
    ERR_TRY(db_outbox_counts(ctx->db, ctx->arena, &counts, &count));
    for (size_t i = 0; i < count; i++)
        printf("Messages à l’état « %s » : %" PRIu64 "\n", state_in_french(counts[i].state),
               counts[i].total);
    ERR_TRY(db_outbox_troubled(ctx->db, ctx->arena,
                               &(struct outbox_troubled_in){.limit = MOST_SHOWN}, &rows, &count));
    for (size_t i = 0; i < count; i++)
        print_message(ctx, &rows[i], sentences);
    if (count == 0)
        printf("Aucun message n’est en difficulté.\n");
    return ERR_OK;
}

/* As new, so that it is tried as often as one. */
static enum err retry(struct context *ctx, uint64_t id)
{
    struct db_done done;

    ERR_TRY(db_outbox_requeue(ctx->db, ctx->arena,
                              &(struct outbox_requeue_in){.id = id, .now = ctx->now}, &done));
    if (done.affected == 0)
        return err_raise(ERR_NOT_FOUND, "mail-not-waiting", "message %" PRIu64, id);
    printf("Le message n° %" PRIu64 " est remis en file.\n", id);
    return ERR_OK;
}

int command_mail_queue(struct context *ctx, int argc, char **argv)
{
    const char *number = NULL;
    const struct command_option options[] = {
        {"retry", "numéro du message à remettre en file", false, &number},
    };
    uint64_t id;

    if (!COMMAND_OPTIONS(argc, argv, options, NULL))
        return 2;
    if (!number)
        return command_outcome(ctx, list(ctx));
    if (!command_number(number, UINT64_MAX, &id)) {
        fprintf(stderr, "paraphe : « %s » n’est pas un numéro de message\n", number);
        return 2;
    }
    return command_outcome(ctx, retry(ctx, id));
}
