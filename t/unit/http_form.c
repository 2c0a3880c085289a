#include "http/form.h"
#include "http/sentences.h"

#include <stdlib.h>

#include "t/unit/tap.h"

#define TRY_FORM(FIELD)                                \
    FIELD(LINE, line, FORM_REQUIRED, 2, 10, NULL)      \
    FIELD(TEXT, text, FORM_OPTIONAL, 0, 10, NULL)      \
    FIELD(EMAIL, email, FORM_OPTIONAL, 0, 0, NULL)     \
    FIELD(PHONE, phone, FORM_OPTIONAL, 0, 0, NULL)     \
    FIELD(DAY, day, FORM_OPTIONAL, 0, 0, NULL)         \
    FIELD(TIME, time, FORM_OPTIONAL, 0, 0, NULL)       \
    FIELD(NUMBER, number, FORM_OPTIONAL, -5, 50, NULL) \
    FIELD(CHOICE, choice, FORM_OPTIONAL, 0, 0, "a|bc") \
    FIELD(FLAG, flag, FORM_OPTIONAL, 0, 0, NULL)       \
    FIELD(FILE, file, FORM_OPTIONAL, 0, 0, NULL)       \
    FIELD(SECRET, secret, FORM_OPTIONAL, 3, 10, NULL)
FORM_DECLARE(try_form, TRY_FORM)

static struct arena *arena;
static struct http_site site;

/* The form read from one field beside the line that is required. */
static struct try_form *read_with(const char *name, const char *typed)
{
    struct http_pair pairs[] = {{name, typed}, {"line", "ligne"}};
    struct http_request request = {.fields = {pairs, 2}};
    struct exchange x = {.arena = arena, .request = &request, .site = &site};
    struct try_form *form = ARENA_NEW(arena, struct try_form);

    FORM_READ(&x, try_form, form);
    return form;
}

static struct try_form *read_file(size_t length)
{
    struct http_file file = {
        "file", "a.pdf", "application/pdf", {(const unsigned char *)"", length}};
    struct http_request request = {.files = {&file, 1}};
    struct exchange x = {.arena = arena, .request = &request, .site = &site};
    struct try_form *form = ARENA_NEW(arena, struct try_form);

    FORM_READ(&x, try_form, form);
    return form;
}

/* What a field of that name makes of what was typed: its text, or "!" and the error's key. */
#define READ(name, typed) seen(&read_with(#name, typed)->name)

static const char *seen(const struct form_value *value)
{
    return value->error ? arena_printf(arena, "!%s", value->error) : value->text;
}

static void test_texts(void)
{
    IS_STR(READ(line, "  a \t b\xc2\xa0 "), "a b", "a line is squeezed");
    IS_STR(READ(line, " \n"), "!form-required", "blank is not given");
    IS_STR(READ(line, "x"), "!form-too-short", "a line may be too short");
    IS_STR(READ(line, "éééééééééé"), "éééééééééé", "a length is counted in characters, not bytes");
    IS_STR(READ(line, "12345678901"), "!form-too-long", "a line may be too long");
    IS_STR(READ(text, "\r\n a\r\nb\rc\x01 \n"), "a\nb\nc", "a text's line ends become one kind");
    IS_STR(READ(text, ""), "", "an optional text may be empty");
    IS_STR(read_with("line", "x")->line.typed, "x", "what was refused is shown again");
    IS_STR(READ(secret, " ab "), " ab ", "a secret is not squeezed");
    IS_STR(read_with("secret", "ab")->secret.typed, "", "a secret is not shown again");
}

static void test_addresses(void)
{
    IS_STR(READ(email, " Jean.Dupont+a@Lycee-X.Example.FR "), "Jean.Dupont+a@lycee-x.example.fr",
           "an e-mail address is squeezed, its domain in small letters");
    IS_STR(READ(email, "a@b"), "!form-not-email", "a domain has two labels");
    IS_STR(READ(email, "a.@b.fr"), "!form-not-email", "no dot before the @");
    IS_STR(READ(email, "a..b@c.fr"), "!form-not-email", "no two dots");
    IS_STR(READ(email, "a b@c.fr"), "!form-not-email", "no space");
    IS_STR(READ(email, "a@-b.fr"), "!form-not-email", "no hyphen at a label's end");
    IS_STR(READ(email, "a@b.fr, c@d.fr"), "!form-not-email", "one address only");
    IS_STR(READ(email, "a@b.fr\nBcc: c@d.fr"), "!form-not-email", "no second line");
    IS_STR(READ(email, "@b.fr"), "!form-not-email", "something before the @");
    IS_STR(READ(phone, "0123456789"), "01 23 45 67 89", "a French number is grouped");
    IS_STR(READ(phone, "+33 (0)1.23.45-67.89"), "01 23 45 67 89", "its foreign form is the same");
    IS_STR(READ(phone, "0032 2 123 45 67"), "+3221234567", "00 is a plus");
    IS_STR(READ(phone, "012345678"), "!form-not-phone", "a digit is missing");
    IS_STR(READ(phone, "01 23 45 67 89 poste 3"), "!form-not-phone", "no words");
    IS_STR(READ(phone, "+12"), "!form-not-phone", "a foreign number may be too short");
}

static void test_numbers_and_days(void)
{
    IS_STR(READ(day, "2028-02-29"), "2028-02-29", "a day as browsers send it");
    IS_STR(READ(day, "3/2/2027"), "2027-02-03", "a day as the French write it");
    IS_STR(read_with("day", "3/2/2027")->day.typed, "3/2/2027", "and is shown again as typed");
    IS_STR(READ(day, "31-02-2027"), "!form-not-day", "a day that does not exist");
    IS_STR(READ(time, "8h"), "08:00", "a full hour");
    IS_STR(READ(time, "8 h 05"), "08:05", "an hour and minutes");
    IS_STR(READ(time, "17:30"), "17:30", "a time as browsers send it");
    IS_STR(READ(time, "17:30:00"), "17:30", "a time with seconds");
    IS_STR(READ(time, "24:00"), "!form-not-time", "there is no 24th hour");
    IS_STR(READ(time, "8:60"), "!form-not-time", "nor a 60th minute");
    IS_STR(READ(time, "830"), "!form-not-time", "a time needs its sign");
    IS_STR(READ(time, "8:"), "!form-not-time", "after a colon minutes come");
    IS_INT(read_with("number", " -5 ")->number.number, -5, "a number is read");
    IS_STR(READ(number, "51"), "!form-number-range", "a number may be too large");
    IS_STR(read_with("email", "x")->email.label, "Adresse électronique",
           "beside it stands what the field is called");
    IS_STR(read_with("number", "51")->number.sentence,
           "Ce nombre doit être compris entre -5 et 50.", "its sentence tells the bounds");
    IS_STR(READ(number, "5x"), "!form-not-number", "a number has digits only");
    IS_STR(READ(number, "99999999999999999999"), "!form-not-number", "a number is bounded");
    IS_INT(read_with("choice", "bc")->choice.number, 1, "a choice knows its place");
    IS_STR(READ(choice, "b"), "!form-not-choice", "the beginning of a choice is none");
    IS_STR(READ(choice, "a|bc"), "!form-not-choice", "two choices are none");
    OK(read_with("flag", "on")->flag.flag && !read_with("x", "on")->flag.flag,
       "a flag is set by being sent");
}

static void test_files(void)
{
    OK(read_file(1)->file.file != NULL, "a file is found");
    IS_STR(seen(&read_file(0)->file), "!form-file-empty", "an empty file is refused");
    IS_STR(seen(&read_file(HTTP_FILE_MOST)->file), "", "a file of the limit's size is taken");
    IS_STR(seen(&read_file(HTTP_FILE_MOST + 1)->file), "!form-file-too-large",
           "a file over the limit is refused");
}

static void test_whole(void)
{
    struct try_form *form = read_with("email", "a");
    struct exchange x = {.arena = arena, .site = &site};
    struct form_error *errors;

    OK(!FORM_GOOD(form), "one wrong field makes the form wrong");
    IS_INT(FORM_ERRORS(arena, try_form, form, &errors), 1, "every wrong field is listed");
    IS_STR(errors[0].name, "email", "an error names its field");
    form = read_with("email", "a@b.fr");
    OK(FORM_GOOD(form) && form->email.given && !form->phone.given, "a form may be good");
    form_refuse(&x, &form->email, "sign-in-throttled");
    OK(!FORM_GOOD(form), "a handler refuses what the rows cannot judge");
    IS_STR(form->email.sentence, http_sentences_get(site.sentences, "sign-in-throttled"),
           "a handler's refusal has its sentence");
    OK(!form->email.label, "which says itself what it is about");
    IS_STR(form->email.typed, "a@b.fr", "what a handler refuses is shown again");
}

int main(void)
{
    arena = arena_new(1024 * 1024);
    if (http_sentences_read(arena, PARAPHE_SOURCE "/views/errors.txt", &site.sentences) != ERR_OK)
        abort();
    test_texts();
    test_addresses();
    test_numbers_and_days();
    test_files();
    test_whole();
    arena_free(arena);
    return tap_end();
}
