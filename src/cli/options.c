/*
 * Arguments to aon_cli, by the table in options.def.
 */
#include "cli/cli.h"

#include "lang/names.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const aon_command_row aon_command_table[AON_COMMANDS] = {
#define AON_COMMAND(id, arguments, summary) {#id, arguments, summary},
#include "cli/options.def"
};

#define C(id) (1u << AON_CMD_##id)
const aon_option_row aon_option_table[AON_OPTIONS] = {
#define AON_OPTION(id, name, letter, argument, commands, help)                         \
    {name, argument, help, commands, letter},
#include "cli/options.def"
};
#undef C

int
aon_cli_usage(const aon_cli *cli, const char *fmt, ...)
{
    va_list args;

    fputs("aon: ", stderr);
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
    if (cli->has_command && cli->command != AON_CMD_help)
        fprintf(stderr, "\ntry 'aon help %s'\n", aon_command_table[cli->command].name);
    else
        fputs("\ntry 'aon help'\n", stderr);
    return AON_EXIT_USAGE;
}

bool
aon_cli_has(const aon_cli *cli, aon_option o)
{
    return cli->nvalue[o] > 0;
}

const char *
aon_cli_value(const aon_cli *cli, aon_option o)
{
    return cli->nvalue[o] > 0 ? cli->value[o][cli->nvalue[o] - 1] : NULL;
}

bool
aon_cli_number(const aon_cli *cli, aon_option o, uint64_t none, uint64_t lo,
               uint64_t hi, uint64_t *out)
{
    const char *s = aon_cli_value(cli, o);
    uint64_t v = 0;
    bool good = s != NULL && *s != '\0';

    if (s == NULL) {
        *out = none;
        return true;
    }
    for (; *s != '\0' && good; s++) {
        good = *s >= '0' && *s <= '9' && v <= (UINT64_MAX - (uint64_t)(*s - '0')) / 10;
        if (good)
            v = v * 10 + (uint64_t)(*s - '0');
    }
    if (!good || v < lo || v > hi) {
        (void)aon_cli_usage(cli, "--%s needs a number from %llu to %llu",
                            aon_option_table[o].name, (unsigned long long)lo,
                            (unsigned long long)hi);
        return false;
    }
    *out = v;
    return true;
}

/* Is name[i] nearer to what was written than the names before it? */
static bool
nearer(const char *written, const char *name, size_t *limit)
{
    const size_t d = aon_name_distance(written, name, *limit);

    if (d == SIZE_MAX || d + 1 >= strlen(name))
        return false;
    *limit = d;
    return true;
}

int
aon_cli_unknown_command(const aon_cli *cli, const char *s)
{
    const char *best = NULL;
    size_t limit = 2;

    for (unsigned c = 0; c < AON_COMMANDS; c++)
        if (nearer(s, aon_command_table[c].name, &limit))
            best = aon_command_table[c].name;
    if (best != NULL)
        return aon_cli_usage(cli, "unknown command '%s'; did you mean '%s'?", s, best);
    return aon_cli_usage(cli, "unknown command '%s'", s);
}

static int
unknown_option(const aon_cli *cli, const char *s)
{
    const char *best = NULL;
    size_t limit = 2;

    for (unsigned o = 0; o < AON_OPTIONS && s[1] == '-'; o++)
        if ((!cli->has_command ||
             (aon_option_table[o].commands & (1u << cli->command)) != 0) &&
            nearer(s + 2, aon_option_table[o].name, &limit))
            best = aon_option_table[o].name;
    if (best != NULL)
        return aon_cli_usage(cli, "unknown option '%s'; did you mean '--%s'?", s, best);
    return aon_cli_usage(cli, "unknown option '%s'", s);
}

static void
add_value(aon_cli *cli, aon_option o, const char *value)
{
    const char **grown = AON_NEW_N(cli->arena, const char *, cli->nvalue[o] + 1);

    if (cli->nvalue[o] > 0)
        memcpy(grown, cli->value[o], cli->nvalue[o] * sizeof *grown);
    grown[cli->nvalue[o]++] = value;
    cli->value[o] = grown;
}

/* argv[*i] is an option; moves *i over its value. */
static int
parse_option(aon_cli *cli, int argc, char **argv, int *i)
{
    const char *s = argv[*i];
    const bool is_long = s[1] == '-';
    const char *eq = is_long ? strchr(s, '=') : NULL;
    const size_t len = eq != NULL ? (size_t)(eq - s) : strlen(s);

    for (unsigned o = 0; o < AON_OPTIONS; o++) {
        const aon_option_row *row = &aon_option_table[o];
        const char *value = "";

        if (is_long ? strlen(row->name) != len - 2 ||
                          strncmp(row->name, s + 2, len - 2) != 0
                    : row->letter == 0 || s[1] != row->letter)
            continue;
        if (row->argument == NULL && (eq != NULL || (!is_long && s[2] != '\0')))
            return aon_cli_usage(cli, "'%.*s' takes no value", is_long ? (int)len : 2,
                                 s);
        if (row->argument != NULL) {
            if (eq != NULL)
                value = eq + 1;
            else if (!is_long && s[2] != '\0')
                value = s + 2;
            else if (*i + 1 < argc)
                value = argv[++*i];
            else
                return aon_cli_usage(cli, "'%s' needs a value: %s", s, row->argument);
        }
        add_value(cli, (aon_option)o, value);
        return AON_EXIT_OK;
    }
    return unknown_option(cli, s);
}

static bool
parse_command(aon_cli *cli, const char *name)
{
    for (unsigned c = 0; c < AON_COMMANDS; c++)
        if (strcmp(name, aon_command_table[c].name) == 0) {
            cli->command = (aon_command)c;
            cli->has_command = true;
            return true;
        }
    return false;
}

static bool
use_color(const char *when, int fd)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

    if (when != NULL && strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    return isatty(fd) && (no_color == NULL || *no_color == '\0') &&
           (term == NULL || strcmp(term, "dumb") != 0);
}

int
aon_cli_parse(aon_cli *cli, int argc, char **argv)
{
    bool options = true;
    const char *when;

    cli->arg = AON_NEW_N(cli->arena, const char *, (size_t)argc + 1);
    for (int i = 1; i < argc; i++) {
        const char *s = argv[i];

        if (options && strcmp(s, "--") == 0) {
            options = false;
        } else if (options && s[0] == '-' && s[1] != '\0') {
            const int code = parse_option(cli, argc, argv, &i);

            if (code != AON_EXIT_OK)
                return code;
        } else if (!cli->has_command) {
            if (!parse_command(cli, s))
                return aon_cli_unknown_command(cli, s);
        } else {
            cli->arg[cli->narg++] = s;
        }
    }
    if (cli->has_command)
        for (unsigned o = 0; o < AON_OPTIONS; o++)
            if (cli->nvalue[o] > 0 &&
                (aon_option_table[o].commands & (1u << cli->command)) == 0)
                return aon_cli_usage(cli, "'%s' has no option --%s",
                                     aon_command_table[cli->command].name,
                                     aon_option_table[o].name);
    for (size_t k = 0, stdins = 0; k < cli->narg; k++) {
        stdins += strcmp(cli->arg[k], "-") == 0 || strncmp(cli->arg[k], "-:", 2) == 0;
        if (stdins > 1)
            return aon_cli_usage(cli, "standard input (-) can be read only once");
    }
    if (aon_cli_variant_check(cli) != AON_EXIT_OK ||
        aon_cli_outputs_check(cli) != AON_EXIT_OK)
        return AON_EXIT_USAGE;
    when = aon_cli_value(cli, AON_OPT_color);
    if (when != NULL && strcmp(when, "auto") != 0 && strcmp(when, "always") != 0 &&
        strcmp(when, "never") != 0)
        return aon_cli_usage(cli, "--color is auto, always or never, not '%s'", when);
    cli->color_out = use_color(when, STDOUT_FILENO);
    cli->color_err = use_color(when, STDERR_FILENO);
    cli->json = aon_cli_has(cli, AON_OPT_json);
    cli->quiet = aon_cli_has(cli, AON_OPT_quiet);
    return AON_EXIT_OK;
}
