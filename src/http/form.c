#include "http/form.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/typed.h"
#include "http/sentences.h"

/* Replaces {least} and {most} in a sentence by the row's bounds. */
static const char *with_bounds(struct arena *arena, const char *sentence, int64_t least,
                               int64_t most)
{
    struct buf out = buf_new(arena, strlen(sentence) + 100);

    while (*sentence) {
        if (strncmp(sentence, "{least}", 7) == 0) {
            buf_printf(&out, "%" PRId64, least);
            sentence += 7;
        } else if (strncmp(sentence, "{most}", 6) == 0) {
            buf_printf(&out, "%" PRId64, most);
            sentence += 6;
        } else {
            buf_putc(&out, *sentence++);
        }
    }
    return out.data;
}

void form_refuse(const struct exchange *x, struct form_value *value, const char *key)
{
    value->given = false;
    value->error = key;
    value->sentence = http_sentence(x, key);
}

/* What a kind of field makes of the text that was typed; the key of what is wrong, or NULL. */
typedef const char *form_reader(struct arena *arena, const struct form_field *field,
                                const char *typed, struct form_value *value);

static int64_t most_characters(const struct form_field *field)
{
    return field->most > 0 ? field->most : FORM_TEXT_MOST;
}

static const char *check_length(const struct form_field *field, const char *text)
{
    int64_t length = (int64_t)text_length(text);

    if (length > most_characters(field))
        return "form-too-long";
    return length < field->least ? "form-too-short" : NULL;
}

static const char *read_line(struct arena *arena, const struct form_field *field, const char *typed,
                             struct form_value *value)
{
    value->text = value->typed = text_squeeze(arena, typed);
    return check_length(field, value->text);
}

/* Line ends become \n, other control characters go, and so does white space at both ends. */
static const char *clean_lines(struct arena *arena, const char *typed)
{
    char *out = arena_alloc(arena, strlen(typed) + 1), *to = out, *start = out;

    for (; *typed; typed++) {
        unsigned char c = (unsigned char)*typed;
        if (c == '\r')
            *to++ = typed[1] == '\n' ? *++typed : '\n';
        else if (c >= 0x20 ? c != 0x7f : c == '\n' || c == '\t')
            *to++ = (char)c;
    }
    while (to > out && strchr(" \n\t", to[-1]))
        *--to = '\0';
    while (*start && strchr(" \n\t", *start))
        start++;
    return start;
}

static const char *read_text(struct arena *arena, const struct form_field *field, const char *typed,
                             struct form_value *value)
{
    value->text = value->typed = clean_lines(arena, typed);
    return check_length(field, value->text);
}

static const char *read_secret(struct arena *arena, const struct form_field *field,
                               const char *typed, struct form_value *value)
{
    (void)arena;
    value->text = typed;
    return check_length(field, typed);
}

/* What a kind of the base room makes of it (base/typed.h), or the key of what is wrong. */
static const char *take(const char *text, const char *key, struct form_value *value)
{
    value->text = text ? text : "";
    return text ? NULL : key;
}

static const char *read_email(struct arena *arena, const struct form_field *field,
                              const char *typed, struct form_value *value)
{
    const char *address = typed_email(arena, typed);

    (void)field;
    value->typed = address ? address : text_squeeze(arena, typed);
    return take(address, "form-not-email", value);
}

static const char *read_phone(struct arena *arena, const struct form_field *field,
                              const char *typed, struct form_value *value)
{
    const char *number = typed_phone(arena, typed);

    (void)field;
    value->typed = number ? number : text_squeeze(arena, typed);
    return take(number, "form-not-phone", value);
}

static const char *read_day(struct arena *arena, const struct form_field *field, const char *typed,
                            struct form_value *value)
{
    (void)field;
    value->typed = text_squeeze(arena, typed);
    return take(typed_day(arena, typed), "form-not-day", value);
}

/* One or two digits below limit; -1 otherwise. Moves *text behind them. */
static int read_two_digits(const char **text, int limit)
{
    int number = -1;

    for (int i = 0; i < 2 && **text >= '0' && **text <= '9'; i++, ++*text)
        number = (number < 0 ? 0 : number * 10) + (**text - '0');
    return number < limit ? number : -1;
}

static const char *read_time(struct arena *arena, const struct form_field *field, const char *typed,
                             struct form_value *value)
{
    const char *at = value->typed = text_squeeze(arena, typed);
    int hour = read_two_digits(&at, 24), minute = 0;
    bool letter;

    (void)field;
    at += strspn(at, " ");
    letter = *at == 'h' || *at == 'H';
    if (hour < 0 || (!letter && *at != ':'))
        return "form-not-time";
    at++;
    at += strspn(at, " ");
    if (!letter || *at != '\0')
        minute = read_two_digits(&at, 60);
    if (*at == ':') /* seconds, as some browsers send them */
        at += strspn(at, ":0");
    if (minute < 0 || *at != '\0')
        return "form-not-time";
    value->text = value->typed = arena_printf(arena, "%02d:%02d", hour, minute);
    return NULL;
}

static const char *read_number(struct arena *arena, const struct form_field *field,
                               const char *typed, struct form_value *value)
{
    const char *text = text_squeeze(arena, typed);
    size_t digits = strspn(text + (text[0] == '-'), "0123456789");

    value->typed = value->text = text;
    if (digits == 0 || digits > 18 || text[digits + (text[0] == '-')] != '\0')
        return "form-not-number";
    value->number = strtoll(text, NULL, 10);
    return value->number < field->least || value->number > field->most ? "form-number-range" : NULL;
}

static const char *read_choice(struct arena *arena, const struct form_field *field,
                               const char *typed, struct form_value *value)
{
    size_t length = strlen(typed);
    int64_t index = 0;

    (void)arena;
    for (const char *choice = field->choices;; choice++, index++) {
        size_t end = strcspn(choice, "|");
        if (end == length && strncmp(choice, typed, length) == 0) {
            value->typed = value->text = typed;
            value->number = index;
            return NULL;
        }
        choice += end;
        if (*choice == '\0')
            return "form-not-choice";
    }
}

static form_reader *const readers[] = {
    [FORM_LINE] = read_line,     [FORM_TEXT] = read_text,     [FORM_EMAIL] = read_email,
    [FORM_PHONE] = read_phone,   [FORM_DAY] = read_day,       [FORM_TIME] = read_time,
    [FORM_NUMBER] = read_number, [FORM_CHOICE] = read_choice, [FORM_SECRET] = read_secret,
};

static const char *read_file(const struct exchange *x, const struct form_field *field,
                             struct form_value *value)
{
    const struct http_file *file = http_file(x->request, field->name);

    if (!file)
        return field->required ? "form-file-required" : NULL;
    if (file->content.length == 0)
        return "form-file-empty";
    if (file->content.length > HTTP_FILE_MOST)
        return "form-file-too-large";
    value->file = file;
    value->given = true;
    return NULL;
}

static const char *read_typed(const struct exchange *x, const struct form_field *field,
                              struct form_value *value)
{
    const char *typed = http_field(x->request, field->name), *key;
    bool blank = !typed || (field->kind == FORM_SECRET ? typed[0] == '\0'
                                                       : text_squeeze(x->arena, typed)[0] == '\0');

    if (field->kind == FORM_FLAG) {
        value->given = value->flag = !blank;
        return field->required && blank ? "form-flag-required" : NULL;
    }
    if (blank)
        return field->required ? "form-required" : NULL;
    key = readers[field->kind](x->arena, field, typed, value);
    value->given = key == NULL;
    return key;
}

/* Only the form's own sentences need it: others say what they are about. */
static const char *label_of(const struct exchange *x, const struct form_field *field)
{
    return http_sentences_get(x->site->sentences, arena_printf(x->arena, "label-%s", field->name));
}

void form_read(const struct exchange *x, const struct form_field *fields, size_t count,
               struct form_value *values)
{
    for (size_t i = 0; i < count; i++) {
        const char *key;
        values[i] = (struct form_value){.typed = "", .text = ""};
        key = fields[i].kind == FORM_FILE ? read_file(x, &fields[i], &values[i])
                                          : read_typed(x, &fields[i], &values[i]);
        if (!key)
            continue;
        form_refuse(x, &values[i], key);
        values[i].label = label_of(x, &fields[i]);
        values[i].text = "";
        values[i].sentence = with_bounds(
            x->arena, values[i].sentence, fields[i].least,
            fields[i].kind == FORM_NUMBER ? fields[i].most : most_characters(&fields[i]));
    }
}

void form_empty(struct form_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        values[i] = (struct form_value){.typed = "", .text = ""};
}

bool form_good(const struct form_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (values[i].error)
            return false;
    return true;
}

size_t form_errors(struct arena *arena, const struct form_field *fields, size_t count,
                   const struct form_value *values, struct form_error **errors)
{
    size_t found = 0;

    *errors = ARENA_NEW_ARRAY(arena, count, struct form_error);
    for (size_t i = 0; i < count; i++)
        if (values[i].error)
            (*errors)[found++] =
                (struct form_error){fields[i].name, values[i].sentence, values[i].label};
    return found;
}
