/* Values and bases: witness-format.md, sections 3 and 4. */
#include "value.h"

bool
ck_open(const ck_node *n, const ck_env *env)
{
    for (long i = 0; i < n->nfree; i++) {
        if (n->free[i].op == CK_UNK) {
            const ck_env *e = ck_env_find(env, n->free[i].k);

            if (e != NULL && e->unk->value == NULL)
                return true;
        }
    }
    return false;
}

/* Whatever mentions an unknown without a value is known in its branch only. */
void **
ck_known(ck_state *c, ck_what what, const ck_node *n, const ck_env *env)
{
    size_t len = 3;
    int64_t few[35], *key = few;
    void **at;

    if (n->nfree > 16)
        key = ck_new((size_t)(3 + 2 * n->nfree) * sizeof *key);
    key[0] = what;
    key[1] = n->id;
    key[2] = ck_open(n, env) ? c->branch : 0;
    for (long i = 0; i < n->nfree; i++) {
        const ck_env *e = ck_env_find(env, n->free[i].k);

        CK_ASSERT(e != NULL);
        key[len++] = e->at;
        key[len++] = n->free[i].op == CK_VEC ? e->basis->id : 0;
    }
    at = ck_at(&c->known, key, len * sizeof *key);
    if (key != few)
        ck_free(key);
    return at;
}

void
ck_fact(ck_state *c, const char *kind, const ck_node *n, const ck_env *env)
{
    ck_text key = {0};
    ck_reader *r = c->r;
    bool found;

    ck_put(&key, "%s %%%ld", kind, n->id);
    for (long i = 0; i < n->nfree; i++)
        if (n->free[i].op != CK_UNK)
            ck_put(&key, " %ld", ck_env_find(env, n->free[i].k)->at);
    ck_next_line(r);
    found = (size_t)(r->line_end - r->line) == key.n && memcmp(r->line, key.s, key.n) == 0;
    CK_REQUIRE("fact-order", found, "%s", key.s);
    ck_free(key.s);
}

/* Matrices of equal height side by side, over the least common denominator. */
static ck_mat *
side_by_side(ck_mat **v, long n)
{
    long cols = 0;
    ck_mat *all;
    mpz_t f;

    for (long i = 0; i < n; i++)
        cols += v[i]->cols;
    all = ck_mat_new(v[0]->rows, cols);
    for (long i = 0; i < n; i++)
        mpz_lcm(all->den, all->den, v[i]->den);
    mpz_init(f);
    for (long i = 0, at = 0; i < n; at += v[i++]->cols) {
        CK_ASSERT(v[i]->rows == all->rows);
        mpz_divexact(f, all->den, v[i]->den);
        for (long k = 0; k < all->rows; k++)
            for (long j = 0; j < v[i]->cols; j++)
                mpz_mul(CK_E(all, k, at + j), CK_E(v[i], k, j), f);
    }
    mpz_clear(f);
    return all;
}

/* The values for the elements of the set, added or side by side. */
static ck_mat *
over_set(ck_state *c, const ck_node *n, const ck_env *env)
{
    const ck_elements *set = ck_set(c, n->t1);
    ck_mat **v = ck_new((size_t)(set->n + 1) * sizeof *v), *all, *old;

    if (set->n == 0) {
        ck_shape s = ck_shape_of(c, n->a[1], env);

        return ck_mat_new(s.n[0], n->op == CK_SUM ? s.n[1] : 0);
    }
    for (long i = 0; i < set->n; i++) {
        ck_env here = {.up = env, .k = n->k, .at = set->at[i]};

        v[i] = ck_value(c, n->a[1], &here);
    }
    all = n->op == CK_COLS ? side_by_side(v, set->n) : ck_mat_keep(v[0]);
    for (long i = 1; n->op == CK_SUM && i < set->n; i++) {
        old = all;
        all = ck_mat_add(old, v[i]);
        ck_mat_drop(old);
    }
    for (long i = 0; i < set->n; i++)
        ck_mat_drop(v[i]);
    ck_free(v);
    return all;
}

/* Z with B^T (T - B Z) = 0; the value is B Z. */
static ck_mat *
projection(ck_state *c, const ck_node *n, const ck_env *env)
{
    ck_mat *b = ck_basis(c, n->a[0], env), *t = ck_value(c, n->a[1], env);
    ck_mat *z, *bz, *rest, *bt, *zero;

    ck_fact(c, "proj", n, env);
    z = ck_take_mat(c->r, "z");
    CK_REQUIRE("proj-shape", z->rows == b->cols && z->cols == t->cols, "%ld x %ld", b->cols,
               t->cols);
    bz = ck_mat_mul(b, z);
    rest = ck_mat_sub(t, bz);
    bt = ck_mat_tr(b);
    zero = ck_mat_mul(bt, rest);
    CK_REQUIRE("proj-normal", ck_mat_is_zero(zero), "B^T (T - B Z) = 0");
    ck_mat_drop(t);
    ck_mat_drop(z);
    ck_mat_drop(rest);
    ck_mat_drop(bt);
    ck_mat_drop(zero);
    return bz;
}

static ck_mat *
rational(const char *text)
{
    ck_mat *m = ck_mat_new(1, 1);
    const char *slash = strchr(text, '/');
    size_t n = slash != NULL ? (size_t)(slash - text) : strlen(text);

    CK_ASSERT(ck_int(m->e[0], text, n, 1001));
    if (slash != NULL)
        CK_ASSERT(ck_int(m->den, slash + 1, strlen(slash + 1), 1001));
    return m;
}

static ck_mat *
binary(ck_state *c, const ck_node *n, const ck_env *env)
{
    ck_mat *a = ck_value(c, n->a[0], env), *b = ck_value(c, n->a[1], env), *v, *t;

    if (n->op == CK_DOT) {
        t = ck_mat_tr(a);
        v = ck_mat_mul(t, b);
        ck_mat_drop(t);
    } else {
        v = n->op == CK_ADD     ? ck_mat_add(a, b)
            : n->op == CK_SCALE ? ck_mat_scale(a, b)
                                : ck_mat_mul(a, b);
    }
    ck_mat_drop(a);
    ck_mat_drop(b);
    return v;
}

static ck_mat *
embedding(ck_state *c, const ck_node *n, const ck_env *env)
{
    const ck_value_of *m = ck_instance_value(&c->in, n->t1);
    ck_mat *row = ck_mat_row(n->op == CK_F ? m->a : m->b, ck_element(c, n->a[0], env), 1), *v;

    v = ck_mat_tr(row);
    ck_mat_drop(row);
    ck_mat_reduce(v);
    return v;
}

static ck_mat *
column(const ck_env *e)
{
    CK_ASSERT(e != NULL);
    return ck_mat_cols(e->basis, &e->at, 1);
}

static ck_mat *
unary(ck_state *c, const ck_node *n, const ck_env *env)
{
    ck_mat *a = ck_value(c, n->a[0], env), *v;

    v = n->op == CK_TR ? ck_mat_tr(a)
                       : ck_mat_row(a, ck_position(c, n->a[0], n->a[1], env), 1);
    ck_mat_drop(a);
    return v;
}

static ck_mat *
evaluate(ck_state *c, const ck_node *n, const ck_env *env)
{
    switch (n->op) {
    case CK_RAT:
        return rational(n->t1);
    case CK_SIZE:
        return ck_mat_int(ck_dim(c, n->t1));
    case CK_ID:
        return ck_mat_id(ck_dim(c, n->t1));
    case CK_PAR:
        return ck_mat_keep(ck_instance_value(&c->in, n->t1)->a);
    case CK_F:
    case CK_G:
        return embedding(c, n, env);
    case CK_ADD:
    case CK_SCALE:
    case CK_MUL:
    case CK_DOT:
        return binary(c, n, env);
    case CK_TR:
    case CK_IDX:
        return unary(c, n, env);
    case CK_SUM:
    case CK_COLS:
        return over_set(c, n, env);
    case CK_VEC:
        return column(ck_env_find(env, n->k));
    case CK_GENS:
        return ck_mat_keep(ck_basis(c, n->a[0], env));
    case CK_DIM:
        return ck_mat_int(ck_basis(c, n->a[0], env)->cols);
    default:
        CK_ASSERT(n->op == CK_PROJ);
        return projection(c, n, env);
    }
}

ck_mat *
ck_value(ck_state *c, const ck_node *n, const ck_env *env)
{
    bool open = ck_open(n, env);
    ck_mat *v;

    if (open && c->branch != 0 && (v = *ck_known(c, CK_K_OVER, n, env)) != NULL)
        return ck_mat_keep(v);
    if (n->op == CK_UNK) {
        const ck_env *e = ck_env_find(env, n->k);

        CK_REQUIRE("closed", e->unk->value != NULL, "a term without open unknowns");
        return ck_mat_keep(e->unk->value);
    }
    if (n->nfree > 0 && !c->heavy[n->id])
        return evaluate(c, n, env);
    if ((v = *ck_known(c, CK_K_VALUE, n, env)) == NULL) {
        v = evaluate(c, n, env);
        *ck_known(c, CK_K_VALUE, n, env) = v;
    }
    return ck_mat_keep(v);
}

static ck_mat *
generators(ck_state *c, const ck_node *s, const ck_env *env)
{
    if (s->op == CK_SPAN)
        return ck_value(c, s->a[0], env);
    if (s->op == CK_PAR)
        return ck_mat_keep(ck_instance_value(&c->in, s->t1)->a);
    if (s->op == CK_JOIN) {
        ck_mat *a = ck_basis(c, s->a[0], env);

        return ck_mat_beside(a, ck_basis(c, s->a[1], env));
    }
    CK_ASSERT(s->op == CK_SOL);
    return ck_solutions(c, s, env);
}

/* Columns of A with A = A[:,j] R that a minor shows to be independent. */
static ck_mat *
find_basis(ck_state *c, const ck_node *s, const ck_env *env)
{
    ck_mat *a = generators(c, s, env), *b, *r, *br;
    long *col = NULL, n = 0;
    bool good = true, whole;
    ck_minor m;

    ck_fact(c, "basis", s, env);
    ck_next_line(c->r);
    CK_REQUIRE("syntax", ck_first(c->r, "cols"), "a line cols");
    while (ck_more(c->r)) {
        long j = ck_take_count(c->r);

        good = good && j < a->cols && (n == 0 || col[n - 1] < j);
        CK_PUSH(col, n, j);
    }
    CK_REQUIRE("basis-cols", good, "increasing numbers of the %ld columns", a->cols);
    b = ck_mat_cols(a, col, n);
    ck_mat_reduce(b);
    r = ck_take_mat(c->r, "r");
    CK_REQUIRE("basis-shape", r->rows == n && r->cols == a->cols, "%ld x %ld", n, a->cols);
    br = ck_mat_mul(b, r);
    CK_REQUIRE("basis-span", ck_mat_same(a, br), "A = A[:,j] R");
    m = ck_take_minor(c->r, "minor");
    whole = m.r == n;
    for (long i = 0; i < m.r; i++)
        whole = whole && m.col[i] == i;
    CK_REQUIRE("basis-minor-size", whole, "R = %ld and all columns", n);
    ck_minor_check(&m, ck_mat_entry, b, b->rows, b->cols);
    ck_minor_clear(&m);
    ck_mat_drop(a);
    ck_mat_drop(r);
    ck_mat_drop(br);
    ck_free(col);
    b->id = ++c->ids;
    return b;
}

ck_mat *
ck_basis(ck_state *c, const ck_node *s, const ck_env *env)
{
    ck_mat *b = *ck_known(c, CK_K_BASIS, s, env);

    if (b == NULL) {
        b = find_basis(c, s, env);
        *ck_known(c, CK_K_BASIS, s, env) = b;
    }
    return b;
}
