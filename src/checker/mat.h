/* Rational matrices: integers over one positive denominator. Kept by counting references. */
#ifndef CK_MAT_H
#define CK_MAT_H

#include "ck.h"

typedef struct {
    long rows, cols, refs;
    long id; /* of a remembered basis; else 0 */
    mpz_t den, *e; /* e: row by row */
} ck_mat;

#define CK_E(m, i, j) ((m)->e[(i) * (m)->cols + (j)])

ck_mat *ck_mat_new(long rows, long cols); /* zero */
ck_mat *ck_mat_keep(ck_mat *m);
void ck_mat_drop(ck_mat *m);
ck_mat *ck_mat_int(long value);
ck_mat *ck_mat_id(long n);
/* Results are new; the arguments stay the caller's. Shapes must fit. */
ck_mat *ck_mat_add(const ck_mat *a, const ck_mat *b);
ck_mat *ck_mat_sub(const ck_mat *a, const ck_mat *b);
ck_mat *ck_mat_scale(const ck_mat *s, const ck_mat *a);
ck_mat *ck_mat_mul(const ck_mat *a, const ck_mat *b);
ck_mat *ck_mat_tr(const ck_mat *a);
ck_mat *ck_mat_cols(const ck_mat *a, const long *col, long n);
ck_mat *ck_mat_row(const ck_mat *a, long from, long n);
ck_mat *ck_mat_beside(const ck_mat *a, const ck_mat *b);
bool ck_mat_is_zero(const ck_mat *a);
bool ck_mat_same(const ck_mat *a, const ck_mat *b);
int ck_mat_compare(const ck_mat *a, const ck_mat *b); /* 1 x 1 */
void ck_mat_reduce(ck_mat *a);

/* c = a b, m x k times k x n, c initialised. The two ways agree; ck_product chooses. */
void ck_product(mpz_t *c, mpz_t *a, mpz_t *b, long m, long k, long n);
void ck_product_plain(mpz_t *c, mpz_t *a, mpz_t *b, long m, long k, long n);
void ck_product_packed(mpz_t *c, mpz_t *a, mpz_t *b, long m, long k, long n);

#endif
