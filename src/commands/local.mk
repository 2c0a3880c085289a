noinst_LIBRARIES += src/commands/libcommands.a
src_commands_libcommands_a_SOURCES = \
	src/commands/account.c \
	src/commands/command.c \
	src/commands/command.h \
	src/commands/establishment.c \
	src/commands/mail_queue.c \
	src/commands/placement.c \
	src/commands/tasks.c \
	src/commands/upkeep.c

EXTRA_DIST += src/commands/README
