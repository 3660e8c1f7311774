/*
 * Lemmas: where one is claimed no instance of the kind is violated, by random instances
 * of every statement of the theorems; and some claims that must and must not be made.
 */
#include "shrink/shrink.h"
#include "unit/t.h"

static void
random_mat(aon_mat *a, slong rows, slong cols)
{
    aon_mat_zero(a, rows, cols);
    for (slong i = 0; i < rows; i++)
        for (slong j = 0; j < cols; j++)
            fmpz_set_si(fmpz_mat_entry(a->num, i, j), (slong)t_below(5) - 2);
}

static slong
length_of(const aon_instance *in, const aon_dim *d)
{
    const aon_value *v;

    if (d->kind == AON_DIM_INT)
        return (slong)d->value;
    if (d->kind == AON_DIM_NAME) {
        v = aon_instance_find(in, d->name);
        return v != NULL ? v->dim : 1;
    }
    if (strcmp(d->set.name, "X") == 0 || strcmp(d->set.name, "Y") == 0) {
        const aon_value *q =
            d->set.query != NULL ? aon_instance_find(in, d->set.query) : NULL;
        slong n = 0;

        if (d->set.query == NULL)
            return (slong)(d->set.tokens ? in->ntokens : in->ncontexts);
        for (uint32_t x = 0; x < in->ncontexts; x++)
            n += aon_instance_concat(in, x, &q->q) >= 0;
        return n;
    }
    v = aon_instance_find(in, d->set.name);
    return (slong)v->nset;
}

static void
random_value(aon_instance *in, const aon_given *g)
{
    static const aon_val_kind kind[] = {
        [AON_T_SCALAR] = AON_VAL_SCALAR,   [AON_T_VECTOR] = AON_VAL_VECTOR,
        [AON_T_MATRIX] = AON_VAL_MATRIX,   [AON_T_SPACE] = AON_VAL_SUBSPACE,
        [AON_T_TOKEN] = AON_VAL_TOKEN,     [AON_T_CONTEXT] = AON_VAL_CONTEXT,
        [AON_T_DIM] = AON_VAL_DIM,         [AON_T_QUERY] = AON_VAL_QUERY,
        [AON_T_TOKENS] = AON_VAL_TOKENSET, [AON_T_CONTEXTS] = AON_VAL_CONTEXTSET,
        [AON_T_MODEL] = AON_VAL_MODEL};
    const slong rows = length_of(in, &g->type.rows);
    const slong cols = g->type.kind == AON_T_MATRIX ? length_of(in, &g->type.cols) : 1;
    aon_value *v = aon_instance_add(in, g->name, kind[g->type.kind]);
    const uint32_t tok = (uint32_t)t_below(in->ntokens);

    v->dim = g->type.kind == AON_T_DIM ? 1 + (slong)t_below(2) : rows;
    switch (g->type.kind) {
    case AON_T_MODEL:
        random_mat(&v->a, rows, (slong)in->ncontexts);
        random_mat(&v->b, rows, (slong)in->ntokens);
        break;
    case AON_T_SPACE:
        random_mat(&v->a, rows, (slong)t_below(3));
        break;
    case AON_T_SCALAR:
        random_mat(&v->a, 1, 1);
        break;
    case AON_T_VECTOR:
    case AON_T_MATRIX:
        random_mat(&v->a, rows, cols);
        break;
    case AON_T_TOKEN:
        v->elem = tok;
        break;
    case AON_T_CONTEXT:
        v->elem = (uint32_t)t_below(in->ncontexts);
        break;
    case AON_T_QUERY:
        aon_value_set_query(v, &tok, (size_t)t_below(2));
        break;
    case AON_T_TOKENS:
    case AON_T_CONTEXTS:
        v->set = calloc(8, sizeof *v->set);
        for (uint32_t e = 0;
             e < (g->type.kind == AON_T_TOKENS ? in->ntokens : in->ncontexts); e++)
            if (t_below(3) > 0)
                v->set[v->nset++] = e;
        break;
    default:
        break;
    }
}

/* Every given of the statement at random; contexts a, aa, .. */
static aon_instance *
random_instance(const aon_core *core, uint32_t n, uint32_t k)
{
    static const char name[3][3] = {"a", "b", "c"};
    static const uint32_t tok[4] = {0};
    aon_instance *in = aon_instance_new();

    for (uint32_t y = 0; y < k; y++)
        aon_instance_add_token(in, name[y]);
    for (uint32_t x = 0; x < n; x++)
        aon_instance_add_context(in, name[x], tok, x + 1);
    in->base = (uint32_t)t_below(k);
    for (int pass = 0; pass < 2; pass++) /* what shapes depend on comes first */
        for (size_t i = 0; i < core->ngiven; i++) {
            const aon_type_kind t = core->given[i].type.kind;
            const bool early = t == AON_T_DIM || t == AON_T_QUERY ||
                               t == AON_T_TOKENS || t == AON_T_CONTEXTS;

            if (early == (pass == 0))
                random_value(in, &core->given[i]);
        }
    return in;
}

/* An instance of dimensions 1 for the lemma to look at; queries as told. */
static aon_instance *
result_like(const aon_core *core, uint32_t n, uint32_t k, size_t query_length)
{
    aon_instance *in = random_instance(core, n, k);
    static const uint32_t tok[1] = {0};

    for (size_t i = 0; i < in->nvalues; i++) {
        if (in->value[i].kind == AON_VAL_DIM)
            in->value[i].dim = 1;
        if (in->value[i].kind == AON_VAL_QUERY)
            aon_value_set_query(&in->value[i], tok, query_length);
    }
    return in;
}

static bool
fails(const aon_core *core, const aon_ref *root, size_t c, const aon_instance *in)
{
    aon_decision *d;
    bool bad;

    if (!T_CHECK(aon_decide(&d, core, root, in, NULL, NULL) == AON_OK))
        return false;
    bad =
        aon_decision_verdict(d) == AON_VIOLATED && aon_decision_show(d, c) == AON_FALSE;
    aon_decision_free(d);
    return bad;
}

static bool
has_empty_query(const aon_instance *in)
{
    for (size_t i = 0; i < in->nvalues; i++)
        if (in->value[i].kind == AON_VAL_QUERY && in->value[i].q.n == 0)
            return true;
    return false;
}

typedef struct {
    unsigned claims, conditional, instances;
} tally;

/* All claims about one conclusion, each against random instances of smaller shapes. */
static void
try_claims(const aon_core *core, const aon_ref *root, size_t c, tally *t)
{
    for (uint32_t n = 1; n <= 2; n++)
        for (uint32_t k = 1; k <= 2; k++) {
            aon_instance *in = result_like(core, n, k, 1);
            const char *lemma = aon_shrink_lemma(core, root, c, in);
            const bool conditional = lemma != NULL && strstr(lemma, "queries") != NULL;

            aon_instance_free(in);
            if (lemma == NULL || (n == 1 && k == 1))
                continue;
            t->claims++;
            t->conditional += conditional;
            if (conditional) { /* never of a result with an empty query */
                in = result_like(core, n, k, 0);
                T_CHECK(aon_shrink_lemma(core, root, c, in) == NULL);
                aon_instance_free(in);
            }
            for (int i = 0; i < 6; i++) {
                const bool token = k == 2 && (n == 1 || i % 2 == 0);

                in = random_instance(core, token ? 1 + (uint32_t)t_below(3) : 1,
                                     token ? 1 : 1 + (uint32_t)t_below(3));
                if (token || !conditional || !has_empty_query(in)) {
                    T_CHECK(!fails(core, root, c, in));
                    t->instances++;
                }
                aon_instance_free(in);
            }
        }
}

TEST(claims_hold_at_random_instances)
{
    static const char *const file[] = {"thm5",  "thm14", "thm15", "lm",
                                       "lp",    "ls",    "traps", "diversity",
                                       "vocab", "thm_r", "ap",    "quadric"};
    const char *src = getenv("SRCDIR");
    aon_ref root[64], none[64];
    char path[512];
    aon_diags *diags = aon_diags_new();
    tally t = {0};

    for (size_t i = 0; i < 64; i++)
        none[i] = AON_NO_REF;
    for (size_t f = 0; f < sizeof file / sizeof *file; f++) {
        aon_theory *theory;

        (void)snprintf(path, sizeof path, "%s/theorems/%s.aon", src != NULL ? src : ".",
                       file[f]);
        T_REQUIRE(aon_theory_load(&theory, path, NULL, 0, diags) == AON_OK);
        for (size_t i = 0; i < aon_theory_statements(theory); i++) {
            const aon_core *core = aon_theory_core(theory, i);

            T_REQUIRE(core->nassume < 64);
            for (size_t h = 0; h < core->nassume; h++)
                root[h] = core->assume[h].root;
            for (size_t c = 0; c < core->nshow; c++) {
                try_claims(core, root, c, &t);
                try_claims(core, none, c, &t);
            }
        }
        aon_theory_free(theory);
    }
    aon_diags_free(diags);
    T_CHECK(t.claims > 100 && t.conditional > 5 && t.instances > 500);
}

/* ---- single claims ---- */

static const char *
claim(const char *givens, const char *show, uint32_t n, uint32_t k, size_t query_length)
{
    static char answer[100];
    aon_diags *diags = aon_diags_new();
    aon_theory *theory;
    aon_buf text;
    const char *lemma = "no such statement";

    aon_buf_init(&text);
    aon_buf_printf(&text,
                   "statement s\ngiven d in dim given m in model(d)\n%s\nshow c: %s\n",
                   givens, show);
    if (aon_theory_parse(&theory, "t", text.s, text.len, ".", NULL, 0, diags) ==
        AON_OK) {
        const aon_core *core = aon_theory_core(theory, 0);
        aon_ref root[4];
        aon_instance *in = result_like(core, n, k, query_length);

        for (size_t h = 0; h < core->nassume; h++)
            root[h] = core->assume[h].root;
        lemma = aon_shrink_lemma(core, root, 0, in);
        aon_instance_free(in);
        (void)snprintf(answer, sizeof answer, "%s", lemma != NULL ? lemma : "-");
        lemma = answer;
        aon_theory_free(theory);
    }
    aon_buf_clear(&text);
    aon_diags_free(diags);
    return lemma;
}

TEST(claims_that_must_be_made)
{
    T_EQ_STR(claim("", "forall y, z in Y: m.g(y) = m.g(z)", 1, 2, 1), "one token");
    T_EQ_STR(claim("", "forall y, z in Y: 2*m.g(y) - m.g(z) - m.g(base) = 0", 1, 2, 1),
             "one token");
    T_EQ_STR(claim("", "forall x, z in X: x = z", 2, 1, 1), "one context");
    T_EQ_STR(claim("given q in query", "forall x in X/q: m.f(x.q) = 0", 2, 1, 1),
             "one context with queries that are not empty");
    T_EQ_STR(claim("assume no: exists y in Y: m.g(y) != m.g(base)",
                   "forall x in X: m.f(x) = 0", 1, 2, 1),
             "one token");
    T_EQ_STR(claim("", "exists b in scalar: b != 0 and b*(m.g(base) - m.g(base)) = 0",
                   1, 2, 1),
             "one token");
    T_EQ_STR(claim("", "forall x in X: m.f(x) = 0", 1, 1, 1), "least shape");
}

/* A dimension 2: there are smaller shapes with two tokens. */
TEST(only_dimensions_of_1)
{
    static const char text[] = "statement s\ngiven d in dim given m in model(d)\n"
                               "show c: forall y, z in Y: m.g(y) = m.g(z)\n";
    aon_diags *diags = aon_diags_new();
    aon_theory *theory;
    aon_instance *in;

    T_REQUIRE(aon_theory_parse(&theory, "t", text, strlen(text), ".", NULL, 0, diags) ==
              AON_OK);
    in = result_like(aon_theory_core(theory, 0), 1, 2, 1);
    T_CHECK(aon_shrink_lemma(aon_theory_core(theory, 0), NULL, 0, in) != NULL);
    in->value[0].dim = 2;
    T_CHECK(aon_shrink_lemma(aon_theory_core(theory, 0), NULL, 0, in) == NULL);
    aon_instance_free(in);
    aon_theory_free(theory);
    aon_diags_free(diags);
}

TEST(claims_that_must_not_be_made)
{
    T_EQ_STR(claim("", "forall x in X: m.f(x) = 0", 1, 2, 1), "-");
    T_EQ_STR(claim("", "forall y in Y: m.g(y) = 0", 1, 2, 1), "-");
    T_EQ_STR(claim("", "forall y in Y: m.g(y) + m.g(base) = 0", 1, 2, 1), "-");
    T_EQ_STR(claim("given Ys in tokens", "exists y in Ys: m.g(y) = m.g(base)", 1, 2, 1),
             "-");
    T_EQ_STR(claim("", "exists b in scalar: b != 0 and b = 2", 1, 2, 1), "-");
    T_EQ_STR(claim("", "forall b in scalar: b*m.f(base) = 0", 1, 2, 1),
             "no such statement");
    T_EQ_STR(claim("given q in query", "forall x in X/q: m.f(x.q) = 0", 2, 1, 0), "-");
    T_EQ_STR(claim("", "forall y, z in Y: m.g(y) = m.g(z)", 1, 3, 1), "-");
    T_EQ_STR(
        claim("given m' in model(d)", "forall y in Y: m.g(y) - m'.g(y) = 0", 1, 2, 1),
        "-");
}
