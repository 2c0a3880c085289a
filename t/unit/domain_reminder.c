/* Reminders on a real database: those that the host's options make due, once each; by hand, once a
 * day; and the settings themselves. */
#include "domain/reminder.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "domain/convention.h"
#include "domain/correspondence.h"
#include "domain/history.h"
#include "t/unit/domain_world.h"
#include "t/unit/tap.h"

#define DAY (24 * 3600)

static void set(struct world *world, const char *steps, bool to_origin, bool to_host)
{
    struct context ctx = world_context(world, world->host);
    struct correspondence correspondence;
    const char *fault;

    correspondence_read(&ctx, world->host, &correspondence);
    correspondence.reply_to = "stages@accueil.example";
    correspondence.closing = "Cordialement,\nLe *secrétariat*";
    correspondence.remind = true;
    correspondence.remind_origin = to_origin;
    correspondence.remind_host = to_host;
    OK(correspondence_parse_steps(steps, &correspondence) &&
           correspondence_parse_recipients(world->arena, "cpe@accueil.example", &correspondence,
                                           &fault) &&
           correspondence_change(&ctx, world->host, &correspondence) == ERR_OK,
       arena_printf(world->arena, "reminders are set to %s days before", steps));
}

/* A convention as old as the year, whose placement is on 3 February. */
static uint64_t convention(struct world *world, const char *name)
{
    uint64_t id = world_convention(world, name);

    world_tamper(world, arena_printf(world->arena,
                                     "UPDATE convention SET created_at = '2027-01-01' WHERE id = "
                                     "%llu",
                                     (unsigned long long)id));
    return id;
}

/* Does the task's steps at that time; how many it took before nothing was left, 99 if it failed. */
static unsigned send_at(struct world *world, int64_t now)
{
    struct context ctx = world_context(world, world->host);
    uint64_t done = 1;
    unsigned steps = 0;

    ctx.now = now;
    ctx.address = "";
    ctx.actor = (struct actor){.name = "Paraphe", .establishment_name = ""};
    while (done > 0 && steps < 20) {
        if (reminders_send(&ctx, &done) != ERR_OK)
            return 99;
        steps++;
    }
    return steps - 1;
}

static unsigned count(struct world *world, const char *from)
{
    return (unsigned)world_number(world,
                                  arena_printf(world->arena, "SELECT COUNT(*) FROM %s", from));
}

static unsigned events_of(struct world *world, uint64_t id)
{
    return count(world, arena_printf(world->arena,
                                     "history WHERE event = 'remind' AND convention_id = %llu",
                                     (unsigned long long)id));
}

static unsigned broken(struct world *world)
{
    struct context ctx = world_context(world, world->host);
    uint64_t *found;
    size_t broken = 99;

    history_verify(&ctx, &found, &broken);
    return (unsigned)broken;
}

static void test_by_step(struct world *world)
{
    uint64_t first = convention(world, "UN"), second = convention(world, "DEUX");
    uint64_t young = world_convention(world, "JEUNE");
    struct context origin = world_context(world, world->origin);

    IS_INT(send_at(world, WORLD_NOW), 0, "as long as the host wants none, nothing is sent");
    set(world, "14, 7 et 2", true, true);
    IS_INT(send_at(world, WORLD_NOW - 20 * DAY), 0, "before the first day nothing is sent");
    convention_move(&origin, second, EVENT_CANCEL, 0, "Malade");
    send_at(world, WORLD_NOW - 10 * DAY);
    IS_INT(events_of(world, first), 1, "once that has come, a reminder is sent");
    IS_INT(count(world, "history WHERE event = 'remind' AND detail = 'J-14' AND account_id IS NULL "
                        "AND actor_name = 'Paraphe'"),
           1, "the history says which, and that nobody sent it by hand");
    IS_INT(broken(world), 0, "and holds");
    IS_INT(count(world, "message WHERE name = 'convention-reminder' AND to_address = "
                        "'secretariat@ecole.example' AND reply_to = 'stages@accueil.example' AND "
                        "attachment_document_id IS NOT NULL AND body_text LIKE "
                        "'%Cordialement,\\nLe *secrétariat*%' AND body_html LIKE "
                        "'%Le *secrétariat*%'"),
           1, "by a mail with the convention, in the host's manner");
    IS_INT(count(world, "message WHERE name = 'reminder-summary' AND establishment_id = 1"), 2,
           "the host has a summary, and so has its other recipient");
    IS_INT(events_of(world, second), 0, "a cancelled one is not reminded of");
    IS_INT(send_at(world, WORLD_NOW - 10 * DAY) + send_at(world, WORLD_NOW - 9 * DAY), 0,
           "the same step is not sent again, on that day or another");
    send_at(world, WORLD_NOW);
    IS_INT(events_of(world, first), 2,
           "of two steps that have come meanwhile the last alone is sent");
    IS_INT(events_of(world, young), 0,
           "a convention made on that very day is not reminded of: its mail has just gone");
    IS_INT(send_at(world, WORLD_NOW + DAY) + send_at(world, WORLD_NOW + 9 * DAY), 0,
           "later steps there are none, and after the placement nothing is sent");
    world_tamper(world, "UPDATE convention SET first_day = '2027-03-03' WHERE id = 1");
    send_at(world, WORLD_NOW + 28 * DAY);
    IS_INT(events_of(world, first), 3, "where the placement is put off its steps come anew");
    world_tamper(world, "UPDATE convention SET state = 'validated'");
    world_tamper(world, "DELETE FROM reminder");
    IS_INT(send_at(world, WORLD_NOW), 0, "validated ones are never reminded of");
}

static void test_incomplete(struct world *world)
{
    uint64_t id = convention(world, "TROIS");

    world_tamper(world, "UPDATE convention SET state = 'pending' ORDER BY id DESC LIMIT 1");
    IS_INT(send_at(world, WORLD_NOW), 0, "one that waits for the host is not reminded of");
    world_tamper(world, "UPDATE convention SET incomplete_reason = 'Il manque une signature' ORDER "
                        "BY id DESC LIMIT 1");
    set(world, "2", true, false);
    send_at(world, WORLD_NOW);
    IS_INT(events_of(world, id), 1, "an incomplete one is");
    IS_INT(count(world, "message WHERE name = 'convention-reminder' AND body_text LIKE '%Il manque "
                        "une signature%' AND attachment_document_id IS NULL"),
           1, "with the reason, and without the original");
    IS_INT(count(world, "reminder WHERE summarised = FALSE"), 0,
           "who wants no summary is owed none");
}

static bool refused(enum err code, enum err wanted, const char *key)
{
    return code == wanted && strcmp(err_last()->key, key) == 0;
}

static void test_by_hand(struct world *world)
{
    struct context host = world_context(world, world->host), stranger = host;
    struct context origin = world_context(world, world->origin);
    uint64_t id = convention(world, "QUATRE");
    uint32_t version = (uint32_t)world_number(world, "SELECT version FROM convention ORDER BY id "
                                                     "DESC LIMIT 1");

    stranger.actor.establishment = 999;
    OK(refused(reminder_by_hand(&stranger, id), ERR_NOT_FOUND, ""), "a stranger finds nothing");
    OK(refused(reminder_by_hand(&origin, id), ERR_FORBIDDEN, "convention-not-yours-to-move"),
       "the origin does not remind itself");
    OK(reminder_by_hand(&host, id) == ERR_OK && events_of(world, id) == 1, "the host reminds it");
    IS_INT(world_number(world, "SELECT version FROM convention ORDER BY id DESC LIMIT 1"), version,
           "which makes no open page out of date");
    OK(refused(reminder_by_hand(&host, id), ERR_CONFLICT, "reminder-too-soon"),
       "a second time on the same day is refused");
    send_at(world, WORLD_NOW);
    IS_INT(events_of(world, id), 1, "nor does a step send another on that day");
    host.now += DAY;
    OK(reminder_by_hand(&host, id) == ERR_OK && events_of(world, id) == 2, "the next day it may");
    send_at(world, WORLD_NOW + DAY);
    IS_INT(events_of(world, id), 2, "and again the step waits");
    world_tamper(world, "UPDATE convention SET state = 'validated' ORDER BY id DESC LIMIT 1");
    OK(refused(reminder_by_hand(&host, id), ERR_CONFLICT, "reminder-pointless"),
       "a validated one is not reminded of by hand either");
    IS_INT(broken(world), 0, "all histories hold");
}

static void test_all_or_nothing(struct world *world)
{
    struct context host = world_context(world, world->host);
    uint64_t id = convention(world, "CINQ");
    unsigned before = count(world, "reminder");

    host.views = world->no_mails;
    OK(reminder_by_hand(&host, id) != ERR_OK && events_of(world, id) == 0 &&
           count(world, "reminder") == before,
       "where the mail cannot be written nothing has happened");
    world_tamper(world, "UPDATE convention SET state = 'validated'");
}

static void test_at_once(struct world *world)
{
    unsigned events = count(world, "history WHERE event = 'remind'");
    unsigned mails = count(world, "message WHERE name = 'reminder-summary'");
    int status;

    set(world, "2", false, true);
    for (int i = 0; i < 5; i++)
        convention(world, arena_printf(world->arena, "SIX %c", 'A' + i));
    for (int i = 0; i < 4; i++)
        if (fork() == 0) {
            struct world own = *world;
            struct arena *arena = arena_new((size_t)8 << 20);

            own.arena = arena_new((size_t)32 << 20);
            _exit(db_open(arena, &own.settings, &own.db) == ERR_OK && send_at(&own, WORLD_NOW) != 99
                      ? 0
                      : 1);
        }
    for (int i = 0; i < 4; i++)
        OK(wait(&status) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0,
           "one of four that send at once");
    IS_INT(count(world, "history WHERE event = 'remind'") - events, 5,
           "each convention is reminded of once");
    OK(count(world, "message WHERE name = 'reminder-summary'") - mails >= 2 &&
           count(world, "reminder WHERE summarised = FALSE") == 0,
       "and the host is told of all of them");
    IS_INT(count(world, "message WHERE name = 'convention-reminder' AND convention_id > (SELECT "
                        "MAX(id) - 5 FROM convention)"),
           0, "the origin, where it is not to be told, is not");
    IS_INT(broken(world), 0, "the histories hold");
}

static void test_parsing(struct world *world)
{
    struct correspondence read;
    const char *fault;

    OK(correspondence_parse_steps(" 2;7, 14 et 7", &read) && read.step_count == 3 &&
           read.steps[0] == 14 && read.steps[2] == 2,
       "days are sorted, each once");
    OK(correspondence_parse_steps("", &read) && read.step_count == 0, "none are none");
    OK(!correspondence_parse_steps("0", &read) && !correspondence_parse_steps("91", &read) &&
           !correspondence_parse_steps("7 jours", &read) &&
           !correspondence_parse_steps("-7", &read) && !correspondence_parse_steps("7.5", &read) &&
           !correspondence_parse_steps("1,2,3,4,5,6", &read),
       "what is no day, or one too many, is refused");
    OK(correspondence_parse_recipients(world->arena, "a@b.fr\r\n c@d.fr,a@b.fr", &read, &fault) &&
           read.recipient_count == 2,
       "addresses stand on lines or between commas, each once");
    OK(!correspondence_parse_recipients(world->arena, "a@b.fr\nDupont", &read, &fault) &&
           strcmp(fault, "Dupont") == 0,
       "a word that is no address is named");
    OK(!correspondence_parse_recipients(world->arena, "a@b.fr b@b.fr c@b.fr d@b.fr e@b.fr f@b.fr",
                                        &read, &fault) &&
           !fault,
       "and too many are too many");
}

static void test_settings(struct world *world)
{
    struct context ctx = world_context(world, world->host);
    struct correspondence read, other;

    correspondence_read(&ctx, world->host, &read);
    other = read;
    read.closing = "Bien à vous";
    OK(correspondence_change(&ctx, world->host, &read) == ERR_OK, "the settings are changed");
    OK(refused(correspondence_change(&ctx, world->host, &other), ERR_CONFLICT,
               "correspondence-out-of-date"),
       "but not from what was seen before");
    OK(correspondence_try(&ctx, world->host, "https://x.example/options") == ERR_OK &&
           count(world, "message WHERE name = 'mail-trial'") == 2,
       "a trial mail goes to all recipients");
    OK(refused(correspondence_try(&ctx, world->host, "https://x.example/options"), ERR_THROTTLED,
               "trial-too-soon"),
       "and not again at once");
    correspondence_read(&ctx, world->origin, &other);
    OK(other.version == 0 && !other.remind && other.step_count == 3 && !other.reply_to[0],
       "who has changed nothing reminds nobody");
}

int main(void)
{
    struct world world;

    world_open(&world);
    test_parsing(&world);
    test_by_step(&world);
    test_incomplete(&world);
    test_by_hand(&world);
    test_all_or_nothing(&world);
    test_at_once(&world);
    test_settings(&world);
    world_close(&world);
    return tap_end();
}
