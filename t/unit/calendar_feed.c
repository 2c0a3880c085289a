/* The iCalendar that programs subscribe to, read again by libical's own parser. */
#include <libical/ical.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "calendar/feed.h"
#include "t/unit/tap.h"

static const struct feed_event events[] = {
    {.id = 7,
     .title = "Atelier bois, « Œuvrer » ; à l’essai \\ bois et métal, très longuement décrits ici",
     .details = "Formation : CAP\nPlaces : 3 sur 4, été comme hiver, de l’établissement d’origine",
     .location = "Bâtiment C, Lycée d’accueil",
     .url = "https://conventions.example.fr/stages/7",
     .first_day = "2027-02-03",
     .last_day = "2027-02-03",
     .starts_at = "08:30",
     .ends_at = "16:05",
     .sequence = 2,
     .created_at = 1801483200,
     .changed_at = 1801486800},
    {.id = 8,
     .title = "Semaine",
     .details = "",
     .location = "",
     .url = "",
     .first_day = "2027-03-25", /* a Thursday; summer time begins on the Sunday */
     .last_day = "2027-03-30",
     .starts_at = "09:00",
     .ends_at = "12:00",
     .is_cancelled = true},
    {.id = 9,
     .title = "Portes ouvertes",
     .details = "",
     .location = "",
     .url = "",
     .first_day = "2027-03-27", /* Saturday */
     .last_day = "2027-03-28",
     .weekends = true,
     .starts_at = "09:00",
     .ends_at = "12:00"},
};

static void test_lines(struct bytes text)
{
    const char *at = (const char *)text.data, *end = at + text.length;
    bool short_enough = true, whole = true, crlf = true;

    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t length = stop ? (size_t)(stop - at) : (size_t)(end - at);

        crlf = crlf && stop && length > 0 && stop[-1] == '\r';
        short_enough = short_enough && length - 1 <= 75;
        whole = whole && text_is_utf8((struct bytes){(const unsigned char *)at, length});
        at += length + 1;
    }
    OK(crlf, "every line ends in CR LF (RFC 5545 §3.1)");
    OK(short_enough, "no line has more than 75 octets");
    OK(whole, "no character is cut by a fold");
}

static icalcomponent *event_at(icalcomponent *calendar, int index)
{
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);

    while (event && index-- > 0)
        event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT);
    return event;
}

static void test_first(icalcomponent *calendar)
{
    icalcomponent *event = event_at(calendar, 0);
    icalproperty *modified = icalcomponent_get_first_property(event, ICAL_LASTMODIFIED_PROPERTY);

    IS_STR(icalcomponent_get_uid(event), "placement-7@conventions.example.fr", "the UID is stable");
    IS_STR(icalcomponent_get_summary(event), events[0].title, "the title comes back as it was");
    IS_STR(icalcomponent_get_description(event), events[0].details, "and the details");
    IS_STR(icalcomponent_get_location(event), events[0].location, "and the place");
    IS_INT(icalcomponent_get_sequence(event), 2, "how often it was changed");
    OK(icalcomponent_get_status(event) == ICAL_STATUS_CONFIRMED, "it takes place");
    OK(icaltime_as_timet(icalcomponent_get_dtstamp(event)) == 1801486800 &&
           icaltime_as_timet(icalproperty_get_lastmodified(modified)) == 1801486800,
       "DTSTAMP and LAST-MODIFIED are the last change");
    IS_INT(icaltime_as_timet_with_zone(icalcomponent_get_dtstart(event),
                                       icalcomponent_get_dtstart(event).zone),
           1801639800, "8:30 in Paris is 7:30 UTC in February");
    IS_INT(icaltime_as_timet_with_zone(icalcomponent_get_dtend(event),
                                       icalcomponent_get_dtend(event).zone),
           1801667100, "and it ends at 16:05");
}

struct seen {
    int count;
    time_t starts[8];
};

static void see(icalcomponent *component, struct icaltime_span *span, void *data)
{
    struct seen *seen = data;

    (void)component;
    if (seen->count < 8)
        seen->starts[seen->count] = span->start;
    seen->count++;
}

static void test_days(icalcomponent *calendar)
{
    struct icaltimetype from = icaltime_from_string("20270301T000000Z");
    struct icaltimetype until = icaltime_from_string("20270501T000000Z");
    struct seen week = {0}, weekend = {0};

    icalcomponent_foreach_recurrence(event_at(calendar, 1), from, until, see, &week);
    icalcomponent_foreach_recurrence(event_at(calendar, 2), from, until, see, &weekend);
    IS_INT(week.count, 4, "from Thursday to Tuesday there are four days of school");
    IS_INT(week.starts[0], 1805961600, "the first at 9:00 in Paris, 8:00 UTC");
    IS_INT(week.starts[2], 1806303600, "the third at 9:00 in summer time, 7:00 UTC");
    IS_INT(weekend.count, 2, "a weekend has its two days");
    OK(icalcomponent_get_status(event_at(calendar, 1)) == ICAL_STATUS_CANCELLED,
       "a cancelled one says so");
}

int main(void)
{
    struct arena *arena = arena_new(1024 * 1024);
    icalcomponent *calendar;
    struct bytes text, again;

    clock_open();
    text = calendar_feed(arena, "Stages – Lycée", "conventions.example.fr", events, 3);
    again = calendar_feed(arena, "Stages – Lycée", "conventions.example.fr", events, 3);
    OK(text.length == again.length && memcmp(text.data, again.data, text.length) == 0,
       "the same events give the same bytes");
    test_lines(text);
    calendar = icalparser_parse_string(arena_strndup(arena, (const char *)text.data, text.length));
    if (OK(calendar && icalcomponent_count_errors(calendar) == 0 && icalrestriction_check(calendar),
           "libical reads it and finds nothing against it")) {
        IS_INT(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), 3, "all events");
        test_first(calendar);
        test_days(calendar);
    }
    if (calendar)
        icalcomponent_free(calendar);
    text = calendar_feed(arena, "Vide", "x.fr", NULL, 0);
    calendar = icalparser_parse_string(arena_strndup(arena, (const char *)text.data, text.length));
    OK(calendar && icalcomponent_count_errors(calendar) == 0, "an empty calendar is one");
    if (calendar)
        icalcomponent_free(calendar);
    arena_free(arena);
    return tap_end();
}
