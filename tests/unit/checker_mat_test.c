/* Products in both ways, and the digest. */
#include "mat.h"
#include "sha256.h"
#include "unit/t.h"

enum { MAX_DIM = 7 };

static void
random_entries(mpz_t *e, long n, unsigned bits)
{
    for (long i = 0; i < n; i++) {
        unsigned kind = (unsigned)t_below(4);

        mpz_init(e[i]);
        if (kind == 0)
            continue;
        mpz_set_ui(e[i], 1);
        mpz_mul_2exp(e[i], e[i], t_below(bits));
        if (kind == 1)
            mpz_sub_ui(e[i], e[i], 1);
        if (kind == 2)
            mpz_add_ui(e[i], e[i], (unsigned long)t_below(1000));
        if (t_below(2) == 1)
            mpz_neg(e[i], e[i]);
    }
}

static int
compare_products(void *arg)
{
    static mpz_t a[49], b[49], c[49], d[49];
    long m = 1 + (long)t_below(MAX_DIM), k = (long)t_below(MAX_DIM + 1),
         n = 1 + (long)t_below(MAX_DIM);
    unsigned bits = 1 + (unsigned)t_below(200);
    int equal = 1;

    (void)arg;
    random_entries(a, m * k, bits);
    random_entries(b, k * n, bits);
    for (long i = 0; i < m * n; i++) {
        mpz_init(c[i]);
        mpz_init(d[i]);
    }
    ck_product_plain(c, a, b, m, k, n);
    ck_product_packed(d, a, b, m, k, n);
    for (long i = 0; i < m * n; i++)
        equal = equal && mpz_cmp(c[i], d[i]) == 0;
    return equal;
}

TEST(both_products_agree)
{
    T_FOR(2000)
        T_EQ_INT(ck_run(compare_products, NULL), 1);
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
