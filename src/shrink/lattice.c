/*
 * Short vectors with the same inner products: v moves within v + K, K the vectors
 * orthogonal to all columns of a.  The lattice of integral vectors of K is reduced by
 * LLL, and v is rounded to it by Babai's nearest plane.  Everything is exact.
 */
#include "shrink/impl.h"

/* Rows: first a complement, then a basis of the integral vectors w with w a = 0; all
 * together unimodular.  The number of the latter. */
static slong
split(fmpz_mat_t u, const aon_mat *a)
{
    const slong d = aon_mat_rows(a);
    fmpz_mat_t h;
    slong rank = d;

    fmpz_mat_one(u);
    if (aon_mat_cols(a) == 0)
        return d;
    fmpz_mat_init(h, d, aon_mat_cols(a));
    fmpz_mat_hnf_transform(h, u, a->num);
    while (rank > 0 && fmpz_mat_is_zero_row(h, rank - 1))
        rank--;
    fmpz_mat_clear(h);
    return d - rank;
}

static void
reduce(fmpz_mat_t u, slong kernel)
{
    const slong d = fmpz_mat_nrows(u);
    fmpz_mat_t part;
    fmpq_t delta, eta;

    fmpq_init(delta);
    fmpq_init(eta);
    fmpq_set_si(delta, 3, 4);
    fmpq_set_si(eta, 51, 100);
    fmpz_mat_init(part, kernel, d);
    for (slong i = 0; i < kernel; i++)
        for (slong j = 0; j < d; j++)
            fmpz_set(fmpz_mat_entry(part, i, j), fmpz_mat_entry(u, d - kernel + i, j));
    fmpz_mat_lll_storjohann(part, delta, eta);
    for (slong i = 0; i < kernel; i++)
        for (slong j = 0; j < d; j++)
            fmpz_set(fmpz_mat_entry(u, d - kernel + i, j), fmpz_mat_entry(part, i, j));
    fmpz_mat_clear(part);
    fmpq_clear(eta);
    fmpq_clear(delta);
}

/* row i of x -= c * row j of y */
static void
subtract(fmpq_mat_t x, slong i, const fmpq_mat_t y, slong j, const fmpq_t c)
{
    for (slong l = 0; l < fmpq_mat_ncols(x); l++)
        fmpq_submul(fmpq_mat_entry(x, i, l), c, fmpq_mat_entry(y, j, l));
}

static void
dot(fmpq_t out, const fmpq_mat_t x, slong i, const fmpq_mat_t y, slong j)
{
    fmpq_zero(out);
    for (slong l = 0; l < fmpq_mat_ncols(x); l++)
        fmpq_addmul(out, fmpq_mat_entry(x, i, l), fmpq_mat_entry(y, j, l));
}

/* to the nearest integer, halves down */
static void
nearest(fmpq_t q)
{
    fmpq_t half;

    fmpq_init(half);
    fmpq_set_si(half, 1, 2);
    fmpq_sub(q, q, half);
    fmpz_cdiv_q(fmpq_numref(q), fmpq_numref(q), fmpq_denref(q));
    fmpz_one(fmpq_denref(q));
    fmpq_clear(half);
}

/* Each row of v: nearest plane against the rows of b. */
static void
round_rows(fmpq_mat_t v, const fmpq_mat_t b)
{
    const slong s = fmpq_mat_nrows(b), d = fmpq_mat_ncols(b);
    fmpq_mat_t ortho;
    fmpq_t c, norm;

    fmpq_init(c);
    fmpq_init(norm);
    fmpq_mat_init(ortho, s, d);
    fmpq_mat_set(ortho, b);
    for (slong i = 0; i < s; i++)
        for (slong j = 0; j < i; j++) {
            dot(c, b, i, ortho, j);
            dot(norm, ortho, j, ortho, j);
            fmpq_div(c, c, norm);
            subtract(ortho, i, ortho, j, c);
        }
    for (slong r = 0; r < fmpq_mat_nrows(v); r++)
        for (slong i = s; i-- > 0;) {
            dot(c, v, r, ortho, i);
            dot(norm, ortho, i, ortho, i);
            fmpq_div(c, c, norm);
            nearest(c);
            subtract(v, r, b, i, c);
        }
    fmpq_mat_clear(ortho);
    fmpq_clear(norm);
    fmpq_clear(c);
}

/* Rows of v in terms of the rows of u; those along the last `kernel` become 0. */
static void
settle(fmpq_mat_t v, const fmpz_mat_t u, slong kernel)
{
    const slong d = fmpz_mat_nrows(u);
    fmpq_mat_t w, b;

    fmpq_mat_init(w, fmpq_mat_nrows(v), d);
    fmpq_mat_init(b, d, d);
    fmpq_mat_set_fmpz_mat(b, u);
    AON_ASSERT(fmpq_mat_inv(b, b) != 0); /* unimodular */
    fmpq_mat_mul(w, v, b);
    for (slong r = 0; r < fmpq_mat_nrows(v); r++)
        for (slong i = d - kernel; i < d; i++)
            fmpq_zero(fmpq_mat_entry(w, r, i));
    fmpq_mat_set_fmpz_mat(b, u);
    fmpq_mat_mul(v, w, b);
    fmpq_mat_clear(b);
    fmpq_mat_clear(w);
}

void
aon_near_zero(aon_mat *v, const aon_mat *a, aon_near how)
{
    const slong d = aon_mat_rows(a);
    fmpz_mat_t u;
    fmpq_mat_t rows, b;
    slong kernel;

    AON_ASSERT(aon_mat_rows(v) == d);
    if (d == 0 || aon_mat_cols(v) == 0)
        return;
    fmpz_mat_init(u, d, d);
    kernel = split(u, a);
    if (kernel > 0) {
        reduce(u, kernel);
        fmpq_mat_init(b, kernel, d);
        for (slong i = 0; i < kernel; i++)
            for (slong j = 0; j < d; j++)
                fmpq_set_fmpz(fmpq_mat_entry(b, i, j),
                              fmpz_mat_entry(u, d - kernel + i, j));
        aon_mat_transpose(v, v);
        fmpq_mat_init(rows, aon_mat_rows(v), d);
        fmpq_mat_set_fmpz_mat_div_fmpz(rows, v->num, v->den);
        settle(rows, u, kernel);
        round_rows(rows, b);
        for (slong r = 0; r < fmpq_mat_nrows(rows) && how == AON_NEAR_UNIT; r++)
            for (slong j = 0; j < d; j++)
                fmpq_add(fmpq_mat_entry(rows, r, j), fmpq_mat_entry(rows, r, j),
                         fmpq_mat_entry(b, 0, j));
        fmpq_mat_get_fmpz_mat_matwise(v->num, v->den, rows);
        aon_mat_canonicalise(v);
        aon_mat_transpose(v, v);
        fmpq_mat_clear(rows);
        fmpq_mat_clear(b);
    }
    fmpz_mat_clear(u);
}
