/*
 * Loading: a file, the libraries it uses, its statements.
 */
#include "lang/theory.h"

#include "base/io.h"
#include "lang/parse.h"
#include "lang/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
join(aon_buf *path, const char *dir, const char *name)
{
    aon_buf_reset(path);
    if (strcmp(dir, ".") != 0 && *dir != '\0') {
        aon_buf_puts(path, dir);
        if (path->s[path->len - 1] != '/')
            aon_buf_putc(path, '/');
    }
    aon_buf_printf(path, "lib/%s.aon", name);
}

static const char *
directory_of(aon_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return ".";
    return aon_arena_strndup(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

static void
add_library(aon_theory *t, const aon_library *lib)
{
    for (size_t i = 0; i < t->nlibs; i++)
        if (t->lib[i] == lib)
            return;
    t->lib = aon_grow(t->lib, &t->lib_cap, t->nlibs + 1, sizeof *t->lib);
    t->lib[t->nlibs++] = lib;
}

/* Names, arities, labels of every definition; duplicates among the libraries of a file. */
static bool
check_libraries(aon_theory *t, aon_text_file *f, aon_diags *diags)
{
    bool good = true;

    for (size_t i = 0; i < f->ast.nlibs; i++) {
        aon_library *lib = &f->ast.lib[i];
        aon_elab e;

        for (size_t k = 0; k < i; k++)
            if (f->ast.lib[k].name.sym == lib->name.sym) {
                (void)aon_diag(diags, AON_SEV_ERROR, lib->name.span, "duplicate-name",
                               "choose another name for one of them",
                               "there is a library `%s` above already",
                               lib->name.sym->s);
                good = false;
                break;
            }
        aon_elab_init(&e, t, t->names, diags);
        for (size_t k = 0; k < lib->ndefs; k++) {
            aon_elab_check_def(&e, lib, &lib->def[k]);
            good = good && !lib->def[k].bad;
        }
        aon_elab_clear(&e);
    }
    return good;
}

/* Lex and parse one text; the file is kept in t even if it has errors. */
static aon_status
add_file(aon_theory *t, aon_text_file **out, const char *name, const char *text,
         size_t len, aon_diags *diags)
{
    aon_text_file *f = AON_NEW(t->arena, aon_text_file);
    aon_tokens tokens;
    aon_status st;

    f->path = f->src.name = aon_arena_strndup(t->arena, name, strlen(name));
    f->src.text = aon_arena_strndup(t->arena, text, len);
    f->src.len = len;
    t->file = aon_grow(t->file, &t->file_cap, t->nfiles + 1, sizeof(aon_text_file *));
    t->file[t->nfiles++] = f;
    *out = f;
    st = aon_lex(&tokens, &f->src, t->names, t->arena, diags);
    if (st == AON_OK)
        st = aon_parse_file(&f->ast, &tokens, !t->core_only, t->arena, diags);
    return st;
}

static bool
exists(const char *path)
{
    FILE *in = fopen(path, "rb");

    if (in != NULL)
        (void)fclose(in);
    return in != NULL;
}

/*
 * The library file at path, read once; NULL if it has errors or is not there.  Once the
 * theory is loaded, every file has been looked at, so that t is only read.
 */
static aon_text_file *
library_file(aon_theory *t, const char *path, bool *there, aon_diags *diags)
{
    aon_text_file *f = NULL;
    size_t cap = t->looked_cap;
    aon_buf text;

    for (size_t i = 0; i < t->nlooked; i++)
        if (strcmp(t->lib_path[i], path) == 0) {
            *there = true;
            return t->lib_file[i];
        }
    *there = exists(path);
    if (!*there)
        return NULL;
    aon_buf_init(&text);
    if (aon_read_file(path, &text, diags) == AON_OK &&
        (add_file(t, &f, path, text.s, text.len, diags) != AON_OK ||
         !check_libraries(t, f, diags)))
        f = NULL;
    aon_buf_clear(&text);
    t->lib_path = aon_grow(t->lib_path, &cap, t->nlooked + 1, sizeof *t->lib_path);
    t->lib_file =
        aon_grow(t->lib_file, &t->looked_cap, t->nlooked + 1, sizeof(aon_text_file *));
    t->lib_path[t->nlooked] = aon_arena_strndup(t->arena, path, strlen(path));
    t->lib_file[t->nlooked++] = f;
    return f;
}

static const aon_library *
in_file(const aon_text_file *f, const aon_sym *name, size_t below)
{
    for (size_t i = 0; i < f->ast.nlibs; i++)
        if (f->ast.lib[i].order < below && f->ast.lib[i].name.sym == name)
            return &f->ast.lib[i];
    return NULL;
}

const aon_library *
aon_theory_find(aon_theory *t, const aon_ident *name, uint32_t version, aon_span where,
                size_t order, aon_diags *diags)
{
    const aon_library *lib = in_file(t->file[0], name->sym, order);
    bool there = false;
    aon_text_file *f = NULL;
    char hint[320];
    aon_buf path;

    aon_buf_init(&path);
    for (size_t i = 0; lib == NULL && !there && i <= t->ndirs; i++) {
        join(&path, i == 0 ? t->dir : t->dirs[i - 1], name->sym->s);
        f = library_file(t, path.s, &there, diags);
    }
    aon_buf_clear(&path);
    if (there && f == NULL)
        return NULL; /* its errors have been reported */
    if (f != NULL)
        lib = in_file(f, name->sym, SIZE_MAX);
    if (lib == NULL) {
        (void)snprintf(hint, sizeof hint,
                       "write `library %.60s %u` above in the file or in "
                       "`lib/%.60s.aon` beside it; or set AON_THEOREMS to the folder "
                       "whose `lib` has it (`theorems` of aon)",
                       name->sym->s, (unsigned)version, name->sym->s);
        (void)aon_diag(diags, AON_SEV_ERROR, name->span, "library", hint,
                       "there is no library `%s`", name->sym->s);
        return NULL;
    }
    if (lib->version != version) {
        (void)snprintf(hint, sizeof hint, "write `use %.100s %u`", name->sym->s,
                       (unsigned)lib->version);
        (void)aon_diag(diags, AON_SEV_ERROR, where, "version", hint,
                       "library `%s` has version %u, not %u", name->sym->s,
                       (unsigned)lib->version, (unsigned)version);
        return NULL;
    }
    add_library(t, lib);
    return lib;
}

/* Everything after parsing, in the order of the file. */
static aon_status
elaborate(aon_theory *t, aon_diags *diags)
{
    aon_text_file *f = t->file[0];
    bool good = check_libraries(t, f, diags);

    for (size_t i = 0; i < f->ast.nlibs; i++)
        add_library(t, &f->ast.lib[i]);
    t->ncores = f->ast.nstmts;
    t->core = AON_NEW_N(t->arena, aon_core *, t->ncores);
    for (size_t i = 0; i < t->ncores; i++) {
        const aon_stmt *s = &f->ast.stmt[i];
        bool again = false;

        for (size_t k = 0; k < i && !again; k++)
            again = f->ast.stmt[k].name.sym == s->name.sym;
        if (again) /* the first error of a statement is its only one */
            (void)aon_diag(diags, AON_SEV_ERROR, s->name.span, "duplicate-name",
                           "choose another name for one of them",
                           "there is a statement `%s` above already", s->name.sym->s);
        if (again || aon_statement_build(&t->core[i], t, s, &f->src, false, NULL, 0,
                                         diags) != AON_OK)
            good = false;
    }
    return good ? AON_OK : AON_EINPUT;
}

static aon_status
parse(aon_theory **out, bool core_only, const char *name, const char *text, size_t len,
      const char *dir, const char *const *libs, size_t nlibs, aon_diags *diags)
{
    aon_theory *t = aon_xcalloc(1, sizeof *t);
    size_t before = aon_diags_errors(diags);
    const char **dirs;
    aon_text_file *f;
    aon_status st;

    t->arena = aon_arena_new();
    t->names = aon_names_new(t->arena, NULL);
    t->core_only = core_only;
    t->dir = aon_arena_strndup(t->arena, dir, strlen(dir));
    dirs = AON_NEW_N(t->arena, const char *, nlibs);
    for (size_t i = 0; i < nlibs; i++)
        dirs[i] = aon_arena_strndup(t->arena, libs[i], strlen(libs[i]));
    t->dirs = dirs;
    t->ndirs = nlibs;
    st = add_file(t, &f, name, text, len, diags);
    if (st == AON_OK)
        st = elaborate(t, diags);
    if (st == AON_OK && aon_diags_errors(diags) > before)
        st = AON_EINPUT;
    if (st != AON_OK) {
        aon_theory_free(t);
        return AON_EINPUT;
    }
    *out = t;
    return AON_OK;
}

aon_status
aon_theory_parse(aon_theory **out, const char *name, const char *text, size_t len,
                 const char *dir, const char *const *libs, size_t nlibs,
                 aon_diags *diags)
{
    return parse(out, false, name, text, len, dir, libs, nlibs, diags);
}

aon_status
aon_theory_parse_core(aon_theory **out, const char *name, const char *text, size_t len,
                      const char *dir, const char *const *libs, size_t nlibs,
                      aon_diags *diags)
{
    return parse(out, true, name, text, len, dir, libs, nlibs, diags);
}

aon_status
aon_theory_load(aon_theory **out, const char *path, const char *const *libs,
                size_t nlibs, aon_diags *diags)
{
    aon_arena *arena;
    aon_status st;
    aon_buf text;

    aon_buf_init(&text);
    st = aon_read_file(path, &text, diags);
    if (st == AON_OK) {
        arena = aon_arena_new();
        st = aon_theory_parse(out, path, text.s, text.len,
                              strcmp(path, "-") == 0 ? "." : directory_of(arena, path),
                              libs, nlibs, diags);
        aon_arena_free(arena);
    }
    aon_buf_clear(&text);
    return st;
}

void
aon_theory_free(aon_theory *t)
{
    if (t == NULL)
        return;
    for (size_t i = 0; i < t->ncores; i++)
        aon_core_free(t->core[i]);
    free(t->file);
    free(t->lib);
    free(t->lib_path);
    free(t->lib_file);
    aon_arena_free(t->arena);
    free(t);
}

size_t
aon_theory_statements(const aon_theory *t)
{
    return t->ncores;
}

const char *
aon_theory_statement(const aon_theory *t, size_t i)
{
    return t->core[i]->name;
}

const aon_core *
aon_theory_core(const aon_theory *t, size_t i)
{
    return t->core[i];
}

void
aon_theory_print_core(const aon_theory *t, aon_buf *out)
{
    const aon_file *f = &t->file[0]->ast;
    size_t lib = 0, stmt = 0;

    aon_buf_puts(out, "core 1\n");
    for (size_t i = 0; i < f->nparts; i++) {
        if (lib < f->nlibs && f->lib[lib].order == i) {
            aon_buf_printf(out, "library %s %u\n", f->lib[lib].name.sym->s,
                           (unsigned)f->lib[lib].version);
            lib++;
        } else {
            aon_core_print(t->core[stmt++], out);
        }
    }
}
