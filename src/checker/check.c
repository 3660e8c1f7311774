/* The head of a witness or certificate, and the blocks: witness-format.md, sections 2 and 9. */
#include "check.h"
#include "sha256.h"

enum { WITHOUT, WEAKEN, ONLY, DROP, BECAUSE, KINDS };

typedef struct {
    const char **name[KINDS];
    long n[KINDS];
    bool restricted; /* there is an `only` line */
} variant;

static bool listed(const variant *v, int kind, const char *name) {
    for (long i = 0; i < v->n[kind]; i++)
        if (v->name[kind][i] == name) return true;
    return false;
}

/* The names must be those of roots of this kind, in their order. */
static void check_names(const ck_claim *k, char word, const variant *v, int kind) {
    long at = 0;

    for (long i = 0; i < k->s.nroots && at < v->n[kind]; i++)
        at += k->s.root[i].word == word && k->s.root[i].name == v->name[kind][at];
    CK_REQUIRE(&k->r, "variant", at == v->n[kind], "names in the order of the statement");
}

/* The line `statement NAME`. */
static const ck_unit *take_statement(ck_claim *k, const ck_program *p) {
    const char *name;

    ck_line(&k->r, "statement");
    name = ck_take(&k->r);
    ck_line_done(&k->r);
    for (long i = 0; i < p->nunits; i++)
        if (!p->unit[i].library && p->unit[i].name == name) return &p->unit[i];
    ck_stop(CK_EXIT_UNREADABLE, "%s has no statement %s [statement]", p->path, name);
}

/* Up to the line that begins with `end`; the kinds up to `last`. The core is that under the
   drops. */
static variant read_variant(ck_claim *k, ck_program *p, const ck_unit *unit, int last,
                            const char *end) {
    static const char *const words[] = {"without", "weaken", "only", "drop", "because"};
    ck_reader *r = &k->r;
    variant v = {0};

    ck_elaborate(p, unit, NULL, 0, &k->s);
    for (int stage = 0, w;; stage = w) {
        ck_next_line(r);
        if (ck_first(r, end)) return v;
        for (w = 0; w < last && !ck_first(r, words[w]); w++)
            ;
        CK_REQUIRE(r, "syntax", ck_first(r, words[w]), "a variant or %s", end);
        CK_REQUIRE(r, "variant", w > stage || (w == stage && w != ONLY && w != BECAUSE),
                   "without, weaken, one only, drop, one because");
        v.restricted = v.restricted || w == ONLY;
        for (long n = v.n[w]; w == ONLY ? ck_more(r) : v.n[w] == n;) {
            const char *name = ck_take(r);

            CK_PUSH(v.name[w], v.n[w], name);
        }
        ck_line_done(r);
        ck_put(&k->words, ", %.*s", (int)(r->line_end - r->line), r->line);
        if (w == DROP) {
            const char **label = &v.name[DROP][v.n[DROP] - 1];

            ck_elaborate(p, unit, v.name[DROP], v.n[DROP], &k->s);
            CK_REQUIRE(r, "variant",
                       k->s.missing == NULL && (v.n[DROP] < 2 || strcmp(label[-1], label[0]) < 0),
                       "labels of definitions, sorted by bytes");
        } else {
            check_names(k, w == BECAUSE ? 's' : w == WEAKEN ? 'w' : 'a', &v, w);
        }
    }
}

static void choose_roots(ck_claim *k, const variant *v) {
    for (long i = 0; i < k->s.nroots; i++) {
        const ck_root *root = &k->s.root[i];

        if (root->word == 's' && (v->n[BECAUSE] == 0 || listed(v, BECAUSE, root->name)))
            CK_PUSH(k->conclusion, k->nconclusions, root);
        else if (root->word == 'a' && !listed(v, WITHOUT, root->name) &&
                 (!v->restricted || listed(v, ONLY, root->name)))
            CK_PUSH(k->hypothesis, k->nhypotheses, listed(v, WEAKEN, root->name) ? root + 1 : root);
    }
}

/* Facts are read once. An operand with fewer variables than its node has is asked for again. */
static void find_remembered(ck_claim *k) {
    bool *r = k->remember = ck_new((size_t)k->s.core.norder);

    for (long i = 0; i < 2 * k->s.core.norder; i++) {
        const ck_node *n = k->s.core.order[i / 2], *a = n->a[i % 2];

        r[n->id] = r[n->id] || !ck_op_table[n->op].light || (a != NULL && r[a->id]);
    }
    for (long i = 0; i < 2 * k->s.core.norder; i++) {
        const ck_node *n = k->s.core.order[i / 2], *a = n->a[i % 2];

        if (a != NULL && a->nfree < n->nfree && strchr("+*0", ck_op_table[a->op].form) != NULL)
            r[a->id] = true;
    }
}

/* One block for each root; the names of those that are false go to `wrong`. */
static void prove_blocks(ck_claim *k, ck_state *c, const ck_root **root, long n, ck_text *wrong) {
    ck_reader *r = &k->r;

    for (long i = 0; i < n; i++) {
        const char *word;
        bool truth;

        CK_REQUIRE(r, "claims",
                   ck_first(r, root[i]->word == 's' ? "show" : "assume") &&
                       ck_take(r) == root[i]->name,
                   "the block of %s", root[i]->name);
        word = ck_take(r);
        truth = strcmp(word, "true") == 0;
        CK_REQUIRE(r, "syntax", truth || strcmp(word, "false") == 0, "true or false");
        ck_line_done(r);
        if (!truth) ck_put(wrong, " %s", root[i]->name);
        ck_prove(c, root[i]->node, NULL, truth);
        ck_next_line(r);
    }
}

const char *ck_take_verdict(ck_claim *k, ck_state *c, const ck_root *only) {
    ck_reader first;
    ck_text wrong = {0};
    const char *verdict = "holds";

    CK_REQUIRE(&k->r, "syntax", ck_first(&k->r, "verdict"), "a line verdict");
    first = k->r; /* to name the line if it is refused */
    ck_next_line(&k->r);
    prove_blocks(k, c, only != NULL ? &only : k->hypothesis, only != NULL ? 1 : k->nhypotheses,
                 &wrong);
    if (wrong.n > 0) {
        verdict = ck_internf("inapplicable%s", wrong.s);
    } else {
        prove_blocks(k, c, k->conclusion, k->nconclusions, &wrong);
        if (wrong.n > 0) verdict = ck_internf("violated%s", wrong.s);
    }
    CK_REQUIRE(&first, "verdict",
               ck_internf(" %s", verdict) ==
                   ck_intern(first.cursor, (size_t)(first.line_end - first.cursor)),
               "verdict %s", verdict);
    return verdict;
}

static void check_witness(ck_claim *k, ck_text *said) {
    ck_state c = {.r = &k->r, .s = &k->s, .remember = k->remember};
    const char *end, *verdict;
    char digest[65];

    ck_instance_read(&c);
    end = k->r.pos;
    ck_next_line(&k->r);
    verdict = ck_take_verdict(k, &c, NULL);
    CK_REQUIRE(&k->r, "claims", ck_first(&k->r, "end"), "end, after the last block");
    ck_line_done(&k->r);
    CK_REQUIRE(&k->r, "trailing", k->r.pos == k->r.file_end, "nothing after end");
    ck_sha256(digest, c.text, (size_t)(end - c.text));
    ck_put(said, "accepted: statement %s%s: %s; instance sha256 %s\n", k->s.name,
           k->words.s != NULL ? k->words.s : "", verdict, digest);
}

ck_verdict ck_check(ck_program *p, const char *text, size_t len, ck_text *said) {
    ck_claim *k = ck_new(sizeof *k);
    const ck_unit *unit;
    bool certificate;
    variant v;

    ck_mat_start();
    ck_reader_init(&k->r, text, len);
    ck_next_line(&k->r);
    certificate = ck_first(&k->r, "aonc");
    CK_REQUIRE(&k->r, "syntax", certificate || ck_first(&k->r, "aonw"), "aonw 1 or aonc 1");
    ck_take_word(&k->r, "1");
    ck_line_done(&k->r);
    unit = take_statement(k, p);
    v = read_variant(k, p, unit, certificate ? BECAUSE : DROP, certificate ? "grid" : "aoni");
    choose_roots(k, &v);
    find_remembered(k);
    if (certificate)
        ck_certify(k, said);
    else
        check_witness(k, said);
    return CK_ACCEPTED;
}
