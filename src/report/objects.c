/*
 * Vectors and subspaces that a statement speaks of: its given ones, what it or its
 * library has a name for, and differences of unembeddings, at the elements for which the
 * conclusion fails.
 */
#include "report/clause.h"
#include "report/subject.h"

#include <string.h>

/* Shared nodes are met again and again, and there may be 2^n ways to them. */
enum { MAX_VISITS = 20000, MAX_TERM = 160, MAX_DEPTH = 100 };

typedef struct {
    aon_subject *s;
    const aon_paper *p;
    aon_eval *ev;
    int visits;
} walk;

/* Models whose vectors a term is made of; 0: it does not say. */
static unsigned
home(const walk *w, aon_ref node, int depth)
{
    const aon_node *n = &w->p->core->node[node];

    if (depth > MAX_DEPTH)
        return 0;
    switch (n->op) {
    case AON_F:
    case AON_G:
        for (size_t i = 0; i < w->s->nmodels; i++)
            if (strcmp(w->s->model[i]->name, n->name) == 0)
                return 1u << i;
        return 0;
    case AON_ADD:
    case AON_JOIN:
        return home(w, n->arg[0], depth + 1) | home(w, n->arg[1], depth + 1);
    case AON_SCALE:
        return home(w, n->arg[1], depth + 1);
    case AON_PROJ:
    case AON_SPAN:
    case AON_GENS:
    case AON_COLS:
    case AON_SUM:
        return home(w, n->arg[0], depth + 1);
    case AON_SOL:
        return n->dom == AON_DOM_IN ? home(w, n->arg[0], depth + 1) : 0;
    default:
        return 0;
    }
}

static unsigned
models_of(const walk *w, aon_ref node)
{
    const aon_core *core = w->p->core;
    const unsigned at_home = home(w, node, 0);
    unsigned models = 0;

    for (size_t i = 0; i < w->s->nmodels; i++) {
        const long g = aon_core_given(core, w->s->model[i]->name);

        if (g >= 0 &&
            aon_dim_equal(&core->given[g].type.rows, &core->node[node].type.rows))
            models |= 1u << i;
    }
    return (models & at_home) != 0 ? models & at_home : models;
}

/* Token number of an element that stands for one here; -1: it does not. */
static int32_t
token_of(const walk *w, aon_ref node)
{
    const aon_node *n = &w->p->core->node[node];

    if (n->type.kind != AON_T_TOKEN)
        return -1;
    if (n->op == AON_VAR)
        return w->ev->env[n->var].v;
    return aon_eval_elem(w->ev, node);
}

/* m.g(y) - m.g(z) */
static bool
is_difference(const walk *w, aon_ref node, int32_t *from, int32_t *to)
{
    const aon_node *core = w->p->core->node, *n = &core[node], *a, *b;

    if (n->op != AON_ADD || core[n->arg[0]].op != AON_G)
        return false;
    a = &core[n->arg[0]];
    b = &core[n->arg[1]];
    if (b->op != AON_SCALE || core[b->arg[0]].op != AON_RAT ||
        strcmp(core[b->arg[0]].name, "-1") != 0 || core[b->arg[1]].op != AON_G)
        return false;
    b = &core[b->arg[1]];
    if (strcmp(a->name, b->name) != 0)
        return false;
    *to = token_of(w, a->arg[0]);
    *from = token_of(w, b->arg[0]);
    return *to >= 0 && *from >= 0;
}

/* What the name of a node stands for: the node without that name. */
static const char *
meaning(const walk *w, aon_ref node, const char *name)
{
    aon_report_names others = {w->p->names->name, 0};
    aon_buf text;
    const char *s;

    /* names before this one may be used in it, itself and later ones not */
    while (others.n < w->p->names->n &&
           strcmp(w->p->names->name[others.n].text, name) != 0)
        others.n++;
    aon_buf_init(&text);
    aon_report_marked_term(&text, w->ev, &others, node, MAX_TERM);
    s = aon_arena_strndup(w->s->arena, text.s, text.len);
    aon_buf_clear(&text);
    return s;
}

static bool
add(walk *w, aon_ref node)
{
    const aon_node *n = &w->p->core->node[node];
    const bool closed = n->nfree_fin + n->nfree_unk == 0;
    const char *name = NULL;
    aon_object_kind kind = n->type.kind == AON_T_SPACE ? AON_OBJ_SPACE : AON_OBJ_VECTOR;
    int32_t from = -1, to = -1;
    aon_object *o;
    aon_buf text;
    unsigned models;

    if (n->type.kind != AON_T_VECTOR && n->type.kind != AON_T_SPACE)
        return false;
    if (is_difference(w, node, &from, &to))
        kind = AON_OBJ_DIFFERENCE;
    if (closed && n->op != AON_PAR)
        name = aon_report_name_of(w->p->names, w->p->core, node);
    if (kind != AON_OBJ_DIFFERENCE && name == NULL && n->op != AON_PAR)
        return false;
    models = models_of(w, node);
    if (models == 0)
        return name != NULL;
    aon_buf_init(&text);
    aon_report_marked_term(&text, w->ev, w->p->names, node, MAX_TERM);
    if (kind == AON_OBJ_SPACE && aon_find_entry(w->ev, node) == NULL &&
        n->op != AON_PAR) {
        aon_buf_clear(&text);
        return true; /* the decision did not need it */
    }
    o = aon_subject_add(w->s, kind, text.s, models);
    aon_buf_clear(&text);
    if (o == NULL)
        return true;
    o->from = from;
    o->to = to;
    if (kind == AON_OBJ_SPACE)
        aon_mat_set(&o->value, &aon_space_of(w->ev, node)->value);
    else
        aon_mat_set(&o->value, aon_value_of(w->ev, node));
    if (name != NULL)
        o->means = meaning(w, node, name);
    return true;
}

/* Also the parts of what has no name; variables that are bound inside stand for nothing,
 * unless the evidence picked an element. */
static void
collect(walk *w, aon_ref node, int depth)
{
    const aon_node *n = &w->p->core->node[node];
    const bool binder =
        n->op == AON_SUM || n->op == AON_COLS || n->op == AON_ALL || n->op == AON_ANY;
    aon_slot saved = {0, 0};

    if (w->visits++ > MAX_VISITS || depth > MAX_DEPTH || add(w, node))
        return;
    if (binder) {
        /* a part that mentions an unknown was judged under its values, not here */
        const aon_judgement *j =
            (n->op == AON_ALL || n->op == AON_ANY) && n->nfree_unk == 0
                ? aon_find_judgement(w->ev, node)
                : NULL;

        saved = w->ev->env[n->var];
        w->ev->env[n->var].v = j != NULL ? j->pick : -1;
        w->ev->env[n->var].of = 0;
    }
    for (unsigned i = 0; i < n->nargs; i++)
        collect(w, n->arg[i], depth + 1);
    if (binder)
        w->ev->env[n->var] = saved;
}

void
aon_subject_objects(aon_subject *s, const aon_paper *p)
{
    walk w = {s, p, &p->d->ev, 0};
    aon_slot *saved = aon_copy_env(&p->d->ev);

    for (uint32_t i = 0; i < p->core->nvars; i++)
        w.ev->env[i] = (aon_slot){-1, 0}; /* nothing is bound */
    for (size_t i = 0; i < p->core->nassume; i++)
        (void)aon_omitted_truth(p, i);      /* what that takes can be drawn */
    for (int round = 0; round < 2; round++) /* what is false first */
        for (size_t i = 0; i < p->core->nshow; i++)
            if ((p->d->show[i] == AON_FALSE) == (round == 0))
                collect(&w, p->core->show[i].root, 0);
    for (size_t i = 0; i < p->core->nassume; i++)
        collect(&w,
                p->d->root[i] != AON_NO_REF ? p->d->root[i] : p->core->assume[i].root,
                0);
    aon_set_env(w.ev, saved);
}
