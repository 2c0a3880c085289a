#include "base/settings.h"

#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

enum kind { TEXT, NUMBER, FLAG };

struct row {
    const char *name;
    enum kind kind;
    size_t offset;
    const char *standard; /* NULL: must be given */
    unsigned low, high;   /* bounds of a number */
};

#define TEXT_ROW(member, standard)                                       \
    {                                                                    \
#member, TEXT, offsetof(struct settings, member), standard, 0, 0 \
    }
#define FLAG_ROW(member, standard)                                       \
    {                                                                    \
#member, FLAG, offsetof(struct settings, member), standard, 0, 0 \
    }
#define NUMBER_ROW(member, standard, low, high)                                 \
    {                                                                           \
#member, NUMBER, offsetof(struct settings, member), standard, low, high \
    }

static const struct row rows[] = {
    TEXT_ROW(base_url, NULL),
    TEXT_ROW(listen, "/run/paraphe/paraphed.sock"),
    NUMBER_ROW(workers, "2", 1, 256),
    TEXT_ROW(views, PARAPHE_VIEWS),
    TEXT_ROW(log_level, "info"),
    TEXT_ROW(school_holidays, PARAPHE_HOLIDAYS),
    TEXT_ROW(db_socket, ""),
    TEXT_ROW(db_host, "localhost"),
    NUMBER_ROW(db_port, "3306", 1, 65535),
    TEXT_ROW(db_user, "paraphe"),
    TEXT_ROW(db_password, ""),
    TEXT_ROW(db_name, "paraphe"),
    FLAG_ROW(db_tls, "no"),
    TEXT_ROW(db_tls_ca, ""),
    TEXT_ROW(migrations, PARAPHE_MIGRATIONS),
    TEXT_ROW(secret_file, NULL),
    TEXT_ROW(inspect_program, PARAPHE_INSPECT),
    TEXT_ROW(inspect_socket, "/run/paraphe/inspect.sock"),
    TEXT_ROW(trust_dir, ""),
    NUMBER_ROW(inspect_at_once, "2", 1, 64),
    TEXT_ROW(smtp_url, NULL),
    TEXT_ROW(smtp_user, ""),
    TEXT_ROW(smtp_password, ""),
    FLAG_ROW(smtp_starttls, "yes"),
    TEXT_ROW(smtp_ca_file, ""),
    NUMBER_ROW(smtp_timeout, "120", 4, 300),
    TEXT_ROW(mail_from, NULL),
    TEXT_ROW(mail_operator, ""),
    TEXT_ROW(font_regular, PARAPHE_FONTS "/LiberationSans-Regular.ttf"),
    TEXT_ROW(font_bold, PARAPHE_FONTS "/LiberationSans-Bold.ttf"),
    TEXT_ROW(font_italic, PARAPHE_FONTS "/LiberationSans-Italic.ttf"),
};
#define ROW_COUNT (sizeof rows / sizeof rows[0])

static enum err assign(struct arena *arena, const struct row *row, const char *value, int line,
                       struct settings *settings)
{
    void *place = (char *)settings + row->offset;
    char *end;
    unsigned long number;

    switch (row->kind) {
    case TEXT:
        *(const char **)place = arena_strdup(arena, value);
        return ERR_OK;
    case FLAG:
        if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
            return err_raise(ERR_INVALID, "settings", "line %d: %s is yes or no", line, row->name);
        *(bool *)place = strcmp(value, "yes") == 0;
        return ERR_OK;
    case NUMBER:
        errno = 0;
        number = strtoul(value, &end, 10);
        if (errno || end == value || *end || number < row->low || number > row->high)
            return err_raise(ERR_INVALID, "settings", "line %d: %s is a number from %u to %u", line,
                             row->name, row->low, row->high);
        *(unsigned *)place = (unsigned)number;
        return ERR_OK;
    }
    return ERR_OK;
}

static const struct row *find(const char *name)
{
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

static char *trim(char *text)
{
    size_t length;

    while (isspace((unsigned char)*text))
        text++;
    length = strlen(text);
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        text[--length] = '\0';
    return text;
}

static enum err read_line(struct arena *arena, char *text, int line, bool *given,
                          struct settings *settings)
{
    char *name = trim(text), *equals;
    const struct row *row;

    if (*name == '\0' || *name == '#')
        return ERR_OK;
    equals = strchr(name, '=');
    if (!equals)
        return err_raise(ERR_INVALID, "settings", "line %d: not of the form name = value", line);
    *equals = '\0';
    row = find(trim(name));
    if (!row)
        return err_raise(ERR_INVALID, "settings", "line %d: no setting is called %s", line,
                         trim(name));
    given[row - rows] = true;
    return assign(arena, row, trim(equals + 1), line, settings);
}

enum err settings_read(struct arena *arena, const char *path, struct settings *settings)
{
    bool given[ROW_COUNT] = {false};
    FILE *file = fopen(path, "re");
    char text[4096];
    enum err err = ERR_OK;

    if (!file)
        return err_raise(ERR_INVALID, "settings", "cannot read %s: %s", path, strerror(errno));
    *settings = (struct settings){0};
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (rows[i].standard)
            assign(arena, &rows[i], rows[i].standard, 0, settings);
    for (int line = 1; err == ERR_OK && fgets(text, sizeof text, file); line++)
        err = read_line(arena, text, line, given, settings);
    fclose(file);
    for (size_t i = 0; err == ERR_OK && i < ROW_COUNT; i++)
        if (!rows[i].standard && !given[i])
            err = err_raise(ERR_INVALID, "settings", "%s: %s is not set", path, rows[i].name);
    return err;
}
