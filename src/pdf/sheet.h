/* The pages of one document: what the rest of the room draws with, over libharu.
 *
 * Lengths are points; x runs from the left edge, y from the top edge downward (rectangles that
 * leave this room are in PDF's own coordinates, pdf_box). No function here fails on the way: the
 * first fault is kept and sheet_finish reports it. */
#ifndef PARAPHE_PDF_SHEET_H
#define PARAPHE_PDF_SHEET_H

#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "pdf/paper.h"
#include "pdf/type.h"

#define SHEET_WIDTH 595.28 /* A4 */
#define SHEET_HEIGHT 841.89
#define MILLIMETRES(n) ((n)*72 / 25.4)

struct sheet;

/* Red, green, blue from 0 to 255. */
struct ink {
    unsigned char red, green, blue;
};

/* A rectangle: left and top edge, width and height. */
struct area {
    double x, y, width, height;
};

/* What stands in the document about itself; text in UTF-8. */
struct document_facts {
    const char *title;
    const char *author;
    const char *subject;
    const char *identification; /* the token's metadata form; NULL for what is no convention */
    int64_t created_at;
};

/* Begins a document without pages; the arena's clean-up ends it if sheet_finish does not. */
struct sheet *sheet_open(struct type *type);

/* Following drawing goes to a new page. */
void sheet_add_page(struct sheet *sheet);

/* Returns to an earlier page, from 1. */
void sheet_turn_to(struct sheet *sheet, unsigned page);

void sheet_ink(struct sheet *sheet, struct ink ink);

/* Draws one line with its baseline at y. */
void sheet_line(struct sheet *sheet, const struct setting *setting, const struct line *line,
                double x, double y, double size);

/* Draws the whole text as one line; returns where it ends. */
double sheet_text(struct sheet *sheet, const struct setting *setting, double x, double y,
                  double size);

/* A filled rectangle; a frame around one (the line's middle is the edge); a straight line. */
void sheet_fill(struct sheet *sheet, struct area area);
void sheet_frame(struct sheet *sheet, struct area area, double thickness);
void sheet_rule(struct sheet *sheet, double x, double y, double to_x, double to_y,
                double thickness);

/* Many rectangles filled as one shape. */
void sheet_fill_all(struct sheet *sheet, const struct area *areas, size_t count);

/* The picture in the area, as large as its proportions allow; align 0 is left, 0.5 the middle, 1
 * right, and it stands in the middle of the height. It is reduced to 300 dots per inch. Returns
 * the width drawn. */
double sheet_image(struct sheet *sheet, const struct paper_image *image, struct area area,
                   double align);

/* An empty signature field (PDF 32000-1 §12.7.4.5) on this page. name: its partial name; label:
 * what it is called to people. Returns its rectangle in PDF's coordinates. */
struct pdf_box sheet_signature_field(struct sheet *sheet, const char *name, const char *label,
                                     struct area area);

/* The area as a rectangle in PDF's coordinates, on the current page. */
struct pdf_box sheet_box(const struct sheet *sheet, struct area area);

/* Ends the document; its bytes are in the arena. ERR_INTERNAL where libharu failed. */
enum err sheet_finish(struct sheet *sheet, const struct document_facts *facts, struct bytes *pdf);

#endif
