/*
 * Reduced form of an integer matrix, two ways to the same verified answer.
 *
 * Small: fraction-free Gauss-Jordan elimination (Bareiss, Math. Comp. 22, 1968).
 * Large: LU modulo a word prime names rows I and columns J; one exact solve with the
 * square nonsingular A[I,J] gives the coordinates of all other columns.  The primes are
 * tried in the order of one fixed list.
 *
 * Neither is believed: verify() multiplies out.  It also makes an unlucky prime
 * harmless.  Say red/den = R and A[:,J] R = A, where R has the unit columns at J and
 * column j of R uses only pivots J[i] <= j.  Then rank A = |J| since A[I,J] is
 * nonsingular, and each column outside J depends on earlier ones in J: no other set of
 * independent columns is lexicographically before J.
 */
#include "exact/exact_impl.h"

#include "base/arena.h"

#include <stdlib.h>

enum {
    FRACTION_FREE_MAX =
        2,           /* elimination up to this rank bound, modular above (measured) */
    FFLU_MAX = 24,   /* square solves: fraction-free LU up to here, then p-adic */
    PRIMES_TRIED = 6 /* then fraction-free whatever the size */
};

slong *
aon_slongs(slong n)
{
    return aon_xcalloc(n > 0 ? (size_t)n : 1, sizeof(slong));
}

void
aon_reduced_init(aon_reduced *f)
{
    f->rank = 0;
    f->rows = f->cols = f->bad = NULL;
    fmpz_mat_init(f->red, 0, 0);
    fmpz_init_set_ui(f->den, 1);
}

void
aon_reduced_clear(aon_reduced *f)
{
    fmpz_clear(f->den);
    fmpz_mat_clear(f->red);
    free(f->bad);
    free(f->cols);
    free(f->rows);
}

ulong
aon_next_prime(ulong after)
{
    const ulong largest = UWORD(2147483647); /* 2^31 - 1 is prime: nothing to test */
    ulong p = after - 2;

    if (after == 0)
        return largest;
    AON_ASSERT(p > 2 && p <= largest);
    while (!n_is_prime(p))
        p -= 2;
    return p;
}

void
aon_submatrix(fmpz_mat_t out, const fmpz_mat_t a, const slong *rows, slong nrows,
              const slong *cols, slong ncols)
{
    fmpz_mat_t res;

    fmpz_mat_init(res, nrows, ncols);
    for (slong i = 0; i < nrows; i++)
        for (slong j = 0; j < ncols; j++)
            fmpz_set(fmpz_mat_entry(res, i, j), fmpz_mat_entry(a, rows[i], cols[j]));
    fmpz_mat_swap(out, res);
    fmpz_mat_clear(res);
}

void
aon_reduce_fraction(fmpz_mat_t x, fmpz_t den)
{
    aon_mat t; /* borrows both for one call */

    fmpz_mat_init(t.num, 0, 0);
    fmpz_init(t.den);
    fmpz_mat_swap(t.num, x);
    fmpz_swap(t.den, den);
    aon_mat_canonicalise(&t);
    fmpz_mat_swap(t.num, x);
    fmpz_swap(t.den, den);
    fmpz_clear(t.den);
    fmpz_mat_clear(t.num);
}

static int
compare_slong(const void *x, const void *y)
{
    slong a = *(const slong *)x, b = *(const slong *)y;

    return (a > b) - (a < b);
}

/* The columns not in f->cols, in order; `total - rank` of them. */
static slong *
other_columns(const aon_reduced *f, slong total)
{
    slong *rest = aon_slongs(total - f->rank), n = 0, k = 0;

    for (slong j = 0; j < total; j++) {
        if (k < f->rank && f->cols[k] == j)
            k++;
        else
            rest[n++] = j;
    }
    AON_ASSERT(k == f->rank && n == total - f->rank);
    return rest;
}

/* ---- fraction-free ---------------------------------------------------------------- */

/*
 * One Bareiss step on row i with pivot row k, column j:
 * row_i = (pivot row_i - a_ij row_k) / previous pivot, exact.
 */
static void
bareiss_row(fmpz_mat_t w, slong i, slong k, slong j, const fmpz_t prev)
{
    const fmpz *pivot = fmpz_mat_entry(w, k, j);
    bool divide = !fmpz_is_one(prev);
    fmpz_t f;

    fmpz_init_set(f, fmpz_mat_entry(w, i, j));
    for (slong l = 0; l < fmpz_mat_ncols(w); l++) {
        fmpz *e = fmpz_mat_entry(w, i, l);
        const fmpz *p = fmpz_mat_entry(w, k, l);

        if (fmpz_is_zero(e) && (fmpz_is_zero(p) || fmpz_is_zero(f)))
            continue;
        fmpz_mul(e, e, pivot);
        if (!fmpz_is_zero(f))
            fmpz_submul(e, f, p);
        if (divide)
            fmpz_divexact(e, e, prev);
    }
    fmpz_clear(f);
}

static void
fraction_free(aon_reduced *f, const fmpz_mat_t a, slong n)
{
    slong m = fmpz_mat_nrows(a), total = fmpz_mat_ncols(a), rank = 0;
    slong *perm = aon_slongs(m), *cols = aon_slongs(FLINT_MIN(m, n));
    fmpz_mat_t w, red;
    fmpz_t prev;

    fmpz_mat_init_set(w, a);
    fmpz_init_set_ui(prev, 1);
    for (slong i = 0; i < m; i++)
        perm[i] = i;
    for (slong j = 0; j < n && rank < m; j++) {
        slong k = rank, t;

        while (k < m && fmpz_is_zero(fmpz_mat_entry(w, k, j)))
            k++;
        if (k == m)
            continue;
        if (k != rank) {
            fmpz_mat_swap_rows(w, NULL, k, rank);
            t = perm[k];
            perm[k] = perm[rank];
            perm[rank] = t;
        }
        for (slong i = 0; i < m; i++)
            if (i != rank)
                bareiss_row(w, i, rank, j, prev);
        fmpz_set(prev, fmpz_mat_entry(w, rank, j));
        cols[rank++] = j;
    }
    fmpz_mat_init(red, rank, total);
    for (slong i = 0; i < rank; i++)
        for (slong j = 0; j < total; j++)
            fmpz_swap(fmpz_mat_entry(red, i, j), fmpz_mat_entry(w, i, j));
    qsort(perm, (size_t)rank, sizeof *perm, compare_slong);
    free(f->rows);
    free(f->cols);
    f->rank = rank;
    f->rows = perm;
    f->cols = cols;
    fmpz_mat_swap(f->red, red);
    fmpz_swap(f->den, prev);
    aon_reduce_fraction(f->red, f->den);
    fmpz_clear(prev);
    fmpz_mat_clear(red);
    fmpz_mat_clear(w);
}

/* ---- modular ---------------------------------------------------------------------- */

/* Pivot rows and columns of the first n columns of a modulo p; false if unreadable. */
static bool
pivots_mod(aon_reduced *f, const fmpz_mat_t a, slong n, ulong p)
{
    slong m = fmpz_mat_nrows(a), col = 0;
    slong *perm = aon_slongs(m), *cols = aon_slongs(FLINT_MIN(m, n));
    bool ok = true;
    nmod_mat_t w;

    nmod_mat_init(w, m, n, p);
    for (slong i = 0; i < m; i++) {
        perm[i] = i;
        for (slong j = 0; j < n; j++)
            nmod_mat_set_entry(w, i, j, fmpz_fdiv_ui(fmpz_mat_entry(a, i, j), p));
    }
    f->rank = m > 0 && n > 0 ? nmod_mat_lu(perm, w, 0) : 0;
    /* U is in echelon form; L is stored to the left of column i in row i. */
    for (slong i = 0; i < f->rank && ok; i++) {
        col = FLINT_MAX(col, i);
        while (col < n && nmod_mat_get_entry(w, i, col) == 0)
            col++;
        ok = col < n;
        if (ok)
            cols[i] = col++;
    }
    if (ok)
        qsort(perm, (size_t)f->rank, sizeof *perm, compare_slong);
    free(f->rows);
    free(f->cols);
    f->rows = perm;
    f->cols = cols;
    nmod_mat_clear(w);
    return ok;
}

/* Given rows and cols, fill red and den by one exact solve; false if singular. */
static bool
coordinates(aon_reduced *f, const fmpz_mat_t a)
{
    slong total = fmpz_mat_ncols(a), r = f->rank;
    slong *rest = other_columns(f, total);
    bool ok = true;
    fmpz_mat_t sq, rhs, x, red;
    fmpz_t den;

    fmpz_mat_init(sq, 0, 0);
    fmpz_mat_init(rhs, 0, 0);
    fmpz_mat_init(x, r, total - r);
    fmpz_mat_init(red, r, total);
    fmpz_init_set_ui(den, 1);
    if (r > 0 && total > r) {
        aon_submatrix(sq, a, f->rows, r, f->cols, r);
        aon_submatrix(rhs, a, f->rows, r, rest, total - r);
        ok = (r <= FFLU_MAX ? fmpz_mat_solve_fflu(x, den, sq, rhs)
                            : fmpz_mat_solve(x, den, sq, rhs)) != 0;
    }
    if (ok) {
        aon_reduce_fraction(x, den);
        for (slong i = 0; i < r; i++) {
            fmpz_set(fmpz_mat_entry(red, i, f->cols[i]), den);
            for (slong j = 0; j < total - r; j++)
                fmpz_swap(fmpz_mat_entry(red, i, rest[j]), fmpz_mat_entry(x, i, j));
        }
        fmpz_mat_swap(f->red, red);
        fmpz_swap(f->den, den);
    }
    fmpz_clear(den);
    fmpz_mat_clear(red);
    fmpz_mat_clear(x);
    fmpz_mat_clear(rhs);
    fmpz_mat_clear(sq);
    free(rest);
    return ok;
}

/* ---- verification ----------------------------------------------------------------- */

/* Echelon shape of the first n columns: unit columns at J, zeros left of each pivot. */
static bool
is_echelon(const aon_reduced *f, slong n)
{
    if (fmpz_sgn(f->den) <= 0)
        return false;
    for (slong i = 0; i < f->rank; i++) {
        if (f->cols[i] >= n || (i > 0 && f->cols[i] <= f->cols[i - 1]) ||
            (i > 0 && f->rows[i] <= f->rows[i - 1]))
            return false;
        for (slong j = 0; j < f->cols[i]; j++)
            if (!fmpz_is_zero(fmpz_mat_entry(f->red, i, j)))
                return false;
        for (slong k = 0; k < f->rank; k++)
            if (!(k == i ? fmpz_equal(fmpz_mat_entry(f->red, k, f->cols[i]), f->den)
                         : fmpz_is_zero(fmpz_mat_entry(f->red, k, f->cols[i]))))
                return false;
    }
    return true;
}

/* A[:,J] red = den A on the first n columns?  Fills bad for the others. */
static bool
verify(aon_reduced *f, const fmpz_mat_t a, slong n)
{
    slong m = fmpz_mat_nrows(a), total = fmpz_mat_ncols(a), rest_n = total - f->rank;
    slong *rest;
    bool ok = is_echelon(f, n);
    fmpz_mat_t left, right, prod;
    fmpz_t t;

    if (!ok)
        return false;
    rest = other_columns(f, total);
    free(f->bad);
    f->bad = aon_slongs(total - n);
    fmpz_init(t);
    fmpz_mat_init(left, m, f->rank);
    fmpz_mat_init(right, f->rank, rest_n);
    fmpz_mat_init(prod, m, rest_n);
    for (slong i = 0; i < m; i++)
        for (slong k = 0; k < f->rank; k++)
            fmpz_set(fmpz_mat_entry(left, i, k), fmpz_mat_entry(a, i, f->cols[k]));
    for (slong k = 0; k < f->rank; k++)
        for (slong j = 0; j < rest_n; j++)
            fmpz_set(fmpz_mat_entry(right, k, j), fmpz_mat_entry(f->red, k, rest[j]));
    if (f->rank > 0)
        fmpz_mat_mul(prod, left, right);
    for (slong j = 0; j < rest_n && ok; j++) {
        slong col = rest[j], bad = -1;

        for (slong i = 0; i < m && bad < 0; i++) {
            fmpz_mul(t, f->den, fmpz_mat_entry(a, i, col));
            if (!fmpz_equal(t, fmpz_mat_entry(prod, i, j)))
                bad = i;
        }
        if (col >= n)
            f->bad[col - n] = bad;
        else if (bad >= 0)
            ok = false;
    }
    fmpz_mat_clear(prod);
    fmpz_mat_clear(right);
    fmpz_mat_clear(left);
    fmpz_clear(t);
    free(rest);
    return ok;
}

void
aon_reduce(aon_reduced *out, const fmpz_mat_t a, slong n, aon_reduce_how how)
{
    slong m = fmpz_mat_nrows(a);
    ulong p = 0;

    AON_ASSERT(n >= 0 && n <= fmpz_mat_ncols(a));
    if (how == AON_REDUCE_AUTO)
        how = FLINT_MIN(m, n) <= FRACTION_FREE_MAX ? AON_REDUCE_FRACTION_FREE
                                                   : AON_REDUCE_MODULAR;
    if (how == AON_REDUCE_MODULAR) {
        for (int tries = 0; tries < PRIMES_TRIED; tries++) {
            p = aon_next_prime(p);
            if (pivots_mod(out, a, n, p) && coordinates(out, a) && verify(out, a, n))
                return;
        }
    }
    fraction_free(out, a, n);
    AON_ASSERT(verify(out, a, n));
}

void
aon_reduced_annihilator(fmpz_mat_t y, const aon_reduced *f, const fmpz_mat_t a,
                        slong row)
{
    slong m = fmpz_mat_nrows(a), r = f->rank;
    fmpz_mat_t sq, rhs, x, res;
    fmpz_t den;

    fmpz_mat_init(sq, r, r);
    fmpz_mat_init(rhs, r, 1);
    fmpz_mat_init(x, r, 1);
    fmpz_mat_init(res, 1, m);
    fmpz_init_set_ui(den, 1);
    for (slong i = 0; i < r; i++) {
        fmpz_set(fmpz_mat_entry(rhs, i, 0), fmpz_mat_entry(a, row, f->cols[i]));
        for (slong j = 0; j < r; j++)
            fmpz_set(fmpz_mat_entry(sq, i, j),
                     fmpz_mat_entry(a, f->rows[j], f->cols[i]));
    }
    if (r > 0)
        AON_ASSERT(fmpz_mat_solve(x, den, sq, rhs) != 0);
    aon_reduce_fraction(x, den); /* now (-x, den) is primitive, den > 0 */
    for (slong i = 0; i < r; i++)
        fmpz_neg(fmpz_mat_entry(res, 0, f->rows[i]), fmpz_mat_entry(x, i, 0));
    AON_ASSERT(fmpz_is_zero(fmpz_mat_entry(res, 0, row)));
    fmpz_set(fmpz_mat_entry(res, 0, row), den);
    fmpz_mat_swap(y, res);
    fmpz_clear(den);
    fmpz_mat_clear(res);
    fmpz_mat_clear(x);
    fmpz_mat_clear(rhs);
    fmpz_mat_clear(sq);
}

void
aon_reduced_kernel(fmpz_mat_t k, slong *free_cols, const aon_reduced *f, slong n)
{
    slong r = f->rank, nf = 0, at = 0;
    fmpz_mat_t res;
    fmpz_t g;

    fmpz_mat_init(res, n, n - r);
    fmpz_init(g);
    for (slong j = 0; j < n; j++) {
        if (at < r && f->cols[at] == j) {
            at++;
            continue;
        }
        fmpz_set(g, f->den);
        for (slong i = 0; i < r && !fmpz_is_one(g); i++)
            fmpz_gcd(g, g, fmpz_mat_entry(f->red, i, j));
        fmpz_divexact(fmpz_mat_entry(res, j, nf), f->den, g);
        for (slong i = 0; i < r; i++) {
            fmpz *e = fmpz_mat_entry(res, f->cols[i], nf);

            fmpz_divexact(e, fmpz_mat_entry(f->red, i, j), g);
            fmpz_neg(e, e);
        }
        free_cols[nf++] = j;
    }
    AON_ASSERT(nf == n - r);
    fmpz_mat_swap(k, res);
    fmpz_clear(g);
    fmpz_mat_clear(res);
}
