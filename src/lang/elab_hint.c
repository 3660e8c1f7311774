/*
 * What to write instead of a name that is not there.
 */
#include "lang/elab.h"

#include "base/utf8.h"

#include <string.h>

#define MOST_LISTED 6
#define MOST_COMPARED 20000u /* names in a file, for suggestions */

/* ---- lists of names ---- */

static bool
fits(const aon_elab *e, aon_val v, const char *sort)
{
    if (sort == NULL)
        return true;
    switch (sort[0]) {
    case 't':
        return aon_elab_is(e, v, AON_T_TOKEN);
    case 'c':
        return aon_elab_is(e, v, AON_T_CONTEXT);
    case 'q':
        return v.kind == VAL_QUERY;
    case 'm':
        return v.kind == VAL_MODEL;
    case 'd':
        return v.kind == VAL_DIM;
    default:
        return v.kind == VAL_SET;
    }
}

/* "`a`, `b`, .." */
static void
put_listed(aon_buf *b, size_t nth, const char *name)
{
    if (nth > MOST_LISTED)
        return;
    aon_buf_puts(b, nth == 0 ? "" : ", ");
    if (nth == MOST_LISTED)
        aon_buf_puts(b, "..");
    else
        aon_buf_printf(b, "`%.40s`", name);
}

const char *
aon_elab_in_scope(aon_elab *e, const char *sort)
{
    size_t n = 0;
    aon_buf b;

    aon_buf_init(&b);
    for (size_t i = 0; i < e->nscope && n <= MOST_LISTED; i++) {
        const aon_scope_entry *s = &e->scope[i];

        if (s->frame == e->frame && e->top[s->sym->id] == i + 1 &&
            fits(e, s->val, sort))
            put_listed(&b, n++, s->sym->s);
    }
    return aon_elab_keep(e, &b);
}

const char *
aon_elab_fresh_hint(aon_elab *e, const aon_sym *sym)
{
    char text[64];
    size_t n = sym->len;

    if (n < sizeof text - 8) {
        memcpy(text, sym->s, n + 1);
        for (int i = 0; i < 4; i++) {
            const aon_sym *other;

            text[n++] = '\'';
            text[n] = '\0';
            other = aon_names_find(e->names, text, n);
            if (other == NULL || aon_elab_lookup(e, other) == NULL)
                return aon_elab_format(e, "choose another name, such as `%s`", text);
        }
    }
    return "choose another name";
}

const char *
aon_elab_signature(aon_elab *e, const aon_def *d, const aon_sym *more)
{
    size_t len = d->label != NULL ? strlen(d->label) : 0;
    int label = (int)aon_utf8_valid_prefix(d->label, len > 40 ? 40 : len);
    aon_buf b;

    aon_buf_init(&b);
    if (d->label != NULL)
        aon_buf_printf(&b, "report \"%.*s\" (", label, d->label);
    else
        aon_buf_printf(&b, "def %.60s(", d->name.sym->s);
    for (size_t i = 0; i < d->nparams; i++)
        aon_buf_printf(&b, "%s%.40s", i > 0 ? ", " : "", d->param[i].sym->s);
    if (more != NULL)
        aon_buf_printf(&b, "%s%.40s", d->nparams > 0 ? ", " : "", more->s);
    aon_buf_putc(&b, ')');
    return aon_elab_keep(e, &b);
}

const char *
aon_elab_arity_hint(aon_elab *e, const aon_def *d)
{
    return aon_elab_format(e, "it is declared as `%s` in library `%.80s`",
                           aon_elab_signature(e, d, NULL),
                           d->lib != NULL ? d->lib->name.sym->s : "");
}

/* ---- the nearest ---- */

/* As far apart as the names are long: only other letters of one case will do. */
static bool
unlike(const aon_sym *a, const aon_sym *b, size_t distance)
{
    size_t longer = a->len > b->len ? a->len : b->len;

    return distance >= longer &&
           (a->len != 1 || b->len != 1 || (a->s[0] ^ b->s[0]) != 32);
}

static const char *
nearest(aon_elab *e, const aon_sym *sym, bool call, const char *sort)
{
    const char *best = NULL;
    size_t limit = sym->len <= 3 ? 1 : 2, n = aon_names_count(e->names), d;

    if (n > MOST_COMPARED)
        return NULL;
    for (uint32_t i = 0; i < n && i < e->ntop; i++) {
        const aon_sym *s = aon_names_at(e->names, i);
        const aon_val *v = aon_elab_lookup(e, s);

        if (s == sym || (call ? e->visible[i] == NULL : v == NULL))
            continue;
        if (!call && e->def == NULL && !fits(e, *v, sort))
            continue;
        d = aon_name_distance(sym->s, s->s, limit);
        if (d == SIZE_MAX || unlike(sym, s, d))
            continue;
        best = s->s;
        limit = d > 0 ? d - 1 : 0;
        if (d <= 1)
            break;
    }
    return best != NULL ? aon_elab_format(e, "did you mean `%s`?", best) : NULL;
}

/* The visible definitions, those with the most similar names first; NULL if none. */
static const char *
definitions(aon_elab *e, const aon_sym *sym)
{
    const char *best[MOST_LISTED + 1];
    size_t far[MOST_LISTED + 1], count = 0, n = aon_names_count(e->names);
    aon_buf b;

    if (n > MOST_COMPARED)
        return NULL;
    for (uint32_t i = 0; i < n && i < e->ntop; i++) {
        const char *s = aon_names_at(e->names, i)->s;
        size_t d, k;

        if (e->visible[i] == NULL)
            continue;
        d = aon_name_distance(sym->s, s, SIZE_MAX - 1);
        if (count <= MOST_LISTED)
            count++;
        else if (d >= far[MOST_LISTED])
            continue;
        for (k = count - 1; k > 0 && far[k - 1] > d; k--) {
            best[k] = best[k - 1];
            far[k] = far[k - 1];
        }
        best[k] = s;
        far[k] = d;
    }
    aon_buf_init(&b);
    for (size_t i = 0; i < count; i++)
        put_listed(&b, i, best[i]);
    return aon_elab_keep(e, &b);
}

/* ---- names of other languages ---- */

#define LOG_ODDS                                                                       \
    "probabilities are not rational; compare log-odds: `<m.f(x), m.g(y) - m.g(base)>`"

static const struct {
    const char *word, *hint;
} foreign[] = {
    {"rank", "write `dim(colspace(A))` for a matrix, `dim(S)` for a subspace"},
    {"rk", "write `dim(colspace(A))` for a matrix, `dim(S)` for a subspace"},
    {"ker", "write `{v in vector(d) | A*v = 0}`"},
    {"kernel", "write `{v in vector(d) | A*v = 0}`"},
    {"null", "write `{v in vector(d) | A*v = 0}`"},
    {"im", "write `colspace(A)`, or `image(A,S)` of a subspace S"},
    {"range", "write `colspace(A)`, or `image(A,S)` of a subspace S"},
    {"col", "write `colspace(A)`"},
    {"row", "write `rowspace(A)`"},
    {"transpose", "write `tr(A)`"},
    {"t", "write `tr(A)` for a transpose"},
    {"norm", "write `<v,v>`, the square of the norm"},
    {"dot", "write `<u,v>`"},
    {"inner", "write `<u,v>`"},
    {"size", "write `#S`"},
    {"card", "write `#S`"},
    {"count", "write `#S`"},
    {"I", "write `id(d)`"},
    {"Id", "write `id(d)`"},
    {"identity", "write `id(d)`"},
    {"P", "write `proj(S)`, the projector onto a subspace"},
    {"projection", "write `proj(S)`"},
    {"orth", "write `perp(S)`"},
    {"inv", "there is no inverse; say what it does: `exists B in matrix(d,d): A*B = "
            "id(d)`"},
    {"inverse",
     "there is no inverse; say what it does: `exists B in matrix(d,d): A*B = "
     "id(d)`"},
    {"det", "there is no determinant; A is invertible if `dim(colspace(A)) = d`"},
    {"p", LOG_ODDS},
    {"prob", LOG_ODDS},
    {"log", LOG_ODDS},
    {"exp", LOG_ODDS},
    {"softmax", LOG_ODDS},
    {"f", "an embedding belongs to a model: `m.f(x)`"},
    {"g", "an unembedding belongs to a model: `m.g(y)`"},
};

static const char *
foreign_hint(const aon_sym *sym)
{
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
        if (strcmp(sym->s, foreign[i].word) == 0)
            return foreign[i].hint;
    return NULL;
}

/* ---- unknown names ---- */

static const aon_def *
def_of(const aon_library *lib, const aon_sym *sym)
{
    for (size_t i = 0; i < lib->ndefs; i++)
        if (lib->def[i].name.sym == sym)
            return &lib->def[i];
    return NULL;
}

static const char *
call_in_definition(aon_elab *e, const aon_sym *sym)
{
    const char *list = definitions(e, sym);

    if (def_of(e->lib, sym) != NULL)
        return aon_elab_format(
            e,
            "move `def %.80s` up: a definition uses only what stands "
            "above it",
            sym->s);
    if (list != NULL)
        return aon_elab_format(e,
                               "write `def %.80s(..) := ..` above; the definitions "
                               "above are %s",
                               sym->s, list);
    return aon_elab_format(e,
                           "write `def %.80s(..) := ..` above; a library uses no other "
                           "library",
                           sym->s);
}

static const char *
call_hint(aon_elab *e, const aon_sym *sym)
{
    const char *list = definitions(e, sym);

    for (size_t i = 0; e->t != NULL && e->t->nfiles > 0 && i < e->t->file[0]->ast.nlibs;
         i++) {
        const aon_library *lib = &e->t->file[0]->ast.lib[i];

        if (def_of(lib, sym) != NULL)
            return aon_elab_format(
                e, "write `use %.80s %u` above: `%.80s` is defined there",
                lib->name.sym->s, (unsigned)lib->version, sym->s);
    }
    if (list != NULL)
        return aon_elab_format(e,
                               "the definitions in use are %s; write another in a "
                               "library, and `use` it",
                               list);
    return "write `use ntp 1` above, or a library: `library mine 1` with `def F(m) := "
           "..`";
}

static const char *
name_hint(aon_elab *e, const aon_sym *sym, const char *sort)
{
    const char *fitting = aon_elab_in_scope(e, sort);
    const char *all = sort != NULL ? aon_elab_in_scope(e, NULL) : fitting;
    const char *in = sort == NULL     ? "scalar"
                     : sort[0] == 's' ? "contexts"
                     : sort[0] == 'm' ? "model(d)"
                                      : sort;

    if (e->def != NULL)
        return aon_elab_format(e,
                               "a definition sees its parameters, `X`, `Y` and `base`: "
                               "write `%s := ..`",
                               aon_elab_signature(e, e->def, sym));
    if (e->t == NULL)
        return all == NULL ? "no name is declared here"
                           : aon_elab_format(e, "the names here are %s", all);
    if (sort != NULL && fitting != NULL)
        return aon_elab_format(e, "write %s, or declare it above: `given %.80s in %s`",
                               fitting, sym->s, in);
    if (sort == NULL && all != NULL)
        return aon_elab_format(e,
                               "declare it above: `given %.80s in token` (or another "
                               "sort), `let %.80s := ..`; in scope are %s",
                               sym->s, sym->s, all);
    if (sort == NULL)
        return aon_elab_format(e,
                               "declare it above: `given %.80s in scalar` (or another "
                               "sort), `let %.80s := ..`",
                               sym->s, sym->s);
    return aon_elab_format(e, "declare it above: `given %.80s in %s`", sym->s, in);
}

void
aon_elab_unknown(aon_elab *e, const aon_ident *id, bool call, const char *sort)
{
    const char *hint = NULL;

    aon_elab_room(e, id->sym->id);
    if (e->failed)
        return;
    if (call && aon_elab_lookup(e, id->sym) != NULL)
        hint = aon_elab_format(e, "`%s` is not a definition: it takes no arguments",
                               id->sym->s);
    else if (!call && e->visible[id->sym->id] != NULL)
        hint = aon_elab_format(e, "`%s` is a definition: write `%s(..)`", id->sym->s,
                               id->sym->s);
    else if (call)
        hint = foreign_hint(id->sym);
    if (hint == NULL)
        hint = nearest(e, id->sym, call, sort);
    if (hint == NULL && strcmp(id->sym->s, "I") == 0)
        hint = foreign_hint(id->sym);
    if (hint == NULL && call)
        hint = e->def != NULL ? call_in_definition(e, id->sym) : call_hint(e, id->sym);
    else if (hint == NULL)
        hint = name_hint(e, id->sym, sort);
    aon_elab_error(e, id->span, "unknown-name", hint, "%s `%s`",
                   call ? "unknown definition" : "unknown name", id->sym->s);
}
