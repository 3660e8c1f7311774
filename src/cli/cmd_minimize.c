/*
 * aon minimize: make a counterexample small, and say how far that went.
 */
#include "base/io.h"
#include "base/jobs.h"
#include "base/stop.h"
#include "cli/minimize.h"
#include "report/report.h"
#include "search/find.h"
#include "witness/witness.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- M2: every smaller shape, searched ---- */

/* OUT and an ending. */
static const char *
file_of(aon_minimize_run *r, const char *ending)
{
    const size_t len = strlen(r->output);
    const bool named = len > 5 && strcmp(r->output + len - 5, ".aoni") == 0;

    return aon_cli_printf(r->cli, "%.*s%s", (int)(named ? len - 5 : len), r->output,
                          ending);
}

static void
write_file(aon_minimize_run *r, const char *ending, const aon_buf *text)
{
    const char *path = file_of(r, ending);

    if (aon_write_file(path, text->s, text->len, r->cli->diags) != AON_OK)
        r->code = AON_EXIT_RESOURCES;
    else
        aon_cli_wrote(r->cli, path);
}

/* One box of smaller shapes: component i is one less.  false: no use going on. */
static bool
search_box(aon_minimize_run *r, size_t i, const char *because)
{
    aon_find_spec spec = {.core = r->core,
                          .root = r->root,
                          .variant = &r->variant,
                          .because = because,
                          .max_work = r->work,
                          .grid = (uint32_t)r->grid,
                          .jobs = (unsigned)r->jobs,
                          .certificate = because == NULL};
    uint32_t min[AON_SHAPE_MAX], max[AON_SHAPE_MAX];
    aon_find_result f;
    bool good;

    for (size_t k = 0; k < r->naxes; k++) {
        min[k] = 1;
        max[k] = r->after[k] - (k == i);
    }
    spec.min = min;
    spec.max = max;
    memset(&f, 0, sizeof f);
    if (aon_find(&f, &spec, r->cli->diags) != AON_OK) {
        r->on_grid = AON_GRID_UNKNOWN;
        r->no_grade = "the statement has no scopes to be searched";
    } else if (f.outcome == AON_FIND_FOUND) {
        r->on_grid = AON_GRID_FOUND;
        memcpy(r->smaller, f.hit[0].shape, r->naxes * sizeof *r->smaller);
    } else if (f.outcome == AON_FIND_NONE && because == NULL &&
               f.certificate.len == 0) {
        r->on_grid = AON_GRID_UNKNOWN;
        r->no_grade = f.no_certificate;
    } else if (f.outcome == AON_FIND_UNDECIDED || f.outcome == AON_FIND_BUDGET) {
        r->on_grid = AON_GRID_UNKNOWN;
        r->no_grade = f.interrupted ? "the search of smaller shapes was interrupted"
                      : f.outcome == AON_FIND_BUDGET
                          ? "the search of smaller shapes reached its limit"
                          : "some instance of a smaller shape is undecided";
    } else if (because == NULL) {
        r->ncertificates += f.certificate.len > 0;
        if (r->output != NULL && f.certificate.len > 0)
            write_file(r, aon_cli_printf(r->cli, "-%zu.aonc", i + 1), &f.certificate);
    }
    good = r->on_grid != AON_GRID_FOUND && r->on_grid != AON_GRID_UNKNOWN;
    aon_find_result_clear(&f);
    return good;
}

/* All shapes that are componentwise smaller: the boxes below each component. */
static bool
search_boxes(aon_minimize_run *r, const char *because)
{
    bool good = true;

    for (size_t i = 0; i < r->naxes && good; i++)
        if (r->after[i] > 1)
            good = search_box(r, i, because);
    return good;
}

static void
search_smaller(aon_minimize_run *r, const char *because)
{
    r->smaller = AON_NEW_N(r->cli->arena, uint32_t, r->naxes + AON_SHAPE_MAX);
    for (size_t i = 0; i < r->naxes; i++)
        if (r->naxes > AON_SHAPE_MAX || r->after[i] == 0) {
            r->on_grid = AON_GRID_UNKNOWN;
            r->no_grade = "searched shapes have 1 to 8 dimensions, none of them 0";
            return;
        }
    r->on_grid = AON_GRID_NONE;
    if (search_boxes(r, NULL) || r->on_grid != AON_GRID_FOUND)
        return;
    r->on_grid = AON_GRID_NONE_OF; /* found: of this conclusion, too? */
    (void)search_boxes(r, because);
}

/* ---- output ---- */

static void
show(aon_minimize_run *r, const aon_shrink_result *s)
{
    aon_report_names names;
    aon_decision *d = NULL;
    aon_buf out;

    AON_ASSERT(aon_decide(&d, r->core, r->root, s->in, NULL, r->cli->diags) == AON_OK);
    aon_cli_names(r->cli, &names, r->t, r->core);
    aon_buf_init(&out);
    if (r->output != NULL) {
        aon_witness_print(&out, d, r->core, &r->variant, s->in);
        write_file(r, ".aonw", &out);
        aon_buf_reset(&out);
        aon_instance_print(s->in, &out);
        write_file(r, ".aoni", &out);
        aon_buf_reset(&out);
    }
    if (r->cli->json)
        aon_minimize_put_json(r, &out, s);
    else
        aon_minimize_put_text(r, &out, d, s, &names);
    aon_out(out.s, out.len);
    aon_buf_clear(&out);
    aon_cli_names_clear(&names);
    aon_decision_free(d);
}

/* A signal has come: how far it went, and what is kept. */
static void
tell_interrupted(aon_minimize_run *r, const aon_shrink_result *s)
{
    aon_cli *cli = r->cli;

    if (!aon_stop_asked())
        return;
    if (!s->interrupted)
        aon_cli_interrupted(cli, "%s",
                            !s->irreducible ? "the limit was reached"
                            : r->on_grid == AON_GRID_UNKNOWN
                                ? "no move makes it smaller, M2 is open"
                                : "all is done");
    else if (r->output != NULL && r->code != AON_EXIT_RESOURCES)
        aon_cli_interrupted(cli,
                            "%s is the smallest after %" PRIu64
                            " decisions; go on from it with --because %s",
                            file_of(r, ".aoni"), s->work,
                            r->core->show[s->because].name);
    else
        aon_cli_interrupted(cli,
                            "this is the smallest after %" PRIu64
                            " decisions; with -o OUT it is kept",
                            s->work);
}

/* The instance was not violated: say what it is, and how to see why. */
static void
refuse(aon_minimize_run *r, aon_verdict v)
{
    aon_cli_note(r->cli,
                 "there is nothing to minimize: %s %s in %s; see `aon decide` with the "
                 "same arguments",
                 r->core->name,
                 v == AON_HOLDS          ? "holds"
                 : v == AON_INAPPLICABLE ? "is not applicable"
                                         : "is undecided",
                 r->instance);
    r->code = v == AON_HOLDS          ? AON_EXIT_NOT
              : v == AON_INAPPLICABLE ? AON_EXIT_VACUOUS
                                      : AON_EXIT_UNDECIDED;
}

static void
minimize(aon_minimize_run *r, const aon_instance *in)
{
    const aon_shrink_spec spec = {.core = r->core,
                                  .root = r->root,
                                  .because = aon_cli_value(r->cli, AON_OPT_because),
                                  .max_work = r->work};
    aon_shrink_result s;

    if (aon_shrink(&s, &spec, in, r->cli->diags) != AON_OK) {
        r->code = AON_EXIT_INPUT;
    } else if (s.in == NULL) {
        refuse(r, s.verdict);
    } else {
        r->naxes = aon_shrink_axes(r->core);
        r->before = AON_NEW_N(r->cli->arena, uint32_t, r->naxes);
        r->after = AON_NEW_N(r->cli->arena, uint32_t, r->naxes);
        aon_shrink_shape(r->before, r->core, in);
        aon_shrink_shape(r->after, r->core, s.in);
        r->size_before = aon_shrink_size_of(r->core, in);
        r->size_after = aon_shrink_size_of(r->core, s.in);
        r->lemma = aon_shrink_lemma(r->core, r->root, s.because, s.in);
        if (r->m2 && !s.interrupted)
            search_smaller(r, r->core->show[s.because].name);
        show(r, &s);
        if (r->code == AON_EXIT_OK &&
            (!s.irreducible || r->on_grid == AON_GRID_UNKNOWN))
            r->code = AON_EXIT_UNDECIDED;
        tell_interrupted(r, &s);
    }
    aon_shrink_result_clear(&s);
}

static bool
read_options(aon_minimize_run *r)
{
    const char *grade = aon_cli_value(r->cli, AON_OPT_grade);

    if (grade != NULL && strcmp(grade, "M1") != 0 && strcmp(grade, "M2") != 0) {
        (void)aon_cli_usage(r->cli,
                            "--grade is M1 or M2, not '%s'; M3 is said whenever "
                            "a lemma shows it",
                            grade);
        return false;
    }
    r->m2 = grade != NULL && strcmp(grade, "M2") == 0;
    if (!r->m2 && aon_cli_has(r->cli, AON_OPT_grid)) {
        (void)aon_cli_usage(r->cli,
                            "--grid is about the searches of M2: add --grade M2");
        return false;
    }
    return aon_cli_number(r->cli, AON_OPT_work, 0, 1, UINT64_MAX / 4, &r->work) &&
           aon_cli_number(r->cli, AON_OPT_grid, 1, 1, 4, &r->grid) &&
           aon_cli_number(r->cli, AON_OPT_jobs, aon_jobs_default(), 1, 1024, &r->jobs);
}

/* Said before the work, not after it: where nothing can be written. */
static int
check_output(aon_minimize_run *r)
{
    aon_cli *cli = r->cli;
    const char *output = r->output;
    struct stat there;
    const char *slash = strrchr(output, '/');
    const char *name = slash != NULL ? slash + 1 : output;
    const char *folder =
        slash == NULL ? "."
                      : aon_cli_printf(cli, "%.*s", (int)(slash + 1 - output), output);

    if (strcmp(output, "-") == 0 || *name == '\0' || strcmp(name, ".aoni") == 0 ||
        (stat(output, &there) == 0 && !S_ISREG(there.st_mode) &&
         !S_ISDIR(there.st_mode)))
        return aon_cli_usage(cli,
                             "-o takes the beginning OUT of names here, for OUT.aoni "
                             "and OUT.aonw");
    if (aon_cli_is_input(cli, file_of(r, ".aoni")))
        return aon_cli_usage(cli,
                             "-o %s would write over '%s', which is read: use another "
                             "name",
                             output, file_of(r, ".aoni"));
    if (access(folder, W_OK | X_OK) == 0)
        return AON_EXIT_OK;
    aon_cli_note(cli, "cannot write in the folder '%s': %s", folder, strerror(errno));
    return AON_EXIT_RESOURCES;
}

static void
load_and_minimize(aon_minimize_run *r, const char *file, const char *statement)
{
    aon_cli *cli = r->cli;
    aon_instance *in = NULL;
    aon_core *built = NULL;
    size_t chosen = 0;

    r->code = aon_cli_choose(cli, r->t, file, statement, &chosen);
    if (r->code == AON_EXIT_OK)
        r->code = aon_cli_instance(cli, &in, r->instance);
    if (r->code == AON_EXIT_OK)
        r->code = aon_cli_exit(aon_cli_under(cli, r->t, chosen, &r->variant, &built,
                                             &r->core, &r->root, cli->diags));
    if (r->code == AON_EXIT_OK)
        minimize(r, in);
    if (built != NULL)
        aon_core_free(built);
    aon_instance_free(in);
}

int
aon_cmd_minimize(aon_cli *cli)
{
    aon_minimize_run r = {.cli = cli, .output = aon_cli_value(cli, AON_OPT_output)};
    const char *file, *statement;

    if (cli->narg != 2)
        return aon_cli_usage(cli, "minimize takes FILE:STATEMENT and one instance");
    if (!read_options(&r))
        return AON_EXIT_USAGE;
    if (r.output != NULL && (r.code = check_output(&r)) != AON_EXIT_OK)
        return r.code;
    aon_cli_split(cli, cli->arg[0], &file, &statement);
    aon_cli_variant(cli, &r.variant);
    r.instance = cli->arg[1];
    aon_stop_catch();
    r.code = aon_cli_load(cli, &r.t, file);
    if (r.code != AON_EXIT_OK)
        return r.code;
    load_and_minimize(&r, file, statement);
    aon_theory_free(r.t);
    return r.code;
}
