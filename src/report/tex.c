/*
 * A decision, an instance or a statement for a paper.  Needs amsmath and tikz, nothing
 * else.
 */
#include "report/clause.h"
#include "report/figure.h"
#include "report/numbers.h"
#include "report/sentence.h"

#include <string.h>

enum { MAX_LINE = 46 /* characters of a display that stand beside each other */ };

static void
put_marked(aon_buf *out, const aon_buf *text)
{
    aon_put_marked(out, AON_TEX, text->s, text->len);
}

static void
put_word(aon_buf *out, const char *s)
{
    aon_buf_puts(out, "\\texttt{");
    aon_put_text(out, AON_TEX, s, strlen(s));
    aon_buf_puts(out, "}");
}

static void
put_formula(aon_buf *out, const char *s)
{
    aon_put_formula(out, AON_TEX, s, strlen(s), false);
}

/* ---- head ---- */

static void
put_head(aon_buf *out, const aon_paper *p)
{
    aon_buf text;

    aon_buf_init(&text);
    aon_buf_puts(out, "{\\medskip\\raggedright\\noindent\\textbf{");
    if (p->core == NULL) {
        aon_buf_puts(out, "Instance");
    } else if (p->d == NULL) {
        aon_buf_puts(out, "Statement ");
        put_word(out, p->core->name);
    } else {
        aon_buf_puts(out, p->d->verdict == AON_VIOLATED ? "Counterexample to "
                                                        : "Instance of ");
        put_word(out, p->core->name);
    }
    if (p->variant != NULL)
        aon_report_variant(&text, p->variant);
    if (text.len > 0) {
        aon_buf_puts(out, ", ");
        aon_put_text(out, AON_TEX, text.s, text.len);
    }
    aon_buf_puts(out, "}");
    if (p->instance != NULL) {
        aon_buf_puts(out, " (");
        put_word(out, aon_base_name(p->instance));
        aon_buf_puts(out, ")");
    }
    aon_buf_puts(out, "\\par}\n\n");
    aon_buf_clear(&text);
}

/* ---- data ---- */

static void
put_models(aon_buf *out, const aon_subject *s)
{
    aon_buf text;

    aon_buf_init(&text);
    aon_mark_contexts(&text, s->in);
    aon_buf_puts(out, "\\noindent Rows of \\(f\\): ");
    put_marked(out, &text);
    aon_buf_reset(&text);
    aon_mark_tokens(&text, s->in);
    aon_buf_puts(out, "; rows of \\(g\\): ");
    put_marked(out, &text);
    aon_buf_puts(out, ".\n\\begin{gather*}\n");
    for (size_t i = 0; i < s->nmodels; i++) {
        const aon_value *m = s->model[i];
        const bool wide =
            aon_tex_width(&m->a, true) + aon_tex_width(&m->b, true) > MAX_LINE;

        aon_buf_puts(out, i > 0 ? " \\\\\n  " : "  ");
        aon_put_embedding(out, AON_TEX, 'f', m->name);
        aon_buf_puts(out, " = ");
        aon_tex_matrix(out, &m->a, true);
        aon_buf_puts(out, wide ? ", \\\\\n  " : ",\\quad ");
        aon_put_embedding(out, AON_TEX, 'g', m->name);
        aon_buf_puts(out, " = ");
        aon_tex_matrix(out, &m->b, true);
    }
    aon_buf_puts(out, "\n\\end{gather*}\n");
    if (s->more_models > 0)
        aon_buf_printf(out, "%zu more models are not shown.\n", s->more_models);
    aon_buf_clear(&text);
}

static void
put_table(aon_buf *out, const aon_subject *s, size_t number)
{
    const aon_mat *t = &s->table[number];

    aon_buf_printf(out, "\\begin{array}{r|*{%ld}{c}} ", (long)aon_mat_cols(t));
    for (size_t j = 0; j < s->in->ntokens; j++) {
        aon_buf_puts(out, "& \\text{\\texttt{");
        aon_put_text(out, AON_TEX, s->in->token[j], strlen(s->in->token[j]));
        aon_buf_puts(out, "}} ");
    }
    aon_buf_puts(out, "\\\\ \\hline");
    for (slong i = 0; i < aon_mat_rows(t); i++) {
        const char *name = s->in->context[i];

        aon_buf_puts(out, i > 0 ? aon_tex_row_end(t) : " ");
        aon_buf_puts(out, "\\text{\\texttt{");
        aon_put_text(out, AON_TEX, name, strlen(name));
        aon_buf_puts(out, "}}");
        for (slong j = 0; j < aon_mat_cols(t); j++) {
            const bool bold = s->nmodels > 1 && aon_subject_differs(s, i, j);

            aon_buf_puts(out, bold ? " & \\mathbf{" : " & ");
            aon_put_number(out, AON_TEX, t, i, j);
            aon_buf_puts(out, bold ? "}" : "");
        }
    }
    aon_buf_puts(out, " \\end{array}");
}

static bool
short_names(const aon_instance *in)
{
    size_t len = 0;

    for (size_t j = 0; j < in->ntokens; j++)
        len += strlen(in->token[j]) + 2;
    return len < 90;
}

/* About how wide the names of a table are beyond its numbers, in characters. */
static size_t
names_width(const aon_instance *in)
{
    size_t total = 0, most = 0;

    for (size_t i = 0; i < in->ncontexts; i++)
        most = strlen(in->context[i]) > most ? strlen(in->context[i]) : most;
    for (size_t j = 0; j < in->ntokens; j++)
        total += strlen(in->token[j]) > 2 ? strlen(in->token[j]) - 2 : 0;
    return total + most;
}

static void
put_tables(aon_buf *out, const aon_subject *s)
{
    const bool same = aon_subject_same_tables(s);
    bool wide = false;

    if (!s->tables || s->in->ncontexts == 0 || s->nmodels == 0)
        return;
    for (size_t i = 0; i < s->nmodels; i++)
        if (!aon_fits(AON_TEX, &s->table[i]) || !short_names(s->in))
            return;
    for (size_t i = 0; i < s->nmodels; i++)
        wide = wide ||
               2 * (aon_tex_width(&s->table[i], false) + names_width(s->in)) > MAX_LINE;
    aon_buf_puts(out, "\\noindent Log-odds to the pivot");
    if (s->nmodels > 1)
        aon_buf_puts(out, same ? ", the same in all models"
                               : ", in bold where the models differ");
    aon_buf_puts(out, ":\n\\begin{gather*}\n");
    for (size_t i = 0; i < s->nmodels; i++) {
        aon_buf_puts(out, "  ");
        aon_put_embedding(out, AON_TEX, 'L', s->model[i]->name);
        aon_buf_puts(out, " = ");
        if (same && i + 1 < s->nmodels)
            continue;
        put_table(out, s, i);
        aon_buf_puts(out, i + 1 == s->nmodels   ? "\n"
                          : i % 2 == 0 && !wide ? " \\qquad\n"
                                                : " \\\\\n");
    }
    aon_buf_puts(out, "\\end{gather*}\n");
}

static void
put_space(aon_buf *out, const aon_mat *a)
{
    if (aon_mat_cols(a) == 0) {
        aon_buf_puts(out, "0");
        return;
    }
    if (!aon_fits(AON_TEX, a)) {
        aon_buf_printf(out, "\\text{(dimension %ld, too large to be printed)}",
                       (long)aon_mat_cols(a));
        return;
    }
    aon_buf_puts(out, "\\mathrm{span}\\{");
    for (slong j = 0; j < aon_mat_cols(a); j++) {
        aon_mat c;

        aon_mat_init(&c, 0, 0);
        aon_mat_block(&c, a, 0, j, aon_mat_rows(a), 1);
        aon_buf_puts(out, j > 0 ? ",\\allowbreak\\, " : "");
        aon_tex_value(out, &c);
        aon_mat_clear(&c);
    }
    aon_buf_puts(out, "\\}");
}

static void
put_datum(aon_buf *out, const aon_instance *in, const aon_value *v)
{
    aon_buf text;

    aon_buf_init(&text);
    aon_buf_puts(out, "\\(");
    aon_put_name(out, AON_TEX, v->name, strlen(v->name));
    aon_buf_puts(out, " = ");
    switch (v->kind) {
    case AON_VAL_SCALAR:
    case AON_VAL_VECTOR:
        aon_tex_value(out, &v->a);
        break;
    case AON_VAL_MATRIX:
        aon_tex_matrix(out, &v->a, false);
        break;
    case AON_VAL_SUBSPACE:
        put_space(out, &v->a);
        break;
    default:
        aon_mark_words(&text, in, v);
        aon_buf_puts(out, "{}\\)");
        put_marked(out, &text);
        aon_buf_puts(out, "\\(");
    }
    aon_buf_puts(out, "\\)");
    aon_buf_clear(&text);
}

static void
put_data(aon_buf *out, const aon_paper *p)
{
    const char *sep = "{\\raggedright\\noindent Given ";
    const size_t n = p->core != NULL ? p->core->ngiven : p->in->nvalues;

    for (size_t i = 0; i < n; i++) {
        const aon_value *v = p->core != NULL
                                 ? aon_instance_find(p->in, p->core->given[i].name)
                                 : &p->in->value[i];

        if (v == NULL || !aon_is_datum(v))
            continue;
        aon_buf_puts(out, sep);
        put_datum(out, p->in, v);
        sep = ",\n";
    }
    aon_buf_puts(out, *sep == ',' ? ".\\par}\n\n" : "");
}

/* What names stand for, and what they are here. */
static void
put_meanings(aon_buf *out, const aon_subject *s)
{
    const char *sep = "{\\raggedright\\noindent Here ";

    for (size_t i = 0; i < s->nobjects; i++) {
        const aon_object *o = &s->object[i];

        if (o->means == NULL)
            continue;
        aon_buf_printf(out, "%s\\(", sep);
        put_formula(out, o->name);
        aon_buf_puts(out, " = ");
        put_formula(out, o->means);
        aon_buf_puts(out, " = ");
        if (o->kind == AON_OBJ_SPACE)
            put_space(out, &o->value);
        else
            aon_tex_value(out, &o->value);
        aon_buf_puts(out, "\\)");
        sep = ",\n";
    }
    aon_buf_puts(out, *sep == ',' ? ".\\par}\n\n" : "");
}

static void
put_figure(aon_buf *out, const aon_subject *s)
{
    aon_figure f;
    aon_buf text;

    if (s->nmodels == 0)
        return;
    aon_buf_init(&text);
    aon_figure_init(&f, s);
    aon_figure_tikz(out, &f);
    aon_figure_key(&text, &f);
    aon_buf_puts(out, "{\\small\\noindent ");
    put_marked(out, &text);
    for (size_t i = 0; i < f.n; i++) {
        if (*f.panel[i].note == '\0')
            continue;
        aon_buf_puts(out, " In \\(");
        aon_put_name(out, AON_TEX, f.panel[i].model->name,
                     strlen(f.panel[i].model->name));
        aon_buf_puts(out, "\\): ");
        aon_put_marked(out, AON_TEX, f.panel[i].note, strlen(f.panel[i].note));
        aon_buf_putc(out, '.');
    }
    aon_buf_puts(out, "\\par}\n\n");
    aon_figure_clear(&f);
    aon_buf_clear(&text);
}

/* ---- claims ---- */

static void
put_claim_word(aon_buf *out, const aon_paper *p, size_t i, bool assume)
{
    const aon_truth t = assume ? aon_omitted_truth(p, i) : AON_UNKNOWN;

    aon_buf_printf(out, " \\textbf{%s%s}", aon_claim_word(p->d, i, assume),
                   t == AON_FALSE  ? ", fails"
                   : t == AON_TRUE ? ", holds"
                                   : "");
}

static void
put_claims(aon_buf *out, const aon_paper *p)
{
    aon_buf_puts(out, "\\begin{itemize}\\raggedright\n");
    for (int show = 0; show < 2; show++) {
        const aon_claim *c = show == 1 ? p->core->show : p->core->assume;

        for (size_t i = 0; i < (show == 1 ? p->core->nshow : p->core->nassume); i++) {
            aon_buf_puts(out, show == 1 ? "\\item Conclusion " : "\\item Hypothesis ");
            put_word(out, c[i].name);
            if (p->d != NULL)
                put_claim_word(out, p, i, show == 0);
            if (p->d != NULL && show == 0 && p->d->root[i] != AON_NO_REF &&
                p->d->root[i] == c[i].weaken)
                aon_buf_puts(out, " in its weaker form");
            aon_buf_puts(out, ": ");
            aon_put_clause(out, AON_TEX, p->core, &c[i]);
            aon_buf_putc(out, '\n');
        }
    }
    aon_buf_puts(out, "\\end{itemize}\n");
}

static void
put_lets(aon_buf *out, const aon_report_names *names)
{
    const char *sep = "{\\raggedright\\noindent Let ";

    for (size_t i = 0; names != NULL && i < names->n; i++) {
        aon_buf text;

        aon_buf_init(&text);
        if (aon_mark_let(&text, names, i)) {
            aon_buf_puts(out, sep);
            put_marked(out, &text);
            sep = ",\n";
        }
        aon_buf_clear(&text);
    }
    aon_buf_puts(out, *sep == ',' ? ".\\par}\n" : "");
}

/* "model of dimension \(d\)", "matrix in \(\mathbf{Q}^{d\times d'}\)", "token" */
static void
put_sort(aon_buf *out, const aon_type *t)
{
    const char *words = t->kind == AON_T_MODEL    ? "model of dimension "
                        : t->kind == AON_T_SPACE  ? "subspace of "
                        : t->kind == AON_T_VECTOR ? "vector in "
                        : t->kind == AON_T_MATRIX ? "matrix in "
                                                  : NULL;
    aon_type space = *t;
    aon_buf text;

    aon_buf_init(&text);
    if (t->kind == AON_T_SPACE)
        space.kind = AON_T_VECTOR;
    if (t->kind == AON_T_MODEL)
        aon_core_print_dim(&text, &t->rows);
    else
        aon_report_type(&text, &space);
    aon_buf_puts(out, words != NULL ? words : "");
    if (words != NULL)
        aon_put_math(out, AON_TEX, text.s, text.len);
    else
        aon_put_text(out, AON_TEX, text.s, text.len);
    aon_buf_clear(&text);
}

static void
put_statement(aon_buf *out, const aon_core *core)
{
    const char *sep = "{\\raggedright\\noindent Given ";

    for (size_t i = 0; i < core->ncite; i++) {
        aon_buf_puts(out, "\\noindent ");
        aon_put_text(out, AON_TEX, core->cite[i], strlen(core->cite[i]));
        aon_buf_puts(out, ".\n\n");
    }
    for (size_t i = 0; i < core->ngiven; i++) {
        aon_buf_printf(out, "%s\\(", sep);
        aon_put_name(out, AON_TEX, core->given[i].name, strlen(core->given[i].name));
        aon_buf_puts(out, "\\) (");
        put_sort(out, &core->given[i].type);
        aon_buf_puts(out, ")");
        sep = ", ";
    }
    aon_buf_puts(out, *sep == ',' ? ".\\par}\n" : "");
}

void
aon_paper_tex(aon_buf *out, const aon_paper *p)
{
    aon_subject s;
    aon_buf text;

    aon_buf_puts(out, "% needs amsmath and tikz\n");
    put_head(out, p);
    if (p->in == NULL) {
        put_statement(out, p->core);
        put_lets(out, p->names);
        put_claims(out, p);
        return;
    }
    aon_buf_init(&text);
    aon_subject_init(&s, p);
    put_models(out, &s);
    put_tables(out, &s);
    put_data(out, p);
    put_meanings(out, &s);
    put_figure(out, &s);
    if (p->d != NULL) {
        aon_sentence(&text, p);
        aon_buf_puts(out, "{\\medskip\\noindent\\raggedright\n");
        put_marked(out, &text);
        aon_buf_puts(out, "\\par}\n");
        put_claims(out, p);
    }
    aon_subject_clear(&s);
    aon_buf_clear(&text);
}

void
aon_paper_tex_begin(aon_buf *out, bool standalone)
{
    if (standalone)
        aon_buf_puts(out, "\\documentclass{article}\n"
                          "\\usepackage{amsmath,tikz}\n"
                          "\\begin{document}\n\n");
}

void
aon_paper_tex_end(aon_buf *out, bool standalone)
{
    if (standalone)
        aon_buf_puts(out, "\n\\end{document}\n");
}
