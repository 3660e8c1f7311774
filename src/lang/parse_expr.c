/*
 * Formulas and terms: one function for each level of operators, the tightest first.  A
 * failed rule returns NULL; nobody looks at the result once p->failed.
 */
#include "lang/parser.h"

#include <stdlib.h>

typedef struct {
    aon_expr **item;
    aon_tok_kind *op;
    size_t n, cap, op_cap;
} operands;

aon_expr *
aon_p_node(aon_parser *p, aon_expr_kind kind, size_t first)
{
    aon_expr *e = AON_NEW(p->arena, aon_expr);

    e->kind = kind;
    e->nest = p->nest;
    e->span = aon_p_since(p, first);
    return e;
}

void
aon_p_operands(aon_parser *p, aon_expr *e, aon_expr *a, aon_expr *b)
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
    e = aon_p_node(p, kind, first);
    e->nargs = v->n;
    e->arg = aon_keep_list(p->arena, v->item, v->n, sizeof *v->item);
    e->ops = aon_keep_list(p->arena, v->op, v->n, sizeof *v->op);
    return e;
}

static aon_expr *
neg(aon_parser *p)
{
    size_t first = p->at;
    aon_expr *e, *a;

    if (p->failed || aon_p_kind(p) != TOK_MINUS)
        return aon_p_postfix(p);
    aon_p_advance(p);
    aon_p_enter(p);
    a = aon_p_postfix(p);
    p->nest--;
    e = aon_p_node(p, EX_NEG, first);
    aon_p_operands(p, e, a, NULL);
    return e;
}

aon_expr *
aon_p_prod(aon_parser *p)
{
    operands v = {.n = 0};
    size_t first = p->at;

    do
        add_operand(&v, TOK_STAR, neg(p));
    while (aon_p_accept(p, TOK_STAR));
    return chain(p, EX_MUL, &v, first);
}

aon_expr *
aon_p_term(aon_parser *p)
{
    operands v = {.n = 0};
    size_t first = p->at;
    aon_tok_kind op = TOK_PLUS;

    for (;;) {
        add_operand(&v, op, aon_p_prod(p));
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
    aon_expr *a = aon_p_term(p), *b, *e;
    aon_tok_kind op = aon_p_kind(p);

    if (p->failed ||
        (op != TOK_EQ && op != TOK_NE && op != TOK_LE && op != TOK_LT && op != TOK_IN))
        return a;
    aon_p_advance(p);
    b = aon_p_term(p);
    e = aon_p_node(p, EX_REL, first);
    e->op = op;
    aon_p_operands(p, e, a, b);
    return e;
}

static aon_expr *
quant(aon_parser *p)
{
    size_t first = p->at;
    unsigned nest = p->nest;
    aon_expr *e = aon_p_node(p, EX_QUANT, first), *body;

    e->op = aon_p_kind(p);
    aon_p_advance(p);
    aon_p_bindings(p, e);
    aon_p_expect(p, TOK_COLON, "and a formula",
                 e->op == TOK_FORALL ? "write `forall x in X: P`"
                                     : "write `exists x in X: P`");
    e->span = aon_p_since(p, first);
    body = aon_p_expr(p);
    aon_p_operands(p, e, body, NULL);
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
    e = aon_p_node(p, EX_NOT, first);
    aon_p_operands(p, e, a, NULL);
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
    e = aon_p_node(p, EX_LABEL, first);
    e->name = label;
    aon_p_operands(p, e, a, NULL);
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
    e = aon_p_node(p, EX_IMP, first);
    aon_p_operands(p, e, a, b);
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
    e = aon_p_node(p, EX_IFF, first);
    aon_p_operands(p, e, a, b);
    return e;
}
