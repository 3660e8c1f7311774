/*
 * Primaries and their suffixes: what operators join.
 */
#include "lang/parser.h"
#include "lang/rat_text.h"

#include <string.h>

/* "(" [args] ")" */
static void
arguments(aon_parser *p, aon_expr *e)
{
    const aon_token *open = aon_p_peek(p, 0);
    aon_expr **v = NULL;
    size_t cap = 0;

    aon_p_expect(p, TOK_LPAREN, "and arguments", aon_tok_form(e->op));
    aon_p_enter(p);
    if (aon_p_kind(p) != TOK_RPAREN)
        do {
            v = aon_grow(v, &cap, e->nargs + 1, sizeof *v);
            v[e->nargs++] = aon_p_expr(p);
        } while (aon_p_accept(p, TOK_COMMA));
    aon_p_close(p, TOK_RPAREN, open);
    p->nest--;
    e->arg = aon_keep_list(p->arena, v, e->nargs, sizeof *v);
}

/* The grammar wants one bind here, not a list. */
static void
one_binding(aon_parser *p, aon_expr *e)
{
    e->nbinds = 1;
    e->bind = AON_NEW(p->arena, aon_bind);
    e->bind[0] = aon_p_binding(p);
}

/* { bind | expr } */
static aon_expr *
builder(aon_parser *p, size_t first)
{
    const aon_token *open = aon_p_peek(p, 0);
    unsigned nest = p->nest;
    aon_expr *e = aon_p_node(p, EX_BUILDER, first), *body;

    aon_p_advance(p);
    aon_p_enter(p);
    one_binding(p, e);
    aon_p_expect(p, TOK_BAR, "and a condition",
                 "a subspace is `{v in vector(d) | A*v = 0}`");
    body = aon_p_expr(p);
    aon_p_close(p, TOK_RBRACE, open);
    aon_p_operands(p, e, body, NULL);
    p->nest = nest;
    return e;
}

static aon_expr *
span(aon_parser *p, size_t first)
{
    unsigned nest = p->nest;
    aon_expr *e = aon_p_node(p, EX_SPAN, first);
    const aon_token *open;

    aon_p_advance(p);
    open = aon_p_peek(p, 0);
    aon_p_expect(p, TOK_LBRACE, "and vectors: `span{t | x in S}`",
                 "write `span{m.f(x) | x in X}`; the span of columns is `colspace(A)`");
    aon_p_enter(p);
    aon_p_operands(p, e, aon_p_term(p), NULL);
    aon_p_expect(
        p, TOK_BAR, "and what the vectors run over",
        "write `span{m.f(x) | x in X}`; the line of one vector is `colspace(v)`");
    aon_p_bindings(p, e);
    aon_p_close(p, TOK_RBRACE, open);
    p->nest = nest;
    return e;
}

/* "sum" bind ":" prod */
static aon_expr *
sum(aon_parser *p, size_t first)
{
    unsigned nest = p->nest;
    aon_expr *e = aon_p_node(p, EX_SUM, first);

    aon_p_advance(p);
    one_binding(p, e);
    aon_p_expect(p, TOK_COLON, "and a summand", "write `sum x in X: m.f(x)`");
    aon_p_operands(p, e, aon_p_prod(p), NULL);
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
    aon_expr *e = aon_p_node(p, EX_NUM, first);

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
    aon_expr *e = aon_p_node(p, EX_ANGLE, first), *u;

    aon_p_advance(p);
    aon_p_enter(p);
    u = aon_p_term(p);
    aon_p_expect(p, TOK_COMMA, "between the two vectors", "a dot product is `<u,v>`");
    aon_p_operands(p, e, u, aon_p_term(p));
    aon_p_close(p, TOK_GT, open);
    p->nest--;
    return e;
}

static aon_expr *
with_set(aon_parser *p, aon_expr_kind kind, size_t first)
{
    aon_expr *e = aon_p_node(p, kind, first);

    e->set = AON_NEW(p->arena, aon_set_ast);
    *e->set = aon_p_set(p);
    return e;
}

static aon_expr *
name_or_call(aon_parser *p, size_t first)
{
    aon_expr *e = aon_p_node(p, EX_NAME, first);

    e->name = aon_p_name(p, "a name", "write a name");
    if (aon_p_kind(p) == TOK_LPAREN) {
        e->kind = EX_CALL;
        arguments(p, e);
    }
    return e;
}

/* "(" expr ")" leaves no node of its own. */
static aon_expr *
group(aon_parser *p)
{
    const aon_token *open = aon_p_peek(p, 0);
    aon_expr *e;

    aon_p_advance(p);
    aon_p_enter(p);
    e = aon_p_expr(p);
    aon_p_close(p, TOK_RPAREN, open);
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
        e = with_set(p, EX_SET, first);
        break;
    case TOK_BASE:
        e = aon_p_node(p, EX_BASE, first);
        aon_p_advance(p);
        break;
    case TOK_NAME:
        e = aon_p_peek(p, 1)->kind == TOK_SLASH ? with_set(p, EX_SET, first)
                                                : name_or_call(p, first);
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
        e = aon_p_node(p, EX_BUILTIN, first);
        e->op = open->kind;
        aon_p_advance(p);
        arguments(p, e);
        break;
    case TOK_LT:
        e = angle(p, first);
        break;
    case TOK_LPAREN:
        e = group(p);
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
        aon_p_advance(p);
        e = with_set(p, EX_COUNT, first);
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
        s.arg = aon_p_postfix(p);
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
            s.arg = aon_p_term(p);
            aon_p_close(p, TOK_RPAREN, open);
            p->nest--;
        }
    }
    s.span = aon_p_since(p, first);
    return s;
}

aon_expr *
aon_p_postfix(aon_parser *p)
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
    e = aon_p_node(p, EX_POST, first);
    aon_p_operands(p, e, base, NULL);
    e->post = aon_keep_list(p->arena, v, n, sizeof *v);
    e->nposts = n;
    return e;
}
