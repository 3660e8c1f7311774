/*
 * Moves that change the text only: tokens, chains and coordinates exchanged, signs.
 */
#include "shrink/impl.h"

#include <stdlib.h>

static aon_instance *
reordered(const aon_shrinker *s, const uint32_t *token, const uint32_t *context)
{
    const aon_keep keep = {.token = token,
                           .ntokens = s->in->ntokens,
                           .context = context,
                           .ncontexts = s->in->ncontexts};

    return aon_normal(s, s->in, &keep);
}

static uint32_t *
identity(size_t n)
{
    uint32_t *a = aon_xcalloc(n + 1, sizeof *a);

    for (uint32_t i = 0; i < n; i++)
        a[i] = i;
    return a;
}

static void
exchange_tokens(aon_shrinker *s)
{
    uint32_t *token = identity(s->in->ntokens), *context = identity(s->in->ncontexts);

    for (uint32_t y = 1; y < s->in->ntokens; y++)
        for (uint32_t z = y + 1; z < s->in->ntokens && !s->stopped; z++) {
            token[y] = z;
            token[z] = y;
            (void)aon_try(s, reordered(s, token, context));
            token[y] = y;
            token[z] = z;
        }
    free(context);
    free(token);
}

/* The contexts of chain a where those of b were, and the other way round. */
static void
exchange_chains(aon_shrinker *s)
{
    const size_t n = s->in->ncontexts;
    uint32_t *token = identity(s->in->ntokens), *context = identity(n);
    uint32_t *chain = aon_xcalloc(n + 1, sizeof *chain);
    const size_t count = aon_chains(s, s->in, chain);

    for (uint32_t a = 0; a < count; a++)
        for (uint32_t b = a + 1; b < count && !s->stopped; b++) {
            size_t at = 0;

            for (uint32_t c = 0; c < count; c++)
                for (uint32_t x = 0; x < n; x++)
                    if (chain[x] == (c == a ? b : c == b ? a : c))
                        context[at++] = x;
            if (aon_try(s, reordered(s, token, context)))
                (void)aon_chains(s, s->in, chain);
        }
    free(chain);
    free(context);
    free(token);
}

/* T is orthogonal, so everything along the dimension moves in the same way. */
static aon_instance *
turned(const aon_shrinker *s, size_t dim, size_t only, const aon_mat *t)
{
    aon_instance *out = aon_copy(s->in);

    for (size_t i = 0; i < s->nmodels; i++)
        if (only == s->nvalues ? aon_has_rows(s, s->model[i], dim)
                               : s->model[i] == only)
            aon_change_model(out, s->model[i], t);
    for (size_t i = s->ndims; i < s->nvalues && only == s->nvalues; i++)
        if (s->in->value[i].kind != AON_VAL_MODEL &&
            (aon_has_rows(s, i, dim) || aon_has_cols(s, i, dim)))
            aon_change_given(s, out, i, dim, t, AON_AS_F);
    return out;
}

/* Coordinates i and j exchanged; i = j: its sign. */
static void
turn(aon_shrinker *s, size_t dim, size_t only, slong d)
{
    aon_mat t;

    aon_mat_init(&t, 0, 0);
    for (slong i = 0; i < d; i++)
        for (slong j = i; j < d && !s->stopped; j++) {
            aon_mat_one(&t, d);
            if (i == j) {
                fmpz_set_si(fmpz_mat_entry(t.num, i, i), -1);
            } else {
                fmpz_zero(fmpz_mat_entry(t.num, i, i));
                fmpz_zero(fmpz_mat_entry(t.num, j, j));
                fmpz_one(fmpz_mat_entry(t.num, i, j));
                fmpz_one(fmpz_mat_entry(t.num, j, i));
            }
            (void)aon_try(s, turned(s, dim, only, &t));
        }
    aon_mat_clear(&t);
}

/* -1 times f(x), or g(y), in all models. */
static void
flip(aon_shrinker *s)
{
    for (int w = 0; w < 2; w++)
        for (slong j = w; j < (slong)(w == 0 ? s->in->ncontexts : s->in->ntokens);
             j++) {
            static const slong minus = -1;
            aon_instance *out = aon_copy(s->in);

            for (size_t i = 0; i < s->nmodels; i++)
                aon_set_column(w == 0 ? &out->value[s->model[i]].a
                                      : &out->value[s->model[i]].b,
                               j, &j, &minus, 1);
            (void)aon_try(s, out);
        }
}

void
aon_move_order(aon_shrinker *s)
{
    exchange_tokens(s);
    exchange_chains(s);
    for (size_t d = 0; d < s->ndims; d++)
        turn(s, d, s->nvalues, s->in->value[d].dim);
    for (size_t i = 0; i < s->nmodels; i++)
        turn(s, s->nvalues, s->model[i], s->in->value[s->model[i]].dim);
    flip(s);
}
