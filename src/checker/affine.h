/* Affine forms and the equations of literals: witness-format.md, 6.1 to 6.3. */
#ifndef CK_AFFINE_H
#define CK_AFFINE_H

#include "value.h"

/* Rational multiples of coordinates; number CK_CONSTANT is the constant. Increasing. */
enum { CK_CONSTANT = -1 };
typedef struct {
    long n, *id;
    mpz_t *co;
} ck_sparse;

typedef struct {
    long rows, cols;
    mpz_t den;
    ck_sparse *e;
} ck_form;

typedef struct {
    const ck_node *p;
    const ck_env *env;
    bool sign;
} ck_literal;

/* The equations of a literal; its fresh coordinates follow those of the unknowns. */
typedef struct {
    ck_form **form; /* each of its entries is an equation */
    long nforms, neqs, fresh;
    ck_map proj; /* (node, env) to form */
    ck_form **extra;
    long nextra;
} ck_equations;

typedef struct {
    ck_literal *lit;
    long n;
} ck_branch;

typedef struct {
    ck_branch *b;
    long n, literals;
} ck_branches;

/* The unknowns that join, and how many coordinates they have. */
typedef struct {
    ck_state *c;
    long ncoords;
} ck_block;

ck_branches ck_join(ck_block *block, const ck_node *binder, const ck_env *env,
                    ck_unknown **first);

bool ck_closed(ck_state *c, const ck_node *n, const ck_env *env);
bool ck_literal_closed(ck_state *c, const ck_literal *l);
bool ck_has_form(ck_state *c, const ck_node *n, const ck_env *env);
/* eq: new fresh coordinates and additional equations go there */
ck_form *ck_form_of(ck_block *b, ck_equations *eq, const ck_node *n, const ck_env *env);
/* form(a) - form(b), or form(a) of eq and zero */
ck_form *ck_form_side(ck_block *b, ck_equations *eq, const ck_literal *l);
ck_form *ck_form_minus(const ck_form *f, const ck_form *g);
ck_form *ck_form_constant(const ck_mat *m);
/* Those of a literal whose forms exist; else none. */
void ck_equations_find(ck_block *b, ck_equations *eq, const ck_literal *l);
const ck_sparse *ck_equation(const ck_equations *eq, long i, const ck_form **of);

#endif
