# SPDX-License-Identifier: Apache-2.0
"""Fits src/tissue/tables/pool_fast.def to samples of the full pool, files written by `bench_pool samples N SEED SHARE`: least squares
of the natural log of the threshold, weighted by its square root so that errors count between those in Hz and relative ones, over
products of the inputs up to the second degree and of each with the square of drive. Prints the table, with the error that tenfold
cross-validation leaves. Needs numpy."""
import sys

import numpy as np

names = ["drive", "inhibition", "disposition", "csf_potassium", "csf_calcium", "temperature", "terminal_excitability"]
ranges = ["0.4, 4", "0.3, 2.5", "-0.5, 1.5", "2.5, 3.4", "0.75, 1.5", "35, 40", "0.5, 2.5"]
normal = [None, 1, 0, 2.9, 1.15, 37, None]  # None: by its log
lowest, highest = 2.1, 70  # Hz: samples outside have no threshold in the sense of the fit

rows = np.array([[float(v) for v in line.split()] for name in sys.argv[1:] for line in open(name) if len(line.split()) == 9])
taken = rows[(rows[:, 7] > lowest) & (rows[:, 7] < highest)]
x, y = taken[:, :7], taken[:, 7]
z = np.column_stack([np.ones(len(x))] + [np.log(x[:, i]) if n is None else x[:, i] - n for i, n in enumerate(normal)])
z = np.column_stack([z, z[:, 1] ** 2])
terms = ["one"] + names + ["drive_squared"]
pairs = [(i, j) for i in range(8) for j in range(i, 8)] + [(8, j) for j in range(1, 8)]
a = np.column_stack([z[:, i] * z[:, j] for i, j in pairs])


def fit(k):
    w = np.sqrt(y[k])[:, None]
    return np.linalg.lstsq(a[k] * w, np.log(y[k]) * w[:, 0], rcond=None)[0]


fold = np.arange(len(y)) % 10
error = np.zeros(len(y))
for k in range(10):
    error[fold == k] = np.exp(a[fold == k] @ fit(fold != k)) - y[fold == k]
near = (abs(z[:, 1]) < 0.4) & (abs(z[:, 2]) < 0.6) & (abs(z[:, 4]) < 0.3)  # drive, inhibition, potassium
print("/* SPDX-License-Identifier: Apache-2.0 */")
print("/* RANGE(input, low, high) and TERM(a, b, coefficient), written by bench/fit_pool.py from %d of %d samples of the pool." % (len(y), len(rows)))
print(" * Left out of the fit in turn:")
strong = (x[:, 0] > 1.5) & (abs(z[:, 4]) < 0.3)
shown = (("all", y > 0), ("drive 0.7 to 1.5, inhibition 0.4 to 1.6, potassium 2.6 to 3.2", near), ("drive 1.5 to 4, potassium 2.6 to 3.2", strong))
for which, k in shown:
    e = abs(error[k])
    print(" *   %s: root mean square error %.2f Hz, 95 %% within %.1f, all within %.1f Hz%s"
          % (which, np.sqrt(np.mean(e**2)), np.quantile(e, 0.95), e.max(), " */" if k is strong else ""))
for name, r in zip(names, ranges):
    print(f"RANGE({name}, {r})")
for (i, j), c in zip(pairs, fit(slice(None))):
    print("TERM(%s, %s, %.6g)" % (terms[i], terms[j], c))
