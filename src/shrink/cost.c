/*
 * What "smaller" means.
 */
#include "shrink/impl.h"

#include "decide/eval.h"

#include <string.h>

static uint64_t
bits_of(const fmpz_t num, const fmpz_t den)
{
    return fmpz_bits(num) + fmpz_bits(den) - 1;
}

static void
add_mat(aon_shrink_size *size, const aon_mat *a)
{
    fmpq_t q;

    fmpq_init(q);
    for (slong i = 0; i < aon_mat_rows(a); i++)
        for (slong j = 0; j < aon_mat_cols(a); j++) {
            aon_mat_get(q, a, i, j);
            if (fmpq_is_zero(q))
                continue;
            size->entries++;
            size->bits += bits_of(fmpq_numref(q), fmpq_denref(q));
        }
    fmpq_clear(q);
}

/* 0 if nothing says it: the instance does not fit. */
static uint32_t
dim_number(const aon_core *core, const aon_instance *in, const char *name)
{
    const slong d = aon_dim_in(core, in, name);

    return d > 0 ? (uint32_t)d : 0;
}

size_t
aon_shrink_axes(const aon_core *core)
{
    size_t n = 2;

    for (size_t i = 0; i < core->ngiven; i++)
        n += core->given[i].type.kind == AON_T_DIM;
    return n;
}

void
aon_shrink_shape(uint32_t *shape, const aon_core *core, const aon_instance *in)
{
    size_t n = 0;

    for (size_t i = 0; i < core->ngiven; i++)
        if (core->given[i].type.kind == AON_T_DIM)
            shape[n++] = dim_number(core, in, core->given[i].name);
    shape[n++] = (uint32_t)in->ncontexts;
    shape[n] = (uint32_t)in->ntokens;
}

aon_shrink_size
aon_shrink_size_of(const aon_core *core, const aon_instance *in)
{
    aon_shrink_size size = {.sum = in->ncontexts + in->ntokens};

    for (size_t i = 0; i < core->ngiven; i++) {
        const aon_value *v = aon_instance_find(in, core->given[i].name);

        if (core->given[i].type.kind == AON_T_DIM) {
            size.sum += dim_number(core, in, core->given[i].name);
        } else if (v != NULL) {
            add_mat(&size, &v->a);
            add_mat(&size, &v->b);
            size.entries += v->nset;
        }
    }
    return size;
}

static int
compare_shapes(const aon_shrinker *s, const aon_instance *a, const aon_instance *b)
{
    for (size_t d = 0; d < s->ndims; d++)
        if (a->value[d].dim != b->value[d].dim)
            return a->value[d].dim < b->value[d].dim ? -1 : 1;
    if (a->ncontexts != b->ncontexts)
        return a->ncontexts < b->ncontexts ? -1 : 1;
    return a->ntokens < b->ntokens ? -1 : a->ntokens > b->ntokens;
}

static int
compare_texts(const aon_instance *a, const aon_instance *b)
{
    aon_buf s, t;
    int order;

    aon_buf_init(&s);
    aon_buf_init(&t);
    aon_instance_print(a, &s);
    aon_instance_print(b, &t);
    order = s.len != t.len ? (s.len < t.len ? -1 : 1) : memcmp(s.s, t.s, s.len);
    aon_buf_clear(&t);
    aon_buf_clear(&s);
    return order;
}

bool
aon_smaller(const aon_shrinker *s, const aon_instance *a, const aon_instance *b)
{
    const aon_shrink_size x = aon_shrink_size_of(s->core, a);
    const aon_shrink_size y = aon_shrink_size_of(s->core, b);
    const int shape = compare_shapes(s, a, b);

    if (x.sum != y.sum)
        return x.sum < y.sum;
    if (shape != 0)
        return shape < 0;
    if (x.entries != y.entries)
        return x.entries < y.entries;
    if (x.bits != y.bits)
        return x.bits < y.bits;
    return compare_texts(a, b) < 0;
}
