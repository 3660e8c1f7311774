/*
 * What is read is not written over, whatever the options name.
 */
#include "cli/cli.h"

#include <string.h>
#include <sys/stat.h>

/* Is the file that is to be written, `to`, the file `from` that is read? */
static bool
is_same(const char *to, const char *from)
{
    struct stat a, b;

    return from != NULL && stat(to, &a) == 0 && S_ISREG(a.st_mode) &&
           stat(from, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

bool
aon_cli_is_input(aon_cli *cli, const char *to)
{
    static const aon_option read[] = {AON_OPT_for_statement, AON_OPT_lib,
                                      AON_OPT_against, AON_OPT_resume};
    const char *file, *statement;
    bool found = false;

    for (size_t i = 0; i < cli->narg && !found; i++) {
        aon_cli_split(cli, cli->arg[i], &file, &statement);
        found = is_same(to, file);
    }
    for (size_t i = 0; i < sizeof read / sizeof *read && !found; i++)
        if (aon_cli_has(cli, read[i])) {
            aon_cli_split(cli, aon_cli_value(cli, read[i]), &file, &statement);
            found = is_same(to, file);
        }
    return found;
}

int
aon_cli_outputs_check(aon_cli *cli)
{
    static const aon_option written[] = {AON_OPT_output, AON_OPT_tex, AON_OPT_html,
                                         AON_OPT_junit};
    const char *path[sizeof written / sizeof *written];

    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        path[i] = aon_cli_value(cli, written[i]);
        if (path[i] == NULL || strcmp(path[i], "-") == 0)
            continue;
        if (aon_cli_is_input(cli, path[i]))
            return aon_cli_usage(cli,
                                 "--%s would write over '%s', which is read: name "
                                 "another file",
                                 aon_option_table[written[i]].name, path[i]);
        for (size_t k = 0; k < i; k++)
            if (path[k] != NULL && strcmp(path[k], path[i]) == 0)
                return aon_cli_usage(cli,
                                     "--%s and --%s would write the same file '%s'",
                                     aon_option_table[written[k]].name,
                                     aon_option_table[written[i]].name, path[i]);
    }
    return AON_EXIT_OK;
}
