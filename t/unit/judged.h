/* What the tests of the judge ask of a report. */
#ifndef PARAPHE_T_JUDGED_H
#define PARAPHE_T_JUDGED_H

#include "inspect/report.h"
#include "t/unit/tap.h"

#define JUDGED_ARENA ((size_t)256 << 20)

static inline const struct inspect_report *judge_with(struct arena *arena,
                                                      struct inspect_input input)
{
    static struct inspect_report report;

    if (input.now == 0)
        input.now = 1800000000;
    if (inspect_judge(arena, &input, &report) != ERR_OK || !inspect_report_sound(&report))
        report = (struct inspect_report){.verdict = INSPECT_VERDICT_COUNT};
    return &report;
}

static inline const struct inspect_report *judge(struct arena *arena, struct bytes file)
{
    return judge_with(arena, (struct inspect_input){.file = file});
}

static inline bool has_reason(const struct inspect_report *report, const char *key)
{
    for (uint32_t i = 0; i < report->reason_count; i++)
        if (strcmp(report->reasons[i].key, key) == 0)
            return true;
    return false;
}

static inline bool has_addition(const struct inspect_report *report,
                                enum inspect_addition_kind kind)
{
    for (uint32_t i = 0; i < report->addition_count; i++)
        if (report->additions[i].kind == kind)
            return true;
    return false;
}

/* Says what was found where a test fails. */
static inline bool explain(bool good, const struct inspect_report *report)
{
    if (good)
        return true;
    printf("# verdict %u\n", (unsigned)report->verdict);
    for (uint32_t i = 0; i < report->reason_count; i++)
        printf("# %s: %s\n", report->reasons[i].key, report->reasons[i].detail);
    for (uint32_t i = 0; i < report->signature_count; i++)
        printf("# %s: %d, %s, %s\n", report->signatures[i].field, report->signatures[i].integrity,
               inspect_covers_name(report->signatures[i].covers),
               inspect_changes_name(report->signatures[i].changes_after));
    return false;
}

static inline bool found(const struct inspect_report *report, enum inspect_verdict verdict,
                         const char *key)
{
    return explain(report->verdict == verdict && (!key || has_reason(report, key)), report);
}

#define FOUND(file, verdict, key, title) OK(found(judge(arena, (file)), (verdict), (key)), (title))

#endif
