/*
 * The ladder: scope after scope, the representatives of each shared among threads by
 * their first code and counted in order, so that the answer does not depend on threads.
 */
#include "search/find_state.h"

#include "base/io.h"
#include "base/jobs.h"
#include "base/stop.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const aon_span nowhere = {NULL, 0, 0};

enum { MAX_CERTIFICATE = 256 << 20 };

/* What one first code gave. */
typedef struct {
    uint64_t orbits, applicable, inapplicable, undecided, mass, applicable_mass;
    bool exhausted, interrupted;
    aon_instance *hit;
    aon_buf text; /* of the certificate */
} part;

typedef struct {
    const aon_find_spec *spec;
    aon_find_result *out;
    const aon_rung *rung;
    aon_scope_spec scope;
    aon_cell cell;
    aon_questions questions;
    uint64_t *first;
    size_t nfirst;
    aon_find_place at;
    uint64_t left; /* work units when the cell began */
    part **part;
    bool certify, found, exhausted;
    bool certify_cell; /* as it was when the cell began: workers read this one */
    /* Judges of this cell that no thread uses now: what they remember is true of all. */
    pthread_mutex_t lock;
    aon_judge_cache **idle;
    size_t nidle, cap_idle;
} search;

typedef struct {
    const search *s;
    part *p;
    aon_judge_cache *judge;
} visitor;

void
aon_find_print_shape(aon_buf *out, const uint32_t *shape, size_t n)
{
    for (size_t i = 0; i < n; i++)
        aon_buf_printf(out, "%s%" PRIu32, i == 0 ? "(" : ",", shape[i]);
    aon_buf_putc(out, ')');
}

bool
aon_find_counts(const aon_core *core, const char *because, const aon_decision *d)
{
    bool counts = because == NULL;

    for (size_t i = 0; i < core->nshow && !counts; i++)
        counts = strcmp(core->show[i].name, because) == 0 &&
                 aon_decision_show(d, i) == AON_FALSE;
    return counts && aon_decision_verdict(d) == AON_VIOLATED;
}

/* The limit is reached, or a signal asks to stop. */
static bool
is_cut_short(const visitor *v)
{
    v->p->interrupted = aon_stop_asked();
    v->p->exhausted = v->p->interrupted || v->p->orbits == v->s->left;
    return v->p->exhausted;
}

static bool
visit(void *arg, const uint64_t *code, uint64_t stabiliser)
{
    visitor *v = arg;
    part *p = v->p;
    const uint64_t size = v->s->cell.group / stabiliser;

    if (is_cut_short(v))
        return false;
    p->orbits++;
    p->mass += size;
    switch (aon_judge_assignment(v->judge, code)) {
    case AON_HOLDS:
        p->applicable++;
        p->applicable_mass += size;
        break;
    case AON_INAPPLICABLE:
        p->inapplicable++;
        break;
    case AON_UNDECIDED:
        p->undecided++;
        break;
    case AON_VIOLATED:
        p->applicable++;
        p->applicable_mass += size;
        p->hit = aon_judge_take_instance(v->judge);
        aon_judge_cache_free(v->judge);
        v->judge = NULL;
        return false;
    }
    if (v->s->certify_cell) {
        aon_certificate_orbit(&p->text, &v->s->cell, code, stabiliser);
        if (!aon_judge_evidence(v->judge, v->s->spec->variant, &p->text))
            p->undecided++;
    }
    return true;
}

/* What begins so is not applicable: it is counted as one orbit. */
static aon_walk_step
look(void *arg, const uint64_t *code, size_t n)
{
    visitor *v = arg;
    part *p = v->p;

    if (!aon_judge_refutes(v->judge, code, n))
        return AON_WALK_ON;
    if (is_cut_short(v))
        return AON_WALK_STOP;
    p->orbits++;
    p->inapplicable++;
    return AON_WALK_LEAVE;
}

static aon_judge_cache *
get_judge(search *s)
{
    aon_judge_cache *j = NULL;

    pthread_mutex_lock(&s->lock);
    if (s->nidle > 0)
        j = s->idle[--s->nidle];
    pthread_mutex_unlock(&s->lock);
    return j != NULL ? j : aon_judge_cache_new(&s->cell, &s->questions);
}

static void
put_judge(search *s, aon_judge_cache *j)
{
    pthread_mutex_lock(&s->lock);
    s->idle = aon_grow(s->idle, &s->cap_idle, s->nidle + 1, sizeof(aon_judge_cache *));
    s->idle[s->nidle++] = j;
    pthread_mutex_unlock(&s->lock);
}

static void
work(void *arg, size_t i)
{
    search *s = arg;
    part *p = aon_xcalloc(1, sizeof *p);
    visitor v = {.s = s, .p = p};

    aon_buf_init(&p->text);
    s->part[i] = p;
    if (s->spec->shards > 1 && (s->at.dealt + i) % s->spec->shards != s->spec->shard)
        return;
    v.judge = get_judge(s);
    aon_walk_rest_looking(&s->cell, s->first[i], visit,
                          s->spec->skip && !s->spec->certificate ? look : NULL, &v);
    if (v.judge != NULL)
        put_judge(s, v.judge);
}

static void
free_part(search *s, size_t i)
{
    if (s->part[i] == NULL)
        return;
    if (s->part[i]->hit != NULL)
        aon_instance_free(s->part[i]->hit);
    aon_buf_clear(&s->part[i]->text);
    free(s->part[i]);
    s->part[i] = NULL;
}

static void
no_certificate(search *s, const char *why)
{
    s->certify = false;
    s->out->no_certificate = why;
    aon_buf_reset(&s->out->certificate);
}

static int
take(void *arg, size_t i)
{
    search *s = arg;
    part *p = s->part[i];
    aon_find_result *r = s->out;

    r->orbits += p->orbits;
    r->applicable += p->applicable;
    r->inapplicable += p->inapplicable;
    r->undecided += p->undecided;
    r->mass += p->mass;
    r->applicable_mass += p->applicable_mass;
    s->exhausted = p->exhausted || r->orbits > s->spec->max_work;
    r->interrupted = p->interrupted;
    if (p->hit != NULL) {
        aon_find_hit *h;

        r->violated++;
        r->hit = aon_xrealloc(r->hit, (r->nhit + 1) * sizeof *r->hit);
        h = &r->hit[r->nhit++];
        memcpy(h->shape, s->rung->shape, sizeof h->shape);
        h->in = p->hit;
        h->undecided = s->at.open;
        p->hit = NULL;
        s->found = true;
        if (s->certify)
            no_certificate(s, "there is a counterexample");
        if (s->spec->hit != NULL)
            s->spec->hit(s->spec->arg, h, r->nhit - 1);
    }
    if (s->certify && p->undecided > 0)
        no_certificate(s, "some instances are undecided");
    if (s->certify && r->certificate.len + p->text.len > MAX_CERTIFICATE)
        no_certificate(s, "it would be larger than 256 MiB");
    if (s->certify)
        aon_buf_put(&r->certificate, p->text.s, p->text.len);
    free_part(s, i);
    return s->found || s->exhausted;
}

static void
tell(const search *s, uint64_t orbits, uint64_t applicable)
{
    aon_buf line;

    if (s->spec->progress == NULL)
        return;
    aon_buf_init(&line);
    aon_find_print_shape(&line, s->rung->shape, s->out->nshape);
    if (s->scope.query >= 0) {
        aon_buf_puts(&line, " chains");
        for (uint32_t i = 0; i < s->rung->nchains; i++)
            aon_buf_printf(&line, " %" PRIu32, s->rung->chain[i]);
    }
    aon_buf_printf(&line,
                   ": %" PRIu64 " assignments, group %" PRIu64 ", %" PRIu64
                   " orbits, %" PRIu64 " applicable%s",
                   s->cell.total, s->cell.group, orbits, applicable,
                   s->found              ? ", violated"
                   : s->out->interrupted ? ", interrupted"
                   : s->exhausted        ? ", limit reached"
                                         : "");
    s->spec->progress(s->spec->arg, line.s);
    aon_buf_clear(&line);
}

/* false: the cell is too large. */
static bool
run_cell(search *s)
{
    aon_find_result *r = s->out;
    const uint64_t orbits = r->orbits, applicable = r->applicable;

    s->found = s->exhausted = false;
    if (!aon_cell_init(&s->cell, &s->scope, s->rung->shape, s->rung->chain,
                       s->rung->nchains)) {
        aon_cell_clear(&s->cell);
        return false;
    }
    aon_questions_init(&s->questions, &s->cell);
    r->solved = r->solved || s->questions.arena != NULL;
    if (s->certify && s->questions.arena != NULL)
        no_certificate(s, "some matrices are solved for, not enumerated");
    if (s->certify)
        aon_certificate_cell(&r->certificate, &s->cell, s->rung);
    r->space =
        r->space > UINT64_MAX - s->cell.total ? UINT64_MAX : r->space + s->cell.total;
    s->left = r->orbits < s->spec->max_work ? s->spec->max_work - r->orbits : 0;
    s->certify_cell = s->certify;
    s->first = aon_walk_first(&s->cell, &s->nfirst);
    s->part = aon_xcalloc(s->nfirst + 1, sizeof *s->part);
    aon_jobs_run(s->spec->jobs, s->nfirst, s, work, take);
    for (size_t i = 0; i < s->nfirst; i++)
        free_part(s, i);
    s->at.dealt += s->nfirst;
    free(s->part);
    free(s->first);
    if (s->certify)
        aon_buf_printf(&r->certificate, "sum %" PRIu64 " %" PRIu64 "\n",
                       r->orbits - orbits, r->applicable - applicable);
    tell(s, r->orbits - orbits, r->applicable - applicable);
    while (s->nidle > 0)
        aon_judge_cache_free(s->idle[--s->nidle]);
    aon_questions_clear(&s->questions);
    aon_cell_clear(&s->cell);
    return true;
}

/* Is the shape at least as large as one that was found, in every component? */
static bool
above_a_hit(const search *s)
{
    for (size_t h = 0; h < s->out->nhit; h++) {
        bool above = true;

        for (size_t i = 0; i < s->out->nshape; i++)
            above = above && s->rung->shape[i] >= s->out->hit[h].shape[i];
        if (above)
            return true;
    }
    return false;
}

static void
checkpoint(const search *s)
{
    aon_buf text;

    if (s->spec->checkpoint == NULL)
        return;
    aon_buf_init(&text);
    aon_find_state_print(&text, s->spec, &s->scope, s->out, &s->at,
                         s->certify ? &s->out->certificate : NULL);
    if (text.len > AON_MAX_FILE) { /* nobody could read it */
        aon_buf_reset(&text);
        aon_find_state_print(&text, s->spec, &s->scope, s->out, &s->at, NULL);
    }
    s->spec->checkpoint(s->spec->arg, text.s);
    aon_buf_clear(&text);
}

/* false: no state of this search. */
static bool
resume(search *s, const char *text)
{
    aon_find_result *r = s->out;
    const char *cells;
    size_t ncells;

    if (!aon_find_state_read(r, &s->at, &cells, &ncells, s->spec, &s->scope, text))
        return false;
    if (s->certify && r->nhit > 0)
        no_certificate(s, "there is a counterexample");
    if (s->certify && ncells == 0 && r->next_cell > 0)
        no_certificate(s, "the state that the search was resumed from has none");
    if (s->certify)
        aon_buf_put(&r->certificate, cells, ncells);
    for (size_t i = 0; i < r->nhit && s->spec->hit != NULL; i++)
        s->spec->hit(s->spec->arg, &r->hit[i], i);
    return true;
}

/* A rung of another shape begins: what was undecided of the last one stays so. */
static void
next_shape(search *s, const aon_rung *rung)
{
    if (s->rung != NULL &&
        memcmp(s->rung->shape, rung->shape, sizeof rung->shape) != 0) {
        s->at.open += s->at.here;
        s->at.here = 0;
    }
    s->rung = rung;
}

static aon_find_outcome
outcome_of(const aon_find_result *r)
{
    return r->nhit > 0          ? AON_FIND_FOUND
           : r->cut_short       ? AON_FIND_BUDGET
           : r->undecided > 0   ? AON_FIND_UNDECIDED
           : r->applicable == 0 ? AON_FIND_VACUOUS
                                : AON_FIND_NONE;
}

static void
climb(search *s, const aon_rung *rung, size_t n)
{
    aon_find_result *r = s->out;

    s->rung = r->next_cell > 0 ? &rung[r->next_cell - 1] : NULL;
    for (; r->next_cell < n; r->next_cell++) {
        const uint64_t undecided = r->undecided;

        next_shape(s, &rung[r->next_cell]);
        if (above_a_hit(s))
            continue;
        r->too_large = !run_cell(s);
        r->cut_short = r->too_large || (s->exhausted && !s->found);
        s->at.here = s->found ? 0 : s->at.here + r->undecided - undecided;
        if (r->cut_short || (s->found && !s->spec->all_minimal))
            break;
        checkpoint(s);
    }
    r->open = s->at.open + s->at.here;
    r->outcome = outcome_of(r);
    if (r->outcome != AON_FIND_NONE)
        aon_buf_reset(&r->certificate);
    else if (s->certify)
        aon_buf_puts(&r->certificate, "end\n");
}

aon_status
aon_find(aon_find_result *out, const aon_find_spec *spec, aon_diags *diags)
{
    aon_find_spec own = *spec;
    search s = {.spec = &own, .out = out};
    aon_rung *rung;
    aon_status st;

    memset(out, 0, sizeof *out);
    aon_buf_init(&out->certificate);
    st = aon_scope_open(&s.scope, &own, out->min, out->max, diags);
    if (st != AON_OK)
        return st;
    out->nshape = s.scope.ndims + 2;
    rung = aon_ladder(&s.scope, out->min, out->max, &out->cells);
    s.certify = own.certificate;
    if (s.certify)
        aon_certificate_head(&out->certificate, &s.scope, own.variant, out->min,
                             out->max);
    if (s.certify && (own.no_symmetry || own.shards > 1))
        no_certificate(&s, "only a whole search, with symmetry, has one");
    if (own.resume != NULL && !resume(&s, own.resume)) {
        free(rung);
        return aon_diag(diags, AON_SEV_ERROR, nowhere, "resume", NULL,
                        "the state is not one of this search");
    }
    pthread_mutex_init(&s.lock, NULL);
    climb(&s, rung, out->cells);
    pthread_mutex_destroy(&s.lock);
    free(s.idle);
    free(rung);
    return AON_OK;
}

void
aon_find_result_clear(aon_find_result *r)
{
    for (size_t i = 0; i < r->nhit; i++)
        if (r->hit[i].in != NULL)
            aon_instance_free(r->hit[i].in);
    free(r->hit);
    aon_buf_clear(&r->certificate);
    memset(r, 0, sizeof *r);
}
