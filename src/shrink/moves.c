/*
 * The registered moves.  M1 is said of this table (docs/minimize.md, 2); a test compares
 * the two.
 */
#include "shrink/impl.h"

const aon_move aon_moves[] = {
    {"chain", true, aon_move_chain},      {"context", true, aon_move_context},
    {"join", true, aon_move_join},        {"merge", true, aon_move_merge},
    {"token", true, aon_move_token},      {"pivot", true, aon_move_pivot},
    {"pair", true, aon_move_pair},        {"dimension", true, aon_move_dimension},
    {"cross", true, aon_move_cross},      {"zero", true, aon_move_zero},
    {"equal", true, aon_move_equal},      {"translate", false, aon_move_translate},
    {"basis", false, aon_move_basis},     {"lattice", false, aon_move_lattice},
    {"solve", true, aon_move_solve},      {"space", true, aon_move_space},
    {"element", false, aon_move_element}, {"scale", true, aon_move_scale},
    {"stretch", true, aon_move_stretch},  {"add", true, aon_move_add},
    {"shear", false, aon_move_shear},     {"entry", true, aon_move_entry},
    {"entries", true, aon_move_entries},  {"order", false, aon_move_order},
};
const size_t aon_nmoves = sizeof aon_moves / sizeof *aon_moves;
