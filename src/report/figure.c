/*
 * What is drawn where.
 *
 * One dimension is drawn as two lines, embeddings above unembeddings, with differences
 * of tokens between them; two as a plane; more by two of the coordinates, chosen so that
 * what the statement speaks of is seen.
 */
#include "report/figure.h"

#include "exact/rat.h"
#include "report/marked.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_POINTS = 24, /* tokens, contexts */
    MAX_ARROWS = 4,
    MAX_SPACES = 3,
    MAX_COORDINATES = 12, /* among which two are chosen */
    INNER_X = 3400,
    INNER_Y = 2900,
    PAD = 600,
    LINE_GAP = 380, /* one dimension: between two arrows */
    MIN_TICK = 400,
    MAX_TICK = 4000,
    TICK = 50,
    MAX_LABEL = 2400, /* beyond it, further names of the same thing are dots */
    FAR = 1000000     /* nothing is drawn as far away as that */
};

/* A panel being drawn. */
typedef struct {
    const aon_subject *s;
    size_t number;
    const aon_value *m;
    aon_fig_panel *p;
    slong coord[2]; /* which coordinates are drawn; -1: none */
    fmpq_t lo[2], hi[2], scale;
    aon_buf note;
} panel;

static aon_fig_item *
add(aon_fig_panel *p, aon_fig_kind kind, long x0, long y0, long x1, long y1)
{
    aon_fig_item *i;

    p->item = aon_grow(p->item, &p->cap, p->n + 1, sizeof *p->item);
    i = &p->item[p->n++];
    memset(i, 0, sizeof *i);
    i->kind = kind;
    i->x0 = x0;
    i->y0 = y0;
    i->x1 = x1;
    i->y1 = y1;
    return i;
}

static const char *
keep(const panel *w, const aon_buf *text)
{
    return aon_arena_strndup(w->s->arena, text->s, text->len);
}

/* v * scale, rounded to the nearest integer, halves up. */
static long
place(const panel *w, const fmpq_t v)
{
    fmpq_t q, half;
    fmpz_t f;
    long at;

    fmpq_init(q);
    fmpq_init(half);
    fmpz_init(f);
    fmpq_set_si(half, 1, 2);
    fmpq_mul(q, v, w->scale);
    fmpq_add(q, q, half);
    fmpz_fdiv_q(f, fmpq_numref(q), fmpq_denref(q));
    at = fmpz_cmp_si(f, FAR) > 0    ? FAR
         : fmpz_cmp_si(f, -FAR) < 0 ? -FAR
                                    : fmpz_get_si(f);
    fmpz_clear(f);
    fmpq_clear(half);
    fmpq_clear(q);
    return at;
}

static long
coordinate(const panel *w, const aon_mat *a, slong column, int axis)
{
    fmpq_t q;
    long at;

    if (w->coord[axis] < 0)
        return 0;
    fmpq_init(q);
    aon_mat_get(q, a, w->coord[axis], column);
    at = place(w, q);
    fmpq_clear(q);
    return at;
}

static bool
mine(const panel *w, const aon_object *o)
{
    return (o->models >> w->number & 1) != 0;
}

static slong
drawn(size_t n)
{
    return (slong)(n < MAX_POINTS ? n : MAX_POINTS);
}

/* ---- which coordinates, which scale ---- */

/* Rank of a 2-row choice of the columns of a. */
static int
rank_of_rows(const aon_mat *a, slong i, slong j)
{
    const slong rows[2] = {i, j};
    aon_basis b;
    aon_mat part;
    int rank;

    aon_mat_init(&part, 0, 0);
    aon_basis_init(&b);
    aon_mat_select_rows(&part, a, rows, 2);
    aon_column_basis(&b, &part);
    rank = (int)b.cols.n;
    aon_basis_clear(&b);
    aon_mat_clear(&part);
    return rank;
}

static int
nonzero_rows(const aon_mat *a, slong i, slong j)
{
    int n = 0;

    for (slong c = 0; c < aon_mat_cols(a); c++)
        n += aon_mat_sgn(a, i, c) != 0 || aon_mat_sgn(a, j, c) != 0;
    return n;
}

/* The first pair in which the vectors of the statement are independent, and as much as
 * possible is seen. */
static void
choose_coordinates(panel *w)
{
    const slong d = w->m->dim < MAX_COORDINATES ? w->m->dim : MAX_COORDINATES;
    aon_mat talk;
    long best = -1;

    w->coord[0] = d > 0 ? 0 : -1;
    w->coord[1] = d > 1 ? 1 : -1;
    if (w->m->dim <= 2)
        return;
    aon_mat_init(&talk, w->m->dim, 0);
    for (size_t i = 0; i < w->s->nobjects; i++)
        if (mine(w, &w->s->object[i]) && aon_mat_cols(&w->s->object[i].value) < d)
            aon_mat_hcat(&talk, &talk, &w->s->object[i].value);
    for (slong i = 0; i < d; i++)
        for (slong j = i + 1; j < d; j++) {
            const long seen = 1000000L * rank_of_rows(&talk, i, j) +
                              1000L * nonzero_rows(&talk, i, j) +
                              nonzero_rows(&w->m->b, i, j) +
                              nonzero_rows(&w->m->a, i, j);

            if (seen > best) {
                best = seen;
                w->coord[0] = i;
                w->coord[1] = j;
            }
        }
    aon_mat_clear(&talk);
    aon_buf_printf(&w->note, "coordinates %ld and %ld of %ld are shown; ",
                   (long)w->coord[0] + 1, (long)w->coord[1] + 1, (long)w->m->dim);
}

static void
widen(panel *w, const aon_mat *a, slong column)
{
    fmpq_t q;

    fmpq_init(q);
    for (int k = 0; k < 2; k++) {
        if (w->coord[k] < 0)
            continue;
        aon_mat_get(q, a, w->coord[k], column);
        if (fmpq_cmp(q, w->lo[k]) < 0)
            fmpq_set(w->lo[k], q);
        if (fmpq_cmp(q, w->hi[k]) > 0)
            fmpq_set(w->hi[k], q);
    }
    fmpq_clear(q);
}

static void
choose_scale(panel *w)
{
    static const long inner[2] = {INNER_X, INNER_Y};
    bool any = false;
    fmpq_t range, s;

    fmpq_init(range);
    fmpq_init(s);
    for (slong j = 0; j < drawn(w->s->in->ncontexts); j++)
        widen(w, &w->m->a, j);
    for (slong j = 0; j < drawn(w->s->in->ntokens); j++)
        widen(w, &w->m->b, j);
    for (size_t i = 0; i < w->s->nobjects; i++)
        if (mine(w, &w->s->object[i]) && w->s->object[i].kind == AON_OBJ_VECTOR)
            widen(w, &w->s->object[i].value, 0);
    fmpq_set_si(w->scale, 1000, 1);
    for (int k = 0; k < 2; k++) {
        fmpq_sub(range, w->hi[k], w->lo[k]);
        if (fmpq_is_zero(range))
            continue;
        fmpq_set_si(s, inner[k], 1);
        fmpq_div(s, s, range);
        if (!any || fmpq_cmp(s, w->scale) < 0)
            fmpq_set(w->scale, s);
        any = true;
    }
    fmpq_clear(s);
    fmpq_clear(range);
}

/* ---- axes ---- */

/* 1, 2 or 5 times a power of ten, so that ticks are neither crowded nor out of sight. */
static void
choose_tick(const panel *w, fmpq_t step)
{
    static const int factor[3] = {2, 5, 10};
    fmpq_t unit;

    fmpq_init(unit);
    fmpq_one(step);
    for (int i = 0; i < 300 && place(w, step) < MIN_TICK; i++) {
        fmpq_set(unit, step);
        for (int k = 0; k < 3 && place(w, step) < MIN_TICK; k++) {
            fmpq_set_si(step, factor[k], 1);
            fmpq_mul(step, step, unit);
        }
    }
    for (int i = 0; i < 300 && place(w, step) > MAX_TICK; i++) {
        fmpq_set(unit, step);
        for (int k = 2; k >= 0 && place(w, step) > MAX_TICK; k--) {
            fmpq_set_si(step, k == 2 ? 5 : k == 1 ? 2 : 1, 10);
            fmpq_mul(step, step, unit);
        }
    }
    fmpq_clear(unit);
}

/* Ticks from lo to hi along one axis; the one next to the origin says how long it is. */
static void
add_ticks(panel *w, int axis, long lo, long hi, long height)
{
    fmpq_t step;
    long length;
    aon_buf text;

    fmpq_init(step);
    aon_buf_init(&text);
    choose_tick(w, step);
    length = place(w, step);
    if (hi < length && -lo >= length)
        fmpq_neg(step, step);
    if (length < MIN_TICK || length > MAX_TICK || fmpz_bits(fmpq_numref(step)) > 40 ||
        fmpz_bits(fmpq_denref(step)) > 40)
        lo = hi + 1; /* numbers too long to be written there */
    aon_buf_putc(&text, AON_MARK_MATH);
    aon_rat_print(&text, step);
    aon_buf_putc(&text, AON_MARK_MATH_END);
    for (long at = length > 0 ? -(-lo / length) * length : hi; lo <= hi && at <= hi;
         at += length) {
        aon_fig_item *i;

        if (at == 0)
            continue;
        if (axis == 0)
            i = add(w->p, AON_FIG_TICK, at, height - TICK, at, height + TICK);
        else
            i = add(w->p, AON_FIG_TICK, -TICK, at, TICK, at);
        if (at == (fmpq_sgn(step) > 0 ? length : -length))
            i->text = keep(w, &text);
    }
    aon_buf_clear(&text);
    fmpq_clear(step);
}

/* ---- points ---- */

/* "a, b" of all points at the place of point j; NULL if an earlier one is there. */
static const char *
names_at(panel *w, const aon_mat *a, char **name, slong n, slong j)
{
    const long x = coordinate(w, a, j, 0), y = coordinate(w, a, j, 1);
    const char *s;
    aon_buf text;
    int shown = 0;

    for (slong i = 0; i < j; i++)
        if (coordinate(w, a, i, 0) == x && coordinate(w, a, i, 1) == y)
            return NULL;
    aon_buf_init(&text);
    for (slong i = j; i < n; i++) {
        if (coordinate(w, a, i, 0) != x || coordinate(w, a, i, 1) != y)
            continue;
        if (shown == 4) {
            aon_buf_puts(&text, ", ..");
            break;
        }
        aon_buf_puts(&text, shown++ > 0 ? ", " : "");
        if (strlen(name[i]) > 40) {
            size_t cut = 24;

            while (cut > 0 && ((unsigned char)name[i][cut] & 0xc0) == 0x80)
                cut--;
            aon_mark_word(&text, aon_arena_strndup(w->s->arena, name[i], cut));
            aon_buf_puts(&text, "..");
        } else {
            aon_mark_word(&text, name[i]);
        }
    }
    s = keep(w, &text);
    aon_buf_clear(&text);
    return s;
}

static void
add_contexts(panel *w, long height)
{
    const slong n = drawn(w->s->in->ncontexts);

    for (slong j = 0; j < n; j++) {
        const char *names = names_at(w, &w->m->a, w->s->in->context, n, j);

        if (names != NULL)
            add(w->p, AON_FIG_CONTEXT, 0, height, coordinate(w, &w->m->a, j, 0),
                height + coordinate(w, &w->m->a, j, 1))
                ->text = names;
    }
    if ((size_t)n < w->s->in->ncontexts)
        aon_buf_printf(&w->note, "%ld of %zu contexts are drawn; ", (long)n,
                       w->s->in->ncontexts);
}

static void
add_tokens(panel *w)
{
    const slong n = drawn(w->s->in->ntokens);

    for (slong j = 0; j < n; j++) {
        const char *names = names_at(w, &w->m->b, w->s->in->token, n, j);
        const long x = coordinate(w, &w->m->b, j, 0);
        const long y = coordinate(w, &w->m->b, j, 1);

        if (names != NULL)
            add(w->p, AON_FIG_TOKEN, x, y, x, y)->text = names;
    }
    if ((size_t)n < w->s->in->ntokens)
        aon_buf_printf(&w->note, "%ld of %zu tokens are drawn; ", (long)n,
                       w->s->in->ntokens);
}

/* "name is zero", for what cannot be drawn. */
static void
say(panel *w, const aon_object *o, const char *text)
{
    aon_mark_math(&w->note, o->name);
    aon_buf_printf(&w->note, "%s; ", text);
}

/* The same arrow is drawn once, with both names. */
static bool
share_label(panel *w, const aon_fig_item *i, const aon_object *o)
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
        p->text = keep(w, &text);
        aon_buf_clear(&text);
        w->p->n--;
        return true;
    }
    return false;
}

static void
label(panel *w, aon_fig_item *i, const aon_object *o, int *number)
{
    aon_buf text;

    if (share_label(w, i, o))
        return;
    aon_buf_init(&text);
    aon_mark_math(&text, o->name);
    i->text = keep(w, &text);
    i->color = (*number)++;
    aon_buf_clear(&text);
}

/* In one dimension every arrow has a line of its own, above `below` others. */
static int
add_arrows(panel *w, aon_object_kind kind, int below)
{
    int number = 0;

    for (size_t k = 0; k < w->s->nobjects; k++) {
        const aon_object *o = &w->s->object[k];
        const bool difference = kind == AON_OBJ_DIFFERENCE;
        const long lift = w->m->dim == 1 ? LINE_GAP * (below + number + 1) : 0;
        long x0 = 0, y0 = 0, x1, y1;

        if (!mine(w, o) || o->kind != kind)
            continue;
        x1 = coordinate(w, &o->value, 0, 0);
        y1 = coordinate(w, &o->value, 0, 1);
        if (x1 == 0 && y1 == 0) {
            say(w, o,
                aon_mat_is_zero(&o->value) ? " is zero" : " is too short to be drawn");
            continue;
        }
        if (number == MAX_ARROWS ||
            (difference && (o->from >= MAX_POINTS || o->to >= MAX_POINTS)))
            continue;
        if (difference) {
            x0 = coordinate(w, &w->m->b, o->from, 0);
            y0 = coordinate(w, &w->m->b, o->from, 1);
            x1 = coordinate(w, &w->m->b, o->to, 0);
            y1 = coordinate(w, &w->m->b, o->to, 1);
        }
        label(w,
              add(w->p, difference ? AON_FIG_DIFFERENCE : AON_FIG_VECTOR, x0, y0 + lift,
                  x1, y1 + lift),
              o, &number);
    }
    return number;
}

/* ---- subspaces ---- */

/* The line through (x, y) and the origin, as far as it stays in the box. */
static aon_fig_item *
add_line(aon_fig_panel *p, const fmpq_t x, const fmpq_t y)
{
    const long side[4] = {p->x1, -p->x0, p->y1, -p->y0};
    fmpq_t t, q;
    long end[2][2] = {{0, 0}, {0, 0}};

    fmpq_init(t);
    fmpq_init(q);
    for (int sign = 0; sign < 2; sign++) {
        bool any = false;
        fmpz_t f;

        /* the largest t with t * (x, y) in the box, for both signs */
        for (int k = 0; k < 4; k++) {
            const fmpq *v = k < 2 ? x : y;
            const int positive = (k % 2 == 0) == (sign == 0) ? 1 : -1;

            if (fmpq_sgn(v) * positive <= 0)
                continue;
            fmpq_abs(q, v);
            fmpq_inv(q, q);
            {
                fmpq_t s;

                fmpq_init(s);
                fmpq_set_si(s, side[k] > 0 ? side[k] : 0, 1);
                fmpq_mul(q, q, s);
                fmpq_clear(s);
            }
            if (!any || fmpq_cmp(q, t) < 0)
                fmpq_set(t, q);
            any = true;
        }
        fmpz_init(f);
        for (int k = 0; k < 2; k++) {
            fmpq_mul(q, t, k == 0 ? x : y);
            fmpz_fdiv_q(f, fmpq_numref(q), fmpq_denref(q));
            end[sign][k] = sign == 0 ? fmpz_get_si(f) : -fmpz_get_si(f);
        }
        fmpz_clear(f);
    }
    fmpq_clear(q);
    fmpq_clear(t);
    return add(p, AON_FIG_SPACE, end[1][0], end[1][1], end[0][0], end[0][1]);
}

static void
add_space(panel *w, const aon_object *o, int *number)
{
    const slong dim = aon_mat_cols(&o->value);
    fmpq_t x, y, x2, y2;
    slong line = -1;
    bool plane = false;

    if (w->m->dim == 0)
        return;
    if (dim == 0 || dim == w->m->dim) {
        say(w, o, dim == 0 ? " is zero" : " is everything");
        return;
    }
    fmpq_init(x);
    fmpq_init(y);
    fmpq_init(x2);
    fmpq_init(y2);
    for (slong j = 0; j < dim; j++) {
        aon_mat_get(x2, &o->value, w->coord[0], j);
        aon_mat_get(y2, &o->value, w->coord[1], j);
        if (fmpq_is_zero(x2) && fmpq_is_zero(y2))
            continue;
        if (line < 0) {
            line = j;
            fmpq_set(x, x2);
            fmpq_set(y, y2);
            continue;
        }
        fmpq_mul(x2, x2, y);
        fmpq_mul(y2, y2, x);
        plane = plane || !fmpq_equal(x2, y2);
    }
    if (line < 0)
        say(w, o, " is not seen in these coordinates");
    else if (plane)
        say(w, o, " fills the plane of these coordinates");
    else if (*number < MAX_SPACES)
        label(w, add_line(w->p, x, y), o, number);
    fmpq_clear(y2);
    fmpq_clear(x2);
    fmpq_clear(y);
    fmpq_clear(x);
}

/* ---- a panel ---- */

/* The line of the embeddings or of the unembeddings, with its name on the left. */
static void
add_named_axis(panel *w, char letter, long height)
{
    aon_buf text;

    aon_buf_init(&text);
    aon_buf_printf(&text, "%c%s.%c%c", AON_MARK_MATH, w->m->name, letter,
                   AON_MARK_MATH_END);
    add(w->p, AON_FIG_AXIS, w->p->x1, height, w->p->x0, height)->text = keep(w, &text);
    aon_buf_clear(&text);
}

static void
draw_line(panel *w)
{
    aon_fig_panel *p = w->p;
    int arrows;
    long height;

    p->x0 = place(w, w->lo[0]) - PAD;
    p->x1 = place(w, w->hi[0]) + PAD;
    if (p->x1 - p->x0 < 2 * PAD + 400)
        p->x1 += 1600;
    add_named_axis(w, 'g', 0);
    add_ticks(w, 0, p->x0, p->x1, 0);
    arrows = add_arrows(w, AON_OBJ_DIFFERENCE, 0);
    arrows += add_arrows(w, AON_OBJ_VECTOR, arrows);
    height = LINE_GAP * (arrows + 1) + 700;
    add_named_axis(w, 'f', height);
    add_ticks(w, 0, p->x0, p->x1, height);
    for (size_t k = p->n; k-- > 0;)
        if (p->item[k].kind == AON_FIG_TICK && p->item[k].y0 > 0)
            p->item[k].text = NULL; /* said once */
    add_contexts(w, height);
    add_tokens(w);
    for (size_t k = 0; k < w->s->nobjects; k++) {
        const aon_object *o = &w->s->object[k];
        const slong dim = aon_mat_cols(&o->value);

        if (mine(w, o) && o->kind == AON_OBJ_SPACE)
            say(w, o, dim == 0 ? " is zero" : " is everything");
    }
    p->y0 = -PAD;
    p->y1 = height + PAD;
}

static void
draw_plane(panel *w)
{
    aon_fig_panel *p = w->p;
    int number = 0;

    p->x0 = place(w, w->lo[0]) - PAD;
    p->x1 = place(w, w->hi[0]) + PAD;
    p->y0 = place(w, w->lo[1]) - PAD;
    p->y1 = place(w, w->hi[1]) + PAD;
    if (p->x1 - p->x0 < 2 * PAD + 400) { /* nothing but the origin in this direction */
        p->x0 -= 500;
        p->x1 += 500;
    }
    if (p->y1 - p->y0 < 2 * PAD + 400) {
        p->y0 -= 300;
        p->y1 += 300;
    }
    if (w->m->dim > 0) {
        add(p, AON_FIG_AXIS, p->x0, 0, p->x1, 0);
        add(p, AON_FIG_AXIS, 0, p->y0, 0, p->y1);
        add_ticks(w, 0, p->x0, p->x1, 0);
        add_ticks(w, 1, p->y0, p->y1, 0);
    }
    for (size_t k = 0; k < w->s->nobjects; k++)
        if (mine(w, &w->s->object[k]) && w->s->object[k].kind == AON_OBJ_SPACE)
            add_space(w, &w->s->object[k], &number);
    add_arrows(w, AON_OBJ_VECTOR, 0);
    add_arrows(w, AON_OBJ_DIFFERENCE, 0);
    add_contexts(w, 0);
    add_tokens(w);
}

static void
finish(panel *w)
{
    aon_buf text;

    aon_buf_init(&text);
    aon_buf_puts(&text, "model ");
    aon_mark_math(&text, w->m->name);
    aon_buf_printf(&text, ", dimension %ld", (long)w->m->dim);
    w->p->title = keep(w, &text);
    aon_buf_clear(&text);
    if (w->note.len >= 2)
        w->note.s[w->note.len -= 2] = '\0'; /* the last "; " */
    w->p->note = keep(w, &w->note);
    aon_figure_place(w->p);
}

static void
begin(panel *w, const aon_subject *s, size_t number, aon_fig_panel *p)
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
    choose_coordinates(w);
    choose_scale(w);
}

static void
end(panel *w)
{
    aon_buf_clear(&w->note);
    fmpq_clear(w->scale);
    for (int k = 0; k < 2; k++) {
        fmpq_clear(w->hi[k]);
        fmpq_clear(w->lo[k]);
    }
}

/* One scale for all panels unless one of them would become too small. */
static void
share_scale(panel *w, size_t n)
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
    panel w[AON_SUBJECT_MODELS];

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
    const char *sep = "";

    if (f->contexts) {
        aon_buf_puts(out, "Arrows from the origin (on a line: from zero) are the "
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
    aon_buf_putc(out, '.');
}
