/* What the operator's pages of mails share. */
#ifndef PARAPHE_PAGES_MAILS_H
#define PARAPHE_PAGES_MAILS_H

#include "http/http.h"
#include "pages/mails_view.h"

/* What a row or a sheet tells of a message's state. */
struct mail_facts {
    uint64_t id;
    const char *name;
    uint64_t convention; /* 0 for none */
    const char *to_address;
    const char *state;
    uint32_t attempts;
    int64_t next_attempt_at; /* 0 for none */
    const char *error_key;
    const char *last_error;
    int64_t created_at;
};

struct mails_row page_mails_row(struct exchange *x, const struct mail_facts *facts);

/* The name under which people know that kind of message. */
const char *page_mail_about(struct exchange *x, const char *name);

#endif
