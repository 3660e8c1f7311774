/*
 * Internal to cli/: the gallery, known instances in `instances/` beside theorem files.
 *
 * A known counterexample is the cheapest one: whoever looks for counterexamples (suite,
 * find) replays the gallery before it searches or draws instances.
 */
#ifndef AON_CLI_GALLERY_H
#define AON_CLI_GALLERY_H

#include "cli/cli.h"
#include "decide/decide.h"

typedef struct {
    const char *name; /* relative to the folder: "instances/t15-1.aoni" */
    aon_instance *in; /* indexed */
} aon_gallery_item;

typedef struct {
    aon_gallery_item *item; /* by name; then what only expectations name */
    size_t n, cap;
} aon_gallery;

/*
 * The instances in FOLDERinstances/ (folder: "" or ending in a slash), and those that
 * expectations of t name elsewhere, if they can be read; t may be NULL.  No such folder:
 * empty.  AON_EXIT_INPUT: a file of the folder cannot be read, and a message says why; the
 * others are there.  aon_gallery_close in any case.
 */
int aon_gallery_open(aon_cli *cli, aon_gallery *out, const char *folder,
                     const aon_theory *t);
void aon_gallery_close(aon_gallery *g);

/* Numbers of all items in the order of replay: those that expectations of the statement
 * name, in that order, then the others.  In the arena of cli. */
const size_t *aon_gallery_order(aon_cli *cli, const aon_gallery *g,
                                const aon_core *core);

/*
 * Decide each item that fits the statement (same givens, shapes that agree), in that
 * order, and hand it over; each returns false to stop.  The decision is freed afterwards.
 */
void aon_gallery_replay(const aon_gallery *g, const size_t *order, const aon_core *core,
                        const aon_ref *root,
                        bool (*each)(void *arg, size_t at, const aon_decision *d),
                        void *arg);

/* The first item that violates the statement (conclusion `because`, if that is not NULL),
 * or NULL.  How many items fit is added to *fit unless that is NULL. */
const aon_gallery_item *aon_gallery_refute(aon_cli *cli, const aon_gallery *g,
                                           const aon_core *core, const aon_ref *root,
                                           const char *because, size_t *fit);

#endif
