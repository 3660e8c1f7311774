/*
 * ctest: timeout=300
 *
 * Certificates, read by a small reader that runs through whole orbits; evidence is the
 * checkers' business.
 */
#include "search/impl.h"
#include "unit/hunt.h"

#include <inttypes.h>

typedef struct {
    uint64_t code[AON_MAX_ITEMS];
} tuple;

static size_t tuple_items;

static int
compare_tuples(const void *a, const void *b)
{
    const tuple *s = a, *t = b;

    for (size_t i = 0; i < tuple_items; i++)
        if (s->code[i] != t->code[i])
            return s->code[i] < t->code[i] ? -1 : 1;
    return 0;
}

/* Every image of the assignment; how many of them are it; NULL if one is smaller. */
static bool
run_through_orbit(const aon_cell *c, const tuple *t, uint64_t *fixed)
{
    const uint64_t product = c->group / c->nst;

    *fixed = 0;
    for (uint64_t g = 0; g < c->group; g++) {
        uint64_t rest = g % product;
        aon_element e;
        tuple image = *t;
        int order;

        memset(&e, 0, sizeof e);
        e.st = (uint32_t)(g / product);
        for (unsigned b = 0; b < c->spec->nblocks; b++) {
            e.s[b] = (uint16_t)(rest % c->block[b].nsp);
            rest /= c->block[b].nsp;
        }
        for (size_t i = 0; i < c->nitems; i++)
            image.code[i] = aon_act(c, &e, &c->item[i], t->code[i]);
        order = compare_tuples(&image, t);
        if (order < 0)
            return false;
        *fixed += order == 0;
    }
    return true;
}

/* NULL: as it should be; else what is wrong. */
static const char *
check_certificate(const hunt *h, const char *text)
{
    static const uint32_t ones[] = {1, 1, 1, 1};
    aon_scope_spec spec;
    aon_rung *rung;
    size_t nrung, at = 0, len;
    uint64_t mass = 0, orbits = 0, applicable = 0, total_applicable = 0;
    const char *wrong = NULL, *line = text;
    tuple last = {{0}}, t;
    aon_cell cell;
    bool open = false;

    if (aon_scope_spec_init(&spec, h->core, h->root, 1, false, NULL) != AON_OK)
        return "spec";
    rung = aon_ladder(&spec, ones, h->spec.max, &nrung);
    tuple_items = spec.nitems;
    for (; wrong == NULL && *line != '\0'; line += len + 1) {
        len = strcspn(line, "\n");
        if (strncmp(line, "shape ", 6) == 0) {
            if (open || at == nrung ||
                !aon_cell_init(&cell, &spec, rung[at].shape, rung[at].chain,
                               rung[at].nchains))
                wrong = "shape";
            else
                open = true;
            at++;
            mass = orbits = applicable = 0;
        } else if (strncmp(line, "orbit ", 6) == 0) {
            char *end;
            uint64_t stabiliser = strtoull(line + 6, &end, 10), fixed;

            for (size_t i = 0; i < spec.nitems; i++)
                t.code[i] = strtoull(end, &end, 10);
            if (!open || *end != '\n')
                wrong = "syntax";
            else if (orbits > 0 && compare_tuples(&last, &t) >= 0)
                wrong = "order";
            else if (!run_through_orbit(&cell, &t, &fixed))
                wrong = "least";
            else if (fixed != stabiliser)
                wrong = "stabiliser";
            else
                mass += cell.group / fixed;
            orbits++;
            last = t;
        } else if (strncmp(line, "verdict holds", 13) == 0) {
            applicable++;
        } else if (strncmp(line, "sum ", 4) == 0) {
            uint64_t a, b;

            if (!open || sscanf(line, "sum %" SCNu64 " %" SCNu64, &a, &b) != 2)
                wrong = "syntax";
            else if (mass != cell.total)
                wrong = "mass";
            else if (a != orbits || b != applicable)
                wrong = "sum";
            total_applicable += applicable;
            if (open)
                aon_cell_clear(&cell);
            open = false;
        } else if (strncmp(line, "end", len) == 0 && len == 3 && at != nrung) {
            wrong = "scopes";
        }
    }
    if (open)
        aon_cell_clear(&cell);
    free(rung);
    return wrong != NULL ? wrong : total_applicable == 0 ? "vacuous" : NULL;
}

/* How often the text has this, with its line ends. */
static size_t
count_of(const char *text, const char *what)
{
    size_t n = 0;

    for (; (text = strstr(text, what)) != NULL; text++)
        n++;
    return n;
}

/* The text with the i-th line that starts with `word` handed to edit(). */
static char *
edited(const char *text, const char *word, size_t i, const char *with)
{
    const char *at = text;
    char *out = malloc(strlen(text) + strlen(with) + 1);

    for (;; i--) {
        at = strstr(at + 1, word);
        if (i == 0)
            break;
    }
    at++;
    memcpy(out, text, (size_t)(at - text));
    strcpy(out + (at - text), with);
    strcat(out, at + strcspn(at, "\n") + (*with == '\0'));
    return out;
}

static void
expect_refused(const hunt *h, char *text, const char *why)
{
    T_EQ_STR(check_certificate(h, text), why);
    free(text);
}

TEST(certificates)
{
    static const uint32_t max[] = {2, 2, 2};
    const char *text;
    hunt h, again;

    T_REQUIRE(open_hunt(&h, "thm15.aon", "thm15_up", NULL, NULL));
    h.spec.max = max;
    h.spec.certificate = true;
    T_REQUIRE(run_hunt(&h));
    T_EQ_INT(h.result.outcome, AON_FIND_NONE);
    text = h.result.certificate.s;
    T_EQ_STR(check_certificate(&h, text), NULL);

    T_REQUIRE(open_hunt(&again, "thm15.aon", "thm15_up", NULL, NULL));
    again.spec = h.spec;
    again.spec.jobs = 1;
    T_REQUIRE(run_hunt(&again));
    T_CHECK(strcmp(text, again.result.certificate.s) == 0);
    close_hunt(&again);

    expect_refused(&h, edited(text, "\norbit ", 3, ""), "mass");
    expect_refused(&h, edited(text, "\nshape ", 2, ""), "syntax");
    {
        /* the last orbit of all: another stabiliser; another element of its orbit */
        const char *at = text, *next;
        size_t count = 0;
        char line[200];
        unsigned long long s, m, y[4];

        while ((next = strstr(at + 1, "\norbit ")) != NULL) {
            at = next;
            count++;
        }
        T_REQUIRE(sscanf(at, "\norbit %llu %llu %llu %llu %llu %llu", &s, &m, &y[0],
                         &y[1], &y[2], &y[3]) == 6);
        (void)snprintf(line, sizeof line, "orbit %llu %llu %llu %llu %llu %llu", s + 1,
                       m, y[0], y[1], y[2], y[3]);
        expect_refused(&h, edited(text, "\norbit ", count - 1, line), "stabiliser");
        /* both columns of the model exchanged: not the least element any more */
        m = m % 81 * 81 + m / 81;
        (void)snprintf(line, sizeof line, "orbit %llu %llu %llu %llu %llu %llu", s, m,
                       y[0], y[1], y[2], y[3]);
        {
            char *bad = edited(text, "\norbit ", count - 1, line);
            const char *why = check_certificate(&h, bad);

            T_CHECK(why != NULL &&
                    (strcmp(why, "least") == 0 || strcmp(why, "order") == 0));
            free(bad);
        }
    }
    expect_refused(&h, edited(text, "\norbit ", 5, "orbit 7 0 0 0 0 0"), "order");
    expect_refused(&h, edited(text, "\nsum ", 0, "sum 1 1"), "sum");
    close_hunt(&h);
}

/* Where another conclusion fails there is a certificate of this one, and only of it. */
TEST(certificates_of_one_conclusion)
{
    static const uint32_t max[] = {1, 1, 3, 1};
    const char *text;
    hunt h;

    T_REQUIRE(open_hunt(&h, "thm14.aon", "thm14", "inN", NULL));
    h.spec.max = max;
    h.spec.certificate = true;
    T_REQUIRE(run_hunt(&h));
    T_EQ_INT(h.result.outcome, AON_FIND_FOUND);
    T_EQ_INT(h.result.certificate.len, 0);
    aon_find_result_clear(&h.result);
    h.spec.because = "fwd";
    T_REQUIRE(run_hunt(&h));
    T_EQ_INT(h.result.outcome, AON_FIND_NONE);
    text = h.result.certificate.s;
    T_EQ_STR(check_certificate(&h, text), NULL);
    T_EQ_INT(count_of(text, "\nwithout inN\nbecause fwd\ngrid 1\n"), 1);
    T_EQ_INT(count_of(text, "\nshow fwd true\n"), h.result.applicable);
    T_EQ_INT(count_of(text, "\nshow "), h.result.applicable);
    close_hunt(&h);
}

/* Six entries are enumerated, one more is solved for: then there is no certificate. */
TEST(at_most_six_entries)
{
    static const uint32_t max[] = {1, 1};
    static const char *const given[] = {"a, b, c, d, e, f", "a, b, c, d, e, f, h"};

    for (size_t i = 0; i < 2; i++) {
        char text[200];
        hunt h;

        (void)snprintf(text, sizeof text,
                       "statement t\ngiven %s in scalar\n"
                       "assume order: a = b\nshow c: a + %s = b + %s\n",
                       given[i], i == 0 ? "f" : "h", i == 0 ? "f" : "h");
        T_REQUIRE(open_hunt(&h, text, "t", NULL, NULL));
        h.spec.max = max;
        h.spec.certificate = true;
        T_REQUIRE(run_hunt(&h));
        T_EQ_INT(h.result.outcome, AON_FIND_NONE);
        T_EQ_INT(h.result.solved, i == 1);
        T_EQ_INT(h.result.certificate.len > 0, i == 0);
        close_hunt(&h);
    }
}

static void
keep_all(void *arg, const char *state)
{
    char **kept = arg;

    for (size_t i = 0; i < 40; i++)
        if (kept[i] == NULL) {
            kept[i] = strdup(state);
            return;
        }
}

/* From every state: the same certificate.  From one without it: none. */
TEST(resumed_searches_have_certificates)
{
    static const uint32_t max[] = {2, 2, 2};
    char *kept[41] = {NULL};
    char *whole, *cells;
    size_t n = 0;
    hunt h;

    T_REQUIRE(open_hunt(&h, "thm15.aon", "thm15_up", NULL, NULL));
    h.spec.max = max;
    h.spec.certificate = true;
    h.spec.checkpoint = keep_all;
    h.spec.arg = kept;
    T_REQUIRE(run_hunt(&h));
    h.spec.checkpoint = NULL;
    whole = strdup(h.result.certificate.s);
    T_EQ_STR(check_certificate(&h, whole), NULL);
    while (kept[n] != NULL)
        n++;
    T_EQ_INT(n, 8);
    for (size_t i = 0; i < n; i++) {
        aon_find_result_clear(&h.result);
        h.spec.resume = kept[i];
        T_REQUIRE(run_hunt(&h));
        T_EQ_INT(h.result.outcome, AON_FIND_NONE);
        T_EQ_STR(h.result.certificate.s, whole);
    }
    cells = strstr(kept[3], "\nshape ");
    T_REQUIRE(cells != NULL);
    strcpy(cells, "\nend\n");
    aon_find_result_clear(&h.result);
    h.spec.resume = kept[3];
    T_REQUIRE(run_hunt(&h));
    T_EQ_INT(h.result.outcome, AON_FIND_NONE);
    T_EQ_INT(h.result.certificate.len, 0);
    T_CHECK(h.result.no_certificate != NULL);
    for (size_t i = 0; i < n; i++)
        free(kept[i]);
    free(whole);
    close_hunt(&h);
}
