#include "mail/give_up.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "mail/mail_views.h"

#define NOTICE "mail-given-up"

struct giving_up {
    const struct mail_context *context;
    const struct http_sentences *sentences;
    const struct outbox_give_up_in *end;
    struct db_done *done;
};

static enum err notice_is_due(const struct mail_context *context, const struct outbox_load_row *row,
                              bool *due)
{
    struct outbox_open_of_name_row *open;

    *due = false;
    if (*context->settings->mail_operator == '\0' || strcmp(row->name, NOTICE) == 0)
        return ERR_OK;
    ERR_TRY(db_outbox_open_of_name(context->db, context->arena,
                                   &(struct outbox_open_of_name_in){.name = NOTICE}, &open));
    *due = !open;
    return ERR_OK;
}

static enum err tell_operator(const struct giving_up *giving_up, const struct outbox_load_row *row)
{
    const struct mail_context *context = giving_up->context;
    const struct outbox_give_up_in *end = giving_up->end;
    const struct http_sentences *sentences = giving_up->sentences;
    const char *reason = http_sentences_get(sentences, end->error_key);
    const char *about =
        http_sentences_get(sentences, arena_printf(context->arena, "mail-%s", row->name));
    struct mail_given_up data = {
        .number = (int64_t)end->id,
        .about = about ? about : row->name,
        .recipient = row->to_address,
        .attempts = end->attempts,
        .since = clock_french_instant(context->arena, row->created_at),
        .reason = reason ? reason : end->error_key,
        .server_words = end->last_error,
    };

    return mail_enqueue(context, &(struct mail_message){
                                     .name = NOTICE,
                                     .data = &data,
                                     .to_address = context->settings->mail_operator,
                                     .to_name = "",
                                     .url = context->settings->base_url,
                                 });
}

static enum err give_up(void *arg)
{
    const struct giving_up *giving_up = arg;
    const struct mail_context *context = giving_up->context;
    struct outbox_load_row *row;
    bool due;

    ERR_TRY(db_outbox_give_up(context->db, context->arena, giving_up->end, giving_up->done));
    if (giving_up->done->affected == 0)
        return ERR_OK;
    ERR_TRY(db_outbox_load(context->db, context->arena,
                           &(struct outbox_load_in){.id = giving_up->end->id}, &row));
    ERR_TRY(notice_is_due(context, row, &due));
    return due ? tell_operator(giving_up, row) : ERR_OK;
}

enum err mail_give_up(const struct mail_context *context, const struct http_sentences *sentences,
                      const struct outbox_give_up_in *end, struct db_done *done)
{
    struct giving_up giving_up = {context, sentences, end, done};
    enum err err = db_transaction(context->db, give_up, &giving_up);

    if (err == ERR_OK || err == ERR_UNAVAILABLE)
        return err;
    /* A notice that cannot be written must not keep the message alive. */
    log_failure("telling the operator");
    return db_outbox_give_up(context->db, context->arena, end, done);
}
