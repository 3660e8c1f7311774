/*
 * "None in scope" as text (docs/search.md, 6).
 */
#include "search/impl.h"

#include <inttypes.h>

static void
put_numbers(aon_buf *out, const char *word, const uint32_t *v, size_t n)
{
    aon_buf_puts(out, word);
    for (size_t i = 0; i < n; i++)
        aon_buf_printf(out, " %" PRIu32, v[i]);
    aon_buf_putc(out, '\n');
}

void
aon_certificate_head(aon_buf *out, const aon_scope_spec *s, const aon_variant *v,
                     const uint32_t *min, const uint32_t *max)
{
    aon_buf_printf(out, "aonc 1\nstatement %s\n", s->core->name);
    if (v != NULL)
        aon_variant_print(out, s->core, v);
    if (s->because != NULL)
        aon_buf_printf(out, "because %s\n", s->because);
    aon_buf_printf(out, "grid %" PRIu32 "\n", s->grid);
    put_numbers(out, "min", min, s->ndims + 2);
    put_numbers(out, "max", max, s->ndims + 2);
    for (size_t l = 0; l < s->njoin; l++)
        aon_buf_printf(out, "join %s %s %s\n",
                       s->core->assume[s->join[l].hypothesis].name,
                       s->core->given[s->item_given[s->join[l].i]].name,
                       s->core->given[s->item_given[s->join[l].j]].name);
}

void
aon_certificate_cell(aon_buf *out, const aon_cell *c, const aon_rung *r)
{
    put_numbers(out, "shape", r->shape, c->spec->ndims + 2);
    put_numbers(out, "chains", r->chain, r->nchains);
    aon_buf_printf(out, "space %" PRIu64 "\ngroup %" PRIu64 "\n", c->total, c->group);
}

void
aon_certificate_orbit(aon_buf *out, const aon_cell *c, const uint64_t *code,
                      uint64_t stabiliser)
{
    aon_buf_printf(out, "orbit %" PRIu64, stabiliser);
    for (size_t i = 0; i < c->nitems; i++)
        aon_buf_printf(out, " %" PRIu64, code[i]);
    aon_buf_putc(out, '\n');
}
