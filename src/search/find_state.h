/*
 * Internal to search/: a search that is broken off, as text, and taken up again.
 */
#ifndef AON_SEARCH_FIND_STATE_H
#define AON_SEARCH_FIND_STATE_H

#include "search/impl.h"

/* Where a search is, beside what aon_find_result says. */
typedef struct {
    size_t dealt; /* first codes of the cells before: for shards */
    /* Undecided instances: of shapes that are done and have no hit; of the present one,
     * unless it has a hit. */
    uint64_t open, here;
} aon_find_place;

/*
 * The core and the options, which have to be the same, one line of numbers, the instances
 * that were found, then the certificate so far, without its `end`; NULL: it has only its
 * head.
 */
void aon_find_state_print(aon_buf *out, const aon_find_spec *spec,
                          const aon_scope_spec *scope, const aon_find_result *r,
                          const aon_find_place *at, const aon_buf *certificate);

/*
 * Fills *r and *at from a text, up to the next cell; *cells gets what follows the head of
 * the certificate, *ncells bytes of `text`.  false: it is no state of this search, or what
 * it found is no counterexample; then *r can only be cleared.
 */
bool aon_find_state_read(aon_find_result *r, aon_find_place *at, const char **cells,
                         size_t *ncells, const aon_find_spec *spec,
                         const aon_scope_spec *scope, const char *text);

#endif
