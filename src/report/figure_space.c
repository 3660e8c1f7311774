/*
 * Subspaces of a panel: lines through the origin.
 */
#include "report/figure_impl.h"

enum { MAX_SPACES = 3 };

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
    return aon_fig_add(p, AON_FIG_SPACE, end[1][0], end[1][1], end[0][0], end[0][1]);
}

void
aon_fig_space(aon_fig_pen *w, const aon_object *o, int *number)
{
    const slong dim = aon_mat_cols(&o->value);
    fmpq_t x, y, x2, y2;
    slong line = -1;
    bool plane = false;

    if (w->m->dim == 0)
        return;
    if (dim == 0 || dim == w->m->dim) {
        aon_fig_say(w, o, dim == 0 ? " is zero" : " is everything");
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
        aon_fig_say(w, o, " is not seen in these coordinates");
    else if (plane)
        aon_fig_say(w, o, " fills the plane of these coordinates");
    else if (*number < MAX_SPACES)
        aon_fig_name(w, add_line(w->p, x, y), o, number);
    fmpq_clear(y2);
    fmpq_clear(x2);
    fmpq_clear(y);
    fmpq_clear(x);
}
