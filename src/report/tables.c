/*
 * An instance as tables to read.
 */
#include "report/report.h"

#include <stdlib.h>

/* One row per column of a, named. */
static void
put_embedding(aon_buf *out, const aon_mat *a, char *const *name, const char *letter)
{
    const size_t rows = (size_t)aon_mat_cols(a), cols = (size_t)aon_mat_rows(a);
    aon_report_table *t = aon_report_table_new(cols + 1);
    const char **cell = aon_xcalloc(cols + 1, sizeof *cell);
    aon_buf *text = aon_xcalloc(cols + 1, sizeof *text);

    for (size_t j = 0; j <= cols; j++)
        aon_buf_init(&text[j]);
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j <= cols; j++) {
            aon_buf_reset(&text[j]);
            if (j == 0)
                aon_buf_printf(&text[j], "%s(%s)", letter, name[i]);
            else
                aon_mat_print_entry(&text[j], a, (slong)j - 1, (slong)i);
            cell[j] = text[j].s;
        }
        aon_report_table_add(t, cell);
    }
    aon_report_table_print(out, t, "  ");
    for (size_t j = 0; j <= cols; j++)
        aon_buf_clear(&text[j]);
    free(text);
    free(cell);
    aon_report_table_free(t);
}

static void
put_tokens(aon_buf *out, const aon_instance *in, const uint32_t *tok, size_t n)
{
    for (size_t i = 0; i < n; i++)
        aon_buf_printf(out, "%s%s", i > 0 ? " " : "", in->token[tok[i]]);
    if (n == 0)
        aon_buf_puts(out, "(empty)");
}

static void
put_value(aon_buf *out, const aon_instance *in, const aon_value *v)
{
    aon_buf_printf(out, "%s %s", aon_val_kind_name(v->kind), v->name);
    switch (v->kind) {
    case AON_VAL_DIM:
        aon_buf_printf(out, " = %ld\n", (long)v->dim);
        return;
    case AON_VAL_MODEL:
        aon_buf_printf(out, ", dimension %ld\n", (long)v->dim);
        put_embedding(out, &v->a, in->context, "f");
        put_embedding(out, &v->b, in->token, "g");
        return;
    case AON_VAL_SCALAR:
        aon_buf_puts(out, " = ");
        aon_report_value(out, &v->a);
        break;
    case AON_VAL_VECTOR:
        aon_buf_puts(out, " = ");
        aon_report_column(out, &v->a, 0);
        break;
    case AON_VAL_MATRIX:
        aon_buf_printf(out, ", %ld x %ld\n", (long)aon_mat_rows(&v->a),
                       (long)aon_mat_cols(&v->a));
        aon_report_rows(out, &v->a, "  ");
        return;
    case AON_VAL_SUBSPACE:
        aon_buf_puts(out, " = ");
        if (aon_mat_cols(&v->a) == 0)
            aon_buf_puts(out, "0");
        for (slong j = 0; j < aon_mat_cols(&v->a); j++) {
            aon_buf_puts(out, j > 0 ? ", " : "span of ");
            aon_report_column(out, &v->a, j);
        }
        break;
    case AON_VAL_QUERY:
        aon_buf_puts(out, " = ");
        put_tokens(out, in, v->q.tok, v->q.n);
        break;
    case AON_VAL_TOKEN:
        aon_buf_printf(out, " = %s", in->token[v->elem]);
        break;
    case AON_VAL_CONTEXT:
        aon_buf_printf(out, " = %s", in->context[v->elem]);
        break;
    case AON_VAL_TOKENSET:
    case AON_VAL_CONTEXTSET:
        aon_buf_puts(out, " = {");
        for (size_t i = 0; i < v->nset; i++)
            aon_buf_printf(out, "%s%s", i > 0 ? ", " : "",
                           v->kind == AON_VAL_TOKENSET ? in->token[v->set[i]]
                                                       : in->context[v->set[i]]);
        aon_buf_putc(out, '}');
        break;
    }
    aon_buf_putc(out, '\n');
}

void
aon_report_instance(aon_buf *out, const aon_instance *in)
{
    aon_buf_puts(out, "tokens");
    for (size_t i = 0; i < in->ntokens; i++)
        aon_buf_printf(out, " %s%s", in->token[i], i == in->base ? " (pivot)" : "");
    aon_buf_puts(out, "\n");
    for (size_t i = 0; i < in->ncontexts; i++) {
        aon_buf_printf(out, "context %s = ", in->context[i]);
        put_tokens(out, in, in->context_word[i].tok, in->context_word[i].n);
        aon_buf_putc(out, '\n');
    }
    if (in->ncontexts == 0)
        aon_buf_puts(out, "no contexts\n");
    for (size_t i = 0; i < in->nvalues; i++)
        put_value(out, in, &in->value[i]);
}
