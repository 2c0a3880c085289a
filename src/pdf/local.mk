noinst_LIBRARIES += src/pdf/libpdf.a
src_pdf_libpdf_a_CPPFLAGS = $(AM_CPPFLAGS) $(QRENCODE_CFLAGS)
src_pdf_libpdf_a_SOURCES = \
	src/pdf/articles.c \
	src/pdf/attendance.c src/pdf/attendance.h \
	src/pdf/draw.h \
	src/pdf/embed.h src/pdf/embed_face.c src/pdf/embed_facts.c \
	src/pdf/flow.c src/pdf/flow.h \
	src/pdf/font.c src/pdf/font.h \
	src/pdf/foot.c \
	src/pdf/identity.c \
	src/pdf/paper.c src/pdf/paper.h \
	src/pdf/picture.c src/pdf/picture.h \
	src/pdf/qr.c src/pdf/qr.h \
	src/pdf/sheet.c src/pdf/sheet.h \
	src/pdf/signatures.c \
	src/pdf/story.c src/pdf/story.h \
	src/pdf/subset.c src/pdf/subset.h \
	src/pdf/text_view.c src/pdf/text_view.h \
	src/pdf/token.c src/pdf/token.h \
	src/pdf/type.c src/pdf/type.h

# What a program that uses this room links with.
PDF_LIBS = src/pdf/libpdf.a $(VIEW_LIBS) $(BASE_LIBS) $(QRENCODE_LIBS) $(HARU_LIBS)
EXTRA_DIST += src/pdf/README

check_PROGRAMS += t/unit/pdf_token
t_unit_pdf_token_SOURCES = t/unit/pdf_token.c t/unit/tap.h
t_unit_pdf_token_LDADD = $(PDF_LIBS)

check_PROGRAMS += t/unit/pdf t/unit/pdf_sign t/unit/pdf_type
PDF_TEST_CPPFLAGS = $(AM_CPPFLAGS) -DPARAPHE_FONTS='"$(fontdir)"' \
	-DPARAPHE_SOURCE='"$(abs_srcdir)"'
t_unit_pdf_SOURCES = t/unit/pdf.c t/unit/pdf_tools.c t/unit/pdf_tools.h t/unit/tap.h
t_unit_pdf_CPPFLAGS = $(PDF_TEST_CPPFLAGS)
t_unit_pdf_LDADD = $(PDF_LIBS)
t_unit_pdf_sign_SOURCES = t/unit/pdf_sign.c t/unit/pdf_tools.c t/unit/pdf_tools.h t/unit/tap.h
t_unit_pdf_sign_CPPFLAGS = $(PDF_TEST_CPPFLAGS)
t_unit_pdf_sign_LDADD = $(PDF_LIBS)
t_unit_pdf_type_SOURCES = t/unit/pdf_type.c t/unit/tap.h
t_unit_pdf_type_CPPFLAGS = $(PDF_TEST_CPPFLAGS)
t_unit_pdf_type_LDADD = $(PDF_LIBS)

check_PROGRAMS += t/unit/pdf_attendance
t_unit_pdf_attendance_SOURCES = t/unit/pdf_attendance.c t/unit/pdf_tools.c t/unit/pdf_tools.h \
	t/unit/tap.h
t_unit_pdf_attendance_CPPFLAGS = $(PDF_TEST_CPPFLAGS)
t_unit_pdf_attendance_LDADD = $(PDF_LIBS)

# Run by hand.
check_PROGRAMS += t/bench/pdf_draw
t_bench_pdf_draw_SOURCES = t/bench/pdf_draw.c t/unit/pdf_tools.c t/unit/pdf_tools.h
t_bench_pdf_draw_CPPFLAGS = $(PDF_TEST_CPPFLAGS)
t_bench_pdf_draw_LDADD = $(PDF_LIBS)
