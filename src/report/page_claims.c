/*
 * Hypotheses and conclusions of an HTML document: each with its formula, its value, and
 * its reasons if it is false.
 */
#include "report/clause.h"
#include "report/page.h"
#include "report/why.h"

#include <string.h>

static void
put_plain(aon_buf *out, const char *s)
{
    aon_put_text(out, AON_HTML, s, strlen(s));
}

/* Lines by depth as lists in lists; a list opens inside the item above it. */
static void
put_reasons(aon_buf *out, const aon_buf *lines)
{
    aon_why_line l;
    size_t at = 0;
    int depth = -1;

    while (aon_why_next(lines, &at, &l)) {
        while (depth > l.depth) {
            aon_buf_puts(out, "</li></ul>");
            depth--;
        }
        if (depth == l.depth)
            aon_buf_puts(out, "</li>");
        while (depth < l.depth) {
            depth++;
            aon_buf_puts(out, depth < l.depth ? "<ul><li>" : "<ul>");
        }
        aon_buf_puts(out, "<li>");
        put_plain(out, aon_why_before(l.kind));
        aon_put_marked(out, AON_HTML, l.s, l.len);
        put_plain(out, aon_why_after(l.kind));
    }
    for (; depth >= 0; depth--)
        aon_buf_puts(out, "</li></ul>");
}

static void
put_claim(aon_buf *out, const aon_paper *p, size_t i, bool assume)
{
    const aon_claim *c = assume ? &p->core->assume[i] : &p->core->show[i];
    const aon_ref root = p->d == NULL || !assume ? c->root : p->d->root[i];
    aon_ref reasons = AON_NO_REF;
    aon_truth left_out = AON_UNKNOWN;
    const char *word = p->d != NULL ? aon_claim_word(p->d, i, assume) : "";

    aon_buf_printf(out, "<tr><td>%s</td><th scope=\"row\"><code>",
                   assume ? "hypothesis" : "conclusion");
    put_plain(out, c->name);
    aon_buf_puts(out, "</code></th><td>");
    aon_put_clause(out, AON_HTML, p->core, c);
    if (root != AON_NO_REF && root == c->weaken)
        aon_buf_puts(out, " <span class=\"soft\">(in its weaker form)</span>");
    if (p->d != NULL && root == AON_NO_REF) {
        left_out = aon_omitted_truth(p, i);
        reasons = left_out == AON_FALSE ? c->root : AON_NO_REF;
    } else if (strcmp(word, "fails") == 0) {
        reasons = root;
    }
    if (reasons != AON_NO_REF) {
        aon_buf lines;

        aon_buf_init(&lines);
        aon_why_lines(&lines, p->d, p->core, p->names, reasons,
                      reasons == c->root ? c : NULL);
        put_reasons(out, &lines);
        aon_buf_clear(&lines);
    }
    aon_buf_puts(out, "</td>");
    if (p->d != NULL)
        aon_buf_printf(out, "<td class=\"%s\">%s%s</td>",
                       strcmp(word, "fails") == 0   ? "bad"
                       : strcmp(word, "holds") == 0 ? "good"
                                                    : "soft",
                       word,
                       left_out == AON_FALSE  ? ", fails"
                       : left_out == AON_TRUE ? ", holds"
                                              : "");
    aon_buf_puts(out, "</tr>\n");
}

void
aon_page_claims(aon_buf *out, const aon_paper *p)
{
    aon_buf_puts(out, "<h3>Hypotheses and conclusions</h3>\n<div class=\"scroll\">"
                      "<table class=\"claims\"><thead><tr><th scope=\"col\">part</th>"
                      "<th scope=\"col\">name</th><th scope=\"col\">formula</th>");
    aon_buf_puts(out, p->d != NULL ? "<th scope=\"col\">here</th>" : "");
    aon_buf_puts(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < p->core->nassume; i++)
        put_claim(out, p, i, true);
    for (size_t i = 0; i < p->core->nshow; i++)
        put_claim(out, p, i, false);
    aon_buf_puts(out, "</tbody></table></div>\n");
}
