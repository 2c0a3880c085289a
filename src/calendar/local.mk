noinst_LIBRARIES += src/calendar/libcalendar.a
src_calendar_libcalendar_a_CPPFLAGS = $(AM_CPPFLAGS) $(ICAL_CFLAGS)
src_calendar_libcalendar_a_SOURCES = \
	src/calendar/feasts.c src/calendar/feasts.h \
	src/calendar/feed.c src/calendar/feed.h \
	src/calendar/holidays.c src/calendar/holidays.h \
	src/calendar/zone.c src/calendar/zone.h

# What a program that uses this room links with.
CALENDAR_LIBS = src/calendar/libcalendar.a $(ICAL_LIBS) $(BASE_LIBS)
EXTRA_DIST += src/calendar/README

check_PROGRAMS += t/unit/calendar t/unit/calendar_feed
t_unit_calendar_SOURCES = t/unit/calendar.c t/unit/tap.h
t_unit_calendar_CPPFLAGS = $(AM_CPPFLAGS) -DPARAPHE_SOURCE='"$(abs_srcdir)"'
t_unit_calendar_LDADD = $(CALENDAR_LIBS)
t_unit_calendar_feed_SOURCES = t/unit/calendar_feed.c t/unit/tap.h
t_unit_calendar_feed_CPPFLAGS = $(AM_CPPFLAGS) $(ICAL_CFLAGS)
t_unit_calendar_feed_LDADD = $(CALENDAR_LIBS)
