"""Closed terms and formulas of the core in one instance (docs/language.md, sections 3 and 5).

`Evaluation(core, instance)`: `value(node, environment)` is a Matrix, a Space, or the position of an element;
`truth(node, environment)` is True, False, or None for unknown.  An environment maps (kind, number) of the
free variables to a position, a column, or a matrix of variables; `ex` is slow_block.py's.
"""
import itertools

import slow_algebra as alg
import slow_block
from slow_algebra import Matrix, Space, Undetermined, scalar
from slow_block import ELEMENT, UNKNOWN, VECTOR, TooMuch, both, either, negated
from slow_text import Fitted, label_of

WIDE = 300             # largest dimension of a space that is looked at
BINDS = {"sum": ELEMENT, "cols": ELEMENT, "all": ELEMENT, "any": ELEMENT,
         "allin": VECTOR, "sol": UNKNOWN, "ex": UNKNOWN}


class Evaluation:
    """One statement in one instance."""

    def __init__(self, core, instance):
        self.core, self.at = core, Fitted(core, instance)
        self.remembered, self.known_free = {}, {}
        self.fresh = itertools.count()

    # Free variables

    def free(self, n):
        """The variables (kind, number) that occur free in node n."""
        if n not in self.known_free:
            op, args, is_node = self.core.nodes[n]
            found = set()
            for i, a in enumerate(args):
                if is_node[i]:
                    inner = self.free(a)
                    if op in BINDS and i == len(args) - 1:
                        inner = inner - {(BINDS[op], args[0])}
                    found |= inner
            if op in (ELEMENT, VECTOR, UNKNOWN):
                found = {(op, args[0])}
            self.known_free[n] = frozenset(found)
        return self.known_free[n]

    def restricted(self, n, env):
        return tuple(sorted(((k, env[k]) for k in self.free(n)), key=lambda x: x[0]))

    def has_unknown(self, n, env):
        """Does n mention an unknown that has no value?"""
        return any(k[0] == UNKNOWN and not env[k].known() for k in self.free(n))

    def remember(self, what, n, env):
        """what(n, env), once for each environment."""
        key = (what.__name__, n, self.restricted(n, env))
        if key not in self.remembered:
            try:
                self.remembered[key] = what(n, env)
            except Undetermined as e:
                self.remembered[key] = e
        if isinstance(self.remembered[key], Undetermined):
            raise Undetermined
        return self.remembered[key]

    # Terms

    def value(self, n, env):
        """Matrix, or Space, or the position of an element."""
        return self.remember(self.find_value, n, env)

    def find_value(self, n, env):
        op, args, is_node = self.core.nodes[n]
        at = self.at
        if op in BINDS:
            return {"sum": self.sum, "cols": self.cols, "sol": self.sol}[op](env, *args)
        if op in (ELEMENT, VECTOR, UNKNOWN):
            return env[op, args[0]]
        v = [self.value(a, env) if is_node[i] else a for i, a in enumerate(args)]
        if op == "base":
            return at.base
        if op == "par":
            kind, value = at.kinds[v[0]], at.values[v[0]]
            return scalar(value) if kind == "scalar" and not isinstance(value, Matrix) else value
        if op == "cat":
            place = at.after(v[0], v[1])
            assert place is not None
            return place
        if op == "rat":
            return scalar(alg.Fraction(v[0]))
        if op == "size":
            return scalar(alg.Fraction(at.dim(v[0])))
        if op in ("f", "g"):
            row = at.values[v[0]][op == "g"][v[1]]
            return alg.of_columns([row], len(row), self.model(v[0])[1])
        if op == "add":
            return alg.add(*v)
        if op == "scale":
            return alg.scale(v[0].at[0][0], v[1])
        if op == "mul":
            return alg.multiply(*v)
        if op == "dot":
            return alg.multiply(alg.transpose(v[0]), v[1])
        if op == "tr":
            return alg.transpose(v[0])
        if op == "idx":
            return scalar(v[0].at[at.set(v[0].index[0]).index(v[1])][0])
        if op == "id":
            return alg.identity(self.width(v[0]), label_of(v[0]))
        if op == "proj":
            return v[0].project(v[1])
        if op == "dim":
            return scalar(alg.Fraction(len(v[0].basis)))
        if op == "gens":
            return v[0].matrix()
        if op == "span":
            return alg.span(v[0])
        assert op == "join", op
        return alg.join(*v)

    def width(self, text):
        """The number that a DIM is, where as many numbers must be written down."""
        if self.at.dim(text) > WIDE:
            raise TooMuch
        return self.at.dim(text)

    def model(self, name):
        """(dimension, index) of the vectors of a model."""
        e = dict(self.core.givens)[name][1]
        return self.width(e), label_of(e)

    def each(self, env, k, name):
        for e in self.at.set(name):
            yield {**env, (ELEMENT, k): e}

    def sum(self, env, k, name, t):
        total = alg.zeros(*self.shape(t, env))
        for inner in self.each(env, k, name):
            total = alg.add(total, self.value(t, inner))
        return total

    def cols(self, env, k, name, t):
        rows, _, index = self.shape(t, env)
        columns = [c for inner in self.each(env, k, name) for c in self.value(t, inner).columns()]
        return alg.of_columns(columns, rows, index[0])

    def shape(self, n, env):
        """(rows, columns, index) of a term, which need not have a value: a set may be empty."""
        op, args, _ = self.core.nodes[n]
        if op in ("f", "g"):
            rows, label = self.model(args[0])
            return rows, 1, (label, None)
        if op in ("rat", "size", "dot", "idx", "dim"):
            return 1, 1, (None, None)
        if op in ("par", "vec", "unk", "id"):
            v = self.value(n, env)
            return v.rows, v.cols, v.index
        if op in ("add", "scale", "proj", "sum"):
            return self.shape(args[0] if op == "add" else args[-1], env)
        if op == "tr":
            rows, cols, (a, b) = self.shape(args[0], env)
            return cols, rows, (b, a)
        if op == "mul":
            (rows, _, (a, _)), (_, cols, (_, b)) = self.shape(args[0], env), self.shape(args[1], env)
            return rows, cols, (a, b)
        if op == "cols":
            rows, cols, (a, _) = self.shape(args[2], env)
            return rows, None, (a, None)
        assert op == "gens", op
        n, label = self.ambient(args[0], env)
        return n, None, (label, None)

    def ambient(self, n, env):
        """(dimension, index) of the space that the values of space node n lie in."""
        op, args, _ = self.core.nodes[n]
        if op == "par":
            return self.at.values[args[0]].n, self.at.values[args[0]].label
        if op == "span":
            rows, _, index = self.shape(args[0], env)
            return rows, index[0]
        if op == "sol" and args[1] != "in":
            return self.width(args[2]), label_of(args[2])
        return self.ambient(args[2 if op == "sol" else 0], env)

    def unknowns(self, args, env):
        """A matrix of new variables that runs through the DOM of an `ex` or `sol` with these arguments."""
        kind, *of = args[1:-1]
        if kind == "in":
            b = self.value(of[0], env).matrix()
            return alg.multiply(b, self.variables(b.cols, 1, (None, None)))
        sizes = ([self.width(e) for e in of] + [1, 1])[:2]
        labels = [label_of(e) for e in of] + [None, None]
        return self.variables(*sizes, tuple(labels[:2]))

    def variables(self, rows, cols, index):
        return Matrix(rows, cols, [[alg.unknown(next(self.fresh)) for _ in range(cols)] for _ in range(rows)], index)

    def sol(self, env, k, *rest):
        """All v in DOM with p, which is linear and homogeneous in v and the unknowns inside p."""
        args = (k, *rest)
        v = self.unknowns(args, env)
        literals, choices = [], []
        good = slow_block.flatten(self, [(args[-1], {**env, (UNKNOWN, k): v}, True)], literals, choices)
        assert good and not choices
        polys = [p for lit in literals for p in self.residue(*lit[:2])]
        names = sorted({u for p in polys + v.entries() for mono in alg.terms_of(p) for u in mono})
        rows = []
        for p in polys:
            assert all(len(mono) == 1 for mono in alg.terms_of(p)) or p == 0, "not homogeneous linear"
            rows.append([alg.terms_of(p).get((u,), alg.ZERO) for u in names])
        found = [v.substituted(dict(zip(names, w))).entries() for w in alg.kernel(rows, len(names))]
        return Space(v.rows, found, v.index[0])

    # Closed formulas

    def truth(self, n, env):
        """True, False or None of a formula whose unknowns all have values."""
        return self.remember(self.find_truth, n, env)

    def find_truth(self, n, env):
        op, args, _ = self.core.nodes[n]
        if op == "not":
            return negated(self.truth(args[0], env))
        if op in ("and", "or"):
            return (both if op == "and" else either)(self.truth(a, env) for a in args)
        if op in ("all", "any"):
            answers = (self.truth(args[2], inner) for inner in self.each(env, *args[:2]))
            return both(answers) if op == "all" else either(answers)
        if op == "allin":
            return both(self.truth(args[2], inner) for inner in self.each_vector(env, *args[:2]))
        if op == "ex":
            return slow_block.holds(self, n, env)
        return self.relation(n, env)

    def each_vector(self, env, k, s):
        space = self.value(s, env)
        for v in self.remembered.setdefault(("vectors", space), space.vectors()):
            yield {**env, (VECTOR, k): v}

    def relation(self, n, env):
        """True or False of a literal without unknowns."""
        op, args, _ = self.core.nodes[n]
        if op == "true":
            return True
        if op == "same":
            return self.value(args[0], env) == self.value(args[1], env)
        if op in ("le", "lt"):
            a, b = [self.value(x, env).at[0][0] for x in args]
            return a < b or (op == "le" and a == b)
        return all(p == 0 for p in self.residue(n, env))

    def residue(self, n, env):
        """The entries that are all 0 iff the equation or membership n is true."""
        op, args, _ = self.core.nodes[n]
        v = [self.value(a, env) for a in args]
        if op == "zero":
            return v[0].entries()
        if op == "eq":
            return alg.add(v[0], alg.scale(-alg.ONE, v[1])).entries()
        assert op == "within", op
        return [a for c in v[0].columns() for a in v[1].remainder(c)]
