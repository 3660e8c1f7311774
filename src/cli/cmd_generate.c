/*
 * aon generate: instances by construction (model/generate.h), or for a statement.
 */
#include "base/io.h"
#include "cli/cli.h"
#include "decide/decide.h"
#include "model/generate.h"
#include "sample/sample.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
    aon_cli *cli;
    uint64_t seed, first, count;
    aon_core *built;
    const aon_core *core; /* --for, or NULL */
    aon_ref *root;
    aon_table_spec table;
    aon_model_spec model[2];
    bool partner;
} plan;

/* A small number of an option into a member. */
static bool
number(aon_cli *cli, aon_option o, uint64_t none, uint64_t hi, slong *out)
{
    uint64_t v;

    if (!aon_cli_number(cli, o, none, 0, hi, &v))
        return false;
    *out = (slong)v;
    return true;
}

/* The rank is at most n, k - 1 and each dimension: else it was asked for in vain. */
static bool
rank_fits(plan *p)
{
    const slong side[] = {p->table.k - 1, p->model[0].d,
                          p->partner ? p->model[1].d : p->model[0].d};
    slong most = p->table.n;

    for (size_t i = 0; i < sizeof side / sizeof *side; i++)
        if (side[i] < most)
            most = side[i];
    if (p->table.r > most && aon_cli_has(p->cli, AON_OPT_rank)) {
        (void)aon_cli_usage(
            p->cli,
            "--rank %ld: it is at most the number of contexts, the number "
            "of tokens less one, and each dimension: %ld here",
            (long)p->table.r, (long)most);
        return false;
    }
    if (p->table.r > most)
        p->table.r = most;
    return true;
}

/* false, said: more is asked for than there is room for. */
static bool
room_for(aon_cli *cli, aon_option o, slong asked, slong most, const char *room)
{
    most = most > 0 ? most : 0;
    if (!aon_cli_has(cli, o) || asked <= most)
        return true;
    (void)aon_cli_usage(cli, "--%s %ld: it is at most %s: %ld here",
                        aon_option_table[o].name, (long)asked, room, (long)most);
    return false;
}

/* What the construction would cut in silence. */
static bool
all_fits(plan *p)
{
    static const aon_option of_query[] = {AON_OPT_chains, AON_OPT_lin_rank};
    const aon_table_spec *t = &p->table;
    const aon_model_spec *m = &p->model[0];
    const slong d = p->partner && p->model[1].d < m->d ? p->model[1].d : m->d;
    const slong rows = t->n - t->r, columns = t->k - 1 - t->r, hidden = d - t->r;

    for (size_t i = 0; i < sizeof of_query / sizeof *of_query; i++)
        if (aon_cli_has(p->cli, of_query[i]) && t->query_len == 0) {
            (void)aon_cli_usage(p->cli,
                                "--%s is about a query: add --query-len 1 or more",
                                aon_option_table[of_query[i]].name);
            return false;
        }
    return room_for(p->cli, AON_OPT_chains, t->chains, t->n,
                    "the number of contexts") &&
           room_for(p->cli, AON_OPT_lin_rank, t->lin_rank, t->r, "the rank") &&
           room_for(p->cli, AON_OPT_zero_rows, t->zero_rows, rows,
                    "the number of contexts less the rank") &&
           room_for(p->cli, AON_OPT_repeat, t->repeat, rows - t->zero_rows,
                    "the number of contexts less the rank and --zero-rows") &&
           room_for(p->cli, AON_OPT_zero_tokens, t->zero_tokens, columns,
                    "the number of tokens less the rank, less one") &&
           room_for(p->cli, AON_OPT_parallel, t->parallel, columns - t->zero_tokens,
                    "the number of tokens less the rank and --zero-tokens, less one") &&
           room_for(
               p->cli, AON_OPT_hidden_g, m->hidden_g,
               hidden < t->k - 1 ? hidden : t->k - 1,
               "each dimension less the rank, and the number of tokens less one") &&
           room_for(p->cli, AON_OPT_hidden_f, m->hidden_f,
                    hidden - m->hidden_g < t->n ? hidden - m->hidden_g : t->n,
                    "each dimension less the rank and --hidden-g, and the number of "
                    "contexts");
}

/* --for draws shapes itself. */
static bool
no_shape_options(aon_cli *cli)
{
    for (unsigned o = AON_OPT_d; o <= AON_OPT_perturb; o++)
        if (aon_cli_has(cli, (aon_option)o)) {
            (void)aon_cli_usage(
                cli, "--for draws instances of all shapes: it goes without --%s",
                aon_option_table[o].name);
            return false;
        }
    return true;
}

static bool
read_plan(plan *p)
{
    aon_cli *cli = p->cli;
    const bool degenerate = aon_cli_has(cli, AON_OPT_degenerate);
    slong denominators;

    if (!number(cli, AON_OPT_n, degenerate ? 0 : 5, 100000, &p->table.n) ||
        !number(cli, AON_OPT_k, degenerate ? 1 : 4, 100000, &p->table.k) ||
        !number(cli, AON_OPT_rank, degenerate ? 0 : 2, 100000, &p->table.r) ||
        !number(cli, AON_OPT_bits, 1, 4096, &p->table.entry_bits) ||
        !number(cli, AON_OPT_denominators, 0, 1000000, &denominators) ||
        !number(cli, AON_OPT_query_len, 0, 1000, &p->table.query_len) ||
        !number(cli, AON_OPT_chains, 2, 100000, &p->table.chains) ||
        !number(cli, AON_OPT_lin_rank, 0, 100000, &p->table.lin_rank) ||
        !number(cli, AON_OPT_repeat, 0, 100000, &p->table.repeat) ||
        !number(cli, AON_OPT_zero_rows, 0, 100000, &p->table.zero_rows) ||
        !number(cli, AON_OPT_zero_tokens, 0, 100000, &p->table.zero_tokens) ||
        !number(cli, AON_OPT_parallel, 0, 100000, &p->table.parallel) ||
        !number(cli, AON_OPT_d, degenerate ? 0 : 4, 10000, &p->model[0].d) ||
        !number(cli, AON_OPT_d2, degenerate ? 0 : 4, 10000, &p->model[1].d) ||
        !number(cli, AON_OPT_hidden_f, 0, 10000, &p->model[0].hidden_f) ||
        !number(cli, AON_OPT_hidden_g, 0, 10000, &p->model[0].hidden_g))
        return false;
    if (p->table.k == 0) {
        (void)aon_cli_usage(cli, "--k needs at least one token");
        return false;
    }
    p->table.denominators = (unsigned)denominators;
    p->table.query = aon_cli_has(cli, AON_OPT_query_len);
    p->model[0].entry_bits = p->table.entry_bits;
    p->model[0].shift = aon_cli_has(cli, AON_OPT_shift);
    p->model[0].skew = aon_cli_has(cli, AON_OPT_skew);
    p->model[0].orthonormal_like = p->table.entry_bits <= 1 && !p->model[0].skew;
    p->partner = aon_cli_has(cli, AON_OPT_d2);
    p->model[1] = (aon_model_spec){.d = p->model[1].d,
                                   .hidden_f = p->model[0].hidden_f,
                                   .hidden_g = p->model[0].hidden_g,
                                   .entry_bits = p->model[0].entry_bits,
                                   .shift = p->model[0].shift,
                                   .skew = p->model[0].skew};
    return rank_fits(p) && all_fits(p);
}

/* A dimension cannot be below the rank that the table came to have. */
static void
clamp(plan *p, const aon_table *t)
{
    for (size_t i = 0; i < 2; i++)
        if (p->model[i].d < t->r)
            p->model[i].d = t->r;
}

static aon_instance *
construct(const plan *whole, uint64_t index)
{
    plan p = *whole;
    aon_instance *in = aon_instance_new();
    aon_table t;
    aon_rng rng;

    aon_rng_stream(&rng, p.seed, index);
    aon_table_init(&t);
    aon_generate_table(&t, in, &p.table, &rng);
    clamp(&p, &t);
    aon_generate_model(in, "m", &t, &p.model[0], &rng);
    if (p.partner)
        aon_generate_model(in, "m'", &t, &p.model[1], &rng);
    if (aon_cli_has(p.cli, AON_OPT_perturb))
        (void)aon_generate_perturb(in, p.partner ? "m'" : "m", &rng);
    aon_table_clear(&t);
    return in;
}

static int
load_statement(plan *p, aon_theory **t)
{
    aon_cli *cli = p->cli;
    const char *file, *statement;
    aon_variant v;
    long i;
    int code;

    aon_cli_split(cli, aon_cli_value(cli, AON_OPT_for_statement), &file, &statement);
    if (statement == NULL)
        return aon_cli_usage(cli, "--for needs FILE:STATEMENT");
    code = aon_cli_load(cli, t, file);
    if (code != AON_EXIT_OK)
        return code;
    i = aon_cli_statement(cli, *t, file, statement);
    if (i < 0)
        return AON_EXIT_INPUT;
    aon_cli_variant(cli, &v);
    return aon_cli_exit(aon_cli_under(cli, *t, (size_t)i, &v, &p->built, &p->core,
                                      &p->root, cli->diags));
}

/* One instance on stdout, into the file, or into the folder. */
static int
deliver(plan *p, const aon_instance *in, uint64_t index, const char *path, bool folder)
{
    aon_cli *cli = p->cli;
    aon_buf text;
    int code = AON_EXIT_OK;

    aon_buf_init(&text);
    aon_instance_print(in, &text);
    if (path == NULL) {
        aon_out(text.s, text.len);
    } else {
        if (folder)
            path = aon_cli_printf(cli, "%s/%s-%04llu.aoni", path,
                                  p->core != NULL ? p->core->name : "instance",
                                  (unsigned long long)index);
        if (aon_write_file(path, text.s, text.len, cli->diags) != AON_OK)
            code = AON_EXIT_RESOURCES;
    }
    aon_buf_clear(&text);
    return code;
}

int
aon_cmd_generate(aon_cli *cli)
{
    plan p = {.cli = cli};
    const char *path = aon_cli_value(cli, AON_OPT_output);
    aon_theory *t = NULL;
    struct stat info;
    bool folder = false;
    int code = AON_EXIT_OK;

    if (cli->narg > 0)
        return aon_cli_usage(cli, "generate takes options only");
    if (!aon_cli_number(cli, AON_OPT_seed, 1, 0, UINT64_MAX, &p.seed) ||
        !aon_cli_number(cli, AON_OPT_first, 0, 0, UINT64_MAX >> 1, &p.first) ||
        !aon_cli_number(cli, AON_OPT_count, 1, 1, 1000000, &p.count) ||
        (aon_cli_has(cli, AON_OPT_for_statement) ? !no_shape_options(cli)
                                                 : !read_plan(&p)))
        return AON_EXIT_USAGE;
    if (path != NULL) {
        folder = p.count > 1 || (stat(path, &info) == 0 && S_ISDIR(info.st_mode));
        if (folder && mkdir(path, 0777) != 0 && errno != EEXIST) {
            aon_cli_note(cli, "cannot make the folder '%s': %s", path, strerror(errno));
            return AON_EXIT_RESOURCES;
        }
    }
    if (aon_cli_has(cli, AON_OPT_for_statement))
        code = load_statement(&p, &t);
    for (uint64_t i = p.first; i - p.first < p.count && code == AON_EXIT_OK; i++) {
        const aon_sample_spec spec = {.seed = p.seed};
        const char *kind;
        aon_instance *in = p.core != NULL
                               ? aon_sample_instance(p.core, p.root, &spec, i, &kind)
                               : construct(&p, i);

        code = deliver(&p, in, i, path, folder);
        aon_instance_free(in);
    }
    if (p.built != NULL)
        aon_core_free(p.built);
    if (t != NULL)
        aon_theory_free(t);
    return code;
}
