/* What the pages of accounts share. */
#ifndef PARAPHE_PAGES_ACCOUNTS_H
#define PARAPHE_PAGES_ACCOUNTS_H

#include "domain/context.h"
#include "http/form.h"
#include "pages/account_events.h"

/* The rows of a form that says where an account is, and as what. */
#define ACCOUNT_PLACE(FIELD)                                          \
    FIELD(CHOICE, role, FORM_REQUIRED, 0, 0, "admin|member|operator") \
    FIELD(LINE, uai, FORM_OPTIONAL, 0, 20, NULL)

struct account_place {
    enum role role;
    uint64_t establishment; /* 0 for an operator, who belongs to none */
};

/* What these rows say; an establishment that is not there, or not given, is refused at its field.
 */
enum err page_account_place_read(struct exchange *x, const struct form_value *role,
                                 struct form_value *uai, struct account_place *place);

/* The choice of the role. */
const struct view_form_field *page_account_role_field(struct exchange *x,
                                                      const struct form_value *value);

/* Why the mail of an invitation did not arrive, and what to do; NULL where it has no trouble. */
const char *page_invitation_reason(struct exchange *x, const char *error_key);

/* What became of the account lately. */
enum err page_account_events(struct exchange *x, uint64_t account,
                             const struct account_events **events);

#endif
