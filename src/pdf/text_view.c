#include "pdf/text_view.h"

#include "base/buf.h"
#include "base/clock.h"
#include "view/markdown.h"

VIEW_TYPE(convention_text);

const struct view_binding pdf_text_bindings[] = {
    {"convention.md", &convention_text_type},
    {NULL, NULL},
};

static const char *day_words(struct arena *arena, const char *day)
{
    return day && *day ? clock_french_long_day(arena, day) : "";
}

/* "12 novembre 2026": a deliberation is dated without the day of the week. */
static const char *date_words(struct arena *arena, const char *day)
{
    const char *words = day_words(arena, day), *space = strchr(words, ' ');

    return space ? space + 1 : words;
}

static const char *time_words(struct arena *arena, const char *time)
{
    return time && *time ? clock_french_time(arena, time) : "";
}

struct convention_text pdf_text_of(struct arena *arena, const struct convention_paper *paper)
{
    return (struct convention_text){
        .school_year = clock_school_year(arena, paper->first_day),
        .host_name = paper->host.name,
        .host_head = paper->host.head_name,
        .host_email = paper->host.email,
        .origin_name = paper->origin.name,
        .origin_head = paper->origin.head_name,
        .origin_email = paper->origin.email,
        .trainee_name = arena_printf(arena, "%s %s", paper->first_name, paper->last_name),
        .trainee_class = paper->class_name,
        .guardian_name = paper->guardian_name,
        .title = paper->title,
        .course = paper->course,
        .first_day = day_words(arena, paper->first_day),
        .last_day = day_words(arena, paper->last_day),
        .starts_at = time_words(arena, paper->starts_at),
        .ends_at = time_words(arena, paper->ends_at),
        .place = paper->place,
        .board_day = date_words(arena, paper->board_day),
    };
}

enum err pdf_text_render(struct arena *arena, const struct views *views,
                         const struct convention_paper *paper, const char **markdown)
{
    struct convention_text text = pdf_text_of(arena, paper);
    struct buf out = buf_new(arena, VIEW_MARKDOWN_MOST);

    ERR_TRY(view_render(views, "convention.md", &text, &out));
    *markdown = out.data;
    return ERR_OK;
}
