noinst_LIBRARIES += src/pages/libpages.a
src_pages_libpages_a_SOURCES = \
	src/pages/bindings.c src/pages/bindings.h \
	src/pages/conventions_view.c src/pages/conventions_view.h \
	src/pages/frame.c src/pages/frame.h \
	src/pages/routes.c src/pages/routes.def src/pages/routes.h \
	src/pages/sign_in.c

EXTRA_DIST += src/pages/README
