#include "inspect/certificate.h"

#include <dirent.h>
#include <errno.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct inspect_trust {
    X509_STORE *store;
};

static bool has_suffix(const char *name, const char *suffix)
{
    size_t length = strlen(name), wanted = strlen(suffix);

    return length > wanted && strcmp(name + length - wanted, suffix) == 0;
}

static enum err load_file(X509_STORE *store, const char *directory, const char *name)
{
    char path[4096];

    if (snprintf(path, sizeof path, "%s/%s", directory, name) >= (int)sizeof path)
        return err_raise(ERR_INVALID, NULL, "the name %s is too long", name);
    if (X509_STORE_load_file(store, path) != 1) {
        ERR_clear_error();
        return err_raise(ERR_INVALID, NULL, "%s holds no certificate in PEM", path);
    }
    return ERR_OK;
}

enum err inspect_trust_load(const char *directory, struct inspect_trust **trust)
{
    struct inspect_trust *loaded;
    DIR *entries;
    struct dirent *entry;
    enum err err = ERR_OK;

    *trust = NULL;
    if (!directory || !*directory)
        return ERR_OK;
    entries = opendir(directory);
    if (!entries)
        return err_raise(ERR_INVALID, NULL, "cannot read %s: %s", directory, strerror(errno));
    loaded = calloc(1, sizeof *loaded);
    if (loaded)
        loaded->store = X509_STORE_new();
    if (!loaded || !loaded->store)
        abort();
    X509_STORE_set_flags(loaded->store, X509_V_FLAG_PARTIAL_CHAIN);
    while (err == ERR_OK && (entry = readdir(entries)) != NULL)
        if (has_suffix(entry->d_name, ".pem") || has_suffix(entry->d_name, ".crt"))
            err = load_file(loaded->store, directory, entry->d_name);
    closedir(entries);
    if (err != ERR_OK) {
        inspect_trust_free(loaded);
        return err;
    }
    *trust = loaded;
    return ERR_OK;
}

void inspect_trust_free(struct inspect_trust *trust)
{
    if (trust)
        X509_STORE_free(trust->store);
    free(trust);
}

int64_t inspect_certificate_time(const ASN1_TIME *time)
{
    struct tm tm = {0};

    if (!time || ASN1_TIME_to_tm(time, &tm) != 1)
        return 0;
    return (int64_t)timegm(&tm);
}

static void copy_name(char *place, size_t size, X509_NAME *name)
{
    BIO *text = BIO_new(BIO_s_mem());
    char *data = NULL;
    long length;

    if (!text)
        abort();
    X509_NAME_print_ex(text, name, 0,
                       (XN_FLAG_RFC2253 | XN_FLAG_SEP_CPLUS_SPC) &
                           ~(unsigned long)ASN1_STRFLGS_ESC_MSB);
    length = BIO_get_mem_data(text, &data);
    inspect_text_copy(place, size,
                      (struct bytes){(const unsigned char *)data, length > 0 ? (size_t)length : 0});
    BIO_free(text);
}

/* The common name, else the organisation's, else nothing. */
static void copy_signer(char *place, size_t size, X509_NAME *name)
{
    static const int kinds[] = {NID_commonName, NID_pseudonym, NID_organizationName};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        int at = X509_NAME_get_index_by_NID(name, kinds[i], -1);
        unsigned char *text = NULL;
        int length;

        if (at < 0)
            continue;
        length =
            ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
        if (length > 0)
            inspect_text_copy(place, size, (struct bytes){text, (size_t)length});
        if (length >= 0)
            OPENSSL_free(text);
        if (length > 0)
            return;
    }
}

void inspect_certificate_describe(X509 *certificate, struct inspect_signature *signature)
{
    const ASN1_INTEGER *serial = X509_get0_serialNumber(certificate);
    const unsigned char *bytes = ASN1_STRING_get0_data(serial);
    int length = ASN1_STRING_length(serial);

    copy_signer(signature->signer, sizeof signature->signer, X509_get_subject_name(certificate));
    copy_name(signature->subject, sizeof signature->subject, X509_get_subject_name(certificate));
    copy_name(signature->issuer, sizeof signature->issuer, X509_get_issuer_name(certificate));
    for (int i = 0; i < length && (size_t)i < (sizeof signature->serial - 1) / 2; i++)
        snprintf(signature->serial + 2 * i, 3, "%02x", bytes[i]);
    signature->not_before = inspect_certificate_time(X509_get0_notBefore(certificate));
    signature->not_after = inspect_certificate_time(X509_get0_notAfter(certificate));
}

/* Whether the error of X509_verify_cert means that there is no way to an anchor. */
static bool is_missing(int error)
{
    return error == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT ||
           error == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY ||
           error == X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT ||
           error == X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN ||
           error == X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE ||
           error == X509_V_ERR_CERT_UNTRUSTED;
}

enum inspect_path inspect_certificate_path(X509 *certificate, STACK_OF(X509) * others,
                                           const struct inspect_trust *trust,
                                           STACK_OF(X509) * *chain)
{
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    int error;

    *chain = NULL;
    if (!context || X509_STORE_CTX_init(context, trust->store, certificate, others) != 1)
        abort();
    X509_VERIFY_PARAM_set_flags(X509_STORE_CTX_get0_param(context), X509_V_FLAG_NO_CHECK_TIME);
    error = X509_verify_cert(context) == 1 ? X509_V_OK : X509_STORE_CTX_get_error(context);
    if (error == X509_V_OK)
        *chain = X509_STORE_CTX_get1_chain(context);
    X509_STORE_CTX_free(context);
    ERR_clear_error();
    if (*chain)
        return INSPECT_PATH_FOUND;
    return is_missing(error) ? INSPECT_PATH_MISSING : INSPECT_PATH_BROKEN;
}
