noinst_LIBRARIES += src/http/libhttp.a
src_http_libhttp_a_CPPFLAGS = $(AM_CPPFLAGS) $(FCGI_CFLAGS) $(ARGON2_CFLAGS)
src_http_libhttp_a_SOURCES = \
	src/http/cache.c src/http/cache.h \
	src/http/children.c src/http/children.h \
	src/http/csrf.c \
	src/http/exchange.c src/http/http.h \
	src/http/form.c src/http/form.h \
	src/http/handle.c src/http/serve.c src/http/serve.h \
	src/http/master.c src/http/master.h \
	src/http/multipart.c src/http/multipart.h \
	src/http/notify.c src/http/notify.h \
	src/http/pairs.c src/http/pairs.h \
	src/http/password.c src/http/password.h \
	src/http/private.h \
	src/http/request.c src/http/request.h \
	src/http/response.c src/http/response.h \
	src/http/route.c src/http/route.h \
	src/http/second_factor.c src/http/second_factor.h \
	src/http/sentences.c src/http/sentences.h \
	src/http/session.c src/http/session.h \
	src/http/sign_in.c

EXTRA_DIST += src/http/README

# What a program that uses this room links with.
HTTP_LIBS = src/http/libhttp.a $(FCGI_LIBS) $(ARGON2_LIBS) $(VIEW_LIBS) $(DB_LIBS)

check_PROGRAMS += t/unit/http
t_unit_http_SOURCES = t/unit/http.c t/unit/tap.h
t_unit_http_LDADD = $(HTTP_LIBS)

check_PROGRAMS += t/unit/http_form
t_unit_http_form_SOURCES = t/unit/http_form.c t/unit/tap.h
t_unit_http_form_CPPFLAGS = $(database_test_cppflags)
t_unit_http_form_LDADD = $(HTTP_LIBS)

check_PROGRAMS += t/unit/http_session
t_unit_http_session_SOURCES = t/unit/http_session.c t/unit/database.h t/unit/tap.h
t_unit_http_session_CPPFLAGS = $(database_test_cppflags)
t_unit_http_session_LDADD = $(HTTP_LIBS)

check_PROGRAMS += t/http/site
t_http_site_SOURCES = t/http/site.c
t_http_site_CPPFLAGS = $(database_test_cppflags)
t_http_site_LDADD = $(HTTP_LIBS)
EXTRA_DIST += t/http/serve.t t/http/views t/lib/fastcgi.py t/e2e/sign_in.py

# Run long: t/fuzz/multipart CORPUS t/fuzz/seeds/multipart (configure --enable-fuzzers
# CC=clang).
EXTRA_DIST += t/fuzz/fuzz.h t/fuzz/seeds
if FUZZERS
http_fuzz_ldflags = $(AM_LDFLAGS) -fsanitize=fuzzer
noinst_PROGRAMS += t/fuzz/multipart t/fuzz/form t/fuzz/cookie
t_fuzz_multipart_SOURCES = t/fuzz/multipart.c
t_fuzz_multipart_LDFLAGS = $(http_fuzz_ldflags)
t_fuzz_multipart_LDADD = $(HTTP_LIBS)
t_fuzz_form_SOURCES = t/fuzz/form.c
t_fuzz_form_LDFLAGS = $(http_fuzz_ldflags)
t_fuzz_form_LDADD = $(HTTP_LIBS)
t_fuzz_cookie_SOURCES = t/fuzz/cookie.c
t_fuzz_cookie_LDFLAGS = $(http_fuzz_ldflags)
t_fuzz_cookie_LDADD = $(HTTP_LIBS)
endif

check_PROGRAMS += t/unit/http_cache
t_unit_http_cache_SOURCES = t/unit/http_cache.c t/unit/tap.h
t_unit_http_cache_LDADD = $(HTTP_LIBS)
