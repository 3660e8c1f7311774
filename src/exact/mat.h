/*
 * Exact matrices over Q: one integer matrix over one positive denominator.
 */
#ifndef AON_EXACT_MAT_H
#define AON_EXACT_MAT_H

#include "base/buf.h"
#include "base/status.h"
#include "exact/compat.h"

#include <stdbool.h>

/*
 * Value num / den.  Invariant (canonical form): den > 0 and gcd(den, all entries) = 1,
 * so den = 1 for a zero or empty matrix.  Scalars are 1 x 1, vectors d x 1.
 * 0 x c and r x 0 are ordinary values.
 */
typedef struct {
    fmpz_mat_t num;
    fmpz_t den;
} aon_mat;

void aon_mat_init(aon_mat *a, slong rows, slong cols); /* zero */
void aon_mat_clear(aon_mat *a);
void aon_mat_swap(aon_mat *a, aon_mat *b);
void aon_mat_set(aon_mat *out, const aon_mat *a);        /* reshapes out */
void aon_mat_zero(aon_mat *out, slong rows, slong cols); /* reshapes out */
void aon_mat_one(aon_mat *out, slong n);
void aon_mat_canonicalise(aon_mat *a); /* after num or den were written directly */

slong aon_mat_rows(const aon_mat *a);
slong aon_mat_cols(const aon_mat *a);
bool aon_mat_equal(const aon_mat *a, const aon_mat *b); /* shapes and entries */
bool aon_mat_is_zero(const aon_mat *a);

/* Entries.  set recanonicalises: O(size); to fill a matrix write num and den, then
 * canonicalise once. */
void aon_mat_get(fmpq_t out, const aon_mat *a, slong i, slong j);
void aon_mat_set_entry(aon_mat *a, slong i, slong j, const fmpq_t v);
int aon_mat_sgn(const aon_mat *a, slong i, slong j);

/*
 * Ring operations.  Shapes are asserted (AON_ASSERT): typing has checked them.  out may
 * alias any operand and is reshaped.
 */
void aon_mat_add(aon_mat *out, const aon_mat *a, const aon_mat *b);
void aon_mat_sub(aon_mat *out, const aon_mat *a, const aon_mat *b);
void aon_mat_neg(aon_mat *out, const aon_mat *a);
void aon_mat_mul(aon_mat *out, const aon_mat *a, const aon_mat *b);
void aon_mat_scale(aon_mat *out, const aon_mat *s, const aon_mat *a); /* s is 1 x 1 */
void aon_mat_transpose(aon_mat *out, const aon_mat *a);

/* Structure. */
void aon_mat_hcat(aon_mat *out, const aon_mat *a, const aon_mat *b);
void aon_mat_hcat_n(aon_mat *out, slong rows, const aon_mat *const *parts, slong n);
void aon_mat_vcat(aon_mat *out, const aon_mat *a, const aon_mat *b);
void aon_mat_select_cols(aon_mat *out, const aon_mat *a, const slong *cols, slong n);
void aon_mat_select_rows(aon_mat *out, const aon_mat *a, const slong *rows, slong n);
void aon_mat_block(aon_mat *out, const aon_mat *a, slong r0, slong c0, slong rows,
                   slong cols);

/* "-3/2", "7", lowest terms, denominator above 1. */
void aon_mat_print_entry(aon_buf *out, const aon_mat *a, slong i, slong j);

#endif
