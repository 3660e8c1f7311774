/*
 * Matrices in documents.
 */
#include "report/numbers.h"

#include <string.h>

enum { PLAIN_COLS = 10, MAX_ACROSS = 40 };

bool
aon_fits(aon_markup to, const aon_mat *a)
{
    static const struct {
        slong rows, cols;
        size_t digits, line;
    } most[] = {[AON_TEX] = {24, 16, 24, 70}, [AON_HTML] = {100, 40, 40, 400}};
    const slong r = aon_mat_rows(a), c = aon_mat_cols(a);
    aon_buf text;
    bool fits = r <= most[to].rows && c <= most[to].cols;

    aon_buf_init(&text);
    for (slong i = 0; i < r && fits; i++) {
        size_t line = 0;

        for (slong j = 0; j < c && fits; j++) {
            aon_buf_reset(&text);
            aon_mat_print_entry(&text, a, i, j);
            line += text.len;
            fits = text.len <= most[to].digits && line <= most[to].line;
        }
    }
    aon_buf_clear(&text);
    return fits;
}

void
aon_put_number(aon_buf *out, aon_markup to, const aon_mat *a, slong i, slong j)
{
    const char *s, *slash;
    aon_buf text;

    aon_buf_init(&text);
    aon_mat_print_entry(&text, a, i, j);
    s = text.s;
    if (*s == '-') {
        aon_buf_puts(out, to == AON_TEX ? "-" : "\xe2\x88\x92");
        s++;
    }
    slash = strchr(s, '/');
    if (to == AON_TEX && slash != NULL)
        aon_buf_printf(out, "\\tfrac{%.*s}{%s}", (int)(slash - s), s, slash + 1);
    else
        aon_buf_puts(out, s);
    aon_buf_clear(&text);
}

const char *
aon_tex_row_end(const aon_mat *a)
{
    return fmpz_is_one(a->den) ? " \\\\ " : " \\\\[3pt] ";
}

static void
put_shape(aon_buf *out, slong rows, slong cols)
{
    aon_buf_printf(out, "\\text{($%ld \\times %ld$, too large to be printed)}",
                   (long)rows, (long)cols);
}

void
aon_tex_matrix(aon_buf *out, const aon_mat *a, bool transposed)
{
    const slong rows = transposed ? aon_mat_cols(a) : aon_mat_rows(a);
    const slong cols = transposed ? aon_mat_rows(a) : aon_mat_cols(a);
    aon_mat t;

    aon_mat_init(&t, 0, 0);
    if (transposed)
        aon_mat_transpose(&t, a);
    else
        aon_mat_set(&t, a);
    if (rows == 0 || cols == 0) {
        aon_buf_printf(out, "\\text{(a $%ld \\times %ld$ matrix)}", (long)rows,
                       (long)cols);
    } else if (!aon_fits(AON_TEX, &t)) {
        put_shape(out, rows, cols);
    } else {
        if (cols > PLAIN_COLS) /* more than amsmath allows for */
            aon_buf_printf(out, "\\left(\\begin{array}{*{%ld}{c}}", (long)cols);
        else
            aon_buf_puts(out, "\\begin{pmatrix}");
        for (slong i = 0; i < rows; i++) {
            aon_buf_puts(out, i == 0 ? " " : aon_tex_row_end(&t));
            for (slong j = 0; j < cols; j++) {
                aon_buf_puts(out, j > 0 ? " & " : "");
                aon_put_number(out, AON_TEX, &t, i, j);
            }
        }
        aon_buf_puts(out,
                     cols > PLAIN_COLS ? " \\end{array}\\right)" : " \\end{pmatrix}");
    }
    aon_mat_clear(&t);
}

/* Of an entry: of a fraction, which is set small, a part of the longer half. */
static size_t
entry_width(const aon_mat *a, slong i, slong j, aon_buf *text)
{
    const char *slash;

    aon_buf_reset(text);
    aon_mat_print_entry(text, a, i, j);
    slash = strchr(text->s, '/');
    if (slash == NULL)
        return text->len;
    return ((size_t)(slash - text->s) > strlen(slash + 1) ? (size_t)(slash - text->s)
                                                          : strlen(slash + 1));
}

size_t
aon_tex_width(const aon_mat *a, bool transposed)
{
    const slong rows = aon_mat_rows(a), cols = aon_mat_cols(a);
    const slong across = transposed ? rows : cols, down = transposed ? cols : rows;
    size_t total = 2;
    aon_buf text;

    if (across > 2 * MAX_ACROSS || down > 2 * MAX_ACROSS)
        return 2 * MAX_ACROSS; /* not printed, or alone */
    aon_buf_init(&text);
    for (slong k = 0; k < across; k++) {
        size_t most = 0;

        for (slong l = 0; l < down; l++) {
            const size_t w =
                entry_width(a, transposed ? k : l, transposed ? l : k, &text);

            most = w > most ? w : most;
        }
        total += most + 2;
    }
    aon_buf_clear(&text);
    return total;
}

void
aon_tex_value(aon_buf *out, const aon_mat *a)
{
    const slong rows = aon_mat_rows(a), cols = aon_mat_cols(a);

    if (cols != 1 || rows == 0 || !aon_fits(AON_TEX, a)) {
        aon_tex_matrix(out, a, false);
        return;
    }
    aon_buf_puts(out, rows > 1 ? "(" : "");
    for (slong i = 0; i < rows; i++) {
        aon_buf_puts(out, i > 0 ? ",\\, " : "");
        aon_put_number(out, AON_TEX, a, i, 0);
    }
    aon_buf_puts(out, rows > 1 ? ")" : "");
}
