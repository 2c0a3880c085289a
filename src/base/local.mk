noinst_LIBRARIES += src/base/libbase.a
src_base_libbase_a_CPPFLAGS = $(AM_CPPFLAGS) $(CRYPTO_CFLAGS) \
	-DPARAPHE_VIEWS='"$(viewsdir)"' \
	-DPARAPHE_MIGRATIONS='"$(migrationsdir)"' \
	-DPARAPHE_INSPECT='"$(bindir)/paraphe-inspect"' \
	-DPARAPHE_HOLIDAYS='"$(pkgdatadir)/vacances-scolaires.txt"' \
	-DPARAPHE_FONTS='"$(fontdir)"'
src_base_libbase_a_SOURCES = \
	src/base/arena.c src/base/arena.h \
	src/base/buf.c src/base/buf.h \
	src/base/bytes.h \
	src/base/clock.c src/base/clock.h \
	src/base/crypto.c src/base/crypto.h \
	src/base/dates.c src/base/dates.h \
	src/base/err.c src/base/err.h \
	src/base/log.c src/base/log.h \
	src/base/resident.c src/base/resident.h \
	src/base/otp.c src/base/otp.h \
	src/base/secret.c src/base/secret.h \
	src/base/settings.c src/base/settings.h \
	src/base/text.c src/base/text.h \
	src/base/typed.c src/base/typed.h

# What a program that uses this room links with.
BASE_LIBS = src/base/libbase.a $(CRYPTO_LIBS)
EXTRA_DIST += src/base/README

check_PROGRAMS += t/unit/base
t_unit_base_SOURCES = t/unit/base.c t/unit/tap.h
t_unit_base_LDADD = $(BASE_LIBS)

check_PROGRAMS += t/unit/base_dates
t_unit_base_dates_SOURCES = t/unit/base_dates.c t/unit/tap.h
t_unit_base_dates_LDADD = $(BASE_LIBS)
