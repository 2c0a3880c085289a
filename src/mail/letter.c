#include "mail/letter.h"

#include "base/crypto.h"
#include "db/statements.h"
#include "mail/mail_views.h"
#include "view/markdown.h"

#define PUBLIC_ID_SIZE 16
#define LONGEST_PART (2 * VIEW_MARKDOWN_MOST)

VIEW_TYPE(mail_letter_layout);

static enum err lay_out(const struct mail_context *context, const char *view,
                        const struct mail_letter_layout *layout, const char **part)
{
    struct buf buf = buf_new(context->arena, LONGEST_PART);

    ERR_TRY(view_render(context->views, view, layout, &buf));
    *part = buf.data;
    return ERR_OK;
}

enum err mail_letter_render(const struct mail_context *context, const struct mail_letter *letter,
                            struct mail_letter_parts *parts)
{
    struct mail_letter_layout layout = {.subject = letter->subject,
                                        .author = letter->author,
                                        .sender = letter->sender,
                                        .reply_address = letter->reply_address,
                                        .site = context->settings->base_url};

    ERR_TRY(view_markdown_text(context->arena, letter->text, VIEW_MARKDOWN_MOST, &layout.text));
    ERR_TRY(view_markdown_html(context->arena, letter->text, VIEW_MARKDOWN_MOST, &layout.html));
    ERR_TRY(lay_out(context, "mail/letter.txt", &layout, &parts->text));
    return lay_out(context, "mail/letter.html", &layout, &parts->html);
}

enum err mail_letter_enqueue(const struct mail_context *context, const struct mail_letter *letter,
                             const struct mail_letter_parts *parts, const char *to_name,
                             const char *to_address, uint64_t *message)
{
    unsigned char public_id[PUBLIC_ID_SIZE];
    struct db_done done;

    crypto_random(public_id, sizeof public_id);
    ERR_TRY(db_outbox_insert(context->db, context->arena,
                             &(struct outbox_insert_in){.public_id = {public_id, sizeof public_id},
                                                        .name = "contact-letter",
                                                        .to_address = to_address,
                                                        .to_name = to_name,
                                                        .subject = letter->subject,
                                                        .body_text = parts->text,
                                                        .body_html = parts->html,
                                                        .from_name = letter->sender,
                                                        .reply_to = letter->reply_address,
                                                        .has_establishment_id = true,
                                                        .establishment_id = letter->establishment,
                                                        .now = context->now},
                             &done));
    *message = done.insert_id;
    return ERR_OK;
}
