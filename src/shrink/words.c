/*
 * Sequences for contexts and queries.  A chain is its number of times a, then queries;
 * a query is b, or one of b, c, .., or one of bb, bab, ..: no other links arise.
 */
#include "shrink/plan.h"

#include <string.h>

static void
append(const aon_plan *p, aon_word *w, uint32_t tok, size_t times)
{
    uint32_t *longer = AON_NEW_N(p->arena, uint32_t, w->n + times + 1);

    if (w->n > 0)
        memcpy(longer, w->tok, w->n * sizeof *longer);
    for (size_t i = 0; i < times; i++)
        longer[w->n++] = tok;
    w->tok = longer;
}

/* How query q is written: b, or b, c, .. as long as there are tokens, or bb, bab, .. */
static bool
query_word(const aon_plan *p, size_t q, aon_word *w)
{
    const size_t k = p->keep->ntokens;

    w->n = 0;
    if (k > p->nqueries) {
        append(p, w, (uint32_t)q + 1, 1);
    } else if (k > 1) {
        append(p, w, 1, 1);
        append(p, w, 0, q);
        append(p, w, 1, 1);
    } else {
        append(p, w, 0, 1);
        return p->nqueries == 1;
    }
    return true;
}

bool
aon_plan_invent(const aon_plan *p, aon_word *context, aon_word *query)
{
    const size_t n = p->keep->ncontexts;
    size_t longest = 0;

    for (size_t q = 0; q < p->nqueries; q++)
        if (!query_word(p, q, &query[q]))
            return false;
    for (size_t i = 0; i < n; i++) {
        const size_t x = p->order[i];
        aon_word *w = &context[x];

        if (p->before[x] >= 0) {
            *w = context[p->before[x]];
            for (size_t l = 0; l < query[p->by[x]].n; l++)
                append(p, w, query[p->by[x]].tok[l], 1);
        } else if (p->keep->ntokens > 1) {
            append(p, w, 0, p->chain[x] + 1);
        } else {
            append(p, w, 0, p->chain[x] == 0 ? 1 : longest + 2);
        }
        longest = w->n > longest ? w->n : longest;
    }
    return true;
}

static void
translate(const aon_plan *p, const aon_word *old, aon_word *w)
{
    w->n = 0;
    w->tok = AON_NEW_N(p->arena, uint32_t, old->n + 1);
    for (size_t i = 0; i < old->n; i++)
        w->tok[w->n++] = p->word_token[old->tok[i]];
}

bool
aon_plan_map(const aon_plan *p, aon_word *context, aon_word *query)
{
    const size_t n = p->keep->ncontexts;

    for (size_t q = 0; q < p->nqueries; q++)
        translate(p, &p->query[q]->q, &query[q]);
    for (size_t x = 0; x < n; x++) {
        translate(p, &p->in->context_word[p->keep->context[x]], &context[x]);
        for (size_t y = 0; y < x; y++)
            if (context[x].n == context[y].n &&
                (context[x].n == 0 || memcmp(context[x].tok, context[y].tok,
                                             context[x].n * sizeof(uint32_t)) == 0))
                return false;
    }
    return true;
}
