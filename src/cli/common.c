/*
 * What commands share: messages and exit codes.
 */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>

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
