/*
 * Exact linear algebra over Q in which every answer comes with its evidence.
 *
 * All results have been multiplied out (AON_ASSERT) before they are returned, in every
 * build.  Nothing here forms a projector matrix or a Gram inverse for its result.
 * Cost is stated in eliminations; pivots are found modulo a prime and verified over Q.
 */
#ifndef AON_EXACT_LINALG_H
#define AON_EXACT_LINALG_H

#include "exact/mat.h"

typedef struct {
    slong *idx; /* heap, strictly increasing unless said otherwise */
    slong n;
} aon_index;

void aon_index_init(aon_index *ix);
void aon_index_clear(aon_index *ix);

/*
 * rank A >= r:  s A[I,J] is integral and  X (s A[I,J]) = 1 modulo N.
 *   rows, cols   r indices each, strictly increasing       scale s >= 1, modulus N >= 2
 *   x            r x r integers in [0, N) (den 1)
 * N is the first prime of a fixed list that works; small entries, not secrecy.
 */
typedef struct {
    aon_index rows, cols;
    fmpz_t scale, modulus;
    aon_mat x;
} aon_minor;

void aon_minor_init(aon_minor *m);
void aon_minor_clear(aon_minor *m);

/*
 * Column rank profile as a basis:  A = A[:,cols] R, and minor shows that A[:,cols] has
 * independent columns (minor.cols index columns OF A, equal to cols).
 *   cols  the lexicographically first set of independent columns   R  |cols| x n
 */
typedef struct {
    aon_index cols;
    aon_mat r;
    aon_minor minor;
} aon_basis;

void aon_basis_init(aon_basis *b);
void aon_basis_clear(aon_basis *b);
void aon_column_basis(aon_basis *out, const aon_mat *a); /* out initialised; replaced */

/*
 * Is col(A) inside col(B)?   A is m x k, B is m x n (asserted).
 *   AON_TRUE   x is n x k with A = B x
 *   AON_FALSE  y is 1 x m, integral, with y B = 0 and (y A)_col != 0
 */
typedef struct {
    aon_truth truth;
    aon_mat x, y;
    slong col;
} aon_inclusion;

void aon_inclusion_init(aon_inclusion *i);
void aon_inclusion_clear(aon_inclusion *i);
void aon_within(aon_inclusion *out, const aon_mat *a, const aon_mat *b);

/*
 * Kernel of C (m x c):  K is c x (c - rho), integral, primitive columns, C K = 0;
 * c_minor shows rank C >= rho, k_minor shows rank K >= c - rho.
 */
typedef struct {
    aon_mat k;
    aon_minor c_minor, k_minor;
} aon_kernel;

void aon_kernel_init(aon_kernel *k);
void aon_kernel_clear(aon_kernel *k);
void aon_nullspace(aon_kernel *out, const aon_mat *c);

/*
 * Orthogonal projection of the columns of T on col(B); B (d x b) has independent
 * columns (asserted).  z is b x c with B^T (T - B z) = 0; the projection is B z.
 */
void aon_project(aon_mat *z, const aon_mat *b, const aon_mat *t);

/*
 * Sparse linear system  C u = c  in `unknowns` unknowns.  Rows are added one at a time,
 * solved by connected components of the row-unknown graph.
 */
typedef struct aon_linsys aon_linsys;

/* A row of [C | c] or [T | t]: coef[k] at unknown col[k]; col strictly increasing. */
typedef struct {
    slong n;
    slong *col;
    fmpq *coef;
    fmpq_t rhs;
} aon_sparse_row;

void aon_sparse_row_init(aon_sparse_row *r, slong n); /* n zero coefficients, col 0 */
void aon_sparse_row_clear(aon_sparse_row *r);

aon_linsys *aon_linsys_new(slong unknowns);
void aon_linsys_free(aon_linsys *s);
void aon_linsys_add(aon_linsys *s,
                    const aon_sparse_row *row); /* copied; rows number from 0 */
slong aon_linsys_rows(const aon_linsys *s);

/* A combination of rows: y[k] times row row[k]; row strictly increasing, y != 0. */
typedef struct {
    slong n;
    slong *row;
    fmpq *y;
} aon_row_combination;

void aon_row_combination_init(aon_row_combination *y);
void aon_row_combination_clear(aon_row_combination *y);

/*
 * Solve once; further calls query.  Rows must not be added afterwards (asserted).
 *   AON_TRUE   consistent: u is unknowns x 1 with C u = c (free unknowns 0)
 *   AON_FALSE  y C = 0 and y c = 1
 * u and y are initialised by the caller; the one that is not the answer is untouched.
 */
aon_truth aon_linsys_solve(aon_linsys *s, aon_mat *u, aon_row_combination *y);

/*
 * Given a consistent, solved system: does it force the affine form  T u ?
 *   AON_TRUE   value is the forced value of T u, and y C = T, y c = value
 *   AON_FALSE  not determined
 * row->rhs is ignored.  value and y are untouched on AON_FALSE.
 */
aon_truth aon_linsys_entails(aon_linsys *s, const aon_sparse_row *row, fmpq_t value,
                             aon_row_combination *y);

/* Least-norm solution among all (unknowns x 1): for undetermined residuals. */
void aon_linsys_least_norm(aon_linsys *s, aon_mat *u);
/* A basis of the solutions of C u = 0, as columns (unknowns x k), integral, primitive. */
void aon_linsys_kernel(aon_linsys *s, aon_mat *k);

#endif
