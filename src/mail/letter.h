/* Letters: messages that people write, in an establishment's name; answers go to it. */
#ifndef PARAPHE_MAIL_LETTER_H
#define PARAPHE_MAIL_LETTER_H

#include "mail/mail.h"

struct mail_letter {
    const char *subject;
    const char *text; /* Markdown */
    const char *author;
    const char *sender; /* the establishment's name */
    const char *reply_address;
    uint64_t establishment; /* whose it is */
};

/* Both parts of the letter's mail, as every recipient gets them: rendered into the layouts
 * views/mail/letter.txt and letter.html. Errors: as view_markdown_html's. */
struct mail_letter_parts {
    const char *text;
    const char *html;
};
enum err mail_letter_render(const struct mail_context *context, const struct mail_letter *letter,
                            struct mail_letter_parts *parts);

/* Puts the letter to one recipient into the outbox, in the caller's transaction; *message is its
 * number. Nobody else is named in it. */
enum err mail_letter_enqueue(const struct mail_context *context, const struct mail_letter *letter,
                             const struct mail_letter_parts *parts, const char *to_name,
                             const char *to_address, uint64_t *message);

#endif
