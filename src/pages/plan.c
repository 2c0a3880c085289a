#include "pages/plan.h"

VIEW_TYPE(plan_total);
VIEW_TYPE(plan_fault);
VIEW_TYPE(plan_value);

const struct plan_total *page_plan_total(struct exchange *x, size_t number)
{
    struct plan_total *made = ARENA_NEW(x->arena, struct plan_total);

    *made = (struct plan_total){.number = (int64_t)number, .are = number > 1};
    return number > 0 ? made : NULL;
}
