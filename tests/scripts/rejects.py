#!/usr/bin/env python3
# ctest: timeout=900
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


def answers(job):
    """{file: (exit status, text)} of one checker; the Python one reads many files at a time."""
    checker, theorem, batch = job
    p = subprocess.run(checker + [theorem] + batch, stdout=subprocess.PIPE,
                       stderr=subprocess.STDOUT)
    out = p.stdout.decode("utf-8", "replace")
    if len(batch) == 1:
        return {batch[0]: (p.returncode, out.strip())}
    said = {f: re.findall("^" + re.escape(f) + ": (.*)", out, re.M) for f in batch}
    alone = [f for f in batch if len(said[f]) != 1]
    status = {f: 0 if said[f][0].startswith("accepted: ") else 1 for f in batch if f not in alone}
    if not alone and p.returncode != max(status.values()):
        alone = batch
    found = {f: (status[f], said[f][0]) for f in batch if f not in alone}
    for f in alone:
        found.update(answers((checker, theorem, [f])))
    return found


def batches(checker, files):
    """Accepted files and refused ones in different batches: a status tells of them all."""
    groups = {}
    for file, status, _ in files:
        groups.setdefault((theorem_of(file), status), []).append(file)
    size = 40 if checker[-1].endswith(".py") else 1
    for (theorem, _), batch in groups.items():
        for i in range(0, len(batch), size):
            yield checker, theorem, batch[i:i + size]


files = sorted(glob.glob(os.path.join(REJECT, "*.aon[wc]")))
wanted = [(f, 0, "accepted: ")
          for f in sorted(glob.glob(os.path.join(SRC, "tests", "accept", "*.aon[wc]")))]
wanted += [(f, 2 if name_of(f) == "statement" else 1, f"[{name_of(f)}]") for f in files]
for checker in CHECKERS:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = {}
        for some in pool.map(answers, batches(checker, wanted)):
            found.update(some)
    for file, status, word in wanted:
        count(found[file][0] == status and word in found[file][1],
              f"{os.path.basename(checker[-1])} {os.path.basename(file)}: exit {found[file][0]}: "
              f"{found[file][1][-200:]}")

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
