/*
 * Instances for a statement: choose sizes and a recipe, generate, keep what applies.
 */
#include "sample/sample.h"

#include "decide/eval.h"
#include "sample/draw.h"

#include <stdlib.h>
#include <string.h>

typedef enum { EQUIVALENT, MINIMAL, NEAR_MISS, DEGENERATE, RECIPES } recipe;

static const char *const recipe_word[RECIPES] = {"equivalent", "minimal", "near miss",
                                                 "degenerate"};

/* Of ten instances: six equivalent, two minimal, one near miss, one degenerate. */
static recipe
choose_recipe(uint64_t index)
{
    switch (index % 10) {
    case 3:
    case 7:
        return MINIMAL;
    case 5:
        return NEAR_MISS;
    case 9:
        return DEGENERATE;
    default:
        return EQUIVALENT;
    }
}

enum { ATTEMPTS = 12 };

static bool
has_given(const aon_core *core, aon_type_kind kind)
{
    for (size_t i = 0; i < core->ngiven; i++)
        if (core->given[i].type.kind == kind)
            return true;
    return false;
}

/* The smaller of two draws: most instances small, some large. */
static slong
small(aon_rng *rng, slong max)
{
    const slong a = (slong)aon_rng_below(rng, (uint64_t)max + 1);
    const slong b = (slong)aon_rng_below(rng, (uint64_t)max + 1);

    return a < b ? a : b;
}

/* `rare`: earlier attempts did not apply, so try what is seldom drawn. */
static void
choose_table(aon_table_spec *t, const aon_core *core, const aon_sample_spec *spec,
             recipe how, bool rare, slong max_rank, aon_rng *rng)
{
    const slong max_n = spec->max_n > 0 ? spec->max_n : 12;
    const slong max_k = spec->max_k > 0 ? spec->max_k : 10;
    const bool query = has_given(core, AON_T_QUERY);

    memset(t, 0, sizeof *t);
    t->n = 1 + small(rng, max_n - 1);
    t->k = 2 + small(rng, max_k - 2);
    if (query && t->n < 3)
        t->n = 3 + small(rng, max_n - 3);
    if (how == DEGENERATE) {
        if (aon_rng_chance(rng, 1, 3))
            t->n = has_given(core, AON_T_CONTEXT) ? 1 : 0;
        if (aon_rng_chance(rng, 1, 3))
            t->k = 1;
    }
    t->r = t->n < t->k - 1 ? t->n : t->k - 1;
    if (t->r > max_rank)
        t->r = max_rank;
    if (t->r > 0 && !aon_rng_chance(rng, 1, 3))
        t->r = 1 + (slong)aon_rng_below(rng, (uint64_t)t->r);
    if (how == DEGENERATE && aon_rng_chance(rng, 1, 3))
        t->r = 0;
    t->entry_bits = 1 + (slong)aon_rng_below(rng, 2);
    t->denominators = aon_rng_chance(rng, 1, 4) ? 3 : 0;
    t->query = query;
    if (query) {
        t->query_len = (how == DEGENERATE && aon_rng_chance(rng, 1, 4)) ||
                               (rare && aon_rng_chance(rng, 1, 2))
                           ? 0
                           : 1;
        t->chains = 1 + (slong)aon_rng_below(rng, (uint64_t)(t->n > 4 ? t->n / 2 : 1));
        if (rare && aon_rng_chance(rng, 1, 2)) /* chains of one context or two */
            t->chains = t->n - (slong)aon_rng_below(rng, 2);
        t->lin_rank = aon_rng_chance(rng, 2, 3)
                          ? t->r
                          : (slong)aon_rng_below(rng, (uint64_t)t->r + 1);
    }
    if (how == DEGENERATE) {
        t->repeat = small(rng, 2);
        t->zero_rows = small(rng, 2);
        t->zero_tokens = small(rng, 2);
    }
    t->parallel = has_given(core, AON_T_TOKEN) && aon_rng_chance(rng, 3, 4) ? 1 : 0;
}

/* How the table of a further model relates to the first one's. */
typedef enum {
    SAME_TABLE,
    TWISTED, /* L = U^T V becomes U^T C V: the same linear dependences, another table */
    UNRELATED /* of any rank up to that, otherwise at random */
} relation;

/* Hypotheses decide whether models have to be equivalent; if the first attempts do not
 * apply, later ones take the same table more often. */
static relation
choose_relation(uint64_t attempt, aon_rng *rng)
{
    if (!aon_rng_chance(rng, 1, attempt == 0 ? 2 : 8))
        return SAME_TABLE;
    return aon_rng_chance(rng, 2, 3) ? TWISTED : UNRELATED;
}

static void
relate(aon_table *t, relation how, aon_rng *rng)
{
    aon_mat c;

    if (how == SAME_TABLE)
        return;
    aon_mat_init(&c, t->r, t->r);
    if (how == TWISTED) { /* upper triangular with nonzero diagonal */
        for (slong i = 0; i < t->r; i++)
            for (slong j = i; j < t->r; j++)
                fmpz_set_si(fmpz_mat_entry(c.num, i, j),
                            i == j ? (aon_rng_chance(rng, 1, 2) ? 1 : -2)
                                   : (slong)aon_rng_range(rng, -1, 1));
        aon_mat_mul(&t->v, &c, &t->v);
    } else {
        const slong rank = (slong)aon_rng_below(rng, (uint64_t)t->r + 1);

        for (slong i = 0; i < t->r; i++)
            for (slong x = 0; x < t->n; x++)
                fmpz_set_si(fmpz_mat_entry(t->u.num, i, x),
                            i < rank ? (slong)aon_rng_range(rng, -2, 2) : 0);
        fmpz_one(t->u.den);
        aon_mat_canonicalise(&t->u);
    }
    aon_mat_clear(&c);
}

static void
copy_table(aon_table *out, const aon_table *t)
{
    aon_table_init(out);
    out->n = t->n;
    out->k = t->k;
    out->r = t->r;
    aon_mat_set(&out->u, &t->u);
    aon_mat_set(&out->v, &t->v);
    aon_mat_set(&out->beta, &t->beta);
    memcpy(out->quad, t->quad, sizeof t->quad);
}

/* Dimension and hidden parts of one model. */
static void
choose_model(aon_model_spec *m, slong d, slong r, aon_rng *rng)
{
    memset(m, 0, sizeof *m);
    m->d = d;
    if (d > r) {
        const uint64_t room = (uint64_t)(d - r);

        m->hidden_f =
            aon_rng_chance(rng, 1, 3) ? d - r : (slong)aon_rng_below(rng, room + 1);
        m->hidden_g =
            aon_rng_chance(rng, 1, 3) ? d - r : (slong)aon_rng_below(rng, room + 1);
        if (aon_rng_chance(rng, 1, 2))
            m->hidden_f = 0;
        else if (aon_rng_chance(rng, 1, 2))
            m->hidden_g = 0;
    }
    m->orthonormal_like = aon_rng_chance(rng, 1, 4);
    m->skew = aon_rng_chance(rng, 1, 2);
    m->shift = aon_rng_chance(rng, 1, 2);
    m->entry_bits = 1 + (slong)aon_rng_below(rng, 2);
}

static bool
dimension_is_set(const aon_core *core, size_t given)
{
    for (size_t j = 0; j < given; j++)
        if (core->given[j].type.kind == AON_T_MODEL &&
            aon_dim_equal(&core->given[j].type.rows, &core->given[given].type.rows))
            return true;
    return core->given[given].type.rows.kind != AON_DIM_NAME;
}

static void
add_models(aon_instance *in, const aon_core *core, const aon_table *t,
           const aon_sample_spec *spec, recipe how, uint64_t attempt, aon_rng *rng)
{
    const slong max_dim = spec->max_dim > 0 ? spec->max_dim : 8;
    bool first = true;

    for (size_t i = 0; i < core->ngiven; i++) {
        const aon_given *g = &core->given[i];
        aon_model_spec m;
        aon_table own;
        slong d;

        if (g->type.kind != AON_T_MODEL)
            continue;
        d = t->r;
        if (dimension_is_set(core, i))
            d = aon_draw_dim(in, core, &g->type.rows);
        else if (how != MINIMAL && !aon_rng_chance(rng, 1, 3))
            d += small(rng, max_dim - t->r);
        choose_model(&m, d, t->r, rng);
        copy_table(&own, t);
        relate(&own, first ? SAME_TABLE : choose_relation(attempt, rng), rng);
        aon_generate_model(in, g->name, &own, &m, rng);
        aon_table_clear(&own);
        first = false;
    }
}

/* The largest rank that all models can have: a fixed dimension bounds it. */
static slong
rank_limit(const aon_core *core, const aon_sample_spec *spec)
{
    slong limit = spec->max_dim > 0 ? spec->max_dim : 8;

    for (size_t i = 0; i < core->ngiven; i++)
        if (core->given[i].type.kind == AON_T_MODEL &&
            core->given[i].type.rows.kind == AON_DIM_INT &&
            (slong)core->given[i].type.rows.value < limit)
            limit = (slong)core->given[i].type.rows.value;
    return limit;
}

static const char *
last_model(const aon_core *core)
{
    const char *name = NULL;

    for (size_t i = 0; i < core->ngiven; i++)
        if (core->given[i].type.kind == AON_T_MODEL)
            name = core->given[i].name;
    return name;
}

static aon_instance *
build(const aon_core *core, const aon_ref *root, const aon_sample_spec *spec,
      recipe how, uint64_t attempt, aon_rng *rng)
{
    aon_instance *in = aon_instance_new();
    aon_table_spec shape;
    aon_table t;
    const bool miss_models = aon_rng_chance(rng, 1, 2);

    aon_table_init(&t);
    choose_table(&shape, core, spec, how, attempt >= 4, rank_limit(core, spec), rng);
    aon_generate_table(&t, in, &shape, rng);
    add_models(in, core, &t, spec, how, attempt, rng);
    if (how == NEAR_MISS && miss_models && last_model(core) != NULL)
        (void)aon_generate_perturb(in, last_model(core), rng);
    aon_instance_index(in);
    aon_draw_placeholders(in, core, &t, rng);
    aon_draw_subspaces(in, core, root, how == NEAR_MISS && !miss_models, rng);
    aon_draw_solved(in, core, root);
    aon_table_clear(&t);
    return in;
}

static bool
hypotheses_hold(const aon_core *core, const aon_ref *root, const aon_instance *in)
{
    aon_diags *diags = aon_diags_new();
    aon_eval ev;
    bool all = true;
    aon_status st = aon_eval_bind(&ev, core, in, NULL, diags);

    AON_ASSERT(st == AON_OK); /* everything was made to fit */
    for (size_t i = 0; i < core->nassume && all; i++)
        all = root[i] == AON_NO_REF || aon_judge(&ev, root[i])->truth == AON_TRUE;
    aon_eval_clear(&ev);
    aon_diags_free(diags);
    return all;
}

aon_instance *
aon_sample_instance(const aon_core *core, const aon_ref *root,
                    const aon_sample_spec *spec, uint64_t index, const char **kind)
{
    const recipe how = choose_recipe(index);

    if (kind != NULL)
        *kind = recipe_word[how];
    for (uint64_t attempt = 0;; attempt++) {
        aon_rng rng;
        aon_instance *in;

        aon_rng_stream(&rng, spec->seed, index * ATTEMPTS + attempt);
        in = build(core, root, spec, how, attempt, &rng);
        if (how == NEAR_MISS || attempt + 1 == ATTEMPTS ||
            hypotheses_hold(core, root, in))
            return in;
        aon_instance_free(in);
    }
}
