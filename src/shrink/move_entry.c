/*
 * Moves of single entries, subspaces, sets and named elements.
 */
#include "shrink/impl.h"

#include "decide/eval.h"

#include <stdlib.h>

/* ---- subspaces ---- */

enum { SPACE_NONE, SPACE_ECHELON, SPACE_REDUCED, SPACE_FORMS };

static aon_instance *
other_generators(const aon_shrinker *s, size_t value, int form)
{
    aon_instance *out = aon_copy(s->in);
    aon_mat *a = &out->value[value].a, t;
    slong *kept = aon_xcalloc((size_t)aon_mat_cols(a) + 1, sizeof *kept), n = 0;

    aon_mat_init(&t, 0, 0);
    if (form == SPACE_NONE) {
        aon_mat_zero(a, aon_mat_rows(a), 0);
    } else { /* column operations: rows of the transpose */
        aon_mat_transpose(a, a);
        if (form == SPACE_ECHELON)
            aon_echelon(&t, a);
        else
            aon_reduce_rows(&t, a);
        aon_mat_mul(a, &t, a);
        for (slong i = 0; i < aon_mat_rows(a); i++)
            if (!fmpz_mat_is_zero_row(a->num, i))
                kept[n++] = i;
        aon_mat_select_rows(a, a, kept, n);
        aon_mat_transpose(a, a);
    }
    aon_mat_clear(&t);
    free(kept);
    return out;
}

static aon_instance *
without_generator(const aon_shrinker *s, size_t value, slong j)
{
    aon_instance *out = aon_copy(s->in);
    aon_mat *a = &out->value[value].a;
    slong *kept = aon_xcalloc((size_t)aon_mat_cols(a) + 1, sizeof *kept), n = 0;

    for (slong i = 0; i < aon_mat_cols(a); i++)
        if (i != j)
            kept[n++] = i;
    aon_mat_select_cols(a, a, kept, n);
    free(kept);
    return out;
}

/* Each generator as integers without a common divisor. */
static aon_instance *
primitive_generator(const aon_shrinker *s, size_t value, slong j)
{
    aon_instance *out = aon_copy(s->in);
    aon_mat *a = &out->value[value].a, e, col;
    fmpz_t g;

    fmpz_init(g);
    aon_mat_init(&e, 0, 0);
    aon_mat_init(&col, 0, 0);
    aon_mat_block(&col, a, 0, j, aon_mat_rows(a), 1);
    fmpz_mat_content(g, col.num);
    aon_mat_one(&e, aon_mat_cols(a));
    if (!fmpz_is_zero(g)) { /* e: 1 everywhere, den / g at j */
        fmpz_set(e.den, g);
        for (slong i = 0; i < aon_mat_cols(a); i++)
            fmpz_set(fmpz_mat_entry(e.num, i, i), i == j ? col.den : g);
        aon_mat_canonicalise(&e);
        aon_mat_mul(a, a, &e);
    }
    aon_mat_clear(&col);
    aon_mat_clear(&e);
    fmpz_clear(g);
    return out;
}

void
aon_move_space(aon_shrinker *s)
{
    for (size_t v = s->ndims; v < s->nvalues; v++) {
        if (s->in->value[v].kind != AON_VAL_SUBSPACE)
            continue;
        for (int form = SPACE_NONE; form < SPACE_FORMS; form++)
            if (aon_mat_cols(&s->in->value[v].a) > 0)
                (void)aon_try(s, other_generators(s, v, form));
        for (slong j = aon_mat_cols(&s->in->value[v].a); j-- > 0 && !s->stopped;)
            if (!aon_try(s, without_generator(s, v, j)))
                (void)aon_try(s, primitive_generator(s, v, j));
    }
}

/* ---- elements ---- */

static aon_instance *
with_element(const aon_shrinker *s, size_t value, uint32_t elem)
{
    aon_instance *out = aon_copy(s->in);

    out->value[value].elem = elem;
    return out;
}

/* Vectors and matrices along the set lose the entries of the element. */
static aon_instance *
without_element(const aon_shrinker *s, size_t value, size_t at)
{
    aon_instance *smaller = aon_copy(s->in);
    aon_value *v = &smaller->value[value];

    for (size_t i = at; i + 1 < v->nset; i++)
        v->set[i] = v->set[i + 1];
    v->nset--;
    for (size_t i = s->ndims; i < s->nvalues; i++) {
        const aon_dim *d[2] = {&aon_given_of(s, i)->type.rows,
                               &aon_given_of(s, i)->type.cols};

        for (int w = 0; w < 2; w++)
            if ((s->in->value[i].kind == AON_VAL_VECTOR ||
                 s->in->value[i].kind == AON_VAL_MATRIX) &&
                d[w]->kind == AON_DIM_SET) {
                uint32_t *was, *is;
                size_t nwas, nis, n = 0;
                slong *kept;

                if (w == 1 && s->in->value[i].kind == AON_VAL_VECTOR)
                    continue;
                was = aon_set_members(s->in, &d[w]->set, &nwas);
                is = aon_set_members(smaller, &d[w]->set, &nis);
                kept = aon_xcalloc(nwas + 1, sizeof *kept);
                for (size_t j = 0; j < nwas; j++)
                    if (n < nis && was[j] == is[n])
                        kept[n++] = (slong)j;
                if (w == 0)
                    aon_mat_select_rows(&smaller->value[i].a, &smaller->value[i].a,
                                        kept, (slong)n);
                else
                    aon_mat_select_cols(&smaller->value[i].a, &smaller->value[i].a,
                                        kept, (slong)n);
                free(kept);
                free(is);
                free(was);
            }
    }
    return smaller;
}

void
aon_move_element(aon_shrinker *s)
{
    for (size_t i = s->ndims; i < s->nvalues; i++) {
        const aon_val_kind kind = s->in->value[i].kind;

        if (kind == AON_VAL_TOKEN || kind == AON_VAL_CONTEXT)
            for (uint32_t e = 0; e < s->in->value[i].elem && !s->stopped; e++)
                (void)aon_try(s, with_element(s, i, e));
        if (kind == AON_VAL_TOKENSET || kind == AON_VAL_CONTEXTSET)
            for (size_t e = s->in->value[i].nset; e-- > 0 && !s->stopped;)
                (void)aon_try(s, without_element(s, i, e));
    }
}

/* Given matrices anew: free unknowns are 0 in what a question finds. */
void
aon_move_solve(aon_shrinker *s)
{
    for (size_t q = 0; q < s->nquestions && !s->stopped; q++) {
        aon_instance *out = aon_copy(s->in);

        if (aon_repair_ask(s, q, out)) {
            (void)aon_try(s, out);
        } else {
            aon_instance_free(out);
        }
    }
}

/* ---- entries ---- */

enum { TO_0, TO_1, ROUND, HALVE, LESS, NO_DEN, ENTRY_FORMS };

/* A simpler number; false: it is none. */
static bool
simpler(fmpq_t out, const fmpq_t q, int form)
{
    const int sign = fmpq_sgn(q);
    fmpz_t two;
    bool changed;

    fmpz_init_set_ui(two, 2);
    fmpq_set(out, q);
    switch (form) {
    case TO_0:
        fmpq_zero(out);
        break;
    case TO_1:
        fmpq_set_si(out, sign, 1);
        break;
    case ROUND:
        fmpz_tdiv_q(fmpq_numref(out), fmpq_numref(q), fmpq_denref(q));
        fmpz_one(fmpq_denref(out));
        break;
    case HALVE:
        fmpq_div_fmpz(out, q, two);
        fmpz_tdiv_q(fmpq_numref(out), fmpq_numref(out), fmpq_denref(out));
        fmpz_one(fmpq_denref(out));
        break;
    case LESS: /* the numerator, by one */
        if (sign > 0)
            fmpz_sub_ui(fmpq_numref(out), fmpq_numref(q), 1);
        else
            fmpz_add_ui(fmpq_numref(out), fmpq_numref(q), 1);
        fmpq_canonicalise(out);
        break;
    default:
        fmpz_one(fmpq_denref(out));
        break;
    }
    changed = sign != 0 && !fmpq_equal(out, q);
    fmpz_clear(two);
    return changed;
}

/* Matrix number w (0: a, 1: b) of a value. */
static aon_mat *
part_of(aon_instance *in, size_t value, int w)
{
    return w == 0 ? &in->value[value].a : &in->value[value].b;
}

static bool
try_entry(aon_shrinker *s, size_t value, int w, slong i, slong j, int form)
{
    aon_instance *out = NULL;
    fmpq_t q, r;

    fmpq_init(q);
    fmpq_init(r);
    aon_mat_get(q, part_of(s->in, value, w), i, j);
    if (simpler(r, q, form)) {
        out = aon_copy(s->in);
        aon_mat_set_entry(part_of(out, value, w), i, j, r);
    }
    fmpq_clear(r);
    fmpq_clear(q);
    return aon_try(s, out);
}

void
aon_move_entry(aon_shrinker *s)
{
    for (int form = 0; form < ENTRY_FORMS; form++)
        for (size_t v = s->ndims; v < s->nvalues; v++)
            for (int w = 0; w < 2; w++)
                for (slong j = 0; j < aon_mat_cols(part_of(s->in, v, w)); j++)
                    for (slong i = 0;
                         i < aon_mat_rows(part_of(s->in, v, w)) && !s->stopped; i++)
                        (void)try_entry(s, v, w, i, j, form);
}

/* The same change of equal entries in the same column of two models. */
static void
try_entries(aon_shrinker *s, size_t m, size_t l, int w, slong j, int form)
{
    aon_mat *a = part_of(s->in, m, w), *b = part_of(s->in, l, w);
    fmpq_t p, q, r;

    fmpq_init(p);
    fmpq_init(q);
    fmpq_init(r);
    for (slong i = 0; i < aon_mat_rows(a); i++)
        for (slong k = 0; k < aon_mat_rows(b) && !s->stopped; k++) {
            aon_instance *out;

            aon_mat_get(p, a, i, j);
            aon_mat_get(q, b, k, j);
            if (!fmpq_equal(p, q) || !simpler(r, p, form))
                continue;
            out = aon_copy(s->in);
            aon_mat_set_entry(part_of(out, m, w), i, j, r);
            aon_mat_set_entry(part_of(out, l, w), k, j, r);
            if (aon_try(s, out)) {
                a = part_of(s->in, m, w);
                b = part_of(s->in, l, w);
            }
        }
    fmpq_clear(r);
    fmpq_clear(q);
    fmpq_clear(p);
}

void
aon_move_entries(aon_shrinker *s)
{
    for (int form = 0; form < ENTRY_FORMS; form++)
        for (size_t m = 0; m < s->nmodels; m++)
            for (size_t l = m + 1; l < s->nmodels; l++)
                for (int w = 0; w < 2; w++)
                    for (slong j = 0; j < aon_mat_cols(part_of(s->in, s->model[m], w));
                         j++)
                        try_entries(s, s->model[m], s->model[l], w, j, form);
}
