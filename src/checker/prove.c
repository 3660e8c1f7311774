/* Proofs: witness-format.md, section 5. */
#include "value.h"

static bool
compare(ck_state *c, const ck_node *p, const ck_env *env)
{
    ck_mat *a, *b;
    bool holds;

    if (p->op == CK_SAME)
        return ck_element(c, p->a[0], env) == ck_element(c, p->a[1], env);
    a = ck_value(c, p->a[0], env);
    if (p->op == CK_ZERO) {
        holds = ck_mat_is_zero(a);
        ck_mat_drop(a);
        return holds;
    }
    b = ck_value(c, p->a[1], env);
    CK_ASSERT(a->rows == b->rows && a->cols == b->cols);
    holds = p->op == CK_EQ   ? ck_mat_same(a, b)
            : p->op == CK_LE ? ck_mat_compare(a, b) <= 0
                             : ck_mat_compare(a, b) < 0;
    ck_mat_drop(a);
    ck_mat_drop(b);
    return holds;
}

static void
prove_within(ck_state *c, const ck_node *p, const ck_env *env, bool v)
{
    ck_mat *t = ck_value(c, p->a[0], env), *b = ck_basis(c, p->a[1], env), *x, *left, *right;

    ck_fact(c, v ? "in" : "out", p, env);
    x = ck_take_mat(c->r, v ? "x" : "y");
    if (v) {
        CK_REQUIRE("in-shape", x->rows == b->cols && x->cols == t->cols, "%ld x %ld",
                   b->cols, t->cols);
        left = ck_mat_mul(b, x);
        right = t;
        CK_REQUIRE("in-product", ck_mat_same(t, left), "T = B X");
    } else {
        CK_REQUIRE("out-shape", x->rows == 1 && x->cols == b->rows, "1 x %ld", b->rows);
        left = ck_mat_mul(x, b);
        CK_REQUIRE("out-annihilates", ck_mat_is_zero(left), "Y B = 0");
        right = ck_mat_mul(x, t);
        CK_REQUIRE("out-separates", !ck_mat_is_zero(right), "Y T != 0");
        ck_mat_drop(t);
    }
    ck_mat_drop(x);
    ck_mat_drop(left);
    ck_mat_drop(right);
}

static long
pick(ck_state *c, const ck_node *p, const ck_env *env)
{
    long i;

    ck_fact(c, "pick", p, env);
    ck_next_line(c->r);
    CK_REQUIRE("syntax", ck_first(c->r, "i"), "a line i");
    i = ck_take_count(c->r);
    ck_line_done(c->r);
    return i;
}

static void
prove_pair(ck_state *c, const ck_node *p, const ck_env *env, bool v)
{
    long i;

    if ((p->op == CK_AND) == v) {
        ck_prove(c, p->a[0], env, v);
        ck_prove(c, p->a[1], env, v);
        return;
    }
    i = pick(c, p, env);
    CK_REQUIRE("pick-range", i == 0 || i == 1, "0 or 1");
    ck_prove(c, p->a[i & 1], env, v);
}

static void
prove_over_set(ck_state *c, const ck_node *p, const ck_env *env, bool v)
{
    const ck_elements *set = ck_set(c, p->t1);
    ck_env here = {.up = env, .k = p->k};

    if ((p->op == CK_ALL) == v) {
        for (long i = 0; i < set->n; i++) {
            here.at = set->at[i];
            ck_prove(c, p->a[1], &here, v);
        }
        return;
    }
    here.at = pick(c, p, env);
    CK_REQUIRE("pick-range",
               set->n > 0 && here.at <= set->at[set->n - 1] && set->index[here.at] >= 0,
               "an element of %s", p->t1);
    ck_prove(c, p->a[1], &here, v);
}

static void
prove_allin(ck_state *c, const ck_node *p, const ck_env *env, bool v)
{
    ck_mat *b = ck_basis(c, p->a[0], env);
    ck_env here = {
        .up = env, .k = p->k, .basis = b, .rdim = ck_ambient(c, p->a[0], env)};

    for (long j = 0; v && j < b->cols; j++) {
        here.at = j;
        ck_prove(c, p->a[1], &here, true);
    }
    if (!v) {
        here.at = pick(c, p, env);
        CK_REQUIRE("pick-range", here.at < b->cols, "one of %ld columns", b->cols);
        ck_prove(c, p->a[1], &here, false);
    }
}

static void
prove_exists(ck_state *c, const ck_node *p, const ck_env *env)
{
    ck_unknown *u = ck_unknown_new(c, p, env);
    ck_env here = {.up = env, .k = p->k, .at = u->id, .unk = u};
    long rows = u->basis != NULL ? u->basis->cols : u->rows;
    ck_mat *v;

    ck_fact(c, "value", p, env);
    v = ck_take_mat(c->r, "v");
    CK_REQUIRE("value-shape", v->rows == rows && v->cols == u->cols, "%ld x %ld", rows,
               u->cols);
    u->value = u->basis != NULL ? ck_mat_mul(u->basis, v) : v;
    ck_prove(c, p->a[1], &here, true);
}

static void
prove_now(ck_state *c, const ck_node *p, const ck_env *env, bool v)
{
    switch (p->op) {
    case CK_TRUE:
        CK_REQUIRE("false", v, "something else than the refutation of true");
        break;
    case CK_NOT:
        ck_prove(c, p->a[0], env, !v);
        break;
    case CK_EQ:
    case CK_ZERO:
    case CK_LE:
    case CK_LT:
    case CK_SAME:
        CK_REQUIRE("compare", compare(c, p, env) == v, "%%%ld to be %s", p->id,
                   v ? "true" : "false");
        break;
    case CK_WITHIN:
        prove_within(c, p, env, v);
        break;
    case CK_AND:
    case CK_OR:
        prove_pair(c, p, env, v);
        break;
    case CK_ALL:
    case CK_ANY:
        prove_over_set(c, p, env, v);
        break;
    case CK_ALLIN:
        prove_allin(c, p, env, v);
        break;
    default:
        CK_ASSERT(p->op == CK_EX);
        if (v)
            prove_exists(c, p, env);
        else
            ck_refute(c, p, env);
    }
}

void
ck_prove(ck_state *c, const ck_node *p, const ck_env *env, bool v)
{
    ck_what what = v ? CK_K_TRUE : CK_K_FALSE;

    if (!c->heavy[p->id]) {
        prove_now(c, p, env, v);
        return;
    }
    if (*ck_known(c, what, p, env) != NULL)
        return;
    prove_now(c, p, env, v);
    *ck_known(c, what, p, env) = c;
}
