#include "calendar/feed.h"

#include <inttypes.h>
#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

#include "base/dates.h"

#define ZONE "Europe/Paris"

/* The rule since 1996 (directive 2000/84/CE), before which no placement is. */
static const char zone_text[] = "BEGIN:VTIMEZONE\r\n"
                                "TZID:" ZONE "\r\n"
                                "BEGIN:DAYLIGHT\r\n"
                                "DTSTART:19960331T020000\r\n"
                                "TZNAME:CEST\r\n"
                                "TZOFFSETFROM:+0100\r\n"
                                "TZOFFSETTO:+0200\r\n"
                                "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
                                "END:DAYLIGHT\r\n"
                                "BEGIN:STANDARD\r\n"
                                "DTSTART:19961027T030000\r\n"
                                "TZNAME:CET\r\n"
                                "TZOFFSETFROM:+0200\r\n"
                                "TZOFFSETTO:+0100\r\n"
                                "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
                                "END:STANDARD\r\n"
                                "END:VTIMEZONE\r\n";

static icalcomponent *new_calendar(const char *name)
{
    icalcomponent *calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
    icalproperty *own = icalproperty_new_x(name), *pause = icalproperty_new_x("PT6H");

    icalcomponent_add_property(calendar, icalproperty_new_version("2.0"));
    icalcomponent_add_property(calendar, icalproperty_new_prodid("-//Paraphe//Calendrier//FR"));
    icalcomponent_add_property(calendar, icalproperty_new_calscale("GREGORIAN"));
    icalproperty_set_x_name(own, "X-WR-CALNAME");
    icalcomponent_add_property(calendar, own);
    icalproperty_set_x_name(pause, "X-PUBLISHED-TTL");
    icalcomponent_add_property(calendar, pause);
    icalcomponent_add_component(calendar, icalcomponent_new_from_string(zone_text));
    return calendar;
}

/* A day and a time of it in Paris, without saying so: that is the parameter TZID's matter. */
static struct icaltimetype local_time(const char *day, const char *time)
{
    struct icaltimetype at = icaltime_null_time();

    at.year = (int)strtol(day, NULL, 10);
    at.month = (int)strtol(day + 5, NULL, 10);
    at.day = (int)strtol(day + 8, NULL, 10);
    at.hour = (int)strtol(time, NULL, 10);
    at.minute = (int)strtol(time + 3, NULL, 10);
    return at;
}

static struct icaltimetype utc_time(int64_t instant)
{
    return icaltime_from_timet_with_zone((time_t)instant, 0, icaltimezone_get_utc_timezone());
}

static void add_in_zone(icalcomponent *event, icalproperty *property)
{
    icalproperty_add_parameter(property, icalparameter_new_tzid(ZONE));
    icalcomponent_add_property(event, property);
}

static int count_days(struct arena *arena, const struct feed_event *event)
{
    const char *day = event->first_day;
    int count = 0;

    for (; strcmp(day, event->last_day) <= 0; day = dates_add(arena, day, 1))
        count += event->weekends || dates_weekday(day) <= 5;
    return count;
}

/* On each of its days at the same hours. */
static void add_days(struct arena *arena, icalcomponent *component, const struct feed_event *event)
{
    int days = count_days(arena, event);
    const char *rule = arena_printf(arena, "FREQ=DAILY;COUNT=%d%s", days,
                                    event->weekends ? "" : ";BYDAY=MO,TU,WE,TH,FR");

    if (days > 1)
        icalcomponent_add_property(component,
                                   icalproperty_new_rrule(icalrecurrencetype_from_string(rule)));
}

static void add_text(icalcomponent *component, icalproperty *(*make)(const char *text),
                     const char *text)
{
    if (text[0])
        icalcomponent_add_property(component, make(text));
}

static icalcomponent *new_event(struct arena *arena, const char *domain,
                                const struct feed_event *event)
{
    icalcomponent *component = icalcomponent_new(ICAL_VEVENT_COMPONENT);

    icalcomponent_add_property(
        component,
        icalproperty_new_uid(arena_printf(arena, "placement-%" PRIu64 "@%s", event->id, domain)));
    /* Without a METHOD it says when the event was last revised (RFC 5545 §3.8.7.2). */
    icalcomponent_add_property(component, icalproperty_new_dtstamp(utc_time(event->changed_at)));
    icalcomponent_add_property(component, icalproperty_new_created(utc_time(event->created_at)));
    icalcomponent_add_property(component,
                               icalproperty_new_lastmodified(utc_time(event->changed_at)));
    icalcomponent_add_property(component, icalproperty_new_sequence((int)event->sequence));
    add_in_zone(component,
                icalproperty_new_dtstart(local_time(event->first_day, event->starts_at)));
    add_in_zone(component, icalproperty_new_dtend(local_time(event->first_day, event->ends_at)));
    add_days(arena, component, event);
    add_text(component, icalproperty_new_summary, event->title);
    add_text(component, icalproperty_new_location, event->location);
    add_text(component, icalproperty_new_description, event->details);
    add_text(component, icalproperty_new_url, event->url);
    icalcomponent_add_property(component, icalproperty_new_status(event->is_cancelled
                                                                      ? ICAL_STATUS_CANCELLED
                                                                      : ICAL_STATUS_CONFIRMED));
    return component;
}

struct bytes calendar_feed(struct arena *arena, const char *name, const char *domain,
                           const struct feed_event *events, size_t count)
{
    icalcomponent *calendar = new_calendar(name);
    struct bytes made;
    char *text;

    for (size_t i = 0; i < count; i++)
        icalcomponent_add_component(calendar, new_event(arena, domain, &events[i]));
    text = icalcomponent_as_ical_string_r(calendar);
    made = text ? arena_bytes(arena, text, strlen(text)) : (struct bytes){NULL, 0};
    free(text);
    icalcomponent_free(calendar);
    return made;
}
