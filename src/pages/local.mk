noinst_LIBRARIES += src/pages/libpages.a
src_pages_libpages_a_SOURCES = \
	src/pages/account.c \
	src/pages/account_events.h \
	src/pages/account_invite.c \
	src/pages/account_shared.c \
	src/pages/accounts.c \
	src/pages/accounts.h \
	src/pages/accounts_view.h \
	src/pages/account_view.h \
	src/pages/attendance.c \
	src/pages/batch.c \
	src/pages/batch_view.h \
	src/pages/bindings.c \
	src/pages/boxes.c \
	src/pages/boxes.h \
	src/pages/boxes_view.c \
	src/pages/boxes_view.h \
	src/pages/comparison.c \
	src/pages/comparison_view.h \
	src/pages/bindings.h \
	src/pages/calendar.c \
	src/pages/calendar_view.h \
	src/pages/chart.c \
	src/pages/chart.h \
	src/pages/card_view.h \
	src/pages/cards.c \
	src/pages/contact.c \
	src/pages/contact_edit.c \
	src/pages/contact_people.c \
	src/pages/contact_shared.c \
	src/pages/contact_view.h \
	src/pages/contacts.c \
	src/pages/contacts.h \
	src/pages/convention.c \
	src/pages/convention_files.c \
	src/pages/convention_moves.c \
	src/pages/convention_view.h \
	src/pages/conventions.c \
	src/pages/conventions.h \
	src/pages/conventions_filter.c \
	src/pages/conventions_filter.h \
	src/pages/conventions_view.c \
	src/pages/conventions_view.h \
	src/pages/dashboard.c \
	src/pages/dashboard.h \
	src/pages/dashboard_operator.c \
	src/pages/dashboard_view.h \
	src/pages/correspondence.c \
	src/pages/deposit.c \
	src/pages/deposit_form.c \
	src/pages/failed_mails.c \
	src/pages/feed.c \
	src/pages/followup.c \
	src/pages/followup.h \
	src/pages/followup_view.h \
	src/pages/directory.c \
	src/pages/directory.h \
	src/pages/directory_preview.c \
	src/pages/directory_view.h \
	src/pages/establishment.c \
	src/pages/establishment_edit.c \
	src/pages/establishment_fields.h \
	src/pages/establishment_form.c \
	src/pages/establishment_form.h \
	src/pages/establishments.c \
	src/pages/establishments.h \
	src/pages/establishments_view.h \
	src/pages/email.c \
	src/pages/factor.c \
	src/pages/frame.c \
	src/pages/frame.h \
	src/pages/help.c \
	src/pages/help.h \
	src/pages/help_view.h \
	src/pages/history.c \
	src/pages/history.h \
	src/pages/history_check.c \
	src/pages/history_view.h \
	src/pages/group.c \
	src/pages/group_view.h \
	src/pages/home.c \
	src/pages/images.c \
	src/pages/invitation.c \
	src/pages/import.c \
	src/pages/import.h \
	src/pages/import_preview.c \
	src/pages/import_view.h \
	src/pages/letter.c \
	src/pages/letter.h \
	src/pages/letter_view.h \
	src/pages/letters.c \
	src/pages/list.c \
	src/pages/list.h \
	src/pages/mail.c \
	src/pages/mails.c \
	src/pages/mails.h \
	src/pages/mails_view.h \
	src/pages/member.c \
	src/pages/members.c \
	src/pages/members_view.h \
	src/pages/options.c \
	src/pages/options.h \
	src/pages/options_view.h \
	src/pages/plan.c \
	src/pages/plan.h \
	src/pages/plan_view.h \
	src/pages/placement.c \
	src/pages/placement_edit.c \
	src/pages/placement_form_view.h \
	src/pages/placement_moves.c \
	src/pages/password.c \
	src/pages/placement_repeat.c \
	src/pages/placement_view.h \
	src/pages/placements.c \
	src/pages/placements.h \
	src/pages/profile.c \
	src/pages/registration.c \
	src/pages/remarks.c \
	src/pages/remarks.h \
	src/pages/routes.c \
	src/pages/routes.def \
	src/pages/routes.h \
	src/pages/selection.c \
	src/pages/selection.h \
	src/pages/selection_view.h \
	src/pages/sessions.c \
	src/pages/several.c \
	src/pages/sign_in.c \
	src/pages/trainee_add.c \
	src/pages/trainee_list.c \
	src/pages/trainee_view.h \
	src/pages/trainees.c \
	src/pages/trainees.h \
	src/pages/waiting.c \
	src/pages/zone.c \
	src/pages/wordings.c

EXTRA_DIST += src/pages/README

# The pages' views, without a server; given a DIRECTORY they write the pages there, to be looked at.
check_PROGRAMS += t/unit/view_pages t/unit/view_sheets
t_unit_view_pages_SOURCES = t/unit/view_pages.c t/unit/view_page.h t/unit/tap.h \
	src/pages/boxes_view.c src/pages/conventions_view.c
t_unit_view_pages_CPPFLAGS = $(AM_CPPFLAGS) -DPARAPHE_SOURCE='"$(abs_srcdir)"'
t_unit_view_pages_LDADD = $(VIEW_LIBS) $(BASE_LIBS)
t_unit_view_sheets_SOURCES = t/unit/view_sheets.c t/unit/view_page.h t/unit/tap.h \
	src/pages/boxes_view.c
t_unit_view_sheets_CPPFLAGS = $(AM_CPPFLAGS) -DPARAPHE_SOURCE='"$(abs_srcdir)"'
t_unit_view_sheets_LDADD = $(VIEW_LIBS) $(BASE_LIBS)
