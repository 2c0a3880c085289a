#include "pdf/token.h"

#include <string.h>

#include "base/bytes.h"
#include "base/crypto.h"
#include "base/secret.h"

#define MAC_SIZE 16
#define TEXT_LENGTH 43 /* of base64url of 32 bytes */
#define CODE_DIGITS 11 /* before the check character */

static const char metadata_prefix[] = "PARAPHE1:";
static const char address_path[] = "/c/";

/* Crockford's base 32: no I, L, O (read as digits) and no U. */
static const char code_digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
#define CODE_BASE 32

/* The check of ISO/IEC 7064's hybrid systems (MOD 37,36 is their best known), with M = 32, so
 * that the check character comes from the alphabet of the others. */
static unsigned check_of(const unsigned char digits[CODE_DIGITS])
{
    unsigned rest = CODE_BASE;

    for (size_t i = 0; i < CODE_DIGITS; i++) {
        rest = (rest + digits[i]) % CODE_BASE;
        rest = (rest == 0 ? CODE_BASE : rest) * 2 % (CODE_BASE + 1);
    }
    return (CODE_BASE + 1 - rest) % CODE_BASE;
}

static void write_code(const unsigned char digits[CODE_DIGITS],
                       char code[PDF_SHORT_CODE_LENGTH + 1])
{
    size_t at = 0;

    for (size_t i = 0; i <= CODE_DIGITS; i++) {
        if (i > 0 && i % 4 == 0)
            code[at++] = '-';
        code[at++] = code_digits[i < CODE_DIGITS ? digits[i] : check_of(digits)];
    }
    code[at] = '\0';
}

static enum err derive_code(const struct settings *settings, const unsigned char id[PDF_ID_SIZE],
                            char code[PDF_SHORT_CODE_LENGTH + 1])
{
    unsigned char mac[CRYPTO_SHA256_SIZE], digits[CODE_DIGITS];
    uint64_t bits = 0;

    ERR_TRY(secret_mac(settings, "paraphe-short-code-v1", (struct bytes){id, PDF_ID_SIZE}, mac));
    for (size_t i = 0; i < 8; i++)
        bits = bits << 8 | mac[i];
    for (size_t i = 0; i < CODE_DIGITS; i++)
        digits[i] = (unsigned char)(bits >> (64 - 5 * (i + 1)) & (CODE_BASE - 1));
    write_code(digits, code);
    return ERR_OK;
}

static enum err convention_mac(const struct settings *settings, const unsigned char id[PDF_ID_SIZE],
                               unsigned char mac[CRYPTO_SHA256_SIZE])
{
    return secret_mac(settings, "paraphe-convention-v1", (struct bytes){id, PDF_ID_SIZE}, mac);
}

void pdf_id_make(unsigned char id[PDF_ID_SIZE])
{
    crypto_random(id, PDF_ID_SIZE);
}

enum err pdf_token_make(struct arena *arena, const struct settings *settings,
                        const unsigned char id[PDF_ID_SIZE], struct pdf_token *token)
{
    unsigned char mac[CRYPTO_SHA256_SIZE], all[PDF_ID_SIZE + MAC_SIZE];
    char code[PDF_SHORT_CODE_LENGTH + 1];

    ERR_TRY(convention_mac(settings, id, mac));
    ERR_TRY(derive_code(settings, id, code));
    memcpy(all, id, PDF_ID_SIZE);
    memcpy(all + PDF_ID_SIZE, mac, MAC_SIZE);
    token->text = crypto_base64url(arena, (struct bytes){all, sizeof all});
    token->metadata = arena_printf(arena, "%s%s", metadata_prefix, token->text);
    token->address = arena_printf(arena, "%s%s%s", settings->base_url, address_path, token->text);
    token->short_code = arena_strdup(arena, code);
    return ERR_OK;
}

/* Where the token's own text begins: behind the prefix, or behind the last "/c/". */
static const char *own_text(const char *text)
{
    size_t length = strlen(text), path = strlen(address_path);

    if (strncmp(text, metadata_prefix, strlen(metadata_prefix)) == 0)
        return text + strlen(metadata_prefix);
    if (length > TEXT_LENGTH + path &&
        strncmp(text + length - TEXT_LENGTH - path, address_path, path) == 0)
        return text + length - TEXT_LENGTH;
    return text;
}

enum err pdf_token_parse(const struct settings *settings, const char *text,
                         unsigned char id[PDF_ID_SIZE], bool *genuine)
{
    unsigned char mac[CRYPTO_SHA256_SIZE], all[PDF_ID_SIZE + MAC_SIZE];

    *genuine = false;
    if (!crypto_unbase64url(own_text(text), all, sizeof all))
        return ERR_OK;
    ERR_TRY(convention_mac(settings, all, mac));
    if (!crypto_equal(mac, all + PDF_ID_SIZE, MAC_SIZE))
        return ERR_OK;
    memcpy(id, all, PDF_ID_SIZE);
    *genuine = true;
    return ERR_OK;
}

/* The value of a typed character, or -1. */
static int code_value(char c)
{
    const char *digit;

    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'O')
        c = '0';
    if (c == 'I' || c == 'L')
        c = '1';
    digit = c ? strchr(code_digits, c) : NULL;
    return digit ? (int)(digit - code_digits) : -1;
}

/* Passes over what people put between the groups: spaces (also non-breaking), hyphens, dashes. */
static const char *skip_separators(const char *at)
{
    static const char *const separators[] = {
        " ",        "\t",           "\n",           "\r",           "-",           ".",
        "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x90", "\xe2\x80\x91", "\xe2\x80\x93"};

    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++) {
        size_t length = strlen(separators[i]);
        if (strncmp(at, separators[i], length) == 0)
            return skip_separators(at + length);
    }
    return at;
}

bool pdf_short_code_parse(const char *typed, char code[PDF_SHORT_CODE_LENGTH + 1])
{
    unsigned char digits[CODE_DIGITS + 1];

    for (size_t i = 0; i <= CODE_DIGITS; i++) {
        int value;
        typed = skip_separators(typed);
        value = code_value(*typed);
        if (value < 0)
            return false;
        digits[i] = (unsigned char)value;
        typed++;
    }
    if (*skip_separators(typed) != '\0' || digits[CODE_DIGITS] != check_of(digits))
        return false;
    write_code(digits, code);
    return true;
}
