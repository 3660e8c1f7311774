/* The checker reads files; the bytes of an input are one without a disk. */
#ifndef AON_TESTS_FUZZ_CHECKER_FILE_H
#define AON_TESTS_FUZZ_CHECKER_FILE_H

#include "fuzz/fuzz.h"

#include <unistd.h>

/* One file for all inputs of the run; its name stays the same. */
static inline const char *
fuzz_file(const void *data, size_t size)
{
    static FILE *file;
    static char path[64];

    if (file == NULL) {
        file = tmpfile();
        FUZZ_REQUIRE(file != NULL, "no temporary file\n");
        snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(file));
    }
    rewind(file);
    FUZZ_REQUIRE(ftruncate(fileno(file), 0) == 0 &&
                     fwrite(data, 1, size, file) == size && fflush(file) == 0,
                 "cannot write %zu bytes\n", size);
    return path;
}

#endif
