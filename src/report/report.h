/*
 * What was decided, as text: pure functions into a buffer.  Same verdict, same bytes: no
 * dates, no paths, no locale.  One file per format.
 */
#ifndef AON_REPORT_REPORT_H
#define AON_REPORT_REPORT_H

#include "base/buf.h"
#include "decide/eval.h"

/* values.c */
/* One column as "(1, -1/2)"; any other small matrix as "[1, 0; 0, 1]"; a large one, by
 * its shape. */
void aon_report_value(aon_buf *out, const aon_mat *a);
/* "(1, 0)" of column j. */
void aon_report_column(aon_buf *out, const aon_mat *a, slong j);
/* The rows, one per line, entries separated by one space. */
void aon_report_rows(aon_buf *out, const aon_mat *a, const char *indent);
/* Columns of a basis: "{(1, 0), (0, 1)}". */
void aon_report_basis(aon_buf *out, const aon_mat *a);
/* [["1","-1/2"],..] row by row. */
void aon_report_json_mat(aon_buf *out, const aon_mat *a);

/* names.c: texts to write instead of terms, such as "M(m)" for what a library reports
 * under the label M.  The cores are terms over the givens of the statement. */
typedef struct {
    struct {
        aon_core *core;
        const char *text;
    } * name;
    size_t n;
} aon_report_names;

/* The text for a node, or NULL. */
const char *aon_report_name_of(const aon_report_names *names, const aon_core *core,
                               aon_ref node);

/* term.c: a node in the notation of the language, bound variables as the elements that
 * they stand for; parts that would exceed `max` characters are "..".  names may be NULL. */
void aon_report_term(aon_buf *out, aon_eval *ev, const aon_report_names *names,
                     aon_ref node, size_t max);
/* variable.c: the name that a binder's variable has in such text: none of a given, of
 * `names`, or of a token or context of the instance.  The same of an AON_VAR, AON_UNK, AON_VEC. */
void aon_report_variable(aon_buf *out, const aon_eval *ev,
                         const aon_report_names *names, const aon_node *binder);
void aon_report_bound(aon_buf *out, const aon_eval *ev, const aon_report_names *names,
                      const aon_node *variable);

/* why_text.c */
/* Indented lines: what every hypothesis and conclusion came to; of a false conclusion
 * (or hypothesis, if not applicable) the values that show it.  Bounded in length.
 * Uses the environment of d: one call at a time for one decision. */
void aon_report_why(aon_buf *out, aon_decision *d, const aon_core *core,
                    const aon_report_names *names);
/* verdict.c */
/* "violated: transfer", "not applicable (h1, h3)", "undecided: reason", "holds" */
void aon_report_verdict(aon_buf *out, const aon_decision *d, const aon_core *core);
/* "--drop EL.e3 --weaken inN" as in an expect line: "drop EL.e3 and weaken inN"; "" */
void aon_report_variant(aon_buf *out, const aon_variant *v);

/* table.c: rows of cells, columns aligned by code points. */
typedef struct aon_report_table aon_report_table;
aon_report_table *aon_report_table_new(size_t columns);
void aon_report_table_free(aon_report_table *t);
void aon_report_table_add(aon_report_table *t, const char *const *cell); /* copied */
void aon_report_table_print(aon_buf *out, const aon_report_table *t,
                            const char *indent);

/* json.c: one object without the line end. */
void aon_report_json_decision(aon_buf *out, aon_decision *d, const aon_core *core,
                              const aon_variant *v, const char *instance,
                              const aon_report_names *names);

/* picture.c: difference vectors of tokens in each model of dimension up to 2, as text. */
void aon_report_picture(aon_buf *out, const aon_instance *in);

/* statement.c */
/* "model(d)", "token", .. */
void aon_report_type(aon_buf *out, const aon_type *t);
/* A clause on one line: white space pressed, comments left out, cut at max characters. */
void aon_report_clause(aon_buf *out, aon_span span, size_t max);
void aon_report_statement(aon_buf *out, const aon_core *core);
/* tables.c: an instance as tables. */
void aon_report_instance(aon_buf *out, const aon_instance *in);
/* expect.c: an expect item without the word; the part after the variant. */
void aon_report_expect(aon_buf *out, const aon_expect *e);
void aon_report_outcome(aon_buf *out, const aon_expect *e);

#endif
