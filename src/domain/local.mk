noinst_LIBRARIES += src/domain/libdomain.a
src_domain_libdomain_a_SOURCES = \
	src/domain/account.c src/domain/account.h \
	src/domain/context.h \
	src/domain/convention.c src/domain/convention.h \
	src/domain/deposit.c src/domain/deposit.h \
	src/domain/establishment.c src/domain/establishment.h \
	src/domain/history.c src/domain/history.h \
	src/domain/moves.c src/domain/moves.h \
	src/domain/notice.c src/domain/notice.h \
	src/domain/original.c src/domain/original.h \
	src/domain/placement.c src/domain/placement.h \
	src/domain/recognition.c src/domain/recognition.h \
	src/domain/registration.c src/domain/registration.h \
	src/domain/revision.c src/domain/revision.h \
	src/domain/transition.c src/domain/transition.h \
	src/domain/wording.c src/domain/wording.h

EXTRA_DIST += src/domain/README

check_PROGRAMS += t/unit/domain_moves
t_unit_domain_moves_SOURCES = t/unit/domain_moves.c t/unit/tap.h src/domain/moves.c
