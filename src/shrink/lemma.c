/*
 * Lemmas that a shape is minimal over all of Q (docs/minimize.md, 4).  A formula is
 * evaluated at all instances with one token (or one context) at once: of a value it is
 * known that it is zero, that it is not, a multiple of some g, or nothing; of a formula
 * that it is true, or false, or nothing.
 */
#include "shrink/impl.h"

#include <stdlib.h>
#include <string.h>

typedef enum { ANY_VALUE, ZERO, NONZERO, MULTIPLE_OF_G } known;

typedef struct {
    known what;
    const char *model; /* MULTIPLE_OF_G: coef times g of this model */
    int64_t coef;
} value;

typedef struct {
    const aon_core *core;
    bool one_token, one_context; /* what the instances have in common */
    bool *empty_query;           /* per given: this query is the empty sequence */
    value *env;                  /* of variables bound by ex, sol, allin */
    uint64_t steps;
} gaze;

enum { MAX_STEPS = 1000000 }; /* then nothing is known */

static aon_truth truth_of(gaze *g, aon_ref node);

static value
just(known what)
{
    const value v = {.what = what};

    return v;
}

/* Is the set empty in all these instances, or has it an element in all of them?
 * AON_TRUE: empty. */
static aon_truth
is_empty(const gaze *g, const aon_set *s)
{
    const bool whole = strcmp(s->name, "X") == 0 || strcmp(s->name, "Y") == 0;
    bool all = s->query == NULL; /* x.q is in the set for all of its x */

    if (g->one_context && s->query != NULL) {
        all = g->empty_query[aon_core_given(g->core, s->query)];
        if (!all)
            return AON_TRUE; /* x.q would be another context */
    }
    return all && whole ? AON_FALSE : AON_UNKNOWN;
}

static bool
small_integer(const char *s, int64_t *out)
{
    const size_t len = strlen(s);

    if (len > 6 || strchr(s, '/') != NULL)
        return false;
    *out = strtol(s, NULL, 10);
    return true;
}

static value value_of(gaze *g, aon_ref node);

static value
sum_of(value a, value b)
{
    if (a.what == ZERO)
        return b;
    if (b.what == ZERO)
        return a;
    if (a.what != MULTIPLE_OF_G || b.what != MULTIPLE_OF_G ||
        strcmp(a.model, b.model) != 0 || a.coef > 1000000 || a.coef < -1000000)
        return just(ANY_VALUE);
    a.coef += b.coef;
    return a.coef == 0 ? just(ZERO) : a;
}

static value
scaled(gaze *g, const aon_node *n)
{
    const value a = value_of(g, n->arg[0]);
    value v = value_of(g, n->arg[1]);
    const aon_node *factor = &g->core->node[n->arg[0]];
    int64_t c;

    if (a.what == ZERO || v.what == ZERO)
        return just(ZERO);
    if (a.what == NONZERO && v.what == NONZERO && n->type.kind == AON_T_SCALAR)
        return just(NONZERO);
    if (v.what == MULTIPLE_OF_G && factor->op == AON_RAT &&
        small_integer(factor->name, &c) && v.coef < 1000000 && v.coef > -1000000) {
        v.coef *= c;
        return v;
    }
    return just(ANY_VALUE);
}

static bool
is_zero(gaze *g, aon_ref node)
{
    return value_of(g, node).what == ZERO;
}

/* For spaces: the zero space, or nothing is known. */
static value
value_of(gaze *g, aon_ref node)
{
    const aon_node *n = &g->core->node[node];
    value v = {.what = ANY_VALUE};

    if (g->steps++ > MAX_STEPS)
        return v;
    switch (n->op) {
    case AON_RAT:
        return just(strcmp(n->name, "0") == 0 ? ZERO : NONZERO);
    case AON_G:
        v.what = g->one_token ? MULTIPLE_OF_G : ANY_VALUE;
        v.model = n->name;
        v.coef = 1;
        return v;
    case AON_ADD:
        return sum_of(value_of(g, n->arg[0]), value_of(g, n->arg[1]));
    case AON_SCALE:
        return scaled(g, n);
    case AON_MUL:
    case AON_DOT:
    case AON_PROJ:
        return just(is_zero(g, n->arg[0]) || is_zero(g, n->arg[1]) ? ZERO : ANY_VALUE);
    case AON_JOIN:
        return just(is_zero(g, n->arg[0]) && is_zero(g, n->arg[1]) ? ZERO : ANY_VALUE);
    case AON_TR:
    case AON_IDX:
    case AON_SPAN:
    case AON_GENS:
    case AON_DIM:
        return just(is_zero(g, n->arg[0]) ? ZERO : ANY_VALUE);
    case AON_SUM:
    case AON_COLS:
        return just(is_empty(g, &n->set) == AON_TRUE || is_zero(g, n->arg[0])
                        ? ZERO
                        : ANY_VALUE);
    case AON_SOL:
        return just(n->dom == AON_DOM_IN && is_zero(g, n->arg[0]) ? ZERO : ANY_VALUE);
    case AON_VEC:
    case AON_UNK:
        return g->env[n->var];
    default:
        return v;
    }
}

static aon_truth
negation(aon_truth t)
{
    return t == AON_UNKNOWN ? t : t == AON_TRUE ? AON_FALSE : AON_TRUE;
}

static aon_truth
equal(gaze *g, const aon_node *n)
{
    const value a = value_of(g, n->arg[0]), b = value_of(g, n->arg[1]);

    if (n->arg[0] == n->arg[1] || (a.what == ZERO && b.what == ZERO))
        return AON_TRUE;
    if (a.what == MULTIPLE_OF_G && b.what == MULTIPLE_OF_G && a.coef == b.coef &&
        strcmp(a.model, b.model) == 0)
        return AON_TRUE;
    if ((a.what == ZERO && b.what == NONZERO) || (a.what == NONZERO && b.what == ZERO))
        return AON_FALSE;
    return AON_UNKNOWN;
}

/* The elements of a set: the body says the same of all of them, or nothing. */
static aon_truth
over_set(gaze *g, const aon_node *n)
{
    const aon_truth empty = is_empty(g, &n->set), body = truth_of(g, n->arg[0]);
    const aon_truth idle = n->op == AON_ALL ? AON_TRUE : AON_FALSE; /* of no element */

    if (empty == AON_TRUE || body == idle)
        return idle;
    return empty == AON_FALSE ? body : AON_UNKNOWN;
}

/* Some value: all values, or zero, or (a scalar) one. */
static aon_truth
some_value(gaze *g, const aon_node *n)
{
    const aon_ref body = n->arg[n->nargs - 1];
    const bool zero_only = n->dom == AON_DOM_IN && is_zero(g, n->arg[0]);
    aon_truth t = AON_UNKNOWN;

    if (!zero_only) {
        g->env[n->var] = just(ANY_VALUE);
        t = truth_of(g, body);
    }
    if (t != AON_UNKNOWN)
        return t;
    g->env[n->var] = just(ZERO);
    t = truth_of(g, body);
    if (t == AON_TRUE || zero_only)
        return t;
    if (n->dom != AON_DOM_SCALAR)
        return AON_UNKNOWN;
    g->env[n->var] = just(NONZERO);
    return truth_of(g, body) == AON_TRUE ? AON_TRUE : AON_UNKNOWN;
}

static aon_truth
truth_of(gaze *g, aon_ref node)
{
    const aon_node *n = &g->core->node[node];
    aon_truth a, b;

    if (g->steps++ > MAX_STEPS)
        return AON_UNKNOWN;
    switch (n->op) {
    case AON_TRUTH:
        return AON_TRUE;
    case AON_EQ:
        return equal(g, n);
    case AON_ZERO:
        a = value_of(g, n->arg[0]).what == ZERO ? AON_TRUE : AON_UNKNOWN;
        return value_of(g, n->arg[0]).what == NONZERO ? AON_FALSE : a;
    case AON_LE:
        return n->arg[0] == n->arg[1] ||
                       (is_zero(g, n->arg[0]) && is_zero(g, n->arg[1]))
                   ? AON_TRUE
                   : AON_UNKNOWN;
    case AON_LT:
        return n->arg[0] == n->arg[1] ||
                       (is_zero(g, n->arg[0]) && is_zero(g, n->arg[1]))
                   ? AON_FALSE
                   : AON_UNKNOWN;
    case AON_SAME:
        if (g->core->node[n->arg[0]].type.kind == AON_T_TOKEN ? g->one_token
                                                              : g->one_context)
            return AON_TRUE;
        return n->arg[0] == n->arg[1] ? AON_TRUE : AON_UNKNOWN;
    case AON_WITHIN:
        return is_zero(g, n->arg[0]) ? AON_TRUE : AON_UNKNOWN;
    case AON_NOT:
        return negation(truth_of(g, n->arg[0]));
    case AON_AND:
    case AON_OR:
        a = truth_of(g, n->arg[0]);
        b = truth_of(g, n->arg[1]);
        if (a == b)
            return a;
        if (n->op == AON_AND)
            return a == AON_FALSE || b == AON_FALSE ? AON_FALSE : AON_UNKNOWN;
        return a == AON_TRUE || b == AON_TRUE ? AON_TRUE : AON_UNKNOWN;
    case AON_ALL:
    case AON_ANY:
        return over_set(g, n);
    case AON_ALLIN: /* over a basis: no vector, none of which is zero */
        if (is_zero(g, n->arg[0]))
            return AON_TRUE;
        g->env[n->var] = just(ANY_VALUE);
        return truth_of(g, n->arg[1]) == AON_TRUE ? AON_TRUE : AON_UNKNOWN;
    case AON_EX:
        return some_value(g, n);
    default:
        return AON_UNKNOWN;
    }
}

/* No instance of this kind violates the conclusion: it is true there, or a hypothesis
 * false. */
static bool
excluded(gaze *g, const aon_ref *root, size_t because)
{
    const aon_core *core = g->core;
    bool good;

    g->steps = 0;
    good = truth_of(g, core->show[because].root) == AON_TRUE;
    for (size_t h = 0; h < core->nassume && !good; h++)
        good = root[h] != AON_NO_REF && truth_of(g, root[h]) == AON_FALSE;
    return good && g->steps <= MAX_STEPS;
}

/* One context: whichever queries are empty, or none of them. */
static bool
contexts_excluded(gaze *g, const aon_ref *root, size_t because, bool whichever)
{
    size_t query[8], n = 0;
    bool good = true;

    for (size_t i = 0; i < g->core->ngiven; i++)
        if (g->core->given[i].type.kind == AON_T_QUERY) {
            if (n == sizeof query / sizeof *query)
                return false;
            query[n++] = i;
        }
    for (size_t set = 0; set < (whichever ? (size_t)1 << n : 1) && good; set++) {
        for (size_t i = 0; i < n; i++)
            g->empty_query[query[i]] = (set >> i & 1) != 0;
        good = excluded(g, root, because);
    }
    return good;
}

static bool
has_empty_query(const aon_instance *in)
{
    for (size_t i = 0; i < in->nvalues; i++)
        if (in->value[i].kind == AON_VAL_QUERY && in->value[i].q.n == 0)
            return true;
    return false;
}

const char *
aon_shrink_lemma(const aon_core *core, const aon_ref *root, size_t because,
                 const aon_instance *in)
{
    const size_t n = aon_shrink_axes(core);
    const bool contexts = in->ncontexts > 1, tokens = in->ntokens > 1;
    uint32_t *shape = aon_xcalloc(n, sizeof *shape);
    bool good = in->ncontexts >= 1 && in->ncontexts <= 2 && in->ntokens <= 2;
    bool always = true;
    gaze g = {.core = core};

    g.env = aon_xcalloc(core->nvars + 1, sizeof *g.env);
    g.empty_query = aon_xcalloc(core->ngiven + 1, sizeof *g.empty_query);
    aon_shrink_shape(shape, core, in);
    for (size_t i = 0; i + 2 < n; i++)
        good = good && shape[i] == 1;
    if (good && tokens) {
        g.one_token = true;
        good = excluded(&g, root, because);
        g.one_token = false;
    }
    if (good && contexts) {
        g.one_context = true;
        always = contexts_excluded(&g, root, because, true);
        good = always ||
               (!has_empty_query(in) && contexts_excluded(&g, root, because, false));
    }
    free(shape);
    free(g.empty_query);
    free(g.env);
    if (!good)
        return NULL;
    if (!contexts)
        return tokens ? "one token" : "least shape";
    if (always)
        return tokens ? "one token, one context" : "one context";
    return tokens ? "one token, one context with queries that are not empty"
                  : "one context with queries that are not empty";
}
