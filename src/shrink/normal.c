/*
 * Normal form.  Names and sequences play no role in a statement except through x.q, so
 * they are invented anew, as short as they can be; for instances of a search scope
 * (docs/search.md, 1) these are its names.
 */
#include "shrink/impl.h"

#include <stdlib.h>
#include <string.h>

/* The links x -> x.q among the contexts that are kept, and the words to be. */
typedef struct {
    const aon_shrinker *s;
    const aon_instance *in;
    const aon_keep *keep;
    uint32_t *new_token, *new_context; /* of old numbers; UINT32_MAX: gone */
    uint32_t *word_token; /* the same, for tokens of sequences: none is gone */
    size_t nqueries;
    const aon_value **query;
    long *next;    /* [query * ncontexts + x]: position in keep->context, or -1 */
    long *before;  /* a position that this one continues, or -1 */
    size_t *by;    /* and by which query */
    bool forest;   /* no position continues two others */
    size_t *order; /* positions, chain by chain */
    size_t *chain; /* of each position: its number, from 0 */
    size_t nchains;
    aon_arena *arena;
} plan;

static bool
same_word(const aon_word *a, const aon_word *b)
{
    return a->n == b->n &&
           (a->n == 0 || memcmp(a->tok, b->tok, a->n * sizeof *a->tok) == 0);
}

static void
find_links(plan *p)
{
    const size_t n = p->keep->ncontexts;

    for (size_t i = p->s->ndims; i < p->s->nvalues; i++)
        if (aon_given_of(p->s, i)->type.kind == AON_T_QUERY) {
            const aon_value *v = aon_instance_find(p->in, aon_given_of(p->s, i)->name);
            bool again = v->q.n == 0;

            for (size_t k = 0; k < p->nqueries; k++)
                again = again || same_word(&p->query[k]->q, &v->q);
            if (!again)
                p->query[p->nqueries++] = v;
        }
    p->next = AON_NEW_N(p->arena, long, p->nqueries *n + 1);
    p->before = AON_NEW_N(p->arena, long, n + 1);
    p->by = AON_NEW_N(p->arena, size_t, n + 1);
    p->forest = true;
    for (size_t x = 0; x < n; x++)
        p->before[x] = -1;
    for (size_t q = 0; q < p->nqueries; q++)
        for (size_t x = 0; x < n; x++) {
            const long y =
                aon_instance_concat(p->in, p->keep->context[x], &p->query[q]->q);
            long *to = &p->next[q * n + x];

            *to = y >= 0 && p->new_context[y] != UINT32_MAX ? (long)p->new_context[y]
                                                            : -1;
            if (*to < 0)
                continue;
            p->forest = p->forest && p->before[*to] < 0;
            p->before[*to] = (long)x;
            p->by[*to] = q;
        }
}

/* The link that keep asks for; false: it would make a fork or a circle. */
static bool
add_link(plan *p)
{
    const size_t n = p->keep->ncontexts;
    const aon_value *query = &p->in->value[p->keep->query];
    const long from = (long)p->new_context[p->keep->link_from];
    const long to = (long)p->new_context[p->keep->link_to];
    long root = from;

    if (!p->forest || p->before[to] >= 0)
        return false;
    while (p->before[root] >= 0)
        root = p->before[root];
    for (size_t q = 0; q < p->nqueries && root != to; q++)
        if (same_word(&p->query[q]->q, &query->q) &&
            p->next[q * n + (size_t)from] < 0) {
            p->next[q * n + (size_t)from] = to;
            p->before[to] = from;
            p->by[to] = q;
            return true;
        }
    return false;
}

static void
walk(plan *p, size_t x, size_t chain, size_t *n)
{
    p->order[(*n)++] = x;
    p->chain[x] = chain;
    for (size_t q = 0; q < p->nqueries; q++) {
        const long y = p->next[q * p->keep->ncontexts + x];

        if (y >= 0)
            walk(p, (size_t)y, chain, n);
    }
}

static size_t
height(const plan *p, size_t x)
{
    size_t sum = 1;

    for (size_t q = 0; q < p->nqueries; q++)
        if (p->next[q * p->keep->ncontexts + x] >= 0)
            sum += height(p, (size_t)p->next[q * p->keep->ncontexts + x]);
    return sum;
}

/* The largest chains first, those of equal size in their old order. */
static void
find_order(plan *p)
{
    const size_t n = p->keep->ncontexts;
    size_t *size = AON_NEW_N(p->arena, size_t, n + 1), at = 0;

    p->order = AON_NEW_N(p->arena, size_t, n + 1);
    p->chain = AON_NEW_N(p->arena, size_t, n + 1);
    if (!p->forest || p->keep->same_words) {
        for (size_t x = 0; x < n; x++)
            p->order[x] = p->chain[x] = x;
        return;
    }
    for (size_t x = 0; x < n; x++)
        size[x] = p->before[x] < 0 ? height(p, x) : 0;
    for (size_t len = n; len > 0; len--)
        for (size_t x = 0; x < n; x++)
            if (size[x] == len)
                walk(p, x, p->nchains++, &at);
    AON_ASSERT(at == n);
}

/* ---- words ---- */

typedef struct {
    uint32_t *tok;
    size_t n;
} word;

static void
append(const plan *p, word *w, uint32_t tok, size_t times)
{
    uint32_t *longer = AON_NEW_N(p->arena, uint32_t, w->n + times + 1);

    if (w->n > 0)
        memcpy(longer, w->tok, w->n * sizeof *longer);
    for (size_t i = 0; i < times; i++)
        longer[w->n++] = tok;
    w->tok = longer;
}

/* How query q is written: b, or b, c, .. as long as there are tokens, or bb, bab, .. */
static bool
query_word(const plan *p, size_t q, word *w)
{
    const size_t k = p->keep->ntokens;

    w->n = 0;
    if (k > p->nqueries) {
        append(p, w, (uint32_t)q + 1, 1);
    } else if (k > 1) {
        append(p, w, 1, 1);
        append(p, w, 0, q);
        append(p, w, 1, 1);
    } else {
        append(p, w, 0, 1);
        return p->nqueries == 1;
    }
    return true;
}

/* Words by chains; false: the old ones have to do. */
static bool
invent(plan *p, word *context, word *query)
{
    const size_t n = p->keep->ncontexts;
    size_t longest = 0;

    for (size_t q = 0; q < p->nqueries; q++)
        if (!query_word(p, q, &query[q]))
            return false;
    for (size_t i = 0; i < n; i++) {
        const size_t x = p->order[i];
        word *w = &context[x];

        if (p->before[x] >= 0) {
            *w = context[p->before[x]];
            for (size_t l = 0; l < query[p->by[x]].n; l++)
                append(p, w, query[p->by[x]].tok[l], 1);
        } else if (p->keep->ntokens > 1) {
            append(p, w, 0, p->chain[x] + 1);
        } else {
            append(p, w, 0, p->chain[x] == 0 ? 1 : longest + 2);
        }
        longest = w->n > longest ? w->n : longest;
    }
    return true;
}

static void
translate(const plan *p, const aon_word *old, word *w)
{
    w->n = 0;
    w->tok = AON_NEW_N(p->arena, uint32_t, old->n + 1);
    for (size_t i = 0; i < old->n; i++)
        w->tok[w->n++] = p->word_token[old->tok[i]];
}

/* Sequences of the old instance with its tokens mapped: all different? */
static bool
map_words(const plan *p, word *context, word *query)
{
    const size_t n = p->keep->ncontexts;

    for (size_t q = 0; q < p->nqueries; q++)
        translate(p, &p->query[q]->q, &query[q]);
    for (size_t x = 0; x < n; x++) {
        translate(p, &p->in->context_word[p->keep->context[x]], &context[x]);
        for (size_t y = 0; y < x; y++)
            if (context[x].n == context[y].n &&
                (context[x].n == 0 || memcmp(context[x].tok, context[y].tok,
                                             context[x].n * sizeof(uint32_t)) == 0))
                return false;
    }
    return true;
}

/* ---- names ---- */

static void
add_tokens(const plan *p, aon_instance *out)
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
put_context_name(const plan *p, aon_buf *out, size_t x)
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
add_contexts(const plan *p, aon_instance *out, const word *w)
{
    const size_t n = p->keep->ncontexts;
    aon_buf name;

    aon_buf_init(&name);
    for (size_t i = 0; i < n; i++) {
        const word *of = &w[p->order[i]];

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
positions(const plan *p, const aon_instance *out, const aon_dim *d, slong len,
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
    was = aon_elements(p->in, &d->set, &nwas);
    is = aon_elements(out, &d->set, n);
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
copy_mat(const plan *p, const aon_instance *out, aon_value *v, const aon_value *old,
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
copy_model(const plan *p, aon_value *v, const aon_value *old)
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
add_value(const plan *p, aon_instance *out, size_t number, const word *query)
{
    const aon_given *g = aon_given_of(p->s, number);
    const aon_value *old = aon_instance_find(p->in, g->name);
    aon_value *v;

    if (number < p->s->ndims) {
        v = aon_instance_add(out, g->name, AON_VAL_DIM);
        v->dim = (slong)aon_dim_number(p->s->core, p->in, g->name);
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
            if (same_word(&p->query[q]->q, &old->q))
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
build(plan *p, const word *context, const word *query)
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

/* Once the sets along their axes are there. */
static void
fill_matrices(const plan *p, aon_instance *out)
{
    for (size_t i = 0; i < p->s->nvalues; i++) {
        const aon_given *g = aon_given_of(p->s, i);
        aon_value *v = &out->value[i];

        if (v->kind == AON_VAL_SCALAR || v->kind == AON_VAL_VECTOR ||
            v->kind == AON_VAL_MATRIX)
            copy_mat(p, out, v, aon_instance_find(p->in, g->name), &g->type);
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
    plan p = {.s = s, .in = in, .keep = keep, .arena = aon_arena_new()};
    aon_keep old_words = *keep;
    aon_instance *out = NULL;
    bool linked = true;
    word *context, *query;

    p.new_token = AON_NEW_N(p.arena, uint32_t, in->ntokens + 1);
    p.new_context = AON_NEW_N(p.arena, uint32_t, in->ncontexts + 1);
    renumber(p.new_token, in->ntokens, keep->token, keep->ntokens);
    renumber(p.new_context, in->ncontexts, keep->context, keep->ncontexts);
    p.word_token = AON_NEW_N(p.arena, uint32_t, in->ntokens + 1);
    for (size_t y = 0; y < in->ntokens; y++)
        p.word_token[y] =
            p.new_token[p.new_token[y] != UINT32_MAX ? y : keep->moved_token];
    p.query = AON_NEW_N(p.arena, const aon_value *, s->nvalues + 1);
    find_links(&p);
    if (keep->link)
        linked = add_link(&p);
    find_order(&p);
    context = AON_NEW_N(p.arena, word, keep->ncontexts + 1);
    query = AON_NEW_N(p.arena, word, p.nqueries + 1);
    if (linked && p.forest && !keep->same_words && invent(&p, context, query)) {
        out = build(&p, context, query);
    } else if (!keep->link) {
        old_words.same_words = true;
        p.keep = &old_words;
        find_order(&p);
        if (map_words(&p, context, query))
            out = build(&p, context, query);
    }
    if (out != NULL)
        fill_matrices(&p, out);
    aon_arena_free(p.arena);
    return out;
}
