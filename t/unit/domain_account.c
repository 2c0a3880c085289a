/* Accounts on a real database: who may change whose, and what a link is good for. */
#include <inttypes.h>
#include <string.h>

#include "db/statements.h"
#include "domain/account.h"
#include "domain/account_factor.h"
#include "domain/account_invitation.h"
#include "domain/account_link.h"
#include "domain/account_member.h"
#include "t/unit/domain_world.h"
#include "t/unit/tap.h"

static const char *key(void)
{
    return err_last()->key;
}

static uint64_t add(struct world *world, const char *email, enum role role, uint64_t establishment)
{
    struct context ctx = world_context(world, world->host);
    const struct account account = {
        .email = email, .name = "Zoé Essai", .role = role, .establishment = establishment};
    uint64_t id = 0;

    account_insert(&ctx, &account, "none", &id);
    return id;
}

/* As that account of the host's, in that role. */
static struct context acting(struct world *world, uint64_t account, enum role role)
{
    struct context ctx = world_context(world, world->host);

    ctx.actor.account = account;
    ctx.actor.role = role;
    if (role == ROLE_OPERATOR)
        ctx.actor.establishment = 0;
    return ctx;
}

static void test_last_admin(struct world *world)
{
    struct context first = acting(world, 1, ROLE_ADMIN);
    uint64_t second_id = add(world, "deux@e.example", ROLE_ADMIN, world->host);
    struct context second = acting(world, second_id, ROLE_ADMIN);
    uint64_t operator_id = add(world, "op@e.example", ROLE_OPERATOR, 0);
    struct context operator= acting(world, operator_id, ROLE_OPERATOR);

    OK(member_set_role(&first, 1, 0, ROLE_MEMBER) == ERR_FORBIDDEN &&
           strcmp(key(), "member-self") == 0,
       "an admin does not change the own role");
    OK(member_set_disabled(&first, 1, 0, true) == ERR_FORBIDDEN, "nor disables the own account");
    OK(member_set_disabled(&operator, operator_id, 0, true) == ERR_FORBIDDEN,
       "nor does an operator");
    OK(member_set_role(&first, second_id, 0, ROLE_MEMBER) == ERR_OK, "another's role is changed");
    OK(member_set_role(&second, 1, 0, ROLE_MEMBER) == ERR_FORBIDDEN &&
           member_set_disabled(&second, 1, 0, true) == ERR_FORBIDDEN,
       "who was made a member a moment ago changes nobody any more");
    IS_INT(world_number(world, "SELECT COUNT(*) FROM account WHERE establishment_id = 1 AND role = "
                               "'admin' AND disabled_at IS NULL"),
           1, "so that one admin remains");
    OK(member_set_role(&first, second_id, 1, ROLE_ADMIN) == ERR_CONFLICT &&
           strcmp(key(), "member-out-of-date") == 0,
       "a version that is not the last is refused");
    OK(member_set_role(&first, second_id, 2, ROLE_OPERATOR) == ERR_FORBIDDEN,
       "nobody is made an operator");
    OK(member_set_disabled(&first, 2, 0, true) == ERR_NOT_FOUND &&
           member_set_disabled(&first, operator_id, 0, true) == ERR_NOT_FOUND &&
           member_set_disabled(&first, 999, 0, true) == ERR_NOT_FOUND,
       "an account of another school, or of none, is not found");
    OK(member_set_disabled(&operator, 1, 0, true) == ERR_OK,
       "an operator disables even the last admin");
    OK(member_set_disabled(&first, second_id, 0, true) == ERR_FORBIDDEN,
       "who then changes nobody any more");
    OK(member_set_disabled(&operator, 1, 0, false) == ERR_OK, "and enables it again");
}

/* By an operator: another role, another establishment. */
static void test_placed(struct world *world)
{
    struct context admin = acting(world, 1, ROLE_ADMIN);
    uint64_t id = add(world, "ailleurs@e.example", ROLE_MEMBER, world->origin);
    struct context operator=
        acting(world, add(world, "op2@e.example", ROLE_OPERATOR, 0), ROLE_OPERATOR);
    const char *const events = "SELECT COUNT(*) FROM account_event WHERE kind = 'placed'";
    const char *const mails = "SELECT COUNT(*) FROM message WHERE name = 'account-placed'";
    uint64_t before = world_number(world, events);

    OK(member_place(&admin, id, 0, ROLE_MEMBER, world->host) == ERR_FORBIDDEN,
       "an admin fetches nobody from another school");
    OK(member_place(&operator, id, 0, ROLE_OPERATOR, world->host) == ERR_FORBIDDEN &&
           member_place(&operator, id, 0, ROLE_MEMBER, 0) == ERR_FORBIDDEN &&
           member_place(&operator, id, 0, ROLE_NONE, world->host) == ERR_FORBIDDEN,
       "operators alone have no establishment");
    OK(member_place(&operator, 2, 0, ROLE_ADMIN, world->host) == ERR_CONFLICT &&
           strcmp(key(), "member-last-admin") == 0,
       "an establishment's last active admin stays there");
    OK(member_place(&operator, id, 0, ROLE_MEMBER, world->origin) == ERR_OK &&
           world_number(world, events) == before,
       "what changes nothing is no event");
    before = world_number(world, mails);
    OK(member_place(&operator, id, 1, ROLE_ADMIN, world->host) == ERR_OK &&
           world_number(world, events) == before + 1 && world_number(world, mails) == before + 1,
       "who is moved has an event and a mail");
    OK(member_place(&operator, id, 1, ROLE_ADMIN, world->origin) == ERR_CONFLICT,
       "a version that is not the last is refused");
    operator.views = world->no_mails;
    OK(member_place(&operator, id, 0, ROLE_MEMBER, world->origin) != ERR_OK &&
           world_number(world, "SELECT establishment_id FROM account WHERE email = "
                               "'ailleurs@e.example'") == world->host,
       "where the mail cannot be written nobody is moved");
}

/* The token of the newest mail's link. */
static const char *token(struct world *world)
{
    struct outbox_load_row *row;
    const char *at;

    db_outbox_load(
        world->db, world->arena,
        &(struct outbox_load_in){.id = world_number(world, "SELECT MAX(id) FROM message")}, &row);
    at = strstr(row->body_text, "?jeton=");
    return at ? arena_strndup(world->arena, at + 7, 43) : NULL;
}

static void test_invitation(struct world *world)
{
    struct context ctx = acting(world, 1, ROLE_ADMIN), nobody = acting(world, 0, ROLE_NONE);
    struct invitation invitation = {
        .email = "tard@e.example", .role = ROLE_MEMBER, .establishment = world->host};
    struct invitation_offer offer;
    const char *link;
    uint64_t id, account;

    OK(invitation_send(&ctx, &invitation) == ERR_OK, "an admin invites");
    id = world_number(world, "SELECT id FROM invitation");
    link = token(world);
    invitation.establishment = world->origin;
    OK(invitation_send(&ctx, &invitation) == ERR_FORBIDDEN, "but not into another school");
    invitation = (struct invitation){.email = "x@e.example", .role = ROLE_OPERATOR};
    OK(invitation_send(&ctx, &invitation) == ERR_FORBIDDEN, "nor operators");
    ctx.actor.role = ROLE_MEMBER;
    invitation.role = ROLE_MEMBER;
    invitation.establishment = world->host;
    OK(invitation_send(&ctx, &invitation) == ERR_FORBIDDEN, "and a member invites nobody");
    nobody.now += INVITATION_DAYS * 24 * 60 * 60 - 1;
    OK(invitation_look(&nobody, link, &offer) == ERR_OK && offer.id == id &&
           strcmp(offer.email, "tard@e.example") == 0,
       "its link works to the last second of seven days");
    nobody.now++;
    OK(invitation_look(&nobody, link, &offer) == ERR_NOT_FOUND, "and no longer");
    OK(invitation_accept(&nobody, link, "Tard Venu", "quatre mots sans suite", &account) ==
           ERR_NOT_FOUND,
       "nor is it accepted then");
    OK(invitation_look(&nobody, NULL, &offer) == ERR_NOT_FOUND &&
           invitation_look(&nobody, "", &offer) == ERR_NOT_FOUND,
       "no token opens nothing");
    ctx = world_context(world, world->origin);
    OK(invitation_withdraw(&ctx, id) == ERR_NOT_FOUND &&
           invitation_resend(&ctx, id) == ERR_NOT_FOUND,
       "another school neither withdraws nor renews it");
    nobody.now = WORLD_NOW;
    OK(invitation_accept(&nobody, link, "", "quatre mots sans suite", &account) == ERR_INVALID,
       "a name is needed");
    OK(invitation_accept(&nobody, link, "Tard Venu", "quatre mots sans suite", &account) ==
               ERR_OK &&
           invitation_accept(&nobody, link, "Tard Venu", "quatre mots sans suite", &account) ==
               ERR_NOT_FOUND,
       "it makes one account");
}

/* What guards the account does not change without its owner being told. */
static void test_told(struct world *world)
{
    struct context ctx = acting(world, 1, ROLE_ADMIN), mute = ctx;
    const char *const sent = "SELECT COUNT(*) FROM message WHERE name = 'account-password-changed'";
    const char *const unchanged = "SELECT password_hash = 'none' FROM account WHERE id = 1";

    world_tamper(world, "UPDATE account SET password_hash = 'none' WHERE id = 1");
    mute.views = world->no_mails;
    OK(account_change_password(&mute, "quatre mots sans suite") != ERR_OK &&
           world_number(world, unchanged) == 1,
       "where the mail cannot be written the password stays");
    OK(account_change_password(&ctx, "court") == ERR_INVALID && world_number(world, sent) == 0,
       "a password refused is told nobody");
    OK(account_change_password(&ctx, "quatre mots sans suite") == ERR_OK &&
           world_number(world, unchanged) == 0 && world_number(world, sent) == 1,
       "one that is changed is told once");
    OK(factor_disable(&ctx) == ERR_CONFLICT && strcmp(key(), "factor-off") == 0,
       "a second factor that is not there is not disabled");
}

int main(void)
{
    struct world world;

    world_open(&world);
    test_last_admin(&world);
    test_placed(&world);
    test_invitation(&world);
    test_told(&world);
    world_close(&world);
    return tap_end();
}
