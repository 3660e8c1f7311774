/*
 * Hypotheses of the form t(m) = t(m'): pairs of models are joined on the values of t
 * instead of being tried one by one (docs/search.md, 4).
 */
#include "search/impl.h"

#include <stdlib.h>
#include <string.h>

#define MAX_BUCKET ((uint64_t)1 << 24) /* single models kept in memory */

/* ---- recognising ---- */

static bool
same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* The one model that a word-size term speaks of; false if it is no such term. */
static bool
speaks_of(const aon_core *core, aon_ref t, const char **model)
{
    const aon_node *n = &core->node[t];

    switch (n->op) {
    case AON_VAR:
    case AON_BASE:
        return true;
    case AON_RAT:
        return strchr(n->name, '/') == NULL && strlen(n->name) <= 4;
    case AON_F:
    case AON_G:
        if (*model != NULL && strcmp(*model, n->name) != 0)
            return false;
        *model = n->name;
        return speaks_of(core, n->arg[0], model);
    case AON_CAT:
        return speaks_of(core, n->arg[0], model);
    case AON_SCALE:
    case AON_ADD:
    case AON_DOT:
        return speaks_of(core, n->arg[0], model) && speaks_of(core, n->arg[1], model);
    default:
        return false;
    }
}

/* Is b the term a with another model? */
static bool
same_but_model(const aon_core *core, aon_ref a, aon_ref b)
{
    const aon_node *m = &core->node[a], *n = &core->node[b];

    if (m->op != n->op || m->nargs != n->nargs || m->var != n->var)
        return false;
    if (m->op != AON_F && m->op != AON_G && !same_text(m->name, n->name))
        return false;
    for (unsigned i = 0; i < m->nargs; i++)
        if (!same_but_model(core, m->arg[i], n->arg[i]))
            return false;
    return true;
}

static long
item_named(const aon_scope_spec *s, const char *name)
{
    for (size_t i = 0; i < s->nitems; i++)
        if (strcmp(s->core->given[s->item_given[i]].name, name) == 0)
            return (long)i;
    return -1;
}

/* Why a formula is no equation to join on; NULL: it is one, of these two models. */
static const char *
refusal(const aon_core *core, aon_ref p, const char **left, const char **right)
{
    const aon_node *n = &core->node[p];

    if (n->op != AON_EQ)
        return n->op == AON_WITHIN ? "an inclusion of subspaces"
               : n->op == AON_SAME ? "an equality of subspaces"
               : n->op == AON_NOT  ? "a negation"
               : n->op == AON_OR   ? "a disjunction"
               : n->op == AON_EX   ? "an existential"
                                   : "no equation";
    if (core->node[n->arg[0]].type.kind != AON_T_SCALAR)
        return "an equation, but not of scalars";
    if (!speaks_of(core, n->arg[0], left) || !speaks_of(core, n->arg[1], right))
        return "an equation of more than sums, multiples and inner products of the "
               "f(x) "
               "and g(y) of one model on each side";
    if (*left == NULL || *right == NULL)
        return "an equation with a side that speaks of no model";
    if (strcmp(*left, *right) == 0)
        return "an equation whose sides speak of the same model";
    if (!same_but_model(core, n->arg[0], n->arg[1]))
        return "an equation whose sides are not the same term of two models";
    return NULL;
}

/* Does it range over all contexts or tokens (or the contexts that the query applies to)? */
static bool
is_walked(const aon_node *n)
{
    return n->op == AON_ALL &&
           (strcmp(n->set.name, "X") == 0 || strcmp(n->set.name, "Y") == 0);
}

const char *
aon_join_refusal(const aon_core *core, aon_ref p)
{
    const aon_node *n = &core->node[p];
    const char *left = NULL, *right = NULL, *why;

    if (is_walked(n))
        return aon_join_refusal(core, n->arg[0]);
    if (n->op != AON_AND)
        return refusal(core, p, &left, &right);
    why = aon_join_refusal(core, n->arg[0]);
    return why == NULL ? NULL : aon_join_refusal(core, n->arg[1]);
}

typedef struct {
    aon_ref binder[4];
    unsigned nbinder;
} binders;

/* Collects the equations between items i < j below `and` and `all`; clears *whole if
 * there is anything else. */
static void
collect(const aon_scope_spec *s, aon_ref p, binders b, aon_join *out)
{
    const aon_core *core = s->core;
    const aon_node *n = &core->node[p];
    const char *left = NULL, *right = NULL;
    long i, j;

    if (n->op == AON_AND) {
        collect(s, n->arg[0], b, out);
        collect(s, n->arg[1], b, out);
        return;
    }
    if (is_walked(n) && b.nbinder < 4) {
        b.binder[b.nbinder++] = p;
        collect(s, n->arg[0], b, out);
        return;
    }
    if (refusal(core, p, &left, &right) != NULL || out->neq == AON_MAX_JOIN_PARTS) {
        out->whole = false;
        return;
    }
    i = item_named(s, left);
    j = item_named(s, right);
    if (out->neq == 0) {
        out->i = (size_t)(i < j ? i : j);
        out->j = (size_t)(i < j ? j : i);
    } else if (out->i != (size_t)(i < j ? i : j) || out->j != (size_t)(i < j ? j : i)) {
        out->whole = false;
        return;
    }
    out->eq[out->neq].a = i < j ? n->arg[0] : n->arg[1]; /* of item i */
    out->eq[out->neq].b = i < j ? n->arg[1] : n->arg[0];
    memcpy(out->eq[out->neq].binder, b.binder, sizeof b.binder);
    out->eq[out->neq++].nbinder = b.nbinder;
}

void
aon_find_joins(aon_scope_spec *s)
{
    bool tied[AON_MAX_ITEMS] = {false};

    for (size_t h = 0; h < s->core->nassume; h++) {
        aon_join join = {.hypothesis = h, .whole = true};
        const binders none = {.nbinder = 0};

        if (s->root[h] == AON_NO_REF)
            continue;
        collect(s, s->root[h], none, &join);
        /* a tree of depth one: the earlier item is free, the later one not tied yet */
        if (join.neq == 0 || tied[join.j] || tied[join.i] || s->njoin == AON_MAX_ITEMS)
            continue;
        for (size_t l = 0; l < s->njoin; l++)
            if (s->join[l].i == join.j)
                join.neq = 0;
        if (join.neq == 0)
            continue;
        tied[join.j] = true;
        s->join[s->njoin++] = join;
    }
}

/* ---- word-size values ---- */

typedef struct {
    const aon_cell *c;
    const aon_item *item;
    uint32_t digit[AON_MAX_DIM][AON_MAX_CONTEXTS + AON_MAX_TOKENS];
    uint32_t var[8]; /* by position among the binders */
    aon_ref binder[4];
    unsigned nbinder;
} reading;

static void
read_model(reading *r, uint64_t code)
{
    const uint32_t base = r->c->spec->base, len = r->c->n + r->c->k - 1;

    for (uint32_t j = r->item->dim; j-- > 0; code /= r->c->ncol) {
        uint32_t col = (uint32_t)(code % r->c->ncol);

        for (uint32_t i = len; i-- > 0; col /= base)
            r->digit[j][i] = col % base;
    }
}

static uint32_t
element_of(const reading *r, aon_ref t)
{
    const aon_core *core = r->c->spec->core;
    const aon_node *n = &core->node[t];

    if (n->op == AON_BASE)
        return 0;
    if (n->op == AON_CAT)
        return element_of(r, n->arg[0]) + 1; /* chains are contiguous */
    for (unsigned b = 0; b < r->nbinder; b++)
        if (core->node[r->binder[b]].var == n->var)
            return r->var[b];
    return 0;
}

static void word_vector(const reading *r, aon_ref t, int64_t *v);

static int64_t
word_scalar(const reading *r, aon_ref t)
{
    const aon_node *n = &r->c->spec->core->node[t];
    int64_t u[AON_MAX_DIM], v[AON_MAX_DIM], sum = 0;

    switch (n->op) {
    case AON_RAT:
        return strtol(n->name, NULL, 10);
    case AON_ADD:
        return word_scalar(r, n->arg[0]) + word_scalar(r, n->arg[1]);
    case AON_SCALE:
        return word_scalar(r, n->arg[0]) * word_scalar(r, n->arg[1]);
    default:
        word_vector(r, n->arg[0], u);
        word_vector(r, n->arg[1], v);
        for (uint32_t j = 0; j < r->item->dim; j++)
            sum += u[j] * v[j];
        return sum;
    }
}

static void
word_vector(const reading *r, aon_ref t, int64_t *v)
{
    const aon_node *n = &r->c->spec->core->node[t];
    int64_t w[AON_MAX_DIM];
    uint32_t at;

    switch (n->op) {
    case AON_F:
    case AON_G:
        at = element_of(r, n->arg[0]);
        for (uint32_t j = 0; j < r->item->dim; j++)
            v[j] = n->op == AON_F ? aon_digit_value(r->digit[j][at])
                   : at == 0      ? 0
                                  : aon_digit_value(r->digit[j][r->c->n + at - 1]);
        return;
    case AON_ADD:
        word_vector(r, n->arg[0], v);
        word_vector(r, n->arg[1], w);
        for (uint32_t j = 0; j < r->item->dim; j++)
            v[j] += w[j];
        return;
    default: /* scale */
        w[0] = word_scalar(r, n->arg[0]);
        word_vector(r, n->arg[1], v);
        for (uint32_t j = 0; j < r->item->dim; j++)
            v[j] *= w[0];
        return;
    }
}

/* No value of the term, or of an entry, is larger in absolute value. */
static uint64_t
bound_of(const aon_cell *c, uint32_t dim, aon_ref t)
{
    const aon_node *n = &c->spec->core->node[t];
    uint64_t a, b;

    switch (n->op) {
    case AON_RAT:
        return (uint64_t)labs(strtol(n->name, NULL, 10));
    case AON_F:
    case AON_G:
        return c->spec->grid;
    default:
        a = bound_of(c, dim, n->arg[0]);
        b = bound_of(c, dim, n->arg[1]);
        return n->op == AON_ADD ? a + b : n->op == AON_DOT ? dim * a * b : a * b;
    }
}

/* Is x the last of its chain? */
static bool
ends_chain(const aon_cell *c, uint32_t x)
{
    uint32_t at = 0;

    for (uint32_t i = 0; i < c->nchains; i++) {
        at += c->chain[i];
        if (x + 1 == at)
            return true;
    }
    return false;
}

typedef struct {
    uint64_t key, range; /* the key is below range */
    uint64_t bound;      /* values lie in -bound .. bound */
    bool counting;       /* only the range is wanted */
} keying;

static void
extend_key(reading *r, const aon_equation *eq, aon_ref t, unsigned level, keying *k)
{
    const aon_node *b;
    uint32_t count;

    if (level == eq->nbinder) {
        k->range = aon_times(k->range, 2 * k->bound + 1);
        if (!k->counting)
            k->key = k->key * (2 * k->bound + 1) +
                     (uint64_t)(word_scalar(r, t) + (int64_t)k->bound);
        return;
    }
    b = &r->c->spec->core->node[eq->binder[level]];
    count = b->set.tokens ? r->c->k : r->c->n;
    for (uint32_t e = 0; e < count; e++) {
        if (b->set.query != NULL && ends_chain(r->c, e))
            continue;
        r->var[level] = e;
        extend_key(r, eq, t, level + 1, k);
    }
}

/* The values of the join's terms on the side of one item as one number. */
static uint64_t
key_of(const aon_cell *c, const aon_join *join, size_t item, uint64_t code,
       uint64_t *range)
{
    keying k = {.key = 0, .range = 1, .counting = range != NULL};
    reading r = {.c = c, .item = &c->item[item]};

    if (range == NULL)
        read_model(&r, code);
    for (size_t e = 0; e < join->neq; e++) {
        const aon_equation *eq = &join->eq[e];
        const uint64_t a = bound_of(c, c->item[join->i].dim, eq->a);
        const uint64_t b = bound_of(c, c->item[join->j].dim, eq->b);

        memcpy(r.binder, eq->binder, sizeof r.binder);
        r.nbinder = eq->nbinder;
        k.bound = a > b ? a : b;
        extend_key(&r, eq, item == join->i ? eq->a : eq->b, 0, &k);
    }
    if (range != NULL)
        *range = k.range;
    return k.key;
}

/* ---- buckets ---- */

static int
compare_keyed(const void *a, const void *b)
{
    const aon_keyed *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->code < y->code ? -1 : x->code > y->code;
}

static void
codes_with(const aon_item *it, uint64_t key, const aon_keyed **first, size_t *n)
{
    size_t lo = 0, hi = it->nbucket, from;

    while (lo < hi) {
        const size_t mid = lo + (hi - lo) / 2;

        if (it->bucket[mid].key < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    from = lo;
    hi = it->nbucket;
    while (lo < hi) {
        const size_t mid = lo + (hi - lo) / 2;

        if (it->bucket[mid].key <= key)
            lo = mid + 1;
        else
            hi = mid;
    }
    *first = it->bucket + from;
    *n = lo - from;
}

void
aon_joined(const aon_cell *c, const aon_item *it, uint64_t of, const aon_keyed **first,
           size_t *n)
{
    const aon_join *join = &c->spec->join[it->join];

    codes_with(it, key_of(c, join, join->i, of, NULL), first, n);
}

static bool
fill_bucket(aon_cell *c, size_t l)
{
    const aon_join *join = &c->spec->join[l];
    aon_item *it = &c->item[join->j];
    uint64_t range;

    if (c->item[join->i].count > MAX_BUCKET || it->count > MAX_BUCKET)
        return false;
    key_of(c, join, join->i, 0, &range);
    if (range >= (uint64_t)1 << 62)
        return false;
    it->join = (long)l;
    it->nbucket = (size_t)it->count;
    it->bucket = aon_xmalloc((it->nbucket + 1) * sizeof *it->bucket);
    for (uint64_t v = 0; v < it->count; v++) {
        it->bucket[v].key = key_of(c, join, join->j, v, NULL);
        it->bucket[v].code = v;
    }
    qsort(it->bucket, it->nbucket, sizeof *it->bucket, compare_keyed);
    return true;
}

/* Assignments of a free item together with those tied to it. */
static uint64_t
count_tied(const aon_cell *c, size_t item)
{
    bool some = false;
    uint64_t sum = 0;

    for (size_t j = item + 1; j < c->nitems; j++)
        some =
            some || (c->item[j].join >= 0 && c->spec->join[c->item[j].join].i == item);
    if (!some)
        return c->item[item].count;
    for (uint64_t v = 0; v < c->item[item].count; v++) {
        uint64_t product = 1;

        for (size_t j = item + 1; j < c->nitems; j++)
            if (c->item[j].join >= 0 && c->spec->join[c->item[j].join].i == item) {
                const aon_keyed *first;
                size_t n;

                aon_joined(c, &c->item[j], v, &first, &n);
                product = aon_times(product, n);
            }
        sum = product > UINT64_MAX - sum ? UINT64_MAX : sum + product;
    }
    return sum;
}

bool
aon_cell_join(aon_cell *c)
{
    for (size_t l = 0; l < c->spec->njoin; l++)
        if (!fill_bucket(c, l))
            return false;
    c->total = 1;
    for (size_t i = 0; i < c->nitems; i++)
        if (c->item[i].join < 0)
            c->total = aon_times(c->total, count_tied(c, i));
    return c->total < UINT64_MAX;
}
