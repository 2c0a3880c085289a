/* What the files of this room share, and pages have no use for. */
#ifndef PARAPHE_HTTP_PRIVATE_H
#define PARAPHE_HTTP_PRIVATE_H

#include "http/http.h"

/* ERR_FORBIDDEN "http-csrf" where a POST does not carry the token of the session, or, on a route
 * for everybody, of the cookie __Host-csrf; or where the browser says that another site sent it. */
enum err http_csrf_check(const struct exchange *x, enum http_guard guard);

/* Whose failed attempts are counted together: the IPv4 address, or the /64 of an IPv6 address. */
const char *http_network_of(struct arena *arena, const char *address);

/* Remembers that the password of that account was given in this browser (second_factor.c). */
enum err http_sign_in_step(struct exchange *x, uint64_t account);

/* Answers with the error page: the failure last raised decides status and sentence. */
void http_error(struct exchange *x);

/* Answers with a page whose bytes are there already. */
enum err http_page_rendered(struct exchange *x, unsigned status, struct bytes page);

#endif
