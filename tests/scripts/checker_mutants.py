#!/usr/bin/env python3
# ctest: labels=slow timeout=900
"""No condition of a checker is idle: without it some file of tests/reject/ is accepted.

scripts/refusals.py takes out one after the other; what survives must be explained there.
"""
import os
import re
import subprocess
import sys

CHECKERS = ["c"] if os.environ.get("AON_SANITIZED") == "1" else ["c", "python"]
TOOL = os.path.join(os.environ["SRCDIR"], "scripts", "refusals.py")
p = subprocess.run([sys.executable, TOOL, *CHECKERS], stdout=subprocess.PIPE,
                   stderr=subprocess.STDOUT)
out = p.stdout.decode("utf-8", "replace")
print(out, end="")
counts = re.findall(r"^(?:c|python): (\d+) conditions, (\d+) killed$", out, re.M)
killed = sum(int(k) for _, k in counts)
wrong = len(re.findall(r"^  (?:survives|accepted as it is): ", out, re.M))
ok = p.returncode == 0 and wrong == 0 and len(counts) == len(CHECKERS)
ok = ok and all(int(k) > 50 for _, k in counts)
print(f"{killed} passed, {max(wrong, not ok)} failed")
sys.exit(0 if ok else 1)
