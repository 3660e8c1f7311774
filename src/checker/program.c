/* Files, libraries and statements: language.md, section 2; the printed core, section 7. */
#include "elab.h"

/* The first library or statement of this name, if it stands before `end` (NULL: anywhere). */
static ck_unit *find_unit(const ck_program *p, bool library, const char *name, const ck_unit *end) {
    for (ck_unit *u = p->unit; u < CK_END(p->unit, p->nunits) && u != end; u++)
        if ((u->version != NULL) == library && u->name->text == name) return u;
    return NULL;
}

/* ---- items ---- */

static ck_unit *find_library(ck_elab *c, const ck_tok *t);

/* "use" NAME INT */
static void use(ck_elab *c) {
    ck_tok *t = ck_token(c, 'N');
    const char *version = ck_token(c, 'i')->text;

    if (c->pass != CK_TYPES) return;

    ck_unit *lib = find_library(c, t);

    if (lib->version != version) ck_error(t, "version", "%s has version %s", t->text, lib->version);
    ck_declare(c, CK_USED, t, t->text, lib);
    ck_put(&c->out->head, "use %s %s\n", t->text, version);
    for (long i = 0; i < lib->ndefs; i++)
        ck_declare(c, CK_DEFINED, t, lib->def[i]->name, lib->def[i]);
}

/* "given" names "in" sort */
static void given(ck_elab *c) {
    ck_tok *first = c->t;
    long n = ck_names(c, false);

    ck_need(c, "in");

    const ck_node *sort = ck_sort(c).node;

    for (long i = 0; i < n && c->pass == CK_TYPES; i++) {
        const char *name = first[2 * i].text;
        ck_node par = {CK_PAR, .kind = sort->kind, .t = {name, sort->t[1], sort->t[2]}};
        ck_node size = {CK_SIZE, .t = {name}};

        ck_declare(c, c->own, &first[2 * i], name,
                   ck_make(c->core, sort->kind == 'd' ? size : par));
        CK_PUSH(c->out->given, c->out->ngivens, par);
        ck_put(&c->out->givens, "given %s", name);
        ck_print_sort(&c->out->givens, sort);
        ck_append(&c->out->givens, "\n");
    }
}

/* "let" NAME ":=" expr */
static void let(ck_elab *c) {
    ck_tok *t = ck_token(c, 'N');

    ck_declare(c, c->own, t, t->text, t);
    ck_forget(c, t, 1);
    ck_need(c, ":=");
    ck_declare(c, c->own, t, t->text, ck_expr(c).node);
}

/* "assume" or "show" NAME ":" expr ["weaken" expr] */
static void root(ck_elab *c) {
    char word = c->t[-1].text[0];
    ck_tok *t = ck_token(c, 'N');

    ck_declare(c, word == 'a' ? CK_ASSUMED : CK_SHOWN, t, t->text, t);
    ck_need(c, ":");
    for (; word != 0; word = word == 'a' && ck_accept(c, "weaken") ? 'w' : 0) {
        ck_val v = ck_fits(ck_expr(c), "f");
        ck_root r = {word, t->text, v.node};

        if (c->pass == CK_TYPES) CK_PUSH(c->out->root, c->out->nroots, r);
    }
}

/* "cite" or "note" STR */
static void text(ck_elab *c) { ck_token(c, 's'); }

/* "def" NAME "(" [names] ")" ":=" expr; "report" STR "(" names ")" ":=" expr */
static void definition(ck_elab *c) {
    bool report = c->t[-1].text[0] == 'r';
    ck_tok *t = report ? ck_token(c, 's') : ck_token(c, 'N');
    ck_def *def = ck_new(sizeof *def);

    def->name = t->text;
    if (!report && c->pass == CK_NAMES) {
        ck_declare(c, CK_DEFINED, t, t->text, def);
        CK_PUSH(c->unit->def, c->unit->ndefs, def);
    }
    c->inside = def;
    ck_need(c, "(");
    def->param = c->t;
    if (report || !ck_is(c->t, ")")) def->nparams = ck_names(c, false);
    ck_need(c, ")");
    ck_need(c, ":=");
    for (long i = 0; i < def->nparams; i++)
        ck_declare(c, c->own, &def->param[2 * i], def->param[2 * i].text, def);
    def->body = c->t;
    ck_expr(c);
    ck_forget(c, def->param, def->nparams);
}

/* What starts an item, those of libraries first, and what reads it; what ends the last one. */
enum { NLIBRARY = 2, EXPECT = 9, NITEMS, NWORDS = NITEMS + 2 };
static const char *const words[NWORDS] = {"def",  "report", "cite",    "note",
                                          "use",  "given",  "let",     "assume",
                                          "show", "expect", "library", "statement"};
static void (*const read_item[EXPECT])(ck_elab *c) = {definition, definition, text, text, use,
                                                      given,      let,        root, root};

/* The items of a library or statement; what `expect` says is skipped. */
static void read_items(ck_elab *c) {
    bool library = c->unit->version != NULL;

    for (long i; (i = ck_which(c->t, words, NITEMS)) < NITEMS && (i < NLIBRARY) == library;) {
        c->t++;
        c->nesting = 0;
        if (i != EXPECT) read_item[i](c);
        while (i == EXPECT && c->t->kind != 0 &&
               ck_which(c->t, words + NLIBRARY, NWORDS - NLIBRARY) == NWORDS - NLIBRARY)
            c->t++;
    }
}

/* ---- files ---- */

/* The grammar of a file, and names in its libraries; its statements have no types yet. False: it
   cannot be read. */
static bool load(ck_program *p, const char *path) {
    ck_elab c = {.t = ck_lex(path)};

    p->path = path;
    if (c.t == NULL) return false;
    while (c.t->kind != 0) {
        bool library = ck_accept(&c, "library");

        if (!library && !ck_accept(&c, "statement"))
            ck_unexpected(c.t, "an item, library or statement");
        ck_unit u = {.name = ck_token(&c, 'N')};
        if (library) u.version = ck_token(&c, 'i')->text;
        u.first = c.t;
        c.unit = &u;
        read_items(&c);
        CK_PUSH(p->unit, p->nunits, u);
    }
    for (ck_unit *u = p->unit; u < CK_END(p->unit, p->nunits); u++) {
        c = (ck_elab){CK_NAMES, .t = u->first, .own = CK_OWN, .unit = u};
        if (u->version != NULL) read_items(&c);
    }
    return true;
}

/* The library that t names: above in the file, or in another one, which is read once. */
static ck_unit *find_library(ck_elab *c, const ck_tok *t) {
    ck_program *p = c->program;
    ck_unit *u = find_unit(p, true, t->text, c->unit);
    void **file = ck_at(&p->libraries, &t->text, sizeof t->text);

    if (u != NULL) return u;
    if (*file == NULL) { /* beside this one, or in a directory of libraries */
        const char *slash = strrchr(p->path, '/');
        int dir = slash == NULL ? 0 : (int)(slash - p->path) + 1;

        *file = ck_new(sizeof *p);
        bool read = load(*file, ck_internf("%.*slib/%s.aon", dir, p->path, t->text));
        for (long i = 0; i < 2 * p->nlibdirs && !read; i++)
            read = load(*file, ck_internf("%s%s/%s.aon", p->libdir[i / 2], i % 2 != 0 ? "/lib" : "",
                                          t->text));
    }
    u = find_unit(*file, true, t->text, NULL);
    if (u == NULL) ck_error(t, "library", "there is no library %s", t->text);
    return u;
}

/* ---- statements ---- */

void ck_elaborate(ck_program *p, ck_unit *unit, const char **drop, long ndrops, ck_statement *out) {
    ck_core core = {0};
    ck_def self = {.name = ""};
    bool shows = false;
    ck_elab c = {CK_TYPES,      .t = unit->first, .own = CK_OWN, .inside = &self,
                 .core = &core, .program = p,     .unit = unit,  .out = out};

    *out = (ck_statement){0};
    ck_put(&out->head, "statement %s\n", unit->name->text);
    ck_append(&out->givens, "");
    for (long i = 0; i < ndrops; i++) *ck_named(&c, CK_DROPPED, ck_word(drop[i])) = unit;
    read_items(&c);
    for (long i = 0; i < ndrops; i++) {
        ck_def *def = *ck_named(&c, CK_DEFINED, ck_intern(drop[i], strcspn(drop[i], ".")));

        if (def == NULL || *ck_at(&def->labels, drop[i], strlen(drop[i])) == NULL)
            out->missing = drop[i];
    }
    for (int show = 0; show < 2; show++)
        for (ck_root *r = out->root; r < CK_END(out->root, out->nroots); r++) {
            const char *word = r->word == 's' ? "show" : r->word == 'a' ? "assume" : "weaken";

            if ((r->word == 's') != show) continue;
            shows = show;
            r->node = ck_finish(&core, &out->core, r->node);
            ck_put(&out->roots, "%s %s %%%ld\n", word, r->name, r->node->id);
        }
    if (!shows) ck_error(unit->name, "no-conclusion", "%s shows nothing", unit->name->text);
}

void ck_program_read(ck_program *out, const char *path, const char **libdir, long nlibdirs) {
    ck_statement s;

    *out = (ck_program){.libdir = libdir, .nlibdirs = nlibdirs};
    if (!load(out, path)) ck_stop(CK_EXIT_UNREADABLE, "cannot read %s", path);
    for (ck_unit *u = out->unit; u < CK_END(out->unit, out->nunits); u++) {
        bool library = u->version != NULL;

        if (find_unit(out, library, u->name->text, u) != NULL)
            ck_error(u->name, "duplicate-name", "%s is declared already", u->name->text);
        if (!library) ck_elaborate(out, u, NULL, 0, &s);
    }
}

/* ---- the printed core ---- */

void ck_core_text(ck_text *out, ck_program *p, const char **drop, long ndrops) {
    ck_put(out, "core 1\n");
    for (ck_unit *u = p->unit; u < CK_END(p->unit, p->nunits); u++) {
        ck_statement s;

        if (u->version != NULL) {
            ck_put(out, "library %s %s\n", u->name->text, u->version);
            continue;
        }
        ck_elaborate(p, u, drop, ndrops, &s);
        if (s.missing != NULL)
            ck_stop(CK_EXIT_UNREADABLE, "%s: there is no %s [label]", u->name->text, s.missing);
        ck_put(out, "%s%s", s.head.s, s.givens.s);
        for (long i = 0; i < s.core.norder; i++) ck_print_node(out, s.core.order[i]);
        ck_put(out, "%send\n", s.roots.s);
    }
}
