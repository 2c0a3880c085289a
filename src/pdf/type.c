#include "pdf/type.h"

#include <string.h>

#include "base/text.h"

#define NO_BREAK_SPACE 0xa0
#define NARROW_SPACE 0x202f

enum err type_open(struct arena *arena, const struct settings *settings, struct type *type)
{
    const char *paths[FACE_COUNT] = {settings->font_regular, settings->font_bold,
                                     settings->font_italic};

    *type = (struct type){.arena = arena};
    for (size_t i = 0; i < FACE_COUNT; i++) {
        const struct font *font;
        ERR_TRY(font_load(paths[i], &font));
        type->faces[i] = ARENA_NEW(arena, struct subset);
        subset_open(type->faces[i], font);
    }
    return ERR_OK;
}

struct setting setting_new(struct type *type)
{
    return (struct setting){.type = type};
}

static struct glyph *add_glyph(struct setting *setting)
{
    if (setting->count == setting->capacity) {
        size_t capacity = setting->capacity ? 2 * setting->capacity : 128;
        struct glyph *glyphs = ARENA_NEW_ARRAY(setting->type->arena, capacity, struct glyph);
        if (setting->count > 0)
            memcpy(glyphs, setting->glyphs, setting->count * sizeof glyphs[0]);
        setting->glyphs = glyphs;
        setting->capacity = capacity;
    }
    setting->glyphs[setting->count] = (struct glyph){0};
    return &setting->glyphs[setting->count++];
}

/* The character a glyph was made from; 0 for the end of a line. */
static uint32_t character_of(const struct setting *setting, size_t at)
{
    const struct glyph *glyph = &setting->glyphs[at];

    if (glyph->kind == GLYPH_END)
        return 0;
    return setting->type->faces[glyph->face]->characters[glyph->number];
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xc0;
}

/* Whether a line may end after character number at: after slashes, and after hyphens that follow
 * three letters ("mini-stage", not "ci-dessus"), but not within a number ("3/2/2027"). */
static bool ends_part(const struct setting *setting, size_t at, uint32_t after)
{
    uint32_t c = character_of(setting, at);

    if (c == '/')
        return at > 0 && !(is_digit(character_of(setting, at - 1)) && is_digit(after));
    if ((c != '-' && c != 0x2010) || at < 3)
        return false;
    for (size_t i = at - 3; i < at; i++)
        if (!is_letter(character_of(setting, i)))
            return false;
    return true;
}

static void add_character(struct setting *setting, enum face face, uint32_t character)
{
    struct subset *subset = setting->type->faces[face];
    unsigned number = subset_take(subset, character);
    struct glyph *glyph = add_glyph(setting), *before = glyph - 1;

    glyph->number = (uint16_t)number;
    glyph->advance = subset->advances[number];
    glyph->face = (uint8_t)face;
    glyph->kind = character == ' ' ? GLYPH_SPACE : GLYPH_INK;
    if (setting->count == 1 || before->kind == GLYPH_END)
        return;
    if (ends_part(setting, setting->count - 2, character))
        before->kind = GLYPH_HYPHEN;
    if (before->face == face)
        before->advance =
            (int16_t)(before->advance + font_kerning(subset->font, subset->glyphs[before->number],
                                                     subset->glyphs[number]));
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == NO_BREAK_SPACE ||
           c == NARROW_SPACE || c == 0x2009;
}

/* How many digits the text ends with. */
static size_t digits_before(const struct setting *setting)
{
    size_t count = 0;

    while (count < setting->count && is_digit(character_of(setting, setting->count - count - 1)))
        count++;
    return count;
}

/* Whether what was set last is an abbreviation that does not part from what follows: one capital
 * and a full stop ("M. Martin", "D. 331-1"), or "n°". */
static bool abbreviates(const struct setting *setting)
{
    size_t n = setting->count;
    uint32_t last = n > 0 ? character_of(setting, n - 1) : 0;
    uint32_t before = n > 1 ? character_of(setting, n - 2) : 0;
    uint32_t start = n > 2 ? character_of(setting, n - 3) : 0;

    if (last == 0xb0)
        return before == 'n' || before == 'N';
    return last == '.' && before >= 'A' && before <= 'Z' && !is_letter(start) && start != '.';
}

/* The space that stands between what was set and the next character where a person typed one of
 * any sort. Numbers keep together ("01 44 00 00 00"), and stay with what they count ("8 septembre",
 * "12 rue") or with a town ("75005 Paris"). */
static uint32_t french_space(const struct setting *setting, uint32_t typed, uint32_t after)
{
    size_t n = setting->count, digits = digits_before(setting);
    uint32_t before = n > 0 ? character_of(setting, n - 1) : 0;

    if (after == ';' || after == '!' || after == '?')
        return NARROW_SPACE;
    if (after == ':' || after == 0xbb || after == '%' || after == 0x20ac || before == 0xab)
        return NO_BREAK_SPACE;
    if (typed == NO_BREAK_SPACE || typed == NARROW_SPACE)
        return typed;
    if (digits > 0 && (is_digit(after) || (is_letter(after) && (digits <= 2 || digits == 5))))
        return NO_BREAK_SPACE;
    return abbreviates(setting) ? NO_BREAK_SPACE : ' ';
}

void setting_add_length(struct setting *setting, enum face face, const char *text, size_t length)
{
    const char *end = text + length;
    uint32_t character, space = 0;

    while (text < end) {
        if (!text_next(&text, end, &character)) {
            text++;
            continue;
        }
        if (is_space(character)) {
            space = space == NO_BREAK_SPACE || space == NARROW_SPACE ? space : character;
            continue;
        }
        if (space != 0)
            add_character(setting, face, french_space(setting, space, character));
        space = 0;
        if (character >= ' ')
            add_character(setting, face, character);
    }
    if (space != 0)
        add_character(setting, face, french_space(setting, space, 0));
}

void setting_add(struct setting *setting, enum face face, const char *text)
{
    setting_add_length(setting, face, text, strlen(text));
}

void setting_break(struct setting *setting)
{
    add_glyph(setting)->kind = GLYPH_END;
}

double setting_width(const struct setting *setting, double size)
{
    int width = 0;

    for (size_t i = 0; i < setting->count; i++)
        width += setting->glyphs[i].advance;
    return width * size / 1000;
}

/* A place where a line may end: the line is [start of another place, end), and the next begins at
 * next. Places are found first; the best chain of them is chosen then. */
struct place {
    size_t end;
    size_t next;
    bool forced;
    double cost; /* of the best chain of lines up to here; negative: none yet */
    size_t from; /* the place before it in that chain */
};

struct breaking {
    const struct setting *setting;
    const int *sums;
    struct place *places;
    size_t count;
    int width;
};

static void add_place(struct breaking *b, size_t end, size_t next, bool forced)
{
    b->places[b->count++] = (struct place){.end = end, .next = next, .forced = forced, .cost = -1};
}

/* Where to break a piece [start, end) that must be broken: behind its last full stop, at sign or
 * low line, if it has one beyond its first third (electronic addresses); else at its end. */
static size_t best_break(const struct setting *setting, size_t start, size_t end)
{
    for (size_t i = end; i > start + (end - start) / 3; i--) {
        uint32_t c = character_of(setting, i - 1);
        if (c == '.' || c == '@' || c == '_')
            return i;
    }
    return end;
}

/* A stretch without a place to break that is wider than a line is broken where it must. */
static void break_wide(struct breaking *b, size_t from, size_t end)
{
    size_t start = from;

    for (size_t i = from; i < end; i++)
        if (i > start && b->sums[i + 1] - b->sums[start] > b->width) {
            start = best_break(b->setting, start, i);
            add_place(b, start, start, false);
        }
}

static void find_places(struct breaking *b)
{
    const struct setting *setting = b->setting;
    size_t from = 0, i = 0;

    while (i < setting->count && setting->glyphs[i].kind == GLYPH_SPACE)
        i++;
    from = i;
    add_place(b, i, i, false);
    b->places[0].cost = 0;
    while (i < setting->count) {
        enum glyph_kind kind = setting->glyphs[i].kind;
        size_t end = kind == GLYPH_HYPHEN ? i + 1 : i, next = i + 1;
        if (kind == GLYPH_INK) {
            i++;
            continue;
        }
        break_wide(b, from, end);
        while (kind == GLYPH_SPACE && next < setting->count &&
               setting->glyphs[next].kind == GLYPH_SPACE)
            next++;
        if (kind == GLYPH_SPACE && next == setting->count)
            break;
        add_place(b, end, next, kind == GLYPH_END);
        from = i = next;
    }
    while (i > 0 && i <= setting->count && setting->glyphs[i - 1].kind == GLYPH_SPACE)
        i--;
    if (i < from)
        i = from;
    break_wide(b, from, i < setting->count ? i : setting->count);
    add_place(b, i, setting->count, true);
}

/* How bad a line is: the square of its rest, measured in lines' widths. A last line may be short,
 * but not as short as one small word. */
static double badness(const struct breaking *b, int width, bool last, bool first)
{
    double rest = (double)(b->width - width) / b->width;

    if (!last)
        return rest * rest;
    return !first && rest > 0.9 ? 0.06 : 0;
}

static void choose(struct breaking *b)
{
    for (size_t i = 0; i < b->count; i++) {
        const struct place *from = &b->places[i];
        if (from->cost < 0)
            continue;
        for (size_t j = i + 1; j < b->count; j++) {
            struct place *to = &b->places[j];
            int width = to->end > from->next ? b->sums[to->end] - b->sums[from->next] : 0;
            double cost = from->cost + badness(b, width, to->forced, i == 0);
            if (width > b->width)
                break;
            if (to->cost < 0 || cost < to->cost) {
                to->cost = cost;
                to->from = i;
            }
            if (to->forced)
                break;
        }
    }
}

static struct line line_between(const struct breaking *b, const struct place *from,
                                const struct place *to)
{
    struct line line = {.first = from->next, .end = to->end};

    if (line.end < line.first)
        line.end = line.first;
    line.width = b->sums[line.end] - b->sums[line.first];
    return line;
}

/* The widths before each glyph and behind the last: counted once, for all sizes. */
static const int *sums_of(struct setting *setting)
{
    if (setting->sums && setting->summed == setting->count)
        return setting->sums;
    setting->sums = ARENA_NEW_ARRAY(setting->type->arena, setting->count + 1, int);
    setting->summed = setting->count;
    for (size_t i = 0; i < setting->count; i++)
        setting->sums[i + 1] = setting->sums[i] + setting->glyphs[i].advance;
    return setting->sums;
}

/* How many places there can be at most: where the text says so, and anywhere in what is wider than
 * a line. */
static size_t places_most(const struct breaking *b)
{
    const struct setting *setting = b->setting;
    size_t most = 3, from = 0;

    for (size_t i = 0; i <= setting->count; i++) {
        if (i < setting->count && setting->glyphs[i].kind == GLYPH_INK)
            continue;
        if (b->sums[i] - b->sums[from] + (i < setting->count ? setting->glyphs[i].advance : 0) >
            b->width)
            most += i - from + 1;
        most++;
        from = i + 1;
    }
    return most;
}

static struct place *room_for(struct type *type, size_t most)
{
    if (type->places_most < most) {
        type->places_most = 2 * most;
        type->places = ARENA_NEW_ARRAY(type->arena, type->places_most, struct place);
    }
    return type->places;
}

struct line *setting_lines(struct setting *setting, double width, double size, size_t *line_count)
{
    struct arena *arena = setting->type->arena;
    struct breaking b = {.setting = setting, .width = (int)(width * 1000 / size)};
    struct line *lines;
    size_t count = 0;

    *line_count = 0;
    if (setting->count == 0 || b.width < 1)
        return NULL;
    b.sums = sums_of(setting);
    b.places = room_for(setting->type, places_most(&b));
    find_places(&b);
    choose(&b);
    for (size_t at = b.count - 1; at > 0; at = b.places[at].from)
        count++;
    lines = ARENA_NEW_ARRAY(arena, count, struct line);
    *line_count = count;
    for (size_t at = b.count - 1; at > 0; at = b.places[at].from)
        lines[--count] = line_between(&b, &b.places[b.places[at].from], &b.places[at]);
    return lines;
}
