/*
 * What the rows and columns of the values are indexed by.
 */
#include "shrink/impl.h"

#include <stdlib.h>
#include <string.h>

const aon_given *
aon_given_of(const aon_shrinker *s, size_t value)
{
    return &s->core->given[s->given_of[value]];
}

static bool
along(const aon_shrinker *s, const aon_dim *d, size_t dim)
{
    return d->kind == AON_DIM_NAME && strcmp(d->name, aon_given_of(s, dim)->name) == 0;
}

bool
aon_has_rows(const aon_shrinker *s, size_t value, size_t dim)
{
    const aon_type *t = &aon_given_of(s, value)->type;

    return (t->kind == AON_T_MODEL || t->kind == AON_T_SPACE ||
            t->kind == AON_T_VECTOR || t->kind == AON_T_MATRIX) &&
           along(s, &t->rows, dim);
}

bool
aon_has_cols(const aon_shrinker *s, size_t value, size_t dim)
{
    const aon_type *t = &aon_given_of(s, value)->type;

    return t->kind == AON_T_MATRIX && along(s, &t->cols, dim);
}

size_t
aon_dim_of(const aon_shrinker *s, size_t value)
{
    for (size_t d = 0; d < s->ndims; d++)
        if (aon_has_rows(s, value, d))
            return d;
    return s->nvalues;
}

static void
without_row(aon_mat *a, slong j)
{
    const slong n = aon_mat_rows(a);
    slong *kept = aon_xcalloc((size_t)n + 1, sizeof *kept), m = 0;

    for (slong i = 0; i < n; i++)
        if (i != j)
            kept[m++] = i;
    aon_mat_select_rows(a, a, kept, m);
    free(kept);
}

void
aon_drop_coordinate(const aon_shrinker *s, aon_instance *in, size_t dim, slong j)
{
    in->value[dim].dim--;
    for (size_t i = s->ndims; i < s->nvalues; i++) {
        aon_value *v = &in->value[i];

        if (aon_has_rows(s, i, dim)) {
            without_row(&v->a, j);
            if (v->kind == AON_VAL_MODEL)
                without_row(&v->b, j);
            if (v->kind == AON_VAL_MODEL || v->kind == AON_VAL_SUBSPACE)
                v->dim--;
        }
        if (aon_has_cols(s, i, dim)) {
            aon_mat_transpose(&v->a, &v->a);
            without_row(&v->a, j);
            aon_mat_transpose(&v->a, &v->a);
        }
    }
}
