/*
 * What commands share: messages and exit codes.
 */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
aon_cli_flush(aon_cli *cli)
{
    aon_buf b;

    aon_buf_init(&b);
    aon_diags_print(cli->diags, &b, cli->color_err);
    fwrite(b.s, 1, b.len, stderr);
    aon_buf_clear(&b);
    aon_diags_free(cli->diags);
    cli->diags = aon_diags_new();
}

static void
note(aon_cli *cli, const char *head, const char *fmt, va_list args)
{
    aon_cli_flush(cli);
    fputs(head, stderr);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
}

void
aon_cli_note(aon_cli *cli, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    note(cli, "aon: ", fmt, args);
    va_end(args);
}

void
aon_cli_interrupted(aon_cli *cli, const char *fmt, ...)
{
    va_list args;

    cli->interrupted = true;
    va_start(args, fmt);
    note(cli, "aon: interrupted; ", fmt, args);
    va_end(args);
}

void
aon_cli_wrote(aon_cli *cli, const char *path)
{
    const char **list = cli->wrote;

    if ((cli->nwrote & (cli->nwrote - 1)) == 0) { /* full: 0, 1, 2, 4, .. */
        list = AON_NEW_N(cli->arena, const char *, 2 * cli->nwrote + 1);
        if (cli->nwrote > 0)
            memcpy(list, cli->wrote, cli->nwrote * sizeof *list);
        cli->wrote = list;
    }
    list[cli->nwrote++] = aon_cli_printf(cli, "%s", path);
}

void
aon_cli_tell_wrote(aon_cli *cli)
{
    enum { MOST = 4 };
    aon_buf list;

    if (cli->nwrote == 0 || cli->quiet)
        return;
    aon_buf_init(&list);
    for (size_t i = 0; i < cli->nwrote && i < MOST; i++)
        aon_buf_printf(&list, "%s%s", i > 0 ? ", " : "", cli->wrote[i]);
    if (cli->nwrote > MOST)
        aon_buf_printf(&list, " and %zu more", cli->nwrote - MOST);
    aon_cli_note(cli, "wrote %s", list.s);
    aon_buf_clear(&list);
}

char *
aon_cli_printf(aon_cli *cli, const char *fmt, ...)
{
    va_list args;
    int len;
    char *s;

    va_start(args, fmt);
    len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    AON_ASSERT(len >= 0);
    s = aon_arena_alloc(cli->arena, (size_t)len + 1);
    va_start(args, fmt);
    vsnprintf(s, (size_t)len + 1, fmt, args);
    va_end(args);
    return s;
}

int
aon_cli_exit(aon_status st)
{
    return st == AON_OK ? AON_EXIT_OK : AON_EXIT_INPUT;
}

int
aon_exit_worse(int a, int b)
{
    static const int order[] = {AON_EXIT_RESOURCES, AON_EXIT_INPUT,   AON_EXIT_NOT,
                                AON_EXIT_UNDECIDED, AON_EXIT_VACUOUS, AON_EXIT_OK};

    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (a == order[i] || b == order[i])
            return order[i];
    AON_ASSERT(!"an exit code of a command");
    return AON_EXIT_INPUT;
}
