/*
 * Sets that ablation found, as text, JSON and files.
 */
#include "cli/ablate_view.h"

#include "base/io.h"
#include "base/stop.h"
#include "report/report.h"
#include "witness/witness.h"

#include <inttypes.h>
#include <string.h>

/* The decision of a counterexample under its set, with the core that it borrows. */
typedef struct {
    aon_variant variant;
    const aon_core *core;
    aon_core *built; /* owned, or NULL */
    aon_decision *d;
} verdict;

static void
decide(const aon_ablate_view *v, const aon_ablate_set *s, verdict *out)
{
    aon_target *r = v->r;
    aon_ref *root;

    memset(out, 0, sizeof *out);
    out->variant = v->variant(v, s->set);
    AON_ASSERT(aon_cli_under(r->cli, r->t, r->statement, &out->variant, &out->built,
                             &out->core, &root, r->cli->diags) == AON_OK);
    AON_ASSERT(aon_decide(&out->d, out->core, root, s->in, NULL, r->cli->diags) ==
               AON_OK);
}

static void
verdict_clear(verdict *x)
{
    aon_decision_free(x->d);
    if (x->built != NULL)
        aon_core_free(x->built);
}

static const char *
word_of(const aon_ablate_set *s)
{
    static const char *const word[] = {"refuted", "none in scope", "vacuous",
                                       "undecided", "limit"};

    return s->interrupted ? "interrupted" : word[s->outcome];
}

static const char *
file_name(const aon_ablate_view *v, aon_levels set, const char *ending)
{
    const aon_variant variant = v->variant(v, set);

    return aon_cli_printf(v->r->cli, "%s%s", aon_target_stem(v->r, &variant), ending);
}

/* ---- files ---- */

static void
write_counterexample(const aon_ablate_view *v, const aon_ablate_set *s)
{
    verdict x;
    aon_buf text;

    decide(v, s, &x);
    aon_buf_init(&text);
    aon_witness_print(&text, x.d, x.core, &x.variant, s->in);
    aon_target_write(v->r, file_name(v, s->set, ".aonw"), &text);
    aon_buf_reset(&text);
    aon_instance_print(s->in, &text);
    aon_target_write(v->r, file_name(v, s->set, ".aoni"), &text);
    aon_buf_clear(&text);
    verdict_clear(&x);
}

static void
write_files(const aon_ablate_view *v, const aon_ablate_set *list, size_t n)
{
    if (v->r->output == NULL)
        return;
    for (size_t i = 0; i < n; i++) {
        if (list[i].in != NULL)
            write_counterexample(v, &list[i]);
        if (list[i].certificate.len > 0)
            aon_target_write(v->r, file_name(v, list[i].set, ".aonc"),
                             &list[i].certificate);
    }
}

/* ---- text ---- */

/* "{same, inN weakened}" */
static void
put_set(const aon_ablate_view *v, aon_levels set, aon_buf *out)
{
    const char *sep = "";

    aon_buf_putc(out, '{');
    for (size_t i = 0; i < v->nelements; i++) {
        bool weakened = false;

        if (!v->has(v, set, i, &weakened))
            continue;
        aon_buf_printf(out, "%s%s%s", sep, v->name(v, i), weakened ? " weakened" : "");
        sep = ", ";
    }
    aon_buf_putc(out, '}');
}

static void
put_found(const aon_ablate_view *v, const aon_ablate_set *s, aon_buf *out)
{
    verdict x;

    decide(v, s, &x);
    aon_find_print_shape(out, s->shape, v->r->nshape);
    aon_buf_puts(out, s->smallest ? "  " : " or smaller  ");
    aon_report_verdict(out, x.d, x.core);
    verdict_clear(&x);
}

static void
put_not_found(const aon_ablate_view *v, const aon_ablate_set *s, aon_buf *out)
{
    aon_buf_printf(out, "%s, %" PRIu64 " orbits, %" PRIu64 " applicable", word_of(s),
                   s->orbits, s->applicable);
    if (s->solved)
        aon_buf_puts(out, ", matrices solved for over all rationals");
    if (v->r->output == NULL || s->outcome != AON_FIND_NONE)
        return;
    if (s->certificate.len > 0)
        aon_buf_printf(out, ", certificate %s", file_name(v, s->set, ".aonc"));
    else
        aon_buf_printf(out, ", no certificate: %s", s->no_certificate);
}

void
aon_view_put_head(const aon_ablate_view *v, const char *what, aon_buf *out)
{
    const aon_target *r = v->r;

    aon_target_put_name(r, out, &r->variant);
    aon_buf_printf(out, "sets of %s%s", what, r->because != NULL ? "," : "");
    aon_target_put_because(r, out);
    aon_buf_puts(out, ", in scopes");
    aon_target_put_part(r, out);
    aon_buf_puts(out, " up to ");
    aon_target_put_shape(r, out, v->max);
    aon_buf_putc(out, '\n');
}

static void
put_list(const aon_ablate_view *v, const aon_ablate_set *list, size_t n,
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
        put_set(v, list[i].set, &cell[0]);
        if (list[i].outcome == AON_FIND_FOUND)
            put_found(v, &list[i], &cell[1]);
        else
            put_not_found(v, &list[i], &cell[1]);
        aon_report_table_add(t, (const char *const[]){cell[0].s, cell[1].s});
    }
    aon_report_table_print(out, t, "  ");
    aon_buf_clear(&cell[1]);
    aon_buf_clear(&cell[0]);
    aon_report_table_free(t);
}

void
aon_view_put_sets(const aon_ablate_view *v, const aon_view_sets *s, aon_buf *out)
{
    put_list(v, s->sufficient, s->nsufficient,
             s->interrupted
                 ? "sufficient: no counterexample in these scopes"
                 : "sufficient, and nothing smaller is: no counterexample in these "
                   "scopes",
             out);
    put_list(v, s->insufficient, s->ninsufficient,
             s->interrupted ? "insufficient: a counterexample"
                            : "insufficient, and nothing larger is: the smallest "
                              "counterexample",
             out);
    put_list(v, s->open, s->nopen, "open", out);
}

/* ---- JSON ---- */

static void
json_string(aon_buf *out, const char *sep, const char *s)
{
    aon_buf_puts(out, sep);
    aon_buf_put_json(out, s, strlen(s));
}

static void
json_names(const aon_ablate_view *v, aon_levels set, bool only_weakened, aon_buf *out)
{
    const char *sep = "";

    for (size_t i = 0; i < v->nelements; i++) {
        bool weakened = false;

        if (!v->has(v, set, i, &weakened) || (only_weakened && !weakened))
            continue;
        json_string(out, sep, v->name(v, i));
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
json_found(const aon_ablate_view *v, const aon_ablate_set *s, aon_buf *out)
{
    const char *sep = "";
    verdict x;

    decide(v, s, &x);
    aon_buf_puts(out, ",\"shape\":[");
    json_shape(out, s->shape, v->r->nshape);
    aon_buf_printf(out, "],\"smallest\":%s,\"violated\":[",
                   s->smallest ? "true" : "false");
    for (size_t i = 0; i < x.core->nshow; i++)
        if (aon_decision_show(x.d, i) == AON_FALSE) {
            json_string(out, sep, x.core->show[i].name);
            sep = ",";
        }
    aon_buf_putc(out, ']');
    verdict_clear(&x);
}

static void
put_json(const aon_ablate_view *v, const aon_ablate_set *list, size_t n, aon_buf *out)
{
    for (size_t i = 0; i < n; i++) {
        const aon_ablate_set *s = &list[i];

        json_string(out, "{\"schema\":1,\"statement\":", v->r->core->name);
        aon_target_json_variant(v->r, out);
        aon_buf_puts(out, ",\"set\":[");
        json_names(v, s->set, false, out);
        aon_buf_puts(out, "],\"weakened\":[");
        json_names(v, s->set, true, out);
        aon_buf_printf(out, "],\"ablate\":\"%s\",\"max\":[", word_of(s));
        json_shape(out, v->max, v->r->nshape);
        aon_buf_putc(out, ']');
        aon_target_json_part(v->r, out);
        if (s->outcome == AON_FIND_FOUND)
            json_found(v, s, out);
        else
            aon_buf_printf(out,
                           ",\"orbits\":%" PRIu64 ",\"applicable\":%" PRIu64
                           ",\"solved\":%s,\"certificate\":%s",
                           s->orbits, s->applicable, s->solved ? "true" : "false",
                           s->certificate.len > 0 ? "true" : "false");
        aon_buf_puts(out, "}\n");
    }
}

/* ---- the whole ---- */

static int
code_of(const aon_view_sets *s)
{
    bool vacuous = true;

    for (size_t i = 0; i < s->nsufficient; i++)
        vacuous = vacuous && s->sufficient[i].outcome == AON_FIND_VACUOUS;
    return s->nopen > 0 || s->stopped ? AON_EXIT_UNDECIDED
           : s->nsufficient == 0      ? AON_EXIT_NOT
           : vacuous                  ? AON_EXIT_VACUOUS
                                      : AON_EXIT_OK;
}

void
aon_view_deliver(const aon_ablate_view *v, const aon_view_sets *s,
                 void (*put_text)(const aon_ablate_view *v, const aon_view_sets *s,
                                  aon_buf *out))
{
    aon_target *r = v->r;
    aon_buf out;

    write_files(v, s->sufficient, s->nsufficient);
    write_files(v, s->insufficient, s->ninsufficient);
    aon_buf_init(&out);
    if (r->cli->json) {
        put_json(v, s->sufficient, s->nsufficient, &out);
        put_json(v, s->insufficient, s->ninsufficient, &out);
        put_json(v, s->open, s->nopen, &out);
    } else {
        put_text(v, s, &out);
    }
    aon_out(out.s, out.len);
    aon_buf_clear(&out);
    r->code = r->code == AON_EXIT_OK ? code_of(s) : r->code;
    if (s->interrupted)
        aon_cli_interrupted(r->cli,
                            "open sets were not searched to the end, others not looked "
                            "at; there is no state to go on from: --only H,.. or a "
                            "smaller --max takes less time");
    else if (aon_stop_asked())
        aon_cli_interrupted(r->cli, "all sets are done");
}
