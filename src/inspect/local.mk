# Two libraries: what any program may link (reports and the client of the service), and the judge,
# which opens untrusted files with MuPDF and is linked by the confined program and its tests alone.
noinst_LIBRARIES += src/inspect/libinspect.a
src_inspect_libinspect_a_SOURCES = \
	src/inspect/report.c src/inspect/report.h

INSPECT_LIBS = src/inspect/libinspect.a $(BASE_LIBS)
