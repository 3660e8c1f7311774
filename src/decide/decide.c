/*
 * Decide a statement: hypotheses first, conclusions if all of them hold.
 */
#include "decide/eval.h"

#include <stdlib.h>
#include <string.h>

static aon_truth
judge_root(aon_decision *d, aon_ref root)
{
    const aon_judgement *j = aon_judge(&d->ev, root);

    if (j->truth == AON_UNKNOWN && d->reason == NULL)
        d->reason = j->reason;
    return j->truth;
}

aon_status
aon_decide(aon_decision **out, const aon_core *core, const aon_ref *root,
           const aon_instance *in, const aon_limits *limits, aon_diags *diags)
{
    aon_decision *d = aon_xcalloc(1, sizeof *d);
    bool some_false = false, some_unknown = false;
    aon_ref *kept;
    aon_status st = aon_eval_bind(&d->ev, core, in, limits, diags);

    if (st != AON_OK) {
        free(d);
        return st;
    }
    kept = AON_NEW_N(d->ev.arena, aon_ref, core->nassume + 1);
    d->assume = AON_NEW_N(d->ev.arena, aon_truth, core->nassume + 1);
    d->show = AON_NEW_N(d->ev.arena, aon_truth, core->nshow + 1);
    for (size_t i = 0; i < core->nassume; i++) {
        kept[i] = root[i];
        if (root[i] == AON_NO_REF)
            continue;
        d->assume[i] = judge_root(d, root[i]);
        some_false = some_false || d->assume[i] == AON_FALSE;
        some_unknown = some_unknown || d->assume[i] == AON_UNKNOWN;
    }
    d->root = kept;
    if (some_unknown) {
        /* evidence speaks of every hypothesis: one that is open leaves all open */
        d->verdict = AON_UNDECIDED;
    } else if (some_false) {
        d->verdict = AON_INAPPLICABLE;
    } else {
        d->verdict = AON_HOLDS;
        for (size_t i = 0; i < core->nshow; i++) {
            d->show[i] = judge_root(d, core->show[i].root);
            some_false = some_false || d->show[i] == AON_FALSE;
            some_unknown = some_unknown || d->show[i] == AON_UNKNOWN;
        }
        if (some_unknown)
            d->verdict = AON_UNDECIDED;
        else if (some_false)
            d->verdict = AON_VIOLATED;
    }
    *out = d;
    return AON_OK;
}

void
aon_decision_free(aon_decision *d)
{
    if (d == NULL)
        return;
    aon_eval_clear(&d->ev);
    free(d);
}

aon_verdict
aon_decision_verdict(const aon_decision *d)
{
    return d->verdict;
}

aon_truth
aon_decision_assume(const aon_decision *d, size_t i)
{
    return d->assume[i];
}

aon_truth
aon_decision_show(const aon_decision *d, size_t i)
{
    return d->show[i];
}

bool
aon_decision_omitted(const aon_decision *d, size_t i)
{
    return d->root[i] == AON_NO_REF;
}

const char *
aon_decision_reason(const aon_decision *d)
{
    return d->reason;
}

const char *
aon_verdict_word(aon_verdict v)
{
    switch (v) {
    case AON_HOLDS:
        return "holds";
    case AON_VIOLATED:
        return "violated";
    case AON_INAPPLICABLE:
        return "not applicable";
    case AON_UNDECIDED:
        break;
    }
    return "undecided";
}

void
aon_result_init(aon_result *r)
{
    memset(r, 0, sizeof *r);
    aon_mat_init(&r->value, 0, 0);
}

void
aon_result_clear(aon_result *r)
{
    aon_mat_clear(&r->value);
}

aon_status
aon_eval_term(aon_decision **out, aon_result *res, const aon_core *term,
              const aon_instance *in, const aon_limits *limits, aon_diags *diags)
{
    aon_decision *d = aon_xcalloc(1, sizeof *d);
    aon_status st = aon_eval_bind(&d->ev, term, in, limits, diags);

    if (st != AON_OK) {
        free(d);
        return st;
    }
    res->kind = term->node[term->term].type.kind;
    d->ev.limited = 1;
    if (res->kind == AON_T_FORMULA) {
        const aon_judgement *j = aon_judge(&d->ev, term->term);

        res->truth = j->truth;
        d->reason = j->reason;
        if (j->unknown >= 0)
            aon_mat_set(&res->value, &d->ev.unknown[j->unknown].value);
    } else if (res->kind == AON_T_SPACE) {
        aon_mat_set(&res->value, &aon_space_of(&d->ev, term->term)->value);
    } else {
        aon_mat_set(&res->value, aon_value_of(&d->ev, term->term));
    }
    if (aon_spent(&d->ev)) {
        res->kind = AON_T_FORMULA;
        res->truth = AON_UNKNOWN;
        d->reason = aon_limit_reason;
    }
    d->ev.limited = 0;
    *out = d;
    return AON_OK;
}
