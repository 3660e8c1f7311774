/*
 * Contexts that go: whole chains, single ones, and chains put together.
 */
#include "shrink/impl.h"

#include <stdlib.h>

aon_instance *
aon_without_contexts(const aon_shrinker *s, const aon_instance *in,
                     const uint32_t *chain, uint32_t which, uint32_t moved)
{
    uint32_t *token = aon_xcalloc(in->ntokens + 1, sizeof *token);
    uint32_t *context = aon_xcalloc(in->ncontexts + 1, sizeof *context);
    aon_keep keep = {.token = token,
                     .ntokens = in->ntokens,
                     .context = context,
                     .moved_context = moved};
    aon_instance *out;

    for (uint32_t y = 0; y < in->ntokens; y++)
        token[y] = y;
    for (uint32_t x = 0; x < in->ncontexts; x++)
        if ((chain != NULL ? chain[x] : x) != which)
            context[keep.ncontexts++] = x;
    out = keep.ncontexts > 0 ? aon_normal(s, in, &keep) : NULL;
    free(context);
    free(token);
    return out;
}

bool
aon_is_named(const aon_shrinker *s, aon_val_kind kind, uint32_t elem)
{
    for (size_t i = s->ndims; i < s->nvalues; i++)
        if (s->in->value[i].kind == kind && s->in->value[i].elem == elem)
            return true;
    return false;
}

/* Deletes what `which` says; givens that name it go to each other context in turn. */
static bool
delete_contexts(aon_shrinker *s, const uint32_t *chain, uint32_t which)
{
    const size_t n = s->in->ncontexts;
    bool used = false, good = false;

    for (uint32_t x = 0; x < n; x++)
        if ((chain != NULL ? chain[x] : x) == which)
            used = used || aon_is_named(s, AON_VAL_CONTEXT, x);
    for (uint32_t z = 0; z < n && !good && !s->stopped; z++) {
        if ((chain != NULL ? chain[z] : z) == which)
            continue;
        good = aon_try_projected(s, aon_without_contexts(s, s->in, chain, which, z));
        if (!used)
            break;
    }
    return good;
}

void
aon_move_chain(aon_shrinker *s)
{
    uint32_t *chain = aon_xcalloc(s->in->ncontexts + 1, sizeof *chain);
    size_t n = aon_chains(s, s->in, chain);

    for (size_t c = n; c-- > 0 && !s->stopped;)
        if (n > 1 && n < s->in->ncontexts && delete_contexts(s, chain, (uint32_t)c))
            n = aon_chains(s, s->in, chain);
    free(chain);
}

void
aon_move_context(aon_shrinker *s)
{
    for (size_t x = s->in->ncontexts; x-- > 0 && !s->stopped;)
        if (s->in->ncontexts > 1 && x < s->in->ncontexts)
            (void)delete_contexts(s, NULL, (uint32_t)x);
}

/* Without context w; a new link from -> to by a query closes the gap. */
static aon_instance *
relinked(const aon_shrinker *s, const aon_instance *in, uint32_t w, uint32_t from,
         uint32_t to, size_t query)
{
    uint32_t *token = aon_xcalloc(in->ntokens + 1, sizeof *token);
    uint32_t *context = aon_xcalloc(in->ncontexts + 1, sizeof *context);
    const aon_keep keep = {.token = token,
                           .ntokens = in->ntokens,
                           .context = context,
                           .ncontexts = in->ncontexts - 1,
                           .moved_context = to,
                           .link = true,
                           .link_from = from,
                           .link_to = to,
                           .query = query};
    aon_instance *out;

    for (uint32_t y = 0; y < in->ntokens; y++)
        token[y] = y;
    for (uint32_t x = 0; x + 1 < in->ncontexts; x++)
        context[x] = x < w ? x : x + 1;
    out = aon_normal(s, in, &keep);
    free(context);
    free(token);
    return out;
}

/*
 * A context w goes, and what it continued is continued by another context that begins a
 * chain; or what continued it continues another one that ends a chain.  With both from
 * one chain its middle is taken out.
 */
static bool
join(aon_shrinker *s, size_t query, uint32_t w)
{
    const aon_word *q = &s->in->value[query].q;
    const uint32_t n = (uint32_t)s->in->ncontexts;
    const long after = aon_instance_concat(s->in, w, q);
    bool good = false;

    for (uint32_t x = 0; x < n && !good && !s->stopped; x++) {
        const long next = aon_instance_concat(s->in, x, q);

        if (x == w)
            continue;
        if (after >= 0 && (next < 0 || (uint32_t)next == w))
            good =
                aon_try_projected(s, relinked(s, s->in, w, x, (uint32_t)after, query));
        for (uint32_t z = 0; z < n && !good && next >= 0 && (uint32_t)next == w; z++)
            if (z != w && z != x)
                good = aon_try_projected(s, relinked(s, s->in, w, x, z, query));
    }
    return good;
}

void
aon_move_join(aon_shrinker *s)
{
    for (size_t i = s->ndims; i < s->nvalues; i++)
        for (size_t w = s->in->ncontexts; w-- > 0 && !s->stopped;)
            if (s->in->value[i].kind == AON_VAL_QUERY && s->in->value[i].q.n > 0 &&
                s->in->ncontexts > 1 && w < s->in->ncontexts)
                (void)join(s, i, (uint32_t)w);
}

/* f(z) := f(w) in every model; then w goes, and what it joined is joined. */
static aon_instance *
merged(const aon_shrinker *s, size_t query, uint32_t w, uint32_t z)
{
    static const slong one = 1;
    const slong from = (slong)w;
    const aon_word *q = &s->in->value[query].q;
    const long after = aon_instance_concat(s->in, w, q);
    aon_instance *moved = aon_copy(s->in), *out = NULL;
    long before = -1;

    for (size_t i = 0; i < s->nmodels; i++)
        aon_set_column(&moved->value[s->model[i]].a, (slong)z, &from, &one, 1);
    for (uint32_t x = 0; x < s->in->ncontexts; x++)
        if (aon_instance_concat(s->in, x, q) == (long)w)
            before = x;
    if (after >= 0 && before >= 0)
        out = relinked(s, moved, w, (uint32_t)before, (uint32_t)after, query);
    else
        out = aon_without_contexts(s, moved, NULL, w, z);
    aon_instance_free(moved);
    return out;
}

/* Along a chain it matters where a context stands, so its f is kept in another place. */
void
aon_move_merge(aon_shrinker *s)
{
    for (size_t i = s->ndims; i < s->nvalues; i++)
        for (size_t w = s->in->ncontexts; w-- > 0;)
            for (size_t z = 0; z < s->in->ncontexts && !s->stopped; z++)
                if (s->in->value[i].kind == AON_VAL_QUERY && s->in->value[i].q.n > 0 &&
                    w < s->in->ncontexts && z != w)
                    (void)aon_try_projected(s, merged(s, i, (uint32_t)w, (uint32_t)z));
}
