/*
 * Ablation: passes that collect the sets of true hypotheses of all counterexamples, then
 * one search for each set that is left, which confirms it or finds what no pass has seen.
 */
#include "search/ablate_impl.h"

#include <stdlib.h>
#include <string.h>

static const aon_span nowhere = {NULL, 0, 0};

static bool
within(aon_levels a, aon_levels b)
{
    return (a & ~b) == 0;
}

bool
aon_ablate_covers(const aon_ablating *a, aon_levels set)
{
    for (size_t i = 0; i < a->nspecimen; i++)
        if (within(set, a->specimen[i].set))
            return true;
    return false;
}

bool
aon_ablate_maybe(const aon_ablating *a, aon_levels set)
{
    for (size_t i = 0; i < a->nmaybe; i++)
        if (within(set, a->maybe[i]))
            return true;
    return false;
}

void
aon_ablate_add(aon_ablating *a, aon_levels set, const uint32_t *shape, bool smallest,
               aon_instance *in)
{
    size_t kept = 0;

    for (size_t i = 0; i < a->nspecimen; i++) {
        if (within(a->specimen[i].set, set))
            aon_instance_free(a->specimen[i].in);
        else
            a->specimen[kept++] = a->specimen[i];
    }
    a->specimen = aon_xrealloc(a->specimen, (kept + 1) * sizeof *a->specimen);
    a->specimen[kept].set = set;
    a->specimen[kept].smallest = smallest;
    a->specimen[kept].in = in;
    memcpy(a->specimen[kept].shape, shape, sizeof a->specimen[kept].shape);
    a->nspecimen = kept + 1;
}

void
aon_ablate_add_maybe(aon_ablating *a, aon_levels set)
{
    size_t kept = 0;

    if (aon_ablate_maybe(a, set))
        return;
    for (size_t i = 0; i < a->nmaybe; i++)
        if (!within(a->maybe[i], set))
            a->maybe[kept++] = a->maybe[i];
    a->maybe = aon_xrealloc(a->maybe, (kept + 1) * sizeof *a->maybe);
    a->maybe[kept] = set;
    a->nmaybe = kept + 1;
}

void
aon_ablate_not_weaker(aon_ablating *a, size_t hypothesis, const uint32_t *shape)
{
    const aon_core *core = a->spec->core;
    size_t n = 2;
    aon_buf b;

    if (a->st != AON_OK)
        return;
    for (size_t i = 0; i < core->ngiven; i++)
        n += core->given[i].type.kind == AON_T_DIM;
    aon_buf_init(&b);
    aon_find_print_shape(&b, shape, n);
    a->st =
        aon_diag(a->diags, AON_SEV_ERROR, core->assume[hypothesis].span, "weaken",
                 "what stands after `weaken` must follow from what stands before it",
                 "an instance of shape %s satisfies `%s`, but not its `weaken` "
                 "formula: that is not weaker",
                 b.s, core->assume[hypothesis].name);
    aon_buf_clear(&b);
}

/* ---- searches ---- */

static void
find_under(const aon_ablating *a, aon_levels set, bool certificate, aon_find_result *f)
{
    const aon_core *core = a->spec->core;
    const aon_steps *s = a->steps;
    aon_ref *root = aon_xcalloc(s->nhyp + 1, sizeof *root);
    const char **without = aon_xcalloc(s->nhyp + 1, sizeof *without);
    const char **weaken = aon_xcalloc(s->nhyp + 1, sizeof *weaken);
    aon_variant variant = {.without = without, .weaken = weaken};
    aon_find_spec spec = *a->spec;

    for (size_t h = 0; h < s->nhyp; h++) {
        if (aon_steps_level(s, set, h) == 0)
            without[variant.nwithout++] = core->assume[h].name;
        else if (aon_steps_weakened(s, core, set, h))
            weaken[variant.nweaken++] = core->assume[h].name;
    }
    aon_steps_roots(s, set, root);
    spec.root = root;
    spec.variant = &variant;
    spec.certificate = certificate;
    AON_ASSERT(aon_find(f, &spec, a->diags) == AON_OK);
    free(weaken);
    free(without);
    free(root);
}

/* What is true of an instance. */
static aon_levels
true_of(const aon_ablating *a, const aon_instance *in)
{
    const aon_steps *s = a->steps;
    aon_levels set = 0;
    aon_eval ev;

    AON_ASSERT(aon_eval_bind(&ev, a->spec->core, in, NULL, NULL) == AON_OK);
    for (size_t h = 0; h < s->nhyp; h++)
        for (unsigned l = s->of[h].n; l > 0; l--)
            if (aon_judge(&ev, s->of[h].form[l - 1])->truth == AON_TRUE) {
                set = aon_steps_with(s, set, h, l);
                break;
            }
    aon_eval_clear(&ev);
    return set;
}

static void
copy_result(aon_ablate_set *out, aon_levels set, aon_find_result *f)
{
    memset(out, 0, sizeof *out);
    out->set = set;
    out->outcome = f->outcome;
    out->space = f->space;
    out->orbits = f->orbits;
    out->applicable = f->applicable;
    out->solved = f->solved;
    out->no_certificate = f->no_certificate;
    out->certificate = f->certificate;
    aon_buf_init(&f->certificate);
}

static aon_ablate_set *
append(aon_ablate_set **list, size_t *n)
{
    *list = aon_xrealloc(*list, (*n + 1) * sizeof **list);
    memset(*list + *n, 0, sizeof **list);
    aon_buf_init(&(*list)[*n].certificate);
    return *list + (*n)++;
}

static bool
is_known(const aon_ablation *out, aon_levels set)
{
    for (size_t i = 0; i < out->nsufficient; i++)
        if (out->sufficient[i].set == set)
            return true;
    return false;
}

static aon_status
too_much(const aon_ablating *a, const char *what)
{
    return aon_diag(a->diags, AON_SEV_ERROR, nowhere, "limit",
                    "look at fewer hypotheses: `--only h1,h2`, or `--without h`",
                    "`%s` has too many %s", a->spec->core->name, what);
}

/* The least set that is not known to be insufficient and has not been searched. */
static bool
next_candidate(aon_ablating *a, const aon_ablation *out, aon_levels *set)
{
    const size_t n = a->nspecimen + a->nmaybe;
    aon_levels *known = aon_xcalloc(n + 1, sizeof *known), *list;
    size_t count = 0;
    bool found = false;

    for (size_t i = 0; i < n; i++)
        known[i] = i < a->nspecimen ? a->specimen[i].set : a->maybe[i - a->nspecimen];
    list = aon_steps_minimal_outside(a->steps, known, n, &count);
    if (list == NULL)
        a->st = too_much(a, "sets of hypotheses");
    for (size_t i = 0; i < count && !found; i++) {
        found = !is_known(out, list[i]);
        *set = list[i];
    }
    free(list);
    free(known);
    return found;
}

/* A search of one set.  Is it done? */
static void
search_one(aon_ablating *a, aon_ablation *out, aon_levels set)
{
    aon_find_result f;

    if (out->searches == AON_ABLATE_MAX_SEARCHES) {
        a->st = too_much(a, "sets of hypotheses to search");
        return;
    }
    find_under(a, set, a->spec->certificate, &f);
    out->searches++;
    a->orbits += f.orbits;
    if (f.outcome == AON_FIND_FOUND) {
        const aon_levels truly = true_of(a, f.hit[0].in);

        AON_ASSERT(within(set, truly));
        aon_ablate_add(a, truly, f.hit[0].shape, truly == set, f.hit[0].in);
        f.hit[0].in = NULL;
    } else if (f.outcome == AON_FIND_NONE || f.outcome == AON_FIND_VACUOUS) {
        copy_result(append(&out->sufficient, &out->nsufficient), set, &f);
    } else {
        copy_result(append(&out->open, &out->nopen), set, &f);
        aon_ablate_add_maybe(a, set);
    }
    aon_find_result_clear(&f);
}

/* Counterexamples that need not be the smallest of their sets. */
static void
make_smallest(aon_ablating *a, aon_ablation *out)
{
    size_t i = 0;

    while (i < a->nspecimen && a->st == AON_OK) {
        const aon_levels set = a->specimen[i].set;
        const size_t n = out->nopen;

        if (a->specimen[i].smallest) {
            i++;
            continue;
        }
        search_one(a, out, set);
        if (out->nopen > n) { /* no answer: the one that is there stays */
            aon_buf_clear(&out->open[--out->nopen].certificate);
            i++;
        } else {
            i = 0;
        }
    }
}

/* ---- the whole ---- */

/* A pass for every way to give up hypotheses that pairs are joined on. */
static void
make_passes(aon_ablating *a)
{
    aon_levels *cap = aon_xmalloc(sizeof *cap);
    size_t n = 1;

    cap[0] = a->steps->top;
    for (size_t i = 0; i < n && a->st == AON_OK; i++) {
        aon_levels joined;

        if (aon_ablate_covers(a, cap[i]))
            continue;
        aon_ablate_pass(a, cap[i], &joined);
        for (size_t h = 0; h < a->steps->nhyp; h++) {
            const unsigned level = aon_steps_level(a->steps, joined, h);
            aon_levels lower;
            bool there = level == 0;

            lower = there ? 0 : aon_steps_with(a->steps, cap[i], h, level - 1);
            for (size_t l = 0; l < n; l++)
                there = there || cap[l] == lower;
            if (there)
                continue;
            cap = aon_xrealloc(cap, (n + 1) * sizeof *cap);
            cap[n++] = lower;
        }
    }
    free(cap);
    a->nmaybe = 0; /* searches will tell */
}

static int
compare_sets(const void *a, const void *b)
{
    return aon_steps_compare(&((const aon_ablate_set *)a)->set,
                             &((const aon_ablate_set *)b)->set);
}

static void
sort_sets(aon_ablate_set *list, size_t n)
{
    if (n > 0)
        qsort(list, n, sizeof *list, compare_sets);
}

/* Of the open sets those that are in no insufficient one and in no other open one. */
static void
prune_open(const aon_ablating *a, aon_ablation *out)
{
    size_t kept = 0;

    for (size_t i = 0; i < out->nopen; i++) {
        bool gone = aon_ablate_covers(a, out->open[i].set);

        for (size_t k = 0; k < out->nopen; k++)
            gone = gone || (k != i && within(out->open[i].set, out->open[k].set));
        if (gone)
            aon_buf_clear(&out->open[i].certificate);
        else
            out->open[kept++] = out->open[i];
    }
    out->nopen = kept;
}

static void
hand_over(aon_ablating *a, aon_ablation *out)
{
    for (size_t i = 0; i < a->nspecimen; i++) {
        aon_ablate_set *s = append(&out->insufficient, &out->ninsufficient);

        s->set = a->specimen[i].set;
        s->outcome = AON_FIND_FOUND;
        s->smallest = a->specimen[i].smallest;
        s->in = a->specimen[i].in;
        memcpy(s->shape, a->specimen[i].shape, sizeof s->shape);
    }
    a->nspecimen = 0;
    sort_sets(out->sufficient, out->nsufficient);
    sort_sets(out->insufficient, out->ninsufficient);
    sort_sets(out->open, out->nopen);
    out->orbits = a->orbits;
    out->passes = a->passes;
}

aon_status
aon_ablate(aon_ablation *out, const aon_find_spec *spec, aon_diags *diags)
{
    aon_find_spec own = {.core = spec->core,
                         .root = spec->root,
                         .because = spec->because,
                         .grid = spec->grid,
                         .min = spec->min,
                         .max = spec->max,
                         .max_work = spec->max_work,
                         .jobs = spec->jobs,
                         .no_symmetry = spec->no_symmetry,
                         .certificate = spec->certificate};
    aon_ablating a = {.spec = &own, .diags = diags};
    aon_levels set = 0;
    aon_scope_spec scope;

    memset(out, 0, sizeof *out);
    a.st = aon_scope_open(&scope, &own, out->min, out->max, diags);
    if (a.st != AON_OK)
        return a.st;
    a.because = scope.because;
    out->nshape = scope.ndims + 2;
    aon_steps_init(&out->steps, own.core, own.root);
    a.steps = &out->steps;
    if (out->steps.nsteps > AON_ABLATE_MAX_STEPS)
        a.st = too_much(&a, "hypotheses");
    else
        make_passes(&a);
    while (a.st == AON_OK && next_candidate(&a, out, &set))
        search_one(&a, out, set);
    make_smallest(&a, out);
    prune_open(&a, out);
    hand_over(&a, out);
    free(a.specimen);
    free(a.maybe);
    return a.st;
}

static void
clear_sets(aon_ablate_set *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (list[i].in != NULL)
            aon_instance_free(list[i].in);
        aon_buf_clear(&list[i].certificate);
    }
    free(list);
}

void
aon_ablation_clear(aon_ablation *a)
{
    clear_sets(a->sufficient, a->nsufficient);
    clear_sets(a->insufficient, a->ninsufficient);
    clear_sets(a->open, a->nopen);
    aon_steps_clear(&a->steps);
    memset(a, 0, sizeof *a);
}
