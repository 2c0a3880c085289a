/* Sessions in the database, and signing in.
 *
 * The cookie __Host-session holds 256 random bits, the table session their SHA-256 only. A session
 * ends twelve hours after the sign-in, or after two hours without a request; a disabled account's
 * sessions are refused at once, since every request reads the account with the session. */
#ifndef PARAPHE_HTTP_SESSION_H
#define PARAPHE_HTTP_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define HTTP_SESSION_SECONDS (12 * 60 * 60)
#define HTTP_SESSION_IDLE_SECONDS (2 * 60 * 60)
#define HTTP_SESSION_SEEN_SECONDS (5 * 60) /* how exact seen_at is */

struct arena;
struct db;
struct exchange;

enum http_role { HTTP_ROLE_OPERATOR, HTTP_ROLE_ADMIN, HTTP_ROLE_MEMBER };

/* Who is acting. */
struct http_session {
    uint64_t id;
    uint64_t account_id;
    const char *email;
    const char *name;
    enum http_role role;
    uint64_t establishment_id;      /* 0 for an operator */
    const char *establishment_name; /* "" for an operator */
    uint64_t revision;              /* of what the establishment's pages show; 0 for an operator */
    const char *licence_end;        /* last day of the licence, NULL where there was never one */
    const char *csrf;               /* text of the token every form carries */
};

/* Loads x->session from the request's cookie; NULL where there is none that is still good. */
enum err http_session_load(struct exchange *x);

/* Checks e-mail and password and, where they fit, begins a new session (its cookie is set on the
 * response) and ends the one the browser had. Where the account has a second factor there is no
 * session yet, and *code is true: http_sign_in_finish (http/second_factor.h) takes the code.
 * ERR_INVALID "sign-in-wrong" where they do not fit, after the same time whether the account exists
 * or not; ERR_THROTTLED "sign-in-throttled" after five failures for the account or twenty from the
 * address within 15 minutes. */
enum err http_sign_in(struct exchange *x, const char *email, const char *password, bool *code);

/* Whether password is that of the account signed in, counted as a try to sign in: ERR_INVALID
 * "password-wrong" and ERR_THROTTLED "sign-in-throttled" as there. */
enum err http_password_check(struct exchange *x, const char *password);

/* Counts a try at something else, of that purpose and about that subject, as tries to sign in are
 * counted. ERR_THROTTLED with that key after too many. */
enum err http_attempt(struct exchange *x, const char *purpose, const char *subject,
                      const char *key);

/* Forgets those counted so far, as it has succeeded. */
enum err http_attempt_forgive(struct exchange *x, const char *purpose, const char *subject);

/* Begins a session for the account: a new token, its cookie, the browser's earlier session gone. */
enum err http_session_begin(struct exchange *x, uint64_t account_id);

/* Deletes the session and its cookie. */
enum err http_sign_out(struct exchange *x);

/* Ends one of the account's sessions; its cookie goes where it is this one. ERR_NOT_FOUND
 * "session-gone" where it has none of that number. */
enum err http_session_end(struct exchange *x, uint64_t id);

/* Ends every session of an account (its password was changed, it was disabled). */
enum err http_sessions_end(struct db *db, struct arena *arena, uint64_t account_id);

#endif
