/* The attendance sheet of a placement. */
#include <inttypes.h>

#include "base/clock.h"
#include "domain/paper_facts.h"
#include "pages/frame.h"
#include "pages/placements.h"
#include "pages/routes.h"
#include "pdf/attendance.h"

static enum err load_rows(struct exchange *x, uint64_t placement, struct attendance *attendance)
{
    struct placement_attendance_row *rows;
    struct attendance_row *shown;
    size_t count;

    ERR_TRY(db_placement_attendance(
        x->db, x->arena,
        &(struct placement_attendance_in){.placement_id = placement,
                                          .viewer = x->session->establishment_id},
        &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct attendance_row);
    for (size_t i = 0; i < count; i++)
        shown[i] = (struct attendance_row){.last_name = rows[i].last_name,
                                           .first_name = rows[i].first_name,
                                           .school = rows[i].origin_name,
                                           .class_name = rows[i].class_name,
                                           .guardian_name = rows[i].guardian_name,
                                           .guardian_phone = rows[i].guardian_phone};
    attendance->rows = shown;
    attendance->count = count;
    return ERR_OK;
}

static enum err load_logo(struct exchange *x, uint64_t host, struct paper_image *logo)
{
    struct context ctx = page_context(x);
    struct establishment_by_id_row *row;

    ERR_TRY(db_establishment_by_id(x->db, x->arena, &(struct establishment_by_id_in){.id = host},
                                   &row));
    if (!row)
        return err_raise(ERR_NOT_FOUND, NULL, "establishment %" PRIu64, host);
    return paper_load_image(&ctx, row->has_logo_id, row->logo_id, logo);
}

/* GET /stages/{id}/emargement — the host's accounts */
enum err page_attendance(struct exchange *x)
{
    struct placement_by_id_row *row;
    struct attendance attendance;
    struct bytes pdf;
    unsigned pages;

    ERR_TRY(page_placement_own(x, http_id(x, 0), &row));
    attendance = (struct attendance){.host = row->host_name,
                                     .title = row->title,
                                     .course = row->course,
                                     .first_day = row->first_day,
                                     .last_day = row->last_day,
                                     .starts_at = row->starts_at,
                                     .ends_at = row->ends_at,
                                     .place = row->place,
                                     .person_name = row->person_name,
                                     .person_phone = row->person_phone,
                                     .printed_at = x->now};
    ERR_TRY(load_rows(x, row->id, &attendance));
    ERR_TRY(load_logo(x, row->host_id, &attendance.logo));
    ERR_TRY(pdf_attendance_draw(x->arena, x->settings, &attendance, &pages, &pdf));
    return http_download(
        x, &(struct http_file_out){.name = arena_printf(x->arena, "Émargement %s %s.pdf",
                                                        clock_french_day(x->arena, row->first_day),
                                                        row->title),
                                   .media_type = "application/pdf",
                                   .content = pdf,
                                   .in_line = true});
}
