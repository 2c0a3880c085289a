#include "domain/trainee_plan.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/crypto.h"
#include "base/text.h"

/* Who is known so far, found by folded names and birth date. */
struct known {
    const char *folded_name;
    const char *birth_day;
    const struct trainee_all_row *row; /* NULL for one that the table has first */
    size_t number;                     /* of the table's row, 0 where none has come yet */
};

struct index {
    struct known *slots;
    size_t size; /* a power of two, at least twice as many as are in it */
};

/* FNV-1a. */
static size_t hash(const char *folded_name, const char *birth_day)
{
    uint64_t value = 14695981039346656037U;

    for (; *folded_name; folded_name++)
        value = (value ^ (unsigned char)*folded_name) * 1099511628211U;
    for (; *birth_day; birth_day++)
        value = (value ^ (unsigned char)*birth_day) * 1099511628211U;
    return (size_t)(value ^ value >> 32);
}

/* The slot of that trainee, which is empty where nobody is known by that. */
static struct known *find(const struct index *index, const char *folded_name, const char *birth_day)
{
    size_t at = hash(folded_name, birth_day) & (index->size - 1);

    while (index->slots[at].folded_name &&
           (strcmp(index->slots[at].folded_name, folded_name) != 0 ||
            strcmp(index->slots[at].birth_day, birth_day) != 0))
        at = (at + 1) & (index->size - 1);
    return &index->slots[at];
}

static struct index index_of(struct arena *arena, const struct trainee_all_row *rows, size_t count,
                             size_t more)
{
    struct index index = {.size = 64};

    while (index.size < 2 * (count + more))
        index.size *= 2;
    index.slots = ARENA_NEW_ARRAY(arena, index.size, struct known);
    for (size_t i = 0; i < count; i++)
        *find(&index, rows[i].folded_name, rows[i].birth_day) =
            (struct known){rows[i].folded_name, rows[i].birth_day, &rows[i], 0};
    return index;
}

/* What the table says, or what is there where it says nothing. */
static void take(struct import_row *row, const char *column, const char **value, const char *from,
                 const char *to)
{
    bool changes = to[0] != '\0' && strcmp(from, to) != 0;

    *value = changes ? to : from;
    if (changes)
        row->changes[row->change_count++] = (struct import_change){column, from, to};
}

/* Names in capitals or not are the same; accents are not. */
static const char *spelling(struct arena *arena, const char *from, const char *to)
{
    return strcmp(text_upper(arena, from), text_upper(arena, to)) == 0 ? from : to;
}

static void compare(struct arena *arena, const struct trainee_all_row *is, struct import_row *row)
{
    const struct trainee *says = &row->line->trainee;
    struct trainee *will = &row->trainee;

    row->id = is->id;
    row->version = is->version;
    row->conventions = is->not_returned;
    will->birth_day = is->birth_day;
    take(row, "last_name", &will->last_name, is->last_name,
         spelling(arena, is->last_name, says->last_name));
    take(row, "first_name", &will->first_name, is->first_name,
         spelling(arena, is->first_name, says->first_name));
    take(row, "class_name", &will->class_name, is->class_name, says->class_name);
    take(row, "guardian_name", &will->guardian_name, is->guardian_name, says->guardian_name);
    take(row, "guardian_phone", &will->guardian_phone, is->guardian_phone, says->guardian_phone);
    take(row, "guardian_email", &will->guardian_email, is->guardian_email, says->guardian_email);
    take(row, "guardian_address", &will->guardian_address, is->guardian_address,
         says->guardian_address);
    row->outcome = row->change_count > 0 ? IMPORT_CHANGE : IMPORT_SAME;
}

static void judge(struct arena *arena, const struct index *index, struct trainee_line *line,
                  struct import_row *row)
{
    const char *folded = trainee_folded_name(arena, &line->trainee);
    struct known *known;

    *row = (struct import_row){.line = line, .outcome = IMPORT_REFUSED, .trainee = line->trainee};
    if (line->trainee.last_name[0] == '\0' || line->trainee.first_name[0] == '\0' ||
        line->trainee.birth_day[0] == '\0')
        return;
    known = find(index, folded, line->trainee.birth_day);
    if (known->number != 0) {
        row->double_of = known->number;
        row->outcome = line->fault_count > 0 ? IMPORT_REFUSED : IMPORT_DOUBLE;
        return;
    }
    if (!known->row && line->trainee.class_name[0] == '\0')
        trainee_line_refuse(line, "class_name", "import-no-class", "");
    if (!known->folded_name)
        *known = (struct known){.folded_name = folded, .birth_day = line->trainee.birth_day};
    known->number = line->number;
    if (line->fault_count > 0)
        return;
    if (known->row)
        compare(arena, known->row, row);
    else
        row->outcome = IMPORT_CREATE;
}

/* Over all that was shown: outcomes, and which state of whom they start from. */
static void digest(struct arena *arena, struct import_plan *plan)
{
    unsigned char bytes[CRYPTO_SHA256_SIZE];
    struct buf text = buf_new(arena, plan->count * 64 + 1);

    for (size_t i = 0; i < plan->count; i++)
        buf_printf(&text, "%d %" PRIu64 " %" PRIu32 " %zu\n", (int)plan->rows[i].outcome,
                   plan->rows[i].id, plan->rows[i].version, plan->rows[i].conventions);
    crypto_sha256(buf_bytes(&text), bytes);
    memcpy(plan->digest, crypto_hex(arena, (struct bytes){bytes, sizeof bytes}),
           IMPORT_DIGEST_LENGTH + 1);
}

void trainee_plan_make(struct arena *arena, const struct trainee_table *table,
                       const struct trainee_all_row *known, size_t known_count,
                       struct import_plan *plan)
{
    struct index index = index_of(arena, known, known_count, table->count);

    plan->rows = ARENA_NEW_ARRAY(arena, table->count, struct import_row);
    plan->count = table->count;
    plan->unused = table->unused;
    plan->unused_count = table->unused_count;
    for (size_t i = 0; i < table->count; i++) {
        struct import_row *row = &plan->rows[i];

        judge(arena, &index, &table->lines[i], row);
        plan->totals[row->outcome]++;
        if (row->outcome == IMPORT_CHANGE)
            plan->conventions += row->conventions;
        if (row->outcome != IMPORT_REFUSED && row->outcome != IMPORT_DOUBLE)
            plan->lacking += !trainee_is_complete(&row->trainee);
    }
    digest(arena, plan);
}
