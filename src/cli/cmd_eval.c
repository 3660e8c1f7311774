/*
 * aon eval: one term or formula in one instance.
 */
#include "base/io.h"
#include "cli/cli.h"
#include "decide/decide.h"
#include "report/report.h"

#include <string.h>

static const char *
truth_word(aon_truth t)
{
    return t == AON_TRUE ? "true" : t == AON_FALSE ? "false" : "undecided";
}

static const char *
kind_word(const aon_result *r)
{
    switch (r->kind) {
    case AON_T_SCALAR:
        return "scalar";
    case AON_T_SPACE:
        return "subspace";
    case AON_T_FORMULA:
        return "formula";
    case AON_T_VECTOR:
        return "vector";
    default:
        return "matrix";
    }
}

/* The vectors of a basis, one per line. */
static void
print_basis(aon_buf *out, const aon_mat *a)
{
    aon_mat tr;

    aon_mat_init(&tr, 0, 0);
    aon_mat_transpose(&tr, a);
    aon_report_rows(out, &tr, "");
    aon_mat_clear(&tr);
}

static void
print_text(aon_buf *out, const aon_result *r, bool quiet)
{
    const slong rows = aon_mat_rows(&r->value), cols = aon_mat_cols(&r->value);

    switch (r->kind) {
    case AON_T_FORMULA:
        aon_buf_printf(out, "%s\n", truth_word(r->truth));
        if (!quiet && r->truth == AON_TRUE && rows > 0 && cols > 0) {
            aon_buf_puts(out, "with\n");
            aon_report_rows(out, &r->value, "  ");
        }
        break;
    case AON_T_SPACE:
        if (!quiet)
            aon_buf_printf(out, "subspace(%ld) of dimension %ld%s\n", (long)rows,
                           (long)cols, cols > 0 ? ", basis:" : "");
        print_basis(out, &r->value);
        break;
    default:
        if (rows == 0 || cols == 0)
            aon_buf_printf(out, "a %ld x %ld matrix\n", (long)rows, (long)cols);
        else
            aon_report_rows(out, &r->value, "");
    }
}

static void
print_json(aon_buf *out, const char *term, const char *instance, const aon_result *r)
{
    aon_buf_puts(out, "{\"schema\":1,\"term\":");
    aon_buf_put_json(out, term, strlen(term));
    aon_buf_puts(out, ",\"instance\":");
    aon_buf_put_json(out, instance, strlen(instance));
    aon_buf_printf(out, ",\"kind\":\"%s\"", kind_word(r));
    if (r->kind == AON_T_FORMULA)
        aon_buf_printf(out, ",\"truth\":\"%s\"", truth_word(r->truth));
    if (r->kind != AON_T_FORMULA ||
        (r->truth == AON_TRUE && aon_mat_rows(&r->value) > 0)) {
        aon_buf_printf(out, ",\"rows\":%ld,\"cols\":%ld,\"value\":",
                       (long)aon_mat_rows(&r->value), (long)aon_mat_cols(&r->value));
        aon_report_json_mat(out, &r->value);
    }
    aon_buf_puts(out, "}\n");
}

/* Contexts and tokens have no names in a term: what to write, if one was meant. */
static void
tell_names(aon_cli *cli, const aon_instance *in)
{
    static const char head[] = "error: unknown name `";
    const char *name;
    bool context;
    size_t len;
    aon_buf said;

    aon_buf_init(&said);
    aon_diags_print(cli->diags, &said, false);
    name = strstr(said.s, head);
    name = name != NULL ? name + strlen(head) : "";
    len = strcspn(name, "`");
    context = aon_instance_context(in, name, len) >= 0;
    if (context || aon_instance_token(in, name, len) >= 0) {
        const char *kind = context ? "context" : "token";

        aon_cli_note(cli,
                     "%.*s is a %s of the instance, which has no name in a term: add "
                     "the line `%s c%s %.*s` to the instance and write `c`",
                     (int)len, name, kind, kind, context ? " =" : "", (int)len, name);
    }
    aon_buf_clear(&said);
}

int
aon_cmd_eval(aon_cli *cli)
{
    aon_theory *t = NULL;
    aon_instance *in = NULL;
    aon_core *core = NULL;
    aon_decision *d = NULL;
    const aon_given *given;
    size_t ngiven;
    aon_result res;
    aon_buf out;
    aon_status st;
    int code;

    if (cli->narg != 2)
        return aon_cli_usage(cli, "eval takes a term and an instance");
    code = aon_cli_load_library(cli, &t);
    if (code != AON_EXIT_OK)
        return code;
    code = aon_cli_instance(cli, &in, cli->arg[1]);
    if (code != AON_EXIT_OK) {
        aon_theory_free(t);
        return code;
    }
    aon_result_init(&res);
    given = aon_cli_givens(cli, in, &ngiven);
    st = aon_core_term(&core, t, "TERM", cli->arg[0], strlen(cli->arg[0]), given,
                       ngiven, cli->diags);
    if (st == AON_OK)
        st = aon_eval_term(&d, &res, core, in, NULL, cli->diags);
    code = aon_cli_exit(st);
    if (st != AON_OK)
        tell_names(cli, in);
    if (st == AON_OK) {
        aon_buf_init(&out);
        if (cli->json)
            print_json(&out, cli->arg[0], cli->arg[1], &res);
        else
            print_text(&out, &res, cli->quiet);
        aon_out(out.s, out.len);
        aon_buf_clear(&out);
        if (res.kind == AON_T_FORMULA) {
            if (res.truth == AON_UNKNOWN && aon_decision_reason(d) != NULL)
                aon_cli_note(cli, "undecided: %s", aon_decision_reason(d));
            code = res.truth == AON_TRUE    ? AON_EXIT_OK
                   : res.truth == AON_FALSE ? AON_EXIT_NOT
                                            : AON_EXIT_UNDECIDED;
        }
    }
    aon_decision_free(d);
    if (core != NULL)
        aon_core_free(core);
    aon_result_clear(&res);
    aon_instance_free(in);
    aon_theory_free(t);
    return code;
}
