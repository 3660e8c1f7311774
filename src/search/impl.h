/*
 * Internal to search/: what is enumerated at one shape, and the group acting on it.
 *
 * Every given that is not a dimension or the query is an item with a code: a number
 * below the item's count whose order is the lexicographic order of its digits
 * (docs/search.md, 2).  An assignment is one code per item, in the order of the givens.
 */
#ifndef AON_SEARCH_IMPL_H
#define AON_SEARCH_IMPL_H

#include "base/arena.h"
#include "decide/eval.h"
#include "lang/solve.h"
#include "search/find.h"

enum {
    AON_MAX_BLOCKS = 6,
    AON_MAX_ITEMS = 20,
    AON_MAX_CONTEXTS = 8,
    AON_MAX_TOKENS = 8,
    AON_MAX_DIM = 4,
    AON_MAX_GRID_CELLS = 6, /* matrices with more entries are solved for */
    AON_MAX_JOIN_PARTS = 16
};

typedef enum {
    AON_ITEM_MODEL,
    AON_ITEM_SPACE,
    AON_ITEM_GRID, /* scalar, vector, matrix over the grid */
    AON_ITEM_TOKEN,
    AON_ITEM_CONTEXT,
    AON_ITEM_TOKENS,
    AON_ITEM_CONTEXTS,
    AON_ITEM_SOLVED /* a matrix too large for the grid: not enumerated */
} aon_item_kind;

/* How the positions along one side of a matrix move. */
typedef enum {
    AON_AXIS_ONE,
    AON_AXIS_BLOCK,
    AON_AXIS_TOKENS,
    AON_AXIS_CONTEXTS
} aon_axis_kind;

typedef struct {
    aon_axis_kind kind;
    unsigned block;
    uint32_t len;
    uint8_t
        context[AON_MAX_CONTEXTS]; /* AON_AXIS_CONTEXTS: the context at a position */
} aon_axis;

/* eq a b below `all` binders and conjunctions, a of one model and b the same of another. */
typedef struct {
    aon_ref a, b;
    aon_ref binder[4];
    unsigned nbinder;
} aon_equation;

/* A hypothesis that makes item j agree with item i in the values of some terms. */
typedef struct {
    size_t i, j, hypothesis;
    aon_equation eq[AON_MAX_JOIN_PARTS];
    size_t neq;
    bool whole; /* the hypothesis says nothing else */
} aon_join;

/* What does not depend on the shape. */
typedef struct {
    const aon_core *core;
    const aon_ref *root;
    const char *because; /* the one conclusion that may fail, or NULL */
    aon_core one;        /* the core with that conclusion alone: then `core` is this */
    uint32_t grid;       /* entries -grid .. grid */
    uint32_t base;       /* 2 grid + 1 */
    bool no_symmetry;
    size_t ndims;
    size_t dim[AON_MAX_BLOCKS]; /* givens of sort dim; blocks 0 .. ndims - 1 */
    size_t nblocks; /* then blocks of dimensions that are written as numbers */
    uint32_t fixed[AON_MAX_BLOCKS];
    long query; /* given, or -1 */
    size_t nitems;
    size_t item_given[AON_MAX_ITEMS];
    aon_join join[AON_MAX_ITEMS];
    size_t njoin;
} aon_scope_spec;

typedef struct {
    uint32_t st;                /* number of the pair (sigma, tau) */
    uint16_t s[AON_MAX_BLOCKS]; /* number of the signed permutation of each block */
} aon_element;

typedef struct {
    uint64_t in[2]; /* which grid vectors it contains */
    uint8_t dim;
    uint8_t gen[AON_MAX_DIM]; /* codes of its generators, increasing */
} aon_grid_space;

typedef struct {
    uint64_t key, code;
} aon_keyed;

typedef struct {
    size_t given;
    aon_item_kind kind;
    unsigned block; /* model, subspace */
    uint32_t dim;   /* model, subspace: its dimension */
    aon_axis rows, cols;
    uint64_t count;
    unsigned blocks;   /* bit set: the blocks whose signed permutations move it */
    long join;         /* number of the join that ties it to an earlier item, or -1 */
    aon_keyed *bucket; /* joined: all codes, by key, then code */
    size_t nbucket;
} aon_item;

typedef struct {
    uint32_t dim;
    size_t nsp; /* signed permutations; 1 without symmetry */
    uint8_t (*perm)[AON_MAX_DIM];
    int8_t (*sign)[AON_MAX_DIM];
    bool spaces; /* some subspace given lives here */
    aon_grid_space *space;
    size_t nspace;
    uint16_t *moved; /* [s * nspace + i]: the image of space i */
} aon_block_group;

/* One shape with one way to cut the contexts into chains. */
typedef struct {
    const aon_scope_spec *spec;
    aon_arena *arena;
    uint32_t n, k;
    uint32_t nchains, chain[AON_MAX_CONTEXTS];
    aon_item item[AON_MAX_ITEMS];
    size_t nitems;
    aon_block_group block[AON_MAX_BLOCKS];
    size_t nst;
    uint8_t (*sigma)[AON_MAX_CONTEXTS], (*tau)[AON_MAX_TOKENS];
    uint32_t ncol;      /* grid columns of a model: base^(n + k - 1) */
    uint32_t *negative; /* of a column */
    uint32_t *column;   /* [st * ncol + c]: column c with its entries moved */
    uint64_t group;     /* its order: blocks that move some item, times nst */
    uint64_t total; /* assignments that satisfy the joins, counted without symmetry */
} aon_cell;

/* spec.c: AON_EINPUT with a diagnostic if the statement has no such scopes. */
aon_status aon_scope_spec_init(aon_scope_spec *s, const aon_core *core,
                               const aon_ref *root, uint32_t grid, bool no_symmetry,
                               aon_diags *diags);
/* The same for a whole search: sets the defaults in `own`, its bound in min and max (with
 * AON_SHAPE_MAX components), and what `own` says about conclusions.  *s stays where it is. */
aon_status aon_scope_open(aon_scope_spec *s, aon_find_spec *own, uint32_t *min,
                          uint32_t *max, aon_diags *diags);
/* Does the statement have matrices that are solved for at this shape? */
bool aon_cell_solves(const aon_cell *c);

/* cell.c: false if the cell is too large to be enumerated. */
bool aon_cell_init(aon_cell *c, const aon_scope_spec *s, const uint32_t *shape,
                   const uint32_t *chain, uint32_t nchains);
void aon_cell_clear(aon_cell *c);
/* a * b, a^b; UINT64_MAX when it does not fit. */
uint64_t aon_times(uint64_t a, uint64_t b);
uint64_t aon_power(uint64_t a, uint32_t b);

/* group.c */
/* Digits 0, 1, 2, 3, 4, .. stand for the entries 0, 1, -1, 2, -2, .. */
int64_t aon_digit_value(uint64_t digit);
void aon_block_group_init(aon_block_group *b, aon_arena *arena, uint32_t dim,
                          uint32_t grid, bool spaces, bool no_symmetry);
void aon_cell_permutations(aon_cell *c); /* sigma, tau, column */
uint64_t aon_act(const aon_cell *c, const aon_element *e, const aon_item *it,
                 uint64_t code);

/* join.c */
void aon_find_joins(aon_scope_spec *s);
/* Of a hypothesis without an equation to join on: what it, or its last part, is instead.
 * NULL: it has one. */
const char *aon_join_refusal(const aon_core *core, aon_ref hypothesis);
/* Fills the buckets and c->total; false: too large. */
bool aon_cell_join(aon_cell *c);
/* Is the hypothesis true of every assignment because pairs are joined on it? */
bool aon_cell_is_joined(const aon_cell *c, size_t hypothesis);
/* The codes of item `it` that agree with code `of` of its partner. */
void aon_joined(const aon_cell *c, const aon_item *it, uint64_t of,
                const aon_keyed **first, size_t *n);

/*
 * walk.c: representatives.  aon_walk_first lists the codes of item 0 that begin one, in
 * increasing order (malloc'ed); aon_walk_rest calls visit for every representative with
 * that first code, in increasing order, until it returns false.
 */
uint64_t *aon_walk_first(const aon_cell *c, size_t *n);
void aon_walk_rest(const aon_cell *c, uint64_t first,
                   bool (*visit)(void *arg, const uint64_t *code, uint64_t stabiliser),
                   void *arg);
/*
 * The same, but `look` is asked first about every beginning of representatives: n codes,
 * 1 <= n < the number of items; those after them are the codes of some assignment.
 */
typedef enum { AON_WALK_ON, AON_WALK_LEAVE, AON_WALK_STOP } aon_walk_step;
void aon_walk_rest_looking(
    const aon_cell *c, uint64_t first,
    bool (*visit)(void *arg, const uint64_t *code, uint64_t stabiliser),
    aon_walk_step (*look)(void *arg, const uint64_t *code, size_t n), void *arg);

/* build.c: instances of assignments. */
aon_instance *aon_cell_instance(const aon_cell *c);
void aon_cell_assign(const aon_cell *c, aon_instance *in, size_t item, uint64_t code);

/*
 * solve.c: matrices that are not enumerated.  For an assignment of everything else they
 * are linear unknowns of two questions: are there values that satisfy the hypotheses, and
 * are there some for which a conclusion then fails?  Over all of Q, not over the grid.
 */
typedef struct {
    const aon_core *core; /* NULL: cannot be asked (docs/language.md, 6.2) */
    size_t given[AON_SOLVE_MAX];
    size_t n;
} aon_question;

typedef struct {
    aon_arena *arena;   /* NULL: nothing is solved for */
    bool *mentions;     /* per hypothesis: does it mention one of them? */
    bool trivial;       /* no hypothesis does */
    aon_question any;   /* the hypotheses that mention them */
    aon_question *fail; /* per conclusion: these, and the conclusion is false */
} aon_questions;

void aon_questions_init(aon_questions *q, const aon_cell *c);
void aon_questions_clear(aon_questions *q);
/* AON_TRUE: the values that were found are in the instance. */
aon_truth aon_question_ask(const aon_question *q, const aon_core *core,
                           aon_instance *in);

/* memory.c */
typedef struct {
    aon_truth truth;  /* of a formula */
    int64_t num, den; /* of a scalar; den > 0 */
} aon_memo;

typedef struct aon_memory aon_memory;
aon_memory *aon_memory_new(void);
void aon_memory_free(aon_memory *m);
/* NULL: nothing is known.  Valid until the next put. */
const aon_memo *aon_memory_find(const aon_memory *m, aon_ref node, const uint64_t *code,
                                size_t n);
/* Copies; keeps what it has if it has something. */
void aon_memory_put(aon_memory *m, aon_ref node, const uint64_t *code, size_t n,
                    const aon_memo *memo);

/* judge.c: verdicts of assignments; truths are remembered by what a formula mentions. */
typedef struct aon_judge_cache aon_judge_cache;
aon_judge_cache *aon_judge_cache_new(const aon_cell *c, const aon_questions *q);
void aon_judge_cache_free(aon_judge_cache *j);
/* The truth of single formulas in one assignment: begin, any number of parts, end. */
void aon_judge_begin(aon_judge_cache *j, const uint64_t *code);
aon_truth aon_judge_part(aon_judge_cache *j, aon_ref node);
void aon_judge_end(aon_judge_cache *j);
/* Is a hypothesis false that speaks of the first n items only, and of the n-th of them, or a
 * conjunct of one?  Then nothing that begins with these codes is applicable. */
bool aon_judge_refutes(aon_judge_cache *j, const uint64_t *code, size_t n);
/* AON_VIOLATED only if aon_decide says so. */
aon_verdict aon_judge_assignment(aon_judge_cache *j, const uint64_t *code);
/* The instance of the last assignment, complete.  It is the caller's; the cache is done
 * for and may only be freed. */
aon_instance *aon_judge_take_instance(aon_judge_cache *j);
/* Append verdict and evidence of the last assignment as a witness has them, from the line
 * `verdict` up to the line `end`; if it is not applicable, of one false hypothesis only.
 * false: undecided. */
bool aon_judge_evidence(aon_judge_cache *j, const aon_variant *variant, aon_buf *out);

/* ladder.c: the scopes within a bound, in order. */
typedef struct {
    uint32_t shape[AON_SHAPE_MAX];
    uint32_t chain[AON_MAX_CONTEXTS];
    uint32_t nchains;
} aon_rung;

/* malloc'ed. */
aon_rung *aon_ladder(const aon_scope_spec *s, const uint32_t *min, const uint32_t *max,
                     size_t *n);

/* certificate.c */
void aon_certificate_head(aon_buf *out, const aon_scope_spec *s, const aon_variant *v,
                          const uint32_t *min, const uint32_t *max);
void aon_certificate_cell(aon_buf *out, const aon_cell *c, const aon_rung *r);
void aon_certificate_orbit(aon_buf *out, const aon_cell *c, const uint64_t *code,
                           uint64_t stabiliser);

#endif
