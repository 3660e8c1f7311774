/*
 * Textbook linear algebra over Q on GMP's mpq, for tests only: dense, slow, obvious.
 * No FLINT and nothing of ours, so that it cannot share a mistake with what it judges.
 */
#ifndef AON_REF_REF_H
#define AON_REF_REF_H

#include <gmp.h>
#include <stdbool.h>

typedef struct {
    long rows, cols;
    mpq_t *e; /* row by row */
} ref_mat;

void ref_init(ref_mat *a, long rows, long cols); /* zero */
void ref_clear(ref_mat *a);
void ref_set(ref_mat *out, const ref_mat *a);
mpq_t *ref_at(const ref_mat *a, long i, long j);

/* out is initialised and reshaped; it must not be an operand. */
void ref_mul(ref_mat *out, const ref_mat *a, const ref_mat *b);
void ref_sub(ref_mat *out, const ref_mat *a, const ref_mat *b);
void ref_transpose(ref_mat *out, const ref_mat *a);
void ref_hcat(ref_mat *out, const ref_mat *a, const ref_mat *b);
void ref_select(ref_mat *out, const ref_mat *a, const long *rows, long nrows,
                const long *cols, long ncols); /* NULL rows, cols: all of them */
bool ref_equal(const ref_mat *a, const ref_mat *b);
bool ref_is_zero(const ref_mat *a);

/* Gauss-Jordan in place; pivots (at least min(rows, cols) long, or NULL); the rank. */
long ref_gauss_jordan(ref_mat *a, long *pivots);
long ref_rank(const ref_mat *a);
/* Some x with a x = b, or false. */
bool ref_solve(ref_mat *x, const ref_mat *a, const ref_mat *b);
/* col(a) inside col(b)? */
bool ref_within(const ref_mat *a, const ref_mat *b);
/* Orthogonal projection of the columns of t on col(b), by Gram-Schmidt. */
void ref_project(ref_mat *out, const ref_mat *b, const ref_mat *t);

#endif
