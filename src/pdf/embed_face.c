#include "pdf/embed.h"

#include "base/buf.h"
#include "base/crypto.h"

static HPDF_Dict add_stream(HPDF_Doc document, struct bytes data)
{
    HPDF_Dict stream = HPDF_DictStream_New(document->mmgr, document->xref);

    HPDF_Stream_Write(stream->stream, data.data, (HPDF_UINT)data.length);
    stream->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
    return stream;
}

static void put_character(struct buf *buf, uint32_t character)
{
    if (character < 0x10000)
        buf_printf(buf, "%04X", character);
    else
        buf_printf(buf, "%04X%04X", 0xd800 + (character - 0x10000) / 0x400,
                   0xdc00 + (character - 0x10000) % 0x400);
}

/* Which character each number is, for copying, searching and reading aloud (PDF 32000-1 §9.10.3;
 * at most 100 entries a section). */
static struct bytes to_unicode(struct arena *arena, const struct subset *subset)
{
    struct buf buf = buf_new(arena, 64 * 1024);

    buf_puts(&buf, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                   "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                   "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                   "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    for (unsigned from = 1; from < subset->count; from += 100) {
        unsigned to = from + 100 < subset->count ? from + 100 : subset->count;
        buf_printf(&buf, "%u beginbfchar\n", to - from);
        for (unsigned i = from; i < to; i++) {
            buf_printf(&buf, "<%04X> <", i);
            put_character(&buf, subset->characters[i]);
            buf_puts(&buf, ">\n");
        }
        buf_puts(&buf, "endbfchar\n");
    }
    buf_puts(&buf, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    return buf_bytes(&buf);
}

/* "ABCDEF+LiberationSans": the mark of a subset (PDF 32000-1 §9.6.4), from its bytes. */
static const char *subset_name(struct arena *arena, const struct subset *subset, struct bytes file)
{
    unsigned char digest[CRYPTO_SHA256_SIZE];
    char mark[7] = "";

    crypto_sha256(file, digest);
    for (size_t i = 0; i < 6; i++)
        mark[i] = (char)('A' + digest[i] % 26);
    return arena_printf(arena, "%s+%s", mark, subset->font->name);
}

static HPDF_Dict make_descriptor(HPDF_Doc document, const struct subset *subset, const char *name,
                                 struct bytes file)
{
    const struct font *font = subset->font;
    HPDF_Dict descriptor = HPDF_Dict_New(document->mmgr), data = add_stream(document, file);
    HPDF_Array box = HPDF_Array_New(document->mmgr);

    HPDF_Xref_Add(document->xref, descriptor);
    HPDF_Dict_AddName(descriptor, "Type", "FontDescriptor");
    HPDF_Dict_AddName(descriptor, "FontName", name);
    HPDF_Dict_AddNumber(descriptor, "Flags", font->italic_angle != 0 ? 68 : 4);
    for (size_t i = 0; i < 4; i++)
        HPDF_Array_AddNumber(box, font->box[i]);
    HPDF_Dict_Add(descriptor, "FontBBox", box);
    HPDF_Dict_AddNumber(descriptor, "ItalicAngle", font->italic_angle);
    HPDF_Dict_AddNumber(descriptor, "Ascent", font->ascent);
    HPDF_Dict_AddNumber(descriptor, "Descent", font->descent);
    HPDF_Dict_AddNumber(descriptor, "CapHeight", font->cap_height);
    HPDF_Dict_AddNumber(descriptor, "StemV", 80);
    HPDF_Dict_AddNumber(data, "Length1", (HPDF_INT32)file.length);
    HPDF_Dict_Add(descriptor, "FontFile2", data);
    return descriptor;
}

static HPDF_Dict make_descendant(HPDF_Doc document, const struct subset *subset, const char *name,
                                 struct bytes file)
{
    HPDF_Dict descendant = HPDF_Dict_New(document->mmgr);
    HPDF_Dict system = HPDF_Dict_New(document->mmgr);
    HPDF_Array widths = HPDF_Array_New(document->mmgr), all = HPDF_Array_New(document->mmgr);

    HPDF_Xref_Add(document->xref, descendant);
    HPDF_Dict_AddName(descendant, "Type", "Font");
    HPDF_Dict_AddName(descendant, "Subtype", "CIDFontType2");
    HPDF_Dict_AddName(descendant, "BaseFont", name);
    HPDF_Dict_Add(system, "Registry", HPDF_String_New(document->mmgr, "Adobe", NULL));
    HPDF_Dict_Add(system, "Ordering", HPDF_String_New(document->mmgr, "Identity", NULL));
    HPDF_Dict_AddNumber(system, "Supplement", 0);
    HPDF_Dict_Add(descendant, "CIDSystemInfo", system);
    HPDF_Dict_AddName(descendant, "CIDToGIDMap", "Identity");
    HPDF_Array_AddNumber(widths, 0);
    for (unsigned i = 0; i < subset->count; i++)
        HPDF_Array_AddNumber(all, subset->advances[i]);
    HPDF_Array_Add(widths, all);
    HPDF_Dict_Add(descendant, "W", widths);
    HPDF_Dict_Add(descendant, "FontDescriptor", make_descriptor(document, subset, name, file));
    return descendant;
}

void embed_face(struct arena *arena, HPDF_Doc document, HPDF_Dict font, const struct subset *subset)
{
    struct bytes file = subset_write(arena, subset);
    const char *name = subset_name(arena, subset, file);
    HPDF_Array descendants = HPDF_Array_New(document->mmgr);

    HPDF_Dict_AddName(font, "Type", "Font");
    HPDF_Dict_AddName(font, "Subtype", "Type0");
    HPDF_Dict_AddName(font, "BaseFont", name);
    HPDF_Dict_AddName(font, "Encoding", "Identity-H");
    HPDF_Array_Add(descendants, make_descendant(document, subset, name, file));
    HPDF_Dict_Add(font, "DescendantFonts", descendants);
    HPDF_Dict_Add(font, "ToUnicode", add_stream(document, to_unicode(arena, subset)));
}
