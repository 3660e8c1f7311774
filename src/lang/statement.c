/*
 * A statement, item by item, to its core.
 */
#include "lang/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    aon_elab e;
    const aon_stmt *s;
    aon_core_owner *o;
    aon_arena *arena; /* of the core */
    aon_given *given;
    aon_claim *assume, *show;
    aon_expect *expect;
    size_t given_cap, assume_cap, show_cap, expect_cap, cite_cap, note_cap, use_cap;
    const aon_library **used;
    size_t nused, used_cap;
} builder;

/* The same place in the source that lives as long as the core. */
static aon_span
own_span(const builder *b, aon_span s)
{
    return (aon_span){&b->o->src, s.begin, s.end};
}

static const char *
keep(builder *b, const char *s)
{
    return aon_core_keep(b->o, s);
}

static void
item_use(builder *b, const aon_item *it)
{
    aon_elab *e = &b->e;
    const aon_library *lib;
    char *text;

    lib =
        aon_theory_find(e->t, &it->name, it->version, it->span, b->s->order, e->diags);
    if (lib == NULL) {
        e->failed = true;
        return;
    }
    for (size_t i = 0; i < b->nused; i++)
        if (b->used[i] == lib) {
            aon_elab_error(e, it->name.span, "duplicate-name", "leave this line out",
                           "library `%s` is used already", it->name.sym->s);
            return;
        }
    b->used = aon_grow(b->used, &b->used_cap, b->nused + 1, sizeof *b->used);
    b->used[b->nused++] = lib;
    for (size_t i = 0; i < lib->ndefs; i++)
        if (!aon_elab_show_def(e, &lib->def[i], it->name.span))
            return;
    text = aon_arena_alloc(b->arena, it->name.sym->len + 16);
    (void)snprintf(text, it->name.sym->len + 16, "%s %u", it->name.sym->s,
                   (unsigned)it->version);
    b->o->core.use = aon_grow(b->o->core.use, &b->use_cap, b->o->core.nuse + 1,
                              sizeof *b->o->core.use);
    b->o->core.use[b->o->core.nuse++] = text;
}

static void
item_given(builder *b, const aon_item *it)
{
    aon_elab *e = &b->e;
    aon_type type;

    for (size_t i = 0; i < it->nnames; i++) {
        if (!aon_elab_fresh(e, &it->names[i]))
            return;
        aon_elab_bind(e, it->names[i].sym, (aon_val){.kind = VAL_BAD});
    }
    aon_elab_unbind(e, it->nnames);
    if (!aon_sort_type(e, &it->sort, &type))
        return;
    for (size_t i = 0; i < it->nnames; i++) {
        const char *name = keep(b, it->names[i].sym->s);
        aon_given *g;

        b->given =
            aon_grow(b->given, &b->given_cap, b->o->core.ngiven + 1, sizeof *b->given);
        g = &b->given[b->o->core.ngiven++];
        *g = (aon_given){name, type, own_span(b, it->names[i].span)};
        aon_build_at(e->b, it->names[i].span);
        aon_elab_bind(e, it->names[i].sym, aon_given_value(e, name, &type));
    }
}

static const aon_claim *
find_claim(const aon_claim *c, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(c[i].name, name) == 0)
            return &c[i];
    return NULL;
}

static void
item_claim(builder *b, const aon_item *it)
{
    aon_elab *e = &b->e;
    bool assume = it->kind == IT_ASSUME;
    aon_claim **list = assume ? &b->assume : &b->show;
    size_t *n = assume ? &b->o->core.nassume : &b->o->core.nshow;
    aon_claim c = {keep(b, it->name.sym->s), AON_NO_REF, AON_NO_REF,
                   own_span(b, it->body_span)};

    if (find_claim(*list, *n, c.name) != NULL) {
        aon_elab_error(
            e, it->name.span, "duplicate-name",
            aon_elab_format(e, "choose another name, such as `%.80s2`", c.name),
            "there is a %s `%s` already", assume ? "hypothesis" : "conclusion", c.name);
        return;
    }
    c.root = aon_elab_formula(e, it->body, aon_elab_expr(e, it->body));
    if (it->weaken != NULL && !e->failed)
        c.weaken = aon_elab_formula(e, it->weaken, aon_elab_expr(e, it->weaken));
    if (e->failed)
        return;
    *list =
        aon_grow(*list, assume ? &b->assume_cap : &b->show_cap, *n + 1, sizeof **list);
    (*list)[(*n)++] = c;
}

/* ---- expectations ---- */

/* The claims that an expectation may name: the nearest, or all. */
static const char *
claims_hint(builder *b, const char *word, const aon_claim *c, size_t n,
            const char *name)
{
    const char *hint;
    aon_buf list;

    for (size_t i = 0; i < n; i++)
        if (aon_name_distance(c[i].name, name, strlen(name) > 3 ? 2 : 1) != SIZE_MAX &&
            strlen(name) > 1)
            return aon_elab_format(&b->e, "did you mean `%.80s`?", c[i].name);
    if (n == 0)
        return aon_elab_format(&b->e, "write `%s %.80s: ..` above this line", word,
                               name);
    aon_buf_init(&list);
    for (size_t i = 0; i < n && i < 6; i++)
        aon_buf_printf(&list, "`%.40s`, ", c[i].name);
    if (n > 6)
        aon_buf_puts(&list, ".., ");
    hint = aon_elab_format(&b->e, "write %sor `%s %.80s: ..` above this line", list.s,
                           word, name);
    aon_buf_clear(&list);
    return hint;
}

/* [expectation] unless every name is a hypothesis (with a weaken, if asked for). */
static const char **
hypotheses(builder *b, const aon_ident *name, size_t n, bool weaken)
{
    const char **out = AON_NEW_N(b->arena, const char *, n);

    for (size_t i = 0; i < n && !b->e.failed; i++) {
        const aon_claim *c = find_claim(b->assume, b->o->core.nassume, name[i].sym->s);

        out[i] = keep(b, name[i].sym->s);
        if (c == NULL)
            aon_elab_error(
                &b->e, name[i].span, "expectation",
                claims_hint(b, "assume", b->assume, b->o->core.nassume, out[i]),
                "there is no hypothesis `%s` above", out[i]);
        else if (weaken && c->weaken == AON_NO_REF)
            aon_elab_error(&b->e, name[i].span, "expectation",
                           aon_elab_format(&b->e,
                                           "write `without %.80s`, or give `assume "
                                           "%.80s: ..` a weaker formula: `.. weaken Q`",
                                           out[i], out[i]),
                           "the hypothesis `%s` has no `weaken`", out[i]);
    }
    return out;
}

static const char **
drops(builder *b, const aon_ident *name, size_t n)
{
    const char **out = AON_NEW_N(b->arena, const char *, n / 2);

    for (size_t i = 0; i + 1 < n && !b->e.failed; i += 2) {
        const aon_sym *d = name[i].sym, *l = name[i + 1].sym;
        char *text = aon_arena_alloc(b->arena, d->len + l->len + 2);

        (void)snprintf(text, d->len + l->len + 2, "%s.%s", d->s, l->s);
        out[i / 2] = text;
        if (!aon_elab_has_label(&b->e, d, l)) /* the suite reports what it flips */
            (void)aon_diag(b->e.diags, AON_SEV_WARNING, name[i].span, "label", NULL,
                           "no definition in use has a conjunct `%s`", text);
    }
    return out;
}

static void
append(builder *b, const char ***list, size_t *n, const char **more, size_t nmore)
{
    const char **all = AON_NEW_N(b->arena, const char *, *n + nmore);

    for (size_t i = 0; i < *n; i++)
        all[i] = (*list)[i];
    for (size_t i = 0; i < nmore; i++)
        all[*n + i] = more[i];
    *list = all;
    *n += nmore;
}

static void
item_expect(builder *b, const aon_item *it)
{
    const aon_expect_ast *x = it->expect;
    aon_expect out = {.outcome = x->outcome, .span = own_span(b, it->span)};
    aon_variant *v = &out.variant;
    uint32_t *shape = AON_NEW_N(b->arena, uint32_t, x->nshape);

    for (size_t i = 0; i < x->nvariants && !b->e.failed; i++) {
        const aon_variant_ast *a = &x->variant[i];
        bool drop = a->kind == VAR_DROP;
        const char **names =
            drop ? drops(b, a->name, a->nnames)
                 : hypotheses(b, a->name, a->nnames, a->kind == VAR_WEAKEN);

        if (a->kind == VAR_WITHOUT)
            append(b, &v->without, &v->nwithout, names, a->nnames);
        else if (a->kind == VAR_WEAKEN)
            append(b, &v->weaken, &v->nweaken, names, a->nnames);
        else if (drop)
            append(b, &v->drop, &v->ndrop, names, a->nnames / 2);
        else
            append(b, &v->only, &v->nonly, names, a->nnames);
        v->has_only = v->has_only || a->kind == VAR_ONLY;
    }
    if (!b->e.failed && x->because.sym != NULL) {
        out.because = keep(b, x->because.sym->s);
        if (find_claim(b->show, b->o->core.nshow, out.because) == NULL)
            aon_elab_error(
                &b->e, x->because.span, "expectation",
                claims_hint(b, "show", b->show, b->o->core.nshow, out.because),
                "there is no conclusion `%s` above", out.because);
    }
    if (!b->e.failed)
        out.names = hypotheses(b, x->name, x->nnames, false);
    out.nnames = x->nnames;
    out.on = x->on != NULL ? keep(b, x->on) : NULL;
    for (size_t i = 0; i < x->nshape; i++)
        shape[i] = x->shape[i];
    out.shape = shape;
    out.nshape = x->nshape;
    b->expect =
        aon_grow(b->expect, &b->expect_cap, b->o->core.nexpect + 1, sizeof *b->expect);
    b->expect[b->o->core.nexpect++] = out;
}

static void
item_let(builder *b, const aon_item *it)
{
    aon_val v;

    if (!aon_elab_fresh(&b->e, &it->name))
        return;
    v = aon_elab_expr(&b->e, it->body);
    if (!b->e.failed)
        aon_elab_bind(&b->e, it->name.sym, v);
}

static void
item(builder *b, const aon_item *it)
{
    aon_core *c = &b->o->core;

    switch (it->kind) {
    case IT_CITE:
        c->cite = aon_grow(c->cite, &b->cite_cap, c->ncite + 1, sizeof *c->cite);
        c->cite[c->ncite++] = keep(b, it->text);
        break;
    case IT_NOTE:
        c->note = aon_grow(c->note, &b->note_cap, c->nnote + 1, sizeof *c->note);
        c->note[c->nnote++] = keep(b, it->text);
        break;
    case IT_USE:
        item_use(b, it);
        break;
    case IT_GIVEN:
        item_given(b, it);
        break;
    case IT_LET:
        item_let(b, it);
        break;
    case IT_ASSUME:
    case IT_SHOW:
        item_claim(b, it);
        break;
    case IT_EXPECT:
        item_expect(b, it);
        break;
    }
}

static int
compare_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The drops as the core records them. */
static void
settle_drops(builder *b, const char *const *drop, size_t n)
{
    const char **list = AON_NEW_N(b->arena, const char *, n);
    size_t k = 0;

    for (size_t i = 0; i < n; i++)
        list[i] = keep(b, drop[i]);
    if (n > 0)
        qsort(list, n, sizeof *list, compare_text);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || strcmp(list[i], list[i - 1]) != 0)
            list[k++] = list[i];
    b->o->core.drop = list;
    b->o->core.ndrop = k;
}

/* The nodes reachable from the claims, numbered. */
static void
settle_nodes(builder *b)
{
    aon_core *c = &b->o->core;
    size_t n = 2 * c->nassume + c->nshow, k = 0;
    aon_ref *root = aon_xcalloc(n, sizeof *root);

    for (size_t i = 0; i < c->nassume; i++) {
        root[k++] = b->assume[i].root;
        root[k++] = b->assume[i].weaken;
    }
    for (size_t i = 0; i < c->nshow; i++)
        root[k++] = b->show[i].root;
    aon_build_number(b->e.b, b->arena, root, n, aon_core_keep, b->o, c);
    k = 0;
    for (size_t i = 0; i < c->nassume; i++) {
        b->assume[i].root = root[k++];
        b->assume[i].weaken = root[k++];
    }
    for (size_t i = 0; i < c->nshow; i++)
        b->show[i].root = root[k++];
    free(root);
}

static void
settle_lists(builder *b)
{
    aon_core *c = &b->o->core;

    c->given = aon_keep_list(b->arena, b->given, c->ngiven, sizeof *b->given);
    for (size_t i = 0; i < c->ngiven; i++) {
        aon_type *t = &((aon_given *)b->o->core.given)[i].type;

        aon_core_keep_dim(b->o, &t->rows);
        aon_core_keep_dim(b->o, &t->cols);
    }
    c->assume = aon_keep_list(b->arena, b->assume, c->nassume, sizeof *b->assume);
    c->show = aon_keep_list(b->arena, b->show, c->nshow, sizeof *b->show);
    c->expect = aon_keep_list(b->arena, b->expect, c->nexpect, sizeof *b->expect);
    c->cite = aon_keep_list(b->arena, c->cite, c->ncite, sizeof *c->cite);
    c->note = aon_keep_list(b->arena, c->note, c->nnote, sizeof *c->note);
    c->use = aon_keep_list(b->arena, c->use, c->nuse, sizeof *c->use);
}

/* Every drop must name a labelled conjunct. */
static void
check_drops(builder *b, const char *const *drop, size_t n)
{
    for (size_t i = 0; i < n && !b->e.failed; i++) {
        const char *dot = strchr(drop[i], '.');
        const aon_sym *d = NULL, *l = NULL;

        if (dot != NULL) {
            d = aon_names_find(b->e.names, drop[i], (size_t)(dot - drop[i]));
            l = aon_names_find(b->e.names, dot + 1, strlen(dot + 1));
        }
        if (d == NULL || l == NULL || !aon_elab_has_label(&b->e, d, l))
            aon_elab_error(&b->e, b->s->name.span, "label",
                           "labels stand before conjuncts "
                           "of definitions: `e3: ..`",
                           "no definition in use has a conjunct `%s`", drop[i]);
    }
}

aon_status
aon_statement_build(aon_core **out, aon_theory *t, const aon_stmt *s,
                    const aon_source *src, bool own_text, const char *const *drop,
                    size_t ndrop, aon_diags *diags)
{
    builder b = {.s = s};
    bool failed;

    aon_elab_init(&b.e, t, t->names, diags);
    b.e.drop = drop;
    b.e.ndrop = ndrop;
    b.o = aon_core_new();
    b.arena = b.o->arena;
    b.o->src = *src;
    if (own_text) {
        b.o->src.name = aon_core_keep(b.o, src->name);
        b.o->src.text = aon_arena_strndup(b.arena, src->text, src->len);
    }
    b.o->core.name = keep(&b, s->name.sym->s);
    for (size_t i = 0; i < s->nitems && !b.e.failed; i++)
        item(&b, &s->item[i]);
    if (b.o->core.nshow == 0)
        aon_elab_error(&b.e, s->name.span, "no-conclusion", "add `show name: ..`",
                       "the statement `%s` shows nothing", s->name.sym->s);
    check_drops(&b, drop, ndrop);
    failed = b.e.failed;
    if (!failed) {
        settle_nodes(&b);
        settle_drops(&b, drop, ndrop);
    }
    settle_lists(&b);
    free(b.used);
    aon_elab_clear(&b.e);
    if (failed) {
        aon_core_free(&b.o->core);
        return AON_EINPUT;
    }
    *out = &b.o->core;
    return AON_OK;
}
