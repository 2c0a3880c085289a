#include "mail/mime.h"

#include <ctype.h>

#include "base/buf.h"
#include "base/crypto.h"
#include "mail/mime_body.h"
#include "mail/mime_header.h"

/* RFC 5321 §4.5.3.1 */
#define LONGEST_LOCAL_PART 64
#define LONGEST_ADDRESS 254
#define LONGEST_LABEL 63

static bool is_local_part(const char *text, size_t length)
{
    if (length == 0 || length > LONGEST_LOCAL_PART || text[0] == '.' || text[length - 1] == '.')
        return false;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '.'
                ? text[i - 1] == '.'
                : !isalnum((unsigned char)text[i]) && !strchr("!#$%&'*+-/=?^_`{|}~", text[i]))
            return false;
    }
    return true;
}

static bool is_domain(const char *text)
{
    for (;;) {
        size_t length = strcspn(text, ".");

        if (length == 0 || length > LONGEST_LABEL || text[0] == '-' || text[length - 1] == '-')
            return false;
        for (size_t i = 0; i < length; i++)
            if (!isalnum((unsigned char)text[i]) && text[i] != '-')
                return false;
        if (text[length] == '\0')
            return true;
        text += length + 1;
    }
}

bool mime_is_address(const char *text)
{
    const char *at = strrchr(text, '@');

    return at && strlen(text) <= LONGEST_ADDRESS && is_local_part(text, (size_t)(at - text)) &&
           is_domain(at + 1);
}

bool mime_split_address(struct arena *arena, const char *text, const char **name,
                        const char **address)
{
    const char *open = strrchr(text, '<');
    size_t length = strlen(text);

    if (!open) {
        *name = "";
        *address = text;
        return mime_is_address(text);
    }
    if (text[length - 1] != '>')
        return false;
    *address = arena_strndup(arena, open + 1, (size_t)(text + length - 1 - (open + 1)));
    while (open > text && open[-1] == ' ')
        open--;
    *name = arena_strndup(arena, text, (size_t)(open - text));
    return mime_is_address(*address);
}

static bool is_media_type(const char *text)
{
    const char *slash = strchr(text, '/');

    for (const char *c = text; *c; c++)
        if (!isalnum((unsigned char)*c) && !strchr("/-+.", *c))
            return false;
    return slash && slash > text && slash[1] && !strchr(slash + 1, '/') && strlen(text) <= 60;
}

/* "=_" stands in no base64 and in no quoted-printable text (there a hexadecimal digit follows
 * each '='), so that a boundary cannot occur in a part (RFC 2046 §5.1.1). */
static const char *boundary(struct arena *arena, const char *message_id, char level)
{
    unsigned char digest[CRYPTO_SHA256_SIZE];

    crypto_sha256(bytes_of(message_id), digest);
    return arena_printf(arena, "=_%s_%c", crypto_hex(arena, (struct bytes){digest, 16}), level);
}

static void put_multipart(struct buf *out, const char *kind, const char *mark)
{
    struct mime_header header = mime_header_begin(out, "Content-Type");

    mime_header_word(&header, arena_printf(out->arena, "multipart/%s;", kind));
    mime_header_word(&header, arena_printf(out->arena, "boundary=\"%s\"", mark));
    mime_header_end(&header);
    buf_puts(out, "\r\n");
}

static void put_text_part(struct buf *out, const char *mark, const char *kind, const char *text)
{
    buf_printf(out, "--%s\r\n", mark);
    mime_header_constant(out, "Content-Type",
                         arena_printf(out->arena, "text/%s; charset=utf-8", kind));
    mime_header_constant(out, "Content-Transfer-Encoding", "quoted-printable");
    buf_puts(out, "\r\n");
    mime_quoted_printable(out, text);
}

static void put_alternative(struct buf *out, const struct mime_message *message)
{
    const char *mark = boundary(out->arena, message->message_id, 'a');

    put_multipart(out, "alternative", mark);
    put_text_part(out, mark, "plain", message->text);
    put_text_part(out, mark, "html", message->html);
    buf_printf(out, "--%s--\r\n", mark);
}

static void put_attachment(struct buf *out, const struct mime_attachment *attachment)
{
    struct mime_header header = mime_header_begin(out, "Content-Type");

    mime_header_word(&header, arena_printf(out->arena, "%s;", attachment->media_type));
    mime_header_plain_file_name(&header, "name", attachment->name);
    mime_header_end(&header);
    header = mime_header_begin(out, "Content-Disposition");
    mime_header_word(&header, "attachment;");
    mime_header_file_name(&header, attachment->name);
    mime_header_end(&header);
    mime_header_constant(out, "Content-Transfer-Encoding", "base64");
    buf_puts(out, "\r\n");
    mime_base64(out, attachment->content);
}

static void put_mixed(struct buf *out, const struct mime_message *message)
{
    const char *mark = boundary(out->arena, message->message_id, 'm');

    put_multipart(out, "mixed", mark);
    buf_printf(out, "--%s\r\n", mark);
    put_alternative(out, message);
    buf_printf(out, "--%s\r\n", mark);
    put_attachment(out, message->attachment);
    buf_printf(out, "--%s--\r\n", mark);
}

static void put_headers(struct buf *out, const struct mime_message *message)
{
    struct mime_header subject;

    mime_header_date(out, message->date);
    mime_header_mailbox(out, "From", message->from_name, message->from_address);
    mime_header_mailbox(out, "To", message->to_name, message->to_address);
    if (message->reply_to && message->reply_to[0])
        mime_header_mailbox(out, "Reply-To", "", message->reply_to);
    subject = mime_header_begin(out, "Subject");
    mime_header_text(&subject, message->subject, MIME_UNSTRUCTURED);
    mime_header_end(&subject);
    mime_header_constant(out, "Message-ID", arena_printf(out->arena, "<%s>", message->message_id));
    if (!message->by_people)
        mime_header_constant(out, "Auto-Submitted", "auto-generated"); /* RFC 3834 §5 */
    mime_header_constant(out, "MIME-Version", "1.0");
}

enum err mime_write(struct arena *arena, const struct mime_message *message, struct bytes *out)
{
    struct buf buf = buf_new(arena, MIME_LIMIT);

    if (!mime_is_address(message->from_address) || !mime_is_address(message->message_id))
        return err_raise(ERR_INVALID, "mail-address-invalid", "the sender's address is none");
    if (!mime_is_address(message->to_address))
        return err_raise(ERR_INVALID, "mail-address-invalid", "the recipient's address is none");
    if (message->reply_to && message->reply_to[0] && !mime_is_address(message->reply_to))
        return err_raise(ERR_INVALID, "mail-address-invalid", "the address of replies is none");
    if (message->attachment && !is_media_type(message->attachment->media_type))
        return err_raise(ERR_INTERNAL, NULL, "the attachment has no media type");
    put_headers(&buf, message);
    if (message->attachment)
        put_mixed(&buf, message);
    else
        put_alternative(&buf, message);
    if (buf.overflown)
        return err_raise(ERR_TOO_LARGE, "mail-too-large", "over %zu bytes", MIME_LIMIT);
    *out = buf_bytes(&buf);
    return ERR_OK;
}
