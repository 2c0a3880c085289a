#include "tasks/tasks.h"

#include "domain/account_event.h"
#include "domain/batch.h"
#include "domain/deposit.h"
#include "domain/licence_notice.h"
#include "domain/reminder.h"
#include "domain/retention.h"
#include "domain/trainee_import.h"
#include "mail/mail.h"

enum err tasks_purge(struct context *ctx, uint64_t *uploads, uint64_t *messages)
{
    const struct mail_context mail = {
        .db = ctx->db, .arena = ctx->arena, .settings = ctx->settings, .now = ctx->now};
    unsigned deposits, batches, imports;
    uint64_t events;

    ERR_TRY(deposit_purge(ctx, &deposits));
    ERR_TRY(batch_purge(ctx, &batches));
    ERR_TRY(trainee_import_purge(ctx, &imports));
    *uploads = (uint64_t)deposits + batches + imports;
    ERR_TRY(account_events_purge(ctx, &events));
    return mail_purge(&mail, messages);
}

static enum err purge(struct context *ctx, uint64_t *done)
{
    uint64_t uploads, messages;

    ERR_TRY(tasks_purge(ctx, &uploads, &messages));
    *done = uploads + messages;
    return ERR_OK;
}

const struct task tasks[] = {
    {"purge", "supprime les fichiers restés sans suite et les courriels de plus d’un an",
     TASK_DAILY, 3, purge},
    {"retention",
     "efface les conventions et les stagiaires dont la durée de conservation est passée",
     TASK_DAILY, 4, retention_erase},
    {"reminders", "rappelle aux établissements les conventions qui ne sont pas revenues",
     TASK_DAILY, 7, reminders_send},
    {"licences", "avertit les administrateurs que la licence de leur établissement se termine",
     TASK_DAILY, 8, licence_notices_send},
    {0},
};
