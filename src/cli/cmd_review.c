/*
 * aon review: what a change of the theory changed, beside the lock; accepting it.
 */
#include "base/io.h"
#include "base/jobs.h"
#include "base/stop.h"
#include "cli/lock.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* aon.lock in the first folder that is named, or beside the first file. */
static const char *
default_lock(aon_cli *cli)
{
    const char *path = cli->arg[0], *slash = strrchr(path, '/');
    struct stat st;

    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return aon_cli_printf(cli, "%s%saon.lock", path,
                              slash != NULL && slash[1] == '\0' ? "" : "/");
    return aon_cli_printf(cli, "%.*saon.lock",
                          slash != NULL ? (int)(slash - path + 1) : 0, path);
}

/* The names after --accept; *all if it is `all`. */
static const char **
accepted_names(aon_cli *cli, size_t *n, bool *all)
{
    size_t cap = 0;
    const char **list;

    for (size_t i = 0; i < cli->nvalue[AON_OPT_accept]; i++)
        cap += strlen(cli->value[AON_OPT_accept][i]) + 1;
    list = AON_NEW_N(cli->arena, const char *, cap + 1);
    *n = 0;
    *all = false;
    for (size_t i = 0; i < cli->nvalue[AON_OPT_accept]; i++)
        for (const char *s = cli->value[AON_OPT_accept][i]; *s != '\0';) {
            const size_t len = strcspn(s, ", ");

            if (len > 0)
                list[(*n)++] = aon_arena_strndup(cli->arena, s, len);
            s += len;
            s += strspn(s, ", ");
        }
    for (size_t i = 0; i < *n; i++)
        *all = *all || strcmp(list[i], "all") == 0;
    return list;
}

/* Write the accepted lock, unless that is what stands there. */
static int
write_lock(aon_cli *cli, const char *path, const aon_lock *lock, const aon_lock *was)
{
    int code = AON_EXIT_OK;
    aon_buf text, before;

    aon_buf_init(&text);
    aon_buf_init(&before);
    aon_lock_print(&text, lock);
    aon_lock_print(&before, was);
    if (access(path, F_OK) == 0 && strcmp(text.s, before.s) == 0)
        aon_cli_note(cli, "%s is as it was", path);
    else if (aon_write_file(path, text.s, text.len, cli->diags) != AON_OK)
        code = AON_EXIT_RESOURCES;
    else
        aon_cli_note(cli, "wrote %s", path);
    aon_buf_clear(&before);
    aon_buf_clear(&text);
    return code;
}

static int
accept(aon_cli *cli, const char *path, const aon_lock *was, const aon_lock_made *made)
{
    aon_lock lock;
    size_t n;
    bool all;
    const char **name = accepted_names(cli, &n, &all);
    int code;

    if (n == 0)
        return aon_cli_usage(cli, "--accept takes `all` or names of statements");
    if (!all && was->nstatements > 0 &&
        (was->seed != made->lock.seed || was->count != made->lock.count ||
         was->work != made->lock.work))
        return aon_cli_usage(cli,
                             "another --count, --seed or --work than in %s changes "
                             "every entry: use --accept all",
                             path);
    code = aon_lock_accept(cli, &lock, was, made, all ? NULL : name, all ? 0 : n);
    if (code == AON_EXIT_OK)
        code = write_lock(cli, path, &lock, was);
    free(lock.statement);
    return code;
}

int
aon_cmd_review(aon_cli *cli)
{
    aon_lock was = {.seed = 1, .count = AON_LOCK_COUNT, .work = AON_LOCK_WORK};
    aon_lock_made made;
    aon_lock_diff diff;
    const char *path;
    uint64_t jobs;
    int code;

    memset(&made, 0, sizeof made);
    if (cli->narg == 0)
        return aon_cli_usage(cli, "review takes theorem files or folders");
    path = aon_cli_value(cli, AON_OPT_lock);
    path = path != NULL ? path : default_lock(cli);
    if (access(path, F_OK) == 0) {
        code = aon_lock_read(cli, &was, path);
        if (code != AON_EXIT_OK)
            return code;
    } else {
        aon_cli_note(cli, "there is no %s yet; --accept all writes it", path);
    }
    if (!aon_cli_number(cli, AON_OPT_count, was.count, 1, 100000000,
                        &made.lock.count) ||
        !aon_cli_number(cli, AON_OPT_seed, was.seed, 0, UINT64_MAX, &made.lock.seed) ||
        !aon_cli_number(cli, AON_OPT_work, was.work, 1, UINT64_MAX / 4,
                        &made.lock.work) ||
        !aon_cli_number(cli, AON_OPT_jobs, aon_jobs_default(), 1, 1024, &jobs))
        return AON_EXIT_USAGE;
    aon_stop_catch();
    code = aon_lock_make(cli, &made, (unsigned)jobs);
    if (code != AON_EXIT_USAGE) {
        aon_lock_compare(cli, &diff, &was, &made);
        aon_lock_diff_print(cli, &diff, path);
        if (made.stopped != NULL)
            aon_cli_interrupted(cli,
                                "%s and what comes after it is not compared, and %s is "
                                "as it was; name less to go on, a file or two",
                                made.stopped, path);
        else if (!aon_cli_has(cli, AON_OPT_accept))
            code = aon_exit_worse(code, aon_lock_diff_code(&diff));
        else if (code == AON_EXIT_OK)
            code = accept(cli, path, &was, &made);
        else
            aon_cli_note(cli, "nothing is accepted while something cannot be read");
        aon_lock_diff_clear(&diff);
    }
    free(made.file);
    free(made.unread);
    free(made.lock.statement);
    return code;
}
