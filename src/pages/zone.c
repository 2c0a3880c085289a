/* « Options », the zone of school holidays that the calendar marks. */
#include <string.h>

#include "domain/holiday_zone.h"
#include "http/form.h"
#include "pages/frame.h"
#include "pages/options.h"
#include "pages/routes.h"

VIEW_TYPE(options_zone_view);

#define ZONE_FORM(FIELD) FIELD(CHOICE, zone, FORM_OPTIONAL, 0, 0, "A|B|C|none")
FORM_DECLARE(zone_form, ZONE_FORM)

static void show_options(struct exchange *x, const char *chosen, char derived,
                         struct view_form_field *field)
{
    static const char *const words[] = {"", "A", "B", "C", "none"};
    const size_t count = sizeof words / sizeof words[0];
    struct view_option *options = ARENA_NEW_ARRAY(x->arena, count, struct view_option);

    for (size_t i = 0; i < count; i++) {
        const char *label = http_sentence(x, i == 0                  ? "zone-derived"
                                             : strlen(words[i]) == 1 ? "zone-letter"
                                                                     : "zone-none");

        if (i == 0 && derived)
            label = arena_printf(x->arena, "%s (%s\u00a0%c)", label,
                                 http_sentence(x, "zone-letter"), derived);
        else if (strlen(words[i]) == 1)
            label = arena_printf(x->arena, "%s\u00a0%s", label, words[i]);
        options[i] = (struct view_option){
            .value = words[i], .label = label, .selected = strcmp(words[i], chosen) == 0};
    }
    field->options = options;
    field->options_count = count;
}

static enum err show(struct exchange *x, unsigned status, const struct zone_form *form)
{
    struct context ctx = page_context(x);
    struct view_form_field *field = ARENA_NEW(x->arena, struct view_form_field);
    struct view_page page;
    struct options_zone_view view = {.page = &page,
                                     .tabs = page_options_tabs(x),
                                     .action = page_url(x->arena, at_zone_choose),
                                     .zone = field,
                                     .calendar = page_url(x->arena, at_calendar)};
    const char *chosen;
    char derived;

    page_frame(x, &page);
    FORM_FRAME(&page, x->arena, zone_form, form);
    ERR_TRY(holiday_zone_choice(&ctx, &chosen, &derived));
    *field = (struct view_form_field){.id = "zone", .value = "", .error = form->zone.sentence};
    show_options(x, chosen, derived, field);
    return http_page(x, status, "options-zone.html", &view);
}

/* GET /options/calendrier — an establishment's admins */
enum err page_zone(struct exchange *x)
{
    struct zone_form form;

    FORM_EMPTY(&form);
    return show(x, 200, &form);
}

/* POST /options/calendrier — an establishment's admins
 *
 *     zone   A, B, C, none; by the département where it is empty */
enum err page_zone_choose(struct exchange *x)
{
    struct context ctx = page_context(x);
    struct zone_form form;

    FORM_READ(x, zone_form, &form);
    if (!FORM_GOOD(&form))
        return show(x, 422, &form);
    ERR_TRY(holiday_zone_choose(&ctx, form.zone.given ? form.zone.text : ""));
    return page_done(x, page_url(x->arena, at_zone), "zone-chosen");
}
