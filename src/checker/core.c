/* Nodes of the core: language.md, section 5. */
#include "elab.h"

enum { MAX_TREE = 1000000, MAX_DEPTH = 5000 };

/*
 * By operation: how it is printed: k number, n name, d DOM, 0 and 1 arguments; how a term with
 * linear unknowns has a degree: u is one, + sum, * product, 0 as that argument, b as its body and
 * the space has none, - and h not.  Evaluating b and h takes facts or much time.
 */
typedef struct {
    const char *name, *print;
    char form;
} row;
static const row rows[] = {
    {"var", "k", '-'},    {"base", "", '-'},     {"par", "n", '-'},   {"cat", "0n", '-'},
    {"rat", "n", '-'},    {"size", "n", '-'},    {"f", "n0", '-'},    {"g", "n0", '-'},
    {"add", "01", '+'},   {"scale", "01", '*'},  {"mul", "01", '*'},  {"dot", "01", '*'},
    {"tr", "0", '0'},     {"idx", "01", '0'},    {"id", "n", '-'},    {"sum", "kn1", 'b'},
    {"cols", "kn1", 'b'}, {"proj", "01", 'b'},   {"dim", "0", 'h'},   {"gens", "0", 'h'},
    {"span", "0", 'h'},   {"join", "01", 'h'},   {"sol", "kd1", 'h'}, {"unk", "k", 'u'},
    {"vec", "k", 'u'},    {"true", "", '-'},     {"eq", "01", '-'},   {"zero", "0", '-'},
    {"le", "01", '-'},    {"lt", "01", '-'},     {"same", "01", '-'}, {"within", "01", 'h'},
    {"not", "0", '-'},    {"and", "01", 'h'},    {"or", "01", 'h'},   {"all", "kn1", 'h'},
    {"any", "kn1", 'h'},  {"allin", "k01", 'h'}, {"ex", "kd1", 'h'}};

/* Does n, which may be NULL, mention the variable k? */
static bool has_free(const ck_node *n, long k) {
    for (long i = 0; n != NULL && i < n->nfree; i++)
        if (n->free[i].k == k) return true;
    return false;
}

/* Enters a variable in increasing order. */
static void note_free(ck_node *n, ck_free_var v) {
    long i;

    if (has_free(n, v.k)) return;
    CK_PUSH(n->free, n->nfree, v);
    for (i = n->nfree - 1; i > 0 && n->free[i - 1].k > v.k; i--) n->free[i] = n->free[i - 1];
    n->free[i] = v;
}

/* Whatever is known of a node from its arguments. */
static void measure(ck_core *c, ck_node *n) {
    const char *print = rows[n->op].print;
    long number;

    n->size = n->depth = 1;
    n->top = n->id = -1;
    n->free = NULL;
    n->nfree = 0;
    n->heavy = strchr("bh", rows[n->op].form) != NULL;
    for (int i = 0; i < 2; i++) {
        const ck_node *a = n->a[i];

        if (a == NULL) continue;
        n->heavy = n->heavy || a->heavy;
        n->size += a->size;
        if (a->depth >= n->depth) n->depth = a->depth + 1;
        if (a->top > n->top) n->top = a->top;
        for (long j = 0; j < a->nfree; j++)
            if (i == 0 || a->free[j].k != n->k) note_free(n, a->free[j]);
    }
    if (strcmp(print, "k") == 0) {
        note_free(n, (ck_free_var){n->k, n->op});
    } else if (print[0] == 'k') {
        number = n->a[1]->top + 1;
        if (number > n->top) n->top = number;
        *ck_at(&c->nodes, &n->k, sizeof n->k) = (void *)number;
    }
    if ((n->size > MAX_TREE || n->depth > MAX_DEPTH) && c->at != NULL)
        ck_error(c->at, "expansion", "a formula is too large");
}

const ck_node *ck_node_make(ck_core *c, ck_node n) {
    const void *key[] = {
        (void *)(intptr_t)n.op, (void *)n.k, n.t[0], n.t[1], n.t[2], n.a[0], n.a[1]};
    void **at = ck_at(&c->nodes, key, sizeof key);

    if (*at == NULL) {
        *at = memcpy(ck_new(sizeof n), &n, sizeof n);
        measure(c, *at);
    }
    return *at;
}

const ck_node *ck_named(ck_core *c, ck_op op, const char *name, const ck_node *a0) {
    return ck_node_make(c, (ck_node){.op = op, .k = -1, .t = {name}, .a = {a0}});
}

const ck_node *ck_make(ck_core *c, ck_op op, const ck_node *a, const ck_node *b) {
    if (op == CK_NOT && a->op == CK_NOT) return a->a[0];
    while (op == CK_WITHIN && a->op == CK_GENS && a->a[0]->op == CK_SPAN) a = a->a[0]->a[0];
    if (op == CK_MUL) {
        if (a->op == CK_ID) return b;
        if (b->op == CK_ID) return a;
        if (a->op == CK_SCALE) return ck_make(c, CK_SCALE, a->a[0], ck_make(c, CK_MUL, a->a[1], b));
        if (b->op == CK_SCALE) return ck_make(c, CK_SCALE, b->a[0], ck_make(c, CK_MUL, a, b->a[1]));
        if (a->op == CK_MUL) return ck_make(c, CK_MUL, a->a[0], ck_make(c, CK_MUL, a->a[1], b));
        if (a->op == CK_PROJ) return ck_make(c, CK_PROJ, a->a[0], ck_make(c, CK_MUL, a->a[1], b));
    }
    return ck_node_make(c, (ck_node){.op = op, .k = -1, .a = {a, b}});
}

const ck_node *ck_finish(ck_core *c, ck_core *to, const ck_node *n) {
    void **done = ck_at(&to->nodes, &n, sizeof n); /* keys of nodes are longer */
    ck_node copy = *n, *made;

    if (*done != NULL) return *done;
    for (int i = 0; i < 2; i++)
        if (n->a[i] != NULL) copy.a[i] = ck_finish(c, to, n->a[i]);
    if (n->k >= 0) copy.k = (long)*ck_at(&c->nodes, &n->k, sizeof n->k);
    *done = made = (ck_node *)ck_node_make(to, copy);
    if (made->id < 0) {
        made->id = to->norder;
        CK_PUSH(to->order, to->norder, made);
    }
    return made;
}

void ck_print_node(ck_text *out, const ck_node *n) {
    ck_put(out, "node %ld %s", n->id, rows[n->op].name);
    for (const char *s = rows[n->op].print; *s != '\0'; s++) {
        if (*s == 'k') ck_put(out, " %ld", n->k);
        for (int i = 0; i < 3 && n->t[i] != NULL && (*s == 'd' || (*s == 'n' && i == 0)); i++)
            ck_put(out, " %s", n->t[i]);
        if (*s == '0' || (*s == 'd' && n->a[0] != NULL)) ck_put(out, " %%%ld", n->a[0]->id);
        if (*s == '1') ck_put(out, " %%%ld", n->a[1]->id);
    }
    ck_put(out, "\n");
}

/* ---- where unknowns may stand: language.md, 6.2 to 6.4 ---- */

bool ck_alternates(const ck_node *n, long k, bool odd) {
    if (!has_free(n, k)) return false;
    if (n->op == CK_SOL) return true;
    if (n->op == CK_EX || n->op == CK_ALLIN)
        return odd || has_free(n->a[0], k) || ck_alternates(n->a[1], k, odd);
    odd = odd != (n->op == CK_NOT);
    return ck_alternates(n->a[0], k, odd) || ck_alternates(n->a[1], k, odd);
}

enum { NO_DEGREE = -1, ANY_DEGREE = 9 };

/* The variable of a `sol` or `allin`, and those of the `ex` in its scope. */
typedef struct unknowns {
    long k;
    const struct unknowns *up;
} unknowns;

/* Does n mention one of them? */
static bool mentions(const ck_node *n, const unknowns *v) {
    return v != NULL && (has_free(n, v->k) || mentions(n, v->up));
}

/* Of n in these variables: 6.3. */
static int degree(const ck_node *n, const unknowns *v) {
    int a, b;

    if (n->op == CK_RAT && strcmp(n->t[0], "0") == 0) return ANY_DEGREE;
    if (!mentions(n, v)) return 0;
    switch (rows[n->op].form) {
    case 'u': return 1;
    case '+':
    case '*':
        a = degree(n->a[0], v);
        b = degree(n->a[1], v);
        if (a == NO_DEGREE || b == NO_DEGREE) return NO_DEGREE;
        if (n->op == CK_ADD) return a == b || b == ANY_DEGREE ? a : a == ANY_DEGREE ? b : NO_DEGREE;
        a = a % ANY_DEGREE + b % ANY_DEGREE; /* a factor `rat 0` counts as degree 0 */
        return a <= 1 ? a : NO_DEGREE;
    case '0': return degree(n->a[0], v);
    case 'b': return mentions(n->a[0], v) ? NO_DEGREE : degree(n->a[1], v);
    default: return NO_DEGREE;
    }
}

/* A side of an equation: of degree 1 or `rat 0`; NULL: there is none. */
static bool linear(const ck_node *n, const unknowns *v) {
    return n == NULL || degree(n, v) == 1 || degree(n, v) == ANY_DEGREE;
}

/* Is p made of what 6.3 (sol) or 6.4 allows? */
static bool homogeneous(const ck_node *p, const unknowns *v, bool sol) {
    unknowns with = {p->k, v};

    switch (p->op) {
    case CK_TRUE: return true;
    case CK_AND: return homogeneous(p->a[0], v, sol) && homogeneous(p->a[1], v, sol);
    case CK_ALL:
    case CK_ALLIN: return !mentions(p->a[0], v) && homogeneous(p->a[1], v, sol);
    case CK_EX: return sol && !mentions(p->a[0], v) && homogeneous(p->a[1], &with, sol);
    case CK_EQ:
    case CK_ZERO: return mentions(p, v) && linear(p->a[0], v) && linear(p->a[1], v);
    case CK_WITHIN: return degree(p->a[0], v) == 1 && !mentions(p->a[1], v);
    default: return false;
    }
}

bool ck_homogeneous(const ck_node *scope, long k, bool sol) {
    return homogeneous(scope, &(unknowns){k, NULL}, sol);
}
