/*
 * One round of deciding a branch of a block: internal to decide/.
 */
#ifndef AON_DECIDE_ROUND_H
#define AON_DECIDE_ROUND_H

#include "decide/eval.h"

/* Where row i of the linear system comes from. */
typedef struct {
    size_t literal;
    slong equation;
} aon_origin;

/*
 * Equations  term = entailed value  of earlier rounds.  Literals made of entailed terms
 * are closed and have no equations any more; these keep what they said.
 */
typedef struct {
    aon_sparse_row *row;
    aon_origin *from;
    size_t n, cap, cap_from;
} aon_entailed;

/* One literal in the current round. */
typedef struct {
    aon_forming f;
    aon_equations eq; /* equations, or the difference of a disequation */
    bool closed, has_equations, has_difference;
    bool put_off; /* has equations, but they are left out in this round */
} aon_literal_state;

typedef struct {
    aon_eval *ev;
    const aon_branch *br;
    aon_literal_state *lit;
    aon_linsys *sys; /* the equations of literals, then those of entail steps */
    aon_entailed *known;
    aon_origin *from;
    slong nblock, ncoord; /* coordinates of the block; with fresh ones */
    bool partial;         /* something was put off */
    aon_branch_end *end;
} aon_round;

/*
 * Forms of all literals of r->br under the present overrides, and their linear system.
 * r->ev, br, end and known are set; fresh coordinates start at ncoord.  may_put_off:
 * equations that tie too many coordinates together may be left out (r->partial).
 */
void aon_round_begin(aon_round *r, slong ncoord, bool may_put_off);
void aon_round_end(aon_round *r);

/*
 * FALSE: r->end says how the branch fails.  TRUE: u is a solution of everything.
 * UNKNOWN: *residual says whether conditions are left that are neither linear nor
 * determined, *again whether a step was entailed that makes another round worth while.
 */
aon_truth aon_round_decide(aon_round *r, aon_mat *u, bool *residual, bool *again,
                           const char **reason);

/* solution.c: move u inside the solution space until all disequations hold. */
void aon_meet_disequations(const aon_round *r, aon_mat *u);
/* A solution in rather general position: u + k_1 + 2 k_2 + 3 k_3 + .. */
void aon_generic_solution(const aon_round *r, const aon_mat *u, aon_mat *out);

#endif
