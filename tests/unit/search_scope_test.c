/*
 * The golden table of single models and of pairs joined on the log-odds, counted by an
 * independent exact prototype: models, distinct tables, equal pairs, orbits, masses.
 */
#include "search/impl.h"
#include "unit/t.h"

/* One model, no hypotheses: the shapes of the table. */
static const char one[] = "statement s\ngiven d in dim given m in model(d)\n"
                          "show t: forall x in X: <m.f(x), m.g(base)> = 0\n";
static const char two[] =
    "statement s\ngiven d, d' in dim given m in model(d) given m' in model(d')\n"
    "assume same: forall x in X, y in Y: <m.f(x), m.g(y) - m.g(base)> = <m'.f(x), "
    "m'.g(y) - "
    "m'.g(base)>\n"
    "show t: forall x in X: <m.f(x), m.g(base)> = 0\n";

typedef struct {
    aon_theory *theory;
    aon_scope_spec spec;
    aon_ref root[8];
    aon_cell cell;
} scope;

static bool
open_scope(scope *s, const char *text, const uint32_t *shape, const uint32_t *chain,
           uint32_t nchains, bool no_symmetry)
{
    const aon_variant plain = {.nwithout = 0};
    aon_diags *diags = aon_diags_new();
    const aon_core *core;
    bool ok;

    memset(s, 0, sizeof *s);
    ok = aon_theory_parse(&s->theory, "t", text, strlen(text), ".", NULL, 0, diags) ==
         AON_OK;
    if (!ok) {
        aon_buf out;

        aon_buf_init(&out);
        aon_diags_print(diags, &out, false);
        puts(out.s);
        aon_buf_clear(&out);
    }
    core = ok ? aon_theory_core(s->theory, 0) : NULL;
    ok =
        ok && aon_variant_roots(core, &plain, s->root, diags) == AON_OK &&
        aon_scope_spec_init(&s->spec, core, s->root, 1, no_symmetry, diags) == AON_OK &&
        aon_cell_init(&s->cell, &s->spec, shape, chain, nchains);
    aon_diags_free(diags);
    return ok;
}

static void
close_scope(scope *s)
{
    aon_cell_clear(&s->cell);
    aon_theory_free(s->theory);
}

typedef struct {
    const aon_cell *c;
    uint64_t orbits, mass, last[AON_MAX_ITEMS];
    bool increasing;
} tally;

static bool
count(void *arg, const uint64_t *code, uint64_t stabiliser)
{
    tally *t = arg;
    size_t i = 0;

    while (i < t->c->nitems && code[i] == t->last[i])
        i++;
    if (t->orbits > 0 && (i == t->c->nitems || code[i] < t->last[i]))
        t->increasing = false;
    memcpy(t->last, code, t->c->nitems * sizeof *code);
    t->orbits++;
    t->mass += t->c->group / stabiliser;
    return t->c->group % stabiliser == 0;
}

static tally
run_through(const aon_cell *c)
{
    tally t = {.c = c, .increasing = true};
    size_t n;
    uint64_t *first = aon_walk_first(c, &n);

    for (size_t i = 0; i < n; i++)
        aon_walk_rest(c, first[i], count, &t);
    free(first);
    return t;
}

static const uint32_t ones[AON_MAX_CONTEXTS] = {1, 1, 1, 1, 1, 1, 1, 1};

static void
check_models(uint32_t d, uint32_t n, uint32_t k, uint64_t models, uint64_t orbits,
             uint64_t group)
{
    const uint32_t shape[] = {d, n, k};
    scope s;
    tally t;

    T_REQUIRE(open_scope(&s, one, shape, ones, n, false));
    T_EQ_INT(s.cell.total, models);
    t = run_through(&s.cell);
    if (group > 0) {
        T_EQ_INT(s.cell.group, group);
        T_EQ_INT(t.orbits, orbits);
    }
    T_EQ_INT(t.mass, models);
    T_CHECK(t.increasing);
    close_scope(&s);
}

static void
check_pairs(uint32_t d, uint32_t n, uint32_t k, uint64_t tables, uint64_t pairs,
            uint64_t orbits, uint64_t group)
{
    const uint32_t shape[] = {d, d, n, k};
    uint64_t distinct = 0;
    scope s;
    tally t;

    T_REQUIRE(open_scope(&s, two, shape, ones, n, false));
    T_EQ_INT(s.spec.njoin, 1);
    for (size_t i = 0; i < s.cell.item[1].nbucket; i++)
        distinct +=
            i == 0 || s.cell.item[1].bucket[i].key != s.cell.item[1].bucket[i - 1].key;
    T_EQ_INT(distinct, tables);
    T_EQ_INT(s.cell.total, pairs);
    t = run_through(&s.cell);
    T_EQ_INT(t.mass, pairs);
    T_CHECK(t.increasing);
    if (group > 0) {
        T_EQ_INT(s.cell.group, group);
        T_EQ_INT(t.orbits, orbits);
    }
    close_scope(&s);
}

TEST(golden_table)
{
    check_models(1, 1, 3, 27, 10, 4);
    check_models(1, 2, 3, 81, 20, 8);
    check_models(1, 3, 3, 243, 0, 0);
    check_models(2, 1, 3, 729, 65, 16);
    check_models(2, 2, 3, 6561, 297, 32);
    check_pairs(1, 1, 3, 9, 153, 0, 0);
    check_pairs(1, 2, 3, 33, 417, 0, 0);
    check_pairs(1, 3, 3, 105, 1641, 0, 0);
    check_pairs(2, 1, 3, 25, 49777, 663, 128);
    check_pairs(2, 2, 3, 313, 497473, 0, 0);
}

TEST(without_symmetry_every_assignment_is_one)
{
    const uint32_t shape[] = {2, 2, 1, 3};
    scope s;
    tally t;

    T_REQUIRE(open_scope(&s, two, shape, ones, 1, true));
    t = run_through(&s.cell);
    T_EQ_INT(s.cell.group, 1);
    T_EQ_INT(t.orbits, 49777);
    T_EQ_INT(t.mass, 49777);
    close_scope(&s);
}

/* Every kind of given at once, moved by random elements of the group. */
static const char all_kinds[] =
    "statement s\n"
    "given d, d' in dim given m in model(d) given m' in model(d') given q in query\n"
    "given S in subspace(d) given v in vector(d) given t in token given x0 in context\n"
    "given T in tokens given Z in contexts given b in scalar\n"
    "let Fs := span{ m.f(x) | x in X/q }\n"
    "assume odd: forall x in X, y in Y: <m.f(x), m.g(y)> = <m'.f(x), m'.g(y)>\n"
    "show one: proj(S)*m.f(x0) = b*m.g(t) -> exists x in X/q: m.f(x.q) = proj(Fs)*v\n"
    "show two: forall y in T, x in Z: <m.f(x), m.g(y) - v> = b\n"
    "show three: dim(S & Fs) <= b or <m'.f(x0), m'.g(t)> < 0\n";

static void
random_element(const aon_cell *c, aon_element *e)
{
    memset(e, 0, sizeof *e);
    e->st = (uint32_t)t_below(c->nst);
    for (unsigned b = 0; b < c->spec->nblocks; b++)
        e->s[b] = (uint16_t)t_below(c->block[b].nsp);
}

TEST(group_elements_keep_verdicts)
{
    const uint32_t shape[] = {2, 1, 3, 3}, chain[] = {2, 1};
    const aon_questions none = {.arena = NULL};
    aon_judge_cache *judge;
    scope s;

    T_REQUIRE(open_scope(&s, all_kinds, shape, chain, 2, false));
    T_EQ_INT(s.spec.njoin, 1);
    T_EQ_INT(s.cell.nst, 2); /* tokens b, c; the chains differ */
    judge = aon_judge_cache_new(&s.cell, &none);
    T_FOR (300) {
        uint64_t code[AON_MAX_ITEMS], moved[AON_MAX_ITEMS];
        const aon_keyed *first;
        aon_element e;
        size_t n;

        do { /* the joined item is the second one */
            for (size_t i = 0; i < s.cell.nitems; i++)
                code[i] = t_below(s.cell.item[i].count);
            aon_joined(&s.cell, &s.cell.item[1], code[0], &first, &n);
        } while (n == 0);
        code[1] = first[t_below(n)].code;
        random_element(&s.cell, &e);
        for (size_t i = 0; i < s.cell.nitems; i++)
            moved[i] = aon_act(&s.cell, &e, &s.cell.item[i], code[i]);
        T_EQ_INT(aon_judge_assignment(judge, code), aon_judge_assignment(judge, moved));
    }
    aon_judge_cache_free(judge);
    close_scope(&s);
}

/* Vectors and matrices that move along contexts, tokens and two dimensions. */
static const char matrices[] =
    "statement s\n"
    "given d, d' in dim given m in model(d) given m' in model(d') given q in query\n"
    "given c in vector(#X/q) given A in matrix(d,d')\n"
    "show one: (sum x in X/q: c[x]*m.f(x.q)) = (sum x in X/q: A*m'.f(x))\n"
    "show two: forall y in Y: <m.g(y), A*m'.g(y)> = 0\n";
static const char by_token[] =
    "statement s\n"
    "given d in dim given m in model(d) given l in vector(#Y)\n"
    "show one: (sum y in Y: l[y]*m.g(y)) = 0\n"
    "show two: forall y in Y: l[y] = <m.g(y),m.g(y)>\n";

static void
check_group(const char *text, const uint32_t *shape, const uint32_t *chain,
            uint32_t nchains, unsigned long seed)
{
    const aon_questions none = {.arena = NULL};
    aon_judge_cache *judge;
    uint64_t differ = 0;
    scope s;

    T_REQUIRE(open_scope(&s, text, shape, chain, nchains, false));
    T_REQUIRE(!aon_cell_solves(&s.cell));
    judge = aon_judge_cache_new(&s.cell, &none);
    for (unsigned long round = 0; round < 500; round++) {
        uint64_t code[AON_MAX_ITEMS], moved[AON_MAX_ITEMS];
        aon_element e;

        for (size_t i = 0; i < s.cell.nitems; i++)
            code[i] = (t_rand() + seed) % s.cell.item[i].count;
        if (round % 2 == 0)
            code[0] = 0; /* so that something holds */
        random_element(&s.cell, &e);
        for (size_t i = 0; i < s.cell.nitems; i++) {
            moved[i] = aon_act(&s.cell, &e, &s.cell.item[i], code[i]);
            differ += moved[i] != code[i];
        }
        T_EQ_INT(aon_judge_assignment(judge, code), aon_judge_assignment(judge, moved));
    }
    T_CHECK(differ > 0);
    aon_judge_cache_free(judge);
    close_scope(&s);
}

TEST(matrices_move_with_their_indices)
{
    const uint32_t shape[] = {2, 1, 4, 2}, chain[] = {2, 2};
    const uint32_t tokens[] = {2, 1, 4};

    check_group(matrices, shape, chain, 2, 1);
    check_group(by_token, tokens, ones, 1, 2);
}

TEST(subspaces_of_small_spaces)
{
    aon_arena *arena = aon_arena_new();
    const size_t want[] = {1, 2, 6, 40};

    for (uint32_t d = 0; d <= 3; d++) {
        aon_block_group b = {.dim = 0};

        aon_block_group_init(&b, arena, d, 1, true, false);
        T_EQ_INT(b.nspace, want[d]);
        for (size_t s = 0; s < b.nsp; s++) /* a permutation of the spaces */
            for (size_t i = 0; i < b.nspace; i++)
                for (size_t j = 0; j < i; j++)
                    T_CHECK(b.moved[s * b.nspace + i] != b.moved[s * b.nspace + j]);
    }
    aon_arena_free(arena);
}

TEST(chains_are_moved_to_chains)
{
    const uint32_t shape[] = {1, 1, 5, 2}, chain[] = {2, 2, 1};
    scope s;

    T_REQUIRE(open_scope(&s, all_kinds, shape, chain, 3, false));
    T_EQ_INT(s.cell.nst, 2);
    close_scope(&s);
}
