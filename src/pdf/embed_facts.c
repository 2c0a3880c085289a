#include "pdf/embed.h"

#include <time.h>

#include "base/buf.h"
#include "base/crypto.h"
#include "base/text.h"

HPDF_Binary embed_string(struct arena *arena, HPDF_Doc document, const char *text)
{
    const char *end = text + strlen(text);
    unsigned char *data = arena_alloc(arena, 2 + 4 * strlen(text));
    size_t length = 2;
    uint32_t c;

    data[0] = 0xfe;
    data[1] = 0xff;
    while (text_next(&text, end, &c)) {
        if (c >= 0x10000) {
            uint32_t high = 0xd800 + (c - 0x10000) / 0x400;
            data[length++] = (unsigned char)(high >> 8);
            data[length++] = (unsigned char)high;
            c = 0xdc00 + (c - 0x10000) % 0x400;
        }
        data[length++] = (unsigned char)(c >> 8);
        data[length++] = (unsigned char)c;
    }
    return HPDF_Binary_New(document->mmgr, data, (HPDF_UINT)length);
}

/* In universal time, as the information dictionary writes it. */
static const char *info_time(struct arena *arena, int64_t instant)
{
    time_t seconds = (time_t)instant;
    struct tm utc;
    char text[32];

    gmtime_r(&seconds, &utc);
    strftime(text, sizeof text, "D:%Y%m%d%H%M%SZ", &utc);
    return arena_strdup(arena, text);
}

/* The same, as XMP writes it. */
static const char *xmp_time(struct arena *arena, int64_t instant)
{
    time_t seconds = (time_t)instant;
    struct tm utc;
    char text[32];

    gmtime_r(&seconds, &utc);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return arena_strdup(arena, text);
}

static void put_escaped(struct buf *buf, const char *text)
{
    for (; *text; text++)
        if (*text == '&')
            buf_puts(buf, "&amp;");
        else if (*text == '<')
            buf_puts(buf, "&lt;");
        else if (*text == '>')
            buf_puts(buf, "&gt;");
        else
            buf_putc(buf, *text);
}

/* One value, as XMP has three shapes of it: plain, in the default language, in a list. */
static void put_property(struct buf *buf, const char *name, const char *before, const char *text,
                         const char *after)
{
    buf_printf(buf, "   <%s>%s", name, before);
    put_escaped(buf, text);
    buf_printf(buf, "%s</%s>\n", after, name);
}

/* ISO 16684-1. */
static struct bytes xmp_packet(struct arena *arena, const struct document_facts *facts)
{
    struct buf buf = buf_new(arena, 64 * 1024);
    const char *time = xmp_time(arena, facts->created_at);
    static const char text_start[] = "<rdf:Alt><rdf:li xml:lang=\"x-default\">",
                      text_end[] = "</rdf:li></rdf:Alt>";

    buf_puts(&buf, "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                   "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                   " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                   "  <rdf:Description rdf:about=\"\"\n"
                   "    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
                   "    xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
                   "    xmlns:paraphe=\"urn:paraphe:convention:1#\">\n");
    put_property(&buf, "dc:title", text_start, facts->title, text_end);
    put_property(&buf, "dc:description", text_start, facts->subject, text_end);
    put_property(&buf, "dc:creator", "<rdf:Seq><rdf:li>", facts->author, "</rdf:li></rdf:Seq>");
    put_property(&buf, "dc:language", "<rdf:Bag><rdf:li>", "fr-FR", "</rdf:li></rdf:Bag>");
    put_property(&buf, "xmp:CreateDate", "", time, "");
    put_property(&buf, "xmp:CreatorTool", "", "Paraphe", "");
    if (facts->identification)
        put_property(&buf, "paraphe:ID", "", facts->identification, "");
    buf_puts(&buf, "  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    return buf_bytes(&buf);
}

static void add_packet(struct arena *arena, HPDF_Doc document, const struct document_facts *facts)
{
    struct bytes packet = xmp_packet(arena, facts);
    HPDF_Dict stream = HPDF_DictStream_New(document->mmgr, document->xref);

    HPDF_Dict_AddName(stream, "Type", "Metadata");
    HPDF_Dict_AddName(stream, "Subtype", "XML");
    HPDF_Stream_Write(stream->stream, packet.data, (HPDF_UINT)packet.length);
    HPDF_Dict_Add(document->catalog, "Metadata", stream);
}

/* PDF asks for an ID that tells files apart; the identification does, and it is no clock. What has
 * none is told apart by its title and day. */
static void add_file_id(HPDF_Doc document, const struct document_facts *facts)
{
    unsigned char digest[CRYPTO_SHA256_SIZE];
    HPDF_Array id = HPDF_Array_New(document->mmgr);

    crypto_sha256(bytes_of(facts->identification ? facts->identification : facts->title), digest);
    HPDF_Array_Add(id, HPDF_Binary_New(document->mmgr, digest, 16));
    HPDF_Array_Add(id, HPDF_Binary_New(document->mmgr, digest, 16));
    HPDF_Dict_Add(document->trailer, "ID", id);
}

void embed_facts(struct arena *arena, HPDF_Doc document, const struct document_facts *facts)
{
    const char *time = info_time(arena, facts->created_at);
    HPDF_Dict preferences;

    HPDF_Dict_Add(document->info, "Title", embed_string(arena, document, facts->title));
    HPDF_Dict_Add(document->info, "Author", embed_string(arena, document, facts->author));
    HPDF_Dict_Add(document->info, "Subject", embed_string(arena, document, facts->subject));
    HPDF_Dict_Add(document->info, "Creator", HPDF_String_New(document->mmgr, "Paraphe", NULL));
    HPDF_Dict_Add(document->info, "CreationDate", HPDF_String_New(document->mmgr, time, NULL));
    HPDF_Dict_Add(document->info, "ModDate", HPDF_String_New(document->mmgr, time, NULL));
    if (facts->identification)
        HPDF_Dict_Add(document->info, "ParapheID",
                      HPDF_String_New(document->mmgr, facts->identification, NULL));
    HPDF_Dict_Add(document->catalog, "Lang", HPDF_String_New(document->mmgr, "fr-FR", NULL));
    preferences = HPDF_Dict_New(document->mmgr);
    HPDF_Dict_AddBoolean(preferences, "DisplayDocTitle", HPDF_TRUE);
    HPDF_Dict_Add(document->catalog, "ViewerPreferences", preferences);
    add_packet(arena, document, facts);
    add_file_id(document, facts);
}
