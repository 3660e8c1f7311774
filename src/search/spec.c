/*
 * What a statement asks to be enumerated.
 */
#include "search/impl.h"

#include <string.h>

static aon_status
refuse(aon_diags *diags, const aon_given *g, const char *what)
{
    return aon_diag(diags, AON_SEV_ERROR, g->span, "scope", NULL,
                    "no scope for the given `%s`: %s", g->name, what);
}

/* The block of a dimension: a `dim` given, or one written as a number. */
static bool
add_block(aon_scope_spec *s, const aon_dim *d)
{
    if (d->kind != AON_DIM_INT)
        return true;
    if (d->value > AON_MAX_DIM)
        return false;
    for (size_t b = s->ndims; b < s->nblocks; b++)
        if (s->fixed[b] == d->value)
            return true;
    if (s->nblocks == AON_MAX_BLOCKS)
        return false;
    s->fixed[s->nblocks++] = d->value;
    return true;
}

aon_status
aon_scope_spec_init(aon_scope_spec *s, const aon_core *core, const aon_ref *root,
                    uint32_t grid, bool no_symmetry, aon_diags *diags)
{
    memset(s, 0, sizeof *s);
    s->core = core;
    s->root = root;
    s->grid = grid;
    s->base = 2 * grid + 1;
    s->no_symmetry = no_symmetry;
    s->query = -1;
    s->because = -1;
    for (size_t i = 0; i < core->ngiven; i++) {
        const aon_given *g = &core->given[i];

        if (g->type.kind != AON_T_DIM)
            continue;
        if (s->ndims == AON_MAX_BLOCKS)
            return refuse(diags, g, "too many dimensions");
        s->dim[s->ndims++] = i;
    }
    s->nblocks = s->ndims;
    for (size_t i = 0; i < core->ngiven; i++) {
        const aon_given *g = &core->given[i];

        if (g->type.kind == AON_T_DIM)
            continue;
        if (g->type.kind == AON_T_QUERY) {
            if (s->query >= 0)
                return refuse(diags, g,
                              "the contexts form chains under one query only");
            s->query = (long)i;
            continue;
        }
        if (g->type.kind == AON_T_MODEL || g->type.kind == AON_T_SPACE ||
            g->type.kind == AON_T_VECTOR || g->type.kind == AON_T_MATRIX)
            if (!add_block(s, &g->type.rows) ||
                (g->type.kind == AON_T_MATRIX && !add_block(s, &g->type.cols)))
                return refuse(diags, g, "its dimension is too large");
        if (s->nitems == AON_MAX_ITEMS)
            return refuse(diags, g, "too many givens");
        s->item_given[s->nitems++] = i;
    }
    aon_find_joins(s);
    return AON_OK;
}

bool
aon_cell_solves(const aon_cell *c)
{
    for (size_t i = 0; i < c->nitems; i++)
        if (c->item[i].kind == AON_ITEM_SOLVED)
            return true;
    return false;
}
