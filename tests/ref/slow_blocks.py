"""Random statements about linear unknowns (docs/language.md, 6.1): `statement(rng, name)` is the text of one.

The readers' generator seldom makes a block that is decided by more than its first equation.  These have
few unknowns, small numbers, and conditions of all kinds under all connectives.
"""


class Block:
    """One `exists`, with the names in scope: unknowns by kind, elements by set."""

    def __init__(self, rng):
        self.rng, self.number = rng, 0
        self.scalars, self.vectors, self.matrices = [], [], []
        self.tokens, self.contexts = ["base", "y"], []

    def name(self):
        self.number += 1
        return "v%d" % self.number

    def pick(self, *items):
        return self.rng.choice([x for x in items if x])

    def scalar(self, depth=2):
        unknown = self.rng.choice(self.scalars) if self.scalars else "s"
        if depth == 0:
            return self.pick(unknown, unknown, unknown, "s", self.pick("0", "1", "2", "1/2"))
        other = self.scalar(depth - 1)
        return self.pick(
            unknown, unknown, "<%s, %s>" % (self.vector(depth - 1), self.known()),
            "(%s + %s)" % (unknown, other), "(%s - %s)" % (unknown, other), "2*(%s)" % other,
            "s*(%s)" % other, self.rng.random() < 0.4 and "(%s)*(%s)" % (unknown, other),
            self.rng.random() < 0.2 and "<%s, %s>" % (self.vector(0), self.vector(0)),
            self.rng.random() < 0.3 and "(sum z in Y: (%s)*<m.g(z), u>)" % unknown)

    def known(self):
        """A vector without unknowns."""
        return self.pick("u", "w", "m.g(%s)" % self.rng.choice(self.tokens),
                         self.contexts and "m.f(%s)" % self.rng.choice(self.contexts))

    def vector(self, depth=1):
        unknown = self.rng.choice(self.vectors) if self.vectors else "w"
        if depth == 0:
            return unknown
        matrix = self.matrices and self.rng.choice(self.matrices)
        return self.pick(
            unknown, unknown, "(%s)*%s" % (self.scalar(0), self.known()), "(%s - %s)" % (unknown, self.known()),
            "(%s + %s)" % (self.vector(depth - 1), self.vector(0)), "proj(S)*(%s)" % unknown,
            matrix and "%s*%s" % (matrix, self.known()), matrix and "tr(%s)*%s" % (matrix, self.known()),
            self.rng.random() < 0.2 and matrix and "%s*%s" % (matrix, unknown), "A*(%s)" % unknown)

    def literal(self, positive):
        sign = self.pick("=", "=", "=", "!=", "<=", "<") if self.rng.random() < 0.3 else self.pick("=", "=", "!=")
        matrix = self.matrices and self.rng.choice(self.matrices)
        return self.pick(
            "%s %s %s" % (self.scalar(), sign, self.scalar(1)),
            "%s %s %s" % (self.scalar(1), sign, self.pick("0", "1", "2", "s")),
            "%s %s %s" % (self.vector(), self.pick("=", "!="), self.pick("0", self.known(), self.vector(0))),
            "%s in %s" % (self.vector(), self.pick("S", "T", "S + T", "S & T")),
            "span{ %s | z in Y } <= S" % self.pick("m.g(z) - %s" % self.vector(0), self.vector(0)),
            matrix and "colspace(%s) <= S" % matrix, matrix and "%s = %s" % (matrix, self.pick("A", "id(d)", "0")),
            matrix and "image(%s, S) = T" % matrix, matrix and "tr(%s)*%s = %s" % (matrix, matrix, self.pick("A", "id(d)")),
            positive and "(forall t in S: <t, %s> = 0)" % self.vector(0),
            positive and matrix and "(forall t in S: %s*t = A*t)" % matrix)

    def formula(self, depth, positive):
        """Inside the block; an `exists` is added to it where the number of negations is even."""
        if depth == 0:
            return self.literal(positive)
        kind = self.pick("and", "and", "and", "or", "not", "all", "any", "->", "literal", "exists" * positive)
        if kind == "literal":
            return self.literal(positive)
        if kind == "not":
            return "not (%s)" % self.formula(depth - 1, not positive)
        if kind in ("all", "any"):
            return self.over_set(kind, depth, positive)
        if kind == "exists":
            return "(%s)" % self.exists(depth - 1)
        left = self.formula(depth - 1, positive != (kind == "->"))
        return "(%s) %s (%s)" % (left, kind, self.formula(depth - 1, positive))

    def over_set(self, kind, depth, positive):
        name, where = self.name(), self.pick("X", "Y", "Y")
        names = self.tokens if where == "Y" else self.contexts
        names.append(name)
        body = self.formula(depth - 1, positive)
        names.remove(name)
        return "(%s %s in %s: %s)" % ("forall" if kind == "all" else "exists", name, where, body)

    def exists(self, depth):
        name = self.name()
        names, where = self.pick((self.scalars, "scalar"), (self.scalars, "scalar"), (self.vectors, "vector(d)"),
                                 (self.vectors, "S"), (self.matrices, "matrix(d,d)"))
        names.append(name)
        body = self.formula(depth, True)
        names.remove(name)
        return "exists %s in %s: %s" % (name, where, body)


def statement(rng, name):
    """Three conclusions, each one block of up to three unknowns."""
    lines = ["statement " + name, "given d in dim   given m in model(d)   given S, T in subspace(d)",
             "given s in scalar   given u, w in vector(d)   given A in matrix(d,d)   given y in token"]
    for i in range(3):
        block = Block(rng)
        text, opened = "", []
        for _ in range(rng.randint(1, 3)):
            new = block.name()
            names, where = rng.choice([(block.scalars, "scalar"), (block.vectors, "vector(d)"),
                                       (block.vectors, "T"), (block.matrices, "matrix(d,d)")])
            names.append(new)
            opened.append(new + " in " + where)
        text = "exists %s: %s" % (", ".join(opened), block.formula(rng.randint(2, 4), True))
        lines.append("show c%d: %s" % (i, text))
    return "\n".join(lines) + "\n"
