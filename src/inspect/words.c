#include "inspect/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"

struct sentence {
    const char *key, *text;
};

/* Those of views/errors.txt that a report needs, sorted by their keys. */
static const struct sentence sentences[] = {
#include "inspect/sentences.inc"
};

static int compare(const void *key, const void *sentence)
{
    return strcmp(key, ((const struct sentence *)sentence)->key);
}

/* A key without a sentence says itself. */
static const char *sentence_of(const char *key)
{
    const struct sentence *found =
        bsearch(key, sentences, sizeof sentences / sizeof *sentences, sizeof *sentences, compare);

    return found ? found->text : key;
}

static const char *verdict_words(enum inspect_verdict verdict)
{
    static const char *const words[INSPECT_VERDICT_COUNT] = {
        [INSPECT_INTACT] = "SIGNÉ, INTACT",
        [INSPECT_ALTERED] = "ALTÉRÉ",
        [INSPECT_BROKEN] = "SIGNATURE OU FICHIER DÉFECTUEUX",
        [INSPECT_UNSIGNED] = "SANS SIGNATURE NUMÉRIQUE",
        [INSPECT_NOT_PDF] = "N’EST PAS UN PDF",
        [INSPECT_ENCRYPTED] = "PROTÉGÉ PAR UN MOT DE PASSE",
        [INSPECT_LIMIT] = "AU-DELÀ DES LIMITES",
    };

    return words[verdict];
}

static const char *status_words(enum inspect_status status)
{
    static const char *const words[INSPECT_STATUS_COUNT] = {
        [INSPECT_STATUS_INDETERMINATE] = "À vérifier",
        [INSPECT_STATUS_PASSED] = "Valide",
        [INSPECT_STATUS_FAILED] = "Refusée",
    };

    return words[status];
}

static void put_times(struct buf *buf, const struct inspect_signature *signature)
{
    struct arena *arena = buf->arena;

    if (signature->has_signing_time)
        buf_printf(buf, "     Le %s, %s\n", clock_french_instant(arena, signature->signing_time),
                   signature->is_timestamp ? "par un service d’horodatage" : "selon le signataire");
    if (signature->proven_time)
        buf_printf(buf, "     Horodatée : elle existait le %s\n",
                   clock_french_instant(arena, signature->proven_time));
}

static void put_certificate(struct buf *buf, const struct inspect_signature *signature)
{
    struct arena *arena = buf->arena;

    if (!signature->issuer[0])
        return;
    buf_printf(buf, "     Certificat délivré par %s", text_squeeze(arena, signature->issuer));
    if (signature->not_before && signature->not_after)
        buf_printf(buf, ", valable du %s au %s",
                   clock_french_day(arena, clock_day(arena, signature->not_before)),
                   clock_french_day(arena, clock_day(arena, signature->not_after)));
    buf_putc(buf, '\n');
}

static void put_signature(struct buf *buf, uint32_t number,
                          const struct inspect_signature *signature)
{
    static const char *const covers[INSPECT_COVERS_COUNT] = {
        "couvre tout le fichier", "couvre le fichier tel qu’il était alors",
        "ne couvre pas ce qu’elle devrait"};
    struct arena *arena = buf->arena;
    const char *word = inspect_indication_name(signature->indication);

    buf_printf(buf, "  %u. %s – case « %s »\n", (unsigned)number,
               signature->signer[0]      ? text_squeeze(arena, signature->signer)
               : signature->is_timestamp ? "Horodatage"
                                         : "Signataire inconnu",
               text_squeeze(arena, signature->field));
    put_times(buf, signature);
    buf_printf(buf, "     %s : %s [%s%s%s]\n", status_words(signature->status),
               sentence_of(arena_printf(arena, "validity-%s",
                                        *word ? word : inspect_status_name(signature->status))),
               inspect_status_name(signature->status), *word ? ", " : "", word);
    put_certificate(buf, signature);
    buf_printf(buf, "     %s, %s ; %s\n",
               signature->digest[0] ? signature->digest : "empreinte inconnue",
               signature->integrity ? "intègre" : "ne correspond pas au document",
               covers[signature->covers]);
    buf_printf(buf, "     Après elle : %s\n",
               sentence_of(arena_printf(arena, "changes-%s",
                                        inspect_changes_name(signature->changes_after))));
}

static void put_reasons(struct buf *buf, const struct inspect_report *report,
                        enum inspect_weight least, enum inspect_weight most, const char *title)
{
    for (uint32_t i = 0; i < report->reason_count; i++) {
        const struct inspect_reason *reason = &report->reasons[i];

        if (reason->weight < least || reason->weight > most)
            continue;
        if (title)
            buf_printf(buf, "  %s\n", title);
        title = NULL;
        buf_printf(buf, "   - %s", sentence_of(reason->key));
        if (reason->detail[0])
            buf_printf(buf, " (%s)", text_squeeze(buf->arena, reason->detail));
        buf_putc(buf, '\n');
    }
}

void words_inspection(struct buf *buf, const struct inspection *inspection)
{
    const struct inspect_report *report = inspection->report;
    const char *convention = inspection_convention(buf->arena, inspection);

    buf_printf(buf, "%s : %s\n", text_squeeze(buf->arena, inspection->file),
               verdict_words(inspection_verdict(inspection)));
    if (!report) {
        buf_printf(buf, "  %s\n", sentence_of(inspect_failure_key(inspection->failure)));
        return;
    }
    if (report->pages > 0)
        buf_printf(buf, "  %u page%s, %u signature%s\n", (unsigned)report->pages,
                   report->pages > 1 ? "s" : "", (unsigned)report->signature_count,
                   report->signature_count > 1 ? "s" : "");
    if (convention)
        buf_printf(buf, "  Convention %s, d’après le fichier\n", convention);
    for (uint32_t i = 0; i < report->signature_count; i++)
        put_signature(buf, i + 1, &report->signatures[i]);
    put_reasons(buf, report, INSPECT_ALTERATION, INSPECT_FAILURE, "Ce qui ne va pas :");
    put_reasons(buf, report, INSPECT_NOTE, INSPECT_NOTE, "À savoir :");
}
