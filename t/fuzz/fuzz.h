/* For the fuzz targets: what must hold of every result. */
#ifndef PARAPHE_T_FUZZ_H
#define PARAPHE_T_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program where condition is false, also in a build without assertions. */
#define FUZZ_WANT(condition) \
    do {                     \
        if (!(condition))    \
            abort();         \
    } while (0)

#endif
