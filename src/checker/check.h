/* What the program does, for main.c and the tests; call inside ck_run. */
#ifndef CK_CHECK_H
#define CK_CHECK_H

#include "elab.h"
#include "value.h"

/* Zeroed memory means refused. */
typedef enum { CK_REFUSED, CK_ACCEPTED } ck_verdict;

/* A witness or a certificate. Refusals end by ck_stop; `said` gets what was verified. */
ck_verdict ck_check(ck_program *p, const char *text, size_t len, ck_text *said);

/* ---- between check.c and certify.c ---- */

/* A statement under a variant. */
typedef struct {
    ck_reader r;
    ck_statement s;
    ck_text words; /* the variant, in words */
    const ck_root **hypothesis, **conclusion;
    long nhypotheses, nconclusions;
    bool *remember; /* by node: see value.h */
} ck_claim;

/* The line `verdict ..` is the current one, the blocks follow; `only` may be NULL, else the one
   hypothesis that is left. The words of the verdict, verified, and the line behind is current. */
const char *ck_take_verdict(ck_claim *k, ck_state *c, const ck_root *only);
/* A certificate from its line `grid` on, which is current: docs/search.md. */
void ck_certify(ck_claim *k, ck_text *said);

#endif
