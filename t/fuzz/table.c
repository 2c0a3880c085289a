/* libFuzzer target: tables of spreadsheet programs. Whatever is taken is text within the limits;
 * what is written of it is read as the same. */
#include "base/text.h"
#include "table/table.h"

#include "t/fuzz/fuzz.h"

#define ROWS 50
#define COLUMNS 20

static const struct table_limits limits = {.bytes = 4096, .rows = ROWS, .columns = COLUMNS};
static const struct table_limits written_limits = {
    .bytes = 65536, .rows = ROWS, .columns = COLUMNS + 1};

static void look_at(struct arena *arena, const struct table *table)
{
    static const struct table_column columns[] = {{"name", "nom de famille|nom"},
                                                  {"day", "ne e le|date de naissance"}};
    struct table_header header;

    FUZZ_WANT(table->count > 0 && table->count <= ROWS);
    for (size_t i = 0; i < table->count; i++) {
        FUZZ_WANT(table->rows[i].count <= COLUMNS);
        FUZZ_WANT(i == 0 || table->rows[i].number > table->rows[i - 1].number);
        for (size_t j = 0; j < table->rows[i].count; j++)
            FUZZ_WANT(text_is_utf8(bytes_of(table->rows[i].cells[j])));
    }
    table_find(arena, table, columns, 2, &header);
    FUZZ_WANT(header.row < table->count && header.found <= 2);
    for (size_t i = 0; i < 2; i++)
        table_value(arena, &table->rows[header.row], header.at[i]);
}

static void write_and_read(struct arena *arena, const struct table *table)
{
    struct table_writer writer = table_write(arena, written_limits.bytes);
    struct table again;

    for (size_t i = 0; i < table->count; i++) {
        for (size_t j = 0; j < table->rows[i].count; j++)
            table_put(&writer, text_squeeze(arena, table->rows[i].cells[j]));
        table_put(&writer, "end");
        table_end_row(&writer);
    }
    FUZZ_WANT(!writer.out.overflown);
    FUZZ_WANT(table_read(arena, buf_bytes(&writer.out), &written_limits, &again) == ERR_OK);
    FUZZ_WANT(again.count == table->count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct table table;

    if (!arena)
        arena = arena_new((size_t)64 * 1024 * 1024);
    if (table_read(arena, (struct bytes){data, size}, &limits, &table) == ERR_OK) {
        look_at(arena, &table);
        write_and_read(arena, &table);
    }
    arena_reset(arena);
    return 0;
}
