/*
 * Internal to report/: what LaTeX and HTML documents have in common.
 */
#ifndef AON_REPORT_CLAUSE_H
#define AON_REPORT_CLAUSE_H

#include "report/marked.h"
#include "report/paper.h"

/* As aon_report_clause, all in ASCII but that an inclusion written as such is
 * AON_MARK_WITHIN: what formulas are made of. */
void aon_clause_plain(aon_buf *out, aon_span span, size_t max);
/* The clause of a hypothesis or conclusion as a formula in a line. */
void aon_put_clause(aon_buf *out, aon_markup to, const aon_core *core,
                    const aon_claim *c);
/* "holds", "fails", "left out", "undecided"; of a hypothesis (assume) or conclusion. */
const char *aon_claim_word(const aon_decision *d, size_t i, bool assume);
/* What a hypothesis that is left out comes to here; unknown also if that takes long. */
aon_truth aon_omitted_truth(const aon_paper *p, size_t i);
/* The last part of a path. */
const char *aon_base_name(const char *path);
/* Marked text: "tokens a, b (pivot a)". */
void aon_mark_tokens(aon_buf *out, const aon_instance *in);
void aon_mark_contexts(aon_buf *out, const aon_instance *in);
/* lets.c: "u := m.g(y1) - m.g(y2)", marked, for name i if it is a `let`; else false. */
bool aon_mark_let(aon_buf *out, const aon_report_names *names, size_t i);
/* Is a value of that kind listed beside the models, and the name of set, query or
 * element values, marked. */
bool aon_is_datum(const aon_value *v);
void aon_mark_words(aon_buf *out, const aon_instance *in, const aon_value *v);

#endif
