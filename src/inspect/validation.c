#include "inspect/validation.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

#include "inspect/certificate.h"
#include "inspect/der.h"

#define CLAIM_TOLERANCE 86400 /* seconds: a signer's clock and time zone may be off */
#define STAMPS_MAX 4          /* of one signature that are looked at */

struct conclusion {
    enum inspect_status status;
    enum inspect_indication indication;
};

static const struct conclusion passed = {INSPECT_STATUS_PASSED, INSPECT_INDICATION_NONE};

static struct conclusion failed(enum inspect_indication indication)
{
    return (struct conclusion){INSPECT_STATUS_FAILED, indication};
}

static struct conclusion unclear(enum inspect_indication indication)
{
    return (struct conclusion){INSPECT_STATUS_INDETERMINATE, indication};
}

/* One signature, or a time stamp of one, while it is validated. */
struct process {
    const struct inspect_validation *validation;
    const struct inspect_material *material;
    const struct inspect_revocation *common;
    STACK_OF(X509) * others;
    STACK_OF(X509) * chain;
    bool is_stamp;
    bool has_claim;
    int64_t claimed; /* when the signer says it was made */
    int64_t best;    /* the earliest time at which it is known to have been there */
};

/* Whatever does not hold and is not listed contradicts the format. */
static struct conclusion of_fault(const char *fault)
{
    static const struct {
        const char *key;
        struct conclusion conclusion;
    } known[] = {
        {"inspect-digest", {INSPECT_STATUS_FAILED, INSPECT_HASH_FAILURE}},
        {"inspect-cms-signature", {INSPECT_STATUS_FAILED, INSPECT_SIG_CRYPTO_FAILURE}},
        {"inspect-byte-range-missing",
         {INSPECT_STATUS_INDETERMINATE, INSPECT_SIGNED_DATA_NOT_FOUND}},
        {"inspect-certificate-missing",
         {INSPECT_STATUS_INDETERMINATE, INSPECT_NO_SIGNING_CERTIFICATE_FOUND}},
        {"inspect-certificate-exchanged",
         {INSPECT_STATUS_INDETERMINATE, INSPECT_NO_SIGNING_CERTIFICATE_FOUND}},
        {"inspect-algorithm", {INSPECT_STATUS_INDETERMINATE, INSPECT_CRYPTO_CONSTRAINTS_FAILURE}},
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(fault, known[i].key) == 0)
            return known[i].conclusion;
    return failed(INSPECT_FORMAT_FAILURE);
}

static int64_t begins(const X509 *certificate)
{
    return inspect_certificate_time(X509_get0_notBefore(certificate));
}

static int64_t ends(const X509 *certificate)
{
    return inspect_certificate_time(X509_get0_notAfter(certificate));
}

#define OTHER_PURPOSES (XKU_SSL_SERVER | XKU_SGC | XKU_OCSP_SIGN | XKU_TIMESTAMP | XKU_DVCS)

/* The certificate must be one to sign with: documents, or time stamps (RFC 3161 §2.3). One that is
 * for servers and the like alone is none, though its authority is known. */
static bool is_suitable(const struct process *process)
{
    X509 *certificate = process->material->certificate;
    uint32_t usage = X509_get_key_usage(certificate);
    uint32_t purposes = X509_get_extended_key_usage(certificate);

    if (process->is_stamp)
        return (X509_get_extension_flags(certificate) & EXFLAG_XKUSAGE) != 0 &&
               purposes == XKU_TIMESTAMP;
    if (purposes != UINT32_MAX && purposes != 0 && (purposes & ~(uint32_t)OTHER_PURPOSES) == 0)
        return false;
    return (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
}

/* What the file says of a certificate at the best time. The issuer's word counts once. */
static struct conclusion ask(const struct process *process, int depth)
{
    struct inspect_question question = {.certificate = sk_X509_value(process->chain, depth),
                                        .issuer = sk_X509_value(process->chain, depth + 1),
                                        .at = process->best,
                                        .now = process->validation->now};
    const struct inspect_revocation *sources[] = {&process->material->revocation, process->common};
    bool good = false;

    for (int i = 0; i < 2; i++) {
        int64_t revoked_at;
        enum inspect_standing standing = inspect_revocation_ask(sources[i], &question, &revoked_at);

        if (standing == INSPECT_STANDING_REVOKED && revoked_at <= process->best) {
            if (depth > 0)
                return unclear(INSPECT_REVOKED_CA_NO_POE);
            return process->has_claim && process->claimed >= revoked_at
                       ? failed(INSPECT_REVOKED)
                       : unclear(INSPECT_REVOKED_NO_POE);
        }
        good = good || standing != INSPECT_STANDING_UNKNOWN;
    }
    return good ? passed : unclear(INSPECT_TRY_LATER);
}

/* An anchor needs no word but the operator's, though one that signs itself may have expired. */
static int asked_of(const struct process *process)
{
    return sk_X509_num(process->chain) - 1;
}

static struct conclusion check_days(const struct process *process)
{
    int count = asked_of(process) > 0 ? asked_of(process) : 1;

    for (int i = 0; i < count; i++) {
        X509 *certificate = sk_X509_value(process->chain, i);

        if (process->best < begins(certificate))
            return failed(INSPECT_NOT_YET_VALID);
        if (process->best > ends(certificate))
            return unclear(INSPECT_OUT_OF_BOUNDS_NO_POE);
    }
    return passed;
}

/* What the signer says counts against the signer. */
static struct conclusion check_claim(const struct process *process)
{
    X509 *certificate = process->material->certificate;

    if (!process->has_claim)
        return passed;
    if (process->claimed > ends(certificate) + CLAIM_TOLERANCE)
        return failed(INSPECT_EXPIRED);
    if (process->claimed < begins(certificate) - CLAIM_TOLERANCE)
        return failed(INSPECT_NOT_YET_VALID);
    return passed;
}

/* Revoked is worse than expired, and expired than not to be known. */
static struct conclusion check_chain(const struct process *process)
{
    struct conclusion conclusion = check_claim(process), days, later = passed;

    if (conclusion.status != INSPECT_STATUS_PASSED)
        return conclusion;
    if (!is_suitable(process))
        return unclear(INSPECT_CHAIN_CONSTRAINTS_FAILURE);
    for (int i = 0; i < asked_of(process); i++) {
        conclusion = ask(process, i);
        if (conclusion.indication == INSPECT_TRY_LATER)
            later = conclusion;
        else if (conclusion.status != INSPECT_STATUS_PASSED)
            return conclusion;
    }
    days = check_days(process);
    if (days.status != INSPECT_STATUS_PASSED)
        return days;
    return later;
}

static struct conclusion find_chain(struct process *process)
{
    const struct inspect_validation *validation = process->validation;

    if (!validation->trust)
        return unclear(INSPECT_NO_CERTIFICATE_CHAIN_FOUND);
    switch (inspect_certificate_path(process->material->certificate, process->others,
                                     validation->trust, &process->chain)) {
    case INSPECT_PATH_FOUND:
        return passed;
    case INSPECT_PATH_MISSING:
        return unclear(INSPECT_NO_CERTIFICATE_CHAIN_FOUND);
    case INSPECT_PATH_BROKEN:
        break;
    }
    return unclear(INSPECT_CERTIFICATE_CHAIN_GENERAL_FAILURE);
}

/* What holds: its chain, and its algorithms. process->chain is the caller's to free. */
static struct conclusion conclude(struct process *process)
{
    struct conclusion conclusion = find_chain(process);

    if (conclusion.status != INSPECT_STATUS_PASSED)
        return conclusion;
    conclusion = check_chain(process);
    if (conclusion.status != INSPECT_STATUS_PASSED)
        return conclusion;
    if (process->best > process->material->reliable_until)
        return unclear(INSPECT_CRYPTO_CONSTRAINTS_FAILURE_NO_POE);
    return passed;
}

/* The certificates of a signature, and those that the document has for all. */
static STACK_OF(X509) * all_others(const struct inspect_material *material, STACK_OF(X509) * common)
{
    STACK_OF(X509) *all = common ? sk_X509_dup(common) : sk_X509_new_null();

    if (!all)
        abort();
    for (int i = 0; i < sk_X509_num(material->certificates); i++)
        sk_X509_push(all, sk_X509_value(material->certificates, i));
    return all;
}

/* All signatures of a file. */
struct whole {
    const struct inspect_validation *validation;
    struct inspect_revocation common;
    STACK_OF(X509) * certificates;
    int64_t best; /* of what is covered by the valid time stamps seen so far */
};

static void open_whole(struct whole *whole)
{
    const struct inspect_security_store *store = whole->validation->store;

    whole->certificates = sk_X509_new_null();
    if (!whole->certificates)
        abort();
    for (size_t i = 0; i < store->certificates.count; i++) {
        const unsigned char *at = store->certificates.list[i].data;
        X509 *certificate = d2i_X509(NULL, &at, (long)store->certificates.list[i].length);

        if (certificate)
            sk_X509_push(whole->certificates, certificate);
    }
    for (size_t i = 0; i < store->lists.count; i++)
        inspect_revocation_add_list(&whole->common, store->lists.list[i]);
    for (size_t i = 0; i < store->answers.count; i++)
        inspect_revocation_add_answer(&whole->common, store->answers.list[i]);
    ERR_clear_error();
}

static struct process begin(const struct whole *whole, const struct inspect_material *material,
                            int64_t best)
{
    return (struct process){.validation = whole->validation,
                            .material = material,
                            .common = &whole->common,
                            .others = all_others(material, whole->certificates),
                            .best = best};
}

static void end(struct process *process)
{
    sk_X509_free(process->others);
    sk_X509_pop_free(process->chain, X509_free);
}

/* The time of a time stamp over the value of a signature; best where it is not valid or later. */
static int64_t time_of_stamp(const struct whole *whole, const struct inspect_material *material,
                             struct bytes token, int64_t best)
{
    struct inspect_cms_input input = {
        .contents = token,
        .before = inspect_der_bytes(CMS_SignerInfo_get0_signature(material->signer)),
        .collects = true};
    struct inspect_signature stamp = {.subfilter = "ETSI.RFC3161"};
    struct inspect_material own;
    struct process process;

    inspect_cms_holds(&input, &stamp, NULL, &own);
    process = begin(whole, &own, best);
    process.is_stamp = true;
    if (!own.fault && stamp.signing_time < best && stamp.has_signing_time &&
        conclude(&process).status == INSPECT_STATUS_PASSED)
        best = stamp.signing_time;
    end(&process);
    inspect_material_free(&own);
    return best;
}

/* The earliest time proven by the time stamps in a signature's CMS. */
static int64_t time_of_stamps(const struct whole *whole, const struct inspect_material *material,
                              int64_t best)
{
    int at = -1;

    if (!whole->validation->trust || !material->signer)
        return best;
    for (int i = 0; i < STAMPS_MAX; i++) {
        X509_ATTRIBUTE *attribute;
        ASN1_TYPE *value;

        at = CMS_unsigned_get_attr_by_NID(material->signer, NID_id_smime_aa_timeStampToken, at);
        attribute = at < 0 ? NULL : CMS_unsigned_get_attr(material->signer, at);
        value = attribute ? X509_ATTRIBUTE_get0_type(attribute, 0) : NULL;
        if (!attribute)
            break;
        if (value && value->type == V_ASN1_SEQUENCE)
            best = time_of_stamp(whole, material, inspect_der_bytes(value->value.sequence), best);
    }
    return best;
}

/* Whether the chain holds today, for whoever wants no more. */
static enum inspect_chain chain_of(const struct process *process)
{
    if (!process->validation->trust || !process->material->certificate)
        return INSPECT_CHAIN_UNKNOWN;
    if (!process->chain)
        return INSPECT_CHAIN_UNTRUSTED;
    for (int i = 0; i < (asked_of(process) > 0 ? asked_of(process) : 1); i++) {
        X509 *certificate = sk_X509_value(process->chain, i);

        if (process->validation->now < begins(certificate) ||
            process->validation->now > ends(certificate))
            return INSPECT_CHAIN_EXPIRED;
    }
    return INSPECT_CHAIN_TRUSTED;
}

/* A signature that does not hold is looked at for its chain alone. */
static void validate_one(struct whole *whole, const struct inspect_material *material,
                         struct inspect_signature *signature)
{
    int64_t best = time_of_stamps(whole, material, whole->best);
    struct process process = begin(whole, material, best);
    struct conclusion conclusion = unclear(INSPECT_NO_SIGNING_CERTIFICATE_FOUND);

    process.is_stamp = signature->is_timestamp;
    process.has_claim = material->has_claimed_time && !signature->is_timestamp;
    process.claimed = signature->signing_time;
    if (material->certificate)
        conclusion = conclude(&process);
    signature->chain = chain_of(&process);
    if (material->fault)
        conclusion = of_fault(material->fault);
    else if (!signature->integrity || signature->changes_after == INSPECT_CHANGES_OTHER ||
             whole->validation->is_composed)
        conclusion = failed(INSPECT_FORMAT_FAILURE);
    else if (best < whole->validation->now)
        signature->proven_time = best;
    signature->status = conclusion.status;
    signature->indication = conclusion.indication;
    if (signature->is_timestamp && conclusion.status == INSPECT_STATUS_PASSED &&
        signature->signing_time < whole->best)
        whole->best = signature->signing_time;
    end(&process);
}

void inspect_validate(const struct inspect_validation *validation, struct inspect_report *report)
{
    struct whole whole = {.validation = validation, .best = validation->now};

    open_whole(&whole);
    for (uint32_t i = report->signature_count; i-- > 0;)
        validate_one(&whole, &validation->materials[i], &report->signatures[i]);
    sk_X509_pop_free(whole.certificates, X509_free);
    inspect_revocation_free(&whole.common);
    ERR_clear_error();
}
