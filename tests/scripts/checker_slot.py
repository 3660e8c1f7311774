#!/usr/bin/env python3
# ctest: timeout=900
"""The slots of packed products (src/checker/mat.c) are wide enough, by not one bit too much.

tests/checker/slot/in-product.aonw claims a product of which one entry is 2^64 too small and the
next one 1 too large.  Both checkers refuse it; aonck built with slots one bit narrower reads just
that and accepts.  It also accepts a good witness, which the one with narrower slots refuses.
"""
import glob
import os
import subprocess
import sys

SRC = os.environ["SRCDIR"]
FILES = os.path.join(SRC, "tests", "checker", "slot")
good = bad = 0


def check(checker, witness, status, word):
    global good, bad
    p = subprocess.run(checker + [os.path.join(FILES, "slot.aon"), os.path.join(FILES, witness)],
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    ok = p.returncode == status and word.encode() in p.stdout
    good, bad = good + ok, bad + (not ok)
    if not ok:
        print(f"failed: {checker[-1]} {witness}: exit {p.returncode}: {p.stdout.decode()[-200:]}")


narrow = os.path.abspath("aonck-narrow")
subprocess.run([os.environ.get("CC", "cc"), "-std=c17", "-O1", "-w", "-D_XOPEN_SOURCE=700",
                "-DCK_SLOT_MINUS=1", "-o", narrow,
                *sorted(glob.glob(os.path.join(SRC, "src", "checker", "*.c"))), "-lgmp"], check=True)
checkers = [[sys.executable, os.path.join(SRC, "src", "checker_py", "aonck.py")]]
if os.environ.get("AONCK"):
    checkers.append([os.environ["AONCK"]])
for checker in checkers:
    check(checker, "accept.aonw", 0, "accepted: statement slot")
    check(checker, "in-product.aonw", 1, "[in-product]")
check([narrow], "in-product.aonw", 0, "accepted: ")
check([narrow], "accept.aonw", 1, "[in-product]")

print(f"{good} passed, {bad} failed")
sys.exit(1 if bad or good == 0 else 0)
