/*
 * Ablation: passes that collect the sets of true hypotheses of all counterexamples, then
 * one search for each set that is left, which confirms it or finds what no pass has seen.
 */
#include "search/ablate_impl.h"

#include "base/stop.h"

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
    a->specimen[kept].searched = false;
    a->specimen[kept].in = in;
    memcpy(a->specimen[kept].shape, shape, sizeof a->specimen[kept].shape);
    a->nspecimen = kept + 1;
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
true_of(aon_ablating *a, const aon_instance *in)
{
    const aon_steps *s = a->steps;
    aon_levels set = 0;
    aon_eval ev;

    AON_ASSERT(aon_eval_bind(&ev, a->spec->core, in, NULL, NULL) == AON_OK);
    for (size_t h = 0; h < s->nhyp; h++) {
        const aon_levels bits = aon_steps_bits(s, h);
        aon_truth truth[2] = {AON_FALSE, AON_FALSE};

        for (unsigned i = 0; i < s->of[h].n; i++) {
            truth[i] = aon_judge(&ev, s->of[h].form[i])->truth;
            if (truth[i] == AON_TRUE)
                set |= (aon_levels)1 << (s->of[h].first + i);
        }
        if (truth[1] == AON_TRUE && !s->of[h].alternative) {
            set |= bits;
            a->alternative |= truth[0] == AON_FALSE ? bits : 0;
        }
    }
    aon_eval_clear(&ev);
    return set;
}

void
aon_ablate_set_take(aon_ablate_set *out, aon_levels set, aon_find_result *f)
{
    out->set = set;
    out->outcome = f->outcome;
    out->space = f->space;
    out->orbits = f->orbits;
    out->applicable = f->applicable;
    out->solved = f->solved;
    out->interrupted = f->interrupted;
    out->no_certificate = f->no_certificate;
    aon_buf_clear(&out->certificate);
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

/* The least set that is neither in an insufficient one nor in an open one and has not been
 * searched. */
static bool
next_candidate(aon_ablating *a, const aon_ablation *out, aon_levels *set)
{
    const size_t n = a->nspecimen + out->nopen;
    aon_levels *known = aon_xcalloc(n + 1, sizeof *known), *list;
    size_t count = 0;
    bool found = false;

    for (size_t i = 0; i < n; i++)
        known[i] =
            i < a->nspecimen ? a->specimen[i].set : out->open[i - a->nspecimen].set;
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
    out->interrupted = out->interrupted || f.interrupted;
    a->orbits += f.orbits;
    if (f.outcome == AON_FIND_FOUND) {
        const aon_levels truly = true_of(a, f.hit[0].in);

        AON_ASSERT(within(set, truly) || a->alternative != 0);
        /* the least of the set is the least of all that is true of it, too */
        aon_ablate_add(a, truly, f.hit[0].shape, f.hit[0].undecided == 0, f.hit[0].in);
        a->specimen[a->nspecimen - 1].searched = true;
        f.hit[0].in = NULL;
    } else if (f.outcome == AON_FIND_NONE || f.outcome == AON_FIND_VACUOUS) {
        aon_ablate_set_take(append(&out->sufficient, &out->nsufficient), set, &f);
    } else {
        aon_ablate_set_take(append(&out->open, &out->nopen), set, &f);
    }
    aon_find_result_clear(&f);
}

/* Nothing has gone wrong and there is no need to start again. */
static bool
is_going(const aon_ablating *a)
{
    return a->st == AON_OK && a->alternative == 0;
}

/* Counterexamples that need not be the smallest of their sets. */
static void
make_smallest(aon_ablating *a, aon_ablation *out)
{
    size_t i = 0;

    while (i < a->nspecimen && is_going(a)) {
        const aon_levels set = a->specimen[i].set;
        const size_t n = out->nopen;

        if (a->specimen[i].smallest || a->specimen[i].searched ||
            !aon_steps_is_set(a->steps, set)) {
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
    for (size_t i = 0; i < n && is_going(a); i++) {
        aon_levels joined;

        if (aon_ablate_covers(a, cap[i]))
            continue;
        aon_ablate_pass(a, cap[i], &joined);
        for (size_t h = 0; h < a->steps->nhyp; h++) {
            const aon_levels lower = aon_steps_lower(a->steps, cap[i], h);
            bool there = (joined & aon_steps_bits(a->steps, h)) == 0;

            for (size_t l = 0; l < n; l++)
                there = there || cap[l] == lower;
            if (there)
                continue;
            cap = aon_xrealloc(cap, (n + 1) * sizeof *cap);
            cap[n++] = lower;
        }
    }
    free(cap);
}

/* Search what is left, until each set is confirmed, open, or insufficient. */
static void
settle(aon_ablating *a, aon_ablation *out)
{
    aon_levels set = 0;

    while (is_going(a) && !out->stopped && next_candidate(a, out, &set)) {
        search_one(a, out, set);
        out->stopped = out->interrupted || out->nopen == AON_ABLATE_MAX_OPEN;
    }
    make_smallest(a, out);
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

/* Those that are in no other one, and not known to be insufficient if they are open. */
static void
keep_maximal(const aon_ablating *a, aon_ablate_set *list, size_t *n, bool open)
{
    bool *gone = aon_xcalloc(*n + 1, sizeof *gone);
    size_t kept = 0;

    for (size_t i = 0; i < *n; i++) {
        gone[i] = open && aon_ablate_covers(a, list[i].set);
        for (size_t k = 0; k < *n; k++)
            gone[i] = gone[i] || (k != i && within(list[i].set, list[k].set));
    }
    for (size_t i = 0; i < *n; i++) {
        if (gone[i] && list[i].in != NULL)
            aon_instance_free(list[i].in);
        if (gone[i])
            aon_buf_clear(&list[i].certificate);
        else
            list[kept++] = list[i];
    }
    *n = kept;
    free(gone);
}

static void
put_insufficient(aon_ablation *out, aon_levels set, const uint32_t *shape,
                 bool smallest, aon_instance *in)
{
    aon_ablate_set *s = append(&out->insufficient, &out->ninsufficient);

    s->set = set;
    s->outcome = AON_FIND_FOUND;
    s->smallest = smallest;
    s->in = in;
    memcpy(s->shape, shape, sizeof s->shape);
}

static aon_instance *
copy_of(const aon_ablating *a, const aon_instance *in)
{
    aon_instance *copy = NULL;
    aon_buf text;

    aon_buf_init(&text);
    aon_instance_print(in, &text);
    AON_ASSERT(aon_instance_read(&copy, "copy", text.s, text.len, a->diags) == AON_OK);
    aon_buf_clear(&text);
    return copy;
}

/*
 * Both alternatives may be true of a counterexample, but a set has one of them: every
 * choice, with the smallest counterexample of its own.
 */
static void
part(aon_ablating *a, aon_ablation *out, const aon_specimen *s, aon_levels set)
{
    aon_find_result f;

    for (size_t h = 0; h < a->steps->nhyp; h++) {
        const aon_levels bits = aon_steps_bits(a->steps, h);

        if (!a->steps->of[h].alternative || (set & bits) != bits)
            continue;
        part(a, out, s, aon_steps_with(a->steps, set, h, 1));
        part(a, out, s, aon_steps_with(a->steps, set, h, 2));
        return;
    }
    for (size_t i = 0; i < out->ninsufficient; i++)
        if (within(set, out->insufficient[i].set))
            return;
    find_under(a, set, false, &f);
    out->searches++;
    out->interrupted = out->interrupted || f.interrupted;
    a->orbits += f.orbits;
    if (f.outcome == AON_FIND_FOUND) {
        put_insufficient(out, set, f.hit[0].shape, f.hit[0].undecided == 0,
                         f.hit[0].in);
        f.hit[0].in = NULL;
    } else {
        put_insufficient(out, set, s->shape, false, copy_of(a, s->in));
    }
    aon_find_result_clear(&f);
}

/* Specimens become sets; those of which both alternatives are true come last. */
static void
hand_over(aon_ablating *a, aon_ablation *out)
{
    for (size_t i = 0; i < a->nspecimen; i++) {
        aon_specimen *s = &a->specimen[i];

        if (!aon_steps_is_set(a->steps, s->set))
            continue;
        put_insufficient(out, s->set, s->shape, s->smallest, s->in);
        s->in = NULL;
    }
    for (size_t i = 0; i < a->nspecimen && a->st == AON_OK; i++)
        if (a->specimen[i].in != NULL)
            part(a, out, &a->specimen[i], a->specimen[i].set);
    keep_maximal(a, out->insufficient, &out->ninsufficient, false);
    sort_sets(out->sufficient, out->nsufficient);
    sort_sets(out->insufficient, out->ninsufficient);
    sort_sets(out->open, out->nopen);
}

static void
forget_specimens(aon_ablating *a)
{
    for (size_t i = 0; i < a->nspecimen; i++)
        if (a->specimen[i].in != NULL)
            aon_instance_free(a->specimen[i].in);
    a->nspecimen = 0;
}

static void forget_sets(aon_ablation *out);

/* Everything under the present order of forms; false: it was wrong, start again. */
static bool
attempt(aon_ablating *a, aon_ablation *out)
{
    make_passes(a);
    settle(a, out);
    if (a->st == AON_OK && a->alternative != 0) {
        for (size_t h = 0; h < out->steps.nhyp; h++)
            if ((a->alternative & aon_steps_bits(a->steps, h)) != 0)
                out->steps.of[h].alternative = true;
        a->alternative = 0;
        forget_specimens(a);
        forget_sets(out);
        return false;
    }
    keep_maximal(a, out->open, &out->nopen, true);
    hand_over(a, out);
    forget_specimens(a);
    return true;
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
    aon_scope_spec scope;

    memset(out, 0, sizeof *out);
    a.st = aon_scope_open(&scope, &own, out->min, out->max, diags);
    if (a.st != AON_OK)
        return a.st;
    own.core = scope.core;
    out->nshape = scope.ndims + 2;
    aon_steps_init(&out->steps, own.core, own.root);
    a.steps = &out->steps;
    if (out->steps.nsteps > AON_ABLATE_MAX_STEPS)
        a.st = too_much(&a, "hypotheses");
    while (a.st == AON_OK && !attempt(&a, out))
        ;
    out->orbits = a.orbits;
    out->passes = a.passes;
    free(a.specimen);
    return a.st;
}

void
aon_ablate_sets_free(aon_ablate_set *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (list[i].in != NULL)
            aon_instance_free(list[i].in);
        aon_buf_clear(&list[i].certificate);
    }
    free(list);
}

static void
forget_sets(aon_ablation *a)
{
    aon_ablate_sets_free(a->sufficient, a->nsufficient);
    aon_ablate_sets_free(a->insufficient, a->ninsufficient);
    aon_ablate_sets_free(a->open, a->nopen);
    a->sufficient = a->insufficient = a->open = NULL;
    a->nsufficient = a->ninsufficient = a->nopen = 0;
    a->stopped = false;
}

void
aon_ablation_clear(aon_ablation *a)
{
    forget_sets(a);
    aon_steps_clear(&a->steps);
    memset(a, 0, sizeof *a);
}
