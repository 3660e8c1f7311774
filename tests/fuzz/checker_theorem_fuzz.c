/*
 * Any bytes as a theorem file for aonck: errors in the promised form, or a core, the same
 * each time; no crash, no leak, no internal error, 256 MiB at most.
 */
#include "elab.h"
#include "fuzz/checker_file.h"

long fuzz_reached;

typedef struct {
    const char *path;
    char *text; /* core or errors; of malloc */
} reading;

static int
read_it(void *arg)
{
    reading *r = arg;
    char room[1000];
    const char *libdir = fuzz_path(room, sizeof room, "tests/fuzz");
    ck_program p;
    ck_text out = {0};

    ck_program_read(&p, r->path, &libdir, 1);
    ck_core_text(&out, &p, NULL, 0);
    r->text = strdup(out.s);
    return CK_EXIT_ACCEPTED;
}

/* The error is one line: FILE:LINE:COL: error: .. [slug] */
static void
check_error(const char *text)
{
    size_t n = strlen(text);

    FUZZ_REQUIRE(strchr(text, '\n') == NULL && strstr(text, ": error: ") != NULL &&
                     text[n - 1] == ']',
                 "%s\n", text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    reading r[2] = {{.path = fuzz_file(data, size)}};
    int status[2];

    r[1] = r[0];
    ck_set_memory_limit((size_t)256 << 20);
    for (int i = 0; i < 2; i++) {
        status[i] = ck_run(read_it, &r[i]);
        if (status[i] != CK_EXIT_ACCEPTED)
            r[i].text = strdup(ck_message);
        FUZZ_REQUIRE(r[i].text != NULL, "out of memory\n");
        if (status[i] == CK_EXIT_ACCEPTED)
            FUZZ_REQUIRE(strncmp(r[i].text, "core 1\n", 7) == 0, "%s\n", r[i].text);
        else
            check_error(r[i].text);
    }
    FUZZ_REQUIRE(status[0] == status[1] && strcmp(r[0].text, r[1].text) == 0,
                 "first %s\nthen %s\n", r[0].text, r[1].text);
    fuzz_reached += status[0] == CK_EXIT_ACCEPTED;
    free(r[0].text);
    free(r[1].text);
    return 0;
}
