/*
 * Scope and messages of the elaborator.
 */
#include "lang/elab.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_NOTES 8

void
aon_elab_init(aon_elab *e, aon_theory *t, aon_names *names, aon_diags *diags)
{
    memset(e, 0, sizeof *e);
    e->t = t;
    e->names = names;
    e->diags = diags;
    e->arena = aon_arena_new();
    e->b = aon_build_new();
    e->ntop = aon_names_count(names);
    e->top = aon_xcalloc(e->ntop, sizeof *e->top);
    e->visible = aon_xcalloc(e->ntop, sizeof *e->visible);
    e->memo_slots = 256;
    e->memo = aon_xcalloc(e->memo_slots, sizeof(aon_memo_entry *));
}

void
aon_elab_clear(aon_elab *e)
{
    free(e->memo);
    free(e->visible);
    free(e->top);
    free(e->scope);
    aon_build_free(e->b);
    aon_arena_free(e->arena);
}

/* ---- scope ---- */

/* A library read by `use` may have brought new names. */
void
aon_elab_room(aon_elab *e, uint32_t id)
{
    size_t n = aon_names_count(e->names);

    if (id < e->ntop)
        return;
    e->top = aon_xrealloc(e->top, n * sizeof *e->top);
    e->visible = aon_xrealloc(e->visible, n * sizeof *e->visible);
    memset(e->top + e->ntop, 0, (n - e->ntop) * sizeof *e->top);
    for (size_t i = e->ntop; i < n; i++)
        e->visible[i] = NULL;
    e->ntop = n;
}

void
aon_elab_bind(aon_elab *e, const aon_sym *sym, aon_val val)
{
    aon_elab_room(e, sym->id);
    e->scope = aon_grow(e->scope, &e->scope_cap, e->nscope + 1, sizeof *e->scope);
    e->scope[e->nscope] = (aon_scope_entry){sym, val, e->frame, e->top[sym->id]};
    e->top[sym->id] = ++e->nscope;
}

void
aon_elab_unbind(aon_elab *e, size_t n)
{
    for (; n > 0; n--) {
        const aon_scope_entry *s = &e->scope[--e->nscope];

        e->top[s->sym->id] = s->below;
    }
}

const aon_val *
aon_elab_lookup(const aon_elab *e, const aon_sym *sym)
{
    size_t i = sym->id < e->ntop ? e->top[sym->id] : 0;

    if (i == 0 || e->scope[i - 1].frame != e->frame)
        return NULL;
    return &e->scope[i - 1].val;
}

bool
aon_elab_fresh(aon_elab *e, const aon_ident *id)
{
    if (aon_elab_lookup(e, id->sym) == NULL)
        return true;
    aon_elab_error(e, id->span, "duplicate-name", aon_elab_fresh_hint(e, id->sym),
                   "`%s` is in scope already", id->sym->s);
    return false;
}

/* ---- messages ---- */

const char *
aon_elab_format(aon_elab *e, const char *fmt, ...)
{
    char text[400];
    va_list ap;

    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    return aon_arena_strndup(e->arena, text, aon_utf8_valid_prefix(text, strlen(text)));
}

const char *
aon_elab_keep(aon_elab *e, aon_buf *b)
{
    const char *s = b->len > 0 ? aon_arena_strndup(e->arena, b->s, b->len) : NULL;

    aon_buf_clear(b);
    return s;
}

const char *
aon_elab_source(aon_elab *e, aon_span s)
{
    aon_text t = aon_span_text(s);
    size_t n = 0, cut = aon_utf8_valid_prefix(t.s, t.len > 40 ? 40 : t.len);
    char text[48];

    for (size_t i = 0; i < cut; i++) {
        char c = t.s[i] == '\n' || t.s[i] == '\t' ? ' ' : t.s[i];

        if (c != ' ' || n == 0 || text[n - 1] != ' ')
            text[n++] = c;
    }
    text[n] = '\0';
    return aon_elab_format(e, "%s%s", text, cut < t.len ? ".." : "");
}

static void
notes(aon_elab *e)
{
    const aon_site *s = e->site;

    for (int i = 0; s != NULL && i < MOST_NOTES; i++, s = s->outer)
        if (s->call != NULL)
            aon_diag_note(e->diags, s->call->span, "in the expansion of %s",
                          aon_elab_source(e, s->call->span));
}

void
aon_elab_error(aon_elab *e, aon_span where, const char *slug, const char *hint,
               const char *fmt, ...)
{
    char text[600];
    va_list ap;

    if (e->failed)
        return;
    e->failed = true;
    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    (void)aon_diag(e->diags, AON_SEV_ERROR, where, slug, hint, "%s", text);
    notes(e);
}

const char *
aon_elab_dim_text(aon_elab *e, const aon_dim *d)
{
    aon_buf b;

    aon_buf_init(&b);
    aon_core_print_dim(&b, d);
    return aon_elab_keep(e, &b);
}

const char *
aon_elab_set_text(aon_elab *e, const aon_set *set)
{
    aon_buf b;

    aon_buf_init(&b);
    aon_core_print_set(&b, set);
    return aon_elab_keep(e, &b);
}

static void
put_dim(aon_buf *b, const char *word, const aon_dim *rows, const aon_dim *cols)
{
    aon_buf_puts(b, word);
    aon_buf_putc(b, '(');
    aon_core_print_dim(b, rows);
    if (cols != NULL) {
        aon_buf_putc(b, ',');
        aon_core_print_dim(b, cols);
    }
    aon_buf_putc(b, ')');
}

const char *
aon_elab_describe(aon_elab *e, aon_val v)
{
    const aon_type *t;
    aon_buf b;

    aon_buf_init(&b);
    switch (v.kind) {
    case VAL_SET:
        aon_buf_puts(&b, "the set ");
        aon_core_print_set(&b, &v.set);
        break;
    case VAL_DIM:
        aon_buf_puts(&b, "scalar");
        break;
    case VAL_MODEL:
        put_dim(&b, "model", &v.dim, NULL);
        break;
    case VAL_QUERY:
        aon_buf_puts(&b, "query");
        break;
    case VAL_BAD:
        aon_buf_puts(&b, "nothing");
        break;
    case VAL_NODE:
        t = aon_build_type(e->b, v.node);
        switch (t->kind) {
        case AON_T_SCALAR:
            aon_buf_puts(&b, "scalar");
            break;
        case AON_T_VECTOR:
            put_dim(&b, "vector", &t->rows, NULL);
            break;
        case AON_T_MATRIX:
            put_dim(&b, "matrix", &t->rows, &t->cols);
            break;
        case AON_T_SPACE:
            put_dim(&b, "subspace", &t->rows, NULL);
            break;
        case AON_T_TOKEN:
            aon_buf_puts(&b, "token");
            break;
        case AON_T_CONTEXT:
            aon_buf_puts(&b, "context");
            break;
        default:
            aon_buf_puts(&b, "a formula");
            break;
        }
    }
    return aon_elab_keep(e, &b);
}
