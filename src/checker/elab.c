/*
 * Expressions: their grammar, and the nodes that they stand for (language.md, 2 to 6).
 *
 * An expression is read three times, from its tokens, by the same functions: for the grammar, for
 * names, and for types, when it has a value.  A call reads the definition again.
 */
#include <stdio.h>

#include "elab.h"

enum { MAX_NESTING = 200, MAX_CALLS = 100000, MAX_CHAIN = 1000 };

/* ---- tables ---- */

/* Levels of the grammar, loosest first, and operators; what has arguments in parentheses. */
enum { IFF, IMP, OR, AND, LAB, UN, REL, TERM, PROD, NEG, POST };
static const char *const operators[] = {
    "<->", "->", "or", "and", "=", "!=", "<=", "<", "in", "+", "-", "&", "*"};
static const char levels[] = {IFF, IMP, OR,   AND,  REL,  REL,  REL,
                              REL, REL, TERM, TERM, TERM, PROD, POST};
static const char builtins[] = " proj image perp dim tr colspace rowspace id all ";

/*
 * 5.1 and 5.3: what is written, the kinds of its operands (- there is none, 0 the literal, n a
 * dimension, = the kind and the dimensions of the other one; behind a slash what else must hold, see
 * agree) and the node, as ck_build wants it.  Of rows for the same word the first that fits is meant.
 */
static const char rules[] =
    "<-> f f: and or not a b or not b a; -> f f: or not a b;"
    "or f f: or a b; and f f: and a b; not f -: not a;"
    "= svm 0: zero a; = S 0: zero gens a; = 0 svm: zero b; = 0 S: zero gens b;"
    "= tx =: same a b; = svm =: eq a b; = S =: and within gens a b within gens b a;"
    "<= s =: le a b; < s =: lt a b; <= S =: within gens a b; in vm S/00: within a b;"
    "+ svm =: add a b; - svm =: add a scale rat -1 b; - svm -: scale rat -1 a;"
    "+ S =: join a b; & S =: sol a within unk b;"
    "* s svm: scale a b; * vm s: scale b a; * m vm/10: mul a b; <,> v =: dot a b;"
    "proj S -: proj a id a; perp S -: sol vector a zero mul tr gens a unk; dim S -: dim a;"
    "image m S/10: span mul a gens b; colspace vm -: span a; rowspace vm -: span tr a;"
    "tr svm -: tr a; id n -: id a; all n -: span id a; .dim M -: size a; # XY -: size a;"
    ".f M x: f a b; .g M t: g a b; . x q/q: cat a b; [ v tx/i: idx a b; base - -: base;";

/* `before` stands in front of the body; that of `span` stands in front of the binds, too. */
typedef struct {
    const char *before;
    int level;        /* of the body */
    const char *body; /* its kinds */
    bool many;        /* binds */
    ck_op op[2];      /* over a set; over a space or sort */
} binder;
enum { NQUANTIFIERS = 2, NBINDERS = 5 };
static const char *const binder_words[NBINDERS] = {"forall", "exists", "sum", "span", "{"};
static const binder binders[NBINDERS] = {{":", IFF, "f", true, {CK_ALL, CK_ALLIN}},
                                         {":", IFF, "f", true, {CK_ANY, CK_EX}},
                                         {":", PROD, "svm", false, {CK_SUM}},
                                         {"|", TERM, "v", true, {CK_COLS}},
                                         {"|", IFF, "f", false, {0, CK_SOL}}};

/* The sorts, linear ones first, and what is no sort; their kinds and numbers of dimensions. */
static const char *const sorts[] = {"scalar", "vector", "matrix",   "subspace",
                                    "model",  "dim",    "token",    "context",
                                    "query",  "tokens", "contexts", "formula"};
static const char kinds[] = "svmSMdtxqYXf", ndims[] = "012110000000";
enum { NLINEAR = 3, NSORTS = 11 };

static const ck_val nothing;

/* ---- what is declared ---- */

void **ck_named(ck_elab *c, long space, const char *name) {
    const void *key[] = {(void *)space, name};

    return ck_at(&c->names, key, sizeof key);
}

void ck_declare(ck_elab *c, long space, const ck_tok *t, const char *name, const void *what) {
    if (c->pass == CK_GRAMMAR) return;

    void **at = ck_named(c, space, name);

    if (*at != NULL) ck_error(t, "duplicate-name", "%s is declared already", name);
    *at = (void *)what;
}

void ck_forget(ck_elab *c, const ck_tok *first, long n) {
    for (long i = 0; c->pass != CK_GRAMMAR && i < n; i++)
        *ck_named(c, c->own, first[2 * i].text) = NULL;
}

/* What was just read is one level deeper. */
static void deeper(ck_elab *c) {
    if (++c->nesting > MAX_NESTING) ck_error(c->t - 1, "nesting", "nesting deeper than 200");
}

long ck_names(ck_elab *c, bool bound) {
    const ck_tok *first = c->t;

    do {
        const ck_tok *t = ck_token(c, 'N');

        if (bound) deeper(c);
        ck_declare(c, c->own, t, t->text, t);
    } while (ck_accept(c, ","));

    long n = (c->t - first + 1) / 2; /* with a comma between them */

    ck_forget(c, first, n);
    return n;
}

/* What a name, X or Y stands for. */
static ck_val lookup(ck_elab *c, const ck_tok *t) {
    bool set = t->kind == 'k', types = c->pass == CK_TYPES;
    const void *what = set || c->pass == CK_GRAMMAR ? t : *ck_named(c, c->own, t->text);

    if (what == NULL) ck_error(t, "unknown-name", "%s is not declared", t->text);
    if (set && types)
        what = ck_make(c->core, (ck_node){CK_PAR, .kind = t->text[0], .t = {t->text}});
    return (ck_val){types ? what : NULL, t, 0};
}

/* ---- what is made of operands ---- */

ck_val ck_fits(ck_val v, const char *letters) {
    if (v.node != NULL && strchr(letters, v.node->kind) == NULL)
        ck_error(v.at, "type", "a %s does not fit here",
                 sorts[strchr(kinds, v.node->kind) - kinds]);
    return v;
}

/* The dimension that a node is, or NULL. */
static const char *dimension(const ck_node *n) {
    bool rat = n->op == CK_RAT && strchr(n->t[0], '/') == NULL && strlen(n->t[0]) <= 9;

    return rat || n->op == CK_SIZE ? n->t[0] : NULL;
}

/* Is v of one of these kinds, or what else the rules say? */
static bool is_of(ck_val v, const char *letters) {
    if (letters[0] == '-' || v.node == NULL) return letters[0] == '-' && v.node == NULL;
    if (letters[0] == '0') return v.mark == '0';
    if (letters[0] == 'n') return dimension(v.node) != NULL;
    return strchr(letters, v.node->kind) != NULL;
}

/* Does x index the vector v? 5.4 */
static bool indexes(const ck_node *v, const ck_node *x) {
    const ck_node *s = x->set;

    if (strcmp(v->d[0], x->kind == 't' ? "#Y" : "#X") == 0) return true;
    return s != NULL && (s->d[0] == v->d[0] || (s->a[0] != NULL && s->a[0]->d[0] == v->d[0]));
}

/* What else must hold: equal dimensions, by their numbers; q: bound over a set S/q; i: an index. */
static void agree(const char *must, ck_val a, ck_val b) {
    const ck_node *x = a.node, *y = b.node;

    if (must[0] == 'q' && (x->set == NULL || x->set->t[2] != y->t[0]))
        ck_error(a.at, "partial", "the context is not bound over a set /%s", y->t[0]);
    if (must[0] == 'i' && !indexes(x, y)) ck_error(a.at, "type", "this is no index of the vector");
    for (const char *s = must; *s == '0' || *s == '1'; s += 2)
        if (x->d[s[0] - '0'] != y->d[s[1] - '0'])
            ck_error(a.at, "shape", "dimensions %s and %s", x->d[s[0] - '0'], y->d[s[1] - '0']);
}

/* The value of an operation on what was read; t: where. */
static ck_val apply(ck_elab *c, const char *word, const ck_tok *t, ck_val a, ck_val b) {
    bool good_a = false, good_b = false;
    size_t n = strlen(word);

    if (c->pass != CK_TYPES) return nothing;
    if (strcmp(word, "!=") == 0) return apply(c, "not", t, apply(c, "=", t, a, b), nothing);
    c->core->at = t;
    for (const char *row = rules; *row != '\0'; row = strchr(row, ';') + 1) {
        char kinds_a[8], kinds_b[8];
        int at;

        row += row[0] == ' ';
        if (strncmp(row, word, n) != 0 || row[n] != ' ') continue;
        sscanf(row + n, " %7s %7[^:]: %n", kinds_a, kinds_b, &at);

        bool same = kinds_b[0] == '=', fits_a = is_of(a, kinds_a);
        bool fits_b = same ? b.node != NULL : is_of(b, kinds_b);

        good_a = good_a || fits_a;
        good_b = good_b || fits_b;
        if (!fits_a || !fits_b || (same && a.node->kind != b.node->kind)) continue;
        if (same || strchr(kinds_b, '/') != NULL)
            agree(same ? "0011" : strchr(kinds_b, '/') + 1, a, b);
        if (strcmp(word, "and") == 0 && (a.mark == 'd' || b.mark == 'd'))
            return a.mark == 'd' ? b : a; /* a dropped conjunct is left out */
        row += n + (size_t)at;
        return (ck_val){ck_build(c->core, &row, a.node, b.node, NULL), t, 0};
    }
    return ck_fits(good_a && !good_b ? b : a, "");
}

/* A literal, in lowest terms. */
static ck_val literal(ck_elab *c, const ck_tok *t) {
    mpq_t q;

    if (c->pass != CK_TYPES) return nothing;
    mpq_init(q);
    CK_ASSERT(mpq_set_str(q, t->text, 10) == 0);
    mpq_canonicalize(q);

    const char *text = ck_internf("%s", mpq_get_str(NULL, 10, q));

    return (ck_val){ck_make(c->core, (ck_node){.op = CK_RAT, .t = {text}}), t,
                    strcmp(t->text, "0") == 0 ? '0' : 0};
}

/* S/q */
static ck_val part(ck_elab *c, ck_val s, ck_val q) {
    if (c->pass != CK_TYPES) return nothing;
    if (ck_fits(s, "X").node->a[0] != NULL) ck_error(s.at, "type", "this is a part already");

    const char *query = ck_fits(q, "q").node->t[0],
               *name = ck_internf("%s/%s", s.node->t[0], query);
    ck_node n = {CK_PAR, .kind = 'X', .t = {name, NULL, query}, .a = {s.node}};

    return (ck_val){ck_make(c->core, n), s.at, 0};
}

/* ---- reading ---- */

static ck_val expr(ck_elab *c, int level), prim(ck_elab *c);

/* What is one level deeper than the word or bracket before it, up to `end`, if that is not NULL. */
static ck_val nested(ck_elab *c, int level, const char *end) {
    deeper(c);

    ck_val v = expr(c, level);

    c->nesting--;
    if (end != NULL) ck_need(c, end);
    return v;
}

/* Reads what is not looked at here or now. */
static void skip(ck_elab *c, int level) {
    ck_elab grammar = {CK_GRAMMAR, .t = c->t, .nesting = c->nesting};

    expr(&grammar, level);
    c->t = grammar.t;
}

/* X, Y or NAME, perhaps with its part for a query. */
static ck_val set_or_name(ck_elab *c) {
    ck_tok *t = c->t;
    bool all = ck_accept(c, "X") || ck_accept(c, "Y");
    ck_val v = lookup(c, all ? t : ck_token(c, 'n'));

    return ck_accept(c, "/") ? part(c, v, lookup(c, ck_token(c, 'N'))) : v;
}

/* The rule dim; NULL before types. */
static const char *dim(ck_elab *c) {
    ck_tok *t = c->t;
    ck_val v = ck_is(t, "#")    ? prim(c)
               : t->kind == 'i' ? literal(c, ck_token(c, 'i'))
                                : lookup(c, ck_token(c, 'n'));

    if (t->kind == 'n' && ck_accept(c, ".")) {
        ck_need(c, "dim");
        v = apply(c, ".dim", t, v, nothing);
    }
    const char *d = v.node != NULL ? dimension(v.node) : NULL;
    if (v.node != NULL && d == NULL) ck_error(v.at, "type", "a dimension is needed");
    return d;
}

ck_val ck_sort(ck_elab *c) {
    ck_tok *t = c->t;
    long i = ck_which(t, sorts, NSORTS);
    ck_node n = {CK_SORT, .kind = kinds[i], .t = {t->text}};

    if (i == NSORTS) ck_unexpected(t, "a sort");
    c->t++;
    for (int k = 1; k <= ndims[i] - '0'; k++) {
        ck_need(c, k == 1 ? "(" : ",");
        n.t[k] = dim(c);
    }
    if (ndims[i] > '0') ck_need(c, ")");
    return (ck_val){c->pass == CK_TYPES ? ck_make(c->core, n) : NULL, t, 0};
}

/* bind {"," bind} and the body of the binder at t; `nesting` is that of a body in front. */
static ck_val scoped(ck_elab *c, const binder *b, ck_tok *t, long nesting) {
    ck_tok *first = c->t;
    bool types = c->pass == CK_TYPES;
    ck_val v = nothing;

    if (types && b->op[1] == CK_SOL &&
        (!ck_is(first + 1, "in") || ck_is(first + 2, "scalar") || ck_is(first + 2, "matrix")))
        ck_error(first, "homogeneous", "a set-builder has one variable, a vector");

    long n = ck_names(c, true);

    ck_need(c, "in");

    ck_val over = ck_which(c->t, sorts, NLINEAR) < NLINEAR ? ck_sort(c) : expr(c, TERM);
    bool space = types && (over.node->op == CK_SORT || over.node->kind == 'S');
    ck_op op = b->op[space];

    if (types) ck_fits(over, op == 0 ? "" : space ? "svmS" : "XY");
    for (long i = 0; i < n; i++)
        ck_declare(c, c->own, &first[2 * i], first[2 * i].text,
                   types ? (const void *)ck_variable(c->core, op, over.node) : first);
    if (b->many && ck_accept(c, ",")) {
        v = scoped(c, b, t, nesting);
    } else if (b->op[0] != CK_COLS) {
        ck_need(c, b->before);
        v = expr(c, b->level);
    } else if (c->pass != CK_GRAMMAR) {
        ck_tok *end = c->t;

        c->t = t + 2;
        c->nesting = nesting;
        v = expr(c, b->level);
        c->t = end;
    }
    ck_fits(v, b->body);
    for (long i = n - 1; types && i >= 0; i--) {
        c->core->at = t;
        v = (ck_val){ck_bind(c->core, op, *ck_named(c, c->own, first[2 * i].text), v.node), t, 0};
    }
    ck_forget(c, first, n);
    return v;
}

/* A quantifier, sum, span or set-builder, whose word is here. */
static ck_val read_binder(ck_elab *c, const binder *b) {
    ck_tok *t = c->t++;
    long nesting = c->nesting;
    bool span = b->op[0] == CK_COLS, braces = b->before[0] == '|';

    if (span) ck_need(c, "{");
    if (braces) deeper(c);
    if (span) { /* the term is read behind the binds */
        skip(c, TERM);
        ck_need(c, b->before);
    }

    ck_val v = scoped(c, b, t, c->nesting);

    if (braces) ck_need(c, "}");
    c->nesting = nesting;
    return span ? apply(c, "colspace", t, v, nothing) : v;
}

/* "(" [args] ")" behind t, as many as wanted. */
static ck_val *arguments(ck_elab *c, ck_tok *t, long wanted) {
    ck_val *list = NULL;
    long n = 0;

    if (c->pass != CK_GRAMMAR && t->count != wanted)
        ck_error(t, "arity", "%s takes %ld arguments", t->text, wanted);
    ck_need(c, "(");
    deeper(c);
    while (!ck_accept(c, ")")) {
        if (n > 0) ck_need(c, ",");
        CK_PUSH(list, n, expr(c, IFF));
    }
    c->nesting--;
    t->count = n;
    return list;
}

/* NAME "(" [args] ")": the value of the body of the definition in a scope of its own. */
static ck_val call(ck_elab *c) {
    ck_tok *t = c->t++;
    ck_def *def = c->pass != CK_GRAMMAR ? *ck_named(c, CK_DEFINED, t->text) : NULL;

    if (c->pass != CK_GRAMMAR && (def == NULL || def == c->inside))
        ck_error(t, def == NULL ? "unknown-name" : "recursive", "there is no %s above", t->text);

    ck_val *arg = arguments(c, t, def != NULL ? def->nparams : 0);
    ck_def *in = c->inside;
    ck_elab inner = *c;

    if (c->pass != CK_GRAMMAR && c->own == CK_OWN) { /* not in a call: counted where it stands */
        in->calls += 1 + def->calls;
        if (in->calls > MAX_CALLS) in->calls = MAX_CALLS + 1;
        if (in->chain < c->nesting + 1 + def->chain) in->chain = c->nesting + 1 + def->chain;
    }
    if (c->pass != CK_TYPES) return nothing;
    if (c->own == CK_OWN && (in->calls > MAX_CALLS || in->chain > MAX_CHAIN))
        ck_error(t, "expansion", "too many calls");
    inner.t = def->body;
    inner.inside = def;
    inner.nesting = 0;
    inner.own++;
    for (long i = 0; i < def->nparams; i++)
        ck_declare(&inner, inner.own, t, def->param[2 * i].text, arg[i].node);

    ck_val v = expr(&inner, IFF);

    ck_forget(&inner, def->param, def->nparams);
    v.mark = 0;
    return v;
}

/* The rule prim. */
static ck_val prim(ck_elab *c) {
    ck_tok *t = c->t;
    long b = ck_which(t, binder_words, NBINDERS);

    if (t->kind == 'n' && ck_is(t + 1, "(")) return call(c);
    if (t->kind == 'n' || ck_is(t, "X") || ck_is(t, "Y")) return set_or_name(c);
    if (t->kind == 'i' || t->kind == 'r') return literal(c, c->t++);
    if (b >= NQUANTIFIERS && b < NBINDERS) return read_binder(c, &binders[b]);
    if (ck_accept(c, "#")) return apply(c, "#", t, set_or_name(c), nothing);
    if (ck_accept(c, "(")) return nested(c, IFF, ")");
    if (ck_accept(c, "base")) return apply(c, "base", t, nothing, nothing);
    if (ck_accept(c, "<")) {
        ck_val v = nested(c, TERM, ",");

        return apply(c, "<,>", t, v, nested(c, TERM, ">"));
    }
    if (t->kind != 'k' || strstr(builtins, ck_internf(" %s ", t->text)) == NULL)
        ck_unexpected(t, "an expression");
    c->t++;

    bool two = ck_is(t, "image");
    ck_val *arg = arguments(c, t, 1 + two);

    return c->pass != CK_TYPES ? nothing : apply(c, t->text, t, arg[0], two ? arg[1] : nothing);
}

/* The rule post. */
static ck_val post(ck_elab *c) {
    ck_tok *t = c->t;

    for (ck_val v = prim(c);;) {
        v.at = t;
        if (ck_accept(c, "[")) {
            v = apply(c, "[", t, v, nested(c, POST, "]"));
        } else if (!ck_accept(c, ".")) {
            return v;
        } else if (ck_accept(c, "dim")) {
            v = apply(c, ".dim", t, v, nothing);
        } else {
            ck_tok *name = ck_token(c, 'N');
            bool f = strcmp(name->text, "f") == 0, g = strcmp(name->text, "g") == 0;

            v = (f || g) && ck_accept(c, "(")
                    ? apply(c, f ? ".f" : ".g", t, v, nested(c, TERM, ")"))
                    : apply(c, ".", t, v, lookup(c, name));
        }
    }
}

/* NAME ":" un; `true`, with a mark, if it is dropped */
static ck_val labelled(ck_elab *c) {
    ck_tok *t = c->t;
    ck_def *def = c->inside;
    const char *name = ck_internf("%s.%s", c->pass == CK_GRAMMAR ? "" : def->name, t->text);
    bool dropped = c->pass == CK_TYPES && *ck_named(c, CK_DROPPED, name) != NULL;

    if (c->pass == CK_NAMES) {
        void **at = ck_at(&def->labels, name, strlen(name));

        if (*at != NULL) ck_error(t, "label", "the label %s is used twice", t->text);
        *at = def;
    }
    c->t += 2;
    if (!dropped) return (ck_val){ck_fits(expr(c, UN), "f").node, t, 0};
    skip(c, UN);
    return (ck_val){ck_make(c->core, (ck_node){.op = CK_TRUE}), t, 'd'};
}

/* Operators of this level and tighter ones; at most `top` may follow what is read. */
static ck_val expr(ck_elab *c, int level) {
    ck_tok *first = c->t;
    long b = ck_which(first, binder_words, NQUANTIFIERS);
    bool minus = level <= NEG && ck_is(first, "-");
    int top = AND;
    ck_val v;

    if (level <= LAB && first->kind == 'n' && ck_is(first + 1, ":")) {
        v = labelled(c);
    } else if (level <= UN && b < NQUANTIFIERS) {
        v = read_binder(c, &binders[b]);
    } else if (minus || (level <= UN && ck_is(first, "not"))) {
        c->t++;
        v = apply(c, first->text, first, nested(c, minus ? POST : UN, NULL), nothing);
        if (minus) top = PROD;
    } else {
        v = post(c);
        top = PROD;
    }
    for (bool chain = false;; chain = true) {
        ck_tok *t = c->t;
        int now = levels[ck_which(t, operators, CK_COUNT(operators))];

        v.at = first;
        if (chain && now != AND) v.mark = 0;
        if (now < level || now > top) return v;
        c->t++;

        ck_val w = now == IMP ? nested(c, IMP, NULL) : expr(c, now + 1);

        v = apply(c, t->text, t, v, w);
        top = now == IMP || now == IFF || now == REL ? now - 1 : now;
    }
}

ck_val ck_expr(ck_elab *c) { return expr(c, IFF); }
