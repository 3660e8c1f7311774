/* Proofs: witness-format.md, section 5. */
#include "value.h"

static bool compare(ck_state *c, const ck_node *p, const ck_env *env) {
    ck_mat *a, *b;

    if (p->op == CK_SAME) return ck_element(c, p->a[0], env) == ck_element(c, p->a[1], env);
    a = ck_value(c, p->a[0], env);
    if (p->op == CK_ZERO) return ck_mat_is_zero(a);
    b = ck_mat_add(a, ck_value(c, p->a[1], env), -1);
    return p->op == CK_EQ   ? ck_mat_is_zero(b)
           : p->op == CK_LE ? mpz_sgn(b->e[0]) <= 0
                            : mpz_sgn(b->e[0]) < 0;
}

static void prove_within(ck_state *c, const ck_node *p, const ck_env *env, bool v) {
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

/* `and or all any allin`: all cases, or the one that the witness picks. */
static void prove_cases(ck_state *c, const ck_node *p, const ck_env *env, bool v) {
    ck_cases cases = ck_cases_of(c, p, env);
    ck_env here = {.up = env, .k = p->k, .basis = cases.basis};

    for (long i = 0; cases.every == v && i < cases.n; i++) {
        here.at = cases.set != NULL ? cases.set->at[i] : i;
        ck_prove(c, ck_case(p, here.at), &here, v);
    }
    if (cases.every == v) return;
    ck_fact(c, "pick", p, env);
    here.at = ck_take_number(c->r, "i", ck_take_int);
    CK_REQUIRE(c->r, "pick-range",
               here.at >= 0 && here.at < cases.end &&
                   (cases.set == NULL || cases.set->place[here.at] > 0),
               "one of %ld cases", cases.n);
    ck_prove(c, ck_case(p, here.at), &here, v);
}

static void prove_exists(ck_state *c, const ck_node *p, const ck_env *env) {
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

static void prove_now(ck_state *c, const ck_node *p, const ck_env *env, bool v) {
    long mark = ck_mat_mark();

    switch (p->op) {
    case CK_TRUE: CK_REQUIRE(c->r, "false", v, "something else than the refutation of true"); break;
    case CK_NOT: ck_prove(c, p->a[0], env, !v); break;
    case CK_EQ:
    case CK_ZERO:
    case CK_LE:
    case CK_LT:
    case CK_SAME:
        CK_REQUIRE(c->r, "compare", compare(c, p, env) == v, "%%%ld to be %s", p->id,
                   v ? "true" : "false");
        break;
    case CK_WITHIN: prove_within(c, p, env, v); break;
    case CK_AND:
    case CK_OR:
    case CK_ALL:
    case CK_ANY:
    case CK_ALLIN: prove_cases(c, p, env, v); break;
    default: CK_ASSERT(p->op == CK_EX); (v ? prove_exists : ck_refute)(c, p, env);
    }
    ck_mat_release(mark);
}

void ck_prove(ck_state *c, const ck_node *p, const ck_env *env, bool v) {
    ck_what what = v ? CK_K_TRUE : CK_K_FALSE;

    if (c->remember[p->id] && *ck_known(c, &c->known, what, p, env) != NULL) return;
    prove_now(c, p, env, v);
    if (c->remember[p->id]) *ck_known(c, &c->known, what, p, env) = c;
}
