/* A table of trainees as schools have it: their columns, and what is wrong in which row. */
#ifndef PARAPHE_DOMAIN_TRAINEE_TABLE_H
#define PARAPHE_DOMAIN_TRAINEE_TABLE_H

#include "domain/trainee.h"

/* What is wrong with one value: the column as views/errors.txt names it ("birth_day" stands for
 * column-birth_day), the key of the sentence, and what stands there. */
struct trainee_fault {
    const char *column;
    const char *sentence;
    const char *text;
};
#define TRAINEE_FAULTS_MOST 8

/* One row. What it does not say of the trainee is "". */
struct trainee_line {
    size_t number; /* of the row, from 1 */
    struct trainee trainee;
    struct trainee_fault faults[TRAINEE_FAULTS_MOST];
    size_t fault_count;
};

struct trainee_table {
    struct trainee_line *lines;
    size_t count;
    const char **unused; /* titles of columns that serve for nothing here */
    size_t unused_count;
    const char *missing[3]; /* columns that must be there, and are not */
    size_t missing_count;
    size_t open_quote; /* as struct table */
};

/* Reads a file. class_name: of the rows that name no class; "" for none. today: YYYY-MM-DD.
 * Errors: as table_read; ERR_INVALID "import-columns" (table->missing says which), "import-no-rows"
 * where there is nothing under the titles. */
enum err trainee_table_read(struct arena *arena, struct bytes file, const char *class_name,
                            const char *today, struct trainee_table *table);

/* Notes one more fault; beyond TRAINEE_FAULTS_MOST they are not kept. */
void trainee_line_refuse(struct trainee_line *line, const char *column, const char *sentence,
                         const char *text);

#endif
