#!/usr/bin/env python3
# ctest: timeout=900
"""The lock file: what a change of the theory changes, why, and accepting it.

Digests are computed again here, from the text of the files, by another tokenizer.
"""
import hashlib
import os
import re
import shutil
import subprocess

AON, SRC = os.environ["AON"], os.environ["SRCDIR"]
SHORT = os.environ.get("AON_SANITIZED") == "1"
os.environ.pop("AON_THEOREMS", None)
passed = 0


def run(*args):
    p = subprocess.run([AON] + list(args), capture_output=True, text=True)
    return p.returncode, p.stdout, p.stderr


def check(good, what, *seen):
    global passed
    assert good, what + "\n" + "\n".join(str(s) for s in seen)
    passed += 1


def write(path, text):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w") as f:
        f.write(text)


def read(path):
    with open(path) as f:
        return f.read()


def kinds(out):
    return [l.split()[0] for l in out.splitlines() if re.match(r"[A-Z]", l)]


LIB = """library small 1
def Z(m) := forall x in X: m.f(x) = 0   -- every context
def W(m) := forall y in Y: m.g(y) = 0
def T(m) := forall x in X, y in Y: <m.f(x), m.g(y)> = 0
def both(m) := Z(m) and W(m)
def other(m) := Z(m)
"""
ONE = """-- a comment
statement zero
note "nothing"
use small 1
given d in dim   given m in model(d)
assume h: both(m)
show t: T(m)
expect survived
expect without h: refuted because t
"""
TWO = """statement one
use small 1
given d in dim   given m in model(d)
assume z: Z(m) weaken 1 = 1
show t: T(m)

statement apart
use small 1
given d in dim   given m in model(d)
show w: W(m) -> T(m)
"""


def fresh():
    shutil.rmtree("t", ignore_errors=True)
    write("t/lib/small.aon", LIB)
    write("t/one.aon", ONE)
    write("t/sub/two.aon", TWO)
    shutil.rmtree("t/lib.keep", ignore_errors=True)


def edit(path, old, new):
    text = read(path)
    check(old in text, "the test edits nothing: " + old)
    write(path, text.replace(old, new))


# a lib beside each file
def lib_too():
    write("t/sub/lib/small.aon", LIB)


fresh()
lib_too()
# ---- writing: nothing yet, then all of it, the same for any number of threads
status, out, err = run("review", "t")
check(status == 0 and kinds(out) == ["NEW"] * 3 and "there is no t/aon.lock" in err, "no lock", out, err)
check(not os.path.exists("t/aon.lock"), "written without --accept")
status, out, err = run("review", "t", "--accept", "all", "-j", "1")
check(status == 0 and "wrote t/aon.lock" in err, "accept all", out, err)
first = read("t/aon.lock")
run("review", "t", "--accept", "all", "-j", "3", "--lock", "three.lock")
check(read("three.lock") == first, "threads")
for args in (["review", "t"], ["review", "t/", "-j", "2"], ["review", "./t"],
             ["review", "t/one.aon", "--lock", "t/aon.lock"], ["review", "t/one.aon"],
             ["suite", "t", "--against", "t/aon.lock", "--count", "20"]):
    status, out, err = run(*args)
    check(status == 0 and "no difference" in out and kinds(out) == [], " ".join(args), out, err)
os.chdir("t")
status, out, err = run("review", ".")
check(status == 0 and "no difference" in out, "from inside", out, err)
os.chdir("..")
check([l for l in first.splitlines() if l.startswith("variant")] == [
    l for l in first.splitlines() if re.match(r"variant (survived - -|refuted \d,\d,\d [0-9a-f]{64}) ", l)], "variants", first)
check(re.search(r"\nvariant refuted 1,1,2 [0-9a-f]{64} without h\n", first), "first shape", first)

# ---- digests, by hand
TOKEN = re.compile(r"""--[^\n]*|"[^"\n]*"|<->|->|:=|!=|<=|[A-Za-z][A-Za-z0-9_]*'*|\d+/\d+|\d+|\S""")


def tokens(text):
    return [t for t in TOKEN.findall(text) if not t.startswith("--")]


def digest(words):
    return hashlib.sha256("".join(w + " " for w in words).encode()).hexdigest()


ITEM = "library report statement def cite note use given let assume show expect".split()


def pieces(text):
    """The items of a file: lists of tokens, each starting with its word."""
    out = []
    for t in tokens(text):
        # `let` and so on are reserved: they start an item wherever they stand
        if t in ITEM:
            out.append([])
        out[-1].append(t)
    return out


def by_hand(path):
    found, name, words = {}, None, []
    for p in pieces(read(path)) + [["statement", None]]:
        if p[0] in ("statement", "library") and name:
            found["statement", name] = digest(words)
            name = None
        if p[0] == "statement":
            name, words = p[1], list(p)
        elif p[0] == "library":
            lib = p[1]
        elif p[0] == "def":
            found["definition", lib + "." + p[1]] = digest(p)
        elif name and p[0] not in ("cite", "note", "expect"):
            words += p
    return found


def digests(lock):
    return {(m[0], m[2]): m[3] for m in re.findall(r"^((definition)|statement) \S+ (\S+) ([0-9a-f]{64})$", lock, re.M)}


want = {}
for f in ("t/lib/small.aon", "t/one.aon", "t/sub/two.aon"):
    want.update(by_hand(f))
del want["definition", "small.other"]  # nothing depends on it
check(digests(first) == want, "digests", first, want)
check("uses lib/small.aon small.T small.W small.Z small.both\n" in first, "dependencies, transitively", first)
check("statement sub/two.aon apart" in first and "uses sub/lib/small.aon small.T small.W\n" in first, "the library beside it")

# ---- layout and comments change nothing
edit("t/lib/small.aon", "def T(m) := forall x in X, y in Y:", "-- moved\n\ndef T( m )  :=\n  ∀ x in X,  y ∈ Y: -- said\n")
edit("t/one.aon", "-- a comment", "-- another\n\n\n")
edit("t/one.aon", "nothing", "something")
edit("t/one.aon", "expect survived\n", "")
status, out, err = run("review", "t")
check(status == 0 and "no difference" in out, "comments and layout", out, err)
run("review", "t", "--accept", "all", "--lock", "moved.lock")
check(read("moved.lock") == first, "comments and layout: the same bytes")

# ---- FLIP, with what changed and where; only what depends on it
edit("t/lib/small.aon", "def Z(m) := forall x in X: m.f(x) = 0", "\n\ndef Z(m) := forall x in X: m.f(x) = m.f(x)")
edit("t/lib/small.aon", "def both(m) := Z(m) and W(m)", "def both(m) := Z(m)")
status, out, err = run("review", "t")
check(status == 1, "flip: exit", out, err)
check("FLIP                one.aon:zero: survived -> refuted\n" in out, "flip", out)
check(out.count("because small.Z changed (lib/small.aon:4)") > 0 and
      out.count("because small.both changed (lib/small.aon:11)") > 0, "why it flips", out)
check("because small.W is no longer used (lib/small.aon)" in out, "no longer used", out)
check("sub/two.aon" not in out and "one.aon:zero  without h" not in out, "what does not depend on it", out)
for s in (run("suite", "t", "--against", "t/aon.lock", "--count", "20"), run("review", "t/one.aon", "--lock", "t/aon.lock")):
    check(s[0] == 1 and "FLIP                one.aon:zero: survived -> refuted\n" in s[1], "the same", s)
status, out, err = run("review", "t", "--json")
import json
lines = [json.loads(l) for l in out.splitlines()]
flip = [l for l in lines if l.get("lock") == "FLIP"]
check(len(flip) == 1 and flip[0]["statement"] == "zero" and flip[0]["was"] == "survived" and
      "small.Z changed (lib/small.aon:4)" in flip[0]["because"] and all(l["schema"] == 1 for l in lines), "json", out)
check(lines[-1]["lock summary"]["FLIP"] == 1, "json summary", out)

# ---- accepting: some, then all, then clean
edit("t/sub/lib/small.aon", "def T(m) := forall x in X, y in Y: <m.f(x), m.g(y)> = 0", "def T(m) := 1 = 2")
before = read("t/aon.lock")
status, out, err = run("review", "t", "--accept", "nobody")
check(status == 2 and "no statement 'nobody'" in err and read("t/aon.lock") == before, "accept nobody", err)
status, out, err = run("review", "t", "--accept", "apart", "--count", "3")
check(status == 2 and read("t/aon.lock") == before, "other parameters need all", err)
status, out, err = run("review", "t", "--accept", "one.aon:zero")
check(status == 0, "accept one", out, err)
status, out, err = run("review", "t")
check(status == 1 and "one.aon" not in out and "FLIP                sub/two.aon:apart: survived -> refuted\n" in out and
      "because small.T changed (sub/lib/small.aon:4)" in out, "the rest remains", out)
status, out, err = run("review", "t", "--accept", "apart")
status, out, err = run("review", "t")
check(status == 1 and "sub/two.aon:apart" not in out and "sub/two.aon:one" in out and
      "because small.T changed (sub/lib/small.aon:4)" in out, "its definition is not accepted with another statement", out)
run("review", "t", "--accept", "all")
status, out, err = run("review", "t")
check(status == 0 and "no difference" in out, "accepted", out, err)
status, out, err = run("review", "t", "--accept", "all")
check("t/aon.lock is as it was" in err, "nothing to write", err)

# ---- NEW-VACUOUS
fresh(), lib_too()
write("t/aon.lock", first)
edit("t/one.aon", "assume h: both(m)", "assume h: both(m)\nassume no: 1 = 2")
status, out, err = run("review", "t")
check(status == 1 and "NEW-VACUOUS         one.aon:zero: survived -> vacuous\n" in out and
      "because the statement changed (one.aon:2)" in out and "STATEMENT-CHANGED   one.aon:zero" in out and
      "NEW                 one.aon:zero  without no: survived" in out, "vacuous", out)
check("VERDICT-CHANGED" not in out and "NEW-VACUOUS         one.aon:zero  without h: refuted -> vacuous" in out, "refuted, now vacuous", out)
run("review", "t", "--accept", "all")
edit("t/one.aon", "\nassume no: 1 = 2", "")
status, out, err = run("review", "t")
check(status == 1 and "VERDICT-CHANGED     one.aon:zero: vacuous -> survived\n" in out and
      "GONE                one.aon:zero  without no: was survived" in out, "and back", out)

# ---- MINIMAL-CHANGED: a weaker hypothesis lets a smaller counterexample through
fresh(), lib_too()
edit("t/one.aon", "assume h: both(m)", "assume h: exists x1, x2 in X: x1 != x2")
run("review", "t", "--accept", "all")
check("variant refuted 1,2,2 " in read("t/aon.lock"), "a shape", read("t/aon.lock"))
edit("t/one.aon", "x1 != x2", "x1 = x2")
status, out, err = run("review", "t")
check(status == 1 and "MINIMAL-CHANGED     one.aon:zero: (1,2,2) -> (1,1,2)\n" in out, "smaller", out)
check("FLIP" not in out, "no flip", out)

# ---- WITNESS-CHANGED, for information: a known instance comes first
fresh(), lib_too()
write("t/aon.lock", first)
write("t/instances/k.aoni", "aoni 1\ntokens a b\nbase a\ncontext x a\nmodel m 1\nf x 7\ng a 0\ng b 7\nend\n")
status, out, err = run("review", "t")
check(status == 0 and kinds(out) == ["WITNESS-CHANGED"] and "one.aon:zero  without h" in out and
      "because nothing that it depends on changed: a known instance did" in out, "witness", out)
known = hashlib.sha256(b"aoni 1\ntokens a b\nbase a\ncontext x a\nmodel m 1\nf x 7\ng a 0\ng b 7\nend\n").hexdigest()
check(known[:12] in out, "digest of the witness", out)

# ---- NEW and GONE
fresh(), lib_too()
write("t/aon.lock", first)
os.remove("t/sub/two.aon")
edit("t/one.aon", "statement zero", "statement naught")
status, out, err = run("review", "t")
check(status == 1 and sorted(kinds(out)) == ["GONE"] * 3 + ["NEW"] and "GONE                sub/two.aon:apart: was survived" in out, "gone", out)
status, out, err = run("review", "t/one.aon", "--lock", "t/aon.lock")
check(status == 1 and sorted(kinds(out)) == ["GONE", "NEW"], "gone, of one file", out)
write("t/sub/two.aon", "statement broken")
status, out, err = run("review", "t", "--accept", "all")
check(status == 3 and "sub/two.aon:apart" not in out and read("t/aon.lock") == first, "what cannot be read is not gone", out, err)
os.remove("t/sub/two.aon")
run("review", "t", "--accept", "apart")
check("apart" not in read("t/aon.lock") and "sub/two.aon one" in read("t/aon.lock"), "accept that it is gone")

# ---- two files of one name
write("u/one.aon", ONE)
write("u/lib/small.aon", LIB)
status, out, err = run("review", "t/one.aon", "u/one.aon", "--accept", "all", "--lock", "both.lock")
check(status == 0, "two names", out, err)  # naught and zero
write("t/one.aon", ONE)
status, out, err = run("review", "t/one.aon", "u/one.aon")
check(status == 2 and "two files would be one.aon" in err, "one name", err)

# ---- a damaged lock: line, column, exit 3; never anything else
fresh(), lib_too()
lines = first.splitlines(True)


def damaged(text, place, message):
    write("bad.lock", text)
    ways = [["review", "t", "--lock", "bad.lock"], ["suite", "t", "--against", "bad.lock", "--count", "1"]]
    for args in ways[:1] if SHORT else ways:
        status, out, err = run(*args)
        check(status == 3 and out == "" and ("bad.lock:%s: error: " % place) in err and message in err and "[lock]" in err,
              "damaged: " + message, status, out, err, text[:300])


def at(start):
    return next(i for i, l in enumerate(lines) if l.startswith(start))


def with_line(i, new):
    return "".join(lines[:i] + [new] + lines[i + 1:])


d, s, u, v = at("definition"), at("statement"), at("uses"), at("variant refuted")
damaged("", "1:1", "its first line is not `aonlock 1`")
damaged(first.replace("aonlock 1", "aonlock 2"), "1:9", "another version")
damaged(with_line(1, "seed x\n"), "2:6", "no number")
damaged(with_line(1, "seed 01\n"), "2:6", "no number")
damaged(with_line(1, "seed 99999999999999999999\n"), "2:6", "no number")
damaged(with_line(2, "count 0\n"), "3:7", "out of range")
damaged(with_line(3, "work 0\n"), "4:6", "out of range")
damaged(with_line(3, "work 18446744073709551615\n"), "4:6", "out of range")
damaged(with_line(d, lines[d].replace("small.", "smell.").replace(" ", "  ", 1)), "%d:12" % (d + 1), "name of a file")
damaged(with_line(d, lines[d][:-2] + "\n"), "%d:" % (d + 1) + str(len(lines[d]) - 64), "64 digits")
damaged(with_line(d, lines[d][:-2] + "G\n"), "%d:" % (d + 1) + str(len(lines[d]) - 64), "64 digits")
damaged(with_line(d, lines[d + 1] + lines[d]), "%d:1" % (d + 2), "not in order")
damaged(with_line(d, lines[d] * 2), "%d:1" % (d + 2), "there twice")
damaged(with_line(u, lines[u].replace("small.W", "small.Q")), "%d:" % (u + 1) + str(lines[u].index("small.W") + 1), "no `definition` line")
damaged(with_line(v, lines[v].replace("refuted", "proved")), "%d:9" % (v + 1), "a verdict is")
damaged(with_line(v, lines[v].replace("1,1,2", "1.1.2")), "%d:17" % (v + 1), "a shape is")
damaged(with_line(v, lines[v].rstrip("\n") + " \n") + "x", "%d:1" % (len(lines) + 1), "after `end`")
damaged("".join(lines[:-1]), "%d:1" % len(lines), "`end` line")
damaged(with_line(s, lines[s].replace(".aon", "%2Eaon")), "%d:" % (s + 1) + str(lines[s].index(".aon") + 1), "not how a lock is written")
status, out, err = run("suite", "t", "--against", "missing.lock")
check(status == 3 and "missing.lock" in err and "--accept all" in err, "no lock to compare with", err)
# cut anywhere, it is refused
for n in range(0, len(first) - 1, 397 if SHORT else 29):
    write("cut.lock", first[:n])
    status, out, err = run("review", "t/one.aon", "--lock", "cut.lock")
    check(status == 3 and out == "", "cut after %d" % n, status, out)

# ---- the theory of the paper: M and N exchanged
shutil.copytree(os.path.join(SRC, "theorems"), "th")
for f in os.listdir("th"):
    if f.endswith(".aon") and f not in (("thm15.aon",) if SHORT else ("thm5.aon", "thm15.aon")):
        os.remove("th/" + f)
small = ["--count", "2", "--work", "40"] if SHORT else ["--count", "4", "--work", "150"]
run("review", "th", "--lock", "th.lock", "--accept", "all", *small)
status, out, err = run("review", "th", "--lock", "th.lock")
check(status == 0 and "no difference" in out, "theorems, unchanged", out, err)
got, want = digests(read("th.lock")), by_hand("th/lib/ntp.aon")
for f in os.listdir("th"):
    want.update(by_hand("th/" + f) if f.endswith(".aon") else {})
check(len(got) > (15 if SHORT else 30) and all(want[k] == got[k] for k in got), "digests of the theorems",
      [k for k in got if got[k] != want[k]])
text = read("th/lib/ntp.aon")
text = re.sub(r"(?m)^def M\(m\) := .*", "def M(m) := image(proj(G(m)), F(m))", text)
text = re.sub(r"(?m)^def N\(m\) := .*", "def N(m) := image(proj(F(m)), G(m))", text)
write("th/lib/ntp.aon", text)
status, out, err = run("review", "th", "--lock", "th.lock")
where = {n: text[:text.index("def %s(m)" % n)].count("\n") + 1 for n in "MN"}
flips = re.findall(r"^FLIP .*\n(?: +because .*\n)+", out, re.M)
check(status == 1 and len(flips) > 0, "M and N exchanged", out)
for f in flips:
    check("because ntp.N changed (lib/ntp.aon:%d)" % where["N"] in f or
          "because ntp.M changed (lib/ntp.aon:%d)" % where["M"] in f, "a flip names what changed", f)
    check(len(re.findall("because", f)) <= 2, "and nothing else", f)
print("%d passed, 0 failed" % passed)
