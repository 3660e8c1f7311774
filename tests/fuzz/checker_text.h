/* A witness or a certificate as bytes, checked against a theorem file of the sources. */
#ifndef AON_TESTS_FUZZ_CHECKER_TEXT_H
#define AON_TESTS_FUZZ_CHECKER_TEXT_H

#include "check.h"
#include "fuzz/checker_file.h"

typedef struct {
    const char *theorem, *witness;
    size_t len;
    char said[4000];
} reading;

static inline int
check_it(void *arg)
{
    reading *r = arg;
    ck_program p;
    ck_text said = {0};
    char *copy = ck_new(r->len + 1); /* reads behind the end are seen */

    memcpy(copy, r->witness, r->len);
    ck_program_read(&p, r->theorem, NULL, 0);
    if (ck_check(&p, copy, r->len, &said) != CK_ACCEPTED)
        return CK_EXIT_REFUSED;
    snprintf(r->said, sizeof r->said, "%s", said.s);
    return CK_EXIT_ACCEPTED;
}

static inline int
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
                         strncmp(r->said, "accepted: ", 10) == 0,
                     "exit %d: %s\n", status, r->said);
    return status;
}

/* The part of a theorem file (below $SRCDIR) before its first statement, and the one statement
   that the text names; all, if it names none: reading a statement takes longer than checking a
   small witness. */
static inline const char *
theorem_for(const char *file, const char *text)
{
    static char all[1 << 14], few[1 << 14], room[1000];
    const char *name = strstr(text, "statement "), *first, *at;
    size_t n = name != NULL ? strcspn(name, "\n") : 0;

    if (all[0] == '\0') {
        FILE *f = fopen(fuzz_path(room, sizeof room, file), "rb");

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

/* Asks about the bytes; whatever is accepted has no other form: a byte less, or one more, is
   refused.  What was said of accepted ones, else NULL. */
static inline const char *
check_bytes(const char *file, const uint8_t *data, size_t size)
{
    static reading r;
    char *text = malloc(size + 2);
    bool accepted;

    FUZZ_REQUIRE(text != NULL, "out of memory\n");
    memcpy(text, data, size);
    text[size] = text[size + 1] = '\0';
    r.theorem = theorem_for(file, text);
    ck_set_memory_limit((size_t)256 << 20);
    accepted = ask(&r, text, size) == CK_EXIT_ACCEPTED;
    if (accepted) {
        FUZZ_REQUIRE(ask(&r, text, size - 1) == CK_EXIT_REFUSED,
                     "without the last byte\n");
        text[size] = '\n';
        FUZZ_REQUIRE(ask(&r, text, size + 1) == CK_EXIT_REFUSED, "with a byte more\n");
        FUZZ_REQUIRE(ask(&r, text, size) == CK_EXIT_ACCEPTED, "accepted only once\n");
    }
    free(text);
    return accepted ? r.said : NULL;
}

#endif
