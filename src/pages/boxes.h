/* Signature boxes in words. */
#ifndef PARAPHE_PAGES_BOXES_H
#define PARAPHE_PAGES_BOXES_H

#include "domain/comparison.h"
#include "http/http.h"
#include "pages/boxes_view.h"

/* How the signatories are called: in sentences, or in the narrow column of a list. */
enum boxes_names { BOXES_FULL_NAMES, BOXES_SHORT_NAMES };

/* NULL where nothing is known of them. */
const struct boxes_view *page_boxes(struct exchange *x, const struct comparison_boxes *boxes,
                                    enum boxes_names names);

#endif
