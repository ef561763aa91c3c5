# SPDX-License-Identifier: Apache-2.0
"""docs/validation.md is what `milieu validate` says today: every study is in it, is run again, and
its simulated values compare, within a tolerance for other compilers."""
import pathlib
import re
import subprocess
import sys
import tempfile

program, root = sys.argv[1], pathlib.Path(sys.argv[2])


def rows(text):
    """(study, occurrence of the row, cells) -> simulated value, for every row of the study tables."""
    found, study = {}, None
    for line in text.splitlines():
        if line.startswith("### "):
            study = line[4:].strip()
        cells = [c.strip() for c in line.strip("|").split("|")]
        if study and line.startswith("|") and len(cells) == 8 and cells[0] not in ("arm", "---"):
            key = (study, *cells[:4])
            found[key + (sum(k[:5] == key for k in found),)] = cells[5]
    return found


told = rows((root / "docs/validation.md").read_text())
names = {key[0] for key in told}
studies = {m.group(1): f for f in sorted(root.glob("studies/*.yaml"))
           if (m := re.search(r"^study:\s*(\S+)", f.read_text(), re.M))}
with tempfile.TemporaryDirectory() as folder:
    out = pathlib.Path(folder) / "validation.md"
    run = subprocess.run([program, "validate", *map(str, studies.values()), "--quiet", "--markdown", str(out)], capture_output=True, text=True)
    if not out.exists():
        sys.exit(run.stderr or "milieu validate wrote nothing")
    now = rows(out.read_text())
faults = [f"{name}: not told" for name in sorted(set(studies) - names)]
for key, value in told.items():
    if key not in now:
        faults.append(f"{key}: no longer there")
        continue
    try:
        a, b = float(value), float(now[key])
    except ValueError:
        if value != now[key]:
            faults.append(f"{key}: {value} became {now[key]}")
        continue
    if abs(a - b) > 0.02 * max(abs(a), abs(b)) + 0.005:
        faults.append(f"{key}: {a} became {b}")
print("\n".join(faults[:40]) or f"{len(told)} points as told")
if faults:
    print("Write it anew: milieu validate studies --markdown docs/validation.md")
sys.exit(bool(faults) or not told)
