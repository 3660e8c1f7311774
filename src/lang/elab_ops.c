/*
 * Operators on elaborated operands: what fits, and what to say when it does not.
 */
#include "lang/elab.h"

#include <string.h>

static const aon_val bad = {.kind = VAL_BAD};

/* A chain up to the end of its operand `right`, if there is one. */
static aon_span
across(const aon_expr *x, const aon_expr *right)
{
    aon_span s = x->span;

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

/*
 * The place of an error: the first operand that fits beside no other one, and if each of
 * them would, the whole.
 */
static aon_span
misfit(const aon_expr *x, const aon_expr *left, bool left_fits, const aon_expr *right,
       bool right_fits)
{
    if (!left_fits)
        return so_far(x, left);
    return right_fits ? across(x, right) : right->span;
}

/* An error is shown with its first line: where the right operand is, if on a later one. */
static void
note_right(aon_elab *e, aon_span where, const aon_expr *right, aon_val b)
{
    const aon_span between = {where.src, where.begin, right->span.begin};
    const aon_text t = aon_span_text(between);

    if (right->span.src == where.src && where.begin < right->span.begin &&
        memchr(t.s, '\n', t.len) != NULL)
        aon_diag_note(e->diags, right->span, "`%s` is %s",
                      aon_elab_source(e, right->span), aon_elab_describe(e, b));
}

/* Two operands that should have equal types: [type] or [shape]. */
static bool
mismatch(aon_elab *e, const aon_expr *x, const aon_expr *left, const aon_expr *right,
         const char *verb, aon_val a, aon_val b)
{
    const aon_type *s = aon_elab_type(e, a), *t = aon_elab_type(e, b);

    if (aon_type_equal(s, t))
        return false;
    aon_elab_error(e, across(x, right), s->kind == t->kind ? "shape" : "type",
                   aon_elab_mismatch_hint(e, so_far(x, left), a, right->span, b),
                   "cannot %s %s and %s", verb, aon_elab_describe(e, a),
                   aon_elab_describe(e, b));
    note_right(e, across(x, right), right, b);
    return true;
}

static aon_val
wrong(aon_elab *e, aon_span where, const aon_expr *x, const aon_expr *left,
      const aon_expr *right, const char *verb, const char *link, aon_val a, aon_val b,
      const char *hint)
{
    if (hint == NULL)
        hint = aon_elab_mismatch_hint(e, so_far(x, left), a, right->span, b);
    aon_elab_error(e, where, "type", hint, "cannot %s %s %s %s", verb,
                   aon_elab_describe(e, a), link, aon_elab_describe(e, b));
    note_right(e, where, right, b);
    return bad;
}

/* A thing that `=` compares, and `+` adds. */
static bool
has_equals(const aon_elab *e, aon_val v)
{
    return v.kind == VAL_NODE && !aon_elab_is(e, v, AON_T_FORMULA);
}

static bool
has_sums(const aon_elab *e, aon_val v)
{
    return aon_type_is_term(aon_elab_type(e, v)) || aon_elab_is(e, v, AON_T_SPACE);
}

static aon_val
add(aon_elab *e, const aon_expr *x, aon_tok_kind op, const aon_expr *left, aon_val a,
    const aon_expr *right, aon_val b)
{
    const char *verb = op == TOK_PLUS    ? "add"
                       : op == TOK_MINUS ? "subtract"
                                         : "intersect";
    bool spaces = aon_elab_is(e, a, AON_T_SPACE) && aon_elab_is(e, b, AON_T_SPACE);
    aon_span where = op == TOK_AMP
                         ? misfit(x, left, aon_elab_is(e, a, AON_T_SPACE), right,
                                  aon_elab_is(e, b, AON_T_SPACE))
                         : misfit(x, left, has_sums(e, a), right, has_sums(e, b));
    aon_binder sol = {.op = AON_SOL, .dom = AON_DOM_IN};
    aon_ref open;

    if (!spaces && (op == TOK_AMP || !aon_type_is_term(aon_elab_type(e, a)) ||
                    !aon_type_is_term(aon_elab_type(e, b))))
        return wrong(e, where, x, left, right, verb, "and", a, b,
                     op == TOK_AMP ? "`&` is for subspaces; `and` joins formulas"
                                   : NULL);
    if (spaces && op == TOK_MINUS)
        return wrong(
            e, where, x, left, right, verb, "and", a, b,
            "there is no difference of subspaces; `S & perp(T)` is a complement");
    if (mismatch(e, x, left, right, verb, a, b))
        return bad;
    if (op == TOK_AMP) {
        open = aon_build_open(e->b, AON_UNK, e->level,
                              aon_type_rows(AON_T_VECTOR, aon_elab_type(e, a)->rows),
                              NULL);
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
    aon_span where = misfit(x, left, aon_type_is_term(aon_elab_type(e, a)), right,
                            aon_type_is_term(aon_elab_type(e, b)));
    const aon_type *s, *t;

    if (a.kind != VAL_NODE || b.kind != VAL_NODE)
        return wrong(e, where, x, left, right, "multiply", "by", a, b,
                     aon_elab_product_hint(e, so_far(x, left), a, right->span, b));
    s = aon_elab_type(e, a);
    t = aon_elab_type(e, b);
    if (s->kind == AON_T_SCALAR && aon_type_is_term(t))
        return aon_val_node(e, x, aon_mk_scale(e->b, a.node, b.node));
    if (t->kind == AON_T_SCALAR && aon_type_is_term(s))
        return aon_val_node(e, x, aon_mk_scale(e->b, b.node, a.node));
    if (s->kind != AON_T_MATRIX || (t->kind != AON_T_MATRIX && t->kind != AON_T_VECTOR))
        return wrong(e, where, x, left, right, "multiply", "by", a, b,
                     aon_elab_product_hint(e, so_far(x, left), a, right->span, b));
    if (!aon_dim_equal(&s->cols, &t->rows)) {
        aon_elab_error(e, across(x, right), "shape",
                       aon_elab_product_hint(e, so_far(x, left), a, right->span, b),
                       "cannot multiply %s by %s", aon_elab_describe(e, a),
                       aon_elab_describe(e, b));
        note_right(e, where, right, b);
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

        aon_elab_error(e, first ? right->span : left->span, "type",
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
    aon_span where = misfit(x, left, has_equals(e, a), right, has_equals(e, b));
    aon_type_kind k;

    if (!zero) {
        if (a.kind != VAL_NODE || b.kind != VAL_NODE)
            return wrong(e, where, x, left, right, "compare", "and", a, b, NULL);
        if (aon_elab_is(e, a, AON_T_FORMULA) && aon_elab_is(e, b, AON_T_FORMULA))
            return wrong(e, where, x, left, right, "compare", "and", a, b,
                         "`<->` says that two formulas are equivalent");
        if (aon_elab_is(e, a, AON_T_FORMULA) || aon_elab_is(e, b, AON_T_FORMULA))
            return wrong(e, where, x, left, right, "compare", "and", a, b, NULL);
        if (mismatch(e, x, left, right, "compare", a, b))
            return bad;
        k = aon_elab_type(e, a)->kind;
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
    if (!aon_type_is_term(aon_elab_type(e, v)))
        return wrong(e, where, x, left, right, "compare", "and", a, b,
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

static bool
has_order(const aon_elab *e, aon_tok_kind op, aon_val v)
{
    return aon_elab_is(e, v, AON_T_SCALAR) ||
           (op == TOK_LE && aon_elab_is(e, v, AON_T_SPACE));
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
        aon_span where =
            misfit(x, left, has_order(e, op, a), right, has_order(e, op, b));

        aon_elab_error(e, where, "type",
                       order_hint(e, op, left->span, a, right->span, b),
                       "`%s` orders %s, not %s and %s", aon_tok_text(op),
                       op == TOK_LE ? "two scalars or two subspaces" : "two scalars",
                       aon_elab_describe(e, a), aon_elab_describe(e, b));
        note_right(e, where, right, b);
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
    const bool left_fits =
        aon_elab_is(e, a, AON_T_VECTOR) || aon_elab_is(e, a, AON_T_MATRIX);
    const bool right_fits = aon_elab_is(e, b, AON_T_SPACE);
    const aon_type *s, *t;

    if (!left_fits || !right_fits) {
        aon_elab_error(e, misfit(x, left, left_fits, right, right_fits), "type",
                       member_hint(e, left->span, a, right->span, b),
                       "`in` needs a vector or matrix and a subspace, not %s and %s",
                       aon_elab_describe(e, a), aon_elab_describe(e, b));
        return bad;
    }
    s = aon_elab_type(e, a);
    t = aon_elab_type(e, b);
    if (!aon_dim_equal(&s->rows, &t->rows)) {
        aon_elab_error(e, across(x, right), "shape",
                       aon_elab_format(e,
                                       "both need one dimension; a matrix A takes `%s` "
                                       "there: `A*%s in %s`",
                                       aon_elab_source(e, left->span),
                                       aon_elab_source(e, left->span),
                                       aon_elab_source(e, right->span)),
                       "%s cannot lie in %s", aon_elab_describe(e, a),
                       aon_elab_describe(e, b));
        note_right(e, x->span, right, b);
        return bad;
    }
    return aon_val_node(e, x, aon_mk_within(e->b, a.node, b.node));
}

static aon_val
negate(aon_elab *e, const aon_expr *x, aon_val a)
{
    if (!aon_type_is_term(aon_elab_type(e, a))) {
        aon_elab_error(e, x->arg[0]->span, "type",
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
    aon_build_at(e->b, across(x, right));
    a = aon_elab_as_term(e, a);
    b = aon_elab_as_term(e, b);
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
