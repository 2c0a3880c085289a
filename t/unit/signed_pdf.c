#include "t/unit/signed_pdf.h"

#include "t/unit/signed_cms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIMIT ((size_t)8 << 20)
#define CONTENTS_BYTES 12000
#define OBJECTS_MAX 64

static const char *stream(struct arena *arena, const char *keys, const char *data)
{
    return arena_printf(arena, "<< %s /Length %zu >>\nstream\n%s\nendstream", keys, strlen(data),
                        data);
}

static const char *page_content(struct arena *arena, const char *text, const char *drawing)
{
    return arena_printf(arena,
                        "BT /F1 14 Tf 72 720 Td (%s) Tj ET\n"
                        "BT /F1 12 Tf 72 690 Td (Signatures) Tj ET\n"
                        "q 40 0 0 40 480 740 cm /I1 Do Q %s",
                        text, drawing ? drawing : "");
}

/* References in bodies are written "@n": the number n, shifted. */
static void write_body(struct buf *buf, const char *body, int shift)
{
    for (; *body; body++) {
        char *end;

        if (*body != '@') {
            buf_putc(buf, *body);
            continue;
        }
        buf_printf(buf, "%ld 0 R", strtol(body + 1, &end, 10) + shift);
        body = end - 1;
    }
}

struct bytes document_make(struct arena *arena, struct document_options options)
{
    const char *text = options.text ? options.text : PAGE_TEXT;
    const char *token = options.token ? options.token : DOCUMENT_TOKEN;
    const char *bodies[OBJECT_NEW] = {
        [OBJECT_CATALOG] = "<< /Type /Catalog /Pages @2 /AcroForm @8 /Metadata @14 >>",
        [OBJECT_PAGES] = "<< /Type /Pages /Kids [@3 @4] /Count 2 /MediaBox [0 0 595 842] >>",
        [OBJECT_PAGE_1] = "<< /Type /Page /Parent @2 /Contents @5 /Resources << /Font << /F1 @7 >> "
                          "/XObject << /I1 @15 >> >> /Annots [@9 @10 @11 @12] >>",
        [OBJECT_PAGE_2] = "<< /Type /Page /Parent @2 /Contents [@6] "
                          "/Resources << /Font << /F1 @7 >> >> >>",
        [OBJECT_CONTENT_1] = stream(arena, "", page_content(arena, text, options.drawing)),
        [OBJECT_CONTENT_2] =
            stream(arena, "", "BT /F1 12 Tf 72 720 Td (Article 13. Dur\\351e) Tj ET"),
        [OBJECT_FONT] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                        "/Encoding /WinAnsiEncoding >>",
        [OBJECT_FORM] = "<< /Fields [@9 @10 @11 @12] /DA (/F1 10 Tf 0 g) /DR << /Font << /F1 @7 >> "
                        ">> >>",
        [OBJECT_SIGNATURE_A] = "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Responsable) /F 4 "
                               "/P @3 /Rect [60 500 260 600] >>",
        [OBJECT_SIGNATURE_B] = "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Stagiaire) /F 4 "
                               "/P @3 /Rect [300 500 500 600] >>",
        [OBJECT_FIELD_EMPTY] = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (Date) /F 4 /P @3 "
                               "/Rect [60 400 260 420] >>",
        [OBJECT_FIELD_FILLED] = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (Ville) /F 4 /P @3 "
                                "/Rect [300 400 500 420] /V (Lyon) /AP << /N @16 >> >>",
        [OBJECT_INFO] = arena_printf(arena, "<< /Title (Convention) /ParapheID (%s) >>", token),
        [OBJECT_METADATA] =
            stream(arena, "/Type /Metadata /Subtype /XML",
                   arena_printf(arena,
                                "<?xpacket?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">%s"
                                "</x:xmpmeta>",
                                token)),
        [OBJECT_IMAGE] = stream(arena,
                                "/Type /XObject /Subtype /Image /Width 2 /Height 2 "
                                "/ColorSpace /DeviceGray /BitsPerComponent 8",
                                "0A~z"),
        [OBJECT_FILLED_LOOK] = stream(arena,
                                      "/Type /XObject /Subtype /Form /BBox [0 0 200 20] "
                                      "/Resources << /Font << /F1 @7 >> >>",
                                      "/Tx BMC BT /F1 10 Tf 2 6 Td (Lyon) Tj ET EMC"),
    };
    size_t offsets[OBJECT_NEW];
    struct buf buf = buf_new(arena, LIMIT);
    size_t xref;

    buf_puts(&buf, options.shift ? "%PDF-1.6\n%\xe2\xe3\xcf\xd3\n" : "%PDF-1.7\n");
    for (int i = 1; i < OBJECT_NEW; i++) {
        offsets[i] = buf.length;
        buf_printf(&buf, options.shift ? "%d  0  obj\r\n" : "%d 0 obj\n", i + options.shift);
        write_body(&buf, bodies[i], options.shift);
        buf_puts(&buf, "\nendobj\n");
    }
    xref = buf.length;
    buf_printf(&buf, "xref\n0 1\n0000000000 65535 f \n%d %d\n", 1 + options.shift, OBJECT_NEW - 1);
    for (int i = 1; i < OBJECT_NEW; i++)
        buf_printf(&buf, "%010zu 00000 n \n", offsets[i]);
    buf_printf(&buf,
               "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<00112233> <00112233>] >>\n"
               "startxref\n%zu\n%%%%EOF\n",
               OBJECT_NEW + options.shift, OBJECT_CATALOG + options.shift,
               OBJECT_INFO + options.shift, xref);
    return buf_bytes(&buf);
}

size_t place_of_last(struct bytes file, const char *text)
{
    size_t length = strlen(text);

    for (size_t at = file.length - length + 1; at-- > 0;)
        if (memcmp(file.data + at, text, length) == 0)
            return at;
    fprintf(stderr, "the file has no %s\n", text);
    abort();
}

/* Behind the last startxref. */
static size_t last_xref(struct bytes file)
{
    return strtoul((const char *)file.data + place_of_last(file, "startxref") + 10, NULL, 10);
}

struct bytes revision_append(struct arena *arena, struct bytes file, const struct object *objects,
                             size_t count, const char *extra)
{
    return revision_append_to(arena, file, objects, count, extra, 0);
}

struct bytes revision_append_to(struct arena *arena, struct bytes file,
                                const struct object *objects, size_t count, const char *extra,
                                int shift)
{
    struct buf buf = buf_new(arena, LIMIT);
    size_t offsets[OBJECTS_MAX], xref;
    int size = 200;

    buf_put(&buf, file.data, file.length);
    for (size_t i = 0; i < count; i++) {
        offsets[i] = buf.length;
        if (!objects[i].body)
            continue;
        buf_printf(&buf, "%d 0 obj\n", objects[i].number);
        write_body(&buf, objects[i].body, 0);
        buf_puts(&buf, "\nendobj\n");
    }
    xref = buf.length;
    buf_puts(&buf, "xref\n");
    for (size_t i = 0; i < count; i++)
        buf_printf(&buf, "%d 1\n%010zu %05d %c \n", objects[i].number,
                   objects[i].body ? offsets[i] : 0, objects[i].body ? 0 : 1,
                   objects[i].body ? 'n' : 'f');
    buf_printf(&buf,
               "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /Prev %zu "
               "/ID [<00112233> <44556677>] %s >>\nstartxref\n%zu\n%%%%EOF\n",
               size, OBJECT_CATALOG + shift, OBJECT_INFO + shift, last_xref(file),
               extra ? extra : "", xref);
    return buf_bytes(&buf);
}

static void put_entry(struct buf *buf, int type, size_t place, int last)
{
    buf_putc(buf, (char)type);
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_putc(buf, (char)(place >> shift & 255));
    buf_putc(buf, (char)last);
}

struct bytes revision_append_packed(struct arena *arena, struct bytes file,
                                    const struct object *objects, size_t count, int off)
{
    enum { STREAM = 150, XREF };
    struct buf buf = buf_new(arena, LIMIT), header = buf_new(arena, LIMIT),
               bodies = buf_new(arena, LIMIT), entries = buf_new(arena, LIMIT),
               index = buf_new(arena, LIMIT);
    size_t stream, xref;

    for (size_t i = 0; i < count; i++) {
        buf_printf(&header, "%d %zu ", objects[i].number, bodies.length);
        buf_printf(&bodies, "%s ", objects[i].body);
    }
    buf_put(&buf, file.data, file.length);
    stream = buf.length;
    buf_printf(&buf,
               "%d 0 obj\n<< /Type /ObjStm /N %zu /First %zu /Length %zu >>\nstream\n%s%s\n"
               "endstream\nendobj\n",
               STREAM, count, header.length, header.length + bodies.length, header.data,
               bodies.data);
    xref = buf.length;
    for (size_t i = 0; i < count; i++) {
        buf_printf(&index, "%d 1 ", objects[i].number);
        put_entry(&entries, 2, STREAM, (int)i + off);
    }
    buf_printf(&index, "%d 2", STREAM);
    put_entry(&entries, 1, stream, 0);
    put_entry(&entries, 1, xref, 0);
    buf_printf(&buf,
               "%d 0 obj\n<< /Type /XRef /W [1 4 1] /Index [%s] /Size 200 /Root 1 0 R /Info 13 0 R "
               "/Prev %zu /ID [<00112233> <44556677>] /Length %zu >>\nstream\n",
               XREF, index.data, last_xref(file), entries.length);
    buf_put(&buf, entries.data, entries.length);
    buf_printf(&buf, "\nendstream\nendobj\nstartxref\n%zu\n%%%%EOF\n", xref);
    return buf_bytes(&buf);
}

static struct bytes without_gap(struct arena *arena, struct bytes file, size_t start, size_t end)
{
    unsigned char *data = arena_alloc(arena, file.length + 1);

    memcpy(data, file.data, start);
    memcpy(data + start, file.data + end, file.length - end);
    return (struct bytes){data, start + file.length - end};
}

static void fill_in(struct arena *arena, struct bytes file, const struct signing *signing,
                    unsigned char *data)
{
    size_t start = place_of_last(file, "/Contents <") + 10, end = start + 2 * CONTENTS_BYTES + 2;
    size_t range = place_of_last(file, "/ByteRange [") + 12;
    char numbers[64];
    struct bytes content, cms;

    snprintf(numbers, sizeof numbers, "0 %9zu %9zu %9zu", start, end, file.length - end);
    memcpy(data + range, numbers, strlen(numbers));
    content = without_gap(arena, (struct bytes){data, file.length}, start, end);
    cms = signed_contents(arena, signing, content);
    if (cms.length > CONTENTS_BYTES)
        abort();
    for (size_t i = 0; i < cms.length; i++) {
        static const char digits[] = "0123456789abcdef";

        data[start + 1 + 2 * i] = (unsigned char)digits[cms.data[i] >> 4];
        data[start + 2 + 2 * i] = (unsigned char)digits[cms.data[i] & 15];
    }
}

struct bytes document_sign(struct arena *arena, struct bytes file, struct signing signing)
{
    bool is_a = signing.object == OBJECT_SIGNATURE_A, is_new = signing.object >= OBJECT_NEW;
    int dictionary = signing.dictionary ? signing.dictionary : 100 + signing.object;
    char *zeros = arena_alloc(arena, 2 * CONTENTS_BYTES + 1);
    struct object objects[OBJECTS_MAX];
    size_t count = 0;
    struct bytes whole;
    unsigned char *data;

    memset(zeros, '0', 2 * CONTENTS_BYTES);
    objects[count++] = (struct object){
        signing.object,
        arena_printf(arena,
                     "<< /Type /Annot /Subtype /Widget /FT /Sig /T (%s) /F 4 /P 3 0 R /Rect [%s] "
                     "/V %d 0 R >>",
                     signing.name ? signing.name
                     : is_a       ? "Responsable"
                                  : "Stagiaire",
                     signing.rectangle ? signing.rectangle
                     : is_a            ? "60 500 260 600"
                     : is_new          ? "0 0 0 0"
                                       : "300 500 500 600",
                     dictionary)};
    objects[count++] = (struct object){
        dictionary,
        arena_printf(arena,
                     "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /%s /M "
                     "(D:20270203091500+01'00') %s %s%s /Contents <%s> /ByteRange "
                     "[                                   ] >>",
                     signing.subfilter ? signing.subfilter : "ETSI.CAdES.detached",
                     signed_certificate(arena, &signing), signing.reference ? "/Reference " : "",
                     signing.reference ? signing.reference : "", zeros)};
    for (size_t i = 0; i < signing.more_count; i++)
        objects[count++] = signing.more[i];
    whole = revision_append(arena, file, objects, count, NULL);
    data = arena_alloc(arena, whole.length + 1);
    memcpy(data, whole.data, whole.length);
    fill_in(arena, whole, &signing, data);
    return (struct bytes){data, whole.length};
}

struct bytes exchange(struct arena *arena, struct bytes file, const char *from, const char *to)
{
    struct bytes copy = arena_bytes(arena, file.data, file.length);
    unsigned char *data = arena_alloc(arena, file.length + 1);

    if (strlen(from) != strlen(to))
        abort();
    memcpy(data, copy.data, copy.length);
    memcpy(data + place_of_last(file, from), to, strlen(to));
    return (struct bytes){data, file.length};
}

struct bytes concatenate(struct arena *arena, struct bytes file, const char *text)
{
    struct buf buf = buf_new(arena, LIMIT);

    buf_put(&buf, file.data, file.length);
    buf_puts(&buf, text);
    return buf_bytes(&buf);
}
