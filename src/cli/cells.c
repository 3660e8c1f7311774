/*
 * The first cell in which two log-odds tables differ, and what probabilities come of it.
 *
 * Log-odds are exact.  Probabilities are enclosed by Arb, with as many bits as it takes to
 * separate the two models; an enclosure is shown, it decides nothing.
 */
#include "cli/reports.h"

#include "base/io.h"
#include "exact/mat.h"
#include "report/report.h"

#include <string.h>

enum { FIRST_BITS = 64, MAX_BITS = 1 << 18 };

/* Log-odds of every token against the pivot: n x k. */
static void
log_odds(aon_mat *out, const aon_instance *in, const aon_value *m)
{
    aon_mat base, ones, ft;

    aon_mat_init(&base, 0, 0);
    aon_mat_init(&ft, 0, 0);
    aon_mat_init(&ones, 1, (slong)in->ntokens);
    for (slong j = 0; j < (slong)in->ntokens; j++)
        fmpz_one(fmpz_mat_entry(ones.num, 0, j));
    aon_mat_block(&base, &m->b, 0, (slong)in->base, m->dim, 1);
    aon_mat_mul(&base, &base, &ones);
    aon_mat_sub(out, &m->b, &base);
    aon_mat_transpose(&ft, &m->a);
    aon_mat_mul(out, &ft, out);
    aon_mat_clear(&ones);
    aon_mat_clear(&ft);
    aon_mat_clear(&base);
}

/* p[j] of row x: softmax of log-odds, at that precision. */
static void
probabilities(arb_ptr p, const aon_mat *odds, slong x, slong bits)
{
    const slong k = aon_mat_cols(odds);
    fmpq_t q, top;
    arb_t sum;

    fmpq_init(q);
    fmpq_init(top);
    arb_init(sum);
    for (slong j = 0; j < k; j++) {
        aon_mat_get(q, odds, x, j);
        if (j == 0 || fmpq_cmp(q, top) > 0)
            fmpq_set(top, q);
    }
    for (slong j = 0; j < k; j++) {
        aon_mat_get(q, odds, x, j);
        fmpq_sub(q, q, top);
        arb_set_fmpq(&p[j], q, bits);
        arb_exp(&p[j], &p[j], bits);
        arb_add(sum, sum, &p[j], bits);
    }
    for (slong j = 0; j < k; j++)
        arb_div(&p[j], &p[j], sum, bits);
    arb_clear(sum);
    fmpq_clear(top);
    fmpq_clear(q);
}

/* Decimal enclosures, as few digits as keep the two apart; heap (flint_free). */
static void
enclosures(char **a, char **b, const arb_t p, const arb_t q, slong bits)
{
    arb_t u, v;

    arb_init(u);
    arb_init(v);
    for (slong digits = 6;; digits *= 2) {
        *a = arb_get_str(p, digits, 0);
        *b = arb_get_str(q, digits, 0);
        if (digits > bits ||
            (arb_set_str(u, *a, bits + 64) == 0 && arb_set_str(v, *b, bits + 64) == 0 &&
             !arb_overlaps(u, v)))
            break;
        flint_free(*a);
        flint_free(*b);
    }
    arb_clear(v);
    arb_clear(u);
}

/* The token whose probabilities in row x come apart first: y, then the pivot, then any. */
static slong
separate(const aon_mat *l, const aon_mat *w, slong x, slong y, slong base, char **a,
         char **b, slong *bits_used)
{
    const slong k = aon_mat_cols(l);
    arb_ptr p = _arb_vec_init(k), q = _arb_vec_init(k);
    slong found = -1;

    for (slong bits = FIRST_BITS; bits <= MAX_BITS && found < 0; bits *= 2) {
        probabilities(p, l, x, bits);
        probabilities(q, w, x, bits);
        for (slong i = -2; i < k && found < 0; i++) {
            const slong j = i == -2 ? y : i == -1 ? base : i;

            if (!arb_overlaps(&p[j], &q[j])) {
                found = j;
                enclosures(a, b, &p[j], &q[j], bits);
                *bits_used = bits;
            }
        }
    }
    _arb_vec_clear(p, k);
    _arb_vec_clear(q, k);
    return found;
}

static void
put_member(aon_buf *out, const char *name, const char *value)
{
    aon_buf_printf(out, ",\"%s\":", name);
    aon_buf_put_json(out, value, strlen(value));
}

static void
print_cell(aon_cli *cli, const aon_instance *in, const aon_value *m, const aon_value *w,
           const aon_mat *l, const aon_mat *lw, slong x, slong y)
{
    char *a = NULL, *b = NULL;
    slong bits = 0;
    const slong j = separate(l, lw, x, y, (slong)in->base, &a, &b, &bits);
    aon_buf out, s, t;

    aon_buf_init(&out);
    aon_buf_init(&s);
    aon_buf_init(&t);
    aon_mat_print_entry(&s, l, x, y);
    aon_mat_print_entry(&t, lw, x, y);
    if (cli->json) {
        aon_buf_puts(&out, "{\"schema\":1,\"first difference\":{\"context\":");
        aon_buf_put_json(&out, in->context[x], strlen(in->context[x]));
        put_member(&out, "token", in->token[y]);
        aon_buf_puts(&out, ",\"log-odds\":[");
        aon_buf_put_json(&out, s.s, s.len);
        aon_buf_putc(&out, ',');
        aon_buf_put_json(&out, t.s, t.len);
        aon_buf_puts(&out, "]");
        if (j >= 0) {
            put_member(&out, "probability of", in->token[j]);
            aon_buf_puts(&out, ",\"enclosures\":[");
            aon_buf_put_json(&out, a, strlen(a));
            aon_buf_putc(&out, ',');
            aon_buf_put_json(&out, b, strlen(b));
            aon_buf_printf(&out, "],\"bits\":%ld", (long)bits);
        }
        aon_buf_puts(&out, "}}\n");
    } else {
        aon_buf_printf(&out,
                       "first difference: context %s, token %s\n"
                       "  log-odds against %s, exactly\n    %s  %s\n    %s  %s\n",
                       in->context[x], in->token[y], in->token[in->base], m->name, s.s,
                       w->name, t.s);
        if (j >= 0)
            aon_buf_printf(&out,
                           "  p(%s | %s), certified enclosures (%ld bits)\n    %s  %s\n"
                           "    %s  %s\n",
                           in->token[j], in->context[x], (long)bits, m->name, a,
                           w->name, b);
        else
            aon_buf_printf(&out, "  probabilities not separated at %d bits\n",
                           MAX_BITS);
    }
    aon_out(out.s, out.len);
    if (j >= 0) {
        flint_free(a);
        flint_free(b);
    }
    aon_buf_clear(&t);
    aon_buf_clear(&s);
    aon_buf_clear(&out);
}

bool
aon_cli_print_difference(aon_cli *cli, const aon_instance *in, const aon_value *m,
                         const aon_value *w)
{
    aon_mat l, lw, diff;
    bool found = false;

    aon_mat_init(&l, 0, 0);
    aon_mat_init(&lw, 0, 0);
    aon_mat_init(&diff, 0, 0);
    log_odds(&l, in, m);
    log_odds(&lw, in, w);
    aon_mat_sub(&diff, &l, &lw);
    for (slong x = 0; x < aon_mat_rows(&diff) && !found; x++)
        for (slong y = 0; y < aon_mat_cols(&diff) && !found; y++)
            if (aon_mat_sgn(&diff, x, y) != 0) {
                found = true;
                print_cell(cli, in, m, w, &l, &lw, x, y);
            }
    if (!found)
        aon_outf(cli->json ? "{\"schema\":1,\"first difference\":null}\n"
                           : "all log-odds are equal: the same distribution\n");
    aon_mat_clear(&diff);
    aon_mat_clear(&lw);
    aon_mat_clear(&l);
    return found;
}
