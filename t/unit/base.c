#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/err.h"
#include "base/otp.h"
#include "base/settings.h"
#include "base/text.h"

#include <stdlib.h>
#include <unistd.h>

#include "t/unit/tap.h"

static int order[2], ordered;

static void note(void *what)
{
    order[ordered++] = *(int *)what;
}

static void test_arena(void)
{
    struct arena *arena = arena_new(256 * 1024);
    static int one = 1, two = 2;
    jmp_buf out;
    volatile bool caught = false;
    char *big;
    size_t zeros = 0;

    big = arena_alloc(arena, 100 * 1024);
    OK(big[0] == 0 && big[100 * 1024 - 1] == 0, "an allocation larger than a block is zeroed");
    arena_on_reset(arena, note, &one);
    arena_on_reset(arena, note, &two);
    arena_reset(arena);
    OK(ordered == 2 && order[0] == 2 && order[1] == 1, "clean-ups run last first");
    IS_INT(arena_used(arena), 0, "a reset forgets everything");
    memset(arena_alloc(arena, 40 * 1024), 'x', 40 * 1024);
    arena_reset(arena);
    arena_alloc(arena, 1024);
    big = arena_alloc(arena, 50 * 1024);
    while (zeros < 50 * 1024 && big[zeros] == 0)
        zeros++;
    IS_INT(zeros, 50 * 1024, "what was used before a reset is zeroed, and what was not is zero");
    if (setjmp(out) == 0) {
        arena_catch(arena, &out);
        for (int i = 0; i < 100; i++)
            arena_alloc(arena, 10 * 1024);
    } else {
        caught = true;
    }
    OK(caught, "running out jumps to the request's edge");
    arena_free(arena);
}

static void test_buf(struct arena *arena)
{
    struct buf buf = buf_new(arena, 10);

    IS_STR(buf.data, "", "an empty buffer is printable");
    buf_puts(&buf, "12345");
    buf_printf(&buf, "%d", 67890);
    IS_STR(buf.data, "1234567890", "a buffer fills to its limit");
    buf_putc(&buf, 'x');
    OK(buf.overflown && buf.length == 10, "what is over the limit is left out and told");
}

static void test_clock(struct arena *arena)
{
    OK(clock_is_day("2028-02-29") && !clock_is_day("2027-02-29") && !clock_is_day("2027-2-01"),
       "a day must exist and be written in full");
    IS_STR(clock_french_day(arena, "2027-02-03"), "03-02-2027", "days show as JJ-MM-AAAA");
    IS_STR(clock_parse_french(arena, " 3/2/2027 "), "2027-02-03", "a French day is understood");
    OK(!clock_parse_french(arena, "31-02-2027") && !clock_parse_french(arena, "3-2/2027") &&
           !clock_parse_french(arena, "demain"),
       "what is no day is refused");
    IS_STR(clock_french_long_day(arena, "2027-02-03"), "mercredi 3 février 2027",
           "a day in a sentence");
    IS_STR(clock_french_long_day(arena, "2026-11-01"), "dimanche 1er novembre 2026",
           "the first of a month is 1er");
    IS_INT(clock_midnight("2027-02-01", 0), 1801436400, "a day begins at midnight in Paris");
    IS_INT(clock_midnight("2027-01-30", 2), 1801436400, "so does the one after the next");
    IS_INT(clock_midnight("2027-03-28", 1) - clock_midnight("2027-03-28", 0), 23 * 3600,
           "the day on which the clocks go forward is an hour shorter");
    IS_STR(clock_day(arena, 1801436400 - 1), "2027-01-31", "a second before midnight in Paris");
    IS_STR(clock_day(arena, 1801436400), "2027-02-01", "midnight in Paris is 23:00 UTC in winter");
    IS_STR(clock_day(arena, 1806271199), "2027-03-28", "the day on which summer time begins");
    IS_STR(clock_day(arena, 1806271200), "2027-03-29", "ends at 22:00 UTC");
    IS_STR(clock_day(arena, 1824933599), "2027-10-30", "before winter time begins");
    IS_STR(clock_day(arena, 1824933600), "2027-10-31", "midnight is at 22:00 UTC still");
    IS_INT(clock_days_between("2027-03-27", "2027-03-29"), 2, "summer time does not lose a day");
    IS_STR(clock_school_year(arena, "2027-08-31"), "2026-2027", "August ends a school year");
    IS_STR(clock_school_year(arena, "2027-09-01"), "2027-2028", "September begins one");
    IS_STR(clock_french_time(arena, "08:05:00"), "8\u00a0h\u00a005", "a time of day");
}

static void test_crypto(struct arena *arena)
{
    unsigned char mac[32], back[5];
    const char *text;

    crypto_hmac_sha256(bytes_of("Jefe"), bytes_of("what do ya want for nothing?"), mac);
    IS_STR(crypto_hex(arena, (struct bytes){mac, 4}), "5bdcc146", "HMAC of RFC 4231, case 2");
    text = crypto_base64url(arena, bytes_of("\xfb\xff\xfe?a"));
    IS_STR(text, "-__-P2E", "base64url");
    OK(crypto_unbase64url(text, back, 5) && memcmp(back, "\xfb\xff\xfe?a", 5) == 0,
       "base64url comes back");
    OK(!crypto_unbase64url("-__-P2F", back, 5), "two texts never mean the same bytes");
}

static void test_text(struct arena *arena)
{
    OK(text_is_utf8(bytes_of("Œuvre €")) && !text_is_utf8(bytes_of("\xc0\xaf")) &&
           !text_is_utf8(bytes_of("\xed\xa0\x80")) && !text_is_utf8(bytes_of("\xf4\x90\x80\x80")),
       "UTF-8 without overlong forms, surrogates and values past U+10FFFF");
    IS_STR(text_squeeze(arena, " \u00a0 Jean \t\n Paul\u200b "), "Jean Paul", "white space goes");
    IS_STR(text_upper(arena, "œuvré ş ł ÿ ß"), "ŒUVRÉ Ş Ł Ÿ SS", "capitals keep accents");
    IS_STR(text_fold(arena, "L’Hôpital-ŒUVRÉ  Łódź"), "l hopital oeuvre lodz", "folding");
    IS_INT(text_length("œuf"), 3, "length counts characters");
}

static enum err settings_of(struct arena *arena, const char *text, struct settings *settings)
{
    char path[] = "/tmp/paraphe-settings-XXXXXX";
    int file = mkstemp(path);
    enum err err = ERR_INTERNAL;

    if (file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text))
        err = settings_read(arena, path, settings);
    close(file);
    unlink(path);
    return err;
}

static void test_settings(struct arena *arena)
{
    struct settings settings;
    const char *needed =
        "base_url = https://localhost\nsecret_file=/x\nsmtp_url = smtp://localhost\n"
        "mail_from = a@b.fr\n# comment\n\n";

    OK(settings_of(arena, needed, &settings) == ERR_OK, "a short file is enough");
    IS_STR(settings.base_url, "https://localhost", "a value is read without spaces around it");
    IS_INT(settings.workers, 2, "what is not given has its default");
    OK(settings_of(arena, arena_printf(arena, "%sworkers = many\n", needed), &settings) != ERR_OK &&
           strstr(err_last()->detail, "line 7"),
       "a wrong number is refused with its line");
    OK(settings_of(arena, arena_printf(arena, "%swrokers = 2\n", needed), &settings) != ERR_OK,
       "an unknown name is refused");
    OK(settings_of(arena, "workers = 2\n", &settings) != ERR_OK, "a missing value is told");
}

/* RFC 6238, appendix B, by SHA-1: the last six of its eight digits. */
static void test_otp(struct arena *arena)
{
    static const struct {
        int64_t at;
        const char *code;
    } vectors[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
                   {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
    struct bytes key = bytes_of("12345678901234567890");
    char code[OTP_DIGITS + 1];

    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        otp_code(key, (uint64_t)vectors[i].at / OTP_SECONDS, code);
        IS_STR(code, vectors[i].code, "a code is the one of RFC 6238");
    }
    IS_STR(otp_base32(arena, key), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "a key is typed in base32");
    IS_STR(otp_base32(arena, bytes_of("foob")), "MZXW6YQ", "also one that fills no whole group");
    IS_STR(otp_base32(arena, bytes_of("")), "", "and none");
}

int main(void)
{
    struct arena *arena = arena_new(1024 * 1024);

    clock_open();
    test_arena();
    test_buf(arena);
    test_clock(arena);
    test_crypto(arena);
    test_text(arena);
    test_settings(arena);
    test_otp(arena);
    arena_free(arena);
    OK(clock_is_time("08:30") && clock_is_time("23:59"), "a time of the day is taken");
    OK(!clock_is_time("24:00") && !clock_is_time("8:30") && !clock_is_time("12:60"),
       "what is no time of the day is not");
    OK(text_is_email("secretariat.l-ambition@ac-lyon.fr"), "an address of a school is an e-mail");
    OK(!text_is_email("a@b") && !text_is_email("a b@c.fr") && !text_is_email("@c.fr") &&
           !text_is_email("a@c.fr\r\nBcc: d@e.fr") && !text_is_email("a@@c.fr"),
       "what mail could not be sent to is no e-mail");
    return tap_end();
}
