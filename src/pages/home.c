/* Where one begins: « Tableau de bord ». */
#include "pages/dashboard.h"
#include "pages/routes.h"

/* GET / — who is signed in
 *
 * An establishment's dashboard, or the operator's. */
enum err page_home(struct exchange *x)
{
    if (x->session->role == HTTP_ROLE_OPERATOR)
        return page_operator_dashboard(x);
    return page_dashboard(x);
}
