#!/usr/bin/env python3
"""What `aon find` and `aon ablate` say of a part of the scopes names the part, and a counterexample as
JSON is one."""
import json
import os
import subprocess
import sys

AON, SRC = os.environ["AON"], os.environ["SRCDIR"]
FULL = os.path.join(SRC, "theorems/thm15.aon") + ":thm15_full"
failed = 0


def run(*args):
    r = subprocess.run([AON] + list(args), capture_output=True, text=True)
    return r.returncode, r.stdout


def check(good, what):
    global failed
    if not good:
        failed += 1
        print("failed:", what)


def find(*args):
    return run("find", FULL, "--without", "hidden", *args)


# the smallest of all is at (1,1,1,2), so nothing else may be called the smallest
for args, words in (((), "refuted, smallest (d,d',n,k) = (1,1,1,2):"),
                    (("--min", "1,1,1,1"), "refuted, smallest (d,d',n,k) = (1,1,1,2):"),
                    (("--min", "1,2,1,3"), "refuted, smallest from (1,2,1,3) on, (d,d',n,k) = (1,2,1,3):"),
                    (("--shard", "2/2"), "refuted, smallest in shard 2/2, (d,d',n,k) = ")):
    code, out = find("--quiet", *args)
    check(code == 0 and words in out, "%s: exit %d, %s" % (args, code, out))

for args, words, members in (
        ((), "none in scope (d,d',n,k) = (1,1,1,2)", {"min": [1, 1, 1, 1]}),
        (("--shard", "1/2"), "none in scope in shard 1/2, (d,d',n,k) = (1,1,1,2)", {"shard": "1/2"}),
        (("--min", "1,1,1,2", "--shard", "2/3"),
         "none in scope in shard 2/3 from (1,1,1,2) on, (d,d',n,k) = (1,1,1,2)",
         {"min": [1, 1, 1, 2], "shard": "2/3"})):
    args += ("--max", "1,1,1,2")
    code, out = run("find", FULL, "--quiet", *args)
    check(code == 1 and words in out, "%s: exit %d, %s" % (args, code, out))
    code, out = run("find", FULL, "--json", *args)
    one = json.loads(out)
    check(one["find"] == "none in scope" and one["max"] == [1, 1, 1, 2], out)
    check(all(one[k] == v for k, v in members.items()) and ("shard" in one) == ("--shard" in args), out)

code, out = find("--json", "--min", "1,2,1,3")
one = json.loads(out)
check(code == 0 and one["find"] == "refuted" and one["shape"] == one["min"] == [1, 2, 1, 3], out)
with open("result.aoni", "w") as f:
    f.write(one["result"])
code, out = run("decide", FULL, "result.aoni", "--without", "hidden", "--json")
check(code == 1 and json.loads(out)["show"] == one["show"], out)
check(one["result"].count("\ncontext ") == 1 and "\ntokens a b c\n" in one["result"], one["result"])

code, out = run("ablate", FULL, "--max", "1,1,1,2", "--min", "1,1,1,2", "--quiet")
check("in scopes from (1,1,1,2) on up to (d,d',n,k) = (1,1,1,2)" in out, out)
code, out = run("ablate", FULL, "--max", "1,1,1,2", "--quiet")
check("in scopes up to (d,d',n,k) = (1,1,1,2)" in out, out)
code, out = run("ablate", FULL, "--max", "1,1,1,2", "--min", "1,1,1,2", "--json")
check(out and all(json.loads(line)["min"] == [1, 1, 1, 2] for line in out.splitlines()), out)

# why there is no certificate
for part in (("--no-symmetry",), ("--shard", "1/2")):
    r = subprocess.run([AON, "find", FULL, "--max", "1,1,1,2", "--count", "0", "-o", "none"] + list(part),
                       capture_output=True, text=True)
    check(r.returncode == 1 and r.stderr ==
          "aon: there is no certificate: only a whole search, with symmetry, has one\n", r.stderr)
print("%d failed" % failed)
sys.exit(failed > 0)
