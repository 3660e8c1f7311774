/*
 * Signed permutations of a space, and how they move its subspaces; the permutations of
 * contexts and tokens; the action on codes (docs/search.md, 3).
 */
#include "search/impl.h"

#include <stdlib.h>
#include <string.h>

/* ---- permutations in lexicographic order ---- */

static bool
next_permutation(uint8_t *p, uint32_t n)
{
    uint32_t i = n, j = n;
    uint8_t t;

    while (i > 1 && p[i - 2] >= p[i - 1])
        i--;
    if (i <= 1)
        return false;
    while (p[j - 1] <= p[i - 2])
        j--;
    t = p[i - 2];
    p[i - 2] = p[j - 1];
    p[j - 1] = t;
    for (uint32_t a = i - 1, b = n - 1; a < b; a++, b--) {
        t = p[a];
        p[a] = p[b];
        p[b] = t;
    }
    return true;
}

static size_t
factorial(uint32_t n)
{
    size_t f = 1;

    for (uint32_t i = 2; i <= n; i++)
        f *= i;
    return f;
}

/* ---- subspaces spanned by grid vectors ---- */

int64_t
aon_digit_value(uint64_t digit)
{
    return digit % 2 == 0 ? -(int64_t)(digit / 2) : (int64_t)(digit / 2) + 1;
}

static uint32_t
digit_of(int64_t value)
{
    return (uint32_t)(value > 0 ? 2 * value - 1 : -2 * value);
}

static uint32_t
negative_digit(uint32_t digit)
{
    return digit == 0 ? 0 : digit % 2 == 1 ? digit + 1 : digit - 1;
}

static void
vector_of(int64_t *v, uint32_t dim, uint32_t grid, uint32_t code)
{
    for (uint32_t j = dim; j-- > 0;) {
        v[j] = aon_digit_value(code % (2 * grid + 1));
        code /= 2 * grid + 1;
    }
}

static uint32_t
vector_code(const int64_t *v, uint32_t dim, uint32_t grid)
{
    uint32_t code = 0;

    for (uint32_t j = 0; j < dim; j++)
        code = code * (2 * grid + 1) + digit_of(v[j]);
    return code;
}

/* Rank of m rows of length dim, by Bareiss elimination; entries are small. */
static uint32_t
rank_of(int64_t a[AON_MAX_DIM + 1][AON_MAX_DIM], uint32_t m, uint32_t dim)
{
    uint32_t r = 0;
    int64_t last = 1;

    for (uint32_t j = 0; j < dim && r < m; j++) {
        uint32_t p = r;

        while (p < m && a[p][j] == 0)
            p++;
        if (p == m)
            continue;
        for (uint32_t l = 0; l < dim; l++) {
            const int64_t t = a[p][l];

            a[p][l] = a[r][l];
            a[r][l] = t;
        }
        for (uint32_t i = r + 1; i < m; i++) {
            for (uint32_t l = j + 1; l < dim; l++)
                a[i][l] = (a[i][l] * a[r][j] - a[i][j] * a[r][l]) / last;
            a[i][j] = 0;
        }
        last = a[r++][j];
    }
    return r;
}

static bool
contains(const aon_grid_space *s, uint32_t code)
{
    return s->in[code / 64] >> (code % 64) & 1;
}

static bool
spanned(const uint8_t *gen, uint32_t ngen, uint32_t dim, uint32_t grid, uint32_t code)
{
    int64_t a[AON_MAX_DIM + 1][AON_MAX_DIM];

    for (uint32_t i = 0; i < ngen; i++)
        vector_of(a[i], dim, grid, gen[i]);
    vector_of(a[ngen], dim, grid, code);
    return rank_of(a, ngen + 1, dim) == ngen;
}

/* The space spanned by independent vectors: its members and its generators. */
static void
space_of(aon_grid_space *out, const uint8_t *gen, uint32_t ngen, uint32_t dim,
         uint32_t grid, uint32_t nvec)
{
    memset(out, 0, sizeof *out);
    for (uint32_t v = 0; v < nvec; v++)
        if (spanned(gen, ngen, dim, grid, v))
            out->in[v / 64] |= (uint64_t)1 << (v % 64);
    for (uint32_t v = 0; v < nvec && out->dim < ngen; v++)
        if (contains(out, v) && !spanned(out->gen, out->dim, dim, grid, v))
            out->gen[out->dim++] = (uint8_t)v;
}

static int
compare_spaces(const void *a, const void *b)
{
    const aon_grid_space *s = a, *t = b;

    if (s->dim != t->dim)
        return s->dim < t->dim ? -1 : 1;
    return memcmp(s->gen, t->gen, sizeof s->gen);
}

static size_t
find_space(const aon_block_group *b, const uint64_t *in)
{
    for (size_t i = 0; i < b->nspace; i++)
        if (memcmp(b->space[i].in, in, sizeof b->space[i].in) == 0)
            return i;
    return b->nspace;
}

static void
all_spaces(aon_block_group *b, aon_arena *arena, uint32_t grid, uint32_t nvec)
{
    size_t cap = 0;

    b->space = aon_grow(NULL, &cap, 1, sizeof *b->space);
    b->nspace = 1;
    space_of(&b->space[0], NULL, 0, b->dim, grid, nvec);
    for (size_t i = 0; i < b->nspace; i++) {
        for (uint32_t v = 0; v < nvec; v++) {
            const aon_grid_space s = b->space[i];
            uint8_t gen[AON_MAX_DIM];
            aon_grid_space t;

            if (contains(&s, v))
                continue;
            memcpy(gen, s.gen, sizeof gen);
            gen[s.dim] = (uint8_t)v;
            space_of(&t, gen, s.dim + 1u, b->dim, grid, nvec);
            if (find_space(b, t.in) < b->nspace)
                continue;
            b->space = aon_grow(b->space, &cap, b->nspace + 1, sizeof *b->space);
            b->space[b->nspace++] = t;
        }
    }
    {
        aon_grid_space *kept = AON_NEW_N(arena, aon_grid_space, b->nspace);

        qsort(b->space, b->nspace, sizeof *b->space, compare_spaces);
        memcpy(kept, b->space, b->nspace * sizeof *kept);
        free(b->space);
        b->space = kept;
    }
}

static void
move_spaces(aon_block_group *b, aon_arena *arena, uint32_t grid, uint32_t nvec)
{
    b->moved = AON_NEW_N(arena, uint16_t, b->nsp * b->nspace);
    for (size_t s = 0; s < b->nsp; s++)
        for (size_t i = 0; i < b->nspace; i++) {
            uint64_t in[2] = {0, 0};

            for (uint32_t v = 0; v < nvec; v++) {
                int64_t from[AON_MAX_DIM], to[AON_MAX_DIM];
                uint32_t code;

                if (!contains(&b->space[i], v))
                    continue;
                vector_of(from, b->dim, grid, v);
                for (uint32_t j = 0; j < b->dim; j++)
                    to[j] = b->sign[s][j] * from[b->perm[s][j]];
                code = vector_code(to, b->dim, grid);
                in[code / 64] |= (uint64_t)1 << (code % 64);
            }
            b->moved[s * b->nspace + i] = (uint16_t)find_space(b, in);
        }
}

void
aon_block_group_init(aon_block_group *b, aon_arena *arena, uint32_t dim, uint32_t grid,
                     bool spaces, bool no_symmetry)
{
    uint8_t p[AON_MAX_DIM] = {0, 1, 2, 3};
    uint32_t nvec = 1;
    size_t s = 0;

    b->dim = dim;
    b->spaces = spaces;
    b->nsp = no_symmetry ? 1 : factorial(dim) << dim;
    b->perm = aon_arena_calloc(arena, b->nsp, sizeof *b->perm);
    b->sign = aon_arena_calloc(arena, b->nsp, sizeof *b->sign);
    do {
        for (uint32_t bits = 0; bits < 1u << dim && s < b->nsp; bits++, s++)
            for (uint32_t j = 0; j < dim; j++) {
                b->perm[s][j] = p[j];
                b->sign[s][j] = bits >> j & 1 ? -1 : 1;
            }
    } while (s < b->nsp && next_permutation(p, dim));
    for (uint32_t j = 0; j < dim; j++)
        nvec *= 2 * grid + 1;
    if (spaces) {
        AON_ASSERT(nvec <= 128);
        all_spaces(b, arena, grid, nvec);
        move_spaces(b, arena, grid, nvec);
    }
}

/* ---- contexts and tokens ---- */

/* Does the permutation of contexts map chains to chains? */
static bool
keeps_chains(const aon_cell *c, const uint8_t *p)
{
    uint32_t at = 0;
    bool ends[AON_MAX_CONTEXTS];

    for (uint32_t i = 0; i < c->nchains; i++)
        for (uint32_t j = 0; j < c->chain[i]; j++)
            ends[at++] = j + 1 == c->chain[i];
    for (uint32_t x = 0; x < c->n; x++) {
        if (ends[x] != ends[p[x]])
            return false;
        if (!ends[x] && p[x + 1] != p[x] + 1)
            return false;
    }
    return true;
}

static uint32_t
moved_column(const aon_cell *c, const uint8_t *sigma, const uint8_t *tau, uint32_t code)
{
    const uint32_t base = c->spec->base, len = c->n + c->k - 1;
    uint32_t digit[AON_MAX_CONTEXTS + AON_MAX_TOKENS], out = 0;
    uint32_t moved[AON_MAX_CONTEXTS + AON_MAX_TOKENS] = {0};

    for (uint32_t i = len; i-- > 0; code /= base)
        digit[i] = code % base;
    for (uint32_t x = 0; x < c->n; x++)
        moved[sigma[x]] = digit[x];
    for (uint32_t y = 1; y < c->k; y++)
        moved[c->n + tau[y] - 1u] = digit[c->n + y - 1];
    for (uint32_t i = 0; i < len; i++)
        out = out * base + moved[i];
    return out;
}

void
aon_cell_permutations(aon_cell *c)
{
    const size_t most = factorial(c->n) * factorial(c->k - 1);
    uint8_t p[AON_MAX_CONTEXTS] = {0}, q[AON_MAX_TOKENS] = {0};

    for (uint32_t x = 0; x < c->n; x++)
        p[x] = (uint8_t)x;
    c->sigma = aon_arena_calloc(c->arena, most, sizeof *c->sigma);
    c->tau = aon_arena_calloc(c->arena, most, sizeof *c->tau);
    do {
        if (!keeps_chains(c, p))
            continue;
        for (uint32_t y = 0; y < c->k; y++)
            q[y] = (uint8_t)y;
        do {
            memcpy(c->sigma[c->nst], p, sizeof p);
            memcpy(c->tau[c->nst++], q, sizeof q);
        } while (!c->spec->no_symmetry && next_permutation(q + 1, c->k - 1));
    } while (!c->spec->no_symmetry && next_permutation(p, c->n));
    c->negative = AON_NEW_N(c->arena, uint32_t, c->ncol);
    for (uint32_t v = 0; v < c->ncol; v++)
        for (uint32_t rest = v, place = 1; rest > 0; rest /= c->spec->base) {
            c->negative[v] += place * negative_digit(rest % c->spec->base);
            place *= c->spec->base;
        }
    c->column = AON_NEW_N(c->arena, uint32_t, c->nst * c->ncol);
    for (size_t st = 0; st < c->nst; st++)
        for (uint32_t v = 0; v < c->ncol; v++)
            c->column[st * c->ncol + v] = moved_column(c, c->sigma[st], c->tau[st], v);
}

/* ---- the action on codes ---- */

static uint64_t
act_on_model(const aon_cell *c, const aon_element *e, const aon_item *it, uint64_t code)
{
    const aon_block_group *b = &c->block[it->block];
    const uint32_t *move = c->column + e->st * c->ncol;
    const uint8_t *perm = b->perm[e->s[it->block]];
    const int8_t *sign = b->sign[e->s[it->block]];
    uint32_t col[AON_MAX_DIM];
    uint64_t out = 0;

    for (uint32_t j = it->dim; j-- > 0; code /= c->ncol)
        col[j] = move[code % c->ncol];
    for (uint32_t j = 0; j < it->dim; j++) {
        const uint32_t v = col[perm[j]];

        out = out * c->ncol + (sign[j] < 0 ? c->negative[v] : v);
    }
    return out;
}

/* Where the image takes position i of the axis from, and with which sign. */
static uint32_t
source_of(const aon_cell *c, const aon_element *e, const aon_axis *a, uint32_t i,
          int *sign)
{
    *sign = 1;
    switch (a->kind) {
    case AON_AXIS_ONE:
        break;
    case AON_AXIS_BLOCK:
        *sign = c->block[a->block].sign[e->s[a->block]][i];
        return c->block[a->block].perm[e->s[a->block]][i];
    case AON_AXIS_TOKENS:
        for (uint32_t y = 0; y < c->k; y++)
            if (c->tau[e->st][y] == i)
                return y;
        break;
    case AON_AXIS_CONTEXTS:
        for (uint32_t l = 0; l < a->len; l++)
            if (c->sigma[e->st][a->context[l]] == a->context[i])
                return l;
        break;
    }
    return i;
}

static uint64_t
act_on_grid(const aon_cell *c, const aon_element *e, const aon_item *it, uint64_t code)
{
    const uint32_t base = c->spec->base, rows = it->rows.len, cols = it->cols.len;
    uint32_t digit[AON_MAX_GRID_CELLS];
    uint64_t out = 0;

    for (uint32_t i = rows * cols; i-- > 0; code /= base)
        digit[i] = (uint32_t)(code % base);
    for (uint32_t i = 0; i < rows; i++)
        for (uint32_t j = 0; j < cols; j++) {
            int si, sj;
            const uint32_t from = source_of(c, e, &it->rows, i, &si) * cols +
                                  source_of(c, e, &it->cols, j, &sj);

            out =
                out * base + (si * sj < 0 ? negative_digit(digit[from]) : digit[from]);
        }
    return out;
}

static uint64_t
act_on_set(const uint8_t *p, uint32_t n, uint64_t code)
{
    uint64_t out = 0;

    for (uint32_t i = 0; i < n; i++)
        if (code >> i & 1)
            out |= (uint64_t)1 << p[i];
    return out;
}

uint64_t
aon_act(const aon_cell *c, const aon_element *e, const aon_item *it, uint64_t code)
{
    switch (it->kind) {
    case AON_ITEM_MODEL:
        return act_on_model(c, e, it, code);
    case AON_ITEM_SPACE: {
        const aon_block_group *b = &c->block[it->block];

        return b->moved[e->s[it->block] * b->nspace + code];
    }
    case AON_ITEM_GRID:
        return act_on_grid(c, e, it, code);
    case AON_ITEM_TOKEN:
        return c->tau[e->st][code];
    case AON_ITEM_CONTEXT:
        return c->sigma[e->st][code];
    case AON_ITEM_TOKENS:
        return act_on_set(c->tau[e->st], c->k, code);
    case AON_ITEM_CONTEXTS:
        return act_on_set(c->sigma[e->st], c->n, code);
    case AON_ITEM_SOLVED:
        break;
    }
    return 0;
}
