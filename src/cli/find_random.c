/*
 * Beyond the scopes of a search: random instances by construction, the first one that is
 * violated.
 */
#include "cli/find_random.h"

#include "base/jobs.h"
#include "base/stop.h"
#include "sample/sample.h"

#include <stdlib.h>

typedef struct {
    aon_verdict verdict;
    aon_instance *in; /* only if it is what is looked for */
} trial;

typedef struct {
    const aon_target *r;
    const char *because;
    trial *trial;
    aon_random_result *out;
} sampling;

static void
try_one(void *arg, size_t i)
{
    sampling *s = arg;
    const aon_core *core = s->r->core;
    const aon_sample_spec spec = {.seed = s->out->seed};
    aon_instance *in = aon_sample_instance(core, s->r->root, &spec, i, NULL);
    aon_decision *d = NULL;
    bool wanted;

    AON_ASSERT(aon_decide(&d, core, s->r->root, in, NULL, NULL) == AON_OK);
    s->trial[i].verdict = aon_decision_verdict(d);
    wanted = aon_find_counts(core, s->because, d);
    aon_decision_free(d);
    if (wanted)
        s->trial[i].in = in;
    else
        aon_instance_free(in);
}

static int
fold(void *arg, size_t i)
{
    sampling *s = arg;
    trial *t = &s->trial[i];

    s->out->trials++;
    s->out->applicable += t->verdict == AON_HOLDS || t->verdict == AON_VIOLATED;
    s->out->undecided += t->verdict == AON_UNDECIDED;
    if (t->in == NULL)
        return aon_stop_asked();
    s->out->hit = t->in;
    s->out->index = i;
    t->in = NULL;
    return 1;
}

void
aon_find_random(aon_random_result *out, const aon_target *r, const char *because,
                size_t count, uint64_t seed, unsigned jobs)
{
    sampling s = {r, because, aon_xcalloc(count + 1, sizeof *s.trial), out};

    *out = (aon_random_result){.count = count, .seed = seed};
    aon_jobs_run(jobs, count, &s, try_one, fold);
    for (size_t i = 0; i < count; i++) /* tried ahead of where it stopped */
        if (s.trial[i].in != NULL)
            aon_instance_free(s.trial[i].in);
    free(s.trial);
}

void
aon_random_result_clear(aon_random_result *out)
{
    if (out->hit != NULL)
        aon_instance_free(out->hit);
    out->hit = NULL;
}
