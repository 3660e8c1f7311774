/* The head of a witness or certificate, and the blocks: witness-format.md, sections 2 and 9. */
#include "check.h"

/* The line `statement NAME`. */
static ck_unit *take_statement(ck_state *c, const ck_program *p) {
    ck_line(c->r, "statement");
    const char *name = ck_take(c->r);
    ck_line_done(c->r);
    ck_put(&c->words, "statement %s", name);
    for (long i = 0; i < p->nunits; i++)
        if (p->unit[i].version == NULL && p->unit[i].name->text == name) return &p->unit[i];
    ck_stop(CK_EXIT_UNREADABLE, "%s has no statement %s [statement]", p->path, name);
}

/* ---- variants ---- */

/* Its lines in their order; the words of the roots that each names. */
enum { WITHOUT, WEAKEN, ONLY, DROP, BECAUSE, KINDS };
static const char *const kinds[] = {"without", "weaken", "only", "drop", "because"};
static const char roots[] = "awa-s";

/* The root of that kind and name, from that one on; nroots: there is none. */
static long find_root(const ck_statement *s, char word, const char *name, long from) {
    while (from < s->nroots && (s->root[from].word != word || s->root[from].name != name)) from++;
    return from;
}

/* The lines up to that which begins with `end`, of kinds up to `most`; the roots that are left.
   Names stand in the order of the statement; the core is that under the drops. */
static void read_variant(ck_state *c, ck_program *p, ck_unit *unit, int most, const char *end) {
    bool used[KINDS] = {false}, *named[KINDS]; /* the roots, by number */
    const char **label = NULL;                 /* that are dropped */
    long nlabels = 0, last = -1;               /* last: the root that was named last */
    int kind = WITHOUT;

    ck_elaborate(p, unit, NULL, 0, c->s);
    for (int i = 0; i < KINDS; i++) named[i] = ck_new((size_t)c->s->nroots + 1);
    for (ck_next_line(c->r); !ck_first(c->r, end); ck_next_line(c->r)) {
        int before = kind;

        for (kind = WITHOUT; kind < most && !ck_first(c->r, kinds[kind]);) kind++;
        CK_REQUIRE(c->r, "syntax", ck_first(c->r, kinds[kind]), "a variant or %s", end);
        CK_REQUIRE(c->r, "variant",
                   kind > before || (kind == before && kind != ONLY && kind != BECAUSE),
                   "without, weaken, one only, drop, one because");
        if (kind > before) last = -1;
        used[kind] = true;
        if (kind == DROP) {
            CK_PUSH(label, nlabels, ck_take(c->r));
            ck_elaborate(p, unit, label, nlabels, c->s);
            bool sorted = nlabels == 1 || strcmp(label[nlabels - 2], label[nlabels - 1]) < 0;
            CK_REQUIRE(c->r, "variant", sorted && c->s->missing == NULL, "labels, sorted by bytes");
        }
        for (bool one = kind != DROP; kind == ONLY ? ck_more(c->r) : one; one = false) {
            last = find_root(c->s, roots[kind], ck_take(c->r), last + 1);
            CK_REQUIRE(c->r, "variant", last < c->s->nroots, "names in the order of the statement");
            named[kind][last] = true;
        }
        ck_put(&c->words, ", %.*s", (int)(c->r->line_end - c->r->line), c->r->line);
    }
    for (long i = 0; i < c->s->nroots; i++) {
        const ck_root *root = &c->s->root[i];

        if (root->word == 's' && (named[BECAUSE][i] || !used[BECAUSE]))
            CK_PUSH(c->conclusion, c->nconclusions, root);
        if (root->word == 'a' && !named[WITHOUT][i] && (named[ONLY][i] || !used[ONLY]))
            CK_PUSH(c->hypothesis, c->nhypotheses, root + named[WEAKEN][i + 1]);
    }
}

/* ---- blocks ---- */

/* One block for each root; those that are false go to `wrong`, behind the word for that. */
static void prove_blocks(ck_state *c, const ck_root **root, long n, ck_text *wrong,
                         const char *word) {
    for (; n > 0; n--, root++, ck_next_line(c->r)) {
        const char *block = (*root)->word == 's' ? "show" : "assume";

        CK_REQUIRE(c->r, "claims", ck_first(c->r, block) && ck_take(c->r) == (*root)->name, "%s %s",
                   block, (*root)->name);
        const char *said = ck_take(c->r);
        bool truth = strcmp(said, "true") == 0;
        CK_REQUIRE(c->r, "syntax", truth || strcmp(said, "false") == 0, "true or false");
        if (!truth) ck_put(wrong, "%s %s", wrong->n == 0 ? word : "", (*root)->name);
        ck_prove(c, (*root)->node, NULL, truth);
    }
}

const char *ck_take_verdict(ck_state *c) {
    ck_reader first = *c->r; /* to name the line if it is refused */
    ck_text verdict = {0};

    CK_REQUIRE(c->r, "syntax", ck_first(&first, "verdict"), "a line verdict");
    const char *said = ck_more(&first) ? ck_internf(" %s", first.rest) : "";
    ck_next_line(c->r);
    prove_blocks(c, c->hypothesis, c->nhypotheses, &verdict, " inapplicable");
    if (verdict.n == 0) prove_blocks(c, c->conclusion, c->nconclusions, &verdict, " violated");
    if (verdict.n == 0) ck_put(&verdict, " holds");
    CK_REQUIRE(&first, "verdict", strcmp(said, verdict.s) == 0, "verdict%s", verdict.s);
    return verdict.s + 1;
}

static void check_witness(ck_state *c, ck_text *said) {
    const char *from = c->r->line;
    char digest[65];

    ck_instance_read(c);
    ck_sha256(digest, from, (size_t)(c->r->pos - from));
    ck_next_line(c->r);
    const char *verdict = ck_take_verdict(c);
    CK_REQUIRE(c->r, "claims", ck_line_is(c->r, "end"), "end, after the last block");
    ck_put(said, "accepted: %s: %s; instance sha256 %s\n", c->words.s, verdict, digest);
}

ck_verdict ck_check(ck_program *p, const char *text, size_t len, ck_text *said) {
    ck_reader r = {.pos = text, .file_end = text + len, .stop = ' ', .slug = "syntax"};
    r.copy = ck_grow(NULL, 0, len + 1);
    ck_state c = {.r = &r, .s = ck_new(sizeof(ck_statement))};

    ck_next_line(&r);
    bool certificate = ck_line_is(&r, "aonc 1");
    CK_REQUIRE(&r, "syntax", certificate || ck_line_is(&r, "aonw 1"), "aonw 1 or aonc 1");
    ck_unit *unit = take_statement(&c, p);
    read_variant(&c, p, unit, certificate ? BECAUSE : DROP, certificate ? "grid" : "aoni");
    (certificate ? ck_certify : check_witness)(&c, said);
    CK_REQUIRE(&r, "trailing", r.pos == r.file_end, "nothing after end");
    return CK_ACCEPTED;
}
