/* A witness from its head to its end: witness-format.md, sections 2 and 9. */
#include "check.h"
#include "sha256.h"
#include "value.h"

void
ck_core_text(ck_text *out, ck_program *p, const char **drop, long ndrops)
{
    ck_put(out, "core 1\n");
    for (long i = 0; i < p->nunits; i++) {
        ck_statement s;
        const char *error;

        if (p->unit[i].library) {
            ck_put(out, "library %s %s\n", p->unit[i].name, p->unit[i].version);
            continue;
        }
        error = ck_elaborate(p, &p->unit[i], drop, ndrops, &s);
        if (error != NULL)
            ck_stop(CK_EXIT_UNREADABLE, "%s", error);
        ck_print_statement(out, &s);
    }
}

/* What the head of the witness asks for; used and truth go by root of the statement. */
typedef struct {
    ck_state c;
    ck_statement s;
    const char **without, **weaken, **only, **drop;
    long nwithout, nweaken, nonly, ndrops;
    bool restricted; /* there is an `only` line */
    ck_text words;
} check;

static const char **
names(ck_reader *r, long *n)
{
    const char **list = NULL;

    while (ck_more(r))
        CK_PUSH(list, *n, ck_take_name(r));
    return list;
}

/* Reads the head up to the line before the instance. */
static const char *
read_head(check *k, ck_reader *r)
{
    const char *statement;

    ck_next_line(r);
    CK_REQUIRE("syntax", ck_first(r, "aonw"), "aonw 1");
    ck_take_word(r, "1");
    ck_line_done(r);
    ck_next_line(r);
    CK_REQUIRE("syntax", ck_first(r, "statement"), "statement NAME");
    statement = ck_take_name(r);
    ck_line_done(r);
    for (int stage = 0; r->pos < r->file_end && *r->pos != 'a';) {
        ck_next_line(r);
        ck_put(&k->words, ", %.*s", (int)(r->line_end - r->line), r->line);
        if (ck_first(r, "only")) {
            CK_REQUIRE("variant", stage < 2, "one only, before drop");
            k->restricted = true;
            k->only = names(r, &k->nonly);
            stage = 2;
            continue;
        }
        if (ck_first(r, "without")) {
            CK_REQUIRE("variant", stage == 0, "without before the others");
            CK_PUSH(k->without, k->nwithout, ck_take_name(r));
        } else if (ck_first(r, "weaken")) {
            CK_REQUIRE("variant", stage <= 1, "weaken before only and drop");
            CK_PUSH(k->weaken, k->nweaken, ck_take_name(r));
            stage = 1;
        } else {
            const char *d;

            CK_REQUIRE("syntax", ck_first(r, "drop"), "a variant or the instance");
            d = ck_take_name(r);
            CK_REQUIRE("variant", k->ndrops == 0 || strcmp(k->drop[k->ndrops - 1], d) < 0,
                       "drops sorted by bytes");
            CK_PUSH(k->drop, k->ndrops, d);
            stage = 3;
        }
        ck_line_done(r);
    }
    return statement;
}

static bool
listed(const char **list, long n, const char *name)
{
    for (long i = 0; i < n; i++)
        if (list[i] == name)
            return true;
    return false;
}

/* The names must be those of roots of this kind, in their order. */
static void
check_names(check *k, char word, const char **list, long n)
{
    long at = 0;

    for (long i = 0; i < k->s.nroots && at < n; i++)
        if (k->s.root[i].word == word && k->s.root[i].name == list[at])
            at++;
    CK_REQUIRE("variant", at == n, "hypotheses in the order of the statement");
}

/* The root that stands for the hypothesis or conclusion; NULL: the variant omits it. */
static const ck_root *
chosen(const check *k, long i)
{
    const ck_root *r = &k->s.root[i];

    if (r->word == 's')
        return r;
    if (r->word == 'w' || listed(k->without, k->nwithout, r->name) ||
        (k->restricted && !listed(k->only, k->nonly, r->name)))
        return NULL;
    return listed(k->weaken, k->nweaken, r->name) ? r + 1 : r;
}

static bool
find_heavy(bool *heavy, const ck_node *n)
{
    static const ck_op light[] = {CK_VAR, CK_BASE, CK_PAR, CK_CAT, CK_RAT, CK_SIZE, CK_F,
                                  CK_G, CK_ADD, CK_SCALE, CK_MUL, CK_DOT, CK_TR, CK_IDX,
                                  CK_ID, CK_UNK, CK_VEC, CK_TRUE, CK_EQ, CK_ZERO, CK_LE,
                                  CK_LT, CK_SAME, CK_NOT};
    bool is = true;

    for (size_t i = 0; i < sizeof light / sizeof *light; i++)
        is = is && n->op != light[i];
    for (int i = 0; i < 2; i++)
        is = (n->a[i] != NULL && heavy[n->a[i]->id]) || is;
    return heavy[n->id] = is;
}

/* One block for each root of this word that is left; how many are false? */
static long
prove_blocks(check *k, char word, const char ***wrong)
{
    ck_reader *r = k->c.r;
    long nwrong = 0;

    for (long i = 0; i < k->s.nroots; i++) {
        const ck_root *root = k->s.root[i].word == word ? chosen(k, i) : NULL;
        bool truth;

        if (root == NULL)
            continue;
        ck_next_line(r);
        CK_REQUIRE("claims", ck_first(r, word == 'a' ? "assume" : "show") &&
                   ck_take_name(r) == root->name, "the block of %s", root->name);
        truth = strcmp(ck_take_name(r), "true") == 0;
        if (!truth) {
            CK_REQUIRE("syntax", r->line_end - r->line > 6 &&
                       memcmp(r->line_end - 6, " false", 6) == 0, "true or false");
            CK_PUSH(*wrong, nwrong, root->name);
        }
        ck_line_done(r);
        ck_prove(&k->c, root->node, NULL, truth);
        if (ck_at_end(r))
            continue;
        CK_REQUIRE("fact-order", *r->pos == 'a' || *r->pos == 's' || *r->pos == 'e',
                   "the end of the facts of %s", root->name);
    }
    return nwrong;
}

static void
check_verdict(ck_reader *r, const char *line, const char *word, const char **wrong, long n)
{
    ck_text t = {0};

    ck_put(&t, "verdict %s", word);
    for (long i = 0; i < n; i++)
        ck_put(&t, " %s", wrong[i]);
    ck_put(&t, "\n");
    CK_REQUIRE("verdict", (size_t)(r->file_end - line) > t.n &&
               memcmp(line, t.s, t.n) == 0, "%s", t.s);
}

ck_verdict
ck_check(ck_program *p, const char *witness, size_t len, ck_text *said)
{
    check *k = ck_new(sizeof *k);
    ck_reader r;
    const ck_unit *unit = NULL;
    const char *name, *line, **wrong = NULL, *word;
    char digest[65];
    long n;

    ck_reader_init(&r, witness, len);
    name = read_head(k, &r);
    for (long i = 0; i < p->nunits; i++)
        if (!p->unit[i].library && p->unit[i].name == name)
            unit = &p->unit[i];
    if (unit == NULL)
        ck_stop(CK_EXIT_UNREADABLE, "%s has no statement %s [statement]", p->path, name);
    CK_REQUIRE("variant", ck_elaborate(p, unit, k->drop, k->ndrops, &k->s) == NULL,
               "labels of definitions that can be dropped");
    check_names(k, 'a', k->without, k->nwithout);
    check_names(k, 'w', k->weaken, k->nweaken);
    check_names(k, 'a', k->only, k->nonly);
    k->c.r = &r;
    k->c.s = &k->s;
    k->c.heavy = ck_new((size_t)k->s.order.n);
    for (long i = 0; i < k->s.order.n; i++)
        find_heavy(k->c.heavy, k->s.order.node[i]);
    ck_instance_read(&k->c.in, &r);
    ck_fit(&k->c);
    ck_next_line(&r);
    CK_REQUIRE("syntax", ck_first(&r, "verdict"), "a line verdict");
    line = r.line;
    n = prove_blocks(k, 'a', &wrong);
    word = "inapplicable";
    if (n == 0) {
        n = prove_blocks(k, 's', &wrong);
        word = n == 0 ? "holds" : "violated";
    }
    ck_next_line(&r);
    CK_REQUIRE("claims", ck_first(&r, "end"), "end, after the last block");
    ck_line_done(&r);
    CK_REQUIRE("trailing", ck_at_end(&r), "nothing after end");
    check_verdict(&r, line, word, wrong, n);
    ck_sha256(digest, k->c.in.text, k->c.in.len);
    ck_put(said, "accepted: statement %s%s: %s", k->s.name,
           k->words.s != NULL ? k->words.s : "", word);
    for (long i = 0; i < n; i++)
        ck_put(said, " %s", wrong[i]);
    ck_put(said, "; instance sha256 %s\n", digest);
    return CK_ACCEPTED;
}
