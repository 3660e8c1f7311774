/*
 * Inside of build.c, shared with rules.c, check.c and number.c.
 */
#ifndef AON_LANG_BUILD_IMPL_H
#define AON_LANG_BUILD_IMPL_H

#include "lang/build.h"

/* Open addressing over item numbers; UINT32_MAX is empty. */
typedef struct {
    uint32_t *slot;
    size_t nslots, n;
} aon_index;

struct aon_build {
    aon_arena *arena;
    aon_bnode *node;
    uint32_t *hash; /* of each node */
    size_t n, cap, hash_cap;
    aon_index index;
    aon_type *type;
    uint32_t *type_hash;
    size_t ntypes, type_cap, type_hash_cap;
    aon_index type_index;
    aon_bdata *data;
    uint32_t *data_hash;
    size_t ndata, data_cap, data_hash_cap;
    aon_index data_index;
    /* memo of substitute() */
    aon_ref *image;
    uint32_t *image_of;
    size_t image_cap;
    uint32_t stamp;
    const char *overflow;
    aon_span where;
};

void aon_index_add(aon_index *t, uint32_t hash, uint32_t item, const uint32_t *hashes);
aon_ref aon_build_intern(aon_build *b, aon_bnode *n, const aon_type *type,
                         const aon_bdata *data);
bool aon_build_mentions(const aon_build *b, aon_ref r, bool unknown, uint32_t var);
bool aon_op_binds_unknown(unsigned op);

#endif
