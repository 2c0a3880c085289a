noinst_LIBRARIES += src/view/libview.a
src_view_libview_a_SOURCES = \
	src/view/markdown.h \
	src/view/page.c src/view/page.h \
	src/view/type.h \
	src/view/view.h

# What a program that uses this room links with, before $(BASE_LIBS).
VIEW_LIBS = src/view/libview.a $(CMARK_LIBS)
EXTRA_DIST += src/view/README
