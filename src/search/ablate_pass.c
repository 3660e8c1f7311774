/*
 * One pass through the scopes: of each orbit, which hypotheses are true, and does a
 * conclusion fail?  The sets of true hypotheses of the orbits where one does decide
 * everything: a set is insufficient iff it is within one of them.
 */
#include "search/ablate_impl.h"

#include "base/stop.h"

#include <stdlib.h>

typedef struct {
    aon_ablating *a;
    aon_cell cell;
    const aon_rung *rung;
    aon_judge_cache *judge;
    aon_levels cap, joined;
    uint64_t left; /* orbits that may still be looked at */
    bool gap; /* something was left out or undecided: shapes need not be the smallest */
} pass;

/* The forms of hypothesis h in the cap that are true. */
static aon_levels
learn(pass *p, size_t h)
{
    const aon_steps *s = p->a->steps;
    const unsigned top = aon_steps_level(s, p->cap, h);
    aon_truth truth[2] = {AON_FALSE, AON_FALSE};
    aon_levels set = 0;

    for (unsigned i = top; i > 0; i--) {
        const aon_levels bit = (aon_levels)1 << (s->of[h].first + i - 1);

        if ((p->cap & bit) == 0)
            continue;
        truth[i - 1] = i == top && aon_cell_is_joined(&p->cell, h)
                           ? AON_TRUE
                           : aon_judge_part(p->judge, s->of[h].form[i - 1]);
        p->gap = p->gap || truth[i - 1] == AON_UNKNOWN;
        set |= truth[i - 1] == AON_TRUE ? bit : 0;
    }
    if (!s->of[h].alternative && truth[1] == AON_TRUE) {
        set = aon_steps_bits(s, h);
        p->a->alternative |= truth[0] == AON_FALSE ? set : 0;
    }
    return set;
}

/*
 * What is true of the assignment, as far as it is in the cap; false: nothing new can come
 * of it.  Where something that is joined on fails, it is the business of another pass.
 */
static bool
learn_all(pass *p, aon_levels *set)
{
    const aon_steps *s = p->a->steps;

    *set = p->cap; /* what is not known yet */
    for (size_t h = 0; h < s->nhyp; h++) {
        if (aon_steps_level(s, p->cap, h) == 0)
            continue;
        *set = (*set & ~aon_steps_bits(s, h)) | learn(p, h);
        if ((p->joined & ~*set) != 0 || aon_ablate_covers(p->a, *set))
            return false;
    }
    return true;
}

/* Does a conclusion fail that counts, and is none of them undecided? */
static bool
fails(pass *p)
{
    const aon_core *core = p->a->spec->core;
    bool some = false;

    for (size_t i = 0; i < core->nshow; i++) {
        const aon_truth t = aon_judge_part(p->judge, core->show[i].root);

        if (t == AON_UNKNOWN) {
            p->gap = true;
            return false;
        }
        some = some || t == AON_FALSE;
    }
    return some;
}

static aon_instance *
instance_of(const aon_cell *c, const uint64_t *code)
{
    aon_instance *in = aon_cell_instance(c);

    for (size_t i = 0; i < c->nitems; i++)
        aon_cell_assign(c, in, i, code[i]);
    aon_instance_index(in);
    return in;
}

static bool
visit(void *arg, const uint64_t *code, uint64_t stabiliser)
{
    pass *p = arg;
    aon_levels set;
    bool found;

    (void)stabiliser;
    if (aon_stop_asked())
        p->left = 0;
    if (p->left == 0) {
        p->gap = true;
        return false;
    }
    p->left--;
    p->a->orbits++;
    aon_judge_begin(p->judge, code);
    found = learn_all(p, &set) && fails(p);
    aon_judge_end(p->judge);
    if (found)
        aon_ablate_add(p->a, set, p->rung->shape, !p->gap, instance_of(&p->cell, code));
    return p->a->alternative == 0 && !aon_ablate_covers(p->a, p->cap);
}

static bool
is_done(const pass *p)
{
    return p->left == 0 || p->a->alternative != 0 || aon_ablate_covers(p->a, p->cap);
}

static void
run_cell(pass *p)
{
    aon_questions none = {.arena = NULL};
    uint64_t *first;
    size_t n;

    if (aon_cell_solves(&p->cell)) {
        p->gap = true;
        return;
    }
    p->judge = aon_judge_cache_new(&p->cell, &none);
    first = aon_walk_first(&p->cell, &n);
    for (size_t i = 0; i < n && !is_done(p); i++)
        aon_walk_rest(&p->cell, first[i], visit, p);
    free(first);
    aon_judge_cache_free(p->judge);
}

/* The steps that all assignments have because pairs are joined on them. */
static aon_levels
joined_steps(const aon_scope_spec *scope, const aon_steps *s, aon_levels cap)
{
    aon_levels set = 0;

    for (size_t l = 0; l < scope->njoin; l++)
        set |= aon_steps_with(s, 0, scope->join[l].hypothesis,
                              aon_steps_level(s, cap, scope->join[l].hypothesis));
    return set;
}

void
aon_ablate_pass(aon_ablating *a, aon_levels cap, aon_levels *joined)
{
    const aon_find_spec *spec = a->spec;
    aon_ref *root = aon_xcalloc(a->steps->nhyp + 1, sizeof *root);
    pass p = {.a = a, .cap = cap, .left = spec->max_work};
    aon_scope_spec scope;
    aon_rung *rung;
    size_t n;

    *joined = 0;
    aon_steps_roots(a->steps, cap, root);
    a->st = aon_scope_spec_init(&scope, spec->core, root, spec->grid, spec->no_symmetry,
                                a->diags);
    if (a->st == AON_OK) {
        p.joined = *joined = joined_steps(&scope, a->steps, cap);
        rung = aon_ladder(&scope, spec->min, spec->max, &n);
        for (size_t i = 0; i < n && !is_done(&p); i++) {
            p.rung = &rung[i];
            if (aon_cell_init(&p.cell, &scope, p.rung->shape, p.rung->chain,
                              p.rung->nchains))
                run_cell(&p);
            else
                p.gap = true;
            aon_cell_clear(&p.cell);
        }
        free(rung);
        a->passes++;
    }
    free(root);
}
