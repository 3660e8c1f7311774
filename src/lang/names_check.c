/*
 * Names, arities and labels of a definition, checked where it stands; the walk follows
 * the order in which elaboration would meet them.
 */
#include "lang/elab.h"

#include <string.h>

typedef struct {
    aon_elab *e;
    aon_library *lib;
    aon_def *def;
    size_t label_cap;
} checker;

static void expr(checker *c, aon_expr *x);

static void
use_name(checker *c, const aon_ident *id, const char *sort)
{
    if (!c->e->failed && aon_elab_lookup(c->e, id->sym) == NULL)
        aon_elab_unknown(c->e, id, false, sort);
}

static void
set(checker *c, const aon_set_ast *s)
{
    if (s->base == TOK_NAME)
        use_name(c, &s->name, "set");
    if (s->query.sym != NULL)
        use_name(c, &s->query, "query");
}

static void
dimension(checker *c, const aon_dim_ast *d)
{
    if (d->kind == DIMA_COUNT)
        set(c, &d->set);
    else if (d->kind != DIMA_INT)
        use_name(c, &d->name, "dim");
}

static void
bind(checker *c, const aon_bind *b)
{
    aon_val any = {.kind = VAL_BAD};

    for (size_t i = 0; i < b->nnames && !c->e->failed; i++) {
        (void)aon_elab_fresh(c->e, &b->name[i]);
        for (size_t k = 0; k < i && !c->e->failed; k++)
            if (b->name[k].sym == b->name[i].sym)
                aon_elab_error(c->e, b->name[i].span, "duplicate-name",
                               aon_elab_fresh_hint(c->e, b->name[i].sym),
                               "`%s` is in scope already", b->name[i].sym->s);
    }
    if (!b->is_lin)
        expr(c, b->domain);
    else if (b->lin != TOK_SCALAR)
        dimension(c, &b->dim[0]);
    if (b->is_lin && b->lin == TOK_MATRIX)
        dimension(c, &b->dim[1]);
    for (size_t i = 0; i < b->nnames; i++)
        aon_elab_bind(c->e, b->name[i].sym, any);
}

static void
arity(checker *c, const aon_expr *x, const char *what, size_t want, const char *hint)
{
    if (x->nargs != want)
        aon_elab_error(c->e, x->span, "arity", hint,
                       "`%s` takes %zu argument%s, not %zu", what, want,
                       want == 1 ? "" : "s", x->nargs);
}

static void
call(checker *c, aon_expr *x)
{
    const aon_def *d = c->e->visible[x->name.sym->id];

    if (d == NULL && c->def->name.sym == x->name.sym)
        aon_elab_error(c->e, x->name.span, "recursive",
                       "there is no recursion: write the term out, or call a "
                       "definition above that has another name",
                       "`%s` is used in its own definition", x->name.sym->s);
    else if (d == NULL)
        aon_elab_unknown(c->e, &x->name, true, NULL);
    else
        arity(c, x, d->name.sym->s, d->nparams, aon_elab_arity_hint(c->e, d));
    x->def = d;
    if (d == NULL)
        return;
    c->def->calls = aon_elab_add_calls(c->def->calls, d->calls);
    if (x->nest + 1 + d->chain > c->def->chain)
        c->def->chain = x->nest + 1 + d->chain;
}

static void
label(checker *c, const aon_expr *x)
{
    aon_def *d = c->def;

    for (size_t i = 0; i < d->nlabels; i++)
        if (d->labels[i].sym == x->name.sym) {
            aon_elab_error(
                c->e, x->name.span, "label",
                aon_elab_format(c->e, "choose another label, such as `%.80s2`",
                                x->name.sym->s),
                "the label `%s` is used twice in this definition", x->name.sym->s);
            return;
        }
    if (d->nlabels == c->label_cap) {
        aon_ident *old = d->labels;

        c->label_cap = c->label_cap > 0 ? 2 * c->label_cap : 8;
        d->labels = AON_NEW_N(c->e->t->arena, aon_ident, c->label_cap);
        for (size_t i = 0; i < d->nlabels; i++)
            d->labels[i] = old[i];
    }
    d->labels[d->nlabels++] = x->name;
}

static void
expr(checker *c, aon_expr *x)
{
    size_t bound = 0;

    if (c->e->failed)
        return;
    if (x->kind == EX_CALL)
        call(c, x);
    else if (x->kind == EX_BUILTIN)
        arity(c, x, aon_tok_text(x->op), x->op == TOK_IMAGE ? 2 : 1,
              aon_tok_form(x->op));
    else if (x->kind == EX_LABEL)
        label(c, x);
    else if (x->kind == EX_NAME)
        use_name(c, &x->name, NULL);
    else if (x->kind == EX_SET || x->kind == EX_COUNT)
        set(c, x->set);
    for (size_t i = 0; i < x->nbinds && !c->e->failed; i++) {
        bind(c, &x->bind[i]);
        bound += x->bind[i].nnames;
    }
    for (size_t i = 0; i < x->nargs && !c->e->failed; i++)
        expr(c, x->arg[i]);
    for (size_t i = 0; i < x->nposts && !c->e->failed; i++) {
        if (x->post[i].arg != NULL)
            expr(c, x->post[i].arg);
        if (x->post[i].kind == POST_QUERY)
            use_name(c, &x->post[i].name, "query");
    }
    if (!c->e->failed)
        aon_elab_unbind(c->e, bound);
}

void
aon_elab_check_def(aon_elab *e, aon_library *lib, aon_def *d)
{
    checker c = {e, lib, d, 0};
    aon_val any = {.kind = VAL_BAD};
    size_t depth = e->nscope;

    e->failed = false;
    e->def = d;
    d->calls = 1;
    e->lib = lib;
    if (d->name.sym != NULL && e->visible[d->name.sym->id] != NULL)
        aon_elab_error(e, d->name.span, "duplicate-name",
                       aon_elab_fresh_hint(e, d->name.sym),
                       "`%s` is defined already in this library", d->name.sym->s);
    for (size_t i = 0; i < d->nparams && !e->failed; i++) {
        (void)aon_elab_fresh(e, &d->param[i]);
        aon_elab_bind(e, d->param[i].sym, any);
    }
    expr(&c, d->body);
    aon_elab_unbind(e, e->nscope - depth);
    d->bad = e->failed;
    if (d->name.sym != NULL && e->visible[d->name.sym->id] == NULL)
        e->visible[d->name.sym->id] = d;
    e->failed = false;
    e->def = NULL;
    e->lib = NULL;
}
