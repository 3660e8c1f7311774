/*
 * Moves of whole columns f(x), g(y), the same in several models: equal tables stay equal.
 */
#include "shrink/impl.h"

#include <stdlib.h>

void
aon_set_column(aon_mat *a, slong y, const slong *at, const slong *coef, slong n)
{
    aon_mat e;

    aon_mat_init(&e, 0, 0);
    aon_mat_one(&e, aon_mat_cols(a));
    fmpz_zero(fmpz_mat_entry(e.num, y, y));
    for (slong i = 0; i < n; i++) {
        fmpz *f = fmpz_mat_entry(e.num, at[i], y);

        if (coef[i] >= 0)
            fmpz_add_ui(f, f, (ulong)coef[i]);
        else
            fmpz_sub_ui(f, f, (ulong)-coef[i]);
    }
    aon_mat_mul(a, a, &e);
    aon_mat_clear(&e);
}

static aon_mat *
side_of(aon_instance *in, size_t model, aon_side side)
{
    return side == AON_SIDE_F ? &in->value[model].a : &in->value[model].b;
}

/* The combination in all models (which == s->nmodels), or in one. */
static aon_instance *
combined(const aon_shrinker *s, size_t which, aon_side side, slong y, const slong *at,
         const slong *coef, slong n)
{
    aon_instance *out = aon_copy(s->in);

    for (size_t i = 0; i < s->nmodels; i++)
        if (which == s->nmodels || which == i)
            aon_set_column(side_of(out, s->model[i], side), y, at, coef, n);
    return out;
}

static slong
columns(const aon_shrinker *s, aon_side side)
{
    return (slong)(side == AON_SIDE_F ? s->in->ncontexts : s->in->ntokens);
}

/* All models together, then one by one; one is enough if there is only one. */
#define FOR_WHICH(which, s)                                                            \
    for (size_t which = (s)->nmodels; which != SIZE_MAX && (s)->nmodels > 0;           \
         which = which == 0          ? SIZE_MAX                                        \
                 : (s)->nmodels == 1 ? SIZE_MAX                                        \
                                     : which - 1)

/* f(x) := 0; g(y) := g(pivot). */
void
aon_move_zero(aon_shrinker *s)
{
    static const slong pivot = 0, one = 1;

    for (int side = AON_SIDE_F; side <= AON_SIDE_G; side++)
        FOR_WHICH(which, s)
    for (slong y = columns(s, (aon_side)side); y-- > 0 && !s->stopped;)
        if (side == AON_SIDE_F || y != pivot)
            (void)aon_try(s, combined(s, which, (aon_side)side, y, &pivot, &one,
                                      side == AON_SIDE_F ? 0 : 1));
}

/* f(x) := f(z); g(y) := g(z). */
void
aon_move_equal(aon_shrinker *s)
{
    static const slong one = 1;

    for (int side = AON_SIDE_F; side <= AON_SIDE_G; side++)
        FOR_WHICH(which, s)
    for (slong y = columns(s, (aon_side)side); y-- > 0;)
        for (slong z = 0; z < columns(s, (aon_side)side) && !s->stopped; z++)
            if (z != y)
                (void)aon_try(s, combined(s, which, (aon_side)side, y, &z, &one, 1));
}

/* f(x) +-= f(z); g(y) +-= g(z) - g(pivot). */
void
aon_move_add(aon_shrinker *s)
{
    for (int side = AON_SIDE_F; side <= AON_SIDE_G; side++)
        FOR_WHICH(which, s)
    for (slong y = columns(s, (aon_side)side); y-- > 0;)
        for (slong z = 0; z < columns(s, (aon_side)side); z++)
            for (slong sign = -1; sign <= 1 && !s->stopped; sign += 2) {
                const slong at[3] = {y, z, 0}, coef[3] = {1, sign, -sign};

                if (z == y || (side == AON_SIDE_G && (y == 0 || z == 0)))
                    continue;
                (void)aon_try(s, combined(s, which, (aon_side)side, y, at, coef,
                                          side == AON_SIDE_F ? 2 : 3));
            }
}

/* g := g - g(pivot). */
void
aon_move_translate(aon_shrinker *s)
{
    FOR_WHICH(which, s)
    {
        aon_instance *out = aon_copy(s->in);

        for (size_t i = 0; i < s->nmodels; i++)
            if (which == s->nmodels || which == i)
                aon_side_matrix(&out->value[s->model[i]].b, s->in, s->model[i],
                                AON_SIDE_G);
        (void)aon_try(s, out);
    }
}

/* ---- factors ---- */

static void
add_content(fmpz_t num, fmpz_t den, const aon_mat *a, slong j)
{
    fmpq_t q;

    fmpq_init(q);
    for (slong i = 0; i < aon_mat_rows(a); i++) {
        aon_mat_get(q, a, i, j);
        if (fmpq_is_zero(q))
            continue;
        fmpz_gcd(num, num, fmpq_numref(q));
        fmpz_lcm(den, den, fmpq_denref(q));
    }
    fmpq_clear(q);
}

static void
scale_column(aon_mat *a, slong j, const aon_mat *factor)
{
    aon_mat e;

    aon_mat_init(&e, 0, 0);
    aon_mat_one(&e, aon_mat_cols(a));
    fmpz_set(e.den, factor->den);
    for (slong i = 0; i < aon_mat_cols(a); i++)
        fmpz_set(fmpz_mat_entry(e.num, i, i),
                 i == j ? fmpz_mat_entry(factor->num, 0, 0) : factor->den);
    aon_mat_canonicalise(&e);
    aon_mat_mul(a, a, &e);
    aon_mat_clear(&e);
}

/* Columns from..to of one side of the models become integral without a common divisor. */
static aon_instance *
primitive(const aon_shrinker *s, size_t which, aon_side side, slong from, slong to)
{
    aon_instance *out = aon_copy(s->in);
    fmpz_t num, den;
    aon_mat factor;

    fmpz_init(num);
    fmpz_init_set_ui(den, 1);
    aon_mat_init(&factor, 1, 1);
    for (size_t i = 0; i < s->nmodels; i++)
        for (slong j = from; j < to; j++)
            if (which == s->nmodels || which == i)
                add_content(num, den, side_of(out, s->model[i], side), j);
    if (!fmpz_is_zero(num)) {
        fmpz_set(fmpz_mat_entry(factor.num, 0, 0), den);
        fmpz_set(factor.den, num);
        aon_mat_canonicalise(&factor);
        for (size_t i = 0; i < s->nmodels; i++)
            for (slong j = from; j < to; j++)
                if (which == s->nmodels || which == i)
                    scale_column(side_of(out, s->model[i], side), j, &factor);
    }
    aon_mat_clear(&factor);
    fmpz_clear(den);
    fmpz_clear(num);
    return out;
}

/* All columns by one factor, then each by its own. */
void
aon_move_scale(aon_shrinker *s)
{
    for (int side = AON_SIDE_F; side <= AON_SIDE_G; side++)
        FOR_WHICH(which, s)
        {
            const slong n = columns(s, (aon_side)side);

            (void)aon_try(s, primitive(s, which, (aon_side)side, 0, n));
            for (slong j = 0; j < n && !s->stopped; j++)
                (void)aon_try(s, primitive(s, which, (aon_side)side, j, j + 1));
        }
}
