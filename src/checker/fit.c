/* What the instance gives to the statement: dimensions, sets, elements, shapes. */
#include "value.h"

#include <stdlib.h>

static long
given_index(ck_state *c, const char *name)
{
    for (long i = 0; i < c->s->ngivens; i++)
        if (c->s->given[i].name == name)
            return i;
    return -1;
}

/* -1: the number of a given dim that is not known yet */
long
ck_dim(ck_state *c, const char *dim)
{
    if (dim[0] == '#')
        return ck_set(c, dim + 1)->n;
    if (dim[0] >= '0' && dim[0] <= '9')
        return strtol(dim, NULL, 10);
    return c->dim[given_index(c, dim)];
}

const ck_elements *
ck_set(ck_state *c, const char *set)
{
    void **at = ck_at(&c->sets, set, strlen(set));
    const char *slash = strchr(set, '/');
    size_t len = slash != NULL ? (size_t)(slash - set) : strlen(set);
    const ck_value_of *of = NULL, *query = NULL;
    const ck_elements *base = NULL;
    ck_elements *s;
    bool tokens = strcmp(set, "Y") == 0;
    long all;

    if (*at != NULL)
        return *at;
    if (slash != NULL) {
        base = ck_set(c, ck_intern(set, len));
        query = ck_instance_value(&c->in, ck_intern(slash + 1, strlen(slash + 1)));
    } else if (!tokens && strcmp(set, "X") != 0) {
        of = ck_instance_value(&c->in, ck_intern(set, len));
        tokens = strcmp(of->sort, "tokens") == 0;
    }
    all = tokens ? c->in.ntokens : c->in.ncontexts;
    s = ck_new(sizeof *s);
    s->index = ck_new((size_t)all * sizeof *s->index);
    for (long i = 0; i < all; i++)
        s->index[i] = -1;
    for (long i = 0; i < (of != NULL ? of->n : base != NULL ? base->n : all); i++) {
        long e = of != NULL ? of->set[i] : base != NULL ? base->at[i] : i;
        long y = query != NULL ? ck_instance_concat(&c->in, e, query) : 0;

        if (query != NULL && (y < 0 || base->index[y] < 0))
            continue;
        s->index[e] = s->n;
        CK_PUSH(s->at, s->n, e);
    }
    *ck_at(&c->sets, set, strlen(set)) = s;
    return s;
}

static void
fit_dim(ck_state *c, const char *dim, long n, const char *name)
{
    long i = dim == NULL || dim[0] == '#' ? -1 : given_index(c, dim);

    if (i >= 0 && c->dim[i] < 0)
        c->dim[i] = n;
    CK_REQUIRE("instance", dim == NULL || ck_dim(c, dim) == n, "%s to have %s = %ld", name,
               dim == NULL ? "" : dim, dim == NULL ? 0 : ck_dim(c, dim));
}

/* A dim comes from its own line, or else from the first given that mentions it. */
void
ck_fit(ck_state *c)
{
    long n = c->s->ngivens;

    c->dim = ck_new((size_t)n * sizeof *c->dim);
    for (long i = 0; i < n; i++) {
        const ck_given *g = &c->s->given[i];
        const ck_value_of *v = ck_instance_value(&c->in, g->name);
        bool is_dim = strcmp(g->sort, "dim") == 0;

        CK_REQUIRE("instance", is_dim ? v == NULL || strcmp(v->sort, "dim") == 0
                                      : v != NULL && strcmp(v->sort, g->sort) == 0,
                   "a value %s of sort %s", g->name, g->sort);
        c->dim[i] = is_dim && v != NULL ? v->r : -1;
    }
    for (long i = 0; i < n; i++) {
        const ck_given *g = &c->s->given[i];
        const ck_value_of *v = ck_instance_value(&c->in, g->name);

        fit_dim(c, g->d1, v != NULL ? v->r : 0, g->name);
        fit_dim(c, g->d2, v != NULL ? v->c : 0, g->name);
    }
    for (long i = 0; i < n; i++)
        CK_REQUIRE("instance",
                   strcmp(c->s->given[i].sort, "dim") != 0 || c->dim[i] >= 0,
                   "a number for the dimension %s", c->s->given[i].name);
}

const ck_env *
ck_env_find(const ck_env *env, long k)
{
    while (env != NULL && env->k != k)
        env = env->up;
    return env;
}

long
ck_element(ck_state *c, const ck_node *n, const ck_env *env)
{
    long x;

    switch (n->op) {
    case CK_VAR:
        env = ck_env_find(env, n->k);
        CK_ASSERT(env != NULL);
        return env->at;
    case CK_BASE:
        return c->in.base;
    case CK_PAR:
        return ck_instance_value(&c->in, n->t1)->element;
    default:
        CK_ASSERT(n->op == CK_CAT);
        x = ck_instance_concat(&c->in, ck_element(c, n->a[0], env),
                               ck_instance_value(&c->in, n->t1));
        CK_ASSERT(x >= 0);
        return x;
    }
}

long
ck_position(ck_state *c, const ck_node *t, const ck_node *x, const ck_env *env)
{
    ck_shape s = ck_shape_of(c, t, env);
    long at;

    CK_ASSERT(s.dim[0] != NULL && s.dim[0][0] == '#');
    at = ck_set(c, s.dim[0] + 1)->index[ck_element(c, x, env)];
    CK_ASSERT(at >= 0);
    return at;
}

/* ---- shapes ---- */

static ck_shape
shape(ck_state *c, const char *rows, const char *cols)
{
    return (ck_shape){{rows != NULL ? ck_dim(c, rows) : 1, cols != NULL ? ck_dim(c, cols) : 1},
                      {rows, cols}};
}

const char *
ck_ambient(ck_state *c, const ck_node *s, const ck_env *env)
{
    switch (s->op) {
    case CK_PAR:
        return c->s->given[given_index(c, s->t1)].d1;
    case CK_JOIN:
        return ck_ambient(c, s->a[0], env);
    case CK_SPAN:
        return ck_shape_of(c, s->a[0], env).dim[0];
    default:
        CK_ASSERT(s->op == CK_SOL);
        return s->a[0] != NULL ? ck_ambient(c, s->a[0], env) : s->t1;
    }
}

ck_shape
ck_shape_of(ck_state *c, const ck_node *n, const ck_env *env)
{
    ck_shape a, b;
    const ck_given *g;

    switch (n->op) {
    case CK_PAR:
        g = &c->s->given[given_index(c, n->t1)];
        return shape(c, g->d1, g->d2);
    case CK_F:
    case CK_G:
        return shape(c, c->s->given[given_index(c, n->t1)].d1, NULL);
    case CK_ID:
        return shape(c, n->t1, n->t1);
    case CK_ADD:
        return ck_shape_of(c, n->a[0], env);
    case CK_SCALE:
    case CK_PROJ:
        return ck_shape_of(c, n->a[1], env);
    case CK_SUM:
        return ck_shape_of(c, n->a[1], env);
    case CK_MUL:
        a = ck_shape_of(c, n->a[0], env);
        b = ck_shape_of(c, n->a[1], env);
        return (ck_shape){{a.n[0], b.n[1]}, {a.dim[0], b.dim[1]}};
    case CK_TR:
        a = ck_shape_of(c, n->a[0], env);
        return (ck_shape){{a.n[1], a.n[0]}, {a.dim[1], a.dim[0]}};
    case CK_COLS:
        a = ck_shape_of(c, n->a[1], env);
        return (ck_shape){{a.n[0], a.n[1] * ck_set(c, n->t1)->n}, {a.dim[0], NULL}};
    case CK_UNK:
    case CK_VEC:
        env = ck_env_find(env, n->k);
        CK_ASSERT(env != NULL);
        if (n->op == CK_VEC)
            return (ck_shape){{env->basis->rows, 1}, {env->rdim, NULL}};
        return (ck_shape){{env->unk->rows, env->unk->cols},
                          {env->unk->rdim, env->unk->cdim}};
    case CK_GENS:
        a = shape(c, ck_ambient(c, n->a[0], env), NULL);
        a.n[1] = ck_basis(c, n->a[0], env)->cols;
        return a;
    default: /* rat size dot idx dim */
        return shape(c, NULL, NULL);
    }
}

ck_unknown *
ck_unknown_new(ck_state *c, const ck_node *n, const ck_env *env)
{
    ck_unknown *u = ck_new(sizeof *u);
    ck_shape s = shape(c, n->t1, n->t2);

    if (n->dom == 'i') {
        u->basis = ck_basis(c, n->a[0], env);
        s.dim[0] = ck_ambient(c, n->a[0], env);
        s.n[0] = u->basis->rows;
    }
    u->id = ++c->ids;
    u->rows = s.n[0];
    u->cols = s.n[1];
    u->rdim = s.dim[0];
    u->cdim = s.dim[1];
    u->count = n->dom == 'i' ? u->basis->cols : u->rows * u->cols;
    return u;
}
