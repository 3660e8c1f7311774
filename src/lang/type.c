/*
 * Types, dimensions and sets: making and comparing them.
 */
#include "lang/build.h"

#include <string.h>

aon_type
aon_type_of(aon_type_kind kind)
{
    aon_type t;

    memset(&t, 0, sizeof t);
    t.kind = kind;
    if (kind == AON_T_SCALAR)
        t.rows = t.cols = aon_dim_int(1);
    return t;
}

aon_type
aon_type_rows(aon_type_kind kind, aon_dim rows)
{
    aon_type t = aon_type_of(kind);

    t.rows = rows;
    if (kind == AON_T_VECTOR)
        t.cols = aon_dim_int(1);
    return t;
}

aon_type
aon_type_matrix(aon_dim rows, aon_dim cols)
{
    aon_type t = aon_type_of(AON_T_MATRIX);

    t.rows = rows;
    t.cols = cols;
    return t;
}

aon_dim
aon_dim_int(uint32_t value)
{
    aon_dim d;

    memset(&d, 0, sizeof d);
    d.kind = AON_DIM_INT;
    d.value = value;
    return d;
}

aon_dim
aon_dim_name(const char *name)
{
    aon_dim d = aon_dim_int(0);

    d.kind = AON_DIM_NAME;
    d.name = name;
    return d;
}

aon_dim
aon_dim_set(aon_set set)
{
    aon_dim d = aon_dim_int(0);

    d.kind = AON_DIM_SET;
    d.set = set;
    return d;
}

bool
aon_text_equal(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool
aon_set_equal(const aon_set *a, const aon_set *b)
{
    return a->tokens == b->tokens && aon_text_equal(a->name, b->name) &&
           aon_text_equal(a->query, b->query);
}

bool
aon_dim_equal(const aon_dim *a, const aon_dim *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == AON_DIM_INT)
        return a->value == b->value;
    if (a->kind == AON_DIM_NAME)
        return aon_text_equal(a->name, b->name);
    return aon_set_equal(&a->set, &b->set);
}

bool
aon_type_equal(const aon_type *a, const aon_type *b)
{
    return a->kind == b->kind && aon_dim_equal(&a->rows, &b->rows) &&
           aon_dim_equal(&a->cols, &b->cols);
}
