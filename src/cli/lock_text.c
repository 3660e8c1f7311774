/*
 * The text of a lock file.  It is canonical: reading and printing gives the same bytes.
 */
#include "cli/lock.h"

#include "base/io.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const verdict_word[AON_LOCK_VERDICTS] = {
    [AON_LOCK_SURVIVED] = "survived",
    [AON_LOCK_REFUTED] = "refuted",
    [AON_LOCK_VACUOUS] = "vacuous",
    [AON_LOCK_UNDECIDED] = "undecided",
};

const char *
aon_lock_verdict_word(aon_lock_verdict v)
{
    return verdict_word[v];
}

/* ---- printing ---- */

/* A name of a file: bytes that could end a word are %XX. */
static void
put_file(aon_buf *out, const char *s)
{
    static const char plain[] = "/._-+,=@:'~";

    for (; *s != '\0'; s++) {
        const unsigned char c = (unsigned char)*s;
        const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || strchr(plain, c) != NULL;

        if (word)
            aon_buf_putc(out, *s);
        else
            aon_buf_printf(out, "%%%02X", c);
    }
}

/* Every definition once, sorted: the sources of one run agree about each. */
static const aon_lock_def **
table_of(const aon_lock *lock, size_t *n)
{
    const aon_lock_def **def = NULL;
    size_t cap = 0;

    *n = 0;
    for (size_t i = 0; i < lock->nstatements; i++)
        for (size_t k = 0; k < lock->statement[i].nuses; k++) {
            const aon_lock_def *d = &lock->statement[i].uses[k];
            size_t at = 0;
            int c = 1;

            while (at < *n && (c = aon_lock_compare_def(def[at], d)) < 0)
                at++;
            if (at < *n && c == 0)
                continue;
            def = aon_grow(def, &cap, *n + 1, sizeof *def);
            memmove(&def[at + 1], &def[at], (*n - at) * sizeof *def);
            def[at] = d;
            ++*n;
        }
    return def;
}

static void
put_uses(aon_buf *out, const aon_lock_statement *s)
{
    for (size_t k = 0; k < s->nuses; k++) {
        if (k == 0 || strcmp(s->uses[k].file, s->uses[k - 1].file) != 0) {
            aon_buf_puts(out, k > 0 ? "\nuses " : "uses ");
            put_file(out, s->uses[k].file);
        }
        aon_buf_printf(out, " %s", s->uses[k].name);
    }
    aon_buf_puts(out, s->nuses > 0 ? "\n" : "");
}

void
aon_lock_print(aon_buf *out, const aon_lock *lock)
{
    size_t n;
    const aon_lock_def **def = table_of(lock, &n);

    aon_buf_printf(out,
                   "aonlock 1\nseed %" PRIu64 "\ncount %" PRIu64 "\nwork %" PRIu64 "\n",
                   lock->seed, lock->count, lock->work);
    for (size_t i = 0; i < n; i++) {
        aon_buf_puts(out, "definition ");
        put_file(out, def[i]->file);
        aon_buf_printf(out, " %s %s\n", def[i]->name, def[i]->digest);
    }
    for (size_t i = 0; i < lock->nstatements; i++) {
        const aon_lock_statement *s = &lock->statement[i];

        aon_buf_puts(out, "statement ");
        put_file(out, s->file);
        aon_buf_printf(out, " %s %s\n", s->name, s->digest);
        put_uses(out, s);
        for (size_t k = 0; k < s->nvariants; k++)
            aon_buf_printf(out, "variant %s %s %s %s\n",
                           verdict_word[s->variant[k].verdict], s->variant[k].shape,
                           s->variant[k].witness, s->variant[k].text);
    }
    aon_buf_puts(out, "end\n");
    free(def);
}

/* ---- reading ---- */

typedef struct {
    aon_cli *cli;
    aon_source src;
    size_t at;
    aon_lock_def *def;
    size_t ndefs, def_cap;
    bool failed;
} reader;

static void
refuse(reader *r, size_t begin, const char *hint, const char *what)
{
    size_t end = begin + strcspn(r->src.text + begin, " \n");

    if (end == begin && begin < r->src.len)
        end++;
    if (!r->failed)
        (void)aon_diag(r->cli->diags, AON_SEV_ERROR, (aon_span){&r->src, begin, end},
                       "lock", hint, "%s", what);
    r->failed = true;
}

/* Is this text next?  Then go over it. */
static bool
next(reader *r, const char *text)
{
    const size_t n = strlen(text);

    if (r->failed || strncmp(r->src.text + r->at, text, n) != 0)
        return false;
    r->at += n;
    return true;
}

static void
want(reader *r, const char *text, const char *what)
{
    if (!next(r, text))
        refuse(r, r->at, "a lock is written by `aon review PATH.. --accept all`", what);
}

/* A word: up to the next space or line end, then over the space. */
static const char *
word(reader *r, const char *what)
{
    const size_t begin = r->at, len = strcspn(r->src.text + begin, " \n");

    if (r->failed)
        return "";
    if (len == 0)
        refuse(r, begin, NULL, what);
    r->at += len;
    return aon_arena_strndup(r->cli->arena, r->src.text + begin, len);
}

/* The line `keyword N` with lo <= N <= hi. */
static uint64_t
number(reader *r, const char *keyword, uint64_t lo, uint64_t hi)
{
    uint64_t v = 0;
    size_t begin;
    const char *s;

    want(r, keyword,
         "`aonlock 1`, `seed N`, `count N`, `work N` stand here, in this order");
    begin = r->at;
    s = word(r, "a number is missing");
    for (const char *c = s; *c != '\0' && !r->failed; c++) {
        if (*c < '0' || *c > '9' || v > (UINT64_MAX - (uint64_t)(*c - '0')) / 10 ||
            (*s == '0' && s[1] != '\0'))
            refuse(r, begin, NULL, "this is no number");
        v = v * 10 + (uint64_t)(*c - '0');
    }
    if (v < lo || v > hi)
        refuse(r, begin, "as --seed, --count and --work allow",
               "the number is out of range");
    want(r, "\n", "the line should end here");
    return v;
}

static void
digest(reader *r, char out[AON_DIGEST_LEN + 1])
{
    const size_t begin = r->at;
    const char *s = word(r, "a digest is missing");

    if (r->failed)
        return;
    if (strlen(s) != AON_DIGEST_LEN || strspn(s, "0123456789abcdef") != AON_DIGEST_LEN)
        refuse(r, begin, NULL, "a digest is 64 digits 0-9 a-f");
    else
        memcpy(out, s, AON_DIGEST_LEN + 1);
}

static int
hex_value(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static const char *
file_name(reader *r)
{
    const size_t begin = r->at;
    const char *s = word(r, "the name of a file is missing");
    char *out = aon_arena_strndup(r->cli->arena, s, strlen(s));
    size_t n = 0;

    for (; *s != '\0' && !r->failed; s++) {
        if (*s != '%') {
            out[n++] = *s;
        } else if (hex_value(s[1]) < 0 || hex_value(s[2]) < 0 ||
                   (s[1] == '0' && s[2] == '0')) {
            refuse(r, begin, NULL,
                   "in the name of a file, % stands before two digits 0-9 A-F");
        } else {
            out[n++] = (char)(hex_value(s[1]) * 16 + hex_value(s[2]));
            s += 2;
        }
    }
    out[n] = '\0';
    return out;
}

static void
space(reader *r)
{
    want(r, " ", "one space should stand here");
}

static void
read_definitions(reader *r)
{
    size_t begin;

    while (begin = r->at, next(r, "definition ")) {
        aon_lock_def d = {.line = 0};

        d.file = file_name(r);
        space(r);
        d.name = word(r, "the name of a definition is missing");
        space(r);
        digest(r, d.digest);
        want(r, "\n", "the line should end here");
        if (!r->failed && r->ndefs > 0 &&
            aon_lock_compare_def(&r->def[r->ndefs - 1], &d) >= 0)
            refuse(r, begin, NULL,
                   "the definitions are not in order, or one is there twice");
        r->def = aon_grow(r->def, &r->def_cap, r->ndefs + 1, sizeof *r->def);
        r->def[r->ndefs++] = d;
    }
}

static void
read_uses(reader *r, aon_lock_statement *s)
{
    size_t cap = 0;
    aon_lock_def *uses = NULL;

    while (next(r, "uses ")) {
        aon_lock_def d = {.line = 0};

        d.file = file_name(r);
        while (!r->failed && next(r, " ")) {
            const size_t begin = r->at;
            size_t i = 0;

            d.name = word(r, "the name of a definition is missing");
            while (i < r->ndefs && aon_lock_compare_def(&r->def[i], &d) != 0)
                i++;
            if (i == r->ndefs)
                refuse(r, begin, NULL,
                       "there is no `definition` line of this name above");
            else if (s->nuses > 0 && aon_lock_compare_def(&uses[s->nuses - 1], &d) >= 0)
                refuse(r, begin, NULL,
                       "the names are not in order, or one is there twice");
            if (r->failed)
                break;
            uses = aon_grow(uses, &cap, s->nuses + 1, sizeof *uses);
            uses[s->nuses++] = r->def[i];
        }
        want(r, "\n", "the line should end here");
    }
    s->uses = AON_NEW_N(r->cli->arena, aon_lock_def, s->nuses + 1);
    if (s->nuses > 0)
        memcpy(s->uses, uses, s->nuses * sizeof *uses);
    free(uses);
}

static aon_lock_verdict
verdict(reader *r)
{
    for (int v = 0; v < AON_LOCK_VERDICTS; v++)
        if (next(r, verdict_word[v]))
            return (aon_lock_verdict)v;
    refuse(r, r->at, NULL, "a verdict is survived, refuted, vacuous or undecided");
    return AON_LOCK_UNDECIDED;
}

static void
read_variants(reader *r, aon_lock_statement *s)
{
    size_t cap = 0, begin;
    aon_lock_variant *list = NULL;

    while (begin = r->at, next(r, "variant ")) {
        aon_lock_variant v = {.text = "", .witness = "-"};
        size_t shape, len;

        v.verdict = verdict(r);
        space(r);
        shape = r->at;
        v.shape = word(r, "a shape is missing");
        if (!r->failed && strcmp(v.shape, "-") != 0 &&
            strspn(v.shape, "0123456789,") != strlen(v.shape))
            refuse(r, shape, NULL, "a shape is numbers with commas, or -");
        space(r);
        if (!next(r, "- "))
            digest(r, v.witness), space(r);
        len = strcspn(r->src.text + r->at, "\n");
        if (len == 0)
            refuse(r, r->at, NULL,
                   "a variant is missing; - is the statement as it stands");
        if (r->failed)
            break;
        v.text = aon_arena_strndup(r->cli->arena, r->src.text + r->at, len);
        r->at += len;
        want(r, "\n", "the line should end here");
        if (s->nvariants > 0 && strcmp(list[s->nvariants - 1].text, v.text) >= 0)
            refuse(r, begin, NULL,
                   "the variants are not in order, or one is there twice");
        list = aon_grow(list, &cap, s->nvariants + 1, sizeof *list);
        list[s->nvariants++] = v;
    }
    s->variant = AON_NEW_N(r->cli->arena, aon_lock_variant, s->nvariants + 1);
    if (s->nvariants > 0)
        memcpy(s->variant, list, s->nvariants * sizeof *list);
    free(list);
}

static void
read_statements(reader *r, aon_lock *out)
{
    size_t begin, cap = 0;
    aon_lock_statement *list = NULL;

    while (begin = r->at, next(r, "statement ")) {
        aon_lock_statement s = {.line = 0};

        s.file = file_name(r);
        space(r);
        s.name = word(r, "the name of a statement is missing");
        space(r);
        digest(r, s.digest);
        want(r, "\n", "the line should end here");
        read_uses(r, &s);
        read_variants(r, &s);
        if (!r->failed && out->nstatements > 0 &&
            aon_lock_compare_statement(&list[out->nstatements - 1], &s) >= 0)
            refuse(r, begin, NULL,
                   "the statements are not in order, or one is there twice");
        list = aon_grow(list, &cap, out->nstatements + 1, sizeof *list);
        list[out->nstatements++] = s;
    }
    out->statement = AON_NEW_N(r->cli->arena, aon_lock_statement, out->nstatements + 1);
    if (out->nstatements > 0)
        memcpy(out->statement, list, out->nstatements * sizeof *list);
    free(list);
}

/* What the grammar above lets through and printing would not write. */
static void
check_canonical(reader *r, const aon_lock *lock)
{
    size_t at = 0;
    aon_buf b;

    aon_buf_init(&b);
    aon_lock_print(&b, lock);
    while (at < b.len && at < r->src.len && b.s[at] == r->src.text[at])
        at++;
    if (!r->failed && (at < b.len || at < r->src.len))
        refuse(r, at, NULL, "this is not how a lock is written");
    aon_buf_clear(&b);
}

int
aon_lock_read(aon_cli *cli, aon_lock *out, const char *path)
{
    reader r = {.cli = cli};
    aon_buf text;

    memset(out, 0, sizeof *out);
    aon_buf_init(&text);
    if (aon_read_file(path, &text, cli->diags) != AON_OK) {
        aon_buf_clear(&text);
        aon_cli_flush(cli);
        aon_cli_note(cli, "`aon review PATH.. --lock %s --accept all` writes a lock",
                     path);
        return AON_EXIT_INPUT;
    }
    r.src = (aon_source){path, text.s, text.len};
    if (strncmp(text.s, "aonlock ", 8) == 0 && strncmp(text.s, "aonlock 1\n", 10) != 0)
        refuse(&r, 8, "this program reads version 1", "the lock has another version");
    want(&r, "aonlock 1\n", "this is no lock: its first line is not `aonlock 1`");
    out->seed = number(&r, "seed ", 0, UINT64_MAX);
    out->count = number(&r, "count ", 1, 100000000);
    out->work = number(&r, "work ", 1, UINT64_MAX / 4);
    if (!r.failed) {
        read_definitions(&r);
        read_statements(&r, out);
        want(&r, "end\n",
             "a `definition`, `uses`, `variant`, `statement` or `end` line, in "
             "this order, should stand here");
        if (!r.failed && r.at < r.src.len)
            refuse(&r, r.at, NULL, "nothing stands after `end`");
        check_canonical(&r, out);
    }
    free(r.def);
    aon_cli_flush(cli);
    aon_buf_clear(&text);
    return r.failed ? AON_EXIT_INPUT : AON_EXIT_OK;
}
