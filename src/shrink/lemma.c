/*
 * Lemmas that a shape is minimal over all of Q (docs/minimize.md, 4).
 */
#include "shrink/impl.h"

const char *
aon_shrink_lemma(const aon_core *core, const aon_ref *root, size_t because,
                 const aon_instance *in)
{
    (void)core;
    (void)root;
    (void)because;
    (void)in;
    return NULL;
}
