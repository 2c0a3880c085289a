/* OpenSSL with what signatures need and nothing else.
 *
 * Its default provider brings ciphers, key exchange, encodings of private keys …: code that a
 * hostile certificate could reach, and that has to be listed again in every process before the
 * first key is read (two fifths of the time to judge a file). */
#ifndef PARAPHE_INSPECT_ALGORITHMS_H
#define PARAPHE_INSPECT_ALGORITHMS_H

#include "base/err.h"

/* Puts into OpenSSL's default context a provider with the default one's digests, public keys and
 * signatures. To be called before anything else of OpenSSL; a second call does nothing. The
 * configuration file is not read. */
enum err inspect_algorithms_load(void);

/* Looks up what nearly every signature uses, for a process whose children will. */
void inspect_algorithms_warm(void);

#endif
