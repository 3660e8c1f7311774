/*
 * Which variants of a statement its expectations speak of.
 */
#include "cli/suite_impl.h"

#include <string.h>

const char *
aon_suite_variant_text(aon_cli *cli, const aon_variant *v)
{
    aon_buf b;
    const char *s;

    aon_buf_init(&b);
    aon_report_variant(&b, v);
    s = aon_arena_strndup(cli->arena, b.s, b.len);
    aon_buf_clear(&b);
    return s;
}

/* Core and roots of a variant; the caller frees r->built. */
aon_status
aon_suite_prepare(aon_cli *cli, aon_suite_run *r, const aon_theory *t, size_t i,
                  const aon_variant *v)
{
    aon_status st;

    memset(r, 0, sizeof *r);
    r->as = v;
    r->theory = t;
    r->statement = i;
    r->variant = aon_suite_variant_text(cli, v);
    r->core = aon_theory_core(t, i);
    if (v->ndrop > 0) {
        aon_diags *quiet = aon_diags_new(); /* loading has warned of such a drop */

        st = aon_core_build(&r->built, t, i, v->drop, v->ndrop, quiet);
        aon_diags_free(quiet);
        if (st == AON_OK)
            r->core = r->built;
        else
            r->missing = aon_cli_printf(cli, "there is nothing to %s", r->variant);
    }
    r->root = AON_NEW_N(cli->arena, aon_ref, r->core->nassume + 1);
    r->first = AON_NEW_N(cli->arena, size_t, r->core->nshow + 1);
    r->wanted = AON_NEW_N(cli->arena, bool, r->core->nshow + 1);
    for (size_t k = 0; k < r->core->nshow; k++)
        r->first[k] = SIZE_MAX;
    return aon_variant_roots(r->core, v, r->root, cli->diags);
}

bool
aon_suite_is_sampled(const aon_expect *e)
{
    return e->outcome == AON_EXP_SURVIVED ||
           (e->outcome == AON_EXP_REFUTED && e->on == NULL);
}

aon_suite_run *
aon_suite_find_run(aon_suite_result *out, const char *variant)
{
    for (size_t k = 0; k < out->nrun; k++)
        if (strcmp(out->run[k].variant, variant) == 0)
            return &out->run[k];
    return NULL;
}

size_t
aon_suite_conclusion(const aon_core *c, const char *name)
{
    size_t k = 0;

    while (k < c->nshow && strcmp(c->show[k].name, name) != 0)
        k++;
    return k;
}

aon_status
aon_suite_make_runs(aon_cli *cli, aon_suite_result *out, const aon_theory *t, size_t i,
                    bool plain_only)
{
    static const aon_variant plain;
    const aon_core *core = aon_theory_core(t, i);
    aon_status st;
    size_t about_plain = 0;

    out->run = AON_NEW_N(cli->arena, aon_suite_run, core->nexpect + 1);
    out->nrun = 1;
    st = aon_suite_prepare(cli, &out->run[0], t, i, &plain);
    for (size_t k = 0; st == AON_OK && k < core->nexpect; k++) {
        const aon_expect *e = &core->expect[k];
        const char *text = aon_suite_variant_text(cli, &e->variant);
        aon_suite_run *r = aon_suite_find_run(out, text);

        if (!aon_suite_is_sampled(e) || (plain_only && *text != '\0'))
            continue;
        if (r == NULL) {
            r = &out->run[out->nrun++];
            st = aon_suite_prepare(cli, r, t, i, &e->variant);
            if (st != AON_OK)
                break;
        }
        about_plain += r == &out->run[0];
        if (e->outcome == AON_EXP_SURVIVED) {
            r->full = true;
        } else if (e->because == NULL) {
            r->any = true;
        } else {
            const size_t c = aon_suite_conclusion(r->core, e->because);

            if (c < r->core->nshow)
                r->wanted[c] = true;
        }
    }
    if (about_plain == 0)
        out->run[0].full = true;
    return st;
}
