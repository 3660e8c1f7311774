/*
 * Decide a block: does an assignment of its linear unknowns satisfy some branch?
 * docs/language.md, 6.1; the evidence for "no" is docs/witness-format.md, 6.4.
 */
#include "decide/round.h"

#include <stdlib.h>
#include <string.h>

static const char undetermined_reason[] =
    "a nonlinear condition on linear unknowns is not determined by the linear ones";
static const char large_reason[] = "an existential formula has too many cases";
/* Try an assignment of all coordinates: does the formula hold with it? */
static bool
try_solution(aon_eval *ev, aon_judgement *j, const aon_block *b, const aon_mat *u)
{
    const aon_node *n = &ev->core->node[j->node];
    const aon_hint *saved = ev->hints;
    aon_scope *scope = ev->scope;
    const aon_mat *own = NULL;
    int32_t unk;

    for (size_t i = 0; i < b->nunknown; i++) {
        const aon_unknown *x = &ev->unknown[b->unknown[i]];
        aon_hint *h = AON_NEW(ev->arena, aon_hint);
        aon_mat *coord = aon_eval_mat(ev);
        const slong cols = x->basis != NULL ? 1 : x->cols;

        aon_mat_zero(coord, cols == 0 ? x->rows : x->ncoord / cols, cols);
        for (slong k = 0; k < x->ncoord; k++)
            fmpz_set(fmpz_mat_entry(coord->num, k / cols, k % cols),
                     fmpz_mat_entry(u->num, x->first + k, 0));
        fmpz_set(coord->den, u->den);
        aon_mat_canonicalise(coord);
        h->node = x->node;
        h->key = x->key;
        h->coord = coord;
        h->next = ev->hints;
        if (i == 0)
            own = coord;
        else
            ev->hints = h;
    }
    unk = aon_new_valued_unknown(ev, j->node, own);
    ev->env[n->var].v = unk;
    ev->env[n->var].of = 0;
    j->truth = aon_judge(ev, n->arg[n->nargs - 1])->truth;
    j->unknown = unk;
    ev->hints = saved;
    AON_ASSERT(scope == ev->scope);
    return j->truth == AON_TRUE;
}

/* FALSE: end says why.  TRUE, UNKNOWN: candidates are in u, and if something nonlinear is
 * left also in least and generic. */
static aon_truth
branch_decide(aon_eval *ev, const aon_block *b, size_t number, aon_branch_end *end,
              aon_mat *u, aon_mat *least, aon_mat *generic, const char **reason)
{
    aon_truth t;
    bool again = true, residual, partial = true;
    aon_entailed known = {NULL, NULL, 0, 0, 0};

    do {
        aon_round r;

        memset(&r, 0, sizeof r);
        r.known = &known;
        r.ev = ev;
        r.br = &b->branch[number];
        r.end = end;
        aon_round_begin(&r, b->ncoord, partial);
        t = aon_round_decide(&r, u, &residual, &again, reason);
        /* nothing new from a part of the equations: next time all of them */
        partial = r.partial && again;
        again = again || r.partial;
        if (t == AON_UNKNOWN && residual && !again) {
            aon_linsys_least_norm(r.sys, least);
            aon_generic_solution(&r, u, generic);
        }
        aon_round_end(&r);
    } while (t == AON_UNKNOWN && again && !aon_spent(ev));
    for (size_t i = 0; i < known.n; i++)
        aon_sparse_row_clear(&known.row[i]);
    free(known.row);
    free(known.from);
    if (t == AON_UNKNOWN && *reason == NULL)
        *reason = undetermined_reason;
    return t;
}

static void
clear_scope(void *p)
{
    aon_scope *s = p;

    free(s->entries.slot);
    free(s->judgements.slot);
}

void
aon_decide_block(aon_eval *ev, aon_judgement *j)
{
    aon_slot *env = aon_copy_env(ev);
    aon_block *b = aon_collect(ev, j->node);
    aon_branch_end *end = AON_NEW_N(ev->arena, aon_branch_end, b->nbranch + 1);
    bool all_false = true;

    j->truth = AON_UNKNOWN;
    j->reason = large_reason;
    if (b->too_large || aon_spent(ev))
        return;
    j->reason = NULL;
    for (size_t i = 0; i < b->nbranch; i++) {
        const char *reason = NULL;
        aon_mat u, least, generic;
        aon_truth t;
        bool found;

        aon_mat_init(&u, 0, 0);
        aon_mat_init(&least, 0, 0);
        aon_mat_init(&generic, 0, 0);
        end[i].scope = AON_NEW(ev->arena, aon_scope);
        aon_on_clear(ev, clear_scope, end[i].scope);
        aon_scope_push(ev, end[i].scope);
        t = branch_decide(ev, b, i, &end[i], &u, &least, &generic, &reason);
        aon_scope_pop(ev);
        aon_set_env(ev, env);
        found = t != AON_FALSE && aon_mat_cols(&u) == 1 && try_solution(ev, j, b, &u);
        if (!found && t == AON_UNKNOWN && aon_mat_cols(&least) == 1) {
            aon_set_env(ev, env);
            found = try_solution(ev, j, b, &least);
        }
        if (!found && t == AON_UNKNOWN && aon_mat_cols(&generic) == 1) {
            aon_set_env(ev, env);
            found = try_solution(ev, j, b, &generic);
        }
        aon_set_env(ev, env);
        aon_mat_clear(&generic);
        aon_mat_clear(&least);
        aon_mat_clear(&u);
        if (found) {
            j->truth = AON_TRUE;
            return;
        }
        if (aon_spent(ev))
            return;
        AON_ASSERT(t != AON_TRUE); /* a solution satisfies its branch */
        if (t != AON_FALSE) {
            all_false = false;
            j->reason = reason;
        }
    }
    j->truth = AON_UNKNOWN;
    j->unknown = -1;
    if (all_false) {
        j->truth = AON_FALSE;
        j->reason = NULL;
        j->refutation = AON_NEW(ev->arena, aon_refutation);
        j->refutation->block = b;
        j->refutation->end = end;
    }
}
