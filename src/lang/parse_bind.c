/*
 * Sets, dimensions and bindings: what a variable runs over.
 */
#include "lang/parser.h"

#include <stdio.h>

#define SET_HINT                                                                       \
    "write `X` (contexts), `Y` (tokens), `X/q`, or a name: `given S in contexts`"
#define DIM_HINT                                                                       \
    "write `vector(3)`, `vector(d)` with `given d in dim`, `vector(m.dim)`, "          \
    "`vector(#Y)`"
#define MATRIX_HINT "write `matrix(d,d')`: rows, then columns"

aon_set_ast
aon_p_set(aon_parser *p)
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
        d.set = aon_p_set(p);
    } else {
        aon_p_expected(p, "a dimension: a number, a name, `m.dim` or `#` and a set",
                       DIM_HINT);
    }
    d.span = aon_p_since(p, first);
    return d;
}

aon_bind
aon_p_binding(aon_parser *p)
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
        b.domain = aon_p_term(p);
    }
    b.span = aon_p_since(p, first);
    return b;
}

void
aon_p_bindings(aon_parser *p, aon_expr *e)
{
    aon_bind *v = NULL;
    size_t cap = 0;

    do {
        v = aon_grow(v, &cap, e->nbinds + 1, sizeof *v);
        v[e->nbinds++] = aon_p_binding(p);
    } while (aon_p_accept(p, TOK_COMMA));
    e->bind = aon_keep_list(p->arena, v, e->nbinds, sizeof *v);
}
