/*
 * Theorem files in folders.
 */
#include "cli/suite.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
    aon_cli *cli;
    const char **path;
    size_t n, cap;
    int code;
} files;

static void
add_file(files *f, const char *path)
{
    f->path = aon_grow(f->path, &f->cap, f->n + 1, sizeof *f->path);
    f->path[f->n++] = path;
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
ends_with(const char *s, const char *end)
{
    const size_t n = strlen(s), m = strlen(end);

    return n > m && strcmp(s + n - m, end) == 0;
}

static void
add_folder(files *f, const char *path, int depth)
{
    const char *slash = ends_with(path, "/") ? "" : "/";
    DIR *dir = opendir(path);
    files here = {f->cli, NULL, 0, 0, AON_EXIT_OK};
    struct dirent *e;

    if (dir == NULL || depth > 16) {
        if (dir != NULL)
            closedir(dir);
        aon_cli_note(f->cli, "cannot read the folder '%s': %s", path,
                     dir == NULL ? strerror(errno) : "too deep");
        f->code = AON_EXIT_INPUT;
        return;
    }
    while ((e = readdir(dir)) != NULL)
        if (e->d_name[0] != '.')
            add_file(&here, aon_cli_printf(f->cli, "%s%s%s", path, slash, e->d_name));
    closedir(dir);
    if (here.n > 0)
        qsort(here.path, here.n, sizeof *here.path, by_name);
    for (size_t i = 0; i < here.n; i++) {
        struct stat st;

        if (lstat(here.path[i], &st) != 0)
            continue;
        if (S_ISDIR(st.st_mode))
            add_folder(f, here.path[i], depth + 1);
        else if (ends_with(here.path[i], ".aon"))
            add_file(f, here.path[i]);
    }
    free(here.path);
}

/* The file without what may be written in several ways; in the arena. */
static const char *
canonical(aon_cli *cli, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *folder =
        slash == NULL ? "."
                      : aon_arena_strndup(cli->arena, path, (size_t)(slash - path) + 1);
    char *real = realpath(folder, NULL);
    const char *s = real == NULL ? path
                                 : aon_cli_printf(cli, "%s/%s", real,
                                                  slash == NULL ? path : slash + 1);

    free(real);
    return s;
}

/* Of each file the first name: no statement is decided and counted twice. */
static void
keep_first(files *f)
{
    const char **real = AON_NEW_N(f->cli->arena, const char *, f->n + 1);
    size_t kept = 0;

    for (size_t i = 0; i < f->n; i++) {
        size_t k = 0;

        real[kept] = canonical(f->cli, f->path[i]);
        while (strcmp(real[k], real[kept]) != 0)
            k++;
        if (k == kept)
            f->path[kept++] = f->path[i];
    }
    f->n = kept;
}

const char **
aon_suite_files(aon_cli *cli, const char *const *path, size_t npath, size_t *n,
                int *code)
{
    files f = {cli, NULL, 0, 0, AON_EXIT_OK};
    const char **copy;

    for (size_t i = 0; i < npath; i++) {
        struct stat st;

        if (stat(path[i], &st) == 0 && S_ISDIR(st.st_mode))
            add_folder(&f, path[i], 0);
        else
            add_file(&f, path[i]);
    }
    keep_first(&f);
    copy = AON_NEW_N(cli->arena, const char *, f.n + 1);
    if (f.n > 0)
        memcpy(copy, f.path, f.n * sizeof *copy);
    free(f.path);
    *n = f.n;
    *code = f.code;
    return copy;
}
