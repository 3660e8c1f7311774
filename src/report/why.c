/*
 * Why: the values that hypotheses and conclusions took, as indented lines.
 *
 * The walk follows the evidence: an element for which a `forall` is false, the part of an
 * `and` that fails, both sides of an equation, how each case of an `exists` ends.
 */
#include "report/why.h"

#include "report/clause.h"

#include <ctype.h>
#include <string.h>

enum { MAX_LINES = 24, MAX_TERM = 90, MAX_PARTS = 3, MAX_DEPTH = 10, MAX_SIDES = 300 };

typedef struct {
    aon_buf *out;
    aon_eval *ev;
    const aon_report_names *names;
    aon_why_side side[2]; /* of an implication, as they were written */
    int lines;
    bool brief; /* of what is true: the values found, nothing more */
} why;

static void explain(why *w, aon_ref node, int depth);

/* Begins a line; false: enough has been said. */
static bool
begin(why *w, int depth, aon_why_kind kind)
{
    if (w->lines > MAX_LINES || depth > MAX_DEPTH)
        return false;
    if (w->lines++ == MAX_LINES) {
        aon_buf_printf(w->out, "%c0\n", AON_WHY_MORE);
        return false;
    }
    aon_buf_printf(w->out, "%c%c", (char)kind, (char)('0' + depth));
    return true;
}

static void
end(why *w)
{
    aon_buf_putc(w->out, '\n');
}

static void
math(why *w)
{
    aon_buf_putc(w->out, AON_MARK_MATH);
}

static void
math_end(why *w)
{
    aon_buf_putc(w->out, AON_MARK_MATH_END);
}

static void
put_term(why *w, aon_ref node)
{
    aon_report_marked_term(w->out, w->ev, w->names, node, MAX_TERM);
}

/* The rest of a formula that begins with a term: " = value". */
static void
put_equals(why *w, const aon_mat *a, bool space)
{
    aon_buf text;
    const char *s;

    aon_buf_init(&text);
    if (space)
        aon_report_basis(&text, a);
    else
        aon_report_value(&text, a);
    aon_buf_puts(w->out, " = ");
    s = text.s;
    if (isalpha((unsigned char)*s)) { /* "span of (1, 0)", "a 3 x 40 matrix" */
        const size_t prose = strncmp(s, "span of ", 8) == 0 ? 8 : text.len;

        math_end(w);
        aon_buf_put(w->out, s, prose);
        s += prose;
        if (*s != '\0')
            math(w);
    }
    aon_buf_puts(w->out, s);
    if (*s != '\0')
        math_end(w);
    end(w);
    aon_buf_clear(&text);
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
    if (is_number(w, node) || !begin(w, depth, AON_WHY_VALUE))
        return;
    math(w);
    put_term(w, node);
    put_equals(w, aon_value_of(w->ev, node), false);
}

static void
explain_compare(why *w, const aon_node *n, int depth)
{
    if (n->op == AON_SAME) {
        if (begin(w, depth, AON_WHY_FACT)) {
            const int32_t a = aon_eval_elem(w->ev, n->arg[0]);
            const int32_t b = aon_eval_elem(w->ev, n->arg[1]);
            const aon_instance *in = w->ev->in;
            char **name = w->ev->core->node[n->arg[0]].type.kind == AON_T_TOKEN
                              ? in->token
                              : in->context;

            aon_mark_word(w->out, name[a]);
            aon_buf_puts(w->out, " and ");
            aon_mark_word(w->out, name[b]);
            aon_buf_puts(w->out, a == b ? " are the same" : " are different");
            end(w);
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

    if (begin(w, depth, AON_WHY_VALUE)) {
        math(w);
        put_term(w, n->arg[0]);
        put_equals(w, t, space);
    }
    if (begin(w, depth, AON_WHY_VALUE)) {
        math(w);
        put_term(w, n->arg[1]);
        put_equals(w, s, true);
    }
    if (j->truth == AON_FALSE && j->inc != NULL && begin(w, depth, AON_WHY_FACT)) {
        aon_mat y, c, p;

        aon_mat_init(&y, 0, 0);
        aon_mat_init(&c, 0, 0);
        aon_mat_init(&p, 0, 0);
        aon_mat_transpose(&y, &j->inc->y);
        aon_mat_block(&c, t, 0, j->inc->col, aon_mat_rows(t), 1);
        aon_mat_mul(&p, &j->inc->y, &c);
        math(w);
        aon_report_column(w->out, &c, 0);
        math_end(w);
        aon_buf_puts(w->out, " is not in it: ");
        math(w);
        aon_report_column(w->out, &y, 0);
        math_end(w);
        aon_buf_puts(w->out, " is orthogonal to the space, and their product is ");
        math(w);
        aon_mat_print_entry(w->out, &p, 0, 0);
        math_end(w);
        end(w);
        aon_mat_clear(&p);
        aon_mat_clear(&c);
        aon_mat_clear(&y);
    }
}

/* Its text: the side of an implication as it was written, or the term. */
static void
put_part(why *w, aon_ref node)
{
    for (size_t i = 0; i < 2; i++)
        if (w->side[i].node == node) {
            aon_buf_put(w->out, w->side[i].s, w->side[i].len);
            return;
        }
    put_term(w, node);
}

/* A part, then its reasons. */
static void
explain_part(why *w, aon_ref node, int depth)
{
    const aon_truth t = aon_judge(w->ev, node)->truth;
    const bool brief = w->brief;

    if (begin(w, depth,
              t == AON_TRUE    ? AON_WHY_TRUE
              : t == AON_FALSE ? AON_WHY_FALSE
                               : AON_WHY_UNKNOWN)) {
        math(w);
        put_part(w, node);
        math_end(w);
        end(w);
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
put_at(why *w, const aon_node *n, int32_t elem, int depth)
{
    if (!begin(w, depth, AON_WHY_AT))
        return;
    aon_mark_word(w->out, elem_name(w, n, elem));
    end(w);
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

        if (begin(w, depth, AON_WHY_FACT)) {
            aon_buf_printf(w->out, "%s of the %zu ", all, count);
            if (set != NULL) {
                aon_buf_puts(w->out, count == 1 ? "element of " : "elements of ");
                math(w);
                aon_core_print_set(w->out, &n->set);
                math_end(w);
            } else {
                aon_buf_puts(w->out, "basis vectors");
            }
            aon_buf_puts(w->out, n->op == AON_ANY ? " will do" : " does");
            end(w);
        }
        for (size_t i = 0;
             n->op == AON_ANY && set != NULL && i < set->n && i < MAX_PARTS; i++) {
            w->ev->env[n->var].v = (int32_t)set->elem[i];
            w->ev->env[n->var].of = 0;
            put_at(w, n, (int32_t)set->elem[i], depth);
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
        if (begin(w, depth, AON_WHY_AT)) {
            math(w);
            aon_buf_puts(w->out, "v = ");
            aon_report_column(w->out, &s->value, j->pick);
            math_end(w);
            end(w);
        }
    } else {
        put_at(w, n, j->pick, depth);
    }
    explain(w, n->arg[n->nargs - 1], depth + 1);
}

static void
put_literal(why *w, const aon_literal *l)
{
    aon_set_env(w->ev, l->env);
    if (!l->positive)
        aon_buf_puts(w->out, "not: ");
    math(w);
    put_term(w, l->node);
    math_end(w);
    end(w);
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
            if (begin(w, depth, AON_WHY_MORE))
                end(w);
            return;
        }
        if (begin(w, depth, AON_WHY_CONDITION))
            put_literal(w, &br->lit[i]);
        aon_set_env(w->ev, br->lit[i].env);
        for (unsigned k = 0; k < w->ev->core->node[br->lit[i].node].nargs; k++)
            explain_known(w, w->ev->core->node[br->lit[i].node].arg[k], depth + 1);
    }
}

static void
explain_end(why *w, const aon_branch *br, const aon_branch_end *e, int depth)
{
    for (size_t i = 0; i < e->nstep && i < MAX_PARTS; i++)
        if (begin(w, depth, AON_WHY_FORCE)) {
            aon_set_env(w->ev, e->step[i].env);
            math(w);
            put_term(w, e->step[i].node);
            put_equals(w, e->step[i].value, false);
        }
    switch (e->end) {
    case AON_END_CONTRADICTION:
        if (begin(w, depth, AON_WHY_CLASH))
            end(w);
        if (e->comb != NULL)
            explain_combination(w, br, &e->comb[0], depth + 1);
        break;
    case AON_END_FORCED:
        if (begin(w, depth, AON_WHY_OPPOSITE))
            put_literal(w, &br->lit[e->literal]);
        break;
    case AON_END_FALSE:
        if (begin(w, depth, AON_WHY_THEN))
            put_literal(w, &br->lit[e->literal]);
        aon_set_env(w->ev, br->lit[e->literal].env);
        explain(w, br->lit[e->literal].node, depth + 1);
        break;
    }
}

static void
explain_ex(why *w, const aon_node *n, const aon_judgement *j, int depth)
{
    if (j->truth == AON_TRUE && j->unknown >= 0) {
        if (begin(w, depth, AON_WHY_FOUND)) {
            math(w);
            aon_report_variable(w->out, w->ev, w->names, n);
            put_equals(w, &w->ev->unknown[j->unknown].value, false);
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

        if (j->refutation->block->nbranch > 1 && begin(w, depth, AON_WHY_CASE)) {
            aon_buf_printf(w->out, "%zu of %zu", i + 1, j->refutation->block->nbranch);
            end(w);
        }
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

void
aon_why_lines(aon_buf *out, aon_decision *d, const aon_core *core,
              const aon_report_names *names, aon_ref root, const aon_claim *sides)
{
    why w = {out, &d->ev, names, {{AON_NO_REF, NULL, 0}, {AON_NO_REF, NULL, 0}},
             0,   false};
    aon_buf clause;

    aon_buf_init(&clause);
    if (sides != NULL) {
        aon_clause_plain(&clause, sides->span, MAX_SIDES);
        if (clause.len < MAX_SIDES)
            aon_why_sides(w.side, core, root, clause.s, clause.len);
    }
    explain(&w, root, 0);
    aon_buf_clear(&clause);
}
