/*
 * Coordinates that go.
 */
#include "shrink/impl.h"

/* How one model gets rid of a coordinate: first f, or g0, is made zero there. */
typedef enum { BY_F, BY_G, AS_IT_IS, SIDES } side;

/*
 * The candidate without coordinate j of dimension dim.  Digit i of `sides` in base SIDES
 * is for the i-th model along dim.  NULL: a side does not allow it.
 */
static aon_instance *
without_coordinate(const aon_shrinker *s, const aon_instance *in, size_t dim, slong j,
                   size_t sides, size_t way)
{
    aon_instance *out = aon_copy(in);
    bool first = true, good = true;
    aon_mat t, a;

    aon_mat_init(&t, 0, 0);
    aon_mat_init(&a, 0, 0);
    for (size_t i = 0; i < s->nmodels && good; i++) {
        const side how = (side)(sides % SIDES);

        if (!aon_has_rows(s, s->model[i], dim))
            continue;
        sides /= SIDES;
        aon_mat_one(&t, out->value[dim].dim);
        if (how != AS_IT_IS) {
            aon_side_matrix(&a, out, s->model[i],
                            how == BY_F ? AON_SIDE_F : AON_SIDE_G);
            good = aon_clear_row(&t, &a, j);
            if (good && how == BY_G) /* that T was for g */
                aon_dual(&t, &t);
        }
        if (good) {
            aon_change_model(out, s->model[i], &t);
            if (first)
                aon_change_givens(s, out, dim, &t, way);
            first = false;
        }
    }
    if (good)
        aon_drop_coordinate(s, out, dim, j);
    aon_mat_clear(&a);
    aon_mat_clear(&t);
    if (good)
        return out;
    aon_instance_free(out);
    return NULL;
}

static size_t
models_along(const aon_shrinker *s, size_t dim)
{
    size_t n = 0;

    for (size_t i = 0; i < s->nmodels; i++)
        n += aon_has_rows(s, s->model[i], dim);
    return n;
}

static size_t
power(size_t a, size_t b)
{
    size_t p = 1;

    while (b-- > 0)
        p *= a;
    return p;
}

static size_t
all_sides(const aon_shrinker *s, size_t dim)
{
    const size_t n = models_along(s, dim);

    return n <= 3 ? power(SIDES, n) : 1; /* more models: BY_F in all of them */
}

void
aon_move_dimension(aon_shrinker *s)
{
    for (size_t d = 0; d < s->ndims; d++)
        for (size_t sides = 0; sides < all_sides(s, d); sides++)
            for (size_t way = 0; way < aon_ways(s, d); way++)
                for (slong j = s->in->value[d].dim; j-- > 0;) {
                    if (s->in->value[d].dim <= 1 || s->stopped)
                        break;
                    (void)aon_try(s, without_coordinate(s, s->in, d, j, sides, way));
                }
}

/* The last coordinate that can be made zero in every model on the given side. */
static aon_instance *
projected(const aon_shrinker *s, const aon_instance *in, size_t dim, side how)
{
    size_t sides = 0;
    aon_instance *out = NULL;

    for (size_t i = 0; i < models_along(s, dim); i++)
        sides = sides * SIDES + how;
    for (slong j = in->value[dim].dim; j-- > 0 && out == NULL;)
        if (in->value[dim].dim > 1)
            out = without_coordinate(s, in, dim, j, sides, 0);
    return out;
}

/* All dimensions that can be, each on the side that its bit says. */
static aon_instance *
all_projected(const aon_shrinker *s, const aon_instance *in, size_t sides)
{
    aon_instance *out = aon_copy(in);

    for (size_t d = 0; d < s->ndims; d++) {
        aon_instance *more = projected(s, out, d, (side)(sides >> d & 1));

        if (more != NULL) {
            aon_instance_free(out);
            out = more;
        }
    }
    return out;
}

bool
aon_try_projected(aon_shrinker *s, aon_instance *candidate)
{
    const size_t few = s->ndims < 3 ? s->ndims : 3;
    aon_instance *base;
    bool good;

    if (candidate == NULL || s->stopped) {
        aon_instance_free(candidate);
        return false;
    }
    base = aon_copy(candidate);
    good = aon_try(s, candidate);
    for (int how = BY_F; how <= BY_G; how++)
        for (size_t d = 0; d < s->ndims && !good; d++)
            good = aon_try(s, projected(s, base, d, (side)how));
    for (size_t sides = 0; sides < (size_t)1 << few && s->ndims > 1 && !good; sides++)
        good = aon_try(s, all_projected(s, base, sides));
    aon_instance_free(base);
    return good;
}
