# Named statements become C: whole new when a file of SQL comes, goes or changes (a folder changes
# when a file comes or goes), but the results keep their time stamp where they stay the same.
statements_dir = $(srcdir)/sql/statements
src/db/statements.stamp: $(srcdir)/src/db/statements.pl $(statements_dir) $(statements_dir)/*.sql
	$(AM_V_GEN)$(MKDIR_P) src/db && \
	$(PERL) $(srcdir)/src/db/statements.pl src/db/statements.h src/db/statements.c \
	  $(statements_dir)/*.sql && touch $@
src/db/statements.h src/db/statements.c: src/db/statements.stamp
	@test -f $@ || { rm -f src/db/statements.stamp; $(MAKE) src/db/statements.stamp; }

BUILT_SOURCES += src/db/statements.h
CLEANFILES += src/db/statements.stamp src/db/statements.h src/db/statements.c
# Every file of the folder, so that none can be forgotten in a list.
install-data-local: install-migrations
uninstall-local: uninstall-migrations
.PHONY: install-migrations uninstall-migrations
install-migrations:
	$(MKDIR_P) "$(DESTDIR)$(migrationsdir)"
	$(INSTALL_DATA) $(srcdir)/sql/migrations/*.sql "$(DESTDIR)$(migrationsdir)"
uninstall-migrations:
	for file in $(srcdir)/sql/migrations/*.sql; do \
	  rm -f "$(DESTDIR)$(migrationsdir)/$$(basename "$$file")"; \
	done

EXTRA_DIST += src/db/README src/db/statements.pl sql/migrations sql/statements

noinst_LIBRARIES += src/db/libdb.a
src_db_libdb_a_CPPFLAGS = $(AM_CPPFLAGS) $(MYSQL_CFLAGS)
src_db_libdb_a_SOURCES = \
	src/db/check.c \
	src/db/connection.h \
	src/db/db.c src/db/db.h \
	src/db/document.c src/db/document.h \
	src/db/fail.c \
	src/db/migrate.c src/db/migrate.h \
	src/db/script.c src/db/script.h \
	src/db/statement.c src/db/statement.h
nodist_src_db_libdb_a_SOURCES = src/db/statements.c src/db/statements.h

# What a program that uses this room links with.
DB_LIBS = src/db/libdb.a $(MYSQL_LIBS) $(BASE_LIBS)

# The room on a real MariaDB, with statements of its own beside those that the room itself needs.
probe_statements = $(statements_dir)/documents.sql $(statements_dir)/schema.sql \
	$(srcdir)/t/unit/probe.sql
t/unit/probe_statements.stamp: $(srcdir)/src/db/statements.pl $(probe_statements)
	$(AM_V_GEN)$(MKDIR_P) t/unit && \
	$(PERL) $(srcdir)/src/db/statements.pl t/unit/probe_statements.h t/unit/probe_statements.c \
	  $(probe_statements) && touch $@
t/unit/probe_statements.h t/unit/probe_statements.c: t/unit/probe_statements.stamp
	@test -f $@ || { rm -f t/unit/probe_statements.stamp; $(MAKE) t/unit/probe_statements.stamp; }
BUILT_SOURCES += t/unit/probe_statements.h
CLEANFILES += t/unit/probe_statements.stamp t/unit/probe_statements.h t/unit/probe_statements.c

check_PROGRAMS += t/unit/db t/unit/db_document t/unit/db_transaction t/unit/migrate t/unit/schema
database_test_cppflags = $(AM_CPPFLAGS) -DPARAPHE_SOURCE='"$(abs_srcdir)"'
t_unit_db_CPPFLAGS = $(database_test_cppflags)
t_unit_db_SOURCES = t/unit/db.c t/unit/database.h t/unit/probe.h t/unit/tap.h
nodist_t_unit_db_SOURCES = t/unit/probe_statements.c t/unit/probe_statements.h
t_unit_db_LDADD = $(DB_LIBS)
t_unit_db_document_CPPFLAGS = $(database_test_cppflags)
t_unit_db_document_SOURCES = t/unit/db_document.c t/unit/database.h t/unit/probe.h t/unit/tap.h
nodist_t_unit_db_document_SOURCES = t/unit/probe_statements.c t/unit/probe_statements.h
t_unit_db_document_LDADD = $(DB_LIBS)
t_unit_db_transaction_CPPFLAGS = $(database_test_cppflags)
t_unit_db_transaction_SOURCES = t/unit/db_transaction.c t/unit/database.h t/unit/probe.h t/unit/tap.h
nodist_t_unit_db_transaction_SOURCES = t/unit/probe_statements.c t/unit/probe_statements.h
t_unit_db_transaction_LDADD = $(DB_LIBS)
t_unit_migrate_CPPFLAGS = $(database_test_cppflags)
t_unit_migrate_SOURCES = t/unit/migrate.c t/unit/database.h t/unit/tap.h
nodist_t_unit_migrate_SOURCES = t/unit/probe_statements.c t/unit/probe_statements.h
t_unit_migrate_LDADD = $(DB_LIBS)

# The platform's own schema and statements.
t_unit_schema_CPPFLAGS = $(database_test_cppflags)
t_unit_schema_SOURCES = t/unit/schema.c t/unit/database.h t/unit/tap.h
t_unit_schema_LDADD = $(DB_LIBS)
EXTRA_DIST += t/lib/mariadb.sh t/unit/probe.sql t/unit/migrations t/unit/statements \
	t/unit/statements.t t/cli/migrate.t
