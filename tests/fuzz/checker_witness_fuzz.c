/*
 * Any bytes as a witness for the statements of tests/fuzz/facts.aon: refused by name, or
 * accepted with the verdict that it claims; no crash, no leak, no internal error, 256 MiB at
 * most.  What is accepted has no other form: a byte less, or one more, is refused.
 */
#include "check.h"
#include "fuzz/checker_file.h"

typedef struct {
    const char *theorem, *witness;
    size_t len;
    char said[4000];
} reading;

static int
check_it(void *arg)
{
    reading *r = arg;
    ck_program p;
    ck_text said = {0};
    char *copy = ck_new(r->len + 1); /* reads behind the end are seen */

    memcpy(copy, r->witness, r->len);
    ck_program_read(&p, r->theorem, NULL, 0);
    CK_ASSERT(p.errors.n == 0);
    if (ck_check(&p, copy, r->len, &said) != CK_ACCEPTED)
        return CK_EXIT_REFUSED;
    snprintf(r->said, sizeof r->said, "%s", said.s);
    return CK_EXIT_ACCEPTED;
}

static int
ask(reading *r, const char *bytes, size_t len)
{
    int status;

    r->witness = bytes;
    r->len = len;
    r->said[0] = '\0';
    status = ck_run(check_it, r);
    FUZZ_REQUIRE(strncmp(ck_message, "internal error", 14) != 0 &&
                     strncmp(ck_message, "out of memory", 13) != 0,
                 "%s\n", ck_message);
    if (status == CK_EXIT_REFUSED)
        FUZZ_REQUIRE(strncmp(ck_message, "refused: line ", 14) == 0 &&
                         strchr(ck_message, '[') != NULL,
                     "%s\n", ck_message);
    else if (status == CK_EXIT_UNREADABLE)
        FUZZ_REQUIRE(ck_message[0] != '\0', "unreadable without a word\n");
    else
        FUZZ_REQUIRE(status == CK_EXIT_ACCEPTED &&
                         strncmp(r->said, "accepted: statement ", 20) == 0,
                     "exit %d: %s\n", status, r->said);
    return status;
}

/* The line `verdict ..` must be in what was said. */
static void
check_claim(const reading *r, const char *text)
{
    const char *line = strstr(text, "\nverdict "), *end, *said;

    FUZZ_REQUIRE(line != NULL, "accepted without a verdict\n");
    line += strlen("\nverdict ");
    end = strchr(line, '\n');
    said = strstr(r->said, ": ");
    FUZZ_REQUIRE(end != NULL && said != NULL, "%s\n", r->said);
    for (; said != NULL; said = strstr(said + 1, ": "))
        if (strncmp(said + 2, line, (size_t)(end - line)) == 0 &&
            said[2 + (end - line)] == ';')
            return;
    FUZZ_REQUIRE(false, "%s\n", r->said);
}

/* The library of facts.aon and the one statement that the witness names; all, if it names
   none: reading a statement takes longer than checking a small witness. */
static const char *
theorem_for(const char *witness)
{
    static char all[1 << 14], few[1 << 14], room[1000];
    const char *name = strstr(witness, "statement "), *first, *at;
    size_t n = name != NULL ? strcspn(name, "\n") : 0;

    if (all[0] == '\0') {
        FILE *f = fopen(fuzz_path(room, sizeof room, "tests/fuzz/facts.aon"), "rb");

        FUZZ_REQUIRE(f != NULL && fread(all, 1, sizeof all - 1, f) > 0, "no %s\n",
                     room);
        fclose(f);
    }
    first = strstr(all, "statement ");
    for (at = first; at != NULL && n > 0; at = strstr(at + 1, "\nstatement ")) {
        const char *word = at == first ? at : at + 1,
                   *end = strstr(word, "\nstatement ");

        if (strncmp(word, name, n) != 0 || word[n] != '\n')
            continue;
        snprintf(few, sizeof few, "%.*s%.*s\n", (int)(first - all), all,
                 end == NULL ? (int)strlen(word) : (int)(end - word), word);
        return fuzz_file(few, strlen(few));
    }
    return fuzz_file(all, strlen(all));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    reading r = {0};
    char *text = malloc(size + 2);

    FUZZ_REQUIRE(text != NULL, "out of memory\n");
    memcpy(text, data, size);
    text[size] = text[size + 1] = '\0';
    r.theorem = theorem_for(text);
    ck_set_memory_limit((size_t)256 << 20);
    if (ask(&r, text, size) == CK_EXIT_ACCEPTED) {
        check_claim(&r, text);
        FUZZ_REQUIRE(ask(&r, text, size - 1) == CK_EXIT_REFUSED,
                     "without the last byte\n");
        text[size] = '\n';
        FUZZ_REQUIRE(ask(&r, text, size + 1) == CK_EXIT_REFUSED, "with a byte more\n");
    }
    free(text);
    return 0;
}
