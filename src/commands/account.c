#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "commands/command.h"
#include "db/statements.h"
#include "domain/account.h"
#include "domain/account_invitation.h"
#include "domain/account_member.h"
#include "mail/mail.h"
#include "view/view.h"

#define PASSWORD_BYTES 1024

/* Reads one line from standard input, unseen where that is a terminal. */
static bool read_password(struct context *ctx, const char **password)
{
    char *line = arena_alloc(ctx->arena, PASSWORD_BYTES);
    struct termios shown;
    bool terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &shown) == 0;
    bool good;

    if (terminal) {
        struct termios hidden = shown;

        hidden.c_lflag &= ~(tcflag_t)ECHO;
        fprintf(stderr, "Mot de passe : ");
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    good = fgets(line, PASSWORD_BYTES, stdin) != NULL;
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        fputc('\n', stderr);
    }
    if (!good) {
        fprintf(stderr, "paraphe : le mot de passe est lu sur l’entrée standard\n");
        return false;
    }
    line[strcspn(line, "\r\n")] = '\0';
    *password = line;
    return true;
}

static void free_views(void *views)
{
    views_free(views);
}

/* What sends mails needs their views. */
static int load_mails(struct context *ctx)
{
    static const struct view_binding *const tables[] = {mail_bindings, NULL};
    struct views *views;
    int status = command_outcome(ctx, views_load(ctx->settings->views, tables, &views));

    if (status != 0)
        return status;
    arena_on_reset(ctx->arena, free_views, views);
    ctx->views = views;
    return 0;
}

static int invite(struct context *ctx, const struct account *account)
{
    const struct invitation invitation = {
        .email = account->email, .role = account->role, .establishment = account->establishment};
    int status = load_mails(ctx);

    if (status != 0)
        return status;
    status = command_outcome(ctx, invitation_send(ctx, &invitation));
    if (status == 0)
        printf("Invitation envoyée à %s.\n", invitation.email);
    return status;
}

int command_account_add(struct context *ctx, int argc, char **argv)
{
    const char *role = NULL, *uai = NULL, *invited = NULL;
    struct account account = {0};
    const struct command_option options[] = {
        {"email", "adresse électronique, qui sert à se connecter", true, &account.email},
        {"name", "prénom et nom", false, &account.name},
        {"role", "operator, admin ou member", true, &role},
        {"uai", "code UAI de l’établissement (sauf pour un opérateur)", false, &uai},
        {"invite", "envoie une invitation : la personne choisit nom et mot de passe", COMMAND_FLAG,
         &invited},
    };
    uint64_t id;
    int status;

    if (!COMMAND_OPTIONS(argc, argv, options, NULL))
        return 2;
    if ((invited != NULL) == (account.name != NULL)) {
        fprintf(stderr, "paraphe : indiquez --name, ou bien --invite\n");
        return 2;
    }
    account.role = account_role_of(role);
    if (account.role == ROLE_NONE || (account.role == ROLE_OPERATOR) != (uai == NULL)) {
        fprintf(stderr, "paraphe : --role vaut operator (sans --uai), admin ou member (avec)\n");
        return 2;
    }
    if (uai && !command_establishment(ctx, uai, &account.establishment))
        return 1;
    if (invited)
        return invite(ctx, &account);
    if (!read_password(ctx, &account.password))
        return 2;
    status = command_outcome(ctx, account_create(ctx, &account, &id));
    if (status == 0)
        printf("Compte %s créé (n° %" PRIu64 ").\n", account.email, id);
    return status;
}

int command_account_password(struct context *ctx, int argc, char **argv)
{
    const char *email = NULL, *password;
    const struct command_option options[] = {{"email", "adresse du compte", true, &email}};

    if (!COMMAND_OPTIONS(argc, argv, options, NULL) || !read_password(ctx, &password))
        return 2;
    return command_outcome(ctx, account_set_password(ctx, email, password));
}

static int set_disabled(struct context *ctx, int argc, char **argv, bool disabled)
{
    const char *email = NULL;
    const struct command_option options[] = {{"email", "adresse du compte", true, &email}};
    uint64_t id;
    int status;

    if (!COMMAND_OPTIONS(argc, argv, options, NULL))
        return 2;
    status = command_outcome(ctx, account_find(ctx, email, &id));
    return status != 0 ? status : command_outcome(ctx, member_set_disabled(ctx, id, 0, disabled));
}

int command_account_disable(struct context *ctx, int argc, char **argv)
{
    return set_disabled(ctx, argc, argv, true);
}

int command_account_enable(struct context *ctx, int argc, char **argv)
{
    return set_disabled(ctx, argc, argv, false);
}

int command_account_reset_factor(struct context *ctx, int argc, char **argv)
{
    const char *email = NULL;
    const struct command_option options[] = {{"email", "adresse du compte", true, &email}};
    uint64_t id;
    int status;

    if (!COMMAND_OPTIONS(argc, argv, options, NULL))
        return 2;
    status = load_mails(ctx);
    if (status == 0)
        status = command_outcome(ctx, account_find(ctx, email, &id));
    return status != 0 ? status : command_outcome(ctx, member_reset_factor(ctx, id));
}

int command_account_list(struct context *ctx, int argc, char **argv)
{
    struct account_list_row *rows;
    size_t count;
    int status;

    if (!command_no_arguments(argc, argv))
        return 2;
    status = command_outcome(ctx, db_account_list(ctx->db, ctx->arena, &rows, &count));
    for (size_t i = 0; status == 0 && i < count; i++)
        printf("%s\t%s\t%s\t%s%s\n", rows[i].email, rows[i].name, rows[i].role,
               rows[i].uai ? rows[i].uai : "plateforme",
               rows[i].has_disabled_at ? "\tdésactivé" : "");
    return status;
}
