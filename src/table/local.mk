noinst_LIBRARIES += src/table/libtable.a
src_table_libtable_a_SOURCES = \
	src/table/columns.c \
	src/table/decode.c \
	src/table/read.c \
	src/table/table.h \
	src/table/write.c

# What a program that uses this room links with, before $(BASE_LIBS).
TABLE_LIBS = src/table/libtable.a $(LIBCSV_LIBS)
EXTRA_DIST += src/table/README t/unit/tables

check_PROGRAMS += t/unit/table
t_unit_table_SOURCES = t/unit/table.c t/unit/tap.h
t_unit_table_CPPFLAGS = $(AM_CPPFLAGS) -DPARAPHE_SOURCE='"$(abs_srcdir)"'
t_unit_table_LDADD = $(TABLE_LIBS) $(BASE_LIBS)

if FUZZERS
noinst_PROGRAMS += t/fuzz/table
t_fuzz_table_SOURCES = t/fuzz/table.c
t_fuzz_table_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
t_fuzz_table_LDADD = $(TABLE_LIBS) $(BASE_LIBS)
endif
