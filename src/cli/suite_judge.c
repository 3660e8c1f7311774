/*
 * One expectation and what was found: met or not, and why.
 */
#include "cli/suite_impl.h"

#include "base/io.h"
#include "report/report.h"
#include "sample/sample.h"
#include "witness/witness.h"

#include <string.h>

void
aon_suite_tell(aon_cli *cli, aon_suite_line *l, const aon_suite_run *r,
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

/* The story of the first instance that violates, if there is one. */
static void
tell_first(aon_cli *cli, aon_suite_line *l, const aon_suite_run *r,
           const aon_suite_options *o)
{
    const size_t first = aon_suite_first_violation(r, NULL);
    const aon_sample_spec spec = {.seed = o->seed};
    const char *kind;
    aon_instance *in;

    if (first == SIZE_MAX)
        return;
    if (first < r->nknown) {
        aon_suite_tell(cli, l, r, r->gallery->item[r->order[first]].in);
        return;
    }
    in = aon_sample_instance(r->core, r->root, &spec, first - r->nknown, &kind);
    aon_suite_tell(cli, l, r, in);
    aon_instance_free(in);
}

void
aon_suite_judge_sampled(aon_cli *cli, aon_suite_line *l, const aon_suite_run *r,
                        const aon_expect *e, const aon_suite_options *o)
{
    const size_t first = aon_suite_first_violation(r, e->because);
    bool met;

    l->run = r;
    if (r->missing != NULL) {
        l->found = r->missing;
        l->status = AON_NOT_MET;
        l->code = AON_EXIT_NOT;
        return;
    }
    l->found = aon_suite_found_by_sampling(cli, r, e->because);
    if (e->outcome == AON_EXP_SURVIVED)
        met = r->violated + r->known_violated == 0 && r->undecided == 0 &&
              r->applicable + r->known_applicable > 0;
    else
        met = first != SIZE_MAX;
    l->status = met ? AON_MET : AON_NOT_MET;
    if (met && e->outcome == AON_EXP_REFUTED && e->nshape > 0)
        aon_suite_judge_minimal(cli, l, r, e, o);
    if (met)
        return;
    l->code = r->violated + r->known_violated > 0        ? AON_EXIT_NOT
              : r->undecided > 0                         ? AON_EXIT_UNDECIDED
              : r->applicable + r->known_applicable == 0 ? AON_EXIT_VACUOUS
                                                         : AON_EXIT_NOT;
    tell_first(cli, l, r, o);
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
    const size_t k =
        e->because != NULL ? aon_suite_conclusion(core, e->because) : core->nshow;

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
    base = aon_cli_printf(cli, "%.*s.aonw", (int)strcspn(base, "."), base);
    if (aon_write_file(aon_suite_file_name(cli, r, o->witnesses, base), b.s, b.len,
                       cli->diags) != AON_OK)
        code = AON_EXIT_RESOURCES;
    aon_buf_clear(&b);
    return code;
}

int
aon_suite_judge_file(aon_cli *cli, aon_suite_line *l, const aon_theory *t, size_t i,
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
    if (aon_suite_prepare(cli, &r, t, i, &e->variant) != AON_OK)
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
        aon_suite_tell(cli, l, &r, in);
    else if (e->outcome == AON_EXP_REFUTED && e->nshape > 0)
        aon_suite_judge_minimal(cli, l, &r, e, o);
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
