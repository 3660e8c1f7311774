/* Expressions to values: a term, formula, element, set, query or model with its type. */
#include "elab.h"

enum { MAX_CALLS = 100000, MAX_CHAIN = 1000 };

static const char *const kind_words[] = {"scalar",  "vector", "matrix", "subspace", "token",
                                         "context", "set",    "query",  "model",    "formula"};

#define FAIL(c, t, slug, ...) ck_error((c)->src, (t)->at, slug, __VA_ARGS__)
#define WORD(t, word) (strcmp((t)->name, word) == 0)

/* The kind must be one of these letters. */
static ck_val fits(ck_elab *c, const ck_ast *t, ck_val v, const char *kinds) {
    if (strchr(kinds, "svmStxXqMf"[v.kind]) == NULL)
        FAIL(c, t, "type", "a %s does not fit here", kind_words[v.kind]);
    return v;
}

static ck_val need(ck_elab *c, const ck_ast *t, const char *kinds) {
    return fits(c, t, ck_elab_expr(c, t), kinds);
}

static ck_val typed(ck_kind kind, const ck_node *node, const char *d, const char *e) {
    return (ck_val){.kind = kind, .node = node, .d = d, .e = e};
}

static ck_val formula(const ck_node *node) { return typed(V_FORMULA, node, NULL, NULL); }

/* The value of a node of the same type; it is not just a dimension or an element any more. */
static ck_val same_type(ck_val v, const ck_node *node) {
    return typed(v.kind, node, v.kind == V_SCALAR ? NULL : v.d, v.e);
}

static void same_dim(ck_elab *c, const ck_ast *t, const char *a, const char *b) {
    if (a != b) FAIL(c, t, "shape", "dimensions %s and %s", a, b);
}

static void same_shape(ck_elab *c, const ck_ast *t, ck_val a, ck_val b) {
    if (a.kind != b.kind) FAIL(c, t, "type", "%s and %s", kind_words[a.kind], kind_words[b.kind]);
    if (a.kind != V_SCALAR) {
        same_dim(c, t, a.d, b.d);
        same_dim(c, t, a.e, b.e);
    }
}

/* ---- names, sorts ---- */

const ck_scope *ck_find(const ck_scope *s, const char *name) {
    while (s != NULL && s->name != name) s = s->up;
    return s;
}

void ck_new_name(const ck_source *src, const ck_scope *scope, size_t at, const char *name) {
    if (ck_find(scope, name) != NULL)
        ck_error(src, at, "duplicate-name", "%s is declared already", name);
}

void ck_declare(ck_elab *c, size_t at, const char *name, ck_val val) {
    ck_scope *s = ck_new(sizeof *s);

    ck_new_name(c->src, c->scope, at, name);
    *s = (ck_scope){name, val, c->scope};
    c->scope = s;
}

static ck_val lookup(ck_elab *c, const ck_ast *t, const char *name) {
    const ck_scope *s = ck_find(c->scope, name);

    if (s == NULL) FAIL(c, t, "unknown-name", "%s is not declared", name);
    return s->val;
}

static ck_val dim_value(ck_elab *c, const char *dim) {
    return typed(V_SCALAR, ck_named(&c->core, CK_SIZE, dim, NULL), dim, NULL);
}

static const char *dim(ck_elab *c, const ck_ast *t) {
    ck_val v = ck_elab_expr(c, t);

    if (v.kind != V_SCALAR || v.d == NULL) FAIL(c, t, "type", "a dimension is needed");
    return v.d;
}

static ck_val set_value(ck_elab *c, const ck_ast *t) {
    ck_val v = {.kind = V_SET, .set = t->name, .base = t->name, .tokens = WORD(t, "Y")}, q;

    if (!WORD(t, "X") && !WORD(t, "Y")) v = lookup(c, t, t->name);
    q = t->name2 != NULL ? lookup(c, t, t->name2) : v;
    fits(c, t, v, "X");
    if (t->name2 != NULL) {
        if (q.kind != V_QUERY || v.tokens || v.query != NULL)
            FAIL(c, t, "type", "only a set of contexts has a part for a query");
        v.query = q.name;
        v.set = ck_internf("%s/%s", v.base, v.query);
    }
    return v;
}

/* The value without a node of a lin, subspace, model or other sort. */
static ck_val sort_value(ck_elab *c, const ck_ast *t) {
    ck_val v = {.kind = V_SET, .tokens = WORD(t, "tokens")};

    for (int k = V_SCALAR; k <= V_MODEL; k++)
        if (k != V_SET && WORD(t, kind_words[k])) v.kind = (ck_kind)k;
    if (t->n > 0) v.d = dim(c, t->kid[0]);
    if (t->n > 1) v.e = dim(c, t->kid[1]);
    return v;
}

ck_val ck_elab_given(ck_elab *c, const char *name, const ck_ast *sort, ck_given *out) {
    ck_val v;

    *out = (ck_given){name, sort->name, {NULL, NULL}};
    if (WORD(sort, "dim")) return dim_value(c, name);
    v = sort_value(c, sort);
    v.name = name;
    out->d[0] = v.d;
    out->d[1] = v.e;
    if (v.kind == V_SET) v.set = v.base = name;
    if (v.kind <= V_CONTEXT)
        v.node = ck_node_make(&c->core, (ck_node){.op = CK_PAR, .k = -1, .t = {name, v.d, v.e}});
    return v;
}

/* ---- binders ---- */

static ck_val domain(ck_elab *c, const ck_ast *t) {
    ck_val v = t->op == A_SORT ? sort_value(c, t) : ck_elab_expr(c, t);

    return t->op == A_SORT ? v : fits(c, t, v, "XS");
}

/* A variable over the domain; nodes of different types are different. */
static const ck_node *variable(ck_elab *c, ck_op op, long k, ck_val dom) {
    ck_kind kind = dom.kind == V_SET     ? dom.tokens ? V_TOKEN : V_CONTEXT
                   : dom.kind == V_SPACE ? V_VECTOR
                                         : dom.kind;

    return ck_node_make(&c->core,
                        (ck_node){.op = op, .k = k, .t = {kind_words[kind], dom.d, dom.e}});
}

/* Declares a variable; returns its number. */
static long bind(ck_elab *c, const ck_ast *name, ck_val dom, bool forall) {
    long k = c->core.fresh++;
    ck_val v = dom;

    v.node = variable(c,
                      dom.kind == V_SET               ? CK_VAR
                      : forall && dom.kind == V_SPACE ? CK_VEC
                                                      : CK_UNK,
                      k, dom);
    if (dom.kind == V_SET)
        v.kind = dom.tokens ? V_TOKEN : V_CONTEXT;
    else if (dom.kind == V_SPACE)
        v.kind = V_VECTOR;
    ck_declare(c, name->at, name->name, v);
    return k;
}

/* The binder `op` of number k over dom, with 6.2 to 6.4. */
static const ck_node *binder(ck_elab *c, const ck_ast *t, ck_op op, long k, ck_val dom,
                             const ck_node *scope) {
    ck_node n = {.op = op, .k = k, .a = {dom.node, scope}};
    const ck_node *made, *space;
    bool bad;

    if (dom.kind == V_SET)
        n.t[0] = dom.set;
    else if (op != CK_ALLIN) {
        n.t[0] = dom.node != NULL ? "in" : kind_words[dom.kind];
        n.t[1] = dom.node != NULL ? NULL : dom.d;
        n.t[2] = dom.node != NULL ? NULL : dom.e;
    }
    made = ck_bind(&c->core, n);
    if (dom.kind != V_SET) {
        bad = op != CK_ALLIN && ck_alternates(scope, k, false);
        space = op == CK_SOL ? made : dom.node;
        for (long i = 0; space != NULL && i < space->nfree; i++)
            bad = bad || space->free[i].op == CK_UNK;
        if (bad) FAIL(c, t, "alternation", "an unknown is mentioned where it may not be");
        if (op != CK_EX && !ck_homogeneous(scope, k, op == CK_SOL))
            FAIL(c, t, "homogeneous", "not homogeneous linear in the bound vector");
    }
    return made;
}

static const ck_node *quantify(ck_elab *c, const ck_ast *t, long k, ck_val dom, const ck_node *p) {
    bool forall = WORD(t, "forall");

    if (dom.kind == V_SET) return binder(c, t, forall ? CK_ALL : CK_ANY, k, dom, p);
    if (!forall || dom.kind == V_SPACE) return binder(c, t, forall ? CK_ALLIN : CK_EX, k, dom, p);
    p = binder(c, t, CK_EX, k, dom, ck_make_not(&c->core, p));
    return ck_make_not(&c->core, p);
}

/* The names of bind number i of t from the j-th on, then the later binds, then the body. */
static ck_val nest(ck_elab *c, const ck_ast *t, long i, long j, ck_val dom) {
    ck_scope *outer = c->scope;
    bool span = t->op == A_SPAN;
    const ck_ast *b, *body = t->kid[span ? 0 : t->n - 1];
    ck_val v;
    long k;

    if (i == (span ? t->n : t->n - 1)) return ck_elab_expr(c, body);
    b = t->kid[i];
    if (j == 0) {
        for (long n = 0; n < b->n - 1; n++)
            ck_new_name(c->src, c->scope, b->kid[n]->at, b->kid[n]->name);
        dom = domain(c, b->kid[b->n - 1]);
        if (t->op != A_QUANT) fits(c, b->kid[b->n - 1], dom, "X");
    }
    k = bind(c, b->kid[j], dom, t->op == A_QUANT && WORD(t, "forall"));
    v = j + 2 < b->n ? nest(c, t, i, j + 1, dom) : nest(c, t, i + 1, 0, dom);
    c->scope = outer;
    fits(c, body, v, t->op == A_QUANT ? "f" : span ? "v" : "svm");
    return same_type(v, t->op == A_QUANT ? quantify(c, t, k, dom, v.node)
                                         : binder(c, t, span ? CK_COLS : CK_SUM, k, dom, v.node));
}

static ck_val builder(ck_elab *c, const ck_ast *t) {
    const ck_ast *b = t->kid[0], *where = b->kid[b->n - 1];
    ck_scope *outer = c->scope;
    ck_val dom;
    const ck_node *p;
    long k;

    if (b->n != 2 || (where->op == A_SORT && !WORD(where, "vector")))
        FAIL(c, b, "homogeneous", "a set-builder has one variable, a vector");
    ck_new_name(c->src, c->scope, b->kid[0]->at, b->kid[0]->name);
    dom = domain(c, where);
    fits(c, b, dom, "svmS");
    k = bind(c, b->kid[0], dom, false);
    p = need(c, t->kid[1], "f").node;
    c->scope = outer;
    return typed(V_SPACE, binder(c, t, CK_SOL, k, dom, p), dom.d, NULL);
}

/* ---- terms and formulas ---- */

static const ck_node *make(ck_elab *c, ck_op op, const ck_node *a, const ck_node *b) {
    return ck_make(&c->core, op, a, b);
}

static const ck_node *minus_one(ck_elab *c, const ck_node *a) {
    return make(c, CK_SCALE, ck_named(&c->core, CK_RAT, ck_intern("-1", 2), NULL), a);
}

static const ck_node *included(ck_elab *c, const ck_node *s, const ck_node *t) {
    return ck_make_within(&c->core, make(c, CK_GENS, s, NULL), t);
}

static ck_val number(ck_elab *c, const ck_ast *t) {
    mpq_t q;
    const char *text;

    mpq_init(q);
    CK_ASSERT(mpq_set_str(q, t->name, 10) == 0);
    mpq_canonicalize(q);
    text = ck_internf("%s", mpq_get_str(NULL, 10, q));
    return typed(V_SCALAR, ck_named(&c->core, CK_RAT, text, NULL),
                 strchr(text, '/') == NULL && strlen(text) <= 9 ? text : NULL, NULL);
}

static ck_val concatenate(ck_elab *c, const ck_ast *t) {
    ck_val x = ck_elab_expr(c, t->kid[0]), q = lookup(c, t, t->name);

    fits(c, t->kid[0], x, "x");
    fits(c, t, q, "q");
    if (x.query != q.name) FAIL(c, t, "partial", "the context is not bound over a set /%s", q.name);
    return (ck_val){
        .kind = V_CONTEXT, .cat = x.base, .node = ck_named(&c->core, CK_CAT, q.name, x.node)};
}

/* Does x index the vector v? 5.4 */
static bool indexes(ck_val v, ck_val x) {
    const char *s = v.d[0] == '#' ? ck_intern(v.d + 1, strlen(v.d + 1)) : NULL;

    return s != NULL && (x.set == s || x.base == s || x.cat == s ||
                         strcmp(s, x.kind == V_TOKEN ? "Y" : "X") == 0);
}

/* Operators with two operands; both are elaborated before the kind of the first is looked at. */
static ck_val binary(ck_elab *c, const ck_ast *t) {
    static const char *const kinds[][2] = {
        [A_DOT] = {"v", "v"},     [A_F] = {"M", "x"},         [A_G] = {"M", "t"},
        [A_INDEX] = {"v", "tx"},  [A_ADD] = {"svmS", "svmS"}, [A_SUB] = {"svm", "svm"},
        [A_MUL] = {"svm", "svm"}, [A_CAP] = {"S", "S"},       [A_IMP] = {"f", "f"},
        [A_IFF] = {"f", "f"}};
    ck_val a = ck_elab_expr(c, t->kid[0]), b = ck_elab_expr(c, t->kid[1]);
    ck_node f = {.op = t->op == A_F ? CK_F : CK_G, .k = -1, .t = {a.name, a.d}, .a = {b.node}};
    const ck_node *p;
    long k;

    fits(c, t->kid[0], a, kinds[t->op][0]);
    fits(c, t->kid[1], b, kinds[t->op][1]);
    if (t->op == A_DOT || t->op == A_ADD || t->op == A_SUB || t->op == A_CAP)
        same_shape(c, t, a, b);
    switch (t->op) {
    case A_F:
    case A_G: return typed(V_VECTOR, ck_node_make(&c->core, f), a.d, NULL);
    case A_DOT: return typed(V_SCALAR, make(c, CK_DOT, a.node, b.node), NULL, NULL);
    case A_INDEX:
        if (!indexes(a, b)) FAIL(c, t, "type", "this is no index of the vector");
        return typed(V_SCALAR, make(c, CK_IDX, a.node, b.node), NULL, NULL);
    case A_ADD:
    case A_SUB:
        p = t->op == A_SUB ? minus_one(c, b.node) : b.node;
        return same_type(a, make(c, a.kind == V_SPACE ? CK_JOIN : CK_ADD, a.node, p));
    case A_MUL:
        if (a.kind == V_SCALAR) return same_type(b, make(c, CK_SCALE, a.node, b.node));
        if (b.kind == V_SCALAR) return same_type(a, make(c, CK_SCALE, b.node, a.node));
        fits(c, t, a, "m");
        same_dim(c, t, a.e, b.d);
        return typed(b.kind, ck_make_mul(&c->core, a.node, b.node), a.d, b.e);
    case A_CAP:
        k = c->core.fresh++;
        p = ck_make_within(&c->core, variable(c, CK_UNK, k, a), b.node);
        return typed(V_SPACE, binder(c, t, CK_SOL, k, a, p), a.d, NULL);
    default: /* A_IMP, A_IFF */
        p = make(c, CK_OR, ck_make_not(&c->core, a.node), b.node);
        if (t->op == A_IFF)
            p = make(c, CK_AND, p, make(c, CK_OR, ck_make_not(&c->core, b.node), a.node));
        return formula(p);
    }
}

static ck_val complement(ck_elab *c, const ck_ast *t, ck_val s) {
    ck_val dom = typed(V_VECTOR, NULL, s.d, NULL);
    long k = c->core.fresh++;
    const ck_node *b = make(c, CK_TR, make(c, CK_GENS, s.node, NULL), NULL);

    b = make(c, CK_ZERO, ck_make_mul(&c->core, b, variable(c, CK_UNK, k, dom)), NULL);
    return typed(V_SPACE, binder(c, t, CK_SOL, k, dom, b), s.d, NULL);
}

static ck_val builtin(ck_elab *c, const ck_ast *t) {
    bool image = WORD(t, "image"), tr = WORD(t, "tr"), row = WORD(t, "rowspace");
    ck_val a, s;

    if (t->n != 1 + image) FAIL(c, t, "arity", "a wrong number of arguments of %s", t->name);
    if (WORD(t, "id") || WORD(t, "all")) {
        const char *d = dim(c, t->kid[0]);

        a = typed(V_MATRIX, ck_named(&c->core, CK_ID, d, NULL), d, d);
        return t->name[0] == 'i' ? a : typed(V_SPACE, make(c, CK_SPAN, a.node, NULL), d, NULL);
    }
    a = ck_elab_expr(c, t->kid[0]);
    s = image ? ck_elab_expr(c, t->kid[1]) : a;
    fits(c, t->kid[0], a, image ? "m" : tr ? "svm" : row || t->name[0] == 'c' ? "vm" : "S");
    if (image) {
        fits(c, t->kid[1], s, "S");
        same_dim(c, t, a.e, s.d);
        a.node = ck_make_mul(&c->core, a.node, make(c, CK_GENS, s.node, NULL));
    }
    if (tr || row)
        a = typed(a.kind == V_SCALAR ? V_SCALAR : V_MATRIX, make(c, CK_TR, a.node, NULL),
                  a.kind == V_SCALAR   ? NULL
                  : a.kind == V_VECTOR ? ck_intern("1", 1)
                                       : a.e,
                  a.kind == V_SCALAR ? NULL : a.d);
    if (a.kind != V_SPACE)
        return tr ? a : typed(V_SPACE, make(c, CK_SPAN, a.node, NULL), a.d, NULL);
    if (WORD(t, "dim")) return typed(V_SCALAR, make(c, CK_DIM, a.node, NULL), NULL, NULL);
    if (WORD(t, "perp")) return complement(c, t, a);
    a.node = make(c, CK_PROJ, a.node, ck_named(&c->core, CK_ID, a.d, NULL));
    return typed(V_MATRIX, a.node, a.d, a.d);
}

static const ck_node *equation(ck_elab *c, const ck_ast *t, ck_val a, ck_val b) {
    for (int i = 1; i >= 0; i--) { /* a literal 0, first on the right */
        ck_val v = i == 1 ? a : b;

        if (t->kid[i]->op != A_RAT || !WORD(t->kid[i], "0")) continue;
        fits(c, t, v, "svmS");
        return make(c, CK_ZERO, v.kind == V_SPACE ? make(c, CK_GENS, v.node, NULL) : v.node, NULL);
    }
    fits(c, t, a, "svmStx");
    if (a.kind == b.kind && a.kind >= V_TOKEN) return make(c, CK_SAME, a.node, b.node);
    same_shape(c, t, a, b);
    if (a.kind == V_SPACE)
        return make(c, CK_AND, included(c, a.node, b.node), included(c, b.node, a.node));
    return make(c, CK_EQ, a.node, b.node);
}

static const ck_node *relation(ck_elab *c, const ck_ast *t) {
    ck_val a = ck_elab_expr(c, t->kid[0]), b = ck_elab_expr(c, t->kid[1]);

    if (WORD(t, "=")) return equation(c, t, a, b);
    if (WORD(t, "!=")) return ck_make_not(&c->core, equation(c, t, a, b));
    if (WORD(t, "in")) {
        fits(c, t, a, "vm");
        fits(c, t, b, "S");
        same_dim(c, t, a.d, b.d);
        return ck_make_within(&c->core, a.node, b.node);
    }
    fits(c, t, a, WORD(t, "<") ? "s" : "sS");
    same_shape(c, t, a, b);
    return a.kind == V_SPACE ? included(c, a.node, b.node)
                             : make(c, WORD(t, "<") ? CK_LT : CK_LE, a.node, b.node);
}

static bool dropped(ck_elab *c, const ck_ast *t) {
    for (long i = 0; t->op == A_LABEL && c->inside != NULL && i < c->ndrops; i++)
        if (strcmp(c->drop[i], ck_internf("%s.%s", c->inside->name, t->name)) == 0) return true;
    return false;
}

/* The members of a chain of `and` or `or` that are not dropped; at least two for `or`. */
static ck_val chain(ck_elab *c, const ck_ast *t, ck_op op) {
    ck_val all = formula(make(c, CK_TRUE, NULL, NULL));
    const ck_ast *first = NULL; /* its kind is looked at behind the second */

    for (long i = 0; i < t->n; i++) {
        ck_val v;

        if (op == CK_AND && dropped(c, t->kid[i])) continue;
        v = ck_elab_expr(c, t->kid[i]);
        if (first != NULL) {
            fits(c, first, all, "f");
            v.node = make(c, op, all.node, fits(c, t->kid[i], v, "f").node);
        }
        first = t->kid[i];
        all = v;
    }
    return first != NULL ? fits(c, first, all, "f") : all;
}

/* ---- calls ---- */

static ck_val call(ck_elab *c, const ck_ast *t) {
    ck_elab saved;
    const ck_def *def = NULL;
    ck_val v, *arg = ck_new(sizeof *arg * (size_t)(t->n + 1));

    for (long i = 0; i < c->ndefs && def == NULL; i++)
        if (c->def[i].item->name == t->name) def = &c->def[i];
    if (def == NULL) FAIL(c, t, "unknown-name", "there is no definition %s", t->name);
    if (def->item->nnames != t->n)
        FAIL(c, t, "arity", "%s takes %ld arguments", t->name, def->item->nnames);
    c->broken = def->item->error != NULL;
    if (c->broken) FAIL(c, t, "unknown-name", "the definition %s has an error", t->name);
    for (long i = 0; i < t->n; i++) arg[i] = ck_elab_expr(c, t->kid[i]);
    saved = *c;
    c->scope = NULL;
    c->src = def->library->src;
    c->inside = def->item;
    for (long i = 0; i < t->n; i++) ck_declare(c, t->at, def->item->names[i]->name, arg[i]);
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

ck_val ck_elab_expr(ck_elab *c, const ck_ast *t) {
    ck_val v;

    c->at = t->at;
    switch (t->op) {
    case A_NAME: return lookup(c, t, t->name);
    case A_RAT: return number(c, t);
    case A_SET: return set_value(c, t);
    case A_CARD: return dim_value(c, ck_internf("#%s", set_value(c, t->kid[0]).set));
    case A_BASE: return typed(V_TOKEN, ck_make(&c->core, CK_BASE, NULL, NULL), NULL, NULL);
    case A_CALL: return call(c, t);
    case A_BUILTIN: return builtin(c, t);
    case A_BUILDER: return builder(c, t);
    case A_SPAN:
        v = nest(c, t, 1, 0, (ck_val){0});
        return typed(V_SPACE, ck_make(&c->core, CK_SPAN, v.node, NULL), v.d, NULL);
    case A_SUM:
    case A_QUANT: return nest(c, t, 0, 0, (ck_val){0});
    case A_CAT: return concatenate(c, t);
    case A_MDIM: return dim_value(c, need(c, t->kid[0], "M").d);
    case A_NEG: v = need(c, t->kid[0], "svm"); return same_type(v, minus_one(c, v.node));
    case A_NOT: return formula(ck_make_not(&c->core, need(c, t->kid[0], "f").node));
    case A_REL: return formula(relation(c, t));
    case A_AND:
    case A_OR: return chain(c, t, t->op == A_AND ? CK_AND : CK_OR);
    case A_LABEL:
        return dropped(c, t) ? formula(make(c, CK_TRUE, NULL, NULL)) : ck_elab_expr(c, t->kid[0]);
    default: return binary(c, t);
    }
}
