#include "db/connection.h"

#include <inttypes.h>
#include <string.h>

/* The character set "binary": bytes, not text. */
#define BINARY_CHARACTERS 63

static enum err drift(const struct db_statement *statement, const char *what, size_t server,
                      size_t declared)
{
    return err_raise(ERR_INTERNAL, "db-drift", "%s: the server sees %zu %s, sql/statements %zu",
                     statement->name, server, what, declared);
}

enum err db_prepare(struct db *db, const struct db_statement *statement, size_t variant,
                    MYSQL_STMT **prepared)
{
    const struct db_variant *text = &statement->variants[variant];
    MYSQL_STMT **place = &db->prepared[statement->slot + variant];
    enum err err = ERR_OK;
    MYSQL_STMT *stmt;

    if (*place) {
        *prepared = *place;
        return ERR_OK;
    }
    stmt = mysql_stmt_init(db->mysql);
    if (!stmt)
        return err_raise(ERR_UNAVAILABLE, "db-unavailable", "no memory for a statement");
    if (mysql_stmt_prepare(stmt, text->sql, (unsigned long)strlen(text->sql)))
        err = db_fail_statement(db, statement, stmt);
    else if (mysql_stmt_param_count(stmt) != text->parameter_count)
        err = drift(statement, "parameters", mysql_stmt_param_count(stmt), text->parameter_count);
    else if (mysql_stmt_field_count(stmt) != statement->out_count)
        err = drift(statement, "columns", mysql_stmt_field_count(stmt), statement->out_count);
    if (err != ERR_OK) {
        mysql_stmt_close(stmt);
        return err;
    }
    *prepared = *place = stmt;
    return ERR_OK;
}

static bool is_integer(enum enum_field_types type)
{
    return type == MYSQL_TYPE_TINY || type == MYSQL_TYPE_SHORT || type == MYSQL_TYPE_INT24 ||
           type == MYSQL_TYPE_LONG || type == MYSQL_TYPE_LONGLONG || type == MYSQL_TYPE_YEAR;
}

static bool is_string(enum enum_field_types type)
{
    return type == MYSQL_TYPE_STRING || type == MYSQL_TYPE_VAR_STRING ||
           type == MYSQL_TYPE_VARCHAR || type == MYSQL_TYPE_TINY_BLOB || type == MYSQL_TYPE_BLOB ||
           type == MYSQL_TYPE_MEDIUM_BLOB || type == MYSQL_TYPE_LONG_BLOB ||
           type == MYSQL_TYPE_ENUM || type == MYSQL_TYPE_SET;
}

static bool agree(enum db_type declared, const MYSQL_FIELD *column)
{
    switch (declared) {
    case DB_U64:
    case DB_U32:
    case DB_I64:
    case DB_BOOL:
        return is_integer(column->type);
    case DB_STR:
        return (is_string(column->type) && column->charsetnr != BINARY_CHARACTERS) ||
               column->type == MYSQL_TYPE_TIME || column->type == MYSQL_TYPE_JSON ||
               column->type == MYSQL_TYPE_NEWDECIMAL;
    case DB_BLOB:
        return is_string(column->type) && column->charsetnr == BINARY_CHARACTERS;
    case DB_TIME:
        return column->type == MYSQL_TYPE_DATETIME || column->type == MYSQL_TYPE_TIMESTAMP;
    case DB_DATE:
        return column->type == MYSQL_TYPE_DATE;
    }
    return false;
}

/* Whether the column of that index has the name of another field, whose own column has not: then
 * the lists are in different orders. Otherwise a column may be called what it will. */
static bool is_misplaced(const struct db_statement *statement, const MYSQL_FIELD *columns,
                         size_t column)
{
    const char *name = columns[column].name;

    if (strcmp(name, statement->out[column].name) == 0)
        return false;
    for (size_t i = 0; i < statement->out_count; i++)
        if (strcmp(statement->out[i].name, name) == 0 && strcmp(columns[i].name, name) != 0)
            return true;
    return false;
}

static enum err check_columns(const struct db_statement *statement, const MYSQL_FIELD *columns)
{
    for (size_t i = 0; i < statement->out_count; i++) {
        const struct db_field *field = &statement->out[i];

        if (!agree(field->type, &columns[i]))
            return err_raise(ERR_INTERNAL, "db-drift",
                             "%s: column %zu (%s) is of another type (%d) than field %s",
                             statement->name, i + 1, columns[i].name, (int)columns[i].type,
                             field->name);
        if (is_misplaced(statement, columns, i))
            return err_raise(ERR_INTERNAL, "db-drift",
                             "%s: column %zu is called %s, but field %zu is %s", statement->name,
                             i + 1, columns[i].name, i + 1, field->name);
    }
    return ERR_OK;
}

static void forget(struct db *db, const struct db_statement *statement, size_t variant)
{
    MYSQL_STMT **place = &db->prepared[statement->slot + variant];

    if (*place)
        mysql_stmt_close(*place);
    *place = NULL;
}

/* Prepares anew what was prepared earlier, as the schema may have changed since; and for the check
 * alone, as a process keeps only what it uses. */
static enum err check_variant(struct db *db, const struct db_statement *statement, size_t variant)
{
    MYSQL_STMT *stmt;
    MYSQL_RES *meta;
    enum err err;

    forget(db, statement, variant);
    ERR_TRY(db_prepare(db, statement, variant, &stmt));
    meta = mysql_stmt_result_metadata(stmt);
    err = meta ? check_columns(statement, mysql_fetch_fields(meta)) : ERR_OK;
    if (meta)
        mysql_free_result(meta);
    forget(db, statement, variant);
    return err;
}

enum err db_check_statements(struct db *db)
{
    ERR_TRY(db_ready(db));
    for (size_t i = 0; i < db_statement_count; i++)
        for (size_t variant = 0; variant < db_statements[i].variant_count; variant++)
            ERR_TRY(check_variant(db, &db_statements[i], variant));
    return ERR_OK;
}
