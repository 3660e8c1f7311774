/*
 * Tokens that go, alone or with a context.
 */
#include "shrink/impl.h"

#include <stdlib.h>

aon_instance *
aon_without_token(const aon_shrinker *s, const aon_instance *in, uint32_t y,
                  uint32_t pivot, uint32_t moved)
{
    uint32_t *token = aon_xcalloc(in->ntokens + 1, sizeof *token);
    uint32_t *context = aon_xcalloc(in->ncontexts + 1, sizeof *context);
    aon_keep keep = {.token = token,
                     .context = context,
                     .ncontexts = in->ncontexts,
                     .moved_token = moved};
    aon_instance *out;

    token[keep.ntokens++] = pivot;
    for (uint32_t z = 0; z < in->ntokens; z++)
        if (z != y && z != pivot)
            token[keep.ntokens++] = z;
    for (uint32_t x = 0; x < in->ncontexts; x++)
        context[x] = x;
    out = aon_normal(s, in, &keep);
    free(context);
    free(token);
    return out;
}

static bool
delete_token(aon_shrinker *s, uint32_t y, uint32_t pivot)
{
    const bool used = aon_is_named(s, AON_VAL_TOKEN, y);
    bool good = false;

    for (uint32_t z = 0; z < s->in->ntokens && !good && !s->stopped; z++) {
        if (z == y)
            continue;
        good = aon_try_projected(s, aon_without_token(s, s->in, y, pivot, z));
        if (good || !used)
            break;
    }
    return good;
}

void
aon_move_token(aon_shrinker *s)
{
    for (size_t y = s->in->ntokens; y-- > 1 && !s->stopped;)
        if (y < s->in->ntokens)
            (void)delete_token(s, (uint32_t)y, 0);
}

/* Another token takes the place of the pivot. */
void
aon_move_pivot(aon_shrinker *s)
{
    for (uint32_t p = 1; p < s->in->ntokens && !s->stopped;)
        if (!delete_token(s, 0, p))
            p++;
        else
            p = 1;
}

/* g(y) := g(y) + g(to) - g(z) in every model: the difference to z becomes one to `to`. */
static aon_instance *
slid(const aon_shrinker *s, uint32_t y, uint32_t z, uint32_t to)
{
    aon_instance *out = aon_copy(s->in);
    const slong at[3] = {(slong)y, (slong)to, (slong)z}, coef[3] = {1, 1, -1};

    for (size_t i = 0; i < s->nmodels; i++)
        aon_set_column(&out->value[s->model[i]].b, (slong)y, at, coef, 3);
    return out;
}

/*
 * Two tokens y, z that givens name: y slides along so that y - z becomes y - to; then z
 * goes, and what named it names `to`.
 */
void
aon_move_pair(aon_shrinker *s)
{
    for (uint32_t z = 0; z < s->in->ntokens; z++)
        for (uint32_t y = 0; y < s->in->ntokens; y++)
            for (uint32_t to = 0; to < s->in->ntokens && !s->stopped; to++) {
                aon_instance *moved;

                if (y == z || to == z || to == y ||
                    !aon_is_named(s, AON_VAL_TOKEN, y) ||
                    !aon_is_named(s, AON_VAL_TOKEN, z))
                    continue;
                moved = slid(s, y, z, to);
                (void)aon_try_projected(
                    s, aon_without_token(s, moved, z, z == 0 ? to : 0, to));
                aon_instance_free(moved);
            }
}

/* Where f and g have full rank a context and a token have to go together. */
static aon_instance *
without_both(const aon_shrinker *s, uint32_t x, uint32_t y)
{
    const uint32_t moved = x == 0 ? 1 : 0;
    aon_instance *one = aon_without_contexts(s, s->in, NULL, x, moved), *out = NULL;

    if (one != NULL)
        out = aon_without_token(s, one, y, 0, 0);
    aon_instance_free(one);
    return out;
}

void
aon_move_cross(aon_shrinker *s)
{
    for (size_t x = s->in->ncontexts; x-- > 0;)
        for (size_t y = s->in->ntokens; y-- > 1 && !s->stopped;)
            if (x < s->in->ncontexts && s->in->ncontexts > 1 && y < s->in->ntokens)
                (void)aon_try_projected(s, without_both(s, (uint32_t)x, (uint32_t)y));
}
