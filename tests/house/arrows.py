# SPDX-License-Identifier: Apache-2.0
"""The house rules that a compiler does not check: includes run downward, organs stay apart, third-party
headers appear in one file, every file names its licence."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
below = {  # what a folder of src may include, besides itself and include/milieu
    "base": set(),
    "lanes": {"base"},
    "body": {"base", "lanes"},
    "tissue": {"base", "lanes"},
    "products": {"base"},
    "timeline": {"base", "products", "body"},
    "solve": {"base", "lanes"},
    "signs": {"base", "lanes", "body", "tissue"},
    "person": {"base", "lanes", "body", "tissue", "products", "timeline", "solve", "signs"},
    "run": {"base", "lanes", "body", "tissue", "products", "timeline", "solve", "signs", "person"},
}
below["scenario"] = below["run"] | {"run"}
below["study"] = below["scenario"] | {"scenario"}
below["report"] = below["study"] | {"study"}
third_party = {"libfyaml.h": "src/scenario/yaml.c", "jansson.h": None}  # None: src/report and app only
standard = {"stdio.h", "stdlib.h"}
faults = []
for path in sorted(root.glob("src/*/**/*")):
    if path.suffix not in {".c", ".h", ".inc", ".def"}:
        continue
    name = path.relative_to(root).as_posix()
    folder = path.relative_to(root / "src").parts[0]
    text = path.read_text()
    if "SPDX-License-Identifier: Apache-2.0" not in text[:200]:
        faults.append(f"{name}: no SPDX line")
    for kind, header in re.findall(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', text, re.M):
        if kind == "<":
            if folder == "body" and path.suffix == ".inc" and header in standard:
                faults.append(f"{name}: an organ includes <{header}>")
            if header in third_party and third_party[header] not in (None, name):
                faults.append(f"{name}: <{header}> belongs to {third_party[header]}")
            if header == "jansson.h" and folder != "report":
                faults.append(f"{name}: <jansson.h> belongs to src/report and app")
            continue
        other = header.split("/")[0]
        if other == "milieu" or other == folder or "/" not in header:
            continue
        if other not in below[folder]:
            faults.append(f"{name}: includes {header}, which does not lie below {folder}")
    if folder == "body" and path.suffix == ".inc" and path.name != "rows.inc" and re.search(r'#include "(?!body/tables/)', text):
        faults.append(f"{name}: an organ includes another file")
print("\n".join(faults) or "all includes run downward")
sys.exit(bool(faults))
