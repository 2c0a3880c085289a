#include "inspect/signed_attributes.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>

#include "inspect/der.h"

/* The first value of an attribute that stands exactly once with exactly one value. */
static ASN1_TYPE *single_value(CMS_SignerInfo *signer, int nid, const char **fault)
{
    int at = CMS_signed_get_attr_by_NID(signer, nid, -1);
    X509_ATTRIBUTE *attribute;

    if (at < 0)
        return NULL;
    attribute = CMS_signed_get_attr(signer, at);
    if (CMS_signed_get_attr_by_NID(signer, nid, at) >= 0 || X509_ATTRIBUTE_count(attribute) != 1) {
        *fault = "inspect-attributes-ambiguous";
        return NULL;
    }
    return X509_ATTRIBUTE_get0_type(attribute, 0);
}

static bool digest_is(X509 *certificate, const EVP_MD *md, struct bytes wanted)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;

    return md && X509_digest(certificate, md, digest, &length) == 1 && wanted.length == length &&
           memcmp(digest, wanted.data, length) == 0;
}

/* IssuerSerial: the serial number is its last element; the names before it are not compared, as
 * the digest already says which certificate it is. */
static bool serial_agrees(struct bytes issuer_serial, X509 *certificate)
{
    const ASN1_INTEGER *serial = X509_get0_serialNumber(certificate);
    struct bytes names, number;
    ASN1_INTEGER *read;
    bool same;

    if (!inspect_der_take(&issuer_serial, INSPECT_DER_SEQUENCE, &names))
        return false;
    number = issuer_serial;
    read = d2i_ASN1_INTEGER(NULL, &number.data, (long)number.length);
    ERR_clear_error();
    same = read && ASN1_INTEGER_cmp(read, serial) == 0;
    ASN1_INTEGER_free(read);
    return same;
}

/* value: the DER of SigningCertificate or SigningCertificateV2, whose first identifier is the
 * signer's. */
static bool names_certificate(struct bytes value, bool version2, X509 *certificate)
{
    struct bytes sequence, identifiers, identifier, algorithm, digest, issuer_serial;
    const EVP_MD *md = version2 ? EVP_sha256() : EVP_sha1();

    if (!inspect_der_take(&value, INSPECT_DER_SEQUENCE, &sequence) ||
        !inspect_der_take(&sequence, INSPECT_DER_SEQUENCE, &identifiers) ||
        !inspect_der_take(&identifiers, INSPECT_DER_SEQUENCE, &identifier))
        return false;
    if (version2 && identifier.length > 0 && identifier.data[0] == 0x30) {
        struct bytes whole = identifier;
        X509_ALGOR *read;

        if (!inspect_der_take(&identifier, INSPECT_DER_SEQUENCE, &algorithm))
            return false;
        read = d2i_X509_ALGOR(NULL, &whole.data, (long)whole.length);
        ERR_clear_error();
        md = read ? EVP_get_digestbyobj(read->algorithm) : NULL;
        X509_ALGOR_free(read);
    }
    if (!inspect_der_take(&identifier, INSPECT_DER_OCTETS, &digest) ||
        !digest_is(certificate, md, digest))
        return false;
    if (identifier.length == 0)
        return true;
    return inspect_der_take(&identifier, INSPECT_DER_SEQUENCE, &issuer_serial) &&
           serial_agrees(issuer_serial, certificate);
}

static const char *check_certificate(CMS_SignerInfo *signer, X509 *certificate)
{
    static const int kinds[] = {NID_id_smime_aa_signingCertificate,
                                NID_id_smime_aa_signingCertificateV2};
    const char *fault = NULL;

    for (int i = 0; i < 2; i++) {
        ASN1_TYPE *value = single_value(signer, kinds[i], &fault);
        struct bytes der;

        if (fault)
            return fault;
        if (!value)
            continue;
        if (value->type != V_ASN1_SEQUENCE)
            return "inspect-certificate-exchanged";
        der.data = ASN1_STRING_get0_data(value->value.sequence);
        der.length = (size_t)ASN1_STRING_length(value->value.sequence);
        if (!names_certificate(der, i == 1, certificate))
            return "inspect-certificate-exchanged";
    }
    return NULL;
}

/* Parameters that are left out are the same as NULL. */
static bool has_parameters(const X509_ALGOR *algorithm)
{
    int kind;

    X509_ALGOR_get0(NULL, &kind, NULL, algorithm);
    return kind != V_ASN1_UNDEF && kind != V_ASN1_NULL;
}

static bool names_algorithm(struct bytes *from, const X509_ALGOR *used)
{
    X509_ALGOR *read = d2i_X509_ALGOR(NULL, &from->data, (long)from->length);
    bool same = read && (X509_ALGOR_cmp(read, used) == 0 ||
                         (OBJ_cmp(read->algorithm, used->algorithm) == 0 && !has_parameters(read) &&
                          !has_parameters(used)));

    X509_ALGOR_free(read);
    ERR_clear_error();
    return same;
}

/* CMSAlgorithmProtection repeats the algorithms under the signature (RFC 6211): others were put in
 * their place. The second is "[1] IMPLICIT AlgorithmIdentifier". */
static const char *check_algorithms(CMS_SignerInfo *signer)
{
    ASN1_OBJECT *kind = OBJ_txt2obj("1.2.840.113549.1.9.52", 1);
    int at = kind ? CMS_signed_get_attr_by_OBJ(signer, kind, -1) : -1;
    ASN1_TYPE *value = at < 0 ? NULL : X509_ATTRIBUTE_get0_type(CMS_signed_get_attr(signer, at), 0);
    X509_ALGOR *digest = NULL, *signature = NULL;
    struct bytes der, both, one, marked;
    unsigned char *copy;
    bool good;

    ASN1_OBJECT_free(kind);
    if (at < 0)
        return NULL;
    if (!value || value->type != V_ASN1_SEQUENCE)
        return "inspect-attributes-ambiguous";
    CMS_SignerInfo_get0_algs(signer, NULL, NULL, &digest, &signature);
    der = inspect_der_bytes(value->value.sequence);
    if (!inspect_der_take(&der, INSPECT_DER_SEQUENCE, &both) || !inspect_der_next(&both, &one) ||
        !names_algorithm(&one, digest))
        return "inspect-attributes-ambiguous";
    if (!inspect_der_next(&both, &marked) || marked.data[0] != 0xa1)
        return "inspect-attributes-ambiguous";
    copy = OPENSSL_memdup(marked.data, marked.length);
    if (!copy)
        abort();
    copy[0] = V_ASN1_CONSTRUCTED | V_ASN1_SEQUENCE;
    one = (struct bytes){copy, marked.length};
    good = names_algorithm(&one, signature);
    OPENSSL_free(copy);
    return good ? NULL : "inspect-attributes-ambiguous";
}

const char *inspect_attributes_check(CMS_SignerInfo *signer, X509 *certificate,
                                     const ASN1_OBJECT *content_type, struct bytes digest)
{
    const char *fault = NULL;
    ASN1_TYPE *type = single_value(signer, NID_pkcs9_contentType, &fault);
    ASN1_TYPE *said = fault ? NULL : single_value(signer, NID_pkcs9_messageDigest, &fault);

    if (fault)
        return fault;
    if (!type || type->type != V_ASN1_OBJECT || OBJ_cmp(type->value.object, content_type) != 0)
        return "inspect-content-type";
    if (!said || said->type != V_ASN1_OCTET_STRING ||
        (size_t)ASN1_STRING_length(said->value.octet_string) != digest.length ||
        memcmp(ASN1_STRING_get0_data(said->value.octet_string), digest.data, digest.length) != 0)
        return "inspect-digest";
    fault = check_algorithms(signer);
    return fault ? fault : check_certificate(signer, certificate);
}

struct encoded {
    unsigned char *data;
    size_t length;
};

/* DER orders the elements of a SET OF by their encodings (X.690 §11.6). */
static int compare_encoded(const void *a, const void *b)
{
    const struct encoded *x = a, *y = b;
    size_t shorter = x->length < y->length ? x->length : y->length;
    int order = memcmp(x->data, y->data, shorter);

    return order != 0 ? order : (x->length > y->length) - (x->length < y->length);
}

/* The DER of the attributes as SET OF, which is what is signed (RFC 5652 §5.4). */
static size_t encode_attributes(CMS_SignerInfo *signer, unsigned char **der)
{
    int count = CMS_signed_get_attr_count(signer);
    struct encoded *parts = calloc((size_t)count + 1, sizeof *parts);
    size_t length = 0;
    unsigned char *at;

    if (!parts)
        abort();
    for (int i = 0; i < count; i++) {
        int size = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(signer, i), &parts[i].data);

        parts[i].length = size > 0 ? (size_t)size : 0;
        length += parts[i].length;
    }
    qsort(parts, (size_t)count, sizeof *parts, compare_encoded);
    *der = at = malloc(length + 16);
    if (!at)
        abort();
    ASN1_put_object(&at, 1, (int)length, V_ASN1_SET, V_ASN1_UNIVERSAL);
    for (int i = 0; i < count; i++) {
        if (parts[i].length)
            memcpy(at, parts[i].data, parts[i].length);
        at += parts[i].length;
        OPENSSL_free(parts[i].data);
    }
    free(parts);
    return (size_t)(at - *der);
}

/* Ed25519 and Ed448 sign the attributes themselves (RFC 8419 §3.1). */
static bool edwards_signed(CMS_SignerInfo *signer, EVP_PKEY *key)
{
    ASN1_OCTET_STRING *signature = CMS_SignerInfo_get0_signature(signer);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned char *der = NULL;
    size_t length = encode_attributes(signer, &der);
    bool good = context && EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1 &&
                EVP_DigestVerify(context, ASN1_STRING_get0_data(signature),
                                 (size_t)ASN1_STRING_length(signature), der, length) == 1;

    EVP_MD_CTX_free(context);
    free(der);
    return good;
}

bool inspect_attributes_signed(CMS_SignerInfo *signer, X509 *certificate)
{
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    int kind = key ? EVP_PKEY_get_id(key) : EVP_PKEY_NONE;
    bool good;

    if (kind == EVP_PKEY_ED25519 || kind == EVP_PKEY_ED448)
        good = edwards_signed(signer, key);
    else
        good = key && CMS_SignerInfo_verify(signer) == 1;
    ERR_clear_error();
    return good;
}
