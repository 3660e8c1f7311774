/*
 * Sets of hypotheses, each absent, weakened or whole: a product of chains.
 */
#include "search/ablate.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

void
aon_steps_init(aon_steps *s, const aon_core *core, const aon_ref *root)
{
    memset(s, 0, sizeof *s);
    s->nhyp = core->nassume;
    s->of = aon_xcalloc(s->nhyp + 1, sizeof *s->of);
    for (size_t h = 0; h < s->nhyp; h++) {
        const aon_claim *a = &core->assume[h];

        s->of[h].first = s->nsteps;
        if (root[h] == AON_NO_REF)
            continue;
        if (a->weaken != AON_NO_REF && root[h] != a->weaken)
            s->of[h].form[s->of[h].n++] = a->weaken;
        s->of[h].form[s->of[h].n++] = root[h];
        s->nsteps += s->of[h].n;
    }
    s->top = s->nsteps >= 64 ? ~(aon_levels)0 : ((aon_levels)1 << s->nsteps) - 1;
}

void
aon_steps_clear(aon_steps *s)
{
    free(s->of);
    memset(s, 0, sizeof *s);
}

static aon_levels
bit_of(const aon_steps *s, size_t hypothesis, unsigned level)
{
    return (aon_levels)1 << (s->of[hypothesis].first + level - 1);
}

unsigned
aon_steps_level(const aon_steps *s, aon_levels set, size_t hypothesis)
{
    unsigned level = s->of[hypothesis].n;

    while (level > 0 && (set & bit_of(s, hypothesis, level)) == 0)
        level--;
    return level;
}

aon_levels
aon_steps_with(const aon_steps *s, aon_levels set, size_t hypothesis, unsigned level)
{
    for (unsigned i = 1; i <= s->of[hypothesis].n; i++) {
        const aon_levels bit = bit_of(s, hypothesis, i);
        const bool in = s->of[hypothesis].alternative ? i == level : i <= level;

        set = in ? set | bit : set & ~bit;
    }
    return set;
}

bool
aon_steps_is_set(const aon_steps *s, aon_levels set)
{
    for (size_t h = 0; h < s->nhyp; h++)
        if (aon_steps_with(s, set, h, aon_steps_level(s, set, h)) != set)
            return false;
    return true;
}

aon_levels
aon_steps_bits(const aon_steps *s, size_t hypothesis)
{
    aon_levels bits = 0;

    for (unsigned i = 1; i <= s->of[hypothesis].n; i++)
        bits |= bit_of(s, hypothesis, i);
    return bits;
}

aon_levels
aon_steps_lower(const aon_steps *s, aon_levels set, size_t hypothesis)
{
    const unsigned level = aon_steps_level(s, set, hypothesis);

    return level == 0 ? set : set & ~bit_of(s, hypothesis, level);
}

void
aon_steps_roots(const aon_steps *s, aon_levels set, aon_ref *root)
{
    for (size_t h = 0; h < s->nhyp; h++) {
        const unsigned level = aon_steps_level(s, set, h);

        root[h] = level == 0 ? AON_NO_REF : s->of[h].form[level - 1];
    }
}

bool
aon_steps_weakened(const aon_steps *s, const aon_core *core, aon_levels set,
                   size_t hypothesis)
{
    const unsigned level = aon_steps_level(s, set, hypothesis);

    return level > 0 &&
           s->of[hypothesis].form[level - 1] != core->assume[hypothesis].root;
}

static unsigned
size_of(aon_levels set)
{
    unsigned n = 0;

    for (; set != 0; set &= set - 1)
        n++;
    return n;
}

int
aon_steps_compare(const void *a, const void *b)
{
    const aon_levels x = *(const aon_levels *)a, y = *(const aon_levels *)b;
    const unsigned m = size_of(x), n = size_of(y);
    const aon_levels differ = x ^ y;

    if (m != n)
        return m < n ? -1 : 1;
    return differ == 0 ? 0 : (x & (differ & ~(differ - 1))) != 0 ? -1 : 1;
}

typedef struct {
    aon_levels *set;
    size_t n, cap;
} sets;

static bool
within(aon_levels a, aon_levels b)
{
    return (a & ~b) == 0;
}

/* Adds a set unless it contains one that is there. */
static void
add_minimal(sets *l, aon_levels set)
{
    size_t kept = 0;

    for (size_t i = 0; i < l->n; i++)
        if (within(l->set[i], set))
            return;
    for (size_t i = 0; i < l->n; i++)
        if (!within(set, l->set[i]))
            l->set[kept++] = l->set[i];
    l->n = kept;
    l->set = aon_grow(l->set, &l->cap, l->n + 1, sizeof *l->set);
    l->set[l->n++] = set;
}

/* From the minimal sets outside of some to those that are outside of `next`, too.  In a
 * chain more than one step may be added here, but the first one makes the others go. */
static void
leave(const aon_steps *s, const sets *from, aon_levels next, sets *to)
{
    to->n = 0;
    for (size_t i = 0; i < from->n; i++)
        if (!within(from->set[i], next))
            add_minimal(to, from->set[i]);
    for (size_t i = 0; i < from->n; i++) {
        if (!within(from->set[i], next))
            continue;
        for (size_t h = 0; h < s->nhyp; h++)
            for (unsigned level = 1; level <= s->of[h].n; level++)
                if ((next & bit_of(s, h, level)) == 0 &&
                    (!s->of[h].alternative || aon_steps_level(s, from->set[i], h) == 0))
                    add_minimal(to, aon_steps_with(s, from->set[i], h, level));
    }
}

aon_levels *
aon_steps_minimal_outside(const aon_steps *s, const aon_levels *sets_within, size_t n,
                          size_t *count)
{
    sets now = {.n = 0}, next = {.n = 0}, swap;

    add_minimal(&now, 0);
    for (size_t i = 0; i < n && now.n <= AON_ABLATE_MAX_SETS; i++) {
        leave(s, &now, sets_within[i], &next);
        swap = now;
        now = next;
        next = swap;
    }
    free(next.set);
    if (now.n > AON_ABLATE_MAX_SETS) {
        free(now.set);
        return NULL;
    }
    now.set = aon_grow(now.set, &now.cap, now.n + 1, sizeof *now.set);
    qsort(now.set, now.n, sizeof *now.set, aon_steps_compare);
    *count = now.n;
    return now.set;
}
