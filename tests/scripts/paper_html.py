#!/usr/bin/env python3
# ctest: timeout=900
"""The HTML of counterexamples: one closed file that loads nothing, in which names of the
instance stay text, with the numbers of the instance and the verdicts of the text output."""
import html.parser
import os
import re
import sys

import paper_tex
from paper_tex import AON, SANITIZED, SRC, count, log_odds, read_instance, run

VOID = {"meta", "br", "hr", "input", "link", "img"}
PLAIN = {"line", "polygon", "circle"}  # written as <line .../>
HOSTILE = ["<script>alert(1)</script>", "</textarea><b>", '"onload="x', "'><img", "&amp;",
           "&lt;", "\u202eevil", "a\u200bb", "\u05d0\u05d1", "]]>", "<!--", "http://x.y/z",
           "url(x)", "\u4e2d\u6587"]


class Page(html.parser.HTMLParser):
    """Tags, attributes, text, tables as lists of rows of (classes, text)."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.stack, self.tags, self.attrs, self.ok = [], [], [], True
        self.text, self.tables, self.cell, self.open = "", [], None, []
        self.script, self.style, self.dots = "", "", []  # dots: per svg
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attrs += [(tag, k, v or "") for k, v in attrs]
        if tag not in VOID:
            self.stack.append(tag)
        if tag == "svg":
            self.dots.append(set())
        if tag == "table":
            self.open.append([])
        if tag == "tr" and self.open:
            self.open[-1].append([])
        if tag in ("td", "th") and self.open:
            self.open[-1][-1].append([dict(attrs).get("class") or "", ""])
        if tag == "caption" and self.open:
            self.open[-1].append([["caption", ""]])

    def handle_startendtag(self, tag, attrs):
        self.ok = self.ok and tag in PLAIN
        at = dict(attrs)
        if tag == "circle" and at.get("class") == "g":
            self.dots[-1].add((10 * paper_tex.Fraction(at["cx"]), -10 * paper_tex.Fraction(at["cy"])))
        self.tags.append(tag)
        self.attrs += [(tag, k, v or "") for k, v in attrs]

    def handle_endtag(self, tag):
        self.ok = self.ok and bool(self.stack) and self.stack.pop() == tag
        if tag == "table" and self.open:
            self.tables.append(self.open.pop())

    def handle_data(self, data):
        inside = self.stack[-1] if self.stack else ""
        if inside == "script":
            self.script += data
        elif inside == "style":
            self.style += data
        else:
            self.text += data
            if self.open and self.open[-1] and self.open[-1][-1]:
                self.open[-1][-1][-1][1] += data


def check_page(name, text):
    page = Page(text)
    count(page.ok and not page.stack, f"{name}: tags do not close: {page.stack}")
    count(page.tags.count("script") == 1 and page.tags.count("style") == 1, f"{name}: scripts")
    count(not {"img", "iframe", "object", "embed", "link", "base", "form", "a"} &
          set(page.tags), f"{name}: {sorted(set(page.tags))}")
    for tag, key, value in page.attrs:
        count(not key.startswith("on") and key not in ("src", "href", "srcset", "style"),
              f"{name}: {tag} has {key}={value}")
    machine = text.replace("http-equiv", "")
    machine = re.sub(r">[^<]*<", "><", machine)  # what is text cannot load anything
    count(not re.search(r"https?:|src=|url\(|@import|javascript:|href=", machine + page.style +
                        page.script), f"{name}: something is loaded")
    ids = [v for _, k, v in page.attrs if k == "id"]
    count(len(ids) == len(set(ids)), f"{name}: an id twice")
    for _, key, value in page.attrs:
        if key == "aria-labelledby":
            count(all(v in ids for v in value.split()), f"{name}: {value}")
        if key == "data-copy":
            count(value in ids, f"{name}: {value}")
    count(page.tags.count("svg") == page.tags.count("desc") > 0 and
          page.tags.count("title") == page.tags.count("svg") + 1, f"{name}: titles")
    count("prefers-color-scheme:dark" in page.style and "@media print" in page.style,
          f"{name}: dark, print")
    for cp in map(ord, text):
        if not (cp == 10 or 32 <= cp < 127 or cp > 0xa0 and not (
                0x200b <= cp <= 0x200f or 0x2028 <= cp <= 0x202e or 0x2060 <= cp <= 0x206f)):
            return count(False, f"{name}: U+{cp:04X} stands in the file")
    return page


def fraction(text):
    return paper_tex.Fraction(text.strip().replace("\u2212", "-"))


def check_tables(name, page, text):
    tokens, contexts, base, models = read_instance(text)
    found = 0
    for table in page.tables:
        caption = table[0][0][1] if table and table[0] and table[0][0][0] == "caption" else ""
        m = re.match(r"([fgL])(\w*)([\u2032]*), ", caption)
        if not m or m.group(2):
            continue
        model = models.get("m" + "'" * len(m.group(3)))
        if model is None or model["d"] == 0:
            continue
        found += 1
        body = table[2 if m.group(1) == "L" else 1:]  # below the caption and the tokens
        rows = [[fraction(c[1]) for c in row[1:]] for row in body]
        if m.group(1) == "L":
            want = log_odds(model, tokens, contexts, base)
        else:
            want = [model[m.group(1)][x] for x in (contexts if m.group(1) == "f" else tokens)]
        count(rows == want, f"{name}: {caption} {rows}")
    count(found > 0, f"{name}: no table was found")


def check_dots(name, page, text):
    """As in the LaTeX: the dots are the g(y), times one scale, y upwards."""
    tokens, _, _, models = read_instance(text)
    if len(page.dots) != len(models):
        return
    for dots, m in zip(page.dots, models.values()):
        panel = "".join(f"\\\\fill[] ({float(x) / 1000:.3f},{float(y) / 1000:.3f}) circle"
                        for x, y in dots)
        paper_tex.check_panel(name, panel, m, tokens)


def check_verdicts(name, page, plain):
    """The last column says what the text output says."""
    words = {"true": "holds", "false": "fails", "omitted": "left out"}
    claims = [t for t in page.tables if t and [c[1] for c in t[0]][:2] == ["part", "name"]]
    got = {(row[0][1], row[1][1]): row[3][1].split(",")[0].strip() for t in claims for row in t[1:]}
    want = {}
    for kind, claim, value in re.findall(r"(?m)^    (assume|show) (\S+) is (\w+)", plain):
        want["hypothesis" if kind == "assume" else "conclusion", claim] = words[value]
    count(want and got == want, f"{name}: {got} for {want}")


def counterexamples():
    n = 0
    for number, (statement, options, text, name) in enumerate(paper_tex.expectations()):
        if number % (30 if SANITIZED else 3) != 0:
            continue
        n += 1
        with open("case.aoni", "w", encoding="utf-8") as out:
            out.write(text)
        status, page, err = run("decide", statement, "case.aoni", *options, "--html", "-")
        what = f"{os.path.basename(statement)} {' '.join(options)} {name}"
        count(status == 1 and err == "", f"{what}: exit {status} {err}")
        page = check_page(what, page)
        if page:
            check_tables(what, page, text)
            check_dots(what, page, text)
            check_verdicts(what, page, run("decide", statement, "case.aoni", *options)[1])
    return n


def hostile():
    for number, word in enumerate(HOSTILE):
        lines = ["aoni 1", f"tokens a {word}", "base a", f"context {word} a", "model m 2",
                 f"f {word} 1 1/3", "g a 0 0", f"g {word} 1 -2", f"token y {word}", "end"]
        with open("hostile.aoni", "w", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n")
        status, text, err = run("show", "hostile.aoni", "--html", "-")
        if not count(status == 0, f"{word!r}: exit {status} {err}"):
            continue
        page = check_page(repr(word), text)
        shown = "".join("[U+%04X]" % ord(c) if c in "\u202e\u200b" else c for c in word)
        count(page and page.text.count(shown) >= 3, f"{word!r} is not there as text")
    return len(HOSTILE)


def document():
    with open("pivot.aoni", "w", encoding="utf-8") as out:
        out.write(paper_tex.PIVOT)
    page = check_page("pivot", run("show", "pivot.aoni", "--html", "-")[1])
    if page:
        check_tables("pivot", page, paper_tex.PIVOT)
        check_dots("pivot", page, paper_tex.PIVOT)
        count(len(page.dots) == 2, "pivot: two panels")
    theorem = os.path.join(SRC, "theorems", "thm15.aon")
    instances = [os.path.join(SRC, "theorems", "instances", f) for f in
                 ("t15-3.aoni", "t15-3n.aoni")]
    status, text, _ = run("decide", theorem, *instances, "--html", "-")
    page = check_page("several", text)
    count(page and page.tags.count("section") > 4, "several parts")
    status, text, _ = run("show", theorem, "--html", "-")
    count(status == 0 and "<svg" not in text and text.count("<section") > 4, "statements")
    again = run("show", theorem, "--html", "-")[1]
    count(text == again, "the same bytes twice")


def main():
    n = counterexamples() + hostile()
    document()
    print(f"{n} pages; {paper_tex.good} passed, {paper_tex.bad} failed")
    return 1 if paper_tex.bad or not AON else 0


if __name__ == "__main__":
    sys.exit(main())
