/*
 * One statement, or one expression, to a finished core.
 */
#ifndef AON_LANG_STATEMENT_H
#define AON_LANG_STATEMENT_H

#include "lang/elab.h"

/*
 * The statement under drops.  t is written only while it is being loaded (by `use`).
 * AON_EINPUT after an error.  The core borrows the source text, or owns a copy of it.
 */
AON_NODISCARD aon_status aon_statement_build(aon_core **out, aon_theory *t,
                                             const aon_stmt *s, const aon_source *src,
                                             bool own_text, const char *const *drop,
                                             size_t ndrop, aon_diags *diags);

/* A core under construction, and the interner of its names. */
typedef struct {
    aon_core core; /* first: what callers see */
    aon_arena *arena;
    aon_names *names;
    aon_source src;
} aon_core_owner;

aon_core_owner *aon_core_new(void);
const char *aon_core_keep(void *owner, const char *s);
void aon_core_keep_dim(void *owner, aon_dim *d);
/* The type of a given of some sort; false after an error. */
bool aon_sort_type(aon_elab *e, const aon_sort_ast *s, aon_type *out);
/* What a given stands for. */
aon_val aon_given_value(aon_elab *e, const char *name, const aon_type *type);

#endif
