/*
 * Commands that are not written yet.
 */
#include "cli/cli.h"

#define PENDING(id)                                                                    \
    int aon_cmd_##id(aon_cli *cli)                                                     \
    {                                                                                  \
        return aon_cli_usage(cli, #id " is not there yet");                            \
    }

PENDING(demo)
PENDING(show)
