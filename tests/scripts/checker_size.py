#!/usr/bin/env python3
"""How much one has to read to trust a checker, and what aonck links.

Non-blank, non-comment lines, those for certificates apart, within their budgets; docs/trust.md says
how many.
"""
import glob
import io
import os
import re
import subprocess
import sys
import tokenize

SRC = os.environ["SRCDIR"]
# witnesses, certificates
BUDGET = {"aonck.py": (1200, 200), "aonck": (2500, 500)}
good = bad = 0


def count(ok, what):
    global good, bad
    good, bad = good + ok, bad + (not ok)
    print(("ok      " if ok else "failed  ") + what)


def python_lines():
    """Witnesses, certificates: the section of that name up to the next one."""
    with open(os.path.join(SRC, "src", "checker_py", "aonck.py"), encoding="utf-8") as f:
        text = f.read()
    skip = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
            tokenize.ENDMARKER)
    lines, starts = set(), {}
    for t in tokenize.generate_tokens(io.StringIO(text).readline):
        doc = t.type == tokenize.STRING and t.line.strip().startswith('"""')
        if t.type not in skip and not doc:
            lines.update(range(t.start[0], t.end[0] + 1))
        section = re.match(r"# (\d)\. (.*)", t.string) if t.type == tokenize.COMMENT else None
        if section:
            starts[int(section.group(1))] = t.start[0], section.group(2)
    at = next(n for n, (_, title) in starts.items() if "certificates" in title)
    certificates = sum(starts[at][0] < n < starts[at + 1][0] for n in lines)
    return len(lines) - certificates, certificates


def c_lines():
    """Witnesses, certificates: the file certify.c."""
    total = {True: 0, False: 0}
    for path in glob.glob(os.path.join(SRC, "src", "checker", "*.[ch]")):
        with open(path, encoding="utf-8") as f:
            text = re.sub(r"/\*.*?\*/", lambda m: "\n" * m.group().count("\n"), f.read(), flags=re.S)
        total[path.endswith("certify.c")] += sum(1 for line in text.split("\n") if line.strip())
    return total[False], total[True]


with open(os.path.join(SRC, "docs", "trust.md"), encoding="utf-8") as f:
    trust = f.read()
for name, lines in (("aonck.py", python_lines()), ("aonck", c_lines())):
    for what, n, budget in zip(("witnesses", "certificates"), lines, BUDGET[name]):
        count(0 < n <= budget, f"{name}, {what}: {n} lines, budget {budget}")
    row = "| `%s` | %s | %s | %s | %s |" % ((name,) + tuple(
        f"{x:,}" for pair in zip(lines, BUDGET[name]) for x in pair))
    count(row in trust, "docs/trust.md has " + row)

if os.environ.get("AONCK") and os.environ.get("AON_SANITIZED") != "1":
    out = subprocess.run(["nm", "-D", "-u", os.environ["AONCK"]], stdout=subprocess.PIPE, check=True)
    foreign = [s for s in re.findall(r"^ *[Uw] (\S+)", out.stdout.decode(), re.M)
               if not s.startswith(("__gmp", "_ITM", "__gmon")) and "@GLIBC" not in s]
    count(not foreign, "aonck links GMP and the C library only " + " ".join(foreign))

print(f"{good} passed, {bad} failed")
sys.exit(1 if bad or good == 0 else 0)
