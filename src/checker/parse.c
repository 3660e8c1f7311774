/* Trees of formulas and terms, one function per rule of language.md, section 2. */
#include "parse.h"

enum { MAX_NESTING = 200, MAX_DEPTH = 10000 };

ck_tok *
ck_tok_at(ck_parser *p, long ahead)
{
    long i = p->pos + ahead;

    return &p->src->tok[i < p->src->ntok ? i : p->src->ntok - 1];
}

bool
ck_is(ck_parser *p, const char *what)
{
    ck_tok *t = ck_tok_at(p, 0);

    return t->kind == 'k' && strcmp(t->text, what) == 0;
}

static bool
sign_follows(ck_parser *p, const char *sign)
{
    ck_tok *t = ck_tok_at(p, 1);

    return ck_tok_at(p, 0)->kind == 'n' && t->kind == 'k' && strcmp(t->text, sign) == 0;
}

bool
ck_accept(ck_parser *p, const char *what)
{
    if (!ck_is(p, what))
        return false;
    p->pos++;
    return true;
}

void
ck_unexpected(ck_parser *p, const char *wanted)
{
    ck_tok *t = ck_tok_at(p, 0);

    ck_error(p->src, t->at, "syntax", "%s where %s is needed",
             t->kind == 's' ? "a string" : t->text, wanted);
}

void
ck_need(ck_parser *p, const char *what)
{
    if (!ck_accept(p, what))
        ck_unexpected(p, what);
}

const char *
ck_need_name(ck_parser *p)
{
    ck_tok *t = ck_tok_at(p, 0);

    if (t->kind == 'k' && (t->text[0] & 0xc0) == 0x40)
        ck_error(p->src, t->at, "reserved", "%s is a reserved word", t->text);
    if (t->kind != 'n')
        ck_unexpected(p, "a name");
    p->pos++;
    return t->text;
}

const char *
ck_need_kind(ck_parser *p, char kind, const char *wanted)
{
    ck_tok *t = ck_tok_at(p, 0);

    if (t->kind != kind)
        ck_unexpected(p, wanted);
    p->pos++;
    return t->text;
}

const char *
ck_need_small(ck_parser *p)
{
    ck_tok *t = ck_tok_at(p, 0);

    if (t->kind == 'i' && strlen(t->text) > 9)
        ck_error(p->src, t->at, "number", "a number of more than 9 digits");
    return ck_need_kind(p, 'i', "a number");
}

/* ---- trees ---- */

static ck_ast *
leaf(ck_parser *p, ck_ast_op op, const char *name)
{
    ck_ast *t = ck_new(sizeof *t);

    t->op = op;
    t->at = ck_tok_at(p, 0)->at;
    t->name = name;
    t->depth = 1;
    t->nesting = p->nesting;
    return t;
}

static void
add_kid(ck_ast *t, ck_ast *kid)
{
    CK_PUSH(t->kid, t->n, kid);
    if (kid->depth >= t->depth)
        t->depth = kid->depth + 1;
    if (t->depth > MAX_DEPTH)
        ck_stop(CK_EXIT_UNREADABLE, "out of resources: an expression is too deep");
}

static ck_ast *
pair(ck_parser *p, ck_ast_op op, size_t at, ck_ast *a, ck_ast *b)
{
    ck_ast *t = leaf(p, op, NULL);

    t->at = at;
    add_kid(t, a);
    if (b != NULL)
        add_kid(t, b);
    return t;
}

static void
deeper(ck_parser *p)
{
    if (++p->nesting > MAX_NESTING)
        ck_error(p->src, ck_tok_at(p, 0)->at, "nesting", "nesting deeper than %d",
                 MAX_NESTING);
}

static void
open(ck_parser *p, const char *bracket)
{
    if (!ck_is(p, bracket))
        ck_unexpected(p, bracket);
    deeper(p);
    p->pos++;
}

static void
shut(ck_parser *p, const char *bracket)
{
    ck_need(p, bracket);
    p->nesting--;
}

ck_ast *
ck_parse_name(ck_parser *p)
{
    ck_ast *t = leaf(p, A_NAME, NULL);

    t->name = ck_need_name(p);
    return t;
}

/* set: X, Y or NAME, optionally "/" NAME; a lone NAME stays a name unless `always`. */
static ck_ast *
parse_set(ck_parser *p, bool always)
{
    ck_ast *t = leaf(p, A_SET, NULL);

    if (ck_is(p, "X") || ck_is(p, "Y"))
        t->name = ck_tok_at(p, 0)->text, p->pos++;
    else
        t->name = ck_need_kind(p, 'n', "a set"), t->op = always ? A_SET : A_NAME;
    if (ck_accept(p, "/")) {
        t->op = A_SET;
        t->name2 = ck_need_name(p);
    }
    return t;
}

static ck_ast *
parse_card(ck_parser *p)
{
    size_t at = ck_tok_at(p, 0)->at;

    ck_need(p, "#");
    return pair(p, A_CARD, at, parse_set(p, true), NULL);
}

static ck_ast *
parse_dim(ck_parser *p)
{
    ck_ast *t = leaf(p, A_RAT, ck_tok_at(p, 0)->text);

    if (ck_is(p, "#"))
        return parse_card(p);
    if (ck_tok_at(p, 0)->kind == 'i') {
        ck_need_small(p);
        return t;
    }
    if (ck_tok_at(p, 0)->kind != 'n')
        ck_unexpected(p, "a dimension");
    t = ck_parse_name(p);
    if (ck_accept(p, ".")) {
        ck_need(p, "dim");
        t = pair(p, A_MDIM, t->at, t, NULL);
    }
    return t;
}

/* "(" dim {"," dim} ")" behind the sort's word */
static ck_ast *
parse_dims(ck_parser *p, ck_ast_op op, int n)
{
    ck_ast *t = leaf(p, op, ck_tok_at(p, 0)->text);

    p->pos++;
    for (int i = 0; i < n; i++) {
        if (i == 0)
            open(p, "(");
        else
            ck_need(p, ",");
        add_kid(t, parse_dim(p));
    }
    if (n > 0)
        shut(p, ")");
    return t;
}

/* lin, or NULL if none starts here */
static ck_ast *
parse_lin(ck_parser *p)
{
    return ck_is(p, "scalar")   ? parse_dims(p, A_SCALAR, 0)
           : ck_is(p, "vector") ? parse_dims(p, A_VECTOR, 1)
           : ck_is(p, "matrix") ? parse_dims(p, A_MATRIX, 2)
                                : NULL;
}

ck_ast *
ck_parse_sort(ck_parser *p)
{
    static const char *const kinds[] = {"dim", "token", "context", "query", "tokens",
                                        "contexts"};
    ck_ast *t = parse_lin(p);

    if (t != NULL)
        return t;
    if (ck_is(p, "model"))
        return parse_dims(p, A_MODEL, 1);
    if (ck_is(p, "subspace"))
        return parse_dims(p, A_SUBSPACE, 1);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ck_is(p, kinds[i]))
            return parse_dims(p, A_KIND, 0);
    ck_unexpected(p, "a sort");
}

/* ---- terms ---- */

static ck_ast *parse_term(ck_parser *p);
static ck_ast *parse_prod(ck_parser *p);
static ck_ast *parse_post(ck_parser *p);

static ck_ast *
parse_bind(ck_parser *p)
{
    ck_ast *t = leaf(p, A_BIND, NULL), *domain;

    do {
        deeper(p);
        add_kid(t, ck_parse_name(p));
    } while (ck_accept(p, ","));
    ck_need(p, "in");
    domain = parse_lin(p);
    add_kid(t, domain != NULL ? domain : parse_term(p));
    return t;
}

static void
parse_args(ck_parser *p, ck_ast *t)
{
    open(p, "(");
    if (!ck_is(p, ")"))
        do
            add_kid(t, ck_parse_expr(p));
        while (ck_accept(p, ","));
    shut(p, ")");
}

static ck_ast *
parse_braces(ck_parser *p)
{
    ck_ast *t = leaf(p, ck_is(p, "span") ? A_SPAN : A_BUILDER, NULL);
    int outside = p->nesting;

    if (t->op == A_SPAN)
        p->pos++;
    open(p, "{");
    add_kid(t, t->op == A_SPAN ? parse_term(p) : parse_bind(p));
    ck_need(p, "|");
    if (t->op == A_BUILDER) {
        add_kid(t, ck_parse_expr(p));
    } else {
        do
            add_kid(t, parse_bind(p));
        while (ck_accept(p, ","));
    }
    shut(p, "}");
    p->nesting = outside;
    return t;
}

static ck_ast *
parse_prim(ck_parser *p)
{
    static const char *const builtins[] = {"proj", "image", "perp", "dim", "tr",
                                           "colspace", "rowspace", "id", "all"};
    ck_tok *tok = ck_tok_at(p, 0);
    ck_ast *t = leaf(p, A_RAT, tok->text);

    if (tok->kind == 'i' || tok->kind == 'r') {
        p->pos++;
    } else if (sign_follows(p, "(")) {
        t->op = A_CALL;
        p->pos++;
        parse_args(p, t);
    } else if (tok->kind == 'n' || ck_is(p, "X") || ck_is(p, "Y")) {
        t = parse_set(p, false);
    } else if (ck_accept(p, "base")) {
        t->op = A_BASE;
    } else if (ck_is(p, "(")) {
        open(p, "(");
        t = ck_parse_expr(p);
        shut(p, ")");
    } else if (ck_is(p, "<")) {
        t->op = A_DOT;
        open(p, "<");
        add_kid(t, parse_term(p));
        ck_need(p, ",");
        add_kid(t, parse_term(p));
        shut(p, ">");
    } else if (ck_is(p, "{") || ck_is(p, "span")) {
        t = parse_braces(p);
    } else if (ck_is(p, "sum")) {
        t->op = A_SUM;
        p->pos++;
        add_kid(t, parse_bind(p));
        ck_need(p, ":");
        add_kid(t, parse_prod(p));
        p->nesting = t->nesting;
    } else if (ck_is(p, "#")) {
        t = parse_card(p);
    } else {
        t->op = A_BUILTIN;
        for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++)
            if (ck_accept(p, builtins[i])) {
                parse_args(p, t);
                return t;
            }
        ck_unexpected(p, "an expression");
    }
    return t;
}

static ck_ast *
parse_dot(ck_parser *p, ck_ast *t, size_t at)
{
    ck_tok *tok = ck_tok_at(p, 0);
    bool call = sign_follows(p, "(");

    if (ck_accept(p, "dim"))
        return pair(p, A_MDIM, at, t, NULL);
    if (call && (strcmp(tok->text, "f") == 0 || strcmp(tok->text, "g") == 0)) {
        p->pos++;
        open(p, "(");
        t = pair(p, tok->text[0] == 'f' ? A_F : A_G, at, t, parse_term(p));
        shut(p, ")");
        return t;
    }
    t = pair(p, A_CAT, at, t, NULL);
    t->name = ck_need_name(p);
    return t;
}

static ck_ast *
parse_post(ck_parser *p)
{
    size_t at = ck_tok_at(p, 0)->at;
    ck_ast *t = parse_prim(p);

    for (;;) {
        if (ck_accept(p, ".")) {
            t = parse_dot(p, t, at);
        } else if (ck_is(p, "[")) {
            open(p, "[");
            t = pair(p, A_INDEX, at, t, parse_post(p));
            shut(p, "]");
        } else {
            return t;
        }
    }
}

static ck_ast *
parse_neg(ck_parser *p)
{
    size_t at = ck_tok_at(p, 0)->at;
    ck_ast *t;

    if (!ck_is(p, "-"))
        return parse_post(p);
    deeper(p);
    p->pos++;
    t = pair(p, A_NEG, at, parse_post(p), NULL);
    p->nesting--;
    return t;
}

static ck_ast *
parse_prod(ck_parser *p)
{
    ck_ast *t = parse_neg(p);

    while (ck_is(p, "*")) {
        size_t at = ck_tok_at(p, 0)->at;

        p->pos++;
        t = pair(p, A_MUL, at, t, parse_neg(p));
    }
    return t;
}

static ck_ast *
parse_term(ck_parser *p)
{
    ck_ast *t = parse_prod(p);

    while (ck_is(p, "+") || ck_is(p, "-") || ck_is(p, "&")) {
        ck_tok *tok = ck_tok_at(p, 0);

        p->pos++;
        t = pair(p,
                 tok->text[0] == '+'   ? A_ADD
                 : tok->text[0] == '-' ? A_SUB
                                       : A_CAP,
                 tok->at, t, parse_prod(p));
    }
    return t;
}

/* ---- formulas ---- */

static ck_ast *
parse_rel(ck_parser *p)
{
    static const char *const rels[] = {"=", "!=", "<=", "<", "in"};
    ck_ast *t = parse_term(p);
    ck_tok *tok = ck_tok_at(p, 0);

    for (size_t i = 0; i < sizeof rels / sizeof *rels; i++)
        if (ck_accept(p, rels[i])) {
            t = pair(p, A_REL, tok->at, t, parse_term(p));
            t->name = rels[i];
            return t;
        }
    return t;
}

static ck_ast *
parse_quant(ck_parser *p)
{
    ck_ast *t = leaf(p, A_QUANT, ck_tok_at(p, 0)->text);

    p->pos++;
    do
        add_kid(t, parse_bind(p));
    while (ck_accept(p, ","));
    ck_need(p, ":");
    add_kid(t, ck_parse_expr(p));
    p->nesting = t->nesting;
    return t;
}

static ck_ast *
parse_un(ck_parser *p)
{
    size_t at = ck_tok_at(p, 0)->at;
    ck_ast *t;

    if (ck_is(p, "forall") || ck_is(p, "exists"))
        return parse_quant(p);
    if (!ck_is(p, "not"))
        return parse_rel(p);
    deeper(p);
    p->pos++;
    t = pair(p, A_NOT, at, parse_un(p), NULL);
    p->nesting--;
    return t;
}

static ck_ast *
parse_lab(ck_parser *p)
{
    ck_ast *t = leaf(p, A_LABEL, ck_tok_at(p, 0)->text);

    if (!sign_follows(p, ":"))
        return parse_un(p);
    p->pos += 2;
    add_kid(t, parse_un(p));
    return t;
}

/* A chain of `word`: one node with all its members. */
static ck_ast *
parse_chain(ck_parser *p, ck_ast_op op, const char *word, ck_ast *(*part)(ck_parser *))
{
    ck_ast *t = part(p), *chain;

    if (!ck_is(p, word))
        return t;
    chain = pair(p, op, t->at, t, NULL);
    while (ck_accept(p, word))
        add_kid(chain, part(p));
    return chain;
}

static ck_ast *
parse_and(ck_parser *p)
{
    return parse_chain(p, A_AND, "and", parse_lab);
}

static ck_ast *
parse_imp(ck_parser *p)
{
    ck_ast *t = parse_chain(p, A_OR, "or", parse_and);
    size_t at = ck_tok_at(p, 0)->at;

    if (!ck_is(p, "->"))
        return t;
    deeper(p);
    p->pos++;
    t = pair(p, A_IMP, at, t, parse_imp(p));
    p->nesting--;
    return t;
}

ck_ast *
ck_parse_expr(ck_parser *p)
{
    ck_ast *t = parse_imp(p);
    size_t at = ck_tok_at(p, 0)->at;

    return ck_accept(p, "<->") ? pair(p, A_IFF, at, t, parse_imp(p)) : t;
}
