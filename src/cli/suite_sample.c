/*
 * A variant of a statement on the gallery, then on sampled instances.
 *
 * Instances are numbered; instance i is the same for any number of threads, and results
 * are folded in order, so what is found (and where a run stops) is too.
 */
#include "cli/suite_impl.h"

#include "base/io.h"
#include "base/jobs.h"
#include "base/stop.h"
#include "sample/sample.h"
#include "witness/witness.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { FEW = 10 }; /* less than one of so many applicable is little to rest on */

typedef struct {
    aon_verdict verdict;
    bool *false_show;
    const char *reason; /* a literal of decide/ */
    char *witness;      /* or NULL */
    size_t witness_len;
} trial;

typedef struct {
    aon_cli *cli;
    aon_suite_run *run;
    const aon_suite_options *o;
    trial *trial;
    int code;
} sampling;

static void
try_one(void *arg, size_t i)
{
    sampling *s = arg;
    const aon_sample_spec spec = {.seed = s->o->seed};
    const aon_core *core = s->run->core;
    trial *t = &s->trial[i];
    const char *kind;
    aon_decision *d = NULL;
    aon_diags *diags = aon_diags_new();
    aon_instance *in = aon_sample_instance(core, s->run->root, &spec, i, &kind);
    const aon_status st = aon_decide(&d, core, s->run->root, in, NULL, diags);

    AON_ASSERT(st == AON_OK); /* the sampler makes instances that fit */
    t->verdict = aon_decision_verdict(d);
    t->reason = aon_decision_reason(d);
    if (t->verdict == AON_VIOLATED) {
        t->false_show = aon_xcalloc(core->nshow + 1, sizeof *t->false_show);
        for (size_t k = 0; k < core->nshow; k++)
            t->false_show[k] = aon_decision_show(d, k) == AON_FALSE;
    }
    if (s->o->witnesses != NULL && t->verdict != AON_UNDECIDED) {
        aon_buf b;

        aon_buf_init(&b);
        aon_witness_print(&b, d, core, s->run->as, in);
        t->witness = b.s; /* freed by fold */
        t->witness_len = b.len;
    }
    aon_decision_free(d);
    aon_instance_free(in);
    aon_diags_free(diags);
}

char *
aon_suite_file_name(aon_cli *cli, const aon_suite_run *r, const char *folder,
                    const char *which)
{
    aon_buf b;
    char *copy;

    aon_buf_init(&b);
    aon_buf_printf(&b, "%s/%s", folder, r->core->name);
    if (*r->variant != '\0') {
        bool gap = true;

        for (const char *s = r->variant; *s != '\0'; s++) {
            if (isalnum((unsigned char)*s) || *s == '.' || *s == '_' || *s == '\'') {
                aon_buf_puts(&b, gap ? "-" : "");
                aon_buf_putc(&b, *s);
                gap = false;
            } else {
                gap = true;
            }
        }
    }
    aon_buf_printf(&b, "-%s", which);
    copy = aon_arena_strndup(cli->arena, b.s, b.len);
    aon_buf_clear(&b);
    return copy;
}

static bool
settled(const aon_suite_run *r)
{
    bool all = (!r->full || r->known_violated > 0) &&
               (!r->any || r->violated + r->known_violated > 0);

    for (size_t k = 0; k < r->core->nshow; k++)
        all = all && (!r->wanted[k] || r->first[k] != SIZE_MAX);
    return all;
}

static int
fold(void *arg, size_t i)
{
    sampling *s = arg;
    aon_suite_run *r = s->run;
    trial *t = &s->trial[i];

    r->trials++;
    r->applicable += t->verdict == AON_HOLDS || t->verdict == AON_VIOLATED;
    r->violated += t->verdict == AON_VIOLATED;
    r->undecided += t->verdict == AON_UNDECIDED;
    if (t->verdict == AON_UNDECIDED && r->reason == NULL)
        r->reason = t->reason;
    for (size_t k = 0; t->false_show != NULL && k < r->core->nshow; k++)
        if (t->false_show[k] && r->first[k] == SIZE_MAX)
            r->first[k] = r->nknown + i;
    if (t->witness != NULL) {
        const char *path = aon_suite_file_name(s->cli, r, s->o->witnesses,
                                               aon_cli_printf(s->cli, "%04zu.aonw", i));

        if (s->code == AON_EXIT_OK &&
            aon_write_file(path, t->witness, t->witness_len, s->cli->diags) != AON_OK)
            s->code = AON_EXIT_RESOURCES;
    }
    free(t->witness);
    free(t->false_show);
    t->witness = NULL;
    t->false_show = NULL;
    return s->code != AON_EXIT_OK || settled(r) || aon_stop_asked();
}

/* Known instances come first: they are numbered below r->nknown, by their place. */
static bool
replayed(void *arg, size_t at, const aon_decision *d)
{
    aon_suite_run *r = arg;
    const aon_verdict v = aon_decision_verdict(d);
    size_t place = 0;

    while (r->order[place] != at)
        place++;
    r->known_applicable += v == AON_HOLDS || v == AON_VIOLATED;
    r->known_violated += v == AON_VIOLATED;
    r->undecided += v == AON_UNDECIDED;
    if (v == AON_UNDECIDED && r->reason == NULL)
        r->reason = aon_decision_reason(d);
    for (size_t k = 0; v == AON_VIOLATED && k < r->core->nshow; k++)
        if (r->first[k] == SIZE_MAX && aon_decision_show(d, k) == AON_FALSE)
            r->first[k] = place;
    return !settled(r);
}

static void
replay(aon_cli *cli, aon_suite_run *r, const aon_gallery *g)
{
    r->gallery = g;
    r->nknown = g->n;
    r->order = aon_gallery_order(cli, g, aon_theory_core(r->theory, r->statement));
    aon_gallery_replay(g, r->order, r->core, r->root, replayed, r);
}

int
aon_suite_sample(aon_cli *cli, aon_suite_run *r, const aon_suite_options *o)
{
    sampling s = {cli, r, o, aon_xcalloc(o->count + 1, sizeof *s.trial), AON_EXIT_OK};

    if (r->missing == NULL && o->gallery != NULL)
        replay(cli, r, o->gallery);
    if (r->missing == NULL && (!settled(r) || r->known_violated == 0))
        aon_jobs_run(o->jobs, o->count, &s, try_one, fold);
    for (size_t i = 0; i < o->count; i++) { /* tried ahead of where it stopped */
        free(s.trial[i].witness);
        free(s.trial[i].false_show);
    }
    free(s.trial);
    return s.code;
}

/* First instance that violates (conclusion `because`, if named); SIZE_MAX: none. */
size_t
aon_suite_first_violation(const aon_suite_run *r, const char *because)
{
    size_t first = SIZE_MAX;

    for (size_t k = 0; k < r->core->nshow; k++)
        if (r->first[k] < first &&
            (because == NULL || strcmp(because, r->core->show[k].name) == 0))
            first = r->first[k];
    return first;
}

const char *
aon_suite_found_by_sampling(aon_cli *cli, const aon_suite_run *r, const char *because)
{
    const bool other =
        because != NULL && aon_suite_first_violation(r, because) == SIZE_MAX;
    const size_t first = aon_suite_first_violation(r, other ? NULL : because);
    aon_buf b;
    const char *s, *sep = " because ";

    aon_buf_init(&b);
    if (first != SIZE_MAX) {
        if (first < r->nknown)
            aon_buf_printf(&b, "refuted from the gallery: %s",
                           r->gallery->item[r->order[first]].name);
        else
            aon_buf_printf(&b, "refuted by instance %zu", first - r->nknown);
        for (size_t k = 0; k < r->core->nshow; k++)
            if (r->first[k] == first) {
                aon_buf_printf(&b, "%s%s", sep, r->core->show[k].name);
                sep = ", ";
            }
        if (other)
            aon_buf_printf(&b, ", never because %s", because);
        if ((r->full || other) && r->known_violated == 0)
            aon_buf_printf(&b, " (%zu of %zu applicable violated)", r->violated,
                           r->applicable);
    } else if (r->undecided > 0) {
        aon_buf_printf(&b, "undecided: %zu of %zu trials", r->undecided, r->trials);
    } else if (r->applicable + r->known_applicable == 0) {
        aon_buf_printf(&b, "vacuous: %zu trials, 0 applicable", r->trials);
    } else {
        aon_buf_printf(&b, "survived: %zu trials, %zu applicable%s", r->trials,
                       r->applicable, r->applicable < r->trials / FEW ? " (few)" : "");
        if (r->known_applicable > 0)
            aon_buf_printf(&b, ", and %zu of the gallery", r->known_applicable);
    }
    s = aon_arena_strndup(cli->arena, b.s, b.len);
    aon_buf_clear(&b);
    return s;
}
