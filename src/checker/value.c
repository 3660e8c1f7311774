/* Values, bases and proofs: witness-format.md, sections 3 to 5. */
#include "check.h"

/* ---- environments, facts and what is remembered ---- */

const ck_env *ck_env_new(const ck_env *up, long k, long at, ck_mat *m) {
    ck_env *e = ck_new(sizeof *e);

    *e = (ck_env){.up = up, .k = k, .at = at, .m = m};
    return e;
}

const ck_env *ck_env_find(const ck_env *env, long k) {
    while (env != NULL && env->k != k) env = env->up;
    return env;
}

bool ck_open(const ck_node *n, const ck_env *env) {
    for (long i = 0; n != NULL && i < n->nfree; i++) {
        const ck_env *e = n->free[i].op == CK_UNK ? ck_env_find(env, n->free[i].k) : NULL;

        if (e != NULL && e->m == NULL) return true;
    }
    return false;
}

/* Whatever mentions an unknown without a value is known in its branch only. */
void **ck_known(ck_state *c, long what, const ck_node *n, const ck_env *env) {
    size_t len = (size_t)(3 + 2 * n->nfree) * sizeof(int64_t);
    int64_t few[35], *key = n->nfree > 16 ? ck_new(len) : few, *to = key;
    void **at;

    *to++ = what;
    *to++ = n->id;
    *to++ = ck_open(n, env) ? c->branch : 0;
    for (long i = 0; i < n->nfree; i++) {
        const ck_env *e = ck_env_find(env, n->free[i].k);

        CK_ASSERT(e != NULL);
        *to++ = e->at;
        *to++ = n->free[i].op == CK_VEC ? (int64_t)(intptr_t)e->m : 0;
    }
    at = ck_at(&c->known, key, len);
    if (key != few) ck_free(key);
    return at;
}

void ck_fact(ck_state *c, const char *kind, const ck_node *n, const ck_env *env) {
    ck_text key = {0};
    ck_reader *r = c->r;

    ck_put(&key, "%s %%%ld", kind, n->id);
    for (long i = 0; i < n->nfree; i++)
        if (n->free[i].op != CK_UNK) ck_put(&key, " %ld", ck_env_find(env, n->free[i].k)->at);
    ck_next_line(r);
    CK_REQUIRE(r, "fact-order", ck_rest_is(r, key.s), "%s", key.s);
    ck_free(key.s);
}

ck_env *ck_unknown(ck_state *c, const ck_node *n, const ck_env *env) {
    ck_mat *basis = n->a[0] != NULL ? ck_basis(c, n->a[0], env) : NULL;
    ck_env *u = ck_new(sizeof *u);

    *u = (ck_env){.up = env, .k = n->k, .at = ++c->ids, .basis = basis};
    u->rows = basis != NULL ? basis->cols : ck_dim(c, n->t[1]);
    u->cols = ck_dim(c, n->t[2]);
    return u;
}

/* ---- elements and shapes ---- */

static long element(ck_state *c, const ck_node *n, const ck_env *env) {
    if (n->op == CK_VAR) return ck_env_find(env, n->k)->at;
    if (n->op == CK_CAT) return ck_given_find(c, n->t[0])->next[element(c, n->a[0], env)];
    return n->op == CK_BASE ? c->base : ck_given_find(c, n->t[0])->set->at[0];
}

/* ---- values ---- */

/* The values of its arguments, or of its body for each element of the set. */
static ck_mat *compute(ck_state *c, const ck_node *n, const ck_env *env) {
    bool over = n->op == CK_SUM || n->op == CK_COLS;
    const ck_elements *set = over ? ck_set(c, n->t[0]) : NULL;
    ck_mat **part = NULL, *v;
    long count = over ? set->n : n->a[1] != NULL ? 2 : 1;

    for (long i = 0; i < count;) {
        ck_env here = {.up = env, .k = n->k, .at = over ? set->at[i] : 0};

        /* an argument with fewer variables than its node is asked for again */
        v = ck_form(c, n->a[over ? 1 : i], over ? &here : env, !over && n->a[i]->nfree < n->nfree);
        CK_PUSH(part, i, v);
    }
    if (count > 0) return ck_apply(n->op, part, count);
    return ck_mat_new(ck_dim(c, n->t[1]), n->op == CK_SUM ? ck_dim(c, n->t[2]) : 0);
}

/* Z with B^T (T - B Z) = 0; the value is B Z. */
static ck_mat *projection(ck_state *c, const ck_node *n, const ck_env *env) {
    ck_mat *b = ck_basis(c, n->a[0], env), *t = ck_form(c, n->a[1], env, false), *z;

    if (t->op != CK_RAT) return ck_project(c->block, n, env, b, t);
    ck_fact(c, "proj", n, env);
    z = ck_apply2(CK_MUL, b, ck_take_mat(c->r, "z", "proj-shape", b->cols, t->cols));
    CK_REQUIRE(c->r, "proj-normal", ck_mat_is_zero(ck_apply2(CK_DOT, b, ck_apply2(CK_EQ, t, z))),
               "B^T (T - B Z) = 0");
    return z;
}

/* The entry of a vector: a row that is 0 but for a 1, times the vector. */
static ck_mat *entry(ck_state *c, const ck_node *n, const ck_env *env) {
    ck_mat *t = ck_form(c, n->a[0], env, n->a[0]->nfree < n->nfree), *row = ck_mat_new(1, t->rows);
    long at = ck_set(c, n->t[0])->place[element(c, n->a[1], env)];

    CK_ASSERT(at > 0);
    mpz_set_ui(row->e[at - 1], 1);
    return ck_apply2(CK_MUL, row, t);
}

static ck_mat *column(const ck_mat *m, long at) { return ck_mat_pick(m, NULL, m->rows, &at, 1); }

static ck_mat *rational(const char *text) {
    __mpq_struct q;

    mpq_init(&q);
    CK_ASSERT(ck_rational(&q, text, strlen(text), 1001, false));
    return ck_mat_rationals(&q, 1, 1);
}

static ck_mat *evaluate(ck_state *c, const ck_node *n, const ck_env *env) {
    const ck_env *e;
    ck_mat *v;

    switch (n->op) {
    case CK_RAT: return rational(n->t[0]);
    case CK_SIZE: return ck_mat_diagonal(1, ck_dim(c, n->t[0]));
    case CK_ID: return ck_mat_diagonal(ck_dim(c, n->t[0]), 1);
    case CK_PAR: return ck_given_find(c, n->t[0])->a;
    case CK_F: return column(ck_given_find(c, n->t[0])->f, element(c, n->a[0], env));
    case CK_G: return column(ck_given_find(c, n->t[0])->g, element(c, n->a[0], env));
    case CK_IDX: return entry(c, n, env);
    case CK_UNK:
        e = ck_env_find(env, n->k);
        if (e->m != NULL) return e->m;
        v = ck_coordinates(e->first, e->rows, e->cols);
        return e->basis != NULL ? ck_apply2(CK_MUL, e->basis, v) : v;
    case CK_VEC: e = ck_env_find(env, n->k); return ck_mat_pick(e->m, NULL, e->m->rows, &e->at, 1);
    case CK_GENS: return ck_basis(c, n->a[0], env);
    case CK_DIM: return ck_mat_diagonal(1, ck_basis(c, n->a[0], env)->cols);
    case CK_PROJ: return projection(c, n, env);
    case CK_ZERO: return ck_form(c, n->a[0], env, false);
    default: return compute(c, n, env); /* add scale mul dot tr sum cols; eq le lt */
    }
}

/* What mentions an unknown may be known by an entailment. */
ck_mat *ck_form(ck_state *c, const ck_node *n, const ck_env *env, bool again) {
    bool keep = again || n->nfree == 0 || n->heavy;
    void **known = keep || ck_open(n, env) ? ck_known(c, CK_VALUE_OF, n, env) : NULL;
    ck_mat *v = known != NULL ? *known : NULL;

    if (v == NULL) v = evaluate(c, n, env);
    if (keep && v->op == CK_RAT) {
        v->kept = true;
        *known = v;
    }
    return v;
}

ck_mat *ck_value(ck_state *c, const ck_node *n, const ck_env *env) {
    ck_mat *v = ck_form(c, n, env, false);

    CK_ASSERT(v->op == CK_RAT); /* language.md 6.2 */
    return v;
}

/* ---- bases ---- */

static ck_mat *generators(ck_state *c, const ck_node *s, const ck_env *env) {
    ck_mat *first;

    if (s->op == CK_SPAN) return ck_value(c, s->a[0], env);
    if (s->op == CK_PAR) return ck_given_find(c, s->t[0])->a;
    if (s->op == CK_SOL) return ck_solutions(c, s, env);
    CK_ASSERT(s->op == CK_JOIN);
    first = ck_basis(c, s->a[0], env);
    return ck_apply2(CK_COLS, first, ck_basis(c, s->a[1], env));
}

/* Columns of A with A = A[:,j] R that a minor shows to be independent. */
ck_mat *ck_basis(ck_state *c, const ck_node *s, const ck_env *env) {
    void **known = ck_known(c, CK_BASIS_OF, s, env);
    ck_mat *a, *b, *r;
    long n = -1, *col;

    if (*known != NULL) return *known;
    a = generators(c, s, env);
    ck_fact(c, "basis", s, env);
    ck_line(c->r, "cols");
    col = ck_take_indices(c->r, "basis-cols", &n, a->cols);
    b = ck_mat_pick(a, NULL, a->rows, col, n);
    r = ck_take_mat(c->r, "r", "basis-shape", n, a->cols);
    CK_REQUIRE(c->r, "basis-span", ck_is_product(a, b, r), "A = A[:,j] R");
    CK_REQUIRE(c->r, "basis-minor-size", ck_take_minor(c->r, "minor", "basis-minor-size", b) == n,
               "R = %ld", n);
    b->kept = true;
    return *known = b;
}

/* ---- proofs ---- */

static bool compare(ck_state *c, const ck_node *p, const ck_env *env) {
    ck_mat *a;

    if (p->op == CK_SAME) return element(c, p->a[0], env) == element(c, p->a[1], env);
    a = evaluate(c, p, env);
    return p->op == CK_LE   ? mpz_sgn(a->e[0]) <= 0
           : p->op == CK_LT ? mpz_sgn(a->e[0]) < 0
                            : ck_mat_is_zero(a);
}

static void prove_within(ck_state *c, const ck_node *p, const ck_env *env, bool v) {
    ck_mat *t = ck_value(c, p->a[0], env), *b = ck_basis(c, p->a[1], env), *x;

    ck_fact(c, v ? "in" : "out", p, env);
    if (v) {
        x = ck_take_mat(c->r, "x", "in-shape", b->cols, t->cols);
        CK_REQUIRE(c->r, "in-product", ck_is_product(t, b, x), "T = B X");
        return;
    }
    x = ck_take_mat(c->r, "y", "out-shape", 1, b->rows);
    CK_REQUIRE(c->r, "out-annihilates", ck_mat_is_zero(ck_apply2(CK_MUL, x, b)), "Y B = 0");
    CK_REQUIRE(c->r, "out-separates", !ck_mat_is_zero(ck_apply2(CK_MUL, x, t)), "Y T != 0");
}

ck_cases ck_cases_of(ck_state *c, const ck_node *p, const ck_env *env) {
    ck_cases x = {.every = p->op != CK_OR && p->op != CK_ANY};

    if (p->op == CK_ALLIN) x.basis = ck_basis(c, p->a[0], env);
    x.set = p->op == CK_ALL || p->op == CK_ANY ? ck_set(c, p->t[0])
                                               : ck_range(x.basis != NULL ? x.basis->cols : 2);
    return x;
}

const ck_node *ck_case(const ck_node *p, long at) {
    return p->op == CK_AND || p->op == CK_OR ? p->a[at] : p->a[1];
}

/* `and or all any allin`: all cases, or the one that the witness picks. */
static void prove_cases(ck_state *c, const ck_node *p, const ck_env *env, bool v) {
    ck_cases cases = ck_cases_of(c, p, env);
    ck_env here = {.up = env, .k = p->k, .m = cases.basis};

    for (long i = 0; cases.every == v && i < cases.set->n; i++) {
        here.at = cases.set->at[i];
        ck_prove(c, ck_case(p, here.at), &here, v);
    }
    if (cases.every == v) return;
    ck_fact(c, "pick", p, env);
    here.at = ck_take_number(c->r, "i", ck_take_int);
    CK_REQUIRE(c->r, "pick-range", ck_has(cases.set, here.at), "one of %ld cases", cases.set->n);
    ck_prove(c, ck_case(p, here.at), &here, v);
}

static void prove_exists(ck_state *c, const ck_node *p, const ck_env *env) {
    ck_env *u = ck_unknown(c, p, env);

    ck_fact(c, "value", p, env);
    u->m = ck_take_mat(c->r, "v", "value-shape", u->rows, u->cols);
    if (u->basis != NULL) u->m = ck_apply2(CK_MUL, u->basis, u->m);
    u->m->kept = true;
    ck_prove(c, p->a[1], u, true);
}

static void prove_now(ck_state *c, const ck_node *p, const ck_env *env, bool v) {
    if (p->op == CK_TRUE)
        CK_REQUIRE(c->r, "false", v, "something else than the refutation of true");
    else if (p->op == CK_NOT)
        ck_prove(c, p->a[0], env, !v);
    else if (p->op == CK_WITHIN)
        prove_within(c, p, env, v);
    else if (p->op == CK_EX)
        (v ? prove_exists : ck_refute)(c, p, env);
    else if (p->op > CK_NOT)
        prove_cases(c, p, env, v);
    else
        CK_REQUIRE(c->r, "compare", compare(c, p, env) == v, "%%%ld %s", p->id,
                   v ? "true" : "false");
}

void ck_prove(ck_state *c, const ck_node *p, const ck_env *env, bool v) {
    void **known = p->heavy ? ck_known(c, v ? CK_TRUE_IS : CK_FALSE_IS, p, env) : NULL;
    ck_mat *before = ck_live;

    if (known != NULL && *known != NULL) return;
    prove_now(c, p, env, v);
    ck_mat_release(before);
    if (known != NULL) *known = c;
}
