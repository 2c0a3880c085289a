/* Setting type: text as glyphs of three faces, with French spaces, broken into lines. */
#ifndef PARAPHE_PDF_TYPE_H
#define PARAPHE_PDF_TYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/settings.h"
#include "pdf/subset.h"

enum face { FACE_REGULAR, FACE_BOLD, FACE_ITALIC, FACE_COUNT };

/* The faces of one document. */
struct type {
    struct arena *arena;
    struct subset *faces[FACE_COUNT];
    struct place *places; /* where lines may end: room that each text uses in turn */
    size_t places_most;
};

/* Takes the three fonts of the configuration. */
enum err type_open(struct arena *arena, const struct settings *settings, struct type *type);

enum glyph_kind {
    GLYPH_INK,    /* also spaces that do not break */
    GLYPH_SPACE,  /* a line may end here */
    GLYPH_HYPHEN, /* printed; a line may end after it */
    GLYPH_END     /* not printed; the line must end here */
};

struct glyph {
    uint16_t number; /* in its face's subset */
    int16_t advance; /* thousandths of the size, kerning to the next one included */
    uint8_t face;    /* enum face */
    uint8_t kind;    /* enum glyph_kind */
};

/* A run of text, ready to be broken into lines of any width and size. */
struct setting {
    struct type *type;
    struct glyph *glyphs;
    size_t count;
    size_t capacity;
    int *sums;     /* widths before each glyph, once lines were asked for */
    size_t summed; /* for how many glyphs */
};

struct setting setting_new(struct type *type);

/* Adds UTF-8 text. Spaces before : ; ! ? » and % and after « become non-breaking ones (narrow
 * before ; ! ?), as French printers have it; other runs of white space become one space. What is
 * not UTF-8 is left out. */
void setting_add(struct setting *setting, enum face face, const char *text);
void setting_add_length(struct setting *setting, enum face face, const char *text, size_t length);

/* Ends the line, not the paragraph. */
void setting_break(struct setting *setting);

struct line {
    size_t first; /* its glyphs are [first, end), without the space it broke at */
    size_t end;
    int width; /* thousandths of the size */
};

/* Breaks the text into lines at most width points wide at that size, so that the lines are as
 * even as can be (the least sum of squared rests over the whole paragraph) and the last is not
 * one short word. A word wider than a line is broken where it must. No text has no line. */
struct line *setting_lines(struct setting *setting, double width, double size, size_t *line_count);

/* The width in points of the whole text on one line. */
double setting_width(const struct setting *setting, double size);

#endif
