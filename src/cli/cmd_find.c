/*
 * aon find: the smallest instance that violates a statement, or none in scope.
 */
#include "base/io.h"
#include "base/jobs.h"
#include "cli/cli.h"
#include "report/report.h"
#include "search/find.h"
#include "witness/witness.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    aon_cli *cli;
    aon_theory *t;
    const aon_core *core;
    aon_variant variant;
    aon_ref *root;
    const char *output; /* folder, or NULL */
    size_t nshape;
    int code;
} run;

/* "1,2,1,3" or "(1,2,1,3)" */
static bool
read_shape(run *r, aon_option o, const char *option, size_t n, uint32_t *out)
{
    const char *s = aon_cli_value(r->cli, o);
    size_t i = 0;

    if (s == NULL)
        return true;
    s += *s == '(';
    while (i < n && *s >= '0' && *s <= '9') {
        char *end;
        const unsigned long v = strtoul(s, &end, 10);

        if (v > 64)
            break;
        out[i++] = (uint32_t)v;
        s = end + (*end == ',' && i < n);
    }
    s += *s == ')';
    if (i == n && *s == '\0')
        return true;
    r->code = aon_cli_usage(r->cli,
                            "--%s takes %zu small numbers: the dimensions of `%s` in "
                            "order, contexts, tokens",
                            option, n, r->core->name);
    return false;
}

static bool
read_shard(run *r, aon_find_spec *spec)
{
    const char *s = aon_cli_value(r->cli, AON_OPT_shard);
    unsigned i, n;
    char rest;

    if (s == NULL)
        return true;
    if (sscanf(s, "%u/%u%c", &i, &n, &rest) != 2 || i == 0 || i > n || n > 100000) {
        r->code = aon_cli_usage(r->cli, "--shard takes I/N with 1 <= I <= N");
        return false;
    }
    spec->shard = i - 1;
    spec->shards = n;
    return true;
}

/* "thm14-without-inM": the statement and its variant as part of a file name. */
static const char *
stem_of(run *r)
{
    aon_buf b;
    const char *s;

    aon_buf_init(&b);
    aon_buf_puts(&b, r->core->name);
    for (size_t i = 0; i < r->variant.nwithout; i++)
        aon_buf_printf(&b, "-without-%s", r->variant.without[i]);
    for (size_t i = 0; i < r->variant.nweaken; i++)
        aon_buf_printf(&b, "-weaken-%s", r->variant.weaken[i]);
    if (r->variant.has_only)
        aon_buf_puts(&b, "-only");
    for (size_t i = 0; i < r->variant.nonly; i++)
        aon_buf_printf(&b, "-%s", r->variant.only[i]);
    for (size_t i = 0; i < r->variant.ndrop; i++)
        aon_buf_printf(&b, "-drop-%s", r->variant.drop[i]);
    s = aon_cli_printf(r->cli, "%s", b.s);
    aon_buf_clear(&b);
    return s;
}

static void
write_file(run *r, const char *ending, const aon_buf *text)
{
    const char *path = aon_cli_printf(r->cli, "%s/%s%s", r->output, stem_of(r), ending);

    if (aon_write_file(path, text->s, text->len, r->cli->diags) != AON_OK)
        r->code = aon_exit_worse(r->code, AON_EXIT_RESOURCES);
}

static void
put_name(run *r, aon_buf *out)
{
    const size_t before = out->len + strlen(r->core->name) + 2;

    aon_buf_printf(out, "%s  ", r->core->name);
    aon_report_variant(out, &r->variant);
    aon_buf_puts(out, out->len > before ? "  " : "");
}

/* "(d,d',n,k) = (2,1,3,2)" */
static void
put_shape(run *r, aon_buf *out, const uint32_t *shape, size_t n)
{
    aon_buf_putc(out, '(');
    for (size_t i = 0; i < r->core->ngiven; i++)
        if (r->core->given[i].type.kind == AON_T_DIM)
            aon_buf_printf(out, "%s,", r->core->given[i].name);
    aon_buf_puts(out, "n,k) = ");
    aon_find_print_shape(out, shape, n);
}

static void
put_counts(aon_buf *out, const aon_find_result *f)
{
    aon_buf_printf(out,
                   "  %" PRIu64 " assignments, %" PRIu64 " orbits looked at, %" PRIu64
                   " applicable",
                   f->space, f->orbits, f->applicable);
    if (f->undecided > 0)
        aon_buf_printf(out, ", %" PRIu64 " undecided", f->undecided);
    aon_buf_putc(out, '\n');
    if (f->solved)
        aon_buf_puts(
            out,
            "  matrices too large for the grid were solved for over all rationals\n");
}

static void
show_hit(void *arg, const aon_find_hit *h, size_t i)
{
    run *r = arg;
    const bool first = i == 0;
    aon_report_names names;
    aon_decision *d = NULL;
    aon_buf out, text;

    aon_buf_init(&out);
    aon_buf_init(&text);
    AON_ASSERT(aon_decide(&d, r->core, r->root, h->in, NULL, r->cli->diags) == AON_OK);
    aon_cli_names(r->cli, &names, r->t, r->core);
    if (r->cli->json) {
        aon_report_json_decision(&out, d, r->core, &r->variant, "found", &names);
        aon_buf_putc(&out, '\n');
    } else {
        put_name(r, &out);
        aon_buf_puts(&out, first ? "refuted, smallest " : "refuted, minimal ");
        put_shape(r, &out, h->shape, r->nshape);
        aon_buf_puts(&out, ": ");
        aon_report_verdict(&out, d, r->core);
        aon_buf_putc(&out, '\n');
        if (!r->cli->quiet) {
            aon_report_instance(&out, h->in);
            aon_report_why(&out, d, r->core, &names);
        }
    }
    aon_out(out.s, out.len);
    if (r->output != NULL) {
        const char *number = first ? "" : aon_cli_printf(r->cli, "-%zu", i + 1);

        aon_witness_print(&text, d, r->core, &r->variant, h->in);
        write_file(r, aon_cli_printf(r->cli, "%s.aonw", number), &text);
        aon_buf_reset(&text);
        aon_instance_print(h->in, &text);
        write_file(r, aon_cli_printf(r->cli, "%s.aoni", number), &text);
    }
    aon_cli_names_clear(&names);
    aon_decision_free(d);
    aon_buf_clear(&text);
    aon_buf_clear(&out);
}

static const char *
words_of(aon_find_outcome o)
{
    switch (o) {
    case AON_FIND_NONE:
        return "none in scope";
    case AON_FIND_VACUOUS:
        return "vacuous: no instance in scope satisfies the hypotheses; up to";
    case AON_FIND_UNDECIDED:
        return "none found, some undecided; up to";
    default:
        return "stopped at the limit, none found; up to";
    }
}

static void
json_none(run *r, aon_buf *out, const aon_find_result *f)
{
    static const char *const word[] = {"refuted", "none in scope", "vacuous",
                                       "undecided", "limit"};
    aon_buf variant;

    aon_buf_init(&variant);
    aon_report_variant(&variant, &r->variant);
    aon_buf_puts(out, "{\"schema\":1,\"statement\":");
    aon_buf_put_json(out, r->core->name, strlen(r->core->name));
    aon_buf_puts(out, ",\"variant\":");
    aon_buf_put_json(out, variant.s, variant.len);
    aon_buf_printf(out, ",\"find\":\"%s\",\"max\":[", word[f->outcome]);
    for (size_t i = 0; i < f->nshape; i++)
        aon_buf_printf(out, "%s%" PRIu32, i > 0 ? "," : "", f->max[i]);
    aon_buf_printf(out,
                   "],\"scopes\":%zu,\"scopes done\":%zu,\"assignments\":%" PRIu64
                   ",\"orbits\":%" PRIu64 ",\"applicable\":%" PRIu64
                   ",\"undecided\":%" PRIu64 ",\"solved\":%s}\n",
                   f->cells, f->next_cell, f->space, f->orbits, f->applicable,
                   f->undecided, f->solved ? "true" : "false");
    aon_buf_clear(&variant);
}

static void
text_none(run *r, aon_buf *out, const aon_find_result *f)
{
    put_name(r, out);
    aon_buf_printf(out, "%s ", words_of(f->outcome));
    put_shape(r, out, f->max, f->nshape);
    aon_buf_putc(out, '\n');
    if (f->outcome == AON_FIND_BUDGET)
        aon_buf_printf(out, "  %zu of %zu scopes done\n", f->next_cell, f->cells);
    if (!r->cli->quiet)
        put_counts(out, f);
}

static void
show_none(run *r, const aon_find_result *f)
{
    aon_buf out;

    aon_buf_init(&out);
    if (r->cli->json)
        json_none(r, &out, f);
    else
        text_none(r, &out, f);
    aon_out(out.s, out.len);
    aon_buf_clear(&out);
    if (r->output != NULL && f->certificate.len > 0)
        write_file(r, ".aonc", &f->certificate);
    else if (r->output != NULL && f->outcome == AON_FIND_NONE)
        aon_cli_note(r->cli, "there is no certificate: %s", f->no_certificate);
}

static void
print_progress(void *arg, const char *line)
{
    (void)arg;
    fprintf(stderr, "%s\n", line);
}

static const char *
state_path(run *r)
{
    return aon_cli_printf(r->cli, "%s/%s.aonf", r->output, stem_of(r));
}

static void
keep_state(void *arg, const char *state)
{
    run *r = arg;

    if (aon_write_file(state_path(r), state, strlen(state), r->cli->diags) != AON_OK)
        r->code = aon_exit_worse(r->code, AON_EXIT_RESOURCES);
}

static int
code_of(aon_find_outcome o)
{
    switch (o) {
    case AON_FIND_FOUND:
        return AON_EXIT_OK;
    case AON_FIND_NONE:
        return AON_EXIT_NOT;
    case AON_FIND_VACUOUS:
        return AON_EXIT_VACUOUS;
    default:
        return AON_EXIT_UNDECIDED;
    }
}

static void
search(run *r, aon_find_spec *spec)
{
    aon_find_result f;
    int code;

    if (aon_find(&f, spec, r->cli->diags) != AON_OK) {
        r->code = AON_EXIT_INPUT;
    } else {
        if (f.nhit == 0)
            show_none(r, &f);
        if (r->output != NULL && f.outcome != AON_FIND_BUDGET)
            (void)remove(state_path(r)); /* it is finished */
        code = code_of(f.outcome);
        r->code = r->code == AON_EXIT_OK ? code : r->code;
    }
    aon_find_result_clear(&f);
}

static void
prepare_and_search(run *r)
{
    uint32_t min[AON_SHAPE_MAX], max[AON_SHAPE_MAX];
    aon_find_spec spec = {.core = r->core, .root = r->root, .variant = &r->variant};
    size_t n = 2;
    const char *from = aon_cli_value(r->cli, AON_OPT_resume);
    uint64_t jobs, grid;
    aon_buf state;

    for (size_t i = 0; i < r->core->ngiven; i++)
        n += r->core->given[i].type.kind == AON_T_DIM;
    if (n > AON_SHAPE_MAX) {
        r->code = aon_cli_usage(r->cli, "`%s` has too many dimensions", r->core->name);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        min[i] = 1;
        max[i] = i + 2 < n ? 2 : 3;
    }
    spec.min = min;
    spec.max = max;
    if (!read_shape(r, AON_OPT_min, "min", n, min) ||
        !read_shape(r, AON_OPT_max, "max", n, max) || !read_shard(r, &spec))
        return;
    if (!aon_cli_number(r->cli, AON_OPT_jobs, aon_jobs_default(), 1, 1024, &jobs) ||
        !aon_cli_number(r->cli, AON_OPT_grid, 1, 1, 4, &grid) ||
        !aon_cli_number(r->cli, AON_OPT_work, 0, 1, UINT64_MAX / 4, &spec.max_work)) {
        r->code = AON_EXIT_USAGE;
        return;
    }
    spec.jobs = (unsigned)jobs;
    spec.grid = (uint32_t)grid;
    spec.all_minimal = aon_cli_has(r->cli, AON_OPT_all);
    spec.no_symmetry = aon_cli_has(r->cli, AON_OPT_no_symmetry);
    spec.certificate = r->output != NULL && spec.shards <= 1 && !spec.no_symmetry;
    if (!r->cli->quiet &&
        (isatty(STDERR_FILENO) || aon_cli_has(r->cli, AON_OPT_verbose)))
        spec.progress = print_progress;
    spec.because = aon_cli_value(r->cli, AON_OPT_because);
    spec.hit = show_hit;
    spec.arg = r;
    spec.checkpoint = r->output != NULL ? keep_state : NULL;
    r->nshape = n;
    aon_buf_init(&state);
    if (from != NULL && aon_read_file(from, &state, r->cli->diags) != AON_OK)
        r->code = AON_EXIT_INPUT;
    spec.resume = from != NULL ? state.s : NULL;
    if (r->code == AON_EXIT_OK)
        search(r, &spec);
    aon_buf_clear(&state);
}

int
aon_cmd_find(aon_cli *cli)
{
    run r = {.cli = cli, .output = aon_cli_value(cli, AON_OPT_output)};
    const char *file, *statement;
    aon_core *built = NULL;
    long chosen = 0;

    if (cli->narg != 1)
        return aon_cli_usage(cli, "find takes one FILE:STATEMENT");
    aon_cli_split(cli, cli->arg[0], &file, &statement);
    aon_cli_variant(cli, &r.variant);
    r.code = aon_cli_load(cli, &r.t, file);
    if (r.code != AON_EXIT_OK)
        return r.code;
    if (statement == NULL && aon_theory_statements(r.t) != 1)
        r.code = aon_cli_usage(
            cli, "%s has %zu statements: name one, as in %s:%s", file,
            aon_theory_statements(r.t), file,
            aon_theory_statements(r.t) > 0 ? aon_theory_statement(r.t, 0) : "NAME");
    else if (statement != NULL &&
             (chosen = aon_cli_statement(cli, r.t, file, statement)) < 0)
        r.code = AON_EXIT_INPUT;
    else if (r.output != NULL && mkdir(r.output, 0777) != 0 && errno != EEXIST) {
        aon_cli_note(cli, "cannot make the folder '%s': %s", r.output, strerror(errno));
        r.code = AON_EXIT_RESOURCES;
    }
    if (r.code == AON_EXIT_OK) {
        r.core = aon_theory_core(r.t, (size_t)chosen);
        if (r.variant.ndrop > 0) {
            if (aon_core_build(&built, r.t, (size_t)chosen, r.variant.drop,
                               r.variant.ndrop, cli->diags) != AON_OK)
                r.code = AON_EXIT_INPUT;
            r.core = built;
        }
    }
    if (r.code == AON_EXIT_OK) {
        r.root = AON_NEW_N(cli->arena, aon_ref, r.core->nassume + 1);
        if (aon_variant_roots(r.core, &r.variant, r.root, cli->diags) == AON_OK)
            prepare_and_search(&r);
        else
            r.code = AON_EXIT_INPUT;
    }
    if (built != NULL)
        aon_core_free(built);
    aon_theory_free(r.t);
    return r.code;
}
