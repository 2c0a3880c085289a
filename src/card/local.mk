noinst_LIBRARIES += src/card/libcard.a
src_card_libcard_a_SOURCES = \
	src/card/card.h \
	src/card/lines.c \
	src/card/lines.h \
	src/card/read.c \
	src/card/write.c

# What a program that uses this room links with, before $(BASE_LIBS).
CARD_LIBS = src/card/libcard.a
EXTRA_DIST += src/card/README

check_PROGRAMS += t/unit/card
t_unit_card_SOURCES = t/unit/card.c t/unit/tap.h
t_unit_card_LDADD = $(CARD_LIBS) $(BASE_LIBS)

if FUZZERS
noinst_PROGRAMS += t/fuzz/card
t_fuzz_card_SOURCES = t/fuzz/card.c
t_fuzz_card_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
t_fuzz_card_LDADD = $(CARD_LIBS) $(BASE_LIBS)
endif
