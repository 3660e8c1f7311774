/*
 * Text to instance: the value blocks.  After an error in a block its remaining rows are
 * passed over and reading goes on with the next block.  What has no rows is limited in
 * sum.
 */
#include "model/reader.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#define MAX_HOLLOW ((uint64_t)AON_MAX_DIM)

static bool
is_row_key(aon_field key)
{
    return aon_field_is(key, "f") || aon_field_is(key, "g") ||
           aon_field_is(key, "row") || aon_field_is(key, "gen");
}

static void
skip_rows(aon_reader *r)
{
    while (!r->sc.at_end && is_row_key(r->sc.key))
        aon_scan_next(&r->sc);
}

static const char *
row_hint(const aon_value *v)
{
    switch (v->kind) {
    case AON_VAL_MODEL:
        return "a model has one line 'f' per context, then one line 'g' per token";
    case AON_VAL_VECTOR:
        return "all entries of a vector stand in one line: row 1 2 3";
    case AON_VAL_MATRIX:
        return "write: matrix N rows columns, then so many lines 'row'";
    case AON_VAL_SUBSPACE:
        return "a subspace has lines 'gen', one per generator";
    default:
        return "this value is written in one line";
    }
}

/* Is the current line row number i (from 0) of n that begin with `key`? */
static bool
expect_row(aon_reader *r, const char *key, slong i, slong n, const aon_value *v)
{
    aon_scan *sc = &r->sc;

    if (!sc->at_end && aon_field_is(sc->key, key))
        return true;
    SCAN_ERROR(sc, aon_scan_here(sc), "shape", row_hint(v),
               "%s '%.60s' has " WORD_FMT "d line%s '%s ..' instead of " WORD_FMT "d",
               aon_val_kind_name(v->kind), v->name, i, i == 1 ? "" : "s", key, n);
    return false;
}

/* After the rows of a block: no further row of it. */
static bool
expect_no_row(aon_reader *r, const aon_value *v)
{
    aon_scan *sc = &r->sc;

    if (sc->at_end || !is_row_key(sc->key))
        return true;
    SCAN_ERROR(sc, aon_scan_here(sc), "shape", row_hint(v),
               "line '%.*s ..' after the last one of %s '%.60s'", SHOW(sc->key),
               aon_val_kind_name(v->kind), v->name);
    return false;
}

/* n rows `f C ..` or `g W ..` of a model, labelled in order. */
static bool
read_labelled_rows(aon_reader *r, const aon_value *v, const char *key,
                   char *const *label, size_t n,
                   long (*number)(aon_reader *r, aon_field f))
{
    aon_scan *sc = &r->sc;
    bool good = true;
    aon_field f;

    for (size_t i = 0; i < n; i++) {
        if (!expect_row(r, key, (slong)i, (slong)n, v) ||
            !aon_reader_need(r, &f, "the name of the row"))
            return false;
        if (!aon_field_is(f, label[i])) {
            if (number(r, f) >= 0)
                SCAN_ERROR(
                    sc, aon_scan_at(sc, f), "syntax",
                    "the lines of a model stand in the order of the contexts and "
                    "tokens",
                    "expected the line '%s %.*s', found '%s %.*s'", key,
                    SHOW(aon_field_of(label[i])), key, SHOW(f));
            return false;
        }
        good = aon_reader_row(r, v->dim) && good;
        aon_scan_next(sc);
    }
    return good;
}

static bool
read_model(aon_reader *r, aon_value *v, aon_span where)
{
    const aon_instance *in = r->in;

    if (!aon_reader_natural(r, &v->dim, "the dimension of the model") ||
        !aon_reader_line_done(r))
        return false;
    aon_scan_next(&r->sc);
    return read_labelled_rows(r, v, "f", in->context, in->ncontexts,
                              aon_reader_context) &&
           aon_reader_matrix(r, &v->a, v->dim, (slong)in->ncontexts, true, v, where) &&
           read_labelled_rows(r, v, "g", in->token, in->ntokens, aon_reader_token) &&
           aon_reader_matrix(r, &v->b, v->dim, (slong)in->ntokens, true, v, where) &&
           expect_no_row(r, v);
}

/* Lines `row ..` of a matrix; one such line for a vector. */
static bool
read_rows(aon_reader *r, aon_value *v, slong rows, slong width, aon_span where)
{
    bool good = true;

    aon_scan_next(&r->sc);
    for (slong i = 0; i < rows; i++) {
        if (!expect_row(r, "row", i, rows, v))
            return false;
        good = aon_reader_row(r, width) && good;
        aon_scan_next(&r->sc);
    }
    if (!good || !expect_no_row(r, v))
        return false;
    if (v->kind == AON_VAL_VECTOR)
        return aon_reader_matrix(r, &v->a, width, 1, true, v, where);
    return aon_reader_matrix(r, &v->a, rows, width, false, v, where);
}

static bool
read_vector(aon_reader *r, aon_value *v, aon_span where)
{
    slong e;

    return aon_reader_natural(r, &e, "the length of the vector") &&
           aon_reader_line_done(r) && read_rows(r, v, 1, e, where);
}

static bool
read_matrix(aon_reader *r, aon_value *v, aon_span where)
{
    slong rows, cols;

    return aon_reader_natural(r, &rows, "the number of rows") &&
           aon_reader_natural(r, &cols, "the number of columns") &&
           aon_reader_line_done(r) && read_rows(r, v, rows, cols, where);
}

static bool
read_subspace(aon_reader *r, aon_value *v, aon_span where)
{
    aon_scan *sc = &r->sc;
    bool good = true;
    slong n = 0;

    if (!aon_reader_natural(r, &v->dim, "the dimension of the whole space") ||
        !aon_reader_line_done(r))
        return false;
    aon_scan_next(sc);
    for (; !sc->at_end && aon_field_is(sc->key, "gen"); n++) {
        good = aon_reader_row(r, v->dim) && good;
        aon_scan_next(sc);
    }
    if (!good || !expect_no_row(r, v))
        return false;
    if (n == 0) {
        r->hollow += (uint64_t)v->dim;
        if (r->hollow > MAX_HOLLOW) {
            SCAN_ERROR(sc, where, "too-large",
                       "leave out some or lower their dimension",
                       "subspaces without generators have dimension over %llu in sum",
                       (unsigned long long)MAX_HOLLOW);
            return false;
        }
    }
    return aon_reader_matrix(r, &v->a, v->dim, n, true, v, where);
}

static int
by_number(const void *a, const void *b)
{
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;

    return (i > j) - (i < j);
}

static bool
read_set(aon_reader *r, aon_value *v, aon_span where)
{
    bool tokens = v->kind == AON_VAL_TOKENSET;
    char *const *word = tokens ? r->in->token : r->in->context;

    if (!(tokens ? aon_reader_tokens(r) : aon_reader_contexts(r)))
        return false;
    v->nset = r->ntok;
    v->set = aon_xmalloc(r->ntok * sizeof *v->set);
    if (r->ntok > 0) {
        memcpy(v->set, r->tok, r->ntok * sizeof *v->set);
        qsort(v->set, v->nset, sizeof *v->set, by_number);
    }
    for (size_t i = 1; i < v->nset; i++) {
        if (v->set[i] == v->set[i - 1]) {
            SCAN_ERROR(&r->sc, where, "duplicate-name",
                       "a set lists each of its elements once",
                       "'%.*s' stands twice in the set '%.60s'",
                       SHOW(aon_field_of(word[v->set[i]])), v->name);
            return false;
        }
    }
    return true;
}

static bool
read_element(aon_reader *r, aon_value *v)
{
    aon_scan *sc = &r->sc;
    aon_field f;
    long i;

    if (v->kind == AON_VAL_CONTEXT) {
        if (!aon_reader_need(r, &f, "the sign '='"))
            return false;
        if (!aon_field_is(f, "=")) {
            SCAN_ERROR(
                sc, aon_scan_at(sc, f), "syntax",
                "a context of X stands before all values; a value that is one is "
                "written: context N = C",
                "expected '=', found '%.*s'", SHOW(f));
            return false;
        }
    }
    if (!aon_reader_need(r, &f, v->kind == AON_VAL_TOKEN ? "a token" : "a context"))
        return false;
    i = v->kind == AON_VAL_TOKEN ? aon_reader_token(r, f) : aon_reader_context(r, f);
    if (i < 0)
        return false;
    v->elem = (uint32_t)i;
    return aon_reader_line_done(r);
}

/* Blocks of one line leave that line current; the caller goes on. */
static bool
read_one_line(aon_reader *r, aon_value *v, aon_span where)
{
    aon_field f;

    switch (v->kind) {
    case AON_VAL_DIM:
        return aon_reader_natural(r, &v->dim, "a natural number") &&
               aon_reader_line_done(r);
    case AON_VAL_SCALAR:
        return aon_reader_need(r, &f, "a number") && aon_reader_number(r, f) &&
               aon_reader_line_done(r) &&
               aon_reader_matrix(r, &v->a, 1, 1, false, v, where);
    case AON_VAL_QUERY:
        if (!aon_reader_tokens(r))
            return false;
        aon_value_set_query(v, r->tok, r->ntok);
        return true;
    case AON_VAL_TOKENSET:
    case AON_VAL_CONTEXTSET:
        return read_set(r, v, where);
    default:
        return read_element(r, v);
    }
}

static void
read_content(aon_reader *r, aon_value *v, aon_span where)
{
    bool good;

    r->nentry = 0;
    switch (v->kind) {
    case AON_VAL_MODEL:
        good = read_model(r, v, where);
        break;
    case AON_VAL_VECTOR:
        good = read_vector(r, v, where);
        break;
    case AON_VAL_MATRIX:
        good = read_matrix(r, v, where);
        break;
    case AON_VAL_SUBSPACE:
        good = read_subspace(r, v, where);
        break;
    default:
        good = read_one_line(r, v, where);
        aon_scan_next(&r->sc);
        good = good && expect_no_row(r, v);
        break;
    }
    if (!good) {
        if (v->line == r->sc.line)
            aon_scan_next(&r->sc);
        skip_rows(r);
    }
}

/* The kind of block the current line begins, or an error and -1. */
static int
block_kind(aon_reader *r)
{
    aon_scan *sc = &r->sc;

    for (int kind = 0; kind < AON_NUM_KINDS; kind++) {
        if (aon_field_is(sc->key, aon_val_kind_name((aon_val_kind)kind)))
            return kind;
    }
    if (is_row_key(sc->key))
        SCAN_ERROR(
            sc, aon_scan_here(sc), "syntax",
            "'f' and 'g' belong to 'model', 'row' to 'vector' and 'matrix', 'gen' "
            "to 'subspace'",
            "line '%.*s ..' outside a block", SHOW(sc->key));
    else
        SCAN_ERROR(
            sc, aon_scan_here(sc), "syntax",
            "here stands one of: dim model scalar vector matrix subspace query token "
            "context tokenset contextset end",
            "a line cannot begin with '%.*s'", SHOW(sc->key));
    return -1;
}

/* The value that the current line begins; NULL after an error. */
static aon_value *
begin_value(aon_reader *r, aon_span *where)
{
    aon_scan *sc = &r->sc;
    int kind = block_kind(r);
    aon_field name;
    aon_value *v;
    long same;

    if (kind < 0 || !aon_reader_need(r, &name, "the name of a value"))
        return NULL;
    *where = aon_scan_at(sc, name);
    if (!aon_name_valid(name.s, name.len)) {
        SCAN_ERROR(sc, *where, "syntax",
                   "a letter, then letters, digits and '_', then any number of '",
                   "'%.*s' cannot name a value", SHOW(name));
        return NULL;
    }
    same = aon_instance_find_value(r->in, name.s, name.len);
    if (same >= 0) {
        SCAN_ERROR(sc, *where, "duplicate-name", "give one of them another name",
                   "there is a value '%.*s' already, in line %zu", SHOW(name),
                   r->in->value[same].line);
        return NULL;
    }
    if (++r->count[kind] > AON_MAX_ITEMS) {
        SCAN_ERROR(sc, *where, "too-large", "leave out some",
                   "more than %d values of the kind %s", AON_MAX_ITEMS,
                   aon_val_kind_name((aon_val_kind)kind));
        return NULL;
    }
    v = aon_instance_put(r->in, name.s, name.len, (aon_val_kind)kind);
    v->line = sc->line;
    return v;
}

void
aon_reader_value(aon_reader *r)
{
    aon_span where = aon_scan_here(&r->sc);
    aon_value *v = begin_value(r, &where);

    if (v != NULL) {
        read_content(r, v, where);
    } else {
        aon_scan_next(&r->sc);
        skip_rows(r);
    }
}
