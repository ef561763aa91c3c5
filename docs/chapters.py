# SPDX-License-Identifier: Apache-2.0
"""Writes docs/body/*.md, a chapter per organ, from the code: the equations as each organ file states them, what it
reads and writes, and its parameters with values, limits and sources; and the tables of parameters within docs/tissue/*.md and docs/cramp.md,
whose prose is written by hand. `chapters.py --check` compares instead."""
import csv
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parent.parent
body = root / "src/body"
titles = {
    "fluids": "Fluids and cells", "circulation": "Circulation", "strength": "Strength of breathing", "capillary": "Capillary wall and lymph", "brain": "Brain", "spinal": "Spinal fluid",
    "bone": "Bone", "nephrons": "Kidney: nephrons, creatinine", "injury": "Burns and dead muscle", "dialysis": "Dialysis", "kidney": "Kidney", "kidney_potassium": "Kidney: potassium", "kidney_acid": "Kidney: acid, base, chloride",
    "acid": "Acid and base", "speciation": "Calcium and magnesium in plasma", "kidney_minerals": "Kidney: calcium, magnesium, phosphate", "parathyroid": "Parathyroid hormone, calcitriol, FGF23",
    "cells": "Cells: potassium, magnesium, phosphate", "fuel_acids": "Lactic acid and ketoacids", "drugs": "Drugs", "hormones": "Hormones, thirst", "gut": "Stomach and intestine",
    "skin": "Heat, sweat, breath", "metabolism": "Metabolism", "external": "What comes from outside",
}


def table(name, macro):
    """Rows of a .def table as lists of fields; strings lose their quotes."""
    text = (body / "tables" / name).read_text()
    rows = re.findall(rf"^{macro}\((.*)\)\s*$", text, re.M)
    return [[field.strip() for field in fields] for fields in csv.reader(rows, skipinitialspace=True)]


params = {r[0]: r for r in table("params.def", "PARAM")}
signals = {r[0]: r for r in table("signals.def", "SIGNAL")}
flows = {r[0]: r for r in table("flows.def", "FLOW")}
derived = {r[0]: r for r in table("derived.def", "DERIVED")}


def opening(text):
    """The opening comment: prose, with indented equations as code blocks."""
    comment = re.search(r"/\* SPDX[^\n]*\n/\*(.*?)\*/", text, re.S).group(1)
    lines = [re.sub(r"^ \*? ?", "", line) for line in comment.split("\n")]
    lines[0] = lines[0].strip()
    out, code = [], False
    for line in lines:
        indented = line.startswith("  ")
        if indented != code and line.strip():
            out += ["```"] if indented else ["```", ""]
            code = indented
        out.append(line.rstrip())
    if code:
        out.append("```")
    text = "\n".join(out).strip()
    return re.sub(r"\n+```\n\n", "\n```\n\n", re.sub(r"\n{3,}", "\n\n", text)).replace("Sources: see params.def.", "Sources: the table below.")


def uses(text, macro):
    return list(dict.fromkeys(re.findall(rf"\b{macro}\((\w+)\)", text)))


def chapter(name):
    text = (body / f"{name}.inc").read_text()
    out = [f"# {titles[name]}", "", f"Written by `docs/chapters.py` from `src/body/{name}.inc` and the tables beside it.", "", opening(text), ""]
    written = [f for f in re.findall(r"\bF\((\w+)\) =", text) if f in flows]
    if written:
        out += ["## Flows it computes", "", "| flow | from | to | |", "|---|---|---|---|"]
        out += [f"| `{f}` | `{flows[f][1]}` | `{flows[f][2]}` | {flows[f][3]} |" for f in dict.fromkeys(written)] + [""]
    rates = [s for s in re.findall(r"\bRATE\((\w+)\) =", text) if s in signals]
    if rates:
        out += ["## Signals it moves", "", "| signal | unit | |", "|---|---|---|"]
        out += [f"| `{s}` | {signals[s][1]} | {signals[s][6]} |" for s in dict.fromkeys(rates)] + [""]
    told = [d for d in re.findall(r"\bD\((\w+)\) =", text) if d in derived]
    if told:
        out += ["## What it tells the other organs", "", "| quantity | unit | |", "|---|---|---|"]
        out += [f"| `{d}` | {derived[d][1]} | {derived[d][2]} |" for d in dict.fromkeys(told)] + [""]
    used = [p for p in uses(text, "P") if p in params]
    if used:
        out += ["## Parameters", "",
                "Defaults of the reference person; OWN is set from the person, WATER, BLOOD and SKIN scale with body water, blood volume and "
                "body surface (INV: inversely).", "", "| parameter | default | limits | unit | scale | | source |", "|---|---|---|---|---|---|---|"]
        for p in used:
            _, unit, normal, low, high, scale, words, source = params[p]
            out.append(f"| `{p}` | {normal} | {low} to {high} | {unit} | {scale} | {words} | {source} |")
        out.append("")
    return "\n".join(out)


def drug_table():
    """The rows of data/drugs.csv, readable."""
    lines = [line for line in (root / "data/drugs.csv").read_text().splitlines() if not line.startswith("#")]
    out = ["", "## Drugs", "", "| drug | routes: share that acts, half-time of absorption | half-life | renal | half the effect at | source |", "|---|---|---|---|---|---|"]
    for d in csv.DictReader(lines):
        routes = [f"{c.split('_')[0]} {float(v):.3g}" + (f", {h} min" if (h := d[c.replace("bioavailability", "absorption_half_time_min")]) != "0" else "")
                  for c, v in d.items() if c.endswith("_bioavailability") and v]
        half = next((f"{d[c]} {unit}" for c, unit in (("ed50_ug", "ug"), ("er50_ug_per_min", "ug/min in urine"), ("ec50_ug_per_L", "ug/L")) if d[c]), "")
        out.append(f"| {d['name']} | {'; '.join(routes)} | {d['half_life_min']} min | {d['renal_share']} | {half} | {d['source']} |")
    return "\n".join(out) + "\n"


check = "--check" in sys.argv
stale = []
for name in titles:
    path = root / "docs/body" / f"{name}.md"
    text = chapter(name) + (drug_table() if name == "drugs" else "")
    if check:
        if not path.exists() or path.read_text() != text:
            stale.append(path.name)
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


def tissue_parameters(match):
    """The rows of a table of src/tissue/tables or src/signs, between the marks <!-- parameters NAME --> and <!-- end -->."""
    name = match.group(1)
    table = next(p for p in (root / f"src/tissue/tables/{name}.def", root / f"src/signs/{name}.def") if p.exists())
    rows = re.findall(r"^PARAM\((.*)\)\s*$", table.read_text(), re.M)
    out = ["| parameter | value | unit | | source |", "|---|---|---|---|---|"]
    for row, unit, value, words, source in csv.reader(rows, skipinitialspace=True):
        if len(source) < 4:
            sys.exit(f"{name}.def: {row} has no source")
        out.append(f"| `{row}` | {value} | {unit} | {words} | {source} |")
    return f"<!-- parameters {name} -->\n" + "\n".join(out) + "\n<!-- end -->"


tissues, told = [*sorted((root / "docs/tissue").glob("*.md")), root / "docs/cramp.md"], set()
for path in tissues:
    old = path.read_text()
    marks = r"<!-- parameters (\w+) -->.*?<!-- end -->"
    told |= set(re.findall(marks, old, re.S))
    text = re.sub(marks, tissue_parameters, old, flags=re.S)
    if check and text != old:
        stale.append(path.name)
    elif not check:
        path.write_text(text)
untold = {p.stem for p in (root / "src/tissue/tables").glob("*.def") if "PARAM(" in p.read_text().split("*/", 2)[-1]} - told
missing = {p.stem for p in body.glob("*.inc")} - set(titles) - {"rows", "outputs"}
if stale or missing or untold:
    sys.exit(f"stale chapters: {stale}, organs without one: {sorted(missing)}, tables of no chapter: {sorted(untold)}; run python3 docs/chapters.py")
print(f"{len(titles) + len(tissues)} chapters {'as told' if check else 'written'}")
