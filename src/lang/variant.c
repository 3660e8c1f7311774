/*
 * Variants of a statement: hypotheses left out or weakened; which, as text.
 */
#include "lang/core.h"

#include "lang/names.h"

#include <string.h>

static const aon_span nowhere = {NULL, 0, 0};

/* The claim of that name, else an error that says what there is; what: "hypothesis". */
static aon_status
find_claim(const aon_core *c, const aon_claim *claim, size_t n, const char *what,
           const char *all, const char *name, size_t *at, aon_diags *diags)
{
    const char *near = NULL;
    aon_status st;
    aon_buf hint;

    for (size_t i = 0; i < n; i++) {
        if (strcmp(claim[i].name, name) == 0) {
            *at = i;
            return AON_OK;
        }
        if (near == NULL && aon_name_distance(claim[i].name, name, 2) != SIZE_MAX)
            near = claim[i].name;
    }
    aon_buf_init(&hint);
    if (near != NULL)
        aon_buf_printf(&hint, "did you mean `%.100s`?", near);
    else if (n > 0)
        aon_buf_printf(&hint, "its %s are ", all);
    else
        aon_buf_puts(&hint, "it has none");
    for (size_t i = 0; near == NULL && i < n && i < 12; i++)
        aon_buf_printf(&hint, "%s`%.60s`", i > 0 ? ", " : "", claim[i].name);
    if (near == NULL && n > 12)
        aon_buf_puts(&hint, ", ..");
    st = aon_diag(diags, AON_SEV_ERROR, nowhere, "expectation", hint.s,
                  "the statement `%s` has no %s `%s`", c->name, what, name);
    aon_buf_clear(&hint);
    return st;
}

static aon_status
find(const aon_core *c, const char *name, size_t *at, aon_diags *diags)
{
    return find_claim(c, c->assume, c->nassume, "hypothesis", "hypotheses", name, at,
                      diags);
}

aon_status
aon_core_conclusion(const aon_core *c, const char *name, size_t *at, aon_diags *diags)
{
    return find_claim(c, c->show, c->nshow, "conclusion", "conclusions", name, at,
                      diags);
}

aon_status
aon_variant_roots(const aon_core *c, const aon_variant *v, aon_ref *out_root,
                  aon_diags *diags)
{
    aon_status st = AON_OK;
    size_t at = 0;

    for (size_t i = 0; i < c->nassume; i++)
        out_root[i] = v->has_only ? AON_NO_REF : c->assume[i].root;
    for (size_t i = 0; i < v->nonly && st == AON_OK; i++)
        if ((st = find(c, v->only[i], &at, diags)) == AON_OK)
            out_root[at] = c->assume[at].root;
    for (size_t i = 0; i < v->nweaken && st == AON_OK; i++) {
        if ((st = find(c, v->weaken[i], &at, diags)) != AON_OK)
            break;
        if (c->assume[at].weaken == AON_NO_REF)
            st = aon_diag(diags, AON_SEV_ERROR, nowhere, "expectation",
                          "leave it out with `without`, or give it a weaker formula in "
                          "the file: `assume h: P weaken Q`",
                          "the hypothesis `%s` of `%s` has no `weaken`", v->weaken[i],
                          c->name);
        else if (out_root[at] != AON_NO_REF)
            out_root[at] = c->assume[at].weaken;
    }
    for (size_t i = 0; i < v->nwithout && st == AON_OK; i++)
        if ((st = find(c, v->without[i], &at, diags)) == AON_OK)
            out_root[at] = AON_NO_REF;
    return st;
}

static bool
listed(const char *const *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

void
aon_variant_print(aon_buf *out, const aon_core *c, const aon_variant *v)
{
    for (size_t i = 0; i < c->nassume; i++)
        if (listed(v->without, v->nwithout, c->assume[i].name))
            aon_buf_printf(out, "without %s\n", c->assume[i].name);
    for (size_t i = 0; i < c->nassume; i++)
        if (listed(v->weaken, v->nweaken, c->assume[i].name))
            aon_buf_printf(out, "weaken %s\n", c->assume[i].name);
    if (v->has_only) {
        aon_buf_puts(out, "only");
        for (size_t i = 0; i < c->nassume; i++)
            if (listed(v->only, v->nonly, c->assume[i].name))
                aon_buf_printf(out, " %s", c->assume[i].name);
        aon_buf_putc(out, '\n');
    }
    for (size_t i = 0; i < c->ndrop; i++)
        aon_buf_printf(out, "drop %s\n", c->drop[i]);
}
