/*
 * Why, as indented lines of text.
 */
#include "report/why.h"

#include <string.h>

enum { MAX_CLAUSE = 160 };

static const struct {
    aon_why_kind kind;
    const char *before, *after;
} word_of[] = {
    {AON_WHY_TRUE, "true: ", ""},
    {AON_WHY_FALSE, "false: ", ""},
    {AON_WHY_UNKNOWN, "undecided: ", ""},
    {AON_WHY_AT, "at ", ":"},
    {AON_WHY_FOUND, "found ", ""},
    {AON_WHY_FORCE, "the linear conditions force ", ""},
    {AON_WHY_CLASH, "a combination of these conditions says 0 = 1:", ""},
    {AON_WHY_OPPOSITE, "the linear conditions force the opposite of ", ""},
    {AON_WHY_THEN, "then this is false: ", ""},
    {AON_WHY_CASE, "case ", ":"},
    {AON_WHY_MORE, "..", ""},
};

const char *
aon_why_before(aon_why_kind kind)
{
    for (size_t i = 0; i < sizeof word_of / sizeof *word_of; i++)
        if (word_of[i].kind == kind)
            return word_of[i].before;
    return "";
}

const char *
aon_why_after(aon_why_kind kind)
{
    for (size_t i = 0; i < sizeof word_of / sizeof *word_of; i++)
        if (word_of[i].kind == kind)
            return word_of[i].after;
    return "";
}

bool
aon_why_next(const aon_buf *lines, size_t *at, aon_why_line *out)
{
    const char *s = lines->s + *at, *end;

    if (*at >= lines->len)
        return false;
    end = memchr(s, '\n', lines->len - *at);
    AON_ASSERT(end != NULL && end - s >= 2);
    out->kind = (aon_why_kind)s[0];
    out->depth = s[1] - '0';
    out->s = s + 2;
    out->len = (size_t)(end - s) - 2;
    *at = (size_t)(end + 1 - lines->s);
    return true;
}

static void
put_lines(aon_buf *out, const aon_buf *lines)
{
    aon_why_line l;
    size_t at = 0;

    while (aon_why_next(lines, &at, &l)) {
        aon_buf_printf(out, "%*s%s", 6 + 2 * l.depth, "", aon_why_before(l.kind));
        aon_put_unmarked(out, l.s, l.len);
        aon_buf_printf(out, "%s\n", aon_why_after(l.kind));
    }
}

static const char *
word(aon_truth t)
{
    return t == AON_TRUE ? "true" : t == AON_FALSE ? "false" : "undecided";
}

static void
claim(aon_buf *out, const char *kind, const aon_claim *c, aon_ref root, aon_truth t)
{
    aon_buf_printf(out, "    %s %s ", kind, c->name);
    aon_buf_printf(out, "is %s: ", word(t));
    aon_report_clause(out, c->span, MAX_CLAUSE);
    aon_buf_puts(out, root == c->weaken ? "  (weakened)\n" : "\n");
}

void
aon_report_why(aon_buf *out, aon_decision *d, const aon_core *core,
               const aon_report_names *names)
{
    aon_buf lines;

    aon_buf_init(&lines);
    for (size_t i = 0; i < core->nassume; i++) {
        const aon_truth t = d->assume[i];

        if (d->root[i] == AON_NO_REF) {
            aon_buf_printf(out, "    assume %s is omitted\n", core->assume[i].name);
            continue;
        }
        if (d->verdict == AON_INAPPLICABLE && t == AON_TRUE)
            continue;
        claim(out, "assume", &core->assume[i], d->root[i], t);
        if (t != AON_FALSE)
            continue;
        aon_buf_reset(&lines);
        aon_why_lines(&lines, d, core, names, d->root[i], NULL);
        put_lines(out, &lines);
    }
    for (size_t i = 0; i < core->nshow; i++) {
        if (d->verdict != AON_VIOLATED && d->verdict != AON_HOLDS)
            break;
        claim(out, "show", &core->show[i], core->show[i].root, d->show[i]);
        if (d->show[i] != AON_FALSE)
            continue;
        aon_buf_reset(&lines);
        aon_why_lines(&lines, d, core, names, core->show[i].root, NULL);
        put_lines(out, &lines);
    }
    aon_buf_clear(&lines);
}
