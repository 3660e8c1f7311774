/*
 * A loaded theory, as the parts of lang/ see it.
 */
#ifndef AON_LANG_THEORY_H
#define AON_LANG_THEORY_H

#include "lang/ast.h"

typedef struct {
    aon_source src;
    aon_file ast;
    const char *path; /* where it was read from */
} aon_text_file;

struct aon_theory {
    aon_arena *arena;
    aon_names *names;
    bool core_only;       /* what `expect` lines say is skipped */
    aon_text_file **file; /* the first is the main one */
    size_t nfiles, file_cap;
    const aon_library **lib; /* all that it contains or uses, in order of first use */
    size_t nlibs, lib_cap;
    const char *dir; /* where lib/ is looked up first */
    const char *const *dirs;
    size_t ndirs;
    const char **lib_path;    /* library files looked at already */
    aon_text_file **lib_file; /* NULL: it has errors */
    size_t nlooked, looked_cap;
    aon_core **core; /* of each statement of the main file */
    size_t ncores;
};

/*
 * Library `name` as the statement at position `order` of the main file sees it: [library]
 * and [version] are reported at `where`.  NULL after an error, which may have been reported
 * when another statement asked for the library.
 */
const aon_library *aon_theory_find(aon_theory *t, const aon_ident *name,
                                   uint32_t version, aon_span where, size_t order,
                                   aon_diags *diags);

#endif
