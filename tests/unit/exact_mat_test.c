/* Ring operations and structure of aon_mat against mpq; canonical form; aliasing. */
#include "unit/t.h"

#include "exact/mat.h"
#include "ref/exact_random.h"

static bool
same(const aon_mat *a, const ref_mat *want)
{
    ref_mat r;
    bool ok;

    ref_init(&r, 0, 0);
    to_ref(&r, a);
    ok = ref_equal(&r, want) && is_canonical(a);
    ref_clear(&r);
    return ok;
}

typedef struct {
    aon_mat a, b, out;
    ref_mat ra, rb, want;
} work;

static void
work_init(work *w)
{
    aon_mat_init(&w->a, 0, 0);
    aon_mat_init(&w->b, 0, 0);
    aon_mat_init(&w->out, 0, 0);
    ref_init(&w->ra, 0, 0);
    ref_init(&w->rb, 0, 0);
    ref_init(&w->want, 0, 0);
}

static void
work_clear(work *w)
{
    ref_clear(&w->want);
    ref_clear(&w->rb);
    ref_clear(&w->ra);
    aon_mat_clear(&w->out);
    aon_mat_clear(&w->b);
    aon_mat_clear(&w->a);
}

static void
work_draw(work *w, slong ar, slong ac, slong br, slong bc)
{
    random_shaped(&w->a, ar, ac);
    random_shaped(&w->b, br, bc);
    to_ref(&w->ra, &w->a);
    to_ref(&w->rb, &w->b);
}

TEST(mat_add_sub_neg)
{
    work w;

    work_init(&w);
    T_FOR (300) {
        slong m = random_size(5), n = random_size(5);

        work_draw(&w, m, n, m, n);
        aon_mat_sub(&w.out, &w.a, &w.b);
        ref_sub(&w.want, &w.ra, &w.rb);
        T_CHECK(same(&w.out, &w.want));
        aon_mat_add(&w.out, &w.out, &w.b); /* out is an operand */
        T_CHECK(aon_mat_equal(&w.out, &w.a));
        aon_mat_sub(&w.out, &w.out, &w.out);
        T_CHECK(aon_mat_is_zero(&w.out) && fmpz_is_one(w.out.den));
        aon_mat_neg(&w.out, &w.a);
        T_CHECK(is_canonical(&w.out));
        T_CHECK(aon_mat_is_zero(&w.a) == aon_mat_equal(&w.out, &w.a));
        aon_mat_add(&w.out, &w.a, &w.out);
        T_CHECK(aon_mat_is_zero(&w.out));
        T_CHECK(aon_mat_rows(&w.out) == m && aon_mat_cols(&w.out) == n);
    }
    work_clear(&w);
}

TEST(mat_mul_scale_transpose)
{
    work w;

    work_init(&w);
    T_FOR (300) {
        slong m = random_size(5), n = random_size(5);
        ref_mat t;

        work_draw(&w, m, n, n, random_size(5));
        aon_mat_mul(&w.out, &w.a, &w.b);
        ref_mul(&w.want, &w.ra, &w.rb);
        T_CHECK(same(&w.out, &w.want));
        aon_mat_transpose(&w.out, &w.a);
        ref_transpose(&w.want, &w.ra);
        T_CHECK(same(&w.out, &w.want));
        aon_mat_mul(&w.out, &w.a, &w.out); /* A A^T into an operand */
        ref_init(&t, 0, 0);
        ref_mul(&t, &w.ra, &w.want);
        T_CHECK(same(&w.out, &t));
        random_shaped(&w.b, 1, 1);
        to_ref(&w.rb, &w.b);
        aon_mat_scale(&w.out, &w.b, &w.a);
        ref_set(&w.want, &w.ra);
        for (long k = 0; k < w.want.rows * w.want.cols; k++)
            mpq_mul(w.want.e[k], w.want.e[k], *ref_at(&w.rb, 0, 0));
        T_CHECK(same(&w.out, &w.want));
        ref_clear(&t);
    }
    work_clear(&w);
}

TEST(mat_structure)
{
    work w;

    work_init(&w);
    T_FOR (300) {
        slong m = random_size(5), n = random_size(5), k = random_size(5), idx[4];
        slong r0 = (slong)t_below((uint64_t)m + 1),
              c0 = (slong)t_below((uint64_t)n + 1);
        slong rows = (slong)t_below((uint64_t)(m - r0) + 1);
        slong cols = (slong)t_below((uint64_t)(n - c0) + 1);
        const aon_mat *parts[3] = {&w.a, &w.b, &w.a};
        ref_mat t;

        ref_init(&t, 0, 0);
        work_draw(&w, m, n, m, k);
        aon_mat_hcat(&w.out, &w.a, &w.b);
        ref_hcat(&w.want, &w.ra, &w.rb);
        T_CHECK(same(&w.out, &w.want));
        aon_mat_hcat_n(&w.out, m, parts, 3);
        ref_hcat(&t, &w.want, &w.ra);
        T_CHECK(same(&w.out, &t));
        aon_mat_hcat_n(&w.out, m, NULL, 0);
        T_CHECK(aon_mat_rows(&w.out) == m && aon_mat_cols(&w.out) == 0);
        aon_mat_block(&w.out, &w.a, r0, c0, rows, cols);
        T_CHECK(aon_mat_rows(&w.out) == rows && aon_mat_cols(&w.out) == cols);
        for (slong i = 0; i < rows; i++)
            for (slong j = 0; j < cols; j++) {
                fmpq_t x, y;

                fmpq_init(x);
                fmpq_init(y);
                aon_mat_get(x, &w.out, i, j);
                aon_mat_get(y, &w.a, r0 + i, c0 + j);
                T_CHECK(fmpq_equal(x, y));
                fmpq_clear(y);
                fmpq_clear(x);
            }
        T_CHECK(is_canonical(&w.out));
        for (int q = 0; q < 4; q++)
            idx[q] = n > 0 ? (slong)t_below((uint64_t)n) : 0;
        aon_mat_select_cols(&w.out, &w.a, idx, n > 0 ? 4 : 0);
        ref_select(&w.want, &w.ra, NULL, 0, idx, n > 0 ? 4 : 0);
        T_CHECK(same(&w.out, &w.want));
        for (int q = 0; q < 4; q++)
            idx[q] = m > 0 ? (slong)t_below((uint64_t)m) : 0;
        aon_mat_select_rows(&w.out, &w.a, idx, m > 0 ? 4 : 0);
        ref_select(&w.want, &w.ra, idx, m > 0 ? 4 : 0, NULL, 0);
        T_CHECK(same(&w.out, &w.want));
        /* [A; B] = [A^T B^T]^T */
        work_draw(&w, m, n, k, n);
        aon_mat_vcat(&w.out, &w.a, &w.b);
        T_CHECK(is_canonical(&w.out));
        aon_mat_transpose(&w.a, &w.a);
        aon_mat_transpose(&w.b, &w.b);
        aon_mat_hcat(&w.a, &w.a, &w.b);
        aon_mat_transpose(&w.a, &w.a);
        T_CHECK(aon_mat_equal(&w.a, &w.out));
        ref_clear(&t);
    }
    work_clear(&w);
}

TEST(mat_entries)
{
    work w;
    fmpq_t q, back;

    work_init(&w);
    fmpq_init(q);
    fmpq_init(back);
    T_FOR (300) {
        slong m = 1 + (slong)t_below(4), n = 1 + (slong)t_below(4);
        slong i = (slong)t_below((uint64_t)m), j = (slong)t_below((uint64_t)n);
        aon_buf b;
        char *s;

        work_draw(&w, m, n, 1, 1);
        random_entry(fmpq_numref(q), (unsigned)t_below(STYLES));
        fmpz_set_ui(fmpq_denref(q), 1 + (ulong)t_below(30));
        fmpq_canonicalise(q);
        aon_mat_set_entry(&w.a, i, j, q);
        fmpq_get_mpq(*ref_at(&w.ra, i, j), q);
        T_CHECK(same(&w.a, &w.ra));
        aon_mat_get(back, &w.a, i, j);
        T_CHECK(fmpq_equal(q, back) && fmpq_is_canonical(back));
        T_EQ_INT(aon_mat_sgn(&w.a, i, j), fmpq_sgn(q));
        aon_buf_init(&b);
        aon_mat_print_entry(&b, &w.a, i, j);
        s = mpq_get_str(NULL, 10, *ref_at(&w.ra, i, j));
        T_EQ_STR(b.s, s);
        free(s);
        aon_buf_clear(&b);
        /* clearing every entry brings the denominator back to 1 */
        fmpq_zero(q);
        for (slong k = 0; k < m * n; k++)
            aon_mat_set_entry(&w.a, k / n, k % n, q);
        T_CHECK(aon_mat_is_zero(&w.a) && fmpz_is_one(w.a.den));
    }
    fmpq_clear(back);
    fmpq_clear(q);
    work_clear(&w);
}

TEST(mat_equal_one_zero)
{
    work w;

    work_init(&w);
    T_FOR (100) {
        slong n = random_size(4);

        work_draw(&w, n, random_size(4), n, n);
        aon_mat_one(&w.b, n);
        aon_mat_mul(&w.out, &w.b, &w.a);
        T_CHECK(aon_mat_equal(&w.out, &w.a));
        aon_mat_set(&w.b, &w.a);
        T_CHECK(aon_mat_equal(&w.b, &w.a));
        aon_mat_set(&w.b, &w.b);
        T_CHECK(aon_mat_equal(&w.b, &w.a));
        fmpz_set_si(w.b.den, -6); /* a written denominator is brought to lowest terms */
        fmpz_mat_scalar_mul_ui(w.b.num, w.a.num, 6);
        fmpz_mul(w.b.den, w.b.den, w.a.den);
        aon_mat_canonicalise(&w.b);
        aon_mat_neg(&w.b, &w.b);
        T_CHECK(aon_mat_equal(&w.b, &w.a) && is_canonical(&w.b));
        aon_mat_zero(&w.b, n, aon_mat_cols(&w.a) + 1);
        T_CHECK(!aon_mat_equal(&w.b, &w.a) && aon_mat_is_zero(&w.b));
        if (n > 0 && aon_mat_cols(&w.a) > 0) {
            aon_mat_set(&w.b, &w.a);
            fmpz_add_ui(fmpz_mat_entry(w.b.num, 0, 0), fmpz_mat_entry(w.b.num, 0, 0),
                        1);
            T_CHECK(!aon_mat_equal(&w.b, &w.a));
        }
    }
    work_clear(&w);
}

static void
wrong_shape(void *arg)
{
    aon_mat a, b;
    int which = *(int *)arg;

    aon_mat_init(&a, 2, 3);
    aon_mat_init(&b, 2, 2);
    switch (which) {
    case 0:
        aon_mat_add(&a, &a, &b);
        break;
    case 1:
        aon_mat_mul(&a, &a, &b);
        break;
    case 2:
        aon_mat_vcat(&a, &a, &b);
        break;
    case 3:
        aon_mat_scale(&a, &b, &a);
        break;
    case 4:
        aon_mat_block(&a, &a, 1, 0, 2, 1);
        break;
    case 5:
        aon_mat_sgn(&a, 0, 3);
        break;
    case 6:
        aon_mat_transpose(&b, &a);
        aon_mat_hcat(&a, &a, &b);
        break;
    default:
        fmpz_zero(a.den);
        aon_mat_canonicalise(&a);
        break;
    }
}

TEST(mat_shapes_are_asserted)
{
    for (int which = 0; which < 8; which++)
        T_EQ_INT(t_exit_code(wrong_shape, &which), 70);
}
