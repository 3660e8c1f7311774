/*
 * What a statement says and which definitions it depends on, as digests of tokens: layout,
 * comments, `cite`, `note` and `expect` are not in them.
 */
#include "cli/lock.h"

#include "lang/lex.h"
#include "lang/theory.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const aon_def **def;
    size_t n, cap;
} def_list;

typedef struct {
    const aon_library **lib; /* used by the statement */
    size_t nlibs, cap;
    def_list seen;
} walk;

/* The tokens of a span, each followed by one space, aliases as what they stand for. */
static void
put_tokens(aon_buf *out, aon_span span)
{
    aon_arena *arena = aon_arena_new();
    const size_t len = span.end - span.begin;
    const aon_source src = {span.src->name,
                            aon_arena_strndup(arena, span.src->text + span.begin, len),
                            len};
    aon_tokens tokens;
    const aon_status st =
        aon_lex(&tokens, &src, aon_names_new(arena, NULL), arena, NULL);

    AON_ASSERT(st == AON_OK); /* it has been read before */
    for (size_t i = 0; i < tokens.n; i++) {
        const aon_token *t = &tokens.tok[i];
        const char *word = aon_tok_text(t->kind);

        if (t->kind == TOK_EOF)
            break;
        if (t->kind == TOK_NAME)
            aon_buf_puts(out, t->sym->s);
        else if (word != NULL)
            aon_buf_puts(out, word);
        else
            aon_buf_put(out, src.text + t->begin, t->end - t->begin);
        aon_buf_putc(out, ' ');
    }
    aon_arena_free(arena);
}

static void
note_def(walk *w, const aon_def *d)
{
    for (size_t i = 0; i < w->seen.n; i++)
        if (w->seen.def[i] == d)
            return;
    w->seen.def =
        aon_grow(w->seen.def, &w->seen.cap, w->seen.n + 1, sizeof *w->seen.def);
    w->seen.def[w->seen.n++] = d;
}

static const aon_def *
called(const walk *w, const aon_expr *x)
{
    if (x->def != NULL)
        return x->def;
    for (size_t i = 0; i < w->nlibs; i++)
        for (size_t k = 0; k < w->lib[i]->ndefs; k++) {
            const aon_def *d = &w->lib[i]->def[k];

            if (d->name.sym == x->name.sym)
                return d;
        }
    AON_ASSERT(!"a call of a definition that is visible");
    return NULL;
}

/* As deep as the nesting limit allows. */
static void
note_calls(walk *w, const aon_expr *x)
{
    if (x == NULL)
        return;
    if (x->kind == EX_CALL)
        note_def(w, called(w, x));
    for (size_t i = 0; i < x->nargs; i++)
        note_calls(w, x->arg[i]);
    for (size_t i = 0; i < x->nbinds; i++)
        note_calls(w, x->bind[i].domain);
    for (size_t i = 0; i < x->nposts; i++)
        note_calls(w, x->post[i].arg);
}

int
aon_lock_compare_def(const aon_lock_def *a, const aon_lock_def *b)
{
    const int c = strcmp(a->file, b->file);

    return c != 0 ? c : strcmp(a->name, b->name);
}

int
aon_lock_compare_statement(const aon_lock_statement *a, const aon_lock_statement *b)
{
    const int c = strcmp(a->file, b->file);

    return c != 0 ? c : strcmp(a->name, b->name);
}

static int
by_name(const void *a, const void *b)
{
    return aon_lock_compare_def(a, b);
}

static size_t
line_of(aon_span span)
{
    size_t line, column;

    aon_source_position(span.src, span.begin, &line, &column);
    return line;
}

static void
describe_def(aon_cli *cli, aon_lock_def *out, const aon_def *d, const char *file)
{
    aon_buf b;

    aon_buf_init(&b);
    put_tokens(&b, d->span);
    out->file = file;
    out->name = aon_cli_printf(cli, "%s.%s", d->lib->name.sym->s, d->name.sym->s);
    out->line = line_of(d->span);
    aon_digest(out->digest, b.s, b.len);
    aon_buf_clear(&b);
}

void
aon_lock_describe(aon_cli *cli, aon_lock_statement *out, const aon_theory *t, size_t i,
                  const char *(*file_of)(void *arg, const char *path), void *arg)
{
    const aon_stmt *s = &t->file[0]->ast.stmt[i];
    walk w = {NULL, 0, 0, {NULL, 0, 0}};
    aon_buf b;

    aon_buf_init(&b);
    aon_buf_printf(&b, "statement %s ", s->name.sym->s);
    for (size_t k = 0; k < s->nitems; k++) {
        const aon_item *it = &s->item[k];

        if (it->kind == IT_CITE || it->kind == IT_NOTE || it->kind == IT_EXPECT)
            continue;
        put_tokens(&b, it->span);
        if (it->kind == IT_USE) {
            w.lib = aon_grow(w.lib, &w.cap, w.nlibs + 1, sizeof *w.lib);
            /* Loading has looked at every library, so that t is only read. */
            w.lib[w.nlibs++] = aon_theory_find((aon_theory *)t, &it->name, it->version,
                                               it->span, s->order, NULL);
        }
        note_calls(&w, it->body);
        note_calls(&w, it->weaken);
    }
    for (size_t k = 0; k < w.seen.n; k++) /* it grows on the way */
        note_calls(&w, w.seen.def[k]->body);
    aon_digest(out->digest, b.s, b.len);
    out->line = line_of(s->name.span);
    out->nuses = w.seen.n;
    out->uses = AON_NEW_N(cli->arena, aon_lock_def, w.seen.n + 1);
    for (size_t k = 0; k < w.seen.n; k++)
        describe_def(cli, &out->uses[k], w.seen.def[k],
                     file_of(arg, w.seen.def[k]->span.src->name));
    if (out->nuses > 0)
        qsort(out->uses, out->nuses, sizeof *out->uses, by_name);
    free(w.seen.def);
    free(w.lib);
    aon_buf_clear(&b);
}
