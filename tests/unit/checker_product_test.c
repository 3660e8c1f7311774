/* Products, plain and packed, against the definition; the largest entries of each size. */
#include "check.h"
#include "unit/t.h"

enum { MAX_DIM = 11 };

/* Bits of the entries; every third matrix has the largest ones only, of one sign or both. */
static ck_mat *
random_matrix(long rows, long cols)
{
    ck_mat *m = ck_mat_new(rows, cols);
    mp_bitcnt_t bits = 1 + t_below(100);
    uint64_t kind = t_below(3), signs = t_below(3);

    for (long i = 0; i < rows * cols; i++) {
        mpz_set_ui(m->e[i], 1);
        mpz_mul_2exp(m->e[i], m->e[i], kind == 0 ? bits : t_below(bits));
        mpz_sub_ui(m->e[i], m->e[i], 1);
        if (signs == 0 || (signs == 1 && t_below(2) == 0))
            mpz_neg(m->e[i], m->e[i]);
    }
    return m;
}

static int
compare_with_sums(void *arg)
{
    long m = (long)t_below(MAX_DIM), k = (long)t_below(MAX_DIM), n = (long)t_below(MAX_DIM);
    bool tr = t_below(2) == 0, equal = true;
    ck_mat *a, *b, *c;
    mpz_t sum;

    (void)arg;
    a = tr ? random_matrix(k, m) : random_matrix(m, k);
    b = random_matrix(k, n);
    c = tr ? ck_apply2(CK_MUL, ck_apply2(CK_TR, a, NULL), b) : ck_apply2(CK_MUL, a, b);
    mpz_init(sum);
    for (long i = 0; i < m; i++)
        for (long j = 0; j < n; j++) {
            mpz_set_ui(sum, 0);
            for (long l = 0; l < k; l++)
                mpz_addmul(sum, tr ? CK_E(a, l, i) : CK_E(a, i, l), CK_E(b, l, j));
            equal = equal && mpz_cmp(sum, CK_E(c, i, j)) == 0;
        }
    return equal && c->rows == m && c->cols == n;
}

TEST(products_are_sums)
{
    T_FOR(4000)
        T_EQ_INT(ck_run(compare_with_sums, NULL), 1);
}
