/*
 * aon suite: the expectations of theorem files, met or not.
 */
#include "base/io.h"
#include "base/jobs.h"
#include "base/stop.h"
#include "cli/junit.h"
#include "cli/suite_impl.h"

#include <errno.h>
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
    aon_junit *junit; /* or NULL */
    const char *stopped_file,
        *stopped_at; /* a signal came in this statement; or NULL */
    int code;
} totals;

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
run_file(totals *s, const char *file)
{
    aon_theory *t = NULL;
    const int loaded = aon_cli_load(s->cli, &t, file);
    aon_gallery gallery = {NULL, 0, 0};
    aon_suite_result *r;
    size_t n;

    if (loaded != AON_EXIT_OK) {
        s->code = aon_exit_worse(s->code, loaded);
        if (s->junit != NULL)
            aon_junit_add_unread(s->junit, file);
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
        if (aon_stop_asked()) { /* this one may not be whole */
            s->stopped_file = file;
            s->stopped_at = aon_cli_printf(s->cli, "%s", aon_theory_statement(t, i));
            aon_suite_result_clear(&r[i]);
            n = i;
            break;
        }
        s->statements++;
        s->trials += r[i].trials;
        if (r[i].nrun > 0) {
            s->plain_trials += r[i].run[0].trials;
            s->applicable += r[i].run[0].applicable;
        }
        for (size_t k = 0; k < r[i].n; k++) {
            count(s, &r[i].line[k]);
            if (s->cli->json)
                aon_suite_print_json(file, &r[i].line[k], s->o.seed);
        }
    }
    progress(s, "");
    if (!s->cli->json && !s->cli->quiet && n > 0)
        aon_suite_print_table(file, r, n);
    if (s->junit != NULL)
        aon_junit_add(s->junit, file, r, n);
    for (size_t i = 0; i < n; i++)
        aon_suite_result_clear(&r[i]);
    free(r);
    s->o.gallery = NULL;
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
        if (made.stopped != NULL)
            aon_cli_interrupted(
                s->cli, "%s and what comes after it is not compared with the lock",
                made.stopped);
        if (s->junit != NULL)
            aon_junit_add_lock(s->junit, aon_cli_value(s->cli, AON_OPT_against), &diff);
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

static void
write_junit(totals *s, const char *path)
{
    aon_buf text;

    aon_buf_init(&text);
    aon_junit_print(&text, s->junit);
    if (aon_write_file(path, text.s, text.len, s->cli->diags) != AON_OK)
        s->code = AON_EXIT_RESOURCES;
    aon_buf_clear(&text);
    aon_junit_free(s->junit);
}

static void
print_summary(const totals *s)
{
    if (s->cli->json)
        aon_outf(
            "{\"schema\":1,\"summary\":{\"statements\":%zu,\"as expected\":%zu,"
            "\"not as expected\":%zu,\"vacuous\":%zu,\"not run\":%zu,\"trials\":%zu,"
            "\"seed\":%llu%s}}\n",
            s->statements, s->met, s->not_met, s->vacuous, s->not_run, s->trials,
            (unsigned long long)s->o.seed,
            s->stopped_at != NULL ? ",\"interrupted\":true" : "");
    else
        aon_outf("%zu statements: %zu as expected, %zu not (%zu vacuous), %zu not run; "
                 "%zu trials, %zu of %zu plain ones applicable; seed %llu\n",
                 s->statements, s->met, s->not_met, s->vacuous, s->not_run, s->trials,
                 s->applicable, s->plain_trials, (unsigned long long)s->o.seed);
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
    if (!aon_cli_number(cli, AON_OPT_work, 0, 0, UINT64_MAX / 4, &s.o.work))
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
    if (aon_cli_has(cli, AON_OPT_junit))
        s.junit = aon_junit_new();
    if (!aon_cli_has(cli, AON_OPT_work) || s.o.work > 0)
        s.o.searches = aon_suite_searches_new();
    file = aon_suite_files(cli, cli->arg, cli->narg, &n, &s.code);
    aon_stop_catch();
    for (size_t i = 0; i < n && s.stopped_at == NULL; i++)
        run_file(&s, file[i]);
    if (s.stopped_at != NULL)
        aon_cli_interrupted(cli,
                            "%s:%s and what comes after it is not decided, no JUnit "
                            "file or comparison made; go on with %s and the files "
                            "after it",
                            s.stopped_file, s.stopped_at, s.stopped_file);
    else if (s.statements == 0 && s.code == AON_EXIT_OK) {
        aon_cli_note(cli,
                     "there is no statement in the files (`*.aon`) that are named");
        s.code = AON_EXIT_INPUT;
    }
    print_summary(&s);
    if (aon_cli_has(cli, AON_OPT_against) && s.stopped_at == NULL)
        compare_with_lock(&s, &was);
    if (s.junit != NULL && cli->interrupted)
        aon_junit_free(s.junit);
    else if (s.junit != NULL)
        write_junit(&s, aon_cli_value(cli, AON_OPT_junit));
    aon_suite_searches_free(s.o.searches);
    return s.code;
}
