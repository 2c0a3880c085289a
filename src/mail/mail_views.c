#include "mail/mail_views.h"

#include "mail/account_mail.h"
#include "mail/convention_mail.h"
#include "mail/mail.h"
#include "mail/placement_mail.h"

VIEW_TYPE(account_mail);
VIEW_TYPE(convention_mail);
VIEW_TYPE(placement_mail_trainee);
VIEW_TYPE(placement_mail);
VIEW_TYPE(mail_layout);
VIEW_TYPE(mail_given_up);
VIEW_TYPE(licence_ending);
VIEW_TYPE(mail_trial);
VIEW_TYPE(reminder_line);
VIEW_TYPE(reminder_summary);

const struct view_binding mail_bindings[] = {
    {"mail/convention-generated.md", &convention_mail_type},
    {"mail/convention-deposited.md", &convention_mail_type},
    {"mail/convention-validated.md", &convention_mail_type},
    {"mail/convention-incomplete.md", &convention_mail_type},
    {"mail/convention-invalidated.md", &convention_mail_type},
    {"mail/convention-regenerated.md", &convention_mail_type},
    {"mail/convention-reissued.md", &convention_mail_type},
    {"mail/registration-cancelled.md", &convention_mail_type},
    {"mail/convention-reminder.md", &convention_mail_type},
    {"mail/reminder-summary.md", &reminder_summary_type},
    {"mail/licence-ending.md", &licence_ending_type},
    {"mail/mail-trial.md", &mail_trial_type},
    {"mail/waiting-promoted.md", &convention_mail_type},
    {"mail/waiting-cancelled.md", &placement_mail_type},
    {"mail/placement-changed.md", &placement_mail_type},
    {"mail/account-address-new.md", &account_mail_type},
    {"mail/account-address-old.md", &account_mail_type},
    {"mail/account-factor-off.md", &account_mail_type},
    {"mail/account-factor-on.md", &account_mail_type},
    {"mail/account-factor-reset.md", &account_mail_type},
    {"mail/account-invitation.md", &account_mail_type},
    {"mail/account-password-changed.md", &account_mail_type},
    {"mail/account-placed.md", &account_mail_type},
    {"mail/account-password-forgotten.md", &account_mail_type},
    {"mail/account-recovery-codes.md", &account_mail_type},
    {"mail/account-sessions-ended.md", &account_mail_type},
    {"mail/mail-given-up.md", &mail_given_up_type},
    {"mail/letter.html", &mail_letter_layout_type},
    {"mail/letter.txt", &mail_letter_layout_type},
    {"mail/layout.html", &mail_layout_type},
    {"mail/layout.txt", &mail_layout_type},
    {NULL, NULL},
};
