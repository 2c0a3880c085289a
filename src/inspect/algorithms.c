#include "inspect/algorithms.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <openssl/core_dispatch.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
#include <openssl/x509.h>

#define NAME "signatures"

/* Of one operation, with the end of the list. */
#define CHOSEN_MAX 32

/* The default provider, in a context of its own. */
static OSSL_PROVIDER *whole;

/* The first names of what is kept, as provider-default(7) gives them. */
static const char *const digests[] = {
    "SHA1",         "SHA2-224",     "SHA2-256", "SHA2-384",   "SHA2-512",
    "SHA2-512/224", "SHA2-512/256", "SHA3-224", "SHA3-256",   "SHA3-384",
    "SHA3-512",     "SHAKE-256",    "MD5",      "RIPEMD-160", NULL,
};
static const char *const keys[] = {
    "RSA", "RSA-PSS", "EC", "ECDSA", "DSA", "ED25519", "ED448", "DER", NULL,
};

/* What an operation keeps; only of public keys in certificates where it is decoding. */
static struct operation {
    int id;
    const char *const *names;
    const char *property; /* that the definition must contain */
    OSSL_ALGORITHM chosen[CHOSEN_MAX];
} operations[] = {
    {.id = OSSL_OP_DIGEST, .names = digests, .property = ""},
    {.id = OSSL_OP_KEYMGMT, .names = keys, .property = ""},
    {.id = OSSL_OP_SIGNATURE, .names = keys, .property = ""},
    {.id = OSSL_OP_DECODER, .names = keys, .property = "structure=SubjectPublicKeyInfo"},
};

static bool is_kept(const struct operation *operation, const OSSL_ALGORITHM *algorithm)
{
    size_t length = strcspn(algorithm->algorithm_names, ":");

    if (!strstr(algorithm->property_definition, operation->property))
        return false;
    for (const char *const *name = operation->names; *name; name++)
        if (strlen(*name) == length && memcmp(*name, algorithm->algorithm_names, length) == 0)
            return true;
    return false;
}

static void choose(struct operation *operation)
{
    int no_cache;
    size_t count = 0;

    for (const OSSL_ALGORITHM *algorithm =
             OSSL_PROVIDER_query_operation(whole, operation->id, &no_cache);
         algorithm && algorithm->algorithm_names; algorithm++)
        if (count + 1 < CHOSEN_MAX && is_kept(operation, algorithm))
            operation->chosen[count++] = *algorithm;
}

/* OpenSSL's question for an operation's algorithms (provider-base(7)). */
static const OSSL_ALGORITHM *query(void *context, int id, int *no_cache)
{
    (void)context;
    *no_cache = 0;
    for (size_t i = 0; i < sizeof operations / sizeof operations[0]; i++)
        if (operations[i].id == id) {
            if (!operations[i].chosen[0].algorithm_names)
                choose(&operations[i]);
            return operations[i].chosen;
        }
    return NULL;
}

/* The algorithms are the default provider's, so they get its context. */
static int start(const OSSL_CORE_HANDLE *handle, const OSSL_DISPATCH *in, const OSSL_DISPATCH **out,
                 void **context)
{
    static const OSSL_DISPATCH functions[] = {
        {OSSL_FUNC_PROVIDER_QUERY_OPERATION, (void (*)(void))query},
        {0, NULL},
    };

    (void)handle;
    (void)in;
    *out = functions;
    *context = OSSL_PROVIDER_get0_provider_ctx(whole);
    return 1;
}

/* Names that old interfaces still look digests up by. */
static void name_digests(void)
{
    EVP_add_digest(EVP_md5());
    EVP_add_digest(EVP_ripemd160());
    EVP_add_digest(EVP_sha1());
    EVP_add_digest(EVP_sha224());
    EVP_add_digest(EVP_sha256());
    EVP_add_digest(EVP_sha384());
    EVP_add_digest(EVP_sha512());
    EVP_add_digest(EVP_sha3_256());
    EVP_add_digest(EVP_sha3_384());
    EVP_add_digest(EVP_sha3_512());
}

enum err inspect_algorithms_load(void)
{
    OSSL_LIB_CTX *context;

    if (whole)
        return ERR_OK;
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT |
                            OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS | OPENSSL_INIT_NO_ADD_ALL_CIPHERS |
                            OPENSSL_INIT_NO_ADD_ALL_DIGESTS,
                        NULL);
    name_digests();
    context = OSSL_LIB_CTX_new();
    whole = context ? OSSL_PROVIDER_load(context, "default") : NULL;
    if (!whole || OSSL_PROVIDER_add_builtin(NULL, NAME, start) != 1 ||
        !OSSL_PROVIDER_load(NULL, NAME))
        return err_raise(ERR_INTERNAL, NULL, "OpenSSL's algorithms cannot be loaded");
    return ERR_OK;
}

/* Decodes a public key and prepares to verify with it, which is where the looking up happens. */
static void warm_key(const unsigned char *der, size_t length)
{
    EVP_PKEY *key = d2i_PUBKEY(NULL, &der, (long)length);
    EVP_PKEY_CTX *context = key ? EVP_PKEY_CTX_new(key, NULL) : NULL;

    if (context && EVP_PKEY_verify_init(context) == 1)
        EVP_PKEY_CTX_set_signature_md(context, EVP_sha256());
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(key);
}

void inspect_algorithms_warm(void)
{
    /* SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) of an RSA key of no use, 0x10001 in both places */
    static const unsigned char rsa[] = {
        0x30, 0x1d, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7,
        0x0d, 0x01, 0x01, 0x01, 0x05, 0x00, 0x03, 0x0c, 0x00, 0x30, 0x0a,
        0x02, 0x03, 0x01, 0x00, 0x01, 0x02, 0x03, 0x01, 0x00, 0x01,
    };
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length;

    warm_key(rsa, sizeof rsa);
    EVP_Digest("", 0, digest, &length, EVP_sha256(), NULL);
}
