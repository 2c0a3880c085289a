#include "commands/command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/establishment.h"
#include "http/sentences.h"

static const struct command_option *find(const struct command_option *options, size_t count,
                                         const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(options[i].name, name) == 0)
            return &options[i];
    return NULL;
}

static bool complain(const struct command_option *options, size_t count, const char *what,
                     const char *name)
{
    fprintf(stderr, "paraphe : %s --%s\n", what, name);
    for (size_t i = 0; i < count; i++)
        fprintf(stderr, "  --%-14s %s%s\n", options[i].name, options[i].help,
                options[i].need == COMMAND_REQUIRED ? "" : " (facultatif)");
    return false;
}

bool command_options(int argc, char **argv, const struct command_option *options, size_t count,
                     int *rest)
{
    int at = 0;

    while (at < argc && strncmp(argv[at], "--", 2) == 0) {
        const struct command_option *option = find(options, count, argv[at] + 2);

        if (!option)
            return complain(options, count, "option inconnue", argv[at] + 2);
        if (option->need == COMMAND_FLAG) {
            *option->value = option->name;
            at++;
            continue;
        }
        if (at + 1 == argc)
            return complain(options, count, "il manque une valeur à", option->name);
        *option->value = argv[at + 1];
        at += 2;
    }
    for (size_t i = 0; i < count; i++)
        if (options[i].need == COMMAND_REQUIRED && !*options[i].value)
            return complain(options, count, "il manque", options[i].name);
    if (rest)
        *rest = at;
    return rest || command_no_arguments(argc - at, argv + at);
}

bool command_no_arguments(int argc, char **argv)
{
    if (argc > 0)
        fprintf(stderr, "paraphe : argument inattendu : %s\n", argv[0]);
    return argc == 0;
}

bool command_number(const char *text, uint64_t most, uint64_t *number)
{
    char *end;

    if (text[0] < '0' || text[0] > '9')
        return false;
    errno = 0;
    *number = strtoull(text, &end, 10);
    return errno == 0 && *end == '\0' && *number <= most;
}

int command_outcome(struct context *ctx, enum err code)
{
    const struct failure *failure = err_last();
    const char *detail = arena_strdup(ctx->arena, failure->detail);
    const char *path = arena_printf(ctx->arena, "%s/errors.txt", ctx->settings->views);
    const struct http_sentences *sentences;
    const char *sentence = NULL;

    if (code == ERR_OK)
        return 0;
    if (failure->key[0]) {
        const char *key = arena_strdup(ctx->arena, failure->key);

        if (http_sentences_read(ctx->arena, path, &sentences) == ERR_OK)
            sentence = http_sentences_get(sentences, key);
    }
    fprintf(stderr, "paraphe : %s\n", sentence ? sentence : "la commande a échoué.");
    fprintf(stderr, "  (détail : %s, %s)\n", err_name(code), detail);
    return 1;
}

bool command_read_file(struct context *ctx, const char *path, size_t most, struct bytes *content)
{
    FILE *file = fopen(path, "rbe");
    unsigned char *data;

    if (!file) {
        fprintf(stderr, "paraphe : %s : %s\n", path, strerror(errno));
        return false;
    }
    data = arena_alloc(ctx->arena, most + 1);
    *content = (struct bytes){data, fread(data, 1, most + 1, file)};
    fclose(file);
    if (content->length > most) {
        fprintf(stderr, "paraphe : %s est trop volumineux (plus de %zu octets)\n", path, most);
        return false;
    }
    return true;
}

bool command_establishment(struct context *ctx, const char *uai, uint64_t *id)
{
    return command_outcome(ctx, establishment_find(ctx, uai, id)) == 0;
}

const struct command commands[] = {
    {"migrate", "", "met à jour le schéma de la base de données", command_migrate},
    {"establishment add", "--uai UAI --name NOM --email ADRESSE …", "crée un établissement",
     command_establishment_add},
    {"establishment set", "--uai UAI …", "modifie un établissement", command_establishment_set},
    {"establishment list", "", "énumère les établissements", command_establishment_list},
    {"establishment logo", "--uai UAI FICHIER", "pose le logo (PNG ou JPEG)",
     command_establishment_logo},
    {"establishment signature", "--uai UAI FICHIER", "pose l’image de signature (PNG ou JPEG)",
     command_establishment_signature},
    {"establishment text", "--uai UAI [FICHIER]",
     "pose le texte de la convention (Markdown), ou revient au texte type",
     command_establishment_text},
    {"licence add", "--uai UAI --from JOUR --until JOUR", "ajoute une licence",
     command_licence_add},
    {"account add", "--email ADRESSE --name NOM --role ROLE [--uai UAI] [--invite]",
     "crée un compte ; le mot de passe est lu sur l’entrée standard. --invite, sans --name : "
     "envoie "
     "une invitation par courriel",
     command_account_add},
    {"account password", "--email ADRESSE", "change le mot de passe, lu sur l’entrée standard",
     command_account_password},
    {"account disable", "--email ADRESSE", "désactive un compte", command_account_disable},
    {"account enable", "--email ADRESSE", "réactive un compte", command_account_enable},
    {"account reset-factor", "--email ADRESSE",
     "retire la double authentification d’un compte, qui en est averti par courriel",
     command_account_reset_factor},
    {"account list", "", "énumère les comptes", command_account_list},
    {"placement add", "--uai UAI --title INTITULE --day JOUR …", "crée un stage",
     command_placement_add},
    {"placement list", "--uai UAI", "énumère les stages d’un établissement",
     command_placement_list},
    {"mail-queue", "[--retry N]", "montre les courriels en difficulté, ou en relance un",
     command_mail_queue},
    {"verify", "[[--json] FICHIER...]",
     "vérifie l’historique de chaque convention, ou les signatures de fichiers PDF",
     command_verify},
    {"tasks list", "", "montre les tâches périodiques et leur prochaine échéance",
     command_tasks_list},
    {"tasks run", "[TACHE]", "effectue les tâches échues, ou aussitôt celle qui est nommée",
     command_tasks_run},
    {"purge", "", "supprime les fichiers restés sans suite et les courriels de plus d’un an",
     command_purge},
    {NULL, NULL, NULL, NULL},
};
