/*
 * Changes of basis, and vectors moved where the log-odds do not see it.
 */
#include "shrink/impl.h"

#include <stdlib.h>

/* T on one model, and on all others along its dimension with it if `together`. */
static bool
try_basis(aon_shrinker *s, size_t model, const aon_mat *t, bool together)
{
    const size_t dim = aon_dim_of(s, model);
    const size_t ways = dim < s->nvalues ? aon_ways(s, dim) : 1;
    bool good = false;

    for (size_t way = 0; way < ways && !good && !s->stopped; way++) {
        aon_instance *out = aon_copy(s->in);

        for (size_t i = 0; i < s->nmodels; i++)
            if (s->model[i] == model ||
                (together && dim < s->nvalues && aon_dim_of(s, s->model[i]) == dim))
                aon_change_model(out, s->model[i], t);
        if (dim < s->nvalues)
            aon_change_givens(s, out, dim, t, way);
        good = aon_try(s, out);
    }
    return good;
}

/* Some other model lives along the same dimension. */
static bool
has_company(const aon_shrinker *s, size_t model)
{
    const size_t dim = aon_dim_of(s, model);

    for (size_t i = 0; i < s->nmodels && dim < s->nvalues; i++)
        if (s->model[i] != model && aon_dim_of(s, s->model[i]) == dim)
            return true;
    return false;
}

static void
on_model(aon_shrinker *s, size_t model, const aon_mat *t)
{
    if (!try_basis(s, model, t, false) && has_company(s, model))
        (void)try_basis(s, model, t, true);
}

/* T such that f, or g0, is in echelon form, or reduced. */
static void
reducing(aon_mat *t, const aon_instance *in, size_t model, aon_side side, bool lll)
{
    aon_mat a;

    aon_mat_init(&a, 0, 0);
    aon_side_matrix(&a, in, model, side);
    if (lll)
        aon_reduce_rows(t, &a);
    else
        aon_echelon(t, &a);
    if (side == AON_SIDE_G)
        aon_dual(t, t);
    aon_mat_clear(&a);
}

/* The echelon form of all models at once: equal tables get equal coordinates. */
static void
all_echelon(aon_shrinker *s, aon_side side)
{
    for (size_t way = 0; way < AON_WAYS && !s->stopped; way++) {
        aon_instance *out = aon_copy(s->in);
        aon_mat t;

        aon_mat_init(&t, 0, 0);
        for (size_t i = 0; i < s->nmodels; i++) {
            const size_t dim = aon_dim_of(s, s->model[i]);
            bool first = dim < s->nvalues;

            for (size_t k = 0; k < i; k++)
                first = first && aon_dim_of(s, s->model[k]) != dim;
            reducing(&t, s->in, s->model[i], side, false);
            aon_change_model(out, s->model[i], &t);
            if (first)
                aon_change_givens(s, out, dim, &t, way);
        }
        aon_mat_clear(&t);
        (void)aon_try(s, out);
    }
}

void
aon_move_basis(aon_shrinker *s)
{
    aon_mat t;

    aon_mat_init(&t, 0, 0);
    for (int side = AON_SIDE_F; side <= AON_SIDE_G; side++) {
        if (s->nmodels > 1)
            all_echelon(s, (aon_side)side);
        for (int lll = 0; lll <= 1; lll++)
            for (size_t i = 0; i < s->nmodels && !s->stopped; i++) {
                reducing(&t, s->in, s->model[i], (aon_side)side, lll == 1);
                on_model(s, s->model[i], &t);
            }
    }
    aon_mat_clear(&t);
}

static slong
dim_number(const aon_shrinker *s, size_t model)
{
    return s->in->value[model].dim;
}

/* One coordinate plus or minus another one. */
void
aon_move_shear(aon_shrinker *s)
{
    aon_mat t;

    aon_mat_init(&t, 0, 0);
    for (size_t m = 0; m < s->nmodels; m++)
        for (slong i = 0; i < dim_number(s, s->model[m]); i++)
            for (slong j = 0; j < dim_number(s, s->model[m]); j++)
                for (slong sign = -1; sign <= 1 && i != j && !s->stopped; sign += 2) {
                    aon_mat_one(&t, dim_number(s, s->model[m]));
                    fmpz_set_si(fmpz_mat_entry(t.num, i, j), sign);
                    on_model(s, s->model[m], &t);
                }
    aon_mat_clear(&t);
}

/* The factor that makes row i of a integral without a common divisor; 0: a zero row. */
static void
row_factor(fmpq_t out, const aon_mat *a, slong i)
{
    fmpz_t num, den;
    fmpq_t q;

    fmpz_init(num);
    fmpz_init_set_ui(den, 1);
    fmpq_init(q);
    for (slong j = 0; j < aon_mat_cols(a); j++) {
        aon_mat_get(q, a, i, j);
        if (fmpq_is_zero(q))
            continue;
        fmpz_gcd(num, num, fmpq_numref(q));
        fmpz_lcm(den, den, fmpq_denref(q));
    }
    fmpq_zero(out);
    if (!fmpz_is_zero(num))
        fmpq_set_fmpz_frac(out, den, num);
    fmpq_clear(q);
    fmpz_clear(den);
    fmpz_clear(num);
}

static void
stretch(aon_shrinker *s, size_t model, slong i, const fmpq_t factor)
{
    aon_mat t;

    if (fmpq_is_zero(factor) || fmpq_is_one(factor) || s->stopped)
        return;
    aon_mat_init(&t, 0, 0);
    aon_mat_one(&t, dim_number(s, model));
    aon_mat_set_entry(&t, i, i, factor);
    on_model(s, model, &t);
    aon_mat_clear(&t);
}

/* A coordinate of f, or of g, becomes primitive; or it is halved, or doubled. */
void
aon_move_stretch(aon_shrinker *s)
{
    fmpq_t q;

    fmpq_init(q);
    for (size_t m = 0; m < s->nmodels; m++)
        for (slong i = 0; i < dim_number(s, s->model[m]); i++) {
            const size_t v = s->model[m];

            row_factor(q, &s->in->value[v].a, i);
            stretch(s, v, i, q);
            row_factor(q, &s->in->value[v].b, i);
            if (!fmpq_is_zero(q))
                fmpq_inv(q, q);
            stretch(s, v, i, q);
            fmpq_set_si(q, 2, 1);
            stretch(s, v, i, q);
            fmpq_set_si(q, 1, 2);
            stretch(s, v, i, q);
        }
    fmpq_clear(q);
}

/* ---- lattice ---- */

/* One column (j >= 0), or all, of one side, along what the other side does not see. */
static aon_instance *
shortened(const aon_shrinker *s, size_t model, aon_side side, slong j, aon_near how)
{
    aon_instance *out = aon_copy(s->in);
    aon_value *v = &out->value[model];
    aon_mat *a = side == AON_SIDE_F ? &v->a : &v->b;
    const slong n = aon_mat_cols(a);
    aon_mat other, part, left, right;

    aon_mat_init(&other, 0, 0);
    aon_mat_init(&part, 0, 0);
    aon_mat_init(&left, 0, 0);
    aon_mat_init(&right, 0, 0);
    aon_side_matrix(&other, s->in, model, side == AON_SIDE_F ? AON_SIDE_G : AON_SIDE_F);
    if (j < 0) {
        aon_near_zero(a, &other, how);
    } else {
        aon_mat_block(&part, a, 0, j, aon_mat_rows(a), 1);
        aon_near_zero(&part, &other, how);
        aon_mat_block(&left, a, 0, 0, aon_mat_rows(a), j);
        aon_mat_block(&right, a, 0, j + 1, aon_mat_rows(a), n - j - 1);
        aon_mat_hcat(&left, &left, &part);
        aon_mat_hcat(a, &left, &right);
    }
    aon_mat_clear(&right);
    aon_mat_clear(&left);
    aon_mat_clear(&part);
    aon_mat_clear(&other);
    return out;
}

void
aon_move_lattice(aon_shrinker *s)
{
    for (size_t m = 0; m < s->nmodels; m++)
        for (int side = AON_SIDE_F; side <= AON_SIDE_G; side++)
            for (int how = AON_NEAR_DROP; how <= AON_NEAR_UNIT; how++) {
                const slong n =
                    (slong)(side == AON_SIDE_F ? s->in->ncontexts : s->in->ntokens);

                for (slong j = -1; j < n && !s->stopped; j++)
                    (void)aon_try(
                        s, shortened(s, s->model[m], (aon_side)side, j, (aon_near)how));
            }
}
