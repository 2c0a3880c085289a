#include "pdf/paper.h"

#include "base/clock.h"
#include "base/text.h"
#include "pdf/draw.h"

#define IMAGE_SIDE_MOST 4000

struct setting draw_setting(struct drawing *drawing, enum face face, const char *text)
{
    struct setting setting = setting_new(drawing->type);

    setting_add(&setting, face, text);
    return setting;
}

double draw_text(struct drawing *drawing, enum face face, const char *text, double x, double y,
                 double size)
{
    struct setting setting = draw_setting(drawing, face, text);

    return sheet_text(drawing->sheet, &setting, x, y, size);
}

void draw_text_within(struct drawing *drawing, enum face face, const char *text, double x, double y,
                      double size, double width)
{
    struct setting setting = draw_setting(drawing, face, text);
    double wanted = setting_width(&setting, size);

    sheet_text(drawing->sheet, &setting, x, y, wanted > width ? size * width / wanted : size);
}

const char *draw_trainee_name(struct drawing *drawing)
{
    return arena_printf(drawing->arena, "%s %s", drawing->paper->first_name,
                        drawing->paper->last_name);
}

const char *draw_days(struct drawing *drawing)
{
    const char *first = drawing->paper->first_day, *last = drawing->paper->last_day;
    const char *words = clock_french_long_day(drawing->arena, first);

    if (last && *last && strcmp(first, last) != 0)
        return arena_printf(drawing->arena, "Du %s au %s", words,
                            clock_french_long_day(drawing->arena, last));
    /* The names of days begin with a plain letter. */
    return arena_printf(drawing->arena, "%c%s", words[0] - 'a' + 'A', words + 1);
}

enum err draw_check_image(const struct paper_image *image)
{
    if (image->rgb && (image->width == 0 || image->height == 0 || image->width > IMAGE_SIDE_MOST ||
                       image->height > IMAGE_SIDE_MOST))
        return err_raise(ERR_TOO_LARGE, "convention-image-too-large", "%u × %u pixels",
                         image->width, image->height);
    return ERR_OK;
}

static enum err finish(struct drawing *drawing, struct bytes *pdf)
{
    const struct convention_paper *paper = drawing->paper;
    struct arena *arena = drawing->arena;
    const struct document_facts facts = {
        .title = arena_printf(arena, "%sConvention de stage – %s – %s",
                              paper->is_example ? "Aperçu – " : "", draw_trainee_name(drawing),
                              clock_french_day(arena, paper->first_day)),
        .author = paper->host.name,
        .subject = paper->title,
        .identification = paper->token.metadata,
        .created_at = paper->created_at,
    };

    return sheet_finish(drawing->sheet, &facts, pdf);
}

enum err pdf_convention_draw(struct arena *arena, const struct settings *settings,
                             const struct convention_paper *paper, struct pdf_layout *layout,
                             struct bytes *pdf)
{
    struct type type;
    struct drawing drawing = {.arena = arena, .type = &type, .paper = paper};

    ERR_TRY(draw_check_image(&paper->logo));
    ERR_TRY(draw_check_image(&paper->host.signature));
    ERR_TRY(draw_check_image(&paper->origin.signature));
    ERR_TRY(type_open(arena, settings, &type));
    drawing.sheet = sheet_open(&type);
    sheet_add_page(drawing.sheet);
    ERR_TRY(draw_articles(&drawing, draw_identity(&drawing)));
    ERR_TRY(draw_feet(&drawing));
    ERR_TRY(finish(&drawing, pdf));
    if (layout)
        *layout = drawing.layout;
    return ERR_OK;
}
