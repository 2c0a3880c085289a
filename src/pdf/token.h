/* What identifies a convention: a random ID with a keyed MAC, so that nobody can forge one for
 * another convention, in a form for machines (the token) and one for people (the short code).
 *
 * The key is the content of settings->secret_file, read once in a process. Whoever replaces that
 * file makes every convention printed before unrecognisable. */
#ifndef PARAPHE_PDF_TOKEN_H
#define PARAPHE_PDF_TOKEN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/settings.h"

#define PDF_ID_SIZE 16

/* "0000-0000-0000": eleven characters that say something, and a check character. */
#define PDF_SHORT_CODE_LENGTH 14

struct pdf_token {
    const char *text;       /* base64url(ID ‖ first 16 bytes of the MAC), 43 characters */
    const char *metadata;   /* "PARAPHE1:" and text: stands in the PDF's metadata */
    const char *address;    /* "{base_url}/c/" and text: stands in the QR code */
    const char *short_code; /* "XXXX-XXXX-XXXX", for people */
};

/* A new random ID. */
void pdf_id_make(unsigned char id[PDF_ID_SIZE]);

/* The forms of an ID; always the same for the same ID and key. Fails with ERR_INTERNAL where the
 * secret cannot be read or has fewer than 32 bytes. */
enum err pdf_token_make(struct arena *arena, const struct settings *settings,
                        const unsigned char id[PDF_ID_SIZE], struct pdf_token *token);

/* Reads a token as metadata, as an address (of any site: ours may have moved) or bare. Puts the ID
 * and true where its MAC is ours; puts false for everything else. The MAC is compared in constant
 * time. Fails only as pdf_token_make does. */
enum err pdf_token_parse(const struct settings *settings, const char *text,
                         unsigned char id[PDF_ID_SIZE], bool *genuine);

/* Reads a short code as people type it: lower case, O for 0, I or L for 1, with or without spaces
 * and hyphens. Puts its printed form; returns false where it is no short code or its check
 * character does not agree (one mistyped character or two neighbours exchanged). */
bool pdf_short_code_parse(const char *typed, char code[PDF_SHORT_CODE_LENGTH + 1]);

#endif
