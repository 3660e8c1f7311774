/*
 * Affine forms q.u + c in the coordinates u of unknowns, and matrices of them: internal
 * to decide/.  Outputs named `out` are fresh; a form is freed with aon_form_free.
 */
#ifndef AON_DECIDE_AFFINE_H
#define AON_DECIDE_AFFINE_H

#include "decide/eval.h"

void aon_lin_init(aon_lin *l);
void aon_lin_clear(aon_lin *l);
void aon_lin_addmul(aon_lin *a, const fmpq_t s, const aon_lin *b); /* a += s b */

void aon_form_alloc(aon_form *f, slong rows, slong cols); /* zero */
void aon_form_free(aon_form *f);
aon_lin *aon_form_at(const aon_form *f, slong i, slong j);
void aon_form_constant(aon_form *out, const aon_mat *m);
void aon_form_add(aon_form *out, const aon_form *a, const aon_form *b);
/* a f if left, else f a */
void aon_form_mul(aon_form *out, const aon_mat *a, const aon_form *f, bool left);
/* f a with f 1 x 1 if scalar_is_form, else a f with a 1 x 1 */
void aon_form_scale(aon_form *out, const aon_mat *a, const aon_form *f,
                    bool scalar_is_form);
void aon_form_transpose(aon_form *out, const aon_form *f);
/* Coordinates first, first + 1, .. as a matrix, row by row; times basis unless NULL. */
void aon_form_coordinates(aon_form *out, slong rows, slong cols, const aon_mat *basis,
                          slong first);

/* Does the term have a form?  By structure alone: nothing is evaluated. */
bool aon_has_form(aon_eval *ev, aon_ref node);

#endif
