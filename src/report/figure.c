/*
 * What is drawn where.
 *
 * One dimension is drawn as two lines, embeddings above unembeddings, with differences
 * of tokens between them; two as a plane; more by two of the coordinates, chosen so that
 * what the statement speaks of is seen.
 */
#include "report/figure_impl.h"

#include <stdlib.h>
#include <string.h>

/* The line of the embeddings or of the unembeddings, with its name on the left. */
static void
add_named_axis(aon_fig_pen *w, char letter, long height)
{
    aon_buf text;

    aon_buf_init(&text);
    aon_buf_printf(&text, "%c%s.%c%c", AON_MARK_MATH, w->m->name, letter,
                   AON_MARK_MATH_END);
    aon_fig_add(w->p, AON_FIG_AXIS, w->p->x1, height, w->p->x0, height)->text =
        aon_fig_keep(w, &text);
    aon_buf_clear(&text);
}

static void
draw_line(aon_fig_pen *w)
{
    aon_fig_panel *p = w->p;
    int arrows;
    long height;

    p->x0 = aon_fig_length(w, w->lo[0]) - AON_FIG_PAD;
    p->x1 = aon_fig_length(w, w->hi[0]) + AON_FIG_PAD;
    if (p->x1 - p->x0 < 2 * AON_FIG_PAD + 400)
        p->x1 += 1600;
    add_named_axis(w, 'g', 0);
    aon_fig_ticks(w, 0, p->x0, p->x1, 0);
    arrows = aon_fig_arrows(w, AON_OBJ_DIFFERENCE, 0);
    arrows += aon_fig_arrows(w, AON_OBJ_VECTOR, arrows);
    height = AON_FIG_GAP * (arrows + 1) + 700;
    add_named_axis(w, 'f', height);
    if (!w->scaled)
        aon_fig_ticks(w, 0, p->x0, p->x1, height);
    for (size_t k = p->n; k-- > 0;)
        if (p->item[k].kind == AON_FIG_TICK && p->item[k].y0 > 0)
            p->item[k].text = NULL; /* said once */
    aon_fig_contexts(w, height);
    aon_fig_tokens(w);
    for (size_t k = 0; k < w->s->nobjects; k++) {
        const aon_object *o = &w->s->object[k];
        const slong dim = aon_mat_cols(&o->value);

        if (aon_fig_mine(w, o) && o->kind == AON_OBJ_SPACE)
            aon_fig_say(w, o, dim == 0 ? " is zero" : " is everything");
    }
    p->y0 = -AON_FIG_PAD;
    p->y1 = height + AON_FIG_PAD;
}

static void
draw_plane(aon_fig_pen *w)
{
    aon_fig_panel *p = w->p;
    int number = 0;

    p->x0 = aon_fig_length(w, w->lo[0]) - AON_FIG_PAD;
    p->x1 = aon_fig_length(w, w->hi[0]) + AON_FIG_PAD;
    p->y0 = aon_fig_length(w, w->lo[1]) - AON_FIG_PAD;
    p->y1 = aon_fig_length(w, w->hi[1]) + AON_FIG_PAD;
    if (p->x1 - p->x0 <
        2 * AON_FIG_PAD + 400) { /* nothing but the origin in this direction */
        p->x0 -= 500;
        p->x1 += 500;
    }
    if (p->y1 - p->y0 < 2 * AON_FIG_PAD + 400) {
        p->y0 -= 300;
        p->y1 += 300;
    }
    if (w->m->dim > 0) {
        aon_fig_add(p, AON_FIG_AXIS, p->x0, 0, p->x1, 0);
        aon_fig_add(p, AON_FIG_AXIS, 0, p->y0, 0, p->y1);
        aon_fig_ticks(w, 0, p->x0, p->x1, 0);
        aon_fig_ticks(w, 1, p->y0, p->y1, 0);
    }
    for (size_t k = 0; k < w->s->nobjects; k++)
        if (aon_fig_mine(w, &w->s->object[k]) && w->s->object[k].kind == AON_OBJ_SPACE)
            aon_fig_space(w, &w->s->object[k], &number);
    aon_fig_arrows(w, AON_OBJ_VECTOR, 0);
    aon_fig_arrows(w, AON_OBJ_DIFFERENCE, 0);
    aon_fig_contexts(w, 0);
    aon_fig_tokens(w);
}

static void
finish(aon_fig_pen *w)
{
    aon_buf text;

    aon_buf_init(&text);
    aon_buf_puts(&text, "model ");
    aon_mark_math(&text, w->m->name);
    aon_buf_printf(&text, ", dimension %ld", (long)w->m->dim);
    w->p->title = aon_fig_keep(w, &text);
    aon_buf_clear(&text);
    if (w->note.len >= 2)
        w->note.s[w->note.len -= 2] = '\0'; /* the last "; " */
    w->p->note = aon_fig_keep(w, &w->note);
    aon_figure_place(w->p);
}

static void
begin(aon_fig_pen *w, const aon_subject *s, size_t number, aon_fig_panel *p)
{
    w->s = s;
    w->number = number;
    w->m = s->model[number];
    w->p = p;
    p->model = w->m;
    for (int k = 0; k < 2; k++) {
        fmpq_init(w->lo[k]);
        fmpq_init(w->hi[k]);
    }
    fmpq_init(w->scale);
    aon_buf_init(&w->note);
    aon_mat_init(&w->f, 0, 0);
    w->scaled = false;
    aon_fig_choose_coordinates(w);
    aon_fig_choose_embedding(w);
    aon_fig_choose_scale(w);
}

static void
end(aon_fig_pen *w)
{
    aon_buf_clear(&w->note);
    aon_mat_clear(&w->f);
    fmpq_clear(w->scale);
    for (int k = 0; k < 2; k++) {
        fmpq_clear(w->hi[k]);
        fmpq_clear(w->lo[k]);
    }
}

/* One scale for all panels unless one of them would become too small. */
static void
share_scale(aon_fig_pen *w, size_t n)
{
    fmpq_t least, ratio, limit;

    fmpq_init(least);
    fmpq_init(ratio);
    fmpq_init(limit);
    fmpq_set_si(limit, 3, 1);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || fmpq_cmp(w[i].scale, least) < 0)
            fmpq_set(least, w[i].scale);
    for (size_t i = 0; i < n; i++) {
        fmpq_div(ratio, w[i].scale, least);
        if (fmpq_cmp(ratio, limit) <= 0)
            fmpq_set(w[i].scale, least);
    }
    fmpq_clear(limit);
    fmpq_clear(ratio);
    fmpq_clear(least);
}

static void
note_kinds(aon_figure *f)
{
    for (size_t i = 0; i < f->n; i++)
        for (size_t k = 0; k < f->panel[i].n; k++) {
            const aon_fig_kind kind = f->panel[i].item[k].kind;

            f->contexts = f->contexts || kind == AON_FIG_CONTEXT;
            f->tokens = f->tokens || kind == AON_FIG_TOKEN;
            f->differences = f->differences || kind == AON_FIG_DIFFERENCE;
            f->vectors = f->vectors || kind == AON_FIG_VECTOR;
            f->spaces = f->spaces || kind == AON_FIG_SPACE;
        }
}

void
aon_figure_init(aon_figure *f, const aon_subject *s)
{
    aon_fig_pen w[AON_SUBJECT_MODELS];

    memset(f, 0, sizeof *f);
    f->n = s->nmodels;
    for (size_t i = 0; i < f->n; i++)
        begin(&w[i], s, i, &f->panel[i]);
    share_scale(w, f->n);
    for (size_t i = 0; i < f->n; i++) {
        if (w[i].m->dim == 1)
            draw_line(&w[i]);
        else
            draw_plane(&w[i]);
        finish(&w[i]);
        end(&w[i]);
    }
    note_kinds(f);
}

void
aon_figure_clear(aon_figure *f)
{
    for (size_t i = 0; i < f->n; i++)
        free(f->panel[i].item);
}

void
aon_figure_key(aon_buf *out, const aon_figure *f)
{
    const size_t start = out->len;
    const char *sep = "";

    if (f->contexts) {
        aon_buf_puts(out, "arrows from the origin (on a line: from zero) are the "
                          "embeddings ");
        aon_mark_math(out, "m.f(x)");
        aon_buf_puts(out, " of contexts");
        sep = "; ";
    }
    if (f->tokens) {
        aon_buf_printf(out, "%sdots are the unembeddings ", sep);
        aon_mark_math(out, "m.g(y)");
        aon_buf_puts(out, " of tokens");
        sep = "; ";
    }
    if (f->differences)
        aon_buf_printf(out, "%sthick arrows are differences of unembeddings", sep);
    if (f->vectors)
        aon_buf_printf(out, "%sthick arrows from the origin are vectors", sep);
    if (f->spaces)
        aon_buf_printf(out, "%sbroken lines are subspaces", sep);
    if (out->len > start && out->s[start] >= 'a' && out->s[start] <= 'z')
        out->s[start] = (char)(out->s[start] - 'a' + 'A');
    aon_buf_puts(out, out->len > start ? "." : "");
}
