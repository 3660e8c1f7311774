#!/usr/bin/env python3
"""Every witness that aon writes is accepted by both checkers.

usage: scripts/accept_all.py [--count N] [--seed S] [--only suite|decide] [--dir DIR] AON AONCK

Witnesses of `aon suite theorems --count N --seed S` (default 20 and 1) and of `aon decide` for
every statement with every file of theorems/instances that fits.  aonck is started for each;
aonck.py is kept in a process of its own.  DIR keeps the witnesses (default: a temporary folder).
Exit status 1 if one is refused, or if there is none.
"""
import argparse
import collections
import glob
import importlib.util
import json
import os
import re
import select
import subprocess
import sys
import tempfile
import threading
import time

SRC = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))


class PythonChecker:
    """aonck.py in a process that keeps the theorem files it has read."""

    def __init__(self, source=os.path.join(SRC, "src", "checker_py", "aonck.py")):
        self.source, self.child = source, None

    def start(self):
        self.to_child, self.from_child = os.pipe(), os.pipe()
        self.child = os.fork()
        if self.child == 0:
            try:
                os.close(self.to_child[1])
                os.close(self.from_child[0])
                self.serve()
            finally:
                os._exit(70)
        os.close(self.to_child[0])
        os.close(self.from_child[1])
        self.rest = b""

    def stop(self):
        if self.child is not None:
            os.close(self.to_child[1])
            os.close(self.from_child[0])
            os.kill(self.child, 9)
            os.waitpid(self.child, 0)
            self.child = None

    def check(self, theorem, path, seconds=100):
        """(exit status, what was written) as of `aonck.py THEOREM PATH`."""
        if self.child is None:
            self.start()
        os.write(self.to_child[1], (json.dumps([theorem, path]) + "\n").encode())
        until = time.monotonic() + seconds
        while b"\n" not in self.rest:
            left = until - time.monotonic()
            ready = left > 0 and select.select([self.from_child[0]], [], [], left)[0]
            got = os.read(self.from_child[0], 1 << 16) if ready else b""
            if not got:
                self.stop()
                return ("time-out" if not ready else "dead"), ""
            self.rest += got
        line, self.rest = self.rest.split(b"\n", 1)
        status, out = json.loads(line)
        return status, out

    def serve(self):
        spec = importlib.util.spec_from_file_location("aonck", self.source)
        aonck = importlib.util.module_from_spec(spec)
        sys.dont_write_bytecode = True
        spec.loader.exec_module(aonck)
        said, read, Theorem = [], {}, aonck.Theorem
        aonck.put = lambda fd, *lines: said.extend(lines)

        def theorem_once(path, libraries):
            if path not in read:
                read[path] = Theorem(path, libraries)
            return read[path]

        def body():
            with os.fdopen(self.to_child[0], "rb") as orders:
                for order in orders:
                    del said[:]
                    status = aonck.safely(aonck.run, ["--quiet"] + json.loads(order))
                    data = (json.dumps([status, "\n".join(said)]) + "\n").encode()
                    while data:
                        data = data[os.write(self.from_child[1], data):]

        aonck.Theorem = theorem_once
        if hasattr(sys, "set_int_max_str_digits"):
            sys.set_int_max_str_digits(0)
        sys.setrecursionlimit(60000)
        threading.stack_size(512 << 20)
        thread = threading.Thread(target=body)
        thread.start()
        thread.join()
        os._exit(0)


def homes():
    """The theorem file of each statement."""
    found = {}
    for path in sorted(glob.glob(os.path.join(SRC, "theorems", "*.aon"))):
        with open(path, encoding="utf-8") as f:
            found.update((m, path) for m in re.findall(r"^statement (\S+)", f.read(), re.M))
    return found


def write_suite(aon, folder, count, seed):
    p = subprocess.run([aon, "suite", os.path.join(SRC, "theorems"), "--count", count, "--seed", seed, "--work", "0",
                        "--quiet", "--witnesses", os.path.join(folder, "suite")],
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    print("aon suite: exit %d: %s" % (p.returncode, p.stdout.decode().strip().split("\n")[-1]))


def write_decided(aon, folder, home):
    os.makedirs(os.path.join(folder, "decide"), exist_ok=True)
    for name, path in home.items():
        for instance in sorted(glob.glob(os.path.join(SRC, "theorems", "instances", "*.aoni"))):
            out = "%s-%s.aonw" % (name, os.path.basename(instance)[:-5])
            subprocess.run([aon, "decide", path + ":" + name, instance, "--quiet", "-o",
                            os.path.join(folder, "decide", out)],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main():
    options = argparse.ArgumentParser(usage=__doc__.split("\n")[2][7:], add_help=True)
    options.add_argument("--count", default="20")
    options.add_argument("--seed", default="1")
    options.add_argument("--only", choices=["suite", "decide"])
    options.add_argument("--dir")
    options.add_argument("aon")
    options.add_argument("aonck")
    o = options.parse_args()
    aon, aonck = os.path.abspath(o.aon), os.path.abspath(o.aonck)
    with tempfile.TemporaryDirectory() as scratch:
        folder, home = o.dir or scratch, homes()
        if o.only != "decide":
            write_suite(aon, folder, o.count, o.seed)
        if o.only != "suite":
            write_decided(aon, folder, home)
        python, tally, size, good, bad = PythonChecker(), collections.Counter(), 0, 0, 0
        for path in sorted(glob.glob(os.path.join(folder, "*", "*.aonw"))):
            with open(path, encoding="utf-8") as f:
                text = f.read()
            lines = text.split("\n", 2)
            theorem = home[lines[1].split()[1]]
            p = subprocess.run([aonck, theorem, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            said = {"aonck": (p.returncode, p.stdout.decode()), "aonck.py": python.check(theorem, path)}
            for name, (status, out) in said.items():
                accepted = status == 0 and out.startswith("accepted: statement ")
                good, bad = good + accepted, bad + (not accepted)
                if not accepted:
                    print("failed: %s: %s: exit %s: %s" % (name, path, status, out.strip()[-300:]))
            size += len(text.encode())
            tally["of aon " + os.path.basename(os.path.dirname(path))] += 1
            tally[re.search(r"^verdict (\S+)", text, re.M).group(1)] += 1
            tally["witnesses"] += 1
        python.stop()
        print(", ".join("%d %s" % (n, k) for k, n in tally.most_common()), "- %.1f MB" % (size / 1e6))
        print("%d answers `accepted`, %d others" % (good, bad))
        return 1 if bad or not good else 0


if __name__ == "__main__":
    sys.exit(main())
