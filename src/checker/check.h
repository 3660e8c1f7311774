/* What the program does, for main.c and the tests; call inside ck_run. */
#ifndef CK_CHECK_H
#define CK_CHECK_H

#include "elab.h"

/* Zeroed memory means refused. */
typedef enum { CK_REFUSED, CK_ACCEPTED } ck_verdict;

/* Refusals end by ck_stop; `said` gets what was verified, in words. */
ck_verdict ck_check(ck_program *p, const char *witness, size_t len, ck_text *said);

#endif
