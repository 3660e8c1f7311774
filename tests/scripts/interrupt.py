#!/usr/bin/env python3
"""Ctrl-C and SIGTERM: the best result so far, how to go on, an end by the signal."""
import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import time

AON = os.environ["AON"]
T = os.path.join(os.environ["SRCDIR"], "theorems")
failed = 0


def catches(pid, number):
    """Does the process catch this signal by now?"""
    with open("/proc/%d/status" % pid) as f:
        mask = [line for line in f if line.startswith("SigCgt:")][0]
    return int(mask.split()[1], 16) >> (number - 1) & 1 == 1


def run(args, number, ready=lambda: True):
    """Start, wait until it catches the signal and `ready`, send it; status, stdout, stderr."""
    p = subprocess.Popen([AON] + args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 60
    while p.poll() is None and time.monotonic() < end and not (catches(p.pid, number) and ready()):
        time.sleep(0.01)
    p.send_signal(number)
    p.send_signal(number)  # as timeout(1) does
    out, err = p.communicate(timeout=60)
    return p.returncode, out, err


def want(what, condition, *said):
    global failed
    if not condition:
        failed += 1
        print("wrong: " + what, *said, sep="\n")


if not os.path.exists("/proc/self/status"):
    print("no /proc: it cannot be seen when a signal is caught")
    sys.exit(0)
for path in ("state", "drawn"):
    shutil.rmtree(path, ignore_errors=True)

# find: what is done, and a state that is whole (cli_find.sh: going on gives the same)
full = ["find", T + "/thm15.aon:thm15_full", "--max", "2,2,3,3", "--count", "0", "-j", "1"]
state = "state/thm15_full.aonf"
code, out, err = run(full + ["-o", "state"], signal.SIGINT, lambda: os.path.exists(state))
want("find ends by SIGINT", code == -signal.SIGINT, code, out, err)
want("find says what it has", "interrupted, none found; up to" in out and " of 36 scopes done" in out, out)
want("find says how to go on", "aon: interrupted; " in err and "--resume " + state in err, err)
want("find leaves the state alone", os.listdir("state") == ["thm15_full.aonf"], os.listdir("state"))
code, out, err = run(full + ["-o", "state", "--resume", state, "--json"], signal.SIGTERM)
want("find --json ends by SIGTERM", code == -signal.SIGTERM, code, out, err)
want("find --json says so", json.loads(out)["find"] == "interrupted", out)
want("a resumed search that is interrupted names a state", "--resume " + state in err, err)
code, out, err = run(full, signal.SIGINT)
want("without -o there is no state", code == -signal.SIGINT and "with -o DIR a state is kept" in err, code, err)

# find --all: what is found is no end
every = ["find", T + "/thm14.aon:thm14", "--without", "inN", "--all", "--max", "2,2,3,3", "-j", "1", "-o", "every"]
shutil.rmtree("every", ignore_errors=True)
state = "every/thm14-without-inN.aonf"
code, out, err = run(every, signal.SIGINT, lambda: os.path.exists(state[:-1] + "w"))
want("find --all ends by SIGINT", code == -signal.SIGINT, code, out, err)
want("find --all says that there may be others", "  refuted, smallest (d,d',n,k) = (1,1,3,1): " in out and
     "\nthm14  without inN  interrupted, there may be others; up to " in out, out)
want("find --all keeps the state", "--resume " + state in err and os.path.exists(state), err)
code, out, err = run(every + ["--resume", state, "--json"], signal.SIGINT)
lines = [json.loads(line) for line in out.splitlines()]
want("a resumed find --all has what was found", code == -signal.SIGINT and lines[0]["shape"] == [1, 1, 3, 1] and
     (lines[-1]["find"], lines[-1]["found"]) == ("interrupted", len(lines) - 1), out)

# ablate: the sets so far, and that they are not all
ablate = ["ablate", T + "/thm15.aon:thm15_full", "--max", "2,2,3,3", "-j", "1"]
code, out, err = run(ablate, signal.SIGINT)
want("ablate ends by SIGINT", code == -signal.SIGINT, code, out, err)
want("ablate claims nothing of larger sets", "nothing larger" not in out and "sets of hypotheses" in out, out)
want("ablate says what is open", "\nopen\n" in out and "  interrupted, " in out, out)
want("ablate says that it was interrupted", "aon: interrupted; open sets" in err, err)

# minimize: the smallest so far, violated; going on from it
for name in glob.glob("cut*") + glob.glob("m2*"):
    os.remove(name)
with open("rank.aon", "w") as f:
    f.write("statement rank\ngiven d in dim   given m in model(d)\nshow c: dim(span{m.f(x) | x in X}) < 24\n"
            "statement both\ngiven d in dim   given m in model(d)\n"
            "show c: dim(span{m.f(x) | x in X}) < 3 or dim(span{m.g(y) - m.g(base) | y in Y}) < 3\n")
for name, shape in (("rank", "--d 24 --rank 24 --n 60 --k 40 --bits 20"), ("both", "--d 3 --rank 3 --n 6 --k 5")):
    subprocess.run([AON, "generate", "--seed", "3", "-o", name + ".aoni"] + shape.split(), check=True)
rank = ["minimize", "rank.aon:rank", "rank.aoni"]
code, out, err = run(rank + ["-o", "cut"], signal.SIGINT)
want("minimize ends by SIGINT", code == -signal.SIGINT, code, out, err)
want("minimize gives no grade", "\n  no grade: interrupted; " in out, out)
want("minimize says what is kept", "aon: interrupted; cut.aoni is the smallest after " in err, err)
want("minimize says how to go on", " decisions; go on from it with --because c\n" in err, err)
decided = subprocess.run([AON, "decide", "rank.aon:rank", "cut.aoni"], capture_output=True, text=True)
want("what is kept is violated", decided.returncode == 1, decided)
os.makedirs("blocked.aoni", exist_ok=True)
code, out, err = run(rank + ["-o", "blocked"], signal.SIGINT)
want("what could not be kept is not said to be", code == 71 and "interrupted; this is the smallest after " in err, code, err)
code, out, err = run(rank + ["--json"], signal.SIGTERM)
want("minimize --json ends by SIGTERM", code == -signal.SIGTERM, code, out, err)
want("minimize --json says so", json.loads(out)["grade"].startswith("no grade: interrupted; "), out)
want("minimize says how to keep it", "aon: interrupted; this is the smallest after " in err, err)
code, out, err = run(["minimize", "rank.aon:both", "both.aoni", "--grade", "M2", "-j", "1", "-o", "m2"], signal.SIGINT,
                     lambda: os.path.exists("m2-1.aonc"))
want("minimize --grade M2 ends by SIGINT", code == -signal.SIGINT, code, out, err)
want("M2 is open", "\n  M1: " in out and "; M2 is open: the search of smaller shapes was interrupted; " in out, out)
want("minimize says that M2 is open", "aon: interrupted; no move makes it smaller, M2 is open" in err, err)
want("files of M2", sorted(glob.glob("m2*")) == ["m2-1.aonc", "m2.aoni", "m2.aonw"], glob.glob("m2*"))

# suite and review: whole statements, whole files
LONG = "statement %s\nuse ntp 1\ngiven d in dim   given m in model(d)\nshow c: %s\nexpect %s\n"
os.makedirs("theory", exist_ok=True)
with open("theory/a.aon", "w") as f:
    f.write(LONG % ("quick", "forall x in X, y in Y: <m.f(x), m.g(y)> = 0", "refuted"))
with open("theory/b.aon", "w") as f:
    f.write(LONG % ("slow", "d = d", "survived"))
os.environ["AON_THEOREMS"] = T
shutil.copytree(T + "/lib", "theory/lib", dirs_exist_ok=True)
suite = ["suite", "theory/a.aon", "theory/b.aon", "--count", "1000000", "-j", "1", "--junit", "suite.xml",
         "--witnesses", "drawn"]
code, out, err = run(suite, signal.SIGTERM, lambda: glob.glob("drawn/slow-*.aonw"))
want("suite ends by SIGTERM", code == -signal.SIGTERM, code, out, err)
want("suite has what is whole", "quick" in out and "1 statements: 1 as expected" in out and "slow" not in out, out)
want("suite says where", "interrupted; theory/b.aon:slow and what comes after" in err, err)
want("suite writes no report of a part", not os.path.exists("suite.xml"))
want("no file is left half-made", not glob.glob("drawn/.aon-*"), os.listdir("drawn"))
code, out, err = run(suite + ["--json"], signal.SIGTERM, lambda: glob.glob("drawn/slow-*.aonw"))
want("suite --json says so", json.loads(out.splitlines()[-1])["summary"].get("interrupted") is True, out)

with open("theory/aon.lock", "w") as f:
    f.write("aonlock 1\nseed 1\ncount 1000000\nwork 10\nend\n")
with open("theory/aon.lock") as f:
    was = f.read()
code, out, err = run(["review", "theory", "-j", "1", "--accept", "all"], signal.SIGINT)
want("review ends by SIGINT", code == -signal.SIGINT, code, out, err)
want("review says where", ".aon and what comes after it is not compared" in err, err)
with open("theory/aon.lock") as f:
    want("review leaves the lock", f.read() == was)

# an ignored signal stays ignored
p = subprocess.Popen([AON] + full, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                     preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
time.sleep(0.3)
p.send_signal(signal.SIGINT)
time.sleep(0.3)
want("an ignored signal is ignored", p.poll() is None, p.returncode)
p.send_signal(signal.SIGTERM)
p.communicate(timeout=60)

sys.exit(1 if failed else 0)
