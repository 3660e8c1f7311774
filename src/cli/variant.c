/*
 * --without, --weaken, --only, --drop: a statement under a variant.
 */
#include "cli/cli.h"

#include <string.h>

/* All comma-separated names of an option. */
static const char **
name_list(aon_cli *cli, aon_option o, size_t *n)
{
    size_t cap = 0;
    const char **list;

    for (size_t i = 0; i < cli->nvalue[o]; i++)
        cap += strlen(cli->value[o][i]) + 1;
    list = AON_NEW_N(cli->arena, const char *, cap + 1);
    *n = 0;
    for (size_t i = 0; i < cli->nvalue[o]; i++)
        for (const char *s = cli->value[o][i]; *s != '\0';) {
            const size_t len = strcspn(s, ", {}");

            if (len > 0)
                list[(*n)++] = aon_arena_strndup(cli->arena, s, len);
            s += len;
            s += strspn(s, ", {}");
        }
    return list;
}

void
aon_cli_variant(aon_cli *cli, aon_variant *v)
{
    memset(v, 0, sizeof *v);
    v->without = name_list(cli, AON_OPT_without, &v->nwithout);
    v->weaken = name_list(cli, AON_OPT_weaken, &v->nweaken);
    v->only = name_list(cli, AON_OPT_only, &v->nonly);
    v->drop = name_list(cli, AON_OPT_drop, &v->ndrop);
    v->has_only = aon_cli_has(cli, AON_OPT_only);
}

static const char *
common_name(const char **a, size_t na, const char **b, size_t nb)
{
    for (size_t i = 0; i < na; i++)
        for (size_t k = 0; k < nb; k++)
            if (strcmp(a[i], b[k]) == 0)
                return a[i];
    return NULL;
}

int
aon_cli_variant_check(aon_cli *cli)
{
    aon_variant v;
    const char *name;

    aon_cli_variant(cli, &v);
    name = common_name(v.without, v.nwithout, v.weaken, v.nweaken);
    if (name != NULL)
        return aon_cli_usage(cli, "--without and --weaken both name '%s'", name);
    name = common_name(v.without, v.nwithout, v.only, v.nonly);
    if (name != NULL)
        return aon_cli_usage(cli, "--without and --only both name '%s'", name);
    return AON_EXIT_OK;
}

aon_status
aon_cli_under(aon_cli *cli, const aon_theory *t, size_t i, const aon_variant *v,
              aon_core **built, const aon_core **core, aon_ref **root, aon_diags *diags)
{
    *built = NULL;
    *core = aon_theory_core(t, i);
    if (v->ndrop > 0) {
        if (aon_core_build(built, t, i, v->drop, v->ndrop, diags) != AON_OK)
            return AON_EINPUT;
        *core = *built;
    }
    *root = AON_NEW_N(cli->arena, aon_ref, (*core)->nassume + 1);
    return aon_variant_roots(*core, v, *root, diags);
}
