/*
 * aon ablate: which hypotheses are enough, and what breaks without the others.
 */
#include "base/io.h"
#include "cli/find_common.h"
#include "search/ablate.h"
#include "witness/witness.h"

#include <inttypes.h>
#include <string.h>

/* The variant that leaves just this set; in the arena. */
static aon_variant
variant_of(aon_target *r, const aon_ablation *a, aon_levels set)
{
    const char **without = AON_NEW_N(r->cli->arena, const char *, r->core->nassume + 1);
    const char **weaken = AON_NEW_N(r->cli->arena, const char *, r->core->nassume + 1);
    aon_variant v = {.without = without,
                     .weaken = weaken,
                     .drop = r->variant.drop,
                     .ndrop = r->variant.ndrop};

    for (size_t h = 0; h < r->core->nassume; h++) {
        if (aon_steps_level(&a->steps, set, h) == 0)
            without[v.nwithout++] = r->core->assume[h].name;
        else if (aon_steps_weakened(&a->steps, r->core, set, h))
            weaken[v.nweaken++] = r->core->assume[h].name;
    }
    return v;
}

/* "{same, inN weakened}" */
static void
put_set(const aon_target *r, const aon_ablation *a, aon_levels set, aon_buf *out)
{
    const char *sep = "";

    aon_buf_putc(out, '{');
    for (size_t h = 0; h < r->core->nassume; h++) {
        if (aon_steps_level(&a->steps, set, h) == 0)
            continue;
        aon_buf_printf(out, "%s%s%s", sep, r->core->assume[h].name,
                       aon_steps_weakened(&a->steps, r->core, set, h) ? " weakened"
                                                                      : "");
        sep = ", ";
    }
    aon_buf_putc(out, '}');
}

static aon_decision *
decide(aon_target *r, const aon_ablation *a, const aon_ablate_set *s)
{
    aon_ref *root = AON_NEW_N(r->cli->arena, aon_ref, r->core->nassume + 1);
    aon_decision *d = NULL;

    aon_steps_roots(&a->steps, s->set, root);
    AON_ASSERT(aon_decide(&d, r->core, root, s->in, NULL, r->cli->diags) == AON_OK);
    return d;
}

static const char *
word_of(aon_find_outcome o)
{
    static const char *const word[] = {"refuted", "none in scope", "vacuous",
                                       "undecided", "limit"};

    return word[o];
}

/* ---- files ---- */

static void
write_counterexample(aon_target *r, const aon_ablation *a, const aon_ablate_set *s)
{
    const aon_variant v = variant_of(r, a, s->set);
    const char *stem = aon_target_stem(r, &v);
    aon_decision *d = decide(r, a, s);
    aon_buf text;

    aon_buf_init(&text);
    aon_witness_print(&text, d, r->core, &v, s->in);
    aon_target_write(r, aon_cli_printf(r->cli, "%s.aonw", stem), &text);
    aon_buf_reset(&text);
    aon_instance_print(s->in, &text);
    aon_target_write(r, aon_cli_printf(r->cli, "%s.aoni", stem), &text);
    aon_buf_clear(&text);
    aon_decision_free(d);
}

static const char *
certificate_name(aon_target *r, const aon_ablation *a, const aon_ablate_set *s)
{
    const aon_variant v = variant_of(r, a, s->set);

    return aon_cli_printf(r->cli, "%s.aonc", aon_target_stem(r, &v));
}

static void
write_files(aon_target *r, const aon_ablation *a)
{
    if (r->output == NULL)
        return;
    for (size_t i = 0; i < a->ninsufficient; i++)
        write_counterexample(r, a, &a->insufficient[i]);
    for (size_t i = 0; i < a->nsufficient; i++)
        if (a->sufficient[i].certificate.len > 0)
            aon_target_write(r, certificate_name(r, a, &a->sufficient[i]),
                             &a->sufficient[i].certificate);
}

/* ---- text ---- */

static void
put_found(aon_target *r, const aon_ablation *a, const aon_ablate_set *s, aon_buf *out)
{
    aon_decision *d = decide(r, a, s);

    aon_find_print_shape(out, s->shape, a->nshape);
    aon_buf_printf(out, "%s  ", s->smallest ? "" : " or smaller");
    aon_report_verdict(out, d, r->core);
    aon_decision_free(d);
}

static void
put_not_found(aon_target *r, const aon_ablation *a, const aon_ablate_set *s,
              aon_buf *out)
{
    aon_buf_printf(out, "%s, %" PRIu64 " orbits, %" PRIu64 " applicable",
                   word_of(s->outcome), s->orbits, s->applicable);
    if (s->solved)
        aon_buf_puts(out, ", matrices solved for over all rationals");
    if (r->output == NULL || s->outcome != AON_FIND_NONE)
        return;
    if (s->certificate.len > 0)
        aon_buf_printf(out, ", certificate %s", certificate_name(r, a, s));
    else
        aon_buf_printf(out, ", no certificate: %s", s->no_certificate);
}

static void
put_sets(aon_target *r, const aon_ablation *a, const aon_ablate_set *list, size_t n,
         const char *title, aon_buf *out)
{
    aon_report_table *t = aon_report_table_new(2);
    aon_buf cell[2];

    if (n > 0)
        aon_buf_printf(out, "%s\n", title);
    aon_buf_init(&cell[0]);
    aon_buf_init(&cell[1]);
    for (size_t i = 0; i < n; i++) {
        aon_buf_reset(&cell[0]);
        aon_buf_reset(&cell[1]);
        put_set(r, a, list[i].set, &cell[0]);
        if (list[i].outcome == AON_FIND_FOUND)
            put_found(r, a, &list[i], &cell[1]);
        else
            put_not_found(r, a, &list[i], &cell[1]);
        aon_report_table_add(t, (const char *const[]){cell[0].s, cell[1].s});
    }
    aon_report_table_print(out, t, "  ");
    aon_buf_clear(&cell[1]);
    aon_buf_clear(&cell[0]);
    aon_report_table_free(t);
}

/* Hypotheses in all minimal sufficient sets, or in none. */
static void
put_roles(aon_target *r, const aon_ablation *a, bool in_all, const char *title,
          aon_buf *out)
{
    const char *sep = title;

    for (size_t h = 0; h < r->core->nassume; h++) {
        bool listed = a->steps.of[h].n > 0;

        for (size_t i = 0; i < a->nsufficient; i++)
            listed = listed && (aon_steps_level(&a->steps, a->sufficient[i].set, h) >
                                0) == in_all;
        if (!listed)
            continue;
        aon_buf_printf(out, "%s%s", sep, r->core->assume[h].name);
        sep = ", ";
    }
    aon_buf_puts(out, sep == title ? "" : "\n");
}

static void
put_text(aon_target *r, const aon_ablation *a, aon_buf *out)
{
    aon_target_put_name(r, out, &r->variant);
    aon_buf_puts(out, "sets of hypotheses, in scopes up to ");
    aon_target_put_shape(r, out, a->max);
    aon_buf_putc(out, '\n');
    put_sets(r, a, a->sufficient, a->nsufficient,
             "sufficient, and nothing smaller is: no counterexample in these scopes",
             out);
    put_sets(r, a, a->insufficient, a->ninsufficient,
             "insufficient, and nothing larger is: the smallest counterexample", out);
    put_sets(r, a, a->open, a->nopen, "open:", out);
    if (a->stopped)
        aon_buf_puts(out, "stopped: too many searches without an answer; other sets "
                          "have not been looked at\n");
    for (size_t h = 0; h < r->core->nassume; h++)
        if (a->steps.of[h].alternative)
            aon_buf_printf(out,
                           "%s: the weakened form does not follow from the whole one; "
                           "they are alternatives\n",
                           r->core->assume[h].name);
    if (r->cli->quiet)
        return;
    if (a->nsufficient > 0 && a->nopen == 0) {
        put_roles(r, a, true, "in every sufficient set: ", out);
        put_roles(r, a, false, "in no minimal one: ", out);
    }
    aon_buf_printf(out, "%zu passes, %zu searches, %" PRIu64 " orbits looked at\n",
                   a->passes, a->searches, a->orbits);
}

/* ---- JSON ---- */

static void
json_names(const aon_target *r, const aon_ablation *a, aon_levels set, bool weakened,
           aon_buf *out)
{
    const char *sep = "";

    for (size_t h = 0; h < r->core->nassume; h++) {
        const char *name = r->core->assume[h].name;

        if (aon_steps_level(&a->steps, set, h) == 0 ||
            (weakened && !aon_steps_weakened(&a->steps, r->core, set, h)))
            continue;
        aon_buf_puts(out, sep);
        aon_buf_put_json(out, name, strlen(name));
        sep = ",";
    }
}

static void
json_shape(aon_buf *out, const uint32_t *shape, size_t n)
{
    for (size_t i = 0; i < n; i++)
        aon_buf_printf(out, "%s%" PRIu32, i > 0 ? "," : "", shape[i]);
}

static void
json_found(aon_target *r, const aon_ablation *a, const aon_ablate_set *s, aon_buf *out)
{
    aon_decision *d = decide(r, a, s);
    const char *sep = "";

    aon_buf_puts(out, ",\"shape\":[");
    json_shape(out, s->shape, a->nshape);
    aon_buf_printf(out, "],\"smallest\":%s,\"violated\":[",
                   s->smallest ? "true" : "false");
    for (size_t i = 0; i < r->core->nshow; i++)
        if (aon_decision_show(d, i) == AON_FALSE) {
            aon_buf_puts(out, sep);
            aon_buf_put_json(out, r->core->show[i].name, strlen(r->core->show[i].name));
            sep = ",";
        }
    aon_buf_putc(out, ']');
    aon_decision_free(d);
}

static void
json_set(aon_target *r, const aon_ablation *a, const aon_ablate_set *s, aon_buf *out)
{
    aon_buf_puts(out, "{\"schema\":1,\"statement\":");
    aon_buf_put_json(out, r->core->name, strlen(r->core->name));
    aon_buf_puts(out, ",\"set\":[");
    json_names(r, a, s->set, false, out);
    aon_buf_puts(out, "],\"weakened\":[");
    json_names(r, a, s->set, true, out);
    aon_buf_printf(out, "],\"ablate\":\"%s\",\"max\":[", word_of(s->outcome));
    json_shape(out, a->max, a->nshape);
    aon_buf_putc(out, ']');
    if (s->outcome == AON_FIND_FOUND)
        json_found(r, a, s, out);
    else
        aon_buf_printf(out,
                       ",\"orbits\":%" PRIu64 ",\"applicable\":%" PRIu64
                       ",\"solved\":%s,\"certificate\":%s",
                       s->orbits, s->applicable, s->solved ? "true" : "false",
                       s->certificate.len > 0 ? "true" : "false");
    aon_buf_puts(out, "}\n");
}

static void
put_json(aon_target *r, const aon_ablation *a, aon_buf *out)
{
    for (size_t i = 0; i < a->nsufficient; i++)
        json_set(r, a, &a->sufficient[i], out);
    for (size_t i = 0; i < a->ninsufficient; i++)
        json_set(r, a, &a->insufficient[i], out);
    for (size_t i = 0; i < a->nopen; i++)
        json_set(r, a, &a->open[i], out);
}

/* ---- the command ---- */

static int
code_of(const aon_ablation *a)
{
    bool vacuous = true;

    for (size_t i = 0; i < a->nsufficient; i++)
        vacuous = vacuous && a->sufficient[i].outcome == AON_FIND_VACUOUS;
    return a->nopen > 0 || a->stopped ? AON_EXIT_UNDECIDED
           : a->nsufficient == 0      ? AON_EXIT_NOT
           : vacuous                  ? AON_EXIT_VACUOUS
                                      : AON_EXIT_OK;
}

static void
ablate(aon_target *r, const aon_find_spec *spec)
{
    aon_ablation a;
    aon_buf out;

    aon_buf_init(&out);
    if (aon_ablate(&a, spec, r->cli->diags) != AON_OK) {
        r->code = AON_EXIT_INPUT;
    } else {
        write_files(r, &a);
        if (r->cli->json)
            put_json(r, &a, &out);
        else
            put_text(r, &a, &out);
        aon_out(out.s, out.len);
        r->code = r->code == AON_EXIT_OK ? code_of(&a) : r->code;
    }
    aon_ablation_clear(&a);
    aon_buf_clear(&out);
}

int
aon_cmd_ablate(aon_cli *cli)
{
    aon_find_spec spec = {.core = NULL};
    aon_target r;

    aon_target_open(&r, cli);
    if (r.code == AON_EXIT_OK && aon_target_bound(&r, &spec)) {
        spec.core = r.core;
        spec.root = r.root;
        spec.because = aon_cli_value(cli, AON_OPT_because);
        spec.no_symmetry = aon_cli_has(cli, AON_OPT_no_symmetry);
        spec.certificate = r.output != NULL;
        ablate(&r, &spec);
    }
    aon_target_close(&r);
    return r.code;
}
