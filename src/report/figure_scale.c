/*
 * Which coordinates of a model are drawn, and how large.
 */
#include "report/figure_impl.h"

#include "exact/rat.h"

#include <string.h>

enum {
    MAX_RATIO = 5,        /* of embeddings to unembeddings */
    MAX_COORDINATES = 12, /* among which two are chosen */
    INNER_X = 3400,
    INNER_Y = 2900,
    MIN_TICK = 400,
    MAX_TICK = 4000,
    TICK = 50,
    FAR = 1000000 /* nothing is drawn as far away as that */
};

aon_fig_item *
aon_fig_add(aon_fig_panel *p, aon_fig_kind kind, long x0, long y0, long x1, long y1)
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

const char *
aon_fig_keep(const aon_fig_pen *w, const aon_buf *text)
{
    return aon_arena_strndup(w->s->arena, text->s, text->len);
}

/* v * scale, rounded to the nearest integer, halves up. */
long
aon_fig_length(const aon_fig_pen *w, const fmpq_t v)
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

long
aon_fig_coordinate(const aon_fig_pen *w, const aon_mat *a, slong column, int axis)
{
    fmpq_t q;
    long at;

    if (w->coord[axis] < 0)
        return 0;
    fmpq_init(q);
    aon_mat_get(q, a, w->coord[axis], column);
    at = aon_fig_length(w, q);
    fmpq_clear(q);
    return at;
}

bool
aon_fig_mine(const aon_fig_pen *w, const aon_object *o)
{
    return (o->models >> w->number & 1) != 0;
}

slong
aon_fig_drawn(size_t n)
{
    return (slong)(n < AON_FIG_POINTS ? n : AON_FIG_POINTS);
}

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
void
aon_fig_choose_coordinates(aon_fig_pen *w)
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
        if (aon_fig_mine(w, &w->s->object[i]) &&
            aon_mat_cols(&w->s->object[i].value) < d)
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

/* The largest coordinate that is drawn, without its sign. */
static void
largest(fmpq_t out, const aon_fig_pen *w, const aon_mat *a, slong n)
{
    fmpq_t q;

    fmpq_init(q);
    fmpq_zero(out);
    for (int k = 0; k < 2; k++)
        for (slong j = 0; j < n && w->coord[k] >= 0; j++) {
            aon_mat_get(q, a, w->coord[k], j);
            fmpq_abs(q, q);
            if (fmpq_cmp(q, out) > 0)
                fmpq_set(out, q);
        }
    fmpq_clear(q);
}

/* The largest of 1, 2, 5, 10, 20, .. up to r >= 1; of a huge r, a power of two. */
static void
round_down(fmpz_t out, const fmpq_t r)
{
    static const unsigned factor[3] = {2, 5, 10};
    fmpz_t decade, next;
    fmpq_t q;
    bool any = true;

    fmpz_one(out);
    if (fmpz_bits(fmpq_numref(r)) > fmpz_bits(fmpq_denref(r)) + 200) {
        fmpz_mul_2exp(out, out,
                      fmpz_bits(fmpq_numref(r)) - fmpz_bits(fmpq_denref(r)) - 1);
        return;
    }
    fmpz_init_set_ui(decade, 1);
    fmpz_init(next);
    fmpq_init(q);
    while (any) {
        any = false;
        for (int k = 0; k < 3; k++) {
            fmpz_mul_ui(next, decade, factor[k]);
            fmpq_set_fmpz(q, next);
            if (fmpq_cmp(q, r) > 0)
                break;
            fmpz_set(out, next);
            any = k == 2;
        }
        fmpz_mul_ui(decade, decade, 10);
    }
    fmpq_clear(q);
    fmpz_clear(next);
    fmpz_clear(decade);
}

void
aon_fig_choose_embedding(aon_fig_pen *w)
{
    fmpq_t f, g, ratio, limit;
    fmpz_t k;
    aon_mat s;

    fmpq_init(f);
    fmpq_init(g);
    fmpq_init(ratio);
    fmpq_init(limit);
    fmpz_init(k);
    aon_mat_init(&s, 1, 1);
    aon_mat_set(&w->f, &w->m->a);
    largest(f, w, &w->m->a, aon_fig_drawn(w->s->in->ncontexts));
    largest(g, w, &w->m->b, aon_fig_drawn(w->s->in->ntokens));
    fmpq_set_si(limit, MAX_RATIO, 1);
    if (!fmpq_is_zero(f) && !fmpq_is_zero(g)) {
        const bool larger = fmpq_cmp(f, g) > 0;

        if (larger)
            fmpq_div(ratio, f, g);
        else
            fmpq_div(ratio, g, f);
        if (fmpq_cmp(ratio, limit) > 0) {
            round_down(k, ratio);
            fmpq_set_fmpz(ratio, k);
            if (larger)
                fmpq_inv(ratio, ratio);
            aon_mat_set_entry(&s, 0, 0, ratio);
            aon_mat_scale(&w->f, &s, &w->m->a);
            w->scaled = true;
            aon_buf_puts(&w->note, "embeddings are drawn ");
            if (fmpz_bits(k) <= 40)
                aon_int_print(&w->note, k);
            else
                aon_buf_puts(&w->note, "many");
            aon_buf_printf(&w->note, " times %s; ", larger ? "smaller" : "larger");
        }
    }
    aon_mat_clear(&s);
    fmpz_clear(k);
    fmpq_clear(limit);
    fmpq_clear(ratio);
    fmpq_clear(g);
    fmpq_clear(f);
}

static void
widen(aon_fig_pen *w, const aon_mat *a, slong column)
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

void
aon_fig_choose_scale(aon_fig_pen *w)
{
    static const long inner[2] = {INNER_X, INNER_Y};
    bool any = false;
    fmpq_t range, s;

    fmpq_init(range);
    fmpq_init(s);
    for (slong j = 0; j < aon_fig_drawn(w->s->in->ncontexts); j++)
        widen(w, &w->f, j);
    for (slong j = 0; j < aon_fig_drawn(w->s->in->ntokens); j++)
        widen(w, &w->m->b, j);
    for (size_t i = 0; i < w->s->nobjects; i++)
        if (aon_fig_mine(w, &w->s->object[i]) && w->s->object[i].kind == AON_OBJ_VECTOR)
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
choose_tick(const aon_fig_pen *w, fmpq_t step)
{
    static const int factor[3] = {2, 5, 10};
    fmpq_t unit;

    fmpq_init(unit);
    fmpq_one(step);
    for (int i = 0; i < 300 && aon_fig_length(w, step) < MIN_TICK; i++) {
        fmpq_set(unit, step);
        for (int k = 0; k < 3 && aon_fig_length(w, step) < MIN_TICK; k++) {
            fmpq_set_si(step, factor[k], 1);
            fmpq_mul(step, step, unit);
        }
    }
    for (int i = 0; i < 300 && aon_fig_length(w, step) > MAX_TICK; i++) {
        fmpq_set(unit, step);
        for (int k = 2; k >= 0 && aon_fig_length(w, step) > MAX_TICK; k--) {
            fmpq_set_si(step, k == 2 ? 5 : k == 1 ? 2 : 1, 10);
            fmpq_mul(step, step, unit);
        }
    }
    fmpq_clear(unit);
}

/* Ticks from lo to hi along one axis; the one next to the origin says how long it is. */
void
aon_fig_ticks(aon_fig_pen *w, int axis, long lo, long hi, long height)
{
    static const char zero[] = {AON_MARK_MATH, '0', AON_MARK_MATH_END, '\0'};
    fmpq_t step;
    long length;
    aon_buf text;

    fmpq_init(step);
    aon_buf_init(&text);
    choose_tick(w, step);
    length = aon_fig_length(w, step);
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

        if (at == 0 && w->m->dim > 1)
            continue;
        if (axis == 0)
            i = aon_fig_add(w->p, AON_FIG_TICK, at, height - TICK, at, height + TICK);
        else
            i = aon_fig_add(w->p, AON_FIG_TICK, -TICK, at, TICK, at);
        if (at == (fmpq_sgn(step) > 0 ? length : -length))
            i->text = aon_fig_keep(w, &text);
        if (at == 0)
            i->text = zero;
    }
    aon_buf_clear(&text);
    fmpq_clear(step);
}
