#include "calendar/holidays.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"

#define LINE_MOST 512
#define PERIODS_MOST 1000
#define NAME_MOST 80 /* characters */

static enum err wrong(const char *path, int number, const char *what)
{
    return err_raise(ERR_INVALID, "settings", "%s, line %d: %s", path, number, what);
}

/* The next word at *at, which moves behind it; "" where there is none. */
static const char *next_word(struct arena *arena, const char **at)
{
    const char *start = *at + strspn(*at, " \t");
    size_t length = strcspn(start, " \t\r\n");

    *at = start + length;
    return arena_strndup(arena, start, length);
}

static bool are_zones(const char *text)
{
    for (const char *c = text; *c; c++)
        if (!strchr("ABC", *c) || strchr(c + 1, *c))
            return false;
    return text[0] != '\0';
}

static bool overlap(const struct calendar_holiday *one, const struct calendar_holiday *other)
{
    return strcmp(one->first_day, other->last_day) <= 0 &&
           strcmp(other->first_day, one->last_day) <= 0 && strpbrk(one->zones, other->zones);
}

static enum err check(const char *path, int number, const struct calendar_holiday *period,
                      const struct calendar_holiday *earlier, size_t count)
{
    if (!clock_is_day(period->first_day) || !clock_is_day(period->last_day))
        return wrong(path, number, "begins with two days that exist, YYYY-MM-DD YYYY-MM-DD");
    if (strcmp(period->first_day, period->last_day) > 0)
        return wrong(path, number, "the last day is before the first");
    if (!are_zones(period->zones))
        return wrong(path, number, "the third word is A, B, C or some of them, each once");
    if (period->name[0] == '\0' || text_length(period->name) > NAME_MOST)
        return wrong(path, number, "the name is missing or has more than 80 characters");
    for (size_t i = 0; i < count; i++)
        if (overlap(period, &earlier[i]))
            return wrong(path, number, "overlaps an earlier line for the same zone");
    return ERR_OK;
}

/* Keeps the period of a line; nothing where the line is empty or a comment. */
static enum err read_line(struct arena *arena, const char *path, int number, const char *line,
                          struct calendar_holiday *items, size_t *count)
{
    struct calendar_holiday *period = &items[*count];
    const char *at = line + strspn(line, " \t\r\n");

    if (*at == '\0' || *at == '#')
        return ERR_OK;
    if (*count == PERIODS_MOST || strlen(line) + 1 == LINE_MOST)
        return wrong(path, number, "too long, or one line too many");
    if (!text_is_utf8(bytes_of(line)))
        return wrong(path, number, "not UTF-8");
    period->first_day = next_word(arena, &at);
    period->last_day = next_word(arena, &at);
    period->zones = next_word(arena, &at);
    period->name = text_squeeze(arena, at);
    ERR_TRY(check(path, number, period, items, *count));
    (*count)++;
    return ERR_OK;
}

enum err calendar_holidays_read(struct arena *arena, const char *path,
                                const struct calendar_holidays **holidays)
{
    struct calendar_holidays *read = ARENA_NEW(arena, struct calendar_holidays);
    struct calendar_holiday *items =
        ARENA_NEW_ARRAY(arena, PERIODS_MOST + 1, struct calendar_holiday);
    FILE *file = fopen(path, "re");
    char line[LINE_MOST];
    enum err code = ERR_OK;

    if (!file)
        return err_raise(ERR_INVALID, "settings", "cannot read %s: %s", path, strerror(errno));
    for (int number = 1; code == ERR_OK && fgets(line, sizeof line, file); number++)
        code = read_line(arena, path, number, line, items, &read->count);
    fclose(file);
    read->items = items;
    *holidays = read;
    return code;
}

const struct calendar_holiday *calendar_holiday(const struct calendar_holidays *holidays, char zone,
                                                const char *day)
{
    for (size_t i = 0; zone && i < holidays->count; i++)
        if (strchr(holidays->items[i].zones, zone) &&
            strcmp(holidays->items[i].first_day, day) <= 0 &&
            strcmp(day, holidays->items[i].last_day) <= 0)
            return &holidays->items[i];
    return NULL;
}
