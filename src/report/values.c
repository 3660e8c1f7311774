/*
 * Exact values as short text.
 */
#include "report/report.h"

enum { MAX_INLINE = 36, MAX_COLUMN = 16, MAX_BASIS = 12, MAX_ENTRY = 48 };

/* An entry; one with very many digits by its size. */
static void
put_entry(aon_buf *out, const aon_mat *a, slong i, slong j)
{
    const size_t before = out->len;
    size_t len;

    aon_mat_print_entry(out, a, i, j);
    len = out->len - before;
    if (len <= MAX_ENTRY)
        return;
    out->len = before + 12;
    out->s[out->len] = '\0';
    aon_buf_printf(out, "..(%zu characters)", len);
}

void
aon_report_column(aon_buf *out, const aon_mat *a, slong j)
{
    const slong rows = aon_mat_rows(a);

    aon_buf_putc(out, '(');
    for (slong i = 0; i < rows && i < MAX_COLUMN; i++) {
        aon_buf_puts(out, i > 0 ? ", " : "");
        put_entry(out, a, i, j);
    }
    if (rows > MAX_COLUMN)
        aon_buf_printf(out, ", .. %ld entries", (long)rows);
    aon_buf_putc(out, ')');
}

void
aon_report_value(aon_buf *out, const aon_mat *a)
{
    const slong r = aon_mat_rows(a), c = aon_mat_cols(a);

    if (r == 1 && c == 1) {
        put_entry(out, a, 0, 0);
    } else if (c == 1) {
        aon_report_column(out, a, 0);
    } else if (r * c > MAX_INLINE || r == 0 || c == 0) {
        aon_buf_printf(out, "a %ld x %ld matrix", (long)r, (long)c);
    } else {
        aon_buf_putc(out, '[');
        for (slong i = 0; i < r; i++) {
            aon_buf_puts(out, i > 0 ? "; " : "");
            for (slong j = 0; j < c; j++) {
                aon_buf_puts(out, j > 0 ? ", " : "");
                put_entry(out, a, i, j);
            }
        }
        aon_buf_putc(out, ']');
    }
}

void
aon_report_basis(aon_buf *out, const aon_mat *a)
{
    const slong c = aon_mat_cols(a);

    if (c == 0) {
        aon_buf_putc(out, '0');
        return;
    }
    if (c == aon_mat_rows(a)) {
        aon_buf_printf(out, "everything (dimension %ld)", (long)c);
        return;
    }
    aon_buf_puts(out, "span of ");
    for (slong j = 0; j < c && j < MAX_BASIS; j++) {
        aon_buf_puts(out, j > 0 ? ", " : "");
        aon_report_column(out, a, j);
    }
    if (c > MAX_BASIS)
        aon_buf_printf(out, ", .. (dimension %ld)", (long)c);
}

void
aon_report_rows(aon_buf *out, const aon_mat *a, const char *indent)
{
    for (slong i = 0; i < aon_mat_rows(a); i++) {
        aon_buf_puts(out, indent);
        for (slong j = 0; j < aon_mat_cols(a); j++) {
            aon_buf_puts(out, j > 0 ? " " : "");
            aon_mat_print_entry(out, a, i, j);
        }
        aon_buf_putc(out, '\n');
    }
}

void
aon_report_json_mat(aon_buf *out, const aon_mat *a)
{
    aon_buf_putc(out, '[');
    for (slong i = 0; i < aon_mat_rows(a); i++) {
        aon_buf_puts(out, i > 0 ? ",[" : "[");
        for (slong j = 0; j < aon_mat_cols(a); j++) {
            aon_buf_puts(out, j > 0 ? ",\"" : "\"");
            aon_mat_print_entry(out, a, i, j);
            aon_buf_putc(out, '"');
        }
        aon_buf_putc(out, ']');
    }
    aon_buf_putc(out, ']');
}
