/* Pages that a worker has rendered already, for whoever asks for the same again.
 *
 * A page is kept under everything it depends on: the account, its establishment and role, the
 * address, the day in Paris and a revision, which is read before the page's data: a page that is
 * newer than its revision is merely rendered once more. What differs between two sessions of an
 * account, the CSRF token, is put in anew; all tokens are of the same length.
 *
 * There are two revisions. An establishment's is raised by every transaction that changes what the
 * establishment's own rows say (domain/revision.h); the platform's by every change at all, since
 * http_cache_follow makes connections do so. */
#ifndef PARAPHE_HTTP_CACHE_H
#define PARAPHE_HTTP_CACHE_H

#include <stdbool.h>

#include "db/db.h"
#include "http/http.h"

/* What a page shows, and so which changes outdate it. */
enum http_cache_scope {
    HTTP_CACHE_SCHOOL,  /* what the viewer's establishment's revision tells of, and nothing else */
    HTTP_CACHE_PLATFORM /* other establishments' rows as well, mails, accounts: anything */
};

/* Answers with the page kept for this request, and returns true; false where there is none. */
bool http_cache_answer(struct exchange *x, enum http_cache_scope scope);

/* Keeps the page just answered, if it was answered with 200 and http_cache_answer was asked for it
 * before its data was read; code is handed on. */
enum err http_cache_keep(struct exchange *x, enum err code);

/* Every change that this connection makes raises the platform's revision. For each process that
 * writes. */
void http_cache_follow(struct db *db);

#endif
