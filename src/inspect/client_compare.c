/* The client's question about a returned file and its original. */
#include "inspect/client.h"

#include "inspect/dialogue.h"

static bool take_comparison(struct inspect_dialogue *dialogue,
                            const struct inspect_comparison **comparison, enum inspect_failure *why)
{
    struct inspect_comparison *own = ARENA_NEW(dialogue->arena, struct inspect_comparison);
    struct wire_message answer;

    if (!dialogue_hear(dialogue, 1U << WIRE_COMPARED, sizeof *own, &answer, why))
        return false;
    if (answer.payload.length != sizeof *own)
        return dialogue_failed(dialogue, INSPECT_FAILED_CRASHED, why);
    memcpy(own, answer.payload.data, sizeof *own);
    if (!inspect_comparison_sound(own))
        return dialogue_failed(dialogue, INSPECT_FAILED_CRASHED, why);
    *comparison = own;
    return true;
}

enum err inspect_compare(struct arena *arena, const struct settings *settings,
                         struct bytes original, struct bytes returned, bool only_signed,
                         const struct inspect_comparison **comparison)
{
    struct wire_message ask = {.kind = WIRE_COMPARE, .arguments = {only_signed ? 1 : 0}};
    struct inspect_dialogue *dialogue;
    enum inspect_failure why;
    int connection;

    if (original.length == 0)
        return inspect_failure_raise(INSPECT_FAILED_EMPTY);
    ERR_TRY(dialogue_connect(settings, &connection));
    dialogue = dialogue_new(arena, connection);
    if (!dialogue_begin(dialogue, ask, returned, &why) ||
        !dialogue_tell(dialogue, (struct wire_message){.kind = WIRE_ORIGINAL}, original, &why) ||
        !take_comparison(dialogue, comparison, &why))
        return inspect_failure_raise(why);
    inspect_close(dialogue);
    return ERR_OK;
}
