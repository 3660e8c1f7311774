/*
 * Moves that make the shape smaller.
 */
#include "shrink/impl.h"

#include <stdlib.h>
#include <string.h>

/* ---- dimensions ---- */

/* How one model gets rid of a coordinate: first f, or g0, is made zero there. */
typedef enum { BY_F, BY_G, AS_IT_IS, SIDES } side;

/*
 * The candidate without coordinate j of dimension dim.  Digit i of `sides` in base SIDES
 * is for the i-th model along dim.  NULL: a side does not allow it.
 */
static aon_instance *
without_coordinate(const aon_shrinker *s, const aon_instance *in, size_t dim, slong j,
                   size_t sides, size_t way)
{
    aon_instance *out = aon_copy(in);
    bool first = true, good = true;
    aon_mat t, a;

    aon_mat_init(&t, 0, 0);
    aon_mat_init(&a, 0, 0);
    for (size_t i = 0; i < s->nmodels && good; i++) {
        const side how = (side)(sides % SIDES);

        if (!aon_has_rows(s, s->model[i], dim))
            continue;
        sides /= SIDES;
        aon_mat_one(&t, out->value[dim].dim);
        if (how != AS_IT_IS) {
            aon_side_matrix(&a, out, s->model[i],
                            how == BY_F ? AON_SIDE_F : AON_SIDE_G);
            good = aon_clear_row(&t, &a, j);
            if (good && how == BY_G) /* that T was for g */
                aon_dual(&t, &t);
        }
        if (good) {
            aon_change_model(out, s->model[i], &t);
            if (first)
                aon_change_givens(s, out, dim, &t, way);
            first = false;
        }
    }
    if (good)
        aon_drop_coordinate(s, out, dim, j);
    aon_mat_clear(&a);
    aon_mat_clear(&t);
    if (good)
        return out;
    aon_instance_free(out);
    return NULL;
}

static size_t
models_along(const aon_shrinker *s, size_t dim)
{
    size_t n = 0;

    for (size_t i = 0; i < s->nmodels; i++)
        n += aon_has_rows(s, s->model[i], dim);
    return n;
}

static size_t
power(size_t a, size_t b)
{
    size_t p = 1;

    while (b-- > 0)
        p *= a;
    return p;
}

static size_t
all_sides(const aon_shrinker *s, size_t dim)
{
    const size_t n = models_along(s, dim);

    return n <= 3 ? power(SIDES, n) : 1; /* more models: BY_F in all of them */
}

void
aon_move_dimension(aon_shrinker *s)
{
    for (size_t d = 0; d < s->ndims; d++)
        for (size_t sides = 0; sides < all_sides(s, d); sides++)
            for (size_t way = 0; way < aon_ways(s, d); way++)
                for (slong j = s->in->value[d].dim; j-- > 0;) {
                    if (s->in->value[d].dim <= 1 || s->stopped)
                        break;
                    (void)aon_try(s, without_coordinate(s, s->in, d, j, sides, way));
                }
}

/* The last coordinate that can be made zero in every model on the given side. */
static aon_instance *
projected(const aon_shrinker *s, const aon_instance *in, size_t dim, side how)
{
    size_t sides = 0;
    aon_instance *out = NULL;

    for (size_t i = 0; i < models_along(s, dim); i++)
        sides = sides * SIDES + how;
    for (slong j = in->value[dim].dim; j-- > 0 && out == NULL;)
        if (in->value[dim].dim > 1)
            out = without_coordinate(s, in, dim, j, sides, 0);
    return out;
}

/* A candidate and, if it fails, the same with one dimension less, or all. */
static bool
try_projected(aon_shrinker *s, aon_instance *candidate)
{
    aon_instance *base, *all;
    bool good;

    if (candidate == NULL || s->stopped) {
        aon_instance_free(candidate);
        return false;
    }
    base = aon_copy(candidate);
    good = aon_try(s, candidate);
    for (int how = BY_F; how <= BY_G && !good; how++) {
        all = aon_copy(base);
        for (size_t d = 0; d < s->ndims && !good; d++) {
            aon_instance *more = projected(s, all, d, (side)how);

            if (more != NULL) {
                aon_instance_free(all);
                all = more;
            }
            good = aon_try(s, projected(s, base, d, (side)how));
        }
        if (good || s->ndims < 2)
            aon_instance_free(all);
        else
            good = aon_try(s, all);
    }
    aon_instance_free(base);
    return good;
}

/*
 * The same coordinate of all dimensions at once, after the models were brought to
 * echelon form on one side: equal tables then have equal coordinates there.
 */
static aon_instance *
aligned(const aon_shrinker *s, int form, size_t way)
{
    aon_instance *out = aon_copy(s->in);
    aon_mat t, a;

    aon_mat_init(&t, 0, 0);
    aon_mat_init(&a, 0, 0);
    for (size_t i = 0; i < s->nmodels && form < AS_IT_IS; i++) {
        const size_t dim = aon_dim_of(s, s->model[i]);
        bool first = dim < s->nvalues;

        aon_side_matrix(&a, out, s->model[i], form == BY_F ? AON_SIDE_F : AON_SIDE_G);
        aon_echelon(&t, &a);
        if (form == BY_G)
            aon_dual(&t, &t);
        aon_change_model(out, s->model[i], &t);
        for (size_t k = 0; k < i; k++)
            first = first && aon_dim_of(s, s->model[k]) != dim;
        if (first)
            aon_change_givens(s, out, dim, &t, way);
    }
    aon_mat_clear(&a);
    aon_mat_clear(&t);
    return out;
}

void
aon_move_dimensions(aon_shrinker *s)
{
    if (s->ndims < 2)
        return;
    for (int form = BY_F; form < SIDES; form++)
        for (size_t way = 0; way < AON_WAYS; way++)
            for (slong j = 0;; j++) {
                aon_instance *out = NULL;
                size_t fit = 0;

                for (size_t d = 0; d < s->ndims; d++)
                    fit += s->in->value[d].dim > 1 && s->in->value[d].dim > j;
                if (fit < 2 || s->stopped)
                    break;
                out = aligned(s, form, way);
                for (size_t d = 0; d < s->ndims; d++)
                    if (out->value[d].dim > 1 && out->value[d].dim > j)
                        aon_drop_coordinate(s, out, d, j);
                (void)aon_try(s, out);
            }
}

/* ---- contexts ---- */

/* Without the contexts of one chain (chain != NULL), or without one context. */
static aon_instance *
without_contexts(const aon_shrinker *s, const uint32_t *chain, uint32_t which,
                 uint32_t moved)
{
    const aon_instance *in = s->in;
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

/* Is the context or token the value of a given? */
static bool
named(const aon_shrinker *s, aon_val_kind kind, uint32_t elem)
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
            used = used || named(s, AON_VAL_CONTEXT, x);
    for (uint32_t z = 0; z < n && !good && !s->stopped; z++) {
        if ((chain != NULL ? chain[z] : z) == which)
            continue;
        good = try_projected(s, without_contexts(s, chain, which, z));
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
relinked(const aon_shrinker *s, uint32_t w, uint32_t from, uint32_t to, size_t query)
{
    const aon_instance *in = s->in;
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
            good = try_projected(s, relinked(s, w, x, (uint32_t)after, query));
        for (uint32_t z = 0; z < n && !good && next >= 0 && (uint32_t)next == w; z++)
            if (z != w && z != x)
                good = try_projected(s, relinked(s, w, x, z, query));
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

/* ---- tokens ---- */

/* Without token y; the first of the new ones, the pivot, is `pivot`. */
static aon_instance *
without_token(const aon_shrinker *s, const aon_instance *in, uint32_t y, uint32_t pivot,
              uint32_t moved)
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
    const bool used = named(s, AON_VAL_TOKEN, y);
    bool good = false;

    for (uint32_t z = 0; z < s->in->ntokens && !good && !s->stopped; z++) {
        if (z == y)
            continue;
        good = try_projected(s, without_token(s, s->in, y, pivot, z));
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

                if (y == z || to == z || to == y || !named(s, AON_VAL_TOKEN, y) ||
                    !named(s, AON_VAL_TOKEN, z))
                    continue;
                moved = slid(s, y, z, to);
                (void)try_projected(s, without_token(s, moved, z, z == 0 ? to : 0, to));
                aon_instance_free(moved);
            }
}
