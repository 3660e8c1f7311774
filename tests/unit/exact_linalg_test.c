/*
 * Column basis, inclusion, kernel and projection against tests/ref.  Evidence is multiplied out here in mpq, by code that shares nothing with
 * exact/; and it is shown that this check refuses spoiled evidence.
 */
#include "unit/t.h"

#include "exact/exact_impl.h"
#include "ref/exact_random.h"

/* ---- evidence, by the book -------------------------------------------------------- */

static bool
increasing(const aon_index *ix, slong below)
{
    for (slong k = 0; k < ix->n; k++)
        if (ix->idx[k] < 0 || ix->idx[k] >= below ||
            (k > 0 && ix->idx[k] <= ix->idx[k - 1]))
            return false;
    return true;
}

/* s A[I,J] integral, 0 <= X < N, N >= 2, X s A[I,J] = 1 modulo N */
static bool
minor_holds(const aon_minor *m, const ref_mat *a)
{
    slong n = m->rows.n;
    bool ok = m->cols.n == n && increasing(&m->rows, a->rows) &&
              increasing(&m->cols, a->cols) && aon_mat_rows(&m->x) == n &&
              aon_mat_cols(&m->x) == n && fmpz_is_one(m->x.den) &&
              fmpz_cmp_si(m->scale, 1) >= 0 && fmpz_cmp_si(m->modulus, 2) >= 0;
    ref_mat sub, x, prod;
    mpz_t modulus, t;
    mpq_t scale;

    if (!ok)
        return false;
    ref_init(&sub, 0, 0);
    ref_init(&x, 0, 0);
    ref_init(&prod, 0, 0);
    mpz_init(modulus);
    mpz_init(t);
    mpq_init(scale);
    fmpz_get_mpz(modulus, m->modulus);
    fmpz_get_mpz(mpq_numref(scale), m->scale);
    ref_select(&sub, a, m->rows.idx, n, m->cols.idx, n);
    to_ref(&x, &m->x);
    for (slong k = 0; k < n * n; k++) {
        mpq_mul(sub.e[k], sub.e[k], scale);
        ok = ok && mpz_cmp_ui(mpq_denref(sub.e[k]), 1) == 0;
        ok = ok && mpz_sgn(mpq_numref(x.e[k])) >= 0 &&
             mpz_cmp(mpq_numref(x.e[k]), modulus) < 0;
    }
    ref_mul(&prod, &x, &sub);
    for (slong i = 0; i < n; i++)
        for (slong j = 0; j < n; j++) {
            mpz_sub_ui(t, mpq_numref(*ref_at(&prod, i, j)), i == j ? 1 : 0);
            ok = ok && mpz_divisible_p(t, modulus) != 0;
        }
    mpq_clear(scale);
    mpz_clear(t);
    mpz_clear(modulus);
    ref_clear(&prod);
    ref_clear(&x);
    ref_clear(&sub);
    return ok;
}

static bool
product_is(const ref_mat *a, const aon_mat *x, const ref_mat *b)
{
    ref_mat rx, prod;
    bool ok = false;

    ref_init(&rx, 0, 0);
    ref_init(&prod, 0, 0);
    to_ref(&rx, x);
    if (rx.rows == a->cols && rx.cols == b->cols) {
        ref_mul(&prod, a, &rx);
        ok = ref_equal(&prod, b);
    }
    ref_clear(&prod);
    ref_clear(&rx);
    return ok;
}

static bool
basis_holds(const aon_basis *b, const ref_mat *a)
{
    ref_mat sub;
    bool ok = increasing(&b->cols, a->cols) && b->minor.cols.n == b->cols.n;

    for (slong k = 0; k < b->cols.n && ok; k++)
        ok = b->cols.idx[k] == b->minor.cols.idx[k];
    if (!ok)
        return false;
    ref_init(&sub, 0, 0);
    ref_select(&sub, a, NULL, 0, b->cols.idx, b->cols.n);
    ok = product_is(&sub, &b->r, a) && minor_holds(&b->minor, a) && is_canonical(&b->r);
    ref_clear(&sub);
    return ok;
}

static bool
inclusion_holds(const aon_inclusion *inc, const ref_mat *a, const ref_mat *b)
{
    ref_mat y, prod;
    bool ok = false;

    if (inc->truth == AON_TRUE)
        return product_is(b, &inc->x, a) && is_canonical(&inc->x);
    if (inc->truth != AON_FALSE || aon_mat_rows(&inc->y) != 1 ||
        aon_mat_cols(&inc->y) != a->rows || inc->col < 0 || inc->col >= a->cols ||
        !fmpz_is_one(inc->y.den))
        return false;
    ref_init(&y, 0, 0);
    ref_init(&prod, 0, 0);
    to_ref(&y, &inc->y);
    ref_mul(&prod, &y, b);
    ok = ref_is_zero(&prod);
    ref_mul(&prod, &y, a);
    ok = ok && mpq_sgn(*ref_at(&prod, 0, inc->col)) != 0;
    ref_clear(&prod);
    ref_clear(&y);
    return ok;
}

/* Integral, and every column has content 1. */
static bool
primitive_columns(const aon_mat *k)
{
    bool ok = fmpz_is_one(k->den) != 0;
    fmpz_t g;

    fmpz_init(g);
    for (slong j = 0; j < aon_mat_cols(k); j++) {
        fmpz_zero(g);
        for (slong i = 0; i < aon_mat_rows(k); i++)
            fmpz_gcd(g, g, fmpz_mat_entry(k->num, i, j));
        ok = ok && fmpz_is_one(g);
    }
    fmpz_clear(g);
    return ok;
}

static bool
kernel_holds(const aon_kernel *k, const ref_mat *c)
{
    ref_mat rk, prod;
    bool ok = aon_mat_rows(&k->k) == c->cols && primitive_columns(&k->k);

    if (!ok)
        return false;
    ref_init(&rk, 0, 0);
    ref_init(&prod, 0, 0);
    to_ref(&rk, &k->k);
    ref_mul(&prod, c, &rk);
    ok = ref_is_zero(&prod) && minor_holds(&k->c_minor, c) &&
         minor_holds(&k->k_minor, &rk) && k->k_minor.rows.n == rk.cols &&
         k->c_minor.rows.n + rk.cols == c->cols;
    ref_clear(&prod);
    ref_clear(&rk);
    return ok;
}

/* ---- column basis ----------------------------------------------------------------- */

static void
spoil_minor(aon_minor *m)
{
    slong n = m->rows.n;
    fmpz *e = fmpz_mat_entry(m->x.num, (slong)t_below((uint64_t)n),
                             (slong)t_below((uint64_t)n));

    fmpz_add_ui(e, e, 1);
    fmpz_mod(e, e, m->modulus);
}

TEST(column_basis)
{
    aon_mat a;
    ref_mat r;

    aon_mat_init(&a, 0, 0);
    ref_init(&r, 0, 0);
    T_FOR (600) {
        long pivots[64];
        slong n = t_round % 40 == 0 ? 18 : 8;
        aon_basis b;

        random_shaped(&a, random_size(n), random_size(n));
        to_ref(&r, &a);
        aon_basis_init(&b);
        aon_column_basis(&b, &a);
        T_CHECK(basis_holds(&b, &r));
        T_EQ_INT(b.cols.n, ref_gauss_jordan(&r, pivots));
        for (slong k = 0; k < b.cols.n; k++)
            T_CHECK(b.cols.idx[k] == pivots[k]);
        to_ref(&r, &a);
        if (b.cols.n > 0) { /* evidence is refused once spoiled */
            spoil_minor(&b.minor);
            T_CHECK(!minor_holds(&b.minor, &r));
            fmpz_add_ui(fmpz_mat_entry(b.r.num, b.cols.n - 1, r.cols - 1),
                        fmpz_mat_entry(b.r.num, b.cols.n - 1, r.cols - 1), 1);
            T_CHECK(!basis_holds(&b, &r));
        }
        aon_basis_clear(&b);
    }
    ref_clear(&r);
    aon_mat_clear(&a);
}

/* ---- inclusion -------------------------------------------------------------------- */

/* Odd rounds: included by construction.  Every fourth: one entry off. */
static void
random_pair(aon_mat *a, aon_mat *b, slong n)
{
    slong m = random_size(n), k = random_size(5);

    random_shaped(b, m, random_size(n));
    if (t_round % 2 == 0) {
        random_shaped(a, m, k);
    } else {
        aon_mat x;

        aon_mat_init(&x, 0, 0);
        random_shaped(&x, aon_mat_cols(b), k);
        aon_mat_mul(a, b, &x);
        aon_mat_clear(&x);
    }
    if (t_round % 4 == 3 && m > 0 && k > 0) {
        fmpz *e = fmpz_mat_entry(a->num, (slong)t_below((uint64_t)m),
                                 (slong)t_below((uint64_t)k));

        fmpz_add_ui(e, e, t_below(2) == 0 ? 1 : P1);
        aon_mat_canonicalise(a);
    }
}

TEST(within_answers_with_evidence)
{
    unsigned long yes = 0, no = 0;
    aon_mat a, b;
    ref_mat ra, rb;

    aon_mat_init(&a, 0, 0);
    aon_mat_init(&b, 0, 0);
    ref_init(&ra, 0, 0);
    ref_init(&rb, 0, 0);
    T_FOR (1000) {
        aon_inclusion inc;

        aon_inclusion_init(&inc);
        random_pair(&a, &b, t_round % 40 == 5 ? 18 : 7);
        to_ref(&ra, &a);
        to_ref(&rb, &b);
        aon_within(&inc, &a, &b);
        T_CHECK((inc.truth == AON_TRUE) == ref_within(&ra, &rb));
        T_CHECK(inclusion_holds(&inc, &ra, &rb));
        if (inc.truth == AON_TRUE)
            yes++;
        else
            no++;
        /* spoil an entry that matters */
        if (inc.truth == AON_TRUE && ra.cols > 0) {
            for (slong j = 0; j < rb.cols; j++) {
                bool zero = true;

                for (slong i = 0; i < rb.rows; i++)
                    zero = zero && mpq_sgn(*ref_at(&rb, i, j)) == 0;
                if (zero)
                    continue;
                fmpz_add_ui(fmpz_mat_entry(inc.x.num, j, 0),
                            fmpz_mat_entry(inc.x.num, j, 0), 1);
                T_CHECK(!inclusion_holds(&inc, &ra, &rb));
                break;
            }
        } else if (inc.truth == AON_FALSE) {
            fmpz_mat_zero(inc.y.num);
            T_CHECK(!inclusion_holds(&inc, &ra, &rb));
        }
        aon_inclusion_clear(&inc);
    }
    T_CHECK(yes > 100 || t_one_round);
    T_CHECK(no > 100 || t_one_round);
    ref_clear(&rb);
    ref_clear(&ra);
    aon_mat_clear(&b);
    aon_mat_clear(&a);
}

/* y is primitive: its size is part of what a witness costs. */
TEST(within_annihilator_is_primitive)
{
    aon_mat a, b, yt;

    aon_mat_init(&a, 0, 0);
    aon_mat_init(&b, 0, 0);
    aon_mat_init(&yt, 0, 0);
    T_FOR (100) {
        aon_inclusion inc;

        aon_inclusion_init(&inc);
        random_dense(&b, 4, 2, 2);
        random_dense(&a, 4, 2, 2);
        aon_within(&inc, &a, &b);
        T_CHECK(inc.truth == AON_FALSE);
        aon_mat_transpose(&yt, &inc.y);
        T_CHECK(primitive_columns(&yt));
        aon_inclusion_clear(&inc);
    }
    aon_mat_clear(&yt);
    aon_mat_clear(&b);
    aon_mat_clear(&a);
}

TEST(within_may_alias)
{
    aon_mat a;
    ref_mat r;

    aon_mat_init(&a, 0, 0);
    ref_init(&r, 0, 0);
    T_FOR (50) {
        aon_inclusion inc;

        aon_inclusion_init(&inc);
        random_shaped(&a, random_size(6), random_size(6));
        to_ref(&r, &a);
        aon_within(&inc, &a, &a);
        T_CHECK(inc.truth == AON_TRUE && inclusion_holds(&inc, &r, &r));
        aon_inclusion_clear(&inc);
    }
    ref_clear(&r);
    aon_mat_clear(&a);
}

/* Modulo P1 the annihilator (1) of B = (P1) looks right; over Q it is wrong. */
TEST(within_is_not_fooled_by_the_prime)
{
    aon_mat a, b;
    ref_mat ra, rb;

    aon_mat_init(&a, 0, 0);
    aon_mat_init(&b, 0, 0);
    ref_init(&ra, 0, 0);
    ref_init(&rb, 0, 0);
    for (slong n = 1; n <= 16; n += 5) {
        aon_inclusion inc;

        aon_inclusion_init(&inc);
        aon_mat_one(&b, n);
        aon_mat_one(&a, n);
        fmpz_mat_scalar_mul_ui(b.num, b.num, P1);
        to_ref(&ra, &a);
        to_ref(&rb, &b);
        aon_within(&inc, &a, &b);
        T_CHECK(inc.truth == AON_TRUE && inclusion_holds(&inc, &ra, &rb));
        inc.truth = AON_FALSE; /* and the claim to the contrary is refused */
        aon_mat_zero(&inc.y, 1, n);
        fmpz_one(fmpz_mat_entry(inc.y.num, 0, 0));
        inc.col = 0;
        T_CHECK(!inclusion_holds(&inc, &ra, &rb));
        aon_inclusion_clear(&inc);
    }
    ref_clear(&rb);
    ref_clear(&ra);
    aon_mat_clear(&b);
    aon_mat_clear(&a);
}

/* ---- kernel ----------------------------------------------------------------------- */

TEST(nullspace)
{
    aon_mat c;
    ref_mat r;

    aon_mat_init(&c, 0, 0);
    ref_init(&r, 0, 0);
    T_FOR (600) {
        slong n = t_round % 40 == 0 ? 18 : 8;
        aon_kernel k;

        aon_kernel_init(&k);
        random_shaped(&c, random_size(n), random_size(n));
        to_ref(&r, &c);
        aon_nullspace(&k, &c);
        T_CHECK(kernel_holds(&k, &r));
        T_EQ_INT(aon_mat_cols(&k.k), r.cols - ref_rank(&r));
        if (k.c_minor.rows.n > 0) {
            spoil_minor(&k.c_minor);
            T_CHECK(!kernel_holds(&k, &r));
        }
        aon_nullspace(&k, &c);
        if (aon_mat_cols(&k.k) > 0) {
            spoil_minor(&k.k_minor);
            T_CHECK(!kernel_holds(&k, &r));
        }
        aon_kernel_clear(&k);
    }
    ref_clear(&r);
    aon_mat_clear(&c);
}

/* ---- projection ------------------------------------------------------------------- */

TEST(project_agrees_with_gram_schmidt)
{
    aon_mat b, t, z, w;
    ref_mat rb, rt, rz, want, bt, rest, prod;

    aon_mat_init(&b, 0, 0);
    aon_mat_init(&t, 0, 0);
    aon_mat_init(&z, 0, 0);
    aon_mat_init(&w, 0, 0);
    ref_init(&rb, 0, 0);
    ref_init(&rt, 0, 0);
    ref_init(&rz, 0, 0);
    ref_init(&want, 0, 0);
    ref_init(&bt, 0, 0);
    ref_init(&rest, 0, 0);
    ref_init(&prod, 0, 0);
    T_FOR (400) {
        slong d = random_size(7);
        aon_basis basis;

        aon_basis_init(&basis);
        random_shaped(&w, d, random_size(7));
        aon_column_basis(&basis, &w);
        aon_mat_select_cols(&b, &w, basis.cols.idx, basis.cols.n);
        random_shaped(&t, d, random_size(5));
        to_ref(&rb, &b);
        to_ref(&rt, &t);
        aon_project(&z, &b, &t);
        to_ref(&rz, &z);
        T_CHECK(is_canonical(&z));
        T_EQ_INT(rz.rows, rb.cols);
        T_EQ_INT(rz.cols, rt.cols);
        ref_mul(&prod, &rb, &rz);
        ref_project(&want, &rb, &rt);
        T_CHECK(ref_equal(&prod, &want));
        ref_sub(&rest, &rt, &prod); /* and by the rule a checker would use */
        ref_transpose(&bt, &rb);
        ref_mul(&prod, &bt, &rest);
        T_CHECK(ref_is_zero(&prod));
        aon_mat_set(&w, &t);
        aon_project(&t, &b, &t); /* out may be an operand */
        T_CHECK(aon_mat_equal(&t, &z));
        aon_project(&b, &b, &w);
        T_CHECK(aon_mat_equal(&b, &z));
        aon_basis_clear(&basis);
    }
    ref_clear(&prod);
    ref_clear(&rest);
    ref_clear(&bt);
    ref_clear(&want);
    ref_clear(&rz);
    ref_clear(&rt);
    ref_clear(&rb);
    aon_mat_clear(&w);
    aon_mat_clear(&z);
    aon_mat_clear(&t);
    aon_mat_clear(&b);
}

static void
project_on_dependent(void *arg)
{
    aon_mat b, t;

    (void)arg;
    aon_mat_init(&b, 3, 2);
    aon_mat_init(&t, 3, 1);
    fmpz_one(fmpz_mat_entry(b.num, 0, 0));
    fmpz_set_si(fmpz_mat_entry(b.num, 0, 1), -2);
    aon_project(&t, &b, &t);
}

static void
within_of_other_height(void *arg)
{
    aon_inclusion inc;
    aon_mat a, b;

    (void)arg;
    aon_inclusion_init(&inc);
    aon_mat_init(&a, 3, 2);
    aon_mat_init(&b, 2, 3);
    aon_within(&inc, &a, &b);
}

TEST(preconditions_are_asserted)
{
    T_EQ_INT(t_exit_code(project_on_dependent, NULL), 70);
    T_EQ_INT(t_exit_code(within_of_other_height, NULL), 70);
}
