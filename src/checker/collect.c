/* Branches of a block: witness-format.md, 6.1. */
#include "affine.h"

enum { MAX_BRANCHES = 4096, MAX_LITERALS = 1000000 };

static ck_branches collect(ck_block *b, const ck_node *p, const ck_env *env, bool sign);

static void
push_branch(ck_branches *to, ck_branch b)
{
    CK_PUSH(to->b, to->n, b);
    to->literals += b.n;
    CK_REQUIRE("limit", to->n <= MAX_BRANCHES && to->literals <= MAX_LITERALS,
               "at most 4096 branches and 1000000 literals");
}

static void
append(ck_branch *to, const ck_branch *from)
{
    for (long i = 0; i < from->n; i++)
        CK_PUSH(to->lit, to->n, from->lit[i]);
}

static ck_branches
one_branch(void)
{
    ck_branches all = {0};

    push_branch(&all, (ck_branch){0});
    return all;
}

/* a or b: one after the other; a and b: all concatenations, a varies slowest. */
static ck_branches
merge(ck_branches a, ck_branches b, bool both)
{
    ck_branches all = {0};

    if (!both) {
        for (long i = 0; i < b.n; i++)
            push_branch(&a, b.b[i]);
        return a;
    }
    if (b.n == 1) {
        for (long i = 0; i < a.n; i++)
            append(&a.b[i], &b.b[0]);
        a.literals += a.n * b.b[0].n;
        CK_REQUIRE("limit", a.literals <= MAX_LITERALS, "at most 1000000 literals");
        return a;
    }
    for (long i = 0; i < a.n; i++)
        for (long j = 0; j < b.n; j++) {
            ck_branch both_parts = {0};

            append(&both_parts, &a.b[i]);
            append(&both_parts, &b.b[j]);
            push_branch(&all, both_parts);
        }
    return all;
}

static const ck_env *
extend(const ck_env *env, ck_env with)
{
    ck_env *e = ck_new(sizeof *e);

    *e = with;
    e->up = env;
    return e;
}

static ck_branches
over_set(ck_block *b, const ck_node *p, const ck_env *env, bool sign)
{
    bool both = (p->op == CK_ALL) == sign;
    const ck_elements *set = ck_set(b->c, p->t1);
    ck_branches all = both ? one_branch() : (ck_branches){0};

    for (long i = 0; i < set->n; i++) {
        ck_env with = {.k = p->k, .at = set->at[i]};

        all = merge(all, collect(b, p->a[1], extend(env, with), sign), both);
    }
    return all;
}

static ck_branches
over_columns(ck_block *b, const ck_node *p, const ck_env *env)
{
    ck_mat *m = ck_basis(b->c, p->a[0], env);
    ck_branches all = one_branch();

    for (long j = 0; j < m->cols; j++) {
        ck_env with = {
            .k = p->k, .at = j, .basis = m, .rdim = ck_ambient(b->c, p->a[0], env)};

        all = merge(all, collect(b, p->a[1], extend(env, with), true), true);
    }
    return all;
}

ck_branches
ck_join(ck_block *b, const ck_node *p, const ck_env *env, ck_unknown **first)
{
    ck_unknown *u = ck_unknown_new(b->c, p, env);
    ck_env with = {.k = p->k, .at = u->id, .unk = u};

    u->first = b->ncoords;
    b->ncoords += u->count;
    if (first != NULL)
        *first = u;
    return collect(b, p->a[1], extend(env, with), true);
}

static ck_branches
collect(ck_block *b, const ck_node *p, const ck_env *env, bool sign)
{
    ck_branches a;
    ck_literal l = {p, env, sign};

    if (ck_open(p, env)) {
        switch (p->op) {
        case CK_NOT:
            return collect(b, p->a[0], env, !sign);
        case CK_AND:
        case CK_OR:
            a = collect(b, p->a[0], env, sign);
            return merge(a, collect(b, p->a[1], env, sign), (p->op == CK_AND) == sign);
        case CK_ALL:
        case CK_ANY:
            return over_set(b, p, env, sign);
        case CK_ALLIN:
            CK_ASSERT(sign);
            return over_columns(b, p, env);
        case CK_EX:
            CK_ASSERT(sign);
            return ck_join(b, p, env, NULL);
        default:
            break;
        }
    }
    a = one_branch();
    CK_PUSH(a.b[0].lit, a.b[0].n, l);
    a.literals = 1;
    return a;
}
