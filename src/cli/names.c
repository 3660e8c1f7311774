/*
 * Short names for terms of a statement: every report of its libraries whose label is a
 * name, for every model that is given.
 */
#include "cli/cli.h"
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

static bool
is_name(const char *s)
{
    const char *const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    return *s != '\0' && s[strspn(s, letters)] == '\0';
}

void
aon_cli_names(aon_cli *cli, aon_report_names *out, const aon_theory *t,
              const aon_core *core)
{
    const size_t reports = aon_theory_reports(t);

    out->n = 0;
    out->name = aon_xcalloc(reports * core->ngiven + 1, sizeof *out->name);
    for (size_t g = 0; g < core->ngiven; g++)
        for (size_t i = 0; i < reports && core->given[g].type.kind == AON_T_MODEL;
             i++) {
            const char *label;
            size_t nparams;
            aon_core *term = NULL;

            aon_theory_report(t, i, &label, &nparams);
            if (nparams != 1 || !is_name(label) ||
                aon_core_report(&term, t, i, &core->given[g].name, core->given,
                                core->ngiven, NULL) != AON_OK)
                continue;
            out->name[out->n].core = term;
            out->name[out->n++].text =
                aon_cli_printf(cli, "%s(%s)", label, core->given[g].name);
        }
}

void
aon_cli_names_clear(aon_report_names *names)
{
    for (size_t i = 0; i < names->n; i++)
        aon_core_free(names->name[i].core);
    free(names->name);
}
