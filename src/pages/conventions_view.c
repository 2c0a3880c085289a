#include "pages/conventions_view.h"

VIEW_TYPE(selection_view);
VIEW_TYPE(conventions_tab);
VIEW_TYPE(conventions_filters);
VIEW_TYPE(conventions_several);
VIEW_TYPE(several_row);
VIEW_TYPE(several_view);
VIEW_TYPE(conventions_row);
VIEW_TYPE(conventions_result);
VIEW_TYPE(conventions_search);
VIEW_TYPE(conventions_deposit);
VIEW_TYPE(conventions_view);
