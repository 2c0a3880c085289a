/* What the parts of a document's pages share: the grid, the inks, and the drawing itself. */
#ifndef PARAPHE_PDF_DRAW_H
#define PARAPHE_PDF_DRAW_H

#include "pdf/paper.h"
#include "pdf/sheet.h"

#define PAGE_LEFT MILLIMETRES(17)
#define PAGE_TOP MILLIMETRES(13)
#define BODY_WIDTH MILLIMETRES(176)
#define BODY_RIGHT (PAGE_LEFT + BODY_WIDTH)
#define BODY_BOTTOM MILLIMETRES(258)
#define COLUMN_GAP MILLIMETRES(5)
#define COLUMN_WIDTH ((BODY_WIDTH - COLUMN_GAP) / 2)

static const struct ink ink_text = {26, 29, 35}, ink_label = {88, 98, 116},
                        ink_accent = {23, 55, 105}, ink_line = {168, 179, 199},
                        ink_band = {232, 238, 247};

struct drawing {
    struct arena *arena;
    struct type *type;
    struct sheet *sheet;
    const struct convention_paper *paper;
    struct pdf_layout layout;
};

/* text as one piece of type. */
struct setting draw_setting(struct drawing *drawing, enum face face, const char *text);

/* Draws text as one line from x; returns where it ends. */
double draw_text(struct drawing *drawing, enum face face, const char *text, double x, double y,
                 double size);

/* The same, smaller where it would be wider than that. */
void draw_text_within(struct drawing *drawing, enum face face, const char *text, double x, double y,
                      double size, double width);

/* ERR_TOO_LARGE "convention-image-too-large" for a picture that is too large to be drawn. */
enum err draw_check_image(const struct paper_image *image);

/* « DUPONT Camille » the other way round: "Camille DUPONT". */
const char *draw_trainee_name(struct drawing *drawing);

/* "Mercredi 3 février 2027" or "Du lundi 1er février 2027 au …". */
const char *draw_days(struct drawing *drawing);

/* The head of the first page and the identity block; returns where it ends. */
double draw_identity(struct drawing *drawing);

/* The line at the top of the other pages; returns where it ends. */
double draw_running_head(struct drawing *drawing);

/* The four signature boxes from y downward, and how high they are together. */
void draw_signatures(struct drawing *drawing, double y);
double draw_signatures_height(struct drawing *drawing);

/* The text and the signatures, over as many pages as they need, from y on the first. */
enum err draw_articles(struct drawing *drawing, double y);

/* QR code, short code, notice and page number at the foot of every page. */
enum err draw_feet(struct drawing *drawing);

#endif
