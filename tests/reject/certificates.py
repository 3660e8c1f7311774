"""Forged certificates: each is right but for one claim, and adds up where that can be done.

From the certificates in tests/accept/, which `aon find` wrote for scopes.aon.  A Forgery is
one of them taken apart into its head, its cells (their lines, their orbits), and its end.
"""
import os
import re

ACCEPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "accept")
FORGERIES = {}


class Orbit:
    def __init__(self, line):
        self.stabiliser, *self.codes = map(int, line.split()[1:])
        self.body = []  # from the verdict on

    def lines(self):
        return [" ".join(map(str, ["orbit", self.stabiliser, *self.codes]))] + self.body

    def holds(self):
        return self.body[0] == "verdict holds"


class Cell:
    def __init__(self, head):
        self.head, self.orbits, self.sum = head, [], None

    def line(self, word):
        """The line of the head that starts so; with its number."""
        i = next(i for i, line in enumerate(self.head) if line.split()[0] == word)
        return i, self.head[i]

    def add(self, word, n):
        i, line = self.line(word)
        self.head[i] = f"{word} {int(line.split()[1]) + n}"

    def group(self):
        return int(self.line("group")[1].split()[1])

    def size(self, orbit):
        return self.group() // orbit.stabiliser

    def sort(self):
        self.orbits.sort(key=lambda o: o.codes)

    def count(self):
        self.sum = f"sum {len(self.orbits)} {sum(o.holds() for o in self.orbits)}"

    def lines(self):
        return self.head + [line for o in self.orbits for line in o.lines()] + [self.sum]


class Forgery:
    def __init__(self, name):
        with open(os.path.join(ACCEPT, name + ".aonc"), encoding="utf-8") as f:
            lines = f.read().splitlines()
        start = next(i for i, line in enumerate(lines) if line.startswith("shape "))
        self.head, self.cells, self.end, cell = lines[:start], [], lines[-1:], None
        for line in lines[start:-1]:
            word = line.split()[0]
            if word == "shape":
                cell = Cell([])
                self.cells.append(cell)
            if word in ("shape", "chains", "space", "group"):
                cell.head.append(line)
            elif word == "orbit":
                cell.orbits.append(Orbit(line))
            elif word == "sum":
                cell.sum = line
            else:
                cell.orbits[-1].body.append(line)

    def at(self, place):
        """The first, a middle, the last cell."""
        return self.cells[{"first": 0, "middle": len(self.cells) // 2, "last": -1}[place]]

    def head_line(self, old, *new):
        i = self.head.index(old)
        self.head[i:i + 1] = new

    def lines(self):
        return self.head + [line for c in self.cells for line in c.lines()] + self.end


def forge(name, case, base):
    """Forge one certificate with the function that follows."""
    def made(function):
        f = Forgery(base)
        function(f)
        assert (name, case) not in FORGERIES and f.lines() != Forgery(base).lines()
        FORGERIES[name, case] = f.lines()
        return function
    return made


def three(name, base="joined"):
    """In the first, a middle and the last cell: function(cell)."""
    def made(function):
        for place in ("first", "middle", "last"):
            forge(name, place, base)(lambda f: function(f.at(place)))
        return function
    return made


def some(cell, wanted):
    """The orbit in the middle of those that are wanted."""
    found = [o for o in cell.orbits if wanted(o)]
    return found[len(found) // 2]


# ---- what the certificate is about ----

@forge("scope", "first", "joined")
def _(f):
    f.head_line("min 1 1 1", "min 1 1")


@forge("scope", "middle", "joined")
def _(f):
    f.head_line("min 1 1 1", "min 1 3 1")  # the ladder is empty
    f.cells = []


@forge("scope", "last", "joined")
def _(f):
    f.head_line("max 1 2 2", "max 1 2 2 2")


@forge("scope", "two-queries", "one_query")
def _(f):
    f.head_line("statement one_query", "statement two_queries")


@forge("scope", "no-token", "subsets")
def _(f):
    f.head_line("min 1 3", "min 1 0")
    f.head_line("max 3 3", "max 1 0")
    f.cells = []


def small(name, case, text):
    """A certificate of its own, for one cell: n = 1, k = 1."""
    statement, rest = text.strip().split("\n", 1)
    FORGERIES[name, case] = (f"aonc 1\nstatement {statement}\ngrid 1\nmin 1 1\nmax 1 1\nshape 1 1\n"
                             f"chains 1\n{rest}\nend").split("\n")


# What is said of these is right as far as the rest of the document goes.

def fixing(entries, nonzero):
    """How many signed permutations fix a vector with so many entries that are not zero."""
    order = 1
    for i in range(1, entries - nonzero + 1):
        order *= 2 * i
    for i in range(1, nonzero + 1):
        order *= i
    return order


small("scope", "seven-entries", "long\nspace 2187\ngroup 18432\n" + "".join(
    f"orbit {fixing(4, i) * fixing(3, j)} {(3 ** i - 1) // 2} {(3 ** j - 1) // 2}\nverdict " +
    ("holds\nassume some true\nshow one true\n" if i else
     "inapplicable some\nassume some false\n")
    for i in range(5) for j in range(4)) + "sum 20 16")
small("scope", "model-along-set", """
model_set
space 3
group 1
orbit 1 0
verdict holds
show one true
orbit 1 1
verdict holds
show one true
orbit 1 2
verdict holds
show one true
sum 3 3
""")
small("scope", "vector-along-given-set", """
given_set
space 2
group 1
orbit 1 0 0
verdict holds
show one true
orbit 1 1 0
verdict holds
show one true
sum 2 2
""")


@forge("join", "first", "joined")
def _(f):
    f.head_line("join same m m'")


@forge("join", "middle", "joined")
def _(f):
    f.head_line("join same m m'", "join same m' m")


@forge("join", "last", "joined")
def _(f):
    f.head_line("join same m m'", "join same m m'", "join some m m'")


@three("cell")
def _(c):
    n, line = c.line("shape")
    c.head[n] = re.sub(r"\d+$", lambda m: str(int(m[0]) + 1), line)


@forge("cell", "chains", "subsets")
def _(f):
    f.cells[-1].head[1] = "chains 2 1"


@forge("cell", "one-less", "subsets")
def _(f):
    del f.cells[1]


@forge("cell", "one-more", "subsets")
def _(f):
    f.cells.append(f.cells[-1])


@forge("cell", "none", "subsets")
def _(f):
    f.cells = []


@three("space")
def _(c):
    c.add("space", 1)


@three("group")
def _(c):
    c.add("group", 1)


# ---- orbits ----

@three("code", "subsets")
def _(c):
    """One that its item does not have: the set of tokens is taken for that of the contexts."""
    o = c.orbits[{0: 0, 1: len(c.orbits) // 2}.get(len(c.orbits) % 3, -1)]
    o.codes = o.codes[:1] + [64]


@forge("code", "one-less", "subsets")
def _(f):
    f.cells[0].orbits[0].codes.pop()


@forge("code", "negative", "subsets")
def _(f):
    f.cells[0].orbits[0].codes[0] = -1


@forge("code", "not-joined", "joined")
def _(f):
    """An instance outside the space stands for an orbit of the same size: the hypothesis that
    joins is false there."""
    c = f.cells[1]
    gone = some(c, lambda o: o.holds() and o.stabiliser == 1)
    taken = {tuple(o.codes) for o in c.orbits}
    first, second = gone.codes
    gone.codes = next([first, x] for x in range(second + 1, 9)
                      if (first, x) not in taken and x != second)
    assert gone.codes == [3, 7]  # m is 1, 0 and m' is -1, 1: the tables differ at the token b
    gone.body = ["verdict inapplicable same", "assume same false", "pick %10", "i 0",
                 "pick %9 0", "i 1"]
    c.sort()
    c.count()


@three("order", "subsets")
def _(c):
    c.orbits[0], c.orbits[1] = c.orbits[1], c.orbits[0]


@forge("order", "one-twice", "joined")
def _(f):
    """An orbit is omitted, another one of the same size is listed twice."""
    c = f.cells[2]
    gone = some(c, lambda o: o.stabiliser == 1 and o.holds())
    again = next(o for o in c.orbits if o is not gone and o.stabiliser == 1 and o.holds())
    c.orbits[c.orbits.index(gone)] = again
    c.sort()


def mirrored(code):
    """The code of a model of dimension 1 whose entries change sign: digits 1 and 2 of base 3."""
    digits = []
    while code:
        digits.append({0: 0, 1: 2, 2: 1}[code % 3])
        code //= 3
    return sum(d * 3 ** i for i, d in enumerate(digits))


@three("least")
def _(c):
    """Another member of an orbit stands for it: all signs are changed, the evidence stays."""
    o = some(c, lambda o: o.stabiliser == 1 and o.holds())
    o.codes = [mirrored(code) for code in o.codes]
    c.sort()


@forge("least", "tokens", "subsets")
def _(f):
    """{c} stands for {b}, and {c} has the greater code."""
    c = f.cells[0]
    for o in c.orbits:
        if o.codes[0] == 2:
            o.codes[0] = 4
    c.sort()


@forge("least", "subspace", "plane")
def _(f):
    """The same with a line and a vector on the other side."""
    c = f.cells[0]
    at = [o.codes for o in c.orbits]
    o = some(c, lambda o: o.holds() and o.codes[0] in (1, 2) and o.stabiliser == 2)
    o.codes = [3 - o.codes[0], {1: 3, 2: 6, 3: 1, 6: 2}[o.codes[1]]]
    assert o.codes not in at
    o.body = [{"y 1 2 1 0 1": "y 1 2 1 1 0", "minor 1 1 2147483647 rows 0 cols 0 x 1":
               "minor 1 1 2147483647 rows 1 cols 0 x 1",
               "minor 1 1 2147483647 rows 1 cols 0 x 1":
               "minor 1 1 2147483647 rows 0 cols 0 x 1"}.get(line, line) for line in o.body]
    c.sort()


@three("stabiliser")
def _(c):
    some(c, lambda o: o.holds()).stabiliser *= 2


@forge("stabiliser", "mass-right", "joined")
def _(f):
    """An orbit is omitted, and another one is said to be larger by as much."""
    c = f.cells[2]
    grown, gone = [o for o in c.orbits if c.size(o) == 2][:2]
    c.orbits.remove(gone)
    grown.stabiliser //= 2
    c.count()


@forge("stabiliser", "zero", "joined")
def _(f):
    f.cells[0].orbits[0].stabiliser = 0


@three("orbit-verdict", "chained")
def _(c):
    """Two hypotheses that are false are named, where one has to be enough; or all are there."""
    o = some(c, lambda o: not o.holds())
    o.body[0] += " " + {"inside": "at", "at": "inside"}[o.body[0].split()[-1]]


@forge("orbit-verdict", "omitted", "joined-without-some")
def _(f):
    """The variant omits the hypothesis that is false."""
    o = f.cells[0].orbits[0]
    o.body = ["verdict inapplicable some", "assume some false"]
    f.cells[0].count()


small("orbit-verdict", "violated", """
wrong
space 2
group 1
orbit 1 0
verdict holds
show none true
orbit 1 1
verdict violated none
show none false
pick %3
i 0
sum 2 1
""")


@forge("verdict", "of-an-orbit", "joined")
def _(f):
    o = next(o for o in f.cells[0].orbits if not o.holds())
    o.body = ["verdict holds", "assume same true"] + o.body[1:]
    f.cells[0].count()


@forge("claims", "of-an-orbit", "joined")
def _(f):
    """All hypotheses, where one is enough."""
    next(o for o in f.cells[0].orbits if not o.holds()).body.insert(1, "assume same true")


@forge("claims", "without-conclusion", "joined")
def _(f):
    o = next(o for o in f.cells[0].orbits if o.holds())
    o.body = o.body[:next(i for i, line in enumerate(o.body) if line.startswith("show"))]


@forge("claims", "instead-of-sum", "joined")
def _(f):
    f.cells[0].sum = f.cells[0].sum.replace("sum", "sun")


@forge("claims", "sum-without-word", "joined")
def _(f):
    f.cells[0].sum = f.cells[0].sum.replace("sum", "")


@forge("compare", "in-an-orbit", "joined")
def _(f):
    """The context that is picked is not one with f(x) != 0."""
    o = next(o for o in f.cells[-1].orbits if o.holds())
    n = o.body.index("i 0") if "i 0" in o.body else o.body.index("i 1")
    o.body[n] = {"i 0": "i 1", "i 1": "i 0"}[o.body[n]]


# ---- the text ----

@forge("variant", "of-a-certificate", "joined-without-some")
def _(f):
    f.head_line("without some", "without same", "without some", "without same")


# `because again`: the other conclusion fails at the token b.

EITHER = "either-without-spare-because-again"


@forge("variant", "because-unknown", EITHER)
def _(f):
    f.head_line("because again", "because against")


@forge("variant", "because-hypothesis", EITHER)
def _(f):
    f.head_line("because again", "because some")


@forge("variant", "because-twice", EITHER)
def _(f):
    f.head_line("because again", "because again", "because again")


@forge("variant", "because-first", EITHER)
def _(f):
    f.head_line("because again")
    f.head_line("without spare", "because again", "without spare")


@forge("syntax", "because-nothing", EITHER)
def _(f):
    f.head_line("because again", "because")


@forge("syntax", "because-two-names", EITHER)
def _(f):
    f.head_line("because again", "because again pivot")


@forge("claims", "because-missing", EITHER)
def _(f):
    """The evidence of the other conclusion is not there, and no line says so."""
    f.head_line("because again")


@forge("claims", "because-other", EITHER)
def _(f):
    """The evidence is that of a conclusion which is omitted."""
    f.head_line("because again", "because pivot")


@forge("claims", "because-omitted", EITHER)
def _(f):
    """The evidence has a conclusion that is omitted."""
    o = some(f.cells[0], lambda o: o.holds())
    n = o.body.index("show again true")
    o.body[n:n] = ["show pivot true"]


@forge("claims", "because-omitted-false", EITHER)
def _(f):
    """The same where it is false."""
    o = f.cells[1].orbits[-1]
    n = o.body.index("show again true")
    o.body[n:n] = ["show pivot false", "pick %7", "i 1"]


@forge("truncated", "certificate", "joined")
def _(f):
    del f.cells[-1]
    f.end = []


@forge("trailing", "certificate", "joined")
def _(f):
    f.end = ["end", "end"]


@forge("cell", "no-end", "joined")
def _(f):
    f.end = ["fin"]


@forge("syntax", "grid", "joined")
def _(f):
    f.head_line("grid 1", "grid 01")


@forge("syntax", "no-grid", "joined")
def _(f):
    f.head_line("grid 1")


@forge("syntax", "two-grids", "joined")
def _(f):
    f.head_line("grid 1", "grid 1 1")


@forge("syntax", "grid-negative", "joined")
def _(f):
    f.head_line("grid 1", "grid -1")


# a cell of dimension -1, right as far as an empty product goes
FORGERIES["syntax", "bound-negative"] = """aonc 1
statement size
grid 1
min -1 1 1
max -1 1 1
shape -1 1 1
chains 1
space 1
group 1
orbit 1
verdict holds
show one true
sum 1 1
end""".split("\n")


@forge("syntax", "bound", "joined")
def _(f):
    f.head_line("min 1 1 1", "min 1 01 1")


@forge("syntax", "bound-word", "joined")
def _(f):
    f.head_line("max 1 2 2", "maximum 1 2 2")


@forge("syntax", "group-word", "joined")
def _(f):
    f.cells[0].head[3] = f.cells[0].head[3].replace("group", "groups")


# ---- sums ----


@three("mass")
def _(c):
    """An applicable orbit is omitted."""
    c.orbits.remove(some(c, lambda o: o.holds()))
    c.count()


@forge("mass", "inapplicable", "subsets")
def _(f):
    c = f.cells[-1]
    c.orbits.remove(some(c, lambda o: not o.holds()))
    c.count()


@forge("mass", "no-orbit", "plane")
def _(f):
    f.cells[0].orbits = []
    f.cells[0].count()


@three("sum")
def _(c):
    c.sum = c.sum.rsplit(" ", 1)[0] + " 0"


@forge("sum", "orbits", "joined")
def _(f):
    f.cells[0].sum = re.sub(r"\d+", lambda m: str(int(m[0]) + 1), f.cells[0].sum, count=1)


@forge("sum", "one-number", "joined")
def _(f):
    f.cells[0].sum = f.cells[0].sum.rsplit(" ", 1)[0]


def never(n, k):
    """No orbit of these cells is applicable: one for each number of tokens; both are right."""
    text = f"aonc 1\nstatement never\ngrid 1\nmin {n} {k}\nmax {n} {k}\nshape {n} {k}\n"
    order = 1
    for i in range(2, n + 1):
        order *= i
    text += "chains" + " 1" * n + f"\nspace {2 ** k}\ngroup {order}\n"
    for code in range(2 ** k):
        text += f"orbit {order} {code}\nverdict inapplicable no\nassume no false\n"
    return (text + f"sum {2 ** k} 0\nend").split("\n")


FORGERIES["vacuous", "first"] = never(1, 1)
FORGERIES["vacuous", "middle"] = never(2, 1)
FORGERIES["vacuous", "last"] = never(1, 2)
