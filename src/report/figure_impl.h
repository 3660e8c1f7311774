/*
 * Internal to the drawing of figures: a panel being drawn, and its parts.
 */
#ifndef AON_REPORT_FIGURE_IMPL_H
#define AON_REPORT_FIGURE_IMPL_H

#include "report/figure.h"

#include "report/marked.h"

enum {
    AON_FIG_POINTS = 16, /* tokens, contexts */
    AON_FIG_PAD = 600,   /* around what is drawn */
    AON_FIG_GAP = 380    /* one dimension: between two arrows */
};

typedef struct {
    const aon_subject *s;
    size_t number;
    const aon_value *m;
    aon_fig_panel *p;
    slong coord[2]; /* which coordinates are drawn; -1: none */
    fmpq_t lo[2], hi[2], scale;
    aon_mat f;   /* the embeddings, made larger or smaller if that is needed */
    bool scaled; /* they are */
    aon_buf note;
} aon_fig_pen;

/* figure_scale.c */
aon_fig_item *aon_fig_add(aon_fig_panel *p, aon_fig_kind kind, long x0, long y0,
                          long x1, long y1);
const char *aon_fig_keep(const aon_fig_pen *w, const aon_buf *text);
/* v * scale, rounded to the nearest integer, halves up. */
long aon_fig_length(const aon_fig_pen *w, const fmpq_t v);
/* Of a column on one axis (0, 1). */
long aon_fig_coordinate(const aon_fig_pen *w, const aon_mat *a, slong column, int axis);
/* Does the object lie in the space of this panel's model? */
bool aon_fig_mine(const aon_fig_pen *w, const aon_object *o);
slong aon_fig_drawn(size_t n); /* how many of n points */
void aon_fig_choose_coordinates(aon_fig_pen *w);
/* Embeddings much larger or smaller than the unembeddings are drawn on a scale of their
 * own, and a note says so. */
void aon_fig_choose_embedding(aon_fig_pen *w);
void aon_fig_choose_scale(aon_fig_pen *w);
/* From lo to hi along one axis; the one next to the origin says how long it is. */
void aon_fig_ticks(aon_fig_pen *w, int axis, long lo, long hi, long height);

/* figure_points.c */
void aon_fig_contexts(aon_fig_pen *w, long height);
void aon_fig_tokens(aon_fig_pen *w);
/* A note on what cannot be drawn. */
void aon_fig_say(aon_fig_pen *w, const aon_object *o, const char *text);
/* Gives the last item the name of o and the next number, or drops it, if the same is
 * there already, and adds the name to that. */
void aon_fig_name(aon_fig_pen *w, aon_fig_item *i, const aon_object *o, int *number);
/* In one dimension every arrow has a line of its own, above `below` others; how many. */
int aon_fig_arrows(aon_fig_pen *w, aon_object_kind kind, int below);

/* figure_space.c */
void aon_fig_space(aon_fig_pen *w, const aon_object *o, int *number);

#endif
