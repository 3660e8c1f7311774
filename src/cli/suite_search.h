/*
 * Internal to cli/: searches of suite and review, each done once in a run.
 */
#ifndef AON_CLI_SUITE_SEARCH_H
#define AON_CLI_SUITE_SEARCH_H

#include "cli/suite.h"
#include "search/find.h"

/* What aon_find said of one (core, variant, conclusion, shape, work). */
typedef struct aon_suite_found {
    bool
        refused; /* the statement or the shape has no such scopes; it has been said why */
    aon_find_outcome outcome;
    size_t nshape;
    uint32_t max[AON_SHAPE_MAX];
    uint32_t shape[AON_SHAPE_MAX]; /* AON_FIND_FOUND: the first one */
    aon_instance *in;              /* the same: the instance */
    uint64_t below; /* the same: instances of smaller shapes that are undecided */
    size_t cells, next_cell;
    uint64_t orbits, applicable, undecided;
    bool solved;
    char *certificate; /* or NULL: ncertificate bytes */
    size_t ncertificate;
    const char *no_certificate;
} aon_suite_found;

typedef struct aon_suite_searches aon_suite_searches;

aon_suite_searches *aon_suite_searches_new(void);
void aon_suite_searches_free(aon_suite_searches *s);

typedef struct {
    const char *because; /* or NULL: any conclusion */
    const uint32_t *max; /* or NULL: dimensions 2, contexts and tokens 3 */
    uint64_t work;       /* orbits */
    unsigned jobs;
    bool certificate;
} aon_suite_search_spec;

/* From shape (1, .., 1) to max on the grid -1..1.  The result lives as long as s. */
const aon_suite_found *aon_suite_search(aon_cli *cli, aon_suite_searches *s,
                                        const aon_suite_run *r,
                                        const aon_suite_search_spec *spec);

#endif
