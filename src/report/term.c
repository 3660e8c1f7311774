/*
 * Core nodes back in the notation of the language.
 */
#include "report/term.h"
#include "report/marked.h"

#include <string.h>

typedef struct {
    aon_buf *out;
    aon_eval *ev;
    const aon_report_names *names;
    size_t end;  /* no part starts beyond this length of out */
    bool marked; /* marked.h */
    int depth;
} writer;

static void put(writer *w, aon_ref node, aon_term_binding level);

static bool
is_rat(const writer *w, aon_ref node, const char *text)
{
    const aon_node *n = &w->ev->core->node[node];

    return n->op == AON_RAT && strcmp(n->name, text) == 0;
}

static void
put_word(writer *w, const char *s)
{
    aon_buf_puts(w->out, s);
}

static void
put_member(writer *w, const char *name)
{
    if (!w->marked) {
        put_word(w, name);
        return;
    }
    aon_mark_word(w->out, name);
    w->end += 2; /* marks have no length */
}

static void
put_elem(writer *w, aon_ref node)
{
    const aon_node *n = &w->ev->core->node[node];
    const aon_instance *in = w->ev->in;
    const int32_t v = n->op == AON_VAR ? w->ev->env[n->var].v : -1;

    switch (n->op) {
    case AON_VAR:
        if (n->type.kind == AON_T_TOKEN && v >= 0 && (size_t)v < in->ntokens)
            put_member(w, in->token[v]);
        else if (n->type.kind == AON_T_CONTEXT && v >= 0 && (size_t)v < in->ncontexts)
            put_member(w, in->context[v]);
        else
            aon_report_bound(w->out, w->ev, w->names, n);
        break;
    case AON_BASE:
        put_word(w, "base");
        break;
    case AON_PAR:
        put_word(w, n->name);
        break;
    case AON_CAT:
        put_elem(w, n->arg[0]);
        aon_buf_printf(w->out, ".%s", n->name);
        break;
    default:
        put_word(w, "?");
    }
}

static void
put_dom(writer *w, const aon_node *n)
{
    switch (n->dom) {
    case AON_DOM_SCALAR:
        put_word(w, "scalar");
        break;
    case AON_DOM_VECTOR:
        put_word(w, "vector(");
        aon_core_print_dim(w->out, &n->dom_rows);
        put_word(w, ")");
        break;
    case AON_DOM_MATRIX:
        put_word(w, "matrix(");
        aon_core_print_dim(w->out, &n->dom_rows);
        put_word(w, ",");
        aon_core_print_dim(w->out, &n->dom_cols);
        put_word(w, ")");
        break;
    case AON_DOM_IN:
        put(w, n->arg[0], AON_BIND_SUM);
        break;
    }
}

static void
put_binary(writer *w, const aon_node *n, const char *sign, aon_term_binding left,
           aon_term_binding right)
{
    put(w, n->arg[0], left);
    put_word(w, sign);
    put(w, n->arg[1], right);
}

static void
put_call(writer *w, const char *name, const aon_node *n)
{
    put_word(w, name);
    put_word(w, "(");
    for (unsigned i = 0; i < n->nargs; i++) {
        put_word(w, i > 0 ? ", " : "");
        put(w, n->arg[i], AON_BIND_LOOSE);
    }
    put_word(w, ")");
}

/* a + -1*b is a - b. */
static void
put_sum(writer *w, const aon_node *n)
{
    const aon_node *b = &w->ev->core->node[n->arg[1]];

    put(w, n->arg[0], AON_BIND_SUM);
    if (b->op == AON_SCALE && is_rat(w, b->arg[0], "-1")) {
        put_word(w, " - ");
        put(w, b->arg[1], AON_BIND_PRODUCT);
    } else {
        put_word(w, " + ");
        put(w, n->arg[1], AON_BIND_PRODUCT);
    }
}

/* The negation of a relation is a relation. */
static void
put_not(writer *w, const aon_node *n)
{
    const aon_node *p = &w->ev->core->node[n->arg[0]];

    if (p->op == AON_EQ || p->op == AON_SAME) {
        put_binary(w, p, " != ", AON_BIND_SUM, AON_BIND_SUM);
    } else if (p->op == AON_ZERO) {
        put(w, p->arg[0], AON_BIND_SUM);
        put_word(w, " != 0");
    } else {
        put_word(w, "not ");
        put(w, n->arg[0], AON_BIND_UNARY);
    }
}

static void
put_or(writer *w, const aon_node *n)
{
    const aon_node *p = &w->ev->core->node[n->arg[0]];

    if (p->op == AON_NOT) {
        put(w, p->arg[0], AON_BIND_OR);
        put_word(w, " -> ");
        put(w, n->arg[1], AON_BIND_IMPLIES);
    } else {
        put_binary(w, n, " or ", AON_BIND_OR, AON_BIND_AND);
    }
}

static void
put_set(writer *w, const aon_node *n)
{
    aon_core_print_set(w->out, &n->set);
}

static void
put_of_dim(writer *w, const char *name, const aon_node *n)
{
    put_word(w, name);
    aon_core_print_dim(w->out, &n->dim);
    put_word(w, ")");
}

/* The columns of t as what they were written as. */
static void
put_span(writer *w, const aon_node *n)
{
    const aon_node *t = &w->ev->core->node[n->arg[0]];
    const bool maps = t->op == AON_MUL || t->op == AON_PROJ;

    if (t->op == AON_ID) {
        put_of_dim(w, "all(", t);
    } else if (t->op == AON_COLS) {
        const aon_slot saved = w->ev->env[t->var];

        put_word(w, "span{");
        w->ev->env[t->var].v = -1;
        put(w, t->arg[0], AON_BIND_LOOSE);
        w->ev->env[t->var] = saved;
        put_word(w, " | ");
        aon_report_variable(w->out, w->ev, w->names, t);
        put_word(w, " in ");
        put_set(w, t);
        put_word(w, "}");
    } else if (maps && w->ev->core->node[t->arg[1]].op == AON_GENS) {
        put_word(w, t->op == AON_PROJ ? "image(proj(" : "image(");
        put(w, t->arg[0], AON_BIND_LOOSE);
        put_word(w, t->op == AON_PROJ ? "), " : ", ");
        put(w, t->arg[1], AON_BIND_LOOSE);
        put_word(w, ")");
    } else if (t->op == AON_TR) {
        put_word(w, "rowspace(");
        put(w, t->arg[0], AON_BIND_LOOSE);
        put_word(w, ")");
    } else {
        put_word(w, "colspace(");
        put(w, n->arg[0], AON_BIND_LOOSE);
        put_word(w, ")");
    }
}

/* Quantifiers, sums: "forall x in ". */
static void
put_binding(writer *w, const char *word, const aon_node *n)
{
    put_word(w, word);
    aon_report_variable(w->out, w->ev, w->names, n);
    put_word(w, " in ");
}

static void
put_product(writer *w, const aon_node *n)
{
    if (n->op == AON_PROJ) {
        put_word(w, "proj(");
        put(w, n->arg[0], AON_BIND_LOOSE);
        put_word(w, ")");
        if (w->ev->core->node[n->arg[1]].op != AON_ID) {
            put_word(w, "*");
            put(w, n->arg[1], AON_BIND_PRODUCT);
        }
    } else if (n->op == AON_MUL) {
        put_binary(w, n, "*", AON_BIND_PRODUCT, AON_BIND_PRODUCT);
    } else if (is_rat(w, n->arg[0], "-1")) {
        put_word(w, "-");
        put(w, n->arg[1], AON_BIND_POST);
    } else {
        put_binary(w, n, "*", AON_BIND_PRODUCT, AON_BIND_POST);
    }
}

static void
put_term(writer *w, aon_ref node)
{
    const aon_node *n = &w->ev->core->node[node];

    switch (n->op) {
    case AON_VAR:
    case AON_BASE:
    case AON_CAT:
        put_elem(w, node);
        break;
    case AON_PAR:
    case AON_RAT:
        put_word(w, n->name);
        break;
    case AON_SIZE:
        aon_core_print_dim(w->out, &n->dim);
        break;
    case AON_ID:
        put_of_dim(w, "id(", n);
        break;
    case AON_F:
    case AON_G:
        aon_buf_printf(w->out, "%s.%c(", n->name, n->op == AON_F ? 'f' : 'g');
        put_elem(w, n->arg[0]);
        put_word(w, ")");
        break;
    case AON_ADD:
        put_sum(w, n);
        break;
    case AON_SCALE:
    case AON_MUL:
    case AON_PROJ:
        put_product(w, n);
        break;
    case AON_DOT:
        put_word(w, "<");
        put_binary(w, n, ", ", AON_BIND_SUM, AON_BIND_SUM);
        put_word(w, ">");
        break;
    case AON_TR:
    case AON_DIM:
        put_call(w, n->op == AON_TR ? "tr" : "dim", n);
        break;
    case AON_IDX:
        put(w, n->arg[0], AON_BIND_POST);
        put_word(w, "[");
        put_elem(w, n->arg[1]);
        put_word(w, "]");
        break;
    case AON_SUM:
        put_binding(w, "sum ", n);
        put_set(w, n);
        put_word(w, ": ");
        put(w, n->arg[0], AON_BIND_PRODUCT);
        break;
    case AON_COLS:
        put(w, n->arg[0], AON_BIND_LOOSE);
        break;
    case AON_GENS:
        put(w, n->arg[0], AON_BIND_LOOSE);
        break;
    case AON_UNK:
    case AON_VEC:
        aon_report_bound(w->out, w->ev, w->names, n);
        break;
    default:
        put_word(w, "?");
    }
}

static void
put_space(writer *w, const aon_node *n)
{
    switch (n->op) {
    case AON_SPAN:
        put_span(w, n);
        break;
    case AON_JOIN:
        put_binary(w, n, " + ", AON_BIND_SUM, AON_BIND_PRODUCT);
        break;
    case AON_SOL:
        put_binding(w, "{", n);
        put_dom(w, n);
        put_word(w, " | ");
        put(w, n->arg[n->nargs - 1], AON_BIND_LOOSE);
        put_word(w, "}");
        break;
    default: /* given */
        put_word(w, n->name);
    }
}

static void
put_formula(writer *w, const aon_node *n)
{
    switch (n->op) {
    case AON_TRUTH:
        put_word(w, "true");
        break;
    case AON_EQ:
    case AON_SAME:
        put_binary(w, n, " = ", AON_BIND_SUM, AON_BIND_SUM);
        break;
    case AON_ZERO:
        put(w, n->arg[0], AON_BIND_SUM);
        put_word(w, " = 0");
        break;
    case AON_LE:
        put_binary(w, n, " <= ", AON_BIND_SUM, AON_BIND_SUM);
        break;
    case AON_LT:
        put_binary(w, n, " < ", AON_BIND_SUM, AON_BIND_SUM);
        break;
    case AON_WITHIN:
        put_binary(w, n,
                   w->ev->core->node[n->arg[0]].op != AON_GENS ? " in "
                   : w->marked                                 ? " \5 "
                                                               : " <= ",
                   AON_BIND_SUM, AON_BIND_SUM);
        break;
    case AON_NOT:
        put_not(w, n);
        break;
    case AON_AND:
        put_binary(w, n, " and ", AON_BIND_AND, AON_BIND_UNARY);
        break;
    case AON_OR:
        put_or(w, n);
        break;
    case AON_ALL:
    case AON_ANY:
        put_binding(w, n->op == AON_ALL ? "forall " : "exists ", n);
        put_set(w, n);
        break;
    case AON_ALLIN:
        put_binding(w, "forall ", n);
        put(w, n->arg[0], AON_BIND_SUM);
        break;
    case AON_EX:
        put_binding(w, "exists ", n);
        put_dom(w, n);
        break;
    default:
        put_word(w, "?");
    }
    if (n->op == AON_ALL || n->op == AON_ANY || n->op == AON_ALLIN || n->op == AON_EX) {
        put_word(w, ": ");
        put(w, n->arg[n->nargs - 1], AON_BIND_LOOSE);
    }
}

/* Variables bound inside the text itself must not look like elements. */
static void
put(writer *w, aon_ref node, aon_term_binding level)
{
    const aon_node *n = &w->ev->core->node[node];
    const bool binder =
        n->op == AON_SUM || n->op == AON_COLS || n->op == AON_ALL || n->op == AON_ANY;
    const bool paren = aon_term_level(w->ev->core, n) < level;
    const char *name = aon_report_name_of(w->names, w->ev->core, node);
    aon_slot saved = {0, 0};

    if (name != NULL) {
        put_word(w, name);
        return;
    }
    if (w->out->len > w->end || w->depth > 40) {
        put_word(w, "..");
        return;
    }
    w->depth++;
    if (binder) {
        saved = w->ev->env[n->var];
        w->ev->env[n->var].v = -1;
    }
    put_word(w, paren ? "(" : "");
    if (n->type.kind == AON_T_FORMULA)
        put_formula(w, n);
    else if (n->type.kind == AON_T_SPACE)
        put_space(w, n);
    else
        put_term(w, node);
    put_word(w, paren ? ")" : "");
    if (binder)
        w->ev->env[n->var] = saved;
    w->depth--;
}

void
aon_report_term(aon_buf *out, aon_eval *ev, const aon_report_names *names, aon_ref node,
                size_t max)
{
    writer w = {out, ev, names, out->len + max, false, 0};

    put(&w, node, AON_BIND_LOOSE);
}

void
aon_report_marked_term(aon_buf *out, aon_eval *ev, const aon_report_names *names,
                       aon_ref node, size_t max)
{
    writer w = {out, ev, names, out->len + max, true, 0};

    put(&w, node, AON_BIND_LOOSE);
}
