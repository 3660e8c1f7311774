/*
 * Ablation of labelled conjuncts: one core for each set of labels that are kept.
 */
#include "search/ablate_conjuncts.h"

#include "base/arena.h"
#include "lang/theory.h"

#include <stdlib.h>
#include <string.h>

static const aon_span nowhere = {NULL, 0, 0};

typedef struct {
    const aon_theory *t;
    size_t statement;
    const aon_find_spec *spec;
    const aon_variant *variant;
    aon_diags *diags;
    aon_conjuncts *out;
    aon_ablate_set *result;  /* of each set */
    aon_instance **specimen; /* every counterexample found so far */
    size_t nspecimen;
} trial;

/* ---- labels ---- */

static bool
core_text(const trial *r, const char *label, aon_buf *out)
{
    const char **drop = aon_xcalloc(r->variant->ndrop + 1, sizeof *drop);
    size_t n = r->variant->ndrop;
    aon_core *core = NULL;
    bool ok;

    for (size_t i = 0; i < n; i++)
        drop[i] = r->variant->drop[i];
    if (label != NULL)
        drop[n++] = label;
    ok = aon_core_build(&core, r->t, r->statement, drop, n, NULL) == AON_OK;
    if (ok) {
        aon_core_print(core, out);
        aon_core_free(core);
    }
    free(drop);
    return ok;
}

/* Does the statement change when the conjunct is dropped? */
static bool
matters(const trial *r, const char *label, const aon_buf *plain)
{
    aon_buf text;
    bool differs;

    aon_buf_init(&text);
    differs = core_text(r, label, &text) && strcmp(text.s, plain->s) != 0;
    aon_buf_clear(&text);
    return differs;
}

/* "EL" or "EL.e1" */
static bool
is_wanted(const char *label, const char *wanted)
{
    const size_t n = strlen(wanted);

    return strncmp(label, wanted, n) == 0 && (label[n] == '\0' || label[n] == '.');
}

static aon_status
add_label(trial *r, const char *label)
{
    aon_conjuncts *c = r->out;

    if (c->nlabels == AON_CONJUNCTS_MAX)
        return aon_diag(r->diags, AON_SEV_ERROR, nowhere, "limit",
                        "name some, as in `--conjuncts EL,pairA.van`",
                        "more than %d labelled conjuncts have 2^%d sets",
                        AON_CONJUNCTS_MAX, AON_CONJUNCTS_MAX);
    c->label[c->nlabels++] = label;
    return AON_OK;
}

static aon_status
collect_labels(trial *r, const char *const *wanted, size_t nwanted)
{
    bool *met = aon_xcalloc(nwanted + 1, sizeof *met);
    aon_status st = AON_OK;
    aon_buf plain;

    aon_buf_init(&plain);
    AON_ASSERT(core_text(r, NULL, &plain));
    for (size_t l = 0; l < r->t->nlibs; l++)
        for (size_t d = 0; d < r->t->lib[l]->ndefs; d++) {
            const aon_def *def = &r->t->lib[l]->def[d];

            for (size_t i = 0; i < def->nlabels && st == AON_OK; i++) {
                aon_buf text;
                const char *label;
                bool listed = nwanted == 0;

                aon_buf_init(&text);
                aon_buf_printf(&text, "%s.%s", def->name.sym->s, def->labels[i].sym->s);
                label = aon_arena_strndup(r->out->arena, text.s, text.len);
                aon_buf_clear(&text);
                for (size_t w = 0; w < nwanted; w++)
                    if (is_wanted(label, wanted[w]) && matters(r, label, &plain))
                        met[w] = listed = true;
                if (listed && matters(r, label, &plain))
                    st = add_label(r, label);
            }
        }
    for (size_t w = 0; w < nwanted && st == AON_OK; w++)
        if (!met[w])
            st = aon_diag(r->diags, AON_SEV_ERROR, nowhere, "label",
                          "without names `--conjuncts` takes all that there are",
                          "`%s` uses no labelled conjunct `%s`",
                          aon_theory_statement(r->t, r->statement), wanted[w]);
    if (st == AON_OK && r->out->nlabels == 0)
        st = aon_diag(r->diags, AON_SEV_ERROR, nowhere, "label",
                      "a definition labels them, as in `l1: .. and l2: ..`",
                      "`%s` uses no labelled conjunct: there is nothing to leave out",
                      aon_theory_statement(r->t, r->statement));
    aon_buf_clear(&plain);
    free(met);
    return st;
}

/* ---- one set ---- */

aon_variant
aon_conjuncts_variant(const aon_conjuncts *c, const aon_variant *variant,
                      aon_levels set, aon_arena *arena)
{
    aon_variant v = *variant;
    const char **drop =
        AON_NEW_N(arena, const char *, variant->ndrop + AON_CONJUNCTS_MAX);

    v.ndrop = 0;
    for (size_t i = 0; i < variant->ndrop; i++)
        drop[v.ndrop++] = variant->drop[i];
    for (size_t i = 0; i < c->nlabels; i++)
        if ((set >> i & 1) == 0)
            drop[v.ndrop++] = c->label[i];
    v.drop = drop;
    return v;
}

/* Does an instance that was found for another set refute this one, too? */
static bool
is_refuted(const trial *r, const aon_core *core, const aon_ref *root)
{
    bool refuted = false;

    for (size_t i = 0; i < r->nspecimen && !refuted; i++) {
        aon_decision *d = NULL;

        AON_ASSERT(aon_decide(&d, core, root, r->specimen[i], NULL, NULL) == AON_OK);
        refuted = aon_find_counts(core, r->spec->because, d);
        aon_decision_free(d);
    }
    return refuted;
}

static void
keep_result(trial *r, aon_levels set, aon_find_result *f)
{
    aon_ablate_set *s = &r->result[set];

    aon_ablate_set_take(s, set, f);
    if (f->nhit > 0) {
        memcpy(s->shape, f->hit[0].shape, sizeof s->shape);
        s->smallest = f->hit[0].undecided == 0;
        s->in = f->hit[0].in;
        f->hit[0].in = NULL;
    }
    r->out->nshape = f->nshape;
    r->out->interrupted = r->out->interrupted || f->interrupted;
    memcpy(r->out->max, f->max, sizeof f->max);
    r->out->orbits += f->orbits;
    r->out->searches++;
}

/* force: search even if it is known to be insufficient. */
static aon_status
try_set(trial *r, aon_levels set, bool force)
{
    const aon_variant v = aon_conjuncts_variant(r->out, r->variant, set, r->out->arena);
    aon_find_spec spec = *r->spec;
    aon_core *core = NULL;
    aon_find_result f;
    aon_ref *root;
    aon_status st =
        aon_core_build(&core, r->t, r->statement, v.drop, v.ndrop, r->diags);

    if (st != AON_OK)
        return st;
    root = aon_xcalloc(core->nassume + 1, sizeof *root);
    st = aon_variant_roots(core, &v, root, r->diags);
    if (st == AON_OK && !force && is_refuted(r, core, root)) {
        r->result[set].set = set;
        r->result[set].outcome = AON_FIND_FOUND;
    } else if (st == AON_OK) {
        spec.core = core;
        spec.root = root;
        spec.variant = &v;
        st = aon_find(&f, &spec, r->diags);
        if (st == AON_OK)
            keep_result(r, set, &f);
        if (st == AON_OK && r->result[set].in != NULL) {
            r->specimen =
                aon_xrealloc(r->specimen, (r->nspecimen + 1) * sizeof *r->specimen);
            r->specimen[r->nspecimen++] = r->result[set].in;
        }
        aon_find_result_clear(&f);
    }
    free(root);
    aon_core_free(core);
    return st;
}

/* ---- the whole ---- */

static bool
within(aon_levels a, aon_levels b)
{
    return (a & ~b) == 0;
}

static bool
is_sufficient(aon_find_outcome o)
{
    return o == AON_FIND_NONE || o == AON_FIND_VACUOUS;
}

/* Are they of one kind: sufficient, insufficient, open? */
static bool
alike(aon_find_outcome a, aon_find_outcome b)
{
    return is_sufficient(a) == is_sufficient(b) &&
           (a == AON_FIND_FOUND) == (b == AON_FIND_FOUND);
}

/* No set of its kind below (sufficient) or above it. */
static bool
is_extreme(const trial *r, aon_levels set, aon_levels count)
{
    const aon_find_outcome o = r->result[set].outcome;

    for (aon_levels other = 0; other < count; other++)
        if (other != set && alike(o, r->result[other].outcome) &&
            (is_sufficient(o) ? within(other, set) : within(set, other)))
            return false;
    return true;
}

static void
move_set(aon_ablate_set **list, size_t *n, aon_ablate_set *s)
{
    *list = aon_xrealloc(*list, (*n + 1) * sizeof **list);
    (*list)[(*n)++] = *s;
    s->in = NULL;
    aon_buf_init(&s->certificate);
}

static void
hand_over(trial *r, const aon_levels *order, aon_levels count)
{
    aon_conjuncts *c = r->out;

    c->monotone = true;
    for (aon_levels a = 0; a < count; a++)
        for (aon_levels b = 0; b < count; b++)
            if (is_sufficient(r->result[a].outcome) && within(a, b) &&
                r->result[b].outcome == AON_FIND_FOUND)
                c->monotone = false;
    for (aon_levels i = 0; i < count; i++) {
        aon_ablate_set *s = &r->result[order[i]];

        if (!is_extreme(r, order[i], count))
            continue;
        if (is_sufficient(s->outcome))
            move_set(&c->sufficient, &c->nsufficient, s);
        else if (s->outcome == AON_FIND_FOUND)
            move_set(&c->insufficient, &c->ninsufficient, s);
        else
            move_set(&c->open, &c->nopen, s);
    }
}

static aon_status
try_all(trial *r)
{
    const aon_levels count = (aon_levels)1 << r->out->nlabels;
    aon_levels *order = aon_xcalloc(count, sizeof *order);
    aon_status st = AON_OK;

    r->result = aon_xcalloc(count, sizeof *r->result);
    for (aon_levels s = 0; s < count; s++) {
        order[s] = s;
        aon_buf_init(&r->result[s].certificate);
    }
    qsort(order, count, sizeof *order, aon_steps_compare);
    for (aon_levels i = 0; i < count && st == AON_OK; i++)
        st = try_set(r, order[i], false);
    for (aon_levels i = 0; i < count && st == AON_OK; i++)
        if (r->result[order[i]].outcome == AON_FIND_FOUND &&
            r->result[order[i]].in == NULL && is_extreme(r, order[i], count))
            st = try_set(r, order[i], true);
    if (st == AON_OK)
        hand_over(r, order, count);
    for (aon_levels s = 0; s < count; s++) {
        if (r->result[s].in != NULL)
            aon_instance_free(r->result[s].in);
        aon_buf_clear(&r->result[s].certificate);
    }
    free(r->result);
    free(order);
    return st;
}

aon_status
aon_ablate_conjuncts(aon_conjuncts *out, const aon_theory *t, size_t statement,
                     const aon_find_spec *spec, const aon_variant *variant,
                     const char *const *wanted, size_t nwanted, aon_diags *diags)
{
    trial r = {.t = t,
               .statement = statement,
               .spec = spec,
               .variant = variant,
               .diags = diags,
               .out = out};
    aon_status st;

    memset(out, 0, sizeof *out);
    out->arena = aon_arena_new();
    st = collect_labels(&r, wanted, nwanted);
    if (st == AON_OK)
        st = try_all(&r);
    free(r.specimen);
    return st;
}

void
aon_conjuncts_clear(aon_conjuncts *c)
{
    aon_ablate_sets_free(c->sufficient, c->nsufficient);
    aon_ablate_sets_free(c->insufficient, c->ninsufficient);
    aon_ablate_sets_free(c->open, c->nopen);
    if (c->arena != NULL)
        aon_arena_free(c->arena);
    memset(c, 0, sizeof *c);
}
