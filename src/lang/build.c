/*
 * Tables, hash-consing and binders.  The rules of 5.1 are in rules.c.
 */
#include "lang/build.h"

#include "lang/build_impl.h"

#include <stdlib.h>
#include <string.h>

/* ---- hashing ---- */

static uint32_t
mix(uint32_t h, uint32_t x)
{
    h = (h ^ x) * 0x9E3779B1u;
    return h ^ (h >> 15);
}

static uint32_t
mix_text(uint32_t h, const char *s)
{
    if (s == NULL)
        return mix(h, 0x51u);
    for (; *s != '\0'; s++)
        h = (h ^ (unsigned char)*s) * 16777619u;
    return mix(h, 0x52u);
}

static uint32_t
mix_set(uint32_t h, const aon_set *s)
{
    return mix_text(mix_text(mix(h, s->tokens), s->name), s->query);
}

static uint32_t
mix_dim(uint32_t h, const aon_dim *d)
{
    h = mix(h, (uint32_t)d->kind);
    if (d->kind == AON_DIM_INT)
        return mix(h, d->value);
    return d->kind == AON_DIM_NAME ? mix_text(h, d->name) : mix_set(h, &d->set);
}

void
aon_index_add(aon_index *t, uint32_t hash, uint32_t item, const uint32_t *hashes)
{
    if (2 * (t->n + 1) > t->nslots) {
        size_t old = t->nslots;
        uint32_t *slot = t->slot;

        t->nslots = old > 0 ? 2 * old : 256;
        t->slot = aon_xmalloc(t->nslots * sizeof *t->slot);
        memset(t->slot, 0xff, t->nslots * sizeof *t->slot);
        t->n = 0;
        for (size_t i = 0; i < old; i++)
            if (slot[i] != UINT32_MAX)
                aon_index_add(t, hashes[slot[i]], slot[i], hashes);
        free(slot);
    }
    for (size_t i = hash & (t->nslots - 1);; i = (i + 1) & (t->nslots - 1))
        if (t->slot[i] == UINT32_MAX) {
            t->slot[i] = item;
            t->n++;
            return;
        }
}

/* Linear search is enough for types and data only while they are few: use hashes. */
static uint32_t
intern_type(aon_build *b, const aon_type *type)
{
    uint32_t h =
        mix_dim(mix_dim(mix(7, (uint32_t)type->kind), &type->rows), &type->cols);
    aon_index *t = &b->type_index;

    for (size_t i = h & (t->nslots - 1); t->nslots > 0 && t->slot[i] != UINT32_MAX;
         i = (i + 1) & (t->nslots - 1))
        if (b->type_hash[t->slot[i]] == h && aon_type_equal(&b->type[t->slot[i]], type))
            return t->slot[i];
    b->type = aon_grow(b->type, &b->type_cap, b->ntypes + 1, sizeof *b->type);
    b->type_hash =
        aon_grow(b->type_hash, &b->type_hash_cap, b->ntypes + 1, sizeof *b->type_hash);
    b->type[b->ntypes] = *type;
    b->type_hash[b->ntypes] = h;
    aon_index_add(t, h, (uint32_t)b->ntypes, b->type_hash);
    return (uint32_t)b->ntypes++;
}

static uint32_t
intern_data(aon_build *b, const aon_bdata *data)
{
    uint32_t h = mix_dim(mix_dim(mix_set(9, &data->set), &data->dim), &data->dim2);
    aon_index *t = &b->data_index;

    for (size_t i = h & (t->nslots - 1); t->nslots > 0 && t->slot[i] != UINT32_MAX;
         i = (i + 1) & (t->nslots - 1)) {
        const aon_bdata *old = &b->data[t->slot[i]];

        if (b->data_hash[t->slot[i]] == h && aon_set_equal(&old->set, &data->set) &&
            aon_dim_equal(&old->dim, &data->dim) &&
            aon_dim_equal(&old->dim2, &data->dim2))
            return t->slot[i];
    }
    b->data = aon_grow(b->data, &b->data_cap, b->ndata + 1, sizeof *b->data);
    b->data_hash =
        aon_grow(b->data_hash, &b->data_hash_cap, b->ndata + 1, sizeof *b->data_hash);
    b->data[b->ndata] = *data;
    b->data_hash[b->ndata] = h;
    aon_index_add(t, h, (uint32_t)b->ndata, b->data_hash);
    return (uint32_t)b->ndata++;
}

/* ---- nodes ---- */

aon_build *
aon_build_new(void)
{
    aon_build *b = aon_xcalloc(1, sizeof *b);

    b->arena = aon_arena_new();
    return b;
}

void
aon_build_free(aon_build *b)
{
    if (b == NULL)
        return;
    aon_arena_free(b->arena);
    free(b->node);
    free(b->hash);
    free(b->index.slot);
    free(b->type);
    free(b->type_hash);
    free(b->type_index.slot);
    free(b->data);
    free(b->data_hash);
    free(b->data_index.slot);
    free(b->image);
    free(b->image_of);
    free(b);
}

const char *
aon_build_overflow(const aon_build *b)
{
    return b->overflow;
}

void
aon_build_at(aon_build *b, aon_span where)
{
    b->where = where;
}

size_t
aon_build_count(const aon_build *b)
{
    return b->n;
}

const aon_bnode *
aon_build_node(const aon_build *b, aon_ref r)
{
    return &b->node[r];
}

const aon_type *
aon_build_type(const aon_build *b, aon_ref r)
{
    return &b->type[b->node[r].type];
}

const aon_bdata *
aon_build_data(const aon_build *b, aon_ref r)
{
    return &b->data[b->node[r].data];
}

/* The union of two increasing lists without `drop`; shares an operand where it can. */
static const uint32_t *
merge(aon_build *b, const uint32_t *x, uint32_t nx, const uint32_t *y, uint32_t ny,
      uint32_t *n)
{
    uint32_t i = 0, j = 0, k = 0, *out;

    if (ny == 0 || (x == y && nx == ny)) {
        *n = nx;
        return x;
    }
    if (nx == 0) {
        *n = ny;
        return y;
    }
    out = AON_NEW_N(b->arena, uint32_t, (size_t)nx + ny);
    while (i < nx || j < ny) {
        uint32_t v = j == ny || (i < nx && x[i] <= y[j]) ? x[i] : y[j];

        i += i < nx && x[i] == v;
        j += j < ny && y[j] == v;
        out[k++] = v;
    }
    *n = k;
    return out;
}

/* The list without v, if it is there. */
static const uint32_t *
without(aon_build *b, const uint32_t *x, uint32_t *n, uint32_t v)
{
    uint32_t i = 0, *out;

    while (i < *n && x[i] != v)
        i++;
    if (i == *n)
        return x;
    out = AON_NEW_N(b->arena, uint32_t, *n);
    memcpy(out, x, i * sizeof *x);
    memcpy(out + i, x + i + 1, (*n - i - 1) * sizeof *x);
    --*n;
    return out;
}

bool
aon_op_binds_unknown(unsigned op)
{
    return op == AON_EX || op == AON_SOL;
}

static bool
binds(unsigned op)
{
    return op == AON_SUM || op == AON_COLS || op == AON_ALL || op == AON_ANY ||
           op == AON_ALLIN || aon_op_binds_unknown(op);
}

/* Free variables, size, depth and height of a new node. */
static void
measure(aon_build *b, aon_bnode *n)
{
    uint64_t size = 1;
    uint32_t depth = 0;

    n->free_fin = n->free_unk = NULL;
    n->nfree_fin = n->nfree_unk = 0;
    if (n->op == AON_VAR || n->op == AON_VEC || n->op == AON_UNK) {
        uint32_t *own = AON_NEW(b->arena, uint32_t);

        *own = n->var;
        *(n->op == AON_UNK ? &n->free_unk : &n->free_fin) = own;
        *(n->op == AON_UNK ? &n->nfree_unk : &n->nfree_fin) = 1;
    }
    n->next = binds(n->op) ? n->var + 1 : 0;
    for (unsigned i = 0; i < n->nargs; i++) {
        const aon_bnode *a = &b->node[n->arg[i]];
        uint32_t nf = a->nfree_fin, nu = a->nfree_unk;
        const uint32_t *fin = a->free_fin, *unk = a->free_unk;

        if (binds(n->op) && i + 1u == n->nargs) {
            if (aon_op_binds_unknown(n->op))
                unk = without(b, unk, &nu, n->var);
            else
                fin = without(b, fin, &nf, n->var);
        }
        n->free_fin = merge(b, n->free_fin, n->nfree_fin, fin, nf, &n->nfree_fin);
        n->free_unk = merge(b, n->free_unk, n->nfree_unk, unk, nu, &n->nfree_unk);
        size += a->size;
        if (a->depth > depth)
            depth = a->depth;
        if (a->next > n->next)
            n->next = a->next;
    }
    n->size = size > AON_SIZE_LIMIT ? AON_SIZE_LIMIT + 1 : (uint32_t)size;
    n->depth = (uint16_t)(depth < AON_DEPTH_LIMIT ? depth + 1 : AON_DEPTH_LIMIT + 1);
    if (b->overflow != NULL)
        return;
    if (n->size > AON_SIZE_LIMIT)
        b->overflow = "this expands to more than 1000000 nodes";
    else if (depth >= AON_DEPTH_LIMIT)
        b->overflow = "this expands to a term more than 5000 levels deep";
    else if (b->n >= AON_NODE_LIMIT)
        b->overflow = "the statement expands to more than 3000000 different nodes";
}

static bool
same_node(const aon_bnode *a, const aon_bnode *b)
{
    return a->op == b->op && a->nargs == b->nargs && a->arg[0] == b->arg[0] &&
           a->arg[1] == b->arg[1] && a->var == b->var && a->dom == b->dom &&
           a->data == b->data && a->type == b->type && aon_text_equal(a->name, b->name);
}

aon_ref
aon_build_intern(aon_build *b, aon_bnode *n, const aon_type *type,
                 const aon_bdata *data)
{
    aon_index *t = &b->index;
    uint32_t h;

    n->type = intern_type(b, type);
    n->data = intern_data(b, data);
    h = mix(mix(mix(11, n->op), n->var), n->dom);
    h = mix(mix(mix(h, n->data), n->type), n->nargs > 0 ? n->arg[0] : 0);
    h = mix_text(mix(h, n->nargs > 1 ? n->arg[1] : 0), n->name);
    for (size_t i = h & (t->nslots - 1); t->nslots > 0 && t->slot[i] != UINT32_MAX;
         i = (i + 1) & (t->nslots - 1))
        if (b->hash[t->slot[i]] == h && same_node(&b->node[t->slot[i]], n))
            return t->slot[i];
    measure(b, n);
    b->node = aon_grow(b->node, &b->cap, b->n + 1, sizeof *b->node);
    b->hash = aon_grow(b->hash, &b->hash_cap, b->n + 1, sizeof *b->hash);
    b->node[b->n] = *n;
    b->hash[b->n] = h;
    aon_index_add(t, h, (uint32_t)b->n, b->hash);
    return (aon_ref)b->n++;
}

/* ---- binders ---- */

aon_ref
aon_build_open(aon_build *b, aon_op op, uint32_t level, aon_type type,
               const aon_set *set)
{
    aon_bnode n = {.op = (uint8_t)op, .var = AON_OPEN | level, .origin = b->where};
    aon_bdata data;

    memset(&data, 0, sizeof data);
    if (set != NULL)
        data.set = *set;
    return aon_build_intern(b, &n, &type, &data);
}

static bool
contains(const uint32_t *list, uint32_t n, uint32_t v)
{
    for (uint32_t i = 0; i < n; i++)
        if (list[i] == v)
            return true;
    return false;
}

bool
aon_build_mentions(const aon_build *b, aon_ref r, bool unknown, uint32_t var)
{
    const aon_bnode *n = &b->node[r];

    return unknown ? contains(n->free_unk, n->nfree_unk, var)
                   : contains(n->free_fin, n->nfree_fin, var);
}

/* r with the open variable replaced.  The recursion is bounded by AON_DEPTH_LIMIT. */
static aon_ref
substitute(aon_build *b, aon_ref r, aon_ref open, aon_ref closed, uint32_t stamp)
{
    bool unknown = b->node[open].op == AON_UNK;
    aon_bnode n;
    aon_type type;
    aon_bdata data;

    if (r == open)
        return closed;
    if (!aon_build_mentions(b, r, unknown, b->node[open].var))
        return r;
    if (r < b->image_cap && b->image_of[r] == stamp)
        return b->image[r];
    n = b->node[r];
    type = b->type[n.type];
    data = b->data[n.data];
    for (unsigned i = 0; i < n.nargs; i++)
        n.arg[i] = substitute(b, n.arg[i], open, closed, stamp);
    n.arg[0] = aon_build_intern(b, &n, &type, &data);
    if (r >= b->image_cap) {
        size_t old = b->image_cap, cap = b->image_cap, cap2 = b->image_cap;

        b->image = aon_grow(b->image, &cap, (size_t)r + 1, sizeof *b->image);
        b->image_of = aon_grow(b->image_of, &cap2, (size_t)r + 1, sizeof *b->image_of);
        memset(b->image_of + old, 0, (cap2 - old) * sizeof *b->image_of);
        b->image_cap = cap;
    }
    b->image[r] = n.arg[0];
    b->image_of[r] = stamp;
    return n.arg[0];
}

static aon_type
binder_type(const aon_build *b, const aon_binder *what, aon_ref open, aon_ref body)
{
    const aon_type *t = aon_build_type(b, body);

    if (what->op == AON_SUM)
        return *t;
    if (what->op == AON_COLS)
        return aon_type_rows(AON_T_COLUMNS, t->rows);
    if (what->op == AON_SOL)
        return aon_type_rows(AON_T_SPACE, aon_build_type(b, open)->rows);
    return aon_type_of(AON_T_FORMULA);
}

aon_ref
aon_build_close(aon_build *b, const aon_binder *what, aon_ref open, aon_ref body)
{
    const aon_bnode *o = &b->node[open];
    aon_bnode n = {
        .op = (uint8_t)what->op, .dom = (uint8_t)what->dom, .origin = b->where};
    aon_bnode v = {.op = o->op, .origin = o->origin};
    aon_type type = *aon_build_type(b, open);
    aon_bdata data;
    aon_ref closed;

    if (b->overflow != NULL)
        return body;
    memset(&data, 0, sizeof data);
    n.var = v.var = b->node[body].next;
    closed = aon_build_intern(b, &v, &type, &data);
    body = substitute(b, body, open, closed, ++b->stamp);
    if (what->space != AON_NO_REF)
        n.arg[n.nargs++] = what->space;
    n.arg[n.nargs++] = body;
    data.set = what->set;
    data.dim = what->rows;
    data.dim2 = what->cols;
    type = binder_type(b, what, open, body);
    return aon_build_intern(b, &n, &type, &data);
}
