/* Affine forms, branches and the equations of literals: witness-format.md, 6.1 to 6.3. */
#ifndef CK_AFFINE_H
#define CK_AFFINE_H

#include "value.h"

/* Rational multiples of coordinates, increasing; number CK_CONSTANT is the constant. */
enum { CK_CONSTANT = -1 };
typedef struct {
    struct ck_term {
        long id;
        mpq_t co;
    } * t;
    long n;
} ck_linear;

typedef struct {
    long rows, cols;
    ck_linear *e;
} ck_form;

typedef struct {
    const ck_node *p;
    const ck_env *env;
    bool sign;
} ck_literal;

typedef struct {
    ck_literal *lit;
    long n;
} ck_branch;

typedef struct {
    ck_branch *b;
    long n, literals;
} ck_branches;

/* Coordinates: those of the unknowns that joined, then fresh ones. */
typedef struct {
    ck_state *c;
    long joined, coordinates;
    ck_map proj;      /* (node, env) to form, for the literal that is looked at */
    ck_linear *extra; /* its additional equations */
    long nextra;
} ck_block;

typedef struct {
    ck_linear *e;
    long n;
} ck_equations;

/* The unknown of `ex` or `sol` joins; the branches of its scope. */
ck_branches ck_join(ck_block *b, const ck_node *binder, const ck_env *env, ck_unknown **first);

bool ck_closed(ck_state *c, const ck_node *n, const ck_env *env);
bool ck_has_form(ck_state *c, const ck_node *n, const ck_env *env);
ck_form *ck_form_of(ck_block *b, const ck_node *n, const ck_env *env);
ck_form *ck_form_constant(const ck_mat *m);
ck_form *ck_form_add(const ck_form *f, const ck_form *g, int sign);
/* form(a) - form(b), or form(a) of eq and zero */
ck_form *ck_form_side(ck_block *b, const ck_literal *l);
/* Those of a literal whose forms exist; else none. */
ck_equations ck_equations_of(ck_block *b, const ck_literal *l);

#endif
