/* What the standard concludes for a signature (ETSI EN 319 102-1): chains, days, revocation, proofs
 * of existence. */
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "inspect/certificate.h"
#include "t/unit/judged.h"
#include "t/unit/signed_pdf.h"

#define DAY 86400

static struct arena *arena;
static int64_t now;
static struct signer root, middle, signer, below, stamper, responder;
static struct inspect_trust *trust;

static struct signer make(const char *name, const struct signer *issuer, const char *usage,
                          const char *purpose)
{
    static int serial = 10;
    bool is_authority = usage && strstr(usage, "keyCertSign");

    return pki_make(
        (struct pki_wish){.name = name,
                          .issuer = issuer,
                          .from = now - 100 * DAY,
                          .to = now + (strcmp(name, "Signataire") == 0 ? 200 : 3000) * DAY,
                          .serial = serial++,
                          .constraints = is_authority ? "critical,CA:TRUE" : NULL,
                          .usage = usage,
                          .purpose = purpose});
}

static struct inspect_trust *trust_in(X509 *certificate)
{
    char directory[] = "/tmp/paraphe-anchors-XXXXXX";
    struct inspect_trust *loaded = NULL;

    if (!mkdtemp(directory))
        abort();
    pki_anchor(directory, certificate);
    inspect_trust_load(directory, &loaded);
    unlink(arena_printf(arena, "%s/anchor.pem", directory));
    rmdir(directory);
    return loaded;
}

static struct bytes sign(struct signing signing)
{
    if (!signing.signer)
        signing.signer = &signer;
    signing.object = OBJECT_SIGNATURE_A;
    return document_sign(arena, document_make(arena, (struct document_options){0}), signing);
}

/* An element of DER: its tag, what it holds. */
static struct bytes element(int tag, struct bytes content)
{
    unsigned char *data = arena_alloc(arena, content.length + 8), *at = data;

    ASN1_put_object(&at, 1, (int)content.length, tag & 31, tag & 0xc0);
    memcpy(at, content.data, content.length);
    return (struct bytes){data, (size_t)(at - data) + content.length};
}

/* adbe-revocationInfoArchival with one list (number 0) or one answer (1). */
static struct bytes archival(int number, struct bytes one)
{
    return element(V_ASN1_SEQUENCE,
                   element(V_ASN1_CONTEXT_SPECIFIC | number, element(V_ASN1_SEQUENCE, one)));
}

static struct bytes good_list(void)
{
    return pki_list(arena, &root, NULL, 0, now - DAY, now + DAY);
}

static struct bytes revoked_list(void)
{
    return pki_list(arena, &root, signer.certificate, now - 10 * DAY, now - DAY, now + DAY);
}

static const struct inspect_signature *validated(struct bytes file, int64_t at)
{
    return &judge_with(arena, (struct inspect_input){.file = file, .trust = trust, .now = at})
                ->signatures[0];
}

static bool is(const struct inspect_signature *signature, enum inspect_status status,
               enum inspect_indication indication)
{
    if (signature->status == status && signature->indication == indication)
        return true;
    printf("# %s %s\n", inspect_status_name(signature->status),
           inspect_indication_name(signature->indication));
    return false;
}

#define CONCLUDES(file, at, status, indication, title) \
    OK(is(validated((file), (at)), INSPECT_STATUS_##status, INSPECT_##indication), (title))
#define PASSES(file, at, title) CONCLUDES(file, at, PASSED, INDICATION_NONE, title)

static void chains(void)
{
    struct inspect_trust *kept = trust;
    struct signer stranger = make("Inconnu", NULL, NULL, NULL);
    struct signer no_authority = make("Simple", &root, NULL, NULL);
    struct signer under = make("Dessous", &no_authority, NULL, NULL);
    struct signer cipher = make("Chiffre", &root, "keyEncipherment", NULL);
    struct signer server = make("Serveur", &root, NULL, "serverAuth");
    struct signer person = make("Personne", &root, NULL, "emailProtection,clientAuth,1.2.3.4");
    struct bytes file = sign((struct signing){0});

    trust = NULL;
    CONCLUDES(file, now, INDETERMINATE, NO_CERTIFICATE_CHAIN_FOUND,
              "without anchors no chain is found");
    trust = trust_in(signer.certificate);
    PASSES(file, now, "a certificate that is an anchor passes");
    CONCLUDES(file, now + 300 * DAY, INDETERMINATE, OUT_OF_BOUNDS_NO_POE,
              "an anchor that has expired proves nothing of today");
    inspect_trust_free(trust);
    trust = kept;
    CONCLUDES(file, now, INDETERMINATE, TRY_LATER,
              "a chain whose revocation nothing in the file speaks of is to be tried later");
    OK(validated(file, now)->chain == INSPECT_CHAIN_TRUSTED, "yet its chain is trusted");
    CONCLUDES(sign((struct signing){.signer = &stranger}), now, INDETERMINATE,
              NO_CERTIFICATE_CHAIN_FOUND, "a certificate that leads to no anchor has no chain");
    CONCLUDES(sign((struct signing){.signer = &under,
                                    .chain = (X509 *const[]){no_authority.certificate, NULL}}),
              now, INDETERMINATE, CERTIFICATE_CHAIN_GENERAL_FAILURE,
              "a certificate issued by whom is no authority has a broken chain");
    CONCLUDES(sign((struct signing){.signer = &cipher}), now, INDETERMINATE,
              CHAIN_CONSTRAINTS_FAILURE, "a certificate that is not for signing is not suitable");
    signer_free(&stranger);
    signer_free(&no_authority);
    signer_free(&under);
    CONCLUDES(sign((struct signing){.signer = &server}), now, INDETERMINATE,
              CHAIN_CONSTRAINTS_FAILURE, "nor is a server's");
    CONCLUDES(sign((struct signing){.signer = &person}), now, INDETERMINATE, TRY_LATER,
              "one for mail and the like is");
    signer_free(&cipher);
    signer_free(&server);
    signer_free(&person);
}

static void days(void)
{
    CONCLUDES(sign((struct signing){0}), now + 300 * DAY, INDETERMINATE, OUT_OF_BOUNDS_NO_POE,
              "a certificate that has expired since does not say when it was used");
    CONCLUDES(sign((struct signing){.time = now + 290 * DAY}), now + 300 * DAY, FAILED, EXPIRED,
              "a signer who says it was made after the certificate's end is believed");
    CONCLUDES(sign((struct signing){.time = now - 200 * DAY}), now, FAILED, NOT_YET_VALID,
              "and one who says it was made before the certificate was, too");
    CONCLUDES(sign((struct signing){0}), now - 200 * DAY, FAILED, NOT_YET_VALID,
              "a certificate of the future is not yet valid");
}

/* Signed now, with this in the file about the signer's certificate. */
static struct bytes with_list(struct bytes list)
{
    return sign((struct signing){.archival = archival(0, list)});
}

static struct bytes with_answer(const struct signer *by, int64_t revoked_at, int64_t made,
                                int64_t next)
{
    return sign((struct signing){
        .archival =
            archival(1, pki_answer(arena, (struct pki_answer){.issuer = &root,
                                                              .responder = by,
                                                              .certificate = signer.certificate,
                                                              .revoked_at = revoked_at,
                                                              .made = made,
                                                              .next = next}))});
}

static void revocation(void)
{
    struct signer namesake = make("Racine", NULL, "keyCertSign,cRLSign", NULL);

    PASSES(with_list(good_list()), now, "a list of today without the certificate lets it pass");
    PASSES(with_answer(&root, 0, now - DAY, now + DAY), now, "so does the authority's answer");
    PASSES(with_answer(&responder, 0, now - DAY, now + DAY), now,
           "so does the answer of whom it has charged");
    PASSES(with_answer(&root, 0, now - DAY / 2, 0), now, "an answer without an end lasts a day");
    CONCLUDES(with_answer(&root, 0, now - 3 * DAY, 0), now, INDETERMINATE, TRY_LATER,
              "and no longer");
    CONCLUDES(with_answer(&stamper, 0, now - DAY, now + DAY), now, INDETERMINATE, TRY_LATER,
              "the answer of somebody else says nothing");
    CONCLUDES(with_list(pki_list(arena, &namesake, NULL, 0, now - DAY, now + DAY)), now,
              INDETERMINATE, TRY_LATER, "a list that a namesake has signed says nothing");
    CONCLUDES(with_list(pki_list(arena, &root, NULL, 0, now - 9 * DAY, now - 2 * DAY)), now,
              INDETERMINATE, TRY_LATER, "a list that is out of date says nothing of today");
    CONCLUDES(with_list(pki_list(arena, &root, NULL, 0, now + 2 * DAY, now + 9 * DAY)), now,
              INDETERMINATE, TRY_LATER, "a list of the future says nothing");
    CONCLUDES(with_list(revoked_list()), now, FAILED, REVOKED,
              "what is signed after the certificate was revoked fails");
    CONCLUDES(with_answer(&root, now - 10 * DAY, now - DAY, now + DAY), now, FAILED, REVOKED,
              "whoever says so");
    CONCLUDES(
        sign((struct signing){.archival = archival(0, revoked_list()), .time = now - 20 * DAY}),
        now, INDETERMINATE, REVOKED_NO_POE, "that it was signed before is the signer's word alone");
    CONCLUDES(sign((struct signing){
                  .signer = &below,
                  .chain = (X509 *const[]){middle.certificate, NULL},
                  .archival = archival(0, pki_list(arena, &root, middle.certificate, now - 10 * DAY,
                                                   now - DAY, now + DAY))}),
              now, INDETERMINATE, REVOKED_CA_NO_POE, "an authority may be revoked, too");
    signer_free(&namesake);
}

/* A security store that brings this list. */
static struct bytes with_store(struct bytes file, struct bytes list)
{
    struct buf hex = buf_new(arena, (size_t)64 << 10);

    for (size_t i = 0; i < list.length; i++)
        buf_printf(&hex, "%02x", list.data[i]);
    return revision_append(
        arena, file,
        (struct object[]){
            {1, "<< /Type /Catalog /Pages 2 0 R /AcroForm 8 0 R /Metadata 14 0 R /DSS 60 0 R >>"},
            {60, "<< /Type /DSS /CRLs [61 0 R] >>"},
            {61, arena_printf(arena,
                              "<< /Filter /ASCIIHexDecode /Length %zu >>\nstream\n%s>\nendstream",
                              hex.length + 1, hex.data)}},
        3, NULL);
}

static struct bytes stamp(struct bytes file, const struct signer *by, int64_t at)
{
    return document_sign(arena, file,
                         (struct signing){.signer = by,
                                          .object = OBJECT_SIGNATURE_B,
                                          .subfilter = "ETSI.RFC3161",
                                          .stamp_time = at});
}

static void proofs(void)
{
    struct bytes early = sign((struct signing){.archival = archival(0, revoked_list()),
                                               .time = now - 20 * DAY,
                                               .stamper = &stamper,
                                               .stamp_time = now - 20 * DAY});
    struct bytes unfit = sign((struct signing){.archival = archival(0, revoked_list()),
                                               .time = now - 20 * DAY,
                                               .stamper = &responder,
                                               .stamp_time = now - 20 * DAY});
    int64_t later = now + 300 * DAY;
    struct bytes list =
        pki_list(arena, &root, signer.certificate, now + 50 * DAY, now + 60 * DAY, later + DAY);
    struct bytes plain = sign((struct signing){.time = now});
    struct bytes stored = with_store(plain, list), stamped = stamp(stored, &stamper, now + DAY);

    CONCLUDES(early, now, INDETERMINATE, REVOKED_NO_POE,
              "a time stamp whose own revocation is not spoken of proves nothing");
    early = with_store(early, good_list());
    PASSES(early, now, "a time stamp proves that it was signed before the certificate was revoked");
    IS_INT(validated(early, now)->proven_time, now - 20 * DAY, "and by when");
    CONCLUDES(with_store(unfit, revoked_list()), now, INDETERMINATE, REVOKED_NO_POE,
              "a time stamp by whom is not for time stamps proves nothing");
    CONCLUDES(stored, later, INDETERMINATE, REVOKED_NO_POE,
              "revoked since, it cannot be known without a proof");
    PASSES(stamped, later, "a document time stamp proves what was there before");
    IS_INT(validated(stamped, later)->proven_time, now + DAY, "and since when");
    CONCLUDES(stamp(stored, &stamper, now + 55 * DAY), later, INDETERMINATE, REVOKED_NO_POE,
              "but not where the certificate was revoked by then");
    CONCLUDES(exchange(arena, stamped, "(D:20270203", "(D:20270204"), later, INDETERMINATE,
              REVOKED_NO_POE, "nor where the time stamp does not hold");
}

static void failures(void)
{
    struct bytes file = with_list(good_list());
    struct signer other = make("Autre", &root, NULL, NULL);

    CONCLUDES(exchange(arena, file, "15 mars", "16 mars"), now, FAILED, HASH_FAILURE,
              "other bytes are a hash failure");
    CONCLUDES(sign((struct signing){.exchanged = other.certificate}), now, INDETERMINATE,
              NO_SIGNING_CERTIFICATE_FOUND, "another certificate than was named is not found");
    CONCLUDES(exchange(arena, file, "/ByteRange", "/ByteRenge"), now, INDETERMINATE,
              SIGNED_DATA_NOT_FOUND, "without a byte range there is no signed data");
    CONCLUDES(exchange(arena, file, "/ETSI.CAdES.detached", "/ETSI.CAdES.detachex"), now, FAILED,
              FORMAT_FAILURE, "another kind of signature is a format failure");
    CONCLUDES(revision_append(arena, file, (struct object[]){{15, NULL}}, 1, NULL), now, FAILED,
              FORMAT_FAILURE, "so is a change that is not allowed");
    PASSES(revision_append(arena, file,
                           (struct object[]){{13, "<< /Title (Convention) /ParapheID "
                                                  "(" DOCUMENT_TOKEN ") >>"}},
                           1, NULL),
           now, "one that is allowed is none");
    CONCLUDES(sign((struct signing){.archival = archival(0, good_list()), .digest = EVP_sha1()}),
              now, INDETERMINATE, CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
              "SHA-1 is not to be relied upon any more");
    signer_free(&other);
}

int main(void)
{
    arena = arena_new(JUDGED_ARENA);
    now = clock_now();
    root = make("Racine", NULL, "keyCertSign,cRLSign", NULL);
    middle = make("Intermédiaire", &root, "keyCertSign", NULL);
    signer = make("Signataire", &root, "digitalSignature", NULL);
    below = make("Dessous", &middle, NULL, NULL);
    stamper = make("Horodatage", &root, NULL, "critical,timeStamping");
    responder = make("Réponse", &root, NULL, "OCSPSigning");
    trust = trust_in(root.certificate);
    chains();
    days();
    revocation();
    proofs();
    failures();
    inspect_trust_free(trust);
    signer_free(&root);
    signer_free(&middle);
    signer_free(&signer);
    signer_free(&below);
    signer_free(&stamper);
    signer_free(&responder);
    arena_free(arena);
    return tap_end();
}
