/*
 * Changes of basis.  f := T f with g := T^-T g keeps all inner products <f, g>, so the
 * log-odds; other givens move as one or the other, or stay.
 */
#include "shrink/impl.h"

#include <stdlib.h>

static void
to_fmpq(fmpq_mat_t out, const aon_mat *a)
{
    fmpq_mat_clear(out);
    fmpq_mat_init(out, aon_mat_rows(a), aon_mat_cols(a));
    fmpq_mat_set_fmpz_mat_div_fmpz(out, a->num, a->den);
}

static void
from_fmpq(aon_mat *out, const fmpq_mat_t a)
{
    aon_mat res;

    aon_mat_init(&res, fmpq_mat_nrows(a), fmpq_mat_ncols(a));
    if (!fmpq_mat_is_empty(a))
        fmpq_mat_get_fmpz_mat_matwise(res.num, res.den, a);
    aon_mat_canonicalise(&res);
    aon_mat_swap(out, &res);
    aon_mat_clear(&res);
}

void
aon_dual(aon_mat *out, const aon_mat *t)
{
    fmpq_mat_t q;

    fmpq_mat_init(q, 0, 0);
    to_fmpq(q, t);
    AON_ASSERT(fmpq_mat_nrows(q) == fmpq_mat_ncols(q));
    AON_ASSERT(fmpq_mat_is_empty(q) || fmpq_mat_inv(q, q) != 0);
    from_fmpq(out, q);
    aon_mat_transpose(out, out);
    fmpq_mat_clear(q);
}

void
aon_change_model(aon_instance *in, size_t model, const aon_mat *t)
{
    aon_value *v = &in->value[model];
    aon_mat d;

    aon_mat_init(&d, 0, 0);
    aon_dual(&d, t);
    aon_mat_mul(&v->a, t, &v->a);
    aon_mat_mul(&v->b, &d, &v->b);
    aon_mat_clear(&d);
}

void
aon_change_given(const aon_shrinker *s, aon_instance *in, size_t value, size_t dim,
                 const aon_mat *t, aon_way way)
{
    aon_value *v = &in->value[value];
    aon_mat d;

    if (way == AON_AS_IS)
        return;
    aon_mat_init(&d, 0, 0);
    aon_dual(&d, t);
    if (aon_has_rows(s, value, dim))
        aon_mat_mul(&v->a, way == AON_AS_F ? t : &d, &v->a);
    if (aon_has_cols(s, value, dim)) {
        aon_mat_transpose(&v->a, &v->a);
        aon_mat_mul(&v->a, way == AON_AS_F ? &d : t, &v->a);
        aon_mat_transpose(&v->a, &v->a);
    }
    aon_mat_clear(&d);
}

static bool
moves_along(const aon_shrinker *s, size_t value, size_t dim)
{
    return aon_given_of(s, value)->type.kind != AON_T_MODEL &&
           (aon_has_rows(s, value, dim) || aon_has_cols(s, value, dim));
}

/* Square matrices and vectors along one dimension go together. */
static bool
is_square(const aon_shrinker *s, size_t value, size_t dim)
{
    return aon_given_of(s, value)->type.kind == AON_T_VECTOR ||
           (aon_has_rows(s, value, dim) && aon_has_cols(s, value, dim));
}

static size_t
classes(const aon_shrinker *s, size_t dim)
{
    size_t n = 0;
    bool square = false;

    for (size_t i = s->ndims; i < s->nvalues; i++)
        if (moves_along(s, i, dim)) {
            n += !is_square(s, i, dim);
            square = square || is_square(s, i, dim);
        }
    return n + square;
}

/* Up to 3 classes: every combination; up to 6: those of f and g, then nothing moved;
 * more: all in the same way. */
enum { ALL_WAYS = 3, TWO_WAYS = 6 };

size_t
aon_ways(const aon_shrinker *s, size_t dim)
{
    const size_t n = classes(s, dim);
    size_t ways = 1;

    for (size_t i = 0; i < n && n <= TWO_WAYS; i++)
        ways *= n <= ALL_WAYS ? AON_WAYS : 2;
    return n <= ALL_WAYS ? ways : n <= TWO_WAYS ? ways + 1 : AON_WAYS;
}

static aon_way
way_of(size_t way, size_t ways, size_t class, size_t n)
{
    if (n > TWO_WAYS)
        return (aon_way)way;
    if (n > ALL_WAYS && way + 1 == ways)
        return AON_AS_IS;
    for (; class > 0; class --)
        way /= n <= ALL_WAYS ? AON_WAYS : 2;
    return (aon_way)(way % (n <= ALL_WAYS ? AON_WAYS : 2));
}

void
aon_change_givens(const aon_shrinker *s, aon_instance *in, size_t dim, const aon_mat *t,
                  size_t way)
{
    const size_t n = classes(s, dim), ways = aon_ways(s, dim);
    size_t class = 0;

    for (size_t i = s->ndims; i < s->nvalues; i++)
        if (moves_along(s, i, dim))
            aon_change_given(
                s, in, i, dim, t,
                way_of(way, ways, is_square(s, i, dim) ? n - 1 : class ++, n));
}

void
aon_side_matrix(aon_mat *out, const aon_instance *in, size_t model, aon_side side)
{
    const aon_value *v = &in->value[model];
    aon_mat pivot;

    if (side == AON_SIDE_F) {
        aon_mat_set(out, &v->a);
        return;
    }
    aon_mat_init(&pivot, aon_mat_rows(&v->b), aon_mat_cols(&v->b));
    for (slong i = 0; i < aon_mat_rows(&v->b); i++)
        for (slong y = 0; y < aon_mat_cols(&v->b); y++)
            fmpz_set(fmpz_mat_entry(pivot.num, i, y),
                     fmpz_mat_entry(v->b.num, i, (slong)in->base));
    fmpz_set(pivot.den, v->b.den);
    aon_mat_canonicalise(&pivot);
    aon_mat_sub(out, &v->b, &pivot);
    aon_mat_clear(&pivot);
}

/* [a | 1] reduced; the right part is T. */
void
aon_echelon(aon_mat *t, const aon_mat *a)
{
    const slong d = aon_mat_rows(a);
    aon_mat both, one;
    fmpq_mat_t q;

    aon_mat_init(&both, 0, 0);
    aon_mat_init(&one, 0, 0);
    fmpq_mat_init(q, 0, 0);
    aon_mat_one(&one, d);
    aon_mat_hcat(&both, a, &one);
    to_fmpq(q, &both);
    fmpq_mat_rref(q, q);
    from_fmpq(&both, q);
    aon_mat_block(t, &both, 0, aon_mat_cols(a), d, d);
    fmpq_mat_clear(q);
    aon_mat_clear(&one);
    aon_mat_clear(&both);
}

/* Exact, so the same on every machine: FLINT's fmpz_lll works on doubles. */
void
aon_reduce_rows(aon_mat *t, const aon_mat *a)
{
    const slong d = aon_mat_rows(a), n = aon_mat_cols(a);
    fmpz_mat_t both;
    fmpq_t delta, eta;
    fmpz_t weight;
    aon_mat res;

    /* rows (N a | 1) with N large: reduction works on a first, then on T */
    fmpz_mat_init(both, d, n + d);
    fmpq_init(delta);
    fmpq_init(eta);
    fmpz_init(weight);
    fmpz_one(weight);
    fmpz_mul_2exp(weight, weight, 40 + 2 * (mp_bitcnt_t)d);
    for (slong i = 0; i < d; i++) {
        for (slong j = 0; j < n; j++)
            fmpz_mul(fmpz_mat_entry(both, i, j), fmpz_mat_entry(a->num, i, j), weight);
        fmpz_one(fmpz_mat_entry(both, i, n + i));
    }
    fmpq_set_si(delta, 3, 4);
    fmpq_set_si(eta, 51, 100);
    if (d > 0)
        fmpz_mat_lll_storjohann(both, delta, eta);
    aon_mat_init(&res, d, d);
    for (slong i = 0; i < d; i++)
        for (slong j = 0; j < d; j++)
            fmpz_set(fmpz_mat_entry(res.num, i, j), fmpz_mat_entry(both, i, n + j));
    aon_mat_swap(t, &res);
    aon_mat_clear(&res);
    fmpz_clear(weight);
    fmpq_clear(eta);
    fmpq_clear(delta);
    fmpz_mat_clear(both);
}

bool
aon_clear_row(aon_mat *t, const aon_mat *a, slong j)
{
    const slong d = aon_mat_rows(a);
    slong *others = aon_xcalloc((size_t)d + 1, sizeof *others), n = 0;
    aon_inclusion inc;
    aon_mat row, rest;
    bool found;

    for (slong i = 0; i < d; i++)
        if (i != j)
            others[n++] = i;
    aon_inclusion_init(&inc);
    aon_mat_init(&row, 0, 0);
    aon_mat_init(&rest, 0, 0);
    aon_mat_select_rows(&row, a, &j, 1);
    aon_mat_select_rows(&rest, a, others, n);
    aon_mat_transpose(&row, &row);
    aon_mat_transpose(&rest, &rest);
    aon_within(&inc, &row, &rest);
    found = inc.truth == AON_TRUE;
    if (found) {
        aon_mat_one(t, d);
        for (slong i = 0; i < n; i++)
            fmpz_neg(fmpz_mat_entry(t->num, j, others[i]),
                     fmpz_mat_entry(inc.x.num, i, 0));
        fmpz_set(t->den, inc.x.den);
        for (slong i = 0; i < d; i++)
            fmpz_set(fmpz_mat_entry(t->num, i, i), inc.x.den);
        aon_mat_canonicalise(t);
    }
    aon_mat_clear(&rest);
    aon_mat_clear(&row);
    aon_inclusion_clear(&inc);
    free(others);
    return found;
}
