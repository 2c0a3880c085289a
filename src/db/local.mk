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

# The platform's own schema and statements.
check_PROGRAMS += t/unit/schema
t_unit_schema_SOURCES = t/unit/schema.c t/unit/database.h t/unit/tap.h
t_unit_schema_CPPFLAGS = $(AM_CPPFLAGS) -DPARAPHE_SOURCE='"$(abs_srcdir)"'
t_unit_schema_LDADD = $(DB_LIBS)
EXTRA_DIST += t/lib/mariadb.sh
