#include "domain/placement_notice.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/statements.h"
#include "mail/mail.h"
#include "mail/placement_mail.h"

static const char *name_of(struct arena *arena, const char *first, const char *last)
{
    return arena_printf(arena, "%s %s", first, last);
}

static const char *days_of(struct arena *arena, const char *first, const char *last)
{
    if (strcmp(first, last) == 0)
        return arena_printf(arena, "le %s", clock_french_long_day(arena, first));
    return arena_printf(arena, "du %s au %s", clock_french_long_day(arena, first),
                        clock_french_long_day(arena, last));
}

static const char *hours_of(struct arena *arena, const char *starts_at, const char *ends_at)
{
    return arena_printf(arena, "%s – %s", clock_french_time(arena, starts_at),
                        clock_french_time(arena, ends_at));
}

static const char *person_of(struct arena *arena, const char *name, const char *phone)
{
    if (name[0] == '\0' || phone[0] == '\0')
        return name[0] ? name : phone;
    return arena_printf(arena, "%s, %s", name, phone);
}

static const char *actor_of(const struct context *ctx)
{
    return arena_printf(ctx->arena, "%s (%s)", ctx->actor.name, ctx->actor.establishment_name);
}

struct school {
    uint64_t id;
    const char *name;
    const char *email;
};

static enum err send(struct context *ctx, const char *view, uint64_t placement,
                     const struct placement_mail *mail, struct school to)
{
    return mail_enqueue(
        &(struct mail_context){.db = ctx->db,
                               .arena = ctx->arena,
                               .views = ctx->views,
                               .settings = ctx->settings,
                               .now = ctx->now},
        &(struct mail_message){.name = view,
                               .data = mail,
                               .to_address = to.email,
                               .to_name = to.name,
                               .url = arena_printf(ctx->arena, "%s/stages/%" PRIu64,
                                                   ctx->settings->base_url, placement),
                               .establishment = to.id});
}

static struct placement_mail changes(struct context *ctx, const struct placement_lock_row *before,
                                     const struct placement *after)
{
    struct arena *arena = ctx->arena;
    struct placement_mail mail = {
        .title = after->title,
        .day_short = clock_french_day(arena, after->first_day),
        .days = days_of(arena, after->first_day, after->last_day),
        .hours = hours_of(arena, after->starts_at, after->ends_at),
        .host = ctx->actor.establishment_name,
        .actor = actor_of(ctx),
        .title_was = before->title,
        .course = after->course,
        .course_was = before->course,
        .days_was = days_of(arena, before->first_day, before->last_day),
        .hours_was = hours_of(arena, before->starts_at, before->ends_at),
        .place = after->place,
        .place_was = before->place,
        .person = person_of(arena, after->person_name, after->person_phone),
        .person_was = person_of(arena, before->person_name, before->person_phone),
        .meals_changed = strcmp(before->meals, after->meals) != 0,
        .transport_changed = strcmp(before->transport, after->transport) != 0};

    mail.title_changed = strcmp(mail.title, mail.title_was) != 0;
    mail.course_changed = strcmp(mail.course, mail.course_was) != 0;
    mail.days_changed = strcmp(mail.days, mail.days_was) != 0;
    mail.hours_changed = strcmp(mail.hours, mail.hours_was) != 0;
    mail.place_changed = strcmp(mail.place, mail.place_was) != 0;
    mail.person_changed = strcmp(mail.person, mail.person_was) != 0;
    return mail;
}

enum err placement_notice_changed(struct context *ctx, const struct placement_lock_row *before,
                                  const struct placement *after, size_t *told)
{
    struct placement_mail mail = changes(ctx, before, after);
    struct placement_mail_trainee *trainees;
    struct placement_origins_row *rows;
    size_t count, end;

    *told = 0;
    ERR_TRY(db_placement_origins(ctx->db, ctx->arena,
                                 &(struct placement_origins_in){.placement_id = before->id}, &rows,
                                 &count));
    trainees = ARENA_NEW_ARRAY(ctx->arena, count, struct placement_mail_trainee);
    for (size_t i = 0; i < count; i = end) {
        for (end = i; end < count && rows[end].origin_id == rows[i].origin_id; end++)
            trainees[end].name = name_of(ctx->arena, rows[end].first_name, rows[end].last_name);
        mail.trainees = &trainees[i];
        mail.trainees_count = end - i;
        ERR_TRY(
            send(ctx, "placement-changed", before->id, &mail,
                 (struct school){rows[i].origin_id, rows[i].origin_name, rows[i].origin_email}));
        (*told)++;
    }
    return ERR_OK;
}

enum err placement_notice_waiting(struct context *ctx, uint64_t placement,
                                  const struct waiting_all_row *waiting, const char *reason)
{
    struct arena *arena = ctx->arena;
    const struct placement_mail_trainee trainee = {
        .name = name_of(arena, waiting->first_name, waiting->last_name)};
    struct placement_lock_row *row;
    struct placement_mail mail = {.trainees = &trainee, .trainees_count = 1, .reason = reason};

    ERR_TRY(db_placement_lock(ctx->db, arena, &(struct placement_lock_in){.id = placement}, &row));
    mail.title = row->title;
    mail.day_short = clock_french_day(arena, row->first_day);
    mail.days = days_of(arena, row->first_day, row->last_day);
    mail.hours = hours_of(arena, row->starts_at, row->ends_at);
    mail.host = ctx->actor.establishment_name;
    mail.actor = actor_of(ctx);
    return send(ctx, "waiting-cancelled", placement, &mail,
                (struct school){waiting->origin_id, waiting->origin_name, waiting->origin_email});
}
