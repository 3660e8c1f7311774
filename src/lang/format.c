/*
 * aon fmt: the canonical layout, made from the tokens alone, so that the core cannot
 * change.  Every definition and every item starts a line; what is longer is broken at the
 * connective of lowest bracket depth and indented; comments stay where they were, at the
 * end of a line or on their own; one blank line is kept where there were some.
 */
#include "lang/lex.h"
#include "lang/parse.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH 100
#define INDENT 4

/* Tokens without white space between them. */
typedef struct {
    uint32_t first, end; /* tokens */
    unsigned depth;      /* open brackets before it */
    unsigned width;      /* code points */
    bool connective;     /* a good place to break before */
} atom;

typedef struct {
    const aon_source *src;
    const aon_tokens *t;
    aon_buf *out;
    atom *atoms; /* of the line being collected */
    size_t n, cap;
    bool continued; /* the line continues an item */
    bool any;       /* something has been written */
    bool blank;     /* a blank line stands before the line being collected */
    bool expect;    /* in an `expect` item */
    unsigned depth;
} formatter;

static bool
starts_line(aon_tok_kind k)
{
    switch (k) {
    case TOK_LIBRARY:
    case TOK_REPORT:
    case TOK_STATEMENT:
    case TOK_DEF:
    case TOK_CITE:
    case TOK_NOTE:
    case TOK_USE:
    case TOK_GIVEN:
    case TOK_LET:
    case TOK_ASSUME:
    case TOK_SHOW:
    case TOK_EXPECT:
    case TOK_EOF:
        return true;
    default:
        return false;
    }
}

/* Can a term end with this token? */
static bool
ends_operand(aon_tok_kind k)
{
    switch (k) {
    case TOK_NAME:
    case TOK_INT:
    case TOK_RAT:
    case TOK_X:
    case TOK_Y:
    case TOK_BASE:
    case TOK_RPAREN:
    case TOK_RBRACKET:
    case TOK_RBRACE:
    case TOK_GT:
    case TOK_DIM:
        return true;
    default:
        return false;
    }
}

static aon_tok_kind
kind_at(const formatter *f, size_t i)
{
    return f->t->tok[i].kind;
}

/* Opening `<` or unary `-`. */
static bool
is_prefix(const formatter *f, size_t i)
{
    aon_tok_kind k = kind_at(f, i);

    return (k == TOK_LT || k == TOK_MINUS) &&
           (i == 0 || !ends_operand(kind_at(f, i - 1)));
}

static bool
takes_arguments(const formatter *f, aon_tok_kind k)
{
    return (k == TOK_NAME && !f->expect) || (k >= TOK_PROJ && k <= TOK_ALL) ||
           (k >= TOK_VECTOR && k <= TOK_MODEL);
}

/* White space between tokens i - 1 and i of one line? */
static bool
spaced(const formatter *f, size_t i)
{
    aon_tok_kind p = kind_at(f, i - 1), k = kind_at(f, i);

    switch (p) {
    case TOK_LPAREN:
    case TOK_LBRACKET:
    case TOK_LBRACE:
    case TOK_HASH:
    case TOK_DOT:
    case TOK_SLASH:
    case TOK_STAR:
        return false;
    default:
        break;
    }
    if (is_prefix(f, i - 1))
        return false;
    switch (k) {
    case TOK_RPAREN:
    case TOK_RBRACKET:
    case TOK_RBRACE:
    case TOK_COMMA:
    case TOK_DOT:
    case TOK_SLASH:
    case TOK_COLON:
    case TOK_STAR:
    case TOK_GT:
    case TOK_LBRACKET:
        return false;
    case TOK_LPAREN:
        return !takes_arguments(f, p);
    case TOK_LBRACE:
        return p != TOK_SPAN;
    default:
        return true;
    }
}

static unsigned
width_of(const formatter *f, size_t i)
{
    const aon_token *t = &f->t->tok[i];
    unsigned n = 0;

    for (uint32_t k = t->begin; k < t->end; k++)
        n += ((unsigned char)f->src->text[k] & 0xC0) != 0x80;
    return n;
}

static void
indent(formatter *f, bool deep)
{
    for (int i = 0; deep && i < INDENT; i++)
        aon_buf_putc(f->out, ' ');
}

static void
write_atoms(formatter *f, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (i > from)
            aon_buf_putc(f->out, ' ');
        for (uint32_t k = f->atoms[i].first; k < f->atoms[i].end; k++) {
            const aon_token *t = &f->t->tok[k];

            aon_buf_put(f->out, f->src->text + t->begin, t->end - t->begin);
        }
    }
}

/* Where to end the line that starts at atom `from`. */
static size_t
line_break(const formatter *f, size_t from, unsigned room)
{
    unsigned used = f->atoms[from].width;
    size_t end = from + 1, best = 0;

    while (end < f->n && used + 1 + f->atoms[end].width <= room)
        used += 1 + f->atoms[end++].width;
    if (end == f->n)
        return end;
    for (size_t i = from + 1; i <= end; i++)
        if (f->atoms[i].connective &&
            (best == 0 || f->atoms[i].depth <= f->atoms[best].depth))
            best = i;
    return best > 0 ? best : end;
}

/* The collected atoms as lines, without the last line end. */
static void
write_line(formatter *f)
{
    for (size_t at = 0, to; at < f->n; at = to) {
        bool deep = f->continued || at > 0;

        to = line_break(f, at, WIDTH - (deep ? INDENT : 0));
        if (at > 0)
            aon_buf_putc(f->out, '\n');
        indent(f, deep);
        write_atoms(f, at, to);
    }
}

static void
flush(formatter *f)
{
    if (f->n == 0)
        return;
    if (f->blank && f->any)
        aon_buf_putc(f->out, '\n');
    write_line(f);
    aon_buf_putc(f->out, '\n');
    f->any = true;
    f->blank = false;
    f->n = 0;
}

static size_t
lines_between(const formatter *f, size_t from, size_t to)
{
    size_t n = 0;

    for (size_t i = from; i < to; i++)
        n += f->src->text[i] == '\n';
    return n;
}

/* A comment that follows `from`, the end of what was before it; is it on its own line? */
static bool
put_comment(formatter *f, const aon_comment *c, size_t from, bool first, bool inside)
{
    size_t lines = lines_between(f, from, c->begin), end = c->end;
    bool trailing = lines == 0 && !first;

    while (end > c->begin && strchr(" \t", f->src->text[end - 1]) != NULL)
        end--;
    if (trailing && f->n > 0) {
        flush(f);
        f->out->s[--f->out->len] = '\0'; /* the line end that flush wrote */
        aon_buf_puts(f->out, "  ");
    } else {
        flush(f);
        if (lines > 1 && f->any)
            aon_buf_putc(f->out, '\n');
        indent(f, inside);
    }
    aon_buf_put(f->out, f->src->text + c->begin, end - c->begin);
    aon_buf_putc(f->out, '\n');
    f->any = true;
    f->continued = true; /* unless the next token starts a line */
    return !trailing;
}

static void
put_token(formatter *f, size_t i, size_t from, bool after_comment)
{
    aon_tok_kind k = kind_at(f, i);
    atom *a;

    if (starts_line(k)) {
        flush(f);
        f->continued = false;
        f->depth = 0;
        f->expect = k == TOK_EXPECT;
        f->blank = lines_between(f, from, f->t->tok[i].begin) > 1 ||
                   ((k == TOK_LIBRARY || k == TOK_STATEMENT) && !after_comment);
    }
    if (k == TOK_EOF)
        return;
    if (k == TOK_RPAREN || k == TOK_RBRACKET || k == TOK_RBRACE || k == TOK_GT)
        f->depth--;
    if (f->n == 0 || spaced(f, i)) {
        f->atoms = aon_grow(f->atoms, &f->cap, f->n + 1, sizeof *f->atoms);
        a = &f->atoms[f->n++];
        *a = (atom){(uint32_t)i, (uint32_t)i, f->depth, 0, false};
        a->connective = k == TOK_AND || k == TOK_OR || k == TOK_ARROW || k == TOK_IFF ||
                        k == TOK_WEAKEN;
    }
    a = &f->atoms[f->n - 1];
    a->end = (uint32_t)i + 1;
    a->width += width_of(f, i);
    if (k == TOK_LPAREN || k == TOK_LBRACKET || k == TOK_LBRACE ||
        (k == TOK_LT && is_prefix(f, i)))
        f->depth++;
}

static void
format(formatter *f)
{
    size_t c = 0, from = 0;

    for (size_t i = 0; i < f->t->n; i++) {
        bool seen = false, own_line = false;

        for (; c < f->t->ncomments && f->t->comment[c].begin < f->t->tok[i].begin;
             c++) {
            own_line = put_comment(f, &f->t->comment[c], from, i == 0 && !seen,
                                   !starts_line(kind_at(f, i)));
            from = f->t->comment[c].end;
            seen = true;
        }
        put_token(f, i, from, own_line);
        from = f->t->tok[i].end;
    }
    flush(f);
}

aon_status
aon_format(aon_buf *out, const char *name, const char *text, size_t len,
           aon_diags *diags)
{
    aon_arena *arena = aon_arena_new();
    aon_names *names = aon_names_new(arena, NULL);
    aon_source src = {name, aon_arena_strndup(arena, text, len), len};
    aon_tokens tokens;
    aon_file file;
    formatter f = {.src = &src, .t = &tokens, .out = out};
    aon_status st = aon_lex(&tokens, &src, names, arena, diags);

    if (st == AON_OK)
        st = aon_parse_file(&file, &tokens, true, arena, diags);
    if (st == AON_OK)
        format(&f);
    free(f.atoms);
    aon_arena_free(arena);
    return st;
}
