/*
 * What LaTeX and HTML documents have in common.
 */
#include "report/clause.h"

#include "base/utf8.h"
#include "lang/lex.h"

#include <string.h>

enum {
    MAX_CLAUSE = 600,
    MAX_VISITS = 5000,
    MAX_WORDS = 24,
    MAX_WORK = 200000,
    MAX_SMALL_DIM = 24,
    MAX_SMALL = 100
};

/* Does the formula compare numbers?  Then `<=` is not written as an inclusion. */
static bool
compares(const aon_core *core, aon_ref node, int *visits)
{
    const aon_node *n = &core->node[node];

    if (++*visits > MAX_VISITS || n->op == AON_LE)
        return true;
    for (unsigned i = 0; i < n->nargs; i++)
        if (compares(core, n->arg[i], visits))
            return true;
    return false;
}

static void
put_space(aon_buf *out, size_t start)
{
    if (out->len > start && out->s[out->len - 1] != ' ')
        aon_buf_putc(out, ' ');
}

void
aon_clause_plain(aon_buf *out, aon_span span, size_t max)
{
    enum { INCLUSION = 0x2286 };
    const size_t start = out->len;
    aon_buf text;

    aon_buf_init(&text);
    aon_report_clause(&text, span, max);
    for (size_t i = 0, n; i < text.len; i += n) {
        const char *ascii;
        bool letters = false;
        uint32_t cp = 0;

        n = aon_utf8_decode(text.s + i, text.len - i, &cp);
        ascii = n > 1 ? aon_tok_alias(cp, &letters) : NULL;
        if (ascii != NULL && letters) {
            aon_buf_puts(out, ascii);
        } else if (ascii != NULL) {
            put_space(out, start);
            if (cp == INCLUSION)
                aon_buf_putc(out, AON_MARK_WITHIN);
            else
                aon_buf_puts(out, ascii);
            aon_buf_putc(out, ' ');
        } else if (cp == ' ') {
            put_space(out, start);
        } else {
            n = n > 0 ? n : 1;
            aon_buf_put(out, text.s + i, n);
        }
    }
    aon_buf_clear(&text);
}

void
aon_put_clause(aon_buf *out, aon_markup to, const aon_core *core, const aon_claim *c)
{
    aon_buf text;
    int visits = 0;

    aon_buf_init(&text);
    aon_clause_plain(&text, c->span, MAX_CLAUSE);
    aon_buf_puts(out, to == AON_TEX ? "\\(" : "<span class=\"math\">");
    aon_put_formula(out, to, text.s, text.len, !compares(core, c->root, &visits));
    aon_buf_puts(out, to == AON_TEX ? "\\)" : "</span>");
    aon_buf_clear(&text);
}

const char *
aon_claim_word(const aon_decision *d, size_t i, bool assume)
{
    const aon_truth t = assume ? d->assume[i] : d->show[i];

    if (assume && d->root[i] == AON_NO_REF)
        return "left out";
    switch (t) {
    case AON_TRUE:
        return "holds";
    case AON_FALSE:
        return "fails";
    default:
        return d->verdict == AON_INAPPLICABLE ? "not looked at" : "undecided";
    }
}

/* One value may take long in a large instance, whatever the allowance of work. */
static bool
is_small(const aon_instance *in)
{
    for (size_t i = 0; i < in->nvalues; i++)
        if (in->value[i].kind == AON_VAL_MODEL && in->value[i].dim > MAX_SMALL_DIM)
            return false;
    return in->ntokens <= MAX_SMALL && in->ncontexts <= MAX_SMALL;
}

aon_truth
aon_omitted_truth(const aon_paper *p, size_t i)
{
    aon_eval *ev = &p->d->ev;
    const uint64_t max_work = ev->max_work;
    aon_truth t;

    if (p->d->root[i] != AON_NO_REF || ev->exhausted || !is_small(p->in))
        return AON_UNKNOWN;
    if (max_work - ev->work > MAX_WORK)
        ev->max_work = ev->work + MAX_WORK;
    t = aon_judge(ev, p->core->assume[i].root)->truth;
    ev->max_work = max_work;
    ev->exhausted = false;
    return t;
}

const char *
aon_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

static void
mark_list(aon_buf *out, char *const *name, size_t n)
{
    for (size_t i = 0; i < n && i < MAX_WORDS; i++) {
        aon_buf_puts(out, i > 0 ? ", " : "");
        aon_mark_word(out, name[i]);
    }
    if (n > MAX_WORDS)
        aon_buf_printf(out, " and %zu more", n - MAX_WORDS);
}

void
aon_mark_tokens(aon_buf *out, const aon_instance *in)
{
    aon_buf_puts(out, in->ntokens == 1 ? "token " : "tokens ");
    mark_list(out, in->token, in->ntokens);
    aon_buf_puts(out, " (pivot ");
    aon_mark_word(out, in->token[in->base]);
    aon_buf_putc(out, ')');
}

void
aon_mark_contexts(aon_buf *out, const aon_instance *in)
{
    if (in->ncontexts == 0) {
        aon_buf_puts(out, "no contexts");
        return;
    }
    aon_buf_puts(out, in->ncontexts == 1 ? "context " : "contexts ");
    mark_list(out, in->context, in->ncontexts);
}

bool
aon_is_datum(const aon_value *v)
{
    return v->kind != AON_VAL_DIM && v->kind != AON_VAL_MODEL;
}

void
aon_mark_words(aon_buf *out, const aon_instance *in, const aon_value *v)
{
    switch (v->kind) {
    case AON_VAL_TOKEN:
        aon_mark_word(out, in->token[v->elem]);
        break;
    case AON_VAL_CONTEXT:
        aon_mark_word(out, in->context[v->elem]);
        break;
    case AON_VAL_QUERY:
        for (size_t i = 0; i < v->q.n && i < MAX_WORDS; i++) {
            aon_buf_puts(out, i > 0 ? " " : "");
            aon_mark_word(out, in->token[v->q.tok[i]]);
        }
        aon_buf_puts(out, v->q.n == 0 ? "(empty)" : v->q.n > MAX_WORDS ? " .." : "");
        break;
    case AON_VAL_TOKENSET:
    case AON_VAL_CONTEXTSET:
        aon_buf_putc(out, '{');
        for (size_t i = 0; i < v->nset && i < MAX_WORDS; i++) {
            aon_buf_puts(out, i > 0 ? ", " : "");
            aon_mark_word(out, v->kind == AON_VAL_TOKENSET ? in->token[v->set[i]]
                                                           : in->context[v->set[i]]);
        }
        aon_buf_puts(out, v->nset > MAX_WORDS ? ", ..}" : "}");
        break;
    default:
        break;
    }
}
