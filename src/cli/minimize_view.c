/*
 * What aon minimize prints: the shapes, how minimal they are known to be, the moves.
 */
#include "cli/minimize.h"

#include <inttypes.h>
#include <string.h>

static void
put_names(aon_minimize_run *r, aon_buf *out)
{
    aon_buf_putc(out, '(');
    for (size_t i = 0; i < r->core->ngiven; i++)
        if (r->core->given[i].type.kind == AON_T_DIM)
            aon_buf_printf(out, "%s,", r->core->given[i].name);
    aon_buf_puts(out, "n,k)");
}

static void
put_shape(aon_minimize_run *r, aon_buf *out, const uint32_t *shape)
{
    for (size_t i = 0; i < r->naxes; i++)
        aon_buf_printf(out, "%s%" PRIu32, i > 0 ? "," : "", shape[i]);
}

/* The sentence that is always printed: how minimal this is known to be. */
static void
put_grade(aon_minimize_run *r, aon_buf *out, const aon_shrink_result *s)
{
    if (!s->irreducible)
        aon_buf_puts(out, s->interrupted ? "no grade: interrupted"
                                         : "no grade: stopped by the limit");
    else
        aon_buf_puts(out, "M1: irreducible under the registered moves");
    if (r->on_grid == AON_GRID_NONE) {
        aon_buf_printf(out,
                       "; M2: no smaller shape has a violation on the grid -%" PRIu64
                       "..%" PRIu64 " (%zu certificate%s)",
                       r->grid, r->grid, r->ncertificates,
                       r->ncertificates == 1 ? "" : "s");
    } else if (r->on_grid == AON_GRID_NONE_OF) {
        aon_buf_printf(out,
                       "; not M2: on the grid -%" PRIu64 "..%" PRIu64
                       " no smaller shape violates %s, but (",
                       r->grid, r->grid, r->core->show[s->because].name);
        put_shape(r, out, r->smaller);
        aon_buf_puts(out, ") violates another conclusion");
    } else if (r->on_grid == AON_GRID_FOUND) {
        aon_buf_puts(out, "; not minimal: `aon find` has one at (");
        put_shape(r, out, r->smaller);
        aon_buf_puts(out, ")");
    } else if (r->on_grid == AON_GRID_UNKNOWN) {
        aon_buf_printf(out, "; M2 is open: %s", r->no_grade);
    }
    if (r->lemma != NULL)
        aon_buf_printf(out,
                       "; M3: no smaller shape over all of Q, by the lemma `%s` "
                       "(docs/minimize.md)",
                       r->lemma);
    else
        aon_buf_puts(out, "; M3 is open: no registered lemma applies");
}

static void
put_moves(aon_buf *out, const aon_shrink_result *s)
{
    bool first = true;

    for (size_t i = 0; i < s->ncount; i++)
        if (s->count[i].taken > 0) {
            aon_buf_printf(out, "%s%s %" PRIu64, first ? "" : ", ", s->count[i].name,
                           s->count[i].taken);
            first = false;
        }
    if (first)
        aon_buf_puts(out, "none");
}

void
aon_minimize_put_text(aon_minimize_run *r, aon_buf *out, aon_decision *d,
                      const aon_shrink_result *s, const aon_report_names *names)
{
    const size_t before = out->len + strlen(r->core->name) + 2;

    aon_buf_printf(out, "%s  ", r->core->name);
    aon_report_variant(out, &r->variant);
    aon_buf_puts(out, out->len > before ? "  " : "");
    aon_buf_printf(out, "%s  ", r->instance);
    put_names(r, out);
    aon_buf_puts(out, " = (");
    put_shape(r, out, r->before);
    aon_buf_puts(out, ") to (");
    put_shape(r, out, r->after);
    aon_buf_puts(out, "): ");
    aon_report_verdict(out, d, r->core);
    aon_buf_puts(out, "\n  ");
    put_grade(r, out, s);
    aon_buf_putc(out, '\n');
    if (r->cli->quiet)
        return;
    aon_buf_printf(out,
                   "  because %s; entries %" PRIu64 " to %" PRIu64 ", bits %" PRIu64
                   " to %" PRIu64 "; %" PRIu64 " decisions\n  moves: ",
                   r->core->show[s->because].name, r->size_before.entries,
                   r->size_after.entries, r->size_before.bits, r->size_after.bits,
                   s->work);
    put_moves(out, s);
    aon_buf_putc(out, '\n');
    aon_report_instance(out, s->in);
    aon_report_why(out, d, r->core, names);
}

static void
json_numbers(aon_minimize_run *r, aon_buf *out, const char *key, const uint32_t *shape)
{
    aon_buf_printf(out, ",\"%s\":[", key);
    put_shape(r, out, shape);
    aon_buf_putc(out, ']');
}

static void
json_text(aon_buf *out, const char *key, const char *s)
{
    aon_buf_printf(out, ",\"%s\":", key);
    if (s == NULL)
        aon_buf_puts(out, "null");
    else
        aon_buf_put_json(out, s, strlen(s));
}

void
aon_minimize_put_json(aon_minimize_run *r, aon_buf *out, const aon_shrink_result *s)
{
    aon_buf text;

    aon_buf_init(&text);
    aon_buf_puts(out, "{\"schema\":1");
    json_text(out, "statement", r->core->name);
    aon_report_variant(&text, &r->variant);
    json_text(out, "variant", text.s);
    json_text(out, "instance", r->instance);
    json_text(out, "because", r->core->show[s->because].name);
    json_numbers(r, out, "from", r->before);
    json_numbers(r, out, "to", r->after);
    aon_buf_printf(out,
                   ",\"entries\":%" PRIu64 ",\"bits\":%" PRIu64
                   ",\"decisions\":%" PRIu64 ",\"irreducible\":%s,\"M2\":%s",
                   r->size_after.entries, r->size_after.bits, s->work,
                   s->irreducible ? "true" : "false",
                   s->irreducible && r->on_grid == AON_GRID_NONE ? "true" : "false");
    aon_buf_puts(out, ",\"moves\":{");
    for (size_t i = 0; i < s->ncount; i++)
        aon_buf_printf(out, "%s\"%s\":%" PRIu64, i > 0 ? "," : "", s->count[i].name,
                       s->count[i].taken);
    aon_buf_putc(out, '}');
    json_text(out, "M3", r->lemma);
    aon_buf_reset(&text);
    put_grade(r, &text, s);
    json_text(out, "grade", text.s);
    aon_buf_reset(&text);
    aon_instance_print(s->in, &text);
    json_text(out, "result", text.s);
    aon_buf_puts(out, "}\n");
    aon_buf_clear(&text);
}
