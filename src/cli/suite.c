/*
 * The suite: sample, decide, compare with what was expected.
 */
#include "cli/suite_impl.h"

#include <stdlib.h>
#include <string.h>

static void
add_line(aon_suite_result *out, const aon_suite_line *l)
{
    out->line = aon_grow(out->line, &out->cap, out->n + 1, sizeof *out->line);
    out->line[out->n++] = *l;
}

/* `none at` and `sufficient`: the latter of the statement with these hypotheses only. */
static int
judge_scope(aon_cli *cli, aon_suite_line *l, const aon_theory *t, size_t i,
            const aon_expect *e, const aon_suite_options *o)
{
    const bool sufficient = e->outcome == AON_EXP_SUFFICIENT;
    aon_variant v = e->variant;
    aon_suite_run r;
    int code = AON_EXIT_OK;

    if (sufficient) {
        v.has_only = true;
        v.only = e->names;
        v.nonly = e->nnames;
    }
    l->status = AON_NOT_MET;
    l->code = AON_EXIT_INPUT;
    l->found = "cannot be searched: bad input";
    if (aon_suite_prepare(cli, &r, t, i, &v) == AON_OK) {
        if (r.missing != NULL) {
            l->found = r.missing;
            l->code = AON_EXIT_NOT;
        } else {
            code = sufficient ? aon_suite_judge_sufficient(cli, l, &r, o)
                              : aon_suite_judge_none(cli, l, &r, e, o);
        }
    }
    aon_cli_flush(cli);
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
    if (aon_suite_make_runs(cli, out, t, i, o->plain_only) != AON_OK) {
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
        code = aon_exit_worse(code, aon_suite_sample(cli, &out->run[k], o));
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
        l.variant = aon_suite_variant_text(cli, &e->variant);
        if (o->plain_only && (!aon_suite_is_sampled(e) || *l.variant != '\0'))
            continue;
        if (aon_suite_is_sampled(e)) {
            about_plain = about_plain || *l.variant == '\0';
            aon_suite_judge_sampled(cli, &l, aon_suite_find_run(out, l.variant), e, o);
        } else if (e->on != NULL) {
            code = aon_exit_worse(code, aon_suite_judge_file(cli, &l, t, i, e, o));
        } else if (o->searches != NULL) {
            code = aon_exit_worse(code, judge_scope(cli, &l, t, i, e, o));
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
                            .found =
                                aon_suite_found_by_sampling(cli, &out->run[0], NULL),
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
