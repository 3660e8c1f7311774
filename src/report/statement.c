/*
 * A statement to read: what is given, assumed, shown and expected.
 */
#include "report/report.h"

void
aon_report_type(aon_buf *out, const aon_type *t)
{
    static const char *const word[] = {
        [AON_T_SCALAR] = "scalar",   [AON_T_VECTOR] = "vector",
        [AON_T_MATRIX] = "matrix",   [AON_T_COLUMNS] = "matrix",
        [AON_T_SPACE] = "subspace",  [AON_T_TOKEN] = "token",
        [AON_T_CONTEXT] = "context", [AON_T_FORMULA] = "formula",
        [AON_T_DIM] = "dimension",   [AON_T_QUERY] = "query",
        [AON_T_TOKENS] = "tokens",   [AON_T_CONTEXTS] = "contexts",
        [AON_T_MODEL] = "model",
    };

    aon_buf_puts(out, word[t->kind]);
    switch (t->kind) {
    case AON_T_VECTOR:
    case AON_T_MATRIX:
    case AON_T_SPACE:
    case AON_T_MODEL:
        aon_buf_putc(out, '(');
        aon_core_print_dim(out, &t->rows);
        if (t->kind == AON_T_MATRIX) {
            aon_buf_putc(out, ',');
            aon_core_print_dim(out, &t->cols);
        }
        aon_buf_putc(out, ')');
        break;
    default:
        break;
    }
}

void
aon_report_clause(aon_buf *out, aon_span span, size_t max)
{
    const aon_text t = aon_span_text(span);
    const size_t start = out->len;
    bool space = false;

    for (size_t i = 0; i < t.len; i++) {
        if (t.s[i] == '-' && i + 1 < t.len && t.s[i + 1] == '-') {
            while (i + 1 < t.len && t.s[i + 1] != '\n')
                i++;
            continue;
        }
        if (t.s[i] == ' ' || t.s[i] == '\n' || t.s[i] == '\t') {
            space = out->len > start;
            continue;
        }
        /* cut between characters only */
        if (out->len - start > max && ((unsigned char)t.s[i] & 0xc0) != 0x80) {
            aon_buf_puts(out, "..");
            return;
        }
        if (space)
            aon_buf_putc(out, ' ');
        space = false;
        aon_buf_putc(out, t.s[i]);
    }
}

static void
put_claims(aon_buf *out, const char *title, const aon_claim *c, size_t n)
{
    aon_report_table *t = aon_report_table_new(2);
    aon_buf text;

    aon_buf_init(&text);
    for (size_t i = 0; i < n; i++) {
        const char *cell[] = {c[i].name, text.s};

        aon_buf_reset(&text);
        aon_report_clause(&text, c[i].span, SIZE_MAX / 2);
        if (c[i].weaken != AON_NO_REF)
            aon_buf_puts(&text, "   [can be weakened]");
        cell[1] = text.s;
        aon_report_table_add(t, cell);
    }
    if (n > 0) {
        aon_buf_printf(out, "%s\n", title);
        aon_report_table_print(out, t, "  ");
    }
    aon_buf_clear(&text);
    aon_report_table_free(t);
}

void
aon_report_statement(aon_buf *out, const aon_core *core)
{
    aon_buf_printf(out, "statement %s\n", core->name);
    for (size_t i = 0; i < core->ncite; i++)
        aon_buf_printf(out, "  %s\n", core->cite[i]);
    for (size_t i = 0; i < core->nnote; i++)
        aon_buf_printf(out, "  note: %s\n", core->note[i]);
    if (core->ngiven > 0)
        aon_buf_puts(out, "given\n");
    for (size_t i = 0; i < core->ngiven; i++) {
        aon_buf_printf(out, "  %s in ", core->given[i].name);
        aon_report_type(out, &core->given[i].type);
        aon_buf_putc(out, '\n');
    }
    put_claims(out, "assume", core->assume, core->nassume);
    put_claims(out, "show", core->show, core->nshow);
    if (core->nexpect > 0)
        aon_buf_puts(out, "expect\n");
    for (size_t i = 0; i < core->nexpect; i++) {
        aon_buf_puts(out, "  ");
        aon_report_expect(out, &core->expect[i]);
        aon_buf_putc(out, '\n');
    }
}
