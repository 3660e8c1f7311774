/*
 * Labels: each is tried in eight directions from its anchor, and put where it hides
 * least of what is there.  Greedy, in the order of the items, integers only.
 */
#include "report/figure.h"

#include "report/marked.h"

#include <string.h>

enum {
    CHARACTER = 165,
    HEIGHT = 330,
    GAP = 70,
    STEPS = 48, /* points of a segment that are looked at */
    MAX_ANCHORS = 6
};

typedef struct {
    long x0, y0, x1, y1;
} box;

/* Code points of the text as it is shown: tags count nothing, an entity one. */
long
aon_figure_width(const char *text)
{
    aon_buf html;
    long n = 0;
    bool tag = false, entity = false;

    aon_buf_init(&html);
    aon_put_marked(&html, AON_HTML, text, strlen(text));
    for (size_t i = 0; i < html.len; i++) {
        const char c = html.s[i];

        if (c == '<')
            tag = true;
        if (!tag && !entity && ((unsigned char)c & 0xc0) != 0x80)
            n++;
        if (c == '&')
            entity = true;
        if (c == '>')
            tag = false;
        if (c == ';')
            entity = false;
    }
    aon_buf_clear(&html);
    return n * CHARACTER + 40;
}

static box
box_of(const aon_fig_item *l)
{
    const long w = aon_figure_width(l->text);
    box b;

    b.x0 = l->dx > 0 ? l->x0 + GAP : l->dx < 0 ? l->x0 - GAP - w : l->x0 - w / 2;
    b.y0 = l->dy > 0   ? l->y0 + GAP
           : l->dy < 0 ? l->y0 - GAP - HEIGHT
                       : l->y0 - HEIGHT / 2;
    b.x1 = b.x0 + w;
    b.y1 = b.y0 + HEIGHT;
    return b;
}

static bool
inside(const box *b, long x, long y)
{
    return x > b->x0 && x < b->x1 && y > b->y0 && y < b->y1;
}

static long
hidden_by(const aon_fig_panel *p, const box *b)
{
    long cost = 0;

    for (size_t i = 0; i < p->n; i++) {
        const aon_fig_item *o = &p->item[i];

        if (o->kind == AON_FIG_LABEL) {
            const box c = box_of(o);
            const bool apart =
                c.x0 >= b->x1 || b->x0 >= c.x1 || c.y0 >= b->y1 || b->y0 >= c.y1;

            cost += apart ? 0 : 1000;
            continue;
        }
        if (o->kind == AON_FIG_TOKEN) {
            cost += inside(b, o->x0, o->y0) ? 400 : 0;
            continue;
        }
        for (long k = 0; k <= STEPS; k++)
            if (inside(b, o->x0 + (o->x1 - o->x0) * k / STEPS,
                       o->y0 + (o->y1 - o->y0) * k / STEPS))
                cost += o->kind == AON_FIG_AXIS    ? 4
                        : o->kind == AON_FIG_SPACE ? 10
                        : o->kind == AON_FIG_TICK  ? 2
                                                   : 16;
    }
    if (b->x0 < p->x0 || b->x1 > p->x1 || b->y0 < p->y0 || b->y1 > p->y1)
        cost += 60;
    return cost;
}

static int
along(const aon_fig_item *i, const int *percent, int n, long at[MAX_ANCHORS][2])
{
    for (int k = 0; k < n; k++) {
        at[k][0] = i->x0 + (i->x1 - i->x0) * percent[k] / 100;
        at[k][1] = i->y0 + (i->y1 - i->y0) * percent[k] / 100;
    }
    return n;
}

/* Where the label of an item can be tied. */
static int
anchors(const aon_fig_item *i, long at[MAX_ANCHORS][2])
{
    static const int arrow[5] = {50, 65, 35, 80, 20}, line[6] = {97, 3, 85, 15, 75, 25};

    at[0][0] = i->x1;
    at[0][1] = i->y1;
    switch (i->kind) {
    case AON_FIG_DIFFERENCE:
    case AON_FIG_VECTOR: /* along the arrow, from the middle on */
        return along(i, arrow, 5, at);
    case AON_FIG_SPACE: /* near either end, then further in */
        return along(i, line, 6, at);
    case AON_FIG_TICK:
        at[0][0] = i->x0;
        at[0][1] = i->y0;
        return 1;
    default:
        return 1;
    }
}

static void
place(aon_fig_panel *p, const aon_fig_item *item)
{
    static const int direction[8][2] = {{1, 1},  {0, 1},  {1, 0},  {-1, 1},
                                        {0, -1}, {1, -1}, {-1, 0}, {-1, -1}};
    aon_fig_item best = {.kind = AON_FIG_LABEL};
    long at[MAX_ANCHORS][2], least = -1;
    const int n = anchors(item, at);
    const bool tick = item->kind == AON_FIG_TICK;

    for (int a = 0; a < n; a++)
        for (int k = 0; k < 8; k++) {
            aon_fig_item l = {.kind = AON_FIG_LABEL,
                              .x0 = at[a][0],
                              .y0 = at[a][1],
                              .color = item->color,
                              .text = item->text,
                              .of = item->kind,
                              .dx = direction[k][0],
                              .dy = direction[k][1]};
            long cost;
            box b;

            if (tick && (item->x0 == item->x1 ? k != 4 && k != 1 : k != 6 && k != 2))
                continue; /* below or above, on the left or right */
            if (item->kind == AON_FIG_AXIS && k != 6)
                continue;
            b = box_of(&l);
            cost = hidden_by(p, &b) + 2 * a + 3 * (tick ? k % 4 != 0 && k != 6 : k);
            if (least < 0 || cost < least) {
                least = cost;
                best = l;
            }
        }
    p->item = aon_grow(p->item, &p->cap, p->n + 1, sizeof *p->item);
    p->item[p->n++] = best;
    {
        const box b = box_of(&best);

        p->x0 = b.x0 < p->x0 ? b.x0 : p->x0;
        p->x1 = b.x1 > p->x1 ? b.x1 : p->x1;
        p->y0 = b.y0 < p->y0 ? b.y0 : p->y0;
        p->y1 = b.y1 > p->y1 ? b.y1 : p->y1;
    }
}

/* Points first, they have the least choice; lines last, they have the most. */
void
aon_figure_place(aon_fig_panel *p)
{
    static const aon_fig_kind order[] = {
        AON_FIG_TICK,       AON_FIG_AXIS,   AON_FIG_TOKEN, AON_FIG_CONTEXT,
        AON_FIG_DIFFERENCE, AON_FIG_VECTOR, AON_FIG_SPACE};
    const size_t n = p->n;

    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (size_t i = 0; i < n; i++) {
            const aon_fig_item item = p->item[i]; /* the list moves when it grows */

            if (item.kind == order[k] && item.text != NULL)
                place(p, &item);
        }
}
