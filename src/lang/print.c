/*
 * The printed core: docs/language.md, 7.
 */
#include "lang/core.h"

#include <inttypes.h>
#include <string.h>

static const char *const op_name[AON_OPS] = {
    [AON_VAR] = "var",     [AON_BASE] = "base",     [AON_PAR] = "par",
    [AON_CAT] = "cat",     [AON_RAT] = "rat",       [AON_SIZE] = "size",
    [AON_F] = "f",         [AON_G] = "g",           [AON_ADD] = "add",
    [AON_SCALE] = "scale", [AON_MUL] = "mul",       [AON_DOT] = "dot",
    [AON_TR] = "tr",       [AON_IDX] = "idx",       [AON_ID] = "id",
    [AON_SUM] = "sum",     [AON_COLS] = "cols",     [AON_PROJ] = "proj",
    [AON_DIM] = "dim",     [AON_GENS] = "gens",     [AON_UNK] = "unk",
    [AON_VEC] = "vec",     [AON_SPAN] = "span",     [AON_JOIN] = "join",
    [AON_SOL] = "sol",     [AON_TRUTH] = "true",    [AON_EQ] = "eq",
    [AON_ZERO] = "zero",   [AON_LE] = "le",         [AON_LT] = "lt",
    [AON_SAME] = "same",   [AON_WITHIN] = "within", [AON_NOT] = "not",
    [AON_AND] = "and",     [AON_OR] = "or",         [AON_ALL] = "all",
    [AON_ANY] = "any",     [AON_ALLIN] = "allin",   [AON_EX] = "ex",
};

static const char *const sort_name[] = {
    [AON_T_SCALAR] = "scalar",   [AON_T_VECTOR] = "vector",
    [AON_T_MATRIX] = "matrix",   [AON_T_COLUMNS] = "columns",
    [AON_T_SPACE] = "subspace",  [AON_T_TOKEN] = "token",
    [AON_T_CONTEXT] = "context", [AON_T_FORMULA] = "formula",
    [AON_T_DIM] = "dim",         [AON_T_QUERY] = "query",
    [AON_T_TOKENS] = "tokens",   [AON_T_CONTEXTS] = "contexts",
    [AON_T_MODEL] = "model",
};

const char *
aon_op_name(aon_op op)
{
    return op < AON_OPS ? op_name[op] : "?";
}

void
aon_core_print_set(aon_buf *out, const aon_set *s)
{
    aon_buf_puts(out, s->name);
    if (s->query != NULL) {
        aon_buf_putc(out, '/');
        aon_buf_puts(out, s->query);
    }
}

void
aon_core_print_dim(aon_buf *out, const aon_dim *d)
{
    switch (d->kind) {
    case AON_DIM_INT:
        aon_buf_printf(out, "%" PRIu32, d->value);
        break;
    case AON_DIM_NAME:
        aon_buf_puts(out, d->name);
        break;
    case AON_DIM_SET:
        aon_buf_putc(out, '#');
        aon_core_print_set(out, &d->set);
        break;
    }
}

static void
print_domain(aon_buf *out, const aon_node *n)
{
    switch (n->dom) {
    case AON_DOM_SCALAR:
        aon_buf_puts(out, " scalar");
        break;
    case AON_DOM_VECTOR:
        aon_buf_puts(out, " vector ");
        aon_core_print_dim(out, &n->dom_rows);
        break;
    case AON_DOM_MATRIX:
        aon_buf_puts(out, " matrix ");
        aon_core_print_dim(out, &n->dom_rows);
        aon_buf_putc(out, ' ');
        aon_core_print_dim(out, &n->dom_cols);
        break;
    case AON_DOM_IN:
        aon_buf_puts(out, " in");
        break;
    }
}

static void
print_node(aon_buf *out, const aon_node *n, aon_ref number)
{
    aon_buf_printf(out, "node %" PRIu32 " %s", number, aon_op_name(n->op));
    switch (n->op) {
    case AON_VAR:
    case AON_UNK:
    case AON_VEC:
    case AON_ALLIN:
        aon_buf_printf(out, " %" PRIu32, n->var);
        break;
    case AON_SUM:
    case AON_COLS:
    case AON_ALL:
    case AON_ANY:
        aon_buf_printf(out, " %" PRIu32 " ", n->var);
        aon_core_print_set(out, &n->set);
        break;
    case AON_EX:
    case AON_SOL:
        aon_buf_printf(out, " %" PRIu32, n->var);
        print_domain(out, n);
        break;
    case AON_PAR:
    case AON_RAT:
    case AON_F:
    case AON_G:
        aon_buf_printf(out, " %s", n->name);
        break;
    case AON_SIZE:
    case AON_ID:
        aon_buf_putc(out, ' ');
        aon_core_print_dim(out, &n->dim);
        break;
    default:
        break;
    }
    for (unsigned i = 0; i < n->nargs; i++)
        aon_buf_printf(out, " %%%" PRIu32, n->arg[i]);
    if (n->op == AON_CAT)
        aon_buf_printf(out, " %s", n->name);
    aon_buf_putc(out, '\n');
}

static void
print_given(aon_buf *out, const aon_given *g)
{
    aon_buf_printf(out, "given %s %s", g->name, sort_name[g->type.kind]);
    switch (g->type.kind) {
    case AON_T_MATRIX:
        aon_buf_putc(out, ' ');
        aon_core_print_dim(out, &g->type.rows);
        aon_buf_putc(out, ' ');
        aon_core_print_dim(out, &g->type.cols);
        break;
    case AON_T_MODEL:
    case AON_T_VECTOR:
    case AON_T_SPACE:
        aon_buf_putc(out, ' ');
        aon_core_print_dim(out, &g->type.rows);
        break;
    default:
        break;
    }
    aon_buf_putc(out, '\n');
}

void
aon_core_print(const aon_core *c, aon_buf *out)
{
    aon_buf_printf(out, "statement %s\n", c->name);
    for (size_t i = 0; i < c->nuse; i++)
        aon_buf_printf(out, "use %s\n", c->use[i]);
    for (size_t i = 0; i < c->ngiven; i++)
        print_given(out, &c->given[i]);
    for (size_t i = 0; i < c->nnodes; i++)
        print_node(out, &c->node[i], (aon_ref)i);
    for (size_t i = 0; i < c->nassume; i++) {
        aon_buf_printf(out, "assume %s %%%" PRIu32 "\n", c->assume[i].name,
                       c->assume[i].root);
        if (c->assume[i].weaken != AON_NO_REF)
            aon_buf_printf(out, "weaken %s %%%" PRIu32 "\n", c->assume[i].name,
                           c->assume[i].weaken);
    }
    for (size_t i = 0; i < c->nshow; i++)
        aon_buf_printf(out, "show %s %%%" PRIu32 "\n", c->show[i].name,
                       c->show[i].root);
    aon_buf_puts(out, "end\n");
}

long
aon_core_given(const aon_core *c, const char *name)
{
    for (size_t i = 0; i < c->ngiven; i++)
        if (strcmp(c->given[i].name, name) == 0)
            return (long)i;
    return -1;
}

aon_text
aon_span_text(aon_span s)
{
    if (s.src == NULL)
        return (aon_text){"", 0};
    return (aon_text){s.src->text + s.begin, s.end - s.begin};
}
