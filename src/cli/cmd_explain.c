/*
 * aon explain --symmetry: the group that a search uses, and why.
 */
#include "base/io.h"
#include "cli/find_common.h"
#include "search/explain.h"

static void
explain(aon_target *r, const aon_find_spec *spec)
{
    aon_buf out;

    aon_buf_init(&out);
    aon_target_put_name(r, &out, &r->variant);
    aon_buf_puts(&out, "scopes up to ");
    aon_target_put_shape(r, &out, r->max);
    aon_buf_putc(&out, '\n');
    if (aon_explain_symmetry(&out, spec, r->cli->diags) != AON_OK)
        r->code = AON_EXIT_INPUT;
    else
        aon_out(out.s, out.len);
    aon_buf_clear(&out);
}

int
aon_cmd_explain(aon_cli *cli)
{
    aon_find_spec spec = {.core = NULL};
    aon_target r;

    if (!aon_cli_has(cli, AON_OPT_symmetry))
        return aon_cli_usage(cli, "explain what?  Write `aon explain --symmetry "
                                  "FILE:STATEMENT`");
    aon_target_open(&r, cli);
    if (r.code == AON_EXIT_OK && aon_target_bound(&r, &spec)) {
        spec.core = r.core;
        spec.root = r.root;
        spec.no_symmetry = aon_cli_has(cli, AON_OPT_no_symmetry);
        explain(&r, &spec);
    }
    aon_target_close(&r);
    return r.code;
}
