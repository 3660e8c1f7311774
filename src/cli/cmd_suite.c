/*
 * aon suite: the expectations of theorem files, met or not.
 */
#include "base/io.h"
#include "base/jobs.h"
#include "cli/lock.h"
#include "report/report.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    aon_cli *cli;
    aon_suite_options o;
    size_t statements, met, not_met, not_run, vacuous, trials;
    size_t applicable, plain_trials;
    int code;
} totals;

static void
put_member(aon_buf *out, const char *name, const char *value)
{
    aon_buf_printf(out, ",\"%s\":", name);
    aon_buf_put_json(out, value, strlen(value));
}

static void
print_json(const totals *s, const aon_suite_line *l)
{
    aon_buf out;

    aon_buf_init(&out);
    aon_buf_puts(&out, "{\"schema\":1");
    put_member(&out, "statement", l->statement);
    put_member(&out, "variant", l->variant);
    put_member(&out, "expected", l->expected);
    put_member(&out, "found", l->found);
    put_member(&out, "status", aon_suite_status_word(l->status));
    if (l->run != NULL)
        aon_buf_printf(
            &out,
            ",\"seed\":%llu,\"trials\":%zu,\"applicable\":%zu,\"violated\":%zu,"
            "\"undecided\":%zu",
            (unsigned long long)s->o.seed, l->run->trials, l->run->applicable,
            l->run->violated, l->run->undecided);
    if (l->search != NULL && !l->search->refused)
        aon_buf_printf(&out, ",\"scopes\":%zu,\"scopes done\":%zu,\"orbits\":%" PRIu64,
                       l->search->cells, l->search->next_cell, l->search->orbits);
    if (l->run != NULL && l->run->reason != NULL)
        put_member(&out, "reason", l->run->reason);
    if (l->instance != NULL) {
        put_member(&out, "instance", l->instance);
        put_member(&out, "why", l->why);
    }
    aon_buf_puts(&out, "}\n");
    aon_out(out.s, out.len);
    aon_buf_clear(&out);
}

/* Each flip with its instance, indented. */
static void
print_story(const aon_suite_line *l)
{
    const char *s = l->instance;

    aon_outf("\n  %s%s%s, expected %s: %s\n", l->statement,
             *l->variant != '\0' ? ", " : "", l->variant, l->expected, l->found);
    aon_out(l->why, strlen(l->why));
    while (*s != '\0') {
        const int len = (int)strcspn(s, "\n");

        aon_outf("    | %.*s\n", len, s);
        s += len;
        s += *s == '\n';
    }
}

static void
count(totals *s, const aon_suite_line *l)
{
    switch (l->status) {
    case AON_MET:
        s->met++;
        break;
    case AON_NOT_MET:
        s->not_met++;
        s->vacuous += l->code == AON_EXIT_VACUOUS;
        s->code = aon_exit_worse(s->code, l->code);
        break;
    case AON_NOT_RUN:
        s->not_run++;
        break;
    case AON_NOTHING_EXPECTED:
        break;
    }
}

static void
progress(const totals *s, const char *name)
{
    if (!s->cli->quiet && isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K%s%s", *name != '\0' ? "aon: " : "", name);
}

static const char *
folder_of(aon_cli *cli, const char *file)
{
    const char *slash = strrchr(file, '/');

    return slash != NULL
               ? aon_arena_strndup(cli->arena, file, (size_t)(slash - file) + 1)
               : "";
}

static void
print_table(totals *s, const char *file, const aon_suite_result *r, size_t n)
{
    aon_report_table *table = aon_report_table_new(5);
    aon_buf out;

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < r[i].n; k++) {
            const aon_suite_line *l = &r[i].line[k];
            const char *cell[] = {l->statement, *l->variant != '\0' ? l->variant : "-",
                                  l->expected, l->found,
                                  aon_suite_status_word(l->status)};

            aon_report_table_add(table, cell);
        }
    aon_buf_init(&out);
    aon_buf_printf(&out, "%s\n", file);
    aon_report_table_print(&out, table, "  ");
    aon_out(out.s, out.len);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < r[i].n; k++)
            if (r[i].line[k].instance != NULL)
                print_story(&r[i].line[k]);
    aon_outf("\n");
    aon_buf_clear(&out);
    aon_report_table_free(table);
    (void)s;
}

static void
run_file(totals *s, const char *file)
{
    aon_theory *t = NULL;
    const int loaded = aon_cli_load(s->cli, &t, file);
    aon_gallery gallery = {NULL, 0, 0};
    aon_suite_result *r;
    size_t n;

    if (loaded != AON_EXIT_OK) {
        s->code = aon_exit_worse(s->code, loaded);
        return;
    }
    n = aon_theory_statements(t);
    r = aon_xcalloc(n + 1, sizeof *r);
    s->o.folder = folder_of(s->cli, file);
    if (n > 0)
        s->code =
            aon_exit_worse(s->code, aon_gallery_open(s->cli, &gallery, s->o.folder, t));
    s->o.gallery = &gallery;
    for (size_t i = 0; i < n; i++) {
        progress(s, aon_theory_statement(t, i));
        s->code =
            aon_exit_worse(s->code, aon_suite_statement(s->cli, &r[i], t, i, &s->o));
        s->statements++;
        s->trials += r[i].trials;
        if (r[i].nrun > 0) {
            s->plain_trials += r[i].run[0].trials;
            s->applicable += r[i].run[0].applicable;
        }
        for (size_t k = 0; k < r[i].n; k++) {
            count(s, &r[i].line[k]);
            if (s->cli->json)
                print_json(s, &r[i].line[k]);
        }
    }
    progress(s, "");
    if (!s->cli->json && !s->cli->quiet && n > 0)
        print_table(s, file, r, n);
    for (size_t i = 0; i < n; i++)
        aon_suite_result_clear(&r[i]);
    free(r);
    aon_gallery_close(&gallery);
    aon_theory_free(t);
}

static void
compare_with_lock(totals *s, const aon_lock *was)
{
    aon_lock_made made;
    aon_lock_diff diff;
    int code;

    memset(&made, 0, sizeof made);
    made.lock.seed = was->seed;
    made.lock.count = was->count;
    made.lock.work = was->work;
    code = aon_lock_make(s->cli, &made, s->o.jobs);
    if (code != AON_EXIT_USAGE) {
        aon_lock_compare(s->cli, &diff, was, &made);
        aon_lock_diff_print(s->cli, &diff, aon_cli_value(s->cli, AON_OPT_against));
        code = aon_exit_worse(code, aon_lock_diff_code(&diff));
        aon_lock_diff_clear(&diff);
        s->code = aon_exit_worse(s->code, code);
    } else {
        s->code = code;
    }
    free(made.file);
    free(made.unread);
    free(made.lock.statement);
}

static bool
make_folder(aon_cli *cli, const char *path)
{
    if (path == NULL || mkdir(path, 0777) == 0 || errno == EEXIST)
        return true;
    aon_cli_note(cli, "cannot make the folder '%s': %s", path, strerror(errno));
    return false;
}

int
aon_cmd_suite(aon_cli *cli)
{
    totals s = {.cli = cli, .code = AON_EXIT_OK};
    uint64_t number;
    const char **file;
    aon_lock was;
    size_t n;

    if (cli->narg == 0)
        return aon_cli_usage(cli, "suite takes theorem files or folders");
    if (!aon_cli_number(cli, AON_OPT_count, 2000, 1, 100000000, &number))
        return AON_EXIT_USAGE;
    s.o.count = (size_t)number;
    if (!aon_cli_number(cli, AON_OPT_seed, 1, 0, UINT64_MAX, &s.o.seed) ||
        !aon_cli_number(cli, AON_OPT_jobs, aon_jobs_default(), 1, 1024, &number))
        return AON_EXIT_USAGE;
    s.o.jobs = (unsigned)number;
    if (!aon_cli_number(cli, AON_OPT_work, 0, 1, UINT64_MAX / 4, &s.o.work))
        return AON_EXIT_USAGE;
    s.o.witnesses = aon_cli_value(cli, AON_OPT_witnesses);
    s.o.certificates = aon_cli_value(cli, AON_OPT_certificates);
    if (!make_folder(cli, s.o.witnesses) || !make_folder(cli, s.o.certificates))
        return AON_EXIT_RESOURCES;
    if (aon_cli_has(cli, AON_OPT_against)) {
        const int read = aon_lock_read(cli, &was, aon_cli_value(cli, AON_OPT_against));

        if (read != AON_EXIT_OK)
            return read;
    }
    s.o.searches = aon_suite_searches_new();
    file = aon_suite_files(cli, cli->arg, cli->narg, &n, &s.code);
    for (size_t i = 0; i < n; i++)
        run_file(&s, file[i]);
    if (s.statements == 0 && s.code == AON_EXIT_OK) {
        aon_cli_note(cli, "there is no statement");
        s.code = AON_EXIT_INPUT;
    }
    if (cli->json)
        aon_outf(
            "{\"schema\":1,\"summary\":{\"statements\":%zu,\"as expected\":%zu,"
            "\"not as expected\":%zu,\"vacuous\":%zu,\"not run\":%zu,\"trials\":%zu,"
            "\"seed\":%llu}}\n",
            s.statements, s.met, s.not_met, s.vacuous, s.not_run, s.trials,
            (unsigned long long)s.o.seed);
    else
        aon_outf("%zu statements: %zu as expected, %zu not (%zu vacuous), %zu not run; "
                 "%zu trials, %zu of %zu plain ones applicable; seed %llu\n",
                 s.statements, s.met, s.not_met, s.vacuous, s.not_run, s.trials,
                 s.applicable, s.plain_trials, (unsigned long long)s.o.seed);
    if (aon_cli_has(cli, AON_OPT_against))
        compare_with_lock(&s, &was);
    aon_suite_searches_free(s.o.searches);
    return s.code;
}
