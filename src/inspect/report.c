#include "inspect/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const char *const verdict_names[INSPECT_VERDICT_COUNT] = {
    "intact", "altered", "broken", "unsigned", "not_pdf", "encrypted", "limit",
};
static const char *const evidence_names[INSPECT_EVIDENCE_COUNT] = {
    "none", "prefix", "metadata", "page_code", "short_code",
};
static const char *const changes_names[INSPECT_CHANGES_COUNT] = {
    "none", "signatures", "form_filling", "annotations", "other",
};
static const char *const covers_names[INSPECT_COVERS_COUNT] = {"file", "revision", "unclear"};
static const char *const chain_names[INSPECT_CHAIN_COUNT] = {
    "unknown",
    "trusted",
    "expired",
    "untrusted",
};
static const char *const status_names[INSPECT_STATUS_COUNT] = {
    [INSPECT_STATUS_INDETERMINATE] = "INDETERMINATE",
    [INSPECT_STATUS_PASSED] = "TOTAL-PASSED",
    [INSPECT_STATUS_FAILED] = "TOTAL-FAILED",
};
static const char *const indication_names[INSPECT_INDICATION_COUNT] = {
    [INSPECT_INDICATION_NONE] = "",
    [INSPECT_FORMAT_FAILURE] = "FORMAT_FAILURE",
    [INSPECT_HASH_FAILURE] = "HASH_FAILURE",
    [INSPECT_SIG_CRYPTO_FAILURE] = "SIG_CRYPTO_FAILURE",
    [INSPECT_REVOKED] = "REVOKED",
    [INSPECT_EXPIRED] = "EXPIRED",
    [INSPECT_NOT_YET_VALID] = "NOT_YET_VALID",
    [INSPECT_SIGNED_DATA_NOT_FOUND] = "SIGNED_DATA_NOT_FOUND",
    [INSPECT_NO_SIGNING_CERTIFICATE_FOUND] = "NO_SIGNING_CERTIFICATE_FOUND",
    [INSPECT_NO_CERTIFICATE_CHAIN_FOUND] = "NO_CERTIFICATE_CHAIN_FOUND",
    [INSPECT_CERTIFICATE_CHAIN_GENERAL_FAILURE] = "CERTIFICATE_CHAIN_GENERAL_FAILURE",
    [INSPECT_CHAIN_CONSTRAINTS_FAILURE] = "CHAIN_CONSTRAINTS_FAILURE",
    [INSPECT_CRYPTO_CONSTRAINTS_FAILURE] = "CRYPTO_CONSTRAINTS_FAILURE",
    [INSPECT_CRYPTO_CONSTRAINTS_FAILURE_NO_POE] = "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
    [INSPECT_REVOKED_NO_POE] = "REVOKED_NO_POE",
    [INSPECT_REVOKED_CA_NO_POE] = "REVOKED_CA_NO_POE",
    [INSPECT_OUT_OF_BOUNDS_NO_POE] = "OUT_OF_BOUNDS_NO_POE",
    [INSPECT_TRY_LATER] = "TRY_LATER",
};
static const char *const addition_names[INSPECT_ADDED_COUNT] = {
    "ink", "stamp", "text", "markup", "note", "field", "signature", "other",
};

const char *inspect_verdict_name(enum inspect_verdict verdict)
{
    return verdict_names[verdict];
}

const char *inspect_evidence_name(enum inspect_evidence evidence)
{
    return evidence_names[evidence];
}

const char *inspect_changes_name(enum inspect_changes changes)
{
    return changes_names[changes];
}

const char *inspect_covers_name(enum inspect_covers covers)
{
    return covers_names[covers];
}

const char *inspect_chain_name(enum inspect_chain chain)
{
    return chain_names[chain];
}

const char *inspect_status_name(enum inspect_status status)
{
    return status_names[status];
}

const char *inspect_indication_name(enum inspect_indication indication)
{
    return indication_names[indication];
}

const char *inspect_addition_name(enum inspect_addition_kind kind)
{
    return addition_names[kind];
}

void inspect_text_copy(char *place, size_t size, struct bytes text)
{
    const char *at = (const char *)text.data, *end = at + text.length;
    size_t length = 0;

    while (at < end) {
        const char *start = at;
        uint32_t character;
        bool good = text_next(&at, end, &character) && character >= 0x20 && character != 0x7f;
        size_t needed;

        if (at == start)
            at++;
        needed = good ? (size_t)(at - start) : 1;
        if (length + needed >= size)
            break;
        memcpy(place + length, good ? start : "?", needed);
        length += needed;
    }
    place[length] = '\0';
}

void inspect_reason_add(struct inspect_report *report, enum inspect_weight weight, const char *key,
                        const char *detail_format, ...)
{
    struct inspect_reason reason = {.weight = weight};
    char detail[2 * INSPECT_DETAIL_SIZE];
    va_list args;

    if (report->reason_count == INSPECT_REASONS_MAX)
        return;
    snprintf(reason.key, sizeof reason.key, "%s", key);
    va_start(args, detail_format);
    vsnprintf(detail, sizeof detail, detail_format, args);
    va_end(args);
    inspect_text_copy(reason.detail, sizeof reason.detail, bytes_of(detail));
    for (uint32_t i = 0; i < report->reason_count; i++)
        if (strcmp(report->reasons[i].key, reason.key) == 0 &&
            strcmp(report->reasons[i].detail, reason.detail) == 0)
            return;
    report->reasons[report->reason_count++] = reason;
}

bool inspect_text_sound(const char *text, size_t size)
{
    size_t length = strnlen(text, size);

    return length < size && text_is_utf8((struct bytes){(const unsigned char *)text, length});
}

#define IN_RANGE(value, count) ((unsigned)(value) < (unsigned)(count))
#define SOUND_TEXT(array) inspect_text_sound((array), sizeof(array))

static bool sound_bool(const bool *value)
{
    return *(const unsigned char *)value <= 1;
}

static bool sound_signature(const struct inspect_signature *s)
{
    return SOUND_TEXT(s->field) && SOUND_TEXT(s->subfilter) && SOUND_TEXT(s->signer) &&
           SOUND_TEXT(s->subject) && SOUND_TEXT(s->issuer) && SOUND_TEXT(s->serial) &&
           SOUND_TEXT(s->digest) && sound_bool(&s->has_signing_time) &&
           sound_bool(&s->is_timestamp) && sound_bool(&s->integrity) &&
           IN_RANGE(s->covers, INSPECT_COVERS_COUNT) &&
           IN_RANGE(s->changes_after, INSPECT_CHANGES_COUNT) &&
           IN_RANGE(s->chain, INSPECT_CHAIN_COUNT) && IN_RANGE(s->status, INSPECT_STATUS_COUNT) &&
           IN_RANGE(s->indication, INSPECT_INDICATION_COUNT);
}

bool inspect_report_sound(const struct inspect_report *report)
{
    if (!IN_RANGE(report->verdict, INSPECT_VERDICT_COUNT) ||
        !IN_RANGE(report->evidence, INSPECT_EVIDENCE_COUNT) ||
        !IN_RANGE(report->original, INSPECT_ORIGINAL_COUNT) ||
        !sound_bool(&report->more_additions) || !SOUND_TEXT(report->short_code) ||
        report->token_count > INSPECT_TOKENS_MAX ||
        report->signature_count > INSPECT_SIGNATURES_MAX ||
        report->reason_count > INSPECT_REASONS_MAX ||
        report->addition_count > INSPECT_ADDITIONS_MAX)
        return false;
    for (uint32_t i = 0; i < report->token_count; i++)
        if (!SOUND_TEXT(report->tokens[i]))
            return false;
    for (uint32_t i = 0; i < report->signature_count; i++)
        if (!sound_signature(&report->signatures[i]))
            return false;
    for (uint32_t i = 0; i < report->reason_count; i++)
        if (!SOUND_TEXT(report->reasons[i].key) || !SOUND_TEXT(report->reasons[i].detail) ||
            !IN_RANGE(report->reasons[i].weight, INSPECT_WEIGHT_COUNT))
            return false;
    for (uint32_t i = 0; i < report->addition_count; i++)
        if (!SOUND_TEXT(report->additions[i].field) ||
            !IN_RANGE(report->additions[i].kind, INSPECT_ADDED_COUNT))
            return false;
    return true;
}
