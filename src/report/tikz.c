/*
 * A figure as TikZ: base colours and plain tikz only.
 */
#include "report/figure.h"

#include "report/marked.h"

#include <string.h>

enum { GUTTER = 900, TEXT_WIDTH = 12000 /* of a page of article */ };

/* Thousandths of a centimetre as a decimal number: -0.05 */
static void
put_length(aon_buf *out, long v)
{
    const long u = v < 0 ? -v : v;

    aon_buf_printf(out, "%s%ld.%03ld", v < 0 ? "-" : "", u / 1000, u % 1000);
}

static void
put_point(aon_buf *out, long x, long y)
{
    aon_buf_putc(out, '(');
    put_length(out, x);
    aon_buf_putc(out, ',');
    put_length(out, y);
    aon_buf_putc(out, ')');
}

static const char *
style_of(aon_fig_kind kind, int color)
{
    static const char *const space[] = {"teal, densely dashed", "violet, dotted, thick",
                                        "brown, dash dot"};

    switch (kind) {
    case AON_FIG_AXIS:
    case AON_FIG_TICK:
        return "gray!70, very thin";
    case AON_FIG_SPACE:
        return space[color % 3];
    case AON_FIG_CONTEXT:
        return "->, blue!75!black";
    case AON_FIG_DIFFERENCE:
        return "->, very thick, orange!85!black";
    case AON_FIG_VECTOR:
        return "->, very thick, violet";
    default:
        return "";
    }
}

static const char *
color_of(const aon_fig_item *label)
{
    static const char *const space[] = {"teal!80!black", "violet", "brown!80!black"};

    switch (label->of) {
    case AON_FIG_SPACE:
        return space[label->color % 3];
    case AON_FIG_CONTEXT:
        return "blue!75!black";
    case AON_FIG_DIFFERENCE:
        return "orange!75!black";
    case AON_FIG_VECTOR:
        return "violet";
    case AON_FIG_TICK:
    case AON_FIG_AXIS:
        return "gray";
    default:
        return "red!70!black";
    }
}

/* The corner or side of the text that touches its anchor. */
static const char *
anchor_of(const aon_fig_item *l)
{
    static const char *const name[3][3] = {{"north east", "north", "north west"},
                                           {"east", "center", "west"},
                                           {"south east", "south", "south west"}};

    return name[l->dy + 1][l->dx + 1];
}

static void
put_label(aon_buf *out, const aon_fig_item *l)
{
    aon_buf_printf(out,
                   "    \\node[anchor=%s, inner sep=2pt, font=\\footnotesize, %s] at ",
                   anchor_of(l), color_of(l));
    put_point(out, l->x0, l->y0);
    aon_buf_puts(out, " {");
    aon_put_marked(out, AON_TEX, l->text, strlen(l->text));
    aon_buf_puts(out, "};\n");
}

static void
put_item(aon_buf *out, const aon_fig_item *i)
{
    const bool point = i->x0 == i->x1 && i->y0 == i->y1;

    if (i->kind == AON_FIG_LABEL) {
        put_label(out, i);
    } else if (i->kind == AON_FIG_TOKEN) {
        aon_buf_puts(out, "    \\fill[red!70!black] ");
        put_point(out, i->x0, i->y0);
        aon_buf_puts(out, " circle (1.8pt);\n");
    } else if (point) {
        aon_buf_puts(out, "    \\draw[blue!75!black] ");
        put_point(out, i->x0, i->y0);
        aon_buf_puts(out, " circle (3.2pt);\n");
    } else {
        aon_buf_printf(out, "    \\draw[%s] ", style_of(i->kind, i->color));
        put_point(out, i->x0, i->y0);
        aon_buf_puts(out, " -- ");
        put_point(out, i->x1, i->y1);
        aon_buf_puts(out, ";\n");
    }
}

static void
put_panel(aon_buf *out, const aon_fig_panel *p, long x, long y)
{
    aon_buf_puts(out, "  \\begin{scope}[shift={");
    put_point(out, x - p->x0, y - (p->y0 + p->y1) / 2);
    aon_buf_puts(out, "}]\n");
    for (size_t i = 0; i < p->n; i++)
        put_item(out, &p->item[i]);
    aon_buf_puts(out, "    \\node[anchor=north, font=\\small] at ");
    put_point(out, (p->x0 + p->x1) / 2, p->y0 - 100);
    aon_buf_puts(out, " {");
    aon_put_marked(out, AON_TEX, p->title, strlen(p->title));
    aon_buf_puts(out, "};\n  \\end{scope}\n");
}

/* Two panels beside each other, then the next two. */
void
aon_figure_tikz(aon_buf *out, const aon_figure *f)
{
    aon_buf_puts(out, "\\begin{center}\n");
    for (size_t i = 0; i < f->n; i += 2) {
        long width = f->panel[i].x1 - f->panel[i].x0;

        if (i + 1 < f->n)
            width += GUTTER + f->panel[i + 1].x1 - f->panel[i + 1].x0;
        aon_buf_puts(out, "\\begin{tikzpicture}");
        if (width > TEXT_WIDTH)
            aon_buf_printf(out, "[scale=0.%02ld, transform shape]",
                           TEXT_WIDTH * 100L / width);
        aon_buf_puts(out, "\n");
        put_panel(out, &f->panel[i], 0, 0);
        if (i + 1 < f->n)
            put_panel(out, &f->panel[i + 1], f->panel[i].x1 - f->panel[i].x0 + GUTTER,
                      0);
        aon_buf_puts(out, "\\end{tikzpicture}\n");
        aon_buf_puts(out, i + 2 < f->n ? "\n" : "");
    }
    aon_buf_puts(out, "\\end{center}\n");
}
