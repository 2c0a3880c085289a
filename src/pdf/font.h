/* A TrueType font: its metrics, and its outlines for embedding.
 *
 * libharu embeds TrueType in UTF-8 with a character map, a width table and a glyph map of the
 * whole Basic Multilingual Plane per font, and with no ToUnicode: 13 ms and 100 KB a font, and a
 * text that readers cannot copy. So the fonts are read and subset here (subset.h), and libharu
 * gets ready objects. The files come from the configuration and are trusted to be what they are,
 * yet no offset in them is followed without a check. */
#ifndef PARAPHE_PDF_FONT_H
#define PARAPHE_PDF_FONT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

/* Lengths are in thousandths of the font's size, as in PDF. */
struct font {
    struct bytes file;
    struct bytes head, hhea, hmtx, maxp, loca, glyf, cmap, kern, cvt, fpgm, prep;
    char name[64]; /* PostScript name: letters, digits and hyphens */
    unsigned units_per_em;
    unsigned glyph_count;
    unsigned metric_count; /* glyphs after it have the last one's advance */
    bool long_offsets;
    int ascent, descent, cap_height;
    int box[4]; /* left, bottom, right, top of all glyphs */
    int italic_angle;
};

/* The font in that file, read once in a process and kept. ERR_INTERNAL where it cannot be read or
 * is no TrueType font with a Unicode map. */
enum err font_load(const char *path, const struct font **font);

/* The glyph of a Unicode character, 0 if the font has none. */
unsigned font_glyph(const struct font *font, uint32_t character);

int font_advance(const struct font *font, unsigned glyph);

/* What to add to left's advance before right: mostly 0, or negative. */
int font_kerning(const struct font *font, unsigned left, unsigned right);

/* The bytes of a glyph's outline; empty for a blank. */
struct bytes font_outline(const struct font *font, unsigned glyph);

/* Big-endian numbers at an offset; 0 where the bytes end before. */
unsigned font_u16(struct bytes table, size_t offset);
int font_i16(struct bytes table, size_t offset);
uint32_t font_u32(struct bytes table, size_t offset);

#endif
