/* Asks the inspector about untrusted files; what every program may link.
 *
 * Nothing of a file is looked at in the caller's own process. Each call waits a bounded time: for
 * its turn INSPECT_WAIT_SECONDS, then INSPECT_SECONDS. Whatever happens to the inspector is an
 * error here, never a verdict.
 *
 * Errors, with keys of views/errors.txt: ERR_INVALID inspect-empty, -not-pdf, -encrypted, -damaged,
 * -not-image; ERR_TOO_LARGE inspect-too-large, -too-many-pages, -too-much, -too-slow, -memory,
 * -image-too-large; ERR_UNAVAILABLE inspect-crashed, -busy, -absent. */
#ifndef PARAPHE_INSPECT_CLIENT_H
#define PARAPHE_INSPECT_CLIENT_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/settings.h"
#include "inspect/protocol.h"
#include "inspect/report.h"

/* One inspection in two steps; it ends with its arena, or at inspect_close. */
struct inspect_dialogue;

/* What a file says before it is judged. Nothing of it is proven: pdf_token_parse proves tokens and
 * codes. Of the report only evidence, pages, tokens and short_code are filled. */
struct inspect_found {
    const struct inspect_report *report;
    const struct inspect_code *codes; /* QR codes on pages, looked for where there is no token */
    size_t code_count;
};

/* Hands the file over and learns which convention it says it is. Fails where it cannot be judged
 * at all. The inspector then waits for the second step, within its time. */
enum err inspect_open(struct arena *arena, const struct settings *settings, struct bytes file,
                      struct inspect_dialogue **dialogue, const struct inspect_found **found);

/* Hands the original over, or none (length 0), and gets the whole report. Fails as inspect_open
 * does where the verdict is that the file cannot be judged. */
enum err inspect_finish(struct inspect_dialogue *dialogue, struct bytes original,
                        const struct inspect_report **report);

/* Ends the dialogue early: the inspector is free for the next. */
void inspect_close(struct inspect_dialogue *dialogue);

struct inspect_image {
    uint32_t width, height;   /* pixels, at most INSPECT_IMAGE_SIDE */
    const unsigned char *rgb; /* three bytes a pixel, rows from the top */
};

/* Decodes a PNG or a JPEG: transparency on white, made to fit. */
enum err inspect_image(struct arena *arena, const struct settings *settings, struct bytes file,
                       struct inspect_image **image);

struct inspect_page {
    uint32_t number;        /* 1 for the first */
    uint32_t width, height; /* pixels */
    struct bytes png;
};

/* Draws pages first, first + 1 … (1 is the first), as many of count as there are, at most
 * INSPECT_PICTURES_MAX, that wide in pixels, at most INSPECT_PICTURE_WIDTH. */
enum err inspect_pages(struct arena *arena, const struct settings *settings, struct bytes file,
                       uint32_t first, uint32_t count, unsigned width, struct inspect_page **pages,
                       size_t *page_count);

/* One page as a PNG; ERR_NOT_FOUND where there is no such page. */
enum err inspect_page_picture(struct arena *arena, const struct settings *settings,
                              struct bytes file, uint32_t page, unsigned width, struct bytes *png);

/* One of several files that become one. */
struct inspect_part {
    struct bytes file;
    const char *failure; /* key of the sentence why its pages are not there, NULL where they are */
};

/* The pages of all parts, in their order, as one PDF to be printed: what stands on them as
 * annotations or fields is drawn, nothing else of the files is in it. A part that cannot be taken,
 * or that breaks the inspector, is left out and its failure filled; a part that has one already is
 * not looked at. At most INSPECT_MERGE_FILES, of INSPECT_MERGE_MAX bytes together, else
 * ERR_TOO_LARGE. *pdf has no bytes where no part could be taken. */
enum err inspect_merge(struct arena *arena, const struct settings *settings,
                       struct inspect_part *parts, size_t count, struct bytes *pdf);

/* The returned file beside its original (comparison.h), drawn and compared page by page.
 * only_signed: a report says that nothing but digital signatures was added. */
enum err inspect_compare(struct arena *arena, const struct settings *settings,
                         struct bytes original, struct bytes returned, bool only_signed,
                         const struct inspect_comparison **comparison);

/* One of several files whose pages are looked at, page by page. */
struct inspect_survey {
    struct bytes file;
    const char *failure; /* key of the sentence why it cannot be looked at, or NULL */
    uint32_t pages;
    uint32_t bits;                /* of enum inspect_survey_bit */
    struct inspect_sheet *sheets; /* one a page; of one that could not be looked at, page is 0 */
};

/* What is on every page of each file. Each few pages are an inspection of their own, and as many
 * run at once as the service takes: all its cores, while others still get their turn. A file that
 * cannot be looked at gets its failure; so does, with "survey-too-many-pages", one with which there
 * would be more than most pages together. Fails, with the keys above, where there is no inspector.
 */
enum err inspect_survey(struct arena *arena, const struct settings *settings,
                        struct inspect_survey *files, size_t count, uint32_t most);

/* A part of a file that becomes one of its own. */
struct inspect_range {
    uint32_t first, count; /* pages; the first page of the file is 1 */
    struct bytes pdf;      /* out */
};

/* Cuts a PDF into parts, as inspect_merge makes them, together of at most INSPECT_MERGED_MAX bytes.
 * Fails as that, and for a file that cannot be cut: then no part counts. */
enum err inspect_split(struct arena *arena, const struct settings *settings, struct bytes file,
                       struct inspect_range *ranges, size_t count);

/* For a caller with a confined process of its own (confined_start) at the other end of connection:
 * both steps at once. look: when pages are searched for codes. Puts why and returns false where
 * there is no answer; a file that cannot be judged has an answer, by its verdict. Closes the
 * connection. */
bool inspect_alone(struct arena *arena, int connection, struct bytes file, struct bytes original,
                   enum inspect_look look, const struct inspect_claim **claim,
                   const struct inspect_report **report, enum inspect_failure *why);

#endif
