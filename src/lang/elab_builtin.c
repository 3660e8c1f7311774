/*
 * Builtin functions on elaborated arguments: what fits, and what to say when it does not.
 */
#include "lang/elab.h"

static const aon_val bad = {.kind = VAL_BAD};

/* Argument i must be a subspace. */
static bool
want_space(aon_elab *e, const aon_expr *x, size_t i, aon_val v)
{
    if (aon_elab_is(e, v, AON_T_SPACE))
        return true;
    aon_elab_error(e, x->arg[i]->span, "type",
                   aon_elab_subspace_hint(e, x->arg[i]->span, v),
                   "`%s` needs a subspace, `%s` is %s", aon_tok_text(x->op),
                   aon_elab_source(e, x->arg[i]->span), aon_elab_describe(e, v));
    return false;
}

static aon_val
perp(aon_elab *e, const aon_expr *x, aon_ref s)
{
    aon_dim d = aon_build_type(e->b, s)->rows;
    aon_ref open =
        aon_build_open(e->b, AON_UNK, e->level, aon_type_rows(AON_T_VECTOR, d), NULL);
    aon_binder sol = {.op = AON_SOL, .dom = AON_DOM_VECTOR, .space = AON_NO_REF};
    aon_ref body = aon_mk_mul(e->b, aon_mk_tr(e->b, aon_mk_gens(e->b, s)), open);

    sol.rows = d;
    return aon_val_node(e, x,
                        aon_build_close(e->b, &sol, open, aon_mk_zero(e->b, body)));
}

static aon_val
image(aon_elab *e, const aon_expr *x, aon_val a, aon_val s)
{
    if (!aon_elab_is(e, a, AON_T_MATRIX)) {
        const char *first = aon_elab_source(e, x->arg[0]->span),
                   *second = aon_elab_source(e, x->arg[1]->span);

        aon_elab_error(e, x->arg[0]->span, "type",
                       aon_elab_is(e, s, AON_T_MATRIX) && aon_elab_is(e, a, AON_T_SPACE)
                           ? aon_elab_format(e,
                                             "write `image(%s,%s)`: the matrix first",
                                             second, first)
                       : aon_elab_is(e, a, AON_T_SPACE)
                           ? aon_elab_format(e, "write `image(proj(%s),%s)` to project",
                                             first, second)
                           : "write `image(A,S)` with `given A in matrix(d,d')`",
                       "`image` needs a matrix, `%s` is %s",
                       aon_elab_source(e, x->arg[0]->span), aon_elab_describe(e, a));
        return bad;
    }
    if (!want_space(e, x, 1, s))
        return bad;
    if (!aon_dim_equal(&aon_elab_type(e, a)->cols, &aon_elab_type(e, s)->rows)) {
        const aon_type *t = aon_elab_type(e, a);
        const char *first = aon_elab_source(e, x->arg[0]->span),
                   *second = aon_elab_source(e, x->arg[1]->span);

        aon_elab_error(
            e, x->span, "shape",
            aon_dim_equal(&t->rows, &aon_elab_type(e, s)->rows)
                ? aon_elab_format(e, "did you mean `image(tr(%s),%s)`?", first, second)
                : aon_elab_format(
                      e, "`%s` takes a subspace of K^%s: `given S in subspace(%s)`",
                      first, aon_elab_dim_text(e, &t->cols),
                      aon_elab_dim_text(e, &t->cols)),
            "cannot take the image of %s under %s", aon_elab_describe(e, s),
            aon_elab_describe(e, a));
        return bad;
    }
    return aon_val_node(
        e, x, aon_mk_span(e->b, aon_mk_mul(e->b, a.node, aon_mk_gens(e->b, s.node))));
}

/* id(e), all(e): the argument is a dim, or a literal natural number. */
static aon_val
of_dim(aon_elab *e, const aon_expr *x, aon_val v)
{
    aon_dim d;
    aon_ref r;

    if (!aon_elab_as_dim(e, v, &d)) {
        aon_elab_error(e, x->arg[0]->span, "type",
                       aon_elab_dim_hint(e, x->arg[0]->span, v),
                       "`%s` needs a dimension, `%s` is %s", aon_tok_text(x->op),
                       aon_elab_source(e, x->arg[0]->span), aon_elab_describe(e, v));
        return bad;
    }
    r = aon_mk_id(e->b, d);
    return aon_val_node(e, x, x->op == TOK_ID ? r : aon_mk_span(e->b, r));
}

aon_val
aon_elab_builtin(aon_elab *e, const aon_expr *x, const aon_val *args)
{
    aon_val v = args[0];
    const aon_type *t;

    aon_build_at(e->b, x->span);
    switch (x->op) {
    case TOK_ID:
    case TOK_ALL:
        return of_dim(e, x, v);
    case TOK_IMAGE:
        return image(e, x, v, args[1]);
    case TOK_PROJ:
    case TOK_PERP:
    case TOK_DIM:
        if (!want_space(e, x, 0, v))
            return bad;
        if (x->op == TOK_PERP)
            return perp(e, x, v.node);
        if (x->op == TOK_DIM)
            return aon_val_node(e, x, aon_mk_dim(e->b, v.node));
        return aon_val_node(
            e, x,
            aon_mk_proj(e->b, v.node, aon_mk_id(e->b, aon_elab_type(e, v)->rows)));
    default:
        break;
    }
    v = aon_elab_as_term(e, v);
    t = aon_elab_type(e, v);
    if (!aon_type_is_term(t) || (t->kind == AON_T_SCALAR && x->op != TOK_TR)) {
        aon_elab_error(e, x->arg[0]->span, "type",
                       aon_elab_is(e, v, AON_T_SPACE) && x->op != TOK_TR
                           ? "it is a subspace already: leave the function out"
                           : aon_elab_use(e, x->arg[0]->span, args[0]),
                       "`%s` needs a matrix or a vector, `%s` is %s",
                       aon_tok_text(x->op), aon_elab_source(e, x->arg[0]->span),
                       aon_elab_describe(e, v));
        return bad;
    }
    if (x->op == TOK_COLSPACE)
        return aon_val_node(e, x, aon_mk_span(e->b, v.node));
    v.node = aon_mk_tr(e->b, v.node);
    return aon_val_node(e, x, x->op == TOK_TR ? v.node : aon_mk_span(e->b, v.node));
}
