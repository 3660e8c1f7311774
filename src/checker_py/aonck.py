#!/usr/bin/env python3
"""aonck.py: check a witness against a statement, with the Python standard library only.

    aonck.py [--lib DIR].. [--quiet] THEOREM.aon WITNESS.aonw      `-` is stdin for the witness
    aonck.py [--lib DIR].. --core FILE.aon                         print the core of a file

Exit status: 0 accepted, 1 refused, 2 unreadable or out of resources.

Written from docs/language.md, docs/instance-format.md and docs/witness-format.md alone; it shares no
code with aon.  The parts, in reading order:

    1  text to tokens            language.md 1          5  instance         instance-format.md
    2  tokens to a tree          language.md 2          6  matrices, forms  integers over one denominator
    3  core nodes, rewriting     language.md 5, 6       7  checking         witness-format.md
    4  tree to core              language.md 3, 4, 5    8  command line

The checker adds, multiplies and compares.  It never eliminates, pivots, searches, or divides by a computed
value; gcd is used only to keep numbers in lowest terms.  Every condition on a witness is one call of
`require(condition, name, ..)`; acceptance is written once, in the last line of `check`.
"""
import hashlib
import os
import re
import sys
import threading
from math import gcd

# ---------------------------------------------------------------------------------------------------------
# Three ways to stop.

class Bad(Exception):
    """The theorem file has an error at a place: `FILE:line:col: error: message [slug]`."""
    def __init__(self, at, slug, message):
        super().__init__(message)
        self.at, self.slug, self.message, self.notes = at, slug, message, []

    def lines(self):
        yield "%s:%d:%d: error: %s [%s]" % (self.at + (self.message, self.slug))
        for at in self.notes[:20]:
            yield "%s:%d:%d: note: in the call here" % at


class Unreadable(Exception):
    """Exit status 2; carries the lines for stderr."""
    def __init__(self, *lines):
        super().__init__(lines[0] if lines else "")
        self.lines = lines


class Refused(Exception):
    """Exit status 1; the line of the witness is added by `check`."""
    def __init__(self, name, found, required):
        super().__init__(name)
        self.name, self.found, self.required = name, found, required


def require(condition, name, found, required):
    if not condition:
        raise Refused(name, found, required)


def expect(condition, at, slug, message):
    if not condition:
        raise Bad(at, slug, message)


# ---------------------------------------------------------------------------------------------------------
# 1. Text to tokens.

RESERVED = set("""library report statement def cite note use given in let assume weaken show expect forall exists and or
    not sum span proj image perp dim tr colspace rowspace id all X Y base scalar vector matrix subspace model token
    context query tokens contexts""".split())
ITEMS = "cite note use given let assume show expect".split()
HEADS = ITEMS + ["statement", "library", "def", "report"]
BUILTINS = {"proj": 1, "image": 2, "perp": 1, "dim": 1, "tr": 1, "colspace": 1, "rowspace": 1, "id": 1, "all": 1}
ALIAS = {"∀": "forall", "∃": "exists", "∈": "in", "∧": "and", "∨": "or", "¬": "not", "→": "->", "↔": "<->", "≠": "!=",
         "≤": "<=", "⊆": "<=", "⟨": "<", "⟩": ">", "·": "*", "∩": "&", "−": "-", "∑": "sum", "≔": ":="}
GREEK = {"Γ": "Gam", "Λ": "Lam", "β": "beta", "λ": "lam"}
LEXEME = re.compile(r"""(?P<skip>[ \t\n]+|--[^\n]*)
    |(?P<name>[A-Za-zΓΛβλ][A-Za-z0-9_ΓΛβλ]*'*)
    |(?P<num>[0-9]+(?:[/.][0-9]+)*[A-Za-z0-9_'ΓΛβλ]*)
    |(?P<str>"[^"\n]*"?)
    |(?P<sign><->|->|:=|!=|<=|[<>=+\-*&(){}\[\],.:/\#|])
    |(?P<alias>[∀∃∈∧∨¬→↔≠≤⊆⟨⟩·∩−∑≔])""", re.X)
NUMBER = re.compile(r"(0|[1-9][0-9]*)(/[1-9][0-9]*)?")


class Token:
    __slots__ = ("kind", "text", "at", "depth")   # kind: name word num str sign end; depth: before a bracket

    def __init__(self, kind, text, at):
        self.kind, self.text, self.at, self.depth = kind, text, at, 0


def tokens(path, data):
    def place(i):
        return (path, text.count("\n", 0, i) + 1, i - text.rfind("\n", 0, i))

    text = data[:1 << 20].decode("utf-8", "replace")
    expect(len(data) <= 1 << 20, (path, 1, 1), "too-large", "the file is larger than 1 MiB")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        text = data[:e.start].decode("utf-8")
        raise Bad(place(len(text)), "encoding", "not UTF-8") from None
    for bad, slug in (("\0", "encoding"), ("\ufeff", "encoding"), ("\r", "crlf")):
        if bad in text and (bad != "\ufeff" or text[0] == bad):
            raise Bad(place(text.index(bad)), slug, "character U+%04X" % ord(bad))
    out, i, line, start = [], 0, 1, 0
    while i < len(text):
        m = LEXEME.match(text, i)
        at = (path, line, i - start + 1)
        expect(m, at, "character", "no token starts with %r" % text[i])
        s, kind = m.group(), m.lastgroup
        i = m.end()
        if kind == "skip":
            if "\n" in s:
                line, start = line + s.count("\n"), m.start() + s.rfind("\n") + 1
            continue
        if kind == "name":
            s = "".join(GREEK.get(c, c) for c in s)
            kind = "word" if s in RESERVED else "name"
        elif kind == "alias":
            s = ALIAS[s]
            kind = "word" if s in RESERVED else "sign"
        elif kind == "num":
            expect(NUMBER.fullmatch(s) and all(len(p) <= 1000 for p in s.split("/")), at, "number",
                   "malformed number %s" % s[:40])
        elif kind == "str":
            expect(len(s) > 1 and s[-1] == '"' and not re.search("[\0-\x1f\x7f]", s), at, "string",
                   "unfinished string, or a control character in it")
            s = s[1:-1]
        out.append(Token(kind, s, at))
    out.append(Token("end", "end of file", (path, line, i - start + 1)))
    return out


# ---------------------------------------------------------------------------------------------------------
# 2. Tokens to a tree.  A tree is a tuple (kind, place, ..); parentheses leave no trace.

class Parser:
    def __init__(self, toks):
        self.toks, self.i, self.depth = toks, 0, 0

    @property
    def tok(self):
        return self.toks[self.i]

    def sees(self, *texts):
        return self.tok.kind in ("word", "sign") and self.tok.text in texts

    def accept(self, *texts):
        if self.sees(*texts):
            self.i += 1
            return self.toks[self.i - 1]
        return None

    def need(self, text):
        t = self.accept(text)
        expect(t, self.tok.at, "syntax", "expected `%s`, found `%s`" % (text, self.tok.text[:40]))
        return t

    def word(self, *texts):
        """A word that is not reserved everywhere, as in `expect` lines."""
        if self.tok.kind in ("name", "word") and self.tok.text in texts:
            self.i += 1
            return self.toks[self.i - 1].text
        return None

    def kind(self, kind, what):
        t = self.tok
        expect(t.kind == kind, t.at, "reserved" if kind == "name" and t.kind == "word" else "syntax",
               "expected %s, found `%s`" % (what, t.text[:40]))
        self.i += 1
        return t

    def name(self, only=True):
        expect(only or self.tok.kind != "word", self.tok.at, "syntax", "unexpected `%s`" % self.tok.text)
        return self.kind("name", "a name")

    def integer(self):
        t = self.kind("num", "an integer")
        expect("/" not in t.text, t.at, "syntax", "expected an integer")
        expect(len(t.text) <= 9, t.at, "number", "more than 9 digits")
        return int(t.text)

    def names(self):
        out = [self.name()]
        while self.accept(","):
            out.append(self.name())
        return out

    def enter(self, at):
        self.depth += 1
        expect(self.depth <= 200, at, "nesting", "nested more than 200 deep")

    def open(self, t):
        t.depth = self.depth
        self.enter(t.at)
        return t

    def close(self, text, opened):
        t = self.accept(text)
        expect(t, self.tok.at, "syntax", "expected `%s` to close the one of line %d, found `%s`"
               % (text, opened.at[1], self.tok.text[:40]))
        self.depth = opened.depth

    # file, libraries, statements

    def file(self):
        """Libraries and statements in order, and the errors that made the parser skip something."""
        out, errors = [], []
        while self.tok.kind != "end":
            try:
                self.depth = 0
                if self.sees("library"):
                    out.append(self.library(errors))
                elif self.sees("statement"):
                    out.append(self.statement())
                else:
                    raise Bad(self.tok.at, "syntax", "expected `library` or `statement`, found `%s`" % self.tok.text[:40])
            except Bad as e:
                errors.append(e)
                self.skip("library", "statement")
        return out, errors

    def skip(self, *heads):
        self.depth = 0
        while self.tok.kind != "end" and not self.sees(*heads):
            self.i += 1

    def library(self, errors):
        at = self.need("library").at
        lib = Library(self.name().text, self.integer(), at)
        while self.sees("def", "report"):
            try:
                self.depth = 0
                if self.accept("def"):
                    name, params = self.name(), []
                    opened = self.open(self.need("("))
                    if not self.sees(")"):
                        params = self.names()
                    self.close(")", opened)
                    self.need(":=")
                    lib.waiting.append((name, params, self.expr()))
                else:
                    at = self.need("report").at
                    self.kind("str", "a string")
                    self.need("(")
                    params = self.names()
                    self.need(")")
                    self.need(":=")
                    lib.waiting.append((None, params, self.expr()))
                if not (self.sees("def", "report", "library", "statement") or self.tok.kind == "end"):
                    raise Bad(self.tok.at, "syntax", "unexpected `%s`" % self.tok.text[:40])
            except Bad as e:
                errors.append(e)
                self.skip("def", "report", "library", "statement")
        return lib

    def statement(self):
        at = self.need("statement").at
        st = Statement(self.name(), at)
        while not (self.sees("library", "statement") or self.tok.kind == "end"):
            expect(self.sees(*ITEMS), self.tok.at, "syntax", "expected an item, found `%s`" % self.tok.text[:40])
            self.depth = 0
            head = self.accept(*ITEMS)
            st.items.append((head.text, head.at) + getattr(self, "item_" + head.text)())
        return st

    def item_cite(self):
        return (self.kind("str", "a string").text,)
    item_note = item_cite

    def item_use(self):
        return (self.name(), self.integer())

    def item_given(self):
        names = self.names()
        self.need("in")
        return (names, self.sort())

    def item_let(self):
        name = self.name()
        self.need(":=")
        return (name, self.expr())

    def item_assume(self):
        name = self.name()
        self.need(":")
        p = self.expr()
        return (name, p, self.expr() if self.accept("weaken") else None)

    def item_show(self):
        name = self.name()
        self.need(":")
        return (name, self.expr())

    def braced_names(self):
        opened = self.open(self.need("{"))
        out = [] if self.sees("}") else self.names()
        self.close("}", opened)
        return out

    def shape(self):
        self.need("(")
        self.integer()
        while self.accept(","):
            self.integer()
        self.need(")")

    def item_expect(self):
        """Pairs (rule, names): what has to be looked up; the rest of the line is only read."""
        looks, kinds = [], ("without", "weaken", "only", "drop")
        if self.tok.kind in ("name", "word") and self.tok.text in kinds:
            while True:
                kind = self.word(*kinds)
                expect(kind, self.tok.at, "syntax", "expected a variant, found `%s`" % self.tok.text[:40])
                if kind == "only":
                    looks.append(("without", self.braced_names()))
                elif kind == "drop":
                    while True:
                        d = self.name()
                        self.need(".")
                        looks.append(("drop", [d, self.name()]))
                        if not self.accept(","):
                            break
                else:
                    looks.append((kind, self.names()))
                if not self.accept("and"):
                    break
            self.need(":")
        outcome = self.word("survived", "refuted", "holds", "inapplicable", "none", "sufficient")
        expect(outcome, self.tok.at, "syntax", "expected an outcome, found `%s`" % self.tok.text[:40])
        if outcome == "refuted":
            if self.word("because"):
                looks.append(("because", [self.name()]))
            if self.word("on"):
                self.kind("str", "a string")
            if self.word("minimal"):
                self.shape()
        elif outcome in ("holds", "inapplicable"):
            if outcome == "inapplicable" and not (self.tok.text == "on" and self.toks[self.i + 1].kind == "str"):
                looks.append(("without", self.names()))
            expect(self.word("on"), self.tok.at, "syntax", "expected `on`")
            self.kind("str", "a string")
        elif outcome == "none":
            expect(self.word("at"), self.tok.at, "syntax", "expected `at`")
            self.shape()
        elif outcome == "sufficient":
            looks.append(("without", self.braced_names()))
        return (looks,)

    # sorts and dimensions

    def sort(self):
        t = self.accept("dim", "token", "context", "query", "tokens", "contexts")
        if t:
            return (t.text, t.at, [])
        t = self.accept("model", "subspace")
        if t:
            return (t.text, t.at, self.dims(1))
        lin = self.lin()
        expect(lin, self.tok.at, "syntax", "expected a sort, found `%s`" % self.tok.text[:40])
        return lin[2:3] + lin[1:2] + lin[3:]

    def lin(self):
        t = self.accept("scalar", "vector", "matrix")
        return ("lin", t.at, t.text, self.dims({"scalar": 0, "vector": 1, "matrix": 2}[t.text])) if t else None

    def dims(self, n):
        out = []
        for k in range(n):
            self.need("," if k else "(")
            out.append(self.dim())
        if n:
            self.need(")")
        return out

    def dim(self):
        t = self.tok
        if t.kind == "num":
            return ("dint", t.at, self.integer())
        if self.accept("#"):
            return ("card", t.at, self.set())
        name = self.name(False).text
        if self.accept("."):
            self.need("dim")
            return ("dimof", t.at, ("name", t.at, name))
        return ("name", t.at, name)

    def set(self):
        t = self.accept("X", "Y") or self.name(False)
        return ("set", t.at, t.text, self.name().text if self.accept("/") else None)

    # formulas

    def expr(self):
        p = self.imp()
        t = self.accept("<->")
        return ("iff", t.at, p, self.imp()) if t else p

    def imp(self):
        p = self.disjunction()
        t = self.accept("->")
        if not t:
            return p
        self.enter(t.at)
        q = self.imp()
        self.depth -= 1
        return ("imp", t.at, p, q)

    def disjunction(self):
        parts, at = [self.conjunction()], self.tok.at
        while self.accept("or"):
            parts.append(self.conjunction())
        return ("or", at, parts) if len(parts) > 1 else parts[0]

    def conjunction(self):
        at, parts = self.tok.at, [self.labelled()]
        while self.accept("and"):
            parts.append(self.labelled())
        return parts[0][1] if len(parts) == 1 and not parts[0][0] else ("and", at, parts)

    def labelled(self):
        label = None
        if self.tok.kind == "name" and self.toks[self.i + 1].kind == "sign" and self.toks[self.i + 1].text == ":":
            label = self.name()
            self.need(":")
        return (label, self.unary())

    def unary(self):
        t = self.accept("not", "forall", "exists")
        if not t:
            return self.relation()
        before = self.depth
        if t.text == "not":
            self.enter(t.at)
            out = ("not", t.at, self.unary())
        else:
            binds = self.binds()
            self.need(":")
            out = ("quant", t.at, t.text, binds, self.expr())
        self.depth = before
        return out

    def binds(self):
        out = [self.bind()]
        while self.accept(","):
            out.append(self.bind())
        return out

    def bind(self):
        """Every bound variable counts as nesting; who calls this restores the depth."""
        names = [self.name()]
        self.enter(names[0].at)
        while self.accept(","):
            names.append(self.name())
            self.enter(names[-1].at)
        self.need("in")
        return (names, self.lin() or self.term())

    def relation(self):
        a = self.term()
        t = self.accept("=", "!=", "<=", "<", "in")
        return ("rel", t.at, t.text, a, self.term()) if t else a

    # terms

    def term(self):
        a = self.product()
        rest = []
        while self.sees("+", "-", "&"):
            t = self.accept("+", "-", "&")
            rest.append((t.text, t.at, self.product()))
        return ("chain", a[1], a, rest) if rest else a

    def product(self):
        a = self.negative()
        rest = []
        while self.sees("*"):
            t = self.accept("*")
            rest.append(("*", t.at, self.negative()))
        return ("chain", a[1], a, rest) if rest else a

    def negative(self):
        t = self.accept("-")
        if not t:
            return self.postfix()
        self.enter(t.at)
        out = ("neg", t.at, self.postfix())
        self.depth -= 1
        return out

    def postfix(self):
        a = self.primary()
        while True:
            dot = self.accept(".")
            if dot:
                t, after = self.tok, self.toks[self.i + 1] if self.tok.kind != "end" else self.tok
                if self.accept("dim"):
                    a = ("dimof", t.at, a)
                elif t.kind == "name" and t.text in "fg" and after.kind == "sign" and after.text == "(":
                    self.i += 1
                    opened = self.need("(")
                    self.open(opened)
                    a = ("embed", t.at, t.text, a, self.term())
                    self.close(")", opened)
                else:
                    a = ("member", t.at, a, self.name().text)
            elif self.sees("["):
                opened = self.need("[")
                self.open(opened)
                a = ("index", opened.at, a, self.postfix())
                self.close("]", opened)
            else:
                return a

    def arguments(self):
        opened = self.need("(")
        self.open(opened)
        out = []
        if not self.sees(")"):
            out.append(self.expr())
            while self.accept(","):
                out.append(self.expr())
        self.close(")", opened)
        return out

    def primary(self):
        t = self.tok
        if t.kind == "num":
            self.i += 1
            return ("num", t.at, t.text)
        if self.sees("X", "Y"):
            return self.set()
        if self.accept("base"):
            return ("base", t.at)
        if t.kind == "name":
            self.i += 1
            if self.sees("("):
                return ("call", t.at, t.text, self.arguments(), self.depth)
            if self.accept("/"):
                return ("set", t.at, t.text, self.name().text)
            return ("name", t.at, t.text)
        if self.sees(*BUILTINS):
            self.i += 1
            args = self.arguments()
            expect(len(args) == BUILTINS[t.text], t.at, "arity", "%s takes %d arguments" % (t.text, BUILTINS[t.text]))
            return ("builtin", t.at, t.text, args)
        if self.accept("#"):
            return ("card", t.at, self.set())
        if self.accept("<"):
            self.open(t)
            u = self.term()
            self.need(",")
            v = self.term()
            self.close(">", t)
            return ("dot", t.at, u, v)
        if self.accept("("):
            self.open(t)
            p = self.expr()
            self.close(")", t)
            return p
        if self.accept("{"):
            self.open(t)
            names, dom = self.bind()
            self.need("|")
            p = self.expr()
            self.close("}", t)
            return ("builder", t.at, [(names, dom)], p)
        if self.accept("span"):
            opened = self.open(self.need("{"))
            a = self.term()
            self.need("|")
            binds = self.binds()
            self.close("}", opened)
            return ("span", t.at, binds, a)
        if self.accept("sum"):
            before = self.depth
            bind = self.bind()
            self.need(":")
            a = self.product()
            self.depth = before
            return ("sum", t.at, [bind], a)
        raise Bad(t.at, "syntax", "expected an expression, found `%s`" % t.text[:40])


class Statement:
    def __init__(self, name, at):
        self.name, self.at, self.items = name, at, []


class Definition:
    def __init__(self, name, params, body, above):
        self.name, self.params, self.body, self.above, self.labels = name, params, body, above, set()


class Library:
    """Definitions are checked for names, arity and labels where they stand, whether used or not."""
    def __init__(self, name, version, at):
        self.name, self.version, self.at, self.defs, self.waiting = name, version, at, {}, []

    def settle(self):
        """Check the definitions and reports, after the grammar of the whole file; gives the errors."""
        errors = []
        for name, params, body in self.waiting:
            try:
                if name is None:
                    self.check(params, body, None)
                else:
                    self.add(name, params, body)
            except Bad as e:
                errors.append(e)
        return errors

    def add(self, name, params, body):
        """A definition with an error is known by its name all the same."""
        expect(name.text not in self.defs, name.at, "duplicate-name", "`%s` is defined twice" % name.text)
        d = Definition(name.text, [p.text for p in params], body, dict(self.defs))
        try:
            d.labels = self.check(params, body, name.text)
        finally:
            self.defs[name.text] = d

    def check(self, params, body, own):
        seen = set()
        for p in params:
            expect(p.text not in seen, p.at, "duplicate-name", "parameter `%s` stands twice" % p.text)
            seen.add(p.text)
        labels = set()
        self.names(body, frozenset(seen), own, labels)
        return labels

    def names(self, t, scope, own, labels):
        kind, at = t[0], t[1]
        known = "unknown name `%s`"
        if kind == "name":
            expect(t[2] in scope, at, "unknown-name", known % t[2])
        elif kind == "set":
            expect(t[2] in ("X", "Y") or t[2] in scope, at, "unknown-name", known % t[2])
            expect(t[3] is None or t[3] in scope, at, "unknown-name", known % t[3])
        elif kind == "call":
            expect(t[2] != own, at, "recursive", "`%s` uses itself" % own)
            expect(t[2] in self.defs, at, "unknown-name", "no definition `%s` above" % t[2])
            want = len(self.defs[t[2]].params)
            expect(len(t[3]) == want, at, "arity", "%s takes %d arguments" % (t[2], want))
        elif kind == "and":
            for label, p in t[2]:
                if label:
                    expect(label.text not in labels, label.at, "label", "label `%s` is used twice" % label.text)
                    labels.add(label.text)
                self.names(p, scope, own, labels)
            return
        elif kind == "member":
            self.names(t[2], scope, own, labels)
            expect(t[3] in scope, at, "unknown-name", known % t[3])
            return
        binds = t[3] if kind == "quant" else t[2] if kind in ("builder", "span", "sum") else []
        for names, dom in binds:
            self.names(dom, scope, own, labels)
            for n in names:
                expect(n.text not in scope, n.at, "duplicate-name", "`%s` is in scope already" % n.text)
                scope = scope | {n.text}
        for part in t[2:]:
            if part is not binds:
                for p in part if isinstance(part, list) else [part]:
                    if isinstance(p, tuple):
                        p = p[2] if p[0] in ("+", "-", "&", "*") else p
                        self.names(p, scope, own, labels)


# ---------------------------------------------------------------------------------------------------------
# 3. Core nodes and the rewriting rules of language.md 5.1.

VAR_BINDERS = ("sum", "cols", "all", "any")
BINDS = dict([(op, "var") for op in VAR_BINDERS] + [("allin", "vec"), ("ex", "unk"), ("sol", "unk")])
LIMIT = 1000000


class TooLarge(Exception):
    pass


class Node:
    """A node is made once (equal nodes are the same object).  Arguments: nodes, strings, variable numbers.

    size, depth   of the tree                height   largest number of a binder in it, -1 without one
    typ      of var, vec, unk: nodes of different types are different nodes, even if printed alike
    free     pairs (number, var|vec|unk)     keys, facts, unks     numbers: all free, var and vec, unk; sorted
    """
    __slots__ = ("op", "args", "typ", "serial", "size", "depth", "height", "free", "keys", "facts", "unks")


class Nodes:
    def __init__(self):
        self.table = {}

    def make(self, op, *args, typ=None):
        n = self.table.get((op, args, typ))
        if n is not None:
            return n
        n = Node()
        kids = [a for a in args if isinstance(a, Node)]
        n.op, n.args, n.typ, n.serial = op, args, typ, len(self.table)
        n.size = 1 + sum(k.size for k in kids)
        n.depth = 1 + max([0] + [k.depth for k in kids])
        if n.size > LIMIT or n.depth > 5000:
            raise TooLarge
        n.height = max([-1] + [k.height for k in kids])
        free = frozenset().union(*[k.free for k in kids])
        if op in BINDS:
            own = (args[0], BINDS[op])
            free = args[-1].free - {own}
            for k in kids[:-1]:
                free |= k.free
            n.height = max(n.height, 1 + args[-1].height)
        elif op in ("var", "vec", "unk"):
            free = frozenset([(args[0], op)])
        n.free = free
        n.keys = tuple(sorted(k for k, _ in free))
        n.facts = tuple(sorted(k for k, kind in free if kind != "unk"))
        n.unks = tuple(sorted(k for k, kind in free if kind == "unk"))
        self.table[op, args, typ] = n
        return n

    # "make this node": the rows of the table that rewrite

    def mul(self, a, b):
        if a.op == "id":
            return b
        if b.op == "id":
            return a
        if a.op == "scale":
            return self.make("scale", a.args[0], self.mul(a.args[1], b))
        if b.op == "scale":
            return self.make("scale", b.args[0], self.mul(a, b.args[1]))
        if a.op == "mul":
            return self.mul(a.args[0], self.mul(a.args[1], b))
        if a.op == "proj":
            return self.make("proj", a.args[0], self.mul(a.args[1], b))
        return self.make("mul", a, b)

    def not_(self, p):
        return p.args[0] if p.op == "not" else self.make("not", p)

    def within(self, t, s):
        if t.op == "gens" and t.args[0].op == "span":
            t = t.args[0].args[0]
        return self.make("within", t, s)

    def minus(self, a):
        return self.make("scale", self.make("rat", "-1"), a)

    # printing numbers: placeholders become the numbers of 5.2

    @staticmethod
    def numbered(roots):
        """The same roots with binders numbered from inside out.  Serial order is bottom-up."""
        reach, todo = {}, list(roots)
        while todo:
            n = todo.pop()
            if n.serial not in reach:
                reach[n.serial] = n
                todo.extend(a for a in n.args if isinstance(a, Node))
        number = {n.args[0]: 1 + n.args[-1].height for n in reach.values() if n.op in BINDS}
        out, new = Nodes(), {}
        for serial in sorted(reach):
            n = reach[serial]
            args = [new[a.serial] if isinstance(a, Node) else a for a in n.args]
            if n.op in BINDS or n.op in ("var", "vec", "unk"):
                args[0] = number[n.args[0]]
            new[serial] = out.make(n.op, *args, typ=n.typ)
        return [new[r.serial] for r in roots]


def walk_order(roots):
    """Nodes in the order in which a depth-first walk leaves them."""
    order, number = [], {}
    for root in roots:
        stack = [(root, iter([a for a in root.args if isinstance(a, Node)]))] if root not in number else []
        while stack:
            n, rest = stack[-1]
            kid = next(rest, None)
            if kid is None:
                stack.pop()
                if n not in number:
                    number[n] = len(order)
                    order.append(n)
            elif kid not in number:
                stack.append((kid, iter([a for a in kid.args if isinstance(a, Node)])))
    return order, number


# What may be said: language.md 6.2 to 6.4.  Variables are pairs (number, kind).

def alternation(var, scope):
    """The first binder in `scope` that 6.2 forbids, or None."""
    seen, todo = set(), [(scope, False)]
    while todo:
        n, odd = todo.pop()
        if var not in n.free or (n, odd) in seen:
            continue
        seen.add((n, odd))
        if n.op == "sol" or n.op in ("ex", "allin") and odd:
            return n
        if n.op in ("ex", "allin") and any(var in a.free for a in n.args[:-1] if isinstance(a, Node)):
            return n
        todo.extend((a, odd != (n.op == "not")) for a in reversed(n.args) if isinstance(a, Node))
    return None


def mentions(n, variables):
    return not n.free.isdisjoint(variables)


def is_zero(n):
    return n.op == "rat" and n.args[0] == "0"


def degree(n, variables, memo):
    """0, 1, "any" (for `rat 0`) or None."""
    if is_zero(n):
        return "any"
    if not mentions(n, variables):
        return 0
    if n in memo:
        return memo[n]
    out = None
    if n.op in ("unk", "vec"):
        out = 1
    elif n.op == "add":
        a, b = [degree(x, variables, memo) for x in n.args]
        out = b if a == "any" else a if b == "any" or a == b else None
    elif n.op in ("scale", "mul", "dot"):
        a, b = [degree(x, variables, memo) for x in n.args]
        if "any" in (a, b):
            out = 0
        elif None not in (a, b) and a + b <= 1:
            out = a + b
    elif n.op in ("tr", "idx"):
        out = degree(n.args[0], variables, memo)
    elif n.op in ("sum", "cols"):
        out = degree(n.args[-1], variables, memo)
    elif n.op == "proj" and not mentions(n.args[0], variables):
        out = degree(n.args[1], variables, memo)
    memo[n] = out
    return out


def homogeneous(p, variables, with_ex):
    """Is p made as 6.3 (with_ex) or 6.4 demands?"""
    seen, todo, found = set(), [p], []
    while todo:                                     # first the connectives, and the unknowns that they bind
        n = todo.pop()
        if n in seen:
            continue
        seen.add(n)
        if n.op == "ex" and with_ex:
            variables = variables | {(n.args[0], "unk")}
        if n.op in ("and", "all") or n.op == "allin" or n.op == "ex" and with_ex:
            todo.extend(a for a in n.args if isinstance(a, Node) and (a is n.args[-1] or n.op == "and"))
        if n.op != "and" and n.op != "all":
            found.append(n)
    memo = {}
    for n in found:
        degrees = [degree(a, variables, memo) for a in n.args if isinstance(a, Node)]
        if n.op in ("allin", "ex"):
            ok = (with_ex or n.op == "allin") and not any(mentions(a, variables) for a in n.args[:-1]
                                                          if isinstance(a, Node))
        elif n.op == "eq":
            ok = mentions(n, variables) and all(d in (1, "any") for d in degrees)
        elif n.op == "zero":
            ok = degrees[0] == 1
        elif n.op == "within":
            ok = degrees[0] == 1 and not mentions(n.args[1], variables)
        else:
            ok = n.op == "true"
        if not ok:
            return False
    return True


# ---------------------------------------------------------------------------------------------------------
# 4. Tree to core.  Values:
#    ("term", type, node, dim)   type (scalar) (vector d) (matrix d e) (subspace d); dim: as a dimension, or None
#    ("elem", kind, node, over)  over = (set, query, is x.q) for bound variables     ("form", node)
#    ("model", name, dim)  ("query", name)  ("set", printed, kind, base, query)

SCALAR = ("scalar",)
KIND = {"term": "a term", "elem": "a token or context", "form": "a formula", "model": "a model", "query": "a query",
        "set": "a set"}


class Core:
    """An elaborated statement, numbered."""
    def __init__(self, name, uses, givens, assumes, shows):
        self.name, self.uses, self.givens = name, uses, givens
        roots = [r for _, p, w in assumes for r in (p, w) if r is not None] + [p for _, p in shows]
        roots = Nodes.numbered(roots)
        rest = iter(roots)
        self.assumes = [(h, next(rest), next(rest) if w is not None else None) for h, _, w in assumes]
        self.shows = [(c, next(rest)) for c, _ in shows]
        self.order, self.number = walk_order(roots)

    def lines(self):
        yield "statement " + self.name
        for lib, version in self.uses:
            yield "use %s %d" % (lib, version)
        for name, (sort, dims) in self.givens.items():
            yield " ".join(["given", name, sort] + dims)
        for n in self.order:
            args = ["%%%d" % self.number[a] if isinstance(a, Node) else str(a) for a in n.args]
            yield " ".join(["node %d %s" % (self.number[n], n.op)] + args)
        for h, p, w in self.assumes:
            yield "assume %s %%%d" % (h, self.number[p])
            if w is not None:
                yield "weaken %s %%%d" % (h, self.number[w])
        for c, p in self.shows:
            yield "show %s %%%d" % (c, self.number[p])
        yield "end"


class Elaborator:
    def __init__(self, theorem, statement, drops=()):
        self.theorem, self.statement, self.drops = theorem, statement, set(drops)
        self.nodes, self.memo, self.here, self.fresh = Nodes(), {}, statement.at, 0
        self.make = self.nodes.make
        self.calls = self.chain = 0             # calls made, and the longest chain of nested places, in this body

    def run(self):
        try:
            return self.items()
        except TooLarge:
            raise Bad(self.here, "expansion", "a formula has more than 1,000,000 nodes") from None

    def items(self):
        env, defs, uses, givens, assumes, shows = {}, {}, [], {}, [], []
        for item in self.statement.items:
            head, at = item[:2]
            self.here = at
            if head == "use":
                lib = self.theorem.library(self.statement, item[2], item[3])
                for d in lib.defs:
                    expect(d not in defs, item[2].at, "duplicate-name", "definition `%s` is visible already" % d)
                expect(item[2].text not in [u for u, _ in uses], item[2].at, "duplicate-name", "library used twice")
                defs.update(lib.defs)
                uses.append((lib.name, lib.version))
            elif head == "given":
                sort, dims = item[3][0], item[3][2]
                for n in item[2]:
                    expect(n.text not in env, n.at, "duplicate-name", "`%s` is declared already" % n.text)
                    ds = [self.dim(d, (env, defs, None)) for d in dims]
                    givens[n.text] = (sort, ds)
                    env[n.text] = self.given(n.text, sort, ds)
            elif head == "let":
                expect(item[2].text not in env, item[2].at, "duplicate-name", "`%s` is declared already" % item[2].text)
                env[item[2].text] = self.ev(item[3], (env, defs, None))
            elif head in ("assume", "show"):
                space = assumes if head == "assume" else shows
                n = item[2]
                expect(n.text not in [x[0] for x in space], n.at, "duplicate-name", "`%s` is declared already" % n.text)
                ps = [None if t is None else self.formula(t, (env, defs, None)) for t in item[3:]]
                space.append((n.text,) + tuple(ps))
            elif head == "expect":
                self.expectation(item[2], assumes, shows, defs)
        expect(shows, self.statement.at, "no-conclusion", "the statement has no `show`")
        self.defs = defs
        return Core(self.statement.name.text, uses, givens, assumes, shows)

    def expectation(self, looks, assumes, shows, defs):
        hyps, weak = [a[0] for a in assumes], [a[0] for a in assumes if a[2] is not None]
        for rule, names in looks:
            if rule == "drop":
                d = defs.get(names[0].text)
                expect(d, names[0].at, "label", "no definition `%s`" % names[0].text)
                expect(names[1].text in d.labels, names[1].at, "label", "no label `%s` there" % names[1].text)
                continue
            known = {"without": hyps, "weaken": weak, "because": [s[0] for s in shows]}[rule]
            for n in names:
                expect(n.text in known, n.at, "expectation", "`%s` names nothing that fits here" % n.text)

    def given(self, name, sort, ds):
        if sort == "dim":
            return ("term", SCALAR, self.make("size", name), name)
        if sort in ("token", "context"):
            return ("elem", sort, self.make("par", name), None)
        if sort in ("tokens", "contexts"):
            return ("set", name, sort[:-1], name, None)
        if sort == "query":
            return ("query", name)
        if sort == "model":
            return ("model", name, ds[0])
        return ("term", (sort,) + tuple(ds), self.make("par", name), None)

    # the kinds of values

    def ask(self, kind, t, scope, v=None):
        v = v or self.ev(t, scope)
        expect(v[0] == kind, t[1], "type", "expected %s, found %s" % (KIND[kind], KIND[v[0]]))
        return v

    def formula(self, t, scope):
        return self.ask("form", t, scope)[1]

    def both(self, t, u, scope):
        """Operands come before the node that they make: two values, for `ask` and `term` to judge."""
        return self.ev(t, scope), self.ev(u, scope)

    def term(self, t, scope, *kinds, v=None):
        v = self.ask("term", t, scope, v)
        expect(not kinds or v[1][0] in kinds, t[1], "type", "expected a %s, found a %s" % (" or ".join(kinds), v[1][0]))
        return v[1], v[2]

    def space(self, t, scope):
        return self.term(t, scope, "subspace")

    def agree(self, at, a, b):
        expect(a[0] == b[0], at, "type", "a %s and a %s" % (a[0], b[0]))
        expect(a == b, at, "shape", "%s and %s" % (" ".join(a), " ".join(b)))

    def dim(self, t, scope):
        v = ("term", SCALAR, None, str(t[2])) if t[0] == "dint" else self.ev(t, scope)
        expect(v[0] == "term" and v[3] is not None, t[1], "type", "expected a dimension")
        return v[3]

    def lookup(self, at, name, scope):
        expect(name in scope[0], at, "unknown-name", "unknown name `%s`" % name)
        return scope[0][name]

    def query(self, at, name, scope):
        v = self.lookup(at, name, scope)
        expect(v[0] == "query", at, "type", "expected a query, found %s" % KIND[v[0]])
        return v[1]

    # expressions

    def ev(self, t, scope):
        self.here = t[1]
        return getattr(self, "ev_" + t[0])(t, t[1], scope)

    def ev_num(self, t, at, scope):
        num, _, den = t[2].partition("/")
        num, den = int(num), int(den or 1)
        g = gcd(num, den)
        num, den = num // g, den // g
        return ("term", SCALAR, self.make("rat", str(num) if den == 1 else "%d/%d" % (num, den)),
                str(num) if den == 1 else None)

    def ev_name(self, t, at, scope):
        return self.lookup(at, t[2], scope)

    def ev_base(self, t, at, scope):
        return ("elem", "token", self.make("base"), None)

    def ev_set(self, t, at, scope):
        if t[2] in ("X", "Y"):
            v = ("set", t[2], "context" if t[2] == "X" else "token", t[2], None)
        else:
            v = self.lookup(at, t[2], scope)
        q = t[3] and self.lookup(at, t[3], scope)
        expect(v[0] == "set", at, "type", "expected a set, found %s" % KIND[v[0]])
        if t[3] is None:
            return v
        q = self.query(at, t[3], scope)
        expect(v[2] == "context" and v[4] is None, at, "type", "`/` needs a set of contexts without a query")
        return ("set", v[1] + "/" + q, "context", v[3], q)

    def ev_card(self, t, at, scope):
        dim = "#" + self.ev_set(t[2], t[2][1], scope)[1]
        return ("term", SCALAR, self.make("size", dim), dim)

    def ev_dimof(self, t, at, scope):
        dim = self.ask("model", t[2], scope)[2]
        return ("term", SCALAR, self.make("size", dim), dim)

    def ev_member(self, t, at, scope):
        x = self.ev(t[2], scope)
        self.lookup(at, t[3], scope)
        x = self.ask("elem", t[2], scope, x)
        q = self.query(at, t[3], scope)
        expect(x[1] == "context", at, "type", "a token has no query after it")
        over = x[3]
        expect(over and over[1] == q and not over[2], at, "partial", "the context is not bound over a set `S/%s`" % t[3])
        return ("elem", "context", self.make("cat", x[2], q), over[:2] + (True,))

    def ev_embed(self, t, at, scope):
        m, x = self.both(t[3], t[4], scope)
        m = self.ask("model", t[3], scope, m)
        x = self.ask("elem", t[4], scope, x)
        want = "context" if t[2] == "f" else "token"
        expect(x[1] == want, t[4][1], "type", "expected a %s, found a %s" % (want, x[1]))
        return ("term", ("vector", m[2]), self.make(t[2], m[1], x[2]), None)

    def ev_index(self, t, at, scope):
        c, x = self.both(t[2], t[3], scope)
        typ, c = self.term(t[2], scope, "vector", v=c)
        x = self.ask("elem", t[3], scope, x)
        expect(typ[1][0] == "#", at, "type", "the vector is not indexed by a set")
        base, _, q = typ[1][1:].partition("/")
        over = x[3]
        if q:
            ok = over == (base, q, False)
        else:
            ok = over is not None and over[0] == base or (base, x[1]) in (("Y", "token"), ("X", "context"))
        expect(ok, t[3][1], "type", "not an index of a %s" % " ".join(typ))
        return ("term", SCALAR, self.make("idx", c, x[2]), None)

    def ev_dot(self, t, at, scope):
        u, v = self.both(t[2], t[3], scope)
        a, u = self.term(t[2], scope, "vector", v=u)
        b, v = self.term(t[3], scope, "vector", v=v)
        self.agree(at, a, b)
        return ("term", SCALAR, self.make("dot", u, v), None)

    def ev_neg(self, t, at, scope):
        typ, a = self.term(t[2], scope, "scalar", "vector", "matrix")
        return ("term", typ, self.nodes.minus(a), None)

    def ev_chain(self, t, at, scope):
        out = self.ev(t[2], scope)
        for op, at, right in t[3]:
            value = self.ev(right, scope)
            typ, a = self.term(t[2], scope, v=out)
            other, b = self.term(right, scope, v=value)
            out = self.operation(op, at, typ, a, other, b)
        return out

    def operation(self, op, at, typ, a, other, b):
        self.here = at
        if op == "*":
            typ, a = self.times(at, typ, a, other, b)
            return ("term", typ, a, None)
        self.agree(at, typ, other)
        if op == "&":
            expect(typ[0] == "subspace", at, "type", "`&` is for subspaces")
            a = self.sol(at, ("in", a), typ, lambda v: self.nodes.within(v, b))
        elif typ[0] == "subspace":
            expect(op == "+", at, "type", "`-` is not for subspaces")
            a = self.make("join", a, b)
        else:
            a = self.make("add", a, b if op == "+" else self.nodes.minus(b))
        return ("term", typ, a, None)

    def times(self, at, ta, a, tb, b):
        expect("subspace" not in (ta[0], tb[0]), at, "type", "`*` is not for subspaces")
        if ta == SCALAR:
            return tb, self.make("scale", a, b)
        if tb == SCALAR:
            return ta, self.make("scale", b, a)
        expect(ta[0] == "matrix", at, "type", "a %s times a %s" % (ta[0], tb[0]))
        expect(ta[2] == tb[1], at, "shape", "%s times %s" % (" ".join(ta), " ".join(tb)))
        return (tb[0], ta[1]) + tb[2:], self.nodes.mul(a, b)

    def ev_builtin(self, t, at, scope):
        op, args, nodes = t[2], t[3], self.nodes
        if op in ("id", "all"):
            d = self.dim(args[0], scope)
            one = self.make("id", d)
            if op == "id":
                return ("term", ("matrix", d, d), one, None)
            return ("term", ("subspace", d), self.make("span", one), None)
        if op in ("tr", "colspace", "rowspace"):
            typ, a = self.term(args[0], scope, *(("scalar",) if op == "tr" else ()) + ("vector", "matrix"))
            turned = typ if typ == SCALAR else ("matrix", "1", typ[1]) if typ[0] == "vector" else ("matrix", typ[2], typ[1])
            if op == "tr":
                return ("term", turned, self.make("tr", a), None)
            if op == "colspace":
                return ("term", ("subspace", typ[1]), self.make("span", a), None)
            return ("term", ("subspace", turned[1]), self.make("span", self.make("tr", a)), None)
        if op == "image":
            a, s = self.both(args[0], args[1], scope)
            (_, e, d), a = self.term(args[0], scope, "matrix", v=a)
            typ, s = self.term(args[1], scope, "subspace", v=s)
            expect(typ[1] == d, at, "shape", "image of a subspace %s under a matrix %s %s" % (typ[1], e, d))
            return ("term", ("subspace", e), self.make("span", nodes.mul(a, self.make("gens", s))), None)
        (_, e), s = self.space(args[0], scope)
        if op == "dim":
            return ("term", SCALAR, self.make("dim", s), None)
        if op == "proj":
            return ("term", ("matrix", e, e), self.make("proj", s, self.make("id", e)), None)
        turned = self.make("tr", self.make("gens", s))
        return ("term", ("subspace", e),
                self.sol(at, ("vector", e), ("subspace", e), lambda v: self.make("zero", nodes.mul(turned, v))), None)

    # binders

    def placeholder(self):
        self.fresh += 1
        return self.fresh

    def no_alternation(self, at, k, p):
        n = alternation((k, "unk"), p)
        expect(n is None, at, "alternation", "a `%s` inside mentions the unknown that is bound here" % (n and n.op))

    def sol(self, at, dom, typ, body):
        """The node `sol`, of type `typ`, a subspace."""
        k = self.placeholder()
        p = body(self.make("unk", k, typ=("vector", typ[1])))
        self.no_alternation(at, k, p)
        expect(homogeneous(p, frozenset([(k, "unk")]), True), at, "homogeneous", "not homogeneous linear")
        return self.make("sol", k, *dom + (p,))

    def domain(self, t, scope):
        """("lin", type), a set, or a subspace as a term."""
        if t[0] == "lin":
            return ("lin", (t[2],) + tuple(self.dim(d, scope) for d in t[3]))
        v = self.ev(t, scope)
        expect(v[0] == "set" or v[0] == "term" and v[1][0] == "subspace", t[1], "type",
               "expected a set or a subspace")
        return v

    def bound(self, name, value, scope):
        expect(name.text not in scope[0], name.at, "duplicate-name", "`%s` is in scope already" % name.text)
        inner = dict(scope[0])
        inner[name.text] = value
        return (inner,) + scope[1:]

    def element(self, name, dom, scope):
        k = self.placeholder()
        return k, self.bound(name, ("elem", dom[2], self.make("var", k, typ=dom[2]), (dom[3], dom[4], False)), scope)

    def finite(self, op, binds, scope, body):
        """Nested sum or cols: binds of sets, innermost `body(scope)`; it gives (type, node)."""
        flat = [(n, t) for names, t in binds for n in names]

        def nest(i, scope):
            if i == len(flat):
                return body(scope)
            name, t = flat[i]
            self.bound(name, None, scope)
            dom = self.domain(t, scope)
            expect(dom[0] == "set", t[1], "type", "expected a finite set")
            k, inner = self.element(name, dom, scope)
            typ, a = nest(i + 1, inner)
            return typ, self.make(op, k, dom[1], a)
        return nest(0, scope)

    def ev_sum(self, t, at, scope):
        typ, a = self.finite("sum", t[2], scope, lambda s: self.term(t[3], s, "scalar", "vector", "matrix"))
        return ("term", typ, a, None)

    def ev_span(self, t, at, scope):
        typ, a = self.finite("cols", t[2], scope, lambda s: self.term(t[3], s, "vector"))
        return ("term", ("subspace", typ[1]), self.make("span", a), None)

    def ev_builder(self, t, at, scope):
        (names, dt), = t[2]
        expect(len(names) == 1 and (dt[0] != "lin" or dt[2] == "vector"), at, "homogeneous",
               "a set-builder binds one variable, in a vector(e) or a subspace")
        dom = self.domain(dt, scope)
        expect(dom[0] != "set", dt[1], "type", "expected vector(e) or a subspace, found a finite set")
        typ = ("subspace", dom[1][1])
        key = dom[1] if dom[0] == "lin" else ("in", dom[2])
        node = self.sol(at, key, typ, lambda v: self.formula(
            t[3], self.bound(names[0], ("term", ("vector", dom[1][1]), v, None), scope)))
        return ("term", typ, node, None)

    def ev_quant(self, t, at, scope):
        flat = [(n, d) for names, d in t[3] for n in names]
        every = t[2] == "forall"

        def nest(i, scope):
            if i == len(flat):
                return self.formula(t[4], scope)
            name, dt = flat[i]
            self.bound(name, None, scope)
            dom = self.domain(dt, scope)
            if dom[0] == "set":
                k, inner = self.element(name, dom, scope)
                return self.make("all" if every else "any", k, dom[1], nest(i + 1, inner))
            k = self.placeholder()
            if dom[0] == "term":
                typ = ("vector", dom[1][1])
                v = self.make("vec" if every else "unk", k, typ=typ)
                p = nest(i + 1, self.bound(name, ("term", typ, v, None), scope))
                if every:
                    expect(homogeneous(p, frozenset([(k, "vec")]), False), at, "homogeneous",
                           "not homogeneous linear in `%s`" % name.text)
                    return self.make("allin", k, dom[2], p)
                self.no_alternation(at, k, p)
                return self.make("ex", k, "in", dom[2], p)
            p = nest(i + 1, self.bound(name, ("term", dom[1], self.make("unk", k, typ=dom[1]), None), scope))
            if every:
                p = self.nodes.not_(p)
            self.no_alternation(at, k, p)
            p = self.make("ex", k, *dom[1] + (p,))
            return self.nodes.not_(p) if every else p
        return ("form", nest(0, scope))

    # formulas

    def ev_not(self, t, at, scope):
        return ("form", self.nodes.not_(self.formula(t[2], scope)))

    def ev_and(self, t, at, scope):
        ps = [self.formula(p, scope) for label, p in t[2] if not label or (scope[2], label.text) not in self.drops]
        out = ps[0] if ps else self.make("true")
        for p in ps[1:]:
            out = self.make("and", out, p)
        return ("form", out)

    def ev_or(self, t, at, scope):
        out = None
        for p in t[2]:
            p = self.formula(p, scope)
            out = p if out is None else self.make("or", out, p)
        return ("form", out)

    def ev_imp(self, t, at, scope):
        p, q = self.formula(t[2], scope), self.formula(t[3], scope)
        return ("form", self.make("or", self.nodes.not_(p), q))

    def ev_iff(self, t, at, scope):
        p, q = self.formula(t[2], scope), self.formula(t[3], scope)
        return ("form", self.make("and", self.make("or", self.nodes.not_(p), q), self.make("or", self.nodes.not_(q), p)))

    def ev_rel(self, t, at, scope):
        op, nodes = t[2], self.nodes
        a, b = self.ev(t[3], scope), self.ev(t[4], scope)
        self.here = at
        if op in ("=", "!="):
            p = self.equal(at, a, b, t[3], t[4])
            return ("form", nodes.not_(p) if op == "!=" else p)
        for v, part in ((a, t[3]), (b, t[4])):
            expect(v[0] == "term", part[1], "type", "expected a term, found %s" % KIND[v[0]])
        (ta, a), (tb, b) = a[1:3], b[1:3]
        if op == "in":
            expect(ta[0] in ("vector", "matrix") and tb[0] == "subspace", at, "type", "a %s in a %s" % (ta[0], tb[0]))
            expect(ta[1] == tb[1], at, "shape", "%s in %s" % (" ".join(ta), " ".join(tb)))
            return ("form", nodes.within(a, b))
        self.agree(at, ta, tb)
        expect(ta == SCALAR or ta[0] == "subspace" and op == "<=", at, "type", "no order of %ss" % ta[0])
        if ta == SCALAR:
            return ("form", self.make("le" if op == "<=" else "lt", a, b))
        return ("form", nodes.within(self.make("gens", a), b))

    def equal(self, at, a, b, left, right):
        nodes = self.nodes
        if a[0] == b[0] == "elem":
            expect(a[1] == b[1], at, "type", "a %s and a %s" % (a[1], b[1]))
            return self.make("same", a[2], b[2])
        for v, part in ((a, left), (b, right)):
            expect(v[0] == "term", part[1], "type", "no equality with %s here" % KIND[v[0]])
        (ta, a), (tb, b) = a[1:3], b[1:3]
        for side, other, typ in ((right, a, ta), (left, b, tb)):
            if side[0] == "num" and side[2] == "0":
                return self.make("zero", self.make("gens", other) if typ[0] == "subspace" else other)
        self.agree(at, ta, tb)
        if ta[0] != "subspace":
            return self.make("eq", a, b)
        return self.make("and", nodes.within(self.make("gens", a), b), nodes.within(self.make("gens", b), a))

    def ev_call(self, t, at, scope):
        d = scope[1].get(t[2])
        expect(d is not None, at, "unknown-name", "no definition `%s`" % t[2])
        expect(len(t[3]) == len(d.params), at, "arity", "%s takes %d arguments" % (t[2], len(d.params)))
        args = tuple(self.ev(a, scope) for a in t[3])
        self.here = at
        if (d, args) not in self.memo:
            calls, chain, self.calls, self.chain = self.calls, self.chain, 0, 0
            try:
                out = self.ev(d.body, (dict(zip(d.params, args)), d.above, d.name))
            except Bad as e:
                e.notes.append(at)
                raise
            self.memo[d, args] = out, self.calls + 1, self.chain
            self.calls, self.chain = calls, chain
        out, calls, chain = self.memo[d, args]
        self.calls, self.chain = self.calls + calls, max(self.chain, chain + t[4] + 1)
        if self.calls > LIMIT or self.chain > 1000:
            raise TooLarge
        return out


class Theorem:
    """A file with its libraries; every statement is elaborated once, so that an error anywhere is found."""
    def __init__(self, path, libdirs):
        self.path, self.libdirs, self.loaded = path, libdirs, {}
        self.parts, errors = parse_file(path)
        seen, cores = set(), {}
        for part in self.parts:
            try:
                key = (type(part), text_of(part.name))
                expect(key not in seen, part.at, "duplicate-name", "a second `%s`" % key[1])
                seen.add(key)
                if isinstance(part, Statement):
                    cores[part] = Elaborator(self, part).run()
            except Bad as e:
                errors.append(e)
        self.cores = cores
        if errors:
            errors = {(e.at, e.slug): e for e in errors}
            raise Unreadable(*[line for e in errors.values() for line in e.lines()])

    def library(self, statement, name, version):
        found = None
        for part in self.parts:
            if part is statement:
                break
            if isinstance(part, Library) and part.name == name.text:
                found = part
        places = [os.path.join(os.path.dirname(self.path), "lib")] + self.libdirs
        for place in places:
            path = os.path.join(place, name.text + ".aon")
            if found is None and os.path.exists(path):
                if path not in self.loaded:
                    self.loaded[path] = parse_file(path)
                parts, errors = self.loaded[path]
                if errors:
                    raise errors[0]
                found = next((p for p in parts if isinstance(p, Library) and p.name == name.text), None)
        expect(found, name.at, "library", "no library `%s`" % name.text)
        expect(found.version == version, name.at, "version", "library `%s` has version %d" % (name.text, found.version))
        return found

    def core_lines(self):
        yield "core 1"
        for part in self.parts:
            if isinstance(part, Library):
                yield "library %s %d" % (part.name, part.version)
            else:
                yield from self.cores[part].lines()


def text_of(name):
    return name if isinstance(name, str) else name.text


def parse_file(path):
    try:
        with open(path, "rb") as f:
            data = f.read()
    except OSError as e:
        raise Unreadable("%s: %s" % (path, e.strerror)) from None
    try:
        parts, errors = Parser(tokens(path, data)).file()
    except Bad as e:
        return [], [e]
    if errors:
        return [], errors
    return parts, [e for part in parts if isinstance(part, Library) for e in part.settle()]


# ---------------------------------------------------------------------------------------------------------
# 5. The instance: canonical text only.

WORD = re.compile(r"[^\0-\x20\x7f#][^\0-\x20\x7f]*")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*'*")
COUNT = re.compile(r"0|[1-9][0-9]*")
CANONICAL = re.compile(r"(0|-?[1-9][0-9]*)(?:/([1-9][0-9]*))?")


def good(condition, found, required="a canonical instance that fits the statement"):
    require(condition, "instance", found, required)


class Instance:
    """Reads lines up to `end` from `take`, which gives the next line as text."""
    def __init__(self, take):
        self.take, self.values, self.ended, self.again = take, {}, False, None
        good(self.line() == ["aoni", "1"], "another first line", "aoni 1")
        head = self.line()
        self.tokens = head[1:]
        good(head[0] == "tokens" and self.tokens, head[0], "tokens W..")
        self.distinct(self.tokens)
        good("=" not in self.tokens, "a token `=`", "another word")
        self.token_at = {w: i for i, w in enumerate(self.tokens)}
        head = self.line()
        good(head[0] == "base" and len(head) == 2 and head[1] in self.token_at, " ".join(head[:2]), "base TOKEN")
        self.base = self.token_at[head[1]]
        names, self.contexts = [], []
        head = self.line()
        while head[0] == "context" and len(head) > 1 and head[2:3] != ["="]:
            names.append(head[1])
            self.contexts.append(self.sequence(head[2:]))
            head = self.line()
        self.distinct(names)
        self.names, self.context_at = names, {w: i for i, w in enumerate(names)}
        self.position = {seq: i for i, seq in enumerate(self.contexts)}
        good(len(self.position) == len(names), "two contexts with one sequence", "different sequences")
        while head != ["end"]:
            good(len(head) > 1 and hasattr(self, "block_" + head[0]), "line `%s`" % head[0][:40], "a block or `end`")
            good(NAME.fullmatch(head[1]), "name `%s`" % head[1][:40], "a name")
            good(head[1] not in self.values, "a second value `%s`" % head[1], "different names")
            self.values[head[1]] = (head[0],) + getattr(self, "block_" + head[0])(*self.parts(head))
            head = self.line()

    def parts(self, head):
        return (head[2:],)

    def line(self):
        fields = self.take().split(" ")
        good(all(WORD.fullmatch(f) for f in fields[1:]) and fields[0], "white space or a control character",
             "single spaces")
        return fields

    def distinct(self, words):
        good(len(set(words)) == len(words) <= LIMIT, "a word twice, or too many", "different words")

    def sequence(self, words):
        good(all(w in self.token_at for w in words), "an unknown token", "tokens")
        return tuple(self.token_at[w] for w in words)

    def count(self, s):
        good(COUNT.fullmatch(s) and len(s) < 8 and int(s) <= LIMIT, s[:40], "a natural number up to 1,000,000")
        return int(s)

    def number(self, s):
        m = CANONICAL.fullmatch(s)
        good(m and len(s) <= 200002, s[:40], "a number")
        num, den = int(m.group(1)), int(m.group(2) or 1)
        good(m.group(2) is None or den > 1 and gcd(num, den) == 1, s[:40], "lowest terms")
        return num, den

    def row(self, start, n):
        line = self.line()
        good(line[:len(start)] == start and len(line) == len(start) + n, " ".join(line[:3])[:40],
             "%s and %d numbers" % (" ".join(start), n))
        return [self.number(s) for s in line[len(start):]]

    def rows(self, starts, n):
        return Mat.of([self.row(s, n) for s in starts], n)

    def one(self, args, n=1):
        good(len(args) == n, "%d fields" % len(args), "%d" % n)
        return args[0] if n == 1 else args

    def block_dim(self, args):
        return (self.count(self.one(args)),)

    def block_model(self, args):
        e = self.count(self.one(args))
        return (self.rows([["f", c] for c in self.names], e), self.rows([["g", w] for w in self.tokens], e))

    def block_scalar(self, args):
        return (Mat.of([[self.number(self.one(args))]], 1),)

    def block_vector(self, args):
        return (self.rows([["row"]], self.count(self.one(args))).tr(),)

    def block_matrix(self, args):
        r, c = [self.count(a) for a in self.one(args, 2)]
        return (self.rows([["row"]] * r, c),)

    def block_subspace(self, args):
        e, rows = self.count(self.one(args)), []
        take = self.take
        line = take()
        while line.split(" ")[0] == "gen":
            self.take = lambda: line
            rows.append(self.row(["gen"], e))
            line = take()

        def once():
            self.take = take
            return line
        self.take = once
        return (Mat.of(rows, e).tr(),)

    def block_query(self, args):
        return (self.sequence(args),)

    def block_token(self, args):
        good(self.one(args) in self.token_at, args[0][:40], "a token")
        return (self.token_at[args[0]],)

    def block_context(self, args):
        good(args[:1] == ["="] and len(args) == 2 and args[1] in self.context_at, " ".join(args)[:40], "= CONTEXT")
        return (self.context_at[args[1]],)

    def subset(self, args, at):
        good(all(a in at for a in args), "an unknown word", "elements")
        out = [at[a] for a in args]
        good(all(a < b for a, b in zip(out, out[1:])), "another order", "the order of the whole set")
        return (out,)

    def block_tokenset(self, args):
        return self.subset(args, self.token_at)

    def block_contextset(self, args):
        return self.subset(args, self.context_at)


class Model:
    """A statement's givens with their values: the instance, fitted."""
    KINDS = {"tokens": "tokenset", "contexts": "contextset"}

    def __init__(self, core, inst):
        self.inst, self.sorts, self.values, self.dims, self.sets = inst, core.givens, {}, {}, {}
        for name, (sort, ds) in core.givens.items():
            v = inst.values.get(name)
            kind = self.KINDS.get(sort, sort)
            good(sort == "dim" and v is None or v is not None and v[0] == kind,
                 "`%s` is %s" % (name, v[0] if v else "missing"), kind)
            self.values[name] = v[1:] if v else None
        for name, (sort, ds) in core.givens.items():
            if sort == "dim" and self.values[name]:
                self.dims[name] = self.values[name][0]
        for name, (sort, ds) in core.givens.items():
            for d, e in zip(ds, self.extents(name, sort)):
                if core.givens.get(d, ("",))[0] == "dim":
                    self.dims.setdefault(d, e)
        for name, (sort, ds) in core.givens.items():
            good(sort != "dim" or name in self.dims, "no value for `%s`" % name, "a dim line, or a given that has it")
            for d, e in zip(ds, self.extents(name, sort)):
                good(self.num(d) == e, "`%s`: %s is %d" % (name, d, e), "%d" % self.num(d))

    def extents(self, name, sort):
        v = self.values[name]
        if sort == "model":
            return [v[0].cols]
        return [v[0].rows, v[0].cols] if sort in ("vector", "matrix", "subspace") else []

    def num(self, d):
        """A DIM of the core as a number."""
        if d[0] == "#":
            return len(self.elements(d[1:]))
        return int(d) if d[0].isdigit() else self.dims[d]

    def elements(self, s):
        if s not in self.sets:
            base, _, q = s.partition("/")
            if base in ("X", "Y"):
                out = list(range(len(self.inst.contexts if base == "X" else self.inst.tokens)))
            else:
                out = self.values[base][0]
            if q:
                inside = set(out)
                out = [x for x in out if self.after(x, q) in inside]
            self.sets[s] = out
        return self.sets[s]

    def after(self, x, q):
        """The position of context x followed by query q, or None."""
        return self.inst.position.get(self.inst.contexts[x] + self.values[q][0])


# ---------------------------------------------------------------------------------------------------------
# 6. Matrices: integers over one denominator.  Forms: the same with linear polynomials as entries.

class Mat:
    __slots__ = ("rows", "cols", "den", "a")

    def __init__(self, rows, cols, den, a):
        if den != 1:                                    # lowest terms: only to keep numbers small
            g = den
            for row in a:
                g = gcd(g, *row) if g != 1 else 1
            if g != 1:
                den, a = den // g, [[x // g for x in row] for row in a]
        self.rows, self.cols, self.den, self.a = rows, cols, den, a

    @staticmethod
    def of(rows, cols):
        """From rows of pairs (numerator, denominator)."""
        den = 1
        for row in rows:
            for _, d in row:
                den = den // gcd(den, d) * d
        return Mat(len(rows), cols, den, [[n * (den // d) for n, d in row] for row in rows])

    @staticmethod
    def number(num, den=1):
        return Mat(1, 1, den, [[num]])

    @staticmethod
    def zero(rows, cols):
        if rows * cols > 1 << 26:
            raise MemoryError
        return Mat(rows, cols, 1, [[0] * cols for _ in range(rows)])

    @staticmethod
    def one(n):
        if n * n > 1 << 26:
            raise MemoryError
        return Mat(n, n, 1, [[int(i == j) for j in range(n)] for i in range(n)])

    def tr(self):
        return Mat(self.cols, self.rows, self.den, [[row[j] for row in self.a] for j in range(self.cols)])

    def mul(self, b):
        cols = b.tr().a
        return Mat(self.rows, b.cols, self.den * b.den, [[sum(map(int.__mul__, row, col)) for col in cols] for row in self.a])

    def add(self, b, sign=1):
        return Mat(self.rows, self.cols, self.den * b.den,
                   [[x * b.den + sign * y * self.den for x, y in zip(p, q)] for p, q in zip(self.a, b.a)])

    def sub(self, b):
        return self.add(b, -1)

    def scale(self, num, den):
        return Mat(self.rows, self.cols, self.den * den, [[x * num for x in row] for row in self.a])

    def columns(self, js):
        return Mat(self.rows, len(js), self.den, [[row[j] for j in js] for row in self.a])

    def beside(self, b):
        return Mat(self.rows, self.cols + b.cols, self.den * b.den,
                   [[x * b.den for x in p] + [y * self.den for y in q] for p, q in zip(self.a, b.a)])

    def is_zero(self):
        return not any(x for row in self.a for x in row)

    def equals(self, b):
        return self.rows == b.rows and self.cols == b.cols and self.sub(b).is_zero()

    def shape(self):
        return (self.rows, self.cols)


CONSTANT = -1


class Form:
    """A matrix of affine forms: a[i][j] maps coordinates (and CONSTANT) to integers, all over `den`."""
    __slots__ = ("rows", "cols", "den", "a")

    def __init__(self, rows, cols, den, a):
        self.rows, self.cols, self.den, self.a = rows, cols, den, a

    @staticmethod
    def constant(m):
        return Form(m.rows, m.cols, m.den, [[{CONSTANT: x} if x else {} for x in row] for row in m.a])

    @staticmethod
    def coordinates(rows, cols, first):
        return Form(rows, cols, 1, [[{first + i * cols + j: 1} for j in range(cols)] for i in range(rows)])

    @staticmethod
    def combine(terms):
        """The sum of integer multiples of entries, zeros dropped."""
        out = {}
        for factor, entry in terms:
            if factor:
                for k, x in entry.items():
                    out[k] = out.get(k, 0) + factor * x
        return {k: x for k, x in out.items() if x}

    def tr(self):
        return Form(self.cols, self.rows, self.den, [[row[j] for row in self.a] for j in range(self.cols)])

    def add(self, b, sign=1):
        return Form(self.rows, self.cols, self.den * b.den,
                    [[self.combine([(b.den, x), (sign * self.den, y)]) for x, y in zip(p, q)] for p, q in zip(self.a, b.a)])

    def sub(self, b):
        return self.add(b, -1)

    def scale(self, num, den):
        return Form(self.rows, self.cols, self.den * den, [[self.combine([(num, x)]) for x in row] for row in self.a])

    def times(self, m):
        """A 1 x 1 form times a matrix."""
        return Form(m.rows, m.cols, self.den * m.den, [[self.combine([(x, self.a[0][0])]) for x in row] for row in m.a])

    def after(self, m):
        """m times the form."""
        cols = self.tr().a
        return Form(m.rows, self.cols, self.den * m.den, [[self.combine(zip(row, col)) for col in cols] for row in m.a])

    def before(self, m):
        """The form times m."""
        return self.tr().after(m.tr()).tr()

    def beside(self, b):
        c = self.add(Form(self.rows, self.cols, b.den, [[{}] * self.cols] * self.rows))
        d = b.add(Form(b.rows, b.cols, self.den, [[{}] * b.cols] * b.rows))
        return Form(self.rows, self.cols + b.cols, c.den, [p + q for p, q in zip(c.a, d.a)])

    def entries(self):
        """Pairs (denominator, polynomial), row by row."""
        return [(self.den, x) for row in self.a for x in row]


# ---------------------------------------------------------------------------------------------------------
# 7. Checking.

INT = re.compile(r"0|-?[1-9][0-9]*")
RAT = re.compile(r"(0|-?[1-9][0-9]*)(?:/([1-9][0-9]*))?")
DIGITS = 1000000
FACTS = set("proj basis kernel in out pick value refute branch entail contradiction forced false".split())
STARTS = FACTS | {"assume", "show", "end"}


class Reader:
    """The lines of the witness.  `no` is the number of the line read last."""
    def __init__(self, data):
        self.data, self.at, self.no = data, 0, 0

    def text(self):
        self.no += 1
        require(self.at < len(self.data), "truncated", "the end of the file", "a line")
        i = self.data.find(b"\n", self.at)
        require(i >= 0, "truncated", "a line without an end", "LF")
        raw, self.at = self.data[self.at:i], i + 1
        require(len(raw) <= 1 << 26, "syntax", "%d bytes" % len(raw), "at most 64 MiB in a line")
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError:
            line = ""
        require(line and "\0" not in line and "\r" not in line, "syntax", "an empty or broken line", "fields")
        return line

    def line(self):
        fields = self.text().split(" ")
        require("" not in fields, "syntax", "empty field", "single spaces")
        return fields

    def peek(self):
        """The first field of the next line, without reading it."""
        i = self.data.find(b"\n", self.at)
        return self.data[self.at:i if i >= 0 else len(self.data)].split(b" ")[0].decode("utf-8", "replace")

    def inner(self, first):
        """The fields after the word that must start this line."""
        fields = self.line()
        require(fields[0] == first, "syntax", "`%s`" % fields[0][:40], "`%s`" % first)
        return fields[1:]

    def fact(self, first, key):
        fields = self.line()
        require(fields[0] in STARTS, "syntax", "`%s`" % fields[0][:40], "a fact")
        require([first] + key == fields, "fact-order", " ".join(fields)[:80], " ".join([first] + key)[:80])

    def integer(self, s):
        require(INT.fullmatch(s) and len(s) <= DIGITS, "syntax", s[:40], "an integer")
        return int(s)

    def count(self, s):
        n = self.integer(s)
        require(n >= 0, "syntax", s[:40], "a natural number")
        return n

    def integers(self, first):
        return [self.integer(s) for s in self.inner(first)]

    def matrix(self, first):
        fields = self.inner(first)
        require(len(fields) >= 3, "syntax", "%d fields" % len(fields), "ROWS COLS DEN entries")
        rows, cols, den = [self.count(s) for s in fields[:3]]
        require(den > 0, "syntax", "denominator 0", "a positive one")
        require(len(fields) == 3 + rows * cols, "syntax", "%d entries" % (len(fields) - 3), str(rows * cols))
        a = [self.integer(s) for s in fields[3:]]
        return Mat(rows, cols, den, [a[i * cols:(i + 1) * cols] for i in range(rows)])

    def minor(self, first):
        """(R, S, N, rows, cols, X): read only."""
        f = self.inner(first)
        require(len(f) >= 6, "syntax", "%d fields" % len(f), "R S N rows .. cols .. x ..")
        r = self.count(f[0])
        require(len(f) == 6 + 2 * r + r * r and f[3] == "rows" and f[4 + r] == "cols" and f[5 + 2 * r] == "x",
                "syntax", "another form", "R S N rows .. cols .. x ..")
        ints = [self.integer(s) for s in f[:3] + f[4:4 + r] + f[5 + r:5 + 2 * r] + f[6 + 2 * r:]]
        x = ints[3 + 2 * r:]
        return r, ints[1], ints[2], ints[3:3 + r], ints[3 + r:3 + 2 * r], [x[i * r:(i + 1) * r] for i in range(r)]

    def comb(self, fields):
        """Quadruples (literal, equation, numerator, denominator)."""
        out = []
        for s in fields:
            index, _, q = s.partition("=")
            l, _, r = index.partition(":")
            m = RAT.fullmatch(q)
            require(m and len(q) <= 2 * DIGITS, "syntax", s[:40], "L:R=RAT")
            out.append((self.count(l), self.count(r), int(m.group(1)), int(m.group(2) or 1)))
        require(all(c[2] != 0 for c in out) and all(c[:2] < d[:2] for c, d in zip(out, out[1:])),
                "comb-order", "another order, or a zero", "increasing, not zero")
        return out


class Unknown:
    """An instance of a linear unknown: with a value, or with coordinates (basis times a column, or entries)."""
    __slots__ = ("dims", "value", "form")

    def __init__(self, dims, value, form):
        self.dims, self.value, self.form = dims, value, form


class Branch:
    """Literals with what holds only under them."""
    def __init__(self, literals, next_coordinate):
        self.literals, self.first = literals, next_coordinate
        self.overrides, self.memo, self.closed, self.equations = {}, {}, {}, []


class Literal:
    """The forms of one literal, the equations that they bring, and fresh coordinates from `first` on."""
    def __init__(self, first):
        self.first, self.forms, self.extra = first, {}, []

    def coordinates(self, rows, cols):
        out = Form.coordinates(rows, cols, self.first)
        self.first += rows * cols
        return out


class Checker:
    def __init__(self, core, inst, reader):
        self.core, self.inst, self.r = core, inst, reader
        self.model = Model(core, inst)
        self.memo, self.bases, self.branch = {}, [], None

    # environments and keys

    def bindings(self, n, env):
        require(all(k in env for k in n.keys), "closed", "a variable without a binder", "a bound one")
        return tuple(env[k] for k in n.keys)

    def key(self, n, env):
        return ["%%%d" % self.core.number[n]] + [str(env[k][2] if isinstance(env[k], tuple) else env[k]) for k in n.facts]

    def is_open(self, n, env):
        return any(env[k].value is None for k in n.unks)

    def store(self, n, env):
        """Where values and proofs of n are remembered: for the file, or for the branch."""
        if not self.is_open(n, env):
            return self.memo
        require(self.branch is not None, "closed", "an unknown without a value", "a value")
        return self.branch.memo

    def elements(self, n):
        return self.model.elements(n.args[1])

    def element(self, n, env):
        if n.op == "var":
            return env[n.args[0]]
        if n.op == "base":
            return self.inst.base
        if n.op == "par":
            return self.model.values[n.args[0]][0]
        x = self.model.after(self.element(n.args[0], env), n.args[1])
        require(x is not None, "closed", "a context that is not in X", "one that is")
        return x

    # shapes: pairs of DIMs, the columns of `cols` and `gens` as decimal numbers

    def dims(self, n, env):
        op, args = n.op, n.args
        if op in ("f", "g"):
            return (self.model.sorts[args[0]][1][0], "1")
        if op == "par":
            return (tuple(self.model.sorts[args[0]][1]) + ("1", "1"))[:2] if self.model.sorts[args[0]][0] != "scalar" else ("1", "1")
        if op == "add":
            return self.dims(args[0], env)
        if op in ("scale", "proj"):
            return self.dims(args[1], env)
        if op == "sum":
            return self.dims(args[2], env)
        if op == "mul":
            return (self.dims(args[0], env)[0], self.dims(args[1], env)[1])
        if op == "tr":
            return self.dims(args[0], env)[::-1]
        if op == "id":
            return (args[0], args[0])
        if op == "cols":
            d = self.dims(args[2], env)
            return (d[0], str(len(self.elements(n)) * self.model.num(d[1])))
        if op in ("unk", "vec"):
            return (n.typ[1:] + ("1", "1"))[:2]
        if op == "gens":
            return (self.ambient(args[0], env), str(self.basis(args[0], env).cols))
        return ("1", "1")

    def ambient(self, s, env):
        if s.op == "span":
            return self.dims(s.args[0], env)[0]
        if s.op == "par":
            return self.model.sorts[s.args[0]][1][0]
        if s.op == "sol" and s.args[1] != "in":
            return s.args[2]
        return self.ambient(s.args[2] if s.op == "sol" else s.args[0], env)

    def shape(self, n, env):
        return tuple(self.model.num(d) for d in self.dims(n, env))

    # values

    def value(self, n, env):
        at = (n, self.bindings(n, env))
        if self.branch is not None and at in self.branch.overrides:
            return self.branch.overrides[at]
        store = self.store(n, env)
        if at not in store:
            store[at] = getattr(self, "value_" + n.op)(n, n.args, env)
        return store[at]

    def value_rat(self, n, args, env):
        num, _, den = args[0].partition("/")
        return Mat.number(int(num), int(den or 1))

    def value_size(self, n, args, env):
        return Mat.number(self.model.num(args[0]))

    def value_id(self, n, args, env):
        return Mat.one(self.model.num(args[0]))

    def value_par(self, n, args, env):
        return self.model.values[args[0]][0]

    def embedding(self, n, args, env):
        m = self.model.values[args[0]][0 if n.op == "f" else 1]
        i = self.element(args[1], env)
        require(i < m.rows, "closed", "no such element", "one of the set")
        return Mat(1, m.cols, m.den, [m.a[i]]).tr()
    value_f = value_g = embedding

    def value_add(self, n, args, env):
        a = self.value(args[0], env)
        return a.add(self.value(args[1], env))

    def value_scale(self, n, args, env):
        s = self.value(args[0], env)
        return self.value(args[1], env).scale(s.a[0][0], s.den)

    def value_mul(self, n, args, env):
        a = self.value(args[0], env)
        return a.mul(self.value(args[1], env))

    def value_dot(self, n, args, env):
        u = self.value(args[0], env)
        return u.tr().mul(self.value(args[1], env))

    def value_tr(self, n, args, env):
        return self.value(args[0], env).tr()

    def entry(self, n, env):
        """The row that `idx` means."""
        s = self.dims(n.args[0], env)[0]
        x = self.element(n.args[1], env)
        require(s[0] == "#" and x in self.model.elements(s[1:]), "closed", "no such index", "an element of the set")
        return self.model.elements(s[1:]).index(x)

    def value_idx(self, n, args, env):
        c = self.value(args[0], env)
        return Mat(1, 1, c.den, [c.a[self.entry(n, env)]])

    def value_sum(self, n, args, env):
        out = None
        for e in self.elements(n):
            v = self.value(args[2], {**env, args[0]: e})
            out = v if out is None else out.add(v)
        return Mat.zero(*self.shape(n, env)) if out is None else out

    def value_cols(self, n, args, env):
        out = None
        for e in self.elements(n):
            v = self.value(args[2], {**env, args[0]: e})
            out = v if out is None else out.beside(v)
        return Mat.zero(*self.shape(n, env)) if out is None else out

    def value_unk(self, n, args, env):
        v = env[args[0]].value
        require(v is not None, "closed", "an unknown without a value", "a value")
        return v

    def value_vec(self, n, args, env):
        _, serial, j = env[args[0]]
        return self.bases[serial][0].columns([j])

    def value_gens(self, n, args, env):
        return self.basis(args[0], env)

    def value_dim(self, n, args, env):
        return Mat.number(self.basis(args[0], env).cols)

    def value_proj(self, n, args, env):
        b = self.basis(args[0], env)
        t = self.value(args[1], env)
        self.r.fact("proj", self.key(n, env))
        z = self.r.matrix("z")
        require(z.shape() == (b.cols, t.cols), "proj-shape", "%d x %d" % z.shape(), "%d x %d" % (b.cols, t.cols))
        bz = b.mul(z)
        require(b.tr().mul(t.sub(bz)).is_zero(), "proj-normal", "B^T (T - B Z) is not 0", "0")
        return bz

    # bases

    def basis(self, s, env):
        return self.bases[self.basis_serial(s, env)][0]

    def basis_serial(self, s, env):
        store = self.store(s, env)
        at = ("basis", s, self.bindings(s, env))
        if at not in store:
            a = self.generators(s, env)
            self.r.fact("basis", self.key(s, env))
            b = self.read_basis(a)
            self.bases.append((b, self.ambient(s, env)))
            store[at] = len(self.bases) - 1
        return store[at]

    def generators(self, s, env):
        if s.op == "span":
            return self.value(s.args[0], env)
        if s.op == "par":
            return self.model.values[s.args[0]][0]
        if s.op == "join":
            a = self.basis(s.args[0], env)
            return a.beside(self.basis(s.args[1], env))
        return self.kernel(s, env)

    def read_basis(self, a):
        js = self.r.integers("cols")
        require(all(i < j for i, j in zip([-1] + js, js + [a.cols])), "basis-cols", str(js)[:80],
                "increasing column numbers below %d" % a.cols)
        b, r = a.columns(js), self.r.matrix("r")
        require(r.shape() == (b.cols, a.cols), "basis-shape", "%d x %d" % r.shape(), "%d x %d" % (b.cols, a.cols))
        require(a.equals(b.mul(r)), "basis-span", "A is not A[:,j] R", "A = A[:,j] R")
        minor = self.r.minor("minor")
        require(minor[0] == b.cols and minor[4] == list(range(b.cols)), "basis-minor-size", "size %d" % minor[0],
                "all %d columns" % b.cols)
        self.check_minor(minor, b)
        return b

    def check_minor(self, minor, a):
        size, s, n, rows, cols, x = minor
        for index, bound in ((rows, a.rows), (cols, a.cols)):
            require(all(i < j for i, j in zip([-1] + index, index + [bound])), "minor-index", str(index)[:80],
                    "increasing, below %d" % bound)
        picked = [[s * a.a[i][j] for j in cols] for i in rows]
        require(s >= 1 and all(e % a.den == 0 for row in picked for e in row), "minor-scale", str(s)[:40],
                "S >= 1 that makes the entries integers")
        require(n >= 2, "minor-modulus", str(n)[:40], "at least 2")
        columns = [[e // a.den for e in col] for col in zip(*picked)]
        ok = all((sum(map(int.__mul__, row, col)) - (i == j)) % n == 0
                 for i, row in enumerate(x) for j, col in enumerate(columns))
        require(ok, "minor-inverse", "X (S A) is not 1 modulo N", "1 modulo N")

    # proofs

    def prove(self, p, env, v):
        store = self.store(p, env)
        at = ("prove", v, p, self.bindings(p, env))
        if at not in store:
            getattr(self, "prove_" + p.op)(p, p.args, env, v)
            store[at] = True

    def pick(self, p, env, among):
        self.r.fact("pick", self.key(p, env))
        i = self.r.integers("i")
        require(len(i) == 1, "syntax", "%d numbers" % len(i), "one")
        require(i[0] in among, "pick-range", str(i[0])[:40], "one of %d" % len(among))
        return i[0]

    def prove_true(self, p, args, env, v):
        require(v, "false", "`true`", "something false")

    def prove_not(self, p, args, env, v):
        self.prove(args[0], env, not v)

    def compare(self, p, args, env, v):
        if p.op == "same":
            holds = self.element(args[0], env) == self.element(args[1], env)
        else:
            a = self.value(args[0], env)
            if p.op != "zero":
                a = a.sub(self.value(args[1], env))
            holds = a.is_zero() if p.op in ("zero", "eq") else a.a[0][0] <= 0 if p.op == "le" else a.a[0][0] < 0
        require(holds == v, "compare", "%s is %s" % (p.op, str(holds).lower()), str(v).lower())
    prove_eq = prove_zero = prove_le = prove_lt = prove_same = compare

    def prove_within(self, p, args, env, v):
        t = self.value(args[0], env)
        b = self.basis(args[1], env)
        self.r.fact("in" if v else "out", self.key(p, env))
        if v:
            x = self.r.matrix("x")
            require(x.shape() == (b.cols, t.cols), "in-shape", "%d x %d" % x.shape(), "%d x %d" % (b.cols, t.cols))
            require(t.equals(b.mul(x)), "in-product", "T is not B X", "T = B X")
        else:
            y = self.r.matrix("y")
            require(y.shape() == (1, b.rows), "out-shape", "%d x %d" % y.shape(), "1 x %d" % b.rows)
            require(y.mul(b).is_zero(), "out-annihilates", "Y B is not 0", "0")
            require(not y.mul(t).is_zero(), "out-separates", "Y T is 0", "not 0")

    def prove_and(self, p, args, env, v):
        if v == (p.op == "and"):
            self.prove(args[0], env, v)
            self.prove(args[1], env, v)
        else:
            self.prove(args[self.pick(p, env, (0, 1))], env, v)
    prove_or = prove_and

    def prove_all(self, p, args, env, v):
        for e in self.elements(p) if v == (p.op == "all") else [self.pick(p, env, self.elements(p))]:
            self.prove(args[2], {**env, args[0]: e}, v)
    prove_any = prove_all

    def prove_allin(self, p, args, env, v):
        serial = self.basis_serial(args[1], env)
        columns = range(self.bases[serial][0].cols)
        for j in columns if v else [self.pick(p, env, columns)]:
            self.prove(args[2], {**env, args[0]: ("vec", serial, j)}, v)

    def unknown_dims(self, n, env):
        """The DIMs of the unknown that an `ex` or `sol` binds."""
        if n.args[1] == "in":
            return (self.ambient(n.args[2], env), "1")
        return (n.args[2:-1] + ("1", "1"))[:2]

    def prove_ex(self, p, args, env, v):
        if not v:
            return self.refute(p, env)
        dims = self.unknown_dims(p, env)
        b = self.basis(args[2], env) if args[1] == "in" else None
        shape = tuple(self.model.num(d) for d in dims) if b is None else (b.cols, 1)
        self.r.fact("value", self.key(p, env))
        x = self.r.matrix("v")
        require(x.shape() == shape, "value-shape", "%d x %d" % x.shape(), "%d x %d" % shape)
        unknown = Unknown(dims, x if b is None else b.mul(x), None)
        self.prove(args[-1], {**env, args[0]: unknown}, True)

    # refutations: branches

    def refute(self, p, env):
        self.coordinates = 0
        branches = self.enter(p, env)
        first = self.coordinates
        self.r.fact("refute", self.key(p, env))
        n = self.r.integers("branches")
        require(n == [len(branches)], "branch-count", str(n)[:40], str(len(branches)))
        outer = self.branch
        for i, literals in enumerate(branches):
            fields = self.r.inner("branch")
            require(fields == [str(i)], "branch-order", " ".join(fields)[:40], str(i))
            self.branch = Branch(literals, first)
            self.read_branch(self.branch)
            self.branch = outer

    def enter(self, p, env):
        """The unknown of an `ex` or `sol` joins the block; then its scope is collected."""
        b = self.basis(p.args[2], env) if p.args[1] == "in" else None
        dims = self.unknown_dims(p, env)
        rows, cols = (b.cols, 1) if b is not None else [self.model.num(d) for d in dims]
        form = Form.coordinates(rows, cols, self.coordinates)
        self.coordinates += rows * cols
        unknown = Unknown(dims, None, form if b is None else form.after(b))
        return self.collect(p.args[-1], {**env, p.args[0]: unknown}, True)

    def collect(self, p, env, sign):
        if not self.is_open(p, env) or p.op in ("eq", "zero", "le", "lt", "within"):
            return [[(p, env, sign)]]
        op, args = p.op, p.args
        if op == "not":
            return self.collect(args[0], env, not sign)
        if op in ("and", "or"):
            parts = ((args[0], env), (args[1], env))
        elif op in ("all", "any"):
            parts = [(args[2], {**env, args[0]: e}) for e in self.elements(p)]
        else:
            require(sign and op in ("allin", "ex"), "closed", "an alternation", "none")
            if op == "ex":
                return self.enter(p, env)
            serial = self.basis_serial(args[1], env)
            parts = [(args[2], {**env, args[0]: ("vec", serial, j)}) for j in range(self.bases[serial][0].cols)]
        parts = [self.collect(q, e, sign) for q, e in parts]
        if (op in ("or", "any")) == sign:
            return self.limited([a for part in parts for a in part])
        out = [[]]
        for part in parts:
            require(len(out) * len(part) <= 4096, "limit", "more branches", "at most 4096")
            out = self.limited([a + b for a in out for b in part])
        return out

    def limited(self, branches):
        require(len(branches) <= 4096 and sum(map(len, branches)) <= LIMIT, "limit", "%d branches" % len(branches),
                "at most 4096 branches, 1,000,000 literals")
        return branches

    # refutations: affine forms

    def parts(self, n, env):
        """The arguments of a term or space, for a binder once for every element."""
        if n.op in VAR_BINDERS:
            return [(n.args[2], {**env, n.args[0]: e}) for e in self.elements(n)]
        return [(a, env) for a in n.args if isinstance(a, Node)]

    def is_closed(self, n, env):
        if not self.is_open(n, env):
            return True
        at = (n, self.bindings(n, env))
        if at in self.branch.overrides:
            return True
        if at not in self.branch.closed:
            self.branch.closed[at] = n.op not in ("unk", "sol", "ex", "allin") and all(
                self.is_closed(a, e) for a, e in self.parts(n, env))
        return self.branch.closed[at]

    def has_form(self, n, env):
        if self.is_closed(n, env):
            return True
        if n.op == "unk":
            return env[n.args[0]].form is not None
        parts = self.parts(n, env)
        if n.op in ("scale", "mul", "dot"):
            return sum(self.is_closed(a, e) for a, e in parts) == 1 and all(self.has_form(a, e) for a, e in parts)
        if n.op == "proj":
            return self.is_closed(n.args[0], env) and self.has_form(n.args[1], env)
        return n.op in ("add", "tr", "idx", "sum", "cols") and all(self.has_form(a, e) for a, e in parts)

    def form(self, n, env, lit):
        at = (n, self.bindings(n, env))
        if at not in lit.forms:
            lit.forms[at] = self.make_form(n, env, lit)
        return lit.forms[at]

    def make_form(self, n, env, lit):
        if self.is_closed(n, env):
            return Form.constant(self.value(n, env))
        op, args = n.op, n.args
        if op == "unk":
            return env[args[0]].form
        if op == "add":
            a = self.form(args[0], env, lit)
            return a.add(self.form(args[1], env, lit))
        if op in ("scale", "mul", "dot"):
            if self.is_closed(args[0], env):
                c = self.value(args[0], env)
                f = self.form(args[1], env, lit)
                return f.scale(c.a[0][0], c.den) if op == "scale" else f.after(c if op == "mul" else c.tr())
            f = self.form(args[0], env, lit)
            c = self.value(args[1], env)
            return f.times(c) if op == "scale" else f.before(c) if op == "mul" else f.tr().before(c)
        if op == "tr":
            return self.form(args[0], env, lit).tr()
        if op == "idx":
            c = self.form(args[0], env, lit)
            return Form(1, 1, c.den, [c.a[self.entry(n, env)]])
        if op == "proj":
            b = self.basis(args[0], env)
            t = self.form(args[1], env, lit)
            bz = lit.coordinates(b.cols, t.cols).after(b)
            lit.extra += t.sub(bz).after(b.tr()).entries()
            return bz
        out = None
        for a, e in self.parts(n, env):                # sum, cols: not empty, since not closed
            f = self.form(a, e, lit)
            out = f if out is None else out.add(f) if op == "sum" else out.beside(f)
        return out

    def difference(self, p, env, lit):
        """The form that `eq` or `zero` compares with 0."""
        a = self.form(p.args[0], env, lit)
        return a if p.op == "zero" else a.sub(self.form(p.args[1], env, lit))

    def equations(self, literal, first):
        """(equations, Literal), or ([], None) if the literal has none."""
        p, env, sign = literal
        if not sign or self.is_closed(p, env) or p.op not in ("eq", "zero", "within"):
            return [], None
        last = p.op == "within"
        if last and not self.is_closed(p.args[1], env) or not all(self.has_form(a, env) for a in p.args[:2 - last]):
            return [], None
        lit = Literal(first)
        if last:
            f = self.form(p.args[0], env, lit)
            b = self.basis(p.args[1], env)
            f = f.sub(lit.coordinates(b.cols, f.cols).after(b))
        else:
            f = self.difference(p, env, lit)
        return f.entries() + lit.extra, lit

    def find_equations(self, branch):
        branch.closed, branch.equations, branch.forms = {}, [], []
        first = branch.first
        for literal in branch.literals:
            eqs, lit = self.equations(literal, first)
            branch.equations.append(eqs)
            branch.forms.append(lit)
            first = lit.first if lit else first
        branch.fresh = first

    # refutations: steps

    def read_branch(self, branch):
        self.find_equations(branch)
        while True:
            fields = self.r.line()
            step = fields[0]
            require(step in STARTS, "syntax", "`%s`" % step[:40], "a step")
            require(step in ("entail", "contradiction", "forced", "false"), "fact-order", "`%s`" % step[:40], "a step")
            if step == "contradiction":
                require(len(fields) == 1, "syntax", "more fields", "none")
                total = self.combination(branch, self.r.inner("y"))
                require(same_form(total, (1, {CONSTANT: 1})), "contradiction", "another combination", "1")
                return
            require(len(fields) >= 2, "syntax", "no literal", "a literal number")
            number = self.r.count(fields[1])
            require(number < len(branch.literals), "entail-key" if step == "entail" else step + "-literal",
                    "literal %d" % number, "below %d" % len(branch.literals))
            p, env, sign = branch.literals[number]
            if step == "entail":
                self.entail(branch, number, fields[2:])
                self.find_equations(branch)
                continue
            require(len(fields) == 2, "syntax", "more fields", "a literal number")
            if step == "false":
                require(self.is_closed(p, env), "false-literal", "a literal with unknowns", "a closed one")
                self.prove(p, env, not sign)
                return
            require(not sign and p.op in ("eq", "zero") and not self.is_closed(p, env)
                    and all(self.has_form(a, env) for a in p.args),
                    "forced-literal", "another literal", "a negative affine equation")
            for entry in self.difference(p, env, Literal(branch.fresh)).entries():
                total = self.combination(branch, self.r.inner("y"))
                require(same_form(total, entry), "forced-comb", "another combination", "the entry")
            return

    def combination(self, branch, fields):
        comb = self.r.comb(fields)
        require(all(l < len(branch.equations) and r < len(branch.equations[l]) for l, r, _, _ in comb),
                "comb-index", "no such equation", "an equation of a literal")
        den = 1
        for l, r, _, d in comb:
            d *= branch.equations[l][r][0]
            den = den // gcd(den, d) * d
        return den, Form.combine([(q * (den // (d * branch.equations[l][r][0])), branch.equations[l][r][1])
                                  for l, r, q, d in comb])

    def entail(self, branch, number, key):
        p, env, sign = branch.literals[number]
        n = None
        if key and key[0][0] == "%" and COUNT.fullmatch(key[0][1:]) and len(key[0]) < 9:
            n = int(key[0][1:])
        require(n is not None and n < len(self.core.order), "entail-key", " ".join(key)[:40], "%NODE ..")
        n = self.core.order[n]
        ints = [self.r.integer(s) for s in key[1:]]
        binders = binders_above(p, n)
        require(binders is not None and len(ints) == len(n.facts), "entail-key", " ".join(key)[:40],
                "a term of literal %d with the values of its variables" % number)
        inner = {k: env[k] for k in p.keys}
        for k, x in zip(n.facts, ints):
            if k in inner:
                known = inner[k][2] if isinstance(inner[k], tuple) else inner[k]
                require(x == known, "entail-key", str(x)[:40], str(known))
            else:
                require(any(x in self.elements(b) for b in binders if b.args[0] == k), "entail-key", str(x)[:40],
                        "an element of the set of variable %d" % k)
                inner[k] = x
        require(all(k in inner for k in n.unks), "entail-key", "an unknown that is bound inside", "one of the block")
        require(n.op not in ("span", "join", "sol") and not (n.op in BINDS and n.op not in ("sum", "cols"))
                and not hasattr(self, "prove_" + n.op) and not self.is_closed(n, inner) and self.has_form(n, inner),
                "entail-key", "%s" % n.op, "a term that has a form and is not closed")
        lit = branch.forms[number]
        at = (n, self.bindings(n, inner))
        if lit is None or at not in lit.forms:
            lit = Literal(branch.fresh)
            self.form(n, inner, lit)
            require(lit.first == branch.fresh, "entail-key", "a term with fresh coordinates", "a term without")
        form = lit.forms[at]
        m = self.r.matrix("value")
        require(m.shape() == (form.rows, form.cols), "entail-shape", "%d x %d" % m.shape(), "%d x %d" % (form.rows, form.cols))
        for entry in form.sub(Form.constant(m)).entries():
            total = self.combination(branch, self.r.inner("y"))
            require(same_form(total, entry), "entail-comb", "another combination", "the entry minus its value")
        branch.overrides[at] = m

    # solution spaces

    def kernel(self, s, env):
        outer, coordinates = self.branch, getattr(self, "coordinates", 0)
        self.coordinates = 0
        b = self.basis(s.args[2], env) if s.args[1] == "in" else None
        branches = self.enter(s, env)
        own = b.cols if b is not None else self.model.num(s.args[2])
        require(len(branches) == 1, "closed", "%d branches" % len(branches), "one")
        self.branch = Branch(branches[0], self.coordinates)
        self.find_equations(self.branch)
        for (p, e, sign), lit in zip(self.branch.literals, self.branch.forms):
            require(lit is not None or sign and self.is_closed(p, e), "closed", "a condition without equations", "linear ones")
        width, equations = self.branch.fresh, [eq for eqs in self.branch.equations for eq in eqs]
        self.branch, self.coordinates = outer, coordinates
        require(all(CONSTANT not in x for _, x in equations), "closed", "a constant", "homogeneous equations")
        c = Mat.of([[(x.get(k, 0), den) for k in range(width)] for den, x in equations], width)
        self.r.fact("kernel", self.key(s, env))
        k = self.r.matrix("k")
        require(k.rows == width, "kernel-shape", "%d rows" % k.rows, str(width))
        require(c.mul(k).is_zero(), "kernel-null", "C K is not 0", "0")
        cminor = self.r.minor("cminor")
        self.check_minor(cminor, c)
        kminor = self.r.minor("kminor")
        self.check_minor(kminor, k)
        require(kminor[0] == k.cols and cminor[0] + k.cols == width, "kernel-dimension",
                "rank %d, %d columns of rank %d" % (cminor[0], k.cols, kminor[0]), "together %d" % width)
        first = Mat(own, k.cols, k.den, k.a[:own])
        return first if b is None else b.mul(first)


def same_form(a, b):
    """Are two pairs (denominator, polynomial) the same form?"""
    return Form.combine([(b[0], a[1]), (-a[0], b[1])]) == {}


def binders_above(top, n):
    """The `sum` and `cols` inside `top` that n stands under, or None if n does not occur in `top`."""
    holds = {}
    todo = [top]
    while todo:
        m = todo[-1]
        kids = [a for a in m.args if isinstance(a, Node)]
        rest = [a for a in kids if a not in holds]
        if rest and m is not n:
            todo.extend(rest)
        else:
            holds[todo.pop()] = m is n or any(holds[a] for a in kids)
    return [m for m in holds if holds[m] and m.op in ("sum", "cols")] if holds[top] else None


def read_variant(reader, elaborator, core):
    """The lines between `statement` and the instance: hypotheses with the root to prove, and the drops."""
    names = [h for h, _, _ in core.assumes]
    weak = [h for h, _, w in core.assumes if w is not None]
    lists, order, last = {}, ["without", "weaken", "only", "drop"], 0
    while reader.peek() != "aoni":
        fields = reader.line()
        require(fields[0] in order, "syntax", "`%s`" % fields[0][:40], "a variant or `aoni 1`")
        kind = order.index(fields[0])
        require(kind >= last and not (fields[0] == "only" and "only" in lists), "variant", "`%s`" % fields[0], "the order of the kinds")
        require(fields[0] == "only" or len(fields) == 2, "syntax", "%d fields" % len(fields), "2")
        last = kind
        lists.setdefault(fields[0], []).extend(fields[1:])
    for kind, known in (("without", names), ("weaken", weak), ("only", names)):
        given = lists.get(kind, [])
        require(all(g in known for g in given), "variant", "%s %s" % (kind, given), "among %s" % known)
        at = [known.index(g) for g in given]
        require(all(i < j for i, j in zip(at, at[1:])), "variant", "%s %s" % (kind, given), "the order of the statement")
    drops = lists.get("drop", [])
    require(all(a.encode() < b.encode() for a, b in zip(drops, drops[1:])), "variant", str(drops), "sorted by bytes")
    pairs = [tuple(d.split(".")) for d in drops]
    require(all(len(p) == 2 and p[0] in elaborator.defs and p[1] in elaborator.defs[p[0]].labels for p in pairs),
            "variant", str(drops), "labels of definitions")
    left = [h for h in names if h not in lists.get("without", []) and ("only" not in lists or h in lists["only"])]
    words = ["%s %s" % (k, ", ".join(lists[k]) or "no hypothesis") for k in order if k in lists]
    return left, lists.get("weaken", []), pairs, "; ".join(words) or "as it stands"


def check(theorem, reader, say):
    """Read the whole witness.  The last line is the only one that accepts."""
    require(reader.line() == ["aonw", "1"], "syntax", "another first line", "aonw 1")
    fields = reader.inner("statement")
    require(len(fields) == 1, "syntax", "%d fields" % len(fields), "a name")
    statement = next((s for s in theorem.cores if s.name.text == fields[0]), None)
    if statement is None:
        raise Unreadable("%s: error: no statement `%s` [statement]" % (theorem.path, fields[0][:80]))
    elaborator = Elaborator(theorem, statement)
    core = elaborator.run()
    left, weak, drops, variant = read_variant(reader, elaborator, core)
    if drops:
        try:
            core = Elaborator(theorem, statement, drops).run()
        except Bad as e:
            raise Unreadable(*e.lines()) from None
    start = reader.at
    inst = Instance(reader.text)
    digest = hashlib.sha256(reader.data[start:reader.at]).hexdigest()
    checker = Checker(core, inst, reader)
    verdict = reader.inner("verdict")
    require(verdict and (verdict[0] in ("violated", "inapplicable") or verdict == ["holds"]), "syntax",
            " ".join(verdict)[:40], "holds, violated or inapplicable")

    def block(kind, name, root):
        """One claim with its evidence; gives the truth value that was proved."""
        require(reader.peek() not in FACTS, "fact-order", "a fact", "%s %s" % (kind, name))
        fields = reader.line()
        require(fields[0] in ("assume", "show", "end"), "syntax", "`%s`" % fields[0][:40], "%s %s" % (kind, name))
        require(fields[:2] == [kind, name], "claims", " ".join(fields)[:80], "%s %s" % (kind, name))
        require(len(fields) == 3 and fields[2] in ("true", "false"), "syntax", " ".join(fields)[:80], "true or false")
        checker.prove(root, {}, fields[2] == "true")
        return fields[2] == "true"

    roots = {h: w if h in weak else p for h, p, w in core.assumes}
    proved = [(h, block("assume", h, roots[h])) for h in left]
    false = [h for h, truth in proved if not truth]
    outcome = ["inapplicable"] + false
    if not false:
        proved = [(c, block("show", c, p)) for c, p in core.shows]
        false = [c for c, truth in proved if not truth]
        outcome = ["violated"] + false if false else ["holds"]
    fields = reader.line()
    require(fields[0] in STARTS, "syntax", "`%s`" % fields[0][:40], "end")
    require(fields[0] not in ("assume", "show"), "claims", " ".join(fields)[:80], "end")
    require(fields == ["end"], "fact-order", " ".join(fields)[:80], "end")
    require(reader.at == len(reader.data), "trailing", "more text", "nothing after end")
    require(verdict == outcome, "verdict", " ".join(verdict)[:80], " ".join(outcome)[:80])
    say("accepted: statement %s, variant: %s, verdict: %s, instance sha256 %s"
        % (core.name, variant, " ".join(outcome), digest))


# ---------------------------------------------------------------------------------------------------------
# 8. Command line.

class Full(Exception):
    """Standard output cannot be written."""


def write(text):
    data = text.encode("utf-8", "surrogateescape")
    try:
        while data:
            data = data[os.write(1, data):]
    except OSError as e:
        raise Full(e.strerror) from None


def complain(*lines):
    try:
        os.write(2, "".join(line + "\n" for line in lines).encode("utf-8", "surrogateescape"))
    except OSError:
        pass


def usage(args):
    libs, files, core, quiet, plain = [], [], False, False, False
    args = list(args)
    while args:
        a = args.pop(0)
        if plain or a == "-" or not a.startswith("-"):
            files.append(a)
        elif a == "--":
            plain = True
        elif a == "--lib" and args:
            libs.append(args.pop(0))
        elif a.startswith("--lib="):
            libs.append(a[6:])
        elif a == "--core":
            core = True
        elif a == "--quiet":
            quiet = True
        elif a == "--help":
            return None
        else:
            raise Unreadable("aonck.py: unknown option %s; try --help" % a)
    if len(files) != (1 if core else 2):
        raise Unreadable("aonck.py: expected %s; try --help" % ("one file" if core else "a theorem and a witness"))
    return libs, files, core, quiet


def run(args):
    todo = usage(args)
    if todo is None:
        write(__doc__)
        return 0
    libs, files, core, quiet = todo
    theorem = Theorem(files[0], libs)
    if core:
        write("".join(line + "\n" for line in theorem.core_lines()))
        return 0
    try:
        if files[1] == "-":
            data = sys.stdin.buffer.read()
        else:
            with open(files[1], "rb") as f:
                data = f.read()
    except OSError as e:
        raise Unreadable("%s: %s" % (files[1], e.strerror)) from None
    reader, said = Reader(data), []
    try:
        check(theorem, reader, said.append)
    except Refused as e:
        write("refused: line %d: [%s] found %s required %s\n" % (reader.no, e.name, e.found, e.required))
        return 1
    if not quiet:
        write("%s against %s: %d lines read, every condition checked\n" % (files[1], files[0], reader.no))
    write(said[0] + "\n")
    return 0


def main(args):
    """Run in a thread with a large stack: formulas are nested deeper than Python's default allows."""
    status = [2]

    def body():
        try:
            status[0] = run(args)
        except Unreadable as e:
            complain(*e.lines)
        except Full as e:
            complain("aonck.py: cannot write: %s" % e)
        except (RecursionError, MemoryError) as e:
            complain("aonck.py: out of resources: %s" % type(e).__name__)
        except Exception as e:                                       # never an answer by accident
            complain("aonck.py: internal error: %s: %s" % (type(e).__name__, e))

    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)
    sys.setrecursionlimit(60000)
    threading.stack_size(512 << 20)
    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    return status[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
