/* Statements to the core: language.md, sections 2 to 6. */
#ifndef CK_ELAB_H
#define CK_ELAB_H

#include "core.h"
#include "syntax.h"

typedef struct {
    const char *name, *sort; /* sort: its word in the language */
    const char *d[2];        /* dimensions as printed */
} ck_given;

typedef struct {
    char word; /* a assume, w its weaken formula, s show */
    const char *name;
    const ck_node *node;
} ck_root;

typedef struct {
    const char *name;
    const char **use;
    long nuses;
    ck_given *given;
    long ngivens;
    ck_root *root;
    long nroots;
    const char *missing; /* "D.l" that was to be dropped and is not there, or NULL */
    ck_core core;
} ck_statement;

/* A definition that a statement can call. */
typedef struct {
    const ck_item *item;
    const ck_unit *library;
} ck_def;

typedef struct {
    ck_unit *unit;
    long nunits;
    const char *path;
    const char **libdir;
    long nlibdirs;
    ck_text errors; /* lines, in reading order; empty: the file is correct */
} ck_program;

/* Reads and checks a whole file; its errors are in out->errors. */
void ck_program_read(ck_program *out, const char *path, const char **libdir, long nlibdirs);
/* The core of one statement; drop: "D.l"; NULL, or the error line ("": of a definition). */
const char *ck_elaborate(ck_program *p, const ck_unit *unit, const char **drop, long ndrops,
                         ck_statement *out);
/* The core of a program without errors. */
void ck_core_text(ck_text *out, ck_program *p, const char **drop, long ndrops);

/* ---- between elab.c and program.c ---- */

typedef enum {
    V_SCALAR,
    V_VECTOR,
    V_MATRIX,
    V_SPACE,
    V_TOKEN,
    V_CONTEXT,
    V_SET,
    V_QUERY,
    V_MODEL,
    V_FORMULA
} ck_kind;

typedef struct {
    ck_kind kind;
    const ck_node *node;
    const char *d, *e;              /* dimensions; d of a scalar: the dim that it is, or NULL */
    const char *name;               /* of a query or model */
    const char *set, *base, *query; /* a set; of an element: the set it is bound over */
    const char *cat;                /* of x.q: the set S with x in S/q */
    bool tokens;
} ck_val;

typedef struct ck_scope {
    const char *name;
    ck_val val;
    struct ck_scope *up;
} ck_scope;

typedef struct {
    ck_core core;
    const ck_source *src;
    ck_scope *scope;
    ck_def *def; /* visible */
    long ndefs;
    const ck_item *inside; /* the definition whose body is read, or NULL */
    const char **drop;
    long ndrops, depth, calls;
    bool broken; /* a definition that has an error, already reported, was called */
    size_t at;
} ck_elab;

ck_val ck_elab_expr(ck_elab *c, const ck_ast *t);
ck_val ck_elab_given(ck_elab *c, const char *name, const ck_ast *sort, ck_given *out);
/* Error if the name is in scope. */
void ck_new_name(const ck_source *src, const ck_scope *scope, size_t at, const char *name);
void ck_declare(ck_elab *c, size_t at, const char *name, ck_val val);
const ck_scope *ck_find(const ck_scope *scope, const char *name);

#endif
