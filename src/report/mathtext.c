/*
 * Formulas in the notation of the language (docs/language.md) as mathematics.
 *
 * Nothing is decided here, and nothing is rejected: what is not understood is written as
 * it stands.  The output is balanced for every input: groups are closed at the end.
 */
#include "report/marked.h"

#include <ctype.h>
#include <string.h>

typedef enum { T_END, T_NAME, T_NUMBER, T_WORD, T_SIGN } kind;

typedef struct {
    kind kind;
    const char *s;
    size_t len;
} token;

typedef struct {
    aon_buf *out;
    aon_markup to;
    const char *s, *end;
    bool subspaces;
    bool operand; /* the last thing written is one: then `<` compares, `[` selects */
    int depth, angle;
} writer;

enum { MAX_NESTING = 60 };

/* ---- words of the language ---- */

typedef struct {
    const char *word, *tex, *html;
    bool operand;
} entry;

static const entry sign[] = {
    {"<->", " \\Leftrightarrow ", " \xe2\x87\x94 ", false},
    {"->", " \\Rightarrow ", " \xe2\x87\x92 ", false},
    {":=", " := ", " := ", false},
    {"!=", " \\neq ", " \xe2\x89\xa0 ", false},
    {">=", " \\ge ", " \xe2\x89\xa5 ", false},
    {"..", "\\dots ", "\xe2\x80\xa6", true},
    {"=", " = ", " = ", false},
    {"+", " + ", " + ", false},
    {":", "\\colon\\allowbreak\\ ", ": ", false},
    {",", ",\\allowbreak\\, ", ", ", false},
    {";", ";\\, ", "; ", false},
    {"|", " \\mid ", " | ", false},
    {"&", " \\cap ", " \xe2\x88\xa9 ", false},
    {"#", "\\#", "#", false},
    {"/", "/", "/", false},
    {".", "{\\cdot}", "\xc2\xb7", false},
    {"{", "\\{", "{", false},
    {"}", "\\}", "}", true},
};

static const entry word[] = {
    {"forall", "\\forall ", "\xe2\x88\x80", false},
    {"exists", "\\exists ", "\xe2\x88\x83", false},
    {"in", " \\in ", " \xe2\x88\x88 ", false},
    {"and", "\\text{ and }", " and ", false},
    {"or", "\\text{ or }", " or ", false},
    {"not", "\\text{not }", "not ", false},
    {"at", "\\text{ at }", " at ", false},
    {"scalar", "\\mathbf{Q}", "<b>Q</b>", true},
    {"base", "y_{0}", "<i>y</i><sub>0</sub>", true},
    {"sum", "\\textstyle\\sum ", "\xe2\x88\x91 ", false},
    {"dim", "\\dim ", "dim", true},
    {"span", "\\mathrm{span}", "span", true},
    {"rowspace", "\\mathrm{row}", "row", true},
    {"colspace", "\\mathrm{col}", "col", true},
};

/* ---- tokens ---- */

static const char *const long_sign[] = {"<->", "->", ":=", "!=", "<=", ">=", ".."};

static token
next(const writer *w, const char *s)
{
    token t = {T_END, s, 0};

    while (s < w->end && (*s == ' ' || *s == '\n' || *s == '\t'))
        s++;
    t.s = s;
    if (s >= w->end)
        return t;
    if (*s == AON_MARK_WORD) {
        t.kind = T_WORD;
        while (s + t.len < w->end && s[t.len] != AON_MARK_WORD_END)
            t.len++;
        t.len += s + t.len < w->end;
    } else if (isalpha((unsigned char)*s) || *s == '_') {
        t.kind = T_NAME;
        while (s + t.len < w->end && (isalnum((unsigned char)s[t.len]) ||
                                      s[t.len] == '_' || s[t.len] == '\''))
            t.len++;
    } else if (isdigit((unsigned char)*s)) {
        t.kind = T_NUMBER;
        while (s + t.len < w->end && isdigit((unsigned char)s[t.len]))
            t.len++;
        if (s + t.len + 1 < w->end && s[t.len] == '/' &&
            isdigit((unsigned char)s[t.len + 1])) {
            t.len++;
            while (s + t.len < w->end && isdigit((unsigned char)s[t.len]))
                t.len++;
        }
    } else {
        t.kind = T_SIGN;
        t.len = 1;
        for (size_t i = 0; i < sizeof long_sign / sizeof *long_sign; i++) {
            const size_t n = strlen(long_sign[i]);

            if ((size_t)(w->end - s) >= n && memcmp(s, long_sign[i], n) == 0) {
                t.len = n;
                break;
            }
        }
    }
    return t;
}

static bool
is(token t, const char *text)
{
    return t.len == strlen(text) && memcmp(t.s, text, t.len) == 0;
}

static token
peek(const writer *w)
{
    return next(w, w->s);
}

static token
take(writer *w)
{
    const token t = next(w, w->s);

    w->s = t.s + t.len;
    return t;
}

/* ---- output ---- */

static void
put(writer *w, const char *tex, const char *html)
{
    aon_buf_puts(w->out, w->to == AON_TEX ? tex : html);
}

static void run(writer *w, const char *end);

/* The text from s to end, written by itself. */
static void
put_part(writer *w, const char *s, const char *end)
{
    const char *rest = w->s;
    const bool operand = w->operand;

    w->s = s;
    w->operand = false;
    run(w, end);
    w->s = rest;
    w->operand = operand;
}

/* Where the group that begins after an opening bracket ends: at its closing one. */
static const char *
group_end(const writer *w, const char *s, const char **comma)
{
    int depth = 0;

    *comma = NULL;
    for (;;) {
        const token t = next(w, s);

        if (t.kind == T_END)
            return w->end;
        if (is(t, "(") || is(t, "[") || is(t, "{"))
            depth++;
        if (is(t, ")") || is(t, "]") || is(t, "}")) {
            if (depth-- == 0)
                return t.s;
        }
        if (is(t, ",") && depth == 0 && *comma == NULL)
            *comma = t.s;
        s = t.s + t.len;
    }
}

/* Is it one name, or one call, so that it needs no parentheses? */
static bool
is_tight(const writer *w, const char *s, const char *end)
{
    const char *comma;
    token t = next(w, s);

    if (t.s >= end || (t.kind != T_NAME && t.kind != T_NUMBER && t.kind != T_WORD))
        return false;
    s = t.s + t.len;
    t = next(w, s);
    if (t.s < end && is(t, "(")) {
        s = group_end(w, t.s + 1, &comma);
        t = s < end ? next(w, s + 1) : t;
    }
    return t.s >= end || t.kind == T_END;
}

static void
put_tight(writer *w, const char *s, const char *end)
{
    const bool tight = is_tight(w, s, end);

    put(w, tight ? "" : "(", tight ? "" : "(");
    put_part(w, s, end);
    put(w, tight ? "" : ")", tight ? "" : ")");
}

/* Calls with a notation of their own; false: there is none.  w->s is at the `(`. */
static bool
put_call(writer *w, token name)
{
    const char *const open = peek(w).s + 1, *comma;
    const char *const close = group_end(w, open, &comma);

    if (close >= w->end)
        return false;
    if (is(name, "proj") && comma == NULL) {
        put(w, "P_{", "<i>P</i><sub>");
        put_part(w, open, close);
        put(w, "}", "</sub>");
    } else if (is(name, "tr") && comma == NULL) {
        put_tight(w, open, close);
        put(w, "{}^{\\top}", "<sup>T</sup>");
    } else if (is(name, "perp") && comma == NULL) {
        put_tight(w, open, close);
        put(w, "{}^{\\perp}", "<sup>\xe2\x8a\xa5</sup>");
    } else if (is(name, "id") && comma == NULL) {
        put(w, "1_{", "1<sub>");
        put_part(w, open, close);
        put(w, "}", "</sub>");
    } else if ((is(name, "all") || is(name, "vector")) && comma == NULL) {
        put(w, "\\mathbf{Q}^{", "<b>Q</b><sup>");
        put_part(w, open, close);
        put(w, "}", "</sup>");
    } else if (is(name, "matrix") && comma != NULL) {
        put(w, "\\mathbf{Q}^{", "<b>Q</b><sup>");
        put_part(w, open, comma);
        put(w, "\\times ", "\xc3\x97");
        put_part(w, comma + 1, close);
        put(w, "}", "</sup>");
    } else if (is(name, "image") && comma != NULL) {
        put_tight(w, open, comma);
        put(w, "\\,", "\xe2\x80\x89");
        put_tight(w, comma + 1, close);
    } else {
        return false;
    }
    w->s = close + 1;
    w->operand = true;
    return true;
}

/* m.f(..), m.g(..), m.dim; false: it is something else. */
static bool
put_member(writer *w, token name)
{
    const token dot = peek(w);
    token member;
    char model[64];

    if (!is(dot, ".") || dot.s != w->s || name.len >= sizeof model)
        return false;
    member = next(w, dot.s + 1);
    if (!is(member, "f") && !is(member, "g") && !is(member, "dim"))
        return false;
    memcpy(model, name.s, name.len);
    model[name.len] = '\0';
    if (is(member, "dim")) {
        put(w, "\\dim ", "dim ");
        aon_put_name(w->out, w->to, name.s, name.len);
    } else {
        aon_put_embedding(w->out, w->to, member.s[0], model);
    }
    w->s = member.s + member.len;
    w->operand = true;
    return true;
}

static void
put_named(writer *w, token t)
{
    const bool call = is(peek(w), "(") && peek(w).s == w->s;

    if (call && put_call(w, t))
        return;
    if (put_member(w, t))
        return;
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        if (is(t, word[i].word)) {
            put(w, word[i].tex, word[i].html);
            w->operand = word[i].operand;
            return;
        }
    aon_put_name(w->out, w->to, t.s, t.len);
    w->operand = true;
}

static void
put_number(writer *w, token t)
{
    const char *slash = memchr(t.s, '/', t.len);

    if (w->to == AON_TEX && slash != NULL)
        aon_buf_printf(w->out, "\\tfrac{%.*s}{%.*s}", (int)(slash - t.s), t.s,
                       (int)(t.s + t.len - slash - 1), slash + 1);
    else
        aon_buf_put(w->out, t.s, t.len);
    w->operand = true;
}

static void
put_word(writer *w, token t)
{
    const size_t len = t.len > 1 ? t.len - 2 : 0;

    put(w, "\\text{", "<bdi class=\"w\">");
    aon_put_text(w->out, w->to, t.s + 1, len);
    put(w, "}", "</bdi>");
    w->operand = true;
}

/* "[1, 0; 0, 1]" where no operand stands before: a matrix. */
static void
put_matrix(writer *w)
{
    const char *comma;
    const char *const close = group_end(w, w->s, &comma);

    put(w, "\\bigl(\\begin{smallmatrix}", "[");
    while (w->s < close) {
        const token t = take(w);

        if (t.kind == T_NUMBER)
            put_number(w, t);
        else if (is(t, ","))
            put(w, " & ", ", ");
        else if (is(t, ";"))
            put(w, " \\\\ ", "; ");
        else if (is(t, "-"))
            put(w, "-", "\xe2\x88\x92");
        else
            aon_put_text(w->out, w->to, t.s, t.len);
    }
    put(w, "\\end{smallmatrix}\\bigr)", "]");
    w->s = close < w->end ? close + 1 : close;
    w->operand = true;
}

static void
put_bracket(writer *w, const char *tex_open, const char *open, const char *tex_close,
            const char *close)
{
    const char *comma;
    const char *const end = group_end(w, w->s, &comma);

    put(w, tex_open, open);
    put_part(w, w->s, end);
    put(w, tex_close, close);
    w->s = end < w->end ? end + 1 : end;
    w->operand = true;
}

static void
put_angle(writer *w, bool opens)
{
    if (opens) {
        put(w, "\\langle ", "\xe2\x9f\xa8");
        w->angle++;
    } else if (w->angle > 0) {
        put(w, "\\rangle ", "\xe2\x9f\xa9");
        w->angle--;
    } else {
        put(w, " > ", " &gt; ");
    }
    w->operand = !opens;
}

static void
put_sign(writer *w, token t)
{
    const token after = peek(w);

    if (is(t, "<") && w->operand) {
        put(w, " < ", " &lt; ");
        w->operand = false;
    } else if (is(t, "<") || is(t, ">")) {
        put_angle(w, is(t, "<"));
    } else if (is(t, "<=") || *t.s == AON_MARK_WITHIN) {
        if (w->subspaces || *t.s == AON_MARK_WITHIN)
            put(w, " \\subseteq ", " \xe2\x8a\x86 ");
        else
            put(w, " \\le ", " \xe2\x89\xa4 ");
        w->operand = false;
    } else if (is(t, "*")) {
        if (after.kind == T_NUMBER)
            put(w, " \\cdot ", " \xc2\xb7 ");
        else
            put(w, "\\,", "\xe2\x80\x89");
        w->operand = false;
    } else if (is(t, "-")) {
        put(w, w->operand ? " - " : "-",
            w->operand ? " \xe2\x88\x92 " : "\xe2\x88\x92");
        w->operand = false;
    } else if (is(t, "[") && w->operand) {
        put_bracket(w, "{}_{", "<sub>", "}", "</sub>");
    } else if (is(t, "[")) {
        put_matrix(w);
    } else if (is(t, "(")) {
        put_bracket(w, "(", "(", ")", ")");
    } else {
        for (size_t i = 0; i < sizeof sign / sizeof *sign; i++)
            if (is(t, sign[i].word)) {
                put(w, sign[i].tex, sign[i].html);
                w->operand = sign[i].operand;
                return;
            }
        put(w, "\\text{", "");
        aon_put_text(w->out, w->to, t.s, t.len);
        put(w, "}", "");
    }
}

static void
run(writer *w, const char *end)
{
    const int angle = w->angle;

    if (++w->depth > MAX_NESTING) {
        put(w, "\\dots ", "\xe2\x80\xa6");
        w->depth--;
        return;
    }
    w->angle = 0;
    for (;;) {
        token t = peek(w);

        if (t.kind == T_END || t.s >= end)
            break;
        t = take(w);
        switch (t.kind) {
        case T_NAME:
            put_named(w, t);
            break;
        case T_NUMBER:
            put_number(w, t);
            break;
        case T_WORD:
            put_word(w, t);
            break;
        default:
            put_sign(w, t);
        }
    }
    w->angle = angle;
    w->depth--;
}

void
aon_put_formula(aon_buf *out, aon_markup to, const char *s, size_t len, bool subspaces)
{
    writer w = {.out = out, .to = to, .s = s, .end = s + len, .subspaces = subspaces};

    run(&w, w.end);
}

void
aon_put_math(aon_buf *out, aon_markup to, const char *s, size_t len)
{
    aon_buf_puts(out, to == AON_TEX ? "\\(" : "<span class=\"math\">");
    aon_put_formula(out, to, s, len, false);
    aon_buf_puts(out, to == AON_TEX ? "\\)" : "</span>");
}
