/*
 * Internal to report/: one sentence for one decision.
 */
#ifndef AON_REPORT_SENTENCE_H
#define AON_REPORT_SENTENCE_H

#include "report/paper.h"

/* Marked text.  p->d is not NULL; its environment is used. */
void aon_sentence(aon_buf *out, const aon_paper *p);

#endif
