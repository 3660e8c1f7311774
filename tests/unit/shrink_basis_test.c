/*
 * Changes of basis and lattice steps: they leave the log-odds alone, and do what they say.
 */
#include "shrink/impl.h"
#include "unit/t.h"

/* ---- random material ---- */

static void
random_mat(aon_mat *a, slong rows, slong cols, slong size, bool fractions)
{
    aon_mat_zero(a, rows, cols);
    for (slong i = 0; i < rows; i++)
        for (slong j = 0; j < cols; j++)
            fmpz_set_si(fmpz_mat_entry(a->num, i, j),
                        (slong)t_below((uint64_t)(2 * size + 1)) - size);
    if (fractions)
        fmpz_set_ui(a->den, (ulong)t_below(4) + 1);
    aon_mat_canonicalise(a);
}

static slong
rank_of(const aon_mat *a)
{
    fmpz_mat_t m;
    slong r;

    fmpz_mat_init_set(m, a->num);
    r = fmpz_mat_rank(m);
    fmpz_mat_clear(m);
    return r;
}

static void
random_invertible(aon_mat *t, slong d)
{
    do
        random_mat(t, d, d, 3, true);
    while (rank_of(t) < d);
}

/* A model m of dimension d: n contexts, k tokens; some entries repeat or vanish. */
static aon_instance *
random_model(slong d, slong n, slong k)
{
    aon_instance *in = aon_instance_new();
    uint32_t tok[16] = {0};
    aon_value *v;
    char name[32];

    for (slong y = 0; y < k; y++) {
        (void)snprintf(name, sizeof name, "t%ld", (long)y);
        aon_instance_add_token(in, name);
    }
    for (slong x = 0; x < n; x++) {
        (void)snprintf(name, sizeof name, "c%ld", (long)x);
        aon_instance_add_context(in, name, tok, (size_t)x);
    }
    v = aon_instance_add(in, "m", AON_VAL_MODEL);
    v->dim = d;
    random_mat(&v->a, d, n, (slong)t_below(3), t_below(2) == 0);
    random_mat(&v->b, d, k, 1 + (slong)t_below(3), t_below(2) == 0);
    return in;
}

/* <f(x), g(y) - g(base)> */
static void
table_of(aon_mat *out, const aon_instance *in)
{
    const aon_value *v = &in->value[0];
    aon_mat f, right;

    aon_mat_init(&f, 0, 0);
    aon_mat_init(&right, aon_mat_cols(&v->b), aon_mat_cols(&v->b));
    for (slong y = 0; y < aon_mat_cols(&v->b); y++) { /* subtracts the base column */
        fmpz_one(fmpz_mat_entry(right.num, y, y));
        fmpz_sub_ui(fmpz_mat_entry(right.num, (slong)in->base, y),
                    fmpz_mat_entry(right.num, (slong)in->base, y), 1);
    }
    aon_mat_transpose(&f, &v->a);
    aon_mat_mul(out, &f, &v->b);
    aon_mat_mul(out, out, &right);
    aon_mat_clear(&right);
    aon_mat_clear(&f);
}

/* Sum of the squares of all entries over the square of the denominator: compared only. */
static bool
longer(const aon_mat *a, const aon_mat *b)
{
    fmpz_t x, y;
    bool res;

    fmpz_init(x);
    fmpz_init(y);
    for (slong i = 0; i < aon_mat_rows(a); i++)
        for (slong j = 0; j < aon_mat_cols(a); j++) {
            fmpz_addmul(x, fmpz_mat_entry(a->num, i, j), fmpz_mat_entry(a->num, i, j));
            fmpz_addmul(y, fmpz_mat_entry(b->num, i, j), fmpz_mat_entry(b->num, i, j));
        }
    res = fmpz_cmp(x, y) > 0;
    fmpz_clear(y);
    fmpz_clear(x);
    return res;
}

/* ---- bases ---- */

TEST(a_change_of_basis_keeps_the_log_odds)
{
    T_FOR (100) {
        const slong d = 1 + (slong)t_below(4);
        aon_instance *in =
            random_model(d, 1 + (slong)t_below(4), 1 + (slong)t_below(4));
        aon_mat t, before, after;

        in->base = (uint32_t)t_below(in->ntokens);
        aon_mat_init(&t, 0, 0);
        aon_mat_init(&before, 0, 0);
        aon_mat_init(&after, 0, 0);
        random_invertible(&t, d);
        table_of(&before, in);
        aon_change_model(in, 0, &t);
        table_of(&after, in);
        T_CHECK(aon_mat_equal(&before, &after));
        aon_mat_clear(&after);
        aon_mat_clear(&before);
        aon_mat_clear(&t);
        aon_instance_free(in);
    }
}

TEST(echelon_forms)
{
    T_FOR (100) {
        const slong d = 1 + (slong)t_below(4), n = 1 + (slong)t_below(4);
        aon_mat a, t, e;
        slong pivot = -1;
        bool zero_rows = false;

        aon_mat_init(&a, 0, 0);
        aon_mat_init(&t, 0, 0);
        aon_mat_init(&e, 0, 0);
        random_mat(&a, d, n, (slong)t_below(3), true);
        aon_echelon(&t, &a);
        T_EQ_INT(rank_of(&t), d);
        aon_mat_mul(&e, &t, &a);
        for (slong i = 0; i < d; i++) {
            slong j = 0;

            while (j < n && aon_mat_sgn(&e, i, j) == 0)
                j++;
            T_CHECK(j == n || (!zero_rows && j > pivot));
            zero_rows = zero_rows || j == n;
            for (slong l = 0; l < d && j < n; l++)
                T_CHECK(l == i ? fmpz_equal(fmpz_mat_entry(e.num, i, j), e.den)
                               : aon_mat_sgn(&e, l, j) == 0);
            pivot = j;
        }
        aon_mat_clear(&e);
        aon_mat_clear(&t);
        aon_mat_clear(&a);
    }
}

TEST(reduced_rows_come_from_a_unimodular_matrix)
{
    T_FOR (100) {
        const slong d = 1 + (slong)t_below(4), n = 1 + (slong)t_below(4);
        aon_mat a, t, e;
        fmpz_t det;
        slong rank;

        fmpz_init(det);
        aon_mat_init(&a, 0, 0);
        aon_mat_init(&t, 0, 0);
        aon_mat_init(&e, 0, 0);
        random_mat(&a, d, n, 20, true);
        rank = rank_of(&a);
        aon_reduce_rows(&t, &a);
        fmpz_mat_det(det, t.num);
        T_CHECK(fmpz_is_pm1(det) && fmpz_is_one(t.den));
        aon_mat_mul(&e, &t, &a);
        for (slong i = 0; i < d; i++)
            T_CHECK(fmpz_mat_is_zero_row(e.num, i) == (i < d - rank));
        T_CHECK(d > 1 || !longer(&e, &a));
        aon_mat_clear(&e);
        aon_mat_clear(&t);
        aon_mat_clear(&a);
        fmpz_clear(det);
    }
}

TEST(a_row_is_cleared_only_by_the_others)
{
    T_FOR (200) {
        const slong d = 1 + (slong)t_below(4), n = 1 + (slong)t_below(3);
        const slong j = (slong)t_below((uint64_t)d);
        aon_mat a, t, e, rest;
        slong others[4], m = 0;
        bool found;

        for (slong i = 0; i < d; i++)
            if (i != j)
                others[m++] = i;
        aon_mat_init(&a, 0, 0);
        aon_mat_init(&t, 0, 0);
        aon_mat_init(&e, 0, 0);
        aon_mat_init(&rest, 0, 0);
        random_mat(&a, d, n, 2, true);
        aon_mat_select_rows(&rest, &a, others, m);
        found = aon_clear_row(&t, &a, j);
        T_CHECK(found == (rank_of(&rest) == rank_of(&a)));
        if (found) {
            aon_mat_mul(&e, &t, &a);
            T_CHECK(fmpz_mat_is_zero_row(e.num, j));
            aon_mat_select_rows(&e, &e, others, m);
            T_CHECK(aon_mat_equal(&e, &rest));
            T_EQ_INT(rank_of(&t), d);
        }
        aon_mat_clear(&rest);
        aon_mat_clear(&e);
        aon_mat_clear(&t);
        aon_mat_clear(&a);
    }
}

/* ---- lattice ---- */

TEST(a_lattice_step_is_not_seen_by_the_other_side)
{
    T_FOR (200) {
        const slong d = 1 + (slong)t_below(5);
        aon_instance *in =
            random_model(d, 1 + (slong)t_below(3), 1 + (slong)t_below(3));
        const bool on_f = t_below(2) == 0;
        const aon_near how = t_below(2) == 0 ? AON_NEAR_DROP : AON_NEAR_UNIT;
        aon_mat *moved = on_f ? &in->value[0].a : &in->value[0].b;
        aon_mat other, before, after, once, twist;

        aon_mat_init(&other, 0, 0);
        aon_mat_init(&before, 0, 0);
        aon_mat_init(&after, 0, 0);
        aon_mat_init(&once, 0, 0);
        aon_mat_init(&twist, 0, 0);
        random_mat(&twist, d, aon_mat_cols(moved), 50, false);
        aon_mat_add(moved, moved, &twist);
        table_of(&before, in);
        aon_side_matrix(&other, in, 0, on_f ? AON_SIDE_G : AON_SIDE_F);
        aon_mat_set(&once, moved);
        aon_near_zero(moved, &other, how);
        table_of(&after, in);
        T_CHECK(aon_mat_equal(&before, &after));
        /* what is orthogonal to the other side is dropped altogether */
        if (rank_of(&other) == 0 && how == AON_NEAR_DROP)
            T_CHECK(aon_mat_is_zero(moved));
        /* and where the other side sees everything nothing moves */
        if (rank_of(&other) == d)
            T_CHECK(aon_mat_equal(moved, &once));
        /* again: the same; unless all is seen, a unit is not what dropping leaves */
        aon_mat_set(&once, moved);
        aon_near_zero(moved, &other, how);
        T_CHECK(aon_mat_equal(moved, &once));
        aon_near_zero(moved, &other, AON_NEAR_DROP);
        T_CHECK(aon_mat_equal(moved, &once) ==
                (how == AON_NEAR_DROP || rank_of(&other) == d));
        aon_mat_clear(&twist);
        aon_mat_clear(&once);
        aon_mat_clear(&after);
        aon_mat_clear(&before);
        aon_mat_clear(&other);
        aon_instance_free(in);
    }
}

static void
set_column(aon_mat *a, slong x, slong y, slong z, slong den)
{
    aon_mat_zero(a, 3, 1);
    fmpz_set_si(fmpz_mat_entry(a->num, 0, 0), x);
    fmpz_set_si(fmpz_mat_entry(a->num, 1, 0), y);
    fmpz_set_si(fmpz_mat_entry(a->num, 2, 0), z);
    fmpz_set_si(a->den, den);
    aon_mat_canonicalise(a);
}

TEST(a_long_vector_becomes_short)
{
    static const slong cases[][10] = {
        /* other side      vector, den          nearest, and one unit from it */
        {1, 0, 0, /**/ 2, 200, 7, 2, /**/ 1, 0, 0},
        {1000, 1, 0, /**/ 128, -122993, 9, 1, /**/ 5, 7, 0},
        {1, 1, 1, /**/ 100, -50, -44, 1, /**/ 2, 2, 2},
        {1, 1, 1, /**/ 100, -50, -50, 7, /**/ 0, 0, 0},
    };
    aon_mat g, f, wanted;

    aon_mat_init(&f, 0, 0);
    aon_mat_init(&g, 0, 0);
    aon_mat_init(&wanted, 0, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const slong *c = cases[i];

        set_column(&f, c[0], c[1], c[2], 1);
        set_column(&g, c[3], c[4], c[5], c[6]);
        set_column(&wanted, c[7], c[8], c[9], 1);
        aon_near_zero(&g, &f, AON_NEAR_DROP);
        T_CHECK(aon_mat_equal(&g, &wanted));
        aon_near_zero(&g, &f, AON_NEAR_UNIT);
        aon_mat_sub(&g, &g, &wanted);
        T_CHECK(!aon_mat_is_zero(&g) && fmpz_is_one(g.den));
        for (slong j = 0; j < 3; j++)
            T_CHECK(fmpz_cmpabs(fmpz_mat_entry(g.num, j, 0),
                                fmpz_mat_entry(f.num, 0, 0)) <= 0);
    }
    aon_mat_clear(&wanted);
    aon_mat_clear(&g);
    aon_mat_clear(&f);
}

/* 31, 57, 83: the shortest vector orthogonal to it is (1, -2, 1). */
TEST(a_unit_is_a_shortest_vector)
{
    aon_mat g, f, wanted;

    aon_mat_init(&f, 0, 0);
    aon_mat_init(&g, 0, 0);
    aon_mat_init(&wanted, 0, 0);
    set_column(&f, 31, 57, 83, 1);
    set_column(&g, 0, 0, 0, 1);
    set_column(&wanted, 1, -2, 1, 1);
    aon_near_zero(&g, &f, AON_NEAR_UNIT);
    if (aon_mat_sgn(&g, 0, 0) < 0)
        aon_mat_neg(&g, &g);
    T_CHECK(aon_mat_equal(&g, &wanted));
    aon_mat_clear(&wanted);
    aon_mat_clear(&g);
    aon_mat_clear(&f);
}

/* Integers of a given sum: they stay integers, the sum stays, and all come near a third. */
TEST(rounding_stays_in_the_lattice)
{
    aon_mat g, f;

    aon_mat_init(&f, 0, 0);
    aon_mat_init(&g, 0, 0);
    T_FOR (50) {
        slong v[3], sum = 0;

        for (int i = 0; i < 3; i++) {
            v[i] = (slong)t_below(200) - 100;
            sum += v[i];
        }
        set_column(&f, 1, 1, 1, 1);
        set_column(&g, v[0], v[1], v[2], 1);
        aon_near_zero(&g, &f, AON_NEAR_DROP);
        T_CHECK(fmpz_is_one(g.den));
        for (slong i = 0; i < 3; i++) {
            const slong x = fmpz_get_si(fmpz_mat_entry(g.num, i, 0));

            T_CHECK(3 * x - sum <= 3 && sum - 3 * x <= 3);
            sum = i < 2 ? sum : sum - x;
        }
        T_EQ_INT(fmpz_get_si(fmpz_mat_entry(g.num, 0, 0)) +
                     fmpz_get_si(fmpz_mat_entry(g.num, 1, 0)),
                 sum);
    }
    aon_mat_clear(&g);
    aon_mat_clear(&f);
}
