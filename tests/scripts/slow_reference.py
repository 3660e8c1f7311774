#!/usr/bin/env python3
# ctest: labels=slow timeout=900
"""What aon says of whole claims, against the slow reference (tests/ref/slow.py).

1. The verdict of every witness in witnesses/.
2. Every hypothesis and conclusion of theorems/ in every file of theorems/instances/ that fits, with and
   without hypotheses, weakened, and with each labelled conjunct dropped.
3. The same in instances that `aon generate` makes for each statement, and with other numbers in two places.
4. Random well-typed statements (as in readers.py), and random blocks of linear unknowns (slow_blocks.py),
   in random instances.
5. All assignments of some small scopes, without symmetry: how many there are, how many are applicable,
   which one is the first that is violated, as `aon find` says; and each orbit of a certificate.

The reference must know nearly all answers of aon (but UNKNOWN of 1000), and agree with each.
AON_SLOW=N instances for each statement and 90 N random files (default 1), AON_SEED=S (default 1).
"""
import collections
import glob
import json
import os
import random
import re
import shutil
import subprocess
import sys

SRC, AON = os.environ["SRCDIR"], os.environ["AON"]
sys.path[:0] = [os.path.join(SRC, "tests", "ref"), os.path.join(SRC, "tests", "scripts")]
sys.dont_write_bytecode = True
import readers  # noqa: E402
import slow  # noqa: E402
import slow_blocks  # noqa: E402
import slow_random  # noqa: E402
import slow_scope  # noqa: E402

SHORT = os.environ.get("AON_SANITIZED") == "1"
COUNT = int(os.environ.get("AON_SLOW", "1"))
SEED = os.environ.get("AON_SEED", "1")
UNKNOWN = 5                        # of 1000 answers
THEOREMS = os.path.join(SRC, "theorems")
FILES = sorted(glob.glob(os.path.join(THEOREMS, "*.aon")))
WORDS = {True: "true", False: "false", None: "unknown"}
tally = collections.Counter()
failures, unknown = [], []


def run(*args):
    p = subprocess.run([AON, *args], capture_output=True, text=True)
    return p.returncode, p.stdout, p.stderr


def fail(text):
    failures.append(text)
    if len(failures) <= 40:
        print("failed:", text)


def check(good, text):
    tally["checks"] += 1
    if not good:
        fail(text)


cores, instances = {}, {}


def core(path, drop=()):
    """{statement: Core} of a theorem file; empty if nothing can be dropped there."""
    key = (path, tuple(drop))
    if key not in cores:
        status, out, _ = run("core", *(["--drop", ",".join(drop)] if drop else []), path)
        cores[key] = slow.read_core(out) if status == 0 else {}
    return cores[key]


def instance(path):
    if path not in instances:
        with open(path, encoding="utf-8") as f:
            instances[path] = slow.read_instance(f.read())
    return instances[path]


def compare(part, found, inst, options, where):
    """found: a line of `aon decide --json`."""
    path, name = where
    try:
        assume, show = slow.judge(core(path, options.get("drop", ()))[name], instance(inst),
                                  options.get("without", ()), options.get("weaken", ()), options.get("only"))
    except slow.BadInput as e:
        fail("%s does not fit %s: %s" % (inst, name, e))
        return
    for kind, table in (("assume", assume), ("show", show)):
        check(set(table) <= set(found[kind]), "%s %s: other names" % (name, kind))
        for part_name, truth in table.items():
            said = found[kind].get(part_name)
            if said == "not decided":          # a conclusion of a statement that is not applicable
                continue
            text = "%s %s %s in %s: aon says %s, the reference %s" % (
                name, options or "", part_name, inst, said, WORDS[truth])
            tally[part, "answers"] += 1
            if said == "undecided":            # it may be, wherever an unknown is not determined
                tally[part, "undecided by both" if truth is None else "undecided by aon alone"] += 1
            elif truth is None:
                tally[part, "unknown"] += 1
                unknown.append(text)
            else:
                tally[part, WORDS[truth]] += 1
                check(said == WORDS[truth], text)


def decide(part, path, files, name="", **options):
    """Ask aon about a theorem file, or one statement of it, in these instances; compare."""
    words = [x for option, names in options.items() for x in ("--" + option, ",".join(names))]
    files = [f for f in files if not name or fits(path, name, f)]
    if not files:
        return
    status, out, err = run("decide", "--json", *words, path + (":" + name if name else ""), *files)
    if status not in (0, 1, 4, 5):
        check("no statement of" in err, "exit status %d: %s" % (status, err[-300:]))
        return
    for line in out.splitlines():
        found = json.loads(line)
        compare(part, found, found["instance"], options, (path, found["statement"]))


def fits(path, name, inst):
    try:
        slow.Fitted(core(path)[name], instance(inst))
        return True
    except slow.BadInput:
        return False


def labels():
    """DEFINITION.LABEL of every labelled conjunct of the libraries."""
    for path in sorted(glob.glob(os.path.join(THEOREMS, "lib", "*.aon"))):
        with open(path, encoding="utf-8") as f:
            for body in re.findall(r"^def (.*?)(?=^def |^report |\Z)", re.sub("--.*", "", f.read()), re.M | re.S):
                name, _, body = body.partition("(")
                yield from (name + "." + x for x in re.findall(r"([A-Za-z][A-Za-z0-9_]*): ", body)
                            if re.search(r"(:=|\band|\()\s*%s: " % x, body))


# 1. Witnesses

def witnesses():
    for path in sorted(glob.glob(os.path.join(SRC, "witnesses", "*.aonw")))[::10 if SHORT else 1]:
        with open(path, encoding="utf-8") as f:
            lines = f.read().split("\n")
        first, last = lines.index("aoni 1"), next(i for i, x in enumerate(lines) if x.startswith("verdict "))
        options, name = collections.defaultdict(list), lines[1].split(" ")[1]
        for line in lines[2:first]:
            word, *names = line.split(" ")
            options[word] += names
        home = next(f for f in FILES if name in core(f))
        inst = slow.read_instance("\n".join(lines[first:last]) + "\n")
        assume, show = slow.judge(core(home, options.pop("drop", ()))[name], inst, **options)
        answer = slow.claim(assume, show, lines[last].split(" ", 1)[1])
        tally["witnesses", WORDS[answer]] += 1
        check(answer is not False, "%s: %s, the reference: %s" % (path, lines[last], slow.verdict(assume, show)))


# 2. Known instances

def known():
    files = sorted(glob.glob(os.path.join(THEOREMS, "instances", "*.aoni")))
    files = files[::8 if SHORT else 3 if COUNT == 1 else 1]
    for path in FILES:
        decide("known", path, files)
        decide("known, conclusions alone", path, files, only=())
        for name, one in core(path).items():
            for h in one.weaken:
                decide("known, weakened", path, files, name, weaken=(h,))
    for label in list(labels())[::4 if SHORT else 1]:
        for path in FILES:
            for name, one in core(path, (label,)).items():
                if one.nodes != core(path)[name].nodes:
                    decide("known, a conjunct dropped", path, files[::3], name, only=(), drop=(label,))


# 3. Generated instances

def spoiled(rng, path):
    """A copy with other numbers in two places."""
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    for _ in range(2):
        rows = [i for i, x in enumerate(lines) if re.match("(f|g|row|gen|scalar) ", x)]
        row = lines[rng.choice(rows)].split(" ") if rows else []
        places = [i for i, x in enumerate(row) if re.fullmatch("-?[0-9]+(/[0-9]+)?", x)]
        if places:
            at = lines.index(" ".join(row))
            row[rng.choice(places)] = rng.choice(["0", "1", "-1", "2", "1/2", "-5/3"])
            lines[at] = " ".join(row)
    path = path[:-5] + "-spoiled.aoni"
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(lines))
    return path


def generated():
    rng = random.Random(int(SEED))
    for path in FILES:
        for name, one in list(core(path).items())[::3 if SHORT else 1]:
            folder = "made-" + name
            os.makedirs(folder, exist_ok=True)
            run("generate", "--for", path + ":" + name, "--count", str(COUNT), "--seed", SEED, "-o",
                folder if COUNT > 1 else folder + "/1.aoni")
            files = sorted(glob.glob(folder + "/*.aoni"))
            check(len(files) == COUNT, "no instances for " + name)
            files += [spoiled(rng, f) for f in files]
            tally["instances generated"] += len(files)
            decide("generated", path, files, name)
            if one.assume:
                decide("generated, conclusions alone", path, files, name, only=())


# 4. Random statements

def random_statements():
    shutil.copytree(os.path.join(THEOREMS, "lib"), "lib", dirs_exist_ok=True)
    for number in range(COUNT * (5 if SHORT else 40)):
        rng = random.Random("%s %d" % (SEED, number))
        path = "random%d.aon" % number
        with open(path, "w", encoding="utf-8") as f:
            f.write("\n".join(readers.generated(rng, 0)) + "\n")
        for name, one in core(path).items():
            tally["random statements"] += 1
            files = random_instances(rng, one, "random%d-%s" % (number, name))
            check(all(fits(path, name, f) for f in files), "%s: an instance that does not fit" % path)
            decide("random", path, files, name)
            if one.assume:
                decide("random, conclusions alone", path, files, name, only=())


def random_instances(rng, one, stem):
    files = []
    for text in (slow_random.written(rng, one) for _ in range(3)):
        if text:
            files.append("%s-%d.aoni" % (stem, len(files)))
            with open(files[-1], "w", encoding="utf-8") as f:
                f.write(text)
    return files


def random_blocks():
    for number in range(COUNT * (3 if SHORT else 50)):
        rng = random.Random("blocks %s %d" % (SEED, number))
        path = "blocks%d.aon" % number
        with open(path, "w", encoding="utf-8") as f:
            f.write("\n".join(slow_blocks.statement(rng, "s%d" % i) for i in range(5)))
        tally["random blocks"] += 15
        check(len(core(path)) == 5, path + " is refused")
        decide("blocks", path, random_instances(rng, core(path)["s0"], "blocks%d" % number))


# 5. Scopes

SCOPES = (      # statement, options, largest shape
    ("thm5.aon:thm5_back", {}, (1, 1, 1, 2)),
    ("thm14.aon:thm14", {}, (1, 1, 2, 1)),
    ("thm15.aon:thm15_full", {"without": ("hidden",)}, (1, 1, 1, 2)),
    ("diversity.aon:diversity_linear", {"without": ("G1", "F2")}, (1, 2, 2)),
)


def scope(target, options, most):
    """Both searches of aon, with and without symmetry, against all assignments one by one."""
    path, name = os.path.join(THEOREMS, target.split(":")[0]), target.split(":")[1]
    words = [x for option, names in options.items() for x in ("--" + option, ",".join(names))]
    words += ["--max", ",".join(map(str, most)), "--count", "0", os.path.join(THEOREMS, target)]
    one, said = core(path)[name], collections.OrderedDict()
    _, _, err = run("find", "--no-symmetry", "--verbose", *words)
    for shape, chains, count in re.findall(r"^\((\S+)\)(?: chains ([0-9 ]+))?: .*, ([0-9]+) applicable", err, re.M):
        said[tuple(map(int, shape.split(","))), tuple(map(int, chains.split()))] = int(count)
    run("find", *words, "-o", "found-" + name)
    texts, ever = glob.glob("found-%s/*.aonc" % name), False
    for shape, chains in slow_scope.cells(one, (1,) * len(most), most):
        seen = slow_scope.run_through(one, shape, chains, **options)
        tally["assignments"] += seen.count
        tally["assignments, applicable"] += seen.applicable
        check(not seen.unknown, "%s at %s: %d unknown" % (name, shape, seen.unknown))
        key, ever = (shape, chains if slow_scope.queries(one) else ()), ever or seen.applicable > 0
        if seen.first is not None:      # aon stops here
            break
        check(said.get(key) == seen.applicable, "%s at %s: %s applicable, the reference finds %d" % (
            name, key, said.get(key), seen.applicable))
    check(list(said)[-1] == key and ever, "%s: other scopes, or vacuous" % name)
    check((seen.first is None) == bool(texts), "%s: a certificate, or none" % name)
    if seen.first is not None:
        smallest(seen.first, glob.glob("found-%s/*.aoni" % name))
    for text in texts:
        with open(text, encoding="utf-8") as f:
            wrong = slow_scope.complaint(lambda name, drop: core(path, drop)[name], f.read())
        check(wrong == "", "the certificate of %s: %s" % (name, wrong))
        tally["certificates"] += 1


def smallest(first, paths):
    """The instance that was found is the first in the order of search.md."""
    check(len(paths) == 1, "no instance was found")
    for path in paths:
        other = instance(path)
        check(other.values == first.values and list(other.contexts.values()) == list(first.contexts.values()),
              "%s is not the first violation" % path)


def main():
    witnesses()
    known()
    generated()
    random_statements()
    random_blocks()
    for case in SCOPES[:1] if SHORT else SCOPES:
        scope(*case)
    answers = sum(n for k, n in tally.items() if k[1:] == ("answers",))
    for text in unknown[:10]:
        print("unknown:", text)
    check(len(unknown) * 1000 <= UNKNOWN * answers, "%d of %d answers unknown" % (len(unknown), answers))
    for part in ("witnesses", "known", "generated", "random", "blocks"):
        check(tally[part, "true"] > 0 and (part == "witnesses" or tally[part, "false"] > 0), part + ": empty")
    check(tally["assignments, applicable"] > 0 and tally["certificates"] > 0, "no scope")
    for key, n in sorted(tally.items(), key=str):
        print("%8d %s" % (n, key if isinstance(key, str) else ", ".join(key)))
    print("%d passed, %d failed" % (tally["checks"] - len(failures), len(failures)))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
