/* Forms: each field is declared once, with how it is checked; the handler sees typed values, or
 * the list of what is wrong, and everything as it was typed, to be shown again with 422.
 *
 *     #define TRAINEE_FORM(FIELD)                                   \
 *         FIELD(LINE, last_name, FORM_REQUIRED, 0, 80, NULL)        \
 *         FIELD(DAY, birth_day, FORM_REQUIRED, 0, 0, NULL)          \
 *         FIELD(CHOICE, origin, FORM_OPTIONAL, 0, 0, "own|other")   \
 *     FORM_DECLARE(trainee_form, TRAINEE_FORM)
 *
 *     struct trainee_form form;
 *     FORM_READ(x, trainee_form, &form);
 *     if (FORM_GOOD(&form)) … form.last_name.text, form.birth_day.text …
 *     else … form.last_name.typed, form.last_name.sentence …
 *
 * A row is FIELD(kind, name, needed, least, most, choices); name is also the name of the HTML
 * field. least and most bound a NUMBER, or the characters of a text (0: FORM_TEXT_MOST). */
#ifndef PARAPHE_HTTP_FORM_H
#define PARAPHE_HTTP_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "http/http.h"

#define FORM_TEXT_MOST 20000 /* characters of a text whose row gives no bound */
#define FORM_OPTIONAL false
#define FORM_REQUIRED true

enum form_kind {
    FORM_LINE,   /* text on one line, squeezed (base/text.h) */
    FORM_TEXT,   /* text of several lines; line ends become \n, spaces at the ends go */
    FORM_EMAIL,  /* one address (RFC 5321 §4.1.2, without quoted local parts), lower-case domain */
    FORM_PHONE,  /* a telephone number: French ones as "01 23 45 67 89", others as "+3221234567" */
    FORM_DAY,    /* a day, YYYY-MM-DD or as the French write it; text is YYYY-MM-DD */
    FORM_TIME,   /* 8:30, 08:30, 8h30 or 8 h 30; text is HH:MM */
    FORM_NUMBER, /* a whole number; number */
    FORM_CHOICE, /* one of choices, "a|b|c"; number is its index, text the word */
    FORM_FLAG,   /* a check box; flag */
    FORM_FILE,   /* a file of at most HTTP_FILE_MOST bytes, not empty; file */
    FORM_SECRET  /* a password: neither squeezed nor shown again */
};

struct form_field {
    const char *name;
    enum form_kind kind;
    bool required;
    int64_t least, most;
    const char *choices;
};

struct form_value {
    bool given;           /* something was typed, and it is good */
    const char *typed;    /* what to show in the field again; "" for files and secrets */
    const char *error;    /* key in views/errors.txt, NULL where the value is good */
    const char *sentence; /* that key's sentence, NULL where the value is good */
    const char *label; /* what the field is called, where the sentence does not say it, or NULL */
    const char *text;  /* "" where nothing was given */
    int64_t number;
    bool flag;
    const struct http_file *file; /* NULL where none was given */
};

/* Reads every field of the request's body, in the order of the rows. */
void form_read(const struct exchange *x, const struct form_field *fields, size_t count,
               struct form_value *values);

/* Whether no value has an error. */
bool form_good(const struct form_value *values, size_t count);

/* The values of a form in which nothing was typed yet; the handler then sets what it shows. */
void form_empty(struct form_value *values, size_t count);

/* Refuses a value that the rows could not judge ("no place left"). */
void form_refuse(const struct exchange *x, struct form_value *value, const char *key);

/* What is wrong, for the list at the top of the form that leads to the fields. */
struct form_error {
    const char *name; /* of the field */
    const char *sentence;
    const char *label; /* as in struct form_value */
};
size_t form_errors(struct arena *arena, const struct form_field *fields, size_t count,
                   const struct form_value *values, struct form_error **errors);

#define FORM_MEMBER_(kind, name, needed, least, most, choices) struct form_value name;
#define FORM_ONE_(kind, name, needed, least, most, choices) +1
#define FORM_FIELD_(kind, name, needed, least, most, choices) \
    {#name, FORM_##kind, needed, least, most, choices},

/* Declares struct form, with one struct form_value a row, and the table form_fields. */
#define FORM_DECLARE(form, ROWS)                       \
    struct form {                                      \
        union {                                        \
            struct {                                   \
                ROWS(FORM_MEMBER_)                     \
            };                                         \
            struct form_value values[ROWS(FORM_ONE_)]; \
        };                                             \
    };                                                 \
    static const struct form_field form##_fields[] = {ROWS(FORM_FIELD_)};

#define FORM_COUNT(form) (sizeof form##_fields / sizeof form##_fields[0])
#define FORM_READ(x, form, into) form_read((x), form##_fields, FORM_COUNT(form), (into)->values)
#define FORM_EMPTY(read) form_empty((read)->values, sizeof(read)->values / sizeof(read)->values[0])
#define FORM_GOOD(read) form_good((read)->values, sizeof(read)->values / sizeof(read)->values[0])
#define FORM_ERRORS(arena, form, read, errors) \
    form_errors((arena), form##_fields, FORM_COUNT(form), (read)->values, (errors))

#endif
