#include "inspect/attacks.h"

#include <string.h>

struct clue {
    const char *reason;
    const char *attack;
};

/* What stands in the file itself. */
static const struct clue clues[] = {
    {"inspect-byte-range-missing", "inspect-attack-forgery"},
    {"inspect-byte-range-malformed", "inspect-attack-forgery"},
    {"inspect-contents-missing", "inspect-attack-forgery"},
    {"inspect-signature-unreadable", "inspect-attack-forgery"},
    {"inspect-byte-range-gap", "inspect-attack-wrapping"},
    {"inspect-signature-redefined", "inspect-attack-wrapping"},
    {"inspect-signature-detached", "inspect-attack-wrapping"},
    {"inspect-coverage", "inspect-attack-wrapping"},
    {"inspect-hidden-bytes", "inspect-attack-saving"},
    {"inspect-trailing-bytes", "inspect-attack-saving"},
    {"inspect-overlap", "inspect-attack-saving"},
    {"inspect-second-document", "inspect-attack-saving"},
    {"inspect-sneaky-signature", "inspect-attack-sneaky"},
    {"inspect-text-covered", "inspect-attack-annotation"},
    {"inspect-picture-covered", "inspect-attack-annotation"},
    {"inspect-annotation-kind", "inspect-attack-annotation"},
    {"inspect-annotation-action", "inspect-attack-annotation"},
    {"inspect-value-replaced", "inspect-attack-replace"},
    {"inspect-appearance-replaced", "inspect-attack-replace"},
    {"inspect-appearance-shared", "inspect-attack-replace"},
    {"inspect-annotation-changed", "inspect-attack-replace"},
    {"inspect-annotation-removed", "inspect-attack-hide"},
};

static void put_first(struct inspect_report *report, const char *key)
{
    struct inspect_reason named = {.weight = INSPECT_ALTERATION};
    size_t count = report->reason_count;

    for (uint32_t i = 0; i < report->reason_count; i++)
        if (strcmp(report->reasons[i].key, key) == 0)
            return;
    if (count == INSPECT_REASONS_MAX)
        count--;
    memcpy(named.key, key, strlen(key));
    memmove(&report->reasons[1], report->reasons, count * sizeof named);
    report->reasons[0] = named;
    report->reason_count = (uint32_t)count + 1;
}

/* An object that is called up or defined anew serves many ends: it is named where no other is. */
void inspect_attacks_name(unsigned traces, struct inspect_report *report)
{
    struct inspect_reason reasons[INSPECT_REASONS_MAX];
    const uint32_t count = report->reason_count;

    if (report->verdict != INSPECT_ALTERED || report->signature_count == 0)
        return;
    memcpy(reasons, report->reasons, sizeof reasons);
    for (uint32_t i = 0; i < count; i++)
        for (size_t k = 0; k < sizeof clues / sizeof *clues; k++)
            if (reasons[i].weight != INSPECT_NOTE && strcmp(reasons[i].key, clues[k].reason) == 0)
                put_first(report, clues[k].attack);
    if (traces & INSPECT_TRACE_ANNOTATED)
        put_first(report, "inspect-attack-annotation");
    if (traces & INSPECT_TRACE_UNCOVERED)
        put_first(report, "inspect-attack-hide");
    if (traces & INSPECT_TRACE_OVERLAID)
        put_first(report, "inspect-attack-replace");
    if (traces & INSPECT_TRACE_PREPARED &&
        !(traces & (INSPECT_TRACE_UNCOVERED | INSPECT_TRACE_OVERLAID)))
        put_first(report, "inspect-attack-hide-and-replace");
    if (traces & INSPECT_TRACE_REDEFINED && report->reason_count == count)
        put_first(report, "inspect-attack-saving");
}
