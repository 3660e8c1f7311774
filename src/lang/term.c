/*
 * Cores of single expressions, of reports, and of statements under drops.
 */
#include "lang/parse.h"
#include "lang/statement.h"

#include <stdlib.h>
#include <string.h>

aon_status
aon_core_build(aon_core **out, const aon_theory *t, size_t i, const char *const *drop,
               size_t ndrop, aon_diags *diags)
{
    /* Everything that it uses has been loaded, so t is only read. */
    return aon_statement_build(out, (aon_theory *)(uintptr_t)t,
                               &t->file[0]->ast.stmt[i], &t->file[0]->src, true, drop,
                               ndrop, diags);
}

/* Declare the givens of an expression, in the elaborator and in its core. */
static void
declare(aon_elab *e, aon_core_owner *o, aon_names *names, const aon_given *given,
        size_t n)
{
    aon_given *list = AON_NEW_N(o->arena, aon_given, n);

    for (size_t i = 0; i < n; i++) {
        const aon_sym *sym =
            aon_names_intern(names, given[i].name, strlen(given[i].name));

        list[i].name = aon_core_keep(o, given[i].name);
        list[i].type = given[i].type;
        aon_core_keep_dim(o, &list[i].type.rows);
        aon_core_keep_dim(o, &list[i].type.cols);
        aon_elab_bind(e, sym, aon_given_value(e, list[i].name, &list[i].type));
    }
    o->core.given = list;
    o->core.ngiven = n;
}

/* The value as the one root of a core. */
static aon_status
finish(aon_core **out, aon_elab *e, aon_core_owner *o, aon_span where, aon_val v)
{
    aon_ref root = e->failed ? AON_NO_REF : aon_elab_node(e, v);

    if (root == AON_NO_REF)
        aon_elab_error(e, where, "type", aon_elab_use(e, where, v),
                       "a term or a formula is needed here, this is %s",
                       aon_elab_describe(e, v));
    if (e->failed) {
        aon_core_free(&o->core);
        return AON_EINPUT;
    }
    aon_build_number(e->b, o->arena, &root, 1, aon_core_keep, o, &o->core);
    o->core.term = root;
    *out = &o->core;
    return AON_OK;
}

aon_status
aon_core_term(aon_core **out, const aon_theory *t, const char *name, const char *text,
              size_t len, const aon_given *given, size_t ngiven, aon_diags *diags)
{
    aon_core_owner *o = aon_core_new();
    aon_names *names = aon_names_new(o->arena, t->names);
    aon_expr *x = NULL;
    aon_tokens tokens;
    aon_status st;
    aon_elab e;

    o->src.name = aon_core_keep(o, name);
    o->src.text = aon_arena_strndup(o->arena, text, len);
    o->src.len = len;
    st = aon_lex(&tokens, &o->src, names, o->arena, diags);
    if (st == AON_OK)
        st = aon_parse_expr(&x, &tokens, o->arena, diags);
    if (st != AON_OK) {
        aon_core_free(&o->core);
        return st;
    }
    aon_elab_init(&e, NULL, names, diags);
    declare(&e, o, names, given, ngiven);
    for (size_t i = 0; i < t->nlibs; i++)
        for (size_t k = 0; k < t->lib[i]->ndefs; k++)
            if (!e.failed)
                (void)aon_elab_show_def(&e, &t->lib[i]->def[k],
                                        (aon_span){&o->src, 0, 0});
    st = finish(out, &e, o, x->span, aon_elab_expr(&e, x));
    aon_elab_clear(&e);
    return st;
}

/* ---- reports ---- */

static const aon_def *
report_at(const aon_theory *t, size_t i)
{
    for (size_t l = 0; l < t->nlibs; l++)
        for (size_t k = 0; k < t->lib[l]->ndefs; k++)
            if (t->lib[l]->def[k].label != NULL && i-- == 0)
                return &t->lib[l]->def[k];
    return NULL;
}

size_t
aon_theory_reports(const aon_theory *t)
{
    size_t n = 0;

    while (report_at(t, n) != NULL)
        n++;
    return n;
}

void
aon_theory_report(const aon_theory *t, size_t i, const char **label, size_t *nparams)
{
    const aon_def *d = report_at(t, i);

    AON_ASSERT(d != NULL);
    *label = d->label;
    *nparams = d->nparams;
}

aon_status
aon_core_report(aon_core **out, const aon_theory *t, size_t i, const char *const *args,
                const aon_given *given, size_t ngiven, aon_diags *diags)
{
    const aon_def *d = report_at(t, i);
    aon_core_owner *o = aon_core_new();
    aon_names *names = aon_names_new(o->arena, t->names);
    aon_val v = {.kind = VAL_BAD};
    aon_val *list;
    aon_status st;
    aon_elab e;

    AON_ASSERT(d != NULL);
    aon_elab_init(&e, NULL, names, diags);
    declare(&e, o, names, given, ngiven);
    list = AON_NEW_N(e.arena, aon_val, d->nparams);
    for (size_t k = 0; k < d->nparams; k++) {
        const aon_sym *sym = aon_names_find(names, args[k], strlen(args[k]));
        const aon_val *found = sym != NULL ? aon_elab_lookup(&e, sym) : NULL;

        if (found != NULL)
            list[k] = *found;
        else
            aon_elab_error(&e, d->span, "unknown-name", aon_elab_sort_hint(&e, "model"),
                           "there is no model `%s`", args[k]);
    }
    if (!e.failed)
        v = aon_elab_apply(&e, d, list);
    st = finish(out, &e, o, d->span, v);
    aon_elab_clear(&e);
    return st;
}
