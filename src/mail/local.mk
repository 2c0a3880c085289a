noinst_LIBRARIES += src/mail/libmail.a
src_mail_libmail_a_CPPFLAGS = $(AM_CPPFLAGS) $(CRYPTO_CFLAGS) $(CURL_CFLAGS)
src_mail_libmail_a_SOURCES = \
	src/mail/account_mail.h \
	src/mail/backoff.c src/mail/backoff.h \
	src/mail/convention_mail.h \
	src/mail/give_up.c src/mail/give_up.h \
	src/mail/letter.c src/mail/letter.h \
	src/mail/mail.c src/mail/mail.h \
	src/mail/mail_views.c src/mail/mail_views.h \
	src/mail/mailer.c src/mail/mailer.h \
	src/mail/placement_mail.h \
	src/mail/mime.c src/mail/mime.h \
	src/mail/mime_body.c src/mail/mime_body.h \
	src/mail/mime_header.c src/mail/mime_header.h \
	src/mail/smtp.c src/mail/smtp.h \
	src/mail/smtp_judge.c

EXTRA_DIST += src/mail/README t/lib/tap.py t/lib/smtpd.py t/mail/world.py \
	t/mail/letters.t t/mail/mime.t t/mail/delivery.t t/mail/mailers.t t/mail/queue.t t/mail/security.t

# What this room adds to a program's libraries; those of the rooms below come after it:
# $(MAIL_LIBS) $(VIEW_LIBS) $(HTTP_LIBS).
MAIL_LIBS = src/mail/libmail.a $(CURL_LIBS)

check_PROGRAMS += t/unit/mail_mime
t_unit_mail_mime_SOURCES = t/unit/mail_mime.c t/unit/tap.h
t_unit_mail_mime_LDADD = $(MAIL_LIBS) $(BASE_LIBS)

check_PROGRAMS += t/unit/mail_smtp
t_unit_mail_smtp_SOURCES = t/unit/mail_smtp.c t/unit/tap.h
t_unit_mail_smtp_LDADD = $(MAIL_LIBS) $(BASE_LIBS)

# The room as a program, for t/mail/*.t.
check_PROGRAMS += t/mail/mailer
t_mail_mailer_SOURCES = t/mail/mailer.c
t_mail_mailer_LDADD = $(MAIL_LIBS) $(VIEW_LIBS) $(HTTP_LIBS)
