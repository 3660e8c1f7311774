/*
 * Internal to shrink/: the state of one run, and the tools that moves are made of.
 *
 * The instance at hand is in normal form (normal.c): tokens a, b, .. with the pivot
 * first, contexts chain by chain, values in a fixed order (dimensions, other givens,
 * queries), every `dim` written down.  A move makes candidates and hands each to
 * aon_try, which takes over the instance if it is smaller and still violated.
 */
#ifndef AON_SHRINK_IMPL_H
#define AON_SHRINK_IMPL_H

#include "base/arena.h"
#include "exact/linalg.h"
#include "shrink/shrink.h"

/* repair.c: values for given matrices that make the hypotheses true and the conclusion
 * false. */
typedef struct {
    const aon_core *core;
    size_t *given;
    size_t n;
} aon_question;

/* bound.c: the columns (rows) of a given lie in a space, says a hypothesis. */
typedef struct {
    size_t given;
    bool rows;
    aon_ref space;
} aon_bound;

typedef struct {
    const aon_core *core;
    const aon_ref *root;
    aon_arena *arena;
    size_t because;
    aon_question *question; /* to be asked one after the other */
    size_t nquestions;
    aon_bound *bound; /* in the order of the hypotheses */
    size_t nbounds;
    bool repairs; /* the move at hand may re-solve what no longer fits */

    /* value i of a normal form is that of given given_of[i] */
    size_t nvalues, ndims;
    size_t *given_of;
    size_t *model, nmodels; /* values that are models */

    aon_instance *in; /* the smallest so far */
    uint64_t work, max_work, taken;
    bool stopped;            /* by the limit, or */
    bool interrupted;        /* by a signal */
    aon_shrink_count *count; /* of the move at hand */
} aon_shrinker;

typedef struct {
    const char *name;
    bool repairs;
    void (*run)(aon_shrinker *s);
} aon_move;

/* moves.c: the table, biggest bite first. */
extern const aon_move aon_moves[];
extern const size_t aon_nmoves;

/* shrink.c: decides the candidate if it is smaller; takes it over in any case (NULL: no
 * candidate).  true: s->in is it now. */
bool aon_try(aon_shrinker *s, aon_instance *candidate);

/* cost.c: is a smaller than b?  Both in normal form. */
bool aon_smaller(const aon_shrinker *s, const aon_instance *a, const aon_instance *b);

/* normal.c */

/* What of an instance is kept.  A given that names a token or context which goes is
 * moved to moved_token, moved_context (a kept one, old number). */
typedef struct {
    const uint32_t *token,
        *context; /* old numbers, in the new order; the pivot first */
    size_t ntokens, ncontexts;
    uint32_t moved_token, moved_context;
    bool same_words; /* do not invent sequences: map the tokens of the old ones */
    bool link;       /* a new link: link_to is link_from followed by query (a value) */
    uint32_t link_from, link_to;
    size_t query;
} aon_keep;

/* In normal form; NULL if sequences would coincide, or a link is not possible. */
aon_instance *aon_normal(const aon_shrinker *s, const aon_instance *in,
                         const aon_keep *keep);
/* Everything kept, tokens and contexts in their order with the pivot first. */
aon_instance *aon_normal_all(const aon_shrinker *s, const aon_instance *in,
                             bool same_words);
aon_instance *aon_copy(const aon_instance *in);
/* chain[x] numbers the component of context x under all queries; how many there are. */
size_t aon_chains(const aon_shrinker *s, const aon_instance *in, uint32_t *chain);

/* axis.c */
const aon_given *aon_given_of(const aon_shrinker *s, size_t value);
/* Does the value have rows (columns) along the dimension that is value `dim`? */
bool aon_has_rows(const aon_shrinker *s, size_t value, size_t dim);
bool aon_has_cols(const aon_shrinker *s, size_t value, size_t dim);
/* Coordinate j of dimension `dim` removed everywhere, in place. */
void aon_drop_coordinate(const aon_shrinker *s, aon_instance *in, size_t dim, slong j);

/* basis.c */

/* What happens to a given that is not a model.  The columns of a matrix move as the dual
 * of the rows. */
typedef enum { AON_AS_F, AON_AS_G, AON_AS_IS, AON_WAYS } aon_way;

void aon_dual(aon_mat *out, const aon_mat *t); /* T^-T */
/* f := T f, g := T^-T g for one model (value), in place; T invertible. */
void aon_change_model(aon_instance *in, size_t model, const aon_mat *t);
/* A given that is not a model along `dim`, in place. */
void aon_change_given(const aon_shrinker *s, aon_instance *in, size_t value, size_t dim,
                      const aon_mat *t, aon_way way);
/* All givens along dim that are not models, in way number `way` of aon_ways; 0 is like f. */
size_t aon_ways(const aon_shrinker *s, size_t dim);
void aon_change_givens(const aon_shrinker *s, aon_instance *in, size_t dim,
                       const aon_mat *t, size_t way);
/* The dimension (a value number) of a model or other given; s->nvalues if it has none
 * that is named. */
size_t aon_dim_of(const aon_shrinker *s, size_t value);

typedef enum { AON_SIDE_F, AON_SIDE_G } aon_side;
/* f as it is, or the differences g - g(pivot). */
void aon_side_matrix(aon_mat *out, const aon_instance *in, size_t model, aon_side side);
/* T such that T a is in reduced echelon form with zero rows last. */
void aon_echelon(aon_mat *t, const aon_mat *a);
/* T integral, invertible: the rows of T a are LLL-reduced, zero rows first. */
void aon_reduce_rows(aon_mat *t, const aon_mat *a);
/* T that makes row j of T a zero by adding other rows, other coordinates unchanged;
 * false: row j is no combination of the others. */
bool aon_clear_row(aon_mat *t, const aon_mat *a, slong j);

/* lattice.c: moves the columns of v within v + (vectors orthogonal to all columns of a). */
typedef enum {
    AON_NEAR_DROP, /* what the lattice spans is dropped, then near 0 */
    AON_NEAR_UNIT  /* the same plus the first vector of its reduced basis */
} aon_near;
void aon_near_zero(aon_mat *v, const aon_mat *a, aon_near how);

/* repair.c */
void aon_repair_init(aon_shrinker *s);
/* Question number q: true if the values in the instance are new. */
bool aon_repair_ask(const aon_shrinker *s, size_t q, aon_instance *in);

/* bound.c */
void aon_bounds_init(aon_shrinker *s);
/* Projects what is bounded, in place; true if that changed something. */
bool aon_obey_bounds(const aon_shrinker *s, aon_instance *in);

/* move_joint.c: column y := coef[0] * column at[0] + .., in place */
void aon_set_column(aon_mat *a, slong y, const slong *at, const slong *coef, slong n);

/* move_dimension.c: a candidate and, if it fails, the same with one dimension less, or
 * with all of them one less. */
bool aon_try_projected(aon_shrinker *s, aon_instance *candidate);

/* move_context.c: without the contexts whose chain[x] (or, if that is NULL, whose number)
 * is `which`; givens that name one of them name `moved` then. */
aon_instance *aon_without_contexts(const aon_shrinker *s, const aon_instance *in,
                                   const uint32_t *chain, uint32_t which,
                                   uint32_t moved);
/* Is the context or token the value of a given? */
bool aon_is_named(const aon_shrinker *s, aon_val_kind kind, uint32_t elem);

/* move_token.c: without token y; the first of those that stay, the pivot, is `pivot`. */
aon_instance *aon_without_token(const aon_shrinker *s, const aon_instance *in,
                                uint32_t y, uint32_t pivot, uint32_t moved);

/* the moves, by file */
void aon_move_chain(aon_shrinker *s); /* move_context.c */
void aon_move_context(aon_shrinker *s);
void aon_move_join(aon_shrinker *s);
void aon_move_merge(aon_shrinker *s);
void aon_move_token(aon_shrinker *s); /* move_token.c */
void aon_move_pivot(aon_shrinker *s);
void aon_move_pair(aon_shrinker *s);
void aon_move_cross(aon_shrinker *s);
void aon_move_dimension(aon_shrinker *s); /* move_dimension.c */
void aon_move_zero(aon_shrinker *s);      /* move_joint.c */
void aon_move_equal(aon_shrinker *s);
void aon_move_scale(aon_shrinker *s);
void aon_move_add(aon_shrinker *s);
void aon_move_translate(aon_shrinker *s);
void aon_move_basis(aon_shrinker *s); /* move_basis.c */
void aon_move_shear(aon_shrinker *s);
void aon_move_stretch(aon_shrinker *s);
void aon_move_lattice(aon_shrinker *s);
void aon_move_space(aon_shrinker *s); /* move_entry.c */
void aon_move_element(aon_shrinker *s);
void aon_move_solve(aon_shrinker *s);
void aon_move_entry(aon_shrinker *s);
void aon_move_entries(aon_shrinker *s);
void aon_move_order(aon_shrinker *s); /* move_order.c */

#endif
