#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

static struct failure last;

enum err(err_raise)(enum err code, const char *key, const char *format, ...)
{
    va_list args;

    last.code = code;
    snprintf(last.key, sizeof last.key, "%s", key ? key : "");
    va_start(args, format);
    vsnprintf(last.detail, sizeof last.detail, format, args);
    va_end(args);
    return code;
}

const struct failure *err_last(void)
{
    return &last;
}

void err_clear(void)
{
    last = (struct failure){.code = ERR_OK};
}

const char *err_name(enum err code)
{
    switch (code) {
    case ERR_OK:
        return "ok";
    case ERR_INVALID:
        return "invalid";
    case ERR_SIGNED_OUT:
        return "signed_out";
    case ERR_FORBIDDEN:
        return "forbidden";
    case ERR_NOT_FOUND:
        return "not_found";
    case ERR_CONFLICT:
        return "conflict";
    case ERR_TOO_LARGE:
        return "too_large";
    case ERR_THROTTLED:
        return "throttled";
    case ERR_UNAVAILABLE:
        return "unavailable";
    case ERR_INTERNAL:
        return "internal";
    case ERR_COUNT:
        break;
    }
    return "unknown";
}
