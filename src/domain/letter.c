#include "domain/letter.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "db/statements.h"
#include "domain/revision.h"
#include "domain/texts.h"
#include "mail/letter.h"

#define DAY_SECONDS ((int64_t)24 * 60 * 60)

enum err letter_addresses(struct context *ctx, uint64_t contact, struct letter_address **addresses,
                          size_t *count)
{
    struct letter_addresses_row *rows;
    struct letter_address *all;

    ERR_TRY(db_letter_addresses(
        ctx->db, ctx->arena,
        &(struct letter_addresses_in){.contact_id = contact, .viewer = ctx->actor.establishment},
        &rows, count));
    if (*count == 0)
        return err_raise(ERR_NOT_FOUND, NULL, "contact %" PRIu64, contact);
    *addresses = all = ARENA_NEW_ARRAY(ctx->arena, *count, struct letter_address);
    for (size_t i = 0; i < *count; i++)
        all[i] = (struct letter_address){.contact = rows[i].contact_id,
                                         .person = rows[i].person_id,
                                         .contact_name = rows[i].contact,
                                         .name = rows[i].name,
                                         .job = rows[i].job,
                                         .email = rows[i].email};
    return ERR_OK;
}

static struct mail_context mail_of(struct context *ctx)
{
    return (struct mail_context){.db = ctx->db,
                                 .arena = ctx->arena,
                                 .views = ctx->views,
                                 .settings = ctx->settings,
                                 .now = ctx->now};
}

/* The mail of the acting establishment. */
static enum err mail_letter_of(struct context *ctx, const char *subject, const char *text,
                               struct mail_letter *letter)
{
    struct establishment_by_id_row *own;
    struct outbox_manner_row *manner;

    ERR_TRY(db_establishment_by_id(ctx->db, ctx->arena,
                                   &(struct establishment_by_id_in){.id = ctx->actor.establishment},
                                   &own));
    if (!own)
        return err_raise(ERR_NOT_FOUND, NULL, "establishment %" PRIu64, ctx->actor.establishment);
    ERR_TRY(db_outbox_manner(ctx->db, ctx->arena,
                             &(struct outbox_manner_in){.establishment_id = own->id}, &manner));
    *letter = (struct mail_letter){.subject = subject,
                                   .text = text,
                                   .author = ctx->actor.name,
                                   .sender = own->name,
                                   .reply_address = manner && manner->reply_to[0] ? manner->reply_to
                                                                                  : own->email,
                                   .establishment = own->id};
    return ERR_OK;
}

enum err letter_preview(struct context *ctx, const char *subject, const char *text,
                        struct letter_preview *preview)
{
    struct mail_context mail = mail_of(ctx);
    struct mail_letter_parts parts;
    struct mail_letter letter;

    ERR_TRY(mail_letter_of(ctx, subject, text, &letter));
    ERR_TRY(mail_letter_render(&mail, &letter, &parts));
    *preview = (struct letter_preview){
        .sender = letter.sender, .reply_address = letter.reply_address, .as_text = parts.text};
    return ERR_OK;
}

enum err letter_left(struct context *ctx, unsigned *left)
{
    struct letter_sent_since_row *sent;

    ERR_TRY(
        db_letter_sent_since(ctx->db, ctx->arena,
                             &(struct letter_sent_since_in){.owner_id = ctx->actor.establishment,
                                                            .since = ctx->now - DAY_SECONDS},
                             &sent));
    *left = sent->total < LETTER_DAY_MOST ? (unsigned)(LETTER_DAY_MOST - sent->total) : 0;
    return ERR_OK;
}

struct sending {
    struct context *ctx;
    const struct letter *letter;
    uint64_t id; /* out */
};

static bool is_known(const struct letter_address *known, size_t count, const char *email)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(known[i].email, email) == 0)
            return true;
    return false;
}

/* The recipient as the database has it now; NULL where it is none any more. */
static enum err find(struct context *ctx, const struct letter_address *wanted,
                     const struct letter_address **is)
{
    struct letter_address *found;
    size_t count;
    enum err code = letter_addresses(ctx, wanted->contact, &found, &count);

    *is = NULL;
    if (code == ERR_NOT_FOUND)
        return ERR_OK;
    ERR_TRY(code);
    for (size_t i = 0; i < count; i++)
        if (found[i].person == wanted->person && found[i].email[0])
            *is = &found[i];
    return ERR_OK;
}

/* The recipients as the database has them now, one an address. */
static enum err resolve(const struct sending *sending, struct letter_address *to, size_t *count)
{
    const struct letter *letter = sending->letter;
    const struct letter_address *is;

    *count = 0;
    for (size_t i = 0; i < letter->recipient_count; i++) {
        ERR_TRY(find(sending->ctx, &letter->recipients[i], &is));
        if (!is)
            return err_raise(ERR_CONFLICT, "letter-recipient-gone", "contact %" PRIu64,
                             letter->recipients[i].contact);
        if (!is_known(to, *count, is->email))
            to[(*count)++] = *is;
    }
    return ERR_OK;
}

static enum err address_one(const struct sending *sending, const struct mail_letter *mail_letter,
                            const struct mail_letter_parts *parts, const struct letter_address *to,
                            uint32_t number)
{
    struct context *ctx = sending->ctx;
    struct mail_context mail = mail_of(ctx);
    uint64_t message;

    ERR_TRY(mail_letter_enqueue(&mail, mail_letter, parts, to->name, to->email, &message));
    return db_letter_recipient_insert(
        ctx->db, ctx->arena,
        &(struct letter_recipient_insert_in){
            .letter_id = sending->id,
            .number = number,
            .contact_id = to->contact,
            .name = to->person == 0
                        ? to->name
                        : arena_printf(ctx->arena, "%s (%s)", to->name, to->contact_name),
            .address = to->email,
            .message_id = message},
        NULL);
}

static enum err write_letter(struct sending *sending, const struct letter_address *to, size_t count)
{
    const struct letter *letter = sending->letter;
    struct context *ctx = sending->ctx;
    struct mail_context mail = mail_of(ctx);
    struct mail_letter mail_letter;
    struct mail_letter_parts parts;
    struct db_done done;

    ERR_TRY(mail_letter_of(ctx, letter->subject, letter->text, &mail_letter));
    ERR_TRY(mail_letter_render(&mail, &mail_letter, &parts));
    ERR_TRY(db_letter_insert(ctx->db, ctx->arena,
                             &(struct letter_insert_in){.owner_id = ctx->actor.establishment,
                                                        .account_id = ctx->actor.account,
                                                        .token = letter->token,
                                                        .subject = letter->subject,
                                                        .text = letter->text,
                                                        .now = ctx->now},
                             &done));
    sending->id = done.insert_id;
    for (size_t i = 0; i < count; i++)
        ERR_TRY(address_one(sending, &mail_letter, &parts, &to[i], (uint32_t)i + 1));
    return revision_raise(ctx, ctx->actor.establishment, ctx->actor.establishment);
}

static enum err send_once(void *what)
{
    struct sending *sending = what;
    struct context *ctx = sending->ctx;
    struct letter_by_token_row *same;
    struct letter_address *to;
    struct letter_lock_row *lock;
    unsigned left;
    size_t count;

    ERR_TRY(db_letter_lock(ctx->db, ctx->arena,
                           &(struct letter_lock_in){.owner_id = ctx->actor.establishment}, &lock));
    ERR_TRY(db_letter_by_token(ctx->db, ctx->arena,
                               &(struct letter_by_token_in){.owner_id = ctx->actor.establishment,
                                                            .token = sending->letter->token},
                               &same));
    if (same) {
        sending->id = same->id;
        return ERR_OK;
    }
    to = ARENA_NEW_ARRAY(ctx->arena, sending->letter->recipient_count, struct letter_address);
    ERR_TRY(resolve(sending, to, &count));
    ERR_TRY(letter_left(ctx, &left));
    if (count > left)
        return err_raise(ERR_THROTTLED, "letter-day-full", "%zu messages, %u left", count, left);
    return write_letter(sending, to, count);
}

enum err letter_send(struct context *ctx, const struct letter *letter, uint64_t *id)
{
    const struct text_rule rules[] = {
        {"subject", letter->subject, LETTER_SUBJECT_MOST, true, false},
        {"text", letter->text, LETTER_TEXT_MOST, true, true}};
    struct sending sending = {.ctx = ctx, .letter = letter};

    ERR_TRY(TEXTS_CHECK(rules));
    if (letter->recipient_count == 0)
        return err_raise(ERR_INVALID, "letter-nobody", "a letter");
    if (letter->recipient_count > LETTER_RECIPIENTS_MOST)
        return err_raise(ERR_INVALID, "letter-too-many", "%zu recipients", letter->recipient_count);
    ERR_TRY(db_transaction(ctx->db, send_once, &sending));
    *id = sending.id;
    return ERR_OK;
}
