/* The drawn convention, as other programs see it. */
#include "base/buf.h"
#include "t/unit/pdf_tools.h"
#include "t/unit/tap.h"

#include <math.h>
#include <stdlib.h>

#define POINTS(millimetres) ((millimetres)*72 / 25.4)
#define LINES_MOST 2000

static bool contains(struct bytes pdf, const char *text)
{
    return memmem(pdf.data, pdf.length, text, strlen(text)) != NULL;
}

static void says(const char *text, const char *words)
{
    char title[256];

    snprintf(title, sizeof title, "it says « %s »", words);
    OK(strstr(text, words), title);
}

static void test_words(struct tools *tools)
{
    struct convention_paper paper = tools_paper(tools);
    static const char *const words[] = {
        "Convention de stage",
        "année scolaire 2026-2027",
        "L’établissement d’accueil",
        "Lycée polyvalent Jean-Moulin",
        "0751234A",
        "12, rue des Écoles, 75005 Paris",
        "01 44 00 00 00",
        "ce.0751234a@ac-paris.example",
        "Mme Claire DUBOIS, proviseure",
        "L’établissement d’origine",
        "Collège Simone-Veil",
        "M. Paul MARTIN, principal",
        "Prénom",
        "12-04-2012",
        "3e B",
        "M. Étienne DUPONT",
        "06 12 34 56 78",
        "8 bis, impasse des Lilas, 93100 Montreuil",
        "Découverte du baccalauréat professionnel Cuisine",
        "Mercredi 3 février 2027",
        "Arrivée à 8 h 30, fin à 16 h 30",
        "Hall d’accueil, bâtiment B",
        "Mme Sophie LEROY, 01 44 00 00 12",
        "Au restaurant scolaire de l’établissement d’accueil",
        "Assuré par la famille",
        "D. 331-1 à D. 331-15 ;",
        "L. 4153-1 à L. 4153-5 ;",
        "n° 2003-134 du 8 septembre 2003 ;",
        "Vu la délibération du 12 novembre 2026",
        "Le chef de l’établissement d’accueil",
        "Le chef de l’établissement d’origine",
        "Le responsable légal",
        "L’élève stagiaire",
        "Lu et approuvé, le",
        "Page 1 / 2",
        "Page 2 / 2",
        "Cette convention porte une identification unique : ne la recomposez pas ; signez ce "
        "fichier ou une impression de ce fichier.",
    };
    const char *text;
    struct pdf_layout layout;

    OK(tools_draw(tools, &paper, "words.pdf", &layout), "an ordinary convention is drawn");
    IS_INT(layout.page_count, 2, "the standard text takes two pages");
    text = tools_text(tools, "words.pdf");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        says(text, words[i]);
    for (int i = 1; i <= 13; i++)
        says(text, arena_printf(tools->arena, "Article %d –", i));
    says(text, paper.token.short_code);
    paper.board_day = NULL;
    paper.meals = "packed";
    paper.transport = "foot";
    tools_draw(tools, &paper, "words.pdf", NULL);
    text = tools_text(tools, "words.pdf");
    says(text, "Apporté par l’élève");
    says(text, "À pied");
}

/* Whether two lines of text print over one another. */
static bool overlap(const struct text_line *a, const struct text_line *b)
{
    return a->page == b->page && a->left < b->right - 0.5 && b->left < a->right - 0.5 &&
           a->top < b->bottom - 0.5 && b->top < a->bottom - 0.5;
}

/* In a document's body, nothing crosses the gap between the columns, which the boxes share. */
static bool crosses(const struct text_line *line)
{
    double middle = POINTS(105);

    return line->top > POINTS(32) && line->bottom < POINTS(259) && line->left < middle &&
           line->right > middle;
}

static bool outside(const struct text_line *line)
{
    return line->left < POINTS(17) - 1 || line->right > POINTS(193) + 1 || line->top < POINTS(10) ||
           line->bottom > POINTS(287);
}

static bool in_field(const struct text_line *line, const struct pdf_layout *layout)
{
    for (size_t i = 0; i < SIGNATORY_COUNT; i++) {
        const struct pdf_box *field = &layout->fields[i];
        double top = 841.89 - field->top, bottom = 841.89 - field->bottom;
        if (line->page == (int)field->page && line->left < field->right &&
            line->right > field->left && line->top + 1 < bottom && line->bottom - 1 > top)
            return true;
    }
    return false;
}

static void test_layout(struct tools *tools, const char *which,
                        const struct convention_paper *paper, unsigned pages_most)
{
    static struct text_line lines[LINES_MOST];
    struct pdf_layout layout;
    size_t count;
    int overlaps = 0, crossing = 0, out = 0, signed_over = 0;

    if (!OK(tools_draw(tools, paper, "layout.pdf", &layout), which))
        return;
    count = tools_lines(tools, "layout.pdf", lines, LINES_MOST);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count; j++)
            overlaps += overlap(&lines[i], &lines[j]);
        crossing += crosses(&lines[i]);
        out += outside(&lines[i]);
        signed_over += in_field(&lines[i], &layout);
    }
    OK(count > 60, "  its text is found");
    IS_INT(overlaps, 0, "  no line of text prints over another");
    IS_INT(crossing, 0, "  no line of text runs from one column into the other");
    IS_INT(out, 0, "  no line of text leaves the margins");
    IS_INT(signed_over, 0, "  no text stands where people sign");
    OK(layout.page_count <= pages_most, "  it takes no more pages than it should");
}

static const char *more_articles(struct tools *tools, const char *text, int from, int to)
{
    struct buf more = buf_new(tools->arena, 1024 * 1024);

    buf_puts(&more, text);
    for (int i = from; i <= to; i++)
        buf_printf(
            &more,
            "\n## Article %d – Disposition particulière\n\nL’élève **apporte** : sa blouse, "
            "ses *chaussures* ; rien d’autre !\n\n- un premier point de la liste, assez long "
            "pour aller à la ligne dans la colonne ;\n- un second.\n\n1. Un point compté.\n"
            "2. Un autre.\n\n> Le chef de l’établissement d’accueil peut préciser par écrit "
            "les conditions particulières d’accueil dans les ateliers et les cuisines.\n",
            i);
    return more.data;
}

static void test_layouts(struct tools *tools)
{
    struct convention_paper paper = tools_paper(tools), bare = {.text = ""};

    test_layout(tools, "an ordinary convention", &paper, 2);
    paper.logo = tools_picture(tools, 400, 200, 90);
    paper.host.signature = paper.origin.signature = tools_picture(tools, 300, 100, 30);
    test_layout(tools, "one with logo and signatures", &paper, 2);
    paper.logo = tools_picture(tools, 100, 1000, 90);
    test_layout(tools, "one with a tall logo", &paper, 2);
    paper.logo = tools_picture(tools, 3000, 50, 90);
    test_layout(tools, "one with a flat logo", &paper, 2);
    paper = tools_long_paper(tools);
    test_layout(tools, "one with everything as long as can be", &paper, 3);
    paper = tools_wordy_paper(tools);
    test_layout(tools, "one with the longest words", &paper, 3);
    paper = tools_paper(tools);
    paper.text = more_articles(tools, paper.text, 14, 20);
    test_layout(tools, "one with twenty articles", &paper, 4);
    for (int i = 1; i <= 20; i++)
        says(tools_text(tools, "layout.pdf"), arena_printf(tools->arena, "Article %d –", i));
    paper = tools_paper(tools);
    bare.token = paper.token;
    bare.first_day = paper.first_day;
    bare.first_name = bare.last_name = bare.host.name = bare.title = "X";
    OK(tools_draw(tools, &bare, "bare.pdf", NULL),
       "one of which hardly anything is known is drawn");
    OK(!strstr(tools_text(tools, "bare.pdf"), "Téléphone"),
       "what is not known has no line on the form");
}

static void test_letters(struct tools *tools)
{
    struct convention_paper paper = tools_paper(tools);
    const char *raw;

    paper.title = "Œuvre d’art à 5 € : Łódź, Şişli, Győr, Nguyễn, ĳ ǆ";
    tools_draw(tools, &paper, "letters.pdf", NULL);
    says(tools_text(tools, "letters.pdf"), paper.title);
    tools_run(tools, &raw, "pdffonts", tools_path(tools, "letters.pdf"), NULL);
    OK(strstr(raw, "LiberationSans-Bold ") && strstr(raw, "Identity-H") &&
           !strstr(raw, " no  no ") && !strstr(raw, "yes no "),
       "its fonts are embedded, as subsets, with their characters");
}

static void test_bytes(struct tools *tools)
{
    struct convention_paper paper = tools_paper(tools), other = tools_long_paper(tools);
    struct bytes first, again;

    paper.logo = tools_picture(tools, 400, 200, 90);
    pdf_convention_draw(tools->arena, &tools->settings, &paper, NULL, &first);
    tools_draw(tools, &other, "other.pdf", NULL);
    pdf_convention_draw(tools->arena, &tools->settings, &paper, NULL, &again);
    OK(first.length > 0 && bytes_equal(first, again), "the same data give the same bytes");
    paper.last_name = "DUPOND";
    pdf_convention_draw(tools->arena, &tools->settings, &paper, NULL, &again);
    OK(!bytes_equal(first, again), "and other data give others");
    OK(first.length < 100 * 1024, "a convention has less than 100 kB");

    OK(contains(first, arena_printf(tools->arena, "/ParapheID (%s)", paper.token.metadata)),
       "the information dictionary names the convention");
    OK(contains(first, arena_printf(tools->arena, "<paraphe:ID>%s</", paper.token.metadata)),
       "so does the XMP packet");
    OK(contains(first, "/Lang (fr-FR)") && contains(first, "/DisplayDocTitle true"),
       "it is French, and shows its title");
    OK(contains(first, "/SigFlags 3"), "it says that it has signature fields");
}

static void test_facts(struct tools *tools)
{
    struct convention_paper paper = tools_paper(tools);
    const char *info;

    paper.title = "Cuisine & <services>";
    tools_draw(tools, &paper, "facts.pdf", NULL);
    tools_run(tools, &info, "pdfinfo", tools_path(tools, "facts.pdf"), NULL);
    OK(strstr(info, "Convention de stage – Camille DUPONT – 03-02-2027"),
       "its title says whose it is");
    OK(strstr(info, "A4"), "its pages are A4");
    tools_run(tools, &info, "pdfinfo", "-meta", tools_path(tools, "facts.pdf"), NULL);
    OK(strstr(info, "Cuisine &amp; &lt;services&gt;"), "the XMP packet is well-formed");
    IS_INT(tools_run(tools, NULL, "qpdf", "--check", tools_path(tools, "facts.pdf"), NULL), 0,
           "qpdf finds nothing wrong in it");
}

static void test_qr(struct tools *tools)
{
    struct convention_paper paper = tools_paper(tools);
    struct pdf_layout layout;
    const char *read;

    tools_draw(tools, &paper, "qr.pdf", &layout);
    OK(layout.code.right - layout.code.left >= POINTS(20), "the QR code is 20 mm wide or more");
    tools_run(tools, NULL, "pdftoppm", "-r", "150", "-gray", "-png", tools_path(tools, "qr.pdf"),
              tools_path(tools, "qr"), NULL);
    for (int i = 1; i <= 2; i++) {
        tools_run(tools, &read, "zbarimg", "-q", "--raw",
                  tools_path(tools, arena_printf(tools->arena, "qr-%d.png", i)), NULL);
        IS_STR(read, arena_printf(tools->arena, "%s\n", paper.token.address),
               "its QR code is read at 150 dots per inch");
    }
}

/* Mean of the pixels in a field, 0 to 255, rendered at 72 dots per inch. */
static double darkness(struct tools *tools, const char *name, const struct pdf_box *box)
{
    struct bytes picture;
    int width, height, start = 0;
    double sum = 0, count = 0;

    tools_run(tools, NULL, "pdftoppm", "-r", "72", "-gray", "-f",
              arena_printf(tools->arena, "%u", box->page), "-singlefile", tools_path(tools, name),
              tools_path(tools, "field"), NULL);
    picture = tools_read(tools, "field.pgm");
    if (sscanf((const char *)picture.data, "P5 %d %d 255%n", &width, &height, &start) != 2)
        return -1;
    for (int y = (int)(height - box->top) + 2; y < (int)(height - box->bottom) - 2; y++)
        for (int x = (int)box->left + 2; x < (int)box->right - 2; x++, count++)
            sum += 255 - picture.data[start + 1 + y * width + x];
    return sum / count;
}

static void test_boxes(struct tools *tools)
{
    struct convention_paper paper = tools_paper(tools);
    struct pdf_layout layout;
    bool large = true, inside = true, last = true;

    paper.host.signature = tools_picture(tools, 300, 100, 0);
    tools_draw(tools, &paper, "boxes.pdf", &layout);
    for (size_t i = 0; i < SIGNATORY_COUNT; i++) {
        const struct pdf_box *box = &layout.boxes[i], *field = &layout.fields[i];
        large = large && field->right - field->left >= POINTS(60) &&
                field->top - field->bottom >= POINTS(25);
        inside = inside && field->left > box->left && field->right < box->right &&
                 field->bottom > box->bottom && field->top < box->top;
        last = last && box->page == layout.page_count && field->page == box->page;
    }
    OK(large, "there are 60 by 25 mm or more to sign in");
    OK(inside, "each field is inside its box");
    OK(last, "the boxes stand on the last page");
    OK(darkness(tools, "boxes.pdf", &layout.fields[SIGNATORY_HOST]) > 20,
       "the host's configured signature stands in its box");
    for (int i = SIGNATORY_ORIGIN; i < SIGNATORY_COUNT; i++)
        OK(fabs(darkness(tools, "boxes.pdf", &layout.fields[i])) < 0.01,
           "the other boxes are empty");
}

static void test_refusals(struct tools *tools)
{
    struct convention_paper paper = tools_paper(tools);
    struct settings settings = tools->settings;
    struct bytes pdf;

    paper.text = more_articles(tools, paper.text, 14, 300);
    IS_INT(pdf_convention_draw(tools->arena, &settings, &paper, NULL, &pdf), ERR_TOO_LARGE,
           "a text of more than twenty pages is refused");
    IS_STR(err_last()->key, "convention-too-long", "and says so");
    paper = tools_paper(tools);
    paper.logo = (struct paper_image){(const unsigned char *)"", 4001, 10};
    IS_INT(pdf_convention_draw(tools->arena, &settings, &paper, NULL, &pdf), ERR_TOO_LARGE,
           "a picture of more than 4,000 pixels is refused");
    paper = tools_paper(tools);
    settings.font_bold = settings.secret_file;
    IS_INT(pdf_convention_draw(tools->arena, &settings, &paper, NULL, &pdf), ERR_INTERNAL,
           "a file that is no font is refused");
    settings.font_bold = "/nonexistent.ttf";
    IS_INT(pdf_convention_draw(tools->arena, &settings, &paper, NULL, &pdf), ERR_INTERNAL,
           "a font that is not there is told");
}

/* Where the arena ends decides where the draw is left; the sanitizer tells what was left behind. */
static void test_memory(struct tools *tools)
{
    struct convention_paper paper = tools_paper(tools);
    volatile bool drawn = false;
    volatile int out = 0;
    struct bytes pdf;
    jmp_buf edge;

    paper.logo = tools_picture(tools, 320, 200, 90);
    for (volatile size_t ceiling = 64 * 1024; !drawn && ceiling < 8u << 20; ceiling += 8 * 1024) {
        struct arena *arena = arena_new(ceiling);
        if (setjmp(edge) == 0) {
            arena_catch(arena, &edge);
            drawn = pdf_convention_draw(arena, &tools->settings, &paper, NULL, &pdf) == ERR_OK;
        } else {
            out++;
        }
        arena_free(arena);
    }
    OK(out > 10, "a draw that runs out of memory is left at the request's edge");
    OK(drawn, "and the same draw succeeds where there is enough");
}

int main(void)
{
    struct tools tools;

    if (!tools_have("pdftotext") || !tools_have("zbarimg") || !tools_have("qpdf")) {
        printf("1..0 # SKIP needs poppler-utils, zbar-tools and qpdf\n");
        return 0;
    }
    tools_open(&tools);
    test_words(&tools);
    test_layouts(&tools);
    test_letters(&tools);
    test_bytes(&tools);
    test_facts(&tools);
    test_qr(&tools);
    test_boxes(&tools);
    test_refusals(&tools);
    test_memory(&tools);
    tools_close(&tools);
    return tap_end();
}
