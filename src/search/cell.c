/*
 * One shape with one way to cut the contexts into chains.
 */
#include "search/impl.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_COLUMN_ENTRIES = 50000000 };
#define MAX_VALUES ((uint64_t)1 << 40) /* of one item */

uint64_t
aon_times(uint64_t a, uint64_t b)
{
    return b != 0 && a > UINT64_MAX / b ? UINT64_MAX : a * b;
}

uint64_t
aon_power(uint64_t a, uint32_t b)
{
    uint64_t p = 1;

    while (b-- > 0)
        p = aon_times(p, a);
    return p;
}

static unsigned
block_of(const aon_scope_spec *s, const aon_dim *d)
{
    if (d->kind == AON_DIM_NAME)
        for (unsigned b = 0; b < s->ndims; b++)
            if (strcmp(s->core->given[s->dim[b]].name, d->name) == 0)
                return b;
    for (unsigned b = (unsigned)s->ndims; b < s->nblocks; b++)
        if (d->kind == AON_DIM_INT && s->fixed[b] == d->value)
            return b;
    return 0;
}

/* false: the length depends on a set that is itself enumerated. */
static bool
axis_of(const aon_cell *c, aon_axis *a, const aon_dim *d)
{
    uint32_t at = 0;

    memset(a, 0, sizeof *a);
    if (d->kind != AON_DIM_SET) {
        a->kind = AON_AXIS_BLOCK;
        a->block = block_of(c->spec, d);
        a->len = c->block[a->block].dim;
        return true;
    }
    if (strcmp(d->set.name, "Y") == 0) {
        a->kind = AON_AXIS_TOKENS;
        a->len = c->k;
        return true;
    }
    if (strcmp(d->set.name, "X") != 0)
        return false;
    a->kind = AON_AXIS_CONTEXTS;
    for (uint32_t i = 0; i < c->nchains; i++)
        for (uint32_t j = 0; j < c->chain[i]; j++, at++)
            if (d->set.query == NULL || j + 1 < c->chain[i])
                a->context[a->len++] = (uint8_t)at;
    return true;
}

static void
init_grid_item(const aon_cell *c, aon_item *it, const aon_type *t, uint32_t *cells)
{
    const aon_axis one = {.kind = AON_AXIS_ONE, .len = 1};
    bool fits = true;

    it->kind = AON_ITEM_GRID;
    it->rows = it->cols = one;
    if (t->kind != AON_T_SCALAR)
        fits = axis_of(c, &it->rows, &t->rows);
    if (fits && t->kind == AON_T_MATRIX)
        fits = axis_of(c, &it->cols, &t->cols);
    if (!fits || it->rows.len * it->cols.len > *cells) {
        it->kind = AON_ITEM_SOLVED;
        it->count = 1;
        return;
    }
    *cells -= it->rows.len * it->cols.len;
    it->count = aon_power(c->spec->base, it->rows.len * it->cols.len);
    if (it->rows.kind == AON_AXIS_BLOCK)
        it->blocks |= 1u << it->rows.block;
    if (it->cols.kind == AON_AXIS_BLOCK)
        it->blocks |= 1u << it->cols.block;
}

static void
init_item(const aon_cell *c, aon_item *it, size_t given, uint32_t *cells)
{
    const aon_type *t = &c->spec->core->given[given].type;

    memset(it, 0, sizeof *it);
    it->given = given;
    it->join = -1;
    switch (t->kind) {
    case AON_T_MODEL:
        it->kind = AON_ITEM_MODEL;
        it->block = block_of(c->spec, &t->rows);
        it->dim = c->block[it->block].dim;
        it->blocks = 1u << it->block;
        it->count = aon_power(c->ncol, it->dim);
        break;
    case AON_T_SPACE:
        it->kind = AON_ITEM_SPACE;
        it->block = block_of(c->spec, &t->rows);
        it->dim = c->block[it->block].dim;
        it->blocks = 1u << it->block;
        it->count = c->block[it->block].nspace;
        break;
    case AON_T_TOKEN:
        it->kind = AON_ITEM_TOKEN;
        it->count = c->k;
        break;
    case AON_T_CONTEXT:
        it->kind = AON_ITEM_CONTEXT;
        it->count = c->n;
        break;
    case AON_T_TOKENS:
        it->kind = AON_ITEM_TOKENS;
        it->count = (uint64_t)1 << c->k;
        break;
    case AON_T_CONTEXTS:
        it->kind = AON_ITEM_CONTEXTS;
        it->count = (uint64_t)1 << c->n;
        break;
    default:
        init_grid_item(c, it, t, cells);
        break;
    }
}

static bool
has_spaces(const aon_scope_spec *s, unsigned block)
{
    for (size_t i = 0; i < s->nitems; i++) {
        const aon_type *t = &s->core->given[s->item_given[i]].type;

        if (t->kind == AON_T_SPACE && block_of(s, &t->rows) == block)
            return true;
    }
    return false;
}

static bool
init_blocks(aon_cell *c, const uint32_t *shape)
{
    const aon_scope_spec *s = c->spec;

    for (unsigned b = 0; b < s->nblocks; b++) {
        const uint32_t dim = b < s->ndims ? shape[b] : s->fixed[b];
        const bool spaces = has_spaces(s, b);
        /* `tr` of a vector has a side 1, which does not move: nor do those written 1 */
        const bool fixed = s->no_symmetry || (b >= s->ndims && dim == 1);

        if (dim > AON_MAX_DIM || (spaces && aon_power(s->base, dim) > 128))
            return false;
        aon_block_group_init(&c->block[b], c->arena, dim, s->grid, spaces, fixed);
    }
    return true;
}

static void
count_group(aon_cell *c)
{
    unsigned blocks = 0;

    for (size_t i = 0; i < c->nitems; i++)
        blocks |= c->item[i].blocks;
    c->group = c->nst;
    for (unsigned b = 0; b < c->spec->nblocks; b++)
        if (blocks >> b & 1)
            c->group = aon_times(c->group, c->block[b].nsp);
}

bool
aon_cell_init(aon_cell *c, const aon_scope_spec *s, const uint32_t *shape,
              const uint32_t *chain, uint32_t nchains)
{
    uint32_t cells = AON_MAX_GRID_CELLS;
    uint64_t columns, permutations = 1;

    memset(c, 0, sizeof *c);
    c->spec = s;
    c->arena = aon_arena_new();
    c->n = shape[s->ndims];
    c->k = shape[s->ndims + 1];
    if (c->n > AON_MAX_CONTEXTS || c->k > AON_MAX_TOKENS || c->k == 0)
        return false;
    c->nchains = nchains;
    memcpy(c->chain, chain, nchains * sizeof *chain);
    columns = aon_power(s->base, c->n + c->k - 1);
    for (uint32_t i = 2; i <= c->n; i++)
        permutations *= i;
    for (uint32_t i = 2; i < c->k; i++)
        permutations *= i;
    if (aon_times(columns, permutations) > MAX_COLUMN_ENTRIES)
        return false;
    c->ncol = (uint32_t)columns;
    if (!init_blocks(c, shape))
        return false;
    aon_cell_permutations(c);
    c->nitems = s->nitems;
    for (size_t i = 0; i < s->nitems; i++) {
        init_item(c, &c->item[i], s->item_given[i], &cells);
        if (c->item[i].count > MAX_VALUES)
            return false;
    }
    count_group(c);
    return c->group <= 10000000 && aon_cell_join(c);
}

void
aon_cell_clear(aon_cell *c)
{
    for (size_t i = 0; i < c->nitems; i++)
        free(c->item[i].bucket);
    aon_arena_free(c->arena);
    memset(c, 0, sizeof *c);
}
