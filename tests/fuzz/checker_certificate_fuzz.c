/*
 * Any bytes as a certificate for the statements of tests/accept/scopes.aon: refused by name, or
 * accepted as one; no crash, no leak, no internal error, 256 MiB at most.
 */
#include "fuzz/checker_text.h"

long fuzz_reached;

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *said = check_bytes("tests/accept/scopes.aon", data, size);

    if (said == NULL)
        return 0;
    fuzz_reached++;
    FUZZ_REQUIRE(strncmp(said, "accepted: none in scope: statement ", 35) == 0, "%s\n",
                 said);
    return 0;
}
