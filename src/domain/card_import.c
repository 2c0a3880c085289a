#include "domain/card_import.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/crypto.h"
#include "base/text.h"
#include "base/typed.h"
#include "db/statements.h"
#include "domain/contact.h"
#include "domain/establishment.h"
#include "domain/revision.h"

struct importing {
    struct context *ctx;
    const struct cards *cards;
    const unsigned char *plan;
    struct card_outcome *outcomes;
    unsigned char *found;
};

static void note(struct card_outcome *outcome, const char *key)
{
    if (outcome->note_count < CARD_NOTES_MOST)
        outcome->notes[outcome->note_count++] = key;
}

static enum err leave_out(struct card_outcome *outcome, const char *key)
{
    outcome->fate = CARD_LEFT_OUT;
    note(outcome, key);
    return ERR_OK;
}

/* The text if the column takes it; else "", and a note. */
static const char *fitting(const char *text, size_t most, struct card_outcome *outcome)
{
    if (text_length(text) <= most)
        return text;
    note(outcome, "card-text-too-long");
    return "";
}

static const char *email_of(struct context *ctx, const char *typed, struct card_outcome *outcome)
{
    const char *email = typed[0] ? typed_email(ctx->arena, typed) : "";

    if (!email)
        note(outcome, "card-not-email");
    return email ? email : "";
}

static const char *phone_of(struct context *ctx, const char *typed, struct card_outcome *outcome)
{
    const char *phone = typed[0] ? typed_phone(ctx->arena, typed) : "";

    if (!phone)
        note(outcome, "card-not-phone");
    return phone ? phone : "";
}

static const char *uai_of(struct context *ctx, const struct card *card,
                          struct card_outcome *outcome)
{
    const char *uai = text_upper(ctx->arena, card->uai);

    if (!uai[0] || uai_is_valid(uai))
        return uai;
    note(outcome, "card-not-uai");
    return "";
}

static enum err find_contact(struct context *ctx, const char *uai, const char *name, uint64_t *id)
{
    const uint64_t owner = ctx->actor.establishment;
    struct contact_by_uai_row *by_uai = NULL;
    struct contact_by_name_row *by_name;

    if (uai[0])
        ERR_TRY(db_contact_by_uai(ctx->db, ctx->arena,
                                  &(struct contact_by_uai_in){.owner_id = owner, .uai = uai},
                                  &by_uai));
    *id = by_uai ? by_uai->id : 0;
    if (by_uai)
        return ERR_OK;
    ERR_TRY(db_contact_by_name(
        ctx->db, ctx->arena,
        &(struct contact_by_name_in){.owner_id = owner, .folded_name = text_fold(ctx->arena, name)},
        &by_name));
    *id = by_name ? by_name->id : 0;
    return ERR_OK;
}

/* What a card says, or else what was there; whether that is another is told. */
static const char *merged(const char *said, const char *was, bool *differs)
{
    if (!said[0] || strcmp(said, was) == 0)
        return was;
    *differs = true;
    return said;
}

/* Adds to a contact that is there what the card says of it. */
static enum err merge_contact(struct context *ctx, uint64_t id, const struct contact *said,
                              struct card_outcome *outcome)
{
    struct contact_by_id_row *was;
    struct contact merge;
    bool differs = false;

    ERR_TRY(db_contact_by_id(
        ctx->db, ctx->arena,
        &(struct contact_by_id_in){.id = id, .viewer = ctx->actor.establishment}, &was));
    outcome->fate = CARD_SAME;
    outcome->establishment = was->name;
    if (was->has_partner_id) {
        note(outcome, "card-of-platform");
        return ERR_OK;
    }
    merge = (struct contact){.uai = merged(said->uai, was->uai ? was->uai : "", &differs),
                             .name = merged(said->name, was->name, &differs),
                             .address = merged(said->address, was->address, &differs),
                             .postal_code = merged(said->postal_code, was->postal_code, &differs),
                             .city = merged(said->city, was->city, &differs),
                             .phone = merged(said->phone, was->phone, &differs),
                             .email = merged(said->email, was->email, &differs)};
    if (!differs)
        return ERR_OK;
    outcome->fate = CARD_CHANGED;
    return contact_update(ctx, id, &merge);
}

static enum err told(struct card_outcome *outcome, enum err code)
{
    if (code != ERR_INVALID && code != ERR_CONFLICT)
        return code;
    if (strcmp(err_last()->key, "contact-itself") == 0)
        return leave_out(outcome, "contact-itself");
    if (strcmp(err_last()->key, "contact-exists") == 0)
        return leave_out(outcome, "contact-exists");
    return leave_out(outcome, "card-nameless");
}

static enum err take_establishment(struct context *ctx, struct card_outcome *outcome)
{
    const struct card *card = outcome->card;
    struct contact said = {.uai = uai_of(ctx, card, outcome),
                           .name = card->name[0] ? card->name : card->organization,
                           .address = fitting(card->street, 300, outcome),
                           .postal_code = fitting(card->postal_code, 10, outcome),
                           .city = fitting(card->city, 100, outcome),
                           .phone = phone_of(ctx, card->phone, outcome),
                           .email = email_of(ctx, card->email, outcome)};
    uint64_t id;

    outcome->establishment = said.name;
    if (text_length(said.name) > 200)
        return leave_out(outcome, "card-name-too-long");
    ERR_TRY(find_contact(ctx, said.uai, said.name, &id));
    if (id != 0)
        return told(outcome, merge_contact(ctx, id, &said, outcome));
    outcome->fate = CARD_CREATED;
    return told(outcome, contact_insert(ctx, &said, &id));
}

/* The contact that a person's card names, added where it is not there. */
static enum err take_organization(struct context *ctx, struct card_outcome *outcome, uint64_t *id)
{
    const struct card *card = outcome->card;
    struct contact said = {.uai = "",
                           .name = card->organization,
                           .address = "",
                           .postal_code = "",
                           .city = "",
                           .phone = "",
                           .email = ""};

    said.uai = uai_of(ctx, card, outcome);
    ERR_TRY(find_contact(ctx, said.uai, said.name, id));
    if (*id != 0)
        return ERR_OK;
    outcome->establishment_is_created = true;
    return told(outcome, contact_insert(ctx, &said, id));
}

static enum err find_person(struct context *ctx, uint64_t contact, const struct card *card,
                            struct contact_person *was, uint64_t *id)
{
    struct contact_person_by_name_row *by_name;
    struct contact_person_by_uid_row *by_uid = NULL;

    *id = 0;
    ERR_TRY(db_contact_person_by_name(
        ctx->db, ctx->arena,
        &(struct contact_person_by_name_in){.contact_id = contact,
                                            .folded_name = text_fold(ctx->arena, card->name)},
        &by_name));
    if (by_name) {
        *id = by_name->id;
        *was = (struct contact_person){by_name->name, by_name->job, by_name->email, by_name->phone};
        return ERR_OK;
    }
    if (card->uid[0])
        ERR_TRY(db_contact_person_by_uid(
            ctx->db, ctx->arena,
            &(struct contact_person_by_uid_in){.contact_id = contact, .uid = card->uid}, &by_uid));
    if (by_uid) {
        *id = by_uid->id;
        *was = (struct contact_person){by_uid->name, by_uid->job, by_uid->email, by_uid->phone};
    }
    return ERR_OK;
}

static enum err take_person(struct context *ctx, struct card_outcome *outcome)
{
    const struct card *card = outcome->card;
    struct contact_person was = {.name = ""}, said;
    uint64_t contact, id;
    bool differs = false;

    outcome->establishment = card->organization;
    outcome->person = card->name;
    if (!card->organization[0])
        return leave_out(outcome, "card-without-establishment");
    if (text_fold(ctx->arena, card->name)[0] == '\0')
        return leave_out(outcome, "card-nameless");
    if (text_length(card->name) > 150 || text_length(card->organization) > 200)
        return leave_out(outcome, "card-name-too-long");
    ERR_TRY(take_organization(ctx, outcome, &contact));
    if (outcome->fate == CARD_LEFT_OUT)
        return ERR_OK;
    said = (struct contact_person){.name = card->name,
                                   .job = fitting(card->title, 150, outcome),
                                   .email = email_of(ctx, card->email, outcome),
                                   .phone = phone_of(ctx, card->phone, outcome)};
    ERR_TRY(find_person(ctx, contact, card, &was, &id));
    if (id == 0) {
        outcome->fate = CARD_CREATED;
        return contact_person_insert(ctx, contact, fitting(card->uid, 255, outcome), &said, &id);
    }
    said = (struct contact_person){.name = merged(said.name, was.name, &differs),
                                   .job = merged(said.job, was.job, &differs),
                                   .email = merged(said.email, was.email, &differs),
                                   .phone = merged(said.phone, was.phone, &differs)};
    outcome->fate = differs ? CARD_CHANGED : CARD_SAME;
    return differs ? contact_person_update(ctx, id, &said) : ERR_OK;
}

static enum err take(struct context *ctx, struct card_outcome *outcome)
{
    if (outcome->card->is_cut)
        return leave_out(outcome, "card-cut");
    if (outcome->card->is_group)
        return leave_out(outcome, "card-of-group");
    if (outcome->card->is_organization)
        return take_establishment(ctx, outcome);
    return take_person(ctx, outcome);
}

/* What tells two plans apart. */
static void digest(const struct importing *importing)
{
    struct buf all = buf_new(importing->ctx->arena, (size_t)4 * 1024 * 1024);

    for (size_t i = 0; i < importing->cards->count; i++) {
        const struct card_outcome *outcome = &importing->outcomes[i];

        if (outcome->fate != CARD_LEFT_OUT)
            buf_printf(&all, "%d%d\n%s\n%s\n", (int)outcome->fate,
                       outcome->establishment_is_created, outcome->establishment, outcome->person);
    }
    crypto_sha256(buf_bytes(&all), importing->found);
}

/* Establishments first, so that people find them with all they have, whatever the file's order. */
static enum err import_once(void *what)
{
    const struct importing *importing = what;
    struct context *ctx = importing->ctx;

    for (int people = 0; people < 2; people++)
        for (size_t i = 0; i < importing->cards->count; i++) {
            struct card_outcome *outcome = &importing->outcomes[i];
            const struct card *card = &importing->cards->items[i];

            if (card->is_organization == people)
                continue;
            *outcome = (struct card_outcome){.card = card,
                                             .establishment = card->organization,
                                             .person = card->is_organization ? "" : card->name};
            ERR_TRY(take(ctx, outcome));
        }
    digest(importing);
    if (!importing->plan || memcmp(importing->plan, importing->found, CARD_PLAN_SIZE) != 0)
        return err_raise(ERR_CONFLICT, "cards-out-of-date", "%zu cards", importing->cards->count);
    return revision_raise(ctx, ctx->actor.establishment, ctx->actor.establishment);
}

enum err cards_import(struct context *ctx, const struct cards *cards, const unsigned char *plan,
                      struct card_outcome *outcomes, unsigned char found[CARD_PLAN_SIZE])
{
    struct importing importing = {
        .ctx = ctx, .cards = cards, .plan = plan, .outcomes = outcomes, .found = found};
    enum err code = db_transaction(ctx->db, import_once, &importing);

    if (!plan && code == ERR_CONFLICT && strcmp(err_last()->key, "cards-out-of-date") == 0)
        return ERR_OK; /* a preview ends so: nothing of it was kept */
    return code;
}

/* An identification of its own for the card of an establishment, the same whenever it is
 * exported (RFC 9562, version 8). */
static const char *establishment_uid(struct context *ctx, uint64_t contact)
{
    unsigned char hash[CRYPTO_SHA256_SIZE];
    const char *hex;

    crypto_sha256(bytes_of(arena_printf(ctx->arena, "%s/contacts/%" PRIu64, ctx->settings->base_url,
                                        contact)),
                  hash);
    hash[6] = (unsigned char)((hash[6] & 0x0f) | 0x80);
    hash[8] = (unsigned char)((hash[8] & 0x3f) | 0x80);
    hex = crypto_hex(ctx->arena, (struct bytes){hash, 16});
    return arena_printf(ctx->arena, "urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12,
                        hex + 16, hex + 20);
}

static int compare(const void *a, const void *b)
{
    const uint64_t *one = a, *other = b;

    return (*one > *other) - (*one < *other);
}

static struct card establishment_card(struct context *ctx, const struct contact_cards_row *row)
{
    return (struct card){.is_organization = true,
                         .uid = establishment_uid(ctx, row->id),
                         .uai = row->uai ? row->uai : "",
                         .organization = row->name,
                         .name = row->name,
                         .title = "",
                         .email = row->email,
                         .phone = row->phone,
                         .street = row->address,
                         .postal_code = row->postal_code,
                         .city = row->city};
}

static struct card person_card(const struct contact_cards_row *row)
{
    return (struct card){.uid = row->uid,
                         .uai = row->uai ? row->uai : "",
                         .organization = row->name,
                         .name = row->person,
                         .title = row->job,
                         .email = row->person_email,
                         .phone = row->person_phone,
                         .street = "",
                         .postal_code = "",
                         .city = ""};
}

enum err cards_export(struct context *ctx, const uint64_t *ids, size_t count, struct cards *cards)
{
    struct contact_cards_row *rows;
    size_t row_count, contacts = 0;
    uint64_t last = 0;

    ERR_TRY(db_contact_cards(ctx->db, ctx->arena,
                             &(struct contact_cards_in){.owner_id = ctx->actor.establishment},
                             &rows, &row_count));
    *cards = (struct cards){.items = ARENA_NEW_ARRAY(ctx->arena, 2 * row_count, struct card)};
    for (size_t i = 0; i < row_count; i++) {
        if (!bsearch(&rows[i].id, ids, count, sizeof *ids, compare))
            continue;
        if (rows[i].id != last) {
            cards->items[cards->count++] = establishment_card(ctx, &rows[i]);
            contacts++;
        }
        last = rows[i].id;
        if (rows[i].uid)
            cards->items[cards->count++] = person_card(&rows[i]);
    }
    return contacts == count
               ? ERR_OK
               : err_raise(ERR_NOT_FOUND, NULL, "%zu of %zu contacts", contacts, count);
}
