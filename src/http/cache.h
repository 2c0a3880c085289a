/* Pages that a worker has rendered already, for whoever asks for the same again.
 *
 * A page is kept under everything it depends on: the account, its establishment and role, the
 * address, the day in Paris and the establishment's revision, which every transaction that changes
 * what an establishment sees raises (domain/revision.h). The revision comes with the session, read
 * before the page's data: a page that is newer than its revision is merely rendered once more. What
 * differs between two sessions of an account, the CSRF token, is put in anew; all tokens are of the
 * same length.
 *
 * Only for pages whose whole content an establishment's revision tells of. */
#ifndef PARAPHE_HTTP_CACHE_H
#define PARAPHE_HTTP_CACHE_H

#include <stdbool.h>

#include "http/http.h"

/* Answers with the page kept for this request, and returns true; false where there is none. */
bool http_cache_answer(struct exchange *x);

/* Keeps the page just answered, if it was answered with 200; code is handed on. */
enum err http_cache_keep(struct exchange *x, enum err code);

#endif
