/*
 * Bounded searches, remembered under a digest of what was asked.
 */
#include "cli/suite_search.h"

#include "cli/lock_digest.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char key[AON_DIGEST_LEN + 1];
    aon_suite_found *found;
} entry;

struct aon_suite_searches {
    entry *entry;
    size_t n, cap;
};

aon_suite_searches *
aon_suite_searches_new(void)
{
    return aon_xcalloc(1, sizeof(aon_suite_searches));
}

void
aon_suite_searches_free(aon_suite_searches *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < s->n; i++) {
        if (s->entry[i].found->in != NULL)
            aon_instance_free(s->entry[i].found->in);
        free(s->entry[i].found->certificate);
        free(s->entry[i].found);
    }
    free(s->entry);
    free(s);
}

/* The core is in the key as text: it is what decides, whatever it was written as. */
static void
key_of(char key[AON_DIGEST_LEN + 1], const aon_suite_run *r,
       const aon_suite_search_spec *spec)
{
    aon_buf b;

    aon_buf_init(&b);
    aon_core_print(r->core, &b);
    for (size_t i = 0; i < r->core->nassume; i++)
        aon_buf_printf(&b, "%" PRIu32 " ", r->root[i]);
    aon_buf_printf(&b, "\n%s\n%" PRIu64 " %d",
                   spec->because != NULL ? spec->because : "", spec->work,
                   spec->certificate);
    for (size_t i = 0; spec->max != NULL && i < AON_SHAPE_MAX; i++)
        aon_buf_printf(&b, " %" PRIu32, spec->max[i]);
    aon_digest(key, b.s, b.len);
    aon_buf_clear(&b);
}

static void
take(aon_suite_found *out, aon_find_result *f)
{
    out->outcome = f->outcome;
    out->nshape = f->nshape;
    memcpy(out->max, f->max, sizeof out->max);
    if (f->nhit > 0) {
        memcpy(out->shape, f->hit[0].shape, sizeof out->shape);
        out->below = f->hit[0].undecided;
        out->in = f->hit[0].in;
        f->hit[0].in = NULL;
    }
    out->cells = f->cells;
    out->next_cell = f->next_cell;
    out->orbits = f->orbits;
    out->applicable = f->applicable;
    out->undecided = f->undecided;
    out->solved = f->solved;
    out->no_certificate = f->no_certificate;
    if (f->certificate.len > 0) {
        out->certificate = aon_xmalloc(f->certificate.len);
        memcpy(out->certificate, f->certificate.s, f->certificate.len);
        out->ncertificate = f->certificate.len;
    }
}

const aon_suite_found *
aon_suite_search(aon_cli *cli, aon_suite_searches *s, const aon_suite_run *r,
                 const aon_suite_search_spec *spec)
{
    const aon_find_spec find = {.core = r->core,
                                .root = r->root,
                                .variant = r->as,
                                .because = spec->because,
                                .max = spec->max,
                                .max_work = spec->work,
                                .jobs = spec->jobs,
                                .certificate = spec->certificate,
                                .skip = !spec->certificate};
    aon_suite_found *found;
    aon_find_result f;
    char key[AON_DIGEST_LEN + 1];

    key_of(key, r, spec);
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->entry[i].key, key) == 0)
            return s->entry[i].found;
    found = aon_xcalloc(1, sizeof *found);
    if (aon_find(&f, &find, cli->diags) == AON_OK)
        take(found, &f);
    else
        found->refused = true;
    aon_find_result_clear(&f);
    s->entry = aon_grow(s->entry, &s->cap, s->n + 1, sizeof *s->entry);
    memcpy(s->entry[s->n].key, key, sizeof key);
    s->entry[s->n++].found = found;
    return found;
}
