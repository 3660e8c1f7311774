/*
 * The gallery: known instances, replayed before anything is searched or drawn.
 */
#include "cli/gallery.h"

#include "search/find.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static void
add(aon_gallery *g, const char *name, aon_instance *in)
{
    g->item = aon_grow(g->item, &g->cap, g->n + 1, sizeof *g->item);
    g->item[g->n++] = (aon_gallery_item){name, in};
}

static size_t
number_of(const aon_gallery *g, const char *name)
{
    size_t i = 0;

    while (i < g->n && strcmp(g->item[i].name, name) != 0)
        i++;
    return i;
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names of the .aoni files in FOLDERinstances/, sorted; to be freed. */
static const char **
names_in(aon_cli *cli, const char *folder, size_t *n)
{
    const char **name = NULL;
    size_t cap = 0;
    struct dirent *e;
    DIR *dir = opendir(aon_cli_printf(cli, "%sinstances", folder));

    *n = 0;
    if (dir == NULL)
        return NULL;
    while ((e = readdir(dir)) != NULL) {
        const size_t len = strlen(e->d_name);

        if (e->d_name[0] == '.' || len < 6 || strcmp(e->d_name + len - 5, ".aoni") != 0)
            continue;
        name = aon_grow(name, &cap, *n + 1, sizeof *name);
        name[(*n)++] = aon_cli_printf(cli, "instances/%s", e->d_name);
    }
    closedir(dir);
    if (*n > 0)
        qsort(name, *n, sizeof *name, by_name);
    return name;
}

/* What expectations name elsewhere; a file that is not there is their business. */
static void
add_named(aon_cli *cli, aon_gallery *g, const char *folder, const aon_theory *t)
{
    for (size_t i = 0; t != NULL && i < aon_theory_statements(t); i++) {
        const aon_core *core = aon_theory_core(t, i);

        for (size_t k = 0; k < core->nexpect; k++) {
            const char *on = core->expect[k].on;
            aon_instance *in = NULL;

            if (on == NULL || number_of(g, on) < g->n ||
                aon_instance_read_file(&in, aon_cli_printf(cli, "%s%s", folder, on),
                                       NULL) != AON_OK)
                continue;
            aon_instance_index(in);
            add(g, aon_cli_printf(cli, "%s", on), in);
        }
    }
}

int
aon_gallery_open(aon_cli *cli, aon_gallery *out, const char *folder,
                 const aon_theory *t)
{
    int code = AON_EXIT_OK;
    size_t n;
    const char **name = names_in(cli, folder, &n);

    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < n; i++) {
        aon_instance *in = NULL;
        const int read =
            aon_cli_instance(cli, &in, aon_cli_printf(cli, "%s%s", folder, name[i]));

        code = aon_exit_worse(code, read);
        if (read == AON_EXIT_OK)
            add(out, name[i], in);
    }
    free(name);
    add_named(cli, out, folder, t);
    return code;
}

void
aon_gallery_close(aon_gallery *g)
{
    for (size_t i = 0; i < g->n; i++)
        aon_instance_free(g->item[i].in);
    free(g->item);
    memset(g, 0, sizeof *g);
}

const size_t *
aon_gallery_order(aon_cli *cli, const aon_gallery *g, const aon_core *core)
{
    size_t *order = AON_NEW_N(cli->arena, size_t, g->n + 1), n = 0;
    bool *taken = AON_NEW_N(cli->arena, bool, g->n + 1);

    for (size_t k = 0; k < core->nexpect; k++) {
        const char *on = core->expect[k].on;
        const size_t at = on != NULL ? number_of(g, on) : g->n;

        if (at < g->n && !taken[at])
            order[n++] = at;
        taken[at] = true;
    }
    for (size_t i = 0; i < g->n; i++)
        if (!taken[i])
            order[n++] = i;
    return order;
}

void
aon_gallery_replay(const aon_gallery *g, const size_t *order, const aon_core *core,
                   const aon_ref *root,
                   bool (*each)(void *arg, size_t at, const aon_decision *d), void *arg)
{
    bool on = true;

    for (size_t i = 0; i < g->n && on; i++) {
        aon_decision *d = NULL;

        if (aon_decide(&d, core, root, g->item[order[i]].in, NULL, NULL) != AON_OK)
            continue; /* it does not fit */
        on = each(arg, order[i], d);
        aon_decision_free(d);
    }
}

typedef struct {
    const aon_core *core;
    const char *because;
    size_t fit, hit;
} refuting;

static bool
refuted_by(void *arg, size_t at, const aon_decision *d)
{
    refuting *r = arg;
    const bool counts = aon_find_counts(r->core, r->because, d);

    r->fit++;
    if (counts)
        r->hit = at;
    return !counts;
}

const aon_gallery_item *
aon_gallery_refute(aon_cli *cli, const aon_gallery *g, const aon_core *core,
                   const aon_ref *root, const char *because, size_t *fit)
{
    refuting r = {core, because, 0, g->n};

    aon_gallery_replay(g, aon_gallery_order(cli, g, core), core, root, refuted_by, &r);
    if (fit != NULL)
        *fit += r.fit;
    return r.hit < g->n ? &g->item[r.hit] : NULL;
}
