noinst_LIBRARIES += src/tasks/libtasks.a
src_tasks_libtasks_a_SOURCES = \
	src/tasks/clockwork.c src/tasks/clockwork.h \
	src/tasks/tasks.c src/tasks/tasks.h

EXTRA_DIST += src/tasks/README

check_PROGRAMS += t/unit/tasks
t_unit_tasks_CPPFLAGS = $(domain_test_cppflags)
t_unit_tasks_SOURCES = t/unit/tasks.c $(domain_test_world)
t_unit_tasks_LDADD = $(APPLICATION_LIBS)
