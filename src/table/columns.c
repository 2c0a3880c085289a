/* Which column is what, by the titles people give. */
#include <string.h>

#include "base/text.h"
#include "table/table.h"

#define ROWS_TRIED 10

/* Whether folded is one of titles, "a|b"; *rank is then its place among them. */
static bool is_among(const char *folded, const char *titles, size_t *rank)
{
    size_t length = strlen(folded);

    for (*rank = 0;; ++*rank) {
        size_t end = strcspn(titles, "|");

        if (length > 0 && end == length && strncmp(folded, titles, length) == 0)
            return true;
        if (titles[end] == '\0')
            return false;
        titles += end + 1;
    }
}

/* "Date de naissance (JJ/MM/AAAA)" without what is in parentheses. */
static const char *without_remark(struct arena *arena, const char *title)
{
    const char *open = strchr(title, '(');

    return open ? arena_strndup(arena, title, (size_t)(open - title)) : title;
}

/* The cell whose title is the most preferred of the column's. */
static size_t find_column(struct arena *arena, const struct table_row *row,
                          const struct table_column *column)
{
    size_t best = TABLE_ABSENT, best_rank = SIZE_MAX;

    for (size_t i = 0; i < row->count; i++) {
        size_t rank;

        if (!is_among(text_fold(arena, row->cells[i]), column->titles, &rank) &&
            !is_among(text_fold(arena, without_remark(arena, row->cells[i])), column->titles,
                      &rank))
            continue;
        if (rank < best_rank) {
            best = i;
            best_rank = rank;
        }
    }
    return best;
}

static size_t find_in_row(struct arena *arena, const struct table_row *row,
                          const struct table_column *columns, size_t count, size_t *at)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        at[i] = find_column(arena, row, &columns[i]);
        found += at[i] != TABLE_ABSENT;
    }
    return found;
}

static void list_unused(struct arena *arena, const struct table_row *row, size_t count,
                        struct table_header *header)
{
    header->unused = ARENA_NEW_ARRAY(arena, row->count, const char *);
    for (size_t i = 0; i < row->count; i++) {
        const char *title = text_squeeze(arena, row->cells[i]);
        bool used = title[0] == '\0';

        for (size_t j = 0; j < count; j++)
            used |= header->at[j] == i;
        if (!used)
            header->unused[header->unused_count++] = title;
    }
}

void table_find(struct arena *arena, const struct table *table, const struct table_column *columns,
                size_t count, struct table_header *header)
{
    size_t *at = ARENA_NEW_ARRAY(arena, count, size_t);

    *header = (struct table_header){.at = ARENA_NEW_ARRAY(arena, count, size_t)};
    for (size_t i = 0; i < count; i++)
        header->at[i] = TABLE_ABSENT;
    for (size_t i = 0; i < table->count && i < ROWS_TRIED; i++) {
        size_t found = find_in_row(arena, &table->rows[i], columns, count, at);

        if (found <= header->found)
            continue;
        header->row = i;
        header->found = found;
        memcpy(header->at, at, count * sizeof *at);
    }
    if (header->found > 0)
        list_unused(arena, &table->rows[header->row], count, header);
}

const char *table_value(struct arena *arena, const struct table_row *row, size_t at)
{
    const char *text = at < row->count ? text_squeeze(arena, row->cells[at]) : "";

    return text[0] == '\'' && text[1] && strchr("=+-@", text[1]) ? text + 1 : text;
}
