/* A real convention, signed and written anew by other people's programs. */
#include "t/unit/judged.h"
#include "t/unit/pdf_tools.h"

#include <sys/stat.h>

static const char *make_certificate(struct tools *tools)
{
    static const unsigned char noise[64] = "good enough noise for a certificate of a test";
    const char *database = arena_printf(tools->arena, "sql:%s", tools_path(tools, "nss"));

    tools_write(tools, "noise", (struct bytes){noise, sizeof noise});
    mkdir(tools_path(tools, "nss"), 0700);
    tools_run(tools, NULL, "certutil", "-N", "-d", database, "--empty-password", NULL);
    tools_run(tools, NULL, "certutil", "-S", "-d", database, "-n", "signer", "-s",
              "CN=Claire DUBOIS", "-x", "-t", "CT,C,C", "-z", tools_path(tools, "noise"), NULL);
    return database;
}

static void sign(struct tools *tools, const char *database, enum signatory who, const char *from,
                 const char *to)
{
    tools_run(tools, NULL, "pdfsig", "-nssdir", database, "-sign", pdf_box_name(who), "-nick",
              "signer", tools_path(tools, from), tools_path(tools, to), NULL);
}

static const struct inspect_report *beside(struct tools *tools, const char *name)
{
    return judge_with(tools->arena, (struct inspect_input){.file = tools_read(tools, name),
                                                           .original = tools_read(tools, "0.pdf")});
}

static void signed_by_all(struct tools *tools, const char *database)
{
    const struct inspect_report *report;
    const char *from = "0.pdf", *to = from;

    for (int i = 0; i < SIGNATORY_COUNT; i++, from = to) {
        to = arena_printf(tools->arena, "%d.pdf", i + 1);
        sign(tools, database, (enum signatory)i, from, to);
        report = beside(tools, to);
        OK(found(report, INSPECT_INTACT, NULL) && report->signature_count == (uint32_t)i + 1 &&
               report->original == INSPECT_ORIGINAL_PREFIX &&
               report->addition_count == (uint32_t)i + 1,
           arena_printf(tools->arena, "signed by pdfsig in %d boxes, it is intact", i + 1));
    }
    report = beside(tools, to);
    IS_STR(report->signatures[0].signer, "Claire DUBOIS", "the signer is named");
    OK(report->signatures[0].changes_after == INSPECT_CHANGES_SIGNATURES &&
           report->signatures[SIGNATORY_COUNT - 1].changes_after == INSPECT_CHANGES_NONE,
       "only signatures followed the first, and nothing the last");
}

static void written_anew(struct tools *tools, const char *database)
{
    const struct inspect_report *report;

    tools_run(tools, NULL, "qpdf", "--object-streams=generate", tools_path(tools, "0.pdf"),
              tools_path(tools, "packed.pdf"), NULL);
    report = beside(tools, "packed.pdf");
    OK(found(report, INSPECT_UNSIGNED, NULL) && report->original == INSPECT_ORIGINAL_SAME_PAGES &&
           report->evidence == INSPECT_EVIDENCE_METADATA,
       "packed anew by qpdf, its pages are the same");
    tools_run(tools, NULL, "qpdf", "--qdf", tools_path(tools, "0.pdf"),
              tools_path(tools, "unpacked.pdf"), NULL);
    report = beside(tools, "unpacked.pdf");
    OK(found(report, INSPECT_UNSIGNED, NULL) && report->original == INSPECT_ORIGINAL_SAME_PAGES,
       "written openly by qpdf, its pages are the same");
    sign(tools, database, SIGNATORY_GUARDIAN, "packed.pdf", "packed-signed.pdf");
    report = beside(tools, "packed-signed.pdf");
    OK(found(report, INSPECT_INTACT, NULL) && report->original == INSPECT_ORIGINAL_SAME_PAGES &&
           has_addition(report, INSPECT_ADDED_SIGNATURE),
       "packed anew and then signed, it is intact");
}

static void another(struct tools *tools, const struct convention_paper *paper)
{
    struct convention_paper other = *paper;
    const struct inspect_report *report;
    struct pdf_layout layout;

    other.first_name = "Zacharie";
    tools_draw(tools, &other, "other.pdf", &layout);
    report = beside(tools, "other.pdf");
    OK(found(report, INSPECT_ALTERED, "inspect-page-content") &&
           report->original == INSPECT_ORIGINAL_CHANGED,
       "the same convention with another first name is altered");
    tools_run(tools, NULL, "qpdf", tools_path(tools, "0.pdf"), "--pages", ".", "1", "--",
              tools_path(tools, "one-page.pdf"), NULL);
    OK(found(beside(tools, "one-page.pdf"), INSPECT_ALTERED, "inspect-pages-exchanged"),
       "a convention without its second page is altered");
}

int main(void)
{
    struct tools tools;
    struct convention_paper paper;
    struct pdf_layout layout;
    const char *database;

    if (!tools_have("pdfsig") || !tools_have("certutil") || !tools_have("qpdf")) {
        printf("1..0 # SKIP needs poppler-utils, libnss3-tools and qpdf\n");
        return 0;
    }
    tools_open(&tools);
    paper = tools_paper(&tools);
    if (OK(tools_draw(&tools, &paper, "0.pdf", &layout), "a convention is drawn")) {
        const struct inspect_report *report = beside(&tools, "0.pdf");

        OK(found(report, INSPECT_UNSIGNED, NULL) && report->token_count == 1 &&
               report->original == INSPECT_ORIGINAL_IDENTICAL,
           "the original is unsigned and names itself once");
        database = make_certificate(&tools);
        signed_by_all(&tools, database);
        written_anew(&tools, database);
        another(&tools, &paper);
    }
    tools_close(&tools);
    return tap_end();
}
