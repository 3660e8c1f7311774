/*
 * Feeds files to a fuzz target without libFuzzer: each whole, and cut at eight places.  One
 * of them at least must be good.
 *
 * usage: TARGET_replay FILE|FOLDER ..
 */
#include "fuzz/fuzz.h"

#include <dirent.h>
#include <string.h>

static long inputs;

static void
replay_file(const char *path)
{
    static uint8_t bytes[1 << 20];
    FILE *f = fopen(path, "rb");
    size_t n;

    FUZZ_REQUIRE(f != NULL, "cannot read %s\n", path);
    n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    fprintf(stderr, "%s\n", path);
    for (size_t i = 0; i <= 8; i++) {
        uint8_t *exact = malloc(n * i / 8 + 1); /* so that an overrun is seen */

        FUZZ_REQUIRE(exact != NULL, "out of memory\n");
        memcpy(exact, bytes, n * i / 8);
        LLVMFuzzerTestOneInput(exact, n * i / 8);
        free(exact);
        inputs++;
    }
}

static int
visible(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

int
main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct dirent **entry;
        int n = scandir(argv[i], &entry, visible, alphasort);

        if (n < 0)
            replay_file(argv[i]);
        for (int k = 0; k < n; k++) {
            char path[2000];

            snprintf(path, sizeof path, "%s/%s", argv[i], entry[k]->d_name);
            replay_file(path);
            free(entry[k]);
        }
        if (n >= 0)
            free(entry);
    }
    printf("%ld inputs, %ld of them good\n", inputs, fuzz_reached);
    return fuzz_reached > 0 ? 0 : 1; /* seeds that all fail early test nothing */
}
