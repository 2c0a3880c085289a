noinst_LIBRARIES += src/view/libview.a
src_view_libview_a_CPPFLAGS = $(AM_CPPFLAGS) $(CMARK_CFLAGS)
src_view_libview_a_SOURCES = \
	src/view/code.h \
	src/view/compile.c \
	src/view/escape.c src/view/escape.h \
	src/view/library.c src/view/library.h \
	src/view/markdown.c src/view/markdown.h \
	src/view/markdown_text.c \
	src/view/page.c src/view/page.h \
	src/view/parse.c src/view/parse.h \
	src/view/resolve.c src/view/resolve.h \
	src/view/run.c \
	src/view/source.c \
	src/view/type.h \
	src/view/view.h \
	src/view/views.c

# What a program that uses this room links with, before $(BASE_LIBS).
VIEW_LIBS = src/view/libview.a $(CMARK_LIBS)
EXTRA_DIST += src/view/README

check_PROGRAMS += t/unit/view_spec
t_unit_view_spec_LDADD = $(VIEW_LIBS) $(BASE_LIBS)
if JANSSON
t_unit_view_spec_SOURCES = t/unit/view_spec.c t/unit/tap.h
t_unit_view_spec_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS) \
	-DPARAPHE_SHARED_DEFAULT='"$(srcdir)/../shared"'
t_unit_view_spec_LDADD += $(JANSSON_LIBS)
else
t_unit_view_spec_SOURCES = t/unit/view_spec_absent.c t/unit/tap.h
endif

check_PROGRAMS += t/unit/view t/unit/view_markdown
t_unit_view_SOURCES = t/unit/view.c t/unit/tap.h
t_unit_view_CPPFLAGS = $(AM_CPPFLAGS) -DPARAPHE_SOURCE='"$(abs_srcdir)"'
t_unit_view_LDADD = $(VIEW_LIBS) $(BASE_LIBS)
t_unit_view_markdown_SOURCES = t/unit/view_markdown.c t/unit/tap.h
t_unit_view_markdown_LDADD = $(VIEW_LIBS) $(BASE_LIBS)

# Run long: t/fuzz/mustache CORPUS t/fuzz/seeds/mustache (configure --enable-fuzzers CC=clang).
if FUZZERS
noinst_PROGRAMS += t/fuzz/mustache t/fuzz/markdown
t_fuzz_mustache_SOURCES = t/fuzz/mustache.c
t_fuzz_mustache_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
t_fuzz_mustache_LDADD = $(VIEW_LIBS) $(BASE_LIBS)
t_fuzz_markdown_SOURCES = t/fuzz/markdown.c
t_fuzz_markdown_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
t_fuzz_markdown_LDADD = $(VIEW_LIBS) $(BASE_LIBS)
endif
