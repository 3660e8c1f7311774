#!/usr/bin/env python3
# ctest: labels=slow timeout=900
"""The independent checkers agree with aon: same cores, accepted witnesses.

1. `aon core F` and the checkers' `--core F` print the same bytes for every theorem file.
2. Every witness in witnesses/ is accepted by every checker.
3. The witnesses of a small `aon suite` run are accepted by every checker; with a changed
   claim refused.
AON_WITNESSES=N instances for each statement (default 3).
"""
import glob
import os
import subprocess
import sys

SRC, AON = os.environ["SRCDIR"], os.environ["AON"]
COUNT = os.environ.get("AON_WITNESSES", "3")
PY = [sys.executable, os.path.join(SRC, "src", "checker_py", "aonck.py")]
sys.path.insert(0, os.path.join(SRC, "scripts"))
sys.dont_write_bytecode = True
from accept_all import PythonChecker  # noqa: E402

python = PythonChecker()
CHECKERS = [PY] + ([[os.environ["AONCK"]]] if os.environ.get("AONCK") else [])
THEOREMS = os.path.join(SRC, "theorems")
good = bad = 0


def count(ok, what):
    global good, bad
    good, bad = good + ok, bad + (not ok)
    if not ok:
        print("failed:", what)


def run(cmd):
    if cmd[:2] == PY and cmd[2] != "--core":      # one process for all witnesses
        return python.check(*cmd[2:])
    p = subprocess.run(cmd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return p.returncode, p.stdout.decode("utf-8", "replace")


def statement_file(witness):
    name = next(line.split()[1] for line in open(witness, encoding="utf-8")
                if line.startswith("statement "))
    return home[name]


def accepted(witness, name, checkers):
    for checker in checkers:
        status, out = run(checker + [statement_file(witness), witness])
        count(status == 0, f"{name}: {os.path.basename(checker[-1])}: {out.strip()[-300:]}")


files = sorted(glob.glob(os.path.join(THEOREMS, "*.aon")) +
               glob.glob(os.path.join(THEOREMS, "lib", "*.aon")))
home = {line.split("--")[0].split()[1]: path
        for path in files for line in open(path, encoding="utf-8")
        if line.split("--")[0].split()[:1] == ["statement"]}
for path in files:
    status, core = run([AON, "core", path])
    count(status == 0 and core.startswith("core 1\n"), f"aon core {path}: {core[:300]}")
    for checker in CHECKERS:
        status, other = run(checker + ["--core", path])
        count(status == 0 and other == core, f"{checker[-1]} --core {path} differs")

# of each statement as it stands: no line of a variant before the instance
plain = set()
for path in glob.glob(os.path.join(SRC, "witnesses", "*.aonw")):
    with open(path, encoding="utf-8") as f:
        head = [next(f) for _ in range(3)]
    if head[2] == "aoni 1\n":
        plain.add(head[1].split()[1])
for name in sorted(home):
    count(name in plain, f"witnesses/ has none of {name} as it stands: run scripts/witnesses.sh")
for witness in sorted(glob.glob(os.path.join(SRC, "witnesses", "*.aonw"))):
    accepted(witness, os.path.basename(witness), CHECKERS)

status, out = run([AON, "suite", THEOREMS, "--count", COUNT, "--seed", "11", "--work", "0", "--quiet",
                   "--witnesses", "w"])
written = sorted(glob.glob("w/*.aonw"))
count(len(written) > 0, "aon suite wrote no witness: " + out[-300:])
for witness in written:
    accepted(witness, witness, CHECKERS)

# a changed claim is refused
for witness in written[::97]:
    text = open(witness, encoding="utf-8").read()
    lines = text.split("\n")
    flipped = [l[:-5] + "false" if l.startswith("show ") and l.endswith(" true") else l
               for l in lines]
    if flipped == lines:
        flipped = [l[:-6] + " true" if l.startswith(("show ", "assume ")) and l.endswith(" false")
                   else l for l in lines]
    with open("flipped.aonw", "w", encoding="utf-8") as f:
        f.write("\n".join(flipped))
    for checker in CHECKERS:
        status, out = run(checker + [statement_file(witness), "flipped.aonw"])
        count(status == 1, f"{witness} with a changed claim: exit {status}: {out[-200:]}")

python.stop()
print(f"{good} passed, {bad} failed")
sys.exit(1 if bad or good == 0 else 0)
