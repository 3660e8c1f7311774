/* Items, their codes, the group that moves them: docs/search.md, sections 1, 2, 3 and 5. */
#include <stdlib.h>

#include "scope.h"

enum { MAX_CODES = 1 << 24 };

/* 0, 1, -1, 2, .. for 0, 1, 2, 3, .. */
static int entry(int digit) { return digit % 2 == 1 ? (digit + 1) / 2 : -digit / 2; }

static int negated(int digit) { return digit == 0 ? 0 : digit % 2 == 1 ? digit + 1 : digit - 1; }

/* ---- items ---- */

static ck_axis *new_axis(ck_cell *c, const char *name, long size) {
    CK_ASSERT(c->naxes < CK_MAX_AXES);
    c->axis[c->naxes].name = name;
    c->axis[c->naxes].size = size;
    return &c->axis[c->naxes++];
}

/* The axis of a dimension as printed; NULL: it is indexed by a set that is given. */
static ck_axis *axis_of(ck_cell *c, const char *dim) {
    ck_axis *a = &c->axis[CK_X];

    if (dim == NULL || strcmp(dim, "1") == 0) return &c->axis[CK_ONE];
    if (dim[0] == '#') dim = strncmp(dim, "#X/", 3) == 0 ? "#X/" : dim;
    while (a < &c->axis[c->naxes] && (a->name == NULL || strcmp(a->name, dim) != 0)) a++;
    if (a == &c->axis[c->naxes]) a = dim[0] == '#' ? NULL : new_axis(c, dim, strtol(dim, NULL, 10));
    if (a != NULL) a->used = true;
    return a;
}

bool ck_cell_items(ck_cell *c) {
    const char *const names[] = {"#X", "#Y", NULL, NULL, NULL, "#X/", NULL};
    const long sizes[] = {c->n, c->k, c->n + c->k - 1, c->n, c->k, c->n - c->nchains, 1};
    long entries = 0;

    for (long i = 0, x = 0; i < c->nchains; i++)
        for (long j = 0; j < c->chain[i]; j++, x++) c->more[x] = j + 1 < c->chain[i];
    for (long i = 0; i < CK_DIMS; i++) new_axis(c, names[i], sizes[i]);
    for (long i = 0, d = 0; i < c->s->ngivens; i++)
        if (strcmp(c->s->given[i].sort, "dim") == 0)
            new_axis(c, c->s->given[i].name, c->shape[d++]);
    for (long i = 0; i < c->s->ngivens; i++) {
        const ck_given *g = &c->s->given[i];
        bool model = strcmp(g->sort, "model") == 0, set = g->sort[strlen(g->sort) - 1] == 's';
        ck_axis *elements = &c->axis[g->sort[0] == 't' ? CK_Y : CK_X];
        ck_code it = {.given = g,
                      .kind = 'v',
                      .base = 2 * c->radius + 1,
                      .axis = {axis_of(c, g->d[0]), axis_of(c, g->d[1])}};

        if (strcmp(g->sort, "dim") == 0 || strcmp(g->sort, "query") == 0) continue;
        if (model || strcmp(g->sort, "subspace") == 0) {
            it.kind = model ? 'm' : 'S';
            it.axis[1] = g->d[0][0] == '#' ? NULL : &c->axis[model ? CK_POSITIONS : CK_ONE];
        } else if (g->sort[0] == 't' || g->sort[0] == 'c') {
            it.kind = set ? 's' : 'e';
            it.base = set ? 2 : elements->size;
            it.axis[0] = set ? elements + CK_XBITS : elements;
        }
        if (it.axis[0] == NULL || it.axis[1] == NULL) return false;
        it.n = it.kind == 'S' || it.kind == 'e' ? 1 : it.axis[0]->size * it.axis[1]->size;
        entries += it.kind == 'v' ? it.n : 0;
        for (long j = 0, codes = 1; j < it.n && it.kind != 'S'; j++)
            if ((codes *= it.base) > MAX_CODES)
                ck_stop(CK_EXIT_UNREADABLE, "out of resources: the codes of %s", g->name);
        it.digit = ck_new((size_t)(it.n + 1) * sizeof *it.digit);
        it.last = ck_new((size_t)(it.n + 1) * sizeof *it.last);
        CK_PUSH(c->item, c->nitems, it);
    }
    return entries <= 6;
}

bool ck_code_decode(ck_code *item, mpz_t code) {
    for (long i = item->n - 1; i >= 0 && item->base > 0; i--)
        item->digit[i] = (int)mpz_fdiv_q_ui(code, code, (unsigned long)item->base);
    return item->base > 0 && mpz_sgn(code) == 0;
}

/* ---- subspaces ---- */

typedef struct {
    long base, e;
    long vector[CK_MAX_SIDE + 1];
} columns;

static int coordinate(const columns *m, long code, long i) {
    for (long j = m->e - 1; j > i; j--) code /= m->base;
    return entry((int)(code % m->base));
}

/* The minor of these rows and the columns from `col` to n, by its first column; 0 if it is not
   square. */
static long minor_of(const columns *m, unsigned rows, long col, long n) {
    long sum = col == n && rows == 0, sign = 1;

    for (long i = 0; i < m->e && col < n; i++)
        if (rows >> i & 1) {
            sum += sign * coordinate(m, m->vector[col], i) *
                   minor_of(m, rows & ~(1u << i), col + 1, n);
            sign = -sign;
        }
    return sum;
}

/* Are all minors of the n columns 0? */
static bool dependent(const columns *m, long n) {
    for (unsigned rows = 0; rows < 1u << m->e; rows++)
        if (minor_of(m, rows, 0, n) != 0) return false;
    return true;
}

/* The span of these generators joins the list, unless it is there. */
static void add_space(ck_spaces *l, const columns *m, long dim) {
    struct ck_space s = {.members = ck_new((size_t)l->vectors), .dim = dim};
    columns with = *m;
    void **at;

    for (with.vector[dim] = 0; with.vector[dim] < l->vectors; with.vector[dim]++)
        s.members[with.vector[dim]] = dependent(&with, dim + 1);
    at = ck_at(&l->number, s.members, (size_t)l->vectors);
    if (*at == NULL) {
        memcpy(s.gen, m->vector, sizeof s.gen);
        *at = (void *)(intptr_t)(l->n + 1);
        CK_PUSH(l->space, l->n, s);
    }
}

/* Those of dimension d + 1 come from those of dimension d by a vector behind their generators:
   the first list of generators that is found is the greedy one. */
static void find_spaces(ck_code *it) {
    columns m = {it->base, it->axis[0]->size, {0}};
    ck_spaces *l = &it->spaces;

    l->vectors = 1;
    for (long i = 0; i < m.e && l->vectors < 5000; i++) l->vectors *= m.base;
    if (m.e > 4 || l->vectors >= 5000)
        ck_stop(CK_EXIT_UNREADABLE, "out of resources: the subspaces of a scope");
    add_space(l, &m, 0);
    for (long i = 0; i < l->n; i++) {
        long dim = l->space[i].dim;

        memcpy(m.vector, l->space[i].gen, sizeof l->space[i].gen);
        for (long v = dim > 0 ? m.vector[dim - 1] + 1 : 1; v < l->vectors; v++)
            if (l->space[i].members[v] == 0) {
                m.vector[dim] = v;
                add_space(l, &m, dim + 1);
            }
    }
}

/* ---- the group ---- */

typedef struct {
    ck_axis *axis;
    const long *len; /* of blocks that move as one; only those of equal length can change places */
    long n, fixed;   /* the first `fixed` blocks stay */
    bool signs;
    ck_move m;
} mover;

/* All moves that agree with m in front of block b, which starts at `start`. */
static void find_moves(mover *x, long b, long start, unsigned used) {
    if (b == x->n) {
        CK_PUSH(x->axis->all, x->axis->n, x->m);
        return;
    }
    for (long c = 0, from = 0; c < x->n; from += x->len[c++])
        for (int minus = 0; minus <= x->signs; minus++) {
            if ((used >> c & 1) || x->len[c] != x->len[b] ||
                (c != b && (c < x->fixed || b < x->fixed)))
                continue;
            for (long j = 0; j < x->len[b]; j++) {
                x->m.from[start + j] = (unsigned char)(from + j);
                x->m.minus[start + j] = minus;
            }
            find_moves(x, b + 1, start + x->len[b], used | 1u << c);
        }
}

/* The moves of subspaces: their members move. */
static void find_images(ck_code *it) {
    columns m = {it->base, it->axis[0]->size, {0}};
    const ck_axis *a = it->axis[0];
    ck_spaces *l = &it->spaces;
    char *moved = ck_new((size_t)l->vectors);
    long to;

    it->image = ck_new((size_t)(a->n * l->n) * sizeof *it->image);
    for (long g = 0; g < a->n; g++)
        for (long s = 0; s < l->n; s++) {
            for (long v = 0; v < l->vectors; v++) {
                to = 0;
                for (long i = 0; i < m.e; i++) {
                    int x = coordinate(&m, v, a->all[g].from[i]) * (a->all[g].minus[i] ? -1 : 1);

                    to = to * m.base + (x > 0 ? 2 * x - 1 : -2 * x);
                }
                moved[to] = l->space[s].members[v];
            }
            it->image[g * l->n + s] =
                (int)(intptr_t)*ck_at(&l->number, moved, (size_t)l->vectors) - 1;
            CK_ASSERT(it->image[g * l->n + s] >= 0);
        }
}

void ck_cell_group(ck_cell *c, mpz_t order) {
    static const long single[CK_MAX_SIDE] = {1, 1, 1, 1, 1, 1, 1, 1};

    mpz_set_ui(order, 1);
    for (long i = 0; i < c->naxes; i++) {
        ck_axis *a = &c->axis[i];
        mover x = {.axis = a, .len = single, .n = a->size, .fixed = i == CK_Y};

        x.signs = i >= CK_DIMS;
        if (i == CK_X) {
            x.len = c->chain;
            x.n = c->nchains;
        }
        if (i < CK_ONE ? i != CK_X && i != CK_Y : i > CK_ONE && !a->used)
            continue; /* it follows from those, or moves nothing */
        find_moves(&x, 0, 0, 0);
        mpz_mul_ui(order, order, (unsigned long)a->n);
    }
    for (long i = 0; i < c->nitems; i++)
        if (c->item[i].kind == 'S') {
            find_spaces(&c->item[i]);
            find_images(&c->item[i]);
            c->item[i].base = c->item[i].spaces.n;
        }
}

/* The moves that follow from those of contexts and tokens. */
static void derive(ck_cell *c) {
    const ck_axis *x = &c->axis[CK_X], *y = &c->axis[CK_Y];
    unsigned char *p = c->axis[CK_POSITIONS].now.from, before[CK_MAX_SIDE + 1] = {0};

    for (long i = 0; i < c->n; i++) before[i + 1] = (unsigned char)(before[i] + c->more[i]);
    for (long i = 0; i < c->n; i++) {
        p[i] = x->now.from[i];
        c->axis[CK_XBITS].now.from[c->n - 1 - i] = (unsigned char)(c->n - 1 - p[i]);
        if (c->more[i]) c->axis[CK_XQ].now.from[before[i]] = before[p[i]];
    }
    for (long i = 0; i < c->k; i++) {
        if (i > 0) p[c->n + i - 1] = (unsigned char)(c->n + y->now.from[i] - 1);
        c->axis[CK_YBITS].now.from[c->k - 1 - i] = (unsigned char)(c->k - 1 - y->now.from[i]);
    }
}

/* The image of the item under the element at hand against the item. */
static int compare(const ck_code *it) {
    const ck_move *row = &it->axis[0]->now, *col = &it->axis[1]->now;
    long cols = it->axis[1]->size;
    int d = 0, at = it->digit[0];

    if (it->kind == 'S') return it->image[it->axis[0]->at * it->base + at] - at;
    if (it->kind == 'e') {
        while (row->from[d] != at) d++;
        return d - at;
    }
    for (long i = 0, k = 0; k < it->n && d == 0; i++)
        for (long j = 0; j < cols && d == 0; j++, k++) {
            at = it->digit[row->from[i] * cols + col->from[j]];
            d = (row->minus[i] != col->minus[j] ? negated(at) : at) - it->digit[k];
        }
    return d;
}

/* Runs through all elements with the choices made for the axes before number i. */
static long count_fixed(ck_cell *c, long i, bool *least) {
    long sum = 0;
    int d = 0;

    while (i < c->naxes && c->axis[i].n == 0) i++;
    if (i == CK_ONE) derive(c);
    if (i == c->naxes) {
        for (long k = 0; k < c->nitems && d == 0; k++) d = compare(&c->item[k]);
        *least = *least && d >= 0;
        return d == 0;
    }
    for (c->axis[i].at = 0; c->axis[i].at < c->axis[i].n; c->axis[i].at++) {
        c->axis[i].now = c->axis[i].all[c->axis[i].at];
        sum += count_fixed(c, i + 1, least);
    }
    return sum;
}

long ck_cell_stabiliser(ck_cell *c, bool *least) {
    *least = true;
    return count_fixed(c, 0, least);
}

/* ---- the instance ---- */

static void put_entries(ck_text *out, const char *word, const int *digit, long n, long step) {
    ck_put(out, "%s", word);
    for (long i = 0; i < n; i++) ck_put(out, " %d", digit != NULL ? entry(digit[i * step]) : 0);
    ck_put(out, "\n");
}

static void put_model(ck_text *out, const ck_cell *c, const ck_code *it) {
    long e = it->axis[0]->size, p = c->axis[CK_POSITIONS].size;

    for (long x = 0; x < c->n; x++) put_entries(out, ck_internf("f x%ld", x), it->digit + x, e, p);
    for (long y = 0; y < c->k; y++)
        put_entries(out, ck_internf("g %c", (char)('a' + y)),
                    y > 0 ? it->digit + c->n + y - 1 : NULL, e, p);
}

static void put_item(ck_text *out, const ck_cell *c, const ck_code *it) {
    const char *name = it->given->name, *sort = it->given->sort;
    long rows = it->axis[0]->size, cols = it->axis[1]->size, in = it->digit[0];
    bool token = sort[0] == 't';

    if (it->kind == 'm') {
        ck_put(out, "model %s %ld\n", name, rows);
        put_model(out, c, it);
    } else if (it->kind == 'v' && sort[0] == 's') {
        put_entries(out, ck_internf("scalar %s", name), it->digit, 1, 1);
    } else if (it->kind == 'v' && sort[0] == 'v') {
        ck_put(out, "vector %s %ld\n", name, rows);
        put_entries(out, "row", it->digit, rows, 1);
    } else if (it->kind == 'v') {
        ck_put(out, "matrix %s %ld %ld\n", name, rows, cols);
        for (long i = 0; i < rows; i++) put_entries(out, "row", it->digit + i * cols, cols, 1);
    } else if (it->kind == 'S') {
        columns m = {2 * c->radius + 1, rows, {0}};

        ck_put(out, "subspace %s %ld\n", name, rows);
        for (long g = 0; g < it->spaces.space[in].dim; g++) {
            ck_put(out, "gen");
            for (long i = 0; i < rows; i++)
                ck_put(out, " %d", coordinate(&m, it->spaces.space[in].gen[g], i));
            ck_put(out, "\n");
        }
    } else if (it->kind == 'e') {
        ck_put(out, token ? "token %s %c\n" : "context %s = x%c\n", name,
               (char)((token ? 'a' : '0') + in));
    } else {
        ck_put(out, "%sset %s", token ? "token" : "context", name);
        for (long i = 0; i < rows; i++)
            if (it->digit[rows - 1 - i] != 0)
                ck_put(out, token ? " %c" : " x%c", (char)((token ? 'a' : '0') + i));
        ck_put(out, "\n");
    }
}

void ck_cell_state(ck_state *state, ck_state *k, const ck_cell *c) {
    long d = 0, length = -1, x = 0;
    ck_text out = {0};
    ck_reader r;

    ck_put(&out, "aoni 1\ntokens");
    for (long y = 0; y < c->k; y++) ck_put(&out, " %c", (char)('a' + y));
    ck_put(&out, "\nbase a\n");
    for (long i = 0; i < c->nchains; i++)
        for (long j = 0; j < c->chain[i]; j++) {
            long as = c->k > 1 ? i + 1 : (length += j > 0 ? 1 : 2);

            ck_put(&out, "context x%ld", x++);
            for (long a = 0; a < as; a++) ck_put(&out, " a");
            for (long b = 0; b < j && c->k > 1; b++) ck_put(&out, " b");
            ck_put(&out, "\n");
        }
    for (long i = 0; i < c->s->ngivens; i++)
        if (strcmp(c->s->given[i].sort, "dim") == 0)
            ck_put(&out, "dim %s %ld\n", c->s->given[i].name, c->shape[d++]);
    for (long i = 0; i < c->nitems; i++) put_item(&out, c, &c->item[i]);
    if (c->query != NULL) ck_put(&out, "query %s %s\n", c->query, c->k > 1 ? "b" : "a");
    ck_put(&out, "end\n");
    *state = *k;
    state->r = &r;
    ck_live = NULL;
    r = (ck_reader){.pos = out.s, .file_end = out.s + out.n, .slug = "syntax"};
    ck_next_line(&r);
    ck_instance_read(state);
    state->r = k->r;
}
