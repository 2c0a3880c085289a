/* Which pages of a file belong together, from the codes read on them. */
#include "domain/batch_sort.h"

#include <string.h>

#include "t/unit/tap.h"

#define PAGES_MOST 32

/* One letter a page: A, B … of a convention of two pages, 'S', 'T' … of one page, '-' without a
 * code, ' ' blank. What is made of it in the same letters, the groups apart with '|'. */
static const char *sorted(const char *letters)
{
    static char made[2 * PAGES_MOST];
    struct batch_page pages[PAGES_MOST] = {0};
    struct batch_group groups[PAGES_MOST];
    size_t count = strlen(letters), group_count, length = 0, seen = 0;

    for (size_t i = 0; i < count; i++) {
        bool is_owned = letters[i] >= 'A' && letters[i] <= 'Z';
        pages[i] = (struct batch_page){.owner = is_owned ? (uint32_t)(letters[i] - 'A' + 1) : 0,
                                       .owner_pages = letters[i] >= 'S' ? 1 : 2,
                                       .blank = letters[i] == ' '};
    }
    group_count = batch_sort(pages, count, groups);
    for (size_t i = 0; i < group_count; i++) {
        if (i > 0)
            made[length++] = '|';
        if (groups[i].first != seen)
            return "a page is left out, or twice";
        for (uint32_t page = 0; page < groups[i].count; page++)
            made[length++] = letters[seen++];
    }
    made[length] = '\0';
    return seen == count ? made : "pages are left out";
}

static uint32_t owner_of_first(const char letter)
{
    struct batch_page page = {.owner = letter == '-' ? 0 : 7, .owner_pages = 2};
    struct batch_group group;

    batch_sort(&page, 1, &group);
    return group.owner;
}

int main(void)
{
    struct batch_group none;

    IS_STR(sorted("AABBCC"), "AA|BB|CC", "a convention goes from its code to the next other one");
    IS_STR(sorted("A-B-C-"), "A-|B-|C-", "a page without a code completes its convention");
    IS_STR(sorted("AA-BB"), "AA|-|BB", "one after a complete convention is for a person to assign");
    IS_STR(sorted("-AA"), "-|AA", "so is one before the first code");
    IS_STR(sorted("---"), "-|-|-", "pages without any code are each for themselves");
    IS_STR(sorted("S-S"), "S|-|S", "a convention of one page takes no second one");
    IS_STR(sorted("A A B B "), "A A |B B ", "the blank backs of sheets stay with them");
    IS_STR(sorted("S T U "), "S |T |U ", "also where there is one page only");
    IS_STR(sorted(" AA"), " |AA", "a blank page in front is dropped by nobody");
    IS_STR(sorted("A -B"), "A -|B", "a blank back is not the page that is lacking");
    IS_STR(sorted("- -"), "- |-", "a blank back stays with a page without a code");
    IS_STR(sorted("ABAB"), "A|B|A|B", "pages that are mixed up are parts of the same conventions");
    IS_STR(sorted("AAA"), "AAA", "a page too many with the same code stays");
    OK(batch_sort(NULL, 0, &none) == 0, "no pages are no groups");
    OK(owner_of_first('-') == 0 && owner_of_first('A') == 7, "a group says whose it is");
    return tap_end();
}
