/*
 * aon show: a statement with the definitions it uses, or an instance.
 */
#include "base/io.h"
#include "cli/paper.h"
#include "report/report.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- definitions, as they stand in the library ---- */

typedef struct {
    const char *name, *text;
    size_t len;
    bool used;
} def;

typedef struct {
    def *item;
    size_t n, cap;
} defs;

/* Every "def NAME(..) := .." of a text: to the next line that begins with a word. */
static void
read_defs(aon_cli *cli, defs *out, const char *text)
{
    for (const char *s = text; s != NULL && *s != '\0';) {
        const char *end = strchr(s, '\n');

        if (strncmp(s, "def ", 4) == 0) {
            const char *name = s + 4;
            size_t len = 0;
            def *d;

            while (end != NULL && (end[1] == ' ' || end[1] == '\t'))
                end = strchr(end + 1, '\n');
            while (aon_cli_name_char(name[len]))
                len++;
            out->item = aon_grow(out->item, &out->cap, out->n + 1, sizeof *out->item);
            d = &out->item[out->n++];
            d->name = aon_arena_strndup(cli->arena, name, len);
            d->len = end != NULL ? (size_t)(end - s) : strlen(s);
            d->text = aon_arena_strndup(cli->arena, s, d->len);
            d->used = false;
        }
        s = end != NULL ? end + 1 : NULL;
    }
}

static void
mark(defs *all, const char *s, size_t len)
{
    for (size_t i = 0; i < len;) {
        size_t n = 0;

        while (i + n < len && aon_cli_name_char(s[i + n]))
            n++;
        for (size_t k = 0; n > 0 && i + n < len && s[i + n] == '(' && k < all->n; k++) {
            def *d = &all->item[k];

            if (d->used || strlen(d->name) != n || strncmp(d->name, s + i, n) != 0)
                continue;
            d->used = true;
            mark(all, strchr(d->text, '('), strlen(strchr(d->text, '(')));
        }
        i += n > 0 ? n : 1;
    }
}

static void
read_library(aon_cli *cli, defs *all, const char *file, const char *use)
{
    const char *slash = strrchr(file, '/');
    const int dir = slash != NULL ? (int)(slash - file) + 1 : 0;
    const int name = (int)strcspn(use, " ");
    const char *path = aon_cli_printf(cli, "%.*slib/%.*s.aon", dir, file, name, use);
    aon_buf text;

    aon_cli_roots(cli);
    for (size_t i = 0; access(path, R_OK) != 0 && i < cli->nroot; i++)
        path = aon_cli_printf(cli, "%s/lib/%.*s.aon", cli->root[i], name, use);
    aon_buf_init(&text);
    if (access(path, R_OK) == 0 && aon_read_file(path, &text, cli->diags) == AON_OK)
        read_defs(cli, all, text.s);
    aon_buf_clear(&text);
}

/* The `let` items of a statement's text, one per line. */
static void
put_lets(aon_buf *out, const char *s, size_t len)
{
    const char *const end = s + len, *title = "let\n";
    aon_buf let;

    aon_buf_init(&let);
    while (aon_cli_next_let(&s, end, &let)) {
        aon_buf_printf(out, "%s  %s\n", title, let.s);
        title = "";
    }
    aon_buf_clear(&let);
}

static void
show_statement(aon_cli *cli, aon_cli_papers *papers, const aon_theory *t,
               const char *file, const char *text, const aon_core *core)
{
    defs all = {NULL, 0, 0};
    const char *body, *title = "definitions\n";
    size_t len;
    aon_buf out;

    aon_buf_init(&out);
    aon_report_statement(&out, core);
    read_defs(cli, &all, text);
    for (size_t i = 0; i < core->nuse; i++)
        read_library(cli, &all, file, core->use[i]);
    body = aon_cli_statement_text(text, core->name, &len);
    put_lets(&out, body, len);
    mark(&all, body, len);
    for (size_t i = 0; i < all.n; i++)
        if (all.item[i].used) {
            aon_buf_printf(&out, "%s  %s\n", title, all.item[i].text);
            title = "";
        }
    if (!papers->to_stdout)
        aon_out(out.s, out.len);
    if (papers->tex != NULL || papers->html != NULL) {
        aon_report_names names;

        aon_cli_names(cli, &names, t, core);
        aon_cli_papers_add(papers, &(aon_paper){.core = core, .names = &names});
        aon_cli_names_clear(&names);
    }
    aon_buf_clear(&out);
    free(all.item);
}

static int
show_theory(aon_cli *cli, aon_cli_papers *papers, const char *file, const aon_buf *text,
            const char *statement)
{
    aon_theory *t = NULL;
    long chosen = -1;
    int code = aon_cli_exit(aon_cli_read_theorems(cli, &t, file, text));

    aon_cli_flush(cli);
    if (code != AON_EXIT_OK)
        return code;
    if (statement != NULL) {
        chosen = aon_cli_statement(cli, t, file, statement);
        code = chosen < 0 ? AON_EXIT_INPUT : AON_EXIT_OK;
    }
    for (size_t i = 0; code == AON_EXIT_OK && i < aon_theory_statements(t); i++)
        if (chosen < 0 || (size_t)chosen == i) {
            if (chosen < 0 && i > 0 && !papers->to_stdout)
                aon_outf("\n");
            show_statement(cli, papers, t, file, text->s, aon_theory_core(t, i));
        }
    aon_theory_free(t);
    return code;
}

/* By its name, or by its first word. */
static bool
is_instance(const char *path, const aon_buf *text)
{
    const size_t n = strlen(path);

    return (n > 5 && strcmp(path + n - 5, ".aoni") == 0) || aon_cli_is_instance(text);
}

static int
show_instance(aon_cli *cli, aon_cli_papers *papers, const char *file,
              const aon_buf *text)
{
    aon_instance *in = NULL;
    const int code =
        aon_cli_exit(aon_instance_read(&in, file, text->s, text->len, cli->diags));
    aon_buf out;

    aon_cli_flush(cli);
    if (code != AON_EXIT_OK)
        return code;
    aon_instance_index(in);
    aon_buf_init(&out);
    aon_report_instance(&out, in);
    if (!papers->to_stdout)
        aon_out(out.s, out.len);
    aon_cli_papers_add(papers, &(aon_paper){.in = in, .instance = file});
    aon_buf_clear(&out);
    aon_instance_free(in);
    return code;
}

int
aon_cmd_show(aon_cli *cli)
{
    const char *file, *statement;
    aon_cli_papers papers;
    aon_buf text;
    int code;

    if (cli->narg != 1)
        return aon_cli_usage(cli,
                             "show takes a theorem file, a statement or an instance");
    if (!aon_cli_papers_begin(&papers, cli, cli->arg[0]))
        return AON_EXIT_USAGE;
    aon_cli_split(cli, cli->arg[0], &file, &statement);
    aon_buf_init(&text);
    code = aon_cli_exit(aon_read_file(file, &text, cli->diags));
    if (code == AON_EXIT_OK)
        code = is_instance(file, &text)
                   ? show_instance(cli, &papers, file, &text)
                   : show_theory(cli, &papers, file, &text, statement);
    aon_buf_clear(&text);
    if (code == AON_EXIT_OK)
        return aon_cli_papers_end(&papers);
    aon_cli_papers_drop(&papers);
    return code;
}
