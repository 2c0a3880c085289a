#include "mail/mailer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/log.h"
#include "base/resident.h"
#include "db/db.h"
#include "db/document.h"
#include "db/statements.h"
#include "http/cache.h"
#include "mail/backoff.h"
#include "mail/give_up.h"
#include "mail/mail.h"
#include "mail/mime.h"
#include "mail/smtp.h"

#define WAKE_EVERY 2        /* seconds between looks at an empty outbox */
#define LONGEST_PAUSE 60    /* while the server or the database is away */
#define TRIES_WHEN_ENDING 5 /* to record an attempt, a second apart */
#define LASTING_MEMORY ((size_t)4 << 20)
#define MESSAGE_MEMORY ((size_t)256 << 20)

struct mailer {
    const struct settings *settings;
    const struct views *views;
    const struct http_sentences *sentences;
    const char *from_name;
    const char *from_address;
    struct arena *lasting;
    struct arena *arena; /* of the message at hand */
    struct db *db;
    struct smtp *smtp;
    struct resident resident; /* its name stands in claimed_by */
};

/* The message that this mailer holds the lease on. */
struct claim {
    struct mailer *mailer;
    bool found;
    uint64_t id;
    uint32_t attempts; /* this one included */
};

enum progress { NOTHING_DUE, HANDLED, SERVER_AILS, DATABASE_AILS };

static enum err claim_next(void *arg)
{
    struct claim *claim = arg;
    struct mailer *mailer = claim->mailer;
    int64_t now = clock_now();
    struct outbox_due_row *due;

    ERR_TRY(db_outbox_due(mailer->db, mailer->arena, &(struct outbox_due_in){.now = now}, &due));
    claim->found = due != NULL;
    if (!due)
        return ERR_OK;
    claim->id = due->id;
    claim->attempts = due->attempts + 1;
    return db_outbox_claim(mailer->db, mailer->arena,
                           &(struct outbox_claim_in){.id = due->id,
                                                     .mailer = mailer->resident.name,
                                                     .now = now,
                                                     .lease_ends_at = now + MAIL_LEASE},
                           NULL);
}

static enum err record_sent(const struct claim *claim, const struct smtp_answer *answer,
                            struct db_done *done)
{
    struct mailer *mailer = claim->mailer;

    (void)answer;
    return db_outbox_sent(mailer->db, mailer->arena,
                          &(struct outbox_sent_in){.id = claim->id,
                                                   .mailer = mailer->resident.name,
                                                   .attempts = claim->attempts,
                                                   .now = clock_now()},
                          done);
}

static enum err record_retry(const struct claim *claim, const struct smtp_answer *answer,
                             struct db_done *done)
{
    struct mailer *mailer = claim->mailer;

    return db_outbox_retry(
        mailer->db, mailer->arena,
        &(struct outbox_retry_in){.id = claim->id,
                                  .mailer = mailer->resident.name,
                                  .attempts = claim->attempts,
                                  .next_attempt_at = clock_now() + mail_backoff(claim->attempts),
                                  .error_key = answer->key,
                                  .last_error = answer->reason},
        done);
}

static enum err record_given_up(const struct claim *claim, const struct smtp_answer *answer,
                                struct db_done *done)
{
    struct mailer *mailer = claim->mailer;
    struct mail_context context = {.db = mailer->db,
                                   .arena = mailer->arena,
                                   .views = mailer->views,
                                   .settings = mailer->settings,
                                   .now = clock_now()};

    return mail_give_up(&context, mailer->sentences,
                        &(struct outbox_give_up_in){.id = claim->id,
                                                    .mailer = mailer->resident.name,
                                                    .attempts = claim->attempts,
                                                    .error_key = answer->key,
                                                    .last_error = answer->reason},
                        done);
}

/* Records how the attempt ended; while the database is away, as long as the lease lasts, for what
 * is not recorded would be sent a second time. */
static enum err record(const struct claim *claim, const struct smtp_answer *answer)
{
    enum err (*write)(const struct claim *, const struct smtp_answer *, struct db_done *);
    struct mailer *mailer = claim->mailer;
    struct db_done done = {0};
    enum err err;

    if (answer->outcome == SMTP_TAKEN)
        write = record_sent;
    else if (answer->outcome == SMTP_LATER && mail_backoff(claim->attempts) > 0)
        write = record_retry;
    else
        write = record_given_up;
    for (int tries = 1;; tries++) {
        err = write(claim, answer, &done);
        if (err != ERR_UNAVAILABLE ||
            tries >= (mailer->resident.ending ? TRIES_WHEN_ENDING : MAIL_LEASE))
            break;
        log_failure("recording an attempt");
        resident_rest(&mailer->resident, 1);
    }
    if (err == ERR_OK && done.affected == 0)
        log_write(LOG_WARNING, "the lease ended before the attempt did");
    return err;
}

static void log_attempt(const struct claim *claim, const struct smtp_answer *answer)
{
    if (answer->outcome == SMTP_TAKEN)
        log_write(LOG_INFO, "sent at attempt %" PRIu32, claim->attempts);
    else
        log_write(LOG_WARNING, "attempt %" PRIu32 " failed: %s, code %u", claim->attempts,
                  answer->key, answer->code);
}

/* The message of the row in its written form. */
static enum err write_message(struct mailer *mailer, const struct outbox_load_row *row,
                              struct bytes *written)
{
    struct arena *arena = mailer->arena;
    struct mime_message message = {
        .from_name = mailer->from_name,
        .from_address = mailer->from_address,
        .to_name = row->to_name,
        .to_address = row->to_address,
        .reply_to = row->reply_to,
        .subject = row->subject,
        .date = row->created_at,
        .message_id = arena_printf(arena, "%s@%s", crypto_hex(arena, row->public_id),
                                   strrchr(mailer->from_address, '@') + 1),
        .text = row->body_text,
        .html = row->body_html,
    };
    struct mime_attachment attachment;
    struct document document;

    if (row->from_name[0]) {
        message.by_people = true;
        message.from_name = arena_printf(arena, "%s via %s", row->from_name,
                                         mailer->from_name[0] ? mailer->from_name : "Paraphe");
    }
    if (row->has_attachment_document_id) {
        ERR_TRY(db_document_load(mailer->db, arena, row->attachment_document_id, &document));
        attachment = (struct mime_attachment){.name = row->attachment_name,
                                              .media_type = document.media_type,
                                              .content = document.content};
        message.attachment = &attachment;
    }
    return mime_write(arena, &message, written);
}

static const char *key_of_failure(struct mailer *mailer)
{
    const char *key = err_last()->key;

    return *key ? arena_strdup(mailer->arena, key) : "mail-fault";
}

/* One attempt at the claimed message; an error is one of the database. */
static enum err attempt(const struct claim *claim, struct smtp_answer *answer)
{
    struct mailer *mailer = claim->mailer;
    struct outbox_load_row *row;
    struct bytes written;
    enum err err;

    *answer = (struct smtp_answer){.outcome = SMTP_REFUSED, .key = "mail-interrupted"};
    if (claim->attempts > MAIL_MOST_ATTEMPTS)
        return ERR_OK;
    ERR_TRY(
        db_outbox_load(mailer->db, mailer->arena, &(struct outbox_load_in){.id = claim->id}, &row));
    if (!row)
        return err_raise(ERR_INTERNAL, NULL, "the claimed message is gone");
    err = write_message(mailer, row, &written);
    if (err == ERR_UNAVAILABLE)
        return err;
    if (err == ERR_OK)
        smtp_send(mailer->smtp, mailer->from_address, row->to_address, written, answer);
    else
        answer->key = key_of_failure(mailer);
    return ERR_OK;
}

static enum progress send_next(struct mailer *mailer)
{
    struct claim claim = {.mailer = mailer};
    struct smtp_answer answer = {.key = ""};

    if (db_transaction(mailer->db, claim_next, &claim) != ERR_OK) {
        log_failure("claiming a message");
        return DATABASE_AILS;
    }
    if (!claim.found)
        return NOTHING_DUE;
    log_request(arena_printf(mailer->arena, "message-%" PRIu64, claim.id));
    if (attempt(&claim, &answer) != ERR_OK) {
        log_failure("loading a message");
        return DATABASE_AILS;
    }
    log_attempt(&claim, &answer);
    if (record(&claim, &answer) != ERR_OK) {
        log_failure("recording an attempt");
        return DATABASE_AILS;
    }
    return answer.outcome == SMTP_LATER && answer.server_ails ? SERVER_AILS : HANDLED;
}

/* Sends what is due over one connection. */
static enum progress drain(struct mailer *mailer)
{
    enum progress progress;

    do {
        progress = send_next(mailer);
        log_request(NULL);
        db_rollback(mailer->db);
        arena_reset(mailer->arena);
        resident_rest(&mailer->resident, 0);
    } while (progress == HANDLED && !mailer->resident.ending);
    smtp_hang_up(mailer->smtp);
    return progress;
}

static enum err open_mailer(struct mailer *mailer)
{
    ERR_TRY(smtp_open(mailer->lasting, mailer->settings, &mailer->smtp));
    if (!mime_split_address(mailer->lasting, mailer->settings->mail_from, &mailer->from_name,
                            &mailer->from_address))
        return err_raise(ERR_INVALID, "settings", "mail_from is no address");
    return ERR_OK;
}

/* Opens the database as soon as it is there; false if it was asked to end first. */
static bool await_database(struct mailer *mailer)
{
    while (!mailer->resident.ending) {
        if (db_open(mailer->lasting, mailer->settings, &mailer->db) == ERR_OK) {
            http_cache_follow(mailer->db);
            return true;
        }
        log_failure("opening the database");
        resident_rest(&mailer->resident, WAKE_EVERY);
    }
    return false;
}

static void work(struct mailer *mailer)
{
    int pause = WAKE_EVERY;

    while (!mailer->resident.ending) {
        enum progress progress = drain(mailer);

        if (progress == NOTHING_DUE)
            pause = WAKE_EVERY;
        else if (pause < LONGEST_PAUSE)
            pause *= 2;
        if (!mailer->resident.ending)
            resident_rest(&mailer->resident, pause);
    }
}

int mail_run(const struct settings *settings, const struct views *views,
             const struct http_sentences *sentences)
{
    struct mailer mailer = {.settings = settings, .views = views, .sentences = sentences};
    bool able;

    resident_begin(&mailer.resident);
    mailer.lasting = arena_new(LASTING_MEMORY);
    mailer.arena = arena_new(MESSAGE_MEMORY);
    able = open_mailer(&mailer) == ERR_OK;
    if (!able)
        log_failure("starting the mailer");
    else if (await_database(&mailer))
        work(&mailer);
    arena_free(mailer.arena);
    arena_free(mailer.lasting);
    return able ? 0 : 1;
}
