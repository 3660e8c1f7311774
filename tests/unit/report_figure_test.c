/* Drawings of small instances: where things lie, and that labels do not hide each other. */
#include "report/figure.h"
#include "unit/t.h"

typedef struct {
    aon_instance *in;
    aon_paper paper;
    aon_subject subject;
    aon_figure figure;
} drawing;

static void
draw(drawing *d, const char *text)
{
    AON_ASSERT(aon_instance_read(&d->in, "test", text, strlen(text), NULL) == AON_OK);
    memset(&d->paper, 0, sizeof d->paper);
    d->paper.in = d->in;
    aon_subject_init(&d->subject, &d->paper);
    aon_figure_init(&d->figure, &d->subject);
}

static void
drop(drawing *d)
{
    aon_figure_clear(&d->figure);
    aon_subject_clear(&d->subject);
    aon_instance_free(d->in);
}

/* The i-th item of a kind. */
static const aon_fig_item *
item(const aon_fig_panel *p, aon_fig_kind kind, size_t i)
{
    for (size_t k = 0; k < p->n; k++)
        if (p->item[k].kind == kind && i-- == 0)
            return &p->item[k];
    return NULL;
}

static size_t
count(const aon_fig_panel *p, aon_fig_kind kind)
{
    size_t n = 0;

    for (size_t k = 0; k < p->n; k++)
        n += p->item[k].kind == kind;
    return n;
}

TEST(a_plane_is_drawn_to_scale)
{
    drawing d;
    const aon_fig_panel *p;
    const aon_fig_item *b, *c, *x;

    draw(&d, "aoni 1\ntokens a b c\nbase a\ncontext x a\nmodel m 2\nf x -1 1/2\n"
             "g a 0 0\ng b 1 0\ng c 1 1\nend\n");
    T_REQUIRE(d.figure.n == 1);
    p = &d.figure.panel[0];
    T_EQ_INT(count(p, AON_FIG_TOKEN), 3);
    b = item(p, AON_FIG_TOKEN, 1);
    c = item(p, AON_FIG_TOKEN, 2);
    x = item(p, AON_FIG_CONTEXT, 0);
    T_REQUIRE(b != NULL && c != NULL && x != NULL);
    T_CHECK(b->x1 > 1000);
    T_EQ_INT(b->y1, 0);
    T_EQ_INT(c->x1, b->x1);
    T_EQ_INT(c->y1, b->x1);
    T_EQ_INT(x->x0, 0);
    T_EQ_INT(x->x1, -b->x1);
    T_EQ_INT(x->y1 * 2, b->x1);
    drop(&d);
}

TEST(the_same_place_is_labelled_once)
{
    drawing d;

    draw(&d,
         "aoni 1\ntokens a b c\nbase a\nmodel m 2\ng a 0 0\ng b 1 2\ng c 1 2\nend\n");
    T_EQ_INT(count(&d.figure.panel[0], AON_FIG_TOKEN), 2);
    T_EQ_STR(item(&d.figure.panel[0], AON_FIG_TOKEN, 1)->text, "\1b\2, \1c\2");
    drop(&d);
}

TEST(subspaces_are_lines_through_the_origin)
{
    drawing d;
    const aon_fig_panel *p;
    const aon_fig_item *s;

    draw(&d, "aoni 1\ntokens a b\nbase a\nmodel m 2\ng a 0 0\ng b 4 4\n"
             "subspace S 2\ngen 1 2\nsubspace T 2\nsubspace U 2\ngen 2 4\n"
             "subspace V 2\ngen 1 0\ngen 0 1\nend\n");
    p = &d.figure.panel[0];
    T_EQ_INT(count(p, AON_FIG_SPACE), 1);
    s = item(p, AON_FIG_SPACE, 0);
    T_REQUIRE(s != NULL);
    T_CHECK(s->y1 > 0 && s->x1 > 0 && labs(s->y1 - 2 * s->x1) <= 2);
    T_CHECK(s->y0 < 0 && s->x0 < 0 && labs(s->y0 - 2 * s->x0) <= 2);
    T_EQ_STR(s->text, "\3S\4, \3U\4");
    T_EQ_STR(p->note, "\3T\4 is zero; \3V\4 is everything");
    drop(&d);
}

TEST(coordinates_are_chosen_so_that_the_vectors_differ)
{
    drawing d;
    const aon_fig_item *v;

    draw(&d, "aoni 1\ntokens a b\nbase a\nmodel m 4\ng a 0 0 0 0\ng b 1 1 0 1\n"
             "vector u 4\nrow 1 1 0 0\nvector v 4\nrow 2 2 0 3\nend\n");
    T_REQUIRE(strstr(d.figure.panel[0].note, "coordinates 1 and 4 of 4") != NULL);
    T_EQ_INT(count(&d.figure.panel[0], AON_FIG_VECTOR), 2);
    v = item(&d.figure.panel[0], AON_FIG_VECTOR, 1);
    T_CHECK(labs(v->x1 * 3 - v->y1 * 2) <= 5);
    drop(&d);
}

TEST(two_panels_share_a_scale_unless_one_is_much_larger)
{
    drawing d;
    const char *const text = "aoni 1\ntokens a b\nbase a\nmodel m 1\ng a 0\ng b "
                             "1\nmodel m' 1\ng a 0\ng b %s\n"
                             "end\n";
    char buf[200];

    snprintf(buf, sizeof buf, text, "2");
    draw(&d, buf);
    T_EQ_INT(2 * item(&d.figure.panel[0], AON_FIG_TOKEN, 1)->x1,
             item(&d.figure.panel[1], AON_FIG_TOKEN, 1)->x1);
    drop(&d);
    snprintf(buf, sizeof buf, text, "1000");
    draw(&d, buf);
    T_EQ_INT(item(&d.figure.panel[0], AON_FIG_TOKEN, 1)->x1,
             item(&d.figure.panel[1], AON_FIG_TOKEN, 1)->x1);
    drop(&d);
}

TEST(embeddings_of_another_size_have_a_scale_of_their_own)
{
    static const struct {
        const char *f, *note;
        long numerator, denominator; /* of f as drawn, in units of g */
    } row[] = {{"5", "", 5, 1},
               {"6", "embeddings are drawn 5 times smaller", 6, 5},
               {"-999", "embeddings are drawn 500 times smaller", -999, 500},
               {"1000", "embeddings are drawn 1000 times smaller", 1, 1},
               {"1/7", "embeddings are drawn 5 times larger", 5, 7}};

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        char text[200];
        drawing d;
        long one, f;

        snprintf(text, sizeof text,
                 "aoni 1\ntokens a b\nbase a\ncontext x a\nmodel m 2\nf x %s 0\n"
                 "g a 0 0\ng b 0 1\nend\n",
                 row[i].f);
        draw(&d, text);
        T_EQ_STR(d.figure.panel[0].note, row[i].note);
        one = item(&d.figure.panel[0], AON_FIG_TOKEN, 1)->y1;
        f = item(&d.figure.panel[0], AON_FIG_CONTEXT, 0)->x1;
        T_CHECK(labs(f * row[i].denominator - one * row[i].numerator) <=
                labs(row[i].numerator) + row[i].denominator);
        drop(&d);
    }
}

TEST(degenerate_and_enormous_instances_are_drawn)
{
    static const char *const text[] = {
        "aoni 1\ntokens a\nbase a\nmodel m 0\ng a\nmodel m' 1\ng a 0\nend\n",
        "aoni 1\ntokens a b\nbase a\nmodel m 2\ng a 0 0\ng b 0 0\nend\n",
        "aoni 1\ntokens a\nbase a\nend\n",
    };
    drawing d;
    aon_buf out;

    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        draw(&d, text[i]);
        T_CHECK(d.figure.n == d.subject.nmodels);
        drop(&d);
    }
    aon_buf_init(&out);
    for (int small = 0; small < 2; small++) { /* 10^2000 and 10^-2000 */
        aon_buf_reset(&out);
        aon_buf_puts(&out, "aoni 1\ntokens a b\nbase a\ncontext x a\nmodel m 2\n"
                           "f x 1 1\ng a 0 0\ng b ");
        aon_buf_puts(&out, small ? "1/1" : "1");
        for (int i = 0; i < 2000; i++)
            aon_buf_putc(&out, '0');
        aon_buf_puts(&out, " 0\nend\n");
        draw(&d, out.s);
        T_CHECK(item(&d.figure.panel[0], AON_FIG_TOKEN, 1)->x1 > 500);
        T_CHECK(d.figure.panel[0].x1 - d.figure.panel[0].x0 < 10000);
        drop(&d);
    }
    aon_buf_clear(&out);
}

/* Labels of few, distinct points never lie on each other; random ones seldom do. */
TEST(labels_keep_apart)
{
    unsigned long hidden = 0, labels = 0;

    T_FOR (200) {
        drawing d;
        aon_buf text;
        const aon_fig_panel *p;

        aon_buf_init(&text);
        aon_buf_puts(&text, "aoni 1\ntokens a b c e\nbase a\ncontext x a\ncontext y b\n"
                            "model m 2\n");
        for (int i = 0; i < 6; i++) {
            static const char *const row[] = {"f x", "f y", "g a", "g b", "g c", "g e"};

            aon_buf_printf(&text, "%s %d %d\n", row[i], (int)t_below(7) - 3,
                           (int)t_below(7) - 3);
        }
        aon_buf_puts(&text, "end\n");
        draw(&d, text.s);
        p = &d.figure.panel[0];
        for (size_t i = 0; i < p->n; i++)
            for (size_t k = 0; k < i; k++) {
                const aon_fig_item *a = &p->item[i], *b = &p->item[k];

                if (a->kind != AON_FIG_LABEL || b->kind != AON_FIG_LABEL)
                    continue;
                labels++;
                hidden += a->x0 == b->x0 && a->y0 == b->y0 && a->dx == b->dx &&
                          a->dy == b->dy;
            }
        drop(&d);
        aon_buf_clear(&text);
    }
    T_CHECK(labels > 1000);
    T_EQ_INT(hidden, 0);
}

TEST(widths_count_what_is_seen)
{
    T_CHECK(aon_figure_width("\1ab\2") == aon_figure_width("\1<&\2"));
    T_CHECK(aon_figure_width("\3Gam'\4") < aon_figure_width("\1Gam'\2"));
    T_CHECK(aon_figure_width("\1abc\2") > aon_figure_width("\1ab\2"));
}
