/*
 * Shapes by (sum, then lexicographic), and for each every way to cut the contexts into
 * chains: the longest chains first.
 */
#include "search/impl.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const aon_scope_spec *s;
    aon_rung *rung;
    size_t n, cap, nshape;
} ladder;

static void
add(ladder *l, const aon_rung *r)
{
    l->rung = aon_grow(l->rung, &l->cap, l->n + 1, sizeof *l->rung);
    l->rung[l->n++] = *r;
}

/* Partitions of `left` into parts of at most `most`, largest first. */
static void
cut(ladder *l, aon_rung *r, uint32_t left, uint32_t most)
{
    if (left == 0) {
        add(l, r);
        return;
    }
    for (uint32_t part = left < most ? left : most; part > 0; part--) {
        r->chain[r->nchains++] = part;
        cut(l, r, left - part, part);
        r->nchains--;
    }
}

/* All shapes with the given rest of the sum from component i on, lexicographically. */
static void
shapes(ladder *l, aon_rung *r, size_t i, uint32_t rest, const uint32_t *min,
       const uint32_t *max)
{
    if (i == l->nshape) {
        const uint32_t n = r->shape[l->s->ndims];

        if (rest == 0)
            cut(l, r, n, l->s->query >= 0 ? n : 1);
        return;
    }
    for (uint32_t v = min[i]; v <= max[i] && v <= rest; v++) {
        r->shape[i] = v;
        shapes(l, r, i + 1, rest - v, min, max);
    }
}

aon_rung *
aon_ladder(const aon_scope_spec *s, const uint32_t *min, const uint32_t *max, size_t *n)
{
    ladder l = {.s = s, .nshape = s->ndims + 2};
    uint32_t most = 0;

    for (size_t i = 0; i < l.nshape; i++)
        most += max[i];
    for (uint32_t sum = 0; sum <= most; sum++) {
        aon_rung r;

        memset(&r, 0, sizeof r);
        shapes(&l, &r, 0, sum, min, max);
    }
    *n = l.n;
    return l.rung;
}
