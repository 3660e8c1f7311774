/* What the targets share: where the sources are, and a trap that says why. */
#ifndef AON_TESTS_FUZZ_H
#define AON_TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* Inputs that were read, or accepted, to their end; each target counts them. */
extern long fuzz_reached;

/* A file or folder of the sources: below $SRCDIR, else below the working directory. */
static inline const char *
fuzz_path(char *room, size_t size, const char *below)
{
    const char *top = getenv("SRCDIR");

    snprintf(room, size, "%s/%s", top != NULL ? top : ".", below);
    return room;
}

#define FUZZ_REQUIRE(cond, ...)                                                        \
    do {                                                                               \
        if (!(cond)) {                                                                 \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #cond);                 \
            fprintf(stderr, __VA_ARGS__);                                              \
            abort();                                                                   \
        }                                                                              \
    } while (0)

#endif
