/*
 * Syntax to core: names, types, shapes, expansion of definitions.
 */
#ifndef AON_LANG_ELAB_H
#define AON_LANG_ELAB_H

#include "lang/build.h"
#include "lang/theory.h"

#define AON_CALL_LIMIT                                                                 \
    100000u /* calls of definitions in one statement, inner ones too */
#define AON_CHAIN_LIMIT 1000u /* nesting of a place, summed over the calls around it */

/* What an expression stands for. */
typedef enum { VAL_BAD, VAL_NODE, VAL_SET, VAL_DIM, VAL_MODEL, VAL_QUERY } aon_val_kind;

typedef struct {
    aon_val_kind kind;
    aon_ref node;     /* VAL_NODE: element, term, space or formula */
    aon_set set;      /* VAL_SET */
    aon_dim dim;      /* VAL_DIM; VAL_MODEL: its dimension */
    const char *name; /* VAL_MODEL, VAL_QUERY */
} aon_val;

typedef struct {
    const aon_sym *sym;
    aon_val val;
    uint32_t frame;
    size_t below; /* binding of the same name under this one, plus 1 */
} aon_scope_entry;

/* A call being expanded, for notes. */
typedef struct aon_site {
    const struct aon_site *outer;
    const aon_expr *call;
    const aon_def *def;
} aon_site;

typedef struct aon_memo_entry aon_memo_entry;

typedef struct {
    aon_theory *t; /* written only by `use` while the theory is being loaded */
    aon_names *names;
    aon_diags *diags;
    aon_arena *arena;
    aon_build *b;
    /* scope: entries of the current frame are visible */
    aon_scope_entry *scope;
    size_t nscope, scope_cap;
    size_t *top; /* per name: its newest entry, plus 1 */
    size_t ntop;
    uint32_t frame, nframes;
    uint32_t level;          /* open binders */
    const aon_def **visible; /* per name: what a call in the statement means */
    const aon_site *site;
    uint32_t calls; /* of the statement so far, those inside definitions too */
    aon_memo_entry **memo;
    size_t nmemo, memo_slots;
    /* D.l pairs left out */
    const char *const *drop;
    size_t ndrop;
    /* the definition whose names are being checked; NULL in statements and terms */
    const aon_def *def;
    const aon_library *lib;
    bool failed;
} aon_elab;

/* Numbers of calls, which may grow exponentially: all above the limit are one. */
static inline uint32_t
aon_elab_add_calls(uint32_t a, uint32_t b)
{
    return a + b <= AON_CALL_LIMIT ? a + b : AON_CALL_LIMIT + 1;
}

void aon_elab_init(aon_elab *e, aon_theory *t, aon_names *names, aon_diags *diags);
void aon_elab_clear(aon_elab *e);

/* Scope. */
void aon_elab_room(aon_elab *e, uint32_t id); /* for a name read since _init */
void aon_elab_bind(aon_elab *e, const aon_sym *sym, aon_val val);
void aon_elab_unbind(aon_elab *e, size_t n); /* the newest n */
const aon_val *aon_elab_lookup(const aon_elab *e, const aon_sym *sym);
/* [duplicate-name] if the name is bound already. */
bool aon_elab_fresh(aon_elab *e, const aon_ident *id);

/* Errors: the first one of a statement is reported, with notes for the calls around it. */
void aon_elab_error(aon_elab *e, aon_span where, const char *slug, const char *hint,
                    const char *fmt, ...) AON_PRINTF(5, 6);
/* sort: "token", "query", "set", .. if only names of that sort will do, or NULL. */
void aon_elab_unknown(aon_elab *e, const aon_ident *id, bool call, const char *sort);

/* Hints (elab_hint.c, type_hint.c), in the arena of e. */
/* "`m`, `m'`": what is in scope, of a sort if it is not NULL; NULL if there is none. */
const char *aon_elab_in_scope(aon_elab *e, const char *sort);
/* "choose another name, such as `x'`" */
const char *aon_elab_fresh_hint(aon_elab *e, const aon_sym *sym);
/* "def F(m, x)", with one more parameter unless it is NULL. */
const char *aon_elab_signature(aon_elab *e, const aon_def *d, const aon_sym *more);
/* How d is called. */
const char *aon_elab_arity_hint(aon_elab *e, const aon_def *d);
/* What the value written at `where` can be used for. */
const char *aon_elab_use(aon_elab *e, aon_span where, aon_val v);
/* Where a formula is due. */
const char *aon_elab_formula_hint(aon_elab *e, aon_span where, aon_val v);
/* Where a value of that sort is due: those in scope, or how to declare one. */
const char *aon_elab_sort_hint(aon_elab *e, const char *sort);
/* Where a dimension is due. */
const char *aon_elab_dim_hint(aon_elab *e, aon_span where, aon_val v);
const char *aon_elab_subspace_hint(aon_elab *e, aon_span where, aon_val v);
const char *aon_elab_product_hint(aon_elab *e, aon_span left, aon_val a, aon_span right,
                                  aon_val b);
/* Two sides that should have one type. */
const char *aon_elab_mismatch_hint(aon_elab *e, aon_span left, aon_val a,
                                   aon_span right, aon_val b);
const char *aon_elab_index_hint(aon_elab *e, const aon_set *s, aon_span base,
                                aon_span arg, aon_val v);
/* Expressions; VAL_BAD after an error. */
aon_val aon_elab_expr(aon_elab *e, const aon_expr *x);
bool aon_elab_dim(aon_elab *e, const aon_dim_ast *d, aon_dim *out);
/* A value as a dimension: a dim, or a literal natural number. */
bool aon_elab_as_dim(aon_elab *e, aon_val v, aon_dim *out);
bool aon_elab_set(aon_elab *e, const aon_set_ast *s, aon_set *out);
aon_val aon_elab_call(aon_elab *e, const aon_expr *x);
/* Body of d over given arguments (a report). */
aon_val aon_elab_apply(aon_elab *e, const aon_def *d, const aon_val *args);
/* Make a definition visible to calls; false after [duplicate-name] at `where`. */
bool aon_elab_show_def(aon_elab *e, const aon_def *d, aon_span where);
/* Has the visible definition d a conjunct labelled l? */
bool aon_elab_has_label(const aon_elab *e, const aon_sym *d, const aon_sym *l);
/* Operators (elab_ops.c), builtins (elab_builtin.c) and suffixes (elab_suffix.c):
 * operands have been elaborated. */
aon_val aon_elab_binary(aon_elab *e, const aon_expr *x, aon_tok_kind op,
                        const aon_expr *left, aon_val a, const aon_expr *right,
                        aon_val b);
aon_val aon_elab_builtin(aon_elab *e, const aon_expr *x, const aon_val *args);
aon_val aon_elab_suffix(aon_elab *e, const aon_expr *x, const aon_post *s, aon_val base,
                        aon_val arg);
/* Binders (elab_bind.c). */
aon_val aon_elab_binder(aon_elab *e, const aon_expr *x);

/* The value as a node: a dim becomes `size`.  AON_NO_REF and no message if it is none. */
aon_ref aon_elab_node(aon_elab *e, aon_val v);
/* A dim becomes a scalar, where a term is meant; everything else is itself. */
aon_val aon_elab_as_term(aon_elab *e, aon_val v);
/* NULL unless v is a node. */
const aon_type *aon_elab_type(const aon_elab *e, aon_val v);
bool aon_type_is_term(const aon_type *t); /* scalar, vector or matrix; t may be NULL */
/* r as a value; VAL_BAD after [expansion] if the build has overflowed. */
aon_val aon_val_node(aon_elab *e, const aon_expr *x, aon_ref r);
/* [type] unless v is a formula. */
aon_ref aon_elab_formula(aon_elab *e, const aon_expr *x, aon_val v);
bool aon_elab_is(const aon_elab *e, aon_val v, aon_type_kind kind);

/* "matrix(d,d')", "the set X/q", in the arena of e. */
const char *aon_elab_describe(aon_elab *e, aon_val v);
const char *aon_elab_dim_text(aon_elab *e, const aon_dim *d);   /* "d", "#X/q" */
const char *aon_elab_set_text(aon_elab *e, const aon_set *set); /* "X/q" */
const char *aon_elab_source(aon_elab *e, aon_span s); /* at most 40 bytes of it */
/* The text of b, NULL if it is empty; b is cleared. */
const char *aon_elab_keep(aon_elab *e, aon_buf *b);
const char *aon_elab_format(aon_elab *e, const char *fmt, ...) AON_PRINTF(2, 3);

/* Names, arities and labels of a definition (names_check.c); finds what it calls. */
void aon_elab_check_def(aon_elab *e, aon_library *lib, aon_def *d);

#endif
