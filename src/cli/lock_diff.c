/*
 * Two locks compared: which verdicts differ, and what the statement depends on that does.
 */
#include "cli/lock.h"

#include "base/io.h"

#include <stdlib.h>
#include <string.h>

static const char *const kind_word[AON_LOCK_KINDS] = {
    [AON_LOCK_FLIP] = "FLIP",
    [AON_LOCK_NEW_VACUOUS] = "NEW-VACUOUS",
    [AON_LOCK_VERDICT_CHANGED] = "VERDICT-CHANGED",
    [AON_LOCK_MINIMAL_CHANGED] = "MINIMAL-CHANGED",
    [AON_LOCK_GONE] = "GONE",
    [AON_LOCK_WITNESS_CHANGED] = "WITNESS-CHANGED",
    [AON_LOCK_STATEMENT_CHANGED] = "STATEMENT-CHANGED",
    [AON_LOCK_DEFINITION_CHANGED] = "DEFINITION-CHANGED",
    [AON_LOCK_NEW] = "NEW",
};

const char *
aon_lock_kind_word(aon_lock_kind k)
{
    return kind_word[k];
}

typedef struct {
    aon_cli *cli;
    aon_lock_diff *out;
    const aon_lock *was;
    const aon_lock_made *is;
    const char **because; /* of the statement that is being compared */
    size_t nbecause, cap;
} comparing;

static aon_lock_change *
add(comparing *c, aon_lock_kind kind, const char *file, const char *name)
{
    aon_lock_diff *d = c->out;
    aon_lock_change *x;

    d->change = aon_grow(d->change, &d->cap, d->n + 1, sizeof *d->change);
    x = &d->change[d->n++];
    memset(x, 0, sizeof *x);
    x->kind = kind;
    x->file = file;
    x->name = name;
    d->count[kind]++;
    return x;
}

static void
note(comparing *c, const char *text)
{
    c->because = aon_grow(c->because, &c->cap, c->nbecause + 1, sizeof *c->because);
    c->because[c->nbecause++] = text;
}

static const char *
place(comparing *c, const char *file, size_t line)
{
    return aon_cli_printf(c->cli, "%s:%zu", file, line);
}

/* What the statement says or depends on and differs, in words. */
static void
find_causes(comparing *c, const aon_lock_statement *a, const aon_lock_statement *b)
{
    size_t i = 0, k = 0;

    c->nbecause = 0;
    if (strcmp(a->digest, b->digest) != 0)
        note(c, aon_cli_printf(c->cli, "the statement changed (%s)",
                               place(c, b->file, b->line)));
    while (i < a->nuses || k < b->nuses) {
        const aon_lock_def *x = i < a->nuses ? &a->uses[i] : NULL;
        const aon_lock_def *y = k < b->nuses ? &b->uses[k] : NULL;
        const int order = x == NULL ? 1 : y == NULL ? -1 : aon_lock_compare_def(x, y);

        if (order < 0)
            note(c,
                 aon_cli_printf(c->cli, "%s is no longer used (%s)", x->name, x->file));
        else if (order > 0)
            note(c, aon_cli_printf(c->cli, "%s is used now (%s)", y->name,
                                   place(c, y->file, y->line)));
        else if (strcmp(x->digest, y->digest) != 0)
            note(c, aon_cli_printf(c->cli, "%s changed (%s)", y->name,
                                   place(c, y->file, y->line)));
        i += order <= 0;
        k += order >= 0;
    }
}

static void
give_causes(comparing *c, aon_lock_change *x)
{
    static const char unknown[] =
        "nothing that it depends on changed: a known instance did, or the program";

    x->nbecause = c->nbecause > 0 ? c->nbecause : 1;
    x->because = AON_NEW_N(c->cli->arena, const char *, x->nbecause);
    x->because[0] = unknown;
    if (c->nbecause > 0)
        memcpy(x->because, c->because, c->nbecause * sizeof *c->because);
}

static aon_lock_kind
kind_of(aon_lock_verdict a, aon_lock_verdict b)
{
    const bool flip = (a == AON_LOCK_SURVIVED && b == AON_LOCK_REFUTED) ||
                      (a == AON_LOCK_REFUTED && b == AON_LOCK_SURVIVED);

    return flip                    ? AON_LOCK_FLIP
           : b == AON_LOCK_VACUOUS ? AON_LOCK_NEW_VACUOUS
                                   : AON_LOCK_VERDICT_CHANGED;
}

static void
compare_variant(comparing *c, const aon_lock_statement *s, const aon_lock_variant *a,
                const aon_lock_variant *b)
{
    aon_lock_change *x;

    if (a->verdict != b->verdict) {
        x = add(c, kind_of(a->verdict, b->verdict), s->file, s->name);
        x->was = aon_lock_verdict_word(a->verdict);
        x->is = aon_lock_verdict_word(b->verdict);
    } else if (strcmp(a->shape, b->shape) != 0) {
        x = add(c, AON_LOCK_MINIMAL_CHANGED, s->file, s->name);
        x->was = aon_cli_printf(c->cli, "(%s)", a->shape);
        x->is = aon_cli_printf(c->cli, "(%s)", b->shape);
    } else if (strcmp(a->witness, b->witness) != 0) {
        x = add(c, AON_LOCK_WITNESS_CHANGED, s->file, s->name);
        x->was = aon_cli_printf(c->cli, "%.12s", a->witness);
        x->is = aon_cli_printf(c->cli, "%.12s", b->witness);
    } else {
        return;
    }
    x->variant = b->text;
    give_causes(c, x);
}

static void
compare_variants(comparing *c, const aon_lock_statement *a, const aon_lock_statement *b)
{
    size_t i = 0, k = 0;

    while (i < a->nvariants || k < b->nvariants) {
        const aon_lock_variant *x = i < a->nvariants ? &a->variant[i] : NULL;
        const aon_lock_variant *y = k < b->nvariants ? &b->variant[k] : NULL;
        const int order = x == NULL ? 1 : y == NULL ? -1 : strcmp(x->text, y->text);

        if (order == 0) {
            compare_variant(c, b, x, y);
        } else {
            const bool gone = order < 0;
            aon_lock_change *n =
                add(c, gone ? AON_LOCK_GONE : AON_LOCK_NEW, b->file, b->name);

            n->variant = gone ? x->text : y->text;
            if (gone)
                n->was = aon_lock_verdict_word(x->verdict);
            else
                n->is = aon_lock_verdict_word(y->verdict);
            if (gone)
                give_causes(c, n);
        }
        c->out->variants += order >= 0;
        i += order <= 0;
        k += order >= 0;
    }
}

static bool
listed(const char *const *list, size_t n, const char *s)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], s) == 0)
            return true;
    return false;
}

static const char *
plain_verdict(const aon_lock_statement *s)
{
    return s->nvariants > 0 ? aon_lock_verdict_word(s->variant[0].verdict) : NULL;
}

static void
compare_statements(comparing *c)
{
    const aon_lock *a = c->was, *b = &c->is->lock;
    size_t i = 0, k = 0;

    while (i < a->nstatements || k < b->nstatements) {
        const aon_lock_statement *x = i < a->nstatements ? &a->statement[i] : NULL;
        const aon_lock_statement *y = k < b->nstatements ? &b->statement[k] : NULL;
        const int order = x == NULL   ? 1
                          : y == NULL ? -1
                                      : aon_lock_compare_statement(x, y);

        if (order == 0) {
            find_causes(c, x, y);
            if (strcmp(x->digest, y->digest) != 0) {
                aon_lock_change *n =
                    add(c, AON_LOCK_STATEMENT_CHANGED, y->file, y->name);

                n->was = aon_cli_printf(c->cli, "%.12s", x->digest);
                n->is = aon_cli_printf(c->cli, "%.12s", y->digest);
            }
            compare_variants(c, x, y);
        } else if (order > 0) {
            add(c, AON_LOCK_NEW, y->file, y->name)->is = plain_verdict(y);
            c->out->variants += y->nvariants;
        } else if (!listed(c->is->unread, c->is->nunread, x->file) &&
                   (c->is->whole || listed(c->is->file, c->is->nfiles, x->file))) {
            add(c, AON_LOCK_GONE, x->file, x->name)->was = plain_verdict(x);
        }
        c->out->statements += order >= 0;
        i += order <= 0;
        k += order >= 0;
    }
}

/* Each definition that changed and some statement of both depends on, once. */
static void
compare_definitions(comparing *c)
{
    for (size_t i = 0; i < c->was->nstatements; i++)
        for (size_t k = 0; k < c->was->statement[i].nuses; k++) {
            const aon_lock_def *x = &c->was->statement[i].uses[k];
            const aon_lock_def *found = NULL;
            bool told = false;
            size_t dependants = 0;

            for (size_t n = 0; n < c->out->n; n++)
                told = told || (c->out->change[n].kind == AON_LOCK_DEFINITION_CHANGED &&
                                strcmp(c->out->change[n].name, x->name) == 0 &&
                                strcmp(c->out->change[n].file, x->file) == 0);
            for (size_t s = 0; !told && s < c->is->lock.nstatements; s++)
                for (size_t u = 0; u < c->is->lock.statement[s].nuses; u++) {
                    const aon_lock_def *y = &c->is->lock.statement[s].uses[u];

                    if (aon_lock_compare_def(x, y) == 0 &&
                        strcmp(x->digest, y->digest) != 0) {
                        found = y;
                        dependants++;
                    }
                }
            if (found != NULL) {
                aon_lock_change *n =
                    add(c, AON_LOCK_DEFINITION_CHANGED, found->file, found->name);

                n->was = aon_cli_printf(c->cli, "%.12s", x->digest);
                n->is = aon_cli_printf(c->cli, "%.12s", found->digest);
                n->because = AON_NEW_N(c->cli->arena, const char *, 1);
                n->because[n->nbecause++] =
                    aon_cli_printf(c->cli, "it stands in %s; %zu statement%s on it",
                                   place(c, found->file, found->line), dependants,
                                   dependants == 1 ? " depends" : "s depend");
            }
        }
}

void
aon_lock_compare(aon_cli *cli, aon_lock_diff *out, const aon_lock *was,
                 const aon_lock_made *is)
{
    comparing c = {.cli = cli, .out = out, .was = was, .is = is};

    memset(out, 0, sizeof *out);
    compare_definitions(&c);
    compare_statements(&c);
    free(c.because);
}

void
aon_lock_diff_clear(aon_lock_diff *d)
{
    free(d->change);
    memset(d, 0, sizeof *d);
}

int
aon_lock_diff_code(const aon_lock_diff *d)
{
    for (int k = 0; k < AON_LOCK_WITNESS_CHANGED; k++)
        if (d->count[k] > 0)
            return AON_EXIT_NOT;
    return AON_EXIT_OK;
}

/* ---- printing ---- */

static void
put_member(aon_buf *out, const char *name, const char *value)
{
    if (value == NULL)
        return;
    aon_buf_printf(out, ",\"%s\":", name);
    aon_buf_put_json(out, value, strlen(value));
}

static void
put_json(aon_buf *out, const aon_lock_change *x)
{
    aon_buf_puts(out, "{\"schema\":1");
    put_member(out, "lock", kind_word[x->kind]);
    put_member(out, "file", x->file);
    put_member(out, x->kind == AON_LOCK_DEFINITION_CHANGED ? "definition" : "statement",
               x->name);
    if (x->variant != NULL)
        put_member(out, "variant", strcmp(x->variant, "-") == 0 ? "" : x->variant);
    put_member(out, "was", x->was);
    put_member(out, "is", x->is);
    if (x->nbecause > 0) {
        aon_buf_puts(out, ",\"because\":[");
        for (size_t i = 0; i < x->nbecause; i++) {
            aon_buf_puts(out, i > 0 ? "," : "");
            aon_buf_put_json(out, x->because[i], strlen(x->because[i]));
        }
        aon_buf_puts(out, "]");
    }
    aon_buf_puts(out, "}\n");
}

/* "FLIP  thm5.aon:thm5  without e1: survived -> refuted", and below why. */
static void
put_text(aon_buf *out, const aon_lock_change *x)
{
    const bool definition = x->kind == AON_LOCK_DEFINITION_CHANGED;

    aon_buf_printf(out, "%-18s  %s", kind_word[x->kind], x->file);
    aon_buf_printf(out, "%s%s", definition ? " " : ":", x->name);
    if (x->variant != NULL && strcmp(x->variant, "-") != 0)
        aon_buf_printf(out, "  %s", x->variant);
    if (x->was != NULL && x->is != NULL)
        aon_buf_printf(out, ": %s -> %s", x->was, x->is);
    else if (x->was != NULL || x->is != NULL)
        aon_buf_printf(out, ": %s%s", x->was != NULL ? "was " : "",
                       x->was != NULL ? x->was : x->is);
    aon_buf_putc(out, '\n');
    for (size_t i = 0; i < x->nbecause; i++)
        aon_buf_printf(out, "%20s%s%s\n", "", definition ? "" : "because ",
                       x->because[i]);
}

static void
put_summary(aon_buf *out, const aon_lock_diff *d, const char *lock, bool json)
{
    if (json) {
        aon_buf_puts(out, "{\"schema\":1,\"lock summary\":{\"statements\":");
        aon_buf_printf(out, "%zu,\"variants\":%zu", d->statements, d->variants);
        for (int k = 0; k < AON_LOCK_KINDS; k++)
            aon_buf_printf(out, ",\"%s\":%zu", kind_word[k], d->count[k]);
        aon_buf_puts(out, "}}\n");
        return;
    }
    aon_buf_printf(out, "%s: %zu statements, %zu variants: ", lock, d->statements,
                   d->variants);
    if (d->n == 0)
        aon_buf_puts(out, "no difference");
    for (int k = 0, any = 0; k < AON_LOCK_KINDS; k++)
        if (d->count[k] > 0)
            aon_buf_printf(out, "%s%zu %s", any++ ? ", " : "", d->count[k],
                           kind_word[k]);
    aon_buf_putc(out, '\n');
}

void
aon_lock_diff_print(aon_cli *cli, const aon_lock_diff *d, const char *lock)
{
    aon_buf out;

    aon_buf_init(&out);
    for (size_t i = 0; i < d->n; i++) {
        if (cli->json)
            put_json(&out, &d->change[i]);
        else
            put_text(&out, &d->change[i]);
    }
    put_summary(&out, d, lock, cli->json);
    aon_out(out.s, out.len);
    aon_buf_clear(&out);
}
