/*
 * Operators, builtins and suffixes on elaborated operands: what fits, and what to say
 * when it does not.
 */
#include "lang/elab.h"

#include <string.h>

static const aon_val bad = {.kind = VAL_BAD};

static const aon_type *
type_of(const aon_elab *e, aon_ref r)
{
    return aon_build_type(e->b, r);
}

static bool
is_term_kind(aon_type_kind k)
{
    return k == AON_T_SCALAR || k == AON_T_VECTOR || k == AON_T_MATRIX;
}

/* From the start of the left operand to the end of the right one. */
static aon_span
across(const aon_expr *x, const aon_expr *left, const aon_expr *right)
{
    aon_span s = x->span;

    (void)left;
    if (right != NULL && right->span.src == s.src)
        s.end = right->span.end;
    return s;
}

/* The left operand of a chain is all of it so far. */
static aon_span
so_far(const aon_expr *x, const aon_expr *left)
{
    aon_span s = left->span;

    if ((x->kind == EX_MUL || x->kind == EX_ADD) && x->arg[0]->span.src == s.src)
        s.begin = x->arg[0]->span.begin;
    return s;
}

/* Two operands that should have equal types: [type] or [shape]. */
static bool
mismatch(aon_elab *e, const aon_expr *x, const aon_expr *left, const aon_expr *right,
         const char *verb, aon_val a, aon_val b)
{
    const aon_type *s = type_of(e, a.node), *t = type_of(e, b.node);

    if (aon_type_equal(s, t))
        return false;
    aon_elab_error(e, across(x, left, right), s->kind == t->kind ? "shape" : "type",
                   aon_elab_mismatch_hint(e, so_far(x, left), a, right->span, b),
                   "cannot %s %s and %s", verb, aon_elab_describe(e, a),
                   aon_elab_describe(e, b));
    return true;
}

static aon_val
wrong(aon_elab *e, const aon_expr *x, const aon_expr *left, const aon_expr *right,
      const char *verb, const char *link, aon_val a, aon_val b, const char *hint)
{
    if (hint == NULL)
        hint = aon_elab_mismatch_hint(e, so_far(x, left), a, right->span, b);
    aon_elab_error(e, across(x, left, right), "type", hint, "cannot %s %s %s %s", verb,
                   aon_elab_describe(e, a), link, aon_elab_describe(e, b));
    return bad;
}

/* Dims become scalars where a term is meant. */
static aon_val
as_term(aon_elab *e, aon_val v)
{
    if (v.kind == VAL_DIM)
        return (aon_val){.kind = VAL_NODE, .node = aon_elab_node(e, v)};
    return v;
}

static aon_val
add(aon_elab *e, const aon_expr *x, aon_tok_kind op, const aon_expr *left, aon_val a,
    const aon_expr *right, aon_val b)
{
    const char *verb = op == TOK_PLUS    ? "add"
                       : op == TOK_MINUS ? "subtract"
                                         : "intersect";
    bool spaces = aon_elab_is(e, a, AON_T_SPACE) && aon_elab_is(e, b, AON_T_SPACE);
    aon_binder sol = {.op = AON_SOL, .dom = AON_DOM_IN};
    aon_ref open;

    if (a.kind != VAL_NODE || b.kind != VAL_NODE ||
        (!spaces && (op == TOK_AMP || !is_term_kind(type_of(e, a.node)->kind) ||
                     !is_term_kind(type_of(e, b.node)->kind))))
        return wrong(e, x, left, right, verb, "and", a, b,
                     op == TOK_AMP ? "`&` is for subspaces; `and` joins formulas"
                                   : NULL);
    if (spaces && op == TOK_MINUS)
        return wrong(
            e, x, left, right, verb, "and", a, b,
            "there is no difference of subspaces; `S & perp(T)` is a complement");
    if (mismatch(e, x, left, right, verb, a, b))
        return bad;
    if (op == TOK_AMP) {
        open =
            aon_build_open(e->b, AON_UNK, e->level,
                           aon_type_rows(AON_T_VECTOR, type_of(e, a.node)->rows), NULL);
        sol.space = a.node;
        return aon_val_node(
            e, x, aon_build_close(e->b, &sol, open, aon_mk_within(e->b, open, b.node)));
    }
    if (spaces)
        return aon_val_node(e, x, aon_mk_join(e->b, a.node, b.node));
    if (op == TOK_MINUS)
        b.node = aon_mk_neg(e->b, b.node);
    return aon_val_node(e, x, aon_mk_add(e->b, a.node, b.node));
}

static aon_val
multiply(aon_elab *e, const aon_expr *x, const aon_expr *left, aon_val a,
         const aon_expr *right, aon_val b)
{
    const aon_type *s, *t;

    if (a.kind != VAL_NODE || b.kind != VAL_NODE)
        return wrong(e, x, left, right, "multiply", "by", a, b,
                     aon_elab_product_hint(e, so_far(x, left), a, right->span, b));
    s = type_of(e, a.node);
    t = type_of(e, b.node);
    if (s->kind == AON_T_SCALAR && is_term_kind(t->kind))
        return aon_val_node(e, x, aon_mk_scale(e->b, a.node, b.node));
    if (t->kind == AON_T_SCALAR && is_term_kind(s->kind))
        return aon_val_node(e, x, aon_mk_scale(e->b, b.node, a.node));
    if (s->kind != AON_T_MATRIX || (t->kind != AON_T_MATRIX && t->kind != AON_T_VECTOR))
        return wrong(e, x, left, right, "multiply", "by", a, b,
                     aon_elab_product_hint(e, so_far(x, left), a, right->span, b));
    if (!aon_dim_equal(&s->cols, &t->rows)) {
        aon_elab_error(e, across(x, left, right), "shape",
                       aon_elab_product_hint(e, so_far(x, left), a, right->span, b),
                       "cannot multiply %s by %s", aon_elab_describe(e, a),
                       aon_elab_describe(e, b));
        return bad;
    }
    return aon_val_node(e, x, aon_mk_mul(e->b, a.node, b.node));
}

static aon_val
dot(aon_elab *e, const aon_expr *x, const aon_expr *left, aon_val a,
    const aon_expr *right, aon_val b)
{
    if (!aon_elab_is(e, a, AON_T_VECTOR) || !aon_elab_is(e, b, AON_T_VECTOR)) {
        bool first = aon_elab_is(e, a, AON_T_VECTOR);

        aon_elab_error(e, x->span, "type",
                       aon_elab_use(e, first ? right->span : left->span, first ? b : a),
                       "a dot product is of two vectors, not of %s and %s",
                       aon_elab_describe(e, a), aon_elab_describe(e, b));
        return bad;
    }
    if (mismatch(e, x, left, right, "take the dot product of", a, b))
        return bad;
    return aon_val_node(e, x, aon_mk_dot(e->b, a.node, b.node));
}

/* v = 0 for a thing that is never 0. */
static const char *
zero_hint(aon_elab *e, aon_span where, aon_val v)
{
    if (aon_elab_is(e, v, AON_T_FORMULA))
        return aon_elab_format(e, "write `not (%s)`", aon_elab_source(e, where));
    if (v.kind == VAL_SET)
        return aon_elab_format(e, "write `#%s = 0` for an empty set",
                               aon_elab_source(e, where));
    return aon_elab_use(e, where, v);
}

/* a = b, both nodes */
static aon_val
equal(aon_elab *e, const aon_expr *x, const aon_expr *left, aon_val a,
      const aon_expr *right, aon_val b)
{
    bool zero = right->literal_zero || left->literal_zero;
    aon_val v = right->literal_zero ? a : b;
    aon_type_kind k;

    if (!zero) {
        if (a.kind != VAL_NODE || b.kind != VAL_NODE)
            return wrong(e, x, left, right, "compare", "and", a, b, NULL);
        if (aon_elab_is(e, a, AON_T_FORMULA) && aon_elab_is(e, b, AON_T_FORMULA))
            return wrong(e, x, left, right, "compare", "and", a, b,
                         "`<->` says that two formulas are equivalent");
        if (aon_elab_is(e, a, AON_T_FORMULA) || aon_elab_is(e, b, AON_T_FORMULA))
            return wrong(e, x, left, right, "compare", "and", a, b, NULL);
        if (mismatch(e, x, left, right, "compare", a, b))
            return bad;
        k = type_of(e, a.node)->kind;
        if (k == AON_T_SPACE) {
            aon_ref p = aon_mk_within(e->b, aon_mk_gens(e->b, a.node), b.node);
            aon_ref q = aon_mk_within(e->b, aon_mk_gens(e->b, b.node), a.node);

            return aon_val_node(e, x, aon_mk_both(e->b, AON_AND, p, q));
        }
        if (k == AON_T_TOKEN || k == AON_T_CONTEXT)
            return aon_val_node(e, x, aon_mk_same(e->b, a.node, b.node));
        return aon_val_node(e, x, aon_mk_eq(e->b, a.node, b.node));
    }
    if (aon_elab_is(e, v, AON_T_SPACE))
        return aon_val_node(e, x, aon_mk_zero(e->b, aon_mk_gens(e->b, v.node)));
    if (v.kind != VAL_NODE || !is_term_kind(type_of(e, v.node)->kind))
        return wrong(e, x, left, right, "compare", "and", a, b,
                     zero_hint(e, right->literal_zero ? left->span : right->span, v));
    return aon_val_node(e, x, aon_mk_zero(e->b, v.node));
}

static const char *
order_hint(aon_elab *e, aon_tok_kind op, aon_span left, aon_val a, aon_span right,
           aon_val b)
{
    const char *l = aon_elab_source(e, left), *r = aon_elab_source(e, right);
    bool vectors = aon_elab_is(e, a, AON_T_VECTOR) || aon_elab_is(e, b, AON_T_VECTOR);

    if (op == TOK_LE && aon_elab_is(e, b, AON_T_SPACE))
        return aon_elab_is(e, a, AON_T_VECTOR) || aon_elab_is(e, a, AON_T_MATRIX)
                   ? aon_elab_format(
                         e,
                         "`in` says that a vector lies in a subspace: `%s in "
                         "%s`",
                         l, r)
                   : aon_elab_use(e, left, a);
    if (aon_elab_is(e, a, AON_T_SPACE) && aon_elab_is(e, b, AON_T_SPACE))
        return aon_elab_format(e, "write `%s <= %s and %s != %s`", l, r, l, r);
    if (vectors || aon_elab_is(e, a, AON_T_MATRIX) || aon_elab_is(e, b, AON_T_MATRIX))
        return "vectors and matrices have no order; `<u,v>` and `c[x]` are scalars";
    if (aon_elab_is(e, a, AON_T_SCALAR))
        return aon_elab_use(e, right, b);
    return aon_elab_use(e, left, a);
}

static aon_val
order(aon_elab *e, const aon_expr *x, aon_tok_kind op, const aon_expr *left, aon_val a,
      const aon_expr *right, aon_val b)
{
    if (op == TOK_LE && aon_elab_is(e, a, AON_T_SPACE) &&
        aon_elab_is(e, b, AON_T_SPACE)) {
        if (mismatch(e, x, left, right, "compare", a, b))
            return bad;
        return aon_val_node(e, x,
                            aon_mk_within(e->b, aon_mk_gens(e->b, a.node), b.node));
    }
    if (!aon_elab_is(e, a, AON_T_SCALAR) || !aon_elab_is(e, b, AON_T_SCALAR)) {
        aon_elab_error(e, across(x, left, right), "type",
                       order_hint(e, op, left->span, a, right->span, b),
                       "`%s` orders %s, not %s and %s", aon_tok_text(op),
                       op == TOK_LE ? "two scalars or two subspaces" : "two scalars",
                       aon_elab_describe(e, a), aon_elab_describe(e, b));
        return bad;
    }
    return aon_val_node(
        e, x, aon_mk_order(e->b, op == TOK_LE ? AON_LE : AON_LT, a.node, b.node));
}

static const char *
member_hint(aon_elab *e, aon_span left, aon_val a, aon_span right, aon_val b)
{
    const char *l = aon_elab_source(e, left), *r = aon_elab_source(e, right);

    if (b.kind == VAL_SET &&
        (aon_elab_is(e, a, AON_T_TOKEN) || aon_elab_is(e, a, AON_T_CONTEXT)))
        return aon_elab_format(e, "write `exists z in %s: z = %s`", r, l);
    if (aon_elab_is(e, a, AON_T_SPACE))
        return aon_elab_is(e, b, AON_T_SPACE)
                   ? aon_elab_format(e, "`<=` is inclusion of subspaces: `%s <= %s`", l,
                                     r)
                   : aon_elab_subspace_hint(e, right, b);
    if (!aon_elab_is(e, b, AON_T_SPACE))
        return aon_elab_subspace_hint(e, right, b);
    return aon_elab_use(e, left, a);
}

static aon_val
member(aon_elab *e, const aon_expr *x, const aon_expr *left, aon_val a,
       const aon_expr *right, aon_val b)
{
    const aon_type *s, *t;

    if (!aon_elab_is(e, b, AON_T_SPACE) ||
        !(aon_elab_is(e, a, AON_T_VECTOR) || aon_elab_is(e, a, AON_T_MATRIX))) {
        aon_elab_error(e, across(x, left, right), "type",
                       member_hint(e, left->span, a, right->span, b),
                       "`in` needs a vector or matrix and a subspace, not %s and %s",
                       aon_elab_describe(e, a), aon_elab_describe(e, b));
        return bad;
    }
    s = type_of(e, a.node);
    t = type_of(e, b.node);
    if (!aon_dim_equal(&s->rows, &t->rows)) {
        aon_elab_error(e, across(x, left, right), "shape",
                       aon_elab_format(e,
                                       "both need one dimension; a matrix A takes `%s` "
                                       "there: `A*%s in %s`",
                                       aon_elab_source(e, left->span),
                                       aon_elab_source(e, left->span),
                                       aon_elab_source(e, right->span)),
                       "%s cannot lie in %s", aon_elab_describe(e, a),
                       aon_elab_describe(e, b));
        return bad;
    }
    return aon_val_node(e, x, aon_mk_within(e->b, a.node, b.node));
}

static aon_val
negate(aon_elab *e, const aon_expr *x, aon_val a)
{
    if (a.kind != VAL_NODE || !is_term_kind(type_of(e, a.node)->kind)) {
        aon_elab_error(e, x->span, "type",
                       aon_elab_is(e, a, AON_T_FORMULA)
                           ? "`not` negates a formula"
                           : aon_elab_use(e, x->arg[0]->span, a),
                       "cannot negate %s", aon_elab_describe(e, a));
        return bad;
    }
    return aon_val_node(e, x, aon_mk_neg(e->b, a.node));
}

aon_val
aon_elab_binary(aon_elab *e, const aon_expr *x, aon_tok_kind op, const aon_expr *left,
                aon_val a, const aon_expr *right, aon_val b)
{
    aon_val v;

    if (e->failed)
        return bad;
    aon_build_at(e->b, across(x, left, right));
    a = as_term(e, a);
    b = as_term(e, b);
    switch (op) {
    case TOK_PLUS:
    case TOK_MINUS:
    case TOK_AMP:
        return add(e, x, op, left, a, right, b);
    case TOK_STAR:
        return multiply(e, x, left, a, right, b);
    case TOK_COMMA:
        return dot(e, x, left, a, right, b);
    case TOK_EQ:
        return equal(e, x, left, a, right, b);
    case TOK_NE:
        v = equal(e, x, left, a, right, b);
        return e->failed ? bad : aon_val_node(e, x, aon_mk_not(e->b, v.node));
    case TOK_LE:
    case TOK_LT:
        return order(e, x, op, left, a, right, b);
    case TOK_IN:
        return member(e, x, left, a, right, b);
    default:
        return negate(e, x, a);
    }
}

/* ---- builtins ---- */

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
    aon_dim d = type_of(e, s)->rows;
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
    if (!aon_dim_equal(&type_of(e, a.node)->cols, &type_of(e, s.node)->rows)) {
        const aon_type *t = type_of(e, a.node);
        const char *first = aon_elab_source(e, x->arg[0]->span),
                   *second = aon_elab_source(e, x->arg[1]->span);

        aon_elab_error(
            e, x->span, "shape",
            aon_dim_equal(&t->rows, &type_of(e, s.node)->rows)
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
    aon_type_kind k;

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
            e, x, aon_mk_proj(e->b, v.node, aon_mk_id(e->b, type_of(e, v.node)->rows)));
    default:
        break;
    }
    v = as_term(e, v);
    k = v.kind == VAL_NODE ? type_of(e, v.node)->kind : AON_T_MODEL;
    if (!is_term_kind(k) || (k == AON_T_SCALAR && x->op != TOK_TR)) {
        aon_elab_error(e, x->arg[0]->span, "type",
                       k == AON_T_SPACE && x->op != TOK_TR
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

/* ---- suffixes ---- */

/* The set that a bound variable runs over; NULL for everything else. */
static const aon_set *
bound_over(const aon_elab *e, aon_ref r)
{
    return aon_build_node(e->b, r)->op == AON_VAR ? &aon_build_data(e->b, r)->set
                                                  : NULL;
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
            e, s->span, "type",
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
        aon_elab_error(e, s->span, "partial",
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
    const aon_type *t = base.kind == VAL_NODE ? type_of(e, base.node) : NULL;
    bool element =
        aon_elab_is(e, arg, AON_T_TOKEN) || aon_elab_is(e, arg, AON_T_CONTEXT);

    if (t == NULL || t->kind != AON_T_VECTOR || t->rows.kind != AON_DIM_SET) {
        aon_elab_error(
            e, s->span, "type",
            "write `c[y]` with `given c in vector(#Y)`, or `c[x]` with `c in "
            "vector(#X)`",
            "`[..]` needs a vector that is indexed by a set, this is %s",
            aon_elab_describe(e, base));
        return bad;
    }
    if (!element || !indexes(e, &t->rows.set, arg.node)) {
        aon_buf set;

        aon_buf_init(&set);
        aon_core_print_set(&set, &t->rows.set);
        aon_elab_error(
            e, s->span, "type",
            aon_elab_index_hint(e, &t->rows.set, x->arg[0]->span, s->arg->span, arg),
            "`%s` is not known to lie in %s", aon_elab_source(e, s->arg->span), set.s);
        aon_buf_clear(&set);
        return bad;
    }
    return aon_val_node(e, x, aon_mk_idx(e->b, base.node, arg.node));
}

static aon_val
embed(aon_elab *e, const aon_expr *x, const aon_post *s, aon_val base, aon_val arg)
{
    bool f = s->kind == POST_F;

    if (base.kind != VAL_MODEL) {
        aon_elab_error(e, s->span, "type", aon_elab_sort_hint(e, "model"),
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
        aon_elab_error(e, s->span, "type",
                       aon_elab_is(e, base, AON_T_SPACE)
                           ? "the dimension of a subspace is `dim(S)`"
                           : aon_elab_dim_hint(e, x->arg[0]->span, base),
                       "`.dim` needs a model, this is %s", aon_elab_describe(e, base));
        return bad;
    }
    return (aon_val){.kind = VAL_DIM, .dim = base.dim};
}
