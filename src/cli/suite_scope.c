/*
 * Expectations that need a search: `none at`, `sufficient`, `minimal`.
 *
 * A scope is always said: what was looked at, on which grid, and if the limit on work cut
 * it short.  `none at` and `minimal` claim all of their scopes; `sufficient` claims none
 * and is judged on those that the limit allows.
 */
#include "cli/suite_impl.h"

#include "base/io.h"

#include <inttypes.h>
#include <string.h>

/* Orbits: what `sufficient` looks at, and all others, unless --work says it. */
enum { SUFFICIENT_WORK = 10000, SCOPE_WORK = 10000000 };

static void
put_shape(aon_buf *out, const uint32_t *shape, size_t n)
{
    aon_find_print_shape(out, shape, n);
}

static size_t
numbers_of(const aon_core *core)
{
    size_t n = 2;

    for (size_t i = 0; i < core->ngiven; i++)
        n += core->given[i].type.kind == AON_T_DIM;
    return n;
}

/* The shape of an expectation as a bound; false: it is no shape of the statement. */
static bool
bound_of(aon_cli *cli, aon_suite_line *l, const aon_core *core, const aon_expect *e,
         uint32_t max[AON_SHAPE_MAX])
{
    const size_t n = numbers_of(core);

    memset(max, 0, AON_SHAPE_MAX * sizeof *max);
    if (e->nshape != n || n > AON_SHAPE_MAX) {
        l->found = aon_cli_printf(cli,
                                  "a shape of this statement is %zu numbers, the "
                                  "dimensions, contexts, tokens, not %zu",
                                  n, e->nshape);
        l->status = AON_NOT_MET;
        l->code = AON_EXIT_INPUT;
        return false;
    }
    memcpy(max, e->shape, n * sizeof *max);
    return true;
}

static void
put_counts(aon_buf *out, const aon_suite_found *f)
{
    aon_buf_printf(out, ": %" PRIu64 " orbits, %" PRIu64 " applicable, ", f->orbits,
                   f->applicable);
    if (f->undecided > 0)
        aon_buf_printf(out, "%" PRIu64 " undecided, ", f->undecided);
    aon_buf_puts(out, f->solved ? "grid -1..1, matrices over Q" : "grid -1..1");
}

/* "the first 11 of 36 scopes up to (2,2,3,3)", "all 36 scopes up to .." */
static void
put_scope(aon_buf *out, const aon_suite_found *f)
{
    if (f->next_cell < f->cells)
        aon_buf_printf(out, "the first %zu of %zu scopes", f->next_cell, f->cells);
    else
        aon_buf_printf(out, "all %zu scopes", f->cells);
    aon_buf_puts(out, " up to ");
    put_shape(out, f->max, f->nshape);
}

static const char *
text_of(aon_cli *cli, const aon_suite_found *f)
{
    const char *s;
    aon_buf b;

    if (f->refused)
        return "cannot be searched";
    aon_buf_init(&b);
    switch (f->outcome) {
    case AON_FIND_FOUND:
        aon_buf_puts(&b, "refuted at ");
        put_shape(&b, f->shape, f->nshape);
        if (f->below > 0)
            aon_buf_printf(&b, ", %" PRIu64 " smaller ones undecided", f->below);
        break;
    case AON_FIND_NONE:
        aon_buf_puts(&b, "none in ");
        put_scope(&b, f);
        put_counts(&b, f);
        break;
    case AON_FIND_VACUOUS:
        aon_buf_puts(&b, "vacuous in ");
        put_scope(&b, f);
        put_counts(&b, f);
        break;
    case AON_FIND_UNDECIDED:
        aon_buf_puts(&b, "undecided in ");
        put_scope(&b, f);
        put_counts(&b, f);
        break;
    case AON_FIND_BUDGET:
        aon_buf_puts(&b, "none in ");
        put_scope(&b, f);
        aon_buf_puts(&b, ", then the limit");
        put_counts(&b, f);
        break;
    }
    s = aon_arena_strndup(cli->arena, b.s, b.len);
    aon_buf_clear(&b);
    return s;
}

static int
code_of(const aon_suite_found *f)
{
    if (f->refused)
        return AON_EXIT_INPUT;
    return f->outcome == AON_FIND_VACUOUS ? AON_EXIT_VACUOUS
           : f->outcome == AON_FIND_BUDGET || f->outcome == AON_FIND_UNDECIDED
               ? AON_EXIT_UNDECIDED
               : AON_EXIT_NOT;
}

/* Met, or why not, with the instance if there is one. */
static void
settle(aon_cli *cli, aon_suite_line *l, const aon_suite_run *r,
       const aon_suite_found *f, bool met)
{
    l->search = f;
    l->status = met ? AON_MET : AON_NOT_MET;
    if (met)
        return;
    l->code = code_of(f);
    if (!f->refused && f->in != NULL)
        aon_suite_tell(cli, l, r, f->in);
}

/* AON_EXIT_OK, or AON_EXIT_RESOURCES if it could not be written. */
static int
keep_certificate(aon_cli *cli, aon_suite_line *l, const aon_suite_run *r,
                 const aon_suite_found *f, const char *which,
                 const aon_suite_options *o)
{
    if (o->certificates == NULL || f->refused || f->outcome != AON_FIND_NONE)
        return AON_EXIT_OK;
    if (f->certificate == NULL) {
        l->found =
            aon_cli_printf(cli, "%s; no certificate: %s", l->found, f->no_certificate);
        return AON_EXIT_OK;
    }
    l->found = aon_cli_printf(cli, "%s; with certificate", l->found);
    return aon_write_file(aon_suite_file_name(cli, r, o->certificates, which),
                          f->certificate, f->ncertificate, cli->diags) == AON_OK
               ? AON_EXIT_OK
               : AON_EXIT_RESOURCES;
}

/* "none-1-1-3-3.aonc" */
static const char *
name_of(aon_cli *cli, const aon_suite_found *f)
{
    const char *s;
    aon_buf b;

    aon_buf_init(&b);
    aon_buf_puts(&b, "none");
    for (size_t i = 0; i < f->nshape; i++)
        aon_buf_printf(&b, "-%" PRIu32, f->max[i]);
    aon_buf_puts(&b, ".aonc");
    s = aon_arena_strndup(cli->arena, b.s, b.len);
    aon_buf_clear(&b);
    return s;
}

int
aon_suite_judge_none(aon_cli *cli, aon_suite_line *l, const aon_suite_run *r,
                     const aon_expect *e, const aon_suite_options *o)
{
    uint32_t max[AON_SHAPE_MAX];
    const aon_suite_found *f;

    if (!bound_of(cli, l, r->core, e, max))
        return AON_EXIT_OK;
    f = aon_suite_search(
        cli, o->searches, r,
        &(aon_suite_search_spec){.max = max,
                                 .work = o->work != 0 ? o->work : SCOPE_WORK,
                                 .jobs = o->jobs,
                                 .certificate = o->certificates != NULL});
    l->found = text_of(cli, f);
    settle(cli, l, r, f, !f->refused && f->outcome == AON_FIND_NONE);
    return l->status == AON_MET ? keep_certificate(cli, l, r, f, name_of(cli, f), o)
                                : AON_EXIT_OK;
}

int
aon_suite_judge_sufficient(aon_cli *cli, aon_suite_line *l, const aon_suite_run *r,
                           const aon_suite_options *o)
{
    const aon_suite_found *f = aon_suite_search(
        cli, o->searches, r,
        &(aon_suite_search_spec){.work = o->work != 0 ? o->work : SUFFICIENT_WORK,
                                 .jobs = o->jobs,
                                 .certificate = o->certificates != NULL});
    const bool cut = f->outcome == AON_FIND_BUDGET && f->next_cell > 0 &&
                     f->applicable > 0 && f->undecided == 0;

    l->found = text_of(cli, f);
    settle(cli, l, r, f, !f->refused && (f->outcome == AON_FIND_NONE || cut));
    return l->status == AON_MET ? keep_certificate(cli, l, r, f, name_of(cli, f), o)
                                : AON_EXIT_OK;
}

void
aon_suite_judge_minimal(aon_cli *cli, aon_suite_line *l, const aon_suite_run *r,
                        const aon_expect *e, const aon_suite_options *o)
{
    const char *before = l->found;
    uint32_t max[AON_SHAPE_MAX];
    const aon_suite_found *f;
    bool there, met;

    if (o->searches == NULL) {
        l->found = aon_cli_printf(cli, "%s; minimal: not run", before);
        return;
    }
    if (!bound_of(cli, l, r->core, e, max))
        return;
    f = aon_suite_search(
        cli, o->searches, r,
        &(aon_suite_search_spec){.because = e->because,
                                 .max = max,
                                 .work = o->work != 0 ? o->work : SCOPE_WORK,
                                 .jobs = o->jobs});
    there = !f->refused && f->outcome == AON_FIND_FOUND &&
            memcmp(f->shape, max, f->nshape * sizeof *max) == 0;
    met = there && f->below == 0;
    if (met)
        l->found = aon_cli_printf(cli, "%s; minimal: first of %zu scopes", before,
                                  f->next_cell + 1);
    else
        l->found = aon_cli_printf(cli, "%s; minimal: %s", before, text_of(cli, f));
    settle(cli, l, r, f, met);
    if (there && !met)
        l->code = AON_EXIT_UNDECIDED;
}
