/*
 * One self-contained HTML document: nothing is loaded, everything is escaped.
 */
#include "report/clause.h"
#include "report/figure.h"
#include "report/page.h"
#include "report/sentence.h"

#include <string.h>

static void
put_plain(aon_buf *out, const char *s)
{
    aon_put_text(out, AON_HTML, s, strlen(s));
}

static void
put_code(aon_buf *out, const char *s)
{
    aon_buf_puts(out, "<code>");
    put_plain(out, s);
    aon_buf_puts(out, "</code>");
}

static void
put_heading(aon_buf *out, const aon_paper *p)
{
    aon_buf text;

    aon_buf_init(&text);
    aon_buf_puts(out, "<h2>");
    if (p->core == NULL) {
        aon_buf_puts(out, "Instance");
    } else {
        aon_buf_puts(out, p->d == NULL                    ? "Statement "
                          : p->d->verdict == AON_VIOLATED ? "Counterexample to "
                                                          : "Instance of ");
        put_code(out, p->core->name);
    }
    if (p->variant != NULL)
        aon_report_variant(&text, p->variant);
    if (text.len > 0) {
        aon_buf_puts(out, ", ");
        put_plain(out, text.s);
    }
    aon_buf_puts(out, "</h2>\n");
    if (p->instance != NULL) {
        aon_buf_puts(out, "<p class=\"soft\">");
        put_code(out, aon_base_name(p->instance));
        aon_buf_puts(out, "</p>\n");
    }
    aon_buf_clear(&text);
}

static void
put_why(aon_buf *out, const aon_paper *p)
{
    aon_buf text;

    aon_buf_init(&text);
    aon_buf_printf(out, "<p class=\"why%s\">",
                   p->d->verdict == AON_VIOLATED ? ""
                   : p->d->verdict == AON_HOLDS  ? " good"
                                                 : " soft");
    aon_sentence(&text, p);
    aon_put_marked(out, AON_HTML, text.s, text.len);
    aon_buf_puts(out, "</p>\n");
    aon_buf_clear(&text);
}

static void
put_figure(aon_buf *out, const aon_figure *f, size_t number)
{
    aon_buf text;

    if (f->n == 0)
        return;
    aon_buf_init(&text);
    aon_buf_puts(out, "<figure>\n<div class=\"panels\">\n");
    for (size_t i = 0; i < f->n; i++) {
        aon_buf_reset(&text);
        aon_buf_printf(&text, "p%zu-%zu", number, i + 1);
        aon_buf_puts(out, "<div class=\"panel\">");
        aon_figure_svg(out, &f->panel[i], text.s);
        aon_buf_puts(out, "<p>");
        aon_put_marked(out, AON_HTML, f->panel[i].title, strlen(f->panel[i].title));
        aon_buf_puts(out, "</p>");
        if (*f->panel[i].note != '\0') {
            aon_buf_puts(out, "<p class=\"soft\">");
            aon_put_marked(out, AON_HTML, f->panel[i].note, strlen(f->panel[i].note));
            aon_buf_puts(out, "</p>");
        }
        aon_buf_puts(out, "</div>\n");
    }
    aon_buf_puts(out, "</div>\n<figcaption>");
    aon_buf_reset(&text);
    aon_figure_key(&text, f);
    aon_put_marked(out, AON_HTML, text.s, text.len);
    aon_buf_puts(out, "</figcaption>\n</figure>\n");
    aon_buf_clear(&text);
}

/* A button, and the text that it copies. */
static void
put_copy(aon_buf *out, const char *what, const char *id, size_t number,
         const aon_buf *text)
{
    aon_buf_printf(out,
                   "<details class=\"tex\"><summary>LaTeX of %s</summary>"
                   "<textarea id=\"%s%zu\" readonly spellcheck=\"false\" "
                   "aria-label=\"LaTeX of %s\">\n",
                   what, id, number, what);
    for (size_t at = 0; at < text->len;) { /* line ends stay */
        const size_t n = strcspn(text->s + at, "\n");

        aon_put_text(out, AON_HTML, text->s + at, n);
        aon_buf_putc(out, '\n');
        at += n + 1;
    }
    aon_buf_puts(out, "</textarea></details>\n");
}

static void
put_button(aon_buf *out, const char *what, const char *id, size_t number)
{
    aon_buf_printf(out,
                   "<button type=\"button\" data-copy=\"%s%zu\" "
                   "data-name=\"Copy LaTeX of %s\">Copy LaTeX of %s</button>\n",
                   id, number, what, what);
}

static void
put_latex(aon_buf *out, const aon_paper *p, const aon_figure *f, size_t number)
{
    aon_buf text;

    aon_buf_init(&text);
    aon_buf_puts(out, "<h3 class=\"tex\">For a paper</h3>\n<p class=\"tex\">");
    put_button(out, "everything", "tex", number);
    if (f != NULL && f->n > 0)
        put_button(out, "the figure", "fig", number);
    aon_buf_puts(out, "</p>\n");
    aon_paper_tex(&text, p);
    put_copy(out, "everything", "tex", number, &text);
    if (f != NULL && f->n > 0) {
        aon_buf_reset(&text);
        aon_figure_tikz(&text, f);
        put_copy(out, "the figure", "fig", number, &text);
    }
    aon_buf_clear(&text);
}

static void
put_statement(aon_buf *out, const aon_core *core)
{
    for (size_t i = 0; i < core->ncite; i++) {
        aon_buf_puts(out, "<p>");
        put_plain(out, core->cite[i]);
        aon_buf_puts(out, "</p>\n");
    }
    for (size_t i = 0; i < core->nnote; i++) {
        aon_buf_puts(out, "<p class=\"soft\">");
        put_plain(out, core->note[i]);
        aon_buf_puts(out, "</p>\n");
    }
    if (core->ngiven == 0)
        return;
    aon_buf_puts(out, "<h3>Given</h3>\n<div class=\"scroll\"><table><tr>"
                      "<th scope=\"col\">name</th><th scope=\"col\">sort</th></tr>\n");
    for (size_t i = 0; i < core->ngiven; i++) {
        aon_buf type;

        aon_buf_init(&type);
        aon_report_type(&type, &core->given[i].type);
        aon_buf_puts(out, "<tr><th scope=\"row\"><span class=\"math\">");
        aon_put_name(out, AON_HTML, core->given[i].name, strlen(core->given[i].name));
        aon_buf_puts(out, "</span></th><td>");
        put_plain(out, type.s);
        aon_buf_puts(out, "</td></tr>\n");
        aon_buf_clear(&type);
    }
    aon_buf_puts(out, "</table></div>\n");
}

static void
put_lets(aon_buf *out, const aon_report_names *names)
{
    bool any = false;

    for (size_t i = 0; names != NULL && i < names->n; i++) {
        aon_buf text;

        aon_buf_init(&text);
        if (aon_mark_let(&text, names, i)) {
            aon_buf_puts(out, any ? "<li>" : "<h3>Let</h3>\n<ul>\n<li>");
            aon_put_marked(out, AON_HTML, text.s, text.len);
            aon_buf_puts(out, "</li>\n");
            any = true;
        }
        aon_buf_clear(&text);
    }
    aon_buf_puts(out, any ? "</ul>\n" : "");
}

static void
put_instance(aon_buf *out, const aon_paper *p, size_t number)
{
    aon_subject s;
    aon_figure f;

    aon_subject_init(&s, p);
    aon_figure_init(&f, &s);
    if (p->d != NULL)
        put_why(out, p);
    put_figure(out, &f, number);
    if (p->d != NULL)
        aon_page_claims(out, p);
    aon_page_data(out, p);
    aon_page_meanings(out, &s);
    aon_page_log_odds(out, &s);
    aon_page_models(out, &s);
    put_latex(out, p, &f, number);
    aon_figure_clear(&f);
    aon_subject_clear(&s);
}

void
aon_paper_html(aon_buf *out, const aon_paper *p, size_t number)
{
    aon_buf_printf(out, "<section id=\"p%zu\">\n", number);
    put_heading(out, p);
    if (p->in != NULL) {
        put_instance(out, p, number);
    } else {
        put_statement(out, p->core);
        put_lets(out, p->names);
        aon_page_claims(out, p);
        put_latex(out, p, NULL, number);
    }
    aon_buf_puts(out, "</section>\n");
}

void
aon_paper_html_begin(aon_buf *out, const char *title)
{
    aon_buf_puts(
        out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, "
             "initial-scale=1\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
             "'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
             "<title>");
    put_plain(out, aon_base_name(title));
    aon_buf_printf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n<h1>",
                   aon_page_style);
    put_plain(out, aon_base_name(title));
    aon_buf_puts(out, "</h1>\n");
}

void
aon_paper_html_end(aon_buf *out)
{
    aon_buf_printf(out, "</main>\n<script>\n%s</script>\n</body>\n</html>\n",
                   aon_page_script);
}
