/* Values and bases: witness-format.md, sections 3 and 4. */
#include "value.h"

/* ---- environments ---- */

const ck_env *ck_env_find(const ck_env *env, long k) {
    while (env != NULL && env->k != k) env = env->up;
    return env;
}

const ck_env *ck_env_new(const ck_env *up, ck_env with) {
    ck_env *e = ck_new(sizeof *e);

    *e = with;
    e->up = up;
    return e;
}

bool ck_open(const ck_node *n, const ck_env *env) {
    for (long i = 0; n != NULL && i < n->nfree; i++) {
        const ck_env *e = n->free[i].op == CK_UNK ? ck_env_find(env, n->free[i].k) : NULL;

        if (e != NULL && e->unk->value == NULL) return true;
    }
    return false;
}

/* Whatever mentions an unknown without a value is known in its branch only. */
void **ck_known(ck_state *c, ck_map *m, ck_what what, const ck_node *n, const ck_env *env) {
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
        *to++ = n->free[i].op == CK_VEC ? e->basis->id : 0;
    }
    at = ck_at(m, key, len);
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
    CK_REQUIRE(r, "fact-order",
               (size_t)(r->line_end - r->line) == key.n && memcmp(r->line, key.s, key.n) == 0, "%s",
               key.s);
    ck_free(key.s);
}

/* ---- cases, elements and shapes ---- */

ck_cases ck_cases_of(ck_state *c, const ck_node *p, const ck_env *env) {
    ck_cases x = {.n = 2, .end = 2, .every = p->op != CK_OR && p->op != CK_ANY};

    if (p->op == CK_ALLIN) {
        x.basis = ck_basis(c, p->a[0], env);
        x.n = x.end = x.basis->cols;
    } else if (p->op == CK_ALL || p->op == CK_ANY) {
        x.set = ck_set(c, p->t[0]);
        x.n = x.set->n;
        x.end = x.n > 0 ? x.set->at[x.n - 1] + 1 : 0;
    }
    return x;
}

const ck_node *ck_case(const ck_node *p, long at) {
    return p->op == CK_AND || p->op == CK_OR ? p->a[at] : p->a[1];
}

long ck_element(ck_state *c, const ck_node *n, const ck_env *env) {
    if (n->op == CK_VAR) return ck_env_find(env, n->k)->at;
    if (n->op == CK_CAT) return ck_concat(c, ck_element(c, n->a[0], env), n->t[0]);
    return n->op == CK_BASE ? c->base : ck_given_find(c, n->t[0])->element;
}

/* The rows (0) or columns (1) of a term as a dimension is printed; NULL: 1. Columns of `cols`
   and of `gens` are asked for nowhere. */
static const char *side(const ck_node *n, int i) {
    switch (n->op) {
    case CK_TR: return side(n->a[0], !i);
    case CK_ADD: return side(n->a[0], i);
    case CK_SCALE:
    case CK_PROJ:
    case CK_SUM:
    case CK_COLS: return side(n->a[1], i);
    case CK_MUL: return side(n->a[i], i);
    case CK_ID: return n->t[0];
    default: /* par f g unk vec; rat size dot idx dim have none */
        CK_ASSERT(n->op != CK_GENS);
        return n->t[1 + i];
    }
}

long ck_position(ck_state *c, const ck_node *t, const ck_node *x, const ck_env *env) {
    const char *dim = side(t, 0);
    long at;

    CK_ASSERT(dim != NULL && dim[0] == '#');
    at = ck_set(c, dim + 1)->place[ck_element(c, x, env)];
    CK_ASSERT(at > 0);
    return at - 1;
}

/* ---- values ---- */

/* The values for the elements of the set, added or side by side. */
static ck_mat *over_set(ck_state *c, const ck_node *n, const ck_env *env) {
    const ck_elements *set = ck_set(c, n->t[0]);
    ck_mat **v = ck_new((size_t)(set->n + 1) * sizeof *v);

    if (set->n == 0)
        return ck_mat_new(ck_dim(c, side(n->a[1], 0)),
                          n->op == CK_SUM ? ck_dim(c, side(n->a[1], 1)) : 0);
    for (long i = 0; i < set->n; i++) {
        ck_env here = {.up = env, .k = n->k, .at = set->at[i]};

        v[i] = ck_value(c, n->a[1], &here);
    }
    if (n->op == CK_COLS) return ck_mat_beside(v, set->n);
    for (long i = 1; i < set->n; i++) v[0] = ck_mat_add(v[0], v[i], 1);
    return v[0];
}

/* Z with B^T (T - B Z) = 0; the value is B Z. */
static ck_mat *projection(ck_state *c, const ck_node *n, const ck_env *env) {
    ck_mat *b = ck_basis(c, n->a[0], env), *t = ck_value(c, n->a[1], env), *z;

    ck_fact(c, "proj", n, env);
    z = ck_mat_mul(b, ck_take_mat(c->r, "z", "proj-shape", b->cols, t->cols));
    CK_REQUIRE(c->r, "proj-normal", ck_mat_is_zero(ck_mat_tr_mul(b, ck_mat_add(t, z, -1))),
               "B^T (T - B Z) = 0");
    return z;
}

static ck_mat *evaluate(ck_state *c, const ck_node *n, const ck_env *env) {
    const ck_given_value *m;
    const ck_env *e;
    ck_mat *a, *b;
    mpq_t q;
    long at;

    switch (n->op) {
    case CK_RAT:
        mpq_init(q);
        CK_ASSERT(ck_rational(q, n->t[0], strlen(n->t[0]), 1001, false));
        return ck_mat_rationals(&q, 1, 1);
    case CK_SIZE: return ck_mat_int(ck_dim(c, n->t[0]));
    case CK_ID: return ck_mat_id(ck_dim(c, n->t[0]));
    case CK_PAR: return ck_given_find(c, n->t[0])->a;
    case CK_F:
    case CK_G:
        m = ck_given_find(c, n->t[0]);
        return ck_mat_row(n->op == CK_F ? m->a : m->b, ck_element(c, n->a[0], env));
    case CK_ADD:
    case CK_SCALE:
    case CK_MUL:
    case CK_DOT:
        a = ck_value(c, n->a[0], env);
        b = ck_value(c, n->a[1], env);
        return n->op == CK_ADD     ? ck_mat_add(a, b, 1)
               : n->op == CK_SCALE ? ck_mat_scale(a, b)
               : n->op == CK_DOT   ? ck_mat_tr_mul(a, b)
                                   : ck_mat_mul(a, b);
    case CK_TR: return ck_mat_tr(ck_value(c, n->a[0], env));
    case CK_IDX:
        a = ck_value(c, n->a[0], env);
        at = ck_position(c, n->a[0], n->a[1], env);
        return ck_mat_pick(a, &at, 1, NULL, 1);
    case CK_SUM:
    case CK_COLS: return over_set(c, n, env);
    case CK_VEC:
        e = ck_env_find(env, n->k);
        return ck_mat_pick(e->basis, NULL, e->basis->rows, &e->at, 1);
    case CK_GENS: return ck_basis(c, n->a[0], env);
    case CK_DIM: return ck_mat_int(ck_basis(c, n->a[0], env)->cols);
    default: CK_ASSERT(n->op == CK_PROJ); return projection(c, n, env);
    }
}

ck_mat *ck_value(ck_state *c, const ck_node *n, const ck_env *env) {
    ck_mat *v = NULL;

    if (c->branch != 0 && ck_open(n, env)) v = *ck_known(c, &c->known, CK_K_OVER, n, env);
    if (v == NULL && n->op == CK_UNK) {
        v = ck_env_find(env, n->k)->unk->value;
        CK_ASSERT(v != NULL); /* language.md 6.2 */
    }
    if (v != NULL) return v;
    if (n->nfree > 0 && !c->remember[n->id]) return evaluate(c, n, env);
    if ((v = *ck_known(c, &c->known, CK_K_VALUE, n, env)) == NULL) {
        v = evaluate(c, n, env);
        v->kept = true;
        *ck_known(c, &c->known, CK_K_VALUE, n, env) = v;
    }
    return v;
}

/* ---- bases ---- */

static ck_mat *generators(ck_state *c, const ck_node *s, const ck_env *env) {
    ck_mat *both[2];

    if (s->op == CK_SPAN) return ck_value(c, s->a[0], env);
    if (s->op == CK_PAR) return ck_given_find(c, s->t[0])->a;
    if (s->op == CK_SOL) return ck_solutions(c, s, env);
    CK_ASSERT(s->op == CK_JOIN);
    both[0] = ck_basis(c, s->a[0], env);
    both[1] = ck_basis(c, s->a[1], env);
    return ck_mat_beside(both, 2);
}

/* Columns of A with A = A[:,j] R that a minor shows to be independent. */
static ck_mat *find_basis(ck_state *c, const ck_node *s, const ck_env *env) {
    ck_mat *a = generators(c, s, env), *b, *r;
    long *col = NULL, n = 0;
    bool good;
    ck_minor m;

    ck_fact(c, "basis", s, env);
    ck_line(c->r, "cols");
    while (ck_more(c->r)) {
        long j = ck_take_int(c->r);

        CK_PUSH(col, n, j);
    }
    CK_REQUIRE(c->r, "basis-cols", ck_increasing(col, n, a->cols),
               "increasing numbers of the %ld columns", a->cols);
    b = ck_mat_pick(a, NULL, a->rows, col, n);
    r = ck_take_mat(c->r, "r", "basis-shape", n, a->cols);
    CK_REQUIRE(c->r, "basis-span", ck_mat_same(a, ck_mat_mul(b, r)), "A = A[:,j] R");
    m = ck_take_minor(c->r, "minor");
    good = m.r == n;
    for (long i = 0; i < m.r; i++) good = good && m.col[i] == i;
    CK_REQUIRE(c->r, "basis-minor-size", good, "R = %ld and all columns", n);
    ck_minor_check(c->r, &m, b);
    b->id = ++c->ids;
    b->kept = true;
    return b;
}

ck_mat *ck_basis(ck_state *c, const ck_node *s, const ck_env *env) {
    ck_mat *b = *ck_known(c, &c->known, CK_K_BASIS, s, env);

    if (b == NULL) {
        b = find_basis(c, s, env);
        *ck_known(c, &c->known, CK_K_BASIS, s, env) = b;
    }
    return b;
}

ck_unknown *ck_unknown_new(ck_state *c, const ck_node *n, const ck_env *env) {
    ck_unknown *u = ck_new(sizeof *u);

    u->basis = n->a[0] != NULL ? ck_basis(c, n->a[0], env) : NULL;
    u->id = ++c->ids;
    u->rows = u->basis != NULL ? u->basis->rows : ck_dim(c, n->t[1]);
    u->cols = ck_dim(c, n->t[2]);
    u->count = u->basis != NULL ? u->basis->cols : u->rows * u->cols;
    return u;
}
