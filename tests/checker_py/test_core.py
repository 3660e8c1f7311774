"""The Python checker against cores, errors and witnesses made by hand.  Run: python3 tests/checker_py/test_core.py"""
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, "..", "..", "src", "checker_py")
sys.path.insert(0, SOURCE)
import aonck  # noqa: E402

sys.setrecursionlimit(20000)


class Case(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.TemporaryDirectory()
        self.addCleanup(self.dir.cleanup)

    def file(self, name, text):
        path = os.path.join(self.dir.name, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        return path

    def theorem(self, text, name="t.aon"):
        return aonck.Theorem(self.file(name, text), [])

    def core(self, text):
        return "\n".join(self.theorem(text).lines) + "\n"

    def nodes(self, formula, given=""):
        """The node lines of one formula, without `node K`; the root last."""
        text = "statement s %s show c: %s" % (given, formula)
        return [" ".join(x.split()[2:]) for x in self.core(text).splitlines() if x.startswith("node")]

    def places(self, text):
        """Slug and line of the error, if there is one."""
        try:
            self.theorem(text)
        except aonck.Stop as e:
            return [(e.name, int(e.line().split(":")[1]))]
        return []

    def slugs(self, text):
        return [slug for slug, _ in self.places(text)]


class CoreTest(Case):
    def test_example(self):
        self.assertEqual(self.core("""
library ntp 1
def E(m, y) := m.g(y)
statement shift
use ntp 1
given d in dim given m in model(d) given y1, y2 in token
assume equal: E(m,y1) = E(m,y2)
show odds: forall x in X: <m.f(x), m.g(y1) - m.g(y2)> = 0
"""), """core 1
library ntp 1
statement shift
use ntp 1
given d dim
given m model d
given y1 token
given y2 token
node 0 par y1
node 1 g m %0
node 2 par y2
node 3 g m %2
node 4 eq %1 %3
node 5 var 0
node 6 f m %5
node 7 rat -1
node 8 scale %7 %3
node 9 add %1 %8
node 10 dot %6 %9
node 11 zero %10
node 12 all 0 X %11
assume equal %4
show odds %12
end
""")

    M = "given d in dim given m in model(d) given S, T in subspace(d) given A in matrix(d,d) given v in vector(d) "

    def test_rewriting(self):
        for formula, want in [
            ("1 <= 2/4", ["rat 1", "rat 1/2", "le %0 %1"]),
            ("m.dim < 3", ["size d", "rat 3", "lt %0 %1"]),
            ("A*id(d)*v = 0", ["par A", "par v", "mul %0 %1", "zero %2"]),
            ("(2*A)*v = 0", ["rat 2", "par A", "par v", "mul %1 %2", "scale %0 %3", "zero %4"]),
            ("A*(2*A)*v = 0", ["rat 2", "par A", "par v", "mul %1 %2", "mul %1 %3", "scale %0 %4", "zero %5"]),
            ("proj(S)*proj(T)*v = 0", ["par S", "par T", "par v", "proj %1 %2", "proj %0 %3", "zero %4"]),
            ("not not v in S", ["par v", "par S", "within %0 %1"]),
            ("S <= T", ["par S", "gens %0", "par T", "within %1 %2"]),
            ("colspace(A) <= T", ["par A", "par T", "within %0 %1"]),
            ("image(id(d), all(d)) <= T", ["id d", "par T", "within %0 %1"]),
            ("S = 0", ["par S", "gens %0", "zero %1"]),
            ("0 != v", ["par v", "zero %0", "not %1"]),
            ("S = colspace(A)", ["par S", "gens %0", "par A", "span %2", "within %1 %3", "within %2 %0", "and %4 %5"]),
            ("v in perp(S)", ["par v", "par S", "gens %1", "tr %2", "unk 0", "mul %3 %4", "zero %5", "sol 0 vector d %6",
                              "within %0 %7"]),
            ("v in S & T", ["par v", "par S", "unk 0", "par T", "within %2 %3", "sol 0 in %1 %4", "within %0 %5"]),
            ("v in image(A,S)", ["par v", "par A", "par S", "gens %2", "mul %1 %3", "span %4", "within %0 %5"]),
            ("v = 0 -> 1 = 1", ["par v", "zero %0", "not %1", "rat 1", "eq %3 %3", "or %2 %4"]),
            ("forall B in matrix(d,2): B = 0", ["unk 0", "zero %0", "not %1", "ex 0 matrix d 2 %2", "not %3"]),
            ("forall w in S: A*w = 0", ["par S", "par A", "vec 0", "mul %1 %2", "zero %3", "allin 0 %0 %4"]),
            ("exists w in S: w = v", ["par S", "unk 0", "par v", "eq %1 %2", "ex 0 in %0 %3"]),
            ("forall x1, x2 in X: x1 = x2", ["var 1", "var 0", "same %0 %1", "all 0 X %2", "all 1 X %3"]),
            ("dim(span{m.f(x) | x in X}) = dim(S + T)", ["var 0", "f m %0", "cols 0 X %1", "span %2", "dim %3", "par S",
                                                         "par T", "join %5 %6", "dim %7", "eq %4 %8"]),
            ("∀ y ∈ Y: ⟨m.g(y), v⟩ ≤ 0", ["var 0", "g m %0", "par v", "dot %1 %2", "rat 0", "le %3 %4", "all 0 Y %5"]),
        ]:
            with self.subTest(formula):
                self.assertEqual(self.nodes(formula, self.M), want)

    def test_sets_and_indices(self):
        given = self.M + "given q in query given Xs in contexts given l in vector(#Xs) given k in vector(#X/q) "
        self.assertEqual(self.nodes("forall x in Xs/q: l[x.q] = k0", given + "given k0 in scalar"),
                         ["par l", "var 0", "cat %1 q", "idx %0 %2", "par k0", "eq %3 %4", "all 0 Xs/q %5"])
        self.assertEqual(self.nodes("forall x in X/q: k[x] = #X", given)[-2:], ["eq %2 %3", "all 0 X/q %4"])

    def test_roots_in_order(self):
        lines = self.core("statement s given y in token show c: y != base assume h: y = base weaken y = y").splitlines()
        self.assertEqual(lines[-4:], ["assume h %2", "weaken h %3", "show c %4", "end"])

    def test_drop(self):
        th = self.theorem("library L 1 def D(y) := a: y = base and b: y != base\n"
                          "statement s use L 1 given y in token show c: D(y)\n")

        def ops(*drops):
            return [n.op for n in th.core("s", drops).number]
        self.assertEqual(ops(), ["par", "base", "same", "not", "and"])
        self.assertEqual(ops("D.b"), ["par", "base", "same"])
        self.assertEqual(ops("D.a", "D.b"), ["true"])

    def test_library_beside(self):
        self.file("lib/L.aon", "library L 2 def D(y) := y = base")
        text = "statement s use L 2 given y in token show c: D(y)"
        self.assertIn("use L 2", self.core(text))
        self.assertEqual(self.slugs(text.replace("L 2", "L 3")), ["version"])
        self.assertEqual(self.slugs(text.replace("L 2", "K 2")), ["library"])


class ErrorTest(Case):
    def test_slugs(self):
        g = "statement s given d, e in dim given m in model(d) given S in subspace(d) given A in matrix(d,e) " \
            "given v in vector(d) given y in token given q in query "
        show = g + "show c: "
        for slug, text in [
            ("encoding", b"\xff"), ("encoding", b"\xef\xbb\xbf"), ("encoding", b"-- \0"), ("character", "statement s ; "),
            ("crlf", "statement s\r\n"), ("number", show + "007 = 1"), ("number", show + "1/0 = 1"), ("number", show + "3x = 1"),
            ("string", 'statement s note "abc\n'), ("too-large", " " * (1 << 20) + " "),
            ("syntax", show + "1 = 2 = 3"), ("syntax", g + "show: 1 = 1"), ("reserved", "statement all"),
            ("nesting", show + "(" * 201 + "1" + ")" * 201 + " = 1"), ("unknown-name", show + "z = 0"),
            ("unknown-name", show + "D(y)"), ("unknown-name", "library L 1 def D() := z = 0"),
            ("duplicate-name", show + "1 = 1 show c: 1 = 1"), ("duplicate-name", g + "given d in dim"),
            ("duplicate-name", show + "forall x in X: forall x in X: x = x"), ("duplicate-name", show + "forall d in X: d = d"),
            ("recursive", "library L 1 def D(y) := D(y)"), ("arity", "library L 1 def C(y) := y = y def D(y) := C(y,y)"),
            ("arity", show + "dim(S,S) = 0"), ("library", "statement s use L 1 show c: 1 = 1"),
            ("version", "library L 1 statement s use L 2 show c: 1 = 1"), ("no-conclusion", g),
            ("type", show + "y"), ("type", show + "m.f(y) = 0"), ("type", show + "A = v"), ("type", show + "S - S = S"),
            ("type", show + "v*v = 0"), ("type", show + "v[y] = 0"), ("type", show + "y = 0"), ("type", show + "A <= tr(A)"),
            ("type", show + "v < v"), ("type", show + "S <= 0"), ("shape", show + "S <= all(e)"), ("type", show + "S < S"),
            ("shape", show + "A*v = 0"), ("shape", show + "A = tr(A)"), ("shape", show + "v = m.dim*id(d)*tr(A)*v"),
            ("partial", show + "forall x in X: x.q = x"), ("partial", g + "given p in query show c: forall x in X/p: x.q = x"),
            ("alternation", show + "exists B in matrix(d,d): not exists w in vector(d): B*w = v"),
            ("alternation", show + "exists B in matrix(d,d): v in perp(colspace(B))"),
            ("alternation", show + "exists w in vector(d): exists u in span{w | x in X}: u = v"),
            ("alternation", show + "exists w in vector(d): forall B in matrix(d,d): B*w = 0"),
            ("alternation", show + "exists B in matrix(d,d): not forall u in S: B*u = 0"),
            ("homogeneous", show + "forall w in S: <w,w> = 0"), ("homogeneous", show + "forall w in S: w = v"),
            ("homogeneous", show + "forall w in S: w = 0 or v = 0"), ("homogeneous", show + "forall w in S: 1 = 1"),
            ("homogeneous", show + "forall w in S: forall u in span{A*tr(A)*w | x in X}: <u,w> = 0"),
            ("homogeneous", show + "{w in vector(d) | <w,v> = 1} = 0"), ("homogeneous", show + "{w in matrix(d,d) | w = 0} = 0"),
            ("homogeneous", show + "{w in S | <w,v> = 0 and v = 0} = 0"), ("homogeneous", show + "{w in S | w != 0} = 0"),
            ("homogeneous", show + "{w in S | w + v = 0} = 0"), ("homogeneous", show + "{w in S | <0*w,w> = 0} = 0"),
            ("homogeneous", show + "{w in S | 0 = 0/1} = 0"), ("homogeneous", show + "forall w in S: w + 0*v = w"),
            ("homogeneous", show + "{w in S | (0*<w,v> + 1)*w = 0} = 0"),
            ("label", "library L 1 def D(y) := a: y = y and a: y = y"),
        ]:
            with self.subTest(slug=slug, text=text[-60:]):
                self.assertEqual(self.slugs(text), [slug])

    def test_expect_is_skipped(self):
        """Up to the next item, library, statement or the end; its tokens are tokens still."""
        text = "library L 1 def D(y) := a: y = y statement s use L 1 show c: 1 = 1 expect %s"
        core = self.core(text % "survived")
        for said in ("drop D.a: survived", "drop E.b: survived", "without h: holds", "", ") ( 3 { := \"a\"", "(" * 300, "expect"):
            for after in ("", " expect none", " note \"a\"", " cite \"a\" expect"):
                with self.subTest(said=said, after=after):
                    self.assertEqual(self.core(text % said + after), core)
        for said, want in [("007", "number"), (";", "character"), ("x show e: z = 0", "unknown-name"), ("x show", "syntax"),
                           ("x given d in dim assume h: d = 0 statement s", "duplicate-name"), ("x library L 1", "duplicate-name"), ("x def", None)]:
            with self.subTest(said=said):
                self.assertEqual(self.slugs(text % said), [want] if want else [])
        self.assertEqual(self.slugs("library L 1 expect survived"), ["syntax"])

    def test_expansion(self):
        defs = "def D0(x) := x + x " + " ".join("def D%d(x) := D%d(x) + D%d(x)" % (i, i - 1, i - 1) for i in range(1, 30))
        self.assertEqual(self.slugs("library L 1 " + defs + " statement s use L 1 show c: D29(1) = 0"), ["expansion"])

    def calls(self, body, levels):
        """A library of definitions D0, D1, .., one on each line, each using the one above as `body` says."""
        defs = ["def D0(x) := x = x"] + ["def D%d(x) := %s" % (i, body.replace("D", "D%d" % (i - 1))) for i in range(1, levels)]
        return "library L 1\n" + "\n".join(defs) + "\nstatement s use L 1\nshow c: "

    def test_limit_of_calls(self):
        twice = self.calls("D(x) and D(x)", 18)                 # D15 stands for 65,535 calls, D14 for 32,767
        self.assertEqual(self.slugs(twice + "D15(1) and D14(1)"), [])
        self.assertEqual(self.slugs(twice + "D14(1) show e: D14(1) show f: D14(1)"), [])
        self.assertEqual(self.places(twice + "D15(1)\nshow e: D15(1)"), [("expansion", 22)])
        self.assertEqual(self.places(twice + "D16(1)"), [("expansion", 21)])
        self.assertEqual(self.slugs(twice.replace("x = x", "a: x = x") + "D16(1)"), ["expansion"])
        self.assertEqual(self.slugs(twice + "D15(1)\nstatement t use L 1 show c: D15(1)"), [])

    def test_limit_of_chains(self):
        chain = self.calls("D(x)", 9000)
        self.assertEqual(self.slugs(chain + "D999(1)"), [])
        self.assertEqual(self.slugs(chain + "D1000(1)"), ["expansion"])
        self.assertEqual(self.slugs(chain + "D999(1) show e: D1000(1)"), ["expansion"])
        self.assertEqual(self.slugs(chain + "D998(1) show e: (D999(1))"), ["expansion"])
        self.assertEqual(self.slugs(chain + "D8999(1)"), ["expansion"])
        nested = self.calls("not (D(x))", 400)                  # 1 + 2 for `not` and the parenthesis
        self.assertEqual(self.slugs(nested + "D333(1)"), [])
        self.assertEqual(self.slugs(nested + "D334(1)"), ["expansion"])

    def test_limit_of_depth(self):
        self.assertEqual(self.slugs("statement s show c: " + "1 + " * 4997 + "1 = 1"), [])
        self.assertEqual(self.slugs("statement s show c: " + "1 + " * 5000 + "1 = 1"), ["expansion"])

    def test_order_of_errors(self):
        g = "statement s given d in dim given m in model(d) given S in subspace(d) given v in vector(d) show c:\n"
        for text, want in [
            (g + "1 and\nz = 0", ("unknown-name", 3)), (g + "{v in\nz | v = 0} = 0", ("duplicate-name", 2)),
            (g + "forall w, v in\nz: v = 0", ("duplicate-name", 2)), (g + "dim(z,z) =\n)", ("syntax", 3)),
            (g + "dim(z,z) = 0", ("arity", 2)), (g + "{v, w in z | z} = 0", ("duplicate-name", 2)),
            (g + "id(1234567890) = 0", ("type", 2)), ("library L 1 def D(x) := 1 =\ndim(x,z)", ("arity", 2)),
            ("library L 1 def D(x) := x = x\nstatement s use L 1 show c: D(z,z)", ("arity", 2)),
            ("library L 1 def D(x) := forall w,\nx in z: x = x", ("duplicate-name", 2)), (b"\n\0\n\xff", ("encoding", 2)),
            (b"\n\r\n\n\xff", ("encoding", 4)),
        ]:
            with self.subTest(text=text[-40:]):
                self.assertEqual(self.places(text), [want])

    def test_first_error_of_the_file(self):
        text = "statement a show c: y = 0 show d: )\nstatement b show c: 1 = 1\nstatement c show 1\n"
        self.assertEqual(self.places(text), [("syntax", 1)])
        self.assertEqual(self.places(text.replace("show d: )", "")), [("syntax", 3)])
        self.assertEqual(self.places(text.replace("show d: )", "").replace("show 1", "show d: z = 0")), [("unknown-name", 1)])

    def test_degrees_that_are_fine(self):
        g = "statement s given d in dim given m in model(d) given S in subspace(d) given A in matrix(d,d) given v in vector(d) show c: "
        for formula in ["exists w, u in span{v | x in X}: w = u", "forall x, y in X, u in S: <u, v> = 0 and <v, u> = 0",
                        "forall w in S: 0*w = w and <w,v> + 0 = 0 and 0*<w,v> + <v,w> = 0/1", "{w in S | 0*w = 0} = S",
                        "forall w, u in S: <w, A*u> = 0", "forall w in S: A*w = 2*w and w in S and proj(S)*w = w",
                        "{w in S | exists B in matrix(d,d): forall x in X: B*m.f(x) = w} = 0",
                        "{w in vector(d) | exists a in scalar: forall u in S: <u,w> = a*<u,v>} = 0",
                        "exists B in matrix(d,d): forall w in S: B*w in S", "forall x in X, w in S: <w, m.f(x)> = 0"]:
            with self.subTest(formula):
                self.assertEqual(self.slugs(g + formula), [])


INSTANCE = """aoni 1
tokens a b
base a
context x1 a
context x2 a b
model m 2
f x1 1 0
f x2 0 1
g a 1/2 0
g b 0 0
token y b
query q b
subspace S 2
gen 1 0
gen 2 0
vector v 2
row 1 1
matrix A 2 2
row 1 1
row 0 0
end
"""
GIVEN = "given m in model(2) given y in token given q in query given S in subspace(2) given v in vector(2) " \
        "given A in matrix(2,2) "


class WitnessTest(Case):
    def answer(self, theorem, text):
        try:
            return aonck.check(theorem, aonck.Reader(text.encode())).partition(":")[0]
        except aonck.Stop as e:
            return e.name

    def witness(self, formula, facts, truth="true", verdict=None, changes=(), items="", variant=""):
        """One conclusion `c`; `facts` with `{name}` standing for node numbers of the given operation."""
        th = self.theorem("statement s %s %s show c: %s" % (GIVEN, items, formula))
        core = th.core("s", ())
        if "-v" in sys.argv:
            print("\n".join(core.lines()))
        verdict = verdict or ("holds" if truth == "true" else "violated c")
        text = "aonw 1\nstatement s\n%s%sverdict %s\nshow c %s\n%send\n" % (
            variant, INSTANCE, verdict, truth, "".join(line.strip() + "\n" for line in facts.strip().splitlines() if line.strip()))
        self.assertEqual(self.answer(th, text), "accepted", text)
        for old, new, name in changes:
            with self.subTest(old=old, new=new):
                self.assertEqual(text.count(old), 1, old)
                self.assertEqual(self.answer(th, text.replace(old, new)), name)
        lines = text.splitlines(True)
        for i in range(len(lines)):
            self.assertIn(self.answer(th, "".join(lines[:i])), ("truncated", "syntax"))
            if not lines[i].startswith("gen"):          # a subspace may have any number of generators
                self.assertNotEqual(self.answer(th, "".join(lines[:i] + lines[i + 1:])), "accepted", lines[i])
        self.assertEqual(self.answer(th, text + "x\n"), "trailing")
        self.assertEqual(self.answer(th, text[:-1]), "truncated")
        return th, text

    def test_equation(self):
        self.witness("forall x in X: <m.f(x), m.g(y)> = 0", "", changes=[
            ("show c true", "show c false", "fact-order"), ("verdict holds", "verdict violated c", "verdict"),
            ("g b 0 0", "g b 1 0", "compare"), ("f x2 0 1", "f x2 0 1/1", "instance"), ("g a 1/2", "g a 2/4", "instance"),
            ("query q b", "query q b a", "accepted"), ("vector v 2", "vector v 3", "instance"), ("token y b", "token y c", "instance"),
            ("gen 2 0", "gen  2 0", "instance"), ("aonw 1", "aonw 2", "syntax"), ("show c true", "assume c true", "claims"),
            ("statement s\n", "statement s\nwithout h\n", "variant"), ("statement s\n", "statement s\nonly\n", "accepted"),
            ("statement s\n", "statement s\ndrop D.a\n", "variant"), ("show c true\n", "show c true\npick %9\n", "claims")])

    def test_pick(self):
        # %0 var 0, %1 f, %2 zero, %3 all
        self.witness("forall x in X: m.f(x) = 0", "pick %3\ni 1", "false", changes=[
            ("\ni 1\n", "\ni 2\n", "pick-range"), ("\ni 1\n", "\ni -1\n", "pick-range"), ("pick %3", "pick %2", "fact-order"),
            ("f x2 0 1", "f x2 0 0", "compare"), ("\ni 1\n", "\ni 1 1\n", "syntax")])

    BASIS = "basis %%%s\ncols 0\nr 1 2 1 1 2\nminor 1 1 7 rows 0 cols 0 x 1\n"

    def test_within(self):
        # %0 par v, %1 par A, %2 mul, %3 par S, %4 within;  A v = (2, 0) lies in S = span (1, 0)
        self.witness("A*v in S", self.BASIS % 3 + "in %4\nx 1 1 1 2", changes=[
            ("x 1 1 1 2", "x 1 1 1 3", "in-product"), ("x 1 1 1 2", "x 2 1 1 2 0", "in-shape"), ("in %4", "out %4", "fact-order"),
            ("x 1 1 1 2", "x 1 1 0 2", "syntax"), ("cols 0\nr", "cols 2\nr", "basis-cols"), ("cols 0\nr", "cols -1\nr", "basis-cols"),
            ("r 1 2 1 1 2", "r 1 2 1 1 1", "basis-span"), ("r 1 2 1 1 2", "r 2 1 1 1 2", "basis-shape"),
            ("minor 1 1 7 rows 0", "minor 1 0 7 rows 0", "minor-scale"), ("minor 1 1 7 rows 0", "minor 1 1 1 rows 0", "minor-modulus"),
            ("7 rows 0", "7 rows 2", "minor-index"), ("7 rows 0", "7 rows 1", "minor-inverse"), ("x 1\n", "x 2\n", "minor-inverse"),
            ("x 1\n", "x 8\n", "accepted"), ("minor 1 1 7 rows 0 cols 0 x 1", "minor 0 1 7 rows cols x", "basis-minor-size"),
            ("basis %3", "basis %2", "fact-order"), ("cols 0\nr 1 2 1 1 2\nminor 1 1 7 rows 0 cols 0 x 1",
             "cols 1\nr 1 2 2 1 2\nminor 1 1 7 rows 0 cols 0 x 4", "in-product")])

    def test_out(self):
        self.witness("v in S", self.BASIS % 1 + "out %2\ny 1 2 3 0 1", "false", changes=[
            ("y 1 2 3 0 1", "y 1 2 3 1 1", "out-annihilates"), ("y 1 2 3 0 1", "y 1 2 3 0 0", "out-separates"),
            ("y 1 2 3 0 1", "y 1 1 3 0", "out-shape")])

    def test_projection(self):
        # %0 par S, %1 par v, %2 proj, %3 par A, %4 mul A v, %5 scale: proj(S)*v = (1,0) = 1/2 A v
        self.witness("proj(S)*v = 1/2*(A*v)", self.BASIS % 0 + "proj %2\nz 1 1 1 1", changes=[
            ("z 1 1 1 1", "z 1 1 1 2", "proj-normal"), ("z 1 1 1 1", "z 1 2 1 1 1", "proj-shape"),
            ("row 1 1\nrow 0 0", "row 1 2\nrow 0 0", "compare")])

    def test_exists(self):
        # %0 unk 1, %1 par v, %2 mul, %3 par A, %4 mul A v, %5 eq, %6 ex
        self.witness("exists B in matrix(2,2): B*v = A*v", "value %6\nv 2 2 2 4 0 1 -1", changes=[
            ("v 2 2 2 4 0 1 -1", "v 2 2 2 4 0 1 1", "compare"), ("v 2 2 2 4 0 1 -1", "v 1 2 2 4 0", "value-shape"),
            ("value %6", "refute %6", "fact-order")])

    def test_refuted(self):
        # %0 unk %1 A %2 v %3 mul %4 mul %5 eq %6 rat 2 %7 scale %8 eq %9 and %10 ex: literals 0 and 1, two equations each
        th, _ = self.witness("exists B in matrix(2,2): B*A*v = v and B*A*v = 2*v",
                             "refute %10\nbranches 1\nbranch 0\ncontradiction\ny 0:0=1 1:0=-1", "false", changes=[
            ("0:0=1 1:0=-1", "0:0=-1 1:0=1", "contradiction"), ("0:0=1 1:0=-1", "0:0=1 1:1=-1", "contradiction"),
            ("0:0=1 1:0=-1", "1:0=-1 0:0=1", "comb-order"), ("0:0=1 1:0=-1", "0:0=1 1:0=0", "comb-order"),
            ("0:0=1 1:0=-1", "0:0=1 1:2=-1", "comb-index"), ("0:0=1 1:0=-1", "0:0=1 2:0=-1", "comb-index"),
            ("branches 1", "branches 2", "branch-count"), ("branch 0", "branch 1", "branch-order"),
            ("contradiction", "false 0", "false-literal"), ("contradiction", "forced 0", "forced-literal"),
            ("contradiction", "forced 2", "forced-literal")])

    def test_forced_and_entailed(self):
        # w in K^2 with w = v: then w != v is impossible, and w[0]^2 > 2 too (after w is entailed)
        self.witness("exists w in vector(2): w = v and w != v",
                     "refute %5\nbranches 1\nbranch 0\nforced 1\ny 0:0=1\ny 0:1=1", "false", changes=[
            ("y 0:0=1", "y 0:0=2", "forced-comb"), ("forced 1", "forced 0", "forced-literal"), ("forced 1", "contradiction", "contradiction")])
        # %0 unk 0 %1 par v %2 eq %3 rat 2 %4 dot %5 lt %6 and %7 ex
        self.witness("exists w in vector(2): w = v and 2 < <w,w>",
                     "refute %7\nbranches 1\nbranch 0\nentail 0 %0\nvalue 2 1 1 1 1\ny 0:0=1\ny 0:1=1\nfalse 1", "false", changes=[
            ("value 2 1 1 1 1", "value 2 1 1 1 2", "entail-comb"), ("value 2 1 1 1 1", "value 1 2 1 1 1", "entail-shape"),
            ("entail 0 %0", "entail 0 %1", "entail-key"), ("entail 0 %0", "entail 0 %0 0", "entail-key"),
            ("entail 0 %0", "entail 0 %4", "entail-key"), ("entail 0 %0", "entail 2 %0", "entail-key"),
            ("entail 0 %0", "entail 1 %0", "accepted"), ("false 1", "false 0", "compare"), ("y 0:0=1", "y 0:0=1/2", "entail-comb")])

    def test_equations_of_entail_steps(self):
        # A w = A v = (2,0) and <v,w> = 5.  After A w is entailed literal 0 is closed; literal 2 keeps w1 + w2 = 2.
        # %0 par A %1 unk 0 %2 mul %3 par v %4 mul %5 eq %6 dot %7 rat 5 %8 eq %9 and %10 ex
        step = "entail 0 %2\nvalue 2 1 1 2 0\ny 0:0=1\ny 0:1=1\n"
        self.witness("exists w in vector(2): A*w = A*v and <w,v> = 5",
                     "refute %10\nbranches 1\nbranch 0\n" + step + "contradiction\ny 1:0=-1/3 2:0=1/3", "false", changes=[
            ("1:0=-1/3 2:0=1/3", "1:0=-1/3 2:0=1/2", "contradiction"), ("1:0=-1/3 2:0=1/3", "1:0=-1/3 2:1=1/3", "contradiction"),
            ("1:0=-1/3 2:0=1/3", "1:0=-1/3 2:2=1/3", "comb-index"), ("1:0=-1/3 2:0=1/3", "1:0=-1/3 3:0=1/3", "comb-index"),
            ("1:0=-1/3 2:0=1/3", "0:0=1/3 1:0=-1/3", "comb-index"), (step, "", "comb-index"), ("entail 0", "entail 2", "entail-key"),
            (step + "contradiction\ny 1:0=-1/3 2:0=1/3", "contradiction\ny 0:0=1/3 1:0=-1/3", "accepted"),
            ("contradiction", "false 2", "false-literal"), ("contradiction", "forced 2", "forced-literal")])

    def test_a_projected_term_is_not_entailed(self):
        self.witness("exists w in vector(2): proj(S)*w = v",
                     "refute %5\nbranches 1\nbranch 0\n" + self.BASIS % 0 + "contradiction\ny 0:1=-1", "false", changes=[
            ("contradiction", "entail 0 %2\nvalue 2 1 1 1 1\ny 0:0=1\ny 0:1=1\ncontradiction", "entail-comb")])

    def test_limit_of_branches(self):
        # 2 ^ n branches, all of them contradictions: w = v or w = 2 v, n times, and w = 0
        def text(n):
            th = self.theorem("statement s %s show c: exists w in vector(2): %s" % (
                GIVEN, " and ".join(["(w = v or w = 2*v)"] * n)))
            node = max(th.core("s", ()).number.values())
            return th, "aonw 1\nstatement s\n%sverdict violated c\nshow c false\nrefute %%%d\nbranches 0\n" % (INSTANCE, node)
        self.assertEqual(self.answer(*text(12)), "branch-count")
        self.assertEqual(self.answer(*text(13)), "limit")

    def test_limit_of_literals(self):
        big = "%s" % " and ".join(["(w = v or w = 2*v)"] * 12 + ["w = 0"] * 300)
        th = self.theorem("statement s %s show c: exists w in vector(2): %s" % (GIVEN, big))
        text = "aonw 1\nstatement s\n%sverdict violated c\nshow c false\n" % INSTANCE
        self.assertEqual(self.answer(th, text), "limit")

    def test_branches(self):
        # (w = v or w = 2 v) and A w = 0: two branches
        # %0 unk %1 v %2 eq %3 rat2 %4 scale %5 eq %6 or %7 A %8 mul %9 zero %10 and %11 ex
        self.witness("exists w in vector(2): (w = v or w = 2*v) and A*w = 0",
                     "refute %11\nbranches 2\nbranch 0\ncontradiction\ny 0:0=-1/2 0:1=-1/2 1:0=1/2\n"
                     "branch 1\ncontradiction\ny 0:0=-1/4 0:1=-1/4 1:0=1/4", "false", changes=[
            ("1:0=1/4", "1:0=1/2", "contradiction"),
            ("branches 2", "branches 1", "branch-count")])

    def test_set_builder(self):
        # {w | A w = 0} = span (1,-1).
        # %0 par A %1 unk 0 %2 mul %3 zero %4 sol %5 dim %6 rat 1 %7 eq
        self.witness("dim({w in vector(2) | A*w = 0}) = 1",
                     "kernel %4\nk 2 1 1 1 -1\ncminor 1 1 5 rows 0 cols 1 x 1\nkminor 1 1 5 rows 1 cols 0 x -1\n"
                     "basis %4\ncols 0\nr 1 1 1 1\nminor 1 1 2 rows 0 cols 0 x 1", changes=[
            ("k 2 1 1 1 -1", "k 2 1 1 1 1", "kernel-null"), ("k 2 1 1 1 -1", "k 1 1 1 1", "kernel-shape"),
            ("k 2 1 1 1 -1", "k 2 1 1 0 0", "minor-inverse"), ("k 2 1 1 1 -1", "k 2 0 1", "minor-index"),
            ("cminor 1 1 5 rows 0 cols 1 x 1", "cminor 0 1 5 rows cols x", "kernel-dimension"),
            ("kminor 1 1 5 rows 1 cols 0 x -1", "kminor 0 1 5 rows cols x", "kernel-dimension"),
            ("cminor 1 1 5 rows 0", "cminor 1 1 5 rows 1", "minor-inverse")])

    def test_forall_in_subspace(self):
        # %0 par S %1 par A %2 vec 0 %3 mul %4 eq %5 allin: A fixes (1,0)
        self.witness("forall w in S: A*w = w", self.BASIS % 0, changes=[("row 1 1\nrow 0 0", "row 2 1\nrow 0 0", "compare")])
        self.witness("forall w in S: 2*(A*w) = w", self.BASIS % 0 + "pick %7\ni 0", "false")

    def test_projection_inside_refutation(self):
        # proj(S)*w = v is impossible: second coordinate of B Z is 0.  eq: 2 equations; additional: 1
        # %0 par S %1 unk 0 %2 proj %3 par v %4 eq %5 ex
        self.witness("exists w in vector(2): proj(S)*w = v",
                     "refute %5\nbranches 1\nbranch 0\n" + self.BASIS % 0 + "contradiction\ny 0:1=-1", "false", changes=[
            ("0:1=-1", "0:3=-1", "comb-index"), ("0:1=-1", "0:2=-1", "contradiction")])

    def test_two_spaces_one_body(self):
        # The same body over two spaces: `vec 0` column 0 is another vector each time.
        # A = [1 1; 0 0]: A (1,0) = (1,0), but A (1,1) = (2,0).
        self.witness("(forall w in S: A*w = w) and (forall w in span{v | x in X}: A*w = w)",
                     "pick %10\ni 1\nbasis %8\ncols 0\nr 1 2 1 1 1\nminor 1 1 3 rows 0 cols 0 x 1\npick %9\ni 0", "false")
        # false claim: the proof for S may not be reused
        th = self.theorem("statement s " + GIVEN + "show c: (forall w in S: A*w = w) and (forall w in span{v | x in X}: A*w = w)")
        facts = self.BASIS % 0 + "basis %8\ncols 0\nr 1 2 1 1 1\nminor 1 1 3 rows 0 cols 0 x 1\n"
        text = "aonw 1\nstatement s\n%sverdict holds\nshow c true\n%send\n" % (INSTANCE, facts)
        self.assertEqual(self.answer(th, text), "compare")

    def test_hypotheses_and_variants(self):
        th = self.theorem("statement s " + GIVEN + "assume h: v = 0 weaken A = A assume k: y != base show c: v = 0 show e: 1 = 1")
        head = "aonw 1\nstatement s\n%s" + INSTANCE
        for variant, tail, want in [
            ("", "verdict inapplicable h\nassume h false\nassume k true\nend\n", "accepted"),
            ("", "verdict inapplicable k\nassume h false\nassume k true\nend\n", "verdict"),
            ("", "verdict holds\nassume h false\nassume k true\nend\n", "verdict"),
            ("", "verdict inapplicable h\nassume h false\nend\n", "claims"),
            ("", "verdict inapplicable h\nassume h false\nassume k true\nshow c false\nshow e true\nend\n", "claims"),
            ("", "verdict violated c\nassume k true\nshow c false\nshow e true\nend\n", "claims"),
            ("without h\n", "verdict violated c\nassume k true\nshow c false\nshow e true\nend\n", "accepted"),
            ("weaken h\n", "verdict violated c\nassume h true\nassume k true\nshow c false\nshow e true\nend\n", "accepted"),
            ("only k\n", "verdict violated c\nassume k true\nshow c false\nshow e true\nend\n", "accepted"),
            ("only\n", "verdict violated c\nshow c false\nshow e true\nend\n", "accepted"),
            ("only\n", "verdict violated c\nshow e true\nshow c false\nend\n", "claims"),
            ("only\n", "verdict violated c\nshow c false\nend\n", "claims"),
            ("only\n", "verdict violated c e\nshow c false\nshow e true\nend\n", "verdict"),
            ("only k h\n", "", "variant"), ("without k\nwithout h\n", "", "variant"), ("weaken k\n", "", "variant"),
            ("only\nwithout h\n", "", "variant"), ("only\nonly\n", "", "variant"),
        ]:
            with self.subTest(variant=variant, tail=tail):
                self.assertEqual(self.answer(th, head % variant + tail), want)


class CommandTest(Case):
    def run_it(self, *args, **kw):
        kw.setdefault("stdout", subprocess.PIPE)
        p = subprocess.run([sys.executable, os.path.join(SOURCE, "aonck.py")] + list(args), stderr=subprocess.PIPE, **kw)
        return p.returncode, (p.stdout or b"").decode(), p.stderr.decode()

    def test_exit_status(self):
        th = self.file("t.aon", "statement s " + GIVEN + "show c: v != 0")
        text = "aonw 1\nstatement s\n%sverdict holds\nshow c true\nend\n" % INSTANCE
        good, bad = self.file("g.aonw", text), self.file("b.aonw", text.replace("show c true", "show c false"))
        code, out, _ = self.run_it(th, good)
        self.assertEqual(code, 0)
        self.assertRegex(out.splitlines()[-1], "^accepted: statement s, variant: as it stands, verdict: holds, instance sha256 [0-9a-f]{64}$")
        code, out, _ = self.run_it(th, bad)
        self.assertEqual((code, out[:17]), (1, "refused: line 25:"))
        self.assertEqual(self.run_it("--quiet", th, "-", input=text.encode())[0], 0)
        self.assertEqual(self.run_it(th, good + "x")[:2], (2, ""))
        self.assertEqual(self.run_it(th)[:2], (2, ""))
        self.assertEqual(self.run_it(th, self.file("s.aonw", text.replace("statement s", "statement z")))[:2], (2, ""))
        self.assertEqual(self.run_it("--help")[0], 0)
        self.assertEqual(self.run_it("--core", th)[1][:7], "core 1\n")
        code, out, err = self.run_it("--core", self.file("e.aon", "statement s\nshow c: z = 0\n"))
        self.assertEqual((code, out), (2, ""))
        self.assertRegex(err, r"e\.aon:2:9: error: .* \[unknown-name\]\n$")
        many = self.run_it(th, good, bad)
        self.assertEqual((many[0], [line.split(": ")[:2] for line in many[1].splitlines()]),
                         (1, [[good, "accepted"], [bad, "refused"]]))
        self.assertEqual(self.run_it(th, good, good)[0], 0)
        code, out, err = self.run_it(th, good, self.dir.name + "/none.aonw", bad)
        self.assertEqual((code, len(out.splitlines()), len(err.splitlines())), (2, 2, 1))
        self.assertEqual(self.run_it("--core", th, th)[:2], (2, ""))
        self.assertEqual(self.run_it("--bad", th, good)[:2], (2, ""))
        huge = text.replace("show c true\n", "show c true\n" + "x" * 100)
        self.assertEqual(self.run_it(th, self.file("h.aonw", huge))[0], 1)
        r, w = os.pipe()
        os.close(r)
        self.assertEqual(self.run_it(th, good, stdout=w)[0], 2)     # a closed pipe
        self.assertEqual(self.run_it(th, good, good, stdout=w)[0], 2)
        self.assertEqual(self.run_it("--core", th, stdout=w)[0], 2)
        os.close(w)
        if os.path.exists("/dev/full"):
            with open("/dev/full", "wb") as full:
                self.assertEqual(self.run_it(th, good, stdout=full)[0], 2)

    def test_variants_share_nothing(self):
        th = self.file("t.aon", "library L 1 def D(v) := a: v = 0 and b: v = v statement s use L 1 " + GIVEN
                       + "show c: D(v) statement t use L 1 " + GIVEN + "show c: not D(v)")
        head = "aonw 1\nstatement %s\n%s" + INSTANCE
        files = [self.file("%d.aonw" % i, head % (name, variant) + "verdict %s\nshow c %s\n%send\n" % (verdict, truth, facts))
                 for i, (name, variant, verdict, truth, facts) in enumerate([
                     ("s", "", "violated c", "false", "pick %3\ni 0\n"), ("s", "drop D.a\n", "holds", "true", ""),
                     ("s", "drop D.a\ndrop D.b\n", "holds", "true", ""), ("t", "", "holds", "true", "pick %3\ni 0\n"),
                     ("s", "drop D.b\n", "violated c", "false", ""), ("s", "drop D.a\n", "holds", "true", "")])]
        code, out, _ = self.run_it(th, *files)
        self.assertEqual((code, out.count("accepted: ")), (0, 6), out)

    def test_deep_formulas(self):
        w = self.file("g.aonw", "aonw 1\nstatement s\n%sverdict holds\nshow c true\nend\n" % INSTANCE)
        for chain in " and ".join(["v != 0"] * 4900), " + ".join(["v"] * 4900) + " != 0":
            th = self.file("t.aon", "statement s " + GIVEN + "show c: " + chain)
            self.assertEqual(self.run_it(th, w)[0], 0)


if __name__ == "__main__":
    unittest.main()
