#include "domain/directory_plan.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/crypto.h"

/* What a table may say of an establishment beside its UAI. */
static const struct {
    const char *column;
    size_t offset;
} fields[DIRECTORY_FIELDS] = {
    {"name", offsetof(struct establishment, name)},
    {"email", offsetof(struct establishment, email)},
    {"address", offsetof(struct establishment, address)},
    {"postal_code", offsetof(struct establishment, postal_code)},
    {"city", offsetof(struct establishment, city)},
    {"phone", offsetof(struct establishment, phone)},
};

static const char **field_of(struct establishment *establishment, size_t i)
{
    return (const char **)((char *)establishment + fields[i].offset);
}

static int by_uai(const void *uai, const void *row)
{
    return strcmp(uai, ((const struct directory_known_row *)row)->uai);
}

static struct establishment establishment_of(const struct directory_known_row *row)
{
    return (struct establishment){.uai = row->uai,
                                  .name = row->name,
                                  .address = row->address,
                                  .postal_code = row->postal_code,
                                  .city = row->city,
                                  .phone = row->phone,
                                  .email = row->email,
                                  .head_name = row->head_name,
                                  .head_title = row->head_title,
                                  .board_day = row->board_day};
}

static void complain(struct directory_line *line, const char *column, const char *sentence,
                     const char *text)
{
    line->faults[line->fault_count++] =
        (struct directory_fault){.column = column, .sentence = sentence, .text = text};
}

/* A new establishment needs a name and an address for mails. */
static void plan_new(struct directory_row *row)
{
    row->establishment = row->line->establishment;
    if (row->establishment.name[0] == '\0')
        complain(row->line, "name", "form-required", "");
    if (row->establishment.email[0] == '\0')
        complain(row->line, "email", "form-required", "");
    row->outcome = row->line->fault_count > 0 ? DIRECTORY_REFUSED : DIRECTORY_CREATE;
}

/* What the table says and is different is changed. */
static void plan_known(struct directory_row *row, const struct directory_known_row *known)
{
    row->id = known->id;
    row->version = known->version;
    row->establishment = establishment_of(known);
    for (size_t i = 0; i < DIRECTORY_FIELDS; i++) {
        const char **now = field_of(&row->establishment, i);
        const char *then = *field_of(&row->line->establishment, i);

        if (then[0] == '\0' || strcmp(*now, then) == 0)
            continue;
        row->changes[row->change_count++] =
            (struct directory_change){.column = fields[i].column, .from = *now, .to = then};
        *now = then;
    }
    row->outcome = row->change_count > 0 ? DIRECTORY_CHANGE : DIRECTORY_SAME;
}

static bool say_the_same(struct directory_line *a, struct directory_line *b)
{
    for (size_t i = 0; i < DIRECTORY_FIELDS; i++)
        if (strcmp(*field_of(&a->establishment, i), *field_of(&b->establishment, i)) != 0)
            return false;
    return true;
}

/* Whether an earlier row has that UAI: then this one is left out, or contradicts it. */
static bool plan_double(struct directory_row *row, struct directory_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].line->establishment.uai, row->line->establishment.uai) != 0)
            continue;
        row->double_of = rows[i].line->number;
        row->outcome = DIRECTORY_DOUBLE;
        if (!say_the_same(rows[i].line, row->line)) {
            complain(row->line, "uai", "directory-twice", row->line->establishment.uai);
            row->outcome = DIRECTORY_REFUSED;
        }
        return true;
    }
    return false;
}

/* Everything that is to be written, so that another plan has another digest. */
static const char *digest_of(struct arena *arena, struct directory_plan *plan)
{
    struct buf text = buf_new(arena, (size_t)16 * 1024 * 1024);
    unsigned char digest[CRYPTO_SHA256_SIZE];

    for (size_t i = 0; i < plan->count; i++) {
        struct directory_row *row = &plan->rows[i];

        buf_printf(&text, "%d,%" PRIu64 ",%" PRIu32 ",%s\n", (int)row->outcome, row->id,
                   row->version, row->line->establishment.uai);
        for (size_t j = 0; row->establishment.uai && j < DIRECTORY_FIELDS; j++)
            buf_printf(&text, "%s\n", *field_of(&row->establishment, j));
    }
    crypto_sha256(buf_bytes(&text), digest);
    return crypto_hex(arena, (struct bytes){digest, sizeof digest});
}

void directory_plan_make(struct arena *arena, struct directory_table *table,
                         const struct directory_known_row *known, size_t known_count,
                         struct directory_plan *plan)
{
    plan->rows = ARENA_NEW_ARRAY(arena, table->count, struct directory_row);
    for (size_t i = 0; i < table->count; i++) {
        struct directory_row *row = &plan->rows[plan->count];
        const struct directory_known_row *there;

        row->line = &table->lines[i];
        there = bsearch(row->line->establishment.uai, known, known_count, sizeof *known, by_uai);
        if (row->line->fault_count > 0)
            row->outcome = DIRECTORY_REFUSED;
        else if (plan_double(row, plan->rows, plan->count))
            ; /* planned with the row before */
        else if (there)
            plan_known(row, there);
        else
            plan_new(row);
        plan->totals[row->outcome]++;
        plan->count++;
    }
    plan->unused = table->unused;
    plan->unused_count = table->unused_count;
    plan->digest = digest_of(arena, plan);
}
