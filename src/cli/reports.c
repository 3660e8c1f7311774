/*
 * aon inspect, aon compare: what the library reports.  Nothing here knows a definition.
 */
#include "cli/reports.h"

#include "base/io.h"
#include "decide/eval.h"
#include "report/report.h"

#include <string.h>

static void
put_truth(aon_buf *out, aon_truth t)
{
    aon_buf_puts(out, t == AON_TRUE ? "true" : t == AON_FALSE ? "false" : "undecided");
}

/* Values of the unknowns of nested `exists` that were found, outermost first. */
static void
put_found(aon_buf *out, aon_decision *d, const aon_core *core, bool json)
{
    aon_ref node = core->term;
    size_t shown = 0;

    for (;;) {
        const aon_node *n = &core->node[node];
        const aon_judgement *j;

        if (n->op != AON_EX)
            break;
        j = aon_judge(&d->ev, node);
        if (j->truth != AON_TRUE || j->unknown < 0)
            break;
        if (json) {
            aon_buf_puts(out, shown++ > 0 ? "," : ",\"values\":[");
            aon_report_json_mat(out, &d->ev.unknown[j->unknown].value);
        } else {
            aon_buf_printf(out, "%s%c = ", shown > 0 ? ", " : "  with ",
                           (char)('A' + (int)(shown % 26)));
            shown++;
            aon_report_value(out, &d->ev.unknown[j->unknown].value);
        }
        d->ev.env[n->var].v = j->unknown;
        d->ev.env[n->var].of = 0;
        node = n->arg[n->nargs - 1];
    }
    if (json && shown > 0)
        aon_buf_putc(out, ']');
}

static void
put_text(aon_buf *out, aon_decision *d, const aon_core *core, const aon_result *r)
{
    switch (r->kind) {
    case AON_T_FORMULA:
        put_truth(out, r->truth);
        put_found(out, d, core, false);
        break;
    case AON_T_SPACE:
        aon_report_basis(out, &r->value);
        break;
    default:
        aon_report_value(out, &r->value);
    }
}

static void
put_json(aon_buf *out, aon_decision *d, const aon_core *core, const aon_result *r)
{
    if (r->kind == AON_T_FORMULA) {
        aon_buf_puts(out, ",\"truth\":\"");
        put_truth(out, r->truth);
        aon_buf_putc(out, '"');
        put_found(out, d, core, true);
    } else {
        aon_buf_printf(out, ",\"rows\":%ld,\"cols\":%ld,\"value\":",
                       (long)aon_mat_rows(&r->value), (long)aon_mat_cols(&r->value));
        aon_report_json_mat(out, &r->value);
    }
}

static aon_status
evaluate(aon_cli *cli, const aon_theory *t, size_t i, const aon_instance *in,
         const char *const *model, aon_buf *out)
{
    const aon_given *given;
    size_t ngiven;
    aon_core *core = NULL;
    aon_decision *d = NULL;
    aon_result res;
    aon_status st;

    given = aon_cli_givens(cli, in, &ngiven);
    st = aon_core_report(&core, t, i, model, given, ngiven, cli->diags);
    if (st != AON_OK)
        return st;
    aon_result_init(&res);
    st = aon_eval_term(&d, &res, core, in, NULL, cli->diags);
    if (st == AON_OK) {
        if (cli->json)
            put_json(out, d, core, &res);
        else
            put_text(out, d, core, &res);
        aon_decision_free(d);
    }
    aon_result_clear(&res);
    aon_core_free(core);
    return st;
}

int
aon_cli_reports(aon_cli *cli, const aon_theory *t, const aon_instance *in,
                const char *const *model, size_t nmodels)
{
    aon_report_table *table = aon_report_table_new(2);
    aon_buf text, out;
    int code = AON_EXIT_OK;

    aon_buf_init(&text);
    aon_buf_init(&out);
    for (size_t i = 0; i < aon_theory_reports(t); i++) {
        const char *label;
        size_t nparams;

        aon_theory_report(t, i, &label, &nparams);
        if (nparams != nmodels)
            continue;
        aon_buf_reset(&text);
        if (evaluate(cli, t, i, in, model, &text) != AON_OK) {
            code = AON_EXIT_INPUT;
            continue;
        }
        if (cli->json) {
            aon_buf_puts(&out, "{\"schema\":1,\"models\":[");
            for (size_t k = 0; k < nmodels; k++) {
                aon_buf_puts(&out, k > 0 ? "," : "");
                aon_buf_put_json(&out, model[k], strlen(model[k]));
            }
            aon_buf_puts(&out, "],\"report\":");
            aon_buf_put_json(&out, label, strlen(label));
            aon_buf_printf(&out, "%s}\n", text.s);
        } else {
            const char *cell[] = {label, text.s};

            aon_report_table_add(table, cell);
        }
    }
    aon_report_table_print(&out, table, "  ");
    aon_out(out.s, out.len);
    aon_buf_clear(&out);
    aon_buf_clear(&text);
    aon_report_table_free(table);
    return code;
}

const aon_value *
aon_cli_model(aon_cli *cli, const aon_instance *in, const char *name)
{
    const aon_value *v = aon_instance_find(in, name);

    if (v != NULL && v->kind == AON_VAL_MODEL)
        return v;
    aon_cli_note(cli, "the instance has no model '%s'", name);
    return NULL;
}

/* Names of all models of the instance, in order. */
static const char **
all_models(aon_cli *cli, const aon_instance *in, size_t *n)
{
    const char **name = AON_NEW_N(cli->arena, const char *, in->nvalues + 1);

    *n = 0;
    for (size_t i = 0; i < in->nvalues; i++)
        if (in->value[i].kind == AON_VAL_MODEL)
            name[(*n)++] = in->value[i].name;
    return name;
}

int
aon_cmd_inspect(aon_cli *cli)
{
    aon_theory *t = NULL;
    aon_instance *in = NULL;
    const char **name;
    size_t n;
    int code;

    if (cli->narg < 1)
        return aon_cli_usage(cli, "inspect takes an instance");
    code = aon_cli_load_library(cli, &t);
    if (code != AON_EXIT_OK)
        return code;
    code = aon_cli_instance(cli, &in, cli->arg[0]);
    if (code == AON_EXIT_OK) {
        name = all_models(cli, in, &n);
        if (cli->narg > 1) {
            name = cli->arg + 1;
            n = cli->narg - 1;
        }
        for (size_t i = 0; i < n; i++) {
            if (aon_cli_model(cli, in, name[i]) == NULL) {
                code = AON_EXIT_INPUT;
                continue;
            }
            if (!cli->json)
                aon_outf("model %s\n", name[i]);
            code = aon_exit_worse(code, aon_cli_reports(cli, t, in, &name[i], 1));
        }
        if (n == 0) {
            aon_cli_note(cli, "there is no model in '%s'", cli->arg[0]);
            code = AON_EXIT_INPUT;
        }
    }
    aon_instance_free(in);
    aon_theory_free(t);
    return code;
}

int
aon_cmd_compare(aon_cli *cli)
{
    aon_theory *t = NULL;
    aon_instance *in = NULL;
    const aon_value *m, *w;
    const char **name;
    size_t n;
    int code;

    if (cli->narg != 1 && cli->narg != 3)
        return aon_cli_usage(cli, "compare takes an instance and two models of it");
    code = aon_cli_load_library(cli, &t);
    if (code != AON_EXIT_OK)
        return code;
    code = aon_cli_instance(cli, &in, cli->arg[0]);
    if (code == AON_EXIT_OK) {
        name = all_models(cli, in, &n);
        if (cli->narg == 3) {
            name = cli->arg + 1;
            n = 2;
        }
        m = n >= 2 ? aon_cli_model(cli, in, name[0]) : NULL;
        w = n >= 2 ? aon_cli_model(cli, in, name[1]) : NULL;
        if (n < 2)
            aon_cli_note(cli, "there are no two models in '%s'", cli->arg[0]);
        if (m == NULL || w == NULL) {
            code = AON_EXIT_INPUT;
        } else {
            if (!cli->json)
                aon_outf("%s and %s\n", name[0], name[1]);
            code = aon_cli_reports(cli, t, in, name, 2);
            if (aon_cli_print_difference(cli, in, m, w))
                code = aon_exit_worse(code, AON_EXIT_NOT);
        }
    }
    aon_instance_free(in);
    aon_theory_free(t);
    return code;
}
