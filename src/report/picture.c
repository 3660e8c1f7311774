/*
 * A small text picture: where the tokens' unembeddings lie in each model.
 */
#include "report/report.h"

#include "base/utf8.h"

#include <string.h>

enum {
    HALF_WIDTH = 14,
    HALF_HEIGHT = 4,
    WIDTH = 2 * HALF_WIDTH + 1,
    HEIGHT = 2 * HALF_HEIGHT + 1,
    ROOM = WIDTH + 6, /* for labels at the edge */
    MAX_MODELS = 2
};

typedef struct {
    aon_text cell[HEIGHT][ROOM]; /* a character each */
} panel;

/* v * half / top, rounded to the nearest; top > 0. */
static slong
place(const fmpq_t v, const fmpq_t top, slong half)
{
    fmpq_t q, r;
    fmpz_t f;
    slong at;

    fmpq_init(q);
    fmpq_init(r);
    fmpz_init(f);
    fmpq_set_si(q, half, 1);
    fmpq_mul(q, q, v);
    fmpq_div(q, q, top);
    fmpq_set_si(r, 1, 2);
    fmpq_add(q, q, r);
    fmpz_fdiv_q(f, fmpq_numref(q), fmpq_denref(q));
    at = fmpz_get_si(f);
    fmpz_clear(f);
    fmpq_clear(r);
    fmpq_clear(q);
    return at;
}

/* The largest absolute entry, at least 1. */
static void
largest(fmpq_t top, const aon_mat *a)
{
    fmpq_t q;

    fmpq_init(q);
    fmpq_one(top);
    for (slong i = 0; i < aon_mat_rows(a); i++)
        for (slong j = 0; j < aon_mat_cols(a); j++) {
            aon_mat_get(q, a, i, j);
            fmpq_abs(q, q);
            if (fmpq_cmp(q, top) > 0)
                fmpq_set(top, q);
        }
    fmpq_clear(q);
}

static void
put_label(panel *p, slong row, slong col, const char *name)
{
    const size_t n = aon_utf8_decode(name, strlen(name), NULL);

    while (col + 1 < ROOM && strchr(" -|+", p->cell[row][col].s[0]) == NULL)
        col++; /* after what is there already */
    p->cell[row][col] = (aon_text){name, n > 0 ? n : 1};
}

static void
draw(panel *p, const aon_value *m, const aon_instance *in)
{
    fmpq_t top, x, y;

    for (slong r = 0; r < HEIGHT; r++)
        for (slong c = 0; c < ROOM; c++) {
            const bool across = r == HALF_HEIGHT && c < WIDTH;
            const bool up = c == HALF_WIDTH && m->dim == 2;

            p->cell[r][c] = (aon_text){across && c == HALF_WIDTH ? "+"
                                       : across                  ? "-"
                                       : up                      ? "|"
                                                                 : " ",
                                       1};
        }
    fmpq_init(top);
    fmpq_init(x);
    fmpq_init(y);
    largest(top, &m->b);
    for (size_t k = 0; k < in->ntokens; k++) {
        aon_mat_get(x, &m->b, 0, (slong)k);
        fmpq_zero(y);
        if (m->dim == 2)
            aon_mat_get(y, &m->b, 1, (slong)k);
        put_label(p, HALF_HEIGHT - place(y, top, HALF_HEIGHT),
                  HALF_WIDTH + place(x, top, HALF_WIDTH), in->token[k]);
    }
    fmpq_clear(y);
    fmpq_clear(x);
    fmpq_clear(top);
}

void
aon_report_picture(aon_buf *out, const aon_instance *in)
{
    panel p[MAX_MODELS];
    const aon_value *m[MAX_MODELS];
    size_t n = 0;

    for (size_t i = 0; i < in->nvalues && n < MAX_MODELS; i++)
        if (in->value[i].kind == AON_VAL_MODEL && in->value[i].dim >= 1 &&
            in->value[i].dim <= 2)
            m[n++] = &in->value[i];
    for (size_t i = 0; i < n; i++)
        draw(&p[i], m[i], in);
    for (slong r = 0; r < HEIGHT && n > 0; r++) {
        size_t len;

        aon_buf_puts(out, "    ");
        for (size_t i = 0; i < n; i++) {
            if (i > 0)
                aon_buf_puts(out, "   ");
            for (slong c = 0; c < ROOM; c++)
                aon_buf_put(out, p[i].cell[r][c].s, p[i].cell[r][c].len);
        }
        len = out->len;
        while (len > 0 && out->s[len - 1] == ' ')
            len--;
        out->len = len;
        out->s[len] = '\0';
        aon_buf_putc(out, '\n');
    }
    for (size_t i = 0; i < n; i++) {
        const int width = ROOM + 3;
        aon_buf title;

        aon_buf_init(&title);
        aon_buf_printf(&title, "tokens in %s", m[i]->name);
        if (i + 1 < n)
            aon_buf_printf(out, "    %-*s", width, title.s);
        else
            aon_buf_printf(out, "%s%s\n", n == 1 ? "    " : "", title.s);
        aon_buf_clear(&title);
    }
}
