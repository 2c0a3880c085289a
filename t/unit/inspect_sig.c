/* Signatures: what they cover, whether their cryptography holds, who made them. */
#include <openssl/evp.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "t/unit/judged.h"
#include "t/unit/signed_pdf.h"

static struct arena *arena;
static struct signer signer;

static struct bytes plain(void)
{
    return document_make(arena, (struct document_options){0});
}

static struct bytes signed_once(void)
{
    return document_sign(arena, plain(),
                         (struct signing){.signer = &signer, .object = OBJECT_SIGNATURE_A});
}

static void holding(void)
{
    struct bytes once = signed_once(), twice;
    const struct inspect_report *report = judge(arena, plain());

    OK(found(report, INSPECT_UNSIGNED, NULL) && report->signature_count == 0 && report->pages == 2,
       "a document with empty signature fields is unsigned");
    report = judge(arena, once);
    OK(found(report, INSPECT_INTACT, NULL) && report->signature_count == 1 &&
           report->signatures[0].covers == INSPECT_COVERS_FILE &&
           report->signatures[0].changes_after == INSPECT_CHANGES_NONE,
       "a signature over the whole file is intact");
    IS_STR(report->signatures[0].signer, "Zoë Œuvré", "the signer is named as in the certificate");
    IS_STR(report->signatures[0].digest, "sha256", "the digest is named");
    IS_STR(report->signatures[0].serial, "1234", "the serial number is hexadecimal");
    IS_STR(report->signatures[0].field, "Responsable", "the field is named");
    OK(report->signatures[0].has_signing_time &&
           report->signatures[0].signing_time > clock_now() - 3600,
       "the signing time is that of the signed attributes");
    twice = document_sign(arena, once,
                          (struct signing){.signer = &signer, .object = OBJECT_SIGNATURE_B});
    report = judge(arena, twice);
    OK(found(report, INSPECT_INTACT, NULL) && report->signature_count == 2 &&
           report->signatures[0].covers == INSPECT_COVERS_REVISION &&
           report->signatures[0].changes_after == INSPECT_CHANGES_SIGNATURES &&
           report->signatures[1].covers == INSPECT_COVERS_FILE,
       "a second signature leaves the first one intact, which covers its revision");
    FOUND(concatenate(arena, twice, "\r\n"), INSPECT_INTACT, NULL,
          "an end of line behind the file changes nothing");
}

static void kinds(void)
{
    struct signing signing = {.signer = &signer, .object = OBJECT_SIGNATURE_A};
    const struct inspect_report *report;
    struct bytes file;

    signing.subfilter = "adbe.pkcs7.detached";
    FOUND(document_sign(arena, plain(), signing), INSPECT_INTACT, NULL,
          "adbe.pkcs7.detached is read");
    signing.without_attributes = true;
    file = document_sign(arena, plain(), signing);
    FOUND(file, INSPECT_INTACT, NULL,
          "a signature without signed attributes is over the bytes themselves");
    FOUND(exchange(arena, file, "15 mars", "16 mars"), INSPECT_BROKEN, "inspect-cms-signature",
          "a signature without signed attributes breaks with the bytes");
    signing.without_attributes = false;
    signing.subfilter = "adbe.pkcs7.sha1";
    file = document_sign(arena, plain(), signing);
    FOUND(file, INSPECT_INTACT, NULL, "adbe.pkcs7.sha1 encloses the digest");
    FOUND(exchange(arena, file, "15 mars", "16 mars"), INSPECT_BROKEN, "inspect-digest",
          "adbe.pkcs7.sha1 is broken where the digest it encloses is another");
    signing.subfilter = "adbe.x509.rsa_sha2";
    FOUND(document_sign(arena, plain(), signing), INSPECT_BROKEN, "inspect-subfilter",
          "an unknown kind of signature does not hold");
    signing.subfilter = NULL;
    signing.digest = EVP_sha1();
    report = judge(arena, document_sign(arena, plain(), signing));
    OK(found(report, INSPECT_INTACT, "inspect-weak-digest") &&
           strcmp(report->signatures[0].digest, "sha1") == 0,
       "SHA-1 is remarked as weak");
}

/* What a key and a digest sign together, under each kind of signature that takes them. */
struct scheme {
    const char *title, *key, *subfilter, *digest, *name; /* name: of the digest, in the report */
    bool pss;
};

static const struct scheme schemes[] = {
    {"RSA, SHA-256", "RSA", NULL, "SHA256", "sha256", false},
    {"RSA, SHA-512", "RSA", "adbe.pkcs7.detached", "SHA512", "sha512", false},
    {"RSA, SHA-224", "RSA", NULL, "SHA224", "sha224", false},
    {"RSA, SHA3-256", "RSA", NULL, "SHA3-256", "sha3-256", false},
    {"RSA-PSS, SHA-256", "RSA", NULL, "SHA256", "sha256", true},
    {"RSA-PSS, SHA-384", "RSA", "adbe.pkcs7.detached", "SHA384", "sha384", true},
    {"RSA-PSS, adbe.pkcs7.sha1", "RSA", "adbe.pkcs7.sha1", "SHA256", "sha256", true},
    {"RSA, adbe.x509.rsa_sha1", "RSA", "adbe.x509.rsa_sha1", "SHA1", "sha1", false},
    {"RSA, adbe.x509.rsa_sha1 with SHA-256", "RSA", "adbe.x509.rsa_sha1", "SHA256", "sha256",
     false},
    {"RSA, a document time stamp", "RSA", "ETSI.RFC3161", "SHA512", "sha512", false},
    {"ECDSA, P-256 and SHA-256", "P-256", NULL, "SHA256", "sha256", false},
    {"ECDSA, P-384 and SHA-384", "P-384", NULL, "SHA384", "sha384", false},
    {"ECDSA, P-521 and SHA3-512", "P-521", "adbe.pkcs7.detached", "SHA3-512", "sha3-512", false},
    {"ECDSA, Brainpool", "brainpoolP256r1", NULL, "SHA256", "sha256", false},
    {"ECDSA, SHA3-384", "P-256", NULL, "SHA3-384", "sha3-384", false},
    {"Ed25519", "ED25519", NULL, "SHA512", "sha512", false},
    {"Ed25519, adbe.pkcs7.detached", "ED25519", "adbe.pkcs7.detached", "SHA512", "sha512", false},
};

static void try_scheme(const struct scheme *scheme)
{
    int64_t now = clock_now();
    struct signer own = pki_make((struct pki_wish){.name = "Procédé",
                                                   .key = scheme->key,
                                                   .from = now - 86400,
                                                   .to = now + 86400,
                                                   .serial = 77});
    struct bytes file =
        document_sign(arena, plain(),
                      (struct signing){.signer = &own,
                                       .object = OBJECT_SIGNATURE_A,
                                       .subfilter = scheme->subfilter,
                                       .digest = EVP_get_digestbyname(scheme->digest),
                                       .pss = scheme->pss});
    const struct inspect_report *report = judge(arena, file);

    OK(found(report, INSPECT_INTACT, NULL), arena_printf(arena, "%s holds", scheme->title));
    IS_STR(report->signatures[0].digest, scheme->name, "its digest is named");
    report = judge(arena, exchange(arena, file, "15 mars", "16 mars"));
    OK(found(report, INSPECT_BROKEN, "inspect-digest") &&
           report->signatures[0].indication == INSPECT_HASH_FAILURE,
       arena_printf(arena, "%s breaks with a letter", scheme->title));
    signer_free(&own);
}

#define CONTENT_TYPE "06092a864886f70d010903310b06092a864886f70d0107"
#define MESSAGE_DIGEST "06092a864886f70d01090431220420"

static void attributes(void)
{
    struct signer other = signer_make("Autre", -1, 1);
    struct signing signing = {.signer = &signer, .object = OBJECT_SIGNATURE_A};
    struct bytes once = signed_once();
    const char *digest = (const char *)once.data + place_of_last(once, MESSAGE_DIGEST);
    char *from = arena_printf(arena, "%.*s", (int)strlen(MESSAGE_DIGEST) + 2, digest);
    char *to = arena_strdup(arena, from);

    FOUND(exchange(arena, once, CONTENT_TYPE "01", CONTENT_TYPE "02"), INSPECT_BROKEN,
          "inspect-content-type", "a content-type attribute that says another kind breaks it");
    to[strlen(to) - 1] = to[strlen(to) - 1] == '0' ? '1' : '0';
    FOUND(exchange(arena, once, from, to), INSPECT_BROKEN, "inspect-digest",
          "a message-digest attribute that says another digest breaks it");
    signing.protects = EVP_sha256();
    FOUND(document_sign(arena, plain(), signing), INSPECT_INTACT, NULL,
          "the algorithms may be named under the signature");
    signing.protects = EVP_sha512();
    FOUND(document_sign(arena, plain(), signing), INSPECT_BROKEN, "inspect-attributes-ambiguous",
          "but no others than are used");
    signing.protects = NULL;
    signing.old_name = true;
    FOUND(document_sign(arena, plain(), signing), INSPECT_INTACT, NULL,
          "signing-certificate names the certificate by SHA-1");
    signing.exchanged = other.certificate;
    FOUND(document_sign(arena, plain(), signing), INSPECT_BROKEN, "inspect-certificate-exchanged",
          "signing-certificate that names another breaks it");
    signing.old_name = false;
    FOUND(document_sign(arena, plain(), signing), INSPECT_BROKEN, "inspect-certificate-exchanged",
          "so does signing-certificate-v2");
    signing.subfilter = "adbe.pkcs7.detached";
    FOUND(document_sign(arena, plain(), signing), INSPECT_BROKEN, "inspect-certificate-exchanged",
          "whatever the kind of signature");
    signer_free(&other);
}

/* A certificate with the same issuer and number, and another key. */
static void twins(void)
{
    struct signer twin = pki_twin(&signer);
    struct signing signing = {.signer = &twin,
                              .object = OBJECT_SIGNATURE_A,
                              .shown = signer.certificate,
                              .exchanged = signer.certificate};
    const struct inspect_report *report;

    report = judge(arena, document_sign(arena, plain(), signing));
    OK(found(report, INSPECT_BROKEN, "inspect-cms-signature") &&
           report->signatures[0].indication == INSPECT_SIG_CRYPTO_FAILURE,
       "a signature under another certificate's key is a crypto failure");
    signing.subfilter = "adbe.x509.rsa_sha1";
    FOUND(document_sign(arena, plain(), signing), INSPECT_BROKEN, "inspect-digest",
          "so is a bare one");
    signer_free(&twin);
}

static void weak(void)
{
    int64_t now = clock_now();
    struct signer own = pki_make((struct pki_wish){
        .name = "Faible", .key = "RSA-1024", .from = now - 86400, .to = now + 86400, .serial = 78});
    struct signing signing = {.signer = &own, .object = OBJECT_SIGNATURE_A};

    FOUND(document_sign(arena, plain(), signing), INSPECT_INTACT, "inspect-weak-key",
          "a short key is remarked as weak");
    signing.signer = &signer;
    signing.subfilter = "adbe.pkcs7.sha1";
    FOUND(document_sign(arena, plain(), signing), INSPECT_INTACT, "inspect-weak-digest",
          "SHA-1 inside adbe.pkcs7.sha1 is remarked as weak");
    signer_free(&own);
}

static void time_stamps(void)
{
    struct bytes once = signed_once();
    struct signing signing = {
        .signer = &signer, .object = OBJECT_SIGNATURE_B, .subfilter = "ETSI.RFC3161"};
    struct bytes stamped = document_sign(arena, once, signing);
    const struct inspect_report *report = judge(arena, stamped);

    OK(found(report, INSPECT_INTACT, NULL) && report->signatures[1].is_timestamp &&
           !report->signatures[0].is_timestamp && report->signatures[1].signing_time == 1801555200,
       "a document time stamp holds, and says its time");
    FOUND(exchange(arena, stamped, "(D:20270203", "(D:20270204"), INSPECT_BROKEN, "inspect-digest",
          "a document time stamp is broken by another byte");
    signing.object = OBJECT_SIGNATURE_A;
    signing.subfilter = "adbe.pkcs7.sha1";
    FOUND(exchange(arena, document_sign(arena, plain(), signing), "adbe.pkcs7.sha1",
                   "ETSI.RFC3161   "),
          INSPECT_BROKEN, "inspect-cms-unreadable", "another kind of content is no time stamp");
}

static void broken(void)
{
    struct signer other = signer_make("Autre", -1, 1);
    struct bytes once = signed_once();
    size_t end = place_of_last(once, "/Contents <") + 11;
    unsigned char *data = arena_alloc(arena, once.length + 1);

    FOUND(exchange(arena, once, "15 mars", "16 mars"), INSPECT_BROKEN, "inspect-digest",
          "one letter changed under a signature breaks it");
    FOUND(exchange(arena, once, "%PDF-1.7", "%PDF-1.4"), INSPECT_BROKEN, "inspect-digest",
          "the first bytes are signed, too");
    FOUND(document_sign(arena, plain(),
                        (struct signing){.signer = &signer,
                                         .object = OBJECT_SIGNATURE_A,
                                         .exchanged = other.certificate}),
          INSPECT_BROKEN, "inspect-certificate-exchanged",
          "a signing-certificate attribute that names another certificate breaks it");
    memcpy(data, once.data, once.length);
    while (data[end] != '>')
        end++;
    data[end - 1] = '1';
    FOUND(((struct bytes){data, once.length}), INSPECT_BROKEN, "inspect-contents-padding",
          "what follows the CMS in Contents may only be zeros");
    data[end - 1] = '0';
    while (data[end - 1] == '0')
        end--;
    data[end - 1] = data[end - 1] == '1' ? '2' : '1';
    FOUND(((struct bytes){data, once.length}), INSPECT_BROKEN, "inspect-cms-signature",
          "a signature value with one digit changed is broken");
    signer_free(&other);
}

/* The range of the file's one signature, written anew with the same length. */
static struct bytes with_range(struct bytes file, const char *range)
{
    size_t at = place_of_last(file, "/ByteRange [") + 12;
    char padded[64];
    unsigned char *data = arena_alloc(arena, file.length + 1);

    memcpy(data, file.data, file.length);
    snprintf(padded, sizeof padded, "%-34s", range);
    memcpy(data + at, padded, 34);
    return (struct bytes){data, file.length};
}

/* Universal signature forgery and signature wrapping (Mladenov and others, 2018). */
static void forged_ranges(void)
{
    static const struct {
        const char *range, *title;
    } ranges[] = {
        {"", "a ByteRange without numbers"},
        {"0 0 0 0", "a ByteRange of nothing"},
        {"0 10 20 30", "a ByteRange of some bytes"},
        {"-1 10 20 30", "a negative ByteRange"},
        {"0 10 5 30", "a ByteRange that overlaps itself"},
        {"0 100 200 99999999", "a ByteRange beyond the end of the file"},
        {"0 99999", "a ByteRange of two numbers"},
        {"5 100 200 100", "a ByteRange that does not begin at the first byte"},
        {"null", "a ByteRange that is null"},
    };
    struct bytes once = signed_once(), wrapped;

    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        const struct inspect_report *report = judge(arena, with_range(once, ranges[i].range));

        OK(found(report, INSPECT_ALTERED, NULL) && !report->signatures[0].integrity,
           arena_printf(arena, "%s is refused", ranges[i].title));
    }
    FOUND(exchange(arena, once, "/ByteRange", "/ByteRenge"), INSPECT_ALTERED,
          "inspect-byte-range-missing", "a signature without ByteRange is refused");
    FOUND(exchange(arena, once, "/Contents", "/Contentz"), INSPECT_ALTERED,
          "inspect-contents-missing", "a signature without Contents is refused");
    FOUND(exchange(arena, once, "/Contents <", "/Contents ("), INSPECT_BROKEN, NULL,
          "Contents that is no hexadecimal string is refused");
    wrapped = revision_append(
        arena, once,
        (struct object[]){{100 + OBJECT_SIGNATURE_A, "<< /Type /Sig /SubFilter "
                                                     "/ETSI.CAdES.detached /Contents <00> "
                                                     "/ByteRange [0 100 200 300] >>"}},
        1, NULL);
    FOUND(wrapped, INSPECT_ALTERED, "inspect-byte-range-gap",
          "a signature dictionary that is defined anew is refused");
    wrapped = revision_append(arena, once,
                              (struct object[]){{100 + OBJECT_SIGNATURE_A,
                                                 "<< /Type /Sig /Contents <00> /Contents <01> >>"}},
                              1, NULL);
    FOUND(wrapped, INSPECT_ALTERED, "inspect-signature-redefined",
          "a dictionary with two Contents is refused");
}

/* Moves Contents' gap so that it takes in one more byte on one side. */
static void gaps(void)
{
    struct bytes once = signed_once();
    size_t at = place_of_last(once, "/ByteRange [") + 12;
    long before, after, rest;
    char range[64], *next;

    strtol((const char *)once.data + at, &next, 10);
    before = strtol(next, &next, 10);
    after = strtol(next, &next, 10);
    rest = strtol(next, NULL, 10);
    snprintf(range, sizeof range, "0 %ld %ld %ld", before - 1, after, rest);
    FOUND(with_range(once, range), INSPECT_ALTERED, "inspect-byte-range-gap",
          "a gap that begins one byte before Contents is refused");
    snprintf(range, sizeof range, "0 %ld %ld %ld", before, after + 1, rest - 1);
    FOUND(with_range(once, range), INSPECT_ALTERED, "inspect-byte-range-gap",
          "a gap that ends one byte behind Contents is refused");
    snprintf(range, sizeof range, "1 %ld %ld %ld", before - 1, after, rest);
    FOUND(with_range(once, range), INSPECT_ALTERED, "inspect-byte-range-malformed",
          "a signature that leaves out the first byte is refused");
    snprintf(range, sizeof range, "0 %ld %ld %ld", before, after, rest - 10);
    FOUND(with_range(once, range), INSPECT_ALTERED, "inspect-coverage",
          "a signature that leaves out the end of its revision is refused");
}

static void chains(void)
{
    char directory[] = "/tmp/paraphe-trust-XXXXXX", path[64];
    struct inspect_trust *trust = NULL;
    struct signer stranger = signer_make("Inconnu", -1, 1);
    struct bytes once = signed_once();
    struct inspect_input input = {.file = once, .now = clock_now()};

    if (!OK(mkdtemp(directory) != NULL, "a directory for anchors is made"))
        return;
    snprintf(path, sizeof path, "%s/anchor.pem", directory);
    pki_anchor(directory, signer.certificate);
    IS_INT(judge_with(arena, input)->signatures[0].chain, INSPECT_CHAIN_UNKNOWN,
           "without anchors nothing is said about the chain");
    OK(inspect_trust_load(directory, &trust) == ERR_OK && trust, "anchors are read from PEM files");
    input.trust = trust;
    IS_INT(judge_with(arena, input)->signatures[0].chain, INSPECT_CHAIN_TRUSTED,
           "a certificate that is an anchor is trusted");
    input.now += 40 * 86400;
    OK(judge_with(arena, input)->signatures[0].chain == INSPECT_CHAIN_EXPIRED &&
           judge_with(arena, input)->verdict == INSPECT_INTACT,
       "a certificate that has expired is said to have, and the signature still holds");
    input.now = clock_now();
    input.file = document_sign(arena, plain(),
                               (struct signing){.signer = &stranger, .object = OBJECT_SIGNATURE_A});
    OK(judge_with(arena, input)->signatures[0].chain == INSPECT_CHAIN_UNTRUSTED &&
           judge_with(arena, input)->verdict == INSPECT_INTACT,
       "a certificate that leads to no anchor is untrusted, and the signature still holds");
    inspect_trust_free(trust);
    IS_INT(inspect_trust_load("/nowhere/at/all", &trust), ERR_INVALID,
           "a directory of anchors that is not there is an error");
    unlink(path);
    rmdir(directory);
    signer_free(&stranger);
}

int main(void)
{
    arena = arena_new(JUDGED_ARENA);
    signer = signer_make("Zoë Œuvré", -1, 30);
    holding();
    kinds();
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        try_scheme(&schemes[i]);
    attributes();
    twins();
    weak();
    time_stamps();
    broken();
    forged_ranges();
    gaps();
    chains();
    signer_free(&signer);
    arena_free(arena);
    return tap_end();
}
