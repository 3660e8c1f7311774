/*
 * aon core, aon fmt: a theorem file as the program reads it, and as it should look.
 */
#include "base/io.h"
#include "cli/cli.h"

#include <string.h>

/* The next line that begins a statement. */
static const char *
statement_line(const char *s)
{
    static const char word[] = "statement ";

    if (strncmp(s, word, sizeof word - 1) == 0)
        return s;
    s = strstr(s, "\nstatement ");
    return s != NULL ? s + 1 : NULL;
}

/*
 * The core of the file with the blocks of statements replaced by what is left under the
 * drops; a statement that does not use the definitions stays as it is.
 */
static int
print_dropped(aon_cli *cli, const aon_theory *t, const aon_variant *v,
              const aon_buf *whole, aon_buf *out)
{
    const size_t n = aon_theory_statements(t);
    const char *s = whole->s;
    size_t changed = 0;

    for (size_t i = 0; i < n; i++) {
        const char *begin = statement_line(s), *end;
        aon_diags *mine = aon_diags_new();
        aon_core *c = NULL;

        AON_ASSERT(begin != NULL);
        end = strstr(begin, "\nend\n");
        AON_ASSERT(end != NULL);
        end += strlen("\nend\n");
        aon_buf_put(out, s, (size_t)(begin - s));
        if (aon_core_build(&c, t, i, v->drop, v->ndrop, mine) == AON_OK) {
            aon_core_print(c, out);
            aon_core_free(c);
            changed++;
        } else {
            aon_buf_put(out, begin, (size_t)(end - begin));
        }
        aon_diags_free(mine);
        s = end;
    }
    aon_buf_puts(out, s);
    if (changed > 0)
        return AON_EXIT_OK;
    if (n == 0) {
        aon_cli_note(cli, "%s has no statement", cli->arg[0]);
    } else {
        aon_core *c = NULL;

        if (aon_core_build(&c, t, 0, v->drop, v->ndrop, cli->diags) == AON_OK)
            aon_core_free(c);
    }
    return AON_EXIT_INPUT;
}

int
aon_cmd_core(aon_cli *cli)
{
    aon_theory *t = NULL;
    aon_variant v;
    aon_buf whole, out;
    int code;

    if (cli->narg != 1)
        return aon_cli_usage(cli, "core takes one theorem file");
    aon_cli_variant(cli, &v);
    code = aon_cli_load(cli, &t, cli->arg[0]);
    if (code != AON_EXIT_OK)
        return code;
    aon_buf_init(&whole);
    aon_buf_init(&out);
    aon_theory_print_core(t, &whole);
    if (v.ndrop > 0) {
        code = print_dropped(cli, t, &v, &whole, &out);
        if (code == AON_EXIT_OK)
            aon_out(out.s, out.len);
    } else {
        aon_out(whole.s, whole.len);
    }
    aon_buf_clear(&out);
    aon_buf_clear(&whole);
    aon_theory_free(t);
    return code;
}

int
aon_cmd_fmt(aon_cli *cli)
{
    aon_buf text, out;
    aon_status st;
    int code;

    if (cli->narg != 1)
        return aon_cli_usage(cli, "fmt takes one theorem file");
    aon_buf_init(&text);
    aon_buf_init(&out);
    st = aon_read_file(cli->arg[0], &text, cli->diags);
    if (st == AON_OK)
        st = aon_cli_is_theorem(cli, cli->arg[0], &text);
    if (st == AON_OK)
        st = aon_format(&out, cli->arg[0], text.s, text.len, cli->diags);
    code = aon_cli_exit(st);
    if (st == AON_OK && aon_cli_has(cli, AON_OPT_in_place)) {
        if (aon_write_file(cli->arg[0], out.s, out.len, cli->diags) != AON_OK)
            code = AON_EXIT_RESOURCES;
    } else if (st == AON_OK) {
        aon_out(out.s, out.len);
    }
    aon_buf_clear(&out);
    aon_buf_clear(&text);
    return code;
}
