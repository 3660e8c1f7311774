#!/usr/bin/env python3
# ctest: labels=slow timeout=900
"""Spoiled witnesses: both checkers give the same answer, and nothing false is accepted.

Good witnesses (witnesses/, tests/accept/ and a small `aon suite` run) are changed in one place:
a word of the claim, a name, an entry of the instance, an index, a sign, a digit, a modulus, the
order of two lines, a line more or less, the end.  Every mutant is read by aonck and aonck.py;
what an accepted one claims must be true, by the slow reference (tests/ref/slow.py), which shares
nothing with aon but the printed core of the statement.  It judges every tenth refused one, too.

AON_MUTANTS=N (default 400; 20000 in a long run), AON_SEED=S (default 1), AON_KEEP=DIR keeps the
mutants that fail.  AON_FILES=PATTERN asks about these files instead, as witnesses for the theorem
file AON_THEOREM (what a fuzzer has collected).  AON_SECONDS=N ends a run early.  Without AONCK the
Python checker is asked alone.
"""
import collections
import glob
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time

SRC, AON, AONCK = os.environ["SRCDIR"], os.environ["AON"], os.environ.get("AONCK")
sys.path[:0] = [os.path.join(SRC, "scripts"), os.path.join(SRC, "tests", "ref")]
sys.dont_write_bytecode = True
from accept_all import PythonChecker  # noqa: E402
import slow  # noqa: E402

COUNT = int(os.environ.get("AON_MUTANTS", "100" if os.environ.get("AON_SANITIZED") == "1" else "400"))
LIMIT = 60       # seconds for one answer
SAMPLE = 10      # the claim of every tenth refused mutant is decided, too
HEAD = ("statement", "without", "weaken", "only", "drop")
FACTS = {"proj": 1, "basis": 3, "in": 1, "out": 1, "pick": 1, "value": 1, "kernel": 3}
tally = collections.Counter()
kinds = collections.Counter()
failures = []


class Pool:
    """The good witnesses, and what each theorem file offers for their changes."""

    def __init__(self, paths, homes):
        self.texts, self.homes = [], homes
        self.by_name = collections.defaultdict(list)
        for path in paths:
            with open(path, encoding="utf-8") as f:
                lines = f.read().split("\n")[:-1]
            if sum(map(len, lines)) < 40000 and lines[1].split()[1] in homes:
                self.texts.append(lines)
                self.by_name[lines[1]].append(lines)
        self.words = sorted({x.split()[0] for lines in self.texts for x in lines})

    def hypotheses(self, lines):
        return sorted({x.split()[1] for w in self.by_name[lines[1]] for x in w
                       if x.startswith("assume ")})


def split(lines):
    """First lines of the instance, of the verdict, and of the facts."""
    return lines.index("aoni 1"), next(i for i, x in enumerate(lines) if x.startswith("verdict "))


def number(rng, text):
    """Another number for this one."""
    value = int(text.split("/")[0])
    return rng.choice([
        str(value + 1), str(value - 1), str(-value), "0", "1", "2", text + "0", "-" + text,
        str(value * 2), str(value + rng.choice([2147483647, 7, 10**9, -3])), text + "/2", "0" + text,
        str(rng.randint(-9, 9)), text[:-1] or "3", "7" + text.lstrip("-"), str(10 ** 30), "x"])


def change_number(rng, pool, lines, where):
    rows = [i for i in where if re.search(r"[0-9]", lines[i])]
    if not rows:
        return None
    i = rng.choice(rows)
    spots = [m for m in re.finditer(r"-?[0-9]+(/[0-9]+)?", lines[i])]
    m = rng.choice(spots)
    return lines[:i] + [lines[i][:m.start()] + number(rng, m.group()) + lines[i][m.end():]] + lines[i + 1:]


def claim(rng, pool, lines):
    """Another verdict; now and then the words of the blocks with it."""
    at = split(lines)[1]
    shows = [x.split()[1] for x in lines if x.startswith("show ")]
    assumes = pool.hypotheses(lines)
    some = sorted(rng.sample(assumes, rng.randint(1, len(assumes))), key=assumes.index) if assumes else ["h"]
    wrong = rng.sample(shows, rng.randint(1, len(shows))) if shows else ["c"]
    new = list(lines)
    new[at] = rng.choice(["verdict holds", "verdict violated " + " ".join(wrong),
                          "verdict inapplicable " + " ".join(some), "verdict", "verdict undecided",
                          "verdict violated", "verdict holds " + wrong[0]])
    if rng.random() < 0.4:     # the blocks say the same
        word, *names = new[at].split()[1:] + [""]
        for i, x in enumerate(new):
            if x.startswith(("assume ", "show ")) and len(x.split()) == 3:
                kind, name, _ = x.split()
                no = name in names and kind == {"violated": "show", "inapplicable": "assume"}.get(word)
                new[i] = "%s %s %s" % (kind, name, "false" if no else "true")
    return new


def block_word(rng, pool, lines):
    rows = [i for i, x in enumerate(lines) if x.startswith(("assume ", "show "))]
    i = rng.choice(rows)
    kind, name, word = lines[i].split()
    others = [lines[j].split()[1] for j in rows] + ["zz", name + "'"]
    fields = rng.choice([[kind, name, "false" if word == "true" else "true"],
                         [kind, rng.choice(others), word],
                         ["show" if kind == "assume" else "assume", name, word], [kind, name]])
    return lines[:i] + [" ".join(fields)] + lines[i + 1:]


def flip_block(rng, pool, lines):
    """One block and the verdict with it: a false claim, told consistently."""
    rows = [i for i, x in enumerate(lines) if x.startswith(("assume ", "show "))]
    i = rng.choice(rows)
    kind, name, word = lines[i].split()
    new = list(lines)
    new[i] = "%s %s %s" % (kind, name, "false" if word == "true" else "true")
    if rng.random() < 0.5:     # without the facts
        j = i + 1
        while j < len(new) and not new[j].startswith(("assume ", "show ", "end")):
            j += 1
        new[i + 1:j] = []
    false = [[x.split()[1] for x in new if x.startswith(k) and x.endswith(" false")]
             for k in ("assume ", "show ")]
    new[split(new)[1]] = "verdict inapplicable " + " ".join(false[0]) if false[0] else \
        "verdict violated " + " ".join(false[1]) if false[1] else "verdict holds"
    if false[0] and rng.random() < 0.7:
        first = next((j for j, x in enumerate(new) if x.startswith("show ")), len(new) - 1)
        new[first:-1] = []
    return new


def variant(rng, pool, lines):
    first = split(lines)[0]
    if first > 2 and rng.random() < 0.4:
        i = rng.randrange(2, first)
        return rng.choice([lines[:i] + lines[i + 1:], lines[:i] + [lines[i]] + lines[i:],
                           lines[:i] + [rng.choice(HEAD[1:]) + " " + lines[i].split(" ", 1)[-1]] + lines[i + 1:]])
    names = pool.hypotheses(lines) + ["zz"]
    line = rng.choice(["without ", "weaken ", "only "]) + rng.choice(names)
    if rng.random() < 0.2:
        line = rng.choice(["only", "drop reader.norm", "drop reader.eqn", "drop EL.vA", "drop zz.a"])
    i = rng.randint(2, first)
    new = lines[:i] + [line] + lines[i:]
    if line.startswith("without ") and rng.random() < 0.6:    # and its block with it
        rows = [j for j, x in enumerate(new) if x.startswith("assume " + line.split()[1] + " ")]
        for j in rows[:1]:
            k = j + 1
            while k < len(new) and not new[k].startswith(("assume ", "show ", "end")):
                k += 1
            new[j:k] = []
    return new


def statement(rng, pool, lines):
    home = pool.homes[lines[1].split()[1]]
    others = [n for n, h in pool.homes.items() if h == home] + ["zz", ""]
    return [lines[0], "statement " + rng.choice(others)] + lines[2:]


def entry(rng, pool, lines):
    first, last = split(lines)
    return change_number(rng, pool, lines, range(first, last))


def fact_number(rng, pool, lines):
    return change_number(rng, pool, lines, range(split(lines)[1] + 1, len(lines)))


def rare_fact(rng, pool, lines):
    """The same in a fact of a kind that is rare in this witness."""
    rows = collections.defaultdict(list)
    for i in range(split(lines)[1] + 1, len(lines)):
        rows[lines[i].split()[0]].append(i)
    return change_number(rng, pool, lines, rows[rng.choice(sorted(rows))])


def minor(rng, pool, lines):
    """One field of a minor: size, scale, modulus, an index, an entry."""
    rows = [i for i, x in enumerate(lines) if re.match(r"[ck]?minor ", x)]
    if not rows:
        return None
    i = rng.choice(rows)
    fields = lines[i].split(" ")
    k = rng.choice([1, 2, 3, 3, 3, rng.randrange(1, len(fields))])
    if k == 3:
        fields[3] = rng.choice(["1", "2", "0", "-1", "3", "4", "-" + fields[3], fields[3] + "0", "2147483629"])
    elif re.fullmatch("-?[0-9]+", fields[k]):
        fields[k] = number(rng, fields[k])
    else:
        fields[k] = rng.choice(["rows", "cols", "x", "0"])
    return lines[:i] + [" ".join(fields)] + lines[i + 1:]


def smaller_rank(rng, pool, lines):
    """The last row and column of a minor left out."""
    rows = [i for i, x in enumerate(lines) if re.match(r"[ck]?minor [1-9]", x)]
    if not rows:
        return None
    i = rng.choice(rows)
    f = lines[i].split(" ")
    r, k = int(f[1]), rng.randrange(int(f[1]))
    x = f[5 + r + 1 + r + 1:]
    keep = [j for j in range(r) if j != k]
    new = [f[0], str(r - 1)] + f[2:4] + ["rows"] + [f[5 + j] for j in keep] + ["cols"] + \
        [f[6 + r + j] for j in keep] + ["x"] + [x[a * r + b] for a in keep for b in keep]
    return lines[:i] + [" ".join(new)] + lines[i + 1:]


def scaled(rng, pool, lines):
    """A matrix times a number above and below the line, or above only."""
    rows = [i for i, x in enumerate(lines) if re.match(r"([zrxyvk]|value) [0-9]+ [0-9]+ [0-9]+( |$)", x)]
    if not rows:
        return None
    i = rng.choice(rows)
    f = lines[i].split(" ")
    by, only = rng.choice([2, 3, -1, 10**12]), rng.random() < 0.3
    f[4:] = [str(int(x) * by) for x in f[4:]]
    f[3] = f[3] if only else str(int(f[3]) * by)
    return lines[:i] + [" ".join(f)] + lines[i + 1:]


def swap_lines(rng, pool, lines):
    i = rng.randrange(len(lines))
    j = rng.choice([i + 1, i + 1, rng.randrange(len(lines))])
    if j >= len(lines):
        return None
    new = list(lines)
    new[i], new[j] = new[j], new[i]
    return new


def swap_fields(rng, pool, lines):
    i = rng.choice([i for i, x in enumerate(lines) if x.count(" ") > 1])
    f = lines[i].split(" ")
    a, b = rng.sample(range(len(f)), 2)
    f[a], f[b] = f[b], f[a]
    return lines[:i] + [" ".join(f)] + lines[i + 1:]


def swap_columns(rng, pool, lines):
    """Two indices of a `cols` line exchanged, or one left out."""
    rows = [i for i, x in enumerate(lines) if x.startswith("cols ")]
    if not rows:
        return None
    i = rng.choice(rows)
    f = lines[i].split(" ")
    if len(f) > 2 and rng.random() < 0.5:
        f[1], f[2] = f[2], f[1]
    else:
        f[rng.randrange(1, len(f))] = str(rng.randrange(8))
    return lines[:i] + [" ".join(f)] + lines[i + 1:]


def remove(rng, pool, lines):
    i = rng.randrange(len(lines))
    return lines[:i] + lines[i + rng.choice([1, 1, 1, 2, 3, 4]):]


def repeat(rng, pool, lines):
    i = rng.randrange(len(lines))
    return lines[:i + 1] + lines[i:i + 1] + lines[i + 1:]


def field(rng, pool, lines):
    i = rng.randrange(len(lines))
    f = lines[i].split(" ")
    k = rng.randrange(len(f))
    f[k:k + 1] = rng.choice([[], [f[k], f[k]], [f[k], "0"], ["%" + f[k].lstrip("%")], [f[k] + "'"],
                             [rng.choice(pool.words)], ["", f[k]], [f[k].upper()]])
    return lines[:i] + [" ".join(f)] + lines[i + 1:]


def truncate(rng, pool, lines):
    k = rng.randrange(len(lines))
    return lines[:k] + (["end"] if rng.random() < 0.4 else [])


def drop_fact(rng, pool, lines):
    """A whole fact less, more, or moved."""
    rows = [i for i, x in enumerate(lines) if x.split()[0] in FACTS and "%" in x]
    if not rows:
        return None
    i = rng.choice(rows)
    n = 1 + FACTS[lines[i].split()[0]]
    j = rng.choice(rows)
    without = lines[:i] + lines[i + n:]
    return rng.choice([without, lines[:i + n] + lines[i:], lines[:j] + lines[i:i + n] + lines[j:],
                       without[:j] + lines[i:i + n] + without[j:]])


def cut_y(rng, pool, lines):
    """A combination: a term less, another equation, another factor."""
    rows = [i for i, x in enumerate(lines) if re.match("y [0-9]+:", x)]
    if not rows:
        return None
    i = rng.choice(rows)
    f = lines[i].split(" ")
    k = rng.randrange(1, len(f))
    left, right = f[k].split("=")
    a, b = left.split(":")
    f[k:k + 1] = rng.choice([[], ["%s=%s" % (left, number(rng, right))],
                             ["%s:%s=%s" % (number(rng, a), b, right)], [f[k], f[k]],
                             ["%s:%d=%s" % (a, int(b) + rng.choice([-1, 1, 2]), right)]])
    return lines[:i] + [" ".join(f)] + lines[i + 1:]


def transplant(rng, pool, lines):
    """The instance, or the facts, of another witness of this statement."""
    other = rng.choice(pool.by_name[lines[1]])
    a, b = split(lines)
    c, d = split(other)
    return rng.choice([lines[:a] + other[c:d] + lines[b:], lines[:b] + other[d:],
                       lines[:2] + other[2:c] + lines[a:]])


def same_kind(rng, pool, lines):
    """A line of another place that starts with the same word."""
    i = rng.randrange(split(lines)[1], len(lines))
    word = lines[i].split()[0]
    others = [x for x in lines if x.split()[0] == word and x != lines[i]]
    return lines[:i] + [rng.choice(others)] + lines[i + 1:] if others else None


def instance_line(rng, pool, lines):
    """Order, repetition and names in the instance."""
    first, last = split(lines)
    i = rng.randrange(first, last)
    f = lines[i].split(" ")
    roll = rng.random()
    if roll < 0.3 and len(f) > 1:
        f[rng.randrange(1, len(f))] = rng.choice(rng.choice(lines[first:last]).split(" "))
        return lines[:i] + [" ".join(f)] + lines[i + 1:]
    if roll < 0.5:
        return lines[:i] + [lines[i] + rng.choice([" 0", " ", "  1", "\t"])] + lines[i + 1:]
    if roll < 0.75:
        j = rng.randrange(first, last)
        new = list(lines)
        new[i], new[j] = new[j], new[i]
        return new
    return lines[:i] + rng.choice([[], [lines[i]] * 2, ["# c", lines[i]],
                                   ["scalar zz 1/2", lines[i]], ["gen 0 0", lines[i]]]) + lines[i + 1:]


def value_more(rng, pool, lines):
    """A further value, or one less, that the statement need not mention."""
    first, last = split(lines)
    return lines[:last - 1] + [rng.choice(["scalar zz 1/2", "query zz", "dim zz 3", "scalar zz 2/4"])] + \
        lines[last - 1:]


def byte(rng, pool, lines):
    text = "\n".join(lines)
    k = rng.randrange(len(text))
    return (text[:k] + rng.choice(["", "\r", "\t", " ", "\n", "\0", "é", "-", "0", "9", "\ufeff"]) +
            text[k + rng.choice([0, 1]):]).split("\n")


CHANGES = [(f, w) for f, w in (
    (claim, 4), (block_word, 2), (flip_block, 8), (variant, 3), (statement, 0.7), (entry, 8),
    (fact_number, 6), (rare_fact, 6), (minor, 3), (smaller_rank, 1), (scaled, 2), (swap_lines, 2),
    (swap_fields, 2), (swap_columns, 1.5), (remove, 2), (repeat, 1), (field, 2), (truncate, 3),
    (drop_fact, 3), (cut_y, 3), (transplant, 3), (same_kind, 2), (instance_line, 2),
    (value_more, 0.5), (byte, 1.5))]


def mutant(rng, pool):
    """(kind of change, text, statement's home) of a witness with something changed."""
    while True:
        lines = rng.choice(pool.texts)
        home = pool.homes[lines[1].split()[1]]
        change = rng.choices([f for f, _ in CHANGES], [w for _, w in CHANGES])[0]
        try:
            new = change(rng, pool, lines)
            if new and rng.random() < 0.1:
                new = rng.choice(CHANGES)[0](rng, pool, new) or new
        except (ValueError, IndexError, StopIteration, KeyError):
            continue      # what was changed first cannot be changed again
        if new and new != lines:
            text = "\n".join(new) + ("" if change is truncate and rng.random() < 0.2 else "\n")
            return change.__name__, text, home


def truncations(lines):
    """The witness cut after every line."""
    for k in range(len(lines)):
        yield "\n".join(lines[:k]) + ("\n" if k else "")


def mutants(rng, pool):
    """COUNT of (kind, text, theorem file): some witnesses cut at every line, then changed ones."""
    count = 0
    for lines in rng.sample(pool.texts, min(len(pool.texts), max(1, COUNT // 1000))):
        for text in truncations(lines):
            count += 1
            yield "cut", text, pool.homes[lines[1].split()[1]]
    for _ in range(count, COUNT):
        yield mutant(rng, pool)


# What the checkers say: (accepted | refused | unreadable | gave up, name, line)

def said(status, text):
    m = re.search(r"refused: line (\d+): \[([a-z-]+)\]", text)
    if status == 1 and m:
        return "refused", m.group(2), int(m.group(1))
    if status == 0 and re.search("accepted: (none in scope: )?statement ", text):
        return "accepted", "", 0
    m = re.search(r"\[([a-z-]+)\]", text)
    internal = "internal error" in text or re.match(r"aonck.py: (?!MemoryError)", text)
    if status == 2 and "out of resources" in text:
        return "gave up", "", 0
    if status == 2 and not internal:
        return "unreadable", m.group(1) if m else "", 0
    return "broken", "exit %s: %s" % (status, text[-300:]), 0


def ask(command, seconds=LIMIT):
    try:
        p = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds)
        return p.returncode, p.stdout.decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        return "time-out", ""


decided, cores = {}, {}


def core(theorem, name, drop):
    """The core of a statement as `aon core` prints it, as all three readers do."""
    key = theorem, tuple(drop)
    if key not in cores:
        p = subprocess.run([AON, "core", *(["--drop", ",".join(drop)] if drop else []), theorem],
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        cores[key] = slow.read_core(p.stdout.decode())
    slow.need(name in cores[key], "no such statement, or nothing to drop")
    return cores[key][name]


def too_long(*_):
    raise TimeoutError


def truth(theorem, text):
    """What the slow reference says about the claim: true, false (with what is true), or why there is no answer."""
    lines = text.split("\n")
    first, last = split(lines)
    variant, name = {}, lines[1].split(" ")[1]
    for line in lines[2:first]:
        word, *rest = line.split(" ")
        variant.setdefault(word, []).extend(rest)
    key = (theorem, name, "\n".join(lines[2:last]))
    if key not in decided:
        signal.signal(signal.SIGALRM, too_long)
        signal.alarm(LIMIT)
        try:
            slow.need(set(variant) <= set(HEAD), "a line that is no variant")
            drop = variant.pop("drop", [])
            decided[key] = slow.judge(core(theorem, name, drop),
                                      slow.read_instance("\n".join(lines[first:last]) + "\n"), **variant)
        except (slow.BadInput, TypeError) as e:
            decided[key] = "unreadable: %s" % e
        except TimeoutError:
            decided[key] = "undecided: %d seconds" % LIMIT
        signal.alarm(0)
    if isinstance(decided[key], str):
        return decided[key]
    claims = lines[last].split(" ", 1)[1]
    answer = slow.claim(*decided[key], claims)
    return {True: "true", None: "undecided"}.get(answer) or "claims %s, but %s" % (
        claims, slow.verdict(*decided[key]))


def fail(what, kind, path, detail):
    tally[what] += 1
    failures.append(what)
    if len(failures) <= 40:
        print("failed: %s (%s): %s" % (what, kind, detail))
    if os.environ.get("AON_KEEP"):
        os.makedirs(os.environ["AON_KEEP"], exist_ok=True)
        shutil.copy(path, os.path.join(os.environ["AON_KEEP"], "%s-%d.aonw" % (
            what.replace(" ", "-"), len(failures))))


python = PythonChecker()


def judge(kind, theorem, path, text):
    py = said(*python.check(theorem, path, LIMIT))
    c = said(*ask([AONCK, theorem, path])) if AONCK else py
    tally["mutants"] += 1
    made[kind] += 1
    where = "%s: aonck %s, aonck.py %s" % (os.path.basename(theorem), " ".join(map(str, c)),
                                           " ".join(map(str, py)))
    if "broken" in (c[0], py[0]):
        fail("broken", kind, path, where)
    elif c[0] != py[0] and {c[0], py[0]} == {"refused", "gave up"}:
        tally["refused by one, out of resources for the other"] += 1      # each may have its own limits
    elif c[0] != py[0]:
        fail("disagreement" if "accepted" in (c[0], py[0]) else "other exit status", kind, path, where)
    elif c[0] == "accepted":
        answer = truth(theorem, text)
        if answer == "true":
            tally["accepted and true"] += 1
            kinds["accepted after " + kind] += 1
        elif answer.startswith("undecided"):
            tally["accepted, unknown to the reference"] += 1
        else:
            fail("accepted and false", kind, path, answer)
    else:
        tally[c[0] + " by both"] += 1
        kinds["[%s]" % c[1]] += 1
        if tally["mutants"] % SAMPLE == 0:
            told[claimed(theorem, text)] += 1
        if c[1] != py[1]:
            tally["other name"] += 1
            names["aonck [%s], aonck.py [%s]" % (c[1], py[1])].append((path, text, where))
        elif c[2] != py[2]:
            tally["other line"] += 1
            lines_differ[c[1]].append((path, text, where))


def claimed(theorem, text):
    """Of a refused mutant: is what it claims true, false, or not to be read?"""
    try:
        answer = truth(theorem, text)
    except (ValueError, IndexError, StopIteration):
        return "unreadable"
    return answer.split(":")[0] if answer.startswith(("true", "undecided", "unreadable")) else "false"


made, told = collections.Counter(), collections.Counter()
names, lines_differ = collections.defaultdict(list), collections.defaultdict(list)


def main():
    theorems = os.path.join(SRC, "theorems")
    homes = {}
    for path in sorted(glob.glob(os.path.join(theorems, "*.aon"))) + \
            [os.path.join(SRC, "tests", "accept", "kinds.aon")]:
        with open(path, encoding="utf-8") as f:
            homes.update((m, path) for m in re.findall(r"^statement (\S+)", f.read(), re.M))
    if not os.path.isdir("w"):      # of an earlier run by hand
        ask([AON, "suite", theorems, "--count", "2", "--seed", "5", "--work", "0", "--quiet", "--witnesses", "w"], 600)
    paths = sorted(glob.glob(os.path.join(SRC, "witnesses", "*.aonw")) + glob.glob("w/*.aonw"))
    paths += sorted(glob.glob(os.path.join(SRC, "tests", "accept", "*.aonw"))) * 8
    pool = Pool(paths, homes)
    rng = random.Random(int(os.environ.get("AON_SEED", "1")))
    given = sorted(glob.glob(os.environ["AON_FILES"])) if "AON_FILES" in os.environ else []
    for path in given:
        with open(path, "rb") as f:
            text = f.read().decode("utf-8", "replace")
        judge("file", os.environ["AON_THEOREM"], path, text)
    if not given:
        until = time.monotonic() + float(os.environ.get("AON_SECONDS", "inf"))
        for kind, text, home in mutants(rng, pool):
            if time.monotonic() > until:
                break
            with open("m.aonw", "wb") as f:
                f.write(text.encode("utf-8"))
            judge(kind, home, "m.aonw", text)
    python.stop()
    return report()


def report():
    show("names that differ", names)
    show("lines that differ", lines_differ)
    print("made:", ", ".join("%d %s" % (n, k) for k, n in made.most_common()))
    print("answers:", ", ".join("%d %s" % (n, k) for k, n in kinds.most_common()))
    print("claims of every %dth refused one:" % SAMPLE,
          ", ".join("%d %s" % (n, k) for k, n in told.most_common()))
    print(", ".join("%d %s" % (n, k) for k, n in tally.most_common()))
    print("accepted and false: %d, disagreements: %d" % (tally["accepted and false"], tally["disagreement"]))
    good = tally["mutants"] - len(failures)
    print("%d passed, %d failed" % (good, len(failures)))
    return 1 if failures or not good else 0


def show(title, table):
    if table:
        print(title + ":")
    for key, found in sorted(table.items(), key=lambda x: -len(x[1])):
        print("  %d times %s" % (len(found), key))
        if os.environ.get("AON_KEEP"):
            os.makedirs(os.environ["AON_KEEP"], exist_ok=True)
            name = re.sub("[^a-z]+", "-", title + key) + "%d.aonw" % len(found)
            with open(os.path.join(os.environ["AON_KEEP"], name), "w", encoding="utf-8", newline="") as f:
                f.write(found[0][1])


if __name__ == "__main__":
    sys.exit(main())
