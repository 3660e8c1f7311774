"""One flaw each: files NAME--CASE.aonw beside those of make.py.

Most conditions of the checkers are not shown by a flaw in evidence: those on the text, the
variant, the instance and how it fits the statement.  Here each has a file that is right but
for this one thing, if possible a thing that nothing else looks at (a given that no formula
mentions), so that a checker without that one condition accepts it (scripts/refusals.py).
"""
import os

ACCEPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "accept")
FLAWS = {}


def good(name):
    with open(os.path.join(ACCEPT, name + ".aonw"), encoding="utf-8") as f:
        return f.read().splitlines()


def change(lines, old, *new, nth=0):
    """These lines with the nth one that reads `old` replaced (without `new`: gone)."""
    at = [i for i, line in enumerate(lines) if line == old][nth]
    return lines[:at] + list(new) + lines[at + 1:]


def flaw(name, case, lines, old=None, *new, nth=0):
    assert (name, case) not in FLAWS
    FLAWS[name, case] = lines if old is None else change(lines, old, *new, nth=nth)


KINDS, WITHOUT, MIXED, ONLY = good("kinds"), good("without"), good("mixed"), good("only")
SPARE, SETS, STEPS, FORCES = good("spare"), good("sets"), good("steps"), good("forces")

# ---- text ----

flaw("syntax", "no-word", KINDS, "aonw 1", "1")
flaw("syntax", "utf-8", SETS, "tokens a b c", "tokens a b c \udcff")
flaw("syntax", "carriage-return", SETS, "tokens a b c", "tokens a b c\r")
flaw("syntax", "nul", SETS, "tokens a b c", "tokens a b c\0")
flaw("syntax", "leading-zero", KINDS, "i 0", "i 00")
flaw("syntax", "no-number", KINDS, "i 0", "i x")
flaw("syntax", "one-number-more", KINDS, "i 0", "i 0 0")
flaw("syntax", "one-entry-less", KINDS, "x 2 1 6 11 2", "x 2 1 6 11")
flaw("syntax", "negative-rows", KINDS, "x 2 1 6 11 2", "x -2 1 6 11 2")
flaw("syntax", "denominator-0", KINDS, "x 2 1 6 11 2", "x 2 1 0 11 2")
flaw("syntax", "denominator-negative", KINDS, "x 2 1 6 11 2", "x 2 1 -6 -11 -2")
flaw("syntax", "minor-word", KINDS, "kminor 1 1 2147483647 rows 2 cols 0 x 1",
     "kminor 1 1 2147483647 row 2 cols 0 x 1")
flaw("syntax", "minor-longer", KINDS, "kminor 1 1 2147483647 rows 2 cols 0 x 1",
     "kminor 1 1 2147483647 rows 2 cols 0 x 1 1")
flaw("syntax", "other-word", KINDS, "x 2 1 6 11 2", "z 2 1 6 11 2")

# ---- the variant, the blocks ----

flaw("syntax", "statement-no-name", SETS, "statement sets", "statement ")
flaw("syntax", "statement-two-names", SETS, "statement sets", "statement sets spare")
flaw("syntax", "statement-unknown-and-more", KINDS, "statement kinds", "statement kind extra")
flaw("syntax", "branches-negative", STEPS, "branches 1", "branches -1")
flaw("syntax", "branch-negative", STEPS, "branch 0", "branch -1")
flaw("syntax", "variant-without-word", WITHOUT, "without c", "c")
flaw("syntax", "variant-of-no-kind", SPARE, "statement spare", "statement spare", "c")
flaw("syntax", "variant-of-two-names", change(WITHOUT, "without b"), "without a", "without a b")
flaw("syntax", "variant-drop-without-word", MIXED, "drop P.two", "P.two")
flaw("syntax", "because-in-a-witness", SPARE, "statement spare", "statement spare", "because b")
flaw("variant", "kinds-in-order", change(MIXED, "without a"), "drop P.two", "drop P.two",
     "without a")
flaw("variant", "only-twice", ONLY, "only b", "only", "only b")
flaw("variant", "no-hypothesis", MIXED, "without a", "without a", "without z")
flaw("variant", "no-label", MIXED, "drop P.one", "drop P.four", "drop P.one")
flaw("variant", "drop-twice", MIXED, "drop P.one", "drop P.one", "drop P.one")
flaw("syntax", "truth", SPARE, "show b false", "show b f")
flaw("syntax", "truth-and-more", SPARE, "show b false", "show b false x")
flaw("claims", "fact-left-over", SPARE, "show c true", "in %1", "show c true")
flaw("claims", "fact-at-end", SPARE, "end", "in %1", "end", nth=1)
flaw("claims", "no-word", SPARE, "show c true", "zzz", "show c true")
flaw("claims", "other-end", SPARE, "end", "fin", nth=1)
flaw("claims", "empty-end", SPARE, "end", "", nth=1)
flaw("verdict", "no-outcome", SPARE, "verdict violated b", "verdict maybe")
flaw("verdict", "no-words", SPARE, "verdict violated b", "verdict")
flaw("syntax", "verdict-word", SPARE, "verdict violated b", "verdikt violated b")
flaw("syntax", "verdict-without-word", SPARE, "verdict violated b", "violated b")
flaw("syntax", "verdict-space", SPARE, "verdict violated b", " violated b")
flaw("claims", "one-more", SPARE, "end", "show d true", "end", nth=1)

# ---- the instance: most of it is not looked at by any formula of these statements ----

for case, lines, old, *new in (
        ("token-twice", SETS, "tokens a b c", "tokens a b c c"),
        ("context-twice", SETS, "base a", "base a", "context x a", "context x b"),
        ("sequence-twice", SETS, "base a", "base a", "context x a", "context y a"),
        ("word-with-sharp", SETS, "tokens a b c", "tokens a b c #d"),
        ("word-with-control", SETS, "tokens a b c", "tokens a b c d\x01"),
        ("token-equals", SETS, "tokens a b c", "tokens a b c ="),
        ("space-at-end", SETS, "tokens a b c", "tokens a b c "),
        ("two-spaces", SPARE, "row 1 2", "row 1  2"),
        ("space-first", SPARE, "row 1 2", " row 1 2"),
        ("version", SETS, "aoni 1", "aoni 2"),
        ("tokens-word", SETS, "tokens a b c", "token a b c"),
        ("tokens-no-word", SETS, "tokens a b c", "a b c"),
        ("no-token", SETS, "tokens a b c", "tokens"),
        ("base-word", SETS, "base a", "bass a"),
        ("base-unknown", SETS, "base a", "base z"),
        ("two-bases", SETS, "base a", "base a a"),
        ("no-end", SETS, "end"),
        ("name", SPARE, "scalar t 1", "scalar t 1", "scalar 1x 0"),
        ("name-sign", SPARE, "scalar t 1", "scalar t 1", "scalar -x 0"),
        ("name-end", SPARE, "scalar t 1", "scalar t 1", "scalar x- 0"),
        ("value-of-no-kind", SPARE, "scalar t 1", "x", "scalar t 1"),
        ("value-twice", SPARE, "scalar t 1", "scalar t 1", "scalar t 1"),
        ("query-unknown", SPARE, "query q b", "query q z"),
        ("token-unknown", SPARE, "token y b", "token y z"),
        ("member-unknown", SPARE, "tokenset E b c", "tokenset E b z"),
        ("members-in-order", SPARE, "tokenset E b c", "tokenset E c b"),
        ("member-twice", SPARE, "tokenset E b c", "tokenset E b b"),
        ("zero-before-number", SPARE, "scalar t 1", "scalar t 01"),
        ("no-number", SPARE, "scalar t 1", "scalar t x"),
        ("lowest-terms", SPARE, "scalar t 1", "scalar t 2/2"),
        ("empty-line", SPARE, "row 1 2", "", "row 1 2"),
        ("empty-subspaces", SETS, "tokenset E b", "tokenset E b", "subspace S 1000000",
         "subspace T 1"),
        # 25,600 entries over a denominator of 168,000 bits
        ("denominators", SETS, "tokenset E b", "tokenset E b", "vector v 25600",
         "row 1/1" + "0" * 50600 + " 0" * 25599),
        ("rows-negative", SPARE, "scalar t 1", "scalar t 1", "matrix z -1 1", "rows"),
        ("two-numbers", SPARE, "scalar t 1", "scalar t 1 2"),
        ("zero-before-count", SPARE, "dim e 1", "dim e 01"),
        ("count-negative", SPARE, "dim e 1", "dim e -1"),
        ("count-large", SPARE, "dim e 1", "dim e 1000001"),
        ("row-word", SPARE, "row 1 2", "raw 1 2"),
        ("row-no-word", SPARE, "row 1 2", "1 2"),
        ("row-longer", SPARE, "row 1 2", "row 1 2 3"),
        ("row-shorter", SPARE, "row 1 2", "row 1"),
        ("row-more", SPARE, "row 1 2", "row 1 2", "row 1 2"),
        ("row-of-another", SPARE, "f x 1 0", "f z 1 0"),
        ("context-without-equals", SPARE, "scalar t 1", "scalar t 1", "context z . x"),
        # how it fits
        ("value-missing", SPARE, "scalar t 1"),
        ("value-of-another-kind", SPARE, "scalar t 1", "dim t 1"),
        ("dim-missing", SPARE, "dim e 1"),
        ("dim-of-two-values", change(SPARE, "row 3 4", "row 3 4 5"), "vector v 2", "vector v 3")):
    flaw("instance", case, lines, old, *new)

# ---- evidence ----

flaw("fact-order", "no-word", KINDS, "in %2", "zzz %2")
flaw("fact-order", "block", KINDS, "in %2", "show in1 true")
flaw("fact-order", "two-spaces", KINDS, "in %2", "in  %2")
flaw("pick-range", "negative", KINDS, "i 0", "i -1")
flaw("pick-range", "huge", KINDS, "i 0", "i 99999999999999999999")
flaw("basis-cols", "negative", KINDS, "cols 0 2", "cols -1 0 2")
flaw("basis-cols", "too-large", KINDS, "cols 0 2", "cols 0 2 3")
flaw("minor-index", "negative", KINDS, "kminor 1 1 2147483647 rows 2 cols 0 x 1",
     "kminor 1 1 2147483647 rows -1 cols 0 x 1")
flaw("pick-range", "of-no-set", SETS, "i 1", "i 0")
flaw("pick-range", "beyond", SETS, "i 1", "i 3")
flaw("fact-order", "of-another-node", KINDS, "in %2", "in %3")
flaw("minor-index", "columns", KINDS,
     "cminor 2 2 2147483647 rows 0 1 cols 0 1 x 1073741824 0 1610612735 1073741824",
     "cminor 2 2 2147483647 rows 0 1 cols 1 0 x 1610612735 1073741824 1073741824 0")
flaw("basis-minor-size", "columns", KINDS,
     "minor 2 1 2147483647 rows 1 2 cols 0 1 x 1 2147483646 0 1",
     "minor 2 1 2147483647 rows 1 2 cols 1 0 x 0 1 1 2147483646")
# A = 1 1/2, 0 1: of numerators over the denominator 2, of entries rounded down
flaw("minor-scale", "numerators", KINDS,
     "minor 2 2 2147483647 rows 0 1 cols 0 1 x 1073741824 1610612735 0 1073741824",
     "minor 2 1 2147483647 rows 0 1 cols 0 1 x 1073741824 1610612735 0 1073741824")
flaw("minor-scale", "rounded", KINDS,
     "minor 2 2 2147483647 rows 0 1 cols 0 1 x 1073741824 1610612735 0 1073741824",
     "minor 2 1 2147483647 rows 0 1 cols 0 1 x 1 0 0 1")
flaw("minor-scale", "modular", KINDS,
     "minor 2 2 2147483647 rows 0 1 cols 0 1 x 1073741824 1610612735 0 1073741824",
     "minor 2 1 2147483647 rows 0 1 cols 0 1 x 1 1073741823 0 1")
# a column 0 in K, and in the matrix that the basis is found of
flaw("kernel-dimension", "dependent", change(KINDS, "r 1 1 1 1", "r 1 2 1 1 0"),
     "k 3 1 1 0 0 1", "k 3 2 1 0 0 0 0 1 0")
flaw("comb-index", "of-the-next", STEPS, "y 1:0=1/2", "y 0:0=1/2")  # 0 is closed by now
flaw("comb-index", "of-none", STEPS, "y 1:0=1/2", "y 1:0=1/2 9:0=1")
flaw("comb-order", "zero", STEPS, "y 1:0=1/2", "y 1:0=1/2 3:0=0")
flaw("limit", "literals", [
    "aonw 1", "statement limit_literals", "aoni 1", "tokens " + " ".join("abcdefghijklmnop"),
    "base a", "tokenset E " + " ".join("abcdefghijkl"), "tokenset F", "end", "verdict holds",
    "show a true", "refute %16", "branches 0", "end"])
flaw("forced-literal", "order", change(change(FORCES, "verdict holds", "verdict violated a"),
     "show a true", "show a false"), "value %6", "refute %6", "branches 1", "branch 0", "forced 1",
     "y 0:0=1")
FLAWS["forced-literal", "order"].remove("v 1 1 1 0")
flaw("forced-literal", "closed", FORCES, "false 0", "forced 0", "y")
AT = KINDS.index("forced 1")
flaw("forced-literal", "overridden", KINDS[:AT] + ["entail 0 %59", "value 1 1 1 1", "y 0:0=1",
                                                   "forced 1", "y"] + KINDS[AT + 2:])
flaw("forced-literal", "within", FORCES[:FORCES.index("entail 1 %16")] + [
    "forced 1", *FORCES[FORCES.index("basis %18"):FORCES.index("in %19")], "y 0:0=1", "end"])
flaw("syntax", "combination", STEPS, "y 0:0=1", "y 0:0=1/1x")
flaw("syntax", "combination-word", STEPS, "y 0:0=1", "y 0:0=1 x")
flaw("syntax", "no-step", KINDS, "false 0", "0")
flaw("syntax", "step", STEPS, "forced 2", "forxed 2")
flaw("syntax", "step-block", STEPS, "forced 2", "show b true")
flaw("syntax", "step-fact", STEPS, "forced 2", "in %1")
flaw("syntax", "branch-zero", STEPS, "branch 0", "branch 00")
flaw("syntax", "branch-no-number", STEPS, "branch 0", "branch x")
flaw("syntax", "entail-no-node", STEPS, "entail 1 %0", "entail 1")
flaw("syntax", "entail-no-sign", STEPS, "entail 1 %0", "entail 1 0")
flaw("syntax", "entail-other-sign", STEPS, "entail 1 %0", "entail 1 x0")
flaw("syntax", "entail-zero", STEPS, "entail 1 %0", "entail 1 %00")
flaw("branch-count", "huge", STEPS, "branches 1", "branches 99999999999999999999")
flaw("syntax", "combination-zero", STEPS, "y 0:0=1", "y 0:00=1")
flaw("syntax", "combination-number", [
    "aonw 1", "statement turned", "aoni 1", "tokens a", "base a", "end", "verdict holds",
    "show a true", "refute %6", "branches 1", "branch 0", "forced 1", "y 0:0=-01", "end"])
flaw("syntax", "step-of-two", STEPS, "forced 2", "forced 2 2")
flaw("syntax", "step-zero", STEPS, "forced 2", "forced 02")
flaw("syntax", "step-negative", STEPS, "forced 2", "forced -2")
flaw("syntax", "contradiction", KINDS, "contradiction", "contradiction 1")
flaw("syntax", "branch-word", STEPS, "branch 0", "brunch 0")
flaw("syntax", "branches-zero", STEPS, "branches 1", "branches 01")
flaw("false-literal", "open", STEPS, "forced 2", "false 2")
flaw("entail-key", "one-more", STEPS, "entail 1 %0", "entail 1 %0 0")
flaw("entail-key", "one-less", STEPS, "entail 1 %17 1", "entail 1 %17")
flaw("entail-key", "of-another-literal", STEPS, "entail 1 %0", "entail 2 %0")
flaw("entail-key", "of-no-literal", STEPS, "entail 1 %0", "entail 9 %0")
flaw("entail-key", "no-form", STEPS, "entail 1 %0", "entail 1 %4")
flaw("entail-key", "a-formula", STEPS, "entail 1 %0", "entail 1 %6")
flaw("entail-key", "a-closed-term", STEPS, "entail 1 %0", "entail 1 %5", "value 1 1 1 4", "y",
     "entail 1 %0")
flaw("forced-literal", "of-no-literal", STEPS, "forced 2", "forced 9")
flaw("entail-key", "of-no-node", STEPS, "entail 1 %0", "entail 1 %99")
flaw("entail-key", "of-another-element", STEPS, "entail 1 %17 1", "entail 1 %17 0")
flaw("entail-key", "of-no-set", STEPS, "entail 1 %32 1", "entail 1 %32 0", "value 1 1 1 8",
     "y 0:0=4", "entail 1 %32 1")
