/*
 * Draw the givens that are not models so that the hypotheses hold.
 */
#include "sample/draw.h"

#include "decide/eval.h"
#include "lang/solve.h"

#include <stdlib.h>
#include <string.h>

aon_value *
aon_draw_value(aon_instance *in, const char *name)
{
    for (size_t i = 0; i < in->nvalues; i++)
        if (strcmp(in->value[i].name, name) == 0)
            return &in->value[i];
    return NULL;
}

static slong
count_set(const aon_instance *in, const aon_set *s)
{
    const aon_value *query = s->query == NULL ? NULL : aon_instance_find(in, s->query);
    const aon_value *named = aon_instance_find(in, s->name);
    const size_t all = s->tokens ? in->ntokens : in->ncontexts;
    slong count = 0;

    for (uint32_t i = 0; i < all; i++) {
        long next = (long)i;
        bool here = named == NULL, there = named == NULL;

        if (query != NULL)
            next = aon_instance_concat(in, i, &query->q);
        for (size_t j = 0; named != NULL && j < named->nset; j++) {
            here = here || named->set[j] == i;
            there = there || (next >= 0 && named->set[j] == (uint32_t)next);
        }
        count += here && there && next >= 0;
    }
    return count;
}

slong
aon_draw_dim(const aon_instance *in, const aon_core *core, const aon_dim *d)
{
    const aon_value *v;

    if (d->kind == AON_DIM_INT)
        return (slong)d->value;
    if (d->kind == AON_DIM_SET)
        return count_set(in, &d->set);
    v = aon_instance_find(in, d->name);
    if (v != NULL && v->kind == AON_VAL_DIM)
        return v->dim;
    for (size_t i = 0; i < core->ngiven; i++) {
        const aon_given *g = &core->given[i];

        v = aon_instance_find(in, g->name);
        if (g->type.kind == AON_T_MODEL && v != NULL &&
            g->type.rows.kind == AON_DIM_NAME &&
            strcmp(g->type.rows.name, d->name) == 0)
            return v->dim;
    }
    return 0;
}

static void
random_entries(aon_mat *m, slong rows, slong cols, aon_rng *rng)
{
    aon_mat_zero(m, rows, cols);
    for (slong i = 0; i < rows; i++)
        for (slong j = 0; j < cols; j++)
            fmpz_set_si(fmpz_mat_entry(m->num, i, j), (slong)aon_rng_range(rng, -2, 2));
    aon_mat_canonicalise(m);
}

/* A scalar: the planted ratio of log-odds, or one of a few telling numbers. */
static void
draw_scalar(aon_mat *m, const aon_table *t, aon_rng *rng)
{
    static const int num[] = {0, 1, -1, 2, 1, -3}, den[] = {1, 1, 1, 1, 2, 2};
    const uint64_t i = aon_rng_below(rng, 6);

    if (aon_mat_cols(&t->beta) == 1 && aon_rng_chance(rng, 2, 3)) {
        aon_mat_set(m, &t->beta);
        return;
    }
    aon_mat_zero(m, 1, 1);
    fmpz_set_si(fmpz_mat_entry(m->num, 0, 0), num[i]);
    fmpz_set_si(m->den, den[i]);
    aon_mat_canonicalise(m);
}

static void
draw_set(aon_value *v, size_t all, aon_rng *rng)
{
    v->set = aon_xcalloc(all + 1, sizeof *v->set);
    for (uint32_t i = 0; i < all; i++)
        if (aon_rng_chance(rng, 2, 3))
            v->set[v->nset++] = i;
}

static void
copy_query(aon_instance *in, const char *name)
{
    const aon_value *q = aon_instance_find(in, "q");
    const size_t n = q == NULL ? 0 : q->q.n;
    uint32_t *tok = aon_xcalloc(n + 1, sizeof *tok);
    aon_value *v;

    if (n > 0)
        memcpy(tok, q->q.tok, n * sizeof *tok);
    v = aon_instance_add(in, name, AON_VAL_QUERY);
    v->q.tok = tok;
    v->q.n = n;
}

static void
draw_one(aon_instance *in, const aon_core *core, const aon_given *g, const aon_table *t,
         unsigned nth_token, aon_rng *rng)
{
    const slong rows = aon_draw_dim(in, core, &g->type.rows);
    const slong cols = aon_draw_dim(in, core, &g->type.cols);
    aon_value *v;

    switch (g->type.kind) {
    case AON_T_SCALAR:
        v = aon_instance_add(in, g->name, AON_VAL_SCALAR);
        draw_scalar(&v->a, t, rng);
        break;
    case AON_T_VECTOR:
        v = aon_instance_add(in, g->name, AON_VAL_VECTOR);
        random_entries(&v->a, rows, 1, rng);
        break;
    case AON_T_MATRIX:
        v = aon_instance_add(in, g->name, AON_VAL_MATRIX);
        random_entries(&v->a, rows, cols, rng);
        break;
    case AON_T_SPACE:
        v = aon_instance_add(in, g->name, AON_VAL_SUBSPACE);
        v->dim = rows;
        aon_mat_zero(&v->a, rows, 0);
        break;
    case AON_T_TOKEN:
        v = aon_instance_add(in, g->name, AON_VAL_TOKEN);
        v->elem = (uint32_t)aon_rng_below(rng, in->ntokens);
        if (nth_token < 4 && aon_mat_cols(&t->beta) == 1)
            v->elem = t->quad[nth_token];
        break;
    case AON_T_CONTEXT:
        AON_ASSERT(in->ncontexts > 0); /* sample.c sees to it */
        v = aon_instance_add(in, g->name, AON_VAL_CONTEXT);
        v->elem = (uint32_t)aon_rng_below(rng, in->ncontexts);
        break;
    case AON_T_TOKENS:
        v = aon_instance_add(in, g->name, AON_VAL_TOKENSET);
        draw_set(v, in->ntokens, rng);
        break;
    case AON_T_CONTEXTS:
        v = aon_instance_add(in, g->name, AON_VAL_CONTEXTSET);
        draw_set(v, in->ncontexts, rng);
        break;
    case AON_T_QUERY:
        copy_query(in, g->name);
        break;
    case AON_T_DIM:
    case AON_T_MODEL:
    case AON_T_COLUMNS:
    case AON_T_FORMULA:
        break; /* dims follow from models */
    }
}

/* Does some given's declared shape mention the dimension? */
static bool
dim_is_used(const aon_core *core, const char *name)
{
    for (size_t i = 0; i < core->ngiven; i++) {
        const aon_type *t = &core->given[i].type;

        if (t->kind == AON_T_MODEL && t->rows.kind == AON_DIM_NAME &&
            strcmp(t->rows.name, name) == 0)
            return true;
    }
    return false;
}

void
aon_draw_placeholders(aon_instance *in, const aon_core *core, const aon_table *t,
                      aon_rng *rng)
{
    const bool planted = aon_rng_chance(rng, 1, 2);
    unsigned ntoken = 0;

    for (size_t i = 0; i < core->ngiven; i++) {
        const aon_given *g = &core->given[i];

        if (g->type.kind == AON_T_DIM && !dim_is_used(core, g->name) &&
            aon_instance_find(in, g->name) == NULL)
            aon_instance_add(in, g->name, AON_VAL_DIM)->dim =
                (slong)aon_rng_below(rng, 4);
    }
    for (size_t i = 0; i < core->ngiven; i++) {
        const aon_given *g = &core->given[i];

        if (aon_instance_find(in, g->name) != NULL)
            continue;
        draw_one(in, core, g, t, planted ? ntoken : 4, rng);
        ntoken += g->type.kind == AON_T_TOKEN;
    }
}

/* The S of a conjunct `P <= S` of a hypothesis where S does not mention P. */
static aon_ref
bound_of(const aon_core *core, aon_ref p, const char *name)
{
    const aon_node *n = &core->node[p];

    if (n->op == AON_AND) {
        const aon_ref left = bound_of(core, n->arg[0], name);

        return left != AON_NO_REF ? left : bound_of(core, n->arg[1], name);
    }
    if (n->op == AON_WITHIN) {
        const aon_node *t = &core->node[n->arg[0]];
        const aon_node *par = t->op == AON_GENS ? &core->node[t->arg[0]] : t;

        if (par->op == AON_PAR && strcmp(par->name, name) == 0 &&
            !aon_core_mentions(core, n->arg[1], name))
            return n->arg[1];
    }
    return AON_NO_REF;
}

static void
draw_inside(aon_instance *in, const aon_core *core, const char *name, aon_ref bound,
            bool wild, aon_rng *rng)
{
    aon_value *v = aon_draw_value(in, name);
    aon_eval ev;
    aon_mat space;
    slong dim;
    aon_diags *none = aon_diags_new();

    aon_mat_init(&space, 0, 0);
    aon_mat_one(&space, v->dim);
    if (bound != AON_NO_REF && !wild &&
        aon_eval_bind(&ev, core, in, NULL, none) == AON_OK) {
        aon_mat_set(&space, &aon_space_of(&ev, bound)->value);
        aon_eval_clear(&ev);
    }
    dim = aon_mat_cols(&space);
    if (!aon_rng_chance(rng, 1, 3))
        dim = (slong)aon_rng_below(rng, (uint64_t)dim + 1);
    aon_generate_subspace(&v->a, &space, dim, 2, rng);
    aon_mat_clear(&space);
    aon_diags_free(none);
}

void
aon_draw_subspaces(aon_instance *in, const aon_core *core, const aon_ref *root,
                   bool wild, aon_rng *rng)
{
    for (size_t i = 0; i < core->ngiven; i++) {
        const aon_given *g = &core->given[i];
        aon_ref bound = AON_NO_REF;

        if (g->type.kind != AON_T_SPACE)
            continue;
        for (size_t h = 0; h < core->nassume && bound == AON_NO_REF; h++)
            if (root[h] != AON_NO_REF)
                bound = bound_of(core, root[h], g->name);
        draw_inside(in, core, g->name, bound, wild, rng);
    }
}

static bool
is_linear_given(const aon_given *g)
{
    return g->type.kind == AON_T_SCALAR || g->type.kind == AON_T_VECTOR ||
           g->type.kind == AON_T_MATRIX;
}

/* Copy the values of the unknowns of a chain of ex nodes into the instance. */
static void
take_solution(aon_eval *ev, aon_instance *in, const aon_core *core, const size_t *given,
              size_t n)
{
    aon_ref ex = ev->core->term;

    for (size_t i = 0; i < n; i++) {
        const aon_node *node = &ev->core->node[ex];
        const aon_judgement *j = aon_find_judgement(ev, ex);

        AON_ASSERT(node->op == AON_EX && j != NULL && j->unknown >= 0);
        aon_mat_set(&aon_draw_value(in, core->given[given[i]].name)->a,
                    &ev->unknown[j->unknown].value);
        ev->env[node->var].v = j->unknown;
        ev->env[node->var].of = 0;
        ex = node->arg[0];
    }
}

void
aon_draw_solved(aon_instance *in, const aon_core *core, const aon_ref *root)
{
    size_t given[AON_SOLVE_MAX], n = 0, nroot = 0;
    aon_ref *used = aon_xcalloc(core->nassume + 1, sizeof *used);
    aon_arena *arena = aon_arena_new();
    aon_diags *none = aon_diags_new();
    const aon_core *question = NULL;
    aon_eval ev;

    for (size_t i = 0; i < core->ngiven && n < AON_SOLVE_MAX; i++) {
        bool mentioned = false;

        for (size_t h = 0; is_linear_given(&core->given[i]) && h < core->nassume; h++)
            mentioned =
                mentioned || (root[h] != AON_NO_REF &&
                              aon_core_mentions(core, root[h], core->given[i].name));
        if (mentioned)
            given[n++] = i;
    }
    for (size_t h = 0; h < core->nassume; h++) {
        bool mentions = false;

        for (size_t i = 0; i < n && root[h] != AON_NO_REF; i++)
            mentions = mentions ||
                       aon_core_mentions(core, root[h], core->given[given[i]].name);
        if (mentions)
            used[nroot++] = root[h];
    }
    if (nroot > 0)
        question = aon_core_solve_for(arena, core, given, n, used, nroot);
    if (question != NULL && aon_eval_bind(&ev, question, in, NULL, none) == AON_OK) {
        if (aon_judge(&ev, question->term)->truth == AON_TRUE)
            take_solution(&ev, in, core, given, n);
        aon_eval_clear(&ev);
    }
    aon_diags_free(none);
    aon_arena_free(arena);
    free(used);
}
