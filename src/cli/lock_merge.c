/*
 * Accepting changes: the lock that has the new entries of some statements, the old ones of
 * the others.
 */
#include "cli/lock.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    aon_cli *cli;
    aon_lock *out;
    const char *const *name; /* NULL: all */
    size_t nnames;
    const aon_lock_statement **kept; /* old entries that stay */
    size_t nkept, cap;
} merging;

static bool
is_named(aon_cli *cli, const char *name, const aon_lock_statement *s)
{
    return strcmp(name, s->name) == 0 ||
           strcmp(name, aon_cli_printf(cli, "%s:%s", s->file, s->name)) == 0;
}

static bool
accepted(const merging *m, const aon_lock_statement *s)
{
    bool named = m->name == NULL;

    for (size_t i = 0; i < m->nnames; i++)
        named = named || is_named(m->cli, m->name[i], s);
    return named;
}

/* Apart from the digests of definitions. */
static bool
same_entry(const aon_lock_statement *a, const aon_lock_statement *b)
{
    bool same = strcmp(a->digest, b->digest) == 0 && a->nuses == b->nuses &&
                a->nvariants == b->nvariants;

    for (size_t i = 0; same && i < a->nuses; i++)
        same = aon_lock_compare_def(&a->uses[i], &b->uses[i]) == 0;
    for (size_t i = 0; same && i < a->nvariants; i++)
        same = strcmp(a->variant[i].text, b->variant[i].text) == 0 &&
               a->variant[i].verdict == b->variant[i].verdict &&
               strcmp(a->variant[i].shape, b->variant[i].shape) == 0 &&
               strcmp(a->variant[i].witness, b->variant[i].witness) == 0;
    return same;
}

static void
put(merging *m, const aon_lock_statement *s, bool kept)
{
    aon_lock *l = m->out;
    aon_lock_statement copy = *s;

    copy.uses = AON_NEW_N(m->cli->arena, aon_lock_def, s->nuses + 1);
    if (s->nuses > 0)
        memcpy(copy.uses, s->uses, s->nuses * sizeof *s->uses);
    l->statement =
        aon_grow(l->statement, &l->cap, l->nstatements + 1, sizeof *l->statement);
    l->statement[l->nstatements++] = copy;
    if (!kept)
        return;
    m->kept = aon_grow(m->kept, &m->cap, m->nkept + 1, sizeof *m->kept);
    m->kept[m->nkept++] = s;
}

/* A definition that an old entry depends on stays as that entry knew it. */
static void
hold_back(const merging *m, aon_lock_def *d)
{
    for (size_t i = 0; i < m->nkept; i++)
        for (size_t k = 0; k < m->kept[i]->nuses; k++)
            if (aon_lock_compare_def(d, &m->kept[i]->uses[k]) == 0)
                memcpy(d->digest, m->kept[i]->uses[k].digest, sizeof d->digest);
}

/* Was its file looked at, so that it is known to be gone? */
static bool
is_gone(const aon_lock_made *is, const aon_lock_statement *s)
{
    bool read = is->whole;

    for (size_t i = 0; i < is->nfiles; i++)
        read = read || strcmp(is->file[i], s->file) == 0;
    for (size_t i = 0; i < is->nunread; i++)
        read = read && strcmp(is->unread[i], s->file) != 0;
    return read;
}

static bool
names_exist(aon_cli *cli, const aon_lock *was, const aon_lock *is,
            const char *const *name, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool there = false;

        for (size_t k = 0; k < was->nstatements; k++)
            there = there || is_named(cli, name[i], &was->statement[k]);
        for (size_t k = 0; k < is->nstatements; k++)
            there = there || is_named(cli, name[i], &is->statement[k]);
        if (!there) {
            (void)aon_cli_usage(cli,
                                "there is no statement '%s': --accept takes `all` or "
                                "names of statements",
                                name[i]);
            return false;
        }
    }
    return true;
}

int
aon_lock_accept(aon_cli *cli, aon_lock *out, const aon_lock *was,
                const aon_lock_made *is, const char *const *name, size_t nnames)
{
    merging m = {.cli = cli, .out = out, .name = name, .nnames = nnames};
    const aon_lock *b = &is->lock;
    size_t i = 0, k = 0;

    memset(out, 0, sizeof *out);
    if (!names_exist(cli, was, b, name, nnames))
        return AON_EXIT_USAGE;
    out->seed = b->seed;
    out->count = b->count;
    out->work = b->work;
    while (i < was->nstatements || k < b->nstatements) {
        const aon_lock_statement *x = i < was->nstatements ? &was->statement[i] : NULL;
        const aon_lock_statement *y = k < b->nstatements ? &b->statement[k] : NULL;
        const int order = x == NULL   ? 1
                          : y == NULL ? -1
                                      : aon_lock_compare_statement(x, y);

        const bool take =
            order >= 0 && (accepted(&m, y) || (order == 0 && same_entry(x, y)));
        const bool drop = order > 0 || (order < 0 && is_gone(is, x) && accepted(&m, x));

        if (take)
            put(&m, y, false);
        else if (!drop)
            put(&m, x, true);
        i += order <= 0;
        k += order >= 0;
    }
    for (size_t s = 0; s < out->nstatements; s++)
        for (size_t u = 0; u < out->statement[s].nuses; u++)
            hold_back(&m, &out->statement[s].uses[u]);
    free(m.kept);
    return AON_EXIT_OK;
}
