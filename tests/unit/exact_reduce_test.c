/*
 * The elimination under everything in exact/: two ways and tests/ref agree, whatever the
 * prime.
 */
#include "unit/t.h"

#include "exact/exact_impl.h"
#include "ref/exact_random.h"

/* Outside the span the coordinates depend on the pivot rows; nowhere else. */
static bool
same_coordinates(const aon_reduced *f, const aon_reduced *g, slong n)
{
    bool ok = true;
    fmpz_t x, y;

    fmpz_init(x);
    fmpz_init(y);
    for (slong j = 0; j < fmpz_mat_ncols(f->red); j++)
        for (slong i = 0; i < f->rank && (j < n || f->bad[j - n] < 0); i++) {
            fmpz_mul(x, fmpz_mat_entry(f->red, i, j), g->den);
            fmpz_mul(y, fmpz_mat_entry(g->red, i, j), f->den);
            ok = ok && fmpz_equal(x, y);
        }
    fmpz_clear(y);
    fmpz_clear(x);
    return ok;
}

static void
check_reduce(const aon_mat *a, slong n)
{
    long pivots[80], first[80];
    aon_reduced ff, mod;
    ref_mat r, part;

    aon_reduced_init(&ff);
    aon_reduced_init(&mod);
    ref_init(&part, 0, 0);
    ref_init(&r, 0, 0);
    aon_reduce(&ff, a->num, n, AON_REDUCE_FRACTION_FREE);
    aon_reduce(&mod, a->num, n, AON_REDUCE_MODULAR);
    to_ref(&r, a);
    T_EQ_INT(ff.rank, mod.rank);
    T_CHECK(ff.rank == mod.rank && same_coordinates(&ff, &mod, n));
    for (long j = 0; j < n; j++)
        first[j] = j;
    ref_select(&part, &r, NULL, 0, first, n);
    T_EQ_INT(ref_gauss_jordan(&part, pivots), ff.rank);
    for (slong k = 0; k < ff.rank && ff.rank == mod.rank; k++)
        T_CHECK(ff.cols[k] == pivots[k] && mod.cols[k] == pivots[k]);
    for (slong t = 0; t < aon_mat_cols(a) - n; t++)
        T_CHECK((ff.bad[t] < 0) == (mod.bad[t] < 0));
    ref_clear(&r);
    ref_clear(&part);
    aon_reduced_clear(&mod);
    aon_reduced_clear(&ff);
}

TEST(reduce_two_ways_and_reference_agree)
{
    aon_mat a;

    aon_mat_init(&a, 0, 0);
    T_FOR (600) {
        slong cols = random_size(9);

        random_shaped(&a, random_size(8), cols);
        check_reduce(&a, (slong)t_below((uint64_t)cols + 1));
    }
    aon_mat_clear(&a);
}

TEST(reduce_large)
{
    aon_mat a;

    aon_mat_init(&a, 0, 0);
    T_FOR (25) {
        slong cols = 1 + (slong)t_below(30);

        random_shaped(&a, 1 + (slong)t_below(30), cols);
        check_reduce(&a, cols - (slong)t_below(FLINT_MIN(4, (uint64_t)cols)));
    }
    aon_mat_clear(&a);
}

/* Modulo P1 the first column vanishes, or equals the second: a later profile. */
TEST(reduce_survives_unlucky_primes)
{
    aon_mat a;

    aon_mat_init(&a, 0, 0);
    T_FOR (40) {
        slong n = 13 + (slong)t_below(6);
        ulong p = t_below(2) == 0 ? P1 : P2;

        random_dense(&a, n, n + 2, 0);
        for (slong i = 0; i < n; i++) {
            fmpz *e = fmpz_mat_entry(a.num, i, 0), *e2 = fmpz_mat_entry(a.num, i, 1);

            fmpz_mul_ui(e, e, p);
            if (t_round % 3 == 1)
                fmpz_add(e2, e2, e);
            if (t_round % 3 == 2)
                fmpz_mul_ui(e, e, P1 + P2 - p);
        }
        check_reduce(&a, n + 2);
    }
    aon_mat_clear(&a);
}

/* Every prime that is tried divides the matrix: the exact elimination must step in. */
TEST(reduce_falls_back)
{
    aon_mat a;
    ulong p = 0;

    aon_mat_init(&a, 0, 0);
    random_dense(&a, 4, 5, 2);
    for (int k = 0; k < 12; k++) {
        p = aon_next_prime(p);
        fmpz_mat_scalar_mul_ui(a.num, a.num, p);
    }
    T_CHECK(!fmpz_mat_is_zero(a.num));
    check_reduce(&a, 5);
    aon_mat_clear(&a);
}

TEST(prime_list)
{
    ulong p = aon_next_prime(0);

    T_CHECK(p == P1);
    T_CHECK(aon_next_prime(p) == P2);
    for (int k = 0; k < 50; k++) {
        ulong q = aon_next_prime(p);
        mpz_t z;

        mpz_init_set_ui(z, q);
        T_CHECK(q < p && mpz_probab_prime_p(z, 30) > 0);
        mpz_clear(z);
        p = q;
    }
}
