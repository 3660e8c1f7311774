/*
 * The group that a search uses, read off the structures that it uses.
 */
#include "search/explain.h"

#include "search/impl.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- terms of joins, in the notation of the language ---- */

typedef struct {
    const aon_core *core;
    const aon_equation *eq;
    aon_buf *out;
} printing;

/* x or y, and a number if there are more. */
static void
put_variable(const printing *p, uint32_t var)
{
    unsigned same = 0;

    for (unsigned b = 0; b < p->eq->nbinder; b++) {
        const aon_node *n = &p->core->node[p->eq->binder[b]];

        if (n->var == var) {
            aon_buf_putc(p->out, n->set.tokens ? 'y' : 'x');
            if (same > 0)
                aon_buf_printf(p->out, "%u", same + 1);
            return;
        }
    }
}

static bool
is_minus_one(const aon_core *core, aon_ref t)
{
    return core->node[t].op == AON_RAT && strcmp(core->node[t].name, "-1") == 0;
}

static void
put_term(const printing *p, aon_ref t)
{
    const aon_node *n = &p->core->node[t];

    switch (n->op) {
    case AON_VAR:
        put_variable(p, n->var);
        return;
    case AON_BASE:
        aon_buf_puts(p->out, "base");
        return;
    case AON_RAT:
        aon_buf_puts(p->out, n->name);
        return;
    case AON_CAT:
        put_term(p, n->arg[0]);
        aon_buf_printf(p->out, ".%s", n->name);
        return;
    case AON_F:
    case AON_G:
        aon_buf_putc(p->out, n->op == AON_F ? 'f' : 'g');
        aon_buf_putc(p->out, '(');
        put_term(p, n->arg[0]);
        aon_buf_putc(p->out, ')');
        return;
    default:
        break;
    }
    if (n->op == AON_SCALE && is_minus_one(p->core, n->arg[0])) {
        aon_buf_putc(p->out, '-');
        put_term(p, n->arg[1]);
        return;
    }
    if (n->op == AON_ADD) {
        const aon_node *b = &p->core->node[n->arg[1]];
        const bool minus = b->op == AON_SCALE && is_minus_one(p->core, b->arg[0]);

        put_term(p, n->arg[0]);
        aon_buf_puts(p->out, minus ? " - " : " + ");
        put_term(p, minus ? b->arg[1] : n->arg[1]);
        return;
    }
    aon_buf_putc(p->out, n->op == AON_DOT ? '<' : '(');
    put_term(p, n->arg[0]);
    aon_buf_puts(p->out, n->op == AON_DOT ? ", " : ")*(");
    put_term(p, n->arg[1]);
    aon_buf_putc(p->out, n->op == AON_DOT ? '>' : ')');
}

static const char *
item_name(const aon_scope_spec *s, size_t item)
{
    return s->core->given[s->item_given[item]].name;
}

static void
put_join(const aon_scope_spec *s, const aon_join *j, aon_buf *out)
{
    aon_buf_printf(out, "  %s: %s and %s are listed only where they agree in\n",
                   s->core->assume[j->hypothesis].name, item_name(s, j->i),
                   item_name(s, j->j));
    for (size_t e = 0; e < j->neq; e++) {
        const printing p = {s->core, &j->eq[e], out};

        aon_buf_puts(out, "    ");
        put_term(&p, j->eq[e].a);
        for (unsigned b = 0; b < j->eq[e].nbinder; b++) {
            const aon_node *n = &s->core->node[j->eq[e].binder[b]];

            aon_buf_puts(out, b == 0 ? " for all " : ", ");
            put_variable(&p, n->var);
            aon_buf_puts(out, " in ");
            aon_core_print_set(out, &n->set);
        }
        aon_buf_putc(out, '\n');
    }
    if (!j->whole)
        aon_buf_puts(out,
                     "    it says more than that; the rest is decided pair by pair\n");
}

/* A hypothesis that could join, but does not. */
static void
put_unused_join(const aon_scope_spec *s, size_t h, aon_buf *out)
{
    const char *name = s->core->assume[h].name;
    const char *why = aon_join_refusal(s->core, s->root[h]);

    if (why != NULL)
        aon_buf_printf(out, "  %s: no join, it is %s\n", name, why);
    else
        aon_buf_printf(
            out, "  %s: no join, one of its models is joined to another already\n",
            name);
}

static void
put_joins(const aon_scope_spec *s, aon_buf *out)
{
    aon_buf_puts(out, "joins\n");
    if (s->njoin == 0)
        aon_buf_puts(out, "  none: all combinations are listed\n");
    for (size_t h = 0; h < s->core->nassume; h++) {
        bool joins = false;

        if (s->root[h] == AON_NO_REF)
            continue;
        for (size_t l = 0; l < s->njoin; l++)
            if (s->join[l].hypothesis == h) {
                put_join(s, &s->join[l], out);
                joins = true;
            }
        if (!joins)
            put_unused_join(s, h, out);
    }
}

/* ---- factors and givens ---- */

static void
put_block_name(const aon_scope_spec *s, unsigned b, aon_buf *out)
{
    if (b < s->ndims)
        aon_buf_printf(out, "K^%s", s->core->given[s->dim[b]].name);
    else
        aon_buf_printf(out, "K^%" PRIu32, s->fixed[b]);
}

/* The letter of the signed permutation: P, P', .. by position among the blocks. */
static const char *
letter(unsigned b)
{
    static const char *const name[AON_MAX_BLOCKS] = {"P", "Q", "R", "S", "T", "U"};

    return name[b];
}

static bool
moves(const aon_cell *c, unsigned b)
{
    for (size_t i = 0; i < c->nitems; i++)
        if (c->item[i].blocks >> b & 1)
            return true;
    return false;
}

static void
put_factors(const aon_cell *c, aon_buf *out)
{
    const aon_scope_spec *s = c->spec;

    aon_buf_puts(out,
                 "group, a direct product; an element acts on all givens at once\n");
    for (unsigned b = 0; b < s->nblocks; b++) {
        aon_buf_printf(out, "  %s: the signed permutations of the coordinates of ",
                       letter(b));
        put_block_name(s, b, out);
        if (b >= s->ndims && s->fixed[b] == 1)
            aon_buf_puts(out, ": left out, a side 1 does not move");
        else if (!moves(c, b))
            aon_buf_puts(out, ": left out, nothing lies there");
        aon_buf_putc(out, '\n');
    }
    if (s->query >= 0)
        aon_buf_printf(
            out,
            "  s: the permutations of contexts that move chains x, x.%s, .. to "
            "chains of equal length\n",
            s->core->given[s->query].name);
    else
        aon_buf_puts(out, "  s: the permutations of all contexts\n");
    aon_buf_puts(out, "  t: the permutations of the tokens that fix the pivot\n");
    if (s->no_symmetry)
        aon_buf_puts(out, "  not used: --no-symmetry\n");
}

static void
put_side(const aon_scope_spec *s, const aon_dim *d, aon_buf *out)
{
    aon_core_print_dim(out, d);
    if (d->kind == AON_DIM_SET)
        aon_buf_puts(out, strcmp(d->set.name, "Y") == 0   ? " by t"
                          : strcmp(d->set.name, "X") == 0 ? " by s"
                                                          : " by its set");
    else
        for (unsigned b = 0; b < s->nblocks; b++)
            if (d->kind == AON_DIM_NAME
                    ? b < s->ndims &&
                          strcmp(s->core->given[s->dim[b]].name, d->name) == 0
                    : b >= s->ndims && s->fixed[b] == d->value)
                aon_buf_printf(out, " by %s", letter(b));
}

static void
put_matrix(const aon_scope_spec *s, const aon_given *g, aon_buf *out)
{
    aon_buf_puts(out, g->type.kind == AON_T_VECTOR ? "vector" : "matrix");
    aon_buf_puts(out, ": its entries move along ");
    put_side(s, &g->type.rows, out);
    if (g->type.kind == AON_T_MATRIX) {
        aon_buf_puts(out, " and ");
        put_side(s, &g->type.cols, out);
    }
}

static void
put_item(const aon_cell *c, size_t i, aon_buf *out)
{
    const aon_scope_spec *s = c->spec;
    const aon_item *it = &c->item[i];
    const aon_given *g = &s->core->given[it->given];
    const char *p = letter(it->block);

    aon_buf_printf(out, "  %s  ", g->name);
    switch (g->type.kind) {
    case AON_T_MODEL:
        aon_buf_printf(out, "model in ");
        put_block_name(s, it->block, out);
        aon_buf_printf(out, ": f(x) becomes %s f(s x), g(y) becomes %s g(t y)", p, p);
        break;
    case AON_T_SPACE:
        aon_buf_printf(out, "subspace of ");
        put_block_name(s, it->block, out);
        aon_buf_printf(out, ": becomes its image under %s", p);
        break;
    case AON_T_SCALAR:
        aon_buf_puts(out, "scalar: does not move");
        break;
    case AON_T_TOKEN:
        aon_buf_puts(out, "token: moves by t");
        break;
    case AON_T_CONTEXT:
        aon_buf_puts(out, "context: moves by s");
        break;
    case AON_T_TOKENS:
        aon_buf_puts(out, "set of tokens: moves by t");
        break;
    case AON_T_CONTEXTS:
        aon_buf_puts(out, "set of contexts: moves by s");
        break;
    default:
        put_matrix(s, g, out);
        break;
    }
    aon_buf_putc(out, '\n');
}

static void
put_restrictions(const aon_scope_spec *s, aon_buf *out)
{
    aon_buf_printf(out,
                   "restrictions of the scopes\n"
                   "  entries of models, vectors and matrices lie in -%" PRIu32
                   "..%" PRIu32 "; subspaces are spanned by such vectors\n"
                   "  the pivot is the first token and has g = 0\n",
                   s->grid, s->grid);
    if (s->query >= 0)
        aon_buf_printf(out, "  the query %s is one token\n",
                       s->core->given[s->query].name);
    aon_buf_puts(out,
                 "why verdicts do not change: signed permutations are orthogonal, and "
                 "the language names no\n  coordinate, and no context or token but "
                 "the pivot and the givens (docs/search.md, 3)\n");
}

/* ---- shapes ---- */

static void
put_orders(const aon_cell *c, aon_buf *out)
{
    uint64_t contexts = 1, tokens = 1;
    const char *sep = "";

    for (uint32_t i = 2; i < c->k; i++)
        tokens *= i;
    contexts = c->nst / (c->spec->no_symmetry ? 1 : tokens);
    for (unsigned b = 0; b < c->spec->nblocks; b++)
        if (moves(c, b)) {
            aon_buf_printf(out, "%s%zu", sep, c->block[b].nsp);
            sep = " x ";
        }
    aon_buf_printf(out, "%s%" PRIu64 " x %" PRIu64 " = %" PRIu64, sep, contexts,
                   c->spec->no_symmetry ? (uint64_t)1 : tokens, c->group);
}

static void
put_rung(const aon_scope_spec *s, const aon_rung *r, aon_buf *out)
{
    const char *sep = ", solved for: ";
    aon_cell c;

    aon_buf_puts(out, "  ");
    aon_find_print_shape(out, r->shape, s->ndims + 2);
    if (s->query >= 0) {
        aon_buf_puts(out, " chains ");
        for (uint32_t i = 0; i < r->nchains; i++)
            aon_buf_printf(out, "%s%" PRIu32, i > 0 ? "+" : "", r->chain[i]);
    }
    aon_buf_puts(out, ": ");
    if (aon_cell_init(&c, s, r->shape, r->chain, r->nchains)) {
        put_orders(&c, out);
        aon_buf_printf(out, ", %" PRIu64 " assignments", c.total);
        for (size_t i = 0; i < c.nitems; i++)
            if (c.item[i].kind == AON_ITEM_SOLVED) {
                aon_buf_printf(out, "%s%s", sep, item_name(s, i));
                sep = ", ";
            }
    } else {
        aon_buf_puts(out, "too large");
    }
    aon_buf_putc(out, '\n');
    aon_cell_clear(&c);
}

static void
put_rungs(const aon_scope_spec *s, const aon_rung *rung, size_t n, aon_buf *out)
{
    aon_buf_puts(out, "order of the group, by factor, and size of the space, by (");
    for (size_t i = 0; i < s->ndims; i++)
        aon_buf_printf(out, "%s,", s->core->given[s->dim[i]].name);
    aon_buf_puts(out, "n,k)\n");
    for (size_t i = 0; i < n; i++)
        put_rung(s, &rung[i], out);
}

aon_status
aon_explain_symmetry(aon_buf *out, const aon_find_spec *spec, aon_diags *diags)
{
    uint32_t min[AON_SHAPE_MAX], max[AON_SHAPE_MAX];
    aon_find_spec own = *spec;
    aon_scope_spec s;
    aon_rung *rung;
    aon_cell c;
    size_t n;
    aon_status st = aon_scope_open(&s, &own, min, max, diags);

    if (st != AON_OK)
        return st;
    rung = aon_ladder(&s, min, max, &n);
    /* which blocks move what is the same at every shape: the first one tells */
    AON_ASSERT(n > 0);
    if (aon_cell_init(&c, &s, rung[0].shape, rung[0].chain, rung[0].nchains)) {
        put_factors(&c, out);
        aon_buf_puts(out, "what it does\n");
        for (size_t i = 0; i < c.nitems; i++)
            put_item(&c, i, out);
    }
    aon_cell_clear(&c);
    put_joins(&s, out);
    put_restrictions(&s, out);
    put_rungs(&s, rung, n, out);
    free(rung);
    return AON_OK;
}
