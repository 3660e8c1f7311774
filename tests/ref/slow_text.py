"""The two texts that the slow reference reads: a core (docs/language.md, section 7) and an instance.

`read_core(text)` is {statement: Core}; `read_instance(text)` is an Instance; `Fitted(core, instance)`
is the instance as the statement sees it (docs/instance-format.md, "Fitting a statement").
"""
import re
from fractions import Fraction

from slow_algebra import Matrix, Space


class BadInput(Exception):
    pass


def need(condition, what):
    if not condition:
        raise BadInput(what)


class Core:
    """givens [(name, sort)], nodes [(operation, arguments)], roots by name in order."""

    def __init__(self, name):
        self.name, self.givens, self.nodes = name, [], []
        self.assume, self.weaken, self.show = {}, {}, {}


def read_core(text):
    cores, now = {}, None
    for line in text.split("\n"):
        word, *rest = line.split(" ")
        if word == "statement":
            now = cores[rest[0]] = Core(rest[0])
        elif word == "given":
            now.givens.append((rest[0], rest[1:]))
        elif word == "node":
            need(int(rest[0]) == len(now.nodes), "node out of order: " + line)
            now.nodes.append((rest[1], [int(a[1:]) if a[0] == "%" else a for a in rest[2:]],
                              [a[0] == "%" for a in rest[2:]]))
        elif word in ("assume", "weaken", "show"):
            getattr(now, word)[rest[0]] = int(rest[1][1:])
        else:
            need(word in ("core", "library", "use", "end", ""), "a line of no core: " + line)
    return cores


NAME = r"[A-Za-z][A-Za-z0-9_]*'*"
WIDTH = {"dim": 1, "scalar": 1, "vector": 1, "matrix": 2, "subspace": 1, "model": 1, "token": 1}
MOST = 1000000


class Instance:
    """tokens, base, contexts {name: tuple of tokens}, values {name: (kind, shape, value)}."""

    def __init__(self):
        self.tokens, self.base, self.contexts, self.values = [], None, {}, {}


class Lines:
    def __init__(self, text):
        lines = [x.split() for x in re.sub("\t", " ", text).split("\n")]
        self.lines = [x for x in lines if x and not x[0].startswith("#")]
        self.at = 0

    def next(self, word=None, fields=None):
        need(self.at < len(self.lines), "the text ends early")
        line = self.lines[self.at]
        need(word is None or line[0] == word, "%s, wanted %s" % (line[0], word))
        need(fields is None or len(line) == fields, "%d fields, wanted %s" % (len(line), fields))
        self.at += 1
        return line

    def is_next(self, word):
        return self.at < len(self.lines) and self.lines[self.at][0] == word

    def row(self, *head):
        """The numbers of a line that starts with these words."""
        line = self.next()
        need(line[:len(head)] == list(head), "%s, wanted %s" % (line[0], " ".join(head)))
        return [number(x) for x in line[len(head):]]


def number(text):
    need(re.fullmatch("-?[0-9]+(/[0-9]+)?", text) and not re.search("/0+$", text), "no number: " + text[:40])
    return Fraction(text)


def size(text):
    need(re.fullmatch("[0-9]{1,7}", text) and int(text) <= MOST, "no size: " + text[:40])
    return int(text)


def read_instance(text):
    need(not re.search("[\0\r\ufeff]", text), "a character that is not allowed")
    lines, inst = Lines(text), Instance()
    need(lines.next() == ["aoni", "1"], "no line `aoni 1`")
    inst.tokens = lines.next("tokens")[1:]
    need(inst.tokens and len(set(inst.tokens)) == len(inst.tokens), "no tokens, or one twice")
    inst.base = lines.next("base", 2)[1]
    need(inst.base in inst.tokens, "base is no token")
    while lines.is_next("context") and lines.lines[lines.at][2:3] != ["="]:
        _, name, *words = lines.next()
        need(name not in inst.contexts and tuple(words) not in inst.contexts.values(), "a context twice")
        need(set(words) <= set(inst.tokens), "a context with words that are no tokens")
        inst.contexts[name] = tuple(words)
    while not lines.is_next("end"):
        kind, name, *rest = lines.next()
        need(re.fullmatch(NAME, name) and name not in inst.values, "a name twice, or none: " + name)
        need(kind in WIDTH or kind in ("context", "query", "tokenset", "contextset"), "no kind of value: " + kind)
        need(len(rest) == WIDTH.get(kind, len(rest)), "too few or many fields for " + kind)
        inst.values[name] = (kind, *read_value(lines, inst, kind, rest))
    lines.next("end", 1)
    need(lines.at == len(lines.lines), "something after `end`")
    return inst


def read_value(lines, inst, kind, rest):
    """(shape, value) of a block."""
    def rows(count, width, head="row"):
        found = [lines.row(head) for _ in range(count)]
        need(all(len(r) == width for r in found), "a row of another length")
        return found

    if kind == "scalar":
        return (), number(rest[0])
    if kind == "query":
        need(set(rest) <= set(inst.tokens), "a query with words that are no tokens")
        return (), tuple(rest)
    if kind == "token":
        need(rest[0] in inst.tokens, "no token: " + rest[0])
        return (), inst.tokens.index(rest[0])
    if kind in ("context", "contextset"):
        need(kind == "contextset" or (len(rest) == 2 and rest[0] == "="), "wanted `= CONTEXT`")
        found = rest if kind == "contextset" else rest[1:]
        need(set(found) <= set(inst.contexts) and len(set(found)) == len(found), "no contexts, or one twice")
        found = sorted(list(inst.contexts).index(x) for x in found)
        return (), found if kind == "contextset" else found[0]
    if kind == "tokenset":
        need(set(rest) <= set(inst.tokens) and len(set(rest)) == len(rest), "no tokens, or one twice")
        return (), sorted(inst.tokens.index(x) for x in rest)
    shape = tuple(size(x) for x in rest)
    if kind == "dim":
        return (), shape[0]
    if kind == "vector":
        return shape, [[a] for a in rows(1, shape[0])[0]]
    if kind == "matrix":
        return shape, rows(*shape)
    if kind == "subspace":
        found = []
        while lines.is_next("gen"):
            found += rows(1, shape[0], "gen")
        return shape, found
    f = [lines.row("f", x) for x in inst.contexts]
    g = [lines.row("g", y) for y in inst.tokens]
    need(all(len(r) == shape[0] for r in f + g), "a row of another length")
    return shape, (f, g)


def label_of(dim):
    """The SET that a DIM counts, or None."""
    return dim[1:] if dim[0] == "#" else None


class Fitted:
    """Every given of a statement with its value: Matrix, Space, (f, g), number, position, positions."""
    KINDS = {"tokens": "tokenset", "contexts": "contextset"}

    def __init__(self, core, inst):
        self.inst, self.dims, self.values, self.kinds = inst, {}, {}, {}
        self.base = inst.tokens.index(inst.base)
        self.contexts = list(inst.contexts.values())
        for name, (sort, *_) in core.givens:
            kind = self.KINDS.get(sort, sort)
            if sort == "dim":
                self.dims[name] = self.dimension(core, name)
                continue
            need(name in inst.values, "no value for " + name)
            need(inst.values[name][0] == kind, "%s is no %s" % (name, sort))
            self.kinds[name], self.values[name] = kind, inst.values[name][2]
        for name, (sort, *of) in core.givens:
            if sort not in ("model", "vector", "matrix", "subspace"):
                continue
            shape, value = inst.values[name][1:]
            need(shape == tuple(self.dim(e) for e in of), "%s has another shape" % name)
            labels = tuple(label_of(e) for e in of)
            if sort == "subspace":
                self.values[name] = Space(shape[0], value, labels[0])
            elif sort != "model":
                rows, cols = (shape + (1,))[:2]
                self.values[name] = Matrix(rows, cols, value, (labels + (None,))[:2])

    def dimension(self, core, name):
        """Of a `dim` line, or else of the first given whose type mentions it."""
        if name in self.inst.values:
            need(self.inst.values[name][0] == "dim", name + " is no dim")
            return self.inst.values[name][2]
        for other, (sort, *of) in core.givens:
            if name in of and sort not in ("dim", "tokens", "contexts"):
                need(other in self.inst.values, "no value for " + other)
                shape = self.inst.values[other][1]
                need(len(shape) == len(of), "%s is no %s" % (other, sort))
                return shape[of.index(name)]
        raise BadInput("no dimension " + name)

    def dim(self, text):
        if text[0] == "#":
            return len(self.set(text[1:]))
        return int(text) if text.isdigit() else self.dims[text]

    def set(self, text):
        """The positions of a SET's elements, in order."""
        name, _, query = text.partition("/")
        found = list(range(len(self.contexts))) if name == "X" else \
            list(range(len(self.inst.tokens))) if name == "Y" else self.values[name]
        return [x for x in found if self.after(x, query) in found] if query else found

    def after(self, x, query):
        """The position of context x followed by the query, or None."""
        words = self.contexts[x] + self.values[query]
        return self.contexts.index(words) if words in self.contexts else None
