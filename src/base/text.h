/* Text of people: UTF-8 (RFC 3629) and the forms a French platform needs. */
#ifndef PARAPHE_BASE_TEXT_H
#define PARAPHE_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

/* Reads one character at *at and moves *at behind it; returns false, without moving, where the
 * bytes are not UTF-8 (overlong forms and surrogates included) or *at is the end. */
bool text_next(const char **at, const char *end, uint32_t *character);

bool text_is_utf8(struct bytes text);

/* How many characters (code points) valid UTF-8 text has. */
size_t text_length(const char *text);

/* Without white space (also non-breaking) at both ends, each run of it inside as one space, and
 * without control characters. For names and one-line fields. */
const char *text_squeeze(struct arena *arena, const char *text);

/* Capitals of Latin, Greek and Cyrillic letters, accents kept: "Œuvré" → "ŒUVRÉ". */
const char *text_upper(struct arena *arena, const char *text);

/* For comparing and searching: lower case, without accents, ligatures opened, everything that is
 * neither letter nor digit as one space: "L’Hôpital-Œuvré" → "l hopital oeuvre". Latin only;
 * other letters are kept as they are. */
const char *text_fold(struct arena *arena, const char *text);

/* Whether text can be an e-mail address that mail is sent to: one @, a domain with a dot, no
 * white space, quotes or control characters, at most 254 bytes (RFC 5321 §4.5.3.1), ASCII. */
bool text_is_email(const char *text);

#endif
