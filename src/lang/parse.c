/*
 * Files, libraries, statements and their items.
 */
#include "lang/parse.h"

#include "lang/parser.h"

#include <stdio.h>
#include <string.h>

/* ---- items ---- */

static const char *
dims_hint(aon_tok_kind sort)
{
    return sort == TOK_MODEL      ? "write `model(d)`, with `given d in dim` above"
           : sort == TOK_SUBSPACE ? "write `subspace(d)`, with `given d in dim` above"
           : sort == TOK_VECTOR   ? "write `vector(d)` or `vector(#Y)`"
                                  : "write `matrix(d,d')`: rows, then columns";
}

static aon_sort_ast
sort(aon_parser *p)
{
    aon_sort_ast s = {.kind = aon_p_kind(p)};
    size_t first = p->at;
    const aon_token *open;

    switch (s.kind) {
    case TOK_DIM:
    case TOK_TOKEN:
    case TOK_CONTEXT:
    case TOK_QUERY:
    case TOK_TOKENS:
    case TOK_CONTEXTS:
    case TOK_SCALAR:
        aon_p_advance(p);
        break;
    case TOK_MODEL:
    case TOK_SUBSPACE:
    case TOK_VECTOR:
    case TOK_MATRIX:
        aon_p_advance(p);
        open = aon_p_peek(p, 0);
        aon_p_expect(p, TOK_LPAREN, "and a dimension", dims_hint(s.kind));
        s.dim[0] = aon_p_dim(p);
        if (s.kind == TOK_MATRIX) {
            aon_p_expect(p, TOK_COMMA, "between rows and columns",
                         dims_hint(TOK_MATRIX));
            s.dim[1] = aon_p_dim(p);
        }
        aon_p_close(p, TOK_RPAREN, open);
        break;
    default:
        aon_p_expected_item(
            p,
            "a sort: `dim`, `token`, `context`, `query`, `tokens`, `contexts`, "
            "`model(d)`, `subspace(d)`, `scalar`, `vector(d)` or `matrix(d,d')`",
            TOK_SCALAR, TOK_CONTEXTS,
            "a number is `given a in scalar`, a size `given d in dim`");
    }
    s.span = aon_p_since(p, first);
    return s;
}

static const char *
form(const char *fmt, const aon_ident *id, char text[200])
{
    (void)snprintf(text, 200, fmt, id->sym != NULL ? id->sym->s : "NAME");
    return text;
}

/* What follows a name where a colon is due: is the name the begin of a formula? */
static bool
name_left_out(aon_tok_kind next)
{
    return next == TOK_LPAREN || next == TOK_DOT || (next >= TOK_NE && next <= TOK_AMP);
}

static void
claim(aon_parser *p, aon_item *it, bool assume)
{
    char text[200];
    size_t body;

    it->kind = assume ? IT_ASSUME : IT_SHOW;
    it->name = aon_p_name(p, "a name",
                          assume ? "a hypothesis has a name: `assume h: a = b`"
                                 : "a conclusion has a name: `show c: a = b`");
    aon_p_expect(p, TOK_COLON, "after the name",
                 form(name_left_out(aon_p_kind(p))
                          ? assume ? "a hypothesis has a name: `assume h: %s..`"
                                   : "a conclusion has a name: `show c: %s..`"
                      : assume ? "write `assume %s: ..`"
                               : "write `show %s: ..`",
                      &it->name, text));
    body = p->at;
    it->body = aon_p_expr(p);
    it->body_span = aon_p_since(p, body);
    if (assume && aon_p_accept(p, TOK_WEAKEN))
        it->weaken = aon_p_expr(p);
}

static aon_item
item(aon_parser *p)
{
    aon_item it = {.kind = IT_CITE};
    size_t first = p->at;
    aon_tok_kind k = aon_p_kind(p);
    char text[200];

    aon_p_advance(p);
    switch (k) {
    case TOK_CITE:
    case TOK_NOTE:
        it.kind = k == TOK_CITE ? IT_CITE : IT_NOTE;
        it.text =
            aon_p_string(p, "a text in quotes",
                         k == TOK_CITE ? "write `cite \"arXiv:2410.23501, Theorem 15\"`"
                                       : "write `note \"some text\"`");
        break;
    case TOK_USE:
        it.kind = IT_USE;
        it.name = aon_p_name(p, "the name of a library", "write `use ntp 1`");
        it.version = aon_p_natural(
            p, "a version", form("write `use %s 1`: name and version", &it.name, text));
        break;
    case TOK_GIVEN:
        it.kind = IT_GIVEN;
        it.names = aon_p_names(p, &it.nnames, "a name", "write `given d in dim`");
        aon_p_expect(p, TOK_IN, "and a sort",
                     form("write `given %s in scalar`, or another sort: `token`, "
                          "`vector(d)`, `model(d)`, ..",
                          it.names, text));
        it.sort = sort(p);
        break;
    case TOK_LET:
        it.kind = IT_LET;
        it.name = aon_p_name(p, "a name", "write `let v := m.f(x)`");
        aon_p_expect(p, TOK_ASSIGN, "after the name",
                     form("write `let %s := ..`", &it.name, text));
        it.body = aon_p_expr(p);
        break;
    case TOK_ASSUME:
    case TOK_SHOW:
        claim(p, &it, k == TOK_ASSUME);
        break;
    default:
        it.kind = IT_EXPECT;
        it.expect = aon_p_expectation(p);
    }
    it.span = aon_p_since(p, first);
    return it;
}

/* ---- statements and libraries ---- */

static bool
starts_item(aon_tok_kind k)
{
    return k == TOK_CITE || k == TOK_NOTE || k == TOK_USE || k == TOK_GIVEN ||
           k == TOK_LET || k == TOK_ASSUME || k == TOK_SHOW || k == TOK_EXPECT;
}

static bool
starts_part(aon_tok_kind k)
{
    return k == TOK_LIBRARY || k == TOK_STATEMENT || k == TOK_EOF;
}

/* After an error: on to the next place where something independent starts. */
static void
recover(aon_parser *p, bool in_library)
{
    p->failed = false;
    p->nest = 0;
    while (!starts_part(aon_p_kind(p)) &&
           !(in_library && (aon_p_kind(p) == TOK_DEF || aon_p_kind(p) == TOK_REPORT)))
        p->at++;
}

static void
skip_item(aon_parser *p)
{
    do
        p->at++;
    while (!starts_item(aon_p_kind(p)) && !starts_part(aon_p_kind(p)));
}

static aon_stmt
statement(aon_parser *p)
{
    aon_stmt s = {.nitems = 0};
    aon_item *items = NULL;
    size_t cap = 0, first = p->at;

    aon_p_advance(p);
    s.name = aon_p_name(p, "the name of the statement", "write `statement my_theorem`");
    while (!p->failed && !starts_part(aon_p_kind(p))) {
        if (!starts_item(aon_p_kind(p))) {
            if (s.nitems == 0)
                aon_p_expected_item(
                    p, "an item (`given`, `assume`, `show`, ...)", TOK_CITE, TOK_EXPECT,
                    "after the statement's name come items: `given m in "
                    "model(2)`, `show c: a = b`");
            else
                aon_p_expected_operator(
                    p, "an operator or the next item (`assume`, `show`, ...)");
            break;
        }
        if (p->skip_expect && aon_p_kind(p) == TOK_EXPECT) {
            skip_item(p);
            continue;
        }
        items = aon_grow(items, &cap, s.nitems + 1, sizeof *items);
        items[s.nitems++] = item(p);
    }
    s.item = aon_keep_list(p->arena, items, s.nitems, sizeof *items);
    s.span = aon_p_since(p, first);
    return s;
}

static aon_def
definition(aon_parser *p)
{
    aon_def d = {.bad = false};
    size_t first = p->at;
    bool report = aon_p_kind(p) == TOK_REPORT;
    char text[200];
    const aon_token *open;

    aon_p_advance(p);
    if (report)
        d.label = aon_p_string(p, "a label in quotes",
                               "write `report \"rank of f\" (m) := dim(M(m))`");
    else
        d.name = aon_p_name(p, "the name of the definition", "write `def F(m) := ..`");
    open = aon_p_peek(p, 0);
    aon_p_expect(
        p, TOK_LPAREN, "and the parameters",
        report ? "write `report \"..\" (m) := ..`"
               : form("write `def %s(x, y) := ..`, with `()` if it has no parameters",
                      &d.name, text));
    if (report || aon_p_kind(p) != TOK_RPAREN)
        d.param = aon_p_names(p, &d.nparams, "the name of a parameter",
                              "parameters are names without sorts: `(m, x, y)`");
    aon_p_close(p, TOK_RPAREN, open);
    aon_p_expect(p, TOK_ASSIGN, "and what it stands for",
                 report ? "write `report \"..\" (m) := ..`"
                        : form("write `def %s(..) := ..`", &d.name, text));
    d.body = aon_p_expr(p);
    d.span = aon_p_since(p, first);
    if (!p->failed && aon_p_kind(p) != TOK_DEF && aon_p_kind(p) != TOK_REPORT &&
        !starts_part(aon_p_kind(p)))
        aon_p_expected_operator(p, "an operator or the next definition");
    return d;
}

static aon_library
library(aon_parser *p, bool *bad)
{
    aon_library l = {.ndefs = 0};
    aon_def *defs = NULL;
    size_t cap = 0;
    char text[200];

    aon_p_advance(p);
    l.name = aon_p_name(p, "the name of the library",
                        "write `library mine 1`: name and version");
    l.version = aon_p_natural(
        p, "a version", form("write `library %s 1`: name and version", &l.name, text));
    for (;;) {
        if (p->failed) {
            *bad = true;
            recover(p, true);
        }
        if (starts_part(aon_p_kind(p)))
            break;
        if (aon_p_kind(p) != TOK_DEF && aon_p_kind(p) != TOK_REPORT) {
            aon_p_expected(p, "`def` or `report`",
                           starts_item(aon_p_kind(p))
                               ? "items belong to a statement: write `statement NAME` "
                                 "above"
                               : "a library has definitions: `def F(m) := ..`");
            continue;
        }
        defs = aon_grow(defs, &cap, l.ndefs + 1, sizeof *defs);
        defs[l.ndefs] = definition(p);
        defs[l.ndefs].index = (uint32_t)l.ndefs;
        l.ndefs++;
    }
    l.def = aon_keep_list(p->arena, defs, l.ndefs, sizeof *defs);
    return l;
}

/* The first word of an instance: arguments were exchanged. */
static bool
is_instance(const aon_parser *p)
{
    const aon_token *t = aon_p_peek(p, 0);

    return t->kind == TOK_NAME && strcmp(t->sym->s, "aoni") == 0;
}

aon_status
aon_parse_file(aon_file *out, const aon_tokens *tokens, bool expectations,
               aon_arena *arena, aon_diags *diags)
{
    aon_parser p = {
        .t = tokens, .skip_expect = !expectations, .arena = arena, .diags = diags};
    aon_library *libs = NULL;
    aon_stmt *stmts = NULL;
    size_t lib_cap = 0, stmt_cap = 0, order = 0;
    bool bad = false;

    *out = (aon_file){.src = tokens->src};
    while (aon_p_kind(&p) != TOK_EOF) {
        if (aon_p_kind(&p) == TOK_LIBRARY) {
            libs = aon_grow(libs, &lib_cap, out->nlibs + 1, sizeof *libs);
            libs[out->nlibs] = library(&p, &bad);
            libs[out->nlibs++].order = order++;
        } else if (aon_p_kind(&p) == TOK_STATEMENT) {
            stmts = aon_grow(stmts, &stmt_cap, out->nstmts + 1, sizeof *stmts);
            stmts[out->nstmts] = statement(&p);
            stmts[out->nstmts++].order = order++;
        } else {
            aon_p_expected_item(
                &p, "`library` or `statement`", TOK_LIBRARY, TOK_STATEMENT,
                is_instance(&p) ? "this is an instance; the theorem file stands before "
                                  "it: `aon decide FILE.aon INSTANCE.aoni`"
                : aon_p_kind(&p) == TOK_DEF || aon_p_kind(&p) == TOK_REPORT
                    ? "definitions belong to a library: write `library mine 1` above"
                    : "begin with a line `statement NAME`");
        }
        if (p.failed) {
            bad = true;
            recover(&p, false);
        }
    }
    out->lib = aon_keep_list(p.arena, libs, out->nlibs, sizeof *libs);
    out->stmt = aon_keep_list(p.arena, stmts, out->nstmts, sizeof *stmts);
    out->nparts = order;
    for (size_t i = 0; i < out->nlibs; i++)
        for (size_t k = 0; k < out->lib[i].ndefs; k++)
            out->lib[i].def[k].lib = &out->lib[i];
    return bad ? AON_EINPUT : AON_OK;
}

aon_status
aon_parse_expr(aon_expr **out, const aon_tokens *tokens, aon_arena *arena,
               aon_diags *diags)
{
    aon_parser p = {.t = tokens, .arena = arena, .diags = diags};

    *out = aon_p_expr(&p);
    if (!p.failed && aon_p_kind(&p) != TOK_EOF)
        aon_p_expected_operator(&p, "an operator or the end of the expression");
    return p.failed ? AON_EINPUT : AON_OK;
}
