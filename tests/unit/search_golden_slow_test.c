/*
 * ctest: labels=slow timeout=300
 *
 * The largest row of the golden table: models of shape 3,3,3.
 */
#include "search/impl.h"
#include "unit/t.h"

static bool
add_mass(void *arg, const uint64_t *code, uint64_t stabiliser)
{
    uint64_t *mass = arg;

    (void)code;
    *mass += 576 / stabiliser;
    return 576 % stabiliser == 0;
}

TEST(models_3_3_3)
{
    static const char text[] = "statement s\ngiven d in dim given m in model(d)\n"
                               "show t: forall x in X: <m.f(x), m.g(base)> = 0\n";
    const uint32_t shape[] = {3, 3, 3}, chain[] = {1, 1, 1};
    const aon_variant plain = {.nwithout = 0};
    aon_scope_spec spec;
    aon_theory *t;
    aon_cell cell;
    aon_diags *diags = aon_diags_new();
    uint64_t mass = 0, *first;
    size_t orbits;

    T_REQUIRE(aon_theory_parse(&t, "t", text, strlen(text), ".", NULL, 0, diags) ==
              AON_OK);
    T_OK(aon_variant_roots(aon_theory_core(t, 0), &plain, NULL, diags));
    T_OK(aon_scope_spec_init(&spec, aon_theory_core(t, 0), NULL, 1, false, diags));
    T_REQUIRE(aon_cell_init(&cell, &spec, shape, chain, 3));
    T_EQ_INT(cell.total, 14348907);
    T_EQ_INT(cell.group, 576);
    first = aon_walk_first(&cell, &orbits);
    T_EQ_INT(orbits, 31452);
    for (size_t i = 0; i < orbits; i++)
        aon_walk_rest(&cell, first[i], add_mass, &mass);
    T_EQ_INT(mass, 14348907);
    free(first);
    aon_cell_clear(&cell);
    aon_theory_free(t);
    aon_diags_free(diags);
}
