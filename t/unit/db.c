/* Statements on a real MariaDB: values, choices, what is refused, drift. */
#include "t/unit/probe.h"

static const unsigned char some_bytes[] = {0, 1, 0xff, 0, '\'', '\\', 0};

static struct probe_insert_in full(const char *label)
{
    return (struct probe_insert_in){
        .label = label,
        .small = UINT32_MAX,
        .whole = INT64_MIN,
        .truth = true,
        .bytes = {some_bytes, sizeof some_bytes},
        .instant = 1801436399, /* 2027-01-31T22:59:59Z */
        .day = "2028-02-29",
        .maybe_label = "",
        .maybe_big = UINT64_MAX,
        .has_maybe_big = true,
        .maybe_truth = false,
        .has_maybe_truth = true,
        .maybe_bytes = {some_bytes, 0},
        .maybe_instant = 0,
        .has_maybe_instant = true,
        .maybe_day = "1900-01-01",
    };
}

static void test_values(struct stage *stage)
{
    const char *label = "Œuvré « ł, ş » € ’ \xf0\x9f\x8e\x93";
    const struct probe_by_id_row *row = by_id(stage, insert(stage, full(label)));

    if (!OK(row, "a row with every value is stored and found"))
        return;
    IS_STR(row->label, label, "text comes back as it was, four-byte characters included");
    OK(row->small == UINT32_MAX && row->whole == INT64_MIN && row->truth,
       "numbers come back at their limits");
    OK(bytes_equal(row->bytes, (struct bytes){some_bytes, sizeof some_bytes}),
       "bytes come back with NULs and quotes");
    IS_INT(row->instant, 1801436399, "an instant comes back to the second");
    IS_STR(row->shown_instant, "2027-01-31 22:59:59", "an instant is stored in UTC");
    IS_STR(row->day, "2028-02-29", "a day comes back");
    IS_STR(row->maybe_label, "", "an empty text is not NULL");
    OK(row->has_maybe_big && row->maybe_big == UINT64_MAX, "a nullable number comes back");
    OK(row->has_maybe_truth && !row->maybe_truth, "false is not NULL");
    OK(row->maybe_bytes.data && row->maybe_bytes.length == 0, "empty bytes are not NULL");
    OK(row->has_maybe_instant && row->maybe_instant == 0, "the epoch is not NULL");
    IS_STR(row->maybe_day, "1900-01-01", "a nullable day comes back");
}

static void test_nulls(struct stage *stage)
{
    uint64_t id = insert(stage, bare("bare"));
    const struct probe_by_id_row *row = by_id(stage, id);
    struct probe_wrong_null_row *wrong;
    struct probe_insert_in in = bare(NULL);

    if (!OK(row, "a row of NULLs is stored and found"))
        return;
    OK(!row->maybe_label && !row->has_maybe_big && !row->has_maybe_truth &&
           !row->maybe_bytes.data && !row->has_maybe_instant && !row->maybe_day,
       "NULLs come back as NULLs");
    OK(row->bytes.data && row->bytes.length == 0, "no bytes are stored as empty bytes");
    OK(failed(
           db_probe_wrong_null(stage->db, stage->arena, &(struct probe_wrong_null_in){id}, &wrong),
           ERR_INTERNAL, "db-fault") &&
           !wrong,
       "a NULL in a column that is declared without is a fault");
    OK(failed(db_probe_insert(stage->db, stage->arena, &in, NULL), ERR_INTERNAL, "db-fault"),
       "a NULL for a value that is declared without is a fault");
}

static void test_wrong_values(struct stage *stage)
{
    struct probe_insert_in no_day = bare("no day"), long_text = bare("long"), same = bare("bare");
    struct probe_too_small_row *small;
    struct probe_negative_row *negative;
    struct probe_all_row *all;
    uint64_t id = insert(stage, full("limits"));

    no_day.day = "2027-02-29";
    OK(failed(db_probe_insert(stage->db, stage->arena, &no_day, NULL), ERR_INTERNAL, "db-fault"),
       "a day that does not exist is not sent");
    long_text.label = "123456789 123456789 123456789 123456789 123456789 1";
    OK(failed(db_probe_insert(stage->db, stage->arena, &long_text, NULL), ERR_INTERNAL,
              "db-fault") &&
           strstr(err_last()->detail, "column 'label'") && !strstr(err_last()->detail, "123456"),
       "a text too long is refused, and the log names the column without the text");
    OK(failed(db_probe_insert(stage->db, stage->arena, &same, NULL), ERR_CONFLICT,
              "db-duplicate") &&
           strstr(err_last()->detail, "key 'label'") && !strstr(err_last()->detail, "bare"),
       "a duplicate is a conflict, and the log names the key without the value");
    OK(failed(db_probe_too_small(stage->db, stage->arena, &(struct probe_too_small_in){id}, &small),
              ERR_INTERNAL, "db-fault"),
       "a number that does not fit 32 bits is a fault");
    OK(failed(
           db_probe_negative(stage->db, stage->arena, &(struct probe_negative_in){id}, &negative),
           ERR_INTERNAL, "db-fault"),
       "a negative number where none can be is a fault");
    OK(failed(db_probe_all(stage->db, stage->arena, &all), ERR_INTERNAL, "db-fault") && !all,
       "two rows where one is expected are a fault");
    OK(!by_id(stage, 999999), "no row is no error");
}

static void test_references(struct stage *stage)
{
    struct probe_child_insert_in in = {.probe_id = 999999};

    OK(done(db_probe_child_create(stage->db, stage->arena, NULL)), "a table that refers is made");
    OK(failed(db_probe_child_insert(stage->db, stage->arena, &in, NULL), ERR_CONFLICT,
              "db-referenced"),
       "a row that refers to none is a conflict");
}

static const char *labels(struct stage *stage, struct probe_list_in in)
{
    struct probe_list_row *rows;
    char *text = arena_strdup(stage->arena, "");
    size_t length;

    if (!done(db_probe_list(stage->db, stage->arena, &in, &rows, &length)))
        return "failed";
    for (size_t i = 0; i < length; i++)
        text = arena_printf(stage->arena, "%s%s ", text, rows[i].label);
    return text;
}

static void test_choices(struct stage *stage)
{
    struct probe_list_in in = {.least = 1002};

    for (uint64_t id = 1001; id <= 1005; id++) {
        struct probe_insert_in row = bare(arena_printf(stage->arena, "%d", (int)id));
        row.id = id;
        row.has_id = true;
        insert(stage, row);
    }
    IS_STR(labels(stage, in), "1002 1003 1004 1005 ", "the first option is chosen by zero");
    in.order = PROBE_LIST_ORDER_DOWN;
    IS_STR(labels(stage, in), "1005 1004 1003 1002 ", "another option sorts otherwise");
    in.which = PROBE_LIST_WHICH_EVEN;
    IS_STR(labels(stage, in), "1004 1002 ", "two choices combine");
    in.order = PROBE_LIST_ORDER_NEAR;
    IS_STR(labels(stage, in), "1002 1004 ", "an option may hold a parameter");
    in.least = 2000;
    IS_STR(labels(stage, in), "", "a list may be empty");
    memset(&in.order, 0x7f, sizeof in.order);
    IS_STR(labels(stage, in), "failed", "an option that is none is a fault");
}

static void test_done(struct stage *stage)
{
    struct probe_set_small_in in = {.id = 1001, .small = 7};
    struct db_done result;

    OK(done(db_probe_set_small(stage->db, stage->arena, &in, &result)) && result.affected == 1,
       "an update counts its row");
    OK(done(db_probe_set_small(stage->db, stage->arena, &in, &result)) && result.affected == 1,
       "an update counts a row it finds, though it changes nothing");
    in.id = 999999;
    OK(done(db_probe_set_small(stage->db, stage->arena, &in, &result)) && result.affected == 0,
       "an update that finds no row says so");
}

/* Drift --------------------------------------------------------------------------------------- */

static bool drifts(struct stage *stage, const char *statement)
{
    enum err err = db_check_statements(stage->db);

    if (err == ERR_INTERNAL && strncmp(err_last()->detail, statement, strlen(statement)) == 0)
        return true;
    printf("# %s: %s\n", err_name(err), err_last()->detail);
    return false;
}

static void test_drift(struct stage *stage)
{
    OK(drifts(stage, "probe_misplaced: column 1 is called maybe_big, but field 1 is id"),
       "a column in another's place is found");
    OK(done(db_probe_retype(stage->db, stage->arena, NULL)) &&
           drifts(stage, "probe_by_id: column 3 (small) is of another type"),
       "a column of another type is found");
    OK(done(db_probe_type_again(stage->db, stage->arena, NULL)) &&
           done(db_probe_rename(stage->db, stage->arena, NULL)) &&
           drifts(stage, "probe_insert: 1054"),
       "a column that is gone is found");
    OK(done(db_probe_name_again(stage->db, stage->arena, NULL)) && drifts(stage, "probe_misplaced"),
       "and nothing is found once it is there again");
}

int main(void)
{
    struct settings settings;
    struct stage stage = stage_open(&settings);

    test_session(&stage);
    test_values(&stage);
    test_nulls(&stage);
    test_wrong_values(&stage);
    test_references(&stage);
    test_choices(&stage);
    test_done(&stage);
    test_drift(&stage);
    return stage_end(&stage);
}
