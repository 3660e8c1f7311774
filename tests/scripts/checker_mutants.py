#!/usr/bin/env python3
# ctest: labels=slow timeout=1200
"""No condition of the C checker is idle: without it some file of tests/reject/ is accepted.

The checker is built once for each refusal name with -DCK_MUTATE="NAME", which makes the
conditions of that name true.  SECOND lists names whose conditions stand before others that
refuse the same flaw; there another refusal must take over.
"""
import glob
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

SRC = os.environ["SRCDIR"]
THEOREM = os.path.join(SRC, "tests", "accept", "kinds.aon")
SOURCES = sorted(glob.glob(os.path.join(SRC, "src", "checker", "*.c")))
# a matrix of the wrong shape fits no product, sum or equation
SECOND = {"basis-shape", "entail-shape", "in-shape", "proj-shape"}
NOT_REFUSED = {"statement"}  # exit 2, no condition on the witness


def mutant(name):
    program = os.path.abspath("aonck-" + name)
    subprocess.run([os.environ.get("CC", "cc"), "-std=c17", "-O1", "-w",
                    f'-DCK_MUTATE="{name}"', "-o", program, *SOURCES, "-lgmp"], check=True)
    status = []
    for f in sorted(glob.glob(os.path.join(SRC, "tests", "reject", name + "--*.aonw"))):
        p = subprocess.run([program, THEOREM, f], stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT, timeout=300)
        status.append(p.returncode)
        if f"[{name}]".encode() in p.stdout:
            status.append("not changed")
    os.remove(program)
    killed = 0 not in status and "not changed" not in status if name in SECOND else 0 in status
    return name, killed, status


names = sorted({os.path.basename(f).split("--")[0]
                for f in glob.glob(os.path.join(SRC, "tests", "reject", "*.aonw"))})
good = bad = 0
with ThreadPoolExecutor(os.cpu_count()) as pool:
    for name, killed, status in pool.map(mutant, [n for n in names if n not in NOT_REFUSED]):
        good, bad = good + killed, bad + (not killed)
        if not killed:
            print(f"failed: without [{name}] no file is accepted: exits {status}")
print(f"{good} passed, {bad} failed")
sys.exit(1 if bad or good == 0 else 0)
