/*
 * An instance as canonical text (docs/instance-format.md).
 */
#include "model/instance.h"

#include "exact/rat.h"

static const char *const kind_names[] = {[AON_VAL_DIM] = "dim",
                                         [AON_VAL_MODEL] = "model",
                                         [AON_VAL_SCALAR] = "scalar",
                                         [AON_VAL_VECTOR] = "vector",
                                         [AON_VAL_MATRIX] = "matrix",
                                         [AON_VAL_SUBSPACE] = "subspace",
                                         [AON_VAL_QUERY] = "query",
                                         [AON_VAL_TOKEN] = "token",
                                         [AON_VAL_CONTEXT] = "context",
                                         [AON_VAL_TOKENSET] = "tokenset",
                                         [AON_VAL_CONTEXTSET] = "contextset"};

const char *
aon_val_kind_name(aon_val_kind kind)
{
    AON_ASSERT((size_t)kind < sizeof kind_names / sizeof *kind_names);
    return kind_names[kind];
}

static void
put_word(aon_buf *out, const char *word)
{
    aon_buf_putc(out, ' ');
    aon_buf_puts(out, word);
}

static void
put_number(aon_buf *out, slong n)
{
    aon_buf_printf(out, " " WORD_FMT "d", n);
}

static void
put_tokens(aon_buf *out, const aon_instance *in, const uint32_t *tok, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        AON_ASSERT(tok[i] < in->ntokens);
        put_word(out, in->token[tok[i]]);
    }
}

static void
put_entry(aon_buf *out, const aon_mat *a, slong i, slong j)
{
    aon_buf_putc(out, ' ');
    aon_mat_print_entry(out, a, i, j);
}

/* Column j, or row i, as the rest of a line. */
static void
put_column(aon_buf *out, const aon_mat *a, slong j)
{
    for (slong i = 0; i < aon_mat_rows(a); i++)
        put_entry(out, a, i, j);
    aon_buf_putc(out, '\n');
}

static void
put_row(aon_buf *out, const aon_mat *a, slong i)
{
    for (slong j = 0; j < aon_mat_cols(a); j++)
        put_entry(out, a, i, j);
    aon_buf_putc(out, '\n');
}

static void
put_model(aon_buf *out, const aon_instance *in, const aon_value *v)
{
    AON_ASSERT(aon_mat_rows(&v->a) == v->dim && aon_mat_rows(&v->b) == v->dim);
    AON_ASSERT(aon_mat_cols(&v->a) == (slong)in->ncontexts);
    AON_ASSERT(aon_mat_cols(&v->b) == (slong)in->ntokens);
    put_number(out, v->dim);
    aon_buf_putc(out, '\n');
    for (size_t x = 0; x < in->ncontexts; x++) {
        aon_buf_puts(out, "f ");
        aon_buf_puts(out, in->context[x]);
        put_column(out, &v->a, (slong)x);
    }
    for (size_t y = 0; y < in->ntokens; y++) {
        aon_buf_puts(out, "g ");
        aon_buf_puts(out, in->token[y]);
        put_column(out, &v->b, (slong)y);
    }
}

static void
put_value(aon_buf *out, const aon_instance *in, const aon_value *v)
{
    aon_buf_puts(out, aon_val_kind_name(v->kind));
    put_word(out, v->name);
    switch (v->kind) {
    case AON_VAL_DIM:
        put_number(out, v->dim);
        break;
    case AON_VAL_MODEL:
        put_model(out, in, v);
        return;
    case AON_VAL_SCALAR:
        AON_ASSERT(aon_mat_rows(&v->a) == 1 && aon_mat_cols(&v->a) == 1);
        put_entry(out, &v->a, 0, 0);
        break;
    case AON_VAL_VECTOR:
        AON_ASSERT(aon_mat_cols(&v->a) == 1);
        put_number(out, aon_mat_rows(&v->a));
        aon_buf_puts(out, "\nrow");
        put_column(out, &v->a, 0);
        return;
    case AON_VAL_MATRIX:
        put_number(out, aon_mat_rows(&v->a));
        put_number(out, aon_mat_cols(&v->a));
        aon_buf_putc(out, '\n');
        for (slong i = 0; i < aon_mat_rows(&v->a); i++) {
            aon_buf_puts(out, "row");
            put_row(out, &v->a, i);
        }
        return;
    case AON_VAL_SUBSPACE:
        AON_ASSERT(aon_mat_rows(&v->a) == v->dim);
        put_number(out, v->dim);
        aon_buf_putc(out, '\n');
        for (slong j = 0; j < aon_mat_cols(&v->a); j++) {
            aon_buf_puts(out, "gen");
            put_column(out, &v->a, j);
        }
        return;
    case AON_VAL_QUERY:
        put_tokens(out, in, v->q.tok, v->q.n);
        break;
    case AON_VAL_TOKEN:
        put_tokens(out, in, &v->elem, 1);
        break;
    case AON_VAL_CONTEXT:
        AON_ASSERT(v->elem < in->ncontexts);
        aon_buf_puts(out, " =");
        put_word(out, in->context[v->elem]);
        break;
    case AON_VAL_TOKENSET:
        put_tokens(out, in, v->set, v->nset);
        break;
    case AON_VAL_CONTEXTSET:
        for (size_t i = 0; i < v->nset; i++) {
            AON_ASSERT(v->set[i] < in->ncontexts);
            put_word(out, in->context[v->set[i]]);
        }
        break;
    }
    aon_buf_putc(out, '\n');
}

void
aon_instance_print(const aon_instance *in, aon_buf *out)
{
    AON_ASSERT(in->base < in->ntokens);
    aon_buf_puts(out, "aoni 1\ntokens");
    for (size_t y = 0; y < in->ntokens; y++)
        put_word(out, in->token[y]);
    aon_buf_puts(out, "\nbase");
    put_word(out, in->token[in->base]);
    aon_buf_putc(out, '\n');
    for (size_t x = 0; x < in->ncontexts; x++) {
        aon_buf_puts(out, "context");
        put_word(out, in->context[x]);
        put_tokens(out, in, in->context_word[x].tok, in->context_word[x].n);
        aon_buf_putc(out, '\n');
    }
    for (size_t i = 0; i < in->nvalues; i++)
        put_value(out, in, &in->value[i]);
    aon_buf_puts(out, "end\n");
}
