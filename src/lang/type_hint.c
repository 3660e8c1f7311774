/*
 * What to write instead of a thing of the wrong kind or shape.
 */
#include "lang/elab.h"

#include <string.h>

/* A model in scope, for examples. */
static const char *
some_model(aon_elab *e)
{
    const char *list = aon_elab_in_scope(e, "model");

    return list != NULL
               ? aon_elab_format(e, "%.*s", (int)strcspn(list + 1, "`"), list + 1)
               : "m";
}

const char *
aon_elab_use(aon_elab *e, aon_span where, aon_val v)
{
    const char *s = aon_elab_source(e, where);
    const aon_type *t = aon_elab_type(e, v);

    switch (v.kind) {
    case VAL_SET:
        return aon_elab_format(e,
                               "a set has elements, `forall x in %s: ..`, and a size, "
                               "`#%s`",
                               s, s);
    case VAL_MODEL:
        return aon_elab_format(e, "a model has `%s.f(x)`, `%s.g(y)` and `%s.dim`", s, s,
                               s);
    case VAL_QUERY:
        return aon_elab_format(e, "a query continues contexts: `x.%s` with x in `X/%s`",
                               s, s);
    case VAL_DIM:
        return aon_elab_format(e, "`%s` is a number; vectors are in `vector(%s)`", s,
                               s);
    case VAL_BAD:
        return "use a term or a formula";
    case VAL_NODE:
        break;
    }
    switch (t->kind) {
    case AON_T_TOKEN:
        return aon_elab_format(e, "the vector of a token is `%s.g(%s)`", some_model(e),
                               s);
    case AON_T_CONTEXT:
        return aon_elab_format(e, "the vector of a context is `%s.f(%s)`",
                               some_model(e), s);
    case AON_T_FORMULA:
        return "formulas are joined by `and`, `or`, `not`, `->`, `<->`";
    case AON_T_SPACE:
        return aon_elab_format(e,
                               "a subspace has `dim(%s)`, `proj(%s)`, `perp(%s)`; "
                               "others are `S + T`, `S & T`",
                               s, s, s);
    case AON_T_SCALAR:
        return aon_elab_format(e, "a scalar multiplies: `%s*v`", s);
    case AON_T_VECTOR:
        return aon_elab_format(e, "a vector gives `<u,%s>`, `A*%s`, `colspace(%s)`", s,
                               s, s);
    default:
        return aon_elab_format(e, "a matrix gives `%s*v`, `tr(%s)`, `colspace(%s)`", s,
                               s, s);
    }
}

const char *
aon_elab_formula_hint(aon_elab *e, aon_span where, aon_val v)
{
    const char *s = aon_elab_source(e, where);
    const aon_type *t = aon_elab_type(e, v);

    if (v.kind == VAL_DIM || (t != NULL && t->kind == AON_T_SCALAR))
        return aon_elab_format(e, "compare it: `%s = 0`, `%s <= 1`", s, s);
    if (t != NULL && t->kind == AON_T_SPACE)
        return aon_elab_format(e, "compare it: `%s = 0`, `%s <= T`, `v in %s`", s, s,
                               s);
    if (t != NULL && (t->kind == AON_T_VECTOR || t->kind == AON_T_MATRIX))
        return aon_elab_format(e, "compare it: `%s = 0`, `%s in S`", s, s);
    if (t != NULL && t->kind == AON_T_TOKEN)
        return aon_elab_format(e, "compare it: `%s = base`", s);
    if (t != NULL && t->kind == AON_T_CONTEXT)
        return aon_elab_format(e, "compare it with a context: `%s = x`", s);
    return aon_elab_use(e, where, v);
}

const char *
aon_elab_sort_hint(aon_elab *e, const char *sort)
{
    const char *list = aon_elab_in_scope(e, sort);
    bool model = sort[0] == 'm', set = sort[0] == 's';

    if (set)
        return list != NULL
                   ? aon_elab_format(e, "the sets are `X`, `Y`, %s", list)
                   : "the sets are `X`, `Y`, and names such as `given S in contexts`";
    if (list != NULL && model)
        return aon_elab_format(e,
                               "write `m.f(x)`, `m.g(y)`, `m.dim` with one of the "
                               "models %s",
                               list);
    if (list != NULL)
        return aon_elab_format(e, "in scope are %s", list);
    if (model)
        return "write `m.f(x)`, `m.g(y)`, `m.dim`, with `given m in model(d)` above";
    return aon_elab_format(e, "declare one above: `given %.1s in %s`", sort, sort);
}

const char *
aon_elab_dim_hint(aon_elab *e, aon_span where, aon_val v)
{
    const char *s = aon_elab_source(e, where);
    const aon_type *t = aon_elab_type(e, v);

    if (v.kind == VAL_MODEL)
        return aon_elab_format(e, "a model has a dimension: write `%s.dim`", s);
    if (v.kind == VAL_SET)
        return aon_elab_format(e, "write `#%s`, the number of its elements", s);
    if (t != NULL && (t->kind == AON_T_VECTOR || t->kind == AON_T_SPACE))
        return aon_elab_format(e, "`%s` is in K^%s: write `%s`", s,
                               aon_elab_dim_text(e, &t->rows),
                               aon_elab_dim_text(e, &t->rows));
    if (t != NULL && t->kind == AON_T_MATRIX)
        return aon_elab_format(
            e, "`%s` has %s rows and %s columns: write `%s` or `%s`", s,
            aon_elab_dim_text(e, &t->rows), aon_elab_dim_text(e, &t->cols),
            aon_elab_dim_text(e, &t->rows), aon_elab_dim_text(e, &t->cols));
    return "write a natural number such as `3`, `d` with `given d in dim`, `m.dim` or "
           "`#Y`";
}

const char *
aon_elab_subspace_hint(aon_elab *e, aon_span where, aon_val v)
{
    const char *s = aon_elab_source(e, where);
    const aon_type *t = aon_elab_type(e, v);

    if (t != NULL && t->kind == AON_T_MATRIX)
        return aon_elab_format(e, "write `colspace(%s)`, the space of its columns", s);
    if (t != NULL && t->kind == AON_T_VECTOR)
        return aon_elab_format(e, "write `colspace(%s)`, the line through it", s);
    if (v.kind == VAL_DIM)
        return aon_elab_format(e, "write `all(%s)` for the whole space", s);
    if (v.kind == VAL_SET)
        return aon_elab_format(e,
                               v.set.tokens ? "write `span{%s.g(y) | y in %s}`"
                                            : "write `span{%s.f(x) | x in %s}`",
                               some_model(e), s);
    if (v.kind == VAL_MODEL)
        return aon_elab_format(e, "write `span{%s.f(x) | x in X}` or `all(%s.dim)`", s,
                               s);
    return "a subspace is `given S in subspace(d)`, `span{m.f(x) | x in X}`, "
           "`colspace(A)`, `all(d)`";
}

/* ---- shapes ---- */

static bool
is_kind(const aon_type *t, aon_type_kind k)
{
    return t != NULL && t->kind == k;
}

const char *
aon_elab_product_hint(aon_elab *e, aon_span left, aon_val a, aon_span right, aon_val b)
{
    const char *l = aon_elab_source(e, left), *r = aon_elab_source(e, right), *d;
    const aon_type *s = aon_elab_type(e, a), *t = aon_elab_type(e, b);

    if (is_kind(s, AON_T_MATRIX) && is_kind(t, AON_T_SPACE))
        return aon_elab_format(e, "did you mean `image(%s,%s)`?", l, r);
    if (is_kind(s, AON_T_SPACE) && aon_type_is_term(t))
        return t->kind != AON_T_SCALAR && aon_dim_equal(&s->rows, &t->rows)
                   ? aon_elab_format(e, "did you mean `proj(%s)*%s`?", l, r)
                   : aon_elab_use(e, left, a);
    if (is_kind(s, AON_T_FORMULA) || is_kind(t, AON_T_FORMULA))
        return "did you mean `and`?";
    if (!aon_type_is_term(s) || !aon_type_is_term(t))
        return aon_type_is_term(s) ? aon_elab_use(e, right, b)
                                   : aon_elab_use(e, left, a);
    if (s->kind == AON_T_VECTOR && t->kind == AON_T_VECTOR)
        return aon_dim_equal(&s->rows, &t->rows)
                   ? aon_elab_format(e, "did you mean the dot product `<%s,%s>`?", l, r)
                   : aon_elab_format(e,
                                     "a dot product `<u,v>` is of two vectors of one "
                                     "dimension; a matrix A in matrix(%s,%s) takes "
                                     "`%s` there: `<%s,A*%s>`",
                                     aon_elab_dim_text(e, &s->rows),
                                     aon_elab_dim_text(e, &t->rows), r, l, r);
    if (aon_dim_equal(&s->rows, &t->rows))
        return aon_elab_format(e, "did you mean `tr(%s)*%s`?", l, r);
    if (s->kind == AON_T_MATRIX && t->kind == AON_T_MATRIX &&
        aon_dim_equal(&s->cols, &t->cols))
        return aon_elab_format(e, "did you mean `%s*tr(%s)`?", l, r);
    if (s->kind == AON_T_VECTOR && t->kind == AON_T_MATRIX &&
        aon_dim_equal(&s->rows, &t->cols))
        return aon_elab_format(e, "did you mean `%s*%s`?", r, l);
    if (s->kind == AON_T_VECTOR)
        return aon_elab_format(e,
                               "a vector stands on the right of a matrix: `A*%s` with "
                               "A in matrix(d,%s)",
                               l, aon_elab_dim_text(e, &s->rows));
    d = aon_elab_dim_text(e, &s->cols);
    return aon_elab_format(e,
                           "`%s` has %s columns, so the right factor needs %s rows: "
                           "vector(%s) or matrix(%s,d)",
                           l, d, d, d, d);
}

/* Tokens, contexts, sets, ..: what cannot be made fit. */
static const char *
other_kinds(aon_elab *e, aon_span left, aon_val a, aon_span right, aon_val b)
{
    const aon_type *s = aon_elab_type(e, a), *t = aon_elab_type(e, b);
    bool text_s = is_kind(s, AON_T_TOKEN) || is_kind(s, AON_T_CONTEXT);
    bool text_t = is_kind(t, AON_T_TOKEN) || is_kind(t, AON_T_CONTEXT);

    if (text_s && text_t)
        return "tokens are equal to tokens only, contexts to contexts";
    if (is_kind(s, AON_T_FORMULA) || is_kind(t, AON_T_FORMULA))
        return "formulas are joined by `and`, `or`, `->`, `<->`; put a comparison in "
               "parentheses";
    return !aon_type_is_term(s) && !is_kind(s, AON_T_SPACE) ? aon_elab_use(e, left, a)
                                                            : aon_elab_use(e, right, b);
}

const char *
aon_elab_mismatch_hint(aon_elab *e, aon_span left, aon_val a, aon_span right, aon_val b)
{
    const char *l = aon_elab_source(e, left), *r = aon_elab_source(e, right);
    const aon_type *s = aon_elab_type(e, a), *t = aon_elab_type(e, b);
    bool spaces = is_kind(s, AON_T_SPACE) && is_kind(t, AON_T_SPACE);

    if (is_kind(s, AON_T_SPACE) && aon_type_is_term(t) && t->kind != AON_T_SCALAR)
        return aon_elab_format(e, "write `colspace(%s)`, or `%s in %s`", r, r, l);
    if (is_kind(t, AON_T_SPACE) && aon_type_is_term(s) && s->kind != AON_T_SCALAR)
        return aon_elab_format(e, "write `colspace(%s)`, or `%s in %s`", l, l, r);
    if (!spaces && (!aon_type_is_term(s) || !aon_type_is_term(t)))
        return other_kinds(e, left, a, right, b);
    if (s->kind == AON_T_MATRIX && t->kind == AON_T_MATRIX &&
        aon_dim_equal(&s->rows, &t->cols) && aon_dim_equal(&s->cols, &t->rows))
        return aon_elab_format(e, "did you mean `tr(%s)`?", r);
    if (spaces)
        return aon_elab_format(e,
                               "both sides need one dimension; a matrix A in "
                               "matrix(%s,%s) takes `%s` there: `image(A,%s)`",
                               aon_elab_dim_text(e, &s->rows),
                               aon_elab_dim_text(e, &t->rows), r, r);
    if (s->kind == AON_T_VECTOR && t->kind == AON_T_VECTOR)
        return aon_elab_format(e,
                               "both sides need one dimension; a matrix A in "
                               "matrix(%s,%s) takes `%s` there: `A*%s`",
                               aon_elab_dim_text(e, &s->rows),
                               aon_elab_dim_text(e, &t->rows), r, r);
    return aon_elab_format(e,
                           "both sides need one type: write a %s on the right or a %s "
                           "on the left",
                           aon_elab_describe(e, a), aon_elab_describe(e, b));
}

const char *
aon_elab_index_hint(aon_elab *e, const aon_set *s, aon_span base, aon_span arg,
                    aon_val v)
{
    const char *set = aon_elab_set_text(e, s), *b = aon_elab_source(e, base),
               *x = aon_elab_source(e, arg);
    const aon_type *t = aon_elab_type(e, v);
    bool tokens = strcmp(set, "Y") == 0 || s->tokens;

    if (is_kind(t, AON_T_TOKEN) && !tokens)
        return aon_elab_format(e,
                               "`%s` is indexed by contexts and `%s` is a token; bind "
                               "a context: `forall x' in %s: .. %s[x'] ..`",
                               b, x, set, b);
    if (is_kind(t, AON_T_CONTEXT) && tokens)
        return aon_elab_format(e,
                               "`%s` is indexed by tokens and `%s` is a context; bind "
                               "a token: `forall y in %s: .. %s[y] ..`",
                               b, x, set, b);
    return aon_elab_format(e,
                           "bind the index over the set: `forall %s in %s: .. %s[%s] "
                           "..`",
                           tokens ? "y" : "z", set, b, tokens ? "y" : "z");
}
