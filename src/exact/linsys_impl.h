/*
 * Internal to linsys*.c: rows as integers, components, classes of equal components.
 */
#ifndef AON_EXACT_LINSYS_IMPL_H
#define AON_EXACT_LINSYS_IMPL_H

#include "exact/exact_impl.h"

#include <stddef.h>

/*
 * Row as given: (w | rhs) / den with w != 0 entrywise.  lead is the content of w with
 * the sign of w[0], so w / lead is primitive with positive first entry.
 */
typedef struct {
    slong n;
    slong *col;
    fmpz *w;
    fmpz_t rhs, den, lead;
} aon_ls_row;

/*
 * Components whose primitive coefficient matrices coincide.  Right-hand side t is
 * integral over its own denominator rhs_den[t].
 */
typedef struct {
    slong nrows, ncols, nrhs;
    ulong hash;
    fmpz_mat_t a; /* nrows x (ncols + nrhs) once solved */
    fmpz *rhs_den;
    aon_reduced f; /* of a, pivots in the first ncols columns */
    slong queries;
    bool have_inverse;
    fmpz_mat_t inverse; /* A[I,J]^-1 = inverse / inverse_den */
    fmpz_t inverse_den;
} aon_ls_class;

typedef struct {
    slong nrows, ncols;
    slong *rows,
        *cols;       /* increasing; they borrow from the system's row_list, col_list */
    slong kind, rhs; /* index of the class, right-hand side within it */
} aon_ls_component;

struct aon_linsys {
    slong unknowns;
    aon_ls_row *rows;
    size_t nrows, cap;
    aon_truth truth;                /* UNKNOWN until solved */
    slong *component_of, *position; /* per unknown */
    slong *row_list, *col_list;
    aon_ls_component *components;
    slong ncomponents;
    aon_ls_class *classes;
    slong nclasses;
    fmpz *acc; /* per unknown, zero between calls */
};

/* Multiply y out against the rows as given:  y C = T, y c = value.  T: n entries. */
bool aon_ls_combination_is(aon_linsys *s, const aon_row_combination *y, slong n,
                           const slong *col, const fmpq *coef, const fmpq_t value);
/* C u = c on the rows as given? */
bool aon_ls_solves(const aon_linsys *s, const aon_mat *u);
void aon_row_combination_swap(aon_row_combination *a, aon_row_combination *b);
/* Make room for len entries; n is unchanged. */
void aon_row_combination_resize(aon_row_combination *y, slong len);
/* Append num/den times primitive row i of the component, as a multiple of the given row. */
void aon_ls_put(aon_linsys *s, aon_row_combination *y, const aon_ls_component *c,
                slong i, const fmpz_t num, const fmpz_t den);

#endif
