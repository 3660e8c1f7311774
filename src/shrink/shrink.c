/*
 * The greedy loop: run the moves in the order of the table, go back to the first after
 * one that made the instance smaller, stop when none does.
 */
#include "shrink/impl.h"

#include "base/stop.h"
#include "decide/eval.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_POINTS = 2000 }; /* contexts, tokens: every move copies all of them */

/* Does the conclusion fail while all hypotheses hold?  Stops at the first that does not. */
static bool
fails(aon_shrinker *s, const aon_instance *in)
{
    aon_eval ev;
    bool good = true;

    s->interrupted = aon_stop_asked();
    s->stopped = s->interrupted || s->work == s->max_work;
    if (s->stopped)
        return false;
    s->work++;
    if (aon_eval_bind(&ev, s->core, in, NULL, NULL) != AON_OK)
        return false;
    for (size_t h = 0; h < s->core->nassume && good; h++)
        good =
            s->root[h] == AON_NO_REF || aon_judge(&ev, s->root[h])->truth == AON_TRUE;
    good = good && aon_judge(&ev, s->core->show[s->because].root)->truth == AON_FALSE;
    aon_eval_clear(&ev);
    return good;
}

/* The same, said by aon_decide, which looks at every hypothesis and conclusion. */
static bool
violated(const aon_shrinker *s, const aon_instance *in)
{
    aon_decision *d;
    bool good;

    if (aon_decide(&d, s->core, s->root, in, NULL, NULL) != AON_OK)
        return false;
    good = aon_decision_verdict(d) == AON_VIOLATED &&
           aon_decision_show(d, s->because) == AON_FALSE;
    aon_decision_free(d);
    return good;
}

/* The candidate, or what becomes of it when bounded givens are projected, or when given
 * matrices are solved for anew; NULL: none of them is violated. */
static aon_instance *
mended(aon_shrinker *s, aon_instance *candidate)
{
    aon_instance *out = NULL;

    if (fails(s, candidate))
        return candidate;
    if (s->repairs && aon_obey_bounds(s, candidate) && fails(s, candidate))
        return candidate;
    for (size_t q = 0; q < s->nquestions && s->repairs && out == NULL && !s->stopped;
         q++) {
        out = aon_copy(candidate);
        if (!aon_repair_ask(s, q, out) || !fails(s, out)) {
            aon_instance_free(out);
            out = NULL;
        }
    }
    aon_instance_free(candidate);
    return out;
}

bool
aon_try(aon_shrinker *s, aon_instance *candidate)
{
    if (candidate == NULL || s->stopped || !aon_smaller(s, candidate, s->in)) {
        aon_instance_free(candidate);
        return false;
    }
    s->count->tried++;
    candidate = mended(s, candidate);
    if (candidate == NULL || !aon_smaller(s, candidate, s->in) ||
        !violated(s, candidate)) {
        aon_instance_free(candidate);
        return false;
    }
    aon_instance_free(s->in);
    s->in = candidate;
    s->taken++;
    s->count->taken++;
    return true;
}

static void
run_moves(aon_shrinker *s, aon_shrink_count *count)
{
    for (size_t m = 0; m < aon_nmoves && !s->stopped;) {
        const uint64_t before = s->taken;

        s->count = &count[m];
        s->repairs = aon_moves[m].repairs;
        aon_moves[m].run(s);
        m = s->taken > before ? 0 : m + 1;
    }
}

/* Dimensions, then all other givens, then queries. */
static void
order_values(aon_shrinker *s)
{
    const aon_core *core = s->core;

    s->given_of = AON_NEW_N(s->arena, size_t, core->ngiven + 1);
    s->model = AON_NEW_N(s->arena, size_t, core->ngiven + 1);
    for (int pass = 0; pass < 3; pass++)
        for (size_t i = 0; i < core->ngiven; i++) {
            const aon_type_kind k = core->given[i].type.kind;
            const int mine = k == AON_T_DIM ? 0 : k == AON_T_QUERY ? 2 : 1;

            if (mine != pass)
                continue;
            s->ndims += k == AON_T_DIM;
            if (k == AON_T_MODEL)
                s->model[s->nmodels++] = s->nvalues;
            s->given_of[s->nvalues++] = i;
        }
}

/* The verdict as given, and which conclusion is to fail. */
static aon_status
look(aon_shrink_result *out, const aon_shrink_spec *spec, const aon_instance *in,
     aon_diags *diags)
{
    const aon_span nowhere = {NULL, 0, 0};
    const aon_core *core = spec->core;
    aon_decision *d = NULL;
    aon_status st = AON_OK;
    bool found = spec->because != NULL;

    if (spec->because != NULL &&
        aon_core_conclusion(core, spec->because, &out->because, diags) != AON_OK)
        return AON_EINPUT;
    st = aon_decide(&d, core, spec->root, in, NULL, diags);
    if (st != AON_OK)
        return st;
    out->verdict = aon_decision_verdict(d);
    for (size_t i = 0; i < core->nshow && !found && out->verdict == AON_VIOLATED; i++)
        if (aon_decision_show(d, i) == AON_FALSE) {
            out->because = i;
            found = true;
        }
    if (out->verdict == AON_VIOLATED && aon_decision_show(d, out->because) != AON_FALSE)
        st = aon_diag(diags, AON_SEV_ERROR, nowhere, "expectation",
                      "leave out --because, or name a conclusion that is false",
                      "the conclusion `%s` does not fail in this instance",
                      core->show[out->because].name);
    aon_decision_free(d);
    return st;
}

/* The normal form; with the sequences as they are if new ones should change a verdict. */
static void
start(aon_shrinker *s, const aon_instance *in)
{
    s->in = aon_normal_all(s, in, false);
    if (s->in != NULL && violated(s, s->in))
        return;
    aon_instance_free(s->in);
    s->in = aon_normal_all(s, in, true);
    AON_ASSERT(s->in != NULL && violated(s, s->in)); /* nothing was changed */
}

aon_status
aon_shrink(aon_shrink_result *out, const aon_shrink_spec *spec, const aon_instance *in,
           aon_diags *diags)
{
    const aon_span nowhere = {NULL, 0, 0};
    aon_shrinker s = {.core = spec->core, .root = spec->root};
    aon_shrink_count *count;
    aon_status st;

    memset(out, 0, sizeof *out);
    if (in->ncontexts > MAX_POINTS || in->ntokens > MAX_POINTS)
        return aon_diag(diags, AON_SEV_ERROR, nowhere, "too-large", NULL,
                        "more than %d contexts or tokens: delete some by hand first",
                        (int)MAX_POINTS);
    st = look(out, spec, in, diags);
    if (st != AON_OK || out->verdict != AON_VIOLATED)
        return st;
    s.arena = aon_arena_new();
    s.because = out->because;
    s.max_work = spec->max_work > 0 ? spec->max_work : 100000;
    order_values(&s);
    aon_repair_init(&s);
    aon_bounds_init(&s);
    count = aon_xcalloc(aon_nmoves + 1, sizeof *count);
    for (size_t m = 0; m < aon_nmoves; m++)
        count[m].name = aon_moves[m].name;
    start(&s, in);
    run_moves(&s, count);
    out->in = s.in;
    out->irreducible = !s.stopped;
    out->interrupted = s.interrupted;
    out->work = s.work;
    out->count = count;
    out->ncount = aon_nmoves;
    aon_arena_free(s.arena);
    return AON_OK;
}

void
aon_shrink_result_clear(aon_shrink_result *r)
{
    aon_instance_free(r->in);
    free((void *)(uintptr_t)r->count);
    memset(r, 0, sizeof *r);
}
