"""The Python checker against certificates made by hand.  Run: python3 tests/checker_py/test_scope.py"""
import itertools
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from test_core import Case, aonck  # noqa: E402

# All by hand: d = 1 has the vectors 0, 1, -1 and two signs; d = 2 has 9 vectors and 8 signed permutations,
# and the orbits of (0,0), (0,1), (1,1) have 1, 4, 4 elements.  h is false for the vector 0 alone.
VECTOR = "statement s given d in dim given v in vector(d) assume h: v != 0 show c: 0 < <v,v>\n"
CERTIFICATE = """aonc 1
statement s
grid 1
min 1 1 1
max 2 1 1
shape 1 1 1
chains 1
space 3
group 2
orbit 2 0
verdict inapplicable h
assume h false
orbit 1 1
verdict holds
assume h true
show c true
sum 2 1
shape 2 1 1
chains 1
space 9
group 8
orbit 8 0
verdict inapplicable h
assume h false
orbit 2 1
verdict holds
assume h true
show c true
orbit 2 4
verdict holds
assume h true
show c true
sum 3 2
end
"""
# Two models in one dimension, two contexts that x -> x.q moves, one token: f alone, b = 3, 2 digits each.
# The hypothesis joins m and n by f(x)^2: 1 * 1 + 2 * 2 for each context, so 25 pairs in both cells.
JOINED = ("statement s given m, n in model(1) given q in query assume h: forall x in X: <m.f(x),m.f(x)> = <n.f(x),n.f(x)> "
          "show c: forall x in X: <n.f(x),n.f(x)> = <m.f(x),m.f(x)>\n")


class ScopeTest(Case):
    def answer(self, theorem, text):
        try:
            return aonck.check(theorem, aonck.Reader(text.encode()))
        except aonck.Stop as e:
            return e.name

    def test_by_hand(self):
        th = self.theorem(VECTOR)
        self.assertEqual(self.answer(th, CERTIFICATE),
                         "accepted: none in scope: statement s, variant: as it stands, grid 1, shapes (1,1,1) to (2,1,1), "
                         "5 orbits, 3 applicable")
        for old, new, name in [
            ("grid 1", "grid 2", "space"), ("grid 1", "grid -1", "syntax"), ("min 1 1 1", "min 1 1 -1", "syntax"), ("min 1 1 1", "min 1 1", "scope"),
            ("min 1 1 1", "min 1 1 0", "scope"), ("max 2 1 1", "max 0 1 1", "scope"), ("max 2 1 1", "max 1 1 1", "cell"),
            ("max 2 1 1", "max 3 1 1", "cell"), ("min 1 1 1", "min 0 1 1", "cell"), ("shape 2 1 1", "shape 1 2 1", "cell"),
            ("chains 1\nspace 9", "chains\nspace 9", "cell"), ("space 3", "space 2", "space"), ("group 8", "group 4", "group"),
            ("orbit 2 4", "orbit 2 9", "code"), ("orbit 2 4", "orbit 2 -1", "code"), ("orbit 2 4", "orbit 2 4 0", "code"),
            ("orbit 2 4", "orbit 2 1", "order"), ("orbit 2 4", "orbit 2 5", "least"), ("orbit 2 4", "orbit 1 4", "stabiliser"),
            ("orbit 1 1", "orbit 1 2", "least"), ("verdict inapplicable h\nassume h false\norbit 1", "verdict violated h\norbit 1", "orbit-verdict"),
            ("verdict inapplicable h\nassume h false\norbit 1", "verdict inapplicable c\norbit 1", "orbit-verdict"),
            ("verdict inapplicable h\nassume h false\norbit 1", "verdict holds\nassume h true\nshow c true\norbit 1", "compare"),
            ("verdict inapplicable h\nassume h false\norbit 1", "verdict holds\nassume h false\norbit 1", "verdict"),
            ("sum 2 1", "sum 2 2", "sum"), ("sum 3 2", "sum 3", "sum"), ("max 2 1 1\n", "max 2 1 1\njoin h v v\n", "join"),
            ("orbit 2 4\nverdict holds\nassume h true\nshow c true\nsum 3 2", "sum 2 1", "mass"), ("end\n", "end\nend\n", "trailing"),
            ("statement s\n", "statement s\nwithout h\n", "orbit-verdict"), ("statement s\n", "statement s\nweaken h\n", "variant"),
            ("sum 2 1\n", "pick %0\nsum 2 1\n", "claims"), ("sum 2 1\n", "end\n", "claims"), ("sum 3 2\nend\n", "sum 3 2\nshape 3 1 1\n", "cell"),
        ]:
            with self.subTest(old=old, new=new):
                self.assertEqual(CERTIFICATE.count(old), 1)
                self.assertEqual(self.answer(th, CERTIFICATE.replace(old, new)), name)
        lines = CERTIFICATE.splitlines(True)
        for i in range(len(lines)):
            self.assertFalse(self.answer(th, "".join(lines[:i])).startswith("accepted"))
            self.assertFalse(self.answer(th, "".join(lines[:i] + lines[i + 1:])).startswith("accepted"))

    def test_vacuous(self):
        th = self.theorem("statement s given a in scalar assume h: 0 = 1 show c: 0 = 1")
        text = "aonc 1\nstatement s\ngrid 0\nmin 1 1\nmax 1 1\nshape 1 1\nchains 1\nspace 1\ngroup 1\norbit 1 0\n%ssum 1 %d\nend\n"
        self.assertEqual(self.answer(th, text % ("verdict inapplicable h\nassume h false\n", 0)), "vacuous")
        th = self.theorem("statement s given a in scalar show c: 0 = a")
        self.assertIn("1 orbits, 1 applicable", self.answer(th, text % ("verdict holds\nshow c true\n", 1)))

    def test_because(self):
        th = self.theorem(VECTOR + "show zero: v = 0\nshow more: 0 = 1")
        text = CERTIFICATE.replace("grid 1\n", "because c\ngrid 1\n")
        self.assertEqual(self.answer(th, text),
                         "accepted: none in scope: statement s, variant: as it stands, because c, grid 1, shapes (1,1,1) to "
                         "(2,1,1), 5 orbits, 3 applicable")
        for new, name in [
            ("because c\nbecause c\n", "variant"), ("because c\nbecause zero\n", "variant"), ("because h\n", "variant"),
            ("because z\n", "variant"), ("because\n", "syntax"), ("because c zero\n", "syntax"), ("because zero\n", "claims"),
            ("", "claims"), ("because c\nonly h\n", "variant"), ("because c\nwithout h\n", "variant"),
        ]:
            with self.subTest(new=new):
                self.assertEqual(self.answer(th, text.replace("because c\n", new)), name)
        both = text.replace("show c true\n", "show c true\nshow zero true\n")
        self.assertEqual(self.answer(th, both), "claims")
        self.assertIn("variant: only h, because c, grid 1", self.answer(th, text.replace("because", "only h\nbecause")))
        self.assertEqual(self.answer(th, "aonw 1\nstatement s\nbecause c\naoni 1\n"), "syntax")

    def test_scope(self):
        head = "aonc 1\nstatement s\ngrid 1\nmin 1 2\nmax 1 2\nshape 1 2\nchains 1\n"
        for given in ("p, q in query", "m in model(#Y)", "S in subspace(#X)", "A in matrix(2,3) given a in scalar", "A in matrix(2,2) given v in vector(3)",
                      "Ts in tokens given v in vector(#Ts)"):
            with self.subTest(given):
                self.assertEqual(self.answer(self.theorem("statement s given %s show c: 0 = 0" % given), head), "scope")
        self.assertEqual(self.answer(self.theorem("statement s given A in matrix(2,#Y) show c: 0 = 0"), head + "space 81\ngroup 8\n"), "truncated")

    def test_dimension_one_has_no_signs(self):
        th = self.theorem("statement s given u in vector(1) show c: tr(u)*u = u")
        head = "aonc 1\nstatement s\ngrid 1\nmin 1 1\nmax 1 1\nshape 1 1\nchains 1\nspace 3\ngroup "
        self.assertEqual(self.answer(th, head + "2\n"), "group")
        self.assertEqual(self.answer(th, head + "1\norbit 1 0\nverdict holds\nshow c true\norbit 1 1\nverdict holds\n"
                                     "show c true\norbit 1 2\nverdict holds\nshow c true\n"), "compare")

    def test_joins(self):
        th = self.theorem(JOINED)
        # chains (2): no symmetry but the identity (one sign each for f(x1), f(x2) is not one of K^1)
        head = "aonc 1\nstatement s\ngrid 1\nmin 2 1\nmax 2 1\n%sshape 2 1\nchains 2\nspace %d\n"
        self.assertEqual(self.answer(th, head % ("join h m n\n", 25)), "truncated")
        self.assertEqual(self.answer(th, head % ("join h m n\n", 81)), "space")
        self.assertEqual(self.answer(th, head % ("", 25)), "join")
        group = head % ("join h m n\n", 25) + "group 1\n"
        self.assertEqual(self.answer(th, group + "orbit 1 1 1\n"), "truncated")
        self.assertEqual(self.answer(th, group + "orbit 1 1 3\n"), "code")     # f = (0,1) and (1,0)

    def joined(self, hypothesis, given="m, n in model(1) given p in model(1) given q in query given Xs in contexts"):
        th = self.theorem("statement s given %s %s show c: 0 = 0" % (given, hypothesis))
        task = aonck.Task(th, aonck.Reader(b"statement s\ngrid 1\n"), "grid")
        return [[*join[:3], len(join.equations)] for join in aonck.find_joins(task)]

    def test_which_hypotheses_join(self):
        f, g = "<%s.f(x), %s.g(y)>", "<%s.g(y), %s.g(base)>"
        both = lambda t, a, b: "%s = %s" % (t % (a, a), t % (b, b))      # noqa: E731
        for body, want in [
            (both(f, "m", "n"), [["h", "m", "n", 1]]), (both(f, "n", "m"), [["h", "m", "n", 1]]),
            (both(f, "m", "n") + " and " + both(g, "n", "m"), [["h", "m", "n", 2]]),
            (both(f, "m", "n") + " and " + both(g, "n", "p"), [["h", "m", "n", 1]]),
            (both(f, "m", "n") + " or 0 = 1", []), ("not " + both(f, "m", "n"), []), ("m.f(x) = n.f(x)", []),
            ("<m.f(x), n.g(y)> = <n.f(x), m.g(y)>", []), (both(f, "m", "m"), []), ("<m.f(x),m.g(y)> = 2*<n.f(x),n.g(y)>", []),
            ("9999*" + both(f, "m", "9999*n").replace("<9999*n.f(x), 9999*n", "9999*<n.f(x), n"), [["h", "m", "n", 1]]),
            ("10000*" + both(f, "m", "10000*n").replace("<10000*n.f(x), 10000*n", "10000*<n.f(x), n"), []),
            (" and ".join([both(f, "m", "n")] + ["<m.f(x), %d*m.g(y)> = <n.f(x), %d*n.g(y)>" % (i, i) for i in range(2, 30)]),
             [["h", "m", "n", 16]]),
        ]:
            with self.subTest(body):
                self.assertEqual(self.joined("assume h: forall x in X, y in Y: " + body), want)
        four = "assume h: forall x in X, y in Y, z in X/q, w in Y: <m.f(z.q), m.g(y)> = <n.f(z.q), n.g(y)>"
        self.assertEqual(self.joined(four), [["h", "m", "n", 1]])
        self.assertEqual(self.joined(four.replace("w in Y", "w in Y, v in Y")), [])
        self.assertEqual(self.joined(four.replace("w in Y", "w in Xs")), [])
        one = "assume %s: forall x in X: <%s.f(x), %s.g(base)> = <%s.f(x), %s.g(base)> "
        for pairs, want in [("mn np", ["mn"]), ("np mn", ["np"]), ("mn mp", ["mn", "mp"]), ("mp np", ["mp"]), ("mn mn", ["mn"]),
                            ("mp mn", ["mp", "mn"])]:
            text = "".join(one % ("h%d" % i, a, a, b, b) for i, (a, b) in enumerate(pairs.split()))
            with self.subTest(pairs):
                self.assertEqual([a + b for _, a, b, _ in self.joined(text)], want)

    def test_no_context_to_take(self):
        """Without contexts a `context` has no value: the space is empty, whatever is joined."""
        th = self.theorem("statement s given x in context given m, n in model(0) "
                          "assume h: forall z in X: <m.f(z),m.f(z)> = <n.f(z),n.f(z)> show c: <m.f(x),m.f(x)> = <n.f(x),n.f(x)>")
        empty = "shape 0 1\nchains\nspace 0\ngroup 1\nsum 0 0\n"
        head = "aonc 1\nstatement s\ngrid 1\nmin 0 1\nmax %d 1\njoin h m n\n" + empty
        self.assertEqual(self.answer(th, head % 0 + "end\n"), "vacuous")
        one = "shape 1 1\nchains 1\nspace 1\ngroup 1\norbit 1 0 0 0\nverdict holds\nassume h true\nshow c true\nsum 1 1\nend\n"
        self.assertIn("1 orbits, 1 applicable", self.answer(th, head % 1 + one))

    def test_subspaces(self):
        for e, radix, count in (0, 3, 1), (1, 3, 2), (2, 3, 6), (3, 3, 40), (1, 5, 2), (2, 5, 10):
            self.assertEqual(len(aonck.subspaces(e, radix)), count)
        # in the plane, by the code of the generator: (0,1), (1,0), (1,1), (1,-1)
        self.assertEqual(list(aonck.subspaces(2, 3).values()),
                         [(), ((0, 1),), ((1, 0),), ((1, 1),), ((1, 2),), ((0, 1), (1, 0))])

    def test_ladder_and_partitions(self):
        self.assertEqual(aonck.ladder([0, 1], [1, 2]), [(0, 1), (0, 2), (1, 1), (1, 2)])
        self.assertEqual(aonck.ladder([1, 1], [3, 2]), [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2)])
        for low, high in [((1, 1, 1), (10 ** 30, 2, 2)), ((10 ** 30, 1, 1), (10 ** 30, 1, 1)), ((1, 1, 1), (10 ** 7, 1, 1)),
                          ((0, 1), (10 ** 30, 1)), ((0, 1), (0, 10 ** 30)), ((1, 1), (1, 9)), ((1, 1), (9, 1))]:
            with self.subTest(low=low, high=high):
                self.assertRaisesRegex(MemoryError, "^out of resources$", aonck.ladder, low, high)
        self.assertEqual(list(aonck.partitions(4, 4)), [(4,), (3, 1), (2, 2), (2, 1, 1), (1, 1, 1, 1)])
        self.assertEqual(list(aonck.partitions(0, 0)), [()])

    GIVEN = ("given d in dim given m in model(d) given v in vector(d) given y in token given x in context given Ts in tokens "
             "given Xs in contexts given S in subspace(d) given q in query")

    def cell(self, given, shape, chains, radix=3):
        th = self.theorem("statement s %s show c: 0 = 0" % given)
        return aonck.Cell(aonck.Task(th, aonck.Reader(b"statement s\ngrid 1\n"), "grid"), radix, shape, chains, [])

    def test_contexts_of_a_cell(self):
        cell = self.cell("given q in query", (5, 2), (3, 1, 1))
        self.assertEqual(cell.contexts, [(0,), (0, 1), (0, 1, 1), (0, 0), (0, 0, 0)])
        cell.checker({}, None)
        self.assertEqual((cell.order, cell.values["q"]), (2, ("query", (1,))))
        cell = self.cell("given q in query", (4, 1), (2, 2))
        self.assertEqual([len(c) for c in cell.contexts], [1, 2, 4, 5])
        cell.checker({}, None)
        self.assertEqual((cell.order, cell.values["q"]), (2, ("query", (0,))))

    def test_the_group_acts_on_values(self):
        """Images of codes against signed permutation matrices and permutations, applied to the values."""
        cell = self.cell(self.GIVEN, (2, 4, 3), (2, 2))
        self.assertEqual(cell.order, 8 * 2 * 2)
        images = set()
        for number, g in enumerate(cell.group):
            move = {axis: [source for source, _ in g[axis]] for axis in ("X", "Y")}
            p = [[sign * (j == source) for j in range(2)] for source, sign in g["d"]]
            for name, item in cell.items.items():
                for code in range(0, item.count, max(1, item.count // 7)):
                    digits = item.image(code, number)
                    image = digits[0] if item.sort == "subspace" else int("".join(map(str, digits)), item.radix)
                    if item.sort in ("token", "context"):
                        image = image.bit_length() - 1
                    self.assertEqual(item.digits(image), digits)
                    images.add((name, code, image))
                    old, new = item.value(code), item.value(image)
                    if item.sort == "model":                # f at the four contexts, g at the three tokens
                        old, new = [(m.columns(range(4)), m.columns(range(4, 7))) for m in (old, new)]
                        for axis, a, b in [(axis, m.tr().a, w.tr().a) for axis, m, w in zip("XY", old, new)]:
                            want = [[sum(s * t for s, t in zip(row, a[source])) for row in p] for source in move[axis]]
                            self.assertEqual(b, want)
                    elif item.sort == "vector":
                        self.assertEqual(new.a, [[sum(s * t for s, (t,) in zip(row, old.a))] for row in p])
                    elif item.sort == "subspace":           # the generators, moved, span the same as the new ones
                        moved = [[sum(s * t[k] for s, t in zip(row, old.a)) for row in p] for k in range(old.cols)]
                        news = [[row[k] for row in new.a] for k in range(new.cols)]
                        self.assertEqual(self.rank(moved + news), self.rank(moved))
                        self.assertEqual(self.rank(moved), self.rank(news))
                    elif item.sort in ("token", "context"):
                        self.assertEqual(move["Y" if item.sort == "token" else "X"][new], old)
                    else:
                        axis = move["Y" if item.sort == "tokens" else "X"]
                        self.assertEqual(sorted(axis[i] for i in new), list(old))
        self.assertGreater(len(images), 100)

    def rank(self, vectors):
        """Of vectors in the plane, by their minors."""
        if any(a[0] * b[1] != a[1] * b[0] for a, b in itertools.combinations(vectors, 2)):
            return 2
        return int(any(map(any, vectors)))

    def test_orbits_fill_the_space(self):
        """Burnside by brute force: the least assignments have orbits that add up to all of them."""
        for given, shape, chains in [
            ("given d in dim given v in vector(d) given S in subspace(d)", (2, 1, 1), (1,)),
            ("given m in model(2) given y in token", (1, 2), (1,)), ("given Ts in tokens given y in token", (1, 4), (1,)),
            ("given q in query given l in vector(#X/q) given Xs in contexts", (4, 2), (2, 2)),
            ("given A in matrix(2,1) given B in matrix(1,2)", (1, 1), (1,)),
        ]:
            cell, mass, orbits = self.cell(given, shape, chains), 0, 0
            for codes in itertools.product(*[range(item.count) for item in cell.items.values()]):
                try:
                    mass, orbits = mass + cell.order // len(cell.fixing(codes)), orbits + 1
                except aonck.Stop as e:
                    self.assertEqual(e.name, "least")
            self.assertEqual(mass, cell.space(), given)
            self.assertLess(orbits, mass)


if __name__ == "__main__":
    unittest.main()
