/*
 * Sparse linear systems against a dense solve in tests/ref.  Combinations are multiplied
 * out here in mpq against the rows as they were given.
 */
#include "unit/t.h"

#include "exact/linalg.h"
#include "ref/exact_random.h"

typedef struct {
    aon_linsys *sys;
    ref_mat c, rhs; /* dense copy */
    long rows;      /* used so far */
} problem;

enum { MAX_ROWS = 64 };

static void
problem_init(problem *p, slong unknowns)
{
    p->sys = aon_linsys_new(unknowns);
    ref_init(&p->c, MAX_ROWS, unknowns);
    ref_init(&p->rhs, MAX_ROWS, 1);
    p->rows = 0;
}

static void
problem_clear(problem *p)
{
    ref_clear(&p->rhs);
    ref_clear(&p->c);
    aon_linsys_free(p->sys);
}

/* Cut the dense copy to the rows in use. */
static void
problem_close(problem *p)
{
    long rows[MAX_ROWS];
    ref_mat t;

    for (long i = 0; i < p->rows; i++)
        rows[i] = i;
    ref_init(&t, 0, 0);
    ref_select(&t, &p->c, rows, p->rows, NULL, 0);
    ref_set(&p->c, &t);
    ref_select(&t, &p->rhs, rows, p->rows, NULL, 0);
    ref_set(&p->rhs, &t);
    ref_clear(&t);
}

static void
problem_add(problem *p, const aon_sparse_row *row)
{
    for (slong k = 0; k < row->n; k++)
        fmpq_get_mpq(*ref_at(&p->c, p->rows, row->col[k]), row->coef + k);
    fmpq_get_mpq(*ref_at(&p->rhs, p->rows, 0), row->rhs);
    p->rows++;
    aon_linsys_add(p->sys, row);
}

static void
random_rational(fmpq_t q, unsigned style)
{
    random_entry(fmpq_numref(q), style);
    fmpz_set_ui(fmpq_denref(q), t_below(3) == 0 ? 1 + (ulong)t_below(6) : 1);
    if (t_below(20) == 0)
        fmpz_set_ui(fmpq_denref(q), P1);
    fmpq_canonicalise(q);
}

/* At most `most` entries among unknowns lo .. lo + n - 1; explicit zeros happen. */
static void
random_row(aon_sparse_row *row, slong lo, slong n, slong most, unsigned style)
{
    slong count = 0, col[128];

    for (slong j = 0; j < n && count < most; j++)
        if ((slong)t_below((uint64_t)n) < most)
            col[count++] = lo + j;
    aon_sparse_row_init(row, count);
    for (slong k = 0; k < count; k++) {
        row->col[k] = col[k];
        random_rational(row->coef + k, style);
    }
}

/* rhs = row applied to the point x */
static void
rhs_from_point(aon_sparse_row *row, const fmpq *x)
{
    fmpq_zero(row->rhs);
    for (slong k = 0; k < row->n; k++)
        fmpq_addmul(row->rhs, row->coef + k, x + row->col[k]);
}

/*
 * Half of the rounds consistent by construction; some with every row repeated in several
 * blocks of unknowns, some with no rows, empty rows or no unknowns.
 */
static void
random_problem(problem *p, slong unknowns, slong nrows, bool consistent, slong blocks,
               unsigned style)
{
    slong width = blocks > 0 ? unknowns / blocks : unknowns;
    slong most = 1 + (slong)t_below((uint64_t)width + 1);
    fmpq *x = _fmpq_vec_init(unknowns + 1);

    for (slong j = 0; j < unknowns; j++)
        random_rational(x + j, (unsigned)t_below(3));
    problem_init(p, unknowns);
    for (slong i = 0; i < nrows; i++) {
        aon_sparse_row row;

        random_row(&row, 0, width, most, style);
        for (slong b = 0; b < blocks; b++) { /* the same coefficients, up to scale */
            if (b > 0)
                for (slong k = 0; k < row.n; k++) {
                    row.col[k] += width;
                    if (b == 1 && i % 2 == 0)
                        fmpq_mul_si(row.coef + k, row.coef + k, -6);
                }
            rhs_from_point(&row, x);
            if (!consistent && t_below((uint64_t)nrows * 2) == 0)
                random_rational(row.rhs, style);
            problem_add(p, &row);
        }
        aon_sparse_row_clear(&row);
    }
    _fmpq_vec_clear(x, unknowns + 1);
    problem_close(p);
}

static void
any_problem(problem *p, bool consistent)
{
    slong blocks = t_below(3) == 0 ? 2 + (slong)t_below(2) : 1;
    slong unknowns = random_size(9), nrows = random_size(8);

    random_problem(p, unknowns, nrows, consistent, blocks, (unsigned)t_below(STYLES));
}

/* y C = t and y c = value, in mpq; t NULL stands for zero. */
static bool
combination_holds(const problem *p, const aon_row_combination *y,
                  const aon_sparse_row *t, const mpq_t value)
{
    ref_mat dense, prod, want;
    bool ok = true;
    mpq_t q;

    ref_init(&dense, 1, p->rows);
    ref_init(&prod, 0, 0);
    ref_init(&want, 1, p->c.cols);
    mpq_init(q);
    for (slong k = 0; k < y->n && ok; k++) {
        ok = y->row[k] >= 0 && y->row[k] < p->rows &&
             (k == 0 || y->row[k] > y->row[k - 1]) && !fmpq_is_zero(y->y + k) &&
             fmpq_is_canonical(y->y + k);
        if (ok)
            fmpq_get_mpq(*ref_at(&dense, 0, y->row[k]), y->y + k);
    }
    if (t != NULL)
        for (slong k = 0; k < t->n; k++)
            fmpq_get_mpq(*ref_at(&want, 0, t->col[k]), t->coef + k);
    ref_mul(&prod, &dense, &p->c);
    ok = ok && ref_equal(&prod, &want);
    ref_mul(&prod, &dense, &p->rhs);
    ok = ok && mpq_equal(*ref_at(&prod, 0, 0), value);
    mpq_clear(q);
    ref_clear(&want);
    ref_clear(&prod);
    ref_clear(&dense);
    return ok;
}

static bool
solves(const problem *p, const aon_mat *u)
{
    ref_mat ru, prod;
    bool ok;

    ref_init(&ru, 0, 0);
    ref_init(&prod, 0, 0);
    to_ref(&ru, u);
    ok = ru.rows == p->c.cols && ru.cols == 1 && is_canonical(u);
    if (ok) {
        ref_mul(&prod, &p->c, &ru);
        ok = ref_equal(&prod, &p->rhs);
    }
    ref_clear(&prod);
    ref_clear(&ru);
    return ok;
}

TEST(solve_answers_with_evidence)
{
    unsigned long yes = 0, no = 0;
    aon_mat u;
    mpq_t one;

    aon_mat_init(&u, 0, 0);
    mpq_init(one);
    mpq_set_ui(one, 1, 1);
    T_FOR (1000) {
        problem p;
        aon_row_combination y;
        ref_mat x;
        aon_truth truth;

        any_problem(&p, t_round % 2 == 0);
        aon_row_combination_init(&y);
        ref_init(&x, 0, 0);
        T_EQ_INT(aon_linsys_rows(p.sys), p.rows);
        truth = aon_linsys_solve(p.sys, &u, &y);
        T_CHECK((truth == AON_TRUE) == ref_solve(&x, &p.c, &p.rhs));
        T_CHECK(t_round % 2 == 1 || truth == AON_TRUE);
        if (truth == AON_TRUE) {
            yes++;
            T_CHECK(solves(&p, &u));
            T_EQ_INT(y.n, 0);
        } else {
            no++;
            T_REQUIRE(truth == AON_FALSE);
            T_CHECK(combination_holds(&p, &y, NULL, one));
            T_REQUIRE(y.n > 0); /* and refused once spoiled */
            fmpq_mul_si(y.y + y.n - 1, y.y + y.n - 1, 2);
            T_CHECK(!combination_holds(&p, &y, NULL, one));
        }
        ref_clear(&x);
        aon_row_combination_clear(&y);
        problem_clear(&p);
    }
    T_CHECK((yes > 100 && no > 100) || t_one_round);
    mpq_clear(one);
    aon_mat_clear(&u);
}

/* A form is forced iff it lies in the row space of C. */
static bool
forced(const problem *p, const aon_sparse_row *row)
{
    ref_mat ct, t;
    bool ok;

    ref_init(&ct, 0, 0);
    ref_init(&t, p->c.cols, 1);
    ref_transpose(&ct, &p->c);
    for (slong k = 0; k < row->n; k++)
        fmpq_get_mpq(*ref_at(&t, row->col[k], 0), row->coef + k);
    ok = ref_within(&t, &ct);
    ref_clear(&t);
    ref_clear(&ct);
    return ok;
}

/* A form of the row space: a random combination of the rows. */
static void
row_space_form(aon_sparse_row *row, const problem *p)
{
    slong n = p->c.cols, count = 0;
    mpq_t *sum = malloc((size_t)(n + 1) * sizeof *sum), f;

    if (sum == NULL)
        abort();
    mpq_init(f);
    for (slong j = 0; j < n; j++)
        mpq_init(sum[j]);
    for (long i = 0; i < p->rows; i++) {
        slong w = (slong)t_below(5) - 2;

        for (slong j = 0; j < n; j++) {
            mpq_set_si(f, w, 1);
            mpq_mul(f, f, *ref_at(&p->c, i, j));
            mpq_add(sum[j], sum[j], f);
        }
    }
    for (slong j = 0; j < n; j++)
        count += mpq_sgn(sum[j]) != 0;
    aon_sparse_row_init(row, count);
    count = 0;
    for (slong j = 0; j < n; j++) {
        if (mpq_sgn(sum[j]) != 0) {
            row->col[count] = j;
            fmpq_set_mpq(row->coef + count++, sum[j]);
        }
        mpq_clear(sum[j]);
    }
    mpq_clear(f);
    free(sum);
}

static unsigned long yes_forced, not_forced;

static void
check_queries(problem *p, const aon_mat *u, int queries)
{
    mpq_t want, t;
    fmpq_t value;

    mpq_init(want);
    mpq_init(t);
    fmpq_init(value);
    for (int q = 0; q < queries; q++) {
        aon_row_combination y;
        aon_sparse_row row;
        aon_truth truth;
        slong n = p->c.cols;

        aon_row_combination_init(&y);
        if (q % 2 == 0)
            row_space_form(&row, p);
        else
            random_row(&row, 0, n, 1 + (slong)t_below((uint64_t)n + 1), 0);
        fmpq_set_si(row.rhs, 17, 3); /* ignored */
        truth = aon_linsys_entails(p->sys, &row, value, &y);
        T_CHECK(truth != AON_UNKNOWN && (truth == AON_TRUE) == forced(p, &row));
        T_CHECK(q % 2 == 1 || truth == AON_TRUE);
        if (truth == AON_TRUE) {
            yes_forced++;
            mpq_set_ui(want, 0, 1); /* its value at the solution that was returned */
            for (slong k = 0; k < row.n; k++) {
                fmpq_t e;

                fmpq_init(e);
                aon_mat_get(e, u, row.col[k], 0);
                fmpq_mul(e, e, row.coef + k);
                fmpq_get_mpq(t, e);
                mpq_add(want, want, t);
                fmpq_clear(e);
            }
            fmpq_get_mpq(t, value);
            T_CHECK(mpq_equal(want, t));
            T_CHECK(combination_holds(p, &y, &row, want));
            mpq_set_ui(t, 1, 7);
            mpq_add(want, want, t);
            T_CHECK(!combination_holds(p, &y, &row, want));
        } else {
            not_forced++;
            T_EQ_INT(y.n, 0);
        }
        aon_sparse_row_clear(&row);
        aon_row_combination_clear(&y);
    }
    fmpq_clear(value);
    mpq_clear(t);
    mpq_clear(want);
}

/* K spans the solutions of C u = 0: dimension, C K = 0, independent, primitive. */
static void
check_kernel(problem *p)
{
    aon_mat k;
    ref_mat rk, prod;
    fmpz_t g;

    aon_mat_init(&k, 0, 0);
    ref_init(&rk, 0, 0);
    ref_init(&prod, 0, 0);
    fmpz_init(g);
    aon_linsys_kernel(p->sys, &k);
    to_ref(&rk, &k);
    T_EQ_INT(rk.rows, p->c.cols);
    T_EQ_INT(rk.cols, p->c.cols - ref_rank(&p->c));
    T_EQ_INT(ref_rank(&rk), rk.cols);
    ref_mul(&prod, &p->c, &rk);
    T_CHECK(ref_is_zero(&prod) && fmpz_is_one(k.den));
    for (slong j = 0; j < aon_mat_cols(&k); j++) {
        fmpz_zero(g);
        for (slong i = 0; i < aon_mat_rows(&k); i++)
            fmpz_gcd(g, g, fmpz_mat_entry(k.num, i, j));
        T_CHECK(fmpz_is_one(g));
    }
    fmpz_clear(g);
    ref_clear(&prod);
    ref_clear(&rk);
    aon_mat_clear(&k);
}

/* The solution inside the row space is the projection of any solution on it. */
static void
check_least_norm(problem *p, const aon_mat *u)
{
    aon_mat v;
    ref_mat ru, ct, want, rv;

    aon_mat_init(&v, 0, 0);
    ref_init(&ru, 0, 0);
    ref_init(&rv, 0, 0);
    ref_init(&ct, 0, 0);
    ref_init(&want, 0, 0);
    aon_linsys_least_norm(p->sys, &v);
    T_CHECK(solves(p, &v));
    to_ref(&ru, u);
    to_ref(&rv, &v);
    ref_transpose(&ct, &p->c);
    ref_project(&want, &ct, &ru);
    T_CHECK(ref_equal(&want, &rv));
    ref_clear(&want);
    ref_clear(&ct);
    ref_clear(&rv);
    ref_clear(&ru);
    aon_mat_clear(&v);
}

static void
check_solved(problem *p, int queries)
{
    aon_row_combination y;
    aon_mat u;

    aon_row_combination_init(&y);
    aon_mat_init(&u, 0, 0);
    if (T_CHECK(aon_linsys_solve(p->sys, &u, &y) == AON_TRUE)) {
        check_queries(p, &u, queries);
        check_kernel(p);
        check_least_norm(p, &u);
    }
    aon_mat_clear(&u);
    aon_row_combination_clear(&y);
}

TEST(entails_kernel_least_norm)
{
    yes_forced = not_forced = 0;
    T_FOR (400) {
        problem p;

        any_problem(&p, true);
        check_solved(&p, 6);
        problem_clear(&p);
    }
    T_CHECK((yes_forced > 100 && not_forced > 100) || t_one_round);
}

/* Components large enough for the modular route and for queries before the inverse. */
TEST(entails_large)
{
    T_FOR (8) {
        problem p;
        slong blocks = t_round % 2 == 0 ? 1 : 2;

        random_problem(&p, 20 * blocks, 17, true, blocks, t_below(2) == 0 ? 0 : 5);
        check_solved(&p, 16);
        problem_clear(&p);
    }
}

/* The same equations for every row of an unknown 3 x 4 matrix, one of them wrong. */
TEST(equal_components_share_and_stay_apart)
{
    mpq_t one;

    mpq_init(one);
    mpq_set_ui(one, 1, 1);
    T_FOR (100) {
        problem p;
        aon_row_combination y;
        aon_mat u;
        slong wrong = (slong)t_below(4) - 1; /* -1: none */

        problem_init(&p, 12);
        for (slong x = 0; x < 3; x++)
            for (slong i = 0; i < 3; i++) {
                aon_sparse_row row;

                aon_sparse_row_init(&row, 4);
                for (slong j = 0; j < 4; j++) {
                    row.col[j] = 4 * i + j;
                    fmpq_set_si(row.coef + j, (x == 2 ? 2 : x + 1) * (j + 1) + (x != 1),
                                1 + (ulong)x);
                }
                fmpq_set_si(row.rhs, i == 2 ? 0 : i + 1, 5);
                if (x < 2)
                    fmpq_set_si(row.rhs, 0, 1);
                if (x == 2) /* row 2 is 2/3 of j+1 plus 1/3: in the span of 0 and 1 */
                    fmpq_set_si(row.rhs, i == wrong ? 1 : 0, 7);
                problem_add(&p, &row);
                aon_sparse_row_clear(&row);
            }
        problem_close(&p);
        aon_mat_init(&u, 0, 0);
        aon_row_combination_init(&y);
        T_EQ_INT(aon_linsys_solve(p.sys, &u, &y), wrong < 0 ? AON_TRUE : AON_FALSE);
        if (wrong >= 0) {
            T_CHECK(combination_holds(&p, &y, NULL, one));
            for (slong k = 0; k < y.n; k++)
                T_CHECK(y.row[k] % 3 == wrong);
        } else {
            T_CHECK(solves(&p, &u));
        }
        aon_row_combination_clear(&y);
        aon_mat_clear(&u);
        problem_clear(&p);
    }
    mpq_clear(one);
}

TEST(empty_rows_and_unknowns)
{
    for (slong unknowns = 0; unknowns < 3; unknowns++)
        for (int kind = 0; kind < 3; kind++) {
            problem p;
            aon_sparse_row row;
            aon_row_combination y;
            aon_mat u;
            mpq_t one;

            mpq_init(one);
            mpq_set_ui(one, 1, 1);
            problem_init(&p, unknowns);
            aon_sparse_row_init(&row, unknowns); /* coefficients all zero */
            for (slong k = 0; k < unknowns; k++)
                row.col[k] = k;
            fmpq_set_si(row.rhs, 0, 1);
            problem_add(&p, &row);
            fmpq_set_si(row.rhs, kind == 2 ? -3 : 0, 2);
            if (kind > 0)
                problem_add(&p, &row);
            problem_close(&p);
            aon_mat_init(&u, 0, 0);
            aon_row_combination_init(&y);
            T_EQ_INT(aon_linsys_solve(p.sys, &u, &y), kind == 2 ? AON_FALSE : AON_TRUE);
            if (kind == 2) {
                T_CHECK(combination_holds(&p, &y, NULL, one));
                T_CHECK(y.n == 1 && y.row[0] == 1);
            } else {
                T_CHECK(solves(&p, &u) && aon_mat_is_zero(&u));
                check_kernel(&p);
            }
            aon_row_combination_clear(&y);
            aon_mat_clear(&u);
            aon_sparse_row_clear(&row);
            problem_clear(&p);
            mpq_clear(one);
        }
}

static void
add_after_solve(void *arg)
{
    aon_linsys *s = aon_linsys_new(1);
    aon_sparse_row row;
    aon_row_combination y;
    aon_mat u;

    (void)arg;
    aon_sparse_row_init(&row, 0);
    aon_row_combination_init(&y);
    aon_mat_init(&u, 0, 0);
    (void)aon_linsys_solve(s, &u, &y);
    aon_linsys_add(s, &row);
}

static void
columns_out_of_order(void *arg)
{
    aon_linsys *s = aon_linsys_new(2);
    aon_sparse_row row;

    (void)arg;
    aon_sparse_row_init(&row, 2); /* columns 0, 0 */
    aon_linsys_add(s, &row);
}

static void
entails_before_solve(void *arg)
{
    aon_linsys *s = aon_linsys_new(1);
    aon_row_combination y;
    aon_sparse_row row;
    fmpq_t q;

    (void)arg;
    aon_sparse_row_init(&row, 0);
    aon_row_combination_init(&y);
    fmpq_init(q);
    (void)aon_linsys_entails(s, &row, q, &y);
}

TEST(misuse_is_asserted)
{
    T_EQ_INT(t_exit_code(add_after_solve, NULL), 70);
    T_EQ_INT(t_exit_code(columns_out_of_order, NULL), 70);
    T_EQ_INT(t_exit_code(entails_before_solve, NULL), 70);
}
