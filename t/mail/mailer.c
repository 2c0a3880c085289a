/* The mail room as a program, for the scripts beside it:
 *
 *     mailer CONFIG migrate
 *     mailer CONFIG run                 works as the mailer until SIGTERM
 *     mailer CONFIG enqueue [TO [NAME [FILE]]]
 *     mailer CONFIG undo                enqueues, and rolls the transaction back
 *
 * What is enqueued is about an imaginary convention, to TO, by the view NAME, with FILE attached;
 * the message's number is printed. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "db/db.h"
#include "db/document.h"
#include "db/migrate.h"
#include "http/sentences.h"
#include "mail/convention_mail.h"
#include "mail/mail.h"
#include "mail/mailer.h"

#define MEMORY ((size_t)64 << 20)

struct enqueuing {
    struct mail_context context;
    const char *to;
    const char *name;
    const char *file;
    bool undo;
};

static int fail(const char *doing)
{
    fprintf(stderr, "%s: %s %s\n", doing, err_last()->key, err_last()->detail);
    return 1;
}

static struct bytes content_of(struct arena *arena, const char *path)
{
    struct buf buf = buf_new(arena, MEMORY / 4);
    FILE *file = fopen(path, "rb");
    char part[4096];
    size_t length;

    while (file && (length = fread(part, 1, sizeof part, file)) > 0)
        buf_put(&buf, part, length);
    if (file)
        fclose(file);
    return buf_bytes(&buf);
}

static enum err enqueue_in_transaction(void *arg)
{
    const struct enqueuing *enqueuing = arg;
    const struct mail_context *context = &enqueuing->context;
    const struct convention_mail data = {
        .trainee = "Zoë ŁUKASZEWSKA",
        .title = "Métiers de l’électricité *2*",
        .day_short = "03-02-2027",
        .day_long = "mercredi 3 février 2027",
        .host = "Lycée Jules-Ferry",
        .origin = "Collège D’Alembert",
        .actor = "Mme Martin (Lycée Jules-Ferry)",
        .reason = "Il manque :\n# la signature du <responsable>",
    };
    struct mail_message message = {.name = enqueuing->name,
                                   .data = &data,
                                   .to_address = enqueuing->to,
                                   .to_name = "Collège D’Alembert",
                                   .url = "https://paraphe.example/conventions/12",
                                   .attachment_name = "Convention ŁUKASZEWSKA Zoë.pdf"};

    if (enqueuing->file)
        ERR_TRY(db_document_store(context->db, context->arena,
                                  content_of(context->arena, enqueuing->file), "application/pdf",
                                  &message.attachment_document));
    ERR_TRY(mail_enqueue(context, &message));
    return enqueuing->undo ? err_raise(ERR_CONFLICT, "undone", "as asked") : ERR_OK;
}

static int enqueue(struct enqueuing *enqueuing)
{
    enum err err = db_transaction(enqueuing->context.db, enqueue_in_transaction, enqueuing);

    if (enqueuing->undo)
        return strcmp(err_last()->key, "undone") == 0 ? 0 : fail("undo");
    return err == ERR_OK ? 0 : fail("enqueue");
}

static int carry_out(struct mail_context *context, const char *command, int argc, char **argv)
{
    struct enqueuing enqueuing = {
        .context = *context,
        .to = argc > 0 ? argv[0] : "plain@school.example",
        .name = argc > 1 ? argv[1] : "convention-generated",
        .file = argc > 2 ? argv[2] : NULL,
        .undo = strcmp(command, "undo") == 0,
    };
    size_t applied;

    if (db_open(context->arena, context->settings, &enqueuing.context.db) != ERR_OK)
        return fail("open");
    if (strcmp(command, "migrate") != 0)
        return enqueue(&enqueuing);
    if (db_migrate(enqueuing.context.db, context->arena, context->settings->migrations, &applied) !=
        ERR_OK)
        return fail("migrate");
    return 0;
}

int main(int argc, char **argv)
{
    const struct view_binding *const tables[] = {mail_bindings, NULL};
    struct arena *arena = arena_new(MEMORY);
    const struct http_sentences *sentences;
    struct settings settings;
    struct views *views;
    int status;

    if (argc < 3)
        return 2;
    clock_open();
    log_open("mailer", LOG_INFO);
    if (settings_read(arena, argv[1], &settings) != ERR_OK ||
        views_load(settings.views, tables, &views) != ERR_OK ||
        http_sentences_read(arena, arena_printf(arena, "%s/errors.txt", settings.views),
                            &sentences) != ERR_OK)
        return fail("start");
    if (strcmp(argv[2], "run") == 0)
        status = mail_run(&settings, views, sentences);
    else
        status = carry_out(
            &(struct mail_context){
                .arena = arena, .views = views, .settings = &settings, .now = clock_now()},
            argv[2], argc - 3, argv + 3);
    views_free(views);
    arena_free(arena);
    return status;
}
