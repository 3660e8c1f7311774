#!/usr/bin/env python3
"""Takes one refusal after the other out of the two checkers; some reject file must then pass.

    refusals.py [--parts] [c|python]..    environment: SRCDIR (default: this tree), CC

A refusal is a call of CK_REQUIRE (or of a macro that passes its condition on to it) in
src/checker/*.c, and a call of `require` without a place in the theorem file in
src/checker_py/aonck.py.  Each one gets a number, and its condition C becomes

    C || site(number)          C or site(number)

so one build is every mutant: SITE in the environment makes that one condition true, whatever
it says; it is still evaluated.  Without SITE, each condition that fails prints its number.
That tells which files a condition refuses; no other file can pass when it is taken out, for
up to there nothing changes.  Of those files one at least must then be accepted (exit 0).

With --parts, each member of a conjunction (also of the conjunctions that a Python `ok` is
made of just before) is a condition of its own; that is no demand, but shows where a file is
missing.

Prints `checker: N conditions, M killed`, and the ones that survive, with their place and the
exits of their files; those that stand in EXCUSED are explained in docs/trust.md.
"""
import ast
import glob
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

SRC = os.environ.get("SRCDIR") or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BASE = "CK_REQUIRE"
# checker, name, part of the condition (a pattern): why no file can show it is said in docs/trust.md
EXCUSED = []
SITE_C = """#include <stdio.h>
#include <stdlib.h>
int ck_site(int n)
{
    const char *s = getenv("SITE");
    if (s == NULL)
        fprintf(stderr, "site %d\\n", n);
    return s != NULL && atoi(s) == n;
}
"""
SITE_PY = """
def site(n, s=os.environ.get("SITE")):
    if s is None:
        os.write(2, b"site %d\\n" % n)
    return s == str(n)
"""


class Site:
    def __init__(self, file, line, name, condition):
        self.file, self.line, self.name = os.path.basename(file), line, name
        self.condition = " ".join(condition.split())

    def __str__(self):
        return f"{self.file}:{self.line}: [{self.name}] {self.condition}"


def only_form(good, what):
    """A refusal that is written in another way would not be found."""
    if not good:
        sys.exit(f"a refusal that cannot be taken out: {what}")


# ---- C: calls of the macro, by their text ----

TOKEN = re.compile(r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|.""", re.S)


def arguments(text, start):
    """(from, to) of each argument of the call whose `(` stands before start, and its end."""
    depth, out, begin, i = 0, [], start, start
    while True:
        m = TOKEN.match(text, i)
        c = m[0]
        if c in ("(", "[", "{"):
            depth += 1
        elif c in (")", "]", "}") and depth > 0:
            depth -= 1
        elif c == ")" or c == "," and depth == 0:
            out.append((begin, i))
            begin = m.end()
            if c == ")":
                return out, i
        i = m.end()


def parts_of(text, start, end):
    """(from, to) of the members of a conjunction; of the whole if it is none."""
    depth, out, begin, i = 0, [], start, start
    while i < end:
        m = TOKEN.match(text, i)
        depth += (m[0] in "([{") - (m[0] in ")]}")
        if depth == 0 and (text.startswith("||", i) or m[0] == "?"):
            return [(start, end)]
        if depth == 0 and text.startswith("&&", i):
            out.append((begin, i))
            begin = i = i + 2
            continue
        i = m.end()
    return out + [(begin, end)]


def macros(texts):
    """{macro: (number of its name argument, or the name itself; number of its condition)}"""
    found = {BASE: (1, 2)}
    define = re.compile(r"#define (\w+)\(([^)]*)\)((?:[^\n]*\\\n)*[^\n]*)")
    for text in texts:
        for m in define.finditer(text):
            call = re.search(BASE + r"\(", m[3])
            if m[1] == BASE or not call:
                continue
            params = [p.strip() for p in m[2].split(",")]
            args = [m[3][a:b].strip() for a, b in arguments(m[3], call.end())[0]]
            name = params.index(args[1]) if args[1] in params else args[1].strip('"')
            found[m[1]] = (name, params.index(args[2]))
    return found


def instrument_c(folder, parts):
    """Copies of the sources with numbered conditions in folder; the sites."""
    paths = sorted(glob.glob(os.path.join(SRC, "src", "checker", "*.[ch]")))
    texts = {p: open(p, encoding="utf-8").read() for p in paths}
    known, sites = macros(texts.values()), []
    only_form(sum(t.count("ck_refuse(") for t in texts.values()) == 3 and
              sum(t.count("ck_stop(CK_EXIT_REFUSED") for t in texts.values()) == 1,
              "ck_refuse outside of CK_REQUIRE")
    call = re.compile(r"\b(" + "|".join(known) + r")\(")
    for path, text in texts.items():
        edits = []
        for m in call.finditer(text):
            line = text[text.rfind("\n", 0, m.start()) + 1:text.find("\n", m.end())]
            if line.startswith("#define") or line.endswith("\\"):
                continue  # inside a macro
            args, _ = arguments(text, m.end())
            name, condition = known[m[1]]
            if isinstance(name, int):
                name = text[slice(*args[name])].strip()
                name = name[1:-1] if name[0] == '"' else f"by {name}"
            a, b = args[condition]
            for a, b in parts_of(text, a, b) if parts else [(a, b)]:
                sites.append(Site(path, text.count("\n", 0, a) + 1, name, text[a:b]))
                edits.append((a, b, f"(({text[a:b]}) || ck_site({len(sites) - 1}))"))
        for a, b, new in reversed(edits):
            text = text[:a] + new + text[b:]
        with open(os.path.join(folder, os.path.basename(path)), "w", encoding="utf-8") as f:
            f.write(text)
    with open(os.path.join(folder, "site.c"), "w", encoding="utf-8") as f:
        f.write(SITE_C)
    return sites


def build_c(folder, parts=False):
    sites, cc = instrument_c(folder, parts), os.environ.get("CC", "cc")

    def compiled(path):
        out = path[:-2] + ".o"
        subprocess.run([cc, "-std=c17", "-O1", "-w", "-D_GNU_SOURCE", "-include",
                        os.path.join(folder, "site.h"), "-c", path, "-o", out], check=True)
        return out

    with open(os.path.join(folder, "site.h"), "w", encoding="utf-8") as f:
        f.write("int ck_site(int n);\n")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = list(pool.map(compiled, sorted(glob.glob(os.path.join(folder, "*.c")))))
    program = os.path.join(folder, "aonck")
    subprocess.run([cc, "-o", program, *objects, "-lgmp"], check=True)
    return [program], sites


# ---- Python: calls of require, by the syntax tree ----

def build_python(folder, parts=False):
    path = os.path.join(SRC, "src", "checker_py", "aonck.py")
    text = open(path, encoding="utf-8").read()
    tree, sites, wrappers = ast.parse(text), [], {"require": (1, 0)}
    only_form(len(re.findall(r"\braise Stop\b|\bStop\(", text)) == 2, "Stop outside of require")

    def string(node):
        return node.value if isinstance(node, ast.Constant) else f"by {ast.unparse(node)}"

    for f in ast.walk(tree):  # def good(condition, ..): require(condition, "name", ..)
        if isinstance(f, ast.FunctionDef) and len(f.body) == 1 and isinstance(f.body[0], ast.Expr):
            c = f.body[0].value
            if (isinstance(c, ast.Call) and ast.unparse(c.func) == "require" and f.args.args and
                    ast.unparse(c.args[0]) == f.args.args[0].arg):
                wrappers[f.name] = (string(c.args[1]), 0)
                c.func.id = "require "  # no site itself
    def numbered(name, e):
        """The expression with numbers: the whole, or each member of a conjunction."""
        if parts and isinstance(e, ast.BoolOp) and isinstance(e.op, ast.And):
            e.values = [numbered(name, v) for v in e.values]
            return e
        if parts and isinstance(e, ast.Name) and e.id == "ok":
            return e
        sites.append(Site(path, e.lineno, name, ast.unparse(e)))
        number = ast.Call(ast.Name("site"), [ast.Constant(len(sites) - 1)], [])
        return ast.BoolOp(ast.Or(), [e, number])

    def before(body, i):
        """The assignments to ok that stand just before statement i."""
        while i > 0 and isinstance(body[i - 1], ast.Assign) and ast.unparse(
                body[i - 1].targets[0]) == "ok":
            i -= 1
            yield body[i]

    lists = [v for node in ast.walk(tree) for v in (getattr(node, "body", None),
             getattr(node, "orelse", None)) if isinstance(v, list)]
    for body in lists:
        for i, statement in enumerate(body):
            c = statement.value if isinstance(statement, ast.Expr) else None
            if not (isinstance(c, ast.Call) and isinstance(c.func, ast.Name) and
                    c.func.id in wrappers) or len(c.args) + len(c.keywords) > 4:
                continue  # a fifth is a place in the theorem file: an error of language.md
            name, at = wrappers[c.func.id]
            name = string(c.args[name]) if isinstance(name, int) else name
            made = list(before(body, i)) if parts and ast.unparse(c.args[at]) == "ok" else []
            for assignment in made:
                assignment.value = numbered(name, assignment.value)
            if not made:
                if parts and ast.unparse(c.args[at]) == "ok":
                    c.args[at] = ast.BoolOp(ast.And(), [c.args[at]])
                    print(f"  not taken apart: line {c.lineno}")
                else:
                    c.args[at] = numbered(name, c.args[at])
                    said = [ast.unparse(a.value) for a in before(body, i)]
                    if sites[-1].condition == "ok" and said:
                        sites[-1].condition = " .. ".join(reversed(said))
    new = ast.unparse(ast.fix_missing_locations(tree)).replace("require (", "require(")
    new = re.sub(r"^def require\(", lambda m: SITE_PY.strip() + "\n\n" + m[0], new, count=1,
                 flags=re.M)
    out = os.path.join(folder, "aonck.py")
    with open(out, "w", encoding="utf-8") as f:
        f.write(new)
    return [sys.executable, out], sites


# ---- the run ----

def theorem_of(file):
    """The theorem file in tests/accept/ that has the statement of this witness."""
    with open(file, "rb") as f:
        line = f.read(4096).decode("utf-8", "replace").split("\n")[1:2]
    for theorem in sorted(glob.glob(os.path.join(SRC, "tests", "accept", "*.aon"))):
        if line and line[0] in open(theorem, encoding="utf-8").read().split("\n"):
            return theorem
    return os.path.join(SRC, "tests", "accept", "kinds.aon")


def ask(program, theorem, files, site=None):
    env = {k: v for k, v in os.environ.items() if k != "SITE"}
    if site is not None:
        env["SITE"] = str(site)
    try:
        p = subprocess.run(program + [theorem, *files], env=env, timeout=20 + 5 * len(files),
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except subprocess.TimeoutExpired:
        return "no end", ""
    return p.returncode, p.stdout.decode("utf-8", "replace")


def batches(which, files):
    """(theorem, files) that one run reads: the Python checker takes many at a time."""
    groups, size = {}, 25 if which == "python" else 1
    for f in files:
        groups.setdefault(theorem_of(f), []).append(f)
    return [(t, g[i:i + size]) for t, g in groups.items() for i in range(0, len(g), size)]


def refusing(program, theorem, files):
    """Pairs (file, number of the condition that refuses it; None if it is accepted)."""
    status, said = ask(program, theorem, files)
    if len(files) == 1:
        numbers = re.findall(r"^site (\d+)$", said, re.M)
        return [(files[0], int(numbers[-1]))] if numbers and status == 1 else \
            [(files[0], None)] if status == 0 else []
    found, number = [], None
    for line in said.split("\n"):  # the number of a condition stands before the refusal
        m = re.fullmatch(r"site (\d+)", line)
        number = int(m[1]) if m else number
        for f in files:
            if line.startswith(f + ": refused: ") and number is not None:
                found.append((f, number))
            elif line.startswith(f + ": accepted: "):
                found.append((f, None))
        number = number if m else None
    return found


def run(which, files, parts):
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        program, sites = (build_c if which == "c" else build_python)(folder, parts)
        refused, bad = [[] for _ in sites], 0
        for found in pool.map(lambda b: refusing(program, *b), batches(which, files)):
            for file, number in found:
                if number is None:
                    print(f"  accepted as it is: {os.path.basename(file)}")
                    bad += 1
                else:
                    refused[number].append(file)

        def exits(i):
            out = []
            for theorem, batch in batches(which, refused[i]):
                status, said = ask(program, theorem, batch, i)
                if status == 0 or re.search(r": accepted: ", said):
                    return [0]
                out.append(status)
            return out

        survived = [(s, e) for s, e in zip(sites, pool.map(exits, range(len(sites))))
                    if 0 not in e]
    print(f"{which}: {len(sites)} conditions, {len(sites) - len(survived)} killed")
    for s, e in survived:
        excused = any((c, n) == (which, s.name) and re.search(part, s.condition)
                      for c, n, part in EXCUSED)
        bad += not excused
        word = "explained" if excused else "survives"
        print(f"  {word}: {s}: exits {e or 'none: refuses no file'}")
    return bad


def main():
    files = sorted(glob.glob(os.path.join(SRC, "tests", "reject", "*.aon[wc]")))
    checkers = [a for a in sys.argv[1:] if a != "--parts"] or ["c", "python"]
    bad = sum([run(which, files, "--parts" in sys.argv) for which in checkers])
    sys.exit(1 if bad or not files else 0)


if __name__ == "__main__":
    main()
