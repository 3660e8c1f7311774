/*
 * Internal to exact/: the one elimination everything else stands on, and small helpers.
 */
#ifndef AON_EXACT_IMPL_H
#define AON_EXACT_IMPL_H

#include "exact/linalg.h"

/*
 * Reduced form of an integer matrix  A = [B | C]  whose pivots lie in B (the first n
 * columns).  I = rows and J = cols have `rank` entries each, strictly increasing;
 * A[I,J] is nonsingular, J is the lexicographically first such column set, and
 *     red / den = A[I,J]^-1 A[I,:]        (rank x all columns, den > 0)
 * Verified over Z:  A[:,J] red = den A  on every column of B.  For column n + t of C,
 * bad[t] is the first row where that equation fails, -1 if it holds (then
 * B[:,J] red[:,n+t] = den C_t).
 */
typedef struct {
    slong rank;
    slong *rows, *cols;
    fmpz_mat_t red;
    fmpz_t den;
    slong *bad;
} aon_reduced;

/* How to find the pivots; the answer is the same but for the choice of rows. */
typedef enum {
    AON_REDUCE_AUTO,
    AON_REDUCE_FRACTION_FREE,
    AON_REDUCE_MODULAR
} aon_reduce_how;

void aon_reduced_init(aon_reduced *f);
void aon_reduced_clear(aon_reduced *f);
void aon_reduce(aon_reduced *out, const fmpz_mat_t a, slong n, aon_reduce_how how);

/*
 * y (1 x m, integral, primitive, y[row] > 0) supported on I and `row` with y B = 0:
 * the annihilator that shows A[row, :] outside the span when bad[t] = row.
 */
void aon_reduced_annihilator(fmpz_mat_t y, const aon_reduced *f, const fmpz_mat_t a,
                             slong row);

/* out = a[rows, cols] */
void aon_submatrix(fmpz_mat_t out, const fmpz_mat_t a, const slong *rows, slong nrows,
                   const slong *cols, slong ncols);
/* Divide x and den by their content; den becomes positive. */
void aon_reduce_fraction(fmpz_mat_t x, fmpz_t den);

/* The fixed list: 2147483647 and the primes below it, descending.  0 starts it. */
ulong aon_next_prime(ulong after);

/* Minor of num/scale at rows x cols (n each); asserts that it is nonsingular over Q. */
void aon_minor_set(aon_minor *out, const fmpz_mat_t num, const fmpz_t scale,
                   const slong *rows, const slong *cols, slong n);
void aon_minor_swap(aon_minor *a, aon_minor *b);

/*
 * Kernel of the first n columns: n x (n - rank), integral primitive columns, one per
 * free column in increasing order; free receives their indices (n - rank, caller's).
 */
void aon_reduced_kernel(fmpz_mat_t k, slong *free_cols, const aon_reduced *f, slong n);

void aon_index_set(aon_index *ix, const slong *idx, slong n);
void aon_index_swap(aon_index *a, aon_index *b);
/* n slongs, zeroed; free() releases them. */
slong *aon_slongs(slong n);

#endif
