/*
 * What the parts of the parser share: cursor, errors, lists, and the rules of the grammar
 * that one part takes from another.
 */
#ifndef AON_LANG_PARSER_H
#define AON_LANG_PARSER_H

#include "lang/parse.h"

typedef struct {
    const aon_tokens *t;
    size_t at;
    unsigned nest;
    bool failed; /* this statement or definition has its error */
    bool skip_expect;
    aon_arena *arena;
    aon_diags *diags;
} aon_parser;

static inline const aon_token *
aon_p_peek(const aon_parser *p, size_t ahead)
{
    size_t i = p->at + ahead;

    return &p->t->tok[i < p->t->n ? i : p->t->n - 1];
}

static inline aon_tok_kind
aon_p_kind(const aon_parser *p)
{
    return aon_p_peek(p, 0)->kind;
}

/*
 * All of these do nothing once p->failed.  `hint` is what to write instead, always: the
 * form that the grammar wants here, with a tiny example.
 */

/* The cursor (parse_cursor.c). */
void aon_p_advance(aon_parser *p);
bool aon_p_accept(aon_parser *p, aon_tok_kind kind);
void aon_p_enter(aon_parser *p); /* one level deeper; [nesting] */
aon_ident aon_p_name(aon_parser *p, const char *what, const char *hint);
aon_ident *aon_p_names(aon_parser *p, size_t *n, const char *what, const char *hint);
uint32_t aon_p_natural(aon_parser *p, const char *what, const char *hint);
const char *aon_p_string(aon_parser *p, const char *what, const char *hint);
/* From that token to the last one taken. */
aon_span aon_p_since(const aon_parser *p, size_t first_token);
/* Where to point at t.  The end of the text is right after the last token, so that there
 * is a line to show. */
aon_span aon_p_span(const aon_parser *p, const aon_token *t);

/* What was due instead (parse_hint.c). */
void aon_p_expected(aon_parser *p, const char *what, const char *hint);
void aon_p_expected_term(aon_parser *p);
void aon_p_expected_operator(aon_parser *p, const char *what);
/* One of the words from..to was due, perhaps misspelt. */
void aon_p_expected_item(aon_parser *p, const char *what, aon_tok_kind from,
                         aon_tok_kind to, const char *hint);
void aon_p_expect(aon_parser *p, aon_tok_kind kind, const char *where,
                  const char *hint);
/* The closing bracket of one opened at `open`. */
void aon_p_close(aon_parser *p, aon_tok_kind kind, const aon_token *open);

/*
 * Rules of the grammar that one file takes from another; none may look at the result of
 * a rule once p->failed.
 */

/* Formulas and terms (parse_expr.c). */
aon_expr *aon_p_expr(aon_parser *p);
aon_expr *aon_p_term(aon_parser *p);
aon_expr *aon_p_prod(aon_parser *p);
/* A node that begins at token `first`; one operand if b is NULL. */
aon_expr *aon_p_node(aon_parser *p, aon_expr_kind kind, size_t first);
void aon_p_operands(aon_parser *p, aon_expr *e, aon_expr *a, aon_expr *b);

/* Primaries and suffixes (parse_prim.c). */
aon_expr *aon_p_postfix(aon_parser *p);

/* Sets, dimensions, bindings (parse_bind.c).  Each name bound is one level of nesting,
 * which the caller takes back. */
aon_set_ast aon_p_set(aon_parser *p);
aon_dim_ast aon_p_dim(aon_parser *p);
aon_bind aon_p_binding(aon_parser *p);
void aon_p_bindings(aon_parser *p, aon_expr *e); /* into e->bind, e->nbinds */

/* `expect` items (parse_expect.c). */
aon_expect_ast *aon_p_expectation(aon_parser *p);

#endif
