/*
 * Contexts, tokens and vectors of a panel.
 */
#include "report/figure_impl.h"

#include "base/utf8.h"

#include <string.h>

enum {
    MAX_ARROWS = 4,
    MAX_LABEL = 2400 /* beyond it, further names of the same thing are dots */
};

/* "a, b" of all points at the place of point j; NULL if an earlier one is there. */
static const char *
names_at(aon_fig_pen *w, const aon_mat *a, char **name, slong n, slong j)
{
    const long x = aon_fig_coordinate(w, a, j, 0), y = aon_fig_coordinate(w, a, j, 1);
    const char *s;
    aon_buf text;
    int shown = 0;

    for (slong i = 0; i < j; i++)
        if (aon_fig_coordinate(w, a, i, 0) == x && aon_fig_coordinate(w, a, i, 1) == y)
            return NULL;
    aon_buf_init(&text);
    for (slong i = j; i < n; i++) {
        if (aon_fig_coordinate(w, a, i, 0) != x || aon_fig_coordinate(w, a, i, 1) != y)
            continue;
        if (shown == 4) {
            aon_buf_puts(&text, ", ..");
            break;
        }
        aon_buf_puts(&text, shown++ > 0 ? ", " : "");
        if (strlen(name[i]) > 40) {
            const size_t cut = aon_utf8_valid_prefix(name[i], 24);

            aon_mark_word(&text, aon_arena_strndup(w->s->arena, name[i], cut));
            aon_buf_puts(&text, "..");
        } else {
            aon_mark_word(&text, name[i]);
        }
    }
    s = aon_fig_keep(w, &text);
    aon_buf_clear(&text);
    return s;
}

void
aon_fig_contexts(aon_fig_pen *w, long height)
{
    const slong n = aon_fig_drawn(w->s->in->ncontexts);

    for (slong j = 0; j < n; j++) {
        const char *names = names_at(w, &w->f, w->s->in->context, n, j);

        if (names != NULL)
            aon_fig_add(w->p, AON_FIG_CONTEXT, 0, height,
                        aon_fig_coordinate(w, &w->f, j, 0),
                        height + aon_fig_coordinate(w, &w->f, j, 1))
                ->text = names;
    }
    if ((size_t)n < w->s->in->ncontexts)
        aon_buf_printf(&w->note, "%ld of %zu contexts are drawn; ", (long)n,
                       w->s->in->ncontexts);
}

void
aon_fig_tokens(aon_fig_pen *w)
{
    const slong n = aon_fig_drawn(w->s->in->ntokens);

    for (slong j = 0; j < n; j++) {
        const char *names = names_at(w, &w->m->b, w->s->in->token, n, j);
        const long x = aon_fig_coordinate(w, &w->m->b, j, 0);
        const long y = aon_fig_coordinate(w, &w->m->b, j, 1);

        if (names != NULL)
            aon_fig_add(w->p, AON_FIG_TOKEN, x, y, x, y)->text = names;
    }
    if ((size_t)n < w->s->in->ntokens)
        aon_buf_printf(&w->note, "%ld of %zu tokens are drawn; ", (long)n,
                       w->s->in->ntokens);
}

/* "name is zero", for what cannot be drawn. */
void
aon_fig_say(aon_fig_pen *w, const aon_object *o, const char *text)
{
    aon_mark_math(&w->note, o->name);
    aon_buf_printf(&w->note, "%s; ", text);
}

/* The same arrow is drawn once, with both names. */
static bool
share_label(aon_fig_pen *w, const aon_fig_item *i, const aon_object *o)
{
    for (size_t k = 0; k < w->p->n; k++) {
        aon_fig_item *p = &w->p->item[k];
        aon_buf text;

        if (p == i || p->kind != i->kind || p->x0 != i->x0 || p->x1 != i->x1 ||
            (w->m->dim > 1 && (p->y0 != i->y0 || p->y1 != i->y1)))
            continue;
        aon_buf_init(&text);
        aon_buf_printf(&text, "%s, ", p->text);
        aon_mark_math(&text, o->name);
        if (aon_figure_width(text.s) > MAX_LABEL) {
            aon_buf_reset(&text);
            aon_buf_puts(&text, p->text);
            if (text.len < 4 || strcmp(text.s + text.len - 4, ", ..") != 0)
                aon_buf_puts(&text, ", ..");
        }
        p->text = aon_fig_keep(w, &text);
        aon_buf_clear(&text);
        w->p->n--;
        return true;
    }
    return false;
}

void
aon_fig_name(aon_fig_pen *w, aon_fig_item *i, const aon_object *o, int *number)
{
    aon_buf text;

    if (share_label(w, i, o))
        return;
    aon_buf_init(&text);
    aon_mark_math(&text, o->name);
    i->text = aon_fig_keep(w, &text);
    i->color = (*number)++;
    aon_buf_clear(&text);
}

/* In one dimension every arrow has a line of its own, above `below` others. */
int
aon_fig_arrows(aon_fig_pen *w, aon_object_kind kind, int below)
{
    int number = 0;

    for (size_t k = 0; k < w->s->nobjects; k++) {
        const aon_object *o = &w->s->object[k];
        const bool difference = kind == AON_OBJ_DIFFERENCE;
        const long lift = w->m->dim == 1 ? AON_FIG_GAP * (below + number + 1) : 0;
        long x0 = 0, y0 = 0, x1, y1;

        if (!aon_fig_mine(w, o) || o->kind != kind)
            continue;
        x1 = aon_fig_coordinate(w, &o->value, 0, 0);
        y1 = aon_fig_coordinate(w, &o->value, 0, 1);
        if (x1 == 0 && y1 == 0) {
            aon_fig_say(w, o,
                        aon_mat_is_zero(&o->value) ? " is zero"
                                                   : " is too short to be drawn");
            continue;
        }
        if (number == MAX_ARROWS ||
            (difference && (o->from >= AON_FIG_POINTS || o->to >= AON_FIG_POINTS)))
            continue;
        if (difference) {
            x0 = aon_fig_coordinate(w, &w->m->b, o->from, 0);
            y0 = aon_fig_coordinate(w, &w->m->b, o->from, 1);
            x1 = aon_fig_coordinate(w, &w->m->b, o->to, 0);
            y1 = aon_fig_coordinate(w, &w->m->b, o->to, 1);
        }
        aon_fig_name(w,
                     aon_fig_add(w->p, difference ? AON_FIG_DIFFERENCE : AON_FIG_VECTOR,
                                 x0, y0 + lift, x1, y1 + lift),
                     o, &number);
    }
    return number;
}
