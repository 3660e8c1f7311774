/*
 * What a file is, by its first word: the files of this program look alike from outside.
 */
#include "cli/cli.h"

#include <string.h>

static const struct {
    const char *word, *what, *hint;
} kind[] = {
    {"aoni", "an instance",
     "this is an instance; the theorem file stands before it, as in `aon decide F.aon "
     "I.aoni`; `aon show I.aoni` prints it"},
    {"aonw", "a witness", "`aonck F.aon W.aonw` verifies it against its theorem file"},
    {"aonc", "a certificate",
     "`aonck F.aon C.aonc` verifies it against its theorem file"},
    {"aonf", "the state of a search", "`aon find .. --resume FILE` goes on from it"},
    {"aonlock", "a lock file", "`aon review` compares the theorem files with it"},
};

/* Number of its kind; -1: it may be a theorem file. */
static int
kind_of(const aon_buf *text)
{
    const size_t n = strcspn(text->s, " \n");

    for (size_t i = 0; i < sizeof kind / sizeof *kind; i++)
        if (strlen(kind[i].word) == n && strncmp(text->s, kind[i].word, n) == 0)
            return (int)i;
    return -1;
}

bool
aon_cli_is_instance(const aon_buf *text)
{
    return kind_of(text) == 0;
}

aon_status
aon_cli_is_theorem(aon_cli *cli, const char *path, const aon_buf *text)
{
    const int k = kind_of(text);

    if (k < 0)
        return AON_OK;
    return aon_diag(cli->diags, AON_SEV_ERROR, (aon_span){0}, "syntax", kind[k].hint,
                    "'%s' is %s, not a theorem file", path, kind[k].what);
}

aon_status
aon_cli_read_theorems(aon_cli *cli, aon_theory **out, const char *path,
                      const aon_buf *text)
{
    const char *slash = strrchr(path, '/'), *folder = ".";
    const aon_status st = aon_cli_is_theorem(cli, path, text);
    const bool core = cli->command == AON_CMD_core;

    if (slash != NULL)
        folder = aon_arena_strndup(cli->arena, path,
                                   slash == path ? 1 : (size_t)(slash - path));
    aon_cli_roots(cli);
    return st != AON_OK ? st
                        : (core ? aon_theory_parse_core : aon_theory_parse)(
                              out, path, text->s, text->len, folder, cli->root,
                              cli->nroot, cli->diags);
}
