/* Where unknowns may stand, and degrees: language.md, 6.2 to 6.4. */
#include "elab.h"

enum { ANY_DEGREE = 9, NO_DEGREE = -1, MAX_UNKNOWNS = 256 };

static bool
alternates(const ck_node *n, long k, bool odd)
{
    if (!ck_mentions(n, k))
        return false;
    if (n->op == CK_SOL)
        return true;
    if (n->op == CK_EX || n->op == CK_ALLIN)
        return odd || (n->a[0] != NULL && ck_mentions(n->a[0], k)) ||
               alternates(n->a[1], k, odd);
    odd = odd != (n->op == CK_NOT);
    return (n->a[0] != NULL && alternates(n->a[0], k, odd)) ||
           (n->a[1] != NULL && alternates(n->a[1], k, odd));
}

bool
ck_alternates(const ck_node *scope, long k)
{
    return alternates(scope, k, false);
}

typedef struct {
    long k[MAX_UNKNOWNS], n;
    bool sol;
} unknowns;

static bool
mentions(const ck_node *n, const unknowns *v)
{
    for (long i = 0; i < v->n; i++)
        if (ck_mentions(n, v->k[i]))
            return true;
    return false;
}

static int
degree(const ck_node *n, const unknowns *v)
{
    int a, b;

    if (n->op == CK_RAT && strcmp(n->t1, "0") == 0)
        return ANY_DEGREE;
    if (!mentions(n, v))
        return 0;
    switch (n->op) {
    case CK_UNK:
    case CK_VEC:
        return 1;
    case CK_ADD:
        a = degree(n->a[0], v);
        b = degree(n->a[1], v);
        return a == b || b == ANY_DEGREE ? a : a == ANY_DEGREE ? b : NO_DEGREE;
    case CK_SCALE:
    case CK_MUL:
    case CK_DOT:
        a = degree(n->a[0], v);
        b = degree(n->a[1], v);
        if (a == NO_DEGREE || b == NO_DEGREE)
            return NO_DEGREE;
        a = a % ANY_DEGREE + b % ANY_DEGREE; /* a factor `rat 0` counts as degree 0 */
        return a <= 1 ? a : NO_DEGREE;
    case CK_TR:
    case CK_IDX:
        return degree(n->a[0], v);
    case CK_SUM:
    case CK_COLS:
        return degree(n->a[1], v);
    case CK_PROJ:
        return mentions(n->a[0], v) ? NO_DEGREE : degree(n->a[1], v);
    default:
        return NO_DEGREE;
    }
}

static bool
linear_side(const ck_node *n, const unknowns *v)
{
    int d = degree(n, v);

    return d == 1 || d == ANY_DEGREE;
}

static bool
homogeneous(const ck_node *p, unknowns *v)
{
    bool good;

    if (p->op == CK_TRUE)
        return true;
    if (!mentions(p, v))
        return false;
    switch (p->op) {
    case CK_AND:
        return homogeneous(p->a[0], v) && homogeneous(p->a[1], v);
    case CK_ALL:
        return homogeneous(p->a[1], v);
    case CK_ALLIN:
        return !mentions(p->a[0], v) && homogeneous(p->a[1], v);
    case CK_EX:
        if (!v->sol || v->n == MAX_UNKNOWNS || (p->a[0] != NULL && mentions(p->a[0], v)))
            return false;
        v->k[v->n++] = p->k;
        good = homogeneous(p->a[1], v);
        v->n--;
        return good;
    case CK_EQ:
        return linear_side(p->a[0], v) && linear_side(p->a[1], v);
    case CK_ZERO:
        return linear_side(p->a[0], v);
    case CK_WITHIN:
        return degree(p->a[0], v) == 1 && !mentions(p->a[1], v);
    default:
        return false;
    }
}

bool
ck_homogeneous(const ck_node *scope, long k, bool sol)
{
    unknowns v = {.k = {k}, .n = 1, .sol = sol};

    return homogeneous(scope, &v);
}
