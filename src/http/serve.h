/* The life of a web worker: accept, answer, forget. */
#ifndef PARAPHE_HTTP_SERVE_H
#define PARAPHE_HTTP_SERVE_H

#include "http/http.h"

/* Answers requests from the listening socket until SIGTERM; the request at hand is finished first.
 * Returns the exit status of the process. */
int http_serve(const struct http_site *site, int listening);

/* Answers one request, from its parameters and body, into response (http_response_begin was
 * called). Never fails: an error is answered with the error page. */
void http_handle(struct exchange *x, http_body_source *body, void *body_from);

#endif
