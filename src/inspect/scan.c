#include "inspect/scan.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <zbar.h>

#include "base/clock.h"
#include "inspect/draw.h"

#define SECONDS 4         /* of the ten an inspection has */
#define PAGES_MAX 16      /* that are drawn */
#define PAGES_AGAIN 4     /* on which more than one attempt is made */
#define CONTRAST_LEAST 24 /* of 255: what is darker than the page by less is no ink */
#define BLANK_INK 4000    /* one pixel of so many may be dark on a page that is blank */
#define SHARPNESS 4
#define TOKEN_LENGTH 43 /* of a token's own text, at the end of a QR code */
#define SHORT_CODE 14   /* "XXXX-XXXX-XXXX" */

/* How a drawn page is changed before codes are looked for. */
enum treatment {
    AS_DRAWN,
    SMOOTHED, /* for noise and rough edges: a box of 3 × 3 */
    LEVELLED, /* for dim light and shadows: black where darker than around */
    SHARPENED /* for what is out of focus: what differs from around differs more */
};

/* From what finds nearly all to what finds the rest; A4 has 150 dpi at 1754. */
static const struct attempt {
    int longest;
    enum treatment treatment;
} attempts[] = {
    {1754, AS_DRAWN},  {2631, AS_DRAWN}, {1754, LEVELLED},
    {1754, SHARPENED}, {3508, SMOOTHED}, {2631, LEVELLED},
};
#define ATTEMPT_COUNT (sizeof attempts / sizeof attempts[0])

/* What the static library's calls to D-Bus lead to (configure.ac): it announces what it read to
 * nobody, as it is never asked to. */
void scan_no_bus(void);
void scan_no_bus(void)
{
    abort();
}

/* The reader of codes asks for conversions of characters, which the C library answers by opening
 * files: forbidden here, and not needed, as codes are read as the bytes they are. This one stands
 * in the library's place in every program that links the reader. */
iconv_t iconv_open(const char *to, const char *from)
{
    (void)to;
    (void)from;
    errno = EINVAL;
    return (iconv_t)-1; /* NOLINT: the value is the interface's own */
}

static bool is_token_character(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

/* Whether the text ends as an address or a metadata token of ours does. */
static bool looks_ours(const char *text)
{
    size_t length = strlen(text), run = 0;

    while (run < length && is_token_character(text[length - 1 - run]))
        run++;
    return run == TOKEN_LENGTH && length > run;
}

static void add_code(struct inspect_claim *claim, uint32_t page, const char *data, size_t length)
{
    struct inspect_code *code;

    if (claim->code_count == INSPECT_CODES_MAX || length == 0 || length >= INSPECT_CODE_SIZE)
        return;
    code = &claim->codes[claim->code_count];
    memcpy(code->text, data, length);
    code->text[length] = '\0';
    if (strlen(code->text) != length || !inspect_text_sound(code->text, sizeof code->text))
        return;
    for (uint32_t i = 0; i < claim->code_count; i++)
        if (strcmp(claim->codes[i].text, code->text) == 0)
            return;
    code->page = page;
    claim->code_count++;
}

static bool has_ours(const struct inspect_claim *claim)
{
    for (uint32_t i = 0; i < claim->code_count; i++)
        if (looks_ours(claim->codes[i].text))
            return true;
    return false;
}

/* Made once: it keeps nothing of a picture that matters. NULL where there is no memory. */
static zbar_image_scanner_t *reader(void)
{
    static zbar_image_scanner_t *scanner;

    if (scanner)
        return scanner;
    scanner = zbar_image_scanner_create();
    if (scanner) {
        zbar_image_scanner_set_config(scanner, 0, ZBAR_CFG_ENABLE, 0);
        zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
        zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
    }
    return scanner;
}

static void read_codes(const unsigned char *grey, unsigned width, unsigned height, unsigned page,
                       struct inspect_claim *claim)
{
    zbar_image_t *image = zbar_image_create();

    if (!image || !reader())
        return;
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, width, height);
    zbar_image_set_data(image, grey, (unsigned long)width * height, NULL);
    if (zbar_scan_image(reader(), image) > 0)
        for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image); symbol;
             symbol = zbar_symbol_next(symbol))
            if (zbar_symbol_get_type(symbol) == ZBAR_QRCODE)
                add_code(claim, page, zbar_symbol_get_data(symbol),
                         zbar_symbol_get_data_length(symbol));
    zbar_image_destroy(image);
}

/* Sums over rectangles of a picture in one pass (a summed-area table), with a row and a column of
 * zeros before the first. NULL where there is no memory. */
static uint32_t *sums_of(const unsigned char *grey, size_t width, size_t height)
{
    size_t stride = width + 1;
    uint32_t *sums = calloc(stride * (height + 1), sizeof *sums);

    if (!sums)
        return NULL;
    for (size_t y = 0; y < height; y++) {
        uint32_t row = 0;
        for (size_t x = 0; x < width; x++) {
            row += grey[y * width + x];
            sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row;
        }
    }
    return sums;
}

/* The mean of the square of that radius around a pixel, as much of it as is in the picture. */
static uint32_t mean_around(const uint32_t *sums, size_t width, size_t height, size_t x, size_t y,
                            size_t radius)
{
    size_t left = x > radius ? x - radius : 0, top = y > radius ? y - radius : 0;
    size_t right = x + radius + 1 < width ? x + radius + 1 : width;
    size_t bottom = y + radius + 1 < height ? y + radius + 1 : height;
    size_t stride = width + 1;
    uint32_t sum = sums[bottom * stride + right] - sums[top * stride + right] -
                   sums[bottom * stride + left] + sums[top * stride + left];

    return sum / (uint32_t)((right - left) * (bottom - top));
}

static unsigned char treated(enum treatment treatment, unsigned pixel, unsigned mean)
{
    int sharp = (int)pixel + SHARPNESS * ((int)pixel - (int)mean);

    if (treatment == SMOOTHED)
        return (unsigned char)mean;
    if (treatment == LEVELLED)
        return pixel * 100 < mean * 88 ? 0 : 255;
    return (unsigned char)(sharp < 0 ? 0 : sharp > 255 ? 255 : sharp);
}

static void treat(unsigned char *grey, size_t width, size_t height, enum treatment treatment)
{
    size_t longest = width > height ? width : height;
    size_t radius = treatment == SMOOTHED ? 1 : treatment == SHARPENED ? 3 : longest / 48 + 1;
    uint32_t *sums;

    if (treatment == AS_DRAWN)
        return;
    sums = sums_of(grey, width, height);
    if (!sums)
        return;
    for (size_t y = 0; y < height; y++)
        for (size_t x = 0; x < width; x++) {
            unsigned char *pixel = &grey[y * width + x];
            uint32_t mean = mean_around(sums, width, height, x, y, radius);
            *pixel = treated(treatment, *pixel, mean);
        }
    free(sums);
}

/* Whether next to nothing stands on the page, whatever its shade: the back of a sheet. Its edges,
 * where copiers leave shadows, are not looked at. */
static bool is_blank(const unsigned char *grey, size_t width, size_t height)
{
    size_t left = width / 16, top = height / 16, dark = 0;
    uint64_t sum = 0;

    for (size_t y = top; y < height - top; y++)
        for (size_t x = left; x < width - left; x++)
            sum += grey[y * width + x];
    sum /= (width - 2 * left) * (height - 2 * top); /* never none: a sixteenth is left out */
    for (size_t y = top; y < height - top; y++)
        for (size_t x = left; x < width - left; x++)
            dark += (uint64_t)grey[y * width + x] + CONTRAST_LEAST < sum;
    return dark < width * height / BLANK_INK;
}

/* Puts whether the page is blank. */
static bool scan_page(const struct drawing *drawing, int number, const struct attempt *attempt,
                      struct inspect_claim *claim)
{
    struct draw_size size = {.width = 0, .longest = attempt->longest};
    fz_context *context = drawing->context;
    enum inspect_failure why;
    fz_pixmap *picture;
    bool blank = false;

    if (!draw_page(drawing, number, size, fz_device_gray(context), &picture, &why))
        return false;
    if (picture->w > 0 && picture->h > 0 && picture->stride == picture->w)
        blank = is_blank(picture->samples, (size_t)picture->w, (size_t)picture->h);
    if (picture->w > 0 && picture->h > 0 && picture->stride == picture->w && !blank) {
        treat(picture->samples, (size_t)picture->w, (size_t)picture->h, attempt->treatment);
        read_codes(picture->samples, (unsigned)picture->w, (unsigned)picture->h,
                   (uint32_t)number + 1, claim);
    }
    fz_drop_pixmap(context, picture);
    return blank;
}

static bool has_short_code_shape(const char *text)
{
    bool has_letter = false;

    for (size_t i = 0; i < SHORT_CODE; i++) {
        if (text[i] == '\0' ||
            (i % 5 == 4 ? text[i] != '-' : !strchr("0123456789ABCDEFGHJKMNPQRSTVWXYZ", text[i])))
            return false;
        has_letter = has_letter || (text[i] >= 'A' && text[i] <= 'Z');
    }
    return has_letter && !is_token_character(text[SHORT_CODE]);
}

/* Puts the first text of a short code's shape. A number that happens to be written so has no
 * letter; a short code has one, but for one in three hundred thousand. */
static void find_short_code(const char *text, size_t length, char *code)
{
    for (size_t i = 0; i + SHORT_CODE <= length; i++)
        if ((i == 0 || !is_token_character(text[i - 1])) && has_short_code_shape(text + i)) {
            memcpy(code, text + i, SHORT_CODE);
            code[SHORT_CODE] = '\0';
            return;
        }
}

/* The text of a page is not ended by a NUL in its buffer; has_short_code_shape needs one. */
static void read_text(const struct drawing *drawing, int number, struct inspect_claim *claim)
{
    fz_context *context = drawing->context;
    fz_buffer *text = NULL;

    fz_var(text);
    fz_try(context)
    {
        text =
            fz_new_buffer_from_page_number(context, (fz_document *)drawing->document, number, NULL);
        fz_terminate_buffer(context, text);
        find_short_code((const char *)text->data, text->len, claim->short_code);
    }
    fz_always(context)
    {
        fz_drop_buffer(context, text);
    }
    fz_catch(context)
    {
        claim->short_code[0] = '\0';
    }
}

void scan_codes(struct bytes file, struct inspect_claim *claim)
{
    int64_t end = clock_monotonic_us() + (int64_t)SECONDS * 1000000;
    struct drawing drawing;
    enum inspect_failure why;
    int pages, again;

    if (!draw_open(file, &drawing, &why))
        return;
    pages = drawing.pages < PAGES_MAX ? drawing.pages : PAGES_MAX;
    again = pages < PAGES_AGAIN ? pages : PAGES_AGAIN;
    for (int i = 0; i < pages && claim->short_code[0] == '\0'; i++)
        read_text(&drawing, i, claim);
    for (size_t a = 0; a < ATTEMPT_COUNT && !has_ours(claim); a++)
        for (int i = 0; i < (a == 0 ? pages : again) && clock_monotonic_us() < end; i++)
            scan_page(&drawing, i, &attempts[a], claim);
    if (has_ours(claim))
        claim->evidence = INSPECT_EVIDENCE_PAGE_CODE;
    else if (claim->short_code[0] != '\0')
        claim->evidence = INSPECT_EVIDENCE_SHORT_CODE;
}

void scan_sheet(const struct drawing *drawing, int page, int64_t until, struct inspect_sheet *sheet)
{
    struct inspect_claim claim = {0};

    *sheet = (struct inspect_sheet){.page = (uint32_t)page + 1};
    read_text(drawing, page, &claim);
    for (size_t a = 0; a < ATTEMPT_COUNT && !has_ours(&claim) && !sheet->blank; a++)
        if (a == 0 || clock_monotonic_us() < until)
            sheet->blank = scan_page(drawing, page, &attempts[a], &claim);
    memcpy(sheet->short_code, claim.short_code, sizeof sheet->short_code);
    for (uint32_t i = 0; i < claim.code_count && i < INSPECT_SHEET_CODES; i++)
        memcpy(sheet->codes[sheet->code_count++], claim.codes[i].text, INSPECT_CODE_SIZE);
}
