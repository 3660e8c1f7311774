/* A witness from its head to its end: witness-format.md, sections 2 and 9. */
#include "check.h"
#include "sha256.h"
#include "value.h"

typedef struct {
    const char **name;
    long n;
} names;

/* What the head of the witness asks for. */
typedef struct {
    ck_state c;
    ck_statement s;
    names without, weaken, only, drop, wrong; /* wrong: roots marked false */
    bool restricted;                          /* there is an `only` line */
    ck_text words;
} check;

static void
add_name(names *list, const char *name)
{
    CK_PUSH(list->name, list->n, name);
}

static bool
listed(const names *list, const char *name)
{
    for (long i = 0; i < list->n; i++)
        if (list->name[i] == name)
            return true;
    return false;
}

/* The head up to the line before the instance; the name of the statement. */
static const char *
read_head(check *k, ck_reader *r)
{
    const char *const words[] = {"without", "weaken", "only", "drop"};
    names *const lists[] = {&k->without, &k->weaken, &k->only, &k->drop};
    const char *statement;
    int stage = 0, w;

    ck_line(r, "aonw");
    ck_take_word(r, "1");
    ck_line_done(r);
    ck_line(r, "statement");
    statement = ck_take(r);
    ck_line_done(r);
    while (r->pos < r->file_end && *r->pos != 'a') {
        ck_next_line(r);
        ck_put(&k->words, ", %.*s", (int)(r->line_end - r->line), r->line);
        for (w = 0; w < 4 && !ck_first(r, words[w]); w++)
            ;
        CK_REQUIRE(r, "syntax", w < 4, "a variant or the instance");
        CK_REQUIRE(r, "variant", w >= stage && !(w == 2 && k->restricted),
                   "without, weaken, one only, drop");
        stage = w;
        if (w == 2) {
            k->restricted = true;
            while (ck_more(r))
                add_name(&k->only, ck_take(r));
            continue;
        }
        add_name(lists[w & 3], ck_take(r));
        ck_line_done(r);
    }
    for (long i = 1; i < k->drop.n; i++)
        CK_REQUIRE(r, "variant", strcmp(k->drop.name[i - 1], k->drop.name[i]) < 0,
                   "drops sorted by bytes");
    return statement;
}

/* The names must be those of roots of this kind, in their order. */
static void
check_names(const check *k, char word, const names *list)
{
    long at = 0;

    for (long i = 0; i < k->s.nroots && at < list->n; i++)
        at += k->s.root[i].word == word && k->s.root[i].name == list->name[at];
    CK_REQUIRE(k->c.r, "variant", at == list->n, "hypotheses in the order of the statement");
}

/* The root that stands for the hypothesis or conclusion; NULL: the variant omits it. */
static const ck_root *
chosen(const check *k, const ck_root *r)
{
    if (r->word == 's')
        return r;
    if (r->word == 'w' || listed(&k->without, r->name) ||
        (k->restricted && !listed(&k->only, r->name)))
        return NULL;
    return listed(&k->weaken, r->name) ? r + 1 : r;
}

/* One block for each root of this word that is left. */
static void
prove_blocks(check *k, char word)
{
    ck_reader *r = k->c.r;

    for (long i = 0; i < k->s.nroots; i++) {
        const ck_root *root = k->s.root[i].word == word ? chosen(k, &k->s.root[i]) : NULL;
        const char *truth;

        if (root == NULL)
            continue;
        ck_next_line(r);
        CK_REQUIRE(r, "claims",
                   ck_first(r, word == 'a' ? "assume" : "show") && ck_take(r) == root->name,
                   "the block of %s", root->name);
        truth = ck_take(r);
        ck_line_done(r);
        CK_REQUIRE(r, "syntax", strcmp(truth, "true") == 0 || strcmp(truth, "false") == 0,
                   "true or false");
        if (truth[0] != 't')
            add_name(&k->wrong, root->name);
        ck_prove(&k->c, root->node, NULL, truth[0] == 't');
        CK_REQUIRE(r, "fact-order", r->pos == r->file_end || strchr("ase", *r->pos) != NULL,
                   "the end of the facts of %s", root->name);
    }
}

/* Facts are read once. An operand with fewer variables than its node has is asked for again. */
static void
find_remembered(ck_state *c)
{
    bool *r = c->remember = ck_new((size_t)c->s->core.norder);

    for (long i = 0; i < 2 * c->s->core.norder; i++) {
        const ck_node *n = c->s->core.order[i / 2], *a = n->a[i % 2];

        r[n->id] = r[n->id] || !ck_op_table[n->op].light || (a != NULL && r[a->id]);
    }
    for (long i = 0; i < 2 * c->s->core.norder; i++) {
        const ck_node *n = c->s->core.order[i / 2], *a = n->a[i % 2];

        if (a != NULL && a->nfree < n->nfree && strchr("+*0", ck_op_table[a->op].form) != NULL)
            r[a->id] = true;
    }
}

ck_verdict
ck_check(ck_program *p, const char *witness, size_t len, ck_text *said)
{
    check *k = ck_new(sizeof *k);
    ck_reader r;
    const ck_unit *unit = NULL;
    const char *name, *line, *end;
    char digest[65];
    ck_text verdict = {0};
    bool applicable;

    ck_mat_start();
    ck_reader_init(&r, witness, len);
    k->c.r = &r;
    k->c.s = &k->s;
    name = read_head(k, &r);
    for (long i = 0; i < p->nunits; i++)
        if (!p->unit[i].library && p->unit[i].name == name)
            unit = &p->unit[i];
    if (unit == NULL)
        ck_stop(CK_EXIT_UNREADABLE, "%s has no statement %s [statement]", p->path, name);
    CK_REQUIRE(&r, "variant", ck_elaborate(p, unit, k->drop.name, k->drop.n, &k->s) == NULL,
               "labels of definitions that can be dropped");
    check_names(k, 'a', &k->without);
    check_names(k, 'w', &k->weaken);
    check_names(k, 'a', &k->only);
    find_remembered(&k->c);
    ck_instance_read(&k->c);
    end = r.pos;
    ck_line(&r, "verdict");
    line = r.line;
    prove_blocks(k, 'a');
    applicable = k->wrong.n == 0;
    if (applicable)
        prove_blocks(k, 's');
    ck_next_line(&r);
    CK_REQUIRE(&r, "claims", ck_first(&r, "end"), "end, after the last block");
    ck_line_done(&r);
    CK_REQUIRE(&r, "trailing", r.pos == r.file_end, "nothing after end");
    ck_put(&verdict, "%s", k->wrong.n == 0 ? "holds" : applicable ? "violated" : "inapplicable");
    for (long i = 0; i < k->wrong.n; i++)
        ck_put(&verdict, " %s", k->wrong.name[i]);
    name = ck_internf("verdict %s\n", verdict.s);
    CK_REQUIRE(&r, "verdict", strncmp(line, name, strlen(name)) == 0, "%s", name);
    ck_sha256(digest, k->c.text, (size_t)(end - k->c.text));
    ck_put(said, "accepted: statement %s%s: %s; instance sha256 %s\n", k->s.name,
           k->words.s != NULL ? k->words.s : "", verdict.s, digest);
    return CK_ACCEPTED;
}
