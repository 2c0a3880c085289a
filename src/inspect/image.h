/* Logos, images of signatures and pictures of pages, made in the confined process from untrusted
 * files. */
#ifndef PARAPHE_INSPECT_IMAGE_H
#define PARAPHE_INSPECT_IMAGE_H

#include <stdbool.h>

#include <mupdf/fitz.h>
#include <mupdf/pdf.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "inspect/protocol.h"

struct image_picture {
    unsigned width, height; /* pixels */
    struct bytes data;      /* in the arena */
};

/* A PNG or JPEG as RGB, three bytes a pixel, rows from the top: transparency on white, turned as
 * its EXIF says, made to fit INSPECT_IMAGE_SIDE. False, and why, where it is none or too large. */
bool image_decode(struct arena *arena, struct bytes file, struct image_picture *picture,
                  enum inspect_failure *why);

/* Whether the file begins as a PNG or a JPEG does. */
bool image_is_one(struct bytes file);

/* The image as a page of the document, behind those there are: as long as A4, turned as its EXIF
 * says; a JPEG's bytes stay as they are. False, and why, where it is too large or damaged. */
bool image_as_page(fz_context *context, pdf_document *document, struct bytes file,
                   enum inspect_failure *why);

struct drawing;

/* The page (from 0) as a PNG of that width; less where it would be very long. */
bool image_of_page(struct arena *arena, const struct drawing *drawing, int page, unsigned width,
                   struct image_picture *picture, enum inspect_failure *why);

#endif
