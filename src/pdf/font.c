#include "pdf/font.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_MOST (8 * 1024 * 1024)

unsigned font_u16(struct bytes table, size_t offset)
{
    if (table.length < 2 || offset > table.length - 2)
        return 0;
    return (unsigned)table.data[offset] << 8 | table.data[offset + 1];
}

int font_i16(struct bytes table, size_t offset)
{
    return (int16_t)font_u16(table, offset);
}

uint32_t font_u32(struct bytes table, size_t offset)
{
    return (uint32_t)font_u16(table, offset) << 16 | font_u16(table, offset + 2);
}

/* The part of table from offset on, at most length bytes; empty where it is not inside. */
static struct bytes part(struct bytes table, size_t offset, size_t length)
{
    if (offset > table.length)
        return (struct bytes){NULL, 0};
    if (length > table.length - offset)
        length = table.length - offset;
    return (struct bytes){table.data + offset, length};
}

/* OpenType 1.9, « Table directory ». */
static struct bytes find_table(struct bytes file, const char *tag)
{
    unsigned count = font_u16(file, 4);

    for (unsigned i = 0; i < count; i++) {
        size_t at = 12 + 16 * (size_t)i;
        if (at + 16 <= file.length && memcmp(file.data + at, tag, 4) == 0)
            return part(file, font_u32(file, at + 8), font_u32(file, at + 12));
    }
    return (struct bytes){NULL, 0};
}

/* The format 4 subtable for Unicode (platform 3, encoding 1), which every TrueType font has that
 * ever was made for Windows. */
static struct bytes find_unicode_map(struct bytes cmap)
{
    unsigned count = font_u16(cmap, 2);

    for (unsigned i = 0; i < count; i++) {
        size_t at = 4 + 8 * (size_t)i;
        struct bytes map = part(cmap, font_u32(cmap, at + 4), cmap.length);
        if (font_u16(cmap, at) == 3 && font_u16(cmap, at + 2) == 1 && font_u16(map, 0) == 4)
            return part(map, 0, map.length);
    }
    return (struct bytes){NULL, 0};
}

/* The first subtable of the kern table, if it lists pairs (version 0, format 0). */
static struct bytes find_pairs(struct bytes kern)
{
    if (font_u16(kern, 0) != 0 || font_u16(kern, 2) == 0 || (font_u16(kern, 8) & 0xff01) != 1)
        return (struct bytes){NULL, 0};
    return part(kern, 10, kern.length);
}

static int scaled(const struct font *font, int units)
{
    int half = (int)font->units_per_em / 2, value = units * 1000;

    return (value + (value < 0 ? -half : half)) / (int)font->units_per_em;
}

/* The PostScript name (name ID 6), of the record for Windows in UTF-16. */
static void read_name(struct font *font, struct bytes table)
{
    size_t length = 0;

    for (unsigned i = 0; i < font_u16(table, 2); i++) {
        size_t at = 6 + 12 * (size_t)i;
        struct bytes text;
        if (font_u16(table, at) != 3 || font_u16(table, at + 6) != 6)
            continue;
        text = part(table, font_u16(table, 4) + (size_t)font_u16(table, at + 10),
                    font_u16(table, at + 8));
        for (size_t j = 0; j + 1 < text.length && length + 1 < sizeof font->name; j += 2) {
            unsigned c = font_u16(text, j);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                c == '-')
                font->name[length++] = (char)c;
        }
        break;
    }
    if (length == 0)
        memcpy(font->name, "Unnamed", sizeof "Unnamed");
}

static bool read_tables(struct font *font)
{
    struct bytes os2 = find_table(font->file, "OS/2"), post = find_table(font->file, "post");

    font->head = find_table(font->file, "head");
    font->hhea = find_table(font->file, "hhea");
    font->hmtx = find_table(font->file, "hmtx");
    font->maxp = find_table(font->file, "maxp");
    font->loca = find_table(font->file, "loca");
    font->glyf = find_table(font->file, "glyf");
    font->cvt = find_table(font->file, "cvt ");
    font->fpgm = find_table(font->file, "fpgm");
    font->prep = find_table(font->file, "prep");
    font->cmap = find_unicode_map(find_table(font->file, "cmap"));
    font->kern = find_pairs(find_table(font->file, "kern"));
    font->units_per_em = font_u16(font->head, 18);
    font->long_offsets = font_i16(font->head, 50) != 0;
    font->glyph_count = font_u16(font->maxp, 4);
    font->metric_count = font_u16(font->hhea, 34);
    if (font->head.length < 54 || font->hhea.length < 36 || font->maxp.length < 32 ||
        font->units_per_em < 16 || font->glyph_count == 0 || font->metric_count == 0 ||
        font->metric_count > font->glyph_count || font->hmtx.length < 4 * font->metric_count ||
        font->loca.length < (font->glyph_count + 1) * (font->long_offsets ? 4u : 2u) ||
        font->cmap.length < 16)
        return false;
    font->ascent = scaled(font, font_i16(font->hhea, 4));
    font->descent = scaled(font, font_i16(font->hhea, 6));
    font->cap_height = scaled(font, font_i16(os2, 88));
    font->italic_angle = font_i16(post, 4);
    for (size_t i = 0; i < 4; i++)
        font->box[i] = scaled(font, font_i16(font->head, 36 + 2 * i));
    read_name(font, find_table(font->file, "name"));
    return true;
}

static enum err read_file(const char *path, struct bytes *file)
{
    FILE *stream = fopen(path, "rbe");
    struct stat status;
    unsigned char *data;
    size_t length;

    if (!stream || fstat(fileno(stream), &status) != 0) {
        if (stream)
            fclose(stream);
        return err_raise(ERR_INTERNAL, NULL, "cannot read the font %s: %s", path, strerror(errno));
    }
    if (status.st_size <= 0 || status.st_size > FILE_MOST) {
        fclose(stream);
        return err_raise(ERR_INTERNAL, NULL, "%s is no font: its size", path);
    }
    length = (size_t)status.st_size;
    data = malloc(length);
    if (!data)
        abort();
    length = fread(data, 1, length, stream);
    fclose(stream);
    *file = (struct bytes){data, length};
    return ERR_OK;
}

enum err font_load(const char *path, const struct font **font)
{
    /* A process uses the three of its configuration, for as long as it lives. */
    static struct {
        char path[1024];
        struct font font;
    } loaded[6];
    static size_t count;

    for (size_t i = 0; i < count; i++)
        if (strcmp(loaded[i].path, path) == 0) {
            *font = &loaded[i].font;
            return ERR_OK;
        }
    if (count == sizeof loaded / sizeof loaded[0] || strlen(path) >= sizeof loaded[0].path)
        return err_raise(ERR_INTERNAL, NULL, "no room for the font %s", path);
    loaded[count].font = (struct font){0};
    ERR_TRY(read_file(path, &loaded[count].font.file));
    if (!read_tables(&loaded[count].font)) {
        free((void *)(uintptr_t)loaded[count].font.file.data);
        return err_raise(ERR_INTERNAL, NULL, "%s is no TrueType font with a Unicode map", path);
    }
    memcpy(loaded[count].path, path, strlen(path) + 1);
    *font = &loaded[count++].font;
    return ERR_OK;
}

/* OpenType 1.9, cmap format 4: arrays of segments, sorted by their last character. */
unsigned font_glyph(const struct font *font, uint32_t character)
{
    struct bytes map = font->cmap;
    size_t twice = font_u16(map, 6) & ~1u, ends = 14, starts = ends + twice + 2;
    size_t deltas = starts + twice, offsets = deltas + twice;
    size_t low = 0, high = twice / 2, at;
    unsigned offset, glyph;

    if (character > 0xffff)
        return 0;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (font_u16(map, ends + 2 * middle) < character)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == twice / 2 || font_u16(map, starts + 2 * low) > character)
        return 0;
    offset = font_u16(map, offsets + 2 * low);
    glyph = character & 0xffff;
    if (offset != 0) {
        at = offsets + 2 * low + offset + 2 * (character - font_u16(map, starts + 2 * low));
        glyph = font_u16(map, at);
        if (glyph == 0)
            return 0;
    }
    glyph = (glyph + font_u16(map, deltas + 2 * low)) & 0xffff;
    return glyph < font->glyph_count ? glyph : 0;
}

int font_advance(const struct font *font, unsigned glyph)
{
    if (glyph >= font->metric_count)
        glyph = font->metric_count - 1;
    return scaled(font, (int)font_u16(font->hmtx, 4 * (size_t)glyph));
}

/* OpenType 1.9, kern format 0: pairs sorted by left, then right glyph. */
int font_kerning(const struct font *font, unsigned left, unsigned right)
{
    uint32_t wanted = left << 16 | right;
    size_t low = 0, high = font_u16(font->kern, 0);

    while (low < high) {
        size_t middle = (low + high) / 2, at = 8 + 6 * middle;
        uint32_t pair = font_u32(font->kern, at);
        if (pair == wanted)
            return scaled(font, font_i16(font->kern, at + 4));
        if (pair < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

struct bytes font_outline(const struct font *font, unsigned glyph)
{
    size_t from, to;

    if (glyph >= font->glyph_count)
        return (struct bytes){NULL, 0};
    if (font->long_offsets) {
        from = font_u32(font->loca, 4 * (size_t)glyph);
        to = font_u32(font->loca, 4 * (size_t)glyph + 4);
    } else {
        from = 2 * (size_t)font_u16(font->loca, 2 * (size_t)glyph);
        to = 2 * (size_t)font_u16(font->loca, 2 * (size_t)glyph + 2);
    }
    return to > from ? part(font->glyf, from, to - from) : (struct bytes){NULL, 0};
}
