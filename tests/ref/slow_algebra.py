"""Polynomials, matrices and subspaces over Q for the slow reference: the plainest algorithms.

Numbers are `fractions.Fraction`.  An entry of a matrix is a number, or a `Poly` in unknowns.
Everything that divides is Gaussian elimination by `echelon`.
"""
from fractions import Fraction

ZERO, ONE = Fraction(0), Fraction(1)


class Undetermined(Exception):
    """The value depends on an unknown in a way that is no polynomial."""


class Poly:
    """A polynomial that is not constant: {monomial: coefficient}; a monomial is a sorted tuple of unknowns."""
    __slots__ = ("terms",)

    def __init__(self, terms):
        self.terms = terms

    def __add__(self, other):
        terms = dict(self.terms)
        for mono, c in terms_of(other).items():
            terms[mono] = terms.get(mono, ZERO) + c
        return poly(terms)

    def __mul__(self, other):
        terms = {}
        for a, c in self.terms.items():
            for b, e in terms_of(other).items():
                mono = tuple(sorted(a + b))
                terms[mono] = terms.get(mono, ZERO) + c * e
        return poly(terms)

    def __neg__(self):
        return self * -ONE

    def __sub__(self, other):
        return self + other * -ONE

    def __rsub__(self, other):
        return -self + other

    __radd__, __rmul__ = __add__, __mul__


def poly(terms):
    """The entry with these terms; a constant one is a Fraction."""
    terms = {mono: c for mono, c in terms.items() if c != 0}
    if all(mono == () for mono in terms):
        return terms.get((), ZERO)
    return Poly(terms)


def terms_of(entry):
    return entry.terms if isinstance(entry, Poly) else {(): entry}


def unknown(number):
    return Poly({(number,): ONE})


def substitute(entry, values):
    """The entry with values[u], an entry, for each unknown u that has one."""
    if not isinstance(entry, Poly):
        return entry
    result = ZERO
    for mono, c in entry.terms.items():
        product = c
        for u in mono:
            product = product * values.get(u, unknown(u))
        result = result + product
    return result


# Elimination

def echelon(rows, width):
    """The reduced row echelon form of rows of numbers, without zero rows, and its pivot columns."""
    rows, done, pivots = [list(row) for row in rows], [], []
    for j in range(width):
        k = next((k for k, row in enumerate(rows) if row[j] != 0), None)
        if k is None:
            continue
        chosen = rows.pop(k)
        chosen = [a / chosen[j] for a in chosen]
        for other in rows + done:
            factor = other[j]
            if factor != 0:
                other[:] = [a - factor * b if b else a for a, b in zip(other, chosen)]
        done.append(chosen)
        pivots.append(j)
    return done, pivots


def kernel(rows, width):
    """A basis of the v with row . v = 0 for all rows."""
    done, pivots = echelon(rows, width)
    basis = []
    for j in range(width):
        if j not in pivots:
            v = [ZERO] * width
            v[j] = ONE
            for row, p in zip(done, pivots):
                v[p] = -row[j]
            basis.append(v)
    return basis


def consequences(polys):
    """Linear combinations of these polynomials, those of degree at most 1 apart from the others.

    Elimination with the monomials as columns, higher degrees first; 1 last.
    """
    monos = sorted({mono for p in polys for mono in terms_of(p)} | {()}, key=lambda m: (-len(m), m))
    rows = [[terms_of(p).get(mono, ZERO) for mono in monos] for p in polys]
    done, pivots = echelon(rows, len(monos))
    low, high = [], []
    for row, p in zip(done, pivots):
        (low if len(monos[p]) <= 1 else high).append(poly(dict(zip(monos, row))))
    return low, high


# Matrices

class Matrix:
    """rows x cols entries; `index` = (SET or None, SET or None): what rows and columns are counted by."""

    def __init__(self, rows, cols, at, index=(None, None)):
        self.rows, self.cols, self.at, self.index = rows, cols, at, index
        assert len(at) == rows and all(len(row) == cols for row in at)

    def entries(self):
        return [a for row in self.at for a in row]

    def columns(self):
        return [[row[j] for row in self.at] for j in range(self.cols)]

    def known(self):
        return not any(isinstance(a, Poly) for a in self.entries())

    def substituted(self, values):
        return Matrix(self.rows, self.cols, [[substitute(a, values) for a in row] for row in self.at], self.index)


def scalar(number):
    return Matrix(1, 1, [[number]])


def zeros(rows, cols, index=(None, None)):
    return Matrix(rows, cols, [[ZERO] * cols for _ in range(rows)], index)


def identity(n, label=None):
    return Matrix(n, n, [[ONE if i == j else ZERO for j in range(n)] for i in range(n)], (label, label))


def of_columns(columns, rows, label=None):
    return Matrix(rows, len(columns), [[c[i] for c in columns] for i in range(rows)], (label, None))


def add(a, b):
    assert (a.rows, a.cols) == (b.rows, b.cols)
    return Matrix(a.rows, a.cols, [[x + y for x, y in zip(r, s)] for r, s in zip(a.at, b.at)], a.index)


def scale(s, a):
    return Matrix(a.rows, a.cols, [[s * x for x in row] for row in a.at], a.index)


def multiply(a, b):
    assert a.cols == b.rows
    at = [[sum((x * y for x, y in zip(row, column) if x and y), ZERO) for column in b.columns()] for row in a.at]
    return Matrix(a.rows, b.cols, at, (a.index[0], b.index[1]))


def transpose(a):
    return Matrix(a.cols, a.rows, [list(c) for c in zip(*a.at)] if a.rows else [[] for _ in range(a.cols)],
                  (a.index[1], a.index[0]))


# Subspaces

class Space:
    """A subspace of Q^n: the rows of a reduced echelon form."""

    def __init__(self, n, generators, label=None):
        self.n, self.label = n, label
        self.basis, self.pivots = echelon(generators, n)

    def matrix(self):
        return of_columns(self.basis, self.n, self.label)

    def vectors(self):
        return [of_columns([v], self.n, self.label) for v in self.basis]

    def remainder(self, v):
        """v minus an element of the space, zero iff v lies in it; v may have polynomials as entries."""
        v = list(v)
        for row, p in zip(self.basis, self.pivots):
            factor = v[p]
            v = [a - factor * b if b else a for a, b in zip(v, row)]
        return v

    def project(self, t):
        """The columns of t projected orthogonally: B (B^T B)^-1 B^T t."""
        b = self.matrix()
        bt, k = transpose(b), len(self.basis)
        gram = multiply(bt, b)
        done, pivots = echelon([gram.at[i] + identity(k).at[i] for i in range(k)], 2 * k)
        assert pivots == list(range(k))
        inverse = Matrix(k, k, [row[k:] for row in done])
        return multiply(b, multiply(inverse, multiply(bt, t)))


def span(t):
    if not t.known():
        raise Undetermined
    return Space(t.rows, t.columns(), t.index[0])


def join(s, t):
    return Space(s.n, s.basis + t.basis, s.label)
