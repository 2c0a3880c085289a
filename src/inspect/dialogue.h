/* One conversation with the inspector, as its clients hold it: client.h's insides. */
#ifndef PARAPHE_INSPECT_DIALOGUE_H
#define PARAPHE_INSPECT_DIALOGUE_H

#include "inspect/client.h"

struct inspect_dialogue {
    struct arena *arena;
    int connection; /* -1 once closed */
    bool ready;     /* its turn has come */
    int64_t deadline;
    struct inspect_claim claim;
};

/* Over a connection, which it closes at the end; until its turn has come it waits so long. */
struct inspect_dialogue *dialogue_new(struct arena *arena, int connection);

/* Connects to the service. Errors as client.h's. */
enum err dialogue_connect(const struct settings *settings, int *connection);

/* Ends it, and puts why; always false. */
bool dialogue_failed(struct inspect_dialogue *dialogue, enum inspect_failure failure,
                     enum inspect_failure *why);

/* The next message, of one of the kinds expected (bits). A failure that was told, or anything else,
 * ends the dialogue. */
bool dialogue_hear(struct inspect_dialogue *dialogue, unsigned expected, size_t limit,
                   struct wire_message *message, enum inspect_failure *why);

/* Sends a message with content beside it, or with nothing where its length is 0. */
bool dialogue_tell(struct inspect_dialogue *dialogue, struct wire_message message,
                   struct bytes content, enum inspect_failure *why);

/* From now on it is the inspector's time that counts. grace: where a service keeps it too. */
void dialogue_turn(struct inspect_dialogue *dialogue, int64_t grace);

/* Waits for the inspector's turn, after the first message. */
bool dialogue_ready(struct inspect_dialogue *dialogue, enum inspect_failure *why);

/* The first message, up to the inspector's turn. */
bool dialogue_begin(struct inspect_dialogue *dialogue, struct wire_message first, struct bytes file,
                    enum inspect_failure *why);

#endif
