#include "domain/contact.h"

#include <inttypes.h>
#include <string.h>

#include "base/crypto.h"
#include "base/text.h"
#include "db/statements.h"
#include "domain/establishment.h"
#include "domain/revision.h"
#include "domain/texts.h"

enum err contact_meet(struct context *ctx, uint64_t one, uint64_t other)
{
    const uint64_t owners[] = {one, other};
    struct contact_known_row *known;

    if (one == other)
        return ERR_OK;
    ERR_TRY(db_contact_known(ctx->db, ctx->arena,
                             &(struct contact_known_in){.one = one, .other = other}, &known));
    for (size_t i = 0; i < 2 && known->total < 2; i++) {
        ERR_TRY(db_contact_adopt(
            ctx->db, ctx->arena,
            &(struct contact_adopt_in){.owner_id = owners[i], .partner_id = owners[1 - i]}, NULL));
        ERR_TRY(db_contact_meet(ctx->db, ctx->arena,
                                &(struct contact_meet_in){.owner_id = owners[i],
                                                          .partner_id = owners[1 - i],
                                                          .now = ctx->now},
                                NULL));
    }
    return ERR_OK;
}

static enum err check(const struct contact *contact)
{
    const struct text_rule rules[] = {
        {"name", contact->name, 200, false, false},
        {"address", contact->address, 300, false, false},
        {"postal code", contact->postal_code, 10, false, false},
        {"city", contact->city, 100, false, false},
        {"phone", contact->phone, 30, false, false},
    };

    if (contact->uai[0] && !uai_is_valid(contact->uai))
        return err_raise(ERR_INVALID, "uai-invalid", "UAI of a contact");
    if (contact->email[0] && !text_is_email(contact->email))
        return err_raise(ERR_INVALID, "email-invalid", "e-mail of a contact");
    return TEXTS_CHECK(rules);
}

/* The row's values; where the UAI is of the platform, its establishment and no texts. */
static enum err row_of(struct context *ctx, const struct contact *contact,
                       struct contact_update_in *row)
{
    struct establishment_by_uai_row *partner = NULL;

    ERR_TRY(check(contact));
    *row = (struct contact_update_in){.uai = contact->uai[0] ? contact->uai : NULL,
                                      .name = contact->name,
                                      .folded_name = text_fold(ctx->arena, contact->name),
                                      .address = contact->address,
                                      .postal_code = contact->postal_code,
                                      .city = contact->city,
                                      .phone = contact->phone,
                                      .email = contact->email};
    if (contact->uai[0])
        ERR_TRY(db_establishment_by_uai(
            ctx->db, ctx->arena, &(struct establishment_by_uai_in){.uai = contact->uai}, &partner));
    else
        row->identity = arena_printf(ctx->arena, "%s/%s", row->folded_name,
                                     text_fold(ctx->arena, contact->city));
    if (!partner)
        return row->folded_name[0] ? ERR_OK
                                   : err_raise(ERR_INVALID, "contact-nameless", "a contact");
    if (partner->id == ctx->actor.establishment)
        return err_raise(ERR_CONFLICT, "contact-itself", "establishment %" PRIu64, partner->id);
    row->has_partner_id = true;
    row->partner_id = partner->id;
    row->name = row->folded_name = row->address = row->postal_code = row->city = row->phone =
        row->email = "";
    return ERR_OK;
}

static enum err told_of_duplicate(enum err code, const char *key)
{
    if (code == ERR_CONFLICT && strcmp(err_last()->key, "db-duplicate") == 0)
        return err_raise(ERR_CONFLICT, key, "a contact");
    return code;
}

enum err contact_insert(struct context *ctx, const struct contact *contact, uint64_t *id)
{
    struct contact_update_in row;
    struct db_done done;

    ERR_TRY(row_of(ctx, contact, &row));
    ERR_TRY(told_of_duplicate(
        db_contact_insert(ctx->db, ctx->arena,
                          &(struct contact_insert_in){.owner_id = ctx->actor.establishment,
                                                      .has_partner_id = row.has_partner_id,
                                                      .partner_id = row.partner_id,
                                                      .uai = row.uai,
                                                      .identity = row.identity,
                                                      .name = row.name,
                                                      .folded_name = row.folded_name,
                                                      .address = row.address,
                                                      .postal_code = row.postal_code,
                                                      .city = row.city,
                                                      .phone = row.phone,
                                                      .email = row.email,
                                                      .now = ctx->now},
                          &done),
        "contact-exists"));
    *id = done.insert_id;
    return ERR_OK;
}

enum err contact_update(struct context *ctx, uint64_t id, const struct contact *contact)
{
    struct contact_update_in row;

    ERR_TRY(row_of(ctx, contact, &row));
    row.id = id;
    return told_of_duplicate(db_contact_update(ctx->db, ctx->arena, &row, NULL), "contact-exists");
}

/* What a transaction below is about. */
struct keeping {
    struct context *ctx;
    uint64_t contact; /* out, where it is created */
    uint32_t version;
    uint64_t id; /* of the person or note; out, where it is created */
    const struct contact *texts;
    const struct contact_person *person;
    const char *note;
};

static enum err raise_own(struct context *ctx)
{
    return revision_raise(ctx, ctx->actor.establishment, ctx->actor.establishment);
}

static enum err create_once(void *what)
{
    struct keeping *keeping = what;

    ERR_TRY(contact_insert(keeping->ctx, keeping->texts, &keeping->contact));
    return raise_own(keeping->ctx);
}

enum err contact_create(struct context *ctx, const struct contact *contact, uint64_t *id)
{
    struct keeping keeping = {.ctx = ctx, .texts = contact};

    ERR_TRY(db_transaction(ctx->db, create_once, &keeping));
    *id = keeping.contact;
    return ERR_OK;
}

/* Takes the contact's lock: all that is done to its people and notes is done under it. */
static enum err lock(const struct keeping *keeping, struct contact_lock_row **row)
{
    struct context *ctx = keeping->ctx;

    ERR_TRY(db_contact_lock(
        ctx->db, ctx->arena,
        &(struct contact_lock_in){.id = keeping->contact, .viewer = ctx->actor.establishment},
        row));
    return *row ? ERR_OK : err_raise(ERR_NOT_FOUND, NULL, "contact %" PRIu64, keeping->contact);
}

static enum err lock_version(const struct keeping *keeping, struct contact_lock_row **row)
{
    ERR_TRY(lock(keeping, row));
    if ((*row)->version != keeping->version)
        return err_raise(ERR_CONFLICT, "contact-out-of-date", "contact %" PRIu64, keeping->contact);
    return ERR_OK;
}

static enum err change_once(void *what)
{
    const struct keeping *keeping = what;
    struct context *ctx = keeping->ctx;
    struct contact_lock_row *row;

    ERR_TRY(lock_version(keeping, &row));
    if (row->has_partner_id)
        return err_raise(ERR_CONFLICT, "contact-of-platform", "contact %" PRIu64, row->id);
    ERR_TRY(contact_update(ctx, row->id, keeping->texts));
    return raise_own(ctx);
}

enum err contact_change(struct context *ctx, uint64_t id, uint32_t version,
                        const struct contact *contact)
{
    return db_transaction(
        ctx->db, change_once,
        &(struct keeping){.ctx = ctx, .contact = id, .version = version, .texts = contact});
}

static enum err remove_once(void *what)
{
    const struct keeping *keeping = what;
    struct context *ctx = keeping->ctx;
    struct contact_convention_count_row *shared;
    struct contact_lock_row *row;

    ERR_TRY(lock_version(keeping, &row));
    ERR_TRY(db_contact_convention_count(
        ctx->db, ctx->arena,
        &(struct contact_convention_count_in){.viewer = ctx->actor.establishment,
                                              .partner = row->partner_id,
                                              .state = "",
                                              .pattern = "%"},
        &shared));
    if (row->has_partner_id && shared->total > 0)
        return err_raise(ERR_CONFLICT, "contact-shares", "contact %" PRIu64, row->id);
    ERR_TRY(
        db_contact_delete(ctx->db, ctx->arena, &(struct contact_delete_in){.id = row->id}, NULL));
    return raise_own(ctx);
}

enum err contact_remove(struct context *ctx, uint64_t id, uint32_t version)
{
    return db_transaction(ctx->db, remove_once,
                          &(struct keeping){.ctx = ctx, .contact = id, .version = version});
}

const char *contact_uid(struct context *ctx)
{
    unsigned char id[16];
    const char *hex;

    crypto_random(id, sizeof id);
    id[6] = (unsigned char)((id[6] & 0x0f) | 0x40);
    id[8] = (unsigned char)((id[8] & 0x3f) | 0x80);
    hex = crypto_hex(ctx->arena, (struct bytes){id, sizeof id});
    return arena_printf(ctx->arena, "urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12,
                        hex + 16, hex + 20);
}

static enum err check_person(struct context *ctx, const struct contact_person *person)
{
    const struct text_rule rules[] = {
        {"name", person->name, 150, true, false},
        {"job", person->job, 150, false, false},
        {"phone", person->phone, 30, false, false},
    };

    if (person->email[0] && !text_is_email(person->email))
        return err_raise(ERR_INVALID, "email-invalid", "e-mail of a person");
    ERR_TRY(TEXTS_CHECK(rules));
    if (text_fold(ctx->arena, person->name)[0] == '\0')
        return err_raise(ERR_INVALID, "text-missing", "name of a person");
    return ERR_OK;
}

enum err contact_person_insert(struct context *ctx, uint64_t contact, const char *uid,
                               const struct contact_person *person, uint64_t *id)
{
    struct db_done done;

    ERR_TRY(check_person(ctx, person));
    ERR_TRY(told_of_duplicate(
        db_contact_person_insert(
            ctx->db, ctx->arena,
            &(struct contact_person_insert_in){.contact_id = contact,
                                               .uid = uid[0] ? uid : contact_uid(ctx),
                                               .name = person->name,
                                               .folded_name = text_fold(ctx->arena, person->name),
                                               .job = person->job,
                                               .email = person->email,
                                               .phone = person->phone,
                                               .now = ctx->now},
            &done),
        "person-exists"));
    *id = done.insert_id;
    return ERR_OK;
}

static enum err add_person_once(void *what)
{
    struct keeping *keeping = what;
    struct contact_lock_row *row;

    ERR_TRY(lock(keeping, &row));
    ERR_TRY(contact_person_insert(keeping->ctx, row->id, "", keeping->person, &keeping->id));
    return raise_own(keeping->ctx);
}

enum err contact_person_add(struct context *ctx, uint64_t contact,
                            const struct contact_person *person, uint64_t *id)
{
    struct keeping keeping = {.ctx = ctx, .contact = contact, .person = person};

    ERR_TRY(db_transaction(ctx->db, add_person_once, &keeping));
    *id = keeping.id;
    return ERR_OK;
}

static enum err find_person(const struct keeping *keeping, struct contact_person_by_id_row **person)
{
    struct context *ctx = keeping->ctx;
    struct contact_lock_row *row;

    ERR_TRY(lock(keeping, &row));
    ERR_TRY(db_contact_person_by_id(
        ctx->db, ctx->arena,
        &(struct contact_person_by_id_in){
            .id = keeping->id, .contact_id = row->id, .viewer = ctx->actor.establishment},
        person));
    return *person ? ERR_OK : err_raise(ERR_NOT_FOUND, NULL, "person %" PRIu64, keeping->id);
}

enum err contact_person_update(struct context *ctx, uint64_t id,
                               const struct contact_person *person)
{
    ERR_TRY(check_person(ctx, person));
    return told_of_duplicate(
        db_contact_person_update(
            ctx->db, ctx->arena,
            &(struct contact_person_update_in){.id = id,
                                               .name = person->name,
                                               .folded_name = text_fold(ctx->arena, person->name),
                                               .job = person->job,
                                               .email = person->email,
                                               .phone = person->phone},
            NULL),
        "person-exists");
}

static enum err change_person_once(void *what)
{
    const struct keeping *keeping = what;
    struct contact_person_by_id_row *row;

    ERR_TRY(find_person(keeping, &row));
    if (row->version != keeping->version)
        return err_raise(ERR_CONFLICT, "person-out-of-date", "person %" PRIu64, row->id);
    ERR_TRY(contact_person_update(keeping->ctx, row->id, keeping->person));
    return raise_own(keeping->ctx);
}

enum err contact_person_change(struct context *ctx, uint64_t contact, uint64_t id, uint32_t version,
                               const struct contact_person *person)
{
    return db_transaction(
        ctx->db, change_person_once,
        &(struct keeping){
            .ctx = ctx, .contact = contact, .id = id, .version = version, .person = person});
}

static enum err remove_person_once(void *what)
{
    const struct keeping *keeping = what;
    struct context *ctx = keeping->ctx;
    struct contact_person_by_id_row *row;

    ERR_TRY(find_person(keeping, &row));
    if (row->version != keeping->version)
        return err_raise(ERR_CONFLICT, "person-out-of-date", "person %" PRIu64, row->id);
    ERR_TRY(db_contact_person_delete(ctx->db, ctx->arena,
                                     &(struct contact_person_delete_in){.id = row->id}, NULL));
    return raise_own(ctx);
}

enum err contact_person_remove(struct context *ctx, uint64_t contact, uint64_t id, uint32_t version)
{
    return db_transaction(
        ctx->db, remove_person_once,
        &(struct keeping){.ctx = ctx, .contact = contact, .id = id, .version = version});
}

static enum err add_note_once(void *what)
{
    const struct keeping *keeping = what;
    struct context *ctx = keeping->ctx;
    struct contact_lock_row *row;
    struct contact_notes_row *notes;
    size_t count;

    ERR_TRY(lock(keeping, &row));
    ERR_TRY(db_contact_notes(
        ctx->db, ctx->arena,
        &(struct contact_notes_in){.contact_id = row->id, .viewer = ctx->actor.establishment},
        &notes, &count));
    if (count > 0 && strcmp(notes[0].text, keeping->note) == 0)
        return ERR_OK;
    ERR_TRY(
        db_contact_note_insert(ctx->db, ctx->arena,
                               &(struct contact_note_insert_in){.contact_id = row->id,
                                                                .account_id = ctx->actor.account,
                                                                .text = keeping->note,
                                                                .now = ctx->now},
                               NULL));
    return raise_own(ctx);
}

enum err contact_note_add(struct context *ctx, uint64_t contact, const char *text)
{
    const struct text_rule rules[] = {{"note", text, CONTACT_NOTE_MOST, true, true}};

    ERR_TRY(TEXTS_CHECK(rules));
    return db_transaction(ctx->db, add_note_once,
                          &(struct keeping){.ctx = ctx, .contact = contact, .note = text});
}

static enum err remove_note_once(void *what)
{
    const struct keeping *keeping = what;
    struct context *ctx = keeping->ctx;
    struct contact_note_by_id_row *note;
    struct contact_lock_row *row;

    ERR_TRY(lock(keeping, &row));
    ERR_TRY(db_contact_note_by_id(
        ctx->db, ctx->arena,
        &(struct contact_note_by_id_in){
            .id = keeping->id, .contact_id = row->id, .viewer = ctx->actor.establishment},
        &note));
    if (!note)
        return err_raise(ERR_NOT_FOUND, NULL, "note %" PRIu64, keeping->id);
    ERR_TRY(db_contact_note_delete(ctx->db, ctx->arena,
                                   &(struct contact_note_delete_in){.id = note->id}, NULL));
    return raise_own(ctx);
}

enum err contact_note_remove(struct context *ctx, uint64_t contact, uint64_t id)
{
    return db_transaction(ctx->db, remove_note_once,
                          &(struct keeping){.ctx = ctx, .contact = contact, .id = id});
}
