/* libFuzzer target: a file of cards; whatever is read is text, and written is read the same. */
#include "base/text.h"
#include "card/card.h"

#include "t/fuzz/fuzz.h"

static void want_text(const char *text)
{
    FUZZ_WANT(text_is_utf8(bytes_of(text)) && strpbrk(text, "\r\n") == NULL);
}

static void want_same(struct arena *arena, enum card_version version, const struct card *card)
{
    struct cards back;

    FUZZ_WANT(cards_read(arena, cards_write(arena, version, card, 1), &back) == ERR_OK);
    FUZZ_WANT(back.count == 1 && !back.items[0].is_cut);
    FUZZ_WANT(strcmp(back.items[0].email, card->email) == 0 || strchr(card->email, ':'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct cards cards;

    if (!arena)
        arena = arena_new((size_t)512 * 1024 * 1024);
    if (cards_read(arena, arena_bytes(arena, data, size), &cards) == ERR_OK) {
        FUZZ_WANT(cards.count > 0 && cards.count <= CARDS_MOST);
        for (size_t i = 0; i < cards.count; i++) {
            const struct card *card = &cards.items[i];

            want_text(card->name);
            want_text(card->organization);
            want_text(card->title);
            want_text(card->email);
            want_text(card->phone);
            want_text(card->street);
            want_text(card->city);
            want_text(card->postal_code);
            want_text(card->uid);
            want_text(card->uai);
            if (i < 2)
                want_same(arena, i == 0 ? CARD_4_0 : CARD_3_0, card);
        }
    }
    arena_reset(arena);
    return 0;
}
