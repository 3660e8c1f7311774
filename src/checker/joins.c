/* Which hypotheses join two models, and the size of the space: docs/search.md, section 4. */
#include "scope.h"

/* ---- which hypotheses ---- */

/* Is b the term a with another model in place of the only one? */
static bool match(const ck_node *a, const ck_node *b, const char *model[2]) {
    if (a == NULL || b == NULL) return a == b;
    if (a->op != b->op || a->k != b->k) return false;
    switch (a->op) {
    case CK_F:
    case CK_G:
        if (model[0] == NULL) {
            model[0] = a->t[0];
            model[1] = b->t[0];
        }
        return model[0] == a->t[0] && model[1] == b->t[0] && match(a->a[0], b->a[0], model);
    case CK_VAR:
    case CK_BASE:
    case CK_CAT:
    case CK_SCALE:
    case CK_ADD:
    case CK_DOT:
        return a->t[0] == b->t[0] && match(a->a[0], b->a[0], model) &&
               match(a->a[1], b->a[1], model);
    default:
        return a == b && a->op == CK_RAT && strchr(a->t[0], '/') == NULL && strlen(a->t[0]) <= 4;
    }
}

static bool is_scalar(const ck_node *n) {
    while (n->op == CK_ADD || n->op == CK_SCALE) n = n->a[n->op == CK_SCALE];
    return n->op == CK_DOT || n->op == CK_RAT;
}

static long given_number(const ck_statement *s, const char *name) {
    long i = 0;

    while (s->given[i].name != name) i++;
    return i;
}

/* The equations below `and` and `all`; q has the binders above. */
static void walk(const ck_statement *s, const ck_node *p, struct ck_equation q, ck_scope_join *j) {
    const char *m[2] = {NULL, NULL};
    bool swap;

    if (p->op == CK_AND) {
        walk(s, p->a[0], q, j);
        walk(s, p->a[1], q, j);
    } else if (p->op == CK_ALL && (p->t[0][0] == 'X' || p->t[0][0] == 'Y') &&
               (p->t[0][1] == '\0' || p->t[0][1] == '/') && q.nall < CK_MAX_ALL) {
        q.all[q.nall++] = p;
        walk(s, p->a[1], q, j);
    } else if (p->op == CK_EQ && is_scalar(p->a[0]) && match(p->a[0], p->a[1], m) && m[0] != m[1]) {
        swap = given_number(s, m[0]) > given_number(s, m[1]);
        if (j->n == 0) {
            j->model[0] = m[swap];
            j->model[1] = m[!swap];
        }
        if (j->model[0] != m[swap] || j->model[1] != m[!swap] || j->n == CK_MAX_EQUATIONS) return;
        q.side[0] = p->a[swap];
        q.side[1] = p->a[!swap];
        j->eq[j->n++] = q;
    }
}

long ck_find_joins(const ck_state *k, ck_scope_join **out) {
    long n = 0;

    for (long i = 0; i < k->nhypotheses; i++) {
        ck_scope_join j = {.root = k->hypothesis[i]};
        bool taken = false;

        walk(k->s, j.root->node, (struct ck_equation){.nall = 0}, &j);
        for (long h = 0; h < n; h++)
            taken = taken || (*out)[h].model[1] == j.model[0] || (*out)[h].model[1] == j.model[1] ||
                    (*out)[h].model[0] == j.model[1];
        if (j.n > 0 && !taken) CK_PUSH(*out, n, j);
    }
    return n;
}

/* ---- keys ---- */

/* The values of that side for all values of the binders from `level` on. */
static void add_values(ck_text *key, ck_state *c, const struct ck_equation *q, int side, long level,
                       const ck_env *env) {
    const ck_elements *set = level < q->nall ? ck_set(c, q->all[level]->t[0]) : NULL;
    mpq_t x;

    for (long i = 0; set != NULL && i < set->n; i++) {
        ck_env here = {.up = env, .k = q->all[level]->k, .at = set->at[i]};

        add_values(key, c, q, side, level + 1, &here);
    }
    if (set == NULL) {
        mpq_init(x);
        ck_mat_entry(x, ck_value(c, q->side[side], env), 0, 0);
        ck_put(key, " %s", mpq_get_str(NULL, 10, x));
        mpq_clear(x);
    }
}

/* The key of one model of the join in the instance, interned. */
static const char *find_key(ck_state *c, const ck_scope_join *j, int side) {
    ck_text key = {0};

    for (long i = 0; i < j->n; i++) add_values(&key, c, &j->eq[i], side, 0, NULL);
    return ck_intern(key.s != NULL ? key.s : "", key.n);
}

bool ck_joined(ck_state *c, const ck_scope_join *join, long njoins) {
    bool equal = true;

    for (long h = 0; h < njoins; h++)
        equal = equal && find_key(c, &join[h], 0) == find_key(c, &join[h], 1);
    return equal;
}

/* ---- the size of the space ---- */

/* The next code; false: it is 0 again. */
static bool step(ck_code *item) {
    for (long i = item->n - 1; i >= 0; i--) {
        item->digit[i] = (item->digit[i] + 1) % (int)item->base;
        if (item->digit[i] != 0) return true;
    }
    return false;
}

/* The place for the number of codes of the later model that go with the code that `side` has. */
static void **count_of(ck_map *m, ck_state *k, const ck_cell *cell, const ck_scope_join *j,
                       int side) {
    ck_state c = {0};
    const char *key;

    ck_region_begin();
    ck_cell_state(&c, k, cell);
    key = find_key(&c, j, side);
    ck_region_end();
    return ck_at(m, &key, sizeof key);
}

static ck_code *item_of(const ck_cell *cell, const char *model) {
    ck_code *item = cell->item;

    while (item->given->name != model) item++;
    return item;
}

void ck_cell_size(mpz_t size, ck_state *k, ck_cell *cell, const ck_scope_join *join, long njoins) {
    mpz_t sum, part;

    mpz_init(sum);
    mpz_init(part);
    mpz_set_ui(size, 1);
    for (long i = 0; i < cell->nitems; i++)
        if (cell->item[i].base == 0) { /* there is no context to choose */
            mpz_set_ui(size, 0);
            return;
        }
    for (ck_code *item = cell->item; item < cell->item + cell->nitems; item++) {
        const char *name = item->given->name;
        ck_map *count = ck_new((size_t)(njoins + 1) * sizeof *count); /* by join */
        bool later = false, joined = false;

        for (long h = 0; h < njoins; h++) {
            ck_code *other = item_of(cell, join[h].model[1]);

            later = later || other == item;
            joined = joined || join[h].model[0] == name;
            if (join[h].model[0] == name) do {
                    void **at = count_of(&count[h], k, cell, &join[h], 1);

                    *at = (void *)((uintptr_t)*at + 1);
                } while (step(other));
        }
        mpz_ui_pow_ui(sum, (unsigned long)item->base, (unsigned long)item->n);
        if (joined) mpz_set_ui(sum, 0);
        while (joined) {
            mpz_set_ui(part, 1);
            for (long h = 0; h < njoins; h++)
                if (join[h].model[0] == name)
                    mpz_mul_ui(part, part, (uintptr_t)*count_of(&count[h], k, cell, &join[h], 0));
            mpz_add(sum, sum, part);
            joined = step(item);
        }
        if (!later) mpz_mul(size, size, sum);
    }
    mpz_clear(sum);
    mpz_clear(part);
}
