#include "mail/backoff.h"

#define MINUTE 60
#define HOUR 3600

static const int64_t waits[MAIL_MOST_ATTEMPTS - 1] = {
    MINUTE,   5 * MINUTE, 15 * MINUTE, HOUR,     3 * HOUR, 6 * HOUR,
    6 * HOUR, 6 * HOUR,   6 * HOUR,    6 * HOUR, 6 * HOUR, 6 * HOUR,
};

int64_t mail_backoff(uint32_t attempts)
{
    return attempts > 0 && attempts < MAIL_MOST_ATTEMPTS ? waits[attempts - 1] : 0;
}
