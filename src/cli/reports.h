/*
 * Internal to cli/: `report` lines of a library, and cells of log-odds tables.
 */
#ifndef AON_CLI_REPORTS_H
#define AON_CLI_REPORTS_H

#include "cli/cli.h"

/* Print every report of nargs parameters for these models. */
int aon_cli_reports(aon_cli *cli, const aon_theory *t, const aon_instance *in,
                    const char *const *model, size_t nmodels);
/* The model of that name; NULL with a message. */
const aon_value *aon_cli_model(aon_cli *cli, const aon_instance *in, const char *name);

/* cells.c: where the log-odds of two models differ first, and probabilities there as
 * certified enclosures.  false: they differ nowhere. */
bool aon_cli_print_difference(aon_cli *cli, const aon_instance *in, const aon_value *m,
                              const aon_value *w);

#endif
