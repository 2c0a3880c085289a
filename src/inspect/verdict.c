#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "inspect/account.h"
#include "inspect/attacks.h"
#include "inspect/byte_range.h"
#include "inspect/changes.h"
#include "inspect/cms.h"
#include "inspect/mupdf.h"
#include "inspect/pages.h"
#include "inspect/protocol.h"
#include "inspect/validation.h"

/* One inspection. It lies in the arena; what MuPDF holds is given back by close_judge. */
struct judge {
    struct arena *arena;
    const struct inspect_input *input;
    struct inspect_report *report;
    fz_context *context;
    fz_pool *pool;    /* as long as the inspection */
    fz_pool *scratch; /* as long as one comparison */
    struct inspect_pdf file, original, earlier;
    struct inspect_fields fields;
    struct inspect_signed found[INSPECT_SIGNATURES_MAX];
    struct inspect_range ranges[INSPECT_SIGNATURES_MAX];
    int order[INSPECT_SIGNATURES_MAX]; /* indexes of found, as they were made */
    int count;
    struct inspect_material materials[INSPECT_SIGNATURES_MAX]; /* as in the report */
    struct inspect_history history;
    struct inspect_difference difference;
    unsigned traces; /* of attacks, by all comparisons */
    struct inspect_tokens tokens;
};

static void close_judge(void *what)
{
    struct judge *judge = what;

    if (!judge->context)
        return;
    for (int i = 0; i < judge->count; i++)
        inspect_material_free(&judge->materials[i]);
    inspect_pdf_close(&judge->earlier);
    inspect_pdf_close(&judge->original);
    inspect_pdf_close(&judge->file);
    fz_drop_pool(judge->context, judge->scratch);
    fz_drop_pool(judge->context, judge->pool);
    fz_empty_store(judge->context);
    judge->context = NULL;
}

/* Runs a step that may throw. Memory is our trouble, anything else the file's: then key becomes a
 * reason of that weight. */
static enum err guarded(struct judge *judge, void (*step)(struct judge *),
                        enum inspect_weight weight, const char *key)
{
    enum err err = ERR_OK;
    bool memory = false, failed = false;

    fz_var(memory);
    fz_var(failed);
    fz_try(judge->context) step(judge);
    fz_catch(judge->context)
    {
        memory = fz_caught(judge->context) == FZ_ERROR_MEMORY;
        failed = true;
    }
    if (memory || inspect_mupdf_starved())
        err = err_raise(ERR_UNAVAILABLE, "inspect-memory", "MuPDF has no memory left");
    else if (failed)
        inspect_reason_add(judge->report, weight, key, "%s", "");
    return err;
}

struct refusal {
    enum inspect_verdict verdict;
    const char *key;
};

static const struct refusal refusals[] = {
    [INSPECT_OPENED_EMPTY] = {INSPECT_NOT_PDF, "inspect-empty"},
    [INSPECT_OPENED_NOT_PDF] = {INSPECT_NOT_PDF, "inspect-not-pdf"},
    [INSPECT_OPENED_ENCRYPTED] = {INSPECT_ENCRYPTED, "inspect-encrypted"},
    [INSPECT_OPENED_BROKEN] = {INSPECT_BROKEN, "inspect-damaged"},
    [INSPECT_OPENED_CUT_OFF] = {INSPECT_BROKEN, "inspect-cut-off"},
    [INSPECT_OPENED_TOO_LARGE] = {INSPECT_LIMIT, "inspect-too-large"},
    [INSPECT_OPENED_TOO_MANY_PAGES] = {INSPECT_LIMIT, "inspect-too-many-pages"},
    [INSPECT_OPENED_TOO_MUCH] = {INSPECT_LIMIT, "inspect-too-much"},
};

static void refuse(struct judge *judge, enum inspect_opened opened)
{
    const struct refusal *refusal = &refusals[opened];

    judge->report->verdict = refusal->verdict;
    inspect_reason_add(judge->report, INSPECT_FAILURE, refusal->key, "%s", "");
}

static void open_file(struct judge *judge)
{
    struct inspect_report *report = judge->report;
    enum inspect_opened opened;

    judge->pool = fz_new_pool(judge->context);
    opened = inspect_pdf_open(judge->context, judge->pool, judge->input->file, &judge->file);
    if (opened != INSPECT_OPENED) {
        refuse(judge, opened);
        return;
    }
    report->pages = (uint32_t)judge->file.page_count;
    inspect_pdf_tokens(&judge->file, &judge->tokens);
    report->token_count = judge->tokens.count;
    memcpy(report->tokens, judge->tokens.list, sizeof report->tokens);
    report->evidence = report->token_count > 0 ? INSPECT_EVIDENCE_METADATA : INSPECT_EVIDENCE_NONE;
    report->verdict = INSPECT_UNSIGNED;
}

static void find_signatures(struct judge *judge)
{
    const struct inspect_field *unreadable;

    inspect_fields_read(&judge->file, &judge->fields);
    unreadable = inspect_fields_unreadable(&judge->file, &judge->fields);
    if (unreadable)
        inspect_reason_add(judge->report, INSPECT_FAILURE, "inspect-signature-unreadable",
                           "champ « %s »", unreadable->name);
    judge->count = inspect_fields_signed(&judge->file, &judge->fields, judge->found);
    if (judge->count < 0 || judge->fields.too_many) {
        judge->count = 0;
        refuse(judge, INSPECT_OPENED_TOO_MUCH);
    } else if (judge->count == 0 && inspect_fields_stray(&judge->file)) {
        inspect_reason_add(judge->report, INSPECT_ALTERATION, "inspect-signature-detached", "%s",
                           "");
    }
}

/* Reads where the signature stands; NULL or the key of what is wrong with that. */
static const char *read_range(struct judge *judge, int i)
{
    const struct inspect_signed *found = &judge->found[i];
    struct bytes file = judge->input->file;
    size_t dictionary;

    if (found->place == SIZE_MAX ||
        !inspect_dictionary_of(file, found->place, found->number, &dictionary))
        return "inspect-signature-unreadable";
    if (found->is_direct) {
        struct inspect_span value;
        unsigned times = 0;

        if (!inspect_dictionary_find(file, dictionary, "V", &value, &times) || times != 1)
            return "inspect-signature-unreadable";
        dictionary = value.start;
    }
    return inspect_range_read(file, dictionary, found->range, found->range_count, &judge->history,
                              &judge->ranges[i]);
}

/* In the order in which they were made: each covers the ones before it. */
static void sort_signatures(struct judge *judge)
{
    for (int i = 0; i < judge->count; i++) {
        int at = i;

        while (at > 0 && judge->ranges[judge->order[at - 1]].end > judge->ranges[i].end) {
            judge->order[at] = judge->order[at - 1];
            at--;
        }
        judge->order[at] = i;
    }
}

/* Whether digest, attributes and signature hold; what does not is a reason, and in material. */
static bool check_contents(struct judge *judge, int i, struct inspect_signature *signature,
                           struct inspect_material *material)
{
    const struct inspect_range *range = &judge->ranges[i];
    struct inspect_cms_input cms = {.before = range->before,
                                    .after = range->after,
                                    .certificate = judge->found[i].certificate,
                                    .collects = judge->input->trust != NULL};

    if (range->contents.end == 0)
        return false;
    if (!inspect_contents_decode(judge->arena, judge->input->file, range->contents,
                                 &cms.contents)) {
        inspect_reason_add(judge->report, INSPECT_FAILURE, "inspect-cms-unreadable", "champ « %s »",
                           signature->field);
        return false;
    }
    return range->before.length > 0 && inspect_cms_holds(&cms, signature, judge->report, material);
}

/* changes_after is the worst there may be until it is compared. */
static void check_signature(struct judge *judge, int i, const char *fault)
{
    const struct inspect_signed *found = &judge->found[i];
    const struct inspect_range *range = &judge->ranges[i];
    uint32_t at = judge->report->signature_count++;
    struct inspect_signature *signature = &judge->report->signatures[at];

    *signature = (struct inspect_signature){.covers = range->covers,
                                            .covered = range->end,
                                            .has_signing_time = found->stated_time != 0,
                                            .signing_time = found->stated_time,
                                            .is_timestamp = found->is_timestamp};
    if (range->covers == INSPECT_COVERS_REVISION)
        signature->changes_after = INSPECT_CHANGES_OTHER;
    inspect_text_copy(signature->field, sizeof signature->field, bytes_of(found->field->name));
    memcpy(signature->subfilter, found->subfilter, sizeof signature->subfilter);
    if (fault)
        inspect_reason_add(judge->report, INSPECT_ALTERATION, fault, "champ « %s »",
                           signature->field);
    signature->integrity = check_contents(judge, i, signature, &judge->materials[at]) && !fault;
    if (fault)
        judge->materials[at].fault = fault;
}

static void check_signatures(struct judge *judge)
{
    const char *faults[INSPECT_SIGNATURES_MAX];

    if (judge->count == 0)
        return;
    inspect_history_read(judge->input->file, judge->input->file.length, &judge->history);
    for (int i = 0; i < judge->count; i++)
        faults[i] = read_range(judge, i);
    sort_signatures(judge);
    for (int i = 0; i < judge->count; i++)
        check_signature(judge, judge->order[i], faults[judge->order[i]]);
}

static enum inspect_changes changes_of(enum inspect_level level)
{
    static const enum inspect_changes words[] = {
        [INSPECT_LEVEL_NONE] = INSPECT_CHANGES_NONE,
        [INSPECT_LEVEL_VALIDATION] = INSPECT_CHANGES_SIGNATURES,
        [INSPECT_LEVEL_SIGNING] = INSPECT_CHANGES_SIGNATURES,
        [INSPECT_LEVEL_FORM] = INSPECT_CHANGES_FORM_FILLING,
        [INSPECT_LEVEL_ANNOTATION] = INSPECT_CHANGES_ANNOTATIONS,
        [INSPECT_LEVEL_OTHER] = INSPECT_CHANGES_OTHER,
    };

    return words[level];
}

/* A token that stood there must still, and no other may. */
static bool compare_tokens(struct judge *judge, const struct inspect_pdf *before)
{
    struct inspect_tokens tokens = {0};
    bool all_known = true;

    inspect_pdf_tokens(before, &tokens);
    for (uint32_t i = 0; tokens.count > 0 && i < judge->tokens.count; i++) {
        bool known = false;

        for (uint32_t k = 0; k < tokens.count; k++)
            known = known || strcmp(tokens.list[k], judge->tokens.list[i]) == 0;
        all_known = all_known && known;
    }
    if (!all_known)
        inspect_reason_add(judge->report, INSPECT_ALTERATION, "inspect-other-convention", "%s", "");
    return all_known;
}

/* What became of the document that ends at `end` and was closed by signature (NULL: none did). */
static enum inspect_level compare_with(struct judge *judge, const struct inspect_pdf *before,
                                       size_t end, const struct inspect_signed *signature,
                                       bool lists_additions)
{
    struct inspect_fields fields;
    bool accounted =
        inspect_account(before, &judge->file, &judge->history, end, judge->report, &judge->traces);
    bool named = compare_tokens(judge, before);

    inspect_fields_read(before, &fields);
    judge->difference = (struct inspect_difference){.context = judge->context,
                                                    .before = before,
                                                    .after = &judge->file,
                                                    .before_fields = &fields,
                                                    .after_fields = &judge->fields,
                                                    .report = judge->report,
                                                    .signature = signature,
                                                    .lists_additions = lists_additions};
    inspect_difference_find(&judge->difference);
    inspect_pages_covered(&judge->difference);
    judge->traces |= judge->difference.traces;
    return accounted && named ? judge->difference.level : INSPECT_LEVEL_OTHER;
}

/* What a comparison needs goes with it: a file may have many revisions. */
static void begin_scratch(struct judge *judge)
{
    judge->file.pool = judge->scratch = fz_new_pool(judge->context);
}

static void end_scratch(struct judge *judge)
{
    judge->file.pool = judge->pool;
    fz_drop_pool(judge->context, judge->scratch);
    judge->scratch = NULL;
}

static void compare_revisions(struct judge *judge)
{
    bool listed = judge->report->original == INSPECT_ORIGINAL_PREFIX;

    for (int i = 0; i < judge->count; i++) {
        const struct inspect_signed *found = &judge->found[judge->order[i]];
        const struct inspect_range *range = &judge->ranges[judge->order[i]];
        struct inspect_signature *signature = &judge->report->signatures[i];

        if (range->covers != INSPECT_COVERS_REVISION)
            continue;
        begin_scratch(judge);
        if (inspect_pdf_open(judge->context, judge->scratch,
                             (struct bytes){judge->input->file.data, range->end},
                             &judge->earlier) != INSPECT_OPENED) {
            inspect_reason_add(judge->report, INSPECT_ALTERATION, "inspect-coverage",
                               "champ « %s »", signature->field);
            signature->changes_after = INSPECT_CHANGES_OTHER;
        } else {
            signature->changes_after =
                changes_of(compare_with(judge, &judge->earlier, range->end, found, !listed));
            listed = true;
        }
        inspect_pdf_close(&judge->earlier);
        end_scratch(judge);
    }
}

static void compare_original(struct judge *judge)
{
    struct bytes file = judge->input->file, original = judge->input->original;
    struct inspect_report *report = judge->report;

    if (original.length == 0)
        return;
    if (bytes_equal(file, original)) {
        report->original = INSPECT_ORIGINAL_IDENTICAL;
        report->evidence = INSPECT_EVIDENCE_PREFIX;
        return;
    }
    if (inspect_pdf_open(judge->context, judge->pool, original, &judge->original) != INSPECT_OPENED)
        fz_throw(judge->context, FZ_ERROR_GENERIC, "the original cannot be read");
    if (bytes_start_with(file, original)) {
        report->original = INSPECT_ORIGINAL_PREFIX;
        report->evidence = INSPECT_EVIDENCE_PREFIX;
        inspect_history_read(file, file.length, &judge->history);
        if (!inspect_revision_ends(file, original.length, &judge->history))
            inspect_reason_add(report, INSPECT_ALTERATION, "inspect-xref", "%s", "");
        compare_with(judge, &judge->original, original.length, NULL, true);
        return;
    }
    compare_tokens(judge, &judge->original);
    report->original = inspect_pages_same(&judge->original, &judge->file, &judge->fields, report)
                           ? INSPECT_ORIGINAL_SAME_PAGES
                           : INSPECT_ORIGINAL_CHANGED;
}

static void compare(struct judge *judge)
{
    compare_original(judge);
    compare_revisions(judge);
    if (judge->count == 0 && judge->input->original.length == 0)
        inspect_pages_annotations(&judge->file, &judge->fields, judge->report);
}

static void decide(struct judge *judge)
{
    struct inspect_report *report = judge->report;
    bool altered = false, failed = false;

    for (uint32_t i = 0; i < report->reason_count; i++) {
        altered = altered || report->reasons[i].weight == INSPECT_ALTERATION;
        failed = failed || report->reasons[i].weight == INSPECT_FAILURE;
    }
    for (uint32_t i = 0; i < report->signature_count; i++)
        failed = failed || !report->signatures[i].integrity;
    if (report->token_count > 1) {
        inspect_reason_add(report, INSPECT_ALTERATION, "inspect-several-conventions", "%s", "");
        altered = true;
    }
    if (altered)
        report->verdict = INSPECT_ALTERED;
    else if (failed)
        report->verdict = INSPECT_BROKEN;
    else
        report->verdict = report->signature_count > 0 ? INSPECT_INTACT : INSPECT_UNSIGNED;
}

/* Without anchors nothing of the store would be asked for. */
static void validate(struct judge *judge)
{
    struct inspect_security_store *store =
        inspect_pool(judge->context, judge->pool, 1, sizeof *store);

    if (judge->input->trust && judge->count > 0)
        inspect_security_store_read(&judge->file, store);
    inspect_validate(
        &(struct inspect_validation){.trust = judge->input->trust,
                                     .now = judge->input->now,
                                     .store = store,
                                     .materials = judge->materials,
                                     .is_composed = inspect_has_second_header(judge->input->file)},
        judge->report);
}

static enum err run(struct judge *judge)
{
    struct inspect_report *report = judge->report;

    ERR_TRY(guarded(judge, find_signatures, INSPECT_FAILURE, "inspect-damaged"));
    if (report->verdict != INSPECT_UNSIGNED)
        return ERR_OK;
    if (inspect_has_second_header(judge->input->file))
        inspect_reason_add(report, INSPECT_ALTERATION, "inspect-second-document", "%s", "");
    check_signatures(judge);
    ERR_TRY(guarded(judge, compare, INSPECT_ALTERATION, "inspect-incomparable"));
    decide(judge);
    inspect_attacks_name(judge->traces, report);
    return guarded(judge, validate, INSPECT_NOTE, "inspect-store-unreadable");
}

/* Opens the file, and goes on with the rest where wanted. */
static enum err inspect(struct arena *arena, const struct inspect_input *input,
                        struct inspect_report *report, enum err (*rest)(struct judge *))
{
    struct judge *judge = ARENA_NEW(arena, struct judge);
    int64_t start = clock_monotonic_us();
    enum err err;

    memset(report, 0, sizeof *report);
    report->verdict = INSPECT_BROKEN;
    judge->arena = arena;
    judge->input = input;
    judge->report = report;
    judge->context = inspect_mupdf();
    if (!judge->context)
        return err_raise(ERR_UNAVAILABLE, "inspect-memory", "MuPDF cannot start");
    judge->file.context = judge->original.context = judge->earlier.context = judge->context;
    arena_on_reset(arena, close_judge, judge);
    err = guarded(judge, open_file, INSPECT_FAILURE, "inspect-damaged");
    if (err == ERR_OK && report->verdict == INSPECT_UNSIGNED && rest)
        err = rest(judge);
    close_judge(judge);
    report->ms = (double)(clock_monotonic_us() - start) / 1000;
    return err;
}

enum err inspect_judge(struct arena *arena, const struct inspect_input *input,
                       struct inspect_report *report)
{
    return inspect(arena, input, report, run);
}

enum err inspect_identify(struct arena *arena, const struct inspect_input *input,
                          struct inspect_report *report)
{
    return inspect(arena, input, report, NULL);
}
