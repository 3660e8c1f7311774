/* The group of a cell: subspaces counted by hand; orbits of all assignments add up to the space. */
#include "certify.c"
#include "unit/t.h"

static const char *text;
static long shape[4], chain[3], nchains, spaces, elements, orbits;

/* A claim about the statement in `text`, with all its hypotheses. */
static void
read_claim(ck_state *k)
{
    const char *path = "checker_certify_test.aon";
    FILE *f = fopen(path, "wb");
    ck_program p;

    CK_ASSERT(f != NULL);
    fputs(text, f);
    fclose(f);
    ck_program_read(&p, path, NULL, 0);
    k->r = ck_new(sizeof *k->r);
    k->s = ck_new(sizeof *k->s);
    ck_elaborate(&p, p.unit, NULL, 0, k->s);
    for (long i = 0; i < k->s->nroots; i++)
        if (k->s->root[i].word == 'a')
            CK_PUSH(k->hypothesis, k->nhypotheses, &k->s->root[i]);
}

static cell
new_cell(ck_state *k)
{
    cell c = {.claim = k, .radius = 1, .shape = shape, .nchains = nchains};

    memcpy(c.chain, chain, sizeof chain);
    for (long i = 0; i < k->s->ngivens; i++) {
        if (k->s->given[i].kind == 'd')
            CK_PUSH(c.dim, c.ndims, k->s->given[i].t[0]);
        if (k->s->given[i].kind == 'q')
            c.query = k->s->given[i].t[0];
    }
    c.n = shape[c.ndims];
    c.k = shape[c.ndims + 1];
    return c;
}

static bool
next_assignment(cell *c)
{
    for (long i = c->nitems - 1; i >= 0; i--) {
        if (set_code(c, &c->item[i], c->item[i].code + 1))
            return true;
        set_code(c, &c->item[i], 0);
    }
    return false;
}

/* Each orbit has one least assignment, and (order) / (stabiliser) elements. */
static int
add_up(void *arg)
{
    ck_state k = {0}, state;
    cell c;
    mpz_t size, mass;

    read_claim(&k);
    c = new_cell(&k);
    find_joins(&c);
    T_EQ_INT(c.njoins, *(long *)arg);
    T_CHECK(add_items(&c));
    T_EQ_INT(c.order, elements);
    mpz_init(size);
    mpz_init(mass);
    find_size(size, &c);
    for (long i = 0; i < c.nitems; i++)
        set_code(&c, &c.item[i], 0);
    orbits = 0;
    do {
        bool least = true;
        long fixed = count_fixed(&c, 0, &least);

        fill_state(&state, &c);
        if (!joined(&state, &c) || !least)
            continue;
        T_CHECK(fixed > 0 && c.order % fixed == 0);
        orbits++;
        mpz_add_ui(mass, mass, (unsigned long)(c.order / fixed));
    } while (next_assignment(&c));
    T_CHECK(mpz_cmp(mass, size) == 0 && mpz_sgn(size) > 0);
    return 0;
}

static void
check_orbits(const char *statement, long n, long group, long joins)
{
    text = statement;
    chain[0] = chain[1] = chain[2] = 1;
    nchains = n;
    elements = group;
    T_EQ_INT(ck_run(add_up, &joins), 0);
}

TEST(orbits_of_a_model_add_up)
{
    shape[0] = 2, shape[1] = 2, shape[2] = 2;
    check_orbits("statement s given d in dim given m in model(d) show c: 1 = 1\n", 2, 8 * 2, 0);
}

TEST(orbits_of_a_subspace_and_elements_add_up)
{
    shape[0] = 2, shape[1] = 2, shape[2] = 3;
    check_orbits("statement s given d in dim given S in subspace(d) given y in token\n"
                 "given x in context given Ys in tokens given Xs in contexts given v in vector(#Y)\n"
                 "show c: 1 = 1\n", 2, 8 * 2 * 2, 0);
}

TEST(orbits_of_matrices_add_up)
{
    shape[0] = 1, shape[1] = 2, shape[2] = 1, shape[3] = 2;
    check_orbits("statement s given d, e in dim given A in matrix(d,e) given w in vector(1)\n"
                 "given t in scalar show c: 1 = 1\n", 1, 2 * 8, 0);
    T_EQ_INT(orbits, 3 * 3 * 3); /* A is (0 0), (0 1), (1 1) up to signs and order; w, t stay */
}

TEST(orbits_of_joined_models_add_up)
{
    shape[0] = 1, shape[1] = 1, shape[2] = 2, shape[3] = 2;
    check_orbits("statement s given d, e in dim given m in model(d) given m' in model(e)\n"
                 "assume h: forall x in X, y in Y: <m.f(x), m.g(y)> = <m'.f(x), m'.g(y)>\n"
                 "show c: 1 = 1\n", 2, 2 * 2 * 2, 1);
}

TEST(orbits_of_empty_models_add_up)
{
    shape[0] = 0, shape[1] = 1, shape[2] = 1, shape[3] = 2;
    check_orbits("statement s given d, e in dim given m in model(d) given m' in model(e)\n"
                 "assume h: forall x in X, y in Y: <m.f(x), m.g(y)> = <m'.f(x), m'.g(y)>\n"
                 "show c: 1 = 1\n", 1, 2, 1);
    T_EQ_INT(orbits, 1 + 2); /* <f(x), g(y)> = 0: both are 0, or one of them, up to signs, is 1 */
}

TEST(orbits_of_chains_add_up)
{
    shape[0] = 1, shape[1] = 3, shape[2] = 2;
    text = "statement s given d in dim given q in query given m in model(d) given v in vector(#X/q)\n"
           "show c: 1 = 1\n";
    chain[0] = 2, chain[1] = 1;
    nchains = 2;
    elements = 2;
    T_EQ_INT(ck_run(add_up, &(long){0}), 0);
}

static int
count_spaces(void *arg)
{
    ck_state k = {0};
    cell c;

    (void)arg;
    read_claim(&k);
    c = new_cell(&k);
    T_CHECK(add_items(&c));
    T_EQ_INT(c.item[0].ncodes, spaces);
    return 0;
}

/* 2 of K; 0, four lines and K^2 of K^2; 0, 13 lines, 25 planes and K^3 of K^3. */
TEST(subspaces_that_the_grid_spans)
{
    static const long counts[] = {1, 2, 6, 40};

    text = "statement s given d in dim given S in subspace(d) show c: 1 = 1\n";
    shape[1] = 0;
    shape[2] = 1;
    nchains = 0;
    for (long d = 0; d < 4; d++) {
        shape[0] = d;
        spaces = counts[d];
        T_EQ_INT(ck_run(count_spaces, NULL), 0);
    }
}
