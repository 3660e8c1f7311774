#!/usr/bin/env python3
# ctest: timeout=900
"""Malformed theorem and instance files: exit 3, place, caret, slug, advice; no crash."""
import os
import re
import subprocess
import sys

AON = os.environ["AON"]
ST = "statement s\ngiven d, d' in dim\ngiven m in model(d) given m' in model(d')\ngiven q in query\n"
IN = "aoni 1\ntokens a b\nbase a\ncontext x1 a\ncontext x2 a b\n"

# name, text (str or bytes), slug of the first error
STATEMENTS = [
    ("wrong shapes", ST + "show c: m.f(base) = 0\n", "type"),
    ("product", ST + "given A in matrix(d,d)\nshow c: forall x in X: A*m'.f(x) = 0\n", "shape"),
    ("sum", ST + "show c: forall x in X: m.f(x) + m'.f(x) = 0\n", "shape"),
    ("unknown name", ST + "show c: forall x in X: <m.f(x), m.g(yy)> = 0\n", "unknown-name"),
    ("unknown definition", ST + "show c: foo(m) = 0\n", "unknown-name"),
    ("unclosed", ST + "show c: (1 = 1\n", "syntax"),
    ("missing colon", ST + "show c 1 = 1\n", "syntax"),
    ("reserved", "statement s\ngiven X in contexts\nshow c: 1 = 1\n", "reserved"),
    ("nothing shown", ST, "no-conclusion"),
    ("twice", ST + "given d in dim\nshow c: 1 = 1\n", "duplicate-name"),
    ("query of X", ST + "show c: forall x in X: m.f(x.q) = 0\n", "partial"),
    ("alternation", ST + "show c: exists A in matrix(d,d): forall B in matrix(d,d): A = B\n",
     "alternation"),
    ("not homogeneous", ST + "show c: dim({v in vector(d) | <v,v> = 0}) = 0\n", "homogeneous"),
    ("library", "statement s\nuse nothere 1\nshow c: 1 = 1\n", "library"),
    ("arity", "library l 1\ndef F(m) := span{m.f(x) | x in X}\nstatement s\nuse l 1\n"
     "given m in model(2)\nshow c: F(m,m) = 0\n", "arity"),
    ("recursion", "library l 1\ndef F(m) := F(m)\n", "recursive"),
    ("version", "library l 1\ndef F(m) := 1\nstatement s\nuse l 2\nshow c: 1 = 1\n", "version"),
    ("zero denominator", "statement s\nshow c: 1/0 = 1\n", "number"),
    ("long rational", "statement s\nshow c: 1 = " + "7" * 1000000 + "\n", "number"),
    ("nesting", "statement s\nshow c: " + "(" * 100000 + "1 = 1\n", "nesting"),
    ("2^60", "library l 1\ndef a0(m) := dim(span{m.f(x) | x in X})\n" + "".join(
        f"def a{i + 1}(m) := a{i}(m) + a{i}(m)\n" for i in range(60)) +
     "statement s\nuse l 1\ngiven m in model(2)\nshow c: a60(m) = 0\n", "expansion"),
    ("NUL", b"statement s\nshow c: 1 \0= 1\n", "encoding"),
    ("invalid UTF-8", b"statement s\nshow c: 1 = \xc3\x28\n", "encoding"),
    ("byte order mark", b"\xef\xbb\xbfstatement s\nshow c: 1 = 1\n", "encoding"),
    ("CRLF", b"statement s\r\nshow c: 1 = 1\r\n", "crlf"),
    ("string", 'statement s\ncite "open\nshow c: 1 = 1\n', "string"),
    ("character", "statement s\nshow c: 1 = 1 ; 2\n", "character"),
    ("long line", "statement s\nshow c: " + "x" * 100000000 + "\n", "too-large"),
    ("index", ST + "given l in vector(#Y)\nshow c: forall x in X: l[x] = 0\n", "type"),
]
# What `aon core` skips.
EXPECTATIONS = [
    ("expectation", "statement s\nshow c: 1 = 1\nexpect without h: survived\n", "expectation"),
    ("expectation without outcome", "statement s\nexpect 7\nshow c: 1 = 1\n", "syntax"),
]
INSTANCES = [
    ("header", "aoni 2\n", "syntax"),
    ("unknown token", IN + "query q c\nend\n", "unknown-name"),
    ("row too short", IN + "model m 2\nf x1 1\nf x2 0 1\ng a 0 0\ng b 1 0\nend\n", "shape"),
    ("too few rows", IN + "model m 1\nf x1 1\ng a 0\ng b 1\nend\n", "shape"),
    ("decimal", IN + "scalar t 0.5\nend\n", "number"),
    ("zero denominator", IN + "scalar t 1/0\nend\n", "number"),
    ("long rational", IN + "scalar t " + "7" * 1000000 + "\nend\n", "too-large"),
    ("two contexts", IN.replace("x2 a b", "x2 a") + "end\n", "duplicate-name"),
    ("two values", IN + "dim d 1\ndim d 2\nend\n", "duplicate-name"),
    ("no end", IN + "dim d 1\n", "syntax"),
    ("NUL", (IN + "dim d\0 1\nend\n").encode(), "encoding"),
    ("invalid UTF-8", IN.encode() + b"scalar \xff 1\nend\n", "encoding"),
    ("CRLF", IN.replace("\n", "\r\n") + "end\r\n", "crlf"),
    ("long line", IN + "query q " + "a " * 50000000 + "\nend\n", "too-large"),
    ("absurd dimension", IN + "subspace S 99999999999\nend\n", "too-large"),
]
good = bad = 0


def check(name, text, slug, command, suffix):
    global good, bad
    path = re.sub(r"[^a-z0-9]+", "-", name.lower()) + suffix
    with open(path, "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    p = subprocess.run([AON] + [path if c == "FILE" else c for c in command],
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    err = p.stderr.decode("utf-8", "replace")
    os.remove(path)
    first = err.split("\n")[0]
    flaws = []
    if p.returncode != 3:
        flaws.append(f"exit {p.returncode}")
    if p.stdout:
        flaws.append("something on stdout")
    if not re.match(re.escape(path) + r":\d+:\d+: error: .*\[" + slug + r"\]$", first):
        flaws.append("first line")
    if "too-large" not in slug and not re.search(r"^ *\^~*$", err, re.M):
        flaws.append("no caret")
    if "hint: " not in err:
        flaws.append("no advice")
    good += not flaws
    if flaws:
        bad += 1
        print(f"{name}: {', '.join(flaws)}:\n{err[:500]}")


for case in STATEMENTS:
    check(*case, ["core", "FILE"], ".aon")
for case in EXPECTATIONS:
    check(*case, ["show", "FILE"], ".aon")
for case in INSTANCES:
    check(*case, ["show", "FILE"], ".aoni")
print(f"{good} passed, {bad} failed")
sys.exit(1 if bad or good < 30 else 0)
