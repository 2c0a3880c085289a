#include "t/unit/domain_world.h"

#include <mysql.h>

#include "base/clock.h"
#include "db/migrate.h"
#include "db/statements.h"
#include "mail/mail.h"
#include "pdf/text_view.h"

#include "t/unit/database.h"

static void must(enum err code, const char *what)
{
    if (code == ERR_OK)
        return;
    printf("Bail out! %s: %s\n", what, err_last()->detail);
    exit(1);
}

static MYSQL *own_connection(const struct world *world)
{
    MYSQL *mysql = mysql_init(NULL);

    if (!mysql || !mysql_real_connect(mysql, NULL, world->settings.db_user, "",
                                      world->settings.db_name, 0, world->settings.db_socket, 0))
        database_give_up("no connection of the test's own");
    return mysql;
}

static void ask(MYSQL *mysql, const char *sql)
{
    if (mysql_query(mysql, sql) != 0)
        database_give_up(mysql_error(mysql));
}

void world_tamper(struct world *world, const char *sql)
{
    MYSQL *mysql = own_connection(world);

    ask(mysql, sql);
    mysql_close(mysql);
}

uint64_t world_number(struct world *world, const char *sql)
{
    MYSQL *mysql = own_connection(world);
    MYSQL_RES *result;
    MYSQL_ROW row;
    uint64_t number;

    ask(mysql, sql);
    result = mysql_store_result(mysql);
    row = result ? mysql_fetch_row(result) : NULL;
    if (!row || !row[0])
        database_give_up(sql);
    number = strtoull(row[0], NULL, 10);
    mysql_free_result(result);
    mysql_close(mysql);
    return number;
}

static void write_secret(struct world *world)
{
    FILE *file;

    snprintf(world->directory, sizeof world->directory, "/tmp/paraphe-domain-XXXXXX");
    if (!mkdtemp(world->directory))
        database_give_up("no temporary directory");
    world->settings.secret_file = arena_printf(world->arena, "%s/secret", world->directory);
    file = fopen(world->settings.secret_file, "w");
    if (!file || fputs("a secret for the domain's tests alone", file) < 0 || fclose(file) != 0)
        database_give_up("no secret");
}

static uint64_t add_school(struct world *world, const char *uai, const char *name)
{
    struct context ctx = {.arena = world->arena, .db = world->db, .now = WORLD_NOW, .address = ""};
    const struct establishment school = {.uai = uai,
                                         .name = name,
                                         .address = "1 rue de l’Essai",
                                         .postal_code = "69100",
                                         .city = "Villeurbanne",
                                         .phone = "04 72 00 10 20",
                                         .email = "secretariat@ecole.example",
                                         .head_name = "Anne Martin",
                                         .head_title = "proviseure"};
    struct account_insert_in account = {.email = arena_printf(world->arena, "%s@e.example", uai),
                                        .name = "Anne Martin",
                                        .password_hash = "none",
                                        .role = "admin",
                                        .has_establishment_id = true,
                                        .now = WORLD_NOW};
    uint64_t id;

    must(establishment_create(&ctx, &school, &id), "the school");
    account.establishment_id = id;
    must(db_account_insert(world->db, world->arena, &account, NULL), "its account");
    return id;
}

void world_open(struct world *world)
{
    static const struct view_binding *const all[] = {mail_bindings, pdf_text_bindings, NULL};
    static const struct view_binding *const no_mails[] = {pdf_text_bindings, NULL};
    size_t applied;

    clock_open();
    *world = (struct world){.arena = arena_new((size_t)64 * 1024 * 1024),
                            .settings = database_settings()};
    world->settings.base_url = "https://localhost";
    world->settings.mail_from = "paraphe@localhost";
    world->settings.font_regular = PARAPHE_FONTS "/LiberationSans-Regular.ttf";
    world->settings.font_bold = PARAPHE_FONTS "/LiberationSans-Bold.ttf";
    world->settings.font_italic = PARAPHE_FONTS "/LiberationSans-Italic.ttf";
    write_secret(world);
    must(views_load(PARAPHE_SOURCE "/views", all, &world->views), "the views");
    must(views_load(PARAPHE_SOURCE "/views", no_mails, &world->no_mails), "the views");
    must(db_open(world->arena, &world->settings, &world->db), "the database");
    must(db_migrate(world->db, world->arena, PARAPHE_SOURCE "/sql/migrations", &applied),
         "the schema");
    world->host = add_school(world, "0691234S", "Lycée d’accueil");
    world->origin = add_school(world, "0381122N", "Collège d’origine");
}

void world_close(struct world *world)
{
    remove(world->settings.secret_file);
    rmdir(world->directory);
    views_free(world->views);
    views_free(world->no_mails);
    arena_free(world->arena);
}

struct context world_context(const struct world *world, uint64_t establishment)
{
    return (struct context){.arena = world->arena,
                            .db = world->db,
                            .settings = &world->settings,
                            .views = world->views,
                            .now = WORLD_NOW,
                            .address = "192.0.2.7",
                            .actor = {.account = establishment == world->host ? 1 : 2,
                                      .establishment = establishment,
                                      .role = ROLE_ADMIN,
                                      .name = "Anne Martin",
                                      .establishment_name = "École"}};
}

uint64_t world_placement(struct world *world, uint32_t capacity)
{
    struct context ctx = world_context(world, world->host);
    const struct placement placement = {.host = world->host,
                                        .title = "Atelier bois",
                                        .course = "",
                                        .description = "",
                                        .first_day = "2027-02-03",
                                        .last_day = "2027-02-03",
                                        .starts_at = "08:30",
                                        .ends_at = "16:30",
                                        .place = "",
                                        .person_name = "",
                                        .person_phone = "",
                                        .meals = "canteen",
                                        .transport = "family",
                                        .capacity = capacity,
                                        .closes_on = "2027-02-02"};
    uint64_t id;

    must(placement_create(&ctx, &placement, &id), "the placement");
    return id;
}

struct trainee world_trainee(const char *last_name)
{
    return (struct trainee){.last_name = last_name,
                            .first_name = "Zoé",
                            .birth_day = "2012-01-30",
                            .class_name = "3e A",
                            .guardian_name = "Guillaume Essai",
                            .guardian_email = "guillaume@courriel.example",
                            .guardian_phone = "06 01 02 03 04",
                            .guardian_address = ""};
}

uint64_t world_convention(struct world *world, const char *last_name)
{
    struct context ctx = world_context(world, world->origin);
    struct trainee trainee = world_trainee(last_name);
    uint64_t convention;

    must(registration_make(&ctx, world_placement(world, 1), &trainee, &convention),
         "the registration");
    return convention;
}
