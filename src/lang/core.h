/*
 * The typed core of a statement: a numbered, hash-consed DAG (docs/language.md, 5 to 7).
 *
 * Everything here is immutable after aon_core_build and lives until aon_core_free; it may
 * be read by many threads.  Names are interned: inside one core equal names are equal
 * pointers (compare with strcmp across cores).
 */
#ifndef AON_LANG_CORE_H
#define AON_LANG_CORE_H

#include "base/buf.h"
#include "base/diag.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum {
    /* elements */
    AON_VAR,
    AON_BASE,
    AON_PAR,
    AON_CAT,
    /* terms; AON_PAR also stands for scalars, vectors, matrices and subspaces */
    AON_RAT,
    AON_SIZE,
    AON_F,
    AON_G,
    AON_ADD,
    AON_SCALE,
    AON_MUL,
    AON_DOT,
    AON_TR,
    AON_IDX,
    AON_ID,
    AON_SUM,
    AON_COLS,
    AON_PROJ,
    AON_DIM,
    AON_GENS,
    AON_UNK,
    AON_VEC,
    /* spaces */
    AON_SPAN,
    AON_JOIN,
    AON_SOL,
    /* formulas */
    AON_TRUTH,
    AON_EQ,
    AON_ZERO,
    AON_LE,
    AON_LT,
    AON_SAME,
    AON_WITHIN,
    AON_NOT,
    AON_AND,
    AON_OR,
    AON_ALL,
    AON_ANY,
    AON_ALLIN,
    AON_EX,
    AON_OPS /* how many */
} aon_op;

/* A finite set: X, Y or a given; with query: the x such that x and x.query are in it. */
typedef struct {
    const char *name;  /* "X", "Y" or the given's name */
    const char *query; /* NULL, or the name of a query given */
    bool tokens;       /* elements are tokens, else contexts */
} aon_set;

typedef enum { AON_DIM_INT, AON_DIM_NAME, AON_DIM_SET } aon_dim_kind;

typedef struct {
    aon_dim_kind kind;
    uint32_t value;   /* AON_DIM_INT */
    const char *name; /* AON_DIM_NAME: a `dim` given */
    aon_set set;      /* AON_DIM_SET: #set */
} aon_dim;

typedef enum {
    AON_T_SCALAR,
    AON_T_VECTOR,
    AON_T_MATRIX,
    AON_T_COLUMNS, /* rows known, number of columns not: gens, cols and what is made of them */
    AON_T_SPACE, /* subspace(rows) */
    AON_T_TOKEN,
    AON_T_CONTEXT,
    AON_T_FORMULA,
    /* only of givens: */
    AON_T_DIM,
    AON_T_QUERY,
    AON_T_TOKENS,
    AON_T_CONTEXTS,
    AON_T_MODEL /* model(rows) */
} aon_type_kind;

typedef struct {
    aon_type_kind kind;
    aon_dim rows, cols; /* a scalar is 1 x 1, a vector rows x 1 */
} aon_type;

typedef enum {
    AON_DOM_SCALAR,
    AON_DOM_VECTOR,
    AON_DOM_MATRIX,
    AON_DOM_IN
} aon_dom_kind;

typedef uint32_t aon_ref; /* a node's number, as printed */
#define AON_NO_REF UINT32_MAX

/*
 * A node.  arg[] holds its node arguments in printed order; unary AON_EX, AON_SOL have
 * arg[0] = body, or, with AON_DOM_IN, arg[0] = the space and arg[1] = body;
 * AON_ALLIN arg[0] = the space, arg[1] = body.
 */
typedef struct {
    aon_op op;
    unsigned nargs;
    aon_ref arg[2];
    aon_type type;
    uint32_t var;     /* var, vec, unk, and the binders: the variable number K */
    const char *name; /* par: given; f, g: model; cat: query; rat: "-3/2" */
    aon_set set;      /* sum, cols, all, any */
    aon_dim dim;      /* size, id */
    aon_dom_kind dom; /* ex, sol */
    aon_dim dom_rows, dom_cols; /* ex, sol over vector, matrix */
    /* free variable numbers, increasing: var and vec in free_fin, unk in free_unk */
    const uint32_t *free_fin, *free_unk;
    unsigned nfree_fin, nfree_unk;
} aon_node;

typedef struct {
    const char *name;
    aon_type type; /* model(e), subspace(e): e in rows */
    aon_span span;
} aon_given;

typedef struct {
    const char *name;
    aon_ref root;
    aon_ref weaken; /* AON_NO_REF if none; conclusions never have one */
    aon_span span;
} aon_claim;

typedef enum {
    AON_EXP_SURVIVED,
    AON_EXP_REFUTED,
    AON_EXP_HOLDS,
    AON_EXP_INAPPLICABLE,
    AON_EXP_NONE_AT,
    AON_EXP_SUFFICIENT
} aon_outcome;

/* Which hypotheses and labelled conjuncts are changed; also what a command line says. */
typedef struct {
    const char **without, **weaken, **only, **drop; /* drop: "EL.e3" */
    size_t nwithout, nweaken, nonly, ndrop;
    bool has_only; /* `only {}` omits all */
} aon_variant;

typedef struct {
    aon_variant variant;
    aon_outcome outcome;
    const char *because; /* NULL or a conclusion */
    const char *on;      /* NULL or a path relative to the file */
    const char **names;  /* inapplicable, sufficient */
    size_t nnames;
    const uint32_t *shape; /* none at, minimal */
    size_t nshape;
    aon_span span;
} aon_expect;

typedef struct aon_core {
    const char *name; /* the statement; "" for a term */
    const aon_node *node;
    size_t nnodes;
    uint32_t nvars; /* variable numbers are below this */
    const aon_given *given;
    size_t ngiven;
    const aon_claim *assume, *show;
    size_t nassume, nshow;
    aon_ref term; /* of aon_core_term; else AON_NO_REF */
    const aon_expect *expect;
    size_t nexpect;
    const char **cite, **note;
    size_t ncite, nnote;
    const char **use; /* "ntp 1" */
    size_t nuse;
    const char **
        drop; /* the drops that this core was built with: "EL.e3", sorted, no repeats */
    size_t ndrop;
    void *owner;
} aon_core;

/* A file read and parsed, with the libraries it uses.  Keeps its texts. */
typedef struct aon_theory aon_theory;

/*
 * Read FILE ("-": stdin) and what it uses (lib/NAME.aon beside it, then lib/NAME.aon in
 * each of the nlibs directories).  Every statement is elaborated once, so all errors of
 * the file are in diags.  AON_EINPUT: at least one error; *out is NULL then.
 */
AON_NODISCARD aon_status aon_theory_load(aon_theory **out, const char *path,
                                         const char *const *libs, size_t nlibs,
                                         aon_diags *diags);
/* The same for a text in memory, named `name` in messages; dir is where lib/ is looked up. */
AON_NODISCARD aon_status aon_theory_parse(aon_theory **out, const char *name,
                                          const char *text, size_t len, const char *dir,
                                          const char *const *libs, size_t nlibs,
                                          aon_diags *diags);
/*
 * The same as a reader of the core does it (docs/language.md, 2): what `expect` lines say is
 * skipped, malformed or not, and no core has expectations.
 */
AON_NODISCARD aon_status aon_theory_parse_core(aon_theory **out, const char *name,
                                               const char *text, size_t len,
                                               const char *dir, const char *const *libs,
                                               size_t nlibs, aon_diags *diags);
void aon_theory_free(aon_theory *t);
size_t aon_theory_statements(const aon_theory *t);
const char *aon_theory_statement(const aon_theory *t, size_t i);
/* The statement as an already built core (no drops); borrowed from t. */
const aon_core *aon_theory_core(const aon_theory *t, size_t i);
/* Print what `aon core FILE` prints. */
void aon_theory_print_core(const aon_theory *t, aon_buf *out);

/*
 * The core of statement i under drops ("EL.e3").  AON_EINPUT with slug "label" if a drop
 * names nothing.  The result is the caller's (aon_core_free) and may outlive t.
 */
AON_NODISCARD aon_status aon_core_build(aon_core **out, const aon_theory *t, size_t i,
                                        const char *const *drop, size_t ndrop,
                                        aon_diags *diags);
/*
 * Elaborate one expression (named `name` in messages) over the given names and types,
 * with all libraries that t contains or uses.  The result has .term set.
 */
AON_NODISCARD aon_status aon_core_term(aon_core **out, const aon_theory *t,
                                       const char *name, const char *text, size_t len,
                                       const aon_given *given, size_t ngiven,
                                       aon_diags *diags);
void aon_core_free(aon_core *c);

/* One statement as section 7 prints it, without the `core 1` line. */
void aon_core_print(const aon_core *c, aon_buf *out);
/* Pieces of that syntax. */
void aon_core_print_dim(aon_buf *out, const aon_dim *d);
void aon_core_print_set(aon_buf *out, const aon_set *s);
const char *aon_op_name(aon_op op);

/* Index of a given, -1 if there is none of that name. */
long aon_core_given(const aon_core *c, const char *name);
bool aon_text_equal(const char *a, const char *b); /* NULL: no text */
bool aon_set_equal(const aon_set *a, const aon_set *b);
bool aon_dim_equal(const aon_dim *a, const aon_dim *b);

/* What a witness or certificate says of the variant: lines `without H`, `weaken H`,
 * `only H..` in the order of the hypotheses, and `drop D.L` as core->drop has them. */
void aon_variant_print(aon_buf *out, const aon_core *c, const aon_variant *v);
/* The roots that a variant leaves: out_root[i] is AON_NO_REF for an omitted hypothesis.
 * AON_EINPUT (slug "expectation") for an unknown name or a weaken that is not there. */
AON_NODISCARD aon_status aon_variant_roots(const aon_core *c, const aon_variant *v,
                                           aon_ref *out_root, aon_diags *diags);
/* The number of a conclusion; AON_EINPUT (slug "expectation") for an unknown name. */
AON_NODISCARD aon_status aon_core_conclusion(const aon_core *c, const char *name,
                                             size_t *at, aon_diags *diags);

/* `report` lines of the libraries, in order: label and parameter count, and the text of a
 * call that aon_core_term elaborates: parameters replaced by the given model names. */
size_t aon_theory_reports(const aon_theory *t);
void aon_theory_report(const aon_theory *t, size_t i, const char **label,
                       size_t *nparams);
AON_NODISCARD aon_status aon_core_report(aon_core **out, const aon_theory *t, size_t i,
                                         const char *const *args,
                                         const aon_given *given, size_t ngiven,
                                         aon_diags *diags);

/* Source of a statement's clause, for reports: text of an assume/show/weaken body. */
typedef struct {
    const char *s;
    size_t len;
} aon_text;
aon_text aon_span_text(aon_span s);

/* `aon fmt`: the canonical layout of a file, comments kept; NULL diags on success. */
AON_NODISCARD aon_status aon_format(aon_buf *out, const char *name, const char *text,
                                    size_t len, aon_diags *diags);

#endif
