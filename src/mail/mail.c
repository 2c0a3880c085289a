#include "mail/mail.h"

#include <string.h>

#include "base/crypto.h"
#include "base/text.h"
#include "db/statements.h"
#include "mail/mail_views.h"
#include "view/markdown.h"

#define KEPT_SECONDS ((int64_t)365 * 24 * 60 * 60)
#define DELETED_AT_ONCE 500
#define LONGEST_BODY ((size_t)256 * 1024)
#define PUBLIC_ID_SIZE 16

/* What the columns hold, in characters. */
#define LONGEST_ADDRESS 254
#define LONGEST_NAME 200
#define LONGEST_SUBJECT 1000
#define LONGEST_FILE_NAME 500

#define NBSP "\xc2\xa0"

/* A rendered view, taken apart. */
struct rendered {
    const char *subject;
    const char *button;
    const char *body; /* Markdown */
};

/* The first characters of text, if it has more. */
static const char *at_most(struct arena *arena, const char *text, size_t most)
{
    const char *at = text, *end = text + strlen(text);
    uint32_t character;

    while (most > 0 && text_next(&at, end, &character))
        most--;
    return arena_strndup(arena, text, (size_t)(at - text));
}

/* Without spaces at both ends; non-breaking ones inside belong to the text. */
static const char *trim(struct arena *arena, const char *text, const char *end)
{
    while (text < end && *text == ' ')
        text++;
    while (end > text && end[-1] == ' ')
        end--;
    return arena_strndup(arena, text, (size_t)(end - text));
}

/* Takes the line "label : value" at *text and moves behind it; NULL where there is none. */
static const char *take_line(struct arena *arena, const char **text, const char *label)
{
    const char *value = *text + strlen(label), *end;

    if (strncmp(*text, label, strlen(label)) != 0)
        return NULL;
    if (strncmp(value, NBSP, strlen(NBSP)) == 0)
        value += strlen(NBSP);
    value += strspn(value, " ");
    if (*value != ':')
        return NULL;
    end = value + strcspn(value, "\n");
    *text = *end ? end + 1 : end;
    return trim(arena, value + 1, end);
}

static enum err render(const struct mail_context *context, const struct mail_message *message,
                       struct rendered *rendered)
{
    struct arena *arena = context->arena;
    struct buf buf = buf_new(arena, LONGEST_BODY);
    const char *text;

    ERR_TRY(view_render(context->views, arena_printf(arena, "mail/%s.md", message->name),
                        message->data, &buf));
    text = buf.data;
    rendered->subject = take_line(arena, &text, "Objet");
    rendered->button = take_line(arena, &text, "Bouton");
    rendered->body = text;
    if (!rendered->subject || !rendered->button)
        return err_raise(ERR_INTERNAL, NULL, "mail/%s.md has no subject or no button",
                         message->name);
    return ERR_OK;
}

/* The body inside one of the two layouts. */
static enum err lay_out(const struct mail_context *context, const char *view,
                        const struct mail_layout *layout, const char **body)
{
    struct buf buf = buf_new(context->arena, 2 * LONGEST_BODY);

    ERR_TRY(view_render(context->views, view, layout, &buf));
    *body = buf.data;
    return ERR_OK;
}

/* What the outbox keeps of a message, to whomever it goes. */
struct letter {
    const struct mail_message *message;
    const char *subject;
    const char *reply_to;
    const char *text;
    const char *html;
};

static enum err insert(const struct mail_context *context, const struct letter *letter,
                       const char *to_address)
{
    const struct mail_message *message = letter->message;
    struct arena *arena = context->arena;
    unsigned char public_id[PUBLIC_ID_SIZE];
    bool attached = message->attachment_document != 0;

    crypto_random(public_id, sizeof public_id);
    return db_outbox_insert(
        context->db, arena,
        &(struct outbox_insert_in){
            .public_id = {public_id, sizeof public_id},
            .name = message->name,
            .from_name = "",
            .to_address = at_most(arena, to_address, LONGEST_ADDRESS),
            .to_name = at_most(arena, message->to_name, LONGEST_NAME),
            .reply_to = letter->reply_to,
            .subject = at_most(arena, letter->subject, LONGEST_SUBJECT),
            .body_text = letter->text,
            .body_html = letter->html,
            .attachment_document_id = message->attachment_document,
            .has_attachment_document_id = attached,
            .attachment_name =
                attached ? at_most(arena, message->attachment_name, LONGEST_FILE_NAME) : NULL,
            .convention_id = message->convention,
            .has_convention_id = message->convention != 0,
            .establishment_id = message->establishment,
            .has_establishment_id = message->establishment != 0,
            .is_secret = message->is_secret,
            .now = context->now,
        },
        NULL);
}

/* To the recipient, and to whoever else the establishment wants to have it. */
static enum err insert_for_all(const struct mail_context *context, const struct letter *letter)
{
    const struct mail_message *message = letter->message;
    struct outbox_copies_row *copies;
    size_t count = 0;

    if (message->establishment != 0)
        ERR_TRY(
            db_outbox_copies(context->db, context->arena,
                             &(struct outbox_copies_in){.establishment_id = message->establishment,
                                                        .address = message->to_address},
                             &copies, &count));
    ERR_TRY(insert(context, letter, message->to_address));
    for (size_t i = 0; i < count; i++)
        ERR_TRY(insert(context, letter, copies[i].address));
    return ERR_OK;
}

static enum err manner_of(const struct mail_context *context, uint64_t sender,
                          const char **reply_to, const char **closing)
{
    struct outbox_manner_row *manner = NULL;

    if (sender != 0)
        ERR_TRY(db_outbox_manner(context->db, context->arena,
                                 &(struct outbox_manner_in){.establishment_id = sender}, &manner));
    *reply_to = manner ? manner->reply_to : "";
    *closing = manner ? manner->closing : "";
    return ERR_OK;
}

enum err mail_purge(const struct mail_context *context, uint64_t *count)
{
    const struct outbox_delete_old_in old = {.before = context->now - KEPT_SECONDS,
                                             .limit = DELETED_AT_ONCE};
    struct db_done done;

    *count = 0;
    do {
        ERR_TRY(db_outbox_delete_old(context->db, context->arena, &old, &done));
        *count += done.affected;
    } while (done.affected == DELETED_AT_ONCE);
    return ERR_OK;
}

enum err mail_enqueue(const struct mail_context *context, const struct mail_message *message)
{
    struct mail_layout layout = {.url = message->url, .site = context->settings->base_url};
    struct letter letter = {.message = message};
    struct rendered rendered;

    ERR_TRY(render(context, message, &rendered));
    layout.subject = letter.subject = rendered.subject;
    layout.button = rendered.button;
    ERR_TRY(manner_of(context, message->sender, &letter.reply_to, &layout.closing));
    ERR_TRY(view_markdown_text(context->arena, rendered.body, LONGEST_BODY, &layout.text));
    ERR_TRY(view_markdown_html(context->arena, rendered.body, LONGEST_BODY, &layout.html));
    ERR_TRY(lay_out(context, "mail/layout.txt", &layout, &letter.text));
    ERR_TRY(lay_out(context, "mail/layout.html", &layout, &letter.html));
    return insert_for_all(context, &letter);
}
