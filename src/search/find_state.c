/*
 * The state of a search (docs/search.md, 7): text, written after each cell.
 */
#include "search/find_state.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { COUNTS = 13 };

/* The core, too: a definition may be another one by now. */
static void
put_options(aon_buf *out, const aon_find_spec *spec)
{
    aon_buf_puts(out, "aonf 3\n");
    aon_core_print(spec->core, out);
    aon_buf_printf(out, "shard %" PRIu32 " %" PRIu32 "\nsymmetry %d\nall %d\ncounts",
                   spec->shard, spec->shards, !spec->no_symmetry, spec->all_minimal);
}

void
aon_find_state_print(aon_buf *out, const aon_find_spec *spec,
                     const aon_scope_spec *scope, const aon_find_result *r,
                     const aon_find_place *at, const aon_buf *certificate)
{
    const uint64_t count[COUNTS] = {r->next_cell + 1,   at->dealt,     at->open,
                                    at->here,           r->space,      r->mass,
                                    r->orbits,          r->applicable, r->inapplicable,
                                    r->applicable_mass, r->undecided,  r->violated,
                                    r->solved};
    aon_buf in;

    aon_buf_init(&in);
    put_options(out, spec);
    for (size_t i = 0; i < COUNTS; i++)
        aon_buf_printf(out, " %" PRIu64, count[i]);
    aon_buf_putc(out, '\n');
    for (size_t h = 0; h < r->nhit; h++) {
        aon_buf_reset(&in);
        aon_instance_print(r->hit[h].in, &in);
        aon_buf_printf(out, "hit %" PRIu64 " %zu\n", r->hit[h].undecided, in.len);
        aon_buf_put(out, in.s, in.len);
    }
    if (certificate != NULL)
        aon_buf_put(out, certificate->s, certificate->len);
    else
        aon_certificate_head(out, scope, spec->variant, r->min, r->max);
    aon_buf_puts(out, "end\n");
    aon_buf_clear(&in);
}

/* Text that starts as `head` does: what comes after that.  Else NULL. */
static const char *
after(const char *text, const aon_buf *head)
{
    return strncmp(text, head->s, head->len) == 0 ? text + head->len : NULL;
}

/* The next " 123"; false: there is none. */
static bool
read_count(const char **at, uint64_t *out)
{
    char *end;

    if (**at != ' ' || (*at)[1] < '0' || (*at)[1] > '9')
        return false;
    *out = strtoull(*at, &end, 10);
    *at = end;
    return true;
}

static bool
read_counts(aon_find_result *r, aon_find_place *place, const char **at)
{
    uint64_t next, dealt, solved;
    uint64_t *const count[COUNTS] = {&next,
                                     &dealt,
                                     &place->open,
                                     &place->here,
                                     &r->space,
                                     &r->mass,
                                     &r->orbits,
                                     &r->applicable,
                                     &r->inapplicable,
                                     &r->applicable_mass,
                                     &r->undecided,
                                     &r->violated,
                                     &solved};

    for (size_t i = 0; i < COUNTS; i++)
        if (!read_count(at, count[i]))
            return false;
    if (*(*at)++ != '\n' || next > r->cells)
        return false;
    r->next_cell = (size_t)next;
    place->dealt = (size_t)dealt;
    r->solved = solved != 0;
    return true;
}

/* Does the instance fit, and violate what is looked for? */
static bool
is_hit(const aon_find_spec *spec, const aon_instance *in)
{
    aon_decision *d = NULL;
    bool counts;

    if (aon_decide(&d, spec->core, spec->root, in, NULL, NULL) != AON_OK)
        return false;
    counts = aon_find_counts(spec->core, spec->because, d);
    aon_decision_free(d);
    return counts;
}

static void
shape_of(uint32_t *shape, const aon_scope_spec *scope, const aon_instance *in)
{
    for (size_t i = 0; i < scope->ndims; i++) {
        const char *name = scope->core->given[scope->dim[i]].name;

        shape[i] = (uint32_t)aon_instance_find(in, name)->dim;
    }
    shape[scope->ndims] = (uint32_t)in->ncontexts;
    shape[scope->ndims + 1] = (uint32_t)in->ntokens;
}

static bool
read_hit(aon_find_result *r, const aon_find_spec *spec, const aon_scope_spec *scope,
         const char **at)
{
    aon_find_hit h = {.in = NULL};
    uint64_t len = 0;

    *at += strlen("hit");
    if (!spec->all_minimal || !read_count(at, &h.undecided) || !read_count(at, &len) ||
        *(*at)++ != '\n' || len > strlen(*at) ||
        aon_instance_read(&h.in, "state", *at, (size_t)len, NULL) != AON_OK)
        return false;
    *at += len;
    aon_instance_index(h.in);
    r->hit = aon_xrealloc(r->hit, (r->nhit + 1) * sizeof *r->hit);
    r->hit[r->nhit++] = h;
    if (!is_hit(spec, h.in))
        return false;
    shape_of(r->hit[r->nhit - 1].shape, scope, h.in);
    return true;
}

bool
aon_find_state_read(aon_find_result *r, aon_find_place *at, const char **cells,
                    size_t *ncells, const aon_find_spec *spec,
                    const aon_scope_spec *scope, const char *text)
{
    aon_buf head;
    size_t len;

    aon_buf_init(&head);
    put_options(&head, spec);
    text = after(text, &head);
    aon_buf_clear(&head);
    if (text == NULL || !read_counts(r, at, &text))
        return false;
    while (strncmp(text, "hit ", 4) == 0)
        if (!read_hit(r, spec, scope, &text))
            return false;
    aon_buf_init(&head);
    aon_certificate_head(&head, scope, spec->variant, r->min, r->max);
    *cells = after(text, &head);
    aon_buf_clear(&head);
    len = *cells != NULL ? strlen(*cells) : 0;
    if (len < 4 || (*cells)[-1] != '\n' || strcmp(*cells + len - 4, "end\n") != 0)
        return false;
    *ncells = len - 4;
    return true;
}
