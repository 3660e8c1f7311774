/*
 * Suffixes on an elaborated base: embeddings, continuations, entries and dimensions.
 */
#include "lang/elab.h"

#include <string.h>

static const aon_val bad = {.kind = VAL_BAD};

/* The set that a bound variable runs over; NULL for everything else. */
static const aon_set *
bound_over(const aon_elab *e, aon_ref r)
{
    return aon_build_node(e->b, r)->op == AON_VAR ? &aon_build_data(e->b, r)->set
                                                  : NULL;
}

/* A base up to the end of this suffix. */
static aon_span
up_to(const aon_expr *x, const aon_post *s)
{
    aon_span where = x->arg[0]->span;

    if (s->span.src == where.src)
        where.end = s->span.end;
    return where;
}

static aon_val
concatenate(aon_elab *e, const aon_expr *x, const aon_post *s, aon_val base)
{
    const aon_val *q = aon_elab_lookup(e, s->name.sym);
    const aon_set *over;

    if (q == NULL) {
        if (base.kind == VAL_MODEL)
            aon_elab_error(e, s->name.span, "unknown-name",
                           "a model has `.f(x)`, `.g(y)` and `.dim`",
                           "unknown name `%s`", s->name.sym->s);
        else
            aon_elab_unknown(e, &s->name, false, "query");
        return bad;
    }
    if (!aon_elab_is(e, base, AON_T_CONTEXT) || q->kind != VAL_QUERY) {
        aon_elab_error(
            e, aon_elab_is(e, base, AON_T_CONTEXT) ? s->name.span : up_to(x, s), "type",
            base.kind == VAL_MODEL ? "a model has `.f(x)`, `.g(y)` and `.dim`"
            : q->kind != VAL_QUERY
                ? aon_elab_sort_hint(e, "query")
                : aon_elab_format(e, "bind a context: `forall x in X/%s: .. x.%s ..`",
                                  s->name.sym->s, s->name.sym->s),
            "`.%s` appends a query to a context; this is %s and %s", s->name.sym->s,
            aon_elab_describe(e, base), aon_elab_describe(e, *q));
        return bad;
    }
    over = bound_over(e, base.node);
    if (over == NULL || over->query == NULL || strcmp(over->query, q->name) != 0) {
        aon_elab_error(e, up_to(x, s), "partial",
                       aon_elab_format(e,
                                       "bind the context over a set of those that have "
                                       "one: `x in %s/%s`",
                                       over != NULL ? over->name : "X", s->name.sym->s),
                       "not every context has a continuation by `%s` in the set",
                       s->name.sym->s);
        return bad;
    }
    return aon_val_node(e, x, aon_mk_cat(e->b, base.node, q->name));
}

/* 5.4 */
static bool
indexes(const aon_elab *e, const aon_set *s, aon_ref r)
{
    const aon_bnode *n = aon_build_node(e->b, r);
    const aon_set *over = bound_over(e, r);
    aon_type_kind k = aon_build_type(e->b, r)->kind;

    if (over != NULL && aon_set_equal(over, s))
        return true;
    if (s->query != NULL)
        return false;
    if ((strcmp(s->name, "Y") == 0 && k == AON_T_TOKEN) ||
        (strcmp(s->name, "X") == 0 && k == AON_T_CONTEXT))
        return true;
    if (n->op == AON_CAT)
        over = bound_over(e, n->arg[0]);
    return over != NULL && strcmp(over->name, s->name) == 0;
}

static aon_val
entry(aon_elab *e, const aon_expr *x, const aon_post *s, aon_val base, aon_val arg)
{
    const aon_type *t = aon_elab_type(e, base);
    bool element =
        aon_elab_is(e, arg, AON_T_TOKEN) || aon_elab_is(e, arg, AON_T_CONTEXT);

    if (t == NULL || t->kind != AON_T_VECTOR || t->rows.kind != AON_DIM_SET) {
        aon_elab_error(
            e, up_to(x, s), "type",
            "write `c[y]` with `given c in vector(#Y)`, or `c[x]` with `c in "
            "vector(#X)`",
            "`[..]` needs a vector that is indexed by a set, this is %s",
            aon_elab_describe(e, base));
        return bad;
    }
    if (!element || !indexes(e, &t->rows.set, arg.node)) {
        aon_elab_error(
            e, element ? up_to(x, s) : s->arg->span, "type",
            aon_elab_index_hint(e, &t->rows.set, x->arg[0]->span, s->arg->span, arg),
            "`%s` is not known to lie in %s", aon_elab_source(e, s->arg->span),
            aon_elab_set_text(e, &t->rows.set));
        return bad;
    }
    return aon_val_node(e, x, aon_mk_idx(e->b, base.node, arg.node));
}

static aon_val
embed(aon_elab *e, const aon_expr *x, const aon_post *s, aon_val base, aon_val arg)
{
    bool f = s->kind == POST_F;

    if (base.kind != VAL_MODEL) {
        aon_elab_error(e, up_to(x, s), "type", aon_elab_sort_hint(e, "model"),
                       "`.%s(..)` needs a model, this is %s", f ? "f" : "g",
                       aon_elab_describe(e, base));
        return bad;
    }
    if (!aon_elab_is(e, arg, f ? AON_T_CONTEXT : AON_T_TOKEN)) {
        aon_elab_error(
            e, s->arg->span, "type",
            f && aon_elab_is(e, arg, AON_T_TOKEN)      ? "`g` embeds tokens"
            : !f && aon_elab_is(e, arg, AON_T_CONTEXT) ? "`f` embeds contexts"
            : f ? "bind a context, `forall x in X: m.f(x)`, or declare it: `given x in "
                  "context`"
                : "bind a token, `forall y in Y: m.g(y)`, or declare it: `given y in "
                  "token`",
            "`.%s(..)` needs a %s, `%s` is %s", f ? "f" : "g", f ? "context" : "token",
            aon_elab_source(e, s->arg->span), aon_elab_describe(e, arg));
        return bad;
    }
    return aon_val_node(
        e, x, aon_mk_model(e->b, f ? AON_F : AON_G, base.name, base.dim, arg.node));
}

aon_val
aon_elab_suffix(aon_elab *e, const aon_expr *x, const aon_post *s, aon_val base,
                aon_val arg)
{
    aon_build_at(e->b, x->span);
    switch (s->kind) {
    case POST_F:
    case POST_G:
        return embed(e, x, s, base, arg);
    case POST_QUERY:
        return concatenate(e, x, s, base);
    case POST_INDEX:
        return entry(e, x, s, base, arg);
    case POST_DIM:
        break;
    }
    if (base.kind != VAL_MODEL) {
        aon_elab_error(e, up_to(x, s), "type",
                       aon_elab_is(e, base, AON_T_SPACE)
                           ? "the dimension of a subspace is `dim(S)`"
                           : aon_elab_dim_hint(e, x->arg[0]->span, base),
                       "`.dim` needs a model, this is %s", aon_elab_describe(e, base));
        return bad;
    }
    return (aon_val){.kind = VAL_DIM, .dim = base.dim};
}
