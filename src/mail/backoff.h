/* When a message is tried again. */
#ifndef PARAPHE_MAIL_BACKOFF_H
#define PARAPHE_MAIL_BACKOFF_H

#include <stdint.h>

/* After the last of them a message is given up. */
#define MAIL_MOST_ATTEMPTS 13

/* After so many failed attempts (from 1), the seconds until the next; 0: give up. The waits grow
 * from a minute, which greylisting asks for, to six hours, and make nearly two days in all. */
int64_t mail_backoff(uint32_t attempts);

#endif
