/* Where one begins. */
#include "pages/routes.h"

/* GET / — who is signed in
 *
 * A school's accounts begin with the conventions, operators with the mails. */
enum err page_home(struct exchange *x)
{
    bool is_operator = x->session->role == HTTP_ROLE_OPERATOR;

    return http_redirect(x, page_url(x->arena, is_operator ? at_mails : at_conventions));
}
