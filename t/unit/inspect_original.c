/* A deposit beside its original: the evidence of domain.md, row by row, and what cannot be judged.
 */
#include "t/unit/judged.h"
#include "t/unit/signed_pdf.h"

static struct arena *arena;
static struct signer signer;

#define SHIFT 30
#define FREE_TEXT                                                                                \
    "<< /Type /Annot /Subtype /FreeText /Rect [310 510 490 540] /Contents (Lu et approuv\\351) " \
    "/DA (/F1 12 Tf 0 g) >>"
#define COVER                                                                         \
    "<< /Type /Annot /Subtype /Square /Rect [60 710 360 750] /IC [1 1 1] /C [1 1 1] " \
    ">>"

static const struct inspect_report *beside(struct bytes file, struct bytes original)
{
    return judge_with(arena, (struct inspect_input){.file = file, .original = original});
}

static struct bytes make(const char *text, const char *token, int shift)
{
    return document_make(arena,
                         (struct document_options){.text = text, .token = token, .shift = shift});
}

/* Page 1, of the document or of the one with other numbers, with one annotation more. */
static struct bytes annotated(struct bytes file, const char *annotation, int shift)
{
    const char *page = arena_printf(
        arena,
        "<< /Type /Page /Parent %d 0 R /Contents %d 0 R /Resources << /Font << /F1 %d 0 R >> "
        "/XObject << /I1 %d 0 R >> >> /Annots [%d 0 R %d 0 R %d 0 R %d 0 R 90 0 R] >>",
        2 + shift, 5 + shift, 7 + shift, 15 + shift, 9 + shift, 10 + shift, 11 + shift, 12 + shift);
    struct object objects[] = {{3 + shift, page}, {90, annotation}};

    return revision_append_to(arena, file, objects, 2, NULL, shift);
}

static void with_prefix(struct bytes original)
{
    const struct object cover[] = {{5, "<< /Length 3 >>\nstream\nq Q\nendstream"}};
    struct signing signing = {.signer = &signer, .object = OBJECT_SIGNATURE_A};
    const struct inspect_report *report = beside(original, original);

    OK(found(report, INSPECT_UNSIGNED, NULL) && report->original == INSPECT_ORIGINAL_IDENTICAL &&
           report->evidence == INSPECT_EVIDENCE_PREFIX && report->addition_count == 0,
       "the original itself is identical, with nothing added");
    report = beside(document_sign(arena, original, signing), original);
    OK(found(report, INSPECT_INTACT, NULL) && report->original == INSPECT_ORIGINAL_PREFIX &&
           report->evidence == INSPECT_EVIDENCE_PREFIX &&
           has_addition(report, INSPECT_ADDED_SIGNATURE) && report->additions[0].page == 1,
       "the original's bytes with a signature behind them are intact");
    signing.reference = "[<< /TransformMethod /DocMDP /TransformParams << /P 2 /V /1.2 >> >>]";
    signing.more = (const struct object[]){
        {1, "<< /Type /Catalog /Pages 2 0 R /AcroForm 8 0 R /Metadata 14 0 R /Perms << /DocMDP 109 "
            "0 R >> >>"}};
    signing.more_count = 1;
    FOUND(document_sign(arena, original, signing), INSPECT_INTACT, NULL,
          "the first signature may certify the document");
    report = beside(document_sign(arena, original, signing), original);
    OK(found(report, INSPECT_INTACT, NULL), "the first signature may certify the original");
    signing.more = cover;
    signing.reference = NULL;
    FOUND(document_sign(arena, original, signing), INSPECT_INTACT, NULL,
          "by itself, a file signed after a change is intact");
    OK(found(beside(document_sign(arena, original, signing), original), INSPECT_ALTERED,
             "inspect-page-content"),
       "beside its original, a file changed before it was signed is altered");
    report = beside(annotated(original, FREE_TEXT, 0), original);
    OK(found(report, INSPECT_UNSIGNED, NULL) && report->original == INSPECT_ORIGINAL_PREFIX &&
           report->addition_count == 1 && has_addition(report, INSPECT_ADDED_TEXT),
       "text added behind the original's bytes is an addition, not a signature");
    OK(found(beside(annotated(original, COVER, 0), original), INSPECT_ALTERED,
             "inspect-text-covered"),
       "what covers the original's text alters it");
    OK(found(beside(concatenate(arena, original, "%trailing\n"), original), INSPECT_ALTERED,
             "inspect-trailing-bytes"),
       "bytes that are no revision behind the original alter it");
}

static void written_anew(struct bytes original)
{
    struct bytes anew = make(NULL, NULL, SHIFT);
    const struct inspect_report *report = beside(anew, original);

    OK(found(report, INSPECT_UNSIGNED, NULL) && report->original == INSPECT_ORIGINAL_SAME_PAGES &&
           report->evidence == INSPECT_EVIDENCE_METADATA && report->token_count == 1,
       "a file written anew with the same pages is the original's");
    report = beside(annotated(anew, FREE_TEXT, SHIFT), original);
    OK(found(report, INSPECT_UNSIGNED, NULL) && report->original == INSPECT_ORIGINAL_SAME_PAGES &&
           has_addition(report, INSPECT_ADDED_TEXT),
       "text added to a file written anew is an addition");
    OK(found(beside(annotated(anew, COVER, SHIFT), original), INSPECT_ALTERED,
             "inspect-text-covered"),
       "what covers text in a file written anew alters it");
    report = beside(make("Le stage commence le 16 mars 2027", NULL, SHIFT), original);
    OK(found(report, INSPECT_ALTERED, "inspect-page-content") &&
           report->original == INSPECT_ORIGINAL_CHANGED,
       "one digit changed in a file written anew is a change");
    OK(found(beside(make(NULL, "PARAPHE1:zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", SHIFT),
                    original),
             INSPECT_ALTERED, "inspect-other-convention"),
       "a file that names another convention is refused");
    report = beside(make(PAGE_TEXT ") Tj 0 0 Td (", NULL, SHIFT), original);
    OK(found(report, INSPECT_UNSIGNED, NULL) && report->original == INSPECT_ORIGINAL_SAME_PAGES,
       "operators that draw the same make the same page");
}

static void drawn_anew(void)
{
    static const char *const drawings[][2] = {
        {"0.5 g 200 200 100 100 re f", "0.5 g 200 200 100 104 re f"},
        {"1 g BT /F1 12 Tf 72 300 Td (100) Tj ET", "1 g BT /F1 12 Tf 72 300 Td (200) Tj ET"},
        {"BT /F1 12 Tf 72 300 Td (1) Tj 40 0 Td (2) Tj ET",
         "BT /F1 12 Tf 72 300 Td (1) Tj 44 0 Td (2) Tj ET"},
    };
    static const char *const titles[] = {
        "a shape drawn larger is a change",
        "letters that are white on white are compared, too",
        "a letter in another place is a change",
    };

    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        struct document_options before = {.drawing = drawings[i][0]};
        struct document_options after = {.drawing = drawings[i][1], .shift = SHIFT};
        struct document_options same = {.drawing = drawings[i][0], .shift = SHIFT};
        struct bytes original = document_make(arena, before);

        OK(beside(document_make(arena, same), original)->original == INSPECT_ORIGINAL_SAME_PAGES &&
               found(beside(document_make(arena, after), original), INSPECT_ALTERED,
                     "inspect-page-content"),
           titles[i]);
    }
}

static void metadata(struct bytes original)
{
    static struct inspect_report report;
    struct inspect_input input = {.file = original};
    const struct inspect_report *judged = judge(arena, original);
    const struct object two[] = {{13, "<< /Title (Convention) /ParapheID (" DOCUMENT_TOKEN
                                      ") /Keywords "
                                      "(PARAPHE1:zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz) >>"}};

    OK(judged->evidence == INSPECT_EVIDENCE_METADATA && judged->token_count == 1,
       "a token in both places of the metadata is one token");
    IS_STR(judged->tokens[0], DOCUMENT_TOKEN, "it is reported as it stands there");
    FOUND(revision_append(arena, original, two, 1, NULL), INSPECT_ALTERED,
          "inspect-several-conventions", "metadata that name two conventions are refused");
    OK(inspect_identify(arena, &input, &report) == ERR_OK &&
           report.evidence == INSPECT_EVIDENCE_METADATA && report.pages == 2 &&
           report.verdict == INSPECT_UNSIGNED && strcmp(report.tokens[0], DOCUMENT_TOKEN) == 0,
       "identifying tells the token and the pages alone");
}

static struct bytes many_pages(int count)
{
    struct buf kids = buf_new(arena, 1 << 20);
    struct object objects[2] = {{2, NULL}, {90, "<< /Type /Page /Parent 2 0 R >>"}};

    for (int i = 0; i < count; i++)
        buf_puts(&kids, "90 0 R ");
    objects[0].body = arena_printf(
        arena, "<< /Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 595 842] >>", kids.data, count);
    return revision_append(arena, make(NULL, NULL, 0), objects, 2, NULL);
}

static void not_judged(struct bytes original)
{
    struct bytes cut = original;

    FOUND(((struct bytes){original.data, 0}), INSPECT_NOT_PDF, "inspect-empty",
          "an empty file is no PDF");
    FOUND(bytes_of("PK\003\004 a word processor's file"), INSPECT_NOT_PDF, "inspect-not-pdf",
          "another kind of file is no PDF");
    FOUND(bytes_of("%PDF-1.7\nnothing else\n%%EOF\n"), INSPECT_BROKEN, "inspect-damaged",
          "a PDF without pages is damaged");
    cut.length = 100;
    FOUND(cut, INSPECT_BROKEN, "inspect-damaged", "a PDF cut short before its pages is damaged");
    cut.length = original.length - 10;
    FOUND(cut, INSPECT_BROKEN, "inspect-cut-off", "a PDF without its last bytes is cut off");
    cut = revision_append(arena, original, (struct object[]){{90, "<< /A 1 >>"}}, 1, NULL);
    cut.length -= 10;
    FOUND(cut, INSPECT_BROKEN, "inspect-cut-off", "so is one whose last revision lacks its end");
    FOUND(revision_append(arena, original,
                          (struct object[]){{90, "<< /Filter /Standard /V 9 /R 9 /O () /U () >>"}},
                          1, "/Encrypt 90 0 R"),
          INSPECT_ENCRYPTED, "inspect-encrypted", "a PDF under an unknown cipher is encrypted");
    FOUND(many_pages(200), INSPECT_UNSIGNED, NULL, "200 pages are looked at");
    FOUND(many_pages(201), INSPECT_LIMIT, "inspect-too-many-pages", "201 pages are too many");
}

int main(void)
{
    struct bytes original;

    arena = arena_new(JUDGED_ARENA);
    signer = signer_make("Responsable", -1, 30);
    original = make(NULL, NULL, 0);
    with_prefix(original);
    written_anew(original);
    drawn_anew();
    metadata(original);
    not_judged(original);
    signer_free(&signer);
    arena_free(arena);
    return tap_end();
}
