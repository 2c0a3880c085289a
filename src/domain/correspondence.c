#include "domain/correspondence.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "db/statements.h"
#include "mail/mail.h"
#include "mail/mail_views.h"

static const uint32_t usual_steps[] = {14, 7, 2};

static enum err read_lists(struct context *ctx, uint64_t establishment,
                           struct correspondence *correspondence)
{
    struct correspondence_recipients_row *recipients;
    struct correspondence_steps_row *steps;
    size_t count;

    ERR_TRY(db_correspondence_recipients(
        ctx->db, ctx->arena,
        &(struct correspondence_recipients_in){.establishment_id = establishment}, &recipients,
        &count));
    for (size_t i = 0; i < count && i < CORRESPONDENCE_RECIPIENTS; i++)
        correspondence->recipients[correspondence->recipient_count++] = recipients[i].address;
    ERR_TRY(db_correspondence_steps(
        ctx->db, ctx->arena, &(struct correspondence_steps_in){.establishment_id = establishment},
        &steps, &count));
    for (size_t i = 0; i < count && i < CORRESPONDENCE_STEPS; i++)
        correspondence->steps[correspondence->step_count++] = steps[i].days;
    return ERR_OK;
}

enum err correspondence_read(struct context *ctx, uint64_t establishment,
                             struct correspondence *correspondence)
{
    struct correspondence_by_id_row *row;

    *correspondence = (struct correspondence){
        .reply_to = "", .closing = "", .remind_origin = true, .remind_host = true};
    ERR_TRY(db_correspondence_by_id(
        ctx->db, ctx->arena, &(struct correspondence_by_id_in){.establishment_id = establishment},
        &row));
    if (!row) {
        memcpy(correspondence->steps, usual_steps, sizeof usual_steps);
        correspondence->step_count = sizeof usual_steps / sizeof usual_steps[0];
        return ERR_OK;
    }
    *correspondence = (struct correspondence){.version = row->version,
                                              .reply_to = row->reply_to,
                                              .closing = row->closing,
                                              .remind = row->remind,
                                              .remind_origin = row->remind_origin,
                                              .remind_host = row->remind_host};
    return read_lists(ctx, establishment, correspondence);
}

struct changing {
    struct context *ctx;
    uint64_t establishment;
    const struct correspondence *correspondence;
};

static enum err write_lists(const struct changing *changing)
{
    const struct correspondence *correspondence = changing->correspondence;
    const uint64_t id = changing->establishment;
    struct context *ctx = changing->ctx;

    ERR_TRY(db_correspondence_forget_recipients(
        ctx->db, ctx->arena, &(struct correspondence_forget_recipients_in){.establishment_id = id},
        NULL));
    for (size_t i = 0; i < correspondence->recipient_count; i++)
        ERR_TRY(db_correspondence_add_recipient(
            ctx->db, ctx->arena,
            &(struct correspondence_add_recipient_in){.establishment_id = id,
                                                      .number = (uint32_t)i,
                                                      .address = correspondence->recipients[i]},
            NULL));
    ERR_TRY(db_correspondence_forget_steps(
        ctx->db, ctx->arena, &(struct correspondence_forget_steps_in){.establishment_id = id},
        NULL));
    for (size_t i = 0; i < correspondence->step_count; i++)
        ERR_TRY(db_correspondence_add_step(
            ctx->db, ctx->arena,
            &(struct correspondence_add_step_in){.establishment_id = id,
                                                 .days = correspondence->steps[i]},
            NULL));
    return ERR_OK;
}

/* Under the establishment's lock, so that two who begin at once come one after the other. */
static enum err change_once(void *what)
{
    const struct changing *changing = what;
    const struct correspondence *correspondence = changing->correspondence;
    const uint64_t id = changing->establishment;
    struct context *ctx = changing->ctx;
    struct establishment_lock_row *establishment;
    struct correspondence_by_id_row *row;

    ERR_TRY(db_establishment_lock(ctx->db, ctx->arena, &(struct establishment_lock_in){.id = id},
                                  &establishment));
    if (!establishment)
        return err_raise(ERR_NOT_FOUND, NULL, "establishment %" PRIu64, id);
    ERR_TRY(db_correspondence_by_id(
        ctx->db, ctx->arena, &(struct correspondence_by_id_in){.establishment_id = id}, &row));
    if (correspondence->version != (row ? row->version : 0))
        return err_raise(ERR_CONFLICT, "correspondence-out-of-date", "establishment %" PRIu64, id);
    if (!row)
        ERR_TRY(db_correspondence_insert(
            ctx->db, ctx->arena, &(struct correspondence_insert_in){.establishment_id = id}, NULL));
    ERR_TRY(db_correspondence_update(
        ctx->db, ctx->arena,
        &(struct correspondence_update_in){.establishment_id = id,
                                           .version = correspondence->version + 1,
                                           .reply_to = correspondence->reply_to,
                                           .closing = correspondence->closing,
                                           .remind = correspondence->remind,
                                           .remind_origin = correspondence->remind_origin,
                                           .remind_host = correspondence->remind_host},
        NULL));
    return write_lists(changing);
}

enum err correspondence_change(struct context *ctx, uint64_t establishment,
                               const struct correspondence *correspondence)
{
    struct changing changing = {ctx, establishment, correspondence};
    bool addresses = !correspondence->reply_to[0] || text_is_email(correspondence->reply_to);

    for (size_t i = 0; i < correspondence->recipient_count; i++)
        addresses = addresses && text_is_email(correspondence->recipients[i]);
    if (!addresses || text_length(correspondence->closing) > CORRESPONDENCE_CLOSING ||
        (correspondence->remind && correspondence->step_count == 0))
        return err_raise(ERR_INVALID, NULL, "correspondence of %" PRIu64, establishment);
    return db_transaction(ctx->db, change_once, &changing);
}

static int longest_first(const void *left, const void *right)
{
    const uint32_t *one = left, *other = right;

    return (*one < *other) - (*one > *other);
}

static void add_step(struct correspondence *correspondence, uint32_t days)
{
    for (size_t i = 0; i < correspondence->step_count; i++)
        if (correspondence->steps[i] == days)
            return;
    correspondence->steps[correspondence->step_count++] = days;
}

bool correspondence_parse_steps(const char *text, struct correspondence *correspondence)
{
    static const char between[] = " ,;";

    correspondence->step_count = 0;
    for (text += strspn(text, between); *text; text += strspn(text, between)) {
        size_t digits = strspn(text, "0123456789");
        unsigned long days = strtoul(text, NULL, 10);

        if (strncmp(text, "et ", 3) == 0) {
            text += 3;
            continue;
        }
        if (digits == 0 || digits > 2 || !(text[digits] == '\0' || strchr(between, text[digits])) ||
            days == 0 || days > CORRESPONDENCE_DAYS ||
            correspondence->step_count == CORRESPONDENCE_STEPS)
            return false;
        add_step(correspondence, (uint32_t)days);
        text += digits;
    }
    qsort(correspondence->steps, correspondence->step_count, sizeof correspondence->steps[0],
          longest_first);
    return true;
}

static bool has_recipient(const struct correspondence *correspondence, const char *address)
{
    for (size_t i = 0; i < correspondence->recipient_count; i++)
        if (strcmp(correspondence->recipients[i], address) == 0)
            return true;
    return false;
}

bool correspondence_parse_recipients(struct arena *arena, const char *text,
                                     struct correspondence *correspondence, const char **fault)
{
    static const char between[] = " \t\r\n,;";

    correspondence->recipient_count = 0;
    *fault = NULL;
    for (text += strspn(text, between); *text; text += strspn(text, between)) {
        size_t length = strcspn(text, between);
        const char *address = arena_strndup(arena, text, length);

        text += length;
        if (has_recipient(correspondence, address))
            continue;
        if (!text_is_email(address)) {
            *fault = address;
            return false;
        }
        if (correspondence->recipient_count == CORRESPONDENCE_RECIPIENTS)
            return false;
        correspondence->recipients[correspondence->recipient_count++] = address;
    }
    return true;
}

struct trying {
    struct context *ctx;
    uint64_t establishment;
    const char *url;
};

static enum err try_once(void *what)
{
    const struct trying *trying = what;
    struct context *ctx = trying->ctx;
    struct correspondence correspondence;
    struct correspondence_last_trial_row *last;
    struct establishment_lock_row *locked;
    struct establishment_by_id_row *row;
    struct mail_trial data = {.actor = ctx->actor.name};

    ERR_TRY(db_establishment_lock(ctx->db, ctx->arena,
                                  &(struct establishment_lock_in){.id = trying->establishment},
                                  &locked));
    ERR_TRY(db_establishment_by_id(
        ctx->db, ctx->arena, &(struct establishment_by_id_in){.id = trying->establishment}, &row));
    ERR_TRY(db_correspondence_last_trial(
        ctx->db, ctx->arena,
        &(struct correspondence_last_trial_in){.establishment_id = trying->establishment,
                                               .since = ctx->now - CORRESPONDENCE_TRIAL_PAUSE},
        &last));
    if (!row)
        return err_raise(ERR_NOT_FOUND, NULL, "establishment %" PRIu64, trying->establishment);
    if (last)
        return err_raise(ERR_THROTTLED, "trial-too-soon", "message %" PRIu64, last->id);
    ERR_TRY(correspondence_read(ctx, trying->establishment, &correspondence));
    data.establishment = row->name;
    data.reply_to = correspondence.reply_to;
    return mail_enqueue(&(struct mail_context){.db = ctx->db,
                                               .arena = ctx->arena,
                                               .views = ctx->views,
                                               .settings = ctx->settings,
                                               .now = ctx->now},
                        &(struct mail_message){.name = "mail-trial",
                                               .data = &data,
                                               .to_address = row->email,
                                               .to_name = row->name,
                                               .url = trying->url,
                                               .establishment = trying->establishment,
                                               .sender = trying->establishment});
}

enum err correspondence_try(struct context *ctx, uint64_t establishment, const char *url)
{
    return db_transaction(ctx->db, try_once, &(struct trying){ctx, establishment, url});
}
