/* A file of any bytes, and any bytes appended to a signed document. By hand:
 *     ./configure --enable-fuzzers CC=clang && make t/fuzz/inspect && t/fuzz/inspect CORPUS */
#include "inspect/report.h"
#include "t/fuzz/fuzz.h"
#include "t/unit/signed_pdf.h"

#define MEMORY ((size_t)64 << 20)

static struct arena *kept, *arena;
static struct bytes original, signed_once;

static void prepare(void)
{
    struct signer signer = signer_make("Responsable", -1, 30);

    kept = arena_new(MEMORY);
    arena = arena_new(MEMORY);
    original = document_make(kept, (struct document_options){0});
    signed_once = document_sign(kept, original,
                                (struct signing){.signer = &signer, .object = OBJECT_SIGNATURE_A});
    signer_free(&signer);
}

static struct bytes behind_signed(struct bytes data)
{
    unsigned char *all = arena_alloc(arena, signed_once.length + data.length);

    memcpy(all, signed_once.data, signed_once.length);
    memcpy(all + signed_once.length, data.data, data.length);
    return (struct bytes){all, signed_once.length + data.length};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct inspect_report report;
    struct inspect_input input = {.file = {data, size}, .now = 1800000000};
    bool appended = size > 0 && data[0] == '\n';

    if (!kept)
        prepare();
    if (appended) {
        input.file = behind_signed(input.file);
        input.original = original;
    }
    FUZZ_WANT(inspect_judge(arena, &input, &report) != ERR_INTERNAL);
    FUZZ_WANT(inspect_report_sound(&report));
    /* nothing that is appended takes the signature away, or adds a page */
    if (appended && report.verdict == INSPECT_INTACT)
        FUZZ_WANT(report.signature_count > 0 && report.signatures[0].integrity &&
                  report.pages == 2 && report.original == INSPECT_ORIGINAL_PREFIX);
    arena_reset(arena);
    return 0;
}
