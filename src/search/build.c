/*
 * Assignments as instances.
 */
#include "search/impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char letter[AON_MAX_TOKENS][2] = {"a", "b", "c", "d", "e", "f", "g", "h"};

/*
 * Contexts x1, x1q, x1qq, x2, ..: chain i starts with i times the token a, and q is the
 * token b.  With one token q is a, too, and the chains leave a gap between them.
 */
static void
add_contexts(const aon_cell *c, aon_instance *in)
{
    const bool query = c->spec->query >= 0;
    uint32_t used = 0; /* k = 1: the length of the longest context so far */

    for (uint32_t i = 0; i < c->nchains; i++) {
        for (uint32_t j = 0; j < c->chain[i]; j++) {
            uint32_t tok[4 * AON_MAX_CONTEXTS] = {0};
            char name[32];
            uint32_t len = c->k > 1 ? i + 1 + j : used + 1 + j;

            (void)snprintf(name, sizeof name, c->nchains == 1 && query ? "x" : "x%u",
                           i + 1);
            for (uint32_t l = 0; l < j; l++) {
                strcat(name, "q");
                if (c->k > 1)
                    tok[len - 1 - l] = 1;
            }
            aon_instance_add_context(in, name, tok, len);
        }
        used += c->chain[i] + 1;
    }
}

static aon_val_kind
kind_of(const aon_type *t)
{
    switch (t->kind) {
    case AON_T_MODEL:
        return AON_VAL_MODEL;
    case AON_T_SPACE:
        return AON_VAL_SUBSPACE;
    case AON_T_SCALAR:
        return AON_VAL_SCALAR;
    case AON_T_VECTOR:
        return AON_VAL_VECTOR;
    case AON_T_TOKEN:
        return AON_VAL_TOKEN;
    case AON_T_CONTEXT:
        return AON_VAL_CONTEXT;
    case AON_T_TOKENS:
        return AON_VAL_TOKENSET;
    case AON_T_CONTEXTS:
        return AON_VAL_CONTEXTSET;
    default:
        return AON_VAL_MATRIX;
    }
}

aon_instance *
aon_cell_instance(const aon_cell *c)
{
    const aon_core *core = c->spec->core;
    aon_instance *in = aon_instance_new();
    aon_value *v;

    for (uint32_t y = 0; y < c->k; y++)
        aon_instance_add_token(in, letter[y]);
    add_contexts(c, in);
    for (size_t b = 0; b < c->spec->ndims; b++) {
        v = aon_instance_add(in, core->given[c->spec->dim[b]].name, AON_VAL_DIM);
        v->dim = (slong)c->block[b].dim;
    }
    for (size_t i = 0; i < c->nitems; i++) {
        const aon_item *it = &c->item[i];
        const aon_given *g = &core->given[it->given];

        v = aon_instance_add(in, g->name, kind_of(&g->type));
        v->dim = (slong)it->dim;
        if (it->kind == AON_ITEM_TOKENS || it->kind == AON_ITEM_CONTEXTS)
            v->set = aon_xcalloc(AON_MAX_CONTEXTS + AON_MAX_TOKENS, sizeof *v->set);
    }
    if (c->spec->query >= 0) {
        const uint32_t q = c->k > 1 ? 1 : 0;

        v = aon_instance_add(in, core->given[c->spec->query].name, AON_VAL_QUERY);
        aon_value_set_query(v, &q, 1);
    }
    aon_instance_index(in);
    return in;
}

static void
set_model(const aon_cell *c, const aon_item *it, aon_value *v, uint64_t code)
{
    const slong dim = (slong)it->dim, n = (slong)c->n, k = (slong)c->k;
    const slong base = (slong)c->spec->base;

    aon_mat_zero(&v->a, dim, n);
    aon_mat_zero(&v->b, dim, k);
    for (slong j = dim; j-- > 0; code /= c->ncol) {
        slong col = (slong)(code % c->ncol);

        for (slong y = k; y-- > 1; col /= base)
            fmpz_set_si(fmpz_mat_entry(v->b.num, j, y),
                        aon_digit_value((uint64_t)(col % base)));
        for (slong x = n; x-- > 0; col /= base)
            fmpz_set_si(fmpz_mat_entry(v->a.num, j, x),
                        aon_digit_value((uint64_t)(col % base)));
    }
}

static void
set_space(const aon_cell *c, const aon_item *it, aon_value *v, uint64_t code)
{
    const aon_grid_space *s = &c->block[it->block].space[code];
    const slong base = (slong)c->spec->base;

    aon_mat_zero(&v->a, (slong)it->dim, s->dim);
    for (slong l = 0; l < s->dim; l++) {
        slong gen = s->gen[l];

        for (slong j = (slong)it->dim; j-- > 0; gen /= base)
            fmpz_set_si(fmpz_mat_entry(v->a.num, j, l),
                        aon_digit_value((uint64_t)(gen % base)));
    }
}

static void
set_grid(const aon_cell *c, const aon_item *it, aon_value *v, uint64_t code)
{
    const slong rows = (slong)it->rows.len, cols = (slong)it->cols.len;
    const slong base = (slong)c->spec->base;

    aon_mat_zero(&v->a, rows, cols);
    for (slong i = rows; i-- > 0;)
        for (slong j = cols; j-- > 0; code /= (uint64_t)base)
            fmpz_set_si(fmpz_mat_entry(v->a.num, i, j),
                        aon_digit_value(code % (uint64_t)base));
}

static slong
length_of(const aon_cell *c, const aon_instance *in, const aon_dim *d)
{
    const aon_value *v;

    if (d->kind == AON_DIM_INT)
        return (slong)d->value;
    if (d->kind == AON_DIM_NAME) {
        v = aon_instance_find(in, d->name);
        return v != NULL ? v->dim : 0;
    }
    if (strcmp(d->set.name, "X") != 0 && strcmp(d->set.name, "Y") != 0) {
        v = aon_instance_find(in, d->set.name);
        if (d->set.query != NULL && v != NULL) {
            const aon_value *q = aon_instance_find(in, d->set.query);
            slong count = 0;

            for (size_t i = 0; i < v->nset; i++)
                for (size_t j = 0; j < v->nset; j++)
                    count +=
                        aon_instance_concat(in, v->set[i], &q->q) == (long)v->set[j];
            return count;
        }
        return v != NULL ? (slong)v->nset : 0;
    }
    return (slong)(d->set.tokens          ? c->k
                   : d->set.query != NULL ? c->n - c->nchains
                                          : c->n);
}

/* Zero, of the right shape, until something is found. */
static void
set_placeholder(const aon_cell *c, const aon_item *it, const aon_instance *in,
                aon_value *v)
{
    const aon_type *t = &c->spec->core->given[it->given].type;

    aon_mat_zero(&v->a, t->kind == AON_T_SCALAR ? 1 : length_of(c, in, &t->rows),
                 t->kind == AON_T_MATRIX ? length_of(c, in, &t->cols) : 1);
}

void
aon_cell_assign(const aon_cell *c, aon_instance *in, size_t item, uint64_t code)
{
    const aon_item *it = &c->item[item];
    aon_value *v = &in->value[c->spec->ndims + item];

    switch (it->kind) {
    case AON_ITEM_MODEL:
        set_model(c, it, v, code);
        break;
    case AON_ITEM_SPACE:
        set_space(c, it, v, code);
        break;
    case AON_ITEM_GRID:
        set_grid(c, it, v, code);
        break;
    case AON_ITEM_TOKEN:
    case AON_ITEM_CONTEXT:
        v->elem = (uint32_t)code;
        break;
    case AON_ITEM_TOKENS:
    case AON_ITEM_CONTEXTS:
        v->nset = 0;
        for (uint32_t e = 0; e < 64; e++)
            if (code >> e & 1)
                v->set[v->nset++] = e;
        break;
    case AON_ITEM_SOLVED:
        set_placeholder(c, it, in, v);
        break;
    }
}
