/* Test Anything Protocol for the unit tests: `OK(x == 3, "…")`, `IS_STR(got, "…", "…")`, and at
 * the end `return tap_end();`. Every title is a sentence about behaviour. */
#ifndef PARAPHE_T_TAP_H
#define PARAPHE_T_TAP_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int tap_count, tap_failed;

static inline bool tap_ok(bool good, const char *title, const char *file, int line)
{
    printf("%sok %d - %s\n", good ? "" : "not ", ++tap_count, title);
    if (!good) {
        tap_failed++;
        printf("# at %s:%d\n", file, line);
    }
    fflush(stdout);
    return good;
}

static inline bool tap_is_str(const char *got, const char *wanted, const char *title,
                              const char *file, int line)
{
    bool same = got && wanted ? strcmp(got, wanted) == 0 : got == wanted;

    if (!tap_ok(same, title, file, line))
        printf("#      got: %s\n#   wanted: %s\n", got ? got : "NULL", wanted ? wanted : "NULL");
    return same;
}

static inline bool tap_is_int(long long got, long long wanted, const char *title, const char *file,
                              int line)
{
    if (!tap_ok(got == wanted, title, file, line))
        printf("#      got: %lld\n#   wanted: %lld\n", got, wanted);
    return got == wanted;
}

#define OK(condition, title) tap_ok((condition), (title), __FILE__, __LINE__)
#define IS_STR(got, wanted, title) tap_is_str((got), (wanted), (title), __FILE__, __LINE__)
#define IS_INT(got, wanted, title) \
    tap_is_int((long long)(got), (long long)(wanted), (title), __FILE__, __LINE__)

/* Says aloud that something was not tried, and why; counts as passed. */
static inline void tap_skip(const char *title, const char *why)
{
    printf("ok %d - %s # SKIP %s\n", ++tap_count, title, why);
}

static inline int tap_end(void)
{
    printf("1..%d\n", tap_count);
    return tap_failed ? 1 : 0;
}

#endif
