#!/usr/bin/env python3
"""A slow reference for whole claims: is a statement true in an instance?

    slow.py CORE STATEMENT INSTANCE [--without H,..] [--weaken H,..] [--only H,..]

CORE is what `aon core` or `aonck --core` prints (with --drop where wanted), INSTANCE an `.aoni` file.
Prints the truth of every hypothesis and conclusion and the verdict.

Written from docs/language.md (sections 3, 5, 6) and docs/instance-format.md alone; shares no code with
aon or the checkers.  A formula is true, false, or None: unknown.

* Closed terms and formulas are evaluated as language.md defines them; `forall`, `exists` over finite sets
  by running through the set, `forall` over a subspace by its basis (6.4).
* Unknown matrices are matrices of variables, so a term with unknowns is a matrix of polynomials.  A block
  of `ex` is a search through its disjunctions; in each branch, equations and memberships are polynomials
  that must vanish.  Combinations of them of degree 1 are solved and substituted until there are none left.
  Then an inequality u != v fails iff the polynomials u - v are all zero (Q is infinite).  What is left and is
  not determined is tried at a few points; if none will do, the branch is unknown.
"""
import argparse
import itertools
import random
import sys

import slow_algebra as alg
from slow_algebra import Matrix, Poly, Space, Undetermined, scalar
from slow_text import BadInput, Fitted, label_of, need, read_core, read_instance

BRANCHES = 20000       # of one block, at most
POINTS = 12            # that are tried for what is not determined
WIDE = 300             # largest dimension of a space that is looked at
ELEMENT, VECTOR, UNKNOWN = "var", "vec", "unk"
BINDS = {"sum": ELEMENT, "cols": ELEMENT, "all": ELEMENT, "any": ELEMENT,
         "allin": VECTOR, "sol": UNKNOWN, "ex": UNKNOWN}


class TooMuch(Exception):
    """More branches than BRANCHES, or a dimension above WIDE."""


def both(answers):
    """and, of three truth values"""
    unknown = False
    for a in answers:
        if a is False:
            return False
        unknown |= a is None
    return None if unknown else True


def negated(a):
    return None if a is None else not a


def either(answers):
    return negated(both(negated(a) for a in answers))


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
        good = self.flatten([(args[-1], {**env, (UNKNOWN, k): v}, True)], literals, choices)
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
            return (both if op == "all" else either)(self.truth(args[2], inner) for inner in self.each(env, *args[:2]))
        if op == "allin":
            return both(self.truth(args[2], inner) for inner in self.each_vector(env, *args[:2]))
        if op == "ex":
            return self.block(n, env)
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

    # Blocks of linear unknowns

    def block(self, n, env):
        args = self.core.nodes[n][1]
        inner = {**env, (UNKNOWN, args[0]): self.unknowns(args, env)}
        try:
            return self.search([(args[-1], inner, True)], [], [], {}, itertools.count())
        except TooMuch:
            return None

    def flatten(self, goals, literals, choices):
        """Sort goals (formula, environment, wanted) into literals and choices; False: one cannot be met.

        A choice is a list of goals one of which must be met."""
        for n, env, wanted in goals:
            if not self.has_unknown(n, env):
                answer = self.truth(n, env) if wanted else negated(self.truth(n, env))
                if answer is False:
                    return False
                if answer is None:
                    literals.append((n, env, None))
                continue
            op, args, _ = self.core.nodes[n]
            if op == "ex":
                assert wanted
                parts = [(args[-1], {**env, (UNKNOWN, args[0]): self.unknowns(args, env)})]
            elif op == "not":
                parts, wanted = [(args[0], env)], not wanted
            elif op in ("and", "or"):
                parts = [(a, env) for a in args]
            elif op in ("all", "any"):
                parts = [(args[2], inner) for inner in self.each(env, *args[:2])]
                if (ELEMENT, args[0]) not in self.free(args[2]):
                    parts = parts[:1]
            elif op == "allin":
                assert wanted
                parts = [(args[2], inner) for inner in self.each_vector(env, *args[:2])]
            else:
                literals.append((n, env, wanted))
                continue
            parts = [(a, inner, wanted) for a, inner in parts]
            if op in ("ex", "not", "allin") or (op in ("and", "all")) == wanted:
                if not self.flatten(parts, literals, choices):
                    return False
            else:
                choices.append(parts)
        return True

    def search(self, goals, literals, choices, solved, branches):
        """Can these goals, literals, choices be met, the variables in `solved` being what they are there?"""
        if next(branches) > BRANCHES:
            raise TooMuch
        literals, choices = list(literals), list(choices)
        if not self.flatten(goals, literals, choices):
            return False
        state = Branch(self, literals, solved)
        if not state.settle():
            return False
        if not choices:
            return state.rest()
        goals, *choices = choices
        return either(self.search([goal], state.open, choices, state.solved, branches) for goal in goals)


class Branch:
    """A conjunction of literals, solved as far as linear algebra goes."""

    def __init__(self, evaluation, literals, solved):
        self.eval, self.open, self.solved = evaluation, literals, dict(solved)

    def substituted(self, env):
        for k, v in env.items():
            if k[0] == UNKNOWN:
                key = id(v)
                if key not in self.now:
                    self.now[key] = (v, v.substituted(self.solved))
                env = {**env, k: self.now[key][1]}
        return env

    def settle(self):
        """Solve what is linear, substitute, repeat; False: it cannot be met."""
        more = True
        while more:
            self.now, more, polys, still = {}, False, [], []
            for literal in self.open:
                n, env, wanted = literal
                answer, equations = self.look(literal)
                if answer is False:
                    return False
                polys += equations
                if answer is None:
                    still.append(literal)
            self.open = still
            low, _ = alg.consequences(polys)
            if any(not isinstance(p, Poly) for p in low):
                return False
            for p in low:
                self.solve(p)
                more = True
        return True

    def look(self, literal):
        """(True, False or None if it is not known yet, the polynomials that must vanish)"""
        n, env, wanted = literal
        op = self.eval.core.nodes[n][0]
        now = self.substituted(env)
        if wanted is None:
            return None, []
        if not self.eval.has_unknown(n, now):
            answer = self.eval.truth(n, now)
            return (answer if wanted else negated(answer)), []
        try:
            if op in ("le", "lt"):
                a, b = [self.eval.value(x, now).at[0][0] for x in self.eval.core.nodes[n][1]]
                if isinstance(a - b, Poly):
                    return None, []
                return (a - b < 0 or (op == "le" and a - b == 0)) == wanted, []
            polys = self.eval.residue(n, now)
        except Undetermined:
            return None, []
        if all(p == 0 for p in polys):
            return wanted, []
        if any(not isinstance(p, Poly) and p != 0 for p in polys):
            return not wanted, []
        return None, [p for p in polys if p != 0] if wanted else []

    def solve(self, p):
        """Substitute one variable of the polynomial p of degree 1 that must vanish."""
        p = alg.substitute(p, self.solved)
        if p == 0:
            return
        (u,) = next(mono for mono in sorted(p.terms) if mono)
        image = {u: alg.unknown(u) - p * (1 / p.terms[u,])}
        self.solved = {v: alg.substitute(q, image) for v, q in self.solved.items()}
        self.solved.update(image)

    def rest(self):
        """The answer when no choice is left."""
        if all(self.generic(literal) for literal in self.open):
            return True
        names = sorted({u for _, env, _ in self.open for k, v in env.items() if k[0] == UNKNOWN
                        for a in v.substituted(self.solved).entries() for mono in alg.terms_of(a) for u in mono})
        rng = random.Random(1)
        for i in range(POINTS):
            point = {u: alg.Fraction(rng.randint(-i, i)) for u in names}
            tried = Branch(self.eval, self.open, {u: alg.substitute(p, point) for u, p in self.solved.items()} | point)
            tried.now = {}
            if all(tried.look(literal)[0] is True for literal in self.open):
                return True
        return None

    def generic(self, literal):
        """Is it a disequation of polynomials, which a point in general position meets?"""
        n, env, wanted = literal
        if wanted is not False or self.eval.core.nodes[n][0] not in ("eq", "zero", "within"):
            return False
        try:
            return any(p != 0 for p in self.eval.residue(n, self.substituted(env)))
        except Undetermined:
            return False


# Statements

def variant_roots(core, without=(), weaken=(), only=None):
    """{hypothesis: root} that the variant leaves."""
    for name in [*without, *weaken, *(only or ())]:
        need(name in core.assume, "no hypothesis " + name)
    for name in weaken:
        need(name in core.weaken, "nothing weaker than " + name)
    return {h: core.weaken[h] if h in weaken else root for h, root in core.assume.items()
            if h not in without and (only is None or h in only)}


def judge(core, instance, without=(), weaken=(), only=None):
    """({hypothesis: truth}, {conclusion: truth}) in the instance."""
    roots = variant_roots(core, without, weaken, only)
    evaluation = Evaluation(core, instance)

    def truth(root):
        try:
            return evaluation.truth(root, {})
        except TooMuch:
            return None

    return {h: truth(root) for h, root in roots.items()}, {c: truth(root) for c, root in core.show.items()}


def verdict(assume, show):
    """`holds`, `violated C ..`, `inapplicable H ..` as in a witness, or `unknown`."""
    for table, word in ((assume, "inapplicable"), (show, "violated")):
        if None in table.values():
            return "unknown"
        if False in table.values():
            return " ".join([word] + [name for name, truth in table.items() if truth is False])
    return "holds"


def claim(assume, show, words):
    """Is the verdict line of a witness true?  None: unknown."""
    word, *names = words.split(" ")
    if word == "inapplicable":
        if not names or not set(names) <= set(assume):
            return False
        return both(t if h not in names else negated(t) for h, t in assume.items())
    if word not in ("holds", "violated") or (word == "violated") != bool(names) or not set(names) <= set(show):
        return False
    return both([*assume.values(), *(t if c not in names else negated(t) for c, t in show.items())])


def main():
    parser = argparse.ArgumentParser(description="slow reference: the truth of a statement in an instance")
    parser.add_argument("core")
    parser.add_argument("statement")
    parser.add_argument("instance")
    for option in ("without", "weaken", "only"):
        parser.add_argument("--" + option, type=lambda text: [x for x in text.split(",") if x])
    args = parser.parse_args()
    try:
        with open(args.core, encoding="utf-8") as f:
            cores = read_core(f.read())
        with open(args.instance, encoding="utf-8") as f:
            instance = read_instance(f.read())
        need(args.statement in cores, "no statement " + args.statement)
        assume, show = judge(cores[args.statement], instance, args.without or (), args.weaken or (), args.only)
    except (BadInput, OSError, UnicodeDecodeError) as e:
        print("slow.py: %s" % e, file=sys.stderr)
        return 3
    said = {True: "true", False: "false", None: "unknown"}
    for word, table in (("assume", assume), ("show", show)):
        for name, truth in table.items():
            print(word, name, said[truth])
    print("verdict", verdict(assume, show))
    return 0


if __name__ == "__main__":
    sys.exit(main())
