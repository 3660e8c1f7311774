/*
 * Normal form.  Names and sequences play no role in a statement except through x.q, so
 * they are invented anew, as short as they can be; for instances of a search scope
 * (docs/search.md, 1) these are its names.
 */
#include "shrink/plan.h"

#include "decide/eval.h"

#include <stdlib.h>
#include <string.h>

/* ---- names ---- */

static void
add_tokens(const aon_plan *p, aon_instance *out)
{
    aon_buf name;

    aon_buf_init(&name);
    for (size_t y = 0; y < p->keep->ntokens; y++) {
        aon_buf_reset(&name);
        if (p->keep->ntokens <= 26)
            aon_buf_putc(&name, (char)('a' + y));
        else
            aon_buf_printf(&name, "t%zu", y + 1);
        aon_instance_add_token(out, name.s);
    }
    aon_buf_clear(&name);
}

/* "x1", or "x" if everything is one chain under a query; then the queries that led on. */
static void
put_context_name(const aon_plan *p, aon_buf *out, size_t x)
{
    if (p->before[x] >= 0 && p->forest && !p->keep->same_words) {
        put_context_name(p, out, (size_t)p->before[x]);
        aon_buf_puts(out, p->query[p->by[x]]->name);
    } else if (p->nchains == 1 && p->nqueries > 0) {
        aon_buf_putc(out, 'x');
    } else {
        aon_buf_printf(out, "x%zu", p->chain[x] + 1);
    }
}

static void
add_contexts(const aon_plan *p, aon_instance *out, const aon_word *w)
{
    const size_t n = p->keep->ncontexts;
    aon_buf name;

    aon_buf_init(&name);
    for (size_t i = 0; i < n; i++) {
        const aon_word *of = &w[p->order[i]];

        aon_buf_reset(&name);
        put_context_name(p, &name, p->order[i]);
        if (aon_instance_context(out, name.s, name.len) >= 0) {
            aon_buf_reset(&name); /* after queries q and qq */
            aon_buf_printf(&name, "c%zu", i + 1);
        }
        aon_instance_add_context(out, name.s, of->tok, of->n);
    }
    aon_buf_clear(&name);
}

/* ---- values ---- */

/* For each position along d in the new instance the position in the old one, or -1. */
static slong *
positions(const aon_plan *p, const aon_instance *out, const aon_dim *d, slong len,
          size_t *n)
{
    slong *at;
    uint32_t *was, *is;
    size_t nwas;

    if (d->kind != AON_DIM_SET) {
        at = aon_xcalloc((size_t)len + 1, sizeof *at);
        for (slong i = 0; i < len; i++)
            at[i] = i;
        *n = (size_t)len;
        return at;
    }
    was = aon_set_members(p->in, &d->set, &nwas);
    is = aon_set_members(out, &d->set, n);
    at = aon_xcalloc(*n + 1, sizeof *at);
    for (size_t i = 0; i < *n; i++) {
        at[i] = -1;
        for (size_t j = 0; j < nwas; j++)
            if ((d->set.tokens ? p->new_token : p->new_context)[was[j]] == is[i] &&
                (d->set.tokens ? p->keep->token[is[i]]
                               : p->keep->context[p->order[is[i]]]) == was[j])
                at[i] = (slong)j;
    }
    free(is);
    free(was);
    return at;
}

static void
pick(aon_mat *out, const aon_mat *a, const slong *row, size_t rows, const slong *col,
     size_t cols)
{
    aon_mat res;

    aon_mat_init(&res, (slong)rows, (slong)cols);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < cols; j++)
            if (row[i] >= 0 && col[j] >= 0)
                fmpz_set(fmpz_mat_entry(res.num, (slong)i, (slong)j),
                         fmpz_mat_entry(a->num, row[i], col[j]));
    fmpz_set(res.den, a->den);
    aon_mat_canonicalise(&res);
    aon_mat_swap(out, &res);
    aon_mat_clear(&res);
}

static void
copy_mat(const aon_plan *p, const aon_instance *out, aon_value *v, const aon_value *old,
         const aon_type *t)
{
    static const aon_dim one = {.kind = AON_DIM_INT, .value = 1};
    const bool scalar = t->kind == AON_T_SCALAR, matrix = t->kind == AON_T_MATRIX;
    size_t rows, cols;
    slong *row =
        positions(p, out, scalar ? &one : &t->rows, aon_mat_rows(&old->a), &rows);
    slong *col =
        positions(p, out, matrix ? &t->cols : &one, aon_mat_cols(&old->a), &cols);

    pick(&v->a, &old->a, row, rows, col, cols);
    free(col);
    free(row);
}

static void
copy_model(const aon_plan *p, aon_value *v, const aon_value *old)
{
    const size_t n = p->keep->ncontexts, k = p->keep->ntokens;
    slong *col = aon_xcalloc(n + k + 1, sizeof *col);

    for (size_t i = 0; i < n; i++)
        col[i] = p->keep->context[p->order[i]];
    aon_mat_select_cols(&v->a, &old->a, col, (slong)n);
    for (size_t y = 0; y < k; y++)
        col[y] = p->keep->token[y];
    aon_mat_select_cols(&v->b, &old->b, col, (slong)k);
    free(col);
}

static void
copy_set(aon_value *v, const aon_value *old, const uint32_t *renamed, size_t all)
{
    uint8_t *inside = aon_xcalloc(all + 1, 1);

    for (size_t i = 0; i < old->nset; i++)
        if (renamed[old->set[i]] != UINT32_MAX)
            inside[renamed[old->set[i]]] = 1;
    v->set = aon_xcalloc(all + 1, sizeof *v->set);
    for (uint32_t i = 0; i < all; i++)
        if (inside[i])
            v->set[v->nset++] = i;
    free(inside);
}

static void
add_value(const aon_plan *p, aon_instance *out, size_t number, const aon_word *query)
{
    const aon_given *g = aon_given_of(p->s, number);
    const aon_value *old = aon_instance_find(p->in, g->name);
    aon_value *v;

    if (number < p->s->ndims) {
        v = aon_instance_add(out, g->name, AON_VAL_DIM);
        v->dim = aon_dim_in(p->s->core, p->in, g->name);
        return;
    }
    v = aon_instance_add(out, g->name, old->kind);
    v->dim = old->dim;
    switch (old->kind) {
    case AON_VAL_DIM:
        break;
    case AON_VAL_MODEL:
        copy_model(p, v, old);
        break;
    case AON_VAL_SUBSPACE:
        aon_mat_set(&v->a, &old->a);
        break;
    case AON_VAL_SCALAR:
    case AON_VAL_VECTOR:
    case AON_VAL_MATRIX:
        break; /* later: sets along the axes must be there first */
    case AON_VAL_QUERY:
        aon_value_set_query(v, NULL, 0);
        for (size_t q = 0; q < p->nqueries; q++)
            if (aon_same_word(&p->query[q]->q, &old->q))
                aon_value_set_query(v, query[q].tok, query[q].n);
        break;
    case AON_VAL_TOKEN:
        v->elem = p->new_token[old->elem];
        if (v->elem == UINT32_MAX)
            v->elem = p->new_token[p->keep->moved_token];
        break;
    case AON_VAL_CONTEXT:
        v->elem = p->new_context[old->elem];
        if (v->elem == UINT32_MAX)
            v->elem = p->new_context[p->keep->moved_context];
        break;
    case AON_VAL_TOKENSET:
        copy_set(v, old, p->new_token, p->keep->ntokens);
        break;
    case AON_VAL_CONTEXTSET:
        copy_set(v, old, p->new_context, p->keep->ncontexts);
        break;
    }
}

static aon_instance *
build(aon_plan *p, const aon_word *context, const aon_word *query)
{
    aon_instance *out = aon_instance_new();

    add_tokens(p, out);
    add_contexts(p, out, context);
    for (size_t i = 0; i < p->keep->ncontexts; i++)
        p->new_context[p->keep->context[p->order[i]]] = (uint32_t)i;
    for (size_t i = 0; i < p->s->nvalues; i++)
        add_value(p, out, i, query);
    return out;
}

/* Rows of a model or subspace whose coordinates are the elements of a set. */
static void
move_rows(const aon_plan *p, const aon_instance *out, aon_value *v, const aon_type *t)
{
    size_t n;
    slong *row = positions(p, out, &t->rows, v->dim, &n), *col;
    const slong cols[2] = {aon_mat_cols(&v->a), aon_mat_cols(&v->b)};

    for (int w = 0; w < (v->kind == AON_VAL_MODEL ? 2 : 1); w++) {
        aon_mat *a = w == 0 ? &v->a : &v->b;

        col = aon_xcalloc((size_t)cols[w] + 1, sizeof *col);
        for (slong j = 0; j < cols[w]; j++)
            col[j] = j;
        pick(a, a, row, n, col, (size_t)cols[w]);
        free(col);
    }
    v->dim = (slong)n;
    free(row);
}

/* Once the sets along their axes are there. */
static void
fill_matrices(const aon_plan *p, aon_instance *out)
{
    for (size_t i = 0; i < p->s->nvalues; i++) {
        const aon_given *g = aon_given_of(p->s, i);
        aon_value *v = &out->value[i];

        if (v->kind == AON_VAL_SCALAR || v->kind == AON_VAL_VECTOR ||
            v->kind == AON_VAL_MATRIX)
            copy_mat(p, out, v, aon_instance_find(p->in, g->name), &g->type);
        else if ((v->kind == AON_VAL_MODEL || v->kind == AON_VAL_SUBSPACE) &&
                 g->type.rows.kind == AON_DIM_SET)
            move_rows(p, out, v, &g->type);
    }
}

static void
renumber(uint32_t *renamed, size_t all, const uint32_t *kept, size_t n)
{
    for (size_t i = 0; i < all; i++)
        renamed[i] = UINT32_MAX;
    for (size_t i = 0; i < n; i++)
        renamed[kept[i]] = (uint32_t)i;
}

aon_instance *
aon_normal(const aon_shrinker *s, const aon_instance *in, const aon_keep *keep)
{
    aon_plan p = {.s = s, .in = in, .keep = keep, .arena = aon_arena_new()};
    aon_keep old_words = *keep;
    aon_instance *out = NULL;
    bool linked = true;
    aon_word *context, *query;

    p.new_token = AON_NEW_N(p.arena, uint32_t, in->ntokens + 1);
    p.new_context = AON_NEW_N(p.arena, uint32_t, in->ncontexts + 1);
    renumber(p.new_token, in->ntokens, keep->token, keep->ntokens);
    renumber(p.new_context, in->ncontexts, keep->context, keep->ncontexts);
    p.word_token = AON_NEW_N(p.arena, uint32_t, in->ntokens + 1);
    for (size_t y = 0; y < in->ntokens; y++)
        p.word_token[y] =
            p.new_token[p.new_token[y] != UINT32_MAX ? y : keep->moved_token];
    p.query = AON_NEW_N(p.arena, const aon_value *, s->nvalues + 1);
    aon_plan_links(&p);
    if (keep->link)
        linked = aon_plan_add_link(&p);
    aon_plan_order(&p);
    context = AON_NEW_N(p.arena, aon_word, keep->ncontexts + 1);
    query = AON_NEW_N(p.arena, aon_word, p.nqueries + 1);
    if (linked && p.forest && !keep->same_words &&
        aon_plan_invent(&p, context, query)) {
        out = build(&p, context, query);
    } else if (!keep->link) {
        old_words.same_words = true;
        p.keep = &old_words;
        aon_plan_order(&p);
        if (aon_plan_map(&p, context, query))
            out = build(&p, context, query);
    }
    if (out != NULL)
        fill_matrices(&p, out);
    aon_arena_free(p.arena);
    return out;
}
