/* The signature fields, signed by a real signer. */
#include "t/unit/pdf_tools.h"
#include "t/unit/tap.h"

#include <sys/stat.h>

static bool make_certificate(struct tools *tools, const char *database)
{
    static const unsigned char noise[64] =
        "not very random, and good enough for a test certificate";

    tools_write(tools, "noise", (struct bytes){noise, sizeof noise});
    mkdir(tools_path(tools, "nss"), 0700);
    return tools_run(tools, NULL, "certutil", "-N", "-d", database, "--empty-password", NULL) ==
               0 &&
           tools_run(tools, NULL, "certutil", "-S", "-d", database, "-n", "signer", "-s",
                     "CN=Claire DUBOIS", "-x", "-t", "CT,C,C", "-z", tools_path(tools, "noise"),
                     NULL) == 0;
}

static int count_of(const char *text, const char *words)
{
    int count = 0;

    for (; (text = strstr(text, words)); text++)
        count++;
    return count;
}

static void test_fields(struct tools *tools, const char *database)
{
    const char *printed, *from = "0.pdf", *to;

    for (int i = 0; i < SIGNATORY_COUNT; i++, from = to) {
        const char *field = pdf_box_name((enum signatory)i);
        to = arena_printf(tools->arena, "%d.pdf", i + 1);
        tools_run(tools, NULL, "pdfsig", "-nssdir", database, "-sign", field, "-nick", "signer",
                  tools_path(tools, from), tools_path(tools, to), NULL);
        OK(bytes_start_with(tools_read(tools, to), tools_read(tools, from)) &&
               tools_read(tools, to).length > tools_read(tools, from).length,
           arena_printf(tools->arena, "%s is signed behind the bytes that were there", field));
        tools_run(tools, &printed, "pdfsig", "-nssdir", database, tools_path(tools, to), NULL);
        IS_INT(count_of(printed, "Signature is Valid"), i + 1,
               "and pdfsig calls all that is signed valid");
        OK(strstr(printed, arena_printf(tools->arena, "Field Name: %s", field)),
           "under the field's name");
    }
    IS_INT(tools_run(tools, NULL, "qpdf", "--check", tools_path(tools, from), NULL), 0,
           "the file signed by all is sound");
}

int main(void)
{
    struct tools tools;
    struct convention_paper paper;
    const char *database;

    if (!tools_have("pdfsig") || !tools_have("certutil") || !tools_have("qpdf")) {
        printf("1..0 # SKIP needs poppler-utils, libnss3-tools and qpdf\n");
        return 0;
    }
    tools_open(&tools);
    database = arena_printf(tools.arena, "sql:%s/nss", tools.directory);
    paper = tools_paper(&tools);
    if (OK(make_certificate(&tools, database), "a certificate is made") &&
        OK(tools_draw(&tools, &paper, "0.pdf", NULL), "a convention is drawn"))
        test_fields(&tools, database);
    tools_close(&tools);
    return tap_end();
}
