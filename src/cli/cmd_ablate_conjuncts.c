/*
 * aon ablate --conjuncts: which labelled conjuncts of the definitions are enough.
 */
#include "cli/ablate_view.h"
#include "search/ablate_conjuncts.h"

#include <inttypes.h>
#include <string.h>

static const char *
name_of(const aon_ablate_view *v, size_t i)
{
    return ((const aon_conjuncts *)v->arg)->label[i];
}

static bool
has(const aon_ablate_view *v, aon_levels set, size_t i, bool *weakened)
{
    (void)v;
    (void)weakened;
    return set >> i & 1;
}

static aon_variant
variant_of(const aon_ablate_view *v, aon_levels set)
{
    return aon_conjuncts_variant(v->arg, &v->r->variant, set, v->r->cli->arena);
}

/* The names of --conjuncts, "EL,pairA.van", in the arena. */
static const char **
wanted_names(aon_cli *cli, size_t *n)
{
    const char *s = aon_cli_value(cli, AON_OPT_conjuncts);
    const char **list = AON_NEW_N(cli->arena, const char *, strlen(s) + 1);

    *n = 0;
    while (*s != '\0') {
        const size_t len = strcspn(s, ",");

        if (len > 0)
            list[(*n)++] = aon_arena_strndup(cli->arena, s, len);
        s += len + (s[len] == ',');
    }
    return list;
}

static void
put_text(const aon_ablate_view *v, const aon_view_sets *s, aon_buf *out)
{
    const aon_conjuncts *c = v->arg;

    aon_view_put_head(v, "conjuncts that are kept", out);
    aon_buf_puts(out, "of ");
    for (size_t i = 0; i < c->nlabels; i++)
        aon_buf_printf(out, "%s%s", i > 0 ? ", " : "", c->label[i]);
    aon_buf_putc(out, '\n');
    aon_view_put_sets(v, s, out);
    if (!c->monotone)
        aon_buf_puts(out, "some sufficient set is within an insufficient one: a "
                          "definition stands in a conclusion\n");
    if (!v->r->cli->quiet)
        aon_buf_printf(out, "%zu searches, %" PRIu64 " orbits looked at\n", c->searches,
                       c->orbits);
}

void
aon_ablate_labels(aon_target *r, const aon_find_spec *spec)
{
    size_t nwanted;
    const char **wanted = wanted_names(r->cli, &nwanted);
    aon_conjuncts c;
    aon_ablate_view v = {.r = r,
                         .arg = &c,
                         .name = name_of,
                         .has = has,
                         .variant = variant_of,
                         .max = c.max};

    if (aon_ablate_conjuncts(&c, r->t, r->statement, spec, &r->variant, wanted, nwanted,
                             r->cli->diags) != AON_OK) {
        r->code = AON_EXIT_INPUT;
    } else {
        v.nelements = c.nlabels;
        aon_view_deliver(&v,
                         &(aon_view_sets){c.sufficient, c.insufficient, c.open,
                                          c.nsufficient, c.ninsufficient, c.nopen,
                                          false, c.interrupted},
                         put_text);
    }
    aon_conjuncts_clear(&c);
}
