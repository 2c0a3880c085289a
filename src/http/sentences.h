/* The sentences people read when something went wrong: views/errors.txt, lines `key = sentence`,
 * `#` begins a comment line. C holds keys only. */
#ifndef PARAPHE_HTTP_SENTENCES_H
#define PARAPHE_HTTP_SENTENCES_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct http_sentences;

/* Reads the file at path into the arena. ERR_INVALID names the line that is wrong: no sentence, a
 * key given twice, text that is not UTF-8. */
enum err http_sentences_read(struct arena *arena, const char *path,
                             const struct http_sentences **sentences);

/* The sentence of that key, or NULL. */
const char *http_sentences_get(const struct http_sentences *sentences, const char *key);

#endif
