/*
 * The state of aon find -o DIR: kept while something is left, removed at the end.
 */
#include "cli/find_kept.h"

#include "base/io.h"
#include "base/stop.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bool
is_same_file(const char *a, const struct stat *b)
{
    struct stat info;

    return a != NULL && stat(a, &info) == 0 && info.st_dev == b->st_dev &&
           info.st_ino == b->st_ino;
}

bool
aon_find_kept_open(aon_find_kept *k, aon_target *r)
{
    const char *from = aon_cli_value(r->cli, AON_OPT_resume);
    struct stat there;

    *k = (aon_find_kept){.r = r, .latest = from};
    if (from != NULL && strcmp(from, "-") == 0) {
        k->latest = NULL;
        if (r->cli->arg[0][0] == '-') {
            r->code = aon_cli_usage(r->cli, "standard input (-) can be read only once");
            return false;
        }
    }
    if (r->output == NULL)
        return true;
    k->path = aon_cli_printf(r->cli, "%s/%s.aonf", r->output,
                             aon_target_stem(r, &r->variant));
    if (stat(k->path, &there) != 0 || is_same_file(from, &there))
        return true;
    r->code = aon_cli_usage(r->cli,
                            "'%s' is the state of a search that has not ended: "
                            "--resume it, remove it, or name another folder",
                            k->path);
    return false;
}

void
aon_find_keep(aon_find_kept *k, const char *state)
{
    aon_target *r = k->r;

    if (aon_write_file(k->path, state, strlen(state),
                       k->failed ? NULL : r->cli->diags) == AON_OK) {
        k->latest = k->path;
    } else {
        k->failed = true;
        r->code = aon_exit_worse(r->code, AON_EXIT_RESOURCES);
    }
}

void
aon_find_tell_end(aon_find_kept *k, const aon_find_result *f)
{
    aon_target *r = k->r;
    const char *done =
        aon_cli_printf(r->cli, "%zu of %zu scopes done", f->next_cell, f->cells);
    const char *how =
        k->latest != NULL
            ? aon_cli_printf(r->cli, "; go on with the same options%s and --resume %s",
                             f->interrupted ? "" : ", a larger --work", k->latest)
        : r->output != NULL ? ", so there is no state to resume from"
                            : "; with -o DIR a state is kept to --resume from";

    k->finished = !f->cut_short;
    if (f->interrupted)
        aon_cli_interrupted(r->cli, "%s%s", done, how);
    else if (aon_stop_asked())
        aon_cli_interrupted(r->cli, "the scopes are done");
    else if (f->cut_short && !f->too_large && k->latest != NULL && !r->cli->quiet)
        aon_cli_note(r->cli, "the limit is reached; %s%s", done, how);
}

void
aon_find_kept_close(aon_find_kept *k)
{
    if (k->path != NULL && k->finished && k->r->code != AON_EXIT_RESOURCES)
        (void)remove(k->path);
}
