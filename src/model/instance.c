/*
 * Building an instance and looking things up in it.  Names and sequences are in hash
 * tables from the start, so that reading a million of them stays linear.
 */
#include "model/instance_impl.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

/* ---- hash tables from 64-bit hashes to numbers ---- */

typedef struct {
    uint64_t hash;
    uint32_t number; /* plus one; 0: free */
} slot;

typedef struct {
    slot *slots;
    size_t size, used; /* size is 0 or a power of two, at most half used */
} table;

struct aon_instance_index {
    table tokens, contexts, values, sequences;
    uint64_t *sequence_hash; /* of each context word: a query continues from there */
    size_t cap_tokens, cap_contexts, cap_words, cap_hashes, cap_values;
};

static uint64_t
mix(uint64_t h, uint64_t x)
{
    h = (h ^ x) * UINT64_C(0x9e3779b97f4a7c15);
    h ^= h >> 32;
    h *= UINT64_C(0xd6e8feb86659fd93);
    return h ^ (h >> 29);
}

static uint64_t
hash_bytes(const char *s, size_t len)
{
    uint64_t h = mix(len, 1);

    for (; len >= 8; s += 8, len -= 8) {
        uint64_t x;

        memcpy(&x, s, 8);
        h = mix(h, x);
    }
    if (len > 0) {
        uint64_t x = 0;

        memcpy(&x, s, len);
        h = mix(h, x);
    }
    return h;
}

/* Hash of a sequence that begins with one of hash h; 0 is that of the empty one. */
static uint64_t
hash_tokens(uint64_t h, const uint32_t *tok, size_t n)
{
    for (size_t i = 0; i < n; i++)
        h = mix(h + 1, tok[i]);
    return h;
}

static void
place(table *t, uint64_t hash, uint32_t number)
{
    size_t i = (size_t)hash & (t->size - 1);

    while (t->slots[i].number != 0)
        i = (i + 1) & (t->size - 1);
    t->slots[i].hash = hash;
    t->slots[i].number = number;
    t->used++;
}

static void
insert(table *t, uint64_t hash, size_t number)
{
    AON_ASSERT(number < UINT32_MAX);
    if (2 * (t->used + 1) > t->size) {
        table bigger = {NULL, t->size > 0 ? 2 * t->size : 16, 0};

        bigger.slots = aon_xcalloc(bigger.size, sizeof(slot));
        for (size_t i = 0; i < t->size; i++) {
            if (t->slots[i].number != 0)
                place(&bigger, t->slots[i].hash, t->slots[i].number);
        }
        free(t->slots);
        *t = bigger;
    }
    place(t, hash, (uint32_t)number + 1);
}

/*
 * The numbers entered under a hash, one after the other; *at starts as (size_t)-1.
 * Returns -1 after the last.
 */
static long
probe(const table *t, uint64_t hash, size_t *at)
{
    if (t->size == 0)
        return -1;
    *at = *at == (size_t)-1 ? (size_t)hash : *at + 1;
    for (*at &= t->size - 1; t->slots[*at].number != 0;
         *at = (*at + 1) & (t->size - 1)) {
        if (t->slots[*at].hash == hash)
            return (long)t->slots[*at].number - 1;
    }
    return -1;
}

static void
table_reset(table *t)
{
    free(t->slots);
    memset(t, 0, sizeof *t);
}

/* ---- names ---- */

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool
aon_name_valid(const char *s, size_t len)
{
    size_t i = 1;

    if (len == 0 || !is_letter(s[0]))
        return false;
    while (i < len && (is_letter(s[i]) || (s[i] >= '0' && s[i] <= '9') || s[i] == '_'))
        i++;
    while (i < len && s[i] == '\'')
        i++;
    return i == len;
}

bool
aon_word_valid(const char *s, size_t len)
{
    if (len == 0 || s[0] == '#')
        return false;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];

        if (c <= ' ' || c == 0x7f)
            return false;
    }
    return true;
}

static bool
same_text(const char *s, const char *word, size_t len)
{
    return strncmp(s, word, len) == 0 && s[len] == '\0';
}

long
aon_instance_token(const aon_instance *in, const char *word, size_t len)
{
    size_t at = (size_t)-1;
    uint64_t hash = hash_bytes(word, len);
    long i;

    while ((i = probe(&in->index->tokens, hash, &at)) >= 0) {
        if (same_text(in->token[i], word, len))
            break;
    }
    return i;
}

long
aon_instance_context(const aon_instance *in, const char *word, size_t len)
{
    size_t at = (size_t)-1;
    uint64_t hash = hash_bytes(word, len);
    long i;

    while ((i = probe(&in->index->contexts, hash, &at)) >= 0) {
        if (same_text(in->context[i], word, len))
            break;
    }
    return i;
}

long
aon_instance_find_value(const aon_instance *in, const char *name, size_t len)
{
    size_t at = (size_t)-1;
    uint64_t hash = hash_bytes(name, len);
    long i;

    while ((i = probe(&in->index->values, hash, &at)) >= 0) {
        if (same_text(in->value[i].name, name, len))
            break;
    }
    return i;
}

const aon_value *
aon_instance_find(const aon_instance *in, const char *name)
{
    long i = aon_instance_find_value(in, name, strlen(name));

    return i < 0 ? NULL : &in->value[i];
}

/* ---- sequences ---- */

static bool
same_tokens(const uint32_t *a, const uint32_t *b, size_t n)
{
    return n == 0 || memcmp(a, b, n * sizeof *a) == 0;
}

/* The context that is head followed by tail; hash is that of the whole. */
static long
find_sequence(const aon_instance *in, uint64_t hash, const uint32_t *head, size_t nhead,
              const uint32_t *tail, size_t ntail)
{
    size_t at = (size_t)-1;
    long i;

    while ((i = probe(&in->index->sequences, hash, &at)) >= 0) {
        const aon_word *w = &in->context_word[i];

        if (w->n == nhead + ntail && same_tokens(w->tok, head, nhead) &&
            (ntail == 0 || same_tokens(w->tok + nhead, tail, ntail)))
            break;
    }
    return i;
}

long
aon_instance_sequence(const aon_instance *in, const uint32_t *tok, size_t n)
{
    return find_sequence(in, hash_tokens(0, tok, n), tok, n, NULL, 0);
}

long
aon_instance_concat(const aon_instance *in, uint32_t x, const aon_word *q)
{
    const aon_word *w;

    AON_ASSERT(x < in->ncontexts);
    w = &in->context_word[x];
    return find_sequence(in, hash_tokens(in->index->sequence_hash[x], q->tok, q->n),
                         w->tok, w->n, q->tok, q->n);
}

/* ---- building ---- */

aon_instance *
aon_instance_new(void)
{
    aon_instance *in = aon_xcalloc(1, sizeof *in);

    in->index = aon_xcalloc(1, sizeof *in->index);
    return in;
}

void
aon_instance_free(aon_instance *in)
{
    if (in == NULL)
        return;
    for (size_t i = 0; i < in->ntokens; i++)
        free(in->token[i]);
    for (size_t i = 0; i < in->ncontexts; i++) {
        free(in->context[i]);
        free(in->context_word[i].tok);
    }
    for (size_t i = 0; i < in->nvalues; i++) {
        aon_value *v = &in->value[i];

        free(v->name);
        free(v->q.tok);
        free(v->set);
        aon_mat_clear(&v->a);
        aon_mat_clear(&v->b);
    }
    free(in->token);
    free(in->context);
    free(in->context_word);
    free(in->value);
    table_reset(&in->index->tokens);
    table_reset(&in->index->contexts);
    table_reset(&in->index->values);
    table_reset(&in->index->sequences);
    free(in->index->sequence_hash);
    free(in->index);
    free(in);
}

static char *
copy_text(const char *s, size_t len)
{
    char *t = aon_xmalloc(len + 1);

    if (len > 0)
        memcpy(t, s, len);
    t[len] = '\0';
    return t;
}

static aon_word
copy_word(const uint32_t *tok, size_t n)
{
    aon_word w = {NULL, n};

    AON_ASSERT(n <= SIZE_MAX / sizeof *tok);
    w.tok = aon_xmalloc(n * sizeof *tok);
    if (n > 0)
        memcpy(w.tok, tok, n * sizeof *tok);
    return w;
}

void
aon_instance_put_token(aon_instance *in, const char *word, size_t len)
{
    struct aon_instance_index *ix = in->index;

    AON_ASSERT(aon_word_valid(word, len) && !same_text("=", word, len));
    AON_ASSERT(aon_instance_token(in, word, len) < 0);
    in->token =
        aon_grow(in->token, &ix->cap_tokens, in->ntokens + 1, sizeof *in->token);
    insert(&ix->tokens, hash_bytes(word, len), in->ntokens);
    in->token[in->ntokens++] = copy_text(word, len);
}

void
aon_instance_add_token(aon_instance *in, const char *word)
{
    aon_instance_put_token(in, word, strlen(word));
}

void
aon_instance_put_context(aon_instance *in, const char *name, size_t len,
                         const uint32_t *tok, size_t n)
{
    struct aon_instance_index *ix = in->index;
    size_t i = in->ncontexts;
    uint64_t hash = hash_tokens(0, tok, n);

    AON_ASSERT(aon_word_valid(name, len) && aon_instance_context(in, name, len) < 0);
    for (size_t j = 0; j < n; j++)
        AON_ASSERT(tok[j] < in->ntokens);
    AON_ASSERT(aon_instance_sequence(in, tok, n) < 0);

    in->context = aon_grow(in->context, &ix->cap_contexts, i + 1, sizeof *in->context);
    in->context_word =
        aon_grow(in->context_word, &ix->cap_words, i + 1, sizeof *in->context_word);
    ix->sequence_hash =
        aon_grow(ix->sequence_hash, &ix->cap_hashes, i + 1, sizeof *ix->sequence_hash);
    insert(&ix->contexts, hash_bytes(name, len), i);
    insert(&ix->sequences, hash, i);
    ix->sequence_hash[i] = hash;
    in->context[i] = copy_text(name, len);
    in->context_word[i] = copy_word(tok, n);
    in->ncontexts++;
}

void
aon_instance_add_context(aon_instance *in, const char *name, const uint32_t *tok,
                         size_t n)
{
    aon_instance_put_context(in, name, strlen(name), tok, n);
}

aon_value *
aon_instance_put(aon_instance *in, const char *name, size_t len, aon_val_kind kind)
{
    struct aon_instance_index *ix = in->index;
    aon_value *v;

    AON_ASSERT(aon_name_valid(name, len) && aon_instance_find_value(in, name, len) < 0);
    in->value =
        aon_grow(in->value, &ix->cap_values, in->nvalues + 1, sizeof *in->value);
    insert(&ix->values, hash_bytes(name, len), in->nvalues);
    v = &in->value[in->nvalues++];
    memset(v, 0, sizeof *v);
    v->name = copy_text(name, len);
    v->kind = kind;
    aon_mat_init(&v->a, 0, 0);
    aon_mat_init(&v->b, 0, 0);
    return v;
}

aon_value *
aon_instance_add(aon_instance *in, const char *name, aon_val_kind kind)
{
    return aon_instance_put(in, name, strlen(name), kind);
}

void
aon_value_set_query(aon_value *v, const uint32_t *tok, size_t n)
{
    free(v->q.tok);
    v->q = copy_word(tok, n);
}

void
aon_instance_index(aon_instance *in)
{
    struct aon_instance_index *ix = in->index;

    table_reset(&ix->tokens);
    table_reset(&ix->contexts);
    table_reset(&ix->values);
    table_reset(&ix->sequences);
    ix->sequence_hash = aon_grow(ix->sequence_hash, &ix->cap_hashes, in->ncontexts + 1,
                                 sizeof *ix->sequence_hash);
    for (size_t i = 0; i < in->ntokens; i++)
        insert(&ix->tokens, hash_bytes(in->token[i], strlen(in->token[i])), i);
    for (size_t i = 0; i < in->ncontexts; i++) {
        const aon_word *w = &in->context_word[i];

        insert(&ix->contexts, hash_bytes(in->context[i], strlen(in->context[i])), i);
        ix->sequence_hash[i] = hash_tokens(0, w->tok, w->n);
        insert(&ix->sequences, ix->sequence_hash[i], i);
    }
    for (size_t i = 0; i < in->nvalues; i++)
        insert(&ix->values, hash_bytes(in->value[i].name, strlen(in->value[i].name)),
               i);
}
