#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"

static const char *program_name = "paraphe";
static enum log_level lowest = LOG_INFO;
static char request_id[40] = "-";

void log_open(const char *program, enum log_level level)
{
    program_name = program;
    lowest = level;
}

void log_request(const char *id)
{
    snprintf(request_id, sizeof request_id, "%s", id ? id : "-");
}

static const char *level_name(enum log_level level)
{
    switch (level) {
    case LOG_DEBUG:
        return "debug";
    case LOG_INFO:
        return "info";
    case LOG_WARNING:
        return "warning";
    case LOG_ERROR:
        return "error";
    }
    return "?";
}

/* Copies text into line from position at, control bytes as \xNN; returns the new length. */
static size_t append_escaped(char *line, size_t size, size_t at, const char *text)
{
    static const char digits[] = "0123456789abcdef";

    for (; *text && at + 6 < size; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < 0x20 || c == 0x7f) {
            line[at++] = '\\';
            line[at++] = 'x';
            line[at++] = digits[c >> 4];
            line[at++] = digits[c & 15];
        } else {
            line[at++] = (char)c;
        }
    }
    return at;
}

void log_write(enum log_level level, const char *format, ...)
{
    char text[2048], line[4096], stamp[32];
    struct timespec now;
    struct tm utc;
    va_list args;
    int head;
    size_t at;

    if (level < lowest)
        return;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &utc);
    head = snprintf(line, sizeof line, "%s.%03ldZ %s %s[%ld] %s: ", stamp, now.tv_nsec / 1000000,
                    level_name(level), program_name, (long)getpid(), request_id);
    at = head < 0 ? 0 : (size_t)head;
    at = append_escaped(line, sizeof line, at, text);
    line[at++] = '\n';
    /* One write, so that lines of several processes do not mix; a full disk loses a log line. */
    if (write(STDERR_FILENO, line, at) < 0)
        return;
}

void log_failure(const char *doing)
{
    const struct failure *failure = err_last();

    log_write(LOG_ERROR, "%s: %s%s%s: %s", doing, err_name(failure->code),
              failure->key[0] ? " " : "", failure->key, failure->detail);
}
