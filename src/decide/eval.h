/*
 * The evaluation behind a decision: environments, remembered values and truths with
 * their evidence.  Written by decide/ only; read by witness/ and report/.
 */
#ifndef AON_DECIDE_EVAL_H
#define AON_DECIDE_EVAL_H

#include "base/arena.h"
#include "decide/decide.h"
#include "exact/linalg.h"

/*
 * What a variable number is bound to.
 *   var  v: number of the token or context
 *   vec  v: column; of: number of the value entry whose columns are meant
 *   unk  v: number of the unknown (aon_unknown)
 */
typedef struct {
    int32_t v, of;
} aon_slot;

/* A linear unknown that was entered: valued (ex true) or with coordinates (a block). */
typedef struct {
    aon_ref node;        /* the ex or sol */
    const aon_slot *key; /* where it was entered */
    slong rows, cols;
    bool valued;
    aon_mat value; /* if valued */
    aon_mat coord; /* if valued: as the fact `value` states it (in %S: B-coordinates) */
    slong first;   /* coordinates first .. first + ncoord - 1 */
    slong ncoord;
    const aon_mat *basis; /* in %S; else NULL: row by row */
} aon_unknown;

/* A remembered value.  For spaces `value` is the basis. */
typedef struct {
    aon_ref node;
    const aon_slot *key; /* the free variables' slots: free_fin, then free_unk */
    aon_mat value;
    aon_mat *z;              /* proj */
    aon_basis *basis;        /* spaces */
    aon_kernel *kernel;      /* sol */
    struct aon_block *block; /* sol */
    int32_t number;
} aon_entry;

typedef struct aon_refutation aon_refutation;

/* A remembered truth. */
typedef struct {
    aon_ref node;
    const aon_slot *key;
    aon_truth truth;
    int32_t pick;               /* and/or, all/any/allin: argument, element, column */
    aon_inclusion *inc;         /* within */
    int32_t unknown;            /* ex true: the unknown that holds the value */
    aon_refutation *refutation; /* ex false */
    const char *reason;         /* unknown: why */
} aon_judgement;

/* One literal of a branch. */
typedef struct {
    aon_ref node;
    aon_slot *env; /* a whole environment */
    bool positive;
} aon_literal;

typedef struct {
    aon_literal *lit;
    size_t n;
} aon_branch;

/* A collected block (witness-format.md, 6.1). */
typedef struct aon_block {
    aon_branch *branch;
    size_t nbranch;
    slong ncoord;           /* of the unknowns that joined; fresh ones come after */
    const int32_t *unknown; /* that joined, in order */
    size_t nunknown;
    bool too_large;
} aon_block;

typedef struct {
    size_t literal;
    slong equation;
    fmpq_t q;
} aon_comb_term;

typedef struct {
    aon_comb_term *term;
    size_t n;
} aon_comb;

typedef struct {
    size_t literal;
    aon_ref node;
    aon_slot *env;
    const aon_mat *value;
    aon_comb *comb; /* one per entry, row by row */
} aon_entail;

typedef enum { AON_END_CONTRADICTION, AON_END_FORCED, AON_END_FALSE } aon_end;

/* How one branch fails. */
typedef struct {
    aon_entail *step;
    size_t nstep;
    aon_end end;
    size_t literal; /* forced, false */
    aon_comb *comb; /* contradiction: one; forced: one per entry */
    size_t ncomb;
    struct aon_scope *scope; /* overrides, and what was judged under them */
} aon_branch_end;

struct aon_refutation {
    aon_block *block;
    aon_branch_end *end; /* one per branch */
};

/* A keyed table of pointers to structs that start with (node, key). */
typedef struct {
    void **slot;
    size_t cap, n;
} aon_table_of;

/* What is known only inside one branch. */
typedef struct aon_scope {
    aon_table_of entries, judgements;
    struct aon_scope *outer;
} aon_scope;

typedef struct {
    uint32_t *elem;
    size_t n;
} aon_elems;

typedef struct aon_eval {
    const aon_core *core;
    const aon_instance *in;
    aon_arena *arena;
    /* bound once (bind.c): */
    const aon_value **value; /* per node: par, f, g: the instance's value */
    aon_elems *set;          /* distinct sets */
    uint32_t *node_set;      /* per node: number of its set */
    slong *dim_of_given;     /* per given of sort dim */
    aon_mat *rat;            /* per node: rat */
    /* walking: */
    aon_slot *env;
    aon_slot *key; /* room for one key: every variable may be free in a node */
    aon_entry **entry;
    size_t nentry, cap_entry;
    aon_unknown *unknown;
    size_t nunknown, cap_unknown;
    aon_scope global;
    aon_scope *scope;             /* innermost; &global outside refutations */
    uint64_t work, max_work;      /* aon_limits */
    unsigned limited;             /* > 0 in a judgement: max_work holds there */
    bool exhausted;               /* some judgement reached it */
    const struct aon_hint *hints; /* values to try first for inner unknowns */
    /* Called when a value with evidence (proj, a space) has been found, once for each. */
    void (*on_fact)(void *arg, const aon_entry *e);
    void *on_fact_arg;
    struct aon_cleanup *cleanup;
} aon_eval;

struct aon_decision {
    aon_eval ev;
    const aon_ref *root; /* per assume */
    aon_truth *assume, *show;
    aon_verdict verdict;
    const char *reason;
};

/* bind.c */
AON_NODISCARD aon_status aon_eval_bind(aon_eval *ev, const aon_core *core,
                                       const aon_instance *in, const aon_limits *limits,
                                       aon_diags *diags);
void aon_eval_clear(aon_eval *ev);
/* The elements of a set, increasing; heap.  The instance fits the statement. */
uint32_t *aon_set_members(const aon_instance *in, const aon_set *s, size_t *n);
/* The number of a `dim` given: its line, or the first value along it; -1: nothing says. */
slong aon_dim_in(const aon_core *core, const aon_instance *in, const char *name);
slong aon_eval_dim(const aon_eval *ev, const aon_dim *d);
const aon_elems *aon_eval_set(const aon_eval *ev, aon_ref node); /* sum cols all any */
/*
 * Is the work of this judgement used up?  Then the judgement is unknown and all that is
 * under way ends at once: from here on aon_value_of, aon_space_of give 0 x 0, aon_form_of
 * NULL, none of them remembered.  Who asked for a value or form and needs its shape or
 * entries asks this first.  Outside of judgements there is no limit: a value is a value.
 */
bool aon_spent(const aon_eval *ev);
/* Bind the variable of a sum or cols to element *i of its set and count it: one unit.
 * false: there is none, or the work is used up. */
bool aon_next_elem(aon_eval *ev, aon_ref node, size_t *i);
/* Shape of a term node; cols is meaningless for AON_T_COLUMNS. */
void aon_eval_shape(const aon_eval *ev, aon_ref node, slong *rows, slong *cols);

/* table.c: entries and judgements under (node, slots of its free variables). */
aon_entry *aon_find_entry(const aon_eval *ev, aon_ref node);
aon_judgement *aon_find_judgement(const aon_eval *ev, aon_ref node);
aon_entry *aon_add_entry(aon_eval *ev, aon_ref node); /* value 0 x 0 */
aon_judgement *aon_add_judgement(aon_eval *ev, aon_ref node);
void *aon_table_find(const aon_eval *ev, const aon_table_of *t, aon_ref node);
void aon_table_put(const aon_eval *ev, aon_table_of *t, void *item);
aon_slot *aon_copy_key(aon_eval *ev, aon_ref node);
/* Does the node mention an unknown that has no value? */
bool aon_is_open(const aon_eval *ev, aon_ref node);
aon_slot *aon_copy_env(aon_eval *ev);
void aon_set_env(aon_eval *ev, const aon_slot *env);
/* Make a scope, a new or an old one, the innermost; leave the innermost. */
void aon_scope_push(aon_eval *ev, aon_scope *s);
void aon_scope_pop(aon_eval *ev);
/* Memory and numbers that live as long as the evaluation. */
void aon_on_clear(aon_eval *ev, void (*fn)(void *), void *p);
aon_mat *aon_eval_mat(aon_eval *ev);

/* value.c */
int32_t aon_eval_elem(aon_eval *ev, aon_ref node);
const aon_mat *aon_value_of(aon_eval *ev, aon_ref node);
/* The entry of a space; its value is the basis. */
aon_entry *aon_space_of(aon_eval *ev, aon_ref node);

/* form.c */
typedef struct {
    slong n, cap;
    slong *coord; /* increasing */
    fmpq *q;      /* cap initialised */
    fmpq_t c;
} aon_lin; /* q.u + c */

typedef struct {
    slong rows, cols;
    aon_lin *e; /* row by row; NULL: none */
} aon_form;

/* Where fresh coordinates and additional equations of one literal go. */
typedef struct {
    slong next; /* the next fresh coordinate */
    aon_lin *extra;
    size_t nextra, cap_extra;
    aon_table_of memo; /* forms of this literal by (node, slots) */
} aon_forming;

void aon_forming_init(aon_forming *f, slong next);
void aon_forming_clear(aon_forming *f);
/* Does the term or space have a value here? */
bool aon_closed(aon_eval *ev, aon_ref node);
/* Borrowed from f; NULL: no form, or aon_spent. */
const aon_form *aon_form_of(aon_eval *ev, aon_forming *f, aon_ref node);
/* Equations of a literal in the current scope; false: it has none. */
typedef struct {
    aon_lin *eq;
    size_t n, cap;
} aon_equations;
void aon_equations_init(aon_equations *e);
void aon_equations_clear(aon_equations *e);
bool aon_literal_closed(aon_eval *ev, const aon_literal *l);
bool aon_literal_equations(aon_eval *ev, aon_forming *f, const aon_literal *l,
                           aon_equations *out);
/* Difference of sides of an eq or zero literal; false: no forms. */
bool aon_literal_difference(aon_eval *ev, aon_forming *f, const aon_literal *l,
                            aon_equations *out);

/* coupling.c: the largest set of coordinates that the equations connect. */
slong aon_coupling(const aon_equations *eq, slong ncoord);

/* collect.c */
aon_block *aon_collect(aon_eval *ev, aon_ref binder);
/* block.c: truth of the ex j->node in the current environment; fills j. */
void aon_decide_block(aon_eval *ev, aon_judgement *j);

/* truth.c */
extern const char aon_limit_reason[];
aon_judgement *aon_judge(aon_eval *ev, aon_ref node);
/* Enter an ex or sol: the last of the unknowns, borrowed until there is another one. */
aon_unknown *aon_new_unknown(aon_eval *ev, aon_ref binder);
/* Enter an ex with a known value: a new valued unknown (coordinates given). */
int32_t aon_new_valued_unknown(aon_eval *ev, aon_ref ex, const aon_mat *coord);

/* Coordinates that a solved block found for an unknown, tried before deciding again. */
typedef struct aon_hint {
    aon_ref node;
    const aon_slot *key;
    const aon_mat *coord;
    const struct aon_hint *next;
} aon_hint;

#endif
