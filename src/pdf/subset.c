#include "pdf/subset.h"

#include <string.h>

#include "base/buf.h"

#define TABLE_COUNT 9
#define GLYPHS_MOST (2 * SUBSET_MOST) /* with the parts of composite glyphs */

void subset_open(struct subset *subset, const struct font *font)
{
    memset(subset, 0, sizeof *subset);
    subset->font = font;
    subset->count = 1;
    subset->advances[0] = (int16_t)font_advance(font, 0);
}

/* Characters that print as another one where the font does not have them. */
static uint32_t relative_of(uint32_t character)
{
    switch (character) {
    case 0xa0:   /* no-break space */
    case 0x202f: /* narrow no-break space */
    case 0x2009: /* thin space */
        return ' ';
    case 0x2010: /* hyphen */
    case 0x2011: /* non-breaking hyphen */
        return '-';
    case 0x2bc: /* modifier letter apostrophe */
        return 0x2019;
    default:
        return 0;
    }
}

static int advance_of(const struct font *font, uint32_t character, unsigned glyph)
{
    int advance = font_advance(font, glyph);

    /* The French thin space before ; ! and ? is about two thirds of a word space. */
    return character == 0x202f || character == 0x2009
               ? font_advance(font, font_glyph(font, ' ')) * 2 / 3
               : advance;
}

unsigned subset_take(struct subset *subset, uint32_t character)
{
    size_t slots = sizeof subset->numbers / sizeof subset->numbers[0];
    size_t slot = character * 2654435761u % slots;
    unsigned glyph, number;

    for (; subset->numbers[slot] != 0; slot = (slot + 1) % slots)
        if (subset->characters[subset->numbers[slot]] == character)
            return subset->numbers[slot];
    glyph = font_glyph(subset->font, character);
    if (glyph == 0 && relative_of(character) != 0)
        glyph = font_glyph(subset->font, relative_of(character));
    if (glyph == 0 || subset->count == SUBSET_MOST)
        return 0;
    number = subset->count++;
    subset->numbers[slot] = (uint16_t)number;
    subset->characters[number] = character;
    subset->glyphs[number] = (uint16_t)glyph;
    subset->advances[number] = (int16_t)advance_of(subset->font, character, glyph);
    return number;
}

static void put_u16(struct buf *buf, unsigned value)
{
    buf_putc(buf, (char)(value >> 8 & 0xff));
    buf_putc(buf, (char)(value & 0xff));
}

static void put_u32(struct buf *buf, uint32_t value)
{
    put_u16(buf, value >> 16);
    put_u16(buf, value & 0xffff);
}

static void set_u16(unsigned char *at, unsigned value)
{
    at[0] = (unsigned char)(value >> 8);
    at[1] = (unsigned char)value;
}

static void set_u32(unsigned char *at, uint32_t value)
{
    set_u16(at, value >> 16);
    set_u16(at + 2, value & 0xffff);
}

/* The glyphs of the new font, by new number: those of characters, then the parts of composites. */
struct glyphs {
    uint16_t old[GLYPHS_MOST];
    unsigned count;
};

static unsigned part_number(struct glyphs *glyphs, unsigned old)
{
    for (unsigned i = 0; i < glyphs->count; i++)
        if (glyphs->old[i] == old)
            return i;
    if (glyphs->count == GLYPHS_MOST)
        return 0;
    glyphs->old[glyphs->count] = (uint16_t)old;
    return glyphs->count++;
}

/* OpenType 1.9, « Composite glyph description »: renumbers the parts, adding those not yet taken.
 * outline is a copy that is changed in place. */
static void renumber_parts(unsigned char *outline, size_t length, struct glyphs *glyphs)
{
    enum { WORDS = 0x1, SCALE = 0x8, MORE = 0x20, XY_SCALE = 0x40, TWO_BY_TWO = 0x80 };
    struct bytes bytes = {outline, length};
    size_t at = 10;
    unsigned flags = MORE;

    while (flags & MORE && at + 4 <= length) {
        flags = font_u16(bytes, at);
        set_u16(outline + at + 2, part_number(glyphs, font_u16(bytes, at + 2)));
        at += 4 + (flags & WORDS ? 4u : 2u);
        at += flags & SCALE ? 2u : flags & XY_SCALE ? 4u : flags & TWO_BY_TWO ? 8u : 0u;
    }
}

static void write_outlines(struct arena *arena, const struct subset *subset, struct glyphs *glyphs,
                           struct buf *glyf, struct buf *loca)
{
    glyphs->count = subset->count;
    memcpy(glyphs->old, subset->glyphs, subset->count * sizeof subset->glyphs[0]);
    for (unsigned i = 0; i < glyphs->count; i++) {
        struct bytes outline = font_outline(subset->font, glyphs->old[i]);
        put_u32(loca, (uint32_t)glyf->length);
        if (outline.length >= 10 && font_i16(outline, 0) < 0) {
            unsigned char *copy = arena_alloc(arena, outline.length);
            memcpy(copy, outline.data, outline.length);
            renumber_parts(copy, outline.length, glyphs);
            outline.data = copy;
        }
        buf_put(glyf, outline.data, outline.length);
        while (glyf->length % 4 != 0)
            buf_putc(glyf, 0);
    }
    put_u32(loca, (uint32_t)glyf->length);
}

/* Advances in the font's own units; the ones that were set here (thin spaces) in theirs. */
static struct bytes write_metrics(struct arena *arena, const struct subset *subset,
                                  const struct glyphs *glyphs)
{
    const struct font *font = subset->font;
    struct buf hmtx = buf_new(arena, 4 * GLYPHS_MOST);

    for (unsigned i = 0; i < glyphs->count; i++) {
        unsigned old = glyphs->old[i], metric = old;
        size_t bearing = 4 * (size_t)old + 2;
        if (old >= font->metric_count) {
            metric = font->metric_count - 1;
            bearing = 4 * (size_t)font->metric_count + 2 * (size_t)(old - font->metric_count);
        }
        if (i < subset->count && subset->advances[i] != font_advance(font, old))
            put_u16(&hmtx, (unsigned)subset->advances[i] * font->units_per_em / 1000);
        else
            put_u16(&hmtx, font_u16(font->hmtx, 4 * (size_t)metric));
        put_u16(&hmtx, font_u16(font->hmtx, bearing));
    }
    return buf_bytes(&hmtx);
}

struct table {
    const char *tag;
    struct bytes data;
};

static uint32_t checksum(struct bytes data)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < data.length; i++)
        sum += (uint32_t)data.data[i] << (24 - 8 * (i % 4));
    return sum;
}

/* OpenType 1.9, « Table directory »: tables sorted by tag, each on a multiple of four. */
static struct bytes write_file(struct arena *arena, const struct table tables[TABLE_COUNT],
                               size_t limit)
{
    struct buf file = buf_new(arena, limit);
    size_t offset = 12 + 16 * TABLE_COUNT, head = 0;
    unsigned char *data;

    put_u32(&file, 0x00010000);
    put_u16(&file, TABLE_COUNT);
    put_u16(&file, 8 * 16); /* of the largest power of two within the count */
    put_u16(&file, 3);
    put_u16(&file, (TABLE_COUNT - 8) * 16);
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        buf_put(&file, tables[i].tag, 4);
        put_u32(&file, checksum(tables[i].data));
        put_u32(&file, (uint32_t)offset);
        put_u32(&file, (uint32_t)tables[i].data.length);
        if (strcmp(tables[i].tag, "head") == 0)
            head = offset;
        offset += (tables[i].data.length + 3) / 4 * 4;
    }
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        buf_put(&file, tables[i].data.data, tables[i].data.length);
        while (file.length % 4 != 0)
            buf_putc(&file, 0);
    }
    data = (unsigned char *)file.data;
    set_u32(data + head + 8, 0xb1b0afba - checksum(buf_bytes(&file)));
    return buf_bytes(&file);
}

static unsigned char *copy_of(struct arena *arena, struct bytes table)
{
    unsigned char *copy = arena_alloc(arena, table.length);

    memcpy(copy, table.data, table.length);
    return copy;
}

struct bytes subset_write(struct arena *arena, const struct subset *subset)
{
    const struct font *font = subset->font;
    struct glyphs *glyphs = ARENA_NEW(arena, struct glyphs);
    struct buf glyf = buf_new(arena, font->glyf.length * 2 + 4 * GLYPHS_MOST);
    struct buf loca = buf_new(arena, 4 * (GLYPHS_MOST + 1));
    unsigned char *head = copy_of(arena, font->head), *hhea = copy_of(arena, font->hhea),
                  *maxp = copy_of(arena, font->maxp);
    struct bytes hmtx;

    write_outlines(arena, subset, glyphs, &glyf, &loca);
    hmtx = write_metrics(arena, subset, glyphs);
    set_u32(head + 8, 0);
    set_u16(head + 50, 1);
    set_u16(hhea + 34, glyphs->count);
    set_u16(maxp + 4, glyphs->count);
    /* PDF 32000-1 §9.9, table 126: what a CIDFontType2 needs; cmap, name and post are not. */
    const struct table tables[TABLE_COUNT] = {
        {"cvt ", font->cvt},
        {"fpgm", font->fpgm},
        {"glyf", buf_bytes(&glyf)},
        {"head", {head, font->head.length}},
        {"hhea", {hhea, font->hhea.length}},
        {"hmtx", hmtx},
        {"loca", buf_bytes(&loca)},
        {"maxp", {maxp, font->maxp.length}},
        {"prep", font->prep},
    };
    return write_file(arena, tables, font->file.length * 2 + 65536);
}
