# SPDX-License-Identifier: Apache-2.0
"""Fits src/tissue/tables/pool_fast.def to samples of the full pool, files written by `bench_pool samples N SEED SHARE`: least squares
of the natural log of the threshold, weighted by it so that errors in Hz count, over products of the inputs up to the second degree.
Prints the table, with the error that tenfold cross-validation leaves. Needs numpy."""
import sys

import numpy as np

names = ["drive", "inhibition", "disposition", "csf_potassium", "csf_calcium", "temperature", "terminal_excitability"]
ranges = ["0.5, 2", "0.3, 2.5", "-0.5, 1.5", "2.5, 3.4", "0.9, 1.4", "35, 40", "0.6, 1.8"]
normal = [None, 1, 0, 2.9, 1.15, 37, None]  # None: by its log
lowest, highest = 3, 70  # Hz: samples outside have no threshold in the sense of the fit

rows = np.array([[float(v) for v in line.split()] for name in sys.argv[1:] for line in open(name) if len(line.split()) == 9])
taken = rows[(rows[:, 7] > lowest) & (rows[:, 7] < highest)]
x, y = taken[:, :7], taken[:, 7]
z = np.column_stack([np.ones(len(x))] + [np.log(x[:, i]) if n is None else x[:, i] - n for i, n in enumerate(normal)])
pairs = [(i, j) for i in range(8) for j in range(i, 8)]
a = np.column_stack([z[:, i] * z[:, j] for i, j in pairs])


def fit(k):
    w = y[k][:, None]
    return np.linalg.lstsq(a[k] * w, np.log(y[k]) * w[:, 0], rcond=None)[0]


fold = np.arange(len(y)) % 10
error = np.concatenate([np.exp(a[fold == k] @ fit(fold != k)) - y[fold == k] for k in range(10)])
print("/* SPDX-License-Identifier: Apache-2.0 */")
print("/* RANGE(input, low, high) and TERM(a, b, coefficient), written by bench/fit_pool.py from %d of %d samples of the pool." % (len(y), len(rows)))
print(" * Left out of the fit in turn: root mean square error %.2f Hz, 95 %% within %.1f Hz, all within %.1f Hz. */"
      % (np.sqrt(np.mean(error**2)), np.quantile(abs(error), 0.95), abs(error).max()))
for name, r in zip(names, ranges):
    print(f"RANGE({name}, {r})")
for (i, j), c in zip(pairs, fit(slice(None))):
    print("TERM(%s, %s, %.6g)" % ((["one"] + names)[i], (["one"] + names)[j], c))
