/* A convention's own page: state, returned file, signatures, pictures, mails, history. */
#include "domain/convention.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "domain/comparison.h"
#include "domain/reminder.h"
#include "http/sentences.h"
#include "inspect/report.h"
#include "pages/boxes.h"
#include "pages/convention_view.h"
#include "pages/conventions.h"
#include "pages/frame.h"
#include "pages/placements.h"
#include "pages/remarks.h"
#include "pages/routes.h"

VIEW_TYPE(convention_signature);
VIEW_TYPE(convention_return);
VIEW_TYPE(convention_picture);
VIEW_TYPE(convention_mail_row);
VIEW_TYPE(convention_step);
VIEW_TYPE(convention_version);
VIEW_TYPE(convention_view);

#define PICTURES_MOST 20 /* of each; an original has no more pages */

/* Names of the platform's own signature fields; another field is named as in the file. */
static const char *box_name(struct exchange *x, const char *field)
{
    const char *key = arena_printf(x->arena, "field-%s", field);
    const char *name = http_sentences_get(x->site->sentences, key);

    return name ? name : field;
}

/* Why a signature passes or does not; of deposits from before, what is known of its chain. */
static const char *validity(struct exchange *x, const struct deposit_signatures_row *row)
{
    if (!row->status[0])
        return http_sentence(x, arena_printf(x->arena, "chain-%s", row->chain));
    return http_sentence(x, arena_printf(x->arena, "validity-%s",
                                         row->indication[0] ? row->indication : row->status));
}

static bool status_is(const struct deposit_signatures_row *row, enum inspect_status status)
{
    return strcmp(row->status, inspect_status_name(status)) == 0;
}

static enum err list_signatures(struct exchange *x, uint64_t deposit,
                                struct convention_return *returned)
{
    struct convention_signature *shown;
    struct deposit_signatures_row *rows;
    size_t count;

    ERR_TRY(db_deposit_signatures(
        x->db, x->arena, &(struct deposit_signatures_in){.deposit_id = deposit}, &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct convention_signature);
    for (size_t i = 0; i < count; i++)
        shown[i] = (struct convention_signature){
            .box = box_name(x, rows[i].field),
            .signer = rows[i].signer,
            .issuer = rows[i].issuer,
            .signed_at =
                rows[i].has_signed_at ? clock_french_instant(x->arena, rows[i].signed_at) : NULL,
            .valid_until =
                rows[i].has_valid_until
                    ? clock_french_day(x->arena, clock_day(x->arena, rows[i].valid_until))
                    : NULL,
            .proven_at =
                rows[i].has_proven_at ? clock_french_instant(x->arena, rows[i].proven_at) : NULL,
            .validity = validity(x, &rows[i]),
            .changes =
                http_sentence(x, arena_printf(x->arena, "changes-%s", rows[i].changes_after)),
            .holds = rows[i].integrity,
            .has_passed = status_is(&rows[i], INSPECT_STATUS_PASSED),
            .has_failed = status_is(&rows[i], INSPECT_STATUS_FAILED),
            .is_unclear = status_is(&rows[i], INSPECT_STATUS_INDETERMINATE)};
    returned->signatures = shown;
    returned->signatures_count = count;
    return ERR_OK;
}

/* The remarks, warnings apart from what is merely worth knowing. */
static enum err list_remarks(struct exchange *x, uint64_t deposit,
                             struct convention_return *returned)
{
    struct deposit_remarks_row *rows;
    struct deposit_remark *warnings, *remarks;
    size_t count, warning_count = 0, remark_count = 0;

    ERR_TRY(db_deposit_remarks(x->db, x->arena, &(struct deposit_remarks_in){.deposit_id = deposit},
                               &rows, &count));
    warnings = ARENA_NEW_ARRAY(x->arena, count, struct deposit_remark);
    remarks = ARENA_NEW_ARRAY(x->arena, count, struct deposit_remark);
    for (size_t i = 0; i < count; i++) {
        struct deposit_remark remark = {
            .warning = rows[i].warning, .sentence = rows[i].sentence, .detail = rows[i].detail};

        if (remark.warning)
            warnings[warning_count++] = remark;
        else
            remarks[remark_count++] = remark;
    }
    page_remarks_text(x, warnings, warning_count, &returned->warnings, &returned->warnings_count);
    page_remarks_text(x, remarks, remark_count, &returned->remarks, &returned->remarks_count);
    return ERR_OK;
}

static enum err show_return(struct exchange *x, const struct convention_sheet_row *sheet,
                            struct convention_view *view, uint32_t *pages)
{
    struct convention_return *returned = ARENA_NEW(x->arena, struct convention_return);
    struct deposit_by_id_row *deposit;
    struct comparison_by_deposit_row *compared;
    struct comparison_boxes boxes;

    *pages = 0;
    if (!sheet->has_deposit_id)
        return ERR_OK;
    ERR_TRY(db_deposit_by_id(x->db, x->arena, &(struct deposit_by_id_in){.id = sheet->deposit_id},
                             &deposit));
    *returned = (struct convention_return){
        .was_signed = strcmp(deposit->finding, finding_name(FINDING_SIGNED)) == 0,
        .was_on_screen = strcmp(deposit->finding, finding_name(FINDING_ON_SCREEN)) == 0,
        .was_scan = strcmp(deposit->finding, finding_name(FINDING_SCAN)) == 0,
        .was_altered = strcmp(deposit->finding, finding_name(FINDING_ALTERED)) == 0,
        .was_unknown = strcmp(deposit->finding, finding_name(FINDING_UNKNOWN)) == 0,
        .by_hand = deposit->by_hand,
        .url = page_url(x->arena, at_convention_returned, sheet->id),
        .comparison_url = page_url(x->arena, at_comparison, sheet->id),
        .file_name = deposit->file_name,
        .depositor = deposit->account_name,
        .at = clock_french_instant(x->arena, deposit->created_at)};
    ERR_TRY(db_comparison_by_deposit(
        x->db, x->arena, &(struct comparison_by_deposit_in){.deposit_id = sheet->deposit_id},
        &compared));
    boxes = comparison_boxes_parse(compared ? compared->boxes : NULL);
    returned->boxes = page_boxes(x, &boxes, BOXES_FULL_NAMES);
    ERR_TRY(list_signatures(x, sheet->deposit_id, returned));
    ERR_TRY(list_remarks(x, sheet->deposit_id, returned));
    view->returned = returned;
    *pages = deposit->pages;
    return ERR_OK;
}

static void list_pictures(struct exchange *x, const struct convention_sheet_row *sheet,
                          uint32_t returned_pages, struct convention_view *view)
{
    const uint32_t original_pages = sheet->original_pages;
    uint32_t count = returned_pages > original_pages ? returned_pages : original_pages;
    struct convention_picture *shown;

    if (count > PICTURES_MOST)
        count = PICTURES_MOST;
    shown = ARENA_NEW_ARRAY(x->arena, count, struct convention_picture);
    for (uint32_t i = 0; i < count; i++) {
        shown[i].number = i + 1;
        if (i < original_pages)
            shown[i].original = page_url(x->arena, at_original_picture, sheet->id, (uint64_t)i + 1);
        if (i < returned_pages)
            shown[i].returned = page_url(x->arena, at_returned_picture, sheet->id, (uint64_t)i + 1);
    }
    view->pictures = shown;
    view->pictures_count = count;
}

static enum err list_mails(struct exchange *x, uint64_t convention, struct convention_view *view)
{
    struct outbox_by_convention_row *rows;
    struct convention_mail_row *shown;
    size_t count;

    ERR_TRY(db_outbox_by_convention(
        x->db, x->arena,
        &(struct outbox_by_convention_in){.convention_id = convention,
                                          .viewer = x->session->establishment_id},
        &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct convention_mail_row);
    for (size_t i = 0; i < count; i++)
        shown[i] = (struct convention_mail_row){
            .at = clock_french_instant(x->arena,
                                       rows[i].has_sent_at ? rows[i].sent_at : rows[i].created_at),
            .about = http_sentence(x, arena_printf(x->arena, "mail-%s", rows[i].name)),
            .to = arena_printf(x->arena, "%s <%s>", rows[i].to_name, rows[i].to_address),
            .is_sent = strcmp(rows[i].state, "sent") == 0,
            .is_failed = strcmp(rows[i].state, "failed") == 0,
            .is_waiting =
                strcmp(rows[i].state, "sent") != 0 && strcmp(rows[i].state, "failed") != 0,
            .reason = rows[i].error_key[0] ? http_sentence(x, rows[i].error_key) : NULL};
    view->mails = shown;
    view->mails_count = count;
    return ERR_OK;
}

/* The files that the history tells of, each once, the newest first. */
static void list_versions(struct exchange *x, const struct convention_sheet_row *sheet,
                          const struct history_list_row *rows, size_t count,
                          struct convention_view *view)
{
    struct convention_version *shown = ARENA_NEW_ARRAY(x->arena, count, struct convention_version);
    size_t versions = 0;

    for (size_t i = count; i-- > 0;) {
        bool is_original = strcmp(rows[i].event, event_name(EVENT_GENERATE)) == 0 ||
                           strcmp(rows[i].event, event_name(EVENT_REISSUE)) == 0;

        if (!rows[i].has_document_id ||
            (!is_original && strcmp(rows[i].event, event_name(EVENT_DEPOSIT)) != 0))
            continue;
        shown[versions++] = (struct convention_version){
            .is_original = is_original,
            .is_in_force = is_original ? rows[i].document_id == sheet->original_document_id
                                       : sheet->has_deposit_document_id &&
                                             rows[i].document_id == sheet->deposit_document_id,
            .at = clock_french_instant(x->arena, rows[i].created_at),
            .actor = rows[i].actor_name,
            .url = page_url(x->arena, at_convention_version, sheet->id, rows[i].sequence)};
    }
    view->versions = shown;
    view->versions_count = versions;
}

/* When the last reminder went out; one of today stands in the way of another. */
static void tell_reminder(struct exchange *x, const struct history_list_row *rows, size_t count,
                          struct convention_view *view)
{
    for (size_t i = count; i-- > 0;) {
        if (strcmp(rows[i].event, event_name(EVENT_REMIND)) != 0)
            continue;
        view->last_reminder = clock_french_instant(x->arena, rows[i].created_at);
        if (rows[i].created_at >= clock_day_began(x->now))
            view->remind_action = NULL;
        return;
    }
}

static enum err list_events(struct exchange *x, const struct convention_sheet_row *sheet,
                            struct convention_view *view)
{
    struct history_list_row *rows;
    struct convention_step *shown;
    size_t count;

    ERR_TRY(db_history_list(x->db, x->arena, &(struct history_list_in){.convention_id = sheet->id},
                            &rows, &count));
    shown = ARENA_NEW_ARRAY(x->arena, count, struct convention_step);
    for (size_t i = 0; i < count; i++)
        shown[i] = (struct convention_step){
            .at = clock_french_instant(x->arena, rows[i].created_at),
            .event = http_sentence(x, arena_printf(x->arena, "event-%s", rows[i].event)),
            .actor = rows[i].actor_name,
            .establishment = rows[i].actor_establishment,
            .address = rows[i].address,
            .detail = rows[i].detail,
            .url = rows[i].has_document_id
                       ? page_url(x->arena, at_convention_version, sheet->id, rows[i].sequence)
                       : NULL};
    view->events = shown;
    view->events_count = count;
    list_versions(x, sheet, rows, count, view);
    tell_reminder(x, rows, count, view);
    return ERR_OK;
}

static struct sides sides_of(const struct exchange *x, const struct convention_sheet_row *sheet)
{
    return (struct sides){.host = sheet->host_id == x->session->establishment_id,
                          .origin = sheet->origin_id == x->session->establishment_id};
}

static enum role role_of(const struct exchange *x)
{
    return x->session->role == HTTP_ROLE_ADMIN ? ROLE_ADMIN : ROLE_MEMBER;
}

bool page_move_is_theirs(const struct exchange *x, const struct convention_sheet_row *sheet,
                         enum convention_event event)
{
    return move_allowed_to(move_of(event), sides_of(x, sheet), role_of(x));
}

static bool may(const struct exchange *x, const struct convention_sheet_row *sheet,
                enum convention_event event)
{
    return page_move_is_theirs(x, sheet, event) &&
           move_allowed_from(move_of(event), state_parse(sheet->state));
}

/* The address of an action with the version it is for, or NULL where it is not allowed. */
static const char *action(struct exchange *x, const struct convention_sheet_row *sheet,
                          enum convention_event event, enum page at)
{
    if (!may(x, sheet, event))
        return NULL;
    return arena_printf(x->arena, "%s?version=%" PRIu32, page_url(x->arena, at, sheet->id),
                        sheet->version);
}

static void offer_actions(struct exchange *x, const struct convention_sheet_row *sheet,
                          struct convention_view *view)
{
    enum convention_event invalidation = convention_invalidation(state_parse(sheet->state));

    view->validate_action = action(x, sheet, EVENT_VALIDATE, at_validate);
    view->invalidate_url = action(x, sheet, invalidation, at_invalidation);
    view->regenerate_action = action(x, sheet, EVENT_REGENERATE, at_regenerate);
    view->cancel_url = action(x, sheet, EVENT_CANCEL, at_cancellation);
    if (reminder_makes_sense(state_parse(sheet->state), sheet->incomplete_reason != NULL) &&
        reminder_allowed_to(sides_of(x, sheet), role_of(x)))
        view->remind_action = page_url(x->arena, at_remind, sheet->id);
    if (may(x, sheet, EVENT_DEPOSIT))
        view->deposit_url = page_url(x->arena, at_conventions);
}

enum err page_sheet_of(struct exchange *x, uint64_t id, struct convention_sheet_row **sheet)
{
    ERR_TRY(db_convention_sheet(
        x->db, x->arena,
        &(struct convention_sheet_in){.id = id, .viewer = x->session->establishment_id}, sheet));
    return *sheet ? ERR_OK : err_raise(ERR_NOT_FOUND, NULL, "convention %" PRIu64, id);
}

/* GET /conventions/{id} — the host's and the origin's accounts */
enum err page_convention(struct exchange *x)
{
    struct convention_sheet_row *sheet;
    enum convention_state state;
    struct view_page page;
    struct convention_view view;
    uint32_t returned_pages;
    int days;

    ERR_TRY(page_sheet_of(x, http_id(x, 0), &sheet));
    state = state_parse(sheet->state);
    page_frame(x, &page);
    page.title = arena_printf(x->arena, "%s %s", sheet->last_name, sheet->first_name);
    view = (struct convention_view){
        .page = &page,
        .is_not_returned = state == CONVENTION_NOT_RETURNED,
        .is_pending = state == CONVENTION_PENDING && !sheet->incomplete_reason,
        .is_incomplete = state == CONVENTION_PENDING && sheet->incomplete_reason,
        .is_validated = state == CONVENTION_VALIDATED,
        .is_cancelled = state == CONVENTION_CANCELLED,
        .is_host = sheet->host_id == x->session->establishment_id,
        .reason = sheet->incomplete_reason,
        .list_url = page_conventions_tab(x->arena, state),
        .class_name = sheet->class_name,
        .guardian = sheet->guardian_name,
        .host = sheet->host_name,
        .origin = sheet->origin_name,
        .placement = sheet->title,
        .placement_url = page_url(x->arena, at_placement, sheet->placement_id),
        .days = page_days(x->arena, sheet->first_day, sheet->last_day),
        .short_code = sheet->short_code,
        .file_url = page_url(x->arena, at_convention_file, sheet->id),
        .original_url = page_url(x->arena, at_convention_original, sheet->id)};
    if (sheet->origin_id == x->session->establishment_id)
        view.trainee_url = page_url(x->arena, at_trainee, sheet->trainee_id);
    days = clock_days_between(clock_day(x->arena, x->now), sheet->first_day);
    view.days_left = days > 0 ? days : 0;
    view.days_are_plural = days > 1;
    offer_actions(x, sheet, &view);
    ERR_TRY(show_return(x, sheet, &view, &returned_pages));
    list_pictures(x, sheet, returned_pages, &view);
    ERR_TRY(list_mails(x, sheet->id, &view));
    ERR_TRY(list_events(x, sheet, &view));
    return http_page(x, 200, "convention.html", &view);
}
