/* Proofs: witness-format.md, section 5. */
#include "value.h"

static bool
compare(ck_state *c, const ck_node *p, const ck_env *env)
{
    ck_mat *a, *b;

    if (p->op == CK_SAME)
        return ck_element(c, p->a[0], env) == ck_element(c, p->a[1], env);
    a = ck_value(c, p->a[0], env);
    if (p->op == CK_ZERO)
        return ck_mat_is_zero(a);
    b = ck_mat_add(a, ck_value(c, p->a[1], env), -1);
    return p->op == CK_EQ   ? ck_mat_is_zero(b)
           : p->op == CK_LE ? mpz_sgn(b->e[0]) <= 0
                            : mpz_sgn(b->e[0]) < 0;
}

static void
prove_within(ck_state *c, const ck_node *p, const ck_env *env, bool v)
{
    ck_mat *t = ck_value(c, p->a[0], env), *b = ck_basis(c, p->a[1], env), *x;

    ck_fact(c, v ? "in" : "out", p, env);
    if (v) {
        x = ck_take_mat(c->r, "x", "in-shape", b->cols, t->cols);
        CK_REQUIRE(c->r, "in-product", ck_mat_same(t, ck_mat_mul(b, x)), "T = B X");
        return;
    }
    x = ck_take_mat(c->r, "y", "out-shape", 1, b->rows);
    CK_REQUIRE(c->r, "out-annihilates", ck_mat_is_zero(ck_mat_mul(x, b)), "Y B = 0");
    CK_REQUIRE(c->r, "out-separates", !ck_mat_is_zero(ck_mat_mul(x, t)), "Y T != 0");
}

/* A number below n, of the set if there is one. */
static long
pick(ck_state *c, const ck_node *p, const ck_env *env, long n, const ck_elements *set)
{
    long i;

    ck_fact(c, "pick", p, env);
    i = ck_take_number(c->r, "i", ck_take_int);
    CK_REQUIRE(c->r, "pick-range", i >= 0 && i < n && (set == NULL || set->place[i] > 0),
               "one of the numbers of the set, or of %ld", n);
    return i;
}

static void
prove_pair(ck_state *c, const ck_node *p, const ck_env *env, bool v)
{
    if ((p->op == CK_AND) == v) {
        ck_prove(c, p->a[0], env, v);
        ck_prove(c, p->a[1], env, v);
    } else {
        ck_prove(c, p->a[pick(c, p, env, 2, NULL)], env, v);
    }
}

static void
prove_over_set(ck_state *c, const ck_node *p, const ck_env *env, bool v)
{
    const ck_elements *set = ck_set(c, p->t[0]);
    ck_env here = {.up = env, .k = p->k};

    for (long i = 0; (p->op == CK_ALL) == v && i < set->n; i++) {
        here.at = set->at[i];
        ck_prove(c, p->a[1], &here, v);
    }
    if ((p->op == CK_ALL) == v)
        return;
    here.at = pick(c, p, env, set->n > 0 ? set->at[set->n - 1] + 1 : 0, set);
    ck_prove(c, p->a[1], &here, v);
}

static void
prove_allin(ck_state *c, const ck_node *p, const ck_env *env, bool v)
{
    ck_env here = {.up = env, .k = p->k, .basis = ck_basis(c, p->a[0], env)};

    for (; v && here.at < here.basis->cols; here.at++)
        ck_prove(c, p->a[1], &here, true);
    if (v)
        return;
    here.at = pick(c, p, env, here.basis->cols, NULL);
    ck_prove(c, p->a[1], &here, false);
}

static void
prove_exists(ck_state *c, const ck_node *p, const ck_env *env)
{
    ck_unknown *u = ck_unknown_new(c, p, env);
    ck_env here = {.up = env, .k = p->k, .at = u->id, .unk = u};
    long rows = u->basis != NULL ? u->basis->cols : u->rows;
    ck_mat *v;

    ck_fact(c, "value", p, env);
    v = ck_take_mat(c->r, "v", "value-shape", rows, u->cols);
    u->value = u->basis != NULL ? ck_mat_mul(u->basis, v) : v;
    u->value->kept = true;
    ck_prove(c, p->a[1], &here, true);
}

static void
prove_now(ck_state *c, const ck_node *p, const ck_env *env, bool v)
{
    long mark = ck_mat_mark();

    switch (p->op) {
    case CK_TRUE:
        CK_REQUIRE(c->r, "false", v, "something else than the refutation of true");
        break;
    case CK_NOT:
        ck_prove(c, p->a[0], env, !v);
        break;
    case CK_EQ:
    case CK_ZERO:
    case CK_LE:
    case CK_LT:
    case CK_SAME:
        CK_REQUIRE(c->r, "compare", compare(c, p, env) == v, "%%%ld to be %s", p->id,
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
        (v ? prove_exists : ck_refute)(c, p, env);
    }
    ck_mat_release(mark);
}

void
ck_prove(ck_state *c, const ck_node *p, const ck_env *env, bool v)
{
    ck_what what = v ? CK_K_TRUE : CK_K_FALSE;

    if (c->remember[p->id] && *ck_known(c, &c->known, what, p, env) != NULL)
        return;
    prove_now(c, p, env, v);
    if (c->remember[p->id])
        *ck_known(c, &c->known, what, p, env) = c;
}
