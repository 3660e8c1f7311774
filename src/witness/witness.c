/*
 * Write a witness: walk the evidence of a decision in the order in which a checker asks
 * for it, evaluating again so that each value's fact appears where it is first needed.
 */
#include "witness/witness.h"

#include "decide/eval.h"
#include "exact/rat.h"

#include <stdlib.h>
#include <string.h>

/*
 * Two evaluations in step: `found` is the decision with its picks, values and
 * refutations; `again` starts afresh, and its on_fact hook prints.  Numbers of entries
 * and unknowns differ between them, so each has its own environment.
 */
typedef struct {
    aon_eval *found;
    aon_eval again;
    aon_buf *out;
} writer;

static void prove(writer *w, aon_ref node, bool truth);

/* Pieces of the format. */

static void
put_mat(aon_buf *out, const char *label, const aon_mat *m)
{
    aon_buf_printf(out, "%s %ld %ld ", label, (long)aon_mat_rows(m),
                   (long)aon_mat_cols(m));
    aon_int_print(out, m->den);
    for (slong i = 0; i < aon_mat_rows(m); i++)
        for (slong j = 0; j < aon_mat_cols(m); j++) {
            aon_buf_putc(out, ' ');
            aon_int_print(out, fmpz_mat_entry(m->num, i, j));
        }
    aon_buf_putc(out, '\n');
}

static void
put_index(aon_buf *out, const char *label, const slong *idx, slong n)
{
    aon_buf_printf(out, "%s", label);
    for (slong i = 0; i < n; i++)
        aon_buf_printf(out, " %ld", (long)idx[i]);
}

/* consecutive: the columns count from 0, among those of the basis */
static void
put_minor(aon_buf *out, const char *label, const aon_minor *m, bool consecutive)
{
    aon_buf_printf(out, "%s %ld ", label, (long)m->rows.n);
    aon_int_print(out, m->scale);
    aon_buf_putc(out, ' ');
    aon_int_print(out, m->modulus);
    put_index(out, " rows", m->rows.idx, m->rows.n);
    aon_buf_puts(out, " cols");
    for (slong i = 0; i < m->cols.n; i++)
        aon_buf_printf(out, " %ld", consecutive ? (long)i : (long)m->cols.idx[i]);
    aon_buf_puts(out, " x");
    for (slong i = 0; i < m->rows.n; i++)
        for (slong j = 0; j < m->rows.n; j++) {
            aon_buf_putc(out, ' ');
            aon_int_print(out, fmpz_mat_entry(m->x.num, i, j));
        }
    aon_buf_putc(out, '\n');
}

static void
put_key(aon_buf *out, const aon_eval *ev, const char *kind, aon_ref node,
        const aon_slot *key)
{
    aon_buf_printf(out, "%s %%%lu", kind, (unsigned long)node);
    for (unsigned i = 0; i < ev->core->node[node].nfree_fin; i++)
        aon_buf_printf(out, " %ld", (long)key[i].v);
    aon_buf_putc(out, '\n');
}

static void
put_here(writer *w, const char *kind, aon_ref node)
{
    put_key(w->out, &w->again, kind, node, aon_copy_key(&w->again, node));
}

static void
put_comb(aon_buf *out, const aon_comb *c)
{
    aon_buf_puts(out, "y");
    for (size_t i = 0; i < c->n; i++) {
        aon_buf_printf(out, " %lu:%ld=", (unsigned long)c->term[i].literal,
                       (long)c->term[i].equation);
        aon_rat_print(out, c->term[i].q);
    }
    aon_buf_putc(out, '\n');
}

static void
on_fact(void *arg, const aon_entry *e)
{
    writer *w = arg;

    if (e->z != NULL) {
        put_key(w->out, &w->again, "proj", e->node, e->key);
        put_mat(w->out, "z", e->z);
        return;
    }
    if (e->kernel != NULL) {
        put_key(w->out, &w->again, "kernel", e->node, e->key);
        put_mat(w->out, "k", &e->kernel->k);
        put_minor(w->out, "cminor", &e->kernel->c_minor, false);
        put_minor(w->out, "kminor", &e->kernel->k_minor, false);
    }
    put_key(w->out, &w->again, "basis", e->node, e->key);
    put_index(w->out, "cols", e->basis->cols.idx, e->basis->cols.n);
    aon_buf_putc(w->out, '\n');
    put_mat(w->out, "r", &e->basis->r);
    put_minor(w->out, "minor", &e->basis->minor, true);
}

/* Bind a variable in both evaluations. */
static void
bind(writer *w, uint32_t var, int32_t v, const aon_entry *found_of,
     const aon_entry *again_of)
{
    w->found->env[var].v = v;
    w->found->env[var].of = found_of != NULL ? found_of->number : 0;
    w->again.env[var].v = v;
    w->again.env[var].of = again_of != NULL ? again_of->number : 0;
}

static void
bind_unknown(writer *w, uint32_t var, int32_t found, int32_t again)
{
    bind(w, var, found, NULL, NULL);
    w->again.env[var].v = again;
}

static void
prove_within(writer *w, aon_ref node, const aon_judgement *j, bool truth)
{
    const aon_node *n = &w->again.core->node[node];

    (void)aon_value_of(&w->again, n->arg[0]);
    (void)aon_space_of(&w->again, n->arg[1]);
    put_here(w, truth ? "in" : "out", node);
    put_mat(w->out, truth ? "x" : "y", truth ? &j->inc->x : &j->inc->y);
}

static void
put_pick(writer *w, aon_ref node, int32_t pick)
{
    AON_ASSERT(pick >= 0);
    put_here(w, "pick", node);
    aon_buf_printf(w->out, "i %ld\n", (long)pick);
}

static void
prove_binary(writer *w, aon_ref node, const aon_judgement *j, bool truth)
{
    const aon_node *n = &w->again.core->node[node];

    if (truth == (n->op == AON_AND)) {
        prove(w, n->arg[0], truth);
        prove(w, n->arg[1], truth);
    } else {
        put_pick(w, node, j->pick);
        prove(w, n->arg[j->pick], truth);
    }
}

static void
prove_over(writer *w, aon_ref node, const aon_judgement *j, bool truth)
{
    const aon_node *n = &w->again.core->node[node];
    const aon_elems *set = n->op == AON_ALLIN ? NULL : aon_eval_set(&w->again, node);
    const aon_entry *fs = NULL, *as = NULL;
    const aon_ref body = n->arg[n->nargs - 1];
    size_t count;

    if (set == NULL) {
        as = aon_space_of(&w->again, n->arg[0]);
        fs = aon_space_of(w->found, n->arg[0]);
    }
    count = set != NULL ? set->n : (size_t)aon_mat_cols(&as->value);
    if (truth == (n->op == AON_ANY)) {
        put_pick(w, node, j->pick);
        bind(w, n->var, j->pick, fs, as);
        prove(w, body, truth);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        bind(w, n->var, set != NULL ? (int32_t)set->elem[i] : (int32_t)i, fs, as);
        prove(w, body, truth);
    }
}

static void
prove_exists(writer *w, aon_ref node, const aon_judgement *j)
{
    const aon_node *n = &w->again.core->node[node];
    aon_mat coord;
    int32_t again;

    AON_ASSERT(j->unknown >= 0);
    aon_mat_init(&coord, 0, 0);
    aon_mat_set(&coord, &w->found->unknown[j->unknown].coord);
    again = aon_new_valued_unknown(&w->again, node, &coord);
    put_here(w, "value", node);
    put_mat(w->out, "v", &coord);
    aon_mat_clear(&coord);
    bind_unknown(w, n->var, j->unknown, again);
    prove(w, n->arg[n->nargs - 1], true);
}

/* The equations of a branch's literals are found in order: this prints facts only. */
static void
walk_equations(writer *w, const aon_branch *br)
{
    slong next = 0;

    for (size_t i = 0; i < br->n; i++) {
        aon_forming f;
        aon_equations eq;

        aon_set_env(&w->again, br->lit[i].env);
        aon_forming_init(&f, next);
        aon_equations_init(&eq);
        (void)aon_literal_equations(&w->again, &f, &br->lit[i], &eq);
        next = f.next;
        aon_equations_clear(&eq);
        aon_forming_clear(&f);
    }
}

static void
put_entail(writer *w, const aon_branch *br, const aon_entail *s)
{
    aon_eval *ev = &w->again;
    const aon_node *n = &ev->core->node[s->node];
    aon_forming f;
    aon_entry *o;
    size_t size;

    aon_set_env(ev, br->lit[s->literal].env);
    for (unsigned i = 0; i < n->nfree_fin; i++)
        ev->env[n->free_fin[i]].v = s->env[n->free_fin[i]].v;
    aon_buf_printf(w->out, "entail %lu", (unsigned long)s->literal);
    put_key(w->out, ev, "", s->node, aon_copy_key(ev, s->node));
    aon_forming_init(&f, 0);
    (void)aon_form_of(ev, &f, s->node);
    aon_forming_clear(&f);
    put_mat(w->out, "value", s->value);
    size = (size_t)(aon_mat_rows(s->value) * aon_mat_cols(s->value));
    for (size_t i = 0; i < size; i++)
        put_comb(w->out, &s->comb[i]);
    o = aon_add_entry(ev, s->node);
    aon_mat_set(&o->value, s->value);
}

static void
put_end(writer *w, const aon_branch *found, const aon_branch *again,
        const aon_branch_end *e)
{
    const aon_literal *l = &again->lit[e->literal];

    switch (e->end) {
    case AON_END_CONTRADICTION:
        aon_buf_puts(w->out, "contradiction\n");
        put_comb(w->out, e->comb);
        break;
    case AON_END_FORCED: {
        aon_forming f;
        aon_equations eq;

        aon_buf_printf(w->out, "forced %lu\n", (unsigned long)e->literal);
        aon_set_env(&w->again, l->env);
        aon_forming_init(&f, 0);
        aon_equations_init(&eq);
        (void)aon_literal_difference(&w->again, &f, l, &eq);
        aon_equations_clear(&eq);
        aon_forming_clear(&f);
        for (size_t i = 0; i < e->ncomb; i++)
            put_comb(w->out, &e->comb[i]);
        break;
    }
    case AON_END_FALSE:
        aon_buf_printf(w->out, "false %lu\n", (unsigned long)e->literal);
        aon_set_env(&w->again, l->env);
        aon_set_env(w->found, found->lit[e->literal].env);
        prove(w, l->node, !l->positive);
        break;
    }
}

static void
refute(writer *w, aon_ref node, const aon_judgement *j)
{
    const aon_refutation *r = j->refutation;
    aon_slot *found_env = aon_copy_env(w->found), *again_env = aon_copy_env(&w->again);
    aon_block *b;

    AON_ASSERT(r != NULL);
    b = aon_collect(&w->again, node);
    AON_ASSERT(b->nbranch == r->block->nbranch);
    aon_set_env(&w->again, again_env);
    put_here(w, "refute", node);
    aon_buf_printf(w->out, "branches %lu\n", (unsigned long)b->nbranch);
    for (size_t i = 0; i < b->nbranch; i++) {
        const aon_branch_end *e = &r->end[i];
        aon_scope scope = {{NULL, 0, 0}, {NULL, 0, 0}, NULL};

        aon_scope_push(&w->again, &scope);
        aon_scope_push(w->found, e->scope);
        aon_buf_printf(w->out, "branch %lu\n", (unsigned long)i);
        walk_equations(w, &b->branch[i]);
        for (size_t s = 0; s < e->nstep; s++) {
            put_entail(w, &b->branch[i], &e->step[s]);
            walk_equations(w, &b->branch[i]);
        }
        put_end(w, &r->block->branch[i], &b->branch[i], e);
        aon_scope_pop(w->found);
        aon_scope_pop(&w->again);
        free(scope.entries.slot);
        free(scope.judgements.slot);
        aon_set_env(&w->again, again_env);
        aon_set_env(w->found, found_env);
    }
}

static void
prove_compare(writer *w, aon_ref node)
{
    const aon_node *n = &w->again.core->node[node];

    if (n->op == AON_SAME)
        return;
    for (unsigned i = 0; i < n->nargs; i++)
        (void)aon_value_of(&w->again, n->arg[i]);
}

static void
prove(writer *w, aon_ref node, bool truth)
{
    const aon_node *n = &w->again.core->node[node];
    const aon_judgement *j;
    aon_judgement *done = aon_find_judgement(&w->again, node);

    if (done != NULL)
        return;
    if (n->op == AON_NOT) {
        prove(w, n->arg[0], !truth);
    } else if (n->op != AON_TRUTH) {
        j = aon_find_judgement(w->found, node);
        AON_ASSERT(j != NULL && j->truth == (truth ? AON_TRUE : AON_FALSE));
        switch (n->op) {
        case AON_WITHIN:
            prove_within(w, node, j, truth);
            break;
        case AON_AND:
        case AON_OR:
            prove_binary(w, node, j, truth);
            break;
        case AON_ALL:
        case AON_ANY:
        case AON_ALLIN:
            prove_over(w, node, j, truth);
            break;
        case AON_EX:
            if (truth)
                prove_exists(w, node, j);
            else
                refute(w, node, j);
            break;
        default:
            prove_compare(w, node);
        }
    }
    done = aon_add_judgement(&w->again, node);
    done->truth = truth ? AON_TRUE : AON_FALSE;
}

/* Lines of the head. */

static void
put_verdict(aon_buf *out, const aon_decision *d, const aon_core *core)
{
    aon_buf_puts(out, d->verdict == AON_HOLDS      ? "verdict holds"
                      : d->verdict == AON_VIOLATED ? "verdict violated"
                                                   : "verdict inapplicable");
    for (size_t i = 0; d->verdict == AON_VIOLATED && i < core->nshow; i++)
        if (d->show[i] == AON_FALSE)
            aon_buf_printf(out, " %s", core->show[i].name);
    for (size_t i = 0; d->verdict == AON_INAPPLICABLE && i < core->nassume; i++)
        if (d->assume[i] == AON_FALSE)
            aon_buf_printf(out, " %s", core->assume[i].name);
    aon_buf_putc(out, '\n');
}

static void
put_claim(writer *w, const char *kind, const char *name, aon_ref root, aon_truth t)
{
    AON_ASSERT(t != AON_UNKNOWN);
    aon_buf_printf(w->out, "%s %s %s\n", kind, name, t == AON_TRUE ? "true" : "false");
    prove(w, root, t == AON_TRUE);
}

void
aon_witness_print(aon_buf *out, aon_decision *d, const aon_core *core,
                  const aon_variant *variant, const aon_instance *in)
{
    writer w = {.found = &d->ev, .out = out};
    aon_diags *none = aon_diags_new();
    aon_status st;

    AON_ASSERT(d->verdict != AON_UNDECIDED);
    st = aon_eval_bind(&w.again, core, in, NULL, none);
    AON_ASSERT(st == AON_OK); /* it fitted when it was decided */
    aon_diags_free(none);
    w.again.on_fact = on_fact;
    w.again.on_fact_arg = &w;

    aon_buf_printf(out, "aonw 1\nstatement %s\n", core->name);
    aon_variant_print(out, core, variant);
    aon_instance_print(in, out);
    put_verdict(out, d, core);
    for (size_t i = 0; i < core->nassume; i++)
        if (d->root[i] != AON_NO_REF)
            put_claim(&w, "assume", core->assume[i].name, d->root[i], d->assume[i]);
    for (size_t i = 0; d->verdict != AON_INAPPLICABLE && i < core->nshow; i++)
        put_claim(&w, "show", core->show[i].name, core->show[i].root, d->show[i]);
    aon_buf_puts(out, "end\n");
    aon_eval_clear(&w.again);
}
