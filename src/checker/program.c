/* Files, libraries and statements: what is visible where, and the printed core. */
#include "elab.h"

enum { MAX_FILE = (1 << 20) + 1 };

typedef struct {
    ck_program *program;
    const ck_unit *unit;
    const ck_item *item;
    ck_statement *out;
    ck_elab elab;
    ck_source *src;
    const char *used; /* the error line of a library file */
} job;

static const ck_item *
find_item(const ck_unit *u, const char *words, const char *name)
{
    for (long i = 0; i < u->nitems; i++)
        if (strchr(words, u->item[i].word) != NULL && u->item[i].name == name)
            return &u->item[i];
    return NULL;
}

/* ---- definitions where they stand: names, arities, labels ---- */

typedef struct name_list {
    const char *name;
    struct name_list *up;
} name_list;

typedef struct {
    const ck_unit *lib;
    const ck_item *def;
    const char **label;
    long nlabels;
} def_check;

static void check_names(def_check *d, const ck_ast *t, name_list *in);

static bool
listed(const name_list *l, const char *name)
{
    while (l != NULL && l->name != name)
        l = l->up;
    return l != NULL;
}

static void
check_name(def_check *d, size_t at, const char *name, const name_list *in)
{
    if (name != NULL && !listed(in, name))
        ck_error(d->lib->src, at, "unknown-name", "%s is not declared", name);
}

static name_list *
name_new(def_check *d, const ck_ast *t, name_list *in)
{
    name_list *l = ck_new(sizeof *l);

    if (listed(in, t->name))
        ck_error(d->lib->src, t->at, "duplicate-name", "%s is declared already", t->name);
    l->name = t->name;
    l->up = in;
    return l;
}

static name_list *
check_bind(def_check *d, const ck_ast *b, name_list *in)
{
    name_list *inner = in;

    for (long i = 0; i < b->n - 1; i++)
        inner = name_new(d, b->kid[i], inner);
    check_names(d, b->kid[b->n - 1], in);
    return inner;
}

static void
check_call(def_check *d, const ck_ast *t)
{
    const ck_item *i = d->lib->item, *found = NULL;

    for (; i != d->def; i++)
        if (i->word == 'd' && i->name == t->name)
            found = i;
    if (found == NULL && d->def->name == t->name)
        ck_error(d->lib->src, t->at, "recursive", "%s calls itself", t->name);
    if (found == NULL)
        ck_error(d->lib->src, t->at, "unknown-name", "no definition %s above", t->name);
    if (found->nnames != t->n)
        ck_error(d->lib->src, t->at, "arity", "%s takes %ld arguments, not %ld", t->name,
                 found->nnames, t->n);
}

static void
check_names(def_check *d, const ck_ast *t, name_list *in)
{
    bool named = t->op == A_NAME || t->op == A_CAT ||
                 (t->op == A_SET && strcmp(t->name, "X") != 0 && strcmp(t->name, "Y") != 0);
    bool span = t->op == A_SPAN;

    if (t->op == A_CALL)
        check_call(d, t);
    if (t->op == A_BUILTIN && t->n != (strcmp(t->name, "image") == 0 ? 2 : 1))
        ck_error(d->lib->src, t->at, "arity", "a wrong number of arguments of %s", t->name);
    if (t->op == A_LABEL) {
        for (long i = 0; i < d->nlabels; i++)
            if (d->label[i] == t->name)
                ck_error(d->lib->src, t->at, "label", "the label %s is used twice", t->name);
        CK_PUSH(d->label, d->nlabels, t->name);
    }
    if (named && t->op != A_CAT)
        check_name(d, t->at, t->name, in);
    check_name(d, t->at, t->name2, in);
    for (long i = span ? 1 : 0; i < t->n; i++) {
        if (t->kid[i]->op == A_BIND)
            in = check_bind(d, t->kid[i], in);
        else
            check_names(d, t->kid[i], in);
    }
    if (span)
        check_names(d, t->kid[0], in);
    if (t->op == A_CAT)
        check_name(d, t->at, t->name, in);
}

static void
check_def(void *arg)
{
    job *j = arg;
    const ck_item *def = j->item;
    def_check d = {j->unit, def, NULL, 0};
    name_list *in = NULL;

    if (def->word == 'd' && find_item(j->unit, "d", def->name) != def)
        ck_error(j->unit->src, def->at, "duplicate-name", "%s is defined already",
                 def->name);
    for (long i = 0; i < def->nnames; i++)
        in = name_new(&d, def->names[i], in);
    check_names(&d, def->expr, in);
}

/* ---- files ---- */

static void
lex_job(void *arg)
{
    ck_lex(((job *)arg)->src);
}

/* Tokens, grammar, definitions; statements are not elaborated. NULL, or an error line. */
static const char *
load(ck_program *p, const char *path, const char *text, size_t len)
{
    job j = {.program = p, .src = ck_new(sizeof *j.src)};
    const char *error;

    *j.src = (ck_source){.path = path, .text = text, .len = len};
    p->path = path;
    error = ck_try(lex_job, &j);
    if (error != NULL) {
        ck_put(&p->errors, "%s", error);
        return error;
    }
    p->unit = ck_parse(j.src, &p->nunits);
    for (long i = 0; i < p->nunits; i++) {
        bool said = p->unit[i].error != NULL;

        if (said)
            ck_put(&p->errors, "%s", p->unit[i].error);
        for (long k = 0; k < p->unit[i].nitems; k++)
            if (p->unit[i].item[k].error != NULL && (p->unit[i].library || !said)) {
                ck_put(&p->errors, "%s", p->unit[i].item[k].error);
                said = true;
            }
    }
    p->parsed = p->errors.n == 0;
    for (long i = 0; i < p->nunits && p->parsed; i++)
        for (long k = 0; p->unit[i].library && k < p->unit[i].nitems; k++) {
            j.unit = &p->unit[i];
            j.item = &p->unit[i].item[k];
            error = p->unit[i].item[k].error = ck_try(check_def, &j);
            if (error != NULL)
                ck_put(&p->errors, "%s", error);
        }
    return p->errors.s;
}

static const ck_unit *
find_unit(const ck_program *p, bool library, const char *name, const ck_unit *end)
{
    for (const ck_unit *u = p->unit; u < (end ? end : p->unit + p->nunits); u++)
        if (u->library == library && u->name == name)
            return u;
    return NULL;
}

static const ck_unit *
library_file(job *j, const char *path, const char *name, bool *exists)
{
    ck_program *lib = ck_new(sizeof *lib);
    size_t len;
    const char *text = ck_read_file(path, MAX_FILE, &len);

    *exists = text != NULL;
    if (text == NULL)
        return NULL;
    j->used = load(lib, path, text, len);
    return j->used != NULL ? NULL : find_unit(lib, true, name, NULL);
}

static const ck_unit *
find_library(job *j)
{
    ck_program *p = j->program;
    const char *name = j->item->name, *slash = strrchr(p->path, '/');
    int dir = slash == NULL ? 0 : (int)(slash - p->path) + 1;
    const ck_unit *u = find_unit(p, true, name, j->unit);
    bool exists = false;

    if (u != NULL)
        return u;
    u = library_file(j, ck_format("%.*slib/%s.aon", dir, p->path, name), name, &exists);
    for (long i = 0; i < 2 * p->nlibdirs && !exists; i++)
        u = library_file(j,
                         ck_format(i % 2 == 0 ? "%s/%s.aon" : "%s/lib/%s.aon",
                                   p->libdir[i / 2], name),
                         name, &exists);
    return u;
}

/* ---- statements ---- */

static void
use(job *j)
{
    ck_elab *c = &j->elab;
    const ck_item *item = j->item;
    const ck_unit *lib;

    for (long i = 0; i < j->out->nuses; i++)
        if (j->out->use[i] == ck_internf("%s %s", item->name, item->version))
            ck_error(c->src, item->at, "duplicate-name", "%s is used twice", item->name);
    lib = find_library(j);
    if (j->used != NULL)
        ck_error(c->src, item->at, "library", "the library %s has errors", item->name);
    if (lib == NULL)
        ck_error(c->src, item->at, "library", "there is no library %s", item->name);
    if (lib->version != item->version)
        ck_error(c->src, item->at, "version", "library %s has version %s, not %s",
                 item->name, lib->version, item->version);
    CK_PUSH(j->out->use, j->out->nuses, ck_internf("%s %s", item->name, item->version));
    for (long i = 0; i < lib->nitems; i++) {
        ck_def def = {&lib->item[i], lib};

        if (def.item->word != 'd')
            continue;
        for (long k = 0; k < c->ndefs; k++)
            if (c->def[k].item->name == def.item->name)
                ck_error(c->src, item->at, "duplicate-name", "%s is visible twice",
                         def.item->name);
        CK_PUSH(c->def, c->ndefs, def);
    }
}

static bool
has_label(const ck_ast *t, const char *label)
{
    bool found = t->op == A_LABEL && t->name == label;

    for (long i = 0; i < t->n && !found; i++)
        found = has_label(t->kid[i], label);
    return found;
}

static bool
droppable(const ck_elab *c, const char *name, const char *label)
{
    for (long i = 0; i < c->ndefs; i++)
        if (c->def[i].item->name == name && has_label(c->def[i].item->expr, label))
            return true;
    return false;
}

static const ck_root *
find_root(const ck_statement *s, char word, const char *name)
{
    for (long i = 0; i < s->nroots; i++)
        if (s->root[i].word == word && s->root[i].name == name)
            return &s->root[i];
    return NULL;
}

static void
expectation(job *j)
{
    for (long i = 0; i < j->item->nmentions; i++) {
        const ck_mention *m = &j->item->mention[i];
        char word = m->role == 'c' ? 's' : m->role == 'w' ? 'w' : 'a';

        if (m->role != 'd' && find_root(j->out, word, m->name) == NULL)
            ck_error(j->elab.src, m->at, "expectation", "there is no such %s: %s",
                     word == 's'   ? "conclusion"
                     : word == 'w' ? "weakened hypothesis"
                                   : "hypothesis",
                     m->name);
    }
}

static void
root(job *j, char word, const ck_ast *expr)
{
    ck_val v = ck_elab_expr(&j->elab, expr);
    ck_root r = {word, j->item->name, v.node};

    if (v.kind != V_FORMULA)
        ck_error(j->elab.src, expr->at, "type", "a formula is needed");
    CK_PUSH(j->out->root, j->out->nroots, r);
}

static void
item(job *j)
{
    const ck_item *i = j->item;
    ck_elab *c = &j->elab;

    switch (i->word) {
    case 'u':
        use(j);
        break;
    case 'g':
        for (long k = 0; k < i->nnames; k++) {
            ck_given g;
            const ck_scope *s;

            for (s = c->scope; s != NULL; s = s->up)
                if (s->name == i->names[k]->name)
                    ck_declare(c, i->names[k]->at, s->name, s->val);
            ck_declare(c, i->names[k]->at, i->names[k]->name,
                       ck_elab_given(c, i->names[k], i->sort, &g));
            CK_PUSH(j->out->given, j->out->ngivens, g);
        }
        break;
    case 'l':
        for (const ck_scope *s = c->scope; s != NULL; s = s->up)
            if (s->name == i->name)
                ck_declare(c, i->at, s->name, s->val);
        ck_declare(c, i->at, i->name, ck_elab_expr(c, i->expr));
        break;
    case 'a':
    case 's':
        if (find_root(j->out, i->word, i->name) != NULL)
            ck_error(c->src, i->at, "duplicate-name", "%s is declared already", i->name);
        root(j, i->word, i->expr);
        if (i->weaken != NULL)
            root(j, 'w', i->weaken);
        break;
    case 'e':
        expectation(j);
        break;
    }
}

static void
too_large(void *arg)
{
    ck_elab *c = arg;

    ck_error(c->src, c->at, "expansion", "a formula is too large");
}

static void
statement_job(void *arg)
{
    job *j = arg;
    const ck_unit *u = j->unit;
    ck_elab *c = &j->elab;
    bool shown = false;

    if (find_unit(j->program, u->library, u->name, u) != NULL)
        ck_error(u->src, u->at, "duplicate-name", "%s is declared already", u->name);
    if (u->library)
        return;
    c->core.too_large = too_large;
    c->core.arg = c;
    for (long i = 0; i < u->nitems; i++) {
        j->item = &u->item[i];
        item(j);
        shown = shown || u->item[i].word == 's';
    }
    if (!shown)
        ck_error(u->src, u->at, "no-conclusion", "%s shows nothing", u->name);
    for (long i = 0; i < c->ndrops; i++) {
        const char *dot = strchr(c->drop[i], '.');

        if (dot == NULL || !droppable(c, ck_intern(c->drop[i], (size_t)(dot - c->drop[i])),
                                      ck_intern(dot + 1, strlen(dot + 1))))
            ck_error(u->src, u->at, "label", "there is no %s", c->drop[i]);
    }
}

const char *
ck_elaborate(ck_program *p, const ck_unit *unit, const char **drop, long ndrops,
             ck_statement *out)
{
    job *j = ck_new(sizeof *j);
    const char *error;

    *out = (ck_statement){.name = unit->name};
    *j = (job){.program = p, .unit = unit, .out = out};
    j->elab.src = unit->src;
    j->elab.drop = drop;
    j->elab.ndrops = ndrops;
    error = ck_try(statement_job, j);
    if (error != NULL)
        return j->elab.broken ? "" : j->used != NULL ? j->used : error;
    for (int pass = 0; pass < 2; pass++)
        for (long i = 0; i < out->nroots; i++)
            if ((out->root[i].word == 's') == (pass == 1)) {
                ck_root *r = &out->root[i];

                r->node = ck_finish(&j->elab.core, &out->core, r->node);
                ck_number(&out->order, r->node);
            }
    return NULL;
}

void
ck_program_read(ck_program *out, const char *path, const char **libdir, long nlibdirs)
{
    size_t len;
    const char *text = ck_read_file(path, MAX_FILE, &len), *error;
    ck_statement s;

    *out = (ck_program){.libdir = libdir, .nlibdirs = nlibdirs};
    if (text == NULL)
        ck_stop(CK_EXIT_UNREADABLE, "cannot read %s", path);
    load(out, path, text, len);
    for (long i = 0; i < out->nunits && out->parsed; i++) {
        error = ck_elaborate(out, &out->unit[i], NULL, 0, &s);
        if (error != NULL)
            ck_put(&out->errors, "%s", error);
    }
}

void
ck_print_statement(ck_text *out, const ck_statement *s)
{
    ck_put(out, "statement %s\n", s->name);
    for (long i = 0; i < s->nuses; i++)
        ck_put(out, "use %s\n", s->use[i]);
    for (long i = 0; i < s->ngivens; i++) {
        const ck_given *g = &s->given[i];

        ck_put(out, "given %s %s%s%s%s%s\n", g->name, g->sort, g->d1 != NULL ? " " : "",
               g->d1 != NULL ? g->d1 : "", g->d2 != NULL ? " " : "",
               g->d2 != NULL ? g->d2 : "");
    }
    for (long i = 0; i < s->order.n; i++)
        ck_print_node(out, s->order.node[i]);
    for (int pass = 0; pass < 2; pass++)
        for (long i = 0; i < s->nroots; i++)
            if ((s->root[i].word == 's') == (pass == 1))
                ck_put(out, "%s %s %%%ld\n",
                       s->root[i].word == 's'   ? "show"
                       : s->root[i].word == 'a' ? "assume"
                                                : "weaken",
                       s->root[i].name, s->root[i].node->id);
    ck_put(out, "end\n");
}
