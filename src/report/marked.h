/*
 * Internal to report/: text in which words of the instance and formulas are marked, so
 * that every format can write them its own way.  Neither words nor formulas contain
 * control characters (docs/instance-format.md), so these can stand for themselves.
 */
#ifndef AON_REPORT_MARKED_H
#define AON_REPORT_MARKED_H

#include "report/report.h"

typedef enum { AON_TEX, AON_HTML } aon_markup;

enum {
    AON_MARK_WORD = 1,     /* a token or context of the instance .. */
    AON_MARK_WORD_END = 2, /* .. to here */
    AON_MARK_MATH = 3,     /* a term or formula in the language .. */
    AON_MARK_MATH_END = 4,
    AON_MARK_WITHIN = 5 /* `<=` between subspaces */
};

/* escape.c: text in which every character stands for itself.  Characters that a format
 * cannot show, or that change how others are shown, are written as [U+202E]. */
void aon_put_text(aon_buf *out, aon_markup to, const char *s, size_t len);

/* mathtext.c: a term, formula or value in the language, as mathematics; inside a formula.
 * subspaces: a plain `<=` compares subspaces. */
void aon_put_formula(aon_buf *out, aon_markup to, const char *s, size_t len,
                     bool subspaces);
/* The same as a formula in a line. */
void aon_put_math(aon_buf *out, aon_markup to, const char *s, size_t len);
/* mathname.c: an identifier: Gamq' is \Gamma_{q}', inN is \mathrm{inN}. */
void aon_put_name(aon_buf *out, aon_markup to, const char *s, size_t len);
/* What the embedding ('f') or unembedding ('g') of a model is called: f' of m', f_w of w. */
void aon_put_embedding(aon_buf *out, aon_markup to, char letter, const char *model);

/* marked.c: marked text in a format; the marks left out. */
void aon_put_marked(aon_buf *out, aon_markup to, const char *s, size_t len);
void aon_put_unmarked(aon_buf *out, const char *s, size_t len);
/* term.c: as aon_report_term, its words marked; the marks of the formula are the caller's. */
void aon_report_marked_term(aon_buf *out, aon_eval *ev, const aon_report_names *names,
                            aon_ref node, size_t max);
/* A word, a formula with its marks. */
void aon_mark_word(aon_buf *out, const char *word);
void aon_mark_math(aon_buf *out, const char *math);

#endif
