/*
 * What a statement expects of itself: `expect`, variants and outcomes.
 */
#include "lang/parser.h"

#include <string.h>

static bool
is_word(const aon_parser *p, size_t ahead, const char *word)
{
    const aon_token *t = aon_p_peek(p, ahead);

    return t->kind == TOK_NAME && strcmp(t->sym->s, word) == 0;
}

static bool
accept_word(aon_parser *p, const char *word)
{
    if (p->failed || !is_word(p, 0, word))
        return false;
    aon_p_advance(p);
    return true;
}

/* variant; false if there is none here */
static bool
variant(aon_parser *p, aon_variant_ast *v)
{
    static const char *const only = "write `expect only {h1, h2}: survived`",
                             *const drop = "write `expect drop EL.e3: refuted` for the "
                                           "conjunct `e3` of `EL`";
    aon_ident *names = NULL;
    size_t n = 0, cap = 0;

    *v = (aon_variant_ast){.kind = VAR_WITHOUT};
    if (accept_word(p, "without")) {
        v->name = aon_p_names(p, &v->nnames, "the name of a hypothesis",
                              "write the name from `assume h: ..`: `expect without h: "
                              "survived`");
    } else if (aon_p_accept(p, TOK_WEAKEN)) {
        v->kind = VAR_WEAKEN;
        v->name = aon_p_names(p, &v->nnames, "the name of a hypothesis",
                              "write the name from `assume h: ..`: `expect weaken h: "
                              "survived`");
    } else if (accept_word(p, "only")) {
        const aon_token *open = aon_p_peek(p, 0);

        v->kind = VAR_ONLY;
        aon_p_expect(p, TOK_LBRACE, "and the hypotheses that stay", only);
        if (aon_p_kind(p) != TOK_RBRACE)
            v->name = aon_p_names(p, &v->nnames, "the name of a hypothesis", only);
        aon_p_close(p, TOK_RBRACE, open);
    } else if (accept_word(p, "drop")) {
        v->kind = VAR_DROP;
        do {
            names = aon_grow(names, &cap, n + 2, sizeof *names);
            names[n++] = aon_p_name(p, "the name of a definition", drop);
            aon_p_expect(p, TOK_DOT, "and a label", drop);
            names[n++] = aon_p_name(p, "a label", drop);
        } while (aon_p_accept(p, TOK_COMMA));
        v->name = aon_keep_list(p->arena, names, n, sizeof *names);
        v->nnames = n;
    } else {
        return false;
    }
    return true;
}

static uint32_t *
shape(aon_parser *p, size_t *n)
{
    static const char *const hint = "write sizes in parentheses: `(2,1,3)`";
    const aon_token *open = aon_p_peek(p, 0);
    uint32_t *v = NULL;
    size_t cap = 0;

    *n = 0;
    aon_p_expect(p, TOK_LPAREN, "and sizes", hint);
    do {
        v = aon_grow(v, &cap, *n + 1, sizeof *v);
        v[(*n)++] = aon_p_natural(p, "a size", hint);
    } while (aon_p_accept(p, TOK_COMMA));
    aon_p_close(p, TOK_RPAREN, open);
    return aon_keep_list(p->arena, v, *n, sizeof *v);
}

static void
on(aon_parser *p, aon_expect_ast *e)
{
    static const char *const hint = "write `on \"instances/NAME.aoni\"`";

    if (accept_word(p, "on"))
        e->on = aon_p_string(p, "the name of an instance file in quotes", hint);
    else
        aon_p_expected(p, "`on` and an instance file", hint);
}

static void
outcome(aon_parser *p, aon_expect_ast *e)
{
    static const char *const sufficient = "write `expect sufficient {h1, h2}`";
    const aon_token *open;

    if (accept_word(p, "survived")) {
        e->outcome = AON_EXP_SURVIVED;
    } else if (accept_word(p, "refuted")) {
        e->outcome = AON_EXP_REFUTED;
        if (accept_word(p, "because"))
            e->because = aon_p_name(
                p, "the name of a conclusion",
                "write the name from `show c: ..`: `expect refuted because c`");
        if (is_word(p, 0, "on"))
            on(p, e);
        if (accept_word(p, "minimal"))
            e->shape = shape(p, &e->nshape);
    } else if (accept_word(p, "holds")) {
        e->outcome = AON_EXP_HOLDS;
        on(p, e);
    } else if (accept_word(p, "inapplicable")) {
        e->outcome = AON_EXP_INAPPLICABLE;
        if (!(is_word(p, 0, "on") && aon_p_peek(p, 1)->kind == TOK_STR))
            e->name =
                aon_p_names(p, &e->nnames, "the name of a hypothesis",
                            "write `expect inapplicable h on \"instances/NAME.aoni\"`");
        on(p, e);
    } else if (accept_word(p, "none")) {
        e->outcome = AON_EXP_NONE_AT;
        if (!accept_word(p, "at"))
            aon_p_expected(p, "`at` and sizes", "write `expect none at (2,1)`");
        e->shape = shape(p, &e->nshape);
    } else if (accept_word(p, "sufficient")) {
        e->outcome = AON_EXP_SUFFICIENT;
        open = aon_p_peek(p, 0);
        aon_p_expect(p, TOK_LBRACE, "and hypotheses", sufficient);
        if (aon_p_kind(p) != TOK_RBRACE)
            e->name =
                aon_p_names(p, &e->nnames, "the name of a hypothesis", sufficient);
        aon_p_close(p, TOK_RBRACE, open);
    } else {
        aon_p_expected(p,
                       "`survived`, `refuted`, `holds`, `inapplicable`, `none` or "
                       "`sufficient`",
                       "write `expect survived`, `expect refuted`, `expect without h: "
                       "refuted`, `expect holds on \"instances/NAME.aoni\"`");
    }
}

aon_expect_ast *
aon_p_expectation(aon_parser *p)
{
    aon_expect_ast *e = AON_NEW(p->arena, aon_expect_ast);
    aon_variant_ast v, *list = NULL;
    size_t cap = 0;

    if (variant(p, &v)) {
        do {
            list = aon_grow(list, &cap, e->nvariants + 1, sizeof *list);
            list[e->nvariants++] = v;
            if (!aon_p_accept(p, TOK_AND))
                break;
            if (!variant(p, &v))
                aon_p_expected(p, "`without`, `weaken`, `only` or `drop`",
                               "write `expect without h and drop EL.e3: survived`");
        } while (!p->failed);
        aon_p_expect(
            p, TOK_COLON, "and what is expected",
            "write `expect without h: survived` or `expect without h: refuted`");
    }
    e->variant = aon_keep_list(p->arena, list, e->nvariants, sizeof *list);
    outcome(p, e);
    return e;
}
