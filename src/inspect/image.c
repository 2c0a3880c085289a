#include "inspect/image.h"

#include "inspect/draw.h"
#include "inspect/mupdf.h"

/* Larger ones are photographs by mistake, or attacks: a pixel is decoded to four bytes. */
#define PIXELS_MAX 40000000
#define SIDE_MAX 20000

/* A page is drawn at most so many times as high as it is wide. */
#define LONGEST_RATIO 3

#define PAGE_LONGEST 842 /* points: A4 */

static bool is_png(struct bytes file)
{
    return bytes_start_with(file, bytes_of("\x89PNG\r\n\x1a\n"));
}

static bool is_jpeg(struct bytes file)
{
    return bytes_start_with(file, bytes_of("\xff\xd8\xff"));
}

bool image_is_one(struct bytes file)
{
    return is_png(file) || is_jpeg(file);
}

/* MuPDF's numbers of orientations (fitz/image.h): those with a quarter turn are even. */
static bool is_turned(uint8_t orientation)
{
    return orientation != 0 && orientation % 2 == 0;
}

/* The size at which the image is shown: turned, and made to fit. */
static fz_irect fitted(fz_context *context, fz_image *image)
{
    uint8_t orientation = fz_image_orientation(context, image);
    bool turned = is_turned(orientation);
    int width = turned ? image->h : image->w, height = turned ? image->w : image->h;
    int longest = width > height ? width : height;

    if (longest > INSPECT_IMAGE_SIDE) {
        width = (int)((int64_t)width * INSPECT_IMAGE_SIDE / longest);
        height = (int)((int64_t)height * INSPECT_IMAGE_SIDE / longest);
    }
    return fz_make_irect(0, 0, width > 0 ? width : 1, height > 0 ? height : 1);
}

static fz_pixmap *draw_image(fz_context *context, fz_image *image)
{
    fz_irect box = fitted(context, image);
    fz_matrix place = fz_concat(fz_image_orientation_matrix(context, image),
                                fz_make_matrix((float)box.x1, 0, 0, (float)box.y1, 0, 0));
    fz_pixmap *pixmap = fz_new_pixmap_with_bbox(context, fz_device_rgb(context), box, NULL, 0);
    fz_device *device = NULL;

    fz_var(device);
    fz_try(context)
    {
        fz_clear_pixmap_with_value(context, pixmap, 0xff);
        device = fz_new_draw_device(context, fz_identity, pixmap);
        fz_fill_image(context, device, image, place, 1, fz_default_color_params);
        fz_close_device(context, device);
    }
    fz_always(context)
    {
        fz_drop_device(context, device);
    }
    fz_catch(context)
    {
        fz_drop_pixmap(context, pixmap);
        fz_rethrow(context);
    }
    return pixmap;
}

static bool too_large(uint32_t width, uint32_t height)
{
    return width > SIDE_MAX || height > SIDE_MAX || (uint64_t)width * height > PIXELS_MAX;
}

static uint32_t big_endian(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* What a PNG says of itself (its IHDR comes first), as MuPDF calls a very large one damaged. */
static bool png_too_large(struct bytes file)
{
    return is_png(file) && file.length >= 24 &&
           too_large(big_endian(file.data + 16), big_endian(file.data + 20));
}

/* Whether a JPEG goes on to its end marker (ITU-T T.81 §B.1.1): what is missing of one that was cut
 * off would be made up in grey. Segments are skipped, as there may be a thumbnail's end in one. */
static bool jpeg_is_whole(struct bytes file)
{
    size_t at = 2;

    while (at + 1 < file.length) {
        unsigned char marker = file.data[at + 1];

        if (file.data[at] != 0xff || marker == 0xff)
            at++; /* compressed data, or a marker's filling */
        else if (marker == 0xd9)
            return true;
        else if (marker <= 1 || (marker >= 0xd0 && marker <= 0xd8))
            at += 2; /* a byte of data that looks like a marker, or one without a segment */
        else if (at + 3 < file.length)
            at += 2 + ((size_t)file.data[at + 2] << 8 | file.data[at + 3]);
        else
            return false;
    }
    return false;
}

/* The picture, or NULL for an image over the limits; throws. */
static fz_pixmap *decode(fz_context *context, struct bytes file)
{
    fz_buffer *buffer = fz_new_buffer_from_shared_data(context, file.data, file.length);
    fz_image *image = NULL;
    fz_pixmap *pixmap = NULL;

    fz_var(image);
    fz_var(pixmap);
    fz_try(context)
    {
        image = fz_new_image_from_buffer(context, buffer);
        if (!too_large((uint32_t)image->w, (uint32_t)image->h))
            pixmap = draw_image(context, image);
    }
    fz_always(context)
    {
        fz_drop_image(context, image);
        fz_drop_buffer(context, buffer);
    }
    fz_catch(context)
    {
        fz_rethrow(context);
    }
    return pixmap;
}

bool image_decode(struct arena *arena, struct bytes file, struct image_picture *picture,
                  enum inspect_failure *why)
{
    fz_context *context = inspect_mupdf();
    fz_pixmap *pixmap = NULL;

    *why = INSPECT_FAILED_MEMORY;
    if (!context)
        return false;
    *why = INSPECT_FAILED_NOT_IMAGE;
    if (!image_is_one(file))
        return false;
    *why = INSPECT_FAILED_DAMAGED;
    if (is_jpeg(file) && !jpeg_is_whole(file))
        return false;
    *why = INSPECT_FAILED_NOT_IMAGE;
    fz_var(pixmap);
    fz_try(context)
    {
        pixmap = png_too_large(file) ? NULL : decode(context, file);
    }
    fz_catch(context)
    {
        if (draw_failure(context) == INSPECT_FAILED_MEMORY)
            *why = INSPECT_FAILED_MEMORY;
        return false;
    }
    *why = INSPECT_FAILED_IMAGE_TOO_LARGE;
    if (!pixmap)
        return false;
    picture->width = (unsigned)pixmap->w;
    picture->height = (unsigned)pixmap->h;
    picture->data = arena_bytes(arena, pixmap->samples, (size_t)pixmap->w * (size_t)pixmap->h * 3);
    fz_drop_pixmap(context, pixmap);
    return true;
}

/* Draws the image on a page of its own; throws. */
static void put_page(fz_context *context, pdf_document *document, fz_image *image)
{
    bool turned = is_turned(fz_image_orientation(context, image));
    float width = (float)(turned ? image->h : image->w);
    float height = (float)(turned ? image->w : image->h);
    float scale = PAGE_LONGEST / (width > height ? width : height);
    fz_rect box = fz_make_rect(0, 0, width * scale, height * scale);
    fz_matrix place =
        fz_concat(fz_image_orientation_matrix(context, image), fz_scale(box.x1, box.y1));
    pdf_obj *resources;
    fz_buffer *contents;
    fz_device *device = pdf_page_write(context, document, box, &resources, &contents);

    fz_fill_image(context, device, image, place, 1, fz_default_color_params);
    fz_close_device(context, device);
    pdf_insert_page(context, document, -1,
                    pdf_add_page(context, document, box, 0, resources, contents));
}

bool image_as_page(fz_context *context, pdf_document *document, struct bytes file,
                   enum inspect_failure *why)
{
    volatile bool fits = false;

    *why = INSPECT_FAILED_NOT_IMAGE;
    if (is_jpeg(file) && !jpeg_is_whole(file))
        return false;
    *why = INSPECT_FAILED_IMAGE_TOO_LARGE;
    if (png_too_large(file))
        return false;
    fz_try(context)
    {
        fz_buffer *buffer = fz_new_buffer_from_shared_data(context, file.data, file.length);
        fz_image *image = fz_new_image_from_buffer(context, buffer);
        fits = !too_large((uint32_t)image->w, (uint32_t)image->h);
        if (fits)
            put_page(context, document, image);
    }
    fz_catch(context)
    {
        *why = draw_failure(context) == INSPECT_FAILED_MEMORY ? INSPECT_FAILED_MEMORY
                                                              : INSPECT_FAILED_NOT_IMAGE;
        return false;
    }
    return fits;
}

bool image_of_page(struct arena *arena, const struct drawing *drawing, int page, unsigned width,
                   struct image_picture *picture, enum inspect_failure *why)
{
    struct draw_size size = {.width = (int)width, .longest = (int)width * LONGEST_RATIO};
    fz_context *context = drawing->context;
    fz_buffer *png = NULL;
    fz_pixmap *pixmap;

    if (!draw_page(drawing, page, size, fz_device_rgb(context), &pixmap, why))
        return false;
    picture->width = (unsigned)pixmap->w;
    picture->height = (unsigned)pixmap->h;
    fz_var(png);
    fz_try(context)
    {
        png = fz_new_buffer_from_pixmap_as_png(context, pixmap, fz_default_color_params);
    }
    fz_always(context)
    {
        fz_drop_pixmap(context, pixmap);
    }
    fz_catch(context)
    {
        *why = draw_failure(context);
        return false;
    }
    picture->data = arena_bytes(arena, png->data, png->len);
    fz_drop_buffer(context, png);
    return true;
}
