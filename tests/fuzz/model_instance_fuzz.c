/* Any bytes as an instance: what can be read prints to a text that reads the same. */
#include "fuzz/fuzz.h"
#include "model/instance.h"

#include <string.h>

long fuzz_reached;

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    aon_diags *diags = aon_diags_new();
    aon_instance *in = NULL, *again = NULL;
    aon_buf out, out2;

    aon_buf_init(&out);
    aon_buf_init(&out2);
    if (aon_instance_read(&in, "fuzz.aoni", (const char *)data, size, diags) ==
        AON_OK) {
        fuzz_reached++;
        aon_instance_print(in, &out);
        if (aon_instance_read(&again, "again", out.s, out.len, diags) != AON_OK)
            __builtin_trap();
        aon_instance_print(again, &out2);
        if (out.len != out2.len || memcmp(out.s, out2.s, out.len) != 0)
            __builtin_trap();
        aon_instance_free(again);
        aon_instance_free(in);
    }
    aon_buf_reset(&out);
    aon_diags_print(diags, &out, false);
    aon_buf_clear(&out2);
    aon_buf_clear(&out);
    aon_diags_free(diags);
    return 0;
}
