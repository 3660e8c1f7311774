/*
 * Any bytes as a witness for the statements of facts.aon: refused by name, or accepted with the
 * verdict that it claims; no crash, no leak, no internal error, 256 MiB at most.
 */
#include "fuzz/checker_text.h"

long fuzz_reached;

/* The line `verdict ..` must be in what was said. */
static void
check_claim(const char *said, const char *text)
{
    const char *line = strstr(text, "\nverdict "), *end;

    FUZZ_REQUIRE(line != NULL, "accepted without a verdict\n");
    line += strlen("\nverdict ");
    end = strchr(line, '\n');

    FUZZ_REQUIRE(end != NULL, "%s\n", said);
    for (said = strstr(said, ": "); said != NULL; said = strstr(said + 1, ": "))
        if (strncmp(said + 2, line, (size_t)(end - line)) == 0 &&
            said[2 + (end - line)] == ';')
            return;
    FUZZ_REQUIRE(false, "another verdict than %s\n", line);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *said = check_bytes("tests/fuzz/facts.aon", data, size);
    char *text;

    if (said == NULL)
        return 0;
    fuzz_reached++;
    text = strndup((const char *)data, size);
    FUZZ_REQUIRE(text != NULL, "out of memory\n");
    check_claim(said, text);
    free(text);
    return 0;
}
