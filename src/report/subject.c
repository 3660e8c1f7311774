/*
 * The models of a part, their tables of log-odds, and what else is to be shown.
 */
#include "report/subject.h"

#include <string.h>

/* n * k * d beyond which tables are not computed. */
enum { MAX_TABLE_WORK = 1000000 };

static void
add_model(aon_subject *s, const aon_value *m)
{
    if (m == NULL || m->kind != AON_VAL_MODEL)
        return;
    if (s->nmodels < AON_SUBJECT_MODELS)
        s->model[s->nmodels++] = m;
    else
        s->more_models++;
}

/* L = F^T (G - g(base) 1^T). */
static void
make_table(aon_mat *out, const aon_value *m, uint32_t base)
{
    const slong k = aon_mat_cols(&m->b);
    aon_mat g, pivot, ones, f;

    aon_mat_init(&g, 0, 0);
    aon_mat_init(&pivot, 0, 0);
    aon_mat_init(&ones, 1, k);
    aon_mat_init(&f, 0, 0);
    for (slong j = 0; j < k; j++)
        fmpz_one(fmpz_mat_entry(ones.num, 0, j));
    aon_mat_block(&pivot, &m->b, 0, (slong)base, m->dim, 1);
    aon_mat_mul(&pivot, &pivot, &ones);
    aon_mat_sub(&g, &m->b, &pivot);
    aon_mat_transpose(&f, &m->a);
    aon_mat_mul(out, &f, &g);
    aon_mat_clear(&f);
    aon_mat_clear(&ones);
    aon_mat_clear(&pivot);
    aon_mat_clear(&g);
}

static void
make_tables(aon_subject *s)
{
    s->tables = true;
    for (size_t i = 0; i < s->nmodels; i++)
        /* each factor is at most a million (docs/instance-format.md) */
        if ((uint64_t)s->in->ncontexts * s->in->ntokens *
                ((uint64_t)s->model[i]->dim + 1) >
            MAX_TABLE_WORK)
            s->tables = false;
    for (size_t i = 0; i < s->nmodels && s->tables; i++)
        make_table(&s->table[i], s->model[i], s->in->base);
}

aon_object *
aon_subject_add(aon_subject *s, aon_object_kind kind, const char *name, unsigned models)
{
    aon_object *o;

    for (size_t i = 0; i < s->nobjects; i++)
        if (strcmp(s->object[i].name, name) == 0)
            return NULL;
    if (s->nobjects == AON_SUBJECT_OBJECTS)
        return NULL;
    o = &s->object[s->nobjects++];
    o->kind = kind;
    o->name = aon_arena_strndup(s->arena, name, strlen(name));
    o->means = NULL;
    o->models = models;
    o->from = o->to = -1;
    aon_mat_init(&o->value, 0, 0);
    return o;
}

/* An instance alone: vectors and subspaces, by their dimension. */
static void
add_values(aon_subject *s)
{
    for (size_t i = 0; i < s->in->nvalues; i++) {
        const aon_value *v = &s->in->value[i];
        const bool space = v->kind == AON_VAL_SUBSPACE;
        unsigned models = 0;
        aon_object *o;

        if (!space && v->kind != AON_VAL_VECTOR)
            continue;
        for (size_t k = 0; k < s->nmodels; k++)
            if (s->model[k]->dim == aon_mat_rows(&v->a))
                models |= 1u << k;
        if (models == 0)
            continue;
        o = aon_subject_add(s, space ? AON_OBJ_SPACE : AON_OBJ_VECTOR, v->name, models);
        if (o != NULL)
            aon_mat_set(&o->value, &v->a);
    }
}

void
aon_subject_init(aon_subject *s, const aon_paper *p)
{
    memset(s, 0, sizeof *s);
    s->arena = aon_arena_new();
    s->in = p->in;
    for (size_t i = 0; i < AON_SUBJECT_MODELS; i++)
        aon_mat_init(&s->table[i], 0, 0);
    if (p->core != NULL) {
        for (size_t i = 0; i < p->core->ngiven; i++)
            add_model(s, aon_instance_find(p->in, p->core->given[i].name));
    } else {
        for (size_t i = 0; i < p->in->nvalues; i++)
            add_model(s, &p->in->value[i]);
    }
    make_tables(s);
    if (p->d != NULL)
        aon_subject_objects(s, p);
    else
        add_values(s);
}

void
aon_subject_clear(aon_subject *s)
{
    for (size_t i = 0; i < s->nobjects; i++)
        aon_mat_clear(&s->object[i].value);
    for (size_t i = 0; i < AON_SUBJECT_MODELS; i++)
        aon_mat_clear(&s->table[i]);
    aon_arena_free(s->arena);
}

bool
aon_subject_same_tables(const aon_subject *s)
{
    for (size_t i = 1; i < s->nmodels; i++)
        if (!aon_mat_equal(&s->table[0], &s->table[i]))
            return false;
    return s->tables;
}

bool
aon_subject_differs(const aon_subject *s, slong i, slong j)
{
    fmpq_t a, b;
    bool differs = false;

    fmpq_init(a);
    fmpq_init(b);
    aon_mat_get(a, &s->table[0], i, j);
    for (size_t k = 1; k < s->nmodels; k++) {
        aon_mat_get(b, &s->table[k], i, j);
        differs = differs || !fmpq_equal(a, b);
    }
    fmpq_clear(b);
    fmpq_clear(a);
    return differs;
}
