/* Trees of formulas and terms: language.md, section 2. */
#include "syntax.h"

enum { MAX_NESTING = 200, MAX_DEPTH = 10000 };

/* Binary operators, loosest first; LAB and NEG are the rules between and below them. */
enum { IFF, IMP, OR, AND, LAB, REL, TERM, PROD, NEG };
static const struct {
    int level;
    const char *sign;
    ck_ast_op op;
} binary[] = {{IFF, "<->", A_IFF}, {IMP, "->", A_IMP}, {OR, "or", A_OR},   {AND, "and", A_AND},
              {REL, "=", A_REL},   {REL, "!=", A_REL}, {REL, "<=", A_REL}, {REL, "<", A_REL},
              {REL, "in", A_REL},  {TERM, "+", A_ADD}, {TERM, "-", A_SUB}, {TERM, "&", A_CAP},
              {PROD, "*", A_MUL}};

ck_tok *ck_tok_at(ck_parser *p, long ahead) {
    long i = p->pos + ahead;

    return &p->src->tok[i < p->src->ntok ? i : p->src->ntok - 1];
}

static bool is(ck_parser *p, long ahead, const char *what) {
    ck_tok *t = ck_tok_at(p, ahead);

    return t->kind == 'k' && strcmp(t->text, what) == 0;
}

bool ck_is(ck_parser *p, const char *what) { return is(p, 0, what); }

static bool name_before(ck_parser *p, const char *sign) {
    return ck_tok_at(p, 0)->kind == 'n' && is(p, 1, sign);
}

bool ck_accept(ck_parser *p, const char *what) {
    bool yes = ck_is(p, what);

    p->pos += yes;
    return yes;
}

void ck_unexpected(ck_parser *p, const char *wanted) {
    ck_error(p->src, ck_tok_at(p, 0)->at, "syntax", "%s where %s is needed", ck_tok_at(p, 0)->text,
             wanted);
}

void ck_need(ck_parser *p, const char *what) {
    if (!ck_accept(p, what)) ck_unexpected(p, what);
}

const char *ck_need_kind(ck_parser *p, char kind, const char *wanted) {
    if (ck_tok_at(p, 0)->kind != kind) ck_unexpected(p, wanted);
    return p->src->tok[p->pos++].text;
}

const char *ck_need_name(ck_parser *p) {
    ck_tok *t = ck_tok_at(p, 0);

    if (t->kind == 'k' && (t->text[0] | 32) >= 'a' && (t->text[0] | 32) <= 'z')
        ck_error(p->src, t->at, "reserved", "%s is a reserved word", t->text);
    return ck_need_kind(p, 'n', "a name");
}

const char *ck_need_small(ck_parser *p) {
    ck_tok *t = ck_tok_at(p, 0);

    if (t->kind == 'i' && strlen(t->text) > 9)
        ck_error(p->src, t->at, "number", "a number of more than 9 digits");
    return ck_need_kind(p, 'i', "a number");
}

/* ---- trees ---- */

static ck_ast *leaf(ck_parser *p, ck_ast_op op) {
    ck_ast *t = ck_new(sizeof *t);
    ck_tok *tok = ck_tok_at(p, 0);

    *t = (ck_ast){.op = op, .at = tok->at, .name = tok->text, .depth = 1, .nesting = p->nesting};
    return t;
}

static void add_kid(ck_ast *t, ck_ast *kid) {
    CK_PUSH(t->kid, t->n, kid);
    if (kid->depth >= t->depth) t->depth = kid->depth + 1;
    if (t->depth > MAX_DEPTH)
        ck_stop(CK_EXIT_UNREADABLE, "out of resources: an expression is too deep");
}

/* A node around t that starts where t does. */
static ck_ast *around(ck_parser *p, ck_ast_op op, size_t at, ck_ast *t) {
    ck_ast *outer = leaf(p, op);

    outer->at = at;
    add_kid(outer, t);
    return outer;
}

/* One level deeper, over the word or bracket that opens it. */
static void open(ck_parser *p, const char *bracket) {
    if (!ck_is(p, bracket)) ck_unexpected(p, bracket);
    if (++p->nesting > MAX_NESTING)
        ck_error(p->src, ck_tok_at(p, 0)->at, "nesting", "nesting deeper than 200");
    p->pos++;
}

static void shut(ck_parser *p, const char *bracket) {
    ck_need(p, bracket);
    p->nesting--;
}

ck_ast *ck_parse_name(ck_parser *p) {
    ck_ast *t = leaf(p, A_NAME);

    ck_need_name(p);
    return t;
}

/* X, Y or NAME, optionally "/" NAME; a lone NAME stays a name unless `set`. */
static ck_ast *parse_set(ck_parser *p, bool set) {
    ck_ast *t = leaf(p, A_SET);

    if (!ck_accept(p, "X") && !ck_accept(p, "Y")) {
        ck_need_kind(p, 'n', "a set");
        t->op = set ? A_SET : A_NAME;
    }
    if (ck_accept(p, "/")) {
        t->op = A_SET;
        t->name2 = ck_need_name(p);
    }
    return t;
}

static ck_ast *parse_card(ck_parser *p) {
    size_t at = ck_tok_at(p, 0)->at;

    ck_need(p, "#");
    return around(p, A_CARD, at, parse_set(p, true));
}

static ck_ast *parse_dim(ck_parser *p) {
    ck_ast *t = leaf(p, A_RAT);

    if (ck_is(p, "#")) return parse_card(p);
    if (ck_tok_at(p, 0)->kind == 'i') {
        ck_need_small(p);
        return t;
    }
    t->op = A_NAME;
    ck_need_kind(p, 'n', "a dimension");
    if (ck_accept(p, ".")) {
        ck_need(p, "dim");
        t = around(p, A_MDIM, t->at, t);
    }
    return t;
}

ck_ast *ck_parse_sort(ck_parser *p, bool lin) {
    static const char *const sorts[] = {"scalar", "vector",  "matrix", "subspace", "model",   "dim",
                                        "token",  "context", "query",  "tokens",   "contexts"};
    ck_ast *t = leaf(p, A_SORT);

    for (long i = 0; i < (lin ? 3 : CK_COUNT(sorts)); i++)
        if (ck_accept(p, sorts[i])) {
            if (i == 0 || i > 4) return t;
            open(p, "(");
            add_kid(t, parse_dim(p));
            if (i == 2) {
                ck_need(p, ",");
                add_kid(t, parse_dim(p));
            }
            shut(p, ")");
            return t;
        }
    if (!lin) ck_unexpected(p, "a sort");
    return NULL;
}

static ck_ast *parse_from(ck_parser *p, int level);

static ck_ast *parse_bind(ck_parser *p) {
    ck_ast *t = leaf(p, A_BIND), *domain;

    do {
        if (++p->nesting > MAX_NESTING)
            ck_error(p->src, ck_tok_at(p, 0)->at, "nesting", "nesting deeper than 200");
        add_kid(t, ck_parse_name(p));
    } while (ck_accept(p, ","));
    ck_need(p, "in");
    domain = ck_parse_sort(p, true);
    add_kid(t, domain != NULL ? domain : parse_from(p, TERM));
    return t;
}

static void parse_binds(ck_parser *p, ck_ast *t) {
    do add_kid(t, parse_bind(p));
    while (ck_accept(p, ","));
}

static ck_ast *parse_args(ck_parser *p, ck_ast *t) {
    open(p, "(");
    if (!ck_is(p, ")")) do
            add_kid(t, ck_parse_expr(p));
        while (ck_accept(p, ","));
    shut(p, ")");
    return t;
}

/* {bind | expr}, span{term | binds} */
static ck_ast *parse_braces(ck_parser *p) {
    ck_ast *t = leaf(p, A_BUILDER);

    if (ck_accept(p, "span")) t->op = A_SPAN;
    open(p, "{");
    add_kid(t, t->op == A_SPAN ? parse_from(p, TERM) : parse_bind(p));
    ck_need(p, "|");
    if (t->op == A_SPAN)
        parse_binds(p, t);
    else
        add_kid(t, ck_parse_expr(p));
    shut(p, "}");
    p->nesting = t->nesting;
    return t;
}

/* sum bind: prod, forall binds: expr */
static ck_ast *parse_binder(ck_parser *p, ck_ast_op op, int level) {
    ck_ast *t = leaf(p, op);

    p->pos++;
    if (op == A_SUM)
        add_kid(t, parse_bind(p));
    else
        parse_binds(p, t);
    ck_need(p, ":");
    add_kid(t, parse_from(p, level));
    p->nesting = t->nesting;
    return t;
}

static ck_ast *parse_prim(ck_parser *p) {
    static const char *const builtins[] = {"proj",     "image",    "perp", "dim", "tr",
                                           "colspace", "rowspace", "id",   "all"};
    char kind = ck_tok_at(p, 0)->kind;
    bool call = name_before(p, "(");
    ck_ast *t = leaf(p, kind == 'i' || kind == 'r' ? A_RAT : call ? A_CALL : A_BUILTIN);

    if (t->op != A_BUILTIN) {
        p->pos++;
        return call ? parse_args(p, t) : t;
    }
    if (kind == 'n' || ck_is(p, "X") || ck_is(p, "Y")) return parse_set(p, false);
    if (ck_is(p, "{") || ck_is(p, "span")) return parse_braces(p);
    if (ck_is(p, "sum")) return parse_binder(p, A_SUM, PROD);
    if (ck_is(p, "#")) return parse_card(p);
    if (ck_is(p, "(")) {
        open(p, "(");
        t = ck_parse_expr(p);
        shut(p, ")");
        return t;
    }
    if (ck_is(p, "<")) {
        t->op = A_DOT;
        open(p, "<");
        add_kid(t, parse_from(p, TERM));
        ck_need(p, ",");
        add_kid(t, parse_from(p, TERM));
        shut(p, ">");
        return t;
    }
    if (ck_accept(p, "base")) {
        t->op = A_BASE;
        return t;
    }
    for (long i = 0; i < CK_COUNT(builtins); i++)
        if (ck_accept(p, builtins[i])) return parse_args(p, t);
    ck_unexpected(p, "an expression");
}

static ck_ast *parse_post(ck_parser *p) {
    size_t at = ck_tok_at(p, 0)->at;
    ck_ast *t = parse_prim(p);

    for (;;) {
        if (ck_is(p, "[")) {
            open(p, "[");
            t = around(p, A_INDEX, at, t);
            add_kid(t, parse_post(p));
            shut(p, "]");
        } else if (!ck_accept(p, ".")) {
            return t;
        } else if (ck_accept(p, "dim")) {
            t = around(p, A_MDIM, at, t);
        } else {
            bool call = name_before(p, "(");
            const char *name;

            t = around(p, A_CAT, at, t);
            t->name = name = ck_need_name(p);
            if (call && (strcmp(name, "f") == 0 || strcmp(name, "g") == 0)) {
                t->op = name[0] == 'f' ? A_F : A_G;
                open(p, "(");
                add_kid(t, parse_from(p, TERM));
                shut(p, ")");
            }
        }
    }
}

/* "-" post, "not" un */
static ck_ast *parse_prefix(ck_parser *p, const char *word, ck_ast_op op,
                            ck_ast *(*operand)(ck_parser *)) {
    size_t at = ck_tok_at(p, 0)->at;
    ck_ast *t;

    open(p, word);
    t = around(p, op, at, operand(p));
    p->nesting--;
    return t;
}

static ck_ast *parse_un(ck_parser *p) {
    if (ck_is(p, "forall") || ck_is(p, "exists")) return parse_binder(p, A_QUANT, IFF);
    return ck_is(p, "not") ? parse_prefix(p, "not", A_NOT, parse_un) : parse_from(p, REL);
}

static ck_ast *parse_lab(ck_parser *p) {
    ck_ast *t = leaf(p, A_LABEL);

    if (!name_before(p, ":")) return parse_un(p);
    p->pos += 2;
    add_kid(t, parse_un(p));
    return t;
}

/* Precedence climbing. A chain of `and` or `or` is one node with all its members. */
static ck_ast *parse_from(ck_parser *p, int level) {
    ck_ast *t, *chain = NULL;

    if (level == LAB) return parse_lab(p);
    if (level == NEG)
        return ck_is(p, "-") ? parse_prefix(p, "-", A_NEG, parse_post) : parse_post(p);
    t = parse_from(p, level + 1);
    for (long i = 0; i < CK_COUNT(binary); i++) {
        ck_tok *tok = ck_tok_at(p, 0);

        if (binary[i].level != level || !ck_is(p, binary[i].sign)) continue;
        if (level == IMP)
            open(p, "->");
        else
            p->pos++;
        if (chain == NULL) {
            t = around(p, binary[i].op, level == OR || level == AND ? t->at : tok->at, t);
            t->name = binary[i].sign;
        }
        if (level == OR || level == AND) chain = t;
        add_kid(t, parse_from(p, level == IMP ? IMP : level + 1));
        if (level == IMP) p->nesting--;
        if (level == IFF || level == REL) return t;
        i = -1; /* the next operator of this level */
    }
    return t;
}

ck_ast *ck_parse_expr(ck_parser *p) { return parse_from(p, IFF); }
