/*
 * Expressions: their grammar, and the values that they stand for (language.md, 2 to 6).
 *
 * An expression is read three times, from its tokens, by the same functions: for the grammar, for
 * names, and for types, when it has a value.  A call reads the definition again.
 */
#include "elab.h"

enum { MAX_NESTING = 200, MAX_CALLS = 100000, MAX_CHAIN = 1000 };

/* Levels of the grammar, loosest first; behind them what is no chain of operators. */
enum { IFF, IMP, OR, AND, LAB, UN, REL, TERM, PROD, NEG, POST, CALL, OTHER };

/* Words before `set`: sorts, linear ones first. */
static const struct {
    const char *word;
    char kind;
    int ndims;
} kinds[] = {{"scalar", 's', 0}, {"vector", 'v', 1},   {"matrix", 'm', 2}, {"subspace", 'S', 1},
             {"model", 'M', 1},  {"dim", 'd', 0},      {"token", 't', 0},  {"context", 'x', 0},
             {"query", 'q', 0},  {"contexts", 'X', 0}, {"tokens", 'X', 0}, {"set", 'X', 0},
             {"formula", 'f', 0}};
enum { NLINEAR = 3, NSORTS = 11 };

/* A word for it in messages; of a sort, the one of the language. */
static const char *kind_word(char kind) {
    long i = CK_COUNT(kinds) - 1;

    while (i > 0 && kinds[i].kind != kind) i--;
    return kinds[i].word;
}

/* ---- tokens ---- */

bool ck_is(const ck_tok *t, const char *word) {
    return t->kind == 'k' && strcmp(t->text, word) == 0;
}

bool ck_accept(ck_elab *c, const char *word) {
    bool yes = ck_is(c->t, word);

    c->t += yes;
    return yes;
}

void ck_unexpected(const ck_elab *c, const char *wanted) {
    ck_error(c->t, "syntax", "%s where %s is needed", c->t->text, wanted);
}

void ck_need(ck_elab *c, const char *word) {
    if (!ck_accept(c, word)) ck_unexpected(c, word);
}

ck_tok *ck_need_kind(ck_elab *c, char kind, const char *wanted) {
    if (c->t->kind != kind) ck_unexpected(c, wanted);
    return c->t++;
}

ck_tok *ck_need_name(ck_elab *c) {
    if (c->t->kind == 'k' && (c->t->text[0] | 32) >= 'a' && (c->t->text[0] | 32) <= 'z')
        ck_error(c->t, "reserved", "%s is a reserved word", c->t->text);
    return ck_need_kind(c, 'n', "a name");
}

ck_tok *ck_need_small(ck_elab *c) {
    if (c->t->kind == 'i' && strlen(c->t->text) > 9)
        ck_error(c->t, "number", "a number of more than 9 digits");
    return ck_need_kind(c, 'i', "a number");
}

static void deeper(ck_elab *c) {
    if (++c->nesting > MAX_NESTING) ck_error(c->t, "nesting", "nesting deeper than 200");
}

/* The word or bracket over what is one level deeper. */
static void open(ck_elab *c, const char *bracket) {
    if (!ck_is(c->t, bracket)) ck_unexpected(c, bracket);
    deeper(c);
    c->t++;
}

/* The bracket that ends it. */
static void shut(ck_elab *c, const char *bracket) {
    ck_need(c, bracket);
    c->nesting--;
}

/* ---- values ---- */

ck_val ck_fits(ck_val v, const char *letters) {
    if (strchr(letters, v.kind) == NULL)
        ck_error(v.at, "type", "a %s does not fit here", kind_word(v.kind));
    return v;
}

/* A value of which no more is known than its type. */
static ck_val typed(char kind, const ck_node *node, const char *d, const char *e) {
    return (ck_val){.kind = kind, .node = node, .d = d, .e = e};
}

static ck_val formula(const ck_node *node) { return typed('f', node, NULL, NULL); }

/* The value of a node of the same type; it is not just a dimension or an element any more. */
static ck_val same_type(ck_val v, const ck_node *node) {
    return typed(v.kind, node, v.kind == 's' ? NULL : v.d, v.e);
}

/* Dimensions of a and of another value; the error is told at a. */
static void same_dim(ck_val a, const char *d, const char *e) {
    if (d != e) ck_error(a.at, "shape", "dimensions %s and %s", d, e);
}

static void same_shape(ck_val a, ck_val b) {
    if (a.kind != b.kind) ck_error(a.at, "type", "%s and %s", kind_word(a.kind), kind_word(b.kind));
    if (a.kind == 's') return;
    same_dim(a, a.d, b.d);
    same_dim(a, a.e, b.e);
}

/* ---- names, sets, dimensions ---- */

/* The innermost declaration of a name, or NULL. */
static ck_scope *find(const ck_elab *c, const char *name) {
    ck_scope *s = c->scope;

    while (s != NULL && s->name != name) s = s->up;
    return s;
}

ck_tok *ck_new_name(ck_elab *c) {
    ck_tok *name = ck_need_name(c);

    if (c->pass != CK_GRAMMAR && find(c, name->text) != NULL)
        ck_error(name, "duplicate-name", "%s is declared already", name->text);
    return name;
}

void ck_declare(ck_elab *c, const ck_tok *name, ck_val v) {
    ck_scope *s = ck_new(sizeof *s);

    v.mark = 0;
    *s = (ck_scope){name->text, v, c->scope};
    c->scope = s;
}

long ck_names(ck_elab *c, bool bound) {
    ck_scope *outer = c->scope;
    long n = 0;

    do {
        if (bound) deeper(c);
        ck_declare(c, ck_new_name(c), (ck_val){0});
        n++;
    } while (ck_accept(c, ","));
    c->scope = outer;
    return n;
}

/* What a name stands for. */
static ck_val lookup(ck_elab *c, const ck_tok *t) {
    ck_scope *s = find(c, t->text);
    ck_val v = s != NULL ? s->val : (ck_val){0};

    if (s == NULL && c->pass != CK_GRAMMAR)
        ck_error(t, "unknown-name", "%s is not declared", t->text);
    v.at = t;
    return v;
}

/* The dimension that a value is. */
static const char *dimension(ck_val v) {
    if (v.kind != 's' || v.d == NULL) ck_error(v.at, "type", "a dimension is needed");
    return v.d;
}

/* A dimension as a term. */
static ck_val size(ck_elab *c, const char *dim) {
    return typed('s', ck_named(c->core, CK_SIZE, dim, NULL), dim, NULL);
}

/* A literal, in lowest terms. */
static ck_val number(ck_elab *c, const char *text) {
    ck_val v = {.kind = 's', .mark = strcmp(text, "0") == 0 ? '0' : 0};
    mpq_t q;

    mpq_init(q);
    CK_ASSERT(mpq_set_str(q, text, 10) == 0);
    mpq_canonicalize(q);
    text = ck_internf("%s", mpq_get_str(NULL, 10, q));
    v.node = ck_named(c->core, CK_RAT, text, NULL);
    if (strchr(text, '/') == NULL && strlen(text) <= 9) v.d = text;
    return v;
}

/* The part of the set S for the query q: S/q. */
static ck_val part(ck_val s, ck_val q) {
    if (s.tokens || s.query != NULL)
        ck_error(s.at, "type", "only a set of contexts has a part for a query");
    s.query = q.name;
    s.set = ck_internf("%s/%s", s.base, s.query);
    return s;
}

/* x.q */
static ck_val concatenate(ck_elab *c, ck_val x, ck_val q) {
    if (x.query != q.name)
        ck_error(x.at, "partial", "the context is not bound over a set /%s", q.name);
    return (ck_val){.kind = 'x', .cat = x.base, .node = ck_named(c->core, CK_CAT, q.name, x.node)};
}

/* Does x index the vector v? 5.4 */
static bool indexes(ck_val v, ck_val x) {
    const char *s = v.d[0] == '#' ? ck_intern(v.d + 1, strlen(v.d + 1)) : NULL;

    return s != NULL &&
           (x.set == s || x.base == s || x.cat == s || strcmp(s, x.kind == 't' ? "Y" : "X") == 0);
}

/* The given of this sort; its value. */
ck_val ck_elab_given(ck_elab *c, const char *name, ck_val v) {
    if (v.kind == 'd') return size(c, name);
    v.name = name;
    if (v.kind == 'X') v.set = v.base = name;
    if (strchr("svmStx", v.kind) != NULL)
        v.node = ck_node_make(c->core, (ck_node){.op = CK_PAR, .k = -1, .t = {name, v.d, v.e}});
    return v;
}

/* ---- binders ---- */

/* See ck_make. */
static const ck_node *make(ck_elab *c, ck_op op, const ck_node *a, const ck_node *b) {
    return ck_make(c->core, op, a, b);
}

/* The variable of the binder `op` over dom; nodes of different types are different. */
static ck_val variable(ck_elab *c, ck_op op, ck_val dom) {
    ck_node n = {.op = CK_UNK, .k = c->core->fresh++, .t = {NULL, dom.d, dom.e}};

    if (dom.kind == 'X' || (dom.kind == 'S' && op == CK_ALLIN))
        n.op = dom.kind == 'X' ? CK_VAR : CK_VEC;
    dom.kind = dom.kind == 'S' ? 'v' : dom.kind != 'X' ? dom.kind : dom.tokens ? 't' : 'x';
    n.t[0] = kind_word(dom.kind);
    dom.node = ck_node_make(c->core, n);
    return dom;
}

/* The binder `op` of this variable over dom, with 6.2 to 6.4; t is told in errors. */
static const ck_node *bind(ck_elab *c, const ck_tok *t, ck_op op, const ck_node *var, ck_val dom,
                           ck_val scope) {
    ck_node n = {.op = op, .k = var->k, .t = {dom.set}, .a = {dom.node, scope.node}};
    const ck_node *made, *space;
    bool bad = dom.kind != 'X' && op != CK_ALLIN && ck_alternates(scope.node, var->k, false);

    if (op == CK_SUM || op == CK_COLS) {
        n.t[1] = scope.kind == 's' ? NULL : scope.d;
        n.t[2] = scope.e;
    } else if (dom.kind != 'X' && dom.node == NULL) {
        memcpy(n.t, var->t, sizeof n.t);
    } else if (op == CK_SOL || op == CK_EX) {
        n.t[0] = "in";
    }
    c->core->at = t;
    made = ck_node_make(c->core, n);
    if (dom.kind == 'X') return made;
    space = op == CK_SOL ? made : dom.node;
    for (long i = 0; space != NULL && i < space->nfree; i++)
        bad = bad || space->free[i].op == CK_UNK;
    if (bad) ck_error(t, "alternation", "an unknown is mentioned where it may not be");
    if (op != CK_EX && !ck_homogeneous(scope.node, var->k, op == CK_SOL))
        ck_error(t, "homogeneous", "not homogeneous linear in the bound vector");
    return made;
}

/* `before` stands in front of the body; that of `span` stands in front of the binds, too. */
typedef struct {
    const char *word, *before;
    int level;                 /* of the body */
    const char *domain, *body; /* kinds */
    bool many;                 /* binds */
    ck_op op[2];               /* over a set; over a space */
} binder;
static const binder binders[] = {{"forall", ":", IFF, "XS", "f", true, {CK_ALL, CK_ALLIN}},
                                 {"exists", ":", IFF, "XS", "f", true, {CK_ANY, CK_EX}},
                                 {"sum", ":", PROD, "X", "svm", false, {CK_SUM}},
                                 {"span", "|", TERM, "X", "v", true, {CK_COLS}},
                                 {"{", "|", IFF, "S", "f", false, {0, CK_SOL}}};
enum { NQUANTIFIERS = 2 };

/* The value of the binder with one variable over dom and this body. */
static ck_val bound(ck_elab *c, const binder *b, const ck_tok *t, const ck_node *var, ck_val dom,
                    ck_val v) {
    ck_op op = b->op[dom.kind != 'X'];
    bool lin = op == CK_ALLIN && dom.kind != 'S'; /* not exists not */

    if (lin) v.node = make(c, CK_NOT, v.node, NULL);
    v.node = bind(c, t, lin ? CK_EX : op, var, dom, v);
    if (lin) v.node = make(c, CK_NOT, v.node, NULL);
    return op == CK_SOL ? typed('S', v.node, dom.d, NULL) : same_type(v, v.node);
}

/* ---- what is made of operands ---- */

/* Beside operations of the core. */
enum { EQUIVALENT = CK_EX + 1, IMPLIES, UNEQUAL, SUBTRACT, MEET, NEGATE };
enum { COUNT = NEGATE + 1, PART, MODEL_DIM, IMAGE, PERP, ROWS, COLS, ALL };

/* kinds of the operands: "=" is the type of the first one, "" none, or not told here. */
typedef struct {
    ck_op op;
    const char *word;
    int level;
    const char *a, *b;
} rule;
static const rule rules[] = {
    {EQUIVALENT, "<->", IFF, "f", "f"}, {IMPLIES, "->", IMP, "f", "f"},
    {CK_OR, "or", OR, "f", "f"},        {CK_AND, "and", AND, "f", "f"},
    {CK_EQ, "=", REL, "", ""},          {UNEQUAL, "!=", REL, "", ""},
    {CK_LE, "<=", REL, "sS", "="},      {CK_LT, "<", REL, "s", "="},
    {CK_WITHIN, "in", REL, "vm", "S"},  {CK_ADD, "+", TERM, "svmS", "="},
    {SUBTRACT, "-", TERM, "svm", "="},  {MEET, "&", TERM, "S", "="},
    {CK_MUL, "*", PROD, "svm", "svm"},  {CK_PROJ, "proj", CALL, "S", ""},
    {IMAGE, "image", CALL, "m", "S"},   {PERP, "perp", CALL, "S", ""},
    {CK_DIM, "dim", CALL, "S", ""},     {CK_TR, "tr", CALL, "svm", ""},
    {COLS, "colspace", CALL, "vm", ""}, {ROWS, "rowspace", CALL, "vm", ""},
    {CK_ID, "id", CALL, "s", ""},       {ALL, "all", CALL, "s", ""},
    {CK_NOT, "not", OTHER, "f", ""},    {NEGATE, "-", OTHER, "svm", ""},
    {CK_F, ".f", OTHER, "M", "x"},      {CK_G, ".g", OTHER, "M", "t"},
    {CK_CAT, ".", OTHER, "x", "q"},     {MODEL_DIM, ".dim", OTHER, "M", ""},
    {CK_IDX, "[", OTHER, "v", "tx"},    {CK_DOT, "<", OTHER, "v", "="},
    {COUNT, "#", OTHER, "X", ""},       {PART, "/", OTHER, "X", "q"},
    {CK_BASE, "base", OTHER, "", ""},   {CK_RAT, "0", OTHER, "", ""}};

/* -a */
static const ck_node *minus(ck_elab *c, const ck_node *a) {
    return make(c, CK_SCALE, ck_named(c->core, CK_RAT, ck_intern("-1", 2), NULL), a);
}

/* S <= T */
static const ck_node *included(ck_elab *c, ck_val s, ck_val t) {
    return make(c, CK_WITHIN, make(c, CK_GENS, s.node, NULL), t.node);
}

/* P -> Q */
static const ck_node *implied(ck_elab *c, ck_val p, ck_val q) {
    return make(c, CK_OR, make(c, CK_NOT, p.node, NULL), q.node);
}

/* a = b */
static const ck_node *equation(ck_elab *c, ck_val a, ck_val b) {
    if (a.mark == '0' || b.mark == '0') { /* first the one on the right */
        ck_val v = ck_fits(b.mark == '0' ? a : b, "svmS");

        return make(c, CK_ZERO, v.kind == 'S' ? make(c, CK_GENS, v.node, NULL) : v.node, NULL);
    }
    ck_fits(a, "svmStx");
    if (a.kind == b.kind && strchr("tx", a.kind) != NULL) return make(c, CK_SAME, a.node, b.node);
    same_shape(a, b);
    if (a.kind == 'S') return make(c, CK_AND, included(c, a, b), included(c, b, a));
    return make(c, CK_EQ, a.node, b.node);
}

/* a * b, which are scalars, vectors or matrices */
static ck_val product(ck_elab *c, ck_val a, ck_val b) {
    if (a.kind == 's') return same_type(b, make(c, CK_SCALE, a.node, b.node));
    if (b.kind == 's') return same_type(a, make(c, CK_SCALE, b.node, a.node));
    ck_fits(a, "m");
    same_dim(a, a.e, b.d);
    return typed(b.kind, make(c, CK_MUL, a.node, b.node), a.d, b.e);
}

/* The set of all v with p(v): of S & T, and of perp(S). */
static ck_val solutions(ck_elab *c, const ck_tok *t, ck_op op, ck_val s, const ck_node *with) {
    ck_val dom = op == MEET ? s : typed('v', NULL, s.d, NULL), v = variable(c, CK_SOL, dom), p = v;

    if (op == MEET)
        p.node = make(c, CK_WITHIN, v.node, with);
    else
        p.node = make(c, CK_ZERO, make(c, CK_MUL, with, v.node), NULL);
    return typed('S', bind(c, t, CK_SOL, v.node, dom, p), s.d, NULL);
}

/* tr(a) */
static ck_val transposed(ck_elab *c, ck_val a) {
    const char *rows = a.kind == 'v' ? ck_intern("1", 1) : a.e;

    a.node = make(c, CK_TR, a.node, NULL);
    return a.kind == 's' ? same_type(a, a.node) : typed('m', a.node, rows, a.d);
}

/* id(d) */
static ck_val identity(ck_elab *c, const char *d) {
    return typed('m', ck_named(c->core, CK_ID, d, NULL), d, d);
}

/* Formulas made of operands that fit. */
static ck_val make_formula(ck_elab *c, ck_op op, ck_val a, ck_val b) {
    const ck_node *p;

    switch (op) {
    case CK_NOT: return formula(make(c, CK_NOT, a.node, NULL));
    case CK_AND: /* a dropped conjunct is left out */
        if (a.mark == 'd' || b.mark == 'd') return a.mark == 'd' ? b : a;
        return formula(make(c, CK_AND, a.node, b.node));
    case IMPLIES: return formula(implied(c, a, b));
    case EQUIVALENT: p = implied(c, a, b); return formula(make(c, CK_AND, p, implied(c, b, a)));
    case CK_EQ: return formula(equation(c, a, b));
    case UNEQUAL: return formula(make(c, CK_NOT, equation(c, a, b), NULL));
    case CK_WITHIN: same_dim(a, a.d, b.d); return formula(make(c, CK_WITHIN, a.node, b.node));
    default: /* or <= < */
        return formula(a.kind == 'S' ? included(c, a, b) : make(c, op, a.node, b.node));
    }
}

/* Terms, spaces, elements and sets made of operands that fit; t: the operator, or the number. */
static ck_val make_term(ck_elab *c, const ck_tok *t, ck_op op, ck_val a, ck_val b) {
    ck_node n = {.op = op, .k = -1, .t = {a.name, a.d}, .a = {b.node}};

    switch (op) {
    case CK_RAT: return number(c, t->text);
    case CK_BASE: return typed('t', make(c, CK_BASE, NULL, NULL), NULL, NULL);
    case COUNT: return size(c, ck_internf("#%s", a.set));
    case MODEL_DIM: return size(c, a.d);
    case PART: return part(a, b);
    case CK_CAT: return concatenate(c, a, b);
    case CK_F:
    case CK_G: return typed('v', ck_node_make(c->core, n), a.d, NULL);
    case CK_IDX:
        if (!indexes(a, b)) ck_error(a.at, "type", "this is no index of the vector");
        n = (ck_node){
            .op = op, .k = -1, .t = {ck_intern(a.d + 1, strlen(a.d + 1))}, .a = {a.node, b.node}};
        return typed('s', ck_node_make(c->core, n), NULL, NULL);
    case CK_DOT:
    case CK_DIM: return typed('s', make(c, op, a.node, b.node), NULL, NULL);
    case NEGATE: return same_type(a, minus(c, a.node));
    case SUBTRACT: return same_type(a, make(c, CK_ADD, a.node, minus(c, b.node)));
    case CK_ADD: return same_type(a, make(c, a.kind == 'S' ? CK_JOIN : CK_ADD, a.node, b.node));
    case CK_MUL: return product(c, a, b);
    case CK_TR: return transposed(c, a);
    case CK_ID: return identity(c, dimension(a));
    case CK_PROJ: return typed('m', make(c, CK_PROJ, a.node, identity(c, a.d).node), a.d, a.d);
    case MEET: return solutions(c, t, op, a, b.node);
    case PERP:
        b.node = make(c, CK_TR, make(c, CK_GENS, a.node, NULL), NULL);
        return solutions(c, t, op, a, b.node);
    case ALL: a = identity(c, dimension(a)); break;
    case ROWS: a = transposed(c, a); break;
    case IMAGE:
        same_dim(a, a.e, b.d);
        a.node = make(c, CK_MUL, a.node, make(c, CK_GENS, b.node, NULL));
    }
    return typed('S', make(c, CK_SPAN, a.node, NULL), a.d, NULL);
}

/* The value of an operation on what was read; t: where. */
static ck_val apply(ck_elab *c, ck_op op, const ck_tok *t, ck_val a, ck_val b) {
    const rule *r = rules;
    ck_val v = {0};

    if (c->pass != CK_TYPES) return v;
    while (r->op != op) r++;
    if (r->a[0] != '\0') ck_fits(a, r->a);
    if (r->b[0] == '=')
        same_shape(a, b);
    else if (r->b[0] != '\0')
        ck_fits(b, r->b);
    c->core->at = t;
    v = r->level <= REL || op == CK_NOT ? make_formula(c, op, a, b) : make_term(c, t, op, a, b);
    v.at = t;
    return v;
}

/* ---- reading ---- */

static const ck_val nothing;

static ck_val expr(ck_elab *c, int level);

/* X, Y or NAME, perhaps with its part for a query. */
static ck_val set_or_name(ck_elab *c) {
    ck_tok *t = c->t;
    ck_val v = {.kind = 'X', .at = t, .set = t->text, .base = t->text, .tokens = ck_is(c->t, "Y")};

    if (!ck_accept(c, "X") && !ck_accept(c, "Y")) v = lookup(c, ck_need_kind(c, 'n', "a set"));
    return ck_accept(c, "/") ? apply(c, PART, t, v, lookup(c, ck_need_name(c))) : v;
}

/* "#" set */
static ck_val card(ck_elab *c) {
    ck_tok *t = c->t;

    ck_need(c, "#");
    return apply(c, COUNT, t, set_or_name(c), nothing);
}

/* The rule dim; NULL before types. */
static const char *dim(ck_elab *c) {
    ck_tok *t = c->t;
    ck_val v = ck_is(c->t, "#") ? card(c)
               : t->kind == 'i' ? apply(c, CK_RAT, ck_need_small(c), nothing, nothing)
                                : lookup(c, ck_need_kind(c, 'n', "a dimension"));

    if (t->kind == 'n' && ck_accept(c, ".")) {
        ck_need(c, "dim");
        v = apply(c, MODEL_DIM, t, v, nothing);
    }
    return c->pass == CK_TYPES ? dimension(v) : NULL;
}

ck_val ck_sort(ck_elab *c, bool linear) {
    ck_val v = {.at = c->t, .tokens = ck_is(c->t, "tokens")};
    long i = 0, n = linear ? NLINEAR : NSORTS;

    while (i < n && !ck_accept(c, kinds[i].word)) i++;
    if (i < n) v.kind = kinds[i].kind;
    if (i == n || kinds[i].ndims == 0) return v;
    ck_need(c, "(");
    v.d = dim(c);
    if (kinds[i].ndims > 1) ck_need(c, ",");
    if (kinds[i].ndims > 1) v.e = dim(c);
    ck_need(c, ")");
    return v;
}

/* Reads what is not looked at here or now. */
static void skip(ck_elab *c, int level) {
    ck_pass pass = c->pass;

    c->pass = CK_GRAMMAR;
    expr(c, level);
    c->pass = pass;
}

/* What stands in brackets. */
static ck_val bracketed(ck_elab *c, const char *left, int level, const char *right) {
    ck_val v;

    open(c, left);
    v = expr(c, level);
    shut(c, right);
    return v;
}

/* The binder from number i on whose word is here, or NULL. */
static const binder *binder_at(const ck_elab *c, long i, long end) {
    while (i < end && !ck_is(c->t, binders[i].word)) i++;
    return i < end ? &binders[i] : NULL;
}

/* bind {"," bind} and the body of the binder at t; `nesting` is that of a body in front. */
static ck_val scoped(ck_elab *c, const binder *b, ck_tok *t, int nesting) {
    ck_scope *outer = c->scope;
    ck_tok *first = c->t, *end;
    bool types = c->pass == CK_TYPES;
    ck_val dom, v = nothing;
    const char *domains = b->domain;
    long n;

    if (types && b->op[1] == CK_SOL &&
        (!ck_is(first + 1, "in") || ck_is(first + 2, "scalar") || ck_is(first + 2, "matrix")))
        ck_error(first, "homogeneous", "a set-builder has one variable, a vector");
    n = ck_names(c, true);
    ck_need(c, "in");
    dom = ck_sort(c, true);
    if (dom.kind == 0)
        dom = expr(c, TERM);
    else if (b->level == IFF)
        domains = "svm";
    if (types) ck_fits(dom, domains);
    for (long i = 0; i < n && c->pass != CK_GRAMMAR; i++)
        ck_declare(c, &first[2 * i], types ? variable(c, b->op[dom.kind != 'X'], dom) : nothing);
    if (b->many && ck_accept(c, ",")) {
        v = scoped(c, b, t, nesting);
    } else if (b->op[0] != CK_COLS) {
        ck_need(c, b->before);
        v = expr(c, b->level);
    } else if (c->pass != CK_GRAMMAR) {
        end = c->t;
        c->t = t + 2;
        c->nesting = nesting;
        v = expr(c, b->level);
        c->t = end;
    }
    if (types) ck_fits(v, b->body);
    for (ck_scope *s = c->scope; types && s != outer; s = s->up)
        v = bound(c, b, t, s->val.node, dom, v);
    c->scope = outer;
    return v;
}

/* A quantifier, sum, span or set-builder, whose word is here. */
static ck_val read_binder(ck_elab *c, const binder *b) {
    ck_tok *t = c->t;
    int nesting = c->nesting;
    bool span = ck_accept(c, "span"), braces = b->before[0] == '|';
    ck_val v;

    if (braces) open(c, "{");
    c->t += !braces;
    if (span) { /* the term is read behind the binds */
        skip(c, TERM);
        ck_need(c, b->before);
    }
    v = scoped(c, b, t, c->nesting);
    if (braces) ck_need(c, "}");
    c->nesting = nesting;
    return span ? apply(c, COLS, t, v, nothing) : v;
}

/* "(" [args] ")" behind t, as many as wanted. */
static ck_val *arguments(ck_elab *c, ck_tok *t, long wanted) {
    ck_val *list = NULL;
    long n = 0;

    if (c->pass != CK_GRAMMAR && t->count != wanted)
        ck_error(t, "arity", "%s takes %ld arguments", t->text, wanted);
    open(c, "(");
    if (!ck_is(c->t, ")")) do {
            ck_val v = expr(c, IFF);

            CK_PUSH(list, n, v);
        } while (ck_accept(c, ","));
    shut(c, ")");
    t->count = n;
    return list;
}

/* builtin "(" [args] ")" */
static ck_val builtin(ck_elab *c) {
    ck_tok *t = c->t;
    ck_val *arg;
    long i = 0;

    while (i < CK_COUNT(rules) && !(rules[i].level == CALL && ck_is(c->t, rules[i].word))) i++;
    if (i == CK_COUNT(rules)) ck_unexpected(c, "an expression");
    c->t++;
    arg = arguments(c, t, rules[i].b[0] != '\0' ? 2 : 1);
    if (c->pass != CK_TYPES) return nothing;
    return apply(c, rules[i].op, t, arg[0], rules[i].b[0] != '\0' ? arg[1] : nothing);
}

/* NAME "(" [args] ")": the value of the body of the definition in a scope of its own. */
static ck_val call(ck_elab *c) {
    ck_elab inner = *c;
    ck_tok *t = c->t++;
    ck_def *def = NULL;
    ck_val *arg, v;

    for (long i = 0; i < c->ndefs && def == NULL; i++)
        if (c->def[i]->name == t->text) def = c->def[i];
    if (c->pass != CK_GRAMMAR && (def == NULL || def == c->inside))
        ck_error(t, def == NULL ? "unknown-name" : "recursive", "there is no %s above", t->text);
    arg = arguments(c, t, def != NULL ? def->nparams : 0);
    if (c->pass != CK_TYPES) return nothing;
    inner.t = def->body;
    inner.scope = NULL;
    inner.inside = def;
    inner.nesting = 0;
    inner.depth += c->nesting + 1;
    if (++c->core->calls > MAX_CALLS || inner.depth > MAX_CHAIN)
        ck_error(t, "expansion", "too many calls");
    for (long i = 0; i < def->nparams; i++) ck_declare(&inner, &def->param[2 * i], arg[i]);
    v = expr(&inner, IFF);
    v.mark = 0;
    return v;
}

/* The rule prim. */
static ck_val prim(ck_elab *c) {
    const binder *b = binder_at(c, NQUANTIFIERS, CK_COUNT(binders));
    ck_tok *t = c->t;
    ck_val v, w;

    if (t->kind == 'n' && ck_is(t + 1, "(")) return call(c);
    if (t->kind == 'n' || ck_is(c->t, "X") || ck_is(c->t, "Y")) return set_or_name(c);
    if (b != NULL) return read_binder(c, b);
    if (ck_is(c->t, "#")) return card(c);
    if (ck_is(c->t, "(")) return bracketed(c, "(", IFF, ")");
    if (ck_is(c->t, "<")) {
        open(c, "<");
        v = expr(c, TERM);
        ck_need(c, ",");
        w = expr(c, TERM);
        shut(c, ">");
        return apply(c, CK_DOT, t, v, w);
    }
    if (ck_accept(c, "base")) return apply(c, CK_BASE, t, nothing, nothing);
    if (t->kind != 'i' && t->kind != 'r') return builtin(c);
    c->t++;
    return apply(c, CK_RAT, t, nothing, nothing);
}

/* The rule post. */
static ck_val post(ck_elab *c) {
    ck_tok *t = c->t, *name;
    ck_val v = prim(c);

    for (v.at = t; ck_is(c->t, "[") || ck_accept(c, "."); v.at = t) {
        if (ck_is(c->t, "[")) {
            v = apply(c, CK_IDX, t, v, bracketed(c, "[", POST, "]"));
        } else if (ck_accept(c, "dim")) {
            v = apply(c, MODEL_DIM, t, v, nothing);
        } else {
            name = ck_need_name(c);
            if (ck_is(c->t, "(") && strcmp(name->text, "f") == 0)
                v = apply(c, CK_F, t, v, bracketed(c, "(", TERM, ")"));
            else if (ck_is(c->t, "(") && strcmp(name->text, "g") == 0)
                v = apply(c, CK_G, t, v, bracketed(c, "(", TERM, ")"));
            else
                v = apply(c, CK_CAT, t, v, lookup(c, name));
        }
    }
    return v;
}

/* NAME ":" un; `true`, with a mark, if it is dropped */
static ck_val labelled(ck_elab *c) {
    const char *label = c->t->text;
    ck_def *def = c->inside;
    bool dropped = false;
    ck_val v;

    for (long i = 0; c->pass == CK_NAMES && i < def->nlabels; i++)
        if (def->label[i] == label) ck_error(c->t, "label", "the label %s is used twice", label);
    if (c->pass == CK_NAMES) CK_PUSH(def->label, def->nlabels, label);
    for (long i = 0; c->pass == CK_TYPES && def != NULL && i < c->ndrops; i++)
        dropped = dropped || strcmp(c->drop[i], ck_internf("%s.%s", def->name, label)) == 0;
    c->t += 2;
    if (dropped) skip(c, UN);
    v = dropped ? formula(make(c, CK_TRUE, NULL, NULL)) : expr(c, UN);
    v.mark = dropped ? 'd' : 0;
    return v;
}

/* Operators of this level and tighter ones; at most `top` may follow what is read. */
static ck_val expr(ck_elab *c, int level) {
    const binder *b = binder_at(c, 0, NQUANTIFIERS);
    ck_tok *first = c->t;
    int top = AND;
    ck_val v, w;

    if (level <= LAB && first->kind == 'n' && ck_is(first + 1, ":")) {
        v = labelled(c);
    } else if (level <= UN && b != NULL) {
        v = read_binder(c, b);
    } else if ((level <= NEG && ck_is(first, "-")) || (level <= UN && ck_is(first, "not"))) {
        top = ck_is(first, "-") ? PROD : AND;
        open(c, first->text);
        v = top == PROD ? post(c) : expr(c, UN);
        v = apply(c, top == PROD ? NEGATE : CK_NOT, first, v, nothing);
        c->nesting--;
    } else {
        top = PROD;
        v = post(c);
    }
    for (bool chain = false;; chain = true) {
        const rule *r = rules;
        ck_tok *t = c->t;
        bool right;

        v.at = first;
        while (r->level < CALL && !(level <= r->level && r->level <= top && ck_is(t, r->word))) r++;
        if (chain && r->op != CK_AND) v.mark = 0;
        if (r->level >= CALL) return v;
        right = r->level == IMP;
        if (right) open(c, "->");
        c->t += !right;
        w = expr(c, r->level + !right);
        c->nesting -= right;
        v = apply(c, r->op, t, v, w);
        top = right || r->level == IFF || r->level == REL ? r->level - 1 : r->level;
    }
}

ck_val ck_expr(ck_elab *c) { return expr(c, IFF); }
