/*
 * The owner of a core, and what its givens stand for.
 */
#include "lang/statement.h"

#include <stdlib.h>
#include <string.h>

/* ---- the owner of a core ---- */

aon_core_owner *
aon_core_new(void)
{
    aon_core_owner *o = aon_xcalloc(1, sizeof *o);

    o->arena = aon_arena_new();
    o->names = aon_names_new(o->arena, NULL);
    o->core.owner = o;
    o->core.name = "";
    o->core.term = AON_NO_REF;
    return o;
}

void
aon_core_free(aon_core *c)
{
    aon_core_owner *o = c != NULL ? c->owner : NULL;

    if (o == NULL)
        return;
    aon_arena_free(o->arena);
    free(o);
}

const char *
aon_core_keep(void *owner, const char *s)
{
    aon_core_owner *o = owner;

    return aon_names_intern(o->names, s, strlen(s))->s;
}

void
aon_core_keep_dim(void *owner, aon_dim *d)
{
    if (d->name != NULL)
        d->name = aon_core_keep(owner, d->name);
    if (d->set.name != NULL)
        d->set.name = aon_core_keep(owner, d->set.name);
    if (d->set.query != NULL)
        d->set.query = aon_core_keep(owner, d->set.query);
}

/* ---- givens ---- */

bool
aon_sort_type(aon_elab *e, const aon_sort_ast *s, aon_type *out)
{
    static const struct {
        aon_tok_kind word;
        aon_type_kind kind;
        int ndims;
    } row[] = {
        {TOK_DIM, AON_T_DIM, 0},         {TOK_TOKEN, AON_T_TOKEN, 0},
        {TOK_CONTEXT, AON_T_CONTEXT, 0}, {TOK_QUERY, AON_T_QUERY, 0},
        {TOK_TOKENS, AON_T_TOKENS, 0},   {TOK_CONTEXTS, AON_T_CONTEXTS, 0},
        {TOK_SCALAR, AON_T_SCALAR, 0},   {TOK_MODEL, AON_T_MODEL, 1},
        {TOK_SUBSPACE, AON_T_SPACE, 1},  {TOK_VECTOR, AON_T_VECTOR, 1},
        {TOK_MATRIX, AON_T_MATRIX, 2},
    };
    aon_dim d[2];

    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        if (row[i].word != s->kind)
            continue;
        for (int k = 0; k < row[i].ndims; k++)
            if (!aon_elab_dim(e, &s->dim[k], &d[k]))
                return false;
        if (row[i].ndims == 0)
            *out = aon_type_of(row[i].kind);
        else if (row[i].ndims == 1)
            *out = aon_type_rows(row[i].kind, d[0]);
        else
            *out = aon_type_matrix(d[0], d[1]);
        return true;
    }
    return false;
}

aon_val
aon_given_value(aon_elab *e, const char *name, const aon_type *type)
{
    aon_val v = {.kind = VAL_NODE};

    switch (type->kind) {
    case AON_T_DIM:
        v.kind = VAL_DIM;
        v.dim = aon_dim_name(name);
        break;
    case AON_T_QUERY:
        v.kind = VAL_QUERY;
        v.name = name;
        break;
    case AON_T_MODEL:
        v.kind = VAL_MODEL;
        v.name = name;
        v.dim = type->rows;
        break;
    case AON_T_TOKENS:
    case AON_T_CONTEXTS:
        v.kind = VAL_SET;
        v.set = (aon_set){name, NULL, type->kind == AON_T_TOKENS};
        break;
    default:
        v.node = aon_mk_par(e->b, name, *type);
    }
    return v;
}
