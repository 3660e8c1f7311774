/* Values, bases and proofs: witness-format.md, sections 3 to 5. */
#include "check.h"

/* ---- environments, facts and what is remembered ---- */

ck_env *ck_env_new(const ck_env *up, long k, long at, ck_mat *basis) {
    ck_env e = {up, k, at, basis, NULL};

    return memcpy(ck_new(sizeof e), &e, sizeof e);
}

const ck_env *ck_env_find(const ck_env *env, long k) {
    while (env != NULL && env->k != k) env = env->up;
    return env;
}

bool ck_open(const ck_node *n, const ck_env *env) {
    for (long i = 0; n != NULL && i < n->nfree; i++) {
        const ck_env *e = n->free[i]->op == CK_UNK ? ck_env_find(env, n->free[i]->k) : NULL;

        if (e != NULL && e->m->op != CK_RAT) return true;
    }
    return false;
}

/* Whatever mentions an unknown without a value is known in its branch only. */
void **ck_known(ck_state *c, long what, const ck_node *n, const ck_env *env) {
    size_t len = (size_t)(3 + 2 * n->nfree) * sizeof(int64_t);
    int64_t *key = ck_new(len), *to = key;

    *to++ = what;
    *to++ = n->id;
    *to++ = ck_open(n, env) ? c->branch : 0;
    for (long i = 0; i < n->nfree; i++) {
        const ck_env *e = ck_env_find(env, n->free[i]->k);

        CK_ASSERT(e != NULL);
        *to++ = e->at;
        *to++ = n->free[i]->op == CK_VEC ? (int64_t)(intptr_t)e->basis : 0;
    }
    return ck_at(&c->known, key, len);
}

void ck_fact(ck_state *c, const char *kind, const ck_node *n, const ck_env *env) {
    ck_text key = {0};

    ck_put(&key, "%s %%%ld", kind, n->id);
    for (long i = 0; i < n->nfree; i++)
        if (n->free[i]->op != CK_UNK) ck_put(&key, " %ld", ck_env_find(env, n->free[i]->k)->at);
    ck_next_line(c->r);
    CK_REQUIRE(c->r, "fact-order", ck_line_is(c->r, key.s), "%s", key.s);
}

const ck_node *ck_part(ck_state *c, const ck_node *n, const ck_env *env, long i,
                       const ck_env **here) {
    bool binder = n->k >= 0;
    ck_mat *basis = n->op == CK_ALLIN ? ck_value(c, n->a[0], env) : NULL;
    const ck_elements *set = binder && basis == NULL ? ck_set(c, n->t[0]) : NULL;

    if (i >= (set != NULL ? set->n : basis != NULL ? basis->cols : 2)) return NULL;
    *here = ck_env_new(env, n->k, set != NULL ? set->at[i] : i, basis);
    return n->a[binder ? 1 : i];
}

/* ---- values ---- */

ck_mat *ck_in_basis(ck_mat *basis, ck_mat *z) {
    return basis != NULL ? ck_apply2(CK_MUL, basis, z) : z;
}

ck_env *ck_unknown(ck_state *c, const ck_node *n, const ck_env *env, long *next) {
    ck_mat *basis = n->a[0] != NULL ? ck_value(c, n->a[0], env) : NULL;
    ck_env *u = ck_env_new(env, n->k, ++c->ids, basis);

    u->m =
        ck_coordinates(next, basis != NULL ? basis->cols : ck_dim(c, n->t[1]), ck_dim(c, n->t[2]));
    return u;
}

/* The number of a token or context. */
static long element(ck_state *c, const ck_node *n, const ck_env *env) {
    if (n->op == CK_VAR) return ck_env_find(env, n->k)->at;
    if (n->op == CK_CAT) return ck_given_find(c, n->t[0])->next[element(c, n->a[0], env)];
    return n->op == CK_BASE ? c->base : ck_given_find(c, n->t[0])->set->at[0];
}

/* The operation on the values of the parts. An argument with fewer variables than its node is asked
   for again. */
static ck_mat *compute(ck_state *c, const ck_node *n, const ck_env *env) {
    const ck_env *here;
    const ck_node *a;
    ck_mat **value = NULL;
    long i = 0;

    while ((a = ck_part(c, n, env, i, &here)) != NULL)
        CK_PUSH(value, i, ck_form(c, a, here, a->nfree < n->nfree));
    if (i > 0) return ck_apply(n->op == CK_JOIN ? CK_COLS : n->op, value, i);
    return ck_mat_new(ck_dim(c, n->d[0]), n->op == CK_SUM ? ck_dim(c, n->d[1]) : 0);
}

/* Z with B^T (T - B Z) = 0; the value is B Z. */
static ck_mat *projection(ck_state *c, const ck_node *n, const ck_env *env) {
    ck_mat *b = ck_value(c, n->a[0], env), *t = ck_form(c, n->a[1], env, false);

    if (t->op != CK_RAT) return ck_project(c->block, n, env, b, t);
    ck_fact(c, "proj", n, env);
    ck_mat *z = ck_apply2(CK_MUL, b, ck_take_mat(c->r, "z", "proj-shape", b->cols, t->cols));
    CK_REQUIRE(c->r, "proj-normal", ck_mat_is_zero(ck_apply2(CK_DOT, b, ck_apply2(CK_EQ, t, z))),
               "B^T (T - B Z) = 0");
    return z;
}

/* The entry of a vector: a row that is 0 but for a 1, times the vector. */
static ck_mat *entry(ck_state *c, const ck_node *n, const ck_env *env) {
    ck_mat *t = ck_form(c, n->a[0], env, n->a[0]->nfree < n->nfree), *row = ck_mat_new(1, t->rows);
    long at = ck_place(ck_set(c, n->a[0]->d[0] + 1), element(c, n->a[1], env));

    CK_ASSERT(at >= 0);
    mpz_set_ui(row->e[at], 1);
    return ck_apply2(CK_MUL, row, t);
}

/* Values with one source: a column of a matrix, a number as it is written. */
static ck_mat *column(const ck_mat *m, long at) { return ck_mat_pick(m, NULL, m->rows, &at, 1); }

static ck_mat *rational(const char *text) {
    __mpq_struct q;

    mpq_init(&q);
    CK_ASSERT(ck_rational(&q, text, 1001, false));
    return ck_mat_rationals(&q, 1, 1);
}

/* Of a term; the generators of a space; of a formula what is 0, or to be compared with 0. */
static ck_mat *evaluate(ck_state *c, const ck_node *n, const ck_env *env) {
    const ck_env *e = ck_env_find(env, n->k); /* of unk, vec */

    switch (n->op) {
    case CK_RAT: return rational(n->t[0]);
    case CK_SIZE: return ck_mat_diagonal(1, ck_dim(c, n->t[0]));
    case CK_ID: return ck_mat_diagonal(ck_dim(c, n->t[0]), 1);
    case CK_PAR: return ck_given_find(c, n->t[0])->a;
    case CK_F: return column(ck_given_find(c, n->t[0])->f, element(c, n->a[0], env));
    case CK_G: return column(ck_given_find(c, n->t[0])->g, element(c, n->a[0], env));
    case CK_IDX: return entry(c, n, env);
    case CK_UNK: return ck_in_basis(e->basis, e->m);
    case CK_VEC: return column(e->basis, e->at);
    case CK_DIM: return ck_mat_diagonal(1, ck_value(c, n->a[0], env)->cols);
    case CK_PROJ: return projection(c, n, env);
    case CK_GENS:
    case CK_SPAN: return ck_value(c, n->a[0], env);
    case CK_ZERO: return ck_form(c, n->a[0], env, false);
    case CK_SOL: return ck_solutions(c, n, env);
    case CK_SAME: return ck_mat_diagonal(1, element(c, n->a[0], env) != element(c, n->a[1], env));
    default: return compute(c, n, env); /* add scale mul dot tr sum cols join eq le lt */
    }
}

/* Columns of the generators A with A = A[:,j] R that a minor shows to be independent. */
static ck_mat *basis(ck_state *c, const ck_node *s, const ck_env *env) {
    ck_mat *a = evaluate(c, s, env);

    ck_fact(c, "basis", s, env);
    ck_line(c->r, "cols");
    long n = -1, *col = ck_take_indices(c->r, "basis-cols", &n, a->cols);
    ck_mat *b = ck_mat_pick(a, NULL, a->rows, col, n);
    ck_mat *r = ck_take_mat(c->r, "r", "basis-shape", n, a->cols);
    CK_REQUIRE(c->r, "basis-span", ck_is_product(a, b, r), "A = A[:,j] R");
    CK_REQUIRE(c->r, "basis-minor-size", ck_take_minor(c->r, "minor", "basis-minor-size", b) == n,
               "R = %ld", n);
    return b;
}

/* What is asked for again, or has no variables, or takes facts, is remembered. What mentions an
   unknown may be known by an entailment. */
ck_mat *ck_form(ck_state *c, const ck_node *n, const ck_env *env, bool again) {
    bool keep = again || n->nfree == 0 || n->heavy;
    void **known = keep || ck_open(n, env) ? ck_known(c, CK_VALUE_OF, n, env) : NULL;

    if (known != NULL && *known != NULL) return *known;
    ck_mat *v = (n->kind == 'S' ? basis : evaluate)(c, n, env);
    return keep && v->op == CK_RAT ? *known = ck_keep(v) : v;
}

ck_mat *ck_value(ck_state *c, const ck_node *n, const ck_env *env) {
    ck_mat *v = ck_form(c, n, env, false);

    CK_ASSERT(v->op == CK_RAT); /* language.md 6.2 */
    return v;
}

/* ---- proofs ---- */

/* Does the relation hold? */
static bool compare(ck_state *c, const ck_node *p, const ck_env *env) {
    const ck_mat *a = evaluate(c, p, env);

    if (p->op == CK_LE || p->op == CK_LT) return mpz_sgn(a->e[0]) < (p->op == CK_LE);
    return ck_mat_is_zero(a);
}

/* X with T = B X shows that the columns lie in the space, Y with Y B = 0 and Y T != 0 that not all
   of them do. */
static void prove_within(ck_state *c, const ck_node *p, const ck_env *env, bool v) {
    ck_mat *t = ck_value(c, p->a[0], env), *b = ck_value(c, p->a[1], env);

    ck_fact(c, v ? "in" : "out", p, env);
    if (v) {
        ck_mat *x = ck_take_mat(c->r, "x", "in-shape", b->cols, t->cols);
        CK_REQUIRE(c->r, "in-product", ck_is_product(t, b, x), "T = B X");
    } else {
        ck_mat *y = ck_take_mat(c->r, "y", "out-shape", 1, b->rows);
        CK_REQUIRE(c->r, "out-annihilates", ck_mat_is_zero(ck_apply2(CK_MUL, y, b)), "Y B = 0");
        CK_REQUIRE(c->r, "out-separates", !ck_mat_is_zero(ck_apply2(CK_MUL, y, t)), "Y T != 0");
    }
}

/* `and or all any allin`: all parts, or the one that the witness picks. */
static void prove_parts(ck_state *c, const ck_node *p, const ck_env *env, bool v) {
    bool all = v != (p->op == CK_OR || p->op == CK_ANY), found = all;
    const ck_env *here;
    const ck_node *a = ck_part(c, p, env, 0, &here); /* the basis is found before the fact */
    long pick = 0, i = 0;

    if (!all) {
        ck_fact(c, "pick", p, env);
        pick = ck_take_number(c->r, "i", ck_take_int);
    }
    for (; (a = ck_part(c, p, env, i, &here)) != NULL; i++)
        if (all || here->at == pick) {
            ck_prove(c, a, here, v);
            found = true;
        }
    CK_REQUIRE(c->r, "pick-range", found, "one of %ld cases", i);
}

/* The unknown gets the coordinates that the witness has. */
static void prove_exists(ck_state *c, const ck_node *p, const ck_env *env) {
    ck_env *u = ck_unknown(c, p, env, &(long){0});

    ck_fact(c, "value", p, env);
    u->m = ck_take_mat(c->r, "v", "value-shape", u->m->rows, u->m->cols);
    ck_prove(c, p->a[1], u, true);
}

void ck_prove(ck_state *c, const ck_node *p, const ck_env *env, bool v) {
    void **known = p->heavy ? ck_known(c, v ? CK_TRUE_IS : CK_FALSE_IS, p, env) : NULL;

    if (known != NULL && *known != NULL) return;
    ck_mark mark = ck_begin(CK_PROOF);
    if (p->op == CK_TRUE)
        CK_REQUIRE(c->r, "false", v, "something else than the refutation of true");
    else if (p->op == CK_NOT)
        ck_prove(c, p->a[0], env, !v);
    else if (p->op == CK_WITHIN)
        prove_within(c, p, env, v);
    else if (p->op == CK_EX)
        (v ? prove_exists : ck_refute)(c, p, env);
    else if (p->op > CK_NOT)
        prove_parts(c, p, env, v);
    else
        CK_REQUIRE(c->r, "compare", compare(c, p, env) == v, "%%%ld %s", p->id,
                   v ? "true" : "false");
    ck_end(mark);
    if (known != NULL) *known = c;
}
