#include "db/connection.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"

/* A value on its way to or from the library. */
struct slot {
    union {
        uint64_t u64;
        int64_t i64;
        signed char truth;
        MYSQL_TIME time;
    } value;
    unsigned long length;
    db_truth null;
    db_truth error; /* it did not fit */
};

/* The library takes what it sends through pointers to what is not const, and does not write. */
static void *unconst(const void *pointer)
{
    union {
        const void *given;
        void *wanted;
    } same = {.given = pointer};

    return same.wanted;
}

static const void *member(const void *in, size_t offset)
{
    return (const char *)in + offset;
}

/* Parameters ---------------------------------------------------------------------------------- */

static MYSQL_TIME time_of(int64_t instant)
{
    time_t when = (time_t)instant;
    struct tm utc;

    gmtime_r(&when, &utc);
    return (MYSQL_TIME){.year = (unsigned)utc.tm_year + 1900,
                        .month = (unsigned)utc.tm_mon + 1,
                        .day = (unsigned)utc.tm_mday,
                        .hour = (unsigned)utc.tm_hour,
                        .minute = (unsigned)utc.tm_min,
                        .second = (unsigned)utc.tm_sec,
                        .time_type = MYSQL_TIMESTAMP_DATETIME};
}

static MYSQL_TIME date_of(const char *day)
{
    MYSQL_TIME date = {.time_type = MYSQL_TIMESTAMP_DATE};

    sscanf(day, "%4u-%2u-%2u", &date.year, &date.month, &date.day);
    return date;
}

static void bind_text(const void *data, size_t length, struct slot *slot, MYSQL_BIND *bind)
{
    slot->length = (unsigned long)length;
    bind->buffer = unconst(data);
    bind->buffer_length = slot->length;
    bind->length = &slot->length;
}

static bool is_null(const struct db_field *field, const void *in)
{
    const char *text;
    struct bytes bytes;

    switch (field->type) {
    case DB_STR:
    case DB_DATE:
        memcpy(&text, member(in, field->offset), sizeof text);
        return !text;
    case DB_BLOB:
        memcpy(&bytes, member(in, field->offset), sizeof bytes);
        return field->nullable && !bytes.data;
    case DB_U64:
    case DB_U32:
    case DB_I64:
    case DB_BOOL:
    case DB_TIME:
        break;
    }
    return field->nullable && !*(const bool *)member(in, field->has_offset);
}

/* Fills slot and bind with the member of `in`. */
static enum err bind_value(const struct db_statement *statement, const struct db_field *field,
                           const void *in, struct slot *slot, MYSQL_BIND *bind)
{
    const void *place = member(in, field->offset);
    const char *text;
    struct bytes bytes;

    if (is_null(field, in)) {
        if (!field->nullable)
            return err_raise(ERR_INTERNAL, "db-fault", "%s: %s is NULL", statement->name,
                             field->name);
        bind->buffer_type = MYSQL_TYPE_NULL;
        return ERR_OK;
    }
    bind->buffer = &slot->value;
    switch (field->type) {
    case DB_U64:
        bind->buffer_type = MYSQL_TYPE_LONGLONG;
        bind->is_unsigned = 1;
        slot->value.u64 = *(const uint64_t *)place;
        return ERR_OK;
    case DB_U32:
        bind->buffer_type = MYSQL_TYPE_LONGLONG;
        bind->is_unsigned = 1;
        slot->value.u64 = *(const uint32_t *)place;
        return ERR_OK;
    case DB_I64:
        bind->buffer_type = MYSQL_TYPE_LONGLONG;
        slot->value.i64 = *(const int64_t *)place;
        return ERR_OK;
    case DB_BOOL:
        bind->buffer_type = MYSQL_TYPE_TINY;
        slot->value.truth = *(const bool *)place;
        return ERR_OK;
    case DB_TIME:
        bind->buffer_type = MYSQL_TYPE_DATETIME;
        slot->value.time = time_of(*(const int64_t *)place);
        return ERR_OK;
    case DB_DATE:
        memcpy(&text, place, sizeof text);
        if (!clock_is_day(text))
            return err_raise(ERR_INTERNAL, "db-fault", "%s: %s is no day", statement->name,
                             field->name);
        bind->buffer_type = MYSQL_TYPE_DATE;
        slot->value.time = date_of(text);
        return ERR_OK;
    case DB_STR:
        memcpy(&text, place, sizeof text);
        bind->buffer_type = MYSQL_TYPE_STRING;
        bind_text(text, strlen(text), slot, bind);
        return ERR_OK;
    case DB_BLOB:
        memcpy(&bytes, place, sizeof bytes);
        bind->buffer_type = MYSQL_TYPE_BLOB;
        bind_text(bytes.data ? bytes.data : (const unsigned char *)"", bytes.length, slot, bind);
        return ERR_OK;
    }
    return ERR_OK;
}

/* Which variant the choices in `in` ask for. */
static enum err choose(const struct db_statement *statement, const void *in, size_t *variant)
{
    *variant = 0;
    for (size_t i = 0; i < statement->choice_count; i++) {
        const struct db_choice *choice = &statement->choices[i];
        unsigned option;

        memcpy(&option, member(in, choice->offset), sizeof option);
        if (option >= choice->count)
            return err_raise(ERR_INTERNAL, "db-fault", "%s: %s has no option %u", statement->name,
                             choice->name, option);
        *variant = *variant * choice->count + option;
    }
    return ERR_OK;
}

static enum err bind_parameters(struct arena *arena, const struct db_statement *statement,
                                const struct db_variant *variant, const void *in, MYSQL_BIND *binds)
{
    struct slot *slots = ARENA_NEW_ARRAY(arena, variant->parameter_count, struct slot);

    for (size_t i = 0; i < variant->parameter_count; i++)
        ERR_TRY(bind_value(statement, &statement->in[variant->parameters[i]], in, &slots[i],
                           &binds[i]));
    return ERR_OK;
}

static enum err execute(struct db *db, struct arena *arena, const struct db_statement *statement,
                        const void *in, MYSQL_STMT **executed)
{
    const struct db_variant *variant;
    MYSQL_STMT *stmt;
    size_t chosen;

    ERR_TRY(db_ready(db));
    ERR_TRY(choose(statement, in, &chosen));
    ERR_TRY(db_prepare(db, statement, chosen, &stmt));
    variant = &statement->variants[chosen];
    if (variant->parameter_count > 0) {
        MYSQL_BIND *binds = ARENA_NEW_ARRAY(arena, variant->parameter_count, MYSQL_BIND);

        ERR_TRY(bind_parameters(arena, statement, variant, in, binds));
        if (mysql_stmt_bind_param(stmt, binds))
            return db_fail_statement(db, statement, stmt);
    }
    if (mysql_stmt_execute(stmt))
        return db_fail_statement(db, statement, stmt);
    *executed = stmt;
    return ERR_OK;
}

/* Columns ------------------------------------------------------------------------------------- */

static void bind_column(enum db_type type, struct slot *slot, MYSQL_BIND *bind)
{
    bind->is_null = &slot->null;
    bind->error = &slot->error;
    bind->length = &slot->length;
    bind->buffer = &slot->value;
    switch (type) {
    case DB_U64:
    case DB_U32:
        bind->buffer_type = MYSQL_TYPE_LONGLONG;
        bind->is_unsigned = 1;
        break;
    case DB_I64:
    case DB_BOOL:
        bind->buffer_type = MYSQL_TYPE_LONGLONG;
        break;
    case DB_TIME:
        bind->buffer_type = MYSQL_TYPE_DATETIME;
        break;
    case DB_DATE:
        bind->buffer_type = MYSQL_TYPE_DATE;
        break;
    case DB_STR:
    case DB_BLOB:
        /* Only the length at first; the bytes are fetched straight into the arena. */
        bind->buffer_type = type == DB_STR ? MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB;
        bind->buffer = NULL;
        bind->buffer_length = 0;
        break;
    }
}

static enum err fetch_bytes(struct db *db, struct arena *arena,
                            const struct db_statement *statement, MYSQL_STMT *stmt, size_t column,
                            size_t length, unsigned char **data)
{
    unsigned long read = 0;
    db_truth null = 0, error = 0;
    MYSQL_BIND bind = {.length = &read, .is_null = &null, .error = &error};

    *data = arena_alloc(arena, length + 1);
    bind.buffer = *data;
    bind.buffer_length = (unsigned long)length;
    bind.buffer_type = statement->out[column].type == DB_STR ? MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB;
    if (length > 0 && mysql_stmt_fetch_column(stmt, &bind, (unsigned)column, 0))
        return db_fail_statement(db, statement, stmt);
    return ERR_OK;
}

static int64_t instant_of(const MYSQL_TIME *time)
{
    struct tm utc = {.tm_year = (int)time->year - 1900,
                     .tm_mon = (int)time->month - 1,
                     .tm_mday = (int)time->day,
                     .tm_hour = (int)time->hour,
                     .tm_min = (int)time->minute,
                     .tm_sec = (int)time->second};

    return (int64_t)timegm(&utc);
}

/* Puts the column just fetched into its member of the row. */
static enum err take_column(struct db *db, struct arena *arena,
                            const struct db_statement *statement, MYSQL_STMT *stmt, size_t column,
                            const struct slot *slot, char *row)
{
    const struct db_field *field = &statement->out[column];
    void *place = row + field->offset;
    const MYSQL_TIME *time = &slot->value.time;
    unsigned char *data;

    if (slot->null)
        return field->nullable ? ERR_OK
                               : err_raise(ERR_INTERNAL, "db-fault", "%s: column %s is NULL",
                                           statement->name, field->name);
    if (field->nullable && field->has_offset)
        *(bool *)(void *)(row + field->has_offset) = true;
    if (field->type != DB_STR && field->type != DB_BLOB &&
        (slot->error || (field->type == DB_U32 && slot->value.u64 > UINT32_MAX)))
        return err_raise(ERR_INTERNAL, "db-fault", "%s: column %s does not fit its type",
                         statement->name, field->name);
    switch (field->type) {
    case DB_U64:
        *(uint64_t *)place = slot->value.u64;
        return ERR_OK;
    case DB_U32:
        *(uint32_t *)place = (uint32_t)slot->value.u64;
        return ERR_OK;
    case DB_I64:
        *(int64_t *)place = slot->value.i64;
        return ERR_OK;
    case DB_BOOL:
        *(bool *)place = slot->value.i64 != 0;
        return ERR_OK;
    case DB_TIME:
        *(int64_t *)place = instant_of(time);
        return ERR_OK;
    case DB_DATE:
        *(const char **)place =
            arena_printf(arena, "%04u-%02u-%02u", time->year, time->month, time->day);
        return ERR_OK;
    case DB_STR:
        ERR_TRY(fetch_bytes(db, arena, statement, stmt, column, slot->length, &data));
        *(const char **)place = (const char *)data;
        return ERR_OK;
    case DB_BLOB:
        ERR_TRY(fetch_bytes(db, arena, statement, stmt, column, slot->length, &data));
        *(struct bytes *)place = (struct bytes){data, slot->length};
        return ERR_OK;
    }
    return ERR_OK;
}

static enum err read_rows(struct db *db, struct arena *arena, const struct db_statement *statement,
                          MYSQL_STMT *stmt, struct slot *slots, void **rows, size_t *count)
{
    size_t total = (size_t)mysql_stmt_num_rows(stmt);
    char *at;

    if (statement->kind == DB_ONE && total > 1)
        return err_raise(ERR_INTERNAL, "db-fault", "%s: %zu rows where one at most is expected",
                         statement->name, total);
    *rows = at = arena_array(arena, total, statement->row_size);
    for (size_t i = 0; i < total; i++, at += statement->row_size) {
        int got = mysql_stmt_fetch(stmt);

        if (got != 0 && got != MYSQL_DATA_TRUNCATED)
            return db_fail_statement(db, statement, stmt);
        for (size_t column = 0; column < statement->out_count; column++)
            ERR_TRY(take_column(db, arena, statement, stmt, column, &slots[column], at));
    }
    *count = total;
    return ERR_OK;
}

enum err db_run_many(struct db *db, struct arena *arena, const struct db_statement *statement,
                     const void *in, void **rows, size_t *count)
{
    /* Before the statement is executed: the arena may jump when it is full, and must not while
     * the connection holds rows that were not fetched. Once they are stored it may. */
    MYSQL_BIND *binds = ARENA_NEW_ARRAY(arena, statement->out_count, MYSQL_BIND);
    struct slot *slots = ARENA_NEW_ARRAY(arena, statement->out_count, struct slot);
    MYSQL_STMT *stmt = NULL;
    enum err err;

    *rows = NULL;
    *count = 0;
    for (size_t i = 0; i < statement->out_count; i++)
        bind_column(statement->out[i].type, &slots[i], &binds[i]);
    ERR_TRY(execute(db, arena, statement, in, &stmt));
    if (mysql_stmt_bind_result(stmt, binds) || mysql_stmt_store_result(stmt))
        err = db_fail_statement(db, statement, stmt);
    else
        err = read_rows(db, arena, statement, stmt, slots, rows, count);
    mysql_stmt_free_result(stmt);
    if (err != ERR_OK)
        *rows = NULL;
    return err;
}

enum err db_run_one(struct db *db, struct arena *arena, const struct db_statement *statement,
                    const void *in, void **row)
{
    void *rows;
    size_t count;

    *row = NULL;
    ERR_TRY(db_run_many(db, arena, statement, in, &rows, &count));
    *row = count > 0 ? rows : NULL;
    return ERR_OK;
}

enum err db_run_exec(struct db *db, struct arena *arena, const struct db_statement *statement,
                     const void *in, struct db_done *done)
{
    MYSQL_STMT *stmt = NULL;
    uint64_t affected;

    ERR_TRY(execute(db, arena, statement, in, &stmt));
    affected = mysql_stmt_affected_rows(stmt);
    if (done)
        *done = (struct db_done){.affected = affected, .insert_id = mysql_stmt_insert_id(stmt)};
    return affected > 0 ? db_changed(db) : ERR_OK;
}
