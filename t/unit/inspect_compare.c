/* Returned pages beside their originals: what copiers do to paper raises no alarm, what people do
 * is found, and where. The scans are made here from a convention of ours. */
#include <stdlib.h>

#include "base/buf.h"
#include "inspect/compare.h"
#include "t/unit/pdf_tools.h"
#include "t/unit/tap.h"

#define PAGES 2

/* What a copier does to the page, as ImageMagick says it; %d is the resolution it is made at. */
struct defect {
    const char *name;
    int dpi;
    const char *treatment;
};

static const struct defect defects[] = {
    {"as it is", 150, ""},
    {"300 dpi", 300, "-quality 75"},
    {"turned by 1.2°", 200, "-background white -rotate 1.2 -quality 75"},
    {"turned by 4° the other way", 150, "-background white -rotate -4 -quality 75"},
    {"upside down", 150, "-rotate 180 -quality 80"},
    {"lying", 150, "-rotate 90 -quality 80"},
    {"96 % as large", 200, "-gravity center -resize 96% -background white -extent 1654x2339"},
    {"skewed", 200,
     "-virtual-pixel white -distort Perspective '0,0 18,9 1653,0 1640,0 1653,2338 1650,2330 0,2338 "
     "6,2320'"},
    {"dim", 150, "+level 12%,55% -quality 75"},
    {"lit from one side", 150,
     "'(' +clone -sparse-color Barycentric '0,0 white %w,%h gray60' ')' -compose multiply "
     "-composite -quality 75"},
    {"as a fax, turned", 200, "-background white -rotate 0.8 -threshold 55% -quality 90"},
    {"all at once", 200,
     "-background white -rotate -1.5 -gaussian-blur 0x0.7 -attenuate 0.3 +noise Gaussian +level "
     "15%,85% -quality 50"},
};
#define DEFECTS (sizeof defects / sizeof defects[0])

struct bench {
    struct tools tools;
    struct pdf_layout layout;
    struct inspect_comparison comparison;
};

/* ---- making scans -------------------------------------------------------------------------- */

static void shell(struct bench *bench, const char *command)
{
    if (tools_run(&bench->tools, NULL, "sh", "-c",
                  arena_printf(bench->tools.arena, "cd %s && %s", bench->tools.directory, command),
                  NULL) != 0)
        printf("# failed: %s\n", command);
}

/* The size of a JPEG from its frame header. */
static void jpeg_size(struct bytes jpeg, int *width, int *height)
{
    for (size_t at = 2; at + 9 < jpeg.length;
         at += 2U + (jpeg.data[at + 2] << 8) + jpeg.data[at + 3])
        if (jpeg.data[at + 1] >= 0xc0 && jpeg.data[at + 1] <= 0xc2) {
            *height = jpeg.data[at + 5] << 8 | jpeg.data[at + 6];
            *width = jpeg.data[at + 7] << 8 | jpeg.data[at + 8];
            return;
        }
}

/* Pictures, one a page, as a PDF; its cross-reference table is left to be mended. */
static void wrap(struct bench *bench, const char *name, int pages)
{
    struct buf buf = buf_new(bench->tools.arena, (size_t)32 * 1024 * 1024);

    buf_puts(&buf,
             "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[");
    for (int i = 0; i < pages; i++)
        buf_printf(&buf, "%d 0 R ", 10 * i + 10);
    buf_printf(&buf, "]/Count %d>>endobj\n", pages);
    for (int i = 0; i < pages; i++) {
        struct bytes jpeg =
            tools_read(&bench->tools, arena_printf(bench->tools.arena, "page-%d.jpg", i + 1));
        int width = 1, height = 1, at = 10 * i + 10;
        const char *content;
        double wide, high;

        jpeg_size(jpeg, &width, &height);
        wide = width < height ? 595.28 : 841.89;
        high = wide * height / width;
        content = arena_printf(bench->tools.arena, "q %.2f 0 0 %.2f 0 0 cm /I Do Q", wide, high);
        buf_printf(&buf,
                   "%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Contents %d 0 R/"
                   "Resources<</XObject<</I %d 0 R>>>>>>endobj\n%d 0 obj<</Length "
                   "%zu>>stream\n%s\nendstream endobj\n",
                   at, wide, high, at + 1, at + 2, at + 1, strlen(content), content);
        buf_printf(&buf,
                   "%d 0 obj<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent "
                   "8/ColorSpace/DeviceGray/Filter/DCTDecode/Length %zu>>stream\n",
                   at + 2, width, height, jpeg.length);
        buf_put(&buf, jpeg.data, jpeg.length);
        buf_puts(&buf, "\nendstream endobj\n");
    }
    buf_puts(&buf, "trailer<</Root 1 0 R>>\n%%EOF\n");
    tools_write(&bench->tools, name, buf_bytes(&buf));
}

/* What somebody's hand has drawn on a page before it is scanned: for ImageMagick, in points. */
struct hand {
    unsigned page;
    const char *drawing;
};

static void scan(struct bench *bench, const char *from, const char *to, const struct defect *defect,
                 const struct hand *hands, size_t count)
{
    for (unsigned page = 1; page <= PAGES; page++) {
        struct buf command = buf_new(bench->tools.arena, 65536);

        buf_printf(&command,
                   "pdftoppm -r %d -gray -f %u -l %u -singlefile %s page && convert page.pgm",
                   defect->dpi, page, page, from);
        for (size_t i = 0; i < count; i++)
            if (hands[i].page == page)
                buf_printf(&command,
                           " -fill none -stroke gray25 -strokewidth 1.3 -draw 'scale "
                           "%.4f,%.4f %s'",
                           defect->dpi / 72.0, defect->dpi / 72.0, hands[i].drawing);
        buf_printf(&command, " -colorspace Gray -seed 1 %s -colorspace Gray page-%u.jpg",
                   defect->treatment, page);
        shell(bench, arena_strndup(bench->tools.arena, command.data, command.length));
    }
    wrap(bench, to, PAGES);
}

/* A signature-like curve in a box, of that size in points from its middle. */
static struct hand signature(struct bench *bench, enum signatory who, double size)
{
    struct pdf_box box = bench->layout.fields[who];
    double x = (box.left + box.right) / 2, y = 841.89 - (box.top + box.bottom) / 2;
    struct buf path = buf_new(bench->tools.arena, 4096);

    buf_printf(&path, "path \"M %.1f,%.1f", x - size, y);
    for (int i = 0; i < 6; i++)
        buf_printf(&path, " c %.1f,%.1f %.1f,%.1f %.1f,%.1f", size * 0.05, -size * 0.4, size * 0.3,
                   -size * 0.3, size / 3, i % 2 ? size * 0.15 : -size * 0.1);
    buf_puts(&path, "\"");
    return (struct hand){box.page, arena_strndup(bench->tools.arena, path.data, path.length)};
}

/* ---- looking at them ----------------------------------------------------------------------- */

static bool compare(struct bench *bench, const char *original, const char *returned)
{
    enum inspect_failure why;
    bool done = compare_files(tools_read(&bench->tools, original),
                              tools_read(&bench->tools, returned), false, &bench->comparison, &why);

    return done && inspect_comparison_sound(&bench->comparison);
}

static void show(const struct bench *bench)
{
    const struct inspect_comparison *comparison = &bench->comparison;

    printf("# %.0f ms\n", comparison->ms);
    for (uint32_t i = 0; i < comparison->page_count; i++)
        printf("# page %u: %s on %u, likeness %.2f\n", i + 1,
               inspect_pairing_name(comparison->pages[i].pairing), comparison->pages[i].returned,
               (double)comparison->pages[i].likeness);
    for (int i = 0; i < INSPECT_BOX_COUNT; i++)
        printf("# box %s: %s, %.1f mm²\n", inspect_box_field((enum inspect_box)i),
               inspect_box_state_name(comparison->boxes[i].state),
               (double)comparison->boxes[i].ink);
    for (uint32_t i = 0; i < comparison->region_count; i++)
        printf("# %s, %s, page %u: %.3f %.3f %.3f %.3f « %s »\n",
               inspect_difference_name(comparison->regions[i].kind),
               inspect_place_name(comparison->regions[i].place), comparison->regions[i].page,
               (double)comparison->regions[i].area[0], (double)comparison->regions[i].area[1],
               (double)comparison->regions[i].area[2], (double)comparison->regions[i].area[3],
               comparison->regions[i].text);
}

/* ---- what is expected ---------------------------------------------------------------------- */

static bool expect(const struct bench *bench, bool good, const char *title, const char *name)
{
    if (!OK(good, arena_printf(bench->tools.arena, "%s: %s", title, name))) {
        show(bench);
        return false;
    }
    return true;
}

static enum inspect_box_state state(const struct bench *bench, enum signatory who)
{
    return bench->comparison.boxes[who].state;
}

static bool all_boxes(const struct bench *bench, enum inspect_box_state wanted)
{
    for (int i = 0; i < SIGNATORY_COUNT; i++)
        if (state(bench, (enum signatory)i) != wanted)
            return false;
    return true;
}

/* Whether a difference of that kind and place is told, whose text has the words. */
static bool has(const struct bench *bench, enum inspect_difference_kind kind, uint32_t place,
                const char *words)
{
    for (uint32_t i = 0; i < bench->comparison.region_count; i++)
        if (bench->comparison.regions[i].kind == kind &&
            bench->comparison.regions[i].place == place &&
            strstr(bench->comparison.regions[i].text, words))
            return true;
    return false;
}

static bool paired(const struct bench *bench, enum inspect_pairing pairing)
{
    return bench->comparison.page_count == PAGES && bench->comparison.pages[0].returned == 1 &&
           bench->comparison.pages[1].returned == 2 &&
           bench->comparison.pages[0].pairing == pairing &&
           bench->comparison.pages[1].pairing == pairing;
}

/* Nothing is seen on a copy on which nothing was done. */
static void unaltered(struct bench *bench, const struct defect *defect)
{
    scan(bench, "0.pdf", "scan.pdf", defect, NULL, 0);
    compare(bench, "0.pdf", "scan.pdf");
    expect(bench,
           paired(bench, INSPECT_PAIRING_REGISTERED) && bench->comparison.region_count == 0 &&
               all_boxes(bench, INSPECT_BOX_EMPTY),
           "an unaltered scan raises no alarm", defect->name);
}

/* Two signatures, a stamp, and a date that is not the original's. */
static void worked_on(struct bench *bench, const struct defect *defect)
{
    const struct hand hands[] = {signature(bench, SIGNATORY_ORIGIN, 60),
                                 signature(bench, SIGNATORY_GUARDIAN, 25),
                                 {1, "rectangle 300,20 420,60"}};

    scan(bench, "other.pdf", "scan.pdf", defect, hands, 3);
    compare(bench, "0.pdf", "scan.pdf");
    expect(bench,
           paired(bench, INSPECT_PAIRING_REGISTERED) &&
               state(bench, SIGNATORY_ORIGIN) == INSPECT_BOX_WRITTEN &&
               state(bench, SIGNATORY_GUARDIAN) == INSPECT_BOX_WRITTEN &&
               state(bench, SIGNATORY_HOST) == INSPECT_BOX_EMPTY &&
               state(bench, SIGNATORY_TRAINEE) == INSPECT_BOX_EMPTY,
           "who signed is seen, and who did not", defect->name);
    expect(bench,
           has(bench, INSPECT_DIFFERENCE_CHANGED, INSPECT_PLACE_TEXT, "3 février 2027") &&
               has(bench, INSPECT_DIFFERENCE_ADDED, INSPECT_PLACE_FREE, "") &&
               has(bench, INSPECT_DIFFERENCE_ADDED, INSPECT_PLACE_FREE, "") &&
               bench->comparison.region_count <= 7,
           "a changed date and a stamp are found, and little else", defect->name);
}

static void drawn(struct bench *bench)
{
    compare(bench, "0.pdf", "0.pdf");
    expect(bench,
           paired(bench, INSPECT_PAIRING_DRAWN) && bench->comparison.region_count == 0 &&
               all_boxes(bench, INSPECT_BOX_EMPTY),
           "the original beside itself", "nothing differs");
    compare(bench, "0.pdf", "other.pdf");
    expect(bench,
           has(bench, INSPECT_DIFFERENCE_CHANGED, INSPECT_PLACE_TEXT, "3 février 2027") &&
               has(bench, INSPECT_DIFFERENCE_CHANGED, INSPECT_PLACE_TEXT, "78") &&
               has(bench, INSPECT_DIFFERENCE_CHANGED, INSPECT_PLACE_TEXT, "30"),
           "what was drawn with other data", "a date, an hour and one digit of a number are found");
}

/* The pages of a scan in another order, and one that is missing. */
static void reordered(struct bench *bench)
{
    scan(bench, "0.pdf", "scan.pdf", &defects[0], NULL, 0);
    shell(bench, "mv page-1.jpg x.jpg && mv page-2.jpg page-1.jpg && mv x.jpg page-2.jpg");
    wrap(bench, "scan.pdf", PAGES);
    compare(bench, "0.pdf", "scan.pdf");
    expect(bench,
           bench->comparison.pages[0].returned == 2 && bench->comparison.pages[1].returned == 1 &&
               bench->comparison.region_count == 0,
           "pages in another order", "each is found");
    wrap(bench, "scan.pdf", 1);
    compare(bench, "0.pdf", "scan.pdf");
    expect(bench,
           bench->comparison.pages[0].returned == 0 && bench->comparison.pages[1].returned == 1 &&
               bench->comparison.pages[0].pairing == INSPECT_PAIRING_NONE,
           "a page is missing", "it is said, and the other is found");
}

/* A signature that the platform itself has printed. */
static void printed(struct bench *bench, const struct convention_paper *paper)
{
    struct convention_paper own = *paper;
    enum inspect_failure why;

    own.host.signature = tools_picture(&bench->tools, 300, 120, 40);
    tools_draw(&bench->tools, &own, "printed.pdf", NULL);
    scan(bench, "printed.pdf", "scan.pdf", &defects[0], NULL, 0);
    compare(bench, "printed.pdf", "scan.pdf");
    expect(bench,
           state(bench, SIGNATORY_HOST) == INSPECT_BOX_PRINTED &&
               state(bench, SIGNATORY_ORIGIN) == INSPECT_BOX_EMPTY,
           "the host's picture of a signature", "its box is not empty");
    compare_files(tools_read(&bench->tools, "printed.pdf"),
                  tools_read(&bench->tools, "printed.pdf"), true, &bench->comparison, &why);
    expect(bench,
           state(bench, SIGNATORY_HOST) == INSPECT_BOX_PRINTED &&
               state(bench, SIGNATORY_TRAINEE) == INSPECT_BOX_EMPTY,
           "the host's picture of a signature", "it is seen without drawing the page");
}

static void named(void)
{
    for (int i = 0; i < SIGNATORY_COUNT; i++)
        IS_STR(inspect_box_field((enum inspect_box)i), pdf_box_name((enum signatory)i),
               "the inspector knows the box by the name it was drawn with");
}

int main(void)
{
    struct bench *bench = calloc(1, sizeof *bench);
    struct convention_paper paper, other;

    if (!bench || !tools_have("convert") || !tools_have("pdftoppm")) {
        printf("1..0 # SKIP needs imagemagick and poppler-utils\n");
        return 0;
    }
    tools_open(&bench->tools);
    paper = tools_paper(&bench->tools);
    tools_draw(&bench->tools, &paper, "0.pdf", &bench->layout);
    other = paper;
    other.first_day = other.last_day = "2027-02-04";
    other.guardian_phone = "06 12 34 56 73";
    other.starts_at = "08:50";
    tools_draw(&bench->tools, &other, "other.pdf", NULL);
    named();
    drawn(bench);
    reordered(bench);
    printed(bench, &paper);
    for (size_t i = 0; i < DEFECTS; i++) {
        unaltered(bench, &defects[i]);
        worked_on(bench, &defects[i]);
    }
    tools_close(&bench->tools);
    free(bench);
    return tap_end();
}
