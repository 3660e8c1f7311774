/*
 * aon ablate: which hypotheses are enough, and what breaks without the others.
 */
#include "base/stop.h"
#include "cli/ablate_view.h"

#include <inttypes.h>

/* ---- sets of hypotheses ---- */

static const char *
name_of(const aon_ablate_view *v, size_t i)
{
    return v->r->core->assume[i].name;
}

static bool
has(const aon_ablate_view *v, aon_levels set, size_t i, bool *weakened)
{
    const aon_ablation *a = v->arg;

    *weakened = aon_steps_weakened(&a->steps, v->r->core, set, i);
    return aon_steps_level(&a->steps, set, i) > 0;
}

static aon_variant
variant_of(const aon_ablate_view *v, aon_levels set)
{
    const aon_target *r = v->r;
    const char **without = AON_NEW_N(r->cli->arena, const char *, r->core->nassume + 1);
    const char **weaken = AON_NEW_N(r->cli->arena, const char *, r->core->nassume + 1);
    aon_variant out = {.without = without,
                       .weaken = weaken,
                       .drop = r->variant.drop,
                       .ndrop = r->variant.ndrop};

    for (size_t h = 0; h < r->core->nassume; h++) {
        bool weakened;

        if (!has(v, set, h, &weakened))
            without[out.nwithout++] = name_of(v, h);
        else if (weakened)
            weaken[out.nweaken++] = name_of(v, h);
    }
    return out;
}

/* ---- text ---- */

/* Hypotheses in all minimal sufficient sets, or in none. */
static void
put_roles(const aon_ablate_view *v, bool in_all, const char *title, aon_buf *out)
{
    const aon_ablation *a = v->arg;
    const char *sep = title;

    for (size_t h = 0; h < v->nelements; h++) {
        bool listed = a->steps.of[h].n > 0;

        for (size_t i = 0; i < a->nsufficient; i++)
            listed = listed && (aon_steps_level(&a->steps, a->sufficient[i].set, h) >
                                0) == in_all;
        if (!listed)
            continue;
        aon_buf_printf(out, "%s%s", sep, name_of(v, h));
        sep = ", ";
    }
    aon_buf_puts(out, sep == title ? "" : "\n");
}

static void
put_text(const aon_ablate_view *v, const aon_view_sets *s, aon_buf *out)
{
    const aon_ablation *a = v->arg;

    aon_view_put_head(v, "hypotheses", out);
    aon_view_put_sets(v, s, out);
    if (a->stopped && !a->interrupted)
        aon_buf_puts(out, "stopped: too many searches without an answer; other sets "
                          "have not been looked at\n");
    for (size_t h = 0; h < v->nelements; h++)
        if (a->steps.of[h].alternative)
            aon_buf_printf(out,
                           "%s: the weakened form does not follow from the whole one; "
                           "they are alternatives\n",
                           name_of(v, h));
    if (v->r->cli->quiet)
        return;
    if (a->nsufficient > 0 && a->nopen == 0) {
        put_roles(v, true, "in every sufficient set: ", out);
        put_roles(v, false, "in no minimal one: ", out);
    }
    aon_buf_printf(out, "%zu passes, %zu searches, %" PRIu64 " orbits looked at\n",
                   a->passes, a->searches, a->orbits);
}

/* ---- the command ---- */

static void
ablate(aon_target *r, const aon_find_spec *spec)
{
    aon_ablation a;
    const aon_ablate_view v = {.r = r,
                               .arg = &a,
                               .nelements = r->core->nassume,
                               .name = name_of,
                               .has = has,
                               .variant = variant_of,
                               .max = a.max};

    if (aon_ablate(&a, spec, r->cli->diags) != AON_OK)
        r->code = AON_EXIT_INPUT;
    else
        aon_view_deliver(&v,
                         &(aon_view_sets){a.sufficient, a.insufficient, a.open,
                                          a.nsufficient, a.ninsufficient, a.nopen,
                                          a.stopped, a.interrupted},
                         put_text);
    aon_ablation_clear(&a);
}

int
aon_cmd_ablate(aon_cli *cli)
{
    aon_find_spec spec = {.core = NULL};
    aon_target r;

    aon_target_open(&r, cli);
    aon_stop_catch();
    if (r.code == AON_EXIT_OK && aon_target_bound(&r, &spec)) {
        spec.core = r.core;
        spec.root = r.root;
        spec.no_symmetry = aon_cli_has(cli, AON_OPT_no_symmetry);
        spec.certificate = r.output != NULL;
        if (aon_cli_has(cli, AON_OPT_conjuncts))
            aon_ablate_labels(&r, &spec);
        else
            ablate(&r, &spec);
    }
    aon_target_close(&r);
    return r.code;
}
