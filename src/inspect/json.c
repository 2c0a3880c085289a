#include "inspect/json.h"

#include <time.h>

#include "base/crypto.h"
#include "base/text.h"

#define ID_SIZE 16
#define TOKEN_SIZE 32    /* the ID and its MAC */
#define TOKEN_LENGTH 43U /* of their base64url */

enum inspect_verdict inspection_verdict(const struct inspection *inspection)
{
    if (inspection->report)
        return inspection->report->verdict;
    switch (inspection->failure) {
    case INSPECT_FAILED_EMPTY:
    case INSPECT_FAILED_NOT_PDF:
    case INSPECT_FAILED_NOT_IMAGE:
        return INSPECT_NOT_PDF;
    case INSPECT_FAILED_ENCRYPTED:
        return INSPECT_ENCRYPTED;
    case INSPECT_FAILED_TOO_LARGE:
    case INSPECT_FAILED_TOO_MANY_PAGES:
    case INSPECT_FAILED_TOO_MUCH:
    case INSPECT_FAILED_IMAGE_TOO_LARGE:
    case INSPECT_FAILED_SLOW:
    case INSPECT_FAILED_MEMORY:
        return INSPECT_LIMIT;
    case INSPECT_FAILED_DAMAGED:
    case INSPECT_FAILED_CRASHED:
    case INSPECT_FAILED_BUSY:
    case INSPECT_FAILED_ABSENT:
    case INSPECT_FAILURE_COUNT:
        break;
    }
    return INSPECT_BROKEN;
}

/* Reads the ID of a token, whatever stands before its own text; false where it is none. */
static bool token_id(const char *text, unsigned char id[ID_SIZE])
{
    unsigned char all[TOKEN_SIZE];
    size_t length = strlen(text);

    if (length < TOKEN_LENGTH || !crypto_unbase64url(text + length - TOKEN_LENGTH, all, sizeof all))
        return false;
    memcpy(id, all, ID_SIZE);
    return true;
}

/* Whether the text names the same convention as those before; puts it for the first. */
static bool agrees(const char *text, unsigned char id[ID_SIZE], bool *found)
{
    unsigned char other[ID_SIZE];

    if (!token_id(text, other))
        return true;
    if (!*found)
        memcpy(id, other, ID_SIZE);
    *found = true;
    return memcmp(id, other, ID_SIZE) == 0;
}

const char *inspection_convention(struct arena *arena, const struct inspection *inspection)
{
    const struct inspect_claim *claim = inspection->claim;
    unsigned char id[ID_SIZE];
    bool found = false;

    for (uint32_t i = 0; claim && i < claim->token_count; i++)
        if (!agrees(claim->tokens[i], id, &found))
            return NULL;
    for (uint32_t i = 0; claim && claim->token_count == 0 && i < claim->code_count; i++)
        if (!agrees(claim->codes[i].text, id, &found))
            return NULL;
    return found ? crypto_hex(arena, (struct bytes){id, ID_SIZE}) : NULL;
}

/* A string, with U+FFFD for each byte that is not UTF-8. */
static void put_string(struct buf *buf, const char *text)
{
    const char *end = text + strlen(text);

    buf_putc(buf, '"');
    while (text < end) {
        const char *start = text;
        uint32_t character;

        if (!text_next(&text, end, &character)) {
            buf_puts(buf, "\xef\xbf\xbd");
            text++;
        } else if (character < ' ' || character == 0x7f) {
            buf_printf(buf, "\\u%04x", (unsigned)character);
        } else {
            if (character == '"' || character == '\\')
                buf_putc(buf, '\\');
            buf_put(buf, start, (size_t)(text - start));
        }
    }
    buf_putc(buf, '"');
}

static void put_member(struct buf *buf, const char *name, const char *value)
{
    put_string(buf, name);
    buf_putc(buf, ':');
    put_string(buf, value);
    buf_putc(buf, ',');
}

static void put_time(struct buf *buf, const char *name, bool is_known, int64_t seconds)
{
    char text[64];
    time_t time = (time_t)seconds;
    struct tm parts;

    put_string(buf, name);
    buf_putc(buf, ':');
    if (is_known && gmtime_r(&time, &parts) &&
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) > 0)
        put_string(buf, text);
    else
        buf_puts(buf, "null");
    buf_putc(buf, ',');
}

/* What the standard concludes, and what that rests on. */
static void put_validation(struct buf *buf, const struct inspect_signature *signature)
{
    put_member(buf, "status", inspect_status_name(signature->status));
    if (signature->indication == INSPECT_INDICATION_NONE)
        buf_puts(buf, "\"indication\":null,");
    else
        put_member(buf, "indication", inspect_indication_name(signature->indication));
    put_member(buf, "chain", inspect_chain_name(signature->chain));
    put_member(buf, "issuer", signature->issuer);
    put_time(buf, "valid_from", signature->not_before != 0, signature->not_before);
    put_time(buf, "valid_until", signature->not_after != 0, signature->not_after);
    put_time(buf, "proven_time", signature->proven_time != 0, signature->proven_time);
    buf_printf(buf, "\"timestamp\":%s", signature->is_timestamp ? "true" : "false");
}

static void put_signature(struct buf *buf, const struct inspect_signature *signature)
{
    buf_putc(buf, '{');
    put_member(buf, "field", signature->field);
    put_member(buf, "subfilter", signature->subfilter);
    put_member(buf, "signer", signature->signer);
    put_time(buf, "signing_time", signature->has_signing_time, signature->signing_time);
    put_member(buf, "digest", signature->digest);
    buf_printf(buf, "\"integrity\":%s,", signature->integrity ? "true" : "false");
    put_member(buf, "covers", inspect_covers_name(signature->covers));
    buf_puts(buf, "\"changes_after\":");
    put_string(buf, inspect_changes_name(signature->changes_after));
    buf_putc(buf, ',');
    put_validation(buf, signature);
    buf_putc(buf, '}');
}

static void put_signatures(struct buf *buf, const struct inspect_report *report)
{
    buf_puts(buf, "\"signatures\":[");
    for (uint32_t i = 0; report && i < report->signature_count; i++) {
        if (i > 0)
            buf_putc(buf, ',');
        put_signature(buf, &report->signatures[i]);
    }
    buf_puts(buf, "],");
}

static void put_reasons(struct buf *buf, const struct inspection *inspection)
{
    const struct inspect_report *report = inspection->report;

    buf_puts(buf, "\"reasons\":[");
    if (!report)
        put_string(buf, inspect_failure_key(inspection->failure));
    for (uint32_t i = 0; report && i < report->reason_count; i++) {
        const struct inspect_reason *reason = &report->reasons[i];
        if (i > 0)
            buf_putc(buf, ',');
        put_string(buf, reason->detail[0]
                            ? arena_printf(buf->arena, "%s: %s", reason->key, reason->detail)
                            : reason->key);
    }
    buf_puts(buf, "],");
}

void json_inspection(struct buf *buf, const struct inspection *inspection)
{
    const struct inspect_report *report = inspection->report;
    const struct inspect_claim *claim = inspection->claim;
    const char *convention = inspection_convention(buf->arena, inspection);

    buf_putc(buf, '{');
    put_member(buf, "file", inspection->file);
    put_member(buf, "verdict", inspect_verdict_name(inspection_verdict(inspection)));
    if (convention)
        put_member(buf, "convention", convention);
    else
        buf_puts(buf, "\"convention\":null,");
    put_member(buf, "evidence",
               inspect_evidence_name(report ? report->evidence : INSPECT_EVIDENCE_NONE));
    buf_printf(buf, "\"pages\":%u,", report ? report->pages : claim ? claim->pages : 0);
    put_signatures(buf, report);
    put_reasons(buf, inspection);
    buf_printf(buf, "\"ms\":%.2f}\n", inspection->ms);
}
