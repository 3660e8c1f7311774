#!/usr/bin/env python3
"""A slow reference for whole claims: is a statement true in an instance?

    slow.py CORE STATEMENT INSTANCE [--without H,..] [--weaken H,..] [--only H,..]

CORE is what `aon core` or `aonck --core` prints (with --drop where wanted), INSTANCE an `.aoni` file.
Prints the truth of every hypothesis and conclusion and the verdict.

Written from docs/language.md (sections 3, 5, 6) and docs/instance-format.md alone; shares no code with
aon or the checkers.  A formula is true, false, or None: unknown.

* Closed terms and formulas are evaluated as language.md defines them; `forall`, `exists` over finite sets
  by running through the set, `forall` over a subspace by its basis (6.4).
* Unknown matrices are matrices of variables; `ex` is decided as slow_block.py says.
"""
import argparse
import sys

from slow_block import TooMuch, both, negated
from slow_eval import Evaluation
from slow_text import BadInput, Fitted, need, read_core, read_instance  # noqa: F401


def variant_roots(core, without=(), weaken=(), only=None):
    """{hypothesis: root} that the variant leaves."""
    for name in [*without, *weaken, *(only or ())]:
        need(name in core.assume, "no hypothesis " + name)
    for name in weaken:
        need(name in core.weaken, "nothing weaker than " + name)
    return {h: core.weaken[h] if h in weaken else root for h, root in core.assume.items()
            if h not in without and (only is None or h in only)}


def judge(core, instance, without=(), weaken=(), only=None):
    """({hypothesis: truth}, {conclusion: truth}) in the instance."""
    roots = variant_roots(core, without, weaken, only)
    evaluation = Evaluation(core, instance)

    def truth(root):
        try:
            return evaluation.truth(root, {})
        except TooMuch:
            return None

    return {h: truth(root) for h, root in roots.items()}, {c: truth(root) for c, root in core.show.items()}


def verdict(assume, show):
    """`holds`, `violated C ..`, `inapplicable H ..` as in a witness, or `unknown`."""
    for table, word in ((assume, "inapplicable"), (show, "violated")):
        if None in table.values():
            return "unknown"
        if False in table.values():
            return " ".join([word] + [name for name, truth in table.items() if truth is False])
    return "holds"


def claim(assume, show, words):
    """Is the verdict line of a witness true?  None: unknown."""
    word, *names = words.split(" ")
    if word == "inapplicable":
        if not names or not set(names) <= set(assume):
            return False
        return both(t if h not in names else negated(t) for h, t in assume.items())
    if word not in ("holds", "violated") or (word == "violated") != bool(names) or not set(names) <= set(show):
        return False
    return both([*assume.values(), *(t if c not in names else negated(t) for c, t in show.items())])


def main():
    parser = argparse.ArgumentParser(description="slow reference: the truth of a statement in an instance")
    parser.add_argument("core")
    parser.add_argument("statement")
    parser.add_argument("instance")
    for option in ("without", "weaken", "only"):
        parser.add_argument("--" + option, type=lambda text: [x for x in text.split(",") if x])
    args = parser.parse_args()
    try:
        with open(args.core, encoding="utf-8") as f:
            cores = read_core(f.read())
        with open(args.instance, encoding="utf-8") as f:
            instance = read_instance(f.read())
        need(args.statement in cores, "no statement " + args.statement)
        assume, show = judge(cores[args.statement], instance, args.without or (), args.weaken or (), args.only)
    except (BadInput, OSError, UnicodeDecodeError) as e:
        print("slow.py: %s" % e, file=sys.stderr)
        return 3
    said = {True: "true", False: "false", None: "unknown"}
    for word, table in (("assume", assume), ("show", show)):
        for name, truth in table.items():
            print(word, name, said[truth])
    print("verdict", verdict(assume, show))
    return 0


if __name__ == "__main__":
    sys.exit(main())
