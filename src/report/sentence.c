/*
 * One sentence that says why: the lines of why.h run together.
 */
#include "report/sentence.h"

#include "report/clause.h"
#include "report/why.h"

#include <string.h>

enum { MAX_DEPTH = 32, MAX_CONDITIONS = 3 };

typedef struct {
    aon_buf *out;
    aon_why_kind parent[MAX_DEPTH]; /* kind of the last line of each depth */
    aon_why_kind last;              /* of the line written last; 0: none */
    int conditions;
    bool said_true, forced;
    int skip; /* lines deeper than this are details of what is true */
} sentence;

static void
put(sentence *w, const char *before, const aon_why_line *l, const char *after)
{
    aon_buf_puts(w->out, before);
    aon_buf_put(w->out, l->s, l->len);
    aon_buf_puts(w->out, after);
}

static void
put_value(sentence *w, const aon_why_line *l, aon_why_kind parent, bool more)
{
    const char *first = parent == AON_WHY_CONDITION ? ", where " : ": ";

    if (w->last == 0 || w->last == AON_WHY_AT)
        first = w->last == 0 ? "" : " ";
    if (parent == AON_WHY_THEN)
        first = w->forced ? ", as " : ", but ";
    put(w, w->last != AON_WHY_VALUE ? first : more ? ", " : " and ", l, "");
}

/* A condition "not: b = 0" whose opposite is forced. */
static void
put_opposite(sentence *w, const aon_why_line *l)
{
    static const char negation[] = "not: ";
    const size_t n = sizeof negation - 1;
    const bool negated = l->len > n && strncmp(l->s, negation, n) == 0;
    aon_why_line condition = *l;

    aon_buf_puts(w->out, w->last == 0 || w->last == AON_WHY_CASE ? "" : ": ");
    aon_buf_puts(w->out, "the linear conditions that it needs force ");
    if (negated) {
        condition.s += n;
        condition.len -= n;
        put(w, "", &condition, ", which it excludes");
    } else {
        put(w, "the opposite of ", l, ", which it needs, too");
    }
}

/* How the linear conditions of an `exists` fail. */
static void
put_linear(sentence *w, const aon_why_line *l)
{
    switch (l->kind) {
    case AON_WHY_FORCE:
        w->forced = true;
        put(w,
            w->last == AON_WHY_FORCE ? ", "
            : w->last == 0           ? "the linear conditions that it needs force "
                                     : ": the linear conditions that it needs force ",
            l, "");
        break;
    case AON_WHY_CLASH:
        aon_buf_puts(w->out,
                     w->last == 0
                         ? "these conditions contradict each other: "
                         : ": the conditions that it needs contradict each other: ");
        w->conditions = 0;
        break;
    case AON_WHY_CONDITION:
        if (w->conditions++ == MAX_CONDITIONS) {
            aon_buf_puts(w->out, "; and others");
            w->skip = l->depth;
        } else if (w->conditions <= MAX_CONDITIONS) {
            put(w, w->conditions > 1 ? "; " : "", l, "");
        } else {
            w->skip = l->depth;
        }
        break;
    case AON_WHY_OPPOSITE:
        put_opposite(w, l);
        break;
    case AON_WHY_THEN:
        if (w->last == AON_WHY_FORCE)
            put(w, ", and then not ", l, "");
        else
            put(w, w->last == 0 ? "it needs " : ": it needs ", l, "");
        break;
    case AON_WHY_CASE:
        put(w, w->last == 0 ? "in case " : "; in case ", l, ": ");
        w->forced = false;
        break;
    default:
        break;
    }
}

static void
put_line(sentence *w, const aon_why_line *l, bool more)
{
    const aon_why_kind parent =
        l->depth > 0 && l->depth <= MAX_DEPTH ? w->parent[l->depth - 1] : 0;
    const char *const begin = w->last == 0               ? ""
                              : w->last == AON_WHY_AT    ? " "
                              : w->last == AON_WHY_FOUND ? ", "
                                                         : "; ";

    switch (l->kind) {
    case AON_WHY_AT:
        put(w, w->last == AON_WHY_AT ? " " : w->last == 0 ? "at " : ", at ", l, ":");
        if (w->last == AON_WHY_AT) { /* "at a: b: c:" is "at a, b, c:" */
            aon_buf *b = w->out;
            char *p = b->s + b->len - l->len - 3;

            *p = ',';
        }
        break;
    case AON_WHY_TRUE:
        put(w, begin, l, " holds");
        w->skip = l->depth;
        w->said_true = true;
        break;
    case AON_WHY_FALSE:
        if (w->said_true)
            put(w, ", but not ", l, "");
        else
            put(w, begin, l, " is false");
        w->said_true = false;
        break;
    case AON_WHY_UNKNOWN:
        put(w, begin, l, " is undecided");
        break;
    case AON_WHY_FOUND:
        put(w,
            w->last == AON_WHY_FOUND ? ", "
            : w->last == 0           ? "with "
                                     : " with ",
            l, "");
        break;
    case AON_WHY_VALUE:
        put_value(w, l, parent, more);
        break;
    case AON_WHY_FACT:
        put(w,
            w->last == 0               ? ""
            : w->last == AON_WHY_VALUE ? "; "
            : w->last == AON_WHY_AT    ? " "
                                       : ": ",
            l, "");
        break;
    case AON_WHY_MORE:
        aon_buf_puts(w->out, "; ..");
        break;
    default:
        put_linear(w, l);
    }
    w->last = l->kind;
}

/* The same value is said once. */
static bool
same_line(const aon_why_line *a, const aon_why_line *b)
{
    return a->kind == b->kind && a->len == b->len && memcmp(a->s, b->s, a->len) == 0;
}

static void
put_reasons(aon_buf *out, const aon_buf *lines)
{
    sentence w = {.out = out, .skip = -1};
    aon_why_line l, before = {0};
    size_t at = 0;

    while (aon_why_next(lines, &at, &l)) {
        aon_why_line after;
        size_t ahead = at;
        bool more = false;

        while (!more && aon_why_next(lines, &ahead, &after) &&
               after.kind == AON_WHY_VALUE && after.depth == l.depth)
            more = !same_line(&l, &after);
        if (w.last == AON_WHY_VALUE && same_line(&before, &l))
            continue;
        before = l;
        if (w.skip >= 0 && l.depth > w.skip && l.kind != AON_WHY_FOUND)
            continue;
        if (w.skip >= 0 && l.depth <= w.skip)
            w.skip = -1;
        put_line(&w, &l, more);
        if (l.depth < MAX_DEPTH)
            w.parent[l.depth] = l.kind;
    }
}

/* What is left out and false: there lies the reason. */
static void
put_omitted(aon_buf *out, const aon_paper *p)
{
    for (size_t i = 0; i < p->core->nassume; i++) {
        const aon_claim *c = &p->core->assume[i];
        aon_buf lines;

        if (p->d->root[i] != AON_NO_REF || aon_omitted_truth(p, i) != AON_FALSE)
            continue;
        aon_buf_init(&lines);
        aon_why_lines(&lines, p->d, p->core, p->names, c->root, NULL);
        aon_buf_puts(out, " Left out and false is the hypothesis ");
        aon_mark_word(out, c->name);
        aon_buf_puts(out, lines.len > 0 ? ": " : "");
        put_reasons(out, &lines);
        aon_buf_putc(out, '.');
        aon_buf_clear(&lines);
    }
}

/* ", without hidden" */
static void
put_variant(aon_buf *out, const aon_variant *v)
{
    aon_buf text;

    aon_buf_init(&text);
    if (v != NULL)
        aon_report_variant(&text, v);
    if (text.len > 0)
        aon_buf_printf(out, " (%s)", text.s);
    aon_buf_clear(&text);
}

static void
put_claim(aon_buf *out, const aon_paper *p, const char *kind, const aon_claim *c,
          aon_ref root, bool quote)
{
    aon_buf lines;

    aon_buf_init(&lines);
    aon_why_lines(&lines, p->d, p->core, p->names, root, quote ? c : NULL);
    aon_buf_printf(out, "the %s ", kind);
    aon_mark_word(out, c->name);
    aon_buf_puts(out, " is false");
    aon_buf_puts(out, lines.len > 0 ? ": " : "");
    put_reasons(out, &lines);
    aon_buf_clear(&lines);
}

/* How many hypotheses are true. */
static size_t
held(const aon_paper *p)
{
    size_t n = 0;

    for (size_t i = 0; i < p->core->nassume; i++)
        n += p->d->assume[i] == AON_TRUE;
    return n;
}

static void
put_violated(aon_buf *out, const aon_paper *p)
{
    size_t others = 0;
    bool said = false;

    if (p->core->nassume == 0) {
        aon_mark_word(out, p->core->name);
        put_variant(out, p->variant);
        aon_buf_puts(out, " has no hypothesis");
    } else if (held(p) == 0) {
        aon_buf_puts(out, "No hypothesis of ");
        aon_mark_word(out, p->core->name);
        put_variant(out, p->variant);
        aon_buf_puts(out, " is left");
    } else {
        aon_buf_puts(out, "All hypotheses of ");
        aon_mark_word(out, p->core->name);
        put_variant(out, p->variant);
        aon_buf_puts(out, " hold here");
    }
    aon_buf_puts(out, held(p) == 0 ? ", and " : ", but ");
    for (size_t i = 0; i < p->core->nshow; i++) {
        if (p->d->show[i] != AON_FALSE)
            continue;
        others += said;
        if (!said)
            put_claim(out, p, "conclusion", &p->core->show[i], p->core->show[i].root,
                      true);
        said = true;
    }
    aon_buf_putc(out, '.');
    put_omitted(out, p);
    if (others == 0)
        return;
    aon_buf_puts(out, others == 1 ? " False, too, is " : " False, too, are ");
    said = false;
    for (size_t i = 0, n = 0; i < p->core->nshow; i++) {
        if (p->d->show[i] != AON_FALSE)
            continue;
        if (said) {
            aon_buf_puts(out, n++ > 0 ? ", " : "");
            aon_mark_word(out, p->core->show[i].name);
        }
        said = true;
    }
    aon_buf_putc(out, '.');
}

void
aon_sentence(aon_buf *out, const aon_paper *p)
{
    switch (p->d->verdict) {
    case AON_VIOLATED:
        put_violated(out, p);
        break;
    case AON_HOLDS:
        aon_buf_puts(out, held(p) > 0 ? "The hypotheses and the conclusions of "
                                      : "The conclusions of ");
        aon_mark_word(out, p->core->name);
        put_variant(out, p->variant);
        aon_buf_puts(out, " hold here.");
        break;
    case AON_INAPPLICABLE:
        aon_mark_word(out, p->core->name);
        put_variant(out, p->variant);
        aon_buf_puts(out, " does not apply here, because ");
        for (size_t i = 0; i < p->core->nassume; i++)
            if (p->d->assume[i] == AON_FALSE) {
                put_claim(out, p, "hypothesis", &p->core->assume[i], p->d->root[i],
                          p->d->root[i] == p->core->assume[i].root);
                break;
            }
        aon_buf_putc(out, '.');
        break;
    case AON_UNDECIDED:
        aon_mark_word(out, p->core->name);
        put_variant(out, p->variant);
        aon_buf_printf(out, " is undecided here%s%s.", p->d->reason != NULL ? ": " : "",
                       p->d->reason != NULL ? p->d->reason : "");
        break;
    }
}
