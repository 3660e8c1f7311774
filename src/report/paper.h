/*
 * What goes into papers: LaTeX and HTML of decisions, instances and statements.  Pure
 * functions into a buffer.  Same input, same bytes; drawings are rounded from rationals
 * by integer arithmetic, so the bytes are the same on every machine.
 */
#ifndef AON_REPORT_PAPER_H
#define AON_REPORT_PAPER_H

#include "report/report.h"

/* One part of a document. */
typedef struct {
    const aon_core *core;       /* NULL: an instance alone */
    aon_decision *d;            /* NULL: a statement alone, or an instance alone */
    const aon_variant *variant; /* of d */
    const aon_instance *in;     /* NULL: a statement alone */
    const char *instance;       /* its name; only the last part of a path is printed */
    const aon_report_names *names; /* may be NULL */
} aon_paper;

/* Text around the parts.  standalone: a document, else to be pasted into one whose
 * preamble has \usepackage{amsmath,tikz}. */
void aon_paper_tex_begin(aon_buf *out, bool standalone);
void aon_paper_tex(aon_buf *out, const aon_paper *p);
void aon_paper_tex_end(aon_buf *out, bool standalone);

void aon_paper_html_begin(aon_buf *out, const char *title);
/* number: of the part in its document, from 1; ids are made from it. */
void aon_paper_html(aon_buf *out, const aon_paper *p, size_t number);
void aon_paper_html_end(aon_buf *out);

#endif
