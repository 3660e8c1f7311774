/*
 * Internal to report/: pieces of an HTML document.
 */
#ifndef AON_REPORT_PAGE_H
#define AON_REPORT_PAGE_H

#include "report/subject.h"

/* page_style.c */
extern const char aon_page_style[], aon_page_script[];

/* page_tables.c: what a part talks about, as tables. */
void aon_page_models(aon_buf *out, const aon_subject *s);
void aon_page_log_odds(aon_buf *out, const aon_subject *s);
void aon_page_data(aon_buf *out, const aon_paper *p);
void aon_page_meanings(aon_buf *out, const aon_subject *s);

/* page_claims.c: hypotheses and conclusions with their values and reasons. */
void aon_page_claims(aon_buf *out, const aon_paper *p);

#endif
