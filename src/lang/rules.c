/*
 * The smart constructors: docs/language.md, 5.1.  Operands have the right types.
 */
#include "lang/build.h"

#include "lang/build_impl.h"

#include <string.h>

static aon_ref
make(aon_build *b, aon_op op, aon_type type, const char *name, const aon_dim *dim,
     unsigned nargs, aon_ref x, aon_ref y)
{
    aon_bnode n = {
        .op = (uint8_t)op, .nargs = (uint8_t)nargs, .name = name, .origin = b->where};
    aon_bdata data;

    memset(&data, 0, sizeof data);
    if (dim != NULL)
        data.dim = *dim;
    if (nargs > 0)
        n.arg[0] = x;
    if (nargs > 1)
        n.arg[1] = y;
    return aon_build_intern(b, &n, &type, &data);
}

static aon_ref
make1(aon_build *b, aon_op op, aon_type type, aon_ref x)
{
    return make(b, op, type, NULL, NULL, 1, x, 0);
}

static aon_ref
make2(aon_build *b, aon_op op, aon_type type, aon_ref x, aon_ref y)
{
    return make(b, op, type, NULL, NULL, 2, x, y);
}

static unsigned
op_of(const aon_build *b, aon_ref r)
{
    return b->node[r].op;
}

aon_ref
aon_mk_base(aon_build *b)
{
    return make(b, AON_BASE, aon_type_of(AON_T_TOKEN), NULL, NULL, 0, 0, 0);
}

aon_ref
aon_mk_par(aon_build *b, const char *name, aon_type type)
{
    return make(b, AON_PAR, type, name, NULL, 0, 0, 0);
}

aon_ref
aon_mk_rat(aon_build *b, const char *text)
{
    return make(b, AON_RAT, aon_type_of(AON_T_SCALAR), text, NULL, 0, 0, 0);
}

aon_ref
aon_mk_size(aon_build *b, aon_dim d)
{
    return make(b, AON_SIZE, aon_type_of(AON_T_SCALAR), NULL, &d, 0, 0, 0);
}

aon_ref
aon_mk_id(aon_build *b, aon_dim d)
{
    return make(b, AON_ID, aon_type_matrix(d, d), NULL, &d, 0, 0, 0);
}

aon_ref
aon_mk_cat(aon_build *b, aon_ref x, const char *query)
{
    return make(b, AON_CAT, aon_type_of(AON_T_CONTEXT), query, NULL, 1, x, 0);
}

aon_ref
aon_mk_model(aon_build *b, aon_op f_or_g, const char *model, aon_dim d, aon_ref x)
{
    return make(b, f_or_g, aon_type_rows(AON_T_VECTOR, d), model, NULL, 1, x, 0);
}

aon_ref
aon_mk_add(aon_build *b, aon_ref x, aon_ref y)
{
    return make2(b, AON_ADD, *aon_build_type(b, x), x, y);
}

aon_ref
aon_mk_neg(aon_build *b, aon_ref x)
{
    return aon_mk_scale(b, aon_mk_rat(b, "-1"), x);
}

aon_ref
aon_mk_scale(aon_build *b, aon_ref s, aon_ref x)
{
    return make2(b, AON_SCALE, *aon_build_type(b, x), s, x);
}

/* The type of a product of two terms neither of which is a scalar. */
static aon_type
product_type(const aon_build *b, aon_ref x, aon_ref y)
{
    const aon_type *s = aon_build_type(b, x), *t = aon_build_type(b, y);

    if (s->kind == AON_T_COLUMNS || t->kind == AON_T_COLUMNS) {
        aon_type c = aon_type_rows(AON_T_COLUMNS, s->rows);

        c.cols = t->cols;
        return c;
    }
    if (t->kind == AON_T_VECTOR)
        return aon_type_rows(AON_T_VECTOR, s->rows);
    return aon_type_matrix(s->rows, t->cols);
}

/* Depth of the recursion: the left spine of x, which is shorter than AON_DEPTH_LIMIT. */
aon_ref
aon_mk_mul(aon_build *b, aon_ref x, aon_ref y)
{
    aon_bnode m = b->node[x], n = b->node[y];

    if (b->overflow != NULL)
        return y;
    if (m.op == AON_ID)
        return y;
    if (n.op == AON_ID)
        return x;
    if (m.op == AON_SCALE)
        return aon_mk_scale(b, m.arg[0], aon_mk_mul(b, m.arg[1], y));
    if (n.op == AON_SCALE)
        return aon_mk_scale(b, n.arg[0], aon_mk_mul(b, x, n.arg[1]));
    if (m.op == AON_MUL)
        return aon_mk_mul(b, m.arg[0], aon_mk_mul(b, m.arg[1], y));
    if (m.op == AON_PROJ)
        return aon_mk_proj(b, m.arg[0], aon_mk_mul(b, m.arg[1], y));
    return make2(b, AON_MUL, product_type(b, x, y), x, y);
}

aon_ref
aon_mk_dot(aon_build *b, aon_ref u, aon_ref v)
{
    return make2(b, AON_DOT, aon_type_of(AON_T_SCALAR), u, v);
}

aon_ref
aon_mk_tr(aon_build *b, aon_ref x)
{
    const aon_type *t = aon_build_type(b, x);
    aon_type out = *t;

    out.rows = t->cols;
    out.cols = t->rows;
    if (t->kind == AON_T_VECTOR)
        out.kind = AON_T_MATRIX;
    return make1(b, AON_TR, out, x);
}

aon_ref
aon_mk_idx(aon_build *b, aon_ref c, aon_ref x)
{
    return make2(b, AON_IDX, aon_type_of(AON_T_SCALAR), c, x);
}

aon_ref
aon_mk_proj(aon_build *b, aon_ref s, aon_ref x)
{
    return make2(b, AON_PROJ, *aon_build_type(b, x), s, x);
}

aon_ref
aon_mk_dim(aon_build *b, aon_ref s)
{
    return make1(b, AON_DIM, aon_type_of(AON_T_SCALAR), s);
}

aon_ref
aon_mk_gens(aon_build *b, aon_ref s)
{
    return make1(b, AON_GENS, aon_type_rows(AON_T_COLUMNS, aon_build_type(b, s)->rows),
                 s);
}

aon_ref
aon_mk_span(aon_build *b, aon_ref x)
{
    return make1(b, AON_SPAN, aon_type_rows(AON_T_SPACE, aon_build_type(b, x)->rows),
                 x);
}

aon_ref
aon_mk_join(aon_build *b, aon_ref s, aon_ref t)
{
    return make2(b, AON_JOIN, *aon_build_type(b, s), s, t);
}

aon_ref
aon_mk_truth(aon_build *b)
{
    return make(b, AON_TRUTH, aon_type_of(AON_T_FORMULA), NULL, NULL, 0, 0, 0);
}

aon_ref
aon_mk_eq(aon_build *b, aon_ref x, aon_ref y)
{
    return make2(b, AON_EQ, aon_type_of(AON_T_FORMULA), x, y);
}

aon_ref
aon_mk_zero(aon_build *b, aon_ref x)
{
    return make1(b, AON_ZERO, aon_type_of(AON_T_FORMULA), x);
}

aon_ref
aon_mk_order(aon_build *b, aon_op le_or_lt, aon_ref x, aon_ref y)
{
    return make2(b, le_or_lt, aon_type_of(AON_T_FORMULA), x, y);
}

aon_ref
aon_mk_same(aon_build *b, aon_ref x, aon_ref y)
{
    return make2(b, AON_SAME, aon_type_of(AON_T_FORMULA), x, y);
}

aon_ref
aon_mk_within(aon_build *b, aon_ref x, aon_ref s)
{
    while (op_of(b, x) == AON_GENS && op_of(b, b->node[x].arg[0]) == AON_SPAN)
        x = b->node[b->node[x].arg[0]]
                .arg[0]; /* as often as it applies: image(id(e),S) */
    return make2(b, AON_WITHIN, aon_type_of(AON_T_FORMULA), x, s);
}

aon_ref
aon_mk_not(aon_build *b, aon_ref p)
{
    if (op_of(b, p) == AON_NOT)
        return b->node[p].arg[0];
    return make1(b, AON_NOT, aon_type_of(AON_T_FORMULA), p);
}

aon_ref
aon_mk_both(aon_build *b, aon_op and_or_or, aon_ref p, aon_ref q)
{
    return make2(b, and_or_or, aon_type_of(AON_T_FORMULA), p, q);
}
