#include "pdf/token.h"

#include <stdlib.h>
#include <unistd.h>

#include "t/unit/tap.h"

static char secret_path[] = "/tmp/paraphe-secret-XXXXXX",
            other_path[] = "/tmp/paraphe-secret-XXXXXX",
            short_path[] = "/tmp/paraphe-secret-XXXXXX";

static void write_secret(char *path, char fill, size_t length)
{
    FILE *file = fdopen(mkstemp(path), "w");

    for (size_t i = 0; i < length; i++)
        fputc(fill, file);
    fclose(file);
}

static const unsigned char some_id[PDF_ID_SIZE] = {1, 2,  3,  4,  5,  6,  7,  8,
                                                   9, 10, 11, 12, 13, 14, 15, 16};

static bool genuine(const struct settings *settings, const char *text)
{
    unsigned char id[PDF_ID_SIZE];
    bool yes;

    return pdf_token_parse(settings, text, id, &yes) == ERR_OK && yes &&
           memcmp(id, some_id, sizeof id) == 0;
}

static void test_token(struct arena *arena, const struct settings *settings)
{
    struct pdf_token token, again;
    struct settings other = *settings;
    char *changed;
    bool refused = true;

    IS_INT(pdf_token_make(arena, settings, some_id, &token), ERR_OK, "a token is made");
    pdf_token_make(arena, settings, some_id, &again);
    IS_STR(again.metadata, token.metadata, "the same ID has the same token");
    IS_INT(strlen(token.text), 43, "a token has 43 characters");
    OK(strncmp(token.metadata, "PARAPHE1:", 9) == 0, "metadata begins with the form's name");
    IS_STR(token.address, arena_printf(arena, "https://stages.example/c/%s", token.text),
           "the address is one of the site");
    OK(genuine(settings, token.text), "a bare token is read");
    OK(genuine(settings, token.metadata), "metadata is read");
    OK(genuine(settings, token.address), "an address is read");
    OK(genuine(settings, arena_printf(arena, "https://old.example:8443/x/c/%s", token.text)),
       "an address of a site's former name is read");
    for (size_t i = 0; i < strlen(token.text); i++) {
        changed = arena_strdup(arena, token.text);
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        refused = refused && !genuine(settings, changed);
    }
    OK(refused, "a token with any one character changed is refused");
    OK(!genuine(settings, "") && !genuine(settings, "PARAPHE1:") &&
           !genuine(settings, "https://stages.example/c/"),
       "texts without a token are refused");
    OK(!genuine(settings, arena_printf(arena, "%sA", token.text)), "a longer token is refused");

    other.secret_file = other_path;
    OK(!genuine(&other, token.text), "a token made with another key is refused");
    other.secret_file = short_path;
    IS_INT(pdf_token_make(arena, &other, some_id, &again), ERR_INTERNAL,
           "a secret of fewer than 32 bytes is refused");
    other.secret_file = "/nonexistent/secret";
    IS_INT(pdf_token_make(arena, &other, some_id, &again), ERR_INTERNAL,
           "a secret that cannot be read is refused");
    OK(genuine(settings, token.text), "and the right secret serves again afterwards");
}

static void test_key_is_kept(struct arena *arena, const struct settings *settings)
{
    struct pdf_token token;

    pdf_token_make(arena, settings, some_id, &token);
    unlink(secret_path);
    OK(genuine(settings, token.text), "the key is read once in a process");
}

static void test_ids(void)
{
    unsigned char a[PDF_ID_SIZE], b[PDF_ID_SIZE];

    pdf_id_make(a);
    pdf_id_make(b);
    OK(memcmp(a, b, sizeof a) != 0, "two IDs differ");
}

/* Each digit replaced by each other, and each two neighbours exchanged. */
static void test_typing_errors(const char *right)
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    char typed[PDF_SHORT_CODE_LENGTH + 1], read[PDF_SHORT_CODE_LENGTH + 1];
    int replaced = 0, exchanged = 0;

    for (size_t i = 0; i < PDF_SHORT_CODE_LENGTH; i++)
        for (size_t j = 0; right[i] != '-' && digits[j]; j++) {
            memcpy(typed, right, sizeof typed);
            typed[i] = digits[j];
            replaced += digits[j] != right[i] && pdf_short_code_parse(typed, read);
        }
    IS_INT(replaced, 0, "a code with one character mistyped is refused");
    for (size_t i = 0; i + 1 < PDF_SHORT_CODE_LENGTH; i++) {
        if (right[i] == '-' || right[i + 1] == '-' || right[i] == right[i + 1])
            continue;
        memcpy(typed, right, sizeof typed);
        typed[i] = right[i + 1];
        typed[i + 1] = right[i];
        exchanged += pdf_short_code_parse(typed, read);
    }
    IS_INT(exchanged, 0, "a code with two neighbours exchanged is refused");
}

static void test_short_code(struct arena *arena, const struct settings *settings)
{
    struct pdf_token token;
    char read[PDF_SHORT_CODE_LENGTH + 1] = "";
    unsigned char id[PDF_ID_SIZE] = {0};
    bool all_read = true, alphabet = true;

    for (int i = 0; i < 500; i++) {
        memcpy(id, &i, sizeof i);
        pdf_token_make(arena, settings, id, &token);
        all_read = all_read && pdf_short_code_parse(token.short_code, read) &&
                   strcmp(read, token.short_code) == 0;
        alphabet = alphabet && !strpbrk(token.short_code, "ILOU") &&
                   strlen(token.short_code) == PDF_SHORT_CODE_LENGTH;
        if (i < 3)
            test_typing_errors(token.short_code);
    }
    OK(all_read, "short codes are read as they were printed");
    OK(alphabet, "short codes have 14 characters and none that is mistaken for another");
}

static void test_forgiving(void)
{
    char read[PDF_SHORT_CODE_LENGTH + 1] = "", zero[PDF_SHORT_CODE_LENGTH + 1];
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    char code[] = "01AB-CDEF-GHJ0";
    char lower[] = "oiab cdef\xc2\xa0ghj\xe2\x80\x93"
                   "0 ",
         joined[] = "olABCDEFGHJ0";

    for (size_t i = 0; digits[i] && !pdf_short_code_parse(code, read); i++)
        code[13] = digits[i];
    IS_STR(read, code, "some check character fits");
    lower[strlen(lower) - 2] = code[13];
    joined[strlen(joined) - 1] = code[13];
    OK(pdf_short_code_parse(lower, zero) && strcmp(zero, code) == 0,
       "lower case, o, i, spaces and dashes are understood");
    OK(pdf_short_code_parse(joined, zero) && strcmp(zero, code) == 0,
       "a code without its hyphens is understood");
    OK(!pdf_short_code_parse("", read) && !pdf_short_code_parse("01AB-CDEF", read) &&
           !pdf_short_code_parse("01AB-CDEF-GH_0", read),
       "what is no short code is refused");
    joined[0] = '0';
    OK(pdf_short_code_parse(joined, zero), "a zero stands for the letter O");
}

int main(void)
{
    struct arena *arena = arena_new(4 * 1024 * 1024);
    struct settings settings = {.base_url = "https://stages.example", .secret_file = secret_path};

    write_secret(secret_path, 's', 32);
    write_secret(other_path, 'o', 64);
    write_secret(short_path, 'x', 31);
    test_token(arena, &settings);
    test_ids();
    test_short_code(arena, &settings);
    test_forgiving();
    test_key_is_kept(arena, &settings);
    unlink(other_path);
    unlink(short_path);
    arena_free(arena);
    return tap_end();
}
