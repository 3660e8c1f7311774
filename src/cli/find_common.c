/*
 * One statement with its variant and bounds, for the commands that look at scopes.
 */
#include "cli/find_common.h"

#include "base/io.h"
#include "base/jobs.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool
aon_target_shape(aon_target *r, aon_option o, const char *option, uint32_t *out)
{
    const char *s = aon_cli_value(r->cli, o);
    const size_t n = r->nshape;
    size_t i = 0;

    if (s == NULL)
        return true;
    s += *s == '(';
    while (i < n && *s >= '0' && *s <= '9') {
        char *end;
        const unsigned long v = strtoul(s, &end, 10);

        if (v > 64)
            break;
        out[i++] = (uint32_t)v;
        s = end + (*end == ',' && i < n);
    }
    s += *s == ')';
    if (i == n && *s == '\0')
        return true;
    r->code = aon_cli_usage(r->cli,
                            "--%s takes %zu numbers with commas between them: the "
                            "dimensions of `%s` in order (up to 4), contexts and "
                            "tokens (up to 8)",
                            option, n, r->core->name);
    return false;
}

bool
aon_target_bound(aon_target *r, aon_find_spec *spec)
{
    uint64_t jobs, grid;
    size_t n = 2;

    for (size_t i = 0; i < r->core->ngiven; i++)
        n += r->core->given[i].type.kind == AON_T_DIM;
    if (n > AON_SHAPE_MAX) {
        aon_cli_note(r->cli,
                     "`%s` has %zu dimensions: statements with up to %d are searched",
                     r->core->name, n - 2, (int)AON_SHAPE_MAX - 2);
        r->code = AON_EXIT_INPUT;
        return false;
    }
    r->nshape = n;
    for (size_t i = 0; i < n; i++) {
        r->min[i] = 1;
        r->max[i] = i + 2 < n ? 2 : 3;
    }
    if (!aon_target_shape(r, AON_OPT_min, "min", r->min) ||
        !aon_target_shape(r, AON_OPT_max, "max", r->max))
        return false;
    if (!aon_cli_number(r->cli, AON_OPT_jobs, aon_jobs_default(), 1, 1024, &jobs) ||
        !aon_cli_number(r->cli, AON_OPT_grid, 1, 1, 4, &grid) ||
        !aon_cli_number(r->cli, AON_OPT_work, 0, 1, UINT64_MAX / 4, &spec->max_work)) {
        r->code = AON_EXIT_USAGE;
        return false;
    }
    r->grid = (uint32_t)grid;
    r->because = aon_cli_value(r->cli, AON_OPT_because);
    spec->because = r->because;
    spec->min = r->min;
    spec->max = r->max;
    spec->jobs = (unsigned)jobs;
    spec->grid = r->grid;
    return true;
}

const char *
aon_target_stem(aon_target *r, const aon_variant *v)
{
    const char *shard = aon_cli_value(r->cli, AON_OPT_shard); /* has been read */
    aon_buf b;
    const char *s;

    aon_buf_init(&b);
    aon_buf_puts(&b, r->core->name);
    for (size_t i = 0; i < v->nwithout; i++)
        aon_buf_printf(&b, "-without-%s", v->without[i]);
    for (size_t i = 0; i < v->nweaken; i++)
        aon_buf_printf(&b, "-weaken-%s", v->weaken[i]);
    if (v->has_only)
        aon_buf_puts(&b, "-only");
    for (size_t i = 0; i < v->nonly; i++)
        aon_buf_printf(&b, "-%s", v->only[i]);
    for (size_t i = 0; i < v->ndrop; i++)
        aon_buf_printf(&b, "-drop-%s", v->drop[i]);
    if (r->because != NULL)
        aon_buf_printf(&b, "-because-%s", r->because);
    if (shard != NULL)
        aon_buf_printf(&b, "-shard-%.*s-of-%s", (int)strcspn(shard, "/"), shard,
                       shard + strcspn(shard, "/") + 1);
    s = aon_cli_printf(r->cli, "%s", b.s);
    aon_buf_clear(&b);
    return s;
}

void
aon_target_write(aon_target *r, const char *name, const aon_buf *text)
{
    const char *path = aon_cli_printf(r->cli, "%s/%s", r->output, name);

    if (aon_write_file(path, text->s, text->len, r->cli->diags) != AON_OK)
        r->code = aon_exit_worse(r->code, AON_EXIT_RESOURCES);
    else
        aon_cli_wrote(r->cli, path);
}

void
aon_target_put_because(const aon_target *r, aon_buf *out)
{
    if (r->because != NULL)
        aon_buf_printf(out, " because %s", r->because);
}

void
aon_target_put_part(const aon_target *r, aon_buf *out)
{
    const char *shard = aon_cli_value(r->cli, AON_OPT_shard);
    bool whole = true;

    if (shard != NULL)
        aon_buf_printf(out, " in shard %s", shard);
    if (r->grid != 1)
        aon_buf_printf(out, " on the grid -%" PRIu32 "..%" PRIu32, r->grid, r->grid);
    for (size_t i = 0; i < r->nshape; i++)
        whole = whole && r->min[i] <= 1;
    if (whole)
        return;
    aon_buf_puts(out, " from ");
    aon_find_print_shape(out, r->min, r->nshape);
    aon_buf_puts(out, " on");
}

void
aon_target_json_part(const aon_target *r, aon_buf *out)
{
    const char *shard = aon_cli_value(r->cli, AON_OPT_shard);

    aon_buf_puts(out, ",\"min\":");
    aon_target_json_shape(r, out, r->min);
    aon_buf_printf(out, ",\"grid\":%" PRIu32, r->grid);
    if (shard != NULL)
        aon_buf_printf(out, ",\"shard\":\"%s\"", shard);
}

void
aon_target_json_variant(const aon_target *r, aon_buf *out)
{
    aon_buf variant;

    aon_buf_init(&variant);
    aon_report_variant(&variant, &r->variant);
    aon_buf_puts(out, ",\"variant\":");
    aon_buf_put_json(out, variant.s, variant.len);
    if (r->because != NULL) {
        aon_buf_puts(out, ",\"because\":");
        aon_buf_put_json(out, r->because, strlen(r->because));
    }
    aon_buf_clear(&variant);
}

void
aon_target_json_shape(const aon_target *r, aon_buf *out, const uint32_t *shape)
{
    for (size_t i = 0; i < r->nshape; i++)
        aon_buf_printf(out, "%c%" PRIu32, i > 0 ? ',' : '[', shape[i]);
    aon_buf_putc(out, ']');
}

void
aon_target_put_name(const aon_target *r, aon_buf *out, const aon_variant *v)
{
    const size_t before = out->len + strlen(r->core->name) + 2;

    aon_buf_printf(out, "%s  ", r->core->name);
    aon_report_variant(out, v);
    aon_buf_puts(out, out->len > before ? "  " : "");
}

void
aon_target_put_shape(const aon_target *r, aon_buf *out, const uint32_t *shape)
{
    aon_buf_putc(out, '(');
    for (size_t i = 0; i < r->core->ngiven; i++)
        if (r->core->given[i].type.kind == AON_T_DIM)
            aon_buf_printf(out, "%s,", r->core->given[i].name);
    aon_buf_puts(out, "n,k) = ");
    aon_find_print_shape(out, shape, r->nshape);
}

/* The folder -o, before anything is searched. */
static void
make_folder(aon_target *r)
{
    struct stat info;

    if (strcmp(r->output, "-") == 0 || *r->output == '\0')
        r->code = aon_cli_usage(r->cli, "-o takes a folder here, for several files");
    else if (mkdir(r->output, 0777) != 0 && errno != EEXIST) {
        aon_cli_note(r->cli, "cannot make the folder '%s': %s", r->output,
                     strerror(errno));
        r->code = AON_EXIT_RESOURCES;
    } else if (stat(r->output, &info) != 0 || !S_ISDIR(info.st_mode)) {
        r->code = aon_cli_usage(
            r->cli, "-o takes a folder here, for several files; '%s' is a file",
            r->output);
    }
}

void
aon_target_open(aon_target *r, aon_cli *cli)
{
    const char *file, *statement;

    memset(r, 0, sizeof *r);
    r->cli = cli;
    r->output = aon_cli_value(cli, AON_OPT_output);
    if (cli->narg != 1) {
        r->code = aon_cli_usage(cli, "%s takes one FILE:STATEMENT",
                                aon_command_table[cli->command].name);
        return;
    }
    aon_cli_split(cli, cli->arg[0], &file, &statement);
    aon_cli_variant(cli, &r->variant);
    r->code = aon_cli_load(cli, &r->t, file);
    if (r->code == AON_EXIT_OK)
        r->code = aon_cli_choose(cli, r->t, file, statement, &r->statement);
    if (r->code == AON_EXIT_OK && r->output != NULL)
        make_folder(r);
    if (r->code != AON_EXIT_OK)
        return;
    r->code = aon_cli_exit(aon_cli_under(cli, r->t, r->statement, &r->variant,
                                         &r->built, &r->core, &r->root, cli->diags));
}

void
aon_target_close(aon_target *r)
{
    if (r->built != NULL)
        aon_core_free(r->built);
    if (r->t != NULL)
        aon_theory_free(r->t);
    r->built = NULL;
    r->t = NULL;
}
