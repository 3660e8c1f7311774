/*
 * Internal to report/: reasons as lines, before a format has been chosen.
 *
 * A line is one byte for its kind, one for its depth ('0' + depth), marked text
 * (marked.h), and a line end.
 */
#ifndef AON_REPORT_WHY_H
#define AON_REPORT_WHY_H

#include "report/marked.h"

typedef enum {
    AON_WHY_VALUE = 'v', /* term = value */
    AON_WHY_FACT = 's',  /* a fact in words */
    AON_WHY_TRUE = 't',  /* a part that is true: its reasons follow, one deeper */
    AON_WHY_FALSE = 'f',
    AON_WHY_UNKNOWN = 'u',
    AON_WHY_AT = 'a',    /* an element, or "v = (..)", at which it fails */
    AON_WHY_FOUND = 'e', /* variable = value */
    AON_WHY_FORCE = 'l', /* term = value, by linear conditions */
    AON_WHY_CLASH = 'c', /* no text; the conditions follow */
    AON_WHY_CONDITION = 'k',
    AON_WHY_OPPOSITE = 'o', /* a condition whose opposite is forced */
    AON_WHY_THEN = 'n',     /* a condition that is false then */
    AON_WHY_CASE = 'i',     /* "1 of 3" */
    AON_WHY_MORE = 'm'      /* no text: enough has been said */
} aon_why_kind;

/*
 * Why the formula `root` is what it is.  sides: if it is an implication P -> Q or an
 * equivalence whose text is known, the clause (else NULL): P and Q are then quoted.
 * Bounded in length.  Uses the environment of d.
 */
void aon_why_lines(aon_buf *out, aon_decision *d, const aon_core *core,
                   const aon_report_names *names, aon_ref root, const aon_claim *sides);

/* why_sides.c: P and Q of a clause `P -> Q` or `P <-> Q` whose formula is `root`: their
 * nodes, and their text inside the clause.  side is untouched if it is none. */
typedef struct {
    aon_ref node;
    const char *s;
    size_t len;
} aon_why_side;
void aon_why_sides(aon_why_side side[2], const aon_core *core, aon_ref root,
                   const char *s, size_t len);

/* The next line of `lines` from *at on; false: there is none. */
typedef struct {
    aon_why_kind kind;
    int depth;
    const char *s; /* marked */
    size_t len;
} aon_why_line;
bool aon_why_next(const aon_buf *lines, size_t *at, aon_why_line *out);
/* What stands before and after the text of a line. */
const char *aon_why_before(aon_why_kind kind);
const char *aon_why_after(aon_why_kind kind);

#endif
