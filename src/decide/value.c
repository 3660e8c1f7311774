/*
 * Values of closed terms, and bases of spaces, each with the evidence that it needs
 * (docs/witness-format.md, section 4 and 7).
 */
#include "decide/eval.h"

#include <stdlib.h>
#include <string.h>

int32_t
aon_eval_elem(aon_eval *ev, aon_ref node)
{
    const aon_node *n = &ev->core->node[node];

    switch (n->op) {
    case AON_VAR:
        return ev->env[n->var].v;
    case AON_BASE:
        return (int32_t)ev->in->base;
    case AON_PAR:
        return (int32_t)ev->value[node]->elem;
    case AON_CAT: {
        const int32_t x = aon_eval_elem(ev, n->arg[0]);
        const long next = aon_instance_concat(ev->in, (uint32_t)x, &ev->value[node]->q);

        AON_ASSERT(next >= 0); /* typing: x is bound over X/q */
        return (int32_t)next;
    }
    default:
        break;
    }
    AON_ASSERT(!"an element is a variable, the pivot, a given or a concatenation");
    return -1;
}

/* Position of an element in a set that indexes a vector. */
static slong
position(const aon_elems *set, int32_t elem)
{
    for (size_t i = 0; i < set->n; i++)
        if (set->elem[i] == (uint32_t)elem)
            return (slong)i;
    AON_ASSERT(!"typing: the index is an element of the set");
    return -1;
}

static void
sum_over(aon_eval *ev, aon_ref node, aon_mat *out)
{
    const aon_node *n = &ev->core->node[node];
    slong rows, cols;

    aon_eval_shape(ev, node, &rows, &cols);
    aon_mat_zero(out, rows, cols);
    for (size_t i = 0; aon_next_elem(ev, node, &i);) {
        const aon_mat *part = aon_value_of(ev, n->arg[0]);

        if (!aon_spent(ev))
            aon_mat_add(out, out, part);
    }
}

static void
cols_over(aon_eval *ev, aon_ref node, aon_mat *out)
{
    const aon_node *n = &ev->core->node[node];
    const aon_elems *set = aon_eval_set(ev, node);
    const aon_mat **part = aon_xcalloc(set->n + 1, sizeof *part);
    slong rows, cols, parts = 0;

    aon_eval_shape(ev, node, &rows, &cols);
    for (size_t i = 0; aon_next_elem(ev, node, &i);)
        part[parts++] = aon_value_of(ev, n->arg[0]);
    if (!aon_spent(ev))
        aon_mat_hcat_n(out, rows, part, parts);
    free(part);
}

/* Spaces: generators, then the basis among them. */

static void
clear_equations_of_sol(aon_forming *f, aon_equations *eq, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        aon_forming_clear(&f[i]);
        aon_equations_clear(&eq[i]);
    }
    free(f);
    free(eq);
}

/* Matrix of homogeneous equations in ncoord coordinates. */
static void
equation_matrix(aon_mat *c, const aon_equations *eq, size_t n, slong ncoord)
{
    slong rows = 0, row = 0;
    fmpz_t lcm, num;

    for (size_t i = 0; i < n; i++)
        rows += (slong)eq[i].n;
    aon_mat_zero(c, rows, ncoord);
    fmpz_init(lcm);
    fmpz_init(num);
    fmpz_one(lcm);
    for (size_t i = 0; i < n; i++)
        for (size_t r = 0; r < eq[i].n; r++)
            for (slong t = 0; t < eq[i].eq[r].n; t++)
                fmpz_lcm(lcm, lcm, fmpq_denref(&eq[i].eq[r].q[t]));
    for (size_t i = 0; i < n; i++)
        for (size_t r = 0; r < eq[i].n; r++, row++) {
            const aon_lin *l = &eq[i].eq[r];

            AON_ASSERT(fmpq_is_zero(l->c)); /* typing: homogeneous */
            for (slong t = 0; t < l->n; t++) {
                fmpz_divexact(num, lcm, fmpq_denref(&l->q[t]));
                fmpz_mul(num, num, fmpq_numref(&l->q[t]));
                fmpz_set(fmpz_mat_entry(c->num, row, l->coord[t]), num);
            }
        }
    fmpz_set(c->den, lcm);
    aon_mat_canonicalise(c);
    fmpz_clear(num);
    fmpz_clear(lcm);
}

static void
solution_generators(aon_eval *ev, aon_entry *e, aon_mat *gens)
{
    aon_block *b = aon_collect(ev, e->node);
    const aon_unknown *v = &ev->unknown[b->unknown[0]];
    const aon_branch *br;
    aon_forming *f;
    aon_equations *eq;
    aon_scope scope = {{NULL, 0, 0}, {NULL, 0, 0}, NULL};
    aon_mat c;
    slong next = b->ncoord;
    const slong nmain = v->ncoord;
    const aon_mat *in_basis = v->basis;
    aon_slot *saved = aon_copy_env(ev);

    if (aon_spent(ev))
        return;
    AON_ASSERT(b->nbranch == 1);
    br = &b->branch[0];
    f = aon_xcalloc(br->n + 1, sizeof *f);
    eq = aon_xcalloc(br->n + 1, sizeof *eq);
    aon_scope_push(ev, &scope);
    for (size_t i = 0; i < br->n; i++) {
        bool linear;

        aon_forming_init(&f[i], next);
        aon_equations_init(&eq[i]);
        aon_set_env(ev, br->lit[i].env);
        if (aon_literal_closed(ev, &br->lit[i]))
            continue; /* sums over empty sets: it holds */
        linear = aon_literal_equations(ev, &f[i], &br->lit[i], &eq[i]);
        AON_ASSERT(linear || aon_spent(ev)); /* typing: 6.3 */
        next = f[i].next;
    }
    aon_scope_pop(ev);
    aon_set_env(ev, saved);
    AON_ASSERT(scope.judgements.n == 0);
    free(scope.entries.slot);
    free(scope.judgements.slot);

    aon_mat_init(&c, 0, 0);
    if (!aon_spent(ev))
        equation_matrix(&c, eq, br->n, next);
    clear_equations_of_sol(f, eq, br->n);
    if (aon_spent(ev)) {
        aon_mat_clear(&c);
        return;
    }

    e->block = b;
    e->kernel = AON_NEW(ev->arena, aon_kernel);
    aon_kernel_init(e->kernel);
    aon_nullspace(e->kernel, &c);
    aon_mat_block(gens, &e->kernel->k, 0, 0, nmain, aon_mat_cols(&e->kernel->k));
    if (in_basis != NULL)
        aon_mat_mul(gens, in_basis, gens);
    aon_mat_clear(&c);
}

/* What is remembered takes room. */
static void
count_entries(aon_eval *ev, const aon_mat *value)
{
    ev->work += (uint64_t)(aon_mat_rows(value) * aon_mat_cols(value)) / 16;
}

aon_entry *
aon_space_of(aon_eval *ev, aon_ref node)
{
    const aon_node *n = &ev->core->node[node];
    aon_entry *e = aon_find_entry(ev, node);
    aon_mat gens;

    if (e != NULL)
        return e;
    if (aon_spent(ev))
        return aon_add_entry(ev, node);
    ev->work++;
    aon_mat_init(&gens, 0, 0);
    switch (n->op) {
    case AON_SPAN:
        aon_mat_set(&gens, aon_value_of(ev, n->arg[0]));
        break;
    case AON_PAR:
        aon_mat_set(&gens, &ev->value[node]->a);
        break;
    case AON_JOIN: {
        const aon_entry *s = aon_space_of(ev, n->arg[0]);
        const aon_entry *t = aon_space_of(ev, n->arg[1]);

        if (!aon_spent(ev))
            aon_mat_hcat(&gens, &s->value, &t->value);
        break;
    }
    case AON_SOL:
        break;
    default:
        AON_ASSERT(!"a space is a span, a sum, a solution space or a given");
    }
    if (n->op == AON_SOL) {
        aon_entry tmp;

        memset(&tmp, 0, sizeof tmp);
        tmp.node = node;
        solution_generators(ev, &tmp, &gens);
        e = aon_add_entry(ev, node);
        e->block = tmp.block;
        e->kernel = tmp.kernel;
    } else {
        e = aon_add_entry(ev, node);
    }
    e->basis = AON_NEW(ev->arena, aon_basis);
    aon_basis_init(e->basis);
    aon_column_basis(e->basis, &gens);
    aon_mat_select_cols(&e->value, &gens, e->basis->cols.idx, e->basis->cols.n);
    aon_mat_clear(&gens);
    count_entries(ev, &e->value);
    if (ev->on_fact != NULL)
        ev->on_fact(ev->on_fact_arg, e);
    return e;
}

/* What needs no value but those of its arguments. */
static void
compute_ring(aon_eval *ev, const aon_node *n, aon_mat *out)
{
    const aon_mat *a = aon_value_of(ev, n->arg[0]);
    const aon_mat *b = n->nargs > 1 ? aon_value_of(ev, n->arg[1]) : NULL;

    if (aon_spent(ev))
        return;
    switch (n->op) {
    case AON_ADD:
        aon_mat_add(out, a, b);
        break;
    case AON_SCALE:
        aon_mat_scale(out, a, b);
        break;
    case AON_MUL:
        aon_mat_mul(out, a, b);
        break;
    case AON_DOT:
        aon_mat_transpose(out, a);
        aon_mat_mul(out, out, b);
        break;
    default: /* AON_TR */
        aon_mat_transpose(out, a);
    }
}

static void
set_number(aon_mat *out, slong number)
{
    aon_mat_zero(out, 1, 1);
    fmpz_set_si(fmpz_mat_entry(out->num, 0, 0), number);
}

/* A variable over vectors: an unknown with a value, a basis vector. */
static void
compute_variable(aon_eval *ev, const aon_node *n, aon_mat *out)
{
    const aon_slot slot = ev->env[n->var];

    if (n->op == AON_UNK) {
        AON_ASSERT(ev->unknown[slot.v].valued); /* callers ask for closed terms only */
        aon_mat_set(out, &ev->unknown[slot.v].value);
    } else {
        const aon_mat *basis = &ev->entry[slot.of]->value;

        aon_mat_block(out, basis, 0, slot.v, aon_mat_rows(basis), 1);
    }
}

static void
compute_entry(aon_eval *ev, aon_ref node, aon_mat *out)
{
    const aon_node *n = &ev->core->node[node];
    const aon_mat *c = aon_value_of(ev, n->arg[0]);
    const slong i = position(aon_eval_set(ev, node), aon_eval_elem(ev, n->arg[1]));

    if (!aon_spent(ev))
        aon_mat_block(out, c, i, 0, 1, 1);
}

/* The space comes first: so a witness states it before its projections. */
static aon_mat *
compute_projection(aon_eval *ev, const aon_node *n, aon_mat *out)
{
    const aon_entry *s = aon_space_of(ev, n->arg[0]);
    const aon_mat *t = aon_value_of(ev, n->arg[1]);
    aon_mat *z = aon_eval_mat(ev);

    if (aon_spent(ev))
        return NULL;
    aon_project(z, &s->value, t);
    aon_mat_mul(out, &s->value, z);
    return z;
}

/* The coordinates of a projection, for others NULL. */
static aon_mat *
compute(aon_eval *ev, aon_ref node, aon_mat *out)
{
    const aon_node *n = &ev->core->node[node];
    const aon_value *given = ev->value[node];

    switch (n->op) {
    case AON_PAR:
        aon_mat_set(out, &given->a);
        break;
    case AON_RAT:
        aon_mat_set(out, &ev->rat[node]);
        break;
    case AON_SIZE:
        set_number(out, aon_eval_dim(ev, &n->dim));
        break;
    case AON_F:
    case AON_G:
        aon_mat_block(out, n->op == AON_F ? &given->a : &given->b, 0,
                      aon_eval_elem(ev, n->arg[0]), given->dim, 1);
        break;
    case AON_ADD:
    case AON_SCALE:
    case AON_MUL:
    case AON_DOT:
    case AON_TR:
        compute_ring(ev, n, out);
        break;
    case AON_IDX:
        compute_entry(ev, node, out);
        break;
    case AON_ID:
        aon_mat_one(out, aon_eval_dim(ev, &n->dim));
        break;
    case AON_SUM:
        sum_over(ev, node, out);
        break;
    case AON_COLS:
        cols_over(ev, node, out);
        break;
    case AON_PROJ:
        return compute_projection(ev, n, out);
    case AON_DIM:
        set_number(out, aon_mat_cols(&aon_space_of(ev, n->arg[0])->value));
        break;
    case AON_GENS:
        aon_mat_set(out, &aon_space_of(ev, n->arg[0])->value);
        break;
    case AON_UNK:
    case AON_VEC:
        compute_variable(ev, n, out);
        break;
    default:
        AON_ASSERT(!"not a term");
    }
    return NULL;
}

const aon_mat *
aon_value_of(aon_eval *ev, aon_ref node)
{
    aon_entry *e = aon_find_entry(ev, node);
    aon_mat value, *z;

    if (e != NULL)
        return &e->value;
    if (aon_spent(ev))
        return aon_eval_mat(ev);
    ev->work++;
    aon_mat_init(&value, 0, 0);
    z = compute(ev, node, &value);
    e = aon_add_entry(ev, node);
    count_entries(ev, &value);
    aon_mat_swap(&e->value, &value);
    e->z = z;
    aon_mat_clear(&value);
    if (z != NULL && ev->on_fact != NULL)
        ev->on_fact(ev->on_fact_arg, e);
    return &e->value;
}
