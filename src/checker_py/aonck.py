#!/usr/bin/env python3
"""aonck.py: check witnesses and certificates against a statement; Python standard library only.

    aonck.py [--lib DIR].. [--quiet] THEOREM.aon FILE..     FILE: .aonw, .aonc, `-` is stdin
    aonck.py [--lib DIR].. --core FILE.aon                  print the core of a file

Exit status: 0 accepted, 1 refused, 2 unreadable or out of resources; of several files the worst.

Written from docs/language.md, instance-format.md, witness-format.md and search.md alone; it shares
no code with aon.  The parts, in reading order:

    1  text to tokens          language.md 1         6  matrices, forms   integers, one denominator
    2  tokens to a tree        language.md 2         7  checking          witness-format.md
    3  core nodes, rewriting   language.md 5, 6      8  certificates      search.md 1 to 6
    4  tree to core            language.md 3, 4, 5   9  command line
    5  instance                instance-format.md

The checker adds, multiplies and compares.  It never eliminates, pivots, searches, or divides by a
computed value; gcd only keeps numbers in lowest terms, and in part 8 the order of a group is
divided by that of a stabiliser.  Whatever is wrong, in a theorem or in a witness, is one call of
`require(condition, name, found, wanted)`; acceptance is written once, at the end of `check`.
"""
import hashlib
import os
import re
import sys
import threading
from collections import Counter, namedtuple
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from fractions import Fraction
from functools import lru_cache, partial, reduce
from getopt import GetoptError, gnu_getopt
from itertools import permutations, product
from math import gcd, lcm, prod
from operator import mul, sub

LIMIT = 1000000


class Stop(Exception):
    """A slug of language.md with its place (exit status 2), or a name of a refusal (status 1)."""
    def __init__(self, name, found, wanted, at):
        super().__init__("found %.80s, required %.80s" % (found, wanted))
        self.name, self.at = name, at

    def line(self):
        """What is said of an error in a theorem; at: file, text, position in it."""
        path, text, i = self.at
        row, column = 1 + text.count("\n", 0, i), i - text.rfind("\n", 0, i)
        return "%s:%d:%d: error: %s [%s]" % (path, row, column, self, self.name)


def require(condition, name, found, wanted, at=None):
    if not condition:
        raise Stop(name, found, wanted, at)


def afford(condition):
    """A limit of memory or time: neither accepted nor refused."""
    if not condition:
        raise MemoryError("out of resources")


def increasing(numbers, bound):
    """Are these numbers from 0 on, below bound, in strictly increasing order?"""
    return all(i < j for i, j in zip([-1] + numbers, numbers + [bound]))


# --------------------------------------------------------------------------------------------------
# 1. Text to tokens.

ASCII = dict(zip(map(ord, "∀∃∈∧∨¬→↔≠≤⊆⟨⟩·∩−∑≔ΓΛβλ"), """forall exists in and or not -> <-> !=
    <= <= < > * & - sum := Gam Lam beta lam""".split()))
LEXEME = re.compile(r"""(?P<skip>[ \t\n]+|--[^\n]*)
    |(?P<NAME>[A-Za-zΓΛβλ][A-Za-z0-9_ΓΛβλ]*'*)
    |(?P<RAT>[0-9]+(?:[/.][0-9]+)*[A-Za-z0-9_'ΓΛβλ]*)
    |(?P<STR>"[^"\n]*"?)
    |(?P<sign><->|->|:=|!=|<=|[<>=+\-*&(){}\[\],.:/\#|∀∃∈∧∨¬→↔≠≤⊆⟨⟩·∩−∑≔])
    |(?P<bad>.)""", re.X | re.S)
NUMBER = re.compile(r"(0|[1-9][0-9]{0,999})(/[1-9][0-9]{0,999})?")
STRING = re.compile(r'"[^\0-\x1f\x7f"]*"')
Token = namedtuple("Token", "kind text at")                 # kind: as in the grammar, word or sign


def tokens(path, data):
    require(len(data) <= 1 << 20, "too-large", len(data), "at most 1 MiB", (path, "", 0))
    text, out = data.decode("utf-8", "surrogateescape"), []
    for slug, pattern in ("encoding", "\\A\ufeff|[\0\udc80-\udcff]"), ("crlf", "\r"):
        bad = re.search(pattern, text)
        require(not bad, slug, "a byte", "UTF-8, LF line ends", (path, text, bad and bad.start()))
    for m in LEXEME.finditer(text):
        s, kind, at = m.group(), m.lastgroup, (path, text, m.start())
        require(kind != "bad", "character", ascii(s), "a token", at)
        require(kind != "RAT" or NUMBER.fullmatch(s), "number", s, "INT, INT/INT", at)
        require(kind != "STR" or STRING.fullmatch(s), "string", s, "a finished string", at)
        if kind in ("NAME", "sign"):
            s = s.translate(ASCII)
            kind = "word" if s in RESERVED else kind
        if kind != "skip":
            out.append(Token("INT" if s.isdigit() else kind, s, at))
    return out + [Token("END", "the end of the file", (path, text, len(text)))]


# --------------------------------------------------------------------------------------------------
# 2. Tokens to a tree, by the grammar of language.md 2.
#
# A rule makes a Tree of its parts: trees, names, numbers, and those signs, words and strings that
# stand in round brackets.  A tree of one tree is that tree (parentheses, say, leave no trace), and
# a tree without parts is none.  REST is any token but those that an item, a library or a statement
# starts with: language.md 2 has a reader of the core skip what an `expect` line says.

GRAMMAR = r"""
file      = { library | statement } END
library   = "library" NAME INT { def | report }
def       = "def" NAME "(" [ NAME { "," NAME } ] ")" ":=" expr
report    = "report" (STR) "(" NAME { "," NAME } ")" ":=" expr
statement = ("statement") NAME { item }
item      = ("use") NAME INT | ("given") NAME { "," NAME } "in" sort | ("let") NAME ":=" expr
          | ("assume") NAME ":" expr [ "weaken" expr ] | ("show") NAME ":" expr
          | "cite" STR | "note" STR | "expect" { REST }
sort      = ("dim" | "token" | "context" | "query" | "tokens" | "contexts") | lin
          | ("model" | "subspace") "(" dim ")"
lin       = ("scalar") | ("vector") "(" dim ")" | ("matrix") "(" dim "," dim ")"
dim       = int | size | card
int       = INT
size      = name [ dimof ]
card      = ("#") set
set       = whole [ "/" name ]
whole     = ("X" | "Y") | name
name      = NAME
expr      = imp [ ("<->") imp ]
imp       = or [ ("->") imp ]
or        = and { ("or") and }
and       = label { ("and") label }
label     = [ NAME ":" ] un
un        = not | quant | rel
not       = ("not") un
quant     = ("forall" | "exists") bind { "," bind } ":" expr
bind      = NAME { "," NAME } "in" ( lin | term )
rel       = term [ ("=" | "!=" | "<=" | "<" | "in") term ]
term      = prod { ("+" | "-" | "&") prod }
prod      = neg { ("*") neg }
neg       = [ ("-") ] post
post      = prim { embed | dimof | member | index }
embed     = "." ("f" | "g") "(" term ")"
dimof     = (".") "dim"
member    = (".") name
index     = ("[") post "]"
prim      = call | set | number | base | dot | builtin | sum | span | builder | card | "(" expr ")"
call      = NAME "(" [ expr { "," expr } ] ")"
number    = INT | RAT
base      = ("base")
dot       = ("<") term "," term ">"
builtin   = ("proj" | "image" | "perp" | "dim" | "tr" | "colspace" | "rowspace" | "id" | "all")
            "(" [ expr { "," expr } ] ")"
sum       = ("sum") bind ":" prod
span      = ("span") "{" term "|" bind { "," bind } "}"
builder   = ("{") bind "|" expr "}"
"""
RESERVED = set(re.findall(r'"(\w+)"', GRAMMAR)) - {"f", "g"}
KEPT = ("NAME", "INT", "RAT")
STARTS = "cite note use given let assume show expect library statement".split()
NESTING = '"(" "[" "{" "<" "not" "-" "->"'.split()          # one level more, but not in the rules
FLAT = ("def", "report", "sort", "lin", "rel", "term")
Tree = namedtuple("Tree", "kind at depth parts")            # depth: the nesting where it stands


def pattern(words, keep=False):
    """What the grammar says up to a closing bracket: options, which are lists of (rule, name),
    (keep|skip, token) and (opening bracket, pattern); kept are what the comment above says."""
    options = [[]]
    for w in words:
        if w in (")", "]", "}"):
            break
        if w == "|":
            options.append([])
        elif w in ("(", "[", "{"):
            options[-1].append((w, pattern(words, w == "(")))
        else:
            kind = "rule" if w[0].islower() else "keep" if keep or w in KEPT else "skip"
            options[-1].append((kind, w))
    return options


PATTERNS = {rule: pattern(iter(re.findall(r'"[^"]*"|\w+|[][(){}|]', text)))
            for rule, text in re.findall(r"^(\w+) += (.*(?:\n .*)*)", GRAMMAR, re.M)}


class Parser:
    """Where tokens do not fit, another way is tried; the error is where no way went on."""
    def __init__(self, toks):
        self.toks, self.i, self.depth, self.wanted = toks, 0, 0, {}

    def file(self):
        out = []
        ok = self.match(PATTERNS["file"], "file", out)
        far, wanted = max(self.wanted.items())
        t, name = self.toks[far], "NAME" in wanted and not wanted & {'"X"', "INT"}
        slug = "reserved" if name and t.kind == "word" else "syntax"
        require(ok, slug, t.text, " or ".join(sorted(wanted)), t.at)
        return out

    def match(self, options, rule, out):
        """Go on by one of the options of a rule, adding to `out`; False if none of them fits."""
        for parts in options:
            before = self.i, self.depth, len(out)
            for kind, what in parts:
                if not self.part(kind, what, rule, out):
                    break
            else:
                return True
            self.i, self.depth = before[:2]
            del out[before[2]:]
        return False

    def part(self, kind, what, rule, out):
        if kind == "rule":
            return self.tree(what, out)
        if kind in ("keep", "skip"):
            return self.token(kind, what, rule, out)
        found = self.match(what, rule, out)
        while found and kind == "{":
            found = self.match(what, rule, out)
        return found or kind != "("

    def tree(self, rule, out):
        depth, parts = self.depth, []
        if not self.match(PATTERNS[rule], rule, parts):
            return False
        if rule != "bind":                                  # a variable is a level to the end
            self.depth = depth                              # of the rule around its binder
        if len(parts) == 1 and isinstance(parts[0], Tree) and parts[0].kind != "label":
            out += parts
        elif parts:
            kind = parts[0].text if rule in ("item", "builtin", "quant", "embed") else rule
            out.append(Tree(kind, parts[0].at, depth, parts))
        return True

    def token(self, kind, wanted, rule, out):
        t = self.toks[self.i]
        rest = wanted == "REST" and t.kind != "END" and t.text not in STARTS
        if not rest and wanted not in (t.kind, '"%s"' % t.text):
            self.wanted.setdefault(self.i, set()).add(wanted)
            return False
        ok = wanted != "INT" or rule == "number" or len(t.text) <= 9
        require(ok, "number", t.text, "at most 9 digits", t.at)
        if wanted in NESTING and rule not in FLAT or wanted == "NAME" and rule == "bind":
            self.depth += 1
        require(self.depth <= 200, "nesting", "more", "at most 200 levels", t.at)
        if kind == "keep":
            out.append(t)
        self.i += 1
        return True


def new_names(names, known):
    for i, n in enumerate(names):
        ok = n.text not in known and n.text not in [m.text for m in names[:i]]
        require(ok, "duplicate-name", n.text, "a name that is not in scope", n.at)


def lookup(n, names):
    require(n.text in names, "unknown-name", n.text, "a name in scope", n.at)
    return names[n.text]


def arity(t, wanted):
    count = len([k for k in t.parts if isinstance(k, Tree)])
    require(count == len(wanted), "arity", count, "%d arguments" % len(wanted), t.at)


def split(t):
    """The binders and the other trees under a tree: the order in which they are read."""
    kids = [k for k in t.parts if isinstance(k, Tree)]
    return [k for k in kids if k.kind == "bind"], [k for k in kids if k.kind != "bind"]


class Definition:
    """Checked for names, arities and labels where it stands, used or not; `above`: by name.

    calls, chain   how many calls one call of it stands for; the levels of its longest chain
    """
    def __init__(self, entry, above):
        self.name, *params, self.body = entry.parts
        self.params, self.above, self.labels = [p.text for p in params], above, set()
        self.calls, self.chain = 1, 0
        new_names([self.name], above)
        new_names(params, ())
        self.check(self.body, dict.fromkeys([*AMBIENT, *self.params]))

    def check(self, t, known):
        head = t.parts[0]
        if t.kind == "name":
            lookup(head, known)
        elif t.kind == "label":
            require(head.text not in self.labels, "label", head.text, "a new label", t.at)
            self.labels.add(head.text)
        elif head.kind == "word" and t.kind in RULES:
            arity(t, RULES[t.kind][:-1])
        elif t.kind == "call":
            require(head.text != self.name.text, "recursive", head.text, "a definition above", t.at)
            called = lookup(head, self.above)
            arity(t, called.params)
            self.calls += called.calls
            self.chain = max(self.chain, t.depth + 1 + called.chain)
        binds, others = split(t)
        for b in binds:
            *names, domain = b.parts
            new_names(names, known)
            self.check(domain, known)
            known = {**known, **dict.fromkeys([n.text for n in names])}
        for k in others:
            self.check(k, known)


class Library:
    def __init__(self, t):
        self.name, version, *entries = t.parts
        self.version, self.defs = int(version.text), {}
        for entry in entries:
            d = Definition(entry, self.defs)
            if entry.kind == "def":
                self.defs[d.name.text] = d


# --------------------------------------------------------------------------------------------------
# 3. Core nodes and the rewriting rules of language.md 5.1.

FINITE = ("sum", "cols", "all", "any")                      # binders over a set
BINDS = {**dict.fromkeys(FINITE, "var"), "allin": "vec", "ex": "unk", "sol": "unk"}
VARIABLES = ("var", "vec", "unk")
LINEAR = ("scalar", "vector", "matrix")
SCALAR, FORMULA = ("scalar",), ("formula",)


class Node:
    """A node is made once: equal nodes are the same object.

    typ   sort and dimensions, as ("vector", "d")   size, depth, height  language.md 7, 1, 5.2
    args  numbers of variables, strings, nodes      free, keys           numbers of free variables
    kids  the nodes among them                                           as a set, in order
    """
    __slots__ = "op typ args kids size depth height free keys".split()

    def __init__(self, op, typ, args):
        self.op, self.typ, self.args = op, typ, args
        self.kids = kids = [a for a in args if isinstance(a, Node)]
        self.size = 1 + sum([k.size for k in kids])
        self.depth = 1 + max([k.depth for k in kids], default=0)
        self.height = max([k.height for k in kids], default=-1)
        self.free = frozenset().union(*[k.free for k in kids])
        if op in BINDS:
            self.free -= {args[0]}                          # its number is in no other argument
            self.height = max(self.height, 1 + kids[-1].height)
        elif op in VARIABLES:
            self.free = frozenset(args[:1])
        self.keys = sorted(self.free)


class Nodes:
    def __init__(self):
        self.table, self.here = {}, None

    def make(self, op, typ, *args):
        n = self.table.get((op, typ, args))
        if n is None:
            n = self.table[op, typ, args] = Node(op, typ, args)
            require(n.size <= LIMIT and n.depth <= 5000, "expansion", "more", "less", self.here)
        return n

    # "make this node": the rows of the table that rewrite

    def mul(self, a, b):
        typ = b.typ[:1] + a.typ[1:2] + b.typ[2:]
        if a.op == "id" or b.op == "id":
            return b if a.op == "id" else a
        if a.op in ("scale", "proj") and (a.op == "scale" or b.op != "scale"):
            return self.make(a.op, typ, a.args[0], self.mul(a.args[1], b))
        if b.op == "scale":
            return self.make("scale", typ, b.args[0], self.mul(a, b.args[1]))
        return self.mul(a.args[0], self.mul(a.args[1], b)) if a.op == "mul" else self.make(
            "mul", typ, a, b)

    def not_(self, p):
        return p.args[0] if p.op == "not" else self.make("not", FORMULA, p)

    def within(self, t, s):
        while t.op == "gens" and t.args[0].op == "span":
            t = t.args[0].args[0]
        return self.make("within", FORMULA, t, s)

    def gens(self, s):
        return self.make("gens", ("matrix", s.typ[1], "columns"), s)

    def identity(self, d):
        return self.make("id", ("matrix", d, d), d)

    def minus(self, a):
        return self.make("scale", a.typ, self.make("rat", SCALAR, "-1"), a)


# What may be said: language.md 6.2 to 6.4.  A variable is its number.

def alternates(n, var, odd, seen):
    """Is there a binder in n, under an odd number of `not` or not, that 6.2 forbids?"""
    if var not in n.free or (n, odd) in seen:
        return False
    seen.add((n, odd))
    bad = n.op in ("ex", "allin") and (odd or any([var in k.free for k in n.kids[:-1]]))
    odd = odd != (n.op == "not")
    return bad or n.op == "sol" or any([alternates(k, var, odd, seen) for k in n.kids])


def nonzero(n):
    return [k for k in n.kids if not (k.op == "rat" and k.args[0] == "0")]


def linear(n, variables, memo):
    """Has the term n degree 1 in the variables, as 6.3 counts?"""
    if n not in memo:
        kids = nonzero(n) if n.op == "add" else [k for k in n.kids if k.free & variables]
        ok = n.op in ("add", "tr", "idx", "sum", "cols") or len(kids) == 1 and (
            n.op in ("scale", "mul", "dot") or n.op == "proj" and kids[0] is n.kids[1])
        memo[n] = bool(n.free & variables) and (n.op in VARIABLES or ok and all(
            [linear(k, variables, memo) for k in kids]))
    return memo[n]


def homogeneous(p, variables, with_ex, memo):
    """Is p made as 6.3 (with_ex) or 6.4 demands?"""
    if p.op in ("and", "all", "allin") or p.op == "ex" and with_ex:
        domain, scope = ([], p.kids) if p.op == "and" else (p.kids[:-1], p.kids[-1:])
        inner = variables | {p.args[0]} if p.op == "ex" else variables
        return not any([k.free & variables for k in domain]) and all(
            [homogeneous(k, inner, with_ex, memo) for k in scope])
    ok = p.op in ("zero", "within") and not any([s.free & variables for s in p.kids[1:]])
    sides = nonzero(p) if p.op == "eq" else p.kids[:1]
    return p.op == "true" or (ok or p.op == "eq") and sides != [] and all(
        [linear(k, variables, memo) for k in sides])


# --------------------------------------------------------------------------------------------------
# 4. Tree to core.  Whatever a name stands for is a node, too: beside the nodes of the core, nodes
# `model`, `query`, `set`, never arguments of others.  typ of a set: ("set", sort, base, query).

AMBIENT = {"X": ("set", ("set", "context", "X", None), "X"),
           "Y": ("set", ("set", "token", "Y", None), "Y"), "base": ("base", ("token",))}
GROUPS = {"linear": LINEAR, "term": LINEAR + ("subspace",), "element": ("token", "context"),
          "columns": ("vector", "matrix"), "value": LINEAR + ("subspace", "token", "context")}
BINDERS = {"forall": {"set": "all", "subspace": "allin", "lin": "ex"}, "sum": {"set": "sum"},
           "exists": {"set": "any", "subspace": "ex", "lin": "ex"}, "span": {"set": "cols"},
           "builder": {"subspace": "sol", "lin": "sol"}}    # by the domain
BODIES = {"sum": "linear", "span": "vector"}                # of others: a formula
Scope = namedtuple("Scope", "names defs inside")            # inside: of this definition, or ""


def dimension(n):
    """The DIM that a node stands for, or None."""
    ok = n.op == "size" or n.op == "rat" and n.args[0].isdigit() and len(n.args[0]) <= 9
    return n.args[0] if ok else None


def names_of(kind, roots):
    return [name for k, name in roots if k == kind]


class Core(Nodes):
    """An elaborated statement, numbered.  roots: {(assume|weaken|show, name): node}, shows last."""
    def __init__(self, theorem, statement, libraries, drops):
        super().__init__()
        head, title, *items = statement.parts
        self.name, self.drops, self.givens, self.uses, self.defs = title.text, drops, {}, [], {}
        # nodes of calls; how many there are; the sets and the final numbers of variables
        self.memo, self.calls, self.over, self.final = {}, 0, {}, {}
        self.ambient = {name: self.make(*node) for name, node in AMBIENT.items()}
        names, roots = dict(self.ambient), {}
        scope = Scope(names, self.defs, "")
        for kind, _, _, (_, first, *rest) in items:
            if kind == "use":
                lib = theorem.library(libraries, first, *rest)
                ok = lib not in self.uses and not set(lib.defs) & set(self.defs)
                require(ok, "duplicate-name", first.text, "new definitions", first.at)
                self.defs.update(lib.defs)
                self.uses.append(lib)
            elif kind == "given":
                *new, sort = first, *rest
                new_names(new, names)
                typ = self.ev(sort, scope).typ[1:]
                for n in new:
                    self.givens[n.text], names[n.text] = typ, self.given(n.text, typ)
            elif kind == "let":
                new_names([first], names)
                names[first.text] = self.ev(rest[0], scope)
            else:
                new_names([first], names_of(kind, roots))
                for root, t in zip((kind, "weaken"), rest):
                    roots[root, first.text] = self.want(self.ev(t, scope), "formula", t.at)
        require(names_of("show", roots), "no-conclusion", "no `show`", "one", head.at)
        out, new = Nodes(), {}
        self.roots = {root: self.numbered(roots[root], out, new)
                      for root in sorted(roots, key=lambda root: root[0] == "show")}
        self.number = {n: i for i, n in enumerate(out.table.values())}

    def numbered(self, n, out, new):
        """The node in `out`, made after its arguments, with binders numbered as in 5.2."""
        if n not in new:
            args = [self.numbered(a, out, new) if isinstance(a, Node) else a for a in n.args]
            if n.op in BINDS or n.op in VARIABLES:
                args[0] = self.final[args[0]]
            new[n] = out.make(n.op, n.typ, *args)
        return new[n]

    def lines(self):
        def line(n, number):
            args = ["%%%d" % self.number[a] if isinstance(a, Node) else str(a) for a in n.args]
            return " ".join(["node", str(number), n.op] + args)
        return ["statement " + self.name,
                *["use %s %d" % (lib.name.text, lib.version) for lib in self.uses],
                *[" ".join(["given", name, *typ]) for name, typ in self.givens.items()],
                *[line(n, number) for n, number in self.number.items()],
                *["%s %s %%%d" % (*root, self.number[p]) for root, p in self.roots.items()], "end"]

    def given(self, name, typ):
        if typ[0] in ("tokens", "contexts"):
            return self.make("set", ("set", typ[0][:-1], name, None), name)
        op = {"dim": "size", "model": "model", "query": "query"}.get(typ[0], "par")
        return self.make(op, SCALAR if op == "size" else typ, name)

    # what fits

    def want(self, n, sorts, at=None):
        ok = dimension(n) if sorts == "dim" else n.typ[0] in GROUPS.get(sorts, sorts.split())
        require(ok, "type", "a " + n.typ[0], sorts, at or self.here)
        return n

    def alike(self, a, b):
        return self.want(b, a.typ[0]) and self.agree(a.typ, b.typ)

    def agree(self, d, e):
        require(d == e, "shape", e, d, self.here)
        return True

    # expressions: operands left to right, then the row of RULES for the node that they make

    def ev(self, t, scope):
        self.here = t.at
        return getattr(self, "ev_" + t.kind, self.ev_rule)(t, scope)

    def ev_rule(self, t, scope):
        arity(t, RULES[t.kind][:-1])
        kids = [k for k in t.parts if isinstance(k, Tree)]
        return self.node(t.kind, t.at, [(self.ev(k, scope), k.at) for k in kids])

    def node(self, op, at, operands):
        """The node that RULES say; operands: pairs (node, its place)."""
        self.here = at
        *sorts, rule = RULES[op]
        for (n, place), sort in zip(operands, sorts):
            self.want(n, sort, place)
        return rule(self, *[n for n, _ in operands])

    def ev_number(self, t, scope):
        return self.make("rat", SCALAR, str(Fraction(t.parts[0].text)))
    ev_int = ev_number

    def ev_name(self, t, scope):
        return lookup(t.parts[0], scope.names)
    ev_whole = ev_base = ev_name

    def ev_post(self, t, scope):
        out = self.ev(t.parts[0], scope)
        for kind, _, _, (_, *kids) in t.parts[1:]:
            out = self.node(kind, t.at, [(out, t.at)] + [(self.ev(k, scope), k.at) for k in kids])
        return out
    ev_size = ev_post

    def ev_chain(self, t, scope):
        """Operands with signs between them; the conjuncts of an `and` may have labels."""
        kids = [k for k in t.parts[::2] if k.kind != "label" or
                scope.inside + "." + k.parts[0].text not in self.drops]
        if not kids:
            return self.make("true", FORMULA)
        left, out = kids[0], self.ev(kids[0], scope)
        for sign, right in zip(t.parts[1::2], kids[1:]):
            operands = (out, left.at), (self.ev(right, scope), right.at)
            self.zeros = [k.kind == "number" and k.parts[0].text == "0" for k in (left, right)]
            out = self.node(sign.text, t.at, operands)
        return self.want(out, "formula", t.at) if t.kind == "and" else out
    ev_expr = ev_imp = ev_or = ev_and = ev_rel = ev_term = ev_prod = ev_chain

    def ev_lin(self, t, scope):
        dims = [dimension(self.want(self.ev(d, scope), "dim", d.at)) for d in t.parts[1:]]
        return self.make("sort", ("lin", t.parts[0].text, *dims))
    ev_sort = ev_lin

    def slice(self, s, q):
        ok = s.typ[1] == "context" and not s.typ[3]
        require(ok, "type", s.args[0], "contexts without a query", self.here)
        return self.make("set", s.typ[:3] + q.args, s.args[0] + "/" + q.args[0])

    def follow(self, x, q):
        ok = x.op == "var" and self.over[x.args[0]][3] == q.args[0]
        require(ok, "partial", "another context", "one of a set with /" + q.args[0], self.here)
        return self.make("cat", x.typ, x, q.args[0])

    def index(self, c, x):
        base, _, q = c.typ[1].partition("/")                # "#" and the name of a set
        var = x.args[0] if x.op == "cat" else x
        over = self.over[var.args[0]][2:] if var.op == "var" else ("", None)
        ok = "#" + over[0] == base or (base, x.typ[0]) in (("#Y", "token"), ("#X", "context"))
        ok = ok and not q or x is var and ("#" + over[0], over[1]) == (base, q)
        require(ok, "type", "an element of another set", "of " + c.typ[1], self.here)
        return self.make("idx", SCALAR, c, x)

    def product(self, a, b):
        if a.typ == SCALAR or b.typ == SCALAR:
            a, b = (a, b) if a.typ == SCALAR else (b, a)
            return self.make("scale", b.typ, a, b)
        self.want(a, "matrix")
        self.agree(a.typ[2], b.typ[1])
        return self.mul(a, b)

    def turned(self, a):
        typ = a.typ if a.typ == SCALAR else ("matrix", *(a.typ[2:] or ("1",)), a.typ[1])
        return self.make("tr", typ, a)

    def span(self, a):
        return self.make("span", ("subspace", a.typ[1]), a)

    def claim(self, op, *args):
        return self.make(op, FORMULA, *args)

    def implies(self, p, q):
        return self.claim("or", self.not_(p), q)

    def equal(self, a, b):
        if a.typ[0] in GROUPS["element"]:
            return self.alike(a, b) and self.claim("same", a, b)
        self.want(b, "term")
        if True in self.zeros:
            other = a if self.zeros[1] else b
            return self.claim("zero", self.gens(other) if other.typ[0] == "subspace" else other)
        if self.alike(a, b) and a.typ[0] != "subspace":
            return self.claim("eq", a, b)
        return self.claim("and", self.within(self.gens(a), b), self.within(self.gens(b), a))

    def ev_call(self, t, scope):
        d = lookup(t.parts[0], scope.defs)
        arity(t, d.params)
        key = (d.name, *[self.ev(a, scope) for a in t.parts[1:]])
        if not scope.inside:                                # the calls inside count with this one
            self.calls += d.calls
            ok = self.calls <= 100000 and t.depth + 1 + d.chain <= 1000
            require(ok, "expansion", "more", "100,000 calls, a chain of 1000 levels", t.at)
        if key not in self.memo:
            names = {**self.ambient, **dict(zip(d.params, key[1:]))}
            self.memo[key] = self.ev(d.body, Scope(names, d.above, d.name.text))
        return self.memo[key]

    # binders; a variable gets a number for the time being, len(self.table): 5.2 numbers from inside

    def sol(self, domain, d, body):
        v = self.make("unk", ("vector", d), len(self.table))
        return self.bind("sol", v, domain, body(v))

    def bind(self, op, v, domain, p):
        """The node that binds v, after 6.2, 6.3 or 6.4."""
        k = v.args[0]
        self.final[k] = 1 + p.height
        bad = v.op == "unk" and alternates(p, k, False, set())
        require(not bad, "alternation", "such a binder", "none with this unknown", self.here)
        ok = op not in ("allin", "sol") or homogeneous(p, frozenset([k]), op == "sol", {})
        require(ok, "homogeneous", "something else", "homogeneous linear conditions", self.here)
        return self.make(op, ("subspace", v.typ[1]) if op == "sol" else p.typ, k, *domain, p)

    def ev_binder(self, t, scope):
        """Binders one inside the other; a domain is read once, outside of all its names."""
        (binds, (body,)), made = split(t), []
        for b in binds:
            *new, dt = b.parts
            new_names(new, scope.names)
            ok = len(new) == 1 and (dt.kind != "lin" or dt.parts[0].text == "vector")
            require(t.kind != "builder" or ok, "homogeneous", new, "v in vector(e) or in S", t.at)
            space = self.want(self.ev(dt, scope), " ".join(BINDERS[t.kind]), dt.at)
            op, typ = BINDERS[t.kind][space.typ[0]], ("vector", space.typ[1])
            typ, domain = {"set": (space.typ[1:2], space.args), "lin": (space.typ[1:],) * 2,
                           "subspace": (typ, (space,) if op == "allin" else ("in", space))
                           }[space.typ[0]]
            variables = [self.make(BINDS[op], typ, len(self.table)) for _ in new]
            self.over.update({v.args[0]: space.typ for v in variables})
            known = dict(zip([n.text for n in new], variables))
            scope = scope._replace(names={**scope.names, **known})
            made += [(op, v, domain) for v in variables]
        p = self.want(self.ev(body, scope), BODIES.get(t.kind, "formula"), body.at)
        self.here = t.at
        for op, v, domain in reversed(made):
            flip = self.not_ if (t.kind, op) == ("forall", "ex") else lambda q: q
            p = flip(self.bind(op, v, domain, flip(p)))
        return self.span(p) if t.kind == "span" else p
    ev_forall = ev_exists = ev_sum = ev_span = ev_builder = ev_binder


# For each tree kind and sign: what the operands must be, and the node made (s is the Core).
RULES = {
    "card": ("set", lambda s, x: s.make("size", SCALAR, "#" + x.args[0])),
    "dimof": ("model", lambda s, m: s.make("size", SCALAR, m.typ[1])),
    "set": ("set", "query", lambda s, x, q: s.slice(x, q)),
    "member": ("context", "query", lambda s, x, q: s.follow(x, q)),
    "f": ("model", "context", lambda s, m, x: s.make("f", ("vector", m.typ[1]), m.args[0], x)),
    "g": ("model", "token", lambda s, m, y: s.make("g", ("vector", m.typ[1]), m.args[0], y)),
    "index": ("vector", "element", lambda s, c, x: s.index(c, x)),
    "dot": ("vector", "vector", lambda s, u, v: s.alike(u, v) and s.make("dot", SCALAR, u, v)),
    "neg": ("linear", lambda s, a: s.minus(a)),
    "*": ("linear", "linear", lambda s, a, b: s.product(a, b)),
    "+": ("term", "term", lambda s, a, b: s.alike(a, b) and s.make(
        "join" if a.typ[0] == "subspace" else "add", a.typ, a, b)),
    "-": ("linear", "linear", lambda s, a, b: RULES["+"][-1](s, a, s.minus(b))),
    "&": ("subspace", "subspace", lambda s, a, b: s.alike(a, b) and s.sol(
        ("in", a), a.typ[1], lambda v: s.within(v, b))),
    "id": ("dim", lambda s, n: s.identity(dimension(n))),
    "all": ("dim", lambda s, n: s.span(s.identity(dimension(n)))),
    "tr": ("linear", lambda s, a: s.turned(a)),
    "colspace": ("columns", lambda s, a: s.span(a)),
    "rowspace": ("columns", lambda s, a: s.span(s.turned(a))),
    "image": ("matrix", "subspace", lambda s, a, t: s.span(s.product(a, s.gens(t)))),
    "perp": ("subspace", lambda s, t: s.sol(("vector", t.typ[1]), t.typ[1], lambda v: s.claim(
        "zero", s.mul(s.turned(s.gens(t)), v)))),
    "dim": ("subspace", lambda s, t: s.make("dim", SCALAR, t)),
    "proj": ("subspace", lambda s, t: s.make(
        "proj", ("matrix",) + t.typ[1:] * 2, t, s.identity(t.typ[1]))),
    "label": ("formula", lambda s, p: p),
    "not": ("formula", lambda s, p: s.not_(p)),
    "and": ("formula", "formula", lambda s, p, q: s.claim("and", p, q)),
    "or": ("formula", "formula", lambda s, p, q: s.claim("or", p, q)),
    "->": ("formula", "formula", lambda s, p, q: s.implies(p, q)),
    "<->": ("formula", "formula", lambda s, p, q: s.claim("and", s.implies(p, q), s.implies(q, p))),
    "=": ("value", "value", lambda s, a, b: s.equal(a, b)),
    "!=": ("value", "value", lambda s, a, b: s.not_(s.equal(a, b))),
    "<=": ("scalar subspace", "scalar subspace", lambda s, a, b: s.alike(a, b) and (
        s.claim("le", a, b) if a.typ == SCALAR else s.within(s.gens(a), b))),
    "<": ("scalar", "scalar", lambda s, a, b: s.claim("lt", a, b)),
    "in": ("columns", "subspace", lambda s, a, t: s.agree(t.typ[1], a.typ[1]) and s.within(a, t)),
}


class Theorem:
    """A file with its libraries; every statement is elaborated, so an error anywhere is found."""
    def __init__(self, path, libdirs):
        self.folders = [os.path.join(os.path.dirname(path), "lib")] + libdirs
        self.path, self.statements, self.lines, libraries = path, {}, ["core 1"], {}
        for part in self.load(path):
            if isinstance(part, Library):
                new_names([part.name], libraries)
                libraries[part.name.text] = part
                self.lines.append("library %s %d" % (part.name.text, part.version))
            else:
                name = part.parts[1]
                new_names([name], self.statements)
                self.statements[name.text] = part, dict(libraries)
                self.lines += self.core(name.text, ()).lines()

    @lru_cache(None)
    def core(self, name, drops):
        statement, above = self.statements[name]
        return Core(self, statement, above, drops)

    @lru_cache(None)
    def load(self, path):
        with open(path, "rb") as f:
            trees = Parser(tokens(path, f.read())).file()
        return [Library(t) if t.kind == "library" else t for t in trees]

    def library(self, above, name, version):
        found = above.get(name.text)
        for path in [os.path.join(folder, name.text + ".aon") for folder in self.folders]:
            if not found and os.path.exists(path):
                named = {p.name.text: p for p in self.load(path) if isinstance(p, Library)}
                found = named.get(name.text)
        require(found, "library", name.text, "a library above or beside", name.at)
        require(found.version == int(version.text), "version", version.text, found.version, name.at)
        return found


# --------------------------------------------------------------------------------------------------
# 5. Lines, and the instance: canonical text only.

WORD = re.compile(r"[^\0-\x20\x7f#][^\0-\x20\x7f]*")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*'*")
COUNT = re.compile(r"(0|[1-9][0-9]*)")
INTS = re.compile(r"(?:0|-?[1-9][0-9]*)(?: (?:0|-?[1-9][0-9]*))*")
RAT = re.compile(r"(0|-?[1-9][0-9]*)(?:/([1-9][0-9]*))?")
TERM_OF_COMB = re.compile(r"(0|[1-9][0-9]*):(0|[1-9][0-9]*)=" + RAT.pattern)


class Reader:
    """The lines of a witness.  `no` is the number of the line read last."""
    def __init__(self, data):
        self.lines, self.no = data.split(b"\n"), 0          # the last one: what follows the last LF

    def line(self):
        """The fields of the next line; an empty field is never what is wanted."""
        raw, self.no = self.lines[self.no], self.no + 1
        require(self.no < len(self.lines), "truncated", "the end", "a line that ends in LF")
        line = raw[:1 + (1 << 26)].decode("utf-8", "surrogateescape")
        ok = len(raw) <= 1 << 26 and not re.search("[\0\r\udc80-\udcff]", line)
        require(ok, "syntax", "a broken line", "UTF-8, 64 MiB")
        return line.split(" ")

    def expect(self, name, *wanted):
        """Read a line that can only be this one."""
        fields, wanted = self.line(), list(map(str, wanted))
        require(fields == wanted, name, fields, wanted)

    def peek(self):
        """The first field of the next line, without reading it."""
        return self.lines[self.no].split(b" ")[0].decode("utf-8", "replace")

    def fields(self, first, count=None):
        """The fields after the word that must start this line."""
        head, *rest = self.line()
        require(head == first and count in (None, len(rest)), "syntax", [head] + rest, first)
        return rest

    def counts(self, first, count=None):
        """The COUNTs after this word."""
        out = self.ints(self.fields(first, count))
        require(min(out, default=0) >= 0, "syntax", out, "natural numbers")
        return out

    def ints(self, fields):
        ok = not fields or INTS.fullmatch(" ".join(fields)) and max(map(len, fields)) <= LIMIT
        require(ok, "syntax", fields, "integers")
        return list(map(int, fields))

    def matrix(self, first, name, rows, cols=None):
        """A MAT of the shape that is wanted; any number of columns if that is None."""
        r, c, den, *a = self.ints(self.fields(first)) + [-1] * 3
        ok = r >= 0 and c >= 0 and den > 0 and len(a) == r * c + 3
        require(ok, "syntax", "another form", "ROWS COLS DEN and ROWS * COLS integers")
        require(r == rows and cols in (c, None), name, (r, c), (rows, cols))
        afford(max(r, c) <= 1 << 26)
        return Mat(r, c, den, [a[i * c:(i + 1) * c] for i in range(r)])

    def minor(self, first):
        """(R, S, N, rows, cols, X)."""
        f = self.fields(first)
        words = ["rows", "cols", "x"]
        r, s, n, *ints = self.ints([w for w in f if w not in words]) + [-1] * 3
        ok = r >= 0 and f[3::r + 1][:3] == words and len(f) == len(ints) + 3 == 6 + 2 * r + r * r
        require(ok, "syntax", f, "R S N rows .. cols .. x ..")
        x = [ints[i * r:(i + 1) * r] for i in range(2, 2 + r)]
        return r, s, n, ints[:r], ints[r:2 * r], x

    def combination(self):
        """Triples (literal, equation, factor)."""
        terms = [TERM_OF_COMB.fullmatch(s) for s in self.fields("y")]
        require(all([m and len(m[0]) <= LIMIT for m in terms]), "syntax", "a form", "L:R=RAT ..")
        out = [(int(m[1]), int(m[2]), Fraction(int(m[3]), int(m[4] or 1))) for m in terms if m]
        ok = all([c[2] for c in out]) and all([c[:2] < d[:2] for c, d in zip(out, out[1:])])
        require(ok, "comb-order", "another order, or a zero", "increasing, not zero")
        return out


def good(condition, found, wanted="a canonical instance that fits the statement"):
    require(condition, "instance", found, wanted)


class Instance:
    """Reads the lines from `aoni 1` to `end`."""
    def __init__(self, reader):
        self.reader, self.values, self.blank, self.bits = reader, {}, 0, 0
        good(self.line() == ["aoni", "1"], "another first line", "aoni 1")
        head, *self.tokens = self.line()
        good(head == "tokens" and self.tokens and "=" not in self.tokens, head, "tokens W..")
        self.token_at = self.places(self.tokens)
        head = self.line()
        good(head[0] == "base" and len(head) == 2, head, "base TOKEN")
        self.base, self.names, self.contexts = *self.find(self.token_at, *head[1:]), [], []
        head = self.line()
        while head[0] == "context" and len(head) > 1 and head[2:3] != ["="]:
            self.names.append(head[1])
            self.contexts.append(self.find(self.token_at, *head[2:]))
            head = self.line()
        self.context_at, self.position = self.places(self.names), self.places(self.contexts)
        while head != ["end"]:
            kind, name, *args = head + [""] * (len(head) == 1)
            ok = kind in BLOCKS and NAME.fullmatch(name) and name not in self.values
            good(ok, head, "a block with a new name, or `end`")
            count, value = BLOCKS[kind]
            ok = count in (None, len(args)) and (kind != "context" or args[0] == "=")
            good(ok, head, "the fields of a %s line" % kind)
            self.values[name] = (kind.replace("set", "s"), value(self, *args))
            head = self.line()

    def line(self):
        fields = self.reader.line()
        good(all(map(WORD.fullmatch, fields)), "white space or a control", "words")
        return fields

    def places(self, words):
        out = {w: i for i, w in enumerate(words)}
        good(len(out) == len(words) <= LIMIT, "something twice, or too many", "different ones")
        return out

    def count(self, s):
        good(COUNT.fullmatch(s) and len(s) < 8 and int(s) <= LIMIT, s, "a number up to 1,000,000")
        return int(s)

    def number(self, s):
        ok = RAT.fullmatch(s) and max(map(len, s.strip("-").split("/"))) <= 100000
        value = Fraction(s if ok else 0)
        good(str(value) == s, s, "a number in lowest terms")
        return value

    def rows(self, starts, n):
        rows = []
        for start in starts:
            line = self.line()
            ok = line[:len(start)] == start and len(line) == len(start) + n
            good(ok, line, "%s and %d numbers" % (start, n))
            rows.append([self.number(s) for s in line[len(start):]])
        out = Mat.of(rows, n)
        self.bits += len(rows) * n * out.den.bit_length() if out.den > 1 else 0
        good(self.bits <= 1 << 32, "larger denominators", "fewer bits")
        return out

    def model(self, e):
        f, g = [["f", c] for c in self.names], [["g", w] for w in self.tokens]
        parts = [self.rows(starts, self.count(e)).tr() for starts in (f, g)]
        return Mat.beside(parts, self.count(e))

    def subspace(self, e):
        gens, e = [], self.count(e)
        while self.reader.peek() == "gen":
            gens.append(self.rows([["gen"]], e).tr())
        self.blank += 0 if gens else e
        good(self.blank <= LIMIT, "larger subspaces", "smaller ones")
        return Mat.beside(gens, e)

    def find(self, at, *words):
        good(all([w in at for w in words]), words, "tokens or contexts that are there")
        return tuple([at.get(w, 0) for w in words])

    def subset(self, at, *words):
        out = self.find(at, *words)
        good(increasing(list(out), len(at)), "another order", "the order of the whole set")
        return out


BLOCKS = {                                                  # the number of fields, and the value
    "dim": (1, Instance.count),
    "model": (1, Instance.model),
    "scalar": (1, lambda i, a: Mat.of([[i.number(a)]], 1)),
    "vector": (1, lambda i, e: i.rows([["row"]], i.count(e)).tr()),
    "matrix": (2, lambda i, r, c: i.rows([["row"]] * i.count(r), i.count(c))),
    "subspace": (1, Instance.subspace),
    "query": (None, lambda i, *words: i.find(i.token_at, *words)),
    "token": (1, lambda i, w: i.find(i.token_at, w)[0]),
    "context": (2, lambda i, _, c: i.find(i.context_at, c)[0]),
    "tokenset": (None, lambda i, *words: i.subset(i.token_at, *words)),
    "contextset": (None, lambda i, *words: i.subset(i.context_at, *words)),
}


# --------------------------------------------------------------------------------------------------
# 6. Matrices: integers over one denominator.  In a form, entries may be affine forms: a Lin maps
# coordinates (and CONSTANT) to integers.

CONSTANT = -1


class Lin(dict):
    @staticmethod
    def total(multiples):
        """The sum of multiples of entries, without zeros."""
        out = {}
        for c, entry in multiples:
            for k, x in entry.items() if isinstance(entry, Lin) else ((CONSTANT, entry),):
                out[k] = out.get(k, 0) + c * x
        return Lin((k, x) for k, x in out.items() if x)

    def __add__(self, other):
        return Lin.total([(1, self), (1, other)]) if other else self

    def __mul__(self, c):
        return self if c == 1 else Lin((k, c * x) for k, x in self.items()) if c else 0

    __radd__, __rmul__ = __add__, __mul__


class Mat:
    __slots__ = "rows cols den a".split()

    def __init__(self, rows, cols, den, a):
        self.rows, self.cols, self.den, self.a = rows, cols, den, a

    @staticmethod
    def of(rows, cols):
        """From rows of Fractions."""
        den = lcm(*[x.denominator for row in rows for x in row])
        a = [[x.numerator * (den // x.denominator) for x in row] for row in rows]
        return Mat(len(rows), cols, den, a)

    @staticmethod
    def build(rows, cols, entry=lambda i, j: 0):
        afford(rows * cols <= 1 << 26)
        return Mat(rows, cols, 1, [[entry(i, j) for j in range(cols)] for i in range(rows)])

    @staticmethod
    def beside(parts, rows):
        den = lcm(*[m.den for m in parts])
        a = [[x * (den // m.den) for m in parts for x in m.a[i]] for i in range(rows)]
        return Mat(rows, sum([m.cols for m in parts]), den, a)

    def lowest(self):
        g = 1 if self.den == 1 else gcd(self.den, *[x for row in self.a for x in row])
        a = self.a if g == 1 else [[x // g for x in row] for row in self.a]
        return Mat(self.rows, self.cols, self.den // g, a)

    def tr(self):
        a = [[row[j] for row in self.a] for j in range(self.cols)]
        return Mat(self.cols, self.rows, self.den, a)

    def __matmul__(self, b):
        cols = b.tr().a
        a = [[sum(map(mul, row, col)) for col in cols] for row in self.a]
        return Mat(self.rows, b.cols, self.den * b.den, a)

    def __add__(self, b, sign=1):
        den = lcm(self.den, b.den)
        s, t = den // self.den, sign * (den // b.den)
        a = [[s * x + t * y for x, y in zip(p, q)] for p, q in zip(self.a, b.a)]
        return Mat(self.rows, self.cols, den, a)

    def __sub__(self, b):
        return self.__add__(b, -1)

    def scale(self, b):
        return Mat(b.rows, b.cols, self.den * b.den, [[self.a[0][0] * x for x in r] for r in b.a])

    def columns(self, js):
        return Mat(self.rows, len(js), self.den, [[row[j] for j in js] for row in self.a])

    def is_zero(self):
        return not any(map(any, self.a))

    def entries(self):
        """Pairs (denominator, entry), row by row."""
        return [(self.den, x) for row in self.a for x in row]


# --------------------------------------------------------------------------------------------------
# 7. Checking.
#
# The value of a term is a matrix, of an element its position, of a space its remembered basis.

STEP = re.compile("contradiction|(forced|false) C|entail C %C( -?C)*".replace("C", COUNT.pattern))
EQUATIONS = ("eq", "zero", "within")
PRODUCTS = ("scale", "mul", "dot")
AFFINE = PRODUCTS + ("add", "tr", "idx", "sum", "cols", "proj")
VALUES = {                          # from the Checker, node, environment, values of the arguments
    "base": lambda c, n, env, _: c.inst.base,
    "cat": lambda c, n, env, a: c.after(a[0], n.args[1]),
    "rat": lambda c, n, env, _: Mat.of([[Fraction(n.args[0])]], 1),
    "size": lambda c, n, env, _: Mat(1, 1, 1, [[c.num(n.args[0])]]),
    "id": lambda c, n, env, _: Mat.build(*c.shape(n.typ), lambda i, j: int(i == j)),
    "par": lambda c, n, env, _: c.values[n.args[0]] if n.typ[0] != "subspace" else c.basis(
        n, env, c.values[n.args[0]]),
    "var": lambda c, n, env, _: env[n.args[0]],
    "unk": lambda c, n, env, _: env[n.args[0]].value or env[n.args[0]].form,
    "vec": lambda c, n, env, _: env[n.args[0]].basis.columns([env[n.args[0]].j]),
    "f": lambda c, n, env, a: c.values[n.args[0]].columns([a[0]]),
    "g": lambda c, n, env, a: c.values[n.args[0]].columns([a[0] + len(c.inst.contexts)]),
    "idx": lambda c, n, env, a: a[0].tr().columns([c.elements(n.args[0].typ[1][1:]).index(a[1])]),
    "add": lambda c, n, env, a: a[0] + a[1],
    "scale": lambda c, n, env, a: a[0].scale(a[1]),
    "mul": lambda c, n, env, a: a[0] @ a[1],
    "dot": lambda c, n, env, a: a[0].tr() @ a[1],
    "tr": lambda c, n, env, a: a[0].tr(),
    "sum": lambda c, n, env, a: reduce(Mat.__add__, a, Mat.build(*c.shape(n.typ))),
    "cols": lambda c, n, env, a: Mat.beside(a, c.num(n.typ[1])),
    "proj": lambda c, n, env, a: c.projection(n, env, *a),
    "gens": lambda c, n, env, a: a[0],
    "dim": lambda c, n, env, a: Mat(1, 1, 1, [[a[0].cols]]),
    "span": lambda c, n, env, a: c.basis(n, env, a[0]),
    "join": lambda c, n, env, a: c.basis(n, env, Mat.beside(a, c.num(n.typ[1]))),
    "sol": lambda c, n, env, _: c.basis(n, env, c.kernel(n, env)),
}


Column = namedtuple("Column", "basis j")                    # what a `vec` is bound to
Unknown = namedtuple("Unknown", "value form")               # an `unk`: one of the two is None


class Block:
    """Coordinates of unknowns; in a branch, literals (formula, env, sign) and what they say."""
    def __init__(self, literals=(), width=0):
        self.literals, self.width, self.fresh = literals, width, width
        self.memo, self.degrees, self.equations, self.entailed = {}, {}, {}, []
        self.forms, self.extra = {}, []                     # of one literal

    def coordinates(self, rows, cols):
        first, self.fresh = self.fresh, self.fresh + rows * cols
        return Mat.build(rows, cols, lambda i, j: Lin({first + i * cols + j: 1}))


class Checker:
    """An instance, fitted to the givens of a statement, and the proofs read about it."""
    def __init__(self, core, inst, reader):
        self.r, self.memo, self.branch = reader, {}, Block()
        self.core, self.inst, self.values, self.dims, sides = core, inst, {}, {}, []
        self.sets = {"X": range(len(inst.contexts)), "Y": range(len(inst.tokens))}
        for name, (sort, *dims) in core.givens.items():
            kind, v = inst.values.get(name, ("missing", None))
            good(kind == sort or (sort, kind) == ("dim", "missing"), "%s: %s" % (name, kind), sort)
            self.values[name] = self.sets[name] = v
            if kind == "dim":
                sides.insert(0, (name, name, v))            # counts more than any other use
            elif dims:
                sides += zip([name] * 2, dims, (v.rows, v.cols))
        for name, d, e in sides:
            if core.givens.get(d) == ("dim",):
                self.dims.setdefault(d, e)
            good(self.num(d) == e, "%s: %s is %d" % (name, d, e), self.num(d))
        missing = [n for n, typ in core.givens.items() if typ == ("dim",) and n not in self.dims]
        good(not missing, missing, "a dim line or a use")

    def num(self, d):
        """A DIM of the core as a number."""
        return len(self.elements(d[1:])) if d[0] == "#" else int(self.dims.get(d, d))

    def shape(self, typ):
        return [self.num(d) for d in typ[1:]] + [1] * (3 - len(typ))

    def elements(self, s):
        if s not in self.sets:
            base, _, q = s.partition("/")
            inside = set(self.sets[base])
            self.sets[s] = [x for x in self.sets[base] if self.after(x, q) in inside]
        return self.sets[s]

    def after(self, x, q):
        """The position of context x followed by query q, or None."""
        return self.inst.position.get(self.inst.contexts[x] + self.values[q])

    # environments and facts

    def bindings(self, n, env):
        return n, tuple([env[k] for k in n.keys])

    def is_open(self, n, env):
        return any([isinstance(env[k], Unknown) and env[k].value is None for k in n.keys])

    def memory(self, n, env):
        """What is known of n: for the file; where unknowns are open, for the branch or literal."""
        if not self.is_open(n, env):
            return self.memo
        return self.branch.memo if self.degree(n, env) == 0 else self.branch.forms

    def key(self, n, env):
        values = [getattr(env[k], "j", env[k]) for k in n.keys if not isinstance(env[k], Unknown)]
        return ["%%%d" % self.core.number[n], *map(str, values)]

    def fact(self, kind, n, env):
        self.r.expect("fact-order", kind, *self.key(n, env))

    def matrix(self, kind, n, env, letter, rows, cols):
        """A fact that is one matrix of a known shape."""
        self.fact(kind, n, env)
        return self.r.matrix(letter, kind + "-shape", rows, cols)

    def cases(self, n, env):
        """{element of the set, column of the basis, or 0, 1, ..: (argument, its environment)}"""
        if n.op not in FINITE + ("allin",):
            return {i: (k, env) for i, k in enumerate(n.kids)}
        values = {i: i for i in self.elements(n.args[1])} if n.op in FINITE else {}
        if n.op == "allin":
            b = self.value(n.args[1], env)
            values = {j: Column(b, j) for j in range(b.cols)}
        return {i: (n.args[2], {**env, n.args[0]: v}) for i, v in values.items()}

    # values

    def value(self, n, env):
        """Of a term; its form if it is not closed."""
        at, memo = self.bindings(n, env), self.memory(n, env)
        if at not in memo:
            cases = {} if n.op == "sol" else self.cases(n, env)
            out = VALUES[n.op](self, n, env, [self.value(k, e) for k, e in cases.values()])
            is_value = isinstance(out, Mat) and memo is not self.branch.forms
            memo[at] = out.lowest() if is_value else out
        return memo[at]

    def projection(self, n, env, b, t):
        """Z is read, and B^T (T - B Z) = 0 checked; in a form, both go to the equations."""
        is_form = self.is_open(n, env) and self.degree(n, env) > 0
        fresh = self.branch.coordinates if is_form else partial(self.matrix, "proj", n, env, "z")
        bz = b @ fresh(b.cols, t.cols)
        normal = b.tr() @ (t - bz)
        if is_form:
            self.branch.extra += normal.entries()
        require(is_form or normal.is_zero(), "proj-normal", "B^T (T - B Z) is not 0", "0")
        return bz

    def basis(self, s, env, a):
        """Of the space that the columns of a span."""
        self.fact("basis", s, env)
        js = self.r.ints(self.r.fields("cols"))
        require(increasing(js, a.cols), "basis-cols", js, "increasing, below %d" % a.cols)
        b, r = a.columns(js), self.r.matrix("r", "basis-shape", len(js), a.cols)
        require((a - b @ r).is_zero(), "basis-span", "A is not A[:,j] R", "A = A[:,j] R")
        self.minor("minor", b, True)
        return b

    def minor(self, line, a, full=False):
        """Read a MINOR for the matrix a; gives its size, all columns if it must be full."""
        rank, s, n, rows, cols, x = self.r.minor(line)
        ok = not full or rank == a.cols and increasing(cols, rank)
        require(ok, "basis-minor-size", rank, "%d columns" % a.cols)
        ok = increasing(rows, a.rows) and increasing(cols, a.cols)
        require(ok, "minor-index", rows + cols, "increasing numbers of rows, columns")
        picked = [[s * a.a[i][j] for i in rows] for j in cols]
        ok = s >= 1 and not any([e % a.den for col in picked for e in col])
        require(ok, "minor-scale", s, "S >= 1 that makes the entries integers")
        require(n >= 2, "minor-modulus", n, "at least 2")
        ok = all((sum(map(mul, row, col)) - (i == j) * a.den) % (n * a.den) == 0
                 for i, row in enumerate(x) for j, col in enumerate(picked))
        require(ok, "minor-inverse", "X (S A) is not 1 modulo N", "1 modulo N")
        return rank

    # proofs

    def prove(self, p, env, v):
        at, memo = (*self.bindings(p, env), v), self.memory(p, env)
        if at not in memo:
            memo[at] = getattr(self, "prove_" + p.op)(p, env, v)

    def prove_true(self, p, env, v):
        require(v, "false", "`true`", "something false")

    def prove_not(self, p, env, v):
        self.prove(p.args[0], env, not v)

    def compare(self, p, env, v):
        d = reduce(sub, [self.value(k, env) for k in p.kids])
        zero = d == 0 if p.op == "same" else d.is_zero()
        holds = d.a[0][0] < (p.op == "le") if p.op in ("le", "lt") else zero
        require(holds == v, "compare", "%s is %s" % (p.op, holds), v)
    prove_eq = prove_zero = prove_le = prove_lt = prove_same = compare

    def prove_within(self, p, env, v):
        t, b = self.value(p.args[0], env), self.value(p.args[1], env)
        if v:
            x = self.matrix("in", p, env, "x", b.cols, t.cols)
            require((t - b @ x).is_zero(), "in-product", "T is not B X", "T = B X")
        else:
            y = self.matrix("out", p, env, "y", 1, b.rows)
            require((y @ b).is_zero(), "out-annihilates", "Y B is not 0", "0")
            require(not (y @ t).is_zero(), "out-separates", "Y T is 0", "not 0")

    def prove_cases(self, p, env, v):
        cases = self.cases(p, env)
        if v != (p.op in ("and", "all", "allin")):
            self.fact("pick", p, env)
            i, = self.r.ints(self.r.fields("i", 1))
            require(i in cases, "pick-range", i, "one of %d" % len(cases))
            cases = {j: case for j, case in cases.items() if j == i}
        for kid, inner in cases.values():
            self.prove(kid, inner, v)
    prove_and = prove_or = prove_all = prove_any = prove_allin = prove_cases

    def prove_ex(self, p, env, v):
        if not v:
            return self.refute(p, env)
        rows, cols, inside = self.domain(p, env)
        x = self.matrix("value", p, env, "v", rows, cols)
        self.prove(p.args[-1], {**env, p.args[0]: Unknown(inside(x), None)}, True)

    def domain(self, p, env):
        """For `ex` and `sol`: the shape of the coordinates, and what makes vectors of them."""
        if p.args[1] == "in":
            b = self.value(p.args[2], env)
            return b.cols, 1, b.__matmul__
        return *self.shape(p.args[1:-1]), lambda x: x

    # refutations: branches

    def refute(self, p, env):
        block, outer = Block(), self.branch
        branches = self.enter(p, env, block)
        self.fact("refute", p, env)
        require(self.r.counts("branches", 1) == [len(branches)], "branch-count", "another", "all")
        for i, literals in enumerate(branches):
            require(self.r.counts("branch", 1) == [i], "branch-order", "another number", i)
            self.read_branch(Block(literals, block.fresh))
        self.branch = outer

    def enter(self, p, env, block):
        """The unknown of an `ex` or `sol` joins the block; then its scope is collected."""
        rows, cols, inside = self.domain(p, env)
        inner = {**env, p.args[0]: Unknown(None, inside(block.coordinates(rows, cols)))}
        return self.collect(p.args[-1], inner, True, block)

    def collect(self, p, env, sign, block):
        if not self.is_open(p, env) or p.op in EQUATIONS + ("le", "lt"):
            return [[(p, env, sign)]]
        if p.op == "not":
            return self.collect(p.args[0], env, not sign, block)
        assert sign or p.op not in ("ex", "allin"), "an alternation: language.md 6.2"
        if p.op == "ex":
            return self.enter(p, env, block)
        union = (p.op in ("or", "any")) == sign
        out = [] if union else [[]]
        for q, e in self.cases(p, env).values():
            part = self.collect(q, e, sign, block)
            n, m, literals, more = len(out), len(part), sum(map(len, out)), sum(map(len, part))
            count = (n + m, literals + more) if union else (n * m, literals * m + more * n)
            require(count[0] <= 4096 and count[1] <= LIMIT, "limit", count, (4096, LIMIT))
            out = out + part if union else [a + b for a in out for b in part]
        return out

    # refutations: affine forms

    def degree(self, n, env):
        """0 for what is closed, 1 for another term with a form, 2 for the rest."""
        at, degrees = self.bindings(n, env), self.branch.degrees
        if not self.is_open(n, env) or at in self.branch.memo:
            return 0
        if n.op in ("unk", "sol", "ex", "allin"):
            return 1 if n.op == "unk" else 2
        if at not in degrees:
            kids = [self.degree(k, e) for k, e in self.cases(n, env).values()]
            total = sum(kids) if n.op in PRODUCTS else max(kids, default=0)
            degrees[at] = 2 if total and n.op not in AFFINE else min(total, 2)
        return degrees[at]

    def is_affine(self, p, env):
        """Does p say that forms are 0?"""
        return p.op in EQUATIONS and max([self.degree(k, env) for k in p.kids]) == 1

    def difference(self, p, env):
        """The forms that p says are 0."""
        self.branch.forms, self.branch.extra = {}, []
        *terms, last = [self.value(k, env) for k in p.kids]
        if p.op == "within":
            last = last @ self.branch.coordinates(last.cols, terms[0].cols)
        return reduce(sub, terms + [last]).entries()

    def find_equations(self, branch):
        """{(literal, number): (denominator, form)}"""
        self.branch, branch.degrees, branch.fresh, found = branch, {}, branch.width, []
        for p, env, sign in branch.literals:
            affine = sign and self.is_affine(p, env)
            found.append(self.difference(p, env) + branch.extra if affine else [])
        found += branch.entailed
        branch.equations = {(l, r): eq for l, eqs in enumerate(found) for r, eq in enumerate(eqs)}

    # refutations: steps

    def read_branch(self, branch):
        self.find_equations(branch)
        step = "entail"
        while step == "entail":
            step, *rest = line = self.r.line()
            require(STEP.fullmatch(" ".join(line)), "syntax", line, "a step")
            number, *key = rest or ["0"]
            p, env, sign = (branch.literals[int(number):] or [(None, {}, True)])[0]
            if step == "entail":
                self.entail(branch, p, env, key)
        if step == "contradiction":
            return self.combine(branch, (1, 1), step)
        ok = p and self.degree(p, env) == 0
        if step == "forced":
            ok = p and not sign and p.op != "within" and self.is_affine(p, env)
        require(ok, step + "-literal", number, "a closed one; or a negative affine equation")
        if step == "false":
            return self.prove(p, env, not sign)
        for entry in self.difference(p, env):
            self.combine(branch, entry, "forced-comb")

    def combine(self, branch, entry, name):
        """Read a combination of equations that must equal the entry (denominator, form)."""
        known, comb = branch.equations, self.r.combination()
        require(all([c[:2] in known for c in comb]), "comb-index", "another", "equations that are")
        terms = [(q, *known[l, r]) for l, r, q in comb if (l, r) in known] + [(-1, *entry)]
        require(not Lin.total([(Fraction(q, d), x) for q, d, x in terms]), name, "else", "the form")

    def entail(self, branch, p, env, key):
        known = {}
        if p:
            self.find_terms(p, env, known)
        n, env = known.get(tuple(key), (None, {}))
        ok = n and self.degree(n, env) == 1
        require(ok, "entail-key", key, "a term of the literal with a form, its variables")
        branch.forms = {}
        form = self.value(n, env)
        m = self.r.matrix("value", "entail-shape", form.rows, form.cols)
        said = (form - m).entries()
        for entry in said:
            self.combine(branch, entry, "entail-comb")
        branch.memo[self.bindings(n, env)] = m
        branch.entailed.append(said)
        self.find_equations(branch)

    def find_terms(self, n, env, known):
        """All that a literal is made of, by KEY."""
        key = tuple(self.key(n, env))
        if key not in known and n.op != "sol":
            known[key] = n, env
            for k, e in self.cases(n, env).values():
                self.find_terms(k, e, known)

    # solution spaces

    def kernel(self, s, env):
        block, outer = Block(), self.branch
        literals, = self.enter(s, env, block)
        own, _, inside = self.domain(s, env)
        branch = Block(literals, block.fresh)
        self.find_equations(branch)
        rows = [Lin.total([(Fraction(1, den), x)]) for den, x in branch.equations.values()]
        ok = all([s and (self.degree(p, e) == 0 or self.is_affine(p, e)) for p, e, s in literals])
        assert ok and not any([CONSTANT in x for x in rows]), "another condition: language.md 6.3"
        self.branch, width = outer, branch.fresh
        c = Mat.of([[x.get(k, Fraction(0)) for k in range(width)] for x in rows], width)
        k = self.matrix("kernel", s, env, "k", width, None)
        require((c @ k).is_zero(), "kernel-null", "C K is not 0", "0")
        ranks = [self.minor("cminor", c), self.minor("kminor", k)]
        require(ranks[1] == k.cols and sum(ranks) == width, "kernel-dimension", ranks, width)
        return inside(k.tr().columns(range(own)).tr())


def read_variant(r, core, end):
    """The lines between `statement` and the line `end`; gives their names by kind."""
    assumed, shown = names_of("assume", core.roots), names_of("show", core.roots)
    labels = ["%s.%s" % (d, l) for d in core.defs for l in core.defs[d].labels]
    known = {"without": assumed, "weaken": names_of("weaken", core.roots), "only": ["", *assumed],
             "drop": sorted(labels, key=str.encode), "because": ["", *shown]}   # "": starts a line
    said, known = [], {kind: known[kind] for kind in known if (kind, end) != ("because", "aoni")}
    while r.peek() != end:
        kind, *names = r.line()
        ok = kind in known and (kind == "only" or len(names) == 1)
        require(ok, "syntax", [kind] + names, "a line of a variant")
        said += [(kind, n) for n in [""] * ("" in known[kind]) + names]
    wanted = [(kind, n) for kind in known for n in known[kind] if (kind, n) in said]
    require(said == wanted, "variant", said, wanted)
    return {kind: [n for k, n in said if k == kind and n] for kind, _ in said}


class Task:
    """A statement and a variant: what a witness or a certificate speaks of.

    roots   {(assume|show, name): node}      left   the hypotheses that the variant leaves
    items   the givens that a certificate    shows  the conclusions: all, or that of `because`
            has codes for
    """
    def __init__(self, theorem, reader, end):
        name, = reader.fields("statement", 1)
        slug, at = ("statement", (theorem.path, "", 0)) if name else ("syntax", None)
        require(name in theorem.statements, slug, name, "a statement of the theorem file", at)
        lists = read_variant(reader, theorem.core(name, ()), end)
        self.core = theorem.core(name, tuple(lists.get("drop", [])))
        self.roots = dict(self.core.roots)
        for h in lists.get("weaken", []):
            self.roots["assume", h] = self.roots["weaken", h]
        self.left = [h for h in names_of("assume", self.core.roots)
                     if h not in lists.get("without", []) and h in lists.get("only", [h])]
        because = lists.pop("because", [])
        self.shows = because or names_of("show", self.core.roots)
        self.items = [n for n, typ in self.core.givens.items() if typ[0] not in ("dim", "query")]
        said = ["%s %s" % (k, ", ".join(names) or "no hypothesis") for k, names in lists.items()]
        self.said = "statement %s, variant: %s" % (name, "; ".join(said) or "as it stands")
        self.said += "".join([", because " + c for c in because])

    def verdict(self, checker, left, said):
        """Read the blocks for these hypotheses; they must prove the words of the verdict."""
        false = [h for h in left if not self.claim(checker, "assume", h)]
        found = ["inapplicable"] + false
        if not false:
            false = [c for c in self.shows if not self.claim(checker, "show", c)]
            found = ["violated"] + false if false else ["holds"]
        require(said == found, "verdict", said, found)

    def claim(self, checker, kind, name):
        """One block: a claim with its evidence; gives the truth value that was proved."""
        fields = checker.r.line()
        require(fields[:2] == [kind, name], "claims", fields, [kind, name])
        require(fields[2:] in (["true"], ["false"]), "syntax", fields, "true or false")
        checker.prove(self.roots[kind, name], {}, fields[2:] == ["true"])
        return fields[2:] == ["true"]


def check_witness(theorem, reader):
    task = Task(theorem, reader, "aoni")
    start = reader.no
    checker = Checker(task.core, Instance(reader), reader)
    digest = hashlib.sha256(b"\n".join(reader.lines[start:reader.no] + [b""])).hexdigest()
    verdict = reader.fields("verdict")
    task.verdict(checker, task.left, verdict)
    reader.expect("claims", "end")
    return "%s, verdict: %s, instance sha256 %s" % (task.said, " ".join(verdict), digest)


def check(theorem, reader):
    """Read a whole witness or certificate.  The last line is the only one that accepts."""
    first = " ".join(reader.line())
    require(first in ("aonw 1", "aonc 1"), "syntax", first, "aonw 1 or aonc 1")
    said = (check_certificate if first == "aonc 1" else check_witness)(theorem, reader)
    require(reader.lines[reader.no:] in ([b""], []), "trailing", "more text", "nothing after end")
    return "accepted: " + said


# --------------------------------------------------------------------------------------------------
# 8. Scopes and certificates (search.md 1 to 6).
#
# A code is seen as its list of digits, most significant first.  A digit is the rank of an entry in
# 0, 1, -1, 2, -2, .. or says whether an element is there; its place is a tuple of pairs (axis,
# index).  The axes are X, Y and the dimensions; an element of the group has for each axis a list of
# pairs (index that comes here, sign).

Join = namedtuple("Join", "hypothesis early late equations")    # (binders, {model: its side})


def entry(digit):
    return (digit + 1) // 2 if digit % 2 else -(digit // 2)


def turn(digit, sign):
    return digit if sign > 0 else digit + 1 if digit % 2 else max(digit - 1, 0)


def wedge(minors, v):
    """From the minors of v1 .. vs, as {rows: minor}, those of v1 .. vs v; {} if v is dependent."""
    out = Counter()
    for rows, minor in minors.items():
        for j in set(range(len(v))) - set(rows):
            sign = (-1) ** sum([i > j for i in rows])
            out[tuple(sorted((*rows, j)))] += sign * minor * entry(v[j])
    return {rows: minor for rows, minor in out.items() if minor}


@lru_cache(None)
def subspaces(e, radix):
    """The list of section 2: {set of the grid vectors inside: generators}, vectors as digits."""
    vectors, out, queue = list(product(range(radix), repeat=e)), {}, [()]
    for gens in queue:                                      # a space is met first with its own
        if not [1 for s, known in out.items() if len(known) == len(gens) and s.issuperset(gens)]:
            minors = reduce(wedge, gens, {(): 1})
            space = frozenset([v for v in vectors if not wedge(minors, v)])
            out[space] = gens
            queue += [gens + (v,) for v in vectors if v not in space]
    return out


def ladder(low, high):
    ranges = [range(a, b + 1) for a, b in zip(low, high)]
    afford(max(high) <= LIMIT and prod(map(len, ranges)) <= LIMIT and max(high[-2:]) <= 8)
    return sorted(product(*ranges), key=lambda s: (sum(s), s))


def partitions(n, largest):
    return [(part, *rest) for part in range(min(n, largest), 0, -1)
            for rest in partitions(n - part, part)] or [()]


def equations(p, binders=()):
    """The equations of scalars below `and` and `all`, as (binders, left, right)."""
    if p.op == "and":
        return equations(p.args[0], binders) + equations(p.args[1], binders)
    if p.op == "all" and len(binders) < 4 and p.args[1].partition("/")[0] in ("X", "Y"):
        return equations(p.args[2], binders + (p,))
    return [(binders, *p.args)] if p.op == "eq" and p.args[0].typ == SCALAR else []


def twins(a, b):
    """The pairs of models at equal places of two terms; with None if they differ otherwise."""
    if a.op == b.op and a.op in ("f", "g"):
        return {(a.args[0], b.args[0])} | twins(a.args[1], b.args[1])
    names = [[x for x in n.args if not isinstance(x, Node)] for n in (a, b)]
    ok = a.op in ("var", "base", "cat", "scale", "add", "dot")
    ok = ok or a.op == "rat" and "/" not in a.args[0] and len(a.args[0]) <= 4
    inside = [twins(x, y) for x, y in zip(a.kids, b.kids)]
    return set().union(*inside) if ok and a.op == b.op and names[0] == names[1] else {None}


def find_joins(task):
    out = []
    for h in task.left:
        used = []                                           # of one pair of models
        for binders, *terms in equations(task.roots["assume", h]):
            pair, *more = twins(*terms) or {None}
            sides = dict(zip(pair, terms)) if pair and not more else {}
            if len(sides) == 2 and (not used or sides.keys() == used[0][1].keys()):
                used.append((binders, sides))
        models = sorted(used[0][1] if used else [], key=task.items.index)
        if used and not [1 for join in out if join.late in models or join.early == models[1]]:
            out.append(Join(h, *models, used[:16]))
    return out


class Item:
    """A given that has codes."""
    def __init__(self, cell, sort, *dims):
        require(sort in LINEAR or "#" not in "".join(dims), "scope", dims, "numbers or names")
        self.cell, self.sort, self.radix = cell, sort, cell.radix
        self.sides = [cell.along(d) for d in dims]
        if sort == "model":
            self.sides.append(cell.along("#X") + cell.along("#Y")[1:])
        elif sort not in GROUPS["term"]:
            self.sides, self.radix = [cell.along("#Y" if sort[0] == "t" else "#X")[::-1]], 2
        self.places = list(product(*self.sides))
        n = self.length = len(self.places)
        self.count = n if sort in GROUPS["element"] else self.radix ** n
        if sort == "subspace":                              # one digit, which is the code
            afford(self.count <= 4096)
            self.spaces, self.gens = zip(*subspaces(n, self.radix).items())
            self.length, self.count, self.radix = 1, len(self.gens), len(self.gens)

    def digits(self, code):
        number = 1 << code if self.sort in GROUPS["element"] else code
        return tuple([number // self.radix ** i % self.radix for i in range(self.length)][::-1])

    def value(self, code):
        """As an instance has it."""
        if self.sort in GROUPS["element"]:
            return code
        if self.sort in ("tokens", "contexts"):
            return tuple([i for i in range(self.length) if code >> i & 1])
        a, (rows, cols) = self.digits(code), [*map(len, self.sides), 1, 1][:2]
        columns = self.gens[code] if self.sort == "subspace" else [a[i::cols] for i in range(cols)]
        if self.sort == "model":                            # the pivot has g = 0
            columns.insert(len(self.cell.contexts), (0,) * rows)
        return Mat.build(rows, len(columns), lambda i, j: entry(columns[j][i]))

    @lru_cache(None)
    def plan(self, number):
        """Where the digit of each place comes from, under an element of the group; its sign."""
        g, where = self.cell.group[number], {place: i for i, place in enumerate(self.places)}
        sources = [[(axis, *g[axis][i]) for axis, i in place] for place in self.places]
        return [(where[tuple([x[:2] for x in s])], prod([x[2] for x in s])) for s in sources]

    def image(self, code, number):
        """The digits of the image of a code."""
        vectors = self.spaces[code] if self.sort == "subspace" else [self.digits(code)]
        moved = [tuple([turn(v[i], s) for i, s in self.plan(number)]) for v in vectors]
        return (self.spaces.index(frozenset(moved)),) if self.sort == "subspace" else moved[0]


class Cell:
    """The instances of one shape and one list of lengths of chains; like an Instance for one."""
    def __init__(self, task, radix, shape, chains, joins):
        self.core, self.givens, self.radix, self.joins = task.core, task.core.givens, radix, joins
        dims, k = [n for n, typ in self.givens.items() if typ[0] == "dim"], shape[-1]
        self.dims, self.tokens = dict(zip([*dims, "#X", "#Y"], shape)), range(k)
        self.base, self.contexts, self.blocks = 0, [], []
        for i, length in enumerate(chains):
            start = (0,) * (i + 1 + (sum(chains[:i]) if k == 1 else 0))
            self.blocks.append(range(len(self.contexts), len(self.contexts) + length))
            self.contexts += [start + (int(k > 1),) * j for j in range(length)]
        self.position = {c: i for i, c in enumerate(self.contexts)}
        self.items = {n: Item(self, *self.givens[n]) for n in task.items}
        sizes = [i.length for i in self.items.values() if i.sort in LINEAR]
        require(sum(sizes) <= 6, "scope", sizes, "at most 6 entries")
        axes = {"X": [[(x, 1) for block in p for x in block] for p in permutations(self.blocks)
                      if list(map(len, p)) == list(chains)],
                "Y": [[(0, 1)] + [(y, 1) for y in p] for p in permutations(range(1, k))]}
        for d in {d for n in task.items for d in self.givens[n][1:] if d[0] != "#"}:
            e = len(self.along(d))
            afford(e <= 4)
            signs = list(product((1,) if d == "1" else (1, -1), repeat=e))
            axes[d] = [list(zip(p, s)) for p in permutations(range(e)) for s in signs]
        self.order = prod(map(len, axes.values()))
        afford(max([self.order] + [self.items[m].count for j in joins for m in j[1:3]]) <= LIMIT)
        self.group = [dict(zip(axes, g)) for g in product(*axes.values())]
        self.keys = [{m: [self.key(join, m, code) for code in range(self.items[m].count)]
                      for m in join[1:3]} for join in joins]

    def along(self, d):
        """The pairs (axis, index) along a dimension."""
        axis, slash, _ = d.strip("#").partition("/")
        require(d[0] != "#" or axis in ("X", "Y"), "scope", d, "#X, #Y or #X/q")
        continued = [x for block in self.blocks for x in block[:-1]]
        return [(axis, i) for i in (continued if slash else range(int(self.dims.get(d, d))))]

    def checker(self, codes, reader):
        """Of the instance with these codes, by name; 0 where there is none."""
        self.values = {**{n: ("query", (len(self.tokens) > 1,)) for n in self.givens},
                       **{d: ("dim", e) for d, e in self.dims.items()},
                       **{n: (i.sort, i.value(codes.get(n, 0))) for n, i in self.items.items()}}
        return Checker(self.core, self, reader)

    def key(self, join, model, code):
        """The values of a model's side of the equations of a join; whatever the others are."""
        checker, out = self.checker({model: code}, None), []
        for binders, sides in join.equations:
            for xs in product(*[checker.elements(p.args[1]) for p in binders]):
                env = dict(zip([p.args[0] for p in binders], xs))
                out += checker.value(sides[model], env).entries()
        return tuple(out)

    def space(self):
        """The number of assignments with equal keys."""
        joined = {m for keys in self.keys for m in keys}
        size = prod([item.count for n, item in self.items.items() if n not in joined])
        for m in {join.early for join in self.joins}:
            tables = [(keys[m], Counter(keys[join.late]))
                      for join, keys in zip(self.joins, self.keys) if m in keys]
            size *= sum([prod([late[early[c]] for early, late in tables])
                         for c in range(self.items[m].count)])
        return size

    @lru_cache(None)
    def fixing(self, codes):
        """The elements of the group that fix these codes, if none makes them smaller."""
        if not codes:
            return range(self.order)
        left, item = self.fixing(codes[:-1]), [*self.items.values()][len(codes) - 1]
        digits, images = item.digits(codes[-1]), [item.image(codes[-1], g) for g in left]
        require(all([image >= digits for image in images]), "least", codes, "the least one")
        return [g for g, image in zip(left, images) if image == digits]


def check_certificate(theorem, reader):
    task = Task(theorem, reader, "grid")
    sorts = [typ[0] for typ in task.core.givens.values()]
    (grid,), low, high = reader.counts("grid", 1), reader.counts("min"), reader.counts("max")
    ok = len(low) == len(high) == sorts.count("dim") + 2 and sorts.count("query") <= 1
    ok = ok and all([a <= b for a, b in zip(low, high)]) and low[-1] >= 1
    require(ok, "scope", (low, high), "two shapes, and at most one query")
    joins, said, found = find_joins(task), [], []
    while reader.peek() == "join":
        said.append(tuple(reader.line()[1:]))
    require(said == [join[:3] for join in joins], "join", said, "those of section 4")
    for shape in ladder(low, high):
        for chains in partitions(shape[-2], shape[-2] if "query" in sorts else 1):
            reader.expect("cell", "shape", *shape)
            reader.expect("cell", "chains", *chains)
            found += check_cell(task, Cell(task, 2 * grid + 1, shape, chains, joins), reader)
    require(True in found, "vacuous", "no orbit with the verdict holds", "one")
    reader.expect("cell", "end")
    shapes = [",".join(map(str, s)) for s in (low, high)]
    return "none in scope: %s, grid %d, shapes (%s) to (%s), %d orbits, %d applicable" % (
        task.said, grid, *shapes, len(found), sum(found))


def check_cell(task, cell, reader):
    """The orbits of a cell; for each of them, is it applicable?"""
    size, before, mass, found = cell.space(), None, 0, []
    for word, number in ("space", size), ("group", cell.order):
        require(reader.counts(word, 1) == [number], word, "another number", number)
    while reader.peek() == "orbit":
        stabiliser, *codes = reader.ints(reader.fields("orbit")) or [0]
        ok, at = len(codes) == len(cell.items), dict(zip(cell.items, codes))
        ok = ok and all([0 <= c < cell.items[n].count for n, c in at.items()])
        ok = ok and all([len({k[at[m]] for m, k in keys.items()}) == 1 for keys in cell.keys])
        require(ok, "code", codes, "an assignment of the space")
        require(before is None or before < codes, "order", codes, "more than %s" % before)
        before, fixed = codes, len(cell.fixing(tuple(codes)))
        require(stabiliser == fixed, "stabiliser", stabiliser, fixed)
        mass += cell.order // fixed
        verdict = reader.fields("verdict")
        names, known = verdict[1:], [["holds"]] + [["inapplicable", h] for h in task.left]
        require(verdict in known, "orbit-verdict", verdict, "holds or inapplicable HYPOTHESIS")
        task.verdict(cell.checker(at, reader), names or task.left, verdict)
        found.append(not names)
    word, *said = reader.line()
    require(word == "sum", "claims", word, "orbit or sum")
    require(mass == size, "mass", mass, size)
    require(said == [str(len(found)), str(sum(found))], "sum", said, (len(found), sum(found)))
    return found


# --------------------------------------------------------------------------------------------------
# 9. Command line.

def put(fd, *lines):
    with open(fd, "wb", closefd=False) as f:
        f.write("".join([line + "\n" for line in lines]).encode("utf-8", "surrogateescape"))


def safely(part, *args):
    """The exit status that `part` gives; what goes wrong never looks like an answer."""
    try:
        return part(*args)
    except Exception as e:
        said = e.line() if isinstance(e, Stop) else "aonck.py: %s: %s" % (type(e).__name__, e)
    with suppress(OSError):
        put(2, said)
    return 2


def one(theorem, path, quiet, prefix):
    """Check one witness and say so; gives the exit status."""
    with open(0 if path == "-" else path, "rb") as f:
        r = Reader(f.read())
    try:
        said = check(theorem, r)
    except Stop as e:
        if e.at:
            raise
        put(1, "%srefused: line %d: [%s] %s" % (prefix, r.no, e.name, e))
        return 1
    if not prefix and not quiet:
        put(1, "%s against %s: %d lines read, every condition checked" % (path, theorem.path, r.no))
    put(1, prefix + said)
    return 0


def run(args):
    options, files = gnu_getopt(args, "", ["lib=", "core", "quiet", "help"])
    flags = dict(options)
    if "--help" in flags:
        return put(1, __doc__.strip()) or 0
    if len(files) != 1 if "--core" in flags else len(files) < 2:
        raise GetoptError("expected --core FILE, or THEOREM FILE..")
    theorem, status = Theorem(files[0], [v for o, v in options if o == "--lib"]), 0
    if "--core" in flags:
        put(1, *theorem.lines)
    for path in files[1:]:
        prefix = path + ": " if len(files) > 2 else ""
        status = max(status, safely(one, theorem, path, "--quiet" in flags, prefix))
    return status


def main(args):
    """Run in a thread with a large stack: formulas are nested deeper than Python allows.

    Recursion must not pass through `method(*args)`: it runs in C, limited apart since Python 3.12.
    """
    getattr(sys, "set_int_max_str_digits", int)(0)          # since Python 3.11
    sys.setrecursionlimit(60000)
    threading.stack_size(512 << 20)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(safely, run, args).result()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
