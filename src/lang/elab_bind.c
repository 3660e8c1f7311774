/*
 * Binders: quantifiers, sums, spans and set-builders.
 *
 * Every variable becomes an open variable of the build; the binders are closed from the
 * inside outwards once the body is there.
 */
#include "lang/check.h"
#include "lang/elab.h"

#include <string.h>

static const aon_val bad = {.kind = VAL_BAD};

/* One bound variable. */
typedef struct {
    const aon_ident *name;
    const aon_bind *bind;
    aon_val_kind domain; /* VAL_SET, VAL_NODE (a subspace), VAL_DIM (a lin) */
    aon_binder binder;
    aon_ref open;
} bound;

static bool
lin_domain(aon_elab *e, const aon_bind *b, bound *v, aon_type *type)
{
    v->domain = VAL_DIM;
    v->binder.dom = AON_DOM_SCALAR;
    *type = aon_type_of(AON_T_SCALAR);
    if (b->lin == TOK_SCALAR)
        return true;
    if (!aon_elab_dim(e, &b->dim[0], &v->binder.rows))
        return false;
    v->binder.dom = AON_DOM_VECTOR;
    *type = aon_type_rows(AON_T_VECTOR, v->binder.rows);
    if (b->lin == TOK_VECTOR)
        return true;
    if (!aon_elab_dim(e, &b->dim[1], &v->binder.cols))
        return false;
    v->binder.dom = AON_DOM_MATRIX;
    *type = aon_type_matrix(v->binder.rows, v->binder.cols);
    return true;
}

/* What the variables of b run over; finite: only sets will do. */
static bool
domain(aon_elab *e, const aon_bind *b, bool finite, bound *v, aon_type *type)
{
    aon_val d = bad;

    if (b->is_lin && !finite)
        return lin_domain(e, b, v, type);
    if (!b->is_lin) {
        d = aon_elab_expr(e, b->domain);
        if (e->failed)
            return false;
    }
    if (d.kind == VAL_SET) {
        v->domain = VAL_SET;
        v->binder.set = d.set;
        *type = aon_type_of(d.set.tokens ? AON_T_TOKEN : AON_T_CONTEXT);
        return true;
    }
    if (!finite && aon_elab_is(e, d, AON_T_SPACE)) {
        v->domain = VAL_NODE;
        v->binder.dom = AON_DOM_IN;
        v->binder.space = d.node;
        *type = aon_type_rows(AON_T_VECTOR, aon_build_type(e->b, d.node)->rows);
        return true;
    }
    aon_elab_error(
        e, b->span, "type",
        finite ? "bind over a finite set: `x in X`, `y in Y`, `x in X/q`"
               : "bind over a set, `x in X`, a subspace, `v in S`, or a linear space, "
                 "`v in vector(d)`",
        "%s is needed here, `%s` is %s",
        finite ? "a finite set" : "a finite set, a subspace or a linear space",
        aon_elab_source(e, b->span), b->is_lin ? "infinite" : aon_elab_describe(e, d));
    return false;
}

static aon_op
variable_op(const aon_expr *x, const bound *v)
{
    if (v->domain == VAL_SET)
        return AON_VAR;
    if (x->kind == EX_QUANT && x->op == TOK_FORALL && v->domain == VAL_NODE)
        return AON_VEC;
    return AON_UNK;
}

/* Open all variables of one bind; v has room for them. */
static bool
open_bind(aon_elab *e, const aon_expr *x, const aon_bind *b, bool finite, bound *v)
{
    bound first;
    aon_type type;

    memset(&first, 0, sizeof first);
    first.bind = b;
    first.binder.space = AON_NO_REF;
    for (size_t i = 0; i < b->nnames; i++) {
        if (!aon_elab_fresh(e, &b->name[i]))
            return false;
        for (size_t k = 0; k < i; k++)
            if (b->name[k].sym == b->name[i].sym) {
                aon_elab_error(e, b->name[i].span, "duplicate-name",
                               aon_elab_fresh_hint(e, b->name[i].sym),
                               "`%s` is in scope already", b->name[i].sym->s);
                return false;
            }
    }
    if (!domain(e, b, finite, &first, &type))
        return false;
    for (size_t i = 0; i < b->nnames; i++) {
        aon_op op;

        v[i] = first;
        v[i].name = &b->name[i];
        op = variable_op(x, &first);
        aon_build_at(e->b, b->name[i].span);
        v[i].open = aon_build_open(e->b, op, e->level++, type,
                                   op == AON_VAR ? &first.binder.set : NULL);
        aon_elab_bind(e, b->name[i].sym,
                      (aon_val){.kind = VAL_NODE, .node = v[i].open});
    }
    return true;
}

static bool
report(aon_elab *e, const aon_expr *x, const bound *v, const char *slug, aon_flaw flaw)
{
    aon_span inner;

    if (flaw.what == NULL)
        return false;
    inner = aon_build_node(e->b, flaw.node)->origin;
    if (strcmp(slug, "alternation") == 0)
        aon_elab_error(e, x->span, slug,
                       "only the outermost unknowns can be solved for; move the inner "
                       "quantifier out, or give it as a hypothesis",
                       "`%s` is a linear unknown, and %s", v->name->sym->s, flaw.what);
    else
        aon_elab_error(e, x->span, slug,
                       "conditions like `A*v = 0`, `v in S`, `<v,w> = 0` are fine",
                       "the condition on `%s` must be homogeneous linear: %s",
                       v->name->sym->s, flaw.what);
    if (inner.src != NULL)
        aon_diag_note(e->diags, inner, "because of %s", aon_elab_source(e, inner));
    return true;
}

/* Close one variable over body and check what it binds. */
static aon_ref
close_one(aon_elab *e, const aon_expr *x, bound *v, aon_op op, aon_ref body)
{
    aon_ref r;

    e->level--;
    aon_build_at(e->b, x->span);
    v->binder.op = op;
    r = aon_build_close(e->b, &v->binder, v->open, body);
    if (aon_val_node(e, x, r).kind == VAL_BAD)
        return AON_NO_REF;
    if ((op == AON_EX || op == AON_SOL) &&
        report(e, x, v, "alternation", aon_check_alternation(e->b, r)))
        return AON_NO_REF;
    if ((op == AON_ALLIN || op == AON_SOL) &&
        report(e, x, v, "homogeneous", aon_check_homogeneous(e->b, r)))
        return AON_NO_REF;
    return r;
}

static aon_ref
close_quantifier(aon_elab *e, const aon_expr *x, bound *v, aon_ref body)
{
    bool forall = x->op == TOK_FORALL;
    aon_ref r;

    if (v->domain == VAL_SET)
        return close_one(e, x, v, forall ? AON_ALL : AON_ANY, body);
    if (!forall)
        return close_one(e, x, v, AON_EX, body);
    if (v->domain == VAL_NODE)
        return close_one(e, x, v, AON_ALLIN, body);
    r = close_one(e, x, v, AON_EX, aon_mk_not(e->b, body));
    return r == AON_NO_REF ? r : aon_mk_not(e->b, r);
}

/* The body must be a term that can be summed, or a vector. */
static aon_ref
summand(aon_elab *e, const aon_expr *x, aon_val v)
{
    const aon_expr *body = x->arg[0];
    bool ok = aon_elab_is(e, v, AON_T_VECTOR);

    if (v.kind == VAL_BAD)
        return AON_NO_REF;
    if (x->kind == EX_SUM)
        ok = ok || aon_elab_is(e, v, AON_T_SCALAR) || aon_elab_is(e, v, AON_T_MATRIX);
    if (ok)
        return aon_elab_node(e, v);
    aon_elab_error(e, body->span, "type", aon_elab_use(e, body->span, v),
                   x->kind == EX_SUM
                       ? "a sum is of scalars, vectors or matrices, `%s` is %s"
                       : "a span is of vectors, `%s` is %s",
                   aon_elab_source(e, body->span), aon_elab_describe(e, v));
    return AON_NO_REF;
}

static aon_ref
close_all(aon_elab *e, const aon_expr *x, bound *v, size_t n, aon_val val)
{
    aon_ref r;

    if (x->kind == EX_SUM || x->kind == EX_SPAN)
        r = summand(e, x, val);
    else
        r = aon_elab_formula(e, x->arg[0], val);
    for (size_t i = n; i-- > 0 && r != AON_NO_REF && !e->failed;) {
        if (x->kind == EX_QUANT)
            r = close_quantifier(e, x, &v[i], r);
        else if (x->kind == EX_BUILDER)
            r = close_one(e, x, &v[i], AON_SOL, r);
        else
            r = close_one(e, x, &v[i], x->kind == EX_SUM ? AON_SUM : AON_COLS, r);
    }
    return r;
}

/* A set-builder has one variable in a vector space. */
static bool
check_builder(aon_elab *e, const aon_expr *x)
{
    const aon_bind *b = &x->bind[0];

    if (b->nnames == 1 && (!b->is_lin || b->lin == TOK_VECTOR))
        return true;
    aon_elab_error(
        e, b->nnames > 1 ? b->name[1].span : b->span, "homogeneous",
        b->nnames > 1
            ? "leave one variable; say the rest in the condition: `{v in vector(d) | "
              "exists u in vector(d): ..}`"
            : "a matrix or scalar unknown is bound by `exists A in matrix(d,d'): ..`",
        "a subspace is written `{v in vector(d) | ..}` or `{v in S | ..}`, with "
        "one variable");
    return false;
}

aon_val
aon_elab_binder(aon_elab *e, const aon_expr *x)
{
    bool finite = x->kind == EX_SUM || x->kind == EX_SPAN;
    size_t total = 0, n = 0;
    bound *v;
    aon_ref r;

    for (size_t i = 0; i < x->nbinds; i++)
        total += x->bind[i].nnames;
    v = AON_NEW_N(e->arena, bound, total);
    if (x->kind == EX_BUILDER && !check_builder(e, x))
        return bad;
    for (size_t i = 0; i < x->nbinds; i++) {
        if (!open_bind(e, x, &x->bind[i], finite, v + n))
            return bad;
        n += x->bind[i].nnames;
        if (x->kind == EX_BUILDER && v[0].domain == VAL_SET) {
            aon_elab_error(e, x->bind[0].span, "type",
                           "write `{v in vector(d) | ..}`; the vectors of a finite set "
                           "span `span{m.f(x) | x in X}`",
                           "a subspace is needed here, `%s` is a finite set",
                           aon_elab_source(e, x->bind[0].span));
            return bad;
        }
    }
    r = close_all(e, x, v, n, aon_elab_expr(e, x->arg[0]));
    if (e->failed || r == AON_NO_REF)
        return bad;
    aon_elab_unbind(e, n);
    if (x->kind == EX_SPAN)
        r = aon_mk_span(e->b, r);
    return aon_val_node(e, x, r);
}
