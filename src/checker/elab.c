/* Expressions to values: a term, formula, element, set, query or model with its type. */
#include "elab.h"

enum { MAX_CALLS = 100000, MAX_CHAIN = 1000 };

static const char *const kind_words[] = {"a scalar", "a vector", "a matrix", "a subspace",
                                         "a token",  "a context", "a set",   "a query",
                                         "a model",  "a formula"};

#define FAIL(c, t, slug, ...) ck_error((c)->src, (t)->at, slug, __VA_ARGS__)

static ck_val
need(ck_elab *c, const ck_ast *t, ck_kind kind)
{
    ck_val v = ck_elab_expr(c, t);

    if (v.kind != kind)
        FAIL(c, t, "type", "%s where %s is needed", kind_words[v.kind], kind_words[kind]);
    return v;
}

static const ck_node *
formula(ck_elab *c, const ck_ast *t)
{
    return need(c, t, V_FORMULA).node;
}

/* scalar, vector or matrix */
static ck_val
array(ck_elab *c, const ck_ast *t)
{
    ck_val v = ck_elab_expr(c, t);

    if (v.kind > V_MATRIX)
        FAIL(c, t, "type", "%s where a scalar, vector or matrix is needed",
             kind_words[v.kind]);
    return v;
}

static ck_val
typed(ck_kind kind, const ck_node *node, const char *d, const char *e)
{
    return (ck_val){.kind = kind, .node = node, .d = d, .e = e};
}

static void
same_shape(ck_elab *c, const ck_ast *t, ck_val a, ck_val b)
{
    if (a.kind != b.kind)
        FAIL(c, t, "type", "%s and %s", kind_words[a.kind], kind_words[b.kind]);
    if (a.kind != V_SCALAR && (a.d != b.d || a.e != b.e))
        FAIL(c, t, "shape", "dimensions %s %s and %s %s", a.d, a.e ? a.e : "", b.d,
             b.e ? b.e : "");
}

/* ---- names ---- */

static const ck_scope *
find(ck_elab *c, const char *name)
{
    for (const ck_scope *s = c->scope; s != NULL; s = s->up)
        if (s->name == name)
            return s;
    return NULL;
}

static ck_val
lookup(ck_elab *c, size_t at, const char *name)
{
    const ck_scope *s = find(c, name);

    if (s == NULL)
        ck_error(c->src, at, "unknown-name", "%s is not declared", name);
    return s->val;
}

void
ck_declare(ck_elab *c, size_t at, const char *name, ck_val val)
{
    ck_scope *s;

    if (find(c, name) != NULL)
        ck_error(c->src, at, "duplicate-name", "%s is declared already", name);
    s = ck_new(sizeof *s);
    *s = (ck_scope){name, val, c->scope};
    c->scope = s;
}

static ck_val
dim_value(ck_elab *c, const char *dim)
{
    return typed(V_SCALAR, ck_text_node(&c->core, CK_SIZE, dim, NULL), dim, NULL);
}

static const char *
dim(ck_elab *c, const ck_ast *t)
{
    ck_val v = ck_elab_expr(c, t);

    if (v.kind != V_SCALAR || v.d == NULL)
        FAIL(c, t, "type", "%s where a dimension is needed", kind_words[v.kind]);
    return v.d;
}

static ck_val
set_value(ck_elab *c, const ck_ast *t)
{
    ck_val v = {.kind = V_SET};

    if (strcmp(t->name, "X") == 0 || strcmp(t->name, "Y") == 0) {
        v.set = v.base = t->name;
        v.tokens = t->name[0] == 'Y';
    } else {
        v = lookup(c, t->at, t->name);
    }
    if (v.kind != V_SET)
        FAIL(c, t, "type", "%s where a set is needed", kind_words[v.kind]);
    if (t->name2 != NULL) {
        ck_val q = lookup(c, t->at, t->name2);

        if (q.kind != V_QUERY || v.tokens || v.query != NULL)
            FAIL(c, t, "type", "only a set of contexts has a part for a query");
        v.query = q.name;
        v.set = ck_internf("%s/%s", v.base, v.query);
    }
    return v;
}

/* ---- sorts ---- */

/* The kind and dimensions of a lin, model or subspace sort. */
static ck_val
sort_value(ck_elab *c, const ck_ast *t)
{
    ck_val v = {.kind = t->op == A_SCALAR   ? V_SCALAR
                        : t->op == A_VECTOR ? V_VECTOR
                        : t->op == A_MATRIX ? V_MATRIX
                        : t->op == A_MODEL  ? V_MODEL
                                            : V_SPACE};

    if (t->n > 0)
        v.d = dim(c, t->kid[0]);
    if (t->n > 1)
        v.e = dim(c, t->kid[1]);
    return v;
}

ck_val
ck_elab_given(ck_elab *c, const ck_ast *name, const ck_ast *sort, ck_given *out)
{
    ck_val v = {0};
    const char *n = name->name;

    *out = (ck_given){.name = n, .sort = sort->name};
    if (sort->op != A_KIND) {
        v = sort_value(c, sort);
        out->d1 = v.d;
        out->d2 = v.e;
        v.name = n;
    } else if (strcmp(sort->name, "dim") == 0) {
        return dim_value(c, n);
    } else {
        v.kind = strcmp(sort->name, "token") == 0     ? V_TOKEN
                 : strcmp(sort->name, "context") == 0 ? V_CONTEXT
                 : strcmp(sort->name, "query") == 0   ? V_QUERY
                                                      : V_SET;
        v.name = v.set = v.base = n;
        v.tokens = strcmp(sort->name, "tokens") == 0;
        if (v.kind == V_TOKEN || v.kind == V_CONTEXT)
            v.set = v.base = NULL;
    }
    if (v.kind <= V_CONTEXT)
        v.node = ck_text_node(&c->core, CK_PAR, n, NULL);
    return v;
}

/* ---- binders ---- */

static ck_val
domain(ck_elab *c, const ck_ast *t)
{
    ck_val v;

    if (t->op == A_SCALAR || t->op == A_VECTOR || t->op == A_MATRIX)
        return sort_value(c, t); /* no node: a lin */
    v = ck_elab_expr(c, t);
    if (v.kind != V_SET && v.kind != V_SPACE)
        FAIL(c, t, "type", "%s where a set or subspace is needed", kind_words[v.kind]);
    return v;
}

/* A variable; the text tells those of different types apart. */
static const ck_node *
variable(ck_elab *c, ck_op op, long k, ck_val v)
{
    return ck_node_make(&c->core, op, 0, k, kind_words[v.kind],
                        ck_internf("%s %s", v.d ? v.d : "", v.e ? v.e : ""), NULL, NULL);
}

/* Declares a variable over the domain; returns its number. */
static long
bind(ck_elab *c, const ck_ast *name, ck_val dom, bool forall)
{
    long k = c->core.fresh++;
    ck_val v = dom;
    ck_op op = dom.kind == V_SET                                  ? CK_VAR
               : forall && dom.kind == V_SPACE && dom.node != NULL ? CK_VEC
                                                                  : CK_UNK;

    if (dom.kind == V_SET)
        v.kind = dom.tokens ? V_TOKEN : V_CONTEXT;
    else if (dom.kind == V_SPACE)
        v.kind = V_VECTOR;
    v.node = variable(c, op, k, v);
    ck_declare(c, name->at, name->name, v);
    return k;
}

static void
check_unknown(ck_elab *c, const ck_ast *t, const ck_node *n)
{
    const ck_node *space = n->op == CK_SOL ? n : n->a[0];
    bool bad = n->op != CK_ALLIN && ck_alternates(n->a[1], n->k);

    for (long i = 0; space != NULL && i < space->nfree; i++)
        bad = bad || space->free[i].op == CK_UNK;
    if (bad)
        FAIL(c, t, "alternation", "an unknown is mentioned where it may not be");
    if (n->op != CK_EX && !ck_homogeneous(n->a[1], n->k, n->op == CK_SOL))
        FAIL(c, t, "homogeneous", "not homogeneous linear in the bound vector");
}

/* ex or sol over dom */
static const ck_node *
unknown(ck_elab *c, const ck_ast *t, ck_op op, long k, ck_val dom, const ck_node *scope)
{
    char word = dom.node != NULL          ? 'i'
                : dom.kind == V_SCALAR ? 's'
                : dom.kind == V_VECTOR ? 'v'
                                       : 'm';
    const ck_node *n = ck_bind(&c->core, op, word, k, word == 'i' ? NULL : dom.d,
                               word == 'i' ? NULL : dom.e, dom.node, scope);

    check_unknown(c, t, n);
    return n;
}

static const ck_node *
over_set(ck_elab *c, ck_op op, long k, ck_val set, const ck_node *scope)
{
    return ck_bind(&c->core, op, 0, k, set.set, NULL, NULL, scope);
}

static const ck_node *
quantify(ck_elab *c, const ck_ast *t, long k, ck_val dom, const ck_node *p)
{
    bool forall = strcmp(t->name, "forall") == 0;
    const ck_node *n;

    if (dom.kind == V_SET)
        return over_set(c, forall ? CK_ALL : CK_ANY, k, dom, p);
    if (!forall)
        return unknown(c, t, CK_EX, k, dom, p);
    if (dom.node == NULL) {
        n = unknown(c, t, CK_EX, k, dom, ck_make_not(&c->core, p));
        return ck_make_not(&c->core, n);
    }
    n = ck_bind(&c->core, CK_ALLIN, 0, k, NULL, NULL, dom.node, p);
    check_unknown(c, t, n);
    return n;
}

/* The names of bind number i of t from the j-th on, then the later binds, then the body. */
static ck_val
nest(ck_elab *c, const ck_ast *t, long i, long j, ck_val dom)
{
    ck_scope *outer = c->scope;
    bool span = t->op == A_SPAN;
    const ck_ast *b, *body = t->kid[span ? 0 : t->n - 1];
    ck_val v;
    long k;

    if (i == (span ? t->n : t->n - 1))
        return ck_elab_expr(c, body);
    b = t->kid[i];
    if (j == 0) {
        for (long n = 0; n < b->n - 1; n++)
            if (find(c, b->kid[n]->name) != NULL)
                FAIL(c, b->kid[n], "duplicate-name", "%s is declared already",
                     b->kid[n]->name);
        dom = domain(c, b->kid[b->n - 1]);
        if (t->op != A_QUANT && dom.kind != V_SET)
            FAIL(c, b->kid[b->n - 1], "type", "a finite set is needed");
    }
    k = bind(c, b->kid[j], dom, t->op == A_QUANT && strcmp(t->name, "forall") == 0);
    v = j + 2 < b->n ? nest(c, t, i, j + 1, dom) : nest(c, t, i + 1, 0, dom);
    c->scope = outer;
    if (t->op == A_QUANT) {
        if (v.kind != V_FORMULA)
            FAIL(c, body, "type", "%s where a formula is needed", kind_words[v.kind]);
        v.node = quantify(c, t, k, dom, v.node);
    } else {
        if (span ? v.kind != V_VECTOR && v.kind != V_MATRIX : v.kind > V_MATRIX)
            FAIL(c, body, "type", "%s does not fit here", kind_words[v.kind]);
        v.node = over_set(c, span ? CK_COLS : CK_SUM, k, dom, v.node);
        if (v.kind == V_SCALAR)
            v.d = NULL;
    }
    return v;
}

static ck_val
builder(ck_elab *c, const ck_ast *t)
{
    const ck_ast *b = t->kid[0], *where = b->kid[b->n - 1];
    ck_scope *outer = c->scope;
    ck_val dom;
    const ck_node *p;
    long k;

    if (b->n != 2 || where->op == A_SCALAR || where->op == A_MATRIX)
        FAIL(c, b, "homogeneous", "a set-builder has one variable, a vector");
    if (find(c, b->kid[0]->name) != NULL)
        FAIL(c, b->kid[0], "duplicate-name", "%s is declared already", b->kid[0]->name);
    dom = domain(c, where);
    if (dom.kind == V_SET)
        FAIL(c, b, "type", "a set where vectors are needed");
    k = bind(c, b->kid[0], dom, false);
    p = formula(c, t->kid[1]);
    c->scope = outer;
    return typed(V_SPACE, unknown(c, t, CK_SOL, k, dom, p), dom.d, NULL);
}

/* ---- terms ---- */

static ck_val
add(ck_elab *c, const ck_ast *t)
{
    ck_val a = ck_elab_expr(c, t->kid[0]), b = ck_elab_expr(c, t->kid[1]);
    const ck_node *second = b.node;

    if (a.kind > V_SPACE || (a.kind == V_SPACE && t->op == A_SUB))
        FAIL(c, t, "type", "%s cannot be added or subtracted", kind_words[a.kind]);
    same_shape(c, t, a, b);
    if (t->op == A_SUB)
        second = ck_make(&c->core, CK_SCALE,
                         ck_text_node(&c->core, CK_RAT, ck_intern("-1", 2), NULL), second);
    a.node = ck_make(&c->core, a.kind == V_SPACE ? CK_JOIN : CK_ADD, a.node, second);
    if (a.kind == V_SCALAR)
        a.d = NULL;
    return a;
}

static ck_val
multiply(ck_elab *c, const ck_ast *t)
{
    ck_val a = array(c, t->kid[0]), b = array(c, t->kid[1]);

    if (a.kind == V_SCALAR || b.kind == V_SCALAR) {
        ck_val v = a.kind == V_SCALAR ? b : a;

        v.node = ck_make(&c->core, CK_SCALE, a.kind == V_SCALAR ? a.node : b.node, v.node);
        if (v.kind == V_SCALAR)
            v.d = NULL;
        return v;
    }
    if (a.kind != V_MATRIX)
        FAIL(c, t, "type", "a vector times %s", kind_words[b.kind]);
    if (a.e != b.d)
        FAIL(c, t, "shape", "%s columns times %s rows", a.e, b.d);
    return typed(b.kind, ck_make_mul(&c->core, a.node, b.node), a.d, b.e);
}

static ck_val
dot(ck_elab *c, const ck_ast *t)
{
    ck_val u = need(c, t->kid[0], V_VECTOR), v = need(c, t->kid[1], V_VECTOR);

    same_shape(c, t, u, v);
    return typed(V_SCALAR, ck_make(&c->core, CK_DOT, u.node, v.node), NULL, NULL);
}

static ck_val
entry(ck_elab *c, const ck_ast *t)
{
    ck_val v = need(c, t->kid[0], V_VECTOR), x = ck_elab_expr(c, t->kid[1]);
    const char *s = v.d[0] == '#' ? ck_intern(v.d + 1, strlen(v.d + 1)) : NULL;
    bool fits = x.kind == V_TOKEN || x.kind == V_CONTEXT;

    if (!fits || s == NULL ||
        !(x.set == s || x.base == s || x.cat == s ||
          strcmp(s, x.kind == V_TOKEN ? "Y" : "X") == 0))
        FAIL(c, t, "type", "this is no index of the vector");
    return typed(V_SCALAR, ck_make(&c->core, CK_IDX, v.node, x.node), NULL, NULL);
}

static ck_val
concatenate(ck_elab *c, const ck_ast *t)
{
    ck_val x = need(c, t->kid[0], V_CONTEXT), q = lookup(c, t->at, t->name);

    if (q.kind != V_QUERY)
        FAIL(c, t, "type", "%s where a query is needed", kind_words[q.kind]);
    if (x.query != q.name)
        FAIL(c, t, "partial", "the context is not bound over a set /%s", q.name);
    return (ck_val){.kind = V_CONTEXT,
                    .node = ck_text_node(&c->core, CK_CAT, q.name, x.node),
                    .cat = x.base};
}

static ck_val
intersect(ck_elab *c, const ck_ast *t)
{
    ck_val a = need(c, t->kid[0], V_SPACE), b = need(c, t->kid[1], V_SPACE);
    long k = c->core.fresh++;
    const ck_node *v = variable(c, CK_UNK, k, typed(V_VECTOR, NULL, a.d, NULL));

    same_shape(c, t, a, b);
    return typed(V_SPACE,
                 unknown(c, t, CK_SOL, k, a, ck_make_within(&c->core, v, b.node)), a.d,
                 NULL);
}

static ck_val
complement(ck_elab *c, const ck_ast *t, ck_val s)
{
    long k = c->core.fresh++;
    ck_core *r = &c->core;
    const ck_node *b = ck_make(r, CK_TR, ck_make(r, CK_GENS, s.node, NULL), NULL);
    ck_val dom = typed(V_VECTOR, NULL, s.d, NULL);
    const ck_node *v = variable(c, CK_UNK, k, dom);

    return typed(V_SPACE,
                 unknown(c, t, CK_SOL, k, dom,
                         ck_make(r, CK_ZERO, ck_make_mul(r, b, v), NULL)),
                 s.d, NULL);
}

static ck_val
builtin(ck_elab *c, const ck_ast *t)
{
    ck_core *r = &c->core;
    ck_val a, s;
    const char *d;

    if (t->n != (strcmp(t->name, "image") == 0 ? 2 : 1))
        FAIL(c, t, "arity", "a wrong number of arguments of %s", t->name);
    if (strcmp(t->name, "id") == 0 || strcmp(t->name, "all") == 0) {
        const ck_node *id;

        d = dim(c, t->kid[0]);
        id = ck_text_node(r, CK_ID, d, NULL);
        return t->name[0] == 'i' ? typed(V_MATRIX, id, d, d)
                                 : typed(V_SPACE, ck_make(r, CK_SPAN, id, NULL), d, NULL);
    }
    if (strcmp(t->name, "image") == 0) {
        a = need(c, t->kid[0], V_MATRIX);
        s = need(c, t->kid[1], V_SPACE);
        if (a.e != s.d)
            FAIL(c, t, "shape", "%s columns, a subspace of dimension %s", a.e, s.d);
        s.node = ck_make_mul(r, a.node, ck_make(r, CK_GENS, s.node, NULL));
        return typed(V_SPACE, ck_make(r, CK_SPAN, s.node, NULL), a.d, NULL);
    }
    if (strcmp(t->name, "tr") == 0) {
        a = array(c, t->kid[0]);
        a.node = ck_make(r, CK_TR, a.node, NULL);
        if (a.kind == V_SCALAR)
            return typed(V_SCALAR, a.node, NULL, NULL);
        return typed(V_MATRIX, a.node, a.kind == V_VECTOR ? ck_intern("1", 1) : a.e, a.d);
    }
    if (strstr(t->name, "space") != NULL) {
        bool rows = t->name[0] == 'r';

        a = array(c, t->kid[0]);
        if (a.kind == V_SCALAR)
            FAIL(c, t, "type", "a scalar where a matrix is needed");
        d = !rows ? a.d : a.kind == V_VECTOR ? ck_intern("1", 1) : a.e;
        if (rows)
            a.node = ck_make(r, CK_TR, a.node, NULL);
        return typed(V_SPACE, ck_make(r, CK_SPAN, a.node, NULL), d, NULL);
    }
    s = need(c, t->kid[0], V_SPACE);
    if (strcmp(t->name, "dim") == 0)
        return typed(V_SCALAR, ck_make(r, CK_DIM, s.node, NULL), NULL, NULL);
    if (strcmp(t->name, "perp") == 0)
        return complement(c, t, s);
    return typed(V_MATRIX, ck_make(r, CK_PROJ, s.node, ck_text_node(r, CK_ID, s.d, NULL)),
                 s.d, s.d);
}

/* ---- formulas ---- */

static bool
is_zero(const ck_ast *t)
{
    return t->op == A_RAT && strcmp(t->name, "0") == 0;
}

static const ck_node *
included(ck_elab *c, const ck_node *s, const ck_node *t)
{
    return ck_make_within(&c->core, ck_make(&c->core, CK_GENS, s, NULL), t);
}

static const ck_node *
equation(ck_elab *c, const ck_ast *t)
{
    ck_val a = ck_elab_expr(c, t->kid[0]), b = ck_elab_expr(c, t->kid[1]);
    bool right = is_zero(t->kid[1]);

    if (right || is_zero(t->kid[0])) {
        ck_val v = right ? a : b;

        if (v.kind > V_SPACE)
            FAIL(c, t, "type", "%s and 0", kind_words[v.kind]);
        if (v.kind == V_SPACE)
            v.node = ck_make(&c->core, CK_GENS, v.node, NULL);
        return ck_make(&c->core, CK_ZERO, v.node, NULL);
    }
    if (a.kind > V_CONTEXT)
        FAIL(c, t, "type", "%s cannot be compared", kind_words[a.kind]);
    if (a.kind == b.kind && (a.kind == V_TOKEN || a.kind == V_CONTEXT))
        return ck_make(&c->core, CK_SAME, a.node, b.node);
    same_shape(c, t, a, b);
    if (a.kind == V_SPACE)
        return ck_make(&c->core, CK_AND, included(c, a.node, b.node),
                       included(c, b.node, a.node));
    return ck_make(&c->core, CK_EQ, a.node, b.node);
}

static const ck_node *
relation(ck_elab *c, const ck_ast *t)
{
    ck_val a, b;

    if (strcmp(t->name, "=") == 0)
        return equation(c, t);
    if (strcmp(t->name, "!=") == 0)
        return ck_make_not(&c->core, equation(c, t));
    a = ck_elab_expr(c, t->kid[0]);
    b = ck_elab_expr(c, t->kid[1]);
    if (strcmp(t->name, "in") == 0) {
        if ((a.kind != V_VECTOR && a.kind != V_MATRIX) || b.kind != V_SPACE)
            FAIL(c, t, "type", "%s in %s", kind_words[a.kind], kind_words[b.kind]);
        if (a.d != b.d)
            FAIL(c, t, "shape", "%s rows in a subspace of dimension %s", a.d, b.d);
        return ck_make_within(&c->core, a.node, b.node);
    }
    if (a.kind != V_SCALAR && (a.kind != V_SPACE || strcmp(t->name, "<") == 0))
        FAIL(c, t, "type", "%s has no order", kind_words[a.kind]);
    same_shape(c, t, a, b);
    if (a.kind == V_SPACE)
        return included(c, a.node, b.node);
    return ck_make(&c->core, t->name[1] == '=' ? CK_LE : CK_LT, a.node, b.node);
}

static bool
dropped(ck_elab *c, const ck_ast *t)
{
    if (t->op != A_LABEL || c->inside == NULL)
        return false;
    for (long i = 0; i < c->ndrops; i++)
        if (strcmp(c->drop[i], ck_internf("%s.%s", c->inside->name, t->name)) == 0)
            return true;
    return false;
}

static const ck_node *
chain(ck_elab *c, const ck_ast *t, ck_op op)
{
    const ck_node *all = NULL;

    for (long i = 0; i < t->n; i++) {
        const ck_node *p;

        if (op == CK_AND && dropped(c, t->kid[i]))
            continue;
        p = formula(c, t->kid[i]);
        all = all == NULL ? p : ck_make(&c->core, op, all, p);
    }
    return all != NULL ? all : ck_make(&c->core, CK_TRUE, NULL, NULL);
}

static const ck_node *
implication(ck_elab *c, const ck_ast *t)
{
    const ck_node *p = formula(c, t->kid[0]), *q = formula(c, t->kid[1]);
    const ck_node *forth = ck_make(&c->core, CK_OR, ck_make_not(&c->core, p), q);

    if (t->op == A_IMP)
        return forth;
    return ck_make(&c->core, CK_AND, forth,
                   ck_make(&c->core, CK_OR, ck_make_not(&c->core, q), p));
}

/* ---- calls ---- */

static ck_val
call(ck_elab *c, const ck_ast *t)
{
    ck_elab saved;
    const ck_def *def = NULL;
    ck_val v, *arg;

    for (long i = 0; i < c->ndefs && def == NULL; i++)
        if (c->def[i].item->name == t->name)
            def = &c->def[i];
    if (def == NULL)
        FAIL(c, t, "unknown-name", "there is no definition %s", t->name);
    if (def->item->nnames != t->n)
        FAIL(c, t, "arity", "%s takes %ld arguments, not %ld", t->name, def->item->nnames,
             t->n);
    c->broken = def->item->error != NULL;
    if (c->broken)
        FAIL(c, t, "unknown-name", "the definition %s has an error", t->name);
    arg = ck_new(sizeof *arg * (size_t)(t->n + 1));
    for (long i = 0; i < t->n; i++)
        arg[i] = ck_elab_expr(c, t->kid[i]);
    saved = *c;
    c->scope = NULL;
    c->src = def->library->src;
    c->inside = def->item;
    for (long i = 0; i < t->n; i++)
        ck_declare(c, t->at, def->item->names[i]->name, arg[i]);
    ck_free(arg);
    c->depth += t->nesting + 1;
    if (++c->calls > MAX_CALLS || c->depth > MAX_CHAIN)
        ck_error(saved.src, t->at, "expansion", "too many calls");
    v = ck_elab_expr(c, def->item->expr);
    c->depth = saved.depth;
    c->scope = saved.scope;
    c->src = saved.src;
    c->inside = saved.inside;
    return v;
}

static const char *
lowest_terms(const char *text)
{
    mpq_t q;
    char *s;
    const char *res;

    mpq_init(q);
    CK_ASSERT(mpq_set_str(q, text, 10) == 0);
    mpq_canonicalize(q);
    s = mpq_get_str(NULL, 10, q);
    res = ck_intern(s, strlen(s));
    ck_free(s);
    mpq_clear(q);
    return res;
}

static ck_val
embedding(ck_elab *c, const ck_ast *t)
{
    ck_val m = need(c, t->kid[0], V_MODEL);
    ck_val x = need(c, t->kid[1], t->op == A_F ? V_CONTEXT : V_TOKEN);

    return typed(V_VECTOR,
                 ck_text_node(&c->core, t->op == A_F ? CK_F : CK_G, m.name, x.node), m.d,
                 NULL);
}

static ck_val
negative(ck_elab *c, const ck_ast *t)
{
    ck_val v = array(c, t->kid[0]);

    v.node = ck_make(&c->core, CK_SCALE,
                     ck_text_node(&c->core, CK_RAT, ck_intern("-1", 2), NULL), v.node);
    if (v.kind == V_SCALAR)
        v.d = NULL;
    return v;
}

static ck_val
number(ck_elab *c, const ck_ast *t)
{
    const char *text = lowest_terms(t->name);

    return typed(V_SCALAR, ck_text_node(&c->core, CK_RAT, text, NULL),
                 strchr(text, '/') == NULL && strlen(text) <= 9 ? text : NULL, NULL);
}

static ck_val
span(ck_elab *c, const ck_ast *t)
{
    ck_val v = nest(c, t, 1, 0, (ck_val){0});

    return typed(V_SPACE, ck_make(&c->core, CK_SPAN, v.node, NULL), v.d, NULL);
}

static const ck_node *
connective(ck_elab *c, const ck_ast *t)
{
    switch (t->op) {
    case A_REL:
        return relation(c, t);
    case A_NOT:
        return ck_make_not(&c->core, formula(c, t->kid[0]));
    case A_AND:
        return chain(c, t, CK_AND);
    case A_OR:
        return chain(c, t, CK_OR);
    default:
        return implication(c, t);
    }
}

ck_val
ck_elab_expr(ck_elab *c, const ck_ast *t)
{
    c->at = t->at;
    switch (t->op) {
    case A_NAME:
        return lookup(c, t->at, t->name);
    case A_RAT:
        return number(c, t);
    case A_SET:
        return set_value(c, t);
    case A_CARD:
        return dim_value(c, ck_internf("#%s", set_value(c, t->kid[0]).set));
    case A_BASE:
        return typed(V_TOKEN, ck_make(&c->core, CK_BASE, NULL, NULL), NULL, NULL);
    case A_CALL:
        return call(c, t);
    case A_BUILTIN:
        return builtin(c, t);
    case A_DOT:
        return dot(c, t);
    case A_BUILDER:
        return builder(c, t);
    case A_SPAN:
        return span(c, t);
    case A_SUM:
    case A_QUANT:
        return nest(c, t, 0, 0, (ck_val){0});
    case A_F:
    case A_G:
        return embedding(c, t);
    case A_CAT:
        return concatenate(c, t);
    case A_MDIM:
        return dim_value(c, need(c, t->kid[0], V_MODEL).d);
    case A_INDEX:
        return entry(c, t);
    case A_NEG:
        return negative(c, t);
    case A_MUL:
        return multiply(c, t);
    case A_ADD:
    case A_SUB:
        return add(c, t);
    case A_CAP:
        return intersect(c, t);
    case A_LABEL:
        return dropped(c, t) ? typed(V_FORMULA, ck_make(&c->core, CK_TRUE, NULL, NULL),
                                     NULL, NULL)
                             : ck_elab_expr(c, t->kid[0]);
    default:
        return typed(V_FORMULA, connective(c, t), NULL, NULL);
    }
}
