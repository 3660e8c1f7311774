/*
 * A verdict, a variant, in few words.
 */
#include "report/report.h"

/* " (h, k)": the hypotheses that are open; the conclusions if none of them is. */
static void
put_open(aon_buf *out, const aon_decision *d, const aon_core *core)
{
    const char *sep = " (";
    bool some = false;

    for (size_t i = 0; i < core->nassume; i++)
        if (d->root[i] != AON_NO_REF && d->assume[i] == AON_UNKNOWN) {
            aon_buf_printf(out, "%s%s", sep, core->assume[i].name);
            sep = ", ";
            some = true;
        }
    for (size_t i = 0; i < core->nshow && !some; i++)
        if (d->show[i] == AON_UNKNOWN) {
            aon_buf_printf(out, "%s%s", sep, core->show[i].name);
            sep = ", ";
        }
    aon_buf_putc(out, ')');
}

void
aon_report_verdict(aon_buf *out, const aon_decision *d, const aon_core *core)
{
    const char *sep = "";

    aon_buf_puts(out, aon_verdict_word(d->verdict));
    switch (d->verdict) {
    case AON_HOLDS:
        break;
    case AON_VIOLATED:
        sep = ": ";
        for (size_t i = 0; i < core->nshow; i++)
            if (d->show[i] == AON_FALSE) {
                aon_buf_printf(out, "%s%s", sep, core->show[i].name);
                sep = ", ";
            }
        break;
    case AON_INAPPLICABLE:
        sep = " (";
        for (size_t i = 0; i < core->nassume; i++)
            if (d->assume[i] == AON_FALSE) {
                aon_buf_printf(out, "%s%s", sep, core->assume[i].name);
                sep = ", ";
            }
        aon_buf_putc(out, ')');
        break;
    case AON_UNDECIDED:
        put_open(out, d, core);
        if (d->reason != NULL)
            aon_buf_printf(out, ": %s", d->reason);
        break;
    }
}

static void
put_names(aon_buf *out, const char **sep, const char *kind, const char *const *name,
          size_t n)
{
    if (n == 0)
        return;
    aon_buf_printf(out, "%s%s ", *sep, kind);
    for (size_t i = 0; i < n; i++)
        aon_buf_printf(out, "%s%s", i > 0 ? ", " : "", name[i]);
    *sep = " and ";
}

void
aon_report_variant(aon_buf *out, const aon_variant *v)
{
    const char *sep = "";

    put_names(out, &sep, "without", v->without, v->nwithout);
    put_names(out, &sep, "weaken", v->weaken, v->nweaken);
    put_names(out, &sep, "drop", v->drop, v->ndrop);
    if (v->has_only) {
        aon_buf_printf(out, "%sonly {", sep);
        for (size_t i = 0; i < v->nonly; i++)
            aon_buf_printf(out, "%s%s", i > 0 ? ", " : "", v->only[i]);
        aon_buf_putc(out, '}');
    }
}
