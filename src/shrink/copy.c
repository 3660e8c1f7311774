/*
 * Whole instances: copies, everything in normal form, chains.
 */
#include "shrink/impl.h"

#include <stdlib.h>
#include <string.h>

static uint32_t *
copy_numbers(const uint32_t *a, size_t n)
{
    uint32_t *b = aon_xcalloc(n + 1, sizeof *b);

    if (n > 0)
        memcpy(b, a, n * sizeof *b);
    return b;
}

aon_instance *
aon_copy(const aon_instance *in)
{
    aon_instance *out = aon_instance_new();

    for (size_t y = 0; y < in->ntokens; y++)
        aon_instance_add_token(out, in->token[y]);
    out->base = in->base;
    for (size_t x = 0; x < in->ncontexts; x++)
        aon_instance_add_context(out, in->context[x], in->context_word[x].tok,
                                 in->context_word[x].n);
    for (size_t i = 0; i < in->nvalues; i++) {
        const aon_value *old = &in->value[i];
        aon_value *v = aon_instance_add(out, old->name, old->kind);

        v->dim = old->dim;
        aon_mat_set(&v->a, &old->a);
        aon_mat_set(&v->b, &old->b);
        aon_value_set_query(v, old->q.tok, old->q.n);
        v->elem = old->elem;
        v->set = copy_numbers(old->set, old->nset);
        v->nset = old->nset;
    }
    return out;
}

aon_instance *
aon_normal_all(const aon_shrinker *s, const aon_instance *in, bool same_words)
{
    uint32_t *token = aon_xcalloc(in->ntokens + 1, sizeof *token);
    uint32_t *context = aon_xcalloc(in->ncontexts + 1, sizeof *context);
    const aon_keep keep = {.token = token,
                           .ntokens = in->ntokens,
                           .context = context,
                           .ncontexts = in->ncontexts,
                           .same_words = same_words};
    aon_instance *out;
    size_t n = 0;

    token[n++] = in->base;
    for (uint32_t y = 0; y < in->ntokens; y++)
        if (y != in->base)
            token[n++] = y;
    for (uint32_t x = 0; x < in->ncontexts; x++)
        context[x] = x;
    out = aon_normal(s, in, &keep);
    free(context);
    free(token);
    return out;
}

size_t
aon_chains(const aon_shrinker *s, const aon_instance *in, uint32_t *chain)
{
    const size_t n = in->ncontexts;
    bool again = true;
    size_t count = 0;

    for (uint32_t x = 0; x < n; x++)
        chain[x] = x;
    while (again) { /* the least number spreads along x -> x.q */
        again = false;
        for (size_t i = s->ndims; i < s->nvalues; i++)
            for (uint32_t x = 0; in->value[i].kind == AON_VAL_QUERY && x < n; x++) {
                const long y = aon_instance_concat(in, x, &in->value[i].q);

                if (y < 0 || chain[x] == chain[y])
                    continue;
                chain[x] = chain[y] = chain[x] < chain[y] ? chain[x] : chain[y];
                again = true;
            }
    }
    for (uint32_t x = 0; x < n; x++) /* a name is the least context: count from 0 */
        chain[x] = chain[x] == x ? (uint32_t)count++ : chain[chain[x]];
    return count;
}
