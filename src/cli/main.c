/*
 * aon: the command line.
 */
#include "base/io.h"
#include "base/jobs.h"
#include "base/stop.h"
#include "cli/cli.h"
#include "exact/compat.h"
#include "exact/memory.h"

#include <string.h>

static int (*const run[AON_COMMANDS])(aon_cli *) = {
#define AON_COMMAND(id, arguments, summary) aon_cmd_##id,
#include "cli/options.def"
};

static int
dispatch(aon_cli *cli, int argc, char **argv)
{
    int code = aon_cli_parse(cli, argc, argv);
    aon_buf help;

    if (code != AON_EXIT_OK)
        return code;
    if (aon_cli_has(cli, AON_OPT_version)) {
        aon_outf("aon %s\n", AON_VERSION);
        return AON_EXIT_OK;
    }
    if (aon_cli_has(cli, AON_OPT_help)) {
        aon_buf_init(&help);
        if (cli->has_command && cli->command != AON_CMD_help)
            aon_cli_help_command(&help, cli->command);
        else
            aon_cli_help(&help);
        aon_out(help.s, help.len);
        aon_buf_clear(&help);
        return AON_EXIT_OK;
    }
    if (!cli->has_command)
        return aon_cli_usage(cli, "which command?");
    return run[cli->command](cli);
}

int
main(int argc, char **argv)
{
    aon_cli cli;
    int code;

    aon_exact_memory();
    memset(&cli, 0, sizeof cli);
    cli.program = argc > 0 ? argv[0] : "";
    cli.arena = aon_arena_new();
    cli.diags = aon_diags_new();
    aon_jobs_on_worker_exit(flint_cleanup);
    code = dispatch(&cli, argc, argv);
    aon_cli_flush(&cli);
    if (aon_out_finish(cli.diags) != AON_OK)
        code = AON_EXIT_RESOURCES;
    aon_cli_tell_wrote(&cli);
    aon_cli_flush(&cli);
    aon_diags_free(cli.diags);
    aon_arena_free(cli.arena);
    flint_cleanup();
    if (cli.interrupted && code != AON_EXIT_RESOURCES)
        aon_stop_end();
    return code;
}
