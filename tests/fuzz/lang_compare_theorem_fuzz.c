/*
 * Any bytes as a theorem file, read by aon and by aonck: the same core, byte for byte, or
 * the same first error (by its slug).
 */
#include "elab.h"
#include "fuzz/checker_file.h"
#include "lang/core.h"

long fuzz_reached;

typedef struct {
    const char *path;
    char *text; /* core or error; of malloc */
    bool core;
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

static void
compare(aon_buf *core, const aon_diags *diags, const reading *r)
{
    char slug[100];
    const char *open = r->text + strlen(r->text);

    if (core->len > 0) {
        FUZZ_REQUIRE(r->core, "aon: a core; aonck: %s\n", r->text);
        FUZZ_REQUIRE(strcmp(core->s, r->text) == 0, "aon: %s\naonck: %s\n", core->s,
                     r->text);
        return;
    }
    FUZZ_REQUIRE(!r->core, "aon: [%s]; aonck: a core\n", aon_diags_slug(diags, 0));
    while (open > r->text && *open != '[')
        open--;
    snprintf(slug, sizeof slug, "[%s]", aon_diags_slug(diags, 0));
    FUZZ_REQUIRE(strncmp(open, slug, strlen(slug)) == 0,
                 "aon: %s in line %zu\naonck: %s\n", slug, aon_diags_line(diags, 0),
                 r->text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    aon_diags *diags = aon_diags_new();
    aon_theory *t = NULL;
    aon_buf core;
    char room[1000];
    reading r = {.path = fuzz_file(data, size)};

    aon_buf_init(&core);
    if (aon_theory_parse_core(&t, "fuzz.aon", (const char *)data, size,
                              fuzz_path(room, sizeof room, "tests/fuzz"), NULL, 0,
                              diags) == AON_OK) {
        fuzz_reached++;
        aon_theory_print_core(t, &core);
        aon_buf_putc(&core, '\0');
        aon_theory_free(t);
    }
    r.core = ck_run(read_it, &r) == CK_EXIT_ACCEPTED;
    if (!r.core)
        r.text = strdup(ck_message);
    FUZZ_REQUIRE(r.text != NULL, "out of memory\n");
    compare(&core, diags, &r);
    free(r.text);
    aon_buf_clear(&core);
    aon_diags_free(diags);
    return 0;
}
