/*
 * The core under construction: hash-consed nodes with the rewriting rules of
 * docs/language.md, 5.1, types, free variables, heights and tree sizes.
 *
 * A binder's body is first built over an *open* variable, numbered OPEN + level where
 * level is how many binders are open; closing the binder computes its final number
 * (5.2) and substitutes it.  So equal closed terms are equal nodes at any depth.
 */
#ifndef AON_LANG_BUILD_H
#define AON_LANG_BUILD_H

#include "base/arena.h"
#include "lang/core.h"

#define AON_OPEN ((uint32_t)1 << 31) /* var numbers from here on are open levels */
#define AON_SIZE_LIMIT 1000000u      /* tree size of a node */
#define AON_DEPTH_LIMIT 5000u        /* depth of a node */
#define AON_NODE_LIMIT 3000000u      /* all nodes of one build, dead ones included */

typedef struct {
    uint8_t op, dom;
    uint8_t nargs;
    uint16_t depth;
    aon_ref arg[2];
    uint32_t var;
    uint32_t type; /* index of an interned type */
    uint32_t data; /* index of interned set, dim, domain dims */
    uint32_t size; /* tree size */
    uint32_t next; /* above every binder's number inside */
    uint32_t nfree_fin, nfree_unk;
    const uint32_t *free_fin, *free_unk; /* increasing */
    const char *name;
    aon_span origin; /* where it was first written */
} aon_bnode;

/* What a node says beside its arguments. */
typedef struct {
    aon_set set;
    aon_dim dim, dim2;
} aon_bdata;

typedef struct aon_build aon_build;

aon_build *aon_build_new(void);
void aon_build_free(aon_build *b);

/* Set when a node went over a limit; what to tell the user. */
const char *aon_build_overflow(const aon_build *b);
/* Origin of nodes made from now on. */
void aon_build_at(aon_build *b, aon_span where);

size_t aon_build_count(const aon_build *b);
const aon_bnode *aon_build_node(const aon_build *b, aon_ref r);
const aon_type *aon_build_type(const aon_build *b, aon_ref r);
const aon_bdata *aon_build_data(const aon_build *b, aon_ref r);

/* Types (type.c). */
aon_type aon_type_of(aon_type_kind kind);
aon_type aon_type_rows(aon_type_kind kind, aon_dim rows);
aon_type aon_type_matrix(aon_dim rows, aon_dim cols);
aon_dim aon_dim_int(uint32_t value);
aon_dim aon_dim_name(const char *name);
aon_dim aon_dim_set(aon_set set);
bool aon_type_equal(const aon_type *a, const aon_type *b);

/* Smart constructors.  Types have been checked. */
aon_ref aon_mk_base(aon_build *b);
aon_ref aon_mk_par(aon_build *b, const char *name, aon_type type);
aon_ref aon_mk_rat(aon_build *b, const char *text);
aon_ref aon_mk_size(aon_build *b, aon_dim d);
aon_ref aon_mk_id(aon_build *b, aon_dim d);
aon_ref aon_mk_cat(aon_build *b, aon_ref x, const char *query);
aon_ref aon_mk_model(aon_build *b, aon_op f_or_g, const char *model, aon_dim d,
                     aon_ref x);
aon_ref aon_mk_add(aon_build *b, aon_ref x, aon_ref y);
aon_ref aon_mk_neg(aon_build *b, aon_ref x);
aon_ref aon_mk_scale(aon_build *b, aon_ref s, aon_ref x);
aon_ref aon_mk_mul(aon_build *b, aon_ref x, aon_ref y);
aon_ref aon_mk_dot(aon_build *b, aon_ref u, aon_ref v);
aon_ref aon_mk_tr(aon_build *b, aon_ref x);
aon_ref aon_mk_idx(aon_build *b, aon_ref c, aon_ref x);
aon_ref aon_mk_proj(aon_build *b, aon_ref s, aon_ref x);
aon_ref aon_mk_dim(aon_build *b, aon_ref s);
aon_ref aon_mk_gens(aon_build *b, aon_ref s);
aon_ref aon_mk_span(aon_build *b, aon_ref x);
aon_ref aon_mk_join(aon_build *b, aon_ref s, aon_ref t);
aon_ref aon_mk_truth(aon_build *b);
aon_ref aon_mk_eq(aon_build *b, aon_ref x, aon_ref y); /* terms */
aon_ref aon_mk_zero(aon_build *b, aon_ref x);
aon_ref aon_mk_order(aon_build *b, aon_op le_or_lt, aon_ref x, aon_ref y);
aon_ref aon_mk_same(aon_build *b, aon_ref x, aon_ref y);
aon_ref aon_mk_within(aon_build *b, aon_ref x, aon_ref s);
aon_ref aon_mk_not(aon_build *b, aon_ref p);
aon_ref aon_mk_both(aon_build *b, aon_op and_or_or, aon_ref p, aon_ref q);

/* An open variable: AON_VAR (set: what it runs over), AON_VEC or AON_UNK. */
aon_ref aon_build_open(aon_build *b, aon_op op, uint32_t level, aon_type type,
                       const aon_set *set);

/* What a binder binds beside its body. */
typedef struct {
    aon_op op;
    aon_set set;      /* sum, cols, all, any */
    aon_dom_kind dom; /* ex, sol */
    aon_dim rows, cols;
    aon_ref space; /* allin, and dom in */
} aon_binder;

/* The binder over body with its variable `open` replaced by the final number. */
aon_ref aon_build_close(aon_build *b, const aon_binder *what, aon_ref open,
                        aon_ref body);

/* The finished core's nodes, numbered as section 7 prints them (number.c).  root[] is
 * rewritten from build to core numbers.  All memory in arena; names through keep(). */
void aon_build_number(const aon_build *b, aon_arena *arena, aon_ref *root,
                      size_t nroots, const char *(*keep)(void *, const char *),
                      void *arg, aon_core *out);

#endif
