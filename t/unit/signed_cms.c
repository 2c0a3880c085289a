#include "t/unit/signed_cms.h"

#include <openssl/cms.h>
#include <openssl/ess.h>
#include <openssl/rsa.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

#include "t/unit/pki.h"

#define STAMP_TIME 1801555200

static bool is_kind(const struct signing *signing, const char *subfilter)
{
    return signing->subfilter && strcmp(signing->subfilter, subfilter) == 0;
}

/* Takes over what i2d has made. */
static struct bytes keep(struct arena *arena, int length, unsigned char *der)
{
    struct bytes bytes;

    if (length <= 0)
        abort();
    bytes = arena_bytes(arena, der, (size_t)length);
    OPENSSL_free(der);
    return bytes;
}

/* signing-certificate-v2 with SHA-256, or signing-certificate with SHA-1. */
static void name_certificate(CMS_SignerInfo *info, X509 *certificate, bool old)
{
    unsigned char *der = NULL;
    int length;

    if (old) {
        ESS_SIGNING_CERT *named = OSSL_ESS_signing_cert_new_init(certificate, NULL, 1);

        length = i2d_ESS_SIGNING_CERT(named, &der);
        ESS_SIGNING_CERT_free(named);
    } else {
        ESS_SIGNING_CERT_V2 *named =
            OSSL_ESS_signing_cert_v2_new_init(EVP_sha256(), certificate, NULL, 0);

        length = i2d_ESS_SIGNING_CERT_V2(named, &der);
        ESS_SIGNING_CERT_V2_free(named);
    }
    CMS_signed_add1_attr_by_NID(
        info, old ? NID_id_smime_aa_signingCertificate : NID_id_smime_aa_signingCertificateV2,
        V_ASN1_SEQUENCE, der, length);
    OPENSSL_free(der);
}

/* What a time stamp says of the signed bytes (RFC 3161 §2.4.2). */
static struct bytes make_time_stamp(struct arena *arena, struct bytes content, int64_t at)
{
    TS_TST_INFO *info = TS_TST_INFO_new();
    TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();
    ASN1_OBJECT *policy = OBJ_txt2obj("1.2.3.4.1", 1);
    ASN1_GENERALIZEDTIME *time = ASN1_GENERALIZEDTIME_set(NULL, (time_t)(at ? at : STAMP_TIME));
    ASN1_INTEGER *serial = ASN1_INTEGER_new();
    unsigned char digest[32], *der = NULL;
    struct bytes bytes;

    EVP_Digest(content.data, content.length, digest, NULL, EVP_sha256(), NULL);
    X509_ALGOR_set_md(algorithm, EVP_sha256());
    TS_MSG_IMPRINT_set_algo(imprint, algorithm);
    TS_MSG_IMPRINT_set_msg(imprint, digest, sizeof digest);
    ASN1_INTEGER_set(serial, 7);
    TS_TST_INFO_set_version(info, 1);
    TS_TST_INFO_set_policy_id(info, policy);
    TS_TST_INFO_set_msg_imprint(info, imprint);
    TS_TST_INFO_set_serial(info, serial);
    TS_TST_INFO_set_time(info, time);
    bytes.length = (size_t)i2d_TS_TST_INFO(info, &der);
    bytes = arena_bytes(arena, der, bytes.length);
    OPENSSL_free(der);
    ASN1_INTEGER_free(serial);
    ASN1_GENERALIZEDTIME_free(time);
    ASN1_OBJECT_free(policy);
    X509_ALGOR_free(algorithm);
    TS_MSG_IMPRINT_free(imprint);
    TS_TST_INFO_free(info);
    return bytes;
}

/* The signature's algorithm where this OpenSSL signs no CMS with it, though it could check one:
 * with Edwards curves (RFC 8419), and ECDSA with SHA-3. 0 elsewhere. */
static int algorithm_by_hand(const struct signing *signing)
{
    int kind = EVP_PKEY_get_id(signing->signer->key);

    if (kind == EVP_PKEY_ED25519 || kind == EVP_PKEY_ED448)
        return kind;
    if (kind != EVP_PKEY_EC || !signing->digest)
        return 0;
    if (EVP_MD_is_a(signing->digest, "SHA3-256"))
        return NID_ecdsa_with_SHA3_256;
    if (EVP_MD_is_a(signing->digest, "SHA3-384"))
        return NID_ecdsa_with_SHA3_384;
    return EVP_MD_is_a(signing->digest, "SHA3-512") ? NID_ecdsa_with_SHA3_512 : 0;
}

static int compare_encoded(const void *a, const void *b)
{
    const struct bytes *x = a, *y = b;
    size_t shorter = x->length < y->length ? x->length : y->length;
    int order = memcmp(x->data, y->data, shorter);

    return order != 0 ? order : (x->length > y->length) - (x->length < y->length);
}

/* The attributes as they are signed: SET OF, in DER. */
static struct bytes encode_attributes(struct arena *arena, CMS_SignerInfo *info)
{
    struct bytes parts[16];
    int count = CMS_signed_get_attr_count(info);
    size_t length = 0;
    unsigned char *data, *at;

    for (int i = 0; i < count; i++) {
        unsigned char *der = NULL;
        int size = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(info, i), &der);

        parts[i] = keep(arena, size, der);
        length += parts[i].length;
    }
    qsort(parts, (size_t)count, sizeof *parts, compare_encoded);
    data = at = arena_alloc(arena, length + 16);
    ASN1_put_object(&at, 1, (int)length, V_ASN1_SET, V_ASN1_UNIVERSAL);
    for (int i = 0; i < count; at += parts[i++].length)
        memcpy(at, parts[i].data, parts[i].length);
    return (struct bytes){data, (size_t)(at - data)};
}

/* Another key signed the CMS, and its signature is exchanged for the right one. */
static void sign_by_hand(struct arena *arena, CMS_SignerInfo *info, const struct signing *signing)
{
    struct bytes attributes = encode_attributes(arena, info);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY *key = signing->signer->key;
    const EVP_MD *digest = EVP_PKEY_get_id(key) == EVP_PKEY_EC ? signing->digest : NULL;
    unsigned char signature[256];
    size_t length = sizeof signature;
    X509_ALGOR *algorithm = NULL;

    if (EVP_DigestSignInit(context, NULL, digest, NULL, key) != 1 ||
        EVP_DigestSign(context, signature, &length, attributes.data, attributes.length) != 1)
        abort();
    EVP_MD_CTX_free(context);
    CMS_SignerInfo_get0_algs(info, NULL, NULL, NULL, &algorithm);
    X509_ALGOR_set0(algorithm, OBJ_nid2obj(algorithm_by_hand(signing)), V_ASN1_UNDEF, NULL);
    ASN1_STRING_set(CMS_SignerInfo_get0_signature(info), signature, (int)length);
}

/* CMSAlgorithmProtection (RFC 6211 §2). */
static void protect_algorithms(CMS_SignerInfo *info, const EVP_MD *digest)
{
    X509_ALGOR *algorithms[2] = {X509_ALGOR_new(), X509_ALGOR_new()};
    unsigned char der[256], *at = der + 2;

    X509_ALGOR_set0(algorithms[0], OBJ_nid2obj(EVP_MD_get_type(digest)), V_ASN1_UNDEF, NULL);
    X509_ALGOR_set0(algorithms[1], OBJ_nid2obj(NID_ecdsa_with_SHA256), V_ASN1_UNDEF, NULL);
    for (int i = 0; i < 2; i++) {
        unsigned char *start = at;

        i2d_X509_ALGOR(algorithms[i], &at);
        if (i == 1)
            *start = 0xa1;
        X509_ALGOR_free(algorithms[i]);
    }
    der[0] = V_ASN1_CONSTRUCTED | V_ASN1_SEQUENCE;
    der[1] = (unsigned char)(at - der - 2);
    CMS_signed_add1_attr_by_txt(info, "1.2.840.113549.1.9.52", V_ASN1_SEQUENCE, der,
                                (int)(at - der));
}

static void add_attributes(CMS_SignerInfo *info, const struct signing *signing)
{
    if (signing->protects)
        protect_algorithms(info, signing->protects);
    if (signing->archival.length > 0)
        CMS_signed_add1_attr_by_txt(info, "1.2.840.113583.1.1.8", V_ASN1_SEQUENCE,
                                    signing->archival.data, (int)signing->archival.length);
    if (signing->time) {
        ASN1_TIME *time = ASN1_TIME_set(NULL, (time_t)signing->time);

        CMS_signed_add1_attr_by_NID(info, NID_pkcs9_signingTime, time->type, time, -1);
        ASN1_TIME_free(time);
    }
}

static CMS_SignerInfo *add_signer(CMS_ContentInfo *cms, const struct signing *signing,
                                  const struct signer *signer)
{
    const EVP_MD *digest = signing->digest ? signing->digest : EVP_sha256();
    bool names = signing->exchanged || signing->old_name || algorithm_by_hand(signing) != 0;
    unsigned flags = CMS_NOSMIMECAP | CMS_PARTIAL |
                     (algorithm_by_hand(signing) != 0 || signing->shown ? CMS_NOCERTS : 0U) |
                     (signing->without_attributes ? CMS_NOATTR : 0U) |
                     (names || signing->without_attributes ? 0U : CMS_CADES) |
                     (signing->pss ? CMS_KEY_PARAM : 0U);
    CMS_SignerInfo *info = CMS_add1_signer(cms, signer->certificate, signer->key, digest, flags);

    if (!info)
        abort();
    if (signing->pss)
        EVP_PKEY_CTX_set_rsa_padding(CMS_SignerInfo_get0_pkey_ctx(info), RSA_PKCS1_PSS_PADDING);
    if (names)
        name_certificate(info,
                         signing->exchanged ? signing->exchanged : signing->signer->certificate,
                         signing->old_name);
    return info;
}

static void add_stamp(struct arena *arena, CMS_SignerInfo *info, const struct signing *signing)
{
    ASN1_OCTET_STRING *value = CMS_SignerInfo_get0_signature(info);
    struct signing own = {
        .signer = signing->stamper, .subfilter = "ETSI.RFC3161", .stamp_time = signing->stamp_time};
    struct bytes token = signed_contents(
        arena, &own,
        (struct bytes){ASN1_STRING_get0_data(value), (size_t)ASN1_STRING_length(value)});

    CMS_unsigned_add1_attr_by_NID(info, NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE, token.data,
                                  (int)token.length);
}

/* The CMS over content; DER in the arena. */
static struct bytes make_cms(struct arena *arena, const struct signing *signing,
                             struct bytes content, bool enclose)
{
    unsigned flags = CMS_BINARY | CMS_NOSMIMECAP | CMS_PARTIAL | (enclose ? 0U : CMS_DETACHED);
    BIO *data = BIO_new_mem_buf(content.data, (int)content.length);
    CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, flags);
    struct signer other = {0};
    unsigned char *der = NULL;
    struct bytes bytes;
    CMS_SignerInfo *info;
    int length;

    if (algorithm_by_hand(signing) != 0) {
        other = pki_twin(signing->signer);
        CMS_add1_cert(cms, signing->signer->certificate);
    }
    if (signing->shown)
        CMS_add1_cert(cms, signing->shown);
    info = add_signer(cms, signing, other.key ? &other : signing->signer);
    if (is_kind(signing, "ETSI.RFC3161"))
        CMS_set1_eContentType(cms, OBJ_nid2obj(NID_id_smime_ct_TSTInfo));
    for (X509 *const *one = signing->chain; one && *one; one++)
        CMS_add1_cert(cms, *one);
    add_attributes(info, signing);
    if (CMS_final(cms, data, NULL, flags) != 1)
        abort();
    if (algorithm_by_hand(signing) != 0)
        sign_by_hand(arena, info, signing);
    if (signing->stamper)
        add_stamp(arena, info, signing);
    length = i2d_CMS_ContentInfo(cms, &der);
    bytes = keep(arena, length, der);
    CMS_ContentInfo_free(cms);
    signer_free(&other);
    BIO_free(data);
    return bytes;
}

/* An OCTET STRING with the signature alone (ISO 32000-1 §12.8.3.2). */
static struct bytes make_bare(struct arena *arena, const struct signing *signing,
                              struct bytes content)
{
    const EVP_MD *digest = signing->digest ? signing->digest : EVP_sha1();
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    ASN1_OCTET_STRING *string = ASN1_OCTET_STRING_new();
    unsigned char signature[1024], *der = NULL;
    size_t size = sizeof signature;
    struct bytes bytes;
    int length;

    if (EVP_DigestSignInit(context, NULL, digest, NULL, signing->signer->key) != 1 ||
        EVP_DigestSign(context, signature, &size, content.data, content.length) != 1)
        abort();
    EVP_MD_CTX_free(context);
    ASN1_OCTET_STRING_set(string, signature, (int)size);
    length = i2d_ASN1_OCTET_STRING(string, &der);
    bytes = keep(arena, length, der);
    ASN1_OCTET_STRING_free(string);
    return bytes;
}

struct bytes signed_contents(struct arena *arena, const struct signing *signing,
                             struct bytes content)
{
    unsigned char sha1[20];

    if (is_kind(signing, "adbe.x509.rsa_sha1"))
        return make_bare(arena, signing, content);
    if (is_kind(signing, "ETSI.RFC3161"))
        return make_cms(arena, signing, make_time_stamp(arena, content, signing->stamp_time), true);
    if (!is_kind(signing, "adbe.pkcs7.sha1"))
        return make_cms(arena, signing, content, false);
    EVP_Digest(content.data, content.length, sha1, NULL, EVP_sha1(), NULL);
    return make_cms(arena, signing, (struct bytes){sha1, sizeof sha1}, true);
}

const char *signed_certificate(struct arena *arena, const struct signing *signing)
{
    unsigned char *der = NULL;
    struct bytes bytes;
    struct buf hex = buf_new(arena, (size_t)64 << 10);
    int length;

    if (!is_kind(signing, "adbe.x509.rsa_sha1"))
        return "";
    length = i2d_X509(signing->shown ? signing->shown : signing->signer->certificate, &der);
    bytes = keep(arena, length, der);
    for (size_t i = 0; i < bytes.length; i++)
        buf_printf(&hex, "%02x", bytes.data[i]);
    return arena_printf(arena, "/Cert <%s>", hex.data);
}
