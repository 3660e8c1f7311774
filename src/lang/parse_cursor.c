/*
 * The cursor of the parser: tokens, names, numbers and texts taken one after the other.
 */
#include "lang/parser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
aon_p_advance(aon_parser *p)
{
    if (!p->failed && p->at + 1 < p->t->n)
        p->at++;
}

bool
aon_p_accept(aon_parser *p, aon_tok_kind kind)
{
    if (p->failed || aon_p_kind(p) != kind)
        return false;
    aon_p_advance(p);
    return true;
}

aon_span
aon_p_since(const aon_parser *p, size_t first_token)
{
    size_t last = p->at > first_token ? p->at - 1 : first_token;

    return (aon_span){p->t->src, p->t->tok[first_token].begin, p->t->tok[last].end};
}

void *
aon_keep_list(aon_arena *a, void *items, size_t n, size_t size)
{
    void *copy = aon_arena_calloc(a, n, size);

    if (n > 0)
        memcpy(copy, items, n * size);
    free(items);
    return copy;
}

aon_span
aon_p_span(const aon_parser *p, const aon_token *t)
{
    if (t->kind == TOK_EOF && t > p->t->tok)
        return (aon_span){p->t->src, t[-1].end, t[-1].end};
    return (aon_span){p->t->src, t->begin, t->end};
}

void
aon_p_enter(aon_parser *p)
{
    if (p->failed || ++p->nest <= AON_NEST_LIMIT)
        return;
    p->failed = true;
    (void)aon_diag(p->diags, AON_SEV_ERROR, aon_p_span(p, aon_p_peek(p, 0)), "nesting",
                   "name a part with `let` or `def`", "nested more than %d levels deep",
                   AON_NEST_LIMIT);
}

/* Advice on a reserved word where a name is due: often the name is left out. */
static const char *
reserved_hint(const aon_parser *p, const char *hint, const char *otherwise)
{
    const aon_tok_kind k = aon_p_kind(p),
                       last = p->at > 0 ? p->t->tok[p->at - 1].kind : TOK_EOF;

    if ((last == TOK_ASSUME || last == TOK_SHOW) && aon_p_peek(p, 1)->kind != TOK_COLON)
        return hint;
    if (last == TOK_COMMA && (k == TOK_FORALL || k == TOK_EXISTS))
        return "write `forall x in X, y in Y: P`, or `forall x in X: exists y in Y: P`";
    return otherwise;
}

aon_ident
aon_p_name(aon_parser *p, const char *what, const char *hint)
{
    const aon_token *t = aon_p_peek(p, 0);
    aon_ident id = {NULL, aon_p_span(p, t)};
    char text[64];

    if (p->failed)
        return id;
    if (t->kind == TOK_NAME) {
        id.sym = t->sym;
        aon_p_advance(p);
    } else if (t->kind < TOK_WORDS) {
        p->failed = true;
        (void)snprintf(text, sizeof text, "choose another name, such as `%s'`",
                       aon_tok_text(t->kind));
        (void)aon_diag(
            p->diags, AON_SEV_ERROR, id.span, "reserved", reserved_hint(p, hint, text),
            "expected %s, found the reserved word `%s`", what, aon_tok_text(t->kind));
    } else {
        aon_p_expected(p, what, hint);
    }
    return id;
}

uint32_t
aon_p_natural(aon_parser *p, const char *what, const char *hint)
{
    const aon_token *t = aon_p_peek(p, 0);
    const char *s = p->t->src->text + t->begin;
    size_t len = t->end - t->begin;
    uint32_t value = 0;

    if (p->failed)
        return 0;
    if (t->kind != TOK_INT) {
        aon_p_expected(p, what, hint);
        return 0;
    }
    if (len > 9) {
        p->failed = true;
        (void)aon_diag(p->diags, AON_SEV_ERROR, aon_p_span(p, t), "number",
                       "write a number up to 999999999", "%s has at most 9 digits",
                       what);
        return 0;
    }
    for (size_t i = 0; i < len; i++)
        value = 10 * value + (uint32_t)(s[i] - '0');
    aon_p_advance(p);
    return value;
}

const char *
aon_p_string(aon_parser *p, const char *what, const char *hint)
{
    const aon_token *t = aon_p_peek(p, 0);

    if (p->failed)
        return "";
    if (t->kind != TOK_STR) {
        aon_p_expected(p, what, hint);
        return "";
    }
    aon_p_advance(p);
    return aon_arena_strndup(p->arena, p->t->src->text + t->begin + 1,
                             t->end - t->begin - 2);
}

aon_ident *
aon_p_names(aon_parser *p, size_t *n, const char *what, const char *hint)
{
    aon_ident *v = NULL;
    size_t cap = 0;

    *n = 0;
    do {
        v = aon_grow(v, &cap, *n + 1, sizeof *v);
        v[(*n)++] = aon_p_name(p, what, hint);
    } while (aon_p_accept(p, TOK_COMMA));
    return aon_keep_list(p->arena, v, *n, sizeof *v);
}
