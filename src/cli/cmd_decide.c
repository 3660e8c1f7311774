/*
 * aon decide: statements in instances.
 */
#include "base/io.h"
#include "cli/paper.h"
#include "decide/decide.h"
#include "report/report.h"
#include "witness/witness.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
    aon_cli *cli;
    aon_theory *t;
    aon_variant variant;
    bool named;         /* the statement was named: what does not fit is an error */
    const char *output; /* -o, or NULL */
    bool to_folder;
    aon_cli_papers papers;
    size_t decided;
    int code;
} run;

static int
code_of(aon_verdict v)
{
    switch (v) {
    case AON_HOLDS:
        return AON_EXIT_OK;
    case AON_VIOLATED:
        return AON_EXIT_NOT;
    case AON_INAPPLICABLE:
        return AON_EXIT_VACUOUS;
    case AON_UNDECIDED:
        break;
    }
    return AON_EXIT_UNDECIDED;
}

/* "folder/thm15-t15-3.aonw" */
static const char *
witness_path(run *r, const aon_core *core, const char *instance)
{
    const char *base = strrchr(instance, '/'), *dot;
    size_t len;

    if (!r->to_folder)
        return r->output;
    base = base != NULL ? base + 1 : instance;
    dot = strrchr(base, '.');
    len = dot != NULL && dot > base ? (size_t)(dot - base) : strlen(base);
    return aon_cli_printf(r->cli, "%s/%s-%.*s.aonw", r->output, core->name, (int)len,
                          base);
}

static void
write_witness(run *r, aon_decision *d, const aon_core *core, const aon_instance *in,
              const char *instance)
{
    aon_buf text;

    if (aon_decision_verdict(d) == AON_UNDECIDED) {
        aon_cli_note(r->cli, "%s: undecided, so there is no witness", core->name);
        return;
    }
    aon_buf_init(&text);
    aon_witness_print(&text, d, core, &r->variant, in);
    if (aon_write_file(witness_path(r, core, instance), text.s, text.len,
                       r->cli->diags) != AON_OK)
        r->code = aon_exit_worse(r->code, AON_EXIT_RESOURCES);
    aon_buf_clear(&text);
}

static void
print_decision(run *r, aon_decision *d, const aon_core *core, const aon_instance *in,
               const char *instance)
{
    aon_report_names names;
    aon_buf out;

    aon_cli_names(r->cli, &names, r->t, core);
    aon_buf_init(&out);
    if (r->cli->json) {
        aon_report_json_decision(&out, d, core, &r->variant, instance, &names);
        aon_buf_putc(&out, '\n');
    } else {
        size_t before;

        aon_buf_printf(&out, "%s  ", core->name);
        before = out.len;
        aon_report_variant(&out, &r->variant);
        aon_buf_printf(&out, "%s%s  ", out.len > before ? "  " : "", instance);
        aon_report_verdict(&out, d, core);
        aon_buf_putc(&out, '\n');
        if (!r->cli->quiet && aon_decision_verdict(d) != AON_HOLDS)
            aon_report_why(&out, d, core, &names);
    }
    if (!r->papers.to_stdout)
        aon_out(out.s, out.len);
    aon_cli_papers_add(&r->papers,
                       &(aon_paper){core, d, &r->variant, in, instance, &names});
    aon_buf_clear(&out);
    aon_cli_names_clear(&names);
}

/* Nothing but a note if an unnamed statement does not fit. */
static void
skip(run *r, const char *statement, const char *instance, aon_diags *why)
{
    aon_buf text;
    const char *first;

    aon_buf_init(&text);
    aon_diags_print(why, &text, false);
    if (r->named) {
        aon_cli_flush(r->cli);
        for (const char *line = text.s, *end; *line != '\0'; line = end) {
            end = line + strcspn(line, "\n");
            end += *end != '\0';
            /* an error without a place in a file is one of this instance */
            if (strncmp(line, "error: ", 7) == 0)
                fprintf(stderr, "%s: ", instance);
            fwrite(line, 1, (size_t)(end - line), stderr);
        }
        r->code = aon_exit_worse(r->code, AON_EXIT_INPUT);
    } else {
        first = strstr(text.s, "error: ");
        first = first != NULL ? first + strlen("error: ") : text.s;
        aon_cli_note(r->cli, "%s is skipped on %s: %.*s", statement, instance,
                     (int)strcspn(first, "\n"), first);
    }
    aon_buf_clear(&text);
}

static void
decide_one(run *r, const aon_core *core, const aon_ref *root, const aon_instance *in,
           const char *instance)
{
    aon_diags *mine = aon_diags_new();
    aon_decision *d = NULL;

    if (aon_decide(&d, core, root, in, NULL, mine) != AON_OK) {
        skip(r, core->name, instance, mine);
        aon_diags_free(mine);
        return;
    }
    r->decided++;
    if (r->output != NULL)
        write_witness(r, d, core, in, instance);
    print_decision(r, d, core, in, instance);
    r->code = aon_exit_worse(r->code, code_of(aon_decision_verdict(d)));
    aon_decision_free(d);
    aon_diags_free(mine);
}

static void
decide_statement(run *r, size_t i, aon_instance *const *in)
{
    aon_diags *mine = aon_diags_new();
    const aon_core *core;
    aon_core *built;
    aon_ref *root;
    const aon_status st =
        aon_cli_under(r->cli, r->t, i, &r->variant, &built, &core, &root, mine);

    for (size_t k = 1; st == AON_OK && k < r->cli->narg; k++)
        decide_one(r, core, root, in[k], r->cli->arg[k]);
    if (st != AON_OK)
        skip(r, aon_theory_statement(r->t, i), "every instance", mine);
    if (built != NULL)
        aon_core_free(built);
    aon_diags_free(mine);
}

/* Two witnesses of one name would be one file. */
static bool
names_clash(run *r)
{
    const aon_cli *cli = r->cli;
    const aon_core *core = aon_theory_core(r->t, 0);

    for (size_t i = 2; r->to_folder && i < cli->narg; i++)
        for (size_t k = 1; k < i; k++)
            if (strcmp(witness_path(r, core, cli->arg[i]),
                       witness_path(r, core, cli->arg[k])) == 0)
                return aon_cli_usage(
                           r->cli,
                           "the witnesses of '%s' and '%s' would have the same "
                           "name: decide them into different folders",
                           cli->arg[k], cli->arg[i]) != AON_EXIT_OK;
    return false;
}

static int
prepare_output(run *r, size_t count)
{
    struct stat st;
    const bool there = stat(r->output, &st) == 0;
    const size_t len = strlen(r->output);

    r->to_folder = count > 1 || (there && S_ISDIR(st.st_mode)) ||
                   (len > 0 && r->output[len - 1] == '/');
    if (names_clash(r))
        return AON_EXIT_USAGE;
    if (!r->to_folder || (there && S_ISDIR(st.st_mode)) || mkdir(r->output, 0777) == 0)
        return AON_EXIT_OK;
    aon_cli_note(r->cli, "cannot make the folder '%s': %s", r->output, strerror(errno));
    return AON_EXIT_RESOURCES;
}

int
aon_cmd_decide(aon_cli *cli)
{
    run r = {.cli = cli, .output = aon_cli_value(cli, AON_OPT_output)};
    const char *file, *statement;
    aon_instance **in;
    long chosen = -1;
    size_t count;

    if (cli->narg < 2)
        return aon_cli_usage(cli, "decide takes a theorem file and instances");
    aon_cli_split(cli, cli->arg[0], &file, &statement);
    aon_cli_variant(cli, &r.variant);
    r.named = statement != NULL;
    if (!aon_cli_papers_begin(&r.papers, cli, cli->arg[0]))
        return AON_EXIT_USAGE;
    r.code = aon_cli_load(cli, &r.t, file);
    if (r.code != AON_EXIT_OK) {
        aon_cli_papers_drop(&r.papers);
        return r.code;
    }
    in = AON_NEW_N(cli->arena, aon_instance *, cli->narg);
    if (statement != NULL) {
        chosen = aon_cli_statement(cli, r.t, file, statement);
        r.code = chosen < 0 ? AON_EXIT_INPUT : AON_EXIT_OK;
    }
    for (size_t k = 1; k < cli->narg; k++)
        r.code = aon_exit_worse(r.code, aon_cli_instance(cli, &in[k], cli->arg[k]));
    count = r.named ? 1 : aon_theory_statements(r.t);
    if (r.code == AON_EXIT_OK && r.output != NULL)
        r.code = prepare_output(&r, count * (cli->narg - 1));
    if (r.code == AON_EXIT_OK) {
        for (size_t i = 0; i < aon_theory_statements(r.t); i++)
            if (chosen < 0 || (size_t)chosen == i)
                decide_statement(&r, i, in);
        if (r.decided == 0 && r.code == AON_EXIT_OK) {
            aon_cli_note(cli, "no statement of %s fits", file);
            r.code = AON_EXIT_INPUT;
        }
    }
    if (r.papers.parts > 0)
        r.code = aon_exit_worse(r.code, aon_cli_papers_end(&r.papers));
    else
        aon_cli_papers_drop(&r.papers); /* what is wrong has been said */
    for (size_t k = 1; k < cli->narg; k++)
        if (in[k] != NULL)
            aon_instance_free(in[k]);
    aon_theory_free(r.t);
    return r.code;
}
