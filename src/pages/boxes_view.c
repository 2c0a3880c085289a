#include "pages/boxes_view.h"

VIEW_TYPE(boxes_view);
