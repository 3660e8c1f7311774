/* Certificates that no instance of a scope violates a statement: docs/search.md. */
#include <stdlib.h>

#include "check.h"

enum { MAX_SIDE = 8, MAX_DIM = 4, MAX_VECTORS = 4096, MAX_CODES = 1 << 24, MAX_ORDER = 1000000 };
enum { MAX_ENTRIES = 6, MAX_EQUATIONS = 16, MAX_ALL = 4 };

/* A context, a token, a coordinate of a dimension, or the value of an index that has one only.
   An element of the group is a signed permutation: the point gets what was at `from`. */
typedef struct {
    const char *axis; /* #X, #Y, 1, or a dimension */
    long n;           /* so many points move as one from this one on; 0: it stays or follows */
    bool more, taken, minus; /* more: a context, and there is an x.q */
    long from;
} point;

/* A space that grid vectors span: which of them, by code, it has, and its generators. */
typedef struct {
    bool *member;
    long dim, gen[MAX_DIM + 1];
} subspace;

/* A given that has codes, and its code. */
typedef struct {
    const ck_node *given;
    char kind; /* m model, v scalar vector or matrix, S subspace, e element, s set */
    long base, ncodes, code;
    ck_elements *row, *col;        /* points */
    int *digit;                    /* by the points of row and column */
    subspace *space;               /* of S, by code */
    long nvectors, power[MAX_DIM]; /* of the grid; of the digits of their codes */
} item;

/* A hypothesis with equations between two models, the earlier item first. */
typedef struct {
    const ck_root *root;
    const char *model[2];
    struct equation {
        const ck_node *side[2], *all[MAX_ALL]; /* all: the binders above, outermost first */
        long nall;
    } equation[MAX_EQUATIONS];
    long n;
    ck_map count; /* of the codes of the later model that have a key, by key */
} joining;

/* A cell, or what is known of it before it is reached. */
typedef struct {
    ck_state *claim;          /* with no instance */
    const char **dim, *query; /* names; query may be NULL */
    long radius, ndims, n, k, nchains;
    long *bound[2], *shape, chain[MAX_SIDE]; /* bound: min, max */
    joining *join;
    point *point;
    item *item;
    long njoins, npoints, nitems, nentries, order; /* entries: of v; order: of the group */
    long orbits, applicable;
} cell;

/* Digits 0, 1, 2, 3, .. stand for 0, 1, -1, 2, .. */
static int entry(long digit) { return (int)(digit % 2 == 1 ? (digit + 1) / 2 : -digit / 2); }

static int negated(int digit) { return digit == 0 ? 0 : digit % 2 == 1 ? digit + 1 : digit - 1; }

/* ---- points ---- */

/* n points that move as one, or a single one that stays. */
static void add_points(cell *c, const char *axis, long n, bool stays) {
    long places = 1;

    for (long i = 0; i < c->npoints; i++) places += c->point[i].axis == axis && c->point[i].n == n;
    c->order *= stays ? 1 : axis[0] == '#' ? places : 2 * places;
    if (c->order > MAX_ORDER) ck_stop(CK_EXIT_UNREADABLE, "out of resources: a group");
    for (long i = 0; i < n; i++) {
        point p = {.axis = axis, .more = i + 1 < n, .from = c->npoints};

        p.n = i == 0 && !stays ? n : 0;
        CK_PUSH(c->point, c->npoints, p);
    }
}

/* The points of an index, by its dimension as printed; of "model": those of a column of a model.
   False: it is a set that is given. */
static bool find_points(cell *c, const char *dim, ck_elements **out) {
    bool more = strncmp(dim, "#X/", 3) == 0, model = strcmp(dim, "model") == 0;
    const char *axis = more ? "#X" : dim;
    bool known = strcmp(axis, "#X") == 0 || strcmp(axis, "#Y") == 0;
    long size = strtol(dim, NULL, 10);

    for (long i = 0; i < c->ndims; i++) size = c->dim[i] == dim ? c->shape[i] : size;
    for (long i = 0; i < c->npoints; i++) known = known || strcmp(c->point[i].axis, dim) == 0;
    if (size > MAX_SIDE) ck_stop(CK_EXIT_UNREADABLE, "out of resources: dimension %ld", size);
    for (long i = 0; i < size && !known; i++) add_points(c, dim, 1, false);
    *out = ck_new(sizeof **out);
    for (long i = 0; i < c->npoints; i++)
        if (model ? i < c->n + c->k && i != c->n
                  : strcmp(c->point[i].axis, axis) == 0 && (!more || c->point[i].more))
            CK_PUSH((*out)->at, (*out)->n, i);
    return known || dim[0] != '#';
}

/* ---- subspaces ---- */

/* Digit i of the code of a grid vector. */
static int coordinate(const item *it, long code, long i) {
    return (int)(code / it->power[i] % it->base);
}

/* The minor of the inner products of n vectors: the rows that are not used, the columns from
   `col` on. */
static long gram(const item *it, const long *v, long n, unsigned used, long col) {
    long sum = col == n, sign = 1;

    for (long i = 0; i < n && col < n; i++) {
        long inner = 0;

        if (used >> i & 1) continue;
        for (long j = 0; j < it->row->n; j++)
            inner += entry(coordinate(it, v[i], j)) * entry(coordinate(it, v[col], j));
        sum += sign * inner * gram(it, v, n, used | 1u << i, col + 1);
        sign = -sign;
    }
    return sum;
}

/* The span of the generators joins the list, unless it has a vector before the last of them that
   the span of the others has not: then its generators are others. (Vectors are dependent iff the
   determinant of their inner products, the sum of the squares of their minors, is 0.) */
static void add_space(item *it, subspace s, const bool *others) {
    s.member = ck_new((size_t)it->nvectors);
    for (long v = 0; v < it->nvectors; v++) {
        s.gen[s.dim] = v;
        s.member[v] = gram(it, s.gen, s.dim + 1, 0, 0) == 0;
        if (s.member[v] && s.dim > 0 && v < s.gen[s.dim - 1] && !others[v]) return;
    }
    CK_PUSH(it->space, it->ncodes, s);
}

static void find_spaces(item *it) {
    it->ncodes = 0;
    it->nvectors = 1;
    for (long i = it->row->n - 1; i >= 0; i--) {
        if (it->row->n > MAX_DIM || it->nvectors * it->base > MAX_VECTORS)
            ck_stop(CK_EXIT_UNREADABLE, "out of resources: the subspaces of %s", it->given->t[0]);
        it->power[i] = it->nvectors;
        it->nvectors *= it->base;
    }
    add_space(it, (subspace){.dim = 0}, NULL);
    for (long i = 0; i < it->ncodes; i++)
        for (long v = 1; v < it->nvectors; v++) {
            subspace s = it->space[i];

            s.gen[s.dim] = v;
            if (!s.member[v] && (s.dim++ == 0 || s.gen[s.dim - 2] < v))
                add_space(it, s, it->space[i].member);
        }
}

/* ---- items ---- */

/* An item for the given, unless it is a dim or the query; false: it has no codes. */
static bool add_item(cell *c, const ck_node *g) {
    static const char from[] = "svmMStxYX", kinds[] = "vvvmSeess";
    item it = {.given = g, .base = 2 * c->radius + 1, .ncodes = 1};
    const char *row = g->t[1], *col = g->t[2];

    if (strchr(from, g->kind) == NULL) return true;
    it.kind = kinds[strchr(from, g->kind) - from];
    if (it.kind == 'm') col = "model";
    if (it.kind == 's') it.base = 2;
    if (it.kind == 's' || it.kind == 'e') row = g->kind == 't' || g->kind == 'Y' ? "#Y" : "#X";
    if (!find_points(c, row != NULL ? row : "1", &it.row) ||
        !find_points(c, col != NULL ? col : "1", &it.col) ||
        ((it.kind == 'm' || it.kind == 'S') && row[0] == '#'))
        return false;
    if (it.kind == 'v') c->nentries += it.row->n * it.col->n;
    for (long i = 0; i < it.row->n * it.col->n && it.kind != 'e' && it.kind != 'S'; i++)
        if ((it.ncodes *= it.base) > MAX_CODES)
            ck_stop(CK_EXIT_UNREADABLE, "out of resources: the codes of %s", g->t[0]);
    if (it.kind == 'e') it.ncodes = it.row->n;
    if (it.kind == 'S') find_spaces(&it);
    CK_PUSH(c->item, c->nitems, it);
    return true;
}

/* Points and items; false: the statement has no such scope. */
static bool add_items(cell *c) {
    c->order = 1;
    for (long i = 0; i < c->nchains; i++) add_points(c, "#X", c->chain[i], false);
    for (long y = 0; y < c->k; y++) add_points(c, "#Y", 1, y == 0);
    add_points(c, "1", 1, true);
    for (long i = 0; i < c->claim->s->ngivens; i++)
        if (!add_item(c, &c->claim->s->given[i])) return false;
    for (long i = 0; i < c->nitems; i++)
        c->item[i].digit = ck_new((size_t)(c->npoints * c->npoints) * sizeof(int));
    return c->nentries <= MAX_ENTRIES;
}

/* The digit at these points. */
static int *digit(const cell *c, const item *it, long row, long col) {
    return &it->digit[row * c->npoints + col];
}

/* The item has that code from now on; false: there is none. */
static bool set_code(const cell *c, item *it, long code) {
    if (code < 0 || code >= it->ncodes) return false;
    it->code = code;
    for (long i = 0; i < it->row->n && it->kind == 'S'; i++)
        for (long j = 0; j < it->space[code].dim; j++)
            *digit(c, it, it->row->at[i], it->row->at[j]) =
                coordinate(it, it->space[code].gen[j], i);
    for (long i = it->row->n - 1; i >= 0 && (it->kind == 'm' || it->kind == 'v'); i--)
        for (long j = it->col->n - 1; j >= 0; j--, code /= it->base)
            *digit(c, it, it->row->at[i], it->col->at[j]) = (int)(code % it->base);
    return true;
}

/* ---- the group ---- */

/* The grid vector that the element at hand moves to this one. */
static long source(const cell *c, const item *it, long vector) {
    long code = 0;

    for (long i = 0; i < it->row->n; i++) {
        const point *p = &c->point[it->row->at[i]];
        int d = coordinate(it, vector, i);

        code += it->power[p->from - it->row->at[0]] * (p->minus ? negated(d) : d);
    }
    return code;
}

/* The elements of an item that is an element or a set of them, as bits. */
static long bits_of(const item *it) { return it->kind == 'e' ? 1L << it->code : it->code; }

/* The image of the item under the element at hand against the item. Of two subspaces of the same
   dimension the one that has the first vector in which they differ is the smaller. */
static long compare(const cell *c, const item *it) {
    const ck_elements *row = it->row, *col = it->col;
    long d = 0;

    if (it->kind == 'S') {
        const bool *member = it->space[it->code].member;

        for (long v = 0; v < it->nvectors && d == 0; v++) d = member[v] - member[source(c, it, v)];
    } else if (it->kind == 's' || it->kind == 'e') {
        for (long i = 0; i < row->n; i++)
            d += (bits_of(it) >> (c->point[row->at[i]].from - row->at[0]) & 1) << i;
        d -= bits_of(it);
    } else
        for (long i = 0; i < row->n * col->n && d == 0; i++) {
            long r = row->at[i / col->n], s = col->at[i % col->n];
            const point *p = &c->point[r], *q = &c->point[s];
            int was = *digit(c, it, p->from, q->from);

            d = (p->minus != q->minus ? negated(was) : was) - *digit(c, it, r, s);
        }
    return d;
}

/* The number of elements of the group that fix the instance and have what is at hand for the
   points in front of p; `least` becomes false if one makes it smaller. */
static long count_fixed(cell *c, long p, bool *least) {
    point *to = c->point + p, *end = c->point + c->npoints;
    long sum = 0, d = 0;

    while (to < end && to->n == 0) to++;
    if (to == end) {
        for (long i = 0; i < c->nitems && d == 0; i++) d = compare(c, &c->item[i]);
        *least = *least && d >= 0;
        return d == 0;
    }
    for (point *from = c->point; from < end; from++) {
        if (from->taken || from->axis != to->axis || from->n != to->n) continue;
        from->taken = true;
        for (int minus = 0; minus <= (to->axis[0] != '#'); minus++) {
            for (long i = 0; i < to->n; i++) {
                to[i].from = from - c->point + i;
                to[i].minus = minus;
            }
            sum += count_fixed(c, to + 1 - c->point, least);
        }
        from->taken = false;
    }
    return sum;
}

/* ---- the instance ---- */

/* The entries of an item at these points. */
static ck_mat *entries(const cell *c, const item *it, const long *col, long cols) {
    ck_mat *m = ck_mat_new(it->row->n, cols);

    for (long i = 0; i < m->rows; i++)
        for (long j = 0; j < cols; j++)
            mpz_set_si(CK_E(m, i, j), entry(*digit(c, it, it->row->at[i], col[j])));
    return m;
}

static void enter_item(ck_state *state, const cell *c, const item *it) {
    ck_given_value *v = ck_given_find(state, it->given->t[0]);

    if (it->kind == 'S') {
        v->a = entries(c, it, it->row->at, it->space[it->code].dim);
    } else if (it->kind == 'v') {
        v->a = entries(c, it, it->col->at, it->col->n);
    } else if (it->kind == 'm') { /* the digits of the pivot are 0 */
        v->f = entries(c, it, ck_range(c->n)->at, c->n);
        v->g = entries(c, it, ck_range(c->n + c->k)->at + c->n, c->k);
    } else {
        v->set = ck_new(sizeof *v->set);
        for (long i = 0; i < it->row->n; i++)
            if (bits_of(it) >> i & 1) CK_PUSH(v->set->at, v->set->n, i);
    }
}

/* The instance at hand, under the claim. */
static void fill_state(ck_state *state, const cell *c) {
    *state = *c->claim;
    ck_given_find(state, ck_word("X"))->set = ck_range(c->n);
    ck_given_find(state, ck_word("Y"))->set = ck_range(c->k);
    for (long i = 0; i < c->ndims; i++) ck_given_find(state, c->dim[i])->d[0] = c->shape[i];
    for (long i = 0; i < c->nitems; i++) enter_item(state, c, &c->item[i]);
    if (c->query != NULL) {
        long *next = ck_new((size_t)(c->n + 1) * sizeof *next);

        for (long x = 0; x < c->n; x++) next[x] = c->point[x].more ? x + 1 : -1;
        ck_given_find(state, c->query)->next = next;
    }
}

/* ---- which hypotheses ---- */

/* Is b the term a with another model in place of the only one? */
static bool match(const ck_node *a, const ck_node *b, const char *model[2]) {
    bool good = true;

    if (a == NULL || b == NULL) return a == b;
    if (a->op == CK_F || a->op == CK_G) {
        if (model[0] == NULL) {
            model[0] = a->t[0];
            model[1] = b->t[0];
        }
        good = a->t[0] == model[0] && b->t[0] == model[1];
    } else if (a->op == CK_RAT) {
        good = a == b && strchr(a->t[0], '/') == NULL && strlen(a->t[0]) <= 4;
    } else
        good = a->t[0] == b->t[0] && (a->op == CK_VAR || a->op == CK_BASE || a->op == CK_CAT ||
                                      a->op == CK_SCALE || a->op == CK_ADD || a->op == CK_DOT);
    return good && a->op == b->op && a->k == b->k && match(a->a[0], b->a[0], model) &&
           match(a->a[1], b->a[1], model);
}

static bool is_scalar(const ck_node *n) {
    while (n->op == CK_ADD || n->op == CK_SCALE) n = n->a[n->op == CK_SCALE];
    return n->op == CK_DOT || n->op == CK_RAT;
}

/* The equations below `and` and `all`; q has the binders above. */
static void find_equations(joining *j, const ck_node *g, const ck_node *p, struct equation q) {
    const char *m[2] = {NULL, NULL};
    bool same = true;

    if (p->op == CK_AND) {
        find_equations(j, g, p->a[0], q);
        find_equations(j, g, p->a[1], q);
    } else if (p->op == CK_ALL && (p->t[0][0] == 'X' || p->t[0][0] == 'Y') &&
               (p->t[0][1] == '\0' || p->t[0][1] == '/') && q.nall < MAX_ALL) {
        q.all[q.nall++] = p;
        find_equations(j, g, p->a[1], q);
    } else if (p->op == CK_EQ && is_scalar(p->a[0]) && match(p->a[0], p->a[1], m) && m[0] != m[1]) {
        while (g->t[0] != m[0] && g->t[0] != m[1]) g++;
        for (int i = 0; i < 2; i++) { /* the earlier model first */
            int from = g->t[0] == m[0] ? i : !i;

            q.side[i] = p->a[from];
            if (j->n == 0) j->model[i] = m[from];
            same = same && j->model[i] == m[from];
        }
        if (same && j->n < MAX_EQUATIONS) j->equation[j->n++] = q;
    }
}

static void find_joins(cell *c) {
    for (long i = 0; i < c->claim->nhypotheses; i++) {
        joining j = {.root = c->claim->hypothesis[i]};
        bool taken = false;

        find_equations(&j, c->claim->s->given, j.root->node, (struct equation){.nall = 0});
        for (joining *h = c->join; h < CK_END(c->join, c->njoins); h++)
            taken = taken || h->model[1] == j.model[0] || h->model[1] == j.model[1] ||
                    h->model[0] == j.model[1];
        if (j.n > 0 && !taken) CK_PUSH(c->join, c->njoins, j);
    }
}

/* ---- keys ---- */

/* The values of that side for all values of the binders from number `i` on: integers, as the
   entries are. */
static void put_values(ck_text *key, ck_state *c, const struct equation *q, int side, long i,
                       const ck_env *env) {
    if (i == q->nall || i == MAX_ALL) {
        ck_put(key, " %s", mpz_get_str(NULL, 10, ck_value(c, q->side[side], env)->e[0]));
        return;
    }
    const ck_elements *set = ck_set(c, q->all[i]->t[0]);
    for (long x = 0; x < set->n; x++) {
        ck_env here = {.up = env, .k = q->all[i]->k, .at = set->at[x]};

        put_values(key, c, q, side, i + 1, &here);
    }
}

/* The key of one model of the join in the instance, interned. */
static const char *find_key(ck_state *c, const joining *j, int side) {
    ck_text key = {0};

    for (long i = 0; i < j->n; i++) put_values(&key, c, &j->equation[i], side, 0, NULL);
    return ck_intern(key.s != NULL ? key.s : "", key.n);
}

/* Are the keys equal? */
static bool joined(ck_state *state, const cell *c) {
    for (const joining *j = c->join; j < CK_END(c->join, c->njoins); j++)
        if (find_key(state, j, 0) != find_key(state, j, 1)) return false;
    return true;
}

/* ---- the size of the space ---- */

/* The place for the number of codes of the later model that have the key which the model on that
   side has at present. */
static void **count_of(cell *c, joining *j, int side) {
    ck_mark mark = ck_begin(CK_CASE);
    ck_state state;

    fill_state(&state, c);
    const char *key = find_key(&state, j, side);
    ck_end(mark);
    return ck_at(&j->count, &key, sizeof key);
}

/* The product over the items, in reverse order, of their numbers of codes; a code of the earlier
   model of a join counts together with those of the later one that go with it. */
static void find_size(mpz_t size, cell *c) {
    mpz_t sum, part;

    mpz_inits(sum, part, NULL);
    mpz_set_ui(size, 1);
    for (long h = 0; h < c->njoins; h++) c->join[h].count = (ck_map){0};
    for (long i = c->nitems - 1; i >= 0; i--) {
        item *it = &c->item[i];
        bool later = false;

        mpz_set_ui(sum, 0);
        for (long code = 0; code < it->ncodes; code++) {
            set_code(c, it, code);
            mpz_set_ui(part, 1);
            for (joining *j = c->join; j < CK_END(c->join, c->njoins); j++)
                if (j->model[0] == it->given->t[0]) {
                    mpz_mul_ui(part, part, (uintptr_t)*count_of(c, j, 0));
                } else if (j->model[1] == it->given->t[0]) {
                    void **count = count_of(c, j, 1);

                    *count = (void *)((uintptr_t)*count + 1);
                    later = true;
                }
            mpz_add(sum, sum, part);
        }
        if (!later) mpz_mul(size, size, sum);
    }
}

/* ---- the text ---- */

/* The numbers, each behind the character. */
static const char *text_of(const long *number, long n, char before) {
    ck_text t = {0};

    ck_put(&t, "%s", "");
    for (long i = 0; i < n; i++) ck_put(&t, "%c%ld", before, number[i]);
    return t.s;
}

static void need_line(ck_reader *r, const char *name, const char *text) {
    CK_REQUIRE(r, name, ck_line_is(r, text), "%s", text);
}

/* ---- orbits ---- */

/* `orbit STABILISER CODE ..`, the current line, and its evidence: is it applicable? The mass
   gets the elements of the orbit. */
static bool take_orbit(cell *c, bool first, mpz_t mass) {
    ck_state *k = c->claim;
    ck_reader *r = k->r;
    long said = ck_take_int(r), step = first, n = 0;
    bool good = true, least = true;
    ck_state state;

    for (; ck_more(r); n++) {
        long code = ck_take_int(r);

        good = good && n < c->nitems;
        if (good && step == 0) step = code - c->item[n].code;
        good = good && set_code(c, &c->item[n], code);
    }
    ck_mark mark = ck_begin(CK_CASE);
    if (good) fill_state(&state, c);
    CK_REQUIRE(r, "code", good && n == c->nitems && joined(&state, c), "codes of the space");
    CK_REQUIRE(r, "order", step > 0, "representatives in increasing order");
    long stabiliser = count_fixed(c, 0, &least);
    CK_REQUIRE(r, "least", least, "the least of its orbit");
    CK_REQUIRE(r, "stabiliser", said == stabiliser, "%ld elements that fix it", stabiliser);
    ck_line(r, "verdict");
    bool holds = good = ck_line_is(r, "verdict holds");
    for (long i = 0; i < k->nhypotheses; i++)
        if (ck_line_is(r, ck_internf("verdict inapplicable %s", k->hypothesis[i]->name))) {
            state.hypothesis = &k->hypothesis[i];
            state.nhypotheses = 1;
            good = true;
        }
    CK_REQUIRE(r, "orbit-verdict", good, "holds, or one false hypothesis");
    ck_take_verdict(&state);
    ck_end(mark);
    mpz_add_ui(mass, mass, (unsigned long)(c->order / stabiliser));
    return holds;
}

/* ---- cells ---- */

/* The cell at hand; its first line is the current one. */
static void check_cell(cell *all) {
    cell here = *all, *c = &here;
    ck_reader *r = c->claim->r;
    long orbits = 0, applicable = 0;
    mpz_t size, mass;

    c->n = c->shape[c->ndims];
    c->k = c->shape[c->ndims + 1];
    need_line(r, ck_first(r, "join") ? "join" : "cell",
              ck_internf("shape%s", text_of(c->shape, c->ndims + 2, ' ')));
    ck_next_line(r);
    need_line(r, "cell", ck_internf("chains%s", text_of(c->chain, c->nchains, ' ')));
    CK_REQUIRE(r, "scope", add_items(c), "a statement with scopes");
    mpz_inits(size, mass, NULL);
    find_size(size, c);
    ck_line(r, "space");
    need_line(r, "space", ck_internf("space %s", mpz_get_str(NULL, 10, size)));
    ck_line(r, "group");
    need_line(r, "group", ck_internf("group %ld", c->order));
    for (ck_next_line(r); ck_first(r, "orbit"); orbits++)
        applicable += take_orbit(c, orbits == 0, mass);
    bool good = mpz_cmp(mass, size) == 0 || !ck_first(r, "sum");
    CK_REQUIRE(r, "mass", good, "orbits that make up the space");
    need_line(r, ck_first(r, "sum") ? "sum" : "claims",
              ck_internf("sum %ld %ld", orbits, applicable));
    ck_next_line(r);
    all->orbits += orbits;
    all->applicable += applicable;
}

/* The chains of that many contexts more, the longer first, behind those at hand. */
static void check_chains(cell *c, long contexts) {
    long *next = &c->chain[c->nchains], most = c->query != NULL ? contexts : 1;

    if (contexts == 0) {
        check_cell(c);
        return;
    }
    if (c->nchains > 0 && most > next[-1]) most = next[-1];
    c->nchains++;
    for (*next = most; *next > 0; --*next) check_chains(c, contexts - *next);
    c->nchains--;
}

/* Shapes with the components at hand in front of number i, whose others have this sum. */
static void check_shapes(cell *c, long i, long sum) {
    long *size = &c->shape[i];

    if (i == c->ndims + 2) {
        if (sum == 0) check_chains(c, c->shape[c->ndims]);
        return;
    }
    for (*size = c->bound[0][i]; *size <= c->bound[1][i] && *size <= sum; ++*size)
        check_shapes(c, i + 1, sum - *size);
}

/* ---- the head ---- */

/* The bounds; do they fit the statement? */
static bool take_bounds(cell *c) {
    const ck_statement *s = c->claim->s;
    ck_reader *r = c->claim->r;
    bool good = true;

    for (const ck_node *g = s->given; g < CK_END(s->given, s->ngivens); g++)
        if (g->kind == 'd') {
            CK_PUSH(c->dim, c->ndims, g->t[0]);
        } else if (g->kind == 'q') {
            good = c->query == NULL;
            c->query = g->t[0];
        }
    for (int i = 0; i < 2; i++) {
        long n = 0;

        ck_line(r, i == 0 ? "min" : "max");
        while (ck_more(r)) {
            long size = ck_take_count(r);

            if (size > MAX_SIDE) ck_stop(CK_EXIT_UNREADABLE, "out of resources: size %ld", size);
            CK_PUSH(c->bound[i], n, size);
        }
        good = good && n == c->ndims + 2;
    }
    good = good && c->bound[0][c->ndims + 1] >= 1;
    for (long i = 0; i < c->ndims + 2 && good; i++) good = c->bound[0][i] <= c->bound[1][i];
    return good;
}

void ck_certify(ck_state *k, ck_text *said) {
    cell c = {.claim = k};
    ck_reader *r = k->r;

    c.radius = ck_take_count(r);
    CK_REQUIRE(r, "scope", take_bounds(&c), "bounds that fit the statement, one query at most");
    find_joins(&c);
    for (joining *j = c.join; j < CK_END(c.join, c.njoins); j++) {
        ck_next_line(r);
        need_line(r, "join", ck_internf("join %s %s %s", j->root->name, j->model[0], j->model[1]));
    }
    ck_next_line(r);
    long n = c.ndims + 2;
    c.shape = ck_new((size_t)n * sizeof *c.shape);
    for (long sum = 0; sum <= n * MAX_SIDE; sum++) check_shapes(&c, 0, sum);
    need_line(r, "cell", "end");
    CK_REQUIRE(r, "vacuous", c.applicable > 0, "an orbit that is applicable");
    ck_put(said,
           "accepted: none in scope: %s, grid %ld, shapes (%s) to (%s), %ld orbits, "
           "%ld applicable\n",
           k->words.s, c.radius, text_of(c.bound[0], n, ',') + 1, text_of(c.bound[1], n, ',') + 1,
           c.orbits, c.applicable);
}
