/*
 * Fit an instance to a core: every given finds its value, every dimension its number.
 */
#include "decide/eval.h"

#include "exact/rat.h"

#include <stdlib.h>
#include <string.h>

typedef struct aon_cleanup {
    void (*fn)(void *);
    void *p;
    struct aon_cleanup *next;
} aon_cleanup;

void
aon_on_clear(aon_eval *ev, void (*fn)(void *), void *p)
{
    aon_cleanup *c = AON_NEW(ev->arena, aon_cleanup);

    c->fn = fn;
    c->p = p;
    c->next = ev->cleanup;
    ev->cleanup = c;
}

static void
clear_mat(void *p)
{
    aon_mat_clear(p);
}

aon_mat *
aon_eval_mat(aon_eval *ev)
{
    aon_mat *m = AON_NEW(ev->arena, aon_mat);

    aon_mat_init(m, 0, 0);
    aon_on_clear(ev, clear_mat, m);
    return m;
}

void
aon_eval_clear(aon_eval *ev)
{
    for (aon_cleanup *c = ev->cleanup; c != NULL; c = c->next)
        c->fn(c->p);
    for (size_t i = 0; i < ev->nunknown; i++)
        if (ev->unknown[i].valued) {
            aon_mat_clear(&ev->unknown[i].value);
            aon_mat_clear(&ev->unknown[i].coord);
        }
    free(ev->entry);
    free(ev->unknown);
    free(ev->global.entries.slot);
    free(ev->global.judgements.slot);
    aon_arena_free(ev->arena);
    memset(ev, 0, sizeof *ev);
}

/* The kind of value that a given of this sort wants. */
static aon_val_kind
kind_wanted(aon_type_kind t)
{
    switch (t) {
    case AON_T_SCALAR:
        return AON_VAL_SCALAR;
    case AON_T_VECTOR:
        return AON_VAL_VECTOR;
    case AON_T_MATRIX:
        return AON_VAL_MATRIX;
    case AON_T_SPACE:
        return AON_VAL_SUBSPACE;
    case AON_T_TOKEN:
        return AON_VAL_TOKEN;
    case AON_T_CONTEXT:
        return AON_VAL_CONTEXT;
    case AON_T_DIM:
        return AON_VAL_DIM;
    case AON_T_QUERY:
        return AON_VAL_QUERY;
    case AON_T_TOKENS:
        return AON_VAL_TOKENSET;
    case AON_T_CONTEXTS:
        return AON_VAL_CONTEXTSET;
    case AON_T_MODEL:
        return AON_VAL_MODEL;
    case AON_T_COLUMNS:
    case AON_T_FORMULA:
        break;
    }
    AON_ASSERT(!"a given has one of the sorts above");
    return AON_VAL_DIM;
}

static aon_status
find_givens(aon_eval *ev, const aon_value **found, aon_diags *diags)
{
    const aon_core *c = ev->core;
    const aon_span nowhere = {NULL, 0, 0};
    aon_status st = AON_OK;

    for (size_t i = 0; i < c->ngiven; i++) {
        const aon_given *g = &c->given[i];
        const aon_val_kind want = kind_wanted(g->type.kind);

        found[i] = aon_instance_find(ev->in, g->name);
        if (found[i] == NULL) {
            if (g->type.kind == AON_T_DIM)
                continue; /* inferred below */
            st = aon_diag(
                diags, AON_SEV_ERROR, nowhere, "missing", NULL,
                "the instance has no %s named %s, which the statement %s needs",
                aon_val_kind_name(want), g->name, c->name);
        } else if (found[i]->kind != want) {
            st = aon_diag(
                diags, AON_SEV_ERROR, nowhere, "type", NULL,
                "line %zu of the instance: %s is a %s, the statement %s needs a %s",
                found[i]->line, g->name, aon_val_kind_name(found[i]->kind), c->name,
                aon_val_kind_name(want));
        }
    }
    return st;
}

/* Actual size of a value along its declared dimension number which (0 rows, 1 columns);
 * -1: it has none. */
static slong
actual_dim(const aon_value *v, int which)
{
    switch (v->kind) {
    case AON_VAL_MODEL:
    case AON_VAL_SUBSPACE:
        return which == 0 ? v->dim : -1;
    case AON_VAL_VECTOR:
        return which == 0 ? aon_mat_rows(&v->a) : -1;
    case AON_VAL_MATRIX:
        return which == 0 ? aon_mat_rows(&v->a) : aon_mat_cols(&v->a);
    default:
        return -1;
    }
}

slong
aon_dim_in(const aon_core *c, const aon_instance *in, const char *name)
{
    const aon_value *v = aon_instance_find(in, name);

    if (v != NULL && v->kind == AON_VAL_DIM)
        return v->dim;
    for (size_t i = 0; i < c->ngiven; i++) {
        const aon_type *t = &c->given[i].type;
        const aon_dim *dims[2] = {&t->rows, &t->cols};

        v = t->kind != AON_T_DIM ? aon_instance_find(in, c->given[i].name) : NULL;
        for (int w = 0; w < 2 && v != NULL; w++)
            if (actual_dim(v, w) >= 0 && dims[w]->kind == AON_DIM_NAME &&
                strcmp(dims[w]->name, name) == 0)
                return actual_dim(v, w);
    }
    return -1;
}

/* A mark for each token or context that is in s; heap.  *n: how many are. */
static uint8_t *
mark_members(const aon_instance *in, const aon_set *s, size_t *n)
{
    const size_t all = s->tokens ? in->ntokens : in->ncontexts;
    const aon_value *named = NULL, *query = NULL;
    uint8_t *base = aon_xcalloc(all + 1, sizeof *base), *kept;

    if (strcmp(s->name, "X") != 0 && strcmp(s->name, "Y") != 0)
        named = aon_instance_find(in, s->name);
    if (s->query != NULL)
        query = aon_instance_find(in, s->query);
    *n = named != NULL ? named->nset : all;
    if (named == NULL)
        memset(base, 1, all);
    else
        for (size_t i = 0; i < named->nset; i++)
            base[named->set[i]] = 1;
    if (query == NULL)
        return base;
    kept = aon_xcalloc(all + 1, sizeof *kept);
    *n = 0;
    for (uint32_t x = 0; x < all; x++) {
        const long next = base[x] != 0 ? aon_instance_concat(in, x, &query->q) : -1;

        kept[x] = next >= 0 && base[next] != 0;
        *n += kept[x];
    }
    free(base);
    return kept;
}

uint32_t *
aon_set_members(const aon_instance *in, const aon_set *s, size_t *n)
{
    uint8_t *member = mark_members(in, s, n);
    uint32_t *elem = aon_xcalloc(*n + 1, sizeof *elem);
    size_t at = 0;

    for (uint32_t i = 0; at < *n; i++)
        if (member[i] != 0)
            elem[at++] = i;
    free(member);
    return elem;
}

/* Sets are few: a list with linear search, elements found once. */
typedef struct known_set {
    aon_set set;
    struct known_set *next;
    uint32_t number;
} known_set;

static uint32_t
intern_set(aon_eval *ev, known_set **known, size_t *nset, const aon_set *s)
{
    known_set *k;

    for (k = *known; k != NULL; k = k->next)
        if (aon_set_equal(&k->set, s))
            return k->number;
    k = AON_NEW(ev->arena, known_set);
    k->set = *s;
    k->next = *known;
    k->number = (uint32_t)(*nset)++;
    *known = k;
    ev->set[k->number].elem = aon_set_members(ev->in, s, &ev->set[k->number].n);
    aon_on_clear(ev, free, ev->set[k->number].elem);
    return k->number;
}

slong
aon_eval_dim(const aon_eval *ev, const aon_dim *d)
{
    size_t n;

    if (d->kind == AON_DIM_INT)
        return (slong)d->value;
    if (d->kind == AON_DIM_NAME) {
        const long i = aon_core_given(ev->core, d->name);

        AON_ASSERT(i >= 0);
        return ev->dim_of_given[i];
    }
    if (d->set.query == NULL && strcmp(d->set.name, "X") == 0)
        return (slong)ev->in->ncontexts;
    if (d->set.query == NULL && strcmp(d->set.name, "Y") == 0)
        return (slong)ev->in->ntokens;
    free(mark_members(ev->in, &d->set, &n));
    return (slong)n;
}

void
aon_eval_shape(const aon_eval *ev, aon_ref node, slong *rows, slong *cols)
{
    const aon_type *t = &ev->core->node[node].type;

    *rows = *cols = 1;
    if (t->kind == AON_T_SCALAR)
        return;
    *rows = aon_eval_dim(ev, &t->rows);
    if (t->kind == AON_T_MATRIX)
        *cols = aon_eval_dim(ev, &t->cols);
}

const aon_elems *
aon_eval_set(const aon_eval *ev, aon_ref node)
{
    return &ev->set[ev->node_set[node]];
}

bool
aon_spent(const aon_eval *ev)
{
    return ev->limited > 0 && ev->work > ev->max_work;
}

bool
aon_next_elem(aon_eval *ev, aon_ref node, size_t *i)
{
    const aon_elems *set = aon_eval_set(ev, node);

    if (*i == set->n || aon_spent(ev))
        return false;
    ev->work++;
    ev->env[ev->core->node[node].var].v = (int32_t)set->elem[(*i)++];
    return true;
}

/* Each given's declared shape against its value. */
static aon_status
check_shapes(aon_eval *ev, const aon_value *const *found, aon_diags *diags)
{
    const aon_core *c = ev->core;
    const aon_span nowhere = {NULL, 0, 0};
    aon_status st = AON_OK;

    for (size_t i = 0; i < c->ngiven; i++) {
        const aon_given *g = &c->given[i];
        const aon_dim *dims[2] = {&g->type.rows, &g->type.cols};

        if (g->type.kind == AON_T_DIM && ev->dim_of_given[i] < 0)
            st = aon_diag(diags, AON_SEV_ERROR, nowhere, "missing",
                          "add a line `dim NAME NUMBER`",
                          "nothing in the instance fixes the dimension %s", g->name);
        if (g->type.kind == AON_T_DIM || st != AON_OK)
            continue;
        for (int w = 0; w < 2; w++) {
            const slong have = actual_dim(found[i], w);
            aon_buf text;
            slong want;

            if (have < 0)
                continue;
            want = aon_eval_dim(ev, dims[w]);
            if (want < 0 || want == have)
                continue;
            aon_buf_init(&text);
            aon_core_print_dim(&text, dims[w]);
            st = aon_diag(diags, AON_SEV_ERROR, nowhere, "shape", NULL,
                          "line %zu of the instance: %s has %s %ld, but %s is %ld here",
                          found[i]->line, g->name, w == 0 ? "dimension" : "width",
                          (long)have, text.s, (long)want);
            aon_buf_clear(&text);
        }
    }
    return st;
}

static void
bind_nodes(aon_eval *ev)
{
    const aon_core *c = ev->core;
    known_set *known = NULL;
    size_t nset = 0;

    ev->value = AON_NEW_N(ev->arena, const aon_value *, c->nnodes);
    ev->node_set = AON_NEW_N(ev->arena, uint32_t, c->nnodes);
    ev->set = AON_NEW_N(ev->arena, aon_elems, c->nnodes);
    ev->rat = AON_NEW_N(ev->arena, aon_mat, c->nnodes);
    for (size_t i = 0; i < c->nnodes; i++) {
        const aon_node *n = &c->node[i];

        switch (n->op) {
        case AON_PAR:
        case AON_F:
        case AON_G:
        case AON_CAT:
            ev->value[i] = aon_instance_find(ev->in, n->name);
            break;
        case AON_SUM:
        case AON_COLS:
        case AON_ALL:
        case AON_ANY:
            ev->node_set[i] = intern_set(ev, &known, &nset, &n->set);
            break;
        case AON_IDX:
            ev->node_set[i] =
                intern_set(ev, &known, &nset, &c->node[n->arg[0]].type.rows.set);
            break;
        case AON_RAT: {
            fmpq_t q;
            aon_status st;

            fmpq_init(q);
            st = aon_rat_read(q, n->name, strlen(n->name), 1);
            AON_ASSERT(st == AON_OK);
            aon_mat_init(&ev->rat[i], 1, 1);
            aon_mat_set_entry(&ev->rat[i], 0, 0, q);
            aon_on_clear(ev, clear_mat, &ev->rat[i]);
            fmpq_clear(q);
            break;
        }
        default:
            break;
        }
    }
}

aon_status
aon_eval_bind(aon_eval *ev, const aon_core *core, const aon_instance *in,
              const aon_limits *limits, aon_diags *diags)
{
    const aon_value **found;
    aon_status st;

    memset(ev, 0, sizeof *ev);
    ev->arena = aon_arena_new();
    ev->core = core;
    ev->in = in;
    ev->scope = &ev->global;
    ev->max_work = limits != NULL && limits->work > 0 ? limits->work : AON_DEFAULT_WORK;
    ev->env = AON_NEW_N(ev->arena, aon_slot, core->nvars);
    ev->key = AON_NEW_N(ev->arena, aon_slot, core->nvars);
    ev->dim_of_given = AON_NEW_N(ev->arena, slong, core->ngiven);
    found = AON_NEW_N(ev->arena, const aon_value *, core->ngiven);

    st = find_givens(ev, found, diags);
    if (st == AON_OK) {
        for (size_t i = 0; i < core->ngiven; i++)
            ev->dim_of_given[i] = core->given[i].type.kind == AON_T_DIM
                                      ? aon_dim_in(core, in, core->given[i].name)
                                      : -1;
        st = check_shapes(ev, found, diags);
    }
    if (st == AON_OK)
        bind_nodes(ev);
    else
        aon_eval_clear(ev);
    return st;
}
