/*
 * What the statements come to now: each as it stands, without and with a weaker form of
 * each hypothesis, and in every variant that an expectation names.
 *
 * A variant is decided on the gallery, by a bounded search, and, unless that refutes it,
 * on drawn instances.  The parameters are in the lock, so a later run does the same.
 */
#include "cli/lock.h"
#include "cli/suite_impl.h"

#include "base/stop.h"
#include "sample/sample.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- names of files in the lock ---- */

static const char *
without_dot(const char *path)
{
    while (path[0] == '.' && path[1] == '/')
        for (path += 2; *path == '/';)
            path++;
    return path;
}

/* What follows a folder in a path, or NULL. */
static const char *
below(const char *path, const char *folder)
{
    size_t n;

    path = without_dot(path);
    folder = without_dot(strcmp(folder, ".") == 0 ? "./" : folder);
    n = strlen(folder);
    while (n > 0 && folder[n - 1] == '/')
        n--;
    if (n == 0 && *folder == '\0')
        return *path != '/' ? path : NULL;
    if (strncmp(path, folder, n) != 0 || path[n] != '/')
        return NULL;
    for (path += n; *path == '/';)
        path++;
    return path;
}

static bool
is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The folder that names are relative to: the longest one on the command line that holds
 * the file; else the file's own. */
static const char *
root_of(aon_cli *cli, const char *file)
{
    const char *best = NULL, *slash = strrchr(file, '/');

    for (size_t i = 0; i < cli->narg; i++)
        if (is_folder(cli->arg[i]) && below(file, cli->arg[i]) != NULL &&
            (best == NULL || strlen(cli->arg[i]) > strlen(best)))
            best = cli->arg[i];
    if (best != NULL)
        return best;
    return slash == NULL ? "."
                         : aon_cli_printf(cli, "%.*s", (int)(slash - file + 1), file);
}

typedef struct {
    aon_cli *cli;
    const char *root;
} naming;

static const char *
name_of(void *arg, const char *path)
{
    const naming *n = arg;
    const char *s = below(path, n->root);
    const char *lib = NULL;

    if (s != NULL)
        return aon_cli_printf(n->cli, "%s", s);
    for (const char *at = path; (at = strstr(at, "lib/")) != NULL; at++)
        lib = at;
    return aon_cli_printf(n->cli, "elsewhere:%s", lib != NULL ? lib : path);
}

/* ---- one variant ---- */

static const char *
shape_text(aon_cli *cli, const aon_suite_found *f)
{
    const char *s;
    aon_buf b;

    aon_buf_init(&b);
    for (size_t i = 0; i < f->nshape; i++)
        aon_buf_printf(&b, "%s%" PRIu32, i > 0 ? "," : "", f->shape[i]);
    s = aon_arena_strndup(cli->arena, b.s, b.len);
    aon_buf_clear(&b);
    return s;
}

static void
digest_instance(char out[AON_DIGEST_LEN + 1], const aon_instance *in)
{
    aon_buf b;

    aon_buf_init(&b);
    aon_instance_print(in, &b);
    aon_digest(out, b.s, b.len);
    aon_buf_clear(&b);
}

/* The first counterexample among known and drawn instances, if there is one. */
static bool
take_first(aon_lock_variant *v, const aon_suite_run *r, uint64_t seed)
{
    const size_t first = aon_suite_first_violation(r, NULL);
    const aon_sample_spec spec = {.seed = seed};
    const char *kind;
    aon_instance *in;

    if (first == SIZE_MAX)
        return false;
    if (first < r->nknown) {
        digest_instance(v->witness, r->gallery->item[r->order[first]].in);
        return true;
    }
    in = aon_sample_instance(r->core, r->root, &spec, first - r->nknown, &kind);
    digest_instance(v->witness, in);
    aon_instance_free(in);
    return true;
}

typedef struct {
    aon_cli *cli;
    aon_lock_made *out;
    aon_suite_searches *searches;
    const aon_gallery *gallery;
    const aon_theory *theory;
    unsigned jobs;
    int code;
} maker;

static void
decide_variant(maker *m, aon_lock_variant *v, aon_suite_run *r)
{
    const aon_lock *lock = &m->out->lock;
    const aon_suite_options known = {
        .seed = lock->seed, .jobs = m->jobs, .gallery = m->gallery};
    const aon_suite_options drawn = {
        .seed = lock->seed, .count = (size_t)lock->count, .jobs = m->jobs};
    const aon_suite_search_spec spec = {.work = lock->work, .jobs = m->jobs};
    const aon_suite_found *f = aon_suite_search(m->cli, m->searches, r, &spec);
    bool refuted;

    r->any = true; /* the first violation is enough */
    v->shape = "-";
    strcpy(v->witness, "-");
    m->code = aon_exit_worse(m->code, aon_suite_sample(m->cli, r, &known));
    refuted = take_first(v, r, lock->seed);
    if (!f->refused && f->in != NULL) {
        v->shape = shape_text(m->cli, f);
        if (!refuted)
            digest_instance(v->witness, f->in);
        refuted = true;
    }
    if (!refuted) {
        m->code = aon_exit_worse(m->code, aon_suite_sample(m->cli, r, &drawn));
        refuted = take_first(v, r, lock->seed);
    }
    /* What the search leaves undecided counts as not looked at. */
    v->verdict = refuted            ? AON_LOCK_REFUTED
                 : r->undecided > 0 ? AON_LOCK_UNDECIDED
                 : r->applicable + r->known_applicable > 0 || f->applicable > 0
                     ? AON_LOCK_SURVIVED
                     : AON_LOCK_VACUOUS;
}

/* ---- one statement ---- */

typedef struct {
    const aon_variant **v;
    const char **text;
    size_t n, cap, text_cap;
} variants;

static void
add_variant(aon_cli *cli, variants *l, const aon_variant *v)
{
    const char *text = aon_suite_variant_text(cli, v);
    size_t at = 0;
    int c = 1;

    text = *text != '\0' ? text : "-";
    while (at < l->n && (c = strcmp(l->text[at], text)) < 0)
        at++;
    if (at < l->n && c == 0)
        return;
    l->v = aon_grow(l->v, &l->cap, l->n + 1, sizeof *l->v);
    l->text = aon_grow(l->text, &l->text_cap, l->n + 1, sizeof *l->text);
    memmove(&l->v[at + 1], &l->v[at], (l->n - at) * sizeof *l->v);
    memmove(&l->text[at + 1], &l->text[at], (l->n - at) * sizeof *l->text);
    l->v[at] = v;
    l->text[at] = text;
    l->n++;
}

static void
list_variants(aon_cli *cli, variants *l, const aon_core *core)
{
    add_variant(cli, l, AON_NEW(cli->arena, aon_variant));
    for (size_t i = 0; i < core->nassume; i++) {
        aon_variant *without = AON_NEW(cli->arena, aon_variant);
        aon_variant *weaken = AON_NEW(cli->arena, aon_variant);
        const char **name = AON_NEW(cli->arena, const char *);

        *name = core->assume[i].name;
        without->without = name;
        without->nwithout = 1;
        add_variant(cli, l, without);
        weaken->weaken = name;
        weaken->nweaken = 1;
        if (core->assume[i].weaken != AON_NO_REF)
            add_variant(cli, l, weaken);
    }
    for (size_t k = 0; k < core->nexpect; k++) {
        const aon_expect *e = &core->expect[k];
        aon_variant *v = AON_NEW(cli->arena, aon_variant);

        *v = e->variant;
        if (e->outcome == AON_EXP_SUFFICIENT) {
            v->has_only = true;
            v->only = e->names;
            v->nonly = e->nnames;
        }
        add_variant(cli, l, v);
    }
}

static void
add_statement(maker *m, size_t i, naming *n)
{
    aon_lock *lock = &m->out->lock;
    const aon_core *core = aon_theory_core(m->theory, i);
    variants l = {NULL, NULL, 0, 0, 0};
    aon_lock_statement s = {.file = m->out->file[m->out->nfiles - 1],
                            .name = core->name};

    s.name = aon_cli_printf(m->cli, "%s", core->name);
    aon_lock_describe(m->cli, &s, m->theory, i, name_of, n);
    list_variants(m->cli, &l, core);
    s.variant = AON_NEW_N(m->cli->arena, aon_lock_variant, l.n + 1);
    for (size_t k = 0; k < l.n; k++) {
        aon_suite_run r;
        aon_lock_variant *v = &s.variant[s.nvariants];

        if (aon_suite_prepare(m->cli, &r, m->theory, i, l.v[k]) != AON_OK) {
            m->code = aon_exit_worse(m->code, AON_EXIT_INPUT);
        } else if (r.missing ==
                   NULL) { /* a conjunct that is not there cannot be dropped */
            v->text = l.text[k];
            decide_variant(m, v, &r);
            s.nvariants++;
        }
        if (r.built != NULL)
            aon_core_free(r.built);
        aon_diags_free(m->cli->diags); /* no scope is no news */
        m->cli->diags = aon_diags_new();
    }
    free(l.v);
    free(l.text);
    lock->statement = aon_grow(lock->statement, &lock->cap, lock->nstatements + 1,
                               sizeof *lock->statement);
    lock->statement[lock->nstatements++] = s;
}

/* ---- all ---- */

static void
add_file(maker *m, const char *file)
{
    aon_lock_made *out = m->out;
    naming n = {m->cli, root_of(m->cli, file)};
    const char *name = name_of(&n, file);
    aon_gallery gallery = {NULL, 0, 0};
    aon_theory *t = NULL;
    const int loaded = aon_cli_load(m->cli, &t, file);
    const size_t before = out->lock.nstatements;
    const char *slash = strrchr(file, '/');

    if (loaded != AON_EXIT_OK) {
        m->code = aon_exit_worse(m->code, loaded);
        out->unread = aon_grow(out->unread, &out->unread_cap, out->nunread + 1,
                               sizeof *out->unread);
        out->unread[out->nunread++] = name;
        return;
    }
    out->file = aon_grow(out->file, &out->cap, out->nfiles + 1, sizeof *out->file);
    out->file[out->nfiles++] = name;
    if (aon_theory_statements(t) > 0)
        m->code = aon_exit_worse(
            m->code, aon_gallery_open(
                         m->cli, &gallery,
                         slash == NULL ? ""
                                       : aon_cli_printf(m->cli, "%.*s",
                                                        (int)(slash - file + 1), file),
                         t));
    m->gallery = &gallery;
    m->theory = t;
    for (size_t i = 0; i < aon_theory_statements(t) && !aon_stop_asked(); i++) {
        if (!m->cli->quiet && isatty(STDERR_FILENO))
            fprintf(stderr, "\r\033[Kaon: lock: %s", aon_theory_statement(t, i));
        add_statement(m, i, &n);
    }
    if (aon_stop_asked()) { /* the last one may not be whole */
        out->stopped = name;
        out->nfiles--;
        out->lock.nstatements = before;
    }
    if (!m->cli->quiet && isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
    m->gallery = NULL;
    m->theory = NULL;
    aon_gallery_close(&gallery);
    aon_theory_free(t);
}

static int
by_statement(const void *a, const void *b)
{
    return aon_lock_compare_statement(a, b);
}

int
aon_lock_make(aon_cli *cli, aon_lock_made *out, unsigned jobs)
{
    maker m = {.cli = cli, .out = out, .jobs = jobs, .code = AON_EXIT_OK};
    size_t n;
    const char **file = aon_suite_files(cli, cli->arg, cli->narg, &n, &m.code);
    aon_lock *lock = &out->lock;

    for (size_t i = 0; i < cli->narg; i++)
        out->whole = out->whole || is_folder(cli->arg[i]);
    m.searches = aon_suite_searches_new();
    for (size_t i = 0; i < n && out->stopped == NULL; i++)
        add_file(&m, file[i]);
    out->whole = out->whole && out->stopped == NULL;
    aon_suite_searches_free(m.searches);
    if (lock->nstatements > 0)
        qsort(lock->statement, lock->nstatements, sizeof *lock->statement,
              by_statement);
    for (size_t i = 1; i < lock->nstatements; i++)
        if (by_statement(&lock->statement[i - 1], &lock->statement[i]) == 0)
            return aon_cli_usage(
                cli,
                "two files would be %s in the lock; name a folder that "
                "holds both",
                lock->statement[i].file);
    return m.code;
}
