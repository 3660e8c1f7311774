/*
 * Expectations in the words of the file.
 */
#include "report/report.h"

static void
put_shape(aon_buf *out, const aon_expect *e)
{
    aon_buf_putc(out, '(');
    for (size_t i = 0; i < e->nshape; i++)
        aon_buf_printf(out, "%s%u", i > 0 ? "," : "", e->shape[i]);
    aon_buf_putc(out, ')');
}

static void
put_names(aon_buf *out, const aon_expect *e)
{
    for (size_t i = 0; i < e->nnames; i++)
        aon_buf_printf(out, "%s%s", i > 0 ? ", " : "", e->names[i]);
}

void
aon_report_outcome(aon_buf *out, const aon_expect *e)
{
    switch (e->outcome) {
    case AON_EXP_SURVIVED:
        aon_buf_puts(out, "survived");
        break;
    case AON_EXP_REFUTED:
        aon_buf_puts(out, "refuted");
        break;
    case AON_EXP_HOLDS:
        aon_buf_puts(out, "holds");
        break;
    case AON_EXP_INAPPLICABLE:
        aon_buf_puts(out, e->nnames > 0 ? "inapplicable " : "inapplicable");
        put_names(out, e);
        break;
    case AON_EXP_NONE_AT:
        aon_buf_puts(out, "none at ");
        put_shape(out, e);
        break;
    case AON_EXP_SUFFICIENT:
        aon_buf_puts(out, "sufficient {");
        put_names(out, e);
        aon_buf_putc(out, '}');
        break;
    }
    if (e->because != NULL)
        aon_buf_printf(out, " because %s", e->because);
    if (e->on != NULL)
        aon_buf_printf(out, " on \"%s\"", e->on);
    if (e->outcome == AON_EXP_REFUTED && e->nshape > 0) {
        aon_buf_puts(out, " minimal ");
        put_shape(out, e);
    }
}

void
aon_report_expect(aon_buf *out, const aon_expect *e)
{
    const size_t before = out->len;

    aon_report_variant(out, &e->variant);
    aon_buf_puts(out, out->len > before ? ": " : "");
    aon_report_outcome(out, e);
}
