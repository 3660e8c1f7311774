/*
 * Where theorems and libraries are found, and reading what the command line names.
 */
#include "cli/cli.h"

#include "base/io.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
is_file(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

/* The folder of this program with its slash; "" if unknown. */
static const char *
program_folder(aon_cli *cli)
{
    char path[4096];
    const ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    const char *s = cli->program, *slash;

    if (n > 0) {
        path[n] = '\0';
        s = aon_arena_strndup(cli->arena, path, (size_t)n);
    }
    slash = strrchr(s, '/');
    return slash != NULL ? aon_arena_strndup(cli->arena, s, (size_t)(slash - s) + 1)
                         : "";
}

static void
add_root(aon_cli *cli, const char *path)
{
    if (path != NULL && *path != '\0')
        cli->root[cli->nroot++] = path;
}

/* $AON_THEOREMS, the working folder, the build tree, the installed ones. */
void
aon_cli_roots(aon_cli *cli)
{
    const char *folder;

    if (cli->root != NULL)
        return;
    folder = program_folder(cli);
    cli->root = AON_NEW_N(cli->arena, const char *, 8);
    add_root(cli, getenv("AON_THEOREMS"));
    add_root(cli, "theorems");
    if (*folder != '\0') {
        add_root(cli, aon_cli_printf(cli, "%s../share/aon/theorems", folder));
        add_root(cli, aon_cli_printf(cli, "%s../../theorems", folder));
    }
    add_root(cli, AON_THEOREMS_DIR);
}

const char *
aon_cli_theorems(aon_cli *cli)
{
    aon_cli_roots(cli);
    for (size_t i = 0; i < cli->nroot; i++)
        if (is_file(aon_cli_printf(cli, "%s/lib/ntp.aon", cli->root[i])))
            return cli->root[i];
    return NULL;
}

int
aon_cli_load(aon_cli *cli, aon_theory **out, const char *path)
{
    aon_status st;
    aon_buf text;

    aon_buf_init(&text);
    st = aon_read_file(path, &text, cli->diags);
    if (st == AON_OK)
        st = aon_cli_read_theorems(cli, out, path, &text);
    aon_cli_flush(cli);
    aon_buf_clear(&text);
    return aon_cli_exit(st);
}

int
aon_cli_load_library(aon_cli *cli, aon_theory **out)
{
    const char *path = aon_cli_value(cli, AON_OPT_lib);

    if (path == NULL) {
        const char *root = aon_cli_theorems(cli);

        if (root == NULL) {
            aon_cli_note(cli, "no library: name one with --lib, or set AON_THEOREMS to "
                              "the folder that holds lib/ntp.aon");
            return AON_EXIT_INPUT;
        }
        path = aon_cli_printf(cli, "%s/lib/ntp.aon", root);
    }
    return aon_cli_load(cli, out, path);
}

int
aon_cli_instance(aon_cli *cli, aon_instance **out, const char *path)
{
    const aon_status st = aon_instance_read_file(out, path, cli->diags);

    aon_cli_flush(cli);
    if (st == AON_OK)
        aon_instance_index(*out);
    return aon_cli_exit(st);
}

void
aon_cli_split(aon_cli *cli, const char *arg, const char **file, const char **statement)
{
    const char *colon = strrchr(arg, ':');

    *file = arg;
    *statement = NULL;
    if (colon == NULL || strchr(colon, '/') != NULL || is_file(arg))
        return;
    *file = aon_arena_strndup(cli->arena, arg, (size_t)(colon - arg));
    *statement = colon + 1;
}

long
aon_cli_statement(aon_cli *cli, const aon_theory *t, const char *file, const char *name)
{
    const size_t n = aon_theory_statements(t);
    aon_buf names;

    for (size_t i = 0; i < n; i++)
        if (strcmp(aon_theory_statement(t, i), name) == 0)
            return (long)i;
    aon_buf_init(&names);
    for (size_t i = 0; i < n; i++)
        aon_buf_printf(&names, "%s%s", i > 0 ? ", " : "", aon_theory_statement(t, i));
    aon_cli_note(cli, "%s has no statement '%s'; it has: %s", file, name,
                 n > 0 ? names.s : "none");
    aon_buf_clear(&names);
    return -1;
}

int
aon_cli_choose(aon_cli *cli, const aon_theory *t, const char *file,
               const char *statement, size_t *out)
{
    const size_t n = aon_theory_statements(t);
    long chosen = 0;

    if (n == 0) {
        aon_cli_note(cli, "%s has no statement", file);
        return AON_EXIT_INPUT;
    }
    if (statement == NULL && n > 1)
        return aon_cli_usage(cli, "%s has %zu statements: name one, as in %s:%s", file,
                             n, file, aon_theory_statement(t, 0));
    if (statement != NULL)
        chosen = aon_cli_statement(cli, t, file, statement);
    if (chosen < 0)
        return AON_EXIT_INPUT;
    *out = (size_t)chosen;
    return AON_EXIT_OK;
}

static aon_dim
number(slong n)
{
    aon_dim d;

    memset(&d, 0, sizeof d);
    d.kind = AON_DIM_INT;
    d.value = (uint32_t)n;
    return d;
}

const aon_given *
aon_cli_givens(aon_cli *cli, const aon_instance *in, size_t *n)
{
    static const aon_type_kind kind_of[] = {
        [AON_VAL_DIM] = AON_T_DIM,
        [AON_VAL_MODEL] = AON_T_MODEL,
        [AON_VAL_SCALAR] = AON_T_SCALAR,
        [AON_VAL_VECTOR] = AON_T_VECTOR,
        [AON_VAL_MATRIX] = AON_T_MATRIX,
        [AON_VAL_SUBSPACE] = AON_T_SPACE,
        [AON_VAL_QUERY] = AON_T_QUERY,
        [AON_VAL_TOKEN] = AON_T_TOKEN,
        [AON_VAL_CONTEXT] = AON_T_CONTEXT,
        [AON_VAL_TOKENSET] = AON_T_TOKENS,
        [AON_VAL_CONTEXTSET] = AON_T_CONTEXTS,
    };
    aon_given *g = AON_NEW_N(cli->arena, aon_given, in->nvalues + 1);

    for (size_t i = 0; i < in->nvalues; i++) {
        const aon_value *v = &in->value[i];

        g[i].name = v->name;
        g[i].type.kind = kind_of[v->kind];
        g[i].type.rows = number(1);
        g[i].type.cols = number(1);
        switch (v->kind) {
        case AON_VAL_MODEL:
        case AON_VAL_SUBSPACE:
            g[i].type.rows = number(v->dim);
            break;
        case AON_VAL_VECTOR:
        case AON_VAL_MATRIX:
            g[i].type.rows = number(aon_mat_rows(&v->a));
            g[i].type.cols = number(aon_mat_cols(&v->a));
            break;
        default:
            break;
        }
    }
    *n = in->nvalues;
    return g;
}
