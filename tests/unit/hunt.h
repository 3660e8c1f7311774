/*
 * One search of aon_find in a test: the statement, its variant, the bound, the result.
 */
#ifndef AON_UNIT_HUNT_H
#define AON_UNIT_HUNT_H

#include "search/find.h"
#include "unit/t.h"

typedef struct {
    aon_theory *theory;
    const aon_core *core;
    aon_ref root[16];
    aon_variant variant;
    const char *list[2];
    aon_find_spec spec;
    aon_find_result result;
} hunt;

static void
put_errors(const aon_diags *diags)
{
    aon_buf out;

    aon_buf_init(&out);
    aon_diags_print(diags, &out, false);
    fputs(out.s, stdout);
    aon_buf_clear(&out);
}

/* file: below theorems/, or a text if it has a line end; core is NULL unless it has the
 * statement. */
static bool
load_statement(aon_theory **theory, const aon_core **core, const char *file,
               const char *statement, aon_diags *diags)
{
    const char *src = getenv("SRCDIR");
    const bool text = strchr(file, '\n') != NULL;
    char path[512];
    aon_status st;

    (void)snprintf(path, sizeof path, "%s/theorems/%s", src != NULL ? src : ".",
                   text ? "" : file);
    st = text ? aon_theory_parse(theory, "t", file, strlen(file), path, NULL, 0, diags)
              : aon_theory_load(theory, path, NULL, 0, diags);
    for (size_t i = 0; st == AON_OK && i < aon_theory_statements(*theory); i++)
        if (strcmp(aon_theory_statement(*theory, i), statement) == 0)
            *core = aon_theory_core(*theory, i);
    return st == AON_OK && *core != NULL;
}

static T_UNUSED bool
open_hunt(hunt *h, const char *file, const char *statement, const char *without,
          const char *weaken)
{
    aon_diags *diags = aon_diags_new();
    bool ok;

    memset(h, 0, sizeof *h);
    h->list[0] = without;
    h->list[1] = weaken;
    h->variant.without = &h->list[0];
    h->variant.nwithout = without != NULL;
    h->variant.weaken = &h->list[1];
    h->variant.nweaken = weaken != NULL;
    ok = load_statement(&h->theory, &h->core, file, statement, diags) &&
         aon_variant_roots(h->core, &h->variant, h->root, diags) == AON_OK;
    put_errors(diags);
    aon_diags_free(diags);
    h->spec.core = h->core;
    h->spec.root = h->root;
    h->spec.variant = &h->variant;
    h->spec.jobs = 2;
    return ok;
}

static T_UNUSED bool
run_hunt(hunt *h)
{
    aon_diags *diags = aon_diags_new();
    const bool ok = aon_find(&h->result, &h->spec, diags) == AON_OK;

    put_errors(diags);
    aon_diags_free(diags);
    return ok;
}

static T_UNUSED void
close_hunt(hunt *h)
{
    aon_find_result_clear(&h->result);
    aon_theory_free(h->theory);
}

#endif
