/* Text as glyphs, and where lines end. */
#include "pdf/type.h"
#include "base/buf.h"
#include "t/unit/tap.h"

static struct setting set(struct type *type, const char *text)
{
    struct setting setting = setting_new(type);

    setting_add(&setting, FACE_REGULAR, text);
    return setting;
}

/* The characters set; a no-break space as "~", a narrow one as "^". */
static const char *shown(const struct setting *setting, size_t first, size_t end)
{
    struct buf text = buf_new(setting->type->arena, 4096);

    for (size_t i = first; i < end; i++) {
        const struct glyph *glyph = &setting->glyphs[i];
        uint32_t c = setting->type->faces[glyph->face]->characters[glyph->number];
        if (glyph->kind == GLYPH_END)
            buf_putc(&text, '\n');
        else if (c < 0x80)
            buf_putc(&text, (char)c);
        else
            buf_puts(&text, c == 0xa0 ? "~" : c == 0x202f ? "^" : c == 0xab ? "<<" : ">>");
    }
    return text.data;
}

/* The lines of a text in a column so many thousandths of its size wide, joined by "|". */
static const char *broken(struct type *type, const char *text, double width)
{
    struct setting setting = set(type, text);
    struct buf all = buf_new(type->arena, 4096);
    struct line *lines;
    size_t count;

    lines = setting_lines(&setting, width, 1000, &count);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_putc(&all, '|');
        buf_puts(&all, shown(&setting, lines[i].first, lines[i].end));
        if (lines[i].width > width)
            buf_puts(&all, "(too wide)");
    }
    return all.data;
}

static const char *spaced(struct type *type, const char *typed)
{
    struct setting setting = set(type, typed);

    return shown(&setting, 0, setting.count);
}

static void test_spaces(struct type *type)
{
    IS_STR(spaced(type, "Oui ! Non ; quoi ?"), "Oui^! Non^; quoi^?",
           "spaces before ; ! ? are narrow and do not break");
    IS_STR(spaced(type, "Attention : \xc2\xab mot \xc2\xbb"), "Attention~: <<~mot~>>",
           "colons and guillemets stay with their words");
    IS_STR(spaced(type, "le 8 septembre 2003 a midi"), "le 8~septembre 2003 a midi",
           "a number stays with what it counts, a year does not");
    IS_STR(spaced(type, "01 44 00 00 00"), "01~44~00~00~00", "a telephone number stays together");
    IS_STR(spaced(type, "12 rue, 75005 Paris"), "12~rue, 75005~Paris",
           "a postal code stays with its town");
    IS_STR(spaced(type, "M. Martin, art. D. 331-1"), "M.~Martin, art. D.~331-1",
           "an initial stays with what follows");
    IS_STR(spaced(type, "a\xc2\xa0"
                        "b\t\n  c"),
           "a~b c", "white space becomes one space, and one that does not break is kept");
    IS_STR(spaced(type, "bad\xff\xfe byte"), "bad byte", "what is not UTF-8 is left out");
}

static void test_lines(struct type *type)
{
    IS_STR(broken(type, "", 5000), "", "no text has no line");
    IS_STR(broken(type, "  un  ", 5000), "un", "spaces at the ends are dropped");
    IS_STR(broken(type, "aaaa bbbb cccc", 5000), "aaaa bbbb|cccc", "a line ends at a space");
    IS_STR(broken(type, "mini-stage", 3500), "mini-|stage", "or behind a hyphen");
    IS_STR(broken(type, "2003-134567", 4500), "2003-134|567", "but not at one within a number");
    IS_STR(broken(type, "voir ci-dessus", 4400), "voir|ci-dessus",
           "nor behind one that follows two letters");
    IS_STR(broken(type, "aaaaaaaaaaaaaaaaaaaa", 5000), "aaaaaaaa|aaaaaaaa|aaaa",
           "a word wider than a line is broken where it must");
    IS_STR(broken(type, "jean.dupont@exemple.fr", 8000), "jean.dupont@|exemple.fr",
           "an address rather at its marks");
    IS_STR(broken(type, "aaaa aaaa aaaa aaaa aaaa aaaa bb", 7500),
           "aaaa aaaa aaaa|aaaa aaaa aaaa|bb", "a short end is let be where all else is full");
    IS_STR(broken(type, "aaa aa aa aaaaa", 3100), "aaa|aa aa|aaaaa", "lines are as even as can be");
}

static void test_forced(struct type *type)
{
    struct setting setting = set(type, "un");
    size_t count;
    struct line *lines;

    setting_break(&setting);
    setting_add(&setting, FACE_BOLD, "deux");
    lines = setting_lines(&setting, 100000, 1000, &count);
    IS_INT(count, 2, "a forced break ends the line");
    IS_STR(shown(&setting, lines[1].first, lines[1].end), "deux", "and the next begins behind it");
}

static void test_subset(struct type *type)
{
    struct subset *subset = type->faces[FACE_REGULAR];
    unsigned e = subset_take(subset, 'e'), again = subset_take(subset, 'e');

    IS_INT(e, again, "a character has one number");
    OK(subset_take(subset, ' ') != subset_take(subset, 0xa0),
       "characters that look the same have numbers of their own");
    IS_INT(subset_take(subset, 0x10ffff), 0, "a character the font lacks is the missing sign");
    OK(subset->advances[subset_take(subset, 0x202f)] < subset->advances[subset_take(subset, ' ')],
       "a narrow space is narrower than a space");
    for (uint32_t c = 0x21; c < 0x2000; c++)
        subset_take(subset, c);
    OK(subset->count <= SUBSET_MOST, "a face takes so many characters and no more");
    IS_INT(subset_take(subset, 'e'), e, "and still knows those it took");
    OK(subset_write(type->arena, subset).length > 1000, "a full face is written");
}

static void test_kerning(struct type *type)
{
    struct setting pair = set(type, "AV"), a = set(type, "A"), v = set(type, "V");

    OK(setting_width(&pair, 10) < setting_width(&a, 10) + setting_width(&v, 10),
       "letters are kerned");
}

int main(void)
{
    struct arena *arena = arena_new(32 * 1024 * 1024);
    struct settings settings = {
        .font_regular = PARAPHE_FONTS "/LiberationSans-Regular.ttf",
        .font_bold = PARAPHE_FONTS "/LiberationSans-Bold.ttf",
        .font_italic = PARAPHE_FONTS "/LiberationSans-Italic.ttf",
    };
    struct type type;

    if (type_open(arena, &settings, &type) != ERR_OK) {
        printf("1..0 # SKIP %s\n", err_last()->detail);
        return 0;
    }
    test_spaces(&type);
    test_lines(&type);
    test_forced(&type);
    test_kerning(&type);
    test_subset(&type);
    arena_free(arena);
    return tap_end();
}
