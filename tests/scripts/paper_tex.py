#!/usr/bin/env python3
# ctest: labels=slow timeout=900
"""The LaTeX of every counterexample says what the instance says.

Every `expect .. refuted .. on FILE` of theorems/ and every violated witness of witnesses/
is written with --tex.  The matrices, the tables of log-odds and the drawn points are read
back from the LaTeX and compared with the instance, by arithmetic of our own; braces and
environments close; only ASCII is left; the sentence names what is false.  Then the command
line: bytes do not depend on how the output is asked for, bad uses are refused.
paper_compile.py compiles the same documents.
"""
import glob
import os
import re
import subprocess
import sys
from fractions import Fraction

SRC, AON = os.environ.get("SRCDIR", ""), os.environ.get("AON", "")
THEOREMS = os.path.join(SRC, "theorems")
SANITIZED = os.environ.get("AON_SANITIZED") == "1"
good = bad = 0


def count(ok, what):
    global good, bad
    good, bad = good + bool(ok), bad + (not ok)
    if not ok:
        print("failed:", what)
    return ok


def run(*args):
    p = subprocess.run([AON, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return p.returncode, p.stdout.decode("utf-8"), p.stderr.decode("utf-8")


# ---- what there is ----

def expectations():
    """(file:statement, options, text of the instance, its name)"""
    for path in sorted(glob.glob(os.path.join(THEOREMS, "*.aon"))):
        statement = None
        for line in open(path, encoding="utf-8"):
            line = line.split("--")[0].strip()
            if line.startswith("statement "):
                statement = line.split()[1]
            m = re.match(r'expect\s+(.*?):?\s*refuted(?: because \S+)? on "([^"]+)"', line)
            if m:
                options = []
                for part in filter(None, (p.strip() for p in m.group(1).split(" and "))):
                    word, names = re.match(r"(\w+)\s*(.*)", part).groups()
                    options += ["--" + word, names.strip("{}").replace(" ", "")]
                instance = os.path.join(THEOREMS, m.group(2))
                yield (path + ":" + statement, options,
                       open(instance, encoding="utf-8").read(), os.path.basename(instance))


def witnesses():
    home = {line.split("--")[0].split()[1]: path
            for path in sorted(glob.glob(os.path.join(THEOREMS, "*.aon")))
            for line in open(path, encoding="utf-8")
            if line.split("--")[0].split()[:1] == ["statement"]}
    for path in sorted(glob.glob(os.path.join(SRC, "witnesses", "*.aonw"))):
        text = open(path, encoding="utf-8").read()
        if "\nverdict violated" not in text:
            continue
        head, _, rest = text.partition("aoni 1\n")
        options, statement = [], None
        for line in head.splitlines()[1:]:
            word, *names = line.split()
            if word == "statement":
                statement = names[0]
            else:
                options += ["--" + word, ",".join(names)]
        instance = "aoni 1\n" + rest[:rest.index("\nend\n") + 5]
        yield home[statement] + ":" + statement, options, instance, os.path.basename(path)[:-5]


def distinct():
    """Each (statement, options, instance text, name) once."""
    seen = set()
    for number, (statement, options, text, name) in enumerate(
            [*expectations(), *witnesses()]):
        key = (statement, tuple(sorted(options)), re.sub(r"(?m)^#.*\n|\s+$", "", text))
        if key in seen or (SANITIZED and number % 15 != 0):
            continue
        seen.add(key)
        yield statement, options, text, name


def cases():
    """Each (name, LaTeX part, instance text) once."""
    for number, (statement, options, text, name) in enumerate(distinct()):
        file = f"case{number}.aoni"
        with open(file, "w", encoding="utf-8") as out:
            out.write(text)
        status, tex, err = run("decide", statement, file, *options, "--tex", "-")
        count(status == 1 and err == "", f"{statement} {options} {name}: exit {status} {err}")
        yield f"{os.path.basename(statement)} {' '.join(options)} {name}", tex, text


# ---- reading the instance ----

def read_instance(text):
    tokens, contexts, models, base, model = [], [], {}, None, None
    for line in text.splitlines():
        word, *rest = line.split() or [""]
        if word == "tokens":
            tokens = rest
        elif word == "base":
            base = rest[0]
        elif word == "context" and len(rest) >= 1 and rest[1:2] != ["="]:
            contexts.append(rest[0])
        elif word == "model":
            model = models[rest[0]] = {"f": {}, "g": {}, "d": int(rest[1])}
        elif word in ("f", "g") and model is not None:
            model[word][rest[0]] = [Fraction(x) for x in rest[1:]]
        elif word in ("dim", "vector", "matrix", "subspace", "scalar", "query", "token", "end"):
            model = None
    return tokens, contexts, base, models


# ---- reading the LaTeX ----

def number(cell):
    m = re.fullmatch(r"(-?)(?:\\tfrac\{(\d+)\}\{(\d+)\}|(\d+))", cell.strip())
    if not m:
        return None
    size = Fraction(int(m.group(2)), int(m.group(3))) if m.group(2) else Fraction(m.group(4))
    return -size if m.group(1) else size


def rows(body):
    return [[number(c) for c in row.split("&")]
            for row in re.split(r"\\\\(?:\[3pt\])?", body)]


def letter(kind, model):
    name, primes = re.match(r"(.*?)('*)$", model).groups()
    index = "" if name == "m" else "_{%s}" % re.sub(r"^(\w)(\d+)$", r"\1_{\2}", name)
    return kind + index + primes


def check_models(name, tex, models, tokens, contexts):
    shown = 0
    for model, m in models.items():
        for kind, order in (("f", contexts), ("g", tokens)):
            where = re.search(r"(?<![\w}'])%s = \\begin\{pmatrix\}(.*?)\\end\{pmatrix\}"
                              % re.escape(letter(kind, model)), tex)
            if where is None or not order or m["d"] == 0:
                continue
            shown += 1
            count(rows(where.group(1)) == [m[kind][x] for x in order],
                  f"{name}: {kind} of {model} is {where.group(1)}")
    return shown


def log_odds(m, tokens, contexts, base):
    return [[sum((a * (b - c) for a, b, c in zip(m["f"][x], m["g"][y], m["g"][base])),
                 Fraction(0)) for y in tokens] for x in contexts]


def check_tables(name, tex, models, tokens, contexts, base):
    text = tex[tex.find("Log-odds"):]
    for found in re.finditer(r"((?:\bL\S* =\s+)+)\\begin\{array\}.*?\\hline(.*?)\\end\{array\}",
                             text):
        body = re.sub(r"\\text\{\\texttt\{.*?\}\} & ", "", found.group(2))
        bold = re.sub(r"\\mathbf\{((?:[^{}]|\{\d+\})*)\}", r"\1", body)
        for model, m in models.items():
            if letter("L", model) in found.group(1).split():
                want = log_odds(m, tokens, contexts, base)
                count(rows(bold) == want, f"{name}: table of {model}: {bold}")


def points(panel):
    at = r"\((-?[\d.]+),(-?[\d.]+)\)"
    return [(Fraction(x), Fraction(y))
            for x, y in re.findall(r"\\fill\[[^]]*\] %s circle" % at, panel)]


def check_panel(name, panel, m, tokens):
    """The dots are the g(y), times one scale, to the last digit drawn."""
    want = {tuple((m["g"][y] + [Fraction(0)] * 2)[:2]) for y in tokens}
    got = set(points(panel))
    if m["d"] > 2 or not count(len(got) == len(want), f"{name}: {len(got)} dots"):
        return
    far = max((abs(v) for p in want for v in p), default=Fraction(0))
    reach = max((abs(v) for p in got for v in p), default=Fraction(0))
    scale = reach / far if far else Fraction(0)
    for p in want:
        q = [v * scale for v in p]
        count(any(abs(a - q[0]) <= Fraction(2, 1000) and abs(b - q[1]) <= Fraction(2, 1000)
                  for a, b in got), f"{name}: no dot for {p}, scale {scale}")


def check_text(name, tex):
    count(tex.isascii(), f"{name}: not ASCII")
    plain = re.sub(r"\\[{}]", "", tex)
    depth = 0
    for c in plain:
        depth += (c == "{") - (c == "}")
        if depth < 0:
            break
    count(depth == 0, f"{name}: braces do not close")
    stack, ok = [], True
    for kind, env in re.findall(r"\\(begin|end)\{(\w+\*?)\}", tex):
        if kind == "begin":
            stack.append(env)
        else:
            ok = ok and bool(stack) and stack.pop() == env
    count(ok and not stack, f"{name}: environments do not close")
    count(tex.count(r"\(") == tex.count(r"\)"), f"{name}: formulas do not close")
    count("," not in re.sub(r"\\,", "", "".join(re.findall(r"_\{\}", tex))), name)


def check_case(name, tex, text):
    tokens, contexts, base, models = read_instance(text)
    check_text(name, tex)
    shown = check_models(name, tex, models, tokens, contexts)
    count(shown > 0 or all(m["d"] == 0 for m in models.values()), f"{name}: no matrix")
    check_tables(name, tex, models, tokens, contexts, base)
    panels = re.findall(r"\\begin\{scope\}(.*?)\\end\{scope\}", tex, re.S)
    count(panels, f"{name}: no panel")
    drawn = [m for model, m in models.items()
             if letter("f", model) + " = " in tex]
    if len(drawn) == len(panels):
        for panel, m in zip(panels, drawn):
            check_panel(name, panel, m, tokens)
    count(re.search(r"^(All hypotheses of .* but|No hypothesis of .* and|\\texttt\{[^}]*\}.* has no hypothesis, and) .* is false",
                    tex, re.M),
          f"{name}: no sentence")


# ---- the command line ----

HOSTILE = r"""aoni 1
tokens a_b 50% c&d e# $f {g} ~h ^i \j "k" <l> a--b ?`x '' Ġthe ▁of naïve 中 ‮abc
base a_b
context x_1 a_b 50%
context \input{/etc/passwd} e#
model m 1
f x_1 1
f \input{/etc/passwd} -1/2
g a_b 0
g 50% 1
g c&d 2
g e# 3
g $f 1/3
g {g} 1
g ~h 1
g ^i 1
g \j 1
g "k" 1
g <l> 1
g a--b 1
g ?`x 1
g '' 1
g Ġthe -1
g ▁of 1
g naïve 1
g 中 1
g ‮abc 1
tokenset T_x 50% c&d
end
"""


def hostile():
    with open("hostile.aoni", "w", encoding="utf-8") as out:
        out.write(HOSTILE)
    status, tex, err = run("show", "hostile.aoni", "--tex", "-")
    count(status == 0, f"hostile: exit {status} {err}")
    check_text("hostile", tex)
    count(r"\input" not in tex and r"\textbackslash{}input\{" in tex, "hostile: a command")
    for want in (r"a\_b", r"50\%", r"c\&d", r"e\#", r"\$f", r"\{g\}", r"\textasciitilde{}h",
                 r"\textasciicircum{}i", r"\textless{}l\textgreater{}", r"\.Gthe",
                 r"na\"{\i}ve", "[U+4E2D]", "[U+202E]abc", r"a-{}-b"):
        count(want in tex, f"hostile: {want} is missing")
    return tex


PIVOT = """aoni 1
tokens a b c
base b
context x a
context y b
model m 2
f x 1 2
f y 0 1/3
g a 1 1
g b 2 -1
g c 0 5
model m' 2
f x 1 2
f y 0 1/3
g a 1 1
g b 2 -1
g c 1/2 5
vector v 2
row 1 -1/2
matrix A 1 2
row 3 1/4
subspace S 2
gen 1 3
end
"""


def values():
    """A pivot that is not zero, differing tables, and values of every sort."""
    with open("pivot.aoni", "w", encoding="utf-8") as out:
        out.write(PIVOT)
    status, tex, err = run("show", "pivot.aoni", "--tex", "-")
    count(status == 0, f"pivot: exit {status} {err}")
    check_case("pivot", tex + "\nAll hypotheses of it hold here, but it is false", PIVOT)
    tables = re.findall(r"\\begin\{array\}.*?\\end\{array\}", tex)
    # b - b is 0; x: a: (1,2).(-1,2) = 3; c: (1,2).(-2,6) = 10, in m' (1,2).(-3/2,6) = 21/2
    count(len(tables) == 2 and tables[0].count("\\mathbf") == tables[1].count("\\mathbf") == 1
          and "\\text{\\texttt{x}} & 3 & 0 & \\mathbf{10}" in tables[0]
          and "\\mathbf{\\tfrac{21}{2}}" in tables[1], f"pivot: {tables}")
    for want in (r"\(v = (1,\, -\tfrac{1}{2})\)",
                 r"\(A = \begin{pmatrix} 3 & \tfrac{1}{4} \end{pmatrix}\)",
                 r"\(S = \mathrm{span}\{(1,\, 3)\}\)"):
        count(want in tex, f"pivot: {want} is missing")


def whole_files():
    """Statements that hold, do not apply, or were not looked at further are drawn, too."""
    instances = [os.path.join(THEOREMS, "instances", f + ".aoni")
                 for f in ("t14-2", "t14-8", "zero", "q-1", "o3-1", "skew")]
    seen = set()
    for file in ("thm14", "diversity", "traps") if not SANITIZED else ("thm14",):
        status, tex, err = run("decide", os.path.join(THEOREMS, file + ".aon"), *instances,
                               "--tex", "-", "--quiet")
        count(status in (1, 5) and tex, f"{file}: exit {status} {err}")
        check_text(file, tex)
        seen.update(re.findall(r"hold here|does not apply here", tex))
    count(len(seen) == 2, f"whole files: {seen}")


def command_line():
    statement = os.path.join(THEOREMS, "thm15.aon") + ":thm15_full"
    instance = os.path.join(THEOREMS, "instances", "t15-3n.aoni")
    args = ["decide", statement, instance, "--without", "hidden"]
    status, text, _ = run(*args)
    s1, again, _ = run(*args, "--tex", "a.tex", "--html", "a.html")
    count(status == s1 == 1 and text == again, "--tex FILE changes what is printed")
    s2, out, _ = run(*args, "--tex", "-", "--html", "b.html")
    count(s2 == 1 and out == open("a.tex", encoding="utf-8").read(), "--tex - differs")
    s3, out, _ = run(*args, "--html", "-")
    count(s3 == 1 and out == open("a.html", encoding="utf-8").read() ==
          open("b.html", encoding="utf-8").read(), "--html - differs")
    s4, out, _ = run(*args, "--tex", "-", "--standalone")
    count(s4 == 1 and out.startswith("\\documentclass") and out.endswith("\\end{document}\n")
          and open("a.tex", encoding="utf-8").read() in out, "--standalone")
    count(re.search(r"u' = \(1,\\allowbreak\\, 0\).*b\\,v' = \(1,\\allowbreak\\, 1\)", out),
          "the sentence has the values")
    inm = run("decide", os.path.join(THEOREMS, "thm14.aon") + ":thm14",
              os.path.join(THEOREMS, "instances", "t14-2.aoni"), "--without", "inM",
              "--tex", "-")[1]
    count("Left out and false is the hypothesis \\texttt{inM}: \\(\\Gamma_{q} = \\)span of "
          "\\((0,\\allowbreak\\, 1)\\) and \\(M(m) = \\)span of \\((1,\\allowbreak\\, 0)\\)"
          in inm, "the sentence says what is left out")
    for wrong in (["--tex", "-", "--html", "-"], ["--tex", "-", "--json"], ["--standalone"],
                  ["--tex", ""]):
        status, out, err = run(*args, *wrong)
        count(status == 2 and out == "" and err, f"{wrong}: exit {status}")
    status, _, err = run(*args, "--tex", "no/such/folder/a.tex")
    count(status == 71 and "no/such/folder" in err, f"no folder: exit {status} {err}")
    find = ["find", statement, "--without", "hidden", "--max", "1,2,1,3"]
    s5, found, err = run(*find, "--tex", "-")
    count(s5 == 0 and "Counterexample to" in found, f"find: exit {s5} {err}")
    s6, _, err = run("find", statement, "--max", "1,1,1,2", "--count", "0", "--tex", "n.tex")
    count(s6 == 1 and not os.path.exists("n.tex") and "nothing to draw" in err,
          f"find none: exit {s6} {err}")
    s7, out, _ = run("show", statement, "--tex", "-")
    count(s7 == 0 and "Statement \\texttt{thm15\\_full}" in out
          and "\\(v' := g'(y_{3}) - g'(y_{4})\\)" in out, "show a statement")
    run(*args, "-o", "plain.aonw")
    run(*args, "-o", "drawn.aonw", "--tex", "c.tex", "--html", "c.html")
    count(open("plain.aonw").read() == open("drawn.aonw").read(), "the witness changes")


def main():
    n = 0
    for name, tex, text in cases():
        check_case(name, tex, text)
        n += 1
    count(n >= (8 if SANITIZED else 135), f"{n} counterexamples only")
    hostile()
    values()
    whole_files()
    command_line()
    print(f"{n} counterexamples; {good} passed, {bad} failed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
