"""Random small instances that fit any statement (docs/instance-format.md): `written(rng, core)` is the text of one.

Corners on purpose: dimension 0, no contexts, empty queries and sets, zero and repeated vectors.
"""
NUMBERS = ["0", "0", "0", "1", "1", "-1", "2", "1/2", "-3"]


def contexts(rng, tokens, query):
    """Up to 4 different sequences, some of which the query continues."""
    found = []
    for _ in range(rng.randint(0, 3)):
        x = tuple(rng.choice(tokens) for _ in range(rng.randint(0, 2)))
        for _ in range(rng.randint(1, 2)):
            if x not in found:
                found.append(x)
            x += query
    return rng.sample(found[:4], len(found[:4]))


class Sizes:
    """What the DIMs of a statement are to be."""

    def __init__(self, rng, core):
        kinds = {name: sort for name, (sort, *_) in core.givens}
        self.tokens = "abc"[:rng.randint(1, 3)]
        self.query = tuple(rng.choice(self.tokens) for _ in range(rng.choice([0, 1, 1, 1, 2])))
        self.contexts = contexts(rng, self.tokens, self.query)
        self.queries = {name: self.query if rng.random() < 0.8 else (rng.choice(self.tokens),)
                        for name, kind in kinds.items() if kind == "query"}
        self.sets = {"X": range(len(self.contexts)), "Y": range(len(self.tokens))}
        self.sets.update((name, [e for e in self.sets["Y" if kind == "tokens" else "X"] if rng.random() < 0.65])
                         for name, kind in kinds.items() if kind in ("tokens", "contexts"))
        self.dims = {name: rng.choice([0, 1, 1, 2, 2, 3]) for name, kind in kinds.items() if kind == "dim"}

    def of(self, dim):
        if dim[0] != "#":
            return int(dim) if dim.isdigit() else self.dims[dim]
        name, _, query = dim[1:].partition("/")
        if not query:
            return len(self.sets[name])
        inside = [self.contexts[x] for x in self.sets[name]]
        return sum(x + self.queries[query] in inside for x in inside)


def written(rng, core):
    """The text of an instance; None if there can be none with these contexts."""
    sizes, seen = Sizes(rng, core), []
    lines = ["aoni 1", "tokens " + " ".join(sizes.tokens), "base " + rng.choice(sizes.tokens)]
    lines += [" ".join(["context", "x%d" % i, *x]) for i, x in enumerate(sizes.contexts)]

    def row(*head, width):
        again = [r for r in seen if len(r) == width]
        numbers = rng.choice(again) if again and rng.random() < 0.3 else [rng.choice(NUMBERS) for _ in range(width)]
        seen.append(numbers)
        lines.append(" ".join([*head, *numbers]))

    for name, (sort, *of) in core.givens:
        of = [sizes.of(e) for e in of]
        if sort == "context" and not sizes.contexts:
            return None
        words = {"dim": lambda: [str(sizes.dims[name])], "token": lambda: [rng.choice(sizes.tokens)],
                 "context": lambda: ["=", "x%d" % rng.randrange(len(sizes.contexts))],
                 "query": lambda: sizes.queries[name], "scalar": lambda: [rng.choice(NUMBERS)],
                 "tokens": lambda: [sizes.tokens[e] for e in sizes.sets[name]],
                 "contexts": lambda: ["x%d" % e for e in sizes.sets[name]]}.get(sort, lambda: map(str, of))()
        lines.append(" ".join([{"tokens": "tokenset", "contexts": "contextset"}.get(sort, sort), name, *words]))
        if sort == "model":
            for i in range(len(sizes.contexts)):
                row("f", "x%d" % i, width=of[0])
            for y in sizes.tokens:
                row("g", y, width=of[0])
        elif sort in ("vector", "matrix", "subspace"):
            count = {"vector": 1, "matrix": of[0], "subspace": rng.randint(0, of[0])}[sort]
            for _ in range(count):
                row("gen" if sort == "subspace" else "row", width=of[-1])
    return "\n".join(lines + ["end"]) + "\n"
