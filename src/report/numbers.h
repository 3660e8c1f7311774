/*
 * Internal to report/: matrices in documents.
 */
#ifndef AON_REPORT_NUMBERS_H
#define AON_REPORT_NUMBERS_H

#include "report/marked.h"

/* Is it small enough to be printed on a page of paper, or of HTML? */
bool aon_fits(aon_markup to, const aon_mat *a);
/* An entry: \tfrac{1}{2}, or 1/2. */
void aon_put_number(aon_buf *out, aon_markup to, const aon_mat *a, slong i, slong j);
/* LaTeX: a, or its transpose, in parentheses; by its shape if it does not fit. */
void aon_tex_matrix(aon_buf *out, const aon_mat *a, bool transposed);
/* LaTeX: between two rows; fractions need room. */
const char *aon_tex_row_end(const aon_mat *a);
/* About how wide a (or its transpose) is so, in characters. */
size_t aon_tex_width(const aon_mat *a, bool transposed);
/* LaTeX: a vector, a scalar as they stand in a line; others as above. */
void aon_tex_value(aon_buf *out, const aon_mat *a);

#endif
