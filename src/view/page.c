#include "view/page.h"

VIEW_TYPE(view_menu);
VIEW_TYPE(view_account);
VIEW_TYPE(view_licence);
VIEW_TYPE(view_notice);
VIEW_TYPE(view_form_error);
VIEW_TYPE(view_page);
VIEW_TYPE(view_option);
VIEW_TYPE(view_form_field);
VIEW_TYPE(view_page_number);
VIEW_TYPE(view_pagination);
VIEW_TYPE(view_sort);
VIEW_TYPE(view_tab);
VIEW_TYPE(view_text);
VIEW_TYPE(view_hidden);
VIEW_TYPE(view_sign_in);
VIEW_TYPE(view_error);

const struct view_binding view_page_bindings[] = {
    {"sign-in.html", &view_sign_in_type},
    {"error.html", &view_error_type},
    {NULL, NULL},
};
