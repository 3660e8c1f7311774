/*
 * A panel of a figure as inline SVG.  Colours come from the classes in page_style.c; no
 * markers, so that nothing refers to anything.
 */
#include "report/figure.h"

#include "report/marked.h"

#include <string.h>

enum { MARGIN = 120, HEAD = 170, HEAD_WIDTH = 65, DOT = 62, RING = 110 };

/* Thousandths of a centimetre in units of a tenth of a millimetre: 12.5 is 1.25 mm. */
static void
put_length(aon_buf *out, long v)
{
    const long u = v < 0 ? -v : v;

    aon_buf_printf(out, "%s%ld.%ld", v < 0 ? "-" : "", u / 10, u % 10);
}

static void
put_attribute(aon_buf *out, const char *name, long v)
{
    aon_buf_printf(out, " %s=\"", name);
    put_length(out, v);
    aon_buf_putc(out, '"');
}

/* HTML made by aon_put_marked, with elements that SVG has. */
static void
put_text(aon_buf *out, const char *marked)
{
    static const char *const tag[][2] = {
        {"<i>", "<tspan font-style=\"italic\">"},
        {"</i>", "</tspan>"},
        {"<b>", "<tspan font-weight=\"bold\">"},
        {"</b>", "</tspan>"},
        {"<sub>", "<tspan dy=\"5\" font-size=\"70%\">"},
        {"</sub>", "</tspan><tspan dy=\"-5\">&#8203;</tspan>"},
        {"<sup>", "<tspan dy=\"-8\" font-size=\"70%\">"},
        {"</sup>", "</tspan><tspan dy=\"8\">&#8203;</tspan>"},
        {"<bdi class=\"w\">", "<tspan unicode-bidi=\"isolate\">"},
        {"</bdi>", "</tspan>"},
        {"<span class=\"math\">", "<tspan class=\"math\">"},
        {"</span>", "</tspan>"},
    };
    aon_buf html;

    aon_buf_init(&html);
    aon_put_marked(&html, AON_HTML, marked, strlen(marked));
    for (const char *s = html.s; *s != '\0';) {
        bool found = false;

        for (size_t i = 0; *s == '<' && i < sizeof tag / sizeof *tag; i++)
            if (strncmp(s, tag[i][0], strlen(tag[i][0])) == 0) {
                aon_buf_puts(out, tag[i][1]);
                s += strlen(tag[i][0]);
                found = true;
                break;
            }
        AON_ASSERT(found || *s != '<');
        if (!found)
            aon_buf_putc(out, *s++);
    }
    aon_buf_clear(&html);
}

static const char *
class_of(aon_fig_kind kind, int color)
{
    static const char *const space[] = {"s0", "s1", "s2"};

    switch (kind) {
    case AON_FIG_SPACE:
        return space[color % 3];
    case AON_FIG_CONTEXT:
        return "f";
    case AON_FIG_DIFFERENCE:
        return "d";
    case AON_FIG_VECTOR:
        return "v";
    case AON_FIG_TOKEN:
        return "g";
    default:
        return "ax";
    }
}

/* The largest r with r * r <= v. */
static long
root(long v)
{
    long r = 0;

    for (long bit = 1L << 20; bit > 0; bit >>= 1)
        if ((r + bit) * (r + bit) <= v)
            r += bit;
    return r;
}

static void
put_line(aon_buf *out, const aon_fig_item *i)
{
    aon_buf_printf(out, "<line class=\"%s\"", class_of(i->kind, i->color));
    put_attribute(out, "x1", i->x0);
    put_attribute(out, "y1", -i->y0);
    put_attribute(out, "x2", i->x1);
    put_attribute(out, "y2", -i->y1);
    aon_buf_puts(out, "/>");
}

/* The line ends where its head begins. */
static void
put_arrow(aon_buf *out, const aon_fig_item *i)
{
    aon_fig_item shaft = *i;
    const long dx = i->x1 - i->x0, dy = i->y1 - i->y0, len = root(dx * dx + dy * dy);
    const long bx = i->x1 - dx * HEAD / (len > 0 ? len : 1);
    const long by = i->y1 - dy * HEAD / (len > 0 ? len : 1);
    const long nx = -dy * HEAD_WIDTH / (len > 0 ? len : 1);
    const long ny = dx * HEAD_WIDTH / (len > 0 ? len : 1);
    const long p[3][2] = {{i->x1, i->y1}, {bx + nx, by + ny}, {bx - nx, by - ny}};

    shaft.x1 = bx;
    shaft.y1 = by;
    put_line(out, &shaft);
    aon_buf_printf(out, "<polygon class=\"%s\" points=\"", class_of(i->kind, i->color));
    for (int k = 0; k < 3; k++) {
        aon_buf_puts(out, k > 0 ? " " : "");
        put_length(out, p[k][0]);
        aon_buf_putc(out, ',');
        put_length(out, -p[k][1]);
    }
    aon_buf_puts(out, "\"/>");
}

static void
put_circle(aon_buf *out, const aon_fig_item *i, const char *class, long r)
{
    aon_buf_printf(out, "<circle class=\"%s\"", class);
    put_attribute(out, "cx", i->x1);
    put_attribute(out, "cy", -i->y1);
    put_attribute(out, "r", r);
    aon_buf_puts(out, "/>");
}

static void
put_label(aon_buf *out, const aon_fig_item *l)
{
    static const char *const anchor[] = {"end", "middle", "start"};
    /* from the anchor to the base line of the text */
    static const long drop[] = {290, 90, -100};

    aon_buf_printf(out, "<text class=\"%s\" text-anchor=\"%s\"",
                   class_of(l->of, l->color), anchor[l->dx + 1]);
    put_attribute(out, "x", l->x0 + 80 * l->dx);
    put_attribute(out, "y", -l->y0 + drop[l->dy + 1]);
    aon_buf_putc(out, '>');
    put_text(out, l->text);
    aon_buf_puts(out, "</text>");
}

static void
put_item(aon_buf *out, const aon_fig_item *i)
{
    const bool point = i->x0 == i->x1 && i->y0 == i->y1;

    switch (i->kind) {
    case AON_FIG_LABEL:
        put_label(out, i);
        break;
    case AON_FIG_TOKEN:
        put_circle(out, i, "g", DOT);
        break;
    case AON_FIG_CONTEXT:
    case AON_FIG_DIFFERENCE:
    case AON_FIG_VECTOR:
        if (point) {
            put_circle(out, i, "ring", RING);
            break;
        }
        put_arrow(out, i);
        break;
    default:
        put_line(out, i);
    }
    aon_buf_putc(out, '\n');
}

/* What is drawn, in words, for who cannot see it. */
static void
put_description(aon_buf *out, const aon_fig_panel *p)
{
    static const struct {
        aon_fig_kind kind;
        const char *word;
    } sort[] = {{AON_FIG_CONTEXT, "arrows of contexts: "},
                {AON_FIG_TOKEN, "dots of tokens: "},
                {AON_FIG_DIFFERENCE, "thick arrows: "},
                {AON_FIG_VECTOR, "thick arrows from the origin: "},
                {AON_FIG_SPACE, "broken lines: "}};
    aon_buf text;
    const char *part = "";

    aon_buf_init(&text);
    for (size_t k = 0; k < sizeof sort / sizeof *sort; k++) {
        const char *sep = sort[k].word;

        for (size_t i = 0; i < p->n; i++)
            if (p->item[i].kind == sort[k].kind && p->item[i].text != NULL) {
                aon_buf_printf(&text, "%s%s", sep == sort[k].word ? part : "", sep);
                aon_put_unmarked(&text, p->item[i].text, strlen(p->item[i].text));
                sep = ", ";
                part = "; ";
            }
    }
    if (*p->note != '\0') {
        aon_buf_puts(&text, part);
        aon_put_unmarked(&text, p->note, strlen(p->note));
    }
    aon_put_text(out, AON_HTML, text.s, text.len);
    aon_buf_clear(&text);
}

void
aon_figure_svg(aon_buf *out, const aon_fig_panel *p, const char *id)
{
    const long w = p->x1 - p->x0 + 2 * MARGIN, h = p->y1 - p->y0 + 2 * MARGIN;
    aon_buf title;

    aon_buf_init(&title);
    aon_put_unmarked(&title, p->title, strlen(p->title));
    aon_buf_printf(out,
                   "<svg role=\"img\" aria-labelledby=\"%s-t %s-d\" width=\"%ld\" "
                   "height=\"%ld\" viewBox=\"",
                   id, id, w * 3 / 4 / 10, h * 3 / 4 / 10);
    put_length(out, p->x0 - MARGIN);
    aon_buf_putc(out, ' ');
    put_length(out, -p->y1 - MARGIN);
    aon_buf_putc(out, ' ');
    put_length(out, w);
    aon_buf_putc(out, ' ');
    put_length(out, h);
    aon_buf_printf(out, "\">\n<title id=\"%s-t\">", id);
    aon_put_text(out, AON_HTML, title.s, title.len);
    aon_buf_printf(out, "</title>\n<desc id=\"%s-d\">", id);
    put_description(out, p);
    aon_buf_puts(out, "</desc>\n");
    for (size_t i = 0; i < p->n; i++)
        put_item(out, &p->item[i]);
    aon_buf_puts(out, "</svg>\n");
    aon_buf_clear(&title);
}
