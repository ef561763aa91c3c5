# SPDX-License-Identifier: Apache-2.0
"""Reference numbers of test_motoneuron.c: the equations of Booth, Rinzel & Kiehn, J Neurophysiol 1997;78:3371, integrated with
SciPy's LSODA at a relative tolerance of 1e-9. Prints rest, rates over current, a plateau started and stopped by pulses, and
the afterhyperpolarization. Needs numpy and scipy; takes minutes; not run by the suite."""
import numpy as np
from scipy.integrate import solve_ivp

normal, aroused = (5, 1.1), (3.136, 0.69)  # mS/cm2 of K(Ca), soma and dendrite


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def cell(t, y, current, kca_soma, kca_dendrite):
    vs, vd, h, n, ms, hs, md, hd, ml, cs, cd = y
    m = sigmoid((vs + 35) / 7.8)
    ca_soma = 14 * ms**2 * hs * (vs - 80)
    ca_dendrite = (0.03 * md**2 * hd + 0.33 * ml) * (vd - 80)
    soma = 120 * m**3 * h * (vs - 55) + (100 * n**4 + kca_soma * cs / (cs + 0.2)) * (vs + 80) + ca_soma
    dendrite = kca_dendrite * cd / (cd + 0.2) * (vd + 80) + ca_dendrite
    return [current - soma - 0.51 * (vs + 60) - 0.1 / 0.1 * (vs - vd),
            -dendrite - 0.51 * (vd + 60) - 0.1 / 0.9 * (vd - vs),
            (sigmoid(-(vs + 55) / 7) - h) * (np.exp((vs + 50) / 15) + np.exp(-(vs + 50) / 16)) / 30,
            (sigmoid((vs + 28) / 15) - n) * (np.exp((vs + 40) / 40) + np.exp(-(vs + 40) / 50)) / 7,
            (sigmoid((vs + 30) / 5) - ms) / 4, (sigmoid(-(vs + 45) / 5) - hs) / 40,
            (sigmoid((vd + 30) / 5) - md) / 4, (sigmoid(-(vd + 45) / 5) - hd) / 40, (sigmoid((vd + 40) / 7) - ml) / 40,
            0.01 * (-0.009 * ca_soma - 2 * cs), 0.01 * (-0.009 * ca_dendrite - 2 * cd)]


def upward(t, y, *a):
    return y[0] + 10  # mV: the level at which spikes are counted


upward.direction = 1


def run(pieces, kca):
    """Pieces: (duration, ms; current, uA/cm2). Spike times, time, and both potentials."""
    y, t0, spikes, times, volts = [-60, -60, 0.9, 0, 0, 0.9, 0, 0.9, 0, 0, 0], 0.0, [], [], []
    for duration, current in pieces:
        s = solve_ivp(cell, (t0, t0 + duration), y, "LSODA", events=upward, rtol=1e-9, atol=1e-10, max_step=0.5,
                      args=(current, *kca))
        spikes += list(s.t_events[0])
        times.append(s.t), volts.append(s.y[:2])
        y, t0 = s.y[:, -1], t0 + duration
    return np.array(spikes), np.concatenate(times), np.concatenate(volts, axis=1)


def rate(spikes, start, end):
    s = spikes[(spikes >= start) & (spikes < end)]
    return 1000 * (len(s) - 1) / (s[-1] - s[0]) if len(s) > 1 else 0.0


if __name__ == "__main__":
    for name, kca in (("normal", normal), ("aroused", aroused)):
        for current in (5, 8, 10, 12, 15, 20, 25, 30):
            s, t, v = run([(1000, 0), (3000, current)], kca)
            rest = v[:, np.searchsorted(t, 999)]
            print(f"{name}, {current} uA/cm2: {rate(s, 2500, 4000):.3f}/s; rest {rest[0]:.4f} and {rest[1]:.4f} mV")
        s, t, v = run([(1000, 6), (1000, 21), (2000, 6), (500, -9), (1500, 6)], kca)
        spans = ((0, 1000), (3000, 4000), (5000, 6000))
        print(f"{name}, 6 uA/cm2 before, after a pulse of +15, after one of -15:", *(f"{rate(s, *k):.3f}/s" for k in spans),
              f"dendrite after the first {v[1][np.searchsorted(t, 3999)]:.3f} mV")
    s, t, v = run([(1000, 0), (4, 20), (300, 0)], normal)
    after = t >= 1004
    fall = v[0][np.searchsorted(t, 999.9)] - v[0][after]
    deepest = np.argmax(fall)
    half = t[after][deepest:][fall[deepest:] < fall[deepest] / 2][0] - t[after][deepest]
    print(f"afterhyperpolarization {fall[deepest]:.2f} mV, half gone after {half:.1f} ms")
