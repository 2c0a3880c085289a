# Two libraries: what any program may link (reports and the client of the service), and the judge,
# which opens untrusted files with MuPDF and is linked by the confined program and its tests alone.
noinst_LIBRARIES += src/inspect/libinspect.a
src_inspect_libinspect_a_SOURCES = \
	src/inspect/report.c src/inspect/report.h

INSPECT_LIBS = src/inspect/libinspect.a $(BASE_LIBS)

noinst_LIBRARIES += src/inspect/libjudge.a
src_inspect_libjudge_a_CPPFLAGS = $(AM_CPPFLAGS) $(MUPDF_CFLAGS) $(CRYPTO_CFLAGS)
src_inspect_libjudge_a_SOURCES = \
	src/inspect/byte_range.c src/inspect/byte_range.h \
	src/inspect/certificate.c src/inspect/certificate.h \
	src/inspect/cms.c src/inspect/cms.h \
	src/inspect/lexer.c src/inspect/lexer.h \
	src/inspect/mupdf.c src/inspect/mupdf.h \
	src/inspect/pdf_file.c src/inspect/pdf_file.h \
	src/inspect/revisions.c src/inspect/revisions.h \
	src/inspect/signed_attributes.c src/inspect/signed_attributes.h

JUDGE_LIBS = src/inspect/libjudge.a $(MUPDF_LIBS) $(INSPECT_LIBS)
