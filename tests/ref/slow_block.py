"""Blocks of linear unknowns: can an `ex` of the core be met? (docs/language.md, 6.1)

An unknown matrix is a matrix of variables, so a term with unknowns is a matrix of polynomials.  A block is a
search through its disjunctions; in each branch, equations and memberships are polynomials that must vanish.
Combinations of them of degree 1 are solved and substituted until there are none left.  Then an inequality
u != v fails iff the polynomials u - v are all zero (Q is infinite).  What is left and is not determined is
tried at a few points; if none will do, the branch is unknown.
"""
import itertools
import random

import slow_algebra as alg
from slow_algebra import Poly, Undetermined

BRANCHES = 20000       # of one block, at most
POINTS = 12            # that are tried for what is not determined
ELEMENT, VECTOR, UNKNOWN = "var", "vec", "unk"


class TooMuch(Exception):
    """More branches than BRANCHES, or a dimension that is too large."""


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


def holds(ev, n, env):
    """Is there a value of the unknown of the `ex` node n?"""
    args = ev.core.nodes[n][1]
    inner = {**env, (UNKNOWN, args[0]): ev.unknowns(args, env)}
    try:
        return search(ev, [(args[-1], inner, True)], [], [], {}, itertools.count())
    except TooMuch:
        return None


def flatten(ev, goals, literals, choices):
    """Sort goals (formula, environment, wanted) into literals and choices; False: one cannot be met.

    A choice is a list of goals one of which must be met."""
    for n, env, wanted in goals:
        if not ev.has_unknown(n, env):
            answer = ev.truth(n, env) if wanted else negated(ev.truth(n, env))
            if answer is False:
                return False
            if answer is None:
                literals.append((n, env, None))
            continue
        op, args, _ = ev.core.nodes[n]
        if op == "ex":
            assert wanted
            parts = [(args[-1], {**env, (UNKNOWN, args[0]): ev.unknowns(args, env)})]
        elif op == "not":
            parts, wanted = [(args[0], env)], not wanted
        elif op in ("and", "or"):
            parts = [(a, env) for a in args]
        elif op in ("all", "any"):
            parts = [(args[2], inner) for inner in ev.each(env, *args[:2])]
            if (ELEMENT, args[0]) not in ev.free(args[2]):
                parts = parts[:1]
        elif op == "allin":
            assert wanted
            parts = [(args[2], inner) for inner in ev.each_vector(env, *args[:2])]
        else:
            literals.append((n, env, wanted))
            continue
        parts = [(a, inner, wanted) for a, inner in parts]
        if op in ("ex", "not", "allin") or (op in ("and", "all")) == wanted:
            if not flatten(ev, parts, literals, choices):
                return False
        else:
            choices.append(parts)
    return True


def search(ev, goals, literals, choices, solved, branches):
    """Can these goals, literals, choices be met, the variables in `solved` being what they are there?"""
    if next(branches) > BRANCHES:
        raise TooMuch
    literals, choices = list(literals), list(choices)
    if not flatten(ev, goals, literals, choices):
        return False
    state = Branch(ev, literals, solved)
    if not state.settle():
        return False
    if not choices:
        return state.rest()
    goals, *choices = choices
    return either(search(ev, [goal], state.open, choices, state.solved, branches) for goal in goals)


class Branch:
    """A conjunction of literals, solved as far as linear algebra goes."""

    def __init__(self, ev, literals, solved):
        self.ev, self.open, self.solved = ev, literals, dict(solved)

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
        op = self.ev.core.nodes[n][0]
        now = self.substituted(env)
        if wanted is None:
            return None, []
        if not self.ev.has_unknown(n, now):
            answer = self.ev.truth(n, now)
            return (answer if wanted else negated(answer)), []
        try:
            if op in ("le", "lt"):
                a, b = [self.ev.value(x, now).at[0][0] for x in self.ev.core.nodes[n][1]]
                if isinstance(a - b, Poly):
                    return None, []
                return (a - b < 0 or (op == "le" and a - b == 0)) == wanted, []
            polys = self.ev.residue(n, now)
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
            tried = Branch(self.ev, self.open, {u: alg.substitute(p, point) for u, p in self.solved.items()} | point)
            tried.now = {}
            if all(tried.look(literal)[0] is True for literal in self.open):
                return True
        return None

    def generic(self, literal):
        """Is it a disequation of polynomials, which a point in general position meets?"""
        n, env, wanted = literal
        if wanted is not False or self.ev.core.nodes[n][0] not in ("eq", "zero", "within"):
            return False
        try:
            return any(p != 0 for p in self.ev.residue(n, self.substituted(env)))
        except Undetermined:
            return False
