/* Errors, in one way everywhere.
 *
 * A function that can fail returns `enum err` and puts its result through its last pointer.
 * The error is raised once, where it happens, with a key for the user (a sentence in the view
 * errors.html or at the form's field) and a detail for the log; callers hand it on. */
#ifndef PARAPHE_BASE_ERR_H
#define PARAPHE_BASE_ERR_H

enum err {
    ERR_OK = 0,
    ERR_INVALID,     /* what was sent cannot be used: 400 or 422 */
    ERR_SIGNED_OUT,  /* no session, or it has ended: 303 to the sign-in page */
    ERR_FORBIDDEN,   /* signed in, but not allowed: 403 */
    ERR_NOT_FOUND,   /* no such thing for this account: 404 */
    ERR_CONFLICT,    /* somebody else acted meanwhile, or the state forbids the move: 409 */
    ERR_TOO_LARGE,   /* over a limit: 413 */
    ERR_THROTTLED,   /* too many tries: 429 */
    ERR_UNAVAILABLE, /* database, inspector or memory: 503, worth trying again */
    ERR_INTERNAL,    /* a fault of ours: 500 */
    ERR_COUNT
};

struct failure {
    enum err code;
    char key[64];     /* names the sentence shown, e.g. "convention-out-of-date"; "" if none */
    char detail[512]; /* for the log: the cause, never personal data */
};

/* Records the failure for this process and returns code, so that one writes
 * `return err_raise(ERR_CONFLICT, "convention-out-of-date", "convention %" PRIu64, id);`.
 * key may be NULL. */
enum err err_raise(enum err code, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Static analysis looks at one file, and would take err_raise for one that may return ERR_OK. */
#ifdef __clang_analyzer__
#define err_raise(code, ...) (err_raise((code), __VA_ARGS__), (code))
#endif

/* The failure last raised; valid until the next err_raise. Code is ERR_OK after err_clear. */
const struct failure *err_last(void);
void err_clear(void);

/* "conflict", "not_found" …: for logs and tests. */
const char *err_name(enum err code);

/* Hands an error on: `ERR_TRY(db_begin(db));` */
#define ERR_TRY(call)                    \
    do {                                 \
        enum err err_try_code_ = (call); \
        if (err_try_code_ != ERR_OK)     \
            return err_try_code_;        \
    } while (0)

#endif
