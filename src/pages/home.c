/* Where one begins: « Tableau de bord ». */
#include "http/cache.h"
#include "pages/dashboard.h"
#include "pages/routes.h"

/* GET / — who is signed in
 *
 * An establishment's dashboard, or the operator's. */
enum err page_home(struct exchange *x)
{
    if (http_cache_answer(x, HTTP_CACHE_PLATFORM))
        return ERR_OK;
    if (x->session->role == HTTP_ROLE_OPERATOR)
        return http_cache_keep(x, page_operator_dashboard(x));
    return http_cache_keep(x, page_dashboard(x));
}
