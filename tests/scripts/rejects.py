#!/usr/bin/env python3
# ctest: timeout=300
"""The checkers accept tests/accept/ and refuse tests/reject/NAME--* under that very name.

Every refusal name of docs/witness-format.md has files NAME--first, --middle and --last there
(.aonw), those of docs/search.md too (.aonc), and may have more; make.py writes the same bytes
again.  AONCK may be missing: then only the Python checker is asked.
"""
import glob
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

SRC = os.environ["SRCDIR"]
sys.path.insert(0, os.path.join(SRC, "scripts"))
from refusals import theorem_of  # noqa: E402
CHECKERS = [[sys.executable, os.path.join(SRC, "src", "checker_py", "aonck.py")]]
if os.environ.get("AONCK"):
    CHECKERS.append([os.environ["AONCK"]])
ASKED = {"aonw": CHECKERS, "aonc": CHECKERS[:1]}
REJECT = os.path.join(SRC, "tests", "reject")
UNREACHABLE = {"closed"}  # language.md 6.2 excludes the formulas that could lead there
good = bad = 0


def count(ok, what):
    global good, bad
    good, bad = good + ok, bad + (not ok)
    if not ok:
        print("failed:", what)


def name_of(file):
    return os.path.basename(file).split("--")[0]


def check(job):
    """What one checker says about a file: what is wrong with that, or ''."""
    checker, file, status, word = job
    p = subprocess.run(checker + [theorem_of(file), file], stdout=subprocess.PIPE,
                       stderr=subprocess.STDOUT)
    out = p.stdout.decode("utf-8", "replace")
    if p.returncode == status and word in out:
        return ""
    return (f"{os.path.basename(checker[-1])} {os.path.basename(file)}: exit {p.returncode}: "
            f"{out.strip()[-200:]}")


files = sorted(glob.glob(os.path.join(REJECT, "*.aon[wc]")))
wanted = [(f, 0, "accepted: ")
          for f in sorted(glob.glob(os.path.join(SRC, "tests", "accept", "*.aon[wc]")))]
wanted += [(f, 2 if name_of(f) == "statement" else 1, f"[{name_of(f)}]") for f in files]
with ThreadPoolExecutor(os.cpu_count()) as pool:
    for wrong in pool.map(check, [(c, *w) for w in wanted for c in ASKED[w[0][-4:]]]):
        count(not wrong, wrong)

for document, kind, row in (("witness-format.md", "aonw", r"`\[([a-z-]+)\]`"),
                            ("search.md", "aonc", r"^\| `\[([a-z-]+)\]` \|")):
    text = open(os.path.join(SRC, "docs", document), encoding="utf-8").read()
    names = set(re.findall(row, text, re.M)) - {"this"} - UNREACHABLE
    count(len(names) > 10, f"{document} has the names {sorted(names)}")
    for name in sorted(names):
        for place in ("first", "middle", "last"):
            count(os.path.exists(os.path.join(REJECT, f"{name}--{place}.{kind}")),
                  f"there is no {name}--{place}.{kind}")

with tempfile.TemporaryDirectory() as folder:
    subprocess.run([sys.executable, os.path.join(REJECT, "make.py"), folder], check=True)
    for f in os.listdir(folder):
        there = os.path.join(REJECT, f)
        count(os.path.exists(there) and
              open(there, "rb").read() == open(os.path.join(folder, f), "rb").read(),
              f"make.py writes another {f}")

print(f"{good} passed, {bad} failed")
sys.exit(1 if bad or good == 0 else 0)
