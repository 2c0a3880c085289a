#include "inspect/revocation.h"

#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

#include "inspect/certificate.h"
#include "inspect/der.h"

#define LISTS_MAX 256
#define CLOCK_TOLERANCE 300 /* seconds that others' clocks may be ahead */
#define ANSWER_LASTS 86400  /* seconds, where it does not say when the next one comes */
#define ADOBE_REVOCATION "1.2.840.113583.1.1.8"

void inspect_revocation_add_list(struct inspect_revocation *revocation, struct bytes der)
{
    const unsigned char *at = der.data;
    X509_CRL *list;

    if (!revocation->lists)
        revocation->lists = sk_X509_CRL_new_null();
    if (!revocation->lists)
        abort();
    list = sk_X509_CRL_num(revocation->lists) < LISTS_MAX
               ? d2i_X509_CRL(NULL, &at, (long)der.length)
               : NULL;
    if (list)
        sk_X509_CRL_push(revocation->lists, list);
    ERR_clear_error();
}

void inspect_revocation_add_answer(struct inspect_revocation *revocation, struct bytes der)
{
    const unsigned char *at = der.data;
    OCSP_RESPONSE *response;
    OCSP_BASICRESP *answer;

    if (revocation->answer_count == INSPECT_ANSWERS_MAX)
        return;
    response = d2i_OCSP_RESPONSE(NULL, &at, (long)der.length);
    answer = response && OCSP_response_status(response) == OCSP_RESPONSE_STATUS_SUCCESSFUL
                 ? OCSP_response_get1_basic(response)
                 : NULL;
    if (answer)
        revocation->answers[revocation->answer_count++] = answer;
    OCSP_RESPONSE_free(response);
    ERR_clear_error();
}

/* The elements of "[number] SEQUENCE OF", if that is what comes next. */
static void add_each(struct inspect_revocation *revocation, struct bytes *from, int number,
                     void (*add)(struct inspect_revocation *, struct bytes))
{
    struct bytes marked, all, one;

    if (!inspect_der_take(from, INSPECT_DER_MARKED(number), &marked) ||
        !inspect_der_take(&marked, INSPECT_DER_SEQUENCE, &all))
        return;
    while (inspect_der_next(&all, &one))
        add(revocation, one);
}

static void add_archival(struct inspect_revocation *revocation, CMS_SignerInfo *signer)
{
    ASN1_OBJECT *kind = OBJ_txt2obj(ADOBE_REVOCATION, 1);
    int at = kind ? CMS_signed_get_attr_by_OBJ(signer, kind, -1) : -1;
    ASN1_TYPE *value = at < 0 ? NULL : X509_ATTRIBUTE_get0_type(CMS_signed_get_attr(signer, at), 0);
    struct bytes der, archival;

    ASN1_OBJECT_free(kind);
    if (!value || value->type != V_ASN1_SEQUENCE)
        return;
    der = inspect_der_bytes(value->value.sequence);
    if (!inspect_der_take(&der, INSPECT_DER_SEQUENCE, &archival))
        return;
    add_each(revocation, &archival, 0, inspect_revocation_add_list);
    add_each(revocation, &archival, 1, inspect_revocation_add_answer);
}

void inspect_revocation_add_cms(struct inspect_revocation *revocation, CMS_ContentInfo *cms,
                                CMS_SignerInfo *signer)
{
    STACK_OF(X509_CRL) *lists = CMS_get1_crls(cms);

    for (int i = 0; i < sk_X509_CRL_num(lists); i++) {
        unsigned char *der = NULL;
        int length = i2d_X509_CRL(sk_X509_CRL_value(lists, i), &der);

        if (length > 0)
            inspect_revocation_add_list(revocation, (struct bytes){der, (size_t)length});
        OPENSSL_free(der);
    }
    sk_X509_CRL_pop_free(lists, X509_CRL_free);
    add_archival(revocation, signer);
    ERR_clear_error();
}

void inspect_revocation_free(struct inspect_revocation *revocation)
{
    sk_X509_CRL_pop_free(revocation->lists, X509_CRL_free);
    for (size_t i = 0; i < revocation->answer_count; i++)
        OCSP_BASICRESP_free(revocation->answers[i]);
    *revocation = (struct inspect_revocation){0};
}

/* What one list or answer says of the certificate. */
struct word {
    enum inspect_standing standing;
    int64_t made, next; /* next: 0 where it does not say */
    int64_t revoked_at;
};

/* A certificate that has expired may no longer be on the list, revoked or not. */
static bool counts(const struct word *word, const struct inspect_question *question)
{
    int64_t lasts = word->next ? word->next : word->made + ANSWER_LASTS;
    int64_t end = inspect_certificate_time(X509_get0_notAfter(question->certificate));

    if (word->made == 0 || word->made > question->now + CLOCK_TOLERANCE)
        return false;
    return word->standing == INSPECT_STANDING_REVOKED ||
           (lasts >= question->at && word->made <= end);
}

/* Whether a list is of the whole of what its issuer revokes: no delta, nothing left out, no
 * extension that is unknown here (RFC 5280 §5.2). */
static bool is_whole(X509_CRL *list)
{
    ISSUING_DIST_POINT *point =
        X509_CRL_get_ext_d2i(list, NID_issuing_distribution_point, NULL, NULL);
    bool whole = !point || (!point->onlysomereasons && !point->indirectCRL && !point->onlyattr);

    ISSUING_DIST_POINT_free(point);
    for (int i = 0; i < X509_CRL_get_ext_count(list); i++) {
        X509_EXTENSION *extension = X509_CRL_get_ext(list, i);
        int kind = OBJ_obj2nid(X509_EXTENSION_get_object(extension));

        whole = whole && kind != NID_delta_crl &&
                (!X509_EXTENSION_get_critical(extension) || kind == NID_issuing_distribution_point);
    }
    return whole;
}

/* A list of end users' certificates says nothing of an authority's, and the other way round. */
static bool is_about(X509_CRL *list, X509 *certificate)
{
    ISSUING_DIST_POINT *point =
        X509_CRL_get_ext_d2i(list, NID_issuing_distribution_point, NULL, NULL);
    bool is_authority = X509_check_ca(certificate) == 1;
    bool about =
        !point || (!(point->onlyuser > 0 && is_authority) && !(point->onlyCA > 0 && !is_authority));

    ISSUING_DIST_POINT_free(point);
    return about;
}

static struct word word_of_list(X509_CRL *list, const struct inspect_question *question)
{
    struct word word = {.standing = INSPECT_STANDING_UNKNOWN};
    X509_REVOKED *entry = NULL;

    if (X509_NAME_cmp(X509_CRL_get_issuer(list), X509_get_subject_name(question->issuer)) != 0 ||
        !is_whole(list) || !is_about(list, question->certificate) ||
        X509_CRL_verify(list, X509_get0_pubkey(question->issuer)) != 1)
        return word;
    word.made = inspect_certificate_time(X509_CRL_get0_lastUpdate(list));
    word.next = inspect_certificate_time(X509_CRL_get0_nextUpdate(list));
    word.standing = INSPECT_STANDING_GOOD;
    if (X509_CRL_get0_by_cert(list, &entry, question->certificate) == 1) {
        word.standing = INSPECT_STANDING_REVOKED;
        word.revoked_at = inspect_certificate_time(X509_REVOKED_get0_revocationDate(entry));
    }
    return word;
}

/* Whether the answer is signed by the issuer, or by whom it has given that task. */
static bool is_authorised(OCSP_BASICRESP *answer, const struct inspect_question *question)
{
    STACK_OF(X509) *issuer = sk_X509_new_null();
    X509 *signer = NULL;
    int64_t made = inspect_certificate_time(OCSP_resp_get0_produced_at(answer));
    bool good;

    if (!issuer || sk_X509_push(issuer, question->issuer) <= 0)
        abort();
    good = OCSP_resp_get0_signer(answer, &signer, issuer) == 1 &&
           OCSP_basic_verify(answer, issuer, NULL, OCSP_NOVERIFY) == 1;
    if (good && X509_cmp(signer, question->issuer) != 0)
        good = (X509_get_extended_key_usage(signer) & XKU_OCSP_SIGN) != 0 &&
               X509_get_extension_flags(signer) & EXFLAG_XKUSAGE &&
               X509_NAME_cmp(X509_get_issuer_name(signer),
                             X509_get_subject_name(question->issuer)) == 0 &&
               X509_verify(signer, X509_get0_pubkey(question->issuer)) == 1 &&
               inspect_certificate_time(X509_get0_notBefore(signer)) <= made &&
               inspect_certificate_time(X509_get0_notAfter(signer)) >= made;
    sk_X509_free(issuer);
    ERR_clear_error();
    return good;
}

/* Whether a single answer is about the certificate: its identifier says by which digest. */
static bool is_meant(OCSP_SINGLERESP *single, const struct inspect_question *question)
{
    OCSP_CERTID *given = (OCSP_CERTID *)(uintptr_t)OCSP_SINGLERESP_get0_id(single), *made;
    ASN1_OBJECT *digest = NULL;
    const EVP_MD *md;
    bool same;

    OCSP_id_get0_info(NULL, &digest, NULL, NULL, given);
    md = digest ? EVP_get_digestbyobj(digest) : NULL;
    made = md ? OCSP_cert_to_id(md, question->certificate, question->issuer) : NULL;
    same = made && OCSP_id_cmp(made, given) == 0;
    OCSP_CERTID_free(made);
    return same;
}

static struct word word_of_answer(OCSP_BASICRESP *answer, const struct inspect_question *question)
{
    struct word word = {.standing = INSPECT_STANDING_UNKNOWN};

    for (int i = 0; i < OCSP_resp_count(answer); i++) {
        OCSP_SINGLERESP *single = OCSP_resp_get0(answer, i);
        ASN1_GENERALIZEDTIME *revoked = NULL, *made = NULL, *next = NULL;
        int reason, status;

        if (!is_meant(single, question) || !is_authorised(answer, question))
            continue;
        status = OCSP_single_get0_status(single, &reason, &revoked, &made, &next);
        word.made = inspect_certificate_time(made);
        word.next = inspect_certificate_time(next);
        if (status == V_OCSP_CERTSTATUS_GOOD)
            word.standing = INSPECT_STANDING_GOOD;
        if (status == V_OCSP_CERTSTATUS_REVOKED) {
            word.standing = INSPECT_STANDING_REVOKED;
            word.revoked_at = inspect_certificate_time(revoked);
        }
        return word;
    }
    return word;
}

/* One word of revocation outweighs all others. */
static void weigh(struct word word, const struct inspect_question *question,
                  enum inspect_standing *standing, int64_t *revoked_at)
{
    if (word.standing == INSPECT_STANDING_UNKNOWN || !counts(&word, question))
        return;
    if (word.standing == INSPECT_STANDING_REVOKED &&
        (*standing != INSPECT_STANDING_REVOKED || word.revoked_at < *revoked_at))
        *revoked_at = word.revoked_at;
    if (*standing != INSPECT_STANDING_REVOKED)
        *standing = word.standing;
}

enum inspect_standing inspect_revocation_ask(const struct inspect_revocation *revocation,
                                             const struct inspect_question *question,
                                             int64_t *revoked_at)
{
    enum inspect_standing standing = INSPECT_STANDING_UNKNOWN;

    *revoked_at = 0;
    for (int i = 0; i < sk_X509_CRL_num(revocation->lists); i++)
        weigh(word_of_list(sk_X509_CRL_value(revocation->lists, i), question), question, &standing,
              revoked_at);
    for (size_t i = 0; i < revocation->answer_count; i++)
        weigh(word_of_answer(revocation->answers[i], question), question, &standing, revoked_at);
    ERR_clear_error();
    return standing;
}
