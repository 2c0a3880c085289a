/* What the signature boxes of a returned convention show (views/partial/boxes.html). */
#ifndef PARAPHE_PAGES_BOXES_VIEW_H
#define PARAPHE_PAGES_BOXES_VIEW_H

#include "view/page.h"

/* Who signed, who is missing, and of whom it cannot be told, each as one text ("établissement
 * d’origine, responsable légal") or NULL for nobody. */
#define boxes_view_FIELDS(X, S) \
    X(S, TEXT, signed_by)       \
    X(S, TEXT, missing)         \
    X(S, TEXT, unclear)
VIEW_STRUCT(boxes_view);

#endif
