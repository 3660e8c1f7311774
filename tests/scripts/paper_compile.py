#!/usr/bin/env python3
# ctest: labels=slow timeout=900
"""Every counterexample's LaTeX compiles with amsmath and tikz alone, and nothing of it
stands beyond the margin.  The cases are those of paper_tex.py.  Needs pdflatex."""
import re
import shutil
import subprocess
import sys

import paper_tex


def main():
    if shutil.which("pdflatex") is None:
        print(f"{len(list(paper_tex.distinct()))} skipped: there is no pdflatex "
              "(texlive-latex-base, texlive-pictures)")
        return 77
    parts = [(name, tex) for name, tex, _ in paper_tex.cases()]
    parts.append(("hostile names", paper_tex.hostile()))
    with open("all.tex", "w", encoding="ascii") as out:
        out.write("\\documentclass{article}\n\\usepackage{amsmath,tikz}\n\\begin{document}\n")
        for number, (name, tex) in enumerate(parts):
            out.write("\\typeout{PART %d}\n%s\\clearpage\n" % (number, tex))
        out.write("\\end{document}\n")
    run = subprocess.run(["pdflatex", "-interaction=nonstopmode", "all.tex"],
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    log = run.stdout.decode("utf-8", "replace")
    bad = 0
    chunks = re.split(r"PART (\d+)", log)
    for number, text in zip(chunks[1::2], chunks[2::2]):
        errors = re.findall(r"^!.*$", text, re.M)
        wide = [w for w in re.findall(r"Overfull \\hbox \(([\d.]+)pt", text) if float(w) > 20]
        if errors or wide:
            bad += 1
            print(f"failed: {parts[int(number)][0]}: {errors[:2]} {wide}")
    if len(chunks) // 2 != len(parts) or (run.returncode != 0 and bad == 0):
        bad += 1
        print(f"failed: pdflatex ended with {run.returncode} after {len(chunks) // 2} parts\n"
              + log[-2000:])
    bad += paper_tex.bad
    print(f"{len(parts) - bad} passed, {bad} failed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
