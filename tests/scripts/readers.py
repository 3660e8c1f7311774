#!/usr/bin/env python3
# ctest: labels=slow timeout=900
"""Three readers, one language: aon, aonck and aonck.py on generated statement files.

A seeded generator writes well-typed files (every operation of docs/language.md section 5) and
spoils copies of them.  `aon core F`, `aonck --core F` and `aonck.py --core F` must print the
same bytes, or refuse F at the same line with the same slug: a reader may stop at the first error.
For a disagreement the file is made small and printed with what each program says.  A file with
statements that are refused is read again without them, and with some of them one at a time.  First the files of theorems/, tests/accept/,
tests/lang/ (which are refused) and tests/corpus/.

AON_READERS=N files, half of them spoiled (default 240); AON_SEED=S (default 1); AON_KEEP=DIR keeps
the small files.  AONCK may be missing: then aon and aonck.py are compared.
"""
import glob
import importlib.util
import os
import random
import re
import shutil
import signal
import subprocess
import sys

LINEAR = ("scalar", "vector", "matrix")
NAMES = {
    "dim": ["d", "d'", "e", "k"], "token": ["y0", "y1", "y2"], "context": ["x0", "x1"],
    "query": ["q", "r", "q'"], "tokens": ["Ts", "Y'", "U"], "contexts": ["Xs", "X'", "Z"],
    "model": ["m", "m'", "m0", "n"], "scalar": ["beta", "s", "t", "lam"],
    "vector": ["h", "l", "betaq", "p"], "matrix": ["A", "B", "C", "Aq"],
    "subspace": ["Gam", "S", "T", "Gamq", "Lam"], "let": ["L", "K", "Gam'", "o", "f", "g"]}
BOUND = ["x", "y", "z", "w", "x'", "y'", "u", "v", "a", "b", "c", "i", "j", "v'", "holds", "on", "minimal"]
FORMULA = ("formula",)
SCALAR = ("scalar",)
# Definitions of theorems/lib/ntp.aon: parameters, result; D and E are the dimensions of the models.
NTP = {
    "F": "m -> subspace D", "G": "m -> subspace D", "M": "m -> subspace D", "N": "m -> subspace D",
    "hiddenF": "m -> subspace D", "hiddenG": "m -> subspace D", "r": "m -> scalar",
    "F_on": "m contexts -> subspace D", "G_on": "m tokens -> subspace D",
    "M_on": "m contexts tokens -> subspace D", "V": "m query -> subspace D",
    "W": "m query -> subspace D", "gl": "m vector:#Y -> vector D", "g0": "m token -> vector D",
    "carry": "m n subspace:D subspace:E -> subspace E", "Lam": "m subspace:D query -> subspace #Y",
    "gL": "m subspace:#Y -> subspace D", "same": "m n -> formula", "same_q": "m n query -> formula",
    "E1": "m n matrix:D:E -> formula", "EL": "m n -> formula", "ELb": "m n -> formula",
    "LE": "m n -> formula", "lin_any": "m subspace:D query -> formula",
    "lin_on": "m subspace:D subspace:D query -> formula", "Tab": "m subspace:#Y query -> formula",
    "reader": "m subspace:D matrix:D:D vector:D query -> formula", "divF": "m -> formula",
    "minimal": "m -> formula", "Mprobed": "m tokens query -> formula", "quadric": "m -> formula",
    "sphere": "m -> formula", "nondegenerate": "m subspace:D subspace:D -> formula"}
NTP_LABELS = ["EL.vA", "EL.e3", "reader.eqn", "reader.norm", "ELb.e1", "par.nz", "EL.nothing"]


class Definition:
    def __init__(self, name, params, result, labels=()):
        self.name, self.params, self.result, self.labels = name, params, result, labels


def ntp_definitions():
    for name, text in NTP.items():
        left, right = text.split(" -> ")
        params = []
        for word in left.split():
            kind, *dims = word.split(":")
            params.append(("model", {"m": "D", "n": "E"}[kind]) if kind in "mn" else
                          (kind, *dims))
        yield Definition(name, params, tuple(right.split()))


class Scope:
    """What one statement or definition declares.  A given is made when a term needs it."""

    def __init__(self, rng, library, inside=None, loose=0.01):
        self.rng, self.definitions, self.inside, self.loose = rng, library, inside, loose
        self.items, self.names, self.given = [], set(), {}
        self.labels, self.lets = [], []
        self.spelled = {}

    def fresh(self, kind):
        free = [n for n in NAMES[kind] if n not in self.names]
        name = self.rng.choice(free) if free else \
            NAMES[kind][0].rstrip("'") + str(len(self.names)) + self.rng.choice(["", "'"])
        self.names.add(name)
        return name

    def dim(self):
        """A dimension, written as types print it."""
        roll = self.rng.random()
        if roll < 0.12 and not self.inside:
            return self.rng.choice("01234")
        if roll < 0.2:
            return "#" + self.rng.choice(["X", "Y"])
        if roll < 0.26:
            return "#" + self.context_set()
        if roll < 0.3:
            return "#" + self.token_set()
        if self.inside:
            return self.need(("model", None))[1] if roll < .8 else self.need(("dim",))[0]
        return self.need(("dim",))[0]

    def spell(self, dim):
        """The same dimension in one of the ways in which it may be written."""
        ways = [dim] + [n + ".dim" for n, d in self.given.get("model", []) if d == dim]
        return self.rng.choice(ways + self.spelled.get(dim, []))

    def need(self, ty, new=0.15):
        """(name, dims..) of a given of this type."""
        kind = ty[0]
        have = [g for g in self.given.get(kind, [])
                if all(a is None or a == b for a, b in zip(ty[1:], g[1:]))]
        if have and self.rng.random() > new:
            return self.rng.choice(have)
        dims = [self.dim() if d is None and not (self.inside and kind == "model") else d
                for d in ty[1:]]
        name = self.fresh(kind)
        if self.inside and kind == "model":
            dims = [name + ".dim"]
        sort = kind + ("(" + ", ".join(map(self.spell, dims)) + ")" if dims else "")
        self.given.setdefault(kind, []).append((name, *dims))
        if self.inside:
            self.items.append((name, (kind, *dims)))
        else:
            self.items.append("given %s in %s" % (name, sort))
        return self.given[kind][-1]

    def token_set(self):
        return "Y" if self.rng.random() < 0.8 else self.need(("tokens",))[0]

    def context_set(self):
        base = "X" if self.rng.random() < 0.75 else self.need(("contexts",))[0]
        return base + ("/" + self.need(("query",))[0] if self.rng.random() < 0.4 else "")


class Writer:
    """Terms and formulas as (level, text); the levels are the rules of the grammar.

    `bound` holds (name, type, role, parity): role is the set of an element, or `ex`, `sol`,
    `all` for a vector of a subspace.  `parity` counts the negations above.
    """
    IFF, IMP, OR, AND, LAB, UN, TERM, PROD, NEG, POST = range(10)

    def __init__(self, scope, bound=(), parity=0):
        self.scope, self.rng, self.bound, self.parity = scope, scope.rng, bound, parity

    def inner(self, *new, parity=None):
        return Writer(self.scope, self.bound + new, self.parity if parity is None else parity)

    def closed(self, odd=None):
        """Without the linear unknowns; odd: only those at an odd distance from that parity."""
        if self.rng.random() < self.scope.loose:
            return self
        return Writer(self.scope, tuple(
            b for b in self.bound if b[2] not in ("ex", "sol") and not (b[2] == "all" and odd is None)
            or odd is not None and b[3] is not None and (odd - b[3]) % 2 == 0), self.parity)

    def paren(self, level, node):
        return node[1] if node[0] >= level and self.rng.random() > 0.04 else "(" + node[1] + ")"

    def pick(self, *weighted):
        total = self.rng.uniform(0, sum(w for w, _ in weighted))
        for weight, what in weighted:
            total -= weight
            if total <= 0:
                return what()
        return weighted[-1][1]()

    def name(self):
        taken = self.scope.names | {b[0] for b in self.bound}
        free = [n for n in BOUND if n not in taken]
        return self.rng.choice(free[:6] if free and self.rng.random() < 0.7 else
                               free or ["z%d" % len(self.bound)])

    # elements, sets, dimensions

    def finite(self, sort=None):
        sort = sort or self.rng.choice(["token", "context"])
        where = self.scope.token_set() if sort == "token" else self.scope.context_set()
        aliases = self.scope.spelled.get("set " + where, [])
        return sort, where, self.rng.choice([where] + aliases)

    def bind(self, sort=None):
        """Binder text and the scope below it; sometimes several variables."""
        text, inner = [], self
        for _ in range(1 if self.rng.random() < 0.75 else 2):
            kind, where, spelled = self.finite(sort)
            name = inner.name()
            inner = inner.inner((name, (kind,), where, self.parity))
            if self.rng.random() < 0.15:
                other = inner.name()
                inner = inner.inner((other, (kind,), where, self.parity))
                name += ", " + other
            text.append(name + " in " + spelled)
        return ", ".join(text), inner

    def element(self, sort, where=None):
        """An element; where: an index of a vector over that set."""
        have = []
        for name, ty, role, _ in self.bound:
            if ty != (sort,):
                continue
            base, _, query = role.partition("/")
            if where is None or role == where or base == where or where in "XY":
                have.append(name)
            if query and (where is None or where == base or where == "X"):
                have += [name + "." + query]
        if have and (where or self.rng.random() < 0.8):
            return self.rng.choice(have)
        if where and where not in "XY":
            return None
        if sort == "token" and self.rng.random() < 0.3:
            return "base"
        return self.scope.need((sort,))[0]

    def dimension(self, dim):
        return self.scope.spell(dim)

    # terms

    def variables(self, ty):
        return [b[0] for b in self.bound if b[1] == ty]

    def leaf(self, ty):
        have = self.variables(ty)
        if have and self.rng.random() < 0.7:
            return self.POST, self.rng.choice(have)
        linear = [b for b in self.bound if b[2] in ("ex", "sol", "all")]
        if linear and self.rng.random() < 0.3 and ty[0] in LINEAR:
            b = self.rng.choice(linear)
            return self.closed().linear((b,), ty, 1)
        if ty == SCALAR and self.rng.random() < 0.6:
            return self.rational()
        if ty[0] == "vector" and self.rng.random() < 0.7:
            return self.embedding(ty[1])
        if ty[0] == "matrix" and ty[1] == ty[2] and self.rng.random() < 0.4:
            return self.POST, "id(%s)" % self.dimension(ty[1])
        lets = [n for n, t in self.scope.lets if t == ty]
        if lets and self.rng.random() < 0.5:
            return self.POST, self.rng.choice(lets)
        return self.POST, self.scope.need(ty)[0]

    def rational(self):
        return self.POST, self.rng.choice(["0", "1", "2", "1/2", "-1", "6/4", "0/3", "10", "7/1"]) \
            .replace("-1", "(-1)")

    def embedding(self, dim):
        if dim.startswith("#") or dim.isdigit() and self.rng.random() < 0.7:
            return self.POST, self.scope.need(("vector", dim))[0]
        if self.scope.inside and not dim.endswith(".dim"):
            return self.POST, self.scope.need(("vector", dim))[0]
        model = self.scope.need(("model", dim), 0.05)[0]
        if self.rng.random() < 0.5:
            return self.POST, "%s.f(%s)" % (model, self.element("context"))
        return self.POST, "%s.g(%s)" % (model, self.element("token"))

    def term(self, ty, depth):
        if depth <= 0 or self.rng.random() < 0.1:
            return self.leaf(ty) if ty[0] in LINEAR else self.space_leaf(ty)
        d = depth - 1
        both = [(1.5, lambda: self.leaf(ty)), (0.8, lambda: self.call(ty, d))]
        if ty[0] == "subspace":
            return self.space(ty, d)
        if ty[0] in ("token", "context"):
            return self.POST, self.element(ty[0])
        both += [
            (2, lambda: self.binary("+", ty, ty, d, self.TERM)),
            (2, lambda: self.binary("-", ty, ty, d, self.TERM)),
            (0.7, lambda: (self.NEG, "-" + self.paren(self.POST, self.term(ty, d)))),
            (1.5, lambda: self.binary("*", SCALAR, ty, d, self.PROD)),
            (0.5, lambda: self.binary("*", ty, SCALAR, d, self.PROD)),
            (1.2, lambda: self.sum(ty, d))]
        if ty == SCALAR:
            both += [(2, lambda: self.dot(d)), (0.8, lambda: self.size()),
                     (0.8, lambda: (self.POST, "dim(%s)" % self.term(
                         ("subspace", self.scope.dim()), d)[1])),
                     (1, lambda: self.index(d)),
                     (0.3, lambda: (self.POST, "tr(%s)" % self.term(SCALAR, d)[1]))]
        elif ty[0] == "vector":
            both += [(2, lambda: self.product(ty, d)), (1.5, lambda: self.project(ty, d))]
        else:
            both += [(2, lambda: self.product(ty, d)), (1, lambda: self.project(ty, d)),
                     (1, lambda: (self.POST, "tr(%s)" % self.term(
                         ("matrix", ty[2], ty[1]), d)[1]))]
            if ty[1] == "1":
                both.append((3, lambda: (self.POST, "tr(%s)" % self.term(("vector", ty[2]), d)[1])))
            if ty[1] == ty[2]:
                both.append((2, lambda: (self.POST, "proj(%s)" % self.term(
                    ("subspace", ty[1]), d)[1])))
        return self.pick(*both)

    def binary(self, sign, left, right, depth, level):
        a, b = self.term(left, depth), self.term(right, depth)
        return level, "%s%s%s" % (self.paren(level, a), self.rng.choice([sign, " %s " % sign])
                                  if sign != "-" else " - ", self.paren(level + 1, b))

    def sum(self, ty, depth):
        text, inner = self.bind()
        if ", " in text and text.count(" in ") > 1:
            name, inner = self.name(), self
            sort, where, spelled = self.finite()
            text, inner = name + " in " + spelled, self.inner((name, (sort,), where, 0))
        body = inner.term(ty, depth)
        return (self.POST if self.rng.random() < 0.1 else self.TERM,
                "(sum %s: %s)" % (text, inner.paren(self.PROD, body)))

    def dot(self, depth):
        dim = self.scope.dim()
        return self.POST, "<%s, %s>" % tuple(
            self.paren(self.TERM, self.term(("vector", dim), depth)) for _ in "ab")

    def size(self):
        dims = [d for k in ("model", "vector", "matrix") for g in self.scope.given.get(k, [])
                for d in g[1:]]
        dims = [d for d in dims if not d.isdigit()]
        if dims and self.rng.random() < 0.5:
            return self.POST, self.dimension(self.rng.choice(dims))
        return self.POST, "#" + self.finite()[1]

    def index(self, depth):
        sort, where, _ = self.finite()
        at = self.element(sort, where)
        if at is None:
            return self.rational()
        return self.POST, "%s[%s]" % (
            self.paren(self.POST, self.term(("vector", "#" + where), depth)), at)

    def product(self, ty, depth):
        middle = self.scope.dim()
        right = (ty[0], middle) + ty[2:]
        return self.binary("*", ("matrix", ty[1], middle), right, depth, self.PROD)

    def project(self, ty, depth):
        a = self.term(("subspace", ty[1]), depth)[1]
        return self.PROD, "proj(%s)*%s" % (a, self.paren(self.NEG, self.term(ty, depth)))

    # subspaces

    def space_leaf(self, ty):
        if ty[0] != "subspace":
            return self.POST, self.element(ty[0])
        lets = [n for n, t in self.scope.lets if t == ty]
        if lets and self.rng.random() < 0.5:
            return self.POST, self.rng.choice(lets)
        if self.rng.random() < 0.2:
            return self.POST, "all(%s)" % self.dimension(ty[1])
        return self.POST, self.scope.need(ty)[0]

    def space(self, ty, d):
        dim = ty[1]
        shut = self.closed()
        return self.pick(
            (1, lambda: self.space_leaf(ty)), (1, lambda: self.call(ty, d)),
            (2, lambda: self.span(dim, d)),
            (1, lambda: (self.POST, "colspace(%s)" % self.term(
                ("matrix", dim, self.scope.dim()), d)[1])),
            (1, lambda: (self.POST, "rowspace(%s)" % self.term(
                ("matrix", self.scope.dim(), dim), d)[1])),
            (0.2, lambda: (self.POST, "colspace(%s)" % self.term(("vector", dim), d)[1])),
            (1.2, lambda: self.image(dim, d)),
            (1.2, lambda: (self.POST, "perp(%s)" % shut.term(ty, d)[1])),
            (1, lambda: shut.binary("&", ty, ty, d, self.TERM)),
            (1, lambda: self.binary("+", ty, ty, d, self.TERM)),
            (2.5, lambda: shut.builder(dim, d)))

    def span(self, dim, depth):
        text, inner = self.bind()
        return self.POST, "span{ %s | %s }" % (
            inner.paren(self.TERM, inner.term(("vector", dim), depth)), text)

    def image(self, dim, depth):
        source = self.scope.dim()
        return self.POST, "image(%s, %s)" % (self.term(("matrix", dim, source), depth)[1],
                                             self.term(("subspace", source), depth)[1])

    def builder(self, dim, depth):
        name = self.name()
        if self.rng.random() < 0.5:
            where = "vector(%s)" % self.dimension(dim)
        else:
            where = self.paren(self.TERM, self.term(("subspace", dim), depth))
        var = (name, ("vector", dim), "sol", 0)
        return self.POST, "{ %s in %s | %s }" % (
            name, where, self.homogeneous((var,), depth, True)[1])

    # formulas that are homogeneous linear in the variables V (language.md 6.3, 6.4); self has not V

    def homogeneous(self, V, depth, unknowns):
        d = depth - 1
        names = Writer(self.scope, self.bound + V)
        if self.rng.random() < self.scope.loose:
            return names.formula(d)

        def finite():
            text, inner = names.bind()
            inner = Writer(self.scope, tuple(b for b in inner.bound if b not in V))
            return self.IFF, "forall %s: %s" % (text, inner.homogeneous(V, d, unknowns)[1])

        def space():
            dim, name = self.scope.dim(), names.name()
            where = self.paren(self.TERM, self.term(("subspace", dim), d))
            var = (name, ("vector", dim), "all", 0)
            inner = Writer(self.scope, self.bound + (var,))
            if self.rng.random() < 0.5:    # linear in the inner variable, V in the coefficients
                return self.IFF, "forall %s in %s: %s = 0" % (
                    name, where, self.linear(V[:1], SCALAR, d)[1]
                    if self.rng.random() < 0.1 else "<%s, %s>" % (
                        self.linear((var,), ("vector", dim), 1)[1],
                        self.linear(V[-1:], ("vector", dim), 1)[1]))
            return self.IFF, "forall %s in %s: %s" % (name, where, inner.homogeneous(V, d, unknowns)[1])

        def exists():
            name = names.name()
            if self.rng.random() < 0.3:
                dim = self.scope.dim()
                where, ty = self.paren(self.TERM, self.term(("subspace", dim), d)), ("vector", dim)
            else:
                ty = self.lin_type()
                where = self.sort_text(ty)
            more = V + ((name, ty, "sol", 0),)
            return self.IFF, "exists %s in %s: %s" % (name, where, self.homogeneous(more, d, True)[1])

        def both():
            a, b = (self.homogeneous(V, d, unknowns) for _ in "ab")
            return self.AND, "%s and %s" % (self.paren(self.AND, a), self.paren(self.LAB, b))

        def equation():
            ty = self.lin_type() if self.rng.random() < 0.6 else V[0][1]
            a = self.paren(self.TERM, self.linear(V, ty, d))
            roll = self.rng.random()
            if roll < 0.5:
                return self.UN, self.rng.choice(["%s = 0", "0 = %s", "%s = (0)"]) % a
            if roll < 0.53 and ty == SCALAR:
                return self.UN, a + " = 0/1"
            if roll < 0.75 or ty == SCALAR:
                return self.UN, "%s = %s" % (a, self.paren(self.TERM, self.linear(V, ty, d)))
            return self.UN, "%s in %s" % (a, self.paren(self.TERM, self.term(("subspace", ty[1]), d)))

        if d < 0:
            return equation()
        return self.pick((3, equation), (1.5, both), (1.5, finite), (0.7, space),
                         (1.2 if unknowns else 0, exists))

    def linear(self, V, ty, depth):
        """A term of that type and of degree 1 in the variables V."""
        d = depth - 1
        if self.rng.random() < self.scope.loose / 4:
            return Writer(self.scope, self.bound + V).term(ty, 1)
        have = [v[0] for v in V if v[1] == ty]
        if have and (d < 0 or self.rng.random() < 0.5):
            return self.POST, self.rng.choice(have)
        if d >= 0 and self.rng.random() < 0.7:
            def add():
                return self.TERM, "%s %s %s" % (
                    self.paren(self.TERM, self.linear(V, ty, d)), self.rng.choice("+-"),
                    self.paren(self.PROD, self.linear(V, ty, d)))

            def times():
                if ty == SCALAR:
                    return self.PROD, "%s*%s" % (self.paren(self.PROD, self.term(SCALAR, d)),
                                                 self.paren(self.NEG, self.linear(V, ty, d)))
                middle = self.scope.dim()
                return self.PROD, "%s*%s" % (
                    self.paren(self.PROD, self.term(("matrix", ty[1], middle), d)),
                    self.paren(self.NEG, self.linear(V, (ty[0], middle) + ty[2:], d)))

            def total():
                names = Writer(self.scope, self.bound + V)
                sort, where, spelled = self.finite()
                name = names.name()
                inner = self.inner((name, (sort,), where, 0))
                at = [v[0] for v in V if v[1] == ("vector", "#" + where)]
                if at:
                    body = "%s[%s]*%s" % (self.rng.choice(at), name, inner.paren(self.NEG, inner.term(ty, d)))
                else:
                    body = inner.paren(self.PROD, inner.linear(V, ty, d))
                return self.POST, "(sum %s in %s: %s)" % (name, spelled, body)

            def project():
                if ty == SCALAR:
                    return add()
                return self.PROD, "proj(%s)*%s" % (self.term(("subspace", ty[1]), d)[1],
                                                   self.paren(self.NEG, self.linear(V, ty, d)))

            def transpose():
                if ty[0] != "matrix":
                    return self.NEG, "-" + self.paren(self.POST, self.linear(V, ty, d))
                return self.POST, "tr(%s)" % self.linear(V, ("matrix", ty[2], ty[1]), d)[1]

            return self.pick((2, add), (2, times), (2, total), (1, project), (1, transpose))
        name, have = self.rng.choice(V)[:2]
        if have[0] == "matrix":
            if ty[0] == "vector" and ty[1] == have[1]:
                return self.PROD, "%s*%s" % (name, self.paren(self.NEG, self.term(("vector", have[2]), 0)))
            u, v = (self.paren(self.TERM, self.term(("vector", have[i]), 0)) for i in (1, 2))
            text = "<%s, %s*(%s)>" % (u, name, v)
        elif have[0] == "vector":
            sides = [name, self.paren(self.TERM, self.term(have, 0))]
            self.rng.shuffle(sides)
            text = "<%s, %s>" % tuple(sides)
        else:
            text = name
        if ty == SCALAR:
            return self.POST, text
        return self.PROD, "%s*%s" % (text, self.paren(self.NEG, self.term(ty, 0)))

    # formulas

    def lin_type(self):
        kind = self.rng.choice(LINEAR)
        return (kind, *(self.scope.dim() for _ in range(LINEAR.index(kind))))

    def sort_text(self, ty):
        return ty[0] + ("(%s)" % ", ".join(map(self.dimension, ty[1:])) if ty[1:] else "")

    def relation(self, d):
        roll = self.rng.random()
        if roll < 0.12:
            sort = (self.rng.choice(["token", "context"]),)
            return self.UN, "%s %s %s" % (self.element(sort[0]), self.rng.choice(["=", "!="]),
                                          self.element(sort[0]))
        if roll < 0.3:
            return self.UN, "%s %s %s" % (self.paren(self.TERM, self.term(SCALAR, d)),
                                          self.rng.choice(["<=", "<", "="]),
                                          self.paren(self.TERM, self.term(SCALAR, d)))
        if roll < 0.5:
            ty = ("subspace", self.scope.dim())
            sign = self.rng.choice(["<=", "=", "!=", "= 0", "!= 0"])
        elif roll < 0.65:
            ty = self.lin_type()
            while ty == SCALAR:
                ty = self.lin_type()
            return self.UN, "%s in %s" % (self.paren(self.TERM, self.term(ty, d)), self.paren(
                self.TERM, self.term(("subspace", ty[1]), d)))
        else:
            ty = self.lin_type()
            sign = self.rng.choice(["=", "=", "!=", "= 0", "!= 0", "= (0)", "0 ="])
        a = self.paren(self.TERM, self.term(ty, d))
        if sign == "0 =":
            return self.UN, "0 = " + a
        if sign.endswith(("0", ")")):
            return self.UN, a + " " + sign
        return self.UN, "%s %s %s" % (a, sign, self.paren(self.TERM, self.term(ty, d)))

    def flip(self, by=1):
        return Writer(self.scope, self.bound, None if by is None or self.parity is None
                      else self.parity + by)

    def formula(self, depth):
        if depth <= 0:
            lets = [n for n, t in self.scope.lets if t == FORMULA]
            if lets and self.rng.random() < 0.2:
                return self.POST, self.rng.choice(lets)
            return self.relation(1)
        d = depth - 1

        def connective(sign, level):
            left, right = self, self
            if sign == "->":
                left = self.flip()
            elif sign == "<->":
                left = right = self.flip(None)
            a, b = left.formula(d), right.formula(d)
            if sign == "and":
                a, b = ((self.LAB, "%s: %s" % (self.label(), self.paren(self.UN, n)))
                        if self.rng.random() < 0.2 else n for n in (a, b))
            swap = sign == "->" or sign == "<->"
            right_text = b[1] if self.rng.random() < 0.2 and b[0] == self.IFF and level > 0 else \
                self.paren(level + (sign != "->"), b)
            return level, "%s %s %s" % (self.paren(level + swap, a), sign, right_text)

        def finite():
            text, inner = self.bind()
            return self.IFF, "%s %s: %s" % (self.rng.choice(["forall", "exists"]), text,
                                            inner.formula(d)[1])

        def unknown():
            word = self.rng.choice(["exists", "exists", "exists", "forall"])
            at = None if self.parity is None else self.parity + (word == "forall")
            outer = self.closed(odd=at)
            name = self.name()
            if self.rng.random() < 0.25 and word == "exists":
                dim = self.scope.dim()
                where = self.paren(self.TERM, self.closed().term(("subspace", dim), d))
                ty = ("vector", dim)
            else:
                ty = self.lin_type()
                where = self.sort_text(ty)
            inner = Writer(self.scope, outer.bound + ((name, ty, "ex", at),), self.parity)
            if self.rng.random() < 0.2:
                other = inner.name()
                inner = inner.inner((other, ty, "ex", at))
                name += ", " + other
            body = inner.formula(d)
            if self.rng.random() < 0.7:
                body = self.AND, "%s and %s" % (
                    inner.paren(self.UN, inner.relation(1)), inner.paren(self.UN, body))
            return self.IFF, "%s %s in %s: %s" % (word, name, where, body[1])

        def space():
            dim, outer = self.scope.dim(), self.closed(odd=self.parity)
            name = self.name()
            where = self.paren(self.TERM, self.closed().term(("subspace", dim), d))
            var = (name, ("vector", dim), "all", self.parity)
            return self.IFF, "forall %s in %s: %s" % (
                name, where, outer.homogeneous((var,), d, False)[1])

        def negation():
            return self.UN, "not " + self.paren(self.UN, self.flip().formula(d))

        return self.pick(
            (3, lambda: self.relation(d)), (1.5, lambda: self.call(FORMULA, d)),
            (2, lambda: connective("and", self.AND)), (1, lambda: connective("or", self.OR)),
            (1, lambda: connective("->", self.IMP)), (0.5, lambda: connective("<->", self.IFF)),
            (1, negation), (2.5, finite), (2.5, unknown), (1.5, space))

    def label(self):
        label = "e%d" % (len(self.scope.labels) + 1)
        self.scope.labels.append(label)
        return label

    def call(self, ty, depth):
        """A call of a definition with that result, or something simpler."""
        fits = []
        for d in self.scope.definitions:
            at = {}
            if d.result[0] == ty[0] and all(
                    at.setdefault(a, b) == b if a in ("D", "E") else a == b
                    for a, b in zip(d.result[1:], ty[1:])):
                fits.append((d, at))
        if not fits:
            return self.relation(depth) if ty == FORMULA else self.term(ty, 0)
        d, at = self.rng.choice(fits)
        return self.POST, self.arguments(d, dict(at), depth)

    def arguments(self, d, at, depth):
        writer = self.closed()
        args = []
        for kind, *dims in d.params:
            if kind == "model":
                name, dim = self.scope.need(("model", at.get(dims[0])), 0.05)
                if at.setdefault(dims[0], dim) != dim:
                    raise Again
                args.append(name)
                continue
            if kind == "dim":
                at.setdefault(dims[0], self.scope.dim())
                args.append(self.dimension(at[dims[0]]))
                continue
            dims = [at.setdefault(x, self.scope.dim()) if x in ("D", "E") else x for x in dims]
            if kind in ("tokens", "contexts"):
                args.append(self.finite(kind[:-1])[2])
            elif kind == "query":
                args.append(self.scope.need(("query",))[0])
            elif kind in ("token", "context"):
                args.append(self.element(kind))
            elif kind == "formula":
                args.append(writer.formula(min(depth, 1))[1])
            else:
                args.append(writer.term((kind, *dims), min(depth, 1))[1])
        return "%s(%s)" % (d.name, ", ".join(args))


class Again(Exception):
    """What was begun cannot be finished: begin another one."""


class Library:
    """Definitions whose types hold for every dimension of their models."""

    def __init__(self, rng, name, version):
        self.rng, self.definitions = rng, []
        self.lines = ["library %s %d" % (name, version)]
        while len(self.definitions) < rng.randint(1, 5):
            try:
                self.definition()
            except (Again, RecursionError):
                pass
        if rng.random() < 0.3:
            self.lines.append('report "dim α" (m) := m.dim')

    def definition(self):
        scope = Scope(self.rng, list(self.definitions), inside=True)
        writer = Writer(scope)
        kind = self.rng.choice(["formula", "formula", "scalar", "vector", "matrix", "subspace"])
        ty = (kind,)
        if kind != "formula" and kind != "scalar":
            ty += tuple(scope.need(("model", None), 0.2)[1] for _ in range(1 + (kind == "matrix")))
        if kind == "formula":
            body = writer.formula(self.rng.randint(0, 2))
        else:
            body = writer.term(ty, self.rng.randint(1, 2))
        models = [t[1] for _, t in scope.items if t[0] == "model"] + \
                 [n for n, t in scope.items if t[0] == "dim"]
        if len(models) > 2 or any(d.startswith("#") and d not in ("#X", "#Y")
                                  for _, t in scope.items for d in t[1:]):
            raise Again
        letter = dict(zip(models, "DE"))
        if any(d not in letter and d not in ("#X", "#Y") for d in ty[1:]):
            raise Again
        params = [(t[0], letter[n]) if t[0] == "dim" else
                  (t[0], *(letter.get(d, d) for d in t[1:])) for n, t in scope.items]
        order = list(range(len(params)))
        if self.rng.random() < 0.2:
            order.reverse()
        name = self.rng.choice(["D", "Gam_", "P", "Q", "R", "Gam", "A", "x", "f"]) + \
            str(len(self.definitions))
        self.lines.append("def %s(%s) := %s" % (
            name, ",".join(scope.items[i][0] for i in order), body[1]))
        self.definitions.append(Definition(name, [params[i] for i in order],
                                           (ty[0], *(letter.get(d, d) for d in ty[1:])),
                                           list(scope.labels)))


def statement(rng, name, uses, definitions, drops, loose):
    """The lines of one statement."""
    scope = Scope(rng, definitions, loose=loose)
    writer = Writer(scope)
    body, assumed, weak, shown = [], [], [], []

    def item(line):
        body.extend(scope.items[item.done:])
        item.done = len(scope.items)
        body.append(line)

    item.done = 0
    for _ in range(rng.choice([0, 0, 1, 2, 3])):
        let(rng, scope, writer, item)
    for _ in range(rng.choice([0, 1, 1, 2])):
        h = rng.choice(["same", "inN", "h", "e1", "weak_", "f"]) + str(len(assumed)) + rng.choice(["", "'"])
        line = "assume %s: %s" % (h, writer.formula(rng.randint(0, 2))[1])
        if rng.random() < 0.25:
            line += " weaken " + writer.formula(1)[1]
            weak.append(h)
        assumed.append(h)
        item(line)
    for _ in range(rng.choice([1, 1, 2])):
        c = rng.choice(["odds", "c", "fwd", "e1"]) + str(len(shown))
        shown.append(c)
        item("show %s: %s" % (c, writer.formula(rng.randint(1, 3))[1]))
    for _ in range(rng.choice([0, 0, 1, 3])):
        item("expect " + expectation(rng, assumed, weak, shown, drops))
    head = ["statement " + name] + ["use %s %d" % u for u in uses]
    if rng.random() < 0.3:
        head.insert(1, rng.choice(['cite "arXiv:2410.23501, § 5"', 'note "a ≤ b -- no comment"', 'note ""']))
    return head + body


def let(rng, scope, writer, item):
    kind = rng.choice(["term", "term", "space", "formula", "dim", "set", "rat", "model", "query"])
    if kind in ("term", "space", "formula"):
        ty = FORMULA if kind == "formula" else writer.lin_type() if kind == "term" else \
            ("subspace", scope.dim())
        text = (writer.formula(1) if ty == FORMULA else writer.term(ty, 2))[1]
        name = scope.fresh("let")
        scope.lets.append((name, ty))
    elif kind == "dim":
        dim = scope.dim()
        text, name = scope.spell(dim), scope.fresh("let")
        scope.spelled.setdefault(dim, []).append(name)
    elif kind == "set":
        _, where, text = writer.finite()
        name = scope.fresh("let")
        scope.spelled.setdefault("set " + where, []).append(name)
    elif kind == "rat":
        text, name = rng.choice(["0", "0/5", "3", "4/6"]), scope.fresh("let")
        scope.lets.append((name, SCALAR))
    elif kind == "model":
        text, dim = scope.need(("model", None))
        name = scope.fresh("let")
        scope.given["model"].append((name, dim))
    else:
        text = scope.need(("query",))[0]
        name = scope.fresh("let")
    item("let %s := %s" % (name, text))


def expectation(rng, assumed, weak, shown, drops):
    variants = []
    for _ in range(rng.choice([0, 1, 1, 2])):
        some = ", ".join(rng.sample(assumed, rng.randint(1, len(assumed)))) if assumed else ""
        variants.append(rng.choice(
            ["only {%s}" % some] + ["without " + some] * bool(assumed) +
            ["weaken " + rng.choice(weak or ["h"])] * bool(weak) +
            ["drop " + rng.choice(drops or ["a.b"])]))
    where = '"%s"' % rng.choice(["instances/t14-1.aoni", "x.aoni"])
    some = ", ".join(assumed)
    outcome = rng.choice([
        "survived", "refuted", "refuted because " + rng.choice(shown), "refuted on " + where,
        "refuted because %s on %s minimal (2,1,3)" % (rng.choice(shown), where),
        "holds on " + where, "inapplicable %s on %s" % (some, where), "none at (1, 2)",
        "sufficient {%s}" % some])
    return (" and ".join(variants) + ": " if variants else "") + outcome


# Tokens, for aliases and for spoiling

TOKEN = re.compile(r'"[^"\n]*"|--[^\n]*|[A-Za-z\u0370-\u03ff][A-Za-z0-9_\u0370-\u03ff]*\'*|'
                   r"[0-9]+(?:/[0-9]+)?|<->|->|:=|!=|<=|[^\s]")
ALIAS = {"forall": "∀", "exists": "∃", "in": "∈", "and": "∧", "or": "∨", "not": "¬", "->": "→",
         "<->": "↔", "!=": "≠", "<=": "≤⊆", "<": "⟨", ">": "⟩", "*": "·", "&": "∩", "-": "−",
         "sum": "∑", ":=": "≔"}
GREEK = [("Gam", "Γ"), ("Lam", "Λ"), ("beta", "β"), ("lam", "λ")]
WORDS = """library report statement def cite note use given in let assume weaken show expect forall exists and or not
sum span proj image perp dim tr colspace rowspace id all X Y base scalar vector matrix subspace model token context query
tokens contexts survived refuted only without drop holds on <-> -> := != <= < > = + - * & ( ) { } [ ] , . : / # | 0 1 2 1/2
m d x y A v S q F zz ∀ ∃ ⟨ ⟩ ≤ ¬ Γ""".split()


KIN = [("=", "!=", "<=", "<"), ("+", "-", "*", "&"), ("forall", "exists"), ("and", "or", "->"),
       ("colspace", "rowspace", "perp", "dim", "tr", "proj", "id", "all"), ("X", "Y", "base"),
       ("dim", "scalar", "token", "context", "query", "tokens", "contexts"),
       ("vector", "subspace", "model", "matrix"), ("f", "g", "dim")]
RESERVED = set(WORDS[:WORDS.index("survived")])


def kin(token):
    """The tokens that may stand for this one, or the name of its class."""
    for some in KIN:
        if token in some:
            return some
    if re.fullmatch("[0-9/]+", token):
        return ("0", "1", "2", "3", "4", "1/2", "0/1")
    return "name" if re.match("[A-Za-z]", token) and token not in RESERVED else None


def aliased(rng, line):
    def other(match):
        token = match.group()
        if token[0] == '"' or token.startswith("--") or rng.random() < 0.5:
            return token
        for name, letter in GREEK:
            if re.match("[A-Za-z]", token) and rng.random() < 0.7:
                token = token.replace(name, letter)
        return rng.choice(ALIAS[token]) if token in ALIAS else token
    return TOKEN.sub(other, line)


def spread(rng, line):
    """Other white space, and a comment now and then."""
    if rng.random() < 0.1 and '"' not in line:
        line = line.replace(" ", rng.choice(["  ", "\t", " \t "]))
    if rng.random() < 0.08:
        line += " -- " + rng.choice(["ein Kommentar: ∀ x", "\"", "statement", "--", "5x # %"])
    return line


def generated(rng, loose=0.005):
    """The lines of a well-typed file; `loose` is how often something is not asked for."""
    lines, library, uses = [], [], []
    if rng.random() < 0.7:
        made = Library(rng, "own", 3)
        lines, library, uses = made.lines[:], made.definitions, [("own", 3)]
    for number in range(rng.randint(1, 5)):
        while True:
            used, defs, drops = list(uses), list(library), []
            if rng.random() < 0.3:
                clash = {d.name for d in defs} & set(NTP)
                if not clash:
                    used.append(("ntp", 1))
                    defs, drops = defs + NTP_DEFINITIONS, list(NTP_LABELS)
            drops += ["%s.%s" % (d.name, x) for d in library for x in d.labels]
            try:
                new = statement(rng, "s%d" % number, used, defs, drops, loose)
            except Again:
                continue
            if sum(map(len, new)) < 6000:
                break
        lines += [""] + new
    if rng.random() < 0.3:
        lines = [aliased(rng, x) for x in lines]
    return [spread(rng, x) for x in lines]


NTP_DEFINITIONS = list(ntp_definitions())


def spoiled(rng, lines):
    """The lines with one to three tokens changed."""
    lines = list(lines)
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        full = [i for i, x in enumerate(lines) if x.split("--")[0].strip()]
        if not full:
            break
        weights = [0.3 if lines[i].startswith(("expect", "statement", "use", "cite")) else 1 for i in full]
        i = rng.choices(full, weights)[0]
        spots = [m.span() for m in TOKEN.finditer(lines[i]) if not m.group().startswith("--")]
        if not spots:
            continue
        a, b = rng.choice(spots)
        line, token = lines[i], lines[i][a:b]
        roll = rng.random()
        if roll < 0.05:
            new = line[:a] + line[b:]
        elif roll < 0.08:
            new = line[:a] + token + " " + token + line[b:]
        elif roll < 0.12 and len(spots) > 1:
            k = rng.randrange(len(spots) - 1)
            (a, b), (c, d) = spots[k], spots[k + 1]
            new = line[:a] + line[c:d] + line[b:c] + line[a:b] + line[d:]
        elif roll < 0.8:      # something of the same class: the grammar still holds, mostly
            spots = [x for x in spots if kin(line[slice(*x)])]
            if not spots:
                continue
            a, b = rng.choice(spots)
            token = line[a:b]
            near = [t for x in lines[max(0, i - 12):i + 6] for t in TOKEN.findall(x)
                    if kin(t) == kin(token)]
            others = kin(token) if isinstance(kin(token), tuple) else near or [token]
            new = line[:a] + rng.choice(others) + line[b:]
        elif roll < 0.83:
            new = line[:a] + rng.choice(WORDS) + line[b:]
        elif roll < 0.86:
            new = line[:a] + rng.choice(WORDS) + " " + line[a:]
        elif roll < 0.9:      # a whole line
            new = line
            if rng.random() < 0.5:
                del lines[i]
                continue
            lines.insert(rng.randrange(len(lines)), line)
            continue
        elif roll < 0.93:     # a character
            k = rng.randrange(len(line) + 1)
            new = line[:k] + rng.choice("%@'\"/.0_é\r\t\0-'\ufeff") + line[k + rng.choice([0, 1]):]
        else:
            new = re.sub("(forall|exists|:) ", r"\\1 not ", line, count=1) if rng.random() < 0.5 else \
                line.replace(": ", ": not (", 1) + ")"
        lines[i] = new
    return lines


def edges():
    """Files at the limits, and beside them."""
    def formula(text, *given):
        return ["statement s"] + ["given " + g for g in given] + ["show p: " + text]

    nests = {"parentheses": ("(", "1 = 1", ")"), "not": ("not ", "1 = 1", ""),
             "arrow": ("1 = 1 -> ", "1 = 1", ""), "angle": ("<u*", "<u, u>", ", u> = 0"),
             "minus": ("-(", "a", ")"), "bound": ("forall x%d in X: ", "1 = 1", ""),
             "perp": ("perp(", "all(2)", ")"), "tr": ("tr(", "a", ")"), "index": ("(c[", "x", "])"),
             "sum": ("(sum x%d in X: ", "1", ")"), "exists": ("exists x%d in scalar: ", "1 = 1", ""),
             "set": ("{ x%d in ", "all(2)", " | x%d = 0 }"), "span": ("span{ u | x%d in ", "X", "}")}
    for name, (left, middle, right) in nests.items():
        for n in (66, 67, 99, 100, 101, 198, 199, 200, 201):
            numbered = lambda part, i: part.replace("%d", str(i))  # noqa: E731
            text = "".join(numbered(left, i) for i in range(n)) + middle + \
                "".join(numbered(right, i) for i in reversed(range(n)))
            if name in ("perp", "minus", "tr", "sum", "set", "span"):
                text += " = 0"
            yield "nesting of %d %s" % (n, name), formula(
                text, "a in scalar", "u in vector(2)", "x in context", "c in vector(#X)")
    for digits in ("9" * 1000, "9" * 1001, "1/" + "9" * 1000, "1/" + "9" * 1001, "0/7", "00", "1 / 2", "1/2/3",
                   "1/0", "2 /3", "0/1", "-0", "1.5", "5'", "1_0", "1e5", "x/2", "2/x"):
        yield "number " + digits[:9], formula("a = " + digits, "a in scalar", "x in scalar")
    for dim in ("999999999", "1000000000", "0", "0000000000", "1/1", "4/2", "#X", "#Y/q", "#X/q", "m.dim", "m . dim",
                "d", "a", "# X", "e", "3/2", "-1", "(d)"):
        yield "dimension " + dim, formula(
            "v = 0", "d in dim", "q in query", "a in scalar", "m in model(d)", "v in vector(%s)" % dim)
        yield "argument " + dim, formula(
            "id(%s) = 0 and all(%s) = 0" % (dim, dim), "d in dim", "q in query", "a in scalar", "m in model(d)")
        yield "value " + dim, formula("a = %s" % dim, "d in dim", "q in query", "a in scalar", "m in model(d)")
    for zero in ("0", "(0)", "((0))", "0/1", "n", "-0", "0*1", "k"):
        for other in ("v", "S", "a", "A", "0", "y", "m.f(x)"):
            yield "zero %s %s" % (zero, other), [
                "statement s", "given v in vector(2)", "given S in subspace(2)", "given a in scalar", "given m in model(3)",
                "given A in matrix(2,3)", "given y in token", "given x in context", "let n := 0", "let k := (0)",
                "show p: %s = %s" % (other, zero), "show q: %s != %s" % (zero, other)]
    for n in (15, 16, 17, 18, 19):
        yield "size 2^%d" % n, ["statement s", "given a0 in scalar"] + [
            "let a%d := a%d + a%d" % (i + 1, i, i) for i in range(n + 1)] + ["show p: a%d = 0" % n]
    for n in (4995, 4996, 4997, 4998, 4999, 5000, 5001):
        yield "depth %d" % n, ["statement s", "given b in scalar", "let a0 := b"] + [
            "let a%d := tr(a%d)" % (i + 1, i) for i in range(n)] + ["show p: a%d = 0" % n]
    for n in (49, 62, 63, 64, 99, 100):
        for depth in (1, 5, 15, 19):
            yield "calls %d in %d" % (n, depth), ["library l 1", "def d0(x) := x"] + [
                "def d%d(x) := %sd%d(x)%s" % (i + 1, "(" * depth, i, ")" * depth) for i in range(n)] + \
                ["statement s", "use l 1", "show p: d%d(1) = 0" % n]
    for n in (15, 16):
        yield "calls 2^%d" % n, ["library l 1", "def d0(x) := 1 = 1"] + [
            "def d%d(x) := d%d(x) and d%d(x)" % (i + 1, i, i) for i in range(n)] + \
            ["statement s", "use l 1", "show p: d%d(1)" % n]
    for text in ("", "\ufeff", "-- only this", "statement", "statement s", "library l 1", "library l", "1", "statement s show p: 1 = 1",
                 "statement s show p: 1 = 1 end", "statement s show p: 1", "library l 1 statement s show p: 1 = 1",
                 "report \"a\" (m) := 1", "def a() := 1", "library l 1 def a() := 1 library l 1 def a() := 1",
                 "statement s show p: 1 = 1 statement s show p: 1 = 1", "statement f show g: 1 = 1",
                 "statement library show p: 1 = 1", "statement s use l", "statement s use 1", "statement s cite 1"):
        yield "file %r" % text, [text]


GIVENS = ["given d, e in dim given t in scalar given v in vector(d) given w in vector(#Y)",
          "given A in matrix(d,e) given B in matrix(d,d) given S in subspace(d) given T in subspace(e)",
          "given y in token given x in context given F in tokens given C in contexts",
          "given q in query given m in model(d)"]
OPERANDS = ["t", "v", "w", "A", "B", "S", "T", "y", "x", "F", "C", "q", "m", "d", "X", "Y", "0", "3/2", "(1 = 1)",
            "#Y", "base", "x1.q", "p", "#F"]
FEW = ["t", "v", "A", "B", "S", "y", "x", "F", "q", "m", "0", "(1 = 1)"]
ONE = ["-%s", "not %s", "tr(%s)", "dim(%s)", "perp(%s)", "proj(%s)", "colspace(%s)", "rowspace(%s)", "all(%s)", "id(%s)",
       "span{%s | z in F}", "span{%s | z in C/q}", "span{z | z in %s}", "(sum z in Y: %s)", "(sum z in %s: 1)", "#%s",
       "m.f(%s)", "m.g(%s)", "(%s).f(x)", "%s.f(x)", "%s.g(y)", "%s.dim", "(%s)[y]", "w[%s]", "x.%s", "X/%s",
       "{u in %s | <u,v> = 0}", "{u in S | %s}", "exists u in %s: 1 = 1", "forall u in %s: u = u", "%s(v)",
       "exists u in vector(%s): u = u", "forall u in S: u in %s", "exists u in vector(d): u = %s", "M(%s)", "same(m, %s)"]
TWO = ["%s + %s", "%s - %s", "%s * %s", "%s & %s", "<%s, %s>", "%s = %s", "%s != %s", "%s <= %s", "%s < %s", "%s in %s",
       "%s and %s", "%s or %s", "%s -> %s", "%s <-> %s", "image(%s, %s)", "proj(%s)*%s", "%s[%s]", "%s/%s = X",
       "exists u in scalar: u*%s = %s", "{u in %s | u in %s}", "span{%s - %s | z in F}"]


def operand_table(rng, share):
    """Each operation with operands of each kind, a share of them, twenty statements a file."""
    terms = [form % a for form in ONE for a in OPERANDS] + \
        [form % (a, b) for form in TWO for a in FEW for b in FEW]
    rng.shuffle(terms)
    terms = terms[:int(len(terms) * share)]
    for i in range(0, len(terms), 20):
        lines = []
        for k, term in enumerate(terms[i:i + 20]):
            lines += ["statement s%d use ntp 1" % k] + GIVENS + [
                "let r := " + term, "show a: " + ("r = r" if k % 2 else term)]
        yield "operands %d" % (i // 20), lines


class Readers:
    """The three programs, each asked for the core of a file."""

    def __init__(self, aon, aonck, source):
        self.commands = [("aon", [aon, "core"], 3)]
        if aonck:
            self.commands.append(("aonck", [aonck, "--core"], 2))
        spec = importlib.util.spec_from_file_location("aonck", source)
        self.python = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.python)

    def forked(self, args):
        """The Python checker's main in a child: no start-up, and no state from the last file."""
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            status = 99
            try:
                signal.alarm(120)
                for fd, name in ((1, "py.out"), (2, "py.err")):
                    os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), fd)
                status = self.python.main(args)
            finally:
                os._exit(status)
        status = os.waitpid(child, 0)[1]
        with open("py.out", "rb") as out, open("py.err", "rb") as err:
            return -(status & 127) if status & 127 else status >> 8, out.read(), err.read()

    def ask(self, path, drop=None):
        """What each program says: ("core", bytes) or ("error", [(slug, line)..]).
        aonck.py prints no core without a conjunct; then only the others are asked."""
        answers = {}
        for name, command, refusal in self.commands:
            try:
                p = subprocess.run(command + [path] + (
                    ["--drop", drop] if drop else []), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, timeout=120)
                answers[name] = judged(p.returncode, p.stdout, p.stderr, refusal)
            except subprocess.TimeoutExpired:
                answers[name] = ("broken", "no answer in 120 s")
        if not drop:
            answers["aonck.py"] = judged(*self.forked(["--core", path]), 2)
        return answers


def judged(status, out, err, refusal):
    err = err.decode("utf-8", "replace")
    errors = [(slug, os.path.basename(path) + ":" + line if "lib/" in path else int(line))
              for path, line, slug in
              re.findall(r"^(\S+?):(\d+):\d+: error: .* \[([a-z-]+)\]$", err, re.M)]
    if status == 0 and out.startswith(b"core 1\n"):
        return "core", out
    if status == refusal and not out and errors:
        # a place in a library is told for each statement that leads there, or once
        return "error", list(dict.fromkeys(errors))
    return "broken", "exit %d: %s" % (status, (out.decode("utf-8", "replace") + err)[-300:])


TEXTUAL = {"encoding", "character", "crlf", "number", "string", "too-large"}
GRAMMAR = {"syntax", "reserved", "nesting"}


def agree(answers):
    """Same bytes; or the same first slug and line."""
    said = list(answers.values())
    if any(s[0] == "broken" for s in said) or len({s[0] for s in said}) > 1:
        return False
    if said[0][0] == "core":
        return all(s[1] == said[0][1] for s in said)
    return all(s[1][0] == said[0][1][0] for s in said)


def ending(lines, said):
    """An error after the last token is at the end of the file, whatever line that is called;
    language.md does not say at which of the many calls that are too many the limit is met,
    nor what becomes of statements when a library has an error."""
    last = max([i for i, x in enumerate(lines, 1) if x.split("--")[0].strip()], default=1)
    if said[0] != "error":
        return said
    first = said[1][0][1]
    start = min([b[0][0] for b in grouped(lines) if "statement" in b[0][1]], default=len(lines))
    errors = said[1][:1] if not isinstance(first, int) or first < start else said[1]
    return "error", [(slug, 0 if slug == "expansion" else min(at, last) if isinstance(at, int) else at)
                     for slug, at in errors]


def sort_of(answers):
    """Who differs, and how: disagreements of one sort are made small once."""
    first = {k: s[1][0][0] if s[0] == "error" else s[0] for k, s in answers.items()}
    same = len(set(first.values())) == 1
    return tuple(sorted(first.items())) + ((("same slug",) if same else ()))


def short(said):
    if said[0] == "core":
        return "core of %d bytes" % len(said[1])
    return "%s %s" % said if said[0] == "broken" else ", ".join("[%s] in line %s" % e for e in said[1][:4])


class Run:
    def __init__(self, readers, keep):
        self.readers, self.keep = readers, keep
        self.good = self.bad = 0
        self.counts, self.slugs, self.operations, self.sorts = {}, {}, {}, {}

    def write(self, lines, drop=None):
        with open("t.aon", "wb") as f:
            f.write(("\n".join(lines) + "\n").encode("utf-8", "surrogateescape"))
        return {k: ending(lines, said) for k, said in self.readers.ask("t.aon", drop).items()}

    def smaller(self, lines, sort, drop=None):
        """Lines, then tokens, taken away as long as the programs disagree in the same way."""
        def differ(lines):
            answers = self.write(lines, drop)
            return not agree(answers) and sort_of(answers) == sort

        before = None
        while before != lines:
            before = list(lines)
            for size in (16, 8, 4, 2, 1):
                for i in range(len(lines) - 1, -1, -1):
                    if differ(lines[:i] + lines[i + size:]):
                        lines = lines[:i] + lines[i + size:]
            for i in range(len(lines)):
                for less in shorter(lines, i):
                    if differ(less):
                        lines = less
            for size in (24, 12, 6, 3, 2, 1):
                for i in range(len(lines)):
                    k = 0
                    while True:
                        spots = [m.span() for m in TOKEN.finditer(lines[i])]
                        if k >= len(spots):
                            break
                        end = spots[min(k + size, len(spots)) - 1][1]
                        less = lines[:i] + [lines[i][:spots[k][0]] + lines[i][end:]] + lines[i + 1:]
                        if differ(less):
                            lines = less
                        else:
                            k += size
        return lines

    def tell(self, kind, key):
        table = getattr(self, kind)
        table[key] = table.get(key, 0) + 1

    def compare(self, name, lines, again=1):
        answers = self.write(lines)
        if agree(answers):
            self.good += 1
            said = answers["aon"]
            self.tell("counts", said[0])
            if said[0] == "error":
                self.tell("slugs", said[1][0][0])
                if again and (again > 1 or said[1][0][0] not in TEXTUAL | GRAMMAR):
                    self.compare(name + " without the refused", kept(lines, said[1]), again - 1)
                    for e in said[1][1::max(1, len(said[1]) // 4)]:
                        others = [x for x in said[1] if x != e]
                        self.compare(name + " with one refused", kept(lines, others), 0)
            else:
                self.without(name, lines)
                for word in set(re.findall(rb"^node \d+ (\w+)", said[1], re.M)):
                    self.tell("operations", word.decode())
            return
        self.report(name, lines, answers)

    def without(self, name, lines):
        """The first statement that uses a library: the same core without a labelled conjunct."""
        for library, labels in (("own", [(m.group(1), x) for line in lines
                                         for m in [re.match(r"def (\S+?)\(", line)] if m
                                         for x in re.findall(r"[( ](e\d+): ", line)]),
                                ("ntp", [x.split(".") for x in NTP_LABELS[:4]])):
            if not labels or not any(x.startswith("use " + library) for x in lines):
                continue
            blocks = grouped(lines)
            user = next(b for b in blocks if any(x.startswith("use " + library) for _, x in b))
            one = [x for b in blocks if b is user or b[0][1].startswith("library") for _, x in b]
            drop = ".".join(labels[len(one) % len(labels)])
            answers = self.write(one, drop)
            self.tell("counts", "without a conjunct")
            if not agree(answers):
                self.report(name + " --drop " + drop, one, answers, drop)

    def report(self, name, lines, answers, drop=None):
        self.bad += 1
        sort = sort_of(answers)
        self.tell("sorts", sort)
        if self.sorts[sort] > 1:
            return
        lines = self.smaller(lines, sort, drop)
        print("failed: %s: the readers disagree about" % name)
        print("\n".join("    " + x[:300] for x in lines if x.strip()))
        for who, said in self.write(lines, drop).items():
            print("  %s: %s" % (who, short(said)))
        sys.stdout.flush()
        if self.keep:
            os.makedirs(self.keep, exist_ok=True)
            shutil.copy("t.aon", os.path.join(self.keep, name.replace(" ", "-") + ".aon"))


def shorter(lines, i):
    """The lines with a formula of line i for the whole, or with a part in brackets made small."""
    pairs, open_at = [], []
    for m in TOKEN.finditer(lines[i]):
        if m.group() in ("(", "{", "["):
            open_at.append(m.start())
        elif m.group() in (")", "}", "]") and open_at:
            pairs.append((open_at.pop(), m.end()))
    head = re.match(r"\s*(assume|show|let)\s+\S+?\s*(:=|≔|:)", lines[i])
    if head:
        yield lines[:i] + [head.group() + " 1 = 1"] + lines[i + 1:]
    for a, b in sorted(pairs, key=lambda x: x[0] - x[1]):
        if head and a > head.end():
            yield lines[:i] + [head.group() + " " + lines[i][a + 1:b - 1]] + lines[i + 1:]
        for part in (lines[i][a + 1:b - 1], "0", "(1 = 1)"):
            yield lines[:i] + [lines[i][:a] + part + lines[i][b:]] + lines[i + 1:]


def grouped(lines):
    """The numbered lines of each library and statement."""
    blocks = []
    for number, line in enumerate(lines, 1):
        if re.match(r"\s*(statement|library)\b", line):
            blocks.append([])
        if blocks:
            blocks[-1].append((number, line))
    return blocks


def kept(lines, errors):
    """The lines without the statements (or libraries) that have an error."""
    bad = {line for _, line in errors if isinstance(line, int)}
    at = [line for block in grouped(lines) if not bad & {n for n, _ in block} for _, line in block]
    return at or ["statement none show p: 1 = 1"]


def main():
    source, seed = os.environ["SRCDIR"], int(os.environ.get("AON_SEED", "1"))
    count = int(os.environ.get("AON_READERS", "20" if os.environ.get("AON_SANITIZED") == "1" else "240"))
    run = Run(Readers(os.environ["AON"], os.environ.get("AONCK"),
                      os.path.join(source, "src", "checker_py", "aonck.py")),
              os.environ.get("AON_KEEP"))
    os.makedirs("lib", exist_ok=True)
    for path in glob.glob(os.path.join(source, "theorems", "lib", "*.aon")) + \
            glob.glob(os.path.join(source, "tests", "lang", "lib", "*.aon")):
        shutil.copy(path, "lib")
    for path in [p for folder in ("theorems", "tests/accept", "tests/lang", "tests/corpus")
                 for p in sorted(glob.glob(os.path.join(source, folder, "*.aon")))]:
        with open(path, "rb") as f:
            text = f.read().decode("utf-8", "surrogateescape")
        run.compare(os.path.basename(path), text[:-1].split("\n") if text.endswith("\n") else text.split("\n"))
    for name, lines in edges():
        run.compare(name, lines)
    for name, lines in operand_table(random.Random(seed), min(1, count / 2000)):
        run.compare(name, lines, 2)
    for number in range(seed * 1000000, seed * 1000000 + (count + 1) // 2):
        rng = random.Random(number)
        lines = generated(rng)
        run.compare("well %d" % number, lines)
        if number % 2:
            small = generated(rng, 0.1)
            lines = min(lines, small, key=len)
        run.compare("ill %d" % number, spoiled(rng, lines))
    for sort, times in run.sorts.items():
        print("%d times: %s" % (times, ", ".join(" ".join(x) if isinstance(x, tuple) else x for x in sort)))
    for title in ("counts", "operations", "slugs"):
        print(title + ":", ", ".join("%s %d" % x for x in sorted(
            getattr(run, title).items(), key=lambda x: -x[1])))
    print("%d passed, %d failed" % (run.good, run.bad))
    return 1 if run.bad or not run.good else 0


if __name__ == "__main__":
    sys.exit(main())
