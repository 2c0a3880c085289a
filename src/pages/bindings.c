#include "pages/bindings.h"

#include "pages/convention_view.h"
#include "pages/conventions_view.h"
#include "pages/dashboard_view.h"
#include "pages/followup_view.h"
#include "pages/establishments_view.h"
#include "pages/mails_view.h"
#include "pages/options_view.h"
#include "pages/placement_form_view.h"
#include "pages/placement_view.h"
#include "pages/trainee_view.h"

const struct view_binding page_bindings[] = {
    {"conventions.html", &conventions_view_type},
    {"convention.html", &convention_view_type},
    {"convention-reason.html", &convention_reason_type},
    {"dashboard.html", &dashboard_view_type},
    {"dashboard-operator.html", &operator_dashboard_type},
    {"failed-mails.html", &failed_mails_view_type},
    {"followup.html", &followup_view_type},
    {"oversight.html", &oversight_view_type},
    {"establishment.html", &establishment_view_type},
    {"establishment-form.html", &establishment_form_view_type},
    {"establishments.html", &establishments_view_type},
    {"mail.html", &mail_view_type},
    {"mail-confirm.html", &mail_confirm_view_type},
    {"mails.html", &mails_view_type},
    {"options.html", &options_view_type},
    {"options-images.html", &options_images_view_type},
    {"options-profile.html", &options_profile_view_type},
    {"options-text.html", &options_wording_view_type},
    {"options-text-version.html", &options_version_view_type},
    {"placement-end.html", &placement_end_view_type},
    {"placement-form.html", &placement_form_view_type},
    {"placement.html", &placement_view_type},
    {"placements.html", &placements_view_type},
    {"registration.html", &trainee_form_view_type},
    {"trainee.html", &trainee_view_type},
    {"trainee-edit.html", &trainee_form_view_type},
    {"trainee-new.html", &trainee_form_view_type},
    {"trainee-removal.html", &trainee_removal_type},
    {"trainees.html", &trainees_view_type},
    {NULL, NULL},
};
