# The benchmarks are run by hand: `make bench`, then t/bench/run BUILD.
EXTRA_PROGRAMS = t/bench/bare t/bench/generate t/bench/warm
t_bench_bare_SOURCES = t/bench/bare.c
t_bench_bare_CPPFLAGS = $(AM_CPPFLAGS) $(MYSQL_CFLAGS) $(FCGI_CFLAGS)
t_bench_bare_LDADD = $(MYSQL_LIBS) $(FCGI_LIBS)
t_bench_generate_SOURCES = t/bench/generate.c
t_bench_generate_LDADD = $(APPLICATION_LIBS)

t_bench_warm_SOURCES = t/bench/warm.c
t_bench_warm_LDADD = $(INSPECT_LIBS)

EXTRA_PROGRAMS += t/bench/compare
t_bench_compare_SOURCES = t/bench/compare.c
t_bench_compare_LDADD = $(BOX_LIBS)

EXTRA_PROGRAMS += t/bench/survey
t_bench_survey_SOURCES = t/bench/survey.c
t_bench_survey_LDADD = $(INSPECT_LIBS)
EXTRA_DIST += t/bench/scanned.py

EXTRA_DIST += t/bench/comparisons.py
EXTRA_DIST += t/bench/run t/bench/inspections.py t/bench/lists.py t/bench/many.sql
CLEANFILES += $(EXTRA_PROGRAMS)

.PHONY: bench
bench: $(bin_PROGRAMS) $(sbin_PROGRAMS) $(EXTRA_PROGRAMS) t/bench/pdf_draw
