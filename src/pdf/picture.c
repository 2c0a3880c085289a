#include "pdf/picture.h"

#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"

#define KEPT_MOST 8
#define KEPT_SIZE_MOST (256 * 1024)

/* A picture ready to be written: deflated rows of RGB. */
struct picture {
    unsigned char key[CRYPTO_SHA256_SIZE]; /* of what it was made from */
    unsigned columns, rows;
    const unsigned char *data;
    size_t length;
};

/* The latest ones of this process; next is the place that is given up first. */
static struct {
    struct picture pictures[KEPT_MOST];
    unsigned char *copies[KEPT_MOST]; /* the memory of their data */
    size_t next;
} kept;

/* What one pixel of the reduced picture stands for along one side: [from, to), never empty. */
struct stretch {
    size_t from, to;
};

static struct stretch stretch_of(size_t pixel, size_t pixels, size_t side)
{
    struct stretch stretch = {pixel * side / pixels, (pixel + 1) * side / pixels};

    if (stretch.to <= stretch.from)
        stretch.to = stretch.from + 1;
    return stretch;
}

static void put_mean(const struct paper_image *image, struct stretch down, struct stretch across,
                     unsigned char *pixel)
{
    size_t sum[3] = {0}, count = (down.to - down.from) * (across.to - across.from);

    for (size_t y = down.from; y < down.to; y++)
        for (size_t x = across.from; x < across.to; x++)
            for (size_t i = 0; i < 3; i++)
                sum[i] += image->rgb[(y * image->width + x) * 3 + i];
    for (size_t i = 0; i < 3; i++)
        pixel[i] = (unsigned char)(sum[i] / count);
}

/* The picture in fewer pixels: each the mean of those it stands for. */
static const unsigned char *reduce(struct arena *arena, const struct paper_image *image,
                                   unsigned columns, unsigned rows)
{
    unsigned char *out = arena_array(arena, (size_t)columns * rows, 3);

    for (size_t y = 0; y < rows; y++)
        for (size_t x = 0; x < columns; x++)
            put_mean(image, stretch_of(y, rows, image->height),
                     stretch_of(x, columns, image->width), out + (y * columns + x) * 3);
    return out;
}

/* deflate makes what it cannot compress longer by five bytes a block of 16 KB, and a few. */
static struct bytes deflate_rows(struct arena *arena, HPDF_Doc document, struct bytes rows)
{
    HPDF_UINT length = (HPDF_UINT)(rows.length + rows.length / 1000 + 64);
    unsigned char *data = arena_alloc(arena, length);
    HPDF_Stream plain = HPDF_MemStream_New(document->mmgr, 64 * 1024);
    HPDF_Stream packed = HPDF_MemStream_New(document->mmgr, 64 * 1024);

    HPDF_Stream_Write(plain, rows.data, (HPDF_UINT)rows.length);
    HPDF_Stream_WriteToStream(plain, packed, HPDF_STREAM_FILTER_FLATE_DECODE, NULL);
    HPDF_Stream_Seek(packed, 0, HPDF_SEEK_SET);
    HPDF_Stream_Read(packed, data, &length);
    HPDF_Stream_Free(plain);
    HPDF_Stream_Free(packed);
    return (struct bytes){data, length};
}

static void make_key(const struct paper_image *image, unsigned columns,
                     unsigned char key[CRYPTO_SHA256_SIZE])
{
    unsigned char parts[CRYPTO_SHA256_SIZE + sizeof image->width * 3];
    const unsigned sizes[3] = {image->width, image->height, columns};

    crypto_sha256((struct bytes){image->rgb, (size_t)image->width * image->height * 3}, parts);
    memcpy(parts + CRYPTO_SHA256_SIZE, sizes, sizeof sizes);
    crypto_sha256((struct bytes){parts, sizeof parts}, key);
}

static void keep(const struct picture *picture)
{
    struct picture *place = &kept.pictures[kept.next];
    unsigned char *copy;

    if (picture->length > KEPT_SIZE_MOST)
        return;
    copy = realloc(kept.copies[kept.next], picture->length);
    if (!copy)
        abort();
    memcpy(copy, picture->data, picture->length);
    kept.copies[kept.next] = copy;
    *place = *picture;
    place->data = copy;
    kept.next = (kept.next + 1) % KEPT_MOST;
}

/* The picture as it was kept, or made now. Its data live in the arena or until the next keep. */
static struct picture prepare(struct arena *arena, HPDF_Doc document,
                              const struct paper_image *image, unsigned columns_most)
{
    struct picture made = {.columns = image->width, .rows = image->height};
    struct bytes rows = {image->rgb, (size_t)image->width * image->height * 3};

    if (made.columns > columns_most) {
        made.columns = columns_most;
        made.rows = (image->height * columns_most + image->width - 1) / image->width;
    }
    make_key(image, made.columns, made.key);
    for (size_t i = 0; i < KEPT_MOST; i++)
        if (kept.pictures[i].data && crypto_equal(kept.pictures[i].key, made.key, sizeof made.key))
            return kept.pictures[i];
    if (made.columns < image->width)
        rows = (struct bytes){reduce(arena, image, made.columns, made.rows),
                              (size_t)made.columns * made.rows * 3};
    rows = deflate_rows(arena, document, rows);
    made.data = rows.data;
    made.length = rows.length;
    keep(&made);
    return made;
}

/* libharu names a stream's filter only when it applies it itself; this one came applied. */
static HPDF_STATUS write_filter(HPDF_Dict image, HPDF_Stream stream)
{
    (void)image;
    return HPDF_Stream_WriteStr(stream, "/Filter /FlateDecode\012");
}

HPDF_Image picture_add(struct arena *arena, HPDF_Doc document, const struct paper_image *image,
                       unsigned columns_most)
{
    struct picture picture = prepare(arena, document, image, columns_most);
    HPDF_Dict object = HPDF_DictStream_New(document->mmgr, document->xref);

    object->header.obj_class |= HPDF_OSUBCLASS_XOBJECT;
    HPDF_Dict_AddName(object, "Type", "XObject");
    HPDF_Dict_AddName(object, "Subtype", "Image");
    HPDF_Dict_AddNumber(object, "Width", (HPDF_INT32)picture.columns);
    HPDF_Dict_AddNumber(object, "Height", (HPDF_INT32)picture.rows);
    HPDF_Dict_AddName(object, "ColorSpace", "DeviceRGB");
    HPDF_Dict_AddNumber(object, "BitsPerComponent", 8);
    HPDF_Stream_Write(object->stream, picture.data, (HPDF_UINT)picture.length);
    object->filter = HPDF_STREAM_FILTER_NONE;
    object->write_fn = write_filter;
    return object;
}
