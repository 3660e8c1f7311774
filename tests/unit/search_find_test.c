/*
 * ctest: timeout=300
 *
 * The ladder: known smallest counterexamples, independence of symmetry and threads, limits,
 * shards, searches that are resumed.
 */
#include "unit/hunt.h"

static void
expect_shape(const char *file, const char *statement, const char *without,
             const char *shape)
{
    aon_buf text;
    hunt h;

    T_REQUIRE(open_hunt(&h, file, statement, without, NULL));
    T_REQUIRE(run_hunt(&h));
    T_EQ_INT(h.result.outcome, AON_FIND_FOUND);
    T_REQUIRE(h.result.nhit == 1);
    aon_buf_init(&text);
    aon_find_print_shape(&text, h.result.hit[0].shape, h.result.nshape);
    T_EQ_STR(text.s, shape);
    aon_buf_clear(&text);
    close_hunt(&h);
}

static const char nonzero[] =
    "statement full\nuse ntp 1\n"
    "given d, d' in dim given m in model(d) given m' in model(d') given y1, y2, y3, y4 "
    "in "
    "token\n"
    "let u := m.g(y1) - m.g(y2) let v := m.g(y3) - m.g(y4)\n"
    "let u' := m'.g(y1) - m'.g(y2) let v' := m'.g(y3) - m'.g(y4)\n"
    "assume same: same(m,m')\n"
    "assume nonzero: u != 0 and v != 0 and u' != 0 and v' != 0\n"
    "show par: par(all(d),u,v) -> par(all(d'),u',v')\n";

TEST(smallest_counterexamples)
{
    expect_shape(nonzero, "full", NULL, "(1,2,1,3)");
    expect_shape("thm15.aon", "thm15_full", "hidden", "(1,1,1,2)");
    expect_shape("thm5.aon", "thm5_back", "e1", "(1,1,1,2)");
    expect_shape("thm5.aon", "thm5_back", "e3", "(1,1,1,2)");
}

/* tr(u)*u is a vector(1) that no sign changes: the side 1 has no symmetry. */
TEST(the_side_one_has_no_signs)
{
    expect_shape(
        "statement one\ngiven d in dim given u in vector(d) given w in vector(1)\n"
        "assume nonzero: w != 0\nshow c: tr(u)*u != -w\n",
        "one", NULL, "(1,1,1)");
}

/* So the columns of a model(1) are not listed up to sign, either. */
TEST(models_of_dimension_one_have_both_signs)
{
    expect_shape(
        "statement t\ngiven d in dim given m in model(1) given u in vector(d)\n"
        "assume nonzero: u != 0\n"
        "show c: forall x in X: m.f(x) + tr(u)*u != 0\n",
        "t", NULL, "(1,1,1)");
}

/* Coordinates that are tokens would have to move with them. */
TEST(models_over_sets_have_no_scope)
{
    static const char *const given[] = {"m in model(#Y)", "S in subspace(#Y)",
                                        "S in subspace(#X)"};

    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        aon_diags *diags = aon_diags_new();
        char text[128];
        hunt h;

        (void)snprintf(text, sizeof text, "statement t\ngiven %s\nshow c: 1 = 1\n",
                       given[i]);
        T_REQUIRE(open_hunt(&h, text, "t", NULL, NULL));
        T_EQ_INT(aon_find(&h.result, &h.spec, diags), AON_EINPUT);
        aon_diags_free(diags);
        close_hunt(&h);
    }
}

TEST(theorem_14_without_rows_in_m)
{
    expect_shape("thm14.aon", "thm14_nondegenerate", "inM", "(2,1,3,2)");
}

TEST(weakened_to_g_there_is_none)
{
    static const uint32_t max[] = {2, 1, 3, 2};
    hunt h;

    T_REQUIRE(open_hunt(&h, "thm14.aon", "thm14", NULL, "inN"));
    h.spec.max = max;
    T_REQUIRE(run_hunt(&h));
    T_EQ_INT(h.result.outcome, AON_FIND_NONE);
    T_EQ_INT(h.result.mass, h.result.space);
    T_CHECK(h.result.applicable > 0);
    close_hunt(&h);
}

TEST(symmetry_and_threads_change_nothing)
{
    static const char *const what[][3] = {
        {"thm14.aon", "thm14", "inN"},       {"thm15.aon", "thm15_full", "hidden"},
        {"thm15.aon", "thm15_up", NULL},     {"lm.aon", "lm_transfer", "same"},
        {"lm.aon", "lm_transfer", NULL},     {"lp.aon", "lp", NULL},
        {"thm14.aon", "prop14_2", "reader"},
    };
    static const uint32_t max[] = {1, 1, 2, 2};

    for (size_t i = 0; i < sizeof what / sizeof *what; i++) {
        hunt a, b, c;
        hunt *const all[] = {&a, &b, &c};

        for (size_t l = 0; l < 3; l++) {
            T_REQUIRE(open_hunt(all[l], what[i][0], what[i][1], what[i][2], NULL));
            all[l]->spec.max =
                aon_core_given(a.core, "d'") >= 0 || aon_core_given(a.core, "m'") >= 0
                    ? max
                    : max + 1;
            all[l]->spec.all_minimal = true;
        }
        b.spec.no_symmetry = true;
        c.spec.jobs = 5;
        for (size_t l = 0; l < 3; l++)
            T_REQUIRE(run_hunt(all[l]));
        T_EQ_INT(a.result.outcome, b.result.outcome);
        T_EQ_INT(a.result.nhit, b.result.nhit);
        for (size_t l = 0; l < a.result.nhit && l < b.result.nhit; l++)
            T_CHECK(memcmp(a.result.hit[l].shape, b.result.hit[l].shape,
                           sizeof a.result.hit[l].shape) == 0);
        T_EQ_INT(a.result.space, b.result.space);
        if (a.result.nhit == 0) {
            T_EQ_INT(a.result.mass, a.result.space);
            T_EQ_INT(b.result.orbits, b.result.space);
            T_EQ_INT(a.result.applicable_mass, b.result.applicable);
            T_EQ_INT(a.result.undecided, b.result.undecided);
        }
        T_EQ_INT(a.result.orbits, c.result.orbits);
        T_EQ_INT(a.result.applicable, c.result.applicable);
        T_EQ_INT(a.result.mass, c.result.mass);
        for (size_t l = 0; l < 3; l++)
            close_hunt(all[l]);
    }
}

/* What a false hypothesis excludes is left out at once: the same answer, fewer orbits. */
TEST(skipping_changes_figures_only)
{
    static const struct {
        const char *file, *statement, *without;
        uint32_t max[4];
        bool fewer;
    } it[] = {{"thm14.aon", "thm14", "inN", {1, 1, 3, 2}, false},
              {"thm14.aon", "thm14_nondegenerate", "inN", {1, 2, 2, 2}, true},
              {"thm14.aon", "thm14_formulas", "van", {1, 1, 2, 2}, true},
              {"thm15.aon", "thm15_full", NULL, {1, 2, 1, 3}, true},
              {"thm15.aon", "thm15_full", "hidden", {2, 1, 1, 3}, false},
              {"thm5.aon", "thm5_back", "e4", {1, 1, 2, 2}, true},
              {"traps.aon", "trap3_matrices", "a", {1, 2, 1, 2}, true},
              {"traps.aon", "trap3_projectors", "b", {2, 1, 2, 1}, false}};

    for (size_t i = 0; i < sizeof it / sizeof *it; i++) {
        hunt a, b;

        T_REQUIRE(open_hunt(&a, it[i].file, it[i].statement, it[i].without, NULL));
        T_REQUIRE(open_hunt(&b, it[i].file, it[i].statement, it[i].without, NULL));
        a.spec.max = b.spec.max = it[i].max;
        b.spec.skip = true;
        T_REQUIRE(run_hunt(&a));
        T_REQUIRE(run_hunt(&b));
        T_EQ_INT(a.result.outcome, b.result.outcome);
        T_EQ_INT(a.result.applicable, b.result.applicable);
        T_EQ_INT(a.result.applicable_mass, b.result.applicable_mass);
        T_EQ_INT(a.result.undecided, b.result.undecided);
        T_EQ_INT(a.result.next_cell, b.result.next_cell);
        T_EQ_INT(a.result.nhit, b.result.nhit);
        if (a.result.nhit > 0 && b.result.nhit > 0) {
            aon_buf one, two;

            aon_buf_init(&one);
            aon_buf_init(&two);
            aon_instance_print(a.result.hit[0].in, &one);
            aon_instance_print(b.result.hit[0].in, &two);
            T_EQ_STR(one.s, two.s);
            aon_buf_clear(&one);
            aon_buf_clear(&two);
        }
        T_CHECK(it[i].fewer ? b.result.orbits < a.result.orbits
                            : b.result.orbits <= a.result.orbits);
        close_hunt(&a);
        close_hunt(&b);
    }
}

TEST(the_limit_stops_at_the_same_place)
{
    for (unsigned jobs = 1; jobs <= 4; jobs += 3) {
        hunt h;

        T_REQUIRE(open_hunt(&h, "thm15.aon", "thm15_up", NULL, NULL));
        h.spec.max_work = 100;
        h.spec.jobs = jobs;
        T_REQUIRE(run_hunt(&h));
        T_EQ_INT(h.result.outcome, AON_FIND_BUDGET);
        T_CHECK(h.result.orbits >= 100 && h.result.orbits <= 200);
        close_hunt(&h);
    }
}

TEST(shards_add_up)
{
    static const uint32_t max[] = {2, 2, 2};
    uint64_t orbits = 0, applicable = 0;
    hunt h;

    for (uint32_t i = 0; i < 3; i++) {
        T_REQUIRE(open_hunt(&h, "thm15.aon", "thm15_up", NULL, NULL));
        h.spec.max = max;
        h.spec.shard = i;
        h.spec.shards = 3;
        T_REQUIRE(run_hunt(&h));
        orbits += h.result.orbits;
        applicable += h.result.applicable;
        close_hunt(&h);
    }
    T_REQUIRE(open_hunt(&h, "thm15.aon", "thm15_up", NULL, NULL));
    h.spec.max = max;
    T_REQUIRE(run_hunt(&h));
    T_EQ_INT(orbits, h.result.orbits);
    T_EQ_INT(applicable, h.result.applicable);
    close_hunt(&h);
}

static char *kept_state;

static void
keep_third(void *arg, const char *state)
{
    size_t *calls = arg;

    if (++*calls == 3)
        kept_state = strdup(state);
}

TEST(resumed_searches_end_alike)
{
    static const uint32_t max[] = {2, 2, 2, 2};
    aon_diags *diags = aon_diags_new();
    size_t calls = 0;
    hunt a, b;

    T_REQUIRE(open_hunt(&a, "thm15.aon", "thm15_full", "hidden", NULL));
    a.spec.max = max;
    a.spec.all_minimal = true;
    a.spec.checkpoint = keep_third;
    a.spec.arg = &calls;
    T_REQUIRE(run_hunt(&a));
    T_REQUIRE(kept_state != NULL);
    T_REQUIRE(open_hunt(&b, "thm15.aon", "thm15_full", "hidden", NULL));
    b.spec.max = max;
    b.spec.all_minimal = true;
    b.spec.resume = kept_state;
    T_REQUIRE(run_hunt(&b));
    T_EQ_INT(a.result.outcome, b.result.outcome);
    T_EQ_INT(a.result.nhit, b.result.nhit);
    T_EQ_INT(a.result.orbits, b.result.orbits);
    T_EQ_INT(a.result.applicable, b.result.applicable);
    T_EQ_INT(a.result.space, b.result.space);
    aon_find_result_clear(&b.result);
    b.spec.grid = 2;
    T_CHECK(aon_find(&b.result, &b.spec, diags) == AON_EINPUT);
    aon_diags_free(diags);
    close_hunt(&a);
    close_hunt(&b);
    free(kept_state);
}

/* Three shapes are minimal: (1,1,2), (1,2,1), (2,1,1). */
static const char many[] =
    "statement many\ngiven d in dim given m in model(d)\n"
    "show c: d = 1 and (forall x, x' in X: m.f(x) = m.f(x')) and\n"
    "  (forall y in Y: m.g(y) = 0)\n";

static char *last_state;

static void
keep_last(void *arg, const char *state)
{
    (void)arg;
    free(last_state);
    last_state = strdup(state);
}

static aon_buf hits;

static void
print_hit(void *arg, const aon_find_hit *h, size_t i)
{
    (void)arg;
    aon_buf_printf(&hits, "%zu ", i);
    aon_find_print_shape(&hits, h->shape, 3);
    aon_instance_print(h->in, &hits);
}

static void
expect_no_state(hunt *h, const char *state)
{
    aon_diags *diags = aon_diags_new();

    h->spec.resume = state;
    T_EQ_INT(aon_find(&h->result, &h->spec, diags), AON_EINPUT);
    aon_find_result_clear(&h->result);
    aon_diags_free(diags);
}

/* Cut short after the second hit: that is said, and going on gives all three. */
TEST(the_limit_after_a_hit)
{
    char *whole, *cut;
    hunt h;

    aon_buf_init(&hits);
    T_REQUIRE(open_hunt(&h, many, "many", NULL, NULL));
    h.spec.all_minimal = true;
    h.spec.hit = print_hit;
    T_REQUIRE(run_hunt(&h));
    T_EQ_INT(h.result.nhit, 3);
    T_EQ_INT(h.result.orbits, 7);
    T_CHECK(!h.result.cut_short && h.result.open == 0);
    whole = strdup(hits.s);
    aon_find_result_clear(&h.result);

    aon_buf_reset(&hits);
    h.spec.max_work = 6;
    h.spec.checkpoint = keep_last;
    T_REQUIRE(run_hunt(&h));
    T_EQ_INT(h.result.outcome, AON_FIND_FOUND);
    T_EQ_INT(h.result.nhit, 2);
    T_EQ_INT(h.result.next_cell, 3);
    T_CHECK(h.result.cut_short && !h.result.too_large);
    T_CHECK(strncmp(whole, hits.s, hits.len) == 0);
    aon_find_result_clear(&h.result);

    /* less than what is done already: nothing more */
    aon_buf_reset(&hits);
    cut = last_state;
    last_state = NULL;
    h.spec.resume = cut;
    h.spec.max_work = 2;
    T_REQUIRE(run_hunt(&h));
    T_EQ_INT(h.result.nhit, 2);
    T_EQ_INT(h.result.orbits, 6);
    T_CHECK(h.result.cut_short && last_state == NULL);
    aon_find_result_clear(&h.result);

    aon_buf_reset(&hits);
    h.spec.max_work = 0;
    T_REQUIRE(run_hunt(&h));
    T_EQ_STR(hits.s, whole);
    T_EQ_INT(h.result.orbits, 7);
    T_CHECK(!h.result.cut_short);
    aon_find_result_clear(&h.result);
    free(last_state);
    last_state = NULL;
    free(cut);
    free(whole);
    aon_buf_clear(&hits);
    close_hunt(&h);
}

/* A state with an instance that is no counterexample, or of another definition. */
TEST(states_that_are_not_of_the_search)
{
    char other[sizeof many];
    char *state, *at;
    hunt h, changed;

    T_REQUIRE(open_hunt(&h, many, "many", NULL, NULL));
    h.spec.all_minimal = true;
    h.spec.max_work = 6;
    h.spec.checkpoint = keep_last;
    T_REQUIRE(run_hunt(&h));
    aon_find_result_clear(&h.result);
    state = last_state;
    last_state = NULL;
    h.spec.checkpoint = NULL;
    memcpy(other, many, sizeof many);
    at = strstr(other, "d = 1");
    at[4] = '2';
    T_REQUIRE(open_hunt(&changed, other, "many", NULL, NULL));
    changed.spec.all_minimal = true;
    expect_no_state(&changed, state);
    close_hunt(&changed);
    h.spec.all_minimal = false;
    expect_no_state(&h, state);
    h.spec.all_minimal = true;
    at = strstr(state, "\ng b 1\n");
    T_REQUIRE(at != NULL);
    at[5] = '0';
    expect_no_state(&h, state);
    at[5] = '1';
    h.spec.resume = state;
    T_REQUIRE(run_hunt(&h));
    close_hunt(&h);
    free(state);
}

/* A smaller shape is undecided: what is found need not be the smallest. */
TEST(undecided_below_a_hit)
{
    static const uint32_t max[] = {2, 1, 1};
    hunt h;

    T_REQUIRE(open_hunt(&h,
                        "statement open\ngiven d in dim given m in model(d)\n"
                        "show c: d != 2 and\n"
                        "  (exists A in matrix(2,2): A*A = 3*id(2) and A = tr(A))\n",
                        "open", NULL, NULL));
    h.spec.max = max;
    T_REQUIRE(run_hunt(&h));
    T_EQ_INT(h.result.outcome, AON_FIND_FOUND);
    T_EQ_INT(h.result.undecided, 2);
    T_EQ_INT(h.result.hit[0].undecided, 2);
    T_EQ_INT(h.result.open, 2);
    close_hunt(&h);
}
