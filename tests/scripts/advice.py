#!/usr/bin/env python3
"""Mistakes of the first day, and what the message says to write instead."""
import os
import subprocess
import sys

AON = os.environ["AON"]
HEAD = "statement s\nuse ntp 1\ngiven d in dim   given m in model(d)   given q in query\n"
INSTANCE = "aoni 1\ntokens a b\nbase a\ncontext x1 a\ndim d 1\nmodel m 1\nf x1 0\ng a 0\ng b 1\nquery q b\nend\n"

# what is written below HEAD, the slug, a part of the advice
STATEMENTS = [
    ("show forall x in X: m.f(x) = 0", "reserved", "`show c: a = b`"),
    ("show all: divF(m)", "reserved", "such as `all'`"),
    ("show dim(M(m)) = d", "reserved", "a conclusion has a name"),
    ("assume forall x in X: m.f(x) = 0\nshow c: d = d", "reserved", "a hypothesis has a name"),
    ("assume divF(m)\nshow c: d = d", "syntax", "`assume h: divF..`"),
    ("show divF(m)", "syntax", "`show c: divF..`"),
    ("show d = d", "syntax", "`show c: d..`"),
    ("show c d = d", "syntax", "write `show c: ..`"),
    ("show c: forall x in X, forall y in Y: m.f(x) = m.g(y)", "reserved", "forall x in X, y in Y"),
    ("show c: forall x in X, exists y in Y: m.f(x) = m.g(y)", "reserved", "exists y in Y: P"),
    ("show c: rank(M(m)) = d", "unknown-name", "`dim(S)` for a subspace"),
    ("show c: forall x in X, y in Y: p(m,y,x) = 0", "unknown-name", "log-odds"),
    ("show c: divf(m)", "unknown-name", "did you mean `divF`"),
    ("show c: forall x in X: m.f(x.q) = m.f(x)", "partial", "`x in X/q`"),
]

failed = 0


def check(what, args, code, *parts, env=None, text=None, times=None):
    global failed
    r = subprocess.run([AON] + args, capture_output=True, text=True, env=dict(os.environ, **(env or {})), input=text)
    said = r.stdout + r.stderr
    missing = [p for p in parts if p not in said]
    missing += ["%d times %s" % (n, p) for p, n in (times or {}).items() if said.count(p) != n]
    if r.returncode != code or missing:
        failed += 1
        print("%s: exit %d instead of %d, missing %s in\n%s" % (what, r.returncode, code, missing, said))


os.environ["AON_THEOREMS"] = os.path.join(os.environ["SRCDIR"], "theorems")
for text, slug, advice in STATEMENTS:
    with open("s.aon", "w") as f:
        f.write(HEAD + text + "\n")
    check(text, ["core", "s.aon"], 3, "[%s]" % slug, "hint: ", advice)

with open("s.aon", "w") as f:
    f.write(HEAD + "show c: divF(m)\n")
with open("i.aoni", "w") as f:
    f.write(INSTANCE)
check("good", ["decide", "s.aon", "i.aoni"], 1, "violated: c")
check("exchanged", ["decide", "i.aoni", "s.aon"], 3, "[syntax]", "this is an instance; the theorem file stands before it")

# a context, a token in a term
for term, line in (("m.f(x1)", "`context c = x1`"), ("m.g(b)", "`token c b`")):
    check("no name in a term", ["eval", term, "i.aoni"], 3, "unknown name", "add the line " + line)
    with open("named.aoni", "w") as f:
        f.write(INSTANCE.replace("end\n", line.strip("`") + "\nend\n"))
    check("named", ["eval", term[:4] + "c)", "named.aoni"], 0, "0" if "x1" in term else "1")
check("another name", ["eval", "forall x1 in X: m.f(x1) = zz", "i.aoni"], 3, "`zz`", times={"add the line": 0})
# a file of another kind is named in one error, before anything else is said of it
for name, text, kind, hint in (
        ("w.aonw", "aonw 1\nstatement s\npick %51\n", "a witness", "`aonck F.aon W.aonw`"),
        ("c.aonc", "aonc 1\nstatement s\n;\n", "a certificate", "aonck"),
        ("s.aonf", "aonf 2\nshard 0 0\n;\n", "the state of a search", "--resume"),
        ("aon.lock", "aonlock 1\ndefinition lib/ntp.aon ntp.E1 18a5\n", "a lock file", "aon review"),
        ("x.txt", INSTANCE, "an instance", "aon show")):
    with open(name, "w") as f:
        f.write(text)
    for command in (["core"], ["fmt"], ["show"], ["decide"]):
        if command == ["show"] and kind == "an instance":
            continue
        check(kind, command + [name] + (["i.aoni"] if command == ["decide"] else []), 3,
                     "error: '%s' is %s, not a theorem file [syntax]" % (name, kind), hint, times={"error: ": 1})
# an instance or a theorem file on standard input, by its first word
for text, part in ((INSTANCE, "tokens a (pivot) b"), (HEAD + "show c: divF(m)\n", "def divF(m)")):
    check("on stdin", ["show", "-"], 0, part, text=text)
check("two numbers", ["find", "s.aon:s", "--max", "2,2"], 2, "--max takes 3 numbers with commas", "`s`")
check("zero", ["find", "s.aon:s", "--max", "0,1,1"], 3, "number 1 of the bounds is a dimension: from 1 to 0", "up to 4")
check("too large", ["find", "s.aon:s", "--max", "2,2,9"], 3, "that of tokens: from 1 to 9, and the largest is 8")
check("misspelt command", ["fnd", "s.aon:s"], 2, "did you mean 'find'?", "try 'aon help'")
check("misspelt command of help", ["help", "minimise"], 2, "did you mean 'minimize'?", "try 'aon help'\n")
check("no command", ["xyzzy"], 2, "unknown command 'xyzzy'\n")
check("misspelt option", ["find", "s.aon:s", "--witout", "h"], 2, "did you mean '--without'?", "try 'aon help find'")
check("option of another command", ["show", "--maxx", "s.aon"], 2, "unknown option '--maxx'\n")
for command in (["find"], ["ablate"], ["minimize"]):
    files = ["s.aon:s"] + (["i.aoni"] if command == ["minimize"] else [])
    check("no conclusion", command + files + ["--because", "zzz"], 3, "no conclusion `zzz`", "its conclusions are `c`")
check("misspelt conclusion", ["find", "s.aon:s", "--because", "cc"], 3, "did you mean `c`")
os.mkdir("empty")
check("no statements", ["suite", "empty"], 3, "*.aon")
with open("t.aon", "w") as f:
    f.write("statement s\nuse mine 3\nshow c: 1 = 1\n")
check("no library", ["core", "t.aon"], 3, "[library]", "`library mine 3`", "`lib/mine.aon`", "AON_THEOREMS")
print("%d failed" % failed)
sys.exit(failed > 0)
