/*
 * Models with a given table, by Proposition P and nothing else.
 *
 * With W in GL_d and its dual W* = W^-T, columns w_i and w*_i:
 *     T = w_1 .. w_r,   T' = w*_1 .. w*_r,
 *     J in the span of the next hidden_g columns of W*   (orthogonal to Im T),
 *     H in the span of the next hidden_f columns of W    (orthogonal to Im T', span J).
 * Every choice of T, T', span J arises from some W.
 */
#include "model/generate.h"
#include "model/random.h"

#include "base/arena.h"
#include "exact/linalg.h"

#include <stdlib.h>

enum { ATTEMPTS = 40 };

static slong
at_most(slong x, slong top)
{
    return x < 0 ? 0 : x > top ? (top < 0 ? 0 : top) : x;
}

/* ---- the frame W, W* ---- */

/* a := Q a for the reflection Q = 1 - 2 z z^T / z^T z, z in {-1,0,1}^d. */
static void
reflect(aon_mat *a, const aon_mat *z)
{
    aon_mat turned, row, norm;

    aon_mat_init(&turned, 0, 0);
    aon_mat_init(&row, 0, 0);
    aon_mat_init(&norm, 0, 0);
    aon_mat_transpose(&row, z);
    aon_mat_mul(&norm, &row, z);
    if (!aon_mat_is_zero(&norm)) {
        /* norm is the integer z^T z; 2/norm as a 1 x 1 matrix */
        fmpz_set(norm.den, fmpz_mat_entry(norm.num, 0, 0));
        fmpz_set_si(fmpz_mat_entry(norm.num, 0, 0), 2);
        aon_mat_canonicalise(&norm);
        aon_mat_mul(&turned, &row, a);
        aon_mat_mul(&turned, z, &turned);
        aon_mat_scale(&turned, &norm, &turned);
        aon_mat_sub(a, a, &turned);
    }
    aon_mat_clear(&norm);
    aon_mat_clear(&row);
    aon_mat_clear(&turned);
}

/* Is span of the first r columns orthogonal to the span of the others? */
static bool
is_straight(const aon_mat *w, slong r)
{
    slong d = aon_mat_rows(w);
    aon_mat first, others;
    bool straight;

    aon_mat_init(&first, 0, 0);
    aon_mat_init(&others, 0, 0);
    aon_mat_block(&first, w, 0, 0, d, r);
    aon_mat_block(&others, w, 0, r, d, d - r);
    aon_mat_transpose(&first, &first);
    aon_mat_mul(&first, &first, &others);
    straight = aon_mat_is_zero(&first);
    aon_mat_clear(&others);
    aon_mat_clear(&first);
    return straight;
}

/* w_1 += w_d, w*_d -= w*_1. */
static void
tilt(aon_mat *w, aon_mat *dual)
{
    slong d = aon_mat_rows(w);

    for (slong i = 0; i < d; i++) {
        fmpz *x = fmpz_mat_entry(w->num, i, 0),
             *y = fmpz_mat_entry(dual->num, i, d - 1);

        fmpz_add(x, x, fmpz_mat_entry(w->num, i, d - 1));
        fmpz_sub(y, y, fmpz_mat_entry(dual->num, i, 0));
    }
}

/* Halves one column of W and doubles it in W*, or the other way round. */
static void
stretch(aon_mat *w, aon_mat *dual, aon_rng *rng)
{
    slong d = aon_mat_rows(w), j = (slong)aon_rng_below(rng, (uint64_t)d);
    aon_mat *longer = aon_rng_chance(rng, 1, 2) ? w : dual;
    aon_mat *shorter = longer == w ? dual : w;

    for (slong i = 0; i < d; i++) {
        for (slong k = 0; k < d; k++) {
            if (k != j)
                fmpz_mul_2exp(fmpz_mat_entry(shorter->num, i, k),
                              fmpz_mat_entry(shorter->num, i, k), 1);
        }
        fmpz_mul_2exp(fmpz_mat_entry(longer->num, i, j),
                      fmpz_mat_entry(longer->num, i, j), 1);
    }
    fmpz_mul_2exp(shorter->den, shorter->den, 1);
    aon_mat_canonicalise(longer);
    aon_mat_canonicalise(shorter);
}

static void
draw_frame(aon_mat *w, aon_mat *dual, slong d, slong r, const aon_model_spec *spec,
           aon_rng *rng)
{
    bool skew = spec->skew && !spec->orthonormal_like && r > 0 && d > r;
    slong *order = aon_random_order(d, rng);

    if (spec->orthonormal_like) {
        aon_mat_one(w, d);
        aon_mat_one(dual, d);
    } else {
        aon_random_unimodular(w, dual, d, skew ? 0 : r, rng);
        if (skew && is_straight(w, r))
            tilt(w, dual);
        if (d > 0 && spec->entry_bits > 1 && aon_rng_chance(rng, 1, 2))
            stretch(w, dual, rng);
    }
    aon_mat_select_rows(w, w, order, d);
    aon_mat_select_rows(dual, dual, order, d);
    if (!spec->orthonormal_like && !skew && aon_rng_chance(rng, 1, 2)) {
        aon_mat z;

        aon_mat_init(&z, 0, 0);
        aon_random_mat(&z, d, 1, 1, 0, rng);
        reflect(w, &z);
        reflect(dual, &z);
        aon_mat_clear(&z);
    }
    free(order);
}

/* ---- hidden parts ---- */

/*
 * hidden x n coefficients of rank `hidden` (at most the number of columns but `skip`)
 * that with the rows of u have as high a rank as can be; column skip (-1: none) is 0.
 */
static void
draw_hidden(aon_mat *out, slong hidden, const aon_mat *u, slong skip, slong bits,
            aon_rng *rng)
{
    slong n = aon_mat_cols(u), r = aon_mat_rows(u), columns = n - (skip >= 0);
    slong wanted = r + hidden < columns ? r + hidden : columns, next = 0;
    aon_mat both;
    aon_basis basis;
    bool found = false;

    aon_mat_init(&both, 0, 0);
    for (int attempt = 0; attempt < ATTEMPTS && !found; attempt++) {
        aon_random_mat(out, hidden, n, bits, 0, rng);
        for (slong i = 0; i < hidden && skip >= 0; i++)
            fmpz_zero(fmpz_mat_entry(out->num, i, skip));
        aon_mat_canonicalise(out);
        aon_mat_vcat(&both, u, out);
        found = aon_mat_rank(&both) == wanted && aon_mat_rank(out) == hidden;
    }
    if (!found) {
        /* Unit vectors, first on the columns that u has no pivot in. */
        aon_basis_init(&basis);
        aon_column_basis(&basis, u);
        aon_mat_zero(out, hidden, n);
        for (int pass = 0; pass < 2; pass++) {
            slong pivot = 0;

            for (slong j = 0; j < n; j++) {
                bool is_pivot = pivot < basis.cols.n && basis.cols.idx[pivot] == j;

                pivot += is_pivot;
                if (j != skip && is_pivot == (pass == 1) && next < hidden)
                    fmpz_one(fmpz_mat_entry(out->num, next++, j));
            }
        }
        aon_basis_clear(&basis);
    }
    aon_mat_clear(&both);
}

/* Columns [0, r) and [from, from + n) of the frame times the coefficients. */
static void
combine(aon_mat *out, const aon_mat *frame, const aon_mat *u, slong from,
        const aon_mat *hidden)
{
    slong d = aon_mat_rows(frame), r = aon_mat_rows(u);
    aon_mat part;

    aon_mat_init(&part, 0, 0);
    aon_mat_block(&part, frame, 0, 0, d, r);
    aon_mat_mul(out, &part, u);
    aon_mat_block(&part, frame, 0, from, d, aon_mat_rows(hidden));
    aon_mat_mul(&part, &part, hidden);
    aon_mat_add(out, out, &part);
    aon_mat_clear(&part);
}

/* g(y) - g(base) for all y. */
static void
differences(aon_mat *out, const aon_mat *g, slong base)
{
    slong k = aon_mat_cols(g);
    slong *cols = aon_xcalloc((size_t)k, sizeof *cols);
    aon_mat pivot;

    for (slong y = 0; y < k; y++)
        cols[y] = base;
    aon_mat_init(&pivot, 0, 0);
    aon_mat_select_cols(&pivot, g, cols, k);
    aon_mat_sub(out, g, &pivot);
    aon_mat_clear(&pivot);
    free(cols);
}

/* g(y) += c */
static void
shift_all(aon_mat *g, slong bits, aon_rng *rng)
{
    aon_mat c, ones;

    aon_mat_init(&c, 0, 0);
    aon_mat_init(&ones, 1, aon_mat_cols(g));
    aon_random_mat(&c, aon_mat_rows(g), 1, bits, 0, rng);
    for (slong y = 0; y < aon_mat_cols(g); y++)
        fmpz_one(fmpz_mat_entry(ones.num, 0, y));
    aon_mat_mul(&c, &c, &ones);
    aon_mat_add(g, g, &c);
    aon_mat_clear(&ones);
    aon_mat_clear(&c);
}

static bool
has_table(const aon_mat *f, const aon_mat *g, slong base, const aon_table *t)
{
    aon_mat wanted, got, diff;
    bool equal;

    aon_mat_init(&wanted, 0, 0);
    aon_mat_init(&got, 0, 0);
    aon_mat_init(&diff, 0, 0);
    differences(&diff, g, base);
    aon_mat_transpose(&got, f);
    aon_mat_mul(&got, &got, &diff);
    aon_mat_transpose(&wanted, &t->u);
    aon_mat_mul(&wanted, &wanted, &t->v);
    equal = aon_mat_equal(&wanted, &got);
    aon_mat_clear(&diff);
    aon_mat_clear(&got);
    aon_mat_clear(&wanted);
    return equal;
}

void
aon_generate_model(aon_instance *in, const char *name, const aon_table *t,
                   const aon_model_spec *spec, aon_rng *rng)
{
    slong d = spec->d, r = t->r, base = (slong)in->base;
    slong hidden_g = at_most(spec->hidden_g, at_most(d - r, t->k - 1));
    slong hidden_f = at_most(spec->hidden_f, at_most(d - r - hidden_g, t->n));
    aon_mat w, dual, hidden, f, g;
    aon_value *v;

    AON_ASSERT(d >= r && t->n == (slong)in->ncontexts && t->k == (slong)in->ntokens);
    aon_mat_init(&w, 0, 0);
    aon_mat_init(&dual, 0, 0);
    aon_mat_init(&hidden, 0, 0);
    aon_mat_init(&f, 0, 0);
    aon_mat_init(&g, 0, 0);
    draw_frame(&w, &dual, d, r, spec, rng);
    draw_hidden(&hidden, hidden_g, &t->v, base, spec->entry_bits, rng);
    combine(&g, &dual, &t->v, r, &hidden);
    draw_hidden(&hidden, hidden_f, &t->u, -1, spec->entry_bits, rng);
    combine(&f, &w, &t->u, r + hidden_g, &hidden);
    if (spec->shift)
        shift_all(&g, spec->entry_bits, rng);
    AON_ASSERT(has_table(&f, &g, base, t));

    v = aon_instance_add(in, name, AON_VAL_MODEL);
    v->dim = d;
    aon_mat_swap(&v->a, &f);
    aon_mat_swap(&v->b, &g);
    aon_mat_clear(&g);
    aon_mat_clear(&f);
    aon_mat_clear(&hidden);
    aon_mat_clear(&dual);
    aon_mat_clear(&w);
}

/* ---- near misses and subspaces ---- */

/*
 * delta (d x 1) with <delta, g0(y)> != 0 for one random y and, where that can be, 0 for
 * all others; false if g0 = 0.
 */
static bool
draw_direction(aon_mat *delta, const aon_mat *g0, aon_rng *rng)
{
    slong d = aon_mat_rows(g0), k = aon_mat_cols(g0);
    slong *order = aon_random_order(k, rng);
    slong *others = aon_xcalloc((size_t)k, sizeof *others);
    aon_inclusion inc;
    aon_mat one, rest;
    bool found = false;

    aon_inclusion_init(&inc);
    aon_mat_init(&one, 0, 0);
    aon_mat_init(&rest, 0, 0);
    for (slong i = 0; i < k && i < 8 && !found; i++) {
        slong m = 0;

        for (slong y = 0; y < k; y++) {
            if (y != order[i])
                others[m++] = y;
        }
        aon_mat_block(&one, g0, 0, order[i], d, 1);
        aon_mat_select_cols(&rest, g0, others, m);
        aon_within(&inc, &one, &rest);
        found = inc.truth == AON_FALSE;
        if (found)
            aon_mat_transpose(delta, &inc.y);
    }
    for (slong i = 0; i < d && !found; i++) {
        for (slong y = 0; y < k && !found; y++)
            found = aon_mat_sgn(g0, i, y) != 0;
        if (found) {
            aon_mat_zero(delta, d, 1);
            fmpz_one(fmpz_mat_entry(delta->num, i, 0));
        }
    }
    aon_mat_clear(&rest);
    aon_mat_clear(&one);
    aon_inclusion_clear(&inc);
    free(others);
    free(order);
    return found;
}

long
aon_generate_perturb(aon_instance *in, const char *name, aon_rng *rng)
{
    const aon_value *found = aon_instance_find(in, name);
    aon_value *v;
    aon_mat g0, delta, unit;
    long x = -1;

    AON_ASSERT(found != NULL && found->kind == AON_VAL_MODEL);
    v = &in->value[found - in->value];
    aon_mat_init(&g0, 0, 0);
    aon_mat_init(&delta, 0, 0);
    aon_mat_init(&unit, 1, (slong)in->ncontexts);
    differences(&g0, &v->b, (slong)in->base);
    if (in->ncontexts > 0 && draw_direction(&delta, &g0, rng)) {
        x = (long)aon_rng_below(rng, in->ncontexts);
        fmpz_set_si(fmpz_mat_entry(unit.num, 0, x), aon_rng_chance(rng, 1, 2) ? 1 : -1);
        aon_mat_mul(&delta, &delta, &unit);
        aon_mat_add(&v->a, &v->a, &delta);
    }
    aon_mat_clear(&unit);
    aon_mat_clear(&delta);
    aon_mat_clear(&g0);
    return x;
}

void
aon_generate_subspace(aon_mat *out, const aon_mat *s, slong dim, slong entry_bits,
                      aon_rng *rng)
{
    aon_basis basis;
    aon_mat columns, mix;
    bool found = false;
    slong n;

    aon_basis_init(&basis);
    aon_mat_init(&columns, 0, 0);
    aon_mat_init(&mix, 0, 0);
    aon_column_basis(&basis, s);
    n = basis.cols.n;
    dim = at_most(dim, n);
    aon_mat_select_cols(&columns, s, basis.cols.idx, n);
    for (int attempt = 0; attempt < ATTEMPTS && !found; attempt++) {
        aon_random_mat(&mix, n, dim, entry_bits, 0, rng);
        found = aon_mat_rank(&mix) == dim;
    }
    if (!found) {
        aon_mat_one(&mix, n);
        aon_mat_block(&mix, &mix, 0, 0, n, dim);
    }
    aon_mat_mul(out, &columns, &mix);
    aon_mat_clear(&mix);
    aon_mat_clear(&columns);
    aon_basis_clear(&basis);
}
