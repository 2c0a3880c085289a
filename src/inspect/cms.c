#include "inspect/cms.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/certificate.h"
#include "inspect/der.h"
#include "inspect/signed_attributes.h"

#define WEAK_RSA_BITS 2048
#define BROKEN_RSA_BITS 1900 /* keys of 2048 bits may have fewer significant ones */

/* One signature while it is checked. */
struct check {
    const struct inspect_cms_input *input;
    struct inspect_signature *signature;
    struct inspect_report *report; /* or NULL */
    struct inspect_material *material;
    struct bytes enclosed; /* the content inside the CMS, if any */
    bool has_enclosed;
};

struct digest {
    unsigned char bytes[EVP_MAX_MD_SIZE];
    size_t length;
};

/* SHAKE256 is used with 64 bytes in CMS (RFC 8702 §3.1), and with a length named apart for Ed448
 * (RFC 8419 §2.3), whose identifier OpenSSL does not know. */
static const EVP_MD *digest_algorithm(const ASN1_OBJECT *object)
{
    char number[64];
    const EVP_MD *md = EVP_get_digestbyobj(object);

    if (!md && OBJ_obj2txt(number, sizeof number, object, 1) > 0 &&
        strcmp(number, "2.16.840.1.101.3.4.2.18") == 0)
        md = EVP_shake256();
    return md;
}

static bool compute(const EVP_MD *md, struct bytes a, struct bytes b, struct digest *digest)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned int length = 0;
    bool good;

    if (!context)
        abort();
    good = EVP_DigestInit_ex(context, md, NULL) == 1 &&
           EVP_DigestUpdate(context, a.data, a.length) == 1 &&
           EVP_DigestUpdate(context, b.data, b.length) == 1;
    if (good && EVP_MD_is_a(md, "SHAKE256")) {
        digest->length = 64;
        good = EVP_DigestFinalXOF(context, digest->bytes, digest->length) == 1;
    } else if (good) {
        good = EVP_DigestFinal_ex(context, digest->bytes, &length) == 1;
        digest->length = length;
    }
    EVP_MD_CTX_free(context);
    return good;
}

static struct bytes digest_bytes(const struct digest *digest)
{
    return (struct bytes){digest->bytes, digest->length};
}

static void note(const struct check *check, const char *key)
{
    if (check->report)
        inspect_reason_add(check->report, INSPECT_NOTE, key, "%s", check->signature->field);
}

static void relied_until(const struct check *check, int64_t end)
{
    if (end < check->material->reliable_until)
        check->material->reliable_until = end;
}

/* Until when signatures made with weak digests were relied upon (ETSI TS 119 312 and the list it
 * goes back to): from August 2004, 2012 and 2014 on no longer. */
static void weigh_digest(const struct check *check, const EVP_MD *md)
{
    static const struct {
        const char *name;
        int64_t end;
    } weak[] = {{"MD5", 1091318400}, {"SHA1", 1343779200}, {"RIPEMD160", 1406851200}};

    for (size_t i = 0; i < sizeof weak / sizeof *weak; i++)
        if (EVP_MD_is_a(md, weak[i].name)) {
            relied_until(check, weak[i].end);
            note(check, "inspect-weak-digest");
        }
}

static void note_digest(const struct check *check, const EVP_MD *md)
{
    char *at = check->signature->digest;

    snprintf(at, sizeof check->signature->digest, "%s", EVP_MD_get0_name(md));
    for (; *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    weigh_digest(check, md);
}

/* RSA keys of 1024 bits are relied upon no longer since 2010. */
static void note_certificate(const struct check *check, X509 *certificate)
{
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    bool is_rsa = key && (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA ||
                          EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA_PSS);

    inspect_certificate_describe(certificate, check->signature);
    if (is_rsa && EVP_PKEY_get_bits(key) < WEAK_RSA_BITS)
        note(check, "inspect-weak-key");
    if (is_rsa && EVP_PKEY_get_bits(key) < BROKEN_RSA_BITS)
        relied_until(check, 1293840000);
    X509_up_ref(certificate);
    X509_free(check->material->certificate);
    check->material->certificate = certificate;
}

static void note_signing_time(const struct check *check, CMS_SignerInfo *signer)
{
    int at = CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1);
    ASN1_TYPE *value = at < 0 ? NULL : X509_ATTRIBUTE_get0_type(CMS_signed_get_attr(signer, at), 0);
    int64_t time = 0;

    if (value && (value->type == V_ASN1_UTCTIME || value->type == V_ASN1_GENERALIZEDTIME))
        time = inspect_certificate_time(value->value.asn1_string);
    if (time != 0) {
        check->signature->has_signing_time = true;
        check->signature->signing_time = time;
        check->material->has_claimed_time = true;
    }
}

static bool subfilter_is(const struct check *check, const char *name)
{
    return strcmp(check->signature->subfilter, name) == 0;
}

/* adbe.pkcs7.sha1: the content is the SHA-1 of the signed bytes (ISO 32000-1 §12.8.3.3.2). */
static const char *check_enclosed_sha1(const struct check *check)
{
    struct digest digest;

    if (!compute(EVP_sha1(), check->input->before, check->input->after, &digest) ||
        !bytes_equal(check->enclosed, digest_bytes(&digest)))
        return "inspect-digest";
    weigh_digest(check, EVP_sha1());
    return NULL;
}

/* ETSI.RFC3161: the content is a TSTInfo whose imprint is the digest of the signed bytes. */
static const char *check_enclosed_timestamp(const struct check *check)
{
    const unsigned char *at = check->enclosed.data;
    TS_TST_INFO *info = d2i_TS_TST_INFO(NULL, &at, (long)check->enclosed.length);
    const char *fault = "inspect-digest";
    TS_MSG_IMPRINT *imprint = info ? TS_TST_INFO_get_msg_imprint(info) : NULL;
    const EVP_MD *md = NULL;
    ASN1_OCTET_STRING *said;
    struct digest digest;

    if (imprint)
        md = digest_algorithm(TS_MSG_IMPRINT_get_algo(imprint)->algorithm);
    if (md && compute(md, check->input->before, check->input->after, &digest)) {
        said = TS_MSG_IMPRINT_get_msg(imprint);
        if (bytes_equal(inspect_der_bytes(said), digest_bytes(&digest)))
            fault = NULL;
        weigh_digest(check, md);
        check->signature->signing_time = inspect_certificate_time(TS_TST_INFO_get_time(info));
        check->signature->has_signing_time = check->signature->signing_time != 0;
    }
    TS_TST_INFO_free(info);
    return fault;
}

/* Whether the CMS encloses a copy of the signed bytes: needless, but the same content. */
static bool encloses_signed(const struct check *check)
{
    struct bytes enclosed = check->enclosed, before = check->input->before;

    return bytes_start_with(enclosed, before) &&
           bytes_equal(
               (struct bytes){enclosed.data + before.length, enclosed.length - before.length},
               check->input->after);
}

/* What the CMS encloses must be what its subfilter says: nothing, as a rule. */
static const char *check_enclosed(const struct check *check)
{
    int type = OBJ_obj2nid(CMS_get0_eContentType(check->material->cms));

    if (subfilter_is(check, "adbe.pkcs7.sha1"))
        return check->has_enclosed ? check_enclosed_sha1(check) : "inspect-cms-unreadable";
    if (subfilter_is(check, "ETSI.RFC3161"))
        return check->has_enclosed && type == NID_id_smime_ct_TSTInfo
                   ? check_enclosed_timestamp(check)
                   : "inspect-cms-unreadable";
    if (type != NID_pkcs7_data)
        return "inspect-content-type";
    return check->has_enclosed && !encloses_signed(check) ? "inspect-content-enclosed" : NULL;
}

/* Without signed attributes the signature is over the content itself (RFC 5652 §5.4). */
static bool content_signed(CMS_SignerInfo *signer, X509 *certificate, const EVP_MD *md,
                           const struct digest *digest)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(X509_get0_pubkey(certificate), NULL);
    ASN1_OCTET_STRING *signature = CMS_SignerInfo_get0_signature(signer);
    bool good =
        context && EVP_PKEY_verify_init(context) == 1 &&
        EVP_PKEY_CTX_set_signature_md(context, md) == 1 &&
        EVP_PKEY_verify(context, ASN1_STRING_get0_data(signature),
                        (size_t)ASN1_STRING_length(signature), digest->bytes, digest->length) == 1;

    EVP_PKEY_CTX_free(context);
    ERR_clear_error();
    return good;
}

static X509 *find_certificate(const struct check *check, CMS_SignerInfo *signer)
{
    for (int i = 0; i < sk_X509_num(check->material->certificates); i++) {
        X509 *certificate = sk_X509_value(check->material->certificates, i);

        if (CMS_SignerInfo_cert_cmp(signer, certificate) == 0)
            return certificate;
    }
    return NULL;
}

/* Edwards curves go with one digest each, if there are signed attributes (RFC 8419 §3.1). */
static bool digest_fits(const X509 *certificate, const EVP_MD *md)
{
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    int kind = key ? EVP_PKEY_get_id(key) : EVP_PKEY_NONE;

    if (kind == EVP_PKEY_ED25519)
        return EVP_MD_is_a(md, "SHA512");
    return kind != EVP_PKEY_ED448 || EVP_MD_is_a(md, "SHAKE256");
}

static const char *check_signer(const struct check *check, CMS_SignerInfo *signer)
{
    X509 *certificate = find_certificate(check, signer);
    X509_ALGOR *algorithm = NULL;
    const EVP_MD *md;
    struct digest digest;
    const char *fault;
    bool computed;

    CMS_SignerInfo_get0_algs(signer, NULL, NULL, &algorithm, NULL);
    md = digest_algorithm(algorithm->algorithm);
    if (certificate)
        note_certificate(check, certificate);
    if (md)
        note_digest(check, md);
    note_signing_time(check, signer);
    fault = check_enclosed(check);
    if (fault)
        return fault;
    if (!certificate)
        return "inspect-certificate-missing";
    if (!md || !digest_fits(certificate, md))
        return "inspect-algorithm";
    computed = check->has_enclosed
                   ? compute(md, check->enclosed, (struct bytes){NULL, 0}, &digest)
                   : compute(md, check->input->before, check->input->after, &digest);
    if (!computed)
        return "inspect-algorithm";
    CMS_SignerInfo_set1_signer_cert(signer, certificate);
    if (CMS_signed_get_attr_count(signer) <= 0)
        return content_signed(signer, certificate, md, &digest) ? NULL : "inspect-cms-signature";
    fault = inspect_attributes_check(
        signer, certificate, CMS_get0_eContentType(check->material->cms), digest_bytes(&digest));
    if (fault)
        return fault;
    return inspect_attributes_signed(signer, certificate) ? NULL : "inspect-cms-signature";
}

/* Reads Contents; what follows the CMS may only be zeros. */
static const char *read_cms(struct check *check)
{
    struct bytes contents = check->input->contents;
    const unsigned char *at = contents.data;
    ASN1_OCTET_STRING **enclosed;

    check->material->cms = d2i_CMS_ContentInfo(NULL, &at, (long)contents.length);
    if (!check->material->cms ||
        OBJ_obj2nid(CMS_get0_type(check->material->cms)) != NID_pkcs7_signed)
        return "inspect-cms-unreadable";
    for (; at < contents.data + contents.length; at++)
        if (*at != 0)
            return "inspect-contents-padding";
    enclosed = CMS_get0_content(check->material->cms);
    check->has_enclosed = enclosed && *enclosed;
    if (check->has_enclosed)
        check->enclosed = inspect_der_bytes(*enclosed);
    check->material->certificates = CMS_get1_certs(check->material->cms);
    return NULL;
}

static const char *check_cms(struct check *check)
{
    const char *fault = read_cms(check);
    STACK_OF(CMS_SignerInfo) * signers;

    if (fault)
        return fault;
    signers = CMS_get0_SignerInfos(check->material->cms);
    if (sk_CMS_SignerInfo_num(signers) <= 0)
        return "inspect-cms-unreadable";
    if (sk_CMS_SignerInfo_num(signers) > 1)
        note(check, "inspect-several-signers");
    for (int i = sk_CMS_SignerInfo_num(signers); i-- > 0 && !fault;)
        fault = check_signer(check, sk_CMS_SignerInfo_value(signers, i));
    check->material->signer = sk_CMS_SignerInfo_value(signers, 0);
    if (check->input->collects)
        inspect_revocation_add_cms(&check->material->revocation, check->material->cms,
                                   check->material->signer);
    return fault;
}

/* adbe.x509.rsa_sha1: Contents is an OCTET STRING with a bare PKCS #1 signature; the digest is
 * SHA-1 by its name, but ISO 32000-1 §12.8.3.2 allows others (table 257). */
static const char *check_bare(struct check *check)
{
    static const char *const names[] = {"SHA1", "SHA256", "SHA384", "SHA512"};
    const unsigned char *at = check->input->certificate.data;
    const unsigned char *value = check->input->contents.data;
    X509 *certificate = d2i_X509(NULL, &at, (long)check->input->certificate.length);
    ASN1_OCTET_STRING *signature =
        d2i_ASN1_OCTET_STRING(NULL, &value, (long)check->input->contents.length);
    const char *fault = certificate ? "inspect-digest" : "inspect-certificate-missing";

    if (certificate)
        note_certificate(check, certificate);
    for (size_t i = 0; certificate && signature && fault && i < sizeof names / sizeof *names; i++) {
        const EVP_MD *md = EVP_get_digestbyname(names[i]);
        EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(X509_get0_pubkey(certificate), NULL);
        struct digest digest;

        if (context && compute(md, check->input->before, check->input->after, &digest) &&
            EVP_PKEY_verify_init(context) == 1 && EVP_PKEY_CTX_set_signature_md(context, md) == 1 &&
            EVP_PKEY_verify(context, ASN1_STRING_get0_data(signature),
                            (size_t)ASN1_STRING_length(signature), digest.bytes,
                            digest.length) == 1) {
            note_digest(check, md);
            fault = NULL;
        }
        EVP_PKEY_CTX_free(context);
    }
    X509_free(certificate);
    ASN1_OCTET_STRING_free(signature);
    return fault;
}

bool inspect_cms_holds(const struct inspect_cms_input *input, struct inspect_signature *signature,
                       struct inspect_report *report, struct inspect_material *material)
{
    struct check check = {
        .input = input, .signature = signature, .report = report, .material = material};
    const char *fault;

    *material = (struct inspect_material){.reliable_until = INT64_MAX};
    if (subfilter_is(&check, "adbe.x509.rsa_sha1"))
        fault = check_bare(&check);
    else if (subfilter_is(&check, "adbe.pkcs7.detached") ||
             subfilter_is(&check, "ETSI.CAdES.detached") ||
             subfilter_is(&check, "adbe.pkcs7.sha1") || subfilter_is(&check, "ETSI.RFC3161"))
        fault = check_cms(&check);
    else
        fault = "inspect-subfilter";
    if (fault && report)
        inspect_reason_add(report, INSPECT_FAILURE, fault, "%s", signature->field);
    material->fault = fault;
    ERR_clear_error();
    return fault == NULL;
}

void inspect_material_free(struct inspect_material *material)
{
    inspect_revocation_free(&material->revocation);
    sk_X509_pop_free(material->certificates, X509_free);
    X509_free(material->certificate);
    CMS_ContentInfo_free(material->cms);
    *material = (struct inspect_material){0};
}
