/* Text of a .aon file to statements: language.md, sections 1 to 8. */
#ifndef CK_ELAB_H
#define CK_ELAB_H

#include "ck.h"

/* ---- tokens: lex.c ---- */

typedef struct {
    char kind;                    /* n NAME, i INT, r RAT, s STR, k sign or reserved word, 0 end */
    const char *text;             /* interned; Greek letters and aliases replaced */
    const char *path, *file, *at; /* name and text of the file; where in that */
    long count;                   /* of a called name: arguments */
} ck_tok;

/* A line FILE:LINE:COL: error: .. [slug] that ends the run. */
_Noreturn void ck_fail(const ck_tok *t, const char *slug, const char *what);
#define ck_error(t, slug, ...) ck_fail((t), (slug), ck_print(__VA_ARGS__))
/* The tokens of a file, one of kind 0 at the end; NULL if it cannot be read. */
ck_tok *ck_lex(const char *path);
bool ck_is(const ck_tok *t, const char *word); /* a sign or reserved word */
/* The number of the word in this list of n, n: it is none of them. */
long ck_which(const ck_tok *t, const char *const *words, long n);
#define ck_unexpected(t, wanted)                                                                   \
    ck_error((t), "syntax", "%s where %s is needed", (t)->text, (wanted))
/* These read the next token; what is not as it is needed is an error. */
typedef struct ck_elab ck_elab;
bool ck_accept(ck_elab *c, const char *word);
void ck_need(ck_elab *c, const char *word);
/* A token of this kind; N: a NAME where nothing else may stand; i: of at most 9 digits. */
ck_tok *ck_token(ck_elab *c, char kind);

/* ---- the core: core.c ---- */

/* Elements, numbers and matrices, spaces, linear unknowns, formulas; sorts. See core.c. */
typedef int ck_op;
enum { CK_VAR, CK_BASE, CK_PAR, CK_CAT }; /* par: whatever is given */
enum { CK_RAT = CK_CAT + 1, CK_SIZE, CK_F, CK_G, CK_ADD, CK_SCALE, CK_MUL, CK_DOT, CK_TR, CK_IDX };
enum { CK_ID = CK_IDX + 1, CK_SUM, CK_COLS, CK_PROJ, CK_DIM, CK_GENS };
enum { CK_SPAN = CK_GENS + 1, CK_JOIN, CK_SOL, CK_UNK, CK_VEC };
enum { CK_TRUE = CK_VEC + 1, CK_EQ, CK_ZERO, CK_LE, CK_LT, CK_SAME, CK_WITHIN };
enum { CK_NOT = CK_WITHIN + 1, CK_AND, CK_OR, CK_ALL, CK_ANY, CK_ALLIN, CK_EX, CK_SORT };

/*
 * What a name or an expression stands for. Models, queries, sets and sorts are nodes as well, but
 * never arguments of those that are printed. While a statement is elaborated, k is a number that no
 * other binder has; ck_finish replaces it by the number of language.md 5.2.
 */
typedef struct ck_node {
    ck_op op;
    long k; /* var, unk, vec and binders; else -1 */
    /* interned: a name, SET, DIM, rational; a word ("in") of sorts, sol, ex, allin; behind it the
       dimensions that are known by no argument; t[2] of S/q: q */
    const char *t[3];
    const struct ck_node *a[2]; /* a binder has its space in a[0], its scope in a[1]; of S/q: S */
    /* s scalar, v vector, m matrix, S subspace, t token, x context, X contexts, Y tokens, q query,
       M model, d dim, f formula */
    char kind;
    const char *d[2];          /* dimensions; of a set S: "#S" */
    const struct ck_node *set; /* over which a variable is bound; of x.q: where it lies */
    long top;                  /* the largest number of a binder in this node, or -1 */
    long size, depth;
    bool heavy;                  /* evaluating it takes facts or much time */
    const struct ck_node **free; /* var, unk and vec that it does not bind, by increasing k */
    long nfree, id;              /* id: as printed */
} ck_node;

typedef struct {
    ck_map nodes;          /* also the final number of a binder, by k, and what is finished */
    const ck_node **order; /* as printed */
    long norder;
    long fresh;       /* the next k */
    const ck_tok *at; /* where errors are found; NULL: they were looked for */
} ck_core;

/* The node with these members op, k, t, a and, unless op says it, kind; rules of 5.1 applied. */
const ck_node *ck_make(ck_core *c, ck_node n);
/* What a form says first: as in 5.1, operations in prefix form, operands a and b, their names and
   dimensions, too; unk: the unknown of the `sol` around it. */
const ck_node *ck_build(ck_core *c, const char **form, const ck_node *a, const ck_node *b,
                        const ck_node *unk);
/* The variable of the binder `op` over a set, space or sort, its `set`; and that binder. */
const ck_node *ck_variable(ck_core *c, ck_op op, const ck_node *over);
const ck_node *ck_bind(ck_core *c, ck_op op, const ck_node *var, const ck_node *scope);
/* The node with final numbers, made in `to` and numbered in the printed order. */
const ck_node *ck_finish(ck_core *c, ck_core *to, const ck_node *n);
void ck_print_node(ck_text *out, const ck_node *n);
void ck_print_sort(ck_text *out, const ck_node *n);

/* ---- files and statements: program.c ---- */

typedef struct {
    char word; /* a assume, w its weaken formula, s show */
    const char *name;
    const ck_node *node;
} ck_root;

typedef struct {
    ck_text head, givens, roots; /* lines of its core: those above and below the nodes */
    ck_node *given;              /* each as a par, a dim, too */
    long ngivens;
    ck_root *root; /* in order of the file */
    long nroots;
    const char *missing; /* "D.l" that was to be dropped and is not there, or NULL */
    ck_core core;
} ck_statement;

/* def or report; the parameters have a comma between them. (Or the items of a statement.) */
typedef struct {
    const char *name;
    ck_tok *param, *body;
    long nparams;
    long calls, chain; /* what its calls count, language.md 1 */
    ck_map labels;     /* D.l of its conjuncts */
} ck_def;

typedef struct {
    const char *version;  /* NULL: a statement */
    ck_tok *name, *first; /* first: its first item */
    ck_def **def;
    long ndefs;
} ck_unit;

typedef struct {
    ck_unit *unit;
    long nunits;
    const char *path;
    const char **libdir;
    long nlibdirs;
    ck_map libraries; /* files, by name */
} ck_program;

/* Reads and checks a whole file. */
void ck_program_read(ck_program *out, const char *path, const char **libdir, long nlibdirs);
/* A statement without the conjuncts dropped ("D.l"). */
void ck_elaborate(ck_program *p, ck_unit *unit, const char **drop, long ndrops, ck_statement *out);
void ck_core_text(ck_text *out, ck_program *p, const char **drop, long ndrops);

/* ---- reading: elab.c expressions, program.c items ---- */

/* An expression: its node, once types are known, and where it stands. */
typedef struct {
    const ck_node *node;
    const ck_tok *at;
    char mark; /* 0 a literal 0, d a dropped conjunct */
} ck_val;

/* How far a reading goes: grammar; names, arities and labels too; types and nodes too. */
typedef enum { CK_GRAMMAR, CK_NAMES, CK_TYPES } ck_pass;
/* The names of each space are different: those of definitions, .. and what is named by expressions:
   CK_OWN, and in a call as much more as it is deep. */
enum { CK_DEFINED, CK_USED, CK_ASSUMED, CK_SHOWN, CK_DROPPED, CK_OWN };

struct ck_elab {
    ck_pass pass;
    ck_tok *t;         /* the next token */
    long nesting, own; /* own: the space of names of expressions */
    ck_map names;      /* what is declared */
    ck_def *inside;    /* the definition whose body is read, or the items */
    ck_core *core;
    ck_program *program;
    ck_unit *unit;
    ck_statement *out;
};

/* The place of what a name stands for; NULL stands there, if it is not declared. */
void **ck_named(ck_elab *c, long space, const char *name);
/* A name that is declared already is an error; what: not NULL. */
void ck_declare(ck_elab *c, long space, const ck_tok *t, const char *name, const void *what);
/* NAME {"," NAME}, which may be declared; their number. */
long ck_names(ck_elab *c, bool bound);
/* Every other of these tokens is a name that is not declared any more. */
void ck_forget(ck_elab *c, const ck_tok *first, long n);
ck_val ck_sort(ck_elab *c);
ck_val ck_expr(ck_elab *c);
ck_val ck_fits(ck_val v, const char *kinds); /* else it is an error; has it types yet? */

#endif
