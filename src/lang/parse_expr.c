/*
 * Expressions, one function per grammar rule.  A failed rule returns NULL; nobody looks
 * at the result once p->failed.
 */
#include "lang/parser.h"
#include "lang/rat_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    aon_expr **item;
    aon_tok_kind *op;
    size_t n, cap, op_cap;
} operands;

static aon_expr *prod(aon_parser *p);
static aon_expr *term(aon_parser *p);
static aon_expr *postfix(aon_parser *p);

static aon_expr *
new_expr(aon_parser *p, aon_expr_kind kind, size_t first)
{
    aon_expr *e = AON_NEW(p->arena, aon_expr);

    e->kind = kind;
    e->nest = p->nest;
    e->span = aon_p_since(p, first);
    return e;
}

static void
set_args(aon_parser *p, aon_expr *e, aon_expr *a, aon_expr *b)
{
    e->nargs = b != NULL ? 2 : 1;
    e->arg = AON_NEW_N(p->arena, aon_expr *, 2);
    e->arg[0] = a;
    e->arg[1] = b;
}

static void
add_operand(operands *v, aon_tok_kind op, aon_expr *e)
{
    v->item = aon_grow(v->item, &v->cap, v->n + 1, sizeof *v->item);
    v->op = aon_grow(v->op, &v->op_cap, v->n + 1, sizeof *v->op);
    v->op[v->n] = op;
    v->item[v->n++] = e;
}

/* One node for a chain; a single operand is itself. */
static aon_expr *
chain(aon_parser *p, aon_expr_kind kind, operands *v, size_t first)
{
    aon_expr *e;

    if (v->n == 1) {
        e = v->item[0];
        free(v->item);
        free(v->op);
        return e;
    }
    e = new_expr(p, kind, first);
    e->nargs = v->n;
    e->arg = aon_p_keep(p, v->item, v->n, sizeof *v->item);
    e->ops = aon_p_keep(p, v->op, v->n, sizeof *v->op);
    return e;
}

#define SET_HINT                                                                       \
    "write `X` (contexts), `Y` (tokens), `X/q`, or a name: `given S in contexts`"
#define DIM_HINT                                                                       \
    "write `vector(3)`, `vector(d)` with `given d in dim`, `vector(m.dim)`, "          \
    "`vector(#Y)`"
#define MATRIX_HINT "write `matrix(d,d')`: rows, then columns"

static aon_set_ast
set(aon_parser *p)
{
    aon_set_ast s = {.base = aon_p_kind(p)};
    size_t first = p->at;

    if (s.base == TOK_X || s.base == TOK_Y)
        aon_p_advance(p);
    else if (s.base == TOK_NAME)
        s.name = aon_p_name(p, "a set", SET_HINT);
    else
        aon_p_expected(p, "a set: `X`, `Y` or a name", SET_HINT);
    if (aon_p_accept(p, TOK_SLASH))
        s.query =
            aon_p_name(p, "the name of a query",
                       aon_p_kind(p) == TOK_INT || aon_p_kind(p) == TOK_LPAREN
                           ? "there is no division; multiply by a fraction: `1/2*a`"
                           : "write `X/q`, with `given q in query` above");
    s.span = aon_p_since(p, first);
    return s;
}

aon_dim_ast
aon_p_dim(aon_parser *p)
{
    aon_dim_ast d = {.kind = DIMA_INT};
    size_t first = p->at;

    if (aon_p_kind(p) == TOK_INT) {
        d.value = aon_p_natural(p, "a dimension", DIM_HINT);
    } else if (aon_p_kind(p) == TOK_NAME) {
        d.kind = DIMA_NAME;
        d.name = aon_p_name(p, "a dimension", DIM_HINT);
        if (aon_p_accept(p, TOK_DOT)) {
            d.kind = DIMA_MEMBER;
            aon_p_expect(p, TOK_DIM, "after the model",
                         "write `m.dim` for the dimension of a model m");
        }
    } else if (aon_p_accept(p, TOK_HASH)) {
        d.kind = DIMA_COUNT;
        d.set = set(p);
    } else {
        aon_p_expected(p, "a dimension: a number, a name, `m.dim` or `#` and a set",
                       DIM_HINT);
    }
    d.span = aon_p_since(p, first);
    return d;
}

/* bind; each name is one level of nesting, which the caller takes back. */
static aon_bind
binding(aon_parser *p)
{
    aon_bind b = {.is_lin = false};
    const char *first_name;
    size_t first;
    const aon_token *open;
    char text[240];

    b.name = aon_p_names(p, &b.nnames, "the name of a bound variable",
                         "write a name and its domain: `x in X`, `v in vector(d)`");
    for (size_t i = 0; i < b.nnames; i++)
        aon_p_enter(p);
    first_name =
        b.name[0].sym != NULL && b.name[0].sym->len <= 40 ? b.name[0].sym->s : "x";
    (void)snprintf(text, sizeof text,
                   "write a domain: `%s in X`, `%s in Y`, `%s in vector(d)`",
                   first_name, first_name, first_name);
    aon_p_expect(p, TOK_IN, "and a domain", text);
    first = p->at;
    switch (aon_p_kind(p)) {
    case TOK_SCALAR:
    case TOK_VECTOR:
    case TOK_MATRIX:
        b.is_lin = true;
        b.lin = aon_p_kind(p);
        aon_p_advance(p);
        if (b.lin == TOK_SCALAR)
            break;
        open = aon_p_peek(p, 0);
        aon_p_expect(p, TOK_LPAREN, "and a dimension",
                     b.lin == TOK_MATRIX ? MATRIX_HINT : DIM_HINT);
        b.dim[0] = aon_p_dim(p);
        if (b.lin == TOK_MATRIX) {
            aon_p_expect(p, TOK_COMMA, "between rows and columns", MATRIX_HINT);
            b.dim[1] = aon_p_dim(p);
        }
        aon_p_close(p, TOK_RPAREN, open);
        break;
    default:
        b.domain = term(p);
    }
    b.span = aon_p_since(p, first);
    return b;
}

static void
bindings(aon_parser *p, aon_expr *e)
{
    aon_bind *v = NULL;
    size_t cap = 0;

    do {
        v = aon_grow(v, &cap, e->nbinds + 1, sizeof *v);
        v[e->nbinds++] = binding(p);
    } while (aon_p_accept(p, TOK_COMMA));
    e->bind = aon_p_keep(p, v, e->nbinds, sizeof *v);
}

/* "(" [args] ")" */
static void
arguments(aon_parser *p, aon_expr *e)
{
    const aon_token *open = aon_p_peek(p, 0);
    operands v = {.n = 0};

    aon_p_expect(p, TOK_LPAREN, "and arguments", aon_tok_form(e->op));
    aon_p_enter(p);
    if (aon_p_kind(p) != TOK_RPAREN)
        do
            add_operand(&v, TOK_COMMA, aon_p_expr(p));
        while (aon_p_accept(p, TOK_COMMA));
    aon_p_close(p, TOK_RPAREN, open);
    p->nest--;
    e->nargs = v.n;
    e->arg = aon_p_keep(p, v.item, v.n, sizeof *v.item);
    free(v.op);
}

/* { bind | expr } */
static aon_expr *
builder(aon_parser *p, size_t first)
{
    const aon_token *open = aon_p_peek(p, 0);
    unsigned nest = p->nest;
    aon_expr *e = new_expr(p, EX_BUILDER, first), *body;

    aon_p_advance(p);
    aon_p_enter(p);
    e->nbinds = 1;
    e->bind = AON_NEW(p->arena, aon_bind);
    e->bind[0] = binding(p);
    aon_p_expect(p, TOK_BAR, "and a condition",
                 "a subspace is `{v in vector(d) | A*v = 0}`");
    body = aon_p_expr(p);
    aon_p_close(p, TOK_RBRACE, open);
    set_args(p, e, body, NULL);
    p->nest = nest;
    return e;
}

static aon_expr *
span(aon_parser *p, size_t first)
{
    unsigned nest = p->nest;
    aon_expr *e = new_expr(p, EX_SPAN, first);
    const aon_token *open;

    aon_p_advance(p);
    open = aon_p_peek(p, 0);
    aon_p_expect(p, TOK_LBRACE, "and vectors: `span{t | x in S}`",
                 "write `span{m.f(x) | x in X}`; the span of columns is `colspace(A)`");
    aon_p_enter(p);
    set_args(p, e, term(p), NULL);
    aon_p_expect(
        p, TOK_BAR, "and what the vectors run over",
        "write `span{m.f(x) | x in X}`; the line of one vector is `colspace(v)`");
    bindings(p, e);
    aon_p_close(p, TOK_RBRACE, open);
    p->nest = nest;
    return e;
}

/* "sum" bind ":" prod */
static aon_expr *
sum(aon_parser *p, size_t first)
{
    unsigned nest = p->nest;
    aon_expr *e = new_expr(p, EX_SUM, first);

    aon_p_advance(p);
    e->nbinds = 1;
    e->bind = AON_NEW(p->arena, aon_bind);
    e->bind[0] = binding(p);
    aon_p_expect(p, TOK_COLON, "and a summand", "write `sum x in X: m.f(x)`");
    set_args(p, e, prod(p), NULL);
    p->nest = nest;
    return e;
}

static aon_expr *
number(aon_parser *p, size_t first)
{
    const aon_token *t = aon_p_peek(p, 0);
    const char *s = p->t->src->text + t->begin;
    size_t len = t->end - t->begin;
    const char *slash = memchr(s, '/', len);
    aon_expr *e = new_expr(p, EX_NUM, first);

    if (slash != NULL)
        e->text = aon_rat_text(p->arena, s, (size_t)(slash - s), slash + 1,
                               len - (size_t)(slash - s) - 1);
    else
        e->text = aon_rat_text(p->arena, s, len, NULL, 0);
    e->literal_zero = len == 1 && *s == '0';
    aon_p_advance(p);
    return e;
}

static aon_expr *
angle(aon_parser *p, size_t first)
{
    const aon_token *open = aon_p_peek(p, 0);
    aon_expr *e = new_expr(p, EX_ANGLE, first), *u;

    aon_p_advance(p);
    aon_p_enter(p);
    u = term(p);
    aon_p_expect(p, TOK_COMMA, "between the two vectors", "a dot product is `<u,v>`");
    set_args(p, e, u, term(p));
    aon_p_close(p, TOK_GT, open);
    p->nest--;
    return e;
}

static aon_expr *
prim(aon_parser *p)
{
    size_t first = p->at;
    const aon_token *open = aon_p_peek(p, 0);
    aon_expr *e = NULL;

    if (p->failed)
        return NULL;
    switch (open->kind) {
    case TOK_INT:
    case TOK_RAT:
        e = number(p, first);
        break;
    case TOK_X:
    case TOK_Y:
        e = new_expr(p, EX_SET, first);
        e->set = AON_NEW(p->arena, aon_set_ast);
        *e->set = set(p);
        break;
    case TOK_BASE:
        e = new_expr(p, EX_BASE, first);
        aon_p_advance(p);
        break;
    case TOK_NAME:
        if (aon_p_peek(p, 1)->kind == TOK_SLASH) {
            e = new_expr(p, EX_SET, first);
            e->set = AON_NEW(p->arena, aon_set_ast);
            *e->set = set(p);
            break;
        }
        e = new_expr(p, EX_NAME, first);
        e->name = aon_p_name(p, "a name", "write a name");
        if (aon_p_kind(p) == TOK_LPAREN) {
            e->kind = EX_CALL;
            arguments(p, e);
        }
        break;
    case TOK_PROJ:
    case TOK_IMAGE:
    case TOK_PERP:
    case TOK_DIM:
    case TOK_TR:
    case TOK_COLSPACE:
    case TOK_ROWSPACE:
    case TOK_ID:
    case TOK_ALL:
        e = new_expr(p, EX_BUILTIN, first);
        e->op = open->kind;
        aon_p_advance(p);
        arguments(p, e);
        break;
    case TOK_LT:
        e = angle(p, first);
        break;
    case TOK_LPAREN:
        aon_p_advance(p);
        aon_p_enter(p);
        e = aon_p_expr(p);
        aon_p_close(p, TOK_RPAREN, open);
        p->nest--;
        break;
    case TOK_LBRACE:
        e = builder(p, first);
        break;
    case TOK_SPAN:
        e = span(p, first);
        break;
    case TOK_SUM:
        e = sum(p, first);
        break;
    case TOK_HASH:
        e = new_expr(p, EX_COUNT, first);
        aon_p_advance(p);
        e->set = AON_NEW(p->arena, aon_set_ast);
        *e->set = set(p);
        break;
    case TOK_NOT:
    case TOK_FORALL:
    case TOK_EXISTS:
        aon_p_expected(p, "a term", "put the formula in parentheses: `P and (not Q)`");
        break;
    default:
        aon_p_expected_term(p);
    }
    if (p->failed || e == NULL)
        return NULL;
    e->span = aon_p_since(p, first);
    return e;
}

static aon_post
suffix(aon_parser *p)
{
    aon_post s = {.kind = POST_INDEX};
    size_t first = p->at;
    const aon_token *open = aon_p_peek(p, 0);

    if (aon_p_accept(p, TOK_LBRACKET)) {
        aon_p_enter(p);
        s.arg = postfix(p);
        aon_p_close(p, TOK_RBRACKET, open);
        p->nest--;
    } else {
        aon_p_advance(p);
        if (aon_p_accept(p, TOK_DIM)) {
            s.kind = POST_DIM;
        } else {
            s.kind = POST_QUERY;
            s.name = aon_p_name(p, "`f`, `g`, `dim` or the name of a query",
                                "write `m.f(x)`, `m.g(y)`, `m.dim` or `x.q`");
        }
        open = aon_p_peek(p, 0);
        if (!p->failed && s.kind == POST_QUERY && open->kind == TOK_LPAREN &&
            (strcmp(s.name.sym->s, "f") == 0 || strcmp(s.name.sym->s, "g") == 0)) {
            s.kind = s.name.sym->s[0] == 'f' ? POST_F : POST_G;
            aon_p_advance(p);
            aon_p_enter(p);
            s.arg = term(p);
            aon_p_close(p, TOK_RPAREN, open);
            p->nest--;
        }
    }
    s.span = aon_p_since(p, first);
    return s;
}

static aon_expr *
postfix(aon_parser *p)
{
    size_t first = p->at, cap = 0;
    aon_expr *base = prim(p), *e;
    aon_post *v = NULL;
    size_t n = 0;

    while (!p->failed && (aon_p_kind(p) == TOK_DOT || aon_p_kind(p) == TOK_LBRACKET)) {
        v = aon_grow(v, &cap, n + 1, sizeof *v);
        v[n++] = suffix(p);
    }
    if (n == 0)
        return base;
    e = new_expr(p, EX_POST, first);
    set_args(p, e, base, NULL);
    e->post = aon_p_keep(p, v, n, sizeof *v);
    e->nposts = n;
    return e;
}

static aon_expr *
neg(aon_parser *p)
{
    size_t first = p->at;
    aon_expr *e, *a;

    if (p->failed || aon_p_kind(p) != TOK_MINUS)
        return postfix(p);
    aon_p_advance(p);
    aon_p_enter(p);
    a = postfix(p);
    p->nest--;
    e = new_expr(p, EX_NEG, first);
    set_args(p, e, a, NULL);
    return e;
}

static aon_expr *
prod(aon_parser *p)
{
    operands v = {.n = 0};
    size_t first = p->at;

    do
        add_operand(&v, TOK_STAR, neg(p));
    while (aon_p_accept(p, TOK_STAR));
    return chain(p, EX_MUL, &v, first);
}

static aon_expr *
term(aon_parser *p)
{
    operands v = {.n = 0};
    size_t first = p->at;
    aon_tok_kind op = TOK_PLUS;

    for (;;) {
        add_operand(&v, op, prod(p));
        op = aon_p_kind(p);
        if (p->failed || (op != TOK_PLUS && op != TOK_MINUS && op != TOK_AMP))
            break;
        aon_p_advance(p);
    }
    return chain(p, EX_ADD, &v, first);
}

static aon_expr *
rel(aon_parser *p)
{
    size_t first = p->at;
    aon_expr *a = term(p), *b, *e;
    aon_tok_kind op = aon_p_kind(p);

    if (p->failed ||
        (op != TOK_EQ && op != TOK_NE && op != TOK_LE && op != TOK_LT && op != TOK_IN))
        return a;
    aon_p_advance(p);
    b = term(p);
    e = new_expr(p, EX_REL, first);
    e->op = op;
    set_args(p, e, a, b);
    return e;
}

static aon_expr *
quant(aon_parser *p)
{
    size_t first = p->at;
    unsigned nest = p->nest;
    aon_expr *e = new_expr(p, EX_QUANT, first), *body;

    e->op = aon_p_kind(p);
    aon_p_advance(p);
    bindings(p, e);
    aon_p_expect(p, TOK_COLON, "and a formula",
                 e->op == TOK_FORALL ? "write `forall x in X: P`"
                                     : "write `exists x in X: P`");
    e->span = aon_p_since(p, first);
    body = aon_p_expr(p);
    set_args(p, e, body, NULL);
    p->nest = nest;
    return e;
}

static aon_expr *
unary(aon_parser *p)
{
    size_t first = p->at;
    aon_tok_kind k = aon_p_kind(p);
    aon_expr *e, *a;

    if (k == TOK_FORALL || k == TOK_EXISTS)
        return quant(p);
    if (p->failed || k != TOK_NOT)
        return rel(p);
    aon_p_advance(p);
    aon_p_enter(p);
    a = p->failed ? NULL : unary(p);
    p->nest--;
    e = new_expr(p, EX_NOT, first);
    set_args(p, e, a, NULL);
    return e;
}

static aon_expr *
labelled(aon_parser *p)
{
    size_t first = p->at;
    aon_ident label;
    aon_expr *e, *a;

    if (aon_p_kind(p) != TOK_NAME || aon_p_peek(p, 1)->kind != TOK_COLON)
        return unary(p);
    label = aon_p_name(p, "a label", "write `e1: P`");
    aon_p_advance(p);
    a = unary(p);
    e = new_expr(p, EX_LABEL, first);
    e->name = label;
    set_args(p, e, a, NULL);
    return e;
}

static aon_expr *
conjunction(aon_parser *p)
{
    operands v = {.n = 0};
    size_t first = p->at;

    do
        add_operand(&v, TOK_AND, labelled(p));
    while (aon_p_accept(p, TOK_AND));
    return chain(p, EX_AND, &v, first);
}

static aon_expr *
disjunction(aon_parser *p)
{
    operands v = {.n = 0};
    size_t first = p->at;

    do
        add_operand(&v, TOK_OR, conjunction(p));
    while (aon_p_accept(p, TOK_OR));
    return chain(p, EX_OR, &v, first);
}

static aon_expr *
implication(aon_parser *p)
{
    size_t first = p->at;
    aon_expr *a = disjunction(p), *b, *e;

    if (!aon_p_accept(p, TOK_ARROW))
        return a;
    aon_p_enter(p);
    b = p->failed ? NULL : implication(p);
    p->nest--;
    e = new_expr(p, EX_IMP, first);
    set_args(p, e, a, b);
    return e;
}

aon_expr *
aon_p_expr(aon_parser *p)
{
    size_t first = p->at;
    aon_expr *a, *b, *e;

    if (p->failed)
        return NULL;
    a = implication(p);
    if (!aon_p_accept(p, TOK_IFF))
        return a;
    b = implication(p);
    e = new_expr(p, EX_IFF, first);
    set_args(p, e, a, b);
    return e;
}
