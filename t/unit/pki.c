#include "t/unit/pki.h"

#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct bytes keep(struct arena *arena, int length, unsigned char *der)
{
    struct bytes bytes;

    if (length <= 0)
        abort();
    bytes = arena_bytes(arena, der, (size_t)length);
    OPENSSL_free(der);
    return bytes;
}

static EVP_PKEY *make_key(const char *kind)
{
    if (!kind)
        return EVP_EC_gen("P-256");
    if (strcmp(kind, "RSA") == 0)
        return EVP_RSA_gen(2048);
    if (strcmp(kind, "RSA-1024") == 0)
        return EVP_RSA_gen(1024);
    if (strcmp(kind, "ED25519") == 0 || strcmp(kind, "ED448") == 0)
        return EVP_PKEY_Q_keygen(NULL, NULL, kind);
    return EVP_EC_gen(kind);
}

/* Edwards curves bring their own digest. */
static const EVP_MD *digest_for(EVP_PKEY *key)
{
    int kind = EVP_PKEY_get_id(key);

    return kind == EVP_PKEY_ED25519 || kind == EVP_PKEY_ED448 ? NULL : EVP_sha256();
}

static void extend(X509 *certificate, int kind, const char *value)
{
    X509V3_CTX context;
    X509_EXTENSION *extension;

    if (!value)
        return;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, NULL, NULL, 0);
    extension = X509V3_EXT_conf_nid(NULL, &context, kind, value);
    if (!extension)
        abort();
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

static void set_time(ASN1_TIME *place, int64_t seconds)
{
    if (!ASN1_TIME_set(place, (time_t)seconds))
        abort();
}

struct signer pki_make(struct pki_wish wish)
{
    struct signer signer = {make_key(wish.key), X509_new()};
    const struct signer *issuer = wish.issuer ? wish.issuer : &signer;
    X509_NAME *subject = X509_get_subject_name(signer.certificate);

    X509_set_version(signer.certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(signer.certificate), wish.serial);
    set_time(X509_getm_notBefore(signer.certificate), wish.from);
    set_time(X509_getm_notAfter(signer.certificate), wish.to);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)wish.name, -1,
                               -1, 0);
    X509_set_issuer_name(signer.certificate, X509_get_subject_name(issuer->certificate));
    X509_set_pubkey(signer.certificate, signer.key);
    extend(signer.certificate, NID_basic_constraints, wish.constraints);
    extend(signer.certificate, NID_key_usage, wish.usage);
    extend(signer.certificate, NID_ext_key_usage, wish.purpose);
    X509_sign(signer.certificate, issuer->key, digest_for(issuer->key));
    return signer;
}

struct signer signer_make(const char *name, long from_days, long to_days)
{
    int64_t now = (int64_t)time(NULL);

    return pki_make((struct pki_wish){.name = name,
                                      .from = now + from_days * 86400,
                                      .to = now + to_days * 86400,
                                      .serial = 4660});
}

struct signer pki_twin(const struct signer *signer)
{
    struct signer twin = {make_key("RSA"), X509_dup(signer->certificate)};

    X509_set_pubkey(twin.certificate, twin.key);
    X509_sign(twin.certificate, twin.key, EVP_sha256());
    return twin;
}

void signer_free(struct signer *signer)
{
    EVP_PKEY_free(signer->key);
    X509_free(signer->certificate);
    *signer = (struct signer){0};
}

struct bytes pki_list(struct arena *arena, const struct signer *issuer, X509 *revoked,
                      int64_t revoked_at, int64_t made, int64_t next)
{
    X509_CRL *list = X509_CRL_new();
    ASN1_TIME *time = ASN1_TIME_new();
    unsigned char *der = NULL;
    int length;

    X509_CRL_set_version(list, 1);
    X509_CRL_set_issuer_name(list, X509_get_subject_name(issuer->certificate));
    set_time(time, made);
    X509_CRL_set1_lastUpdate(list, time);
    set_time(time, next);
    X509_CRL_set1_nextUpdate(list, time);
    if (revoked) {
        X509_REVOKED *entry = X509_REVOKED_new();

        set_time(time, revoked_at);
        X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(revoked));
        X509_REVOKED_set_revocationDate(entry, time);
        X509_CRL_add0_revoked(list, entry);
    }
    X509_CRL_sort(list);
    X509_CRL_sign(list, issuer->key, EVP_sha256());
    length = i2d_X509_CRL(list, &der);
    ASN1_TIME_free(time);
    X509_CRL_free(list);
    return keep(arena, length, der);
}

static ASN1_TIME *time_or_null(int64_t seconds)
{
    return seconds ? ASN1_TIME_set(NULL, (time_t)seconds) : NULL;
}

struct bytes pki_answer(struct arena *arena, struct pki_answer answer)
{
    OCSP_BASICRESP *basic = OCSP_BASICRESP_new();
    OCSP_CERTID *id = OCSP_cert_to_id(EVP_sha1(), answer.certificate, answer.issuer->certificate);
    ASN1_TIME *made = time_or_null(answer.made), *next = time_or_null(answer.next);
    ASN1_TIME *revoked = time_or_null(answer.revoked_at);
    OCSP_RESPONSE *response;
    unsigned char *der = NULL;
    int length;

    OCSP_basic_add1_status(basic, id, revoked ? V_OCSP_CERTSTATUS_REVOKED : V_OCSP_CERTSTATUS_GOOD,
                           revoked ? OCSP_REVOKED_STATUS_KEYCOMPROMISE
                                   : OCSP_REVOKED_STATUS_NOSTATUS,
                           revoked, made, next);
    if (OCSP_basic_sign(basic, answer.responder->certificate, answer.responder->key, EVP_sha256(),
                        NULL, 0) != 1)
        abort();
    response = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic);
    length = i2d_OCSP_RESPONSE(response, &der);
    OCSP_RESPONSE_free(response);
    OCSP_BASICRESP_free(basic);
    OCSP_CERTID_free(id);
    ASN1_TIME_free(made);
    ASN1_TIME_free(next);
    ASN1_TIME_free(revoked);
    return keep(arena, length, der);
}

void pki_anchor(const char *directory, X509 *certificate)
{
    char path[256];
    FILE *file;

    snprintf(path, sizeof path, "%s/anchor.pem", directory);
    file = fopen(path, "w");
    if (!file)
        abort();
    PEM_write_X509(file, certificate);
    fclose(file);
}
