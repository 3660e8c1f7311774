/*
 * aon demo: a tour of the installed theorems.  It names statements of ours by file, and
 * edits one definition as text; what comes out is decided like everything else.
 */
#include "base/io.h"
#include "base/jobs.h"
#include "cli/suite.h"
#include "decide/decide.h"
#include "report/paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DEMO_COUNT = 24 };

typedef struct {
    const char *path;
    aon_theory *t;
    aon_suite_result *result; /* per statement */
} file;

typedef struct {
    aon_cli *cli;
    const char *folder;
    aon_suite_options o;
    file *file;
    size_t nfiles;
    aon_buf paper; /* the refutation once more, as LaTeX */
    int code;
} demo;

static void
progress(const char *text)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K%s", text);
}

static const char *
folder_of(aon_cli *cli, const char *path)
{
    return aon_cli_printf(cli, "%.*s", (int)(strrchr(path, '/') - path) + 1, path);
}

static void
load_all(demo *d)
{
    const char **path = aon_suite_files(d->cli, &d->folder, 1, &d->nfiles, &d->code);

    d->file = AON_NEW_N(d->cli->arena, file, d->nfiles + 1);
    for (size_t i = 0; i < d->nfiles; i++) {
        file *f = &d->file[i];
        size_t n;

        f->path = path[i];
        d->code = aon_exit_worse(d->code, aon_cli_load(d->cli, &f->t, f->path));
        n = f->t != NULL ? aon_theory_statements(f->t) : 0;
        f->result = AON_NEW_N(d->cli->arena, aon_suite_result, n + 1);
        d->o.folder = folder_of(d->cli, f->path);
        for (size_t k = 0; k < n; k++) {
            progress(aon_theory_statement(f->t, k));
            d->code = aon_exit_worse(
                d->code, aon_suite_statement(d->cli, &f->result[k], f->t, k, &d->o));
        }
    }
    progress("");
}

/* ---- one refutation ---- */

static void
refute(demo *d, const char *name, const char *statement, const char *without,
       const char *instance)
{
    aon_cli *cli = d->cli;
    const char *path = aon_cli_printf(cli, "%s/%s", d->folder, name);
    aon_variant v = {.without = &without, .nwithout = 1};
    aon_theory *t = NULL;
    aon_instance *in = NULL;
    aon_decision *decision = NULL;
    const aon_core *core;
    aon_report_names names;
    aon_ref *root;
    aon_buf out;
    long i;

    if (aon_cli_load(cli, &t, path) != AON_EXIT_OK)
        return;
    aon_buf_init(&out);
    i = aon_cli_statement(cli, t, path, statement);
    if (i >= 0 &&
        aon_cli_instance(cli, &in, aon_cli_printf(cli, "%s/%s", d->folder, instance)) ==
            AON_EXIT_OK) {
        core = aon_theory_core(t, (size_t)i);
        root = AON_NEW_N(cli->arena, aon_ref, core->nassume + 1);
        if (aon_variant_roots(core, &v, root, cli->diags) == AON_OK &&
            aon_decide(&decision, core, root, in, NULL, cli->diags) == AON_OK) {
            aon_buf_printf(&out,
                           "1. One hypothesis less: %s without `%s` in %s\n\n"
                           "    $ aon decide %s:%s %s --without %s\n    %s: ",
                           statement, without, instance, name, statement, instance,
                           without, statement);
            aon_report_verdict(&out, decision, core);
            aon_buf_putc(&out, '\n');
            aon_cli_names(cli, &names, t, core);
            aon_report_why(&out, decision, core, &names);
            aon_buf_putc(&out, '\n');
            aon_report_picture(&out, in);
            aon_buf_putc(&out, '\n');
            aon_buf_printf(&d->paper,
                           "4. The refutation of 1 for a paper: as `aon decide` writes "
                           "it with --tex FILE\n\n");
            aon_paper_tex(&d->paper,
                          &(aon_paper){core, decision, &v, in, instance, &names});
            aon_buf_putc(&d->paper, '\n');
            aon_cli_names_clear(&names);
        }
    }
    aon_out(out.s, out.len);
    aon_buf_clear(&out);
    aon_decision_free(decision);
    aon_instance_free(in);
    aon_theory_free(t);
}

/* ---- one surprise ---- */

static void
surprise(const demo *d)
{
    static const struct {
        const char *statement, *variant, *words;
    } row[] = {
        {"thm5_back", "without e4, e5, van",
         "three conditions of the equivalence are not needed to get the distribution"},
        {"thm14", "weaken inN", "`Gam <= N(m)` may be weakened to `Gam <= G(m)`"},
    };

    aon_outf("2. Hypotheses that nothing misses\n\n");
    for (size_t i = 0; i < d->nfiles; i++)
        for (size_t k = 0;
             d->file[i].t != NULL && k < aon_theory_statements(d->file[i].t); k++)
            for (size_t n = 0; n < d->file[i].result[k].n; n++)
                for (size_t w = 0; w < sizeof row / sizeof *row; w++) {
                    const aon_suite_line *l = &d->file[i].result[k].line[n];

                    if (l->run != NULL && strcmp(l->statement, row[w].statement) == 0 &&
                        strcmp(l->variant, row[w].variant) == 0)
                        aon_outf("    %s, %s: %s\n      %s\n", l->statement, l->variant,
                                 l->found, row[w].words);
                }
    aon_outf("\n");
}

/* ---- one changed word ---- */

/* text with every a made b and every b made a; a and b do not overlap. */
static void
exchange(aon_buf *out, const char *text, const char *a, const char *b)
{
    for (const char *s = text; *s != '\0';) {
        if (strncmp(s, a, strlen(a)) == 0) {
            aon_buf_puts(out, b);
            s += strlen(a);
        } else if (strncmp(s, b, strlen(b)) == 0) {
            aon_buf_puts(out, a);
            s += strlen(b);
        } else {
            aon_buf_putc(out, *s++);
        }
    }
}

static bool
all_met(const aon_suite_result *r)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->line[i].status == AON_NOT_MET)
            return false;
    return true;
}

/* Statements of one file over the changed library; how many flip. */
static size_t
flips_of(demo *d, const file *f, const aon_buf *library, size_t *statements,
         aon_report_table *table)
{
    aon_suite_options o = d->o;
    aon_theory *t = NULL;
    aon_buf text;
    size_t flips = 0;

    aon_buf_init(&text);
    if (aon_theory_statements(f->t) == 0 ||
        aon_read_file(f->path, &text, d->cli->diags) != AON_OK) {
        aon_buf_clear(&text);
        return 0;
    }
    {
        aon_buf both;

        aon_buf_init(&both);
        aon_buf_put(&both, library->s, library->len);
        aon_buf_putc(&both, '\n');
        aon_buf_put(&both, text.s, text.len);
        aon_buf_clear(&text);
        text = both;
    }
    o.plain_only = true;
    o.folder = folder_of(d->cli, f->path);
    if (aon_theory_parse(&t, "changed", text.s, text.len, o.folder, d->cli->root,
                         d->cli->nroot, d->cli->diags) == AON_OK)
        for (size_t i = 0; i < aon_theory_statements(t); i++) {
            aon_suite_result r;

            progress(aon_theory_statement(t, i));
            (void)aon_suite_statement(d->cli, &r, t, i, &o);
            ++*statements;
            if (!all_met(&r) && all_met(&f->result[i])) {
                const char *cell[] = {aon_theory_statement(t, i), r.line[0].found};

                flips++;
                aon_report_table_add(table, cell);
            }
            aon_suite_result_clear(&r);
        }
    aon_theory_free(t);
    aon_buf_clear(&text);
    return flips;
}

static void
change(demo *d, const char *a, const char *b)
{
    const char *path = aon_cli_printf(d->cli, "%s/lib/ntp.aon", d->folder);
    aon_report_table *table = aon_report_table_new(2);
    size_t flips = 0, statements = 0;
    aon_buf text, changed, out;

    aon_buf_init(&text);
    aon_buf_init(&changed);
    aon_buf_init(&out);
    if (aon_read_file(path, &text, d->cli->diags) == AON_OK) {
        exchange(&changed, text.s, a, b);
        for (size_t i = 0; i < d->nfiles; i++)
            if (d->file[i].t != NULL)
                flips += flips_of(d, &d->file[i], &changed, &statements, table);
        progress("");
        aon_buf_printf(
            &out,
            "3. A changed definition: `%s` and `%s` exchanged in lib/ntp.aon\n\n"
            "    %zu of %zu statements flip:\n",
            a, b, flips, statements);
        aon_report_table_print(&out, table, "    ");
        aon_buf_putc(&out, '\n');
        aon_out(out.s, out.len);
    }
    aon_buf_clear(&out);
    aon_buf_clear(&changed);
    aon_buf_clear(&text);
    aon_report_table_free(table);
    aon_cli_flush(d->cli);
}

/* ---- the table ---- */

static void
print_table(demo *d)
{
    aon_report_table *table = aon_report_table_new(4);
    size_t statements = 0, met = 0, not_met = 0, not_run = 0;
    aon_buf out;

    for (size_t i = 0; i < d->nfiles; i++)
        for (size_t k = 0;
             d->file[i].t != NULL && k < aon_theory_statements(d->file[i].t); k++) {
            const aon_suite_result *r = &d->file[i].result[k];
            const aon_core *core = aon_theory_core(d->file[i].t, k);
            const char *plain = "";
            size_t good = 0, bad = 0;

            for (size_t n = 0; n < r->n; n++) {
                const aon_suite_line *l = &r->line[n];

                good += l->status == AON_MET;
                bad += l->status == AON_NOT_MET;
                not_run += l->status == AON_NOT_RUN;
                if (l->run != NULL && *l->variant == '\0')
                    plain = l->found;
                if (l->status == AON_NOT_MET)
                    d->code = aon_exit_worse(d->code, l->code);
            }
            {
                const char *cell[] = {core->name,
                                      core->ncite > 0 ? core->cite[0]
                                                      : "proposition of this project",
                                      plain,
                                      aon_cli_printf(d->cli,
                                                     bad > 0 ? "%zu of %zu AS EXPECTED"
                                                             : "%zu of %zu as expected",
                                                     good, good + bad)};

                aon_report_table_add(table, cell);
            }
            statements++;
            met += good;
            not_met += bad;
        }
    aon_buf_init(&out);
    aon_buf_printf(
        &out,
        "5. All statements: decided exactly on %zu instances each, seed %llu, and "
        "under every variant they speak of\n\n",
        d->o.count, (unsigned long long)d->o.seed);
    aon_report_table_print(&out, table, "  ");
    aon_buf_printf(&out,
                   "\n%zu statements: %zu expectations met, %zu not, %zu not run\n",
                   statements, met, not_met, not_run);
    aon_out(out.s, out.len);
    aon_buf_clear(&out);
    aon_report_table_free(table);
}

int
aon_cmd_demo(aon_cli *cli)
{
    demo d = {.cli = cli, .code = AON_EXIT_OK};
    uint64_t number;

    if (cli->narg > 0)
        return aon_cli_usage(cli, "demo takes options only");
    if (!aon_cli_number(cli, AON_OPT_count, DEMO_COUNT, 1, 1000000, &number))
        return AON_EXIT_USAGE;
    d.o.count = (size_t)number;
    if (!aon_cli_number(cli, AON_OPT_seed, 1, 0, UINT64_MAX, &d.o.seed) ||
        !aon_cli_number(cli, AON_OPT_jobs, aon_jobs_default(), 1, 1024, &number))
        return AON_EXIT_USAGE;
    d.o.jobs = (unsigned)number;
    d.folder = aon_cli_theorems(cli);
    if (d.folder == NULL) {
        aon_cli_note(cli,
                     "the theorems are not found; set AON_THEOREMS to their folder");
        return AON_EXIT_INPUT;
    }
    aon_buf_init(&d.paper);
    load_all(&d);
    refute(&d, "thm15.aon", "thm15_full", "hidden", "instances/t15-3n.aoni");
    surprise(&d);
    change(&d, "image(proj(F(m)), G(m))", "image(proj(G(m)), F(m))");
    aon_out(d.paper.s, d.paper.len);
    aon_buf_clear(&d.paper);
    print_table(&d);
    for (size_t i = 0; i < d.nfiles; i++) {
        for (size_t k = 0;
             d.file[i].t != NULL && k < aon_theory_statements(d.file[i].t); k++)
            aon_suite_result_clear(&d.file[i].result[k]);
        aon_theory_free(d.file[i].t);
    }
    return d.code;
}
