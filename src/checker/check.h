/* What the program does, for main.c and the tests; call inside ck_run. */
#ifndef CK_CHECK_H
#define CK_CHECK_H

#include "elab.h"

/* Zeroed memory means refused. */
typedef enum { CK_REFUSED = 0, CK_ACCEPTED = 1 } ck_verdict;

/* The core of every unit of a program without errors. */
void ck_core_text(ck_text *out, ck_program *p, const char **drop, long ndrops);
/* Refusals end by ck_stop; `said` gets what was verified, the last line in words. */
ck_verdict ck_check(ck_program *p, const char *witness, size_t len, ck_text *said);

#endif
