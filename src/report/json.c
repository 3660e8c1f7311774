/*
 * Decisions as JSON, schema 1 (docs/aon.1 says which members there are).
 */
#include "report/report.h"

#include <string.h>

static void
put_string(aon_buf *out, const char *s)
{
    aon_buf_put_json(out, s, strlen(s));
}

static void
put_truth(aon_buf *out, const char *name, const char *word, const char **sep)
{
    aon_buf_puts(out, *sep);
    put_string(out, name);
    aon_buf_printf(out, ":\"%s\"", word);
    *sep = ",";
}

static const char *
truth_word(aon_truth t)
{
    return t == AON_TRUE ? "true" : t == AON_FALSE ? "false" : "undecided";
}

void
aon_report_json_decision(aon_buf *out, aon_decision *d, const aon_core *core,
                         const aon_variant *v, const char *instance,
                         const aon_report_names *names)
{
    const char *sep = "";
    aon_buf text;

    aon_buf_init(&text);
    aon_buf_puts(out, "{\"schema\":1,\"statement\":");
    put_string(out, core->name);
    aon_report_variant(&text, v);
    aon_buf_puts(out, ",\"variant\":");
    put_string(out, text.s);
    aon_buf_puts(out, ",\"instance\":");
    put_string(out, instance);
    aon_buf_puts(out, ",\"verdict\":");
    put_string(out, aon_verdict_word(d->verdict));
    aon_buf_puts(out, ",\"assume\":{");
    for (size_t i = 0; i < core->nassume; i++)
        put_truth(out, core->assume[i].name,
                  d->root[i] == AON_NO_REF ? "omitted" : truth_word(d->assume[i]),
                  &sep);
    aon_buf_puts(out, "},\"show\":{");
    sep = "";
    for (size_t i = 0; i < core->nshow; i++)
        put_truth(out, core->show[i].name,
                  d->verdict == AON_INAPPLICABLE ? "not decided"
                                                 : truth_word(d->show[i]),
                  &sep);
    aon_buf_putc(out, '}');
    if (d->reason != NULL) {
        aon_buf_puts(out, ",\"reason\":");
        put_string(out, d->reason);
    }
    if (d->verdict == AON_VIOLATED) {
        aon_buf_reset(&text);
        aon_report_why(&text, d, core, names);
        aon_buf_puts(out, ",\"why\":");
        aon_buf_put_json(out, text.s, text.len);
    }
    aon_buf_putc(out, '}');
    aon_buf_clear(&text);
}
