/*
 * Syntax errors: what was found, and what to write instead.
 */
#include "lang/parser.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* A token as the user wrote it, cut between characters; for "%.*s". */
static int
shown(const aon_parser *p, const aon_token *t)
{
    size_t n = t->end - t->begin;

    return (int)aon_utf8_valid_prefix(p->t->src->text + t->begin, n > 40 ? 40 : n);
}

#define SHOWN(p, tok) shown(p, tok), (p)->t->src->text + (tok)->begin

static const aon_token *
previous(const aon_parser *p)
{
    return p->at > 0 ? &p->t->tok[p->at - 1] : NULL;
}

static bool
ends_term(aon_tok_kind k)
{
    return k == TOK_NAME || k == TOK_INT || k == TOK_RAT || k == TOK_RPAREN ||
           k == TOK_RBRACE || k == TOK_RBRACKET || k == TOK_GT || k == TOK_X ||
           k == TOK_Y || k == TOK_BASE || k == TOK_DIM;
}

static bool
starts_term(aon_tok_kind k)
{
    return k == TOK_NAME || k == TOK_INT || k == TOK_RAT || k == TOK_LPAREN ||
           k == TOK_LBRACE || (k >= TOK_SUM && k <= TOK_BASE) || k == TOK_HASH;
}

static bool
is_closing(aon_tok_kind k)
{
    return k == TOK_RPAREN || k == TOK_RBRACE || k == TOK_RBRACKET || k == TOK_GT;
}

static bool
is_relation(aon_tok_kind k)
{
    return k == TOK_EQ || k == TOK_NE || k == TOK_LE || k == TOK_LT || k == TOK_IN;
}

void
aon_p_expected(aon_parser *p, const char *what, const char *hint)
{
    const aon_token *t = aon_p_peek(p, 0);

    if (p->failed)
        return;
    p->failed = true;
    if (t->kind == TOK_EOF)
        (void)aon_diag(p->diags, AON_SEV_ERROR, aon_p_span(p, t), "syntax", hint,
                       "expected %s, found the end of the text", what);
    else
        (void)aon_diag(p->diags, AON_SEV_ERROR, aon_p_span(p, t), "syntax", hint,
                       "expected %s, found `%.*s`", what, SHOWN(p, t));
}

void
aon_p_expect(aon_parser *p, aon_tok_kind kind, const char *where, const char *hint)
{
    char what[96];

    if (aon_p_accept(p, kind) || p->failed)
        return;
    (void)snprintf(what, sizeof what, "`%s` %s", aon_tok_text(kind), where);
    aon_p_expected(p, what, hint);
}

/* Signs of other languages; NULL if it is none of them. */
static const char *
foreign_sign(const aon_parser *p)
{
    const aon_token *t = aon_p_peek(p, 0), *next = aon_p_peek(p, 1),
                    *last = previous(p);
    bool glued = last != NULL && last->end == t->begin;

    if (t->kind == TOK_GT && glued && last->kind == TOK_EQ)
        return "an implication is `P -> Q`";
    if (t->kind == TOK_GT && glued && last->kind == TOK_LE)
        return "an equivalence is `P <-> Q`";
    if (t->kind == TOK_EQ && glued && last->kind == TOK_EQ)
        return "write a single `=`";
    if (t->kind == TOK_GT && glued && last->kind == TOK_LT)
        return "write `a != b`";
    if (t->kind == TOK_GT && next->kind == TOK_EQ && next->begin == t->end)
        return "turn the sides around: `b <= a`";
    if (t->kind == TOK_GT)
        return "turn the sides around: `b < a`";
    if (t->kind == TOK_ASSIGN)
        return "write `=` between equal sides; `:=` stands after `let x` and `def "
               "F(x)`";
    if (t->kind == TOK_SLASH)
        return "there is no division; multiply by a fraction: `1/2*a`";
    if (t->kind == TOK_AMP && (glued || next->kind == TOK_AMP))
        return "write `and`";
    if (t->kind == TOK_BAR)
        return "`|` stands in `{v in S | P}` and `span{t | x in S}`; write `P or Q`, "
               "`<v,v>`, `#S`";
    return NULL;
}

/* Words of other languages, where an operator is due. */
static const char *
foreign_word(const aon_token *t)
{
    static const struct {
        const char *word, *hint;
    } list[] = {
        {"implies", "write `P -> Q`"},
        {"then", "write `P -> Q`"},
        {"iff", "write `P <-> Q`"},
        {"xor", "write `not (P <-> Q)`"},
        {"cup", "write `S + T`"},
        {"cap", "write `S & T`"},
        {"subset", "write `S <= T`"},
        {"is", "write `a = b`"},
        {"where", "name it above: `let x := ..`"},
    };

    for (size_t i = 0; t->kind == TOK_NAME && i < sizeof list / sizeof list[0]; i++)
        if (strcmp(t->sym->s, list[i].word) == 0)
            return list[i].hint;
    return NULL;
}

/* The word that a misspelt name was meant for; 0 <= kind < TOK_WORDS or -1. */
static int
meant_word(const aon_token *t, aon_tok_kind from, aon_tok_kind to)
{
    int best = -1;
    size_t limit = 2, d;

    for (int k = (int)from; t->kind == TOK_NAME && k <= (int)to; k++) {
        d = aon_name_distance(t->sym->s, aon_tok_text((aon_tok_kind)k), limit);
        if (d == SIZE_MAX || d + 2 > t->sym->len)
            continue;
        best = k;
        limit = d;
    }
    return best;
}

/* "expected what", between two terms. */
void
aon_p_expected_operator(aon_parser *p, const char *what)
{
    const aon_token *t = aon_p_peek(p, 0), *last = previous(p);
    const char *hint = foreign_sign(p);
    char text[160];
    int word = meant_word(t, TOK_LIBRARY, TOK_EXPECT);

    if (hint == NULL)
        hint = foreign_word(t);
    if (hint == NULL && is_relation(t->kind))
        hint = "relations do not chain: `a = b and b = c`";
    if (hint == NULL && is_closing(t->kind)) {
        (void)snprintf(text, sizeof text, "leave `%.*s` out: nothing is open here",
                       SHOWN(p, t));
        hint = text;
    } else if (hint == NULL && word >= 0) {
        (void)snprintf(text, sizeof text, "did you mean `%s`?",
                       aon_tok_text((aon_tok_kind)word));
        hint = text;
    } else if (hint == NULL && t->kind == TOK_LPAREN) {
        hint =
            "write `*` for a product; only definitions, `m.f(..)` and `m.g(..)` take "
            "arguments";
    } else if (hint == NULL && (t->kind == TOK_DEF || t->kind == TOK_REPORT)) {
        hint = "definitions stand in a library: write `library mine 1` above";
    } else if (hint == NULL && last != NULL && ends_term(last->kind) &&
               starts_term(t->kind)) {
        (void)snprintf(text, sizeof text, "write `%.*s*%.*s` for a product",
                       SHOWN(p, last), SHOWN(p, t));
        hint = text;
    } else if (hint == NULL && t->kind == TOK_COLON) {
        hint = "a label is a single name: `assume h: P`, `e1: P and e2: Q`";
    }
    if (hint == NULL)
        hint = "a line goes on with an operator (`=`, `+`, `and`, ..), or a new item "
               "begins: `given`, `let`, `assume`, `show`, `expect`";
    aon_p_expected(p, what, hint);
}

void
aon_p_expected_item(aon_parser *p, const char *what, aon_tok_kind from, aon_tok_kind to,
                    const char *hint)
{
    char text[64];
    int word = meant_word(aon_p_peek(p, 0), from, to);

    if (word >= 0) {
        (void)snprintf(text, sizeof text, "did you mean `%s`?",
                       aon_tok_text((aon_tok_kind)word));
        hint = text;
    }
    aon_p_expected(p, what, hint);
}

void
aon_p_expected_term(aon_parser *p)
{
    const aon_token *t = aon_p_peek(p, 0), *last = previous(p);
    const char *hint = foreign_sign(p);
    char text[160];

    if (t->kind == TOK_SCALAR || t->kind == TOK_VECTOR || t->kind == TOK_MATRIX ||
        t->kind == TOK_SUBSPACE || t->kind == TOK_MODEL)
        hint = "a sort stands after `in` only: `given v in vector(d)`, "
               "`exists v in vector(d): ..`";
    else if (t->kind == TOK_STR)
        hint = "a text in quotes stands after `cite`, `note` or `on` only";
    else if (t->kind == TOK_LBRACKET)
        hint = "vectors are not written entry by entry: `given v in vector(3)`";
    else if (t->kind == TOK_MINUS && last != NULL && last->kind == TOK_MINUS)
        hint = "write `-(-a)`";
    if (hint == NULL && last != NULL && last->kind == TOK_ASSIGN) {
        hint = "write what the name stands for after `:=`: `let v := m.f(x) - m.f(z)`";
    } else if (hint == NULL && last != NULL && last->kind == TOK_COLON) {
        hint = "write a formula after `:`: `show c: forall x in X: m.f(x) = 0`";
    } else if (hint == NULL && last != NULL && !ends_term(last->kind)) {
        (void)snprintf(text, sizeof text,
                       "write a term or formula after `%.*s`, such as `m.f(x)` or "
                       "`v = 0`%s",
                       SHOWN(p, last),
                       last->kind >= TOK_PLUS && last->kind <= TOK_AMP
                           ? ", or leave one sign out"
                           : "");
        hint = text;
    }
    if (hint == NULL)
        hint = "terms are `1/2`, `m.f(x)`, `A*v`, `<u,v>`; formulas `v = 0`, `v in S`, "
               "`forall x in X: P`";
    aon_p_expected(p, "a term or a formula", hint);
}

void
aon_p_close(aon_parser *p, aon_tok_kind kind, const aon_token *open)
{
    const aon_token *t = aon_p_peek(p, 0), *last = previous(p);
    const char *close = aon_tok_text(kind), *hint = foreign_sign(p);
    char what[96], text[200];
    size_t line, col;

    if (aon_p_accept(p, kind) || p->failed)
        return;
    aon_source_position(p->t->src, open->begin, &line, &col);
    (void)snprintf(what, sizeof what, "`%s` to close the `%s` at %zu:%zu", close,
                   aon_tok_text(open->kind), line, col);
    if (t->kind == TOK_ASSIGN)
        hint = NULL;
    if (is_closing(t->kind) && t->kind != TOK_GT)
        (void)snprintf(text, sizeof text, "write `%s` instead of `%.*s`", close,
                       SHOWN(p, t));
    else if (hint != NULL)
        (void)snprintf(text, sizeof text, "%s", hint);
    else if (foreign_word(t) != NULL)
        (void)snprintf(text, sizeof text, "%s", foreign_word(t));
    else if (is_relation(t->kind))
        (void)snprintf(text, sizeof text,
                       "write `%s` before `%.*s`; relations do not chain: `a = b and b "
                       "= c`",
                       close, SHOWN(p, t));
    else if (t->kind == TOK_COMMA && open->kind == TOK_LPAREN)
        (void)snprintf(text, sizeof text,
                       "write `)` before `,`; a dot product is `<u,v>`");
    else if (starts_term(t->kind) && last != NULL && ends_term(last->kind))
        (void)snprintf(text, sizeof text,
                       "write `%s` after `%.*s`, or an operator, as in `%.*s*%.*s`",
                       close, SHOWN(p, last), SHOWN(p, last), SHOWN(p, t));
    else if (last != NULL && last->kind == kind)
        (void)snprintf(text, sizeof text, "write another `%s` here", close);
    else if (last != NULL)
        (void)snprintf(text, sizeof text, "write `%s` after `%.*s`", close,
                       SHOWN(p, last));
    else
        (void)snprintf(text, sizeof text, "write `%s` here", close);
    aon_p_expected(p, what, text);
}
