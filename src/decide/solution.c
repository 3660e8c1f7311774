/*
 * Solutions that meet disequations.
 */
#include "decide/round.h"

/* Value of a form at u. */
static void
form_at(fmpq_t out, const aon_lin *l, const aon_mat *u)
{
    fmpq_t q;

    fmpq_init(q);
    fmpq_set(out, l->c);
    for (slong i = 0; i < l->n; i++) {
        aon_mat_get(q, u, l->coord[i], 0);
        fmpq_addmul(out, &l->q[i], q);
    }
    fmpq_clear(q);
}

static bool
disequations_hold(const aon_round *r, const aon_mat *u)
{
    fmpq_t q;
    bool all = true;

    fmpq_init(q);
    for (size_t i = 0; i < r->br->n && all; i++) {
        bool nonzero = !r->lit[i].has_difference;

        for (size_t e = 0; !nonzero && e < r->lit[i].eq.n; e++) {
            form_at(q, &r->lit[i].eq.eq[e], u);
            nonzero = !fmpq_is_zero(q);
        }
        all = nonzero;
    }
    fmpq_clear(q);
    return all;
}

/*
 * Move u along the curve sum_i t^(i+1) k_i in the solution space until all disequations
 * hold.  None of them is forced, so each fails for finitely many t only.
 */
void
aon_meet_disequations(const aon_round *r, aon_mat *u)
{
    aon_mat kernel, curve, powers, at;

    if (disequations_hold(r, u))
        return;
    aon_mat_init(&kernel, 0, 0);
    aon_mat_init(&curve, 0, 0);
    aon_mat_init(&powers, 0, 0);
    aon_mat_init(&at, 0, 0);
    aon_linsys_kernel(r->sys, &kernel);
    for (ulong t = 1;; t++) {
        aon_mat_zero(&powers, aon_mat_cols(&kernel), 1);
        for (slong i = 0; i < aon_mat_cols(&kernel); i++)
            fmpz_set_ui(fmpz_mat_entry(powers.num, i, 0), t);
        for (slong i = 0; i < aon_mat_cols(&kernel); i++)
            fmpz_pow_ui(fmpz_mat_entry(powers.num, i, 0),
                        fmpz_mat_entry(powers.num, i, 0), (ulong)i + 1);
        aon_mat_mul(&curve, &kernel, &powers);
        aon_mat_add(&at, u, &curve);
        if (disequations_hold(r, &at))
            break;
    }
    aon_mat_swap(u, &at);
    aon_mat_clear(&at);
    aon_mat_clear(&powers);
    aon_mat_clear(&curve);
    aon_mat_clear(&kernel);
}

void
aon_generic_solution(const aon_round *r, const aon_mat *u, aon_mat *out)
{
    aon_mat kernel, weights;

    aon_mat_init(&kernel, 0, 0);
    aon_mat_init(&weights, 0, 0);
    aon_linsys_kernel(r->sys, &kernel);
    aon_mat_zero(&weights, aon_mat_cols(&kernel), 1);
    for (slong i = 0; i < aon_mat_cols(&kernel); i++)
        fmpz_set_si(fmpz_mat_entry(weights.num, i, 0), i + 1);
    aon_mat_mul(out, &kernel, &weights);
    aon_mat_add(out, u, out);
    aon_mat_clear(&weights);
    aon_mat_clear(&kernel);
}
