#!/usr/bin/env python3
"""Derives the reject files from the good witnesses in tests/accept/ by textual edits.

Every refusal name of docs/witness-format.md has files NAME--first, --middle, --last.aonw:
the flaw stands in the first, a middle, the last of the places where it can stand.  Where it
can be done, the rest of the file stays right, so that a checker without that one condition
accepts it (scripts/refusals.py).  flaws.py has further ones, NAME--CASE.aonw, and
certificates.py those for certificates, NAME--CASE.aonc (names of docs/search.md).
Usage: make.py [FOLDER], default: beside this file.
"""
import os
import re
import sys

from certificates import FORGERIES
from flaws import FLAWS

HERE = os.path.dirname(os.path.abspath(__file__))
ACCEPT = os.path.join(HERE, "..", "accept")
EDITS = {}  # name: function giving the candidates, each a list of lines


def good(name):
    with open(os.path.join(ACCEPT, name + ".aonw"), encoding="utf-8") as f:
        return f.read().splitlines()


KINDS, WITHOUT, DROPPED = good("kinds"), good("without"), good("dropped")
# where the facts begin
BODY = next(i for i, line in enumerate(KINDS) if line.startswith("verdict"))


def edit(function):
    EDITS[function.__name__.rstrip("_").replace("_", "-")] = function
    return function


def places(pattern, lines=KINDS, after=0):
    return [i for i, line in enumerate(lines) if i >= after and re.fullmatch(pattern, line)]


def with_line(i, *new, lines=KINDS):
    return lines[:i] + list(new) + lines[i + 1:]


def replaced(pattern, change, after=0):
    """One candidate for each line of that form; change: match -> new line or lines."""
    for i in places(pattern, after=after):
        new = change(re.fullmatch(pattern, KINDS[i]))
        yield with_line(i, *([new] if isinstance(new, str) else new))


class Mat:
    """word ROWS COLS DEN entries"""

    def __init__(self, line):
        f = line.split()
        self.word, self.den = f[0], int(f[3])
        n, c, e = int(f[1]), int(f[2]), [int(x) for x in f[4:]]
        self.rows, self.cols = [e[i * c:i * c + c] for i in range(n)], c

    def __str__(self):
        return " ".join(map(str, [self.word, len(self.rows), self.cols, self.den] +
                            [x for row in self.rows for x in row]))


class Minor:
    def __init__(self, line):
        m = re.fullmatch(r"(\w+) (\d+) (\S+) (\S+) rows(.*) cols(.*) x(.*)", line)
        self.word, self.r, self.s, self.n = m[1], int(m[2]), int(m[3]), int(m[4])
        self.i, self.j, e = (list(map(int, m[k].split())) for k in (5, 6, 7))
        self.x = [e[k * self.r:(k + 1) * self.r] for k in range(self.r)]

    def __str__(self):
        return " ".join(map(str, [self.word, self.r, self.s, self.n, "rows", *self.i, "cols",
                                  *self.j, "x", *[v for row in self.x for v in row]]))


def matrices(word, change):
    """Candidates with a changed matrix; change returns False where nothing can be changed."""
    for i in places(word + r" \d+ \d+ .*", after=BODY):
        m = Mat(KINDS[i])
        if change(m) is not False:
            yield with_line(i, str(m))


def minors(change, words="minor|cminor|kminor"):
    for i in places(f"({words}) .*", after=BODY):
        m = Minor(KINDS[i])
        if change(m) is not False:
            yield with_line(i, str(m))


def more_rows(m):
    m.rows.append([0] * m.cols)


def more_cols(m):
    m.cols += 1
    m.rows = [row + [0] for row in m.rows]
    return bool(m.rows)


def last_entry(m):
    if not m.rows or m.cols == 0:
        return False
    m.rows[-1][-1] += m.den


# ---- the text and the head ----

@edit
def syntax():
    yield with_line(0, "aonw 2")
    yield from replaced(r"x .*", lambda m: m[0].replace(" ", "  ", 1), BODY)
    yield from replaced(r"forced \d+", lambda m: m[0] + " ")


@edit
def truncated():
    for n in (1, BODY + 3, len(KINDS) - 1):
        yield KINDS[:n]
    yield KINDS + [None]  # the last line end is missing


@edit
def trailing():
    for more in ([""], ["end"], KINDS):
        yield KINDS + more


@edit
def statement():
    yield with_line(1, "statement kind")


@edit
def variant():
    for i in places("without .*", WITHOUT):
        yield WITHOUT[:i] + ["without z"] + WITHOUT[i:]
    yield with_line(2, DROPPED[3], DROPPED[2], lines=DROPPED[:3] + DROPPED[4:])
    yield WITHOUT[:2] + WITHOUT[3:5] + WITHOUT[2:3] + WITHOUT[5:]
    yield WITHOUT[:5] + ["drop P.four"] + WITHOUT[5:]


@edit
def instance():
    yield from replaced("row 2 0 0", lambda m: "row 4/2 0 0")
    yield from replaced("f x .*", lambda m: m[0] + " 0")
    yield from replaced("tokenset F a b c", lambda m: "tokenset F a c b")


@edit
def verdict():
    for v in ("violated proj1", "violated", "violated proj2 last", "holds"):
        yield with_line(BODY, "verdict " + v)


@edit
def claims():
    yield from replaced(r"(assume|show) (\w+) true", lambda m: f"{m[1]} {m[2]}x true")


@edit
def fact_order():
    yield from replaced(r"(basis|in|out|pick|value|proj|kernel|refute) %.*",
                        lambda m: m[0] + " 0")


@edit
def false():
    for name in "abc":
        lines = [f"assume {name} false" if line == f"assume {name} true" else line
                 for line in DROPPED if not line.startswith("show")]
        yield [f"verdict inapplicable {name}" if line.startswith("verdict") else line
               for line in lines]


# ---- values ----

@edit
def proj_shape():
    return matrices("z", more_cols)


@edit
def proj_normal():
    return matrices("z", last_entry)


def bases():
    """(start, R, MINOR) of each fact basis"""
    for i in places("basis %.*"):
        yield i, Mat(KINDS[i + 2]), Minor(KINDS[i + 3])


@edit
def basis_cols():
    """The first two columns change places: R and X follow."""
    for i, r, m in bases():
        if m.r < 2:
            continue
        cols = KINDS[i + 1].split()
        cols[1], cols[2] = cols[2], cols[1]
        r.rows[0], r.rows[1] = r.rows[1], r.rows[0]
        m.x[0], m.x[1] = m.x[1], m.x[0]
        yield KINDS[:i + 1] + [" ".join(cols), str(r), str(m)] + KINDS[i + 4:]


@edit
def basis_shape():
    return matrices("r", more_rows)


@edit
def basis_span():
    return matrices("r", last_entry)


def no_minor(m):
    m.r, m.i, m.j, m.x = 0, [], [], []


@edit
def basis_minor_size():
    return minors(no_minor, "minor")


@edit
def minor_index():
    def change(m):
        if m.r < 2:
            return False
        m.i[0], m.i[1] = m.i[1], m.i[0]
        for row in m.x:
            row[0], row[1] = row[1], row[0]
    return minors(change)


@edit
def minor_scale():
    def change(m):
        m.s, m.x = -m.s, [[-v for v in row] for row in m.x]
    return minors(change)


@edit
def minor_modulus():
    def change(m):
        m.n = 1
    return minors(change)


@edit
def minor_inverse():
    def change(m):
        m.x[-1][-1] += 1
    return minors(change)


# ---- proofs ----

@edit
def compare():
    return matrices("v", lambda m: last_entry(m) if m.rows != [[0]] else False)


@edit
def in_shape():
    return matrices("x", more_cols)


@edit
def in_product():
    return matrices("x", last_entry)


@edit
def out_shape():
    def change(m):
        m.rows.append(m.rows[0])
    return matrices("y", change)


@edit
def out_annihilates():
    def change(m):
        m.rows[0][0] += 1
    return matrices("y", change)


@edit
def out_separates():
    def change(m):
        m.rows[0] = [0] * m.cols
    return matrices("y", change)


@edit
def pick_range():
    return replaced(r"i (\d+)", lambda m: f"i {int(m[1]) + 4}")


@edit
def value_shape():
    return matrices("v", more_rows)


# ---- refutations ----

@edit
def limit():
    tokens = [chr(ord("a") + i) for i in range(13)]
    for which, node in (("first", 11), ("middle", 12), ("last", 13)):
        text = f"aonw 1\nstatement limit_{which}\naoni 1\ntokens {' '.join(tokens)}\nbase a\n"
        text += "tokenset E\nend\nverdict holds\n"
        for show, place in zip("abc", ("first", "middle", "last")):
            text += f"show {show} true\n"
            if place == which:
                text += f"refute %{node}\nbranches 0\n"
        yield (text + "end").split("\n")


@edit
def branch_count():
    return replaced(r"branches (\d+)", lambda m: f"branches {int(m[1]) + 1}")


@edit
def branch_order():
    return replaced(r"branch (\d+)", lambda m: f"branch {int(m[1]) + 1}")


def combs(pattern, change):
    """The line `y COMB` that follows a line of this form."""
    for i in places(pattern):
        i += 2 if KINDS[i].startswith("entail") else 1
        yield with_line(i, change(KINDS[i].split()))


def other_factor(f):
    f[-1] = f[-1].split("=")[0] + "=7"
    return " ".join(f)


@edit
def contradiction():
    return combs("contradiction", other_factor)


@edit
def comb_order():
    yield from combs("contradiction", lambda f: " ".join([f[0], f[2], f[1]]))
    yield from combs(r"forced \d+", lambda f: " ".join(f + ["0:0=0"]))


@edit
def comb_index():
    return combs(r"forced \d+|contradiction|entail .*", lambda f: " ".join(f + ["9:0=1"]))


@edit
def forced_literal():
    return replaced(r"forced (\d+)", lambda m: "forced 0")


@edit
def forced_comb():
    return combs(r"forced \d+", other_factor)


@edit
def false_literal():
    return replaced(r"false (\d+)", lambda m: "false 4")


@edit
def entail_key():
    """A second time: the term is closed."""
    for i in places("entail .*"):
        yield KINDS[:i + 3] + KINDS[i:i + 2] + ["y"] + KINDS[i + 3:]


@edit
def entail_shape():
    for i in places("entail .*"):
        m = Mat(KINDS[i + 1])
        more_rows(m)
        yield KINDS[:i + 1] + [str(m), KINDS[i + 2]] + KINDS[i + 2:]


@edit
def entail_comb():
    return combs("entail .*", other_factor)


# ---- solution spaces ----

@edit
def kernel_shape():
    return matrices("k", more_rows)


@edit
def kernel_null():
    """In a row that the minor of K does not look at."""
    for i in places("kernel %.*"):
        m = Mat(KINDS[i + 1])
        row = min(set(range(len(m.rows))) - set(Minor(KINDS[i + 3]).i))
        m.rows[row][0] += 1
        yield with_line(i + 1, str(m))


@edit
def kernel_dimension():
    return minors(no_minor, "cminor|kminor")


def write(folder, kind, files):
    for (name, case), lines in files.items():
        text = "".join(line + "\n" for line in lines if line is not None)
        if lines[-1] is None:
            text = text[:-1]
        with open(os.path.join(folder, f"{name}--{case}.{kind}"), "wb") as f:
            f.write(text.encode("utf-8", "surrogateescape"))


def main():
    folder, files = sys.argv[1] if len(sys.argv) > 1 else HERE, dict(FLAWS)
    for name, function in EDITS.items():
        found = list(function())
        files[name, "first"], files[name, "last"] = found[0], found[-1]
        files[name, "middle"] = found[len(found) // 2]
    write(folder, "aonw", files)
    write(folder, "aonc", FORGERIES)


if __name__ == "__main__":
    main()
