/*
 * Scope, messages, and the walk over expressions.
 */
#include "lang/elab.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_NOTES 8

struct aon_memo_entry {
    const aon_def *def;
    const aon_val *args;
    aon_val result;
    uint32_t calls, deepest; /* what expanding it took */
    size_t hash;
    aon_memo_entry *next;
};

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
static void
room_for(aon_elab *e, uint32_t id)
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
    room_for(e, sym->id);
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
    aon_elab_error(e, id->span, "duplicate-name", "choose another name",
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
    return aon_arena_strndup(e->arena, text, strlen(text));
}

const char *
aon_elab_source(aon_elab *e, aon_span s)
{
    aon_text t = aon_span_text(s);
    size_t n = 0, cut = t.len > 40 ? 40 : t.len;
    char text[48];

    while (cut < t.len && cut > 0 && ((unsigned char)t.s[cut] & 0xC0) == 0x80)
        cut--;
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

/* The nearest visible name, as a hint. */
static const char *
nearest(aon_elab *e, const aon_sym *sym, bool call)
{
    const char *best = NULL;
    size_t limit = sym->len <= 3 ? 1 : 2, n = aon_names_count(e->names), d;

    if (n > 20000)
        return NULL;
    for (uint32_t i = 0; i < n && i < e->ntop; i++) {
        const aon_sym *s = aon_names_at(e->names, i);

        if (s == sym || (call ? e->visible[i] == NULL : aon_elab_lookup(e, s) == NULL))
            continue;
        d = aon_name_distance(sym->s, s->s, limit);
        if (d == SIZE_MAX)
            continue;
        best = s->s;
        limit = d > 0 ? d - 1 : 0;
        if (d <= 1)
            break;
    }
    return best != NULL ? aon_elab_format(e, "did you mean `%s`?", best) : NULL;
}

void
aon_elab_unknown(aon_elab *e, const aon_ident *id, bool call)
{
    const char *hint = NULL;

    room_for(e, id->sym->id);
    if (e->failed)
        return;
    if (call && aon_elab_lookup(e, id->sym) != NULL)
        hint = aon_elab_format(e, "`%s` is not a definition: it takes no arguments",
                               id->sym->s);
    else if (!call && e->visible[id->sym->id] != NULL)
        hint = aon_elab_format(e, "`%s` is a definition: write `%s(..)`", id->sym->s,
                               id->sym->s);
    else
        hint = nearest(e, id->sym, call);
    aon_elab_error(e, id->span, "unknown-name", hint, "%s `%s`",
                   call ? "unknown definition" : "unknown name", id->sym->s);
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
    const char *s;
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
    s = aon_arena_strndup(e->arena, b.s, b.len);
    aon_buf_clear(&b);
    return s;
}

/* ---- values ---- */

aon_ref
aon_elab_node(aon_elab *e, aon_val v)
{
    if (v.kind == VAL_NODE)
        return v.node;
    return v.kind == VAL_DIM ? aon_mk_size(e->b, v.dim) : AON_NO_REF;
}

aon_val
aon_val_node(aon_elab *e, const aon_expr *x, aon_ref r)
{
    if (aon_build_overflow(e->b) != NULL) {
        aon_elab_error(
            e, x->span, "expansion",
            "name a repeated part with `let`; give definitions fewer repetitions", "%s",
            aon_build_overflow(e->b));
        return (aon_val){.kind = VAL_BAD};
    }
    return (aon_val){.kind = VAL_NODE, .node = r};
}

bool
aon_elab_is(const aon_elab *e, aon_val v, aon_type_kind kind)
{
    if (v.kind == VAL_DIM)
        return kind == AON_T_SCALAR;
    return v.kind == VAL_NODE && aon_build_type(e->b, v.node)->kind == kind;
}

aon_ref
aon_elab_formula(aon_elab *e, const aon_expr *x, aon_val v)
{
    if (v.kind == VAL_BAD)
        return AON_NO_REF;
    if (aon_elab_is(e, v, AON_T_FORMULA))
        return v.node;
    aon_elab_error(e, x->span, "type", NULL, "a formula is needed here, `%s` is %s",
                   aon_elab_source(e, x->span), aon_elab_describe(e, v));
    return AON_NO_REF;
}

bool
aon_elab_set(aon_elab *e, const aon_set_ast *s, aon_set *out)
{
    const aon_val *v, *q = NULL;

    memset(out, 0, sizeof *out);
    if (s->base == TOK_NAME) {
        v = aon_elab_lookup(e, s->name.sym);
        if (v == NULL) {
            aon_elab_unknown(e, &s->name, false);
            return false;
        }
    } else {
        v = NULL;
        out->name = s->base == TOK_X ? "X" : "Y";
        out->tokens = s->base == TOK_Y;
    }
    if (s->query.sym != NULL && (q = aon_elab_lookup(e, s->query.sym)) == NULL) {
        aon_elab_unknown(e, &s->query, false);
        return false;
    }
    if (v != NULL && v->kind != VAL_SET) {
        aon_elab_error(e, s->span, "type", NULL, "a set is needed here, `%s` is %s",
                       s->name.sym->s, aon_elab_describe(e, *v));
        return false;
    }
    if (v != NULL)
        *out = v->set;
    if (q == NULL)
        return true;
    if (q->kind != VAL_QUERY) {
        aon_elab_error(e, s->query.span, "type", NULL,
                       "a query is needed here, `%s` is %s", s->query.sym->s,
                       aon_elab_describe(e, *q));
        return false;
    }
    if (out->tokens || out->query != NULL) {
        aon_elab_error(e, s->span, "type", NULL,
                       out->tokens
                           ? "only a set of contexts can be restricted by a query"
                           : "this set is restricted by a query already");
        return false;
    }
    out->query = q->name;
    return true;
}

/* A value as a dimension: a dim, or a literal natural number. */
bool
aon_elab_as_dim(aon_elab *e, aon_val v, aon_dim *out)
{
    const char *s;
    size_t n;

    if (v.kind == VAL_DIM) {
        *out = v.dim;
        return true;
    }
    if (v.kind != VAL_NODE || aon_build_node(e->b, v.node)->op != AON_RAT)
        return false;
    s = aon_build_node(e->b, v.node)->name;
    n = strlen(s);
    if (n > 9 || strspn(s, "0123456789") != n)
        return false;
    *out = aon_dim_int((uint32_t)strtoul(s, NULL, 10));
    return true;
}

bool
aon_elab_dim(aon_elab *e, const aon_dim_ast *d, aon_dim *out)
{
    const aon_val *v;
    aon_set set;

    *out = aon_dim_int(d->value);
    if (d->kind == DIMA_INT)
        return true;
    if (d->kind == DIMA_COUNT) {
        if (!aon_elab_set(e, &d->set, &set))
            return false;
        *out = aon_dim_set(set);
        return true;
    }
    v = aon_elab_lookup(e, d->name.sym);
    if (v == NULL) {
        aon_elab_unknown(e, &d->name, false);
        return false;
    }
    if (d->kind == DIMA_MEMBER && v->kind == VAL_MODEL) {
        *out = v->dim;
        return true;
    }
    if (d->kind == DIMA_NAME && aon_elab_as_dim(e, *v, out))
        return true;
    aon_elab_error(e, d->span, "type",
                   d->kind == DIMA_NAME && v->kind == VAL_MODEL
                       ? aon_elab_format(e, "write `%s.dim`", d->name.sym->s)
                       : NULL,
                   "%s is needed here, `%s` is %s",
                   d->kind == DIMA_MEMBER ? "a model" : "a dimension", d->name.sym->s,
                   aon_elab_describe(e, *v));
    return false;
}

/* ---- calls ---- */

static bool
val_equal(const aon_val *a, const aon_val *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case VAL_NODE:
        return a->node == b->node;
    case VAL_SET:
        return aon_set_equal(&a->set, &b->set);
    case VAL_DIM:
        return aon_dim_equal(&a->dim, &b->dim);
    default:
        return strcmp(a->name, b->name) == 0;
    }
}

static size_t
val_hash(const aon_val *v)
{
    const char *s = v->kind == VAL_SET    ? v->set.name
                    : v->kind == VAL_NODE ? ""
                                          : v->name;
    size_t h = (size_t)v->kind * 31 + (v->kind == VAL_NODE ? v->node * 2654435761u : 0);

    for (; s != NULL && *s != '\0'; s++)
        h = h * 131 + (unsigned char)*s;
    return h;
}

static aon_memo_entry **
memo_slot(aon_elab *e, const aon_def *d, const aon_val *args, size_t *hash)
{
    aon_memo_entry **m;
    size_t h = ((size_t)(const void *)d >> 4) * 0x9E3779B97F4A7C15u;

    for (size_t i = 0; i < d->nparams; i++)
        h = (h ^ val_hash(&args[i])) * 0x9E3779B97F4A7C15u;
    *hash = h ^ (h >> 32);
    for (m = &e->memo[*hash & (e->memo_slots - 1)]; *m != NULL; m = &(*m)->next) {
        size_t i = 0;

        if ((*m)->hash != *hash || (*m)->def != d)
            continue;
        while (i < d->nparams && val_equal(&(*m)->args[i], &args[i]))
            i++;
        if (i == d->nparams)
            break;
    }
    return m;
}

static void
memo_grow(aon_elab *e)
{
    size_t n = 2 * e->memo_slots;
    aon_memo_entry **more = aon_xcalloc(n, sizeof(aon_memo_entry *));

    for (size_t i = 0; i < e->memo_slots; i++)
        for (aon_memo_entry *m = e->memo[i], *next; m != NULL; m = next) {
            next = m->next;
            m->next = more[m->hash & (n - 1)];
            more[m->hash & (n - 1)] = m;
        }
    free(e->memo);
    e->memo = more;
    e->memo_slots = n;
}

static bool
over_limit(aon_elab *e, const aon_expr *call)
{
    if (e->calls <= AON_CALL_LIMIT && e->deepest <= AON_CHAIN_LIMIT)
        return false;
    aon_elab_error(e, call->span, "expansion", "give definitions fewer calls",
                   e->calls > AON_CALL_LIMIT
                       ? "definitions expand to more than 1000000 calls"
                       : "calls of definitions are nested more than 1000 deep");
    return true;
}

/* The body with the parameters bound, in a frame of its own. */
aon_val
aon_elab_apply(aon_elab *e, const aon_def *d, const aon_val *args)
{
    uint32_t frame = e->frame;
    aon_val v;

    e->frame = ++e->nframes;
    for (size_t i = 0; i < d->nparams; i++)
        aon_elab_bind(e, d->param[i].sym, args[i]);
    v = aon_elab_expr(e, d->body);
    if (!e->failed)
        aon_elab_unbind(e, d->nparams);
    e->frame = frame;
    return v;
}

static aon_val
expand(aon_elab *e, const aon_expr *x, const aon_def *d, const aon_val *args)
{
    uint32_t calls = e->calls, chain = e->chain, deepest = e->deepest;
    aon_site site = {e->site, x, d};
    aon_memo_entry *m, **slot;
    size_t hash;

    slot = memo_slot(e, d, args, &hash);
    if (*slot != NULL) {
        m = *slot;
        e->calls += m->calls;
        if (e->calls < calls)
            e->calls = UINT32_MAX;
        if (chain + x->nest + 1 + m->deepest > e->deepest)
            e->deepest = chain + x->nest + 1 + m->deepest;
        return over_limit(e, x) ? (aon_val){.kind = VAL_BAD} : m->result;
    }
    e->calls++;
    e->chain = e->deepest = chain + x->nest + 1;
    if (over_limit(e, x))
        return (aon_val){.kind = VAL_BAD};
    m = AON_NEW(e->arena, aon_memo_entry);
    e->site = &site;
    m->result = aon_elab_apply(e, d, args);
    e->site = site.outer;
    if (e->failed)
        return (aon_val){.kind = VAL_BAD};
    m->def = d;
    m->args = args;
    m->hash = hash;
    m->calls = e->calls - calls;
    m->deepest = e->deepest - e->chain;
    e->chain = chain;
    if (deepest > e->deepest)
        e->deepest = deepest;
    slot = memo_slot(e, d, args, &hash);
    *slot = m;
    if (++e->nmemo > e->memo_slots)
        memo_grow(e);
    return m->result;
}

aon_val
aon_elab_call(aon_elab *e, const aon_expr *x)
{
    const aon_val bad = {.kind = VAL_BAD};
    const aon_def *d = x->def;
    aon_val *args;

    if (d == NULL) {
        room_for(e, x->name.sym->id);
        d = e->visible[x->name.sym->id];
    }
    if (d == NULL) {
        aon_elab_unknown(e, &x->name, true);
        return bad;
    }
    if (d->nparams != x->nargs) {
        aon_elab_error(e, x->span, "arity", NULL, "`%s` takes %zu argument%s, not %zu",
                       d->name.sym->s, d->nparams, d->nparams == 1 ? "" : "s",
                       x->nargs);
        return bad;
    }
    args = AON_NEW_N(e->arena, aon_val, x->nargs);
    for (size_t i = 0; i < x->nargs; i++) {
        args[i] = aon_elab_expr(e, x->arg[i]);
        if (e->failed)
            return bad;
    }
    if (d->bad) { /* its own error has been reported */
        e->failed = true;
        return bad;
    }
    return expand(e, x, d, args);
}

bool
aon_elab_show_def(aon_elab *e, const aon_def *d, aon_span where)
{
    const aon_def *old;

    if (d->name.sym == NULL)
        return true;
    room_for(e, d->name.sym->id);
    old = e->visible[d->name.sym->id];
    e->visible[d->name.sym->id] = d;
    if (old == NULL || old->lib == d->lib)
        return true;
    aon_elab_error(e, where, "duplicate-name", NULL,
                   "`%s` is defined in library `%s` and in library `%s`",
                   d->name.sym->s, old->lib->name.sym->s, d->lib->name.sym->s);
    return false;
}

bool
aon_elab_has_label(const aon_elab *e, const aon_sym *d, const aon_sym *l)
{
    const aon_def *def = d->id < e->ntop ? e->visible[d->id] : NULL;

    for (size_t i = 0; def != NULL && i < def->nlabels; i++)
        if (def->labels[i].sym == l)
            return true;
    return false;
}

/* ---- expressions ---- */

static bool
is_dropped(const aon_elab *e, const aon_expr *x)
{
    const char *def, *label;

    if (x->kind != EX_LABEL || e->site == NULL || e->site->def->name.sym == NULL)
        return false;
    def = e->site->def->name.sym->s;
    label = x->name.sym->s;
    for (size_t i = 0; i < e->ndrop; i++) {
        size_t n = strlen(def);

        if (strncmp(e->drop[i], def, n) == 0 && e->drop[i][n] == '.' &&
            strcmp(e->drop[i] + n + 1, label) == 0)
            return true;
    }
    return false;
}

/* P and Q and .., P or Q or ..: left to right, each pair checked once both are there. */
static aon_val
chain_logic(aon_elab *e, const aon_expr *x)
{
    aon_op op = x->kind == EX_AND ? AON_AND : AON_OR;
    aon_ref acc = AON_NO_REF, q;
    const aon_expr *first = NULL;
    aon_val left = {.kind = VAL_BAD}, v;

    for (size_t i = 0; i < x->nargs; i++) {
        if (is_dropped(e, x->arg[i]))
            continue;
        v = aon_elab_expr(e, x->arg[i]);
        if (e->failed)
            return v;
        if (first == NULL) {
            first = x->arg[i];
            left = v;
            continue;
        }
        if (acc == AON_NO_REF)
            acc = aon_elab_formula(e, first, left);
        q = aon_elab_formula(e, x->arg[i], v);
        if (e->failed)
            return (aon_val){.kind = VAL_BAD};
        acc = aon_mk_both(e->b, op, acc, q);
    }
    if (first == NULL)
        acc = aon_mk_truth(e->b);
    else if (acc == AON_NO_REF)
        acc = aon_elab_formula(e, first, left);
    if (e->failed)
        return (aon_val){.kind = VAL_BAD};
    return aon_val_node(e, x, acc);
}

static aon_val
logic(aon_elab *e, const aon_expr *x)
{
    const aon_val bad = {.kind = VAL_BAD};
    aon_val v = aon_elab_expr(e, x->arg[0]), w = bad;
    aon_ref p, q = AON_NO_REF;

    if (!e->failed && x->nargs > 1)
        w = aon_elab_expr(e, x->arg[1]);
    if (e->failed)
        return bad;
    p = aon_elab_formula(e, x->arg[0], v);
    if (x->nargs > 1)
        q = aon_elab_formula(e, x->arg[1], w);
    if (e->failed)
        return bad;
    switch (x->kind) {
    case EX_NOT:
        return aon_val_node(e, x, aon_mk_not(e->b, p));
    case EX_IMP:
        return aon_val_node(e, x, aon_mk_both(e->b, AON_OR, aon_mk_not(e->b, p), q));
    default:
        v.node = aon_mk_both(e->b, AON_OR, aon_mk_not(e->b, p), q);
        w.node = aon_mk_both(e->b, AON_OR, aon_mk_not(e->b, q), p);
        return aon_val_node(e, x, aon_mk_both(e->b, AON_AND, v.node, w.node));
    }
}

/* a + b - c, a * b * c: left to right. */
static aon_val
chain_terms(aon_elab *e, const aon_expr *x)
{
    aon_val acc = aon_elab_expr(e, x->arg[0]), v;

    for (size_t i = 1; i < x->nargs && !e->failed; i++) {
        v = aon_elab_expr(e, x->arg[i]);
        if (e->failed)
            break;
        acc = aon_elab_binary(e, x, x->ops[i], x->arg[i - 1], acc, x->arg[i], v);
    }
    return acc;
}

static aon_val
relation(aon_elab *e, const aon_expr *x)
{
    aon_val a = aon_elab_expr(e, x->arg[0]), b = {.kind = VAL_BAD};

    if (!e->failed)
        b = aon_elab_expr(e, x->arg[1]);
    if (e->failed)
        return b;
    return aon_elab_binary(e, x, x->op, x->arg[0], a, x->arg[1], b);
}

static aon_val
postfix(aon_elab *e, const aon_expr *x)
{
    aon_val v = aon_elab_expr(e, x->arg[0]), arg = {.kind = VAL_BAD};

    for (size_t i = 0; i < x->nposts && !e->failed; i++) {
        if (x->post[i].arg != NULL)
            arg = aon_elab_expr(e, x->post[i].arg);
        if (!e->failed)
            v = aon_elab_suffix(e, x, &x->post[i], v, arg);
    }
    return v;
}

static aon_val
builtin(aon_elab *e, const aon_expr *x)
{
    size_t want = x->op == TOK_IMAGE ? 2 : 1;
    aon_val args[2];

    if (x->nargs != want) {
        aon_elab_error(e, x->span, "arity", NULL, "`%s` takes %zu argument%s, not %zu",
                       aon_tok_text(x->op), want, want == 1 ? "" : "s", x->nargs);
        return (aon_val){.kind = VAL_BAD};
    }
    for (size_t i = 0; i < x->nargs; i++) {
        args[i] = aon_elab_expr(e, x->arg[i]);
        if (e->failed)
            return args[i];
    }
    return aon_elab_builtin(e, x, args);
}

static aon_val
labelled(aon_elab *e, const aon_expr *x)
{
    aon_val v;

    if (is_dropped(e, x))
        return aon_val_node(e, x, aon_mk_truth(e->b));
    v = aon_elab_expr(e, x->arg[0]);
    if (!e->failed)
        (void)aon_elab_formula(e, x->arg[0], v);
    return e->failed ? (aon_val){.kind = VAL_BAD} : v;
}

static aon_val
name(aon_elab *e, const aon_expr *x)
{
    const aon_val *v = aon_elab_lookup(e, x->name.sym);

    if (v != NULL)
        return *v;
    aon_elab_unknown(e, &x->name, false);
    return (aon_val){.kind = VAL_BAD};
}

aon_val
aon_elab_expr(aon_elab *e, const aon_expr *x)
{
    aon_val v = {.kind = VAL_BAD};

    if (e->failed)
        return v;
    aon_build_at(e->b, x->span);
    switch (x->kind) {
    case EX_NUM:
        return aon_val_node(e, x, aon_mk_rat(e->b, x->text));
    case EX_NAME:
        return name(e, x);
    case EX_BASE:
        return aon_val_node(e, x, aon_mk_base(e->b));
    case EX_SET:
    case EX_COUNT:
        if (!aon_elab_set(e, x->set, &v.set))
            return v;
        v.kind = x->kind == EX_SET ? VAL_SET : VAL_DIM;
        if (v.kind == VAL_DIM)
            v.dim = aon_dim_set(v.set);
        return v;
    case EX_CALL:
        return aon_elab_call(e, x);
    case EX_BUILTIN:
        return builtin(e, x);
    case EX_ANGLE:
        v = aon_elab_expr(e, x->arg[0]);
        if (e->failed)
            return v;
        return aon_elab_binary(e, x, TOK_COMMA, x->arg[0], v, x->arg[1],
                               aon_elab_expr(e, x->arg[1]));
    case EX_BUILDER:
    case EX_SPAN:
    case EX_SUM:
    case EX_QUANT:
        return aon_elab_binder(e, x);
    case EX_NOT:
    case EX_IMP:
    case EX_IFF:
        return logic(e, x);
    case EX_NEG:
        v = aon_elab_expr(e, x->arg[0]);
        return e->failed ? v : aon_elab_binary(e, x, TOK_NOT, x->arg[0], v, NULL, v);
    case EX_REL:
        return relation(e, x);
    case EX_ADD:
    case EX_MUL:
        return chain_terms(e, x);
    case EX_AND:
    case EX_OR:
        return chain_logic(e, x);
    case EX_LABEL:
        return labelled(e, x);
    case EX_POST:
        return postfix(e, x);
    }
    return v;
}
