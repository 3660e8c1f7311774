/*
 * Values, and the walk over expressions.
 */
#include "lang/elab.h"

#include <stdlib.h>
#include <string.h>

/* ---- values ---- */

aon_ref
aon_elab_node(aon_elab *e, aon_val v)
{
    if (v.kind == VAL_NODE)
        return v.node;
    return v.kind == VAL_DIM ? aon_mk_size(e->b, v.dim) : AON_NO_REF;
}

aon_val
aon_elab_as_term(aon_elab *e, aon_val v)
{
    if (v.kind == VAL_DIM)
        return (aon_val){.kind = VAL_NODE, .node = aon_elab_node(e, v)};
    return v;
}

const aon_type *
aon_elab_type(const aon_elab *e, aon_val v)
{
    return v.kind == VAL_NODE ? aon_build_type(e->b, v.node) : NULL;
}

bool
aon_type_is_term(const aon_type *t)
{
    return t != NULL && (t->kind == AON_T_SCALAR || t->kind == AON_T_VECTOR ||
                         t->kind == AON_T_MATRIX);
}

aon_val
aon_val_node(aon_elab *e, const aon_expr *x, aon_ref r)
{
    if (aon_build_overflow(e->b) != NULL) {
        aon_elab_error(
            e, x->span, "expansion",
            "name a repeated part with `let`; give definitions fewer repetitions", "%s",
            aon_build_overflow(e->b));
        return (aon_val){.kind = VAL_BAD};
    }
    return (aon_val){.kind = VAL_NODE, .node = r};
}

bool
aon_elab_is(const aon_elab *e, aon_val v, aon_type_kind kind)
{
    if (v.kind == VAL_DIM)
        return kind == AON_T_SCALAR;
    return v.kind == VAL_NODE && aon_build_type(e->b, v.node)->kind == kind;
}

aon_ref
aon_elab_formula(aon_elab *e, const aon_expr *x, aon_val v)
{
    if (v.kind == VAL_BAD)
        return AON_NO_REF;
    if (aon_elab_is(e, v, AON_T_FORMULA))
        return v.node;
    aon_elab_error(e, x->span, "type", aon_elab_formula_hint(e, x->span, v),
                   "a formula is needed here, `%s` is %s", aon_elab_source(e, x->span),
                   aon_elab_describe(e, v));
    return AON_NO_REF;
}

bool
aon_elab_set(aon_elab *e, const aon_set_ast *s, aon_set *out)
{
    const aon_val *v, *q = NULL;

    memset(out, 0, sizeof *out);
    if (s->base == TOK_NAME) {
        v = aon_elab_lookup(e, s->name.sym);
        if (v == NULL) {
            aon_elab_unknown(e, &s->name, false, "set");
            return false;
        }
    } else {
        v = NULL;
        out->name = s->base == TOK_X ? "X" : "Y";
        out->tokens = s->base == TOK_Y;
    }
    if (s->query.sym != NULL && (q = aon_elab_lookup(e, s->query.sym)) == NULL) {
        aon_elab_unknown(e, &s->query, false, "query");
        return false;
    }
    if (v != NULL && v->kind != VAL_SET) {
        aon_elab_error(e, s->span, "type",
                       v->kind == VAL_NODE && s->query.sym != NULL
                           ? "there is no division; multiply by a fraction: `1/2*a`"
                           : aon_elab_sort_hint(e, "set"),
                       "a set is needed here, `%s` is %s", s->name.sym->s,
                       aon_elab_describe(e, *v));
        return false;
    }
    if (v != NULL)
        *out = v->set;
    if (q == NULL)
        return true;
    if (q->kind != VAL_QUERY) {
        aon_elab_error(e, s->query.span, "type", aon_elab_sort_hint(e, "query"),
                       "a query is needed here, `%s` is %s", s->query.sym->s,
                       aon_elab_describe(e, *q));
        return false;
    }
    if (out->tokens || out->query != NULL) {
        aon_elab_error(e, s->span, "type",
                       aon_elab_format(e, "leave `/%s` out, or write `X/%s`",
                                       s->query.sym->s, s->query.sym->s),
                       out->tokens
                           ? "only a set of contexts can be restricted by a query"
                           : "this set is restricted by a query already");
        return false;
    }
    out->query = q->name;
    return true;
}

/* A value as a dimension: a dim, or a literal natural number. */
bool
aon_elab_as_dim(aon_elab *e, aon_val v, aon_dim *out)
{
    const char *s;
    size_t n;

    if (v.kind == VAL_DIM) {
        *out = v.dim;
        return true;
    }
    if (v.kind != VAL_NODE || aon_build_node(e->b, v.node)->op != AON_RAT)
        return false;
    s = aon_build_node(e->b, v.node)->name;
    n = strlen(s);
    if (n > 9 || strspn(s, "0123456789") != n)
        return false;
    *out = aon_dim_int((uint32_t)strtoul(s, NULL, 10));
    return true;
}

bool
aon_elab_dim(aon_elab *e, const aon_dim_ast *d, aon_dim *out)
{
    const aon_val *v;
    aon_set set;

    *out = aon_dim_int(d->value);
    if (d->kind == DIMA_INT)
        return true;
    if (d->kind == DIMA_COUNT) {
        if (!aon_elab_set(e, &d->set, &set))
            return false;
        *out = aon_dim_set(set);
        return true;
    }
    v = aon_elab_lookup(e, d->name.sym);
    if (v == NULL) {
        aon_elab_unknown(e, &d->name, false, d->kind == DIMA_MEMBER ? "model" : "dim");
        return false;
    }
    if (d->kind == DIMA_MEMBER && v->kind == VAL_MODEL) {
        *out = v->dim;
        return true;
    }
    if (d->kind == DIMA_NAME && aon_elab_as_dim(e, *v, out))
        return true;
    aon_elab_error(e, d->span, "type",
                   d->kind == DIMA_MEMBER ? aon_elab_sort_hint(e, "model")
                                          : aon_elab_dim_hint(e, d->name.span, *v),
                   "%s is needed here, `%s` is %s",
                   d->kind == DIMA_MEMBER ? "a model" : "a dimension", d->name.sym->s,
                   aon_elab_describe(e, *v));
    return false;
}

/* ---- expressions ---- */

static bool
is_dropped(const aon_elab *e, const aon_expr *x)
{
    const char *def, *label;

    if (x->kind != EX_LABEL || e->site == NULL || e->site->def->name.sym == NULL)
        return false;
    def = e->site->def->name.sym->s;
    label = x->name.sym->s;
    for (size_t i = 0; i < e->ndrop; i++) {
        size_t n = strlen(def);

        if (strncmp(e->drop[i], def, n) == 0 && e->drop[i][n] == '.' &&
            strcmp(e->drop[i] + n + 1, label) == 0)
            return true;
    }
    return false;
}

/* P and Q and .., P or Q or ..: left to right, each pair checked once both are there. */
static aon_val
chain_logic(aon_elab *e, const aon_expr *x)
{
    aon_op op = x->kind == EX_AND ? AON_AND : AON_OR;
    aon_ref acc = AON_NO_REF, q;
    const aon_expr *first = NULL;
    aon_val left = {.kind = VAL_BAD}, v;

    for (size_t i = 0; i < x->nargs; i++) {
        if (is_dropped(e, x->arg[i]))
            continue;
        v = aon_elab_expr(e, x->arg[i]);
        if (e->failed)
            return v;
        if (first == NULL) {
            first = x->arg[i];
            left = v;
            continue;
        }
        if (acc == AON_NO_REF)
            acc = aon_elab_formula(e, first, left);
        q = aon_elab_formula(e, x->arg[i], v);
        if (e->failed)
            return (aon_val){.kind = VAL_BAD};
        acc = aon_mk_both(e->b, op, acc, q);
    }
    if (first == NULL)
        acc = aon_mk_truth(e->b);
    else if (acc == AON_NO_REF)
        acc = aon_elab_formula(e, first, left);
    if (e->failed)
        return (aon_val){.kind = VAL_BAD};
    return aon_val_node(e, x, acc);
}

static aon_val
logic(aon_elab *e, const aon_expr *x)
{
    const aon_val bad = {.kind = VAL_BAD};
    aon_val v = aon_elab_expr(e, x->arg[0]), w = bad;
    aon_ref p, q = AON_NO_REF;

    if (!e->failed && x->nargs > 1)
        w = aon_elab_expr(e, x->arg[1]);
    if (e->failed)
        return bad;
    p = aon_elab_formula(e, x->arg[0], v);
    if (x->nargs > 1)
        q = aon_elab_formula(e, x->arg[1], w);
    if (e->failed)
        return bad;
    switch (x->kind) {
    case EX_NOT:
        return aon_val_node(e, x, aon_mk_not(e->b, p));
    case EX_IMP:
        return aon_val_node(e, x, aon_mk_both(e->b, AON_OR, aon_mk_not(e->b, p), q));
    default:
        v.node = aon_mk_both(e->b, AON_OR, aon_mk_not(e->b, p), q);
        w.node = aon_mk_both(e->b, AON_OR, aon_mk_not(e->b, q), p);
        return aon_val_node(e, x, aon_mk_both(e->b, AON_AND, v.node, w.node));
    }
}

/* a + b - c, a * b * c: left to right. */
static aon_val
chain_terms(aon_elab *e, const aon_expr *x)
{
    aon_val acc = aon_elab_expr(e, x->arg[0]), v;

    for (size_t i = 1; i < x->nargs && !e->failed; i++) {
        v = aon_elab_expr(e, x->arg[i]);
        if (e->failed)
            break;
        acc = aon_elab_binary(e, x, x->ops[i], x->arg[i - 1], acc, x->arg[i], v);
    }
    return acc;
}

static aon_val
relation(aon_elab *e, const aon_expr *x)
{
    aon_val a = aon_elab_expr(e, x->arg[0]), b = {.kind = VAL_BAD};

    if (!e->failed)
        b = aon_elab_expr(e, x->arg[1]);
    if (e->failed)
        return b;
    return aon_elab_binary(e, x, x->op, x->arg[0], a, x->arg[1], b);
}

static aon_val
name(aon_elab *e, const aon_expr *x, const char *sort)
{
    const aon_val *v = aon_elab_lookup(e, x->name.sym);

    if (v != NULL)
        return *v;
    aon_elab_unknown(e, &x->name, false, sort);
    return (aon_val){.kind = VAL_BAD};
}

static aon_val
postfix(aon_elab *e, const aon_expr *x)
{
    aon_val v = aon_elab_expr(e, x->arg[0]), arg = {.kind = VAL_BAD};

    for (size_t i = 0; i < x->nposts && !e->failed; i++) {
        const aon_expr *a = x->post[i].arg;

        if (a != NULL && a->kind == EX_NAME && x->post[i].kind != POST_INDEX)
            arg = name(e, a, x->post[i].kind == POST_F ? "context" : "token");
        else if (a != NULL)
            arg = aon_elab_expr(e, a);
        if (!e->failed)
            v = aon_elab_suffix(e, x, &x->post[i], v, arg);
    }
    return v;
}

static aon_val
builtin(aon_elab *e, const aon_expr *x)
{
    size_t want = x->op == TOK_IMAGE ? 2 : 1;
    aon_val args[2];

    if (x->nargs != want) {
        aon_elab_error(e, x->span, "arity", aon_tok_form(x->op),
                       "`%s` takes %zu argument%s, not %zu", aon_tok_text(x->op), want,
                       want == 1 ? "" : "s", x->nargs);
        return (aon_val){.kind = VAL_BAD};
    }
    for (size_t i = 0; i < x->nargs; i++) {
        args[i] = aon_elab_expr(e, x->arg[i]);
        if (e->failed)
            return args[i];
    }
    return aon_elab_builtin(e, x, args);
}

static aon_val
labelled(aon_elab *e, const aon_expr *x)
{
    aon_val v;

    if (is_dropped(e, x))
        return aon_val_node(e, x, aon_mk_truth(e->b));
    v = aon_elab_expr(e, x->arg[0]);
    if (!e->failed)
        (void)aon_elab_formula(e, x->arg[0], v);
    return e->failed ? (aon_val){.kind = VAL_BAD} : v;
}

aon_val
aon_elab_expr(aon_elab *e, const aon_expr *x)
{
    aon_val v = {.kind = VAL_BAD};

    if (e->failed)
        return v;
    aon_build_at(e->b, x->span);
    switch (x->kind) {
    case EX_NUM:
        return aon_val_node(e, x, aon_mk_rat(e->b, x->text));
    case EX_NAME:
        return name(e, x, NULL);
    case EX_BASE:
        return aon_val_node(e, x, aon_mk_base(e->b));
    case EX_SET:
    case EX_COUNT:
        if (!aon_elab_set(e, x->set, &v.set))
            return v;
        v.kind = x->kind == EX_SET ? VAL_SET : VAL_DIM;
        if (v.kind == VAL_DIM)
            v.dim = aon_dim_set(v.set);
        return v;
    case EX_CALL:
        return aon_elab_call(e, x);
    case EX_BUILTIN:
        return builtin(e, x);
    case EX_ANGLE:
        v = aon_elab_expr(e, x->arg[0]);
        if (e->failed)
            return v;
        return aon_elab_binary(e, x, TOK_COMMA, x->arg[0], v, x->arg[1],
                               aon_elab_expr(e, x->arg[1]));
    case EX_BUILDER:
    case EX_SPAN:
    case EX_SUM:
    case EX_QUANT:
        return aon_elab_binder(e, x);
    case EX_NOT:
    case EX_IMP:
    case EX_IFF:
        return logic(e, x);
    case EX_NEG:
        v = aon_elab_expr(e, x->arg[0]);
        return e->failed ? v : aon_elab_binary(e, x, TOK_NOT, x->arg[0], v, NULL, v);
    case EX_REL:
        return relation(e, x);
    case EX_ADD:
    case EX_MUL:
        return chain_terms(e, x);
    case EX_AND:
    case EX_OR:
        return chain_logic(e, x);
    case EX_LABEL:
        return labelled(e, x);
    case EX_POST:
        return postfix(e, x);
    }
    return v;
}
