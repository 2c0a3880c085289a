#include "inspect/comparison.h"

#include "inspect/report.h"

const char *inspect_box_field(enum inspect_box box)
{
    static const char *const fields[INSPECT_BOX_COUNT] = {
        "signature_host", "signature_origin", "signature_guardian", "signature_trainee"};

    return fields[box];
}

const char *inspect_box_state_name(enum inspect_box_state state)
{
    static const char *const names[INSPECT_BOX_STATE_COUNT] = {
        "unknown", "empty", "unclear", "written", "printed", "signed",
    };

    return state < INSPECT_BOX_STATE_COUNT ? names[state] : "";
}

const char *inspect_pairing_name(enum inspect_pairing pairing)
{
    static const char *const names[INSPECT_PAIRING_COUNT] = {"none", "drawn", "registered"};

    return pairing < INSPECT_PAIRING_COUNT ? names[pairing] : "";
}

const char *inspect_difference_name(enum inspect_difference_kind kind)
{
    static const char *const names[INSPECT_DIFFERENCE_KIND_COUNT] = {"added", "changed"};

    return kind < INSPECT_DIFFERENCE_KIND_COUNT ? names[kind] : "";
}

const char *inspect_place_name(uint32_t place)
{
    static const char *const names[INSPECT_PLACE_COUNT] = {"host",    "origin", "guardian",
                                                           "trainee", "free",   "text"};

    return place < INSPECT_PLACE_COUNT ? names[place] : "";
}

/* Parts of a page; what was scanned askew may lie a little outside. */
static bool parts_sound(const float *parts, int count)
{
    for (int i = 0; i < count; i++)
        if (!(parts[i] >= -4 && parts[i] <= 5))
            return false;
    return true;
}

static bool page_sound(const struct inspect_compared_page *page, uint32_t returned_pages)
{
    return (unsigned)page->pairing < INSPECT_PAIRING_COUNT && page->returned <= returned_pages &&
           page->likeness >= 0 && page->likeness <= 1.01F;
}

static bool box_sound(const struct inspect_compared_box *box, uint32_t page_count)
{
    return (unsigned)box->state < INSPECT_BOX_STATE_COUNT && box->page <= page_count &&
           parts_sound(box->area, 4) && box->ink >= 0 && box->ink < 1e6F &&
           inspect_text_sound(box->field, sizeof box->field);
}

static bool region_sound(const struct inspect_region *region, uint32_t page_count)
{
    return (unsigned)region->kind < INSPECT_DIFFERENCE_KIND_COUNT &&
           region->place < INSPECT_PLACE_COUNT && region->page > 0 && region->page <= page_count &&
           parts_sound(region->area, 4) && parts_sound(region->returned, 8) &&
           inspect_text_sound(region->text, sizeof region->text);
}

bool inspect_comparison_sound(const struct inspect_comparison *comparison)
{
    if (comparison->page_count > INSPECT_COMPARED_PAGES ||
        comparison->returned_pages > INSPECT_PAGES_MAX ||
        comparison->region_count > INSPECT_REGIONS_MAX || !(comparison->ms >= 0))
        return false;
    for (uint32_t i = 0; i < comparison->page_count; i++)
        if (!page_sound(&comparison->pages[i], comparison->returned_pages))
            return false;
    for (int i = 0; i < INSPECT_BOX_COUNT; i++)
        if (!box_sound(&comparison->boxes[i], comparison->page_count))
            return false;
    for (uint32_t i = 0; i < comparison->region_count; i++)
        if (!region_sound(&comparison->regions[i], comparison->page_count))
            return false;
    return true;
}
