/*
 * Help, from the table in options.def.
 */
#include "cli/cli.h"

#include "base/io.h"

#include <string.h>

void
aon_cli_help(aon_buf *out)
{
    aon_buf_puts(out,
                 "aon decides statements about next-token predictors exactly, and "
                 "leaves evidence.\n\nusage: aon COMMAND [OPTION..] [ARGUMENT..]\n\n");
    for (unsigned c = 0; c < AON_COMMANDS; c++)
        aon_buf_printf(out, "  %-9s %s\n", aon_command_table[c].name,
                       aon_command_table[c].summary);
    aon_buf_puts(
        out,
        "\n'aon help COMMAND' lists its options; '-' is stdin, '--' ends options.\n"
        "exit: 0 as asked, 1 not as expected or violated, 2 usage, 3 bad input,\n"
        "      4 undecided, 5 vacuous or not applicable, 70 our bug, 71 memory, "
        "disk, pipe\n\n"
        "examples:\n"
        "  aon decide theorems/thm15.aon theorems/instances/t15-3.aoni\n"
        "  aon suite theorems/ --count 200 --jobs 2\n");
}

/* What a command does with its exit status, and lines to try. */
static const struct {
    const char *exits, *examples;
} outcome[AON_COMMANDS] = {
#define AON_OUTCOME(id, exits, examples) [AON_CMD_##id] = {exits, examples},
#include "cli/options.def"
};

/* Is the command one of "find,ablate: .."? */
static bool
names_command(const char *list, const char *command)
{
    const size_t len = strlen(command);

    for (const char *s = list;; s += strcspn(s, ",:") + 1) {
        if (strncmp(s, command, len) == 0 && (s[len] == ',' || s[len] == ':'))
            return true;
        if (s[strcspn(s, ",:")] != ',')
            return false;
    }
}

/* The part of a help text that is for this command. */
static const char *
help_for(const char *help, const char *command, size_t *len)
{
    const char *best = help;

    for (const char *s = strchr(help, '|'); s != NULL; s = strchr(s + 1, '|'))
        if (names_command(s + 1, command))
            best = s + 1 + strcspn(s, ":") + 1;
    *len = strcspn(best, "|");
    return best;
}

static void
put_option(aon_buf *out, const aon_option_row *o, const char *command)
{
    size_t len;
    const char *help = help_for(o->help, command, &len);
    aon_buf left;

    aon_buf_init(&left);
    if (o->letter != 0)
        aon_buf_printf(&left, "-%c, ", o->letter);
    aon_buf_printf(&left, "--%s%s%s", o->name, o->argument != NULL ? " " : "",
                   o->argument != NULL ? o->argument : "");
    aon_buf_printf(out, "  %-24s %.*s\n", left.s, (int)len, help);
    aon_buf_clear(&left);
}

void
aon_cli_help_command(aon_buf *out, aon_command c)
{
    const aon_command_row *row = &aon_command_table[c];

    aon_buf_printf(out, "usage: aon %s [OPTION..]%s%s\n\n%s\n\n", row->name,
                   *row->arguments != '\0' ? " " : "", row->arguments, row->summary);
    for (unsigned o = 0; o < AON_OPTIONS; o++)
        if ((aon_option_table[o].commands & (1u << c)) != 0)
            put_option(out, &aon_option_table[o], row->name);
    aon_buf_printf(out,
                   "\nexit: %s;\n      2 usage, 3 bad input, 70 our bug, "
                   "71 memory, disk, pipe\n\n",
                   outcome[c].exits);
    for (const char *s = outcome[c].examples; *s != '\0';) {
        const int n = (int)strcspn(s, "\n");

        aon_buf_printf(out, "  %.*s\n", n, s);
        s += n + (s[n] != '\0');
    }
}

int
aon_cmd_help(aon_cli *cli)
{
    aon_buf out;

    if (cli->narg > 1)
        return aon_cli_usage(cli, "help takes one command");
    aon_buf_init(&out);
    if (cli->narg == 0) {
        aon_cli_help(&out);
    } else {
        unsigned c = 0;

        while (c < AON_COMMANDS && strcmp(aon_command_table[c].name, cli->arg[0]) != 0)
            c++;
        if (c == AON_COMMANDS) {
            aon_buf_clear(&out);
            return aon_cli_unknown_command(cli, cli->arg[0]);
        }
        aon_cli_help_command(&out, (aon_command)c);
    }
    aon_out(out.s, out.len);
    aon_buf_clear(&out);
    return AON_EXIT_OK;
}
