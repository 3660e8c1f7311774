/*
 * What a statement asks to be enumerated.
 */
#include "search/impl.h"

#include <inttypes.h>
#include <string.h>

static const aon_span nowhere = {NULL, 0, 0};

enum { DEFAULT_WORK = 10000000 };

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
        if ((g->type.kind == AON_T_MODEL || g->type.kind == AON_T_SPACE) &&
            g->type.rows.kind == AON_DIM_SET)
            return refuse(diags, g, "its dimension is the size of a set");
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

static aon_status
check_bounds(const aon_scope_spec *s, const uint32_t *min, const uint32_t *max,
             aon_diags *diags)
{
    const size_t dims = s->ndims;

    for (size_t i = 0; i < dims + 2; i++) {
        const uint32_t most = i < dims    ? AON_MAX_DIM
                              : i == dims ? AON_MAX_CONTEXTS
                                          : AON_MAX_TOKENS;

        if (min[i] > max[i] || max[i] > most || (i == dims + 1 && min[i] == 0))
            return aon_diag(diags, AON_SEV_ERROR, nowhere, "scope",
                            "each runs from `--min` (default 1) to `--max`; dimensions "
                            "are searched up to 4, contexts and tokens up to 8",
                            "number %zu of the bounds is %s: from %" PRIu32
                            " to %" PRIu32 ", and the largest is %" PRIu32,
                            i + 1,
                            i < dims    ? "a dimension"
                            : i == dims ? "that of contexts"
                                        : "that of tokens",
                            min[i], max[i], most);
    }
    return AON_OK;
}

/* The other conclusions may fail as they like: they are left out. */
static aon_status
only_because(aon_scope_spec *s, const char *because, aon_diags *diags)
{
    const aon_core *core = s->core;
    size_t i = 0;

    if (because == NULL)
        return AON_OK;
    if (aon_core_conclusion(core, because, &i, diags) != AON_OK)
        return AON_EINPUT;
    s->one = *core;
    s->one.show = &core->show[i];
    s->one.nshow = 1;
    s->core = &s->one;
    s->because = because;
    return AON_OK;
}

aon_status
aon_scope_open(aon_scope_spec *s, aon_find_spec *own, uint32_t *min, uint32_t *max,
               aon_diags *diags)
{
    aon_status st;

    own->max_work = own->max_work == 0 ? DEFAULT_WORK : own->max_work;
    own->grid = own->grid == 0 ? 1 : own->grid;
    st = aon_scope_spec_init(s, own->core, own->root, own->grid, own->no_symmetry,
                             diags);
    if (st != AON_OK)
        return st;
    st = only_because(s, own->because, diags);
    if (st != AON_OK)
        return st;
    for (size_t i = 0; i < s->ndims + 2; i++) {
        min[i] = own->min != NULL ? own->min[i] : 1;
        max[i] = own->max != NULL ? own->max[i] : i < s->ndims ? 2 : 3;
    }
    own->min = min;
    own->max = max;
    return check_bounds(s, min, max, diags);
}

bool
aon_cell_solves(const aon_cell *c)
{
    for (size_t i = 0; i < c->nitems; i++)
        if (c->item[i].kind == AON_ITEM_SOLVED)
            return true;
    return false;
}
