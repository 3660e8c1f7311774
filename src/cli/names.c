/*
 * Short names for terms of a statement: its own `let`s, and every report of its libraries
 * whose label is a name, for every model that is given.
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

/* The statement's own text; "" if there is none. */
static const char *
own_text(const aon_core *core, size_t *len)
{
    *len = 0;
    if (core->nshow == 0 || core->show[0].span.src == NULL)
        return "";
    return aon_cli_statement_text(core->show[0].span.src->text, core->name, len);
}

static size_t
count_lets(const aon_core *core)
{
    size_t len, n = 0;
    const char *s = own_text(core, &len), *const end = s + len;
    aon_buf let;

    aon_buf_init(&let);
    while (aon_cli_next_let(&s, end, &let))
        n++;
    aon_buf_clear(&let);
    return n;
}

/* Every `let` that does not speak of another one. */
static void
add_lets(aon_cli *cli, aon_report_names *out, const aon_theory *t, const aon_core *core)
{
    static const char sign[] = ":=";
    size_t len;
    const char *s = own_text(core, &len), *const end = s + len;
    aon_buf let;

    aon_buf_init(&let);
    while (aon_cli_next_let(&s, end, &let)) {
        const char *body = strstr(let.s, sign);
        aon_core *term = NULL;
        size_t name = 0;

        while (aon_cli_name_char(let.s[name]))
            name++;
        if (body == NULL)
            continue;
        body += sizeof sign - 1;
        if (aon_core_term(&term, t, "let", body, strlen(body), core->given,
                          core->ngiven, NULL) != AON_OK)
            continue;
        out->name[out->n].core = term;
        out->name[out->n++].text = aon_arena_strndup(cli->arena, let.s, name);
    }
    aon_buf_clear(&let);
}

void
aon_cli_names(aon_cli *cli, aon_report_names *out, const aon_theory *t,
              const aon_core *core)
{
    const size_t reports = aon_theory_reports(t);
    const size_t lets = count_lets(core);

    out->n = 0;
    out->name = aon_xcalloc(reports * core->ngiven + lets + 1, sizeof *out->name);
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
    add_lets(cli, out, t, core);
}

void
aon_cli_names_clear(aon_report_names *names)
{
    for (size_t i = 0; i < names->n; i++)
        aon_core_free(names->name[i].core);
    free(names->name);
}
