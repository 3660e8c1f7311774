#!/usr/bin/env python3
"""The checkers accept tests/accept/ and refuse tests/reject/NAME--* under that very name.

Every refusal name of docs/witness-format.md has files there, and make.py writes the same
bytes again.  AONCK may be missing: then only the Python checker is asked.
"""
import glob
import os
import re
import subprocess
import sys
import tempfile

SRC = os.environ["SRCDIR"]
CHECKERS = [[sys.executable, os.path.join(SRC, "src", "checker_py", "aonck.py")]]
if os.environ.get("AONCK"):
    CHECKERS.append([os.environ["AONCK"]])
THEOREM = os.path.join(SRC, "tests", "accept", "kinds.aon")
REJECT = os.path.join(SRC, "tests", "reject")
UNREACHABLE = {"closed"}  # language.md 6.2 excludes the formulas that could lead there
good = bad = 0


def count(ok, what):
    global good, bad
    good, bad = good + ok, bad + (not ok)
    if not ok:
        print("failed:", what)


def check(witness, status, word):
    for checker in CHECKERS:
        p = subprocess.run(checker + [THEOREM, witness], stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT)
        out = p.stdout.decode("utf-8", "replace")
        count(p.returncode == status and word in out,
              f"{os.path.basename(checker[-1])} {os.path.basename(witness)}: "
              f"exit {p.returncode}: {out.strip()[-200:]}")


for witness in sorted(glob.glob(os.path.join(SRC, "tests", "accept", "*.aonw"))):
    check(witness, 0, "accepted: statement ")
files = sorted(glob.glob(os.path.join(REJECT, "*.aonw")))
for witness in files:
    name = os.path.basename(witness).split("--")[0]
    check(witness, 2 if name == "statement" else 1, f"[{name}]")

text = open(os.path.join(SRC, "docs", "witness-format.md"), encoding="utf-8").read()
wanted = set(re.findall(r"`\[([a-z-]+)\]`", text)) - {"this"} - UNREACHABLE
count({os.path.basename(f) for f in files} ==
      {f"{n}--{place}.aonw" for n in wanted for place in ("first", "middle", "last")},
      f"names without files, or files without a name: "
      f"{sorted(wanted ^ {os.path.basename(f).split('--')[0] for f in files})}")

with tempfile.TemporaryDirectory() as folder:
    subprocess.run([sys.executable, os.path.join(REJECT, "make.py"), folder], check=True)
    for f in files:
        again = os.path.join(folder, os.path.basename(f))
        count(os.path.exists(again) and open(again, "rb").read() == open(f, "rb").read(),
              f"make.py does not write {os.path.basename(f)} again")

print(f"{good} passed, {bad} failed")
sys.exit(1 if bad or good == 0 else 0)
