/* How long a convention takes to draw, beside what libharu takes for as much text in the same
 * fonts by its own means. Run by hand: t/bench/pdf_draw [TIMES] */
#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "t/unit/pdf_tools.h"

/* The text's lines as they come, on two pages, with libharu's own UTF-8 fonts. */
static void draw_plainly(struct tools *tools, const char *text)
{
    HPDF_Doc document = HPDF_New(NULL, NULL);
    const char *paths[3] = {tools->settings.font_regular, tools->settings.font_bold,
                            tools->settings.font_italic};
    HPDF_Font fonts[3];
    HPDF_Page page = NULL;

    HPDF_SetCompressionMode(document, HPDF_COMP_ALL);
    HPDF_UseUTFEncodings(document);
    for (size_t i = 0; i < 3; i++)
        fonts[i] =
            HPDF_GetFont(document, HPDF_LoadTTFontFromFile(document, paths[i], HPDF_TRUE), "UTF-8");
    for (int line = 0; *text; line++) {
        size_t length = strcspn(text, "\n");
        if (line % 80 == 0)
            page = HPDF_AddPage(document);
        HPDF_Page_BeginText(page);
        HPDF_Page_SetFontAndSize(page, fonts[line % 3], 9);
        HPDF_Page_TextOut(page, 40, (HPDF_REAL)(820 - line % 80 * 10),
                          arena_strndup(tools->arena, text, length));
        HPDF_Page_EndText(page);
        text += length + (text[length] == '\n');
    }
    HPDF_SaveToStream(document);
    HPDF_Free(document);
}

static double milliseconds_since(int64_t start, int times)
{
    return (double)(clock_monotonic_us() - start) / 1000 / times;
}

int main(int argc, char **argv)
{
    int times = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 100;
    struct arena *arena = arena_new((size_t)64 * 1024 * 1024);
    struct convention_paper paper;
    struct tools tools;
    struct bytes pdf = {0};
    const char *text;
    double ours, plain;
    int64_t start;

    tools_open(&tools);
    paper = tools_paper(&tools);
    paper.logo = tools_picture(&tools, 640, 300, 90);
    paper.host.signature = tools_picture(&tools, 500, 180, 30);
    tools_draw(&tools, &paper, "bench.pdf", NULL);
    tools_run(&tools, &text, "pdftotext", "-layout", tools_path(&tools, "bench.pdf"), "-", NULL);

    start = clock_monotonic_us();
    for (int i = 0; i < times; i++) {
        arena_reset(arena);
        pdf_convention_draw(arena, &tools.settings, &paper, NULL, &pdf);
    }
    ours = milliseconds_since(start, times);
    printf("a convention:        %6.2f ms, %zu bytes, %zu bytes of arena\n", ours, pdf.length,
           arena_used(arena));
    start = clock_monotonic_us();
    for (int i = 0; i < times; i++)
        draw_plainly(&tools, text);
    plain = milliseconds_since(start, times);
    printf("its text by libharu: %6.2f ms\nratio:               %6.2f\n", plain, ours / plain);
    tools_close(&tools);
    arena_free(arena);
    return 0;
}
