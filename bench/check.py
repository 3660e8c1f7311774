#!/usr/bin/env python3
"""Time of aonck against the aon decide that wrote the witness: ratios of processor time.

usage: bench/check.py AON AONCK [D ..]     default D: 8 32 64; n = 4 D contexts, k = 2 D tokens
For each size and statement of bench/check.aon: median of RUNS pairs, run in turn.
"""
import os
import resource
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
RUNS = 5


def cpu(cmd):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    p = subprocess.run(cmd, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if p.returncode != 0:
        raise SystemExit(f"{cmd}: exit {p.returncode}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    aon, aonck = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    lib = os.path.join(HERE, "..", "theorems")
    with tempfile.TemporaryDirectory() as tmp:
        os.symlink(os.path.abspath(os.path.join(lib, "lib")), os.path.join(tmp, "lib"))
        theorem = os.path.join(tmp, "check.aon")
        with open(os.path.join(HERE, "check.aon")) as src, open(theorem, "w") as dst:
            dst.write(src.read())
        print("statement            d    n    k  witness     decide   aonck   aonck/decide")
        for d in [int(a) for a in sys.argv[3:]] or [8, 32, 64]:
            inst = os.path.join(tmp, "i.aoni")
            with open(inst, "w") as out:
                subprocess.run([aon, "generate", "--seed", "3", "--d", str(d), "--d2", str(d + 2),
                                "--n", str(4 * d), "--k", str(2 * d), "--rank", str(d)],
                               stdout=out, check=True)
            for name in ("bench_ranks", "bench_equivalence"):
                w = os.path.join(tmp, "w.aonw")
                pairs = []
                for _ in range(RUNS):
                    a = cpu([aon, "decide", f"{theorem}:{name}", inst, "--quiet", "-o", w])
                    b = cpu([aonck, theorem, w])
                    pairs.append((a, b))
                print(f"{name:18} {d:4} {4*d:4} {2*d:4} {os.path.getsize(w)/1e6:7.2f} MB"
                      f" {statistics.median(p[0] for p in pairs):8.3f} s"
                      f" {statistics.median(p[1] for p in pairs):7.3f} s"
                      f" {statistics.median(p[1] / p[0] for p in pairs):8.2f}", flush=True)


main()
