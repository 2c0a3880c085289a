/* What may follow a signature, and the attacks that append something else: shadow attacks (Mainka
 * and others, 2021), incremental saving and wrapping (Mladenov and others, 2019), evil annotation
 * and sneaky signature (Rohlmann and others, 2021). */
#include <stdlib.h>

#include "t/unit/judged.h"
#include "t/unit/signed_pdf.h"

static struct arena *arena;
static struct signer signer;

#define WIDGET "/Type /Annot /Subtype /Widget /F 4 /P 3 0 R "
#define ANNOTS "[9 0 R 10 0 R 11 0 R 12 0 R 20 0 R]"
#define PAGE_WITH(annots)                                                            \
    "<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F1 7 0 R " \
    ">> /XObject << /I1 15 0 R >> >> /Annots " annots " >>"
#define FORM(data) "/Type /XObject /Subtype /Form /BBox [0 0 300 40] /Length 40 >>\nstream\n" data
#define DOC_MDP(p)                                                          \
    "[<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type " \
    "/TransformParams /V /1.2 /P " p " >> >>]"
#define FIELD_MDP(action, names)                                              \
    "[<< /Type /SigRef /TransformMethod /FieldMDP /TransformParams << /Type " \
    "/TransformParams /V /1.2 /Action /" action " /Fields [" names "] >> >>]"

static struct bytes signed_with(const char *reference)
{
    return document_sign(
        arena, document_make(arena, (struct document_options){0}),
        (struct signing){.signer = &signer, .object = OBJECT_SIGNATURE_A, .reference = reference});
}

static struct bytes then(struct bytes file, const struct object *objects, size_t count)
{
    return revision_append(arena, file, objects, count, NULL);
}

/* What is done to a document signed once, and what becomes of it. */
struct trial {
    const char *title;
    const char *reason; /* of the refusal; NULL: allowed */
    enum inspect_changes changes;
    struct object objects[4];
    const char *extra; /* in the trailer */
};

static const struct trial trials[] = {
    {"an empty field that is filled in is form filling",
     NULL,
     INSPECT_CHANGES_FORM_FILLING,
     {{11, "<< " WIDGET "/FT /Tx /T (Date) /Rect [60 400 260 420] /V (03-02-2027) >>"}},
     NULL},
    {"a field that was filled in when it was signed keeps its value",
     "inspect-value-replaced",
     INSPECT_CHANGES_OTHER,
     {{12, "<< " WIDGET "/FT /Tx /T (Ville) /Rect [300 400 500 420] /V (Nice) >>"}},
     NULL},
    {"a field shows what it was signed with",
     "inspect-appearance-replaced",
     INSPECT_CHANGES_OTHER,
     {{12,
       "<< " WIDGET "/FT /Tx /T (Ville) /Rect [300 400 500 420] /V (Lyon) /AP << /N 20 0 R >> >>"},
      {20, "<< " FORM("BT /F1 10 Tf 2 6 Td (Nice) Tj ET\nendstream")}},
     NULL},
    {"the stream a field shows stays the same",
     "inspect-appearance-replaced",
     INSPECT_CHANGES_OTHER,
     {{16, "<< " FORM("BT /F1 10 Tf 2 6 Td (Nice) Tj ET\nendstream")}},
     NULL},
    {"a field stays where it was",
     "inspect-field-changed",
     INSPECT_CHANGES_OTHER,
     {{11, "<< " WIDGET "/FT /Tx /T (Date) /Rect [60 700 260 740] /V (03-02-2027) >>"}},
     NULL},
    {"a field keeps its type",
     "inspect-field-changed",
     INSPECT_CHANGES_OTHER,
     {{11, "<< " WIDGET "/FT /Sig /T (Date) /Rect [60 400 260 420] >>"}},
     NULL},
    {"a field is not hidden",
     "inspect-field-changed",
     INSPECT_CHANGES_OTHER,
     {{11, "<< /Type /Annot /Subtype /Widget /F 6 /P 3 0 R /FT /Tx /T (Date) /Rect [60 400 260 "
           "420] >>"}},
     NULL},
    {"a field is not taken out of the form",
     "inspect-field-removed",
     INSPECT_CHANGES_OTHER,
     {{8,
       "<< /Fields [9 0 R 10 0 R 11 0 R] /DA (/F1 10 Tf 0 g) /DR << /Font << /F1 7 0 R >> >> >>"}},
     NULL},
    {"a field is not taken off its page",
     "inspect-annotation-removed",
     INSPECT_CHANGES_OTHER,
     {{3, PAGE_WITH("[9 0 R 10 0 R 11 0 R]")}},
     NULL},
    {"no field but a signature's is added",
     "inspect-field-added",
     INSPECT_CHANGES_OTHER,
     {{8, "<< /Fields " ANNOTS " /DA (/F1 10 Tf 0 g) /DR << /Font << /F1 7 0 R >> >> >>"},
      {3, PAGE_WITH(ANNOTS)},
      {20, "<< " WIDGET "/FT /Tx /T (Neuf) /Rect [60 300 260 320] /V (Oui) >>"}},
     NULL},
    {"a widget that belongs to no field is refused",
     "inspect-widget-foreign",
     INSPECT_CHANGES_OTHER,
     {{3, PAGE_WITH(ANNOTS)},
      {20, "<< " WIDGET "/FT /Tx /T (Neuf) /Rect [60 300 260 320] /V (Oui) >>"}},
     NULL},
    {"an empty signature field may be added",
     NULL,
     INSPECT_CHANGES_SIGNATURES,
     {{8, "<< /Fields " ANNOTS " /DA (/F1 10 Tf 0 g) /DR << /Font << /F1 7 0 R >> >> >>"},
      {3, PAGE_WITH(ANNOTS)},
      {20, "<< " WIDGET "/FT /Sig /T (Neuf) /Rect [60 300 260 320] >>"}},
     NULL},
    {"a signature field that takes another's name is refused",
     "inspect-field-duplicated",
     INSPECT_CHANGES_OTHER,
     {{8, "<< /Fields " ANNOTS " /DA (/F1 10 Tf 0 g) /DR << /Font << /F1 7 0 R >> >> >>"},
      {3, PAGE_WITH(ANNOTS)},
      {20, "<< " WIDGET "/FT /Sig /T (Stagiaire) /Rect [60 300 260 320] >>"}},
     NULL},
    {"a signature's field is not changed after it",
     "inspect-field-changed",
     INSPECT_CHANGES_OTHER,
     {{9, "<< " WIDGET "/FT /Sig /T (Responsable) /Rect [60 500 260 700] /V 109 0 R >>"}},
     NULL},
    {"a signature's appearance is not exchanged after it",
     "inspect-signature-redefined",
     INSPECT_CHANGES_OTHER,
     {{9, "<< " WIDGET
          "/FT /Sig /T (Responsable) /Rect [60 500 260 600] /V 109 0 R /AP << /N 20 0 R >> >>"},
      {20, "<< " FORM("BT /F1 10 Tf 2 6 Td (Directeur) Tj ET\nendstream")}},
     NULL},
    {"ink beside the text is an allowed annotation",
     NULL,
     INSPECT_CHANGES_ANNOTATIONS,
     {{3, PAGE_WITH(ANNOTS)},
      {20, "<< /Type /Annot /Subtype /Ink /Rect [60 200 200 260] /InkList [[60 200 200 260]] "
           "/BS << /W 2 >> /C [0 0 1] >>"}},
     NULL},
    {"a stroke of ink through a line of text leaves it readable",
     NULL,
     INSPECT_CHANGES_ANNOTATIONS,
     {{3, PAGE_WITH(ANNOTS)},
      {20, "<< /Type /Annot /Subtype /Ink /Rect [60 700 300 740] /InkList [[60 700 300 740]] "
           "/BS << /W 1.5 >> /C [0 0 1] >>"}},
     NULL},
    {"a highlighted line of text stays readable",
     NULL,
     INSPECT_CHANGES_ANNOTATIONS,
     {{3, PAGE_WITH(ANNOTS)},
      {20, "<< /Type /Annot /Subtype /Highlight /Rect [70 715 300 735] /C [1 1 0] "
           "/QuadPoints [70 735 300 735 70 715 300 715] >>"}},
     NULL},
    {"white text box over the text: evil annotation",
     "inspect-text-covered",
     INSPECT_CHANGES_OTHER,
     {{3, PAGE_WITH(ANNOTS)},
      {20, "<< /Type /Annot /Subtype /FreeText /Rect [60 710 360 750] /AP << /N 21 0 R >> >>"},
      {21, "<< /Resources << /Font << /F1 7 0 R >> >> " FORM(
               "1 g 0 0 300 40 re f 0 g BT /F1 14 Tf 12 10 Td (Le 16 avril) Tj ET\nendstream")}},
     NULL},
    {"one digit covered by white is covered text",
     "inspect-text-covered",
     INSPECT_CHANGES_OTHER,
     {{3, PAGE_WITH(ANNOTS)},
      {20, "<< /Type /Annot /Subtype /Stamp /Rect [214 715 222 735] /AP << /N 21 0 R >> >>"},
      {21, "<< " FORM("1 g 0 0 300 40 re f                        \nendstream")}},
     NULL},
    {"a white box over an image covers it",
     "inspect-picture-covered",
     INSPECT_CHANGES_OTHER,
     {{3, PAGE_WITH(ANNOTS)},
      {20, "<< /Type /Annot /Subtype /Square /Rect [470 730 530 790] /IC [1 1 1] /C [1 1 1] >>"}},
     NULL},
    {"a black bar over the text covers it",
     "inspect-text-covered",
     INSPECT_CHANGES_OTHER,
     {{3, PAGE_WITH(ANNOTS)},
      {20, "<< /Type /Annot /Subtype /Square /Rect [60 710 360 750] /IC [0 0 0] >>"}},
     NULL},
    {"the same white box on free space is allowed",
     NULL,
     INSPECT_CHANGES_ANNOTATIONS,
     {{3, PAGE_WITH(ANNOTS)},
      {20, "<< /Type /Annot /Subtype /FreeText /Rect [60 210 360 250] /AP << /N 21 0 R >> >>"},
      {21, "<< /Resources << /Font << /F1 7 0 R >> >> " FORM(
               "1 g 0 0 300 40 re f 0 g BT /F1 14 Tf 12 10 Td (Le 16 avril) Tj ET\nendstream")}},
     NULL},
    {"a redaction is refused wherever it stands",
     "inspect-annotation-kind",
     INSPECT_CHANGES_OTHER,
     {{3, PAGE_WITH(ANNOTS)}, {20, "<< /Type /Annot /Subtype /Redact /Rect [60 210 360 250] >>"}},
     NULL},
    {"a new signature field that covers text is refused",
     "inspect-text-covered",
     INSPECT_CHANGES_OTHER,
     {{8, "<< /Fields " ANNOTS " /DA (/F1 10 Tf 0 g) /DR << /Font << /F1 7 0 R >> >> >>"},
      {3, PAGE_WITH(ANNOTS)},
      {20, "<< " WIDGET "/FT /Sig /T (Neuf) /Rect [60 710 360 750] /AP << /N 21 0 R >> >>"},
      {21, "<< " FORM("1 g 0 0 300 40 re f                        \nendstream")}},
     NULL},
    {"the content of a page that is replaced is a shadow attack",
     "inspect-page-content",
     INSPECT_CHANGES_OTHER,
     {{5, "<< /Length 45 >>\nstream\nBT /F1 14 Tf 72 720 Td (Le 16 avril) Tj ET   \nendstream"}},
     NULL},
    {"a page that names another content is a shadow attack",
     "inspect-page-content",
     INSPECT_CHANGES_OTHER,
     {{3, "<< /Type /Page /Parent 2 0 R /Contents 6 0 R /Resources << /Font << /F1 7 0 R >> "
          "/XObject << /I1 15 0 R >> >> /Annots [9 0 R 10 0 R 11 0 R 12 0 R] >>"}},
     NULL},
    {"a content under another length is a shadow attack",
     "inspect-page-content",
     INSPECT_CHANGES_OTHER,
     {{3,
       "<< /Type /Page /Parent 2 0 R /Contents [5 0 R 6 0 R] /Resources << /Font << /F1 7 0 R >> "
       "/XObject << /I1 15 0 R >> >> /Annots [9 0 R 10 0 R 11 0 R 12 0 R] >>"}},
     NULL},
    {"a font that is replaced is a shadow attack",
     "inspect-page-resources",
     INSPECT_CHANGES_OTHER,
     {{7, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [49 "
          "/two] >> >>"}},
     NULL},
    {"an image that is taken away is a shadow attack",
     "inspect-page-resources",
     INSPECT_CHANGES_OTHER,
     {{15, NULL}},
     NULL},
    {"an image that becomes another kind of object is a shadow attack",
     "inspect-page-resources",
     INSPECT_CHANGES_OTHER,
     {{15, "<< /Type /Metadata /Length 4 >>\nstream\nABCD\nendstream"}},
     NULL},
    {"pages that are exchanged are a shadow attack",
     "inspect-pages-exchanged",
     INSPECT_CHANGES_OTHER,
     {{2, "<< /Type /Pages /Kids [4 0 R 3 0 R] /Count 2 /MediaBox [0 0 595 842] >>"}},
     NULL},
    {"a page that is added is refused",
     "inspect-pages-exchanged",
     INSPECT_CHANGES_OTHER,
     {{2, "<< /Type /Pages /Kids [3 0 R 4 0 R 20 0 R] /Count 3 /MediaBox [0 0 595 842] >>"},
      {20, "<< /Type /Page /Parent 2 0 R >>"}},
     NULL},
    {"a page's size is not changed by what it inherits",
     "inspect-page-changed",
     INSPECT_CHANGES_OTHER,
     {{2, "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 300 595 842] >>"}},
     NULL},
    {"a catalog that names other pages is a shadow attack",
     "inspect-pages-exchanged",
     INSPECT_CHANGES_OTHER,
     {{1, "<< /Type /Catalog /Pages 20 0 R /AcroForm 8 0 R /Metadata 14 0 R >>"},
      {20, "<< /Type /Pages /Kids [21 0 R 4 0 R] /Count 2 /MediaBox [0 0 595 842] >>"},
      {21, "<< /Type /Page /Parent 20 0 R /Contents 5 0 R >>"}},
     NULL},
    {"an action at opening is refused",
     "inspect-catalog-changed",
     INSPECT_CHANGES_OTHER,
     {{1, "<< /Type /Catalog /Pages 2 0 R /AcroForm 8 0 R /Metadata 14 0 R /OpenAction << /S "
          "/JavaScript /JS (app.alert(1)) >> >>"}},
     NULL},
    {"layers that hide content are refused",
     "inspect-catalog-changed",
     INSPECT_CHANGES_OTHER,
     {{1, "<< /Type /Catalog /Pages 2 0 R /AcroForm 8 0 R /Metadata 14 0 R /OCProperties << /OCGs "
          "[] /D << >> >> >>"}},
     NULL},
    {"asking viewers to draw fields anew is refused",
     "inspect-form-changed",
     INSPECT_CHANGES_OTHER,
     {{8, "<< /Fields [9 0 R 10 0 R 11 0 R 12 0 R] /NeedAppearances true /DA (/F1 10 Tf 0 g) /DR "
          "<< /Font << /F1 7 0 R >> >> >>"}},
     NULL},
    {"a security store for validation may be added",
     NULL,
     INSPECT_CHANGES_SIGNATURES,
     {{1, "<< /Type /Catalog /Pages 2 0 R /AcroForm 8 0 R /Metadata 14 0 R /DSS << /Certs [] >> "
          "/Extensions << /ESIC << /BaseVersion /1.7 /ExtensionLevel 5 >> >> >>"}},
     NULL},
    {"metadata that names another convention is refused",
     "inspect-other-convention",
     INSPECT_CHANGES_OTHER,
     {{13, "<< /Title (Convention) /ParapheID "
           "(PARAPHE1:zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz) >>"}},
     NULL},
    {"metadata that is no XML is refused",
     "inspect-catalog-changed",
     INSPECT_CHANGES_OTHER,
     {{14, "<< /Type /Metadata /Subtype /XML /Length 4 >>\nstream\nABCD\nendstream"}},
     NULL},
    {"the title may be written anew",
     NULL,
     INSPECT_CHANGES_NONE,
     {{13, "<< /Title (Autre titre) /ParapheID (" DOCUMENT_TOKEN ") >>"}},
     NULL},
    {"another entry of the trailer is refused",
     "inspect-catalog-changed",
     INSPECT_CHANGES_OTHER,
     {{20, "(nothing)"}},
     "/Autre 20 0 R"},
    {"objects written again as they were change nothing",
     NULL,
     INSPECT_CHANGES_NONE,
     {{2, "<< /Count 2  /Kids [ 3 0 R 4 0 R ] /MediaBox [ 0.0 0 595.00 842 ] /Type /Pages >>"}},
     NULL},
};

static void try_one(struct bytes file, const struct trial *trial)
{
    const struct inspect_report *report;
    size_t count = 0;

    while (count < 4 && trial->objects[count].number != 0)
        count++;
    report = judge(arena, revision_append(arena, file, trial->objects, count, trial->extra));
    OK(found(report, trial->reason ? INSPECT_ALTERED : INSPECT_INTACT, trial->reason) &&
           explain(
               report->signatures[0].integrity &&
                   (report->signatures[0].changes_after == trial->changes ||
                    strcmp(trial->reason ? trial->reason : "", "inspect-other-convention") == 0),
               report),
       trial->title);
}

static void permissions(void)
{
    static const struct object fill[] = {
        {11, "<< " WIDGET "/FT /Tx /T (Date) /Rect [60 400 260 420] /V (03-02-2027) >>"}};
    static const struct object ink[] = {
        {3, PAGE_WITH(ANNOTS)},
        {20,
         "<< /Type /Annot /Subtype /Ink /Rect [60 200 200 260] /InkList [[60 200 200 260]] >>"}};
    static const struct object sneaky[] = {
        {8, "<< /Fields " ANNOTS " /DA (/F1 10 Tf 0 g) /DR << /Font << /F1 7 0 R >> >> >>"},
        {3, PAGE_WITH(ANNOTS)},
        {20, "<< " WIDGET "/FT /Sig /T (Neuf) /Rect [60 300 260 320] >>"}};

    FOUND(then(signed_with(DOC_MDP("1")), fill, 1), INSPECT_ALTERED, "inspect-permission",
          "a certificate that allows no change is broken by form filling");
    FOUND(then(signed_with(DOC_MDP("2")), fill, 1), INSPECT_INTACT, NULL,
          "a certificate that allows form filling lets fields be filled in");
    FOUND(then(signed_with(DOC_MDP("2")), ink, 2), INSPECT_ALTERED, "inspect-permission",
          "a certificate that allows form filling is broken by an annotation");
    FOUND(then(signed_with(DOC_MDP("3")), ink, 2), INSPECT_INTACT, NULL,
          "a certificate that allows annotations lets ink be added");
    FOUND(then(signed_with(DOC_MDP("2")), sneaky, 3), INSPECT_ALTERED, "inspect-sneaky-signature",
          "a visible signature field added to a certified document is a sneaky signature");
    FOUND(then(signed_with(FIELD_MDP("All", "")), fill, 1), INSPECT_ALTERED, "inspect-field-locked",
          "a signature that locks all fields is broken by filling one in");
    FOUND(then(signed_with(FIELD_MDP("Include", "(Date)")), fill, 1), INSPECT_ALTERED,
          "inspect-field-locked", "a locked field is not filled in");
    FOUND(then(signed_with(FIELD_MDP("Include", "(Ville)")), fill, 1), INSPECT_INTACT, NULL,
          "a field beside the locked ones is filled in");
    FOUND(then(signed_with(FIELD_MDP("Exclude", "(Date)")), fill, 1), INSPECT_INTACT, NULL,
          "a field left out of a lock is filled in");
}

/* The same bytes, with something slipped in that the cross-reference table does not name. */
static void hidden_bytes(struct bytes file)
{
    static const struct object info[] = {
        {13, "<< /Title (Convention) /ParapheID (" DOCUMENT_TOKEN ") >>"}};
    static const char page[] = "5 0 obj\n<< /Length 3 >>\nstream\nq Q\nendstream\nendobj\n";
    struct bytes later = then(file, info, 1), slipped;

    FOUND(concatenate(arena, file, page), INSPECT_ALTERED, NULL,
          "an object behind the end of the file is refused");
    FOUND(concatenate(arena, file, "garbage"), INSPECT_ALTERED, NULL,
          "bytes behind the end of the file are refused");
    FOUND(concatenate(arena, later, "garbage"), INSPECT_ALTERED, "inspect-trailing-bytes",
          "bytes behind an appended revision are refused");
    FOUND(concatenate(arena, later, page), INSPECT_ALTERED, "inspect-trailing-bytes",
          "an object behind an appended revision is refused");
    slipped = concatenate(arena, file, page);
    FOUND(revision_append(arena, slipped, info, 1, NULL), INSPECT_ALTERED, "inspect-hidden-bytes",
          "an object that no cross-reference table names is an incremental saving attack");
    FOUND(exchange(arena, later, "\n13 0 obj", "\n12 0 obj"), INSPECT_ALTERED, "inspect-xref",
          "a cross-reference table that names a place where another object stands is refused");
    FOUND(concatenate(arena, file, "%PDF-1.7\n%%EOF\n"), INSPECT_ALTERED, NULL,
          "a second header is refused");
}

/* A cross-reference table that names an object's earlier place, and one with something behind it.
 */
static void tables(void)
{
    static const struct object fill[] = {
        {11, "<< " WIDGET "/FT /Tx /T (Date) /Rect [60 400 260 420] /V (03-02-2027) >>"}};
    static const struct object info[] = {
        {13, "<< /Title (Convention) /ParapheID (" DOCUMENT_TOKEN ") >>"}};
    struct bytes plain = document_make(arena, (struct document_options){0});
    struct bytes once =
        document_sign(arena, then(plain, fill, 1),
                      (struct signing){.signer = &signer, .object = OBJECT_SIGNATURE_A});
    size_t table = place_of_last(once, "startxref\n") + 10;
    const char *old = arena_printf(
        arena,
        "xref\n11 1\n%010zu 00000 n \ntrailer\n<< /Size 200 /Root 1 0 R /Info 13 0 R /Prev "
        "%ld >>\nstartxref\n%zu\n%%%%EOF\n",
        place_of_last(plain, "11 0 obj"), strtol((const char *)once.data + table, NULL, 10),
        once.length);
    struct bytes later = then(once, info, 1), slipped;

    FOUND(once, INSPECT_INTACT, NULL, "a document filled in before it was signed is intact");
    FOUND(concatenate(arena, once, old), INSPECT_ALTERED, "inspect-xref",
          "a table that brings back an object's earlier state is refused");
    table = place_of_last(later, "startxref");
    slipped = concatenate(arena, (struct bytes){later.data, table},
                          arena_printf(arena, "7 0 obj (hidden) endobj\n%.*s",
                                       (int)(later.length - table), later.data + table));
    FOUND(slipped, INSPECT_ALTERED, "inspect-trailing-bytes",
          "an object between the last table and its end mark is refused");
}

static void annotations(void)
{
    static const struct object link[] = {
        {3, PAGE_WITH("[9 0 R 10 0 R 11 0 R 12 0 R 30 0 R]")},
        {30, "<< /Type /Annot /Subtype /Link /Rect [72 600 200 620] /Dest [3 0 R /Fit] >>"}};
    static const struct object other[] = {
        {30, "<< /Type /Annot /Subtype /Link /Rect [72 600 200 620] /Dest [4 0 R /Fit] >>"}};
    static const struct object same[] = {
        {30, "<< /Subtype /Link /Type /Annot /Rect [72 600.0 200 620] /Dest [3 0 R /Fit] >>"}};
    struct bytes once =
        document_sign(arena, then(document_make(arena, (struct document_options){0}), link, 2),
                      (struct signing){.signer = &signer, .object = OBJECT_SIGNATURE_A});

    FOUND(then(once, other, 1), INSPECT_ALTERED, "inspect-annotation-changed",
          "a link that leads to another page than when it was signed is refused");
    FOUND(then(once, same, 1), INSPECT_INTACT, NULL, "a link written again as it was is allowed");
    FOUND(then(once, (const struct object[]){{3, PAGE_WITH("[9 0 R 10 0 R 11 0 R 12 0 R]")}}, 1),
          INSPECT_ALTERED, "inspect-annotation-removed", "a link that is taken away is refused");
}

static void packed(struct bytes file)
{
    static const struct object fill[] = {
        {11, "<< " WIDGET "/FT /Tx /T (Date) /Rect [60 400 260 420] /V (03-02-2027) >>"},
        {13, "<< /Title (Convention) /ParapheID (" DOCUMENT_TOKEN ") >>"}};
    static const struct object font[] = {
        {7, "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"}};
    struct bytes filled = revision_append_packed(arena, file, fill, 2, 0);

    FOUND(filled, INSPECT_INTACT, NULL, "objects in an object stream are read");
    FOUND(revision_append_packed(arena, file, font, 1, 0), INSPECT_ALTERED,
          "inspect-page-resources", "a font that is replaced in an object stream is seen");
    FOUND(revision_append_packed(arena, file, fill, 2, 1), INSPECT_ALTERED, "inspect-xref",
          "an object stream that lists an object elsewhere than the table says is refused");
    FOUND(document_sign(arena, filled,
                        (struct signing){.signer = &signer, .object = OBJECT_SIGNATURE_B}),
          INSPECT_INTACT, NULL, "a table may follow a cross-reference stream");
}

static void second_signature(struct bytes once)
{
    static const struct object replaced[] = {
        {5, "<< /Length 45 >>\nstream\nBT /F1 14 Tf 72 720 Td (Le 16 avril) Tj ET   \nendstream"}};
    static const struct object more[] = {
        {8, "<< /Fields " ANNOTS " /DA (/F1 10 Tf 0 g) /DR << /Font << /F1 7 0 R >> >> >>"},
        {3, PAGE_WITH(ANNOTS)}};
    struct signing signing = {.signer = &signer, .object = OBJECT_SIGNATURE_B};
    const struct inspect_report *report;

    signing.more = replaced;
    signing.more_count = 1;
    report = judge(arena, document_sign(arena, once, signing));
    OK(found(report, INSPECT_ALTERED, "inspect-page-content") && report->signatures[1].integrity,
       "a second signature does not make good what was changed after the first");
    signing = (struct signing){
        .signer = &signer, .object = 20, .name = "Neuf", .more = more, .more_count = 2};
    FOUND(document_sign(arena, once, signing), INSPECT_INTACT, NULL,
          "a second signature in a field of its own is allowed");
}

int main(void)
{
    struct bytes once;

    arena = arena_new(JUDGED_ARENA);
    signer = signer_make("Responsable", -1, 30);
    once = signed_with(NULL);
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++)
        try_one(once, &trials[i]);
    permissions();
    hidden_bytes(once);
    tables();
    annotations();
    packed(once);
    second_signature(once);
    signer_free(&signer);
    arena_free(arena);
    return tap_end();
}
