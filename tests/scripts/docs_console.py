#!/usr/bin/env python3
# ctest: timeout=900
"""Every ```console block of README.md and docs/*.md, run and compared.

A line `$ command` is run by sh in a scratch copy of theorems/, with the lines `> ..` that go
on with a here-document; the lines up to the next `$` are its expected output, stdout and
stderr together.  A line `...` stands for any
number of lines.  `[exit N]` as the last line is its exit status; without it the status is
not compared.  --bless is not offered: a person writes documentation.
"""
import glob
import os
import re
import shutil
import subprocess
import sys

SRC = os.environ["SRCDIR"]
AON = os.environ["AON"]


def blocks(path):
    text = open(path, encoding="utf-8").read()
    for m in re.finditer(r"^```console\n(.*?)^```", text, re.M | re.S):
        yield text.count("\n", 0, m.start()) + 2, m.group(1)


def commands(body, line):
    cmd, want, at = None, [], line
    for i, row in enumerate(body.splitlines()):
        if row.startswith("$ "):
            if cmd is not None:
                yield at, cmd, want
            cmd, want, at = row[2:], [], line + i
        elif cmd is not None and "<<" in cmd and not want and (row == ">" or row.startswith("> ")):
            cmd += "\n" + row[2:]
        else:
            want.append(row)
    if cmd is not None:
        yield at, cmd, want


def matches(want, got):
    pattern = ""
    for row in want:
        pattern += r"(?:.*\n)*?" if row == "..." else re.escape(row.rstrip()) + r" *\n"
    return re.fullmatch(pattern, "".join(r.rstrip() + "\n" for r in got)) is not None


def main():
    passed = failed = 0
    os.mkdir("bin")
    os.symlink(AON, "bin/aon")
    shutil.copytree(os.path.join(SRC, "theorems"), "theorems")
    env = dict(os.environ, PATH=os.path.abspath("bin") + ":" + os.environ["PATH"], NO_COLOR="1")
    if os.environ.get("AONCK"):
        os.symlink(os.environ["AONCK"], "bin/aonck")
    pages = [os.path.join(SRC, "README.md")] + sorted(glob.glob(os.path.join(SRC, "docs", "*.md")))
    for page in pages:
        name = os.path.relpath(page, SRC)
        for line, body in blocks(page):
            for at, cmd, want in commands(body, line):
                if cmd.startswith("sh scripts/"):
                    continue  # the set-up commands themselves
                run = subprocess.run(["sh", "-c", cmd], env=env, stdout=subprocess.PIPE,
                                     stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
                status = None
                if want and re.fullmatch(r"\[exit \d+\]", want[-1]):
                    status = int(want[-1][6:-1])
                    want = want[:-1]
                got = run.stdout.decode("utf-8", "replace").splitlines()
                if matches(want, got) and status in (None, run.returncode):
                    passed += 1
                    continue
                failed += 1
                print(f"{name}:{at}: $ {cmd}\n--- documented (exit {status})")
                print("\n".join(want))
                print(f"--- printed (exit {run.returncode})")
                print("\n".join(got))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
