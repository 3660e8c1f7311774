/*
 * Which context continues which, and the order that follows from it.
 */
#include "shrink/plan.h"

#include <string.h>

bool
aon_same_word(const aon_word *a, const aon_word *b)
{
    return a->n == b->n &&
           (a->n == 0 || memcmp(a->tok, b->tok, a->n * sizeof *a->tok) == 0);
}

void
aon_plan_links(aon_plan *p)
{
    const size_t n = p->keep->ncontexts;

    for (size_t i = p->s->ndims; i < p->s->nvalues; i++)
        if (aon_given_of(p->s, i)->type.kind == AON_T_QUERY) {
            const aon_value *v = aon_instance_find(p->in, aon_given_of(p->s, i)->name);
            bool again = v->q.n == 0;

            for (size_t k = 0; k < p->nqueries; k++)
                again = again || aon_same_word(&p->query[k]->q, &v->q);
            if (!again)
                p->query[p->nqueries++] = v;
        }
    p->next = AON_NEW_N(p->arena, long, p->nqueries *n + 1);
    p->before = AON_NEW_N(p->arena, long, n + 1);
    p->by = AON_NEW_N(p->arena, size_t, n + 1);
    p->forest = true;
    for (size_t x = 0; x < n; x++)
        p->before[x] = -1;
    for (size_t q = 0; q < p->nqueries; q++)
        for (size_t x = 0; x < n; x++) {
            const long y =
                aon_instance_concat(p->in, p->keep->context[x], &p->query[q]->q);
            long *to = &p->next[q * n + x];

            *to = y >= 0 && p->new_context[y] != UINT32_MAX ? (long)p->new_context[y]
                                                            : -1;
            if (*to < 0)
                continue;
            p->forest = p->forest && p->before[*to] < 0;
            p->before[*to] = (long)x;
            p->by[*to] = q;
        }
}

bool
aon_plan_add_link(aon_plan *p)
{
    const size_t n = p->keep->ncontexts;
    const aon_value *query = &p->in->value[p->keep->query];
    const long from = (long)p->new_context[p->keep->link_from];
    const long to = (long)p->new_context[p->keep->link_to];
    long root = from;

    if (!p->forest || p->before[to] >= 0)
        return false;
    while (p->before[root] >= 0)
        root = p->before[root];
    for (size_t q = 0; q < p->nqueries && root != to; q++)
        if (aon_same_word(&p->query[q]->q, &query->q) &&
            p->next[q * n + (size_t)from] < 0) {
            p->next[q * n + (size_t)from] = to;
            p->before[to] = from;
            p->by[to] = q;
            return true;
        }
    return false;
}

static void
walk(aon_plan *p, size_t x, size_t chain, size_t *n)
{
    p->order[(*n)++] = x;
    p->chain[x] = chain;
    for (size_t q = 0; q < p->nqueries; q++) {
        const long y = p->next[q * p->keep->ncontexts + x];

        if (y >= 0)
            walk(p, (size_t)y, chain, n);
    }
}

static size_t
height(const aon_plan *p, size_t x)
{
    size_t sum = 1;

    for (size_t q = 0; q < p->nqueries; q++)
        if (p->next[q * p->keep->ncontexts + x] >= 0)
            sum += height(p, (size_t)p->next[q * p->keep->ncontexts + x]);
    return sum;
}

void
aon_plan_order(aon_plan *p)
{
    const size_t n = p->keep->ncontexts;
    size_t *size = AON_NEW_N(p->arena, size_t, n + 1), at = 0;

    p->order = AON_NEW_N(p->arena, size_t, n + 1);
    p->chain = AON_NEW_N(p->arena, size_t, n + 1);
    if (!p->forest || p->keep->same_words) {
        for (size_t x = 0; x < n; x++)
            p->order[x] = p->chain[x] = x;
        return;
    }
    for (size_t x = 0; x < n; x++)
        size[x] = p->before[x] < 0 ? height(p, x) : 0;
    for (size_t len = n; len > 0; len--)
        for (size_t x = 0; x < n; x++)
            if (size[x] == len)
                walk(p, x, p->nchains++, &at);
    AON_ASSERT(at == n);
}
