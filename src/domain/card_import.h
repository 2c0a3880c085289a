/* vCards into an establishment's contacts, and out of them. */
#ifndef PARAPHE_DOMAIN_CARD_IMPORT_H
#define PARAPHE_DOMAIN_CARD_IMPORT_H

#include "card/card.h"
#include "domain/context.h"

enum card_fate {
    CARD_CREATED,
    CARD_CHANGED,
    CARD_SAME,
    CARD_LEFT_OUT /* for the reason among the notes */
};

#define CARD_NOTES_MOST 6

/* What became, or would become, of one card. */
struct card_outcome {
    const struct card *card;
    enum card_fate fate;
    const char *establishment;
    const char *person;                 /* "" for the card of an establishment */
    bool establishment_is_created;      /* on the way to its person */
    const char *notes[CARD_NOTES_MOST]; /* keys of sentences */
    size_t note_count;
};

#define CARD_PLAN_SIZE 32 /* bytes of a digest */

/* Takes the cards into the acting establishment's contacts, in one transaction. A card with an
 * organization's name is its establishment's; any other is a person of the establishment that it
 * names. An establishment is found again by its UAI or its name, a person by the card's UID or the
 * name; what a card does not say stays as it is. The same cards again change nothing.
 *
 * With plan NULL all of it is taken back, so that outcomes are a preview, and *found identifies
 * it. With the plan of a preview it is carried out if it would come to the same; else
 * ERR_CONFLICT "cards-out-of-date", outcomes and *found being what it would come to now.
 * outcomes: one a card. */
enum err cards_import(struct context *ctx, const struct cards *cards, const unsigned char *plan,
                      struct card_outcome *outcomes, unsigned char found[CARD_PLAN_SIZE]);

/* The contacts of those ids (sorted), each with its people, as cards; ids that are no contact of
 * the acting establishment's are ERR_NOT_FOUND. */
enum err cards_export(struct context *ctx, const uint64_t *ids, size_t count, struct cards *cards);

#endif
