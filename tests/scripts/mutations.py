#!/usr/bin/env python3
"""Every line of tests/mutations.txt still changes its file (scripts/mutate.sh runs them)."""
import os
import subprocess
import sys

SRC = os.environ["SRCDIR"]


def main():
    good = bad = 0
    for number, line in enumerate(open(os.path.join(SRC, "tests", "mutations.txt")), 1):
        if line.startswith("#") or not line.strip():
            continue
        path, expression, what = line.rstrip("\n").split("|", 2) if line.count("|") == 2 else \
            (line.split("|", 1)[0], line.split("|", 1)[1].rsplit("|", 1)[0], line.rsplit("|", 1)[1])
        file = os.path.join(SRC, path)
        changed = subprocess.run(["sed", expression, file], stdout=subprocess.PIPE, check=True).stdout
        if changed != open(file, "rb").read() and what.strip():
            good += 1
        else:
            bad += 1
            print(f"tests/mutations.txt:{number}: changes nothing: {line.strip()}")
    print(f"{good} passed, {bad} failed")
    return 1 if bad or good == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
