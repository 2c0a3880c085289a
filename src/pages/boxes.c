#include "pages/boxes.h"

static void append(struct exchange *x, const char **list, enum inspect_box box,
                   enum boxes_names names)
{
    const char *whose = inspect_place_name((uint32_t)box);
    const char *name =
        http_sentence(x, names == BOXES_SHORT_NAMES ? arena_printf(x->arena, "box-short-%s", whose)
                                                    : arena_printf(x->arena, "box-%s", whose));

    *list = *list ? arena_printf(x->arena, "%s, %s", *list, name) : name;
}

/* The host's own box is spoken of where it is signed: its school may well sign last. */
const struct boxes_view *page_boxes(struct exchange *x, const struct comparison_boxes *boxes,
                                    enum boxes_names names)
{
    struct boxes_view *view = ARENA_NEW(x->arena, struct boxes_view);

    if (!boxes->known)
        return NULL;
    for (int i = 0; i < INSPECT_BOX_COUNT; i++) {
        enum inspect_box box = (enum inspect_box)i;

        if (comparison_is_signed(boxes->states[i]))
            append(x, &view->signed_by, box, names);
        else if (comparison_is_missing(boxes, box))
            append(x, &view->missing, box, names);
        else if (boxes->states[i] != INSPECT_BOX_EMPTY)
            append(x, &view->unclear, box, names);
    }
    return view;
}
