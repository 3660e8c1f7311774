/*
 * Decide: a pure function of (statement, instance, limits) to a verdict with evidence.
 * No I/O, no clock, no globals.  docs/language.md, section 6; docs/witness-format.md.
 */
#ifndef AON_DECIDE_DECIDE_H
#define AON_DECIDE_DECIDE_H

#include "base/diag.h"
#include "lang/core.h"
#include "model/instance.h"

typedef enum { AON_HOLDS, AON_VIOLATED, AON_INAPPLICABLE, AON_UNDECIDED } aon_verdict;

/*
 * Work units: one for every node evaluated, one for every element that a sum or a span
 * goes through, one for every 16 entries of a value (it is remembered).  A decision that
 * would take more stops, undecided; the limit is looked at before each node and element.
 */
#define AON_DEFAULT_WORK 10000000u

typedef struct {
    uint64_t work; /* 0: AON_DEFAULT_WORK */
} aon_limits;

/* A verdict with its evidence: immutable once returned, owns its numbers; borrows the
 * core and the instance, which must outlive it. */
typedef struct aon_decision aon_decision;

/*
 * Decide one statement in one instance.
 *
 *   root   nassume roots as aon_variant_roots gives them; AON_NO_REF: hypothesis omitted
 *   in     indexed (aon_instance_index)
 *
 * AON_EINPUT: the instance does not fit the statement (slug "missing", "type", "shape").
 * Every evidence in the result has been multiplied out.
 */
AON_NODISCARD aon_status aon_decide(aon_decision **out, const aon_core *core,
                                    const aon_ref *root, const aon_instance *in,
                                    const aon_limits *limits, aon_diags *diags);
void aon_decision_free(aon_decision *d);

aon_verdict aon_decision_verdict(const aon_decision *d);
/* Truth of hypothesis i (AON_UNKNOWN also if omitted) and of conclusion i (AON_UNKNOWN
 * also if a hypothesis is false: conclusions are then not decided). */
aon_truth aon_decision_assume(const aon_decision *d, size_t i);
aon_truth aon_decision_show(const aon_decision *d, size_t i);
bool aon_decision_omitted(const aon_decision *d, size_t i);
/* Why something is undecided; NULL if nothing is. */
const char *aon_decision_reason(const aon_decision *d);

const char *
aon_verdict_word(aon_verdict v); /* "holds", "violated", "not applicable", ... */

/* Value of a term core (aon_core_term): which member counts depends on the type.  What the
 * limit on work leaves open is a FORMULA of truth AON_UNKNOWN, whatever the term is. */
typedef struct {
    aon_type_kind kind; /* SCALAR, VECTOR, MATRIX, COLUMNS, SPACE (a basis), FORMULA */
    aon_mat value;      /* also: the value found for the outermost unknowns, if any */
    aon_truth truth;
} aon_result;

/* The decision owns the evaluation, for reports that look deeper (decide/eval.h). */
AON_NODISCARD aon_status aon_eval_term(aon_decision **out, aon_result *res,
                                       const aon_core *term, const aon_instance *in,
                                       const aon_limits *limits, aon_diags *diags);
void aon_result_init(aon_result *r);
void aon_result_clear(aon_result *r);

#endif
