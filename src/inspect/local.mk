# Three libraries: what any program may link (reports and the client of the service); the judge,
# which opens untrusted files with MuPDF; the box, in which it does so. The last two are linked by
# the confined program and by tests alone.
noinst_LIBRARIES += src/inspect/libinspect_client.a
src_inspect_libinspect_client_a_SOURCES = \
	src/inspect/client.c src/inspect/client.h \
	src/inspect/client_compare.c \
	src/inspect/comparison.c src/inspect/comparison.h \
	src/inspect/client_pages.c \
	src/inspect/dialogue.c src/inspect/dialogue.h \
	src/inspect/protocol.c src/inspect/protocol.h \
	src/inspect/report.c src/inspect/report.h

INSPECT_LIBS = src/inspect/libinspect_client.a $(BASE_LIBS)

noinst_LIBRARIES += src/inspect/libjudge.a
src_inspect_libjudge_a_CPPFLAGS = $(AM_CPPFLAGS) $(MUPDF_CFLAGS) $(CRYPTO_CFLAGS)
src_inspect_libjudge_a_SOURCES = \
	src/inspect/account.c src/inspect/account.h \
	src/inspect/annotation_changes.c \
	src/inspect/appearance.c src/inspect/appearance.h \
	src/inspect/attacks.c src/inspect/attacks.h \
	src/inspect/byte_range.c src/inspect/byte_range.h \
	src/inspect/certificate.c src/inspect/certificate.h \
	src/inspect/changes.c src/inspect/changes.h \
	src/inspect/cms.c src/inspect/cms.h \
	src/inspect/covered.c src/inspect/covered.h \
	src/inspect/der.c src/inspect/der.h \
	src/inspect/field_changes.c \
	src/inspect/fields.c src/inspect/fields.h \
	src/inspect/lexer.c src/inspect/lexer.h \
	src/inspect/mupdf.c src/inspect/mupdf.h \
	src/inspect/pages.c src/inspect/pages.h \
	src/inspect/pdf_file.c src/inspect/pdf_file.h \
	src/inspect/revisions.c src/inspect/revisions.h \
	src/inspect/revocation.c src/inspect/revocation.h \
	src/inspect/same.c src/inspect/same.h \
	src/inspect/security_store.c src/inspect/security_store.h \
	src/inspect/signed_attributes.c src/inspect/signed_attributes.h \
	src/inspect/validation.c src/inspect/validation.h \
	src/inspect/verdict.c

JUDGE_LIBS = src/inspect/libjudge.a $(MUPDF_LIBS) $(INSPECT_LIBS)

noinst_LIBRARIES += src/inspect/libbox.a
src_inspect_libbox_a_CPPFLAGS = $(AM_CPPFLAGS) $(MUPDF_CFLAGS) $(SECCOMP_CFLAGS) $(ZBAR_CFLAGS)
src_inspect_libbox_a_SOURCES = \
	src/inspect/algorithms.c src/inspect/algorithms.h \
	src/inspect/compare.c src/inspect/compare.h \
	src/inspect/confined.c src/inspect/confined.h \
	src/inspect/difference.c src/inspect/difference.h \
	src/inspect/draw.c src/inspect/draw.h \
	src/inspect/image.c src/inspect/image.h \
	src/inspect/ink.c src/inspect/ink.h \
	src/inspect/json.c src/inspect/json.h \
	src/inspect/letters.c src/inspect/letters.h \
	src/inspect/merge.c src/inspect/merge.h \
	src/inspect/registration.c src/inspect/registration.h \
	src/inspect/registration_fit.c src/inspect/registration_fit.h \
	src/inspect/sandbox.c src/inspect/sandbox.h \
	src/inspect/scan.c src/inspect/scan.h \
	src/inspect/service.c src/inspect/service.h \
	src/inspect/strokes.c src/inspect/strokes.h \
	src/inspect/words.c src/inspect/words.h

# The sentences of a report, for those who have no views.
src/inspect/sentences.inc: $(srcdir)/views/errors.txt
	$(AM_V_GEN)$(MKDIR_P) src/inspect && \
	grep -E '^(inspect|validity|changes)-' $(srcdir)/views/errors.txt | LC_ALL=C sort | \
	  sed 's/["\\]/\\&/g; s/^\([^ ]*\) = \(.*\)/    {"\1", "\2"},/' > $@
src/inspect/libbox_a-words.$(OBJEXT): src/inspect/sentences.inc
BUILT_SOURCES += src/inspect/sentences.inc
CLEANFILES += src/inspect/sentences.inc

BOX_LIBS = src/inspect/libbox.a $(SECCOMP_LIBS) $(ZBAR_LIBS) $(JUDGE_LIBS)

bin_PROGRAMS += paraphe-inspect
paraphe_inspect_SOURCES = src/paraphe-inspect.c
paraphe_inspect_LDFLAGS = $(AM_LDFLAGS) $(INSPECT_LDFLAGS)
if INSPECT_STATIC
paraphe_inspect_LDADD = src/inspect/libbox.a src/inspect/libjudge.a $(INSPECT_LIBS) \
	$(INSPECT_STATIC_LIBS)
else
paraphe_inspect_LDADD = $(BOX_LIBS)
endif
dist_man1_MANS = src/inspect/paraphe-inspect.1

check_PROGRAMS += t/unit/inspect_sandbox
t_unit_inspect_sandbox_SOURCES = t/unit/inspect_sandbox.c t/unit/tap.h
t_unit_inspect_sandbox_LDADD = src/inspect/libbox.a $(SECCOMP_LIBS) $(BASE_LIBS)

check_PROGRAMS += t/unit/inspect_corpus
t_unit_inspect_corpus_SOURCES = t/unit/inspect_corpus.c t/unit/tap.h
t_unit_inspect_corpus_LDADD = $(JUDGE_LIBS)

check_PROGRAMS += t/unit/inspect_service
t_unit_inspect_service_SOURCES = t/unit/inspect_service.c t/unit/tap.h
t_unit_inspect_service_LDADD = $(INSPECT_LIBS)

check_PROGRAMS += t/unit/inspect_survey
t_unit_inspect_survey_SOURCES = t/unit/inspect_survey.c t/unit/stand_in.h t/unit/tap.h
t_unit_inspect_survey_LDADD = $(INSPECT_LIBS)

check_PROGRAMS += t/unit/inspect_merge
t_unit_inspect_merge_SOURCES = t/unit/inspect_merge.c t/unit/stand_in.h t/unit/tap.h
t_unit_inspect_merge_LDADD = $(INSPECT_LIBS)

check_PROGRAMS += t/inspect/convention
t_inspect_convention_SOURCES = t/inspect/convention.c t/unit/pdf_tools.c t/unit/pdf_tools.h
t_inspect_convention_CPPFLAGS = $(PDF_TEST_CPPFLAGS)
t_inspect_convention_LDADD = $(PDF_LIBS)

check_PROGRAMS += t/inspect/code_page
t_inspect_code_page_SOURCES = t/inspect/code_page.c
t_inspect_code_page_CPPFLAGS = $(AM_CPPFLAGS) $(QRENCODE_CFLAGS)
t_inspect_code_page_LDADD = $(BASE_LIBS) $(QRENCODE_LIBS)

if FUZZERS
noinst_PROGRAMS += t/fuzz/report
t_fuzz_report_SOURCES = t/fuzz/report.c src/inspect/json.c
t_fuzz_report_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
t_fuzz_report_LDADD = $(INSPECT_LIBS)
endif

EXTRA_DIST += src/inspect/README t/inspect/attacks.t t/inspect/json.t t/inspect/limits.t t/inspect/scan.t

# Signed documents of tests.
SIGNED_TEST = t/unit/pki.c t/unit/pki.h t/unit/signed_cms.c t/unit/signed_cms.h \
	t/unit/signed_pdf.c t/unit/signed_pdf.h

check_PROGRAMS += t/unit/inspect_validation
t_unit_inspect_validation_SOURCES = t/unit/inspect_validation.c t/unit/judged.h t/unit/tap.h \
	$(SIGNED_TEST)
t_unit_inspect_validation_LDADD = $(JUDGE_LIBS)

check_PROGRAMS += t/unit/inspect_sig
t_unit_inspect_sig_SOURCES = t/unit/inspect_sig.c t/unit/judged.h t/unit/tap.h $(SIGNED_TEST)
t_unit_inspect_sig_LDADD = $(JUDGE_LIBS)

check_PROGRAMS += t/unit/inspect_changes
t_unit_inspect_changes_SOURCES = t/unit/inspect_changes.c t/unit/judged.h t/unit/tap.h $(SIGNED_TEST)
t_unit_inspect_changes_LDADD = $(JUDGE_LIBS)

check_PROGRAMS += t/unit/inspect_original
t_unit_inspect_original_SOURCES = t/unit/inspect_original.c t/unit/judged.h t/unit/tap.h $(SIGNED_TEST)
t_unit_inspect_original_LDADD = $(JUDGE_LIBS)

check_PROGRAMS += t/unit/inspect_real
t_unit_inspect_real_SOURCES = t/unit/inspect_real.c t/unit/judged.h t/unit/pdf_tools.c \
	t/unit/pdf_tools.h t/unit/tap.h
t_unit_inspect_real_CPPFLAGS = $(PDF_TEST_CPPFLAGS)
t_unit_inspect_real_LDADD = $(JUDGE_LIBS) $(PDF_LIBS)

# By hand, for long: t/fuzz/inspect CORPUS t/fuzz/seeds/inspect
if FUZZERS
noinst_PROGRAMS += t/fuzz/inspect
t_fuzz_inspect_SOURCES = t/fuzz/inspect.c t/fuzz/fuzz.h $(SIGNED_TEST)
t_fuzz_inspect_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
t_fuzz_inspect_LDADD = $(JUDGE_LIBS)
endif

# Pages compared by rendering: what is found, what is not, and how long it takes.
check_PROGRAMS += t/unit/inspect_compare
t_unit_inspect_compare_SOURCES = t/unit/inspect_compare.c t/unit/pdf_tools.c t/unit/pdf_tools.h \
	t/unit/tap.h
t_unit_inspect_compare_CPPFLAGS = $(PDF_TEST_CPPFLAGS)
t_unit_inspect_compare_LDADD = $(BOX_LIBS) $(PDF_LIBS)
