#!/usr/bin/env python3
# ctest: labels=slow timeout=900
"""Random violated instances through aon minimize.

Of each result: still violated in the same conclusion (said by aonck, from the witness), not
larger, and a fixpoint.  Where a least shape is known, it is reached.
"""
import json
import os
import shutil
import subprocess
import sys

SRC = os.environ["SRCDIR"]
AON = os.environ["AON"]
AONCK = os.environ.get("AONCK") or None
SHORT = os.environ.get("AON_SANITIZED") == "1"

NONZERO = """statement full
use ntp 1
given d, d' in dim   given m in model(d)   given m' in model(d')   given y1, y2, y3, y4 in token
let u := m.g(y1) - m.g(y2)   let v := m.g(y3) - m.g(y4)
let u' := m'.g(y1) - m'.g(y2)   let v' := m'.g(y3) - m'.g(y4)
assume same: same(m,m')
assume nonzero: u != 0 and v != 0 and u' != 0 and v' != 0
show par: par(all(d),u,v) -> par(all(d'),u',v')
"""

# file, statement, variant, conclusion, instances generated, results wanted (times AON_TEST_MULT), and the
# least shape: every result has it, or ("most", shape): three of four have it.  Instances with a
# component 0 are left out there: no component goes below 1, none comes up to it.
CASES = [
    ("nonzero.aon", "full", [], "par", 300, 10, [1, 2, 1, 3]),
    ("thm15.aon", "thm15_full", ["--without", "hidden"], "par", 260, 6, [1, 1, 1, 2]),
    ("thm14.aon", "thm14", ["--without", "inN"], "back", 150, 6, [1, 1, 3, 1]),
    ("thm14.aon", "thm14_nondegenerate", ["--without", "inM"], "fwd", 400, 3, [2, 1, 3, 2]),
    ("thm14.aon", "thm14_formulas", ["--without", "e1"], "fwd", 20, 5, [1, 1, 2, 2]),
    ("thm14.aon", "thm14_formulas", ["--without", "inM"], "fwd", 40, 2, [2, 1, 2, 2]),
    ("thm5.aon", "thm5", ["--drop", "EL.e1"], "iff", 20, 4, [1, 1, 1, 2]),
    ("thm5.aon", "thm5", ["--drop", "EL.e3"], "iff", 30, 6, ("most", [1, 1, 1, 2])),
    ("thm5.aon", "thm5_back", ["--without", "e2"], "same", 20, 4, [1, 1, 1, 2]),
    ("lp.aon", "lp_transfer", ["--without", "same"], "Mprobe", 100, 6, [1, 1, 3, 2]),
    ("lp.aon", "lp_given", ["--without", "probe"], "iff", 60, 4, [1, 3, 2]),
    ("lm.aon", "lm_transfer", ["--without", "same"], "match", 150, 5, [1, 1, 1, 2]),
    ("vocab.aon", "vocab_relational", ["--without", "inG"], "back", 60, 4, [1, 1, 3, 1]),
    ("traps.aon", "trap9_PM", [], "PM", 100, 5, [1, 2, 1, 2]),
    ("ls.aon", "ls", ["--without", "move"], "shift", 20, 4, [1, 1, 1, 2]),
]

failures = []
taken = {}  # how often each registered move was


def check(good, what):
    if not good:
        failures.append(what)
        print("failed:", what)


def run(*args):
    return subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def violated(where, variant, conclusion, folder):
    """Instances of the folder in which the conclusion fails."""
    names = sorted(os.listdir(folder))
    r = run(AON, "decide", where, *[os.path.join(folder, n) for n in names], "--json", *variant)
    for line in r.stdout.splitlines():
        d = json.loads(line)
        if d["verdict"] == "violated" and d["show"][conclusion] == "false":
            yield d["instance"]


def minimize(where, instance, variant, conclusion, *more):
    r = run(AON, "minimize", where, instance, *variant, "--because", conclusion, "--json", *more)
    check(r.returncode == 0, f"{where} {instance}: exit {r.returncode}: {r.stderr}")
    return json.loads(r.stdout) if r.returncode == 0 else None


def one(where, variant, conclusion, instance):
    """The shapes before and after."""
    name = f"{where} {' '.join(variant)} {instance}"
    j = minimize(where, instance, variant, conclusion, "-o", "out.aoni")
    if j is None:
        return None, None
    for move, times in j["moves"].items():
        taken[move] = taken.get(move, 0) + times
    check(j["irreducible"] and j["because"] == conclusion, name)
    check((sum(j["to"]), j["to"]) <= (sum(j["from"]), j["from"]), f"{name}: larger")
    if AONCK is not None:
        c = run(AONCK, where.rsplit(":", 1)[0], "out.aonw")
        check(c.returncode == 0 and "violated" in c.stdout, f"{name}: {c.stdout}{c.stderr}")
    d = run(AON, "decide", where, "out.aoni", "--json", *variant)
    check(d.returncode == 1 and json.loads(d.stdout)["show"][conclusion] == "false",
          f"{name}: another verdict")
    text = open("out.aoni").read()
    check(text == j["result"], f"{name}: two results")
    again = minimize(where, "out.aoni", variant, conclusion)
    check(again is not None and again["result"] == text, f"{name}: no fixpoint")
    return j["from"], j["to"]


def case(number, file, statement, variant, conclusion, count, wanted, least):
    where = f"{file if file == 'nonzero.aon' else os.path.join(SRC, 'theorems', file)}:{statement}"
    folder = f"in{number}"
    r = run(AON, "generate", "--for", where, *variant, "--count", str(count), "-o", folder)
    check(r.returncode == 0, r.stderr)
    most = isinstance(least, tuple)
    least = least[1] if most else least
    done = counted = reached = 0
    for instance in violated(where, variant, conclusion, folder):
        if done == wanted:
            break
        before, after = one(where, variant, conclusion, instance)
        if before is None:
            continue
        done += 1
        if min(before) > 0:
            counted += 1
            reached += after == least
            check(most or after == least, f"{instance}: {after}, not {least}")
    check(4 * reached >= 3 * counted, f"{where}: {least} reached {reached} times of {counted}")
    check(SHORT or done == wanted, f"{where} {variant}: {done} instances only")
    return done


def main():
    mult = int(os.environ.get("AON_TEST_MULT", "1"))
    os.mkdir("lib")
    shutil.copy(os.path.join(SRC, "theorems", "lib", "ntp.aon"), "lib")
    with open("nonzero.aon", "w") as f:
        f.write(NONZERO)
    total = 0
    for number, (file, statement, variant, conclusion, count, wanted, least) in enumerate(CASES):
        if SHORT:
            count, wanted = min(count, 60), 1
        total += case(number, file, statement, variant, conclusion, count * mult, wanted * mult, least)
    check(total >= (5 if SHORT else 60), f"{total} instances")
    idle = [move for move, times in taken.items() if times == 0]
    check(SHORT or (len(taken) > 20 and not idle), f"never taken: {idle}")
    print(f"{total} minimized, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
