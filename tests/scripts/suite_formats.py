#!/usr/bin/env python3
"""aon suite --json and --junit: what parsers get, for every status and for hostile names."""
import json
import os
import re
import subprocess
import xml.etree.ElementTree as ET

AON, SRC = os.environ["AON"], os.environ["SRCDIR"]
os.environ["AON_THEOREMS"] = os.path.join(SRC, "theorems")
passed = 0


def check(good, what, *seen):
    global passed
    assert good, what + "\n" + "\n".join(str(s) for s in seen)
    passed += 1


def run(*args):
    p = subprocess.run([AON, "suite"] + list(args), capture_output=True)
    return p.returncode, p.stdout.decode(), p.stderr.decode(errors="replace")


def write(path, text):
    os.makedirs(os.path.dirname(path) or b".", exist_ok=True)
    with open(path, "wb") as f:
        f.write(text.encode())


GOOD = """statement good
given d in dim   given m in model(d)
show z: forall x in X: m.f(x) = m.f(x)
expect survived
expect none at (1,1,2)
expect refuted because z
expect holds on "i & <b> 'q' \u202e\u0085.aoni"

statement bare
given d in dim   given m in model(d)
show z: 1 = 1

statement empty
given d in dim   given m in model(d)
assume no: 1 = 2
show z: 1 = 1
expect survived
expect none at (1,1)

statement open
given d in dim   given m in model(d)
show factors: exists A in matrix(2,2): A*A = 3*id(2) and A = tr(A)
expect survived
"""
# names: of XML, of JSON, no UTF-8 at all
folder = b"s/<a & \"b\">"
write(folder + b"/good ]]>'.aon", GOOD)
write(folder + "/i & <b> 'q' \u202e\u0085.aoni".encode(), "aoni 1\ntokens <a> &b;\nbase <a>\ncontext x\nmodel m 1\nf x 1\ng <a> 0\ng &b; 1\nend\n")
write(b"s/z\xff\x01.aon", "statement broken")
write(b"s/zz\xe2\x82.aon", "statement fine\nshow z: 1 = 1\nexpect survived\n")
status, out, err = run("s", "--count", "5", "--json", "--junit", "j.xml")
check(status == 3, "exit", status, out, err)

# ---- JSON lines
lines = [json.loads(l) for l in out.split("\n")[:-1]]
check(all(l["schema"] == 1 for l in lines), "schema")
check(not any(ord(c) < 32 and c != "\n" for c in out), "no control characters")
got = [(l["statement"], l["expected"], l["status"]) for l in lines[:-1]]
named = 'holds on "i & <b> \'q\' \u202e\u0085.aoni"'
check(got == [("good", "survived", "as expected"), ("good", "none at (1,1,2)", "as expected"),
              ("good", "refuted because z", "NOT AS EXPECTED"), ("good", named, "as expected"),
              ("bare", "-", "nothing expected"), ("empty", "survived", "NOT AS EXPECTED"), ("empty", "none at (1,1)", "NOT AS EXPECTED"),
              ("open", "survived", "NOT AS EXPECTED"), ("fine", "survived", "as expected")], "lines", got)
check(all(l["file"].startswith("s/") for l in lines[:-1]), "file")
check(lines[0]["trials"] == 5 and lines[0]["applicable"] + lines[0]["gallery applicable"] > 0 and lines[1]["scopes"] == 2, "counts", lines[:2])
check(lines[-1]["summary"]["as expected"] == 4 and lines[-1]["summary"]["not as expected"] == 4, "summary", lines[-1])

# ---- JUnit: the form of Jenkins' schema (junit-10.xsd), without times
ALLOWED = {
    "testsuites": ({"name", "tests", "failures", "errors", "time"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped", "time"}, {"testcase"}),
    "testcase": ({"classname", "name", "time"}, {"failure", "error", "skipped"}),
    "failure": ({"message", "type"}, set()),
    "error": ({"message", "type"}, set()),
    "skipped": ({"message"}, set()),
}


def validate(e):
    attributes, children = ALLOWED[e.tag]
    check(set(e.attrib) == attributes, "attributes of " + e.tag, e.attrib)
    check(all(c.tag in children for c in e), "children of " + e.tag)
    if e.tag != "testcase":
        check(e.tag in ("failure", "error") or not (e.text or "").strip(), "text in " + e.tag)
    else:
        check(len(e) <= 1, "one outcome")
    check(e.attrib.get("time", "0") == "0", "no times")
    for c in e:
        validate(c)


def count(suite):
    cases = suite.findall("testcase")
    return {"tests": len(cases), **{k: len(suite.findall("testcase/" + t)) for k, t in
                                    (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))}}


raw = open("j.xml", "rb").read().decode()
check(not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", raw), "characters")
root = ET.fromstring(raw.encode())
check(root.tag == "testsuites", "root")
validate(root)
suites = root.findall("testsuite")
for s in suites:
    check(all(int(s.get(k)) == v for k, v in count(s).items()), "counts of a suite", s.attrib)
for k in ("tests", "failures", "errors"):
    check(int(root.get(k)) == sum(int(s.get(k)) for s in suites), "counts", k)
check([s.get("name") for s in suites] == ["s/<a & \"b\">/good ]]>'.aon", "s/zz\\xE2\\x82.aon", "s/z\\xFF\\x01.aon"], "names", [s.get("name") for s in suites])
outcome = {c.get("name"): (c[0].tag, c[0].get("type")) if len(c) else None for c in root.iter("testcase")}
check(outcome == {
    "good: survived": None, "good: none at (1,1,2)": None, "good: refuted because z": ("failure", "not as expected"),
    'good: holds on "i & <b> \'q\' \\xE2\\x80\\xAE\\xC2\\x85.aoni"': None, "bare: -": ("skipped", None),
    "empty: survived": ("failure", "vacuous"), "empty: none at (1,1)": ("error", "bad input"), "open: survived": ("failure", "undecided"),
    "reading": ("error", "bad input"), "fine: survived": None}, "outcomes", outcome)

# ---- why, and the instance, in both
write(b"flip.aon", 'statement flip\ngiven d in dim   given m in model(d)\nshow zero: forall x in X: m.f(x) = 0\nexpect holds on "i.aoni"\n')
write(b"i.aoni", "aoni 1\ntokens <a>\nbase <a>\ncontext x\nmodel m 1\nf x 1\ng <a> 0\nend\n")
status, out, err = run("flip.aon", "--count", "5", "--json", "--junit", "j.xml")
line = json.loads(out.split("\n")[:-1][0])
check(status == 1 and line["instance"].startswith("aoni 1\ntokens <a>\n") and "zero is false" in line["why"], "json story", out)
failure = ET.parse("j.xml").getroot().find("testsuite/testcase/failure")
check(failure.get("message") == "violated: zero" and failure.text == line["why"] + line["instance"], "story", failure.text)

# ---- the lock's differences
env = ["flip.aon", "--lock", "l.lock", "--accept", "all"]
subprocess.run([AON, "review"] + env, capture_output=True, check=True)
write(b"flip.aon", "statement flip\ngiven d in dim   given m in model(d)\nshow zero: forall x in X: m.f(x) = m.f(x)\n")
status, out, err = run("flip.aon", "--count", "5", "--json", "--junit", "j.xml", "--against", "l.lock")
root = ET.parse("j.xml").getroot()
validate(root)
suite = [s for s in root if s.get("name") == "l.lock"]
check(status == 1 and len(suite) == 1 and suite[0].get("failures") == "1", "lock", out)
flip = suite[0].find("testcase/failure")
check(flip.get("type") == "FLIP" and flip.get("message") == "refuted -> survived" and "because the statement changed (flip.aon:1)" in flip.text, "flip", flip.text)
check([json.loads(l).get("lock") for l in out.split("\n")[:-1]] == [None, None, "STATEMENT-CHANGED", "FLIP", None], "lock as JSON", out)

# ---- same inputs, same bytes; a file that cannot be written
first = open("j.xml", "rb").read()
run("flip.aon", "--count", "5", "-j", "3", "--junit", "k.xml", "--against", "l.lock")
check(open("k.xml", "rb").read() == first, "threads")
status, out, err = run("flip.aon", "--count", "5", "--junit", "no/such/folder.xml")
check(status == 71 and "no/such" in err, "no folder", status, err)
print("%d passed, 0 failed" % passed)
