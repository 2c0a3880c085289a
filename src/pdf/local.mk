noinst_LIBRARIES += src/pdf/libpdf.a
src_pdf_libpdf_a_CPPFLAGS = $(AM_CPPFLAGS) $(QRENCODE_CFLAGS)
src_pdf_libpdf_a_SOURCES = \
	src/pdf/articles.c \
	src/pdf/draw.h \
	src/pdf/embed.h src/pdf/embed_face.c src/pdf/embed_facts.c \
	src/pdf/flow.c src/pdf/flow.h \
	src/pdf/font.c src/pdf/font.h \
	src/pdf/foot.c \
	src/pdf/identity.c \
	src/pdf/paper.c src/pdf/paper.h \
	src/pdf/picture.c src/pdf/picture.h \
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
