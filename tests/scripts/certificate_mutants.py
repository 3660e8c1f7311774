#!/usr/bin/env python3
# ctest: labels=slow timeout=900
"""Spoiled certificates: both checkers give the same answer, and nothing false is accepted.

The certificates of tests/accept/ (docs/search.md, section 6) are changed in one place: a number of
the head or of a cell, a code, an orbit less, more or moved, its verdict, its evidence, lines, fields,
bytes, the end.  Every mutant is read by aonck and aonck.py.  What an accepted one claims must be so by
the slow reference (tests/ref/slow_scope.py), which runs through all assignments without symmetry: the
cells, the verdicts of the listed orbits, what they add up to, and that no assignment is a violation.
Its statement, scope, cells, orbits and sums must be what `aon find` writes for that scope.

AON_MUTANTS=N (default 200), AON_SEED=S, AON_KEEP=DIR as for witness_mutants.py.
"""
import glob
import os
import random
import shutil
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import witness_mutants as wm  # noqa: E402
import slow_scope  # noqa: E402

COUNT = int(os.environ.get("AON_MUTANTS", "40" if os.environ.get("AON_SANITIZED") == "1" else "200"))
THEOREM = os.path.join(wm.SRC, "tests", "accept", "scopes.aon")
CLAIM = ("statement", "without", "weaken", "only", "drop", "because", "grid", "min", "max", "join", "shape",
         "chains", "space", "group", "orbit", "sum")


def orbits(lines):
    """(first line, line behind) of each orbit with its evidence."""
    starts = [i for i, x in enumerate(lines) if x.startswith("orbit ")]
    ends = [next(j for j in range(i + 1, len(lines)) if lines[j].startswith(("orbit ", "sum "))) for i in starts]
    return list(zip(starts, ends))


def number(*words):
    """A change of a number in a line that starts with one of the words."""
    def change(rng, pool, lines):
        return wm.change_number(rng, pool, lines, [i for i, x in enumerate(lines) if x.split(" ")[0] in words])
    change.__name__ = words[0] + " number"
    return change


head = number("grid", "min", "max")
cell = number("shape", "chains", "space", "group", "sum")
code = number("orbit")
evidence = number("pick", "i", "x", "y", "v", "r", "minor", "in", "out", "value", "basis", "cols", "refute")


def small_step(rng, pool, lines):
    """One number of an orbit or of a cell, one more or less."""
    i = rng.choice([i for i, x in enumerate(lines) if x.split(" ")[0] in ("orbit", "space", "group", "sum", "shape")])
    f = lines[i].split(" ")
    k = rng.randrange(1, len(f))
    f[k] = str(int(f[k]) + rng.choice([-1, 1]))
    return lines[:i] + [" ".join(f)] + lines[i + 1:]


def orbit_less(rng, pool, lines):
    a, b = rng.choice(orbits(lines))
    return rebalanced(rng, lines[:a] + lines[b:])


def orbit_more(rng, pool, lines):
    a, b = rng.choice(orbits(lines))
    at = rng.choice([b, rng.choice(orbits(lines))[0]])
    return rebalanced(rng, lines[:at] + lines[a:b] + lines[at:])


def orbit_moved(rng, pool, lines):
    (a, b), (c, d) = sorted(rng.sample(orbits(lines), 2))
    return lines[:a] + lines[c:d] + lines[b:c] + lines[a:b] + lines[d:]


def orbit_evidence(rng, pool, lines):
    """The codes of one orbit with the evidence of another."""
    (a, b), (c, d) = rng.sample(orbits(lines), 2)
    return lines[:a + 1] + lines[c + 1:d] + lines[b:]


def rebalanced(rng, lines):
    """Half of the time with a `sum` line that counts what is there now."""
    if rng.random() < 0.5:
        return lines
    new, seen, holds = [], 0, 0
    for x in lines:
        seen, holds = seen + x.startswith("orbit "), holds + (x == "verdict holds")
        if x.startswith("sum "):
            x, seen, holds = "sum %d %d" % (seen, holds), 0, 0
        new.append(x)
    return new


def verdict(rng, pool, lines):
    i = rng.choice([i for i, x in enumerate(lines) if x.startswith("verdict ")])
    names = sorted({x.split(" ")[1] for x in lines if x.startswith(("assume ", "show "))})
    return rebalanced(rng, lines[:i] + [rng.choice(["verdict holds", "verdict", "verdict violated " + rng.choice(names),
                      "verdict inapplicable " + rng.choice(names)])] + lines[i + 1:])


def block(rng, pool, lines):
    i = rng.choice([i for i, x in enumerate(lines) if x.startswith(("assume ", "show "))])
    kind, name, word = lines[i].split(" ")
    return lines[:i] + [" ".join([kind, name, "false" if word == "true" else "true"])] + lines[i + 1:]


def cell_less(rng, pool, lines):
    starts = [i for i, x in enumerate(lines) if x.startswith("shape ")] + [len(lines) - 1]
    k = rng.randrange(len(starts) - 1)
    return lines[:starts[k]] + lines[starts[k + 1]:]


def of_another(rng, pool, lines):
    """The head of one certificate, the cells of another."""
    other = rng.choice(pool)
    a, b = [next(i for i, x in enumerate(t) if x.startswith("shape ")) for t in (lines, other)]
    return lines[:a] + other[b:]


CHANGES = [(head, 2), (cell, 3), (code, 4), (evidence, 4), (small_step, 5), (orbit_less, 4), (orbit_more, 3),
           (orbit_moved, 3), (orbit_evidence, 4), (verdict, 3), (block, 2), (cell_less, 1), (of_another, 1),
           (wm.swap_lines, 2), (wm.swap_fields, 2), (wm.remove, 2), (wm.repeat, 1), (wm.truncate, 2), (wm.byte, 1)]


def mutants(rng, pool):
    for i in range(COUNT):
        while True:
            lines = rng.choice(pool)
            change = rng.choices([f for f, _ in CHANGES], [w for _, w in CHANGES])[0]
            try:
                new = change(rng, pool, lines)
            except (ValueError, IndexError, StopIteration):
                continue
            if new and new != lines:
                yield change.__name__, "\n".join(new) + "\n"
                break


def claim(text):
    return [x for x in text.split("\n") if x.split(" ")[0] in CLAIM]


written = {}


def truth(theorem, text):
    """Is the claim true, and what `aon find` writes for that scope?"""
    try:
        wrong = slow_scope.complaint(lambda name, drop: wm.core(theorem, name, drop), text)
    except (wm.slow.BadInput, ValueError, IndexError) as e:
        wrong = "unreadable: %s" % e
    if wrong is None:
        return "undecided: too many assignments"
    return wrong or as_written(theorem, text)


def as_written(theorem, text):
    lines = claim(text)
    options = []
    for line in lines:
        word, *rest = line.split(" ")
        if word in ("without", "weaken", "only", "drop", "because", "grid", "min", "max"):
            options += ["--" + word, ",".join(rest)]
        if word == "statement":
            name = rest[0]
    key = (name, tuple(options))
    if key not in written:
        shutil.rmtree("again", ignore_errors=True)
        status, out = wm.ask([wm.AON, "find", "--count", "0", "-q", "-o", "again"] + options +
                             [theorem + ":" + name])
        written[key] = "exit %s: %s" % (status, out[-200:])
        for path in glob.glob("again/*.aonc"):
            with open(path, encoding="utf-8") as f:
                written[key] = claim(f.read())
    if str(written[key]).startswith("exit 2: aon: --grid"):
        return "true"               # the program has no such grid; the document and the reference do
    return "true" if written[key] == lines else "aon find: %s" % (written[key],)


def main():
    pool = []
    for path in sorted(glob.glob(os.path.join(wm.SRC, "tests", "accept", "*.aonc"))):
        with open(path, encoding="utf-8") as f:
            text = f.read()
        pool.append(text.split("\n")[:-1])
        if truth(THEOREM, text) != "true":
            print("failed: aon find writes another", path)
            return 1
    wm.truth, wm.claimed = truth, lambda theorem, text: "not asked"
    rng = random.Random(int(os.environ.get("AON_SEED", "1")))
    for kind, text in mutants(rng, pool):
        with open("m.aonc", "wb") as f:
            f.write(text.encode("utf-8"))
        wm.judge(kind, THEOREM, "m.aonc", text)
    wm.python.stop()
    return wm.report()


if __name__ == "__main__":
    sys.exit(main())
