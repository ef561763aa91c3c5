# SPDX-License-Identifier: Apache-2.0
"""docs/img/tissue/pool.svg from `bench_pool spikes FREQUENCY DISPOSITION`: a spike a stroke, cell above cell, and the mean rate.
draw_pool.py BENCH_POOL FREQUENCY DISPOSITION OUT"""
import subprocess
import sys

bench, frequency, disposition, out = sys.argv[1:]
text = subprocess.run([bench, "spikes", frequency, disposition], capture_output=True, text=True, check=True).stdout
spikes = [(float(t), int(c)) for t, c in (line.split() for line in text.splitlines())]
seconds, burst, left, top, row, width, cells = 70, 2, 46, 22, 6, 700, 32
x = lambda t: left + t * width / seconds
bottom = top + cells * row
strokes = {}
for t, c in spikes:
    strokes.setdefault(c, []).append(f"M{x(t):.1f} {bottom - c * row}v-4")
bins = [0] * (seconds + 1)
for t, _ in spikes:
    bins[min(int(t), seconds)] += 1 / cells
base, high, most = bottom + 120, 90, 15
line = " ".join(f"{x(i + 0.5):.1f},{base - min(r, most) * high / most:.1f}" for i, r in enumerate(bins[:seconds]))
ticks = "".join(f'<text x="{x(t):.0f}" y="{base + 16}" text-anchor="middle">{t}</text>' for t in range(0, seconds + 1, 10))
scale = "".join(f'<text x="{left - 6}" y="{base - r * high / most + 4:.0f}" text-anchor="end">{r}</text>' for r in (0, 5, 10, 15))
body = "".join(f'<path d="{"".join(s)}"/>' for _, s in sorted(strokes.items()))
open(out, "w").write(
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 14} {base + 40}" font-family="sans-serif" font-size="11">'
    f'<rect width="100%" height="100%" fill="#fff"/><rect x="{x(0)}" y="{top - 6}" width="{x(burst) - x(0)}" height="{base - top + 6}" fill="#e8eef8"/>'
    f'<text x="{left}" y="12">volleys at {frequency} per s for {burst} s, then none; below: spikes per s of the mean cell</text>'
    f'<text x="{left - 6}" y="{bottom}" text-anchor="end">small</text><text x="{left - 6}" y="{top + 6}" text-anchor="end">large</text>'
    f'<g stroke="#234" stroke-width="0.7" fill="none">{body}</g><polyline points="{line}" fill="none" stroke="#b33" stroke-width="1.5"/>'
    f'<path d="M{left} {base - high}V{base}H{left + width}" fill="none" stroke="#888"/>{ticks}{scale}'
    f'<text x="{left + width / 2}" y="{base + 32}" text-anchor="middle">s</text></svg>\n')
