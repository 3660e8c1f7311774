"""Every instance of a cell, without symmetry (docs/search.md, sections 1 and 2), and what a certificate says of them.

`cells(core, least, most)` are the (shape, chains) of a ladder; `instances(core, shape, chains, radius)`
yields (codes, Instance) for every assignment in lexicographic order; `run_through` judges them all;
`complaint(core_of, text)` is what is wrong with the claims of a certificate.
"""
import collections
import itertools

import slow
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
            yield name, sort, of, [v[0] if sort == "scalar" else
                                   [list(v[i * cols:(i + 1) * cols]) for i in range(rows)] for v in entries]
        elif sort in ("token", "context"):
            yield name, sort, (), list(range(k if sort == "token" else len(words)))
        elif sort in ("tokens", "contexts"):
            count = k if sort == "tokens" else len(words)
            yield name, sort[:-1] + "set", (), [[i for i in range(count) if code >> i & 1]
                                                for code in range(2 ** count)]


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


Cell = collections.namedtuple("Cell", "count applicable first unknown assumed")


def run_through(core, shape, chains, radius=1, because=None, **variant):
    """How many assignments, how many applicable; the first that is violated, or None; how many are not known;
    {codes: the truth of the hypotheses}."""
    assumed, applicable, first, unknown = {}, 0, None, 0
    for codes, inst in instances(core, shape, chains, radius):
        assumed[codes], show = slow.judge(core, inst, **variant)
        word = slow.verdict(assumed[codes], {because: show[because]} if because else show).split(" ")[0]
        unknown += word == "unknown"
        applicable += word in ("holds", "violated")
        if word == "violated" and first is None:
            first = inst
    return Cell(len(assumed), applicable, first, unknown, assumed)


# Certificates (docs/search.md, section 6): the claims, not the evidence

def read_certificate(text):
    """(words of the head {first word: list}, [(shape, chains, space, group, orbits, sum)]);
    orbits: [(stabiliser, codes, the hypothesis that is false or None)]"""
    head, found, orbit = collections.defaultdict(list), [], None
    for line in text.split("\n"):
        word, *rest = line.split(" ")
        if word == "shape":
            found.append({"shape": tuple(map(int, rest)), "orbits": []})
        elif word in ("chains", "sum") and found:
            found[-1][word] = tuple(map(int, rest))
        elif word in ("space", "group") and found:
            found[-1][word] = int(rest[0])
        elif word == "orbit":
            orbit = int(rest[0]), tuple(map(int, rest[1:]))
        elif word == "verdict":
            found[-1]["orbits"].append((*orbit, rest[1] if rest[0] == "inapplicable" else None))
        elif not found:
            head[word] += rest
    return head, found


def complaint(core_of, text, most=20000):
    """What a certificate claims and is not so; "" if all is; None if there are too many assignments to say.

    core_of(statement, drop) is a Core."""
    head, found = read_certificate(text)
    core = core_of(head["statement"][0], head["drop"])
    radius, lower, upper = int(head["grid"][0]), tuple(map(int, head["min"])), tuple(map(int, head["max"]))
    variant = {k: head[k] for k in ("without", "weaken", "only") if k in head}
    spaces = any(sort == "subspace" for _, (sort, *_) in core.givens)
    if max(upper) > 8 or radius > (3 if spaces else 1000):
        return None
    wanted = list(cells(core, lower, upper))
    if [(c["shape"], c["chains"]) for c in found] != wanted:
        return "other cells"
    ever = False
    for cell in found:
        if any(e > 2 for e in cell["shape"][:-2]) or assignments(core, cell["shape"], radius) > most:
            return None
        seen = run_through(core, cell["shape"], cell["chains"], radius, *head["because"], **variant)
        if seen.unknown:
            return None
        wrong = cell_complaint(cell, seen, bool(head["join"]))
        if wrong:
            return "shape %s: %s" % (cell["shape"], wrong)
        ever = ever or seen.applicable > 0
    return "" if ever else "vacuous"


def assignments(core, shape, radius):
    """At least as many as there are (but for subspaces), counted without making them."""
    count, grid = 1, 2 * radius + 1
    dims = dict(zip((name for name, (sort, *_) in core.givens if sort == "dim"), shape))
    for _, (sort, *of) in core.givens:
        sizes = [int(e) if e.isdigit() else dims[e] if e in dims else max(shape[-2:]) for e in of]
        if sort == "model":
            count *= grid ** (sizes[0] * (shape[-2] + shape[-1] - 1))
        elif sort in ("scalar", "vector", "matrix"):
            rows, cols = (sizes + [1, 1])[:2]
            count *= grid ** (rows * cols)
        elif sort in ("tokens", "contexts"):
            count *= 2 ** max(shape[-2:])
    return count


def cell_complaint(cell, seen, joined):
    """Of one cell: what its orbits add up to, against all assignments one by one."""
    if seen.first is not None:
        return "the statement is violated"
    group, orbits = cell["group"], cell["orbits"]
    if any(codes not in seen.assumed for _, codes, _ in orbits):
        return "an orbit of no assignment"
    for _, codes, false in orbits:
        assume = seen.assumed[codes]
        if not (all(assume.values()) if false is None else assume.get(false) is False):
            return "orbit %s has another verdict" % (codes,)
    mass, holds = (sum(group // s for s, _, false in orbits if false is None or every) for every in (True, False))
    if mass != cell["space"] or mass > seen.count or (mass < seen.count and not joined):
        return "orbits of %d elements, of %d" % (mass, seen.count)
    if holds != seen.applicable:
        return "%d are applicable, orbits with %d" % (seen.applicable, holds)
    if cell["sum"] != (len(orbits), sum(false is None for _, _, false in orbits)):
        return "another sum"
    return ""
