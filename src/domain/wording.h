/* The text of a convention: the standard one, or the host's own, with its variables filled. */
#ifndef PARAPHE_DOMAIN_WORDING_H
#define PARAPHE_DOMAIN_WORDING_H

#include "domain/context.h"
#include "pdf/paper.h"

/* Why a text was refused: the key of a sentence, and where. */
struct wording_fault {
    const char *key;
    unsigned line;         /* from 1; 0 where it is the text as a whole */
    const char *line_text; /* what stands there, shortened; "" with line 0 */
};

/* Fills views/convention.md, or own where it is not NULL, from the paper's data. *text is
 * Markdown. Errors: ERR_INVALID where own is no good template. */
enum err wording_fill(struct context *ctx, const struct convention_paper *paper, const char *own,
                      const char **text);

/* The standard text with its variables as they are written, to begin one's own from. */
enum err wording_standard(struct context *ctx, const char **text);

/* The paper of a convention that does not exist: this host, a trainee, a school of origin and a
 * placement made up, and a random identification that is stored nowhere, so that no deposit of it
 * is ever recognised. own as in wording_fill. Errors: "wording-invalid", with *fault filled. */
enum err wording_example(struct context *ctx, uint64_t host, const char *own,
                         struct convention_paper *paper, struct wording_fault *fault);

/* That paper drawn, and how many pages it has. Errors: as above, also for a text that is too long
 * to be drawn. */
enum err wording_draw_example(struct context *ctx, uint64_t host, const char *own,
                              struct wording_fault *fault, struct bytes *pdf, unsigned *pages);

/* Whatever the text in force is: what wording_change takes where nobody saw one. */
#define WORDING_ANY UINT64_MAX

/* The text of this host's conventions from now on, in Markdown; NULL for the standard one. Those
 * drawn before keep theirs, and the earlier texts are kept (wording_list). seen: the number of the
 * version that was changed, 0 for none. The text that is in force already changes nothing.
 * Errors: ERR_INVALID "wording-invalid" with *fault filled, ERR_CONFLICT "wording-out-of-date". */
enum err wording_change(struct context *ctx, uint64_t host, uint64_t seen, const char *text,
                        struct wording_fault *fault);

#endif
