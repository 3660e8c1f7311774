/*
 * What moves are made of: changes of basis and lattice steps leave the log-odds alone,
 * normal forms keep the links between contexts, a run keeps its conclusion failing.
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

/* ---- runs ---- */

static const char text[] =
    "statement s\ngiven d in dim given m in model(d) given q, r in query\n"
    "given Xs in contexts given c in vector(#Xs/q) given y in token\n"
    "show one: forall x in X/q: <m.f(x.q), m.g(y) - m.g(base)> = 0\n"
    "show two: (sum x in Xs/q: c[x]*<m.f(x), m.f(x)>) = 0\n";

static const char given[] = "aoni 1\ntokens u v w\nbase v\n"
                            "context p u\ncontext o\ncontext pw u w\ncontext ow w\n"
                            "context pwu u w u\ncontext lone v v\n"
                            "model m 2\nf p 1 0\nf o 0 0\nf pw 0 3\nf ow 1/2 1\n"
                            "f pwu 1 1\nf lone 5 5\ng u 0 2\ng v 1 1\ng w 0 1\n"
                            "query q w\nquery r u\ncontextset Xs p pw o ow\n"
                            "vector c 2\nrow 1 7\ntoken y w\nend\n";

typedef struct {
    aon_theory *theory;
    const aon_core *core;
    aon_ref root[4];
    aon_instance *in;
} setting;

static bool
open_setting(setting *s, const char *statement, const char *instance)
{
    const aon_variant plain = {.nwithout = 0};
    aon_diags *diags = aon_diags_new();
    bool ok = aon_theory_parse(&s->theory, "t", statement, strlen(statement), ".", NULL,
                               0, diags) == AON_OK;

    s->in = NULL;
    if (ok) {
        s->core = aon_theory_core(s->theory, 0);
        ok =
            aon_variant_roots(s->core, &plain, s->root, diags) == AON_OK &&
            aon_instance_read(&s->in, "i", instance, strlen(instance), diags) == AON_OK;
    }
    if (!ok) {
        aon_buf out;

        aon_buf_init(&out);
        aon_diags_print(diags, &out, false);
        puts(out.s);
        aon_buf_clear(&out);
    }
    aon_diags_free(diags);
    return ok;
}

static void
close_setting(setting *s)
{
    aon_instance_free(s->in);
    aon_theory_free(s->theory);
}

static char *
printed(const aon_instance *in)
{
    aon_buf b;

    aon_buf_init(&b);
    aon_instance_print(in, &b);
    return b.s;
}

/* The values 0 q, 1 r, .. as a run orders them. */
static void
start_shrinker(aon_shrinker *s, const setting *at)
{
    static size_t order[] = {0, 1, 4, 5, 6, 2, 3}, model[] = {1};

    memset(s, 0, sizeof *s);
    s->core = at->core;
    s->root = at->root;
    s->nvalues = sizeof order / sizeof *order;
    s->ndims = 1;
    s->given_of = order;
    s->model = model;
    s->nmodels = 1;
}

TEST(normal_form_keeps_the_links)
{
    /* two chains p pw pwu (by q, then r) and o ow (by q), o p by r: one tree; lone */
    static const char wanted[] =
        "aoni 1\ntokens a b c\nbase a\n"
        "context x1 a\ncontext x1q a b\ncontext x1r a c\ncontext x1rq a c b\n"
        "context x1rqr a c b c\ncontext x2 a a\ndim d 2\n"
        "model m 2\nf x1 0 0\nf x1q 1/2 1\nf x1r 1 0\nf x1rq 0 3\nf x1rqr 1 1\n"
        "f x2 5 5\ng a 1 1\ng b 0 2\ng c 0 1\n"
        "contextset Xs x1 x1q x1r x1rq\nvector c 2\nrow 7 1\ntoken y c\n"
        "query q b\nquery r c\nend\n";
    aon_instance *normal, *again, *copy;
    aon_shrinker s;
    setting at;
    char *a, *b;

    T_REQUIRE(open_setting(&at, text, given));
    start_shrinker(&s, &at);
    normal = aon_normal_all(&s, at.in, false);
    T_REQUIRE(normal != NULL);
    a = printed(normal);
    T_EQ_STR(a, wanted);
    again = aon_normal_all(&s, normal, false);
    b = printed(again);
    T_EQ_STR(b, wanted);
    free(b);
    copy = aon_copy(normal);
    b = printed(copy);
    T_EQ_STR(b, wanted);
    free(b);
    free(a);
    aon_instance_free(copy);
    aon_instance_free(again);
    aon_instance_free(normal);
    close_setting(&at);
}

TEST(chains_are_components)
{
    uint32_t chain[6];
    aon_shrinker s;
    aon_instance *normal;
    setting at;

    T_REQUIRE(open_setting(&at, text, given));
    start_shrinker(&s, &at);
    normal = aon_normal_all(&s, at.in, false);
    T_REQUIRE(normal != NULL);
    T_EQ_INT(aon_chains(&s, normal, chain), 2);
    for (int x = 0; x < 6; x++)
        T_EQ_INT(chain[x], x == 5);
    aon_instance_free(normal);
    close_setting(&at);
}

/* p pw and o ow by q; nothing by r. */
TEST(chains_are_numbered_in_order)
{
    static const uint32_t wanted[6] = {0, 0, 1, 1, 2, 3};
    uint32_t chain[6];
    aon_shrinker s;
    aon_instance *normal, *copy;
    setting at;
    char *a, *b;

    T_REQUIRE(open_setting(&at, text, given));
    aon_value_set_query(&at.in->value[2], (const uint32_t[]){1, 1, 1}, 3);
    copy = aon_copy(at.in);
    a = printed(at.in);
    b = printed(copy);
    T_EQ_STR(a, b); /* with its base, too */
    free(b);
    free(a);
    start_shrinker(&s, &at);
    normal = aon_normal_all(&s, at.in, false);
    T_REQUIRE(normal != NULL);
    T_EQ_INT(aon_chains(&s, normal, chain), 4);
    T_CHECK(memcmp(chain, wanted, sizeof chain) == 0);
    aon_instance_free(copy);
    aon_instance_free(normal);
    close_setting(&at);
}

/* uw continues u by q = w and the empty context by r = uw: no tree, so no new words. */
TEST(a_fork_keeps_its_sequences)
{
    static const char fork[] = "aoni 1\ntokens u v w\nbase v\ncontext o\ncontext p u\n"
                               "context z u w\nmodel m 1\nf o 1\nf p 2\nf z 3\n"
                               "g u 1\ng v 0\ng w 0\nquery q w\nquery r u w\n"
                               "contextset Xs o\nvector c 0\nrow\ntoken y w\nend\n";
    aon_instance *normal;
    aon_shrinker s;
    setting at;

    T_REQUIRE(open_setting(&at, text, fork));
    start_shrinker(&s, &at);
    normal = aon_normal_all(&s, at.in, false);
    T_REQUIRE(normal != NULL);
    T_EQ_INT(aon_instance_concat(normal, 0, &aon_instance_find(normal, "r")->q), 2);
    T_EQ_INT(aon_instance_concat(normal, 1, &aon_instance_find(normal, "q")->q), 2);
    T_EQ_INT(normal->base, 0);
    aon_instance_free(normal);
    close_setting(&at);
}

/* The end of a chain cannot be continued by its start, nor by the middle of one. */
TEST(links_that_are_possible)
{
    static const uint32_t token[3] = {1, 0, 2}, context[6] = {0, 1, 2, 3, 4, 5};
    static const struct {
        uint32_t from, to;
        bool possible;
    } link[] = {{2, 0, false}, {2, 1, true}, {2, 3, false},
                {0, 5, false}, {4, 5, true}, {5, 5, false}};
    aon_shrinker s;
    setting at;

    T_REQUIRE(open_setting(&at, text, given));
    aon_value_set_query(&at.in->value[2], (const uint32_t[]){1, 1, 1}, 3);
    start_shrinker(&s, &at);
    for (size_t i = 0; i < sizeof link / sizeof *link;
         i++) { /* p pw, o ow, pwu, lone */
        const aon_keep keep = {.token = token,
                               .ntokens = 3,
                               .context = context,
                               .ncontexts = 6,
                               .link = true,
                               .link_from = link[i].from,
                               .link_to = link[i].to,
                               .query = 1};
        aon_instance *out = aon_normal(&s, at.in, &keep);

        T_CHECK((out != NULL) == link[i].possible);
        aon_instance_free(out);
    }
    close_setting(&at);
}

/* One change of f(p) at a time, each smaller than the one before. */
TEST(what_is_smaller)
{
    static const struct {
        slong x, y, den;
    } step[] = {{3, 9, 4}, {9, 12, 1},  {8, 7, 1}, {-3, 1, 1},
                {3, 1, 1}, {900, 0, 1}, {0, 0, 1}};
    aon_shrinker s;
    aon_instance *a, *b;
    setting at;

    T_REQUIRE(open_setting(&at, text, given));
    start_shrinker(&s, &at);
    a = aon_normal_all(&s, at.in, false);
    T_REQUIRE(a != NULL);
    for (size_t i = 0; i < sizeof step / sizeof *step; i++) {
        aon_mat *f;
        fmpq_t q;

        fmpq_init(q);
        b = aon_copy(a);
        f = &b->value[1].a;
        fmpq_set_si(q, step[i].x, (ulong)step[i].den);
        aon_mat_set_entry(f, 0, 2, q);
        fmpq_set_si(q, step[i].y, (ulong)step[i].den);
        aon_mat_set_entry(f, 1, 2, q);
        fmpq_clear(q);
        T_CHECK(i == 0 || (aon_smaller(&s, b, a) && !aon_smaller(&s, a, b)));
        T_CHECK(!aon_smaller(&s, b, b));
        aon_instance_free(a);
        a = b;
    }
    b = aon_copy(a); /* a smaller shape with larger numbers */
    fmpz_set_ui(fmpz_mat_entry(b->value[1].a.num, 0, 1), 1000000);
    aon_drop_coordinate(&s, b, 0, 1);
    T_CHECK(aon_smaller(&s, b, a) && !aon_smaller(&s, a, b));
    aon_instance_free(b);
    aon_instance_free(a);
    close_setting(&at);
}

/* At every limit: violated, never larger than at a smaller limit; the end is a fixpoint. */
TEST(any_limit_leaves_a_counterexample)
{
    for (size_t c = 0; c < 2; c++) {
        static const char *const name[] = {"one", "two"};
        aon_shrink_result r, again;
        char *last = NULL, *now;
        setting at;
        bool done = false;

        T_REQUIRE(open_setting(&at, text, given));
        for (uint64_t work = 1; work < 3000 && !done; work += 1 + work / 4) {
            const aon_shrink_spec spec = {at.core, at.root, name[c], work};
            aon_decision *d;

            T_OK(aon_shrink(&r, &spec, at.in, NULL));
            T_REQUIRE(r.in != NULL);
            T_CHECK(r.work <= work);
            T_EQ_INT(r.because, c);
            T_OK(aon_decide(&d, at.core, at.root, r.in, NULL, NULL));
            T_EQ_INT(aon_decision_verdict(d), AON_VIOLATED);
            T_EQ_INT(aon_decision_show(d, c), AON_FALSE);
            aon_decision_free(d);
            now = printed(r.in);
            done = r.irreducible;
            if (last != NULL)
                free(last);
            last = now;
            if (done) {
                const aon_shrink_spec whole = {at.core, at.root, name[c], 0};
                char *same;

                T_OK(aon_shrink(&again, &whole, r.in, NULL));
                T_CHECK(again.irreducible);
                same = printed(again.in);
                T_EQ_STR(same, last);
                free(same);
                aon_shrink_result_clear(&again);
                T_EQ_INT(r.in->ncontexts, 2);
                T_EQ_INT(r.in->value[0].dim, 1);
                T_EQ_INT(r.in->ntokens, c == 0 ? 2 : 1);
            }
            aon_shrink_result_clear(&r);
        }
        T_CHECK(done);
        free(last);
        close_setting(&at);
    }
}

/*
 * Log-odds 5 and 7 are to stay.  The f (the differences of g) span a line, the others
 * everything, and no coordinate is 0: a coordinate goes only after a change of basis for
 * the side that has the line, and it goes before any other change of basis.
 */
TEST(a_coordinate_goes_on_either_side)
{
    static const char both[] =
        "statement s\ngiven d in dim given m in model(d)\n"
        "assume five: exists x in X, y in Y: <m.f(x), m.g(y) - m.g(base)> = 5\n"
        "assume seven: exists x in X, y in Y: <m.f(x), m.g(y) - m.g(base)> = 7\n"
        "show c: 1 = 2\n";
    static const char *const instance[] = {
        "aoni 1\ntokens a b\nbase a\ncontext p a\ncontext o\nmodel m 2\n"
        "f p 1 1\nf o 2 1\ng a 1 1\ng b 3 4\nend\n",
        "aoni 1\ntokens a b c\nbase a\ncontext p a\nmodel m 2\n"
        "f p 2 3\ng a 1 1\ng b 2 2\ng c 3 2\nend\n"};

    for (size_t i = 0; i < 2; i++) {
        setting at;
        bool done = false;

        T_REQUIRE(open_setting(&at, both, instance[i]));
        for (uint64_t work = 1; work < 200 && !done; work++) {
            const aon_shrink_spec spec = {at.core, at.root, NULL, work};
            aon_shrink_result r;
            uint64_t taken = 0;

            T_OK(aon_shrink(&r, &spec, at.in, NULL));
            T_REQUIRE(r.in != NULL);
            for (size_t m = 0; m < r.ncount; m++) {
                taken += r.count[m].taken;
                done = done || (r.count[m].taken > 0 &&
                                strcmp(r.count[m].name, "dimension") == 0);
            }
            T_EQ_INT(taken, done);
            T_EQ_INT(r.in->value[0].dim, done ? 1 : 2);
            aon_shrink_result_clear(&r);
        }
        T_CHECK(done);
        close_setting(&at);
    }
}

TEST(what_is_refused)
{
    aon_shrink_result r;
    aon_diags *diags = aon_diags_new();
    setting at;

    T_REQUIRE(open_setting(&at, text, given));
    {
        const aon_shrink_spec none = {at.core, at.root, "three", 0};
        aon_value *v = &at.in->value[0];

        T_EQ_INT(aon_shrink(&r, &none, at.in, diags), AON_EINPUT);
        T_EQ_STR(aon_diags_slug(diags, 0), "expectation");
        aon_shrink_result_clear(&r);
        aon_mat_zero(&v->a, 2, 6); /* now it holds */
    }
    {
        const aon_shrink_spec any = {at.core, at.root, NULL, 0};

        T_OK(aon_shrink(&r, &any, at.in, diags));
        T_CHECK(r.in == NULL);
        T_EQ_INT(r.verdict, AON_HOLDS);
        aon_shrink_result_clear(&r);
    }
    aon_diags_free(diags);
    close_setting(&at);
}

/* The table of moves in docs/minimize.md names exactly the registered ones, in order. */
TEST(the_document_lists_the_moves)
{
    const char *src = getenv("SRCDIR");
    char path[512], line[2000];
    size_t m = 0;
    FILE *f;

    (void)snprintf(path, sizeof path, "%s/docs/minimize.md", src != NULL ? src : ".");
    f = fopen(path, "r");
    T_REQUIRE(f != NULL);
    while (fgets(line, sizeof line, f) != NULL) {
        char name[40];

        if (sscanf(line, "| `%30[a-z]` |", name) != 1)
            continue;
        T_CHECK(m < aon_nmoves && strcmp(name, aon_moves[m].name) == 0);
        m++;
    }
    fclose(f);
    T_EQ_INT(m, aon_nmoves);
}
