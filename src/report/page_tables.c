/*
 * Tables of an HTML document.
 */
#include "report/clause.h"
#include "report/numbers.h"
#include "report/page.h"

#include <string.h>

static void
put_word(aon_buf *out, const char *s)
{
    aon_buf_puts(out, "<bdi class=\"w\">");
    aon_put_text(out, AON_HTML, s, strlen(s));
    aon_buf_puts(out, "</bdi>");
}

static void
put_name(aon_buf *out, const char *s)
{
    aon_buf_puts(out, "<span class=\"math\">");
    aon_put_name(out, AON_HTML, s, strlen(s));
    aon_buf_puts(out, "</span>");
}

static void
put_head(aon_buf *out, char letter, const char *model, const char *of)
{
    aon_buf_puts(out, "<div class=\"scroll\"><table><caption><span class=\"math\">");
    aon_put_embedding(out, AON_HTML, letter, model);
    aon_buf_printf(out, "</span>%s</caption>\n", of);
}

static void
put_shape(aon_buf *out, slong rows, slong cols)
{
    aon_buf_printf(out, "%ld \xc3\x97 %ld, too large to be printed", (long)rows,
                   (long)cols);
}

/* Columns of a as rows with names. */
static void
put_embedding(aon_buf *out, const aon_mat *a, char *const *name, char letter,
              const char *model)
{
    const slong d = aon_mat_rows(a), n = aon_mat_cols(a);
    aon_mat t;

    put_head(out, letter, model,
             letter == 'f' ? ", embeddings of contexts" : ", unembeddings of tokens");
    aon_mat_init(&t, 0, 0);
    aon_mat_transpose(&t, a);
    if (!aon_fits(AON_HTML, &t) || n == 0) {
        aon_buf_puts(out, "<tr><td>");
        if (n == 0)
            aon_buf_puts(out, "none");
        else
            put_shape(out, n, d);
        aon_buf_puts(out, "</td></tr>\n");
    }
    for (slong j = 0; j < n && aon_fits(AON_HTML, &t); j++) {
        aon_buf_puts(out, "<tr><th scope=\"row\">");
        put_word(out, name[j]);
        aon_buf_puts(out, "</th>");
        for (slong i = 0; i < d; i++) {
            aon_buf_puts(out, "<td class=\"n\">");
            aon_put_number(out, AON_HTML, &t, j, i);
            aon_buf_puts(out, "</td>");
        }
        aon_buf_puts(out, "</tr>\n");
    }
    aon_buf_puts(out, "</table></div>\n");
    aon_mat_clear(&t);
}

void
aon_page_models(aon_buf *out, const aon_subject *s)
{
    aon_buf_puts(out, "<h3>Models</h3>\n");
    for (size_t i = 0; i < s->nmodels; i++) {
        const aon_value *m = s->model[i];

        aon_buf_puts(out, "<div class=\"tables\">\n");
        put_embedding(out, &m->a, s->in->context, 'f', m->name);
        put_embedding(out, &m->b, s->in->token, 'g', m->name);
        aon_buf_puts(out, "</div>\n");
    }
    if (s->more_models > 0)
        aon_buf_printf(out, "<p>%zu more models are not shown.</p>\n", s->more_models);
}

static void
put_table(aon_buf *out, const aon_subject *s, size_t number)
{
    const aon_mat *t = &s->table[number];

    put_head(out, 'L', s->model[number]->name, ", log-odds to the pivot");
    aon_buf_puts(out, "<tr><td></td>");
    for (size_t j = 0; j < s->in->ntokens; j++) {
        aon_buf_puts(out, "<th scope=\"col\">");
        put_word(out, s->in->token[j]);
        aon_buf_puts(out, "</th>");
    }
    aon_buf_puts(out, "</tr>\n");
    for (slong i = 0; i < aon_mat_rows(t); i++) {
        aon_buf_puts(out, "<tr><th scope=\"row\">");
        put_word(out, s->in->context[i]);
        aon_buf_puts(out, "</th>");
        for (slong j = 0; j < aon_mat_cols(t); j++) {
            aon_buf_puts(out, aon_subject_differs(s, i, j) ? "<td class=\"n differs\">"
                                                           : "<td class=\"n\">");
            aon_put_number(out, AON_HTML, t, i, j);
            aon_buf_puts(out, "</td>");
        }
        aon_buf_puts(out, "</tr>\n");
    }
    aon_buf_puts(out, "</table></div>\n");
}

void
aon_page_log_odds(aon_buf *out, const aon_subject *s)
{
    const bool same = aon_subject_same_tables(s);

    if (!s->tables || s->nmodels == 0 || s->in->ncontexts == 0)
        return;
    for (size_t i = 0; i < s->nmodels; i++)
        if (!aon_fits(AON_HTML, &s->table[i]))
            return;
    aon_buf_puts(out, "<h3>Log-odds</h3>\n");
    if (s->nmodels > 1)
        aon_buf_puts(out,
                     same ? "<p>The same in all models: the same distribution.</p>\n"
                          : "<p>The models differ in the marked cells.</p>\n");
    aon_buf_puts(out, "<div class=\"tables\">\n");
    for (size_t i = 0; i < (same ? 1 : s->nmodels); i++)
        put_table(out, s, i);
    aon_buf_puts(out, "</div>\n");
}

/* A value in a cell: numbers, vectors, bases as text, matrices as a table in it. */
static void
put_matrix(aon_buf *out, const aon_mat *a)
{
    if (!aon_fits(AON_HTML, a) || aon_mat_rows(a) == 0 || aon_mat_cols(a) == 0) {
        put_shape(out, aon_mat_rows(a), aon_mat_cols(a));
        return;
    }
    aon_buf_puts(out, "<table>");
    for (slong i = 0; i < aon_mat_rows(a); i++) {
        aon_buf_puts(out, "<tr>");
        for (slong j = 0; j < aon_mat_cols(a); j++) {
            aon_buf_puts(out, "<td class=\"n\">");
            aon_put_number(out, AON_HTML, a, i, j);
            aon_buf_puts(out, "</td>");
        }
        aon_buf_puts(out, "</tr>");
    }
    aon_buf_puts(out, "</table>");
}

static void
put_value(aon_buf *out, const aon_mat *a, bool space)
{
    aon_buf text;

    aon_buf_init(&text);
    if (space)
        aon_report_basis(&text, a);
    else
        aon_report_value(&text, a);
    aon_put_text(out, AON_HTML, text.s, text.len);
    aon_buf_clear(&text);
}

static void
put_datum(aon_buf *out, const aon_instance *in, const aon_value *v)
{
    aon_buf text;

    aon_buf_init(&text);
    switch (v->kind) {
    case AON_VAL_SCALAR:
    case AON_VAL_VECTOR:
        put_value(out, &v->a, false);
        break;
    case AON_VAL_SUBSPACE:
        put_value(out, &v->a, true);
        break;
    case AON_VAL_MATRIX:
        put_matrix(out, &v->a);
        break;
    default:
        aon_mark_words(&text, in, v);
        aon_put_marked(out, AON_HTML, text.s, text.len);
    }
    aon_buf_clear(&text);
}

void
aon_page_data(aon_buf *out, const aon_paper *p)
{
    const size_t n = p->core != NULL ? p->core->ngiven : p->in->nvalues;
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        const aon_value *v = p->core != NULL
                                 ? aon_instance_find(p->in, p->core->given[i].name)
                                 : &p->in->value[i];

        if (v == NULL || !aon_is_datum(v))
            continue;
        if (!any)
            aon_buf_puts(out,
                         "<h3>Given</h3>\n<div class=\"scroll\"><table>"
                         "<tr><th scope=\"col\">name</th><th scope=\"col\">kind</th>"
                         "<th scope=\"col\">value</th></tr>\n");
        any = true;
        aon_buf_puts(out, "<tr><th scope=\"row\">");
        put_name(out, v->name);
        aon_buf_printf(out, "</th><td>%s</td><td>", aon_val_kind_name(v->kind));
        put_datum(out, p->in, v);
        aon_buf_puts(out, "</td></tr>\n");
    }
    aon_buf_puts(out, any ? "</table></div>\n" : "");
}

void
aon_page_meanings(aon_buf *out, const aon_subject *s)
{
    bool any = false;

    for (size_t i = 0; i < s->nobjects; i++) {
        const aon_object *o = &s->object[i];

        if (o->means == NULL)
            continue;
        if (!any)
            aon_buf_puts(out,
                         "<h3>Names</h3>\n<div class=\"scroll\"><table>"
                         "<tr><th scope=\"col\">name</th><th scope=\"col\">stands for"
                         "</th><th scope=\"col\">value here</th></tr>\n");
        any = true;
        aon_buf_puts(out, "<tr><th scope=\"row\">");
        aon_put_math(out, AON_HTML, o->name, strlen(o->name));
        aon_buf_puts(out, "</th><td>");
        aon_put_math(out, AON_HTML, o->means, strlen(o->means));
        aon_buf_puts(out, "</td><td>");
        put_value(out, &o->value, o->kind == AON_OBJ_SPACE);
        aon_buf_puts(out, "</td></tr>\n");
    }
    aon_buf_puts(out, any ? "</table></div>\n" : "");
}
