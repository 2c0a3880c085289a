/* An establishment's contacts: the establishments it works with, the people there, and notes.
 *
 * All of it belongs to the establishment of who acts, and is not there for anybody else:
 * ERR_NOT_FOUND. */
#ifndef PARAPHE_DOMAIN_CONTACT_H
#define PARAPHE_DOMAIN_CONTACT_H

#include "domain/context.h"

/* Texts are "" where nothing is known. */
struct contact {
    const char *uai;
    const char *name;
    const char *address;
    const char *postal_code;
    const char *city;
    const char *phone;
    const char *email;
};

struct contact_person {
    const char *name;
    const char *job;
    const char *email;
    const char *phone;
};

/* In the caller's transaction: two establishments have a convention, so each is among the
 * contacts of the other. Harmless where they are already, and where both are one. */
enum err contact_meet(struct context *ctx, uint64_t one, uint64_t other);

/* Adds a contact. With the UAI of an establishment of the platform it is that one, and the other
 * texts do not matter. Errors: ERR_INVALID "uai-invalid", "contact-nameless", "email-invalid", as
 * texts_check; ERR_CONFLICT "contact-exists", "contact-itself". */
enum err contact_create(struct context *ctx, const struct contact *contact, uint64_t *id);

/* The same for one that is there and is not of the platform (else ERR_CONFLICT
 * "contact-of-platform"). ERR_CONFLICT "contact-out-of-date" where version is not the one in
 * force. */
enum err contact_change(struct context *ctx, uint64_t id, uint32_t version,
                        const struct contact *contact);

/* Takes a contact away with its people and notes. ERR_CONFLICT "contact-shares" where there are or
 * were conventions with it; "contact-out-of-date". */
enum err contact_remove(struct context *ctx, uint64_t id, uint32_t version);

/* Errors: ERR_CONFLICT "person-exists" where that contact has one of that name, and
 * "person-out-of-date"; ERR_INVALID as for contacts. */
enum err contact_person_add(struct context *ctx, uint64_t contact,
                            const struct contact_person *person, uint64_t *id);
enum err contact_person_change(struct context *ctx, uint64_t contact, uint64_t id, uint32_t version,
                               const struct contact_person *person);
enum err contact_person_remove(struct context *ctx, uint64_t contact, uint64_t id,
                               uint32_t version);

#define CONTACT_NOTE_MOST 5000 /* characters */

/* text is Markdown. The same note a second time has no effect. */
enum err contact_note_add(struct context *ctx, uint64_t contact, const char *text);
enum err contact_note_remove(struct context *ctx, uint64_t contact, uint64_t id);

/* The steps of the above for who has a transaction of their own (the import of cards). uid: of its
 * card, "" for a new one. */
enum err contact_insert(struct context *ctx, const struct contact *contact, uint64_t *id);
enum err contact_update(struct context *ctx, uint64_t id, const struct contact *contact);
enum err contact_person_insert(struct context *ctx, uint64_t contact, const char *uid,
                               const struct contact_person *person, uint64_t *id);
enum err contact_person_update(struct context *ctx, uint64_t id,
                               const struct contact_person *person);

/* A new uid, "urn:uuid:…" (RFC 9562, version 4). */
const char *contact_uid(struct context *ctx);

#endif
