/*
 * Internal to cli/: the state of aon find -o DIR, from which --resume goes on.
 */
#ifndef AON_CLI_FIND_KEPT_H
#define AON_CLI_FIND_KEPT_H

#include "cli/find_common.h"

typedef struct {
    aon_target *r;
    const char *path;   /* DIR/NAME.aonf; NULL without -o */
    const char *latest; /* the last one that was written or read; or NULL */
    bool finished;      /* nothing is left to go on with */
    bool failed;        /* it could not be written, which has been said */
} aon_find_kept;

/* false, said and in r->code: a state that nobody goes on with would be written over. */
bool aon_find_kept_open(aon_find_kept *k, aon_target *r);
void aon_find_keep(aon_find_kept *k, const char *state);
/* Where a search that has been cut short is, and how to go on. */
void aon_find_tell_end(aon_find_kept *k, const aon_find_result *f);
/* At the end of the run, when all else is written: remove the state of a search that is
 * finished. */
void aon_find_kept_close(aon_find_kept *k);

#endif
