noinst_LIBRARIES += src/archive/libarchive.a
src_archive_libarchive_a_CPPFLAGS = $(AM_CPPFLAGS) $(ZIP_CFLAGS)
src_archive_libarchive_a_SOURCES = src/archive/zip_file.c src/archive/zip_file.h \
	src/archive/zip_read.c src/archive/zip_read.h

ARCHIVE_LIBS = src/archive/libarchive.a $(ZIP_LIBS)
EXTRA_DIST += src/archive/README

check_PROGRAMS += t/unit/archive
t_unit_archive_SOURCES = t/unit/archive.c t/unit/tap.h
t_unit_archive_LDADD = $(ARCHIVE_LIBS) $(BASE_LIBS)
