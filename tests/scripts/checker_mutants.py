#!/usr/bin/env python3
# ctest: labels=slow timeout=600
"""No condition of a checker is idle: without it some file of tests/reject/ is accepted.

scripts/refusals.py takes out one after the other; what survives must be explained there.
"""
import os
import re
import subprocess
import sys

p = subprocess.run([sys.executable, os.path.join(os.environ["SRCDIR"], "scripts", "refusals.py")],
                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
out = p.stdout.decode("utf-8", "replace")
print(out, end="")
counts = re.findall(r"^(?:c|python): (\d+) conditions, (\d+) killed$", out, re.M)
killed = sum(int(k) for _, k in counts)
idle = out.count("  survives: ")
ok = p.returncode == 0 and idle == 0 and len(counts) == 2 and all(int(k) > 50 for _, k in counts)
print(f"{killed} passed, {idle + (not ok and idle == 0)} failed")
sys.exit(0 if ok else 1)
