"""Every instance of a cell, without symmetry (docs/search.md, sections 1 and 2).

`cells(core, least, most)` are the (shape, chains) of a ladder; `instances(core, shape, chains, radius)`
yields (codes, Instance) for every assignment in lexicographic order.
"""
import itertools

from slow_algebra import Fraction, Space, of_columns
from slow_text import Instance


def partitions(n, most):
    """Of n into parts up to `most`, the lexicographically larger first."""
    if n == 0:
        yield ()
    for first in range(min(n, most), 0, -1):
        for rest in partitions(n - first, first):
            yield (first, *rest)


def queries(core):
    return [name for name, (sort, *_) in core.givens if sort == "query"]


def cells(core, least, most):
    shapes = itertools.product(*(range(a, b + 1) for a, b in zip(least, most)))
    for shape in sorted(shapes, key=lambda s: (sum(s), s)):
        n = shape[-2]
        for chains in partitions(n, n) if queries(core) else [(1,) * n]:
            yield shape, chains


def contexts(chains, k):
    """Their sequences; the query is the last token of the first two."""
    found, start = [], 1
    for i, length in enumerate(chains, 1):
        if k > 1:
            found += [("a",) * i + ("b",) * j for j in range(length)]
        else:
            found += [("a",) * (start + j) for j in range(length)]
            start += length + 1
    return found


def digits(radius):
    return [Fraction(0)] + [Fraction(s * i) for i in range(1, radius + 1) for s in (1, -1)]


def subspaces(e, radius):
    """Lists of generators: all subspaces that grid vectors span, in the order of their numbers."""
    grid = list(itertools.product(digits(radius), repeat=e))
    found = {}
    for size in range(e + 1):
        for chosen in itertools.combinations(grid, size):
            space = Space(e, chosen)
            if len(space.basis) == size:
                generators = []
                for i, v in enumerate(grid):
                    if not any(space.remainder(v)) and any(Space(e, [grid[j] for j in generators]).remainder(v)):
                        generators.append(i)
                found[len(generators), tuple(generators)] = [list(grid[i]) for i in generators]
    return [found[key] for key in sorted(found)]


def model_of(columns, n, e):
    """(f, g) of the columns; the pivot is the first token and has g = 0."""
    rows = of_columns(columns, len(columns[0]) if columns else 0).at
    return rows[:n], [[Fraction(0)] * e] + rows[n:]


def choices(core, shape, chains, radius):
    """For each item, in order: (name, kind, shape, values in the order of their codes)."""
    dims, n, k = shape[:-2], shape[-2], shape[-1]
    names = [name for name, (sort, *_) in core.givens if sort == "dim"]
    values = dict(zip(names, dims))
    grid, words = digits(radius), contexts(chains, k)

    def size(text):
        if text[0] != "#":
            return int(text) if text.isdigit() else values[text]
        if "/" in text:
            return sum(length - 1 for length in chains)
        return {"#X": n, "#Y": k}[text]

    for name, (sort, *of) in core.givens:
        of = tuple(size(e) for e in of)
        if sort == "model":
            vectors = [list(v) for v in itertools.product(grid, repeat=n + k - 1)]
            columns = itertools.product(vectors, repeat=of[0])
            yield name, sort, of, [model_of(c, n, of[0]) if c else ([[]] * n, [[]] * k) for c in columns]
        elif sort == "subspace":
            yield name, sort, of, subspaces(of[0], radius)
        elif sort in ("scalar", "vector", "matrix"):
            rows, cols = (of + (1, 1))[:2]
            entries = itertools.product(grid, repeat=rows * cols)
            yield name, sort, of, [v[0] if sort == "scalar" else [list(v[i * cols:(i + 1) * cols]) for i in range(rows)]
                                   for v in entries]
        elif sort in ("token", "context"):
            yield name, sort, (), list(range(k if sort == "token" else len(words)))
        elif sort in ("tokens", "contexts"):
            count = k if sort == "tokens" else len(words)
            yield name, sort[:-1] + "set", (), [[i for i in range(count) if code >> i & 1] for code in range(2 ** count)]


def instances(core, shape, chains, radius=1):
    k, items = shape[-1], list(choices(core, shape, chains, radius))
    for codes in itertools.product(*(range(len(values)) for *_, values in items)):
        inst = Instance()
        inst.tokens, inst.base = list("abcdefgh"[:k]), "a"
        inst.contexts = {"x%d" % i: words for i, words in enumerate(contexts(chains, k))}
        names = [name for name, (sort, *_) in core.givens if sort == "dim"]
        inst.values = {name: ("dim", (), e) for name, e in zip(names, shape)}
        inst.values.update((name, (kind, of, values[code])) for code, (name, kind, of, values) in zip(codes, items))
        for name in queries(core):
            inst.values[name] = ("query", (), ("b",) if k > 1 else ("a",))
        yield codes, inst
