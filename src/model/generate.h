/*
 * Instances by construction: Proposition P of docs/theory.md, without any definition of
 * the theory.  A model with log-odds table L = U V^T (rank r) is
 *     f(x) = T u_x + H(x),   g(y) = c + T' v_y + J(y),   T'^T T = 1,
 *     J(y) in (Im T)^perp, J(base) = 0,   H(x) in (Im T' + span J)^perp.
 */
#ifndef AON_MODEL_GENERATE_H
#define AON_MODEL_GENERATE_H

#include "base/rng.h"
#include "model/instance.h"

/* How contexts and their table hang together. */
typedef struct {
    slong n, k,
        r; /* contexts, tokens, rank of the table; r <= min(n, k-1) is enforced by clamping */
    slong entry_bits;      /* size of random entries; 1 gives {-1,0,1} */
    unsigned denominators; /* 0: integers; else denominators up to this */
    bool query;            /* contexts form chains under a query named "q" */
    slong query_len;       /* length of q in tokens; 0: the empty query */
    slong chains;          /* number of chains the n contexts are cut into */
    slong
        lin_rank; /* with query: u(x.q) = C u(x) + c holds after projection on the first
                              lin_rank coordinates of a random basis (r: wholly linear; 0: not at all) */
    slong
        repeat; /* this many contexts repeat the row of another one (not along the chain) */
    slong zero_rows, zero_tokens; /* so many zero rows u_x, v_y */
    slong parallel; /* so many token quadruples with v_a - v_b = beta (v_c - v_d) */
} aon_table_spec;

typedef struct {
    slong n, k, r;
    aon_mat u;        /* r x n */
    aon_mat v;        /* r x k, column of base 0 */
    aon_mat beta;     /* 1 x 1 */
    uint32_t quad[4]; /* one planted parallel quadruple (a, b, c, d), if parallel > 0 */
} aon_table;

void aon_table_init(aon_table *t);
void aon_table_clear(aon_table *t);

/*
 * Fills in: tokens t0.., base (any of them), contexts x1.. (chains, in random order half
 * of the time), the query value "q" if spec->query, and draws the table.  in must be
 * fresh.  Nothing is refused; what does not fit is clamped, the rank r last:
 *   zero_rows, repeat    keep r other rows (repeat copies beginnings of chains, so it
 *                        needs two chains; with lin_rank > 0 only heads become zero)
 *   zero_tokens, then parallel    keep r independent columns besides the base
 *   chains               1..n; without a query or with an empty one each context is its own
 * u(x.q) is affine in exactly lin_rank directions where there are contexts enough and
 * repeat and zero_rows leave room.  quad holds always; (a, b, a, b) or (a, b, b, a) if
 * none was planted.
 */
void aon_generate_table(aon_table *out, aon_instance *in, const aon_table_spec *spec,
                        aon_rng *rng);

/* A model of dimension d >= r realising the table. */
typedef struct {
    slong d;
    slong hidden_f; /* dim span H wanted; clamped to what d, r, hidden_g leave */
    slong hidden_g; /* dim span J wanted */
    bool
        orthonormal_like; /* T = T' = unit vectors (then H, J in coordinates): small entries */
    slong entry_bits;
    bool shift; /* add a common constant c to all g, or all-logit shifts */
    bool skew;  /* Im T != Im T' where d > r */
} aon_model_spec;

/*
 * Adds the model as value `name`.  The result has exactly the table t (asserted), and
 * d >= t->r (asserted).  dim span f = min(r + hidden_f, n) and dim span g0 =
 * min(r + hidden_g, k - 1) for the clamped values.  orthonormal_like wins over skew.
 */
void aon_generate_model(aon_instance *in, const char *name, const aon_table *t,
                        const aon_model_spec *spec, aon_rng *rng);

/*
 * Near miss: changes one row of the log-odds table by moving f(x) of the named model, and
 * in it one cell only where g0 allows that; returns the context number that was touched,
 * -1 if impossible (n = 0, d = 0, g constant).
 */
long aon_generate_perturb(aon_instance *in, const char *name, aon_rng *rng);

/* A random subspace of col(S) (e x s), of dimension dim (clamped): e x dim generators. */
void aon_generate_subspace(aon_mat *out, const aon_mat *s, slong dim, slong entry_bits,
                           aon_rng *rng);

#endif
