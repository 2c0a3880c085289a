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

/* The picture in fewer pixels: each the mean of those it stands for. */
static const unsigned char *reduce(struct arena *arena, const struct paper_image *image,
                                   unsigned columns, unsigned rows)
{
    unsigned char *out = arena_array(arena, (size_t)columns * rows, 3);

    for (unsigned y = 0; y < rows; y++)
        for (unsigned x = 0; x < columns; x++) {
            size_t top = (size_t)y * image->height / rows,
                   bottom = (size_t)(y + 1) * image->height / rows,
                   left = (size_t)x * image->width / columns,
                   right = (size_t)(x + 1) * image->width / columns, sum[3] = {0};
            for (size_t row = top; row < bottom; row++)
                for (size_t column = left; column < right; column++)
                    for (size_t i = 0; i < 3; i++)
                        sum[i] += image->rgb[(row * image->width + column) * 3 + i];
            for (size_t i = 0; i < 3; i++)
                out[((size_t)y * columns + x) * 3 + i] =
                    (unsigned char)(sum[i] / ((bottom - top) * (right - left)));
        }
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
