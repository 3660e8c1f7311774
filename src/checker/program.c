/* Files, libraries and statements: language.md, section 2; the printed core, section 7. */
#include "elab.h"

enum { MAX_FILE = 1 << 20 };

/* Does a library or statement start here, or the file end? */
static bool at_unit(const ck_elab *c) {
    return c->t->kind == 0 || ck_is(c->t, "library") || ck_is(c->t, "statement");
}

/* The library or statement of this name before `end`, or NULL. */
static ck_unit *find_unit(const ck_program *p, bool library, const char *name, const ck_unit *end) {
    for (ck_unit *u = p->unit; u < end; u++)
        if (u->library == library && u->name == name) return u;
    return NULL;
}

/* Is there an assume (a), weaken (w), show (s) of this name above? */
static bool has_root(const ck_elab *c, char word, const char *name) {
    for (long i = 0; i < c->out->nroots; i++)
        if (c->out->root[i].word == word && c->out->root[i].name == name) return true;
    return false;
}

/* ---- expect ---- */

/* A name of a root of this kind: a assume, w weaken, s show; d: of a definition and a label. */
static void mention(ck_elab *c, char kind) {
    ck_tok *t = ck_need_name(c);

    if (kind == 'd') ck_need(c, ".");
    if (kind == 'd')
        ck_need_name(c);
    else if (c->pass == CK_TYPES && !has_root(c, kind, t->text))
        ck_error(t, "expectation", "there is no such %s", t->text);
}

/* What follows a word: mentions (of s one), assumptions in braces, a string ", a shape ( */
static void operand(ck_elab *c, char kind) {
    if (kind == '"') {
        ck_need_kind(c, 's', "a string");
    } else if (kind == '(') {
        ck_need(c, "(");
        do ck_need_small(c);
        while (ck_accept(c, ","));
        ck_need(c, ")");
    } else if (kind == '{') {
        ck_need(c, "{");
        if (!ck_is(c->t, "}")) operand(c, 'a');
        ck_need(c, "}");
    } else {
        do mention(c, kind);
        while (kind != 's' && ck_accept(c, ","));
    }
}

/* Is this word, often an ordinary name, here? It is read, and what follows it (0: nothing). */
static bool clause(ck_elab *c, const char *word, char kind) {
    bool yes = strchr("kn", c->t->kind) != NULL && strcmp(c->t->text, word) == 0;

    c->t += yes;
    if (yes && kind != 0) operand(c, kind);
    return yes;
}

static void need_clause(ck_elab *c, const char *word, char kind) {
    if (!clause(c, word, kind)) ck_unexpected(c, word);
}

/* The rule variant, if one is here. */
static bool variant(ck_elab *c) {
    return clause(c, "only", '{') || clause(c, "without", 'a') || clause(c, "weaken", 'w') ||
           clause(c, "drop", 'd');
}

/* "expect" variants and outcome. */
static void expect(ck_elab *c) {
    if (variant(c)) {
        while (ck_accept(c, "and"))
            if (!variant(c)) ck_unexpected(c, "a variant");
        ck_need(c, ":");
    }
    if (clause(c, "refuted", 0)) {
        clause(c, "because", 's');
        clause(c, "on", '"');
        clause(c, "minimal", '(');
    } else if (clause(c, "inapplicable", 0)) {
        if (strcmp(c->t->text, "on") != 0 || c->t[1].kind != 's') operand(c, 'a');
        need_clause(c, "on", '"');
    } else if (clause(c, "holds", 0)) {
        need_clause(c, "on", '"');
    } else if (clause(c, "none", 0)) {
        need_clause(c, "at", '(');
    } else if (!clause(c, "sufficient", '{')) {
        need_clause(c, "survived", 0);
    }
}

/* ---- items ---- */

static ck_unit *find_library(ck_elab *c, const ck_tok *t);

/* Makes a definition visible; t is told if there is one of its name. */
static void add_definition(ck_elab *c, ck_def *def, const ck_tok *t) {
    for (long i = 0; i < c->ndefs; i++)
        if (c->def[i]->name == def->name)
            ck_error(t, "duplicate-name", "%s is defined already", def->name);
    CK_PUSH(c->def, c->ndefs, def);
}

/* "use" NAME INT */
static void use(ck_elab *c) {
    ck_tok *t = ck_need_name(c);
    const char *line = ck_internf("%s %s", t->text, ck_need_small(c)->text);
    ck_unit *lib = c->pass == CK_TYPES ? find_library(c, t) : NULL;

    if (lib == NULL) return;
    if (ck_internf("%s %s", lib->name, lib->version) != line)
        ck_error(t, "version", "%s has version %s", t->text, lib->version);
    for (long i = 0; i < c->out->nuses; i++)
        if (c->out->use[i] == line) ck_error(t, "duplicate-name", "%s is used twice", t->text);
    CK_PUSH(c->out->use, c->out->nuses, line);
    for (long i = 0; i < lib->ndefs; i++) add_definition(c, lib->def[i], t);
}

/* "given" names "in" sort */
static void given(ck_elab *c) {
    ck_tok *first = c->t, *sort;
    long n = ck_names(c, false);
    ck_val v;

    ck_need(c, "in");
    sort = c->t;
    v = ck_sort(c, false);
    if (v.kind == 0) ck_unexpected(c, "a sort");
    for (long i = 0; i < n && c->pass == CK_TYPES; i++) {
        ck_tok *name = &first[2 * i];
        ck_given g = {name->text, sort->text, {v.d, v.e}};

        ck_declare(c, name, ck_elab_given(c, name->text, v));
        CK_PUSH(c->out->given, c->out->ngivens, g);
    }
}

/* "let" NAME ":=" expr */
static void let(ck_elab *c) {
    ck_tok *name = ck_new_name(c);
    ck_val v;

    ck_need(c, ":=");
    v = ck_expr(c);
    if (c->pass == CK_TYPES) ck_declare(c, name, v);
}

/* A formula that is an assumption (a), its weaker form (w) or a conclusion (s). */
static void formula(ck_elab *c, char kind, const char *name) {
    ck_val v = ck_expr(c);
    ck_root r = {kind, name, v.node};

    if (c->pass != CK_TYPES) return;
    ck_fits(v, "f");
    CK_PUSH(c->out->root, c->out->nroots, r);
}

/* "assume" or "show" NAME ":" expr ["weaken" expr] */
static void root(ck_elab *c) {
    char kind = c->t[-1].text[0];
    ck_tok *name = ck_need_name(c);

    if (c->pass == CK_TYPES && has_root(c, kind, name->text))
        ck_error(name, "duplicate-name", "%s is declared already", name->text);
    ck_need(c, ":");
    formula(c, kind, name->text);
    if (kind == 'a' && ck_accept(c, "weaken")) formula(c, 'w', name->text);
}

/* "cite" or "note" STR */
static void text(ck_elab *c) { ck_need_kind(c, 's', "a string"); }

/* "def" NAME "(" [names] ")" ":=" expr; "report" STR "(" names ")" ":=" expr */
static void definition(ck_elab *c) {
    ck_def *def = ck_new(sizeof *def);
    bool report = c->t[-1].text[0] == 'r';
    ck_tok *t = report ? ck_need_kind(c, 's', "a string") : ck_need_name(c);

    def->name = t->text;
    if (!report && c->pass != CK_GRAMMAR) add_definition(c, def, t);
    c->scope = NULL;
    c->inside = def;
    ck_need(c, "(");
    def->param = c->t;
    if (report || !ck_is(c->t, ")")) def->nparams = ck_names(c, false);
    for (long i = 0; i < def->nparams; i++) ck_declare(c, &def->param[2 * i], (ck_val){0});
    ck_need(c, ")");
    ck_need(c, ":=");
    def->body = c->t;
    ck_expr(c);
}

/* Any item; those of libraries come first. */
static void item(ck_elab *c) {
    static const struct {
        const char *word;
        void (*read)(ck_elab *c);
    } items[] = {{"def", definition}, {"report", definition}, {"cite", text}, {"note", text},
                 {"use", use},        {"given", given},       {"let", let},   {"assume", root},
                 {"show", root},      {"expect", expect}};
    long i = c->unit->library ? 0 : 2, end = c->unit->library ? 2 : CK_COUNT(items);

    c->nesting = 0;
    while (i < end && !ck_accept(c, items[i].word)) i++;
    if (i == end) ck_unexpected(c, "an item");
    items[i].read(c);
}

/* ---- files ---- */

/* The grammar of a file, and names in its libraries; its statements have no types yet. */
static void load(ck_program *p, const char *path, const char *text, size_t len) {
    ck_elab c = {.pass = CK_GRAMMAR, .t = ck_lex(path, text, len)};

    p->path = path;
    while (c.t->kind != 0) {
        ck_unit u = {.library = ck_accept(&c, "library")};

        if (!u.library && !ck_accept(&c, "statement")) ck_unexpected(&c, "library or statement");
        u.at = ck_need_name(&c);
        u.name = u.at->text;
        if (u.library) u.version = ck_need_small(&c)->text;
        u.first = c.t;
        c.unit = &u;
        while (!at_unit(&c)) item(&c);
        CK_PUSH(p->unit, p->nunits, u);
    }
    for (ck_unit *u = p->unit; u < CK_END(p->unit, p->nunits); u++) {
        c = (ck_elab){.pass = CK_NAMES, .t = u->first, .unit = u};
        while (u->library && !at_unit(&c)) item(&c);
        u->def = c.def;
        u->ndefs = c.ndefs;
    }
}

/* The file beside p, or in a directory of libraries, with the library of this name. */
static ck_program *library_file(ck_program *p, const char *name) {
    ck_program *file = ck_new(sizeof *file);
    const char *slash = strrchr(p->path, '/'), *path, *text;
    int dir = slash == NULL ? 0 : (int)(slash - p->path) + 1;
    size_t len;

    for (long i = -1; i < 2 * p->nlibdirs; i++) {
        path = i < 0 ? ck_internf("%.*slib/%s.aon", dir, p->path, name)
                     : ck_internf("%s%s/%s.aon", p->libdir[i / 2], i % 2 ? "/lib" : "", name);
        text = ck_read_file(path, MAX_FILE, &len);
        if (text == NULL) continue;
        load(file, path, text, len);
        break;
    }
    return file;
}

/* The library that t names: above in the file, or in another one, which is read once. */
static ck_unit *find_library(ck_elab *c, const ck_tok *t) {
    ck_program *p = c->program;
    ck_unit *u = find_unit(p, true, t->text, c->unit);
    void **file;

    if (u != NULL) return u;
    file = ck_at(&p->libraries, &t->text, sizeof t->text);
    if (*file == NULL) *file = library_file(p, t->text);
    p = *file;
    u = find_unit(p, true, t->text, CK_END(p->unit, p->nunits));
    if (u == NULL) ck_error(t, "library", "there is no library %s", t->text);
    return u;
}

/* ---- statements ---- */

/* Is there a visible definition with that label? */
static bool can_drop(const ck_elab *c, const char *drop) {
    for (long i = 0; i < c->ndefs; i++)
        for (long k = 0; k < c->def[i]->nlabels; k++)
            if (strcmp(drop, ck_internf("%s.%s", c->def[i]->name, c->def[i]->label[k])) == 0)
                return true;
    return false;
}

void ck_elaborate(ck_program *p, const ck_unit *unit, const char **drop, long ndrops,
                  ck_statement *out) {
    ck_elab *c = ck_new(sizeof *c);
    ck_root *root = NULL;
    long n = 0;

    *out = (ck_statement){.name = unit->name};
    *c = (ck_elab){CK_TYPES,     .t = unit->first, .drop = drop, .ndrops = ndrops,
                   .program = p, .unit = unit,     .out = out};
    c->core = ck_new(sizeof *c->core);
    while (!at_unit(c)) item(c);
    for (long i = 0; i < ndrops; i++)
        if (!can_drop(c, drop[i])) out->missing = drop[i];
    for (const char *kind = "as"; *kind != '\0'; kind++)
        for (long i = 0; i < out->nroots; i++) {
            ck_root r = out->root[i];

            if ((r.word == 's') != (*kind == 's')) continue;
            r.node = ck_finish(c->core, &out->core, r.node);
            CK_PUSH(root, n, r);
        }
    out->root = root;
    if (n == 0 || root[n - 1].word != 's')
        ck_error(unit->at, "no-conclusion", "%s shows nothing", unit->name);
}

void ck_program_read(ck_program *out, const char *path, const char **libdir, long nlibdirs) {
    size_t len;
    const char *text = ck_read_file(path, MAX_FILE, &len);
    ck_statement s;

    *out = (ck_program){.libdir = libdir, .nlibdirs = nlibdirs};
    if (text == NULL) ck_stop(CK_EXIT_UNREADABLE, "cannot read %s", path);
    load(out, path, text, len);
    for (const ck_unit *u = out->unit; u < CK_END(out->unit, out->nunits); u++) {
        if (find_unit(out, u->library, u->name, u) != NULL)
            ck_error(u->at, "duplicate-name", "%s is declared already", u->name);
        if (!u->library) ck_elaborate(out, u, NULL, 0, &s);
    }
}

/* ---- the printed core ---- */

static void print_statement(ck_text *out, const ck_statement *s) {
    ck_put(out, "statement %s\n", s->name);
    for (long i = 0; i < s->nuses; i++) ck_put(out, "use %s\n", s->use[i]);
    for (const ck_given *g = s->given; g < CK_END(s->given, s->ngivens); g++) {
        ck_put(out, "given %s %s", g->name, g->sort);
        for (int k = 0; k < 2 && g->d[k] != NULL; k++) ck_put(out, " %s", g->d[k]);
        ck_put(out, "\n");
    }
    for (long i = 0; i < s->core.norder; i++) ck_print_node(out, s->core.order[i]);
    for (const ck_root *r = s->root; r < CK_END(s->root, s->nroots); r++) {
        const char *word = r->word == 's' ? "show" : r->word == 'a' ? "assume" : "weaken";

        ck_put(out, "%s %s %%%ld\n", word, r->name, r->node->id);
    }
    ck_put(out, "end\n");
}

void ck_core_text(ck_text *out, ck_program *p, const char **drop, long ndrops) {
    ck_statement s;

    ck_put(out, "core 1\n");
    for (const ck_unit *u = p->unit; u < CK_END(p->unit, p->nunits); u++) {
        if (u->library) ck_put(out, "library %s %s\n", u->name, u->version);
        if (u->library) continue;
        ck_elaborate(p, u, drop, ndrops, &s);
        if (s.missing != NULL)
            ck_stop(CK_EXIT_UNREADABLE, "%s: there is no %s [label]", s.name, s.missing);
        print_statement(out, &s);
    }
}
