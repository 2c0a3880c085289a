#include "domain/batch_sort.h"

/* Whether the page goes with the group, which is the one before it. sheets: the pages of it that
 * are not blank; owner_pages: those that its convention has. */
static bool belongs(const struct batch_group *group, uint32_t sheets, uint32_t owner_pages,
                    const struct batch_page *page)
{
    if (page->owner != 0)
        return page->owner == group->owner;
    return page->blank || (group->owner != 0 && sheets < owner_pages);
}

size_t batch_sort(const struct batch_page *pages, size_t count, struct batch_group *groups)
{
    uint32_t sheets = 0, owner_pages = 0;
    size_t made = 0;

    for (size_t i = 0; i < count; i++) {
        const struct batch_page *page = &pages[i];

        if (made == 0 || !belongs(&groups[made - 1], sheets, owner_pages, page)) {
            groups[made++] = (struct batch_group){.first = (uint32_t)i, .owner = page->owner};
            sheets = 0;
            owner_pages = page->owner_pages;
        }
        groups[made - 1].count++;
        sheets += !page->blank;
    }
    return made;
}
