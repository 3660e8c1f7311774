/*
 * Internal to report/: a drawing of the models of a subject, before a format is chosen.
 *
 * Lengths are thousandths of a centimetre on paper, y upwards, the origin of each panel
 * at the origin of its model.  They are rounded from exact rationals by integer
 * arithmetic.
 */
#ifndef AON_REPORT_FIGURE_H
#define AON_REPORT_FIGURE_H

#include "report/subject.h"

typedef enum {
    AON_FIG_AXIS,
    AON_FIG_TICK,
    AON_FIG_SPACE,      /* a line through the origin */
    AON_FIG_CONTEXT,    /* an arrow from the origin to f(x); a ring if it is zero */
    AON_FIG_DIFFERENCE, /* an arrow from one token to another */
    AON_FIG_VECTOR,     /* an arrow from the origin */
    AON_FIG_TOKEN,      /* a dot at g(y) */
    AON_FIG_LABEL,
    AON_FIG_KINDS
} aon_fig_kind;

typedef struct {
    aon_fig_kind kind;
    long x0, y0, x1, y1;
    int color;        /* number among those of its kind */
    const char *text; /* marked; of a label, and of what the label is placed for */
    aon_fig_kind of;  /* label: what it belongs to */
    int dx, dy;       /* label: where it lies as seen from (x0, y0): -1, 0, 1 */
} aon_fig_item;

typedef struct {
    const aon_value *model;
    aon_fig_item *item;
    size_t n, cap;
    long x0, y0, x1, y1; /* everything lies inside */
    const char *title;   /* marked */
    const char *note;    /* marked; what is not drawn, or drawn in projection; or "" */
} aon_fig_panel;

typedef struct {
    aon_fig_panel panel[AON_SUBJECT_MODELS];
    size_t n;
    bool contexts, tokens, differences, vectors,
        spaces; /* what occurs, for a caption */
} aon_figure;

/* s must outlive the figure. */
void aon_figure_init(aon_figure *f, const aon_subject *s);
void aon_figure_clear(aon_figure *f);

/* place.c: labels for the items that have a text, where they hide least. */
void aon_figure_place(aon_fig_panel *p);
/* About how wide a marked text is. */
long aon_figure_width(const char *text);

/* tikz.c, svg.c */
void aon_figure_tikz(aon_buf *out, const aon_figure *f);
/* One panel as an svg element; id: unique in the document. */
void aon_figure_svg(aon_buf *out, const aon_fig_panel *p, const char *id);
/* What the signs mean, marked text. */
void aon_figure_key(aon_buf *out, const aon_figure *f);

#endif
