noinst_LIBRARIES += src/domain/libdomain.a
src_domain_libdomain_a_SOURCES = \
	src/domain/account.c src/domain/account.h \
	src/domain/account_email.c src/domain/account_email.h \
	src/domain/account_event.c src/domain/account_event.h \
	src/domain/account_factor.c src/domain/account_factor.h \
	src/domain/account_invitation.c src/domain/account_invitation.h \
	src/domain/account_link.c src/domain/account_link.h \
	src/domain/account_member.c src/domain/account_member.h \
	src/domain/account_password.c src/domain/account_password.h \
	src/domain/batch.c src/domain/batch.h \
	src/domain/batch_deposit.c \
	src/domain/batch_owner.c src/domain/batch_owner.h \
	src/domain/batch_sort.c src/domain/batch_sort.h \
	src/domain/card_import.c src/domain/card_import.h \
	src/domain/contact.c src/domain/contact.h \
	src/domain/comparison.c src/domain/comparison.h \
	src/domain/context.h \
	src/domain/context.c src/domain/context.h \
	src/domain/correspondence.c src/domain/correspondence.h \
	src/domain/convention.c src/domain/convention.h \
	src/domain/deposit.c src/domain/deposit.h \
	src/domain/directory_import.c src/domain/directory_import.h \
	src/domain/directory_plan.c src/domain/directory_plan.h \
	src/domain/directory_table.c \
	src/domain/establishment.c src/domain/establishment.h \
	src/domain/group.c src/domain/group.h \
	src/domain/history.c src/domain/history.h \
	src/domain/history_check.c src/domain/history_check.h \
	src/domain/licence_notice.c src/domain/licence_notice.h \
	src/domain/letter.c src/domain/letter.h \
	src/domain/feed.c src/domain/feed.h \
	src/domain/holiday_zone.c src/domain/holiday_zone.h \
	src/domain/moves.c src/domain/moves.h \
	src/domain/notice.c src/domain/notice.h \
	src/domain/original.c src/domain/original.h \
	src/domain/paper_facts.c src/domain/paper_facts.h \
	src/domain/placement.c src/domain/placement.h \
	src/domain/placement_change.c src/domain/placement_change.h \
	src/domain/placement_moves.c src/domain/placement_moves.h \
	src/domain/placement_notice.c src/domain/placement_notice.h \
	src/domain/placement_repeat.c \
	src/domain/purge.c src/domain/purge.h \
	src/domain/recognition.c src/domain/recognition.h \
	src/domain/registration.c src/domain/registration.h \
	src/domain/reminder.c src/domain/reminder.h \
	src/domain/retention.c src/domain/retention.h \
	src/domain/revision.c src/domain/revision.h \
	src/domain/texts.c src/domain/texts.h \
	src/domain/trainee.c src/domain/trainee.h \
	src/domain/trainee_import.c src/domain/trainee_import.h \
	src/domain/trainee_plan.c src/domain/trainee_plan.h \
	src/domain/trainee_table.c src/domain/trainee_table.h \
	src/domain/transition.c src/domain/transition.h \
	src/domain/wording.c src/domain/wording.h \
	src/domain/worklist.c src/domain/worklist.h \
	src/domain/waiting.c src/domain/waiting.h

EXTRA_DIST += src/domain/README

check_PROGRAMS += t/unit/domain_moves
t_unit_domain_moves_SOURCES = t/unit/domain_moves.c t/unit/tap.h src/domain/moves.c

check_PROGRAMS += t/unit/domain_batch
t_unit_domain_batch_SOURCES = t/unit/domain_batch.c t/unit/tap.h src/domain/batch_sort.c

check_PROGRAMS += t/unit/domain_trainees
t_unit_domain_trainees_SOURCES = t/unit/domain_trainees.c t/unit/tap.h
t_unit_domain_trainees_LDADD = $(APPLICATION_LIBS)

check_PROGRAMS += t/unit/domain_rules t/unit/domain_registration t/unit/domain_history
t_unit_domain_rules_SOURCES = t/unit/domain_rules.c t/unit/tap.h
t_unit_domain_rules_LDADD = $(APPLICATION_LIBS)

# On a database of their own.
domain_test_cppflags = $(database_test_cppflags) $(MYSQL_CFLAGS) -DPARAPHE_FONTS='"$(fontdir)"'
domain_test_world = t/unit/domain_world.c t/unit/domain_world.h t/unit/database.h t/unit/tap.h
check_PROGRAMS += t/unit/domain_group
t_unit_domain_group_CPPFLAGS = $(domain_test_cppflags)
t_unit_domain_group_SOURCES = t/unit/domain_group.c $(domain_test_world)
t_unit_domain_group_LDADD = $(APPLICATION_LIBS)
t_unit_domain_registration_CPPFLAGS = $(domain_test_cppflags)
t_unit_domain_registration_SOURCES = t/unit/domain_registration.c $(domain_test_world)
t_unit_domain_registration_LDADD = $(APPLICATION_LIBS)
t_unit_domain_history_CPPFLAGS = $(domain_test_cppflags)
t_unit_domain_history_SOURCES = t/unit/domain_history.c $(domain_test_world)
t_unit_domain_history_LDADD = $(APPLICATION_LIBS)

check_PROGRAMS += t/unit/domain_retention
t_unit_domain_retention_CPPFLAGS = $(domain_test_cppflags)
t_unit_domain_retention_SOURCES = t/unit/domain_retention.c $(domain_test_world)
t_unit_domain_retention_LDADD = $(APPLICATION_LIBS)

check_PROGRAMS += t/unit/domain_reminder
t_unit_domain_reminder_CPPFLAGS = $(domain_test_cppflags)
t_unit_domain_reminder_SOURCES = t/unit/domain_reminder.c $(domain_test_world)
t_unit_domain_reminder_LDADD = $(APPLICATION_LIBS)
check_PROGRAMS += t/unit/domain_placement t/unit/domain_waiting
t_unit_domain_placement_CPPFLAGS = $(domain_test_cppflags)
t_unit_domain_placement_SOURCES = t/unit/domain_placement.c $(domain_test_world)
t_unit_domain_placement_LDADD = $(APPLICATION_LIBS)
check_PROGRAMS += t/unit/domain_account
t_unit_domain_account_CPPFLAGS = $(domain_test_cppflags)
t_unit_domain_account_SOURCES = t/unit/domain_account.c $(domain_test_world)
t_unit_domain_account_LDADD = $(APPLICATION_LIBS)
check_PROGRAMS += t/unit/domain_contact t/unit/domain_letter t/unit/domain_card_import
t_unit_domain_contact_CPPFLAGS = $(domain_test_cppflags)
t_unit_domain_contact_SOURCES = t/unit/domain_contact.c $(domain_test_world)
t_unit_domain_contact_LDADD = $(APPLICATION_LIBS)
t_unit_domain_letter_CPPFLAGS = $(domain_test_cppflags)
t_unit_domain_letter_SOURCES = t/unit/domain_letter.c $(domain_test_world)
t_unit_domain_letter_LDADD = $(APPLICATION_LIBS)
t_unit_domain_card_import_CPPFLAGS = $(domain_test_cppflags)
t_unit_domain_card_import_SOURCES = t/unit/domain_card_import.c $(domain_test_world)
t_unit_domain_card_import_LDADD = $(APPLICATION_LIBS)
check_PROGRAMS += t/unit/domain_licence
t_unit_domain_licence_CPPFLAGS = $(domain_test_cppflags)
t_unit_domain_licence_SOURCES = t/unit/domain_licence.c $(domain_test_world)
t_unit_domain_licence_LDADD = $(APPLICATION_LIBS)
t_unit_domain_waiting_CPPFLAGS = $(domain_test_cppflags)
t_unit_domain_waiting_SOURCES = t/unit/domain_waiting.c $(domain_test_world)
t_unit_domain_waiting_LDADD = $(APPLICATION_LIBS)
