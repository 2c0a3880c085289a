/* How long a convention takes from the registration to the commit: place, trainee, convention,
 * drawing, storing, history and mail, in one durable transaction each.
 *
 *     generate CONFIG PLACEMENT ORIGIN TIMES
 *
 * PLACEMENT and ORIGIN are ids of the database that CONFIG names. Prints milliseconds for one. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/settings.h"
#include "db/db.h"
#include "domain/registration.h"
#include "mail/mail.h"
#include "pdf/text_view.h"
#include "view/view.h"

#define MEMORY ((size_t)64 * 1024 * 1024)

static void check(enum err code)
{
    if (code == ERR_OK)
        return;
    fprintf(stderr, "generate: %s: %s\n", err_name(code), err_last()->detail);
    exit(1);
}

static void generate(struct context *ctx, uint64_t placement, long number)
{
    const struct trainee trainee = {.last_name = arena_printf(ctx->arena, "BANC %ld", number),
                                    .first_name = "Anne-Éléonore",
                                    .birth_day = "2012-01-30",
                                    .class_name = "3e A",
                                    .guardian_name = "Guillaume Banc",
                                    .guardian_email = "guillaume.banc@courriel.example",
                                    .guardian_phone = "06 01 02 03 04",
                                    .guardian_address = "5 rue des Lilas, 69100 Villeurbanne"};
    uint64_t convention;

    check(registration_make(ctx, placement, &trainee, &convention));
}

int main(int argc, char **argv)
{
    static const struct view_binding *const bindings[] = {mail_bindings, pdf_text_bindings, NULL};
    struct arena *kept = arena_new(MEMORY), *arena = arena_new(MEMORY);
    struct settings settings;
    struct context ctx = {.arena = arena, .settings = &settings, .address = "127.0.0.1"};
    struct views *views;
    uint64_t placement;
    int64_t start = 0;
    long times;

    if (argc != 5) {
        fprintf(stderr, "usage: generate CONFIG PLACEMENT ORIGIN TIMES\n");
        return 2;
    }
    clock_open();
    placement = strtoull(argv[2], NULL, 10);
    times = strtol(argv[4], NULL, 10);
    check(settings_read(kept, argv[1], &settings));
    check(views_load(settings.views, bindings, &views));
    check(db_open(kept, &settings, &ctx.db));
    ctx.views = views;
    ctx.now = clock_now();
    ctx.actor = (struct actor){.account = 0,
                               .establishment = strtoull(argv[3], NULL, 10),
                               .role = ROLE_MEMBER,
                               .name = "Banc d’essai",
                               .establishment_name = "Banc d’essai"};
    /* The first one warms caches and statements, as in a worker. */
    for (long i = 0; i <= times; i++) {
        if (i == 1)
            start = clock_monotonic_us();
        generate(&ctx, placement, i);
        arena_reset(arena);
    }
    printf("%.3f\n", (double)(clock_monotonic_us() - start) / 1000 / (double)times);
    arena_free(kept);
    views_free(views);
    arena_free(arena);
    return 0;
}
