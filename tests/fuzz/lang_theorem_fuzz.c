/*
 * Any bytes as a theorem file: read, print its core, lay it out; no crash, no leak.  The
 * library is a short one: it is read for each input.
 */
#include "fuzz/fuzz.h"
#include "lang/core.h"

#include <string.h>

long fuzz_reached;

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    aon_diags *diags = aon_diags_new();
    aon_theory *t = NULL;
    aon_buf out;
    char room[1000];

    aon_buf_init(&out);
    if (aon_theory_parse(&t, "fuzz.aon", (const char *)data, size,
                         fuzz_path(room, sizeof room, "tests/fuzz"), NULL, 0,
                         diags) == AON_OK) {
        fuzz_reached++;
        aon_theory_print_core(t, &out);
        aon_theory_free(t);
    }
    aon_diags_print(diags, &out, false);
    aon_buf_reset(&out);
    if (aon_format(&out, "fuzz.aon", (const char *)data, size, diags) == AON_OK) {
        /* what was laid out can be read again and stays as it is */
        aon_buf again;

        aon_buf_init(&again);
        if (aon_format(&again, "fuzz.aon", out.s, out.len, diags) != AON_OK)
            __builtin_trap();
        if (again.len != out.len || memcmp(again.s, out.s, out.len) != 0)
            __builtin_trap();
        aon_buf_clear(&again);
    }
    aon_buf_clear(&out);
    aon_diags_free(diags);
    return 0;
}
