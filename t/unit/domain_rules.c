/* The domain's rules that need nothing but their arguments. */
#include "domain/comparison.h"
#include "domain/establishment.h"
#include "domain/placement.h"
#include "domain/recognition.h"

#include "t/unit/tap.h"

/* A row of domain.md's table of evidence, as the inspector reports it. */
struct evidence {
    const char *title;
    enum inspect_original original;
    enum inspect_verdict verdict;
    enum { NO_SIGNATURE, A_SIGNATURE, A_TIME_STAMP } signature;
    int added; /* an enum inspect_addition_kind, or NOTHING */
    enum finding finding;
};

#define NOTHING (-1)

static const struct evidence table[] = {
    {"the original's bytes and signatures that hold are recognised as signed",
     INSPECT_ORIGINAL_PREFIX, INSPECT_INTACT, A_SIGNATURE, INSPECT_ADDED_SIGNATURE, FINDING_SIGNED},
    {"so are they with a filled field", INSPECT_ORIGINAL_PREFIX, INSPECT_INTACT, A_SIGNATURE,
     INSPECT_ADDED_FIELD, FINDING_SIGNED},
    {"a rewritten file with the original's pages and signatures that hold is recognised as signed",
     INSPECT_ORIGINAL_SAME_PAGES, INSPECT_INTACT, A_SIGNATURE, INSPECT_ADDED_SIGNATURE,
     FINDING_SIGNED},
    {"ink alone is recognised as signed on the screen", INSPECT_ORIGINAL_PREFIX, INSPECT_UNSIGNED,
     NO_SIGNATURE, INSPECT_ADDED_INK, FINDING_ON_SCREEN},
    {"an image alone too", INSPECT_ORIGINAL_SAME_PAGES, INSPECT_UNSIGNED, NO_SIGNATURE,
     INSPECT_ADDED_STAMP, FINDING_ON_SCREEN},
    {"a text alone too", INSPECT_ORIGINAL_PREFIX, INSPECT_UNSIGNED, NO_SIGNATURE,
     INSPECT_ADDED_TEXT, FINDING_ON_SCREEN},
    {"a drawn line too", INSPECT_ORIGINAL_PREFIX, INSPECT_UNSIGNED, NO_SIGNATURE,
     INSPECT_ADDED_MARKUP, FINDING_ON_SCREEN},
    {"a filled field too", INSPECT_ORIGINAL_SAME_PAGES, INSPECT_UNSIGNED, NO_SIGNATURE,
     INSPECT_ADDED_FIELD, FINDING_ON_SCREEN},
    {"the original itself is not signed", INSPECT_ORIGINAL_IDENTICAL, INSPECT_UNSIGNED,
     NO_SIGNATURE, NOTHING, FINDING_UNSIGNED},
    {"the original rewritten with nothing added is not signed", INSPECT_ORIGINAL_SAME_PAGES,
     INSPECT_UNSIGNED, NO_SIGNATURE, NOTHING, FINDING_UNSIGNED},
    {"a remark beside the page signs nothing", INSPECT_ORIGINAL_PREFIX, INSPECT_UNSIGNED,
     NO_SIGNATURE, INSPECT_ADDED_NOTE, FINDING_UNSIGNED},
    {"a time stamp without a signature signs nothing", INSPECT_ORIGINAL_PREFIX, INSPECT_INTACT,
     A_TIME_STAMP, INSPECT_ADDED_SIGNATURE, FINDING_UNSIGNED},
    {"ink under a time stamp is signed on the screen", INSPECT_ORIGINAL_PREFIX, INSPECT_INTACT,
     A_TIME_STAMP, INSPECT_ADDED_INK, FINDING_ON_SCREEN},
    {"other pages are altered, whatever signs them", INSPECT_ORIGINAL_CHANGED, INSPECT_INTACT,
     A_SIGNATURE, INSPECT_ADDED_SIGNATURE, FINDING_ALTERED},
    {"other pages are altered without signatures too", INSPECT_ORIGINAL_CHANGED, INSPECT_UNSIGNED,
     NO_SIGNATURE, INSPECT_ADDED_INK, FINDING_ALTERED},
    {"an attack pattern is an alteration", INSPECT_ORIGINAL_PREFIX, INSPECT_ALTERED, A_SIGNATURE,
     INSPECT_ADDED_SIGNATURE, FINDING_ALTERED},
    {"an attack pattern without signatures is an alteration", INSPECT_ORIGINAL_SAME_PAGES,
     INSPECT_ALTERED, NO_SIGNATURE, INSPECT_ADDED_INK, FINDING_ALTERED},
    {"a signature that fails is an alteration", INSPECT_ORIGINAL_PREFIX, INSPECT_BROKEN,
     A_SIGNATURE, INSPECT_ADDED_SIGNATURE, FINDING_ALTERED},
    {"a signature of no good verdict is never recognised", INSPECT_ORIGINAL_PREFIX,
     INSPECT_UNSIGNED, A_SIGNATURE, INSPECT_ADDED_SIGNATURE, FINDING_ALTERED},
};

static void test_evidence(void)
{
    static struct inspect_report report;

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const struct evidence *row = &table[i];

        report = (struct inspect_report){.original = row->original, .verdict = row->verdict};
        report.signature_count = row->signature == NO_SIGNATURE ? 0 : 1;
        report.signatures[0].is_timestamp = row->signature == A_TIME_STAMP;
        if (row->added != NOTHING) {
            report.additions[report.addition_count++].kind = INSPECT_ADDED_OTHER;
            report.additions[report.addition_count++].kind = (enum inspect_addition_kind)row->added;
        }
        IS_INT(recognition_weigh(&report), row->finding, row->title);
    }
}

static void test_uai(void)
{
    OK(uai_is_valid("0691234S"), "a UAI ends in the letter that its digits ask for");
    OK(uai_is_valid("0000000A") && uai_is_valid("0000022Z"),
       "the first remainder has the first letter, the last the last");
    OK(!uai_is_valid("0691234T"), "another letter is refused");
    OK(!uai_is_valid("0691234s"), "a small letter is refused");
    OK(!uai_is_valid("0691234") && !uai_is_valid("0691234SS") && !uai_is_valid(""),
       "another length is refused");
    OK(!uai_is_valid("06912 4S") && !uai_is_valid("S0691234") && !uai_is_valid("+691234S"),
       "anything but seven digits before the letter is refused");
    IS_INT(uai_letter("0691234"), 'S', "the letter is known from the digits alone");
    OK(uai_letter("069123") == 0 && uai_letter("") == 0 && uai_letter("06912X4S") == 0,
       "and from nothing less than seven of them");
}

static void test_places(void)
{
    IS_INT(placement_left(10, 0), 10, "all places are left at first");
    IS_INT(placement_left(10, 9), 1, "the last place");
    IS_INT(placement_left(10, 10), 0, "none is left once all are taken");
    IS_INT(placement_left(10, 11), 0, "nor less than none, where the capacity was lowered");
    OK(placement_is_open("published", "2027-02-02", "2027-02-01"), "open before the closing date");
    OK(placement_is_open("published", "2027-02-02", "2027-02-02"), "open on the closing date");
    OK(!placement_is_open("published", "2027-02-02", "2027-02-03"), "closed on the day after");
    OK(!placement_is_open("closed", "2027-02-02", "2027-02-01") &&
           !placement_is_open("cancelled", "2027-02-02", "2027-02-01"),
       "what is closed or cancelled takes nobody");
}

/* What the inspector saw in the boxes, and a signature in the guardian's that holds or not. */
static struct comparison_boxes boxes_with(bool integrity)
{
    static struct inspect_comparison comparison = {
        .boxes = {{.state = INSPECT_BOX_EMPTY},
                  {.state = INSPECT_BOX_WRITTEN},
                  {.state = INSPECT_BOX_SIGNED, .field = "signature_guardian"},
                  {.state = INSPECT_BOX_EMPTY}}};
    static struct inspect_report report = {.signature_count = 1,
                                           .signatures = {{.field = "signature_guardian"}}};

    report.signatures[0].integrity = integrity;
    return comparison_boxes_of(&comparison, &report);
}

static void test_boxes(void)
{
    struct comparison_boxes boxes = boxes_with(true), none = comparison_boxes_of(NULL, NULL);

    OK(comparison_is_signed(boxes.states[INSPECT_BOX_GUARDIAN]) &&
           comparison_is_signed(boxes.states[INSPECT_BOX_ORIGIN]),
       "a box with a signature that holds is signed, and one with ink is, too");
    OK(comparison_is_missing(&boxes, INSPECT_BOX_TRAINEE) && comparison_misses_any(&boxes),
       "an empty box of who must sign is missing");
    OK(!comparison_is_missing(&boxes, INSPECT_BOX_HOST),
       "the host's is not: its school may sign last");
    boxes = boxes_with(false);
    IS_INT(boxes.states[INSPECT_BOX_GUARDIAN], INSPECT_BOX_UNCLEAR,
           "a signature that does not hold leaves its box unclear");
    OK(!comparison_is_missing(&boxes, INSPECT_BOX_GUARDIAN), "which is not missing either");
    OK(!none.known && !comparison_misses_any(&none), "without a comparison nobody is missing");
    boxes = comparison_boxes_parse("ewsu");
    OK(boxes.known && boxes.states[INSPECT_BOX_HOST] == INSPECT_BOX_EMPTY &&
           boxes.states[INSPECT_BOX_ORIGIN] == INSPECT_BOX_WRITTEN &&
           boxes.states[INSPECT_BOX_GUARDIAN] == INSPECT_BOX_SIGNED &&
           boxes.states[INSPECT_BOX_TRAINEE] == INSPECT_BOX_UNKNOWN,
       "the database's letters are read box by box");
    OK(!comparison_boxes_parse(NULL).known && !comparison_boxes_parse("ew").known,
       "and where there are none nothing is known");
}

int main(void)
{
    test_evidence();
    test_uai();
    test_places();
    test_boxes();
    return tap_end();
}
