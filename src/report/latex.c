/*
 * A violated statement for a paper: both models as matrices, a figure, one sentence.
 * Needs amsmath and tikz.
 */
#include "report/report.h"

#include <string.h>

/* Text with the characters that LaTeX reserves escaped. */
static void
put_text(aon_buf *out, const char *s)
{
    for (; *s != '\0'; s++) {
        if (strchr("#$%&_{}", *s) != NULL) {
            aon_buf_putc(out, '\\');
            aon_buf_putc(out, *s);
        } else if (*s == '\\') {
            aon_buf_puts(out, "\\textbackslash{}");
        } else if (*s == '<' || *s == '>') {
            aon_buf_printf(out, "\\ensuremath{%c}", *s);
        } else if (*s == '~' || *s == '^') {
            aon_buf_printf(out, "\\%c{}", *s);
        } else {
            aon_buf_putc(out, *s);
        }
    }
}

static void
put_number(aon_buf *out, const aon_mat *a, slong i, slong j)
{
    const size_t at = out->len;
    char *slash;

    aon_mat_print_entry(out, a, i, j);
    slash = strchr(out->s + at, '/');
    if (slash == NULL)
        return;
    {
        aon_buf text;
        const bool minus = out->s[at] == '-';

        aon_buf_init(&text);
        aon_buf_printf(&text, "%s\\tfrac{%.*s}{%s}", minus ? "-" : "",
                       (int)(slash - out->s - (long)at - minus), out->s + at + minus,
                       slash + 1);
        out->len = at;
        aon_buf_put(out, text.s, text.len);
        aon_buf_clear(&text);
    }
}

/* The columns of a as rows. */
static void
put_rows(aon_buf *out, const aon_mat *a)
{
    aon_buf_puts(out, "\\begin{pmatrix}");
    for (slong j = 0; j < aon_mat_cols(a); j++) {
        aon_buf_puts(out, j > 0 ? " \\\\ " : " ");
        for (slong i = 0; i < aon_mat_rows(a); i++) {
            aon_buf_puts(out, i > 0 ? " & " : "");
            put_number(out, a, i, j);
        }
    }
    aon_buf_puts(out, " \\end{pmatrix}");
}

static void
put_name(aon_buf *out, const char *letter, const char *model)
{
    const size_t primes = strlen(model) - strcspn(model, "'");

    aon_buf_puts(out, letter);
    for (size_t i = 0; i < primes; i++)
        aon_buf_putc(out, '\'');
}

static void
put_model(aon_buf *out, const aon_value *m, const char *end)
{
    put_name(out, "F", m->name);
    aon_buf_puts(out, " = ");
    put_rows(out, &m->a);
    aon_buf_puts(out, ",\\quad ");
    put_name(out, "G", m->name);
    aon_buf_puts(out, " = ");
    put_rows(out, &m->b);
    aon_buf_printf(out, "%s\n", end);
}

static double
number_at(const aon_mat *a, slong i, slong j)
{
    fmpq_t q;
    double v;
    mpq_t g;

    if (i >= aon_mat_rows(a))
        return 0;
    fmpq_init(q);
    mpq_init(g);
    aon_mat_get(q, a, i, j);
    fmpq_get_mpq(g, q);
    v = mpq_get_d(g);
    mpq_clear(g);
    fmpq_clear(q);
    return v;
}

/* Tokens as dots, contexts as arrows; only the first two coordinates are drawn. */
static void
put_panel(aon_buf *out, const aon_value *m, const aon_instance *in, int shift)
{
    double top = 1;

    for (slong i = 0; i < 2; i++) {
        for (slong j = 0; j < (slong)in->ntokens; j++)
            top = number_at(&m->b, i, j) > top    ? number_at(&m->b, i, j)
                  : -number_at(&m->b, i, j) > top ? -number_at(&m->b, i, j)
                                                  : top;
        for (slong j = 0; j < (slong)in->ncontexts; j++)
            top = number_at(&m->a, i, j) > top    ? number_at(&m->a, i, j)
                  : -number_at(&m->a, i, j) > top ? -number_at(&m->a, i, j)
                                                  : top;
    }
    aon_buf_printf(out,
                   "  \\begin{scope}[xshift=%dcm]\n"
                   "    \\draw[gray] (-2.3,0) -- (2.3,0);\n",
                   shift);
    if (m->dim > 1)
        aon_buf_puts(out, "    \\draw[gray] (0,-2.3) -- (0,2.3);\n");
    for (slong j = 0; j < (slong)in->ncontexts; j++)
        aon_buf_printf(out, "    \\draw[->] (0,0) -- (%.3f,%.3f);\n",
                       2 * number_at(&m->a, 0, j) / top,
                       2 * number_at(&m->a, 1, j) / top);
    for (slong j = 0; j < (slong)in->ntokens; j++) {
        aon_buf_printf(out, "    \\fill (%.3f,%.3f) circle (2pt) node[above right] {",
                       2 * number_at(&m->b, 0, j) / top,
                       2 * number_at(&m->b, 1, j) / top);
        put_text(out, in->token[j]);
        aon_buf_puts(out, "};\n");
    }
    aon_buf_puts(out, "    \\node at (0,-2.8) {$");
    put_name(out, "(F", m->name);
    put_name(out, ",G", m->name);
    aon_buf_puts(out, ")$};\n  \\end{scope}\n");
}

void
aon_report_latex(aon_buf *out, aon_decision *d, const aon_core *core,
                 const aon_instance *in)
{
    const aon_value *m[2] = {NULL, NULL};
    const char *sep = "";
    size_t n = 0;

    for (size_t i = 0; i < in->nvalues && n < 2; i++)
        if (in->value[i].kind == AON_VAL_MODEL)
            m[n++] = &in->value[i];
    aon_buf_puts(
        out, "% needs amsmath and tikz; row i of F is f(x_i), row j of G is g(y_j)\n");
    aon_buf_puts(out, "\\begin{gather*}\n");
    for (size_t i = 0; i < n; i++) {
        aon_buf_puts(out, "  ");
        put_model(out, m[i], i + 1 < n ? " \\\\" : "");
    }
    aon_buf_puts(out, "\\end{gather*}\n\\begin{center}\\begin{tikzpicture}\n");
    for (size_t i = 0; i < n; i++)
        put_panel(out, m[i], in, (int)(6 * i));
    aon_buf_puts(out, "\\end{tikzpicture}\\end{center}\n");
    aon_buf_puts(out, "All hypotheses of \\texttt{");
    put_text(out, core->name);
    aon_buf_puts(out, "} hold in these models, but the conclusion ");
    for (size_t i = 0; i < core->nshow; i++)
        if (d->show[i] == AON_FALSE) {
            aon_buf_printf(out, "%s\\texttt{", sep);
            put_text(out, core->show[i].name);
            aon_buf_puts(out, "}");
            sep = ", ";
        }
    aon_buf_puts(out, " is false");
    sep = ", where ";
    for (size_t i = 0; i < in->nvalues; i++)
        if (in->value[i].kind == AON_VAL_TOKEN) {
            aon_buf_printf(out, "%s\\texttt{", sep);
            put_text(out, in->value[i].name);
            aon_buf_puts(out, "} = ");
            put_text(out, in->token[in->value[i].elem]);
            sep = ", ";
        }
    sep = ": ";
    for (size_t i = 0; i < core->nshow; i++)
        if (d->show[i] == AON_FALSE) {
            aon_buf text;

            aon_buf_init(&text);
            aon_report_clause(&text, core->show[i].span, 200);
            aon_buf_printf(out, "%s\\texttt{", sep);
            put_text(out, text.s);
            aon_buf_puts(out, "}");
            aon_buf_clear(&text);
            sep = "; ";
        }
    aon_buf_puts(out, ".\n");
}
