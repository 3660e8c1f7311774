/* Matrices, and the digest. */
#include "check.h"
#include "unit/t.h"

enum { MAX_DIM = 7 };

static ck_mat *
random_matrix(long rows, long cols)
{
    ck_mat *m = ck_mat_new(rows, cols);

    mpz_set_ui(m->den, 1 + (unsigned long)t_below(12));
    for (long i = 0; i < rows * cols; i++) {
        mpz_set_si(m->e[i], (long)t_below(7) - 3);
        mpz_mul_2exp(m->e[i], m->e[i], t_below(2) * t_below(200));
    }
    return m;
}

/* The entry of m. */
static void
entry(mpq_t out, const ck_mat *m, long i, long j)
{
    mpz_set(mpq_numref(out), CK_E(m, i, j));
    mpz_set(mpq_denref(out), m->den);
    mpq_canonicalize(out);
}

/* a b - c entry by entry in rationals, against the matrix operations */
static int
compare_with_rationals(void *arg)
{
    long m = (long)t_below(MAX_DIM), k = (long)t_below(MAX_DIM), n = (long)t_below(MAX_DIM);
    ck_mat *a, *b, *c, *d;
    mpq_t x, y, sum;
    int equal = 1;

    (void)arg;
    a = random_matrix(m, k);
    b = random_matrix(k, n);
    c = random_matrix(n, m);
    d = ck_apply2(CK_EQ, ck_apply2(CK_MUL, a, b), ck_apply2(CK_TR, c, NULL));
    mpq_init(x);
    mpq_init(y);
    mpq_init(sum);
    for (long i = 0; i < m; i++)
        for (long j = 0; j < n; j++) {
            entry(sum, c, j, i);
            mpq_neg(sum, sum);
            for (long l = 0; l < k; l++) {
                entry(x, a, i, l);
                entry(y, b, l, j);
                mpq_mul(x, x, y);
                mpq_add(sum, sum, x);
            }
            entry(x, d, i, j);
            equal = equal && mpq_equal(x, sum);
        }
    return equal;
}

TEST(matrices_are_rational)
{
    T_FOR(2000)
        T_EQ_INT(ck_run(compare_with_rationals, NULL), 1);
}

static int
keep_one(void *arg)
{
    ck_mat *a = ck_mat_diagonal(1, 3), *kept = NULL;
    ck_mark mark = ck_begin(CK_PROOF);

    (void)arg;
    for (int i = 0; i < 100; i++) {
        a = ck_apply2(CK_MUL, a, ck_mat_diagonal(1, 1));
        if (i == 50)
            kept = ck_keep(a);
    }
    ck_end(mark);
    return ck_mat_is_zero(ck_apply2(CK_EQ, kept, ck_mat_diagonal(1, 3)));
}

TEST(kept_matrices_stay)
{
    T_EQ_INT(ck_run(keep_one, NULL), 1);
}

TEST(digests)
{
    char out[65], a[200];

    ck_sha256(out, "", 0);
    T_EQ_STR(out, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    ck_sha256(out, "abc", 3);
    T_EQ_STR(out, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    ck_sha256(out, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56);
    T_EQ_STR(out, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    memset(a, 'a', sizeof a);
    ck_sha256(out, a, 64);
    T_EQ_STR(out, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}
