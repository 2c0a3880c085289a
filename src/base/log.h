/* One line an event on standard error, for journald or a file:
 * `2027-02-03T08:15:42.123Z error paraphed[412] 9f2c…: text`. Never personal data. */
#ifndef PARAPHE_BASE_LOG_H
#define PARAPHE_BASE_LOG_H

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

/* program: the name each line carries; must outlive the process. Lines below level are dropped. */
void log_open(const char *program, enum log_level level);

/* The request (or job) that the following lines belong to; copied; NULL for none. */
void log_request(const char *id);

/* Newlines and control bytes of the text are written as \xNN, so that one event is one line. */
void log_write(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Writes the failure last raised (base/err.h), preceded by what was being done. */
void log_failure(const char *doing);

#endif
