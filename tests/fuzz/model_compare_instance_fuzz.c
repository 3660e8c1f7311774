/*
 * Any bytes as an instance, read by aon and, inside a witness, by aonck.  aonck accepts
 * exactly what aon reads and would have printed so; whether it fits a statement with every
 * sort is asked, too, for the sake of crashes and limits.
 */
#include "check.h"
#include "fuzz/fuzz.h"
#include "model/instance.h"

long fuzz_reached;

typedef struct {
    const char *theorem;
    aon_buf witness;
} reading;

static int
check_it(void *arg)
{
    const reading *r = arg;
    ck_program p;
    ck_text said = {0};
    char *copy = ck_new(r->witness.len + 1);

    memcpy(copy, r->witness.s, r->witness.len);
    ck_program_read(&p, r->theorem, NULL, 0);
    return ck_check(&p, copy, r->witness.len, &said) == CK_ACCEPTED ? CK_EXIT_ACCEPTED
                                                                    : CK_EXIT_REFUSED;
}

/* Is this, as the instance of a witness for the statement, accepted? */
static bool
accepted(const char *statement, const uint8_t *data, size_t size)
{
    static char theorem[1000];
    reading r = {.theorem = fuzz_path(theorem, sizeof theorem, "tests/fuzz/sorts.aon")};
    int status;

    aon_buf_init(&r.witness);
    aon_buf_printf(&r.witness, "aonw 1\nstatement %s\n", statement);
    aon_buf_put(&r.witness, (const char *)data, size);
    aon_buf_puts(&r.witness, "verdict holds\nshow c true\nend\n");
    status = ck_run(check_it, &r);
    FUZZ_REQUIRE(strncmp(ck_message, "internal error", 14) != 0 &&
                     strncmp(ck_message, "out of memory", 13) != 0,
                 "%s\n", ck_message);
    aon_buf_clear(&r.witness);
    return status == CK_EXIT_ACCEPTED;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    aon_diags *diags = aon_diags_new();
    aon_instance *in = NULL;
    aon_buf out;
    bool canonical = false, fits;

    ck_set_memory_limit((size_t)256 << 20);
    aon_buf_init(&out);
    if (aon_instance_read(&in, "fuzz.aoni", (const char *)data, size, diags) ==
        AON_OK) {
        aon_instance_print(in, &out);
        canonical = out.len == size && memcmp(out.s, data, size) == 0;
        aon_instance_free(in);
    }
    FUZZ_REQUIRE(accepted("any_instance", data, size) == canonical,
                 "canonical: %d; aonck: %s\n", canonical, ck_message);
    fits = accepted("all_sorts", data, size);
    fuzz_reached += fits;
    FUZZ_REQUIRE(canonical || !fits, "aonck alone can read this\n");
    aon_buf_clear(&out);
    aon_diags_free(diags);
    return 0;
}
