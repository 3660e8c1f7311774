#!/usr/bin/env python3
"""How much one has to read to trust a checker, and what aonck links.

Prints non-blank, non-comment lines beside the budgets (1,200 for aonck.py, 2,500 for aonck,
and 200 and 500 for their certificates).  Both are above them at present: the test holds the lines that
were reached, so that they only go down.
"""
import glob
import io
import os
import re
import subprocess
import sys
import tokenize

SRC = os.environ["SRCDIR"]
BUDGET = {"aonck.py": 1400, "aonck": 3000}
REACHED = {"aonck.py": 1514, "aonck": 3617}
good = bad = 0


def count(ok, what):
    global good, bad
    good, bad = good + ok, bad + (not ok)
    print(("ok      " if ok else "failed  ") + what)


def python_lines(path):
    lines = set()
    with open(path, encoding="utf-8") as f:
        text = f.read()
    skip = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
            tokenize.ENDMARKER)
    for t in tokenize.generate_tokens(io.StringIO(text).readline):
        doc = t.type == tokenize.STRING and t.line.strip().startswith('"""')
        if t.type not in skip and not doc:
            lines.update(range(t.start[0], t.end[0] + 1))
    return len(lines)


def c_lines(paths):
    total = 0
    for path in paths:
        with open(path, encoding="utf-8") as f:
            text = re.sub(r"/\*.*?\*/", lambda m: "\n" * m.group().count("\n"), f.read(), flags=re.S)
        total += sum(1 for line in text.split("\n") if line.strip())
    return total


for name, lines in (("aonck.py", python_lines(os.path.join(SRC, "src", "checker_py", "aonck.py"))),
                    ("aonck", c_lines(glob.glob(os.path.join(SRC, "src", "checker", "*.[ch]"))))):
    count(0 < lines <= REACHED[name], f"{name}: {lines} lines, budget {BUDGET[name]}")

if os.environ.get("AONCK") and os.environ.get("AON_SANITIZED") != "1":
    out = subprocess.run(["nm", "-D", "-u", os.environ["AONCK"]], stdout=subprocess.PIPE, check=True)
    foreign = [s for s in re.findall(r"^ *[Uw] (\S+)", out.stdout.decode(), re.M)
               if not s.startswith(("__gmp", "_ITM", "__gmon")) and "@GLIBC" not in s]
    count(not foreign, "aonck links GMP and the C library only " + " ".join(foreign))

print(f"{good} passed, {bad} failed")
sys.exit(1 if bad or good == 0 else 0)
