noinst_LIBRARIES += src/pdf/libpdf.a
src_pdf_libpdf_a_CPPFLAGS = $(AM_CPPFLAGS) $(QRENCODE_CFLAGS)
src_pdf_libpdf_a_SOURCES = \
	src/pdf/token.c src/pdf/token.h

# What a program that uses this room links with.
PDF_LIBS = src/pdf/libpdf.a $(BASE_LIBS) $(QRENCODE_LIBS) $(HARU_LIBS)

check_PROGRAMS += t/unit/pdf_token
t_unit_pdf_token_SOURCES = t/unit/pdf_token.c t/unit/tap.h
t_unit_pdf_token_LDADD = $(PDF_LIBS)

EXTRA_DIST += src/pdf/README
