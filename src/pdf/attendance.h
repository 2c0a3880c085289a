/* The attendance sheet of a placement, to be printed and signed by hand. */
#ifndef PARAPHE_PDF_ATTENDANCE_H
#define PARAPHE_PDF_ATTENDANCE_H

#include <stddef.h>

#include "pdf/paper.h"

struct attendance_row {
    const char *last_name;
    const char *first_name;
    const char *school;
    const char *class_name;
    const char *guardian_name;
    const char *guardian_phone;
};

/* What the sheet says. Days are YYYY-MM-DD, times HH:MM in Paris; what is not known is "". */
struct attendance {
    const char *host;
    struct paper_image logo; /* the host's, if any */
    const char *title;
    const char *course;
    const char *first_day;
    const char *last_day;
    const char *starts_at;
    const char *ends_at;
    const char *place;
    const char *person_name;
    const char *person_phone;
    const struct attendance_row *rows; /* in the order of the sheet */
    size_t count;
    int64_t printed_at;
};

/* Draws a table for each day of the placement but Sundays, over as many pages as it needs: number,
 * name, school, class, guardian's phone, and room for a signature on arrival and on departure.
 * Where that would be more than sixty pages, one table whose day is filled in by hand. The same
 * attendance gives the same bytes. Errors: ERR_INTERNAL; ERR_TOO_LARGE
 * "convention-image-too-large". */
enum err pdf_attendance_draw(struct arena *arena, const struct settings *settings,
                             const struct attendance *attendance, unsigned *pages,
                             struct bytes *pdf);

#endif
