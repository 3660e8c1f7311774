/*
 * What may stand under a binder: docs/language.md, 6.2 to 6.4.
 */
#ifndef AON_LANG_CHECK_H
#define AON_LANG_CHECK_H

#include "lang/build.h"

/* What is wrong, and the node that is to blame. */
typedef struct {
    const char *what; /* NULL: nothing */
    aon_ref node;
} aon_flaw;

/* 6.2 for a finished ex or sol. */
aon_flaw aon_check_alternation(aon_build *b, aon_ref binder);
/* 6.3 for a finished sol, 6.4 for a finished allin. */
aon_flaw aon_check_homogeneous(aon_build *b, aon_ref binder);

#endif
