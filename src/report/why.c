/*
 * Why: the values that hypotheses and conclusions took, as indented lines.
 *
 * The walk follows the evidence: an element for which a `forall` is false, the part of an
 * `and` that fails, both sides of an equation, how each case of an `exists` ends.
 */
#include "report/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MAX_LINES = 24, MAX_TERM = 90, MAX_CLAUSE = 160, MAX_PARTS = 3, MAX_DEPTH = 10 };

typedef struct {
    aon_buf *out;
    aon_eval *ev;
    const aon_report_names *names;
    int lines;
    bool brief; /* of what is true: the values found, nothing more */
} why;

static void explain(why *w, aon_ref node, int depth);

/* Begins a line; false: enough has been said. */
static bool
begin(why *w, int depth)
{
    if (w->lines > MAX_LINES || depth > MAX_DEPTH)
        return false;
    if (w->lines++ == MAX_LINES) {
        aon_buf_printf(w->out, "%*s..\n", 6, "");
        return false;
    }
    aon_buf_printf(w->out, "%*s", 6 + 2 * depth, "");
    return true;
}

static void
line(why *w, int depth, const char *text)
{
    if (begin(w, depth))
        aon_buf_printf(w->out, "%s\n", text);
}

static void
put_term(why *w, aon_ref node)
{
    aon_report_term(w->out, w->ev, w->names, node, MAX_TERM);
}

static const char *
elem_name(const why *w, const aon_node *n, int32_t elem)
{
    const aon_instance *in = w->ev->in;

    return n->set.tokens ? in->token[elem] : in->context[elem];
}

static bool
is_number(const why *w, aon_ref node)
{
    return w->ev->core->node[node].op == AON_RAT ||
           w->ev->core->node[node].op == AON_SIZE;
}

static void
explain_side(why *w, aon_ref node, int depth)
{
    if (is_number(w, node) || !begin(w, depth))
        return;
    put_term(w, node);
    aon_buf_puts(w->out, " = ");
    aon_report_value(w->out, aon_value_of(w->ev, node));
    aon_buf_putc(w->out, '\n');
}

static void
explain_compare(why *w, const aon_node *n, int depth)
{
    if (n->op == AON_SAME) {
        if (begin(w, depth)) {
            const int32_t a = aon_eval_elem(w->ev, n->arg[0]);
            const int32_t b = aon_eval_elem(w->ev, n->arg[1]);
            const aon_instance *in = w->ev->in;
            char **name = w->ev->core->node[n->arg[0]].type.kind == AON_T_TOKEN
                              ? in->token
                              : in->context;

            aon_buf_printf(w->out, "%s and %s are %s\n", name[a], name[b],
                           a == b ? "the same" : "different");
        }
        return;
    }
    for (unsigned i = 0; i < n->nargs; i++)
        explain_side(w, n->arg[i], depth);
}

static void
explain_within(why *w, aon_ref node, const aon_judgement *j, int depth)
{
    const aon_node *n = &w->ev->core->node[node];
    const aon_mat *t = aon_value_of(w->ev, n->arg[0]);
    const aon_mat *s = &aon_space_of(w->ev, n->arg[1])->value;
    const bool space = w->ev->core->node[n->arg[0]].op == AON_GENS;

    if (begin(w, depth)) {
        put_term(w, n->arg[0]);
        aon_buf_puts(w->out, " = ");
        if (space)
            aon_report_basis(w->out, t);
        else
            aon_report_value(w->out, t);
        aon_buf_putc(w->out, '\n');
    }
    if (begin(w, depth)) {
        put_term(w, n->arg[1]);
        aon_buf_puts(w->out, " = ");
        aon_report_basis(w->out, s);
        aon_buf_putc(w->out, '\n');
    }
    if (j->truth == AON_FALSE && j->inc != NULL && begin(w, depth)) {
        aon_mat y, c, p;

        aon_mat_init(&y, 0, 0);
        aon_mat_init(&c, 0, 0);
        aon_mat_init(&p, 0, 0);
        aon_mat_transpose(&y, &j->inc->y);
        aon_mat_block(&c, t, 0, j->inc->col, aon_mat_rows(t), 1);
        aon_mat_mul(&p, &j->inc->y, &c);
        aon_report_column(w->out, &c, 0);
        aon_buf_puts(w->out, " is not in it: ");
        aon_report_column(w->out, &y, 0);
        aon_buf_puts(w->out, " is orthogonal to the space, and their product is ");
        aon_mat_print_entry(w->out, &p, 0, 0);
        aon_buf_putc(w->out, '\n');
        aon_mat_clear(&p);
        aon_mat_clear(&c);
        aon_mat_clear(&y);
    }
}

static const char *
word(aon_truth t)
{
    return t == AON_TRUE ? "true" : t == AON_FALSE ? "false" : "undecided";
}

/* "true: clause", then its reasons. */
static void
explain_part(why *w, aon_ref node, int depth)
{
    const aon_truth t = aon_judge(w->ev, node)->truth;
    const bool brief = w->brief;

    if (begin(w, depth)) {
        aon_buf_printf(w->out, "%s: ", word(t));
        put_term(w, node);
        aon_buf_putc(w->out, '\n');
    }
    w->brief = brief || t == AON_TRUE;
    explain(w, node, depth + 1);
    w->brief = brief;
}

/* Each conjunct of nested `and`s, all of them true. */
static void
explain_conjuncts(why *w, aon_ref node, int depth)
{
    const aon_node *n = &w->ev->core->node[node];

    if (n->op == AON_AND) {
        explain_conjuncts(w, n->arg[0], depth);
        explain_conjuncts(w, n->arg[1], depth);
    } else if (n->op == AON_NOT) {
        explain_part(w, n->arg[0], depth);
    } else {
        explain_part(w, node, depth);
    }
}

static void
explain_binary(why *w, const aon_node *n, const aon_judgement *j, int depth)
{
    const aon_node *left = &w->ev->core->node[n->arg[0]];

    if (w->brief)
        return;
    if (j->pick >= 0) {
        if (n->op == AON_AND)
            explain(w, n->arg[j->pick], depth);
        else
            explain_part(w, n->arg[j->pick], depth);
        return;
    }
    if (n->op == AON_AND) {
        explain_conjuncts(w, j->node, depth);
        return;
    }
    if (n->op == AON_OR && left->op == AON_NOT)
        explain_part(w, left->arg[0], depth);
    else
        explain_part(w, n->arg[0], depth);
    explain_part(w, n->arg[1], depth);
}

static void
explain_over(why *w, const aon_node *n, const aon_judgement *j, int depth)
{
    const aon_elems *set = NULL;
    const char *const all = n->op == AON_ANY ? "none" : "each";

    if (w->brief)
        return;

    if (j->node != AON_NO_REF && n->op != AON_ALLIN)
        set = aon_eval_set(w->ev, j->node);
    if (j->pick < 0) {
        const size_t count =
            set != NULL ? set->n
                        : (size_t)aon_mat_cols(&aon_space_of(w->ev, n->arg[0])->value);

        if (begin(w, depth)) {
            aon_buf_printf(w->out, "%s of the %zu ", all, count);
            if (set != NULL)
                aon_core_print_set(w->out, &n->set);
            else
                aon_buf_puts(w->out, "basis vectors");
            aon_buf_puts(w->out, n->op == AON_ANY ? " will do\n" : " does\n");
        }
        for (size_t i = 0;
             n->op == AON_ANY && set != NULL && i < set->n && i < MAX_PARTS; i++) {
            w->ev->env[n->var].v = (int32_t)set->elem[i];
            w->ev->env[n->var].of = 0;
            if (begin(w, depth))
                aon_buf_printf(w->out, "at %s:\n",
                               elem_name(w, n, (int32_t)set->elem[i]));
            explain(w, n->arg[0], depth + 1);
        }
        return;
    }
    w->ev->env[n->var].v = j->pick;
    w->ev->env[n->var].of = 0;
    if (n->op == AON_ALLIN) {
        const aon_entry *s = aon_space_of(w->ev, n->arg[0]);

        w->ev->env[n->var].v = j->pick;
        w->ev->env[n->var].of = s->number;
        if (begin(w, depth)) {
            aon_buf_puts(w->out, "at v = ");
            aon_report_column(w->out, &s->value, j->pick);
            aon_buf_puts(w->out, ":\n");
        }
    } else if (begin(w, depth)) {
        aon_buf_printf(w->out, "at %s:\n", elem_name(w, n, j->pick));
    }
    explain(w, n->arg[n->nargs - 1], depth + 1);
}

static void
put_literal(why *w, const aon_literal *l)
{
    aon_set_env(w->ev, l->env);
    if (!l->positive)
        aon_buf_puts(w->out, "not: ");
    put_term(w, l->node);
}

/* Values of the largest parts of a term that mention no unknown. */
static void
explain_known(why *w, aon_ref node, int depth)
{
    const aon_node *n = &w->ev->core->node[node];

    if (n->type.kind > AON_T_COLUMNS)
        return;
    if (n->nfree_unk == 0)
        explain_side(w, node, depth);
    else if (n->op != AON_SUM && n->op != AON_COLS)
        for (unsigned i = 0; i < n->nargs; i++)
            explain_known(w, n->arg[i], depth);
}

/* The clauses whose equations were combined, each once. */
static void
explain_combination(why *w, const aon_branch *br, const aon_comb *c, int depth)
{
    size_t shown = 0;

    for (size_t i = 0; i < br->n; i++) {
        bool used = false;

        for (size_t k = 0; k < c->n; k++)
            used = used || c->term[k].literal == i;
        if (!used)
            continue;
        if (shown++ == MAX_PARTS + 1) {
            line(w, depth, "..");
            return;
        }
        if (begin(w, depth)) {
            put_literal(w, &br->lit[i]);
            aon_buf_putc(w->out, '\n');
        }
        aon_set_env(w->ev, br->lit[i].env);
        for (unsigned k = 0; k < w->ev->core->node[br->lit[i].node].nargs; k++)
            explain_known(w, w->ev->core->node[br->lit[i].node].arg[k], depth + 1);
    }
}

static void
explain_end(why *w, const aon_branch *br, const aon_branch_end *e, int depth)
{
    for (size_t i = 0; i < e->nstep && i < MAX_PARTS; i++)
        if (begin(w, depth)) {
            aon_buf_puts(w->out, "the linear conditions force ");
            aon_set_env(w->ev, e->step[i].env);
            put_term(w, e->step[i].node);
            aon_buf_puts(w->out, " = ");
            aon_report_value(w->out, e->step[i].value);
            aon_buf_putc(w->out, '\n');
        }
    switch (e->end) {
    case AON_END_CONTRADICTION:
        line(w, depth, "a combination of these conditions says 0 = 1:");
        if (e->comb != NULL)
            explain_combination(w, br, &e->comb[0], depth + 1);
        break;
    case AON_END_FORCED:
        if (begin(w, depth)) {
            aon_buf_puts(w->out, "the linear conditions force the opposite of ");
            put_literal(w, &br->lit[e->literal]);
            aon_buf_putc(w->out, '\n');
        }
        break;
    case AON_END_FALSE:
        if (begin(w, depth)) {
            aon_buf_puts(w->out, "then this is false: ");
            put_literal(w, &br->lit[e->literal]);
            aon_buf_putc(w->out, '\n');
        }
        aon_set_env(w->ev, br->lit[e->literal].env);
        explain(w, br->lit[e->literal].node, depth + 1);
        break;
    }
}

static void
explain_ex(why *w, const aon_node *n, const aon_judgement *j, int depth)
{
    if (j->truth == AON_TRUE && j->unknown >= 0) {
        if (begin(w, depth)) {
            aon_buf_puts(w->out, "found ");
            aon_report_variable(w->out, n);
            aon_buf_puts(w->out, " = ");
            aon_report_value(w->out, &w->ev->unknown[j->unknown].value);
            aon_buf_putc(w->out, '\n');
        }
        w->ev->env[n->var].v = j->unknown;
        w->ev->env[n->var].of = 0;
        if (w->brief && w->ev->core->node[n->arg[n->nargs - 1]].op == AON_EX)
            explain(w, n->arg[n->nargs - 1], depth);
        else if (!w->brief)
            explain(w, n->arg[n->nargs - 1], depth + 1);
        return;
    }
    if (j->refutation == NULL)
        return;
    for (size_t i = 0; i < j->refutation->block->nbranch && i < MAX_PARTS; i++) {
        const aon_branch_end *e = &j->refutation->end[i];

        if (j->refutation->block->nbranch > 1 && begin(w, depth))
            aon_buf_printf(w->out, "case %zu of %zu:\n", i + 1,
                           j->refutation->block->nbranch);
        if (e->scope != NULL)
            aon_scope_push(w->ev, e->scope);
        explain_end(w, &j->refutation->block->branch[i], e,
                    depth + (j->refutation->block->nbranch > 1));
        if (e->scope != NULL)
            aon_scope_pop(w->ev);
    }
}

static void
explain(why *w, aon_ref node, int depth)
{
    const aon_node *n = &w->ev->core->node[node];
    aon_slot *saved;
    const aon_judgement *j;

    if (w->lines > MAX_LINES || depth > MAX_DEPTH)
        return;
    saved = aon_copy_env(w->ev);
    j = aon_judge(w->ev, node);
    aon_set_env(w->ev, saved);
    switch (n->op) {
    case AON_NOT:
        explain(w, n->arg[0], depth);
        break;
    case AON_EQ:
    case AON_ZERO:
    case AON_LE:
    case AON_LT:
    case AON_SAME:
        explain_compare(w, n, depth);
        break;
    case AON_WITHIN:
        explain_within(w, node, j, depth);
        break;
    case AON_AND:
    case AON_OR:
        explain_binary(w, n, j, depth);
        break;
    case AON_ALL:
    case AON_ANY:
    case AON_ALLIN:
        explain_over(w, n, j, depth);
        break;
    case AON_EX:
        explain_ex(w, n, j, depth);
        break;
    default:
        break;
    }
    aon_set_env(w->ev, saved);
}

static void
claim(why *w, const char *kind, const aon_claim *c, aon_ref root, aon_truth t,
      bool deep)
{
    aon_buf_printf(w->out, "    %s %s ", kind, c->name);
    aon_buf_printf(w->out, "is %s: ", word(t));
    aon_report_clause(w->out, c->span, MAX_CLAUSE);
    aon_buf_puts(w->out, root == c->weaken ? "  (weakened)\n" : "\n");
    w->lines = 0;
    if (deep)
        explain(w, root, 0);
}

void
aon_report_why(aon_buf *out, aon_decision *d, const aon_core *core,
               const aon_report_names *names)
{
    why w = {out, &d->ev, names, 0, false};

    for (size_t i = 0; i < core->nassume; i++) {
        const aon_truth t = d->assume[i];

        if (d->root[i] == AON_NO_REF) {
            aon_buf_printf(out, "    assume %s is omitted\n", core->assume[i].name);
            continue;
        }
        if (d->verdict == AON_INAPPLICABLE && t == AON_TRUE)
            continue;
        claim(&w, "assume", &core->assume[i], d->root[i], t, t == AON_FALSE);
    }
    if (d->verdict != AON_VIOLATED && d->verdict != AON_HOLDS)
        return;
    for (size_t i = 0; i < core->nshow; i++)
        claim(&w, "show", &core->show[i], core->show[i].root, d->show[i],
              d->show[i] == AON_FALSE);
}

void
aon_report_verdict(aon_buf *out, const aon_decision *d, const aon_core *core)
{
    const char *sep = "";

    aon_buf_puts(out, aon_verdict_word(d->verdict));
    switch (d->verdict) {
    case AON_HOLDS:
        break;
    case AON_VIOLATED:
        sep = ": ";
        for (size_t i = 0; i < core->nshow; i++)
            if (d->show[i] == AON_FALSE) {
                aon_buf_printf(out, "%s%s", sep, core->show[i].name);
                sep = ", ";
            }
        break;
    case AON_INAPPLICABLE:
        sep = " (";
        for (size_t i = 0; i < core->nassume; i++)
            if (d->assume[i] == AON_FALSE) {
                aon_buf_printf(out, "%s%s", sep, core->assume[i].name);
                sep = ", ";
            }
        aon_buf_putc(out, ')');
        break;
    case AON_UNDECIDED:
        if (d->reason != NULL)
            aon_buf_printf(out, ": %s", d->reason);
        break;
    }
}

static void
put_names(aon_buf *out, const char **sep, const char *kind, const char *const *name,
          size_t n)
{
    if (n == 0)
        return;
    aon_buf_printf(out, "%s%s ", *sep, kind);
    for (size_t i = 0; i < n; i++)
        aon_buf_printf(out, "%s%s", i > 0 ? ", " : "", name[i]);
    *sep = " and ";
}

void
aon_report_variant(aon_buf *out, const aon_variant *v)
{
    const char *sep = "";

    put_names(out, &sep, "without", v->without, v->nwithout);
    put_names(out, &sep, "weaken", v->weaken, v->nweaken);
    put_names(out, &sep, "drop", v->drop, v->ndrop);
    if (v->has_only) {
        aon_buf_printf(out, "%sonly {", sep);
        for (size_t i = 0; i < v->nonly; i++)
            aon_buf_printf(out, "%s%s", i > 0 ? ", " : "", v->only[i]);
        aon_buf_putc(out, '}');
    }
}
