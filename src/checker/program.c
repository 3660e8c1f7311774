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
    const char **label;
    long nlabels;
} job;

static const ck_unit *find_unit(const ck_program *p, bool library, const char *name,
                                const ck_unit *end) {
    for (const ck_unit *u = p->unit; u < (end != NULL ? end : p->unit + p->nunits); u++)
        if (u->library == library && u->name == name) return u;
    return NULL;
}

/* ---- definitions where they stand: names, arities, labels ---- */

/* The definition of this name above `end`. */
static const ck_item *find_def(const ck_unit *lib, const char *name, const ck_item *end) {
    for (const ck_item *i = lib->item; i < end; i++)
        if (i->word == 'd' && i->name == name) return i;
    return NULL;
}

static void check_name(job *j, size_t at, const char *name) {
    if (name != NULL && ck_find(j->elab.scope, name) == NULL)
        ck_error(j->elab.src, at, "unknown-name", "%s is not declared", name);
}

static void check_tree(job *j, const ck_ast *t) {
    const ck_item *def = t->op == A_CALL ? find_def(j->unit, t->name, j->item) : NULL;
    ck_elab *c = &j->elab;
    ck_scope *outer = c->scope, *with;
    long last = t->n - 1, span = t->op == A_SPAN;

    if (t->op == A_CALL && def == NULL)
        ck_error(c->src, t->at, j->item->name == t->name ? "recursive" : "unknown-name",
                 "there is no definition %s above", t->name);
    if ((t->op == A_CALL && def->nnames != t->n) ||
        (t->op == A_BUILTIN && t->n != (strcmp(t->name, "image") == 0 ? 2 : 1)))
        ck_error(c->src, t->at, "arity", "a wrong number of arguments of %s", t->name);
    for (long i = 0; t->op == A_LABEL && i < j->nlabels; i++)
        if (j->label[i] == t->name)
            ck_error(c->src, t->at, "label", "the label %s is used twice", t->name);
    if (t->op == A_LABEL) CK_PUSH(j->label, j->nlabels, t->name);
    if (t->op == A_NAME ||
        (t->op == A_SET && strcmp(t->name, "X") != 0 && strcmp(t->name, "Y") != 0))
        check_name(j, t->at, t->name);
    check_name(j, t->at, t->name2);
    if (t->op == A_BIND) { /* the domain does not see the names */
        for (long i = 0; i < last; i++) ck_declare(c, t->kid[i]->at, t->kid[i]->name, (ck_val){0});
        with = c->scope;
        c->scope = outer;
        check_tree(j, t->kid[last]);
        c->scope = with;
        return; /* with the names declared */
    }
    for (long i = span; i < t->n + span; i++) /* the term of a span comes last */
        check_tree(j, t->kid[i % t->n]);
    c->scope = outer;
    if (t->op == A_CAT) check_name(j, t->at, t->name);
}

static void check_def(void *arg) {
    job *j = arg;
    const ck_item *def = j->item;

    j->elab = (ck_elab){.src = j->unit->src};
    j->nlabels = 0;
    if (def->word == 'd' && find_def(j->unit, def->name, def) != NULL)
        ck_error(j->unit->src, def->at, "duplicate-name", "%s is defined already", def->name);
    for (long i = 0; i < def->nnames; i++)
        ck_declare(&j->elab, def->names[i]->at, def->names[i]->name, (ck_val){0});
    check_tree(j, def->expr);
}

/* ---- files ---- */

static bool note(ck_program *p, const char *error) {
    if (error != NULL) ck_put(&p->errors, "%s", error);
    return error != NULL;
}

/* Tokens, grammar, definitions; statements are not elaborated. Did the grammar fit? */
static bool load(ck_program *p, const char *path, const char *text, size_t len) {
    job j = {.program = p, .src = ck_new(sizeof *j.src)};

    *j.src = (ck_source){.path = path, .text = text, .len = len};
    p->path = path;
    if (note(p, ck_try(ck_lex, j.src))) return false;
    p->unit = ck_parse(j.src, &p->nunits);
    for (long i = 0; i < p->nunits; i++) {
        const ck_unit *u = &p->unit[i];
        bool said = note(p, u->error);

        for (long k = 0; k < u->nitems; k++)
            if (u->library || !said) said = note(p, u->item[k].error) || said;
    }
    if (p->errors.n > 0) return false;
    for (long i = 0; i < p->nunits; i++)
        for (long k = 0; p->unit[i].library && k < p->unit[i].nitems; k++) {
            j.unit = &p->unit[i];
            j.item = &p->unit[i].item[k];
            p->unit[i].item[k].error = ck_try(check_def, &j);
            note(p, j.item->error);
        }
    return true;
}

static const ck_unit *find_library(job *j) {
    ck_program *p = j->program, *lib = ck_new(sizeof *lib);
    const char *name = j->item->name, *slash = strrchr(p->path, '/'), *text = NULL, *path = NULL;
    int dir = slash == NULL ? 0 : (int)(slash - p->path) + 1;
    const ck_unit *u = find_unit(p, true, name, j->unit);
    size_t len;

    if (u != NULL) return u;
    for (long i = -1; i < 2 * p->nlibdirs && text == NULL; i++) {
        path = i < 0        ? ck_internf("%.*slib/%s.aon", dir, p->path, name)
               : i % 2 == 0 ? ck_internf("%s/%s.aon", p->libdir[i / 2], name)
                            : ck_internf("%s/lib/%s.aon", p->libdir[i / 2], name);
        text = ck_read_file(path, MAX_FILE, &len);
    }
    if (text == NULL) return NULL;
    load(lib, path, text, len);
    j->used = lib->errors.s;
    return j->used != NULL ? NULL : find_unit(lib, true, name, NULL);
}

/* ---- statements ---- */

static void use(job *j) {
    ck_elab *c = &j->elab;
    const ck_item *item = j->item;
    const char *line = ck_internf("%s %s", item->name, item->version);
    const ck_unit *lib;

    for (long i = 0; i < j->out->nuses; i++)
        if (j->out->use[i] == line)
            ck_error(c->src, item->at, "duplicate-name", "%s is used twice", item->name);
    lib = find_library(j);
    if (lib == NULL) ck_error(c->src, item->at, "library", "there is no library %s", item->name);
    if (lib->version != item->version)
        ck_error(c->src, item->at, "version", "%s has version %s", item->name, lib->version);
    CK_PUSH(j->out->use, j->out->nuses, line);
    for (long i = 0; i < lib->nitems; i++) {
        ck_def def = {&lib->item[i], lib};

        for (long k = 0; k < c->ndefs && def.item->word == 'd'; k++)
            if (c->def[k].item->name == def.item->name)
                ck_error(c->src, item->at, "duplicate-name", "%s is visible twice", def.item->name);
        if (def.item->word == 'd') CK_PUSH(c->def, c->ndefs, def);
    }
}

static bool has_label(const ck_ast *t, const char *label) {
    bool found = t->op == A_LABEL && t->name == label;

    for (long i = 0; i < t->n && !found; i++) found = has_label(t->kid[i], label);
    return found;
}

/* Is there a visible definition with that label? */
static bool can_drop(const job *j, const char *drop) {
    const char *dot = strchr(drop, '.');
    bool found = false;

    for (long i = 0; dot != NULL && i < j->elab.ndefs; i++) {
        const ck_item *def = j->elab.def[i].item;

        found = found || (def->name == ck_intern(drop, (size_t)(dot - drop)) &&
                          has_label(def->expr, ck_intern(dot + 1, strlen(dot + 1))));
    }
    return found;
}

static bool has_root(const ck_statement *s, char word, const char *name) {
    for (long i = 0; i < s->nroots; i++)
        if (s->root[i].word == word && s->root[i].name == name) return true;
    return false;
}

static void root(job *j, char word, const ck_ast *expr) {
    ck_val v = ck_elab_expr(&j->elab, expr);
    ck_root r = {word, j->item->name, v.node};

    if (v.kind != V_FORMULA) ck_error(j->elab.src, expr->at, "type", "a formula is needed");
    CK_PUSH(j->out->root, j->out->nroots, r);
}

static void item(job *j) {
    const ck_item *i = j->item;
    ck_elab *c = &j->elab;
    ck_given g;

    switch (i->word) {
    case 'u': use(j); break;
    case 'g':
        for (long k = 0; k < i->nnames; k++) {
            ck_new_name(c->src, c->scope, i->names[k]->at, i->names[k]->name);
            ck_declare(c, i->names[k]->at, i->names[k]->name,
                       ck_elab_given(c, i->names[k]->name, i->sort, &g));
            CK_PUSH(j->out->given, j->out->ngivens, g);
        }
        break;
    case 'l':
        ck_new_name(c->src, c->scope, i->at, i->name);
        ck_declare(c, i->at, i->name, ck_elab_expr(c, i->expr));
        break;
    case 'a':
    case 's':
        if (has_root(j->out, i->word, i->name))
            ck_error(c->src, i->at, "duplicate-name", "%s is declared already", i->name);
        root(j, i->word, i->expr);
        if (i->weaken != NULL) root(j, 'w', i->weaken);
        break;
    default:
        for (long k = 0; k < i->nmentions; k++) {
            const ck_mention *m = &i->mention[k];

            if (m->role != 'd' && !has_root(j->out, m->role, m->name))
                ck_error(c->src, m->at, "expectation", "there is no such %s", m->name);
        }
    }
}

static void too_large(void *arg) {
    ck_error(((ck_elab *)arg)->src, ((ck_elab *)arg)->at, "expansion", "a formula is too large");
}

static void statement_job(void *arg) {
    job *j = arg;
    const ck_unit *u = j->unit;
    bool shown = false;

    if (find_unit(j->program, u->library, u->name, u) != NULL)
        ck_error(u->src, u->at, "duplicate-name", "%s is declared already", u->name);
    if (u->library) return;
    j->elab.core.too_large = too_large;
    j->elab.core.arg = &j->elab;
    for (long i = 0; i < u->nitems; i++) {
        j->item = &u->item[i];
        item(j);
        shown = shown || u->item[i].word == 's';
    }
    if (!shown) ck_error(u->src, u->at, "no-conclusion", "%s shows nothing", u->name);
    for (long i = 0; i < j->elab.ndrops; i++)
        if (!can_drop(j, j->elab.drop[i])) j->out->missing = j->elab.drop[i];
}

const char *ck_elaborate(ck_program *p, const ck_unit *unit, const char **drop, long ndrops,
                         ck_statement *out) {
    job *j = ck_new(sizeof *j);
    const char *error;
    ck_root *sorted = NULL;
    long n = 0;

    *out = (ck_statement){.name = unit->name};
    *j = (job){.program = p,
               .unit = unit,
               .out = out,
               .elab = {.src = unit->src, .drop = drop, .ndrops = ndrops}};
    error = ck_try(statement_job, j);
    if (error != NULL) return j->elab.broken ? "" : j->used != NULL ? j->used : error;
    for (int show = 0; show < 2; show++) /* hypotheses first */
        for (long i = 0; i < out->nroots; i++)
            if ((out->root[i].word == 's') == (show == 1)) {
                out->root[i].node = ck_finish(&j->elab.core, &out->core, out->root[i].node);
                CK_PUSH(sorted, n, out->root[i]);
            }
    out->root = sorted;
    return NULL;
}

void ck_program_read(ck_program *out, const char *path, const char **libdir, long nlibdirs) {
    size_t len;
    const char *text = ck_read_file(path, MAX_FILE, &len);
    ck_statement s;

    *out = (ck_program){.libdir = libdir, .nlibdirs = nlibdirs};
    if (text == NULL) ck_stop(CK_EXIT_UNREADABLE, "cannot read %s", path);
    if (load(out, path, text, len))
        for (long i = 0; i < out->nunits; i++)
            note(out, ck_elaborate(out, &out->unit[i], NULL, 0, &s));
}

static void print_statement(ck_text *out, const ck_statement *s) {
    ck_put(out, "statement %s\n", s->name);
    for (long i = 0; i < s->nuses; i++) ck_put(out, "use %s\n", s->use[i]);
    for (long i = 0; i < s->ngivens; i++) {
        ck_put(out, "given %s %s", s->given[i].name, s->given[i].sort);
        for (int k = 0; k < 2 && s->given[i].d[k] != NULL; k++)
            ck_put(out, " %s", s->given[i].d[k]);
        ck_put(out, "\n");
    }
    for (long i = 0; i < s->core.norder; i++) ck_print_node(out, s->core.order[i]);
    for (long i = 0; i < s->nroots; i++)
        ck_put(out, "%s %s %%%ld\n",
               s->root[i].word == 's'   ? "show"
               : s->root[i].word == 'a' ? "assume"
                                        : "weaken",
               s->root[i].name, s->root[i].node->id);
    ck_put(out, "end\n");
}

void ck_core_text(ck_text *out, ck_program *p, const char **drop, long ndrops) {
    ck_put(out, "core 1\n");
    for (long i = 0; i < p->nunits; i++) {
        ck_statement s;
        const char *error;

        if (p->unit[i].library) {
            ck_put(out, "library %s %s\n", p->unit[i].name, p->unit[i].version);
            continue;
        }
        error = ck_elaborate(p, &p->unit[i], drop, ndrops, &s);
        if (error != NULL) ck_stop(CK_EXIT_UNREADABLE, "%s", error);
        if (s.missing != NULL)
            ck_stop(CK_EXIT_UNREADABLE, "%s: there is no %s [label]", s.name, s.missing);
        print_statement(out, &s);
    }
}
