/* Nodes of the core, what may be made of them, and how they are printed: language.md, 5 to 7. */
#include "elab.h"

enum { MAX_TREE = 1000000, MAX_DEPTH = 5000 };

/*
 * By operation:
 *
 * print   its arguments: k number, n name, # dimension, D domain, 0 and 1 nodes
 * type    its kind: a letter, 0 or 1 that of the argument, T of its transpose, ? given; and its
 *         dimensions: n d e are t[0] t[1] t[2], a A the dimensions of a[0], b B those of a[1]
 * degree  in linear unknowns: u is one, + equal ones, * their sum, 0 that of the argument; where
 *         evaluation takes facts or much time: b its body's, the space has none, q and & the same of
 *         formulas, w that of what lies in a space that has none, h none; - none
 */
static const struct {
    const char *name, *print, *type;
    char degree;
} rows[] = {{"var", "k", "?de", '-'},    {"base", "", "t", '-'},      {"par", "n", "?de", '-'},
            {"cat", "0n", "x", '-'},     {"rat", "n", "s", '-'},      {"size", "#", "s", '-'},
            {"f", "n0", "vd", '-'},      {"g", "n0", "vd", '-'},      {"add", "01", "0aA", '+'},
            {"scale", "01", "1bB", '*'}, {"mul", "01", "1aB", '*'},   {"dot", "01", "s", '*'},
            {"tr", "0", "TAa", '0'},     {"idx", "01", "s", '0'},     {"id", "#", "mnn", '-'},
            {"sum", "kn1", "1bB", 'b'},  {"cols", "kn1", "1bB", 'b'}, {"proj", "01", "1bB", 'b'},
            {"dim", "0", "s", 'h'},      {"gens", "0", "ma", 'h'},    {"span", "0", "Sa", 'h'},
            {"join", "01", "Sa", 'h'},   {"sol", "kD1", "Sd", 'h'},   {"unk", "k", "?de", 'u'},
            {"vec", "k", "?de", 'u'},    {"true", "", "f", '-'},      {"eq", "01", "f", '+'},
            {"zero", "0", "f", '0'},     {"le", "01", "f", '-'},      {"lt", "01", "f", '-'},
            {"same", "01", "f", '-'},    {"within", "01", "f", 'w'},  {"not", "0", "f", '-'},
            {"and", "01", "f", '&'},     {"or", "01", "f", 'h'},      {"all", "kn1", "f", 'q'},
            {"any", "kn1", "f", 'h'},    {"allin", "k01", "f", 'q'},  {"ex", "kD1", "f", 'q'},
            {"sort", "", "?de", '-'}};

/* ---- where unknowns may stand: 6.2 to 6.4 ---- */

enum { UNKNOWNS = -1 };

/* Does n, which may be NULL, mention the variable k, or any linear unknown? */
static bool mentions(const ck_node *n, long k) {
    for (long i = 0; n != NULL && i < n->nfree; i++)
        if (k == UNKNOWNS ? n->free[i]->op == CK_UNK : n->free[i]->k == k) return true;
    return false;
}

/* Is k mentioned in an `ex` or `allin` under an odd number of `not`? */
static bool alternates(const ck_node *n, long k, bool odd) {
    if (!mentions(n, k)) return false;
    if (odd && (n->op == CK_EX || n->op == CK_ALLIN)) return true;
    odd = odd != (n->op == CK_NOT);
    return alternates(n->a[0], k, odd) || alternates(n->a[1], k, odd);
}

/* From NO_DEGREE on there is none. */
enum { ANY_DEGREE = -1, NO_DEGREE = 2 };

/* The degree in the variable k of `allin`, or in the unknowns of `sol`; of a formula that is made of
   what 6.3 and 6.4 allow it is 1, of `true` any. */
static long degree(const ck_node *n, long k) {
    char form = rows[n->op].degree;

    if (n->op == CK_TRUE || (n->op == CK_RAT && strcmp(n->t[0], "0") == 0)) return ANY_DEGREE;
    if (form != '&' && form != 'q' && !mentions(n, k)) return 0;
    if (form == '-' || form == 'h' || (n->op == CK_EX && k != UNKNOWNS)) return NO_DEGREE;
    if (form == 'u') return 1;
    if (form == '0') return degree(n->a[0], k);
    if (form == 'w' || form == 'b' || form == 'q') {
        int in = form == 'w' ? 0 : 1; /* the space or set has to be known */

        return mentions(n->a[1 - in], k) ? NO_DEGREE : degree(n->a[in], k);
    }

    long a = degree(n->a[0], k), b = degree(n->a[1], k);

    if (form == '*') return (a == ANY_DEGREE ? 0 : a) + (b == ANY_DEGREE ? 0 : b);
    return a == b || b == ANY_DEGREE ? a : a == ANY_DEGREE ? b : NO_DEGREE;
}

/* The binder n of an unknown is as 6.2 to 6.4 want it. */
static void check_binder(const ck_core *c, const ck_node *n) {
    bool sol = n->op == CK_SOL;
    long d = n->op == CK_EX ? 1 : degree(n->a[1], sol ? UNKNOWNS : n->k);

    if (mentions(sol ? n : n->a[0], UNKNOWNS) ||
        (n->op != CK_ALLIN && alternates(n->a[1], n->k, false)))
        ck_error(c->at, "alternation", "an unknown is mentioned where it may not be");
    if (d != 1 && d != ANY_DEGREE)
        ck_error(c->at, "homogeneous", "not homogeneous linear in the bound vector");
}

/* ---- making them ---- */

/* Enters a variable in increasing order. */
static void note_free(ck_node *n, const ck_node *v) {
    long i = n->nfree;

    if (mentions(n, v->k)) return;
    CK_PUSH(n->free, n->nfree, v);
    for (; i > 0 && n->free[i - 1]->k > v->k; i--) n->free[i] = n->free[i - 1];
    n->free[i] = v;
}

/* Kind and dimensions. */
static void give_type(ck_node *n) {
    static const ck_node none;
    const ck_node *a = n->a[0] != NULL ? n->a[0] : &none, *b = n->a[1] != NULL ? n->a[1] : &none;
    const char *from[] = {n->t[0], n->t[1], n->t[2], a->d[0], a->d[1], b->d[0], b->d[1]};
    const char *letters = "ndeaAbB", *type = rows[n->op].type;

    if (type[0] == 'T')
        n->kind = a->kind == 's' ? 's' : 'm';
    else if (type[0] != '?')
        n->kind = type[0] == '0' ? a->kind : type[0] == '1' ? b->kind : type[0];
    for (int i = 0; type[1 + i] != '\0'; i++)
        n->d[i] = from[strchr(letters, type[1 + i]) - letters];
    if (n->kind == 'v' || n->kind == 'S') n->d[1] = ck_intern("1", 1); /* of a column in it */
    if (n->kind == 'X' || n->kind == 'Y') n->d[0] = ck_internf("#%s", n->t[0]);
    if (n->op == CK_CAT && a->set != NULL) n->set = a->set->a[0]; /* x is in S/q */
}

/* Whatever else is known of a node from its arguments. */
static void measure(ck_core *c, ck_node *n) {
    const char *print = rows[n->op].print;

    n->size = n->depth = 1;
    n->top = n->id = -1;
    n->nfree = 0;
    n->heavy = strchr("bqw&h", rows[n->op].degree) != NULL;
    for (int i = 0; i < 2; i++) {
        const ck_node *a = n->a[i];

        if (a == NULL) continue;
        n->heavy = n->heavy || a->heavy;
        n->size += a->size;
        if (a->depth >= n->depth) n->depth = a->depth + 1;
        if (a->top > n->top) n->top = a->top;
        for (long j = 0; j < a->nfree; j++)
            if (i == 0 || a->free[j]->k != n->k) note_free(n, a->free[j]);
    }
    if (strcmp(print, "k") == 0) {
        note_free(n, n);
    } else if (print[0] == 'k') {
        long number = n->a[1]->top + 1;

        if (number > n->top) n->top = number;
        *ck_at(&c->nodes, &n->k, sizeof n->k) = (void *)number;
    }
    if (c->at == NULL) return;
    if (n->size > MAX_TREE || n->depth > MAX_DEPTH)
        ck_error(c->at, "expansion", "a formula is too large");
    if (n->op == CK_SOL || n->op == CK_EX || n->op == CK_ALLIN) check_binder(c, n);
}

/* The node for two operands. */
static const ck_node *pair(ck_core *c, ck_op op, const ck_node *a, const ck_node *b) {
    return ck_make(c, (ck_node){.op = op, .a = {a, b}});
}

const ck_node *ck_make(ck_core *c, ck_node n) {
    const ck_node *a = n.a[0], *b = n.a[1];

    if (n.op == CK_NOT && a->op == CK_NOT) return a->a[0];
    while (n.op == CK_WITHIN && a->op == CK_GENS && a->a[0]->op == CK_SPAN)
        n.a[0] = a = a->a[0]->a[0];
    if (n.op == CK_MUL) {
        if (a->op == CK_ID) return b;
        if (b->op == CK_ID) return a;
        if (b->op == CK_SCALE && a->op != CK_SCALE)
            return pair(c, CK_SCALE, b->a[0], pair(c, CK_MUL, a, b->a[1]));
        if (a->op == CK_SCALE || a->op == CK_MUL || a->op == CK_PROJ)
            return pair(c, a->op, a->a[0], pair(c, CK_MUL, a->a[1], b));
    }
    if (rows[n.op].print[0] != 'k') n.k = -1;

    const void *key[] = {
        (void *)((intptr_t)n.op << 8 | n.kind), (void *)n.k, n.t[0], n.t[1], n.t[2], a, b};
    void **at = ck_at(&c->nodes, key, sizeof key);

    if (*at == NULL) {
        *at = memcpy(ck_new(sizeof n), &n, sizeof n);
        give_type(*at);
        measure(c, *at);
    }
    return *at;
}

const ck_node *ck_variable(ck_core *c, ck_op op, const ck_node *over) {
    bool set = over->kind == 'X' || over->kind == 'Y', vec = op == CK_ALLIN && over->kind == 'S';
    ck_node n = {set ? CK_VAR : vec ? CK_VEC : CK_UNK, .k = c->fresh++, .set = over};

    n.kind = over->kind == 'X' ? 'x' : set ? 't' : over->kind == 'S' ? 'v' : over->kind;
    if (!set) memcpy(n.t + 1, over->d, sizeof over->d);
    return ck_make(c, n);
}

const ck_node *ck_bind(ck_core *c, ck_op op, const ck_node *var, const ck_node *scope) {
    const ck_node *over = var->set;
    ck_node n = {op, .k = var->k, .t = {"in", over->d[0]}, .a = {over, scope}};

    if (op == CK_ALLIN && over->op == CK_SORT) /* not exists not */
        return pair(c, CK_NOT, ck_bind(c, CK_EX, var, pair(c, CK_NOT, scope, NULL)), NULL);
    if (over->kind == 'S') return ck_make(c, n);
    memcpy(n.t, over->t, sizeof n.t);
    n.a[0] = NULL;
    return ck_make(c, n);
}

/* The next word of a form. */
static const char *next_word(const char **form) {
    size_t n = strcspn(*form, " ;");
    const char *word = ck_intern(*form, n);

    *form += n + ((*form)[n] == ' ');
    return word;
}

const ck_node *ck_build(ck_core *c, const char **form, const ck_node *a, const ck_node *b,
                        const ck_node *unk) {
    const char *word = next_word(form);
    ck_node n = {0};

    if (strcmp(word, "a") == 0) return a;
    if (strcmp(word, "b") == 0) return b;
    if (strcmp(word, "unk") == 0) return unk;
    if (strcmp(word, "vector") == 0)
        return ck_make(
            c, (ck_node){CK_SORT, .kind = 'v', .t = {word, ck_build(c, form, a, b, unk)->d[0]}});
    while (strcmp(rows[n.op].name, word) != 0) n.op++;
    if (n.op == CK_SOL) {
        const ck_node *var = ck_variable(c, CK_SOL, ck_build(c, form, a, b, unk));

        return ck_bind(c, CK_SOL, var, ck_build(c, form, a, b, var));
    }
    for (const char *arg = rows[n.op].print; *arg != '\0'; arg++) {
        if (*arg == '0' || *arg == '1') {
            n.a[*arg - '0'] = ck_build(c, form, a, b, unk);
        } else {
            const char *name = next_word(form);
            const ck_node *of = name[0] == 'a' ? a : name[0] == 'b' ? b : NULL;

            n.t[0] = of == NULL ? name : *arg == '#' && of->d[0] != NULL ? of->d[0] : of->t[0];
            if (of != NULL && *arg == 'n') n.t[1] = of->d[0];
        }
    }
    return ck_make(c, n);
}

/* ---- as printed: 5.2 and 7 ---- */

const ck_node *ck_finish(ck_core *c, ck_core *to, const ck_node *n) {
    void **done = ck_at(&to->nodes, &n, sizeof n); /* keys of nodes are longer */

    if (*done != NULL) return *done;

    ck_node copy = *n;

    for (int i = 0; i < 2; i++)
        if (n->a[i] != NULL) copy.a[i] = ck_finish(c, to, n->a[i]);
    if (n->k >= 0) copy.k = (long)*ck_at(&c->nodes, &n->k, sizeof n->k);

    ck_node *made = *done = (ck_node *)ck_make(to, copy);

    if (made->id < 0) {
        made->id = to->norder;
        CK_PUSH(to->order, to->norder, made);
    }
    return made;
}

void ck_print_sort(ck_text *out, const ck_node *n) {
    for (int i = 0; i < 3 && n->t[i] != NULL; i++) ck_put(out, " %s", n->t[i]);
}

void ck_print_node(ck_text *out, const ck_node *n) {
    ck_put(out, "node %ld %s", n->id, rows[n->op].name);
    for (const char *arg = rows[n->op].print; *arg != '\0'; arg++) {
        bool sort = *arg == 'D' && n->a[0] == NULL;

        if (*arg == 'k') ck_put(out, " %ld", n->k);
        if (*arg == 'n' || *arg == '#' || (*arg == 'D' && !sort)) ck_put(out, " %s", n->t[0]);
        if (sort) ck_print_sort(out, n);
        if (*arg == '0' || (*arg == 'D' && !sort)) ck_put(out, " %%%ld", n->a[0]->id);
        if (*arg == '1') ck_put(out, " %%%ld", n->a[1]->id);
    }
    ck_put(out, "\n");
}
