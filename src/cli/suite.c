/*
 * The suite: sample, decide, compare with what was expected.
 *
 * Instances are numbered; instance i is the same for any number of threads, and results
 * are folded in order, so what is found (and where a run stops) is too.
 */
#include "cli/suite.h"

#include "base/io.h"
#include "base/jobs.h"
#include "report/report.h"
#include "sample/sample.h"
#include "witness/witness.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

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

/* "thm15-weaken-inN-0017.aonw" */
static char *
witness_name(aon_cli *cli, const aon_suite_run *r, const aon_suite_options *o,
             const char *which)
{
    aon_buf b;
    char *copy;

    aon_buf_init(&b);
    aon_buf_printf(&b, "%s/%s", o->witnesses, r->core->name);
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
    aon_buf_printf(&b, "-%s.aonw", which);
    copy = aon_arena_strndup(cli->arena, b.s, b.len);
    aon_buf_clear(&b);
    return copy;
}

static bool
settled(const aon_suite_run *r)
{
    bool all = !r->full && (!r->any || r->violated > 0);

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
            r->first[k] = i;
    if (t->witness != NULL) {
        const char *path =
            witness_name(s->cli, r, s->o, aon_cli_printf(s->cli, "%04zu", i));

        if (s->code == AON_EXIT_OK &&
            aon_write_file(path, t->witness, t->witness_len, s->cli->diags) != AON_OK)
            s->code = AON_EXIT_RESOURCES;
    }
    free(t->witness);
    free(t->false_show);
    t->witness = NULL;
    t->false_show = NULL;
    return s->code != AON_EXIT_OK || settled(r);
}

static int
sample_run(aon_cli *cli, aon_suite_run *r, const aon_suite_options *o)
{
    sampling s = {cli, r, o, aon_xcalloc(o->count + 1, sizeof *s.trial), AON_EXIT_OK};

    if (r->missing == NULL)
        aon_jobs_run(o->jobs, o->count, &s, try_one, fold);
    for (size_t i = 0; i < o->count; i++) { /* tried ahead of where it stopped */
        free(s.trial[i].witness);
        free(s.trial[i].false_show);
    }
    free(s.trial);
    return s.code;
}

/* ---- which runs a statement needs ---- */

static const char *
variant_text(aon_cli *cli, const aon_variant *v)
{
    aon_buf b;
    const char *s;

    aon_buf_init(&b);
    aon_report_variant(&b, v);
    s = aon_arena_strndup(cli->arena, b.s, b.len);
    aon_buf_clear(&b);
    return s;
}

/* Core and roots of a variant; the caller frees r->built. */
static aon_status
prepare(aon_cli *cli, aon_suite_run *r, const aon_theory *t, size_t i,
        const aon_variant *v)
{
    aon_status st;

    memset(r, 0, sizeof *r);
    r->as = v;
    r->theory = t;
    r->variant = variant_text(cli, v);
    r->core = aon_theory_core(t, i);
    if (v->ndrop > 0) {
        aon_diags *quiet = aon_diags_new(); /* loading has warned of such a drop */

        st = aon_core_build(&r->built, t, i, v->drop, v->ndrop, quiet);
        aon_diags_free(quiet);
        if (st == AON_OK)
            r->core = r->built;
        else
            r->missing = aon_cli_printf(cli, "there is nothing to %s", r->variant);
    }
    r->root = AON_NEW_N(cli->arena, aon_ref, r->core->nassume + 1);
    r->first = AON_NEW_N(cli->arena, size_t, r->core->nshow + 1);
    r->wanted = AON_NEW_N(cli->arena, bool, r->core->nshow + 1);
    for (size_t k = 0; k < r->core->nshow; k++)
        r->first[k] = SIZE_MAX;
    return aon_variant_roots(r->core, v, r->root, cli->diags);
}

static bool
is_sampled(const aon_expect *e)
{
    return e->outcome == AON_EXP_SURVIVED ||
           (e->outcome == AON_EXP_REFUTED && e->on == NULL);
}

static aon_suite_run *
find_run(aon_suite_result *out, const char *variant)
{
    for (size_t k = 0; k < out->nrun; k++)
        if (strcmp(out->run[k].variant, variant) == 0)
            return &out->run[k];
    return NULL;
}

static size_t
conclusion(const aon_core *c, const char *name)
{
    size_t k = 0;

    while (k < c->nshow && strcmp(c->show[k].name, name) != 0)
        k++;
    return k;
}

static aon_status
make_runs(aon_cli *cli, aon_suite_result *out, const aon_theory *t, size_t i,
          bool plain_only)
{
    static const aon_variant plain;
    const aon_core *core = aon_theory_core(t, i);
    aon_status st;
    size_t about_plain = 0;

    out->run = AON_NEW_N(cli->arena, aon_suite_run, core->nexpect + 1);
    out->nrun = 1;
    st = prepare(cli, &out->run[0], t, i, &plain);
    for (size_t k = 0; st == AON_OK && k < core->nexpect; k++) {
        const aon_expect *e = &core->expect[k];
        const char *text = variant_text(cli, &e->variant);
        aon_suite_run *r = find_run(out, text);

        if (!is_sampled(e) || (plain_only && *text != '\0'))
            continue;
        if (r == NULL) {
            r = &out->run[out->nrun++];
            st = prepare(cli, r, t, i, &e->variant);
            if (st != AON_OK)
                break;
        }
        about_plain += r == &out->run[0];
        if (e->outcome == AON_EXP_SURVIVED) {
            r->full = true;
        } else if (e->because == NULL) {
            r->any = true;
        } else {
            const size_t c = conclusion(r->core, e->because);

            if (c < r->core->nshow)
                r->wanted[c] = true;
        }
    }
    if (about_plain == 0)
        out->run[0].full = true;
    return st;
}

/* ---- what was found ---- */

/* First instance that violates (conclusion `because`, if named); SIZE_MAX: none. */
static size_t
first_violation(const aon_suite_run *r, const char *because)
{
    size_t first = SIZE_MAX;

    for (size_t k = 0; k < r->core->nshow; k++)
        if (r->first[k] < first &&
            (because == NULL || strcmp(because, r->core->show[k].name) == 0))
            first = r->first[k];
    return first;
}

static const char *
found_by_sampling(aon_cli *cli, const aon_suite_run *r, const char *because)
{
    const bool other = because != NULL && first_violation(r, because) == SIZE_MAX;
    const size_t first = first_violation(r, other ? NULL : because);
    aon_buf b;
    const char *s, *sep = " because ";

    aon_buf_init(&b);
    if (first != SIZE_MAX) {
        aon_buf_printf(&b, "refuted by instance %zu", first);
        for (size_t k = 0; k < r->core->nshow; k++)
            if (r->first[k] == first) {
                aon_buf_printf(&b, "%s%s", sep, r->core->show[k].name);
                sep = ", ";
            }
        if (other)
            aon_buf_printf(&b, ", never because %s", because);
        if (r->full || other)
            aon_buf_printf(&b, " (%zu of %zu applicable violated)", r->violated,
                           r->applicable);
    } else if (r->undecided > 0) {
        aon_buf_printf(&b, "undecided: %zu of %zu trials", r->undecided, r->trials);
    } else if (r->applicable == 0) {
        aon_buf_printf(&b, "vacuous: %zu trials, 0 applicable", r->trials);
    } else {
        aon_buf_printf(&b, "survived: %zu trials, %zu applicable", r->trials,
                       r->applicable);
    }
    s = aon_arena_strndup(cli->arena, b.s, b.len);
    aon_buf_clear(&b);
    return s;
}

static void
add_line(aon_suite_result *out, const aon_suite_line *l)
{
    out->line = aon_grow(out->line, &out->cap, out->n + 1, sizeof *out->line);
    out->line[out->n++] = *l;
}

/* The instance and why it is as it is. */
static void
add_story(aon_cli *cli, aon_suite_line *l, const aon_suite_run *r,
          const aon_instance *in)
{
    aon_report_names names;
    aon_decision *d = NULL;
    aon_buf b;

    aon_buf_init(&b);
    aon_instance_print(in, &b);
    l->instance = aon_arena_strndup(cli->arena, b.s, b.len);
    aon_buf_reset(&b);
    if (aon_decide(&d, r->core, r->root, in, NULL, cli->diags) == AON_OK) {
        aon_cli_names(cli, &names, r->theory, r->core);
        aon_report_why(&b, d, r->core, &names);
        aon_cli_names_clear(&names);
        aon_decision_free(d);
    }
    l->why = aon_arena_strndup(cli->arena, b.s, b.len);
    aon_buf_clear(&b);
}

static void
judge_sampled(aon_cli *cli, aon_suite_line *l, const aon_suite_run *r,
              const aon_expect *e, const aon_suite_options *o)
{
    const size_t first = first_violation(r, e->because);
    bool met;

    l->run = r;
    if (r->missing != NULL) {
        l->found = r->missing;
        l->status = AON_NOT_MET;
        l->code = AON_EXIT_NOT;
        return;
    }
    l->found = found_by_sampling(cli, r, e->because);
    if (e->outcome == AON_EXP_SURVIVED)
        met = r->violated == 0 && r->undecided == 0 && r->applicable > 0;
    else
        met = first != SIZE_MAX;
    if (e->outcome == AON_EXP_REFUTED && e->nshape > 0)
        l->found = aon_cli_printf(cli, "%s; minimal: not run", l->found);
    l->status = met ? AON_MET : AON_NOT_MET;
    if (met)
        return;
    l->code = r->violated > 0      ? AON_EXIT_NOT
              : r->undecided > 0   ? AON_EXIT_UNDECIDED
              : r->applicable == 0 ? AON_EXIT_VACUOUS
                                   : AON_EXIT_NOT;
    if (first_violation(r, NULL) != SIZE_MAX) {
        const aon_sample_spec spec = {.seed = o->seed};
        const char *kind;
        aon_instance *in = aon_sample_instance(r->core, r->root, &spec,
                                               first_violation(r, NULL), &kind);

        add_story(cli, l, r, in);
        aon_instance_free(in);
    }
}

static bool
names_are(const aon_expect *e, const aon_core *core, const aon_decision *d)
{
    size_t n = 0;

    for (size_t i = 0; i < core->nassume; i++) {
        bool named = false;

        if (aon_decision_omitted(d, i) || aon_decision_assume(d, i) != AON_FALSE)
            continue;
        n++;
        for (size_t k = 0; k < e->nnames; k++)
            named = named || strcmp(e->names[k], core->assume[i].name) == 0;
        if (!named && e->nnames > 0)
            return false;
    }
    return e->nnames == 0 ? n > 0 : n == e->nnames;
}

static bool
because_is(const aon_expect *e, const aon_core *core, const aon_decision *d)
{
    const size_t k = e->because != NULL ? conclusion(core, e->because) : core->nshow;

    return e->because == NULL ||
           (k < core->nshow && aon_decision_show(d, k) == AON_FALSE);
}

static int
keep_witness(aon_cli *cli, const aon_suite_run *r, aon_decision *d,
             const aon_instance *in, const char *on, const aon_suite_options *o)
{
    const char *base = strrchr(on, '/');
    aon_buf b;
    int code = AON_EXIT_OK;

    if (o->witnesses == NULL || aon_decision_verdict(d) == AON_UNDECIDED)
        return code;
    base = base != NULL ? base + 1 : on;
    aon_buf_init(&b);
    aon_witness_print(&b, d, r->core, r->as, in);
    base = aon_cli_printf(cli, "%.*s", (int)strcspn(base, "."), base);
    if (aon_write_file(witness_name(cli, r, o, base), b.s, b.len, cli->diags) != AON_OK)
        code = AON_EXIT_RESOURCES;
    aon_buf_clear(&b);
    return code;
}

static int
judge_file(aon_cli *cli, aon_suite_line *l, const aon_theory *t, size_t i,
           const aon_expect *e, const aon_suite_options *o)
{
    aon_suite_run r;
    aon_instance *in = NULL;
    aon_decision *d = NULL;
    aon_verdict v = AON_UNDECIDED;
    bool met = false;
    aon_buf b;
    int code = AON_EXIT_OK;

    l->status = AON_NOT_MET;
    l->code = AON_EXIT_INPUT;
    l->found = "cannot be decided: bad input";
    if (prepare(cli, &r, t, i, &e->variant) != AON_OK)
        goto done;
    if (r.missing != NULL) {
        l->found = r.missing;
        l->code = AON_EXIT_NOT;
        goto done;
    }
    if (aon_cli_instance(cli, &in, aon_cli_printf(cli, "%s%s", o->folder, e->on)) !=
        AON_EXIT_OK)
        goto done;
    if (aon_decide(&d, r.core, r.root, in, NULL, cli->diags) != AON_OK)
        goto done;
    v = aon_decision_verdict(d);
    switch (e->outcome) {
    case AON_EXP_HOLDS:
        met = v == AON_HOLDS;
        break;
    case AON_EXP_REFUTED:
        met = v == AON_VIOLATED && because_is(e, r.core, d);
        break;
    case AON_EXP_INAPPLICABLE:
        met = v == AON_INAPPLICABLE && names_are(e, r.core, d);
        break;
    default:
        break;
    }
    aon_buf_init(&b);
    aon_report_verdict(&b, d, r.core);
    l->found = aon_arena_strndup(cli->arena, b.s, b.len);
    aon_buf_clear(&b);
    l->status = met ? AON_MET : AON_NOT_MET;
    l->code = met                  ? AON_EXIT_OK
              : v == AON_UNDECIDED ? AON_EXIT_UNDECIDED
                                   : AON_EXIT_NOT;
    if (!met)
        add_story(cli, l, &r, in);
    code = keep_witness(cli, &r, d, in, e->on, o);
done:
    aon_cli_flush(cli);
    aon_decision_free(d);
    if (in != NULL)
        aon_instance_free(in);
    if (r.built != NULL)
        aon_core_free(r.built);
    return code;
}

int
aon_suite_statement(aon_cli *cli, aon_suite_result *out, const aon_theory *t, size_t i,
                    const aon_suite_options *o)
{
    const aon_core *core = aon_theory_core(t, i);
    bool about_plain = false;
    int code = AON_EXIT_OK;

    memset(out, 0, sizeof *out);
    if (make_runs(cli, out, t, i, o->plain_only) != AON_OK) {
        aon_suite_line l = {.statement = core->name,
                            .variant = "",
                            .expected = "",
                            .found = "bad input",
                            .status = AON_NOT_MET,
                            .code = AON_EXIT_INPUT};

        aon_cli_flush(cli);
        add_line(out, &l);
        return code;
    }
    for (size_t k = 0; k < out->nrun; k++) {
        code = aon_exit_worse(code, sample_run(cli, &out->run[k], o));
        out->trials += out->run[k].trials;
    }
    for (size_t k = 0; k < core->nexpect; k++) {
        const aon_expect *e = &core->expect[k];
        aon_suite_line l = {.statement = core->name, .code = AON_EXIT_OK};
        aon_buf b;

        aon_buf_init(&b);
        aon_report_outcome(&b, e);
        l.expected = aon_arena_strndup(cli->arena, b.s, b.len);
        aon_buf_clear(&b);
        l.variant = variant_text(cli, &e->variant);
        if (o->plain_only && (!is_sampled(e) || *l.variant != '\0'))
            continue;
        if (is_sampled(e)) {
            about_plain = about_plain || *l.variant == '\0';
            judge_sampled(cli, &l, find_run(out, l.variant), e, o);
        } else if (e->on != NULL) {
            code = aon_exit_worse(code, judge_file(cli, &l, t, i, e, o));
        } else {
            l.found = "not run";
            l.status = AON_NOT_RUN;
        }
        add_line(out, &l);
    }
    if (!about_plain) {
        aon_suite_line l = {.statement = core->name,
                            .variant = "",
                            .expected = "-",
                            .found = found_by_sampling(cli, &out->run[0], NULL),
                            .status = AON_NOTHING_EXPECTED,
                            .run = &out->run[0]};

        add_line(out, &l);
    }
    return code;
}

void
aon_suite_result_clear(aon_suite_result *r)
{
    for (size_t k = 0; k < r->nrun; k++)
        if (r->run[k].built != NULL)
            aon_core_free(r->run[k].built);
    free(r->line);
}

const char *
aon_suite_status_word(aon_suite_status s)
{
    switch (s) {
    case AON_MET:
        return "as expected";
    case AON_NOT_MET:
        return "NOT AS EXPECTED";
    case AON_NOT_RUN:
        return "not run";
    case AON_NOTHING_EXPECTED:
        break;
    }
    return "nothing expected";
}
